"""Does the cut run out into the ground, or does it leave a step? And what did the ground look like before?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from slopedesign.calc.benches.base import stations_on, swept_normals
from slopedesign.calc.benches.layout import Layout
from slopedesign.calc.benches.nearest import FloatArray
from slopedesign.calc.benches.result import Join
from slopedesign.calc.benches.shapes import Shape
from slopedesign.calc.benches.strings import BaseString
from slopedesign.calc.terrain import Tin
from slopedesign.calc.terrain.joining import Polyline
from slopedesign.standards.trace import Traced, measured

SCARP_FROM = 0.2
"""Steps lower than this are not counted into the length of scarp [m]."""
STEP = 1.0
"""Distance between places where the rim is looked at [m]."""
BESIDE = 0.05
"""How far beside an edge the surfaces are read [m]."""


def join_of(ground: Tin, layout: Layout, outline: Shape, daylight: Sequence[Polyline], ground_outline: Shape) -> Join:
    """The rim of a cut.

    Args:
        outline: area cut, E, N.
        ground_outline: area surveyed, E, N.
    """
    steps = _steps(ground, layout)
    high = steps[steps[:, 2] > SCARP_FROM] if len(steps) else steps
    worst = int(np.argmax(steps[:, 2])) if len(steps) else -1
    scarp = float(steps[worst, 2]) if len(steps) else 0.0
    rim = shapely.intersection(shapely.boundary(outline), shapely.boundary(ground_outline).buffer(1e-3)).length
    mean, most = _breaks(ground, layout, daylight)
    return Join(
        scarp=measured(max(0.0, scarp), "m", "benches.by.rim", label="benches.scarp"),
        scarp_length=measured(len(high) * STEP, "m", "benches.by.rim", label="benches.scarp_length"),
        scarp_at=(float(steps[worst, 0]), float(steps[worst, 1])) if scarp > 0 else None,
        steps=steps,
        face_break=None if mean is None else measured(mean, "deg", "benches.by.daylight", label="benches.face_break"),
        greatest_break=None
        if most is None
        else measured(most, "deg", "benches.by.daylight", label="benches.greatest_break"),
        survey_rim=measured(rim, "m", "benches.by.rim", label="benches.survey_rim"),
        toe_gap=_toe_gap(ground, layout),
    )


def _steps(ground: Tin, layout: Layout) -> FloatArray:
    """(k, 3) E, N and height of the ground over the design's own edge, the base line left out."""
    rim: Shape = shapely.boundary(layout.domain)
    if layout.base is not None:
        rim = rim.difference(shapely.LineString(layout.base.ring[:, :2] - layout.origin).buffer(2 * BESIDE))
    if layout.without is not None:  # another slope goes on here
        seam = shapely.transform(shapely.boundary(layout.without), lambda xy: xy - layout.origin)
        rim = rim.difference(seam.buffer(2 * BESIDE))
    points = [p for line in shapely.get_parts(rim) for p in _inside(line, layout.domain)]
    if not points:
        return np.empty((0, 3))
    places = np.array(points) + layout.origin
    depth = ground.elevation(places) - layout.elevation(places)
    cut = np.isfinite(depth) & (depth > 0)
    return np.column_stack([places, depth])[cut]


def _inside(line: Shape, domain: Shape) -> list[tuple[float, float]]:
    """Places along a rim, moved a little into the area."""
    if line.is_empty:
        return []
    count = max(1, round(line.length / STEP))
    at = (np.arange(count) + 0.5) * line.length / count
    vertices = shapely.get_coordinates(line)
    stations = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(vertices, axis=0).T))])
    middle, ahead, behind = (
        np.column_stack([np.interp(place, stations, column) for column in vertices.T])
        for place in (at, np.minimum(at + 0.01, line.length), np.maximum(at - 0.01, 0.0))
    )
    along = ahead - behind
    normal = np.column_stack([-along[:, 1], along[:, 0]]) / np.maximum(np.hypot(*along.T), 1e-12)[:, None]
    left, right = middle + BESIDE * normal, middle - BESIDE * normal
    inside = shapely.contains_xy(domain, left[:, 0], left[:, 1])
    return [tuple(p) for p in np.where(inside[:, None], left, right).tolist()]


def _breaks(ground: Tin, layout: Layout, daylight: Sequence[Polyline]) -> tuple[float | None, float | None]:
    """Mean and greatest angle between design and ground along the daylight lines, where both are known."""
    angles, weights = [], []
    for line in daylight:
        start, end = line.points[:-1, :2], line.points[1:, :2]
        length = np.hypot(*(end - start).T)
        middle = ((start + end) / 2)[length > 1e-3]
        at = [tin.find(middle) for tin in (ground, layout.tin)]
        known = (at[0] >= 0) & (at[1] >= 0)
        a, b = (_normals(tin.corners[which[known]]) for tin, which in zip((ground, layout.tin), at, strict=True))
        angles.append(np.degrees(np.arccos(np.clip((a * b).sum(axis=1), -1.0, 1.0))))
        weights.append(length[length > 1e-3][known])
    angle, weight = np.concatenate(angles or [np.empty(0)]), np.concatenate(weights or [np.empty(0)])
    if not weight.sum() > 0:
        return None, None
    return float((angle * weight).sum() / weight.sum()), float(angle.max())


def _normals(corners: FloatArray) -> FloatArray:
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return np.asarray(normal / np.linalg.norm(normal, axis=1)[:, None])


def _toe_gap(ground: Tin, layout: Layout) -> tuple[float, float] | None:
    if layout.base is None:
        return None
    base = layout.base
    count = max(3, round(base.length / STEP))
    stations = np.linspace(0.0, base.length, count)
    places, _ = stations_on(base, stations)
    level = np.interp(stations, base.stations, base.ring[:, 2])
    gap = ground.elevation(places) - level
    return (float(np.nanmin(gap)), float(np.nanmax(gap))) if np.isfinite(gap).any() else None


MOST_AT_ONCE = 1_000_000
"""Places looked at in one go: a base line drawn across half a province must not take all the memory."""


def steepest_chords(
    ground: Tin, base: BaseString, reach: float, *, downward: bool = False, step: float = 0.5,
    beyond: tuple[float, float] | None = None,
) -> tuple[FloatArray, FloatArray]:  # fmt: skip
    """(k, 2) height [m] and angle [deg] of the ground on normals to the base line, about every 5 m; NaN if unknown.

    On each normal the chord from the base line to a place at least half as high as the highest one counts, the
    steepest of them: the face as it stands, without the natural hill behind it. Beside them stand the chords, the
    highest of each normal, that are both steeper and higher than `beyond`; NaN where there is none.
    """
    stations = np.linspace(0.0, base.length, max(5, round(base.length / 5.0)))
    places, normals = stations_on(base, stations)
    normals = swept_normals(base, normals, downward)
    away = np.arange(step, reach + step, step)
    start = np.interp(stations, base.stations, base.ring[:, 2])
    found, graver = np.full((len(stations), 2), np.nan), np.full((len(stations), 2), np.nan)
    plan = ground.points[:, :2]
    low, high = plan.min(axis=0) - reach, plan.max(axis=0) + reach
    near = np.flatnonzero(((places >= low) & (places <= high)).all(axis=1))
    for rows in np.array_split(near, max(1, -(-len(near) * len(away) // MOST_AT_ONCE))):
        along = places[rows, None, :] + away[None, :, None] * normals[rows, None, :]
        z = ground.elevation(along.reshape(-1, 2)).reshape(len(rows), -1)
        rise = (z - start[rows, None]) * (-1.0 if downward else 1.0)
        found[rows] = _steepest(rise, away)
        if beyond is not None:
            graver[rows] = _highest_beyond(rise, away, *beyond)
    return found, graver


def _highest_beyond(rise: FloatArray, away: FloatArray, angle: float, height: float) -> FloatArray:
    """(k, 2) height and angle of the highest chord of each row that is steeper and higher than stated; NaN without."""
    slope = np.degrees(np.arctan2(np.nan_to_num(rise), away[None, :]))
    both = np.isfinite(rise) & (slope > angle) & (rise > height)
    best = np.argmax(np.where(both, rise, -np.inf), axis=1)
    row = np.arange(len(rise))
    found = np.column_stack([rise[row, best], slope[row, best]])
    found[~both.any(axis=1)] = np.nan
    return found


def chords_from(
    offsets: FloatArray, levels: FloatArray, start: float, beyond: tuple[float, float] | None = None
) -> tuple[FloatArray, FloatArray]:
    """The same as `steepest_chords` for one section measured from the base line on."""
    rise, away = (levels - start)[None, :], offsets
    if not len(away):
        nothing = np.full((1, 2), np.nan)
        return nothing, nothing
    graver = np.full((1, 2), np.nan) if beyond is None else _highest_beyond(rise, away, *beyond)
    return _steepest(rise, away), graver


def _steepest(rise: FloatArray, away: FloatArray) -> FloatArray:
    """(k, 2) height and angle of the steepest chord of each row that is at least half as high as its highest one."""
    top = np.max(np.where(np.isfinite(rise), rise, -np.inf), axis=1, initial=-np.inf)
    enough = np.isfinite(rise) & (rise >= 0.5 * top[:, None]) & (top[:, None] > 0)
    angle = np.where(enough, np.degrees(np.arctan2(np.nan_to_num(rise), away[None, :])), -1.0)
    best = np.argmax(angle, axis=1)
    row = np.arange(len(rise))
    found = np.column_stack([rise[row, best], angle[row, best]])
    found[~enough.any(axis=1)] = np.nan
    return found


Existing = tuple[Traced | None, Traced | None]
"""Height [m] and angle [deg] of the ground before cutting; None where nothing is known of it."""


def existing_part(path: str, chords: FloatArray, column: int = 1) -> Existing:
    """The steepest (with column 0 the highest) of chords (k, 2)."""
    if not len(chords):
        return None, None
    height, angle = (float(v) for v in chords[int(np.argmax(chords[:, column]))])
    return (
        measured(height, "m", "benches.by.chord", path, "benches.existing_height"),
        measured(angle, "deg", "benches.by.chord", path, "benches.existing_angle"),
    )
