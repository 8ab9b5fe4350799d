"""Cyclic garbage is collected in the window's thread only.

Python collects in whatever thread happens to allocate. Widgets often hang in cycles; one that is taken apart in the
thread of the calculation ends the program. So the automatic collection is switched off while a window is open, and a
timer of the window does the same work: a little at a time while something is going on, all of it while nothing is. The
modules that were loaded, most of all there is, are set aside once: to look through them takes longer than three frames.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
MIDDLE_AFTER = 2
"""Collections of the youngest things before those that outlived them are looked at."""
ALL_AFTER, AT_LATEST = 40, 200
"""Collections of the middle ones before everything is looked at: when nothing is going on, and at any rate."""


class Collector(QObject):
    """Collects while it is started; the former state comes back when it stops."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = False
        self._running = self._apart = False
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
            if self._apart:
                gc.unfreeze()
                self._apart = False
            if self._was_on:
                gc.enable()

    def set_apart(self) -> None:
        """Look no more through what there is now; once, when all that the window uses has been loaded."""
        if self._running and not self._apart:
            self._apart = True
            gc.freeze()

    @staticmethod
    def collect() -> None:
        """The oldest generation whose turn it is."""
        young, middle, old = gc.get_count()
        idle = young <= gc.get_threshold()[0]  # little has been made since the last time
        if old > (ALL_AFTER if idle else AT_LATEST):
            gc.collect()
        elif not idle:
            gc.collect(1 if middle > MIDDLE_AFTER else 0)
