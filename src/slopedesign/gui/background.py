"""Work off the window's thread that is not the calculation: pictures of the ground, sheets.

Each task has a name; a newer task of the same name makes the older one's answer worthless.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import ref

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from shiboken6 import isValid

from slopedesign.errors import SlopeDesignError


class _Task(QRunnable):
    def __init__(self, owner: Background, name: str, number: int, work: Callable[[], Any]) -> None:
        super().__init__()
        self._owner, self._name, self._number, self._work = ref(owner), name, number, work

    def run(self) -> None:
        answer: Any = None
        error: Exception | None = None
        try:
            answer = self._work()
        except Exception as problem:  # noqa: BLE001 - a defect must reach the window, not end the thread
            error = problem
        owner = self._owner()
        if owner is not None and isValid(owner):  # the window may have been closed meanwhile
            owner.finished.emit(self._name, self._number, answer, error)


class Background(QObject):
    """Runs tasks one after the other; `done(name, answer, error)` in the window's thread."""

    done = Signal(str, object, object)
    finished = Signal(str, int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._newest: dict[str, int] = {}
        self._open = 0
        self.finished.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._open > 0

    def ask(self, name: str, work: Callable[[], Any]) -> None:
        """Run a task; an older one of this name is dropped."""
        self._newest[name] = self._newest.get(name, 0) + 1
        self._open += 1
        self._pool.start(_Task(self, name, self._newest[name], work))

    def wait(self, longest_ms: int = 60_000) -> None:
        """Until nothing runs any more; answers still come through the event loop."""
        self._pool.waitForDone(longest_ms)

    def _take(self, name: str, number: int, answer: Any, error: Exception | None) -> None:
        self._open -= 1
        if self._newest.get(name) == number:
            self.done.emit(name, answer, error)


def said(error: Exception, language: str) -> str:
    """What went wrong, in the reader's language where the program foresaw it."""
    return error.describe(language) if isinstance(error, SlopeDesignError) else f"{type(error).__name__}: {error}"
