"""Lists of the project as tables: edited in place, copied from and pasted into a spreadsheet.

Points are shown as surveyors write them, X (north) before Y (east); the project stores east, north.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import InputError
from slopedesign.gui.asking import answer_of
from slopedesign.gui.defects import guarded, guarded_or
from slopedesign.gui.document import Document
from slopedesign.gui.fields import CalmCombo, FieldKind
from slopedesign.gui.list_shape import list_shape
from slopedesign.gui.numbers import normalised, parse_angle, parse_number, shown_number
from slopedesign.gui.stating import StateDialog, needs_more
from slopedesign.gui.telling import told
from slopedesign.i18n import message, text
from slopedesign.project.edit import value_at

ENTRY = Qt.ItemDataRole.UserRole


class ListTable(QWidget):
    """One list: rows are entries; the whole list is one edit."""

    def __init__(self, kind: FieldKind, document: Document, path: str) -> None:
        super().__init__()
        self.kind, self.document, self.path = kind, document, path
        self._filling = False
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
                self.table.setItemDelegateForColumn(j, _Choices(inner, document.language, self.table))
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
        column.addLayout(buttons)
        document.project_changed.connect(self.refresh)
        self.refresh()

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
        """Show what the project holds now."""
        try:
            entries = self.entries()
        except InputError:
            return
        self._filling = True
        self.table.setRowCount(len(entries))
        for i, entry in enumerate(entries):
            for j, (key, _, kind) in enumerate(self.columns):
                item = QTableWidgetItem(self._shown(self._cell(entry, key), kind))
                item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
                self.table.setItem(i, j, item)
            first = self.table.item(i, 0)
            if first is not None:
                first.setData(ENTRY, entry)
        self._filling = False

    @staticmethod
    def _cell(entry: Any, key: str | int) -> Any:
        if isinstance(entry, dict):
            return entry.get(key)
        if isinstance(entry, list | tuple):
            return entry[key] if isinstance(key, int) and key < len(entry) else None
        return entry

    def _shown(self, value: Any, kind: FieldKind | None) -> str:
        if value is None:
            return ""
        if kind is not None and kind.shape == "choice":
            return kind.choice(value, self.document.language)
        if isinstance(value, bool):
            return text("choice.yes" if value else "choice.no", self.document.language)
        return shown_number(value) if isinstance(value, int | float) else str(value)

    def _parsed(self, typed: str, kind: FieldKind | None, where: str) -> Any:
        plain = normalised(typed)
        if kind is None:
            if self.shape.numbers:
                return parse_number(typed, where) if plain else None
            return typed
        if not plain and kind.optional:
            return None
        language = self.document.language
        match kind.shape:
            case "choice":
                named = {kind.choice(c, language): c for c in kind.choices} | {str(c): c for c in kind.choices}
                if plain not in named:
                    allowed = ", ".join(kind.choice(c, language) for c in kind.choices)
                    raise InputError(where, typed, message("project.error.literal_error", expected=allowed))
                return named[plain]
            case "yes_no":
                return plain in ("1", "true", "yes", text("choice.yes", language))
            case "angle":
                return parse_angle(typed, where)
            case "whole" | "number":
                number = parse_number(typed, where)
                return int(number) if kind.shape == "whole" and number == int(number) else number
            case _:
                return typed

    def _entry(self, row: int) -> Any:
        """What a row states; what its table does not show stays with it, wherever the row has moved."""
        first = self.table.item(row, 0)
        old = first.data(ENTRY) if first is not None else None
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

    def commit(self) -> None:
        """Send the table as one edit; what is wrong is said below it and nothing is lost."""
        try:
            entries = [self._entry(i) for i in range(self.table.rowCount())]
            name = message("gui.edit.field", field=self.kind.label(self.document.language))
            self.document.set_value(self.path, self._stated(entries), name)
        except InputError as error:
            self.error.setText(self._said(error))
            self.error.show()
            return
        self.error.hide()

    def _said(self, error: InputError) -> str:
        """What is wrong, with the row and the column it stands in."""
        language = self.document.language
        rule = error.rule if isinstance(error.rule, str) else error.rule.render(language)
        match = re.match(r"\[(\d+)\](?:\.(\w+)|\[(\d+)\]| (.+))?", error.field.removeprefix(self.path))
        if match is None:
            return told(error, self.document.project, language)
        name = match[4] or next((title for key, title, _ in self.columns if str(key) in (match[2], match[3])), "")
        return f"{text('gui.row', language, number=int(match[1]) + 1)} {name}: {rule}".replace(" :", ":")

    def _typed(self, _: QTableWidgetItem) -> None:
        if not self._filling:
            self.commit()

    def add_row(self) -> None:
        """One row more, after the current one, a copy of it; to be changed before it counts."""
        if self.shape.whole and self.table.rowCount():
            return
        if self.kind.inner is not None and needs_more(self.kind.inner):
            answer_of(self.stating(self.kind.inner))
            return
        row = self.table.currentRow()
        at = row + 1 if row >= 0 else self.table.rowCount()
        self._filling = True
        self.table.insertRow(at)
        for j in range(len(self.columns)):
            above = self.table.item(row, j) if row >= 0 else None
            self.table.setItem(at, j, _like(above) if above is not None else QTableWidgetItem())
        self._filling = False
        self.table.setCurrentCell(at, 0)

    def stating(self, record: type[BaseModel]) -> StateDialog:
        """The dialog that states an entry which asks for more than a row can hold."""
        title = self.kind.label(self.document.language)
        name = message("gui.edit.add", name=title)
        return StateDialog(
            record, title, self.path, lambda entry: self.document.add_entry(self.path, entry, name),
            self.document.language, self.window(),
        )  # fmt: skip

    def remove_rows(self) -> None:
        """The selected rows go."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()}, reverse=True)
        if not rows:
            return
        entries = [e for i, e in enumerate(self.entries()) if i not in rows]
        try:
            name = message("gui.edit.field", field=self.kind.label(self.document.language))
            self.document.set_value(self.path, self._stated(entries), name)
        except InputError as error:
            self.error.setText(self._said(error))
            self.error.show()

    def go_to(self, path: str) -> bool:
        """Put the cursor into the cell of an entry's field; False where the path leads elsewhere."""
        match = re.match(r"\[(\d+)\](?:\.(\w+)|\[(\d+)\])?", path.removeprefix(self.path))
        if not path.startswith(f"{self.path}["):
            return path == self.path and self._focus(0, 0)
        if match is None or int(match[1]) >= self.table.rowCount():
            return False
        key: str | int | None = int(match[3]) if match[3] else match[2]
        column = next((j for j, (name, _, _) in enumerate(self.columns) if name == key), 0)
        return self._focus(int(match[1]), column)

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
        top, left = max(0, self.table.currentRow()), max(0, self.table.currentColumn())
        if self.shape.whole:
            lines, top = lines[:1], 0
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
        self.commit()


def _like(item: QTableWidgetItem) -> QTableWidgetItem:
    """An item of the same words and data; what its own `clone` returns is owned twice, by Python and by the table."""
    found = QTableWidgetItem(item.text())
    for role in (Qt.ItemDataRole.TextAlignmentRole, ENTRY):
        found.setData(role, item.data(role))
    return found


class _Choices(QStyledItemDelegate):
    """A cell whose value is chosen among words."""

    def __init__(self, kind: FieldKind, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        yes_no = [text(f"choice.{word}", language) for word in ("yes", "no")]
        self._words = yes_no if kind.shape == "yes_no" else [kind.choice(c, language) for c in kind.choices]
        if kind.optional:
            self._words.insert(0, "")

    @guarded_or(None)
    def createEditor(self, parent: QWidget, option: Any, index: Any) -> QWidget:
        combo = CalmCombo()
        combo.setParent(parent)
        combo.addItems(self._words)
        combo.activated.connect(lambda _: self.commitData.emit(combo))
        return combo

    @guarded
    def setEditorData(self, editor: QWidget, index: Any) -> None:
        assert isinstance(editor, CalmCombo)
        editor.setCurrentIndex(max(0, editor.findText(str(index.data() or ""))))

    @guarded
    def setModelData(self, editor: QWidget, model: Any, index: Any) -> None:
        assert isinstance(editor, CalmCombo)
        model.setData(index, editor.currentText())


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
