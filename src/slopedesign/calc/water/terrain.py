"""Catchments from a terrain grid: hollows filled, flow directions, upstream area, the ground above a point.

Grids are (rows, cols) arrays of levels, row 0 at the south, nan outside the survey; `cell` is the side of a cell.
Where numba is installed the loops are compiled; without it the same code runs as plain Python.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import contains_xy
from shapely.geometry import Polygon

from slopedesign.errors import InputError
from slopedesign.i18n import message

# Neighbours counter-clockwise from east: column and row steps, and distance in cells.
_DC = np.array([1, 1, 0, -1, -1, -1, 0, 1], dtype=np.int64)
_DR = np.array([0, 1, 1, 1, 0, -1, -1, -1], dtype=np.int64)
_DIST = np.array([1.0, math.sqrt(2), 1.0, math.sqrt(2), 1.0, math.sqrt(2), 1.0, math.sqrt(2)])


@dataclass(frozen=True)
class Grid:
    """A terrain grid.

    Attributes:
        east, north: centre of the cell of row 0, column 0. cell: m. z: (rows, cols) m, nan outside.
    """

    east: float
    north: float
    cell: float
    z: NDArray[np.float64]

    def __post_init__(self) -> None:
        z = np.asarray(self.z, dtype=float)
        if z.ndim != 2 or min(z.shape) < 3 or not np.isfinite(z).any():
            raise InputError("terrain.z", z.shape, message("water.error.grid"))
        if not self.cell > 0:
            raise InputError("terrain.cell", self.cell, message("water.error.positive"))
        object.__setattr__(self, "z", z)

    def index(self, point: Sequence[float]) -> tuple[int, int]:
        """Row and column of the cell holding a plan point.

        Raises:
            InputError: the point lies outside the grid or the survey.
        """
        row = math.floor((point[1] - self.north) / self.cell + 0.5)
        col = math.floor((point[0] - self.east) / self.cell + 0.5)
        rows, cols = self.z.shape
        if not (0 <= row < rows and 0 <= col < cols) or not np.isfinite(self.z[row, col]):
            raise InputError("terrain.point", tuple(point), message("water.error.off_terrain"))
        return row, col

    def centre(self, row: int, col: int) -> tuple[float, float]:
        """Plan position of a cell's centre."""
        return self.east + col * self.cell, self.north + row * self.cell


@dataclass(frozen=True)
class Drainage:
    """How water runs over a grid.

    Attributes:
        filled: levels with every hollow filled to its spill, (rows, cols).
        receiver: flat index of the cell each cell drains to; itself at an outlet; -1 outside.
        order: flat indices of the cells, from the outlets up (every cell after its receiver).
        upstream: cells draining through each cell, itself counted.
    """

    filled: NDArray[np.float64]
    receiver: NDArray[np.int64]
    order: NDArray[np.int64]
    upstream: NDArray[np.float64]


def _fill_python(z: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Priority-flood: (filled levels, receiver by flood, order of flooding).

    Cells are flooded from the edges inwards in order of their level; a cell is flooded from the neighbour that
    reached it first, and is raised to that neighbour's level where it lies lower.
    """
    rows, cols = z.shape
    filled = z.copy()
    receiver = np.full(z.size, -1, dtype=np.int64)
    order = np.empty(z.size, dtype=np.int64)
    heap = [(0.0, 0, 0)]
    heap.pop()
    count = 0
    for r in range(rows):
        for c in range(cols):
            if np.isnan(z[r, c]):
                continue
            edge = r in (0, rows - 1) or c in (0, cols - 1)
            if not edge:
                for k in range(8):
                    if np.isnan(z[r + _DR[k], c + _DC[k]]):
                        edge = True
            if edge:
                i = r * cols + c
                receiver[i] = i
                heapq.heappush(heap, (z[r, c], count, i))
                count += 1
    done = 0
    while len(heap) > 0:
        level, _, i = heapq.heappop(heap)
        order[done] = i
        done += 1
        r, c = i // cols, i % cols
        for k in range(8):
            a, b = r + _DR[k], c + _DC[k]
            if a < 0 or a >= rows or b < 0 or b >= cols or np.isnan(z[a, b]):
                continue
            j = a * cols + b
            if receiver[j] >= 0:
                continue
            receiver[j] = i
            if filled[a, b] < level:
                filled[a, b] = level
            heapq.heappush(heap, (filled[a, b], count, j))
            count += 1
    return filled, receiver, order[:done]


def _steepest_python(
    z: NDArray[np.float64], filled: NDArray[np.float64], flood: NDArray[np.int64]
) -> NDArray[np.int64]:
    """D8: the steepest way down on the filled surface; where none falls (a filled flat), the way of the flood."""
    rows, cols = z.shape
    receiver = flood.copy()
    for r in range(rows):
        for c in range(cols):
            i = r * cols + c
            if flood[i] < 0 or flood[i] == i:
                continue
            best, way = 0.0, -1
            for k in range(8):
                a, b = r + _DR[k], c + _DC[k]
                if a < 0 or a >= rows or b < 0 or b >= cols or np.isnan(z[a, b]):
                    continue
                fall = (filled[r, c] - filled[a, b]) / _DIST[k]
                if fall > best:
                    best, way = fall, a * cols + b
            if way >= 0:
                receiver[i] = way
    return receiver


def _accumulate_python(receiver: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.float64]:
    upstream = np.zeros(receiver.size)
    for k in range(order.size - 1, -1, -1):
        i = order[k]
        upstream[i] += 1.0
        if receiver[i] != i:
            upstream[receiver[i]] += upstream[i]
    return upstream


def _label_python(receiver: NDArray[np.int64], order: NDArray[np.int64], seeds: NDArray[np.int64]) -> NDArray[np.int32]:
    labels = np.zeros(receiver.size, dtype=np.int32)
    for k in range(seeds.size):
        labels[seeds[k]] = k + 1
    for k in range(order.size):
        i = order[k]
        if labels[i] == 0 and receiver[i] != i:
            labels[i] = labels[receiver[i]]
    return labels


@cache
def _loops() -> tuple[Callable[..., Any], ...]:
    """Fill, steepest, accumulate and label: compiled at first use where numba is installed."""
    plain = (_fill_python, _steepest_python, _accumulate_python, _label_python)
    try:
        from numba import njit
    except ImportError:
        return plain
    return tuple(njit(cache=True)(function) for function in plain)


def drainage(z: NDArray[np.float64]) -> Drainage:
    """Hollows filled, D8 directions and upstream cell counts of a grid of levels.

    The order of flooding is an order of filled level, so a cell's D8 receiver (strictly lower, or its flood parent)
    always comes before it.
    """
    levels = np.ascontiguousarray(z, dtype=np.float64)
    fill, steepest, accumulate, _ = _loops()
    filled, flood, order = fill(levels)
    receiver = steepest(levels, filled, flood)
    return Drainage(filled, receiver, order, accumulate(receiver, order).reshape(z.shape))


def d_infinity(filled: NDArray[np.float64], cell: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Tarboton's flow direction and slope: steepest of the eight triangular facets around each cell.

    Returns:
        direction in radians counter-clockwise from east, nan where nothing falls; slope [-].
    """
    rows, cols = filled.shape
    angle = np.full((rows, cols), np.nan)
    steepest = np.zeros((rows, cols))
    padded = np.pad(filled, 1, constant_values=np.nan)
    centre = filled
    for k in range(8):
        straight, diagonal = (k, k + 1) if k % 2 == 0 else (k + 1, k)
        e1 = _shifted(padded, straight % 8, rows, cols)
        e2 = _shifted(padded, diagonal % 8, rows, cols)
        s1, s2 = (centre - e1) / cell, (e1 - e2) / cell
        turn = np.arctan2(s2, s1)
        slope = np.hypot(s1, s2)
        slope = np.where(turn < 0, s1, np.where(turn > math.pi / 4, (centre - e2) / (cell * math.sqrt(2)), slope))
        turn = np.clip(turn, 0.0, math.pi / 4)
        base = straight % 8 * math.pi / 4
        way = (base + turn if k % 2 == 0 else base - turn) % (2 * math.pi)
        better = np.nan_to_num(slope, nan=-1.0) > steepest
        steepest = np.where(better, slope, steepest)
        angle = np.where(better, way, angle)
    return angle, steepest


def _shifted(padded: NDArray[np.float64], k: int, rows: int, cols: int) -> NDArray[np.float64]:
    r, c = 1 + int(_DR[k]), 1 + int(_DC[k])
    return padded[r : r + rows, c : c + cols]


def d_infinity_upstream(found: Drainage, cell: float) -> NDArray[np.float64]:
    """Upstream cells with each cell's water split between the two neighbours of its D-infinity direction.

    On filled flats, where no facet falls, the water follows the flood. Mass is kept: what enters leaves at outlets.
    """
    angle, _ = d_infinity(found.filled, cell)
    rows, cols = angle.shape
    amount = np.zeros(angle.size)
    flat = angle.ravel()
    filled = found.filled.ravel()
    for i in found.order[::-1]:
        amount[i] += 1.0
        receiver = found.receiver[i]
        if receiver == i:
            continue
        share = 0.0 if np.isnan(flat[i]) else flat[i] / (math.pi / 4)
        low = int(share) % 8
        part = share - int(share)
        ways = ((low, 1 - part), ((low + 1) % 8, part))
        targets = []
        for k, weight in ways:
            r, c = i // cols + int(_DR[k]), i % cols + int(_DC[k])
            inside = 0 <= r < rows and 0 <= c < cols
            if weight > 0 and inside and filled[r * cols + c] < filled[i]:
                targets.append((r * cols + c, weight))
        whole = sum(weight for _, weight in targets)
        if np.isnan(flat[i]) or whole == 0:
            amount[receiver] += amount[i]
        else:
            for j, weight in targets:
                amount[j] += amount[i] * weight / whole
    return amount.reshape(angle.shape)


def snap(found: Drainage, cell: tuple[int, int], radius: int) -> tuple[int, int]:
    """The cell of greatest upstream area within `radius` cells; the nearer one where two are equal."""
    rows, cols = found.upstream.shape
    r0, r1 = max(cell[0] - radius, 0), min(cell[0] + radius + 1, rows)
    c0, c1 = max(cell[1] - radius, 0), min(cell[1] + radius + 1, cols)
    r, c = np.mgrid[r0:r1, c0:c1]
    away = (r - cell[0]) ** 2 + (c - cell[1]) ** 2
    value = np.where(away <= radius**2, found.upstream[r0:r1, c0:c1], -1.0)
    best = np.lexsort((away.ravel(), -value.ravel()))[0]
    return int(r.ravel()[best]), int(c.ravel()[best])


def watersheds(found: Drainage, points: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
    """Label of the point each cell drains to first (1, 2, ... in the order of `points`; 0: none), (rows, cols)."""
    cols = found.upstream.shape[1]
    seeds = np.array([r * cols + c for r, c in points], dtype=np.int64)
    return np.asarray(_loops()[3](found.receiver, found.order, seeds)).reshape(found.upstream.shape)


@dataclass(frozen=True)
class GroundCatchment:
    """The ground draining to a point.

    Attributes:
        mask: (rows, cols). area: m2. outlet: row and column.
        flow_length: longest way to the outlet [m]; path: its plan points (n, 2), from the divide down.
        fall: difference of level along it [m]; slope: fall over length. mean_slope: of the ground [-].
        divide: closed plan polyline (n, 2) of the outer divide.
    """

    mask: NDArray[np.bool_]
    area: float
    outlet: tuple[int, int]
    flow_length: float
    path: NDArray[np.float64]
    fall: float
    mean_slope: float
    divide: NDArray[np.float64]

    @property
    def slope(self) -> float:
        """Mean slope of the longest way [-]."""
        return self.fall / self.flow_length if self.flow_length > 0 else 0.0


def catchment(
    grid: Grid, found: Drainage, point: tuple[int, int], others: Sequence[tuple[int, int]] = ()
) -> GroundCatchment:
    """The ground draining to `point` and not before that to one of `others`."""
    mask = watersheds(found, [point, *[p for p in others if p != point]]) == 1
    length, path = _longest(grid, found, mask, point)
    levels = np.array([grid.z[r, c] for r, c in path])
    centres = np.array([grid.centre(r, c) for r, c in path])
    d_row, d_col = np.gradient(grid.z, grid.cell)
    steep = np.hypot(d_row, d_col)[mask]
    return GroundCatchment(
        mask=mask, area=float(mask.sum()) * grid.cell**2, outlet=point, flow_length=length, path=centres,
        fall=float(levels[0] - levels[-1]), mean_slope=float(np.nanmean(steep)) if np.isfinite(steep).any() else 0.0,
        divide=divide_line(grid, mask),
    )  # fmt: skip


def _longest(
    grid: Grid, found: Drainage, mask: NDArray[np.bool_], point: tuple[int, int]
) -> tuple[float, list[tuple[int, int]]]:
    cols = grid.z.shape[1]
    inside = mask.ravel()
    cells = found.order[inside[found.order]]
    below = found.receiver[cells]
    diagonal = ((cells // cols) != (below // cols)) & ((cells % cols) != (below % cols))
    steps = np.where(diagonal, math.sqrt(2), 1.0) * grid.cell
    far = np.zeros(grid.z.size)
    outlet = point[0] * cols + point[1]
    for i, j, step in zip(cells.tolist(), below.tolist(), steps.tolist(), strict=True):
        if i != outlet:
            far[i] = far[j] + step
    head = int(cells[np.argmax(far[cells])])
    path = [head]
    while path[-1] != outlet:
        path.append(int(found.receiver[path[-1]]))
    return float(far[head]), [(i // cols, i % cols) for i in path]


def divide_line(grid: Grid, mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The outer edge of a set of cells as a closed polyline on cell corners, (n, 2), first point repeated last."""
    padded = np.pad(mask, 1)
    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for r, c in np.argwhere(padded):
        for (dr, dc), start, end in (
            ((-1, 0), (r, c), (r, c + 1)), ((0, 1), (r, c + 1), (r + 1, c + 1)),
            ((1, 0), (r + 1, c + 1), (r + 1, c)), ((0, -1), (r + 1, c), (r, c)),
        ):  # fmt: skip
            if not padded[r + dr, c + dc]:
                edges.setdefault((int(start[0]), int(start[1])), []).append((int(end[0]), int(end[1])))
    rings = []
    while edges:
        start = next(iter(edges))
        ring = [start]
        while True:
            following = edges[ring[-1]]
            ring.append(following.pop())
            if not following:
                del edges[ring[-2]]
            if ring[-1] == start:
                break
        rings.append(ring)
    outer = max(rings, key=len)
    corners = np.array(outer, dtype=float)
    return np.column_stack(
        (grid.east + (corners[:, 1] - 1.5) * grid.cell, grid.north + (corners[:, 0] - 1.5) * grid.cell)
    )


def surface_shares(grid: Grid, mask: NDArray[np.bool_], polygons: Sequence[NDArray[np.float64]]) -> list[float]:
    """Area [m2] of a catchment inside each polygon (by cell centres); a cell in two polygons counts for the first."""
    rows, cols = np.nonzero(mask)
    x, y = grid.east + cols * grid.cell, grid.north + rows * grid.cell
    free = np.ones(len(rows), dtype=bool)
    found = []
    for points in polygons:
        inside = contains_xy(Polygon(points), x, y) & free
        free &= ~inside
        found.append(float(inside.sum()) * grid.cell**2)
    return found
