"""The compiled kernels (numba): the same work as their NumPy twins, pair by pair and without large arrays.

Import this through `engine.fast_kernels` only: importing it loads numba.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from slopedesign.calc.terrain.surface import FloatArray, IntArray, Tin
from slopedesign.calc.terrain.threads import share

_SLACK = 1e-9  # share of a cell, as in `index`
_CHUNKS = 16  # fixed, so that sums never depend on the number of processors
_MANY = 20_000  # points from which it is worth asking other threads
_RUN = 4  # neighbouring segments of a line that share a box
_SLOTS = 12  # vertices of a clipped polygon: 3 + 3, one more for the zero line, and room for rounding


@njit(cache=True, nogil=True)
def _row_span(tri, bottom, top):  # type: ignore[no-untyped-def]
    """Least and greatest x of a (3, >=2) triangle between two values of y."""
    left, right = math.inf, -math.inf
    for i in range(3):
        px, py = tri[i, 0], tri[i, 1]
        qx, qy = tri[(i + 1) % 3, 0], tri[(i + 1) % 3, 1]
        low, high = min(py, qy), max(py, qy)
        if high < bottom or low > top:
            continue
        if py == qy:
            left, right = min(left, px, qx), max(right, px, qx)
            continue
        slope = (qx - px) / (qy - py)
        for y in (max(low, bottom), min(high, top)):
            x = min(max(px + slope * (y - py), min(px, qx)), max(px, qx))
            left, right = min(left, x), max(right, x)
    return left, right


@njit(cache=True, nogil=True)
def _cells(corners, x0, y0, cell, columns, rows, start, items, fill):  # type: ignore[no-untyped-def]
    """First pass: count triangles by cell in `start`; second pass (`fill`): write their numbers into `items`."""
    tri = np.empty((3, 2))
    for t in range(len(corners)):
        y_low, y_high = math.inf, -math.inf
        for i in range(3):
            tri[i, 0] = (corners[t, i, 0] - x0) / cell
            tri[i, 1] = (corners[t, i, 1] - y0) / cell
            y_low, y_high = min(y_low, tri[i, 1]), max(y_high, tri[i, 1])
        for row in range(max(0, math.floor(y_low - _SLACK)), min(rows - 1, math.floor(y_high + _SLACK)) + 1):
            left, right = _row_span(tri, row - _SLACK, row + 1 + _SLACK)
            if left > right:
                continue
            for column in range(max(0, math.floor(left - _SLACK)), min(columns - 1, math.floor(right + _SLACK)) + 1):
                k = row * columns + column
                if fill:
                    items[start[k]] = t
                start[k] += 1


def grid_entries(
    corners: FloatArray, x0: float, y0: float, cell: float, columns: int, rows: int
) -> tuple[Any, IntArray]:
    """(cells + 1,) where the entries of each cell start, and the triangles by cell."""
    count = np.zeros(rows * columns, np.int64)
    _cells(corners, x0, y0, cell, columns, rows, count, np.empty(0, np.int32), False)
    start = np.concatenate([[0], np.cumsum(count)])
    items = np.empty(int(start[-1]), np.int32)
    _cells(corners, x0, y0, cell, columns, rows, start[:-1].copy(), items, True)
    return start, items


@njit(cache=True, nogil=True)
def _level(tri, k, x, y):  # type: ignore[no-untyped-def]
    """Level of triangle k of (m, 3, 3) at x, y, never beyond its own levels.

    Whole arrays and a number are handed on instead of one row: a view would count references in every thread.
    """
    ux, uy = tri[k, 1, 0] - tri[k, 0, 0], tri[k, 1, 1] - tri[k, 0, 1]
    vx, vy = tri[k, 2, 0] - tri[k, 0, 0], tri[k, 2, 1] - tri[k, 0, 1]
    dx, dy = x - tri[k, 0, 0], y - tri[k, 0, 1]
    twice = ux * vy - uy * vx
    s, t = (dx * vy - dy * vx) / twice, (ux * dy - uy * dx) / twice
    z0, z1, z2 = tri[k, 0, 2], tri[k, 1, 2], tri[k, 2, 2]
    z = z0 + s * (z1 - z0) + t * (z2 - z0)
    return min(max(z, min(z0, z1, z2)), max(z0, z1, z2))


@njit(cache=True, nogil=True)
def _clip(poly, n, s, out):  # type: ignore[no-untyped-def]
    """Part of a polygon of n vertices where s >= 0, into `out`; returns its number of vertices."""
    channels = poly.shape[1]
    m = 0
    for i in range(n):
        j = i + 1 if i + 1 < n else 0
        if s[i] >= 0:
            for c in range(channels):
                out[m, c] = poly[i, c]
            m += 1
        if (s[i] > 0 and s[j] < 0) or (s[i] < 0 and s[j] > 0):
            share = s[i] / (s[i] - s[j])
            for c in range(channels):
                out[m, c] = poly[i, c] + share * (poly[j, c] - poly[i, c])
            m += 1
    return m


@njit(cache=True, nogil=True)
def _apart(first, f, second, g):  # type: ignore[no-untyped-def]
    """Whether one side of triangle f of the first has the whole triangle g of the second outside or on it."""
    for k in range(3):
        px, py = first[f, k, 0], first[f, k, 1]
        q = k + 1 if k < 2 else 0
        ex, ey = first[f, q, 0] - px, first[f, q, 1] - py
        if (
            ex * (second[g, 0, 1] - py) - ey * (second[g, 0, 0] - px) <= 0
            and ex * (second[g, 1, 1] - py) - ey * (second[g, 1, 0] - px) <= 0
            and ex * (second[g, 2, 1] - py) - ey * (second[g, 2, 0] - px) <= 0
        ):
            return True
    return False


@njit(cache=True, nogil=True)
def _intersect(first, f, second, g, poly, other, s):  # type: ignore[no-untyped-def]
    """Common part of triangle f of the first and g of the second; its number of vertices.

    It goes into `poly`: x, y and the further channels of the first. `other` and `s` are work space.
    """
    if _apart(second, g, first, f) or _apart(first, f, second, g):
        return 0
    channels = poly.shape[1]
    n = 3
    for i in range(3):
        for c in range(channels):
            poly[i, c] = first[f, i, c]
    for k in range(3):
        px, py = second[g, k, 0], second[g, k, 1]
        q = k + 1 if k < 2 else 0
        ex, ey = second[g, q, 0] - px, second[g, q, 1] - py
        outside = False
        for i in range(n):
            s[i] = ex * (poly[i, 1] - py) - ey * (poly[i, 0] - px)
            outside = outside or s[i] < 0
        if outside:
            n = _clip(poly, n, s, other)
            if n < 3:
                return 0
            for i in range(n):
                for c in range(channels):
                    poly[i, c] = other[i, c]
    return n


@njit(cache=True, nogil=True)
def _integrate(poly, n):  # type: ignore[no-untyped-def]
    """Area of a polygon and integral of its third channel."""
    area = volume = 0.0
    for k in range(1, n - 1):
        double = (poly[k, 0] - poly[0, 0]) * (poly[k + 1, 1] - poly[0, 1]) - (poly[k + 1, 0] - poly[0, 0]) * (
            poly[k, 1] - poly[0, 1]
        )
        area += double
        volume += double * (poly[0, 2] + poly[k, 2] + poly[k + 1, 2]) / 3
    return area / 2, volume / 2


@njit(cache=True, nogil=True)
def _emit(poly, level, depth, n, above, below, segments, kinds, used):  # type: ignore[no-untyped-def]
    """Write the zero line of one polygon; counts on when `segments` is full."""
    room = len(segments)
    if above and below:
        have = 0
        best = -1.0
        x0 = y0 = z0 = x1 = y1 = z1 = 0.0
        for i in range(n):
            j = i + 1 if i + 1 < n else 0
            crosses = depth[i] * depth[j] < 0
            if depth[i] != 0 and not crosses:
                continue
            share = depth[i] / (depth[i] - depth[j]) if crosses else 0.0
            x = poly[i, 0] + share * (poly[j, 0] - poly[i, 0])
            y = poly[i, 1] + share * (poly[j, 1] - poly[i, 1])
            z = level[i] + share * (level[j] - level[i])
            if have == 0:
                x0, y0, z0 = x, y, z
            else:
                far = (x - x0) ** 2 + (y - y0) ** 2
                if far > best:
                    best, x1, y1, z1 = far, x, y, z
            have += 1
        if have >= 2:
            if used < room:
                segments[used, 0, 0], segments[used, 0, 1], segments[used, 0, 2] = x0, y0, z0
                segments[used, 1, 0], segments[used, 1, 1], segments[used, 1, 2] = x1, y1, z1
                kinds[used] = 0
            used += 1
        return used
    for i in range(n):
        j = i + 1 if i + 1 < n else 0
        if depth[i] == 0 and depth[j] == 0:
            if used < room:
                segments[used, 0, 0], segments[used, 0, 1], segments[used, 0, 2] = poly[i, 0], poly[i, 1], level[i]
                segments[used, 1, 0], segments[used, 1, 1], segments[used, 1, 2] = poly[j, 0], poly[j, 1], level[j]
                kinds[used] = 1 if above else -1
            used += 1
    return used


@njit(cache=True, nogil=True)
def _overlay(ground, grid, start, items, soup, label, steep, eps, sums, segments, kinds, lines):  # type: ignore[no-untyped-def]
    """Sums of one chunk of the design; returns the number of segments there are, which may exceed the room."""
    x0, y0, cell, columns, rows = grid[0], grid[1], grid[2], int(grid[3]), int(grid[4])
    seen = np.full(len(ground), -1, np.int32)
    poly, other = np.empty((_SLOTS, 3)), np.empty((_SLOTS, 3))
    s, depth, level = np.empty(_SLOTS), np.empty(_SLOTS), np.empty(_SLOTS)
    scaled = np.empty((3, 2))
    used = 0
    for t in range(len(soup)):
        bx0, bx1 = min(soup[t, 0, 0], soup[t, 1, 0], soup[t, 2, 0]), max(soup[t, 0, 0], soup[t, 1, 0], soup[t, 2, 0])
        by0, by1 = min(soup[t, 0, 1], soup[t, 1, 1], soup[t, 2, 1]), max(soup[t, 0, 1], soup[t, 1, 1], soup[t, 2, 1])
        for i in range(3):
            scaled[i, 0], scaled[i, 1] = (soup[t, i, 0] - x0) / cell, (soup[t, i, 1] - y0) / cell
        row0 = max(0, math.floor((by0 - y0) / cell - _SLACK))
        row1 = min(rows - 1, math.floor((by1 - y0) / cell + _SLACK))
        of = label[t]
        for row in range(row0, row1 + 1):
            left, right = _row_span(scaled, row - _SLACK, row + 1 + _SLACK)
            if left > right:
                continue
            first = row * columns + max(0, math.floor(left - _SLACK))
            last = row * columns + min(columns - 1, math.floor(right + _SLACK))
            if last < first:
                continue
            for entry in range(start[first], start[last + 1]):
                g = items[entry]
                if seen[g] == t:
                    continue
                seen[g] = t
                if (
                    max(ground[g, 0, 0], ground[g, 1, 0], ground[g, 2, 0]) <= bx0
                    or min(ground[g, 0, 0], ground[g, 1, 0], ground[g, 2, 0]) >= bx1
                    or max(ground[g, 0, 1], ground[g, 1, 1], ground[g, 2, 1]) <= by0
                    or min(ground[g, 0, 1], ground[g, 1, 1], ground[g, 2, 1]) >= by1
                ):
                    continue
                n = _intersect(ground, g, soup, t, poly, other, s)
                if n < 3:
                    continue
                above = below = False
                for i in range(n):
                    level[i] = poly[i, 2]
                    d = level[i] - _level(soup, t, poly[i, 0], poly[i, 1])
                    if abs(d) <= eps:
                        d = 0.0
                    depth[i] = d
                    above, below = above or d > 0, below or d < 0
                if lines and (above or below):
                    used = _emit(poly, level, depth, n, above, below, segments, kinds, used)
                for side in range(2):
                    if not (above if side == 0 else below):
                        continue
                    sign = 1.0 if side == 0 else -1.0
                    for i in range(n):
                        s[i] = sign * depth[i]
                        poly[i, 2] = s[i]
                    if above and below:
                        m = _clip(poly, n, s, other)
                        area, volume = _integrate(other, m)
                    else:
                        area, volume = _integrate(poly, n)
                    sums[of, side] += volume
                    sums[of, 2 + side] += area
                    sums[of, 5 + side] += area * steep[t]
                if not (above or below):
                    area, volume = _integrate(poly, n)
                    sums[of, 4] += area
    return used


def overlay(
    ground: Tin, soup: FloatArray, label: IntArray, labels: int, steep: FloatArray, eps: float, lines: bool
) -> tuple[FloatArray, FloatArray, IntArray]:
    """Twin of the NumPy overlay: (labels, 7) sums, (k, 2, 3) segments and their kinds."""
    index = ground.grid
    grid = np.array([index.x0, index.y0, index.cell, index.columns, index.rows], float)
    corners = ground.corners

    def chunk(k: int) -> None:
        part = parts[k]
        room = 4 * (part.stop - part.start) + 1000 if lines else 0
        while True:
            sums = np.zeros((labels, 7))
            segments, kinds = np.empty((room, 2, 3)), np.empty(room, np.int32)
            used = _overlay(
                corners, grid, index.start, index.items, soup[part], label[part], steep[part], eps, sums, segments,
                kinds, lines,
            )  # fmt: skip
            if used <= room:
                done[k] = sums, segments[:used].copy(), kinds[:used].copy()
                return
            room = used

    bounds = np.linspace(0, len(soup), _CHUNKS + 1).astype(int)
    parts = [slice(int(a), int(b)) for a, b in zip(bounds[:-1], bounds[1:], strict=True) if b > a]
    if not parts:
        return np.zeros((labels, 7)), np.empty((0, 2, 3)), np.empty(0, np.int32)
    done: dict[int, tuple[FloatArray, FloatArray, IntArray]] = {}
    share(chunk, len(parts))
    found = [done[k] for k in range(len(parts))]
    return (
        np.sum([sums for sums, _, _ in found], axis=0),
        np.concatenate([segments for _, segments, _ in found]),
        np.concatenate([kinds for _, _, kinds in found]),
    )


@njit(cache=True, nogil=True)
def _find(corners, x0, y0, cell, columns, rows, start, items, xy, slack, found):  # type: ignore[no-untyped-def]
    """Number of the triangle each point lies deepest in; of equal ones the one listed last."""
    for k in range(len(xy)):
        x, y = xy[k, 0], xy[k, 1]
        if not (0 <= (x - x0) / cell < columns and 0 <= (y - y0) / cell < rows):
            continue
        number = math.floor((y - y0) / cell) * columns + math.floor((x - x0) / cell)
        best, far = -slack, slack * slack * (1 + 1e-9)
        for entry in range(start[number], start[number + 1]):
            t = items[entry]
            outside = False
            for i in range(3):  # most are told apart without a root
                j = i + 1 if i < 2 else 0
                px, py = corners[t, i, 0], corners[t, i, 1]
                sx, sy = corners[t, j, 0] - px, corners[t, j, 1] - py
                side = sx * (y - py) - sy * (x - px)
                if side < 0 and (best > 0 or side * side > far * (sx * sx + sy * sy)):
                    outside = True
                    break
            if outside:
                continue
            depth = math.inf
            for i in range(3):
                j = i + 1 if i < 2 else 0
                px, py = corners[t, i, 0], corners[t, i, 1]
                sx, sy = corners[t, j, 0] - px, corners[t, j, 1] - py
                depth = min(depth, (sx * (y - py) - sy * (x - px)) / math.hypot(sx, sy))
                if depth < best:
                    break
            if depth >= best:
                best = depth
                found[k] = t


def find(index: Any, corners: FloatArray, xy: FloatArray, slack: float) -> IntArray:
    """Twin of `surface.Tin.find`."""
    found = np.full(len(xy), -1, np.int32)
    where = index.x0, index.y0, index.cell, index.columns, index.rows, index.start, index.items
    places = np.ascontiguousarray(xy)
    bounds = np.linspace(0, len(xy), (_CHUNKS if len(xy) > _MANY else 1) + 1).astype(int)

    def part(k: int) -> None:
        rows = slice(int(bounds[k]), int(bounds[k + 1]))
        _find(corners, *where, places[rows], slack, found[rows])

    share(part, len(bounds) - 1)
    return found


@njit(cache=True, nogil=True)
def _sample(corners, x0, y0, cell, out):  # type: ignore[no-untyped-def]
    rows, columns = out.shape
    tri = np.empty((3, 2))
    for t in range(len(corners)):
        low, high = math.inf, -math.inf
        for i in range(3):
            tri[i, 0] = (corners[t, i, 0] - x0) / cell - 0.5
            tri[i, 1] = (corners[t, i, 1] - y0) / cell - 0.5
            low, high = min(low, tri[i, 1]), max(high, tri[i, 1])
        for row in range(max(0, math.ceil(low - _SLACK)), min(rows - 1, math.floor(high + _SLACK)) + 1):
            left, right = _row_span(tri, row - _SLACK, row + _SLACK)
            if left > right:
                continue
            y = y0 + (row + 0.5) * cell
            for column in range(max(0, math.ceil(left - _SLACK)), min(columns - 1, math.floor(right + _SLACK)) + 1):
                out[row, column] = _level(corners, t, x0 + (column + 0.5) * cell, y)


def sample(corners: FloatArray, x0: float, y0: float, cell: float, columns: int, rows: int) -> FloatArray:
    """Twin of `midpoint.sample`."""
    out = np.full((rows, columns), np.nan)
    _sample(np.ascontiguousarray(corners), x0, y0, cell, out)
    return out


@njit(cache=True, nogil=True)
def _squared_distance(x, y, segments, k):  # type: ignore[no-untyped-def]
    """Squared distance to segment k, place along it (not limited to 0..1) and signed distance to its line."""
    dx, dy = segments[k, 1, 0] - segments[k, 0, 0], segments[k, 1, 1] - segments[k, 0, 1]
    wx, wy = x - segments[k, 0, 0], y - segments[k, 0, 1]
    length2 = dx * dx + dy * dy
    t = (wx * dx + wy * dy) / length2
    u = min(max(t, 0.0), 1.0)
    ox, oy = wx - u * dx, wy - u * dy
    return ox * ox + oy * oy, t, (dx * wy - dy * wx) / math.sqrt(length2)


@njit(cache=True, nogil=True)
def _box_distance(x, y, boxes, k):  # type: ignore[no-untyped-def]
    dx, dy = max(boxes[k, 0] - x, 0.0, x - boxes[k, 2]), max(boxes[k, 1] - y, 0.0, y - boxes[k, 3])
    return dx * dx + dy * dy


@njit(cache=True, nogil=True)
def _nearest(x, y, segments, boxes, leaves, guess, stack):  # type: ignore[no-untyped-def]
    """Nearest segment: squared distance, place along it, signed distance to its line, and its number.

    The search goes down a tree of boxes over runs of segments, starting from a guess that is usually right. Where two
    segments are equally near (at a corner), the one seen more squarely counts.
    """
    best, place, across = _squared_distance(x, y, segments, guess)
    number = guess
    stack[0] = 1
    top = 1
    while top > 0:
        top -= 1
        node = stack[top]
        if _box_distance(x, y, boxes, node) > best * (1 + 1e-12) + 1e-18:
            continue
        if node < leaves:
            stack[top], stack[top + 1] = 2 * node + 1, 2 * node
            top += 2
            continue
        first = (node - leaves) * _RUN
        for k in range(first, min(first + _RUN, len(segments))):
            square, t, off = _squared_distance(x, y, segments, k)
            tied = abs(square - best) <= min(square, best) * 1e-12 + 1e-18
            if (square < best and not tied) or (tied and abs(off) > abs(across)):
                best, place, across, number = min(square, best), t, off, k
    return best, place, across, number


@njit(cache=True, nogil=True)
def _dem_strip(levels, depth, row, rows, segments, boxes, leaves, profile, options):  # type: ignore[no-untyped-def]
    cell, facing, closed, goes_on = options[0], options[1], options[2] != 0, options[3] != 0
    bands = len(profile)
    sums = np.zeros((3, bands + 1))
    count = len(segments)
    stack = np.empty(64, np.int64)
    start = 0
    for i in range(row, row + rows):
        y = (i + 0.5) * cell
        number = start
        for j in range(levels.shape[1]):
            x = (j + 0.5) * cell
            best, place, across, number = _nearest(x, y, segments, boxes, leaves, number, stack)
            if j == 0:
                start = number
            toe = segments[number, 0, 2] + min(max(place, 0.0), 1.0) * (segments[number, 1, 2] - segments[number, 0, 2])
            outside = across * facing > 0
            band = bands - 1
            design = toe
            if outside or not closed:
                if not outside:
                    continue
                if not closed and ((number == 0 and place < 0) or (number == count - 1 and place > 1)):
                    continue
                distance = math.sqrt(best)
                if not goes_on and distance > profile[bands - 1, 0]:
                    continue
                band = 0
                while band < bands - 2 and distance >= profile[band + 1, 0]:
                    band += 1
                slope = (profile[band + 1, 1] - profile[band, 1]) / (profile[band + 1, 0] - profile[band, 0])
                design = toe + profile[band, 1] + slope * (distance - profile[band, 0])
            deep = levels[i, j] - design
            if not math.isfinite(deep):
                sums[1, bands] += 1
                continue
            depth[i, j] = deep
            if deep > 0:
                sums[0, band] += deep
                sums[2, band] += 1
            elif deep < 0:
                sums[1, band] -= deep
                sums[0, bands] += 1
    return sums


def segment_tree(segments: FloatArray) -> tuple[FloatArray, int]:
    """Boxes (west, south, east, north) over runs of neighbouring segments, and over pairs of such boxes.

    Node k has the children 2k and 2k + 1; the second result is the number of the first leaf.
    """
    runs = -(-len(segments) // _RUN)
    leaves = 1 << max(0, (runs - 1).bit_length())
    boxes = np.tile([np.inf, np.inf, -np.inf, -np.inf], (2 * leaves, 1))
    for k in range(runs):
        ends = segments[k * _RUN : (k + 1) * _RUN, :, :2].reshape(-1, 2)
        boxes[leaves + k] = [*ends.min(axis=0), *ends.max(axis=0)]
    for k in range(leaves - 1, 0, -1):
        low, high = boxes[2 * k], boxes[2 * k + 1]
        boxes[k] = [*np.minimum(low[:2], high[:2]), *np.maximum(low[2:], high[2:])]
    return boxes, leaves


def dem_strips(
    levels: Any, depth: Any, step: int, segments: FloatArray, profile: FloatArray, options: FloatArray
) -> FloatArray:
    """Twin of `dem._strips`."""
    boxes, leaves = segment_tree(segments)
    rows = levels.shape[0]

    found = np.zeros((-(-rows // step), 3, len(profile) + 1))

    def one(k: int) -> None:
        row = k * step
        height = min(step, rows - row)
        found[k] = _dem_strip(levels, depth, row, height, segments, boxes, leaves, profile, options)

    share(one, len(found))
    return np.asarray(np.sum(found, axis=0))


@njit(cache=True, nogil=True)
def _common(indexed, grid, start, items, asking, shift, out, ours, theirs):  # type: ignore[no-untyped-def]
    """Common parts as fans of triangles; returns how many there are, which may exceed the room in `out`."""
    x0, y0, cell, columns, rows = grid[0], grid[1], grid[2], int(grid[3]), int(grid[4])
    seen = np.full(len(indexed), -1, np.int32)
    channels = asking.shape[2]
    poly, other = np.empty((_SLOTS, channels)), np.empty((_SLOTS, channels))
    s, level = np.empty(_SLOTS), np.empty(_SLOTS)
    scaled, second = np.empty((3, 2)), np.empty((1, 3, 3))
    used = 0
    for t in range(len(asking)):
        y_low, y_high = math.inf, -math.inf
        for i in range(3):
            scaled[i, 0] = (asking[t, i, 0] - shift[0] - x0) / cell
            scaled[i, 1] = (asking[t, i, 1] - shift[1] - y0) / cell
            y_low, y_high = min(y_low, scaled[i, 1]), max(y_high, scaled[i, 1])
        for row in range(max(0, math.floor(y_low - _SLACK)), min(rows - 1, math.floor(y_high + _SLACK)) + 1):
            left, right = _row_span(scaled, row - _SLACK, row + 1 + _SLACK)
            if left > right:
                continue
            first = row * columns + max(0, math.floor(left - _SLACK))
            last = row * columns + min(columns - 1, math.floor(right + _SLACK))
            if last < first:
                continue
            for entry in range(start[first], start[last + 1]):
                g = items[entry]
                if seen[g] == t:
                    continue
                seen[g] = t
                for i in range(3):
                    for c in range(3):
                        second[0, i, c] = indexed[g, i, c] + shift[c]
                n = _intersect(asking, t, second, 0, poly, other, s)
                if n < 3:
                    continue
                for i in range(n):
                    level[i] = _level(second, 0, poly[i, 0], poly[i, 1])
                for k in range(1, n - 1):
                    double = (poly[k, 0] - poly[0, 0]) * (poly[k + 1, 1] - poly[0, 1]) - (
                        poly[k + 1, 0] - poly[0, 0]
                    ) * (poly[k, 1] - poly[0, 1])
                    if not double > 0:
                        continue
                    if used < len(out):
                        for corner in range(3):
                            v = k + corner - 1 if corner > 0 else 0
                            for c in range(channels):
                                out[used, corner, c] = poly[v, c]
                            out[used, corner, channels] = level[v]
                        ours[used], theirs[used] = t, g
                    used += 1
    return used


def common_triangles(
    index: Any, indexed: FloatArray, asking: FloatArray, shift: FloatArray
) -> tuple[FloatArray, IntArray, IntArray]:
    """Twin of `clip.common_triangles`."""
    grid = np.array([index.x0, index.y0, index.cell, index.columns, index.rows], float)
    first, second = np.ascontiguousarray(indexed), np.ascontiguousarray(asking)
    room = 4 * (len(indexed) + len(asking)) + 1000
    while True:
        out = np.empty((room, 3, asking.shape[2] + 1))
        ours, theirs = np.empty(room, np.int32), np.empty(room, np.int32)
        used = _common(first, grid, index.start, index.items, second, shift, out, ours, theirs)
        if used <= room:
            return out[:used].copy(), ours[:used].copy(), theirs[:used].copy()
        room = used
