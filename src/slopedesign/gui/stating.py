"""Stating a record that cannot begin empty: its fields in one dialog, what is required first and marked.

Nothing is lost while something is wrong: what was typed stays, the error stands beside its field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import InputError
from slopedesign.gui.fields import FieldEditor, FieldKind, field_kinds
from slopedesign.gui.list_shape import PLAN, ListShape, list_shape
from slopedesign.gui.named import Names
from slopedesign.gui.numbers import normalised, parse_number, shown_number
from slopedesign.i18n import message, text

REQUIRED = "*"


def begins_empty(record: type[BaseModel]) -> bool:
    """Whether a record may be stated with nothing in it."""
    try:
        record.model_validate({})
    except ValidationError:
        return False
    return True


def needs_more(record: type[BaseModel]) -> bool:
    """Whether a record asks for more than the cells of a table's row can state."""
    return any(kind.shape in ("record", "list", "other") and required(kind) and not _empty(kind)
               for kind in field_kinds(record))  # fmt: skip


def required(kind: FieldKind) -> bool:
    """Whether a field has to be stated."""
    return kind.record.model_fields[kind.name].is_required()


def _empty(kind: FieldKind) -> bool:
    return kind.shape == "record" and kind.inner is not None and begins_empty(kind.inner)


class ListText(QWidget):
    """Numbers or points as lines of text, as a spreadsheet gives them."""

    def __init__(self, kind: FieldKind, language: str) -> None:
        super().__init__()
        self.kind = kind
        self.shape: ListShape = list_shape(kind, language)
        heads = "  ".join(title for _, title, _ in self.shape.columns)
        self.box = QPlainTextEdit()
        self.box.setAccessibleName(kind.label(language))
        self.box.setTabChangesFocus(True)
        self.box.setPlaceholderText(heads)
        high = self.box.fontMetrics().height()
        self.box.setFixedHeight(high * (3 if self.shape.whole else 6))
        self.hint = QLabel(text("gui.stating.one_row" if self.shape.whole else "gui.stating.rows", language))
        self.hint.setObjectName("quiet")
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(self.box)
        column.addWidget(self.hint)
        self.setFocusProxy(self.box)

    def value(self) -> Any:
        """The list as plain data; None where nothing is typed."""
        rows = [self._row(line) for line in self.box.toPlainText().splitlines() if line.strip()]
        if not rows:
            return None
        if self.shape.whole:  # a column of a spreadsheet counts as a row
            return self._ordered([number for row in rows for number in row])
        return [row[0] if len(self.shape.columns) == 1 else self._ordered(row) for row in rows]

    def show_value(self, value: Any) -> None:
        """Write plain data as lines, in the order of the headings."""
        keys = [key for key, _, _ in self.shape.columns if isinstance(key, int)]
        rows = [value] if self.shape.whole else value
        cells = [[shown_number(row[key]) for key in keys if key < len(row)] for row in rows]
        self.box.setPlainText("\n".join("\t".join(row) for row in cells))

    def _row(self, line: str) -> list[Any]:
        if not self.shape.numbers:
            return [line.strip()]
        plain = normalised(line)
        apart = r"[\t;\s]+" if re.search(r"[\t;\s]", plain) else r","
        cells = [cell.rstrip(",") for cell in re.split(apart, plain) if cell.strip(", ")]
        numbers = [parse_number(cell, self.kind.name) for cell in cells]
        whole = any(kind is not None and kind.shape == "whole" for _, _, kind in self.shape.columns)
        return [int(x) if whole and x == int(x) else x for x in numbers]

    def _ordered(self, cells: list[Any]) -> list[Any]:
        keys = [key for key, _, _ in self.shape.columns]
        if not len(keys) - (len(keys) > 2) <= len(cells) <= len(keys) and len(keys) != 12:
            raise InputError(self.kind.name, cells, message("gui.stating.count", count=len(keys)))
        if all(isinstance(key, int) for key in keys) and keys != sorted(keys, key=str):
            return [cells[keys.index(i)] for i in range(len(cells))]
        return cells


class FieldsToState(QWidget):
    """Rows for the fields of a record, the required ones first."""

    def __init__(
        self, record: type[BaseModel], language: str, seed: dict[str, Any] | None = None, names: Names | None = None,
        path: str = "", hints: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self.language, self.names, self.path, self.hints = language, names, path, hints
        self.editors: dict[str, FieldEditor | ListText | FieldsToState] = {}
        self.errors: dict[str, QLabel] = {}
        self.kinds = {kind.name: kind for kind in field_kinds(record)}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(form)
        self.general = QLabel()
        self.general.setObjectName("error")
        self.general.setWordWrap(True)
        self.general.hide()
        for kind in sorted(self.kinds.values(), key=lambda kind: not required(kind)):
            self._add(form, column, kind, (seed or {}).get(kind.name))
        column.addWidget(self.general)

    def _add(self, form: QFormLayout, column: QVBoxLayout, kind: FieldKind, seed: Any) -> None:
        must = required(kind)
        title = kind.label(self.language) + (f" {REQUIRED}" if must else "")
        if kind.shape == "record" and kind.inner is not None:
            if must:
                inside = FieldsToState(
                    kind.inner, self.language, seed, self.names, f"{self.path}.{kind.name}", self.hints
                )
                group = QGroupBox(title)
                QVBoxLayout(group).addWidget(inside)
                column.addWidget(group)
                self.editors[kind.name] = inside
            return
        if kind.shape == "other" or (kind.shape == "list" and (kind.inner or not (must or kind.name in PLAN))):
            return
        widget = self._editor(kind, seed)
        error = QLabel()
        error.setObjectName("error")
        error.setWordWrap(True)
        error.hide()
        self.errors[kind.name] = error
        cell = QWidget()
        rows = QVBoxLayout(cell)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(1)
        line = QHBoxLayout()
        line.addWidget(widget, 1)
        if kind.shape in ("number", "whole", "angle"):
            unit = QLabel(kind.shown_unit(self.language))
            unit.setMinimumWidth(unit.fontMetrics().horizontalAdvance("kN/m\u00b3"))
            line.addWidget(unit)
        rows.addLayout(line)
        rows.addWidget(error)
        if kind.names and self.hints:
            rows.addWidget(self._hint(kind))
        label = QLabel(title)
        label.setBuddy(widget)
        tip = "\n".join(kind.help_lines(self.language))
        label.setToolTip(tip)
        widget.setToolTip(tip)
        form.addRow(label, cell)

    def _editor(self, kind: FieldKind, seed: Any) -> QWidget:
        if kind.shape == "list":
            lines = ListText(kind, self.language)
            if seed is not None:
                lines.show_value(seed)
            self.editors[kind.name] = lines
            return lines
        names, place = self.names, f"{self.path}.{kind.name}"
        editor = FieldEditor(kind, self.language, self, tuple if names is None else lambda: names.offered(kind, place))
        editor.refused.connect(lambda error: self.refuse(error.field, error))
        editor.committed.connect(lambda _: self.errors[kind.name].hide())
        start = kind.default if seed is None else seed
        if (
            isinstance(editor.widget, QComboBox) and editor.line is None and required(kind)
        ):  # nothing is chosen for the designer
            editor.widget.insertItem(0, text("gui.stating.choose", self.language), None)
            editor.widget.setCurrentIndex(0)
        if start is not None:
            editor.show_value(start)
        self.editors[kind.name] = editor
        return editor.widget

    def _hint(self, kind: FieldKind) -> QLabel:
        """Beside a name that nothing bears, that there is none; it changes as one types."""
        hint, editor = QLabel(), self.editors[kind.name]
        hint.setObjectName("quiet")
        hint.setWordWrap(True)
        hint.hide()

        def show(typed: str) -> None:
            names = self.names
            said = names.hint(kind, f"{self.path}.{kind.name}", typed, typing=True) if names is not None else ""
            hint.setText(said)
            hint.setVisible(bool(said))

        if isinstance(editor, FieldEditor) and editor.line is not None:
            editor.line.textChanged.connect(show)
        return hint

    def value(self) -> dict[str, Any]:
        """What is stated, as plain data.

        Raises:
            InputError: what cannot be read; it stands beside its field.
        """
        found: dict[str, Any] = {}
        for name, editor in self.editors.items():
            must = required(self.kinds[name])
            try:
                line = editor.line if isinstance(editor, FieldEditor) else None
                value = None if must and line is not None and not line.text().strip() else editor.value()
                if must and value is None:
                    raise InputError(name, None, message("gui.stating.required"))
            except InputError as error:
                self.refuse(name, error)
                raise
            if value is not None and (value != self.kinds[name].default or must):
                found[name] = value
        return found

    def clear_errors(self) -> None:
        """Take every complaint back."""
        self.general.hide()
        for label in self.errors.values():
            label.hide()
        for editor in self.editors.values():
            if isinstance(editor, FieldsToState):
                editor.clear_errors()

    def refuse(self, path: str, error: InputError) -> bool:
        """Say what is wrong beside the field it concerns, or below; False where an inner field was none of here."""
        said = error.rule if isinstance(error.rule, str) else error.rule.render(self.language)
        name, _, rest = path.partition(".")
        name = name.partition("[")[0]
        inner = self.editors.get(name)
        if isinstance(inner, FieldsToState):
            return inner.refuse(rest, error)
        label = self.errors.get(name, self.general)
        label.setText(said)
        label.show()
        widget = inner.widget if isinstance(inner, FieldEditor) else inner
        if widget is not None and not isinstance(widget, QCheckBox):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return label is not self.general


class StateDialog(QDialog):
    """The fields of a record; OK states it, and where that is refused the dialog stays."""

    def __init__(
        self, record: type[BaseModel], title: str, path: str, put: Callable[[dict[str, Any]], None], language: str,
        parent: QWidget | None = None, seed: dict[str, Any] | None = None, names: Names | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.path, self._put, self.language = path, put, language
        self.setWindowTitle(title)
        self.fields = FieldsToState(record, language, seed, names, path)
        area = QScrollArea()
        area.setWidgetResizable(True)
        inside = QWidget()
        above = QVBoxLayout(inside)
        above.addWidget(self.fields)
        above.addStretch(1)
        area.setWidget(inside)
        self.hint = QLabel(text("gui.stating.hint", language))
        self.hint.setObjectName("quiet")
        self.hint.setWordWrap(True)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        buttons = QDialogButtonBox()
        buttons.addButton(text("gui.ok", language), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(text("gui.cancel", language), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.state)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.hint)
        column.addWidget(area, 1)
        column.addWidget(self.error)
        column.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 32, min(em * 44, self.fields.sizeHint().height() + em * 9))

    def state(self) -> None:
        """Put what is stated into the project; every complaint at its field."""
        self.fields.clear_errors()
        self.error.hide()
        try:
            stated = self.fields.value()
        except InputError:
            return  # it stands beside its field
        try:
            self._put(stated)
        except InputError as error:
            wrong = (error, *error.others)
            elsewhere = [one for one in wrong if not self._beside(one)]
            for one in elsewhere:
                said = one.rule if isinstance(one.rule, str) else one.rule.render(self.language)
                self.error.setText(said)
                self.error.show()
            return
        self.accept()

    def _beside(self, error: InputError) -> bool:
        if not error.field.startswith(self.path):
            return False
        inside = re.sub(r"^\[\d+\]", "", error.field.removeprefix(self.path)).lstrip(".")
        return bool(inside) and self.fields.refuse(inside, error)
