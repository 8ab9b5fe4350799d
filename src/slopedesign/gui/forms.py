"""Forms of input records: a row for each field, groups for nested records, tables for lists.

The form reads the project and sends edits to the document; an error stands beside the field it concerns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QGroupBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from slopedesign.errors import InputError
from slopedesign.gui.asking import answer_of
from slopedesign.gui.document import Document
from slopedesign.gui.fields import FieldEditor, FieldKind, field_kinds
from slopedesign.gui.list_table import ListTable
from slopedesign.gui.proposed import proposed
from slopedesign.gui.telling import told
from slopedesign.i18n import message, text
from slopedesign.project.edit import value_at

if TYPE_CHECKING:
    from slopedesign.gui.stating import StateDialog


class FieldRow(QWidget):
    """Editor, unit, clause note and, below, what is wrong."""

    def __init__(self, kind: FieldKind, document: Document, path: str) -> None:
        super().__init__()
        self.kind, self.document, self.path = kind, document, path
        self.editor = FieldEditor(kind, document.language, self, lambda: document.names.offered(kind, path))
        self.editor.committed.connect(self._commit)
        self.editor.refused.connect(self.refuse)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.editor.widget, 1)
        unit = QLabel(kind.shown_unit(document.language))
        unit.setMinimumWidth(unit.fontMetrics().horizontalAdvance("kN/m³"))
        line.addWidget(unit)
        self.tip = "\n".join(kind.help_lines(document.language))
        self.setToolTip(self.tip)
        self.editor.widget.setToolTip(self.tip)
        mark = QLabel({"recalled": "⚠"}.get(kind.provenance, "§" if kind.clause else ""))
        mark.setMinimumWidth(mark.fontMetrics().horizontalAdvance("⚠"))
        line.addWidget(mark)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.hint = QLabel()
        self.hint.setObjectName("quiet")
        self.hint.setWordWrap(True)
        self.hint.hide()
        if kind.names and self.editor.line is not None:
            self.editor.line.textEdited.connect(lambda _: self.show_hint(True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(line)
        column.addWidget(self.error)
        column.addWidget(self.hint)
        self.setFocusProxy(self.editor.widget)

    def refresh(self) -> None:
        """Show what the project holds now."""
        try:
            value = value_at(self.document.project, self.path)
        except InputError:  # the entry this row belongs to is gone
            self.setEnabled(False)
            return
        self.setEnabled(True)
        if not self.editor.same(value):
            self.error.hide()
        self.editor.show_value(value)
        self.show_proposed()

    def show_hint(self, typing: bool = False) -> None:
        """Beside a name that nothing bears, that there is none, and which there are."""
        line = self.editor.line
        if not self.kind.names or line is None:
            return
        refused = not self.error.isHidden()
        typing = typing or (line.isModified() and not refused)
        said = self.document.names.hint(self.kind, self.path, line.text(), typing, refused)
        self.hint.setText(said)
        self.hint.setVisible(bool(said))

    def show_proposed(self) -> None:
        """In an empty field, what the program took."""
        self.show_hint()
        widget = self.editor.line
        if not self.kind.optional or widget is None:
            return
        language = self.document.language
        words = text("gui.by_program", language)
        if value := proposed(self.document.design, self.path):
            words = text("gui.by_program_now", language, value=value)
        widget.setPlaceholderText(words)

    def _commit(self, value: Any) -> None:
        name = message("gui.edit.field", field=self.kind.label(self.document.language))
        try:
            self.document.set_value(self.path, value, name)
        except InputError as error:
            self.refuse(error)
            return
        self.error.hide()
        if self.editor.line is not None:
            self.editor.line.setModified(False)
        self.refresh()

    def refuse(self, error: InputError) -> None:
        """Say beside the field what is wrong with it."""
        language = self.document.language
        if error.field not in (self.path, self.kind.name):  # another one that does not go with it
            said = told(error, self.document.project, language)
        else:
            said = error.rule if isinstance(error.rule, str) else error.rule.render(language)
        self.error.setText(said)
        self.error.show()
        self.show_hint()


class RecordForm(QWidget):
    """The form of one record of the project.

    Args:
        path: where the record stands ("slopes[0].benches").
        skip: fields shown elsewhere.
    """

    def __init__(self, record: type[BaseModel], document: Document, path: str, skip: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.document, self.path = document, path
        self.rows: dict[str, FieldRow] = {}
        self.inner: list[RecordGroup | ListTable] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(form)
        for kind in field_kinds(record):
            if kind.name in skip or kind.shape == "other":
                continue
            place = f"{path}.{kind.name}" if path else kind.name
            if kind.shape == "record" and kind.inner is not None:
                self._add_group(column, kind, place)
            elif kind.shape == "list":
                self._add_list(column, kind, place)
            else:
                row = FieldRow(kind, document, place)
                label = QLabel(kind.label(document.language))
                label.setBuddy(row.editor.widget)
                label.setToolTip(row.tip)
                form.addRow(label, row)
                self.rows[kind.name] = row
        column.addStretch(0)
        document.project_changed.connect(self.refresh)
        document.design_changed.connect(self.show_proposed)
        self.refresh()

    def show_proposed(self) -> None:
        """In empty fields, what the program took."""
        for row in self.rows.values():
            row.show_proposed()

    def _add_group(self, column: QVBoxLayout, kind: FieldKind, place: str) -> None:
        group = RecordGroup(kind, self.document, place)
        self.inner.append(group)
        column.addWidget(group)

    def _add_list(self, column: QVBoxLayout, kind: FieldKind, place: str) -> None:
        group = QGroupBox(kind.label(self.document.language))
        table = ListTable(kind, self.document, place)
        QVBoxLayout(group).addWidget(table)
        self.inner.append(table)
        column.addWidget(group)

    def refresh(self) -> None:
        """Show what the project holds now."""
        for row in self.rows.values():
            row.refresh()

    def untaken(self) -> list[tuple[str, str]]:
        """Names and texts of the fields and rows whose text was refused and still stands there."""
        found = [
            (row.kind.label(self.document.language), line.text())
            for row in self.rows.values()
            if (line := row.editor.line) is not None and line.isModified() and not row.error.isHidden()
        ]
        for part in self.inner:
            if isinstance(part, ListTable):
                found += part.untaken()
            elif part.form is not None:
                found += part.form.untaken()
        return found

    def row_of(self, path: str) -> FieldRow | None:
        """The row of a field by its path, here or in a group."""
        for row in self.rows.values():
            if row.path == path:
                return row
        for part in self.inner:
            if isinstance(part, RecordGroup) and part.form is not None and (found := part.form.row_of(path)):
                return found
        return None

    def go_to(self, path: str) -> QWidget | None:
        """Put the cursor into the field, cell or part of a path; returns it, None where it is not here."""
        row = self.row_of(path)
        if row is not None:
            row.editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return row
        for part in self.inner:
            if isinstance(part, ListTable) and part.go_to(path):
                return part
            if isinstance(part, RecordGroup) and (path == part.path or path.startswith(f"{part.path}.")):
                if part.form is None:
                    part.button.setFocus(Qt.FocusReason.OtherFocusReason)
                    return part
                return part.form.go_to(path) or part
        return None


class RecordGroup(QGroupBox):
    """A record inside a record: its form; where it may be left out, a button that states it or takes it away."""

    def __init__(self, kind: FieldKind, document: Document, path: str) -> None:
        super().__init__(kind.label(document.language))
        self.kind, self.document, self.path = kind, document, path
        self.form: RecordForm | None = None
        self.button = QPushButton()
        self.button.clicked.connect(self._switch)
        self.button.setVisible(kind.optional)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.addLayout(line)
        self.column.addWidget(self.error)
        document.project_changed.connect(self.refresh)
        self.refresh()

    def _present(self) -> bool:
        try:
            return value_at(self.document.project, self.path) is not None
        except InputError:
            return False

    def refresh(self) -> None:
        """Show the form where the record is stated now."""
        present = self._present()
        self.button.setText(text("gui.leave_out" if present else "gui.state", self.document.language))
        self.button.setAccessibleName(f"{self.button.text()} {self.title()}")
        if present and self.form is None and self.kind.inner is not None:
            self.form = RecordForm(self.kind.inner, self.document, self.path)
            self.column.addWidget(self.form)
        elif not present and self.form is not None:
            self.column.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _switch(self) -> None:
        from slopedesign.gui.stating import begins_empty

        self.error.hide()
        inner = self.kind.inner
        if not self._present() and inner is not None and not begins_empty(inner):
            answer_of(self.stating(inner))
            return
        try:
            self._put(None if self._present() else {})
        except InputError as error:
            self.error.setText(told(error, self.document.project, self.document.language))
            self.error.show()

    def stating(self, record: type[BaseModel]) -> StateDialog:
        """The dialog that states the record, where it cannot begin empty."""
        from slopedesign.gui.stating import StateDialog

        names = self.document.names
        return StateDialog(
            record, self.title(), self.path, self._put, self.document.language, self.window(), names=names
        )

    def _put(self, value: dict[str, Any] | None) -> None:
        name = message("gui.edit.field", field=self.kind.label(self.document.language))
        self.document.set_value(self.path, value, name)
