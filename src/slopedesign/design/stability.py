"""Stability sections: their lines before and after cutting, taken from the design, and solved."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from slopedesign.calc.benches.base import stations_on, swept_normals
from slopedesign.calc.benches.sections import CutSection, cut_sections
from slopedesign.calc.stability.sections import SectionLines, StabilityResult, solve_sections
from slopedesign.calc.terrain.sections import SectionLine as Profile
from slopedesign.design.clock import Clock
from slopedesign.design.result import Design, SlopeDesign
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.project import Project
from slopedesign.project.slopes import SectionLine, Sections
from slopedesign.project.stability import StabilitySection

Lines = np.ndarray[Any, np.dtype[np.float64]]


def stability_design(
    project: Project, slopes: Sequence[SlopeDesign], previous: Design | None, clock: Clock
) -> StabilityResult | None:
    """All declared sections; taken over where nothing they rest on has changed.

    Raises:
        InputError: a section names no slope, or its ground cannot be used.
    """
    record = project.stability
    if record is None or not record.sections:
        return None
    if (
        previous is not None
        and previous.stability is not None
        and previous.project.stability == record
        and previous.project.materials == project.materials
        and [id(slope) for slope in previous.slopes] == [id(slope) for slope in slopes]
    ):
        return previous.stability
    by_name = {slope.name: slope for slope in slopes}
    lines = [_lines(i, section, project, by_name) for i, section in enumerate(record.sections)]
    return solve_sections(
        record, project.materials, lines, progress=lambda name: clock.progress(message("stage.section", name=name))
    )


def _lines(i: int, section: StabilitySection, project: Project, slopes: Mapping[str, SlopeDesign]) -> SectionLines:
    path = f"stability.sections[{i}]"
    if section.ground_after:
        before = np.array(section.ground_before) if section.ground_before else None
        return SectionLines(name=section.name, after=np.array(section.ground_after), before=before)
    if section.slope not in slopes:
        raise InputError(f"{path}.slope", section.slope, message("design.no_slope"))
    slope = slopes[section.slope]
    cut = _cut_at(section, slope, path)
    zero = cut.zero or 0.0
    layers = tuple(
        (name, _polyline(cut.bottoms[name]) if name in cut.bottoms else None) for name in _layer_names(slope, project)
    )
    across = cut.line[1] - cut.line[0]
    looking = math.degrees(math.atan2(-across[0], -across[1])) % 360.0
    faces = _faces(cut, zero)
    return SectionLines(
        name=section.name, before=_polyline(cut.ground), after=np.asarray(cut.final, float), layers=layers,
        faces=faces, groups=_groups(cut, len(faces)), direction_deg=looking,
    )  # fmt: skip


def _cut_at(section: StabilitySection, slope: SlopeDesign, path: str) -> CutSection:
    """The section at a station (square to the base line) or along a line in plan, far enough to both sides."""
    if section.start is not None and section.end is not None:
        line = SectionLine(name=section.name, start=section.start, end=section.end)
    else:
        base = slope.cut.layout.base
        station = section.station or 0.0
        if base is None or station > base.length:
            length = base.length if base is not None else 0.0
            raise InputError(f"{path}.station", station, message("design.no_station", length=f"{length:.2f}"))
        places, normals = stations_on(base, [station])
        normal = swept_normals(base, normals, slope.cut.layout.sense == "down")[0]
        height = slope.cut.height.value
        reach = slope.cut.set_back.value + 2.0 * height
        start, end = places[0] - 1.5 * height * normal, places[0] + reach * normal
        line = SectionLine(name=section.name, start=(start[0], start[1]), end=(end[0], end[1]))
    beside = [other.layout.tin for other in slope.beside]
    found = cut_sections(slope.model, slope.cut, Sections(spacing=None, lines=(line,)), beside)
    return found[0]


def _polyline(line: Profile) -> Lines:
    """The first unbroken stretch of a section line, (n, 2)."""
    stations, z = np.asarray(line.stations, float), np.asarray(line.z, float)
    known = np.isfinite(z)
    points = np.column_stack([stations[known], z[known]])
    keep = np.concatenate([[True], np.diff(points[:, 0]) > 1e-6])
    kept: Lines = points[keep]
    return kept


def _layer_names(slope: SlopeDesign, project: Project) -> tuple[str, ...]:
    if slope.slope.layers:
        return tuple(layer.material for layer in slope.slope.layers)
    kind = slope.slope.benches.material
    material = next((m for m in project.materials if m.kind == kind), None)
    if material is None:
        raise InputError("materials", kind, message("design.no_material"))
    return (material.name,)


def _faces(cut: CutSection, zero: float) -> tuple[tuple[float, float], ...]:
    """Offsets of toe and crest of each riser along the section, from the lowest up."""
    marks = sorted(cut.benches, key=lambda mark: mark.level)
    ground = np.asarray(cut.ground.z, float)
    final = np.interp(cut.ground.stations, cut.final[:, 0], cut.final[:, 1])
    lower = np.flatnonzero(ground - final > 0.01)
    if not len(lower):
        return ()
    top = float(cut.ground.stations[min(int(lower[-1]) + 1, len(ground) - 1)])
    toes = [zero, *(zero + mark.toe for mark in marks)]
    crests = [*(zero + mark.crest for mark in marks), top]
    return tuple((a, b) for a, b in zip(toes, crests, strict=True) if b > a)


def _groups(cut: CutSection, faces: int) -> tuple[tuple[int, int], ...]:
    """Risers between wide benches."""
    marks = sorted(cut.benches, key=lambda mark: mark.level)
    wide = [i for i, mark in enumerate(marks) if mark.wide and i + 1 < faces]
    if not wide:
        return ()
    bounds = [0, *(i + 1 for i in wide), faces]
    return tuple((a, b - 1) for a, b in zip(bounds, bounds[1:], strict=False) if b > a)
