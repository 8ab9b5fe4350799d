"""Which column is what in a text file of points: by heading words, else by the values themselves.

Terms: a *layout* says the separator and the column of name, code, east, north and level. Gauss-Krueger eastings have
six digits before the point (500 km false easting) or eight with the zone number in front, northings in China seven;
the pair is *decisive* when one column looks like an easting and the other like a northing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from slopedesign.errors import SurveyError
from slopedesign.i18n import Message, message
from slopedesign.survey.model import FloatArray
from slopedesign.survey.numbers import read_number
from slopedesign.survey.words import headings

ANY = "*"
BLANKS = " "
SEPARATORS = (";", "\t", ",", "\uff0c", "\uff1b", BLANKS, ANY)
COMMENT = ("#", "//", "!", "%")

_ANY = re.compile(r"\s*[,;\t\uff0c\uff1b\u3001|]\s*|\s+")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Columns of a text file of points; numbers count from 0, `columns` is the usual number of fields in a row."""

    separator: str
    columns: int
    east: int
    north: int
    z: int
    name: int | None = None
    code: int | None = None
    heading: bool = False
    axes: Literal["stated", "heading", "values", "custom"] = "custom"
    swapped: bool = False

    def describe(self) -> Message:
        """The layout in words; columns counted from 1."""
        shown = {"\t": "TAB", BLANKS: message("survey.columns.blanks"), ANY: message("survey.columns.any")}
        return message(
            "survey.columns.layout", separator=shown.get(self.separator, self.separator), east=self.east + 1,
            north=self.north + 1, z=self.z + 1, name="-" if self.name is None else self.name + 1,
            code="-" if self.code is None else self.code + 1, axes=message(f"survey.columns.axes_{self.axes}"),
        )  # fmt: skip


def split(row: str, separator: str) -> list[str]:
    """Fields of a row, blanks around them dropped."""
    if separator == BLANKS:
        return row.split()
    if separator == ANY:
        return _ANY.split(row.strip())
    return [field.strip() for field in row.split(separator)]


def is_comment(row: str) -> bool:
    """Whether a row is a remark."""
    return row.lstrip().startswith(COMMENT)


def like_eastings(values: FloatArray) -> npt.NDArray[np.bool_]:
    """Which numbers can be Gauss-Krueger eastings in China: six digits, or eight with a zone of 13 to 45."""
    zone, rest = np.divmod(values, 1e6)
    return np.asarray((rest >= 1e5) & (rest < 9.5e5) & ((zone == 0) | ((zone >= 13) & (zone <= 45))))


def looks_east(value: float) -> bool:
    """`like_eastings` of one number."""
    return bool(like_eastings(np.array([value]))[0])


def looks_north(value: float) -> bool:
    """Whether a number can be a northing in China (latitude 17 to 54 degrees)."""
    return 1.9e6 <= value <= 6.0e6


def looks_geographic(first: float, second: float) -> bool:
    """Whether a pair of numbers can be longitude and latitude in degrees, in China, in either order."""
    return any(73 <= a <= 136 and 17 <= b <= 54 for a, b in ((first, second), (second, first)))


def sniff(path: Path, sample: Sequence[str], order: str, cass: bool) -> Layout:
    """The layout of a file, from some of its rows.

    Args:
        sample: rows without blank ones and remarks.
        order: "auto", "E,N,Z" or "N,E,Z" as the options state it.
        cass: the file is stated to be a CASS one: name, code, east, north, level.

    Raises:
        SurveyError: no three columns of numbers side by side, columns that cannot be told apart, degrees.
    """
    separator = _separator(sample)
    if separator is None:
        raise SurveyError(path, message("survey.error.no_columns"))
    fields = [split(row, separator) for row in sample]
    number_rows = [f for f in fields if _run(f) >= 3]
    usual = Counter(len(f) for f in number_rows).most_common(1)[0][0]
    table = _table([f for f in number_rows if len(f) == usual], usual)
    titles = headings(fields[0]) if _run(fields[0]) < 3 else {}
    if {"lon", "lat"} <= titles.keys():
        raise SurveyError(path, message("survey.error.geographic"))
    layout: Layout | None = None
    if not cass and len(titles.keys() - {"name", "code"}) >= 2:
        layout = _by_heading(path, titles, table, separator)
    if layout is None:
        layout = _by_values(path, table, separator, cass)
    if order != "auto":
        first, second = sorted((layout.east, layout.north))
        east, north = (first, second) if order == "E,N,Z" else (second, first)
        layout = replace(layout, east=east, north=north, axes="stated", swapped=False)
    _refuse_degrees(path, table, layout)
    return layout


def _separator(sample: Sequence[str]) -> str | None:
    scores = {s: sum(_run(split(row, s)) >= 3 for row in sample) for s in SEPARATORS}
    best = max(SEPARATORS, key=lambda s: (scores[s] if s != ANY else scores[s] * 0.5, -SEPARATORS.index(s)))
    return best if scores[best] else None


def _run(fields: Sequence[str]) -> int:
    """Most numbers side by side in a row."""
    longest = run = 0
    for field in fields[:64]:
        run = run + 1 if read_number(field)[0] is not None else 0
        longest = max(longest, run)
    return longest


@dataclass(frozen=True)
class _Table:
    values: np.ndarray  # (rows, columns) floats, NaN where there is no number
    blank: np.ndarray  # (rows, columns) bool

    @property
    def columns(self) -> int:
        return int(self.values.shape[1])

    def numeric(self, column: int) -> bool:
        return bool(np.isfinite(self.values[:, column]).mean() >= 0.5)

    def whole(self, column: int) -> bool:
        known = self.values[np.isfinite(self.values[:, column]), column]
        return bool(np.all(known == np.round(known)))

    def median(self, column: int) -> float:
        known = self.values[np.isfinite(self.values[:, column]), column]
        return float(np.median(known)) if len(known) else float("nan")


def _table(rows: Sequence[Sequence[str]], columns: int) -> _Table:
    values = np.full((len(rows), columns), np.nan)
    for i, row in enumerate(rows):
        for j, field in enumerate(row):
            value = read_number(field)[0]
            values[i, j] = np.nan if value is None else value
    return _Table(values, np.array([[not field for field in row] for row in rows]))


def _decisive(table: _Table, first: int, second: int) -> Literal["EN", "NE", ""]:
    a, b = table.median(first), table.median(second)
    if looks_east(a) and looks_north(b):
        return "EN"
    if looks_north(a) and looks_east(b):
        return "NE"
    return ""


def _by_heading(path: Path, titles: dict[str, int], table: _Table, separator: str) -> Layout | None:
    """Layout by heading words; X is north and Y is east as surveyors write them, unless the values say otherwise."""
    east, north = titles.get("east"), titles.get("north")
    axes: Literal["heading", "values", "custom"] = "heading"
    if east is None and north is None and {"x", "y"} <= titles.keys():
        x, y = titles["x"], titles["y"]
        if max(x, y) >= table.columns:
            return None
        decided = _decisive(table, x, y)
        east, north = (x, y) if decided == "EN" else (y, x)
        axes = "values" if decided else "custom"
    elif east is None and north is not None:
        east = titles.get("y", titles.get("x"))
    elif north is None and east is not None:
        north = titles.get("x", titles.get("y"))
    z = titles.get("z")
    if east is None or north is None or z is None or max(east, north, z) >= table.columns:
        raise SurveyError(path, message("survey.error.heading", found=", ".join(sorted(titles))))
    return Layout(
        separator=separator, columns=table.columns, east=east, north=north, z=z, name=titles.get("name"),
        code=titles.get("code"), heading=True, axes=axes,
    )  # fmt: skip


def _by_values(path: Path, table: _Table, separator: str, cass: bool) -> Layout:
    start = 2 if cass else _start(path, table)
    if start + 3 > table.columns:
        raise SurveyError(path, message("survey.error.cass_columns", columns=table.columns))
    decided = _decisive(table, start, start + 1)
    east, north = (start + 1, start) if decided == "NE" else (start, start + 1)
    behind = start + 3 if start + 3 < table.columns and not table.numeric(start + 3) else None
    return Layout(
        separator=separator, columns=table.columns, east=east, north=north, z=start + 2,
        name=0 if start else None, code=1 if start == 2 else behind,
        axes="values" if decided else "custom", swapped=decided == "NE",
    )  # fmt: skip


def _start(path: Path, table: _Table) -> int:
    """First of the three coordinate columns: name, code, E, N, Z / name, E, N, Z / E, N, Z and what may follow."""
    fits = [s for s in range(min(3, table.columns - 2)) if all(table.numeric(s + i) for i in range(3))]
    for start in fits:
        if _decisive(table, start, start + 1):
            return start
    label_like = [s for s in fits if all(not table.numeric(c) or table.whole(c) for c in range(s))]
    closed = [s for s in label_like if all(not table.numeric(c) or table.whole(c) for c in range(s + 3, table.columns))]
    if 2 in closed and table.columns == 5:
        return 2
    if len(closed) == 1:
        return closed[0]
    raise SurveyError(path, message("survey.error.ambiguous_columns", columns=table.columns))


def _refuse_degrees(path: Path, table: _Table, layout: Layout) -> None:
    """Longitude and latitude are no plan coordinates: no area or slope could be right."""
    pair = table.values[:, [layout.east, layout.north]]
    pair = pair[np.isfinite(pair).all(axis=1)]
    if not len(pair):
        return
    small = np.ptp(pair, axis=0).max() < 5
    finer = np.any(np.abs(pair * 1e4 - np.round(pair * 1e4)) > 1e-6)
    if small and finer and looks_geographic(float(np.median(pair[:, 0])), float(np.median(pair[:, 1]))):
        raise SurveyError(path, message("survey.error.geographic"))
