"""On a small screen, or a large one at twice its size, everything is still within reach."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from slopedesign.gui.asking import fit
from slopedesign.gui.export import ExportDialog
from slopedesign.gui.flow import FlowBar
from slopedesign.gui.foot import FootLabel
from slopedesign.gui.help import ConventionsHelp
from slopedesign.gui.layout_dialog import LayoutDialog
from slopedesign.gui.settings import SettingsDialog
from slopedesign.gui.window import Window
from slopedesign.gui.wizard import NewProjectWizard
from slopedesign.i18n import text

Make = Callable[..., Window]


def bar(qtbot: QtBot, count: int, grows: bool = False) -> tuple[FlowBar, list[QWidget]]:
    flow = FlowBar(gap=10)
    qtbot.addWidget(flow)
    things: list[QWidget] = [QPushButton() for _ in range(count)]
    if grows:
        things.append(QLineEdit())
    for thing in things:
        if isinstance(thing, QPushButton):
            thing.setFixedSize(100, 20)
        flow.addWidget(thing)
    flow.show()
    return flow, things


@pytest.mark.parametrize(("width", "lines"), [(430, 1), (429, 2), (210, 2), (209, 4), (60, 4)])
def test_a_bar_takes_as_many_lines_as_it_needs(qtbot: QtBot, width: int, lines: int) -> None:
    """Four things of 100 with 10 between: one line from 430 on, two from 210 on."""
    flow, things = bar(qtbot, 4)
    assert flow.heightForWidth(width) == 20 * lines + 10 * (lines - 1)
    flow.setGeometry(QRect(0, 0, width, 200))
    assert len({thing.y() for thing in things}) == lines
    assert all(thing.geometry().right() < max(width, 100) for thing in things)


def test_what_grows_takes_what_is_left(qtbot: QtBot) -> None:
    flow, things = bar(qtbot, 2, grows=True)
    flow.setGeometry(QRect(0, 0, 800, 40))
    assert things[2].geometry().right() == 799


def test_what_stands_at_the_right_does_so(qtbot: QtBot) -> None:
    flow, things = bar(qtbot, 2)
    flow.add_stretch()
    last = QPushButton()
    last.setFixedSize(100, 20)
    flow.addWidget(last)
    flow.setGeometry(QRect(0, 0, 500, 20))
    assert last.x() == 400 and things[1].x() == 110


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_window_fits_a_screen_of_full_hd_at_twice_the_size(qtbot: QtBot, make_window: Make, language: str) -> None:
    """1920 x 1080 at 200 % are 960 x 540: the window does not ask for more, and no button of a bar is outside."""
    window = make_window(language)
    for name in window.page_names:
        window.show_page(name)
        qtbot.wait(5)
    assert window.minimumSizeHint().width() <= 960 and window.minimumSizeHint().height() <= 500
    window.resize(960, 500)
    qtbot.wait(20)
    assert window.width() == 960
    for name in ("section", "plan", "variants"):
        window.show_page(name)
        qtbot.wait(20)
        page = window.pages.currentWidget()
        for inside in (page, *page.findChildren(FlowBar)):
            for thing in inside.children():
                if isinstance(thing, QWidget) and thing.isVisible():
                    assert inside.rect().contains(thing.geometry()), (name, thing)


def test_a_bar_outlives_neither_its_things_nor_they_it(qtbot: QtBot) -> None:
    """Bars made and taken down many times over, hidden things among them."""
    for _ in range(100):
        flow, things = bar(qtbot, 3)
        things[1].hide()
        flow.resize(500, 20)
        qtbot.wait(0)
        assert things[2].x() == 110
        flow.close()
        flow.deleteLater()
        del flow, things
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


def test_words_below_a_view_do_not_move_it(qtbot: QtBot) -> None:
    label = FootLabel()
    qtbot.addWidget(label)
    before = label.minimumSizeHint(), label.sizeHint()
    label.setText("a long sentence " * 40)
    assert (label.minimumSizeHint().width(), label.sizeHint().width()) == (before[0].width(), before[1].width())
    assert label.toolTip() == label.text()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_dialogs_leave_their_buttons_on_a_small_screen(qtbot: QtBot, make_window: Make, language: str) -> None:
    """960 x 540 less the bars of the system: what does not fit scrolls, the buttons stay below it."""
    window = make_window(language)
    for dialog in (
        SettingsDialog(window.settings, language, window),
        ExportDialog(window.document, window),
        LayoutDialog(window.document, window),
        NewProjectWizard(language, window),
        ConventionsHelp(language, window),
    ):
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.resize(930, 470)
        qtbot.wait(5)
        assert (dialog.width(), dialog.height()) == (930, 470), dialog
        bar = dialog.findChild(QDialogButtonBox)
        assert bar is not None and dialog.rect().contains(bar.geometry())


def test_a_dialog_comes_no_larger_than_its_screen(qtbot: QtBot) -> None:
    large, small = QDialog(), QDialog()
    for dialog, side in ((large, 10_000), (small, 100)):
        qtbot.addWidget(dialog)
        dialog.resize(side, side)
        fit(dialog)
    room = large.screen().availableGeometry()
    assert large.width() <= room.width() and large.height() < room.height()
    assert (small.width(), small.height()) == (100, 100)


def test_a_long_error_makes_the_window_no_wider(make_window: Make) -> None:
    window = make_window()
    window.resize(1366, 768)
    words = text("gui.defect", "zh_CN", error="x" * 2000)
    window.problem.setText(words)
    window.state.setText(words)
    QApplication.processEvents()
    assert window.width() == 1366 and window.minimumSizeHint().width() <= 1366
    assert window.problem.toolTip() == words


def test_what_cannot_be_done_now_is_not_offered(qtbot: QtBot) -> None:
    window = Window("zh_CN")
    qtbot.addWidget(window)
    assert not window.actions_by_name["cancel"].isEnabled() and not window.actions_by_name["export"].isEnabled()
    window.worker.busy_changed.emit(True)
    assert window.actions_by_name["cancel"].isEnabled()
    window.stop()
