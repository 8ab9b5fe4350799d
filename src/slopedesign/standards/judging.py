"""Judging one rule of the guide: the fact found against what the rule demands, as a `Check`.

Numbers are judged against the printed limit. What a program cannot measure (that soil is stripped first, that a plan
was made) the designer answers; an unanswered demand is NOT_JUDGED and its check names what was not answered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from slopedesign.errors import FormulaError
from slopedesign.i18n import Message, has, message
from slopedesign.standards.check import Check, Relation
from slopedesign.standards.rules import Condition, Facts, Item, Rule, guide_rules, joined, said
from slopedesign.standards.trace import Traced, given


@dataclass(frozen=True)
class Answer:
    """What the designer answers to a rule, or to one item of it; `field` is its path in the project file."""

    value: Literal["yes", "no", "not_applicable"]
    note: str = ""
    field: str = ""


Answers = Mapping[str, Answer]
"""Answers by rule id, or by rule id and item counted from 1 ("bench.retaining#2")."""

_SEPARATORS = re.compile(r"[,;\uff0c\u3001\uff1b]")  # and the full-width comma, enumeration comma, semicolon

Found = Traced | str | bool | Collection[str] | None


def judge(
    rule: Rule,
    facts: Facts,
    found: Found = None,
    *,
    subject: str,
    field: str = "",
    asks: str = "",
    required: Traced | None = None,
    situation: str = "",
    notes: tuple[Message, ...] = (),
) -> Check:
    """One rule judged on one thing.

    Args:
        rule: the rule.
        facts: what its condition (and trigger) asks for.
        found: a traced number for limits; the word or words chosen for choices; True or False for what a triggered
            threshold or a demand in words asks for; None where it is not known.
        subject: path of the thing judged; `field`: project field to change.
        asks: name of the input that gives `found`, said when it is missing (the rule's id by default).
        required: limit to use instead of the printed one (a formula worked from it).

    Raises:
        FormulaError: `found` is of a kind or unit the rule cannot be judged on (our mistake).
    """
    check = blank(rule, subject=subject, field=field, notes=notes, situation=situation)
    truth = rule.applies_when.on(facts)
    if truth.value is False:
        return replace(check, not_applicable=message("rules.does_not_apply"))
    if truth.value is None:
        return replace(check, missing=tuple(sorted(truth.missing)))
    if rule.kind == "threshold" and rule.relation is None:
        if rule.trigger is None:
            raise FormulaError(f"threshold {rule.id} has no trigger")
        trigger = rule.trigger.on(facts)
        if trigger.value is None:
            return replace(check, missing=tuple(sorted(trigger.missing)))
        if trigger.value is False:
            return replace(check, not_applicable=message("rules.not_triggered"))
    if found is None:
        return replace(check, missing=(asks or rule.id,))
    if isinstance(found, bool):
        if rule.numeric:
            raise FormulaError(f"rule {rule.id} compares a number, not {found!r}")
        return replace(check, holds=found, found=_yes_no(found), required=demanded(rule))
    if isinstance(found, Traced):
        return _numeric(check, rule, found, required)
    return _words(check, rule, [found] if isinstance(found, str) else list(found), facts)


def blank(rule: Rule, *, subject: str, field: str = "", notes: tuple[Message, ...] = (), situation: str = "") -> Check:
    """The check of a rule before anything is known."""
    own = (rule.note,) if rule.note is not None else ()
    outside = (message("rules.outside_guide"),) if any(r.outside_guide for r in rule.readings) else ()
    return Check(
        id=rule.id, subject=subject, title=rule.title, source=rule.source, strength=rule.strength,
        reading=rule.reading, field=field, notes=(*own, *outside, *notes), situation=situation,
    )  # fmt: skip


def demanded(rule: Rule) -> Message:
    """What the rule demands, in words."""
    if rule.result is not None:
        return rule.result
    if rule.items:
        return _named(rule.items)
    if rule.choices:
        return joined(str(choice) for choice in rule.choices)
    return said(str(rule.title.values["zh"]), str(rule.title.values["en"]))


def _numeric(check: Check, rule: Rule, found: Traced, required: Traced | None) -> Check:
    if not rule.numeric and required is None:
        raise FormulaError(f"rule {rule.id} has no number to compare {found.value:g} with")
    relation, lower, upper = _limits(rule, required)
    notes: tuple[Message, ...] = check.notes
    if rule.kind == "range" and (rule.soft_min or rule.soft_max):
        notes += (message("rules.printed_range", low=f"{rule.min:g}", high=f"{rule.max:g}", unit=rule.unit),)
    elif rule.relation is not None and rule.kind == "choice":
        notes += (message("rules.printed_value", value=joined(rule.printed or map(str, rule.choices))),)
    if found.unit != lower.unit:
        raise FormulaError(f"rule {rule.id} is in {lower.unit}, found {found.unit}")
    return replace(check, relation=relation, found=found, required=lower, required_to=upper, notes=notes)


def _limits(rule: Rule, required: Traced | None) -> tuple[Relation, Traced, Traced | None]:
    if rule.relation is not None:
        return rule.relation, required or rule.limit("value"), None
    match rule.kind:
        case "min":
            return (Relation.AT_LEAST if rule.min_incl else Relation.MORE_THAN), required or rule.limit("min"), None
        case "max":
            return (Relation.AT_MOST if rule.max_incl else Relation.LESS_THAN), required or rule.limit("max"), None
        case "range":
            if rule.soft_max:
                return Relation.AT_LEAST, rule.limit("min"), None
            if rule.soft_min:
                return Relation.AT_MOST, rule.limit("max"), None
            return Relation.WITHIN, rule.limit("min"), rule.limit("max")
        case "choice":
            return Relation.EQUAL, required or rule.limit(), None
        case _:
            if required is None:
                raise FormulaError(f"rule {rule.id} has no limit")
            return Relation.AT_LEAST, required, None


def _words(check: Check, rule: Rule, words: list[str], facts: Facts) -> Check:
    allowed: list[Any] = list(rule.choices)
    if rule.kind == "table":
        allowed = []
        for row in rule.rows:
            truth = Condition(str(row.get("expr", "False"))).on(facts)
            if truth.value is None:
                return replace(check, missing=tuple(sorted(truth.missing)))
            if truth.value:
                allowed += row.get("methods", ())
    if not allowed:
        raise FormulaError(f"rule {rule.id} offers no choice to compare {words} with")
    names = [str(choice) for choice in allowed]
    return replace(check, holds=bool(words) and set(words) <= set(names), found=joined(words), required=joined(names))


def _yes_no(value: bool) -> Message:
    return message("rules.yes") if value else message("rules.no")


def judge_by_designer(rule: Rule, facts: Facts, answers: Answers, stated: Facts, *, subject: str = "project") -> Check:
    """A rule judged on what the designer says: a number or words stated under the rule's id, or an answer.

    Args:
        facts: what the rule's condition asks for.
        answers: answers by rule id or item ("bench.retaining#2").
        stated: the project's facts; a value under the rule's own id is judged against the rule.
    """
    check = blank(rule, subject=subject, field=f"answers[{rule.id}]")
    truth = rule.applies_when.on(facts)
    if truth.value is False:
        return replace(check, not_applicable=message("rules.does_not_apply"))
    answer = answers.get(rule.id)
    if answer is not None and answer.value == "not_applicable":
        return replace(
            check, not_applicable=message("rules.designer_not_applicable"), notes=check.notes + _noted(answer)
        )
    if truth.value is None:
        return replace(check, missing=tuple(sorted(truth.missing)))
    if rule.kind == "threshold" and rule.relation is None and rule.trigger is not None:
        begun = rule.trigger.on(facts)
        if begun.value is False:
            return replace(check, not_applicable=message("rules.not_triggered"))
        if begun.value is None and answer is None:
            return replace(check, missing=tuple(sorted(begun.missing)))
    value = stated.get(rule.id)
    if value is not None:
        return _judge_stated(rule, facts, value, subject)
    if rule.items and any(f"{rule.id}#{i}" in answers for i in range(1, len(rule.items) + 1)):
        return _by_items(check, rule, answers)
    if answer is None:
        return replace(check, missing=(rule.id,), required=demanded(rule))
    return replace(
        check, holds=answer.value == "yes", found=message(f"rules.designer_{answer.value}"), required=demanded(rule),
        field=answer.field or check.field, notes=check.notes + _noted(answer),
    )  # fmt: skip


def _judge_stated(rule: Rule, facts: Facts, value: str | float | bool, subject: str) -> Check:
    path = f"facts.{rule.id}"
    if rule.numeric and isinstance(value, int | float) and not isinstance(value, bool):
        unit = rule.value_unit or rule.unit
        return judge(rule, facts, given(float(value), unit, path), subject=subject, field=path)
    if isinstance(value, str) and not rule.numeric and (rule.choices or rule.kind == "table"):
        words = [word.strip() for word in _SEPARATORS.split(value) if word.strip()]
        return judge(rule, facts, words, subject=subject, field=path)
    if isinstance(value, bool) and not rule.numeric:
        return judge(rule, facts, value, subject=subject, field=path)
    return replace(blank(rule, subject=subject, field=path), missing=(rule.id,))


def _by_items(check: Check, rule: Rule, answers: Answers) -> Check:
    whole = answers.get(rule.id)
    given_answers = [answers.get(f"{rule.id}#{i}", whole) for i in range(1, len(rule.items) + 1)]
    pairs = list(zip(rule.items, given_answers, strict=True))
    refused = [item for item, answer in pairs if answer is not None and answer.value == "no"]
    open_ = [(i, item) for i, (item, answer) in enumerate(pairs, start=1) if answer is None]
    notes = check.notes + tuple(note for _, answer in pairs if answer is not None for note in _noted(answer))
    if refused:
        found = message("rules.refused_items", items=_named(refused))
        return replace(check, holds=False, found=found, required=demanded(rule), notes=notes)
    if open_:
        words = message("rules.open_items", items=_named([item for _, item in open_]))
        return replace(
            check, missing=tuple(f"{rule.id}#{i}" for i, _ in open_), required=demanded(rule), notes=(*notes, words)
        )
    if all(answer is not None and answer.value == "not_applicable" for _, answer in pairs):
        return replace(check, not_applicable=message("rules.designer_not_applicable"), notes=notes)
    return replace(check, holds=True, found=message("rules.designer_yes"), required=demanded(rule), notes=notes)


def asked_for(name: str) -> Message:
    """What a name in `Check.missing` asks for, in words: an input, or the designer's answer to a rule."""
    id, _, item = name.partition("#")
    if guide_rules().has(id):
        rule = guide_rules().rule(id)
        if item.isdigit() and 1 <= int(item) <= len(rule.items):
            return message(
                "rules.asks_item", title=rule.title, rule=id, item=rule.items[int(item) - 1].text, number=item
            )
        if rule.asks_number:
            return message("rules.asks_number", title=rule.title, rule=id, unit=rule.value_unit or rule.unit)
        return message("rules.asks_answer", title=rule.title, rule=id)
    key = f"rules.input.{name}"
    return message(key) if has(key) else said(name, name)


def _named(items: Collection[Item]) -> Message:
    return joined(item.text for item in items)


def _noted(answer: Answer) -> tuple[Message, ...]:
    return (message("rules.designer_note", note=answer.note),) if answer.note else ()
