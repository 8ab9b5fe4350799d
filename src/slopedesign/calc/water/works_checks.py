"""Verdicts on structures as built: basins, drops, aprons, culverts, chutes, fittings of ponds, irrigation.

What is built is compared with what the hydraulics ask for; a size nobody stated follows the calculation, rounded up,
and a structure nobody described is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slopedesign.calc.water.irrigation import IrrigationResult
from slopedesign.calc.water.network import NetworkResult, ReachResult
from slopedesign.calc.water.result import PondResult, ReachStructures
from slopedesign.calc.water.works.common import Works
from slopedesign.i18n import message
from slopedesign.project.irrigation import Irrigation
from slopedesign.standards import sl253_2018 as sl253
from slopedesign.standards import water_amounts as rows
from slopedesign.standards.check import Check, Relation, Strength
from slopedesign.standards.trace import OWN, Source, Traced, given, measured
from slopedesign.standards.water_tables import Table, table

_SL253 = sl253.BASIN_DEPTH.source
_RAND = Source("Rand (1955)", "straight drop")


def judge_works(
    network: NetworkResult | None, structures: Sequence[ReachStructures], ponds: Sequence[PondResult],
    watering: IrrigationResult | None, irrigation: Irrigation | None, works: Sequence[Works],
) -> list[Check]:  # fmt: skip
    """Every verdict on structures, and whether all of them could be counted."""
    found: list[Check] = []
    if network is not None:
        by_name = {s.reach: s for s in structures}
        for reach in network.reaches:
            found += _reach(reach, by_name[reach.name], network)
    for pond in ponds:
        found += _pond(pond)
    if watering is not None and irrigation is not None:
        found += _irrigation(watering, irrigation)
    if works:
        found.append(_counted(works))
    return found


def _counted(works: Sequence[Works]) -> Check:
    """Every structure has the sizes its amounts need."""
    missing = tuple(dict.fromkeys(name for w in works for name in w.missing))
    done = message("water.fact.works", count=sum(not w.missing for w in works), every=len(works))
    return Check(
        id="works.counted", subject="water", title=message("water.check.counted"), source=OWN, strength=Strength.SHOULD,
        holds=None if missing else True, found=None if missing else done,
        required=message("water.fact.works_all"), missing=missing, field=missing[0] if missing else "",
    )  # fmt: skip


def _compare(
    name: str, subject: str, found: Traced | None, relation: Relation, required: Traced | None, source: Source,
    *, strength: Strength = Strength.MUST, missing: str = "", field: str = "",
) -> Check:  # fmt: skip
    known = found is not None and required is not None
    return Check(
        id=name, subject=subject, title=message(f"water.check.{name.replace('.', '_')}"), source=source,
        strength=strength, relation=relation, found=found, required=required, missing=() if known else (missing,),
        field=field or missing,
    )  # fmt: skip


def _limit(
    name: str, subject: str, found: Traced | None, relation: Relation, where: Table, key: str, *, unit: str = "m",
    strength: Strength = Strength.SHOULD, missing: str = "", field: str = "",
) -> Check:  # fmt: skip
    return _compare(name, subject, found, relation, where.pick(key, unit), where.source, strength=strength,
                    missing=missing, field=field)  # fmt: skip


# Reaches --------------------------------------------------------------------------------------------------------------


def _reach(reach: ReachResult, s: ReachStructures, network: NetworkResult) -> Iterator[Check]:
    path = reach.input.path
    if reach.culvert is not None:
        yield from _culvert(reach, s, network)
    if s.built_basin is not None and s.basin is not None and not s.built_basin.works.missing:
        yield from _basin(path, s)
        yield from _seat(path, s, network.below(reach))
    if s.built_drop is not None:
        yield from _drop(reach, s)
    for works in s.works:
        if works.kind == "apron" and s.apron is not None and not works.missing:
            sizes, where = works.sizes, f"{path}.apron"
            for size, needed in (("d50", s.apron.d50), ("length", s.apron.length), ("thickness", s.apron.thickness)):
                source = rows_source(needed)
                yield _compare(f"apron.{size}", path, sizes[size], Relation.AT_LEAST, needed, source,
                               field=f"{where}.{size}")  # fmt: skip
    if reach.kind == "chute" and s.drop is None:
        limits, teeth = table("structures", "teeth"), reach.input.record.teeth
        where = f"{path}.teeth"
        spacing = None if teeth is None else given(teeth.spacing, "m", f"{where}.spacing")
        depth = None if teeth is None else given(teeth.depth, "m", f"{where}.depth")
        yield _limit("teeth.spacing", path, spacing, Relation.AT_MOST, limits, "spacing", missing=where)
        yield _limit("teeth.depth", path, depth, Relation.AT_LEAST, limits, "depth", missing=where)


def rows_source(number: Traced) -> Source:
    """The standard a number rests on: of its formula, or of its table."""
    formula = getattr(number, "formula", None)
    found = formula.source if formula is not None else getattr(number, "source", OWN)
    assert isinstance(found, Source)
    return found


def _basin(path: str, s: ReachStructures) -> Iterator[Check]:
    built, basin = s.built_basin, s.basin
    assert built is not None and basin is not None and built.submergence is not None
    sizes, where, jump = built.works.sizes, f"{path}.basin", table("structures", "basin_jump")
    needed = basin.depth if basin.depth.value > 0 else measured(0.0, "m", "water.note.tailwater_holds", path,
                                                                d=basin.depth)  # fmt: skip
    yield _compare("basin.depth", path, sizes["depth"], Relation.AT_LEAST, needed, _SL253, field=f"{where}.depth")
    yield _compare("basin.length", path, sizes["length"], Relation.AT_LEAST, basin.length, _SL253,
                   field=f"{where}.length")  # fmt: skip
    yield _limit("basin.submergence", path, built.submergence, Relation.AT_LEAST, jump, "low", unit="-",
                 strength=Strength.MUST, field=f"{where}.depth")  # fmt: skip
    if basin.needed:
        yield _limit("basin.submergence_high", path, built.submergence, Relation.AT_MOST, jump, "high", unit="-",
                     strength=Strength.INFO, field=f"{where}.depth")  # fmt: skip
    yield _compare("basin.wall", path, sizes["wall_height"], Relation.AT_LEAST, built.wall_needed, _SL253,
                   field=f"{where}.wall_height")  # fmt: skip


def _seat(path: str, s: ReachStructures, below: ReachResult | None) -> Iterator[Check]:
    """A basin stands level on the head of the reach below; that reach begins at its sill, not at its own bed."""
    if below is None or s.built_basin is None:
        return
    whole = s.built_basin.works.sizes["whole"]
    slope = below.input.slope
    fall = measured(slope.value * whole.value, "m", "water.note.fall_of_bed", path, i=slope, L=whole)
    limits = table("structures", "basin_seat")
    yield _limit("basin.seat", path, fall, Relation.AT_MOST, limits, "fall", field=f"{below.input.path}.vertices")


def _drop(reach: ReachResult, s: ReachStructures) -> Iterator[Check]:
    built, path = s.built_drop, reach.input.path
    assert built is not None
    sizes, where = built.works.sizes, f"{path}.drop"
    yield _compare("drop.length", path, sizes["length"], Relation.AT_LEAST, built.length_needed, _RAND,
                   field=f"{where}.length")  # fmt: skip
    yield _compare("drop.tailwater", path, built.held, Relation.AT_LEAST, built.step.sequent, _RAND,
                   missing=f"{path}.tailwater", field=f"{where}.sill")  # fmt: skip
    yield _compare("drop.wall", path, sizes["side_height"], Relation.AT_LEAST, built.side_needed, _RAND,
                   field=f"{where}.side_height")  # fmt: skip
    yield _compare("drop.room", path, built.run, Relation.AT_MOST, reach.input.length, OWN, field=f"{where}.steps")


def _culvert(reach: ReachResult, s: ReachStructures, network: NetworkResult) -> Iterator[Check]:
    path, record = reach.input.path, reach.input.record
    assert reach.culvert is not None
    over = None if record.culvert is None else given(record.culvert.cover, "m", f"{path}.culvert.cover")
    yield _limit("culvert.cover", path, over, Relation.AT_LEAST, table("structures", "culvert"), "cover",
                 strength=Strength.NORMALLY, missing=f"{path}.culvert.cover")  # fmt: skip
    speed = measured(reach.culvert.rating.velocity, "m/s", "water.note.outlet_velocity", path)
    below, velocities = network.below(reach), table("ditches", "velocity")
    limit = None if below is None or below.sized is None else below.sized.velocity_limit
    check = _compare("culvert.outlet_velocity", path, speed, Relation.AT_MOST, limit, velocities.source,
                     strength=Strength.SHOULD, missing=f"{path}.dissipator")  # fmt: skip
    if s.apron is not None:
        check = Check(id=check.id, subject=path, title=check.title, source=velocities.source, strength=check.strength,
                      relation=check.relation, found=speed, required=limit,
                      not_applicable=message("water.reason.apron"))  # fmt: skip
    yield check


# Ponds ----------------------------------------------------------------------------------------------------------------


def _pond(pond: PondResult) -> Iterator[Check]:
    path = pond.path
    for works in pond.works:
        if works.missing:
            continue
        sizes = works.sizes
        if works.kind == "spillway":
            yield _compare("spillway.wall", path, sizes["wall_height"], Relation.AT_LEAST, sizes["wall_needed"],
                           table("ponds", "storage").source, field=f"{works.path}.wall_height")  # fmt: skip
        if works.kind == "fence":
            yield _limit("fence.height", path, sizes["height"], Relation.AT_LEAST, table("structures", "fence"),
                         "height", field=f"{works.path}.height")  # fmt: skip
        if works.kind == "steps":
            stair = table("structures", "stair")
            yield _limit("stair.riser", path, sizes["riser"], Relation.AT_MOST, stair, "riser",
                         field=f"{works.path}.riser")  # fmt: skip
            yield _limit("stair.tread", path, sizes["tread"], Relation.AT_LEAST, stair, "tread",
                         field=f"{works.path}.tread")  # fmt: skip
        if works.kind == "trash_rack":
            yield _limit("rack.spacing", path, sizes["spacing"], Relation.AT_MOST, table("structures", "rack"),
                         "spacing", strength=Strength.NORMALLY, field=f"{works.path}.spacing")  # fmt: skip


# Irrigation -----------------------------------------------------------------------------------------------------------


def _irrigation(result: IrrigationResult, record: Irrigation, path: str = "water.irrigation") -> Iterator[Check]:
    speeds = table("irrigation", "velocity")
    for i, pipe in enumerate(result.pipes):
        where = f"{path}.pipes[{i}]"
        yield _limit("irrigation.velocity", where, pipe.velocity, Relation.AT_MOST, speeds, "high", unit="m/s",
                     strength=Strength.NORMALLY, field=f"{where}.diameter")  # fmt: skip
        if pipe.pipe.lateral and record.sprinkler is not None and record.drip is None:
            asked = measured(pipe.pipe.outlets * record.sprinkler.flow, "m3/h", "water.note.outlets_flow", where)
            yield _compare("irrigation.lateral_flow", where, given(pipe.pipe.flow, "m3/h", f"{where}.flow"),
                           Relation.AT_LEAST, asked, OWN, strength=Strength.SHOULD, field=f"{where}.flow")  # fmt: skip
    if record.pump is not None and result.pump is not None:
        where = f"{path}.pump"
        rated = None if record.pump.rated_head is None else given(record.pump.rated_head, "m", f"{where}.rated_head")
        yield _compare("irrigation.pump_head", where, rated, Relation.AT_LEAST, result.pump.head,
                       rows_source(result.pump.head), missing=f"{where}.rated_head")  # fmt: skip
        hours = record.pump.hours_per_day
        daily = None if hours is None else rows.DAILY.at(
            n=given(record.pump.units, "piece", f"{where}.units"), Q=given(record.pump.flow, "m3/h", f"{where}.flow"),
            T=given(hours, "h", f"{where}.hours_per_day"),
        )  # fmt: skip
        need = measured(result.peak_day, "m3", "water.note.peak_day", path)
        yield _compare("irrigation.daily", where, daily, Relation.AT_LEAST, need, OWN, strength=Strength.SHOULD,
                       missing=f"{where}.hours_per_day")  # fmt: skip
    if record.sprinkler is not None and result.sprinkler is not None:
        where = f"{path}.sprinkler"
        fine = result.sprinkler.atomisation
        found = None if fine is None else measured(fine, "-", "water.note.atomisation", where)
        yield _limit("irrigation.atomisation", where, found, Relation.AT_LEAST, table("irrigation", "atomisation"),
                     "low", unit="-", missing=f"{where}.nozzle_mm")  # fmt: skip
