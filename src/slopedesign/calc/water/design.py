"""The whole water side worked in order: storm, catchments, network, structures, irrigation, ponds, checks, working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from slopedesign.calc.terrain.surface import Tin
from slopedesign.calc.water import (
    checks,
    lines,
    network,
    reservoir,
    runoff,
    sinks,
    sizing,
    storm,
    terrain,
    works_checks,
)
from slopedesign.calc.water import irrigation as irrigating
from slopedesign.calc.water import structures as standing
from slopedesign.calc.water.catchments import catchment_remarks, work_catchments
from slopedesign.calc.water.layout import PATH as AUTOMATIC
from slopedesign.calc.water.layout import Layout
from slopedesign.calc.water.network import NetworkResult, ReachInput, ReachResult
from slopedesign.calc.water.passages import passages_of
from slopedesign.calc.water.result import (
    CatchmentResult,
    Drainage,
    MethodRow,
    PondResult,
    StormResult,
    WaterResult,
)
from slopedesign.calc.water.works.irrigation import irrigation_works
from slopedesign.errors import InputError, OutOfRange
from slopedesign.i18n import message
from slopedesign.project.water import TYPES, Catchment, Reach, Storm, WaterDesign
from slopedesign.standards import sl44_2006 as sl44
from slopedesign.standards.check import Check, Level, Relation, Remark, Strength
from slopedesign.standards.trace import OWN, Traced, given
from slopedesign.standards.water_tables import table

TABLE_MINUTES = (5.0, 10.0, 15.0, 30.0, 60.0, 120.0)


def design_water(
    water: WaterDesign, ground: terrain.Grid | None = None, named_lines: Mapping[str, ArrayLike] | None = None,
    surface: Tin | None = None, layout: Layout | None = None, planted: Traced | None = None,
) -> WaterResult:  # fmt: skip
    """Works the water side of a design.

    Args:
        water: the designer's record.
        ground: terrain grid; needed by catchments and ponds that take their shape from the ground.
        named_lines: polylines (k, 3) E, N, Z of the bench design, by the names reaches follow
            ("S1/bench 2/inner edge", "S1/crest", "S1/toe").
        surface: the designed ground in triangles; ponds in it are then exact, and reaches stated in plan lie on it.
        layout: reaches and catchments proposed by `layout.propose`; they join those stated.
        planted: trees the planting counts, for irrigation that leaves its trees blank.

    Raises:
        InputError: what is stated does not hold together (missing return period, unknown node, circle, dry reach, ...).
        OutOfRange, NoSolution: no answer exists for what is stated.
    """
    return store(drain(water, ground, named_lines, surface, layout), planted)


def drain(
    water: WaterDesign, ground: terrain.Grid | None = None, named_lines: Mapping[str, ArrayLike] | None = None,
    surface: Tin | None = None, layout: Layout | None = None,
) -> Drainage:  # fmt: skip
    """Works storm, catchments and ditches, the first part of `design_water`."""
    rain = work_storm(water.storm)
    hollows = reservoir.hollows_of(water.ponds, surface)
    waters = sinks.pond_waters(water.ponds, hollows, ground)
    stated, water = water, water if layout is None else with_layout(water, layout)
    paths = _paths(len(stated.catchments), water.catchments, "water.catchments")
    inputs = reach_inputs(water, named_lines or {}, surface, len(stated.network.reaches))
    catchments = work_catchments(water, paths, rain, ground, inputs, waters)
    ends = (*water.network.outlets, *(p.name for p in water.ponds))
    solved = _work_network(water, paths, rain, catchments, ends, inputs)
    return Drainage(
        record=water, paths=paths, layout=layout, storm=rain, catchments=catchments, network=solved,
        structures=standing.work_all(solved) if solved is not None else (), ends=ends,
        remarks=tuple(catchment_remarks(water, paths, catchments)), ground=ground, surface=surface, hollows=hollows,
    )  # fmt: skip


def store(drained: Drainage, planted: Traced | None = None) -> WaterResult:
    """Works irrigation, ponds and verdicts on drained land, the second part of `design_water`."""
    water, rain, solved, structures = drained.record, drained.storm, drained.network, drained.structures
    watering = irrigating.work_irrigation(water.irrigation, planted=planted) if water.irrigation is not None else None
    ponds = tuple(
        reservoir.work_pond(
            p,
            f"water.ponds[{i}]",
            reservoir.gathered_into(p, solved, drained.catchments),
            rain,
            watering,
            drained.ground,
            drained.hollows.get(p.name),
            drained.surface,
        )
        for i, p in enumerate(water.ponds)
    )
    judged = _judge(drained, ponds, watering)
    made = irrigation_works(watering, water.irrigation) if watering and water.irrigation else ()
    every = [*(w for s in structures for w in s.works), *(w for p in ponds for w in p.works), *made]
    judged += works_checks.judge_works(solved, structures, ponds, watering, water.irrigation, every)
    layout = drained.layout
    return WaterResult(
        storm=rain, catchments=drained.catchments, network=solved, structures=structures, ponds=ponds,
        irrigation=watering, working=passages_of, checks=tuple(judged),
        remarks=(
            *(layout.remarks if layout is not None else ()), *drained.remarks,
            *(solved.remarks if solved is not None else ()),
            *_storm_remarks(water.storm, rain), *filter(None, map(reservoir.pond_remark, ponds)),
        ),
        divides={c.record.name: c.ground.divide for c in drained.catchments if c.ground is not None},
        irrigation_works=made, layout=layout,
    )  # fmt: skip


def with_layout(water: WaterDesign, layout: Layout) -> WaterDesign:
    """The record with what was proposed behind what is stated; a stated name takes the place of a proposed one."""
    known = {reach.name for reach in water.network.reaches}
    reaches = (*water.network.reaches, *(reach for reach in layout.reaches if reach.name not in known))
    named = {catchment.name for catchment in water.catchments}
    catchments = (*water.catchments, *(c for c in layout.catchments if c.name not in named))
    auto = water.network.automatic
    out = () if auto is None or auto.drains_to in {p.name for p in water.ponds} else (auto.drains_to,)
    outlets = tuple(dict.fromkeys((*water.network.outlets, *out, *layout.outlets)))
    network = water.network.model_copy(update={"reaches": reaches, "outlets": outlets, "automatic": None})
    return water.model_copy(update={"network": network, "catchments": catchments})


def stated_layout(water: WaterDesign, layout: Layout) -> WaterDesign:
    """The record with what was proposed stated, to be edited by hand, and no proposal asked for any more."""
    return WaterDesign.model_validate(with_layout(water, layout).model_dump())


def _paths(stated: int, every: Sequence[Reach | Catchment], where: str) -> list[str]:
    """Paths in the project; what was proposed is known by its name under the record that asked for it."""
    return [f"{where}[{i}]" if i < stated else f"{AUTOMATIC}.{one.name}" for i, one in enumerate(every)]


# Storm ----------------------------------------------------------------------------------------------------------------


def work_storm(record: Storm) -> StormResult:
    """Every storm method for which the inputs are stated, and the ponds' storm.

    Raises:
        InputError: the return period is missing, or a method is stated by halves.
    """
    path = "water.storm"
    if record.return_period is None:
        raise InputError(f"{path}.return_period", None, message("water.error.return_period"))
    years = given(record.return_period, "a", f"{path}.return_period", "water.quantity.return_period")
    fit = (
        storm.fit_frequency(record.annual_maxima, record.cs_over_cv, f"{path}.annual_maxima")
        if record.annual_maxima
        else None
    )
    h24 = _h24(record, record.h24, "h24", years.value, fit)
    pond_h24 = _h24(record, record.pond_h24, "pond_h24", record.pond_return_period, fit)
    if pond_h24 is None and h24 is not None and record.pond_return_period == record.return_period:
        pond_h24 = h24
    methods = tuple(_methods(record, years, h24))
    rows = []
    for minutes in TABLE_MINUTES:
        worked = {}
        for method in methods:
            try:
                worked[method.name] = method.intensity(minutes)
            except OutOfRange:
                continue  # the reach that needs it says so; a table row simply has a gap
        rows.append(MethodRow(minutes, worked))
    return StormResult(years, methods, tuple(rows), fit, h24, pond_h24, _pond_storm(record, pond_h24))


def _h24(record: Storm, stated: float | None, name: str, years: float, fit: storm.FrequencyFit | None) -> Traced | None:
    if stated is not None:
        return given(stated, "mm", f"water.storm.{name}", "water.quantity.h24")
    if fit is None:
        return None
    found = fit.traced(years, "water.storm.annual_maxima")
    if record.day_factor == 1.0:
        return found
    return sl44.DAY_TO_24_HOURS.at(k=given(record.day_factor, "-", "water.storm.day_factor"), H_1d=found)


def _methods(record: Storm, years: Traced, h24: Traced | None) -> list[storm.StormMethod]:
    path = "water.storm"
    found: list[storm.StormMethod] = []
    if record.q_5_10 is not None:
        if record.c60 is None:
            raise InputError(f"{path}.c60", None, message("water.error.needs", method="q_5_10"))
        if record.c_p is None and record.region is None:
            raise InputError(f"{path}.region", None, message("water.error.needs", method="q_5_10"))
        c_p: Traced = (
            given(record.c_p, "-", f"{path}.c_p", "water.quantity.storm_factor")
            if record.c_p is not None
            else storm.storm_factor(record.region or "", years.value)
        )
        q = given(record.q_5_10, "mm/min", f"{path}.q_5_10", "water.quantity.q_5_10")
        found.append(storm.DurationFactorStorm(q, c_p, record.c60, years.value))
    if record.city is not None:
        city = record.city
        found.append(
            storm.CityStorm(
                given(city.a1, "mm/min", f"{path}.city.a1"), given(city.c, "-", f"{path}.city.c"),
                given(city.b, "min", f"{path}.city.b"), given(city.n, "-", f"{path}.city.n"), years,
            )
        )  # fmt: skip
    if h24 is not None and record.decay is not None:
        short = None if record.decay_short is None else given(record.decay_short, "-", f"{path}.decay_short")
        found.append(storm.DailyRainStorm(h24, given(record.decay, "-", f"{path}.decay"), years.value, short))
    if record.recorded_minutes:
        found.append(storm.RecordedStorm(record.recorded_minutes, record.recorded_depths))
    return found


def _pond_storm(record: Storm, h24: Traced | None) -> storm.Hyetograph | None:
    if h24 is None:
        return None
    if record.pattern:
        step = 1440.0 / len(record.pattern)
        return storm.pattern_storm(h24.value, record.pattern, step)
    if record.decay is None:
        return None
    return storm.day_storm(h24.value, record.decay, 5.0, record.peak_position, record.decay_short)


def _storm_remarks(record: Storm, rain: StormResult) -> list[Remark]:
    found = []
    if rain.fit is not None and rain.fit.values.size < 30:
        said = message("water.remark.short_series", years=rain.fit.values.size)
        found.append(Remark(level=Level.WARNING, subject="water.storm.annual_maxima", text=said))
    if rain.pond_storm is not None and not record.pattern:
        said = message("water.remark.peak_position", share=record.peak_position)
        found.append(Remark(level=Level.NOTE, subject="water.storm.peak_position", text=said))
    if len(rain.methods) == 1:
        said = message("water.remark.one_method", method=message(rain.methods[0].name))
        found.append(Remark(level=Level.NOTE, subject="water.storm", text=said))
    return found


# Network --------------------------------------------------------------------------------------------------------------


def reach_inputs(
    water: WaterDesign, named_lines: Mapping[str, ArrayLike], surface: Tin | None = None, stated: int | None = None
) -> list[ReachInput]:
    """The reaches of the project with their beds traced.

    Args:
        stated: how many of them the project states, where others are proposed.

    Raises:
        InputError: a reach follows a line nobody drew, or is stated in plan where there is no designed ground.
    """
    types = {kind.name: (kind, f"{TYPES}[{i}]") for i, kind in enumerate(water.network.types)}
    found = []
    reaches = water.network.reaches
    paths = _paths(len(reaches) if stated is None else stated, reaches, "water.network.reaches")
    for record, path in zip(reaches, paths, strict=True):
        kind, kind_path = types.get(record.ditch_type, (None, TYPES))
        found.append(ReachInput(record, _bed(record, path, named_lines, surface), kind, path, kind_path))
    return found


def _bed(record: Reach, path: str, named_lines: Mapping[str, ArrayLike], surface: Tin | None) -> lines.Bed:
    if record.length is not None:
        return lines.typed_bed(record.length, record.slope, record.start_level, record.end_level)
    line: ArrayLike
    if record.follows:
        if record.follows not in named_lines:
            some = ", ".join(list(named_lines)[:6])
            raise InputError(f"{path}.follows", record.follows, message("water.error.no_line", lines=some))
        line = named_lines[record.follows]
    elif all(len(vertex) == 3 for vertex in record.vertices):
        line = np.array(record.vertices, dtype=float)
    else:
        line = lines.on_ground([vertex[:2] for vertex in record.vertices], surface, path)
    bed = lines.bed_on(
        line, path, record.slope, record.from_station, record.to_station, record.start_level, record.end_level
    )
    levels_stated = not record.follows and all(len(vertex) == 3 for vertex in record.vertices)
    return lines.over_ground(bed, surface) if levels_stated else bed


def _work_network(
    water: WaterDesign, paths: Sequence[str], rain: StormResult, catchments: Sequence[CatchmentResult],
    ends: Sequence[str], reaches: Sequence[ReachInput],
) -> NetworkResult | None:  # fmt: skip
    if not water.network.reaches:
        names = {p.name for p in water.ponds}
        for path, c in zip(paths, water.catchments, strict=True):
            if c.drains_to not in names:
                raise InputError(f"{path}.drains_to", c.drains_to, message("water.error.no_node"))
        return None
    least = table("ditches", "section").pick("min_width", "m").value
    settings = network.Settings(
        methods=rain.methods, governing=water.storm.governing,
        freeboard=sizing.freeboard(water.network.level, water.network.freeboard),
        min_width=least if water.network.min_width is None else water.network.min_width, travel=water.network.travel,
        peak=water.network.peak,
    )  # fmt: skip
    return network.solve(reaches, [c.inflow for c in catchments], ends, settings)


# Verdicts -------------------------------------------------------------------------------------------------------------


def _judge(drained: Drainage, ponds: Sequence[PondResult], watering: irrigating.IrrigationResult | None) -> list[Check]:
    found: list[Check] = []
    water, solved = drained.record, drained.network
    limit = table("storm", "limits")
    for path, c in zip(drained.paths, drained.catchments, strict=True):
        found.append(
            Check(
                id="storm.rational_area", subject=path, title=message("water.check.rational_area"),
                source=limit.source, strength=Strength.SHOULD, relation=Relation.AT_MOST, found=c.inflow.area,
                required=limit.pick("rational_area_km2", "km2"),
            )
        )  # fmt: skip
        found += _phi_checks(c, path)
    if solved is not None:
        found += [check for reach in solved.reaches if (check := _partial_check(reach)) is not None]
        found += checks.judge_network(
            solved, drained.structures, water.storm, drained.ends, [p.name for p in water.ponds]
        )
    for p in ponds:
        found += checks.judge_pond(p, water.storm)
    if watering is not None and water.irrigation is not None:
        found += checks.judge_irrigation(watering, water.irrigation)
    return found


def _partial_check(reach: ReachResult) -> Check | None:
    """The design flow is not less than what the fast part of the land brings alone; None where it has no fast part."""
    partial = reach.gathered.partial
    if partial is None:
        return None
    return Check(
        id="storm.partial_area", subject=reach.input.path, title=message("water.check.partial_area"), source=OWN,
        strength=Strength.SHOULD, relation=Relation.AT_LEAST, found=reach.flow, required=partial,
        field="water.network.peak",
    )  # fmt: skip


def _phi_checks(c: CatchmentResult, path: str) -> list[Check]:
    found = []
    rows = table("storm", "runoff_coefficient")
    for j, part in enumerate(c.record.areas):
        if part.phi is None:
            continue
        low, high = runoff.coefficient_range(part.surface)
        found.append(
            Check(
                id="storm.phi", subject=f"{path}.areas[{j}]", title=message("water.check.phi"), source=rows.source,
                strength=Strength.SHOULD, holds=low <= part.phi <= high, field=f"{path}.areas[{j}].phi",
                found=message("water.fact.number", value=f"{part.phi:g}"),
                required=message("water.fact.range", low=low, high=high),
            )
        )  # fmt: skip
    return found
