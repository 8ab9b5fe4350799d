"""Long sections of the network: ground, bed, bank and water level of each way the water takes, with a station table."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from slopedesign.calc.water.network import NetworkResult, ReachResult
from slopedesign.drawings.blocks import Block, block_sheets, note_block, numbered, paginate, water_mark
from slopedesign.drawings.phrases import Phrases, level, number
from slopedesign.drawings.sheet import PAPERS, Box, Points, Sheet
from slopedesign.drawings.symbols import nice_step, ruler
from slopedesign.drawings.text import text_width
from slopedesign.drawings.views import view_title

HORIZONTAL = (500, 1000, 2000, 5000, 10_000)
VERTICAL = (50, 100, 200, 500, 1000)
TALLEST = 90.0
"""The levels of a long section take at most this [mm]."""
ROW, HEAD_WIDTH = 9.5, 27.0
ROWS = ("station", "bed", "ground", "depth_cut", "water", "slope", "section", "reach")
UPRIGHT = 5


@dataclass(frozen=True)
class Route:
    """Reaches one after another, and the distance along the route at which each begins [m]."""

    reaches: tuple[ReachResult, ...]
    starts: tuple[float, ...]

    @property
    def length(self) -> float:
        """Plan length [m]."""
        return self.starts[-1] + self.reaches[-1].input.bed.length

    @property
    def levels(self) -> Points:
        """All levels shown."""
        found = [r.input.bed.points[:, 2] for r in self.reaches] + [r.input.bed.ground for r in self.reaches]
        found += [water_line(r)[:, 1] for r in self.reaches]
        found += [r.input.bed.points[:, 2] + full_height(r) for r in self.reaches]
        return np.concatenate(found)


def routes(network: NetworkResult) -> list[Route]:
    """The stem of each outlet, up its largest inflow at every node, then each branch in the same way."""
    into: dict[str, list[ReachResult]] = {}
    leaving = {r.input.record.from_node for r in network.reaches}
    for reach in network.reaches:
        into.setdefault(reach.input.record.to_node, []).append(reach)
    feet = [r for r in reversed(network.reaches) if r.input.record.to_node not in leaving]
    found = []
    while feet:
        stem = [feet.pop(0)]
        while above := into.get(stem[0].input.record.from_node):
            main = max(above, key=lambda r: (r.flow.value, r.number))
            feet += [r for r in above if r is not main]
            stem.insert(0, main)
        starts = np.concatenate(([0.0], np.cumsum([r.input.bed.length for r in stem])[:-1]))
        found.append(Route(tuple(stem), tuple(float(s) for s in starts)))
    return [found[0], *sorted(found[1:], key=lambda route: route.reaches[0].number)] if found else []


def full_height(reach: ReachResult) -> float:
    """Height of the section [m]; of the barrel for a culvert."""
    if reach.sized is not None:
        return reach.sized.height
    return reach.culvert.culvert.section.height if reach.culvert is not None else 0.0


def water_line(reach: ReachResult) -> Points:
    """Water surface [station from the reach's start, level]: normal depth, a chute's profile, a culvert's headwater."""
    bed = reach.input.bed
    z = bed.points[:, 2]
    if reach.culvert is not None:
        return np.array([(0.0, z[0] + reach.culvert.rating.headwater.value)])
    sized = reach.sized
    if sized is None or sized.depth is None:
        return np.zeros((0, 2))
    if sized.chute is None:
        return np.column_stack((bed.stations, z + sized.depth.value))
    profile = sized.chute.profile
    order = np.argsort(profile.station)
    run = profile.station[order] - profile.station[order][0]
    x = run * bed.length / run[-1] if run[-1] > 0 else run
    return np.column_stack((x, np.interp(x, bed.stations, z) + profile.depth[order]))


def profile_sheets(network: NetworkResult, say: Phrases, prefix: str) -> list[Sheet]:
    """The long sections of all routes at one horizontal scale."""
    ways = routes(network)
    blocks_at = {candidate: [_block(way, candidate, say) for way in ways] for candidate in HORIZONTAL}
    tries = [(s, n) for n in ("A3", "A2") for s in HORIZONTAL[:2]] + [(s, n) for s in HORIZONTAL for n in ("A2", "A1")]
    scale = next((s for s, n in tries if paginate(blocks_at[s], PAPERS[n]) is not None), HORIZONTAL[-1])
    notes = [say("note.metres"), say("sheets.profile.note.lines"), say("sheets.profile.note.table")]
    blocks = [*blocks_at[scale], note_block(say, notes)]
    title = say("sheets.profile.title", prefix=prefix)
    return block_sheets(blocks, code="SL", title=title, scale=scale, language=say.language, most=4,
                        scale_text=say("sheets.profile.scales", horizontal=scale))  # fmt: skip


def vertical_scale(route: Route) -> int:
    """The largest vertical scale at which the levels stay within their room."""
    span = float(np.ptp(route.levels))
    return next((v for v in VERTICAL if span * 1000 / v <= TALLEST), VERTICAL[-1])


def _block(route: Route, scale: int, say: Phrases) -> Block:
    vertical = vertical_scale(route)
    levels = route.levels
    step = nice_step(max(float(np.ptp(levels)), 1.0), 8)
    low = math.floor((levels.min() - 0.2 * step) / step) * step
    high = math.ceil((levels.max() + 0.2 * step) / step) * step
    tall = (high - low) * 1000 / vertical
    title = _title(route, say)
    scales = say("sheets.profile.scales_long", horizontal=scale, vertical=vertical)
    width = max(
        route.length * 1000 / scale + HEAD_WIDTH + 26, text_width(title, 5.0) + 2 * text_width(scales, 3.5) + 14
    )
    height = tall + len(ROWS) * ROW + 38

    def draw(sheet: Sheet, box: Box) -> None:
        _Profile(sheet, route, say, box, low, high, vertical, step).draw(title, scales)

    return Block(width, height, draw)


def _title(route: Route, say: Phrases) -> str:
    first, last = route.reaches[0], route.reaches[-1]
    if first is last:
        return say("sheets.profile.one", name=first.name)
    return say("sheets.profile.many", first=first.name, last=last.name)


class _Profile:
    """Draws one long section."""

    def __init__(
        self, sheet: Sheet, route: Route, say: Phrases, box: Box, low: float, high: float, vertical: int, step: float
    ) -> None:
        self.sheet, self.route, self.say, self.box = sheet, route, say, box
        self.low, self.high, self.step = low, high, step
        self.per_mm = vertical / 1000.0
        self.left, self.base = box.x0 + HEAD_WIDTH + 8, box.y0 + len(ROWS) * ROW

    def x(self, station: float) -> float:
        return self.left + station / self.sheet.unit

    def y(self, z: float) -> float:
        return self.base + 4 + (z - self.low) / self.per_mm

    def points(self, stations: Points, levels: Points) -> Points:
        return np.column_stack(
            (self.left + stations / self.sheet.unit, self.base + 4 + (levels - self.low) / self.per_mm)
        )

    def draw(self, title: str, scales: str) -> None:
        """Lines first, then the table, then words where there is room."""
        sheet = self.sheet
        view_title(sheet, (self.box.center[0], self.box.y1 - 8), title)
        sheet.text("title", (self.box.center[0] + text_width(title, 5.0) / 2 + 4, self.box.y1 - 8), scales, 3.5)
        ruler(sheet, self.left - 4, self.y, self.low, self.high, self.step)
        for reach, start in zip(self.route.reaches, self.route.starts, strict=True):
            self._reach(reach, start)
        self._table()
        for reach, start in zip(self.route.reaches, self.route.starts, strict=True):
            self._words(reach, start)

    def _reach(self, reach: ReachResult, start: float) -> None:
        sheet, bed = self.sheet, reach.input.bed
        stations = start + bed.stations
        sheet.line("drain", self.points(stations, bed.points[:, 2]))
        bank = bed.points[:, 2] + full_height(reach)
        sheet.line("wall", self.points(stations, bank), lineweight=18)
        if np.abs(bed.ground - bed.points[:, 2]).max() > 1e-6:
            sheet.line("ground", self.points(stations, bed.ground))
        surface = water_line(reach)
        if len(surface) > 1:
            sheet.line("water", self.points(start + surface[:, 0], surface[:, 1]))
        elif len(surface):
            x, y = self.points(start + surface[:, 0], surface[:, 1])[0]
            sheet.line("water", [(x - 4, y), (x, y)], linetype="CONTINUOUS")
            water_mark(sheet, (float(x) - 2.5, float(y)))
        if reach.culvert is not None:
            for s in (stations[0], stations[-1]):
                z = float(np.interp(s - start, bed.stations, bed.points[:, 2]))
                ends = [(self.x(s), self.y(z)), (self.x(s), self.y(z + full_height(reach)))]
                sheet.line("wall", ends, lineweight=18)

    def _words(self, reach: ReachResult, start: float) -> None:
        """The reach's number over its middle."""
        bed = reach.input.bed
        middle = start + bed.length / 2
        z = float(np.interp(bed.length / 2, bed.stations, bed.points[:, 2])) + full_height(reach)
        x, y = self.x(middle), self.y(z)
        for up in (6.0, 9.0, 12.0, 16.0, 20.0, 25.0, 30.0):
            box = Box(x - 2.8, y + up - 2.8, x + 2.8, y + up + 2.8)
            if self.sheet.is_free(box.corners, self.box) and self.sheet.lines_met(box.corners) == 0:
                self.sheet.reserve(box, f"({reach.number})")
                numbered(self.sheet, "notes", (x, y + up), str(reach.number))
                self.sheet.line("notes", [(x, y), (x, y + up - 2.6)])
                return

    def _table(self) -> None:
        """Station, levels and depth at the ends and breaks; slope, section and name over each reach."""
        sheet, right = self.sheet, self.x(self.route.length) + 4
        top = self.base
        sheet.reserve(Box(self.box.x0, self.box.y0, right, top), self.say("sheets.profile.row.station"))
        for i, row in enumerate(ROWS):
            y = top - i * ROW
            sheet.line("table", [(self.box.x0, y), (right, y)], avoid=False)
            sheet.text("table", (self.box.x0 + 1.2, y - ROW / 2), self.say(f"sheets.profile.row.{row}"), 2.5,
                       valign="middle", inside=True)  # fmt: skip
        bottom = top - len(ROWS) * ROW
        sheet.line("table", [(self.box.x0, bottom), (right, bottom)], avoid=False)
        for x in (self.box.x0, self.box.x0 + HEAD_WIDTH, right):
            sheet.line("table", [(x, bottom), (x, top)], avoid=False)
        self._columns(top)
        self._reach_rows(top, bottom)

    def _columns(self, top: float) -> None:
        sheet = self.sheet
        rows: list[tuple[int, float, float, float, float | None]] = []
        for reach, start in zip(self.route.reaches, self.route.starts, strict=True):
            bed, surface = reach.input.bed, water_line(reach)
            for i, s in enumerate(bed.stations):
                wet = float(np.interp(s, surface[:, 0], surface[:, 1])) if len(surface) > 1 else None
                end = i in (0, len(bed.stations) - 1)
                rows.append((0 if end else 1, start + float(s), float(bed.points[i, 2]), float(bed.ground[i]), wet))
        taken: list[float] = []
        for _, station, z, ground, wet in sorted(rows, key=lambda row: row[0]):
            x = self.x(station)
            if any(abs(x - other) < 4.0 for other in taken):
                continue
            taken.append(x)
            cells = (number(station), level(z), level(ground), number(ground - z), "" if wet is None else level(wet))
            for i, words in enumerate(cells):
                sheet.text("table", (x, top - (i + 0.5) * ROW), words, 2.0, halign="center", valign="middle",
                           rotation=90, inside=True)  # fmt: skip
            sheet.line("grid", [(x, top), (x, self.y(z))], avoid=False)

    def _reach_rows(self, top: float, bottom: float) -> None:
        sheet, y0 = self.sheet, top - UPRIGHT * ROW
        for reach, start in zip(self.route.reaches, self.route.starts, strict=True):
            a, b = self.x(start), self.x(start + reach.input.bed.length)
            for x in (a, b):
                sheet.line("table", [(x, y0), (x, bottom)], avoid=False)
            sized = reach.sized
            slope = f"i={number(reach.input.slope, 4)}"
            size = ""
            if sized is not None:
                size = f"{sized.width:.2f}\N{MULTIPLICATION SIGN}{sized.height:.2f}"
            elif reach.culvert is not None:
                section = reach.culvert.culvert.section
                size = f"{section.top_width(section.height / 2):.2f}\N{MULTIPLICATION SIGN}{section.height:.2f}"
            texts = (slope, size, reach.name)
            for i, words in enumerate(texts):
                self._cell(words, a, b, y0 - i * ROW)

    def _cell(self, words: str, a: float, b: float, top: float) -> None:
        """A text in its cell: level, or upright where the cell is narrow; its number alone where neither fits."""
        sheet, room = self.sheet, b - a - 1.0
        for height in (2.5, 2.0, 1.6):
            if text_width(words, height) <= room:
                sheet.text("table", ((a + b) / 2, top - ROW / 2), words, height, halign="center", valign="middle",
                           inside=True)  # fmt: skip
                return
        for height in (2.0, 1.6, 1.2):
            if text_width(words, height) <= ROW - 0.6 and room >= height * 1.1:
                sheet.text("table", ((a + b) / 2, top - ROW / 2), words, height, halign="center", valign="middle",
                           rotation=90, inside=True)  # fmt: skip
                return


__all__ = ["Route", "full_height", "profile_sheets", "routes", "vertical_scale", "water_line"]
