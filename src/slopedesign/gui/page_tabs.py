"""The tabs of the middle: each page is made when it is looked at, the others one by one once they are asked for.

So the first window does not wait for pages nobody has asked for yet, nor for the libraries they load.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from slopedesign.gui.defects import guarded


class PageTabs(QTabWidget):
    """Tabs of named pages.

    Signals:
        made: name and page, as soon as there is one.
        painted: the window has been painted for the first time.
    """

    made = Signal(str, QWidget)
    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.names: list[str] = []
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._make_next)
        self._painted = False
        self.currentChanged.connect(lambda _: self._painted and self.currentWidget())

    def fill(self, pages: Sequence[tuple[str, str, Callable[[], QWidget]]]) -> None:
        """State the pages: name, title, how one is made."""
        for name, title, make in pages:
            room = QWidget()
            QVBoxLayout(room).setContentsMargins(0, 0, 0, 0)
            self.names.append(name)
            self._makers[name] = make
            self.addTab(room, title)

    def page(self, name: str) -> QWidget:
        """The page of this name."""
        if name not in self._pages:
            page = self._makers.pop(name)()
            self._pages[name] = page
            room = self.widget(self.names.index(name))
            layout = room.layout() if room is not None else None
            assert layout is not None
            layout.addWidget(page)
            self.made.emit(name, page)
        return self._pages[name]

    def currentWidget(self) -> QWidget:
        """The page in front."""
        return self.page(self.names[self.currentIndex()])

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.currentWidget)
            QTimer.singleShot(0, self.painted.emit)

    def make_rest(self) -> None:
        """Make the other pages, one at a time, while nothing else is to be done."""
        if self._painted and self._makers:
            self._idle.start()

    def _make_next(self) -> None:
        """One page more."""
        if self._makers:
            self.page(next(iter(self._makers)))
        else:
            self._idle.stop()
