"""The area a design may speak of: the swept side of an open base line, all around a floor, inside a rim."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.shapes import FloatArray, Shape
from slopedesign.calc.benches.strings import BaseString, Sense, origin_of
from slopedesign.errors import InputError
from slopedesign.i18n import message


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
    return polygons_of(shapely.union_all(kept))


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


def box_of(extent: tuple[float, float, float, float], origin: FloatArray) -> Shape:
    low, high = np.asarray(extent[:2]) - origin, np.asarray(extent[2:]) - origin
    return shapely.box(*(low - 1.0), *(high + 1.0))


def polygons_of(geometry: Shape) -> Shape:
    return shapely.union_all([p for p in shapely.get_parts(geometry) if p.geom_type in ("Polygon", "MultiPolygon")])
