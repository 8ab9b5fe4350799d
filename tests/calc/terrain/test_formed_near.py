"""The ground after the works, worked only where it is asked: there it is the whole surface."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from slopedesign.calc.benches.prisms import prisms
from slopedesign.calc.terrain.formed import Cut, Rim, formed_surface
from slopedesign.calc.terrain.sections import section
from slopedesign.calc.terrain.surface import Tin

from .surfaces import rolling


def boxes_of(line: np.ndarray) -> np.ndarray:
    """Boxes of the pieces of a line in plan."""
    ends = np.stack([line[:-1], line[1:]], axis=1)
    return np.concatenate([ends.min(axis=1), ends.max(axis=1)], axis=1)


@pytest.fixture(scope="module")
def ground_and_cuts() -> tuple[Tin, list[Cut]]:
    """Rolling ground, and two cuts in it that share an area."""
    ground = rolling()
    middle = np.array(ground.bounds)[[0, 1]] / 2 + np.array(ground.bounds)[[3, 4]] / 2
    round_one = shapely.Point(middle - 8.0).buffer(25.0)
    square = shapely.box(*(middle - 5.0), *(middle + 30.0))
    return ground, [(round_one, rolling(seed=2, phase=1.0).shifted(-6.0)), (square, rolling(seed=3).shifted(-5.0))]


@settings(derandomize=True, deadline=None, max_examples=40)
@for_all(st.lists(st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)), min_size=2, max_size=4, unique=True))
def test_a_section_of_the_near_part_is_that_of_the_whole(
    ground_and_cuts: tuple[Tin, list[Cut]], shares: list[tuple[float, float]]
) -> None:
    ground, cuts = ground_and_cuts
    low, high = np.array(ground.bounds)[:2], np.array(ground.bounds)[3:5]
    line = low + np.array(shares) * (high - low)
    if not np.hypot(*np.diff(line, axis=0).T).min() > 1e-6:
        return
    whole, near = formed_surface(ground, cuts), formed_surface(ground, cuts, boxes_of(line))
    assert len(near.triangles) <= len(whole.triangles)
    one, other = section(whole, line), section(near, line)
    assert other.stations == pytest.approx(one.stations, abs=1e-12)
    assert other.z == pytest.approx(one.z, abs=1e-12)
    assert other.gaps == pytest.approx(one.gaps, abs=1e-12)
    assert near.elevation(line) == pytest.approx(whole.elevation(line), abs=1e-12, nan_ok=True)


def test_far_from_every_cut_the_near_part_is_the_ground(ground_and_cuts: tuple[Tin, list[Cut]]) -> None:
    ground, cuts = ground_and_cuts
    corner = np.array(ground.bounds)[:2] + 1.0
    near = formed_surface(ground, cuts, np.array([[*corner, *(corner + 3.0)]]))
    assert 0 < len(near.triangles) < 0.1 * len(ground.triangles)
    xy = np.random.default_rng(1).uniform(corner, corner + 3.0, (50, 2))
    assert near.elevation(xy) == pytest.approx(ground.elevation(xy), abs=1e-12)


def test_off_the_survey_there_is_no_ground(ground_and_cuts: tuple[Tin, list[Cut]]) -> None:
    ground, cuts = ground_and_cuts
    line = np.array(ground.bounds)[3:5] + np.array([[50.0, 50.0], [80.0, 60.0]])
    near = formed_surface(ground, cuts, boxes_of(line))
    found = section(near, line)
    assert not len(found.stations)
    assert found.gaps.tolist() == section(ground, line).gaps.tolist()
    assert np.isnan(near.elevation(line)).all()
    assert not prisms(near, np.array([[[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]])).any()


def test_nothing_lies_in_an_area_of_nothing() -> None:
    """A base line that turns back sharply has no side between its normals."""
    soup = np.array([[[0.0, 0, 1], [1, 0, 1], [0, 1, 1]]])
    rim = Rim(shapely.Polygon(), np.zeros(3), soup[0, :, :2])
    met, within = rim.sides(soup)
    assert not met.any() and not within.any()
    inside, outside = rim.split(soup)
    assert len(inside) == 0 and len(outside) == 1
