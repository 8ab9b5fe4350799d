"""Settings that hold for all projects, kept apart from them: language, theme, the firm's title block."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from slopedesign.gui.fields import CalmCombo
from slopedesign.i18n import LANGUAGES, text

TITLE_FIELDS = ("designer", "client", "designed_by", "checked_by", "reviewed_by", "approved_by")
THEMES = ("system", "light", "dark")


def kept_info(settings: QSettings) -> dict[str, str]:
    """What new projects start with in their title block."""
    found = {name: str(settings.value(f"title/{name}", "") or "") for name in TITLE_FIELDS}
    return {name: value[:40] for name, value in found.items() if value}


class SettingsDialog(QDialog):
    """Opening it and pressing OK changes nothing; `keep` writes what was changed."""

    def __init__(self, settings: QSettings, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings, self.language = settings, language
        self.setWindowTitle(text("gui.action.settings", language))
        self.languages, self.themes = CalmCombo(), CalmCombo()
        for code in LANGUAGES:
            self.languages.addItem(text("gui.settings.own_name", code), code)
        self.languages.setCurrentIndex(LANGUAGES.index(language))
        for name in THEMES:
            self.themes.addItem(text(f"gui.settings.theme.{name}", language), name)
        self.themes.setCurrentIndex(max(0, self.themes.findData(settings.value("theme", "system"))))
        form = QFormLayout()
        for key, box in (("language", self.languages), ("themes", self.themes)):
            box.setAccessibleName(text(f"gui.settings.{key}", language))
            form.addRow(text(f"gui.settings.{key}", language), box)
        self.title = {name: QLineEdit(str(settings.value(f"title/{name}", "") or "")) for name in TITLE_FIELDS}
        group = QGroupBox(text("gui.settings.title", language))
        rows = QFormLayout(group)
        for name, line in self.title.items():
            line.setMaxLength(40)
            line.setAccessibleName(text(f"fields.ProjectInfo.{name}", language))
            rows.addRow(text(f"fields.ProjectInfo.{name}", language), line)
        note = QLabel(text("gui.settings.note", language))
        note.setObjectName("quiet")
        note.setWordWrap(True)
        buttons = QDialogButtonBox()
        buttons.addButton(text("gui.ok", language), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(text("gui.cancel", language), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(group)
        column.addWidget(note)
        column.addWidget(buttons)

    def keep(self) -> None:
        """Write what differs from what is kept."""
        chosen = {"theme": self.themes.currentData()} | {
            f"title/{name}": line.text().strip() for name, line in self.title.items()
        }
        for key, value in chosen.items():
            if str(self.settings.value(key, "system" if key == "theme" else "") or "") != value:
                self.settings.setValue(key, value)
        self.language = self.languages.currentData()
        if self.language != self.settings.value("language", self.language):
            self.settings.setValue("language", self.language)
