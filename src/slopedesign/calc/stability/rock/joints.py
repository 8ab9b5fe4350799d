"""What the joints of a rock face allow: kinematic tests, stereonet, blocks that daylight on each bench face.

Directions in degrees clockwise from north. A face is told by its dip and the direction it looks (downhill).
Source of the tests: Markland 1972; Hoek & Bray 1981; Goodman & Bray 1976; Wyllie & Mah 2004.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from slopedesign.calc.stability.rock.plane import PlaneSlide, plane_slide
from slopedesign.calc.stability.rock.wedge import Joint, wedge
from slopedesign.calc.stability.strength import Array
from slopedesign.errors import InputError
from slopedesign.standards.formula import Step
from slopedesign.standards.limit_equilibrium import APPARENT_DIP

Failure = Literal["plane", "wedge", "topple"]
PLANE_WITHIN_DEG = 20.0  # a plane slides out only where it strikes nearly along the face
TOPPLE_WITHIN_DEG = 30.0


@dataclass(frozen=True, kw_only=True)
class Possible:
    """One way of failing and whether the joints allow it.

    Attributes:
        joints: names of the joints involved.
        daylights: the sliding line comes out in the face; steep_enough: it is steeper than friction alone holds.
        dip_deg, direction_deg: of the sliding line (of the joint for toppling).
        off_face_deg: angle between that direction and the face's (for toppling: the direction opposite to it).
    """

    failure: Failure
    joints: tuple[str, ...]
    dip_deg: float
    direction_deg: float
    off_face_deg: float
    daylights: bool
    steep_enough: bool

    @property
    def possible(self) -> bool:
        """Whether this failure can happen at all."""
        return self.daylights and self.steep_enough


def kinematic_tests(
    joints: Sequence[tuple[str, Joint]], face_deg: float, face_direction_deg: float
) -> tuple[Possible, ...]:  # fmt: skip
    """Plane sliding and flexural toppling of every joint, wedge sliding of every pair.

    Raises:
        InputError: a joint or the face is impossible.
    """
    Joint(dip_deg=face_deg, dip_direction_deg=face_direction_deg).validate("face")
    found: list[Possible] = []
    for name, joint in joints:
        joint.validate(f"joint {name}")
        off = _apart(joint.dip_direction_deg, face_direction_deg)
        found.append(
            Possible(
                failure="plane", joints=(name,), dip_deg=joint.dip_deg, direction_deg=joint.dip_direction_deg,
                off_face_deg=off, daylights=off <= PLANE_WITHIN_DEG and joint.dip_deg < face_deg,
                steep_enough=joint.dip_deg > joint.friction_deg,
            )
        )  # fmt: skip
        back = _apart(joint.dip_direction_deg, face_direction_deg + 180.0)
        found.append(
            Possible(
                failure="topple", joints=(name,), dip_deg=joint.dip_deg, direction_deg=joint.dip_direction_deg,
                off_face_deg=back, daylights=back <= TOPPLE_WITHIN_DEG,
                steep_enough=90.0 - joint.dip_deg + joint.friction_deg <= face_deg,
            )
        )  # fmt: skip
    for (name_a, a), (name_b, b) in combinations(joints, 2):
        along = np.cross(a.normal, b.normal)
        size = float(np.linalg.norm(along))
        if size < 1e-6:
            continue
        along = along / size * (-1.0 if along[2] > 0 else 1.0)
        plunge = math.degrees(math.asin(min(1.0, -float(along[2]))))
        trend = math.degrees(math.atan2(float(along[0]), float(along[1]))) % 360.0
        off = _apart(trend, face_direction_deg)
        seen = math.degrees(math.atan(math.tan(math.radians(min(face_deg, 89.999))) * math.cos(math.radians(off))))
        found.append(
            Possible(
                failure="wedge", joints=(name_a, name_b), dip_deg=plunge, direction_deg=trend, off_face_deg=off,
                daylights=off < 90.0 and plunge < seen,
                steep_enough=plunge > min(a.friction_deg, b.friction_deg),
            )
        )  # fmt: skip
    return tuple(found)


def _apart(a: float, b: float) -> float:
    return abs((a - b + 180.0) % 360.0 - 180.0)


def apparent_dip(joint: Joint, section_direction_deg: float) -> Step:
    """Dip of a joint seen in a section that looks downhill in a direction (negative: it dips into the slope)."""
    off = (joint.dip_direction_deg - section_direction_deg + 180.0) % 360.0 - 180.0
    return APPARENT_DIP.at(theta=min(joint.dip_deg, 89.999), delta=off)


@dataclass(frozen=True, kw_only=True)
class FaceBlock:
    """One kind of block on one bench face.

    Attributes:
        face: number of the bench face from the toe (from 1); height, face_deg of it.
        possible: the kinematic finding.
        fos: factor of the largest such block on this face, dry; fos_wet: water halfway up the block; None where
            it cannot slide.
    """

    face: int
    height: float
    face_deg: float
    possible: Possible
    fos: Step | None
    fos_wet: Step | None


def face_blocks(
    joints: Sequence[tuple[str, Joint]], faces: Sequence[tuple[float, float]], face_direction_deg: float,
    unit_weight: float, *, kh: float = 0.0, water_weight: float = 10.0,
) -> tuple[FaceBlock, ...]:  # fmt: skip
    """Blocks that can come out of each bench face.

    Args:
        faces: height [m] and inclination [deg] of each bench face, from the toe up.
    """
    named = dict(joints)
    out: list[FaceBlock] = []
    for number, (height, face_deg) in enumerate(faces, 1):
        for found in kinematic_tests(joints, face_deg, face_direction_deg):
            dry = wet = None
            if found.daylights and found.failure == "plane":
                dry, wet = _plane_block(
                    named[found.joints[0]], height, face_deg, face_direction_deg, unit_weight, kh, water_weight
                )
            elif found.daylights and found.failure == "wedge":
                pair = (named[found.joints[0]], named[found.joints[1]])
                dry, wet = _wedge_block(pair, height, face_deg, face_direction_deg, unit_weight, kh, water_weight)
            out.append(
                FaceBlock(face=number, height=height, face_deg=face_deg, possible=found, fos=dry, fos_wet=wet)
            )  # fmt: skip
    return tuple(out)


def _plane_block(
    joint: Joint, height: float, face_deg: float, direction: float, unit_weight: float, kh: float, water_weight: float
) -> tuple[Step | None, Step | None]:
    dip = apparent_dip(joint, direction).value
    if not 0 < dip < face_deg:
        return None, None
    dry, wet = (
        plane_slide(
            PlaneSlide(
                height=height, face_deg=face_deg, dip_deg=dip, cohesion=joint.cohesion,
                friction_deg=joint.friction_deg, unit_weight=unit_weight, kh=kh, water=water,
                water_weight=water_weight,
            )
        ).fos
        for water in (0.0, 0.5 * height)
    )  # fmt: skip
    return dry, wet


def _wedge_block(
    pair: tuple[Joint, Joint], height: float, face_deg: float, direction: float, unit_weight: float, kh: float,
    water_weight: float,
) -> tuple[Step | None, Step | None]:  # fmt: skip
    out = []
    for pore in (0.0, water_weight * height / 6.0):
        try:
            found = wedge(
                *pair, (face_deg, direction), height=height, unit_weight=unit_weight, pore_a=pore, pore_b=pore, kh=kh
            )
        except InputError:  # the geometry closes no wedge on this face: there is no block to judge
            return None, None
        out.append(found.fos)
    return out[0], out[1]


# stereonet: lower hemisphere, equal area, radius 1, x east, y north ------------------------------------------------


def net_point(plunge_deg: float | Array, trend_deg: float | Array) -> Array:
    """Where lines plot on the net (..., 2)."""
    plunge, trend = np.radians(plunge_deg), np.radians(trend_deg)
    radius = np.sqrt(2.0) * np.sin((np.pi / 2 - plunge) / 2.0)
    return np.stack((radius * np.sin(trend), radius * np.cos(trend)), axis=-1)


def net_pole(dip_deg: float, dip_direction_deg: float) -> Array:
    """Where the pole of a plane plots (2,)."""
    return net_point(90.0 - dip_deg, (dip_direction_deg + 180.0) % 360.0)


def net_circle(dip_deg: float, dip_direction_deg: float, count: int = 61) -> Array:
    """Great circle of a plane on the net (count, 2)."""
    strike = np.radians(dip_direction_deg - 90.0)
    dip = np.radians(dip_deg)
    rake = np.linspace(0.0, np.pi, count)
    east = np.cos(rake) * np.sin(strike) + np.sin(rake) * np.cos(dip) * np.cos(strike)
    north = np.cos(rake) * np.cos(strike) - np.sin(rake) * np.cos(dip) * np.sin(strike)
    down = np.sin(rake) * np.sin(dip)
    return net_point(np.degrees(np.arcsin(np.clip(down, -1.0, 1.0))), np.degrees(np.arctan2(east, north)))


def net_cone(half_angle_deg: float, count: int = 121) -> Array:
    """Small circle of lines steeper than an angle to the vertical: the friction circle (count, 2)."""
    return net_point(np.full(count, 90.0 - half_angle_deg), np.linspace(0.0, 360.0, count))
