"""The calculation book as data: chapters of passages, each a heading with the numbers worked under it.

The rooms of the calculation bring their own passages; what has none of its own (benches, walls of the guide's section,
soil, roads) gets them here from its results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from slopedesign.calc.benches.profile import BenchProfile
from slopedesign.calc.stability.book import SliceSteps
from slopedesign.calc.walls.sheet import SheetLine, calculation_sheet
from slopedesign.design import Design, SlopeDesign
from slopedesign.design.bench_soil import bench_name
from slopedesign.i18n import Message, message
from slopedesign.quantities.collect import counted
from slopedesign.quantities.planting import layout_words
from slopedesign.standards.check import Check
from slopedesign.standards.formula import Step, Var, plain_symbol, shown
from slopedesign.standards.trace import Traced


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A heading, sentences, the numbers worked, a table, the verdicts.

    Attributes:
        steps: worked with everything behind them.
        sums: said with their value alone; what they add up stands in the table.
        table: rows of cells, the first row its head.
        depth: 2 under the chapter, 3 and 4 below that.
    """

    heading: Message
    depth: int = 2
    texts: tuple[Message, ...] = ()
    steps: tuple[Traced, ...] = ()
    sums: tuple[Traced, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter of the book."""

    title: Message
    entries: tuple[Entry, ...] = field(default_factory=tuple)


def chapters(design: Design) -> list[Chapter]:
    """The book of a design; chapters without content are left out."""
    found = [
        Chapter(title=message("calculation.benches"), entries=tuple(_benches(design))),
        Chapter(title=message("calculation.walls"), entries=tuple(_bench_walls(design))),
        Chapter(title=message("calculation.cover"), entries=tuple(_cover(design))),
        Chapter(title=message("calculation.roads"), entries=tuple(_roads(design))),
        Chapter(title=message("calculation.planting"), entries=tuple(_planting(design))),
        Chapter(title=message("calculation.toe_walls"), entries=tuple(_wall_sheets(design))),
        Chapter(title=message("calculation.stability"), entries=tuple(_stability(design))),
        Chapter(title=message("calculation.water"), entries=tuple(_water(design))),
    ]
    return [chapter for chapter in found if chapter.entries]


def _benches(design: Design) -> Iterator[Entry]:
    for slope in counted(design):
        proposals = slope.cut.proposals if isinstance(slope, SlopeDesign) else (slope.cut.proposal,)
        for proposal in proposals:
            texts = tuple(reason.text for reason in proposal.reasons)
            steps = tuple(_profile_steps(proposal.profile))
            yield Entry(
                heading=message("calculation.profile", slope=slope.name), texts=texts, steps=steps,
                checks=tuple(check for check in slope.checks if check.subject.startswith(f"{slope.path}")),
            )  # fmt: skip


def _profile_steps(profile: BenchProfile) -> Iterator[Traced]:
    for riser in profile.risers:
        yield riser.run
    for berm in profile.berms:
        yield berm.drop
    yield from (profile.height, profile.run, profile.overall_angle)


def _bench_walls(design: Design) -> Iterator[Entry]:
    for slope in counted(design):
        for work in slope.works:
            wall = work.wall
            if wall is not None:
                amounts = [
                    replace(a, label=f"walls.quantity.{f.name}")
                    for f in fields(wall.total) if (a := getattr(wall.total, f.name)) is not None
                ]  # fmt: skip
                steps = [wall.height, wall.area, wall.planting_width, wall.length, *amounts]
                yield Entry(
                    heading=message("calculation.bench_wall", bench=bench_name(slope, work)), steps=tuple(steps),
                    texts=tuple(remark.text for remark in wall.remarks),
                )  # fmt: skip


def _cover(design: Design) -> Iterator[Entry]:
    for slope in counted(design):
        for work in slope.works:
            if work.cover is not None:
                c, laid = work.cover, design.bench_soil[bench_name(slope, work)]
                yield Entry(heading=message("calculation.bench_cover", bench=bench_name(slope, work)),
                            steps=(c.plan_area, c.slope_area, c.in_place, laid.ditches, laid.wedge,
                                   laid.net))  # fmt: skip
    for area in design.cover_areas:
        yield Entry(heading=message("calculation.bench_cover", bench=area.name), steps=(area.slope_area, area.in_place))
    soil = design.soil
    steps = [s for s in (soil.need_bank, soil.stripped_bank, soil.imported_bank, soil.imported_loose, soil.haul) if s]
    yield Entry(heading=message("calculation.soil"), texts=(soil.factor_set,), steps=tuple(steps))


def _roads(design: Design) -> Iterator[Entry]:
    if design.roads is None:
        return
    steps: list[Traced] = []
    for road in design.roads.roads:
        steps += [road.surface, *(layer.volume for layer in road.layers)]
    for found in design.roads.classes:
        steps += [found.density, *([found.spare] if found.spare is not None else [])]
    yield Entry(
        heading=message("calculation.roads"), steps=tuple(steps),
        checks=tuple(check for check in design.checks if check.subject.startswith("roads")),
    )  # fmt: skip


def _planting(design: Design) -> Iterator[Entry]:
    """Every planted place, its stands and seed one by one, then the species over all places with the verdicts."""
    found = design.planting
    if found is None:
        return
    for place in found.places:
        yield Entry(
            heading=message("calculation.planted_place", place=place.name, scheme=place.scheme),
            steps=(*([place.width] if place.width is not None else []), place.area),
        )
        for stand in place.stands:
            yield Entry(
                heading=message("calculation.planted_stand", species=stand.species.name, layout=layout_words(stand)),
                depth=3, steps=tuple(step for step in (stand.count, stand.holes, stand.below) if step is not None),
            )  # fmt: skip
        for sown in place.sown:
            rate = message("planting.words.sown", rate=f"{sown.mass.inputs['q'].value:g}")
            heading = message("calculation.planted_stand", species=sown.species.name, layout=rate)
            yield Entry(heading=heading, depth=3, steps=(sown.mass,))
    yield Entry(heading=message("calculation.planted_total"), checks=found.checks)
    for one in found.species:
        sums = tuple(number for number in (one.spare, one.bought, one.seed) if number is not None)
        if sums:
            yield Entry(heading=message("planting.note.species", species=one.species.name), depth=3, steps=sums)


def _wall_sheets(design: Design) -> Iterator[Entry]:
    """One sheet for each height class of the bench walls, one for each stretch of toe wall."""
    if design.walls is None:
        return
    seen: set[float] = set()
    names = {f"{s.path}.works[{j}]": bench_name(s, s.works[j]) for s in counted(design) for j in range(len(s.works))}
    for bench in design.walls.benches:
        if bench.height_class not in seen:
            seen.add(bench.height_class)
            yield from _sheet(calculation_sheet(bench.result), names.get(bench.run.subject, ""))
    for toe in design.walls.toe_walls:
        for stretch in toe.stretches:
            where = f"{toe.wall.name} {stretch.from_station:g}-{stretch.to_station:g} m"
            yield from _sheet(calculation_sheet(stretch.result), where)


def _sheet(lines: Sequence[SheetLine], subject: str = "") -> Iterator[Entry]:
    """The passages of a sheet; `subject` names in words what its title gives by path."""
    heading: Message | None = None
    depth = 1
    texts: list[Message] = []
    steps: list[Traced] = []
    checks: list[Check] = []
    for line in lines:
        if line.kind == "heading" and line.text is not None:
            if heading is not None:
                yield Entry(heading=heading, depth=depth + 1, texts=tuple(texts), steps=tuple(steps),
                            checks=tuple(checks))  # fmt: skip
            heading, depth, texts, steps, checks = line.text, line.depth, [], [], []
            if subject and "subject" in heading.values:
                heading = message(heading.key, **{**heading.values, "subject": subject})
        elif line.check is not None:
            checks.append(line.check)
        elif line.number is not None:
            steps.append(line.number)
        elif line.text is not None:
            texts.append(line.text)
    if heading is not None:
        yield Entry(heading=heading, depth=depth + 1, texts=tuple(texts), steps=tuple(steps), checks=tuple(checks))


def _stability(design: Design) -> Iterator[Entry]:
    """The governing surface of each part of each section, slice by slice; one that governs twice is listed once."""
    if design.stability is None:
        return
    for section in design.stability.sections:
        listed: dict[tuple[tuple[str, ...], ...], Message] = {}
        for result in section.results:
            if result.book is None:
                continue
            book = result.book
            heading = message(
                "calculation.surface", section=section.name,
                scope=message(f"works.scope_{result.scope}", number=result.number),
                stage=message(f"works.stage_{result.stage}"),
                situation=message(f"stability.situation.{result.situation}"),
            )  # fmt: skip
            sums = tuple(total for total in (book.resisting, book.driving) if total is not None)
            table, constants = _slice_table(book.slices)
            if table in listed:
                same = message("calculation.same_surface", heading=listed[table])
                yield Entry(heading=heading, texts=(same,), sums=(*sums, book.fos))
                continue
            listed[table] = heading
            first = tuple(book.slices[0].steps.values()) if book.slices else ()
            texts = (message("calculation.slices", count=len(book.slices)),
                     *(message("calculation.every_slice", values=constants) for _ in constants[:1]))  # fmt: skip
            yield Entry(heading=heading, texts=texts, steps=first, sums=(*sums, book.fos), table=table)
        yield Entry(heading=message("calculation.verdicts", section=section.name), checks=section.checks,
                    texts=tuple(remark.text for remark in section.remarks))  # fmt: skip


def _slice_table(slices: Sequence[SliceSteps]) -> tuple[tuple[tuple[str, ...], ...], str]:
    """Geometry, strength and forces of every slice, and what is the same for all ("F_s = 2.511")."""
    columns: dict[str, tuple[Var, list[float | None]]] = {}
    for i, piece in enumerate(slices):
        found: dict[str, tuple[Var, float]] = {}
        for name, step in piece.steps.items():
            found |= {
                key: (step.formula.variables[key], value.value)
                for key, value in step.values.items() if key not in piece.steps and not isinstance(value, Step)
            }  # fmt: skip
            found[name] = step.formula.variables[step.formula.gives], step.value
        for name, (variable, value) in found.items():
            columns.setdefault(name, (variable, [None] * len(slices)))[1][i] = value
    shared = {name for name, (_, values) in columns.items() if len(slices) > 1 and len(set(values)) == 1}
    constants = ", ".join(
        f"{plain_symbol(variable.symbol)} = {shown(values[0] or 0.0, variable.digits)}{_unit(variable)}"
        for name, (variable, values) in columns.items() if name in shared
    )  # fmt: skip
    kept = [column for name, column in columns.items() if name not in shared]
    head = ("i", "", *(f"{plain_symbol(v.symbol)}{f' ({u})' if (u := _unit(v).strip()) else ''}" for v, _ in kept))
    rows = tuple(
        (str(piece.number), piece.material, *("" if (x := values[i]) is None else f"{x:.2f}" for _, values in kept))
        for i, piece in enumerate(slices)
    )
    return (head, *rows), constants


def _unit(variable: Var) -> str:
    if variable.unit == "-":
        return ""
    return "\N{DEGREE SIGN}" if variable.unit == "deg" else f" {variable.unit}"


def _water(design: Design) -> Iterator[Entry]:
    """The passages of the water works; what is judged of a thing stands once, under its last passage."""
    if design.water is None:
        return
    last = {passage.subject: i for i, passage in enumerate(design.water.passages)}
    for i, passage in enumerate(design.water.passages):
        yield Entry(
            heading=passage.heading, texts=passage.texts, steps=passage.steps,
            checks=_about(design.water.checks, passage.subject) if last[passage.subject] == i else (),
        )  # fmt: skip


def _about(checks: Iterable[Check], subject: str) -> tuple[Check, ...]:
    return tuple(check for check in checks if check.subject == subject)


Said = set[tuple[int, tuple[tuple[str, float], ...]]]
"""Workings told already: a formula and the numbers put in."""


def worked_steps(steps: Sequence[Traced], said: Said | None = None) -> list[Step]:
    """The formulas behind numbers, each once, inputs before what they lead to; the same working is not said twice.

    Args:
        said: workings told before these; those told here are added.
    """
    found: list[Step] = []
    seen: set[int] = set()
    said = set() if said is None else said

    def visit(number: Traced) -> None:
        if id(number) in seen:
            return
        seen.add(id(number))
        for part in number.inputs.values():
            visit(part)
        if isinstance(number, Step):
            working = (id(number.formula), tuple(number.numbers.items()))
            if working not in said:
                said.add(working)
                found.append(number)

    for number in steps:
        visit(number)
    return found
