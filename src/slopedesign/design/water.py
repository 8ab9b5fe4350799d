"""Drainage and storage on the designed ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.result import WaterResult
from slopedesign.calc.water.terrain import Grid as TerrainGrid
from slopedesign.design.ground import LARGEST_GRID
from slopedesign.design.result import Design, Ground, SlopeDesign
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.project import Project
from slopedesign.workspace import Sources


def water_design(
    project: Project, sources: Sources, slopes: Sequence[SlopeDesign], grounds: Mapping[str, Ground],
    previous: Design | None,
) -> WaterResult | None:  # fmt: skip
    """Drainage and storage on the designed ground; taken over where neither it nor the record changed."""
    water = project.water
    if water is None:
        return None
    maxima = sources.rain.get(water.storm.annual_maxima_file)
    if maxima:
        water = water.model_copy(update={"storm": water.storm.model_copy(update={"annual_maxima": maxima})})
    if (
        previous is not None
        and previous.water is not None
        and previous.project.water == project.water
        and previous.sources.rain == sources.rain
        and len(previous.slopes) == len(slopes)
        and all(old is new for old, new in zip(previous.slopes, slopes, strict=True))
    ):
        return previous.water
    on_ground = any(c.outlet is not None for c in water.catchments) or any(p.seed is not None for p in water.ponds)
    grid = designed_grid(slopes, grounds, water.grid_cell) if on_ground else None
    return design_water(water, grid, named_lines(slopes))


def named_lines(slopes: Sequence[SlopeDesign]) -> dict[str, np.ndarray]:
    """Lines of the design that ditches may follow, (k, 3) E, N, Z, by name.

    "<slope>/bench 2/inner edge", "<slope>/bench 2/outer edge", "<slope>/crest" (upper daylight line), "<slope>/toe".
    """
    lines: dict[str, np.ndarray] = {}
    for slope in slopes:
        for bench in slope.cut.benches:
            name = f"{slope.name}/bench {bench.number}{bench.sector}"
            if bench.toe:
                lines[f"{name}/inner edge"] = bench.toe[0]
            if bench.crest:
                lines[f"{name}/outer edge"] = bench.crest[0]
        if slope.cut.daylight:
            lines[f"{slope.name}/crest"] = max((line.points for line in slope.cut.daylight), key=len)
        if slope.cut.layout.base is not None:
            lines[f"{slope.name}/toe"] = slope.cut.layout.base.points
    return lines


def designed_grid(slopes: Sequence[SlopeDesign], grounds: Mapping[str, Ground], cell: float) -> TerrainGrid | None:
    """The ground after the works as a grid: the lower of ground and design where a slope is cut; NaN outside."""
    built = [slope for slope in slopes if not slope.slope.variant_of]
    names = dict.fromkeys(slope.slope.ground for slope in built)
    if not names:
        return None
    surface = grounds[next(iter(names))].build.tin
    east0, north0, _, east1, north1, _ = surface.bounds
    east, north = np.arange(east0 + cell / 2, east1, cell), np.arange(north0 + cell / 2, north1, cell)
    if len(east) * len(north) > LARGEST_GRID:
        raise InputError("water.grid_cell", cell, message("design.grid_too_large", most=LARGEST_GRID))
    points = np.column_stack([np.tile(east, len(north)), np.repeat(north, len(east))])
    z = surface.elevation(points)
    for slope in built:
        if slope.slope.ground == next(iter(names)):
            inside = shapely.contains_xy(slope.cut.outline, points[:, 0], points[:, 1])
            z[inside] = np.fmin(z[inside], slope.cut.layout.tin.elevation(points[inside]))
    return TerrainGrid(east=float(east[0]), north=float(north[0]), cell=cell, z=z.reshape(len(north), len(east)))
