"""The calculation of a wall in reading order: what is given, every formula with its numbers, every verdict.

It is data: a report, the terminal or the window decides how to print it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from slopedesign.calc.walls.dowels import DowelCapacity
from slopedesign.calc.walls.sections import SectionResult
from slopedesign.calc.walls.stability import BaseStability
from slopedesign.calc.walls.wall import SituationResult, WallResult
from slopedesign.i18n import Message, message, text
from slopedesign.standards.check import Check
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Given, Traced, given

Kind = Literal["heading", "given", "number", "step", "check", "note"]


@dataclass(frozen=True, kw_only=True)
class SheetLine:
    """One line of a calculation.

    Attributes:
        kind: "heading" (of `depth` 1-3), "given" (a stated number), "number" (taken off geometry or a search),
            "step" (a formula worked), "check" (a verdict), "note".
        text: of headings and notes, and the name of a number where it has no label of its own.
    """

    kind: Kind
    depth: int = 0
    text: Message | None = None
    number: Traced | None = None
    check: Check | None = None


def _heading(key: str, depth: int, **values: object) -> SheetLine:
    return SheetLine(kind="heading", depth=depth, text=message(f"walls.sheet.{key}", **values))


def _numbers(numbers: Iterable[Traced | None]) -> Iterator[SheetLine]:
    for number in numbers:
        if number is None:
            continue
        kind: Kind = "step" if isinstance(number, Step) else "given" if isinstance(number, Given) else "number"
        yield SheetLine(kind=kind, number=number)


def _note(key: str, **values: object) -> SheetLine:
    return SheetLine(kind="note", text=message(f"walls.sheet.{key}", **values))


def _checks(checks: Iterable[Check], *ids: str) -> Iterator[SheetLine]:
    for check in checks:
        if check.id.removeprefix("wall.") in ids:
            yield SheetLine(kind="check", check=check)


def calculation_sheet(result: WallResult) -> tuple[SheetLine, ...]:
    """The whole calculation of a wall: given data, every situation, the verdicts, the conclusion."""
    lines: list[SheetLine] = [_heading("title", 1, subject=result.subject)]
    lines += _given(result)
    for situation in result.situations:
        lines += _situation(result, situation)
    lines += _details(result)
    lines += _conclusion(result)
    return tuple(lines)


def _given(result: WallResult) -> Iterator[SheetLine]:
    shape, loads = result.body.shape, result.loads
    path = f"{loads.field}.shape"
    yield _heading("given", 2)
    names = [("height", "m"), ("top_width", "m"), ("embedment", "m"), ("freeboard", "m"), ("face_batter", "-"),
             ("back_batter", "-"), ("base_slope", "-"), ("toe", "m"), ("heel", "m"), ("slab", "m"),
             ("toe_step_width", "m"), ("toe_step_height", "m"), ("key_depth", "m"), ("key_width", "m")]  # fmt: skip
    stated = [(name, unit) for name, unit in names if getattr(shape, name) or name in ("height", "top_width")]
    yield from _numbers(given(getattr(shape, n), unit, f"{path}.{n}", f"walls.field.{n}") for n, unit in stated)
    yield from _numbers((result.unit_weight, result.area))
    fill, base = loads.backfill, loads.base
    soil = [("unit_weight", "kN/m3"), ("saturated_unit_weight", "kN/m3"), ("friction_angle_deg", "deg"),
            ("cohesion", "kPa"), ("wet_friction_angle_deg", "deg"), ("wet_cohesion", "kPa")]  # fmt: skip
    for name, unit in soil:
        value = getattr(fill, name)
        if value is not None:
            yield from _numbers([given(value, unit, f"{loads.backfill_field}.{name}", f"walls.field.{name}")])
    yield from _numbers([loads.surcharge])
    ground = [("bearing", "kPa"), ("friction_angle_deg", "deg"), ("cohesion", "kPa")]
    for name, unit in ground:
        value = getattr(base, name)
        if value is not None:
            yield from _numbers([given(value, unit, f"{loads.base_field}.{name}", f"walls.field.base_{name}")])
    if result.situations:
        yield from _numbers([result.situations[0].friction])


def _situation(result: WallResult, s: SituationResult) -> Iterator[SheetLine]:
    yield SheetLine(kind="heading", depth=2, text=message(f"walls.situation.{s.name}"))
    yield from _pressure(s)
    yield from _weights(s)
    yield from _sliding(s)
    yield from _overturning(s)
    if result.dowels is None:
        yield from _bearing(s)
    else:
        yield from _checks(s.checks, "dowel_moment")
    yield from _sections(s)


def _pressure(s: SituationResult) -> Iterator[SheetLine]:
    pressure = s.forces.pressure
    yield _heading("pressure", 3)
    for form in pressure.closed:
        yield from _numbers(form.steps)
    if pressure.wedge is not None:
        yield _note(
            "wedge", thrust=f"{pressure.wedge.thrust:.3f}", plane=f"{pressure.wedge.plane_deg:.2f}",
            weight=f"{pressure.wedge.weight:.2f}",
        )  # fmt: skip
    if pressure.difference is not None:
        yield _note("difference", percent=f"{100 * pressure.difference:+.4f}")
    if pressure.crack_depth > 0:
        yield _note("crack", depth=f"{pressure.crack_depth:.2f}")
    for part in pressure.parts:
        yield SheetLine(kind="note", text=message(f"walls.part.{part.name}"))
        yield from _numbers((part.thrust, part.arm, part.horizontal, part.vertical))


def _weights(s: SituationResult) -> Iterator[SheetLine]:
    yield _heading("weights", 3)
    for weight in s.stability.weights:
        yield SheetLine(kind="note", text=message(f"walls.part.{weight.name}"))
        yield from _numbers((weight.force, weight.x))
    for thrust in s.stability.thrusts:
        yield SheetLine(kind="note", text=message(f"walls.part.{thrust.name}"))
        yield from _numbers((thrust.x, thrust.z))
    if s.stability.uplift is not None:
        yield SheetLine(kind="note", text=message("walls.part.uplift"))
        yield from _numbers((s.stability.uplift.force, s.stability.uplift.x))


def _sliding(s: SituationResult) -> Iterator[SheetLine]:
    yield _heading("sliding", 3)
    yield from _numbers((s.stability.horizontal, s.stability.vertical, *s.stability.normal_steps, s.stability.sliding))
    yield from _checks(s.checks, "sliding", "sliding_toe_plane", "sliding_key")


def _overturning(s: SituationResult) -> Iterator[SheetLine]:
    yield _heading("overturning", 3)
    stability: BaseStability = s.stability
    yield from _numbers(stability.resisting.inputs.values())
    yield from _numbers([stability.resisting])
    yield from _numbers(stability.driving.inputs.values())
    yield from _numbers((stability.driving, stability.overturning))
    yield from _checks(s.checks, "overturning")


def _bearing(s: SituationResult) -> Iterator[SheetLine]:
    yield _heading("bearing", 3)
    p = s.stability.pressure
    if p is not None:
        yield from _numbers((p.normal, p.length, p.lever, p.eccentricity, p.share, p.mean, p.maximum, p.minimum))
    yield from _numbers(s.bearing_steps)
    yield from _checks(s.checks, "eccentricity", "pressure_mean", "pressure_max", "pressure_min", "stress_ratio")


def _sections(s: SituationResult) -> Iterator[SheetLine]:
    if s.sections:
        yield _heading("sections", 3)
        for section in s.sections:
            yield from _section(section)
        yield from _checks(s.checks, "section_eccentricity", "section_compression", "section_shear")
    for item in s.reinforced:
        yield _heading(f"reinforced_{item.place}", 3)
        yield from _numbers((item.section.moment, item.section.service, item.section.shear, *item.section.steps))
        ids = ("bending", "shear", "crack", "min_steel", "spacing", "anchorage", "compression_depth")
        yield from _checks(s.checks, *(f"{item.place}_{name}" for name in ids))


def _section(section: SectionResult) -> Iterator[SheetLine]:
    forces = section.forces
    yield _note("section_at", level=f"{forces.level:.2f}", width=f"{forces.width.value:.3f}")
    yield from _numbers((forces.normal, forces.shear, forces.lever, forces.eccentricity, section.eccentricity_limit))
    yield from _numbers(section.steps)


def _details(result: WallResult) -> Iterator[SheetLine]:
    yield _heading("details", 2)
    if result.dowels is not None:
        capacity: DowelCapacity = result.dowels.capacity
        yield from _numbers((capacity.steel, capacity.rock, capacity.grout, capacity.per_metre, capacity.development,
                             capacity.forty, result.dowels.compression, result.dowels.moment,
                             result.dowels.friction))  # fmt: skip
    for check in result.checks:
        if not check.situation:
            yield SheetLine(kind="check", check=check)


def _conclusion(result: WallResult) -> Iterator[SheetLine]:
    yield _heading("conclusion", 2)
    governing = result.governing
    if governing is not None and governing.ratio is not None:
        yield _note("governing", check=governing.title, situation=message(governing.situation),
                    ratio=f"{governing.ratio:.3f}")  # fmt: skip
    failing = [check for check in result.checks if check.verdict.value == "fail"]
    yield _note("holds") if not failing else _note("fails", count=len(failing))
    unjudged = sum(check.verdict.value == "not_judged" for check in result.checks)
    if unjudged:
        yield _note("unjudged", count=unjudged)
    for remark in result.remarks:
        yield SheetLine(kind="note", text=remark.text)


def plain_lines(lines: Iterable[SheetLine], language: str = "zh_CN") -> list[str]:
    """The sheet as plain text, one string per line: for the terminal, text files and tests."""
    found: list[str] = []
    for line in lines:
        if line.kind == "heading" and line.text is not None:
            found.append(f"{'#' * line.depth} {line.text.render(language)}")
        elif line.kind == "note" and line.text is not None:
            found.append(f"  · {line.text.render(language)}")
        elif line.number is not None:
            name = text(line.number.label, language) if line.number.label else ""
            if isinstance(line.number, Step):
                body = f"{line.number.plain()}   [{line.number.formula.source}]"
            else:
                body = f"{line.number.value:.3f} {line.number.unit}".removesuffix(" -")
            found.append(f"  {name}: {body}")
        elif line.check is not None:
            found.append(f"  {verdict_line(line.check, language)}")
    return found


def verdict_line(check: Check, language: str = "zh_CN") -> str:
    """found, relation, required and verdict of a check in one line."""

    def side(value: Traced | Message | None) -> str:
        if isinstance(value, Traced):
            return f"{value.value:.3f}"
        return value.render(language) if value is not None else "-"

    relation = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<", "equal": "="}
    title = check.title.render(language)
    verdict = text(f"walls.verdict.{check.verdict.value}", language)
    if check.missing:
        return f"{title} [{check.source}] {verdict} ({', '.join(check.missing)})"
    if check.not_applicable is not None:
        return f"{title} [{check.source}] {verdict} ({check.not_applicable.render(language)})"
    sign = relation.get(check.relation.value, "")
    held = sign if check.met else {">=": "<", "<=": ">", ">": "<=", "<": ">="}.get(sign, sign)
    return f"{title}: {side(check.found)} {held} {side(check.required)} [{check.source}] {verdict}"
