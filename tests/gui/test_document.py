"""The document: edits, undo, files, recovery after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtWidgets import QApplication

from slopedesign.errors import InputError, ProjectFileError
from slopedesign.gui.document import Document, open_document, recovery_for
from slopedesign.project.edit import value_at
from slopedesign.project.file import load_project, save_project, validate_project
from slopedesign.project.project import Project


@pytest.fixture(scope="module", autouse=True)
def _application() -> QApplication:
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication([])


def project(name: str = "A") -> Project:
    slope = {"name": name, "ground": "g", "base_line": {"vertices": [[0, 0], [10, 0]]}}
    return validate_project(
        {"info": {"name": "quarry"}, "surveys": [{"name": "g", "path": "g.dat"}], "slopes": [slope]}
    )


class Edits(RuleBasedStateMachine):
    """Edits, undos, redos, drags at random against a plain list of projects."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document(project())
        self.history, self.at = [self.document.project], 0

    @rule(height=st.floats(1, 40))
    def edit(self, height: float) -> None:
        self.document.set_value("slopes[0].benches.riser_height", height, "height")
        self._record()

    @rule(widths=st.lists(st.floats(1, 9), min_size=1, max_size=4), keep=st.booleans())
    def drag(self, widths: list[float], keep: bool) -> None:
        for width in widths:
            slope = self.document.project.slopes[0]
            benches = slope.benches.model_copy(update={"berm_width": width})
            changed = slope.model_copy(update={"benches": benches})
            self.document.preview(self.document.project.model_copy(update={"slopes": (changed,)}))
        if keep:
            self.document.finish_preview("drag")
            self._record()
        else:
            self.document.cancel_preview()

    @rule()
    def refused(self) -> None:
        with pytest.raises(InputError):
            self.document.set_value("slopes[0].benches.berm_width", -1.0, "width")

    @rule()
    def undo(self) -> None:
        self.document.undo_stack.undo()
        self.at = max(0, self.at - 1)

    @rule()
    def redo(self) -> None:
        self.document.undo_stack.redo()
        self.at = min(len(self.history) - 1, self.at + 1)

    def _record(self) -> None:
        if self.document.project != self.history[self.at]:
            self.history = [*self.history[: self.at + 1], self.document.project]
            self.at += 1

    @invariant()
    def same(self) -> None:
        assert self.document.project == self.history[self.at]


def test_undo_and_redo_lead_through_the_history() -> None:
    run_state_machine_as_test(Edits, settings=settings(max_examples=30, stateful_step_count=25, deadline=None))


def test_save_clears_the_mark_and_the_autosave(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    document = Document(project())
    document.save(path)
    document.set_value("info.client", "client", "client")
    document.autosave()
    assert document.dirty
    assert document.autosave_path().exists()
    document.save()
    assert not document.dirty
    assert load_project(path).info.client == "client"
    assert not document.autosave_path().exists()
    document.close()


def test_a_save_that_fails_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    document = Document(project())
    document.save(path)
    document.set_value("info.client", "client", "client")
    document.autosave()
    with pytest.raises(ProjectFileError):
        document.save(tmp_path / "none" / "p.json")
    assert document.dirty
    assert document.path == path
    assert document.autosave_path().exists()
    document.close()


def test_the_second_window_is_told(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    save_project(project(), path)
    first, second = open_document(path), open_document(path)
    assert first.lock() == ""
    assert str(os.getpid()) in second.lock()
    first.close()
    assert second.lock() == ""
    second.close()


CRASH = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from slopedesign.gui.document import open_document
app = QApplication([])
document = open_document(Path(sys.argv[1]))
document.set_value("slopes[0].benches.riser_height", 7.25, "height")
document.autosave()
print("ready", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a POSIX signal")
def test_a_killed_program_leaves_its_edits(tmp_path: Path) -> None:
    path = tmp_path / "项目.json"
    save_project(project(), path)
    assert recovery_for(path) is None
    child = subprocess.Popen(
        [sys.executable, "-c", CRASH, str(path)], stdout=subprocess.PIPE, env=os.environ | {"PYTHONUTF8": "1"}
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == b"ready"
    child.send_signal(signal.SIGKILL)
    child.wait()
    recovery = recovery_for(path)
    assert recovery is not None
    assert value_at(recovery.project, "slopes[0].benches.riser_height") == 7.25
    assert abs(recovery.saved_at.timestamp() - time.time()) < 60
    assert load_project(path) == project()
