"""Benches as lines and areas in plan, taken from the design surface and clipped to what is cut."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.nearest import FloatArray
from slopedesign.calc.benches.shapes import Shape
from slopedesign.calc.terrain.clip import find_pairs, intersections, keep_positive
from slopedesign.calc.terrain.joining import Polyline
from slopedesign.calc.terrain.surface import Tin, plan_areas

PLAN_GRID = 1e-4
"""Areas in plan are put together on a grid of this size, so that ends of lines that should meet do meet [m]."""
AREA_SLACK = 1e-4
WIDTH_SLACK = 0.01
"""Share by which a bench may be narrower and still count as having its width: corners of rings are drawn as chords."""


def area_of(tin: Tin, mask: NDArray[np.bool_]) -> Shape:
    """The triangles of a surface chosen by `mask`, as an area in E, N."""
    if not mask.any():
        return shapely.MultiPolygon()
    part = Tin(tin.origin, tin.vertices, np.ascontiguousarray(tin.triangles[mask]))
    return part.outline


def shared_edges(tin: Tin) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Inner edges as (k, 2) vertex numbers, and the (k, 2) triangles on both sides."""
    sides = np.stack([tin.triangles, np.roll(tin.triangles, -1, axis=1)], axis=-1).reshape(-1, 2).astype(np.int64)
    owner = np.repeat(np.arange(len(tin.triangles)), 3)
    ordered = np.sort(sides, axis=1)
    key = ordered[:, 0] * (len(tin.vertices) + 1) + ordered[:, 1]
    order = np.argsort(key, kind="stable")
    twin = np.flatnonzero(key[order][1:] == key[order][:-1])
    a, b = order[twin], order[twin + 1]
    return ordered[a], np.column_stack([owner[a], owner[b]])


def joined(tin: Tin, edges: NDArray[np.int64]) -> Shape:
    """Edges of a surface joined into lines in E, N."""
    if not len(edges):
        return shapely.MultiLineString()
    lines: Shape = shapely.linestrings(tin.points[edges][:, :, :2])
    return shapely.line_merge(shapely.multilinestrings(lines))


def cut_area(ground: Tin, design: Tin, daylight: Sequence[Polyline], frame: Sequence[Shape], expected: float) -> Shape:
    """The area in E, N where the ground is higher than the design.

    The daylight lines and the edges in `frame` part the plan into faces, each of which is cut or not. Where that does
    not give the area `expected` from the overlay (a daylight line with a hole in it), the area is put together from
    the overlapping triangles instead: slower, but nothing can be lost.
    """
    lines: list[Shape] = [shapely.LineString(line.points[:, :2]) for line in daylight]
    lines += [line for line in frame if not line.is_empty]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=PLAN_GRID)]))
    if len(faces):
        inner = shapely.get_coordinates(shapely.point_on_surface(faces))
        with np.errstate(invalid="ignore"):
            higher = ground.elevation(inner) > design.elevation(inner)
        found: Shape = shapely.union_all(faces[higher])
        if abs(found.area - expected) <= AREA_SLACK * expected:
            return found
    return _cut_area_by_pieces(ground, design)


def _cut_area_by_pieces(ground: Tin, design: Tin) -> Shape:
    pieces: list[Shape] = []
    for i, j in find_pairs(ground.grid, ground.corners, design.relative_to(ground.origin)):
        polygons = intersections(design.relative_to(ground.origin)[j], ground.corners[i])
        depth = polygons.data[:, :, 3] - polygons.data[:, :, 2]
        corners, _ = keep_positive(polygons, depth).triangles()
        corners = corners[plan_areas(corners) > 0]
        if len(corners):
            ring = corners[:, [0, 1, 2, 0], :2] + ground.origin[:2]
            pieces.append(shapely.union_all(shapely.polygons(ring), grid_size=PLAN_GRID))
    return polygons_only(shapely.union_all(pieces, grid_size=PLAN_GRID)) if pieces else shapely.MultiPolygon()


def usable(area: Shape, width: float) -> Shape:
    """The part of an area a disc of the given width can reach: what is narrower drops out (opening)."""
    radius = width / 2 * (1 - WIDTH_SLACK)
    opened = area.buffer(-radius, quad_segs=16).buffer(radius, quad_segs=16)
    return polygons_only(opened.intersection(area))


def polygons_only(geometry: Shape) -> Shape:
    """The areas among the parts of a geometry."""
    return shapely.MultiPolygon(
        [p for g in shapely.get_parts(geometry) for p in shapely.get_parts(g) if p.geom_type == "Polygon"]
    )


def lines_of(geometry: Shape) -> tuple[FloatArray, ...]:
    """The lines among the parts of a geometry, longest first, each (n, 2)."""
    merged = shapely.line_merge(geometry) if geometry.geom_type == "MultiLineString" else geometry
    found = [np.asarray(shapely.get_coordinates(p)) for p in shapely.get_parts(merged) if p.geom_type == "LineString"]
    return tuple(sorted((line for line in found if len(line) > 1), key=lambda line: -_length(line)))


def _length(line: FloatArray) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def least_width(crest: Shape, toe: Shape, rim: Shape, step: float = 1.0) -> float | None:
    """Least distance from crest to toe where no other rim is nearer; None where the bench is never whole."""
    if crest.is_empty or toe.is_empty:
        return None
    samples = shapely.get_coordinates(shapely.segmentize(crest, step))
    points = shapely.points(samples)
    to_toe: FloatArray = np.atleast_1d(shapely.distance(points, toe))
    other = rim.difference(shapely.union_all([crest.buffer(1e-3), toe.buffer(1e-3)]))
    if not other.is_empty:
        to_toe = to_toe[to_toe < shapely.distance(points, other)]
    return float(to_toe.min()) if len(to_toe) else None
