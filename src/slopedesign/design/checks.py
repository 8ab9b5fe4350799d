"""Which clauses are asked of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from slopedesign.calc.benches.fit import TOP_SLACK
from slopedesign.calc.benches.limits import softest
from slopedesign.calc.benches.result import BenchCut
from slopedesign.calc.compliance import (
    DESIGN_MODULES,
    PLANT_MODULES,
    WATER_MODULES,
    answers_of,
    facts_of,
    judge_bench,
    judge_cover,
    judge_cut_slope,
    judge_drawings,
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
from slopedesign.calc.compliance.slopes import Steps
from slopedesign.calc.planting.checks import forms_of
from slopedesign.calc.roads import RoadsResult
from slopedesign.calc.walls.project_walls import WallsResult
from slopedesign.design.result import BenchWorks, SectionSlope, SlopeDesign, StripWorks
from slopedesign.design.walls import stable
from slopedesign.project.ground import MaterialClass
from slopedesign.project.project import Project
from slopedesign.project.slopes import Slope
from slopedesign.standards.check import Check
from slopedesign.standards.trace import Given, Traced, given, measured


def slope_checks(slope: Slope, path: str, project: Project, cut: BenchCut, works: Sequence[BenchWorks]) -> list[Check]:
    """The clauses on a slope, its faces, its benches, their walls and soil."""
    high_steep = project.facts.get("high_steep_slope")
    stepped = cut.risers.value > 1 or bool(cut.benches)
    profile: Literal["straight", "stepped"] = "stepped" if stepped else "straight"
    checks = judge_cut_slope(
        subject=path, material=softest(p.material for p in cut.proposals), profile=profile, height=cut.height,
        steps=_steps(cut), existing_height=cut.graded_height or cut.existing_height,
        existing_angle_deg=cut.graded_angle or cut.existing_angle, scarp=cut.join.scarp, field=f"{path}.benches",
        high_steep=None if high_steep is None else bool(high_steep),
    )  # fmt: skip
    for j, face in enumerate(cut.faces):
        height = judged_height(face.height, face.found_height)
        checks += judge_riser(
            subject=f"{path}.cut.faces[{j}]", material=face.material, profile=profile,
            height=height, angle_deg=face.angle,
            height_field=f"{path}.benches.riser_height", angle_field=f"{path}.benches.face_angle",
        )  # fmt: skip
        checks += face_ratio(f"{path}.cut.faces[{j}]", project, face.material, height, face.angle)
    for j, work in enumerate(works):
        subject = f"{path}.works[{j}]"
        bench = work.bench
        checks += judge_bench(
            subject=subject, material=bench.material, width=bench.width, wide=bench.wide, inward_fall_deg=bench.fall,
            width_field=f"{path}.benches.{'wide_berm_width' if bench.wide else 'berm_width'}",
            fall_field=f"{path}.benches.inward_fall_deg",
        )  # fmt: skip
    return checks


def judged_height(stated: Traced, found: Traced) -> Traced:
    """The height a face is judged by: as designed, or as found where the last face runs on to the ground."""
    return found if found.value > stated.value + TOP_SLACK else stated


def _steps(cut: BenchCut) -> list[Steps]:
    """Risers and wide berms of each stretch of the base line, alike ones once."""
    if cut.layout.base is None:
        return [Steps(material=cut.proposals[0].material, risers=cut.risers, wide_berms=cut.wide_benches)]
    found: dict[tuple[object, ...], Steps] = {}
    for k, proposal in enumerate(cut.proposals):
        risers = len({face.number for face in cut.faces if k in face.sweeps})
        wide = tuple(sorted({bench.number for bench in cut.benches if bench.wide and k in bench.sweeps}))
        if risers:
            count = measured(float(risers), "-", "benches.by.count", cut.path, "benches.riser_count")
            steps = Steps(material=proposal.material, risers=count, wide_berms=wide)
            found.setdefault((proposal.material, risers, wide), steps)
    return list(found.values())


def face_ratio(subject: str, project: Project, kind: MaterialClass, height: Traced, angle: Traced) -> list[Check]:
    """The slope ratios by analogy, for the materials whose class the investigation states."""
    classed = [m for m in project.materials if m.kind == kind and (m.rock_class or m.weathering or m.soil_state)]
    return [
        judge_face_ratio(
            subject=subject, height=height, angle_deg=angle,
            rock_class=m.rock_class, weathering=m.weathering, soil_state=m.soil_state, field=f"materials.{m.name}",
        )
        for m in classed
    ]  # fmt: skip


def retaining_checks(slope: SlopeDesign | SectionSlope, walls: WallsResult | None) -> list[Check]:
    """The guide's clauses on the walls and the soil of all benches of a slope; `walls` says whether they stand."""
    record = slope.slope
    checks: list[Check] = []
    works: tuple[BenchWorks | StripWorks, ...] = slope.works
    for j, work in enumerate(works):
        if work.cover is None:
            continue
        subject, wall = f"{slope.path}.works[{j}]", work.wall
        facts = wall_facts(
            record.wall, f"{slope.path}.wall", height=wall.height if wall else None,
            cover_thickness=work.cover.thickness, weep_holes=wall.total.weep_holes if wall else None,
            stable=stable(walls, subject),
        )  # fmt: skip
        checks += judge_wall(facts, subject=subject, field=f"{slope.path}.wall")
        if wall is not None:
            checks += [replace(check, subject=subject) for check in wall.checks if check.id != "wall.bench.height"]
        undulation = record.cover.undulation
        checks += judge_cover(
            subject=subject, place="cut_bench", thickness=work.cover.thickness, use=record.cover.use,
            undulation=None if undulation is None else given(undulation, "m", f"{slope.path}.cover.undulation"),
            field=f"{slope.path}.cover",
        )  # fmt: skip
    return checks


def other_checks(project: Project, roads: RoadsResult | None) -> list[Check]:
    """The clauses on everything but slopes."""
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
        materials=materials_of(project), forms=forms_of(project.planting) if project.planting is not None else (),
        modules=(*DESIGN_MODULES, *(WATER_MODULES if project.water is not None else ()),
                 *(PLANT_MODULES if project.planting is not None else ())),
    )  # fmt: skip
    return checks + drawing_checks(project)


def drawing_checks(project: Project) -> list[Check]:
    """Scales and completeness of the sheets and tables a run writes; a scale left to the sheet is not asked about."""
    settings = project.drawings

    def scale(name: str) -> Given | None:
        value: int | None = getattr(settings, name)
        return None if value is None else given(value, "-", f"drawings.{name}")

    sheets = {"deployment": scale("plan_scale"), "computation": None}
    if project.slopes:
        sheets |= {"plan_section": scale("section_scale"), "details": scale("detail_scale")}
    survey = stated_of(project).get("survey.scales")
    return judge_drawings(
        stage=project.info.stage, sheets=sheets, tables=("quantity",), answers=answers_of(project),
        survey_scale=given(float(survey), "-", "facts.survey.scales") if isinstance(survey, int | float) else None,
    )  # fmt: skip
