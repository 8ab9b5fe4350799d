"""The plan: ground, base line, benches, depth of the cut, roads, water, sections; lines drawn and edited by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QBrush, QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsPixmapItem,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import InputError
from slopedesign.gui.background import Background, said
from slopedesign.gui.canvas import Canvas, Handle
from slopedesign.gui.document import Document
from slopedesign.gui.fields import CalmCombo
from slopedesign.i18n import message, text
from slopedesign.project.edit import with_value

LAYERS = ("shade", "contours", "points", "depth", "benches", "walls", "roads", "water", "sections", "base", "labels")
OFF = ("points",)
RAMP = ("#fff3b0", "#f9a03f", "#d1495b", "#6a2c70")


class PlanPage(QWidget):
    """Plan view with its layers and drawing tools."""

    wanted = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        language = document.language
        self.canvas = Canvas()
        self.canvas.axes = (text("gui.y_east", language), text("gui.x_north", language))
        self.canvas.setAccessibleName(text("gui.page.plan", language))
        self.canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.canvas.customContextMenuRequested.connect(self._menu)
        self.origin = np.zeros(2)
        self.pictures: dict[str, Any] = {}
        self.depths: dict[str, Any] = {}
        self.edit_base = False
        self._drawing = ""
        self._before: Any = None
        self._tins: dict[str, Any] = {}
        self._stale = True
        self.layers = {name: name not in OFF for name in LAYERS}
        self.background = Background(self)
        self.background.done.connect(self._done)
        self._layout(language)
        self.canvas.pointed.connect(self._pointed)
        self.canvas.hovered.connect(self.said.setText)
        self.canvas.measured.connect(self._measured)
        self.canvas.drawn.connect(self._drawn)
        document.project_changed.connect(self.refresh)
        document.design_changed.connect(self._design)
        self._design()

    def _layout(self, language: str) -> None:
        self.slope_box = CalmCombo(text("gui.section.choose_slope", language))
        self.slope_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.layer_button = QToolButton()
        self.layer_button.setText(text("gui.plan.layers", language))
        self.layer_button.setAutoRaise(True)
        self.layer_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.layer_button)
        for name in LAYERS:
            action = QAction(text(f"gui.plan.layer.{name}", language), menu)
            action.setCheckable(True)
            action.setChecked(self.layers[name])
            action.toggled.connect(lambda on, name=name: self.show_layer(name, on))
            menu.addAction(action)
        self.layer_button.setMenu(menu)
        self.buttons: dict[str, QToolButton] = {}
        bar = QHBoxLayout()
        bar.setContentsMargins(6, 4, 6, 2)
        bar.addWidget(self.slope_box)
        for name, work in (("edit_base", self._edit_base), ("draw_base", lambda: self._draw("base")),
                           ("draw_section", lambda: self._draw("section"))):  # fmt: skip
            bar.addWidget(self._button(name, work, True))
        bar.addStretch(1)
        bar.addWidget(self._button("view3d", self.show_3d, False))
        bar.addWidget(self._button("measure", self._measure, True))
        bar.addWidget(self.layer_button)
        bar.addWidget(self._button("fit", self.canvas.fit, False))
        self.said, self.here = QLabel(), QLabel()
        self.legend = _Legend()
        for label in (self.said, self.here):
            label.setObjectName("quiet")
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 0, 6, 4)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.legend)
        foot.addWidget(self.here)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(bar)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)

    def _button(self, name: str, work: Any, checkable: bool) -> QToolButton:
        words = text(f"gui.plan.{name}", self.document.language)
        button = QToolButton()
        button.setText(words)
        button.setAccessibleName(words)
        button.setAutoRaise(True)
        button.setCheckable(checkable)
        button.clicked.connect(lambda _=False: work())
        self.buttons[name] = button
        return button

    def show_layer(self, name: str, on: bool) -> None:
        """Switch a layer."""
        self.layers[name] = on
        self.refresh()

    # --- what the ground looks like

    def _design(self) -> None:
        design = self.document.design
        if design is None:
            self.refresh()
            return
        names = [s.name for s in self.document.project.slopes]
        if names != [self.slope_box.itemText(i) for i in range(self.slope_box.count())]:
            at = max(0, self.slope_box.currentIndex())
            self.slope_box.clear()
            self.slope_box.addItems(names)
            self.slope_box.setCurrentIndex(min(at, len(names) - 1))
        self._stale = True
        if self.isVisible():
            self._ask()
        self.refresh()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self._ask()
        self.refresh()

    def _ask(self) -> None:
        """Have the pictures of ground and cut made."""
        design = self.document.design
        if design is None:
            return
        self._stale = False
        used = dict.fromkeys(slope.slope.ground for slope in design.slopes)
        names = [n for n in used if n in design.grounds] or list(design.grounds)
        fresh = {n: design.grounds[n] for n in names if self._tins.get(n) is not design.grounds[n].build.tin}
        known = {n: self.pictures[n] for n in names if n not in fresh and n in self.pictures}

        def work() -> Any:
            from slopedesign.gui.plan_data import ground_picture, slope_depths

            pictures = known | {
                n: ground_picture(g.build.tin, np.asarray(g.survey.imported.survey.points)) for n, g in fresh.items()
            }
            return pictures, slope_depths(design, pictures), {n: design.grounds[n].build.tin for n in pictures}

        self.background.ask("plan", work)

    def _done(self, name: str, answer: Any, error: Exception | None) -> None:
        if error is not None:
            self.said.setText(said(error, self.document.language))
            return
        self.pictures, self.depths, self._tins = answer
        first = next(iter(self.pictures.values()), None)
        if first is not None:
            self.origin = np.floor(np.array(first.bounds[:2]) / 1000) * 1000
            self.canvas.axis_origin = (float(self.origin[0]), float(self.origin[1]))
        self.refresh()

    # --- drawing

    def refresh(self) -> None:
        """Draw everything that is switched on; when the page is seen."""
        if not self.isVisible():
            return
        canvas = self.canvas
        canvas.clear()
        bounds = [picture.bounds for picture in self.pictures.values()]
        if not bounds:
            bounds = list(self._line_bounds())
        if not bounds:
            canvas.set_heading(text("gui.plan.none", self.document.language))
            return
        canvas.set_heading("")
        low, high = np.min([b[:2] for b in bounds], axis=0), np.max([b[2:] for b in bounds], axis=0)
        for picture in self.pictures.values():
            self._ground(picture)
        self._depth()
        design = self.document.design
        for slope in design.slopes if design is not None else ():
            if slope.slope.variant_of and slope.name != self.slope_box.currentText():
                continue
            self._slope(slope)
        self._roads()
        self._water()
        self._sections()
        self._base_lines()
        snaps = [p for line, _ in self._lines() for p in (line - self.origin)[:, :2]]
        canvas.set_snaps(snaps or [(0.0, 0.0)])
        a, b = low - self.origin, high - self.origin
        canvas.set_world((a[0], a[1], b[0], b[1]))

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
                        self.canvas.add_text((float(at[0]), float(at[1])), f"{level:g}", colours.quiet, 0.8, "center")
        if self.layers["points"]:
            self.canvas.add_item(_Dots(picture.points - self.origin, colours.quiet))

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

    def _depth(self) -> None:
        at = self.slope_box.currentText()
        shown = []
        for slope in self.document.design.slopes if self.document.design is not None else ():
            raster = self.depths.get(slope.path)
            if raster is not None and (not slope.slope.variant_of or slope.name == at):
                shown.append(raster)
        most = max((float(np.nanmax(r.values)) for r in shown if np.isfinite(r.values).any()), default=0.0)
        visible = self.layers["depth"] and most > 0
        self.legend.show_range(text("gui.plan.depth", self.document.language), most if visible else 0.0)
        if visible:
            for raster in shown:
                self._raster(raster, ramp(raster.values / most), text("gui.plan.layer.depth", self.document.language))

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
                canvas.add_item(item, f"{slope.name}  {said}")
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
        if self.layers["labels"]:
            for bench in cut.benches:
                if bench.crest:
                    longest = bench.crest[0]
                    at = longest[len(longest) // 2, :2] - self.origin
                    words = f"B{bench.number}  {bench.level.value:.2f}"
                    canvas.add_text((float(at[0]), float(at[1])), words, colours.text, 0.85, "center", (0, -8))

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
        for road in roads.roads:
            if len(road.vertices) > 1:
                line = np.array(road.vertices, float) - self.origin
                said = f"{road.name}  {road.width:g} m"
                self.canvas.add_line(line, self.canvas.pen(colours.soil, 3.2), said)
                if self.layers["labels"]:
                    at = line[len(line) // 2]
                    self.canvas.add_text((float(at[0]), float(at[1])), road.name, colours.soil, 0.85, "left", (6, 0))

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
        if not self.layers["sections"] or self.document.design is None:
            return
        colours = self.canvas.colours
        slope = next((s for s in self.document.design.slopes if s.name == self.slope_box.currentText()), None)
        for section in slope.sections if slope is not None else ():
            line = section.line - self.origin
            self.canvas.add_line(line, self.canvas.pen(colours.quiet, 1.0, Qt.PenStyle.DashDotLine), section.name)
            at = line[0]
            self.canvas.add_text((float(at[0]), float(at[1])), section.name, colours.quiet, 0.9, "center")

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
                line - self.origin, self.canvas.pen(colours.handle, 2.4), f"{slope.name}  {said}", closed=closed
            )
        chosen = self._chosen()
        if self.edit_base and chosen is not None:
            for j, vertex in enumerate(chosen[0] - self.origin):
                self._vertex(j, (float(vertex[0]), float(vertex[1])))

    def _chosen(self) -> tuple[np.ndarray, int] | None:
        at = self.slope_box.currentIndex()
        return next(((line, i) for line, i in self._lines() if i == at), None)

    # --- editing

    def _vertex(self, j: int, at: tuple[float, float]) -> None:
        def moved(x: float, y: float) -> None:
            self._before = self._before or self.document.project
            slope = self.slope_box.currentIndex()
            old = self._before.slopes[slope].base_line.vertices[j]
            place = f"slopes[{slope}].base_line.vertices[{j}]"
            new = [round(x + float(self.origin[0]), 3), round(y + float(self.origin[1]), 3), *old[2:]]
            self._try(lambda: self.document.preview(with_value(self._before, place, new)))

        def released() -> None:
            self._before = None
            self.document.finish_preview(message("gui.edit.base_line"))

        def dropped() -> None:
            self._before = None
            self.document.cancel_preview()

        label = text("gui.plan.vertex", self.document.language, number=j + 1)
        self.canvas.add_handle(Handle(f"vertex{j}", at, label, moved, released, dropped))

    def _try(self, work: Any) -> None:
        try:
            work()
        except InputError as error:
            self.said.setText(error.describe(self.document.language))

    def _edit_base(self) -> None:
        self.edit_base = self.buttons["edit_base"].isChecked()
        self.said.setText(text("gui.plan.edit_hint", self.document.language) if self.edit_base else "")
        self.refresh()

    def _draw(self, what: str) -> None:
        on = self.buttons[f"draw_{what}"].isChecked()
        for other in ("draw_base", "draw_section", "measure"):
            if other != f"draw_{what}":
                self.buttons[other].setChecked(False)
        self._drawing = what if on else ""
        self.canvas.draw_line(on)
        self.canvas.setFocus()
        self.said.setText(text("gui.plan.draw_hint", self.document.language) if on else "")

    def _drawn(self, line: list[tuple[float, float]]) -> None:
        what, self._drawing = self._drawing, ""
        for name in ("draw_base", "draw_section"):
            self.buttons[name].setChecked(False)
        self.canvas.draw_line(False)
        at = self.slope_box.currentIndex()
        if at < 0:
            return
        points = [[round(x + float(self.origin[0]), 3), round(y + float(self.origin[1]), 3)] for x, y in line]
        if what == "base":
            self._try(lambda: self.document.set_value(
                f"slopes[{at}].base_line.vertices", points, message("gui.edit.base_line")))  # fmt: skip
        elif what == "section":
            names = {one.name for one in self.document.project.slopes[at].sections.lines}
            number = next(n for n in range(1, 10_000) if f"P{n}" not in names)
            entry = {"name": f"P{number}", "start": points[0], "end": points[-1]}
            self._try(lambda: self.document.add_entry(
                f"slopes[{at}].sections.lines", entry, message("gui.edit.section_line")))  # fmt: skip

    def _menu(self, where: QPoint) -> None:
        chosen = self._chosen()
        if not self.edit_base or chosen is None:
            return
        line, i = chosen
        x, y = self.canvas.to_world(QPointF(where))
        point = np.array([x, y]) + self.origin
        nearest = int(np.hypot(*(line - point).T).argmin())
        menu = QMenu(self)
        language = self.document.language
        menu.addAction(text("gui.plan.insert", language), lambda: self._insert(i, line, point))
        menu.addAction(
            text("gui.plan.remove", language, number=nearest + 1),
            lambda: self._try(lambda: self.document.remove_entry(
                f"slopes[{i}].base_line.vertices[{nearest}]", message("gui.edit.base_line"))),
        )  # fmt: skip
        menu.popup(self.canvas.viewport().mapToGlobal(where))

    def _insert(self, i: int, line: np.ndarray, point: np.ndarray) -> None:
        """A vertex more, in the stretch nearest to a point."""
        base = self.document.project.slopes[i].base_line
        assert base is not None
        ring = np.vstack([line, line[:1]]) if base.closed else line
        span = np.diff(ring, axis=0)
        share = np.clip(((point - ring[:-1]) * span).sum(axis=1) / (span**2).sum(axis=1), 0, 1)
        foot = ring[:-1] + share[:, None] * span
        j = int(np.hypot(*(foot - point).T).argmin())
        new: list[float] = [round(float(foot[j, 0]), 3), round(float(foot[j, 1]), 3)]
        a, b = base.vertices[j], base.vertices[(j + 1) % len(base.vertices)]
        if len(a) == 3 and len(b) == 3:
            new.append(round(a[2] + float(share[j]) * (b[2] - a[2]), 3))
        place = f"slopes[{i}].base_line.vertices"
        self._try(lambda: self.document.add_entry(place, new, message("gui.edit.base_line"), j + 1))

    # --- reading off

    def _measure(self) -> None:
        on = self.buttons["measure"].isChecked()
        self.canvas.measure(on)
        self.said.setText(text("gui.section.measure_hint", self.document.language) if on else "")

    def _measured(self, across: float, rise: float, length: float) -> None:
        azimuth = float(np.degrees(np.arctan2(across, rise))) % 360
        self.said.setText(
            text("gui.plan.measured", self.document.language, length=f"{length:.2f}", azimuth=f"{azimuth:.2f}")
        )

    def _pointed(self, x: float, y: float) -> None:
        e, n = x + self.origin[0], y + self.origin[1]
        level = self._level(e, n)
        self.here.setText(
            text(
                "gui.plan.here",
                self.document.language,
                x=f"{n:.2f}",
                y=f"{e:.2f}",
                z="-" if level is None else f"{level:.2f}",
            )
        )

    def _level(self, e: float, n: float) -> float | None:
        for picture in self.pictures.values():
            dem = picture.levels
            row, column = int((n - dem.south) / dem.cell), int((e - dem.west) / dem.cell)
            if 0 <= row < dem.shape[0] and 0 <= column < dem.shape[1] and np.isfinite(dem.levels[row, column]):
                return float(dem.levels[row, column]) + dem.base
        return None

    def show_3d(self) -> None:
        """The ground and the cut in three dimensions, where the optional packages are at hand."""
        from slopedesign.gui.view3d import show

        show(self, self.document)

    # --- paper

    def paint_page(self, painter: QPainter) -> None:
        """The plan on white paper."""
        from slopedesign.gui.printing import paint_canvas

        paint_canvas(self.canvas, painter, self.refresh)

    def print(self) -> None:
        """Print what is shown."""
        from slopedesign.gui.printing import print_painted

        print_painted(self, self.paint_page)


def ramp(share: np.ndarray) -> np.ndarray:
    """RGBA of shares 0 to 1 along the ramp; NaN is clear."""
    stops = np.array([[QColor(c).red(), QColor(c).green(), QColor(c).blue()] for c in RAMP], float)
    at = np.nan_to_num(share) * (len(stops) - 1)
    low = np.clip(at.astype(int), 0, len(stops) - 2)
    part = (at - low)[..., None]
    colour = stops[low] * (1 - part) + stops[low + 1] * part
    alpha = np.where(np.isfinite(share), 165, 0)[..., None]
    return np.concatenate([colour, alpha], axis=-1).astype(np.uint8)


class _Dots(QGraphicsItem):
    """Survey points as dots of constant size."""

    def __init__(self, points: np.ndarray, colour: str) -> None:
        super().__init__()
        self._points = [QPointF(x, -y) for x, y in points[:, :2]]
        self._colour = colour
        low, high = points.min(axis=0), points.max(axis=0)
        self._box = QRectF(low[0], -high[1], high[0] - low[0], high[1] - low[1])

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:
        pen = QPen(QColor(self._colour), 2.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawPoints(self._points)


class _Legend(QWidget):
    """The ramp of depths with its greatest number."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._most = "", 0.0
        em = self.fontMetrics().height()
        self.setFixedSize(em * 14, int(em * 1.2))

    def show_range(self, name: str, most: float) -> None:
        """Name and greatest value; nothing for 0."""
        self._name, self._most = name, most
        self.setAccessibleName(f"{name} {most:.1f} m")
        self.update()

    def paintEvent(self, event: Any) -> None:
        if self._most <= 0:
            return
        painter = QPainter(self)
        words, end = f"{self._name} 0", f"{self._most:.1f} m"
        room = self.fontMetrics()
        left, right = room.horizontalAdvance(words) + 6, self.width() - room.horizontalAdvance(end) - 6
        baseline = room.ascent() + 1
        painter.drawText(0, baseline, words)
        painter.drawText(right + 6, baseline, end)
        gradient = QLinearGradient(left, 0, right, 0)
        for i, colour in enumerate(RAMP):
            gradient.setColorAt(i / (len(RAMP) - 1), QColor(colour))
        painter.fillRect(QRectF(left, 2, right - left, self.height() - 4), gradient)
