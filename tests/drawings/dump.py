"""Reading our own files back: where texts stand, how long and large things are, everything as sorted lines of text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment

from slopedesign.drawings.sheet import text_corners
from slopedesign.drawings.text import shown_text

GOLDEN = Path(__file__).parent / "golden"
ALIGN = {
    TextEntityAlignment.LEFT: ("left", "base"), TextEntityAlignment.CENTER: ("center", "base"),
    TextEntityAlignment.RIGHT: ("right", "base"), TextEntityAlignment.MIDDLE_LEFT: ("left", "middle"),
    TextEntityAlignment.MIDDLE_CENTER: ("center", "middle"), TextEntityAlignment.MIDDLE_RIGHT: ("right", "middle"),
    TextEntityAlignment.TOP_LEFT: ("left", "top"), TextEntityAlignment.TOP_CENTER: ("center", "top"),
    TextEntityAlignment.TOP_RIGHT: ("right", "top"),
}  # fmt: skip


def texts(doc: Drawing) -> Iterator[tuple[Any, str, np.ndarray]]:
    """Every text of model space: entity, what is read, its four corners [m]; dimensions and attributes included."""
    for entity in doc.modelspace():
        found = [entity] if entity.dxftype() == "TEXT" else list(getattr(entity, "attribs", ()))
        for text in found:
            if text.dxf.text.strip():
                align, at, _ = text.get_placement()
                shown = shown_text(text.dxf.text)
                corners = text_corners((at.x, at.y), shown, text.dxf.height, text.dxf.rotation, *ALIGN[align])
                corners = _squeezed(corners, text.dxf.width / doc.styles.get(text.dxf.style).dxf.width)
                yield text, shown, corners
        if entity.dxftype() == "DIMENSION":
            block = doc.blocks.get(entity.dxf.geometry)
            for part in block.query("MTEXT TEXT"):
                if part.dxftype() == "MTEXT":
                    at, height, content = part.dxf.insert, part.dxf.char_height, part.plain_text()
                else:
                    at, height, content = part.get_placement()[1], part.dxf.height, part.dxf.text
                turn = part.get_rotation() if hasattr(part, "get_rotation") else part.dxf.rotation
                yield entity, content, text_corners((at.x, at.y), content, height, turn, "center", "middle")


def _squeezed(corners: np.ndarray, share: float) -> np.ndarray:
    """Corners of a centred text drawn narrower than its style has it."""
    if share == 1:
        return corners
    left, right = (corners[0] + corners[3]) / 2, (corners[1] + corners[2]) / 2
    inward = (right - left) * (1 - share) / 2
    return corners + np.array([inward, -inward, -inward, inward])


def polylines(doc: Drawing, layer: str) -> list[np.ndarray]:
    """Vertices (n, 3) of the polylines of a layer, closed ones with their first vertex repeated."""
    found = []
    for entity in doc.modelspace().query(f'*[layer=="{layer}"]'):
        if entity.dxftype() == "LWPOLYLINE":
            points = [(x, y, entity.dxf.elevation) for x, y in entity.get_points("xy")]
        elif entity.dxftype() == "POLYLINE":
            points = [tuple(v.dxf.location) for v in entity.vertices]
        elif entity.dxftype() == "LINE":
            points = [tuple(entity.dxf.start), tuple(entity.dxf.end)]
        else:
            continue
        if getattr(entity, "closed", False) or getattr(entity, "is_closed", False):
            points.append(points[0])
        found.append(np.array(points))
    return found


def ring_area(points: np.ndarray) -> float:
    """Area within a closed ring (n, 2+)."""
    x, y = points[:, 0] - points[0, 0], points[:, 1] - points[0, 1]
    return float(abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2)


def dump(doc: Drawing, without: tuple[str, ...] = ()) -> str:
    """The entities of model space as sorted lines: layer, type, points to the centimetre of paper, text."""
    lines = []
    for entity in doc.modelspace():
        if entity.dxf.layer in without:
            continue
        lines.append(" ".join(part for part in (entity.dxf.layer, entity.dxftype(), *_facts(entity)) if part))
    return "\n".join(sorted(lines)) + "\n"


def _facts(entity: Any) -> Iterator[str]:
    match entity.dxftype():
        case "LINE":
            yield _points([entity.dxf.start, entity.dxf.end])
        case "LWPOLYLINE":
            yield _points(entity.get_points("xy"))
        case "CIRCLE":
            yield _points([entity.dxf.center]) + f" r={entity.dxf.radius:.4f}"
        case "ARC":
            yield _points([entity.dxf.center]) + f" {entity.dxf.start_angle:.1f}-{entity.dxf.end_angle:.1f}"
        case "TEXT":
            yield _points([entity.get_placement()[1]]) + f" h={entity.dxf.height:.4f} {entity.dxf.text}"
        case "DIMENSION":
            yield _points([entity.dxf.defpoint2, entity.dxf.defpoint3]) + f" = {entity.get_measurement():.4f}"
        case "HATCH":
            yield entity.dxf.pattern_name
        case "INSERT":
            yield " ".join(f"{attrib.dxf.tag}={attrib.dxf.text}" for attrib in entity.attribs)


def _points(points: Any) -> str:
    shown = (f"({p[0]:.3f},{p[1]:.3f})" for p in points)
    return "".join(shown).replace("-0.000", "0.000")


def compare(name: str, text: str) -> None:
    """Compare a dump with the golden one; SLOPEDESIGN_UPDATE_GOLDEN=1 writes it anew."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("SLOPEDESIGN_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs; look at the change, then update it"
