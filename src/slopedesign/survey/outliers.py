"""Points that stand out: far from all others in plan, or in level against their neighbours.

A point is left out only where two signs agree, for a steep face makes honest points look odd: its level disagrees with
every neighbour AND lies outside what the rest of the survey spans. One sign alone is reported and the point kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from slopedesign.survey.model import FloatArray, IntArray

Mask = npt.NDArray[np.bool_]

NEIGHBOURS = 8
MAX_POINTS_COMPARED = 3_000_000
FAR_FACTOR, FAR_LEAST = 30.0, 1000.0
STEEP, STEP_LEAST = 3.0, 5.0  # 3 = tan 71.6 deg; steps of less than 5 m are not judged
Z_LIMIT = 10_000.0  # no ground on earth lies higher than 8849 m or, dry, lower than -430 m
PLAN_LIMIT = 1e8


def origin_is_surveyed(others: FloatArray) -> bool:
    """Whether (0, 0) can be a place of this survey: no farther from the others' box than that is wide, and 10 m.

    A site's own system may begin at (0, 0); in national coordinates (0, 0) is a point that was never entered.
    """
    if not len(others):
        return False
    low, high = others[:, :2].min(axis=0), others[:, :2].max(axis=0)
    margin = float((high - low).max()) + 10.0
    return bool(np.all((low - margin <= 0.0) & (high + margin >= 0.0)))


def far_in_plan(points: FloatArray) -> tuple[Mask, FloatArray]:
    """Points far from the median position, and the distance of each [m].

    Far is more than 30 times the median distance and more than 1 km; fewer than 5 points are not judged.
    """
    distance = np.hypot(*(points[:, :2] - np.median(points[:, :2], axis=0)).T)
    if len(points) < 5:
        return np.zeros(len(points), bool), distance
    return distance > max(FAR_FACTOR * float(np.median(distance)), FAR_LEAST), distance


def beyond_survey(z: FloatArray) -> Mask:
    """Levels outside the quartiles by more than three times their distance and 20 m."""
    low, high = np.quantile(z, (0.25, 0.75))
    margin = 3.0 * (high - low) + 20.0
    return np.asarray((z < low - margin) | (z > high + margin))


def missing_level(z: FloatArray) -> Mask:
    """Levels of exactly 0 in a survey whose other levels stay clear of 0: a level that was never entered."""
    zero = z == 0.0
    others = z[~zero]
    if not zero.any() or not len(others):
        return np.zeros(len(z), bool)
    low, high = np.quantile(others, (0.01, 0.99))
    margin = 0.25 * (high - low) + 1.0
    touches_zero = low - margin <= 0.0 <= high + margin
    return zero if not touches_zero else np.zeros(len(z), bool)


@dataclass(frozen=True)
class Neighbourhood:
    """Each point (n,) against its nearest points; NaN where none of them can judge it.

    Attributes:
        step: least level difference to any neighbour [m].
        steep: least steepness dz/d to any neighbour.
        spread: how far the neighbours' own levels lie apart [m].
        spacing: median distance to the nearest point [m], NaN for fewer than four points.
    """

    step: FloatArray
    steep: FloatArray
    spread: FloatArray
    spacing: float

    def odd(self) -> Mask:
        """Points whose level disagrees with every neighbour.

        Either all of them would be reached over a near-vertical face, or they agree among themselves and the point
        lies off by three times their spread over more than 35 degrees.
        """
        step, steep, spread = (np.nan_to_num(a) for a in (self.step, self.steep, self.spread))
        alone = (step > 3.0 * spread) & (steep > 0.7)
        return np.asarray((step > STEP_LEAST) & ((steep > STEEP) | alone))


def neighbourhood(points: FloatArray, group: IntArray) -> Neighbourhood:
    """Compares each point with its eight nearest.

    Args:
        points: (n, 3), no two on one spot.
        group: number of the line a point belongs to, -1 for single points; vertices of one line do not judge each
            other, so that a contour with a wrong level is seen by its neighbours.
    """
    n = len(points)
    k = min(NEIGHBOURS + 1, n)
    unknown = np.full(n, np.nan)
    if k < 4:
        return Neighbourhood(unknown, unknown, unknown, float("nan"))
    local = points - points[0]
    found = cKDTree(local[:, :2]).query(local[:, :2], k=k, workers=-1)
    distance, nearest = np.asarray(found[0])[:, 1:], np.asarray(found[1])[:, 1:]
    level = local[nearest, 2]
    own_line = (group[nearest] == group[:, None]) & (group[:, None] >= 0)
    level[own_line] = np.nan
    step = np.abs(level - local[:, 2:3])
    judged = ~own_line.all(axis=1)
    least, steep, spread = unknown, unknown.copy(), unknown.copy()
    least[judged] = np.nanmin(step[judged], axis=1)
    steep[judged] = np.nanmin(step[judged] / np.maximum(distance[judged], 0.5), axis=1)
    spread[judged] = np.nanmax(level[judged], axis=1) - np.nanmin(level[judged], axis=1)
    return Neighbourhood(least, steep, spread, float(np.median(distance[:, 0])))
