"""The plan: ground, base line, benches, depth of the cut, roads, water, sections; lines drawn and edited by mouse."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
)

from slopedesign.errors import InputError
from slopedesign.gui.background import Background, said
from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.canvas import Canvas, Handle
from slopedesign.gui.defects import guarded
from slopedesign.gui.document import Document
from slopedesign.gui.flow import FlowBar
from slopedesign.gui.foot import FootLabel
from slopedesign.gui.plan_items import Legend
from slopedesign.gui.plan_scene import LAYERS, OFF, PlanScene
from slopedesign.gui.telling import told
from slopedesign.i18n import message, text
from slopedesign.project.edit import with_value


class PlanPage(PlanScene):
    """Plan view with its layers and drawing tools.

    Signals:
        wanted: path of the part a double click asks for.
        section_wanted: slope and section whose line was clicked twice.
    """

    wanted = Signal(str)
    section_wanted = Signal(str, str)

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
        self.canvas.hovered.connect(self._hovered)
        self.canvas.measured.connect(self._measured)
        self.canvas.drawn.connect(self._drawn)
        self.canvas.activated.connect(self._activated)
        document.project_changed.connect(self.refresh)
        document.design_changed.connect(self._design)
        self._design()

    def _layout(self, language: str) -> None:
        self.slope_box = CalmCombo(text("gui.section.choose_slope", language))
        self.slope_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.slope_box.bound()
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
        bar = FlowBar((6, 4, 6, 2))
        bar.addWidget(self.slope_box)
        for name, work in (("edit_base", self._edit_base), ("draw_base", lambda: self._draw("base")),
                           ("draw_section", lambda: self._draw("section"))):  # fmt: skip
            bar.addWidget(self._button(name, work, True))
        bar.add_stretch()
        bar.addWidget(self._button("view3d", self.show_3d, False))
        bar.addWidget(self._button("measure", self._measure, True))
        bar.addWidget(self.layer_button)
        bar.addWidget(self._button("fit", self.canvas.fit, False))
        self.said, self.here = FootLabel(), FootLabel()
        self.legend = Legend()
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 0, 6, 4)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.said)
        words.addWidget(self.here)
        foot.addLayout(words, 1)
        foot.addWidget(self.legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(bar)
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

    @guarded
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
            self.said.setText(said(error, self.document.language, self.document.project))
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
        self.canvas.clear()
        shown = self.fill()
        self.canvas.set_heading("" if shown else text("gui.plan.none", self.document.language))

    # --- editing

    def _vertex(self, j: int, at: tuple[float, float]) -> None:
        def moved(x: float, y: float) -> None:
            before, slope = self._before or self.document.project, self.slope_box.currentIndex()
            base = before.slopes[slope].base_line if 0 <= slope < len(before.slopes) else None
            if base is None or j >= len(base.vertices):
                return  # the line is another one since the handle was drawn
            self._before, old = before, base.vertices[j]
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
            self.said.setText(told(error, self.document.project, self.document.language))

    def _section_end(self, j: int, end: str, at: tuple[float, float]) -> None:
        """A handle at one end of a section line drawn by hand."""

        def moved(x: float, y: float) -> None:
            self._before = self._before or self.document.project
            place = f"slopes[{self.slope_box.currentIndex()}].sections.lines[{j}].{end}"
            new = [round(x + float(self.origin[0]), 3), round(y + float(self.origin[1]), 3)]
            self._try(lambda: self.document.preview(with_value(self._before, place, new)))

        def released() -> None:
            self._before = None
            self.document.finish_preview(message("gui.edit.section_move"))

        def dropped() -> None:
            self._before = None
            self.document.cancel_preview()

        label = text("gui.plan.section_end", self.document.language)
        self.canvas.add_handle(Handle(f"section{j}.{end}", at, label, moved, released, dropped))

    def _activated(self, key: str) -> None:
        """A double click on a thing: a section opens on its page, anything else is selected in the tree."""
        if key.startswith("section:"):
            self.section_wanted.emit(self.slope_box.currentText(), key.removeprefix("section:"))
        else:
            self.wanted.emit(key)

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
        points = [[round(x + float(self.origin[0]), 3), round(y + float(self.origin[1]), 3)] for x, y in line]
        if at < 0 and what == "base":
            self._first_slope(points)
        elif what == "base":
            self._try(lambda: self.document.set_value(
                f"slopes[{at}].base_line.vertices", points, message("gui.edit.base_line")))  # fmt: skip
        elif what == "section" and at >= 0:
            names = {one.name for one in self.document.project.slopes[at].sections.lines}
            number = next(n for n in range(1, 10_000) if f"P{n}" not in names)
            entry = {"name": f"P{number}", "start": points[0], "end": points[-1]}
            self._try(lambda: self.document.add_entry(
                f"slopes[{at}].sections.lines", entry, message("gui.edit.section_line")))  # fmt: skip

    def _first_slope(self, points: list[list[float]]) -> None:
        """A line drawn where no slope is stated yet: the first slope stands on it."""
        from slopedesign.gui.parts import slope_seed

        entry = slope_seed(self.document.project, self.document.language, self.document.design)
        if entry is None:
            self.said.setText(text("gui.no_survey", self.document.language))
            return
        entry["base_line"] = {"vertices": points}
        name = message("gui.edit.add", name=entry["name"])
        self._try(lambda: self.document.add_entry("slopes", entry, name))

    def _menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        language = self.document.language
        self._section_menu(menu, where)
        chosen = self._chosen()
        if not self.edit_base or chosen is None:
            if menu.actions():
                menu.popup(self.canvas.viewport().mapToGlobal(where))
            return
        line, i = chosen
        x, y = self.canvas.to_world(QPointF(where))
        point = np.array([x, y]) + self.origin
        nearest = int(np.hypot(*(line - point).T).argmin())
        menu.addAction(text("gui.plan.insert", language), lambda: self._insert(i, line, point))
        menu.addAction(
            text("gui.plan.remove", language, number=nearest + 1),
            lambda: self._try(lambda: self.document.remove_entry(
                f"slopes[{i}].base_line.vertices[{nearest}]", message("gui.edit.base_line"))),
        )  # fmt: skip
        menu.popup(self.canvas.viewport().mapToGlobal(where))

    def _section_menu(self, menu: QMenu, where: QPoint) -> None:
        """What can be done with the section line under the cursor."""
        key, language = self.canvas.key_at(where), self.document.language
        if not key.startswith("section:"):
            return
        name, at = key.removeprefix("section:"), self.slope_box.currentIndex()
        slope = self.slope_box.currentText()
        menu.addAction(
            text("gui.plan.show_section", language, name=name), lambda: self.section_wanted.emit(slope, name)
        )
        lines = self.document.project.slopes[at].sections.lines if at >= 0 else ()
        drawn = next((j for j, line in enumerate(lines) if line.name == name), None)
        if drawn is not None:
            place, said = f"slopes[{at}].sections.lines[{drawn}]", message("gui.edit.section_remove")
            menu.addAction(text("gui.plan.remove_section", language, name=name),
                           lambda: self._try(lambda: self.document.remove_entry(place, said)))  # fmt: skip

    def _insert(self, i: int, line: np.ndarray, point: np.ndarray) -> None:
        """A vertex more, in the stretch nearest to a point."""
        base = self.document.project.slopes[i].base_line
        assert base is not None
        ring = np.vstack([line, line[:1]]) if base.closed else line
        span = np.diff(ring, axis=0)
        share = np.clip(((point - ring[:-1]) * span).sum(axis=1) / np.maximum((span**2).sum(axis=1), 1e-12), 0, 1)
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

    def _hovered(self, name: str) -> None:
        """The name of what is under the cursor; a distance just measured stays while measuring."""
        if not self.buttons["measure"].isChecked() and not self._drawing:
            self.said.setText(name)

    def _measured(self, across: float, rise: float, length: float) -> None:
        azimuth = float(np.degrees(np.arctan2(across, rise))) % 360
        self.said.setText(
            text("gui.plan.measured", self.document.language, length=f"{length:.2f}", azimuth=f"{azimuth:.2f}")
        )

    def _pointed(self, x: float, y: float) -> None:
        e, n = x + self.origin[0], y + self.origin[1]
        level, language = self._level(e, n), self.document.language
        words = text("gui.plan.here", language, x=f"{n:.2f}", y=f"{e:.2f}", z="-" if level is None else f"{level:.2f}")
        depth = self._depth_at(float(e), float(n))
        if depth is not None:
            words += "  " + text("gui.plan.depth_here", language, depth=f"{depth:.2f}")
        self.here.setText(words)

    def _depth_at(self, e: float, n: float) -> float | None:
        """How deep is cut at a place, by the map of depths."""
        design = self.document.design
        if design is None or not self.depths:
            return None
        from slopedesign.gui.plan_data import depth_at

        shown = [self.depths[s.path] for s in design.slopes if s.path in self.depths and self._shown_slope(s)]
        found = [depth for raster in shown if (depth := depth_at(raster, e, n)) is not None]
        return max(found, default=None)

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
