"""The bill of quantities: a tree of unit works, parts and items, each item tied to the result it counts.

Amounts keep full precision; rounding is a matter of printing, by the rule of the unit (`DIGITS`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from slopedesign.i18n import Message, has, message, text
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Given, Measured, Total, Traced, total

DIGITS: Mapping[str, int] = {
    "m": 1, "m2": 1, "m3": 2, "kg": 1, "t": 3, "km": 3, "hm2": 4, "piece": 0, "plant": 0, "row": 0, "m3 km": 1, "-": 0,
}  # fmt: skip
"""Decimals printed for each unit; the total of a column is the rounded sum of unrounded amounts."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the bill.

    Attributes:
        id: stable id within the design ("S1.cut.hard_rock").
        unit_work, part: places in the tree (phrase keys).
        name: what is counted.
        code: code of the bill standard, "" where none is known; standard: its item there ("cut_soil"), or "".
        specification: size, grade, spacing as text.
        amount: the number with its trace, a `Total` of what each bench or reach contributes.
        drawing: where it is drawn (phrase key of a sheet), or "".
        note: remark column.
    """

    id: str
    unit_work: str
    part: str
    name: Message
    amount: Traced
    code: str = ""
    standard: str = ""
    code_unverified: bool = False
    specification: Message = field(default_factory=lambda: message("bill.none"))
    drawing: str = ""
    note: Message | None = None

    @property
    def unit(self) -> str:
        """Unit of the amount."""
        return self.amount.unit

    @property
    def digits(self) -> int:
        """Decimals printed."""
        return DIGITS.get(self.unit, 2)

    @property
    def unverified(self) -> bool:
        """Whether a number behind the amount is only recalled."""
        return self.amount.unverified

    def calculation(self, language: str) -> str:
        """The calculation with numbers put in, as the bill prints it."""
        return calculation_of(self.amount, language)


def calculation_of(number: Traced, language: str, most: int = 8) -> str:
    """The last line of a number's working: a formula with numbers, the sum of its parts, or how it was taken."""
    if isinstance(number, Total):
        parts = list(number.parts.values())
        if len(parts) == 1:
            return calculation_of(parts[0], language, most)
        if not parts:
            return "0"
        numbers = [_shown(part) for part in parts]
        if len(numbers) > most:
            return " + ".join([*numbers[: most - 1], "...", numbers[-1]])
        return " + ".join(numbers)
    if isinstance(number, Step):
        return number.formula.plain(number.numbers)
    if isinstance(number, Measured) and has(number.method):
        return text(number.method, language)
    if isinstance(number, Given):
        return text("bill.stated", language, number=_shown(number))
    return _shown(number)


def _shown(number: Traced) -> str:
    digits = DIGITS.get(number.unit, 2)
    return f"{number.value:.{digits + 1 if digits else 0}f}"


@dataclass(frozen=True, kw_only=True)
class Bill:
    """All items, in the order of the tree."""

    items: tuple[Item, ...]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def groups(self) -> list[tuple[str, str, list[Item]]]:
        """(unit work, part, items) in order of first appearance."""
        found: dict[tuple[str, str], list[Item]] = {}
        for item in self.items:
            found.setdefault((item.unit_work, item.part), []).append(item)
        return [(unit_work, part, items) for (unit_work, part), items in found.items()]

    def find(self, item_id: str) -> Item:
        """The item of this id (KeyError if there is none)."""
        found = next((item for item in self.items if item.id == item_id), None)
        if found is None:
            raise KeyError(item_id)
        return found


def summed(parts: Mapping[str, Traced] | Iterable[Traced], unit: str, label: str = "") -> Total:
    """The sum of contributions to one item."""
    return total(parts, unit, label)
