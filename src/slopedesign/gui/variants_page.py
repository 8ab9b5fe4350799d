"""Variants of a slope side by side: what is cut, what is gained, what it costs in walls and soil; one is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import InputError
from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.document import Document
from slopedesign.gui.flow import FlowBar
from slopedesign.gui.tables import SORT, CopiedTable
from slopedesign.gui.telling import told
from slopedesign.gui.variants import choose, compare, duplicate, families
from slopedesign.i18n import message, text

LEAST_EMS = 8
"""Width of a column in which the numbers and the begin of a name are read."""


class VariantsPage(QWidget):
    """A column for each variant, a row for each thing compared."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        language = document.language
        self.slope_box = CalmCombo(text("gui.section.choose_slope", language))
        self.slope_box.bound()
        self.slope_box.activated.connect(lambda _: self.refresh())
        self.add = QPushButton(text("gui.action.duplicate_slope", language))
        self.add.clicked.connect(self._add)
        self.choose = QPushButton(text("gui.variants.choose", language))
        self.choose.clicked.connect(self._choose)
        self.remove = QPushButton(text("gui.variants.remove", language))
        self.remove.clicked.connect(self._remove)
        self.table = CopiedTable()
        self.table.currentCellChanged.connect(lambda *_: self._offer())
        self.table.setAccessibleName(text("gui.page.variants", language))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        head = self.table.horizontalHeader()
        head.setMinimumSectionSize(self.fontMetrics().height() * LEAST_EMS)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.setTabKeyNavigation(False)
        self.hint = QLabel(text("gui.variants.hint", language))
        self.hint.setObjectName("quiet")
        self.hint.setWordWrap(True)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        bar = FlowBar()
        bar.addWidget(self.slope_box)
        bar.addWidget(self.add)
        bar.addWidget(self.choose)
        bar.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.error)
        column.addWidget(self.hint)
        self._columns: list[str] = []
        document.design_changed.connect(self.refresh)
        document.project_changed.connect(self._fill)
        self.refresh()

    def _fill(self) -> None:
        names = list(families(self.document.project))
        if names != [self.slope_box.itemText(i) for i in range(self.slope_box.count())]:
            at = self.slope_box.currentText()
            self.slope_box.clear()
            self.slope_box.addItems(names)
            self.slope_box.setCurrentText(at)

    def refresh(self) -> None:
        """Compare the variants of the chosen slope as designed."""
        self._fill()
        design = self.document.design
        name = self.slope_box.currentText()
        rows, self._columns = compare(design, name, self.document.language) if design is not None and name else ([], [])
        self.table.setColumnCount(len(self._columns))
        self.table.setRowCount(len(rows))
        heads = [
            (f"({text('gui.variants.chosen', self.document.language)})  " if n == name else "") + n
            for n in self._columns
        ]
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setVerticalHeaderLabels([row.title for row in rows])
        for i, row in enumerate(rows):
            for j, (value, shown, best) in enumerate(zip(row.values, row.shown, row.best, strict=True)):
                item = QTableWidgetItem(shown)
                item.setData(SORT, value)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                font = item.font()
                font.setBold(best)
                item.setFont(font)
                self.table.setItem(i, j, item)
        for j, words in enumerate(heads):
            if (head := self.table.horizontalHeaderItem(j)) is not None:
                head.setToolTip(words)
        self._offer()

    def _offer(self) -> None:
        """What can be done with the selected column: a slope that is built is neither chosen again nor removed."""
        variant = self._picked() not in ("", self.slope_box.currentText())
        self.add.setEnabled(bool(self.slope_box.currentText()))
        self.choose.setEnabled(variant)
        self.remove.setEnabled(variant)

    def print(self) -> None:
        """Print the comparison."""
        from slopedesign.gui.printing import print_table

        print_table(self, text("gui.page.variants", self.document.language), self.table)

    def _picked(self) -> str:
        at = self.table.currentColumn()
        return self._columns[at] if 0 <= at < len(self._columns) else ""

    def _path(self, name: str) -> str:
        return next((f"slopes[{i}]" for i, s in enumerate(self.document.project.slopes) if s.name == name), "")

    def _add(self) -> None:
        duplicate(self.document, self._path(self._picked() or self.slope_box.currentText()))

    def _choose(self) -> None:
        name = self._picked()
        self._try(lambda: choose(self.document, name))
        self.slope_box.setCurrentText(name)
        self.refresh()

    def _remove(self) -> None:
        name = self._picked()
        path = self._path(name)  # the design may still show one that the project has no more
        if path and name != self.slope_box.currentText():
            self._try(lambda: self.document.remove_entry(path, message("gui.edit.remove", name=name)))

    def _try(self, work: Callable[[], None]) -> None:
        """What other parts of the project do not allow is said."""
        self.error.hide()
        try:
            work()
        except InputError as error:
            self.error.setText(told(error, self.document.project, self.document.language))
            self.error.show()
