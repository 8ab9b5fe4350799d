"""Verdicts and rule states as lines of text, for the terminal and the log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from slopedesign.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message, text
from slopedesign.quantities.bill import DIGITS
from slopedesign.reports.places import field_words
from slopedesign.standards.check import Check, Relation, Verdict
from slopedesign.standards.formula import shown
from slopedesign.standards.judging import asked_for
from slopedesign.standards.rules import joined, said
from slopedesign.standards.trace import OWN, Provenance, Source, Traced

ORDER = (Verdict.FAIL, Verdict.WARN, Verdict.NOT_JUDGED, Verdict.INFO, Verdict.PASS, Verdict.NOT_APPLICABLE)
QUIET = (Verdict.PASS, Verdict.NOT_APPLICABLE)
SIGN = {
    Relation.AT_LEAST: "≥", Relation.MORE_THAN: ">", Relation.AT_MOST: "≤", Relation.LESS_THAN: "<",
    Relation.EQUAL: "=", Relation.STATED: "",
}  # fmt: skip


def number_text(side: Traced | Message | None, language: str) -> str:
    """A found or required value in few characters."""
    match side:
        case None:
            return "-"
        case Message():
            return side.render(language)
        case _:
            unit = "" if side.unit == "-" else f" {side.unit.replace('deg', '°')}"
            return f"{shown(side.value, max(2, DIGITS.get(side.unit, 2)))}{unit}"


def cited(source: Source, language: str) -> str:
    """A clause in few characters; the guide by its short name."""
    if source.provenance is Provenance.GUIDE:
        return f"{text('verdict.guide', language)} {clause_number(source.clause, language)}"
    if source.standard == OWN.standard:
        return f"{text('verdict.own', language)} {source.clause}".strip()
    return str(source)


def clause_number(clause: str, language: str) -> str:
    """A clause of the guide without the Chinese heading that follows its number, for readers of another language."""
    if language == DEFAULT_LANGUAGE:
        return clause
    number = re.sub("\\s+[\u4e00-\u9fff].*", "", clause)
    return number.replace("\u8868", "Table ").replace("\u9644\u5f55", "Annex ")


def compared(check: Check, language: str) -> str:
    """found, relation, required: "1.80 m ≥ 2.00 m"."""
    if check.missing:
        return text("verdict.missing", language, what=missing_words(check.missing, language))
    if check.not_applicable is not None:
        return check.not_applicable.render(language)
    found, required = number_text(check.found, language), number_text(check.required, language)
    if check.relation is Relation.STATED:
        return found if required == "-" else text("verdict.stated", language, found=found, required=required)
    if check.relation is Relation.WITHIN:
        return f"{required} ≤ {found} ≤ {number_text(check.required_to, language)}"
    return f"{found} {SIGN.get(check.relation, '')} {required}"


def missing_words(names: Iterable[str], language: str) -> str:
    """The inputs a judgement lacks, in words; a field of the project with its path."""
    return joined(map(_lacking, names)).render(language)


def _lacking(name: str) -> Message:
    zh, en = (field_words(name, language) for language in LANGUAGES)
    return said(f"{zh} ({name})", f"{en} ({name})") if zh else asked_for(name)


def verdict_lines(
    checks: Sequence[Check], language: str, *, everything: bool = False, place: Callable[[str], str] = str
) -> Iterable[str]:
    """One line a check, failures first; a count at the end. `place` says a subject in words."""
    counted = Counter(check.verdict for check in checks)
    for verdict in ORDER:
        if verdict in QUIET and not everything:
            continue
        for check in checks:
            if check.verdict is not verdict:
                continue
            mark = f" [{text('explain.unverified', language)}]" if check.unverified else ""
            situation = f" ({text(check.situation, language)})" if check.situation else ""
            yield (
                f"{text(f'verdict.{verdict.value}', language)}  {place(check.subject)}  {check.title.render(language)}"
                f"{situation}: {compared(check, language)}  [{cited(check.source, language)}]{mark}"
            )
            if check.reading and verdict not in QUIET:
                reading = check.reading.render(language) if isinstance(check.reading, Message) else check.reading
                yield f"        {text('verdict.reading', language)} {reading}"
    yield "  ".join(f"{text(f'verdict.{v.value}', language)} {counted[v]}" for v in ORDER)


def rule_lines(state: str | None, language: str) -> Iterable[str]:
    """Every rule of the guide with its state, and the count."""
    from slopedesign.standards.guide import rule_states

    states = rule_states()
    for rule_state in states:
        if state is None or rule_state.state == state:
            rule = rule_state.rule
            label = text(f"rules.state.{rule_state.state}", language)
            yield f"{label}  {rule.id}  {rule.clause}  {rule.title.render(language)}"
    counted = Counter(rule_state.state for rule_state in states)
    parts = [f"{text(f'rules.state.{name}', language)} {number}" for name, number in counted.items()]
    yield text("verdict.rules", language, total=len(states), parts="  ".join(parts))
