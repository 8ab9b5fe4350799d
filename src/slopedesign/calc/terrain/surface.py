"""A triangulated surface (TIN): one level above every point of the plan.

Coordinates outside are E, N, Z in metres; inside, vertices are kept relative to an origin of whole metres, so that
the seven digits in front of the decimal point of a projected coordinate never eat the digits behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from slopedesign.calc.terrain.engine import fast_kernels
from slopedesign.calc.terrain.index import TriangleGrid, expand
from slopedesign.errors import InputError
from slopedesign.i18n import message

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int32]
BoolArray = NDArray[np.bool_]

ON_EDGE = 2e-6  # m; a point this near to a triangle belongs to it
_ONE_LEVEL = 1e-6  # m
_BLOCK = 100_000
_MANY = 1_000  # points from which compiled kernels are worth loading


@dataclass(frozen=True, eq=False)
class Tin:
    """A surface of triangles.

    Attributes:
        origin: (3,) E, N, Z of the local origin.
        vertices: (n, 3) relative to the origin.
        triangles: (m, 3) vertex numbers, counter-clockwise in plan, none without area.
        breaklines: (b, 2) vertex numbers of the edges that were forced into the surface.
    """

    origin: FloatArray
    vertices: FloatArray
    triangles: IntArray
    breaklines: IntArray = field(default_factory=lambda: np.empty((0, 2), np.int32))

    @property
    def points(self) -> FloatArray:
        """(n, 3) vertices as E, N, Z."""
        return np.asarray(self.vertices + self.origin)

    @cached_property
    def corners(self) -> FloatArray:
        """(m, 3, 3) corners of each triangle, relative to the origin."""
        return np.ascontiguousarray(self.vertices[self.triangles])

    @cached_property
    def bounds(self) -> tuple[float, float, float, float, float, float]:
        """Least E, N, Z and greatest E, N, Z of the triangles."""
        if not len(self.triangles):
            nothing = float("nan")
            return (nothing,) * 6
        used = self.vertices[np.unique(self.triangles)]
        low, high = used.min(axis=0) + self.origin, used.max(axis=0) + self.origin
        return (float(low[0]), float(low[1]), float(low[2]), float(high[0]), float(high[1]), float(high[2]))

    @cached_property
    def triangle_areas(self) -> FloatArray:
        """(m,) plan area of each triangle, m2."""
        return plan_areas(self.corners)

    @cached_property
    def triangle_slope_areas(self) -> FloatArray:
        """(m,) area of each triangle along its slope, m2."""
        return slope_areas(self.corners)

    def plan_area(self) -> float:
        """Area in plan, m2."""
        return float(self.triangle_areas.sum())

    def slope_area(self) -> float:
        """Area along the slope, m2."""
        return float(self.triangle_slope_areas.sum())

    def flat_area(self) -> float:
        """Plan area of triangles whose corners have one level, as contour-only surveys make them, m2."""
        z = self.corners[:, :, 2]
        return float(self.triangle_areas[z.max(axis=1) - z.min(axis=1) < _ONE_LEVEL].sum())

    def relative_to(self, origin: FloatArray) -> FloatArray:
        """(m, 3, 3) corners of each triangle, relative to another origin."""
        return np.asarray(self.corners + (self.origin - origin))

    def shifted(self, rise: float) -> Tin:
        """The same surface higher by `rise` (m); a negative rise lowers it."""
        return replace(self, origin=self.origin + np.array([0.0, 0.0, rise]))

    @cached_property
    def grid(self) -> TriangleGrid:
        """The index that finds the triangles near a point."""
        return TriangleGrid.over(self.corners[:, :, :2])

    def find(self, points: ArrayLike) -> IntArray:
        """Number of the triangle under each of (k, 2) points E, N; -1 outside the surface."""
        xy = np.atleast_2d(np.asarray(points, float))[:, :2] - self.origin[:2]
        found = np.full(len(xy), -1, np.int32)
        for start in range(0, len(xy), _BLOCK):
            found[start : start + _BLOCK] = self._find(xy[start : start + _BLOCK])
        return found

    def elevation(self, points: ArrayLike) -> FloatArray:
        """Level of the surface at (k, 2) points E, N; NaN outside, never a guess."""
        xy = np.atleast_2d(np.asarray(points, float))[:, :2] - self.origin[:2]
        at = self.find(points)
        inside = at >= 0
        z = np.full(len(xy), np.nan)
        z[inside] = plane_levels(self.corners[at[inside]], xy[inside]) + self.origin[2]
        return z

    def contains(self, points: ArrayLike) -> BoolArray:
        """Whether each of (k, 2) points E, N lies on the surface."""
        return np.asarray(self.find(points) >= 0)

    def _find(self, xy: FloatArray) -> IntArray:
        found = np.full(len(xy), -1, np.int32)
        if not len(self.triangles):
            return found
        if len(xy) > _MANY and (kernels := fast_kernels()) is not None:
            return np.asarray(kernels.find(self.grid, self.corners, xy, ON_EDGE))
        first, count = self.grid.candidates(xy)
        point, entry = expand(first, count)
        triangle = self.grid.items[entry]
        depth = _inset(self.corners[triangle, :, :2], xy[point])
        best = np.full(len(xy), -np.inf)
        np.maximum.at(best, point, depth)
        hit = (depth >= -ON_EDGE) & (depth == best[point])
        found[point[hit]] = triangle[hit]
        return found

    @cached_property
    def boundary_edges(self) -> IntArray:
        """(k, 2) directed edges with the surface on their left and nothing on their right."""
        return open_edges(self.triangles)

    @cached_property
    def outline(self) -> shapely.Geometry:
        """The area covered, as a (multi)polygon in E, N."""
        edges = self.boundary_edges
        if not len(edges):
            return shapely.MultiPolygon()
        lines: Any = shapely.linestrings(self.points[edges][:, :, :2])
        faces = shapely.get_parts(shapely.polygonize(lines))
        inside = self.contains(shapely.get_coordinates(shapely.point_on_surface(faces)))
        return shapely.union_all(faces[inside])


def tin_from_triangles(points: ArrayLike, triangles: ArrayLike) -> Tin:
    """A surface from (n, 3) points E, N, Z and (m, 3) vertex numbers, in either sense of rotation.

    Triangles without plan area (vertical or folded to a line) carry no level and are left out.

    Raises:
        InputError: coordinates are not finite, or a vertex number does not exist.
    """
    xyz = finite_points(points, "points")
    corners = np.asarray(triangles)
    if corners.size == 0:
        corners = np.empty((0, 3), np.int32)
    if corners.ndim != 2 or corners.shape[1] != 3:
        raise InputError("triangles", corners.shape, message("terrain.three_numbers"))
    if corners.size and (corners.min() < 0 or corners.max() >= len(xyz)):
        row = int(np.argmax(((corners < 0) | (corners >= len(xyz))).any(axis=1)))
        raise InputError(f"triangles[{row}]", corners[row].tolist(), message("terrain.no_such_vertex", count=len(xyz)))
    origin = local_origin(xyz)
    local = xyz - origin
    numbers = corners.astype(np.int32)
    turn = signed_areas(local[numbers]) < 0
    numbers[turn] = numbers[turn][:, ::-1]
    return Tin(origin, local, np.ascontiguousarray(numbers[plan_areas(local[numbers]) > 0]))


def tin_from_grid(easting: ArrayLike, northing: ArrayLike, levels: ArrayLike) -> Tin:
    """A surface through grid nodes: (nx,) E, (ny,) N, (ny, nx) Z; cells with a NaN corner stay open.

    Each cell is cut along the diagonal from its south-west to its north-east corner.
    """
    e, n, z = np.asarray(easting, float), np.asarray(northing, float), np.asarray(levels, float)
    if z.shape != (len(n), len(e)):
        raise InputError("levels", z.shape, message("terrain.grid_shape", rows=len(n), columns=len(e)))
    number = np.arange(z.size, dtype=np.int32).reshape(z.shape)
    sw, se, nw, ne = number[:-1, :-1], number[:-1, 1:], number[1:, :-1], number[1:, 1:]
    triangles = np.concatenate([np.stack([sw, se, ne], -1).reshape(-1, 3), np.stack([sw, ne, nw], -1).reshape(-1, 3)])
    known = np.isfinite(z.ravel())
    triangles = triangles[known[triangles].all(axis=1)]
    kept = np.cumsum(known) - 1
    points = np.column_stack([np.tile(e, len(n)), np.repeat(n, len(e)), z.ravel()])[known]
    return tin_from_triangles(points, kept[triangles])


def finite_points(points: ArrayLike, name: str) -> FloatArray:
    """(n, 3) coordinates as an array.

    Raises:
        InputError: another shape, or a coordinate that is not a finite number; names the first such row.
    """
    xyz = np.asarray(points, float)
    if xyz.ndim != 2 or xyz.shape[1] != 3:
        raise InputError(name, xyz.shape, message("terrain.three_columns"))
    bad = ~np.isfinite(xyz).all(axis=1)
    if bad.any():
        row = int(np.argmax(bad))
        raise InputError(f"{name}[{row}]", xyz[row].tolist(), message("terrain.not_finite"))
    return xyz


def local_origin(xyz: FloatArray) -> FloatArray:
    """(3,) whole metres near the middle of the points."""
    return np.round((xyz.min(axis=0) + xyz.max(axis=0)) / 2) if len(xyz) else np.zeros(3)


def signed_areas(corners: FloatArray) -> FloatArray:
    """(m,) plan area of (m, 3, 2 or 3) triangles, positive counter-clockwise."""
    u, v = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    return np.asarray(0.5 * (u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]))


def plan_areas(corners: FloatArray) -> FloatArray:
    """(m,) plan area of (m, 3, 2 or 3) triangles."""
    return np.abs(signed_areas(corners))


def slope_areas(corners: FloatArray) -> FloatArray:
    """(m,) area of (m, 3, 3) triangles in space."""
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return np.asarray(0.5 * np.linalg.norm(normal, axis=1))


def plane_levels(corners: FloatArray, xy: FloatArray) -> FloatArray:
    """(k,) level of each of (k, 3, 3) triangles at its own (k, 2) point, never beyond the triangle's own levels."""
    a, u, v = corners[:, 0], corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    twice = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    d = xy - a[:, :2]
    s = (d[:, 0] * v[:, 1] - d[:, 1] * v[:, 0]) / twice
    t = (u[:, 0] * d[:, 1] - u[:, 1] * d[:, 0]) / twice
    z = a[:, 2] + s * u[:, 2] + t * v[:, 2]
    return np.clip(z, corners[:, :, 2].min(axis=1), corners[:, :, 2].max(axis=1))


def open_edges(triangles: IntArray) -> IntArray:
    """(k, 2) directed edges that belong to one triangle only."""
    edges = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2).astype(np.int64)
    if not len(edges):
        return np.empty((0, 2), np.int32)
    key = edges.min(axis=1) * (int(edges.max()) + 1) + edges.max(axis=1)
    _, first, count = np.unique(key, return_index=True, return_counts=True)
    return np.asarray(edges[np.sort(first[count == 1])], np.int32)


def _inset(corners: FloatArray, xy: FloatArray) -> FloatArray:
    """(k,) distance of each (k, 2) point inside the nearest side of its own (k, 3, 2) triangle; negative outside."""
    depth = np.full(len(xy), np.inf)
    for i in range(3):
        p, q = corners[:, i], corners[:, (i + 1) % 3]
        side = q - p
        cross = side[:, 0] * (xy[:, 1] - p[:, 1]) - side[:, 1] * (xy[:, 0] - p[:, 0])
        np.minimum(depth, cross / np.hypot(side[:, 0], side[:, 1]), out=depth)
    return depth
