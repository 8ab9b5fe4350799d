"""Tasks beside the window: only the newest answer counts, and pages may go while their tasks run."""

from __future__ import annotations

import gc
import threading
import time
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slopedesign.errors import NoSolution
from slopedesign.gui.background import Background, said


def answers(background: Background) -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = []
    background.done.connect(lambda *answer: found.append(answer))
    return found


def test_only_the_newest_answer_counts(qtbot: QtBot) -> None:
    background = Background()
    found = answers(background)
    gate = threading.Event()
    for i in range(5):
        background.ask("one", lambda i=i: (gate.wait(5), i)[1])
    background.ask("other", lambda: "other")
    gate.set()
    qtbot.waitUntil(lambda: not background.busy, timeout=5000)
    assert sorted(found, key=str) == [("one", 4, None), ("other", "other", None)]


def test_what_goes_wrong_is_told(qtbot: QtBot) -> None:
    background = Background()
    found = answers(background)

    def foreseen() -> None:
        raise NoSolution("layout", "everything")

    background.ask("foreseen", foreseen)
    background.ask("defect", lambda: 1 / 0)
    qtbot.waitUntil(lambda: not background.busy, timeout=5000)
    errors = {name: said(error, "en") for name, _, error in found}
    assert "layout" in errors["foreseen"]
    assert errors["defect"].startswith("ZeroDivisionError")


def test_pages_go_while_their_tasks_run(qtbot: QtBot, qapp: QApplication) -> None:
    """No wait for the task, no answer to a page that is gone, and the next ones get theirs."""
    for _ in range(30):
        page = QObject()
        background = Background(page)
        for name in ("a", "b"):
            background.ask(name, lambda: time.sleep(0.01))
        start = time.monotonic()
        page.deleteLater()
        del page, background
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert time.monotonic() - start < 0.5
    last = Background()
    found = answers(last)
    last.ask("last", lambda: 7)
    qtbot.waitUntil(lambda: found == [("last", 7, None)], timeout=10_000)
    last.wait()


def test_what_a_task_held_is_let_go_of_in_the_thread_of_the_window(qtbot: QtBot) -> None:
    """A closure may hold the last reference to a dialog; it must not be taken down in the thread of the task."""
    dropped: list[int] = []

    class Thing:
        def __del__(self) -> None:
            dropped.append(threading.get_ident())

    background = Background()

    def work(fail: bool) -> Any:
        thing = Thing()

        def inner() -> None:
            assert thing is not None
            if fail:
                raise ValueError(thing)

        return inner

    for fail in (False, True):
        background.ask(f"{fail}", work(fail))
    qtbot.waitUntil(lambda: not background.busy, timeout=5000)
    qtbot.waitUntil(lambda: gc.collect() >= 0 and len(dropped) == 2, timeout=10_000)  # an error holds its own frames
    assert set(dropped) == {threading.get_ident()}
