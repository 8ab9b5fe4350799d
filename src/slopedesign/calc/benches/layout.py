"""Benches laid out in plan: strings swept from the base line become a design surface.

The design is the level a profile has at the distance from the base line. Where several strings or sectors compete, the
one that has come less far counts: of a steep and a gentle sector the gentle one reaches into the steep one's ground
around the common end, so no face is steeper than its sector allows. Each break of the profile, and rings between them
no more than `rings.RING_RUN` apart, are drawn as offsets of the base line; the surface is triangulated between these
rings with their edges forced. Rings that run out into the open are repeated up to the top of the ground: one far ring
alone would leave flat triangles in every notch.

A base line that climbs: with `along="level"` benches are level, and the first riser takes up the difference; it is
highest where the line is lowest and never exceeds its stated height. With `along="base_line"` benches climb with the
line: each point takes the level of the nearest point of the base line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.profile import BenchProfile
from slopedesign.calc.benches.rings import rings_of
from slopedesign.calc.benches.shapes import FloatArray, Shape
from slopedesign.calc.benches.side import box_of, polygons_of, swept_side
from slopedesign.calc.benches.strings import (
    BaseString,
    SectorProfile,
    Sense,
    origin_of,
    pieces_of_shape,
    sweeps_on,
)
from slopedesign.calc.benches.sweep import SAME_LEVEL, Corner, Sweep
from slopedesign.calc.terrain import Tin, build_tin
from slopedesign.errors import NoSolution
from slopedesign.i18n import message

SNAP = 1e-6
"""Grid to which crossings of rings are rounded [m]."""
FLAT_ERROR = 0.1
"""Triangles further than this from the swept level get a point of their own [m]."""
PASSES, PASSES_AT_SEAMS = 3, 8
"""How often points are added; a seam with another slope cuts rings off, which leaves more to be filled in."""


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
        without: area in E, N the design does not speak of though its strings reach there.
        reach: height over the base line the risers were chosen for [m].
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
    without: Shape | None = None
    reach: float = 0.0

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


Away = Callable[[Sweep], tuple[FloatArray, NDArray[np.int64], FloatArray]]
"""What `Sweep.distance` gives for points known to whoever is asked."""


def swept(
    sweeps: Sequence[Sweep], local: FloatArray, sense: Sense, datum: float, follows: bool = False,
    away: Away | None = None,
) -> Swept:  # fmt: skip
    """The design at (k, 2) local points: of several sweeps the one that has come least far counts.

    Args:
        away: tells the distance of just these points from a sweep; without it, it is worked here.
    """
    best_nominal = np.full(len(local), np.inf)
    climb, far = np.full(len(local), np.inf), np.zeros(len(local))
    owner = np.zeros(len(local), np.int32)
    base = np.zeros(len(local))
    for number, sweep in enumerate(sweeps):
        d, which, share = sweep.distance(local) if away is None else away(sweep)
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
    rings, last = rings_of(sweeps, sign * (top - datum), floor if sense == "up" else None, extent, origin)
    side = swept_side(base, sense, box_of(extent, origin) if extent is not None else last)
    domain = polygons_of(shapely.intersection(side, last)) if floor is None or sense == "up" else side
    if without is not None:
        domain = polygons_of(shapely.difference(domain, shapely.transform(without, lambda xy: xy - origin)))
    edges = base.ring[:, :2] - origin
    return _surface(sweeps, rings, domain, edges, base, sense, datum, follows, origin, without)


def layout_from_levels(
    regions: Mapping[float, Shape],
    profiles: Mapping[float, BenchProfile],
    widths: Mapping[float, tuple[float, float]],
    *,
    domain: Shape,
    top: float,
    segments: int = 32,
    corner: Corner = "round",
    without: Shape | None = None,
) -> Layout:
    """Benches cut at fixed levels behind the ground's own contours.

    Args:
        regions: for each level, ascending, the area in E, N where the ground lies below it.
        profiles: for each level the face above the bench.
        widths: for each level the bench's width and the drop of its inner edge.
        domain: area in E, N where benches are wanted.
        top: level up to which the faces are drawn.
        without: area in E, N the design does not speak of.
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
        pieces, before, after, base_z = pieces_of_shape(shape, level)
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
    drawn = domain if without is None else polygons_of(shapely.difference(domain, without))
    here = shapely.transform(drawn, lambda xy: xy - origin)
    rings, _ = rings_of(sweeps, top - levels[0], None, None, origin)
    return _surface(sweeps, rings, here, None, None, "up", levels[0], False, origin, without)


def _surface(
    sweeps: Sequence[Sweep], rings: Sequence[Shape], domain: Shape, edge: FloatArray | None,
    base: BaseString | None, sense: Sense, datum: float, follows: bool, origin: FloatArray, without: Shape | None,
) -> Layout:  # fmt: skip
    """Triangles between the rings, each vertex at its swept level."""
    lines = [shapely.boundary(domain), *(shapely.intersection(shapely.boundary(ring), domain) for ring in rings)]
    if edge is not None:
        lines.append(shapely.intersection(shapely.LineString(edge), domain))
    network = shapely.get_parts(shapely.union_all([_only_lines(line) for line in lines], grid_size=SNAP))
    paths = [np.asarray(shapely.get_coordinates(part)) for part in network]
    if not paths:  # a base line folded over itself has no side to lay benches on
        raise NoSolution(message("benches.what_layout"), message("benches.folded_side"))
    xy, inverse = np.unique(np.concatenate(paths), axis=0, return_inverse=True)
    z = swept(sweeps, xy, sense, datum, follows).level
    three = np.column_stack([xy + origin, z])
    ends = np.cumsum([len(path) for path in paths])
    strings = [three[part] for part in np.split(inverse.ravel(), ends[:-1])]
    extra = np.empty((0, 3))
    shapely.prepare(domain)
    for _ in range(PASSES if without is None else PASSES_AT_SEAMS):
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
        tin=tin, part=part, owner=exact.owner, gaps=gap, without=without,
    )  # fmt: skip


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
