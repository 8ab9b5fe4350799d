"""The designer's replies: clauses a program cannot judge and facts of the site, one row each, answered in place."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import InputError
from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.document import Document
from slopedesign.gui.numbers import parse_number, shown_number
from slopedesign.gui.telling import told
from slopedesign.i18n import message, text

COLUMNS = ("clause", "title", "answer", "note")


class AnswersPage(QWidget):
    """Questions with their replies.

    Signals:
        counted: how many are open.
    """

    counted = Signal(int)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        language = document.language
        self.questions: list[Any] = []
        self._shape: tuple[object, ...] = ()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.only = CalmCombo(text("gui.check.only", language))
        for name in ("all", "open"):
            self.only.addItem(text(f"gui.answers.show_{name}", language), name)
        self.only.currentIndexChanged.connect(lambda _: self._filter())
        self.search = QLineEdit()
        self.search.setPlaceholderText(text("gui.check.search", language))
        self.search.setAccessibleName(text("gui.check.search", language))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._filter())
        self.table = QTableWidget()
        self.table.setColumnCount(len(COLUMNS))
        self.table.setHorizontalHeaderLabels([text(f"gui.answers.{name}", language) for name in COLUMNS])
        self.table.setAccessibleName(text("gui.page.answers", language))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        em = self.fontMetrics().height()
        self.table.verticalHeader().setDefaultSectionSize(int(em * 1.9))
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 7), (2, 7), (3, 9)):
            self.table.setColumnWidth(column, em * width)
        self.table.currentCellChanged.connect(lambda row, *_: self._detail(row))
        self.detail = QTextBrowser()
        self.detail.setAccessibleName(text("gui.check.detail", language))
        self.detail.setMaximumHeight(em * 7)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        bar = QHBoxLayout()
        bar.addWidget(self.only)
        bar.addWidget(self.search, 1)
        whole = QVBoxLayout(self)
        whole.addWidget(self.said)
        whole.addLayout(bar)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.error)
        whole.addWidget(self.detail)
        document.design_changed.connect(self.refresh)
        document.project_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the questions there are; rows are kept while they are the same. A drag changes none of them."""
        if self.document.previewing:
            return
        from slopedesign.gui.answers_data import questions

        design = self.document.design
        language = self.document.language
        self.questions = questions(self.document.project, design.checks if design is not None else ())
        waiting = sum(question.open and question.value is None for question in self.questions)
        self.counted.emit(waiting)
        key = "waiting" if waiting else "none" if design is None or not self.questions else "done"
        self.said.setText(text(f"gui.answers.said_{key}", language, count=waiting))
        shape = tuple((q.name, q.kind) for q in self.questions)
        if shape != self._shape:
            self._shape = shape
            self._build()
        for row, question in enumerate(self.questions):
            self._show(row, question)
        self._filter()

    def _build(self) -> None:
        language = self.document.language
        self.table.setRowCount(0)
        self.table.setRowCount(len(self.questions))
        for row, question in enumerate(self.questions):
            for column, words in enumerate((question.clause(language), question.title(language))):
                item = QTableWidgetItem(words or text("gui.answers.site", language))
                item.setToolTip("\n".join(filter(None, (words, question.cited(language), question.demand(language)))))
                self.table.setItem(row, column, item)
            self.table.setCellWidget(row, 2, self._editor(row, question))
            if question.kind == "answer":
                note = QLineEdit()
                note.setMaxLength(500)
                note.setAccessibleName(f"{question.title(language)} {text('gui.answers.note', language)}")
                note.editingFinished.connect(lambda row=row: self._reply(row))
                self.table.setCellWidget(row, 3, note)
        if self.questions:
            self.table.setCurrentCell(0, 1)

    def _editor(self, row: int, question: Any) -> QWidget:
        language = self.document.language
        name = f"{question.title(language)} {text('gui.answers.answer', language)}"
        combo = CalmCombo(name)
        combo.addItem("" if question.kind == "number" else text("gui.answers.open", language), None)
        if question.kind == "yes_no":
            for value in (True, False):
                combo.addItem(text(f"rules.{'yes' if value else 'no'}", language), value)
        for value in question.values:
            combo.addItem(question.word(value, language), value)
        combo.activated.connect(lambda _, row=row: self._reply(row))
        if question.kind == "number":
            combo.setEditable(True)
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            combo.setCompleter(None)  # type: ignore[arg-type]
            line = combo.lineEdit()
            assert line is not None
            line.setPlaceholderText(question.unit if question.unit not in ("", "-") else "")
            line.setAccessibleName(name)
            line.editingFinished.connect(lambda row=row: self._reply(row))
        return combo

    def _show(self, row: int, question: Any) -> None:
        editor, note = self.table.cellWidget(row, 2), self.table.cellWidget(row, 3)
        if isinstance(editor, QComboBox):
            at = editor.findData(question.value)
            editor.setCurrentIndex(max(0, at))
            if question.kind == "number" and at < 0:
                editor.setEditText(shown_number(float(question.value)))
        if isinstance(note, QLineEdit):
            note.setText(question.note)
            note.setEnabled(question.value is not None)
        font = self.table.font()
        font.setBold(question.open and question.value is None)
        item = self.table.item(row, 1)
        if item is not None:
            item.setFont(font)

    def _filter(self) -> None:
        wanted, language = self.search.text().strip().lower(), self.document.language
        for row, question in enumerate(self.questions):
            words = f"{question.cited(language)} {question.title(language)} {question.demand(language)}".lower()
            done = self.only.currentData() == "open" and question.value is not None
            self.table.setRowHidden(row, done or wanted not in words)

    def _detail(self, row: int) -> None:
        if not 0 <= row < len(self.questions):
            self.detail.clear()
            return
        question, language = self.questions[row], self.document.language
        parts = [f"<b>{escape(question.title(language))}</b> &nbsp; {escape(question.cited(language))}"]
        rule = question.rule
        demand = question.demand(language)
        if demand:
            head = text("gui.answers.demand", language) + " " if rule is not None else ""
            parts.append(head + escape(demand))
        if rule is not None:
            for said in (rule.note, rule.reading or None):
                if said is not None:
                    parts.append(escape(said if isinstance(said, str) else said.render(language)))
        self.detail.setHtml("<br>".join(parts))

    def _reply(self, row: int) -> None:
        from slopedesign.gui.answers_data import replied

        question, language = self.questions[row], self.document.language
        editor, note = self.table.cellWidget(row, 2), self.table.cellWidget(row, 3)
        words = note.text() if isinstance(note, QLineEdit) else ""
        assert isinstance(editor, QComboBox)
        self.error.hide()
        try:
            value = self._value(editor, question)
            if (value, words) == (question.value, question.note):
                return
            project = replied(self.document.project, question, value, words)
        except InputError as error:
            self.error.setText(told(error, self.document.project, language))
            self.error.show()
            return
        self.document.edit(project, message("gui.edit.answer", what=question.title(language)))

    def _value(self, editor: QComboBox, question: Any) -> Any:
        typed = editor.currentText().strip()
        if question.kind != "number":
            return editor.currentData()
        if not typed:
            return None
        at = editor.findText(typed)
        return editor.itemData(at) if at >= 0 else parse_number(typed, question.title(self.document.language))

    def print(self) -> None:
        """Print the replies that are shown."""
        from slopedesign.gui.printing import print_table

        print_table(self, text("gui.page.answers", self.document.language), self.table)

    def go_to(self, name: str) -> bool:
        """Put the cursor into the reply of a question; False where there is none of this name."""
        row = next((i for i, question in enumerate(self.questions) if question.name == name), None)
        if row is None:
            return False
        self.search.clear()
        self.only.setCurrentIndex(0)
        self.table.setCurrentCell(row, 1)
        item = self.table.item(row, 1)
        if item is not None:
            self.table.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)
        editor = self.table.cellWidget(row, 2)
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
