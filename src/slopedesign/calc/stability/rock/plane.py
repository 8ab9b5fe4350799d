"""Sliding on one plane (GB 50330-2013 A.0.2): crack, water, earthquake, added load, bolts.

The plane daylights at the toe of the face. It runs up to the ground, or to a vertical crack behind the crest. Water
stands in the crack to a depth h_w and presses on the plane, falling to nothing at the toe.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from slopedesign.calc.stability.strength import finite
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards import gb50330_2013_stability as gb
from slopedesign.standards.formula import Formula, Step
from slopedesign.standards.limit_equilibrium import BOLT_DRIVING, BOLT_RESISTING, FACE_WEIGHT


@dataclass(frozen=True, kw_only=True)
class PlaneSlide:
    """A rock face and the plane under it.

    Attributes:
        height: of the face [m]; face_deg, upper_deg: inclination of the face and of the ground behind its crest.
        dip_deg: of the plane; cohesion [kPa] and friction of the plane; unit_weight of the rock.
        crack_depth: depth of a vertical tension crack where the plane ends [m]; 0: the plane runs out on the ground.
        water: depth of water in the crack (with no crack: head of water at the middle of the plane is h_w / 2) [m].
        added: vertical load on the block G_b [kN/m]; kh: horizontal seismic coefficient.
        bolt: force of bolts [kN/m], bolt_deg: their inclination below the horizontal, into the face.
    """

    height: float
    face_deg: float
    dip_deg: float
    cohesion: float
    friction_deg: float
    unit_weight: float
    upper_deg: float = 0.0
    crack_depth: float = 0.0
    water: float = 0.0
    added: float = 0.0
    kh: float = 0.0
    bolt: float = 0.0
    bolt_deg: float = 0.0
    water_weight: float = 10.0
    weight: float | None = None
    length: float | None = None

    def validate(self, where: str = "plane") -> None:
        """Refuses what is no plane slide (InputError)."""
        for name, least, most in (
            ("height", 1e-6, math.inf), ("face_deg", 1e-3, 90.0), ("dip_deg", 1e-3, 89.9), ("cohesion", 0.0, math.inf),
            ("friction_deg", 0.0, 89.999), ("unit_weight", 1e-6, math.inf), ("upper_deg", -45.0, 89.0),
            ("crack_depth", 0.0, math.inf), ("water", 0.0, math.inf), ("added", 0.0, math.inf), ("kh", 0.0, 2.0),
            ("bolt", 0.0, math.inf), ("bolt_deg", -90.0, 90.0), ("water_weight", 0.0, math.inf),
        ):  # fmt: skip
            finite(f"{where}.{name}", getattr(self, name), least=least, most=most)
        if self.weight is None and self.dip_deg >= self.face_deg:
            raise InputError(f"{where}.dip_deg", self.dip_deg, message("stability.rule.daylight"))
        if self.weight is None and self.upper_deg >= self.dip_deg and self.crack_depth == 0:
            raise InputError(f"{where}.upper_deg", self.upper_deg, message("stability.rule.upper"))
        if self.crack_depth >= self.height + 1e-12 and self.weight is None:
            raise InputError(f"{where}.crack_depth", self.crack_depth, message("stability.rule.crack_depth"))
        if self.crack_depth > 0 and self.water > self.crack_depth:
            raise InputError(f"{where}.water", self.water, message("stability.rule.crack_water"))


@dataclass(frozen=True, kw_only=True)
class PlaneResult:
    """Forces on the plane [kN/m] and the factor, each worked from its row."""

    weight: Step | None
    weight_value: float
    length: float
    uplift: Step
    crack_water: Step
    seismic: Step
    resisting: Step
    driving: Step
    fos: Step


def plane_slide(plane: PlaneSlide, where: str = "plane") -> PlaneResult:
    """The factor of one plane.

    Raises:
        InputError: the plane does not daylight, the crack is deeper than the face, ...

    Source: GB 50330-2013 A.0.2; bolts added as in Hoek & Bray 1981 (active).
    """
    plane.validate(where)
    dip, face, upper = (math.radians(v) for v in (plane.dip_deg, plane.face_deg, plane.upper_deg))
    worked: Step | None = None
    if plane.weight is not None and plane.length is not None:
        weight, length = plane.weight, plane.length
    else:
        crest_x = plane.height / math.tan(face)
        # the head of the plane: where it comes to the crack's bottom, or to the ground
        head_x = (plane.height - crest_x * math.tan(upper) - plane.crack_depth) / (math.tan(dip) - math.tan(upper))
        if head_x < crest_x - 1e-9:  # the crack opens in the face itself
            head_x = plane.crack_depth / (math.tan(face) - math.tan(dip))
            if head_x * math.tan(face) > plane.height:
                raise InputError(f"{where}.crack_depth", plane.crack_depth, message("stability.rule.crack_depth"))
        length = head_x / math.cos(dip)
        top = [(0.0, 0.0)]
        if head_x > crest_x:
            top += [(crest_x, plane.height), (head_x, plane.height + (head_x - crest_x) * math.tan(upper))]
        else:
            top += [(head_x, head_x * math.tan(face))]
        ring = [*top, (head_x, head_x * math.tan(dip))]
        worked = FACE_WEIGHT.at(gamma=plane.unit_weight, A=_area(ring))
        weight = worked.value
    g: Step | float = worked if worked is not None else weight
    uplift = gb.PLANE_UPLIFT.at(gamma_w=plane.water_weight, h_w=plane.water, L=length)
    crack = gb.PLANE_CRACK_WATER.at(gamma_w=plane.water_weight, h_w=plane.water if plane.crack_depth > 0 else 0.0)
    seismic = gb.SEISMIC_FORCE.at(alpha_w=plane.kh, G=g)
    resisting = gb.PLANE_RESISTING.at(
        G=g, G_b=plane.added, theta=plane.dip_deg, Q=seismic, V=crack, U=uplift, phi=plane.friction_deg,
        c=plane.cohesion, L=length,
    )  # fmt: skip
    driving = gb.PLANE_DRIVING.at(G=g, G_b=plane.added, theta=plane.dip_deg, Q=seismic, V=crack)
    if plane.bolt > 0:
        resisting = BOLT_RESISTING.at(
            R_0=resisting, T_b=plane.bolt, theta=plane.dip_deg, beta=plane.bolt_deg, phi=plane.friction_deg
        )
        driving = BOLT_DRIVING.at(T_0=driving, T_b=plane.bolt, theta=plane.dip_deg, beta=plane.bolt_deg)
    return PlaneResult(
        weight=worked, weight_value=weight, length=length, uplift=uplift, crack_water=crack, seismic=seismic,
        resisting=resisting, driving=driving, fos=gb.PLANE_FACTOR.at(R=resisting, T=driving),
    )  # fmt: skip


def bolt_needed(plane: PlaneSlide, required: float) -> float:
    """Bolt force [kN/m] at the plane's bolt inclination for a required factor; 0 where none is needed."""
    from dataclasses import replace

    bare = plane_slide(replace(plane, bolt=0.0))
    if bare.fos.value >= required:
        return 0.0
    across = math.radians(plane.dip_deg + plane.bolt_deg)
    gain = math.sin(across) * math.tan(math.radians(plane.friction_deg)) + required * math.cos(across)
    if gain <= 0:
        raise InputError("plane.bolt_deg", plane.bolt_deg, message("stability.rule.bolt_angle"))
    return (required * bare.driving.value - bare.resisting.value) / gain


def _area(ring: list[tuple[float, float]]) -> float:
    return 0.5 * abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)))


ROWS: tuple[Formula, ...] = (gb.PLANE_RESISTING, gb.PLANE_DRIVING, gb.PLANE_FACTOR)
