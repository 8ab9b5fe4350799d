"""The export dialog: the very outputs of the command line, written beside the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from slopedesign.gui.background import Background, said
from slopedesign.gui.defects import guarded
from slopedesign.gui.document import Document
from slopedesign.gui.forms import RecordForm
from slopedesign.gui.scrolled import scrolled
from slopedesign.i18n import Message, text
from slopedesign.project.project import DrawingSettings
from slopedesign.workspace import Workspace, read_sources

TABLES = ("quantities.xlsx", "checks.xlsx", "calculation.docx", "design.json")
"""Outputs beside the drawings that can be left out; the log of the run is always written."""


class _Stopped(Exception):
    """The designer stopped the writing; nothing has been written."""


class ExportDialog(QDialog):
    """Where to write, what, and the drawing settings of the project.

    Signals:
        stage: what is being worked on, from the thread that works.
    """

    stage = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.written: tuple[Path, ...] = ()
        self.out = document.folder
        self._stop = False
        language = document.language
        self.background = Background(self)
        self.background.done.connect(self._done)
        self.stage.connect(self._show_stage)
        self.setWindowTitle(text("gui.action.export", language))
        name = document.path.stem if document.path else "out"
        self.folder = QLineEdit(str(document.folder / f"{name}-out"))
        self.folder.setAccessibleName(text("gui.out_folder", language))
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
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.hide()
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.go = buttons.addButton(text("gui.write", language), role.AcceptRole)
        self.folder_button = buttons.addButton(text("gui.open_folder", language), role.ActionRole)
        self.folder_button.setEnabled(False)
        self.folder_button.clicked.connect(self.open_folder)
        self.leave = buttons.addButton(text("gui.close", language), role.RejectRole)
        buttons.accepted.connect(self.write)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        inside = QWidget()
        fields = QVBoxLayout(inside)
        fields.setContentsMargins(0, 0, 4, 0)
        fields.addWidget(self._outputs(language))
        fields.addWidget(self.settings)
        column.addLayout(form)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self.said)
        column.addWidget(self.progress)
        column.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 38, inside.sizeHint().height() + em * 9)

    def _outputs(self, language: str) -> QWidget:
        """A box to tick for each output."""
        from slopedesign.drawings.deliver import FILES

        group = QGroupBox(text("gui.outputs", language))
        grid = QGridLayout(group)
        self.outputs: dict[str, QCheckBox] = {}
        for i, name in enumerate((*FILES, *TABLES)):
            kind = name.partition(".")[0]
            box = QCheckBox(f"{text(f'gui.output.{kind}', language)}  {name}")
            box.setChecked(True)
            grid.addWidget(box, i // 2, i % 2)
            self.outputs[name] = box
        return group

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, text("gui.out_folder", self.document.language))
        if name:
            self.folder.setText(name)

    def chosen(self) -> tuple[str, ...]:
        """Names of the outputs ticked."""
        return tuple(name for name, box in self.outputs.items() if box.isChecked())

    def write(self) -> None:
        """Compute and write beside the window; what is wrong is said here, and nothing is half-written."""
        if not self.go.isEnabled():
            return
        typed = self.folder.text().strip()
        if not self.chosen() or not typed:
            self.said.setText(text("gui.outputs_none" if typed else "gui.out_folder_none", self.document.language))
            return
        self._stop = False
        self._busy(True)
        project, folder, before = self.document.project, self.document.folder, self.document.design
        path = self.document.path or folder / "project.json"
        out, wanted = folder / typed, self.chosen()

        def say(stage: Message) -> None:
            if self._stop:
                raise _Stopped
            self.stage.emit(stage)

        def work() -> Any:
            from slopedesign.design import run
            from slopedesign.reports.deliver import write_outputs

            sources = read_sources(project, folder, progress=say)
            workspace = Workspace(project=project, path=path, sources=sources)
            design = run(project, sources, previous=before, progress=say)
            return write_outputs(workspace, design, out, progress=say, only=wanted)

        self.background.ask("write", work)

    def _show_stage(self, stage: Message) -> None:
        self.said.setText(text("cli.stage", self.document.language, stage=stage))

    def _busy(self, busy: bool) -> None:
        self.go.setEnabled(not busy)
        self.progress.setVisible(busy)
        self.settings.setEnabled(not busy)
        self.leave.setText(text("gui.stop" if busy else "gui.close", self.document.language))

    def _done(self, _: str, outcome: Any, error: Exception | None) -> None:
        self._busy(False)
        language = self.document.language
        if isinstance(error, _Stopped):
            self.said.setText(text("gui.stopped", language))
        elif error is not None:
            self.said.setText(said(error, language, self.document.project))
        else:
            self.out = outcome.folder
            self.written = tuple(outcome.folder / name for name in outcome.files)
            self.said.setText(outcome.summary(language))
            self.folder_button.setEnabled(True)

    @guarded
    def reject(self) -> None:
        """Stop what is being written; close where nothing is."""
        if self.background.busy:
            self._stop = True
            self.said.setText(text("gui.stopping", self.document.language))
            return
        super().reject()

    @guarded
    def done(self, result: int) -> None:
        """Close; what still runs is stopped and waited for."""
        self._stop = True
        self.background.wait()
        super().done(result)

    def open_folder(self) -> None:
        """Show the folder that was written in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.out.absolute())))
