"""Benches laid out in plan: strings swept from the base line become a design surface.

The design is the level a profile has at the distance from the base line. Where several strings or sectors compete, the
one that has come less far counts: of a steep and a gentle sector the gentle one reaches into the steep one's ground
around the common end, so no face is steeper than its sector allows. Each break of the profile, and rings between them
no more than `RING_RUN` apart, are drawn as offsets of the base line; the surface is triangulated between these rings
with their edges forced. Rings that run out into the open are repeated up to the top of the ground: one far ring alone
would leave flat triangles in every notch.

A base line that climbs: with `along="level"` benches are level, and the first riser takes up the difference; it is
highest where the line is lowest and never exceeds its stated height. With `along="base_line"` benches climb with the
line: each point takes the level of the nearest point of the base line.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.nearest import FloatArray
from slopedesign.calc.benches.profile import BenchProfile
from slopedesign.calc.benches.shapes import Shape
from slopedesign.calc.benches.sweep import SAME_LEVEL, Corner, Sweep
from slopedesign.calc.terrain import Tin, build_tin
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message

RING_RUN = 10.0
"""Rings lie no further apart than this in plan [m]."""
SNAP = 1e-6
"""Grid to which crossings of rings are rounded [m]."""
FLAT_ERROR = 0.1
"""Triangles further than this from the swept level get a point of their own [m]."""

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


@dataclass(frozen=True, kw_only=True, eq=False)
class Layout:
    """A design surface and the rule behind it.

    Attributes:
        origin: (2,) E, N of the plan frame of everything local below.
        sweeps: the strings.
        sense: whether progress counts upward from a toe or downward from a crest.
        datum: level of progress 0 [m].
        follows: whether benches climb with the base line.
        domain: local area the design speaks of.
        tin: the design surface.
        part: for each triangle of `tin` twice the bench number, plus 1 on its berm; 0 on the floor.
        owner: for each triangle the number of its sweep.
        gaps: for each triangle the difference between the surface and the swept level at its middle [m].
    """

    origin: FloatArray
    sweeps: tuple[Sweep, ...]
    sense: Sense
    datum: float
    follows: bool
    base: BaseString | None
    domain: Shape
    tin: Tin
    part: NDArray[np.int32]
    owner: NDArray[np.int32]
    gaps: FloatArray

    @property
    def sign(self) -> float:
        """+1 where progress counts upward."""
        return 1.0 if self.sense == "up" else -1.0

    def elevation(self, points: FloatArray) -> FloatArray:
        """Level of the design at (k, 2) points E, N by distance alone, without the surface; NaN outside."""
        local = np.asarray(points, float)[:, :2] - self.origin
        z = np.full(len(local), np.nan)
        shapely.prepare(self.domain)
        inside = shapely.contains_xy(self.domain, local[:, 0], local[:, 1])
        z[inside] = self.swept(local[inside]).level
        return z

    def swept(self, local: FloatArray) -> Swept:
        """The design at (k, 2) local points by distance alone."""
        return swept(self.sweeps, local, self.sense, self.datum, self.follows)


@dataclass(frozen=True, eq=False)
class Swept:
    """The design at points: level [m], progress, owner sweep, distance from the string by the profile's measure."""

    level: FloatArray
    climb: FloatArray
    owner: NDArray[np.int32]
    distance: FloatArray


def swept(sweeps: Sequence[Sweep], local: FloatArray, sense: Sense, datum: float, follows: bool = False) -> Swept:
    """The design at (k, 2) local points: of several sweeps the one that has come least far counts."""
    best_nominal = np.full(len(local), np.inf)
    climb, far = np.full(len(local), np.inf), np.zeros(len(local))
    owner = np.zeros(len(local), np.int32)
    base = np.zeros(len(local))
    for number, sweep in enumerate(sweeps):
        d, which, share = sweep.distance(local)
        nominal, built = sweep.levels(d)
        wins = (nominal < best_nominal - SAME_LEVEL) | ((nominal <= best_nominal + SAME_LEVEL) & (built < climb))
        best_nominal[wins], climb[wins], far[wins], owner[wins] = nominal[wins], built[wins], d[wins], number
        if follows:
            z = sweep.base_levels
            base[wins] = (z[which, 0] + share * (z[which, 1] - z[which, 0]))[wins]
    sign = 1.0 if sense == "up" else -1.0
    return Swept((base if follows else datum) + sign * climb, climb, owner, far)


def layout_from_base(
    base: BaseString,
    sectors: Sequence[SectorProfile],
    *,
    sense: Sense = "up",
    along: Literal["level", "base_line"] = "level",
    corner: Corner = "round",
    segments: int = 32,
    top: float,
    extent: tuple[float, float, float, float] | None = None,
    without: Shape | None = None,
    field: str = "benches",
) -> Layout:
    """The design swept from a toe line or pit floor upward, or from a crest line downward.

    Args:
        sectors: profiles by station; together they cover the whole line.
        top: level up to which an open last face is drawn (down to which, for sense "down").
        extent: E, N, E, N of the ground; rings stop once they have left it.
        without: area in E, N the design does not speak of.

    Raises:
        InputError: sectors that leave gaps or overlap; mitred corners on a base line that climbs.
    """
    sweeps, datum, follows = sweeps_on(
        base, sectors, sense=sense, along=along, corner=corner, segments=segments, field=field
    )
    origin, sign = origin_of(base), 1.0 if sense == "up" else -1.0
    floor = shapely.Polygon(base.points[:, :2] - origin) if base.closed else None
    rings, last = _rings(sweeps, sign * (top - datum), floor if sense == "up" else None, extent, origin)
    side = swept_side(base, sense, _box(extent, origin) if extent is not None else last)
    domain = _polygons(shapely.intersection(side, last)) if floor is None or sense == "up" else side
    if without is not None:
        domain = _polygons(shapely.difference(domain, shapely.transform(without, lambda xy: xy - origin)))
    edges = base.ring[:, :2] - origin
    return _surface(sweeps, rings, domain, edges, base, sense, datum, follows, origin)


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
    """The strings of a base line, the level of progress 0, and whether the benches climb with the line."""
    origin = origin_of(base)
    sign = 1.0 if sense == "up" else -1.0
    follows = along == "base_line" and float(np.ptp(base.points[:, 2])) > SAME_LEVEL
    datum = datum_of(base, sense)
    _check_sectors(base, sectors, field)
    sweeps = []
    for sector in sectors:
        whole = len(sectors) == 1
        line = base.ring if whole else cut_line(base, sector.start, sector.end)
        sweeps.append(
            _sweep(sector, line, base.closed and whole, sense, sign, datum, follows, corner, segments, origin)
        )
    if corner == "mitre" and not all(sweep.level_start for sweep in sweeps):
        raise InputError(f"{field}.corner", corner, message("benches.mitre_level"))
    return tuple(sweeps), datum, follows


def layout_from_levels(
    regions: Mapping[float, Shape],
    profiles: Mapping[float, BenchProfile],
    widths: Mapping[float, tuple[float, float]],
    *,
    domain: Shape,
    top: float,
    segments: int = 32,
    corner: Corner = "round",
) -> Layout:
    """Benches cut at fixed levels behind the ground's own contours.

    Args:
        regions: for each level, ascending, the area in E, N where the ground lies below it.
        profiles: for each level the face above the bench.
        widths: for each level the bench's width and the drop of its inner edge.
        domain: area in E, N where benches are wanted.
        top: level up to which the faces are drawn.
    """
    levels = sorted(regions)
    origin = np.round(np.asarray(shapely.get_coordinates(shapely.centroid(domain))[0]))
    sweeps = []
    for i, level in enumerate(levels):
        shape = shapely.transform(regions[level], lambda xy: xy - origin)
        width, drop = widths[level]
        face = profiles[level].risers[0]
        z = level - levels[0]
        rise = drop + float(face.height)
        pieces, before, after, base_z = _pieces_of_shape(shape, level)
        runs = np.array([0.0, width, width + rise / math.tan(math.radians(float(face.angle)))])
        sweeps.append(
            Sweep(
                name=f"{level:.2f}",
                pieces=pieces,
                shape=shape,
                runs=runs,
                nominal=np.array([z, z, z + float(face.height)]),
                climbs=np.array([z, z - drop, z - drop + rise]),
                slope=math.tan(math.radians(float(face.angle))),
                corner=corner,
                segments=segments,
                before=before,
                after=after,
                angles=(float(face.angle),),
                base_levels=base_z,
                first_number=i + 1,
                starts_with_berm=True,
            )
        )
    here = shapely.transform(domain, lambda xy: xy - origin)
    rings, _ = _rings(sweeps, top - levels[0], None, None, origin)
    return _surface(sweeps, rings, here, None, None, "up", levels[0], False, origin)


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
    sector: SectorProfile, line: FloatArray, closed: bool, sense: Sense, sign: float, datum: float, follows: bool,
    corner: Corner, segments: int, origin: FloatArray,
) -> Sweep:  # fmt: skip
    profile = sector.profile
    xy, z = line[:, :2] - origin, line[:, 2]
    progress = np.zeros(len(line)) if follows else sign * (z - datum)
    rows = _split_at_breaks(xy, z, progress, profile)
    pieces = np.array([row[:6] for row in rows])
    base_z = np.array([row[6:] for row in rows])
    area = closed and sense == "up"
    shape: Shape = shapely.Polygon(xy) if area else shapely.LineString(xy)
    before, after = _neighbours(len(pieces), closed)
    return Sweep(
        name=sector.name, pieces=pieces, shape=shape, runs=profile.runs, nominal=profile.nominal,
        climbs=profile.climbs, slope=profile.last_slope if profile.daylight else None, corner=corner,
        segments=segments, before=before, after=after, angles=tuple(float(r.angle) for r in profile.risers),
        base_levels=base_z,
    )  # fmt: skip


def _neighbours(count: int, closed: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
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


def _pieces_of_shape(shape: Shape, level: float) -> tuple[FloatArray, NDArray[np.int64], NDArray[np.int64], FloatArray]:
    """Every side of an area as pieces without a start run."""
    sides, before, after, at = [], [], [], 0
    for part in shapely.get_parts(shape):
        for loop in (part.exterior, *part.interiors):
            xy = shapely.get_coordinates(loop)
            n = len(xy) - 1
            sides.append(np.column_stack([xy[:-1], xy[1:], np.zeros((n, 2))]))
            b, a = _neighbours(n, True)
            before.append(b + at)
            after.append(a + at)
            at += n
    pieces = np.concatenate(sides)
    return pieces, np.concatenate(before), np.concatenate(after), np.full((len(pieces), 2), level)


def _rings(
    sweeps: Sequence[Sweep], top: float, floor: Shape | None,
    extent: tuple[float, float, float, float] | None, origin: FloatArray,
) -> tuple[list[Shape], Shape]:  # fmt: skip
    """The regions behind every break and between breaks, from the base line outward; the last one apart."""
    ground = _box(extent, origin) if extent is not None else None
    regions: list[Shape] = []
    last: tuple[float | None, ...] = ()
    for level, order in _events(sweeps, top):
        reaches = tuple(sweep.reach(level, order) for sweep in sweeps)
        if reaches == last:
            continue
        last = reaches
        parts = [s.region(r) for s, r in zip(sweeps, reaches, strict=True) if r is not None]
        region = shapely.union_all(parts if floor is None else [floor, *parts])
        if region.is_empty:
            continue
        regions.append(region)
        if ground is not None and len(regions) > 1 and region.contains(ground):
            break
    if not regions:
        raise NoSolution(message("benches.what_layout"), message("benches.no_room", top=round(top, 2)))
    return regions, regions[-1]


def _events(sweeps: Sequence[Sweep], top: float) -> list[tuple[float, int]]:
    """(level, order) of every ring: each break of each sweep, and enough between them."""
    levels = {round(float(z), 9) for sweep in sweeps for z in sweep.nominal}
    highest = max(levels)
    ends_open = [sweep for sweep in sweeps if sweep.slope]
    if ends_open and top > highest:
        step = RING_RUN * min(sweep.slope or math.inf for sweep in ends_open)
        n = max(1, math.ceil((top - highest) / step))
        levels |= {round(highest + (top - highest) * i / n, 9) for i in range(1, n + 1)}
    between: set[float] = set()
    for low, high in zip(sorted(levels), sorted(levels)[1:], strict=False):
        reaches = [(s.reach(low, 2), s.reach(high, 0)) for s in sweeps]
        gap = max((b - a for a, b in reaches if a is not None and b is not None), default=0.0)
        n = math.ceil(gap / RING_RUN - 1e-9)
        between |= {low + (high - low) * i / n for i in range(1, n)}
    return sorted([(z, o) for z in levels for o in (0, 1, 2)] + [(z, 0) for z in between])


def _box(extent: tuple[float, float, float, float], origin: FloatArray) -> Shape:
    low, high = np.asarray(extent[:2]) - origin, np.asarray(extent[2:]) - origin
    return shapely.box(*(low - 1.0), *(high + 1.0))


def swept_side(base: BaseString, sense: Sense, within: Shape, field: str = "base_line") -> Shape:
    """The local area the design may speak of: the swept side of an open line, all around a floor, inside a rim.

    Raises:
        InputError: the base line crosses itself.
    """
    xy = base.points[:, :2] - origin_of(base)
    if base.closed:
        floor = shapely.Polygon(xy)
        if not floor.is_valid:
            raise InputError(f"{field}.vertices", shapely.is_valid_reason(floor), message("benches.crossing_line"))
        return shapely.union_all([floor, within]) if sense == "up" else floor
    line = shapely.LineString(xy)
    if not line.is_simple:
        raise InputError(f"{field}.vertices", len(xy), message("benches.crossing_line"))
    reach = float(np.ptp(shapely.get_coordinates([within, line]), axis=0).max()) + 1.0
    rays = []
    for end, inner in ((0, 1), (-1, -2)):
        out = (xy[end] - xy[inner]) / np.hypot(*(xy[end] - xy[inner]))
        left = np.array([out[1], -out[0]]) if end == 0 else np.array([-out[1], out[0]])
        towards = left if base.side == "left" else -left
        rays.append(_ray(xy[end], -towards, 2 * reach, line))
        if base.ends == "square":
            rays.append(_ray(xy[end], towards, 2 * reach, line))
    network = shapely.union_all([line, *rays, shapely.boundary(shapely.union_all([within, line.buffer(1.0)]))])
    faces = shapely.get_parts(shapely.polygonize([network]))
    kept = [f for f, p in zip(faces, _middles(faces), strict=True) if _is_swept(p, xy, base)]
    return _polygons(shapely.union_all(kept))


def _middles(faces: NDArray[np.object_]) -> FloatArray:
    return np.asarray(shapely.get_coordinates(shapely.point_on_surface(faces)))


def _ray(start: FloatArray, direction: FloatArray, length: float, line: shapely.LineString) -> Shape:
    """A ray from an end of the line as far as the line itself."""
    ray = shapely.LineString([start, start + length * direction])
    hits = shapely.get_coordinates(ray.intersection(line))
    away = np.hypot(*(hits - start).T)
    away = away[away > 1e-6]
    return shapely.LineString([start, start + float(away.min()) * direction]) if len(away) else ray


def _is_swept(point: FloatArray, xy: FloatArray, base: BaseString) -> bool:
    """Whether the nearest point of the line sees this point on the swept side, or beyond a round end."""
    span = np.diff(xy, axis=0)
    length = np.hypot(span[:, 0], span[:, 1])
    unit = span / length[:, None]
    along = np.clip(((point - xy[:-1]) * unit).sum(axis=1), 0.0, length)
    away = point - (xy[:-1] + along[:, None] * unit)
    i = int(np.argmin(np.hypot(away[:, 0], away[:, 1])))
    if (i == 0 and along[0] == 0.0) or (i == len(unit) - 1 and along[-1] == length[-1]):
        return base.ends == "round"
    tangent = unit[i]
    if along[i] == 0.0:
        tangent = tangent + unit[i - 1]
    elif along[i] == length[i]:
        tangent = tangent + unit[i + 1]
    left = tangent[0] * away[i, 1] - tangent[1] * away[i, 0] > 0
    return bool(left == (base.side == "left"))


def _surface(
    sweeps: Sequence[Sweep], rings: Sequence[Shape], domain: Shape, edge: FloatArray | None,
    base: BaseString | None, sense: Sense, datum: float, follows: bool, origin: FloatArray,
) -> Layout:  # fmt: skip
    """Triangles between the rings, each vertex at its swept level."""
    lines = [shapely.boundary(domain), *(shapely.intersection(shapely.boundary(ring), domain) for ring in rings)]
    if edge is not None:
        lines.append(shapely.intersection(shapely.LineString(edge), domain))
    network = shapely.get_parts(shapely.union_all([_only_lines(line) for line in lines], grid_size=SNAP))
    paths = [np.asarray(shapely.get_coordinates(part)) for part in network]
    xy, inverse = np.unique(np.concatenate(paths), axis=0, return_inverse=True)
    z = swept(sweeps, xy, sense, datum, follows).level
    three = np.column_stack([xy + origin, z])
    ends = np.cumsum([len(path) for path in paths])
    strings = [three[part] for part in np.split(inverse.ravel(), ends[:-1])]
    extra = np.empty((0, 3))
    shapely.prepare(domain)
    for _ in range(3):
        tin = build_tin(extra, strings, duplicates="first").tin
        middle = tin.corners.mean(axis=1)
        local = middle[:, :2] + tin.origin[:2] - origin
        keep = shapely.contains_xy(domain, local[:, 0], local[:, 1])
        tin = Tin(tin.origin, tin.vertices, np.ascontiguousarray(tin.triangles[keep]), tin.breaklines)
        local, level = local[keep], middle[keep, 2] + tin.origin[2]
        exact = swept(sweeps, local, sense, datum, follows)
        gap = np.abs(level - exact.level)
        bad = gap > FLAT_ERROR
        if not bad.any() or (base is not None and base.closed and follows):
            break
        extra = np.vstack([extra, np.column_stack([local[bad] + origin, exact.level[bad]])])
    part = _parts(sweeps, exact.owner, exact.distance)
    return Layout(
        origin=origin, sweeps=tuple(sweeps), sense=sense, datum=datum, follows=follows, base=base, domain=domain,
        tin=tin, part=part, owner=exact.owner, gaps=gap,
    )  # fmt: skip


def _polygons(geometry: Shape) -> Shape:
    return shapely.union_all([p for p in shapely.get_parts(geometry) if p.geom_type in ("Polygon", "MultiPolygon")])


def _only_lines(geometry: Shape) -> Shape:
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type in ("LineString", "LinearRing")]
    return shapely.MultiLineString([np.asarray(p.coords)[:, :2] for p in parts if not p.is_empty])


def _parts(sweeps: Sequence[Sweep], owner: NDArray[np.int32], far: FloatArray) -> NDArray[np.int32]:
    """Twice the bench number, plus 1 on berms; 0 where the distance is 0 (a floor)."""
    part = np.zeros(len(far), np.int32)
    for number, sweep in enumerate(sweeps):
        mine = owner == number
        stretch = np.clip(np.searchsorted(sweep.runs, far[mine], side="right") - 1, 0, len(sweep.runs) - 1)
        part[mine] = np.where(far[mine] > 1e-9, sweep.parts[stretch], 0)
    return part
