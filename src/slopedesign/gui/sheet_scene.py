"""A recorded drawing as a scene in millimetres of paper, lineweights as plotted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene

LEAST_MM = 0.09


def sheet_scene(sheet: Any, parent: Any) -> QGraphicsScene:
    """The part of a recording that lies on one sheet, moved to the sheet's own millimetres."""
    x0, y0, x1, y1 = sheet.region
    scale = sheet.width_mm / (x1 - x0)
    to_paper = QTransform(scale, 0, 0, -scale, -x0 * scale, y1 * scale)
    scene = QGraphicsScene(parent)
    scene.setSceneRect(0, 0, sheet.width_mm, sheet.height_mm)
    scene.addRect(QRectF(0, 0, sheet.width_mm, sheet.height_mm), QPen(Qt.PenStyle.NoPen), QBrush(QColor("white")))
    margin = 0.02 * (x1 - x0)
    for record, properties in sheet.player.recordings():
        box = record.bbox()
        if not box.has_data or box.extmax.x < x0 - margin or box.extmin.x > x1 + margin:
            continue
        if box.extmax.y < y0 - margin or box.extmin.y > y1 + margin:
            continue
        path, filled = _path(record)
        item = QGraphicsPathItem(to_paper.map(path))
        colour = QColor(properties.color[:7])
        if filled:
            item.setBrush(QBrush(colour))
            item.setPen(QPen(Qt.PenStyle.NoPen))
        else:
            pen = QPen(colour, max(LEAST_MM, properties.lineweight))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            item.setPen(pen)
        scene.addItem(item)
    return scene


def _path(record: Any) -> tuple[QPainterPath, bool]:
    """A record of ezdxf's recorder as a path, and whether it is filled."""
    from ezdxf.addons.drawing import recorder

    match record:
        case recorder.PathRecord():
            return _curves([record.path]), False
        case recorder.FilledPathsRecord():
            return _curves(list(record.paths)), True
        case recorder.SolidLinesRecord():
            path = QPainterPath()
            points = [QPointF(p.x, p.y) for p in record.lines.vertices()]
            for a, b in zip(points[::2], points[1::2], strict=True):
                path.moveTo(a)
                path.lineTo(b)
            return path, False
        case recorder.PointsRecord():
            points = [QPointF(p.x, p.y) for p in record.points.vertices()]
            path = QPainterPath()
            if len(points) == 1:
                path.addEllipse(points[0], 1e-3, 1e-3)
                return path, True
            path.moveTo(points[0])
            for point in points[1:]:
                path.lineTo(point)
            if len(points) > 2:
                path.closeSubpath()
            return path, len(points) > 2
    return QPainterPath(), False


def _curves(paths: list[Any]) -> QPainterPath:
    """Paths of ezdxf (lines and Bezier curves) as one path."""
    found = QPainterPath()
    for path in paths:
        points = [QPointF(p.x, p.y) for p in path.vertices()]
        if not points:
            continue
        found.moveTo(points[0])
        at = 1
        for command in path.command_codes():
            match int(command):
                case 1:
                    found.lineTo(points[at])
                    at += 1
                case 2:
                    found.quadTo(points[at], points[at + 1])
                    at += 2
                case 3:
                    found.cubicTo(points[at], points[at + 1], points[at + 2])
                    at += 3
                case _:
                    found.moveTo(points[at])
                    at += 1
    return found
