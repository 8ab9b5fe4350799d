"""Drawing the plan on its canvas: ground, benches, depth of the cut, roads, water, sections, base lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsPixmapItem, QWidget

from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.canvas import Canvas
from slopedesign.gui.document import Document
from slopedesign.gui.plan_items import FILL_RAMP, RAMP, Dots, Legend, ramp, ramp_colour
from slopedesign.i18n import text

LAYERS = (
    "shade",
    "contours",
    "points",
    "depth",
    "fill",
    "benches",
    "walls",
    "roads",
    "water",
    "sections",
    "base",
    "labels",
)
OFF = ("points",)


class PlanScene(QWidget):
    """What the plan shows; the page itself gives tools and edits."""

    document: Document
    canvas: Canvas
    slope_box: CalmCombo
    legend: Legend
    origin: np.ndarray
    pictures: dict[str, Any]
    depths: dict[str, Any]
    layers: dict[str, bool]
    edit_base: bool

    def _vertex(self, j: int, at: tuple[float, float]) -> None:
        raise NotImplementedError

    def _section_end(self, j: int, end: str, at: tuple[float, float]) -> None:
        raise NotImplementedError

    def fill(self) -> bool:
        """Draw everything that is switched on; False where there is nothing to draw."""
        canvas = self.canvas
        bounds = [picture.bounds for picture in self.pictures.values()]
        if not bounds:
            bounds = list(self._line_bounds())
        if not bounds:
            return False
        low, high = np.min([b[:2] for b in bounds], axis=0), np.max([b[2:] for b in bounds], axis=0)
        for picture in self.pictures.values():
            self._ground(picture)
        deepest = self._depth()
        design = self.document.design
        for slope in design.slopes if design is not None else ():
            if self._shown_slope(slope):
                self._slope(slope)
        self._legend(deepest, self._soil())
        for slope in design.slopes if design is not None else ():
            if self._shown_slope(slope):
                self._labels(slope)
        self._roads()
        self._water()
        self._sections()
        self._base_lines()
        snaps = [p for line, _ in self._lines() for p in (line - self.origin)[:, :2]]
        canvas.set_snaps(snaps or [(0.0, 0.0)])
        a, b = low - self.origin, high - self.origin
        canvas.set_world((a[0], a[1], b[0], b[1]))
        return True

    def _line_bounds(self) -> Iterator[tuple[float, float, float, float]]:
        for line, _ in self._lines():
            (e0, n0), (e1, n1) = line.min(axis=0), line.max(axis=0)
            self.origin = np.floor(line.min(axis=0) / 1000) * 1000
            yield e0, n0, e1, n1

    def _lines(self) -> list[tuple[np.ndarray, int]]:
        """Base lines of the project as shown, with the slope's number."""
        found = []
        for i, slope in enumerate(self.document.project.slopes):
            if slope.base_line is not None and len(slope.base_line.vertices) > 1:
                found.append((np.array([v[:2] for v in slope.base_line.vertices], float), i))
        return found

    def _ground(self, picture: Any) -> None:
        colours = self.canvas.colours
        if self.layers["shade"]:
            dark = QColor(colours.paper).lightness() < 128
            low, high = (0.10, 0.42) if dark else (0.45, 1.0)
            grey = (255 * (low + (high - low) * np.nan_to_num(picture.shade.values))).astype(np.uint8)
            alpha = np.where(np.isfinite(picture.shade.values), 255, 0).astype(np.uint8)
            self._raster(picture.shade, np.dstack([grey, grey, grey, alpha]), "")
        if self.layers["contours"]:
            thin, thick = QPainterPath(), QPainterPath()
            for _, line, index in picture.contours:
                (thick if index else thin).addPath(self._path(line))
            for path, width, strength in ((thin, 0.6, 110), (thick, 1.1, 170)):
                colour = QColor(colours.ground)
                colour.setAlpha(strength)
                pen = self.canvas.pen(colours.ground, width)
                pen.setColor(colour)
                item = QGraphicsPathItem(path)
                item.setPen(pen)
                self.canvas.add_item(item)
            if self.layers["labels"]:
                for level, line, index in picture.contours:
                    if index and len(line) > 40:
                        at = line[len(line) // 2] - self.origin
                        self.canvas.add_text(
                            (float(at[0]), float(at[1])), f"{level:g}", colours.quiet, 0.8, "center", on_ground=True
                        )
        if self.layers["points"]:
            self.canvas.add_item(Dots(picture.points - self.origin, colours.quiet))

    def _path(self, line: np.ndarray) -> QPainterPath:
        path = QPainterPath()
        local = line[:, :2] - self.origin
        path.moveTo(local[0, 0], -local[0, 1])
        for x, y in local[1:]:
            path.lineTo(x, -y)
        return path

    def _raster(self, raster: Any, rgba: np.ndarray, name: str) -> None:
        flipped = np.ascontiguousarray(rgba[::-1])
        rows, columns = flipped.shape[:2]
        image = QImage(flipped.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()
        item = QGraphicsPixmapItem(QPixmap.fromImage(image))
        item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        item.setScale(raster.cell)
        item.setPos(raster.west - self.origin[0], -(raster.south + rows * raster.cell - self.origin[1]))
        self.canvas.add_item(item, name)

    def _depth(self) -> float:
        """Draw the cut; the greatest depth shown [m]."""
        shown = []
        for slope in self.document.design.slopes if self.document.design is not None else ():
            raster = self.depths.get(slope.path)
            if raster is not None and self._shown_slope(slope):
                shown.append(raster)
        most = max((float(np.nanmax(r.values)) for r in shown if np.isfinite(r.values).any()), default=0.0)
        visible = self.layers["depth"] and most > 0
        language = self.document.language
        if visible:
            for raster in shown:
                self._raster(raster, ramp(raster.values / most), text("gui.plan.layer.depth", language))
        return most if visible else 0.0

    def _legend(self, most: float, laid: float) -> None:
        language = self.document.language
        self.legend.show_ranges(
            [(text("gui.plan.depth", language), most, RAMP), (text("gui.plan.fill", language), laid, FILL_RAMP)]
        )

    def _shown_slope(self, slope: Any) -> bool:
        return not slope.slope.variant_of or slope.name == self.slope_box.currentText()

    def soils(self) -> list[Any]:
        """Where soil is laid, of the slopes that are shown."""
        design = self.document.design
        if design is None:
            return []
        from slopedesign.gui.plan_data import soil_areas

        shown = {"", *(slope.path for slope in design.slopes if self._shown_slope(slope))}
        return [area for area in soil_areas(design) if area.slope in shown]

    def _soil(self) -> float:
        """Draw the fill; the greatest thickness shown [m]."""
        if not self.layers["fill"]:
            return 0.0
        areas = self.soils()
        most = max((area.thickness for area in areas), default=0.0)
        for area in areas:
            item = QGraphicsPathItem(self._shape(area.shape))
            item.setBrush(QBrush(ramp_colour(area.thickness / most, FILL_RAMP)))
            item.setPen(QPen(Qt.PenStyle.NoPen))
            said = text("gui.plan.soil", self.document.language, name=area.name, thickness=f"{area.thickness:.2f}")
            self.canvas.add_item(item, said, area.path)
        return most

    def _slope(self, slope: Any) -> None:
        colours, language, canvas = self.canvas.colours, self.document.language, self.canvas
        cut = slope.cut
        if self.layers["benches"]:
            for bench in cut.benches:
                said = text("gui.section.bench", language, number=bench.number, width=f"{bench.width.value:.2f}",
                            level=f"{bench.level.value:.2f}")  # fmt: skip
                item = QGraphicsPathItem(self._shape(bench.outline))
                fill = QColor(colours.handle if bench.wide else colours.design)
                fill.setAlpha(130)
                item.setBrush(QBrush(fill))
                item.setPen(QPen(Qt.PenStyle.NoPen))
                canvas.add_item(item, f"{slope.name}  {said}", f"{slope.path}.benches")
                for line, width in ((bench.crest, 1.4), (bench.toe, 0.8)):
                    for part in line:
                        canvas.add_line(part[:, :2] - self.origin, canvas.pen(colours.design, width), said)
            for line in cut.daylight:
                canvas.add_line(
                    line.points[:, :2] - self.origin,
                    canvas.pen(colours.design, 2.0),
                    text("gui.plan.daylight", language),
                )
        if self.layers["walls"]:
            for work in slope.works:
                for line in work.wall_lines:
                    said = text("gui.plan.wall", language, number=work.bench.number)
                    canvas.add_line(line[:, :2] - self.origin, canvas.pen(colours.wall, 2.2), said)

    def _labels(self, slope: Any) -> None:
        canvas, colours = self.canvas, self.canvas.colours
        if self.layers["labels"]:
            for bench in slope.cut.benches:
                if bench.crest:
                    longest = bench.crest[0]
                    at = longest[len(longest) // 2, :2] - self.origin
                    words = f"B{bench.number}  {bench.level.value:.2f}"
                    canvas.add_text(
                        (float(at[0]), float(at[1])), words, colours.text, 0.85, "center", (0, -8), on_ground=True
                    )

    def _shape(self, shape: Any) -> QPainterPath:
        path = QPainterPath()
        for polygon in getattr(shape, "geoms", [shape]):
            if polygon.geom_type != "Polygon" or polygon.is_empty:
                continue
            for ring in (polygon.exterior, *polygon.interiors):
                part = self._path(np.asarray(ring.coords))
                part.closeSubpath()
                path.addPath(part)
        return path

    def _roads(self) -> None:
        roads = self.document.project.roads
        if not self.layers["roads"] or roads is None:
            return
        colours = self.canvas.colours
        for i, road in enumerate(roads.roads):
            if len(road.vertices) > 1:
                line = np.array(road.vertices, float) - self.origin
                said = f"{road.name}  {road.width:g} m"
                self.canvas.add_line(line, self.canvas.pen(colours.soil, 3.2), said, key=f"roads.roads[{i}]")
                if self.layers["labels"]:
                    at = line[len(line) // 2]
                    self.canvas.add_text(
                        (float(at[0]), float(at[1])), road.name, colours.soil, 0.85, "left", (6, 0), on_ground=True
                    )

    def _water(self) -> None:
        water = self.document.project.water
        if not self.layers["water"] or water is None:
            return
        from slopedesign.gui.plan_data import water_lines

        colours = self.canvas.colours
        for name, line, closed in water_lines(water, self.document.design, self.document.language):
            local = line[:, :2] - self.origin
            if closed:
                self.canvas.add_area(local, colours.water, name, alpha=70)
            self.canvas.add_line(local, self.canvas.pen(colours.water, 1.8), name, closed=closed)

    def _sections(self) -> None:
        """Section lines of the chosen slope; those drawn by hand with handles while lines are edited."""
        if not self.layers["sections"] or self.document.design is None:
            return
        canvas, colours = self.canvas, self.canvas.colours
        slope = next((s for s in self.document.design.slopes if s.name == self.slope_box.currentText()), None)
        said, pen = text("gui.plan.section_hint", self.document.language), Qt.PenStyle.DashDotLine
        for section in slope.sections if slope is not None else ():
            line = section.line - self.origin
            name, key = f"{section.name}  {said}", f"section:{section.name}"
            canvas.add_line(line, canvas.pen(colours.quiet, 1.0, pen), name, key=key)
            at = (float(line[0][0]), float(line[0][1]))
            canvas.add_text(at, section.name, colours.quiet, 0.9, "center", name=name, key=key)
        number = self.slope_box.currentIndex()
        if not self.edit_base or not 0 <= number < len(self.document.project.slopes):
            return
        for j, stated in enumerate(self.document.project.slopes[number].sections.lines):
            ends = {"start": np.array(stated.start) - self.origin, "end": np.array(stated.end) - self.origin}
            canvas.add_line(np.array(list(ends.values())), canvas.pen(colours.handle, 1.4, pen), stated.name)
            for end, place in ends.items():
                self._section_end(j, end, (float(place[0]), float(place[1])))

    def _base_lines(self) -> None:
        if not self.layers["base"]:
            return
        colours = self.canvas.colours
        said = text("gui.plan.layer.base", self.document.language)
        for line, i in self._lines():
            slope = self.document.project.slopes[i]
            if slope.variant_of and slope.name != self.slope_box.currentText():
                continue
            closed = bool(slope.base_line and slope.base_line.closed)
            self.canvas.add_line(
                line - self.origin, self.canvas.pen(colours.handle, 2.4), f"{slope.name}  {said}", closed=closed,
                key=f"slopes[{i}].base_line",
            )  # fmt: skip
        chosen = self._chosen()
        if self.edit_base and chosen is not None:
            for j, vertex in enumerate(chosen[0] - self.origin):
                self._vertex(j, (float(vertex[0]), float(vertex[1])))

    def _chosen(self) -> tuple[np.ndarray, int] | None:
        at = self.slope_box.currentIndex()
        return next(((line, i) for line, i in self._lines() if i == at), None)
