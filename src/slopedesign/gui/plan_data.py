"""Pictures of the ground for the plan: hillshade, contours, depth of the cut; made off the window's thread."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from slopedesign.calc.terrain import Tin
from slopedesign.calc.terrain.contour import contours, level_steps
from slopedesign.calc.terrain.dem import GridDem, dem_from_tin
from slopedesign.calc.water.pond_plan import outline_at
from slopedesign.i18n import text

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


@dataclass(frozen=True, eq=False)
class SoilArea:
    """Where soil is laid: on which thing (its path), of which slope ("" for none), shape in E, N, thickness [m]."""

    name: str
    path: str
    slope: str
    shape: Any
    thickness: float


def soil_areas(design: Any) -> Iterator[SoilArea]:
    """The fill of a design: soil on benches where they can be used, and on areas stated by their outline.

    A cut is never filled up to its design surface where the ground lies lower; that part is not built.
    """
    for slope in design.slopes:
        for work in slope.works:
            if work.cover is not None:
                place = f"{slope.path}.cover.thickness"
                yield SoilArea(
                    f"{slope.name} {work.cover.name}", place, slope.path, work.bench.usable, float(work.cover.thickness)
                )
    for i, area in enumerate(design.project.cover_areas):
        if area.polygon and area.method == "cover":
            shape = shapely.Polygon(area.polygon)
            yield SoilArea(area.name, f"cover_areas[{i}].thickness", "", shape, area.thickness)


def depth_at(raster: Raster, east: float, north: float) -> float | None:
    """The value of the cell a point lies in; None outside, or where there is none."""
    row, column = int((north - raster.south) // raster.cell), int((east - raster.west) // raster.cell)
    rows, columns = raster.values.shape
    if not (0 <= row < rows and 0 <= column < columns):
        return None
    value = float(raster.values[row, column])
    return value if math.isfinite(value) else None


def slope_depths(design: Any, pictures: dict[str, GroundPicture]) -> dict[str, Raster]:
    """The depth of each slope's cut, by the slope's path."""
    found = {}
    for slope in design.slopes:
        ground = pictures.get(slope.slope.ground)
        if ground is not None:
            found[slope.path] = cut_depth(ground, slope.cut.layout.tin)
    return found


def water_lines(record: Any, design: Any, language: str) -> Iterator[tuple[str, Array, bool]]:
    """Name, points (n, 2+) and whether closed of everything of the water side that has a place in plan.

    Ditches and chutes as designed where they are, with their size; else as stated.
    """
    water = getattr(design, "water", None)
    network = water.network if water is not None else None
    worked: set[str] = set()
    for reach in network.reaches if network is not None else ():
        if reach.input.record.length is not None:
            continue
        worked.add(reach.name)
        kind = text(f"choice.{reach.kind}", language)
        said = f"{kind} {reach.name}"
        if reach.sized is not None:
            inside = reach.sized.section.outline()
            width, height = f"{float(np.ptp(inside[:, 0])):.2f}", f"{float(inside[:, 1].max()):.2f}"
            said = text("gui.section.ditch", language, kind=kind, name=reach.name, width=width, height=height)
        yield said, np.asarray(reach.input.bed.points), False
    for pond in water.ponds if water is not None else ():
        level = pond.record.normal_level
        ring = outline_at(pond.record, level) if pond.hollow is None else _pool(pond.hollow, level)
        if ring is not None:
            yield f"{pond.record.name}  {level:.2f}", ring, True
    for name, line, closed in plan_records(record):
        if name not in worked:
            yield name, line, closed


def _pool(hollow: Any, level: float) -> Array | None:
    """The shore of the water in a hollow at a level: the smallest ring round its deepest point."""
    bottom = shapely.Point(hollow.bottom[:2])
    rings = [line.points for line in contours(hollow.surface, [level]) if line.closed]
    found = [ring for ring in rings if shapely.Polygon(ring[:, :2]).contains(bottom)]
    return min(found, key=lambda ring: shapely.Polygon(ring[:, :2]).area, default=None)


def plan_records(record: Any, name: str = "") -> Iterator[tuple[str, np.ndarray, bool]]:
    """Every line or area in plan that a record of the project holds: name, points (n, 2+), whether it is closed."""
    own = str(getattr(record, "name", "") or name)
    for field in getattr(type(record), "model_fields", {}):
        value = getattr(record, field)
        if re.search(r"vertices|polygon|outline|boundary", field) and isinstance(value, tuple) and len(value) > 1:
            yield own, np.array([p[:2] for p in value], float), not field.startswith("vertices")
        elif hasattr(type(value), "model_fields"):
            yield from plan_records(value, own)
        elif isinstance(value, tuple):
            for one in value:
                if hasattr(type(one), "model_fields"):
                    yield from plan_records(one, own)


def _round(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= raw * (1 - 1e-12))
