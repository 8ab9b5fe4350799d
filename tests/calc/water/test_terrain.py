"""Catchments from terrain: filling, flow directions, watersheds."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from slopedesign.calc.water import flow_ways, terrain
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
    spread = terrain.drainage(z, "d_infinity")
    assert spread.upstream.ravel()[out].sum() == pytest.approx(z.size)


def flooded(z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Priority-flood with one heap of all cells, ties in the order they were met: what any arrangement must give."""
    rows, cols = z.shape
    filled, parent, order = z.copy(), np.full(z.size, -1), []
    heap: list[tuple[float, int, int]] = []
    for i in range(z.size):
        r, c = divmod(i, cols)
        around = z[max(r - 1, 0) : r + 2, max(c - 1, 0) : c + 2]
        if not np.isnan(z[r, c]) and (around.size < 9 or np.isnan(around).any()):
            parent[i] = i
            heapq.heappush(heap, (z[r, c], len(heap), i))
    met = len(heap)
    while heap:
        level, _, i = heapq.heappop(heap)
        order.append(i)
        r, c = divmod(i, cols)
        for k in range(8):
            a, b = r + int(flow_ways.DR[k]), c + int(flow_ways.DC[k])
            if 0 <= a < rows and 0 <= b < cols and not np.isnan(z[a, b]) and parent[a * cols + b] < 0:
                parent[a * cols + b] = i
                filled[a, b] = max(filled[a, b], level)
                heapq.heappush(heap, (filled[a, b], met, a * cols + b))
                met += 1
    return filled, parent, np.array(order)


@for_all(HEIGHTS, st.integers(1, 60), st.booleans())
@settings(max_examples=60)
def test_bands_of_level_flood_in_the_order_of_one_heap(z: np.ndarray, bins: int, holes: bool) -> None:
    if holes:
        z[2:4, 5:8] = np.nan
    for ours, expected in zip(flow_ways.loops().fill(z, bins), flooded(z), strict=True):
        assert np.array_equal(ours, expected, equal_nan=True)


def test_compiled_and_plain_loops_agree() -> None:
    z = np.random.default_rng(3).normal(0, 1, (40, 30)) + np.linspace(0, 5, 30)
    z[:5, :5] = np.nan
    found = terrain.drainage(z)
    filled, flood, order = flow_ways.fill(z, 40)
    receiver = flow_ways.steepest(z, filled, flood)
    assert np.array_equal(found.filled, filled, equal_nan=True)
    assert np.array_equal(found.receiver, receiver)
    assert np.array_equal(found.upstream.ravel(), flow_ways.accumulate(receiver, order))
    seeds = terrain.seeded(found, [[(20, 15)], [(30, 20), (30, 21)]])
    labels = flow_ways.label(receiver, order, seeds)
    assert np.array_equal(labels.reshape(z.shape), terrain.watersheds(found, [(20, 15), (30, 20)])
                          | (labels.reshape(z.shape) == 2) * 2)  # fmt: skip
    parted = terrain.drainage(z, "d_infinity")
    angle, _ = flow_ways.facets(filled, 1.0)
    one, two, part = flow_ways.split(angle, filled, receiver)
    assert parted.split is not None
    for ours, plain in ((parted.split.one, one), (parted.split.two, two), (parted.split.part, part)):
        assert np.array_equal(ours, plain)
    assert parted.upstream.ravel() == pytest.approx(flow_ways.accumulate_split(one, two, part, order))
    share, far = flow_ways.shares(one, two, part, order, seeds, 1, 30)
    compiled = flow_ways.loops().shares(one, two, part, order, seeds, 1, 30)
    assert share == pytest.approx(compiled[0]) and far == pytest.approx(compiled[1])


@for_all(HEIGHTS, st.sampled_from(["d8", "d_infinity"]), st.sampled_from([0.5, 2.0]))
@settings(max_examples=60)
def test_parts_make_up_the_whole(z: np.ndarray, method: terrain.Method, cell: float) -> None:
    """Every outlet seeded, and two points inside: areas add up to the grid, whatever the way water is parted."""
    grid = terrain.Grid(0.0, 0.0, cell, z)
    found = terrain.drainage(z, method)
    outs = [divmod(int(i), z.shape[1]) for i in np.flatnonzero(found.receiver == np.arange(z.size))]
    groups = [[(4, 5)], [(6, 2), (6, 3), (6, 4)], *([out] for out in outs if out not in ((4, 5),))]
    parts = terrain.catchments(grid, found, groups)
    assert sum(land.area for land in parts) == pytest.approx(z.size * cell**2)
    shares = sum(land.mask.astype(float) if land.share is None else land.share for land in parts)
    assert np.asarray(shares) == pytest.approx(np.ones(z.shape))
    square = np.array([[-9.0, -9.0], [99.0, -9.0], [99.0, 99.0], [-9.0, 99.0]])
    for land in parts:
        assert terrain.surface_shares(grid, land, [square]) == pytest.approx([land.area])


def test_d_infinity_parts_a_plane_that_d8_does_not() -> None:
    """A plane dipping 22.5 deg off the axis: D-infinity halves the water of a cell between two, D8 sends it one way."""
    y, x = np.mgrid[:60, :60].astype(float)
    z = 100 - x * np.cos(np.pi / 8) - y * np.sin(np.pi / 8)
    parted = terrain.drainage(z, "d_infinity").split
    assert parted is not None
    assert parted.part.reshape(60, 60)[5:50, 5:50] == pytest.approx(0.5)
    grid = terrain.Grid(0.0, 0.0, 1.0, z)
    line = [(r, 40) for r in range(20, 41)]
    land = terrain.catchments(grid, terrain.drainage(z, "d_infinity"), [line])[0]
    assert land.share is not None
    assert land.area == pytest.approx(21 * 40, rel=0.01)  # a strip as wide as the line, up the dip to the rim's outlets
    middle = np.average(y, weights=land.share)
    # water is parted by the angle, half and half, which leads it down a slope of 0.5 instead of tan 22.5 deg = 0.41
    assert middle == pytest.approx(30 - 20 * np.tan(np.pi / 8), abs=1.5)
    straight = terrain.catchments(grid, terrain.drainage(z), [line])[0]
    assert np.average(y, weights=straight.mask) > middle + 5  # D8 can only go along the rows


@for_all(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 20)), min_size=2, max_size=5))
@settings(max_examples=60)
def test_cells_under_a_line_leave_no_gap(points: list[tuple[float, float]]) -> None:
    grid = terrain.Grid(0.0, 0.0, 1.0, np.zeros((21, 21)))
    line = np.array(points)
    cells = terrain.cells_under(grid, line)
    assert len(set(cells)) == len(cells)
    for share in np.linspace(0, 1, 50):
        for a, b in zip(line[:-1], line[1:], strict=True):
            p = a + share * (b - a)
            r, c = np.floor(p[::-1] + 0.5)
            near = any(abs(r - row) + abs(c - col) <= 1 for row, col in cells)
            assert near or not (0 <= r <= 20 and 0 <= c <= 20)
    from scipy.ndimage import label

    marked = np.zeros((21, 21))
    for row, col in cells:
        marked[row, col] = 1
    assert label(marked)[1] <= 1  # joined by sides


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
    found = terrain.drainage(grid.z)
    outs = np.flatnonzero(found.receiver == np.arange(grid.z.size))
    land = terrain.catchments(grid, found, [[divmod(int(i), 41) for i in outs]])[0]
    half = np.array([[499.0, 99.0], [541.0, 99.0], [541.0, 400.0], [499.0, 400.0]])
    both = terrain.surface_shares(grid, land, [half, half])
    assert both[0] == pytest.approx(21 * 61 * 4.0)
    assert both[1] == 0.0


def test_points_off_the_terrain_are_refused() -> None:
    with pytest.raises(InputError, match="outside"):
        valley().index((0.0, 0.0))
    with pytest.raises(InputError, match="grid"):
        terrain.Grid(0, 0, 1, np.zeros((2, 2)))
