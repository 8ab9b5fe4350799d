"""Sliding of a wedge on two joints along their line of intersection, by vectors.

Directions are unit vectors (east, north, up). The wedge is bounded by joints A and B, the face and the ground above
its crest; H is the height of the wedge along the line of intersection, from the toe to where the line comes out above.
Source: Hoek & Bray 1981; Goodman 1989.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from slopedesign.calc.stability.strength import Array, finite
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.formula import Step
from slopedesign.standards.limit_equilibrium import WEDGE_FACTOR


@dataclass(frozen=True, kw_only=True)
class Joint:
    """A plane in space: dip and dip direction [deg], cohesion [kPa], friction [deg]."""

    dip_deg: float
    dip_direction_deg: float
    cohesion: float = 0.0
    friction_deg: float = 0.0

    def validate(self, where: str) -> None:
        """Refuses impossible values (InputError)."""
        finite(f"{where}.dip_deg", self.dip_deg, least=0.0, most=90.0)
        finite(f"{where}.dip_direction_deg", self.dip_direction_deg, least=0.0, most=360.0)
        finite(f"{where}.cohesion", self.cohesion, least=0.0)
        finite(f"{where}.friction_deg", self.friction_deg, least=0.0, most=89.999)

    @property
    def normal(self) -> Array:
        """Unit normal pointing up."""
        dip, towards = math.radians(self.dip_deg), math.radians(self.dip_direction_deg)
        return np.array([math.sin(dip) * math.sin(towards), math.sin(dip) * math.cos(towards), math.cos(dip)])


@dataclass(frozen=True, kw_only=True)
class WedgeResult:
    """Contact, forces [kN] and factor of a wedge.

    Attributes:
        mode: "both", "A", "B" (planes in contact) or "none" (floats off: water lifts it).
        plunge_deg, trend_deg: of the line of intersection.
        volume [m3], area_a, area_b [m2]: of the wedge (per unit height of 1 where no height was given).
    """

    mode: str
    plunge_deg: float
    trend_deg: float
    volume: float
    area_a: float
    area_b: float
    weight: float
    normal_a: float
    normal_b: float
    fos: Step | None


def wedge(
    a: Joint, b: Joint, face: tuple[float, float], upper: tuple[float, float] = (0.0, 0.0), *, height: float = 1.0,
    unit_weight: float = 25.0, pore_a: float = 0.0, pore_b: float = 0.0, kh: float = 0.0, where: str = "wedge",
) -> WedgeResult:  # fmt: skip
    """Factor of the wedge between joints A and B.

    Args:
        face, upper: dip and dip direction of the face and of the ground above [deg].
        height: of the wedge [m]; pore_a, pore_b: mean water pressure on each joint [kPa].
        kh: horizontal seismic coefficient along the trend of the line.

    Raises:
        InputError: the joints are parallel, or the line of intersection does not daylight in the face.
    """
    a.validate(f"{where}.A")
    b.validate(f"{where}.B")
    for name, value in (("height", height), ("unit_weight", unit_weight)):
        finite(f"{where}.{name}", value, least=1e-12)
    for name, value in (("pore_a", pore_a), ("pore_b", pore_b), ("kh", kh)):
        finite(f"{where}.{name}", value, least=0.0)
    n_a, n_b = a.normal, b.normal
    n_f, n_u = (Joint(dip_deg=d, dip_direction_deg=t % 360).normal for d, t in (face, upper))
    along = np.cross(n_a, n_b)
    if np.linalg.norm(along) < 1e-6:
        raise InputError(where, [a.dip_direction_deg, b.dip_direction_deg], message("stability.rule.parallel"))
    along /= np.linalg.norm(along)
    if along[2] > 0:
        along = -along
    plunge, trend = math.degrees(math.asin(-along[2])), math.degrees(math.atan2(along[0], along[1])) % 360
    if along[2] > -1e-9 or along @ n_f <= 0:
        raise InputError(f"{where}.face", list(face), message("stability.rule.line_daylight"))
    top = -along * height / -along[2]  # from the toe, at the origin, up the line
    volume, area_a, area_b = _wedge_size(n_a, n_b, n_f, n_u, top)
    weight = unit_weight * volume
    level = np.array([along[0], along[1], 0.0])
    level /= np.linalg.norm(level)
    load = np.array([0.0, 0.0, -weight]) + kh * weight * level
    # normals pointing out of the joints into the wedge
    inside_a, inside_b = _inward(n_a, top, n_f, n_u, n_b), _inward(n_b, top, n_f, n_u, n_a)
    push = load + pore_a * area_a * inside_a + pore_b * area_b * inside_b
    tan_a, tan_b = math.tan(math.radians(a.friction_deg)), math.tan(math.radians(b.friction_deg))
    both = np.column_stack((inside_a, inside_b, along))
    force_a, force_b, drive = np.linalg.solve(both, -push)
    drive = -drive
    if force_a > 0 and force_b > 0:
        mode, resist = "both", a.cohesion * area_a + b.cohesion * area_b + force_a * tan_a + force_b * tan_b
    else:
        mode, resist, force_a, force_b, drive = _one_plane(
            (inside_a, inside_b), push, (a, b), (area_a, area_b), (tan_a, tan_b)
        )
    fos = None if mode == "none" or drive <= 0 else WEDGE_FACTOR.at(R=resist, T=drive)
    return WedgeResult(
        mode=mode, plunge_deg=plunge, trend_deg=trend, volume=volume, area_a=area_a, area_b=area_b, weight=weight,
        normal_a=float(force_a), normal_b=float(force_b), fos=fos,
    )  # fmt: skip


def _one_plane(
    inside: tuple[Array, Array], push: Array, joints: tuple[Joint, Joint], areas: tuple[float, float],
    tans: tuple[float, float],
) -> tuple[str, float, float, float, float]:  # fmt: skip
    for i, name in enumerate(("A", "B")):
        normal = -float(push @ inside[i])
        slide = push + normal * inside[i]
        other = inside[1 - i]
        if normal > 0 and slide @ other >= -1e-12:
            resist = joints[i].cohesion * areas[i] + normal * tans[i]
            forces = (normal, 0.0) if i == 0 else (0.0, normal)
            return name, resist, *forces, float(np.linalg.norm(slide))
    return "none", 0.0, 0.0, 0.0, 0.0


def _wedge_size(n_a: Array, n_b: Array, n_f: Array, n_u: Array, top: Array) -> tuple[float, float, float]:
    """Volume and joint areas of the wedge with its toe at the origin and its head at `top`."""
    corner_a, corner_b = (_meet(n, n_f, n_u, float(n_u @ top)) for n in (n_a, n_b))
    if corner_a is None or corner_b is None:
        raise InputError("wedge.face", n_f.tolist(), message("stability.rule.wedge_open"))
    volume = abs(float(np.dot(top, np.cross(corner_a, corner_b)))) / 6.0
    area_a = 0.5 * float(np.linalg.norm(np.cross(top, corner_a)))
    area_b = 0.5 * float(np.linalg.norm(np.cross(top, corner_b)))
    return volume, area_a, area_b


def _meet(joint: Array, face: Array, upper: Array, offset: float) -> Array | None:
    """Point on a joint and the face (both through the origin) and on the upper ground."""
    matrix = np.vstack((joint, face, upper))
    if abs(np.linalg.det(matrix)) < 1e-9:
        return None
    return np.asarray(np.linalg.solve(matrix, np.array([0.0, 0.0, offset])), dtype=float)


def _inward(normal: Array, top: Array, face: Array, upper: Array, other: Array) -> Array:
    corner = _meet(other, face, upper, float(upper @ top))
    return normal if corner is None or normal @ corner > 0 else -normal
