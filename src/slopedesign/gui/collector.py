"""Cyclic garbage is collected in the window's thread only.

Python collects in whatever thread happens to allocate. Widgets often hang in cycles; one that is taken apart in the
thread of the calculation ends the program. So the automatic collection is switched off while a window is open, and a
timer of the window does the same work by the same thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class Collector(QObject):
    """Collects while it is started; the former state comes back when it stops."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = False
        self._running = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take over."""
        if not self._running:
            self._running = True
            self._was_on = gc.isenabled()
            gc.disable()
            self._timer.start()

    def stop(self) -> None:
        """Give back."""
        if self._running:
            self._running = False
            self._timer.stop()
            if self._was_on:
                gc.enable()

    @staticmethod
    def collect() -> None:
        """The oldest generation whose threshold is passed, as Python itself would."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return
