"""A choice that is not changed by accident."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from slopedesign.gui.defects import guarded


class CalmCombo(QComboBox):
    """A choice that the wheel does not change, named for those who hear it."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
