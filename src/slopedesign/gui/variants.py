"""Variants: a slope's design beside itself, changed, compared, chosen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from slopedesign.gui.document import Document
from slopedesign.gui.units import Units, kept_units
from slopedesign.i18n import message, text
from slopedesign.project.edit import with_entry
from slopedesign.project.project import Project
from slopedesign.project.renaming import with_built

LONGEST_NAME = 60
AREAS = ("area", "face_area", "bench_area", "usable_area", "planted")


def duplicate(document: Document, path: str) -> None:
    """Add a copy of the slope a path lies in, under a free name; a long name is shortened for it."""
    match = re.match(r"slopes\[(\d+)\]", path)
    if match is None:
        return
    slopes = document.project.slopes
    slope = slopes[int(match[1])]
    names = {one.name for one in slopes}
    ends = (f"-{number}" for number in count(2))
    name = next(n for end in ends if (n := slope.name[: LONGEST_NAME - len(end)] + end) not in names)
    entry = slope.model_dump(mode="json") | {"name": name, "variant_of": slope.variant_of or slope.name}
    project = with_entry(document.project, "slopes", entry, int(match[1]) + 1)
    document.edit(project, message("gui.edit.duplicate", name=slope.name))


def families(project: Project) -> dict[str, list[str]]:
    """Each slope that is built, with the names of its variants."""
    found: dict[str, list[str]] = {s.name: [] for s in project.slopes if not s.variant_of}
    for slope in project.slopes:
        if slope.variant_of in found:
            found[slope.variant_of].append(slope.name)
    return found


def choose(document: Document, name: str) -> None:
    """Make a variant the slope that is built; the one it was compared with becomes a variant of it.

    Raises:
        InputError: as `with_built`.
    """
    if any(slope.name == name and slope.variant_of for slope in document.project.slopes):
        document.edit(with_built(document.project, name), message("gui.edit.choose", name=name))


@dataclass(frozen=True)
class Row:
    """One thing compared: its title, the value of each variant, as it is shown, and which are the best."""

    title: str
    values: list[float | None]
    shown: list[str]
    best: list[bool]


def compare(design: Any, name: str, language: str, units: Units | None = None) -> tuple[list[Row], list[str]]:
    """The rows and the names of the columns: the slope and its variants, as designed."""
    units = units or kept_units()
    every = [*design.slopes, *getattr(design, "section_slopes", ())]
    slopes = [s for s in every if s.name == name] + [s for s in every if s.slope.variant_of == name]
    things: list[tuple[str, Callable[[Any], float | None], str, int]] = [
        ("risers", lambda s: _value(s.cut, "risers"), "", 0),
        ("height", lambda s: _value(s.cut, "height"), "least", 2),
        ("overall", lambda s: _value(s.cut, "overall_angle"), "", 1),
        ("set_back", lambda s: _value(s.cut, "set_back"), "least", 2),
        ("cut", lambda s: _value(s.cut, "cut"), "least", 1),
        ("area", lambda s: _value(s.cut, "area"), "least", 1),
        ("face_area", lambda s: _value(s.cut, "face_area"), "least", 1),
        ("bench_area", lambda s: _value(s.cut, "bench_area"), "most", 1),
        ("usable_area", lambda s: _value(s.cut, "usable_area"), "most", 1),
        ("wall_length", lambda s: _sum(w.wall.length for w in s.works if w.wall is not None), "least", 1),
        ("wall_volume", lambda s: _sum(_body(w.wall.total) for w in s.works if w.wall is not None), "least", 1),
        ("soil", lambda s: _sum(w.cover.in_place for w in s.works if w.cover is not None), "", 1),
        ("planted", lambda s: _sum(w.cover.plan_area for w in s.works if w.cover is not None), "most", 1),
        ("failed", lambda s: float(sum(c.verdict.value == "fail" for c in s.checks)), "least", 0),
        ("warned", lambda s: float(sum(c.verdict.value == "warn" for c in s.checks)), "least", 0),
    ]
    rows = []
    for key, read, wanted, digits in things:
        values = [read(slope) for slope in slopes]
        known = [v for v in values if v is not None]
        if not known:
            continue
        goal = {"least": min(known), "most": max(known)}.get(wanted)
        several = len(slopes) > 1 and max(known) > min(known)
        best = [several and goal is not None and v == goal for v in values]
        title = text(f"gui.variants.{key}", language, unit=units.name("m2", language))
        if key in AREAS:
            digits += units.more("m2")
            values = [None if v is None else units.value(v, "m2") for v in values]
        rows.append(Row(title, values, [_shown(v, digits) for v in values], best))
    factors = _factors(design, slopes)
    if any(f is not None for f in factors):
        title = text("gui.variants.stability", language)
        rows.append(Row(title, factors, [_shown(f, 3) for f in factors], [False] * len(slopes)))
    return rows, [s.name for s in slopes]


def _value(thing: Any, name: str) -> float | None:
    found = getattr(thing, name, None)
    return None if found is None else float(found)


def _sum(amounts: Any) -> float:
    return float(sum(float(amount) for amount in amounts if amount is not None))


def _body(total: Any) -> float:
    return sum(float(a) for a in (total.masonry, total.stacked_rock, total.concrete) if a is not None)


def _shown(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def _factors(design: Any, slopes: list[Any]) -> list[float | None]:
    """The least factor of safety after cutting found for each slope, where stability was worked."""
    record, result = design.project.stability, getattr(design, "stability", None)
    if record is None or result is None:
        return [None] * len(slopes)
    pairs = list(zip(record.sections, result.sections, strict=False))
    found: list[float | None] = []
    for slope in slopes:
        own = [one for stated, section in pairs if stated.slope == slope.name for one in section.results]
        factors = [one.fos for one in own if one.stage != "before" and one.fos is not None]
        found.append(min(factors) if factors else None)
    return found
