"""Manners of the window: keys, hints, themes, paper, what is said where something is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driving import settled
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QTableWidget, QTableWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from slopedesign.gui import help as helping
from slopedesign.gui import printing, theme, view3d
from slopedesign.gui.canvas import Canvas
from slopedesign.gui.pages import PAGES
from slopedesign.gui.plan_scene import LAYERS
from slopedesign.gui.screenshot import wait_for_pages
from slopedesign.gui.window import Window
from slopedesign.i18n import text

Make = Callable[..., Window]


def section_page(window: Window) -> Any:
    window.show_page("section")
    page: Any = window.pages.currentWidget()
    page.refresh()
    return page


def at(canvas: Canvas, x: float, y: float) -> QPoint:
    return canvas.mapFromScene(QPointF(x, -y))


def hover(qtbot: QtBot, page: Any, x: float, y: float) -> str:
    place = at(page.canvas, x, y)
    qtbot.mouseMove(page.canvas.viewport(), place + QPoint(30, 30))
    qtbot.mouseMove(page.canvas.viewport(), place)
    return str(page.said.text())


def test_hovering_names_the_thing_and_its_numbers(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    page = section_page(window)
    page.bench_box.setCurrentIndex(page.bench_box.count() - 1)  # no handle lies on the first bench then
    page.refresh()
    page.canvas._zoom(4)
    mark = page.picture.benches[0]
    page.canvas.centerOn(mark.crest, -mark.level)
    said = hover(qtbot, page, (mark.crest + mark.toe) / 2, mark.level - 0.18)
    assert f"{mark.width:.2f}" in said and f"{mark.level:.2f}" in said
    face = page.picture.faces[0]
    x, y = (face.foot[0] + 2 * face.top[0]) / 3, (face.foot[1] + 2 * face.top[1]) / 3
    page.canvas.centerOn(x, -y)
    said = hover(qtbot, page, x, y)
    assert f"{face.angle_deg:.1f}" in said and f"{face.height:.2f}" in said
    across, level = page.canvas.to_world(QPointF(at(page.canvas, x, y)))
    assert page.here.text() == text("gui.section.here", "zh_CN", offset=f"{across:.2f}", level=f"{level:.2f}")


def test_a_face_is_measured_from_corner_to_corner(qtbot: QtBot, make_window: Make) -> None:
    """The corners catch the cursor: at 45 degrees it is as far across as up, 1:1.00."""
    window = make_window()
    page = section_page(window)
    page.measure_button.click()
    face = page.picture.faces[1]
    for x, y in (face.foot, face.top):
        qtbot.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at(page.canvas, x, y) + QPoint(3, 2))
    length = f"{face.height * 2**0.5:.2f}"
    for words in (f"{face.height:.2f}", length, "1:1.00", "45.0"):
        assert words in page.said.text()


def test_dimensions_and_heights_are_switched(make_window: Make) -> None:
    window = make_window()
    page = section_page(window)
    many = len(page.canvas.scene().items())
    page.dimension_button.click()
    assert len(page.canvas.scene().items()) < many
    page.exaggerate_button.click()
    assert page.canvas.transform().m22() == pytest.approx(2 * page.canvas.transform().m11())


@pytest.mark.parametrize("layer", [name for name in LAYERS if name not in ("roads", "water", "walls", "fill")])
def test_every_layer_is_switched(qtbot: QtBot, make_window: Make, layer: str) -> None:
    window = make_window()
    window.show_page("plan")
    page: Any = window.pages.currentWidget()
    wait_for_pages(window)
    qtbot.waitUntil(lambda: bool(page.pictures), timeout=10_000)
    actions = {action.text(): action for action in page.layer_button.menu().actions()}
    action = actions[text(f"gui.plan.layer.{layer}", "zh_CN")]
    before, was = len(page.canvas.scene().items()), action.isChecked()
    action.trigger()
    after = len(page.canvas.scene().items())
    assert after < before if was else after > before


def test_without_the_extra_the_third_dimension_says_so(
    qtbot: QtBot, make_window: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    monkeypatch.setattr(view3d, "missing", lambda: ["pyvista"])
    window.show_page("plan")
    page: Any = window.pages.currentWidget()
    page.buttons["view3d"].click()
    (box,) = [box for box in page.findChildren(QMessageBox) if box.isVisible()]
    assert box.text() == text("gui.view3d.missing", "zh_CN", names="pyvista")
    box.close()


def test_f1_tells_of_the_field_under_the_cursor_else_of_the_check(
    qtbot: QtBot, make_window: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    shown: list[QWidget] = []
    monkeypatch.setattr("slopedesign.gui.window_manners.answer_of", lambda dialog: shown.append(dialog) or 0)
    row = window._form.rows["riser_height"] if window._form else None
    assert row is not None
    monkeypatch.setattr(QApplication, "focusWidget", staticmethod(lambda: row.editor.widget))
    window.show_clause()
    monkeypatch.setattr(QApplication, "focusWidget", staticmethod(lambda: window.checks.table))
    window.show_clause()
    field, clause = shown
    assert isinstance(field, helping.FieldHelp) and isinstance(clause, helping.ClauseHelp)
    assert "slopes[0].benches.riser_height" in field.browser.toPlainText()
    check = window.checks.current()
    assert check is not None and check.title.render("zh_CN") in clause.browser.toPlainText()


def test_the_theme_is_switched_at_once_and_back(make_window: Make, qapp: QApplication) -> None:
    window = make_window()
    window.show_page("section")
    assert not theme.is_dark(qapp)
    window.actions_by_name["theme"].trigger()
    try:
        page: Any = window.pages.page("section")
        assert theme.is_dark(qapp) and page.canvas.colours is theme.DARK
        assert page.canvas.backgroundBrush().color().name() == theme.DARK.paper
    finally:
        window.actions_by_name["theme"].trigger()
    assert not theme.is_dark(qapp)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_words_can_be_read_on_their_ground(colours: theme.Colours) -> None:
    """WCAG 2: at least 4.5 to 1 for letters of this size."""
    for ink in (colours.text, colours.quiet, colours.water, colours.handle, colours.slip, *colours.verdict.values()):
        assert contrast(ink, colours.paper) >= 4.5, ink


def test_the_tab_key_goes_through_the_window(qtbot: QtBot, make_window: Make) -> None:
    """From the tree through the form to the checks, and no place it cannot leave."""
    window = make_window()
    window.activateWindow()
    window.tree.setFocus()
    seen: list[QWidget] = []
    for _ in range(120):
        now = QApplication.focusWidget() or window.focusWidget()
        assert now is not None
        seen.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert len(set(map(id, seen))) > 15
    form = window.form_area
    places = [next((i for i, w in enumerate(seen) if area.isAncestorOf(w) or w is area), -1)
              for area in (window.tree, form, window.checks)]  # fmt: skip
    assert all(place >= 0 for place in places), places
    assert places[0] < places[1]


def test_results_are_sorted_by_a_click_on_the_head(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(walls=True)
    window.show_page("results")
    page: Any = window.pages.currentWidget()
    model = page.table.model()
    sort = Qt.ItemDataRole.UserRole
    rows = range(min(4, model.rowCount()))
    column = next(
        c for c in range(model.columnCount()) if all(isinstance(model.index(r, c).data(sort), float) for r in rows)
    )
    page.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    values = [model.index(r, column).data(Qt.ItemDataRole.UserRole) for r in range(model.rowCount())]
    numbers = [v for v in values if isinstance(v, float)]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) > 2


@pytest.mark.parametrize("name", PAGES)
def test_every_page_goes_on_paper(qtbot: QtBot, make_window: Make, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Ctrl+P prints the page in front: something is drawn, on white."""
    window = make_window()
    window.show_page(name)
    page: Any = window.pages.currentWidget()
    wait_for_pages(window)
    qtbot.wait(50)
    drawn: list[QImage] = []

    def painted(_: QWidget, paint: Callable[[QPainter], None]) -> None:
        paper = QImage(QSize(1200, 850), QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        painter = QPainter(paper)
        paint(painter)
        painter.end()
        drawn.append(paper)

    def written(_: QWidget, document: Any) -> None:
        assert document.toPlainText().strip()
        painted(page, document.drawContents)

    monkeypatch.setattr(printing, "print_painted", painted)
    monkeypatch.setattr(printing, "print_text", written)
    window.actions_by_name["print"].trigger()
    (paper,) = drawn
    small = paper.scaled(60, 42)
    inked = sum(small.pixelColor(x, y).lightness() < 250 for x in range(60) for y in range(42))
    assert inked > 20


def test_the_preview_of_a_page_is_large_enough_to_look_at(
    qtbot: QtBot, make_window: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    seen: list[QSize] = []
    monkeypatch.setattr(printing, "answer_of", lambda dialog: seen.append(dialog.size()))
    window.actions_by_name["print"].trigger()
    em = window.fontMetrics().height()
    assert seen[0].width() > 40 * em and seen[0].height() > 30 * em


def test_a_page_on_paper_says_what_its_table_says(make_window: Make) -> None:
    """Replies as they are chosen, the words below them; rows that are filtered out are left out."""
    window = make_window()
    window.document.set_value("facts", {"blasting": False}, "facts")
    window.show_page("answers")
    page: Any = window.pages.currentWidget()
    row = next(i for i, question in enumerate(page.questions) if question.name == "blasting")
    title = page.table.item(row, 1).text()
    html = printing.table_html("t", page.table)
    assert f"<td>{title}</td><td>{page.table.cellWidget(row, 2).currentText()}</td>" in html
    assert html.count("<tr>") == page.table.rowCount() + 1
    page.table.setRowHidden(row, True)
    assert title not in printing.table_html("t", page.table)


def test_a_chart_is_saved_as_a_picture(
    qtbot: QtBot, make_window: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = make_window()
    window.show_page("charts")
    page: Any = window.pages.currentWidget()
    for name in ("chart.png", "chart.svg", "chart.pdf"):
        target = tmp_path / name
        monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getSaveFileName", lambda *a, t=target: (str(t), ""))
        page.save_picture()
        assert target.stat().st_size > 2000


def test_the_other_language_keeps_place_and_typed_words(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    window.tree.select("slopes[0].benches")
    window.show_page("results")
    row = window._form.rows["berm_width"] if window._form else None
    assert row is not None and isinstance(row.editor.widget, QLineEdit)
    row.editor.widget.setFocus()
    qtbot.keyClicks(row.editor.widget, "4")
    row.editor.widget.setText("4")
    row.editor.widget.setModified(True)
    window.actions_by_name["language"].trigger()
    assert window.language == "en" and window.tree.current_path() == "slopes[0].benches"
    assert window.page_names[window.pages.currentIndex()] == "results"
    assert window.document.project.slopes[0].benches.berm_width == 4
    settled(qtbot, window)


def test_a_refused_text_that_goes_with_its_form_is_named(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(compute=False)
    window.tree.select("slopes[0].benches")
    row = window._form.rows["riser_height"] if window._form else None
    assert row is not None and isinstance(row.editor.widget, QLineEdit)
    row.editor.widget.setText("12x")
    row.editor.widget.setModified(True)
    row.editor.widget.editingFinished.emit()
    assert not row.error.isHidden() and row.editor.widget.text() == "12x"
    window.tree.select("info")
    said = window.statusBar().currentMessage()
    assert "12x" in said and row.kind.label("zh_CN") in said


def test_every_step_has_a_name(make_window: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """No edit of the window is an unnamed line of the history."""
    window = make_window(compute=False)
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *a: said.append(str(a[2])))
    window.add_part("water")
    window.tree.select("slopes[0]")
    window.duplicate_slope()
    window.tree.select("slopes[1]")
    window.remove_part()
    window.add_slope()
    stack = window.document.undo_stack
    names = [stack.text(i) for i in range(stack.count())]
    assert said == []
    assert len(names) >= 3 and all(name.strip() for name in names)


def test_every_action_has_a_name_and_most_a_key(make_window: Make) -> None:
    window = make_window(compute=False)
    keys = [
        action.shortcut().toString() for action in window.actions_by_name.values() if not action.shortcut().isEmpty()
    ]
    assert len(keys) == len(set(keys)), "two actions on one key"
    for name in ("new", "open", "save", "export", "print", "undo", "redo", "recompute", "clause"):
        assert not window.actions_by_name[name].shortcut().isEmpty(), name


def test_a_nought_is_printed(qtbot: QtBot) -> None:
    table = QTableWidget(1, 2)
    qtbot.addWidget(table)
    item = QTableWidgetItem()
    item.setData(Qt.ItemDataRole.DisplayRole, 0)
    table.setItem(0, 0, item)
    assert "<td>0</td><td></td>" in printing.table_html("", table)
