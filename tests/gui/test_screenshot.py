"""`--screenshot`: a picture of the window without a display, and the program ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from driving import quarry
from PySide6.QtGui import QImage


def shoot(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "slopedesign.gui.app", *arguments], capture_output=True, text=True, check=False,
        timeout=120, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("page", "language", "theme", "scale"), [("plan", "zh", "light", "1"), ("section", "en", "dark", "2")]
)
def test_a_picture_is_written_and_the_program_ends(
    tmp_path: Path, page: str, language: str, theme: str, scale: str
) -> None:
    out = tmp_path / "out.png"
    done = shoot(
        "--screenshot", str(out), str(quarry(tmp_path)), "--page", page, "--lang", language, "--theme", theme,
        "--scale", scale, "--size", "1200x800",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    picture = QImage(str(out))
    assert (picture.width(), picture.height()) == (1200 * int(scale), 800 * int(scale))
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    assert len(colours) > 20
    corner = picture.pixelColor(2, picture.height() - 2).lightness()
    assert (corner < 128) == (theme == "dark")


def test_what_cannot_be_shown_is_said(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    done = shoot("--screenshot", str(tmp_path / "out.png"), str(tmp_path / "broken.json"))
    assert done.returncode == 1
    assert "broken.json" in done.stderr
    assert not (tmp_path / "out.png").exists()
