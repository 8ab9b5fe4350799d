"""Surveyed surfaces, and what was odd about their files."""

from __future__ import annotations

import numpy as np

from slopedesign.calc.terrain import TinBuild, build_tin, tin_from_grid, tin_from_triangles
from slopedesign.design.result import Design, Ground
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.project import Project
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import measured
from slopedesign.workspace import LoadedSurvey, Sources

LARGEST_GRID = 12_000_000


def grounds_of(project: Project, sources: Sources, previous: Design | None) -> dict[str, Ground]:
    """The surfaces the slopes rest on; those of unchanged files are taken over."""
    wanted = {slope.ground for slope in project.slopes if slope.ground}
    wanted |= {layer.bottom_surface for slope in project.slopes for layer in slope.layers if layer.bottom_surface}
    if not wanted and project.surveys:
        wanted = {project.surveys[0].name}  # a pond or catchment may lie in ground that is not cut, or not yet
    found = {}
    for i, file in enumerate(project.surveys):
        if file.name not in wanted:
            continue
        survey = sources.surveys[file.name]
        known = previous.grounds.get(file.name) if previous else None
        if known is not None and known.survey is survey:
            found[file.name] = known
        else:
            found[file.name] = _ground(survey, f"surveys[{i}]")
    return found


def _ground(loaded: LoadedSurvey, where: str) -> Ground:
    survey, file = loaded.imported.survey, loaded.file
    boundary = np.array(file.boundary) if file.boundary else None
    if survey.grid is not None:
        grid = survey.grid
        if grid.z.size > LARGEST_GRID:
            raise InputError(f"{where}.path", grid.z.size, message("design.grid_too_large", most=LARGEST_GRID))
        rows, columns = grid.z.shape
        east = grid.east + grid.cell_east * np.arange(columns)
        build = TinBuild(tin_from_grid(east, grid.north + grid.cell_north * np.arange(rows), grid.z))
    elif survey.triangles is not None:
        build = TinBuild(tin_from_triangles(survey.points, survey.triangles))
    else:
        build = build_tin(survey.points, survey.breaklines, boundary=boundary, max_edge=file.max_edge)
    return Ground(
        name=file.name, survey=loaded, build=build,
        plan_area=measured(build.tin.plan_area(), "m2", "terrain.method.plan_area", file.path, "design.plan_area"),
        slope_area=measured(build.tin.slope_area(), "m2", "terrain.method.slope_area", file.path, "design.slope_area"),
    )  # fmt: skip


def survey_remarks(project: Project, sources: Sources) -> list[Remark]:
    """What a designer should know of the survey files."""
    remarks = []
    for i, file in enumerate(project.surveys):
        loaded = sources.surveys[file.name]
        if loaded.changed:
            text = message("deliver.changed", name=file.name)
            remarks.append(Remark(level=Level.WARNING, subject=f"surveys[{i}]", text=text))
        report = loaded.imported.report
        if report.left_out:
            text = message("design.rows_left_out", name=file.name, count=report.left_out)
            remarks.append(Remark(level=Level.WARNING, subject=f"surveys[{i}]", text=text))
    return remarks
