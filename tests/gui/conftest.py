"""A window on a small quarry, its settings and recovery folder apart from the user's."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import quarry, settled
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slopedesign.gui.app import make_application
from slopedesign.gui.document import Document, open_document
from slopedesign.gui.window import Window


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application with font and palette as the program has them."""
    return make_application("zh_CN", "light")


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Garbage of widgets is collected in their own thread, as an open window sees to it; elsewhere it ends Python."""
    searched = gc.isenabled()
    gc.disable()
    yield
    gc.collect()
    if searched:
        gc.enable()


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    monkeypatch.setattr("slopedesign.gui.document.unsaved_folder", lambda: tmp_path / "unsaved")
    yield


@pytest.fixture
def make_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """A function that opens a window on the small quarry and waits for its design."""
    windows: list[Window] = []

    def make(language: str = "zh_CN", compute: bool = True, walls: bool = False, **benches: Any) -> Window:
        document: Document = open_document(quarry(tmp_path, walls, **benches), language)
        window = Window(language, document)
        qtbot.addWidget(window, before_close_func=lambda w: w.document.undo_stack.setClean())
        window.resize(1300, 800)
        window.show()
        windows.append(window)
        if compute:
            window.recompute()
            settled(qtbot, window)
            assert window.document.problem is None, window.document.problem
            qtbot.waitUntil(lambda: not window.pages._makers)
        return window

    yield make
    for window in windows:
        window.stop()
        window.document.undo_stack.setClean()
