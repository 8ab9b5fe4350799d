"""The cut as a whole: how high, how far back, how steep, how much of it on surveyed ground."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from slopedesign.calc.benches.amounts import Task
from slopedesign.calc.benches.edges import area_of
from slopedesign.calc.benches.join import steepest_chords
from slopedesign.calc.benches.limits import softest
from slopedesign.calc.benches.shapes import FloatArray, Shape
from slopedesign.standards.bench_geometry import OVERALL_ANGLE
from slopedesign.standards.trace import Traced, measured

CLOSED = 1e-3
"""Ground and design that are nearer to each other meet there [m]."""


@dataclass(frozen=True, kw_only=True)
class Overall:
    """Base level, top level, height, overall angle and set-back of the cut as it lies in the ground."""

    base: Traced
    top: Traced
    height: Traced
    angle: Traced | None
    back: Traced


def overall_of(task: Task, outline: Shape) -> Overall:
    """The line from the base line to the farthest point the cut reaches.

    Args:
        outline: area cut, E, N.
    """
    layout, path = task.layout, task.path
    far_level, xy = _farthest(task, outline)
    base = measured(layout.datum, "m", "benches.by.strings", path, "benches.base_level")
    top = measured(far_level, "m", "benches.by.prisms", path, "benches.top_level")
    height = measured(
        layout.sign * (far_level - layout.datum), "m", "benches.by.levels", path, "benches.height", base=base, top=top
    )
    if layout.base is not None:
        line = shapely.LineString(layout.base.ring[:, :2])
        distance = float(shapely.distance(line, shapely.Point(xy)))
    else:
        distance = float(layout.swept((xy - layout.origin)[None, :]).distance[0])
    back = measured(distance, "m", "benches.by.strings", path, "benches.set_back")
    angle = OVERALL_ANGLE.at(H_t=height, B=back) if distance > 0 else None
    return Overall(base=base, top=top, height=height, angle=angle, back=back)


def _farthest(task: Task, outline: Shape) -> tuple[float, FloatArray]:
    """Level and place of the farthest point the cut reaches up (or down) to.

    It lies where the cut comes to daylight, or on an edge of the design below the ground, or where the survey or the
    area left to another slope ends the cut.
    """
    places = [line.points for line in task.result.daylight]
    tin = task.layout.tin
    border = shapely.get_coordinates(outline)
    ends = np.column_stack([border, tin.elevation(border)])
    with np.errstate(invalid="ignore"):
        ends = ends[~(np.abs(task.ground.elevation(border) - ends[:, 2]) < CLOSED)]  # what comes to daylight is known
        inside = tin.points[task.ground_levels > tin.points[:, 2]]
    points = np.concatenate([*places, inside, ends[np.isfinite(ends).all(axis=1)]])
    best = points[int(np.argmax(task.layout.sign * points[:, 2]))]
    return float(best[2]), best[:2]


def chords_of(task: Task, reach: float) -> tuple[FloatArray, FloatArray]:
    """(k, 2) height and angle of the ground before cutting on normals to the base line, those that are known.

    The second ones are those both steeper and higher than a slope may stand before it must be cut in grades.
    """
    if task.layout.base is None:
        return np.empty((0, 2)), np.empty((0, 2))
    down = task.layout.sense == "down"
    limits = task.limits.get(softest(proposal.material for proposal in task.proposals))
    beyond = None if limits is None or limits.must_grade is None else limits.must_grade
    chords, graver = steepest_chords(
        task.ground, task.layout.base, max(reach, 5.0), downward=down,
        beyond=None if beyond is None else (float(beyond[0]), float(beyond[1])),
    )  # fmt: skip
    return chords[np.isfinite(chords).all(axis=1)], graver[np.isfinite(graver).all(axis=1)]


def coverage_of(task: Task, top: float) -> Traced:
    """Share of the design's plan, as far as it could be cut, that lies on surveyed ground."""
    tin = task.layout.tin
    z = tin.corners[:, :, 2] + tin.origin[2]
    within = z.min(axis=1) <= top if task.layout.sense == "up" else z.max(axis=1) >= top
    design = area_of(tin, within)
    known = design.intersection(task.model.outline).area
    area = measured(design.area, "m2", "terrain.by.triangles", task.path, "benches.design_area")
    share = known / design.area if design.area else 0.0
    return measured(share, "-", "benches.by.outline", task.path, "terrain.coverage", design_area=area)
