"""A second opinion on the volume: cell midpoints, the design's level by distance from the base line alone."""

from __future__ import annotations

import numpy as np
import shapely

from slopedesign.calc.benches.amounts import Task
from slopedesign.calc.benches.result import SecondOpinion
from slopedesign.calc.benches.shapes import FloatArray, Shape
from slopedesign.standards.bench_geometry import DIFFERENCE
from slopedesign.standards.trace import measured

LATTICE_RAD = 0.61
"""The sampling cells are turned, so that edges of a design parallel to the grid north do not run along them."""
THICK, THIN = 1e-3, 5e-3
"""What both methods may differ by, for cuts thicker than 1 m on average and for thinner ones."""
_CELLS = (10_000, 40_000, 160_000, 640_000)


def second_opinion_of(task: Task, outline: Shape) -> SecondOpinion:
    """Cell midpoints over the cut, the cell halved until that changes little and until both methods agree.

    Halving stops once it changes less than half of what is allowed and the overlay is matched; where the methods
    differ it goes on to the finest cells, so that a difference that is said is never one of cells too coarse.
    """
    headline, area = task.result.total.cut, task.result.total.cut_area.value
    allowed = THICK if headline.value > area else THIN
    w, s, e, n = outline.bounds
    cut, cell = 0.0, 0.0
    for cells in _CELLS:
        before = cut
        cell = float(np.sqrt((e - w) * (n - s) / cells))
        places = _lattice((w, s, e, n), cell)
        design = _levels(task, places)
        here = np.flatnonzero(np.isfinite(design))
        depth = task.ground.elevation(places[here]) - design[here]
        deep = np.zeros(len(places))
        deep[here] = np.where(depth > 0, depth, 0.0)
        cut = float(deep.sum() * cell**2)
        settled = abs(cut - before) <= 0.5 * allowed * cut
        if settled and abs(cut - headline.value) <= allowed * headline.value:
            break
    sampled = measured(cut, "m3", "benches.by.midpoint", task.path, "benches.cut")
    difference = DIFFERENCE.at(V_a=headline, V_b=sampled) if headline.value > 0 else None
    return SecondOpinion(cell=cell, cut=sampled, difference=difference, allowed=allowed)


def _levels(task: Task, places: FloatArray) -> FloatArray:
    """The design by distance; the floor inside a rim that climbs has no other level than that of its triangles."""
    layout = task.layout
    level = layout.elevation(places)
    if layout.follows and layout.base is not None and layout.base.closed and layout.sense == "up":
        floor = shapely.Polygon(layout.base.points[:, :2])
        inside = shapely.contains_xy(floor, places[:, 0], places[:, 1])
        level[inside] = layout.tin.elevation(places[inside])
    return level


def _lattice(bounds: tuple[float, float, float, float], cell: float) -> FloatArray:
    """(k, 2) midpoints of turned cells inside bounds, E, N."""
    w, s, e, n = bounds
    middle, half = np.array([(w + e) / 2, (s + n) / 2]), float(np.hypot(e - w, n - s)) / 2
    turn = np.array([[np.cos(LATTICE_RAD), np.sin(LATTICE_RAD)], [-np.sin(LATTICE_RAD), np.cos(LATTICE_RAD)]])
    steps = (np.arange(2 * int(np.ceil(half / cell))) - int(np.ceil(half / cell)) + 0.5) * cell
    places = np.column_stack([a.ravel() for a in np.meshgrid(steps, steps)]) @ turn + middle
    inside = (places[:, 0] > w) & (places[:, 0] < e) & (places[:, 1] > s) & (places[:, 1] < n)
    return np.asarray(places[inside])
