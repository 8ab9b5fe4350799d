"""The check ladder of a DXF file: what ezdxf's audit finds, and what it lets through.

audit passes coordinates that are not numbers, handles that reach the seed, layer names other programs refuse and text
outside the code page; one of these is enough for a CAD program to refuse the file or show question marks.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ezdxf
from ezdxf.document import Drawing
from ezdxf.entities import DXFEntity

from slopedesign.drawings.layers import FORBIDDEN_IN_NAMES
from slopedesign.drawings.text import in_gbk
from slopedesign.i18n import Message, message

ALLOWED = frozenset(
    {"LINE", "LWPOLYLINE", "POLYLINE", "VERTEX", "SEQEND", "ARC", "CIRCLE", "POINT", "SOLID", "HATCH", "TEXT", "ATTRIB",
     "ATTDEF", "DIMENSION", "INSERT"}
)  # fmt: skip
"""Entities every reader at hand shows as drawn."""


@dataclass(frozen=True)
class Problem:
    """One fault of a file: where, and what."""

    where: str
    what: Message

    def __str__(self) -> str:
        return f"{self.where}: {self.what.render('en')}"


def check_file(path: Path) -> list[Problem]:
    """All faults of a written file; empty when it is sound."""
    doc = ezdxf.readfile(path)
    return check_document(doc, seed=_written_seed(path), handles=_written_handles(path))


def check_document(doc: Drawing, seed: int | None = None, handles: Iterable[str] = ()) -> list[Problem]:
    """All faults of a document; `seed` and `handles` are those of its file, where it was read from one."""
    problems = list(_geometry(doc))
    problems += _entities(doc)
    problems += _texts(doc)
    problems += _tables(doc)
    problems += _header(doc)
    problems += _handles(seed, list(handles))
    auditor = doc.audit()
    problems += [Problem("audit", message("drawings.check.audit", text=e.message)) for e in auditor.errors]
    problems += [Problem("audit", message("drawings.check.audit", text=e.message)) for e in auditor.fixes]
    return problems


def _all_entities(doc: Drawing) -> Iterator[DXFEntity]:
    for layout in (*doc.layouts, *doc.blocks):
        for entity in layout:
            yield entity
            yield from getattr(entity, "attribs", ())


def _named(entity: DXFEntity) -> str:
    return f"{entity.dxftype()} #{entity.dxf.handle}"


def _numbers(entity: Any) -> Iterator[float]:
    for value in entity.dxf.all_existing_dxf_attribs().values():
        if isinstance(value, float):
            yield value
        elif hasattr(value, "xyz"):
            yield from value.xyz
        elif hasattr(value, "x") and hasattr(value, "y"):
            yield from (value.x, value.y)
    match entity.dxftype():
        case "LWPOLYLINE":
            for point in entity.get_points():
                yield from point
        case "POLYLINE":
            for vertex in entity.vertices:
                yield from vertex.dxf.location.xyz
        case "HATCH":
            for path in entity.paths:
                for vertex in getattr(path, "vertices", ()):
                    yield from vertex


def _geometry(doc: Drawing) -> Iterator[Problem]:
    for entity in _all_entities(doc):
        if not all(math.isfinite(number) for number in _numbers(entity)):
            yield Problem(_named(entity), message("drawings.check.not_finite"))


def _entities(doc: Drawing) -> Iterator[Problem]:
    blocks = {block.name for block in doc.blocks}
    styles = {style.dxf.name for style in doc.styles}
    layers = {layer.dxf.name for layer in doc.layers}
    for entity in _all_entities(doc):
        if entity.dxftype() not in ALLOWED and not _is_dimension_part(entity):
            yield Problem(_named(entity), message("drawings.check.entity"))
        if entity.dxf.hasattr("layer") and entity.dxf.layer not in layers | {"0", "DEFPOINTS", "Defpoints"}:
            yield Problem(_named(entity), message("drawings.check.layer_missing", name=entity.dxf.layer))
        if (
            entity.dxf.hasattr("style")
            and entity.dxftype() in {"TEXT", "ATTRIB", "ATTDEF"}
            and (entity.dxf.style not in styles)
        ):
            yield Problem(_named(entity), message("drawings.check.style_missing", name=entity.dxf.style))
        if entity.dxftype() == "INSERT" and entity.dxf.name not in blocks:
            yield Problem(_named(entity), message("drawings.check.block_missing", name=entity.dxf.name))


def _is_dimension_part(entity: Any) -> bool:
    """Dimension blocks of ezdxf carry their text as MTEXT; they are redrawn by every CAD program."""
    layout = entity.get_layout()
    return entity.dxftype() == "MTEXT" and layout is not None and str(getattr(layout, "name", "")).startswith("*D")


def _texts(doc: Drawing) -> Iterator[Problem]:
    for entity in _all_entities(doc):
        for name in ("text", "tag"):
            if entity.dxf.is_supported(name) and isinstance(entity.dxf.get(name), str):
                written = entity.dxf.get(name)
                if not in_gbk(written) or "\n" in written:
                    yield Problem(_named(entity), message("drawings.check.text", text=written))
                if re.search(r"%%[^cdpCDP%]", written):
                    yield Problem(_named(entity), message("drawings.check.code", text=written))


def _tables(doc: Drawing) -> Iterator[Problem]:
    names = [layer.dxf.name for layer in doc.layers]
    for name in names:
        if any(c in FORBIDDEN_IN_NAMES for c in name) or not in_gbk(name):
            yield Problem("LAYER", message("drawings.check.layer_name", name=name))
    for name, times in Counter(name.casefold() for name in names).items():
        if times > 1:
            yield Problem("LAYER", message("drawings.check.layer_name", name=name))


def _header(doc: Drawing) -> Iterator[Problem]:
    header = doc.header
    for name, wanted in (("$INSUNITS", 6), ("$MEASUREMENT", 1), ("$DWGCODEPAGE", "ANSI_936")):
        if header.get(name) != wanted:
            yield Problem(name, message("drawings.check.header", found=header.get(name), wanted=wanted))
    for name in ("$EXTMIN", "$EXTMAX"):
        if any(not math.isfinite(c) or abs(c) >= 1e19 for c in header.get(name, (1e20,))):
            yield Problem(name, message("drawings.check.extents"))
    if not all(0.1 < side < 2.0 for side in header.get("$PLIMMAX", (0.0, 0.0))[:2]):
        yield Problem("$PLIMMAX", message("drawings.check.page", found=header.get("$PLIMMAX")))
    if header.get("$DIMSTYLE") not in doc.dimstyles:
        yield Problem("$DIMSTYLE", message("drawings.check.style_missing", name=header.get("$DIMSTYLE")))


def _handles(seed: int | None, written: list[str]) -> Iterator[Problem]:
    twice = [handle for handle, times in Counter(written).items() if times > 1]
    for handle in twice:
        yield Problem(f"#{handle}", message("drawings.check.handle_twice"))
    if seed is None:
        return
    for handle in written:
        if int(handle, 16) >= seed:
            yield Problem(f"#{handle}", message("drawings.check.handle_seed"))


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode("latin-1").replace("\r\n", "\n").split("\n")


def _written_seed(path: Path) -> int | None:
    lines = _lines(path)
    at = lines.index("$HANDSEED") if "$HANDSEED" in lines else -1
    return int(lines[at + 2], 16) if at >= 0 else None


def _written_handles(path: Path) -> Iterator[str]:
    """Handles of all entities and objects as the file gives them (group 5; 105 for dimension styles)."""
    lines = _lines(path)
    inside, kind = False, ""
    for i in range(0, len(lines) - 1, 2):
        code, value = lines[i].strip(), lines[i + 1].strip()
        if code == "0":
            kind = value
        if code == "2" and kind == "SECTION":
            inside = value in {"TABLES", "BLOCKS", "ENTITIES", "OBJECTS"}
        if inside and ((code == "5" and kind != "DIMSTYLE") or (code == "105" and kind == "DIMSTYLE")):
            yield value
