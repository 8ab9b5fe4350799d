"""Catchments from terrain: filling, flow directions, watersheds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from slopedesign.calc.water import terrain
from slopedesign.errors import InputError

HEIGHTS = arrays(np.float64, (9, 11), elements=st.floats(0, 20).map(lambda v: round(v, 1)))


def brute_fill(z: np.ndarray) -> np.ndarray:
    """Filled levels by relaxation: the least level a path to the edge has to climb to."""
    filled = np.full(z.shape, np.inf)
    filled[[0, -1]], filled[:, [0, -1]] = z[[0, -1]], z[:, [0, -1]]
    while True:
        padded = np.pad(filled, 1, constant_values=np.inf)
        lowest = np.min([padded[1 + dr : 1 + dr + z.shape[0], 1 + dc : 1 + dc + z.shape[1]]
                         for dr in (-1, 0, 1) for dc in (-1, 0, 1)], axis=0)  # fmt: skip
        new = np.minimum(filled, np.maximum(z, lowest))
        if np.array_equal(new, filled):
            return filled
        filled = new


@for_all(HEIGHTS)
@settings(max_examples=40)
def test_filling_agrees_with_relaxation(z: np.ndarray) -> None:
    assert np.array_equal(terrain.drainage(z).filled, brute_fill(z))


@for_all(HEIGHTS)
@settings(max_examples=40)
def test_every_cell_drains_to_the_edge_and_counts_once(z: np.ndarray) -> None:
    found = terrain.drainage(z)
    out = found.receiver == np.arange(z.size)
    assert found.upstream.ravel()[out].sum() == z.size
    for i in range(z.size):
        seen, j = 0, i
        while found.receiver[j] != j:
            j, seen = found.receiver[j], seen + 1
            assert seen <= z.size
        assert found.filled.ravel()[j] <= found.filled.ravel()[i]
    spread = terrain.d_infinity_upstream(found, 1.0)
    assert spread.ravel()[out].sum() == pytest.approx(z.size)


def test_compiled_and_plain_loops_agree() -> None:
    z = np.random.default_rng(3).normal(0, 1, (40, 30)) + np.linspace(0, 5, 30)
    z[:5, :5] = np.nan
    found = terrain.drainage(z)
    filled, flood, order = terrain._fill_python(z)
    receiver = terrain._steepest_python(z, filled, flood)
    assert np.array_equal(found.filled, filled, equal_nan=True)
    assert np.array_equal(found.receiver, receiver)
    assert np.array_equal(found.upstream.ravel(), terrain._accumulate_python(receiver, order))


def valley(rows: int = 61, cols: int = 41, cell: float = 2.0) -> terrain.Grid:
    """A V-shaped valley falling south: every cell drains to the middle column, then along it."""
    y, x = np.mgrid[:rows, :cols] * cell
    return terrain.Grid(500.0, 100.0, cell, 0.05 * y + 0.4 * np.abs(x - (cols // 2) * cell) + 50.0)


def test_catchment_of_a_valley() -> None:
    grid = valley()
    found = terrain.drainage(grid.z)
    outlet = terrain.snap(found, grid.index((500 + 44.0, 100.0 + 20.0)), 4)
    assert outlet[1] == 20
    land = terrain.catchment(grid, found, outlet)
    assert land.mask[outlet[0] + 5 : -1, 1:-1].all()
    assert land.area == land.mask.sum() * 4.0
    assert land.flow_length > 2.0 * (60 - outlet[0])
    assert land.slope == pytest.approx(land.fall / land.flow_length)
    assert np.array_equal(land.divide[0], land.divide[-1])
    x, y = land.divide.T
    assert abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2 == pytest.approx(land.area)


def test_a_point_upstream_takes_its_own_ground_away() -> None:
    grid = valley()
    found = terrain.drainage(grid.z)
    low, high = (5, 20), (30, 20)
    whole = terrain.catchment(grid, found, low)
    upper = terrain.catchment(grid, found, high)
    rest = terrain.catchment(grid, found, low, [high])
    assert rest.area + upper.area == whole.area


def test_d_infinity_of_a_plane_is_its_dip() -> None:
    y, x = np.mgrid[:20, :20].astype(float)
    angle, slope = terrain.d_infinity(-(0.3 * x + 0.1 * y), 1.0)
    assert angle[5:15, 5:15] == pytest.approx(np.arctan2(0.1, 0.3))
    assert slope[5:15, 5:15] == pytest.approx(np.hypot(0.3, 0.1))


def test_surface_shares_by_polygons() -> None:
    grid = valley()
    mask = np.ones(grid.z.shape, dtype=bool)
    half = np.array([[499.0, 99.0], [541.0, 99.0], [541.0, 400.0], [499.0, 400.0]])
    both = terrain.surface_shares(grid, mask, [half, half])
    assert both[0] == pytest.approx(21 * 61 * 4.0)
    assert both[1] == 0.0


def test_points_off_the_terrain_are_refused() -> None:
    with pytest.raises(InputError, match="outside"):
        valley().index((0.0, 0.0))
    with pytest.raises(InputError, match="grid"):
        terrain.Grid(0, 0, 1, np.zeros((2, 2)))
