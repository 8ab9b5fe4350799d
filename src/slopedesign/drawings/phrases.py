"""Words and numbers of the sheets."""

from __future__ import annotations

from dataclasses import dataclass

from slopedesign.i18n import has, text
from slopedesign.standards.trace import Traced


@dataclass(frozen=True)
class Phrases:
    """Phrases of one language; keys are below `drawings.` unless they name another room."""

    language: str

    def __call__(self, key: str, /, **values: object) -> str:
        name = f"drawings.{key}"
        return text(name if has(name, self.language) else key, self.language, **values)


def number(value: Traced | float, digits: int = 2) -> str:
    """A number with fixed decimals; a rounded nothing is shown without its minus sign."""
    shown = f"{float(value):.{digits}f}"
    return shown[1:] if shown.startswith("-") and float(shown) == 0 else shown


def level(value: Traced | float, digits: int = 2) -> str:
    """A level."""
    return number(value, digits)


def ratio(m: float) -> str:
    """A slope ratio 1:m, without needless decimals."""
    return f"1:{m:.2f}".rstrip("0").rstrip(".") if m else "1:0"


def unit_name(unit: str) -> str:
    """A unit as it is written on a sheet."""
    return {"m3": "m3", "m2": "m2", "piece": "", "-": "", "deg": "\u00b0", "row": ""}.get(unit, unit)
