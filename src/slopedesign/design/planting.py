"""The planting of the designed benches and areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from slopedesign.calc.cover import CoverVolume, wall_base_width
from slopedesign.calc.planting import PlantingResult, Plot, Strip, plant
from slopedesign.calc.planting.checks import judge_planting
from slopedesign.design.bench_soil import Drained, ditches_on, inner_edge
from slopedesign.design.result import BenchWorks, Design, SectionSlope, SlopeDesign, StripWorks
from slopedesign.design.slopes import EdgeLines
from slopedesign.design.walls import wall_material
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.project import Project
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Traced, given, measured

AnySlope = SlopeDesign | SectionSlope
AnyWorks = BenchWorks | StripWorks


def planting_design(
    project: Project, built: Sequence[AnySlope], areas: Sequence[CoverVolume], water: Drained | None,
    previous: Design | None,
) -> PlantingResult | None:  # fmt: skip
    """The planting of a project; taken over where nothing it rests on has changed.

    Raises:
        InputError: a scheme does not fit the place it is for; see `plant`.
    """
    record = project.planting
    if record is None:
        return None
    if _unchanged(project, built, water, previous):
        assert previous is not None
        return previous.planting
    strips = [strip for slope in built for strip in _strips(slope, water)]
    plots = dict(_plots(project, built, areas))
    found = plant(record, strips, plots)
    checks = judge_planting(record, {path: plot.place for path, plot in plots.items()})
    return replace(found, checks=(*found.checks, *checks), remarks=(*found.remarks, *_watering(project, found)))


def _unchanged(project: Project, built: Sequence[AnySlope], water: Drained | None, previous: Design | None) -> bool:
    if previous is None or previous.planting is None or previous.water is not water:
        return False
    every: list[AnySlope] = [*previous.slopes, *previous.section_slopes]
    old = [slope for slope in every if not slope.slope.variant_of]
    return (
        previous.project.planting == project.planting
        and previous.project.cover_areas == project.cover_areas
        and (previous.project.water is None) == (project.water is None)
        and [id(slope) for slope in old] == [id(slope) for slope in built]
    )


def _strips(slope: AnySlope, water: Drained | None) -> Iterator[Strip]:
    """The benches of a slope that have soil: from the wall's back to the ditch or the foot of the next face."""
    works: Sequence[AnyWorks] = slope.works
    record, path = slope.slope, slope.path
    for j, work in enumerate(works):
        if work.cover is None or work.wall_length is None:
            continue
        if record.wall.kind == "none":
            edge: Traced = given(0.0, "m", f"{path}.wall.kind", "soil.edge_offset")
            wall: Traced = given(0.0, "m", f"{path}.wall.kind", "soil.wall_width")
        else:
            edge = given(record.wall.edge_offset, "m", f"{path}.wall.edge_offset", "soil.edge_offset")
            wall = wall_base_width(record.wall, path)
        bench = inner_edge(slope, work)
        yield Strip(
            subject=f"{path}.works[{j}]", field=path, slope=slope.name, number=work.bench.number,
            name=f"{slope.name} B{work.name}", material=wall_material(slope, work), width=_width(slope, work),
            edge=edge, wall=wall, ditch=_ditch(water, bench), area=work.cover.plan_area, length=work.wall_length,
            thickness=work.cover.thickness, lines=EdgeLines(work.bench) if isinstance(work, BenchWorks) else None,
        )  # fmt: skip


def _width(slope: AnySlope, work: AnyWorks) -> Traced:
    """Width of a bench as designed."""
    if isinstance(work, BenchWorks):
        return work.bench.width
    assert isinstance(slope, SectionSlope)
    return next(berm.width for berm in slope.cut.proposal.profile.berms if berm.number == work.bench.number)


def _ditch(water: Drained | None, edge: str) -> Traced:
    """What the widest ditch along an inner edge takes of the bench."""
    widths = [width for _, _, width in ditches_on(water, edge)]
    nothing = measured(0.0, "m", "planting.by.no_ditch", edge, "planting.ditch_width")
    return max(widths, key=lambda width: width.value, default=nothing)


def _plots(project: Project, built: Sequence[AnySlope], areas: Sequence[CoverVolume]) -> Iterator[tuple[str, Plot]]:
    assert project.planting is not None
    covers = {area.name: (area, record) for area, record in zip(areas, project.cover_areas, strict=True)}
    for i, scheme in enumerate(project.planting.areas):
        path = f"planting.areas[{i}]"
        if scheme.cover_area:
            cover, record = covers[scheme.cover_area]
            rock = record.ground == "rock" and record.method == "cover"
            yield (
                path,
                Plot(name=cover.name, place=cover.place, rock=rock, area=cover.slope_area, thickness=cover.thickness),
            )
            continue
        slope = next((s for s in built if s.name == scheme.slope_faces), None)
        if not isinstance(slope, SlopeDesign):
            raise InputError(f"{path}.slope_faces", scheme.slope_faces, message("planting.error.no_faces"))
        thickness = given(slope.slope.cover.face_cover, "m", f"{slope.path}.cover.face_cover", "soil.thickness")
        yield path, Plot(
            name=slope.name, place="slope_face", rock=slope.slope.benches.material != "soil", area=slope.cut.face_area,
            thickness=thickness,
        )  # fmt: skip


def _watering(project: Project, found: PlantingResult) -> Iterator[Remark]:
    """Trees watered beside trees planted, where the irrigation counts trees."""
    irrigation = project.water.irrigation if project.water is not None else None
    watered = sum(p.trees for p in irrigation.plantings if p.trees is not None) if irrigation is not None else 0
    if watered and watered != found.trees.value:
        benches = sum(
            s.count.value for p in found.places if p.width is not None for s in p.stands if s.species.form == "tree"
        )
        words = message(
            "planting.remark.watered", watered=watered, planted=f"{found.trees.value:.0f}", benches=f"{benches:.0f}"
        )
        yield Remark(level=Level.NOTE, subject="water.irrigation", text=words, numbers={"trees": found.trees})
