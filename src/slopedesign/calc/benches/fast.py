"""The nearest-point search and the prisms between surfaces, compiled; `nearest` and `prisms` have the same in NumPy.

Loaded only where numba is at hand.
"""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.terrain.fast import _SLACK, _SLOTS, _clip, _integrate, _intersect, _level, _row_span
from slopedesign.calc.terrain.surface import Tin
from slopedesign.calc.terrain.threads import share

_CHUNKS = 16
_WORTH = 32  # triangles of a design for which it is worth asking another thread
_RUN = 32  # pieces looked at, or passed over, together
_ROUNDING = 1e-9  # a box this much farther may still hold the nearest [m]

FloatArray = NDArray[np.float64]


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator,unused-ignore]
def nearest(points: FloatArray, pieces: FloatArray, best: FloatArray, which: Any, share: FloatArray) -> None:
    """See `slopedesign.calc.benches.nearest.nearest`; fills best, which and share.

    Pieces are taken in runs of `_RUN`; a run whose box is farther than what is found is not looked at.
    """
    count = len(pieces)
    length = np.empty(count)
    grade = np.empty(count)
    lean = np.empty(count)
    runs = (count + _RUN - 1) // _RUN
    box = np.empty((runs, 5))
    box[:, 0:2], box[:, 2:4], box[:, 4] = np.inf, -np.inf, np.inf
    for k in range(count):
        length[k] = math.hypot(pieces[k, 2] - pieces[k, 0], pieces[k, 3] - pieces[k, 1])
        grade[k] = (pieces[k, 5] - pieces[k, 4]) / length[k]
        lean[k] = grade[k] / math.sqrt(1.0 - grade[k] * grade[k])
        run = k // _RUN
        for axis in range(2):
            box[run, axis] = min(box[run, axis], pieces[k, axis], pieces[k, 2 + axis])
            box[run, 2 + axis] = max(box[run, 2 + axis], pieces[k, axis], pieces[k, 2 + axis])
        box[run, 4] = min(box[run, 4], pieces[k, 4], pieces[k, 5])
    for i in range(len(points)):
        x, y = points[i, 0], points[i, 1]
        bound = np.empty(runs)
        first = 0
        for run in range(runs):
            ax = max(box[run, 0] - x, 0.0, x - box[run, 2])
            ay = max(box[run, 1] - y, 0.0, y - box[run, 3])
            bound[run] = math.sqrt(ax * ax + ay * ay) + box[run, 4]
            if bound[run] < bound[first]:
                first = run
        least, owner, foot_at = math.inf, 0, 0.0
        for turn in range(-1, runs):
            run = first if turn < 0 else turn
            if turn == first or bound[run] > least + _ROUNDING:
                continue
            for k in range(run * _RUN, min((run + 1) * _RUN, count)):
                ux = (pieces[k, 2] - pieces[k, 0]) / length[k]
                uy = (pieces[k, 3] - pieces[k, 1]) / length[k]
                dx = x - pieces[k, 0]
                dy = y - pieces[k, 1]
                along = dx * ux + dy * uy
                off = abs(dx * uy - dy * ux)
                foot = min(max(along - off * lean[k], 0.0), length[k])
                distance = math.sqrt((along - foot) ** 2 + off * off) + pieces[k, 4] + grade[k] * foot
                if distance < least or (distance == least and k < owner):
                    least, owner, foot_at = distance, k, foot / length[k]
        best[i] = least
        which[i] = owner
        share[i] = foot_at


def nearest_by_all(points: FloatArray, pieces: FloatArray, best: FloatArray, which: Any, place: FloatArray) -> None:
    """The same by all processors, in threads of our own: numba's may be asked by one thread at a time only."""
    step = max(1, -(-len(points) // _CHUNKS))
    parts = [slice(first, first + step) for first in range(0, len(points), step)]

    def some(k: int) -> None:
        part = parts[k]
        nearest(points[part], pieces, best[part], which[part], place[part])

    share(some, len(parts))


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator,unused-ignore]
def _over(poly, n, channel, level, part, s, out):  # type: ignore[no-untyped-def]
    """Integral of what a channel of a polygon of n vertices has over a level; `part`, `s` and `out` are work space."""
    for i in range(n):
        part[i, 0], part[i, 1] = poly[i, 0], poly[i, 1]
        s[i] = part[i, 2] = poly[i, channel] - level
    return _integrate(out, _clip(part, n, s, out))[1]


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator,unused-ignore]
def _less(poly, n, channel, level):  # type: ignore[no-untyped-def]
    """Integral of a channel of a polygon of n vertices less a level under all of it; as `_over`, unclipped."""
    volume = 0.0
    first = poly[0, channel] - level
    for k in range(1, n - 1):
        double = (poly[k, 0] - poly[0, 0]) * (poly[k + 1, 1] - poly[0, 1]) - (poly[k + 1, 0] - poly[0, 0]) * (
            poly[k, 1] - poly[0, 1]
        )
        volume += double * (first + (poly[k, channel] - level) + (poly[k + 1, channel] - level)) / 3
    return volume / 2


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator,unused-ignore]
def _side(first, f, second, g):  # type: ignore[no-untyped-def]
    """1 where triangle f of the first lies wholly in triangle g of the second, -1 beside one of its sides, else 0."""
    within = 1
    for k in range(3):
        px, py = second[g, k, 0], second[g, k, 1]
        q = k + 1 if k < 2 else 0
        ex, ey = second[g, q, 0] - px, second[g, q, 1] - py
        a = ex * (first[f, 0, 1] - py) - ey * (first[f, 0, 0] - px)
        b = ex * (first[f, 1, 1] - py) - ey * (first[f, 1, 0] - px)
        c = ex * (first[f, 2, 1] - py) - ey * (first[f, 2, 0] - px)
        if a <= 0 and b <= 0 and c <= 0:
            return -1
        if a < 0 or b < 0 or c < 0:
            within = 0
    return within


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator,unused-ignore]
def _prisms(surface, grid, start, items, soup, first, last, levels, eps, sums):  # type: ignore[no-untyped-def]
    """Rows `first` to `last` of the sums; see `slopedesign.calc.benches.prisms.prisms`."""
    x0, y0, cell, columns, rows = grid[0], grid[1], grid[2], int(grid[3]), int(grid[4])
    seen = np.full(len(surface), -1, np.int32)
    poly, other = np.empty((_SLOTS, 3)), np.empty((_SLOTS, 3))
    both, cut = np.empty((_SLOTS, 5)), np.empty((_SLOTS, 5))
    s, depth, scaled = np.empty(_SLOTS), np.empty(_SLOTS), np.empty((3, 2))
    for t in range(first, last):
        bx0, bx1 = min(soup[t, 0, 0], soup[t, 1, 0], soup[t, 2, 0]), max(soup[t, 0, 0], soup[t, 1, 0], soup[t, 2, 0])
        by0, by1 = min(soup[t, 0, 1], soup[t, 1, 1], soup[t, 2, 1]), max(soup[t, 0, 1], soup[t, 1, 1], soup[t, 2, 1])
        bottom = min(soup[t, 0, 2], soup[t, 1, 2], soup[t, 2, 2])
        for i in range(3):
            scaled[i, 0], scaled[i, 1] = (soup[t, i, 0] - x0) / cell, (soup[t, i, 1] - y0) / cell
        low, high = math.floor((by0 - y0) / cell - _SLACK), math.floor((by1 - y0) / cell + _SLACK)
        for row in range(max(0, low), min(rows - 1, high) + 1):
            left, right = _row_span(scaled, row - _SLACK, row + 1 + _SLACK)
            if left > right:
                continue
            begin = row * columns + max(0, math.floor(left - _SLACK))
            end = row * columns + min(columns - 1, math.floor(right + _SLACK))
            if end < begin:
                continue
            for entry in range(start[begin], start[end + 1]):
                g = items[entry]
                if seen[g] == t:
                    continue
                seen[g] = t
                if (
                    max(surface[g, 0, 2], surface[g, 1, 2], surface[g, 2, 2]) <= bottom
                    or max(surface[g, 0, 0], surface[g, 1, 0], surface[g, 2, 0]) <= bx0
                    or min(surface[g, 0, 0], surface[g, 1, 0], surface[g, 2, 0]) >= bx1
                    or max(surface[g, 0, 1], surface[g, 1, 1], surface[g, 2, 1]) <= by0
                    or min(surface[g, 0, 1], surface[g, 1, 1], surface[g, 2, 1]) >= by1
                ):
                    continue
                side = _side(surface, g, soup, t)
                if side < 0:
                    continue
                n = 3
                if side > 0:  # wholly within: nothing to cut off
                    for i in range(3):
                        poly[i, 0], poly[i, 1], poly[i, 2] = surface[g, i, 0], surface[g, i, 1], surface[g, i, 2]
                else:
                    n = _intersect(surface, g, soup, t, poly, other, s)
                    if n < 3:
                        continue
                some, whole = False, True
                for i in range(n):
                    design = _level(soup, t, poly[i, 0], poly[i, 1])
                    depth[i] = poly[i, 2] - design
                    if abs(depth[i]) <= eps:
                        depth[i] = 0.0
                    some, whole = some or depth[i] > 0, whole and depth[i] >= 0
                    both[i, 0], both[i, 1], both[i, 2] = poly[i, 0], poly[i, 1], depth[i]
                    both[i, 3], both[i, 4] = poly[i, 2], design
                if not some:
                    continue
                piece, m = both, n
                if not whole:
                    piece, m = cut, _clip(both, n, depth, cut)
                area, volume = _integrate(piece, m)
                sums[t, 0] += area
                sums[t, 1] += volume
                if len(levels) == 0:
                    continue
                low_g = low_d = math.inf
                high_g = high_d = -math.inf
                for i in range(m):
                    low_g, high_g = min(low_g, piece[i, 3]), max(high_g, piece[i, 3])
                    low_d, high_d = min(low_d, piece[i, 4]), max(high_d, piece[i, 4])
                for k in range(len(levels)):
                    level = levels[k]
                    if high_g <= level:
                        break
                    if low_d >= level:
                        sums[t, 2 + k] += volume
                        continue
                    if low_g >= level:
                        sums[t, 2 + k] += _less(piece, m, 3, level)
                    else:
                        sums[t, 2 + k] += _over(piece, m, 3, level, poly, s, other)
                    if high_d > level:
                        sums[t, 2 + k] -= _over(piece, m, 4, level, poly, s, other)


def prisms(surface: Tin, soup: FloatArray, levels: FloatArray, eps: float) -> FloatArray:
    """Twin of `slopedesign.calc.benches.prisms.prisms`; each thread writes rows of its own."""
    index, corners = surface.grid, surface.corners
    grid = np.array([index.x0, index.y0, index.cell, index.columns, index.rows], float)
    sums = np.zeros((len(soup), 2 + len(levels)))
    chunks = max(1, min(_CHUNKS, len(soup) // _WORTH))
    bounds = np.linspace(0, len(soup), chunks + 1).astype(int)

    def part(k: int) -> None:
        first, last = int(bounds[k]), int(bounds[k + 1])
        _prisms(corners, grid, index.start, index.items, soup, first, last, levels, eps, sums)

    share(part, chunks)
    return sums
