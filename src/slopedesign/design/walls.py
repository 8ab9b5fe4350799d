"""Every wall of the design checked in all situations: bench walls from the cut, toe walls from the project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slopedesign.calc.walls.project_walls import BenchRun, WallsResult, design_walls
from slopedesign.design.result import BenchWorks, Design, SectionSlope, SlopeDesign, StripWorks
from slopedesign.project.ground import MaterialClass
from slopedesign.project.project import Project
from slopedesign.project.walls import WallDesign
from slopedesign.standards.check import Verdict

AnySlope = SlopeDesign | SectionSlope


def walls_design(project: Project, slopes: Sequence[AnySlope], previous: Design | None) -> WallsResult | None:
    """The walls of all built slopes; taken over where nothing they rest on has changed.

    Raises:
        InputError: see `design_walls`.
    """
    runs = [run for slope in slopes for run in _runs(slope)]
    record = project.walls or WallDesign()
    if not runs and not record.toe_walls:
        return None
    old: list[AnySlope] = [*previous.slopes, *previous.section_slopes] if previous is not None else []
    known = previous.walls if previous is not None and previous.project.walls == project.walls else None
    if known is not None and [id(s) for s in old if not s.slope.variant_of] == [id(s) for s in slopes]:
        return known
    return design_walls(record, runs, known)


def stable(walls: WallsResult | None, subject: str) -> bool | None:
    """Whether no must-check of the wall on a bench fails; None where its stability was not worked."""
    checks = [check for check in (walls.checks if walls else ()) if check.subject == subject]
    if not checks:
        return None
    return not any(check.verdict is Verdict.FAIL for check in checks)


def _runs(slope: AnySlope) -> Iterator[BenchRun]:
    works: tuple[BenchWorks | StripWorks, ...] = slope.works
    for j, work in enumerate(works):
        wall = work.wall
        if wall is None or work.cover is None or slope.slope.wall.kind == "stacked_rock":
            continue
        above, below = _faces(slope, work)
        yield BenchRun(
            subject=f"{slope.path}.works[{j}]", field=f"{slope.path}.wall", wall=slope.slope.wall, height=wall.height,
            soil=work.cover.thickness, length=wall.length, material=wall_material(slope, work), from_chainage=0.0,
            to_chainage=wall.length.value, width_behind=wall.planting_width.value, riser_deg=above, below_deg=below,
        )  # fmt: skip


def wall_material(slope: AnySlope, work: BenchWorks | StripWorks) -> MaterialClass:
    """What the bench is cut in."""
    if isinstance(slope, SlopeDesign) and isinstance(work, BenchWorks):
        return work.bench.material
    assert isinstance(slope, SectionSlope)
    return slope.cut.proposal.material


def _faces(slope: AnySlope, work: BenchWorks | StripWorks) -> tuple[float | None, float | None]:
    """Angles of the face above and of the face below a bench [deg]."""
    if isinstance(slope, SlopeDesign):
        angles = {face.number: face.angle.value for face in slope.cut.faces}
    else:
        angles = {riser.number: riser.angle.value for riser in slope.cut.proposal.profile.risers}
    number = work.bench.number
    return angles.get(number + 1), angles.get(number)
