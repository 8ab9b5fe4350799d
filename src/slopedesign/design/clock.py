"""Saying each stage of a run and keeping its time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from slopedesign.i18n import message
from slopedesign.workspace import Progress


class Clock:
    """Says each stage and keeps its time."""

    def __init__(self, timings: dict[str, float], progress: Progress) -> None:
        self.timings, self.progress = timings, progress

    @contextmanager
    def __call__(self, stage: str, **values: object) -> Iterator[None]:
        said = message(stage, **values)
        self.progress(said)
        started = time.perf_counter()
        yield
        name = " ".join([stage, *(str(value) for value in values.values())])
        self.timings[name] = self.timings.get(name, 0.0) + time.perf_counter() - started
