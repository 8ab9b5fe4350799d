"""A spreadsheet that works formulas itself: what a reader of a workbook sees once it is recalculated.

Written from the rules of spreadsheets alone: unary minus binds before ^; ^, * /, + - work from the left; SUM takes
ranges.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?)|(?P<cell>'[^']+'![A-Z]+\d+(?::[A-Z]+\d+)?)|(?P<name>[A-Z][A-Z0-9]*)"
    r"|(?P<sign>[-+*/^(),]))"
)


def _half_up(x: float, digits: float) -> float:
    scale = 10.0**digits
    return math.copysign(math.floor(abs(x) * scale + 0.5) / scale, x)


FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "SQRT": math.sqrt, "SIN": math.sin, "COS": math.cos, "TAN": math.tan, "ASIN": math.asin, "ACOS": math.acos,
    "ATAN": math.atan, "EXP": math.exp, "LN": math.log, "LOG10": math.log10, "RADIANS": math.radians,
    "DEGREES": math.degrees, "MAX": max, "MIN": min, "ABS": abs, "PI": lambda: math.pi, "ROUND": _half_up,
    "INT": math.floor,
}  # fmt: skip


class Sheets:
    """Cells by "'sheet'!B3": numbers, or formulas worked when asked."""

    def __init__(self, cells: Mapping[str, object]) -> None:
        self.cells = cells
        self.known: dict[str, float] = {}

    def value(self, cell: str) -> float:
        """What stands in a cell once it is worked."""
        if cell not in self.known:
            stated = self.cells[cell]
            self.known[cell] = self.work(stated) if isinstance(stated, str) else float(stated)  # type: ignore[arg-type]
        return self.known[cell]

    def work(self, formula: str) -> float:
        """Value of a formula ("=A + B")."""
        text, self.tokens = formula.removeprefix("="), list[tuple[str, str]]()
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            assert match is not None and match.lastgroup is not None, f"{text[at:]!r} in {formula!r}"
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        kept, self.tokens = self.tokens, []
        reader = _Reader(kept, self)
        found = reader.sum()
        assert not reader.rest, (reader.rest, formula)
        return found

    def column(self, span: str) -> list[float]:
        """Numbers of a range down one column."""
        sheet, cells = span.rsplit("!", 1)
        first, last = (re.match(r"([A-Z]+)(\d+)", end) for end in cells.split(":"))
        assert first is not None and last is not None and first[1] == last[1]
        return [self.value(f"{sheet}!{first[1]}{row}") for row in range(int(first[2]), int(last[2]) + 1)]


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]], sheets: Sheets) -> None:
        self.rest, self.sheets = tokens[::-1], sheets

    def _next(self, *signs: str) -> str | None:
        if self.rest and self.rest[-1][0] == "sign" and self.rest[-1][1] in signs:
            return self.rest.pop()[1]
        return None

    def sum(self) -> float:
        found = self.product()
        while sign := self._next("+", "-"):
            found = found + self.product() if sign == "+" else found - self.product()
        return found

    def product(self) -> float:
        found = self.power()
        while sign := self._next("*", "/"):
            found = found * self.power() if sign == "*" else found / self.power()
        return found

    def power(self) -> float:
        found = self.signed()
        while self._next("^"):
            found = found ** self.signed()
        return found

    def signed(self) -> float:
        if self._next("-"):
            return -self.signed()
        return self.one()

    def one(self) -> float:
        kind, text = self.rest.pop()
        if kind == "number":
            return float(text)
        if kind == "cell":
            return self.sheets.value(text)
        if kind == "name":
            return self.called(text)
        assert text == "("
        found = self.sum()
        assert self._next(")")
        return found

    def called(self, name: str) -> float:
        assert self._next("(")
        found: list[float] = []
        while not self._next(")"):
            if name == "SUM" and ":" in self.rest[-1][1]:
                found += self.sheets.column(self.rest.pop()[1])
            else:
                found.append(self.sum())
            self._next(",")
        return math.fsum(found) if name == "SUM" else float(FUNCTIONS[name](*found))
