"""Things on a canvas that keep their size on the screen: letters and handles."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsSimpleTextItem

from slopedesign.gui.defects import guarded, guarded_or

if TYPE_CHECKING:
    from slopedesign.gui.canvas import Canvas

NAME, KEY = 0, 1  # QGraphicsItem data slots: what the item is, in words; what a double click on it asks for


@dataclass(frozen=True)
class Handle:
    """A thing to drag: where it is, and what a new place means."""

    name: str
    at: tuple[float, float]
    label: str
    moved: Callable[[float, float], None]
    released: Callable[[], None]
    dropped: Callable[[], None] = lambda: None
    """The drag ends with Esc: everything is as before it."""


def path_of(points: Sequence[Sequence[float]] | np.ndarray, closed: bool) -> QPainterPath:
    """A polyline in world coordinates as Qt draws it; a NaN row breaks it."""
    path = QPainterPath()
    pen_down = False
    for x, y in np.asarray(points, float)[:, :2].tolist():
        if math.isnan(x) or math.isnan(y):
            pen_down = False
        elif pen_down:
            path.lineTo(x, -y)
        else:
            path.moveTo(x, -y)
            pen_down = True
    if closed:
        path.closeSubpath()
    return path


class _Line(QGraphicsPathItem):
    """A line that is met by the cursor within a few pixels, however far the view is zoomed."""

    REACH = 4.0

    def __init__(self, path: QPainterPath, canvas: Canvas) -> None:
        super().__init__(path)
        self._canvas = canvas
        room = self.REACH / canvas.scale_now()
        self._box = path.controlPointRect().adjusted(-room, -room, room, room)

    @guarded_or(QRectF())
    def boundingRect(self) -> QRectF:
        return self._box  # Qt would take it from the shape, which is long to draw

    @guarded_or(QPainterPath())
    def shape(self) -> QPainterPath:
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * self.REACH / self._canvas.scale_now())
        return stroker.createStroke(self.path())


class _Label(QGraphicsSimpleTextItem):
    """Letters that keep their size, anchored left, centre or right, moved by pixels; on a ground where one is given."""

    def __init__(self, words: str, font: QFont, anchor: str, offset: tuple[float, float], ground: str = "") -> None:
        super().__init__(words)
        self.setFont(font)
        self._ground = QColor(ground) if ground else None
        if self._ground is not None:
            self._ground.setAlpha(150)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._letters = box = super().boundingRect()
        across = {"left": 0.0, "center": -box.width() / 2, "right": -box.width()}[anchor]
        self._shift = QPointF(across + offset[0], -box.height() / 2 + offset[1])
        self._box = box.translated(self._shift)

    @guarded_or(QRectF())
    def boundingRect(self) -> QRectF:
        return self._box

    @guarded
    def paint(self, painter: QPainter, option: object, widget: object = None) -> None:
        painter.translate(self._shift)
        if self._ground is not None:
            painter.fillRect(self._letters, self._ground)
        super().paint(painter, option, widget)  # type: ignore[arg-type]


class _HandleItem(QGraphicsItem):
    RADIUS = 6.0

    def __init__(self, handle: Handle, canvas: Canvas) -> None:
        super().__init__()
        self.handle, self._canvas = handle, canvas
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setPos(handle.at[0], -handle.at[1])
        self.setZValue(100)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setToolTip(handle.label)
        self.setData(NAME, handle.label)

    @guarded_or(QRectF())
    def boundingRect(self) -> QRectF:
        r = self.RADIUS + 2
        return QRectF(-r, -r, 2 * r, 2 * r)

    @guarded
    def paint(self, painter: QPainter, option: object, widget: object = None) -> None:
        painter.setPen(QPen(QColor(self._canvas.colours.handle), 2))
        painter.setBrush(QColor(self._canvas.colours.paper))
        painter.drawEllipse(QPointF(0, 0), self.RADIUS - 1, self.RADIUS - 1)
