"""The window's files: new, open, save, recent, dropped, recovered; and being told when a survey file changes."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QSettings, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMessageBox
from shiboken6 import isValid

from slopedesign.errors import SlopeDesignError
from slopedesign.gui.asking import answer_of
from slopedesign.gui.defects import guarded
from slopedesign.gui.document import Document, Recovery, lock_path, open_document, recovery_for
from slopedesign.gui.recovery import is_alive
from slopedesign.gui.telling import told
from slopedesign.i18n import text
from slopedesign.project.project import Project

if TYPE_CHECKING:
    from slopedesign.gui.notice import Notice

RECENT = 8
SETTLED_MS = 400


class WindowFiles(QMainWindow):
    """What a window does with files; the window itself gives the rest."""

    language: str
    document: Document
    settings: QSettings
    notice: Notice
    recent_menu: QMenu

    def take(self, document: Document) -> None:
        """Show another document; the old one ends."""
        raise NotImplementedError

    def recompute(self) -> None:
        """Compute the shown project anew."""
        raise NotImplementedError

    def finish_typing(self) -> None:
        """Take what stands in the field under the cursor."""
        raise NotImplementedError

    def _title(self, _: object = None) -> None:
        raise NotImplementedError

    def complain(self, error: SlopeDesignError) -> None:
        """Say what is wrong in one box."""
        QMessageBox.warning(self, "slopedesign", told(error, self.document.project, self.language))

    def begin(self) -> None:
        """Go on with the document the window was made with."""
        if self.document.path is not None:
            self._remember(self.document.path)
        self.recompute()

    def open_path(self, path: Path) -> bool:
        """Open a project file; what keeps it from opening is said."""
        try:
            document = open_document(path, self.language)
        except SlopeDesignError as error:
            self.complain(error)
            return False
        if self.document.path is not None and self.document.path.resolve() == path.resolve():
            self.document.unlock()  # it is this window that holds it
        if held := document.lock():
            answer = QMessageBox.warning(
                self, "slopedesign", text("gui.held", self.language, who=held),
                QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel,
            )  # fmt: skip
            if answer != QMessageBox.StandardButton.Open:
                return False
        recovery = recovery_for(path, is_alive) if not held else None  # what lies there is of the other, and alive
        if recovery is not None and self._wants(recovery):
            document.edit(recovery.project, text("gui.edit.recovered", self.language))
            document.autosave()
            if recovery.autosave != document.autosave_path():
                recovery.autosave.unlink(missing_ok=True)
        self._remember(path)
        self.take(document)
        return True

    def _wants(self, recovery: Recovery) -> bool:
        stamp = "%Y-%m-%d %H:%M:%S"
        said = text(
            "gui.recover", self.language, saved=recovery.saved_at.strftime(stamp),
            file=recovery.file_at.strftime(stamp) if recovery.file_at else "-",
        )  # fmt: skip
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        return QMessageBox.question(self, "slopedesign", said, buttons) == QMessageBox.StandardButton.Yes

    def open(self) -> None:
        """Ask for a project file."""
        if not self._may_leave():
            return
        name, _ = QFileDialog.getOpenFileName(
            self, text("gui.action.open", self.language), str(self.document.folder), text("gui.filter", self.language)
        )
        if name:
            self.open_path(Path(name))

    def save(self) -> bool:
        """Save; the first time ask where."""
        if self.document.path is None:
            return self.save_as()
        return self._save(None)

    def save_as(self) -> bool:
        """Ask where and save."""
        name, _ = QFileDialog.getSaveFileName(
            self, text("gui.action.save_as", self.language), str(self.document.folder / "project.json"),
            text("gui.filter", self.language),
        )  # fmt: skip
        return bool(name) and self._save(Path(name))

    def _save(self, path: Path | None) -> bool:
        if path is not None and path != self.document.path and (held := holder(path)):
            answer = QMessageBox.warning(
                self, "slopedesign", text("gui.held_save", self.language, who=held),
                QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel,
            )  # fmt: skip
            if answer != QMessageBox.StandardButton.Save:
                return False
        changed = self.document.changed_outside() if path in (None, self.document.path) else None
        if changed is not None:
            answer = QMessageBox.warning(
                self, "slopedesign", text("gui.changed_outside", self.language, when=f"{changed:%Y-%m-%d %H:%M:%S}"),
                QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel,
            )  # fmt: skip
            if answer != QMessageBox.StandardButton.Save:
                return False
        try:
            self.document.save(path)
        except SlopeDesignError as error:
            self.complain(error)
            return False
        if self.document.path is not None:
            self._remember(self.document.path)
        self._title()
        return True

    def _may_leave(self) -> bool:
        self.finish_typing()
        if not self.document.dirty:
            return True
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self, "slopedesign", text("gui.unsaved", self.language), button.Save | button.Discard | button.Cancel
        )
        return answer == button.Discard or (answer == button.Save and self.save())

    def new_from_survey(self, survey: Path | None = None, asked: bool = False) -> None:
        """The wizard: from a survey file to a starting project."""
        from slopedesign.gui.wizard import NewProjectWizard

        if not asked and not self._may_leave():
            return
        wizard = NewProjectWizard(self.language, self, survey=survey)
        if answer_of(wizard) and wizard.created is not None:
            self.open_path(wizard.created)

    def offer_unsaved(self) -> None:
        """States of projects that were never saved before their program ended: recover one, or leave them."""
        from slopedesign.gui.document import unsaved_recoveries
        from slopedesign.gui.recovery import RecoveryDialog

        found = unsaved_recoveries(is_alive)
        if not found:
            return
        dialog = RecoveryDialog(found, self.language, self)
        answer_of(dialog)
        if dialog.chosen is not None:
            document = Document(new_project(self.language), None, self.language)
            document.edit(dialog.chosen.project, text("gui.edit.recovered", self.language))
            document.autosave()
            dialog.chosen.autosave.unlink(missing_ok=True)
            self.take(document)

    def _remember(self, path: Path) -> None:
        known = [p for p in self.recent() if p != str(path.resolve())]
        self.settings.setValue("recent", [str(path.resolve()), *known][:RECENT])

    def recent(self) -> list[str]:
        """Files opened lately."""
        found: Any = self.settings.value("recent", [])
        return [found] if isinstance(found, str) else [str(p) for p in found or []]

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for name in self.recent():
            action = self.recent_menu.addAction(name, partial(self._open_recent, name))
            action.setEnabled(Path(name).exists())

    def _open_recent(self, name: str) -> None:
        if self._may_leave():
            self.open_path(Path(name))

    # --- survey files

    def watch_surveys(self) -> None:
        """Hear when a survey file of the project is written anew; the design follows, and the notice says so."""
        if not hasattr(self, "_watcher"):
            self._watcher = QFileSystemWatcher(self)
            self._watcher.fileChanged.connect(self._survey_written)
        wanted = {
            str((self.document.folder / name).resolve())
            for survey in self.document.project.surveys
            for name in (survey.path, *survey.breaklines)
        }
        now = set(self._watcher.files())
        if gone := now - wanted:
            self._watcher.removePaths(sorted(gone))
        if fresh := [name for name in sorted(wanted - now) if Path(name).exists()]:
            self._watcher.addPaths(fresh)

    def _survey_written(self, _: str) -> None:
        """Many programs write a file by replacing it, in several steps: wait for the last one."""
        QTimer.singleShot(SETTLED_MS, self._after_writing)

    def _after_writing(self) -> None:
        if isValid(self):
            self.watch_surveys()
            self.recompute()

    @guarded
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @guarded
    def dropEvent(self, event: QDropEvent) -> None:
        """A project is opened; a survey makes a new project, or joins the one there is."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not files:
            return
        event.acceptProposedAction()
        if files[0].suffix.lower() == ".json":
            if self._may_leave():
                self.open_path(files[0])
        elif self.document.project.surveys and self._joins():
            self.add_survey(files[0])
        elif self._may_leave():
            self.new_from_survey(files[0], asked=True)

    def _joins(self) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, "slopedesign", text("gui.dropped", self.language), parent=self)
        join = box.addButton(text("gui.dropped_join", self.language), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(text("gui.dropped_new", self.language), QMessageBox.ButtonRole.RejectRole)
        answer_of(box)
        return box.clickedButton() is join

    def add_survey(self, file: Path) -> None:
        """A survey file more in the project, under a free name; slopes and layers can refer to it."""
        taken = {survey.name for survey in self.document.project.surveys}
        name = next(n for n in (file.stem, *(f"{file.stem}-{i}" for i in range(2, 10_000))) if n not in taken)
        try:
            path = Path(os.path.relpath(file.resolve(), self.document.folder.resolve())).as_posix()
        except ValueError:  # on another drive
            path = file.resolve().as_posix()
        entry = {"name": name[:60], "path": path}
        try:
            self.document.add_entry("surveys", entry, text("gui.edit.add", self.language, name=name))
        except SlopeDesignError as error:
            self.complain(error)


def new_project(language: str) -> Project:
    """An empty project, with the title block that the settings keep."""
    from slopedesign.gui.settings import kept_info

    info = {"name": text("gui.untitled", language)} | kept_info(QSettings("slopedesign", "slopedesign"))
    return Project.model_validate({"info": info})


def holder(path: Path) -> str:
    """Who has a project file open; "" where nobody does."""
    lock = QLockFile(lock_path(path))
    lock.setStaleLockTime(0)
    if lock.tryLock(50):
        lock.unlock()
        return ""
    pid, host, program = lock.getLockInfo()
    return f"{program} (pid {pid}, {host})"
