"""New project: from a survey file to a starting project, with what was found in the file shown first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import SlopeDesignError
from slopedesign.i18n import text


class NewProjectWizard(QDialog):
    """Survey, optional rock surface, name and place; `created` is the file written."""

    def __init__(self, language: str, parent: QWidget | None = None, survey: Path | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self.created: Path | None = None
        self.setWindowTitle(text("gui.action.new", language))
        self.survey = self._file_row()
        self.rock = self._file_row()
        self.name = QLineEdit(text("gui.untitled", language))
        self.report = QPlainTextEdit(readOnly=True)
        self.report.setAccessibleName(text("gui.wizard.report", language))
        form = QFormLayout()
        form.addRow(text("gui.wizard.survey", language), self._with_browse(self.survey, self.look))
        form.addRow(text("gui.wizard.rock", language), self._with_browse(self.rock, lambda: None))
        form.addRow(text("gui.wizard.name", language), self.name)
        buttons = QDialogButtonBox()
        buttons.addButton(text("gui.wizard.create", language), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(text("gui.close", language), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.write)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.report, 1)
        column.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 46, em * 32)
        self.survey.editingFinished.connect(self.look)
        if survey is not None:
            self.survey.setText(str(survey))
            self.look()

    def _file_row(self) -> QLineEdit:
        return QLineEdit()

    def _with_browse(self, line: QLineEdit, then: object) -> QHBoxLayout:
        button = QPushButton(text("gui.browse", self.language))

        def browse() -> None:
            name, _ = QFileDialog.getOpenFileName(self, text("gui.wizard.survey", self.language))
            if name:
                line.setText(name)
                if callable(then):
                    then()

        button.clicked.connect(browse)
        row = QHBoxLayout()
        row.addWidget(line, 1)
        row.addWidget(button)
        return row

    def look(self) -> None:
        """Read the survey and show what was found."""
        from slopedesign.reports.survey_text import survey_lines

        if not self.survey.text().strip():
            return
        try:
            lines = list(survey_lines(Path(self.survey.text()), (), self.language, rows=8))
        except SlopeDesignError as error:
            lines = [error.describe(self.language)]
        self.report.setPlainText("\n".join(lines))

    def write(self) -> None:
        """Write the starting project beside the survey; what is wrong is said in the report."""
        from slopedesign.reports.starter import write_starter

        survey = Path(self.survey.text())
        rock = Path(self.rock.text()) if self.rock.text().strip() else None
        try:
            self.created = write_starter(
                self.name.text(), survey, rock, survey.parent / f"{self.name.text()}.json", self.language
            )
        except SlopeDesignError as error:
            self.report.setPlainText(error.describe(self.language))
            return
        self.accept()
