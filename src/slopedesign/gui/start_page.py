"""What an empty window offers: a new project from a survey, a project file, the files opened lately."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCommandLinkButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from slopedesign.i18n import text


class StartPage(QWidget):
    """Large buttons for the first step."""

    def __init__(
        self, language: str, new: Callable[[], object], open_: Callable[[], object],
        recent: list[str], open_recent: Callable[[str], object],
    ) -> None:  # fmt: skip
        super().__init__()
        em = self.fontMetrics().height()
        inside = QWidget()
        inside.setMaximumWidth(em * 32)  # no wider than reads well, narrower where the window is
        around = QHBoxLayout(self)
        around.setContentsMargins(em * 3, em * 3, em * 3, em * 3)
        around.addWidget(inside, 100)
        around.addStretch(1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        title = QLabel(text("gui.start.title", language))
        title.setObjectName("heading")
        column.addWidget(title)
        self.buttons: list[QCommandLinkButton] = []
        for name, work in (("new", new), ("open", open_)):
            self._add(column, text(f"gui.start.{name}", language), text(f"gui.start.{name}_words", language), work)
        drop = QLabel(text("gui.start.drop", language))
        drop.setObjectName("quiet")
        drop.setWordWrap(True)
        column.addWidget(drop)
        known = [name for name in recent if Path(name).exists()]
        if known:
            head = QLabel(text("gui.action.recent", language))
            head.setObjectName("heading")
            column.addSpacing(em)
            column.addWidget(head)
            for name in known[:5]:
                self._add(column, Path(name).stem, name, partial(open_recent, name))
        column.addStretch(1)

    def _add(self, column: QVBoxLayout, title: str, words: str, work: Callable[[], object]) -> None:
        button = QCommandLinkButton(title, words)
        button.setAccessibleName(f"{title}: {words}")
        button.clicked.connect(lambda _=False: work())
        button.setMinimumWidth(self.fontMetrics().height() * 12)
        button.setToolTip(words)
        column.addWidget(button)
        self.buttons.append(button)
