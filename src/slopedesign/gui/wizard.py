"""New project: from a survey file to a starting project; how the file is understood is shown first, and can be set."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import InputError
from slopedesign.gui.background import Background, said
from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.defects import guarded
from slopedesign.gui.fields import field_kinds
from slopedesign.gui.settings import kept_template
from slopedesign.gui.telling import given_words
from slopedesign.i18n import text
from slopedesign.project.ground import SurveyFile

LINES = {"NAME": "name", "--from": "survey"}
"""Arguments of the starter by the lines they are typed in."""
CHOICES = ("format", "encoding", "column_order", "unit", "duplicates")


class NewProjectWizard(QDialog):
    """Survey, how it is read, optional rock surface, name and place; `created` is the file written."""

    def __init__(self, language: str, parent: QWidget | None = None, survey: Path | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self.created: Path | None = None
        self.background = Background(self)
        self.background.done.connect(self._done)
        self.setWindowTitle(text("gui.action.new", language))
        self.survey, self.rock, self.folder = QLineEdit(), QLineEdit(), QLineEdit()
        self.name = QLineEdit(text("gui.untitled", language))
        self._named = {self.name: self.name.text()}
        """What the program has put into a line, to be replaced by what fits another survey."""
        form = QFormLayout()
        for key, line, work in (("survey", self.survey, self._browse_survey), ("rock", self.rock, self._browse_rock),
                                ("folder", self.folder, self._browse_folder)):  # fmt: skip
            line.setAccessibleName(text(f"gui.wizard.{key}", language))
            form.addRow(text(f"gui.wizard.{key}", language), self._with_browse(line, work))
        self.name.setAccessibleName(text("gui.wizard.name", language))
        form.insertRow(2, text("gui.wizard.name", language), self.name)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.busy = QLabel()
        self.busy.setObjectName("quiet")
        buttons = QDialogButtonBox()
        self.make = buttons.addButton(text("gui.wizard.create", language), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(text("gui.close", language), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.write)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._reading())
        column.addWidget(self.error)
        column.addWidget(self._preview(), 1)
        column.addWidget(self.busy)
        column.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 50, em * 40)
        self.survey.editingFinished.connect(self.look)
        self._looked: Any = None
        self._refused = False
        if survey is not None:
            self._take(survey)

    def _reading(self) -> QWidget:
        """How the file is to be read: the fields of the project's survey record."""
        group = QGroupBox(text("gui.wizard.reading", self.language))
        whole = QVBoxLayout(group)
        row, more = QHBoxLayout(), QHBoxLayout()
        whole.addLayout(row)
        whole.addLayout(more)
        self.boxes: dict[str, CalmCombo] = {}
        for kind in field_kinds(SurveyFile):
            if kind.name not in CHOICES:
                continue
            label = kind.label(self.language)
            box = CalmCombo(label)
            for choice in kind.choices:
                box.addItem(kind.choice(choice, self.language), choice)
            box.activated.connect(lambda _: self.look())
            column = QVBoxLayout()
            column.setSpacing(1)
            words = QLabel(label)
            words.setBuddy(box)
            column.addWidget(words)
            column.addWidget(box)
            row.addLayout(column)
            self.boxes[kind.name] = box
        self.text_levels = QCheckBox(text("fields.SurveyFile.text_levels", self.language))
        self.text_levels.clicked.connect(lambda _: self.look())
        self.layers, self.surface = QLineEdit(), QLineEdit()
        for name, line in (("layers", self.layers), ("surface", self.surface)):
            label = text(f"fields.SurveyFile.{name}", self.language)
            line.setAccessibleName(label)
            line.setPlaceholderText(text(f"gui.wizard.{name}", self.language))
            line.setToolTip(text(f"gui.wizard.{name}", self.language))
            line.editingFinished.connect(self.look)
            more.addWidget(QLabel(label))
            more.addWidget(line, 1)
        more.addWidget(self.text_levels)
        return group

    def _preview(self) -> QWidget:
        self.table = QTableWidget()
        self.table.setAccessibleName(text("gui.wizard.preview", self.language))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.4))
        self.report = QPlainTextEdit(readOnly=True)
        self.report.setAccessibleName(text("gui.wizard.report", self.language))
        self.report.setPlaceholderText(text("gui.wizard.hint", self.language))
        split = QSplitter()
        split.addWidget(self.table)
        split.addWidget(self.report)
        return split

    def _with_browse(self, line: QLineEdit, work: Callable[[], None]) -> QHBoxLayout:
        button = QPushButton(text("gui.browse", self.language))
        button.clicked.connect(lambda _=False: work())
        row = QHBoxLayout()
        row.addWidget(line, 1)
        row.addWidget(button)
        return row

    def _browse_survey(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, text("gui.wizard.survey", self.language), self.folder.text())
        if name:
            self._take(Path(name))

    def _browse_rock(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, text("gui.wizard.rock", self.language), self.folder.text())
        if name:
            self.rock.setText(name)

    def _browse_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, text("gui.wizard.folder", self.language), self.folder.text())
        if name:
            self.folder.setText(name)

    def _take(self, survey: Path) -> None:
        """A survey has been chosen: its folder and its name are the project's, until others are typed."""
        self.survey.setText(str(survey))
        self._name_after(survey)
        self.look()

    def _name_after(self, survey: Path) -> None:
        """Folder and name of the project are those of its survey where nobody has chosen others."""
        for line, words in ((self.folder, str(survey.parent)), (self.name, survey.stem)):
            if line.text().strip() in ("", self._named.get(line, "")):
                self._named[line] = words
                line.setText(words)

    # --- work beside the window

    def options(self) -> Any:
        """The options as chosen."""
        from slopedesign.survey import SurveyOptions

        chosen = {name: box.currentData() for name, box in self.boxes.items()}
        layers = tuple(word for word in re.split(r"[,;\s\uff0c\uff1b\u3001]+", self.layers.text()) if word)
        return SurveyOptions(
            **chosen, layers=layers, surface=self.surface.text().strip(), text_levels=self.text_levels.isChecked()
        )

    def look(self) -> None:
        """Read the survey under the options chosen and show what was found; the same file is not read twice."""
        words = self.survey.text().strip()
        if not words:
            return
        self._name_after(Path(words))
        options, file, language = self.options(), Path(words), self.language
        if (file, options) == self._looked:
            return
        self._looked = (file, options)
        self._refused = False
        self.busy.setText(text("gui.wizard.busy", language))

        def work() -> Any:
            from slopedesign.gui.wizard_data import look

            return look(file, options, language)

        self.background.ask("look", work)

    def write(self) -> None:
        """Write the starting project; what is wrong is said in the dialog, and nothing is written."""
        if not self.survey.text().strip():
            self._complain(text("gui.wizard.hint", self.language))
            return
        survey, name, language, options = (
            Path(self.survey.text()),
            self.name.text().strip(),
            self.language,
            self.options(),
        )
        rock = Path(self.rock.text()) if self.rock.text().strip() else None
        folder = Path(self.folder.text()) if self.folder.text().strip() else survey.parent
        template = kept_template(QSettings("slopedesign", "slopedesign"))
        self.make.setEnabled(False)
        self.busy.setText(text("gui.wizard.creating", language))

        def work() -> Path:
            from slopedesign.reports.starter import write_starter

            return write_starter(name, survey, rock, folder / f"{name}.json", language, options, template)

        self.background.ask("write", work)

    def _done(self, task: str, answer: Any, error: Exception | None) -> None:
        self.busy.clear()
        self.make.setEnabled(True)
        if error is not None:
            self._refused = task == "write"
            self._complain(self._said(error))
        elif task == "look":
            self._show(answer)
        else:
            self.created = answer
            self.accept()

    def _said(self, error: Exception) -> str:
        """What is wrong, of the line it stands in: the starter knows it by the name of an argument."""
        if not isinstance(error, InputError) or error.field not in LINES:
            return said(error, self.language)
        what, rule = text(f"gui.wizard.{LINES[error.field]}", self.language), error.rule
        words = rule if isinstance(rule, str) else rule.render(self.language)
        value = given_words(error.value, self.language)
        return text("gui.wizard.wrong", self.language, what=what, value=value, rule=words)

    def _complain(self, words: str) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def _show(self, preview: Any) -> None:
        if preview.problem or not self._refused:  # read at last, the survey does not hide why nothing was written
            self._complain(preview.problem)
        self.report.setPlainText(preview.report)
        self.report.setPlaceholderText("" if preview.problem else text("gui.wizard.hint", self.language))
        self.table.setVisible(bool(preview.rows))
        self.table.clear()
        self.table.setColumnCount(len(preview.heads))
        self.table.setRowCount(len(preview.rows))
        self.table.setHorizontalHeaderLabels(list(preview.heads))
        for i, row in enumerate(preview.rows):
            for j, cell in enumerate(row[: len(preview.heads)]):
                self.table.setItem(i, j, QTableWidgetItem(cell))
        self.table.resizeColumnsToContents()

    @guarded
    def done(self, result: int) -> None:
        """Close; what is still read is waited for."""
        self.background.wait()
        super().done(result)
