"""The one place that knows the order of the calculations: project and sources in, design out.

A stage whose inputs did not change is taken over from the design before.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import numpy as np
import shapely

from slopedesign.calc.benches.cut import cut_slope
from slopedesign.calc.benches.edges import lines_of
from slopedesign.calc.benches.ground import GroundLayer, GroundModel
from slopedesign.calc.benches.result import BenchCut, CutBench, CutFace
from slopedesign.calc.compliance import (
    answers_of,
    bench_limits,
    facts_of,
    judge_bench,
    judge_cover,
    judge_cut_slope,
    judge_face_ratio,
    judge_project,
    judge_riser,
    judge_roads,
    judge_wall,
    materials_of,
    places_of,
    stated_of,
    wall_facts,
)
from slopedesign.calc.cover import CoverVolume, SoilBalance, area_cover, bench_cover, soil_balance
from slopedesign.calc.roads import RoadsResult, design_roads
from slopedesign.calc.terrain import TinBuild, build_tin, tin_from_grid, tin_from_triangles
from slopedesign.calc.walls.bench_wall import BenchWallResult, design_bench_wall
from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.result import WaterResult
from slopedesign.calc.water.terrain import Grid as TerrainGrid
from slopedesign.errors import InputError
from slopedesign.i18n import Message, message
from slopedesign.project.ground import MaterialClass
from slopedesign.project.project import Project
from slopedesign.project.slopes import BaseLine, Slope
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Level, Remark
from slopedesign.standards.trace import Traced, given, measured
from slopedesign.workspace import LoadedSurvey, Progress, Sources, silent

MATERIALS: tuple[MaterialClass, ...] = ("soil", "soft_rock", "hard_rock")
LARGEST_GRID = 12_000_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """A surveyed surface."""

    json_hidden: ClassVar[tuple[str, ...]] = ("survey", "build")

    name: str
    survey: LoadedSurvey
    build: TinBuild
    plan_area: Traced
    slope_area: Traced


@dataclass(frozen=True, kw_only=True, eq=False)
class BenchWorks:
    """What stands on one bench.

    Attributes:
        bench: the bench as cut.
        wall_lines: centre of the wall's outer face in plan, (n, 3) each, longest first.
        wall_length: of them [m]; None where no wall is built.
        wall: the wall; None where none is built, `without` says why.
        cover: the soil behind it; None where the bench has no usable area.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("bench",)

    bench: CutBench
    wall_lines: tuple[np.ndarray, ...]
    wall_length: Traced | None
    wall: BenchWallResult | None
    cover: CoverVolume | None
    without: Message | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class SlopeDesign:
    """One slope as designed."""

    json_hidden: ClassVar[tuple[str, ...]] = ("slope", "model")

    name: str
    path: str
    slope: Slope
    model: GroundModel
    cut: BenchCut
    works: tuple[BenchWorks, ...]
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Design:
    """Everything that follows from a project.

    Attributes:
        grounds: surveyed surfaces by name.
        cover_areas: soil on areas outside the benches; that on benches stands with them.
        timings: seconds spent in each stage; a stage taken over from the design before took none.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("sources", "timings")

    project: Project
    sources: Sources
    grounds: Mapping[str, Ground]
    slopes: tuple[SlopeDesign, ...]
    cover_areas: tuple[CoverVolume, ...]
    soil: SoilBalance
    roads: RoadsResult | None
    water: WaterResult | None
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]
    timings: Mapping[str, float] = field(default_factory=dict)


def run(project: Project, sources: Sources, previous: Design | None = None, progress: Progress = silent) -> Design:
    """Compute a project.

    Args:
        previous: a design of (nearly) the same project; its unchanged stages are used again.
        progress: called at the start of each stage; may raise to stop.

    Raises:
        InputError, NoSolution, OutOfRange: the project cannot be computed as it is stated.
    """
    timings: dict[str, float] = {}
    clock = _Clock(timings, progress)
    with clock("stage.ground"):
        grounds = _grounds(project, sources, previous)
    slopes = tuple(
        _slope(i, slope, project, sources, grounds, previous, clock) for i, slope in enumerate(project.slopes)
    )
    with clock("stage.cover"):
        areas = [area_cover(area, f"cover_areas[{i}]") for i, area in enumerate(project.cover_areas)]
        built = (s for s in slopes if not s.slope.variant_of)
        covers = (*(w.cover for s in built for w in s.works if w.cover is not None), *areas)
        soil = soil_balance(project.soil, covers)
    with clock("stage.roads"):
        roads = _roads(project, sources)
    with clock("stage.water"):
        water = _water(project, sources, slopes, grounds, previous)
    with clock("stage.checks"):
        checks = [check for slope in slopes if not slope.slope.variant_of for check in slope.checks]
        checks += _other_checks(project, roads)
        checks += water.checks if water is not None else ()
    remarks = [remark for slope in slopes for remark in slope.remarks]
    remarks += water.remarks if water is not None else ()
    remarks += _survey_remarks(project, sources)
    return Design(
        project=project, sources=sources, grounds=grounds, slopes=slopes, cover_areas=tuple(areas), soil=soil,
        roads=roads, water=water, checks=tuple(checks), remarks=tuple(remarks), timings=timings,
    )  # fmt: skip


class _Clock:
    """Says each stage and keeps its time."""

    def __init__(self, timings: dict[str, float], progress: Progress) -> None:
        self.timings, self.progress = timings, progress

    @contextmanager
    def __call__(self, stage: str, **values: object) -> Iterator[None]:
        said = message(stage, **values)
        self.progress(said)
        started = time.perf_counter()
        yield
        name = " ".join([stage, *(str(value) for value in values.values())])
        self.timings[name] = self.timings.get(name, 0.0) + time.perf_counter() - started


# --- ground


def _grounds(project: Project, sources: Sources, previous: Design | None) -> dict[str, Ground]:
    wanted = {slope.ground for slope in project.slopes if slope.ground}
    wanted |= {layer.bottom_surface for slope in project.slopes for layer in slope.layers if layer.bottom_surface}
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


def _survey_remarks(project: Project, sources: Sources) -> list[Remark]:
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


# --- slopes


def _slope(
    i: int, slope: Slope, project: Project, sources: Sources, grounds: Mapping[str, Ground], previous: Design | None,
    clock: _Clock,
) -> SlopeDesign:  # fmt: skip
    path = f"slopes[{i}]"
    known = _unchanged(i, slope, project, grounds, previous)
    if known is not None:
        return known
    with clock("stage.cut", name=slope.name):
        model = _model(slope, project, grounds, previous)
        base = _base_line(slope, sources, path)
        limits = {material: bench_limits(material) for material in MATERIALS}
        cut = cut_slope(model, base, slope.benches, limits=limits, path=path)
    with clock("stage.walls", name=slope.name):
        works = tuple(_works(slope, path, bench) for bench in cut.benches)
    checks = _slope_checks(slope, path, project, cut, works)
    remarks = [*cut.remarks, *(remark for p in cut.proposals for remark in p.reasons)]
    remarks += [remark for w in works if w.wall is not None for remark in w.wall.remarks]
    return SlopeDesign(
        name=slope.name,
        path=path,
        slope=slope,
        model=model,
        cut=cut,
        works=works,
        checks=tuple(checks),
        remarks=tuple(remarks),
    )


def _unchanged(
    i: int, slope: Slope, project: Project, grounds: Mapping[str, Ground], previous: Design | None
) -> SlopeDesign | None:
    """The slope as designed before, if everything it rests on is the same."""
    if previous is None or i >= len(previous.slopes):
        return None
    used = {slope.ground, *(layer.bottom_surface for layer in slope.layers)} - {""}
    same = (
        previous.slopes[i].slope == slope
        and previous.project.materials == project.materials
        and not (slope.base_line and slope.base_line.file)
        and not slope.sections_file
        and all(previous.grounds.get(name) is grounds.get(name) for name in used)
    )
    return previous.slopes[i] if same else None


def _model(slope: Slope, project: Project, grounds: Mapping[str, Ground], previous: Design | None) -> GroundModel:
    """The ground with its layers; kept from the design before where it is the same."""
    surface = grounds[slope.ground].build.tin
    layers = tuple(_layer(project, grounds, layer) for layer in slope.layers)

    def same(old: GroundModel) -> bool:
        pairs = zip(old.layers, layers, strict=False)
        return (
            old.surface is surface
            and len(old.layers) == len(layers)
            and all((a.name, a.kind, a.depth) == (b.name, b.kind, b.depth) and a.bottom is b.bottom for a, b in pairs)
        )

    known = (old.model for old in (previous.slopes if previous else ()))
    return next((old for old in known if same(old)), None) or GroundModel(surface=surface, layers=layers)


def _layer(project: Project, grounds: Mapping[str, Ground], layer: Any) -> GroundLayer:
    material = project.material(layer.material)
    bottom = grounds[layer.bottom_surface].build.tin if layer.bottom_surface else None
    return GroundLayer(name=material.name, kind=material.kind, bottom=bottom, depth=layer.bottom_depth)


def _base_line(slope: Slope, sources: Sources, path: str) -> BaseLine:
    """The base line with vertices; one kept in a drawing is taken from there (the longest of its layer)."""
    line = slope.base_line
    assert line is not None  # the record asks for one on surveyed ground
    if not line.file:
        return line
    found = sources.lines[(line.file, line.layer)].lines
    if not found:
        raise InputError(f"{path}.base_line.file", line.file, message("design.no_line"))
    longest = max(found, key=lambda one: float(np.hypot(*np.diff(one.vertices[:, :2], axis=0).T).sum()))
    vertices = tuple(tuple(float(x) for x in vertex) for vertex in longest.vertices)
    return line.model_copy(update={"vertices": vertices, "closed": longest.closed or line.closed})


def _works(slope: Slope, path: str, bench: CutBench) -> BenchWorks:
    """Wall and cover of one bench: where the bench is wide enough to be used."""
    name = f"{bench.number}{bench.sector}"
    if bench.usable.is_empty or bench.usable_area.value <= 0:
        return BenchWorks(
            bench=bench, wall_lines=(), wall_length=None, wall=None, cover=None, without=message("design.not_usable")
        )
    lines = wall_lines(bench, slope.wall.edge_offset if slope.wall.kind != "none" else 0.0)
    length = measured(
        sum(float(np.hypot(*np.diff(line[:, :2], axis=0).T).sum()) for line in lines), "m", "design.wall_line",
        f"{path} bench {name}", "design.wall_length",
    )  # fmt: skip
    wall, without = None, None
    thickness = given(slope.cover.thickness, "m", f"{path}.cover.thickness", "soil.thickness")
    if slope.wall.kind == "none":
        without = message("choice.none")
    elif length.value <= 2 * slope.wall.end_setback:
        without = message("design.wall_too_short")
    else:
        wall = design_bench_wall(slope.wall, thickness, length, bench.width, bench.material, f"{path}.wall")
    cover = bench_cover(name, slope.cover, slope.wall, bench.usable_area, length, bench.fall, path)
    return BenchWorks(bench=bench, wall_lines=lines, wall_length=length, wall=wall, cover=cover, without=without)


def wall_lines(bench: CutBench, offset: float) -> tuple[np.ndarray, ...]:
    """Lines at a distance inside the bench's outer edge, where the bench is usable, (n, 3) E, N, level."""
    if not bench.crest:
        return ()
    crest = shapely.union_all([shapely.LineString(line[:, :2]) for line in bench.crest])
    if offset > 0:
        rim = shapely.buffer(crest, offset, cap_style="flat", quad_segs=16).boundary
        inside = shapely.intersection(rim, shapely.buffer(bench.usable, -1e-6))
        inside = shapely.difference(inside, shapely.buffer(crest, offset * 0.98, cap_style="flat"))
    else:
        inside = shapely.intersection(crest, shapely.buffer(bench.usable, 1e-6))
    merged = shapely.line_merge(inside) if not inside.is_empty else inside
    level = bench.level.value
    return tuple(
        np.column_stack([line[:, :2], np.full(len(line), level)]) for line in lines_of(merged) if len(line) >= 2
    )


# --- checks


def _slope_checks(slope: Slope, path: str, project: Project, cut: BenchCut, works: Sequence[BenchWorks]) -> list[Check]:
    benches = slope.benches
    high_steep = project.facts.get("high_steep_slope")
    stepped = len(cut.faces) > 1
    checks = judge_cut_slope(
        subject=path, material=benches.material, profile="stepped" if stepped else "straight", height=cut.height,
        risers=cut.risers, wide_berms=cut.wide_benches, existing_height=cut.existing_height,
        existing_angle_deg=cut.existing_angle, scarp=cut.join.scarp, field=f"{path}.benches",
        high_steep=None if high_steep is None else bool(high_steep),
    )  # fmt: skip
    for j, face in enumerate(cut.faces):
        last = face.found_height.value > face.height.value * (1 + 1e-9)
        checks += judge_riser(
            subject=f"{path}.cut.faces[{j}]", material=face.material, profile="stepped" if stepped else "straight",
            height=face.found_height if last else face.height, angle_deg=face.angle,
            height_field=f"{path}.benches.riser_height", angle_field=f"{path}.benches.face_angle",
        )  # fmt: skip
        checks += _face_ratio(f"{path}.cut.faces[{j}]", project, face, last)
    for j, work in enumerate(works):
        subject = f"{path}.works[{j}]"
        bench = work.bench
        checks += judge_bench(
            subject=subject, material=bench.material, width=bench.width, wide=bench.wide, inward_fall_deg=bench.fall,
            width_field=f"{path}.benches.{'wide_berm_width' if bench.wide else 'berm_width'}",
            fall_field=f"{path}.benches.inward_fall_deg",
        )  # fmt: skip
        checks += _wall_checks(slope, path, subject, work)
    return checks


def _face_ratio(subject: str, project: Project, face: CutFace, last: bool) -> list[Check]:
    """The slope ratios by analogy, for the materials whose class the investigation states."""
    classed = [
        m for m in project.materials if m.kind == face.material and (m.rock_class or m.weathering or m.soil_state)
    ]
    return [
        judge_face_ratio(
            subject=subject, height=face.found_height if last else face.height, angle_deg=face.angle,
            rock_class=m.rock_class, weathering=m.weathering, soil_state=m.soil_state, field=f"materials.{m.name}",
        )
        for m in classed
    ]  # fmt: skip


def _wall_checks(slope: Slope, path: str, subject: str, work: BenchWorks) -> list[Check]:
    if work.cover is None:
        return []
    wall = work.wall
    facts = wall_facts(
        slope.wall, f"{path}.wall", height=wall.height if wall else None, cover_thickness=work.cover.thickness,
        weep_holes=wall.total.weep_holes if wall else None,
    )  # fmt: skip
    checks = list(judge_wall(facts, subject=subject, field=f"{path}.wall"))
    if wall is not None:
        checks += [replace(check, subject=subject) for check in wall.checks if check.id != "wall.bench.height"]
    undulation = slope.cover.undulation
    checks += judge_cover(
        subject=subject, place="cut_bench", thickness=work.cover.thickness, use=slope.cover.use,
        undulation=None if undulation is None else given(undulation, "m", f"{path}.cover.undulation"),
        field=f"{path}.cover",
    )  # fmt: skip
    return checks


def _other_checks(project: Project, roads: RoadsResult | None) -> list[Check]:
    checks: list[Check] = []
    for i, area in enumerate(project.cover_areas):
        path = f"cover_areas[{i}]"
        checks += judge_cover(
            subject=path, place=area.place, thickness=given(area.thickness, "m", f"{path}.thickness"),
            ground=area.ground, use=area.use, method=area.method, long_term=area.long_term, field=path,
        )  # fmt: skip
    if roads is not None:
        checks += judge_roads(roads)
    checks += judge_project(
        places=places_of(project), facts=facts_of(project), answers=answers_of(project), stated=stated_of(project),
        materials=materials_of(project),
    )  # fmt: skip
    return checks


# --- roads


def _roads(project: Project, sources: Sources) -> RoadsResult | None:
    if project.roads is None:
        return None
    lines = {key: _longest(found.lines) for key, found in sources.lines.items()}
    return design_roads(project.roads, guide.road_densities(), lines)


def _longest(lines: Sequence[Any]) -> list[tuple[float, float]]:
    if not lines:
        return []
    best = max(lines, key=lambda one: float(np.hypot(*np.diff(one.vertices[:, :2], axis=0).T).sum()))
    return [(float(e), float(n)) for e, n in best.vertices[:, :2]]


# --- water


def _water(
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
