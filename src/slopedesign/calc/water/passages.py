"""The working of the water side as headings and steps, in the order a reviewer reads it."""

from __future__ import annotations

from collections.abc import Sequence

from slopedesign.calc.water.irrigation import IrrigationResult
from slopedesign.calc.water.network import NetworkResult, ReachResult
from slopedesign.calc.water.result import (
    CatchmentResult,
    Passage,
    PondResult,
    ReachStructures,
    StormResult,
    WaterResult,
)  # fmt: skip
from slopedesign.calc.water.works.common import Works
from slopedesign.i18n import Message, message
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced


def passages_of(water: WaterResult) -> tuple[Passage, ...]:
    """The working of a whole water design."""
    return passages(water.storm, water.catchments, water.network, water.structures, water.ponds, water.irrigation,
                    water.irrigation_works)  # fmt: skip


def passages(
    rain: StormResult, catchments: Sequence[CatchmentResult], network: NetworkResult | None,
    structures: Sequence[ReachStructures], ponds: Sequence[PondResult], watering: IrrigationResult | None,
    made: Sequence[Works] = (),
) -> tuple[Passage, ...]:  # fmt: skip
    """Storm, catchments, reaches, structures, ponds, irrigation."""
    book = _Book()
    found = [*_storm(rain, book), *(_catchment(i, c, book) for i, c in enumerate(catchments))]
    by_name = {s.reach: s for s in structures}
    if network is not None:
        for reach in network.reaches:
            found += _reach(reach, by_name.get(reach.name), book)
    for pond in ponds:
        found += _pond(pond, book)
    if watering is not None:
        found += _irrigation(watering, book)
    found += _works(made, book)
    return tuple(passage for passage in found if passage.steps or passage.texts)


class _Book:
    """Numbers printed so far: each is printed once, where it is first worked."""

    def __init__(self) -> None:
        self._seen: dict[int, Traced] = {}  # kept alive, so that an id stays one number

    def fresh(self, *numbers: Traced | None) -> tuple[Traced, ...]:
        """The numbers and the formulas behind them that nobody printed yet, a formula after what it takes."""
        found: list[Traced] = []
        for number in numbers:
            if number is not None:
                self._walk(number, found, wanted=True)
        return tuple(found)

    def _walk(self, number: Traced, found: list[Traced], wanted: bool) -> None:
        if id(number) in self._seen:
            return
        self._seen[id(number)] = number
        for part in number.inputs.values():
            self._walk(part, found, wanted=False)
        if wanted or isinstance(number, Step):
            found.append(number)


def _storm(rain: StormResult, book: _Book) -> list[Passage]:
    found = []
    if rain.fit is not None:
        texts: tuple[Message, ...] = (
            message(
                "water.text.fit", mean=f"{rain.fit.mean:.1f}", cv=f"{rain.fit.c_v:.3f}", cs=f"{rain.fit.c_s:.3f}",
                years=rain.fit.values.size, rms=f"{rain.fit.rms:.2f}",
            ),
        )  # fmt: skip
        steps = tuple(x for x in (rain.h24, rain.pond_h24) if x is not None)
        found.append(
            Passage(message("water.heading.frequency"), "water.storm.annual_maxima", book.fresh(*steps), texts)
        )
    for method in rain.methods:
        steps = tuple(row.intensity[method.name] for row in rain.table if method.name in row.intensity)
        said = tuple(
            message("water.text.intensity", minutes=f"{row.minutes:g}", value=f"{row.intensity[method.name].value:.3f}")
            for row in rain.table
            if method.name in row.intensity
        )
        found.append(
            Passage(
                message("water.heading.storm", method=message(method.name)), "water.storm", book.fresh(*steps[:1]), said
            )
        )
    return found


def _catchment(i: int, c: CatchmentResult, book: _Book) -> Passage:
    steps = book.fresh(c.inflow.phi, c.inflow.t_1, c.inflow.t_2)
    if c.confluence is not None:
        steps += book.fresh(c.confluence.runoff_time, c.confluence.time, c.confluence.flow)
    return Passage(message("water.heading.catchment", name=c.record.name), f"water.catchments[{i}]", steps)


def _reach(reach: ReachResult, structures: ReachStructures | None, book: _Book) -> list[Passage]:
    path, gathered = reach.input.path, reach.gathered
    steps = book.fresh(gathered.phi, gathered.time, gathered.intensity, gathered.flow)
    texts = [
        message("water.text.method", method=message(name), value=f"{value.value:.3f}")
        for name, value in gathered.others.items()
    ]
    head = message("water.heading.reach", name=reach.name, kind=message(f"water.kind.{reach.kind}"))
    found = [Passage(head, path, steps, tuple(texts))]
    if reach.sized is not None:
        found.append(_section(reach, book))
    if reach.culvert is not None:
        rated = reach.culvert.rating
        found.append(
            Passage(message("water.heading.culvert", name=reach.name), path, book.fresh(rated.inlet, rated.outlet))
        )
    if structures is not None:
        found += _structures(reach, structures, book)
        found += _works(structures.works, book)
    return found


def _works(works: Sequence[Works], book: _Book) -> list[Passage]:
    """The amounts of structures, each with the areas and lengths it is worked from."""
    return [
        Passage(
            message("water.heading.works", name=w.name, kind=message(f"water.works.{w.kind}")), w.path,
            book.fresh(*(a.number for a in w.amounts)),
        )
        for w in works
        if w.amounts
    ]  # fmt: skip


def _section(reach: ReachResult, book: _Book) -> Passage:
    sized = reach.sized
    assert sized is not None
    steps = book.fresh(
        sized.capacity, sized.depth, sized.critical, sized.velocity, sized.froude, sized.required_height,
        sized.velocity_limit, sized.shear,
    )  # fmt: skip
    chosen = message("water.text.chosen", width=f"{sized.width:g}", height=f"{sized.height:g}")
    nothing = message("water.text.none_fits", width=f"{sized.width:g}", height=f"{sized.height:g}")
    texts = (chosen if sized.fits else nothing, *(r.text for r in sized.rejected))
    return Passage(message("water.heading.section", name=reach.name), reach.input.path, steps, texts)


def _structures(reach: ReachResult, s: ReachStructures, book: _Book) -> list[Passage]:
    path, found = reach.input.path, []
    if reach.sized is not None and reach.sized.chute is not None:
        c = reach.sized.chute
        said = message(
            "water.text.chute", name=c.profile.name, yc=f"{c.critical:.3f}", yn=f"{c.normal:.3f}",
            depth=f"{c.foot_depth:.3f}", speed=f"{c.foot_velocity:.2f}", fr=f"{c.froude:.2f}",
        )  # fmt: skip
        found.append(
            Passage(message("water.heading.chute", name=reach.name), path, book.fresh(c.head_wall, c.wall), (said,))
        )
    if s.basin is not None:
        built = s.built_basin
        steps = book.fresh(s.basin.sequent, s.basin.depth, s.basin.length)
        if built is not None:
            steps += book.fresh(built.submergence, built.wall_needed)
        found.append(Passage(message("water.heading.basin", name=reach.name), path, steps))
    if s.drop is not None:
        steps = book.fresh(s.drop.length, s.drop.pool, s.drop.toe, s.drop.sequent, s.drop.jump_length)
        if s.built_drop is not None:
            steps += book.fresh(s.built_drop.length_needed, s.built_drop.held, s.built_drop.side_needed)
        found.append(Passage(message("water.heading.drop", name=reach.name), path, steps))
    if s.apron is not None:
        steps = book.fresh(s.apron.d50, s.apron.length, s.apron.thickness)
        found.append(Passage(message("water.heading.apron", name=reach.name), path, steps))
    if s.flare is not None:
        found.append(Passage(message("water.heading.flare", name=reach.name), path, book.fresh(s.flare)))
    return found


def _pond(p: PondResult, book: _Book) -> list[Passage]:
    name = p.record.name
    steps = book.fresh(p.phi, p.runoff, p.silt, p.demand, p.required)
    rim = () if p.spill is None else (p.spill,)
    found = [Passage(message("water.heading.pond", name=name), p.path, (*steps, p.active, p.area, p.depth, *rim))]
    if p.sand_trap is not None:
        found.append(Passage(message("water.heading.sand_trap", name=name), p.path, book.fresh(p.sand_trap)))
    if p.spillway is not None:
        said = message(
            "water.text.kept" if p.spillway.keeps_all else "water.text.routed", width=f"{p.spillway.width:.1f}",
            qin=f"{p.spillway.inflow.peak:.3f}", qout=f"{p.spillway.routed.peak_outflow:.3f}",
            level=f"{p.spillway.max_level:.3f}", head=f"{p.spillway.head:.3f}",
            volume=f"{p.spillway.inflow.volume:.0f}",
        )  # fmt: skip
        heading = "water.heading.kept" if p.spillway.keeps_all else "water.heading.spillway"
        found.append(Passage(message(heading, name=name), p.path, (), (said,)))
    for key, year in (("typical", p.typical), ("dry", p.dry)):
        if year is not None:
            said = message(
                f"water.text.balance_{key}", inflow=f"{year.inflow.sum():.0f}", lost=f"{year.losses_asked.sum():.0f}",
                supplied=f"{year.supplied.sum():.0f}", spill=f"{year.spill.sum():.0f}", short=f"{year.shortage:.0f}",
            )  # fmt: skip
            found.append(Passage(message("water.heading.balance", name=name), p.path, (), (said,)))
    return found + _works(p.works, book)


def _irrigation(r: IrrigationResult, book: _Book) -> list[Passage]:
    path = "water.irrigation"
    found = [Passage(message("water.heading.demand"), path, book.fresh(*(d.one for d in r.demands), r.between))]
    for pipe in r.pipes:
        steps = book.fresh(pipe.velocity, pipe.friction, pipe.local)
        found.append(Passage(message("water.heading.pipe", name=pipe.pipe.name), path, steps))
    if r.pump is not None:
        found.append(Passage(message("water.heading.pump"), path, book.fresh(r.pump.head, r.pump.power)))
    if r.sprinkler is not None:
        found.append(
            Passage(message("water.heading.sprinkler"), path, book.fresh(r.sprinkler.rate, r.sprinkler.allowed))
        )
    if r.drip is not None:
        found.append(Passage(message("water.heading.drip"), path, book.fresh(r.drip.time, r.drip.interval)))
    return found
