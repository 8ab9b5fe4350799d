"""The line of a crest ditch: outside the upper rim of a cut, drained at its sags and ends."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.terrain.surface import Tin
from slopedesign.calc.water import lines

STEP = 5.0
"""Spacing of the points at which the ground along the crest ditch is read [m]."""
SAG = 3.0
"""A sag of the ground this deep on both sides is drained where it is [m]."""
ROUND = 15.0
"""Notches of the rim narrower than twice this are passed by [m]."""
FIT = 1.0
"""How far a straight piece of bed may lie below the bed that follows the ground [m]."""

Floats = NDArray[np.float64]


def rim(outline: shapely.Geometry, offset: float, lowest: float, surface: Tin) -> tuple[Floats | None, float]:
    """The rim of a cut moved outwards by `offset`, its longest stretch on ground above `lowest`.

    Returns:
        (k, 3) E, N, ground level, None where there is none; the share of the whole rim beyond the survey.
    """
    parts = list(getattr(outline, "geoms", [outline]))
    whole = max(parts, key=lambda part: float(part.area), default=None)
    if whole is None or whole.is_empty:
        return None, 0.0
    around = shapely.Polygon(whole.exterior).buffer(offset + ROUND).buffer(-ROUND).simplify(0.5)
    ring = max(getattr(around, "geoms", [around]), key=lambda part: float(part.area)).exterior
    plan = shapely.get_coordinates(shapely.segmentize(ring, STEP))[:-1]
    z = surface.elevation(plan)
    rows = _longest(np.isfinite(z) & (z > lowest), z)
    line = np.column_stack((plan[rows], z[rows]))
    off = float(np.mean(~np.isfinite(z)))
    return (line if len(line) > 1 and lines.stations_of(line)[-1] >= STEP else None), off


def _longest(wanted: NDArray[np.bool_], z: Floats) -> NDArray[np.int64]:
    """Rows of the longest stretch of a closed line; all of it, from its lowest point round, where all is wanted."""
    count = len(wanted)
    if wanted.all():
        return (np.arange(count + 1) + int(np.argmin(z))) % count
    first = int(np.flatnonzero(~wanted)[0])
    turned = np.roll(wanted, -first)
    edges = np.diff(np.concatenate(([0], turned.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    if not len(starts):
        return np.array([], dtype=np.int64)
    k = int(np.argmax(ends - starts))
    return (np.arange(starts[k], ends[k]) + first) % count


def lows(z: Floats) -> list[int]:
    """Where a ground line is drained: its ends, and sags with more than `SAG` of rise on both sides; an end that is
    the top of its side is not."""
    kept: list[int] = []
    for i in range(1, len(z) - 1):
        if not (z[i] <= z[i - 1] and z[i] < z[i + 1]):
            continue
        left = z[kept[-1] : i + 1].max() if kept else z[: i + 1].max()
        right = z[i:].max()
        if left - z[i] > SAG and right - z[i] > SAG:
            if kept and z[kept[-1] : i + 1].max() - max(z[kept[-1]], z[i]) <= SAG:
                kept[-1] = min(kept[-1], i, key=lambda k: z[k])
            else:
                kept.append(i)
    found = list(kept)
    if not kept or _head(z, 0, kept[0]) > 0:
        found.insert(0, 0)
    last = len(z) - 1
    if not kept or _head(z, kept[-1], last) < last:
        found.append(last)
    if not kept and len(found) == 2:
        top = int(np.argmax(z))
        if top == 0:
            found = [last]
        elif top == last:
            found = [0]
    return found


def _head(z: Floats, a: int, b: int) -> int:
    return a + int(np.argmax(z[a : b + 1]))


def heads(z: Floats, low: int) -> list[int]:
    """The summits whose water runs to one of `lows`: the highest point between it and the next on either side, or the
    end of the line."""
    marks = lows(z)
    k = marks.index(low)
    before = marks[k - 1] if k > 0 else 0
    after = marks[k + 1] if k + 1 < len(marks) else len(z) - 1
    found = [_head(z, before, low), _head(z, low, after)]
    return [top for top in dict.fromkeys(found) if top != low]


def pieces(line: Floats, high: int, low: int, slope: float, depth: float) -> list[tuple[Floats, float, float]]:
    """Straight beds from a summit down to a low point: plan (k, 3), level at the upper and the lower end.

    The bed follows the ground `depth` below it where that falls by `slope` or more, and falls by `slope` elsewhere;
    straight pieces stand in for it, never above it and at most about `FIT` below.
    """
    run = line[high : low + 1] if high < low else line[low : high + 1][::-1]
    along = lines.stations_of(run)
    bed = run[:, 2] - depth
    for i in range(1, len(bed)):
        bed[i] = min(bed[i], bed[i - 1] - slope * (along[i] - along[i - 1]))
    path = shapely.LineString(np.column_stack((along, bed))).simplify(FIT)
    kept = np.searchsorted(along, shapely.get_coordinates(path)[:, 0] - 1e-9)
    level = bed[kept].copy()
    for k, (i, j) in enumerate(zip(kept, kept[1:], strict=False)):
        chord = np.interp(along[i : j + 1], along[[i, j]], bed[[i, j]])
        over = max(0.0, float((chord - bed[i : j + 1]).max()))
        level[k], level[k + 1] = min(level[k], bed[i] - over), min(level[k + 1], bed[j] - over)
    for k in range(1, len(kept)):
        level[k] = min(level[k], level[k - 1] - slope * (along[kept[k]] - along[kept[k - 1]]))
    return [(run[i : j + 1], float(a), float(b)) for i, j, a, b in zip(kept, kept[1:], level, level[1:], strict=False)]
