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


class Thing:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def _nothing_apart() -> None:
    gc.unfreeze()


def test_python_collects_by_itself_only_while_no_window_does(qtbot: QtBot) -> None:
    before = gc.isenabled()
    collector = Collector()
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled() == before


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
