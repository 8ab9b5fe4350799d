"""The export dialog: the very outputs of the command line."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import SlopeDesignError
from slopedesign.gui.document import Document
from slopedesign.gui.forms import RecordForm
from slopedesign.i18n import Message, text
from slopedesign.project.project import DrawingSettings
from slopedesign.workspace import Workspace, read_sources


class ExportDialog(QDialog):
    """Where to write, and the drawing settings of the project."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.written: tuple[Path, ...] = ()
        language = document.language
        self.setWindowTitle(text("gui.action.export", language))
        name = document.path.stem if document.path else "out"
        self.folder = QLineEdit(str(document.folder / f"{name}-out"))
        browse = QPushButton(text("gui.browse", language))
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        form = QFormLayout()
        form.addRow(text("gui.out_folder", language), where)
        self.settings = RecordForm(DrawingSettings, document, "drawings")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setObjectName("quiet")
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(text("gui.write", language), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(text("gui.close", language), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.write)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.settings)
        column.addWidget(self.said)
        column.addWidget(buttons)
        self.resize(self.fontMetrics().height() * 36, self.fontMetrics().height() * 26)

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, text("gui.out_folder", self.document.language))
        if name:
            self.folder.setText(name)

    def write(self) -> bool:
        """Compute and write; what is wrong is said in the dialog, and nothing is half-written."""
        from slopedesign.design import run
        from slopedesign.reports.deliver import write_outputs

        language = self.document.language

        def say(stage: Message) -> None:
            self.said.setText(text("cli.stage", language, stage=stage))
            QApplication.processEvents()

        self.go.setEnabled(False)
        try:
            project = self.document.project
            sources = read_sources(project, self.document.folder, progress=say)
            path = self.document.path or self.document.folder / "project.json"
            workspace = Workspace(project=project, path=path, sources=sources)
            design = run(project, sources, previous=self.document.design, progress=say)
            outcome = write_outputs(workspace, design, Path(self.folder.text()), progress=say)
        except SlopeDesignError as error:
            self.said.setText(error.describe(language))
            return False
        finally:
            self.go.setEnabled(True)
        self.written = tuple(outcome.folder / name for name in outcome.files)
        self.said.setText(outcome.summary(language))
        return True

    def open_folder(self) -> None:
        """Show the folder in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text()))
