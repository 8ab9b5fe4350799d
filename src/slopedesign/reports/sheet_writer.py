"""Tables as worksheets: A4 landscape, repeated head, numbers as live formulas with their computed values cached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from slopedesign.i18n import Message, text
from slopedesign.quantities.bill import DIGITS
from slopedesign.reports.excel_formula import live_formula
from slopedesign.standards.trace import Traced

Cell = Traced | Message | str | int | float | None
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: heading, width in characters, decimals of its numbers (None: by the unit)."""

    title: str
    width: float = 12
    digits: int | None = None
    wrap: bool = False


@dataclass(frozen=True)
class Band:
    """A heading row across the table."""

    title: str


@dataclass(frozen=True, kw_only=True)
class SheetTable:
    """One worksheet: title, notes above the table, columns, rows, notes below.

    A row may be a `Band`. `totals` names columns summed under the table (indices).
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell] | Band]
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    landscape: bool = True


@dataclass
class WorkbookWriter:
    """Writes `SheetTable`s; a number already standing in a cell is referred to, not repeated."""

    path: Path
    language: str
    footer: str
    properties: Mapping[str, str]
    cells: dict[int, str] = field(default_factory=dict)
    kept: list[Traced] = field(default_factory=list)

    def __post_init__(self) -> None:
        # a number that could not be worked stands as an error in its cell, it does not keep the workbook back
        wanted = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
        self.book = xlsxwriter.Workbook(str(self.path), wanted)
        self.book.set_properties(dict(self.properties))
        self.book.set_calc_mode("auto")
        self._formats: dict[tuple[Any, ...], Any] = {}

    def format(self, **settings: Any) -> Any:
        """A cell format, made once for each combination."""
        base = {"font_name": self._font, "font_size": 10, "valign": "vcenter"}
        key = tuple(sorted((base | settings).items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(base | settings)
        return self._formats[key]

    @property
    def _font(self) -> str:
        return text("workbook.font", self.language)

    def close(self) -> None:
        """Write the file."""
        self.book.close()

    def add_all(self, tables: Sequence[SheetTable]) -> None:
        """Write tables as worksheets in this order; later ones are filled first: the first can refer to them."""
        names = [table.name.translate(FORBIDDEN)[:31] for table in tables]
        sheets = [self.book.add_worksheet(name) for name in names]
        for sheet, name, table in reversed(list(zip(sheets, names, tables, strict=True))):
            self._fill(sheet, name, table)

    def _fill(self, sheet: Any, name: str, table: SheetTable) -> None:
        last = len(table.columns) - 1
        self._set_up(sheet, table)
        for j, column in enumerate(table.columns):
            sheet.set_column(j, j, column.width)
        sheet.merge_range(0, 0, 0, max(last, 1), table.title, self.format(bold=True, font_size=15, align="center"))
        sheet.set_row(0, 26)
        row = 1
        for line in table.before:
            sheet.merge_range(row, 0, row, max(last, 1), line, self.format(text_wrap=True, align="left"))
            sheet.set_row(row, self._height(line, table.columns))
            row += 1
        head = row
        for j, column in enumerate(table.columns):
            head_format = self.format(bold=True, border=1, align="center", text_wrap=True, bg_color="#E8ECEF")
            sheet.write_string(head, j, column.title, head_format)
        sheet.set_row(head, 30)
        sheet.repeat_rows(head)
        sheet.freeze_panes(head + 1, 0)
        row = head + 1
        for entry in table.rows:
            if isinstance(entry, Band):
                band = self.format(bold=True, border=1, align="left", bg_color="#F5F1E6")
                sheet.merge_range(row, 0, row, max(last, 1), entry.title, band)
            else:
                self._row(sheet, name, row, entry, table.columns)
            row += 1
        for line in table.after:
            sheet.merge_range(row, 0, row, max(last, 1), line, self.format(text_wrap=True, align="left"))
            sheet.set_row(row, self._height(line, table.columns))
            row += 1
        sheet.print_area(0, 0, max(row - 1, 1), max(last, 1))

    def _set_up(self, sheet: Any, table: SheetTable) -> None:
        sheet.set_paper(9)
        if table.landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
        sheet.set_footer(self.footer)
        sheet.hide_gridlines(2)

    @staticmethod
    def _height(line: str, columns: Sequence[Column]) -> float:
        width = sum(column.width for column in columns)
        length = sum(2 if ord(c) > 0x2E80 else 1 for c in line)
        return 15.0 * max(1, -(-length // max(int(width), 1)))

    def _row(self, sheet: Any, name: str, row: int, cells: Sequence[Cell], columns: Sequence[Column]) -> None:
        lines = 1
        for j, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            if isinstance(cell, Message):
                cell = cell.render(self.language)
            match cell:
                case None | "":
                    sheet.write_blank(row, j, None, self.format(border=1))
                case Traced():
                    self._number(sheet, name, row, j, cell, column)
                case bool() | str():
                    shown = str(cell)
                    sheet.write_string(row, j, shown, self.format(border=1, text_wrap=True, align="left"))
                    length = sum(2 if ord(c) > 0x2E80 else 1 for c in shown)
                    lines = max(lines, -(-length // max(int(column.width * 1.05), 1)))
                case int() | float():
                    digits = column.digits if column.digits is not None else 0 if isinstance(cell, int) else 2
                    style = self.format(border=1, num_format=_number_format(digits))
                    sheet.write_number(row, j, cell, style)
        if lines > 1:
            sheet.set_row(row, 13.5 * lines + 2)

    def _number(self, sheet: Any, name: str, row: int, j: int, number: Traced, column: Column) -> None:
        digits = column.digits if column.digits is not None else DIGITS.get(number.unit, 2)
        style = {"border": 1, "num_format": _number_format(digits), "align": "right"}
        if number.unverified:
            style["font_color"] = "#B35900"
        formula = live_formula(number, self.cells)
        if formula is None:
            sheet.write_number(row, j, number.value, self.format(**style))
        else:
            sheet.write_formula(row, j, formula, self.format(**style), number.value)
        if id(number) not in self.cells:
            self.cells[id(number)] = f"'{name}'!{xl_rowcol_to_cell(row, j)}"
            self.kept.append(number)


def _number_format(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def unit_name(unit: str, language: str) -> str:
    """A unit as the tables print it: m\N{SUPERSCRIPT TWO}, and a word for pieces."""
    if unit in ("-", "piece"):
        return text("workbook.pieces", language)
    if unit == "plant":
        return text("planting.unit", language)
    powers = unit.replace("m2", "m\N{SUPERSCRIPT TWO}").replace("m3", "m\N{SUPERSCRIPT THREE}")
    return powers.replace(" km", "\N{MIDDLE DOT}km")


def unit_sign(unit: str, language: str) -> str:
    """A unit beside a number that is no count: nothing for a bare number, the sign of degrees."""
    signs = {"-": "", "deg": "\N{DEGREE SIGN}"}
    return signs[unit] if unit in signs else unit_name(unit, language)
