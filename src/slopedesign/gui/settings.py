"""Settings that hold for all projects, kept apart from them: language, theme, the firm's title block."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from slopedesign.errors import SlopeDesignError
from slopedesign.gui.calm_combo import CalmCombo
from slopedesign.gui.scrolled import scrolled
from slopedesign.gui.units import CHOICES, kept_units, unit_words
from slopedesign.gui.units import key as key_of
from slopedesign.i18n import LANGUAGES, text
from slopedesign.project.file import load_project

TITLE_FIELDS = ("designer", "client", "designed_by", "checked_by", "reviewed_by", "approved_by")
THEMES = ("system", "light", "dark")
ANGLES = ("both", "degrees", "ratio")
"""How face angles are shown in the section."""


def kept_info(settings: QSettings) -> dict[str, str]:
    """What new projects start with in their title block."""
    found = {name: str(settings.value(f"title/{name}", "") or "") for name in TITLE_FIELDS}
    return {name: value[:40] for name, value in found.items() if value}


def kept_template(settings: QSettings) -> Path | None:
    """The project new ones take limits, catalogue and drawing settings from."""
    name = str(settings.value("template", "") or "")
    return Path(name) if name else None


def kept_angles(settings: QSettings) -> str:
    """How face angles are shown."""
    kept = settings.value("angles", "both")
    return str(kept) if kept in ANGLES else "both"


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
        self.angles = CalmCombo()
        for name in ANGLES:
            self.angles.addItem(text(f"gui.settings.angle.{name}", language), name)
        self.angles.setCurrentIndex(max(0, self.angles.findData(kept_angles(settings))))
        form = QFormLayout()
        for key, box in (("language", self.languages), ("themes", self.themes), ("angles", self.angles)):
            box.setAccessibleName(text(f"gui.settings.{key}", language))
            form.addRow(text(f"gui.settings.{key}", language), box)
        self.units = {}
        kept = kept_units(settings)
        for unit, shown in CHOICES.items():
            box = self.units[unit] = CalmCombo(text(f"gui.settings.units_{key_of(unit)}", language))
            for one in shown:
                box.addItem(unit_words(one, language), one)
            box.setCurrentIndex(box.findData(kept.of(unit)))
            form.addRow(text(f"gui.settings.units_{key_of(unit)}", language), box)
        self.template = QLineEdit(str(settings.value("template", "") or ""))
        self.template.setAccessibleName(text("gui.settings.template", language))
        self.template.setPlaceholderText(text("gui.settings.template_hint", language))
        self.template.setToolTip(text("gui.settings.template_hint", language))
        browse = QPushButton(text("gui.browse", language))
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.addWidget(self.template, 1)
        row.addWidget(browse)
        form.addRow(text("gui.settings.template", language), row)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        form.addRow(self.error)
        self.title = {name: QLineEdit(str(settings.value(f"title/{name}", "") or "")) for name in TITLE_FIELDS}
        group = QGroupBox(text("gui.settings.title", language))
        rows = QFormLayout(group)
        for name, line in self.title.items():
            line.setMaxLength(40)
            line.setAccessibleName(text(f"fields.ProjectInfo.{name}", language))
            rows.addRow(text(f"fields.ProjectInfo.{name}", language), line)
        note = QLabel(f"{text('gui.settings.units_note', language)}\n{text('gui.settings.note', language)}")
        note.setObjectName("quiet")
        note.setWordWrap(True)
        buttons = QDialogButtonBox()
        buttons.addButton(text("gui.ok", language), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(text("gui.cancel", language), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        inside = QWidget()
        fields = QVBoxLayout(inside)
        fields.setContentsMargins(0, 0, 4, 0)
        fields.addLayout(form)
        fields.addWidget(group)
        fields.addWidget(note)
        column = QVBoxLayout(self)
        self.area = scrolled(inside)
        column.addWidget(self.area, 1)
        column.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 32, inside.sizeHint().height() + em * 5)

    def _browse(self) -> None:
        words = text("gui.settings.template", self.language)
        name, _ = QFileDialog.getOpenFileName(self, words, self.template.text(), text("gui.filter", self.language))
        if name:
            self.template.setText(name)

    def _try(self) -> None:
        """A template that cannot be read is said here, not when the next project is made."""
        name = self.template.text().strip()
        try:
            if name:
                load_project(Path(name))
        except SlopeDesignError as error:
            self.error.setText(error.describe(self.language))
            self.error.show()
            self.area.ensureWidgetVisible(self.error)
            return
        self.accept()

    def keep(self) -> None:
        """Write what differs from what is kept."""
        chosen = {
            "theme": self.themes.currentData(), "angles": self.angles.currentData(),
            "template": self.template.text().strip(),
        } | {f"title/{name}": line.text().strip() for name, line in self.title.items()}  # fmt: skip
        chosen |= {f"units/{key_of(unit)}": box.currentData() for unit, box in self.units.items()}
        usual = {"theme": "system", "angles": "both"} | {f"units/{key_of(unit)}": unit for unit in CHOICES}
        for key, value in chosen.items():
            if str(self.settings.value(key, usual.get(key, "")) or "") != value:
                self.settings.setValue(key, value)
        self.language = self.languages.currentData()
        if self.language != self.settings.value("language", self.language):
            self.settings.setValue("language", self.language)
