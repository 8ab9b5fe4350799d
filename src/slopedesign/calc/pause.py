"""Long searches ask here, between their steps, whether they are still wanted.

Whoever runs a calculation may listen; what is heard may raise, and the search ends there. Nobody listens by default.
Each thread has its own listener.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


def _nobody() -> None:
    return None


_listener: ContextVar[Callable[[], None]] = ContextVar("listener", default=_nobody)


def breathe() -> None:
    """A step of a long search is done."""
    _listener.get()()


@contextmanager
def listening(listener: Callable[[], None]) -> Iterator[None]:
    """Call `listener` at every step done within."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
