"""Dialogs that fit the screen and go when they have been answered."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog

TITLE_EMS = 2.5
"""Room for the title bar, which the system adds."""


def answer_of(dialog: QDialog) -> int:
    """Show a dialog until it is answered, then take it down: a child of the window would stay, and listen, as long."""
    fit(dialog)
    try:
        return dialog.exec()
    finally:
        dialog.deleteLater()


def fit(dialog: QDialog) -> None:
    """No larger than the screen it comes on, its title bar included."""
    title = round(dialog.fontMetrics().height() * TITLE_EMS)
    room = dialog.screen().availableGeometry().size() - QSize(0, title)
    dialog.ensurePolished()
    wanted = dialog.size() if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized) else dialog.sizeHint()
    if wanted.width() > room.width() or wanted.height() > room.height():
        dialog.resize(wanted.boundedTo(room))
