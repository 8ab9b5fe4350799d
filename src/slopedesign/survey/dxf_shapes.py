"""Polylines of a drawing as vertices in space: elevations, arcs, entities drawn in a tilted plane."""

from __future__ import annotations

import math

import numpy as np

from slopedesign.survey.dxf_tags import Entity, to_float
from slopedesign.survey.model import FloatArray

CHORD_ERROR = 0.01
"""Arcs become chords that stay this close to them [m]."""

_MOST_CHORDS = 256


def to_world(points: FloatArray, extrusion: FloatArray) -> FloatArray:
    """Points of an entity's own plane in world coordinates.

    Source: the arbitrary axis rule of the public DXF reference.
    """
    length = float(np.linalg.norm(extrusion))
    if not math.isfinite(length) or length == 0:
        return points
    normal = extrusion / length
    if normal[0] == 0 and normal[1] == 0 and normal[2] > 0:
        return points
    near_pole = abs(normal[0]) < 1 / 64 and abs(normal[1]) < 1 / 64
    x = np.cross([0.0, 1.0, 0.0] if near_pole else [0.0, 0.0, 1.0], normal)
    x /= np.linalg.norm(x)
    return np.asarray(points @ np.array([x, np.cross(normal, x), normal]))


def polyline_vertices(entity: Entity) -> FloatArray | None:
    """Vertices (n, 3) of a LINE, LWPOLYLINE or POLYLINE, closed ones ending where they began.

    Returns:
        None for meshes, which POLYLINE can be as well; fewer than two rows for a damaged entity.
    """
    if entity.kind == "LINE":
        ends = [entity.point(10), entity.point(11)]
        return np.array([p for p in ends if p is not None]).reshape(-1, 3)
    return _light(entity) if entity.kind == "LWPOLYLINE" else _heavy(entity)


def _light(entity: Entity) -> FloatArray:
    xy: list[list[float]] = []
    bulges: dict[int, float] = {}
    for code, value, _ in entity.tags:
        if code == 10:
            xy.append([to_float(value), math.nan])
        elif code == 20 and xy:
            xy[-1][1] = to_float(value)
        elif code == 42 and xy:
            bulges[len(xy) - 1] = to_float(value)
    plane = np.array(xy, np.float64).reshape(-1, 2)
    flat = np.column_stack((plane, np.full(len(plane), entity.number(38))))
    return to_world(_with_arcs(flat, bulges, bool(entity.whole(70) & 1)), entity.extrusion)


def _heavy(entity: Entity) -> FloatArray | None:
    flags = entity.whole(70)
    if flags & (16 | 64):
        return None
    parts = [p for p in entity.parts if p.kind == "VERTEX" and not p.whole(70) & 16]  # 16: frame of a fitted spline
    points = [p.point(10) for p in parts]
    vertices = np.array([p for p in points if p is not None]).reshape(-1, 3)
    if flags & 8:
        return np.concatenate((vertices, vertices[:1])) if flags & 1 and len(vertices) > 2 else vertices
    vertices[:, 2] = entity.number(30)
    bulges = {i: part.number(42) for i, part in enumerate(parts) if part.text_of(42)}
    return to_world(_with_arcs(vertices, bulges, bool(flags & 1)), entity.extrusion)


def _with_arcs(vertices: FloatArray, bulges: dict[int, float], closed: bool) -> FloatArray:
    """The vertices with arcs cut into chords; a bulge is the tangent of a quarter of the arc's angle."""
    if closed and len(vertices) > 2:
        vertices = np.concatenate((vertices, vertices[:1]))
    curved = {i: b for i, b in bulges.items() if b and math.isfinite(b) and i + 1 < len(vertices)}
    if not curved:
        return vertices
    out: list[FloatArray] = []
    for i, vertex in enumerate(vertices):
        out.append(vertex[None])
        if i in curved:
            out.append(_arc(vertex, vertices[i + 1], curved[i]))
    return np.concatenate(out)


def _arc(start: FloatArray, end: FloatArray, bulge: float) -> FloatArray:
    """Points strictly between the ends of an arc, level as its ends."""
    chord = end[:2] - start[:2]
    length = float(np.hypot(*chord))
    angle = 4.0 * math.atan(bulge)
    if not math.isfinite(length) or length == 0 or abs(angle) < 1e-6:
        return np.zeros((0, 3))
    radius = length / (2.0 * abs(math.sin(angle / 2.0)))
    most = 2.0 * math.acos(max(1.0 - CHORD_ERROR / radius, -1.0)) if radius > CHORD_ERROR else math.pi
    pieces = min(max(math.ceil(abs(angle) / most), 1), _MOST_CHORDS)
    centre = (start[:2] + end[:2]) / 2 + np.array([-chord[1], chord[0]]) / (2.0 * math.tan(angle / 2.0))
    turn = np.arange(1, pieces) * angle / pieces
    from_centre = start[:2] - centre
    x = centre[0] + np.cos(turn) * from_centre[0] - np.sin(turn) * from_centre[1]
    y = centre[1] + np.sin(turn) * from_centre[0] + np.cos(turn) * from_centre[1]
    return np.column_stack((x, y, np.full(pieces - 1, start[2])))
