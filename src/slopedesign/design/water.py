"""Drainage and storage on the designed ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from slopedesign.calc.planting import PlantingResult
from slopedesign.calc.terrain import Tin
from slopedesign.calc.terrain.formed import formed_surface
from slopedesign.calc.water.design import drain, store
from slopedesign.calc.water.layout import BenchLine, SlopeLines, propose
from slopedesign.calc.water.pond_pit import pit_rings
from slopedesign.calc.water.result import Drainage, WaterResult
from slopedesign.calc.water.terrain import Grid as TerrainGrid
from slopedesign.design.bench_soil import Drained
from slopedesign.design.ground import LARGEST_GRID
from slopedesign.design.result import Design, Ground, SlopeDesign
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.project import Project
from slopedesign.project.water import WaterDesign
from slopedesign.workspace import Sources


def drainage_design(
    project: Project, sources: Sources, slopes: Sequence[SlopeDesign], grounds: Mapping[str, Ground],
    previous: Design | None,
) -> Drained | None:  # fmt: skip
    """Ditches on the designed ground; the water side as it was before where neither it nor the record changed."""
    if project.water is None:
        return None
    if (
        previous is not None
        and previous.water is not None
        and previous.project.water == project.water
        and previous.sources.rain == sources.rain
        and len(previous.slopes) == len(slopes)
        and all(old is new for old, new in zip(previous.slopes, slopes, strict=True))
    ):
        return previous.water
    return _drained(project.water, sources, slopes, grounds)


def _drained(
    water: WaterDesign, sources: Sources, slopes: Sequence[SlopeDesign], grounds: Mapping[str, Ground]
) -> Drainage:
    maxima = sources.rain.get(water.storm.annual_maxima_file)
    if maxima:
        water = water.model_copy(update={"storm": water.storm.model_copy(update={"annual_maxima": maxima})})
    shaped, boxes = asks_ground(water), asked_at(water)
    surface = designed_surface(slopes, grounds, None if shaped else boxes) if shaped or len(boxes) else None
    grid = None if surface is None or not shaped else designed_grid(surface, water.grid_cell)
    auto = water.network.automatic
    if auto is not None and surface is None:
        raise InputError("water.network.automatic", None, message("water.error.no_slopes"))
    layout = propose(auto, slope_lines(slopes), surface) if auto is not None and surface is not None else None
    return drain(water, grid, named_lines(slopes), surface, layout)


def water_design(
    project: Project, sources: Sources, slopes: Sequence[SlopeDesign], grounds: Mapping[str, Ground],
    drained: Drained | None, planting: PlantingResult | None, previous: Design | None,
) -> WaterResult | None:  # fmt: skip
    """Irrigation and storage beside the ditches; they need the planting where irrigation waters the trees it counts.

    Args:
        drained: of `drainage_design`, the whole water side where that was taken over.
    """
    water = project.water
    if water is None or drained is None:
        return None
    planted = planting.trees if planting is not None else None
    if isinstance(drained, WaterResult):
        before = previous.planting.trees if previous is not None and previous.planting is not None else None
        if water.irrigation is None or not water.irrigation.as_planted or planted == before:
            return drained
        drained = _drained(water, sources, slopes, grounds)
    return store(drained, planted)


def asks_ground(water: WaterDesign) -> bool:
    """Whether anything of the water side takes its shape or its levels from the designed ground."""
    return (
        any(catchment.outlet is not None or catchment.above for catchment in water.catchments)
        or water.network.automatic is not None
        or any(pond.seed is not None for pond in water.ponds)
        or any(len(vertex) == 2 for reach in water.network.reaches for vertex in reach.vertices)
    )


def asked_at(water: WaterDesign) -> np.ndarray:
    """Where what is stated with its levels is compared with the designed ground: (k, 4) boxes, least and greatest E, N.

    These are the pieces of reaches with levels, and the pits of placed ponds.
    """
    lines = [
        np.array(reach.vertices, float)[:, :2]
        for reach in water.network.reaches
        if reach.vertices and all(len(vertex) == 3 for vertex in reach.vertices)
    ]
    ends = [np.stack([line[:-1], line[1:]], axis=1) for line in lines]
    ends += [np.concatenate(rings)[None, :, :2] for rings in map(pit_rings, water.ponds) if rings is not None]
    boxes = [np.concatenate([places.min(axis=1), places.max(axis=1)], axis=1) for places in ends]
    return np.concatenate(boxes) if boxes else np.empty((0, 4))


def named_lines(slopes: Sequence[SlopeDesign]) -> dict[str, np.ndarray]:
    """Lines of the design that ditches may follow, (k, 3) E, N, Z, by name.

    "<slope>/bench 2/inner edge", "<slope>/bench 2/outer edge", "<slope>/crest" (upper daylight line), "<slope>/toe".
    A slope laid out from its crest down has its base line as crest, and the lower daylight line as toe.
    """
    lines: dict[str, np.ndarray] = {}
    for slope in slopes:
        for bench in slope.cut.benches:
            name = f"{slope.name}/bench {bench.number}{bench.sector}"
            for k, line in enumerate(bench.toe, 1):
                lines[f"{name}/inner edge{f' {k}' if k > 1 else ''}"] = line
            if bench.crest:
                lines[f"{name}/outer edge"] = bench.crest[0]
        ends = ("toe", "crest") if slope.slope.benches.mode == "crest_down" else ("crest", "toe")
        if slope.cut.daylight:
            lines[f"{slope.name}/{ends[0]}"] = max((line.points for line in slope.cut.daylight), key=len)
        if slope.cut.layout.base is not None:
            lines[f"{slope.name}/{ends[1]}"] = slope.cut.layout.base.points
    return lines


def slope_lines(slopes: Sequence[SlopeDesign]) -> list[SlopeLines]:
    """What a drainage layout needs of every slope that is built: benches, toe line, plan of the cut."""
    lines = named_lines(slopes)
    found = []
    for slope in slopes:
        if slope.slope.variant_of:
            continue
        benches = [
            BenchLine(bench.number, f"{bench.number}{bench.sector}{f'-{k}' if k > 1 else ''}",
                      f"{slope.name}/bench {bench.number}{bench.sector}/inner edge{f' {k}' if k > 1 else ''}", line)
            for bench in slope.cut.benches for k, line in enumerate(bench.toe, 1)
        ]  # fmt: skip
        toe = f"{slope.name}/toe"
        found.append(SlopeLines(slope.name, tuple(benches), lines.get(toe), toe, slope.cut.outline))
    return found


def designed_surface(
    slopes: Sequence[SlopeDesign], grounds: Mapping[str, Ground], boxes: np.ndarray | None = None
) -> Tin | None:
    """The ground after the works: the first surveyed ground, with the design where a slope on it is cut.

    Args:
        boxes: where it will be asked; see `formed_surface`.
    """
    built = [slope for slope in slopes if not slope.slope.variant_of]
    name = next((slope.slope.ground for slope in built), next(iter(grounds), None))
    if name is None:
        return None
    cuts = [(slope.cut.outline, slope.cut.layout.tin) for slope in built if slope.slope.ground == name]
    return formed_surface(grounds[name].build.tin, cuts, boxes)


def designed_grid(surface: Tin, cell: float) -> TerrainGrid:
    """A surface as a grid of levels at the middle of cells; NaN outside.

    Raises:
        InputError: the cells are so small that the grid has too many.
    """
    east0, north0, _, east1, north1, _ = surface.bounds
    east, north = np.arange(east0 + cell / 2, east1, cell), np.arange(north0 + cell / 2, north1, cell)
    if len(east) * len(north) > LARGEST_GRID:
        raise InputError("water.grid_cell", cell, message("design.grid_too_large", most=LARGEST_GRID))
    points = np.column_stack([np.tile(east, len(north)), np.repeat(north, len(east))])
    z = surface.elevation(points).reshape(len(north), len(east))
    return TerrainGrid(east=float(east[0]), north=float(north[0]), cell=cell, z=z)
