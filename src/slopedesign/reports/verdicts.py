"""Verdicts and rule states as lines of text, for the terminal and the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from slopedesign.i18n import LANGUAGES, Message, text
from slopedesign.quantities.bill import DIGITS
from slopedesign.reports.citing import cited as cited
from slopedesign.reports.citing import clause_number as clause_number
from slopedesign.reports.places import field_words
from slopedesign.standards.check import Check, Relation, Verdict
from slopedesign.standards.formula import shown
from slopedesign.standards.judging import asked_for
from slopedesign.standards.rules import joined, said
from slopedesign.standards.trace import Traced

ORDER = (Verdict.FAIL, Verdict.WARN, Verdict.NOT_JUDGED, Verdict.INFO, Verdict.PASS, Verdict.NOT_APPLICABLE)
QUIET = (Verdict.PASS, Verdict.NOT_APPLICABLE)
SIGN = {
    Relation.AT_LEAST: "≥", Relation.MORE_THAN: ">", Relation.AT_MOST: "≤", Relation.LESS_THAN: "<",
    Relation.EQUAL: "=", Relation.STATED: "",
}  # fmt: skip


def number_text(side: Traced | Message | None, language: str, whole: bool = False, more: int = 0) -> str:
    """A found or required value in few characters; `whole` for counts, `more` decimals than usual."""
    match side:
        case None:
            return "-"
        case Message():
            return side.render(language)
        case _:
            unit = {"-": "", "deg": "\N{DEGREE SIGN}"}.get(side.unit, f" {side.unit}")
            return f"{shown(side.value, 0 if whole else max(2, DIGITS.get(side.unit, 2)) + more)}{unit}"


def check_title(check: Check, language: str) -> str:
    """What is checked, with its situation where the title does not name it."""
    title = check.title.render(language)
    situation = text(check.situation, language) if check.situation else ""
    return title if situation in title else text("verdict.in_situation", language, title=title, situation=situation)


def _counts(check: Check) -> bool:
    """Whether a check compares counts: bare whole numbers on every side."""
    sides = [side for side in (check.found, check.required, check.required_to) if isinstance(side, Traced)]
    return bool(sides) and all(side.unit == "-" and side.value == round(side.value) for side in sides)


def decimals_apart(check: Check) -> int:
    """How many more decimals tell what was found from the limit it misses; at most 6."""
    if check.met is not False or not isinstance(check.found, Traced):
        return 0
    limits = [side for side in (check.required, check.required_to) if isinstance(side, Traced)]
    for more in range(7):
        words = number_text(check.found, "en", more=more)
        if all(limit.value == check.found.value or number_text(limit, "en", more=more) != words for limit in limits):
            return more
    return 6


def compared(check: Check, language: str) -> str:
    """found, relation, required: "2.40 m ≥ 2.00 m"; what is missed says so: "1.80 m, required ≥ 2.00 m"."""
    if check.missing:
        return text("verdict.missing", language, what=missing_words(check.missing, language))
    if check.not_applicable is not None:
        return check.not_applicable.render(language)
    whole, more = _counts(check), decimals_apart(check)
    found, required = (number_text(side, language, whole, more) for side in (check.found, check.required))
    if check.relation is Relation.STATED:
        return found if required == "-" else text("verdict.stated", language, found=found, required=required)
    if check.relation is Relation.WITHIN:
        upper = number_text(check.required_to, language, whole, more)
        if check.met is False:
            return text("verdict.demanded", language, found=found, required=f"{required} ~ {upper}")
        return f"{required} ≤ {found} ≤ {upper}"
    sign = SIGN.get(check.relation, "")
    if check.met is False:
        return text("verdict.demanded", language, found=found, required=f"{sign} {required}")
    return f"{found} {sign} {required}"


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
            yield (
                f"{text(f'verdict.{verdict.value}', language)}  {place(check.subject)}  {check_title(check, language)}"
                f": {compared(check, language)}  [{cited(check.source, language)}]{mark}"
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
            clause = clause_number(rule.clause, language)
            yield f"{label}  {rule.id}  {clause}  {rule.title.render(language)}"
    counted = Counter(rule_state.state for rule_state in states)
    parts = [f"{text(f'rules.state.{name}', language)} {number}" for name, number in counted.items()]
    yield text("verdict.rules", language, total=len(states), parts="  ".join(parts))
