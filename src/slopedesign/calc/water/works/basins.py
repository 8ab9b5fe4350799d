"""Stilling basins as built."""

from __future__ import annotations

from dataclasses import dataclass

from slopedesign.calc.water import chute
from slopedesign.calc.water.chute import StillingBasin
from slopedesign.calc.water.works.common import Amount, Works, counted, lacking, nothing, rounded_up
from slopedesign.calc.water.works.troughs import Trough, trough_amounts
from slopedesign.project.water_works import BasinWorks
from slopedesign.standards import water_amounts as rows
from slopedesign.standards.trace import Traced, given, total

STEP = 0.05
"""Depths and wall heights left to the program are rounded up to this [m]; lengths to twice it."""


@dataclass(frozen=True)
class BuiltBasin:
    """A basin as built and how it holds the jump.

    Attributes:
        works: sizes and amounts. submergence: (d + h_t)/h_c'' at the built depth [-].
        wall_needed: wall height over the basin floor [m].
    """

    works: Works
    submergence: Traced | None
    wall_needed: Traced | None


def built_basin(
    worked: StillingBasin, record: BasinWorks | None, name: str, path: str, width: Traced, tailwater: Traced,
    ground: Traced, freeboard: Traced, energy: float,
) -> BuiltBasin:  # fmt: skip
    """Sizes and amounts of a basin, and the jump rated at the depth it is built with.

    Args:
        worked: the basin the hydraulics ask for.
        width: clear width of the channel running in [m]. tailwater: depth below [m].
        ground: height of the ground above the bed of the channel below [m].
        energy: over the bed of the channel below [m].
    """
    where = f"{path}.basin"
    if record is None:
        return BuiltBasin(lacking("basin", name, where), None, None)
    depth = (
        given(record.depth, "m", f"{where}.depth")
        if record.depth is not None
        else rounded_up(worked.depth, STEP, where)
    )
    length = (
        given(record.length, "m", f"{where}.length")
        if record.length is not None
        else rounded_up(worked.length, 2 * STEP, where)
    )
    clear = given(record.width, "m", f"{where}.width") if record.width is not None else width
    rated = chute.stilling_basin(worked.unit_flow * width.value / clear.value, energy + depth.value, tailwater.value,
                                 phi=1.0)  # fmt: skip
    needed = rows.WATER_OVER.at(h_2=rated.sequent, d=depth, h_t=tailwater, a=freeboard)
    wall = (
        given(record.wall_height, "m", f"{where}.wall_height")
        if record.wall_height is not None
        else rounded_up(_higher(needed, depth, ground), STEP, where)
    )
    works = _works(record, name, where, depth, length, clear, wall, ground)
    return BuiltBasin(works, rows.SUBMERGENCE.at(d=depth, h_t=tailwater, h_2=rated.sequent), needed)


def _higher(needed: Traced, depth: Traced, ground: Traced) -> Traced:
    """The walls also reach the ground."""
    up = rows.ADD.at(a=depth, b=ground)
    return needed if needed.value >= up.value else up


def _works(
    record: BasinWorks, name: str, where: str, depth: Traced, length: Traced, width: Traced, wall: Traced,
    ground: Traced,
) -> Works:  # fmt: skip
    def said(field: str, unit: str = "m") -> Traced:
        return given(getattr(record, field), unit, f"{where}.{field}")

    sill = said("sill") if depth.value > 0 else nothing("m", where)
    whole = rows.ADD.at(a=length, b=sill)
    trough = Trough(
        width=width, length=whole, wall_height=wall, wall_top=said("wall_top"), wall_base=said("wall_base"),
        floor=said("floor"), cushion=said("cushion"), ground=rows.ADD.at(a=depth, b=ground),
        trench_slope=said("trench_slope", "-"), working_width=said("working_width"),
    )  # fmt: skip
    found = trough_amounts(trough, where)
    cutoff = rows.SLAB.at(L=sill, B=trough.outer_width, t=said("cutoff_depth"))
    body = total(
        {"floor": found.floor, "walls": found.walls, "sill": rows.SLAB.at(L=sill, B=width, t=depth), "cutoff": cutoff},
        "m3",
    )
    dug = total({"trench": found.excavation, "cutoff": cutoff}, "m3")
    sizes = {
        "depth": depth, "length": length, "width": width, "wall_height": wall, "sill": sill, "whole": whole,
        "wall_top": trough.wall_top, "wall_base": trough.wall_base, "floor": trough.floor, "cushion": trough.cushion,
        "cutoff_depth": said("cutoff_depth"), "ground": ground, "outer_width": trough.outer_width,
    }  # fmt: skip
    return Works(
        "basin", name, where, sizes,
        counted(
            Amount("excavation", dug), Amount("cushion", found.cushion), Amount("body", body, record.material),
            Amount("backfill", found.backfill),
        ),
    )  # fmt: skip
