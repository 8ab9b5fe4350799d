"""Computing a design off the window's thread.

Each request carries a number; an answer to an older request is dropped. A running computation is told to stop through
its progress calls, and ends there. Where the search of slip surfaces has to be done anew, everything else is answered
first, so that the drawing and its checks need not wait for it. The search then waits until that answer is shown: both
would only take turns.
"""

from __future__ import annotations

import threading
import time
import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from slopedesign.errors import SlopeDesignError
from slopedesign.i18n import Message
from slopedesign.project.project import Project

SHOWN_AFTER_MS = 15
"""An answer handed on has been painted by then."""
LONGEST_SHOWING_S = 0.5


class Cancelled(Exception):
    """A newer request has come."""


@dataclass(frozen=True)
class Request:
    """What to compute: a project, the folder of its files, the design before it (its unchanged stages are reused)."""

    number: int
    project: Project
    folder: Path
    previous: Any = None
    sources: Any = None


@dataclass(frozen=True)
class Answer:
    """The design of one request, or why there is none; `partial` while the slip surfaces are still sought.

    `crash` and `trace` tell of a defect of the program.
    """

    number: int
    design: Any
    sources: Any
    problem: SlopeDesignError | None
    crash: str = ""
    trace: str = ""
    partial: bool = False


class _Runner(QObject):
    done = Signal(object)
    progress = Signal(int, object)

    def __init__(self, newest: list[int], shown: threading.Event) -> None:
        super().__init__()
        self._newest, self._shown = newest, shown

    @Slot(object)
    def work(self, request: Request) -> None:
        def go_on() -> None:
            if self._newest[0] != request.number:
                raise Cancelled
            time.sleep(0)  # the window's thread may have waited for its turn

        def say(stage: Message) -> None:
            go_on()
            self.progress.emit(request.number, stage)

        sources = request.sources
        try:
            # within: a library that cannot be loaded must be said, not leave the window waiting
            from slopedesign.calc.pause import listening
            from slopedesign.design import run
            from slopedesign.workspace import read_sources

            sources = read_sources(request.project, request.folder, previous=request.sources, progress=say)
            previous = request.previous
            if request.project.stability is not None:
                bare = request.project.model_copy(update={"stability": None})
                first = run(bare, sources, previous=previous, progress=say)
                if previous is None or not _same_slopes(first, previous):
                    self._shown.clear()
                    self.done.emit(Answer(request.number, first, sources, None, partial=True))
                    self._shown.wait(LONGEST_SHOWING_S)
                    previous = first
            with listening(go_on):
                design = run(request.project, sources, previous=previous, progress=say)
        except Cancelled:
            return
        except SlopeDesignError as problem:
            self.done.emit(Answer(request.number, None, sources, problem))
            return
        except Exception as error:  # noqa: BLE001 - a defect must reach the window, not end the thread
            crash, trace = f"{type(error).__name__}: {error}", traceback.format_exc()
            self.done.emit(Answer(request.number, None, sources, None, crash=crash, trace=trace))
            return
        self.done.emit(Answer(request.number, design, sources, None))


def _same_slopes(a: Any, b: Any) -> bool:
    """Whether all slopes were taken over: then so is what rests on them."""
    return [id(slope) for slope in a.slopes] == [id(slope) for slope in b.slopes]


class Worker(QObject):
    """Runs the newest request; `answered` carries its answer, `begun` a first part of it."""

    answered = Signal(object)
    begun = Signal(object)
    progress = Signal(object)
    busy_changed = Signal(bool)
    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest = [0]
        self._busy = False
        self._last: Answer | None = None
        self._thread = QThread(self)
        self._shown = threading.Event()
        self._runner = _Runner(self._newest, self._shown)
        self._runner.moveToThread(self._thread)
        self._asked.connect(self._runner.work)
        self._runner.done.connect(self._answer)
        self._runner.progress.connect(self._said)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy

    def ask(self, project: Project, folder: Path) -> int:
        """Compute this project; an older request still running is dropped. Returns the request's number."""
        self._newest[0] += 1
        request = Request(self._newest[0], project, folder)
        if self._last is not None:
            request = replace(request, previous=self._last.design, sources=self._last.sources)
        self._set_busy(True)
        self._asked.emit(request)
        return request.number

    def cancel(self) -> None:
        """Drop what is running; no answer will come."""
        self._newest[0] += 1
        self._shown.set()
        self._set_busy(False)

    def stop(self) -> None:
        """End the thread."""
        self.cancel()
        self._thread.quit()
        self._thread.wait(10_000)

    @Slot(object)
    def _answer(self, answer: Answer) -> None:
        if answer.number != self._newest[0]:
            self._shown.set()
            return
        if answer.partial:
            self._last = answer
            self.begun.emit(answer)
            QTimer.singleShot(SHOWN_AFTER_MS, self._shown.set)
            return
        if answer.design is not None or self._last is None:
            self._last = answer
        self._set_busy(False)
        self.answered.emit(answer)

    @Slot(int, object)
    def _said(self, number: int, stage: Message) -> None:
        if number == self._newest[0]:
            self.progress.emit(stage)

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)
