"""Dialogs that go when they have been answered."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def answer_of(dialog: QDialog) -> int:
    """Show a dialog until it is answered, then take it down: a child of the window would stay, and listen, as long."""
    try:
        return dialog.exec()
    finally:
        dialog.deleteLater()
