"""Points that stand out: far from all others in plan, or in level against their neighbours.

A point is left out only where two signs agree, for a steep face makes honest points look odd: its level disagrees with
every neighbour AND lies outside what the rest of the survey spans. One sign alone is reported and the point kept.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from slopedesign.survey.model import FloatArray, IntArray

Mask = npt.NDArray[np.bool_]

NEIGHBOURS = 8
MAX_POINTS_COMPARED = 3_000_000
FAR_FACTOR, FAR_LEAST = 30.0, 1000.0
STEEP, STEP_LEAST = 3.0, 5.0  # 3 = tan 71.6 deg to the nearest in level of eight neighbours, and 5 m at least
Z_LIMIT = 10_000.0  # no ground on earth lies higher than 8849 m or, dry, lower than -430 m
PLAN_LIMIT = 1e8


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


def steps_to_neighbours(points: FloatArray, group: IntArray) -> tuple[FloatArray, FloatArray, float]:
    """Least level difference [m] and least steepness to any of the nearest points, and the median nearest distance.

    Args:
        group: number of the line a point belongs to, -1 for single points; vertices of one line do not judge each
            other, so that a contour with a wrong level is seen by its neighbours.

    Returns:
        (n,) differences, (n,) steepness dz/d; NaN where a point has no neighbour that can judge it.
    """
    n = len(points)
    k = min(NEIGHBOURS + 1, n)
    if k < 4:
        return np.full(n, np.nan), np.full(n, np.nan), float("nan")
    local = points - points[0]
    found = cKDTree(local[:, :2]).query(local[:, :2], k=k, workers=-1)
    distance, nearest = np.asarray(found[0])[:, 1:], np.asarray(found[1])[:, 1:]
    spacing = float(np.median(distance[:, 0]))
    step = np.abs(local[nearest, 2] - local[:, 2:3])
    own_line = (group[nearest] == group[:, None]) & (group[:, None] >= 0)
    step[own_line] = np.nan
    steep = step / np.maximum(distance, 0.5)
    judged = ~own_line.all(axis=1)
    least, least_steep = np.full(n, np.nan), np.full(n, np.nan)
    least[judged] = np.nanmin(step[judged], axis=1)
    least_steep[judged] = np.nanmin(steep[judged], axis=1)
    return least, least_steep, spacing
