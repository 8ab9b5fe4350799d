"""Break lines against each other: segments without length, lines that cross at two levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from slopedesign.survey.model import FloatArray, IntArray
from slopedesign.survey.report import Findings, Severity

LEVEL_STEP = 0.01
"""Crossing lines whose levels differ by less than this [m] are taken to meet."""

MAX_SEGMENTS = 1_500_000


@dataclass(frozen=True)
class IndexedLine:
    """A line as indices into the points, with the file row of each vertex."""

    vertices: IntArray
    rows: IntArray
    name: str


def without_zero_segments(line: IndexedLine, findings: Findings) -> IndexedLine | None:
    """The line without repeated vertices; None where fewer than two different ones remain. Both are reported."""
    if not len(line.vertices):
        return None
    step = np.concatenate(([True], np.diff(line.vertices) != 0))
    for i in np.nonzero(~step)[0]:
        findings.add("zero_segment", int(line.rows[i]), line.name, severity=Severity.WARNING)
    if step.sum() < 2:
        findings.add("short_line", int(line.rows[0]), line.name)
        return None
    return IndexedLine(line.vertices[step], line.rows[step], line.name)


def report_crossings(points: FloatArray, lines: Sequence[IndexedLine], findings: Findings) -> None:
    """Notes each pair of segments that cross in plan at different levels, with the rows and levels of both.

    Source: parametric intersection of two segments; parallel overlaps are judged where an end lies on the other.
    """
    starts = np.concatenate([line.vertices[:-1] for line in lines]) if lines else np.zeros(0, np.int64)
    if len(starts) < 2:
        return
    ends = np.concatenate([line.vertices[1:] for line in lines])
    rows = np.concatenate([line.rows[:-1] for line in lines])
    if len(starts) > MAX_SEGMENTS:
        findings.add("crossings_unchecked", None, len(starts), severity=Severity.WARNING)
        return
    local = points - points.mean(axis=0)
    segments = np.asarray(shapely.linestrings(np.stack((local[starts, :2], local[ends, :2]), axis=1)))
    first, second = shapely.STRtree(segments).query(segments, predicate="intersects")
    pair = first < second
    first, second = first[pair], second[pair]
    apart = (
        (starts[first] != starts[second]) & (starts[first] != ends[second])
        & (ends[first] != starts[second]) & (ends[first] != ends[second])
    )  # fmt: skip
    for i, j in zip(first[apart], second[apart], strict=True):
        found = _levels_at_crossing(local[starts[i]], local[ends[i]], local[starts[j]], local[ends[j]])
        if found is None or abs(found[1] - found[2]) <= LEVEL_STEP:
            continue
        spot = points.mean(axis=0)[:2] + found[0]
        z_mean = points[:, 2].mean()
        findings.add(
            "crossing", int(rows[i]), f"{found[1] + z_mean:.3f} / {found[2] + z_mean:.3f}", severity=Severity.WARNING,
            other=findings.where(int(rows[j])), north=f"{spot[1]:.3f}", east=f"{spot[0]:.3f}",
            first=f"{found[1] + z_mean:.3f}", second=f"{found[2] + z_mean:.3f}",
        )  # fmt: skip


def _levels_at_crossing(
    a: FloatArray, b: FloatArray, c: FloatArray, d: FloatArray
) -> tuple[FloatArray, float, float] | None:
    """Plan position of the crossing and the level of each segment there."""
    u, v, w = b - a, d - c, c - a
    cross = float(u[0] * v[1] - u[1] * v[0])
    size = float(np.hypot(u[0], u[1]) * np.hypot(v[0], v[1]))
    if abs(cross) <= 1e-12 * size:
        t = float(np.clip(np.dot(w[:2], u[:2]) / np.dot(u[:2], u[:2]), 0.0, 1.0))
        spot = a + t * u
        s = float(np.clip(np.dot((spot - c)[:2], v[:2]) / np.dot(v[:2], v[:2]), 0.0, 1.0))
    else:
        t = float(w[0] * v[1] - w[1] * v[0]) / cross
        s = float(w[0] * u[1] - w[1] * u[0]) / cross
        spot = a + t * u
    return spot[:2], float(a[2] + t * u[2]), float(c[2] + s * v[2])
