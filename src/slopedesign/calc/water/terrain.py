"""Catchments from a terrain grid: hollows filled, flow directions, upstream area, the ground above a point.

Grids are (rows, cols) arrays of levels, row 0 at the south, nan outside the survey; `cell` is the side of a cell.
The loops over cells are in `flow_ways`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from shapely import contains_xy
from shapely.geometry import Polygon

from slopedesign.calc.water.flow_ways import loops
from slopedesign.errors import InputError
from slopedesign.i18n import message

Method = Literal["d8", "d_infinity"]
MOSTLY = 0.5
"""A cell counts as inside a catchment where at least this share of its water drains to it (D-infinity)."""


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
        if z.ndim != 2 or min(z.shape) < 3 or not np.isfinite(z).any() or np.isinf(z).any():
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
class Split:
    """D-infinity: each cell's water parted between two cells; flat indices, and the share of the first."""

    one: NDArray[np.int64]
    two: NDArray[np.int64]
    part: NDArray[np.float64]


@dataclass(frozen=True)
class Drainage:
    """How water runs over a grid.

    Attributes:
        filled: levels with every hollow filled to its spill, (rows, cols).
        receiver: flat index of the cell each cell drains to by D8; itself at an outlet; -1 outside.
        order: flat indices of the cells, from the outlets up (every cell after those it drains to).
        upstream: cells draining through each cell, itself counted; with fractions under D-infinity.
        split: where D-infinity sends the water of each cell; None under D8.
    """

    filled: NDArray[np.float64]
    receiver: NDArray[np.int64]
    order: NDArray[np.int64]
    upstream: NDArray[np.float64]
    split: Split | None = None

    @property
    def method(self) -> Method:
        """How the ways were found."""
        return "d8" if self.split is None else "d_infinity"


def drainage(z: NDArray[np.float64], method: Method = "d8") -> Drainage:
    """Hollows filled, ways down and upstream cell counts of a grid of levels.

    D8 sends all water of a cell the steepest of eight ways; D-infinity (Tarboton 1997) parts it between the two cells
    either side of the steepest facet. The order of flooding is an order of filled level, so a cell's receivers
    (strictly lower, or its flood parent) always come before it.
    """
    levels = np.ascontiguousarray(z, dtype=np.float64)
    run = loops()
    filled, flood, order = run.fill(levels, max(1, min(levels.size // 16, 1 << 16)))
    receiver = run.steepest(levels, filled, flood)
    if method == "d8":
        return Drainage(filled, receiver, order, run.accumulate(receiver, order).reshape(z.shape))
    angle, _ = run.facets(filled, 1.0)
    parted = Split(*run.split(angle, filled, receiver))
    upstream = run.accumulate_split(parted.one, parted.two, parted.part, order)
    return Drainage(filled, receiver, order, upstream.reshape(z.shape), parted)


def d_infinity(filled: NDArray[np.float64], cell: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Tarboton's flow direction and slope: steepest of the eight triangular facets around each cell.

    Returns:
        direction in radians counter-clockwise from east, nan where nothing falls; slope [-].
    """
    angle, slope = loops().facets(np.ascontiguousarray(filled, dtype=np.float64), float(cell))
    return angle, slope


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


Cells = Sequence[tuple[int, int]]


def seeded(found: Drainage, groups: Sequence[Cells]) -> NDArray[np.int32]:
    """Flat labels of seed cells: 1, 2, ... in the order of `groups`; a cell of two groups stays with the first."""
    cols = found.upstream.shape[1]
    seeds = np.zeros(found.upstream.size, dtype=np.int32)
    for number in range(len(groups), 0, -1):
        if len(groups[number - 1]):
            cells = np.asarray(groups[number - 1], dtype=np.int64)
            seeds[cells[:, 0] * cols + cells[:, 1]] = number
    return seeds


def watersheds(found: Drainage, points: Cells) -> NDArray[np.int32]:
    """Label of the point each cell drains to first by D8 (1, 2, ... in the order of `points`; 0: none)."""
    seeds = seeded(found, [[point] for point in points])
    return np.asarray(loops().label(found.receiver, found.order, seeds)).reshape(found.upstream.shape)


def cells_under(grid: Grid, line: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Cells a plan polyline passes through, without a diagonal step water could slip through; those off the survey
    are left out."""
    at = np.column_stack(((line[:, 1] - grid.north) / grid.cell + 0.5, (line[:, 0] - grid.east) / grid.cell + 0.5))
    found: dict[tuple[int, int], None] = {}
    for start, end in zip(at[:-1], at[1:], strict=True):
        crossings = [0.0, 1.0]
        for axis in (0, 1):
            low, high = sorted((start[axis], end[axis]))
            walls = np.arange(math.ceil(low), math.floor(high) + 1)
            if high > low:
                crossings += list((walls - start[axis]) / (end[axis] - start[axis]))
        shares = np.unique(np.clip(crossings, 0.0, 1.0))
        middles = start + ((shares[:-1] + shares[1:]) / 2)[:, None] * (end - start)
        for r, c in np.floor(middles).astype(int):
            last = next(reversed(found), None)
            if last is not None and abs(last[0] - r) + abs(last[1] - c) == 2 and abs(last[0] - r) == 1:
                found[last[0], int(c)] = None  # through a corner: the cell beside it closes the gap
            found.pop((int(r), int(c)), None)
            found[int(r), int(c)] = None
    rows, cols = grid.z.shape
    return [(r, c) for r, c in found if 0 <= r < rows and 0 <= c < cols and np.isfinite(grid.z[r, c])]


@dataclass(frozen=True)
class GroundCatchment:
    """The ground draining to a point, a ditch or a pond.

    Attributes:
        mask: (rows, cols), cells of which at least half the water drains there.
        share: (rows, cols), share of each cell's water that does; None under D8, where all or nothing does.
        area: m2, fractions counted. seeds: cells of the point or ditch. method: how the ways were found.
        flow_length: longest way there [m]; path: its plan points (n, 2), from the divide down.
        fall: difference of level along it [m]; slope: fall over length. mean_slope: of the ground [-].
        divide: closed plan polyline (n, 2) of the outer divide.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("mask", "share", "seeds")

    mask: NDArray[np.bool_]
    share: NDArray[np.float64] | None
    area: float
    seeds: Cells
    method: Method
    flow_length: float
    path: NDArray[np.float64]
    fall: float
    mean_slope: float
    divide: NDArray[np.float64]

    @property
    def slope(self) -> float:
        """Mean slope of the longest way [-]."""
        return self.fall / self.flow_length if self.flow_length > 0 else 0.0


def catchment(grid: Grid, found: Drainage, point: tuple[int, int], others: Cells = ()) -> GroundCatchment:
    """The ground draining to `point` and not before that to one of `others`."""
    return catchments(grid, found, [[point], [p for p in others if p != point]])[0]


def catchments(grid: Grid, found: Drainage, groups: Sequence[Cells]) -> list[GroundCatchment]:
    """The ground draining to each group of cells (a point, a ditch, a pond) before it meets another group.

    Raises:
        InputError: a group has no cell on the survey that is not another's.
    """
    seeds = seeded(found, groups)
    d_row, d_col = np.gradient(grid.z, grid.cell)
    steep = np.hypot(d_row, d_col)
    present = np.bincount(seeds, minlength=len(groups) + 1)
    by_d8 = _D8(grid, found, seeds) if found.split is None else None
    result = []
    for number in range(1, len(groups) + 1):
        if not len(groups[number - 1]):
            continue
        if present[number] == 0:
            raise InputError("water.catchments", number, message("water.error.no_cells"))
        share, far = by_d8.of(number) if by_d8 is not None else _parted(grid, found, seeds, number)
        result.append(_measured(grid, found, share, far, seeds, number, steep))
    return result


class _D8:
    """Labels and lengths of way of all groups, found in one pass."""

    def __init__(self, grid: Grid, found: Drainage, seeds: NDArray[np.int32]) -> None:
        self.labels = loops().label(found.receiver, found.order, seeds)
        self.far = loops().lengths(found.receiver, found.order, seeds, self.labels, grid.z.shape[1])

    def of(self, number: int) -> tuple[NDArray[np.float64] | NDArray[np.bool_], NDArray[np.float64]]:
        return self.labels == number, self.far


def _parted(
    grid: Grid, found: Drainage, seeds: NDArray[np.int32], number: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    assert found.split is not None
    ways = found.split
    share, far = loops().shares(ways.one, ways.two, ways.part, found.order, seeds, number, grid.z.shape[1])
    return share, far


def _measured(
    grid: Grid, found: Drainage, share: NDArray[np.float64] | NDArray[np.bool_], far: NDArray[np.float64],
    seeds: NDArray[np.int32], number: int, steep: NDArray[np.float64],
) -> GroundCatchment:  # fmt: skip
    cols = grid.z.shape[1]
    inside = np.asarray(share >= MOSTLY)
    cells = np.flatnonzero(inside)
    head = int(cells[np.argmax(far[cells])])
    path = [head]
    while seeds[path[-1]] == 0:
        path.append(_next(found, share, path[-1]))
    at = [(i // cols, i % cols) for i in path]
    levels = grid.z[at[0]], grid.z[at[-1]]
    mask = inside.reshape(grid.z.shape)
    tops, weights = steep.ravel()[share > 0], share[share > 0]
    known = np.isfinite(tops)
    return GroundCatchment(
        mask=mask, share=None if found.split is None else share.reshape(grid.z.shape).astype(np.float64),
        area=float(share.sum()) * grid.cell**2, seeds=[(int(i) // cols, int(i) % cols) for i in
                                                       np.flatnonzero(seeds == number)],
        method=found.method, flow_length=float(far[head]) * grid.cell,
        path=np.array([grid.centre(r, c) for r, c in at]), fall=float(levels[0] - levels[1]),
        mean_slope=float(np.average(tops[known], weights=weights[known])) if known.any() else 0.0,
        divide=divide_line(grid, mask),
    )  # fmt: skip


def _next(found: Drainage, share: NDArray[np.float64] | NDArray[np.bool_], i: int) -> int:
    """The cell most of the water goes on to."""
    ways = found.split
    if ways is None:
        return int(found.receiver[i])
    one, two, part = int(ways.one[i]), int(ways.two[i]), float(ways.part[i])
    return one if part * share[one] >= (1.0 - part) * share[two] else two


def divide_line(grid: Grid, mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The outer edge of a set of cells as a closed polyline on cell corners, (n, 2), first point repeated last."""
    padded = np.pad(mask, 1)
    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    within = padded.copy()
    within[1:-1, 1:-1] &= padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]
    for r, c in np.argwhere(padded & ~within):
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
    outer = max(rings, key=lambda ring: Polygon(ring).area)
    corners = np.array(outer, dtype=float)
    return np.column_stack(
        (grid.east + (corners[:, 1] - 1.5) * grid.cell, grid.north + (corners[:, 0] - 1.5) * grid.cell)
    )


def surface_shares(grid: Grid, land: GroundCatchment, polygons: Sequence[NDArray[np.float64]]) -> list[float]:
    """Area [m2] of a catchment inside each polygon (by cell centres); a cell in two polygons counts for the first."""
    weight = land.mask.astype(np.float64) if land.share is None else land.share
    rows, cols = np.nonzero(weight)
    amount = weight[rows, cols]
    x, y = grid.east + cols * grid.cell, grid.north + rows * grid.cell
    free = np.ones(len(rows), dtype=bool)
    found = []
    for points in polygons:
        inside = contains_xy(Polygon(points), x, y) & free
        free &= ~inside
        found.append(float(amount[inside].sum()) * grid.cell**2)
    return found
