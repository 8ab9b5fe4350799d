"""Programs that are really killed, and two programs on one file: nothing is lost, everything is said."""

from __future__ import annotations

import gc
import importlib
import inspect
import json
import os
import pkgutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from driving import quarry
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from slopedesign import gui
from slopedesign.gui import app, document
from slopedesign.gui.document import Document, open_document, recovery_for
from slopedesign.gui.recovery import is_alive
from slopedesign.gui.window import Window
from slopedesign.project.edit import value_at
from slopedesign.project.file import load_project

LONGEST_S = 60
FIELD = "slopes[0].benches.riser_height"


def act(window: Window, orders: dict[str, Any]) -> None:
    """What a person does in the child: type a value into the field of the riser height, and leave it standing."""
    for order, value in orders.items():
        if order == "type":
            window.go_to(FIELD)
            line = window._form.row_of(FIELD).editor.widget  # type: ignore[union-attr]
            assert isinstance(line, QLineEdit)
            line.selectAll()
            QTest.keyClicks(line, value)
            QTest.keyClick(line, "\r")
        elif order == "save":
            window.save()
        elif order == "close":
            window.close()


def child(orders: dict[str, Any], project: str) -> None:
    """The program as it is started, with what is asked told and answered; it goes on until it is killed or closed."""
    from PySide6.QtCore import QTimer

    def tell(what: str, words: object) -> None:
        sys.stdout.write(json.dumps([what, words]) + "\n")
        sys.stdout.flush()

    def asked(_: object, __: object, words: str, buttons: Any = None, *___: object) -> Any:
        tell("asked", words)
        given = orders.get("answer", "Yes")
        return getattr(QMessageBox.StandardButton, given)

    QMessageBox.question = QMessageBox.warning = asked  # type: ignore[method-assign,assignment]
    document.AUTOSAVE_IDLE_MS = 200

    def begin() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
        act(window, orders)
        tell("ready", value_at(window.document.project, FIELD) if window.document.project.slopes else None)

    app.make_application("en", "light")
    QTimer.singleShot(1500, begin)
    sys.exit(app.main([project, "--lang", "en"]))


class Program:
    """A window of its own process."""

    def __init__(self, project: Path, **orders: Any) -> None:
        code = (
            f"import sys; sys.path[:0] = {sys.path!r}; import test_recovery as t; t.child({orders!r}, {str(project)!r})"
        )
        home = project.parent / "home"
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home),
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
            cwd=Path(__file__).parent,
        )  # fmt: skip
        self.asked: list[str] = []
        self.guard = threading.Timer(LONGEST_S, self.process.kill)
        self.guard.start()

    def ready(self) -> float:
        """The riser height it shows, once it has done what was ordered."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            what, words = json.loads(line)
            if what == "ready":
                return float(words)
            self.asked.append(words)
        assert self.process.stderr is not None
        raise AssertionError(self.process.stderr.read())

    def kill(self) -> None:
        """As a crash does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def programs() -> Iterator[list[Program]]:
    started: list[Program] = []
    yield started
    for program in started:
        program.guard.cancel()
        if program.process.poll() is None:
            program.kill()


def wait_for(file: Path) -> None:
    end = time.monotonic() + LONGEST_S
    while not file.exists():
        assert time.monotonic() < end, f"{file} never came"
        time.sleep(0.05)


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills with a POSIX signal")


def test_a_killed_window_is_recovered_by_the_next(tmp_path: Path, programs: list[Program]) -> None:
    path = quarry(tmp_path)
    first = Program(path, type="7.25")
    programs.append(first)
    assert first.ready() == 7.25
    autosave = path.with_name(f".{path.name}.autosave")
    wait_for(autosave)
    before = datetime.now()
    first.kill()
    assert value_at(load_project(path), FIELD) == 12, "the file itself is as it was"

    second = Program(path)
    programs.append(second)
    assert second.ready() == 7.25
    assert len(second.asked) == 1, "one question: to recover; the dead one's lock is no reason for another"
    recovery = recovery_for(path)
    assert recovery is not None
    assert abs((before - recovery.saved_at).total_seconds()) < LONGEST_S
    assert recovery.file_at is not None
    said = second.asked[0]
    assert f"{recovery.file_at:%Y-%m-%d %H:%M:%S}" in said, "the date of the file"
    assert f"{before:%Y-%m-%d %H}" in said, "the date of the state"
    second.kill()

    third = Program(path, save=True, close=True)
    programs.append(third)
    assert third.ready() == 7.25
    third.process.communicate(timeout=LONGEST_S)
    assert value_at(load_project(path), FIELD) == 7.25
    assert not list(tmp_path.glob(".*.autosave"))
    assert not list(tmp_path.glob(".*.lock"))

    fourth = Program(path)
    programs.append(fourth)
    assert fourth.ready() == 7.25
    assert fourth.asked == []


def test_two_programs_on_one_file(tmp_path: Path, programs: list[Program]) -> None:
    """The second is told by whom the file is held; their states are kept apart, and so are their recoveries."""
    path = quarry(tmp_path)
    first = Program(path, type="7.25")
    programs.append(first)
    assert first.ready() == 7.25
    wait_for(path.with_name(f".{path.name}.autosave"))
    second = Program(path, answer="Open", type="9.5")
    programs.append(second)
    assert second.ready() == 9.5
    assert len(second.asked) == 1, "what the first has not saved yet is not offered to the second"
    assert str(first.process.pid) in second.asked[0]
    own = path.with_name(f".{path.name}.{second.process.pid}.autosave")
    wait_for(own)
    second.kill()
    kept = recovery_for(path)
    assert kept is not None
    assert value_at(kept.project, FIELD) == 7.25, "the state of the living first"
    first.kill()
    latest = recovery_for(path, is_alive)
    assert latest is not None
    assert latest.autosave == own
    assert value_at(latest.project, FIELD) == 9.5


def test_a_file_written_by_another_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = quarry(tmp_path)
    one = open_document(path)
    assert one.changed_outside() is None
    other = open_document(path)
    other.set_value("info.client", "other", "client")
    other.save()
    changed = one.changed_outside()
    assert changed is not None
    assert abs((datetime.now() - changed).total_seconds()) < LONGEST_S
    assert other.changed_outside() is None
    one.set_value("info.client", "one", "client")
    one.save()
    assert one.changed_outside() is None
    one.close()
    other.close()


def test_what_was_taken_back_is_not_offered(tmp_path: Path) -> None:
    path = quarry(tmp_path)
    work = open_document(path)
    work.set_value(FIELD, 8.0, "height")
    work.autosave()
    assert recovery_for(path) is not None
    work.undo()
    work.autosave()
    assert recovery_for(path) is None
    assert not work.autosave_path().exists()
    work.close()


def test_undo_in_the_midst_of_a_drag_takes_back_the_drag(tmp_path: Path) -> None:
    work = open_document(quarry(tmp_path))
    work.set_value(FIELD, 8.0, "height")
    start = work.project
    work.preview(start.model_copy(update={"info": start.info.model_copy(update={"client": "dragged"})}))
    work.undo()
    assert work.project == start
    assert not work.previewing
    assert work.undo_stack.index() == 1
    work.undo()
    assert value_at(work.project, FIELD) == 12
    work.redo()
    assert work.project == start
    work.close()


def test_documents_end_without_leftovers(tmp_path: Path) -> None:
    path = quarry(tmp_path)
    work: Document = open_document(path)
    assert work.lock() == ""
    work.set_value(FIELD, 8.0, "height")
    work.autosave()
    work.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["quarry.json", "survey.csv"]


def test_a_defect_in_an_event_of_a_canvas_is_said_and_the_program_goes_on(
    qtbot: QtBot, make_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What library code raised and no Python code looked at would end the program in Qt's binding."""
    window = make_window(compute=False)
    window.show_page("plan")
    canvas = window.pages.currentWidget().canvas
    said: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: said.append(kind))
    monkeypatch.setattr(canvas, "to_world", lambda _: int(float("inf")))
    QTest.mouseMove(canvas.viewport(), canvas.viewport().rect().center())
    assert said and set(said) == {OverflowError}


def test_a_defect_is_shown_once_and_again_after_it_was_read(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A paint that fails at every turn must not bury the screen under messages."""
    written: list[str] = []

    def write(said: str) -> Path:
        written.append(said)
        return Path("errors.log")

    monkeypatch.setattr(app, "write_down", write)
    hook = app._Hook(None)

    def fail() -> None:
        try:
            int("x")
        except ValueError:
            hook(*sys.exc_info())

    def boxes() -> list[QMessageBox]:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]

    for _ in range(3):
        fail()
        gc.collect()
    (box,) = boxes()
    assert "invalid literal" in box.text() and len(written) == 1
    box.accept()
    assert not boxes()
    fail()
    assert len(boxes()) == 1 and len(written) == 2
    boxes()[0].accept()


def test_every_method_that_qt_calls_is_guarded() -> None:
    """What overrides a method of Qt's and is not guarded can end the program."""
    not_called_by_qt = {"__init__", "addWidget", "setText", "currentWidget"}
    bare, guards = [], 0
    for module in pkgutil.iter_modules(gui.__path__, "slopedesign.gui."):
        for thing in vars(importlib.import_module(module.name)).values():
            if not (isinstance(thing, type) and thing.__module__ == module.name):
                continue
            bases = [base for base in thing.__mro__ if base.__module__.startswith("PySide6.")]
            for name, method in vars(thing).items():
                if inspect.isfunction(method) and any(name in vars(base) for base in bases):
                    guards += hasattr(method, "__wrapped__")
                    if not hasattr(method, "__wrapped__") and name not in not_called_by_qt:
                        bare.append(f"{module.name}.{thing.__name__}.{name}")
    assert not bare
    assert guards > 60
