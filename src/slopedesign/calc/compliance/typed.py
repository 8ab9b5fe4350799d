"""Rules of the guide that say how a number or a grade follows from others, judged on what the designer types.

The value asked of the designer stands in the project's facts under the rule's id; what it follows from stands there
under the names of variables (`Rule.needs`, or the names in the rows of a grading table).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from slopedesign.i18n import message
from slopedesign.standards.check import Check, Relation
from slopedesign.standards.guide_2023 import COVER_PLOTS, DEPOSIT_LEFT, GROOVE_SPACING, SURVIVAL_SAMPLE
from slopedesign.standards.judging import blank, demanded
from slopedesign.standards.rules import Condition, Fact, Facts, Rule, guide_rules
from slopedesign.standards.trace import Traced, given

GRADES = ("\u4e25\u91cd", "\u8f83\u4e25\u91cd", "\u8f83\u8f7b")
"""Grades of table 5-2 as printed: serious, fairly serious, light."""
GRADED = ("geohazard", "aquifer", "landscape", "land", "pollution")


def _same(number: Traced) -> Traced:
    return number


_FROM: Mapping[str, tuple[Relation, Callable[..., Traced]]] = {
    "qc.survival_sample": (Relation.AT_LEAST, lambda n_planted: SURVIVAL_SAMPLE.at(N=n_planted)),
    "qc.cover_plots": (Relation.AT_LEAST, lambda planted_area_m2: COVER_PLOTS.at(A=planted_area_m2)),
    "care.concrete.groove_spacing": (
        Relation.AT_MOST, lambda stirrup_spacing_mm: GROOVE_SPACING.at(s=stirrup_spacing_mm)
    ),
    "mon.duration": (Relation.EQUAL, lambda care_years: _same(care_years)),
    "survey.remote_extent": (Relation.MORE_THAN, lambda survey_area_hm2: _same(survey_area_hm2)),
    "pit.dry.drains": (Relation.MORE_THAN, lambda local_erosion_base_m: _same(local_erosion_base_m)),
    "fund.total": (Relation.EQUAL, lambda treatment_cost_cny: _same(treatment_cost_cny)),
    "fund.interest": (
        Relation.AT_LEAST,
        lambda deposit_due_cny, deposit_interest_cny: DEPOSIT_LEFT.at(D=deposit_due_cny, I=deposit_interest_cny),
    ),
}  # fmt: skip


def judge_typed(rule: Rule, facts: Facts, stated: Facts, *, subject: str = "project") -> Check | None:
    """A rule judged on typed values; None where this rule is none of those, or nothing was typed for it.

    Args:
        facts: what the rule's condition, its formula and the rows of its table ask for.
        stated: values under rules' ids.
    """
    if rule.id == "assess.upper_wins" or rule.id.removeprefix("assess.t52.") in GRADED:
        return _grade(rule, facts, stated.get(rule.id), subject)
    if rule.id not in _FROM:
        return None
    value = stated.get(rule.id)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    path = f"facts.{rule.id}"
    check = blank(rule, subject=subject, field=path)
    truth = rule.applies_when.on(facts)
    if truth.value is not True:
        missing = tuple(sorted(truth.missing))
        return replace(check, missing=missing) if missing else replace(
            check, not_applicable=message("rules.does_not_apply")
        )  # fmt: skip
    numbers = {name: facts[name] for name in rule.needs if name in facts}
    if missing := tuple(name for name in rule.needs if name not in numbers):
        return replace(check, missing=missing)
    relation, worked = _FROM[rule.id]
    known = {
        name: given(float(number), _unit(name, rule), f"facts.{name}", f"rules.input.{name}")
        for name, number in numbers.items() if name in worked.__code__.co_varnames
    }  # fmt: skip
    if refused := [name for name, yes in numbers.items() if yes is False]:
        return replace(check, holds=False, found=message(f"rules.input.{refused[0]}"), required=demanded(rule))
    return replace(check, relation=relation, found=given(float(value), rule.unit, path), required=worked(**known))


def _unit(name: str, rule: Rule) -> str:
    return str(guide_rules().variables[name].get("unit", rule.unit if rule.unit == "-" else "-"))


def grade(rule: Rule, facts: Facts) -> tuple[str | None, frozenset[str]]:
    """The worst grade any criterion of a table reaches; None while a fact that could make it worse is not known.

    The light grade needs no criterion of its own: it is what is left when no worse one is reached.
    """
    for level in GRADES[:-1]:
        truths = [Condition(str(row["expr"])).on(facts) for row in rule.rows if row["level"] == level]
        if any(truth.value for truth in truths):
            return level, frozenset()
        if unknown := frozenset(name for truth in truths for name in truth.missing):
            return None, unknown
    return GRADES[-1], frozenset()


def _grade(rule: Rule, facts: Facts, value: Fact | None, subject: str) -> Check | None:
    """A grade stated against the one its criteria give; None while nothing is stated and nothing known."""
    tables = [rule] if rule.rows else [guide_rules().rule(f"assess.t52.{name}") for name in GRADED]
    found = [grade(table, facts) for table in tables]
    levels = [level for level, _ in found if level is not None]
    unknown = frozenset(name for _, missing in found for name in missing)
    settled = not unknown or GRADES[0] in levels
    if value is None and not settled:
        return None
    path = f"facts.{rule.id}"
    check = blank(rule, subject=subject, field=path)
    if not settled:
        return replace(check, missing=tuple(sorted(unknown)))
    worst = min(levels, key=GRADES.index)
    required = message("compliance.grade", grade=worst)
    if value is None:
        return replace(check, missing=(rule.id,), required=required, notes=(*check.notes, required))
    return replace(check, holds=value == worst, found=message("compliance.grade", grade=str(value)), required=required)
