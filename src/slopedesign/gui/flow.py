"""A bar of buttons and choices that goes on in a further line where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowBar(QLayout):
    """Things side by side, in as many lines as they need.

    What room a line has left goes to the fields in it that grow, else to the place of `add_stretch`.
    """

    def __init__(self, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._stretch: set[int] = set()
        self.setContentsMargins(*margins)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def add_stretch(self) -> None:
        """What follows stands at the right where there is room in the line."""
        self._stretch.add(len(self._items))

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), False)

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        self._arrange(place, True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return self._with_margins(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        high = max((size.height() for size in sizes), default=0)
        return self._with_margins(max((size.width() for size in sizes), default=0), high)

    def _with_margins(self, wide: int, high: int) -> QSize:
        m = self.contentsMargins()
        return QSize(wide + m.left() + m.right(), high + m.top() + m.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, room: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._shown():
            wide = min(item.sizeHint().width(), room)
            if lines[-1] and used + self.spacing() + wide > room:
                lines.append([])
                used = 0
            used += wide + (self.spacing() if lines[-1] else 0)
            lines[-1].append(item)
        return lines

    def _arrange(self, place: QRect, move: bool) -> int:
        m = self.contentsMargins()
        room = place.width() - m.left() - m.right()
        y = place.y() + m.top()
        lines = self._lines(room)
        for line in lines:
            high = max((item.sizeHint().height() for item in line), default=0)
            if move:
                self._place(line, place.x() + m.left(), y, room, high)
            y += high + (self.spacing() if line is not lines[-1] else 0)
        return y + m.bottom() - place.y()

    def _place(self, line: list[QLayoutItem], x: int, y: int, room: int, high: int) -> None:
        wide = [min(item.sizeHint().width(), room) for item in line]
        spare = max(0, room - sum(wide) - self.spacing() * (len(line) - 1))
        growing = [i for i, item in enumerate(line) if _grows(item.widget())]
        for i in growing:
            wide[i] += spare // len(growing)
        for i, item in enumerate(line):
            if not growing and i and self._items.index(item) in self._stretch:
                x += spare
            tall = min(high, item.sizeHint().height())
            item.setGeometry(QRect(x, y + (high - tall) // 2, wide[i], tall))
            x += wide[i] + self.spacing()


def _grows(widget: QWidget | None) -> bool:
    return widget is not None and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding
