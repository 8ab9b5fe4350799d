"""Signs of Chinese engineering drawings: level marks, section marks, north arrow, hachures, rulers, legends.

All sizes are millimetres of paper.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Polygon

from slopedesign.drawings.sheet import Box, Points, Sheet, Spot
from slopedesign.drawings.text import TITLE, text_width

NORTH_RADIUS, NORTH_TAIL = 12.0, 3.0


def north_arrow(sheet: Sheet, center: tuple[float, float], north: str) -> Box:
    """A north arrow: circle of 24 mm, tail of 3 mm; north is up on every plan."""
    x, y = center
    r, tail = NORTH_RADIUS, NORTH_TAIL
    box = Box(x - r, y - r, x + r, y + r + 7)
    sheet.reserve(box, north)
    sheet.circle("text", center, r)
    low = math.sqrt(r * r - tail * tail / 4)
    tip, left, right = (x, y + r), (x - tail / 2, y - low), (x + tail / 2, y - low)
    sheet.solid("text", [tip, left, right])
    sheet.line("text", [tip, left, right], closed=True)
    sheet.text("text", (x, y + r + 1.2), north, 4.0, halign="center", style=TITLE, inside=True)
    return box


def level_mark(
    sheet: Sheet, tip: tuple[float, float], content: str, *, layer: str = "dimension", height: float = 2.5,
    reach: float = 3.0,
) -> bool:  # fmt: skip
    """A level mark: a right-angled triangle of 3 mm on the level line, and its level; turned where there is no room.

    It stands off hatched areas if it can, then across as few lines as it can.

    Returns:
        whether room for it was found.
    """
    x, y = tip
    size, width = 3.0, text_width(content, height) + 1.0
    best: tuple[tuple[bool, int], int, int] | None = None
    for up, side in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        room = _level_room(x, y, up, side, size, width, height)
        if sheet.is_free(room.corners):
            inner = room.inset(0.3).corners
            met = sheet.shaded(inner), sheet.lines_met(inner)
            if best is None or met < best[0]:
                best = (met, up, side)
    if best is None:
        return False
    _, up, side = best
    sheet.reserve(_level_room(x, y, up, side, size, width, height), content)
    top = y + up * size
    text_x = x - side * size * 0.4
    sheet.line(layer, [(x, y), (x - side * size, top), (text_x + side * width, top)])
    sheet.line(layer, [(x, y), (x + side * size, top)])
    sheet.line(layer, [(x - reach, y), (x + reach, y)], avoid=False)
    text_y = top + 0.8 if up > 0 else top - 0.8 - height
    sheet.text(layer, (text_x, text_y), content, height, halign="left" if side > 0 else "right", inside=True)
    return True


def _level_room(x: float, y: float, up: int, side: int, size: float, width: float, height: float) -> Box:
    """Room of a level mark with its text above (or below) the triangle's base."""
    top = y + up * size
    low, high = sorted((y, top + up * (0.8 + 1.2 * height)))
    x0, x1 = sorted((x - side * size, x - side * size * 0.4 + side * width))
    return Box(min(x0, x - size), low, max(x1, x + size), high)


def section_mark(sheet: Sheet, start: tuple[float, float], end: tuple[float, float], name: str, within: Box) -> None:
    """Cutting-plane marks at both ends of a section line: a thick stroke along it, one across, and the number.

    The number stands on the side one looks towards: to the left walking from start to end, as the section is drawn.
    """
    a, b = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    length = float(np.hypot(*(b - a)))
    if length < 1e-9:
        return
    along = (b - a) / length
    across = np.array((-along[1], along[0]))
    stroke = min(8.0, length / 3)
    for at, way in ((a, along), (b, -along)):
        sheet.line("section_line", [at, at + way * stroke], lineweight=70, linetype="CONTINUOUS")
        sheet.line("section_line", [at, at + across * 4.0], lineweight=50, linetype="CONTINUOUS")
        spots: list[Spot] = []
        for off in (across * 6.5, -way * 4.0, -across * 4.0, across * 6.5 - way * 3, across * 6.5 - way * 6,
                    -across * 7.0 - way * 4, across * 10.0, -way * 9.0, -across * 9.0 + way * 5):  # fmt: skip
            p = at + off
            spots.append(Spot((float(p[0]), float(p[1])), "center", "middle", cost=0.2 * len(spots)))
        sheet.label("section_line", name, spots, 4.0, style=TITLE, within=within, required=True, crossing=0.3)


def hachures(
    upper: Points, lower: Sequence[Points], spacing: float = 2.5, short: float = 0.4, least: float = 0.4,
    inside: Polygon | None = None,
) -> list[Points]:  # fmt: skip
    """Slope hachures on paper: from the upper line down the fall, alternately long and short.

    Args:
        upper: (n, 2) upper edge of the face, or its whole outline [mm].
        lower: lower edges (n, 2) the strokes run to, each to its nearest point, so that they follow the fall.
        spacing: distance between hachures along the upper edge [mm].
        short: length of a short one as a part of the long one.
        least: shorter strokes are left out [mm].
        inside: strokes that leave this area are left out.

    Returns:
        strokes (2, 2), each beginning on the upper edge.
    """
    crest, toe = LineString(upper), joined(lower)
    if crest.length < spacing or toe.is_empty:
        return []
    count = int(crest.length / spacing)
    along = np.arange(count + 1) * spacing + (crest.length - count * spacing) / 2
    starts = shapely.line_interpolate_point(crest, along)
    links = shapely.get_coordinates(shapely.shortest_line(starts, toe)).reshape(-1, 2, 2)
    if inside is not None:
        links = _first_parts(links, inside)
    lengths = np.hypot(*(links[:, 1] - links[:, 0]).T)
    strokes, long = [], True
    for link in links[lengths > least]:
        strokes.append(np.vstack((link[0], link[0] + (link[1] - link[0]) * (1.0 if long else short))))
        long = not long
    return strokes


def _first_parts(links: Points, area: Polygon) -> Points:
    """Of each link (k, 2, 2), the part inside an area that begins at the link's start; of no length where none does."""
    parts: Any = shapely.intersection(shapely.linestrings(links), area.buffer(0.02))
    cut = links.copy()
    cut[:, 1] = cut[:, 0]
    for i, part in enumerate(parts):
        for piece in shapely.get_parts(part):
            ends = shapely.get_coordinates(piece)
            if len(ends) < 2:
                continue
            away = np.hypot(*(ends - links[i, 0]).T)
            if away.min() < 0.1:
                cut[i, 1] = ends[away.argmax()]
    return cut


def ruler(sheet: Sheet, x: float, y_of: Callable[[float], float], low: float, high: float, step: float) -> Box:
    """A level ruler beside a section: a bar blackened every other step, with the levels."""
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    widest = max(text_width(f"{i * step:.{digits}f}", 2.5) for i in (first, last))
    box = Box(x - widest - 2.5, y_of(first * step) - 2, x + 1.5, y_of(last * step) + 2)
    sheet.reserve(box, "ruler")
    for i in range(first, last + 1):
        y = y_of(i * step)
        sheet.line("dimension", [(x - 1.0, y), (x, y)], avoid=False)
        sheet.text(
            "dimension", (x - 1.8, y), f"{i * step:.{digits}f}", 2.5, halign="right", valign="middle", inside=True
        )
        if i < last:
            top = y_of((i + 1) * step)
            corners = [(x, y), (x + 1.2, y), (x + 1.2, top), (x, top)]
            sheet.line("dimension", corners, closed=True, avoid=False)
            if (i - first) % 2 == 0:
                sheet.solid("dimension", corners)
    return box


def nice_step(span: float, most: int) -> float:
    """The smallest step of 1, 2, 5 x 10^n that divides a span into at most `most` parts."""
    raw = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(raw)) if raw > 0 else 1.0
    return next(power * m for m in (1, 2, 5, 10) if power * m >= raw - 1e-12)


def angle_mark(
    sheet: Sheet, apex: tuple[float, float], angle_deg: float, toward: float, content: str, radius: float = 7.0
) -> bool:
    """An arc from the horizontal to a face rising at `angle_deg`, with its label; `toward` is +1 for one rising right.

    Returns:
        whether room for the label was found (the arc is drawn only then).
    """
    middle = math.radians(angle_deg / 2)
    spots: list[Spot] = []
    for r in (radius + 1.5, radius + 3.0, radius + 5.0):
        x, y = apex[0] + toward * r * math.cos(middle), apex[1] + r * math.sin(middle)
        spots.append(Spot((x, y), "left" if toward > 0 else "right", "middle", cost=0.1 * len(spots)))
    if sheet.label("dimension", content, spots, 2.5, crossing=1.0, most=1.5) is None:
        return False
    start, end = (0.0, angle_deg) if toward > 0 else (180.0 - angle_deg, 180.0)
    sheet.arc("dimension", apex, radius, start, end)
    sheet.line("dimension", [apex, (apex[0] + toward * (radius + 1.0), apex[1])])
    return True


@dataclass(frozen=True)
class LegendEntry:
    """One sign of the legend: its words, and what draws a sample into a box."""

    label: str
    draw: Callable[[Sheet, Box], None]


def legend(sheet: Sheet, title: str, entries: Sequence[LegendEntry], left: float, top: float, width: float) -> Box:
    """The legend as rows of sample and words, in as many columns as fit; returns the room it takes."""
    sample, row = 16.0, 6.5
    column = max(text_width(entry.label, 2.5) for entry in entries) + sample + 6.0
    columns = max(1, int(width // column))
    rows = math.ceil(len(entries) / columns)
    box = Box(left, top - 8.0 - rows * row, left + width, top)
    sheet.reserve(box, title)
    sheet.text("title", (left, top - 4.0), title, 4.0, valign="middle", style=TITLE, inside=True)
    for i, entry in enumerate(entries):
        x = left + (i // rows) * (width / columns)
        y = top - 8.0 - (i % rows + 0.5) * row
        entry.draw(sheet, Box(x, y - 1.8, x + sample, y + 1.8))
        sheet.text("text", (x + sample + 2.5, y), entry.label, 2.5, valign="middle", inside=True)
    return box


def line_sample(layer: str) -> Callable[[Sheet, Box], None]:
    """A legend sample: a line of the layer."""

    def draw(sheet: Sheet, box: Box) -> None:
        y = (box.y0 + box.y1) / 2
        sheet.line(layer, [(box.x0, y), (box.x1, y)], avoid=False)

    return draw


def hachure_sample(sheet: Sheet, box: Box) -> None:
    """A legend sample: crest, toe and hachures between them."""
    crest = np.array([(box.x0, box.y1), (box.x1, box.y1)])
    toe = np.array([(box.x0, box.y0), (box.x1, box.y0)])
    sheet.line("crest", crest, avoid=False)
    sheet.line("toe", toe, avoid=False)
    for stroke in hachures(crest, [toe], 2.0):
        sheet.line("hachure", stroke, avoid=False)


def joined(lines: Sequence[Points]) -> MultiLineString:
    """Several polylines as one geometry."""
    return MultiLineString([line[:, :2] for line in lines if len(line) > 1])
