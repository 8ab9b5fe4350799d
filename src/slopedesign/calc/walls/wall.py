"""One wall checked in all its design situations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slopedesign.calc.walls.base_checks import (
    bearing_value,
    general_checks,
    key_passive,
    plane_checks,
    pressure_checks,
    stability_checks,
)
from slopedesign.calc.walls.body import WallBody, wall_body
from slopedesign.calc.walls.dowels import Dowels, dowel_capacity, dowel_moment
from slopedesign.calc.walls.forces import (
    PressureMemo,
    Solver,
    WallForces,
    unit_weight,
    wall_forces,
)
from slopedesign.calc.walls.judge import Judge, concrete_grade
from slopedesign.calc.walls.layout import Point
from slopedesign.calc.walls.section_checks import (
    DowelResult,
    NamedSection,
    dowel_checks,
    reinforced_checks,
    section_checks,
)
from slopedesign.calc.walls.sections import (
    SectionResult,
)
from slopedesign.calc.walls.situations import Name, Required, WallLoads, active, base_friction, required
from slopedesign.calc.walls.stability import BaseStability, base_stability
from slopedesign.i18n import message
from slopedesign.project.walls import WallBase, WallDesign, WallShape
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.check import Check, Level, Remark, Strength, Verdict
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Provenance, Source, Traced, measured


@dataclass(frozen=True, kw_only=True)
class SituationResult:
    """A wall in one situation."""

    name: Name
    forces: WallForces
    stability: BaseStability
    required: Required
    friction: Traced
    bearing: Traced | None
    bearing_steps: tuple[Step, ...]
    sections: tuple[SectionResult, ...]
    reinforced: tuple[NamedSection, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, kw_only=True)
class WallResult:
    """A wall in all situations.

    Attributes:
        checks: of the wall as such, then of every situation.
        governing: the check closest to (or furthest beyond) its limit.
    """

    subject: str
    body: WallBody
    loads: WallLoads
    height: Traced
    area: Traced
    unit_weight: Traced
    dowels: DowelResult | None
    situations: tuple[SituationResult, ...]
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]

    @property
    def governing(self) -> Check | None:
        """The binding check of a situation with the largest ratio of demand to capacity."""
        judged = [c for c in self.checks if c.ratio is not None and c.strength is Strength.MUST and c.situation]
        return max(judged, key=lambda check: check.ratio or 0.0, default=None)

    @property
    def holds(self) -> bool:
        """Whether no check fails; what could not be judged does not count as failed here, see `checks`."""
        return all(check.verdict is not Verdict.FAIL for check in self.checks)

    def situation(self, name: str) -> SituationResult | None:
        """The result of a situation, or None where it is not checked."""
        return next((s for s in self.situations if s.name == name), None)


def check_wall(
    design: WallDesign,
    shape: WallShape,
    loads: WallLoads,
    *,
    ground: Sequence[Point] = ((0.0, 0.0), (1.0, 0.0)),
    dowels: Dowels | None = None,
    subject: str = "wall",
    solve: Solver | None = None,
) -> WallResult:
    """Checks a wall in every situation of the project that speaks of it.

    Args:
        ground: line of the fill from where it meets the wall's rear face, relative to that point.
        dowels: bars into the rock under the wall, or None.
        solve: solver of pressure cases to share between walls with one fill; left out: one for this wall.

    Raises:
        InputError: geometry, soil, water or grades that cannot be used; the field is named.
    """
    body = wall_body(shape, loads.base.kind, ground=ground, field=f"{loads.field}.shape")
    held = _dowels(dowels, loads, shape) if dowels is not None else None
    solver = solve or PressureMemo()
    bodies = dict.fromkeys(active(design, loads), body)
    if "raised" in bodies:
        bodies["raised"] = wall_body(shape, loads.base.kind, ground=loads.raised_ground, field=f"{loads.field}.shape")
    found = tuple(_situation(design, b, loads, name, held, subject, solver) for name, b in bodies.items())
    general = tuple(general_checks(design, body, loads, held, subject))
    return WallResult(
        subject=subject, body=body, loads=loads,
        height=loads.size(shape, "height", label="walls.symbol.height"),
        area=measured(body.area, "m2", "walls.method.polygon_area", of="walls.part.wall", label="walls.symbol.A"),
        unit_weight=unit_weight(design, shape, f"{loads.field}.shape"), dowels=held, situations=found,
        checks=(*general, *(check for s in found for check in s.checks)),
        remarks=tuple(_remarks(body, loads, found, subject)),
    )  # fmt: skip


def _dowels(dowels: Dowels, loads: WallLoads, shape: WallShape) -> DowelResult:
    grade = concrete_grade(shape)
    capacity = dowel_capacity(dowels, loads.base, loads.base_field, grade)
    thickness = measured(shape.top_width, "m", "walls.method.section_geometry", label="walls.field.thickness")
    x, moment = dowel_moment(capacity, thickness, grade)
    mu = base_friction(loads.base, loads.base_field)
    return DowelResult(
        capacity=capacity, compression=x, moment=moment, friction=rows.DOWEL_FRICTION.at(mu=mu, T=capacity.per_metre)
    )


def _situation(
    design: WallDesign,
    body: WallBody,
    loads: WallLoads,
    name: Name,
    held: DowelResult | None,
    subject: str,
    solve: Solver,
) -> SituationResult:
    acting = wall_forces(design, body, loads, name, solve)
    limits = required(design, loads.base, name)
    friction = base_friction(loads.base, loads.base_field)
    grouted = held if name != "construction" else None
    moment = None
    if grouted is not None:
        arm = measured(
            body.base_width - grouted.capacity.dowels.axis.value - grouted.compression.value / 2, "m",
            "walls.method.lever_from_toe", "", x=grouted.compression,
        )  # fmt: skip
        moment = rows.MOMENT.at(F=grouted.capacity.per_metre, x=arm)
    stability = base_stability(
        weights=acting.weights, thrusts=acting.thrusts,
        base_width=measured(body.base_width, "m", "walls.method.section_geometry", label="walls.symbol.b"),
        base_deg=measured(body.base_deg, "deg", "walls.method.section_geometry", label="walls.symbol.alpha_0"),
        friction=friction, uplift=acting.uplift,
        resistance=grouted.friction if grouted is not None else key_passive(body, loads), resisting_moment=moment,
    )  # fmt: skip
    judge = Judge(subject, f"walls.situation.{name}", loads.field)
    bearing, bearing_steps = bearing_value(body, loads, name, stability.pressure)
    checks = [*stability_checks(design, judge, stability, limits)]
    checks += plane_checks(body, loads, judge, stability, limits)
    if held is None:
        checks += pressure_checks(design, judge, stability, limits, bearing, loads)
    else:
        checks += dowel_checks(design, body, loads, name, held, judge, solve)
    sections, more = section_checks(design, body, loads, name, judge, solve)
    reinforced, bars = reinforced_checks(design, body, loads, name, judge, stability, solve)
    return SituationResult(
        name=name, forces=acting, stability=stability, required=limits, friction=friction, bearing=bearing,
        bearing_steps=bearing_steps, sections=sections, reinforced=reinforced, checks=(*checks, *more, *bars),
    )  # fmt: skip


def _remarks(body: WallBody, loads: WallLoads, found: Sequence[SituationResult], subject: str) -> Iterable[Remark]:
    if loads.backfill.planting_soil and loads.use != "bench":
        yield Remark(level=Level.NOTE, subject=subject, text=message("walls.remark.planting_soil"),
                     source=Source(gb50330.STANDARD, "11.3", Provenance.RECALLED))  # fmt: skip
    if body.shape.material == "rubble_concrete":
        yield Remark(level=Level.NOTE, subject=subject, text=message("walls.remark.rubble_concrete"))
    for result in found:
        pressure = result.forces.pressure
        situation = message(f"walls.situation.{result.name}")
        if pressure.difference is not None and abs(pressure.difference) > 1e-3:
            yield Remark(level=Level.WARNING, subject=subject,
                         text=message("walls.remark.clause_differs", situation=situation,
                                      percent=f"{100 * pressure.difference:+.2f}"))  # fmt: skip
        if pressure.second_plane and pressure.second_limit is not None:
            flat = 90 - body.back_deg
            yield Remark(level=Level.WARNING, subject=subject,
                         text=message("walls.remark.second_plane", situation=situation, angle=f"{flat:.1f}",
                                      limit=f"{pressure.second_limit.value:.1f}"),
                         numbers={"alpha_cr": pressure.second_limit})  # fmt: skip
        if pressure.crack_depth > 0:
            yield Remark(level=Level.NOTE, subject=subject,
                         text=message("walls.remark.crack", situation=situation,
                                      depth=f"{pressure.crack_depth:.2f}"))  # fmt: skip


def base_of_material(kind: str) -> WallBase:
    """The base of a bench wall when the project states none: the bench's own ground, trimmed."""
    return WallBase(name="bench", kind=kind)
