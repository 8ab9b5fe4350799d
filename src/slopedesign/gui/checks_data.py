"""What the table of checks says in few words, and where each check leads."""

from __future__ import annotations

import re
from typing import Any

from slopedesign.errors import InputError
from slopedesign.gui.answers_data import question_name
from slopedesign.gui.units import Units, kept_units
from slopedesign.i18n import has, text
from slopedesign.project.edit import value_at
from slopedesign.project.project import Project
from slopedesign.standards.check import Check, Relation

_INDEX = re.compile(r"\[[^\]]*\]")


def found_words(check: Check, language: str, units: Units | None = None) -> str:
    """What was found, or what a judgement waits for; no ids, no paths."""
    from slopedesign.reports.verdicts import decimals_apart

    if check.missing:
        waiting = dict.fromkeys(missing_words(name, check, language).rpartition(" / ")[2] for name in check.missing)
        return text("gui.check.awaits", language, what=text("gui.check.joint", language).join(waiting))
    if check.not_applicable is not None:
        return check.not_applicable.render(language)
    return (units or kept_units()).number(check.found, language, decimals_apart(check))


def required_words(check: Check, language: str, units: Units | None = None) -> str:
    """What the clause demands; where a missing field stands."""
    from slopedesign.reports.places import field_words
    from slopedesign.reports.verdicts import SIGN, decimals_apart

    if check.missing:
        return field_words(check.missing[0], language).rpartition(" / ")[0]
    if check.required is None or check.not_applicable is not None:
        return ""
    units, more = units or kept_units(), decimals_apart(check)
    required = units.number(check.required, language, more)
    if check.relation is Relation.WITHIN:
        required = f"{required} ~ {units.number(check.required_to, language, more)}"
    return f"{SIGN.get(check.relation, '')} {required}".strip()


def missing_words(name: str, check: Check, language: str) -> str:
    """One missing input in words."""
    from slopedesign.reports.places import field_words
    from slopedesign.standards.judging import asked_for
    from slopedesign.standards.rules import guide_rules

    rules = guide_rules()
    id, _, item = name.partition("#")
    if rules.has(id):
        rule = rules.rule(id)
        if item.isdigit() and 1 <= int(item) <= len(rule.items):
            return rule.items[int(item) - 1].text.render(language)
        if rule.numeric:
            return text("gui.check.awaits_number", language, unit=rule.value_unit or rule.unit)
        return text("gui.check.awaits_answer", language)
    words = field_words(name, language)
    if words:
        return words
    key = f"rules.input.{name}"
    return text(key, language) if has(key, language) else asked_for(name).render(language)


def target_of(check: Check, project: Project) -> str:
    """Where a double click leads: the input a judgement misses, else the field that could mend the check."""
    for name in check.missing:
        if stands(project, name):
            return name
    if check.field and stands(project, check.field) and not check.field.startswith("answers["):
        return check.field
    for name in check.missing:
        if question := question_name(name):
            return f"answers.{question}"
    if check.field.startswith("answers["):
        return f"answers.{_answered(check, project)}"
    if check.missing and "." in check.missing[0]:
        return check.missing[0]  # a part that is not stated yet
    return check.field or check.subject


def _answered(check: Check, project: Project) -> str:
    index = check.field.partition("[")[2].partition("]")[0]
    if index.isdigit() and int(index) < len(project.answers):
        return project.answers[int(index)].rule
    return index or check.id


def stands(project: Project, path: str) -> bool:
    """Whether the project has a field of this path, as the parts stated now have it."""
    try:
        value_at(project, path)
    except InputError:
        return False
    return True


def part_of(check: Check) -> str:
    """The part of the project a check speaks of: a slope, "walls", "water", ..., "project"."""
    subject = check.subject if not check.subject.startswith(("answers", "facts")) else "project"
    return subject.partition(".")[0] if subject.startswith("slopes[") else _INDEX.sub("", subject).partition(".")[0]


def parts_of(checks: Any) -> list[str]:
    """The parts that checks speak of, in their order."""
    return list(dict.fromkeys(part_of(check) for check in checks))
