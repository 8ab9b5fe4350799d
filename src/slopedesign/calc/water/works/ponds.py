"""What is built to a pond beside its lining: spillway, steps, fence, rack, sand trap, cover, draw-off pipe."""

from __future__ import annotations

from collections.abc import Iterator

from slopedesign.calc.water.ditch_quantities import BACKFILL
from slopedesign.calc.water.pond import SpillwayResult, Storage
from slopedesign.calc.water.works.basins import STEP
from slopedesign.calc.water.works.common import Amount, Works, counted, lacking, rounded_up
from slopedesign.calc.water.works.troughs import Trough, trough_amounts
from slopedesign.i18n import message
from slopedesign.project.water import Pond, SandTrap
from slopedesign.project.water_works import FenceWorks, RackWorks, SpillwayWorks, StepsWorks, TankWorks
from slopedesign.standards import tr55_1986 as tr55
from slopedesign.standards import water_amounts as rows
from slopedesign.standards.trace import Traced, given, measured, total
from slopedesign.standards.water_tables import table


def pond_works(record: Pond, path: str, storage: Storage, spill: SpillwayResult | None) -> tuple[Works, ...]:
    """Every structure of a pond that its record states, or its fittings promise."""
    return tuple(_works(record, path, storage, spill))


def _works(record: Pond, path: str, storage: Storage, spill: SpillwayResult | None) -> Iterator[Works]:
    made, has, where = record.works, record.fittings, f"{path}.works"
    if spill is not None and record.spillway is not None:
        stated = None if made is None else made.spillway
        if stated is None:
            yield lacking("spillway", record.name, f"{where}.spillway")
        else:
            yield _spillway(stated, record, f"{where}.spillway", storage, spill)
    if record.sand_trap is not None:
        if record.sand_trap.works is None:
            yield lacking("sand_trap", record.name, f"{path}.sand_trap.works")
        else:
            yield sand_trap_works(record.sand_trap, record.sand_trap.works, record.name, f"{path}.sand_trap")
    if made is not None and made.trash_rack is not None:
        yield rack_works(made.trash_rack, record.name, f"{where}.trash_rack")
    elif has.trash_rack:
        yield lacking("trash_rack", record.name, f"{where}.trash_rack")
    if made is not None and made.steps is not None:
        yield _steps(made.steps, record, f"{where}.steps", storage)
    elif has.steps:
        yield lacking("steps", record.name, f"{where}.steps")
    if made is not None and made.fence is not None:
        yield _fence(made.fence, record, f"{where}.fence", storage)
    elif has.fence:
        yield lacking("fence", record.name, f"{where}.fence")
    rest, missing = _rest(record, path, storage), _unsaid(record, where)
    if rest or missing:
        yield Works("pond", record.name, where, {}, counted(*rest), missing)


def top_size(record: Pond, storage: Storage) -> tuple[float, float] | None:
    """Length and width of a shaped pond at its top [m]; the diameter twice for a round one; None for a free shape."""
    if record.depth is None:
        return None
    grown = 2 * record.side_slope * record.depth
    if record.diameter is not None:
        return record.diameter + grown, record.diameter + grown
    assert record.length is not None and record.width is not None
    return record.length + grown, record.width + grown


def _unsaid(record: Pond, where: str) -> tuple[str, ...]:
    """What a pond of free shape has but no shape tells the size of."""
    made = record.works
    if made is None or record.depth is not None:
        return ()
    asked = {"membrane_area": made.membrane and made.membrane_area is None, "cover_slab": made.cover_slab > 0}
    return tuple(f"{where}.{name}" for name, lacks in asked.items() if lacks)


def _rest(record: Pond, path: str, storage: Storage) -> list[Amount]:
    made, found = record.works, []
    size = top_size(record, storage)
    if made is not None and made.membrane_area is not None:
        found.append(Amount("membrane", given(made.membrane_area, "m2", f"{path}.works.membrane_area")))
    elif made is not None and made.membrane and record.depth is not None:
        d, z = given(record.depth, "m", f"{path}.depth"), given(record.side_slope, "-", f"{path}.side_slope")
        if record.diameter is not None:
            area: Traced = rows.ROUND_MEMBRANE.at(D=given(record.diameter, "m", f"{path}.diameter"), z=z, h=d)
        else:
            area = rows.MEMBRANE.at(L=given(record.length or 0, "m", f"{path}.length"),
                                    B=given(record.width or 0, "m", f"{path}.width"), z=z, h=d)  # fmt: skip
        found.append(Amount("membrane", area))
    if made is not None and made.cover_slab > 0 and size is not None:
        edge = given(record.wall_thickness, "m", f"{path}.wall_thickness")
        sides = [measured(s, "m", "water.note.pond_top", path) for s in size]
        slab = given(made.cover_slab, "m", f"{path}.works.cover_slab")
        lid = (
            rows.SLAB_AREA.at(L=sides[0], B=sides[1], t_1=edge, t=slab)
            if record.diameter is None
            else rows.ROUND_SLAB.at(D=sides[0], t_1=edge, t=slab)
        )
        found.append(Amount("cover", lid, "concrete"))
    if record.outlet is not None and made is not None and made.outlet_length is not None:
        size_said = message("bill.pipe_diameter", diameter=f"{1000 * record.outlet.diameter:g}")
        found.append(
            Amount("outlet_pipe", given(made.outlet_length, "m", f"{path}.works.outlet_length"), "", size_said)
        )
        found.append(Amount("valve", measured(1.0, "piece", "water.note.one_each", path), "", size_said))
    if made is not None and made.signs:
        found.append(Amount("sign", given(made.signs, "piece", f"{path}.works.signs")))
    return found


def _spillway(record: SpillwayWorks, pond: Pond, where: str, storage: Storage, spill: SpillwayResult) -> Works:
    def said(field: str, unit: str = "m") -> Traced:
        return given(getattr(record, field), unit, f"{where}.{field}")

    head = measured(spill.head, "m", "water.note.spill_head", where)
    free = table("ponds", "storage").pick("freeboard", "m") if pond.freeboard is None else given(
        pond.freeboard, "m", f"{where.split('.works')[0]}.freeboard"
    )  # fmt: skip
    needed = rows.ADD.at(a=head, b=free)
    wall = said("wall_height") if record.wall_height is not None else rounded_up(needed, STEP, where)
    width = measured(spill.width, "m", "water.note.spill_width", where)
    ground = measured(float(storage.level[-1]) - spill.crest, "m", "water.note.spill_ground", where)
    trough = Trough(
        width=width, length=said("length"), wall_height=wall, wall_top=said("wall_top"), wall_base=said("wall_base"),
        floor=said("floor"), cushion=said("cushion"), ground=ground, trench_slope=said("trench_slope", "-"),
        working_width=said("working_width"),
    )  # fmt: skip
    found = trough_amounts(trough, where)
    sizes = {
        "width": width, "length": trough.length, "wall_height": wall, "wall_needed": needed,
        "wall_top": trough.wall_top, "wall_base": trough.wall_base, "floor": trough.floor, "cushion": trough.cushion,
        "head": head,
    }  # fmt: skip
    return Works(
        "spillway", pond.name, where, sizes,
        counted(
            Amount("excavation", total({"trench": found.excavation}, "m3")), Amount("cushion", found.cushion),
            Amount("body", total({"floor": found.floor, "walls": found.walls}, "m3"), record.material),
            Amount("backfill", found.backfill),
        ),
    )  # fmt: skip


def sand_trap_works(trap: SandTrap, record: TankWorks, name: str, path: str) -> Works:
    """Sizes and amounts of a sand trap: a tank with walls on four sides in a pit with sloping sides."""
    where = f"{path}.works"
    inside = [given(getattr(trap, f), "m", f"{path}.{f}") for f in ("length", "width", "depth")]
    length, width, depth = inside
    top, base, floor, cushion = (
        given(getattr(record, f), "m", f"{where}.{f}") for f in ("wall_top", "wall_base", "floor", "cushion")
    )
    outer = rows.TANK_OUTSIDE.at(L=length, B=width, h=depth, t_1=top, t_2=base, t_f=floor)
    clear = rows.SLAB.at(L=length, B=width, t=depth)
    body = rows.BODY.at(V_o=outer, V_i=clear)
    room, lean = given(record.working_width, "m", f"{where}.working_width"), given(
        record.trench_slope, "-", f"{where}.trench_slope"
    )  # fmt: skip
    long, wide = rows.WIDEN.at(B=length, t=base), rows.WIDEN.at(B=width, t=base)
    deep = rows.DEPTH.at(h_g=depth, d=0.0, t_f=floor, t_c=cushion)
    dug = tr55.FRUSTUM.at(L=rows.WIDEN.at(B=long, t=room), W=rows.WIDEN.at(B=wide, t=room), z=lean, D=deep)
    bed = rows.SLAB.at(L=long, B=wide, t=cushion)
    amounts = [
        Amount("excavation", dug), Amount("cushion", bed), Amount("body", body, record.material),
        Amount("backfill", BACKFILL.at(V_e=dug, V_o=outer, V_c=bed)),
    ]  # fmt: skip
    if record.plaster:
        amounts.append(Amount("plaster", rows.WET_FACES.at(L=length, B=width, h=depth)))
    if record.cover_slab > 0:
        slab = given(record.cover_slab, "m", f"{where}.cover_slab")
        amounts.append(Amount("cover", rows.SLAB_AREA.at(L=length, B=width, t_1=top, t=slab), "concrete"))
    sizes = {"length": length, "width": width, "depth": depth, "wall_top": top, "wall_base": base, "floor": floor,
             "cushion": cushion}  # fmt: skip
    return Works("sand_trap", name, path, sizes, counted(*amounts))


def rack_works(record: RackWorks, name: str, where: str) -> Works:
    """Bars and frame of a rack, in kilograms of round steel."""
    wide, high = given(record.width, "m", f"{where}.width"), given(record.height, "m", f"{where}.height")
    turn = given(record.angle_deg, "deg", f"{where}.angle_deg")
    gap, bar = given(record.spacing, "m", f"{where}.spacing"), given(record.bar_mm, "mm", f"{where}.bar_mm")
    count, length = rows.BARS.at(B=wide, s=gap), rows.BAR_LENGTH.at(h=high, theta=turn)
    mass = rows.RACK.at(n=count, l=length, B=wide, d=bar)
    size = message("bill.rack_size", bar=f"{record.bar_mm:g}", spacing=f"{1000 * record.spacing:g}")
    sizes = {"width": wide, "height": high, "spacing": gap, "bar": length, "count": count, "angle": turn}
    return Works("trash_rack", name, where, sizes, counted(Amount("rack", mass, "", size)))


def _steps(record: StepsWorks, pond: Pond, where: str, storage: Storage) -> Works:
    rise, tread, wide, slab = (
        given(getattr(record, f), "m", f"{where}.{f}") for f in ("riser", "tread", "width", "slab")
    )
    deep = measured(float(storage.level[-1] - storage.level[0]), "m", "water.note.pond_depth_full", where)
    count = rows.STAIR_COUNT.at(H=deep, r=rise)
    body = rows.STAIR.at(n=count, B=wide, r=rise, a=tread, t=slab)
    sizes = {"riser": rise, "tread": tread, "width": wide, "slab": slab, "count": count}
    return Works("steps", pond.name, where, sizes, counted(Amount("body", body, record.material)))


def _fence(record: FenceWorks, pond: Pond, where: str, storage: Storage) -> Works:
    size = top_size(pond, storage)
    off, high = given(record.offset, "m", f"{where}.offset"), given(record.height, "m", f"{where}.height")
    if record.length is not None:
        run: Traced = given(record.length, "m", f"{where}.length")
    elif size is None:
        return lacking("fence", pond.name, f"{where}.length")
    else:
        along = [measured(s, "m", "water.note.pond_top", where) for s in size]
        round_one = pond.diameter is not None
        run = rows.ROUND_FENCE.at(D=along[0], e=off) if round_one else rows.FENCE.at(L=along[0], B=along[1], e=off)
    posts = rows.POSTS.at(L=run, s=given(record.post_spacing, "m", f"{where}.post_spacing"))
    said = message("bill.fence_size", height=f"{record.height:g}", spacing=f"{record.post_spacing:g}")
    sizes = {"height": high, "offset": off, "length": run, "posts": posts}
    return Works("fence", pond.name, where, sizes, counted(Amount("fence", run, "", said), Amount("posts", posts)))
