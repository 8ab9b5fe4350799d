"""The document: one frozen project, its undo stack, its file, its design.

Every edit replaces the project. Pages read `project` and `design`, call `edit`, and listen to the signals; they never
compute and never talk to each other. While a handle is dragged, `preview` shows a project that is not yet an edit;
`finish_preview` makes it one undo step.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from slopedesign.errors import SlopeDesignError
from slopedesign.gui.defects import guarded
from slopedesign.gui.named import Names
from slopedesign.i18n import Message, message
from slopedesign.project.edit import sharing, with_entry, without_entry
from slopedesign.project.file import dump_project, load_project, parse_project, save_project, write_atomic
from slopedesign.project.project import Project

AUTOSAVE_EVERY_MS = 60_000
AUTOSAVE_IDLE_MS = 4_000


@dataclass(frozen=True)
class Recovery:
    """An autosaved state newer than the file it belongs to."""

    file: Path | None
    autosave: Path
    saved_at: datetime
    file_at: datetime | None
    project: Project


class _Edit(QUndoCommand):
    """From one project to another."""

    def __init__(self, document: Document, before: Project, after: Project, name: str) -> None:
        super().__init__(name)
        self._document, self._before, self._after = document, before, after

    @guarded
    def redo(self) -> None:
        self._document._show(self._after)

    @guarded
    def undo(self) -> None:
        self._document._show(self._before)


class Document(QObject):
    """The project being edited.

    Signals:
        project_changed: the project is another one (edit, undo, preview, open).
        design_changed: a design for the shown project has arrived, or is gone.
        problem_changed: the error that keeps the design from being computed, or None.
        path_changed, clean_changed: the file and whether it holds the project as shown.
    """

    project_changed = Signal()
    design_changed = Signal()
    problem_changed = Signal(object)
    path_changed = Signal()
    clean_changed = Signal(bool)

    def __init__(self, project: Project, path: Path | None = None, language: str = "zh_CN") -> None:
        super().__init__()
        self.language = language
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.clean_changed)
        self._project = project
        self._before_preview: Project | None = None
        self._path = path
        self._lock: QLockFile | None = None
        self._second = False
        self._known = _digest(path)
        self.design: Any = None
        self.names = Names(self)
        self.problem: SlopeDesignError | None = None
        self._autosaved: Project | None = None
        self._every = QTimer(self, interval=AUTOSAVE_EVERY_MS)
        self._every.timeout.connect(self.autosave)
        self._every.start()
        self._idle = QTimer(self, interval=AUTOSAVE_IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self.autosave)

    # --- the project

    @property
    def project(self) -> Project:
        """The project as shown."""
        return self._project

    def edit(self, project: Project, name: Message | str) -> None:
        """Replace the project as one undo step; nothing happens where it is the same."""
        before = self._before_preview or self._project
        self._before_preview = None
        if project == before:
            self._show(before)
            return
        self.undo_stack.push(_Edit(self, before, sharing(project, before), self._named(name)))

    def set_value(self, path: str, value: Any, name: Message | str, places: Sequence[int | None] | None = None) -> None:
        """Edit one field; where it is the name of a thing, the fields that name that follow in the same step.

        Args:
            places: of a list, the number each entry had before (None: it is new).

        Raises:
            InputError: the value is not usable; then nothing has changed.
        """
        from slopedesign.project.renaming import with_followers  # here: the first window does without

        found = with_followers(self._project, path, value, places)
        if len(found.names) == 1:
            ((old, new),) = found.names
            name = message("gui.edit.rename", old=old, new=new, count=found.followed)
        elif found.names:
            name = message("gui.edit.renames", names=len(found.names), count=found.followed)
        self.edit(found.project, name)

    def add_entry(self, path: str, entry: Any, name: Message | str, at: int | None = None) -> None:
        """Edit: one entry more in a list."""
        self.edit(with_entry(self._project, path, entry, at), name)

    def remove_entry(self, path: str, name: Message | str) -> None:
        """Edit: one list entry less."""
        self.edit(without_entry(self._project, path), name)

    def preview(self, project: Project) -> None:
        """Show a project while a handle is dragged; not an edit yet."""
        if self._before_preview is None:
            self._before_preview = self._project
        self._show(project)

    def finish_preview(self, name: Message | str) -> None:
        """Make what is previewed one undo step."""
        if self._before_preview is not None:
            self.edit(self._project, name)

    def cancel_preview(self) -> None:
        """Go back to the project before the drag."""
        if self._before_preview is not None:
            before, self._before_preview = self._before_preview, None
            self._show(before)

    @property
    def previewing(self) -> bool:
        """Whether what is shown is not yet an edit."""
        return self._before_preview is not None

    def undo(self) -> None:
        """Take back the last step; in the midst of a drag, the drag."""
        if self.previewing:
            self.cancel_preview()
        else:
            self.undo_stack.undo()

    def redo(self) -> None:
        """The step taken back last, once more; nothing in the midst of a drag."""
        if not self.previewing:
            self.undo_stack.redo()

    def _named(self, name: Message | str) -> str:
        return name.render(self.language) if isinstance(name, Message) else name

    def _show(self, project: Project) -> None:
        if project is self._project:
            return
        self._project = project
        self._idle.start()
        self.project_changed.emit()

    # --- the design

    def set_design(self, design: Any, problem: SlopeDesignError | None) -> None:
        """Take the design computed for the shown project, or the reason why there is none."""
        self.design, self.problem = design, problem
        self.design_changed.emit()
        self.problem_changed.emit(problem)

    # --- the file

    @property
    def path(self) -> Path | None:
        """The project file; None before the first save."""
        return self._path

    @property
    def folder(self) -> Path:
        """Folder that survey files are found from."""
        return self._path.parent if self._path else Path.cwd()

    @property
    def dirty(self) -> bool:
        """Whether the file does not hold the project as shown."""
        return not self.undo_stack.isClean() or self._before_preview is not None

    def lock(self) -> str:
        """Claim the file for this window; "" when it is ours, else who holds it."""
        if self._path is None:
            return ""
        lock = QLockFile(lock_path(self._path))
        lock.setStaleLockTime(0)
        if lock.tryLock(50):
            self._lock = lock
            self._second = False
            return ""
        self._second = True
        pid, host, program = lock.getLockInfo()
        return f"{program} (pid {pid}, {host})"

    def unlock(self) -> None:
        """Give the file free."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def save(self, path: Path | None = None) -> None:
        """Write the project file.

        Raises:
            ProjectFileError: it cannot be written; the old file and the autosave stay.
        """
        self.finish_preview("")
        target = path or self._path
        if target is None:
            raise ValueError("a first save needs a path")
        old_autosave = self.autosave_path()
        save_project(self._project, target)
        self._known = _digest(target)
        moved = target != self._path
        self._path = target
        self.undo_stack.setClean()
        for leftover in {old_autosave, self.autosave_path()}:
            leftover.unlink(missing_ok=True)
        self._autosaved = None
        if moved:
            self.unlock()
            self.lock()
            self.path_changed.emit()

    def changed_outside(self) -> datetime | None:
        """When another program has written the file since it was opened or saved here; None where none has."""
        if self._path is None or self._known is None or _digest(self._path) in (None, self._known):
            return None
        return datetime.fromtimestamp(self._path.stat().st_mtime)

    def autosave_path(self) -> Path:
        """Where the unsaved state is kept: beside the file, or in the user's data folder before the first save.

        A second program on the same file keeps its state apart from that of the first.
        """
        if self._path is not None:
            whose = f".{os.getpid()}" if self._second else ""
            return self._path.with_name(f".{self._path.name}{whose}.autosave")
        return unsaved_folder() / f"unsaved-{os.getpid()}.autosave"

    def autosave(self) -> None:
        """Keep the unsaved state safe; a full disk or a read-only folder must not disturb the work."""
        if not self.dirty:
            if self._autosaved is not None:  # everything was taken back: nothing is left to recover
                self.autosave_path().unlink(missing_ok=True)
                self._autosaved = None
            return
        if self._project == self._autosaved:
            return
        state = {
            "file": str(self._path) if self._path else None,
            "saved_at": time.time(),
            "project": json.loads(dump_project(self._project)),
        }
        with contextlib.suppress(SlopeDesignError, OSError):
            target = self.autosave_path()
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(target, json.dumps(state, ensure_ascii=False).encode("utf-8"))
            self._autosaved = self._project

    def close(self) -> None:
        """End the document on purpose: nothing is left to recover."""
        self._every.stop()
        self._idle.stop()
        self.autosave_path().unlink(missing_ok=True)
        self.unlock()


def lock_path(path: Path) -> str:
    """The lock beside a project file that is being edited."""
    return str(path.with_name(f".{path.name}.lock"))


def unsaved_folder() -> Path:
    """Folder of the states of projects that were never saved."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place or Path.home() / ".slopedesign") / "unsaved"


def open_document(path: Path, language: str = "zh_CN") -> Document:
    """A document on a project file.

    Raises:
        ProjectFileError, InputError: the file cannot be read.
    """
    return Document(load_project(path), path, language)


def recovery_for(path: Path, alive: Callable[[int], bool] | None = None) -> Recovery | None:
    """The latest autosaved state beside a project file that differs from the file and can be read.

    With `alive`, also those of second programs on the file that do not run any more.
    """
    found = [_recovery(path.with_name(f".{path.name}.autosave"), path)]
    if alive is not None:
        for file in path.parent.glob(".*.autosave"):
            pid = file.name.removeprefix(f".{path.name}.").removesuffix(".autosave")
            if pid.isdigit() and not alive(int(pid)):
                found.append(_recovery(file, path))
    return max(filter(None, found), key=lambda one: one.saved_at, default=None)


def unsaved_recoveries(alive: Callable[[int], bool]) -> list[Recovery]:
    """States of never-saved projects whose program is no longer running."""
    folder = unsaved_folder()
    found = []
    for file in sorted(folder.glob("unsaved-*.autosave")) if folder.is_dir() else ():
        pid = file.stem.removeprefix("unsaved-")
        if pid.isdigit() and not alive(int(pid)) and (recovery := _recovery(file, None)):
            found.append(recovery)
    return found


def _digest(path: Path | None) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path is not None else None
    except OSError:
        return None


def _recovery(autosave: Path, file: Path | None) -> Recovery | None:
    try:
        state = json.loads(autosave.read_text(encoding="utf-8"))
        project = parse_project(json.dumps(state["project"]), autosave)
        saved_at = datetime.fromtimestamp(float(state["saved_at"]))
        file_at = datetime.fromtimestamp(file.stat().st_mtime) if file is not None and file.exists() else None
        if file is not None and file.exists() and load_project(file) == project:
            return None
    except (OSError, ValueError, KeyError, TypeError, SlopeDesignError):
        return None
    return Recovery(file=file, autosave=autosave, saved_at=saved_at, file_at=file_at, project=project)
