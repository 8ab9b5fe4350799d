"""Reaches from lines: stretches of bench edges, crest and toe with the levels of their beds.

A bench edge lies level or nearly so; a ditch on it is cut into the bench with a fall of its own. The bed then starts
at the line's level (or a stated one) and falls by the stated slope; how deep it lies under the line is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slopedesign.calc.terrain.sections import SectionLine, section
from slopedesign.calc.terrain.surface import Tin
from slopedesign.calc.water import need
from slopedesign.errors import InputError
from slopedesign.i18n import message

SEAM = 1e-3
"""Gaps no wider than this lie between triangles that meet but share no corner, as along the rim of a cut [m]."""


@dataclass(frozen=True)
class Bed:
    """The bed of a reach.

    Attributes:
        points: (n, 3) E, N, bed level, in the sense of flow.
        stations: (n,) plan distance from the upper end.
        ground: (n,) level of the ground there: of the line it follows, or of the designed ground; NaN where unknown.
        profile: (m, 2) station and level of the designed ground all along; None where only `ground` is known.
    """

    points: NDArray[np.float64]
    stations: NDArray[np.float64]
    ground: NDArray[np.float64]
    profile: NDArray[np.float64] | None = None

    @property
    def length(self) -> float:
        """Plan length [m]."""
        return float(self.stations[-1])

    @property
    def fall(self) -> float:
        """Fall of the bed [m]; negative where it rises."""
        return float(self.points[0, 2] - self.points[-1, 2])

    @property
    def slope(self) -> float:
        """Mean slope of the bed [-]."""
        return self.fall / self.length

    @property
    def steepest(self) -> float:
        """Slope of the steepest piece [-]."""
        return float(np.max(-np.diff(self.points[:, 2]) / np.diff(self.stations)))

    @property
    def flattest(self) -> float:
        """Slope of the flattest piece [-]; negative where the bed rises."""
        return float(np.min(-np.diff(self.points[:, 2]) / np.diff(self.stations)))

    @property
    def ground_line(self) -> NDArray[np.float64]:
        """The ground along the reach, (m, 2) station and level, where it is known."""
        line = np.column_stack((self.stations, self.ground)) if self.profile is None else self.profile
        return line[np.isfinite(line[:, 1])]

    @property
    def deepest(self) -> float:
        """Greatest depth of the bed under the ground [m]; NaN where no ground is known."""
        return self._beside(1.0)

    @property
    def highest(self) -> float:
        """Greatest height of the bed over the ground [m], negative where it lies in it; NaN where none is known."""
        return self._beside(-1.0)

    def _beside(self, sign: float) -> float:
        line = self.ground_line
        if not len(line):
            return float("nan")
        return float(np.max(sign * (line[:, 1] - np.interp(line[:, 0], self.stations, self.points[:, 2]))))


def stations_of(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Plan distance along a polyline (k, 2 or 3)."""
    return np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line[:, :2], axis=0).T))))


def clean(line: ArrayLike, name: str) -> NDArray[np.float64]:
    """A polyline (k, 3) without repeated plan points.

    Raises:
        InputError: it is not (k, 3) with k >= 2 distinct finite points.
    """
    points = np.asarray(line, dtype=float)
    if points.ndim != 2 or points.shape[1] != 3 or not np.all(np.isfinite(points)):
        raise InputError(name, points.shape, message("water.error.line_shape"))
    keep = np.concatenate(([True], np.hypot(*np.diff(points[:, :2], axis=0).T) > 1e-6))
    points = points[keep]
    if len(points) < 2:
        raise InputError(name, len(points), message("water.error.line_short"))
    return points


def part(line: NDArray[np.float64], start: float, end: float) -> NDArray[np.float64]:
    """The stretch of a polyline between two stations; start > end turns it round."""
    if start > end:
        return part(line, end, start)[::-1]
    along = stations_of(line)
    inner = (along > start + 1e-9) & (along < end - 1e-9)
    ends = np.column_stack([[np.interp(s, along, line[:, k]) for s in (start, end)] for k in range(3)])
    return np.vstack((ends[:1], line[inner], ends[1:]))


def bed_on(
    line: ArrayLike, name: str, slope: float | None = None, start: float | None = None, end: float | None = None,
    start_level: float | None = None, end_level: float | None = None,
) -> Bed:  # fmt: skip
    """The bed of a ditch along a line.

    Args:
        line: (k, 3) E, N, Z in the sense of flow.
        slope: fall of the bed; None takes the levels of the line (or the stated end levels).
        start, end: stations of the stretch; start > end flows against the line.
        start_level, end_level: bed levels at the ends.

    Raises:
        InputError: a station lies off the line.
    """
    points = clean(line, name)
    along = stations_of(points)
    a = 0.0 if start is None else need.between(f"{name}.from_station", start, 0.0, float(along[-1]) + 1e-6)
    b = float(along[-1]) if end is None else need.between(f"{name}.to_station", end, 0.0, float(along[-1]) + 1e-6)
    if abs(a - b) < 1e-6:
        raise InputError(f"{name}.to_station", b, message("water.error.no_length"))
    traced = part(points, a, b)
    stations = stations_of(traced)
    ground = traced[:, 2].copy()
    if slope is not None:
        top = ground[0] if start_level is None else start_level
        traced[:, 2] = top - slope * stations
    elif start_level is not None or end_level is not None:
        top = ground[0] if start_level is None else start_level
        foot = ground[-1] if end_level is None else end_level
        traced[:, 2] = top + (foot - top) * stations / stations[-1]
    return Bed(traced, stations, ground)


def over_ground(bed: Bed, surface: Tin | None) -> Bed:
    """A bed stated with its levels, and the ground it crosses: unknown where there is none."""
    if surface is None:
        return replace(bed, ground=np.full(len(bed.stations), np.nan))
    line = section(surface, bed.points[:, :2])
    whole = len(line.stations) > 1 and not _parted(line)
    profile = np.column_stack((line.stations, line.z)) if whole else None
    return replace(bed, ground=surface.elevation(bed.points[:, :2]), profile=profile)


def _parted(line: SectionLine) -> bool:
    """Whether a line leaves the surface; the seams between cut and ground, thinner than a hair, do not count."""
    return bool(len(line.gaps)) and float(np.diff(line.gaps, axis=1).max()) > SEAM


def on_ground(plan: Sequence[Sequence[float]], surface: Tin | None, name: str) -> NDArray[np.float64]:
    """A line stated in plan laid on a surface: (k, 3) with a vertex wherever it crosses an edge of a triangle.

    Raises:
        InputError: there is no surface, or the line leaves it.
    """
    if surface is None:
        raise InputError(f"{name}.vertices", len(plan), message("water.error.no_terrain"))
    line = section(surface, np.array(plan, dtype=float))
    if _parted(line) or not len(line.stations):
        raise InputError(f"{name}.vertices", len(plan), message("water.error.off_terrain"))
    return line.points


def typed_bed(length: float, slope: float | None, start_level: float | None, end_level: float | None) -> Bed:
    """The bed of a reach stated by length and slope or levels, drawn along the east axis from 0."""
    top = 0.0 if start_level is None else start_level
    if slope is not None:
        if start_level is None and end_level is not None:
            top = end_level + slope * length
        foot = top - slope * length
    else:
        foot = top if end_level is None else end_level
    points = np.array([[0.0, 0.0, top], [length, 0.0, foot]])
    return Bed(points, np.array([0.0, length]), points[:, 2].copy())


Role = Literal["crest", "bench", "toe"]


@dataclass(frozen=True)
class TracedReach:
    """A reach found from the design's lines."""

    name: str
    kind: Literal["crest", "bench", "chute", "toe"]
    from_node: str
    to_node: str
    bed: Bed


def drain_lines(
    lines: Mapping[str, tuple[Role, ArrayLike]], chute_at: Sequence[float], slope: float, outlet: str = "outlet"
) -> list[TracedReach]:
    """A drainage layout on the lines of a bench design: every line falls to a chute, chutes lead down to the toe.

    Each line is cut at its point nearest to `chute_at` (E, N); both halves fall there by `slope`. Chutes join the cut
    points from the highest line down. The toe line runs on from its cut point to its lower end, the node `outlet`.
    A half shorter than 1 m is left out.

    Args:
        lines: name -> (role, (k, 3) E, N, Z).

    Raises:
        InputError: no lines, the slope is not positive, or two lines lie at one level at the chute.
    """
    need.positive("slope", slope)
    if not lines:
        raise InputError("lines", 0, message("water.error.no_lines"))
    cut: list[tuple[float, str, Role, NDArray[np.float64], float]] = []
    for name, (role, xyz) in lines.items():
        points = clean(xyz, name)
        where = nearest_station(points, chute_at)
        level = float(np.interp(where, stations_of(points), points[:, 2]))
        cut.append((level, name, role, points, where))
    cut.sort(key=lambda item: -item[0])
    reaches: list[TracedReach] = []
    for level, name, role, points, where in cut:
        reaches += _halves(name, role, points, where, level, slope, outlet)
    for upper, lower in zip(cut, cut[1:], strict=False):
        reaches.append(_link(upper, lower))
    return reaches


def _halves(
    name: str, role: Role, points: NDArray[np.float64], where: float, level: float, slope: float, outlet: str
) -> list[TracedReach]:
    whole = float(stations_of(points)[-1])
    leaves = None
    if role == "toe":
        leaves = 0.0 if points[0, 2] < points[-1, 2] else whole
    found = []
    for side, end in (("a", 0.0), ("b", whole)):
        run = abs(end - where)
        if run < 1.0:
            continue
        if end == leaves:
            bed = bed_on(points, name, slope, where, end, start_level=level)
            found.append(TracedReach(f"{name}-{side}", role, f"{name}@chute", outlet, bed))
        else:
            bed = bed_on(points, name, slope, end, where, start_level=level + slope * run)
            found.append(TracedReach(f"{name}-{side}", role, f"{name}-{side}@head", f"{name}@chute", bed))
    return found


def _link(
    upper: tuple[float, str, Role, NDArray[np.float64], float],
    lower: tuple[float, str, Role, NDArray[np.float64], float],
) -> TracedReach:
    ends = []
    for level, _, _, points, where in (upper, lower):
        along = stations_of(points)
        ends.append([float(np.interp(where, along, points[:, k])) for k in (0, 1)] + [level])
    if not ends[0][2] > ends[1][2]:
        raise InputError(lower[1], ends[1][2], message("water.error.lines_level", upper=upper[1]))
    line = np.array(ends)
    stations = stations_of(line)
    if stations[-1] <= 0:
        raise InputError(lower[1], 0.0, message("water.error.no_length"))
    bed = Bed(line, stations, line[:, 2].copy())
    return TracedReach(f"{upper[1]}>{lower[1]}", "chute", f"{upper[1]}@chute", f"{lower[1]}@chute", bed)


def nearest_station(line: NDArray[np.float64], point: Sequence[float]) -> float:
    """Station of the point of a polyline nearest to a plan point."""
    a, b = line[:-1, :2], line[1:, :2]
    run = b - a
    share = np.clip(np.einsum("ij,ij->i", np.asarray(point[:2]) - a, run) / np.einsum("ij,ij->i", run, run), 0, 1)
    foot = a + share[:, None] * run
    k = int(np.argmin(np.hypot(*(foot - np.asarray(point[:2])).T)))
    along = stations_of(line)
    return float(along[k] + share[k] * (along[k + 1] - along[k]))
