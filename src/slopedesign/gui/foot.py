"""The line below a view: it never changes the size of the view above it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from slopedesign.gui.defects import guarded, guarded_or


class FootLabel(QLabel):
    """Words shortened to the room there is; whole in the hint.

    Args:
        widest: words the label keeps room for; "" takes what is left.
    """

    def __init__(self, widest: str = "") -> None:
        super().__init__()
        self.setObjectName("quiet")
        self._least = self.fontMetrics().horizontalAdvance(widest) if widest else 0
        across = QSizePolicy.Policy.Fixed if widest else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def setText(self, words: str) -> None:
        """Show words; whole in the hint where they are shortened."""
        super().setText(words)
        self.setToolTip(words if self.fontMetrics().horizontalAdvance(words) > self.width() else "")

    @guarded_or(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, super().minimumSizeHint().height())

    @guarded_or(QSize())
    def sizeHint(self) -> QSize:
        return QSize(self._least, super().sizeHint().height())

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        side = Qt.AlignmentFlag.AlignRight if self._least else Qt.AlignmentFlag.AlignLeft
        self.style().drawItemText(
            painter, self.rect(), side | Qt.AlignmentFlag.AlignVCenter, self.palette(), self.isEnabled(), words,
            self.foregroundRole(),
        )  # fmt: skip
