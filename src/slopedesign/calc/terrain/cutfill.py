"""Cut and fill between two surfaces, exactly: every pair of overlapping triangles is clipped and integrated.

What is cut lies where the ground is above the design, what is filled where it is below. Where either surface does not
reach, nothing is counted and nothing is guessed; the share of the design that the ground covers is a result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.terrain.clip import Polygons, find_pairs, intersections, keep_positive
from slopedesign.calc.terrain.engine import Engine, fast_kernels
from slopedesign.calc.terrain.joining import Polyline, boundary_of_change, join_segments
from slopedesign.calc.terrain.surface import FloatArray, IntArray, Tin, plan_areas, slope_areas
from slopedesign.calc.terrain.zones import Zone, cut_by_zones
from slopedesign.standards.trace import Measured, Traced, measured

SAME_SURFACE = 1e-8  # m; surfaces nearer than this are one surface

CUT, FILL, CUT_AREA, FILL_AREA, SAME_AREA, CUT_FACE, FILL_FACE = range(7)
SUMS = 7
_FEW = 2_000  # triangles below which compiled kernels are not worth loading


@dataclass(frozen=True, kw_only=True)
class Volumes:
    """Cut and fill of a zone or of the whole.

    Attributes:
        name: of the zone.
        cut, fill: m3.
        cut_area, fill_area, same_area: plan areas where the ground lies above, below and on the design, m2.
        cut_face, fill_face: area of the design surface along its slope where it is cut or filled, m2.
    """

    name: str
    cut: Traced
    fill: Traced
    cut_area: Traced
    fill_area: Traced
    same_area: Traced
    cut_face: Traced
    fill_face: Traced

    @cached_property
    def net(self) -> Traced:
        """Cut less fill, m3."""
        return measured(
            self.cut.value - self.fill.value, "m3", "terrain.by.difference", self.name, "terrain.net",
            cut=self.cut, fill=self.fill,
        )  # fmt: skip

    @property
    def area(self) -> float:
        """Plan area compared, m2."""
        return self.cut_area.value + self.fill_area.value + self.same_area.value


@dataclass(frozen=True, kw_only=True, eq=False)
class Overlay:
    """What lies between the ground and a design.

    Attributes:
        total: cut and fill where both surfaces are known.
        zones: the same by zone, in the order given; together with `outside` they make up the total.
        outside: what lies in no zone; None when no zones were given.
        design_area: plan area of the design, m2.
        coverage: share of the design's plan area over which the ground is known (0..1).
        segments: (k, 2, 3) pieces of the line where ground and design meet, E, N, Z.
    """

    total: Volumes
    zones: tuple[Volumes, ...]
    outside: Volumes | None
    design_area: Traced
    coverage: Measured
    segments: FloatArray

    @cached_property
    def daylight(self) -> tuple[Polyline, ...]:
        """The daylight lines, joined."""
        return join_segments(self.segments)


def overlay(ground: Tin, design: Tin, zones: Sequence[Zone] | None = None, *, engine: Engine = "auto") -> Overlay:
    """Exact cut and fill between two surfaces, in all and by zone.

    Args:
        ground: the surveyed surface.
        design: the formed surface; where it ends, the design ends.
        zones: areas in plan that do not overlap (bench rings, sectors).
        engine: "numba", "numpy", or the faster one at hand.

    Raises:
        InputError: zones overlap.
    """
    corners = design.relative_to(ground.origin)
    named = tuple(zones or ())
    soup, label = (
        cut_by_zones(corners, named, ground.origin, engine) if named else (corners, np.zeros(len(corners), np.int32))
    )
    sums, segments = overlay_sums(ground, soup, label, len(named) + 1, engine=engine)
    parts = tuple(_volumes(row, zone.name) for row, zone in zip(sums, named, strict=False))
    whole = _volumes(sums.sum(axis=0), "")
    area = measured(design.plan_area(), "m2", "terrain.by.triangles", label="terrain.design_area")
    share = whole.area / area.value if area.value else 0.0
    coverage = measured(share, "-", "terrain.by.overlay", label="terrain.coverage", design_area=area)
    return Overlay(
        total=whole,
        zones=parts,
        outside=_volumes(sums[-1], "") if named else None,
        design_area=area,
        coverage=coverage,
        segments=segments + ground.origin,
    )


def overlay_sums(
    ground: Tin, soup: FloatArray, label: IntArray, labels: int, *, engine: Engine = "auto", lines: bool = True
) -> tuple[FloatArray, FloatArray]:
    """Sums of an overlay, bare, for loops.

    Args:
        ground: the surveyed surface.
        soup: (m, 3, 3) triangles of the design, relative to the origin of the ground, counter-clockwise.
        label: (m,) row of the result that each triangle counts for.
        labels: number of rows.
        lines: whether the daylight segments are wanted.

    Returns:
        (labels, 7) sums in the order CUT, FILL, CUT_AREA, FILL_AREA, SAME_AREA, CUT_FACE, FILL_FACE; and the daylight
        segments (k, 2, 3), relative to the origin of the ground.
    """
    soup = np.ascontiguousarray(soup)
    area = plan_areas(soup)
    if not (area > 0).all():
        soup, label, area = soup[area > 0], label[area > 0], area[area > 0]
    steepness = slope_areas(soup) / area
    small = engine == "auto" and len(soup) + len(ground.triangles) < _FEW
    kernels = None if small else fast_kernels(engine)
    if kernels is not None:
        sums, segments, kinds = kernels.overlay(ground, soup, label, labels, steepness, SAME_SURFACE, lines)
    else:
        sums, segments, kinds = _overlay_numpy(ground, soup, label, labels, steepness, lines)
    return sums, boundary_of_change(segments, kinds)


def _overlay_numpy(
    ground: Tin, soup: FloatArray, label: IntArray, labels: int, steepness: FloatArray, lines: bool
) -> tuple[FloatArray, FloatArray, IntArray]:
    sums = np.zeros((labels, SUMS))
    segments, kinds = [np.empty((0, 2, 3))], [np.empty(0, np.int32)]
    corners = ground.corners
    for i, j in find_pairs(ground.grid, corners, soup):
        polygons = intersections(corners[i], soup[j])
        depth = polygons.data[:, :, 2] - polygons.data[:, :, 3]
        depth[(np.abs(depth) <= SAME_SURFACE) | ~polygons.used] = 0.0
        of = j[polygons.source].astype(np.int64)
        same = (depth == 0).all(axis=1)
        _add(sums, label[of[same]], SAME_AREA, polygons.integrals(2)[0][same])
        for sign, volume, plan, face in ((1, CUT, CUT_AREA, CUT_FACE), (-1, FILL, FILL_AREA, FILL_FACE)):
            side = np.flatnonzero((sign * depth > 0).any(axis=1))
            data = polygons.data[side].copy()
            data[:, :, 3] = sign * depth[side]
            piece = keep_positive(Polygons(data, polygons.count[side], of[side]), data[:, :, 3])
            areas, volumes = piece.integrals(3)
            row = label[piece.source]
            _add(sums, row, volume, volumes)
            _add(sums, row, plan, areas)
            _add(sums, row, face, areas * steepness[piece.source])
        if lines:
            pair, kind = _zero_lines(polygons, depth)
            segments.append(pair)
            kinds.append(kind)
    return sums, np.concatenate(segments), np.concatenate(kinds)


def _add(sums: FloatArray, row: IntArray, column: int, values: FloatArray) -> None:
    sums[:, column] += np.bincount(row, values, len(sums))


def _zero_lines(polygons: Polygons, depth: FloatArray) -> tuple[FloatArray, IntArray]:
    """Where the surfaces meet inside each polygon (kind 0), or along one of its sides: kind +1 cut, -1 fill."""
    used, data = polygons.used, polygons.data[:, :, :3]
    following = polygons.following
    after = np.take_along_axis(depth, following, axis=1)
    above, below = np.asarray((depth > 0).any(axis=1)), np.asarray((depth < 0).any(axis=1))
    both = above & below
    crosses = used & (depth * after < 0) & both[:, None]
    touches = used & (depth == 0) & both[:, None]
    row, slot = np.nonzero(crosses | touches)
    share = np.where(crosses[row, slot], depth[row, slot], 0.0)
    share = share / np.where(share == 0, 1.0, depth[row, slot] - after[row, slot])
    point = data[row, slot] + share[:, None] * (data[row, following[row, slot]] - data[row, slot])
    inner = _first_and_farthest(row, point)
    row, slot = np.nonzero(used & (depth == 0) & (after == 0) & (above ^ below)[:, None])
    rim = np.stack([data[row, slot], data[row, following[row, slot]]], axis=1)
    kind = np.concatenate([np.zeros(len(inner)), np.where(above[row], 1, -1)]).astype(np.int32)
    return np.concatenate([inner, rim]), kind


def _first_and_farthest(row: NDArray[np.integer[Any]], point: FloatArray) -> FloatArray:
    """(k, 2, 3) for each row number with two points or more, its first point and the one farthest from it."""
    start = np.flatnonzero(np.diff(row, prepend=-1))
    count = np.diff(np.append(start, len(row)))
    first = np.repeat(start, count)
    away = ((point - point[first])[:, :2] ** 2).sum(axis=1)
    order = np.lexsort((-np.arange(len(row)), away, row))
    farthest = order[start + count - 1]
    pair = count >= 2
    return np.stack([point[start[pair]], point[farthest[pair]]], axis=1)


def _volumes(sums: FloatArray, name: str) -> Volumes:
    def taken(column: int, unit: str, label: str) -> Measured:
        return measured(float(sums[column]), unit, "terrain.by.overlay", name, f"terrain.{label}")

    return Volumes(
        name=name,
        cut=taken(CUT, "m3", "cut"),
        fill=taken(FILL, "m3", "fill"),
        cut_area=taken(CUT_AREA, "m2", "cut_area"),
        fill_area=taken(FILL_AREA, "m2", "fill_area"),
        same_area=taken(SAME_AREA, "m2", "same_area"),
        cut_face=taken(CUT_FACE, "m2", "cut_face"),
        fill_face=taken(FILL_FACE, "m2", "fill_face"),
    )


def daylight_polygons(result: Overlay) -> shapely.Geometry:
    """The closed daylight lines as areas in plan (E, N)."""
    rings = [shapely.Polygon(line.points[:, :2]) for line in result.daylight if line.closed and len(line.points) > 3]
    return shapely.union_all(rings) if rings else shapely.MultiPolygon()
