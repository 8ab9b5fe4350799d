"""The steps of the work since the project was opened, as a list to go back and forth in."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QUndoView, QVBoxLayout, QWidget

from slopedesign.gui.document import Document
from slopedesign.i18n import text


class HistoryDialog(QDialog):
    """A click on a step shows the project as it was then; nothing is lost until something else is edited."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        language = document.language
        self.setWindowTitle(text("gui.action.history", language))
        document.cancel_preview()
        self.view = QUndoView(document.undo_stack)
        self.view.setEmptyLabel(text("gui.history_start", language))
        self.view.setAccessibleName(text("gui.action.history", language))
        buttons = QDialogButtonBox()
        buttons.addButton(text("gui.close", language), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.view)
        column.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 22, em * 26)
