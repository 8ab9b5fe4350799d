"""A line above the pages for what must not be missed: a survey file other than the one the project was made with."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from slopedesign.gui.document import Document
from slopedesign.i18n import message, text
from slopedesign.project.edit import with_value


class Notice(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.setObjectName("notice")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.accept = QPushButton(text("gui.notice.accept", document.language))
        self.accept.clicked.connect(self.accept_surveys)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.addWidget(self.words, 1)
        line.addWidget(self.accept)
        document.design_changed.connect(self.refresh)
        self.refresh()

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
        """Say which files changed."""
        names = self.changed()
        self.setVisible(bool(names))
        if names:
            self.words.setText(text("gui.notice.survey_changed", self.document.language, names=", ".join(names)))

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
