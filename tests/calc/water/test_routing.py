"""Ponds: curves, routing, spillway, drawdown, balance."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from slopedesign.calc.water import pond, routing
from slopedesign.calc.water.runoff import Hydrograph, hydrograph
from slopedesign.calc.water.storm import day_storm
from slopedesign.errors import InputError, NoSolution, OutOfRange


def basin() -> pond.Storage:
    return pond.rectangular(50, 30, 1.5, 100.0, 4.0)


def storm_inflow() -> Hydrograph:
    return hydrograph(day_storm(180, 0.7), 0.7, 8.0, 0.3)


@for_all(st.lists(st.floats(0, 20), min_size=4, max_size=60), st.floats(60, 3600), st.floats(0.5, 8))
def test_routing_keeps_every_drop(flows: list[float], step: float, width: float) -> None:
    storage = pond.rectangular(200, 150, 2, 100.0, 30.0)
    rating = pond.spillway_rating(storage, 102.0, width, 0.385, step=0.05)
    routed = routing.puls(np.array(flows), step, rating, level=102.0)
    assert abs(routed.balance_error) < 1e-9 or sum(flows) < 1e-6
    assert routed.outflow.min() >= 0


def test_outflow_peak_is_lower_and_later() -> None:
    found = pond.route_spillway(basin(), storm_inflow(), 102.5, 1.0, 0.385)
    assert found.routed.peak_outflow < found.inflow.peak
    assert found.routed.peak_index > int(found.inflow.flow.argmax())


def test_wider_spillway_stands_lower() -> None:
    levels = [pond.route_spillway(basin(), storm_inflow(), 102.5, b, 0.385).max_level for b in (0.6, 1.0, 2.0, 4.0)]
    assert levels == sorted(levels, reverse=True)


def test_sized_spillway_is_the_narrowest_that_holds() -> None:
    found = pond.size_spillway(basin(), storm_inflow(), 102.5, 0.385, 103.4)
    assert found.max_level <= 103.4
    with_less = pond.route_spillway(basin(), storm_inflow(), 102.5, found.width - 0.1, 0.385)
    assert with_less.max_level > 103.4


def test_spillway_without_head_is_no_solution() -> None:
    with pytest.raises(NoSolution, match="not above the crest"):
        pond.size_spillway(basin(), storm_inflow(), 102.5, 0.385, 102.5)


def test_pond_that_overtops_is_not_silent() -> None:
    with pytest.raises(OutOfRange):
        pond.route_spillway(basin(), Hydrograph(600, np.full(40, 30.0)), 103.5, 0.2, 0.385)


@pytest.mark.parametrize("bad", [[1.0], [-1.0, 2.0], [math.nan, 1.0]])
def test_bad_inflow_is_refused(bad: list[float]) -> None:
    with pytest.raises(InputError, match="inflow"):
        routing.puls(bad, 60, routing.linear_reservoir(100, 10), outflow=0)


def test_rating_out_of_order_is_refused() -> None:
    with pytest.raises(InputError, match="rating"):
        routing.Rating(np.array([0.0, 1.0]), np.array([0.0, 1.0]), np.array([1.0, 0.0]))


def test_linear_reservoir_empties_exponentially() -> None:
    rating = routing.linear_reservoir(3600.0, 10.0)
    level = 3600.0 * 8
    assert routing.drawdown_time(rating, level, level / math.e) == pytest.approx(3600.0)
    steps = routing.puls(np.zeros(3601), 1.0, rating, outflow=8.0)
    assert steps.outflow[3600] == pytest.approx(8 / math.e, rel=1e-6)


def test_drawdown_to_a_level_without_outflow_never_ends() -> None:
    rating = pond.spillway_rating(basin(), 102.0, 1.0, 0.385)
    assert routing.drawdown_time(rating, 103.0, 101.0) == math.inf


def test_curves_of_shapes_agree_with_their_slices() -> None:
    exact = pond.rectangular(40, 20, 2, 0, 3)
    sliced = pond.from_areas(exact.level, exact.area)
    assert sliced.volume[-1] == pytest.approx(exact.volume[-1], rel=1e-5)
    round_ = pond.circular(10, 1.0, 0, 3)
    assert pond.from_areas(round_.level, round_.area).volume[-1] == pytest.approx(round_.volume[-1], rel=1e-12)
    assert exact.level_of(exact.volume_at(1.7)) == pytest.approx(1.7)


def test_pond_in_a_terrain_hollow() -> None:
    """A cone cut into a plane: volume pi r2 h/3, filled to where it spills over the plane."""
    y, x = np.mgrid[-60:61, -60:61] * 0.5
    z = np.minimum(np.hypot(x, y) * 0.5, 10.0) + 90.0
    found = pond.from_grid(z, 0.5, (60, 60), top=99.0)
    assert found.volume[-1] == pytest.approx(math.pi * 18.0**2 * 9.0 / 3, rel=0.01)
    with pytest.raises(InputError, match="spills"):
        pond.from_grid(z, 0.5, (60, 60), top=100.5)
    with pytest.raises(InputError, match="outside"):
        pond.from_grid(z, 0.5, (200, 0))
    slope = np.tile(np.arange(50.0), (50, 1))
    with pytest.raises(InputError, match="hollow"):
        pond.from_grid(slope, 1.0, (25, 25))


MONTH = st.lists(st.floats(0, 400), min_size=12, max_size=12)


@for_all(MONTH, MONTH, st.lists(st.floats(0, 5000), min_size=12, max_size=12), st.floats(0, 20), st.floats(0, 1))
def test_balance_keeps_every_drop(
    rain: list[float], evaporation: list[float], use: list[float], seepage: float, share: float
) -> None:
    storage = basin()
    start = share * storage.volume_at(103.0)
    year = pond.balance(storage, 103.0, 100.5, 6.0, 0.5, rain, evaporation, seepage, use, start)
    assert abs(year.error) <= 1e-9 * max(1.0, float(year.inflow.sum()) + start)
    assert year.storage.min() >= 0
    assert year.storage.max() <= storage.volume_at(103.0) + 1e-9
    assert np.all(year.supplied <= year.demand + 1e-12)


def test_balance_refuses_bad_series_by_name() -> None:
    good = [10.0] * 12
    with pytest.raises(InputError, match=r"balance\.rain"):
        pond.balance(basin(), 103, None, 1, 0.5, good[:11], good, 1, good, 0)
    with pytest.raises(InputError, match=r"balance.rain\[3\]"):
        pond.balance(basin(), 103, None, 1, 0.5, [1, 1, -1, *good[3:]], good, 1, good, 0)


def test_hydrograph_keeps_the_runoff() -> None:
    flow = storm_inflow()
    assert flow.volume == pytest.approx(10 * 0.7 * 180 * 8.0, rel=1e-12)
