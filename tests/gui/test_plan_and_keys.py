"""Double clicks that lead somewhere, section lines edited by mouse, what the plan shows of the water side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from driving import plan_page, settled
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from slopedesign.gui.canvas import Canvas, _HandleItem
from slopedesign.gui.canvas_overlay import round_step
from slopedesign.gui.plan_data import water_lines
from slopedesign.gui.window import Window
from slopedesign.i18n import text
from slopedesign.project.edit import value_at
from slopedesign.project.file import load_project

Make = Callable[..., Window]
EXAMPLE = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"


def test_what_cannot_be_done_with_a_part_is_not_offered_and_said_of_its_shortcut(make_window: Make) -> None:
    window = make_window(compute=False)
    menu: Any = next(a.menu() for a in window.menuBar().actions() if a.text() == text("gui.menu.part", "zh_CN"))
    for path, can in (("info", (False, False)), ("slopes[0].benches", (True, False)), ("slopes[0]", (True, True))):
        window.tree.select(path)
        menu.aboutToShow.emit()
        actions = [window.actions_by_name[name] for name in ("duplicate_slope", "remove_part")]
        assert tuple(action.isEnabled() for action in actions) == can, path
        menu.aboutToHide.emit()
        assert all(action.isEnabled() for action in actions)  # for their shortcuts
    window.tree.select("info")
    before = window.document.project
    for action in actions:
        window.statusBar().clearMessage()
        action.trigger()
        assert window.statusBar().currentMessage()
    assert window.document.project is before


def at(canvas: Canvas, x: float, y: float) -> QPoint:
    return canvas.mapFromScene(QPointF(x, -y))


def twice(qtbot: QtBot, canvas: Canvas, x: float, y: float) -> None:
    qtbot.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at(canvas, x, y))


def test_a_double_click_on_a_bench_leads_to_its_width(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    window.tree.select("info")
    window.show_page("section")
    page: Any = window.pages.currentWidget()
    page.refresh()
    mark = page.picture.benches[2]
    twice(qtbot, page.canvas, (mark.crest + mark.toe) / 2, mark.level - 0.02)
    assert window.tree.current_path() == "slopes[0].benches"
    row = window._form.row_of("slopes[0].benches.berm_width") if window._form else None
    assert row is not None
    assert window.focusWidget() is row.editor.widget


def test_a_double_click_on_nothing_fits(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    window.show_page("section")
    page: Any = window.pages.currentWidget()
    scale = page.canvas.scale_now()
    page.canvas._zoom(3)
    qtbot.mouseDClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert page.canvas.scale_now() == pytest.approx(scale)


def test_a_section_line_clicked_twice_opens_its_section(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    page = plan_page(qtbot, window)
    section = window.document.design.slopes[0].sections[-1]
    end = section.line[1] - page.origin
    start = section.line[0] - page.origin
    place = start + 0.03 * (end - start)
    twice(qtbot, page.canvas, float(place[0]), float(place[1]))
    assert window.page_names[window.pages.currentIndex()] == "section"
    shown: Any = window.pages.currentWidget()
    assert shown.section() is section


def test_a_drawn_section_line_is_moved_and_removed_by_mouse(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    line = {"name": "P1", "start": [500050, 3400030], "end": [500050, 3400120]}
    window.document.add_entry("slopes[0].sections.lines", line, "line")
    settled(qtbot, window)
    page = plan_page(qtbot, window)
    page.buttons["edit_base"].click()
    handle = next(
        i for i in page.canvas.scene().items() if isinstance(i, _HandleItem) and "section0.end" in i.handle.name
    )
    x, y = handle.handle.at
    view = page.canvas.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(page.canvas, x, y))
    qtbot.mouseMove(view, at(page.canvas, x + 4, y))
    qtbot.mouseMove(view, at(page.canvas, x + 8, y))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(page.canvas, x + 8, y))
    end = value_at(window.document.project, "slopes[0].sections.lines[0].end")
    assert end[0] == pytest.approx(500058, abs=0.6)
    settled(qtbot, window)
    from PySide6.QtWidgets import QMenu

    menu = QMenu()
    start = np.array(value_at(window.document.project, "slopes[0].sections.lines[0].start")) - page.origin
    page._section_menu(menu, at(page.canvas, float(start[0]), float(start[1])))
    assert len(menu.actions()) == 2
    menu.actions()[1].trigger()
    assert window.document.project.slopes[0].sections.lines == ()


def test_the_plan_names_every_ditch_of_the_example_as_designed() -> None:
    from slopedesign.design import run
    from slopedesign.workspace import read_sources

    project = load_project(EXAMPLE)
    assert project.water is not None
    bare = project.model_copy(update={"stability": None})
    design = run(bare, read_sources(bare, EXAMPLE.parent))
    lines = list(water_lines(project.water, design, "en"))
    names = [name for name, _, _ in lines]
    assert design.water is not None
    for reach in design.water.network.reaches:
        if reach.input.record.length is None:
            assert sum(reach.name in name.split(":")[0].split() or reach.name in name for name in names) >= 1
    assert all(np.isfinite(points[:, :2]).all() for _, points, _ in lines)


def test_grid_steps_are_round() -> None:
    assert [round_step(x) for x in (0.7, 1.0, 1.2, 3.0, 70.0)] == [1.0, 1.0, 2.0, 5.0, 100.0]
    assert round_step(float("nan")) == 1.0


def test_a_line_is_met_within_pixels_not_metres(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.show()
    canvas.set_world((0, 0, 100, 60))
    canvas.add_line([(10, 30), (90, 30)], canvas.pen("#000000", 3.0), "line", key="key")
    for zoom in (1.0, 20.0):
        canvas.scale(zoom, zoom)
        canvas.centerOn(50, -30)
        on = canvas.mapFromScene(QPointF(50, -30))
        assert canvas.key_at(on) == "key"
        assert canvas.key_at(on + QPoint(0, 2)) == "key"
        assert canvas.key_at(on + QPoint(0, 12)) == ""
