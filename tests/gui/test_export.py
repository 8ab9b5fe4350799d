"""The export dialog: what is ticked is written, beside the window; stopping leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from slopedesign.gui.export import ExportDialog
from slopedesign.gui.window import Window

Make = Callable[..., Window]


def dialog_of(qtbot: QtBot, window: Window, out: Path) -> ExportDialog:
    dialog = ExportDialog(window.document, window)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(out))
    return dialog


def tick(dialog: ExportDialog, *names: str) -> None:
    for name, box in dialog.outputs.items():
        box.setChecked(name in names)


def test_only_what_is_ticked_is_written(qtbot: QtBot, make_window: Make, tmp_path: Path) -> None:
    window = make_window()
    out = tmp_path / "out"
    out.mkdir()
    (out / "sections.dxf").write_text("kept", encoding="utf-8")
    dialog = dialog_of(qtbot, window, out)
    tick(dialog)
    dialog.write()
    assert dialog.said.text()
    assert dialog.go.isEnabled()
    tick(dialog, "plan.dxf", "checks.xlsx")
    dialog.write()
    assert not dialog.go.isEnabled()
    qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=60_000)
    assert {file.name for file in out.iterdir()} == {"plan.dxf", "checks.xlsx", "run.log", "sections.dxf"}
    assert (out / "sections.dxf").read_text(encoding="utf-8") == "kept"
    assert dialog.folder_button.isEnabled()


def test_stopping_leaves_nothing(qtbot: QtBot, make_window: Make, tmp_path: Path) -> None:
    window = make_window()
    dialog = dialog_of(qtbot, window, tmp_path / "out")
    dialog.write()
    dialog.reject()
    qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=60_000)
    assert not dialog.written
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_a_folder_that_cannot_be_written_is_said(qtbot: QtBot, make_window: Make, tmp_path: Path) -> None:
    window = make_window()
    (tmp_path / "file").write_text("", encoding="utf-8")
    dialog = dialog_of(qtbot, window, tmp_path / "file")
    dialog.write()
    qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=60_000)
    assert "file" in dialog.said.text()
    assert not dialog.written


def test_a_folder_is_asked_for_and_stands_beside_the_project(
    qtbot: QtBot, make_window: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written into whatever folder the program was started in."""
    window = make_window()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    dialog = dialog_of(qtbot, window, tmp_path)
    tick(dialog, "checks.xlsx")
    dialog.folder.setText("  ")
    dialog.write()
    assert dialog.go.isEnabled() and dialog.said.text()
    dialog.folder.setText("outputs")
    dialog.write()
    qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=60_000)
    assert not list((tmp_path / "elsewhere").iterdir())
    assert (window.document.folder / "outputs" / "checks.xlsx").exists()
    dialog.folder.setText("another")
    opened: list[str] = []
    monkeypatch.setattr("slopedesign.gui.export.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog.open_folder()
    assert Path(opened[0]) == window.document.folder / "outputs"


def test_a_chart_is_saved_or_the_reason_is_said(
    qtbot: QtBot, make_window: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    window.pages.setCurrentIndex(window.pages.names.index("charts"))
    page: Any = window.pages.page("charts")
    page.refresh()
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _, __, words: said.append(words))
    for name in ("good.png", "no/such/folder.png", "odd.ending"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        page.save_picture()
    assert (tmp_path / "good.png").stat().st_size > 1000 and not (tmp_path / "odd.ending").exists()
    assert len(said) == 2 and "folder.png" in said[0] and "ending" in said[1]
