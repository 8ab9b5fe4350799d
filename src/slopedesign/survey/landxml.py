"""Surfaces of LandXML 1.1 to 2.0: points are written north, east, level; faces with i="1" are invisible.

The file is read as a stream. Entity declarations are refused, so that no file can grow while it is read.
"""

from __future__ import annotations

import codecs
import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

import numpy as np

from slopedesign.errors import SurveyError
from slopedesign.i18n import message
from slopedesign.survey.files import BLOCK, checked_file, head, opened
from slopedesign.survey.model import METRES_PER
from slopedesign.survey.options import SurveyOptions
from slopedesign.survey.raw import Raw, RawLine
from slopedesign.survey.report import Findings, Severity

MAX_XML_BYTES = 1 << 29
MAX_DEPTH = 64
MAX_SURFACES = 1000
MAX_ITEMS = 12_000_000  # points, faces and lines
MAX_WORDS, MAX_LIST = 1 << 12, 1 << 26  # longest text of a point or face, and of a coordinate list
MAX_TOKEN = 1 << 25  # longest tag or attribute

_TEXT_OF = frozenset(("P", "F", "PntList3D", "PntList2D", "CgPoint"))
_LINEAR = {"meter": "m", "metre": "m", "foot": "ft", "ussurveyfoot": "us_ft"}
_AREA = {
    "squaremeter": 1.0, "hectare": 1e4, "squarekilometer": 1e6, "squarecentimeter": 1e-4, "squaremillimeter": 1e-6,
    "acre": 4046.8564224,
}  # fmt: skip
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_CHINESE = frozenset(("gbk", "gb2312", "gb18030", "cp936"))


@dataclass
class _Surface:
    """One surface as the file has it; points north, east, level."""

    name: str
    row: int
    ids: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    points: array[float] = field(default_factory=lambda: array("d"))  # three numbers a point
    rows: array[int] = field(default_factory=lambda: array("q"))
    faces: array[int] = field(default_factory=lambda: array("q"))  # three indices a face
    invisible: int = 0
    has_faces: bool = False
    breaklines: list[RawLine] = field(default_factory=list)
    boundaries: list[RawLine] = field(default_factory=list)
    source: list[RawLine] = field(default_factory=list)
    area_2d: float | None = None
    area_3d: float | None = None
    pending: list[tuple[int, list[str]]] = field(default_factory=list)
    mentioned: bool = False

    @property
    def holds_something(self) -> bool:
        return self.mentioned or bool(self.points)


class _Reader:
    """Handlers of the stream; `surfaces` has the name of each, `taken` the one that was wanted."""

    def __init__(self, path: Path, wanted: str, findings: Findings) -> None:
        self.path, self.wanted, self.findings = path, wanted, findings
        self.stack: list[str] = []
        self.text: list[str] | None = None
        self.attributes: dict[str, str] = {}
        self.row = 0
        self.surfaces: list[_Surface] = []
        self.surface: _Surface | None = None
        self.taken: _Surface | None = None
        self.length = self.kept = 0
        self.loose = _Surface("", 0)  # survey points outside any surface
        self.linear = self.area = ""
        self.line_kind = ""
        self.level = float("nan")
        self.parser = expat.ParserCreate()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.stack.append(name)
        if len(self.stack) > MAX_DEPTH:
            raise SurveyError(self.path, message("survey.error.xml_depth", limit=MAX_DEPTH))
        if len(self.stack) == 1 and name != "LandXML":
            raise SurveyError(self.path, message("survey.error.not_landxml", root=name[:40]))
        if name in _TEXT_OF:
            self.text, self.attributes, self.row = [], attributes, self.parser.CurrentLineNumber
            self.length = 0
        elif name in ("Metric", "Imperial"):
            self.linear, self.area = attributes.get("linearUnit", ""), attributes.get("areaUnit", "")
        elif name == "Surface":
            self.surface = _Surface(attributes.get("name", ""), self.parser.CurrentLineNumber)
            self.surfaces.append(self.surface)
            if len(self.surfaces) > MAX_SURFACES:
                raise SurveyError(self.path, message("survey.error.too_many_surfaces", limit=MAX_SURFACES))
        elif name == "Definition" and self.surface is not None:
            self.surface.area_2d = _number(attributes.get("area2DSurf"))
            self.surface.area_3d = _number(attributes.get("area3DSurf"))
        elif name in ("Breakline", "Boundary", "Contour", "DataPoints"):
            self.line_kind = attributes.get("bndType", "outer") if name == "Boundary" else name.casefold()
            self.level = _number(attributes.get("elev")) or 0.0

    def end(self, tag: str) -> None:
        name = self.stack.pop()
        if name == "Surface":
            self._close_surface()
        elif self.text is not None and name in _TEXT_OF:
            words = "".join(self.text).split()
            self.text = None
            if name == "P" and self.surface is not None:
                self._point(self.surface, words, self.attributes.get("id", ""))
            elif name == "F" and self.surface is not None:
                self.surface.has_faces = True
                if self.attributes.get("i") == "1":
                    self.surface.invisible += 1
                elif self._collecting(self.surface):
                    self._face(self.surface, self.row, words)
            elif name == "CgPoint" and words and self.surface is None:
                self._point(self.loose, words, self.attributes.get("name", ""))
            elif name.startswith("PntList") and self.surface is not None:
                self._line(self.surface, words, 3 if name == "PntList3D" else 2)

    def characters(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)
            self.length += len(data)
            if self.length > (MAX_LIST if self.stack[-1].startswith("PntList") else MAX_WORDS):
                raise SurveyError(self.path, message("survey.error.xml_text", row=self.row))

    def refuse(self, *_: object) -> None:
        raise SurveyError(self.path, message("survey.error.xml_entities"))

    def _collecting(self, surface: _Surface) -> bool:
        """Whether the content of this surface is kept: of the named one, else of the first that holds something."""
        if surface is self.loose or surface is self.taken:
            return True
        surface.mentioned = True
        if self.taken is None and (not self.wanted or surface.name == self.wanted):
            self.taken = surface
            return True
        return False

    def _spend(self) -> None:
        """Counts what is kept, so that memory stays bounded."""
        self.kept += 1
        if self.kept > MAX_ITEMS:
            raise SurveyError(self.path, message("survey.error.too_many", limit=MAX_ITEMS))

    def _point(self, surface: _Surface, words: list[str], name: str) -> None:
        if not self._collecting(surface):
            return
        values = _numbers(words)
        if values is None or len(values) < 3:
            self.findings.add("xml_point", self.row, " ".join(words)[:60], name=name)
            return
        self._spend()
        if name in surface.ids:
            self.findings.add("xml_id", self.row, name, severity=Severity.WARNING)
        surface.ids[name] = len(surface.rows)
        surface.names.append(name)
        surface.points.extend(values[:3])
        surface.rows.append(self.row)

    def _line(self, surface: _Surface, words: list[str], size: int) -> None:
        if not self._collecting(surface):
            return
        self._spend()
        values = _numbers(words)
        if values is None or len(values) < 2 * size or len(values) % size:
            self.findings.add("xml_list", self.row, " ".join(words[:6]), severity=Severity.WARNING)
            return
        if self.line_kind == "breakline" and size == 2:
            self.findings.add("flat_breakline", self.row, severity=Severity.WARNING)
            return
        vertices = np.array(values).reshape(-1, size)
        if size == 2:
            vertices = np.column_stack((vertices, np.full(len(vertices), self.level)))
        line = RawLine(vertices=vertices, rows=np.full(len(vertices), self.row, np.int64), kind=self.line_kind)
        if self.line_kind == "datapoints":
            surface.source.append(line)
        elif self.line_kind in ("breakline", "contour"):
            surface.breaklines.append(line)
        else:
            surface.boundaries.append(line)

    def _face(self, surface: _Surface, row: int, words: list[str], *, last: bool = False) -> None:
        """A face of three or four points; one that mentions points yet to come waits for the end of the surface."""
        self._spend()
        corners = [surface.ids.get(word, -1) for word in words]
        if len(corners) not in (3, 4) or (min(corners) < 0 and last):
            self.findings.add("xml_face", row, " ".join(words)[:60])
        elif min(corners) < 0:
            surface.pending.append((row, words))
        else:
            surface.faces.extend(corners[:3])
            if len(corners) == 4:
                surface.faces.extend((corners[0], corners[2], corners[3]))

    def _close_surface(self) -> None:
        surface, self.surface = self.surface, None
        if surface is None:
            return
        waiting, surface.pending = surface.pending, []
        for row, words in waiting:
            self._face(surface, row, words, last=True)
        surface.ids = {}


def read_landxml(path: Path, options: SurveyOptions, findings: Findings) -> Raw:
    """One surface of a LandXML file, or its survey points where it has no surface.

    Raises:
        SurveyError: not well formed, no LandXML, entity declarations, no or several surfaces, an unknown unit.
    """
    checked_file(path, MAX_XML_BYTES)
    reader = _Reader(path, options.surface, findings)
    _parse(path, reader)
    full = [s for s in reader.surfaces if s.holds_something]
    names = tuple(s.name for s in reader.surfaces)
    surface = _choose(path, reader, options.surface, full)
    if surface.has_faces and not surface.faces:
        raise SurveyError(path, message("survey.error.no_faces"))
    unit = _unit(path, reader.linear, options.unit)
    raw = _raw(surface, findings, options, names, unit)
    factor = _area_factor(reader.area, unit)
    if factor is not None:
        raw.declared_area_2d = None if surface.area_2d is None else surface.area_2d * factor
        raw.declared_area_3d = None if surface.area_3d is None else surface.area_3d * factor
    return raw


def _parse(path: Path, reader: _Reader) -> None:
    declared = _DECLARED.match(head(path, 512))
    chinese = declared is not None and declared[1].decode().casefold() in _CHINESE
    decoder = codecs.getincrementaldecoder("gb18030")("replace") if chinese else None
    parser = reader.parser = expat.ParserCreate("utf-8" if chinese else None)
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.EntityDeclHandler = reader.refuse
    feed: Callable[[bytes, bool], object] = parser.Parse
    try:
        with opened(path) as file:
            fed = 0
            while block := file.read(BLOCK):
                feed(decoder.decode(block).encode() if decoder else block, False)
                fed += len(block)
                if not decoder and fed - parser.CurrentByteIndex > MAX_TOKEN:
                    raise SurveyError(path, message("survey.error.xml_text", row=parser.CurrentLineNumber))
            feed(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as reason:
        row = getattr(reason, "lineno", parser.CurrentLineNumber)
        why = expat.ErrorString(reason.code) if isinstance(reason, expat.ExpatError) else str(reason)
        raise SurveyError(path, message("survey.error.xml", row=row, reason=why)) from reason


def _choose(path: Path, reader: _Reader, wanted: str, full: list[_Surface]) -> _Surface:
    listed = ", ".join(s.name for s in reader.surfaces) or "-"
    if wanted:
        chosen = [s for s in reader.surfaces if s.name == wanted]
        if not chosen:
            raise SurveyError(path, message("survey.error.no_surface", wanted=wanted, found=listed))
        if not chosen[0].holds_something:
            raise SurveyError(path, message("survey.error.empty_surface", name=wanted))
        return chosen[0]
    if len(full) > 1:
        raise SurveyError(path, message("survey.error.several_surfaces", found=", ".join(s.name for s in full)))
    if full:
        return full[0]
    if reader.loose.points:
        return reader.loose
    key = "empty_surface" if reader.surfaces else "no_surfaces"
    raise SurveyError(path, message(f"survey.error.{key}", name=listed))


def _raw(surface: _Surface, findings: Findings, options: SurveyOptions, names: tuple[str, ...], unit: str) -> Raw:
    order = [0, 1, 2] if options.column_order == "E,N,Z" else [1, 0, 2]
    points = np.array(surface.points, np.float64).reshape(-1, 3)[:, order]
    rows = np.array(surface.rows, np.int64)
    labels = surface.names
    for line in (*surface.breaklines, *surface.boundaries, *surface.source):
        line.vertices = line.vertices[:, order]
    if not len(points) and surface.source:
        points = np.concatenate([line.vertices for line in surface.source])
        rows = np.concatenate([line.rows for line in surface.source])
        labels = [""] * len(points)
    faces = np.array(surface.faces, np.int64).reshape(-1, 3) if surface.faces else None
    if surface.invisible:
        findings.add("invisible_faces", None, surface.invisible, severity=Severity.INFO)
    lines = surface.breaklines
    if faces is not None and lines:
        findings.add("surface_breaklines", None, len(lines), severity=Severity.INFO)
        lines = []
    return Raw(
        findings=findings, points=points, rows=rows, names=labels, lines=lines, boundaries=surface.boundaries,
        triangles=faces, unit_declared=unit, rows_read=len(points), surface=surface.name, surfaces=names,
    )  # fmt: skip


def _unit(path: Path, linear: str, stated: str) -> str:
    if not linear:
        return ""
    unit = _LINEAR.get(linear.casefold())
    if unit is None and stated == "auto":
        raise SurveyError(path, message("survey.error.unit", unit=linear[:40]))
    return unit or ""


def _area_factor(area: str, unit: str) -> float | None:
    """Square metres of the file's unit of area, None where it is not stated or not known."""
    if area.casefold() == "squarefoot":
        return METRES_PER[unit or "ft"] ** 2
    return _AREA.get(area.casefold())


def _number(text: str | None) -> float | None:
    values = _numbers([text]) if text else None
    return values[0] if values else None


def _numbers(words: list[str]) -> list[float] | None:
    """The words as numbers, None where one is none; NaN and infinity are found by the common checks."""
    try:
        return [float(word) for word in words] if not any("_" in word for word in words) else None
    except ValueError:
        return None
