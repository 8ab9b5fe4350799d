"""The tags of a DXF file, text or binary, gathered into entities one after the other."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np

from slopedesign.errors import SurveyError
from slopedesign.i18n import message
from slopedesign.survey.files import encoding_of, head, opened, row_blocks
from slopedesign.survey.model import FloatArray
from slopedesign.survey.report import Findings, Severity

Tag = tuple[int, str, int]
"""Group code, value, row of the value."""

MAX_TAGS = 6_000_000
"""Most tags of one entity with its vertices: a polyline of two million vertices."""

SENTINEL = b"AutoCAD Binary DXF\r\n\x1a\x00"
_ESCAPED = re.compile(r"\\U\+([0-9A-Fa-f]{4})")
_MTEXT = re.compile(r"\\[A-Za-z][^;\\]*;|[{}]")


@dataclass
class Entity:
    """One entity: its tags, and those of the vertices and attributes that belong to it."""

    kind: str
    row: int
    section: str = ""
    block: str = ""
    tags: list[Tag] = field(default_factory=list)
    parts: list[Entity] = field(default_factory=list)

    def text_of(self, code: int) -> str:
        """First value of a group code, "" where it is missing."""
        return next((value for c, value, _ in self.tags if c == code), "")

    def whole(self, code: int) -> int:
        """First value of a group code as an integer, 0 where it is missing or no number."""
        try:
            return int(self.text_of(code))
        except ValueError:
            return 0

    def number(self, code: int, default: float = 0.0) -> float:
        """First value of a group code; NaN where it is no number."""
        text = self.text_of(code)
        return to_float(text) if text else default

    def point(self, code: int) -> FloatArray | None:
        """Coordinates at codes c, c + 10, c + 20; None without the first two, level 0 where it is missing."""
        x, y = self.text_of(code), self.text_of(code + 10)
        if not x or not y:
            return None
        return np.array([to_float(x), to_float(y), self.number(code + 20)])

    @property
    def layer(self) -> str:
        """Layer name, escapes resolved."""
        return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), self.text_of(8)).strip() or "0"

    @property
    def handle(self) -> str:
        """Handle in hexadecimal, as CAD shows it."""
        return self.text_of(5).strip()

    @property
    def name(self) -> str:
        """Block name of an INSERT."""
        return self.text_of(2)

    @property
    def paper(self) -> bool:
        """Whether it lies in paper space."""
        return self.whole(67) == 1

    @property
    def extrusion(self) -> FloatArray:
        """Normal of the plane the entity is drawn in."""
        return np.array([self.number(210), self.number(220), self.number(230, 1.0)])

    @property
    def title(self) -> str:
        """Type, handle and layer, to find it in the drawing."""
        return f"{self.kind} {self.handle} ({self.layer})"

    @property
    def text(self) -> str:
        """Content of a TEXT or MTEXT without formatting."""
        parts = [value for code, value, _ in self.tags if code in (3, 1)]
        return _MTEXT.sub("", "".join(parts)).strip()

    @property
    def attributes(self) -> list[str]:
        """Contents of the attributes of an INSERT."""
        return [part.text_of(1).strip() for part in self.parts if part.kind == "ATTRIB"]


def to_float(text: str) -> float:
    """A coordinate of a tag; NaN where it is no plain number."""
    try:
        return float(text) if "_" not in text and text.isascii() else float("nan")
    except ValueError:
        return float("nan")


def entities(path: Path, encoding: str, findings: Findings) -> Iterator[Entity]:
    """Entities of all sections in file order; VERTEX and ATTRIB come as parts of their POLYLINE or INSERT.

    A file that breaks off is reported and read as far as it goes.

    Raises:
        SurveyError: the rows are no tags, so this is no DXF.
    """
    section = block = ""
    owner: Entity | None = None
    held = 0
    for entity in _plain_entities(path, encoding):
        kind = entity.kind
        entity.section, entity.block = section, block
        if owner is not None and kind in ("VERTEX", "ATTRIB"):
            owner.parts.append(entity)
            held += len(entity.tags) + 4
            if held > MAX_TAGS:
                raise SurveyError(path, message("survey.error.dxf_entity", row=owner.row, limit=MAX_TAGS))
            continue
        if owner is not None:
            yield owner
            owner = None
        if kind == "EOF":
            return
        if kind == "SECTION":
            section = entity.text_of(2).strip().upper()
        elif kind == "BLOCK":
            block = entity.text_of(2)
        elif kind == "ENDBLK":
            block = ""
        elif kind == "POLYLINE" or (kind == "INSERT" and entity.whole(66) == 1):
            owner, held = entity, 0
        elif kind not in ("ENDSEC", "SEQEND"):
            yield entity
    if owner is not None:
        yield owner
    findings.add("truncated", None, severity=Severity.WARNING)


def _plain_entities(path: Path, encoding: str) -> Iterator[Entity]:
    current: Entity | None = None
    for tag in tags(path, encoding):
        if tag[0] == 0:
            if current is not None:
                yield current
            current = Entity(tag[1].strip().upper(), tag[2])
        elif current is not None:
            current.tags.append(tag)
            if len(current.tags) > MAX_TAGS:
                raise SurveyError(path, message("survey.error.dxf_entity", row=current.row, limit=MAX_TAGS))
    if current is not None:
        yield current


def tags(path: Path, encoding: str) -> Iterator[Tag]:
    """All tags of the file, comments left out."""
    if head(path, len(SENTINEL)) == SENTINEL:
        yield from _binary_tags(path, encoding)
        return
    row, code = 0, ""
    waiting = True
    for rows in row_blocks(path, encoding):
        for text in rows:
            row += 1
            if waiting:
                code, waiting = text, False
                continue
            waiting = True
            try:
                number = int(code)
            except ValueError:
                raise SurveyError(path, message("survey.error.dxf_tags", row=row - 1, value=code[:40])) from None
            if number != 999:
                yield number, text, row


def _binary_tags(path: Path, encoding: str) -> Iterator[Tag]:
    with opened(path) as file:
        file.seek(len(SENTINEL))
        row = 0
        while len(raw := file.read(2)) == 2:
            row += 1
            code = struct.unpack("<h", raw)[0]
            value = _binary_value(path, file, code, encoding, row)
            if value is None:
                return
            yield code, value, row


def _binary_value(path: Path, file: BinaryIO, code: int, encoding: str, row: int) -> str | None:
    """One value of a binary tag as text, None where the file breaks off."""
    layout = _binary_layout(code)
    if layout is None:
        raise SurveyError(path, message("survey.error.dxf_tags", row=row, value=code))
    if layout == "text":
        return _zero_ended(file, encoding)
    if layout == "chunk":
        size = file.read(1)
        return file.read(size[0]).hex() if size else None
    size_of = struct.calcsize(layout)
    data = file.read(size_of)
    return str(struct.unpack(layout, data)[0]) if len(data) == size_of else None


def _binary_layout(code: int) -> str | None:
    """Type of the value behind a group code. Source: the public DXF reference, group code value types."""
    ranges = (
        (0, 9, "text"), (10, 59, "<d"), (60, 79, "<h"), (90, 99, "<i"), (100, 109, "text"), (110, 149, "<d"),
        (160, 169, "<q"), (170, 179, "<h"), (210, 239, "<d"), (270, 289, "<h"), (290, 299, "<b"), (300, 309, "text"),
        (310, 319, "chunk"), (320, 369, "text"), (370, 389, "<h"), (390, 399, "text"), (400, 409, "<h"),
        (410, 419, "text"), (420, 429, "<i"), (430, 439, "text"), (440, 459, "<i"), (460, 469, "<d"),
        (470, 481, "text"), (999, 1003, "text"), (1004, 1004, "chunk"), (1005, 1009, "text"), (1010, 1059, "<d"),
        (1060, 1070, "<h"), (1071, 1071, "<i"),
    )  # fmt: skip
    return next((kind for low, high, kind in ranges if low <= code <= high), None)


def _zero_ended(file: BinaryIO, encoding: str, most: int = 1 << 16) -> str | None:
    start = file.tell()
    data = file.read(256)
    while b"\0" not in data and len(data) < most:
        more = file.read(4096)
        if not more:
            return None
        data += more
    text, zero, _ = data.partition(b"\0")
    if not zero:
        return None
    file.seek(start + len(text) + 1)
    try:
        return text.decode("utf-8")  # newer drawings; older ones use the code page of the country
    except UnicodeDecodeError:
        return text.decode("gb18030" if encoding == "utf-8" else encoding, "replace")


def header_variables(path: Path, encoding: str) -> dict[str, str]:
    """First value of each header variable."""
    out: dict[str, str] = {}
    name = ""
    for code, value, _ in tags(path, encoding):
        if code == 0 and value.strip() == "ENDSEC":
            break
        if code == 9:
            name = value.strip()
        elif name and name not in out:
            out[name] = value.strip()
    return out


def encoding_of_drawing(path: Path, stated: str) -> str:
    """Encoding by the options, else by the content: UTF-8 where all of it is, else GBK.

    The code page a drawing declares is not asked: many programs write ANSI_936 into UTF-8 files.
    """
    if head(path, len(SENTINEL)) == SENTINEL:
        return {"gbk": "gb18030", "auto": "utf-8"}.get(stated, stated)
    return encoding_of(path, stated)
