"""Verdicts: what was demanded, what was found, and by which clause.

A check stores facts only; ratio and verdict follow from them, compared before any rounding (two numbers that differ
by floating-point noise alone, 0.6 - 0.5 against 0.1, count as equal). A check that could not be worked is never a
pass: it says which input it misses, or why it does not apply.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from slopedesign.i18n import Message
from slopedesign.standards.trace import Source, Traced


class Strength(StrEnum):
    """How strongly a clause binds (ying, xu: must; yi: should; yiban: normally; ke: may)."""

    MUST = "must"
    SHOULD = "should"
    NORMALLY = "normally"
    MAY = "may"
    INFO = "info"


class Verdict(StrEnum):
    """What a check says."""

    PASS = "pass"
    FAIL = "fail"
    WARN = "warn"
    INFO = "info"
    NOT_APPLICABLE = "not_applicable"
    NOT_JUDGED = "not_judged"


class Relation(StrEnum):
    """How the found value must stand to the required one."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    EQUAL = "equal"
    WITHIN = "within"  # from `required` to `required_to`, both included
    STATED = "stated"  # a fact is so or not so; found and required are words


_WHEN_MISSED = {
    Strength.MUST: Verdict.FAIL,
    Strength.SHOULD: Verdict.WARN,
    Strength.NORMALLY: Verdict.WARN,
    Strength.MAY: Verdict.INFO,
    Strength.INFO: Verdict.INFO,
}

EQUAL_WITHIN = 1e-9  # relative; two spellings of one stated number are equal, a different number is not


def same(a: float, b: float) -> bool:
    """Whether two numbers differ by floating-point noise alone."""
    return abs(a - b) <= EQUAL_WITHIN * max(1.0, abs(a), abs(b))


@dataclass(frozen=True, kw_only=True)
class Check:
    """One clause judged on one thing.

    Attributes:
        id: rule id ("cut.bench_width.rock") or name of our own check ("wall.sliding").
        subject: path of what is judged, as design.json spells it ("slopes[0].benches[2]").
        title: phrase saying what is checked.
        source: clause, with provenance; `reading` is the reading chosen where the clause is ambiguous.
        found, required: numbers with their trace, or words.
        required_to: upper end of the range, for Relation.WITHIN.
        missing: names the inputs a judgement would need; then the verdict is NOT_JUDGED.
        not_applicable: why the clause does not speak of this thing.
        field: path of the project field to change, where one exists.
        situation: design situation the check belongs to (a phrase key), or empty.
    """

    id: str
    subject: str
    title: Message
    source: Source
    strength: Strength
    relation: Relation = Relation.STATED
    found: Traced | Message | None = None
    required: Traced | Message | None = None
    required_to: Traced | None = None
    holds: bool | None = None
    missing: tuple[str, ...] = ()
    not_applicable: Message | None = None
    reading: Message | str = ""
    field: str = ""
    situation: str = ""
    notes: tuple[Message, ...] = ()

    @property
    def demand(self) -> float | None:
        """What is demanded of the design, the larger the harder to meet."""
        pair = self._governing
        if pair is None:
            return None
        found, required, from_below = pair
        return required if from_below else found

    @property
    def capacity(self) -> float | None:
        """What the design offers against the demand."""
        pair = self._governing
        if pair is None:
            return None
        found, required, from_below = pair
        return found if from_below else required

    @property
    def ratio(self) -> float | None:
        """demand / capacity; None for facts in words and where the capacity is not positive."""
        if self.relation is Relation.EQUAL or self.demand is None or not self.capacity or self.capacity <= 0:
            return None
        return self.demand / self.capacity

    @property
    def unit(self) -> str:
        """Unit of the numbers compared."""
        for side in (self.found, self.required):
            if isinstance(side, Traced):
                return side.unit
        return ""

    @property
    def met(self) -> bool | None:
        """Whether the clause holds; None where that could not be judged."""
        if self.missing or self.not_applicable is not None:
            return None
        if self.relation is Relation.STATED:
            return self.holds
        pair = self._pair
        if pair is None:
            return None
        found, required = pair
        match self.relation:
            case Relation.AT_LEAST:
                return found > required or same(found, required)
            case Relation.MORE_THAN:
                return found > required and not same(found, required)
            case Relation.AT_MOST:
                return found < required or same(found, required)
            case Relation.LESS_THAN:
                return found < required and not same(found, required)
            case Relation.WITHIN:
                top = self.required_to
                if top is None:
                    return None
                return (found > required or same(found, required)) and (found < top.value or same(found, top.value))
            case _:
                return same(found, required)

    @property
    def verdict(self) -> Verdict:
        """The verdict, derived."""
        if self.not_applicable is not None:
            return Verdict.NOT_APPLICABLE
        if self.met is None:
            return Verdict.NOT_JUDGED
        return Verdict.PASS if self.met else _WHEN_MISSED[self.strength]

    @property
    def unverified(self) -> bool:
        """Whether the clause or any number behind the verdict is only recalled."""
        sides = (side for side in (self.found, self.required, self.required_to) if isinstance(side, Traced))
        return self.source.provenance.value == "recalled" or any(side.unverified for side in sides)

    @property
    def _pair(self) -> tuple[float, float] | None:
        if isinstance(self.found, Traced) and isinstance(self.required, Traced):
            return self.found.value, self.required.value
        return None

    @property
    def _governing(self) -> tuple[float, float, bool] | None:
        """found, the required number that governs, and whether it bounds from below."""
        pair = self._pair
        if pair is None:
            return None
        found, required = pair
        if self.relation is not Relation.WITHIN or self.required_to is None:
            return found, required, self.relation in (Relation.AT_LEAST, Relation.MORE_THAN)
        below = found <= (required + self.required_to.value) / 2
        return (found, required, True) if below else (found, self.required_to.value, False)

    def on(self, subject: str) -> Check:
        """The same check said of another subject."""
        return replace(self, subject=subject)


class Level(StrEnum):
    """How much a remark matters."""

    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something the engineer should know: an assumption, a trap, advice."""

    level: Level
    subject: str
    text: Message
    source: Source | None = None
    numbers: dict[str, Traced] = field(default_factory=dict)
