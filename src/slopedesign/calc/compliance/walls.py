"""The retaining piece on a bench edge (guide 7.2.2.3(1)1)②, 7.2.2.3(3)3)②, 7.2.3.4(1)②)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from slopedesign.i18n import Message, message
from slopedesign.project.slopes import BenchWall
from slopedesign.standards import guide
from slopedesign.standards.check import Check
from slopedesign.standards.guide_2023 import SOIL_BELOW_TOP, WALL_TOP
from slopedesign.standards.judging import blank, demanded, judge
from slopedesign.standards.rules import Fact, joined
from slopedesign.standards.trace import Traced, given


@dataclass(frozen=True, kw_only=True)
class WallFacts:
    """What the rules of a bench-edge wall ask for; None where not known, or the wall has no such thing.

    Attributes:
        kind: "masonry", "c25_concrete", "stacked_rock" or "none".
        height: of the wall above the bench surface at its inner face [m].
        cover_thickness: soil behind the wall [m].
        edge_offset: of the wall's outer face from the bench edge [m].
        top_width, base_width [m], stone_grade, mortar_grade [MPa]: of a masonry wall.
        thickness [m], concrete_grade [MPa], bars [mm], anchor_depth, bar_cover [m]: of a concrete wall.
        joint_spacing, filter_thickness [m], weep_holes [-]: details.
        stable: whether the wall's stability checks hold; None while they are not worked.
    """

    kind: str
    height: Traced | None = None
    cover_thickness: Traced | None = None
    edge_offset: Traced | None = None
    top_width: Traced | None = None
    base_width: Traced | None = None
    stone_grade: Traced | None = None
    mortar_grade: Traced | None = None
    thickness: Traced | None = None
    concrete_grade: Traced | None = None
    vertical_bar_mm: Traced | None = None
    vertical_spacing_mm: Traced | None = None
    vertical_grade: str = "HRB400"
    horizontal_bar_mm: Traced | None = None
    horizontal_spacing_mm: Traced | None = None
    anchor_depth: Traced | None = None
    bar_cover: Traced | None = None
    joint_spacing: Traced | None = None
    filter_thickness: Traced | None = None
    weep_holes: Traced | None = None
    stable: bool | None = None


_STATED = {
    "masonry": ("edge_offset", "top_width", "base_width", "stone_grade", "mortar_grade"),
    "c25_concrete": (
        "edge_offset", "thickness", "vertical_bar_mm", "vertical_spacing_mm", "horizontal_bar_mm",
        "horizontal_spacing_mm", "anchor_depth", "bar_cover",
    ),
    "stacked_rock": ("edge_offset",),
    "none": (),
}  # fmt: skip
_DETAILS = ("joint_spacing", "filter_thickness")
_UNIT = {"stone_grade": "MPa", "mortar_grade": "MPa"}


def wall_facts(
    wall: BenchWall,
    field: str,
    *,
    height: Traced | None,
    cover_thickness: Traced | None,
    weep_holes: Traced | None = None,
    stable: bool | None = None,
) -> WallFacts:
    """The facts of a wall as stated in the project (`field`: its path there) and as designed."""
    names = _STATED[wall.kind] + (_DETAILS if wall.kind in ("masonry", "c25_concrete") else ())
    units = {name: _UNIT.get(name, "mm" if name.endswith("_mm") else "m") for name in names}
    known: dict[str, Any] = {
        name: given(getattr(wall, name), unit, f"{field}.{name}", f"walls.field.{name}") for name, unit in units.items()
    }
    if wall.kind == "c25_concrete":
        grade = float(wall.concrete_grade.removeprefix("C"))
        known["concrete_grade"] = given(grade, "MPa", f"{field}.concrete_grade", "walls.field.concrete_grade")
    return WallFacts(
        kind=wall.kind, height=height, cover_thickness=cover_thickness, weep_holes=weep_holes, stable=stable, **known
    )


_SIMPLE = {
    "wall.offset": "edge_offset", "wall.height_min": "height",
    "wall.masonry.top": "top_width", "wall.masonry.base": "base_width",
    "wall.masonry.stone": "stone_grade", "wall.masonry.mortar": "mortar_grade",
    "wall.c25.width": "thickness", "wall.c25.grade": "concrete_grade",
    "wall.c25.anchor": "anchor_depth", "wall.c25.cover": "bar_cover",
}  # fmt: skip
_BARS = {"wall.c25.vertical_bar": "vertical", "wall.c25.horizontal_bar": "horizontal"}


def judge_wall(wall: WallFacts, *, subject: str, field: str = "") -> list[Check]:
    """Every rule of the retaining piece on one bench; `field`: path of the wall in the project file."""
    checks = [_piece(wall, subject, field)]
    if wall.kind == "none":
        return checks
    facts: dict[str, Fact] = {"place": "cut_bench", "wall_type": wall.kind}
    for id, name in _SIMPLE.items():
        rule = guide.rule(id)
        if rule.applies_when.on(facts).value is not False:
            path = f"{field}.{name}".lstrip(".")
            checks.append(judge(rule, facts, getattr(wall, name), subject=subject, field=path, asks=f"wall_{name}"))
    for id, which in _BARS.items():
        rule = guide.rule(id)
        if rule.applies_when.on(facts).value is not False:
            checks.append(_bars(wall, id, which, subject, field))
    checks += _top(wall, facts, subject, field)
    if wall.kind != "stacked_rock":
        checks.append(_details(wall, subject, field))
    return checks


def _piece(wall: WallFacts, subject: str, field: str) -> Check:
    """A piece is there, it is stable, it drains and it can move."""
    check = blank(guide.rule("bench.retaining"), subject=subject, field=f"{field}.kind".lstrip("."))
    required = demanded(guide.rule("bench.retaining"))
    if wall.kind == "none":
        return replace(check, holds=False, found=message("compliance.no_piece"), required=required)
    parts: dict[str, bool | None] = {"wall_stability": wall.stable}
    if wall.kind != "stacked_rock":
        parts |= {"weep_holes": _positive(wall.weep_holes), "movement_joints": _positive(wall.joint_spacing)}
    return _all_of(check, parts, required=required)


def _details(wall: WallFacts, subject: str, field: str) -> Check:
    rule = guide.rule("wall.details")
    parts = {
        "movement_joints": _positive(wall.joint_spacing), "filter_layer": _positive(wall.filter_thickness),
        "weep_holes": _positive(wall.weep_holes),
    }  # fmt: skip
    return _all_of(blank(rule, subject=subject, field=field), parts, required=demanded(rule))


def _positive(number: Traced | None) -> bool | None:
    return None if number is None else number.value > 0


def _all_of(check: Check, parts: dict[str, bool | None], *, required: Message) -> Check:
    """Fails on the first part known to be absent; not judged while a part is unknown."""
    known = replace(check, required=required)
    absent = [name for name, there in parts.items() if there is False]
    if absent:
        return replace(known, holds=False, found=message("rules.refused_items", items=_names(absent)))
    unknown = tuple(name for name, there in parts.items() if there is None)
    if unknown:
        return replace(known, missing=unknown)
    return replace(known, holds=True, found=message("rules.yes"))


def _names(names: list[str]) -> Message:
    return joined(message(f"rules.input.{name}") for name in names)


def _bars(wall: WallFacts, id: str, which: str, subject: str, field: str) -> Check:
    rule = guide.rule(id)
    row = rule.rows[0]
    path = f"{field}.{which}_bar_mm".lstrip(".")
    printed = message("rules.printed_value", value=joined(rule.printed))
    check = blank(rule, subject=subject, field=path, notes=(printed,))
    diameter: Traced | None = getattr(wall, f"{which}_bar_mm")
    spacing: Traced | None = getattr(wall, f"{which}_spacing_mm")
    asked = {f"wall_{which}_bar_mm": diameter, f"wall_{which}_spacing_mm": spacing}
    if diameter is None or spacing is None:
        return replace(check, missing=tuple(name for name, value in asked.items() if value is None))
    holds = diameter.value >= row["diameter_mm"] and spacing.value <= row["spacing_mm"]
    if "grade" in row:
        holds = holds and wall.vertical_grade == row["grade"]
    found = message("compliance.bars", d=f"{diameter.value:g}", s=f"{spacing.value:g}")
    required = message("compliance.bars_required", d=row["diameter_mm"], s=row["spacing_mm"])
    return replace(check, holds=holds, found=found, required=required)


def _top(wall: WallFacts, facts: dict[str, Fact], subject: str, field: str) -> list[Check]:
    """Wall top over the soil: 0.10 m in one clause, 0.10-0.20 m in another; both are judged and both are shown."""
    above, below = guide.rule("wall.freeboard"), guide.rule("soil.below_wall.cut_bench")
    path = f"{field}.height".lstrip(".")
    if wall.height is None or wall.cover_thickness is None:
        asked = {"wall_height": wall.height, "cover_thickness": wall.cover_thickness}
        missing = tuple(name for name, value in asked.items() if value is None)
        return [replace(blank(rule, subject=subject, field=path), missing=missing) for rule in (above, below)]
    least, greatest = guide.wall_freeboard()
    both = message("compliance.two_freeboards", one=f"{least.value:.2f}", low=f"{least.value:.2f}",
                   high=f"{greatest.value:.2f}")  # fmt: skip
    needed = WALL_TOP.at(t_c=wall.cover_thickness, f=least)
    under = SOIL_BELOW_TOP.at(H=wall.height, t_c=wall.cover_thickness)
    return [
        judge(above, facts, wall.height, subject=subject, field=path, required=needed, notes=(both,)),
        judge(below, facts, under, subject=subject, field=path, notes=(both,)),
    ]
