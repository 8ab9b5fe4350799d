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
    run = measured(
        record.steps * works.sizes["step_run"].value, "m", "water.note.all_steps", where, one=works.sizes["step_run"]
    )
    return BuiltDrop(works, step, height, needed, held, side, run)


def _works(
    record: DropWorks, name: str, where: str, length: Traced, width: Traced, walls: Traced, height: Traced,
    ground: Traced,
) -> Works:  # fmt: skip
    def said(field: str, unit: str = "m") -> Traced:
        return given(getattr(record, field), unit, f"{where}.{field}")

    sill, thick = said("sill"), said("sill_thickness")
    floor_run = rows.ADD.at(a=length, b=thick)
    trough = Trough(
        width=width, length=floor_run, wall_height=walls, wall_top=said("side_top"), wall_base=said("side_base"),
        floor=said("floor"), cushion=said("cushion"), ground=rows.ADD.at(a=sill, b=ground),
        trench_slope=said("trench_slope", "-"), working_width=said("working_width"),
    )  # fmt: skip
    pool = trough_amounts(trough, where)
    wide, base = trough.outer_width, said("wall_base")
    tall = rows.ADD.at(a=height, b=trough.floor)
    wall = rows.WALL.at(t_1=said("wall_top"), t_2=base, h=tall, L=wide)
    deep = rows.DEPTH.at(h_g=ground, d=height, t_f=trough.floor, t_c=trough.cushion)
    behind = PER_METRE.at(A=TRENCH.at(B=wide, w=trough.working_width, m=trough.trench_slope, H=deep), L=base)
    under = rows.SLAB.at(L=base, B=wide, t=trough.cushion)
    waterway = rows.SLAB.at(L=base, B=wide, t=ground)
    filled = BACKFILL.at(V_e=behind, V_o=total({"wall": wall, "above": waterway}, "m3"), V_c=under)
    one = {
        "excavation": total({"pool": pool.excavation, "wall": behind}, "m3"),
        "cushion": total({"pool": pool.cushion, "wall": under}, "m3"),
        "body": total({"floor": pool.floor, "side walls": pool.walls, "sill": rows.SLAB.at(L=thick, B=width, t=sill),
                       "drop wall": wall}, "m3"),
        "backfill": total({"pool": pool.backfill, "wall": filled}, "m3"),
    }  # fmt: skip
    every = {
        what: number if record.steps == 1 else total({f"{i + 1}": number for i in range(record.steps)}, "m3")
        for what, number in one.items()
    }
    sizes = {
        "length": length, "width": width, "side_height": walls, "height": height, "sill": sill,
        "sill_thickness": thick, "wall_top": said("wall_top"), "wall_base": base, "side_top": trough.wall_top,
        "side_base": trough.wall_base, "floor": trough.floor, "cushion": trough.cushion, "ground": ground,
        "outer_width": wide, "step_run": rows.ADD.at(a=floor_run, b=said("wall_top")),
    }  # fmt: skip
    return Works(
        "drop", name, where, sizes,
        counted(
            Amount("excavation", every["excavation"]), Amount("cushion", every["cushion"]),
            Amount("body", every["body"], record.material), Amount("backfill", every["backfill"]),
        ),
    )  # fmt: skip
