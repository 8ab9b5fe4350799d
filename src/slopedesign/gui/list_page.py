"""A page made of a list at the left and what the chosen row shows at the right, filled when it is seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QSplitter, QVBoxLayout, QWidget

from slopedesign.gui.defects import guarded
from slopedesign.gui.document import Document


class ListPage(QWidget):
    """List and right-hand side; `refresh` is called at each design and when the page comes into sight."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.list = QListWidget()
        self._design: Any = None

    def arrange(self, right: QWidget, list_ems: int) -> None:
        """Put the list beside the right-hand side and follow the design; the list is so many letters wide."""
        split = QSplitter()
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        em = self.fontMetrics().height()
        split.setSizes([em * list_ems, em * 50])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self.document.design_changed.connect(self.refresh)

    def relist(self, names: Iterable[str]) -> None:
        """Other names in the list; nothing is told of it."""
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems(list(names))
        self.list.blockSignals(False)

    @guarded
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the design."""
        raise NotImplementedError
