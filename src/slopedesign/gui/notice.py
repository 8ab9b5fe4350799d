"""A line above the pages for what must not be missed: a survey file other than the one the project was made with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from slopedesign.gui.document import Document
from slopedesign.i18n import message, text
from slopedesign.project.edit import with_value

LONGEST = 160
"""Signs of a notice: what is longer would push the view it stands over off the screen."""


def shortened(words: str) -> str:
    """Words without their middle where there are too many: they begin with what is wrong and end with what helps."""
    if len(words) <= LONGEST:
        return words
    return f"{words[: LONGEST // 2].rstrip()} \N{HORIZONTAL ELLIPSIS} {words[-LONGEST // 2 :].lstrip()}"


class Notice(QFrame):
    """Hidden while there is nothing to say. A changed survey goes before an offer of the window."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.setObjectName("notice")
        self._offer: tuple[str, str, Callable[[], object]] | None = None
        self._dismissed: set[str] = set()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.accept = QPushButton()
        self.accept.clicked.connect(self._accepted)
        self.later = QPushButton(text("gui.notice.later", document.language))
        self.later.clicked.connect(self._dismiss)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.addWidget(self.words, 1)
        line.addWidget(self.accept)
        line.addWidget(self.later)
        document.design_changed.connect(self.refresh)
        self.refresh()

    def ask(self, words: str, button: str, work: Callable[[], object]) -> None:
        """Say something and offer to do something about it; "" takes it back."""
        self._offer = (words, text(f"gui.notice.{button}", self.document.language), work) if words else None
        self.refresh()

    def advise(self, words: str, button: str, work: Callable[[], object]) -> None:
        """The same, but what has been dismissed once is not said again."""
        self.ask("" if words in self._dismissed else words, button, work)

    def _dismiss(self) -> None:
        if self._offer is not None:
            self._dismissed.add(self._offer[0])
        self.ask("", "", lambda: None)

    def _accepted(self) -> None:
        if self.changed():
            self.accept_surveys()
        elif self._offer is not None:
            work = self._offer[2]
            self._dismiss()
            work()

    def changed(self) -> list[str]:
        """Names of the surveys whose file changed since the project accepted it."""
        design = self.document.design
        if design is None:
            return []
        stated = {survey.name: survey.sha256 for survey in self.document.project.surveys}
        return [
            name for name, loaded in design.sources.surveys.items()
            if loaded.changed and stated.get(name) not in ("", loaded.sha256.partition("+")[0])
        ]  # fmt: skip

    def refresh(self) -> None:
        """Say which files changed, else what is offered."""
        names, language = self.changed(), self.document.language
        self.setVisible(bool(names) or self._offer is not None)
        self.later.setVisible(not names)
        if names:
            self.words.setText(text("gui.notice.survey_changed", language, names=", ".join(names)))
            self.words.setToolTip("")
            self.accept.setText(text("gui.notice.accept", language))
        elif self._offer is not None:
            self.words.setText(shortened(self._offer[0]))
            self.words.setToolTip(self._offer[0])
            self.accept.setText(self._offer[1])

    def accept_surveys(self) -> None:
        """Take the files as they are now: their hashes go into the project, as one edit."""
        project = self.document.project
        names = self.changed()
        for i, survey in enumerate(project.surveys):
            if survey.name in names:
                digest = self.document.design.sources.surveys[survey.name].sha256.partition("+")[0]
                project = with_value(project, f"surveys[{i}].sha256", digest)
        self.document.edit(project, message("gui.edit.survey"))
        self.refresh()
