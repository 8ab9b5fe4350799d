"""Pictures of the ground for the plan: hillshade, contours, depth of the cut; made off the window's thread."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from slopedesign.calc.terrain import Tin
from slopedesign.calc.terrain.contour import contours, level_steps
from slopedesign.calc.terrain.dem import GridDem, dem_from_tin

CELLS = 600
LEVELS = 45
SUN_AZIMUTH, SUN_HEIGHT = 315.0, 45.0
Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Raster:
    """A picture on the ground: (rows, columns) values from south to north, NaN where unknown; its corner and cell."""

    west: float
    south: float
    cell: float
    values: Array


@dataclass(frozen=True, eq=False)
class GroundPicture:
    """A surveyed surface as the plan shows it.

    Attributes:
        shade: 0 (dark) to 1 (lit).
        contours: (level, points (n, 2) E, N, whether it is one of every fifth).
        bounds: least E, N and greatest E, N.
        low, high: levels.
    """

    shade: Raster
    levels: GridDem
    contours: tuple[tuple[float, Array, bool], ...]
    interval: float
    points: Array
    bounds: tuple[float, float, float, float]
    low: float
    high: float


def ground_picture(tin: Tin, points: Array) -> GroundPicture:
    """Hillshade, contours and survey points of a surface."""
    west, south, low, east, north, high = tin.bounds
    cell = _round(max(east - west, north - south, 1.0) / CELLS)
    dem = dem_from_tin(tin, cell)
    interval = max(0.5, _round((high - low) / LEVELS))
    lines = tuple(
        (line.level, line.points[:, :2],
         abs(line.level / (5 * interval) - round(line.level / (5 * interval))) < 1e-6)
        for line in contours(tin, level_steps(tin, interval))
    )  # fmt: skip
    return GroundPicture(
        shade=Raster(dem.west, dem.south, dem.cell, hillshade(dem)), levels=dem, contours=lines, interval=interval,
        points=points[:, :2], bounds=(west, south, east, north), low=low, high=high,
    )  # fmt: skip


def hillshade(dem: GridDem) -> Array:
    """Light on the ground from the north-west, 0 to 1."""
    z = np.asarray(dem.levels, float)
    down_n, down_e = np.gradient(z, dem.cell)
    azimuth, height = math.radians(SUN_AZIMUTH), math.radians(SUN_HEIGHT)
    sun = np.array([math.sin(azimuth) * math.cos(height), math.cos(azimuth) * math.cos(height), math.sin(height)])
    normal = np.sqrt(1 + down_e**2 + down_n**2)
    return np.clip((-down_e * sun[0] - down_n * sun[1] + sun[2]) / normal, 0.0, 1.0)


def cut_depth(ground: GroundPicture, layout: Tin) -> Raster:
    """How far the design lies under the ground, NaN where it does not."""
    dem = ground.levels
    design = dem_from_tin(layout, dem.cell)
    rows = np.rint((design.northing - dem.northing[0]) / dem.cell).astype(int)
    columns = np.rint((design.easting - dem.easting[0]) / dem.cell).astype(int)
    inside_r, inside_c = (rows >= 0) & (rows < dem.shape[0]), (columns >= 0) & (columns < dem.shape[1])
    z = np.full(design.shape, np.nan)
    part = np.ix_(rows[inside_r], columns[inside_c])
    z[np.ix_(inside_r, inside_c)] = dem.levels[part] + dem.base
    depth = z - (design.levels + design.base)
    return Raster(design.west, design.south, design.cell, np.where(depth > 0.02, depth, np.nan))


def slope_depths(design: Any, pictures: dict[str, GroundPicture]) -> dict[str, Raster]:
    """The depth of each slope's cut, by the slope's path."""
    found = {}
    for slope in design.slopes:
        ground = pictures.get(slope.slope.ground)
        if ground is not None:
            found[slope.path] = cut_depth(ground, slope.cut.layout.tin)
    return found


def _round(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= raw * (1 - 1e-12))
