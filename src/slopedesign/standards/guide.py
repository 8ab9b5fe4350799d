"""Numbers of the guide by name, read from its data, each with its clause."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files

from slopedesign.errors import FormulaError
from slopedesign.standards.check import Strength
from slopedesign.standards.rules import Fact, Rule, guide_rules
from slopedesign.standards.trace import Datum, Provenance, Source, datum

ROCK = ("soft_rock", "hard_rock")
ARABLE = ("arable", "paddy", "irrigated_arable")
_SHORT = {"soil": "soil", "soft_rock": "soft", "hard_rock": "hard"}


def rule(id: str) -> Rule:
    """A rule of the guide by its id (KeyError if there is none)."""
    return guide_rules().rule(id)


def source(id: str) -> Source:
    """Clause of a rule."""
    return rule(id).source


def clause(number: str, note: str = "") -> Source:
    """A clause of the guide by its number, for rows that no single rule stands for."""
    return Source(guide_rules().standard, number, Provenance.GUIDE, note)


def _limit(id: str, which: str = "", label: str = "") -> Datum:
    return replace(rule(id).limit(which), label=label)


def _soil_or_rock(material: str) -> str:
    return "rock" if material in ROCK else "soil"


# cutting and benches -----------------------------------------------------------------------------------------------


def angle_rule(material: str, height: float) -> Rule | None:
    """The rule limiting the angle of a cut face of this height [m]; None above the highest class."""
    facts: dict[str, Fact] = {"place": "cut_slope", "material": material, "slope_height_m": without_noise(height)}
    prefix = f"cut.angle_max.{_SHORT[material]}."
    found = (r for r in guide_rules().rules if r.id.startswith(prefix) and r.applies_when.on(facts).value)
    return next(found, None)


def max_face_angle(material: str, height: float) -> Datum | None:
    """Steepest cut face of this height [m]; None above the highest class: such a face is to be stepped."""
    found = angle_rule(material, height)
    return None if found is None else replace(found.limit("max"), label="guide.max_face_angle")


def face_angle_classes(material: str) -> tuple[tuple[Datum, Datum], ...]:
    """(greatest height of the class [m], steepest face [deg]), heights ascending; a limit belongs to its class."""
    prefix = f"cut.angle_max.{_SHORT[material]}."
    rules = [r for r in guide_rules().rules if r.id.startswith(prefix)]
    pairs = [(datum(_upper(r, "slope_height_m"), "m", r.source, "guide.class_height"), r.limit("max")) for r in rules]
    return tuple(sorted(pairs, key=lambda pair: pair[0].value))


def _upper(found: Rule, name: str) -> float:
    """The greatest value a rule's condition allows a variable (`name <= number` in it)."""
    for node in ast.walk(ast.parse(found.applies_when.text, mode="eval")):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
            named = isinstance(left, ast.Name) and left.id == name and isinstance(op, ast.LtE)
            if named and isinstance(right, ast.Constant) and isinstance(right.value, int | float):
                return float(right.value)
    raise FormulaError(f"rule {found.id} does not bound {name}")


def max_riser_height(material: str) -> Datum:
    """Greatest height between benches [m]."""
    return _limit(f"cut.riser_height.{_soil_or_rock(material)}", "max", "guide.max_riser_height")


def usual_riser_height(material: str) -> Datum:
    """Riser height proposed where the designer states none [m]: the reading keeps soft rock at 8 m."""
    if material == "soft_rock":
        found = rule("cut.angle_max.soft.h8")
        reading = Source(found.standard, found.source.clause, Provenance.GUIDE, "cut.soft_rock_height")
        return datum(_upper(found, "slope_height_m"), "m", reading, "guide.usual_riser_height")
    return replace(max_riser_height(material), label="guide.usual_riser_height")


def min_berm_width(material: str, wide: bool = False) -> Datum:
    """Smallest width of a berm, or of the wide berm [m]."""
    kind = "wide_bench_width" if wide else "bench_width"
    return _limit(f"cut.{kind}.{_soil_or_rock(material)}", "min", f"guide.min_{'wide_' if wide else ''}berm_width")


def wide_berm_trigger() -> Datum:
    """More risers than this ask for a wide berm in the middle."""
    found = rule("cut.wide_bench.trigger")
    text = found.trigger.text if found.trigger is not None else ""
    tree = ast.parse(text, mode="eval").body
    if not (isinstance(tree, ast.Compare) and isinstance(tree.comparators[0], ast.Constant)):
        raise FormulaError(f"rule {found.id}: trigger {text!r} is not a comparison with a number")
    return datum(float(str(tree.comparators[0].value)), "-", found.source, "guide.wide_berm_trigger")


def grade_trigger(material: str) -> tuple[Datum, Datum]:
    """An existing slope both steeper [deg] and higher [m] than this must be cut in grades."""
    found = rule("cut.grade_trigger.hard" if material == "hard_rock" else "cut.grade_trigger.soil_soft")
    return (
        datum(_above(found, "slope_angle_deg"), "deg", found.source, "guide.grade_trigger_angle"),
        datum(_above(found, "slope_height_m"), "m", found.source, "guide.grade_trigger_height"),
    )


def _above(found: Rule, name: str) -> float:
    """The number a rule's trigger asks a variable to exceed (`name > number` in it)."""
    for node in ast.walk(ast.parse(found.trigger.text if found.trigger else "0", mode="eval")):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id == name:
            number = node.comparators[0]
            if isinstance(node.ops[0], ast.Gt) and isinstance(number, ast.Constant):
                return float(str(number.value))
    raise FormulaError(f"rule {found.id} is not triggered by {name}")


def straight_height(material: str) -> Datum:
    """Slopes up to this height may be cut straight, without benches [m]."""
    return _limit(f"cut.straight.{_soil_or_rock(material)}", label="guide.straight_height")


def usual_riser_count() -> Datum:
    """Cut steps normally not exceeded on a high steep rock slope."""
    return _limit("high.cut_steps", "max", "guide.usual_riser_count")


def scarp_height() -> Datum:
    """Greatest step at the edge of a cut still taken as a natural join [m]: the reading's default, not verified."""
    clause = source("cut.boundary")
    reading = Source(clause.standard, clause.clause, Provenance.RECALLED, "cut.scarp_height; GB/T 20257.1")
    return datum(0.5, "m", reading, "compliance.scarp_height")


# retaining piece on a bench edge -----------------------------------------------------------------------------------


def wall_edge_offset() -> Datum:
    """Distance of the wall's outer face from the bench edge [m]."""
    return _limit("wall.offset", label="guide.wall_edge_offset")


def wall_freeboard() -> tuple[Datum, Datum]:
    """Least and greatest height of the wall's top above the soil [m] (0.10 in one clause, 0.10-0.20 in another)."""
    id = "soil.below_wall.cut_bench"
    return _limit(id, "min", "guide.wall_freeboard"), _limit(id, "max", "guide.wall_freeboard")


def wall_min_height() -> Datum:
    """Least height of the wall [m]."""
    return _limit("wall.height_min", "min", "guide.wall_min_height")


def wall_masonry() -> Mapping[str, Datum]:
    """Top and base width [m], stone and mortar grade [MPa] of the masonry wall."""
    return {
        "top_width": _limit("wall.masonry.top"), "base_width": _limit("wall.masonry.base"),
        "stone_grade": _limit("wall.masonry.stone"), "mortar_grade": _limit("wall.masonry.mortar"),
    }  # fmt: skip


def wall_concrete() -> Mapping[str, Datum]:
    """Width, anchor depth, bar cover [m], grade [MPa], bar diameters and spacings [mm] of the concrete wall."""
    upright, level = rule("wall.c25.vertical_bar"), rule("wall.c25.horizontal_bar")
    bars = {
        f"{name}_{what}": datum(float(found.rows[0][f"{what}_mm"]), "mm", found.source)
        for name, found in (("vertical", upright), ("horizontal", level))
        for what in ("diameter", "spacing")
    }
    return {
        "thickness": _limit("wall.c25.width"), "concrete_grade": _limit("wall.c25.grade"),
        "anchor_depth": _limit("wall.c25.anchor"), "bar_cover": _limit("wall.c25.cover"), **bars,
    }  # fmt: skip


# soil cover --------------------------------------------------------------------------------------------------------


def cover_rule(
    place: str, *, ground: str | None = None, use: str | None = None, method: str = "cover",
    long_term: bool | None = None, retained: bool | None = False,
) -> tuple[Rule | None, tuple[str, ...]]:  # fmt: skip
    """The rule that gives the cover thickness (or depth of loosening) of a place, and the facts it still misses."""
    stated: dict[str, Fact | None] = {
        "place": place, "ground": ground, "target_use": use, "cover_method": method, "long_term": long_term,
        "retained": retained,
    }  # fmt: skip
    facts = {name: value for name, value in stated.items() if value is not None}
    applying = guide_rules().applying(facts, [rule(id) for id in cover_rule_ids()])
    sure = [found for found, missing in applying if not missing]
    if sure:
        return sure[0], ()
    if applying:
        return applying[0][0], tuple(sorted({name for _, missing in applying for name in missing}))
    return None, ()


def cover_rule_ids() -> tuple[str, ...]:
    """Rules giving a cover thickness or a depth of loosening."""
    return tuple(
        found.id for found in guide_rules().rules
        if found.kind == "min" and found.unit == "m"
        and (found.id.startswith(("soil.cover.", "soil.loosen.")) or found.id in _UNDERGROUND_COVER)
    )  # fmt: skip


_UNDERGROUND_COVER = (
    "ug.soil.min_depth", "ug.gangue.cover.arable", "ug.gangue.cover.forest_grass", "ug.spoil.cover.arable",
)  # fmt: skip


def cover_thickness(
    place: str, *, ground: str | None = None, use: str | None = None, method: str = "cover",
    long_term: bool | None = None, retained: bool | None = False,
) -> Datum | None:  # fmt: skip
    """Least cover (or loosening) of a place [m]; None where the guide asks for none, or a fact is missing.

    Dry pit floors and borrow pits have no number in the guide; they get the value of the reading, marked as not
    verified (check TD/T 1036). The same holds for spoil dumps that do not become arable land.
    """
    found, missing = cover_rule(place, ground=ground, use=use, method=method, long_term=long_term, retained=retained)
    if found is not None:
        return None if missing else replace(found.limit("min"), label="guide.cover_thickness")
    return assumed_cover(place, use)


def assumed_cover(place: str, use: str | None) -> Datum | None:
    """Cover where the guide gives no number, by the chosen reading [m]; always unverified."""
    if place in ("pit_floor", "borrow_pit"):
        number = 0.8 if use in ARABLE else 0.5
        clause, reading = rule("soil.pit.arable_garden").source, "soil.pit_thickness"
    elif place == "spoil_dump" and use not in ARABLE:
        number, clause, reading = 0.5, rule("ug.spoil.cover.arable").source, "soil.dump_classes"
    else:
        return None
    where = Source(clause.standard, clause.clause, Provenance.RECALLED, f"TD/T 1036; {reading}")
    return datum(number, "m", where, "guide.cover_thickness")


def max_undulation() -> Datum:
    """Greatest roughness of a covered bench, measured from its design plane [m]."""
    return _limit("soil.undulation.cut_bench", "max", "guide.max_undulation")


# roads -------------------------------------------------------------------------------------------------------------


def road_width(road_class: str) -> tuple[Datum | None, Datum | None]:
    """Least and greatest pavement width of a road class [m]; None where there is no limit."""
    id = f"road.{road_class}.width"
    if not guide_rules().has(id):
        return None, None
    found = rule(id)
    low = None if found.min is None else _limit(id, "min", "guide.road_width")
    return low, _limit(id, "max", "guide.road_width")


def road_density(road_class: str) -> Datum | None:
    """Greatest network density of a road class [km/km2]; None where there is no limit."""
    id = f"road.{road_class}.density"
    return _limit(id, "max", "guide.road_density") if guide_rules().has(id) else None


def road_densities() -> dict[str, Datum]:
    """Greatest density of every class that has a limit [km/km2]."""
    limits = {road_class: road_density(road_class) for road_class in ("field", "production")}
    return {road_class: limit for road_class, limit in limits.items() if limit is not None}


def road_subgrade() -> tuple[Datum, Datum]:
    """Usual height of the subgrade above the ground, from and to [m]."""
    id = "road.subgrade_height"
    return _limit(id, "min", "guide.road_subgrade"), _limit(id, "max", "guide.road_subgrade")


# drawings ----------------------------------------------------------------------------------------------------------


def scale_of(text: str) -> int | None:
    """Denominator of a printed scale ("1:500" -> 500); None for an empty one."""
    return int(text.split(":")[1]) if text else None


def drawing_scales(drawing: str) -> tuple[int, int] | None:
    """Smallest and largest scale denominator of a drawing; None where none is stated.

    `drawing`: problems, deployment, monitoring, construction, plan_section, details, effect, others.
    """
    row = next(row for row in rule("appA.drawings").rows if row["key"] == drawing)
    low, high = scale_of(row["scale_max_detail"]), scale_of(row["scale_min_detail"])
    return None if low is None or high is None else (low, high)


def stage_scales(stage: str) -> tuple[int, ...]:
    """Scale denominators of survey maps at a design stage, ascending; preliminary design stands in both rows."""
    found = {scale_of(text) for row in rule("survey.scales").rows if stage in row["use"] for text in row["scale"]}
    return tuple(sorted(scale for scale in found if scale is not None))


# which rules are judged --------------------------------------------------------------------------------------------


class State(StrEnum):
    """Who judges a rule."""

    JUDGED = "judged"  # the program, from the design
    ANSWERED = "answered"  # the designer: a yes or no, a word, or a number the program compares with the limit
    NOT_YET = "not_yet"  # needs a calculation the program does not have
    NOTHING = "nothing"  # states a fact or a definition; there is nothing to judge


@dataclass(frozen=True)
class RuleState:
    """One rule and who judges it; `by` names the function of the program."""

    rule: Rule
    state: State
    by: str = ""


@cache
def judged_by() -> Mapping[str, str]:
    """The judging function of each rule the program judges, by rule id.

    Raises:
        FormulaError: the table names a rule that does not exist.
    """
    file = files("slopedesign.standards").joinpath("data", "guide", "states.toml")
    table: dict[str, str] = tomllib.loads(file.read_text(encoding="utf-8"))["judged_by"]
    if unknown := [id for id in table if not guide_rules().has(id)]:
        raise FormulaError(f"states.toml names no rule {unknown}")
    return table


def rule_states() -> list[RuleState]:
    """Every rule of the guide with its state."""
    table = judged_by()
    return [RuleState(found, _state(found, table), table.get(found.id, "")) for found in guide_rules().rules]


def _state(found: Rule, table: Mapping[str, str]) -> State:
    if found.id in table:
        return State.JUDGED
    if found.strength is Strength.INFO:
        return State.NOTHING
    if found.numeric or found.kind in ("required_item", "choice"):
        return State.ANSWERED
    if found.kind == "table" and not any("expr" in row for row in found.rows):
        return State.ANSWERED
    if found.kind == "table" and ("methods" in found.columns or "level" in found.columns):
        return State.ANSWERED
    if found.needs or found.trigger is not None or found.id == "assess.upper_wins":
        return State.ANSWERED
    return State.NOT_YET


def without_noise(height: float) -> float:
    """A height freed of floating-point noise before it is put in a class (8.000000000000002 m is 8 m)."""
    return round(height, 9)
