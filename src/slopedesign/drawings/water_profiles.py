"""Long sections of the network: ground, bed, bank and water level of each way the water takes, with a station table."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from shapely import LineString

from slopedesign.calc.water.lines import Bed
from slopedesign.calc.water.network import NetworkResult, ReachResult
from slopedesign.drawings.blocks import Block, block_sheets, note_block, numbered, paginate, water_mark
from slopedesign.drawings.phrases import Phrases, level, number
from slopedesign.drawings.sheet import PAPERS, Box, Points, Sheet
from slopedesign.drawings.symbols import nice_step, ruler
from slopedesign.drawings.text import SMALLEST, text_width
from slopedesign.drawings.views import view_title

HORIZONTAL = (500, 1000, 2000, 5000, 10_000)
VERTICAL = (50, 100, 200, 500, 1000)
TALLEST = 90.0
"""The levels of a long section take at most this [mm]."""
ROW, HEAD_WIDTH = 12.0, 27.0
LEVEL_ROW, UPRIGHT_ROW = 7.0, 16.0
"""Height of the rows that name a reach: words level, or upright where one of the reaches is short [mm]."""
APART = 4.4
"""Columns of the table stand no closer than this [mm]."""
BREAK = 0.15
"""The ground is listed where it leaves a straight line by more than this [m]."""
DASH = "\N{EM DASH}"
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
        found = [r.input.bed.points[:, 2] for r in self.reaches] + [r.input.bed.ground_line[:, 1] for r in self.reaches]
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
    height = tall + _table_height(route, scale) + 38

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
        self.row = _low_row(route, sheet.scale)
        self.left, self.base = box.x0 + HEAD_WIDTH + 8, box.y0 + _table_height(route, sheet.scale)

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
        ground = bed.ground_line
        if len(ground) > 1:
            sheet.line("ground", self.points(start + ground[:, 0], ground[:, 1]))
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
        edges = [top - i * ROW for i in range(UPRIGHT)] + [
            top - UPRIGHT * ROW - i * self.row for i in range(len(ROWS) - UPRIGHT + 1)
        ]
        for y, below, row in zip(edges, edges[1:], ROWS, strict=False):
            sheet.line("table", [(self.box.x0, y), (right, y)], avoid=False)
            sheet.text("table", (self.box.x0 + 1.2, (y + below) / 2), self.say(f"sheets.profile.row.{row}"), 2.5,
                       valign="middle", inside=True)  # fmt: skip
        bottom = edges[-1]
        sheet.line("table", [(self.box.x0, bottom), (right, bottom)], avoid=False)
        for x in (self.box.x0, self.box.x0 + HEAD_WIDTH, right):
            sheet.line("table", [(x, bottom), (x, top)], avoid=False)
        self._columns(top)
        self._reach_rows(top, bottom)

    def _columns(self, top: float) -> None:
        sheet = self.sheet
        rows: list[tuple[int, float, float, float | None, float | None]] = []
        for reach, start in zip(self.route.reaches, self.route.starts, strict=True):
            bed, surface = reach.input.bed, water_line(reach)
            for rank, s in _listed(bed):
                wet = float(np.interp(s, surface[:, 0], surface[:, 1])) if len(surface) > 1 else None
                z = float(np.interp(s, bed.stations, bed.points[:, 2]))
                rows.append((rank, start + s, z, ground_at(bed, s), wet))
        taken: list[float] = []
        for _, station, z, ground, wet in sorted(rows, key=lambda row: row[0]):
            x = self.x(station)
            if any(abs(x - other) < APART for other in taken):
                continue
            taken.append(x)
            cells = (
                number(station), level(z), DASH if ground is None else level(ground),
                DASH if ground is None else number(ground - z), "" if wet is None else level(wet),
            )  # fmt: skip
            for i, words in enumerate(cells):
                sheet.text("table", (x, top - (i + 0.5) * ROW), words, 2.5, halign="center", valign="middle",
                           rotation=90, inside=True)  # fmt: skip
            sheet.line("grid", [(x, top), (x, self.y(z))], avoid=False)

    def _reach_rows(self, top: float, bottom: float) -> None:
        sheet, y0 = self.sheet, top - UPRIGHT * ROW
        for reach, start in zip(self.route.reaches, self.route.starts, strict=True):
            a, b = self.x(start), self.x(start + reach.input.bed.length)
            for x in (a, b):
                sheet.line("table", [(x, y0), (x, bottom)], avoid=False)
            texts = _cell_words(reach)
            for i, words in enumerate(texts):
                self._cell(words, a, b, y0 - i * self.row, f"({reach.number})")

    def _cell(self, words: str, a: float, b: float, top: float, short: str) -> None:
        """A text in its cell: level, or upright where the cell is narrow; the reach's number where it is longer."""
        sheet, room = self.sheet, b - a - 1.0
        at = ((a + b) / 2, top - self.row / 2)
        for shown, turn in ((words, 0), (words, 90), (short, 0), (short, 90)):
            along, across = (room, self.row - 1.0) if turn == 0 else (self.row - 0.4, room)
            if text_width(shown, SMALLEST) <= along and across >= SMALLEST * 1.2:
                sheet.text("table", at, shown, SMALLEST, halign="center", valign="middle", rotation=turn, inside=True)
                return


def _cell_words(reach: ReachResult) -> tuple[str, str, str]:
    """Slope, section and name of a reach."""
    size, sized = "", reach.sized
    if sized is not None:
        size = f"{sized.width:.2f}\N{MULTIPLICATION SIGN}{sized.height:.2f}"
    elif reach.culvert is not None:
        section = reach.culvert.culvert.section
        size = f"{section.top_width(section.height / 2):.2f}\N{MULTIPLICATION SIGN}{section.height:.2f}"
    return f"i={number(reach.input.slope, 4)}", size, reach.name


def _low_row(route: Route, scale: int) -> float:
    """Height of the rows under the station columns [mm]."""
    short = any(
        text_width(words, SMALLEST) > reach.input.bed.length * 1000 / scale - 1.0
        for reach in route.reaches for words in _cell_words(reach)
    )  # fmt: skip
    return UPRIGHT_ROW if short else LEVEL_ROW


def _table_height(route: Route, scale: int) -> float:
    return UPRIGHT * ROW + (len(ROWS) - UPRIGHT) * _low_row(route, scale)


def ground_at(bed: Bed, station: float) -> float | None:
    """The ground at a station; None where it is not known."""
    line = bed.ground_line
    if not len(line) or not line[0, 0] - 1e-6 <= station <= line[-1, 0] + 1e-6:
        return None
    return float(np.interp(station, line[:, 0], line[:, 1]))


def _listed(bed: Bed) -> list[tuple[int, float]]:
    """Stations of the table by rank: both ends, where the ground lies deepest and highest, the bends of the bed, the
    breaks of the ground."""
    ends = {0.0, float(bed.stations[-1])}
    ranked = [(0, s) for s in sorted(ends)]
    line = bed.ground_line
    if bed.profile is not None and len(line) > 2:
        over = line[:, 1] - np.interp(line[:, 0], bed.stations, bed.points[:, 2])
        ranked += [(1, float(line[i, 0])) for i in (int(over.argmax()), int(over.argmin()))]
    ranked += [(2, float(s)) for s in bed.stations[1:-1]]
    if bed.profile is not None and len(line) > 2:
        breaks = np.array(LineString(line).simplify(BREAK).coords)[1:-1, 0]
        ranked += [(3, float(s)) for s in breaks]
    return [(rank, s) for i, (rank, s) in enumerate(ranked) if s not in {other for _, other in ranked[:i]}]


__all__ = ["Route", "full_height", "profile_sheets", "routes", "vertical_scale", "water_line"]
