"""The calculation book as data: chapters of passages, each a heading with the numbers worked under it.

The rooms of the calculation bring their own passages; what has none of its own (benches, walls of the guide's section,
soil, roads) gets them here from its results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields

from slopedesign.calc.benches.profile import BenchProfile
from slopedesign.calc.walls.sheet import SheetLine, calculation_sheet
from slopedesign.design import Design, SlopeDesign
from slopedesign.i18n import Message, message
from slopedesign.quantities.collect import bench_name, counted
from slopedesign.standards.check import Check
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A heading, sentences, the numbers worked, a table, the verdicts.

    Attributes:
        steps: worked with everything behind them.
        sums: said with their value alone; what they add up stands in the table.
        table: rows of cells, the first row its head.
    """

    heading: Message
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
                amounts = [a for f in fields(wall.total) if (a := getattr(wall.total, f.name)) is not None]
                steps = [wall.height, wall.area, wall.planting_width, wall.length, *amounts]
                yield Entry(
                    heading=message("calculation.bench_wall", bench=bench_name(slope, work)), steps=tuple(steps),
                    texts=tuple(remark.text for remark in wall.remarks),
                )  # fmt: skip


def _cover(design: Design) -> Iterator[Entry]:
    for slope in counted(design):
        for work in slope.works:
            if work.cover is not None:
                c = work.cover
                yield Entry(heading=message("calculation.bench_cover", bench=bench_name(slope, work)),
                            steps=(c.plan_area, c.slope_area, c.in_place))  # fmt: skip
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
    texts: list[Message] = []
    steps: list[Traced] = []
    checks: list[Check] = []
    for line in lines:
        if line.kind == "heading" and line.text is not None:
            if heading is not None:
                yield Entry(heading=heading, texts=tuple(texts), steps=tuple(steps), checks=tuple(checks))
            heading, texts, steps, checks = line.text, [], [], []
            if subject and "subject" in heading.values:
                heading = message(heading.key, **{**heading.values, "subject": subject})
        elif line.check is not None:
            checks.append(line.check)
        elif line.number is not None:
            steps.append(line.number)
        elif line.text is not None:
            texts.append(line.text)
    if heading is not None:
        yield Entry(heading=heading, texts=tuple(texts), steps=tuple(steps), checks=tuple(checks))


def _stability(design: Design) -> Iterator[Entry]:
    """The governing surface of each part of each section, slice by slice."""
    if design.stability is None:
        return
    for section in design.stability.sections:
        for result in section.results:
            if result.book is None:
                continue
            book = result.book
            names = list(dict.fromkeys(name for piece in book.slices for name in piece.steps))
            head = ("i", "", *names)
            rows = [
                (str(piece.number), piece.material,
                 *(f"{piece.steps[name].value:.2f}" if name in piece.steps else "" for name in names))
                for piece in book.slices
            ]  # fmt: skip
            first = tuple(book.slices[0].steps.values()) if book.slices else ()
            sums = tuple(total for total in (book.resisting, book.driving) if total is not None)
            yield Entry(
                heading=message("calculation.surface", section=section.name,
                                scope=message(f"works.scope_{result.scope}", number=result.number),
                                stage=message(f"works.stage_{result.stage}"),
                                situation=message(f"stability.situation.{result.situation}")),
                steps=first, sums=(*sums, book.fos), table=(head, *rows),
            )  # fmt: skip
        yield Entry(heading=message("calculation.verdicts", section=section.name), checks=section.checks,
                    texts=tuple(remark.text for remark in section.remarks))  # fmt: skip


def _water(design: Design) -> Iterator[Entry]:
    if design.water is None:
        return
    for passage in design.water.passages:
        yield Entry(
            heading=passage.heading, texts=passage.texts, steps=passage.steps,
            checks=_about(design.water.checks, passage.subject),
        )  # fmt: skip


def _about(checks: Iterable[Check], subject: str) -> tuple[Check, ...]:
    return tuple(check for check in checks if check.subject == subject)


def worked_steps(steps: Sequence[Traced]) -> list[Step]:
    """The formulas behind numbers, each once, inputs before what they lead to; the same working is not said twice."""
    found: list[Step] = []
    seen: set[int] = set()
    said: set[tuple[int, tuple[tuple[str, float], ...]]] = set()

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
