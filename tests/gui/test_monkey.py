"""Random keys, clicks, drags, edits, undos, files: no exception, no frozen window, no lost edit.

The hour-long run: `SLOPEDESIGN_MONKEY_SECONDS=3600 pytest tests/gui/test_monkey.py -s`; with
`SLOPEDESIGN_MONKEY_LOG=file` it writes down what it did.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from driving import settled
from monkey import Monkey
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from slopedesign.gui.window import Window
from slopedesign.project.file import dump_project, parse_project

SECONDS = float(os.environ.get("SLOPEDESIGN_MONKEY_SECONDS", "12"))
SEED = int(os.environ.get("SLOPEDESIGN_MONKEY_SEED", "20230317"))
LOG = os.environ.get("SLOPEDESIGN_MONKEY_LOG")
EXAMPLE = Path(__file__).parents[2] / "examples" / "quarry"
FROZEN_S = 8.0
"""A single stay away from the event loop that is longer, on a machine shared with other work, counts as frozen."""


@pytest.mark.filterwarnings("error:Glyph")
def test_a_monkey_breaks_nothing(
    qtbot: QtBot, make_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = make_window()
    others: tuple[Path, ...] = ()
    if SECONDS > 60:  # the packaged example has every part, but its slip surfaces take their time
        shutil.copytree(EXAMPLE, tmp_path / "example")
        others = (tmp_path / "example" / "project.json",)
    monkey = Monkey(window, tmp_path, SEED, others, Path(LOG) if LOG else None)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (monkey.file_to_open(), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (monkey.file_to_save(), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    acts = monkey.run(SECONDS)
    gaps = sorted(monkey.watcher.gaps)

    def say(words: str) -> None:
        sys.stdout.write(f"{words}\n")

    say(
        f"\n{acts} acts, {len(monkey.trouble)} troubles; away from the event loop: median "
        f"{gaps[len(gaps) // 2]:.3f} s, p99 {gaps[int(0.99 * len(gaps))]:.3f} s, longest {gaps[-1]:.2f} s"
    )
    say(json.dumps(monkey.counts.most_common()))
    for place, count in monkey.watcher.places.most_common(20):
        say(f"{count:6d} x {place}")
    say(f"longest {monkey.watcher.longest}")
    assert not monkey.trouble, "\n\n".join(monkey.trouble[:10])
    assert acts > 20
    assert gaps[-1] < FROZEN_S, monkey.watcher.longest
    project = window.document.project
    assert parse_project(dump_project(project), window.document.path or "") == project
    steps = window.document.undo_stack.index()
    for _ in range(steps):
        window.document.undo_stack.undo()
    for _ in range(steps):
        window.document.undo_stack.redo()
    assert window.document.project == project
    window.recompute()
    if project.slopes and project.surveys:
        settled(qtbot, window)
