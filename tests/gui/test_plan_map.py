"""What the plan says of cut and fill, and its tools: measuring, aiming, drawing the first line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
import shapely
from driving import plan_page, settled
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from slopedesign.gui.canvas import Canvas
from slopedesign.gui.canvas_overlay import axis_numbers
from slopedesign.gui.plan_data import Raster, depth_at, soil_areas
from slopedesign.gui.plan_items import FILL_RAMP, RAMP, ramp, ramp_colour
from slopedesign.gui.window import Window
from slopedesign.i18n import text

Make = Callable[..., Window]


def place(page: Any, e: float, n: float) -> QPoint:
    return page.canvas.mapFromScene(QPointF(e - page.origin[0], -(n - page.origin[1])))


def test_the_value_of_the_cell_a_point_lies_in() -> None:
    raster = Raster(100.0, 200.0, 2.0, np.array([[1.0, 2.0], [3.0, np.nan]]))
    assert depth_at(raster, 100.1, 200.1) == 1.0
    assert depth_at(raster, 102.1, 201.9) == 2.0
    assert depth_at(raster, 101.0, 203.0) == 3.0
    assert depth_at(raster, 103.0, 203.0) is None  # unknown
    assert depth_at(raster, 99.9, 200.1) is None and depth_at(raster, 104.1, 200.1) is None


def test_the_ramps_end_in_their_colours() -> None:
    for stops in (RAMP, FILL_RAMP):
        assert ramp_colour(0.0, stops).name() == stops[0] and ramp_colour(1.0, stops).name() == stops[-1]
    assert ramp(np.array([[np.nan, 0.0]]))[0, 0, 3] == 0


def test_cut_and_fill_are_both_shown(qtbot: QtBot, make_window: Make) -> None:
    """The soil on benches and on stated areas: where it lies, how thick, of which slope; the legend tells both."""
    window = make_window(walls=True)
    ring = [[500010, 3400005], [500060, 3400005], [500060, 3400030], [500010, 3400030]]
    area = {"name": "floor", "place": "pit_floor", "thickness": 0.8, "polygon": ring}
    window.document.add_entry("cover_areas", area, "area")
    settled(qtbot, window)
    design = window.document.design
    found = list(soil_areas(design))
    floor = next(one for one in found if one.name == "floor")
    assert floor.thickness == 0.8 and floor.shape.area == pytest.approx(50 * 25)
    stated = design.project.slopes[0].cover.thickness
    benches = [one for one in found if one.slope == "slopes[0]"]
    assert len(benches) == sum(work.cover is not None for work in design.slopes[0].works) > 0
    assert {one.thickness for one in benches} == {stated}
    page = plan_page(qtbot, window)
    assert [round(most, 2) for _, most, _ in page.legend.ranges][1] == 0.8
    said = text("gui.plan.soil", "zh_CN", name="floor", thickness="0.80")
    qtbot.mouseMove(page.canvas.viewport(), place(page, 500030, 3400015))
    qtbot.mouseMove(page.canvas.viewport(), place(page, 500031, 3400016))
    assert page.said.text() == said
    page.show_layer("fill", False)
    assert len(page.legend.ranges) == 1
    inside = shapely.Point(shapely.union_all([one.shape for one in benches]).representative_point())
    assert design.slopes[0].cut.outline.contains(inside)


def test_the_depth_under_the_cursor_is_that_of_ground_and_design(qtbot: QtBot, make_window: Make) -> None:
    """Against the surfaces themselves, within what a cell of the map may differ on a slope of 45 degrees."""
    window = make_window()
    page = plan_page(qtbot, window)
    design = window.document.design
    cut = design.slopes[0].cut
    for e, n in ((500050.3, 3400055.2), (500040.2, 3400058.4)):
        ground = float(design.grounds["ground"].build.tin.elevation(np.array([[e, n]]))[0])
        formed = float(cut.layout.tin.elevation(np.array([[e, n]]))[0])
        found = page._depth_at(e, n)
        cell = page.depths["slopes[0]"].cell
        assert ground - formed > 1
        assert found == pytest.approx(ground - formed, abs=4 * cell)
    page._pointed(500050.3 - page.origin[0], 3400055.2 - page.origin[1])
    assert text("gui.plan.depth", "zh_CN") in page.here.text()
    assert page._depth_at(500050.0, 3400010.0) is None


def test_what_was_measured_stays_while_the_cursor_moves_on(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    page = plan_page(qtbot, window)
    view = page.canvas.viewport()
    page.buttons["measure"].click()
    first, second = place(page, 500030, 3400020), place(page, 500030, 3400050)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(view, second - QPoint(3, 3))
    assert page.canvas.aim is not None
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=second)
    said = page.said.text()
    assert "30." in said or "29." in said
    qtbot.mouseMove(view, place(page, 500050, 3400060))
    assert page.said.text() == said
    qtbot.keyClick(page.canvas, Qt.Key.Key_Escape)
    assert page.canvas._measuring == []


def test_the_cursor_is_caught_by_known_points(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    page = plan_page(qtbot, window)
    page.buttons["measure"].click()
    view, vertex = page.canvas.viewport(), place(page, 500050, 3400045)
    qtbot.mouseMove(view, vertex + QPoint(20, 30))
    qtbot.mouseMove(view, vertex + QPoint(4, 3))
    assert page.canvas.caught
    assert page.canvas.aim == pytest.approx((500050 - page.origin[0], 3400045 - page.origin[1]))
    qtbot.mouseMove(view, vertex + QPoint(60, 60))
    assert not page.canvas.caught


def test_a_slip_while_drawing_is_taken_back(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    page = plan_page(qtbot, window)
    page.buttons["draw_section"].click()
    for n in (3400030, 3400060, 3400120):
        qtbot.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(page, 500052, n))
    qtbot.keyClick(page.canvas, Qt.Key.Key_Backspace)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    (line,) = window.document.project.slopes[0].sections.lines
    assert line.end[1] == pytest.approx(3400060, abs=0.5)


def test_the_first_line_drawn_makes_the_first_slope(qtbot: QtBot, make_window: Make) -> None:
    """Without a slope the ground is still seen, nothing of the former design is; a line drawn on it is the slope's."""
    window = make_window()
    window.document.remove_entry("slopes[0]", "away")
    settled(qtbot, window)
    assert window.document.design.slopes == () and "ground" in window.document.design.grounds
    page = plan_page(qtbot, window)
    qtbot.waitUntil(lambda: page.slope_box.count() == 0)
    page.buttons["draw_base"].click()
    for e, n in ((500015, 3400042), (500050, 3400045), (500085, 3400042)):
        qtbot.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(page, e, n))
    before = window.document.undo_stack.count()
    qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    assert window.document.undo_stack.count() == before + 1
    settled(qtbot, window)
    assert window.document.problem is None and len(window.document.design.slopes) == 1
    vertices = window.document.project.slopes[0].base_line.vertices
    assert vertices[1] == pytest.approx((500050, 3400045), abs=0.6)


def test_a_road_clicked_twice_is_selected(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    road = {"name": "R1", "road_class": "field", "width": 3.5, "vertices": [[500010, 3400010], [500090, 3400012]]}
    window.document.set_value("roads", {"served_area": 1e4, "roads": [road]}, "road")
    settled(qtbot, window)
    page = plan_page(qtbot, window)
    qtbot.mouseDClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(page, 500030, 3400010.5))
    assert window.tree.current_path().startswith("roads")


def test_a_handle_of_a_line_that_has_lost_its_vertex_moves_nothing(qtbot: QtBot, make_window: Make) -> None:
    """Between an edit and the next drawing the view still has the handles of the line before."""
    window = make_window()
    page = plan_page(qtbot, window)
    held = []
    page.canvas.add_handle = held.append
    page._vertex(99, (0.0, 0.0))
    before = window.document.project
    held[0].moved(1.0, 2.0)
    held[0].released()
    assert window.document.project is before and not window.document.previewing


def test_each_grid_line_along_the_lower_edge_has_its_number(qtbot: QtBot) -> None:
    """From the left edge on: the toe of a section, offset 0, stands there."""
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.axes = ("offset", "level")
    canvas.resize(700, 400)
    canvas.show()
    canvas.set_world((-10.0, 0.0, 100.0, 40.0))
    written: list[str] = []
    lines: list[float] = []

    class Paper:
        def setPen(self, pen: object) -> None: ...

        def drawText(self, at: QPointF, words: str) -> None:
            if at.y() > canvas.viewport().height() - 10:
                written.append(words)
                lines.append(at.x())

    axis_numbers(canvas, cast(QPainter, Paper()), canvas.axes)
    *numbers, name = written
    assert name == "offset" and "0" in numbers
    steps = {round(b - a) for a, b in zip(map(float, numbers), map(float, numbers[1:]), strict=False)}
    assert len(steps) == 1 and 0 <= lines[0] - 3 < (lines[1] - lines[0])
    assert all(
        x + canvas.fontMetrics().horizontalAdvance(words) < lines[-1] for x, words in zip(lines, numbers, strict=False)
    )
