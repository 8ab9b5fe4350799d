"""The window's manners: settings, language, colours, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from slopedesign import __version__
from slopedesign.gui import theme
from slopedesign.gui.asking import answer_of
from slopedesign.gui.forms import FieldRow
from slopedesign.gui.page_tabs import PageTabs
from slopedesign.gui.qt_words import translate_qt
from slopedesign.gui.window_actions import WindowActions
from slopedesign.i18n import LANGUAGES, text

if TYPE_CHECKING:
    from slopedesign.gui.checks_panel import ChecksPanel


class WindowManners(WindowActions):
    """How a window looks and speaks, and what it explains; the window itself gives the rest."""

    pages: PageTabs
    checks: ChecksPanel

    def _build(self) -> None:
        """All widgets, in the window's language."""
        raise NotImplementedError

    def show_settings(self) -> None:
        """What holds for all projects."""
        from slopedesign.gui.settings import SettingsDialog

        dialog = SettingsDialog(self.settings, self.language, self)
        if answer_of(dialog):
            dialog.keep()
            self.document.design_changed.emit()
            self._follow_theme()
            if dialog.language != self.language:
                self.set_language(dialog.language)

    def switch_language(self) -> None:
        """The other language, at once."""
        self.set_language(LANGUAGES[(LANGUAGES.index(self.language) + 1) % len(LANGUAGES)])

    def set_language(self, language: str) -> None:
        """Say everything in this language."""
        self.language = language
        self.settings.setValue("language", language)
        translate_qt(language)
        page = self.pages.currentIndex()
        self._build()
        self.pages.setCurrentIndex(page)
        self.document.design_changed.emit()

    def switch_theme(self) -> None:
        """Dark to light and back."""
        self._wear("light" if theme.is_dark(_application()) else "dark")

    def _follow_theme(self) -> None:
        """The colours kept in the settings, at once."""
        kept = self.settings.value("theme", "system")
        shade = kept if kept in ("light", "dark") else None
        if theme.asked_dark(_application(), shade) != theme.is_dark(_application()):
            self._wear(shade)

    def _wear(self, shade: str | None) -> None:
        theme.apply(_application(), shade)
        self._build()
        self.document.design_changed.emit()

    def show_clause(self) -> None:
        """What the field with the cursor is; elsewhere the clause behind the selected check."""
        from slopedesign.gui.help import ClauseHelp, FieldHelp

        row: QWidget | None = QApplication.focusWidget()
        while row is not None and not isinstance(row, FieldRow):
            row = row.parentWidget()
        if row is not None:
            answer_of(FieldHelp(row.kind, row.path, self.language, self))
            return
        dialog = ClauseHelp(self.checks.current(), self.language, self, self.document.project)
        answer_of(dialog)
        if dialog.followed:
            self.checks.follow(dialog.followed)

    def show_conventions(self) -> None:
        """Axes, signs, units."""
        from slopedesign.gui.help import ConventionsHelp

        answer_of(ConventionsHelp(self.language, self))

    def show_about(self) -> None:
        """What this is."""
        QMessageBox.about(self, "slopedesign", text("gui.about", self.language, version=__version__))


def _application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
