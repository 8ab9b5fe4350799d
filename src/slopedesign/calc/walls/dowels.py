"""Dowels of a wall set on rock: what one bar can carry, and what holds the wall."""

from __future__ import annotations

from dataclasses import dataclass

from slopedesign.project.walls import WallBase
from slopedesign.standards import gb50007_2011
from slopedesign.standards import gb50010_2010 as concrete_code
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced, given, measured
from slopedesign.standards.wall_tables import pick


@dataclass(frozen=True, kw_only=True)
class Dowels:
    """Bars grouted into the rock under a wall.

    Attributes:
        diameter_mm, spacing_mm, grade; embedment: depth in sound rock; hole_diameter [m].
        axis: distance of the tension bars from the rear face [m].
    """

    diameter_mm: Traced
    spacing: Traced
    embedment: Traced
    hole_diameter: Traced
    axis: Traced
    grade: str = "HRB400"
    field: str = "wall"


@dataclass(frozen=True, kw_only=True)
class DowelCapacity:
    """Tension of the dowels.

    Attributes:
        steel, rock, grout: by yielding, by bond of grout to rock, of bar to grout [kN per bar].
        bar: the least of them; per_metre: of all bars in one metre [kN/m].
        governs: "steel", "rock" or "grout".
        development: length for full yielding by 8.3.1; forty: 40 diameters [m].
    """

    dowels: Dowels
    steel: Step
    rock: Step
    grout: Step
    bar: Traced
    per_metre: Step
    governs: str
    development: Step
    forty: Step


def dowel_capacity(dowels: Dowels, base: WallBase, base_field: str, concrete_grade: str) -> DowelCapacity:
    """Tension one metre of dowels can bring into the wall, GB 50007-2011 8.6.3 on rock and on bar."""
    f_y = concrete_code.steel(dowels.grade, "f_y")
    steel = rows.BAR_STRENGTH.at(d=dowels.diameter_mm, f_y=f_y)
    if base.bond is not None:
        bond: Traced = given(base.bond, "MPa", f"{base_field}.bond", "walls.symbol.bond")
    else:
        key = {"hard_rock": "hard_rock", "soft_rock": "soft_rock"}.get(base.kind, "very_soft_rock")
        bond = pick("gb50007_2011", "bond_rock_grout", key)
    rock = gb50007_2011.SLICE_BOND.at(d_1=dowels.hole_diameter, l=dowels.embedment, f=_kpa(bond))
    bar_width = measured(dowels.diameter_mm.value / 1e3, "m", "walls.method.in_m", "", d=dowels.diameter_mm)
    grout = gb50007_2011.SLICE_BOND.at(
        d_1=bar_width, l=dowels.embedment, f=_kpa(pick("gb50007_2011", "bond_bar_grout", "ribbed_M30"))
    )
    named = {"steel": steel, "rock": rock, "grout": grout}
    governs = min(named, key=lambda name: named[name].value)
    bar = named[governs]
    return DowelCapacity(
        dowels=dowels, steel=steel, rock=rock, grout=grout, bar=bar, governs=governs,
        per_metre=rows.PER_METRE.at(T=bar, s=dowels.spacing),
        development=concrete_code.anchorage_length(concrete_grade, dowels.grade, dowels.diameter_mm),
        forty=gb50007_2011.FORTY_DIAMETERS.at(d=dowels.diameter_mm),
    )  # fmt: skip


def _kpa(strength: Traced) -> Traced:
    return measured(strength.value * 1e3, "kPa", "walls.method.in_kpa", "", label="walls.symbol.bond", f=strength)


def dowel_moment(capacity: DowelCapacity, thickness: Traced, concrete_grade: str) -> tuple[Step, Step]:
    """Bending the dowels hold at the foot of the wall: compression depth [m] and moment [kN m/m]."""
    f_c = concrete_code.concrete(concrete_grade, "f_c")
    x = rows.DOWEL_COMPRESSION.at(T=capacity.per_metre, f_c=f_c)
    return x, rows.DOWEL_MOMENT.at(T=capacity.per_metre, h=thickness, a_s=capacity.dowels.axis, x=x)
