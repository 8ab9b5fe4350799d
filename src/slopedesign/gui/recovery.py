"""At the start: states of projects that were never saved, with their dates, to recover or to leave."""

from __future__ import annotations

import os
import sys

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from slopedesign.gui.document import Recovery
from slopedesign.i18n import text


def is_alive(pid: int) -> bool:
    """Whether a process of this number runs."""
    if pid == os.getpid():
        return True
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class RecoveryDialog(QDialog):
    """`chosen` is what to recover, None to leave everything as it is."""

    def __init__(self, found: list[Recovery], language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = sorted(found, key=lambda one: one.saved_at, reverse=True)
        self.chosen: Recovery | None = None
        self.setWindowTitle(text("gui.recovery.title", language))
        said = QLabel(text("gui.recovery.words", language))
        said.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(text("gui.recovery.title", language))
        for one in self.found:
            self.list.addItem(f"{one.saved_at:%Y-%m-%d %H:%M:%S}   {one.project.info.name}")
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(lambda _: self.recover())
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox()
        buttons.addButton(text("gui.recovery.recover", language), role.AcceptRole)
        self.drop = buttons.addButton(text("gui.recovery.drop", language), role.DestructiveRole)
        buttons.addButton(text("gui.recovery.later", language), role.RejectRole)
        buttons.accepted.connect(self.recover)
        buttons.rejected.connect(self.reject)
        self.drop.clicked.connect(self.drop_current)
        column = QVBoxLayout(self)
        column.addWidget(said)
        column.addWidget(self.list)
        column.addWidget(buttons)

    def recover(self) -> None:
        """Take the selected state."""
        self.chosen = self.found[self.list.currentRow()]
        self.accept()

    def drop_current(self) -> None:
        """Delete the selected state."""
        at = self.list.currentRow()
        if at < 0:
            return
        self.found.pop(at).autosave.unlink(missing_ok=True)
        self.list.takeItem(at)
        if not self.found:
            self.reject()
