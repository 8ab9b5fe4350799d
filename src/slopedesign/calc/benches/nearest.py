"""Nearest point of a base line, for many points at once, with a head start that varies along the line.

A *piece* is a straight stretch of the base line with a start run `w` at each end: x0, y0, x1, y1, w0, w1. The distance
of a point is the least of |point - q| + w(q) over all points q of all pieces. With w = 0 it is the plain distance; a
base line that climbs starts its upper parts with the run a level profile has already used up at that height.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_BLOCK = 2_000_000  # point-piece pairs worked at a time
_FEW = 60_000  # point-piece pairs below which NumPy will do
_MANY = 700_000  # point-piece pairs below which asking other threads costs more than it saves


def nearest(points: FloatArray, pieces: FloatArray) -> tuple[FloatArray, IntArray, FloatArray]:
    """Distance, number of the piece and share along it (0..1) for each of (n, 2) points.

    Args:
        points: (n, 2) in the frame of the pieces.
        pieces: (k, 6), k >= 1; |w1 - w0| less than the length of the piece.
    """
    points = np.ascontiguousarray(points, float)
    kernel = compiled() if len(points) * len(pieces) > _FEW else None
    if kernel is not None:
        out = np.empty(len(points)), np.empty(len(points), np.int64), np.empty(len(points))
        search = kernel.nearest if len(points) * len(pieces) < _MANY else kernel.nearest_by_all
        search(points, np.ascontiguousarray(pieces), *out)
        return out
    best, which, share = np.empty(len(points)), np.empty(len(points), np.int64), np.empty(len(points))
    step = max(1, _BLOCK // max(1, len(pieces)))
    for first in range(0, len(points), step):
        part = slice(first, first + step)
        best[part], which[part], share[part] = _nearest_block(points[part], pieces)
    return best, which, share


def _nearest_block(points: FloatArray, pieces: FloatArray) -> tuple[FloatArray, IntArray, FloatArray]:
    start, span = pieces[:, :2], pieces[:, 2:4] - pieces[:, :2]
    length = np.hypot(span[:, 0], span[:, 1])
    unit = span / length[:, None]
    grade = (pieces[:, 5] - pieces[:, 4]) / length
    away = points[:, None, :] - start[None, :, :]
    along = (away * unit).sum(axis=2)
    off = np.abs(away[:, :, 0] * unit[:, 1] - away[:, :, 1] * unit[:, 0])
    foot = np.clip(along - off * grade / np.sqrt(1.0 - grade**2), 0.0, length)
    distance = np.hypot(along - foot, off) + pieces[:, 4] + grade * foot
    which = np.argmin(distance, axis=1)
    row = np.arange(len(points))
    return distance[row, which], which.astype(np.int64), foot[row, which] / length[which]


@cache
def compiled() -> Any:
    """The module of compiled kernels, or None where NumPy does the work."""
    try:
        return import_module("slopedesign.calc.benches.fast")
    except (ImportError, RuntimeError, OSError):  # no numba, or no place to keep compiled kernels
        return None
