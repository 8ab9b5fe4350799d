"""Work off the window's thread that is not the calculation: pictures of the ground, sheets, outputs.

Each task has a name; a newer task of the same name makes the older one's answer worthless. Pages come and go while
their tasks run (another language, another project): answers travel through one object that lives as long as the
application, so that no task ever speaks to a page that is being taken down, and no page waits for its task to end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal

from slopedesign.errors import SlopeDesignError

AT_ONCE = 2
KEPT_S = 5.0


class _Post(QObject):
    """Takes answers from the threads of the pool to the window's thread."""

    arrived = Signal(object, str, int, object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(AT_ONCE)
        self._tasks: list[_Task] = []

    def start(self, task: _Task) -> None:
        """Run a task, and keep it until the pool has surely let go of it."""
        now = time.monotonic()
        self._tasks = [one for one in self._tasks if one.ended_at is None or now - one.ended_at < KEPT_S]
        self._tasks.append(task)
        self._pool.start(task)


def _post() -> _Post:
    """The one of this application."""
    application = QCoreApplication.instance()
    assert application is not None
    found: _Post | None = getattr(application, "_post", None)
    if found is None:
        found = _Post(application)
        application._post = found  # type: ignore[attr-defined]
    return found


class _State:
    """What a task and its owner know of each other; it outlives both."""

    def __init__(self) -> None:
        self.newest: dict[str, int] = {}
        self.wanted = True


class _Task(QRunnable):
    def __init__(self, post: _Post, state: _State, name: str, number: int, work: Callable[[], Any]) -> None:
        super().__init__()
        self._post, self._state, self._name, self._number = post, state, name, number
        self._work: Callable[[], Any] | None = work
        self.setAutoDelete(False)
        self.ended = threading.Event()
        self.ended_at: float | None = None

    def run(self) -> None:
        answer: Any = None
        error: Exception | None = None
        work, self._work = self._work, None
        try:
            if work is not None and self._state.wanted and self._state.newest[self._name] == self._number:
                answer = work()
        except Exception as problem:  # noqa: BLE001 - a defect must reach the window, not end the thread
            error = problem
        del work
        self._post.arrived.emit(self._state, self._name, self._number, answer, error)
        self.ended_at = time.monotonic()
        self.ended.set()


class Background(QObject):
    """Runs tasks; `done(name, answer, error)` in the window's thread."""

    done = Signal(str, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state = _State()
        self._running: list[_Task] = []
        self._open = 0
        _post().arrived.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(lambda: setattr(state, "wanted", False))

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._open > 0

    def ask(self, name: str, work: Callable[[], Any]) -> None:
        """Run a task; an older one of this name is dropped."""
        number = self._state.newest[name] = self._state.newest.get(name, 0) + 1
        self._open += 1
        post = _post()
        task = _Task(post, self._state, name, number, work)
        self._running.append(task)
        post.start(task)

    def wait(self, longest_ms: int = 60_000) -> None:
        """Until nothing runs any more; answers still come through the event loop."""
        for task in self._running:
            task.ended.wait(longest_ms / 1000)

    def _arrived(self, state: _State, name: str, number: int, answer: Any, error: Exception | None) -> None:
        if state is self._state:
            self._take(name, number, answer, error)

    def _take(self, name: str, number: int, answer: Any, error: Exception | None) -> None:
        self._open -= 1
        self._running = [task for task in self._running if not task.ended.is_set()]
        if self._state.newest.get(name) == number:
            self.done.emit(name, answer, error)


def said(error: Exception, language: str) -> str:
    """What went wrong, in the reader's language where the program foresaw it."""
    return error.describe(language) if isinstance(error, SlopeDesignError) else f"{type(error).__name__}: {error}"
