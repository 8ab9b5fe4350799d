"""Contour lines of a surface, exact: straight across every triangle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from slopedesign.calc.terrain.joining import join_numbered
from slopedesign.calc.terrain.surface import FloatArray, Tin


@dataclass(frozen=True, eq=False)
class Contour:
    """One contour line: (n, 3) points E, N, Z at one level; the last point of a closed line repeats the first."""

    level: float
    points: FloatArray
    closed: bool


def contours(tin: Tin, levels: Sequence[float]) -> tuple[Contour, ...]:
    """Contour lines at the levels given.

    A vertex exactly at a level counts as above it, so that lines never branch; a level triangle at the level is
    bordered on its lower side only.
    """
    edge = np.stack([tin.triangles, np.roll(tin.triangles, -1, axis=1)], axis=-1).astype(np.int64)
    key = edge.min(axis=-1) * len(tin.vertices) + edge.max(axis=-1)
    z = tin.vertices[:, 2]
    lowest, highest = z[tin.triangles].min(axis=1), z[tin.triangles].max(axis=1)
    lines: list[Contour] = []
    for level in levels:
        at = level - tin.origin[2]
        met = np.flatnonzero((lowest < at) & (highest >= at))
        if not len(met):
            continue
        ends = edge[met]  # (t, 3 sides, 2 ends)
        above = z[ends] >= at
        side = above[..., 0] != above[..., 1]  # exactly two sides of each triangle
        a, b = np.sort(ends[side], axis=-1).T
        share = (at - z[a]) / (z[b] - z[a])
        points = tin.vertices[a] + share[:, None] * (tin.vertices[b] - tin.vertices[a])
        points[:, 2] = at
        node = np.unique(key[met][side], return_inverse=True)[1].reshape(-1, 2)
        for line in join_numbered(points, node):
            path = line.points
            moved = np.concatenate([[True], (np.diff(path[:, :2], axis=0) != 0).any(axis=1)])
            if moved.sum() > 1:
                lines.append(Contour(float(level), path[moved] + tin.origin, line.closed))
    return tuple(lines)


def level_steps(tin: Tin, interval: float) -> list[float]:
    """The whole multiples of an interval between the lowest and the highest point."""
    low, high = tin.bounds[2], tin.bounds[5]
    first, last = int(np.ceil(low / interval)), int(np.floor(high / interval))
    return [k * interval for k in range(first, last + 1)]
