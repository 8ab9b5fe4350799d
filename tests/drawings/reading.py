"""What tests read back from sheets written to DXF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from ezdxf.document import Drawing

from slopedesign.drawings.document import arrange, build_document
from slopedesign.drawings.layers import layer_table
from slopedesign.drawings.sheet import Points, Sheet
from slopedesign.drawings.text import shown_text


def document(sheets: Sequence[Sheet]) -> Drawing:
    """The sheets as one document."""
    return build_document(sheets)


def polygons(doc: Drawing, sheets: Sequence[Sheet], number: int, layer: str) -> Iterator[Points]:
    """Closed polylines of a layer on one sheet, in model metres from the sheet's corner."""
    sheet, origin = sheets[number], arrange(sheets)[number]
    width = sheet.paper.width * sheet.unit
    for entity in doc.modelspace().query("LWPOLYLINE"):
        if not entity.closed or entity.dxf.layer != layer_table().name(layer):
            continue
        points = np.array([(x, y) for x, y, *_ in entity.get_points()]) - origin
        if points[:, 0].min() >= 0 and points[:, 0].max() <= width:
            yield points


def lines(doc: Drawing, sheets: Sequence[Sheet], number: int, layer: str) -> Iterator[Points]:
    """Open polylines and lines of a layer on one sheet, in model metres from the sheet's corner."""
    sheet, origin = sheets[number], arrange(sheets)[number]
    width = sheet.paper.width * sheet.unit
    for entity in doc.modelspace().query("LWPOLYLINE LINE"):
        if entity.dxf.layer != layer_table().name(layer):
            continue
        if entity.dxftype() == "LINE":
            points = np.array([entity.dxf.start.vec2, entity.dxf.end.vec2]) - origin
        elif not entity.closed:
            points = np.array([(x, y) for x, y, *_ in entity.get_points()]) - origin
        else:
            continue
        if points[:, 0].min() >= 0 and points[:, 0].max() <= width:
            yield points


def area(points: Points) -> float:
    """Area of a polygon."""
    x, y = points.T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y))) / 2


def length(points: Points) -> float:
    """Length of a polyline."""
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def texts(doc: Drawing) -> list[str]:
    """Every text of a document, as a reader sees it."""
    return [shown_text(entity.dxf.text) for entity in doc.modelspace().query("TEXT")]


def nothing_collides(sheets: Sequence[Sheet]) -> None:
    """No two things want the same room, nothing leaves its frame."""
    for sheet in sheets:
        assert not sheet.conflicts, (sheet.title, sheet.conflicts[:3])
        for item in sheet.items:
            points = getattr(item, "points", None)
            if points is not None:
                assert sheet.frame.holds(np.atleast_2d(points), 0.05), (sheet.title, item)
