"""One number from a field of a text file, and what was odd about its spelling."""

from __future__ import annotations

import re
from typing import Literal

from slopedesign.survey.words import narrowed

Oddity = Literal["", "full_width", "decimal_comma"]

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|1\.#\w+|-?1\.#ind\w*)", re.IGNORECASE | re.ASCII)


def read_number(field: str) -> tuple[float | None, Oddity]:
    """The number a field spells, and how it departs from plain digits with a point.

    Returns:
        (value, "") for a plain number; (value, oddity) for full-width digits or a decimal comma; (nan, "") for a
        spelled NaN or infinity; (None, "") where there is no number. Digits grouped by blanks, units behind the number
        and hexadecimal are no numbers: what they mean is a guess.
    """
    text = field.strip().strip("\"'").strip()
    if _PLAIN.fullmatch(text) and len(text) < 64:
        return float(text), ""
    if _NOT_FINITE.fullmatch(text):
        return float("nan"), ""
    if _COMMA.fullmatch(text) and len(text) < 64:
        return float(text.replace(",", ".")), "decimal_comma"
    if not text.isascii() and len(text) < 64:
        value, _ = read_number(plain) if (plain := narrowed(text)).isascii() else (None, "")
        return value, "full_width" if value is not None else ""
    return None, ""
