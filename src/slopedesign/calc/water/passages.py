"""The working of the water side as headings and steps, in the order a reviewer reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slopedesign.calc.water.irrigation import IrrigationResult
from slopedesign.calc.water.network import NetworkResult, ReachResult
from slopedesign.calc.water.result import (
    CatchmentResult,
    Passage,
    PondResult,
    ReachStructures,
    StormResult,
)  # fmt: skip
from slopedesign.i18n import Message, message
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced


def passages(
    rain: StormResult, catchments: Sequence[CatchmentResult], network: NetworkResult | None,
    structures: Sequence[ReachStructures], ponds: Sequence[PondResult], watering: IrrigationResult | None,
) -> tuple[Passage, ...]:  # fmt: skip
    """Storm, catchments, reaches, structures, ponds, irrigation."""
    found = [*_storm(rain), *(_catchment(i, c) for i, c in enumerate(catchments))]
    by_name = {s.reach: s for s in structures}
    if network is not None:
        for reach in network.reaches:
            found += _reach(reach, by_name.get(reach.name))
    for pond in ponds:
        found += _pond(pond)
    if watering is not None:
        found += _irrigation(watering)
    return tuple(passage for passage in found if passage.steps or passage.texts)


def worked(*numbers: Traced | None) -> tuple[Traced, ...]:
    """The numbers with the formulas behind them, each once, a formula after what it takes."""
    seen: dict[int, Traced] = {}

    def walk(number: Traced) -> Iterator[Traced]:
        for part in number.inputs.values():
            yield from walk(part)
        if isinstance(number, Step):
            yield number

    for number in numbers:
        if number is None:
            continue
        for step in (*walk(number), number):
            seen.setdefault(id(step), step)
    return tuple(seen.values())


def _own(number: Traced | None, stop: set[int]) -> tuple[Traced, ...]:
    """A number and the formulas behind it that no earlier passage has printed."""
    fresh = tuple(step for step in worked(number) if id(step) not in stop)
    stop.update(id(step) for step in fresh)
    return fresh


def _storm(rain: StormResult) -> list[Passage]:
    found = []
    if rain.fit is not None:
        texts: tuple[Message, ...] = (
            message(
                "water.text.fit", mean=f"{rain.fit.mean:.1f}", cv=f"{rain.fit.c_v:.3f}", cs=f"{rain.fit.c_s:.3f}",
                years=rain.fit.values.size, rms=f"{rain.fit.rms:.2f}",
            ),
        )  # fmt: skip
        steps = tuple(x for x in (rain.h24, rain.pond_h24) if x is not None)
        found.append(Passage(message("water.heading.frequency"), "water.storm.annual_maxima", worked(*steps), texts))
    for method in rain.methods:
        steps = tuple(row.intensity[method.name] for row in rain.table if method.name in row.intensity)
        said = tuple(
            message("water.text.intensity", minutes=f"{row.minutes:g}", value=f"{row.intensity[method.name].value:.3f}")
            for row in rain.table
            if method.name in row.intensity
        )
        found.append(
            Passage(
                message("water.heading.storm", method=message(method.name)), "water.storm", worked(*steps[:1]), said
            )
        )
    return found


def _catchment(i: int, c: CatchmentResult) -> Passage:
    steps = worked(c.inflow.phi, c.inflow.t_1, c.inflow.t_2)
    if c.confluence is not None:
        steps += worked(c.confluence.runoff_time, c.confluence.time, c.confluence.flow)
    return Passage(message("water.heading.catchment", name=c.record.name), f"water.catchments[{i}]", steps)


def _reach(reach: ReachResult, structures: ReachStructures | None) -> list[Passage]:
    path, gathered = reach.input.path, reach.gathered
    stop: set[int] = set()
    for number in (*gathered.area.inputs.values(), *gathered.moment.inputs.values(), *gathered.time.inputs.values()):
        stop.update(id(step) for step in worked(number))
    if "Q_above" in gathered.flow.inputs:
        stop.update(id(step) for step in worked(gathered.flow.inputs["Q_above"]))
    steps: tuple[Traced, ...] = ()
    for number in (gathered.phi, gathered.time, gathered.intensity, gathered.flow):
        steps += _own(number, stop)
    texts = [
        message("water.text.method", method=message(name), value=f"{value.value:.3f}")
        for name, value in gathered.others.items()
    ]
    head = message("water.heading.reach", name=reach.name, kind=message(f"water.kind.{reach.kind}"))
    found = [Passage(head, path, steps, tuple(texts))]
    if reach.sized is not None:
        found.append(_section(reach, stop))
    if reach.culvert is not None:
        rated = reach.culvert.rating
        found.append(
            Passage(message("water.heading.culvert", name=reach.name), path, worked(rated.inlet, rated.outlet))
        )
    if structures is not None:
        found += _structures(reach, structures)
    return found


def _section(reach: ReachResult, stop: set[int]) -> Passage:
    sized = reach.sized
    assert sized is not None
    steps: tuple[Traced, ...] = ()
    for number in (
        sized.capacity, sized.depth, sized.critical, sized.velocity, sized.froude, sized.required_height,
        sized.velocity_limit, sized.shear,
    ):  # fmt: skip
        steps += _own(number, stop)
    chosen = message("water.text.chosen", width=f"{sized.width:g}", height=f"{sized.height:g}")
    nothing = message("water.text.none_fits", width=f"{sized.width:g}", height=f"{sized.height:g}")
    texts = (chosen if sized.fits else nothing, *(r.text for r in sized.rejected))
    return Passage(message("water.heading.section", name=reach.name), reach.input.path, steps, texts)


def _structures(reach: ReachResult, s: ReachStructures) -> list[Passage]:
    path, found = reach.input.path, []
    if reach.sized is not None and reach.sized.chute is not None:
        c = reach.sized.chute
        said = message(
            "water.text.chute", name=c.profile.name, yc=f"{c.critical:.3f}", yn=f"{c.normal:.3f}",
            depth=f"{c.foot_depth:.3f}", speed=f"{c.foot_velocity:.2f}", fr=f"{c.froude:.2f}",
        )  # fmt: skip
        found.append(
            Passage(message("water.heading.chute", name=reach.name), path, worked(c.head_wall, c.wall), (said,))
        )
    if s.basin is not None:
        steps = worked(s.basin.sequent, s.basin.depth, s.basin.length)
        found.append(Passage(message("water.heading.basin", name=reach.name), path, steps))
    if s.drop is not None:
        steps = worked(s.drop.length, s.drop.pool, s.drop.toe, s.drop.sequent, s.drop.jump_length)
        found.append(Passage(message("water.heading.drop", name=reach.name), path, steps))
    if s.apron is not None:
        steps = worked(s.apron.d50, s.apron.length, s.apron.thickness)
        found.append(Passage(message("water.heading.apron", name=reach.name), path, steps))
    if s.flare is not None:
        found.append(Passage(message("water.heading.flare", name=reach.name), path, worked(s.flare)))
    return found


def _pond(p: PondResult) -> list[Passage]:
    name = p.record.name
    stop: set[int] = set()
    for known in (p.phi, p.inflow_area, p.demand):
        if known is not None:
            stop.update(id(step) for part in known.inputs.values() for step in worked(part))
    steps: tuple[Traced, ...] = ()
    for number in (p.phi, p.runoff, p.silt, p.demand, p.required):
        steps += _own(number, stop) if number is not None else ()
    found = [Passage(message("water.heading.pond", name=name), p.path, (*steps, p.active, p.area, p.depth))]
    if p.sand_trap is not None:
        found.append(Passage(message("water.heading.sand_trap", name=name), p.path, worked(p.sand_trap)))
    if p.spillway is not None:
        said = message(
            "water.text.routed", width=f"{p.spillway.width:.1f}", qin=f"{p.spillway.inflow.peak:.3f}",
            qout=f"{p.spillway.routed.peak_outflow:.3f}", level=f"{p.spillway.max_level:.3f}",
            head=f"{p.spillway.head:.3f}",
        )  # fmt: skip
        found.append(Passage(message("water.heading.spillway", name=name), p.path, (), (said,)))
    for key, year in (("typical", p.typical), ("dry", p.dry)):
        if year is not None:
            said = message(
                f"water.text.balance_{key}", inflow=f"{year.inflow.sum():.0f}", lost=f"{year.losses_asked.sum():.0f}",
                supplied=f"{year.supplied.sum():.0f}", spill=f"{year.spill.sum():.0f}", short=f"{year.shortage:.0f}",
            )  # fmt: skip
            found.append(Passage(message("water.heading.balance", name=name), p.path, (), (said,)))
    return found


def _irrigation(r: IrrigationResult) -> list[Passage]:
    path = "water.irrigation"
    found = [Passage(message("water.heading.demand"), path, worked(*(d.one for d in r.demands), r.between))]
    stop: set[int] = set()
    for pipe in r.pipes:
        steps = worked(pipe.velocity, pipe.friction, pipe.local)
        stop.update(id(step) for step in steps)
        found.append(Passage(message("water.heading.pipe", name=pipe.pipe.name), path, steps))
    if r.pump is not None:
        found.append(Passage(message("water.heading.pump"), path, _own(r.pump.head, stop) + _own(r.pump.power, stop)))
    if r.sprinkler is not None:
        found.append(Passage(message("water.heading.sprinkler"), path, worked(r.sprinkler.rate, r.sprinkler.allowed)))
    if r.drip is not None:
        found.append(Passage(message("water.heading.drip"), path, worked(r.drip.time, r.drip.interval)))
    return found
