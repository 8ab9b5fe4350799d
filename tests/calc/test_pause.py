"""A long search ends where its listener says so, and only within the listening."""

from __future__ import annotations

import threading

import pytest

from slopedesign.calc.pause import breathe, listening
from slopedesign.calc.stability.search import critical_circle
from slopedesign.calc.stability.section import Layer, Section
from slopedesign.calc.stability.strength import Material, MohrCoulomb


class Enough(Exception):
    """Nobody waits any more."""


def test_a_search_hears_that_it_is_not_wanted() -> None:
    ground = [[0.0, 0.0], [20.0, 0.0], [40.0, 10.0], [70.0, 10.0]]
    clay = Material(name="clay", unit_weight=20.0, strength=MohrCoulomb(cohesion=10.0, friction_deg=20.0))
    section = Section(ground=ground, layers=(Layer(top=ground, material=clay),))
    steps = 0

    def listener() -> None:
        nonlocal steps
        steps += 1
        if steps == 5:
            raise Enough

    with pytest.raises(Enough), listening(listener):
        critical_circle(section, "bishop")
    assert steps == 5
    assert (critical_circle(section, "bishop").fos or 0) > 0, "nobody listens any more"


def test_each_thread_has_its_own_listener() -> None:
    heard: list[str] = []

    def elsewhere() -> None:
        breathe()
        with listening(lambda: heard.append("there")):
            breathe()

    with listening(lambda: heard.append("here")):
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        breathe()
    breathe()
    assert heard == ["there", "here"]
