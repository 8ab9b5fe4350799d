"""The window as people use it: from a survey to the outputs, typing, dragging, undoing, switching language."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import add_roads, quarry, settled, write_survey
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableView,
    QTabWidget,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from slopedesign.gui.canvas import Canvas, _HandleItem
from slopedesign.gui.document import open_document
from slopedesign.gui.export import ExportDialog
from slopedesign.gui.list_table import ListTable
from slopedesign.gui.screenshot import settle, wait_for_pages
from slopedesign.gui.section_page import SectionPage
from slopedesign.gui.sheets_page import SheetsPage
from slopedesign.gui.tables import SORT
from slopedesign.gui.window import Window
from slopedesign.gui.wizard import NewProjectWizard
from slopedesign.project.edit import value_at
from slopedesign.standards.check import Verdict

Make = Callable[..., Window]


def type_into(qtbot: QtBot, window: Window, path: str, words: str) -> None:
    """Go to a field and type."""
    window.go_to(path)
    assert window._form is not None
    row = window._form.row_of(path)
    assert row is not None
    editor = row.editor.widget
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    if words.isascii():
        qtbot.keyClicks(editor, words)
    else:
        editor.insert(words)  # an input method delivers whole characters, not keys
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def handle(canvas: Canvas, name: str) -> _HandleItem:
    """A handle in view."""
    return next(i for i in canvas.scene().items() if isinstance(i, _HandleItem) and i.handle.name == name)


def drag(qtbot: QtBot, canvas: Canvas, name: str, across: float, up: float, steps: int = 6) -> None:
    """Drag a handle by metres, as a hand does: in several moves."""
    x, y = handle(canvas, name).handle.at
    view = canvas.viewport()

    def at(share: float) -> QPoint:
        return canvas.mapFromScene(QPointF(x + share * across, -(y + share * up)))

    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(0))
    for i in range(1, steps + 1):
        qtbot.mouseMove(view, at(i / steps))
        qtbot.wait(5)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(1))


def section_page(window: Window) -> SectionPage:
    window.show_page("section")
    page = window.pages.currentWidget()
    assert isinstance(page, SectionPage)
    return page


def failures(window: Window, word: str) -> list[Any]:
    return [c for c in window.document.design.checks if c.verdict is Verdict.FAIL and word in c.id]


def test_from_a_survey_over_a_failing_check_to_the_outputs(qtbot: QtBot, tmp_path: Path, make_window: Make) -> None:
    window = make_window(compute=False)
    wizard = NewProjectWizard("zh_CN", window, survey=write_survey(tmp_path / "face.csv"))
    qtbot.waitUntil(lambda: bool(wizard.report.toPlainText().strip()), timeout=20_000)
    wizard.name.setText("new_face")
    wizard.write()
    qtbot.waitUntil(lambda: wizard.created is not None or bool(wizard.error.text()), timeout=20_000)
    assert wizard.created is not None, wizard.error.text()
    assert window.open_path(wizard.created)
    settled(qtbot, window)
    assert window.document.problem is None, window.document.problem
    type_into(qtbot, window, "slopes[0].benches.face_angle", "45")
    type_into(qtbot, window, "slopes[0].benches.riser_height", "２２")
    assert value_at(window.document.project, "slopes[0].benches.riser_height") == 22
    settled(qtbot, window)
    assert failures(window, "riser")
    page = section_page(window)
    before = window.document.undo_stack.count()
    drag(qtbot, page.canvas, "riser_height", 0.0, -12.0)
    height = value_at(window.document.project, "slopes[0].benches.riser_height")
    assert 9 <= height <= 11
    assert window.document.undo_stack.count() == before + 1
    settled(qtbot, window)
    assert not failures(window, "riser")
    window.document.undo_stack.undo()
    assert value_at(window.document.project, "slopes[0].benches.riser_height") == 22
    window.document.undo_stack.redo()
    settled(qtbot, window)
    dialog = ExportDialog(window.document, window)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.write()
    qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=60_000)
    assert dialog.written, dialog.said.text()
    written = {file.name for file in (tmp_path / "out").iterdir()}
    assert {"plan.dxf", "quantities.xlsx", "checks.xlsx", "design.json"} <= written
    told = json.loads((tmp_path / "out" / "design.json").read_text(encoding="utf-8"))
    assert told


@pytest.mark.parametrize(
    ("name", "across", "up", "path"),
    [
        ("riser_height", 0.0, -3.0, "slopes[0].benches.riser_height"),
        ("face_angle", -1.5, 0.0, "slopes[0].benches.face_angle"),
        ("berm_width", 2.0, 0.0, "slopes[0].benches.berm_width"),
        ("wall", 0.0, 0.5, "slopes[0].wall.height"),
        ("toe", 2.0, 0.0, "slopes[0].base_line.vertices"),
    ],
)
def test_every_handle_changes_its_number(
    qtbot: QtBot, make_window: Make, name: str, across: float, up: float, path: str
) -> None:
    window = make_window(walls=name == "wall")
    page = section_page(window)
    if name == "wall":
        x, y = page.picture.walls[0].top
        page.canvas._zoom(10)
        page.canvas.centerOn(x, -y)
    before = value_at(window.document.project, path)
    drag(qtbot, page.canvas, name, across, up)
    after = value_at(window.document.project, path)
    assert after != before
    assert page.picture.quick or window.document.design.project == window.document.project
    assert window.document.undo_stack.count() == 1
    settled(qtbot, window)
    assert not page.picture.quick
    window.document.undo_stack.undo()
    assert value_at(window.document.project, path) == before


def test_a_bench_of_its_own(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    page = section_page(window)
    page.bench_box.setCurrentIndex(page.bench_box.findData(2))
    page.refresh()
    drag(qtbot, page.canvas, "berm_width", 2.0, 0.0)
    overrides = window.document.project.slopes[0].benches.overrides
    assert [o.bench for o in overrides] == [2]
    assert overrides[0].berm_width is not None
    assert window.document.project.slopes[0].benches.berm_width == 3


# --- forms


def test_bad_input_is_refused_beside_the_field(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(compute=False)
    path = "slopes[0].benches.riser_height"
    for words in ("-3", "abc", "1e9"):
        type_into(qtbot, window, path, words)
        assert window._form is not None
        row = window._form.row_of(path)
        assert row is not None
        assert row.error.isVisibleTo(row)
        assert row.error.text()
        assert value_at(window.document.project, path) == 12
    type_into(qtbot, window, path, "10,5")
    assert value_at(window.document.project, path) == 10.5
    row = window._form.row_of(path) if window._form else None
    assert row is not None
    assert not row.error.isVisibleTo(row)


def test_a_slope_ratio_stays_a_ratio(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(compute=False)
    type_into(qtbot, window, "slopes[0].benches.face_angle", "1：0.75")
    assert value_at(window.document.project, "slopes[0].benches.face_angle") == "1:0.75"


def test_the_wheel_changes_no_value(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    before = window.document.project
    for part in ("slopes[0].benches", "slopes[0].wall", "info", "drawings"):
        window.tree.select(part)
        for widget in window.findChildren(QWidget):
            if isinstance(widget, QComboBox | QLineEdit) and widget.isVisible():
                shown = widget.currentIndex() if isinstance(widget, QComboBox) else widget.text()
                center = QPointF(widget.rect().center())
                for delta in (120, -240):
                    event = QWheelEvent(
                        center, QPointF(widget.mapToGlobal(center.toPoint())), QPoint(0, 0), QPoint(0, delta),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
                    )  # fmt: skip
                    QApplication.sendEvent(widget, event)
                assert shown == (widget.currentIndex() if isinstance(widget, QComboBox) else widget.text())
    assert window.document.project is before


def list_table(window: Window, part: str, name: str) -> ListTable:
    window.tree.select(part)
    assert window._form is not None
    found: list[ListTable] = window._form.findChildren(ListTable)
    return next(table for table in found if table.path.endswith(name))


def test_tables_copy_and_paste_with_a_spreadsheet(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(compute=False)
    table = list_table(window, "slopes[0].base_line", "vertices")
    table.table.selectAll()
    table.copy()
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[0].split("\t")[:2] == ["3400042", "500015"]
    rows = ["3400050\t500010", "3400052\t500040", "３４０００５０\t500080,5"]
    QGuiApplication.clipboard().setText("\n".join(rows))
    table.table.setCurrentCell(0, 0)
    table.paste()
    line = window.document.project.slopes[0].base_line
    assert line is not None
    assert line.vertices == ((500010, 3400050), (500040, 3400052), (500080.5, 3400050))
    QGuiApplication.clipboard().setText("north\teast")
    table.paste()
    assert table.error.isVisibleTo(table)
    assert window.document.project.slopes[0].base_line == line


def test_parts_are_stated_and_taken_away(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(compute=False)
    for part in ("roads", "walls", "water", "stability"):
        if part == "roads":
            add_roads(window)
        else:
            window.add_part(part)
        assert getattr(window.document.project, part) is not None
        assert window.tree.current_path() == part
        window.remove_part()
        assert getattr(window.document.project, part) is None
    window.document.undo_stack.undo()
    assert window.document.project.stability is not None


def test_variants_are_compared_and_one_is_chosen(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    window.tree.select("slopes[0]")
    window.duplicate_slope()
    settled(qtbot, window)
    type_into(qtbot, window, "slopes[1].benches.riser_height", "9")
    settled(qtbot, window)
    window.show_page("variants")
    page: Any = window.pages.currentWidget()
    assert page.table.columnCount() == 2
    cut = [page.table.item(4, j).text() for j in range(2)]
    assert cut[0] != cut[1]
    page.table.setCurrentCell(0, 1)
    page._choose()
    settled(qtbot, window)
    assert [s.variant_of for s in window.document.project.slopes] == ["S1-2", ""]
    assert [s.name for s in window.document.design.slopes if not s.slope.variant_of] == ["S1-2"]
    assert page.slope_box.currentText() == "S1-2"
    assert [page.table.item(4, j).text() for j in range(2)] == cut[::-1]


def test_a_variant_is_chosen_or_removed_where_one_is_selected(qtbot: QtBot, make_window: Make) -> None:
    """What is built is neither. The comparison copies with its titles and in full."""
    window = make_window()
    window.show_page("variants")
    page: Any = window.pages.currentWidget()
    assert page.add.isEnabled() and not page.choose.isEnabled() and not page.remove.isEnabled()
    window.tree.select("slopes[0]")
    window.duplicate_slope()
    settled(qtbot, window)
    for column, can in ((0, False), (1, True), (0, False)):
        page.table.setCurrentCell(0, column)
        assert (page.choose.isEnabled(), page.remove.isEnabled()) == (can, can)
    page.table.selectColumn(1)
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == ["", "S1-2"] and len(lines) == page.table.rowCount() + 1
    volume = float(lines[5][1])
    assert lines[5][0] == page.table.verticalHeaderItem(4).text()
    assert f"{volume:,.1f}" == page.table.item(4, 1).text() and volume != round(volume, 1)
    page.table.setCurrentCell(0, 1)
    page.remove.click()
    assert len(window.document.project.slopes) == 1 and page.error.isHidden()


def test_a_slope_of_a_name_as_long_as_can_be_is_duplicated(make_window: Make) -> None:
    window = make_window(compute=False)
    window.document.set_value("slopes[0].name", "S" * 60, "name")
    window.tree.select("slopes[0]")
    for _ in range(2):
        window.duplicate_slope()
    names = [slope.name for slope in window.document.project.slopes]
    assert len(set(names)) == 3 and max(map(len, names)) == 60


# --- plan


def test_a_base_line_is_drawn_and_edited_by_mouse(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    window.show_page("plan")
    page: Any = window.pages.currentWidget()
    wait_for_pages(window)
    qtbot.waitUntil(lambda: bool(page.pictures), timeout=10_000)
    page.buttons["edit_base"].click()
    vertex = value_at(window.document.project, "slopes[0].base_line.vertices[1]")
    drag(qtbot, page.canvas, "vertex1", 0.0, 3.0)
    moved = value_at(window.document.project, "slopes[0].base_line.vertices[1]")
    assert moved[0] == pytest.approx(vertex[0], abs=0.5)
    assert moved[1] == pytest.approx(vertex[1] + 3, abs=0.5)
    page.buttons["draw_section"].click()
    for e, n in ((500050, 3400030), (500050, 3400120)):
        at = page.canvas.mapFromScene(QPointF(e - page.origin[0], -(n - page.origin[1])))
        qtbot.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    lines = window.document.project.slopes[0].sections.lines
    assert len(lines) == 1
    settled(qtbot, window)
    assert "P1" in [s.name for s in window.document.design.slopes[0].sections]


# --- words


def visible_words(window: Window) -> Iterator[str]:
    """Everything a reader sees or hears, but the project's own names."""
    for widget in [window, *window.findChildren(QWidget)]:
        yield widget.accessibleName()
        yield widget.toolTip()
        yield widget.windowTitle()
        match widget:
            case QLabel():
                yield widget.text()
            case QGroupBox():
                yield widget.title()
            case QComboBox():
                yield from (widget.itemText(i) for i in range(widget.count()))
            case QLineEdit():
                yield widget.placeholderText()
            case QTabWidget():
                yield from (widget.tabText(i) for i in range(widget.count()))
            case QAbstractButton():
                yield widget.text()
            case QListWidget():
                yield from (widget.item(i).text() for i in range(widget.count()))
            case QTableView():
                model = widget.model()
                columns = range(model.columnCount()) if model is not None else ()
                yield from (str(model.headerData(c, Qt.Orientation.Horizontal) or "") for c in columns)
                rows = range(min(model.rowCount(), 40)) if model is not None else ()
                yield from (str(model.index(r, c).data() or "") for r in rows for c in columns)
            case QTreeWidget():
                items = [widget.topLevelItem(i) for i in range(widget.topLevelItemCount())]
                while items:
                    item = items.pop()
                    yield item.text(0)
                    items += [item.child(i) for i in range(item.childCount())]
    yield from (action.text() for action in window.findChildren(QAction))


KEY = re.compile(
    r"^(gui|fields|choice|verdict|workbook|bill|walls|benches|soil|rules|explain|water|road|stage)\.[\w.]+$"
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_BOTH = {"中文"}


def walk_everything(qtbot: QtBot, window: Window) -> set[str]:
    """The words of every page and every form."""
    found: set[str] = set()
    for name in window.page_names:
        window.show_page(name)
        wait_for_pages(window)
        qtbot.wait(20)
        found |= set(visible_words(window))
    for item in window.tree._items():
        window.tree.setCurrentItem(item)
        found |= set(visible_words(window))
    return {words for words in found if words}


@pytest.mark.filterwarnings("error:Glyph")
def test_both_languages_say_everything(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    add_roads(window)
    for part in ("walls", "water", "stability"):
        window.add_part(part)
    window.document.set_value("water.storm", {"return_period": 10}, "storm")
    settled(qtbot, window)
    assert window.document.problem is None, window.document.problem
    chinese = walk_everything(qtbot, window)
    window.switch_language()
    window.document.set_value("drawings.language", "en", "language of the sheets")
    settled(qtbot, window)
    window.show_page("sheets")
    assert len(window.findChildren(SheetsPage)) == 1
    english = walk_everything(qtbot, window)
    assert sorted(words for words in chinese | english if KEY.match(words)) == []
    english = {words for words in english if not words.startswith("guide ")}  # headings quoted from the standard
    assert sorted(words for words in english if CHINESE.search(words) and words not in SAME_IN_BOTH) == []
    assert sum(bool(CHINESE.search(words)) for words in chinese) > 150


def test_the_font_has_every_character_of_both_languages() -> None:
    from matplotlib.ft2font import FT2Font

    from slopedesign.fonts import REGULAR
    from slopedesign.i18n import LANGUAGES, catalogue

    known = set(FT2Font(str(REGULAR)).get_charmap())
    needed = {c for language in LANGUAGES for phrase in catalogue(language).values() for c in phrase
              if ord(c) > 32 and c != "\ufffd"}  # fmt: skip
    assert sorted(c for c in needed if ord(c) not in known) == []


@pytest.mark.filterwarnings("error:Glyph")
def test_charts_are_drawn_without_a_missing_character(qtbot: QtBot, make_window: Make) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from slopedesign.gui.charts import charts_of, use_bundled_font

    window = make_window()
    use_bundled_font()
    for language in ("zh_CN", "en"):
        charts = charts_of(window.document.design, language)
        assert len(charts) >= 3
        for chart in charts:
            FigureCanvasAgg(chart.figure()).draw()


# --- manners


def test_every_widget_of_input_has_a_name_for_the_reader_aloud(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    nameless = []
    for item in window.tree._items():
        window.tree.setCurrentItem(item)
        for widget in window.findChildren(QWidget):
            wanted = isinstance(widget, QLineEdit | QComboBox | QTableView | QListWidget | QTreeWidget | Canvas)
            inner = isinstance(widget.parent(), QComboBox) or widget.objectName().startswith("qt_")
            if wanted and not inner and widget.isVisible() and not (widget.accessibleName() or widget.toolTip()):
                nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def test_a_changed_survey_is_said_and_accepted(qtbot: QtBot, make_window: Make, tmp_path: Path) -> None:
    window = make_window()
    window.document.set_value("surveys[0].sha256", "0" * 64, "hash")
    settled(qtbot, window)
    assert window.notice.isVisibleTo(window)
    window.notice.accept_surveys()
    settled(qtbot, window)
    assert not window.notice.isVisibleTo(window)
    assert window.document.project.surveys[0].sha256 not in ("", "0" * 64)


def test_never_saved_work_is_offered_at_the_next_start(qtbot: QtBot, make_window: Make, tmp_path: Path) -> None:
    from slopedesign.gui.document import Document, unsaved_recoveries
    from slopedesign.gui.recovery import RecoveryDialog, is_alive
    from slopedesign.gui.window import new_project

    document = Document(new_project("en"), None, "en")
    document.set_value("info.name", "never saved", "name")
    document.autosave()
    mine = document.autosave_path()
    mine.rename(mine.with_name("unsaved-999999999.autosave"))
    assert is_alive(os.getpid())
    found = unsaved_recoveries(is_alive)
    assert [one.project.info.name for one in found] == ["never saved"]
    dialog = RecoveryDialog(found, "en")
    qtbot.addWidget(dialog)
    dialog.recover()
    assert dialog.chosen is found[0]


def test_settings_opened_and_closed_change_nothing(qtbot: QtBot, make_window: Make) -> None:
    from slopedesign.gui.settings import SettingsDialog

    window = make_window(compute=False)
    keys = sorted(window.settings.allKeys())
    dialog = SettingsDialog(window.settings, window.language, window)
    qtbot.addWidget(dialog)
    dialog.keep()
    assert sorted(window.settings.allKeys()) == keys
    dialog.title["designer"].setText("Institute")
    dialog.keep()
    assert window.settings.value("title/designer") == "Institute"


def test_a_project_is_dropped_onto_the_window(qtbot: QtBot, make_window: Make, tmp_path: Path) -> None:
    window = make_window(compute=False)
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"schema_version": 1, "info": {"name": "dropped"}}), encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(other))])
    where, action = QPoint(200, 200), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(where, action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(where), action, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, drop)
    assert window.document.project.info.name == "dropped"


def test_a_second_window_on_one_file_is_told(make_window: Make) -> None:

    window = make_window(compute=False)
    assert window.document.path is not None
    assert window.document.lock() == ""
    other = open_document(window.document.path, "en")
    assert str(os.getpid()) in other.lock()
    window.document.unlock()
    assert other.lock() == ""
    other.unlock()


def test_an_older_answer_is_dropped(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    for height in (9, 10, 11, 8):
        window.document.set_value("slopes[0].benches.riser_height", height, "height")
        window.recompute()
    settled(qtbot, window)
    assert window.document.design.project.slopes[0].benches.riser_height == 8


def test_calculation_and_sheets_go_on_paper(qtbot: QtBot, make_window: Make, tmp_path: Path) -> None:
    from slopedesign.gui.printing import painted_pdf, text_pdf

    window = make_window()
    window.show_page("calculation")
    book: Any = window.pages.currentWidget()
    qtbot.waitUntil(lambda: book.book.toPlainText().count("=") > 10)
    text_pdf(tmp_path / "book.pdf", book._paper())
    window.show_page("sheets")
    sheets: Any = window.pages.currentWidget()
    wait_for_pages(window)
    qtbot.waitUntil(lambda: bool(sheets.sheets), timeout=20_000)
    sheets.write_pdf(tmp_path / "sheets.pdf")
    page = section_page(window)
    painted_pdf(tmp_path / "section.pdf", [(297, 210, page.paint_page)])
    for name in ("book", "sheets", "section"):
        assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")
        assert (tmp_path / f"{name}.pdf").stat().st_size > 3000


def test_results_copy_with_heads(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(language="en")
    window.show_page("results")
    page: Any = window.pages.currentWidget()
    qtbot.waitUntil(lambda: page.table.model().rowCount() > 0)  # the tables are worked beside the window
    page.table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == page.table.model().rowCount() + 1
    assert len({line.count("\t") for line in lines}) == 1
    rows, shown = [line.split("\t") for line in lines[1:]], page.table.model()
    fine = [
        (cell, shown.index(i, j).data()) for i, row in enumerate(rows) for j, cell in enumerate(row)
        if isinstance(shown.index(i, j).data(SORT), float)
    ]  # fmt: skip
    for cell, words in fine:  # what is rounded to be shown goes in full
        assert f"{float(cell):.{len(words.partition('.')[2])}f}" == words
    assert any(len(cell) > len(words) for cell, words in fine)


def test_the_window_in_both_themes_has_no_pixel_sizes(qapp: QApplication) -> None:
    from slopedesign.gui import theme

    for shade in ("dark", "light"):
        theme.apply(qapp, shade)
        assert not re.search(r"\d+\s*px", qapp.styleSheet())
        assert theme.is_dark(qapp) == (shade == "dark")


def test_other_pages_wait_until_the_calculation_is_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    """Made before, they would stop the window until what they share with it has been loaded in its thread."""
    window = Window("zh_CN", open_document(quarry(tmp_path), "zh_CN"))
    qtbot.addWidget(window)
    window.show()
    front = window.page_names[window.pages.currentIndex()]
    qtbot.waitUntil(lambda: window.pages._painted)
    settle(20)
    assert set(window.pages._pages) == {front}
    window.begin()
    qtbot.waitUntil(lambda: not window.pages._makers, timeout=60_000)
    assert window.document.design is not None
    window.stop()
