"""Units the window shows amounts in; the project, the formulas and what is written keep their own.

Converted numbers keep the resolution of the unit they come from, so that no two that differ look alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSettings

from slopedesign.i18n import has, text

CHOICES: Mapping[str, Mapping[str, float]] = {
    "m2": {"m2": 1.0, "mu": 3.0 / 2000.0, "hm2": 1e-4},
    "m3/s": {"m3/s": 1.0, "L/s": 1e3},
    "kPa": {"kPa": 1.0, "MPa": 1e-3},
}
"""Per unit of the calculation what it may be shown in, with the factor; a mu is 2000/3 m2."""


SIGNS = {"m2": "m\u00b2", "m3": "m\u00b3", "km2": "km\u00b2", "hm2": "hm\u00b2", "deg": "\u00b0"}


@dataclass(frozen=True)
class Units:
    """What is shown for each unit that has a choice; others are shown as they are."""

    chosen: Mapping[str, str]

    def of(self, unit: str) -> str:
        """What a unit of the calculation is shown in."""
        return self.chosen.get(unit, unit)

    def value(self, value: float, unit: str) -> float:
        """A number of the calculation in the unit shown."""
        return value * CHOICES[unit][self.of(unit)] if unit in CHOICES else value

    def more(self, unit: str) -> int:
        """How many decimals more the unit shown needs for the same resolution (negative: fewer)."""
        return math.ceil(-math.log10(CHOICES[unit][self.of(unit)]) - 1e-9) if unit in CHOICES else 0

    def name(self, unit: str, language: str) -> str:
        """The unit shown, in signs."""
        return unit_words(self.of(unit), language)

    def number(self, side: Any, language: str, more: int = 0) -> str:
        """A found or required value of a check."""
        from slopedesign.reports.verdicts import number_text

        unit = getattr(side, "unit", "")
        if unit not in CHOICES or self.of(unit) == unit:
            words = number_text(side, language, more=more)
            return words.removesuffix(unit) + self.name(unit, language) if unit in CHOICES else words
        from slopedesign.standards.formula import shown

        digits = max(0, 2 + more + self.more(unit))
        return f"{shown(self.value(side.value, unit), digits)} {self.name(unit, language)}"


def unit_words(unit: str, language: str) -> str:
    """A unit in signs, or by its word in the language."""
    word = f"gui.unit.{key(unit)}"
    if has(word, language):
        return text(word, language)
    return "/".join(SIGNS.get(part, part) for part in unit.split("/"))


def with_unit(number: str, unit: str, language: str) -> str:
    """A number and its unit in signs; none for a bare number."""
    if unit in ("", "-"):
        return number
    return f"{number}\u00b0" if unit == "deg" else f"{number} {unit_words(unit, language)}"


def kept_units(settings: QSettings | None = None) -> Units:
    """The units kept in the settings."""
    settings = settings or QSettings("slopedesign", "slopedesign")
    kept = {unit: str(settings.value(f"units/{key(unit)}", unit)) for unit in CHOICES}
    return Units({unit: shown if shown in CHOICES[unit] else unit for unit, shown in kept.items()})


def key(unit: str) -> str:
    """Name of a unit among the settings."""
    return unit.replace("/", "_")
