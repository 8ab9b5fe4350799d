"""Where a face stands on the ground: the line along the foot of the steepest one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from slopedesign.calc.terrain.contour import contours
from slopedesign.calc.terrain.surface import BoolArray, FloatArray, Tin

LEVELS = 24
HIGHEST_SHARE = 0.75
"""Contours are looked at from the lowest ground up to this share of the relief."""
STEEP = 0.6
"""Rise to run above the line from which ground counts as a face (31 degrees)."""
FLAT = 0.5
"""Fall to run below the line up to which ground counts as a floor."""
GAP = 12.0
"""A face may be interrupted over this length of its foot [m]."""


@dataclass(frozen=True, eq=False)
class Foot:
    """The foot of a face: (n, 2) points E, N, their level [m], and the mean rise to run just above it."""

    points: FloatArray
    level: float
    steepness: float


def foot_of_steepest_face(tin: Tin) -> Foot | None:
    """The longest and steepest stretch of a contour with a face above it and a floor below; None without one.

    Each contour is walked in even steps. At each step the ground is read one reach uphill and one reach downhill,
    square to the line; a stretch counts while the uphill side stays the same. The stretch whose faces rise most above
    the steepness of a face, summed along it, wins.
    """
    west, south, low, east, north, high = tin.bounds
    relief, extent = high - low, max(east - west, north - south)
    reach = float(np.clip(relief / 5, 3.0, 15.0))
    step = max(1.0, extent / 250)
    best: tuple[float, Foot] | None = None
    for level in low + relief * np.linspace(0.02, HIGHEST_SHARE, LEVELS):
        level = round(2 * level) / 2
        for line in contours(tin, [level]):
            walked = _walk(line.points[:, :2], step)
            if len(walked) < 4:
                continue
            for run, score, steepness in _runs(tin, walked, level, reach, step):
                if best is None or score * step > best[0]:
                    best = (score * step, Foot(walked[run], level, steepness))
    return None if best is None else best[1]


def _walk(line: FloatArray, step: float) -> FloatArray:
    """Points along a line at even steps."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    count = int(along[-1] // step)
    at = np.linspace(0.0, along[-1], count + 1) if count >= 3 else np.empty(0)
    return np.column_stack([np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])])


def _runs(tin: Tin, points: FloatArray, level: float, reach: float, step: float) -> list[tuple[slice, float, float]]:
    """Stretches with a face on one side and a floor on the other: where, score, mean steepness."""
    tangent = np.gradient(points, axis=0)
    tangent /= np.maximum(np.hypot(*tangent.T), 1e-9)[:, None]
    normal = np.column_stack([-tangent[:, 1], tangent[:, 0]]) * reach
    found = []
    for side in (1.0, -1.0):
        above = (tin.elevation(points + side * normal) - level) / reach
        below = (level - tin.elevation(points - side * normal)) / reach
        good = np.isfinite(above) & (above > STEEP) & np.isfinite(below) & (np.abs(below) < FLAT)
        for run in _stretches(good, GAP / step):
            inside = np.where(good[run], above[run], 0.0)
            if len(inside) >= 4:
                score = float(np.maximum(inside - STEEP, 0.0).sum()) + 0.1 * float(good[run].sum())
                found.append((run, score, float(inside[inside > 0].mean())))
    return found


def _stretches(good: BoolArray, gap: float) -> list[slice]:
    """Runs of true values; gaps of so many steps are bridged."""
    at = np.flatnonzero(good)
    if not len(at):
        return []
    breaks = np.flatnonzero(np.diff(at) > gap + 1)
    starts, ends = at[np.concatenate([[0], breaks + 1])], at[np.concatenate([breaks, [len(at) - 1]])]
    return [slice(int(a), int(b) + 1) for a, b in zip(starts, ends, strict=True)]
