"""The ground after the works: the surveyed surface, and the design inside what is cut."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from slopedesign.calc.terrain.clip import common_triangles
from slopedesign.calc.terrain.surface import FloatArray, Tin, plan_areas
from slopedesign.calc.terrain.zones import Partition, Zone, partition

ONE_CORNER = 1e-6  # m; corners nearer than this in space are one vertex
NEAR = 1e-3  # m; triangles nearer than this to the rim of a cut are cut along it
CELLS = 200  # along the longer side of what is cut; only triangles over cells its rim passes are looked at
SLIVER = 1e-9  # m2; what a cut leaves of a triangle below this is rounding

Cut = tuple[shapely.Polygon | shapely.MultiPolygon, Tin]


def formed_surface(ground: Tin, cuts: Sequence[Cut], boxes: FloatArray | None = None) -> Tin:
    """One surface of triangles: the design inside each outline, the ground outside all of them.

    Where two outlines overlap the lower design holds: both are cut. Along an outline the triangles of both sides meet,
    but not corner to corner; at a scarp (where the design starts below the ground) two edges lie over one another at
    different levels.

    Args:
        cuts: (area in E, N that is cut, surface of the design there).
        boxes: (k, 4) least E, N and greatest E, N of where the surface will be asked; elsewhere it may be missing, and
            there it is the same. Without them all of it.
    """
    if not cuts:
        return ground
    origin = ground.origin
    plan = np.concatenate([_ends(tin, origin) for tin in (ground, *(design for _, design in cuts))])
    whole = Rim(cuts[0][0] if len(cuts) == 1 else shapely.union_all([area for area, _ in cuts]), origin, plan)
    kept = whole.split(_near(ground, boxes, origin))[1]
    formed = np.empty((0, 3, 3))
    done: shapely.Geometry = shapely.Polygon()
    for area, design in cuts:
        if (common := _area(shapely.intersection(area, done))).area > SLIVER:
            twice, once = Rim(common, origin, plan).split(formed)
            formed = np.concatenate([once, _lower(twice, design, origin)])
        fresh = whole if len(cuts) == 1 else Rim(shapely.difference(area, done), origin, plan)
        if fresh.area.area > SLIVER:
            formed = np.concatenate([formed, fresh.split(_near(design, boxes, origin))[0]])
        done = shapely.union(done, area)
    corners = np.concatenate([kept, formed])
    return surface_of(corners[plan_areas(corners) > SLIVER], origin)


def _ends(tin: Tin, origin: FloatArray) -> FloatArray:
    """(2, 2) least and greatest E, N of a surface's vertices relative to an origin."""
    plan = tin.vertices[:, :2]
    return np.array([plan.min(axis=0), plan.max(axis=0)]) + (tin.origin - origin)[:2]


def _near(tin: Tin, boxes: FloatArray | None, origin: FloatArray) -> FloatArray:
    """Triangles (m, 3, 3) of a surface relative to an origin: all, or those near any of the boxes."""
    if boxes is None:
        return tin.relative_to(origin)
    chosen = tin.grid.within(boxes - np.tile(tin.origin[:2], 2))
    return np.asarray(tin.corners[chosen] + (tin.origin - origin))


class Rim:
    """An area in E, N that triangles relative to an origin are split by.

    Args:
        plan: (k, 2) places within whose box all triangles lie: what is cut off one does not depend on the others then.
    """

    def __init__(self, area: shapely.Geometry, origin: FloatArray, plan: FloatArray) -> None:
        self.area, self.origin, self.plan = _area(area), origin, plan

    @cached_property
    def local(self) -> tuple[shapely.Geometry, shapely.Geometry]:
        """The area and its boundary relative to the origin, ready to be asked often."""
        inside = shapely.transform(self.area, lambda xy: xy - self.origin[:2])
        rim = inside.boundary
        shapely.prepare([inside, rim])
        return inside, rim

    @cached_property
    def partition(self) -> Partition:
        """The plan in triangles inside and outside the area."""
        return partition(self.plan, [Zone("", self.area)], self.origin)

    def sides(self, soup: FloatArray) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which triangles (m, 3, 3) the rim passes through or nearly, and which have their middle inside the area."""
        inside, rim = self.local
        met, within = np.zeros((2, len(soup)), bool)
        if inside.is_empty:
            return met, within
        box = np.array(inside.bounds)
        least, greatest = _boxes(soup)
        beside = np.flatnonzero(((greatest >= box[:2] - 2 * NEAR) & (least <= box[2:] + 2 * NEAR)).all(axis=1))
        close = beside[_along(least[beside], greatest[beside], rim, box)]
        met[close] = shapely.dwithin(rim, shapely.polygons(soup[close, :, :2]), NEAR)
        middle = soup[beside, :, :2].mean(axis=1)
        within[beside] = shapely.contains_xy(inside, middle[:, 0], middle[:, 1])
        return met, within

    def split(self, soup: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Triangles inside and outside the area; only those its rim passes through are cut."""
        met, within = self.sides(soup)
        kept, left = soup[~met & within], soup[~met & ~within]
        if not met.any():
            return kept, left
        pieces, label = self.partition.cut(soup[met])
        return np.concatenate([kept, pieces[label == 0]]), np.concatenate([left, pieces[label == 1]])


def _boxes(soup: FloatArray) -> tuple[FloatArray, FloatArray]:
    """South-west and north-east (m, 2) of triangles."""
    a, b, c = soup[:, 0, :2], soup[:, 1, :2], soup[:, 2, :2]
    return np.minimum(np.minimum(a, b), c), np.maximum(np.maximum(a, b), c)


def _along(least: FloatArray, greatest: FloatArray, rim: shapely.Geometry, box: FloatArray) -> NDArray[np.bool_]:
    """Which boxes may come near a rim within a box: those over a cell it passes, or over one beside such a cell."""
    cell = max(float(np.max(box[2:] - box[:2])) / CELLS, 10 * NEAR)
    passed = shapely.get_coordinates(shapely.segmentize(rim, cell / 2))
    low = box[:2] - 2 * cell
    count = (np.floor((box[2:] - low) / cell) + 3).astype(int)
    marked = np.zeros(count + 1, np.int64)
    i, j = np.floor((passed - low) / cell).astype(int).T
    for across in (0, 1, 2):
        for up in (0, 1, 2):
            marked[i + across, j + up] = 1  # one row and one column on: the sums start with zeros
    sums = marked.cumsum(axis=0).cumsum(axis=1)
    first = np.clip(np.floor((least - low) / cell), 0, count - 1).astype(int).T
    last = np.clip(np.floor((greatest - low) / cell), 0, count - 1).astype(int).T + 1
    total = sums[last[0], last[1]] - sums[first[0], last[1]] - sums[last[0], first[1]] + sums[first[0], first[1]]
    return np.asarray(total > 0)


def _area(shape: shapely.Geometry) -> shapely.Polygon | shapely.MultiPolygon:
    """The polygons of a geometry, without the lines and points an intersection may leave."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _lower(soup: FloatArray, design: Tin, origin: FloatArray) -> FloatArray:
    """Triangles (m, 3, 3) replaced by a second surface wherever that lies lower."""
    both, _, _ = common_triangles(design.grid, design.corners, soup, design.origin - origin)
    over = both[:, :, 2] - both[:, :, 3]
    first, second = (over <= 0).all(axis=1), (over >= 0).all(axis=1)
    found = [both[first][:, :, :3], both[second & ~first][:, :, [0, 1, 3]]]
    for corners, gap in zip(both[~first & ~second], over[~first & ~second], strict=True):
        for sign, level in ((1.0, 3), (-1.0, 2)):
            part = _where_positive(corners, sign * gap)[:, [0, 1, level]]
            found += [part[[0, k, k + 1]][None] for k in range(1, len(part) - 1)]
    return np.concatenate(found)


def _where_positive(corners: FloatArray, value: FloatArray) -> FloatArray:
    """The corners (k, c) of the part of a triangle (3, c) on which a value, linear over it, is positive."""
    kept = []
    for k in range(3):
        p, q, a, b = corners[k], corners[(k + 1) % 3], value[k], value[(k + 1) % 3]
        if a > 0:
            kept.append(p)
        if (a > 0) != (b > 0):
            kept.append(p + a / (a - b) * (q - p))
    return np.array(kept).reshape(-1, corners.shape[1])


def surface_of(corners: FloatArray, origin: FloatArray) -> Tin:
    """A surface from loose (m, 3, 3) triangles relative to an origin; corners at one place and level become one."""
    points = np.ascontiguousarray(corners.reshape(-1, 3))
    apart, which = _distinct(points)
    pairs = cKDTree(points[apart]).query_pairs(ONE_CORNER, output_type="ndarray")
    near = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(apart), len(apart)))
    number = connected_components(near, directed=False)[1]
    triangles = number[which].reshape(-1, 3).astype(np.int32)
    vertices = points[apart[np.unique(number, return_index=True)[1]]]
    a, b, c = triangles.T
    real = (a != b) & (b != c) & (c != a)
    triangles = triangles[real]
    u, v = (vertices[triangles[:, k], :2] - vertices[triangles[:, 0], :2] for k in (1, 2))
    turn = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    triangles[turn < 0] = triangles[turn < 0][:, ::-1]
    return Tin(origin, np.ascontiguousarray(vertices), np.ascontiguousarray(triangles[turn != 0]))


def _distinct(points: FloatArray) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each distinct point (n, 3) stands first, in that order, and for each point which of them it is.

    Most corners of triangles are met several times, to the last bit: they are told apart by a product of their bits,
    which takes a fifth of the time of comparing coordinates one by one.
    """
    x, y, z = points.view(np.uint64).T
    key = (
        (x * np.uint64(0x9E3779B97F4A7C15)) ^ (y * np.uint64(0xC2B2AE3D27D4EB4F)) ^ (z * np.uint64(0x165667B19E3779F9))
    )
    first, which = np.unique(key, return_index=True, return_inverse=True)[1:]
    order = np.argsort(first)
    first, which = first[order], np.argsort(order)[which]
    if not np.array_equal(points[first][which], points):  # two points of one key
        return np.arange(len(points)), np.arange(len(points))
    return first, which
