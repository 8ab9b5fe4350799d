"""Text files of points: CASS .dat (name,code,E,N,Z), CSV, TXT, XYZ.

Rows go through a fast path in blocks; a block that holds anything odd is read again row by row, and each odd row is
reported with its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from slopedesign.errors import SurveyError
from slopedesign.i18n import message
from slopedesign.survey.cass_lines import lines_by_code
from slopedesign.survey.columns import ANY, BLANKS, COMMENT, Layout, is_comment, sniff, split
from slopedesign.survey.files import MAX_POINTS, encoding_of, row_blocks
from slopedesign.survey.model import FloatArray, IntArray
from slopedesign.survey.numbers import read_number
from slopedesign.survey.options import SurveyOptions
from slopedesign.survey.raw import Raw
from slopedesign.survey.report import Findings, Severity

_PIECE = 4096  # rows per attempt of the fast path
_SAMPLE = 400


def read_delimited(path: Path, options: SurveyOptions, findings: Findings, *, every_code: bool = False) -> Raw:
    """Points of a text file, and the lines its codes draw.

    Args:
        every_code: each code makes a line (a file of break lines), not only those of scarps and slopes.

    Raises:
        SurveyError: nothing usable, columns that cannot be told, too many rows.
    """
    encoding = encoding_of(path, options.encoding)
    sample = list(islice(telling_rows(path, encoding), _SAMPLE))
    if not sample:
        raise SurveyError(path, message("survey.error.no_rows"))
    layout = sniff(path, sample, options.column_order, options.format == "cass")
    table = _Rows(layout, findings)
    for rows in row_blocks(path, encoding):
        for i in range(0, len(rows), _PIECE):
            table.take(rows[i : i + _PIECE])
            if table.kept > MAX_POINTS:
                raise SurveyError(path, message("survey.error.too_many", limit=MAX_POINTS))
    points, numbers = table.points()
    if not len(points):
        raise SurveyError(path, message("survey.error.no_points", rows=table.row))
    _note_axes(layout, findings)
    raw = Raw(
        findings=findings, points=points, rows=numbers, names=table.names, codes=table.codes, rows_read=table.row,
        axes="assumed" if layout.axes == "custom" else "stated", encoding=_shown(encoding), columns=layout.describe(),
    )  # fmt: skip
    raw.lines = lines_by_code(raw, every_code=every_code)
    return raw


def _shown(encoding: str) -> str:
    return {"gb18030": "gbk", "utf-8-sig": "utf-8 (BOM)"}.get(encoding, encoding)


def telling_rows(path: Path, encoding: str) -> Iterator[str]:
    """Rows that are neither blank nor remarks."""
    for rows in row_blocks(path, encoding):
        yield from (row for row in rows if row.strip() and not is_comment(row))


def _note_axes(layout: Layout, findings: Findings) -> None:
    if layout.swapped:
        findings.add("swapped_columns", None, severity=Severity.WARNING)
    elif layout.axes == "custom" and layout.heading:
        findings.add("xy_custom", None, severity=Severity.WARNING)


@dataclass
class _Rows:
    """Rows taken so far; `row` is the number of the last one."""

    layout: Layout
    findings: Findings
    row: int = 0
    kept: int = 0
    names: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    _points: list[FloatArray] = field(default_factory=list)
    _numbers: list[IntArray] = field(default_factory=list)
    _heading_seen: bool = False

    def points(self) -> tuple[FloatArray, IntArray]:
        """All points (n, 3) and the row of each."""
        if not self._points:
            return np.zeros((0, 3)), np.zeros(0, np.int64)
        return np.concatenate(self._points), np.concatenate(self._numbers)

    def take(self, rows: list[str]) -> None:
        """Reads the next rows."""
        values = self._fast(rows)
        if values is None:
            self._slow(rows)
        else:
            self._keep(values, np.arange(self.row + 1, self.row + 1 + len(rows)))
            self._label(rows)
        self.row += len(rows)

    def _keep(self, values: FloatArray, numbers: IntArray) -> None:
        self._points.append(values)
        self._numbers.append(numbers)
        self.kept += len(values)

    def _fast(self, rows: list[str]) -> FloatArray | None:
        """Coordinates of the rows, or None where any of them needs a closer look."""
        shape = self.layout
        if shape.separator == ANY or (shape.heading and not self._heading_seen):
            return None
        blanks = shape.separator == BLANKS
        if any(
            (len(row.split()) if blanks else row.count(shape.separator) + 1) != shape.columns
            or row.startswith(COMMENT)
            or "\N{REPLACEMENT CHARACTER}" in row
            for row in rows
        ):
            return None
        try:
            values = np.loadtxt(
                rows, delimiter=None if blanks else shape.separator, usecols=(shape.east, shape.north, shape.z),
                comments=None, ndmin=2, dtype=np.float64,
            )  # fmt: skip
        except ValueError:
            return None
        return values if len(values) == len(rows) else None

    def _label(self, rows: list[str]) -> None:
        shape = self.layout
        columns = [c for c in (shape.name, shape.code) if c is not None]
        if not columns:
            return
        separator, most = None if shape.separator == BLANKS else shape.separator, max(columns) + 1
        fields = [row.split(separator, most) for row in rows]
        if shape.name is not None:
            self.names.extend([f[shape.name].strip() for f in fields])
        if shape.code is not None:
            self.codes.extend([f[shape.code].strip() for f in fields])

    def _slow(self, rows: list[str]) -> None:
        points: list[tuple[float, float, float]] = []
        numbers: list[int] = []
        for number, row in enumerate(rows, self.row + 1):
            fields = self._fields(number, row)
            if fields is None:
                continue
            values = self._coordinates(number, fields)
            if values is None:
                continue
            points.append(values)
            numbers.append(number)
            if self.layout.name is not None:
                self.names.append(fields[self.layout.name])
            if self.layout.code is not None:
                self.codes.append(fields[self.layout.code])
        if points:
            self._keep(np.array(points), np.array(numbers, np.int64))

    def _fields(self, number: int, row: str) -> list[str] | None:
        """Fields of a row in the layout's order, or None where the row holds no point."""
        if not row.strip() or not row.strip("\x1a \t"):
            self.findings.add("blank", number, severity=Severity.INFO)
            return None
        if is_comment(row):
            self.findings.add("comment", number, row, severity=Severity.INFO)
            return None
        if "\N{REPLACEMENT CHARACTER}" in row:
            self.findings.add("undecodable", number, row, severity=Severity.WARNING)
        shape = self.layout
        fields = split(row, shape.separator)
        if not self._heading_seen:
            self._heading_seen = True
            if shape.heading or not any(read_number(f)[0] is not None for f in fields):
                kind = "heading" if shape.heading else "heading_unknown"
                self.findings.add(kind, number, row, severity=Severity.INFO)
                return None
        if self._complete(fields):
            if len(fields) > shape.columns and any(fields[shape.columns :]):
                self.findings.add("extra_columns", number, row, severity=Severity.WARNING, columns=shape.columns)
            return fields
        other = self._resplit(row)
        if other is not None:
            self.findings.add("mixed_separators", number, row, severity=Severity.WARNING)
            return other
        if len(fields) <= max(shape.east, shape.north, shape.z):
            self.findings.add("columns", number, row, found=len(fields), columns=shape.columns)
            return None
        return fields

    def _complete(self, fields: list[str]) -> bool:
        shape = self.layout
        if len(fields) <= max(shape.east, shape.north, shape.z, shape.name or 0, shape.code or 0):
            return False
        return all(read_number(fields[c])[0] is not None for c in (shape.east, shape.north, shape.z))

    def _resplit(self, row: str) -> list[str] | None:
        """Fields by any separator, where that alone makes the row complete."""
        shape = self.layout
        fields = split(row, ANY)
        if len(fields) == shape.columns and self._complete(fields):
            return fields
        last = (shape.columns - 3, shape.columns - 2, shape.columns - 1)
        if shape.code == 1 and shape.name == 0 and shape.columns == 5 and len(fields) == 4:
            fields = [fields[0], "", *fields[1:]]  # an empty code vanishes between blanks
            if {shape.east, shape.north, shape.z} == set(last) and self._complete(fields):
                return fields
        return None

    def _coordinates(self, number: int, fields: list[str]) -> tuple[float, float, float] | None:
        values: list[float] = []
        for axis in ("east", "north", "z"):
            column = getattr(self.layout, axis)
            text = fields[column]
            value, oddity = read_number(text)
            if value is None:
                kind = "number" if text else "missing"
                self.findings.add(kind, number, text, axis=message(f"survey.axis.{axis}"), column=column + 1)
                return None
            if oddity:
                self.findings.add(
                    oddity, number, text, severity=Severity.WARNING, axis=message(f"survey.axis.{axis}"), number=value
                )
            values.append(value)
        return values[0], values[1], values[2]
