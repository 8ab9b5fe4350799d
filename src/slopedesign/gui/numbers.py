"""Numbers as people type them: full-width digits, a decimal comma, a slope ratio with a full-width colon."""

from __future__ import annotations

import math
import unicodedata

from slopedesign.errors import InputError
from slopedesign.i18n import message


def parse_number(typed: str, field: str = "") -> float:
    """The number in a field.

    Raises:
        InputError: not a finite number.
    """
    text = normalised(typed).replace(" ", "")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        raise InputError(field, typed, message("gui.number")) from None
    if not math.isfinite(value) or "_" in text:
        raise InputError(field, typed, message("gui.number"))
    return value


def normalised(typed: str) -> str:
    """Full-width digits and signs as plain ones, a Chinese full stop between digits as a point."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    return (
        plain.replace("\N{IDEOGRAPHIC FULL STOP}", ".")
        .replace("\N{MINUS SIGN}", "-")
        .replace("\N{IDEOGRAPHIC COMMA}", ",")
    )


def parse_angle(typed: str, field: str = "") -> float | str:
    """Degrees, or a ratio 1:m kept as a ratio."""
    text = normalised(typed).replace(" ", "").removesuffix("°")
    if ":" in text:
        return text
    return parse_number(text, field)


def shown_number(value: float) -> str:
    """A number as a field shows it: all its digits, no exponent for everyday sizes."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10g}"
    return repr(value) if float(text) != value else text


def station_words(station: float) -> str:
    """A place along a line as on drawings: 99.96 -> "K0+100.0", 1234.5 -> "K1+234.5"."""
    tenths = round(10 * abs(station))
    sign = "-" if station < 0 and tenths else ""
    return f"{sign}K{tenths // 10_000}+{tenths % 10_000 / 10:05.1f}"
