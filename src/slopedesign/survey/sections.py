"""Sections measured or drawn by hand, from CSV or DXF.

Terms: the *station* of a section is its distance along the base line; the *offset* of a vertex its distance across,
increasing along the section.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from slopedesign.errors import SurveyError
from slopedesign.i18n import Message, message
from slopedesign.survey.columns import is_comment, split
from slopedesign.survey.delimited import telling_rows
from slopedesign.survey.dxf import LINES, matches, unit_of_drawing
from slopedesign.survey.dxf_shapes import polyline_vertices, to_world
from slopedesign.survey.dxf_tags import Entity, encoding_of_drawing, entities
from slopedesign.survey.files import checked_file, encoding_of, head, is_binary, row_blocks
from slopedesign.survey.model import METRES_PER, FloatArray
from slopedesign.survey.numbers import read_number
from slopedesign.survey.polylines import MAX_LINES, no_lines
from slopedesign.survey.report import Finding, Findings, Severity
from slopedesign.survey.words import headings, narrowed

STRAIGHT = 0.05
"""Vertices of a section drawn in space may leave its straight line by this much [m]."""

_STATION = re.compile(r"([+-]?)[A-Za-z]{0,3}(\d{1,5})\+(\d{1,4}(?:\.\d+)?)", re.ASCII)


@dataclass(frozen=True, kw_only=True, eq=False)
class SectionLine:
    """One section.

    Attributes:
        points: (n, 2) offset and elevation [m], offsets strictly increasing.
        rows: file row of each vertex.
        origin, azimuth_deg: where offset 0 lies (E, N) and which way offsets grow, for sections drawn in space.
    """

    name: str
    station: float
    points: FloatArray
    rows: tuple[int, ...]
    origin: tuple[float, float] | None = None
    azimuth_deg: float | None = None


@dataclass(frozen=True, kw_only=True)
class SectionsImport:
    """Sections in the order of their stations, and what was noticed."""

    path: Path
    sections: tuple[SectionLine, ...]
    findings: tuple[Finding, ...]
    rows_read: int


def parse_station(text: str) -> float | None:
    """A station [m]: a plain number, or K1+234.5 as engineers write it (1234.5)."""
    text = narrowed(text).replace(" ", "")
    match = _STATION.fullmatch(text)
    if match:
        return (-1.0 if match[1] == "-" else 1.0) * (float(match[2]) * 1000.0 + float(match[3]))
    value = read_number(text)[0]
    return value if value is not None and math.isfinite(value) else None


def read_sections_csv(path: Path | str, encoding: str = "auto") -> SectionsImport:
    """Sections from a text file with the columns name, station, offset, elevation (a heading may give another order).

    A row with blank name and station belongs to the section above it.

    Raises:
        SurveyError: the file cannot be read, the heading lacks a column, or no section is usable.
    """
    file = checked_file(path)
    if is_binary(head(file)):
        raise SurveyError(file, message("survey.error.binary"))
    name_of_encoding = encoding_of(file, encoding)
    findings = Findings()
    sample = list(islice(telling_rows(file, name_of_encoding), 50))
    if not sample:
        raise SurveyError(file, message("survey.error.no_rows"))
    separator = max(",;\t\uff0c", key=lambda s: sum(row.count(s) for row in sample))
    columns, headed = _columns(file, split(sample[0], separator))
    table = _SectionRows(columns, separator, findings, headed)
    for rows in row_blocks(file, name_of_encoding):
        table.take(rows)
        if table.row > MAX_LINES * 10:
            raise SurveyError(file, message("survey.error.too_many", limit=MAX_LINES * 10))
    return _finished(file, _csv_sections(table, findings), findings, table.row)


def _columns(path: Path, first: Sequence[str]) -> tuple[dict[str, int], bool]:
    """Column of each quantity, and whether the first row is a heading."""
    if len(first) >= 4 and all(read_number(f)[0] is not None for f in first[2:4]):
        return {"name": 0, "station": 1, "offset": 2, "elevation": 3}, False
    found = headings(first, "sections")
    if "station" in found and "name" not in found:
        found["name"] = found["station"]
    if len(found) < 4:
        raise SurveyError(path, message("survey.error.section_heading", found=", ".join(sorted(found)) or "-"))
    return found, True


@dataclass
class _SectionRows:
    columns: dict[str, int]
    separator: str
    findings: Findings
    skip_first: bool
    row: int = 0
    vertices: dict[tuple[str, float], list[tuple[float, float, int]]] = field(default_factory=dict)
    _above: tuple[str, float] | None = None

    def take(self, rows: Iterable[str]) -> None:
        for text in rows:
            self.row += 1
            if not text.strip():
                self.findings.add("blank", self.row, severity=Severity.INFO)
            elif is_comment(text):
                self.findings.add("comment", self.row, text, severity=Severity.INFO)
            elif self.skip_first:
                self.skip_first = False
                self.findings.add("heading", self.row, text, severity=Severity.INFO)
            else:
                self._take_row(text)

    def _take_row(self, text: str) -> None:
        fields = split(text, self.separator)
        if len(fields) <= max(self.columns.values()):
            self.findings.add("columns", self.row, text, found=len(fields), columns=max(self.columns.values()) + 1)
            return
        name, station_text = fields[self.columns["name"]], fields[self.columns["station"]]
        if name or station_text:
            station = parse_station(station_text)
            if station is None:
                self.findings.add("section_station", self.row, station_text)
                self._above = None
                return
            self._above = (name or station_text, station)
        if self._above is None:
            self.findings.add("section_nameless", self.row, text)
            return
        values = [self._number(fields, axis) for axis in ("offset", "elevation")]
        if values[0] is not None and values[1] is not None:
            self.vertices.setdefault(self._above, []).append((values[0], values[1], self.row))

    def _number(self, fields: Sequence[str], axis: str) -> float | None:
        column = self.columns[axis]
        text = fields[column]
        value, oddity = read_number(text)
        axis_name = message(f"survey.axis.{axis}")
        if value is None or not math.isfinite(value):
            kind = "missing" if not text else "number"
            self.findings.add(kind, self.row, text, axis=axis_name, column=column + 1)
            return None
        if oddity:
            self.findings.add(oddity, self.row, text, severity=Severity.WARNING, axis=axis_name, number=value)
        return value


def _csv_sections(table: _SectionRows, findings: Findings) -> Iterable[SectionLine]:
    for (name, station), vertices in table.vertices.items():
        points = np.array([(offset, level) for offset, level, _ in vertices])
        section = _ordered(name, station, points, tuple(row for _, _, row in vertices), findings)
        if section is not None:
            yield section


def _ordered(
    name: str, station: float, points: FloatArray, rows: tuple[int, ...], findings: Findings
) -> SectionLine | None:
    """A section with strictly increasing offsets, or None; what stands in the way is reported, nothing is sorted."""
    if len(points) > 1 and np.all(np.diff(points[:, 0]) < 0):
        findings.add("section_reversed", rows[0], name, severity=Severity.WARNING)
        points, rows = points[::-1].copy(), rows[::-1]
    same = np.concatenate(([False], np.all(np.diff(points, axis=0) == 0, axis=1)))
    for i in np.nonzero(same)[0]:
        findings.add("section_repeat", rows[i], name, severity=Severity.INFO)
    points, rows = points[~same], tuple(row for row, again in zip(rows, same, strict=True) if not again)
    back = np.nonzero(np.diff(points[:, 0]) <= 0)[0]
    if len(back):
        findings.add("section_offsets", rows[int(back[0]) + 1], name, offset=f"{points[back[0] + 1, 0]:.3f}")
        return None
    if len(points) < 2:
        findings.add("section_short", rows[0], name)
        return None
    return SectionLine(name=name, station=station, points=points, rows=rows)


def _finished(path: Path, found: Iterable[SectionLine], findings: Findings, rows: int) -> SectionsImport:
    sections = sorted(found, key=lambda s: s.station)
    if not sections:
        listed: Message | str = ""
        for finding in findings.listed[:5]:
            listed = message("survey.error.also", a=listed, b=finding.message) if listed else finding.message
        raise SurveyError(path, message("survey.error.no_sections", listed=listed))
    for name, number in Counter(s.name for s in sections).items():
        if number > 1:
            findings.add("section_twice", None, name, severity=Severity.WARNING, number=number)
    for station, number in Counter(s.station for s in sections).items():
        if number > 1:
            findings.add("station_twice", None, f"{station:g}", severity=Severity.WARNING, number=number)
    return SectionsImport(path=path, sections=tuple(sections), findings=tuple(findings.listed), rows_read=rows)


def read_sections_dxf(path: Path | str, layer: str = "", encoding: str = "auto") -> SectionsImport:
    """Sections of a drawing: each polyline on the layer is one, the nearest TEXT on it names section and station.

    A polyline with one level for all vertices is drawn on paper: x is the offset and y the elevation, true to scale.
    One with several levels is drawn in space, from the side where offsets begin: offsets are plan distances. The text
    holds the station as K0+020 or as its last number ("2-2 20.0").

    Raises:
        SurveyError: no DXF, no polylines on the layer, or no usable section.
    """
    file = checked_file(path)
    findings = Findings()
    name_of_encoding = encoding_of_drawing(file, encoding)
    lines: list[Entity] = []
    labels: list[tuple[FloatArray, str]] = []
    layers: Counter[str] = Counter()
    read = 0
    for entity in entities(file, name_of_encoding, findings):
        if entity.section != "ENTITIES" or entity.paper:
            continue
        read += 1
        if entity.kind in LINES:
            layers[entity.layer] += 1
        if layer and not matches(entity.layer, (layer,)):
            continue
        if entity.kind in LINES:
            lines.append(entity)
        elif entity.kind in ("TEXT", "MTEXT") and (spot := entity.point(10)) is not None and np.isfinite(spot).all():
            labels.append((to_world(spot, entity.extrusion) if entity.kind == "TEXT" else spot, entity.text))
        if len(lines) > MAX_LINES or len(labels) > MAX_LINES:
            raise SurveyError(file, message("survey.error.too_many", limit=MAX_LINES))
    if not lines:
        raise SurveyError(file, no_lines(layer, layers))
    factor = METRES_PER[unit_of_drawing(file, name_of_encoding, findings) or "m"]
    found = (_drawn_section(entity, labels, factor, findings) for entity in lines)
    return _finished(file, [s for s in found if s is not None], findings, read)


def _drawn_section(
    entity: Entity, labels: list[tuple[FloatArray, str]], factor: float, findings: Findings
) -> SectionLine | None:
    vertices = polyline_vertices(entity)
    if vertices is None or len(vertices) < 2 or not np.isfinite(vertices).all():
        findings.add("short_line", entity.row, entity.title)
        return None
    label = _nearest_label(vertices, labels)
    if label is None:
        findings.add("section_unlabelled", entity.row, entity.title)
        return None
    name, station = label
    rows = (entity.row,) * len(vertices)
    vertices = vertices * factor
    if np.ptp(vertices[:, 2]) == 0:
        return _ordered(name, station, vertices[:, :2].copy(), rows, findings)
    origin, direction = vertices[0, :2], vertices[-1, :2] - vertices[0, :2]
    length = float(np.hypot(*direction))
    if length == 0:
        findings.add("section_short", entity.row, name)
        return None
    along = (vertices[:, :2] - origin) @ (direction / length)
    across = (vertices[:, :2] - origin) @ (np.array([-direction[1], direction[0]]) / length)
    if np.abs(across).max() > STRAIGHT:
        findings.add("section_bent", entity.row, name, severity=Severity.WARNING, off=f"{np.abs(across).max():.2f}")
    section = _ordered(name, station, np.column_stack((along, vertices[:, 2])), rows, findings)
    if section is None:
        return None
    return SectionLine(
        name=name, station=station, points=section.points, rows=section.rows,
        origin=(float(origin[0]), float(origin[1])),
        azimuth_deg=math.degrees(math.atan2(direction[0], direction[1])) % 360.0,
    )  # fmt: skip


def _nearest_label(vertices: FloatArray, labels: list[tuple[FloatArray, str]]) -> tuple[str, float] | None:
    """Name and station of the text nearest to the box around a line, among texts that hold a station."""
    low, high = vertices[:, :2].min(axis=0), vertices[:, :2].max(axis=0)
    best: tuple[float, str, float] | None = None
    for spot, text in labels:
        parsed = _label(text)
        if parsed is None:
            continue
        gap = np.maximum(np.maximum(low - spot[:2], spot[:2] - high), 0.0)
        distance = float(np.hypot(*gap))
        if best is None or distance < best[0]:
            best = (distance, *parsed)
    return None if best is None else best[1:]


def _label(text: str) -> tuple[str, float] | None:
    """Name and station out of "2-2 K0+020", "K0+020" or "2-2 20.0"."""
    words = narrowed(text).split()
    if not words or len(text) > 200:
        return None
    for i, word in enumerate(words):
        if _STATION.fullmatch(word):
            name = " ".join(words[:i] + words[i + 1 :]) or word
            return name, parse_station(word) or 0.0
    station = parse_station(words[-1]) if len(words) > 1 else None
    return None if station is None else (" ".join(words[:-1]), station)
