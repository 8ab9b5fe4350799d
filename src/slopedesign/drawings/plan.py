"""The plan: ground contours, benches with hachures, walls, cut boundary, sections, grid, legend, table of works.

Lies in model space at its true coordinates (x east, y north). Where the site does not fit the largest sheet at the
smallest scale allowed, it is cut into tiles: the first lies true, the others beside it, with true grid labels.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely import LineString, Polygon, STRtree

from slopedesign.drawings.blocks import block_sheets, table_blocks
from slopedesign.drawings.content import Contour, PlanBench, PlanContent, PlanSlope, Points
from slopedesign.drawings.phrases import Phrases, level, number
from slopedesign.drawings.sheet import PAPERS, Box, Paper, Sheet, Spot, View, clip_line, text_corners
from slopedesign.drawings.symbols import (
    LegendEntry,
    hachure_sample,
    hachures,
    legend,
    line_sample,
    north_arrow,
    section_mark,
)
from slopedesign.drawings.tables import Column, Table, draw_notes, draw_table, notes_height
from slopedesign.drawings.text import SMALLEST as SMALL
from slopedesign.drawings.text import text_width
from slopedesign.drawings.titleblock import BLOCK_HEIGHT, BLOCK_WIDTH

SCALES = (500, 1000, 2000)
"""Scales the guide allows for the deployment drawing (appendix A: 1:500 to 1:2000)."""
GRID_MM = 100.0
INDEX_EVERY = 5
COLUMN = BLOCK_WIDTH + 4.0
EDGE = 9.0
"""Room around the map window for coordinates [mm]."""


@dataclass(frozen=True)
class Format:
    """Paper and scale of the plan, and the map windows [m] its tiles show."""

    paper: Paper
    scale: int
    windows: tuple[tuple[float, float], ...]
    width: float
    height: float

    @property
    def window(self) -> Box:
        """Everything the windows show together [m]."""
        x, y = [w[0] for w in self.windows], [w[1] for w in self.windows]
        return Box(min(x), min(y), max(x) + self.width, max(y) + self.height)


def plan_sheets(content: PlanContent, scale: int | None, paper: str, language: str) -> list[Sheet]:
    """The plan on one sheet, or on tiles.

    Args:
        scale: fixed scale, or None for the largest allowed one at which the site fits a sheet.
        paper: fixed paper size ("A1"), or "auto".
    """
    say = Phrases(language)
    chosen = choose_format(_extent(content), scale, paper)
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


def plan_format(content: PlanContent, survey_edge: Sequence[Points], scale: int | None, paper: str) -> Format:
    """Paper, scale and windows of the plan, before its contours are known."""
    return choose_format(_extent(replace(content, survey_edge=tuple(survey_edge))), scale, paper)


def map_window(sheet: Sheet) -> Box:
    """The window the map is drawn in: left of the column with legend and tables."""
    f = sheet.frame
    return Box(f.x0 + EDGE, f.y0 + EDGE, f.x1 - COLUMN - EDGE, f.y1 - EDGE)


def choose_format(extent: Box, scale: int | None, paper: str) -> Format:
    """The largest scale and the smallest paper that show the extent [m] on one sheet; tiles where none does."""
    scales = SCALES if scale is None else (scale,)
    papers = [PAPERS[name] for name in (("A3", "A2", "A1") if paper == "auto" else (paper,))]
    choices = [(s, p) for s in scales for p in papers]
    if paper == "auto":
        choices += [(s, PAPERS["A0"]) for s in scales]
    for s, p in choices:
        width, height = _metres(s, p)
        if extent.width <= width and extent.height <= height:
            return Format(p, s, (_corner(extent, width, height, s),), width, height)
    s, p = choices[-1]
    width, height = _metres(s, p)
    across, up = math.ceil(extent.width / width - 1e-9), math.ceil(extent.height / height - 1e-9)
    whole = _corner(extent, across * width, up * height, s)
    tiles = tuple((whole[0] + i * width, whole[1] + j * height) for j in reversed(range(up)) for i in range(across))
    return Format(p, s, tiles, width, height)


def _metres(scale: int, paper: Paper) -> tuple[float, float]:
    window = map_window(Sheet("", "", scale, paper))
    return window.width * scale / 1000, window.height * scale / 1000


def _corner(extent: Box, width: float, height: float, scale: int) -> tuple[float, float]:
    """South-west corner of a window of this size around the extent, on whole metres of paper millimetres."""
    step = scale / 1000 * 10
    x = math.floor((extent.x0 - (width - extent.width) / 2) / step) * step
    y = math.floor((extent.y0 - (height - extent.height) / 2) / step) * step
    return max(x, extent.x1 - width), max(y, extent.y1 - height)


def _extent(content: PlanContent) -> Box:
    """What the plan must show: the works with a margin of ground around them, or the whole survey without works."""
    works = [
        line[:, :2]
        for slope in content.slopes
        for line in (
            *slope.daylight, *(() if slope.base_line is None else (slope.base_line,)),
            *(crest for bench in slope.benches for crest in (*bench.crests, *bench.toes)),
        )
        if len(line)
    ] + [line[:, :2] for _, line in (*content.roads, *content.drains, *content.ponds)]  # fmt: skip
    works += [line[:, :2] for line in content.also]
    ground = [edge[:, :2] for edge in content.survey_edge] or [c.points[:, :2] for c in content.contours]
    if not works:
        return _around(ground)
    box = _around(works)
    margin = max(5.0, 0.025 * max(box.width, box.height))
    box = Box(box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin)
    if ground:
        edge = _around(ground)
        own = _around(works)
        box = Box(
            min(max(box.x0, edge.x0), own.x0), min(max(box.y0, edge.y0), own.y0),
            max(min(box.x1, edge.x1), own.x1), max(min(box.y1, edge.y1), own.y1),
        )  # fmt: skip
    return box


def _around(lines: Sequence[Points]) -> Box:
    if not lines:
        return Box(0, 0, 100, 100)
    points = np.vstack(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


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
        contours = self._contour_pieces()
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
        self._contour_labels(contours)
        self._spots()
        return self._column(moved)

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

    # --- ground --------------------------------------------------------------------------------------------------

    def _contour_pieces(self) -> list[tuple[float, bool, Points]]:
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

    def _contour_labels(self, pieces: list[tuple[float, bool, Points]]) -> None:
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
                self._use(layer)

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

    def _spots(self) -> None:
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
                self._use("spot")

    # --- column --------------------------------------------------------------------------------------------------

    def _column(self, moved: bool) -> list[Table]:
        """Legend, table of works, notes and points to set out above the title block; returns what found no room."""
        over: list[Table] = []
        f, say = self.sheet.frame, self.say
        left, right = f.x1 - COLUMN + 2, f.x1 - 4
        top, floor = f.y1 - 4, f.y0 + BLOCK_HEIGHT + 4
        box = legend(self.sheet, say("plan.legend"), list(self._legend()), left, top, right - left)
        notes = self._notes(moved)
        room = box.y0 - 5 - floor - notes_height(say("notes"), notes, right - left) - 5
        low = box.y0 - 5
        if self.content.works:
            shown, rest = self._works_table(right - left).split(room)
            low = draw_table(self.sheet, shown, left, low).y0 - 5
            if rest is not None:
                over.append(rest)
                notes = [*notes, say("plan.more_works", count=len(rest.rows))]
        low = draw_notes(self.sheet, say("notes"), notes, left, low, right - left).y0 - 5
        if self.content.control:
            control = self._control_table(right - left)
            if control.height > low - floor:
                over.append(control)
            else:
                draw_table(self.sheet, control, left, low)
        return over

    def _works_table(self, width: float) -> Table:
        say = self.say
        rows = tuple(
            (str(i), row.name, row.specification, row.unit, row.amount) for i, row in enumerate(self.content.works, 1)
        )
        columns = (
            Column(say("table.row"), "center"), Column(say("table.name"), widest=52),
            Column(say("table.specification"), widest=48), Column(say("table.unit"), "center"),
            Column(say("table.amount"), "right"),
        )  # fmt: skip
        return Table(say("plan.works"), columns, rows, full_width=width)

    def _control_table(self, width: float) -> Table:
        """Two points a row: name, X (northing), Y (easting), level."""
        say = self.say
        cells = [(name, number(n, 3), number(e, 3), level(z)) for name, (e, n, z) in self.content.control]
        if len(cells) % 2:
            cells.append(("", "", "", ""))
        half = len(cells) // 2
        rows = tuple(cells[i] + cells[half + i] for i in range(half))
        heads = (
            Column(say("plan.point"), "center"),
            Column("X(m)", "right"),
            Column("Y(m)", "right"),
            Column("H(m)", "right"),
        )
        return Table(say("plan.control"), heads * 2, rows, full_width=width)

    def _legend(self) -> Iterable[LegendEntry]:
        order = ("contour_index", "contour", "contour_cut", "spot", "survey_edge", "base_line", "crest", "toe",
                 "hachure", "daylight", "wall", "drain", "water", "road", "section_line")  # fmt: skip
        samples: dict[str, Callable[[Sheet, Box], None]] = {"hachure": hachure_sample, "spot": _spot_sample}
        for key in order:
            if key in self.used:
                yield LegendEntry(self.say(f"legend.{key}"), samples.get(key, line_sample(key)))

    def _notes(self, moved: bool) -> list[str]:
        content, say = self.content, self.say
        system = say("plan.assumed") if content.assumed_coordinates else content.coordinate_system
        notes = [
            say("plan.note.systems", coordinates=system, heights=content.height_system),
            say("note.metres"),
            say("plan.note.contours", interval=f"{content.interval:g}"),
            say("plan.note.axes"),
        ]
        if moved:
            notes.append(say("plan.note.moved"))
        return [*notes, *content.notes]


def is_index(at: float, interval: float) -> bool:
    """Whether a contour level is an index line: every fifth, counted from zero."""
    return abs(at / (interval * INDEX_EVERY) - round(at / (interval * INDEX_EVERY))) < 1e-6


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


def _spot_sample(sheet: Sheet, box: Box) -> None:
    x, y = box.center
    sheet.circle("spot", (x - 5, y), 0.3)
    sheet.text("spot", (x - 3.8, y), "123.45", SMALL, valign="middle", inside=True)


def contour_levels(contours: Sequence[Contour]) -> list[float]:
    """The levels shown, ascending."""
    return sorted({contour.level for contour in contours})
