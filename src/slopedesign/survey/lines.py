"""Break lines against each other: segments without length, lines that cross at two levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from slopedesign.survey.model import FloatArray, IntArray
from slopedesign.survey.report import Findings, Severity

LEVEL_STEP = 0.01
"""Crossing lines whose levels differ by less than this [m] are taken to meet."""

MAX_SEGMENTS = 1_500_000
MAX_CROSSINGS = 100_000
"""Crossings looked at; a drawing with more is no survey."""


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
    middle = points.mean(axis=0)
    local = points - middle
    for i, j in _crossing_pairs(local, starts, ends, findings):
        found = _levels_at_crossing(local[starts[i]], local[ends[i]], local[starts[j]], local[ends[j]])
        if abs(found[1] - found[2]) <= LEVEL_STEP:
            continue
        first, second = (f"{level + middle[2]:.3f}" for level in found[1:])
        findings.add(
            "crossing", int(rows[i]), f"{first} / {second}", severity=Severity.WARNING,
            other=findings.where(int(rows[j])), north=f"{found[0][1] + middle[1]:.3f}",
            east=f"{found[0][0] + middle[0]:.3f}", first=first, second=second,
        )  # fmt: skip


def _crossing_pairs(
    local: FloatArray, starts: IntArray, ends: IntArray, findings: Findings
) -> Iterator[tuple[int, int]]:
    """Pairs of segments that meet other than at a common vertex.

    Segments are asked for in portions that adapt to the answers, so that a scribble costs no more memory than a map.
    """
    segments = np.asarray(shapely.linestrings(np.stack((local[starts, :2], local[ends, :2]), axis=1)))
    tree = shapely.STRtree(segments)
    begin, portion, seen = 0, 8, 0
    while begin < len(segments):
        first, second = tree.query(segments[begin : begin + portion], predicate="intersects")
        first = first + begin
        apart = (
            (first < second)
            & (starts[first] != starts[second]) & (starts[first] != ends[second])
            & (ends[first] != starts[second]) & (ends[first] != ends[second])
        )  # fmt: skip
        for pair in zip(first[apart].tolist(), second[apart].tolist(), strict=True):
            seen += 1
            if seen > MAX_CROSSINGS:
                findings.add("crossings_many", None, MAX_CROSSINGS, severity=Severity.WARNING)
                return
            yield pair
        begin += portion
        portion = max(portion // 2, 8) if len(first) > 100_000 else min(portion * 2, 1 << 15)


def _levels_at_crossing(a: FloatArray, b: FloatArray, c: FloatArray, d: FloatArray) -> tuple[FloatArray, float, float]:
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
