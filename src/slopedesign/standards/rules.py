"""The guide as data: its rules, found by what they speak of, judged on facts.

A rule says when it applies (`applies_when`, an expression on named facts) and what it demands. Conditions are read
with three truth values: true, false, and unknown because a named fact is missing. A rule whose condition is unknown is
not skipped and not passed: its check says which fact it misses. Expressions are walked, never run: a rule file can
compare facts, and nothing else.

Where the guide is ambiguous the rule names the readings (`Reading`) the program uses; every check carries them.
"""

from __future__ import annotations

import ast
import operator
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from slopedesign.errors import FormulaError, InputError
from slopedesign.i18n import Message, message
from slopedesign.standards.check import Relation, Strength
from slopedesign.standards.trace import Datum, Provenance, Source, datum

Fact = str | float | bool
Facts = Mapping[str, Fact]

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip


def said(zh: str, en: str) -> Message:
    """A phrase kept beside the data it belongs to, in both languages."""
    return message("rules.said", zh=zh, en=en)


def joined(parts: Iterable[Message | str], by: str = "rules.also") -> Message:
    """Phrases as one list, with the separator of the reader's language; a dash for none."""
    whole: Message | str | None = None
    for part in parts:
        whole = part if whole is None else message(by, a=whole, b=part)
    return whole if isinstance(whole, Message) else said(whole or "-", whole or "-")


@dataclass(frozen=True)
class Truth:
    """True, False, or None: unknown, because the facts named in `missing` are not stated."""

    value: bool | None
    missing: frozenset[str] = frozenset()

    def __and__(self, other: Truth) -> Truth:
        if self.value is False or other.value is False:
            return Truth(False)
        return _joined(True, self, other)

    def __or__(self, other: Truth) -> Truth:
        if self.value is True or other.value is True:
            return Truth(True)
        return _joined(False, self, other)

    def __invert__(self) -> Truth:
        return Truth(None if self.value is None else not self.value, self.missing)


def _joined(otherwise: bool, a: Truth, b: Truth) -> Truth:
    missing = (a.missing if a.value is None else frozenset()) | (b.missing if b.value is None else frozenset())
    return Truth(None, missing) if a.value is None or b.value is None else Truth(otherwise)


class Condition:
    """A condition of a rule, read with three truth values.

    Raises:
        FormulaError: the text holds anything but comparisons of names and literals, `and`, `or`, `not`, `in`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            self._tree = ast.parse("True" if text == "always" else text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError) as error:
            raise FormulaError(f"condition {text!r}: {error}") from error
        self.names = frozenset(node.id for node in ast.walk(self._tree) if isinstance(node, ast.Name))
        _check_form(self._tree, text)

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"

    def on(self, facts: Facts) -> Truth:
        """The truth of the condition on these facts.

        Raises:
            FormulaError: a fact is compared with something of another kind (text with a number).
        """
        return self._truth(self._tree, facts)

    def _truth(self, node: ast.expr, facts: Facts) -> Truth:
        match node:
            case ast.BoolOp(op=op, values=values):
                truths = [self._truth(value, facts) for value in values]
                whole = truths[0]
                for truth in truths[1:]:
                    whole = whole & truth if isinstance(op, ast.And) else whole | truth
                return whole
            case ast.UnaryOp(operand=operand):
                return ~self._truth(operand, facts)
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                whole = Truth(True)
                sides = [left, *comparators]
                for one, sign, other in zip(sides, ops, sides[1:], strict=False):
                    whole = whole & self._compared(one, sign, other, facts)
                return whole
            case ast.Name(id=name):
                if name not in facts:
                    return Truth(None, frozenset({name}))
                if not isinstance(facts[name], bool):
                    raise FormulaError(f"condition {self.text!r}: {name} = {facts[name]!r} is not yes or no")
                return Truth(bool(facts[name]))
            case ast.Constant(value=bool() as value):
                return Truth(value)
            case _:
                raise FormulaError(f"condition {self.text!r} holds {type(node).__name__}")

    def _compared(self, one: ast.expr, op: ast.cmpop, other: ast.expr, facts: Facts) -> Truth:
        a, missing_a = _value(one, facts)
        b, missing_b = _value(other, facts)
        if missing := missing_a | missing_b:
            return Truth(None, missing)
        if isinstance(op, ast.In | ast.NotIn):
            found = a in b
            return Truth(found if isinstance(op, ast.In) else not found)
        if isinstance(a, str) is not isinstance(b, str):
            raise FormulaError(f"condition {self.text!r}: cannot compare {a!r} with {b!r}")
        return Truth(_COMPARE[type(op)](a, b))


def _value(node: ast.expr, facts: Facts) -> tuple[Any, frozenset[str]]:
    match node:
        case ast.Name(id=name):
            return (facts[name], frozenset()) if name in facts else (None, frozenset({name}))
        case ast.Tuple(elts=elements):
            return tuple(_value(element, facts)[0] for element in elements), frozenset()
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=number)) if isinstance(number, int | float):
            return -number, frozenset()
        case ast.Constant(value=value):
            return value, frozenset()
        case _:
            raise FormulaError(f"a condition cannot hold {type(node).__name__}")


_ALLOWED = (
    ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq,
    ast.NotEq, ast.In, ast.NotIn, ast.Name, ast.Load, ast.Constant, ast.Tuple,
)  # fmt: skip


def _check_form(tree: ast.expr, text: str) -> None:
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED):
            raise FormulaError(f"condition {text!r} may not hold {type(node).__name__}")
        if isinstance(node, ast.Constant) and not isinstance(node.value, str | int | float | bool):
            raise FormulaError(f"condition {text!r} may not hold {node.value!r}")
        if isinstance(node, ast.Compare) and any(
            isinstance(op, ast.In | ast.NotIn) and not isinstance(side, ast.Tuple)
            for op, side in zip(node.ops, node.comparators, strict=True)
        ):
            raise FormulaError(f"condition {text!r}: `in` takes a list of values in brackets")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the program reads a place where the guide is ambiguous, contradicts itself or leaves a gap."""

    id: str
    clause: str
    type: str
    severity: str
    outside_guide: bool
    issue: Message
    reading: Message
    reason: Message


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing a rule asks for."""

    zh: str
    en: str

    @property
    def text(self) -> Message:
        """The item in the reader's language."""
        return said(self.zh, self.en)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the guide.

    Attributes:
        kind: min, max, range, choice, threshold, table, formula or required_item.
        relation, value: how a single printed value is judged where the reading makes it a limit.
        soft_min, soft_max: that end of a range is only shown, not judged (the reading says so).
        printed: the numbers as printed.
        needs: variables a formula works the demanded number from.
    """

    id: str
    clause: str
    read_as: str = ""
    heading: Message
    title: Message
    applies_when: Condition
    kind: str
    strength: Strength
    module: str
    unit: str = "-"
    min: float | None = None
    min_incl: bool = True
    max: float | None = None
    max_incl: bool = True
    soft_min: bool = False
    soft_max: bool = False
    relation: Relation | None = None
    value: float | None = None
    value_unit: str = ""
    pick: str = ""
    choices: tuple[Any, ...] = ()
    trigger: Condition | None = None
    result: Message | None = None
    formula: str = ""
    items: tuple[Item, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    printed: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    note: Message | None = None
    needs: tuple[str, ...] = ()
    standard: str = ""

    @property
    def source(self) -> Source:
        """Clause as printed (with the number read, where it is misnumbered) and the heading it stands under."""
        clause = f"{self.clause} [{self.read_as}]" if self.read_as else self.clause
        heading = str(self.heading.values["zh"])
        return Source(self.standard, f"{clause} {heading}", Provenance.GUIDE)

    @property
    def reading(self) -> Message | str:
        """The readings chosen where the clause is ambiguous, as one phrase; empty where it is plain."""
        if not self.readings:
            return ""
        return joined([reading.reading for reading in self.readings], "rules.then")

    @property
    def numeric(self) -> bool:
        """Whether the rule compares one number with a limit."""
        if self.kind in ("min", "max", "range"):
            return True
        return self.relation is not None or (self.kind == "choice" and bool(self.choices) and self._numbers)

    @property
    def asks_number(self) -> bool:
        """Whether the designer answers with a number."""
        return self.numeric or bool(self.needs)

    @property
    def _numbers(self) -> bool:
        return all(isinstance(c, int | float) and not isinstance(c, bool) for c in self.choices)

    def limit(self, which: str = "") -> Datum:
        """The limit as a datum: "min" or "max" of a range, the one number of any other rule.

        Raises:
            FormulaError: the rule has no such number.
        """
        candidates = {"min": self.min, "max": self.max, "value": self.value}
        if which:
            number = candidates[which]
        else:
            number = next((n for n in (self.value, self.min, self.max) if n is not None), None)
            if number is None and self._numbers and len(self.choices) == 1:
                number = float(self.choices[0])
        if number is None:
            raise FormulaError(f"rule {self.id} states no number {which}".rstrip())
        unit = self.value_unit if number is self.value and self.value_unit else self.unit
        return datum(number, unit, self.source)


@dataclass(frozen=True)
class RuleBase:
    """All rules of one guide."""

    standard: str
    rules: tuple[Rule, ...]
    readings: Mapping[str, Reading]
    variables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rules)

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    def rule(self, id: str) -> Rule:
        """The rule of this id (KeyError if there is none)."""
        return self._by_id[id]

    def has(self, id: str) -> bool:
        """Whether there is a rule of this id."""
        return id in self._by_id

    def checked(self, facts: Facts, field: str = "facts") -> dict[str, Fact]:
        """Facts, each of the kind and among the values its variable allows.

        Facts named by a rule id (the value a rule asks the designer for) are left out here.

        Raises:
            InputError: an unknown name, or a value its variable does not allow.
        """
        good: dict[str, Fact] = {}
        for name, value in facts.items():
            if name in self._by_id:
                continue
            variable = self.variables.get(name)
            if variable is None:
                raise InputError(f"{field}.{name}", value, message("rules.unknown_fact"))
            kind = variable["type"]
            if kind == "enum":
                if value not in variable["values"]:
                    raise InputError(
                        f"{field}.{name}", value, message("rules.one_of", values=", ".join(variable["values"]))
                    )
            elif kind == "bool":
                if not isinstance(value, bool):
                    raise InputError(f"{field}.{name}", value, message("rules.yes_or_no"))
            elif isinstance(value, bool) or not isinstance(value, int | float):
                raise InputError(f"{field}.{name}", value, message("rules.a_number"))
            good[name] = value
        return good

    def find(
        self,
        *,
        place: str | None = None,
        material: str | None = None,
        height: float | None = None,
        use: str | None = None,
        module: str | Collection[str] | None = None,
        kind: str | Collection[str] | None = None,
        **facts: Fact,
    ) -> list[Rule]:
        """Rules that speak, or may speak, of the thing described (no rule is left out for a fact not stated).

        Args:
            place, material, height [m], use: the usual facts under short names.
            module, kind: keep rules of these modules or kinds alone.
            facts: any other variable of the guide.
        """
        stated = {"place": place, "material": material, "slope_height_m": height, "target_use": use}
        known = self.checked({name: value for name, value in stated.items() if value is not None} | facts)
        return [
            rule for rule in self.rules
            if rule.applies_when.on(known).value is not False
            and _among(rule.module, module) and _among(rule.kind, kind)
        ]  # fmt: skip

    def applying(self, facts: Facts, rules: Iterable[Rule] | None = None) -> list[tuple[Rule, tuple[str, ...]]]:
        """Rules that apply to these facts, each with the facts it still misses (empty when it surely applies)."""
        known = self.checked(facts)
        found = []
        for rule in self.rules if rules is None else rules:
            truth = rule.applies_when.on(known)
            if truth.value is not False:
                found.append((rule, tuple(sorted(truth.missing)) if truth.value is None else ()))
        return found


def _among(value: str, wanted: str | Collection[str] | None) -> bool:
    if wanted is None:
        return True
    return value == wanted if isinstance(wanted, str) else value in wanted


@cache
def guide_rules() -> RuleBase:
    """The rules of the guide, as shipped.

    Raises:
        FormulaError: a rule file is inconsistent (an id given twice, a reading that does not exist).
    """
    folder = files("slopedesign.standards").joinpath("data", "guide")
    tables = {
        entry.name: tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".toml")
    }
    about = tables["guide.toml"]
    standard = str(about["guide"]["cited_as"])
    readings = {raw["id"]: _reading(raw) for raw in tables["readings.toml"]["reading"]}
    rules = tuple(_rule(raw, readings, standard) for table in tables.values() for raw in table.get("rule", ()))
    base = RuleBase(standard, rules, readings, about["variable"])
    if len(base._by_id) != len(rules):
        raise FormulaError("a rule id stands twice in the guide's data")
    for rule in rules:
        if strange := set(rule.needs) - base.variables.keys():
            raise FormulaError(f"rule {rule.id}: no variable {sorted(strange)}")
        conditions = [rule.applies_when] + ([rule.trigger] if rule.trigger else [])
        for condition in conditions:
            if unknown := condition.names - base.variables.keys():
                raise FormulaError(f"rule {rule.id}: no variable {sorted(unknown)}")
    return base


def _reading(raw: Mapping[str, Any]) -> Reading:
    return Reading(
        id=raw["id"], clause=raw["clause"], type=raw["type"], severity=raw["severity"],
        outside_guide=raw["outside_guide"], issue=said(**raw["issue"]), reading=said(**raw["reading"]),
        reason=said(**raw["reason"]),
    )  # fmt: skip


_PLAIN = ("id", "clause", "read_as", "kind", "module", "unit", "pick", "formula")
_LIMITS = ("min", "min_incl", "max", "max_incl", "soft_min", "soft_max")


def _rule(raw: Mapping[str, Any], readings: Mapping[str, Reading], standard: str) -> Rule:
    judged = raw.get("judged_as", {})
    try:
        return Rule(
            **{name: raw[name] for name in _PLAIN if name in raw},
            **{name: raw[name] for name in _LIMITS if name in raw},
            heading=said(**raw["heading"]), title=said(**raw["title"]), strength=Strength(raw["strength"]),
            applies_when=Condition(raw["applies_when"]),
            trigger=Condition(raw["trigger"]) if "trigger" in raw else None,
            relation=Relation(judged["relation"]) if judged else None,
            value=judged.get("value"), value_unit=judged.get("unit", ""),
            choices=tuple(raw.get("choices", ())), items=tuple(Item(**item) for item in raw.get("items", ())),
            columns=tuple(raw.get("columns", ())), rows=tuple(raw.get("rows", ())),
            printed=tuple(raw.get("printed", ())), readings=tuple(readings[id] for id in raw.get("readings", ())),
            result=said(**raw["result"]) if "result" in raw else None,
            note=said(**raw["note"]) if "note" in raw else None, needs=tuple(raw.get("needs", ())), standard=standard,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise FormulaError(f"rule {raw.get('id', '?')}: {error!r}") from error
