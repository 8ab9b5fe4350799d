"""Names as long as a project may hold, and many of them: what matters is read all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from driving import plan_page, section_page, settled
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.canvas import Canvas
from slopedesign.gui.canvas_overlay import heading
from slopedesign.gui.charts import broken
from slopedesign.gui.numbers import station_words
from slopedesign.gui.tables import SORT, natural
from slopedesign.gui.window import Window

Make = Callable[..., Window]
LONG = "\u77f3" * 58


def renamed(qtbot: QtBot, window: Window) -> None:
    window.document.set_value("slopes[0].name", LONG, "name")
    settled(qtbot, window)


def test_the_bars_of_the_views_do_not_grow_with_a_name(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    renamed(qtbot, window)
    for page in (section_page(window), plan_page(qtbot, window)):
        box = cast(CalmCombo, cast(Any, page).slope_box)
        assert box.currentText() == LONG and box.width() < page.width() / 2
        assert box.shortened()
        at = box.mapToGlobal(QPoint(5, 5))
        QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), at))
        assert LONG in QToolTip.text()


def test_a_list_of_long_names_is_as_wide_as_they_are(qtbot: QtBot) -> None:
    box = CalmCombo("choice")
    qtbot.addWidget(box)
    box.addItems(["a", "ecological rebuilding of the whole floor"])
    box.setFixedWidth(80)
    box.show()
    box.showPopup()
    assert box.view().width() > box.fontMetrics().horizontalAdvance(box.itemText(1))
    box.hidePopup()
    assert not box.shortened()
    box.setCurrentIndex(1)
    assert box.shortened()


def test_the_section_is_named_with_its_area_whatever_its_slope_is_called(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 200)
    canvas.show()
    written: list[str] = []

    class Paper:
        def setPen(self, pen: object) -> None: ...

        def fillRect(self, *_: object) -> None: ...

        def drawText(self, at: object, words: str) -> None:
            written.append(words)

    for words in ("S1", LONG):
        heading(canvas, cast(QPainter, Paper()), words, "  6   K0+100.0   1399.5")
    assert written[0] == "S1  6   K0+100.0   1399.5"
    assert written[1].startswith(LONG[:3]) and written[1].endswith("  6   K0+100.0   1399.5")
    assert canvas.fontMetrics().horizontalAdvance(written[1]) <= canvas.viewport().width()


def test_many_variants_are_read_in_full(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    renamed(qtbot, window)
    window.tree.select("slopes[0]")
    for _ in range(7):
        window.duplicate_slope()
    settled(qtbot, window)
    window.show_page("variants")
    page: Any = window.pages.currentWidget()
    qtbot.waitUntil(lambda: page.table.columnCount() == 8)
    for j in range(8):
        room = page.table.columnWidth(j)
        assert page.table.horizontalHeaderItem(j).toolTip().endswith(page._columns[j])
        for i in range(page.table.rowCount()):
            assert page.table.fontMetrics().horizontalAdvance(page.table.item(i, j).text()) < room


@pytest.mark.parametrize(
    ("station", "words"),
    [(0.0, "K0+000.0"), (20.0, "K0+020.0"), (99.94, "K0+099.9"), (99.96, "K0+100.0"), (999.97, "K1+000.0"),
     (1234.5, "K1+234.5"), (-0.01, "K0+000.0"), (-12.3, "-K0+012.3")],
)  # fmt: skip
def test_a_station_is_said_in_kilometres_and_metres(station: float, words: str) -> None:
    assert station_words(station) == words


def test_long_titles_are_broken_wherever_their_language_allows() -> None:
    assert broken("Cut by level", 40) == "Cut by level"
    assert broken("one two three four", 5.5) == "one two\nthree\nfour"
    lines = broken(LONG, 10).split("\n")
    assert "".join(lines) == LONG and max(map(len, lines)) == 10


def test_sections_are_sorted_by_their_numbers(qtbot: QtBot, make_window: Make) -> None:
    assert sorted(["10", "9", "A2", "A10", "", "9b", "B1"], key=natural) == ["", "9", "9b", "10", "A2", "A10", "B1"]
    window = make_window()
    window.document.set_value("slopes[0].sections.spacing", 5.0, "spacing")
    settled(qtbot, window)
    window.show_page("results")
    page: Any = window.pages.currentWidget()
    qtbot.waitUntil(lambda: len(page.tables) > 2)
    found = []
    for row in range(len(page.tables)):
        page.list.setCurrentRow(row)
        model = page.table.model()
        for column in range(model.columnCount()):
            names = [model.index(i, column).data() for i in range(model.rowCount())]
            if "9" in names and "10" in names and isinstance(model.index(0, column).data(SORT), str):
                page.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
                names = [model.index(i, column).data() for i in range(model.rowCount())]
                found.append(names.index("10") - names.index("9"))
    assert found == [1]


def test_a_notice_leaves_room_for_the_view(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    words = "begin " + "word " * 400 + "end"
    window.notice.ask(words, "show_plan", lambda: None)
    qtbot.wait(5)
    assert window.notice.height() < window.height() / 4
    shown = window.notice.words.text()
    assert shown.startswith("begin") and shown.endswith("end") and window.notice.words.toolTip() == words
    window.notice.ask("short", "show_plan", lambda: None)
    assert window.notice.words.text() == "short"
