"""Convex polygons cut against each other, many at a time.

A batch of polygons is an array (p, v, c): v slots for vertices, of which `count` are used, counter-clockwise; channels
0 and 1 are x and y, the others levels that vary linearly over the polygon. Everything here is exact up to rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.terrain.engine import Engine, fast_kernels
from slopedesign.calc.terrain.index import LongArray, TriangleGrid, cells_of, expand
from slopedesign.calc.terrain.surface import FloatArray, IntArray, plan_areas, plane_levels

_FEW = 2_000  # triangles below which compiled kernels are not worth loading
_BLOCK = 20_000  # triangles looked up at a time
BATCH = 60_000  # pairs of triangles clipped at a time


@dataclass(frozen=True, eq=False)
class Polygons:
    """A batch of convex polygons; `source` says for each where it came from (row of the caller's arrays)."""

    data: FloatArray
    count: LongArray
    source: LongArray

    @property
    def used(self) -> NDArray[np.bool_]:
        """(p, v) which slots hold a vertex."""
        return np.arange(self.data.shape[1]) < self.count[:, None]

    @property
    def following(self) -> LongArray:
        """(p, v) slot of the vertex that follows each."""
        after = np.arange(1, self.data.shape[1] + 1)
        return np.where(after < self.count[:, None], after, 0)

    def integrals(self, channel: int) -> tuple[FloatArray, FloatArray]:
        """(p,) area and integral of a channel over each polygon."""
        x, y, h = self.data[:, :, 0], self.data[:, :, 1], self.data[:, :, channel]
        u, v = x[:, 1:] - x[:, :1], y[:, 1:] - y[:, :1]
        double = np.where(self.used[:, 2:], u[:, :-1] * v[:, 1:] - u[:, 1:] * v[:, :-1], 0.0)
        mean = (h[:, :1] + h[:, 1:-1] + h[:, 2:]) / 3
        return double.sum(axis=1) / 2, (double * mean).sum(axis=1) / 2

    def triangles(self) -> tuple[FloatArray, LongArray]:
        """The polygons as fans of triangles: (m, 3, c) and the source of each."""
        row, k = expand(np.ones(len(self.count), np.int64), self.count - 2)
        corners = np.stack([self.data[row, 0], self.data[row, k], self.data[row, k + 1]], axis=1)
        return corners, self.source[row]


def keep_positive(polygons: Polygons, s: FloatArray) -> Polygons:
    """The part of each polygon where the linear function with values `s` (p, v) at its vertices is not negative."""
    data = polygons.data
    used = polygons.used
    following = polygons.following
    s_next = np.take_along_axis(s, following, axis=1)
    inside = used & (s >= 0)
    crosses = used & (((s > 0) & (s_next < 0)) | ((s < 0) & (s_next > 0)))
    flags = np.stack([inside, crosses], axis=2).reshape(len(data), 2 * data.shape[1])
    row, slot = np.nonzero(flags)
    vertex, is_cross = slot >> 1, (slot & 1).astype(bool)
    out = data[row, vertex]
    r, v = row[is_cross], vertex[is_cross]
    w = following[r, v]
    share = s[r, v] / (s[r, v] - s[r, w])
    out[is_cross] = data[r, v] + share[:, None] * (data[r, w] - data[r, v])
    number = flags.sum(axis=1)
    position = np.arange(len(row)) - (np.cumsum(number) - number)[row]
    kept = number >= 3
    rank = np.cumsum(kept) - 1
    on = kept[row]
    clipped = np.zeros((int(kept.sum()), max(int(number.max(initial=3)), 3), data.shape[2]))
    clipped[rank[row[on]], position[on]] = out[on]
    return Polygons(clipped, number[kept], polygons.source[kept])


def intersections(first: FloatArray, second: FloatArray) -> Polygons:
    """Common part of each of (p, 3, c) triangles with its own of (p, 3, 3) triangles.

    The channels of the first triangles come along; the level of the second becomes the last channel.
    """
    polygons = Polygons(first, np.full(len(first), 3), np.arange(len(first)))
    for i in range(3):
        p, q = second[polygons.source, i, None, :2], second[polygons.source, (i + 1) % 3, None, :2]
        d, side = polygons.data[:, :, :2] - p, q - p
        polygons = keep_positive(polygons, side[..., 0] * d[..., 1] - side[..., 1] * d[..., 0])
    slots = polygons.data.shape[1]
    level = plane_levels(
        np.repeat(second[polygons.source], slots, axis=0), polygons.data[:, :, :2].reshape(-1, 2)
    ).reshape(-1, slots, 1)
    return Polygons(np.concatenate([polygons.data, level], axis=2), polygons.count, polygons.source)


def common_triangles(
    grid: TriangleGrid, indexed: FloatArray, asking: FloatArray, shift: FloatArray, engine: Engine = "auto"
) -> tuple[FloatArray, IntArray, IntArray]:
    """Everything two sets of triangles have in common, in triangles.

    Args:
        grid: index over `indexed`, in its own coordinates.
        indexed: (m, 3, 3) triangles.
        asking: (k, 3, c) triangles, whose channels come along.
        shift: (3,) to be added to coordinates of `indexed` to reach those of `asking`.

    Returns:
        (n, 3, c + 1) triangles in the coordinates of `asking`, the level of the indexed triangle last; and for each the
        row of `asking` and of `indexed` it came from.
    """
    kernels = fast_kernels(engine) if len(indexed) + len(asking) > _FEW else None
    if kernels is not None:
        return kernels.common_triangles(grid, indexed, asking, shift)  # type: ignore[no-any-return]
    pieces, ours, theirs = [np.empty((0, 3, asking.shape[2] + 1))], [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    local = asking[:, :, :2] - shift[:2]
    for i, j in find_pairs(grid, indexed, local):
        triangles, source = intersections(asking[j], indexed[i] + shift).triangles()
        real = plan_areas(triangles) > 0
        pieces.append(triangles[real])
        ours.append(j[source[real]])
        theirs.append(i[source[real]])
    return np.ascontiguousarray(np.concatenate(pieces)), np.concatenate(ours), np.concatenate(theirs)


def find_pairs(grid: TriangleGrid, indexed: FloatArray, asking: FloatArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Pairs (indexed, asking) of triangles whose boxes overlap, each once, in batches.

    Args:
        grid: index over `indexed`.
        indexed, asking: (m, 3, >=2) triangles.
    """
    low, high = indexed[:, :, :2].min(axis=1), indexed[:, :, :2].max(axis=1)
    for first in range(0, len(asking), _BLOCK):
        block = np.ascontiguousarray(asking[first : first + _BLOCK, :, :2])
        cell, owner = cells_of(block, grid.x0, grid.y0, grid.cell, grid.columns, grid.rows)
        span, entry = expand(grid.start[cell], grid.start[cell + 1] - grid.start[cell])
        i, j = grid.items[entry], owner[span]
        b_low, b_high = block.min(axis=1), block.max(axis=1)
        meets = ((low[i] < b_high[j]) & (high[i] > b_low[j])).all(axis=1)
        key = np.unique(j[meets] * np.int64(len(indexed)) + i[meets])
        a, b = (key % len(indexed)).astype(np.int32), (key // len(indexed) + first).astype(np.int32)
        for start in range(0, len(key), BATCH):
            yield a[start : start + BATCH], b[start : start + BATCH]
