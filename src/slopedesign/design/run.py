"""The order of the calculations."""

from __future__ import annotations

from slopedesign.calc.cover import CoverVolume, area_cover, face_cover, soil_balance
from slopedesign.calc.roads import RoadsResult, design_roads
from slopedesign.design.bench_soil import bench_soils, net_covers
from slopedesign.design.checks import other_checks, retaining_checks
from slopedesign.design.clock import Clock
from slopedesign.design.ground import grounds_of, survey_remarks
from slopedesign.design.planting import planting_design
from slopedesign.design.result import Design, SectionSlope, SlopeDesign
from slopedesign.design.section_slopes import section_slope
from slopedesign.design.slopes import overlaps, slopes_design
from slopedesign.design.stability import stability_design
from slopedesign.design.walls import walls_design
from slopedesign.design.water import drainage_design, water_design
from slopedesign.project.project import Project
from slopedesign.standards import guide
from slopedesign.survey import Polyline
from slopedesign.workspace import Progress, Sources, silent


def run(project: Project, sources: Sources, previous: Design | None = None, progress: Progress = silent) -> Design:
    """Compute a project.

    Args:
        previous: a design of (nearly) the same project; its unchanged stages are used again.
        progress: called at the start of each stage; may raise to stop.

    Raises:
        InputError, NoSolution, OutOfRange: the project cannot be computed as it is stated.
    """
    timings: dict[str, float] = {}
    clock = Clock(timings, progress)
    with clock("stage.ground"):
        grounds = grounds_of(project, sources, previous)
    slopes = slopes_design(project, sources, grounds, previous, clock)
    section_slopes = [
        section_slope(i, slope, project, sources, grounds, previous, clock)
        for i, slope in enumerate(project.slopes)
        if not slope.ground
    ]
    every: list[SlopeDesign | SectionSlope] = [*slopes, *section_slopes]
    built = [slope for slope in every if not slope.slope.variant_of]
    with clock("stage.cover"):
        areas = [area_cover(area, f"cover_areas[{i}]") for i, area in enumerate(project.cover_areas)]
    with clock("stage.roads"):
        roads = _roads(project, sources)
    with clock("stage.drainage"):
        drained = drainage_design(project, sources, slopes, grounds, previous)
    with clock("stage.planting"):
        planting = planting_design(project, built, areas, drained, previous)
        benches = bench_soils(built, drained)
        faces = [_face_cover(s) for s in slopes if s.slope.cover.face_cover > 0 and not s.slope.variant_of]
        covers = (*net_covers(built, benches), *areas, *faces)
        soil = soil_balance(project.soil, covers, planting.pit_soil if planting is not None else None)
    with clock("stage.water"):
        water = water_design(project, sources, slopes, grounds, drained, planting, previous)
    with clock("stage.all_walls"):
        walls = walls_design(project, built, previous)
    with clock("stage.stability"):
        stability = stability_design(project, slopes, previous, clock)
    with clock("stage.checks"):
        checks = [check for slope in built for check in (*slope.checks, *retaining_checks(slope, walls))]
        checks += walls.checks if walls is not None else ()
        checks += stability.checks if stability is not None else ()
        checks += other_checks(project, roads)
        checks += water.checks if water is not None else ()
        checks += planting.checks if planting is not None else ()
    remarks = [remark for slope in every for remark in slope.remarks]
    remarks += overlaps([slope for slope in slopes if not slope.slope.variant_of])
    remarks += walls.remarks if walls is not None else ()
    remarks += stability.remarks if stability is not None else ()
    remarks += water.remarks if water is not None else ()
    remarks += planting.remarks if planting is not None else ()
    remarks += survey_remarks(project, sources)
    return Design(
        project=project, sources=sources, grounds=grounds, slopes=tuple(slopes), section_slopes=tuple(section_slopes),
        cover_areas=(*areas, *faces), bench_soil=benches, soil=soil, roads=roads, walls=walls, stability=stability,
        water=water,
        planting=planting,
        checks=tuple(checks), remarks=tuple(remarks),
        timings=timings,
    )  # fmt: skip


def _face_cover(slope: SlopeDesign) -> CoverVolume:
    faces = [(face.plan_area, face.slope_area) for face in slope.cut.faces]
    return face_cover(slope.name, slope.slope.cover.face_cover, faces, f"{slope.path}.cover.face_cover")


def _roads(project: Project, sources: Sources) -> RoadsResult | None:
    if project.roads is None or not project.roads.roads:
        return None
    lines = {key: [_plan(line) for line in found.lines] for key, found in sources.lines.items()}
    return design_roads(project.roads, guide.road_densities(), lines)


def _plan(line: Polyline) -> tuple[tuple[float, float], ...]:
    """A line in plan; a closed one comes back to its beginning."""
    places = tuple((float(e), float(n)) for e, n in line.vertices[:, :2])
    return (*places, places[0]) if line.closed else places
