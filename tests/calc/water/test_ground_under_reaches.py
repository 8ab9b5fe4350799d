"""A reach stated with the levels of its bed is compared with the ground it crosses."""

from __future__ import annotations

import math

import numpy as np
import pytest

from slopedesign.calc.terrain import tin_from_grid
from slopedesign.calc.water.lines import bed_on, over_ground

RIDGE = tin_from_grid(
    np.array([-10.0, 0.0, 10.0, 20.0, 30.0]), np.array([-5.0, 5.0]),
    np.array([[100.0, 100.0, 104.0, 100.0, 100.0]] * 2),
)  # fmt: skip
"""Level ground at 100 m with a ridge of 104 m across the line at x = 10."""


@pytest.mark.parametrize(
    ("start", "end", "deepest", "highest"),
    [(99.0, 99.0, 5.0, -1.0), (101.0, 101.0, 3.0, 1.0), (99.0, 97.0, 6.0, -1.0), (103.0, 99.0, 3.0, 3.0)],
)
def test_depth_and_height_are_those_over_the_whole_line(
    start: float, end: float, deepest: float, highest: float
) -> None:
    """At the ridge the bed lies half way: no vertex stands there, the ground between vertices counts."""
    bed = over_ground(bed_on([(0.0, 0.0, start), (20.0, 0.0, end)], "r"), RIDGE)
    assert bed.ground == pytest.approx([100.0, 100.0])
    assert bed.deepest == pytest.approx(deepest)
    assert bed.highest == pytest.approx(highest)


def test_without_ground_nothing_is_known() -> None:
    bed = over_ground(bed_on([(0.0, 0.0, 99.0), (20.0, 0.0, 98.0)], "r"), None)
    assert np.isnan(bed.ground).all()
    assert math.isnan(bed.highest)
    assert math.isnan(bed.deepest)
    assert not len(bed.ground_line)


def test_a_followed_line_is_the_ground() -> None:
    bed = bed_on([(0.0, 0.0, 100.0), (20.0, 0.0, 100.0)], "r", slope=0.01, start_level=99.5)
    assert bed.highest == pytest.approx(-0.5)
    assert bed.deepest == pytest.approx(0.7)
