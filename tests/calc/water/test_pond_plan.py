"""A shaped pond on the plan: its water area is that of its storage, its length points along its azimuth."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from slopedesign.calc.water.pond import circular, rectangular
from slopedesign.calc.water.pond_plan import outline_at
from slopedesign.project.water import Pond

AT = (533_639.0, 3_406_370.0)


def pond(**changes: object) -> Pond:
    usual = {"name": "P", "bottom_level": 207.5, "depth": 3.5, "normal_level": 210.0, "side_slope": 0.5, "place": AT}
    return Pond.model_validate(usual | changes)


@given(st.floats(0, 359.9), st.floats(207.5, 211.0), st.floats(0, 3))
def test_the_area_is_that_of_the_storage(azimuth: float, level: float, slope: float) -> None:
    record = pond(length=50, width=32, azimuth=azimuth, side_slope=slope)
    ring = outline_at(record, level)
    assert ring is not None
    shape = shapely.Polygon(ring)
    assert shape.is_valid
    expected = np.interp(level - 207.5, *_areas(rectangular(50, 32, slope, 207.5, 3.5)))
    assert shape.area == pytest.approx(expected, rel=1e-4)
    assert shape.centroid.distance(shapely.Point(AT)) < 1e-6


def _areas(storage) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[no-untyped-def]
    return storage.level - 207.5, storage.area


def test_a_round_pond() -> None:
    ring = outline_at(pond(diameter=20), 210.0)
    assert ring is not None
    assert np.hypot(*(ring - AT).T) == pytest.approx(10 + 0.5 * 2.5)
    expected = np.interp(2.5, *_areas(circular(20, 0.5, 207.5, 3.5)))
    assert shapely.Polygon(ring).area == pytest.approx(expected, rel=2e-3)  # 72 chords


def test_its_length_points_along_the_azimuth() -> None:
    ring = outline_at(pond(length=50, width=10, azimuth=90), 207.5)
    assert ring is not None
    assert np.ptp(ring, axis=0) == pytest.approx([50, 10])
    leaning = outline_at(pond(length=50, width=10, azimuth=30), 207.5)
    assert leaning is not None
    side = leaning[2] - leaning[1]
    assert math.degrees(math.atan2(side[0], side[1])) == pytest.approx(30)


def test_without_a_place_or_outside_its_walls_there_is_none() -> None:
    assert outline_at(pond(length=50, width=32, place=None), 210.0) is None
    assert outline_at(pond(length=50, width=32), 211.1) is None
    assert outline_at(pond(length=50, width=32), 207.4) is None
