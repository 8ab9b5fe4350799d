"""Checks of a wall's sections: masonry and plain concrete by level, reinforced sections, dowels at the foot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slopedesign.calc.walls.body import WallBody, stem_bar_points
from slopedesign.calc.walls.dowels import DowelCapacity
from slopedesign.calc.walls.forces import (
    Solver,
    StemForces,
    load_factor,
    section_forces,
    section_levels,
    stem_forces,
    unit_weight,
)
from slopedesign.calc.walls.judge import Judge, concrete_grade
from slopedesign.calc.walls.sections import (
    ReinforcedSection,
    SectionForces,
    SectionResult,
    masonry_section,
    plain_section,
    reinforced_section,
    trapezoid_moment,
)
from slopedesign.calc.walls.situations import Name, WallLoads
from slopedesign.calc.walls.stability import BaseStability
from slopedesign.i18n import message
from slopedesign.project.walls import BarSet, WallDesign, WallShape
from slopedesign.standards import gb50003_2011
from slopedesign.standards import gb50010_2010 as concrete_code
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.check import Check, Relation
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Provenance, Source, Traced, given, measured

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


def dowel_checks(
    design: WallDesign,
    body: WallBody,
    loads: WallLoads,
    name: Name,
    held: DowelResult,
    judge: Judge,
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


def section_checks(
    design: WallDesign, body: WallBody, loads: WallLoads, name: Name, judge: Judge, solve: Solver
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
            found.append(plain_section(acting, grade=concrete_grade(shape), height_above=shape.height - level))
    return tuple(found), _worst_sections(found, shape, judge)


def _gabion_section(width: Traced, acting: SectionForces) -> SectionResult:
    """A course of gabions: the resultant in the middle half, friction between baskets."""
    y = measured(width.value / 2, "m", "walls.method.half_width", b=width)
    mu = measured(GABION_FRICTION, "-", "walls.method.gabion_friction", label="walls.symbol.mu")
    return SectionResult(
        forces=acting, eccentricity_limit=rows.ECCENTRICITY_LIMIT.at(k=0.5, y=y), normal_capacity=None,
        shear_capacity=rows.DOWEL_FRICTION.at(mu=mu, T=acting.normal),
    )  # fmt: skip


def _worst_sections(found: Sequence[SectionResult], shape: WallShape, judge: Judge) -> list[Check]:
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
        gabion = shape.material == "gabion" or shape.kind == "gabion"
        source = rows.DOWEL_FRICTION.source if gabion else concrete_code.PLAIN_SHEAR.source
        if stone:
            source = gb50003_2011.BED_JOINT_SHEAR.source
        checks.append(
            judge.check("section_shear", source, Relation.AT_MOST, sheared.forces.shear, sheared.shear_capacity,
                        at=f"{sheared.forces.level:.2f}")
        )  # fmt: skip
    return checks


def _size(section: SectionResult) -> Traced:
    e = section.forces.eccentricity
    return measured(abs(e.value), "m", "walls.method.size", label="walls.symbol.e", e=e)


def reinforced_checks(
    design: WallDesign,
    body: WallBody,
    loads: WallLoads,
    name: Name,
    judge: Judge,
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
    if shape.kind == "cantilever" and shape.stem_bars is not None and name == "normal":
        checks += [_stem_anchorage(body, item.section, judge) for item in found if item.place == "stem"]
    return tuple(found), [*missing, *checks]


def _stem_anchorage(body: WallBody, section: ReinforcedSection, judge: Judge) -> Check:
    """Length of the stem bars below the stem's foot against the anchorage of 8.3.1."""
    points = stem_bar_points(body, section.bars)
    below = math.dist(points[0], points[1]) + math.dist(points[1], points[2])
    found = measured(below, "m", "walls.method.bar_axis", of="walls.bar.stem")
    return judge.check("stem_anchorage", concrete_code.ANCHORAGE.source, Relation.AT_LEAST, found, section.anchorage)


def _bar_checks(design: WallDesign, item: NamedSection, judge: Judge, name: Name, shape: WallShape) -> list[Check]:
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
    """Bending of toe and heel slab at the stem's faces: base pressure, uplift, own weight, soil and load above.

    The load above the heel is the situation's own (the roller during construction); it is not part of the base
    pressure, so it counts on the heel alone.
    """
    pressure, shape = stability.pressure, body.shape
    if pressure is None or pressure.maximum is None:
        return None, None
    b = pressure.length.value
    gamma = unit_weight(design, shape, f"{loads.field}.shape").value
    factor = load_factor(name, "soil").value
    load = design.situations.construction.roller if name == "construction" else loads.surcharge.value
    share = load_factor(name, "surcharge").value / factor
    water = 2 * stability.uplift.force.value / b if stability.uplift is not None else 0.0  # at the heel, 0 at the toe

    def under(x: float) -> float:
        lift = water * x / b
        if pressure.pressed >= b - 1e-9:
            return pressure.at_toe + (pressure.at_heel - pressure.at_toe) * x / b + lift
        at = x if pressure.at_toe > 0 else b - x
        return max(max(pressure.at_toe, pressure.at_heel) * (1 - at / pressure.pressed), 0.0) + lift

    def forces(place: str, width: float, edge: float, root: float, further: float = 0.0) -> StemForces:
        shear, moment = trapezoid_moment(width, edge, root)
        parts: dict[str, Traced] = {"p": pressure.maximum, "N": pressure.normal}  # type: ignore[dict-item]
        service = measured(moment + further * width**2 / 2, "kN m/m", f"walls.method.{place}_slab", "",
                           label="walls.symbol.M_k", **parts)  # fmt: skip
        bent = measured(moment + share * further * width**2 / 2, "kN m/m", f"walls.method.{place}_slab", "",
                        label="walls.symbol.M_k", **parts)  # fmt: skip
        return StemForces(
            level=0.0, service=service,
            moment=rows.FACTORED_MOMENT.at(gamma_F=factor, M_k=bent),
            shear=measured((shear + share * further * width) * factor, "kN/m", f"walls.method.{place}_slab", "",
                           label="walls.symbol.V_section", **parts),
        )  # fmt: skip

    own = gamma * shape.slab
    toe = forces("toe", shape.toe, under(0.0) - own, under(shape.toe) - own) if shape.toe > 0 else None
    heel = None
    if shape.heel > 0:
        soil = next((w.force.value for w in stability.weights if w.name == "soil_on_heel"), 0.0) / shape.heel
        down = own + soil + max(stability.vertical.value, 0.0) / shape.heel
        edge, root = down - under(b), down - under(b - shape.heel)
        heel = forces("heel", shape.heel, edge, root, load)
    return toe, heel
