"""The computation of volumes: sections with cut areas, the table of section volumes, the comparison of methods.

The section methods stand beside the exact overlay of the surfaces, with their difference, so that a reader sees what a
hand calculation would give and how far it lies from the ground as surveyed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from slopedesign.drawings.content import SectionContent, VolumesContent
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.sheet import PAPERS, Box, Paper, Sheet, View
from slopedesign.drawings.tables import TITLE_ROOM, Column, Table, draw_notes, draw_table, notes_height
from slopedesign.drawings.text import TITLE, text_width
from slopedesign.drawings.titleblock import BLOCK_HEIGHT, BLOCK_WIDTH
from slopedesign.standards.trace import Traced

SCALES = (500, 1000, 2000, 5000)
MINI_HEAD, MINI_GAP = 13.0, 5.0


def volume_sheets(volumes: Sequence[VolumesContent], scale: int | None, paper: str, language: str) -> list[Sheet]:
    """Sheets for each slope: sections on the left, tables on the right, on as many sheets as they need."""
    say = Phrases(language)
    sheets: list[Sheet] = []
    for content in volumes:
        sheets += _slope_sheets(content, scale, "A3" if paper == "auto" else paper, say, len(sheets))
    return sheets


def _slope_sheets(content: VolumesContent, scale: int | None, paper: str, say: Phrases, before: int) -> list[Sheet]:
    chosen = scale or (_scale(content.sections, PAPERS[paper]) if content.sections else 1000)
    waiting = list(content.sections)
    tables = _tables(content, say)
    notes: list[str] | None = _notes(content, say)
    sheets: list[Sheet] = []
    while waiting or tables or notes:
        number_ = before + len(sheets) + 1
        sheet = Sheet(
            f"TF-{number_:02d}", say("volumes.title", slope=content.slope), chosen, PAPERS[paper], say.language
        )
        if not content.sections:
            sheet.scale_text = say("volumes.no_scale")
        f = sheet.frame
        left = _left(sheet)
        right = Box(f.x1 - BLOCK_WIDTH, f.y0 + BLOCK_HEIGHT + 4, f.x1 - 4, f.y1 - 4)
        waiting = _minis(sheet, waiting, left, say)
        low = _fill_column(sheet, tables, right)
        if not waiting:
            low = _fill_column(sheet, tables, Box(left.x0, left.y0, left.x0 + right.width, _lowest(sheet, left)), low)
        if not tables and notes:
            room = notes_height(say("notes"), notes, right.width)
            under = _lowest(sheet, left)
            if low - right.y0 >= room:
                draw_notes(sheet, say("notes"), notes, right.x0, low, right.width)
                notes = None
            elif not waiting and under - left.y0 >= room:
                draw_notes(sheet, say("notes"), notes, left.x0, under, right.width)
                notes = None
        sheets.append(sheet)
    return sheets


def _lowest(sheet: Sheet, area: Box) -> float:
    """Lowest thing placed within an area so far, less a gap."""
    inside = [placed.box.y0 for placed in sheet.placed if placed.box.x0 < area.x1 and placed.box.x1 < area.x1 + 1]
    return min(inside, default=area.y1 + 4) - 6


def _fill_column(sheet: Sheet, tables: list[Table], room: Box, low: float | None = None) -> float:
    """Draws tables from the list into a column until it is full; returns the lowest level reached in the column."""
    top = room.y1
    while tables:
        table = tables[0]
        least = TITLE_ROOM + 3 * (table.text_height * 1.6 + 1.6)
        if top - room.y0 < least:
            break
        shown, rest = table.split(top - room.y0)
        top = draw_table(sheet, shown, room.x0, top).y0 - 6
        if rest is not None:
            tables[0] = rest
            break
        tables.pop(0)
    return top if low is None else low


def _scale(sections: Sequence[SectionContent], paper: Paper) -> int:
    """The largest scale at which all sections find room on one sheet; else the smallest."""
    probe = Sheet("", "", 1, paper)
    for s in SCALES:
        rows = _rows(sections, s, _left(probe))
        if sum(height + MINI_GAP for _, height in rows) <= _left(probe).height + MINI_GAP:
            return s
    return next((s for s in SCALES if max(_mini_size(section, s)[0] for section in sections) <= 95), SCALES[-1])


def _left(sheet: Sheet) -> Box:
    f = sheet.frame
    return Box(f.x0 + 4, f.y0 + 4, f.x1 - BLOCK_WIDTH - 6, f.y1 - 4)


def _rows(sections: Sequence[SectionContent], scale: int, area: Box) -> list[tuple[list[SectionContent], float]]:
    """The sections in rows that fit the width of an area, with the height of each row [mm]."""
    rows: list[tuple[list[SectionContent], float]] = []
    used = 0.0
    for section in sections:
        width, height = _mini_size(section, scale)
        if rows and used + MINI_GAP + width <= area.width:
            rows[-1] = ([*rows[-1][0], section], max(rows[-1][1], height))
            used += MINI_GAP + width
        else:
            rows.append(([section], height if width <= area.width else float("inf")))
            used = width
    return rows


def _mini_size(section: SectionContent, scale: int) -> tuple[float, float]:
    points = section.points
    size = np.ptp(points, axis=0) * 1000 / scale
    return max(float(size[0]), 60.0), float(size[1]) + MINI_HEAD + 3


def _minis(sheet: Sheet, sections: Sequence[SectionContent], area: Box, say: Phrases) -> list[SectionContent]:
    """Small sections in rows; returns those that found no room."""
    top, left = area.y1, list(sections)
    for row, height in _rows(sections, sheet.scale, area):
        if top - height < area.y0 and len(left) < len(sections):
            break
        spare = area.width - sum(_mini_size(section, sheet.scale)[0] for section in row)
        x = area.x0 + spare / (len(row) + 1)
        for section in row:
            width, tall = _mini_size(section, sheet.scale)
            _mini(sheet, section, Box(x, top - tall, x + width, top), say)
            x += width + spare / (len(row) + 1)
        top -= height + MINI_GAP
        left = left[len(row) :]
    return left


def _mini(sheet: Sheet, section: SectionContent, box: Box, say: Phrases) -> None:
    points = section.points
    low, high = points.min(axis=0), points.max(axis=0)
    wide = (high[0] - low[0]) / sheet.unit
    view = View(sheet, (float(low[0]), float(low[1])), (box.x0 + (box.width - wide) / 2, box.y0 + 2))
    for outline in section.cut_outlines:
        sheet.fill("fill", [view.paper(outline)], "ANSI31", scale=0.6, whole=True)
    for piece in section.ground:
        view.line("ground", piece)
    for _, line in section.interfaces:
        view.line("interface", line)
    for piece in section.design:
        view.line("design_line", piece)
    name = say("sections.short", name=section.name)
    areas = [] if section.cut is None else [say("volumes.cut_area", area=number(section.cut))]
    sheet.reserve(Box(box.x0, box.y1 - MINI_HEAD, box.x1, box.y1 - 1), name)
    sheet.reserve(Box(box.x0, box.y0, box.x1, box.y1 - MINI_HEAD - 0.5), name)
    x = box.center[0]
    sheet.text("title", (x, box.y1 - 6), name, 3.5, halign="center", style=TITLE, inside=True)
    width = text_width(name, 3.5) / 2 + 1
    sheet.line("title", [(x - width, box.y1 - 7.2), (x + width, box.y1 - 7.2)], avoid=False, lineweight=35)
    words = "  ".join(areas)
    height = 2.5 if text_width(words, 2.5) <= box.width else max(1.8, 2.5 * box.width / text_width(words, 2.5))
    sheet.text("text", (x, box.y1 - 11.4), words, height, halign="center", inside=True)


def _tables(content: VolumesContent, say: Phrases) -> list[Table]:
    width = BLOCK_WIDTH - 4
    tables = []
    if content.spans:
        tables.append(_span_table(content, say, width))
    if content.methods:
        tables.append(_method_table(content, say, width))
    if content.rows:
        tables.append(_bench_table(content, say, width))
    return tables


def _span_table(content: VolumesContent, say: Phrases, width: float) -> Table:
    curved = any(span.curved is not None for span in content.spans)
    columns = [
        Column(say("volumes.between"), "center"), Column(say("volumes.first_area"), "right"),
        Column(say("volumes.second_area"), "right"), Column(say("volumes.spacing"), "right"),
        Column(say("volumes.end_area"), "right"),
    ]  # fmt: skip
    if curved:
        columns.append(Column(say("volumes.curved"), "right"))
    rows = []
    for span in content.spans:
        numbers = (span.cut_first, span.cut_second, span.spacing, span.end_area)
        cells = [f"{span.first}~{span.second}", *(number(n) for n in numbers)]
        if curved:
            cells.append(_shown(span.curved))
        rows.append(tuple(cells))
    last = [say("table.total"), "", "", "", _shown(content.end_area)]
    if curved:
        last.append(_shown(content.curved))
    return Table(say("volumes.section_table"), tuple(columns), (*rows, tuple(last)), bold_last=True, full_width=width)


def _shown(value: Traced | None, digits: int = 2) -> str:
    return "" if value is None else number(value, digits)


def _method_table(content: VolumesContent, say: Phrases, width: float) -> Table:
    """Each result with what it rests on; differences as percentages."""
    rows = tuple(
        (
            say(f"volumes.method.{row.key}"),
            f"{number(row.amount.value * 100, 3)}%" if row.share else number(row.amount),
            row.remark,
        )
        for row in content.methods
    )
    columns = (
        Column(say("volumes.method.title"), widest=56), Column(say("volumes.amount"), "right"),
        Column(say("volumes.remark"), widest=72),
    )  # fmt: skip
    return Table(say("volumes.methods"), columns, rows, full_width=width)


def _bench_table(content: VolumesContent, say: Phrases, width: float) -> Table:
    """Volumes of the overlay by face and bench (rows) and material (columns); the last row is the whole."""
    materials = list(dict.fromkeys(material for row in content.rows for material in row.by_material))
    columns = (
        Column(say("volumes.part"), "left"), *(Column(f"{m}(m3)", "right") for m in materials),
        Column(f"{say('table.total')}(m3)", "right"),
    )  # fmt: skip
    rows = tuple(
        (row.name, *(_shown(row.by_material.get(m)) for m in materials), number(row.total)) for row in content.rows
    )
    return Table(say("volumes.bench_table"), columns, rows, bold_last=True, full_width=width)


def _notes(content: VolumesContent, say: Phrases) -> list[str]:
    return [say("note.metres"), *content.notes]
