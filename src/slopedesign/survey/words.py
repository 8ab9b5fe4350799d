"""Words of column headings and line codes, kept as data because most of them are Chinese."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

_UNIT = re.compile(r"[\[(](m|metres?|meters?|ft|feet|us_?ft|\u7c73)[\])]|/m$|[\s_:\"']")


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files("slopedesign.survey").joinpath("data/words.toml").read_text(encoding="utf-8"))


_NARROW = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0x3002: ord("."), 0x2212: ord("-")}


def narrowed(text: str) -> str:
    """Full-width digits, letters and signs as ordinary ones, nothing else: a raised 2 must not become a digit."""
    return text.translate(_NARROW)


def heading(text: str, subject: str = "columns") -> str | None:
    """What a column heading means ("east", "z", "name", ...), or None."""
    word = _UNIT.sub("", narrowed(text).casefold())
    if not word:
        return None
    for meaning, spellings in _words()[subject].items():
        if word in spellings:
            return str(meaning)
    for meaning, parts in _words().get(f"{subject}_having", {}).items():
        if any(part in word for part in parts):
            return str(meaning)
    return None


def headings(fields: Sequence[str], subject: str = "columns") -> dict[str, int]:
    """Column number of each meaning found in a heading row; the first column of a meaning counts."""
    found: dict[str, int] = {}
    for i, text in enumerate(fields):
        meaning = heading(text, subject)
        if meaning is not None:
            found.setdefault(meaning, i)
    return found


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_words()["breakline_codes"][name], re.IGNORECASE)


def is_cass_scarp(code: str) -> bool:
    """Whether a point code is the CASS field code of a scarp or slope; each such point begins a line of its own."""
    return bool(_pattern("cass").fullmatch(code))


def is_line_code(code: str) -> bool:
    """Whether a point code says that the point lies on a line the ground breaks at."""
    return is_cass_scarp(code) or bool(_pattern("named").fullmatch(code))
