"""The words of Qt's own dialogs and buttons in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication


def translate_qt(language: str) -> None:
    """Install the translation of Qt's own words, or take it off."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    old: QTranslator | None = getattr(application, "_words", None)
    if old is not None:
        application.removeTranslator(old)
        old.deleteLater()
        application._words = None  # type: ignore[attr-defined]
    if language == "zh_CN":
        translator = application._words = QTranslator(application)  # type: ignore[attr-defined]
        if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(translator)
