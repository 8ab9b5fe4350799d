"""Segments joined into lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from slopedesign.calc.terrain.surface import FloatArray, IntArray

ONE_POINT = 1e-6  # m; ends nearer than this in plan are one point


@dataclass(frozen=True, eq=False)
class Polyline:
    """(n, 3) points E, N, Z; the last point of a closed line repeats the first."""

    points: FloatArray
    closed: bool

    @property
    def length(self) -> float:
        """Length in plan, m."""
        return float(np.hypot(*np.diff(self.points[:, :2], axis=0).T).sum())


def boundary_of_change(segments: FloatArray, kinds: IntArray) -> FloatArray:
    """Daylight segments without those along which the design only touches the ground.

    Args:
        segments: (k, 2, 3).
        kinds: (k,) 0 for a segment across which cut turns into fill; +1 (cut) or -1 (fill) for a segment along the
            rim of a piece. A rim with cut on both sides, or fill on both, is no daylight; a rim with both is one line.
    """
    rim = kinds != 0
    if not rim.any():
        return segments[lengths(segments) > ONE_POINT]
    inner, edges, sign = segments[~rim], segments[rim], kinds[rim]
    node = point_numbers(edges.reshape(-1, 3)[:, :2]).reshape(-1, 2)
    real = node[:, 0] != node[:, 1]
    edges, sign, node = edges[real], sign[real], np.sort(node[real], axis=1)
    key = node[:, 0] * (int(node.max(initial=0)) + 1) + node[:, 1]
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    cuts = np.bincount(group, sign > 0, len(first))
    fills = np.bincount(group, sign < 0, len(first))
    changes = (cuts % 2 == 1) | (fills % 2 == 1)
    kept = np.concatenate([inner, edges[first[changes]]])
    return np.asarray(kept[lengths(kept) > ONE_POINT])


def lengths(segments: FloatArray) -> FloatArray:
    """(k,) length of segments in plan."""
    d = segments[:, 1] - segments[:, 0]
    return np.asarray(np.hypot(d[:, 0], d[:, 1]))


def point_numbers(xy: FloatArray, tolerance: float = ONE_POINT) -> NDArray[np.int64]:
    """(k,) number of the place of each point; points within the tolerance share one."""
    if not len(xy):
        return np.empty(0, np.int64)
    pairs = cKDTree(xy).query_pairs(tolerance, output_type="ndarray")
    near = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(xy), len(xy)))
    return np.asarray(connected_components(near, directed=False)[1], np.int64)


def join_segments(segments: FloatArray) -> tuple[Polyline, ...]:
    """(k, 2, 3) segments joined end to end where exactly two meet; longest line first."""
    if not len(segments):
        return ()
    points = segments.reshape(-1, 3)
    node = point_numbers(points[:, :2]).reshape(-1, 2)
    return join_numbered(points, node)


def join_numbered(points: FloatArray, node: NDArray[np.int64]) -> tuple[Polyline, ...]:
    """Join segments whose ends carry place numbers.

    Args:
        points: (2k, 3) the ends, segment by segment.
        node: (k, 2) place number of each end.
    """
    real = node[:, 0] != node[:, 1]
    places = node.ravel()
    at = np.zeros(int(places.max(initial=-1)) + 1, np.int64)
    at[places] = np.arange(len(places))  # a point that stands for the place
    _, once = np.unique(np.sort(node, axis=1), axis=0, return_index=True)
    edges = [(int(a), int(b)) for a, b in node[once][real[once]]]
    meeting: dict[int, list[int]] = {}
    for k, (a, b) in enumerate(edges):
        meeting.setdefault(a, []).append(k)
        meeting.setdefault(b, []).append(k)
    free = [True] * len(edges)

    def walk(place: int, k: int) -> list[int]:
        path = [place]
        while True:
            free[k] = False
            a, b = edges[k]
            place = b if a == place else a
            path.append(place)
            ways = meeting[place]
            if len(ways) != 2:
                return path
            k = ways[0] if free[ways[0]] else ways[1]
            if not free[k]:
                return path

    paths = [walk(place, k) for place, ways in meeting.items() if len(ways) != 2 for k in ways if free[k]]
    paths += [walk(edges[k][0], k) for k in range(len(edges)) if free[k]]
    lines = [Polyline(points[at[path]], path[0] == path[-1]) for path in paths]
    return tuple(sorted(lines, key=lambda line: -line.length))
