"""Quantities: the very tables of the workbook, and where a number comes from."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from slopedesign.gui.document import Document
from slopedesign.gui.list_page import ListPage
from slopedesign.gui.tables import NUMBER, ResultTable
from slopedesign.i18n import text


class ResultsPage(ListPage):
    """List of tables, the table, the chain behind the selected number.

    Signals:
        wanted: path of a field that a link in the chain leads to.
    """

    wanted = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        language = document.language
        self.tables: list[Any] = []
        self.list.setAccessibleName(text("gui.results.tables", language))
        self.list.currentRowChanged.connect(self._show)
        self.title = QLabel()
        self.title.setObjectName("heading")
        self.table = ResultTable()
        self.note = QLabel()
        self.note.setObjectName("quiet")
        self.note.setWordWrap(True)
        self.why = QTextBrowser()
        self.why.setAccessibleName(text("gui.check.detail", language))
        self.why.setPlaceholderText(text("gui.results.why_hint", language))
        self.why.setOpenLinks(False)
        self.why.anchorClicked.connect(lambda url: self.wanted.emit(url.toString()))
        self.why.setMaximumHeight(self.fontMetrics().height() * 11)
        copy = QPushButton(text("gui.results.copy", language))
        copy.clicked.connect(self.table.copy)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(copy)
        right = QWidget()
        column = QVBoxLayout(right)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.note)
        column.addWidget(self.why)
        self.arrange(right, list_ems=9)
        self.refresh()

    def refresh(self) -> None:
        """Show the tables of the design; made when the page is seen."""
        design = self.document.design
        if design is self._design and self.tables:
            return
        if design is None or not self.isVisible():
            if design is None:
                self.title.setText(text("gui.results.none", self.document.language))
            return
        from slopedesign.quantities.collect import bill_of
        from slopedesign.reports.workbook import quantity_tables

        self._design = design
        self.tables = quantity_tables(design, bill_of(design), self.document.language)
        at = max(0, self.list.currentRow())
        self.relist(table.name for table in self.tables)
        self.list.setCurrentRow(min(at, len(self.tables) - 1))
        self._show(self.list.currentRow())

    def _show(self, at: int) -> None:
        if not 0 <= at < len(self.tables):
            return
        table = self.tables[at]
        self.title.setText(table.title)
        self.note.setText("\n".join([*table.before, *table.after]))
        self.note.setVisible(bool(self.note.text()))
        self.table.show_table(table, self.document.language)
        self.table.selectionModel().currentChanged.connect(self._explain)
        self.why.clear()

    def _explain(self, index: Any, _: Any) -> None:
        number = index.data(NUMBER)
        if number is None:
            self.why.clear()
            return
        from slopedesign.gui.why import number_html

        self.why.setHtml(number_html(number, self.document.language))

    def print(self) -> None:
        """Print the table shown."""
        from slopedesign.gui.printing import print_table

        print_table(self, self.title.text(), self.table)
