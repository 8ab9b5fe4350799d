"""The ground of a plan: contours with their levels, spot levels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from shapely import LineString, Polygon, STRtree

from slopedesign.drawings.content import PlanContent, Points
from slopedesign.drawings.phrases import level
from slopedesign.drawings.sheet import Box, Spot, View, text_corners
from slopedesign.drawings.text import SMALLEST as SMALL
from slopedesign.drawings.text import text_width

INDEX_EVERY = 5


class PlanGround:
    """Draws contours and spot levels of a plan.

    Args:
        cut: what is cut away, on paper; the ground there is drawn lighter and without levels.
        hidden: what covers the ground, such as the north arrow.
        used: layers drawn on, for the legend.
    """

    def __init__(
        self, content: PlanContent, view: View, window: Box, cut: Any, hidden: Polygon, used: set[str]
    ) -> None:
        self.content, self.sheet, self.view, self.window = content, view.sheet, view, window
        self.cut, self.hidden, self.used = cut, hidden, used

    def pieces(self) -> list[tuple[float, bool, Points]]:
        """The contours on paper within the window: level, whether an index line, points."""
        interval = self.content.interval
        found = []
        for contour in self.content.contours:
            index = is_index(contour.level, interval)
            shown = self.view.paper(contour.points)
            for piece, _ in self.view._clipped(shown, None, False):
                if len(piece) > 1:
                    line = shapely.simplify(LineString(piece), 0.03)
                    found.append((contour.level, index, np.array(line.coords)))
        return found

    def contours(self, pieces: list[tuple[float, bool, Points]]) -> None:
        """Index lines get their level every 15 cm, the top of the figures uphill, the line broken under them."""
        holes: dict[int, list[Polygon]] = {}
        by_level: dict[float, list[LineString]] = {}
        for at, _, points in pieces:
            by_level.setdefault(at, []).append(LineString(points))
        lines = [LineString(points) for _, _, points in pieces]
        self.sheet._ink += lines
        self.sheet._tree = None
        for i, (at, index, _) in enumerate(pieces):
            if not index or lines[i].length < 40:
                continue
            for share in self._label_shares(lines[i].length):
                label = self._level_label(lines[i], share, at, by_level)
                if label is not None:
                    holes.setdefault(i, []).append(label)
        for i, (at, index, _) in enumerate(pieces):
            rest = lines[i]
            for hole in (*holes.get(i, ()), self.hidden):
                rest = rest.difference(hole)
            outside, inside = (
                (rest.difference(self.cut), rest.intersection(self.cut)) if not self.cut.is_empty else (rest, None)
            )
            self._contour(outside, "contour_index" if index else "contour", at)
            if inside is not None:
                self._contour(inside, "contour_cut", at)

    def _contour(self, line: Any, layer: str, at: float) -> None:
        for part in shapely.get_parts(shapely.line_merge(line) if line.geom_type == "MultiLineString" else line):
            if part.geom_type == "LineString" and part.length > 0.05:
                self.sheet.line(layer, np.array(part.coords), zs=at, avoid=False)
                self.used.add(layer)

    @staticmethod
    def _label_shares(length: float) -> Iterator[list[float]]:
        count = max(1, round(length / 150))
        for i in range(count):
            middle = (i + 0.5) / count
            yield [middle + d / length for d in (0, 6, -6, 12, -12, 20, -20, 30, -30) if 0 < middle + d / length < 1]

    def _level_label(
        self, line: LineString, shares: list[float], at: float, by_level: dict[float, list[LineString]]
    ) -> Polygon | None:
        words = f"{at:.0f}" if abs(at - round(at)) < 1e-9 else f"{at:g}"
        width = text_width(words, SMALL)
        best: tuple[float, float, tuple[float, float]] | None = None
        for share in shares:
            p = line.interpolate(share, normalized=True)
            a, b = (line.interpolate(share * line.length + d) for d in (-width / 2, width / 2))
            straight = math.hypot(b.x - a.x, b.y - a.y)
            if straight < 0.93 * width or self.cut.distance(p) == 0:
                continue
            turn = math.degrees(math.atan2(b.y - a.y, b.x - a.x))
            turn = _uphill(p, turn, self._higher(at, by_level))
            corners = text_corners((p.x, p.y), words, SMALL, turn, "center", "middle")
            if not self.sheet.is_free(corners, self.window):
                continue
            cost = self.sheet.lines_met(corners) + (1 - straight / width) * 10
            if best is None or cost < best[0]:
                best = (cost, turn, (p.x, p.y))
        if best is None or best[0] > 3:
            return None
        _, turn, place = best
        self.sheet.text("contour_label", place, words, SMALL, halign="center", valign="middle", rotation=turn)
        return Polygon(text_corners(place, words, SMALL, turn, "center", "middle"))

    def _higher(self, at: float, by_level: dict[float, list[LineString]]) -> list[LineString]:
        above = [key for key in by_level if key > at + 1e-9]
        return by_level[min(above)] if above else []

    def spots(self) -> None:
        """Spot levels, at most one every four centimetres, outside the cut."""
        points = self.content.spots
        if not len(points):
            return
        shown = self.view.paper(points)
        taken: set[tuple[int, int]] = set()
        for (x, y), z in zip(shown, points[:, 2], strict=True):
            cell = (int(x // 40), int(y // 40))
            if cell in taken or not self.window.inset(3).holds(np.array([(x, y)])):
                continue
            if shapely.intersects_xy(self.cut, x, y):
                continue
            spots = [Spot((x + 1.2, y), "left", "middle"), Spot((x - 1.2, y), "right", "middle")]
            if self.sheet.label("spot", level(z), spots, SMALL, within=self.window, most=1.0):
                self.sheet.circle("spot", (float(x), float(y)), 0.3)
                taken.add(cell)
                self.used.add("spot")


def is_index(at: float, interval: float) -> bool:
    """Whether a contour level is an index line: every fifth, counted from zero."""
    return abs(at / (interval * INDEX_EVERY) - round(at / (interval * INDEX_EVERY))) < 1e-6


def _uphill(p: shapely.Point, turn: float, higher: Sequence[LineString]) -> float:
    """The rotation that puts the top of a text towards the next higher contour."""
    if higher:
        tree = STRtree(higher)
        nearest = higher[int(tree.nearest(p))]
        toward = nearest.interpolate(nearest.project(p))
        across = math.radians(turn + 90)
        if (toward.x - p.x) * math.cos(across) + (toward.y - p.y) * math.sin(across) < 0:
            turn += 180
    return (turn + 180) % 360 - 180
