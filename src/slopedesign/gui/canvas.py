"""A canvas in metres: zoom about the cursor, pan, fit, coordinates under the cursor, a measuring line, handles.

Section and plan show on it. World coordinates have y upwards; pens and letters keep their size on the screen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRect, QRectF, Qt, Signal
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

from slopedesign.gui import canvas_overlay as overlay
from slopedesign.gui import theme
from slopedesign.gui.canvas_items import KEY, NAME, _Label, _Line, path_of
from slopedesign.gui.canvas_items import Handle as Handle
from slopedesign.gui.canvas_items import _HandleItem as _HandleItem
from slopedesign.gui.defects import guarded, guarded_or

MARGIN = 0.06
SNAP_PX = 10.0


class Canvas(QGraphicsView):
    """See the module.

    Signals:
        pointed: world coordinates under the cursor.
        hovered: name of the thing under the cursor ("" for none).
        measured: horizontal distance, rise, length of the measuring line.
        activated: key of the thing clicked twice (see `add_line`).
        zoomed: the scale has been changed by hand.
        drawn: world coordinates of a line drawn with the mouse (see `draw_line`).
    """

    pointed = Signal(float, float)
    hovered = Signal(str)
    measured = Signal(float, float, float)
    drawn = Signal(object)
    activated = Signal(str)
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
        self.aim: tuple[float, float] | None = None  # where a click would set a point
        self.caught = False  # to a known point
        self._heading = "", ""
        self._shapes: dict[int, tuple[object, QPolygonF]] = {}
        self._shapes_before: dict[int, tuple[object, QPolygonF]] = {}
        self._paths: dict[tuple[int, bool], tuple[object, QPainterPath]] = {}
        self._paths_before: dict[tuple[int, bool], tuple[object, QPainterPath]] = {}
        self.axes: tuple[str, str] | None = None
        self.axis_origin = (0.0, 0.0)
        self.on_paper = False
        self.pen_scale = 0.0  # device pixels to the pixel of a picture; 0 asks the screen

    def set_heading(self, words: str, more: str = "") -> None:
        """A line in the upper left corner; where it is too long, `words` are shortened and `more` stays whole."""
        self._heading = words, more
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
        self._shapes_before, self._shapes = self._shapes, {}
        self._paths_before, self._paths = self._paths, {}
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
        self, points: Sequence[Sequence[float]] | np.ndarray, pen: QPen, name: str = "", closed: bool = False,
        key: str = "",
    ) -> QGraphicsPathItem:  # fmt: skip
        """A polyline in world coordinates; a NaN row breaks it. A double click on it emits its key."""
        known = self._paths_before.get((id(points), closed))  # as for areas
        if known is None or known[0] is not points:
            known = points, path_of(points, closed)
        self._paths[id(points), closed] = known
        item = _Line(known[1], self)
        item.setPen(pen)
        self.scene().addItem(item)
        self._named(item, name, key)
        return item

    def add_area(
        self, points: Sequence[Sequence[float]] | np.ndarray, colour: str, name: str = "", alpha: int = 255,
        key: str = "",
    ) -> QGraphicsItem:  # fmt: skip
        """A filled polygon in world coordinates."""
        known = self._shapes_before.get(id(points))  # while something is dragged, most areas stay as they are
        if known is None or known[0] is not points:
            known = points, QPolygonF([QPointF(x, -y) for x, y in np.asarray(points, float)[:, :2].tolist()])
        self._shapes[id(points)] = known
        polygon = known[1]
        fill = QColor(colour)
        fill.setAlpha(alpha)
        item = self.scene().addPolygon(polygon, QPen(Qt.PenStyle.NoPen), QBrush(fill))
        self._named(item, name, key)
        return item

    def add_text(
        self, at: tuple[float, float], words: str, colour: str = "", size: float = 0.0, anchor: str = "left",
        offset: tuple[float, float] = (0.0, 0.0), name: str = "", key: str = "", on_ground: bool = False,
    ) -> QGraphicsSimpleTextItem:  # fmt: skip
        """Letters of constant size on the screen at a world point, moved by `offset` pixels (down positive).

        With `on_ground` they stand on a piece of paper, so that they can be read on any picture.
        """
        font = QFont(self.font())
        if size:
            font.setPointSizeF(font.pointSizeF() * size)
        item = _Label(words, font, anchor, offset, self.colours.paper if on_ground else "")
        item.setBrush(QColor(colour or self.colours.text))
        item.setPos(at[0], -at[1])
        self.scene().addItem(item)
        self._named(item, name, key)
        return item

    def add_item(self, item: QGraphicsItem, name: str = "", key: str = "") -> QGraphicsItem:
        """Anything else, in scene coordinates (y downwards)."""
        self.scene().addItem(item)
        self._named(item, name, key)
        return item

    def add_handle(self, handle: Handle) -> QGraphicsItem:
        """A thing to drag."""
        item = _HandleItem(handle, self)
        self.scene().addItem(item)
        return item

    @staticmethod
    def _named(item: QGraphicsItem, name: str, key: str = "") -> None:
        if key:
            item.setData(KEY, key)
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
        self.caught = False
        if len(self._snaps):
            reach = SNAP_PX / self.scale_now()
            distance = np.hypot(self._snaps[:, 0] - x, (self._snaps[:, 1] - y) * self.exaggeration)
            nearest = int(distance.argmin())
            if distance[nearest] <= reach:
                self.caught = True
                return float(self._snaps[nearest, 0]), float(self._snaps[nearest, 1])
        return x, y

    @guarded
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

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    # --- mouse and keys

    @guarded_or(False)
    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and (self.dragging or self._mode == "draw" or self._measuring)
        ):
            event.accept()  # Esc means the drag or the line here, not the calculation
            return True
        return super().event(event)

    @guarded
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
        self._measuring, self.aim = [], None
        self.viewport().update()

    def draw_line(self, on: bool) -> None:
        """Draw a line by clicks; a double click or Enter ends it, Esc drops it."""
        self._mode = "draw" if on else "look"
        self._drawing, self.aim = [], None
        self.viewport().update()

    @guarded
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

    @guarded
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._mode == "draw":
            self._finish_drawing()
            return
        if self._mode == "look" and self._handle_at(event) is None:
            if key := self.key_at(event.position().toPoint()):
                self.activated.emit(key)
            else:
                self.fit()
            return
        super().mouseDoubleClickEvent(event)

    @guarded
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
            self.aim = self.snapped(event.position())
            self.viewport().update()
        super().mouseMoveEvent(event)

    @guarded
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

    @guarded
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
            case Qt.Key.Key_Escape if self._mode != "look":
                self._drawing, self._measuring = [], []
                self.viewport().update()
            case Qt.Key.Key_Backspace if self._mode == "draw" and self._drawing:
                self._drawing.pop()  # the last point was a slip
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

    def key_at(self, where: QPoint) -> str:
        """Key of the topmost thing within reach that has one, lines before the areas they bound; "" for none."""
        found = [item for item in self.items(where) if item.data(KEY)]
        return next((str(item.data(KEY)) for item in sorted(found, key=lambda item: not isinstance(item, _Line))), "")

    def _handle_at(self, event: QMouseEvent) -> Handle | None:
        item = self.itemAt(event.position().toPoint())
        return item.handle if isinstance(item, _HandleItem) else None

    @guarded
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.setBackgroundBrush(QColor(self.colours.paper))
        super().changeEvent(event)

    # --- drawn over and under the scene

    @guarded
    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        super().drawBackground(painter, rect)
        assert isinstance(rect, QRectF)
        overlay.grid(self, painter, rect)

    @guarded
    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        painter.setPen(self.pen(self.colours.handle, 1.6, Qt.PenStyle.DashLine))
        if len(self._measuring) == 2:
            painter.drawLine(QLineF(*self._measuring))
        begun = [QPointF(x, -y) for x, y in self._drawing] or self._measuring[:1] * (len(self._measuring) == 1)
        if self.aim is not None and self._mode != "look":
            begun = [*begun, QPointF(self.aim[0], -self.aim[1])]
        if len(begun) > 1:
            painter.drawPolyline(QPolygonF(begun))
        painter.save()
        painter.resetTransform()
        if self.aim is not None and self._mode != "look":
            overlay.aim(self, painter, self.aim, self.caught)
        if self.axes is None:
            overlay.scale_bar(self, painter)
        else:
            overlay.axis_numbers(self, painter, self.axes)
        if any(self._heading):
            overlay.heading(self, painter, *self._heading)
        painter.restore()
