"""What may be higher than a screen scrolls; the buttons below it stay within reach."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget


def scrolled(inside: QWidget) -> QScrollArea:
    """A widget that scrolls up and down where there is too little height, and is never cut at its side."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    bar = area.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
    area.setMinimumWidth(inside.minimumSizeHint().width() + bar)
    return area
