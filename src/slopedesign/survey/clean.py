"""The common checks: from what a file says to a survey the terrain can be built of.

Order: unit, rows dropped on purpose, numbers, (0, 0, 0), zone prefixes, far points, missing levels, spikes, points on
one spot, break lines, triangles. Each row that is left out is a finding of severity ERROR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from slopedesign.errors import SurveyError
from slopedesign.i18n import Message, message
from slopedesign.survey.columns import like_eastings, looks_east, looks_north
from slopedesign.survey.duplicates import first_on_spot, merge
from slopedesign.survey.hints import datum_hints
from slopedesign.survey.lines import IndexedLine, report_crossings, without_zero_segments
from slopedesign.survey.model import METRES_PER, Boundary, FloatArray, Grid, IntArray, Survey
from slopedesign.survey.options import SurveyOptions
from slopedesign.survey.outliers import (
    MAX_POINTS_COMPARED,
    PLAN_LIMIT,
    Z_LIMIT,
    beyond_survey,
    far_in_plan,
    missing_level,
    neighbourhood,
    origin_is_surveyed,
)
from slopedesign.survey.raw import Raw, RawLine
from slopedesign.survey.report import Findings, Severity

Mask = npt.NDArray[np.bool_]
_ROW = re.compile(r"row\s*(\d{1,12})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """The survey and the counts that belong in its report."""

    survey: Survey
    left_out: int
    merged: int
    spacing: float | None


@dataclass
class _Vertices:
    """Single points first, then the vertices of all lines; `alive` says which are still in."""

    points: FloatArray
    rows: IntArray
    line: IntArray  # number of the line, -1 for single points
    alive: Mask
    findings: Findings

    def leave_out(self, mask: Mask, kind: str, severity: Severity = Severity.ERROR, **values: object) -> None:
        """Reports the living vertices of a mask and takes them out where the severity is ERROR."""
        chosen = np.nonzero(mask & self.alive)[0]
        seen: set[int] = set()
        for i in chosen:
            row = int(self.rows[i])
            if row in seen:
                continue  # a break line made of points repeats their rows
            seen.add(row)
            north, east, z = self.points[i, 1], self.points[i, 0], self.points[i, 2]
            self.findings.add(
                kind, row, f"X={north:.3f} Y={east:.3f} Z={z:.3f}", severity=severity,
                **{name: value[i] if isinstance(value, np.ndarray) else value for name, value in values.items()},
            )  # fmt: skip
        if severity is Severity.ERROR:
            self.alive[chosen] = False


def cleaned(path: Path, raw: Raw, options: SurveyOptions, extra: list[RawLine]) -> Cleaned:
    """A survey out of what was read.

    Args:
        extra: break lines of further files, in the same unit as `raw`.

    Raises:
        SurveyError: nothing usable is left, or points on one spot at different levels and the policy is "ask".
    """
    factor, unit = _unit(raw, options)
    if raw.grid is not None:
        return _clean_grid(path, raw, raw.grid, factor, unit)
    lines = raw.lines + extra
    if raw.triangles is not None and extra:
        raw.findings.add("breaklines_unused", None, len(extra), severity=Severity.WARNING)
        lines = raw.lines
    if raw.triangles is not None:
        _keep_used(raw, raw.triangles)
    vertices = _assembled(raw, lines, factor)
    single = len(raw.points)
    _drop(vertices, raw, options)
    _impossible(vertices)
    if not vertices.alive.any():
        raise SurveyError(path, message("survey.error.no_points", rows=raw.rows_read))
    tin = raw.triangles is not None
    _zone_prefix(vertices)
    _far(vertices, tin)
    _no_level(path, vertices, tin, lines, raw.drawing)
    spacing = _spikes(vertices, tin)
    left_out = len(set(vertices.rows[~vertices.alive].tolist()))
    if tin:
        merged, keeper, z = 0, np.arange(len(vertices.points), dtype=np.int64), vertices.points[:, 2]
    else:
        merged, keeper, z = _merge(path, vertices, options.duplicates)
    points = np.column_stack((vertices.points[:, :2], z))
    stays = np.zeros(len(points), bool)
    stays[keeper[vertices.alive]] = True
    kept = np.nonzero(stays)[0].astype(np.int64)
    new = np.full(len(points), -1, np.int64)
    new[kept] = np.arange(len(kept))
    new = np.where(vertices.alive, new[keeper], -1)
    indexed = _indexed(lines, vertices, new, single, raw.findings)
    final = points[kept]
    if not len(final):
        raise SurveyError(path, message("survey.error.no_points", rows=raw.rows_read))
    report_crossings(final, indexed, raw.findings)
    hints = _hints(final, raw)
    survey = Survey(
        points=final, rows=vertices.rows[kept], names=_labels(raw.names, kept, single),
        codes=_labels(raw.codes, kept, single), breaklines=tuple(final[line.vertices] for line in indexed),
        triangles=_triangles(path, raw, new, final), boundaries=_boundaries(raw, factor), unit=unit, datum_hints=hints,
    )  # fmt: skip
    return Cleaned(survey=survey, left_out=left_out, merged=merged, spacing=spacing)


def _unit(raw: Raw, options: SurveyOptions) -> tuple[float, str]:
    """Metres per unit of the file; the options win over the file, and a disagreement is said."""
    declared = raw.unit_declared
    unit = options.unit if options.unit != "auto" else (declared or "m")
    if options.unit != "auto" and declared and declared != unit:
        raw.findings.add("unit_overruled", None, declared, severity=Severity.WARNING, unit=unit)
    if unit != "m":
        raw.findings.add("unit", None, unit, severity=Severity.INFO, factor=f"{METRES_PER[unit]:.10g}")
    return METRES_PER[unit], unit


def _keep_used(raw: Raw, triangles: IntArray) -> None:
    """Takes the points out of `raw` that no visible face uses; they are counted."""
    used = np.zeros(len(raw.points), bool)
    used[triangles] = True
    unused = int((~used).sum())
    if not unused:
        return
    raw.findings.add("unused_points", None, unused, severity=Severity.INFO)
    new = np.cumsum(used) - 1
    raw.triangles = new[triangles]
    raw.points, raw.rows = raw.points[used], raw.rows[used]
    raw.names = [name for name, kept in zip(raw.names, used.tolist(), strict=False) if kept]
    raw.codes = [code for code, kept in zip(raw.codes, used.tolist(), strict=False) if kept]


def _assembled(raw: Raw, lines: list[RawLine], factor: float) -> _Vertices:
    points = np.concatenate([raw.points, *(line.vertices for line in lines)]) * factor
    rows = np.concatenate([raw.rows, *(line.rows for line in lines)])
    number = np.concatenate(
        [np.full(len(raw.points), -1), *(np.full(len(line.rows), i) for i, line in enumerate(lines))]
    )
    return _Vertices(points, rows, number.astype(np.int64), np.ones(len(points), bool), raw.findings)


def _drop(vertices: _Vertices, raw: Raw, options: SurveyOptions) -> None:
    """Rows the designer left out on purpose; an entry that matches nothing is reported."""
    for entry in options.drop:
        match = _ROW.fullmatch(entry.strip())
        if match:
            mask = vertices.rows == int(match[1])
        else:
            mask = np.zeros(len(vertices.rows), bool)
            wanted = entry.strip()
            mask[[i for i, name in enumerate(raw.names) if name == wanted]] = True
            mask |= np.isin(vertices.rows, vertices.rows[mask])
        if not mask.any():
            raw.findings.add("drop_unused", None, entry, severity=Severity.WARNING)
            continue
        vertices.alive[mask] = False
        rows = ", ".join(str(r) for r in sorted(set(vertices.rows[mask].tolist()))[:6])
        raw.findings.add("dropped", None, entry, severity=Severity.INFO, rows=rows)


def _impossible(vertices: _Vertices) -> None:
    points = vertices.points
    finite: Mask = np.asarray(np.isfinite(points).all(axis=1))
    vertices.leave_out(~finite, "not_finite")
    points[~finite] = 0.0
    origin = np.asarray((points[:, :2] == 0.0).all(axis=1)) & vertices.alive
    if origin.any():
        level = points[:, 2] == 0.0
        if origin_is_surveyed(points[vertices.alive & ~origin]):
            vertices.leave_out(origin & level, "zero_point_kept", Severity.WARNING)
        else:
            vertices.leave_out(origin & level, "zero_point")
            vertices.leave_out(origin & ~level, "zero_plan")
    vertices.leave_out(np.abs(points[:, :2]).max(axis=1) > PLAN_LIMIT, "impossible")
    vertices.leave_out(np.abs(points[:, 2]) > Z_LIMIT, "impossible")


def _zone_prefix(vertices: _Vertices) -> None:
    """Eastings with a zone number are normal; a file that mixes both kinds loses the rarer kind."""
    east = vertices.points[:, 0]
    looks = like_eastings(east)
    prefixed, plain = vertices.alive & looks & (east >= 1e7), vertices.alive & looks & (east < 1e6)
    if prefixed.any() and plain.any():
        rarer = prefixed if prefixed.sum() <= plain.sum() else plain
        vertices.leave_out(rarer, "mixed_prefix")
    zones = np.unique(east[vertices.alive & prefixed] // 1e6)
    if len(zones) > 1:
        vertices.findings.add("several_zones", None, ", ".join(f"{z:.0f}" for z in zones), severity=Severity.WARNING)
    elif len(zones) == 1:
        vertices.findings.add("zone_prefix", None, f"{zones[0]:.0f}", severity=Severity.INFO)


def _far(vertices: _Vertices, tin: bool) -> None:
    chosen = np.nonzero(vertices.alive)[0]
    far, distance = far_in_plan(vertices.points[chosen])
    mask, shown = np.zeros(len(vertices.alive), bool), np.zeros(len(vertices.alive))
    mask[chosen], shown[chosen] = far, np.round(distance)
    vertices.leave_out(mask, "far_point_kept" if tin else "far_point", _severity(tin), distance=shown)


def _severity(tin: bool) -> Severity:
    """A surface's own vertices are kept: taking one out would tear a hole."""
    return Severity.WARNING if tin else Severity.ERROR


def _no_level(path: Path, vertices: _Vertices, tin: bool, lines: list[RawLine], drawing: bool) -> None:
    """z = 0 where the survey lies elsewhere: points without a level, contours that lost theirs."""
    z = vertices.points[:, 2]
    if not z[vertices.alive].any():
        if drawing and not tin:
            raise SurveyError(path, message("survey.error.flat_drawing"))
        vertices.findings.add("all_zero", None, severity=Severity.WARNING)
        return
    mask = np.zeros(len(z), bool)
    mask[vertices.alive] = missing_level(z[vertices.alive])
    begin = len(z) - sum(len(line.rows) for line in lines)
    for line in lines:
        part = slice(begin, begin + len(line.rows))
        begin += len(line.rows)
        drawn = line.rows[0] == line.rows[-1]  # one entity, not a line of points with rows of their own
        if drawn and mask[part].any() and mask[part][vertices.alive[part]].all():
            vertices.findings.add("zero_contour", line.row, line.name)
            vertices.alive[part] = False
    vertices.leave_out(mask, "zero_level_kept" if tin else "zero_level", _severity(tin))


def _spikes(vertices: _Vertices, tin: bool) -> float | None:
    """Levels against the neighbours; the spacing of the points comes with it."""
    chosen = np.nonzero(vertices.alive)[0]
    if len(chosen) > MAX_POINTS_COMPARED:
        vertices.findings.add("levels_unchecked", None, len(chosen), severity=Severity.INFO)
        return None
    part = chosen[first_on_spot(vertices.points[chosen])]
    around = neighbourhood(vertices.points[part], vertices.line[part])
    odd, beyond = around.odd(), beyond_survey(vertices.points[part, 2])
    shown, mask, spike = (np.zeros(len(vertices.alive), d) for d in (float, bool, bool))
    shown[part] = np.round(np.nan_to_num(around.step), 1)
    spike[part] = odd & beyond
    mask[part] = odd & ~beyond
    vertices.leave_out(spike, "spike_kept" if tin else "spike", _severity(tin), step=shown)
    vertices.leave_out(mask, "level_step", Severity.WARNING, step=shown)
    far = np.zeros(len(vertices.alive), bool)
    far[part] = beyond & np.isnan(around.step)
    vertices.leave_out(far, "level_beyond", Severity.WARNING)
    return None if np.isnan(around.spacing) else around.spacing


def _merge(path: Path, vertices: _Vertices, policy: str) -> tuple[int, IntArray, FloatArray]:
    chosen = np.nonzero(vertices.alive)[0]
    done = merge(
        path, vertices.points[chosen], vertices.rows[chosen], vertices.line[chosen] >= 0, policy, vertices.findings
    )
    keeper = np.arange(len(vertices.points), dtype=np.int64)
    keeper[chosen] = chosen[done.keeper]
    z = vertices.points[:, 2].copy()
    z[chosen] = done.z
    return done.merged, keeper, z


def _labels(labels: object, kept: IntArray, single: int) -> tuple[str, ...]:
    if not labels:
        return ()
    known: list[str] = list(labels)  # type: ignore[call-overload]
    return tuple(known[i] if i < single else "" for i in kept.tolist())


def _indexed(
    lines: list[RawLine], vertices: _Vertices, new: IntArray, single: int, findings: Findings
) -> list[IndexedLine]:
    out = []
    begin = single
    for line in lines:
        part = slice(begin, begin + len(line.rows))
        begin += len(line.rows)
        index = new[part]
        gone = index < 0
        if gone.any() and not gone.all():
            findings.add("line_gap", line.row, line.name, severity=Severity.WARNING, missing=int(gone.sum()))
        if gone.all():
            continue
        cleaned_line = without_zero_segments(IndexedLine(index[~gone], line.rows[~gone], line.name), findings)
        if cleaned_line is not None:
            out.append(cleaned_line)
    return out


def _triangles(path: Path, raw: Raw, new: IntArray, points: FloatArray) -> IntArray | None:
    """Triangles on the kept points, counter-clockwise in plan; torn and flat ones are counted."""
    if raw.triangles is None:
        return None
    triangles = new[raw.triangles]
    torn = (triangles < 0).any(axis=1)
    if torn.any():
        raw.findings.add("torn_faces", None, int(torn.sum()))
    triangles = triangles[~torn]
    a, b, c = (points[triangles[:, i], :2] for i in range(3))
    double = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    triangles = np.where((double < 0)[:, None], triangles[:, [0, 2, 1]], triangles)
    standing = int((double == 0).sum())
    if standing:
        raw.findings.add("standing_faces", None, standing, severity=Severity.WARNING)
    if not len(triangles):
        raise SurveyError(path, message("survey.error.no_faces"))
    return np.ascontiguousarray(triangles)


def _boundaries(raw: Raw, factor: float) -> tuple[Boundary, ...]:
    return tuple(Boundary(kind=line.kind, vertices=line.vertices * factor) for line in raw.boundaries)


def _hints(points: FloatArray, raw: Raw) -> tuple[Message, ...]:
    east, north = (float(v) for v in np.median(points[:, :2], axis=0))
    if looks_east(north) and looks_north(east):
        raw.findings.add("swapped_axes", None, f"X={north:.0f} Y={east:.0f}", severity=Severity.WARNING)
    elif raw.axes == "assumed":
        raw.findings.add("axes_assumed", None, severity=Severity.INFO)
    return datum_hints(east, north)


def _clean_grid(path: Path, raw: Raw, grid: Grid, factor: float, unit: str) -> Cleaned:
    """A grid: levels that cannot be are taken out and counted, as are zeros where the ground lies elsewhere."""
    z = grid.z * factor if factor != 1.0 else grid.z.copy()
    left_out = 0
    for kind in ("grid_impossible", "grid_zero"):
        mask = np.asarray(np.abs(z) > Z_LIMIT) if kind == "grid_impossible" else _grid_zero(z)
        number = int(mask.sum())
        if number:
            first = np.unravel_index(int(np.argmax(mask)), mask.shape)
            raw.findings.add(
                kind, None, number, first=f"[{int(first[0]) + 1}, {int(first[1]) + 1}]", level=f"{z[first]:.6g}"
            )
            z[mask] = np.nan
            left_out += number
    if not np.isfinite(z).any():
        raise SurveyError(path, message("survey.error.no_levels"))
    cells = Grid(
        east=grid.east * factor, north=grid.north * factor, cell_east=grid.cell_east * factor,
        cell_north=grid.cell_north * factor, z=z,
    )  # fmt: skip
    rows, columns = z.shape
    east, north = cells.east + cells.cell_east * columns / 2, cells.north + cells.cell_north * rows / 2
    if looks_east(north) and looks_north(east):
        raw.findings.add("swapped_axes", None, f"X={north:.0f} Y={east:.0f}", severity=Severity.WARNING)
    survey = Survey(points=np.zeros((0, 3)), grid=cells, unit=unit, datum_hints=datum_hints(east, north))
    return Cleaned(survey=survey, left_out=left_out, merged=0, spacing=min(cells.cell_east, cells.cell_north))


def _grid_zero(z: FloatArray) -> Mask:
    out = np.zeros(z.shape, bool)
    known = np.isfinite(z)
    out[known] = missing_level(z[known])
    return out
