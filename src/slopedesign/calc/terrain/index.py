"""A grid of cells that knows which triangles pass through each: how neighbours in plan are found."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.terrain.engine import fast_kernels, kernels_at_hand

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int32]
LongArray = NDArray[np.int64]

_SLACK = 1e-9  # share of a cell by which a triangle is widened, so that rounding never loses one
_BESIDE = 1e-6  # share of a cell beside a line within which a triangle counts as met
_BLOCK = 200_000
_FEW = 50_000  # triangles below which loading compiled kernels costs more than they save
_MOST_CELLS = 4_000_000


@dataclass(frozen=True, eq=False)
class TriangleGrid:
    """Triangles by grid cell: cell k = row*columns + column holds `items[start[k]:start[k + 1]]`."""

    x0: float
    y0: float
    cell: float
    columns: int
    rows: int
    start: LongArray
    items: IntArray

    @classmethod
    def over(cls, corners: FloatArray) -> TriangleGrid:
        """Index (m, 3, 2) triangles, about one cell for each."""
        x0, y0, cell, columns, rows = layout(corners)
        kernels = fast_kernels() if len(corners) > _FEW else kernels_at_hand()
        if kernels is not None:
            start, items = kernels.grid_entries(np.ascontiguousarray(corners), x0, y0, cell, columns, rows)
            return cls(x0, y0, cell, columns, rows, start, items)
        counts = np.zeros(rows * columns, np.int64)
        cells, owners = [], []
        for first in range(0, len(corners), _BLOCK):
            cell_id, owner = cells_of(corners[first : first + _BLOCK], x0, y0, cell, columns, rows)
            counts += np.bincount(cell_id, minlength=len(counts))
            cells.append(cell_id.astype(np.int32))
            owners.append((owner + first).astype(np.int32))
        order = np.argsort(np.concatenate(cells), kind="stable") if cells else np.empty(0, np.int64)
        items = np.concatenate(owners)[order] if owners else np.empty(0, np.int32)
        return cls(x0, y0, cell, columns, rows, np.concatenate([[0], np.cumsum(counts)]), items)

    def candidates(self, xy: FloatArray) -> tuple[LongArray, LongArray]:
        """First entry in `items` and number of entries for the cell of each (k, 2) point; none outside the grid."""
        column = np.floor((xy[:, 0] - self.x0) / self.cell)
        row = np.floor((xy[:, 1] - self.y0) / self.cell)
        inside = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        number = np.where(inside, row * self.columns + column, 0).astype(np.int64)
        first = self.start[number]
        return first, np.where(inside, self.start[number + 1] - first, 0)

    def along(self, p: FloatArray, q: FloatArray) -> IntArray:
        """Triangles, in ascending order, that share a cell with the straight line between two (2,) points."""
        (xa, ya), (xb, yb) = ((float(v[0] - self.x0) / self.cell, float(v[1] - self.y0) / self.cell) for v in (p, q))
        low = max(0, math.floor(min(ya, yb) - _BESIDE))
        high = min(self.rows - 1, math.floor(max(ya, yb) + _BESIDE))
        if high < low:
            return np.empty(0, np.int32)
        row = np.arange(low, high + 1)
        if abs(yb - ya) > _BESIDE:
            shares = [np.clip((row + step - ya) / (yb - ya), 0.0, 1.0) for step in (-_BESIDE, 1 + _BESIDE)]
            ends = np.stack([xa + share * (xb - xa) for share in shares])
        else:
            ends = np.tile([[xa], [xb]], (1, len(row)))
        first = np.clip(np.floor(ends.min(axis=0) - _BESIDE), 0, self.columns).astype(np.int64)
        last = np.clip(np.floor(ends.max(axis=0) + _BESIDE), -1, self.columns - 1).astype(np.int64)
        span, column = expand(first, last - first + 1)
        cell = row[span] * self.columns + column
        _, entry = expand(self.start[cell], self.start[cell + 1] - self.start[cell])
        return np.asarray(np.unique(self.items[entry]), np.int32)

    def within(self, boxes: FloatArray) -> IntArray:
        """Triangles, in ascending order, that share a cell with one of (k, 4) boxes x0, y0, x1, y1."""
        most = [self.columns, self.rows]
        low = np.clip(np.floor((boxes[:, :2] - [self.x0, self.y0]) / self.cell - _BESIDE), 0, most).astype(np.int64)
        high = np.clip(np.floor((boxes[:, 2:] - [self.x0, self.y0]) / self.cell + _BESIDE), -1, np.array(most) - 1)
        box, row = expand(low[:, 1], high[:, 1].astype(np.int64) - low[:, 1] + 1)
        span, column = expand(low[box, 0], high[box, 0].astype(np.int64) - low[box, 0] + 1)
        cell = np.unique(row[span] * self.columns + column)
        _, entry = expand(self.start[cell], self.start[cell + 1] - self.start[cell])
        return np.asarray(np.unique(self.items[entry]), np.int32)


def layout(corners: FloatArray) -> tuple[float, float, float, int, int]:
    """Where a grid over (m, 3, 2) triangles begins, its cell size and its numbers of columns and rows."""
    if not len(corners):
        return 0.0, 0.0, 1.0, 1, 1
    low, high = corners.min(axis=(0, 1)), corners.max(axis=(0, 1))
    size = np.maximum(high - low, 1e-6)
    cell = float(np.sqrt(size[0] * size[1] / min(max(len(corners), 1), _MOST_CELLS)))
    cell = max(cell, float(size.max()) / 4096)
    x0, y0 = (float(v) for v in low - 1e-3 * cell)
    return x0, y0, cell, int(size[0] / cell + 1e-3) + 2, int(size[1] / cell + 1e-3) + 2


def cells_of(
    corners: FloatArray, x0: float, y0: float, cell: float, columns: int, rows: int
) -> tuple[LongArray, LongArray]:
    """Every grid cell that each of (m, 3, 2) triangles touches, as (cell numbers, triangle numbers)."""
    tri = (corners - [x0, y0]) / cell
    low = np.clip(np.floor(tri[:, :, 1].min(axis=1) - _SLACK), 0, rows).astype(np.int64)
    high = np.clip(np.floor(tri[:, :, 1].max(axis=1) + _SLACK), -1, rows - 1).astype(np.int64)
    owner, row = expand(low, high - low + 1)
    left, right = band_spans(tri[owner], row - _SLACK, row + 1 + _SLACK)
    with np.errstate(invalid="ignore"):
        first = np.clip(np.floor(left - _SLACK), 0, columns)
        last = np.clip(np.floor(right + _SLACK), -1, columns - 1)
    number = np.where(last >= first, last - first + 1, 0).astype(np.int64)
    span, column = expand(first.astype(np.int64), number)
    return row[span] * columns + column, owner[span]


def band_spans(
    tri: FloatArray, bottom: NDArray[np.floating[Any]], top: NDArray[np.floating[Any]]
) -> tuple[FloatArray, FloatArray]:
    """Least and greatest x of each (k, 3, 2) triangle between y = bottom and y = top; (inf, -inf) where it is not."""
    left, right = np.full(len(tri), np.inf), np.full(len(tri), -np.inf)
    for i in range(3):
        p, q = tri[:, i], tri[:, (i + 1) % 3]
        dy = q[:, 1] - p[:, 1]
        flat = dy == 0
        slope = np.where(flat, 0.0, (q[:, 0] - p[:, 0]) / np.where(flat, 1.0, dy))
        y_low, y_high = np.minimum(p[:, 1], q[:, 1]), np.maximum(p[:, 1], q[:, 1])
        meets = (y_high >= bottom) & (y_low <= top)
        for y in (np.maximum(y_low, bottom), np.minimum(y_high, top)):
            x = p[:, 0] + slope * (y - p[:, 1])
            x = np.clip(x, np.minimum(p[:, 0], q[:, 0]), np.maximum(p[:, 0], q[:, 0]))
            np.minimum(left, np.where(meets, x, np.inf), out=left)
            np.maximum(right, np.where(meets, x, -np.inf), out=right)
        for x in (p[:, 0], q[:, 0]):
            np.minimum(left, np.where(meets & flat, x, np.inf), out=left)
            np.maximum(right, np.where(meets & flat, x, -np.inf), out=right)
    return left, right


def expand(first: LongArray, count: LongArray) -> tuple[LongArray, LongArray]:
    """For every i the whole numbers first[i] ... first[i] + count[i] - 1, as (owners i, numbers)."""
    count = np.maximum(count, 0)
    owner = np.repeat(np.arange(len(count)), count)
    before = np.cumsum(count) - count
    return owner, np.arange(len(owner)) - before[owner] + first[owner]
