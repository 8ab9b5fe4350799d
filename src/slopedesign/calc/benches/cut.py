"""Benches cut into surveyed ground: the lower of ground and design, and every number asked of it.

The headline volume is the exact overlay of both surfaces; beside it stands a second opinion that shares nothing with
the design's triangles. What lies beyond the survey is not counted: coverage and the length of rim that is only the
edge of the survey are results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from slopedesign.calc.benches.advice import advice_on
from slopedesign.calc.benches.amounts import UNKNOWN, Task, amounts_of
from slopedesign.calc.benches.base import base_string
from slopedesign.calc.benches.fit import fitted
from slopedesign.calc.benches.ground import GroundLayer, GroundModel
from slopedesign.calc.benches.join import existing_part, join_of
from slopedesign.calc.benches.levels import layout_at_levels
from slopedesign.calc.benches.limits import BenchLimits
from slopedesign.calc.benches.opinion import second_opinion_of
from slopedesign.calc.benches.parts import benches_of, faces_of
from slopedesign.calc.benches.result import BenchCut
from slopedesign.calc.benches.shapes import Shape
from slopedesign.calc.benches.strings import Sense
from slopedesign.calc.benches.whole import chords_of, coverage_of, overall_of
from slopedesign.calc.terrain import Tin, overlay
from slopedesign.errors import NoSolution
from slopedesign.i18n import message
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BaseLine, BenchDesign
from slopedesign.standards.check import Remark
from slopedesign.standards.trace import measured, total

__all__ = ["NOTHING", "UNKNOWN", "GroundLayer", "GroundModel", "cut_slope"]

NOTHING = 1e-6
"""A volume no greater than this is rounding, not a cut [m3]."""


def cut_slope(
    ground: Tin | GroundModel,
    base_line: BaseLine,
    design: BenchDesign,
    *,
    limits: Mapping[MaterialClass, BenchLimits],
    layers: Sequence[GroundLayer] = (),
    path: str = "slopes[0]",
    second_opinion: bool = True,
    apart: Shape | None = None,
    reach: float = 0.0,
) -> BenchCut:
    """A slope cut in benches.

    Args:
        ground: the surveyed surface; or the surface with its layers, kept by the caller for the next design, so that
            what was worked for the layers is used again.
        base_line: toe line, pit floor or crest line, with vertices (one kept in a file is read before).
        design: sizes; what is left out is proposed from `limits`.
        limits: the guide's limits by material.
        layers: materials from the ground down, where `ground` does not bring them; without layers everything is
            `design.material`.
        path: path of the slope in the project file, for messages.
        second_opinion: whether the sampled volume is worked too (it takes about as long as everything else).
        apart: area in E, N left to other slopes: nothing is cut there.
        reach: `layout.reach` of the cut without `apart`: the risers stay as they were chosen for the whole.

    Raises:
        InputError: what is stated cannot be laid out; see `base_string`, `propose`, `layout_from_base`.
        NoSolution: nothing is cut: the ground is nowhere higher than the design.
    """
    downward = design.mode == "crest_down"
    model = ground if isinstance(ground, GroundModel) else GroundModel(surface=ground, layers=tuple(layers))
    surface = model.surface
    base, notes = base_string(base_line, surface, downward=downward, path=f"{path}.base_line")
    if design.mode == "fixed_levels":
        layout, proposals, more = layout_at_levels(surface, base, design, limits, f"{path}.benches", apart)
        result = overlay(surface, layout.tin)
    else:
        sense: Sense = "down" if downward else "up"
        layout, proposals, result, more = fitted(surface, base, design, limits, sense, path, apart, reach)
    if not result.total.cut.value > NOTHING:
        raise NoSolution(message("benches.what_cut"), message("benches.nothing_cut", path=path))
    task = Task(model=model, layout=layout, result=result, proposals=proposals, design=design, limits=limits, path=path)
    return _cut(task, [*notes, *more], second_opinion)


def _cut(task: Task, notes: Sequence[Remark], second_opinion: bool) -> BenchCut:
    """Everything asked of a cut, put together."""
    layout, result = task.layout, task.result
    amounts, open_ends = amounts_of(task)
    whole, by_material = amounts.by_material(range(len(amounts.groups)), task.path)
    floor, floor_by_material = amounts.by_material([k for k, of in enumerate(amounts.groups) if of[0] == 0], task.path)
    benches, faces = benches_of(amounts), faces_of(amounts)
    used = float(len({face.number for face in faces}))
    overall = overall_of(task, amounts.outline)
    join = join_of(task.ground, layout, amounts.outline, result.daylight, task.model.outline)
    second = second_opinion_of(task, amounts.outline) if second_opinion else None
    chords, graver = chords_of(task, overall.back.value)
    existing, graded = existing_part(task.path, chords), existing_part(task.path, graver, 0)
    remarks = [*notes, *open_ends, *advice_on(task, amounts.outline, faces, join, second, chords)]
    return BenchCut(
        path=task.path, layout=layout, proposals=task.proposals, faces=faces, benches=benches, cut=whole,
        cut_by_material=by_material, floor_cut=floor, floor_cut_by_material=floor_by_material,
        volumes=result.total, slices=amounts.slices(), area=result.total.cut_area,
        face_area=total({f"{f.number}{f.sector}": f.slope_area for f in faces}, "m2", "benches.face_area"),
        bench_area=total({f"{b.number}{b.sector}": b.area for b in benches}, "m2", "benches.bench_area"),
        usable_area=total({f"{b.number}{b.sector}": b.usable_area for b in benches}, "m2", "benches.usable_area"),
        risers=measured(used, "-", "benches.by.count", task.path, "benches.riser_count"),
        base_level=overall.base, top_level=overall.top, height=overall.height, overall_angle=overall.angle,
        set_back=overall.back, existing_height=existing[0], existing_angle=existing[1], graded_height=graded[0],
        graded_angle=graded[1], daylight=result.daylight,
        outline=amounts.outline, on=amounts.on, join=join, coverage=coverage_of(task, overall.top.value), second=second,
        remarks=tuple(remarks),
    )  # fmt: skip
