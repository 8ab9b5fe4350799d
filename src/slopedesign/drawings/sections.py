"""Section sheets: ground before, design line, layers, benches, walls, cover, levels, areas, station table.

All sections of a file share one scale. In station order they fill columns, downwards and then to the right, on as few
sheets as they need; their coordinates in model space are local (offset east, level north, shifted), in metres.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from slopedesign.drawings import textures
from slopedesign.drawings.content import Points, SectionBench, SectionContent, SectionFace
from slopedesign.drawings.phrases import Phrases, level, number, ratio
from slopedesign.drawings.sheet import PAPERS, Box, Paper, Sheet, Spot, View, text_corners
from slopedesign.drawings.symbols import level_mark, nice_step, ruler
from slopedesign.drawings.tables import draw_notes
from slopedesign.drawings.text import TITLE, text_width
from slopedesign.drawings.titleblock import BLOCK_HEIGHT, BLOCK_WIDTH

SCALES = (100, 200, 500, 1000)
"""The guide asks for plan and sections at 1:1000; sections are drawn larger where they fit the sheet."""

RULER_ROOM, SIDE_ROOM, TOP_ROOM, HEAD = 26.0, 10.0, 12.0, 24.0
ROW, HEADING = 13.0, 24.0
ROWS = 3
GAP = 6.0
WIDEST_GAP = 60.0
WELL_FILLED = 0.5
"""Share of a sheet's room that sections take on a sheet worth printing."""


@dataclass(frozen=True)
class _Cell:
    """A section with the room it takes on paper [mm]."""

    section: SectionContent
    low: float
    high: float
    left: float
    right: float
    width: float
    height: float


def section_sheets(
    sections: Sequence[SectionContent], scale: int | None, paper: str, language: str, *,
    code: str = "PD", title: str = "", before: int = 0,
) -> list[Sheet]:  # fmt: skip
    """The sections, in order, on as many sheets as they need."""
    if not sections:
        return []
    say = Phrases(language)
    chosen_scale, chosen_paper = choose_format(sections, scale, paper)
    cells = [_cell(section, chosen_scale) for section in sections]
    sheets: list[Sheet] = []
    for page in _pages(cells, chosen_paper):
        names = [cell.section.name for cell, _, _ in page]
        heading = (
            say("sections.title", first=names[0], last=names[-1])
            if len(names) > 1
            else say("sections.one", name=names[0])
        )
        sheet = Sheet(
            f"{code}-{before + len(sheets) + 1:02d}", f"{title}{heading}", chosen_scale, chosen_paper, say.language
        )
        for cell, x, y in page:
            draw_section(sheet, cell.section, Box(x, y, x + cell.width, y + cell.height), say)
        f = sheet.frame
        notes = [say("note.metres"), say("sections.note.lines"), say("sections.note.areas")]
        draw_notes(sheet, say("notes"), notes, f.x0 + 4, f.y0 + BLOCK_HEIGHT, f.width - BLOCK_WIDTH - 12)
        sheets.append(sheet)
    return sheets


def choose_format(sections: Sequence[SectionContent], scale: int | None, paper: str) -> tuple[int, Paper]:
    """The largest scale that fills its sheets well and shows several sections on each, and the paper for it."""
    scales = SCALES if scale is None else (scale,)
    best: tuple[float, int, Paper] | None = None
    for s in scales:
        cells = [_cell(section, s) for section in sections]
        found = [(_filled(cells, p), p) for p in _papers(paper) if _fits(cells, p)]
        if not found:
            continue
        filled, chosen = max(found, key=lambda choice: choice[0])
        if filled >= WELL_FILLED and 2 * len(_pages(cells, chosen)) <= len(cells) + 1:
            return s, chosen
        if best is None or filled > best[0]:
            best = filled, s, chosen
    if best is not None:
        return best[1], best[2]
    largest = PAPERS["A0" if paper == "auto" else paper]
    return next((s for s in scales if _fits([_cell(x, s) for x in sections], largest)), scales[-1]), largest


def _papers(paper: str) -> list[Paper]:
    return [PAPERS[name] for name in (("A3", "A2", "A1") if paper == "auto" else (paper,))]


def _filled(cells: Sequence[_Cell], paper: Paper) -> float:
    """Share of the sheets' room that the sections take."""
    room = _room(paper)
    taken = sum(cell.width * cell.height for cell in cells)
    return taken / (len(_pages(cells, paper)) * room.width * room.height)


def _fits(cells: Sequence[_Cell], paper: Paper) -> bool:
    room = _room(paper)
    return all(cell.width <= room.width and cell.height <= room.height for cell in cells)


def _room(paper: Paper) -> Box:
    f = Sheet("", "", 1, paper).frame
    return Box(f.x0 + 3, f.y0 + BLOCK_HEIGHT + 4, f.x1 - 3, f.y1 - 3)


def _cell(section: SectionContent, scale: int) -> _Cell:
    points = section.points
    left, right = float(points[:, 0].min()), float(points[:, 0].max())
    step = _step(points, scale)
    low = math.floor(float(points[:, 1].min()) / step) * step
    high = math.ceil(float(points[:, 1].max()) / step) * step
    width = (right - left) * 1000 / scale + RULER_ROOM + SIDE_ROOM
    height = (high - low) * 1000 / scale + ROWS * ROW + HEAD + TOP_ROOM + 4
    return _Cell(section, low, high, left, right, max(width, 110.0), height)


def _step(points: Points, scale: int) -> float:
    """Step of the level ruler: about a centimetre of paper."""
    return max(1.0, nice_step(float(np.ptp(points[:, 1])), max(1, int(np.ptp(points[:, 1]) * 1000 / scale / 8))))


_Column = list[_Cell]


def _pages(cells: Sequence[_Cell], paper: Paper) -> list[list[tuple[_Cell, float, float]]]:
    """Cells in columns, downwards and then to the right, a new sheet when full; all sheets about equally full."""
    room = _room(paper)
    fewest = len(_columns(cells, room, room.height))
    low, high = max(cell.height for cell in cells), max(room.height, max(cell.height for cell in cells))
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_columns(cells, room, middle)) <= fewest else (middle, high)
    return [_spread(page, room) for page in _columns(cells, room, high)]


def _columns(cells: Sequence[_Cell], room: Box, most: float) -> list[list[_Column]]:
    """Sheets of columns no higher than `most`."""
    pages: list[list[_Column]] = []
    left = 0.0
    for cell in cells:
        column = pages[-1][-1] if pages else []
        if column and sum(c.height + GAP for c in column) + cell.height <= most + 1e-6:
            wider = max(0.0, cell.width - max(c.width for c in column))
            if wider <= left + 1e-6:
                column.append(cell)
                left -= wider
                continue
        if not pages or left < cell.width + GAP - 1e-6:
            pages.append([])
            left = room.width + GAP
        pages[-1].append([cell])
        left -= cell.width + GAP
    return pages


def _spread(page: Sequence[_Column], room: Box) -> list[tuple[_Cell, float, float]]:
    """Shares the room left among the columns, and in each column among its cells."""
    widths = [max(cell.width for cell in column) for column in page]
    gap = (room.width - sum(widths)) / (len(page) + 1)
    x, spread = room.x0 + gap, []
    for column, width in zip(page, widths, strict=True):
        apart = (room.height - sum(cell.height for cell in column)) / max(1, len(column) - 1)
        y = room.y1
        for i, cell in enumerate(column):
            y -= cell.height + (min(apart, WIDEST_GAP) if i else 0.0)
            spread.append((cell, x + (width - cell.width) / 2, y))
        x += width + gap
    return spread


def draw_section(sheet: Sheet, section: SectionContent, box: Box, say: Phrases) -> View:
    """One section in its box: lines, labels, ruler, station table and heading; returns its view."""
    cell = _cell(section, sheet.scale)
    base = box.y0 + ROWS * ROW + 4
    view = View(sheet, (cell.left, cell.low), (box.x0 + RULER_ROOM, base))
    step = _step(section.points, sheet.scale)
    _heading(sheet, section, box, say)
    ruler(sheet, box.x0 + RULER_ROOM - 4, lambda z: view.point(0, z)[1], cell.low, cell.high, step)
    _bodies(view, section)
    _lines(view, section)
    _station_table(view, section, Box(box.x0, box.y0, box.x0 + box.width, base), say)
    _labels(view, section, say)
    return view


def _bodies(view: View, section: SectionContent) -> None:
    sheet = view.sheet
    for outline in section.cut_outlines:
        sheet.fill("fill", [view.paper(outline)], "ANSI31", scale=1.2, whole=True)
    for cover in section.covers:
        sheet.line("cover", view.paper(cover), closed=True)
    for wall in section.walls:
        outline = view.paper(wall)
        sheet.line("wall", outline, closed=True)
        if np.ptp(outline[:, 1]) < 1.5:
            sheet.fill("wall_fill", [outline], "SOLID")


def _lines(view: View, section: SectionContent) -> None:
    for piece in section.ground:
        view.line("ground", piece)
    for _, line in section.interfaces:
        view.line("interface", line)
    for piece in section.design:
        view.line("design_line", piece)
        if len(piece) > 1:
            textures.ground_ticks(view.sheet, view.paper(piece), "ground", 22.0, 1.8)


def _labels(view: View, section: SectionContent, say: Phrases) -> None:
    """Levels on berms, widths between their edges, slope ratios along faces, names of layers, the overall angle."""
    sheet = view.sheet
    for bench in section.benches:
        _bench(view, bench, say)
    for face in section.faces:
        _face(view, face)
    if section.design:
        line = section.design[0]
        x = min(max(0.0, float(line[0, 0])), float(line[-1, 0]))
        z = float(np.interp(x, line[:, 0], line[:, 1]))
        level_mark(sheet, view.point(x, z), level(z))
    for name, line in section.interfaces:
        _interface_label(view, section, say("sections.bottom", name=name), line)
    ground = view.paper(max(section.ground, key=len))
    spots = []
    for share in (0.9, 0.8, 0.97, 0.6, 0.4, 0.2):
        p = ground[min(len(ground) - 1, int(share * len(ground)))]
        spots += [
            Spot(
                (float(p[0]) - 3, float(p[1]) + 5),
                "right",
                leader=((float(p[0]), float(p[1])), (float(p[0]) - 3, float(p[1]) + 4.2)),
            )
        ]
    sheet.label("ground", say("sections.ground"), spots, 2.5, crossing=1.0, most=3)


def _interface_label(view: View, section: SectionContent, words: str, line: Points) -> None:
    """A layer's name below its bottom line where that lies below the ground, off all lines where there is room."""
    shown = view.paper(line)
    ground = view.paper(max(section.ground, key=len))
    spots: list[Spot] = []
    for share in (0.85, 0.7, 0.95, 0.5, 0.6, 0.3, 0.4, 0.15):
        p = shown[min(len(shown) - 1, int(share * len(shown)))]
        x, y = float(p[0]), float(p[1])
        if float(np.interp(x, ground[:, 0], ground[:, 1])) - y < 1.0:
            continue
        for down in (5.0, 8.0, 12.0):
            spots.append(Spot((x + 3, y - down), "left", "top", cost=0.05 * len(spots),
                              leader=((x, y), (x + 3, y - down + 0.6))))  # fmt: skip
        spots.append(Spot((x, y - 1.0), "center", "top", cost=1.0 + 0.05 * len(spots)))
    view.sheet.label("interface", words, spots, 2.5, crossing=1.0, most=4.0)


def _bench(view: View, bench: SectionBench, say: Phrases) -> None:
    sheet = view.sheet
    inner, outer = view.point(*bench.inner), view.point(*bench.outer)
    words = say("sections.bench", name=bench.name, level=level(bench.outer[1]))
    width = number(bench.width)
    side = 1.0 if inner[0] > outer[0] else -1.0
    x, y = outer
    spots = []
    for up in (2.0, 6.0, 10.0, 14.0, 18.0):
        for out in (1.5, 6.0, 12.0):
            end = x - side * out
            length = text_width(words, 2.5)
            at = (end - side * length, y + up) if side > 0 else (end + length, y + up)
            spots.append(
                Spot((min(at[0], end), at[1] + 0.8), "left", cost=up * 0.05 + out * 0.02,
                     leader=((x, y), (end, at[1]), (end - side * length, at[1])))
            )  # fmt: skip
    sheet.label("dimension", words, spots, 2.5, crossing=1.0, most=4.0)
    low = min(inner[1], outer[1]) - 5.5
    p, q = sorted((inner, outer))
    room = text_width(width, 2.5)
    shown = [Spot(((p[0] + q[0]) / 2, low + 0.6), "center"), Spot((q[0] + 1.5, low + 0.6), "left"),
             Spot((p[0] - 1.5, low + 0.6), "right")]  # fmt: skip
    for spot in shown if room < q[0] - p[0] - 0.5 else shown[1:]:
        corners = text_corners(spot.at, width, 2.5, 0, spot.halign, "base")
        if sheet.is_free(corners):
            sheet.dimension("dimension", p, q, (p[0], low), 0.0, factor=1.0, digits=2)
            return


def _face(view: View, face: SectionFace) -> None:
    """The slope ratio and angle along a face, on its inner side."""
    sheet = view.sheet
    foot, top = np.array(view.point(*face.foot)), np.array(view.point(*face.top))
    run = top - foot
    length = float(np.hypot(*run))
    words = f"{ratio(face.ratio)} ({number(face.angle_deg, 1)}\N{DEGREE SIGN})"
    short = ratio(face.ratio)
    turn = math.degrees(math.atan2(run[1], run[0]))
    turn = turn - 180 if turn > 90 else turn
    across = np.array((-math.sin(math.radians(turn)), math.cos(math.radians(turn))))
    for content in (words, short):
        if text_width(content, 2.5) > length - 1:
            continue
        spots = []
        for share in (0.5, 0.4, 0.6, 0.3, 0.7):
            p = foot + run * share
            for off in (-3.6, 1.1):
                at = p + across * off
                spots.append(Spot((float(at[0]), float(at[1])), "center", "base", turn, cost=0.1 * abs(share - 0.5)))
        if sheet.label("dimension", content, spots, 2.5, crossing=1.0, most=1.6):
            return


def _station_table(view: View, section: SectionContent, box: Box, say: Phrases) -> None:
    """Offset, ground level and design level at the breaks of the design line and at the ends."""
    sheet = view.sheet
    sheet.reserve(Box(box.x0, box.y0, box.x1, box.y0 + ROWS * ROW), say("sections.table.offset"))
    left = box.x0 + HEADING
    names = (say("sections.table.design"), say("sections.table.ground"), say("sections.table.offset"))
    for i in range(ROWS + 1):
        y = box.y0 + i * ROW
        sheet.line("table", [(box.x0, y), (box.x1, y)], avoid=False)
    for x in (box.x0, left - 1.5, box.x1):
        sheet.line("table", [(x, box.y0), (x, box.y0 + ROWS * ROW)], avoid=False)
    for i, name in enumerate(reversed(names)):
        sheet.text("table", (box.x0 + 1.2, box.y0 + (i + 0.5) * ROW), name, 2.5, valign="middle", inside=True)
    taken: list[float] = []
    for offset, ground, design, _ in sorted(section.stations, key=lambda row: -row[3]):
        x = view.point(offset, 0)[0]
        if x < left + 1 or x > box.x1 - 1.5 or any(abs(x - other) < 4.2 for other in taken):
            continue
        taken.append(x)
        cells = (number(offset), "" if ground is None else level(ground), "" if design is None else level(design))
        for i, words in enumerate(cells):
            sheet.text("table", (x, box.y0 + (i + 0.5) * ROW), words, 2.5, halign="center", valign="middle",
                       rotation=90, inside=True)  # fmt: skip
        top = [z for z in (ground, design) if z is not None]
        if top:
            sheet.line("grid", [(x, box.y0 + ROWS * ROW), (x, view.point(0, min(top))[1])], avoid=False)


def _heading(sheet: Sheet, section: SectionContent, box: Box, say: Phrases) -> None:
    x, y = box.center[0], box.y1 - 8
    name = say("sections.name", name=section.name)
    width = text_width(name, 5.0)
    sheet.text("title", (x, y), name, 5.0, halign="center", style=TITLE)
    for drop, weight in ((1.8, 50), (2.7, 13)):
        sheet.line(
            "title", [(x - width / 2 - 1, y - drop), (x + width / 2 + 1, y - drop)], lineweight=weight, avoid=False
        )
    sheet.text("title", (x + width / 2 + 3, y), f"1:{sheet.scale}", 3.5)
    parts = []
    if section.station is not None:
        parts.append(say("sections.station", station=number(section.station)))
    if section.cut is not None:
        parts.append(say("sections.cut", area=number(section.cut)))
    each = [
        say("sections.material", material=material, area=number(area)) for material, area in section.cut_by_material
    ]
    if each:
        parts.append(say("sections.of_which", parts=say("sections.list").join(each)))
    words = say("sections.and").join(parts)
    height = 3.0
    while height > 2.5 and text_width(words, height) > box.width - 4:
        height -= 0.2
    if parts and text_width(words, height) <= box.width - 4:
        sheet.text("text", (x, y - 9), words, height, halign="center")
    elif parts:
        half = math.ceil(len(parts) / 2)
        for i, row in enumerate((parts[:half], parts[half:])):
            sheet.text("text", (x, y - 7.5 - 4.5 * i), say("sections.and").join(row), 2.5, halign="center")
