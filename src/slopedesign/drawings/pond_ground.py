"""Plan and section of a pond in the ground: contours, shores of its levels, inflows, and the ground under its water."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely import LineString

from slopedesign.calc.terrain import Tin, section
from slopedesign.calc.terrain.hollow import Hollow, level_lines
from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.result import PondResult, WaterResult
from slopedesign.drawings.blocks import Block, Pad, arrow_head, view_block, water_mark
from slopedesign.drawings.phrases import Phrases, level
from slopedesign.drawings.sheet import Box, Points, Sheet, Spot, View
from slopedesign.drawings.symbols import nice_step, north_arrow, ruler, section_mark
from slopedesign.drawings.text import text_width
from slopedesign.drawings.views import view_title

BODY = 2.5
VERTICAL = (20, 50, 100, 200, 500, 1000)
TALLEST = 70.0
"""The levels of a section take at most this [mm]."""
LINES = {"dead": "DASHED", "normal": "CONTINUOUS", "highest": "DASHDOT", "top": "CENTER"}
WEIGHTS = {"dead": 18, "normal": 50, "highest": 25, "top": 18}


@dataclass(frozen=True, eq=False)
class GroundPond:
    """A pond in a hollow, as it is drawn.

    Attributes:
        levels: name of a level (a phrase key) and its height [m], from the bottom up.
        reaches: of the network that have a place in plan. divides: of the land draining to the pond, by catchment.
    """

    pond: PondResult
    hollow: Hollow
    levels: tuple[tuple[str, float], ...]
    reaches: tuple[ReachResult, ...]
    divides: Mapping[str, Points]

    @property
    def surface(self) -> Tin:
        """The designed ground."""
        return self.hollow.surface

    @cached_property
    def shores(self) -> dict[str, shapely.Geometry]:
        """Water surface at each level but the bottom."""
        return {key: self.hollow.shore(z) for key, z in self.levels if key != "bottom"}

    @cached_property
    def extent(self) -> Box:
        """What the plan shows: the widest water and some ground round it [m]."""
        x0, y0, x1, y1 = shapely.union_all([*self.shores.values()]).bounds
        e0, n0, _, e1, n1, _ = self.surface.bounds
        edge = max(3.0, 0.04 * max(x1 - x0, y1 - y0))
        return Box(max(x0 - edge, e0 - edge / 2), max(y0 - edge, n0 - edge / 2),
                   min(x1 + edge, e1 + edge / 2), min(y1 + edge, n1 + edge / 2))  # fmt: skip

    @cached_property
    def nearby(self) -> Tin:
        """The part of the surface the plan shows."""
        corners = self.surface.points[self.surface.triangles]
        low, high = corners[:, :, :2].min(axis=1), corners[:, :, :2].max(axis=1)
        e = self.extent
        met = (low[:, 0] <= e.x1) & (high[:, 0] >= e.x0) & (low[:, 1] <= e.y1) & (high[:, 1] >= e.y0)
        return Tin(self.surface.origin, self.surface.vertices, np.ascontiguousarray(self.surface.triangles[met]))

    @cached_property
    def cut(self) -> Points:
        """Ends (2, 2) of the section: the longest chord of the highest water through the deepest point, and beyond."""
        shore = self.shores["highest" if "highest" in self.shores else "normal"]
        deepest = np.array(self.hollow.bottom[:2])
        reach = max(self.extent.width, self.extent.height)
        best: tuple[float, Points] | None = None
        for turn in np.radians(np.arange(0.0, 180.0, 5.0)):
            way = np.array((math.cos(turn), math.sin(turn)))
            line = LineString([deepest - reach * way, deepest + reach * way])
            wet = shapely.intersection(line, shore)
            if best is None or wet.length > best[0]:
                best = wet.length, np.array([deepest - reach * way, deepest + reach * way])
        assert best is not None
        window = shapely.box(self.extent.x0, self.extent.y0, self.extent.x1, self.extent.y1)
        ends = np.array(shapely.intersection(LineString(best[1]), window).coords)
        return ends if ends[0, 0] <= ends[-1, 0] else ends[::-1]


def ground_pond(pond: PondResult, water: WaterResult, levels: Sequence[tuple[str, float]]) -> GroundPond | None:
    """What is drawn of a pond in the ground; None for a pond whose hollow is not known."""
    if pond.hollow is None:
        return None
    reaches = () if water.network is None else water.network.reaches
    own = {c.record.name for c in water.catchments if c.record.drains_to == pond.record.name}
    divides = {name: line for name, line in water.divides.items() if name in own}
    located = tuple(r for r in reaches if r.input.record.length is None)
    return GroundPond(pond, pond.hollow, tuple(levels), located, divides)


# Plan -----------------------------------------------------------------------------------------------------------------


def plan_block(ground: GroundPond, say: Phrases, scale: int) -> Block:
    """Contours of the designed ground, the water's edge at every level, inflows, deepest and lowest rim point."""

    def paint(view: View, box: Box) -> None:
        e = ground.extent
        low, high = view.point(e.x0, e.y0), view.point(e.x1, e.y1)
        _Plan(ground, say, view.with_window(Box(*low, *high))).draw()

    return view_block(say("sheets.pond.plan"), scale, ground.extent, Pad(12, 12, 3, 9), paint)


class _Plan:
    def __init__(self, ground: GroundPond, say: Phrases, view: View) -> None:
        assert view.window is not None
        self.ground, self.say, self.view, self.window = ground, say, view, view.window
        self.sheet = view.sheet

    def draw(self) -> None:
        self.sheet.line("frame_thin", self.window.corners, closed=True, avoid=False)
        self._grid()
        self._north()
        lines = self._contours()
        shores = self._shores()
        for name, divide in self.ground.divides.items():
            self.view.line("interface", divide, closed=True)
            spots = list(_along(self.view.paper(divide), np.linspace(0.02, 0.98, 25), 0.9))
            self.sheet.label("interface", name, spots, BODY, within=self.window, crossing=0.5)
        for reach in self.ground.reaches:
            self._reach(reach)
        a, b = self.view.paper(self.ground.cut)
        inner = _shortened((float(a[0]), float(a[1])), (float(b[0]), float(b[1])), 6.0)
        self.sheet.line("section_line", inner)
        section_mark(self.sheet, *inner, "A", self.window)
        self._points()
        self._shore_words(shores)
        self._contour_words(lines)

    def _grid(self) -> None:
        sheet, w, e = self.sheet, self.window, self.ground.extent
        step = nice_step(max(e.width, e.height), 6)
        easts, norths = _multiples(e.x0, e.x1, step), _multiples(e.y0, e.y1, step)
        points = [
            (self.view.point(east, e.y0)[0], self.view.point(e.x0, north)[1]) for east in easts for north in norths
        ]
        for x, y in points:
            for a, b in (((x - 3, y), (x + 3, y)), ((x, y - 3), (x, y + 3))):
                sheet.line("grid", np.clip([a, b], (w.x0, w.y0), (w.x1, w.y1)), avoid=False)
        for east in easts:
            x = self.view.point(east, e.y0)[0]
            sheet.line("grid", [(x, w.y0), (x, w.y0 - 2)], avoid=False)
            if w.x0 + 14 < x < w.x1 - 14:
                sheet.text("grid", (x, w.y0 - 3), f"Y={east:.0f}", BODY, halign="center", valign="top")
        for north in norths:
            y = self.view.point(e.x0, north)[1]
            sheet.line("grid", [(w.x0, y), (w.x0 - 2, y)], avoid=False)
            if w.y0 + 14 < y < w.y1 - 14:
                sheet.text("grid", (w.x0 - 3, y), f"X={north:.0f}", BODY, halign="center", rotation=90)

    def _north(self) -> None:
        w = self.window
        shown = shapely.transform(self.ground.shores["normal"], self.view.paper)
        corners = [(w.x1 - 15, w.y1 - 22), (w.x0 + 15, w.y1 - 22), (w.x1 - 15, w.y0 + 15), (w.x0 + 15, w.y0 + 15)]
        best = min(corners, key=lambda c: shapely.intersection(
            shown, shapely.box(c[0] - 13, c[1] - 13, c[0] + 13, c[1] + 20)).area)  # fmt: skip
        north_arrow(self.sheet, best, self.say("north"))

    def _contours(self) -> list[tuple[float, Points]]:
        """Contours every tenth or so of the depth, index lines every fifth; the index lines are returned for labels."""
        tin = self.ground.nearby
        low, high = tin.bounds[2], tin.bounds[5]
        step = nice_step(high - low, 16)
        first, last = math.ceil(low / step), math.floor(high / step)
        found = []
        for z, line in level_lines(tin, [k * step for k in range(first, last + 1)]):
            index = round(z / step) % 5 == 0
            self.view.line("contour_index" if index else "contour", line.points[:, :2], avoid=index)
            found.append((z, self.view.paper(line.points)))
        return found

    def _shores(self) -> dict[str, list[Points]]:
        drawn: dict[str, list[Points]] = {}
        for key, shape in self.ground.shores.items():
            for ring in _rings(shape):
                shown = self.view.paper(ring)
                if LineString(shown).length < 2.0:
                    continue
                self.sheet.line("water", shown, closed=True, linetype=LINES[key], lineweight=WEIGHTS[key])
                drawn.setdefault(key, []).append(shown)
        return drawn

    def _shore_words(self, shores: dict[str, list[Points]]) -> None:
        for key, z in self.ground.levels:
            rings = sorted(shores.get(key, ()), key=lambda ring: -LineString(ring).length)
            words = self.say(f"sheets.pond.level.{'spill' if key == 'top' else key}", level=level(z))
            shares = (np.arange(24) + 0.5) / 24
            spots = [spot for ring in rings[:2] for spot in _along(ring, shares, 0.9)]
            self.sheet.label("water", words, spots, BODY, within=self.window, crossing=1.0)

    def _contour_words(self, lines: Sequence[tuple[float, Points]]) -> None:
        for z, line in lines:
            path = LineString(line)
            if path.length > 45:
                spots = [
                    Spot(spot.at, "center", "middle", spot.rotation) for spot in _along(line, (0.5, 0.3, 0.7), 0.0)
                ]
                self.sheet.label("contour_label", f"{z:g}", spots, BODY, within=self.window, crossing=1.0, most=1.9)

    def _reach(self, reach: ReachResult) -> None:
        line = reach.input.bed.points[:, :2]
        self.view.line("drain", line)
        shown = LineString(self.view.paper(line))
        middle, before = shown.interpolate(0.55, normalized=True), shown.interpolate(0.5, normalized=True)
        if shown.length > 3 and self.window.inset(2).holds(np.array([(middle.x, middle.y)])):
            turn = math.degrees(math.atan2(middle.y - before.y, middle.x - before.x))
            arrow_head(self.sheet, "drain", (middle.x, middle.y), turn, 2.5)
        if reach.input.record.to_node == self.ground.pond.record.name:
            end = np.array(shown.coords[-1])
            words = self.say("sheets.pond.inflow", name=reach.name)
            self.sheet.label("drain", words, _around(end, words), BODY, within=self.window)

    def _points(self) -> None:
        hollow = self.ground.hollow
        x, y = self.view.point(*hollow.bottom[:2])
        for dx, dy in ((1.2, 0.0), (0.0, 1.2)):
            self.sheet.line("dimension", [(x - dx, y - dy), (x + dx, y + dy)], avoid=False)
        words = self.say("sheets.pond.deepest", level=level(hollow.bottom[2]))
        self.sheet.label("dimension", words, _around(np.array((x, y)), words), BODY, within=self.window)
        if self.ground.levels[-1][1] >= hollow.spill - 1e-6:
            at = np.array(self.view.point(*hollow.spill_at))
            self.sheet.circle("section_line", (float(at[0]), float(at[1])), 1.2)
            words = self.say("sheets.pond.spill_at", level=level(hollow.spill))
            self.sheet.label("section_line", words, _around(at, words), BODY, within=self.window)


# Section --------------------------------------------------------------------------------------------------------------


def section_block(ground: GroundPond, say: Phrases, scale: int) -> Block:
    """The ground along the section line with the water standing in it, levels stretched to be read."""
    line = section(ground.surface, ground.cut)
    parts = [part for part in line.parts if len(part) > 1]
    z = np.concatenate([part[:, 1] for part in parts])
    top = max(float(z.max()), ground.levels[-1][1])
    step = nice_step(max(top - float(z.min()), 1.0), 8)
    low, high = math.floor((float(z.min()) - 0.1 * step) / step) * step, math.ceil((top + 0.1 * step) / step) * step
    vertical = next((v for v in VERTICAL if (high - low) * 1000 / v <= TALLEST), VERTICAL[-1])
    length = float(np.hypot(*(ground.cut[1] - ground.cut[0])))
    words = [say(f"sheets.pond.level.{_name(ground, key)}", level=level(v)) for key, v in ground.levels]
    left, right = 14.0, max(text_width(one, BODY) for one in words) + 12
    tall = (high - low) * 1000 / vertical
    title, scales = say("sheets.pond.section"), say("sheets.profile.scales_long", horizontal=scale, vertical=vertical)
    width = max(length * 1000 / scale + left + right, text_width(title, 5.0) + 2 * text_width(scales, 3.5) + 14)

    def draw(sheet: Sheet, box: Box) -> None:
        view_title(sheet, (box.center[0], box.y1 - 8), title)
        sheet.text("title", (box.center[0] + text_width(title, 5.0) / 2 + 4, box.y1 - 8), scales, 3.5)
        x0, y0 = box.x0 + left, box.y0 + 10

        def paper(points: Points) -> Points:
            return np.column_stack((x0 + points[:, 0] * 1000 / scale, y0 + (points[:, 1] - low) * 1000 / vertical))

        ruler(sheet, x0 - 2, lambda v: y0 + (v - low) * 1000 / vertical, low, high, step)
        for part in parts:
            shown = paper(part)
            sheet.line("design_line", shown, linetype="CONTINUOUS")
            _earth(sheet, shown)
        for key, v in ground.levels:
            if key == "bottom":
                continue
            _water_line(sheet, ground, parts, key, v, paper)
        _section_words(sheet, ground, words, paper, x0 + length * 1000 / scale)
        a, b = x0, x0 + length * 1000 / scale
        for x in (a + 4.0, b - 4.0):
            sheet.text("section_line", (x, y0 + tall + 1.5), "A", 3.5, halign="center")
        sheet.dimension("dimension", (a, y0), (b, y0), (0.0, box.y0 + 4), factor=1.0, digits=1)

    return Block(width, tall + 30, draw)


def _name(ground: GroundPond, key: str) -> str:
    return "spill" if key == "top" and ground.levels[-1][1] >= ground.hollow.spill - 1e-6 else key


def _water_line(sheet: Sheet, ground: GroundPond, parts: Sequence[Points], key: str, v: float, paper: object) -> None:
    assert callable(paper)
    longest: tuple[float, Points] | None = None
    for a, b in _wet_stretches(ground, parts, key, v):
        shown = paper(np.array([(a, v), (b, v)]))
        sheet.line("water", shown, linetype=LINES[key], lineweight=WEIGHTS[key], avoid=False)
        if longest is None or b - a > longest[0]:
            longest = b - a, shown
    if key == "normal" and longest is not None:
        p = longest[1]
        water_mark(sheet, (float(p[0, 0] * 0.7 + p[1, 0] * 0.3), float(p[0, 1])))


def _wet_stretches(ground: GroundPond, parts: Sequence[Points], key: str, v: float) -> Iterator[tuple[float, float]]:
    """Where the section runs through water of the pond at a level: stretches of station."""
    start, end = ground.cut
    way = (end - start) / np.hypot(*(end - start))
    shore = ground.shores[key]
    for part in parts:
        s, z = part[:, 0], part[:, 1]
        under = z < v
        cuts = np.flatnonzero(under[1:] != under[:-1])
        at = s[cuts] + (v - z[cuts]) / (z[cuts + 1] - z[cuts]) * (s[cuts + 1] - s[cuts])
        ends = np.concatenate(([s[0]], at, [s[-1]]))
        for a, b in zip(ends[:-1], ends[1:], strict=True):
            middle = start + (a + b) / 2 * way
            if b - a > 1e-6 and float(np.interp((a + b) / 2, s, z)) < v and shapely.dwithin(
                shore, shapely.Point(middle), 0.01
            ):  # fmt: skip
                yield float(a), float(b)


def _section_words(sheet: Sheet, ground: GroundPond, words: Sequence[str], paper: object, right: float) -> None:
    """Names of the levels beside the section, spread so that none meet, on leaders to their lines."""
    assert callable(paper)
    heights = [float(paper(np.array([(0.0, v)]))[0, 1]) for _, v in ground.levels]
    places = list(heights)
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + 4.4)
    for (key, _), one, y, at in zip(ground.levels, words, heights, places, strict=True):
        sheet.line("notes", [(right, y), (right + 3, at), (right + 5, at)], avoid=False)
        sheet.text("dimension" if key == "bottom" else "water", (right + 5.6, at - 1.1), one, BODY)


def _earth(sheet: Sheet, shown: Points) -> None:
    """Short strokes under a ground line."""
    path = LineString(shown)
    for i in range(1, int(path.length // 14) + 1):
        p, q = path.interpolate(i * 14.0 - 7.0), path.interpolate(i * 14.0 - 6.0)
        turn = math.atan2(q.y - p.y, q.x - p.x)
        for k in range(3):
            x, y = p.x + k * 1.2 * math.cos(turn), p.y + k * 1.2 * math.sin(turn)
            foot = (x + 1.8 * math.cos(turn - 2.2), y + 1.8 * math.sin(turn - 2.2))
            sheet.line("ground", [(x, y), foot], avoid=False, linetype="CONTINUOUS", lineweight=13)


# Geometry -------------------------------------------------------------------------------------------------------------


def _rings(shape: shapely.Geometry) -> Iterator[Points]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            yield np.array(part.exterior.coords)
            for hole in part.interiors:
                yield np.array(hole.coords)


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _shortened(
    a: tuple[float, float], b: tuple[float, float], by: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    run = np.subtract(b, a)
    way = run / max(float(np.hypot(*run)), 1e-9) * by
    return (a[0] + float(way[0]), a[1] + float(way[1])), (b[0] - float(way[0]), b[1] - float(way[1]))


def _along(line: Points, shares: Iterable[float], off: float) -> Iterator[Spot]:
    """Places beside a line, along it, above it before below."""
    path = LineString(line)
    for share in shares:
        p = path.interpolate(share, normalized=True)
        a, b = (path.interpolate(share * path.length + d) for d in (-6.0, 6.0))
        bent = 1.0 - math.hypot(b.x - a.x, b.y - a.y) / 12.0
        turn = math.degrees(math.atan2(b.y - a.y, b.x - a.x))
        turn = turn - 180 if turn > 90 else turn + 180 if turn <= -90 else turn
        for side in (1, -1):
            at = math.radians(turn + 90 * side)
            shift = off if side > 0 else off + BODY
            yield Spot((p.x + shift * math.cos(at), p.y + shift * math.sin(at)), "center", "base", turn, cost=4 * bent)


def _around(at: Points, words: str) -> list[Spot]:
    """Places round a point, with a leader."""
    spots: list[Spot] = []
    wide = text_width(words, BODY)
    for far in (7.0, 12.0, 18.0, 26.0):
        for turn in (40, 140, -40, -140, 10, 170):
            x, y = at[0] + far * math.cos(math.radians(turn)), at[1] + far * math.sin(math.radians(turn))
            side = 1 if math.cos(math.radians(turn)) > 0 else -1
            leader = ((float(at[0]), float(at[1])), (float(x), float(y)), (float(x) + side * wide, float(y)))
            spots.append(
                Spot((float(x), float(y) + 0.8), "left" if side > 0 else "right", cost=0.02 * far, leader=leader)
            )
    return spots


__all__ = ["GroundPond", "ground_pond", "plan_block", "section_block"]
