"""Ends of the ranges: dry months, full ponds, pipes near the crown, tiny catchments, beds that rise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slopedesign.calc.water import channel, culvert, pond, routing, runoff, weir
from slopedesign.calc.water.section import Circle, rectangle
from slopedesign.errors import InputError, NoSolution, OutOfRange

POND = pond.rectangular(30.0, 20.0, 1.0, 100.0, 3.0)
DRY = (0.0,) * 12


def test_a_year_without_rain_empties_a_pond_and_no_more() -> None:
    full = POND.volume_at(102.5)
    year = pond.balance(POND, 102.5, None, 5.0, 0.5, DRY, (100.0,) * 12, 2.0, (50.0,) * 12, full)
    assert year.error == pytest.approx(0.0, abs=1e-9 * full)
    assert np.all(year.storage >= 0) and np.all(year.spill == 0) and np.all(np.diff(year.storage) <= 0)
    assert year.shortage > 0


def test_a_full_pond_spills_what_comes() -> None:
    full = POND.volume_at(102.5)
    rain = (100.0,) + (0.0,) * 11
    year = pond.balance(POND, 102.5, None, 5.0, 0.5, rain, DRY, 0.0, DRY, full)
    assert year.spill[0] == pytest.approx(10 * 0.5 * 100 * 5.0 + 0.1 * POND.area_at(102.5), rel=1e-6)
    assert year.storage[-1] == pytest.approx(full)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(d=st.floats(0.2, 3.0), s=st.floats(0.0005, 0.05), share=st.floats(0.05, 0.999))
def test_a_pipe_gives_the_lower_of_two_depths(d: float, s: float, share: float) -> None:
    pipe = Circle(d)
    top = channel.greatest_depth(pipe)
    assert top / d == pytest.approx(0.938, abs=0.001)
    most = channel.capacity(pipe, 0.013, s, top)
    depth = channel.normal_depth(pipe, 0.013, s, share * most)
    assert depth <= top
    assert channel.capacity(pipe, 0.013, s, depth) == pytest.approx(share * most, rel=1e-8)
    with pytest.raises(NoSolution):
        channel.normal_depth(pipe, 0.013, s, 1.001 * most)


def test_units_of_the_rational_formula() -> None:
    """One hectare of roof under 60 mm/h (1 mm/min) gives a sixth of a cubic metre a second, whichever way it is put."""
    sixth = 1 / 6
    assert runoff.rational_peak(1.0, 1.0, 0.01).value == pytest.approx(sixth, rel=3e-4)
    assert runoff.rational_peak_hourly(1.0, 60.0, 0.01).value == pytest.approx(sixth, rel=1e-3)
    assert runoff.peak_less_infiltration(1.0, 1.0, 0.0).value == pytest.approx(sixth)
    assert runoff.storm_volume(1.0, 100.0, 1.0).value == pytest.approx(1000.0)
    assert runoff.rational_peak(0.9, 2.0, 1e-9).value == pytest.approx(16.67 * 0.9 * 2.0 * 1e-9)  # a square decimetre


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(InputError):
        channel.normal_depth(rectangle(1.0, 1.0), 0.015, -0.01, 0.5)
    with pytest.raises(InputError):
        channel.normal_depth(rectangle(1.0, 1.0), 0.015, 0.0, 0.5)
    with pytest.raises(InputError):
        weir.submergence(0.3, 0.5)
    with pytest.raises(InputError):
        runoff.weighted_coefficient([1.0], [1.2])
    with pytest.raises(OutOfRange):
        runoff.peak_less_infiltration(1.0, 0.5, 1.0)
    with pytest.raises(OutOfRange):
        routing.puls([0.0, 50.0, 50.0], 3600.0, routing.linear_reservoir(7200.0, 10.0), outflow=0.0)


def test_a_trickle_and_a_torrent_through_a_culvert() -> None:
    box = culvert.Culvert(rectangle(1.5, 1.5), 20.0, 0.01, 0.015, "box_wingwall_90_15")
    heads = [culvert.rate(box, q).headwater.value for q in (1e-4, 0.01, 0.5, 2.0, 3.5, 4.2, 6.0, 10.0)]
    assert all(a < b for a, b in zip(heads, heads[1:], strict=False)) and all(map(math.isfinite, heads))
    assert culvert.capacity_at(box, heads[4]) == pytest.approx(3.5, rel=1e-6)
