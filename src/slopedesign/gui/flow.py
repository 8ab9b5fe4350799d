"""A bar of buttons and choices that goes on in a further line where the window is narrow.

A widget that places its children itself: a layout written in Python would share its items with Qt, which deletes them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from slopedesign.gui.defects import guarded, guarded_or


class FlowBar(QWidget):
    """Things side by side, in as many lines as they need.

    What room a line has left goes to the fields in it that grow, else to the place of `add_stretch`.
    """

    def __init__(self, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 6) -> None:
        super().__init__()
        self._things: list[QWidget] = []
        self._stretch: set[int] = set()
        self._gap = gap
        self.setContentsMargins(*margins)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def addWidget(self, thing: QWidget) -> None:
        """One thing more, at the end."""
        hidden = thing.isHidden() and thing.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        thing.setParent(self)  # which hides it
        thing.setVisible(not hidden)
        self._things.append(thing)

    def add_stretch(self) -> None:
        """What follows stands at the right where there is room in the line."""
        self._stretch.add(len(self._things))

    @guarded_or(False)
    def hasHeightForWidth(self) -> bool:
        return True

    @guarded_or(0)
    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, False)

    @guarded_or(QSize())
    def sizeHint(self) -> QSize:
        sizes = [_size(thing) for thing in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return self._with_margins(wide, max((size.height() for size in sizes), default=0))

    @guarded_or(QSize())
    def minimumSizeHint(self) -> QSize:
        least = max((_least(thing) for thing in self._shown()), default=0)
        return self._with_margins(least, max((_size(thing).height() for thing in self._shown()), default=0))

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width(), True)

    @guarded_or(False)
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a thing has another size, or is shown or hidden
            self.updateGeometry()
            self._arrange(self.width(), True)
        return super().event(event)

    def _with_margins(self, wide: int, high: int) -> QSize:
        m = self.contentsMargins()
        return QSize(wide + m.left() + m.right(), high + m.top() + m.bottom())

    def _shown(self) -> list[QWidget]:
        return [thing for thing in self._things if not thing.isHidden()]

    def _lines(self, room: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = [[]]
        used = 0
        for thing in self._shown():
            wide = min(_size(thing).width(), room)
            if lines[-1] and used + self._gap + wide > room:
                lines.append([])
                used = 0
            used += wide + (self._gap if lines[-1] else 0)
            lines[-1].append(thing)
        return lines

    def _arrange(self, width: int, move: bool) -> int:
        m = self.contentsMargins()
        room = width - m.left() - m.right()
        y = m.top()
        lines = self._lines(room)
        for line in lines:
            high = max((_size(thing).height() for thing in line), default=0)
            if move:
                self._place(line, m.left(), y, room, high)
            y += high + (self._gap if line is not lines[-1] else 0)
        return y + m.bottom()

    def _place(self, line: list[QWidget], x: int, y: int, room: int, high: int) -> None:
        wide = [min(_size(thing).width(), room) for thing in line]
        spare = max(0, room - sum(wide) - self._gap * (len(line) - 1))
        growing = [i for i, thing in enumerate(line) if _grows(thing)]
        for i in growing:
            wide[i] += spare // len(growing)
        for i, thing in enumerate(line):
            if not growing and i and self._things.index(thing) in self._stretch:
                x += spare
            tall = min(high, _size(thing).height())
            thing.setGeometry(QRect(x, y + (high - tall) // 2, wide[i], tall))
            x += wide[i] + self._gap


def _size(thing: QWidget) -> QSize:
    """The size a thing asks for, within what it is held to."""
    return thing.sizeHint().expandedTo(thing.minimumSizeHint()).expandedTo(thing.minimumSize()).boundedTo(
        thing.maximumSize()
    )  # fmt: skip


def _least(thing: QWidget) -> int:
    """The narrowest a thing may be."""
    return max(thing.minimumSizeHint().width(), thing.minimumWidth())


def _grows(thing: QWidget) -> bool:
    return thing.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding
