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

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from slopedesign.errors import SlopeDesignError
from slopedesign.gui.telling import told
from slopedesign.project.project import Project

AT_ONCE = 2
KEPT_S = 2.0


class _Post(QObject):
    """Takes answers from the threads of the pool to the window's thread."""

    arrived = Signal(object, str, int, object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        from concurrent.futures import ThreadPoolExecutor  # the first window does without

        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="slopedesign")
        self.tasks: list[_Task] = []
        self._sweep = QTimer(self, interval=round(500 * KEPT_S))
        self._sweep.timeout.connect(self._let_go)

    def start(self, task: _Task) -> None:
        """Run a task, and keep it until the pool has surely let go of it."""
        self.tasks.append(task)
        self._pool.submit(task.run)
        self._sweep.start()

    def _let_go(self) -> None:
        now = time.monotonic()
        self.tasks = [one for one in self.tasks if one.ended_at is None or now - one.ended_at < KEPT_S]
        if not self.tasks:
            self._sweep.stop()


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


class _Task:
    """One piece of work.

    Everything it holds is let go of in the window's thread: what it was given and what went wrong lead to widgets, and
    the last reference to a widget must not be dropped elsewhere.
    """

    def __init__(self, post: _Post, state: _State, name: str, number: int, work: Callable[[], Any]) -> None:
        self._post, self.state, self._name, self._number, self._work = post, state, name, number, work
        self._answer: Any = None
        self._error: Exception | None = None
        self.ended = threading.Event()
        self.ended_at: float | None = None

    def run(self) -> None:
        """In a thread of the pool."""
        try:
            if self.state.wanted and self.state.newest[self._name] == self._number:
                self._answer = self._work()
        except Exception as problem:  # noqa: BLE001 - a defect must reach the window, not end the thread
            self._error = problem
        self._post.arrived.emit(self.state, self._name, self._number, self._answer, self._error)
        self.ended_at = time.monotonic()
        self.ended.set()


class Background(QObject):
    """Runs tasks; `done(name, answer, error)` in the window's thread."""

    done = Signal(str, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state = _State()
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
        post.start(_Task(post, self._state, name, number, work))

    def wait(self, longest_ms: int = 60_000) -> None:
        """Until nothing runs any more; answers still come through the event loop."""
        for task in _post().tasks:
            if task.state is self._state:
                task.ended.wait(longest_ms / 1000)

    def _arrived(self, state: _State, name: str, number: int, answer: Any, error: Exception | None) -> None:
        if state is self._state:
            self._take(name, number, answer, error)

    def _take(self, name: str, number: int, answer: Any, error: Exception | None) -> None:
        self._open -= 1
        if self._state.newest.get(name) == number:
            self.done.emit(name, answer, error)


def said(error: Exception, language: str, project: Project | None = None) -> str:
    """What went wrong, in the reader's language where the program foresaw it; fields of a project by their names."""
    if not isinstance(error, SlopeDesignError):
        return f"{type(error).__name__}: {error}"
    return error.describe(language) if project is None else told(error, project, language)
