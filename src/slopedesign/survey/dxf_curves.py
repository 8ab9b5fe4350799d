"""Arcs, circles, ellipses and splines of a drawing as chords in space."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy.interpolate import BSpline

from slopedesign.survey.dxf_shapes import CHORD_ERROR, polyline_vertices, to_world
from slopedesign.survey.dxf_tags import Entity, to_float
from slopedesign.survey.model import FloatArray

CURVES = ("ARC", "ELLIPSE", "SPLINE", "CIRCLE")

_FIRST, _MOST_DOUBLINGS = 4, 10
_RATIONAL = 1e-12


def line_vertices(entity: Entity) -> FloatArray | None:
    """Vertices (n, 3) of any line of a drawing, straight or curved; see `polyline_vertices` and `curve_vertices`."""
    return curve_vertices(entity) if entity.kind in CURVES else polyline_vertices(entity)


def curve_vertices(entity: Entity) -> FloatArray | None:
    """Vertices (n, 3) of a curve, chords staying within `CHORD_ERROR` of it; closed ones end where they began.

    Returns:
        None for a spline kept by its fit points alone (its shape is the drawing program's choice); fewer than two
        rows for a damaged entity.
    """
    nothing = np.zeros((0, 3))
    if entity.kind == "SPLINE":
        return _spline(entity)
    centre = entity.point(10)
    if centre is None or not np.isfinite(centre).all():
        return nothing
    if entity.kind == "ELLIPSE":
        return _ellipse(entity, centre)
    radius = entity.number(40)
    if not math.isfinite(radius) or radius <= 0:
        return nothing
    first, last = 0.0, 2 * math.pi
    if entity.kind == "ARC":
        first, last = math.radians(entity.number(50)), math.radians(entity.number(51))
        last += 2 * math.pi if last <= first else 0.0
    if not math.isfinite(last - first):
        return nothing
    turn = _turns(first, last, radius)
    plane = np.column_stack((np.cos(turn) * radius, np.sin(turn) * radius, np.zeros(len(turn))))
    return _closed(to_world(centre + plane, entity.extrusion), last - first >= 2 * math.pi - 1e-9)


def _ellipse(entity: Entity, centre: FloatArray) -> FloatArray:
    major, ratio = entity.point(11), entity.number(40)
    first, last = entity.number(41, 0.0), entity.number(42, 2 * math.pi)
    if major is None or not np.isfinite([*major, ratio, first, last]).all():
        return np.zeros((0, 3))
    last += 2 * math.pi if last <= first else 0.0
    normal = entity.extrusion / (float(np.linalg.norm(entity.extrusion)) or 1.0)
    turn = _turns(first, last, float(np.linalg.norm(major)))[:, None]
    vertices = centre + np.cos(turn) * major + np.sin(turn) * ratio * np.cross(normal, major)
    return _closed(vertices, last - first >= 2 * math.pi - 1e-9)


def _turns(first: float, last: float, radius: float) -> FloatArray:
    """Angles from the first to the last whose chords stay close to a circle of this radius."""
    most = 2.0 * math.acos(max(1.0 - CHORD_ERROR / radius, -1.0)) if radius > CHORD_ERROR else math.pi
    pieces = min(max(math.ceil((last - first) / most), 2), 2**_MOST_DOUBLINGS)
    return np.linspace(first, last, pieces + 1)


def _closed(vertices: FloatArray, closed: bool) -> FloatArray:
    """A curve that comes round ends exactly where it began."""
    if closed and len(vertices) > 2:
        vertices[-1] = vertices[0]
    return vertices


def _spline(entity: Entity) -> FloatArray | None:
    values: dict[int, list[float]] = {10: [], 20: [], 30: [], 40: [], 41: []}
    for code, value, _ in entity.tags:
        if code in values:
            values[code].append(to_float(value))
    count, degree = len(values[10]), entity.whole(71)
    if not count and entity.whole(74):
        return None
    levels = values[30] or [0.0] * count
    weights = values[41] or [1.0] * count
    sizes = {len(values[20]), len(levels), len(weights), len(values[40]) - degree - 1}
    knots = np.array(values[40])
    whole = sizes == {count} and degree >= 1 and count > degree and bool(np.isfinite(knots).all())
    if not whole or np.any(np.diff(knots) < 0) or min(weights) <= _RATIONAL:
        return np.zeros((0, 3))
    control = np.column_stack((values[10], values[20], levels))
    curve = BSpline(knots, np.column_stack((control * np.array(weights)[:, None], weights)), degree)

    def at(where: FloatArray) -> FloatArray:
        found = curve(where)
        return np.asarray(found[:, :3] / found[:, 3:])

    spans = np.unique(knots[degree : count + 1])
    if len(spans) < 2 or not np.isfinite(control).all():
        return np.zeros((0, 3))
    vertices = _chords(at, spans)
    return _closed(vertices, bool(entity.whole(70) & 1) or float(np.abs(vertices[0] - vertices[-1]).max()) < 1e-9)


def _chords(at: Callable[[FloatArray], FloatArray], spans: FloatArray) -> FloatArray:
    """Points along a curve, each span between knots halved until its chords stay close to it."""
    where = np.concatenate([np.linspace(a, b, _FIRST + 1)[:-1] for a, b in zip(spans, spans[1:], strict=False)])
    where = np.append(where, spans[-1])
    for _ in range(_MOST_DOUBLINGS):
        ends, middle = at(where), (where[1:] + where[:-1]) / 2
        far = np.linalg.norm(at(middle) - (ends[1:] + ends[:-1]) / 2, axis=1) > CHORD_ERROR
        if not far.any():
            break
        where = np.sort(np.concatenate((where, middle[far])))
    return np.asarray(at(where))
