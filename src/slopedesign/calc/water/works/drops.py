"""Drops as built: equal steps, each a drop wall, a floor between side walls, and an end sill."""

from __future__ import annotations

from dataclasses import dataclass

from slopedesign.calc.water import chute
from slopedesign.calc.water.chute import Drop
from slopedesign.calc.water.ditch_quantities import BACKFILL, PER_METRE, TRENCH
from slopedesign.calc.water.works.basins import STEP
from slopedesign.calc.water.works.common import Amount, Works, counted, rounded_up
from slopedesign.calc.water.works.troughs import Trough, trough_amounts
from slopedesign.project.water_works import DropWorks
from slopedesign.standards import water_amounts as rows
from slopedesign.standards.trace import Traced, given, measured, total


@dataclass(frozen=True)
class BuiltDrop:
    """A drop as built.

    Attributes:
        step: hydraulics of one step, over its wall from the bed above to the floor of its pool.
        length_needed: floor for nappe and jump [m]. held: depth over the pool floor the water below gives [m].
        side_needed: height of the side walls over the pool floor [m].
        run: plan length of all steps [m].
    """

    works: Works
    step: Drop
    height: Traced
    length_needed: Traced
    held: Traced | None
    side_needed: Traced
    run: Traced


def step_drop(unit_flow: float, fall: Traced, record: DropWorks, path: str) -> tuple[Drop, Traced]:
    """Hydraulics of one step and its height: its share of the fall, and the sill the pool is sunk by [m]."""
    share = measured(fall.value / record.steps, "m", "water.note.step_fall", f"{path}.drop.steps", fall=fall)
    height = rows.ADD.at(a=share, b=given(record.sill, "m", f"{path}.drop.sill"))
    return chute.drop(unit_flow, height.value), height


def built_drop(
    record: DropWorks, name: str, path: str, flow: float, fall: Traced, width: Traced, tailwater: Traced | None,
    ground: Traced, freeboard: Traced,
) -> BuiltDrop:  # fmt: skip
    """Sizes, amounts and hydraulics of a drop.

    Args:
        flow: m3/s. fall: of the whole reach [m]. width: clear width of the channel running in [m].
        tailwater: depth in the channel below [m]. ground: of the ground above its bed [m].
    """
    where = f"{path}.drop"
    clear = given(record.width, "m", f"{where}.width") if record.width is not None else width
    step, height = step_drop(flow / clear.value, fall, record, path)
    needed = rows.ADD.at(a=step.length, b=step.jump_length)
    length = (
        given(record.length, "m", f"{where}.length")
        if record.length is not None
        else rounded_up(needed, 2 * STEP, where)
    )
    side = rows.ADD.at(a=step.sequent, b=freeboard)
    sill = given(record.sill, "m", f"{where}.sill")
    up = rows.ADD.at(a=sill, b=ground)
    walls = (
        given(record.side_height, "m", f"{where}.side_height")
        if record.side_height is not None
        else rounded_up(side if side.value >= up.value else up, STEP, where)
    )
    works = _works(record, name, where, length, clear, walls, height, ground)
    held = None if tailwater is None else rows.HELD.at(h_t=tailwater, c=sill)
    run = rows.POOLS.at(
        n=given(record.steps, "piece", f"{where}.steps"), L=works.sizes["step_run"], t=works.sizes["sill_thickness"]
    )
    return BuiltDrop(works, step, height, needed, held, side, run)


def _works(
    record: DropWorks, name: str, where: str, length: Traced, width: Traced, walls: Traced, height: Traced,
    ground: Traced,
) -> Works:  # fmt: skip
    """All steps: their pools end to end as one trough, the sill at the end, and a drop wall for each.

    A pool is held by the crest of the next wall, the last one by the sill. The back of a drop wall stands upright on
    the foundation; its face leans into the pool.
    """

    def said(field: str, unit: str = "m") -> Traced:
        return given(getattr(record, field), unit, f"{where}.{field}")

    sill, thick, count = said("sill"), said("sill_thickness"), said("steps", "piece")
    top, base = said("wall_top"), said("wall_base")
    pools = rows.POOLS.at(n=count, L=length, t=thick)
    trough = Trough(
        width=width, length=pools, wall_height=walls, wall_top=said("side_top"), wall_base=said("side_base"),
        floor=said("floor"), cushion=said("cushion"), ground=rows.ADD.at(a=sill, b=ground),
        trench_slope=said("trench_slope", "-"), working_width=said("working_width"),
    )  # fmt: skip
    pool = trough_amounts(trough, where)
    wide = trough.outer_width
    crests = rows.CRESTS.at(n=count, t=top)
    deep = rows.DEPTH.at(h_g=ground, d=height, t_f=trough.floor, t_c=trough.cushion)
    dug = PER_METRE.at(A=TRENCH.at(B=wide, w=trough.working_width, m=trough.trench_slope, H=deep), L=crests)
    under = rows.SLAB.at(L=crests, B=wide, t=trough.cushion)
    taken = rows.SLAB.at(L=crests, B=wide, t=rows.DEPTH.at(h_g=ground, d=height, t_f=trough.floor, t_c=0.0))
    body = {
        "floor": pool.floor, "side walls": pool.walls, "sill": rows.SLAB.at(L=thick, B=width, t=sill),
        "drop walls": rows.DROP_WALLS.at(n=count, t_1=top, t_2=base, h=height, B=wide),
        "foundations": rows.SLAB.at(L=crests, B=wide, t=trough.floor),
    }  # fmt: skip
    sizes = {
        "length": length, "width": width, "side_height": walls, "height": height, "sill": sill,
        "sill_thickness": thick, "wall_top": top, "wall_base": base, "side_top": trough.wall_top,
        "side_base": trough.wall_base, "floor": trough.floor, "cushion": trough.cushion, "ground": ground,
        "outer_width": wide, "step_run": rows.ADD.at(a=length, b=top),
    }  # fmt: skip
    filled = BACKFILL.at(V_e=dug, V_o=taken, V_c=under)
    return Works(
        "drop", name, where, sizes,
        counted(
            Amount("excavation", total({"pools": pool.excavation, "walls": dug}, "m3")),
            Amount("cushion", total({"pools": pool.cushion, "walls": under}, "m3")),
            Amount("body", total(body, "m3"), record.material),
            Amount("backfill", total({"pools": pool.backfill, "walls": filled}, "m3")),
        ),
    )  # fmt: skip
