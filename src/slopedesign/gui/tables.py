"""Result tables: sorted by a click on the head, copied to a spreadsheet as tab-separated text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QTableWidget, QWidget

from slopedesign.gui import theme
from slopedesign.gui.defects import guarded, guarded_or
from slopedesign.i18n import Message

Index = QModelIndex | QPersistentModelIndex
SORT = Qt.ItemDataRole.UserRole
NUMBER = Qt.ItemDataRole.UserRole + 1


class TableModel(QAbstractTableModel):
    """A table of the reports (`SheetTable`): heads, bands, cells that are numbers with a trace or words."""

    def __init__(self, table: Any, language: str) -> None:
        super().__init__()
        self.table, self.language = table, language
        self.rows: list[tuple[str, Sequence[Any]]] = []
        band = ""
        for row in table.rows:
            if hasattr(row, "title"):
                band = row.title
            else:
                self.rows.append((band, row))
        self.banded = any(band for band, _ in self.rows)

    @guarded_or(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    @guarded_or(0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.table.columns) + self.banded

    @guarded_or(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            if self.banded and section == 0:
                return ""
            return self.table.columns[section - self.banded].title
        return None

    def cell(self, row: int, column: int) -> Any:
        """What stands in a cell."""
        band, cells = self.rows[row]
        if self.banded and column == 0:
            return band
        at = column - self.banded
        return cells[at] if at < len(cells) else None

    def shown(self, row: int, column: int) -> str:
        """A cell in words."""
        value = self.cell(row, column)
        if value is None:
            return ""
        if isinstance(value, Message):
            return value.render(self.language)
        if isinstance(value, str):
            return value
        return f"{float(value):.{self._digits(value, column)}f}"

    def _digits(self, value: Any, column: int) -> int:
        from slopedesign.quantities.bill import DIGITS

        digits = self.table.columns[column - self.banded].digits
        if digits is not None:
            return int(digits)
        return DIGITS.get(value.unit, 2) if hasattr(value, "unit") else (0 if float(value).is_integer() else 2)

    @guarded_or(None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = self.cell(index.row(), index.column())
        words = isinstance(value, str | Message) or value is None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.shown(index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole:
                return self.shown(index.row(), index.column())
            case Qt.ItemDataRole.ForegroundRole if self.banded and index.column() == 0:
                application = QApplication.instance()
                return theme.quiet_brush(application) if isinstance(application, QApplication) else None
        if role == SORT:
            return self.shown(index.row(), index.column()) if words else float(value)
        if role == NUMBER:
            return value if hasattr(value, "inputs") else None
        return None


def natural(words: str) -> list[str | int]:
    """What words are sorted by, so that section 10 comes after section 9: text and whole numbers by turns."""
    return [int(part) if i % 2 else part for i, part in enumerate(re.split(r"([0-9]+)", words))]


class _Sorted(QSortFilterProxyModel):
    @guarded_or(False)
    def lessThan(self, left: Index, right: Index) -> bool:
        a, b = left.data(SORT), right.data(SORT)
        if isinstance(a, str) != isinstance(b, str):
            return isinstance(a, str)
        return natural(a) < natural(b) if isinstance(a, str) and isinstance(b, str) else bool(a < b)


class CopiedView(QTableView):
    """A table whose selected cells copy with their heads."""

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_cells(self)
        else:
            super().keyPressEvent(event)


class ResultTable(CopiedView):
    """One table; its rows sort, its cells copy with their heads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.proxy = _Sorted(self)
        self.setModel(self.proxy)
        self.setSortingEnabled(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.6))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsMovable(True)
        head.setHighlightSections(False)
        font = QFont(head.font())
        font.setBold(True)
        head.setFont(font)

    def show_table(self, table: Any, language: str) -> None:
        """Show a table of the reports in its own order."""
        model = TableModel(table, language)
        self.proxy.setSourceModel(model)
        self.proxy.sort(-1)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setAccessibleName(table.title)
        most = self.fontMetrics().horizontalAdvance("0") * 46
        for column in range(model.columnCount()):
            self.resizeColumnToContents(column)
            # the band is read once for many rows
            widest = most * 2 // 5 if model.banded and column == 0 else most
            self.setColumnWidth(column, min(widest, self.columnWidth(column) + 10))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def copy(self) -> None:
        """The selected cells with their heads (everything without a selection), ready for a spreadsheet."""
        copy_cells(self)


class CopiedTable(QTableWidget):
    """A table of words that copies likewise."""

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_cells(self)
        else:
            super().keyPressEvent(event)


def copy_cells(table: QTableView) -> None:
    """The selected cells of a table as tab-separated text: with heads, titles of rows where they are shown.

    A single cell goes alone, everything where nothing is selected. Numbers go in full, not as they are rounded to be
    shown: their sums in a spreadsheet are those of the program.
    """
    model, chosen = table.model(), table.selectedIndexes()
    rows = sorted({i.row() for i in chosen}) or list(range(model.rowCount()))
    columns = sorted({i.column() for i in chosen}) or list(range(model.columnCount()))
    titled = not table.verticalHeader().isHidden()
    single = len(rows) == 1 and len(columns) == 1
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    lines = [] if single else [[plain(model.headerData(c, across)) for c in columns]]
    lines += [[_in_full(model.index(r, c)) for c in columns] for r in rows]
    if titled and not single:
        titles = ["", *(plain(model.headerData(r, down)) for r in rows)]
        lines = [[title, *line] for title, line in zip(titles, lines, strict=True)]
    QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))


def _in_full(index: QModelIndex) -> str:
    number = index.data(SORT)
    return f"{number:.12g}" if isinstance(number, float) else plain(index.data())


def plain(value: Any) -> str:
    """What stands in a cell, on one line; nothing where there is nothing, but a nought is a number."""
    return "" if value is None else str(value).replace("\t", " ").replace("\n", " ")
