"""Points on one spot: merged where their levels agree, decided by the designer's policy where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from slopedesign.errors import SurveyError
from slopedesign.i18n import message
from slopedesign.survey.model import FloatArray, IntArray
from slopedesign.survey.report import FURTHER_FILE, Findings, Severity

SAME_SPOT = 1e-4
"""Two points closer than this in plan [m] share a spot, two levels closer than this are equal: a tenth of the
millimetre that surveys are written in."""

_NAMED = 12  # conflicts named in the refusal


@dataclass(frozen=True)
class Merged:
    """`keeper[i]` is the index of the point that stands for point i; `z` the levels after the policy."""

    keeper: IntArray
    z: FloatArray
    merged: int


def groups_on_one_spot(points: FloatArray) -> Iterator[IntArray]:
    """Index groups (two or more, in file order) of points that share a spot in plan."""
    if len(points) < 2:
        return
    order, starts = _by_spot(points)
    ends = np.append(starts[1:], len(points))
    for k in np.nonzero(ends - starts > 1)[0]:
        yield np.sort(order[starts[k] : ends[k]]).astype(np.int64)


def first_on_spot(points: FloatArray) -> IntArray:
    """Index of one point for each spot in plan."""
    order, starts = _by_spot(points)
    return order[starts]


def _by_spot(points: FloatArray) -> tuple[IntArray, IntArray]:
    """An order that brings points of one spot together, and where each spot begins in it."""
    cells = np.round((points[:, :2] - points[0, :2]) / SAME_SPOT).astype(np.int64)
    order = np.lexsort((cells[:, 1], cells[:, 0])).astype(np.int64)
    new = np.any(cells[order][1:] != cells[order][:-1], axis=1)
    return order, np.concatenate(([0], np.nonzero(new)[0] + 1)).astype(np.int64)


def merge(
    path: Path, points: FloatArray, rows: IntArray, is_line: npt.NDArray[np.bool_], policy: str, findings: Findings
) -> Merged:
    """One point per spot.

    Args:
        points: (n, 3), finite.
        rows: file row of each; a break-line vertex made of a point has that point's row.
        is_line: whether a point is a vertex of a line; lines share vertices, so these are counted, not listed.

    Raises:
        SurveyError: policy "ask" and levels that differ, naming the rows.
    """
    keeper = np.arange(len(points), dtype=np.int64)
    z = points[:, 2].copy()
    merged = shared = 0
    conflicts: list[IntArray] = []
    for group in groups_on_one_spot(points):
        levels = points[group, 2]
        if np.ptp(levels) > SAME_SPOT:
            conflicts.append(group)
            chosen = _chosen(group, levels, policy)
            z[chosen] = levels.mean() if policy == "mean" else z[chosen]
        else:
            chosen = int(group[0])
        keeper[group] = chosen
        distinct = len(set(rows[group[~is_line[group]]].tolist()))
        merged += max(distinct - 1, 0)
        if np.ptp(levels) <= SAME_SPOT:
            if distinct > 1:
                findings.add(
                    "duplicate", int(rows[group[~is_line[group]][1]]), f"{z[chosen]:.3f}", severity=Severity.INFO,
                    rows=_numbers(findings, rows[group]),
                )  # fmt: skip
            elif len(set(rows[group].tolist())) > 1:
                shared += 1
    if shared:
        findings.add("shared_vertices", None, shared, severity=Severity.INFO)
    if conflicts and policy == "ask":
        raise _ask(path, points, rows, conflicts, findings)
    for group in conflicts:
        findings.add(
            "duplicate_level", int(rows[group[0]]), _levels(points, group), severity=Severity.WARNING,
            rows=_numbers(findings, rows[group]), level=f"{z[keeper[group[0]]]:.3f}",
            policy=message(f"survey.policy.{policy}"),
        )  # fmt: skip
    return Merged(keeper, z, merged)


def _chosen(group: IntArray, levels: FloatArray, policy: str) -> int:
    place = {"last": -1, "highest": int(np.argmax(levels)), "lowest": int(np.argmin(levels))}.get(policy, 0)
    return int(group[place])


def _numbers(findings: Findings, rows: IntArray) -> str:
    unique = list(dict.fromkeys(rows.tolist()))
    shown = [str(row % FURTHER_FILE) + (f" ({file})" if (file := findings.file_of(row)) else "") for row in unique[:6]]
    return ", ".join(shown) + (", ..." if len(unique) > 6 else "")


def _levels(points: FloatArray, group: IntArray) -> str:
    return " / ".join(f"{z:.3f}" for z in points[group[:6], 2])


def _ask(path: Path, points: FloatArray, rows: IntArray, conflicts: list[IntArray], findings: Findings) -> SurveyError:
    listed = "; ".join(
        f"[{_numbers(findings, rows[group])}] Z = {_levels(points, group)}" for group in conflicts[:_NAMED]
    )
    more = max(len(conflicts) - _NAMED, 0)
    return SurveyError(path, message("survey.error.duplicates", number=len(conflicts), listed=listed, more=more))
