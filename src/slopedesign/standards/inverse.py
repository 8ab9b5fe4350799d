"""What would pass: the value of one stated number at which a missed check is just met, all others kept.

The chain of a check's numbers is worked again with another value of one field. Only what follows from fields and
clauses by formulas and sums can be worked so; a number measured on geometry that rests on the field cannot, and gives
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from slopedesign.errors import SlopeDesignError
from slopedesign.standards.check import Check, Relation, Verdict, same
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Given, Measured, Total, Traced

_STEPS = 48
_FACTOR = 1.12
_HALVINGS = 80


@dataclass(frozen=True, kw_only=True)
class Passing:
    """A field and the value nearest to the present one at which the check is met."""

    field: str
    label: str
    unit: str
    now: float
    value: float


def what_would_pass(check: Check) -> tuple[Passing, ...]:
    """For a missed check of two numbers: the fields that could mend it, one at a time."""
    if check.verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.NOT_JUDGED):
        return ()
    found, required = check.found, check.required
    if not isinstance(found, Traced) or not isinstance(required, Traced) or check.relation in (
        Relation.STATED, Relation.WITHIN, Relation.EQUAL,
    ):  # fmt: skip
        return ()
    fields: dict[str, Given] = {}
    for number in (found, required):
        for given in givens(number):
            fields.setdefault(given.field, given)
    ways = []
    for given in fields.values():
        value = _solve(check, found, required, given)
        if value is not None:
            ways.append(Passing(field=given.field, label=given.label, unit=given.unit, now=given.value, value=value))
    return tuple(ways)


def givens(number: Traced) -> Iterator[Given]:
    """The stated numbers a number rests on."""
    if isinstance(number, Given):
        yield number
    for part in number.inputs.values():
        yield from givens(part)


def worked_with(number: Traced, field: str, value: float) -> float | None:
    """A number with another value of one field; None where it cannot be worked again.

    Raises:
        SlopeDesignError: a formula does not take the value.
    """
    if isinstance(number, Given):
        return value if number.field == field else number.value
    if all(given.field != field for given in givens(number)):
        return number.value
    if isinstance(number, Measured):
        return None
    parts = {name: worked_with(part, field, value) for name, part in number.inputs.items()}
    if any(part is None for part in parts.values()):
        return None
    known = {name: float(part) for name, part in parts.items() if part is not None}
    if isinstance(number, Step):
        return number.formula.number(**known)
    if isinstance(number, Total):
        return math.fsum(known.values())
    return None


def _margin(check: Check, found: Traced, required: Traced, field: str, value: float) -> float | None:
    """How far the check is met (positive) or missed at a value; None where that cannot be said."""
    try:
        a, b = worked_with(found, field, value), worked_with(required, field, value)
    except (SlopeDesignError, ArithmeticError, ValueError):
        return None
    if a is None or b is None or not math.isfinite(a - b):
        return None
    from_below = check.relation in (Relation.AT_LEAST, Relation.MORE_THAN)
    margin = a - b if from_below else b - a
    return 0.0 if same(a, b) else margin


def _solve(check: Check, found: Traced, required: Traced, given: Given) -> float | None:
    """The value nearest to the present one at which the margin turns from missed to met."""
    now = given.value
    start = _margin(check, found, required, given.field, now)
    if start is None or start >= 0 or now == 0:
        return None
    best: float | None = None
    for way in (_FACTOR, 1 / _FACTOR):
        last = now
        for _ in range(_STEPS):
            this = last * way
            margin = _margin(check, found, required, given.field, this)
            if margin is None:
                break
            if margin >= 0:
                root = _between(check, found, required, given.field, last, this)
                if best is None or abs(math.log(root / now)) < abs(math.log(best / now)):
                    best = root
                break
            last = this
    return best


def _between(check: Check, found: Traced, required: Traced, field: str, missed: float, met: float) -> float:
    """The value next to `missed` at which the check is met, by halving."""
    for _ in range(_HALVINGS):
        middle = (missed + met) / 2
        margin = _margin(check, found, required, field, middle)
        if margin is not None and margin >= 0:
            met = middle
        else:
            missed = middle
    return met
