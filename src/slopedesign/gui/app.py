"""The program with its window: start, arguments, translations, palette, what happens on a defect."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSettings, QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QMessageBox

from slopedesign import __version__
from slopedesign.errors import SlopeDesignError
from slopedesign.fonts import REGULAR
from slopedesign.gui import theme
from slopedesign.gui.defects import write_down
from slopedesign.gui.qt_words import translate_qt
from slopedesign.i18n import LANGUAGES, text

if TYPE_CHECKING:
    from slopedesign.gui.document import Document

SHORT = {"zh": "zh_CN", "en": "en"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, or render it to a picture and end (`--screenshot`)."""
    sys.setswitchinterval(0.0005)  # the window takes its turns beside the calculation sooner than Python's 5 ms
    asked = _parser().parse_args(sys.argv[1:] if arguments is None else arguments)
    language = SHORT.get(asked.lang or "", asked.lang) or kept_language() or system_language()
    application = make_application(language, asked.theme or kept_theme())
    from slopedesign.gui.window import Window

    if asked.screenshot:
        from slopedesign.gui.screenshot import take

        return take(asked, language)
    document = _at_once(Path(asked.project), language) if asked.project else None
    window = Window(language, document)
    sys.excepthook = _Hook(window)
    window.show()
    if document is not None:
        window.pages.painted.connect(window.begin)  # what the calculation loads comes after the first paint
    elif asked.project:
        QTimer.singleShot(0, lambda: window.open_path(Path(asked.project)))
    else:
        QTimer.singleShot(0, window.offer_unsaved)
    return int(application.exec())


def _at_once(path: Path, language: str) -> Document | None:
    """The project to open, where nothing has to be asked or said before; else None, and the window asks."""
    from slopedesign.gui.document import open_document, recovery_for
    from slopedesign.gui.recovery import is_alive

    try:
        document = open_document(path, language)
    except SlopeDesignError:
        return None
    if document.lock() or recovery_for(path, is_alive) is not None:
        document.unlock()
        return None
    return document


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="slopedesign-gui")
    parser.add_argument("project", nargs="?")
    parser.add_argument("--screenshot", metavar="OUT.png")
    parser.add_argument("--page", default="")
    parser.add_argument("--lang", choices=(*SHORT, *LANGUAGES), default=None)
    parser.add_argument("--theme", choices=("light", "dark"), default=None)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--version", action="version", version=f"slopedesign {__version__}")
    return parser


def make_application(language: str, shade: str | None = None) -> QApplication:
    """The application with its font, palette and the translation of Qt's own dialogs."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        application = found
        application.setStyle("Fusion")
    else:  # stated at once: asking for the style afterwards takes longer
        application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("slopedesign")
    application.setApplicationVersion(__version__)
    _add_font(application)
    translate_qt(language)
    theme.apply(application, shade)
    return application


def _add_font(application: QApplication) -> None:
    number = QFontDatabase.addApplicationFont(str(REGULAR))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    preferred = [f for f in ("Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC") if f in QFontDatabase.families()]
    font = application.font()
    font.setFamilies([*preferred, *families])
    font.setPointSizeF(max(9.0, font.pointSizeF()))
    application.setFont(font)


def system_language() -> str:
    """Chinese on Chinese systems, else English."""
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def kept_language() -> str | None:
    """The language chosen in the settings."""
    kept = QSettings("slopedesign", "slopedesign").value("language")
    return kept if kept in LANGUAGES else None


def kept_theme() -> str | None:
    """Light or dark as chosen in the settings; None follows the system."""
    kept = QSettings("slopedesign", "slopedesign").value("theme")
    return kept if kept in ("light", "dark") else None


class _Hook:
    """A defect is shown and logged; the program goes on, nothing is lost.

    One that comes again while it is being shown, as of every paint, is neither shown nor logged again.
    """

    def __init__(self, window: object) -> None:
        self._window = window
        self._shown: dict[str, QMessageBox] = {}  # the defects on the screen

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        said = "".join(traceback.format_exception(kind, error, trace))
        if said in self._shown:
            return
        log = write_down(said)
        sys.stderr.write(said)
        language = getattr(self._window, "language", "zh_CN")
        shown = error.describe(language) if isinstance(error, SlopeDesignError) else f"{kind.__name__}: {error}"
        box = QMessageBox(QMessageBox.Icon.Critical, "slopedesign", text("gui.defect", language, error=shown))
        box.setInformativeText(text("gui.defect_log", language, path=str(log)))
        box.setDetailedText(said)
        self._shown[said] = box  # without a parent, nothing else keeps it
        box.finished.connect(lambda _: self._shown.pop(said, None))
        box.open()


if __name__ == "__main__":
    sys.exit(main())
