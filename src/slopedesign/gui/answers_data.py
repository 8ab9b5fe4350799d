"""What the design leaves to the designer: clauses to be answered and facts of the site to be stated.

A question keeps its place when it is answered, so that a list of questions can be worked off from the top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from slopedesign.i18n import Message, has, text
from slopedesign.project.edit import with_value
from slopedesign.project.project import Project
from slopedesign.standards.judging import demanded
from slopedesign.standards.rules import Rule, guide_rules

ANSWERS = ("yes", "no", "not_applicable")
ALIASES = {"survey_scale": "survey.scales"}
"""Inputs that checks name otherwise than the project's facts do."""


@dataclass(frozen=True)
class Question:
    """One thing only the designer can say.

    Attributes:
        name: rule id ("cut.priority"), item of a rule ("design.tables#2") or fact of the site ("blasting").
        kind: answer (met, not met, not applicable), choice among `values`, yes_no, or a number in `unit`.
        open: whether a check waits for it now.
        value: what is stated, None while nothing is.
        asked_by: titles of the clauses that wait for a fact.
    """

    name: str
    kind: Literal["answer", "choice", "yes_no", "number"]
    open: bool
    value: Any = None
    note: str = ""
    unit: str = ""
    values: tuple[str, ...] = ()
    asked_by: tuple[Message, ...] = ()

    @property
    def rule(self) -> Rule | None:
        """The rule asked about; None for a fact of the site."""
        rules, id = guide_rules(), self.name.partition("#")[0]
        return rules.rule(id) if rules.has(id) else None

    def title(self, language: str) -> str:
        """What is asked, in few words."""
        rule, item = self.rule, self.name.partition("#")[2]
        if rule is None:
            key = f"rules.input.{self.name}"
            return text(key, language) if has(key, language) else self.name
        title = rule.title.render(language)
        return f"{title}: {rule.items[int(item) - 1].text.render(language)}" if item else title

    def clause(self, language: str) -> str:
        """Number of the clause that asks it; "" for a fact of the site."""
        from slopedesign.reports.verdicts import clause_number

        return "" if self.rule is None else clause_number(self.rule.clause, language)

    def cited(self, language: str) -> str:
        """The clause with the heading it stands under."""
        from slopedesign.reports.verdicts import cited

        return "" if self.rule is None else cited(self.rule.source, language)

    def demand(self, language: str) -> str:
        """What the clause demands, or which clauses wait for the fact."""
        if self.rule is None:
            titles = dict.fromkeys(title.render(language) for title in self.asked_by)
            return text("gui.answers.asked_by", language, titles=", ".join(titles)) if titles else ""
        if self.name.partition("#")[2]:
            return ""
        return demanded(self.rule).render(language)

    def word(self, value: str, language: str) -> str:
        """A choice in words."""
        if value in ANSWERS and self.rule is not None:
            return text(f"gui.answers.{value}", language)
        for key in (f"gui.fact.{self.name}.{value}", f"choice.{value}"):
            if has(key, language):
                return text(key, language)
        return value


def question_name(missing: str) -> str:
    """The question behind a name in `Check.missing`; "" where it is no question but a field of the project."""
    name = ALIASES.get(missing, missing)
    rules = guide_rules()
    return name if rules.has(name.partition("#")[0]) or name in rules.variables else ""


def questions(project: Project, checks: Iterable[Any]) -> list[Question]:
    """Open and answered questions, in the order of the guide; facts of the site first."""
    waiting: dict[str, list[Message]] = {}
    for check in checks:
        for missing in check.missing:
            if (name := question_name(missing)) and missing != "soft_ground":
                waiting.setdefault(name, []).append(check.title)
    stated = {answer.rule: answer for answer in project.answers}
    names = dict.fromkeys([*waiting, *stated, *project.facts])
    found: list[Question] = []
    for name in sorted(names, key=_order):
        answer = stated.get(name)
        value = answer.answer if answer is not None else project.facts.get(name)
        note = answer.note if answer is not None else ""
        found += _question(name, name in waiting, value, note, tuple(waiting.get(name, ())))
    return found


def _order(name: str) -> tuple[int, int, str]:
    rules = guide_rules()
    id, _, item = name.partition("#")
    if not rules.has(id):
        return (0, 0, name)
    return (1 + _places()[id], int(item or 0), name)


@cache
def _places() -> dict[str, int]:
    """Place of each rule in the guide."""
    return {rule.id: i for i, rule in enumerate(guide_rules().rules)}


def _question(name: str, is_open: bool, value: Any, note: str, asked_by: tuple[Message, ...]) -> Iterator[Question]:
    rules = guide_rules()
    id, _, item = name.partition("#")
    if rules.has(id):
        rule = rules.rule(id)
        if (rule.asks_number or name == "survey.scales") and not item:
            unit = rule.value_unit or rule.unit
            yield Question(name, "number", is_open, value, note, unit, ("not_applicable",), asked_by)
        else:
            yield Question(name, "answer", is_open, value, note, "", ANSWERS, asked_by)
        return
    variable = rules.variables.get(name)
    if variable is None:
        return
    kind: Literal["choice", "yes_no", "number"] = {"enum": "choice", "bool": "yes_no"}.get(variable["type"], "number")  # type: ignore[assignment]
    values = tuple(variable.get("values", ()))
    yield Question(name, kind, is_open, value, note, variable.get("unit", ""), values, asked_by)


def replied(project: Project, question: Question, value: Any, note: str = "") -> Project:
    """The project with a reply stated; None takes it back. A clause that asks a number may be answered in words.

    Raises:
        InputError: the project would not be valid with it.
    """
    rows = [answer.model_dump(mode="json") for answer in project.answers if answer.rule != question.name]
    facts = {name: stated for name, stated in project.facts.items() if name != question.name}
    if value is not None and question.rule is not None and value in ANSWERS:
        rows.append({"rule": question.name, "answer": value, "note": note})
    elif value is not None:
        facts[question.name] = value
    changed = project
    if rows != [answer.model_dump(mode="json") for answer in project.answers]:
        changed = with_value(changed, "answers", rows)
    return with_value(changed, "facts", facts) if facts != project.facts else changed
