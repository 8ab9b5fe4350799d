"""A canvas in metres: zoom about the cursor, pan, fit, coordinates under the cursor, a measuring line, handles.

Section and plan show on it. World coordinates have y upwards; pens and letters keep their size on the screen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
)

from slopedesign.gui import theme

MARGIN = 0.06
SNAP_PX = 10.0
NAME = 0  # QGraphicsItem data slot: what the item is, in words


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


class Canvas(QGraphicsView):
    """See the module.

    Signals:
        pointed: world coordinates under the cursor.
        hovered: name of the thing under the cursor ("" for none).
        measured: horizontal distance, rise, length of the measuring line.
        zoomed: the scale has been changed by hand.
        drawn: world coordinates of a line drawn with the mouse (see `draw_line`).
    """

    pointed = Signal(float, float)
    hovered = Signal(str)
    measured = Signal(float, float, float)
    drawn = Signal(object)
    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setScene(QGraphicsScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.exaggeration = 1.0
        self._world = QRectF(0, 0, 100, 60)
        self._fitted = True
        self._pan: QPointF | None = None
        self._dragged: Handle | None = None
        self._measuring: list[QPointF] = []
        self._mode = "look"
        self._drawing: list[tuple[float, float]] = []
        self._snaps = np.empty((0, 2))
        self._heading = ""
        self.axes: tuple[str, str] | None = None
        self.axis_origin = (0.0, 0.0)
        self.on_paper = False
        self.pen_scale = 0.0  # device pixels to the pixel of a picture; 0 asks the screen

    def set_heading(self, words: str) -> None:
        """A line in the upper left corner."""
        self._heading = words
        self.viewport().update()

    # --- colours

    @property
    def colours(self) -> theme.Colours:
        """The colours in force: those of the theme, or of white paper while printing."""
        if self.on_paper:
            return theme.LIGHT
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return theme.colours(application)

    # --- filling

    def clear(self) -> None:
        """Take everything off."""
        self.scene().clear()
        self.setBackgroundBrush(QColor(self.colours.paper))
        self._snaps = np.empty((0, 2))

    def set_world(self, box: tuple[float, float, float, float]) -> None:
        """State what there is to see (x0, y0, x1, y1); the view follows while nobody has zoomed or drags."""
        x0, y0, x1, y1 = box
        self._world = QRectF(x0, y0, max(x1 - x0, 1e-6), max(y1 - y0, 1e-6))
        if self.dragging:  # the ground must stand still under the hand
            return
        grow = max(self._world.width(), self._world.height()) * 4
        self.scene().setSceneRect(self._flip(self._world.adjusted(-grow, -grow, grow, grow)))
        if self._fitted:
            self.fit()

    def set_snaps(self, points: Sequence[tuple[float, float]]) -> None:
        """Points that measuring and drawing snap to."""
        self._snaps = np.asarray(points, float).reshape(-1, 2)

    @staticmethod
    def _flip(rect: QRectF) -> QRectF:
        return QRectF(rect.left(), -rect.bottom(), rect.width(), rect.height())

    def pen(self, colour: str, width: float = 1.5, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A pen of constant width on the screen, in the same pixels as letters: Qt counts those of the device."""
        pen = QPen(QColor(colour), width * (self.pen_scale or self.devicePixelRatioF()), style)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def add_line(
        self, points: Sequence[Sequence[float]] | np.ndarray, pen: QPen, name: str = "", closed: bool = False
    ) -> QGraphicsPathItem:
        """A polyline in world coordinates; a NaN row breaks it."""
        path = QPainterPath()
        pen_down = False
        for x, y in np.asarray(points, float)[:, :2]:
            if math.isnan(x) or math.isnan(y):
                pen_down = False
            elif pen_down:
                path.lineTo(x, -y)
            else:
                path.moveTo(x, -y)
                pen_down = True
        if closed:
            path.closeSubpath()
        item = self.scene().addPath(path, pen)
        self._named(item, name)
        return item

    def add_area(
        self, points: Sequence[Sequence[float]] | np.ndarray, colour: str, name: str = "", alpha: int = 255
    ) -> QGraphicsItem:
        """A filled polygon in world coordinates."""
        polygon = QPolygonF([QPointF(x, -y) for x, y in np.asarray(points, float)[:, :2]])
        fill = QColor(colour)
        fill.setAlpha(alpha)
        item = self.scene().addPolygon(polygon, QPen(Qt.PenStyle.NoPen), QBrush(fill))
        self._named(item, name)
        return item

    def add_text(
        self, at: tuple[float, float], words: str, colour: str = "", size: float = 0.0, anchor: str = "left",
        offset: tuple[float, float] = (0.0, 0.0), name: str = "",
    ) -> QGraphicsSimpleTextItem:  # fmt: skip
        """Letters of constant size on the screen at a world point, moved by `offset` pixels (down positive)."""
        item = _Label(words, anchor, offset)
        font = QFont(self.font())
        if size:
            font.setPointSizeF(font.pointSizeF() * size)
        item.setFont(font)
        item.setBrush(QColor(colour or self.colours.text))
        item.setPos(at[0], -at[1])
        self.scene().addItem(item)
        self._named(item, name)
        return item

    def add_item(self, item: QGraphicsItem, name: str = "") -> QGraphicsItem:
        """Anything else, in scene coordinates (y downwards)."""
        self.scene().addItem(item)
        self._named(item, name)
        return item

    def add_handle(self, handle: Handle) -> QGraphicsItem:
        """A thing to drag."""
        item = _HandleItem(handle, self)
        self.scene().addItem(item)
        return item

    @staticmethod
    def _named(item: QGraphicsItem, name: str) -> None:
        if name:
            item.setData(NAME, name)
            item.setToolTip(name)

    # --- seeing

    def fit(self) -> None:
        """Show everything."""
        view = self.viewport().rect()
        if view.width() < 10 or view.height() < 10:
            return
        room = 1.0 + 2 * MARGIN
        scale = min(
            view.width() / (self._world.width() * room),
            view.height() / (self._world.height() * self.exaggeration * room),
        )
        self.setTransform(QTransform.fromScale(scale, scale * self.exaggeration))
        self.centerOn(self._world.center().x(), -self._world.center().y())
        self._fitted = True

    def scale_now(self) -> float:
        """Pixels to the metre."""
        return self.transform().m11()

    def to_world(self, position: QPointF) -> tuple[float, float]:
        """World coordinates of a place on the screen."""
        point = self.mapToScene(position.toPoint())
        return point.x(), -point.y()

    def snapped(self, position: QPointF) -> tuple[float, float]:
        """World coordinates, drawn to the nearest known point close by."""
        x, y = self.to_world(position)
        if len(self._snaps):
            reach = SNAP_PX / self.scale_now()
            distance = np.hypot(self._snaps[:, 0] - x, (self._snaps[:, 1] - y) * self.exaggeration)
            nearest = int(distance.argmin())
            if distance[nearest] <= reach:
                return float(self._snaps[nearest, 0]), float(self._snaps[nearest, 1])
        return x, y

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = 1.0015 ** event.angleDelta().y()
        scale = self.scale_now() * factor
        if not 1e-3 < scale < 1e5:
            return
        before = self.mapToScene(event.position().toPoint())
        self.scale(factor, factor)
        moved = self.mapToScene(event.position().toPoint()) - before
        self.translate(moved.x(), moved.y())
        self._fitted = False
        self.zoomed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    # --- mouse and keys

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and (self.dragging or self._mode == "draw")
        ):
            event.accept()  # Esc means the drag or the line here, not the calculation
            return True
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._drop()
        super().hideEvent(event)

    def _drop(self) -> None:
        """Leave a drag without its edit."""
        if self._dragged is not None:
            handle, self._dragged = self._dragged, None
            handle.dropped()

    def measure(self, on: bool) -> None:
        """Measure with two clicks, or stop."""
        self._mode = "measure" if on else "look"
        self._measuring.clear()
        self.viewport().update()

    def draw_line(self, on: bool) -> None:
        """Draw a line by clicks; a double click or Enter ends it, Esc drops it."""
        self._mode = "draw" if on else "look"
        self._drawing.clear()
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle = self._handle_at(event) if event.button() == Qt.MouseButton.LeftButton else None
        if handle is not None and self._mode == "look":
            self._dragged = handle
            return
        if event.button() == Qt.MouseButton.MiddleButton or (
            event.button() == Qt.MouseButton.LeftButton and self._mode == "look"
        ):
            self._pan = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() == Qt.MouseButton.LeftButton and self._mode != "look":
            x, y = self.snapped(event.position())
            if self._mode == "measure":
                self._measuring = (
                    [*self._measuring[-1:], QPointF(x, -y)] if len(self._measuring) < 2 else [QPointF(x, -y)]
                )
                if len(self._measuring) == 2:
                    a, b = self._measuring
                    across, rise = b.x() - a.x(), -(b.y() - a.y())
                    self.measured.emit(across, rise, math.hypot(across, rise))
            else:
                self._drawing.append((x, y))
            self.viewport().update()
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._mode == "draw":
            self._finish_drawing()
            return
        if self._mode == "look" and self._handle_at(event) is None:
            self.fit()
            return
        super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan is not None:
            moved = self.mapToScene(event.position().toPoint()) - self.mapToScene(self._pan.toPoint())
            self._pan = event.position()
            self.translate(moved.x(), moved.y())
            self._fitted = False
            return
        x, y = self.to_world(event.position())
        self.pointed.emit(x, y)
        if self._dragged is not None:
            self._dragged.moved(x, y)
            return
        item = self.itemAt(event.position().toPoint())
        self.hovered.emit(str(item.data(NAME) or "") if item else "")
        if self._mode != "look":
            self.viewport().update()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            handle, self._dragged = self._dragged, None
            handle.released()
            return
        if self._pan is not None:
            self._pan = None
            self.unsetCursor()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 40
        match event.key():
            case Qt.Key.Key_F | Qt.Key.Key_Home:
                self.fit()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._zoom(1.25)
            case Qt.Key.Key_Minus:
                self._zoom(0.8)
            case Qt.Key.Key_Left:
                self.translate(step / self.scale_now(), 0)
            case Qt.Key.Key_Right:
                self.translate(-step / self.scale_now(), 0)
            case Qt.Key.Key_Up:
                self.translate(0, step / self.scale_now())
            case Qt.Key.Key_Down:
                self.translate(0, -step / self.scale_now())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._mode == "draw":
                self._finish_drawing()
            case Qt.Key.Key_Escape if self.dragging:
                self._drop()
            case Qt.Key.Key_Escape if self._mode == "draw":
                self._drawing.clear()
                self.viewport().update()
            case _:
                super().keyPressEvent(event)

    def _zoom(self, factor: float) -> None:
        center = self.mapToScene(self.viewport().rect().center())
        self.scale(factor, factor)
        self.centerOn(center)
        self._fitted = False
        self.zoomed.emit()

    def _finish_drawing(self) -> None:
        line = list(dict.fromkeys(self._drawing))
        self._drawing.clear()
        if len(line) >= 2:
            self.drawn.emit(line)
        self.viewport().update()

    @property
    def dragging(self) -> bool:
        """Whether a handle is being dragged; the scene may be filled anew meanwhile."""
        return self._dragged is not None

    def _handle_at(self, event: QMouseEvent) -> Handle | None:
        item = self.itemAt(event.position().toPoint())
        return item.handle if isinstance(item, _HandleItem) else None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.setBackgroundBrush(QColor(self.colours.paper))
        super().changeEvent(event)

    # --- drawn over and under the scene

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        super().drawBackground(painter, rect)
        step = _round_step(80 / self.scale_now())
        painter.setPen(self.pen(self.colours.grid, 1.0))
        assert isinstance(rect, QRectF)
        x = math.floor(rect.left() / step) * step
        while x < rect.right():
            painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))
            x += step
        up = _round_step(80 / self.scale_now() / self.exaggeration)
        y = math.floor(rect.top() / up) * up
        while y < rect.bottom():
            painter.drawLine(QLineF(rect.left(), y, rect.right(), y))
            y += up

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        painter.setPen(self.pen(self.colours.handle, 1.6, Qt.PenStyle.DashLine))
        if len(self._measuring) == 2:
            painter.drawLine(QLineF(*self._measuring))
        if self._drawing:
            painter.drawPolyline(QPolygonF([QPointF(x, -y) for x, y in self._drawing]))
        painter.save()
        painter.resetTransform()
        if self.axes is None:
            self._scale_bar(painter)
        else:
            self._axis_numbers(painter)
        if self._heading:
            painter.setPen(QColor(self.colours.text))
            em = self.fontMetrics().height()
            painter.drawText(QPointF(em * 4.5, em * 1.4), self._heading)
        painter.restore()

    def _axis_numbers(self, painter: QPainter) -> None:
        """Numbers of the grid lines along the upper and left edges, named by `axes`."""
        assert self.axes is not None
        em = self.fontMetrics().height()
        painter.setPen(QColor(self.colours.quiet))
        view = self.viewport().rect()
        (left, top), (right, bottom) = (
            self.to_world(QPointF(p)) for p in (view.topLeft(), view.bottomRight())
        )  # fmt: skip
        up = _round_step(80 / self.scale_now() / self.exaggeration)
        y = math.ceil((bottom) / up) * up
        while y < top:
            at = self.mapFromScene(QPointF(left, -y)).y()
            if em * 2.5 < at < view.height() - em * 2.5:
                painter.drawText(QPointF(4, at - 3), _plain(y + self.axis_origin[1]))
            y += up
        step = _round_step(80 / self.scale_now())
        x = math.ceil(left / step) * step
        while x < right:
            at = self.mapFromScene(QPointF(x, 0)).x()
            if em * 10 < at < view.width() - em * 4.5 - self.fontMetrics().horizontalAdvance(self.axes[0]):
                painter.drawText(QPointF(at + 3, view.height() - 5), _plain(x + self.axis_origin[0]))
            x += step
        painter.drawText(QPointF(4, em * 1.4), self.axes[1])
        words = self.axes[0]
        painter.drawText(
            QPointF(view.width() - self.fontMetrics().horizontalAdvance(words) - 6, view.height() - 5), words
        )

    def _scale_bar(self, painter: QPainter) -> None:
        length = _round_step(110 / self.scale_now())
        pixels = length * self.scale_now()
        em = self.fontMetrics().height()
        x, y = em, self.viewport().height() - em
        painter.setPen(QPen(QColor(self.colours.quiet), 1.5))
        painter.drawLine(QLineF(x, y, x + pixels, y))
        for at in (x, x + pixels):
            painter.drawLine(QLineF(at, y - 4, at, y + 4))
        painter.drawText(QPointF(x + 4, y - 6), f"{length:g} m")


class _Label(QGraphicsSimpleTextItem):
    """Letters that keep their size, anchored left, centre or right, moved by pixels."""

    def __init__(self, words: str, anchor: str, offset: tuple[float, float]) -> None:
        super().__init__(words)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._anchor, self._offset = anchor, offset

    def _shift(self) -> QPointF:
        box = super().boundingRect()
        across = {"left": 0.0, "center": -box.width() / 2, "right": -box.width()}[self._anchor]
        return QPointF(across + self._offset[0], -box.height() / 2 + self._offset[1])

    def boundingRect(self) -> QRectF:
        return super().boundingRect().translated(self._shift())

    def paint(self, painter: QPainter, option: object, widget: object = None) -> None:
        painter.translate(self._shift())
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

    def boundingRect(self) -> QRectF:
        r = self.RADIUS + 2
        return QRectF(-r, -r, 2 * r, 2 * r)

    def paint(self, painter: QPainter, option: object, widget: object = None) -> None:
        painter.setPen(QPen(QColor(self._canvas.colours.handle), 2))
        painter.setBrush(QColor(self._canvas.colours.paper))
        painter.drawEllipse(QPointF(0, 0), self.RADIUS - 1, self.RADIUS - 1)


def _round_step(raw: float) -> float:
    """The 1, 2 or 5 times a power of ten at or above a length."""
    if not (raw > 0 and math.isfinite(raw)):
        return 1.0
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= raw * (1 - 1e-12))


def _plain(value: float) -> str:
    """A number of a grid line."""
    return f"{value:.0f}" if abs(value - round(value)) < 1e-6 else f"{value:.2f}".rstrip("0")
