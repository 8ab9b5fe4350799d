"""The plan: ground contours, benches with hachures, walls, cut boundary, sections, grid, legend, table of works.

Lies in model space at its true coordinates (x east, y north). Where the site does not fit the largest sheet at the
smallest scale allowed, it is cut into tiles: the first lies true, the others beside it, with true grid labels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from shapely import LineString, Polygon, STRtree

from slopedesign.drawings.blocks import block_sheets, table_blocks
from slopedesign.drawings.content import PlanBench, PlanContent, PlanSlope, Points
from slopedesign.drawings.phrases import Phrases, level, number
from slopedesign.drawings.plan_column import PlanColumn
from slopedesign.drawings.plan_format import choose_format, map_window, plan_extent
from slopedesign.drawings.plan_ground import PlanGround
from slopedesign.drawings.plant_signs import plan_dot
from slopedesign.drawings.sheet import Box, Sheet, Spot, View, clip_line, text_corners
from slopedesign.drawings.symbols import (
    hachures,
    north_arrow,
    section_mark,
)
from slopedesign.drawings.tables import Table
from slopedesign.drawings.text import SMALLEST as SMALL
from slopedesign.drawings.text import text_width

GRID_MM = 100.0
PLANT = 0.6
"""Half the size of a plant's sign [mm]."""
LEAST_APART = {"tree": 1.8, "shrub": 2.0}
"""Plants closer than this on paper are not drawn, by form [mm]; rows of climbers lie on the edges of a bench."""


def plan_sheets(content: PlanContent, scale: int | None, paper: str, language: str) -> list[Sheet]:
    """The plan on one sheet, or on tiles.

    Args:
        scale: fixed scale, or None for the largest allowed one at which the site fits a sheet.
        paper: fixed paper size ("A1"), or "auto".
    """
    say = Phrases(language)
    chosen = choose_format(plan_extent(content), scale, paper)
    sheets: list[Sheet] = []
    rest: list[Table] = []
    for number_, corner in enumerate(chosen.windows, 1):
        title = content.title if len(chosen.windows) == 1 else say("plan.tile", title=content.title, number=number_)
        sheet = Sheet(f"PM-{number_:02d}", title, chosen.scale, chosen.paper, say.language)
        window = map_window(sheet)
        if number_ == 1:
            sheet.origin = (corner[0] - window.x0 * sheet.unit, corner[1] - window.y0 * sheet.unit)
        view = View(sheet, corner, (window.x0, window.y0), window)
        left = _Plan(content, sheet, view, window, say).draw(moved=number_ > 1)
        rest = rest or left
        sheets.append(sheet)
    if rest:
        title = say("plan.control_title", title=content.title)
        sheets += block_sheets(
            [block for table in rest for block in table_blocks(table)], code="PM", title=title, scale=chosen.scale,
            language=say.language, first=len(sheets) + 1, scale_text="\N{EM DASH}",
        )  # fmt: skip
    return sheets


class _Plan:
    """Draws the plan onto one sheet."""

    def __init__(self, content: PlanContent, sheet: Sheet, view: View, window: Box, say: Phrases) -> None:
        self.content, self.sheet, self.view, self.window, self.say = content, sheet, view, window, say
        rings = [self.view.paper(line) for slope in content.slopes for line in slope.daylight if len(line) > 3]
        self.cut: Any = Polygon()
        for ring in rings:
            self.cut = shapely.symmetric_difference(self.cut, Polygon(ring).buffer(0))
        self.used: set[str] = set()

    def draw(self, moved: bool) -> list[Table]:
        """Everything, in the order in which room is taken; returns the tables that found no room."""
        self.sheet.line("frame_thin", self.window.corners, closed=True, avoid=False, lineweight=35)
        self._grid()
        self._north()
        for slope in self.content.slopes:
            self._slope_lines(slope)
        self._others()
        ground = PlanGround(self.content, self.view, self.window, self.cut, self.hidden, self.used)
        contours = ground.pieces()
        for slope in self.content.slopes:
            for mark in slope.sections:
                self._section(mark.name, mark.start, mark.end)
        for slope in self.content.slopes:
            self._slope_labels(slope)
        for key, lines in (("road", self.content.roads), ("drain", self.content.drains), ("water", self.content.ponds)):
            for name, line in lines:
                if name:
                    self._along(name, self.view.paper(line), key)
        self._control_points()
        ground.contours(contours)
        ground.spots()
        self._plants()
        return PlanColumn(self.content, self.sheet, self.say, self.used).draw(moved)

    # --- map -----------------------------------------------------------------------------------------------------

    def _grid(self) -> None:
        """Grid crosses every 10 cm, their coordinates at the window: X northing, Y easting."""
        sheet, w = self.sheet, self.window
        step = GRID_MM * sheet.unit
        x0, y0 = self.view.anchor
        for east in _multiples(x0, x0 + w.width * sheet.unit, step):
            x = self.view.point(east, y0)[0]
            for y, valign in ((w.y0, "top"), (w.y1, "base")):
                way = -1 if y == w.y0 else 1
                sheet.line("grid", [(x, y), (x, y + way * 2)], avoid=False)
                at = (x, y + way * 3.0)
                if w.x0 + 20 < x < w.x1 - 20:
                    sheet.text("grid", at, f"Y={east:.0f}", 2.5, halign="center", valign=valign)  # type: ignore[arg-type]
            for north in _multiples(y0, y0 + w.height * sheet.unit, step):
                y = self.view.point(x0, north)[1]
                for a, b in (((x - 5, y), (x + 5, y)), ((x, y - 5), (x, y + 5))):
                    sheet.line("grid", np.clip([a, b], (w.x0, w.y0), (w.x1, w.y1)), avoid=False)
        for north in _multiples(y0, y0 + w.height * sheet.unit, step):
            y = self.view.point(x0, north)[1]
            for x in (w.x0, w.x1):
                way = -1 if x == w.x0 else 1
                sheet.line("grid", [(x, y), (x + way * 2, y)], avoid=False)
                if w.y0 + 20 < y < w.y1 - 20:
                    sheet.text("grid", (x + way * 3.0 - (0 if way < 0 else -1.8), y), f"X={north:.0f}", 2.5,
                               halign="center", rotation=90)  # fmt: skip

    def _north(self) -> None:
        """The north arrow in the corner of the window that hides least."""
        w = self.window
        corners = [(w.x1 - 18, w.y1 - 26), (w.x0 + 18, w.y1 - 26), (w.x1 - 18, w.y0 + 18), (w.x0 + 18, w.y0 + 18)]
        lines = [self.view.paper(line) for slope in self.content.slopes for line in _works_lines(slope)]
        tree = STRtree([LineString(line) for line in lines if len(line) > 1])
        best = min(corners, key=lambda c: len(tree.query(shapely.box(c[0] - 14, c[1] - 14, c[0] + 14, c[1] + 22))))
        box = north_arrow(self.sheet, best, self.say("north"))
        self.hidden = shapely.box(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)

    def _use(self, key: str) -> None:
        self.used.add(key)

    def _slope_lines(self, slope: PlanSlope) -> None:
        view = self.view
        window = shapely.box(self.window.x0, self.window.y0, self.window.x1, self.window.y1)
        for face in slope.faces:
            outline = Polygon(view.paper(face.outline))
            if not outline.is_valid:
                outline = outline.buffer(0)
            lower = [view.paper(line) for line in face.lower]
            for ring in _rings(outline):
                for stroke in hachures(ring, lower, inside=outline):
                    if window.covers(LineString(stroke)):
                        self.sheet.line("hachure", stroke)
                        self._use("hachure")
        for bench in slope.benches:
            for outline_ in bench.outlines:
                view.line("bench", outline_, closed=True)
            for key, lines in (("toe", bench.toes), ("crest", bench.crests), ("wall", bench.walls)):
                for line in lines:
                    view.line(key, line)
                    self._use(key)
        if slope.base_line is not None:
            view.line("base_line", slope.base_line)
            self._use("base_line")
        for line in slope.daylight:
            view.line("daylight", line)
            self._use("daylight")

    def _others(self) -> None:
        for key, lines in (("road", self.content.roads), ("drain", self.content.drains)):
            for _, line in lines:
                self.view.line(key, line)
                self._use(key)
        for _, shore in self.content.ponds:
            self.view.line("water", shore, closed=True, lineweight=35)
            self._use("water")
        for edge in self.content.survey_edge:
            self.view.line("survey_edge", edge, closed=True)
            self._use("survey_edge")

    def _plants(self) -> None:
        """Rows of plants that can be told apart at this scale, sparing what is written."""
        for form, spacing, points in self.content.plants:
            if form not in LEAST_APART or self.view.length(spacing) < LEAST_APART[form]:
                continue
            for x, y in self.view.paper(points):
                room = Box(x - PLANT, y - PLANT, x + PLANT, y + PLANT)
                if self.sheet.is_free(room.corners, self.window):
                    plan_dot(self.sheet, form, (float(x), float(y)), PLANT)
                    self._use(f"plant_{form}")

    def _along(self, words: str, line: Points, layer: str) -> None:
        spots = _spots_along(line, (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9), 1.2)
        self.sheet.label(layer, words, spots, SMALL, within=self.window, most=6.0)

    def _section(self, name: str, start: tuple[float, float], end: tuple[float, float]) -> None:
        pieces = clip_line(self.view.paper([start, end]), None, self.window.inset(11.0))
        if not pieces:
            return
        a, b = pieces[0][0][0], pieces[0][0][-1]
        self.sheet.line("section_line", [a, b])
        section_mark(self.sheet, (float(a[0]), float(a[1])), (float(b[0]), float(b[1])), name, self.window)
        self._use("section_line")

    def _slope_labels(self, slope: PlanSlope) -> None:
        for bench in slope.benches:
            self._bench_label(bench)
        if slope.base_line is not None:
            line = self.view.paper(slope.base_line)
            words = self.say(
                "plan.base_line", level=level(float(slope.base_line[0, 2])) if slope.base_line.shape[1] > 2 else ""
            )
            self.sheet.label(
                "base_line", words.strip(), _spots_along(line, np.linspace(0.1, 0.9, 9), 1.2), 2.5, within=self.window
            )

    def _bench_label(self, bench: PlanBench) -> None:
        """Number, level and width on the berm itself, or beside it with a leader."""
        width = f" b={number(bench.width)}" if bench.width is not None else ""
        words = self.say("plan.bench", name=bench.name, level=level(bench.level)) + width
        short = f"{bench.name}-{level(bench.level)}"
        crests = sorted((self.view.paper(c) for c in bench.crests if len(c) > 1), key=lambda c: -LineString(c).length)
        for crest in crests[:3]:
            shift = self.view.length(float(bench.width)) / 2 if bench.width is not None else 2.0
            toes = [LineString(self.view.paper(t)) for t in bench.toes if len(t) > 1]
            spots = list(_on_berm(crest, toes, shift))
            for content in (words, short):
                if self.sheet.label("text", content, spots, 2.5, within=self.window, crossing=1.0, most=2.9):
                    break
            else:
                self._leader(crest, words)

    def _leader(self, crest: Points, words: str) -> None:
        line = LineString(crest)
        width = text_width(words, 2.5)
        for share in (0.5, 0.3, 0.7, 0.1, 0.9):
            tip = line.interpolate(share, normalized=True)
            for reach in (15.0, 25.0, 40.0, 60.0):
                for angle in (250, 290, 230, 310, 70, 110, 50, 130):
                    x = tip.x + reach * math.cos(math.radians(angle))
                    y = tip.y + reach * math.sin(math.radians(angle))
                    side = 1 if math.cos(math.radians(angle)) >= 0 else -1
                    corners = text_corners((x, y + 0.8), words, 2.5, 0, "left" if side > 0 else "right", "base")
                    if self.sheet.is_free(corners, self.window) and self.sheet.lines_met(corners) <= 3:
                        self.sheet.text("text", (x, y + 0.8), words, 2.5, halign="left" if side > 0 else "right")
                        self.sheet.line("text", [(tip.x, tip.y), (x, y), (x + side * width, y)])
                        return

    def _control_points(self) -> None:
        """Points to set out by: a ring and the name, beside the line."""
        for name, (east, north, _) in self.content.control:
            x, y = self.view.point(east, north)
            if not self.window.inset(2).holds(np.array([(x, y)])):
                continue
            spots = [
                Spot((x + dx, y + dy), "left" if dx > 0 else "right", "middle", cost=0.1 * i)
                for i, (dx, dy) in enumerate(
                    ((1.5, 1.8), (-1.5, 1.8), (1.5, -1.8), (-1.5, -1.8), (4, 4), (-4, 4), (4, -4))
                )
            ]
            if self.sheet.label("text", name, spots, SMALL, within=self.window, most=4):
                self.sheet.circle("text", (x, y), 0.6)


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step + 1e-9), math.floor(high / step - 1e-9)
    return [i * step for i in range(first, last + 1)]


def _works_lines(slope: PlanSlope) -> list[Points]:
    lines = [*slope.daylight, *(line for bench in slope.benches for line in (*bench.crests, *bench.toes))]
    return [*lines, *([slope.base_line] if slope.base_line is not None else [])]


def _rings(shape: shapely.Geometry) -> Iterator[Points]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield np.array(part.exterior.coords)
            for hole in part.interiors:
                yield np.array(hole.coords)


def _spots_along(line: Points, shares: Iterable[float], off: float) -> Iterator[Spot]:
    path = LineString(line)
    for share in shares:
        p = path.interpolate(share, normalized=True)
        a, b = (path.interpolate(share * path.length + d) for d in (-5.0, 5.0))
        turn = math.degrees(math.atan2(b.y - a.y, b.x - a.x))
        turn = turn - 180 if turn > 90 else turn + 180 if turn <= -90 else turn
        for side in (1, -1):
            at = math.radians(turn + 90 * side)
            shift = off if side > 0 else off + 2.5
            yield Spot((p.x + shift * math.cos(at), p.y + shift * math.sin(at)), "center", "base", turn)


def _on_berm(crest: Points, toes: Sequence[LineString], shift: float) -> Iterator[Spot]:
    """Places on a berm, midway between its edges, along it."""
    path = LineString(crest)
    for share in (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8, 0.15, 0.85, 0.1, 0.9):
        p = path.interpolate(share, normalized=True)
        a, b = (path.interpolate(share * path.length + d) for d in (-8.0, 8.0))
        turn = math.degrees(math.atan2(b.y - a.y, b.x - a.x))
        x, y = p.x, p.y
        near = min((toe for toe in toes), key=lambda toe: toe.distance(p), default=None)
        if near is not None and near.distance(p) < 4 * shift + 5:
            q = near.interpolate(near.project(p))
            x, y = x + (q.x - x) * 0.58, y + (q.y - y) * 0.58
        turn = turn - 180 if turn > 90 else turn + 180 if turn <= -90 else turn
        yield Spot((x, y), "center", "middle", turn, cost=abs(share - 0.5) * 0.1)
