"""One slope on typed sections alone: the classic hand method."""

from __future__ import annotations

from collections.abc import Mapping

from slopedesign.calc.benches.section_method import BenchStrip, cut_typed_sections
from slopedesign.calc.compliance import bench_limits, judge_bench, judge_cut_slope, judge_riser
from slopedesign.calc.cover import bench_cover
from slopedesign.calc.walls.bench_wall import design_bench_wall
from slopedesign.design.checks import face_ratio, judged_height
from slopedesign.design.clock import Clock
from slopedesign.design.result import Design, Ground, SectionSlope, StripWorks
from slopedesign.design.slopes import MATERIALS, layer_of
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.ground import GroundSection
from slopedesign.project.project import Project
from slopedesign.project.slopes import Slope
from slopedesign.standards.check import Check
from slopedesign.standards.trace import given, measured
from slopedesign.survey import SectionsImport
from slopedesign.workspace import Sources


def section_slope(
    i: int, slope: Slope, project: Project, sources: Sources, grounds: Mapping[str, Ground], previous: Design | None,
    clock: Clock,
) -> SectionSlope:  # fmt: skip
    """Cut, walls, soil and checks of a slope that has sections and no surface.

    Raises:
        InputError: the sections cannot be used; see `cut_typed_sections`.
    """
    path = f"slopes[{i}]"
    known = next((old for old in (previous.section_slopes if previous else ()) if old.path == path), None)
    if (
        known is not None
        and previous is not None
        and known.slope == slope
        and previous.project.materials == project.materials
        and previous.sources.sections.get(slope.sections_file) is sources.sections.get(slope.sections_file)
    ):
        return known
    with clock("stage.cut", name=slope.name):
        sections = slope.typed_sections or _read(sources.sections[slope.sections_file], slope.sections_file, path)
        cut = cut_typed_sections(
            sections, slope.benches, limits={material: bench_limits(material) for material in MATERIALS},
            layers=[layer_of(project, grounds, layer) for layer in slope.layers],
            toe_level=_toe_level(slope), radius=slope.toe_curvature_radius,
            convex=slope.toe_is_convex or slope.toe_bend == "convex", path=path,
        )  # fmt: skip
    with clock("stage.walls", name=slope.name):
        berms = {berm.number: berm for berm in cut.proposal.profile.berms}
        works = tuple(_works(slope, path, strip, cut.proposal.material, berms) for strip in cut.benches)
    stepped = len(cut.faces) > 1 or bool(cut.benches)
    high_steep = project.facts.get("high_steep_slope")
    checks: list[Check] = judge_cut_slope(
        subject=path, material=cut.proposal.material, profile="stepped" if stepped else "straight", height=cut.height,
        risers=measured(float(len(cut.faces)), "-", "benches.by.count", path, "benches.riser_count"),
        wide_berms=tuple(strip.number for strip in cut.benches if strip.wide),
        existing_height=cut.graded_height or cut.existing_height,
        existing_angle_deg=cut.graded_angle or cut.existing_angle, field=f"{path}.benches",
        high_steep=None if high_steep is None else bool(high_steep),
    )  # fmt: skip
    for j, face in enumerate(cut.faces):
        height = judged_height(face.height, face.found_height)
        checks += judge_riser(
            subject=f"{path}.cut.faces[{j}]", material=cut.proposal.material,
            profile="stepped" if stepped else "straight", height=height, angle_deg=face.angle,
            height_field=f"{path}.benches.riser_height", angle_field=f"{path}.benches.face_angle",
        )  # fmt: skip
        checks += face_ratio(f"{path}.cut.faces[{j}]", project, cut.proposal.material, height, face.angle)
    for j, work in enumerate(works):
        berm = berms[work.bench.number]
        checks += judge_bench(
            subject=f"{path}.works[{j}]", material=cut.proposal.material, width=berm.width, wide=work.bench.wide,
            inward_fall_deg=berm.fall, width_field=f"{path}.benches.berm_width",
            fall_field=f"{path}.benches.inward_fall_deg",
        )  # fmt: skip
    remarks = [*cut.remarks, *cut.proposal.reasons]
    remarks += [remark for work in works if work.wall is not None for remark in work.wall.remarks]
    return SectionSlope(
        name=slope.name, path=path, slope=slope, cut=cut, works=works, checks=tuple(checks), remarks=tuple(remarks)
    )


def _toe_level(slope: Slope) -> float | None:
    if slope.toe_level is not None:
        return slope.toe_level
    return slope.base_line.elevation if slope.base_line is not None else None


def _read(found: SectionsImport, name: str, path: str) -> tuple[GroundSection, ...]:
    if not found.sections:
        raise InputError(f"{path}.sections_file", name, message("design.no_sections"))
    return tuple(
        GroundSection(
            name=section.name, station=section.station,
            points=tuple((float(x), float(z)) for x, z in section.points),
            origin=section.origin, azimuth_deg=section.azimuth_deg,
        )
        for section in found.sections
    )  # fmt: skip


def _works(slope: Slope, path: str, strip: BenchStrip, material: str, berms: Mapping[int, object]) -> StripWorks:
    name = str(strip.number)
    length = strip.length
    if strip.area.value <= 0 or length.value <= 0:
        return StripWorks(
            bench=strip, name=name, wall_length=None, wall=None, cover=None, without=message("design.not_usable")
        )
    berm = berms[strip.number]
    thickness = given(slope.cover.thickness, "m", f"{path}.cover.thickness", "soil.thickness")
    wall, without = None, None
    if slope.wall.kind == "none":
        without = message("choice.none")
    elif length.value <= 2 * slope.wall.end_setback:
        without = message("design.wall_too_short")
    else:
        wall = design_bench_wall(slope.wall, thickness, length, berm.width, material, f"{path}.wall")  # type: ignore[attr-defined,arg-type]
    cover = bench_cover(name, slope.cover, slope.wall, strip.area, length, berm.fall, path)  # type: ignore[attr-defined]
    return StripWorks(bench=strip, name=name, wall_length=length, wall=wall, cover=cover, without=without)
