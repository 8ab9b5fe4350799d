"""Random keys, clicks, drags, edits, undos: no exception, no frozen window, no lost edit.

The hour-long run: `SLOPEDESIGN_MONKEY_SECONDS=3600 pytest tests/gui/test_monkey.py`.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from driving import settled
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from slopedesign.gui.canvas import Canvas
from slopedesign.gui.window import Window
from slopedesign.project.edit import with_value
from slopedesign.project.file import dump_project, parse_project

SECONDS = float(os.environ.get("SLOPEDESIGN_MONKEY_SECONDS", "8"))
SEED = int(os.environ.get("SLOPEDESIGN_MONKEY_SEED", "20230317"))
FROZEN_S = 8.0
"""A single act that takes longer, on a machine shared with other work, counts as frozen."""
WORDS = ("1", "12", "0.5", "-3", "abc", "", "1:0.75", "90", "1e9", "45", "2,5", "face")
FORBIDDEN = {"quit", "open", "new", "save_as", "export", "print", "about", "conventions", "clause", "settings", "save"}
"""Actions that open a modal dialog; a monkey cannot answer a file dialog."""


class Monkey:
    """Acts at random on one window."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot, self.window = qtbot, window
        self.hand = random.Random(SEED)
        self.slowest, self.last = ("", 0.0), ""
        self.acts: list[Callable[[], None]] = [
            self.type, self.type, self.part, self.page, self.undo, self.redo, self.button, self.action, self.drag,
            self.wheel, self.key, self.choose, self.edit,
        ]  # fmt: skip

    def run(self, seconds: float) -> int:
        """Act until the time is over; number of acts."""
        end, count = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            act = self.hand.choice(self.acts)
            start = time.monotonic()
            act()
            self.close_what_opened()
            self.qtbot.wait(1)
            spent = time.monotonic() - start
            if spent > self.slowest[1]:
                self.slowest = (f"{act.__name__} {self.last}", spent)
            count += 1
        return count

    def close_what_opened(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible() and isinstance(widget, QDialog | QMenu | QMessageBox):
                widget.close()

    def pick(self, *kinds: type[QWidget]) -> Any:
        found = [
            w for w in self.window.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible() and w.isEnabled()
        ]
        return self.hand.choice(found) if found else None

    def type(self) -> None:
        line = self.pick(QLineEdit)
        if line is not None and not line.isReadOnly():
            line.selectAll()
            self.qtbot.keyClicks(line, self.hand.choice(WORDS))
            self.qtbot.keyClick(line, Qt.Key.Key_Return)

    def part(self) -> None:
        self.window.tree.setCurrentItem(self.hand.choice(self.window.tree._items()))

    def page(self) -> None:
        self.window.show_page(self.hand.choice(self.window.page_names))

    def undo(self) -> None:
        self.window.actions_by_name["undo"].trigger()

    def redo(self) -> None:
        self.window.actions_by_name["redo"].trigger()

    def button(self) -> None:
        button = self.pick(QAbstractButton)
        if button is None or "…" in button.text() or (hasattr(button, "menu") and button.menu() is not None):
            return
        if button.rect().isValid():
            self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def action(self) -> None:
        names = sorted(set(self.window.actions_by_name) - FORBIDDEN)
        self.last = self.hand.choice(names)
        self.window.actions_by_name[self.last].trigger()

    def drag(self) -> None:
        canvas = self.pick(Canvas)
        if canvas is None:
            return
        view = canvas.viewport()

        def somewhere() -> QPoint:
            return QPoint(self.hand.randrange(view.width()), self.hand.randrange(view.height()))

        from slopedesign.gui.canvas import _HandleItem

        handles = [i for i in canvas.scene().items() if isinstance(i, _HandleItem)]
        start = (
            canvas.mapFromScene(self.hand.choice(handles).pos())
            if handles and self.hand.random() < 0.7
            else somewhere()
        )
        self.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        for _ in range(3):
            self.qtbot.mouseMove(view, start + QPoint(self.hand.randint(-30, 30), self.hand.randint(-30, 30)))
        self.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=somewhere())

    def wheel(self) -> None:
        widget = self.pick(QComboBox, QLineEdit, Canvas)
        if widget is None:
            return
        target = widget.viewport() if isinstance(widget, Canvas) else widget
        center, turn = QPointF(target.rect().center()), QPoint(0, self.hand.choice((-120, 120)))
        event = QWheelEvent(
            center, QPointF(target.mapToGlobal(center.toPoint())), QPoint(0, 0), turn,
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, event)

    def key(self) -> None:
        widget = QApplication.focusWidget() or self.window
        keys = (Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F, Qt.Key.Key_Plus, Qt.Key.Key_Minus)
        self.qtbot.keyClick(widget, self.hand.choice(keys))

    def choose(self) -> None:
        box = self.pick(QComboBox)
        if box is not None and box.count():
            box.setCurrentIndex(self.hand.randrange(box.count()))
            box.activated.emit(box.currentIndex())

    def edit(self) -> None:
        """A stated edit: it must be there afterwards, and one undo must take it away."""
        document = self.window.document
        if not document.project.slopes:
            return
        document.finish_preview("drag")
        before = document.project
        height = round(self.hand.uniform(5, 15), 1)
        document.edit(with_value(before, "slopes[0].benches.riser_height", height), "edit")
        assert document.project.slopes[0].benches.riser_height == height
        if document.project != before:
            document.undo_stack.undo()
            assert document.project == before
            document.undo_stack.redo()
            assert document.project.slopes[0].benches.riser_height == height


@pytest.mark.filterwarnings("error:Glyph")
def test_a_monkey_breaks_nothing(
    qtbot: QtBot, make_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("warning", "information", "critical"):
        monkeypatch.setattr(QMessageBox, name, lambda *_: QMessageBox.StandardButton.Ok)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QDialog, "exec", lambda *_: 0)
    window = make_window()
    monkey = Monkey(qtbot, window)
    assert monkey.run(SECONDS) > 20
    assert monkey.slowest[1] < FROZEN_S, monkey.slowest
    window.document.finish_preview("drag")
    project = window.document.project
    assert parse_project(dump_project(project), window.document.path or "") == project
    steps = window.document.undo_stack.index()
    for _ in range(steps):
        window.document.undo_stack.undo()
    for _ in range(steps):
        window.document.undo_stack.redo()
    assert window.document.project == project
    window.recompute()
    if project.slopes:
        settled(qtbot, window)
