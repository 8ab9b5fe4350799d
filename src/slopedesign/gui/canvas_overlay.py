"""What is painted over and under a canvas: grid, numbers along the edges, a scale bar."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from slopedesign.gui.canvas import Canvas

APART = 80
"""Grid lines are at least so many pixels apart."""


def grid(canvas: Canvas, painter: QPainter, rect: QRectF) -> None:
    """Lines at round metres, under everything."""
    painter.setPen(canvas.pen(canvas.colours.grid, 1.0))
    step = round_step(APART / canvas.scale_now())
    x = math.floor(rect.left() / step) * step
    while x < rect.right():
        painter.drawLine(QLineF(x, rect.top(), x, rect.bottom()))
        x += step
    up = round_step(APART / canvas.scale_now() / canvas.exaggeration)
    y = math.floor(rect.top() / up) * up
    while y < rect.bottom():
        painter.drawLine(QLineF(rect.left(), y, rect.right(), y))
        y += up


def axis_numbers(canvas: Canvas, painter: QPainter, axes: tuple[str, str]) -> None:
    """Numbers of the grid lines along the lower and left edges, named by `axes`."""
    room, em = canvas.fontMetrics(), canvas.fontMetrics().height()
    words = axes[0]
    painter.setPen(QColor(canvas.colours.quiet))
    view = canvas.viewport().rect()
    (left, top), (right, bottom) = (
        canvas.to_world(QPointF(p)) for p in (view.topLeft(), view.bottomRight())
    )  # fmt: skip
    up = round_step(APART / canvas.scale_now() / canvas.exaggeration)
    y = math.ceil((bottom) / up) * up
    while y < top:
        at = canvas.mapFromScene(QPointF(left, -y)).y()
        if em * 2.5 < at < view.height() - em * 2.5:
            painter.drawText(QPointF(4, at - 3), plain(y + canvas.axis_origin[1]))
        y += up
    step = round_step(APART / canvas.scale_now())
    end = view.width() - room.horizontalAdvance(words) - 6
    x = math.ceil(left / step) * step
    while x < right:
        at = canvas.mapFromScene(QPointF(x, 0)).x()
        number = plain(x + canvas.axis_origin[0])
        if at >= 0 and at + 3 + room.horizontalAdvance(number) + em / 2 <= end:
            painter.drawText(QPointF(at + 3, view.height() - 5), number)
        x += step
    painter.drawText(QPointF(4, em * 1.4), axes[1])
    painter.drawText(QPointF(end, view.height() - 5), words)


def scale_bar(canvas: Canvas, painter: QPainter) -> None:
    """A round length in the lower left corner."""
    length = round_step(110 / canvas.scale_now())
    pixels = length * canvas.scale_now()
    em = canvas.fontMetrics().height()
    x, y = em, canvas.viewport().height() - em
    painter.setPen(QPen(QColor(canvas.colours.quiet), 1.5))
    painter.drawLine(QLineF(x, y, x + pixels, y))
    for at in (x, x + pixels):
        painter.drawLine(QLineF(at, y - 4, at, y + 4))
    painter.drawText(QPointF(x + 4, y - 6), f"{length:g} m")


def heading(canvas: Canvas, painter: QPainter, words: str, more: str) -> None:
    """A line in the upper left corner, shortened to the view, readable over what is drawn there."""
    room, em = canvas.fontMetrics(), canvas.fontMetrics().height()
    left = em * 4.5
    across = max(0, int(canvas.viewport().width() - left - em / 2))
    least = min(room.horizontalAdvance(words), em * 4)
    first = room.elidedText(words, Qt.TextElideMode.ElideRight, max(least, across - room.horizontalAdvance(more)))
    shown = room.elidedText(first + more, Qt.TextElideMode.ElideRight, across)
    ground = QColor(canvas.colours.paper)
    ground.setAlpha(200)
    painter.fillRect(QRectF(left - em / 4, em * 0.25, room.horizontalAdvance(shown) + em / 2, em * 1.5), ground)
    painter.setPen(QColor(canvas.colours.text))
    painter.drawText(QPointF(left, em * 1.4), shown)


def aim(canvas: Canvas, painter: QPainter, at: tuple[float, float], caught: bool) -> None:
    """Where a click would set a point: a cross, in a square where it is a known point."""
    place = QPointF(canvas.mapFromScene(QPointF(at[0], -at[1])))
    half = canvas.fontMetrics().height() * 0.4
    painter.setPen(QPen(QColor(canvas.colours.handle), 1.6))
    painter.drawLine(QLineF(place.x() - half, place.y(), place.x() + half, place.y()))
    painter.drawLine(QLineF(place.x(), place.y() - half, place.x(), place.y() + half))
    if caught:
        painter.drawRect(QRectF(place.x() - half, place.y() - half, 2 * half, 2 * half))


def round_step(raw: float) -> float:
    """The 1, 2 or 5 times a power of ten at or above a length."""
    if not (raw > 0 and math.isfinite(raw)):
        return 1.0
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= raw * (1 - 1e-12))


def plain(value: float) -> str:
    """A number of a grid line."""
    return f"{value:.0f}" if abs(value - round(value)) < 1e-6 else f"{value:.2f}".rstrip("0")
