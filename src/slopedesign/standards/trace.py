"""Numbers that remember where they came from.

given      a number the designer stated in the project file
datum      a number a standard states (a limit, a table value)
measured   a number taken off geometry: a length, an area, a volume, and how it was taken
step       a number worked from one formula (see `slopedesign.standards.formula`)
total      a sum of numbers

All of them are a `Traced`. A formula keeps the traced numbers put into it, so from any result a reader can
walk back through formulas to the fields, clauses and surveys it rests on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType


class Provenance(StrEnum):
    """How well a number or formula is founded."""

    GUIDE = "guide"  # printed in the guide
    READ = "read"  # read in the source named
    DERIVED = "derived"  # follows from geometry or algebra
    USER = "user"  # stated by the designer
    RECALLED = "recalled"  # recalled only: to be checked against the printed standard before anybody relies on it


@dataclass(frozen=True)
class Source:
    """Where a number or formula stands: a standard and edition, a clause, and how well that was checked."""

    standard: str
    clause: str = ""
    provenance: Provenance = Provenance.RECALLED
    note: str = ""

    def __str__(self) -> str:
        return f"{self.standard} {self.clause}".strip()


OWN = Source("slopedesign", provenance=Provenance.DERIVED)


@dataclass(frozen=True, kw_only=True)
class Traced:
    """A number with its unit; the subclasses say where it came from.

    `label` is a phrase key of `slopedesign.i18n` naming the quantity, or empty.
    """

    value: float
    unit: str
    label: str = ""

    def __float__(self) -> float:
        return float(self.value)

    @property
    def inputs(self) -> Mapping[str, Traced]:
        """The numbers this one was worked from, by the name they had there."""
        return MappingProxyType({})

    @cached_property
    def unverified(self) -> bool:
        """Whether anything in the chain behind this number is only recalled."""
        return any(part.unverified for part in self.inputs.values())


@dataclass(frozen=True, kw_only=True)
class Given(Traced):
    """A number stated by the designer; `field` is its path in the project file."""

    field: str


@dataclass(frozen=True, kw_only=True)
class Datum(Traced):
    """A number stated by a standard."""

    source: Source

    @cached_property
    def unverified(self) -> bool:
        return self.source.provenance is Provenance.RECALLED


@dataclass(frozen=True, kw_only=True)
class Measured(Traced):
    """A number taken off geometry; `method` is a phrase key saying how, `of` what was measured."""

    method: str
    of: str = ""
    parts: Mapping[str, Traced] = field(default_factory=dict)

    @property
    def inputs(self) -> Mapping[str, Traced]:
        return self.parts


@dataclass(frozen=True, kw_only=True)
class Total(Traced):
    """A sum."""

    parts: Mapping[str, Traced]

    @property
    def inputs(self) -> Mapping[str, Traced]:
        return self.parts


def given(value: float, unit: str, field: str, label: str = "") -> Given:
    """A number from the project file."""
    return Given(value=float(value), unit=unit, field=field, label=label)


def datum(value: float, unit: str, source: Source, label: str = "") -> Datum:
    """A number from a standard."""
    return Datum(value=float(value), unit=unit, source=source, label=label)


def measured(value: float, unit: str, method: str, of: str = "", label: str = "", **parts: Traced) -> Measured:
    """A number taken off geometry."""
    return Measured(value=float(value), unit=unit, method=method, of=of, label=label, parts=parts)


def total(parts: Mapping[str, Traced] | Iterable[Traced], unit: str, label: str = "") -> Total:
    """The sum of numbers of one unit (0 for none).

    Raises:
        ValueError: a part has another unit.
    """
    named = dict(parts) if isinstance(parts, Mapping) else {f"{i + 1}": part for i, part in enumerate(parts)}
    if wrong := {name: part.unit for name, part in named.items() if part.unit != unit}:
        raise ValueError(f"total in {unit!r} cannot take {wrong}")
    return Total(value=math.fsum(part.value for part in named.values()), unit=unit, label=label, parts=named)
