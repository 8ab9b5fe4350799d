"""The conventions as two small drawings: the plan with its axes and base line, the section with its signs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from slopedesign.gui import theme
from slopedesign.gui.defects import guarded, guarded_or
from slopedesign.i18n import text

Place = tuple[float, float]


class ConventionsSketch(QWidget):
    """Drawn in the colours of the theme, in units of the letter height."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        em = self.fontMetrics().height()
        self.setMinimumSize(em * 40, em * 16)
        self.setAccessibleName(text("gui.sketch.name", language))

    @guarded_or(QSize())
    def sizeHint(self) -> QSize:
        em = self.fontMetrics().height()
        return QSize(em * 42, em * 17)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.now().paper))
        em = float(self.fontMetrics().height())
        painter.scale(em, em)
        font = painter.font()
        painter.setFont(font)
        _Drawing(painter, em, self.language).plan((1.0, 1.0))
        _Drawing(painter, em, self.language).section((17.0, 1.0))


class _Drawing:
    """Lines, arrows and words in letter heights."""

    def __init__(self, painter: QPainter, em: float, language: str) -> None:
        self.painter, self.em, self.language = painter, em, language
        self.colours = theme.now()

    def line(self, points: Sequence[Place], colour: str, width: float = 0.1, dashed: bool = False) -> None:
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        self.painter.setPen(QPen(QColor(colour), width, style))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))

    def arrow(self, start: Place, end: Place, colour: str, both: bool = False) -> None:
        self.line((start, end), colour, 0.07)
        for tip, tail in ((end, start), (start, end))[: 1 + both]:
            angle = math.atan2(tail[1] - tip[1], tail[0] - tip[0])
            wings = [(tip[0] + 0.5 * math.cos(angle + t), tip[1] + 0.5 * math.sin(angle + t)) for t in (0.4, -0.4)]
            self.line((wings[0], tip, wings[1]), colour, 0.07)

    def words(self, at: Place, key: str, colour: str = "", align: str = "left") -> None:
        said = text(f"gui.sketch.{key}", self.language)
        self.painter.save()
        self.painter.scale(1 / self.em, 1 / self.em)
        self.painter.setPen(QColor(colour or self.colours.text))
        width = self.painter.fontMetrics().horizontalAdvance(said)
        shift = {"left": 0.0, "center": width / 2, "right": float(width)}[align]
        self.painter.drawText(QPointF(at[0] * self.em - shift, at[1] * self.em), said)
        self.painter.restore()

    def plan(self, at: Place) -> None:
        """Axes, base line with its direction, benches uphill, a section line."""
        x, y = at
        quiet, colours = self.colours.quiet, self.colours
        self.arrow((x, y + 14), (x, y + 11.3), quiet)
        self.arrow((x, y + 14), (x + 3.0, y + 14), quiet)
        self.words((x + 0.4, y + 11.9), "north", quiet)
        self.words((x + 3.2, y + 14.3), "east", quiet)
        for i in range(4):
            path = QPainterPath(QPointF(x + 2, y + 9.3 - 2.0 * i))
            path.quadTo(QPointF(x + 7.5, y + 5.8 - 2.0 * i), QPointF(x + 13, y + 9.3 - 2.0 * i))
            self.painter.setPen(QPen(QColor(colours.handle if i == 0 else colours.design), 0.16 if i == 0 else 0.1))
            self.painter.drawPath(path)
        self.arrow((x + 5.0, y + 8.4), (x + 6.6, y + 7.9), colours.handle)
        self.words((x + 7.5, y + 10.2), "base_line", colours.handle, "center")
        self.line(((x + 10, y + 10.4), (x + 8.2, y + 0.6)), quiet, 0.07, dashed=True)
        self.words((x + 10.2, y + 11.3), "section_line", quiet, "center")
        self.words((x + 4.2, y + 0.7), "uphill", "", "center")
        self.arrow((x + 4.4, y + 8.0), (x + 4.4, y + 1.2), quiet)

    def section(self, at: Place) -> None:
        """Toe, riser, angle, bench with its inward fall and width, offsets and levels."""
        x, y = at
        colours, quiet = self.colours, self.colours.quiet
        toe, crest1, inner1, crest2, inner2 = (
            (x + 5.0, y + 11.5), (x + 8.0, y + 7.2), (x + 12.5, y + 7.6), (x + 15.5, y + 3.3), (x + 20.0, y + 3.7),
        )  # fmt: skip
        top = (x + 21.8, y + 1.0)
        ground = [(x + 0.5, y + 11.5), toe, (x + 5.6, y + 6.0), (x + 10.5, y + 1.6), (x + 16, y + 0.9), top]
        shape = QPolygonF([QPointF(*p) for p in (*ground, inner2, crest2, inner1, crest1, toe)])
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(colours.cut))
        self.painter.drawPolygon(shape)
        self.line(ground, colours.ground, 0.09, dashed=True)
        self.line((toe, crest1, inner1, crest2, inner2, top), colours.design, 0.16)
        self.words((toe[0] - 0.3, toe[1] + 1.1), "toe", colours.handle, "right")
        self.line((toe, (toe[0] + 3.0, toe[1])), quiet, 0.07)
        self.painter.drawArc(QRectF(toe[0] - 2, toe[1] - 2, 4, 4), 0, 55 * 16)
        self.words((toe[0] + 2.3, toe[1] - 0.5), "angle", "")
        self.arrow((toe[0] - 1.2, toe[1]), (toe[0] - 1.2, crest1[1]), quiet, both=True)
        self.line(((toe[0] - 1.6, crest1[1]), crest1), quiet, 0.05)
        self.words((toe[0] - 1.5, (toe[1] + crest1[1]) / 2 + 0.3), "riser", "", "right")
        self.arrow((crest1[0], inner1[1] + 1.1), (inner1[0], inner1[1] + 1.1), quiet, both=True)
        self.words(((crest1[0] + inner1[0]) / 2 + 1.4, inner1[1] + 2.3), "width", "", "center")
        self.words((inner1[0] + 1.9, inner1[1] + 0.4), "fall")
        self.arrow((toe[0], y + 13.1), (toe[0] + 5.0, y + 13.1), quiet)
        self.words((toe[0] + 5.3, y + 13.4), "offset", quiet)
        self.words((x + 4.2, y + 2.2), "cut", "", "center")
