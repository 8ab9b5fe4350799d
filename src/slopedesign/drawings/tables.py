"""Tables drawn with lines and text, which every reader shows alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from slopedesign.drawings.sheet import Box, Sheet
from slopedesign.drawings.text import TITLE, HorizontalAlign, text_width, wrapped

PAD = 1.5
TITLE_HEIGHT = 4.0
TITLE_ROOM = 8.0


@dataclass(frozen=True)
class Column:
    """A column: heading, alignment of its cells, and the width it may not pass [mm]."""

    title: str
    align: HorizontalAlign = "left"
    widest: float = 60.0


@dataclass(frozen=True)
class Table:
    """A table ready to be drawn: its cells wrapped and its widths and row heights known [mm].

    `bold_last` draws a heavier line above the last row (a total).
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    text_height: float = 2.5
    bold_last: bool = False
    full_width: float = 0.0

    @cached_property
    def widths(self) -> tuple[float, ...]:
        """Column widths; stretched to `full_width` where that is wider."""
        widths = []
        for i, column in enumerate(self.columns):
            cells = [column.title, *(row[i] for row in self.rows)]
            widest = max(text_width(cell, self.text_height) for cell in cells)
            widths.append(min(widest, column.widest) + 2 * PAD)
        spare = self.full_width - sum(widths)
        if spare > 0:
            widths = [w + spare * w / sum(widths) for w in widths]
        return tuple(widths)

    def lines_of(self, row: Sequence[str]) -> list[list[str]]:
        """The wrapped lines of each cell of a row."""
        return [
            wrapped(cell, self.text_height, width - 2 * PAD + 1e-6)
            for cell, width in zip(row, self.widths, strict=True)
        ]

    def row_height(self, row: Sequence[str]) -> float:
        """Height of a row [mm]."""
        return max(len(lines) for lines in self.lines_of(row)) * self.text_height * 1.6 + 1.6

    @property
    def heading(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def height(self) -> float:
        """Height with title and heading [mm]."""
        room = TITLE_ROOM if self.title else 0.0
        return room + sum(self.row_height(row) for row in (self.heading, *self.rows))

    def split(self, room: float) -> tuple[Table, Table | None]:
        """The part that fits into a height, and the rest (None when all fits)."""
        used = (TITLE_ROOM if self.title else 0.0) + self.row_height(self.heading)
        for i, row in enumerate(self.rows):
            used += self.row_height(row)
            if used > room + 1e-9:
                i = max(i, 1)
                widths = self.width
                return (
                    Table(self.title, self.columns, self.rows[:i], self.text_height, False, widths),
                    Table(self.title, self.columns, self.rows[i:], self.text_height, self.bold_last, widths)
                    if self.rows[i:]
                    else None,
                )
        return self, None


def draw_table(sheet: Sheet, table: Table, left: float, top: float) -> Box:
    """Draw a table with its upper left corner at (left, top); returns the room it takes."""
    widths = table.widths
    box = Box(left, top - table.height, left + sum(widths), top)
    sheet.reserve(box, table.title or table.heading[0])
    y = top
    if table.title:
        sheet.text("title", (left + box.width / 2, top - TITLE_ROOM / 2 - 0.5), table.title, TITLE_HEIGHT,
                   halign="center", valign="middle", style=TITLE, inside=True)  # fmt: skip
        y -= TITLE_ROOM
    first = y
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    for number, row in enumerate((table.heading, *table.rows)):
        height = table.row_height(row)
        total = table.bold_last and number == len(table.rows)
        heavy = number <= 1 or total
        sheet.line("table", [(left, y), (edges[-1], y)], avoid=False, lineweight=35 if heavy else None)
        _draw_row(sheet, table, row, edges, y, height, centered=number == 0)
        y -= height
    sheet.line("table", [(left, y), (edges[-1], y)], avoid=False, lineweight=35)
    for edge in edges:
        outer = edge in (edges[0], edges[-1])
        sheet.line("table", [(edge, first), (edge, y)], avoid=False, lineweight=35 if outer else None)
    return box


def _draw_row(
    sheet: Sheet, table: Table, row: Sequence[str], edges: Sequence[float], top: float, height: float, *, centered: bool
) -> None:
    step = table.text_height * 1.6
    for i, lines in enumerate(table.lines_of(row)):
        align: HorizontalAlign = "center" if centered else table.columns[i].align
        x = {"left": edges[i] + PAD, "center": (edges[i] + edges[i + 1]) / 2, "right": edges[i + 1] - PAD}[align]
        first = top - height / 2 + (len(lines) - 1) * step / 2
        for j, line in enumerate(lines):
            sheet.text("table", (x, first - j * step), line, table.text_height, halign=align, valign="middle",
                       inside=True)  # fmt: skip


def draw_notes(
    sheet: Sheet, title: str, notes: Sequence[str], left: float, top: float, width: float, height: float = 2.5
) -> Box:
    """Numbered notes, wrapped to a width; returns the room they take."""
    step = height * 1.7
    lines: list[tuple[float, str]] = []
    for number, note in enumerate(notes, 1):
        head = f"{number}. "
        indent = text_width(head, height)
        for i, line in enumerate(wrapped(note, height, width - indent)):
            lines.append((0.0, head + line) if i == 0 else (indent, line))
    used = (TITLE_ROOM if title else 0.0) + len(lines) * step + 1.0
    box = Box(left, top - used, left + width, top)
    sheet.reserve(box, title or "notes")
    y = top
    if title:
        sheet.text(
            "title", (left, top - TITLE_ROOM / 2), title, TITLE_HEIGHT, valign="middle", style=TITLE, inside=True
        )
        y -= TITLE_ROOM
    for indent, line in lines:
        sheet.text("notes", (left + indent, y - step / 2), line, height, valign="middle", inside=True)
        y -= step
    return box


def notes_height(title: str, notes: Sequence[str], width: float, height: float = 2.5) -> float:
    """Height `draw_notes` would take [mm]."""
    lines = 0
    for number, note in enumerate(notes, 1):
        lines += len(wrapped(note, height, width - text_width(f"{number}. ", height)))
    return (TITLE_ROOM if title else 0.0) + lines * height * 1.7 + 1.0
