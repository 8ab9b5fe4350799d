"""One wall checked in all its design situations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slopedesign.calc.walls.body import WallBody, wall_body
from slopedesign.calc.walls.dowels import DowelCapacity, Dowels, dowel_capacity, dowel_moment
from slopedesign.calc.walls.forces import (
    PressureMemo,
    Solver,
    StemForces,
    WallForces,
    section_forces,
    section_levels,
    stem_forces,
    unit_weight,
    wall_forces,
)
from slopedesign.calc.walls.layout import Point
from slopedesign.calc.walls.sections import (
    ReinforcedSection,
    SectionForces,
    SectionResult,
    masonry_section,
    plain_section,
    reinforced_section,
    trapezoid_moment,
)
from slopedesign.calc.walls.situations import Name, Required, WallLoads, active, base_friction, required
from slopedesign.calc.walls.stability import BaseStability, base_stability
from slopedesign.i18n import Message, message
from slopedesign.project.walls import BarSet, WallBase, WallDesign, WallShape
from slopedesign.standards import gb50003_2011, gb50007_2011, sl379_2007
from slopedesign.standards import gb50010_2010 as concrete_code
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.check import Check, Level, Relation, Remark, Strength, Verdict
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Provenance, Source, Traced, given, measured, total

MASONRY_GRADES = ("masonry",)
PLAIN_GRADES = {"rubble_concrete": "C20"}
GABION_FRICTION = 0.6


@dataclass(frozen=True, kw_only=True)
class NamedSection:
    """A reinforced section and where it lies: "stem", "toe" or "heel"."""

    place: str
    section: ReinforcedSection


@dataclass(frozen=True, kw_only=True)
class DowelResult:
    """The dowels against the moment at the wall's foot."""

    capacity: DowelCapacity
    compression: Step
    moment: Step
    friction: Step


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
    general = tuple(_general(design, body, loads, held, subject))
    return WallResult(
        subject=subject, body=body, loads=loads,
        height=given(shape.height, "m", f"{loads.field}.shape.height", "walls.symbol.height"),
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


def concrete_grade(shape: WallShape) -> str:
    """Concrete grade of a shape's material; rubble concrete counts as C20."""
    return PLAIN_GRADES.get(shape.material, shape.material)


class _Judge:
    """Builds the checks of one situation on one wall."""

    def __init__(self, subject: str, situation: str, field: str) -> None:
        self.subject, self.situation, self.field = subject, situation, field

    def check(
        self, name: str, source: Source, relation: Relation, found: Traced | Message | None,
        limit: Traced | Message | None, *, strength: Strength = Strength.MUST, missing: tuple[str, ...] = (),
        na: Message | None = None, holds: bool | None = None, at: str = "", notes: tuple[Message, ...] = (),
    ) -> Check:  # fmt: skip
        title = message(f"walls.check.{name}", at=at) if at else message(f"walls.check.{name}")
        return Check(
            id=f"wall.{name}", subject=self.subject, title=title, source=source, strength=strength,
            relation=Relation.STATED if holds is not None else relation, found=found, required=limit, holds=holds,
            missing=missing, not_applicable=na, field=self.field, situation=self.situation, notes=notes,
        )  # fmt: skip


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
        resistance=grouted.friction if grouted is not None else 0.0, resisting_moment=moment,
    )  # fmt: skip
    judge = _Judge(subject, f"walls.situation.{name}", loads.field)
    bearing, bearing_steps = _bearing(body, loads, name)
    checks = [*_stability_checks(design, judge, stability, limits)]
    checks += _plane_checks(body, loads, judge, stability, limits)
    if held is None:
        checks += _pressure_checks(design, judge, stability, limits, bearing, loads)
    else:
        checks += _dowel_checks(design, body, loads, name, held, judge, solve)
    sections, more = _section_checks(design, body, loads, name, judge, solve)
    reinforced, bars = _reinforced_checks(design, body, loads, name, judge, stability, solve)
    return SituationResult(
        name=name, forces=acting, stability=stability, required=limits, friction=friction, bearing=bearing,
        bearing_steps=bearing_steps, sections=sections, reinforced=reinforced, checks=(*checks, *more, *bars),
    )  # fmt: skip


def _stability_checks(design: WallDesign, judge: _Judge, stability: BaseStability, limits: Required) -> list[Check]:
    still = message("walls.na.nothing_drives")
    sliding: Step | None = stability.sliding
    overturning: Step | None = stability.overturning
    if design.code == "SL379" and sliding is not None and overturning is not None:
        overturning = sl379_2007.OVERTURNING.at(M_v=stability.resisting, M_h=stability.driving)
    standard = {"SL379": "SL 379-2007", "JTG_D30": "JTG D30-2015"}.get(design.code)

    def source(step: Step | None, fallback: Source, limit: Traced) -> Source:
        own = getattr(limit, "source", None)
        if standard is not None and own is not None:
            return Source(own.standard, own.clause, own.provenance, own.note)
        return step.formula.source if step is not None else fallback

    return [
        judge.check("sliding", source(sliding, gb50330.SLIDING.source, limits.sliding), Relation.AT_LEAST, sliding,
                    limits.sliding, na=still if sliding is None else None),
        judge.check("overturning", source(overturning, gb50330.OVERTURNING.source, limits.overturning),
                    Relation.AT_LEAST, overturning, limits.overturning, na=still if overturning is None else None),
    ]  # fmt: skip


def _plane_checks(
    body: WallBody, loads: WallLoads, judge: _Judge, stability: BaseStability, limits: Required
) -> list[Check]:
    """Sliding on the level plane through the lowest point of an inclined or keyed base, in soil."""
    key = body.shape.key_depth
    if body.base_deg <= 0 and key <= 0:
        return []
    name = "sliding_key" if key > 0 else "sliding_toe_plane"
    source = Source(gb50330.STANDARD, "11.2.3", Provenance.RECALLED, "walls.note.level_plane")
    base = loads.base
    if base.kind != "soil":
        return [judge.check(name, source, Relation.AT_LEAST, None, limits.sliding, na=message("walls.na.rock_base"))]
    if base.friction_angle_deg is None:
        return [judge.check(name, source, Relation.AT_LEAST, None, limits.sliding,
                            missing=(f"{loads.base_field}.friction_angle_deg",))]  # fmt: skip
    if stability.horizontal.value <= 0:
        return [judge.check(name, source, Relation.AT_LEAST, None, limits.sliding,
                            na=message("walls.na.nothing_drives"))]  # fmt: skip
    phi = given(base.friction_angle_deg, "deg", f"{loads.base_field}.friction_angle_deg")
    cohesion = given(base.cohesion or 0.0, "kPa", f"{loads.base_field}.cohesion")
    gamma = given(base.unit_weight, "kN/m3", f"{loads.base_field}.unit_weight")
    under: Traced = rows.TOE_PLANE_SOIL.at(gamma=gamma, b=body.base_width, alpha_0=body.base_deg)
    if key > 0:
        block = body.base_width * key - body.shape.key_width * key
        under = total(
            {"W_inclined": under, "W_key": rows.WEIGHT.at(gamma=gamma, A=block)}, "kN/m", "walls.symbol.W_under"
        )
    k_p = gb50330.RANKINE_PASSIVE.at(phi=phi)
    front = body.shape.embedment + key
    passive = gb50330.PASSIVE_THRUST.at(gamma=gamma, h=front, K_p=k_p, c=cohesion, q=0.0)
    share = given(base.passive_share, "-", f"{loads.base_field}.passive_share")
    vertical = total({"G": stability.weight, "E_z": stability.vertical}, "kN/m", "walls.symbol.V")
    lift = stability.uplift.force if stability.uplift is not None else measured(0.0, "kN/m", "walls.method.none")
    step = rows.PLANE_SLIDING.at(
        V=vertical, W=under, U=lift, phi=phi, c=cohesion, b=body.base_width,
        E_p=rows.PASSIVE_USED.at(k=share, E_p=passive), E_x=stability.horizontal,
    )  # fmt: skip
    return [judge.check(name, source, Relation.AT_LEAST, step, limits.sliding)]


def _bearing(body: WallBody, loads: WallLoads, name: Name) -> tuple[Traced | None, tuple[Step, ...]]:
    base, path = loads.base, loads.base_field
    gamma = given(base.unit_weight, "kN/m3", f"{path}.unit_weight")
    depth = given(body.shape.embedment, "m", f"{loads.field}.shape.embedment")
    width = measured(body.base_width, "m", "walls.method.section_geometry", label="walls.symbol.b")
    step: Step
    if base.bearing is not None:
        f_ak = given(base.bearing, "kPa", f"{path}.bearing", "walls.symbol.f_ak")
        step = gb50007_2011.CORRECTED_BEARING.at(
            f_ak=f_ak, eta_b=given(base.eta_b, "-", f"{path}.eta_b"), eta_d=given(base.eta_d, "-", f"{path}.eta_d"),
            gamma=gamma, gamma_m=gamma, b=width, d=depth,
        )  # fmt: skip
    elif base.friction_angle_deg is not None and base.cohesion is not None:
        m_b, m_d, m_c = gb50007_2011.bearing_factors(base.friction_angle_deg, f"{path}.friction_angle_deg")
        step = gb50007_2011.STRENGTH_BEARING.at(
            M_b=m_b, M_d=m_d, M_c=m_c, gamma=gamma, gamma_m=gamma, b=width, d=depth,
            c_k=given(base.cohesion, "kPa", f"{path}.cohesion"),
        )  # fmt: skip
    else:
        return None, ()
    if name != "earthquake":
        return step, (step,)
    seismic = gb50007_2011.SEISMIC_BEARING.at(zeta_a=gb50007_2011.limit("seismic_bearing", base.kind), f_a=step)
    return seismic, (step, seismic)


def _pressure_checks(
    design: WallDesign, judge: _Judge, stability: BaseStability, limits: Required, bearing: Traced | None,
    loads: WallLoads,
) -> list[Check]:  # fmt: skip
    pressure = stability.pressure
    ecc_source = getattr(limits.eccentricity, "source", Source("GB 50007-2011", "6.7.5-4", Provenance.RECALLED))
    p_source = Source("GB 50007-2011", "5.2.1", Provenance.RECALLED)
    if pressure is None or pressure.maximum is None:
        words = message("walls.fact.base_lifts")
        return [
            judge.check("eccentricity", ecc_source, Relation.STATED, words, limits.eccentricity, holds=False),
            judge.check("pressure_max", p_source, Relation.STATED, words, None, holds=False),
        ]
    found = [judge.check("eccentricity", ecc_source, Relation.AT_MOST, pressure.share, limits.eccentricity)]
    missing = () if bearing is not None else (f"{loads.base_field}.bearing",)
    allowed = None
    if bearing is not None:
        factor = gb50007_2011.limit("pressure", "max_over_fa")
        allowed = rows.ALLOWED_PRESSURE.at(k=factor, f_a=bearing)
    found.append(judge.check("pressure_mean", p_source, Relation.AT_MOST, pressure.mean, bearing, missing=missing))
    found.append(judge.check("pressure_max", p_source, Relation.AT_MOST, pressure.maximum, allowed, missing=missing))
    minimum = pressure.minimum
    assert minimum is not None
    found.append(
        judge.check("pressure_min", p_source, Relation.MORE_THAN, minimum,
                    measured(0.0, "kPa", "walls.method.pressed_all_over"), strength=Strength.INFO)
    )  # fmt: skip
    if limits.stress_ratio is not None:
        if minimum.value > 0:
            ratio = sl379_2007.STRESS_RATIO.at(p_max=pressure.maximum, p_min=minimum)
            found.append(judge.check("stress_ratio", sl379_2007.STRESS_RATIO.source, Relation.AT_MOST, ratio,
                                     limits.stress_ratio))  # fmt: skip
        else:
            found.append(
                judge.check(
                    "stress_ratio",
                    sl379_2007.STRESS_RATIO.source,
                    Relation.STATED,
                    message("walls.fact.partly_pressed"),
                    limits.stress_ratio,
                    holds=False,
                )
            )
    return found


def _dowel_checks(
    design: WallDesign,
    body: WallBody,
    loads: WallLoads,
    name: Name,
    held: DowelResult,
    judge: _Judge,
    solve: Solver,
) -> list[Check]:
    if name == "construction":
        return []
    foot = body.shape.toe_step_height
    acting = stem_forces(design, body, loads, name, foot, solve)
    if acting is None:
        return []
    source = held.capacity.rock.formula.source
    note = message(f"walls.fact.dowel_{held.capacity.governs}")
    return [
        judge.check("dowel_moment", source, Relation.AT_MOST, acting.moment, held.moment, notes=(note,)),
    ]


def _section_checks(
    design: WallDesign, body: WallBody, loads: WallLoads, name: Name, judge: _Judge, solve: Solver
) -> tuple[tuple[SectionResult, ...], list[Check]]:
    shape = body.shape
    if shape.kind != "gravity" and shape.kind != "gabion":
        return (), []
    found: list[SectionResult] = []
    for level in section_levels(body):
        acting = section_forces(design, body, loads, name, level, solve)
        if shape.material == "masonry":
            found.append(
                masonry_section(acting, stone=shape.stone_grade, mortar=shape.mortar_grade,
                                height_above=shape.height - level)
            )  # fmt: skip
        elif shape.material == "gabion" or shape.kind == "gabion":
            found.append(_gabion_section(acting.width, acting))
        else:
            found.append(plain_section(acting, grade=concrete_grade(shape)))
    return tuple(found), _worst_sections(found, shape, judge)


def _gabion_section(width: Traced, acting: SectionForces) -> SectionResult:
    """A course of gabions: the resultant in the middle half, friction between baskets."""
    y = measured(width.value / 2, "m", "walls.method.half_width", b=width)
    mu = measured(GABION_FRICTION, "-", "walls.method.gabion_friction", label="walls.symbol.mu")
    return SectionResult(
        forces=acting, eccentricity_limit=rows.ECCENTRICITY_LIMIT.at(k=0.5, y=y), normal_capacity=None,
        shear_capacity=rows.DOWEL_FRICTION.at(mu=mu, T=acting.normal),
    )  # fmt: skip


def _worst_sections(found: Sequence[SectionResult], shape: WallShape, judge: _Judge) -> list[Check]:
    """The worst level of each kind of section check."""
    checks: list[Check] = []
    stone = shape.material == "masonry"
    ecc_source = gb50003_2011.COMPRESSION.source if stone else concrete_code.PLAIN_AXIAL.source
    if stone:
        ecc_source = Source(gb50003_2011.STANDARD, "5.1.5", Provenance.RECALLED)

    def worst(items: Iterable[tuple[float, SectionResult]]) -> SectionResult | None:
        return max(items, key=lambda pair: pair[0], default=(0.0, None))[1]

    if stone or shape.material == "gabion" or shape.kind == "gabion":
        far = worst((_size(s).value / s.eccentricity_limit.value, s) for s in found)
        if far is not None:
            checks.append(
                judge.check("section_eccentricity", ecc_source, Relation.AT_MOST, _size(far), far.eccentricity_limit,
                            at=f"{far.forces.level:.2f}")
            )  # fmt: skip
    pressed = worst(
        (s.forces.normal.value / s.normal_capacity.value, s)
        for s in found if s.normal_capacity is not None and s.normal_capacity.value > 0
    )  # fmt: skip
    if pressed is not None:
        source = gb50003_2011.COMPRESSION.source if stone else concrete_code.PLAIN_AXIAL.source
        checks.append(
            judge.check("section_compression", source, Relation.AT_MOST, pressed.forces.normal,
                        pressed.normal_capacity, at=f"{pressed.forces.level:.2f}")
        )  # fmt: skip
    lost = [s for s in found if s.normal_capacity is None and shape.material != "gabion" and shape.kind != "gabion"]
    if lost:
        checks.append(
            judge.check("section_compression", ecc_source, Relation.STATED, message("walls.fact.resultant_outside"),
                        None, holds=False, at=f"{lost[-1].forces.level:.2f}")
        )  # fmt: skip
    sheared = worst(
        (s.forces.shear.value / s.shear_capacity.value, s)
        for s in found if s.shear_capacity is not None and s.shear_capacity.value > 0
    )  # fmt: skip
    if sheared is not None:
        source = gb50003_2011.BED_JOINT_SHEAR.source if stone else rows.DOWEL_FRICTION.source
        checks.append(
            judge.check("section_shear", source, Relation.AT_MOST, sheared.forces.shear, sheared.shear_capacity,
                        at=f"{sheared.forces.level:.2f}")
        )  # fmt: skip
    return checks


def _size(section: SectionResult) -> Traced:
    e = section.forces.eccentricity
    return measured(abs(e.value), "m", "walls.method.size", label="walls.symbol.e", e=e)


def _reinforced_checks(
    design: WallDesign,
    body: WallBody,
    loads: WallLoads,
    name: Name,
    judge: _Judge,
    stability: BaseStability,
    solve: Solver,
) -> tuple[tuple[NamedSection, ...], list[Check]]:
    shape = body.shape
    if shape.kind not in ("cantilever", "semi_gravity"):
        return (), []
    foot = shape.slab if shape.kind == "cantilever" else shape.toe_step_height
    found: list[NamedSection] = []
    missing: list[Check] = []
    stem = stem_forces(design, body, loads, name, foot, solve)
    front, rear = body.width_at(foot)
    wanted: list[tuple[str, BarSet | None, StemForces | None, float]] = [("stem", shape.stem_bars, stem, rear - front)]
    if shape.kind == "cantilever":
        toe, heel = _slab_forces(body, loads, stability, design, name)
        if shape.toe > 0:
            wanted.append(("toe", shape.toe_bars, toe, shape.slab))
        if shape.heel > 0:
            wanted.append(("heel", shape.heel_bars, heel, shape.slab))
    for place, bars, acting, depth in wanted:
        path = f"{loads.field}.shape.{place}_bars"
        if bars is None:
            missing.append(judge.check(f"{place}_bending", concrete_code.MOMENT_CAPACITY.source, Relation.AT_MOST,
                                       None, None, missing=(path,)))  # fmt: skip
        elif acting is not None:
            section = reinforced_section(
                bars=bars, depth=measured(depth, "m", "walls.method.section_geometry", label="walls.symbol.h"),
                grade=concrete_grade(shape), moment=acting.moment, shear=acting.shear, service=acting.service,
                field=path,
            )  # fmt: skip
            found.append(NamedSection(place=place, section=section))
    checks = [check for item in found for check in _bar_checks(design, item, judge, name, shape)]
    return tuple(found), [*missing, *checks]


def _bar_checks(design: WallDesign, item: NamedSection, judge: _Judge, name: Name, shape: WallShape) -> list[Check]:
    place, s = item.place, item.section
    over = s.flexure.compression.value > s.flexure.limit.value
    checks = [
        judge.check(f"{place}_bending", concrete_code.MOMENT_CAPACITY.source, Relation.AT_MOST, s.moment,
                    s.flexure.capacity),
        judge.check(f"{place}_shear", concrete_code.SHEAR_CAPACITY.source, Relation.AT_MOST, s.shear,
                    s.shear_capacity),
    ]  # fmt: skip
    if over:
        checks.append(judge.check(f"{place}_compression_depth", concrete_code.DEPTH_LIMIT.source, Relation.AT_MOST,
                                  s.flexure.compression, s.flexure.limit))  # fmt: skip
    if s.crack is not None and name in ("normal", "rainstorm", "raised"):
        limit = concrete_code.limit("crack_limit", design.environment)
        checks.append(judge.check(f"{place}_crack", concrete_code.CRACK_WIDTH.source, Relation.AT_MOST, s.crack.width,
                                  limit))  # fmt: skip
    if name == "normal":
        source = concrete_code.OVER_THICK_RATIO.source if s.over_thick else concrete_code.MIN_RATIO.source
        notes = (message("walls.fact.over_thick", strict=f"{s.strict_ratio.value:.5f}"),) if s.over_thick else ()
        checks.append(judge.check(f"{place}_min_steel", source, Relation.AT_LEAST, s.ratio, s.least_ratio,
                                  notes=notes))  # fmt: skip
        apart = given(s.bars.spacing_mm, "mm", f"{judge.field}.shape.{place}_bars.spacing_mm")
        table = "wall" if shape.kind == "semi_gravity" else "slab"
        limit = concrete_code.limit("spacing", table)
        checks.append(judge.check(f"{place}_spacing", limit.source, Relation.AT_MOST, apart, limit))
    return checks


def _slab_forces(
    body: WallBody, loads: WallLoads, stability: BaseStability, design: WallDesign, name: Name
) -> tuple[StemForces | None, StemForces | None]:
    """Bending of toe and heel slab at the stem's faces, from base pressure, own weight, soil and load above."""
    pressure, shape = stability.pressure, body.shape
    if pressure is None or pressure.maximum is None:
        return None, None
    b = pressure.length.value
    gamma = unit_weight(design, shape, f"{loads.field}.shape").value
    factor = 1.0 if name == "blocked" else concrete_code.limit("load_factor", "permanent").value

    def under(x: float) -> float:
        if pressure.pressed >= b - 1e-9:
            return pressure.at_toe + (pressure.at_heel - pressure.at_toe) * x / b
        at = x if pressure.at_toe > 0 else b - x
        return max(max(pressure.at_toe, pressure.at_heel) * (1 - at / pressure.pressed), 0.0)

    def forces(place: str, width: float, edge: float, root: float) -> StemForces:
        shear, moment = trapezoid_moment(width, edge, root)
        parts: dict[str, Traced] = {"p": pressure.maximum, "N": pressure.normal}  # type: ignore[dict-item]
        service = measured(moment, "kN m/m", f"walls.method.{place}_slab", "", label="walls.symbol.M_k", **parts)
        return StemForces(
            level=0.0, service=service,
            moment=rows.FACTORED_MOMENT.at(gamma_F=factor, M_k=service),
            shear=measured(shear * factor, "kN/m", f"walls.method.{place}_slab", "", label="walls.symbol.V_section",
                           **parts),
        )  # fmt: skip

    own = gamma * shape.slab
    toe = forces("toe", shape.toe, under(0.0) - own, under(shape.toe) - own) if shape.toe > 0 else None
    heel = None
    if shape.heel > 0:
        soil = next((w.force.value for w in stability.weights if w.name == "soil_on_heel"), 0.0) / shape.heel
        down = own + soil + loads.surcharge.value + max(stability.vertical.value, 0.0) / shape.heel
        edge, root = down - under(b), down - under(b - shape.heel)
        heel = forces("heel", shape.heel, edge, root)
    return toe, heel


def _general(
    design: WallDesign, body: WallBody, loads: WallLoads, held: DowelResult | None, subject: str
) -> Iterable[Check]:
    """Checks of the wall as such: sizes, embedment, distance to the edge, dowels, ground as a whole."""
    shape, base = body.shape, loads.base
    judge = _Judge(subject, "", loads.field)
    top = gb50330.limit("top_width", "masonry" if shape.material == "masonry" else "concrete")
    yield judge.check("top_width", top.source, Relation.AT_LEAST,
                      given(shape.top_width, "m", f"{loads.field}.shape.top_width"), top)  # fmt: skip
    height = given(shape.height, "m", f"{loads.field}.shape.height", "walls.symbol.height")
    key = "cantilever" if shape.kind == "cantilever" else "gravity_soil" if base.kind == "soil" else "gravity_rock"
    tallest = gb50330.limit("height", key)
    yield judge.check("height_limit", tallest.source, Relation.AT_MOST, height, tallest)
    if loads.use == "toe_fill":
        guide = Source("guide", "7.2.2.3(1)2)⑤", Provenance.GUIDE)
        above = given(shape.height - shape.embedment, "m", f"{loads.field}.shape.height", "walls.symbol.height")
        limit = measured(2.0, "m", "walls.method.guide_toe_wall")
        yield judge.check("toe_wall_height", guide, Relation.AT_MOST, above, limit, strength=Strength.NORMALLY)
    if loads.use != "bench":
        deep = gb50330.limit("embedment", "soil" if base.kind == "soil" else "rock")
        found = given(shape.embedment, "m", f"{loads.field}.shape.embedment")
        yield judge.check("embedment", deep.source, Relation.AT_LEAST, found, deep, strength=Strength.SHOULD)
    if shape.material == "masonry":
        stone = given(shape.stone_grade, "MPa", f"{loads.field}.shape.stone_grade")
        mortar = given(shape.mortar_grade, "MPa", f"{loads.field}.shape.mortar_grade")
        source = Source(gb50330.STANDARD, "11.3", Provenance.RECALLED)
        yield judge.check("stone", source, Relation.AT_LEAST, stone, measured(30.0, "MPa", "walls.method.stone_least"))
        yield judge.check("mortar", source, Relation.AT_LEAST, mortar,
                          measured(5.0, "MPa", "walls.method.mortar_least"))  # fmt: skip
    if held is not None:
        yield from _dowel_details(held, loads, judge)
    yield from _edge(body, loads, judge)
    yield _global(loads, judge)


def _dowel_details(held: DowelResult, loads: WallLoads, judge: _Judge) -> Iterable[Check]:
    depth = held.capacity.dowels.embedment
    guide = Source("guide", "7.2.2.3(3)3)②", Provenance.GUIDE)
    yield judge.check("dowel_depth", guide, Relation.AT_LEAST, depth, measured(0.4, "m", "walls.method.guide_dowel"))
    yield judge.check("dowel_40d", held.capacity.forty.formula.source, Relation.AT_LEAST, depth, held.capacity.forty,
                      strength=Strength.INFO)  # fmt: skip


def _edge(body: WallBody, loads: WallLoads, judge: _Judge) -> Iterable[Check]:
    distance, base = loads.edge_distance, loads.base
    if distance is None:
        return
    if base.kind == "soil" and loads.edge_slope_deg is not None:
        needed = gb50007_2011.EDGE_SETBACK.at(
            b=body.base_width, d=given(body.shape.embedment, "m", f"{loads.field}.shape.embedment"),
            beta=loads.edge_slope_deg,
        )  # fmt: skip
        yield judge.check("edge_setback", needed.formula.source, Relation.AT_LEAST, distance, needed)
    table = gb50330.limit("edge_distance", base.kind)
    sound = base.kind == "hard_rock" and not base.weathered and base.outward_dip_deg is None
    yield judge.check("edge_distance", table.source, Relation.AT_LEAST, distance, table,
                      strength=Strength.INFO if sound else Strength.SHOULD)  # fmt: skip
    if base.outward_dip_deg is None:
        return
    source = rows.EDGE_WEDGE.source
    required_factor = gb50330.limit("sliding", "permanent")
    face = loads.edge_slope_deg
    if face is not None and base.outward_dip_deg >= face:
        yield judge.check("edge_wedge", source, Relation.AT_LEAST, None, required_factor,
                          na=message("walls.na.no_daylight"))  # fmt: skip
    elif base.joint_friction_deg is None:
        yield judge.check("edge_wedge", source, Relation.AT_LEAST, None, required_factor,
                          missing=(f"{loads.base_field}.joint_friction_deg",))  # fmt: skip
    elif base.outward_dip_deg == 0:
        yield judge.check("edge_wedge", source, Relation.AT_LEAST, None, required_factor,
                          na=message("walls.na.nothing_drives"))  # fmt: skip
    else:
        step = rows.EDGE_WEDGE.at(
            phi=given(base.joint_friction_deg, "deg", f"{loads.base_field}.joint_friction_deg"),
            psi=given(base.outward_dip_deg, "deg", f"{loads.base_field}.outward_dip_deg"),
        )  # fmt: skip
        yield judge.check("edge_wedge", source, Relation.AT_LEAST, step, required_factor)


def _global(loads: WallLoads, judge: _Judge) -> Check:
    source = Source(gb50330.STANDARD, "11.2.2", Provenance.RECALLED)
    if loads.base.kind == "hard_rock" and not loads.base.weathered and loads.base.outward_dip_deg is None:
        return judge.check("global", source, Relation.STATED, None, None, na=message("walls.na.sound_rock"))
    return judge.check("global", source, Relation.STATED, None, None, missing=("stability.sections",))


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
