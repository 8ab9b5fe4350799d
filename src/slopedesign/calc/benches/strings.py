"""Base lines, and the strings of sectors laid along them.

A base line that climbs is cut into straight pieces, each with the run a level profile has already used up at its ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.profile import BenchProfile
from slopedesign.calc.benches.shapes import FloatArray, Shape
from slopedesign.calc.benches.sweep import SAME_LEVEL, Corner, Sweep
from slopedesign.errors import InputError
from slopedesign.i18n import message

Sense = Literal["up", "down"]


@dataclass(frozen=True, kw_only=True, eq=False)
class BaseString:
    """The base line in space.

    Attributes:
        points: (n, 3) E, N, Z; a closed line does not repeat its first point.
        closed: whether it is a pit floor (sense "up") or a pit rim (sense "down").
        side: which side of an open line the profile is swept to, walking along it.
        ends: how an open line's cut runs out beyond its ends.
    """

    points: FloatArray
    closed: bool = False
    side: Literal["left", "right"] = "left"
    ends: Literal["round", "square"] = "round"

    @property
    def ring(self) -> FloatArray:
        """(m, 3) the points, a closed line with its first point repeated."""
        return np.vstack([self.points, self.points[:1]]) if self.closed else self.points

    @property
    def stations(self) -> FloatArray:
        """Distance in plan of each point of `ring` from the first."""
        steps = np.hypot(*np.diff(self.ring[:, :2], axis=0).T)
        return np.concatenate([[0.0], np.cumsum(steps)])

    @property
    def length(self) -> float:
        """Length in plan [m]."""
        return float(self.stations[-1])


@dataclass(frozen=True, kw_only=True)
class SectorProfile:
    """The profile of a stretch of the base line, by station."""

    name: str
    start: float
    end: float
    profile: BenchProfile


def origin_of(base: BaseString) -> FloatArray:
    """(2,) E, N of the plan frame laid on a base line."""
    return np.asarray(np.round(base.points[:, :2].mean(axis=0)))


def datum_of(base: BaseString, sense: Sense) -> float:
    """Level of progress 0: the lowest point of a toe line, the highest of a crest line."""
    return float(base.points[:, 2].min() if sense == "up" else base.points[:, 2].max())


def sweeps_on(
    base: BaseString,
    sectors: Sequence[SectorProfile],
    *,
    sense: Sense = "up",
    along: Literal["level", "base_line"] = "level",
    corner: Corner = "round",
    segments: int = 32,
    field: str = "benches",
) -> tuple[tuple[Sweep, ...], float, bool]:
    """The strings of a base line, the level of progress 0, and whether the benches climb with the line.

    A pit floor whose benches do not climb is level, at its lowest corner.
    """
    origin = origin_of(base)
    sign = 1.0 if sense == "up" else -1.0
    follows = along == "base_line" and float(np.ptp(base.points[:, 2])) > SAME_LEVEL
    datum = datum_of(base, sense)
    _check_sectors(base, sectors, field)
    sweeps = []
    for sector in sectors:
        whole = len(sectors) == 1
        line = base.ring if whole else cut_line(base, sector.start, sector.end)
        flat = follows or (base.closed and sense == "up")  # a floor is level: faces rise from its rim at its level
        sweep = _sweep(sector, line, base.closed and whole, sense, sign, datum, flat, corner, segments, origin)
        if base.closed and sense == "up" and not whole:
            sweep = replace(sweep, floor=shapely.Polygon(base.points[:, :2] - origin))
        sweeps.append(sweep)
    if corner == "mitre" and not all(sweep.level_start for sweep in sweeps):
        raise InputError(f"{field}.corner", corner, message("benches.mitre_level"))
    return tuple(sweeps), datum, follows


def cut_line(base: BaseString, start: float, end: float) -> FloatArray:
    """The stretch of a base line between two stations, (k, 3)."""
    stations, ring = base.stations, base.ring
    inner = ring[(stations > start + 1e-9) & (stations < end - 1e-9)]
    ends = [[float(np.interp(s, stations, ring[:, c])) for c in range(3)] for s in (start, end)]
    return np.vstack([ends[:1], inner, ends[1:]])


def _check_sectors(base: BaseString, sectors: Sequence[SectorProfile], field: str) -> None:
    at = 0.0
    for i, sector in enumerate(sectors):
        if abs(sector.start - at) > 1e-6 or sector.end <= sector.start:
            raise InputError(f"{field}.sectors[{i}]", (sector.start, sector.end), message("benches.sectors", at=at))
        at = sector.end
    if abs(at - base.length) > 1e-6:
        raise InputError(f"{field}.sectors", at, message("benches.sectors", at=round(base.length, 3)))


def _sweep(
    sector: SectorProfile, line: FloatArray, closed: bool, sense: Sense, sign: float, datum: float, flat: bool,
    corner: Corner, segments: int, origin: FloatArray,
) -> Sweep:  # fmt: skip
    profile = sector.profile
    xy, z = line[:, :2] - origin, line[:, 2]
    progress = np.zeros(len(line)) if flat else sign * (z - datum)
    rows = _split_at_breaks(xy, z, progress, profile)
    pieces = np.array([row[:6] for row in rows])
    base_z = np.array([row[6:] for row in rows])
    area = closed and sense == "up"
    shape: Shape = shapely.Polygon(xy) if area else shapely.LineString(xy)
    before, after = neighbours(len(pieces), closed)
    return Sweep(
        name=sector.name, pieces=pieces, shape=shape, runs=profile.runs, nominal=profile.nominal,
        climbs=profile.climbs, slope=profile.last_slope if profile.daylight else None, corner=corner,
        segments=segments, before=before, after=after, angles=tuple(float(r.angle) for r in profile.risers),
        base_levels=base_z,
    )  # fmt: skip


def neighbours(count: int, closed: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    before, after = np.arange(count) - 1, np.arange(count) + 1
    before[0], after[-1] = (count - 1, 0) if closed else (-1, -1)
    return before.astype(np.int64), after.astype(np.int64)


def _split_at_breaks(
    xy: FloatArray, z: FloatArray, progress: FloatArray, profile: BenchProfile
) -> list[tuple[float, ...]]:
    """Pieces x0, y0, x1, y1, w0, w1, z0, z1, cut where the climbing line passes a break of the profile."""
    rows: list[tuple[float, ...]] = []
    levels = np.unique(profile.nominal)
    for i in range(len(xy) - 1):
        p, q = progress[i], progress[i + 1]
        if np.hypot(*(xy[i + 1] - xy[i])) < 1e-9:
            continue
        between = levels[(levels > min(p, q) + 1e-9) & (levels < max(p, q) - 1e-9)]
        shares = [0.0, *sorted((between - p) / (q - p)), 1.0] if p != q else [0.0, 1.0]
        for a, b in zip(shares, shares[1:], strict=False):
            ends = [xy[i] + s * (xy[i + 1] - xy[i]) for s in (a, b)]
            middle = p + (a + b) / 2 * (q - p)
            w = [_start_run(profile, p + s * (q - p), middle) for s in (a, b)]
            zs = [z[i] + s * (z[i + 1] - z[i]) for s in (a, b)]
            rows.append((*ends[0], *ends[1], *w, *zs))
    return rows


def _start_run(profile: BenchProfile, p: float, middle: float) -> float:
    """Run a level profile has used up at progress p; at a bench level, seen from the side of `middle`."""
    zn, x = profile.nominal, profile.runs
    if p > zn[-1]:
        return float(x[-1] + (p - zn[-1]) / profile.last_slope)
    j = int(np.searchsorted(zn, p + SAME_LEVEL, side="right")) - 1  # behind a berm of this level
    if abs(zn[j] - p) <= SAME_LEVEL:
        first = int(np.searchsorted(zn, p - SAME_LEVEL, side="left"))
        return float(x[first] if middle < p - SAME_LEVEL else x[j])
    return float(x[j] + (p - zn[j]) / (zn[j + 1] - zn[j]) * (x[j + 1] - x[j]))


def pieces_of_shape(shape: Shape, level: float) -> tuple[FloatArray, NDArray[np.int64], NDArray[np.int64], FloatArray]:
    """Every side of an area as pieces without a start run."""
    sides, before, after, at = [], [], [], 0
    for part in shapely.get_parts(shape):
        for loop in (part.exterior, *part.interiors):
            xy = shapely.get_coordinates(loop)
            n = len(xy) - 1
            sides.append(np.column_stack([xy[:-1], xy[1:], np.zeros((n, 2))]))
            b, a = neighbours(n, True)
            before.append(b + at)
            after.append(a + at)
            at += n
    pieces = np.concatenate(sides)
    return pieces, np.concatenate(before), np.concatenate(after), np.full((len(pieces), 2), level)
