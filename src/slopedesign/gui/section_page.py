"""The live section: what is cut, what stands on it, and handles to drag it."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from slopedesign.errors import SlopeDesignError
from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.canvas import Canvas
from slopedesign.gui.document import Document
from slopedesign.gui.flow import FlowBar
from slopedesign.gui.foot import FootLabel
from slopedesign.gui.numbers import station_words
from slopedesign.gui.settings import kept_angles
from slopedesign.gui.telling import told
from slopedesign.i18n import text

ARROWS = {"previous": Qt.ArrowType.LeftArrow, "next": Qt.ArrowType.RightArrow}


class SectionPage(QWidget):
    """Section view with its choosers.

    Signals:
        wanted: path of the field a double click on a bench asks for.
    """

    wanted = Signal(str)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        language = document.language
        self.canvas = Canvas()
        self.canvas.axes = (text("gui.offset", language), text("gui.level", language))
        self.canvas.setAccessibleName(text("gui.page.section", language))
        self.slope_box, self.section_box, self.bench_box = CalmCombo(), CalmCombo(), CalmCombo()
        for box, name in ((self.slope_box, "slope"), (self.section_box, "section"), (self.bench_box, "bench")):
            box.setAccessibleName(text(f"gui.section.choose_{name}", language))
            box.setToolTip(text(f"gui.section.choose_{name}", language))
        self.slope_box.activated.connect(lambda _: self._choose_slope())
        self.section_box.activated.connect(lambda _: self.refresh())
        self.bench_box.activated.connect(lambda _: self.refresh())
        self.said = FootLabel()
        self.here = FootLabel(text("gui.section.here", language, offset="-0000.00", level="0000.00"))
        self.settings = QSettings("slopedesign", "slopedesign")
        self.picture: Any = None
        self._handles: Any = None
        self._known: tuple[Any, Any, Any] | None = None  # section and design, and how they are drawn
        self.redraw_ms = 0.0
        self._shape: tuple[object, ...] = ()
        self._layout(language)
        self.canvas.zoomed.connect(self.refresh)
        self.canvas.pointed.connect(self._pointed)
        self.canvas.hovered.connect(self._hovered)
        self.canvas.measured.connect(self._measured)
        self.canvas.activated.connect(self.wanted)
        document.project_changed.connect(self.refresh)
        document.design_changed.connect(self.refresh)
        self.refresh()

    def _layout(self, language: str) -> None:
        bar = FlowBar((6, 4, 6, 2))
        for box in (self.slope_box, self.section_box, self.bench_box):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMinimumContentsLength(3)
            box.bound()
        self.section_box.setMinimumContentsLength(6)
        bar.addWidget(self.slope_box)
        bar.addWidget(self._button("previous", "Alt+Left", lambda: self.step(-1)))
        bar.addWidget(self.section_box)
        bar.addWidget(self._button("next", "Alt+Right", lambda: self.step(1)))
        bar.addWidget(self.bench_box)
        bar.add_stretch()
        self.measure_button = self._button("measure", "Ctrl+M", self._measure, checkable=True)
        self.dimension_button = self._button("dimensions", "", self.refresh, checkable=True)
        self.dimension_button.setChecked(True)
        self.exaggerate_button = self._button("exaggerate", "", self._exaggerate, checkable=True)
        for button in (self.measure_button, self.dimension_button, self.exaggerate_button):
            bar.addWidget(button)
        bar.addWidget(self._button("fit", "", self.canvas.fit))
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 0, 6, 4)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.here)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(bar)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)

    def _button(self, name: str, shortcut: str, work: Any, checkable: bool = False) -> QToolButton:
        button = QToolButton()
        words = text(f"gui.section.{name}", self.document.language)
        if name in ARROWS:
            button.setArrowType(ARROWS[name])
        else:
            button.setText(words)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setCheckable(checkable)
        button.setAutoRaise(True)
        if shortcut:
            button.setShortcut(shortcut)
            button.setToolTip(f"{words} ({shortcut})")
        button.clicked.connect(lambda _=False: work())
        return button

    # --- choosing

    def _slopes(self) -> tuple[Any, ...]:
        if self.document.design is None:
            return ()
        from slopedesign.gui.section_data import slopes_of

        return slopes_of(self.document.design)

    def slope(self) -> Any:
        """The slope shown, as designed; None without a design."""
        slopes = self._slopes()
        at = self.slope_box.currentIndex()
        return slopes[at] if 0 <= at < len(slopes) else None

    def section(self) -> Any:
        """The section shown, as cut; None without one."""
        from slopedesign.gui.section_data import sections_of

        slope = self.slope()
        sections = sections_of(slope) if slope is not None else ()
        at = self.section_box.currentIndex()
        return sections[at] if 0 <= at < len(sections) else None

    def step(self, by: int) -> None:
        """The next or previous section."""
        count = self.section_box.count()
        if count:
            self.section_box.setCurrentIndex((self.section_box.currentIndex() + by) % count)
            self.refresh()

    def show_section(self, slope: str, name: str) -> None:
        """Bring one section of one slope into view."""
        self.refresh()
        self.slope_box.setCurrentIndex(max(0, self.slope_box.findText(slope)))
        self._choose_slope()
        from slopedesign.gui.section_data import sections_of

        names = [section.name for section in sections_of(self.slope())] if self.slope() is not None else []
        if name in names:
            self.section_box.setCurrentIndex(names.index(name))
        self.refresh()

    def _choose_slope(self) -> None:
        self._shape = ()
        self.section_box.setCurrentIndex(-1)
        self.canvas.fit()
        self.refresh()

    def _fill(self) -> None:
        """Bring the choosers up to date with the design, keeping what is chosen."""
        from slopedesign.gui.section_data import sections_of

        slopes = self._slopes()
        at = max(0, self.slope_box.currentIndex())
        sections = sections_of(slopes[at]) if at < len(slopes) else ()
        numbers = sorted({m.number for s in sections for m in s.benches})
        shape = (tuple(s.name for s in slopes), at, tuple((s.name, s.station) for s in sections), tuple(numbers))
        if shape == self._shape:
            return
        first = not self._shape
        self._shape = shape
        chosen, bench = self.section_box.currentIndex(), self.bench_box.currentData()
        self.slope_box.clear()
        self.slope_box.addItems([s.name for s in slopes])
        self.slope_box.setCurrentIndex(at if at < len(slopes) else 0)
        self.section_box.clear()
        language = self.document.language
        for one in sections:
            where = "" if one.station is None else f"  {station_words(one.station)}"
            self.section_box.addItem(f"{text('gui.section.name', language, name=one.name)}{where}")
        if first or not 0 <= chosen < len(sections):
            chosen = self._telling(sections)
        self.section_box.setCurrentIndex(chosen)
        self.bench_box.clear()
        self.bench_box.addItem(text("gui.section.all_benches", language), None)
        for number in numbers:
            self.bench_box.addItem(text("gui.section.bench_number", language, number=number), number)
        self.bench_box.setCurrentIndex(max(0, self.bench_box.findData(bench)))

    def _telling(self, sections: Any) -> int:
        """The section to start with: one whose stability is worked, else the middle one."""
        record = self.document.project.stability
        stations = {one.station for one in record.sections} if record is not None else set()
        return next((i for i, s in enumerate(sections) if s.station in stations), len(sections) // 2)

    # --- showing

    def refresh(self) -> None:
        """Draw the section of the project as shown: exact where the design is of it, quick while it is not yet."""
        started = time.perf_counter()
        if self.document.design is None:  # and nothing heavy is loaded for it
            self.canvas.clear()
            self.canvas.set_heading(text("gui.section.none", self.document.language))
            return
        self._fill()
        slope, section = self.slope(), self.section()
        if slope is None or section is None:
            self.canvas.clear()
            self.canvas.set_heading(text("gui.section.none", self.document.language))
            return
        self.said.setText("")
        picture = self._picture(slope, section)
        if picture is None:
            return
        from slopedesign.gui.section_handles import SectionHandles
        from slopedesign.gui.section_scene import draw

        self.picture = picture
        draw(
            self.canvas, picture, self.document.language, dimensions=self.dimension_button.isChecked(),
            angles=kept_angles(self.settings),
        )  # fmt: skip
        if getattr(section, "line", None) is not None:
            unit = section.line[1] - section.line[0]
            handles = SectionHandles(
                self.canvas, self.document, slope.path, self.bench_box.currentData(), self._refused
            )
            if self.canvas.dragging:
                handles = self._handles
            self._handles = handles
            handles.place(picture, unit / np.hypot(*unit))
        self.redraw_ms = 1000 * (time.perf_counter() - started)

    def _picture(self, slope: Any, section: Any) -> Any:
        from slopedesign.gui.section_data import exact, quick
        from slopedesign.gui.section_extras import with_extras

        at = int(slope.path.partition("[")[2].rstrip("]"))
        slopes = self.document.project.slopes
        if at >= len(slopes) or slopes[at] == slope.slope or slopes[at].name != slope.name:
            if self._known is None or self._known[0] is not section or self._known[1] is not self.document.design:
                full = with_extras(exact(slope, section), self.document.design, slope, section, self.document.language)
                self._known = (section, self.document.design, full)
            return self._known[2]
        try:
            return quick(slope, slopes[at], section) or exact(slope, section)
        except SlopeDesignError as error:
            self._refused(error)
            return None

    def _refused(self, error: SlopeDesignError) -> None:
        self.said.setText(told(error, self.document.project, self.document.language))

    def _exaggerate(self) -> None:
        self.canvas.exaggeration = 2.0 if self.exaggerate_button.isChecked() else 1.0
        self.canvas.fit()

    def _measure(self) -> None:
        self.canvas.measure(self.measure_button.isChecked())
        self.said.setText(
            text("gui.section.measure_hint", self.document.language) if self.measure_button.isChecked() else ""
        )

    def _pointed(self, x: float, y: float) -> None:
        self.here.setText(text("gui.section.here", self.document.language, offset=f"{x:.2f}", level=f"{y:.2f}"))

    def _hovered(self, name: str) -> None:
        if name or not self.measure_button.isChecked():
            self.said.setText(name)

    def _measured(self, across: float, rise: float, length: float) -> None:
        ratio = f"1:{abs(across / rise):.2f}" if abs(rise) > 1e-9 else "-"
        angle = np.degrees(np.arctan2(abs(rise), abs(across)))
        numbers = {"across": across, "rise": rise, "length": length}
        shown = {name: f"{value:.2f}" for name, value in numbers.items()}
        words = text("gui.section.measured", self.document.language, ratio=ratio, angle=f"{angle:.1f}", **shown)
        self.said.setText(words)

    # --- paper

    def paint_page(self, painter: QPainter) -> None:
        """The section on white paper, as large as the page."""
        from slopedesign.gui.printing import paint_canvas

        paint_canvas(self.canvas, painter, self.refresh)

    def print(self) -> None:
        """Print what is shown."""
        from slopedesign.gui.printing import print_painted

        print_painted(self, self.paint_page)
