"""Small things of the plan: colours of depths, their legend, survey points."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QWidget

from slopedesign.gui.defects import guarded, guarded_or

RAMP = ("#fff3b0", "#f9a03f", "#d1495b", "#6a2c70")
FILL_RAMP = ("#d9f0a3", "#41ab5d", "#00572e")


def ramp(share: np.ndarray) -> np.ndarray:
    """RGBA of shares 0 to 1 along the ramp; NaN is clear."""
    stops = np.array([[QColor(c).red(), QColor(c).green(), QColor(c).blue()] for c in RAMP], float)
    at = np.nan_to_num(share) * (len(stops) - 1)
    low = np.clip(at.astype(int), 0, len(stops) - 2)
    part = (at - low)[..., None]
    colour = stops[low] * (1 - part) + stops[low + 1] * part
    alpha = np.where(np.isfinite(share), 165, 0)[..., None]
    return np.concatenate([colour, alpha], axis=-1).astype(np.uint8)


def ramp_colour(share: float, stops: tuple[str, ...]) -> QColor:
    """The colour of a share 0 to 1 along some stops."""
    at = min(max(share, 0.0), 1.0) * (len(stops) - 1)
    low = min(int(at), len(stops) - 2)
    a, b, part = QColor(stops[low]), QColor(stops[low + 1]), at - low
    red, green, blue = (
        round(x + (y - x) * part)
        for x, y in ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    )  # fmt: skip
    return QColor(red, green, blue, 215)


class Dots(QGraphicsItem):
    """Survey points as dots of constant size."""

    def __init__(self, points: np.ndarray, colour: str) -> None:
        super().__init__()
        self._points = [QPointF(x, -y) for x, y in points[:, :2]]
        self._colour = colour
        low, high = points.min(axis=0), points.max(axis=0)
        self._box = QRectF(low[0], -high[1], high[0] - low[0], high[1] - low[1])

    @guarded_or(QRectF())
    def boundingRect(self) -> QRectF:
        return self._box

    @guarded
    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        pen = QPen(QColor(self._colour), 2.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawPoints(self._points)


class Legend(QWidget):
    """Ramps of depths, one under the other, each with its greatest number."""

    def __init__(self) -> None:
        super().__init__()
        self.ranges: list[tuple[str, float, tuple[str, ...]]] = []
        self.setFixedWidth(self.fontMetrics().height() * 14)

    def show_ranges(self, ranges: list[tuple[str, float, tuple[str, ...]]]) -> None:
        """Name, greatest value and colours of each; nothing for 0."""
        self.ranges = [one for one in ranges if one[1] > 0]
        self.setFixedHeight(int(self.fontMetrics().height() * 1.2) * 2)
        self.setAccessibleName(", ".join(f"{name} {most:.1f} m" for name, most, _ in self.ranges))
        self.update()

    @guarded
    def paintEvent(self, event: Any) -> None:
        painter, room = QPainter(self), self.fontMetrics()
        widest = max((room.horizontalAdvance(f"{name} 0") for name, _, _ in self.ranges), default=0) + 6
        digits = [f"{most:.1f} m" if most >= 2 else f"{most:.2f} m" for _, most, _ in self.ranges]
        right = self.width() - max((room.horizontalAdvance(end) for end in digits), default=0) - 6
        row = int(room.height() * 1.2)
        for i, ((name, _, stops), end) in enumerate(zip(self.ranges, digits, strict=True)):
            top = i * row
            painter.drawText(0, top + room.ascent() + 1, f"{name} 0")
            painter.drawText(right + 6, top + room.ascent() + 1, end)
            gradient = QLinearGradient(widest, 0, right, 0)
            for j, colour in enumerate(stops):
                gradient.setColorAt(j / (len(stops) - 1), QColor(colour))
            painter.fillRect(QRectF(widest, top + 2, right - widest, row - 4), gradient)
