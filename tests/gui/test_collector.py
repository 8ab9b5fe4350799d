"""Cyclic garbage is collected in the window's thread, and what was loaded is not looked through again."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable

import pytest
from driving import settled
from pytestqt.qtbot import QtBot

from slopedesign.gui.collector import Collector
from slopedesign.gui.window import Window
from slopedesign.project.edit import with_value


class Thing:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def _nothing_apart() -> None:
    gc.unfreeze()


def test_python_collects_by_itself_only_while_no_window_does(qtbot: QtBot) -> None:
    gc.enable()
    collector = Collector()
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_what_is_made_after_the_modules_were_set_apart_is_still_collected(qtbot: QtBot) -> None:
    collector = Collector()
    collector.start()
    collector.set_apart()
    kept = gc.get_freeze_count()
    assert kept > 10_000
    collector.set_apart()
    assert gc.get_freeze_count() == kept
    seen = weakref.ref(Thing())
    assert seen() is not None
    gc.collect()
    assert seen() is None
    collector.stop()
    assert gc.get_freeze_count() == 0


def test_the_window_sets_apart_what_there_is_at_its_first_answer(
    qtbot: QtBot, make_window: Callable[..., Window]
) -> None:
    window = make_window(compute=False)
    assert gc.get_freeze_count() == 0
    window.recompute()
    settled(qtbot, window)
    assert gc.get_freeze_count() > 10_000
    window.stop()
    assert gc.get_freeze_count() == 0


def test_the_design_before_an_edit_goes_without_a_search(qtbot: QtBot, make_window: Callable[..., Window]) -> None:
    """A cycle would keep every design that was shown until everything is looked through, which stops the window."""
    window = make_window()
    project, shown = window.document.project, []
    window.collector._timer.stop()
    for height in (11.0, 12.0, 13.0):
        shown.append(weakref.ref(window.document.design))
        window.document.edit(with_value(project, "slopes[0].benches.riser_height", height), "edit")
        settled(qtbot, window)
    assert not gc.isenabled()
    assert [one() for one in shown[:-1]] == [None, None]
