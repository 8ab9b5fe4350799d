"""A structure as built: its sizes, what it takes, and what the designer has not said yet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from slopedesign.i18n import Message
from slopedesign.standards.trace import Traced, given, measured


@dataclass(frozen=True)
class Amount:
    """One amount of a structure.

    Attributes:
        what: what is counted, as the bill names it ("excavation", "body", "pipe", ...).
        number: how much of it.
        material: a choice ("concrete", "mortared_stone"), or "".
        size: diameter, grade or the like, as text.
    """

    what: str
    number: Traced
    material: str = ""
    size: Message | None = None


@dataclass(frozen=True)
class Works:
    """One structure as built.

    Attributes:
        kind: culvert, upper_mouth, lower_mouth, basin, drop, apron, teeth, spillway, steps, fence, trash_rack,
            sand_trap, pond, irrigation.
        name: reach or pond it belongs to. path: its record in the project.
        sizes: lengths it is drawn and built with, by name [m].
        amounts: what it takes, in the order of building.
        missing: fields without which it cannot be counted; then there are no amounts.
    """

    kind: str
    name: str
    path: str
    sizes: Mapping[str, Traced] = field(default_factory=dict)
    amounts: tuple[Amount, ...] = ()
    missing: tuple[str, ...] = ()

    def amount(self, what: str) -> Traced:
        """The amount of this name (KeyError if there is none)."""
        found = next((a.number for a in self.amounts if a.what == what), None)
        if found is None:
            raise KeyError(what)
        return found


def lacking(kind: str, name: str, *fields: str) -> Works:
    """A structure that is there but whose sizes are not stated."""
    return Works(kind, name, fields[0] if fields else "", missing=fields)


def counted(*amounts: Amount) -> tuple[Amount, ...]:
    """The amounts that are not nothing."""
    return tuple(a for a in amounts if a.number.value > 0)


def stated(record: object, path: str, names: Sequence[str]) -> dict[str, Traced]:
    """Lengths of a record by field name."""
    return {name: given(getattr(record, name), "m", f"{path}.{name}") for name in names}


def rounded_up(needed: Traced, step: float, path: str) -> Traced:
    """A length needed, rounded up to whole steps, as it is built; not below 0."""
    value = math.ceil(max(needed.value, 0.0) / step - 1e-9) * step
    return measured(value, "m", "water.note.rounded_up", path, needed=needed)


def nothing(unit: str, path: str) -> Traced:
    """0 of a unit."""
    return measured(0.0, unit, "water.note.none_of_it", path)
