"""Lists of the project as tables: edited in place, copied from and pasted into a spreadsheet.

Points are shown as surveyors write them, X (north) before Y (east); the project stores east, north.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import InputError
from slopedesign.gui.asking import answer_of
from slopedesign.gui.defects import guarded
from slopedesign.gui.document import Document
from slopedesign.gui.fields import FieldKind
from slopedesign.gui.list_cells import Choices, cell_of, parsed, shown
from slopedesign.gui.list_rows import OpenRow, OpenRows
from slopedesign.gui.list_shape import list_shape
from slopedesign.gui.name_combo import NameCells, blank_words
from slopedesign.gui.numbers import normalised, parse_number
from slopedesign.gui.telling import told
from slopedesign.i18n import message, text
from slopedesign.project.edit import value_at

if TYPE_CHECKING:
    from slopedesign.gui.stating import StateDialog

WIDEST_EMS = 13
"""Of a column before anybody drags it wider."""
ENTRY = Qt.ItemDataRole.UserRole


class ListTable(QWidget):
    """One list: rows are entries; the whole list is one edit."""

    def __init__(self, kind: FieldKind, document: Document, path: str) -> None:
        super().__init__()
        self.kind, self.document, self.path = kind, document, path
        self._filling = False
        self.open = OpenRows()
        self._block = False
        """Rows that were pasted together wait until all of them are fit."""
        self.shape = list_shape(kind, document.language)
        self.columns = self.shape.columns
        self.table = _Grid(self)
        self.table.setColumnCount(len(self.columns))
        self.table.setHorizontalHeaderLabels([title for _, title, _ in self.columns])
        for j, (_, title, inner) in enumerate(self.columns):
            tip = title if inner is None else "\n".join(inner.help_lines(document.language))
            head = self.table.horizontalHeaderItem(j)
            if head is not None:
                head.setToolTip(tip)
            if inner is not None and inner.shape in ("choice", "yes_no"):
                self.table.setItemDelegateForColumn(j, Choices(inner, document.language, self.table))
            elif inner is not None and inner.names:
                self.table.setItemDelegateForColumn(j, self._names(inner))
        self.table.setAccessibleName(kind.label(document.language))
        self.table.itemChanged.connect(self._typed)
        high = self.table.fontMetrics().height()
        self.table.setMinimumHeight(high * (4 if self.shape.whole else 6))
        if self.shape.whole:
            self.table.setMaximumHeight(high * 4)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.hint = QLabel()
        self.hint.setObjectName("quiet")
        self.hint.setWordWrap(True)
        self.hint.hide()
        more = QPushButton(text("gui.row_add", document.language))
        less = QPushButton(text("gui.row_remove", document.language))
        more.clicked.connect(self.add_row)
        less.clicked.connect(self.remove_rows)
        for button in (more, less):
            button.setVisible(not self.shape.whole or kind.optional)
            button.setAccessibleName(f"{kind.label(document.language)} {button.text()}")
        buttons = QHBoxLayout()
        buttons.addWidget(more)
        buttons.addWidget(less)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column.addWidget(self.error)
        column.addWidget(self.hint)
        column.addLayout(buttons)
        document.project_changed.connect(self.refresh)
        document.design_changed.connect(self.show_hint)
        self.refresh()
        self._share_width()

    def _share_width(self) -> None:
        """Columns as wide as their titles and what stands in them, within reason; a single one takes all."""
        head, most = self.table.horizontalHeader(), self.table.fontMetrics().height() * WIDEST_EMS
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setStretchLastSection(len(self.columns) == 1)
        for j in range(len(self.columns)):
            wanted = max(head.sectionSizeHint(j), self.table.sizeHintForColumn(j))
            self.table.setColumnWidth(j, min(max(wanted, head.defaultSectionSize()), most))

    def _names(self, kind: FieldKind) -> NameCells:
        language, blank = self.document.language, blank_words(kind.default == "", self.document.language)
        return NameCells(
            kind.label(language), lambda row: self.document.names.offered(kind, self._place(row)), blank, self.table
        )

    def _place(self, row: int) -> str:
        """Path of the entry of a row; that of the list where it was only begun."""
        return self.path if self.open.begun(row) else f"{self.path}[{self.open.place(row)}]"

    def show_hint(self) -> None:
        """Below the table, of the first name in it that nothing bears, that there is none."""
        language, said = self.document.language, ""
        named = [(j, title, kind) for j, (_, title, kind) in enumerate(self.columns) if kind is not None and kind.names]
        for row, (j, title, kind) in ((r, one) for r in range(self.table.rowCount() if named else 0) for one in named):
            item = self.table.item(row, j)
            refused = row in self.open and not self.error.isHidden()
            typed = item.text() if item is not None else ""
            if found := self.document.names.hint(kind, self._place(row), typed, refused=refused):
                said = f"{text('gui.row', language, number=row + 1)} {title}: {found}"
                break
        self.hint.setText(said)
        self.hint.setVisible(bool(said))

    def entries(self) -> list[Any]:
        """The list as plain data."""
        found = value_at(self.document.project, self.path)
        if self.shape.whole:
            return [] if found is None else [list(found)]
        return [json.loads(e.model_dump_json()) if hasattr(e, "model_dump_json") else e for e in found or ()]

    def _stated(self, entries: list[Any]) -> Any:
        """The field's value; a list that may be left out is left out where it has no entry."""
        if self.shape.whole:
            return entries[0] if entries else None
        return None if not entries and self.kind.optional else entries

    def refresh(self) -> None:
        """Show what the project holds now, and what was not taken where it stood."""
        try:
            entries = self.entries()
        except InputError:
            return
        laid, self.open = self.open.among(entries)
        self._filling = True
        self.table.setRowCount(len(laid))
        for i, (entry, words) in enumerate(laid):
            for j, (key, _, kind) in enumerate(self.columns):
                item = QTableWidgetItem(
                    shown(cell_of(entry, key), kind, self.document.language) if words is None else words[j]
                )
                item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
                item.setToolTip(item.text())
                self.table.setItem(i, j, item)
            first = self.table.item(i, 0)
            if first is not None:
                first.setData(ENTRY, entry)
        self._filling = False
        if not self.open:
            self._block = False
            self.error.hide()
        self.show_hint()

    def _parsed(self, typed: str, kind: FieldKind | None, where: str) -> Any:
        if kind is not None:
            return parsed(typed, kind, where, self.document.language)
        if self.shape.numbers:
            return parse_number(typed, where) if normalised(typed) else None
        return typed

    def _entry(self, row: int) -> Any:
        """What a row states; what its table does not show stays with it, wherever the row has moved."""
        old = self._base(row)
        values = {}
        for j, (key, title, kind) in enumerate(self.columns):
            item = self.table.item(row, j)
            values[key] = self._parsed(item.text() if item else "", kind, f"{self.path}[{row}] {title}")
        if self.kind.inner is not None:
            base = dict(old) if isinstance(old, dict) else {}
            return {k: v for k, v in (base | values).items() if v is not None or k in base}
        if len(self.columns) == 1:
            return values[0]
        ordered = [values[key] for key in sorted(values, key=lambda key: (len(str(key)), str(key)))]
        return ordered[:-1] if ordered[-1] is None and len(ordered) == 3 else ordered

    def _words(self, row: int) -> tuple[str, ...]:
        items = (self.table.item(row, j) for j in range(len(self.columns)))
        return tuple(item.text() if item is not None else "" for item in items)

    def _base(self, row: int) -> Any:
        first = self.table.item(row, 0)
        return first.data(ENTRY) if first is not None else None

    def commit(self, rows: Sequence[int]) -> None:
        """Send rows that were typed or pasted, and all that are open with them, as one edit.

        Where another row is not fit yet, one that was typed goes alone. What is wrong is said below and stays.
        """
        try:
            self._send({*self.open.typed(), *rows})
            return
        except InputError as error:
            found = error
        if len(rows) == 1 and not self._block and self.open.without(rows).typed():
            try:
                self._send(set(rows))
            except InputError as error:
                found = error
            else:
                rows = ()
        for row in rows:
            one = OpenRow(self.open.begun(row), self._words(row), True, self._base(row))
            self.open = self.open.put(row, one)
        self._block |= len(rows) > 1
        self.error.setText(self._said(found))
        self.error.show()
        self.show_hint()

    def _send(self, taken: set[int]) -> None:
        """Rows as they stand in the table, the others as the project has them."""
        stored, entries, sent = self.entries(), [], []
        for row in range(self.table.rowCount()):
            if row in taken:
                entries.append(self._entry(row))
            elif self.open.begun(row):
                continue
            else:
                entries.append(stored[self.open.place(row)])
            sent.append(row)
        before, former = self.document.project, self.open
        self.open = former.without(taken)
        places = [None if former.begun(row) else former.place(row) for row in sent]
        try:
            self._put(entries, places if self.kind.inner is not None else None)
        except InputError as error:
            self.open = former
            raise InputError(_moved(error.field, self.path, sent), error.value, error.rule) from error
        if self.document.project is before:
            self.refresh()

    def _put(self, entries: list[Any], places: Sequence[int | None] | None = None) -> None:
        name = message("gui.edit.field", field=self.kind.label(self.document.language))
        self.document.set_value(self.path, self._stated(entries), name, places if entries else None)

    def _said(self, error: InputError) -> str:
        """What is wrong, with the row and the column it stands in."""
        language = self.document.language
        rule = error.rule if isinstance(error.rule, str) else error.rule.render(language)
        match = re.match(r"\[(\d+)\](?:\.(\w+)|\[(\d+)\]| (.+))?", error.field.removeprefix(self.path))
        if match is None:
            return told(error, self.document.project, language)
        name = match[4] or next((title for key, title, _ in self.columns if str(key) in (match[2], match[3])), "")
        return f"{text('gui.row', language, number=int(match[1]) + 1)} {name}: {rule}".replace(" :", ":")

    def _typed(self, item: QTableWidgetItem) -> None:
        if not self._filling:
            self.commit((item.row(),))

    def untaken(self) -> list[tuple[str, str]]:
        """Name and text of the rows that were typed or pasted and not taken."""
        label = self.kind.label(self.document.language)
        return [(label, " ".join(word for word in self._words(row) if word)) for row in self.open.typed()]

    def add_row(self) -> None:
        """One row more, after the current one, a copy of it; to be changed before it counts."""
        if self.shape.whole and self.table.rowCount():
            return
        from slopedesign.gui.stating import needs_more

        if self.kind.inner is not None and needs_more(self.kind.inner):
            answer_of(self.stating(self.kind.inner))
            return
        row = self.table.currentRow()
        at = row + 1 if row >= 0 else self.table.rowCount()
        words = self._words(row) if row >= 0 else ("",) * len(self.columns)
        one = OpenRow(True, words, entry=self._base(row) if row >= 0 else None)
        self.open = self.open.inserted(at, one)
        self.refresh()
        self.table.setCurrentCell(at, 0)

    def stating(self, record: type[BaseModel]) -> StateDialog:
        """The dialog that states an entry which asks for more than a row can hold."""
        from slopedesign.gui.stating import StateDialog

        title = self.kind.label(self.document.language)
        name = message("gui.edit.add", name=title)
        return StateDialog(
            record, title, self.path, lambda entry: self.document.add_entry(self.path, entry, name),
            self.document.language, self.window(), names=self.document.names,
        )  # fmt: skip

    def remove_rows(self) -> None:
        """The selected rows go."""
        rows = {index.row() for index in self.table.selectedIndexes()}
        if not rows:
            return
        entries = [e for place, e in enumerate(self.entries()) if self.open.row_of(place) not in rows]
        former, self.open = self.open, self.open.removed(rows)
        try:
            if rows.issubset(row for row in former if former.begun(row)):
                self.refresh()
            else:
                self._put(entries)
        except InputError as error:
            self.open = former
            self.error.setText(self._said(error))
            self.error.show()

    def go_to(self, path: str) -> bool:
        """Put the cursor into the cell of an entry's field; False where the path leads elsewhere."""
        match = re.match(r"\[(\d+)\](?:\.(\w+)|\[(\d+)\])?", path.removeprefix(self.path))
        if not path.startswith(f"{self.path}["):
            return path == self.path and self._focus(0, 0)
        row = self.open.row_of(int(match[1])) if match is not None else -1
        if match is None or row >= self.table.rowCount():
            return False
        key: str | int | None = int(match[3]) if match[3] else match[2]
        column = next((j for j, (name, _, _) in enumerate(self.columns) if name == key), 0)
        return self._focus(row, column)

    def _focus(self, row: int, column: int) -> bool:
        self.table.setCurrentCell(row, column)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def copy(self) -> None:
        """The selected cells as tab-separated text."""
        indexes = self.table.selectedIndexes()
        if not indexes:
            return
        rows = sorted({i.row() for i in indexes})
        columns = sorted({i.column() for i in indexes})
        lines = ["\t".join((self.table.item(r, c) or QTableWidgetItem()).text() for c in columns) for r in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Tab-separated text into the table from the current cell on; rows are added as needed."""
        lines = [line for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
        if self.shape.whole and len(lines) > 1 and not any("\t" in line for line in lines):
            lines = ["\t".join(lines)]  # a column of a spreadsheet laid along the row
        if not lines:
            return
        top, left = max(0, self.table.currentRow()), max(0, self.table.currentColumn())
        if self.shape.whole:
            lines, top = lines[:1], 0
        for row in range(self.table.rowCount(), top + len(lines)):
            self.open = self.open.put(row, OpenRow(True, ("",) * len(self.columns)))
        self._filling = True
        self.table.setRowCount(max(self.table.rowCount(), top + len(lines)))
        for i, line in enumerate(lines):
            for j, cell in enumerate(line.split("\t")):
                if left + j < len(self.columns):
                    item = self.table.item(top + i, left + j)
                    if item is None:
                        self.table.setItem(top + i, left + j, QTableWidgetItem(cell))
                    else:
                        item.setText(cell)
        self._filling = False
        self.commit(range(top, top + len(lines)))


def _moved(field: str, path: str, rows: Sequence[int]) -> str:
    """The path of a field of the list that was sent, with the row of the table in place of the place in the list."""
    match = re.match(r"\[(\d+)\]", field.removeprefix(path))
    if not field.startswith(path) or match is None or int(match[1]) >= len(rows):
        return field
    return f"{path}[{rows[int(match[1])]}]{field.removeprefix(path)[match.end() :]}"


class _Grid(QTableWidget):
    def __init__(self, owner: ListTable) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.6))

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._owner.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._owner.paste()
        elif event.matches(QKeySequence.StandardKey.Delete):
            self._owner.remove_rows()
        else:
            super().keyPressEvent(event)
