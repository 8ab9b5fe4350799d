"""Vertical sections: where a surface is cut by a line in plan, exactly, and the areas between two such sections."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from slopedesign.calc.terrain.joining import ONE_POINT
from slopedesign.calc.terrain.surface import BoolArray, FloatArray, Tin
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.trace import Traced, measured

_SAME_STATION = 1e-9  # m


@dataclass(frozen=True, eq=False)
class SectionLine:
    """The level of a surface along a line.

    Attributes:
        stations: (n,) distance along the line, not decreasing, m.
        z: (n,) level, straight between stations.
        gaps: (g, 2) stretches without surface; the levels on either side are not joined across them.
        line: (k, 2) the line in plan, E, N; empty for a section typed by hand.
    """

    stations: FloatArray
    z: FloatArray
    gaps: FloatArray
    line: FloatArray

    @cached_property
    def parts(self) -> tuple[FloatArray, ...]:
        """The stretches between gaps, each (m, 2) station and level."""
        both = np.column_stack([self.stations, self.z])
        cuts = np.searchsorted(self.stations, self.gaps.mean(axis=1)) if len(self.gaps) else np.empty(0, int)
        return tuple(part for part in np.split(both, cuts) if len(part) > 1)

    @property
    def points(self) -> FloatArray:
        """(n, 3) E, N, Z of the stations; needs a line in plan."""
        return np.column_stack([along(self.line, self.stations), self.z])

    def z_at(self, stations: ArrayLike) -> FloatArray:
        """Level at stations; NaN in gaps and beyond the ends."""
        s = np.asarray(stations, float)
        if not len(self.stations):
            return np.full(s.shape, np.nan)
        z = np.interp(s, self.stations, self.z, left=np.nan, right=np.nan)
        return np.where(self._open(s), np.nan, z)

    def _open(self, s: FloatArray) -> BoolArray:
        inside = np.zeros(s.shape, bool)
        for start, end in self.gaps:
            inside |= (s > start + _SAME_STATION) & (s < end - _SAME_STATION)
        return inside


@dataclass(frozen=True, kw_only=True)
class SectionAreas:
    """Areas between two sections, m2.

    Attributes:
        cut: where the first (ground) lies above the second (design).
        fill: where it lies below.
        width: length over which both are known, m.
        cut_centre, fill_centre: station of the centre of area; None without area.
    """

    cut: Traced
    fill: Traced
    width: float
    cut_centre: float | None
    fill_centre: float | None


def section(tin: Tin, line: ArrayLike) -> SectionLine:
    """The surface along a line in plan.

    Args:
        line: (k, 2) E, N.

    Raises:
        InputError: the line has fewer than two different points, or is not finite.
    """
    plan = np.asarray(line, float)
    if plan.ndim != 2 or plan.shape[1] < 2 or len(plan) < 2 or not np.isfinite(plan).all():
        raise InputError("line", plan.shape, message("terrain.section_line"))
    plan = plan[:, :2]
    local = plan - tin.origin[:2]
    length = np.hypot(*np.diff(local, axis=0).T)
    if not length.sum() > 0:
        raise InputError("line", plan.tolist(), message("terrain.section_line"))
    before = np.concatenate([[0.0], np.cumsum(length)])
    runs = [_run(tin, local[i], local[i + 1], before[i]) for i in range(len(length)) if length[i] > 0]
    spans = np.concatenate(runs)  # (r, 2, 2): start and end, each station and level
    gaps = _gaps(spans[:, :, 0], float(before[-1]))
    points = spans.reshape(-1, 2)
    points = points[np.argsort(points[:, 0], kind="stable")]
    fresh = np.diff(points[:, 0], prepend=-np.inf) > _SAME_STATION
    return SectionLine(points[fresh, 0], points[fresh, 1] + tin.origin[2], gaps, plan)


def typed_section(stations: ArrayLike, levels: ArrayLike) -> SectionLine:
    """A section stated by stations and levels.

    Raises:
        InputError: stations go backwards, or a number is not finite.
    """
    s, z = np.asarray(stations, float), np.asarray(levels, float)
    if s.ndim != 1 or s.shape != z.shape or len(s) < 2 or not (np.isfinite(s).all() and np.isfinite(z).all()):
        raise InputError("stations", s.shape, message("terrain.typed_section"))
    if (np.diff(s) < 0).any():
        raise InputError(f"stations[{int(np.argmax(np.diff(s) < 0)) + 1}]", s.tolist(), message("terrain.backwards"))
    return SectionLine(s, z, np.empty((0, 2)), np.empty((0, 2)))


def along(line: FloatArray, stations: FloatArray) -> FloatArray:
    """(n, 2) E, N of stations along a (k, 2) line."""
    step = np.hypot(*np.diff(line, axis=0).T)
    keep = np.concatenate([[True], step > 0])
    at = np.concatenate([[0.0], np.cumsum(step)])
    return np.column_stack([np.interp(stations, at[keep], line[keep, k]) for k in range(2)])


def section_area_between(ground: SectionLine, design: SectionLine) -> SectionAreas:
    """Cut and fill between two sections over the stations both know; exact for polylines."""
    marks = np.unique(np.concatenate([ground.stations, design.stations, ground.gaps.ravel(), design.gaps.ravel()]))
    if len(marks) < 2:
        return _areas(0.0, 0.0, 0.0, 0.0, 0.0)
    middle = (marks[1:] + marks[:-1]) / 2
    known = np.isfinite(ground.z_at(middle) + design.z_at(middle))
    left, right = marks[:-1][known], marks[1:][known]
    near, far = (
        ground.z_at(at) - design.z_at(at) for at in (left + 0.25 * (right - left), left + 0.75 * (right - left))
    )
    a, b = 1.5 * near - 0.5 * far, 1.5 * far - 0.5 * near  # approached from inside: a step may stand at either end
    cut, cut_moment = _positive(left, right, a, b)
    fill, fill_moment = _positive(left, right, -a, -b)
    return _areas(cut, fill, float((right - left).sum()), cut_moment, fill_moment)


def _positive(left: FloatArray, right: FloatArray, a: FloatArray, b: FloatArray) -> tuple[float, float]:
    """Integral of max(0, d) and its moment about station 0, d straight from a at left to b at right."""
    start = np.where(a < 0, a / np.where(a == b, 1.0, a - b), 0.0)
    end = np.where(b < 0, a / np.where(a == b, 1.0, a - b), 1.0)
    any_part = (a > 0) | (b > 0)
    s0, s1 = left + (right - left) * start, left + (right - left) * end
    h0, h1 = np.maximum(a, 0.0), np.maximum(b, 0.0)
    area = np.where(any_part, (h0 + h1) / 2 * (s1 - s0), 0.0)
    moment = np.where(any_part, (s1 - s0) * (h0 * (2 * s0 + s1) + h1 * (s0 + 2 * s1)) / 6, 0.0)
    return float(area.sum()), float(moment.sum())


def _areas(cut: float, fill: float, width: float, cut_moment: float, fill_moment: float) -> SectionAreas:
    return SectionAreas(
        cut=measured(cut, "m2", "terrain.by.section", label="terrain.section_cut"),
        fill=measured(fill, "m2", "terrain.by.section", label="terrain.section_fill"),
        width=width,
        cut_centre=cut_moment / cut if cut > 0 else None,
        fill_centre=fill_moment / fill if fill > 0 else None,
    )


def _run(tin: Tin, p: FloatArray, q: FloatArray, offset: float) -> FloatArray:
    """(r, 2, 2) start and end (station, local level) of the stretch of p-q in each triangle it meets."""
    length = float(np.hypot(*(q - p)))
    u = (q - p) / length
    v = tin.vertices[tin.triangles[tin.grid.along(p, q)]]
    d = (v[:, :, 1] - p[1]) * u[0] - (v[:, :, 0] - p[0]) * u[1]
    d[np.abs(d) < _SAME_STATION] = 0.0
    straddles = (d.min(axis=1) < 0) & (d.max(axis=1) > 0)
    rests = (d == 0).sum(axis=1) == 2
    met = straddles | rests
    d, v = d[met], v[met]
    s = (v[:, :, :2] - p) @ u
    low = np.stack([np.full(len(d), np.inf), np.zeros(len(d))], axis=1)
    high = np.stack([np.full(len(d), -np.inf), np.zeros(len(d))], axis=1)
    for i in range(3):
        j = (i + 1) % 3
        crosses = d[:, i] * d[:, j] < 0
        share = np.where(crosses, d[:, i] / np.where(crosses, d[:, i] - d[:, j], 1.0), 0.0)
        at = s[:, i] + share * (s[:, j] - s[:, i])
        z = v[:, i, 2] + share * (v[:, j, 2] - v[:, i, 2])
        hit = crosses | (d[:, i] == 0)
        first, last = hit & (at < low[:, 0]), hit & (at > high[:, 0])
        low[first] = np.column_stack([at, z])[first]
        high[last] = np.column_stack([at, z])[last]
    real = (high[:, 0] > low[:, 0]) & (high[:, 0] > 0) & (low[:, 0] < length)
    low, high = low[real], high[real]
    slope = ((high[:, 1] - low[:, 1]) / (high[:, 0] - low[:, 0]))[:, None]
    start = np.clip(low[:, :1], 0, length)
    end = np.clip(high[:, :1], 0, length)
    z_start, z_end = low[:, 1:] + slope * (start - low[:, :1]), low[:, 1:] + slope * (end - low[:, :1])
    return np.stack([np.hstack([start + offset, z_start]), np.hstack([end + offset, z_end])], axis=1)


def _gaps(spans: FloatArray, length: float) -> FloatArray:
    """(g, 2) stretches of 0..length that no span covers."""
    if not len(spans):
        return np.array([[0.0, length]])
    spans = spans[np.argsort(spans[:, 0], kind="stable")]
    reached = np.concatenate([[0.0], np.maximum.accumulate(spans[:, 1])])
    starts = np.concatenate([spans[:, 0], [length]])
    open_ = starts - reached > ONE_POINT
    return np.column_stack([reached[open_], starts[open_]])
