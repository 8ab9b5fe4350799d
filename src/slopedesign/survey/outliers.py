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
_PORTION = 1 << 17


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
        steep, spread: least steepness dz/d to any neighbour, and how far the neighbours' own levels lie apart [m];
            worked out only where the step is worth judging.
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
    step, steep, spread = (np.full(n, np.nan) for _ in range(3))
    if k < 4:
        return Neighbourhood(step, steep, spread, float("nan"))
    local = points - points[0]
    tree = cKDTree(local[:, :2])
    spacing = np.empty(n)
    for begin in range(0, n, _PORTION):
        part = slice(begin, min(begin + _PORTION, n))
        found = tree.query(local[part, :2], k=k, workers=-1)
        distance, nearest = np.asarray(found[0])[:, 1:], np.asarray(found[1])[:, 1:]
        spacing[part] = distance[:, 0]
        level = local[nearest, 2]
        level[(group[nearest] == group[part, None]) & (group[part, None] >= 0)] = np.nan
        gap = np.abs(level - local[part, 2:3])
        least = np.fmin.reduce(gap, axis=1)
        step[part] = least
        odd = np.nonzero(least > STEP_LEAST)[0]  # few: the rest needs no closer look
        steep[begin + odd] = np.fmin.reduce(gap[odd] / np.maximum(distance[odd], 0.5), axis=1)
        spread[begin + odd] = np.fmax.reduce(level[odd], axis=1) - np.fmin.reduce(level[odd], axis=1)
    return Neighbourhood(step, steep, spread, float(np.median(spacing)))
