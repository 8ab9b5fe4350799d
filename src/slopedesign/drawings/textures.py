"""Materials drawn as lines: stones, gravel, soil, rock. Reproducible: the same outline gets the same texture.

Hatch patterns differ from reader to reader; lines do not.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from shapely import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from slopedesign.drawings.sheet import Points, Sheet


def stones(
    sheet: Sheet, outline: ArrayLike, size: float = 7.0, layer: str = "wall_fill", mortar: float = 0.5,
    holes: Sequence[ArrayLike] = (),
) -> None:  # fmt: skip
    """Rubble masonry: rough courses of uneven stones with mortar between them [mm], sparing holes."""
    wall: BaseGeometry = Polygon(np.asarray(outline, dtype=float)[:, :2])
    for hole in holes:
        wall = wall.difference(Polygon(np.asarray(hole, dtype=float)[:, :2]))
    sheet.shade(outline, holes)
    draw = random.Random(20100)
    x0, y0, x1, y1 = wall.bounds
    y = y0
    while y < y1:
        course = size * draw.uniform(0.65, 0.95)
        if y1 - (y + course) < 0.4 * size:
            course = y1 - y
        x = x0 - size * draw.uniform(0.0, 1.0)
        while x < x1:
            length = size * draw.uniform(0.8, 1.9)
            stone = _stone(x, y, length, course, mortar, draw).intersection(wall.buffer(-mortar / 2))
            for piece in _polygons(stone):
                if piece.area > 0.08 * size * size:
                    sheet.line(layer, np.array(piece.exterior.coords)[:-1], closed=True, avoid=False)
            x += length
        y += course


def _stone(x: float, y: float, length: float, height: float, mortar: float, draw: random.Random) -> Polygon:
    m = mortar / 2
    j = 0.2 * height
    left, right, low, high = x + m, x + length - m, y + m, y + height - m
    c = 0.24 * height
    return Polygon(
        [
            (left + c, low + draw.uniform(0, j)), (right - c, low + draw.uniform(0, j)),
            (right - draw.uniform(0, j), low + c), (right - draw.uniform(0, j), high - c),
            (right - c, high - draw.uniform(0, j)), (left + c, high - draw.uniform(0, j)),
            (left + draw.uniform(0, j), high - c), (left + draw.uniform(0, j), low + c),
        ]
    ).buffer(0)  # fmt: skip


def gravel(sheet: Sheet, outline: ArrayLike, size: float = 1.6, layer: str = "fill") -> None:
    """A filter of gravel: circles of two sizes."""
    area = Polygon(np.asarray(outline, dtype=float)[:, :2]).buffer(-size * 0.55)
    if area.is_empty:
        return
    draw = random.Random(16)
    x0, y0, x1, y1 = area.bounds
    row = 0
    y = y0
    while y <= y1 + 1e-9:
        x = x0 + (size * 0.6 if row % 2 else 0.0)
        while x <= x1 + 1e-9:
            at = (x + draw.uniform(-0.15, 0.15) * size, y + draw.uniform(-0.15, 0.15) * size)
            if area.covers(Point(at)):
                sheet.circle(layer, at, size * draw.choice((0.28, 0.4)))
            x += size * 1.25
        y += size * 1.1
        row += 1


def soil(sheet: Sheet, outline: ArrayLike, spacing: float = 5.0, layer: str = "fill") -> None:
    """Planting soil: short strokes and dots, in uneven rows."""
    area = Polygon(np.asarray(outline, dtype=float)[:, :2]).buffer(-0.6)
    if area.is_empty:
        return
    draw = random.Random(7)
    x0, y0, x1, y1 = area.bounds
    y, row = y0 + spacing * 0.3, 0
    while y < y1:
        x = x0 + spacing * (0.2 if row % 2 else 0.7)
        while x < x1:
            px, py = x + draw.uniform(-0.2, 0.2) * spacing, y + draw.uniform(-0.1, 0.1) * spacing
            if (row + round(x / spacing)) % 2:
                stroke = LineString([(px, py), (px + 1.6, py)])
                if area.covers(stroke):
                    sheet.line(layer, list(stroke.coords), avoid=False)
            elif area.covers(Point(px, py)):
                sheet.circle(layer, (px, py), 0.15)
            x += spacing
        y += spacing * 0.6
        row += 1


def ground_ticks(sheet: Sheet, line: ArrayLike, layer: str = "ground", spacing: float = 9.0, size: float = 2.4) -> None:
    """Natural ground under a line: groups of three slanting strokes below it (the line runs left to right)."""
    path = LineString(np.asarray(line, dtype=float)[:, :2])
    at = spacing / 2
    while at + 2 < path.length:
        for shift in (0.0, 1.1, 2.2):
            a, b = path.interpolate(at + shift), path.interpolate(min(at + shift + 0.2, path.length))
            turn = math.atan2(b.y - a.y, b.x - a.x)
            way = turn - math.radians(135)
            sheet.line(
                layer, [(a.x, a.y), (a.x + size * math.cos(way), a.y + size * math.sin(way))], avoid=False,
                linetype="CONTINUOUS", lineweight=13,
            )  # fmt: skip
        at += spacing


def grass(sheet: Sheet, line: ArrayLike, layer: str = "cover", spacing: float = 6.0, size: float = 2.2) -> None:
    """Planting on a soil surface: tufts of three blades."""
    path = LineString(np.asarray(line, dtype=float)[:, :2])
    at = spacing / 2
    while at < path.length:
        p = path.interpolate(at)
        for lean in (-0.5, 0.0, 0.5):
            sheet.line(layer, [(p.x, p.y), (p.x + size * lean, p.y + size * (1 - abs(lean) * 0.4))], avoid=False,
                       lineweight=13)  # fmt: skip
        at += spacing


def break_line(
    sheet: Sheet, a: tuple[float, float], b: tuple[float, float], layer: str = "text", size: float = 1.6
) -> None:
    """A break mark across a body that goes on: a straight line with a zigzag in its middle."""
    p, q = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    length = float(np.hypot(*(q - p)))
    if length < 4 * size:
        sheet.line(layer, [p, q], avoid=False)
        return
    u = (q - p) / length
    n = np.array((-u[1], u[0]))
    m = (p + q) / 2
    sheet.line(
        layer, [p - u * 2, m - u * size, m - u * size / 2 + n * size * 1.4, m + u * size / 2 - n * size * 1.4,
                m + u * size, q + u * 2], avoid=False, lineweight=18,
    )  # fmt: skip


def clipped(outline: ArrayLike, x0: float, x1: float, y0: float = -1e6, y1: float = 1e6) -> Points:
    """The part of an area within an upright window; empty (0, 2) where nothing is left."""
    area = Polygon(np.asarray(outline, dtype=float)[:, :2]).intersection(box(x0, y0, x1, y1))
    pieces = _polygons(area)
    if not pieces:
        return np.zeros((0, 2))
    largest = max(pieces, key=lambda piece: piece.area)
    return np.array(largest.exterior.coords)[:-1]


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    if shape.is_empty:
        return []
    if isinstance(shape, Polygon):
        return [shape]
    return [piece for piece in getattr(shape, "geoms", ()) if isinstance(piece, Polygon)]
