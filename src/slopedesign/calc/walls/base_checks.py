"""Checks of a wall on its base, and of the wall as such: sizes, embedment, distance to the edge."""

from __future__ import annotations

from collections.abc import Iterable

from slopedesign.calc.walls.body import WallBody
from slopedesign.calc.walls.judge import Judge
from slopedesign.calc.walls.section_checks import DowelResult
from slopedesign.calc.walls.situations import Name, Required, WallLoads
from slopedesign.calc.walls.stability import BasePressure, BaseStability
from slopedesign.i18n import message
from slopedesign.project.walls import WallDesign
from slopedesign.standards import gb50007_2011, sl379_2007
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.check import Check, Relation, Strength
from slopedesign.standards.formula import Step
from slopedesign.standards.guide import clause
from slopedesign.standards.trace import Provenance, Source, Traced, datum, given, measured, total


def stability_checks(design: WallDesign, judge: Judge, stability: BaseStability, limits: Required) -> list[Check]:
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


def plane_checks(
    body: WallBody, loads: WallLoads, judge: Judge, stability: BaseStability, limits: Required
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


def key_passive(body: WallBody, loads: WallLoads) -> Traced | float:
    """Passive soil a key meets, counted with the share stated for the base; 0 without key, share or soil strength."""
    shape, base, path = body.shape, loads.base, loads.base_field
    if shape.key_depth <= 0 or base.passive_share <= 0 or base.friction_angle_deg is None or base.kind != "soil":
        return 0.0
    gamma = given(base.unit_weight, "kN/m3", f"{path}.unit_weight")
    over = rows.STRESS_BELOW.at(sigma=0.0, gamma=gamma, h=loads.size(shape, "embedment"))
    passive = gb50330.PASSIVE_THRUST.at(
        gamma=gamma, h=given(shape.key_depth, "m", f"{loads.field}.shape.key_depth"),
        K_p=gb50330.RANKINE_PASSIVE.at(phi=given(base.friction_angle_deg, "deg", f"{path}.friction_angle_deg")),
        c=given(base.cohesion or 0.0, "kPa", f"{path}.cohesion"), q=over,
    )  # fmt: skip
    return rows.PASSIVE_USED.at(k=given(base.passive_share, "-", f"{path}.passive_share"), E_p=passive)


def bearing_value(
    body: WallBody, loads: WallLoads, name: Name, pressure: BasePressure | None
) -> tuple[Traced | None, tuple[Step, ...]]:
    """Bearing value of the ground: as stated and corrected, else by its strength; None where neither can be said.

    The strength of the ground gives one only for a nearly central load (GB 50007-2011 5.2.5).
    """
    base, path = loads.base, loads.base_field
    gamma = given(base.unit_weight, "kN/m3", f"{path}.unit_weight")
    depth = loads.size(body.shape, "embedment")
    width = measured(body.base_width, "m", "walls.method.section_geometry", label="walls.symbol.b")
    step: Step
    if base.bearing is not None:
        f_ak = given(base.bearing, "kPa", f"{path}.bearing", "walls.symbol.f_ak")
        step = gb50007_2011.CORRECTED_BEARING.at(
            f_ak=f_ak, eta_b=given(base.eta_b, "-", f"{path}.eta_b"), eta_d=given(base.eta_d, "-", f"{path}.eta_d"),
            gamma=gamma, gamma_m=gamma, b=width, d=depth,
        )  # fmt: skip
    elif base.friction_angle_deg is not None and base.cohesion is not None:
        far = gb50007_2011.limit("strength_bearing", "eccentricity")
        if pressure is None or pressure.share.value > far.value:
            return None, ()
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


def pressure_checks(
    design: WallDesign, judge: Judge, stability: BaseStability, limits: Required, bearing: Traced | None,
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


def general_checks(
    design: WallDesign, body: WallBody, loads: WallLoads, held: DowelResult | None, subject: str
) -> Iterable[Check]:
    """Checks of the wall as such: sizes, embedment, distance to the edge, dowels, ground as a whole."""
    shape, base = body.shape, loads.base
    judge = Judge(subject, "", loads.field)
    top = gb50330.limit("top_width", "masonry" if shape.material == "masonry" else "concrete")
    yield judge.check("top_width", top.source, Relation.AT_LEAST,
                      loads.size(shape, "top_width"), top)  # fmt: skip
    height = loads.size(shape, "height", label="walls.symbol.height")
    key = "cantilever" if shape.kind == "cantilever" else "gravity_soil" if base.kind == "soil" else "gravity_rock"
    tallest = gb50330.limit("height", key)
    yield judge.check("height_limit", tallest.source, Relation.AT_MOST, height, tallest)
    if loads.use == "toe_fill":
        guide = clause("7.2.2.3(1)2)⑤")
        above = given(shape.height - shape.embedment, "m", f"{loads.field}.shape.height", "walls.symbol.height")
        limit = datum(2.0, "m", guide)
        yield judge.check("toe_wall_height", guide, Relation.AT_MOST, above, limit, strength=Strength.NORMALLY)
    if loads.use != "bench":
        deep = gb50330.limit("embedment", "soil" if base.kind == "soil" else "rock")
        found = loads.size(shape, "embedment")
        yield judge.check("embedment", deep.source, Relation.AT_LEAST, found, deep, strength=Strength.SHOULD)
    if shape.material == "masonry":
        stone = loads.size(shape, "stone_grade", "MPa")
        mortar = loads.size(shape, "mortar_grade", "MPa")
        source = Source(gb50330.STANDARD, "11.3", Provenance.RECALLED)
        yield judge.check("stone", source, Relation.AT_LEAST, stone, datum(30.0, "MPa", source))
        yield judge.check("mortar", source, Relation.AT_LEAST, mortar,
                          datum(5.0, "MPa", source))  # fmt: skip
    if held is not None:
        yield from _dowel_details(held, loads, judge)
    yield from _edge(body, loads, judge)
    yield _global(loads, judge)


def _dowel_details(held: DowelResult, loads: WallLoads, judge: Judge) -> Iterable[Check]:
    depth = held.capacity.dowels.embedment
    guide = clause("7.2.2.3(3)3)②")
    yield judge.check("dowel_depth", guide, Relation.AT_LEAST, depth, datum(0.4, "m", guide))
    yield judge.check("dowel_40d", held.capacity.forty.formula.source, Relation.AT_LEAST, depth, held.capacity.forty,
                      strength=Strength.INFO)  # fmt: skip


def _edge(body: WallBody, loads: WallLoads, judge: Judge) -> Iterable[Check]:
    distance, base = loads.edge_distance, loads.base
    if distance is None:
        return
    if base.kind == "soil" and loads.edge_slope_deg is not None:
        needed = gb50007_2011.EDGE_SETBACK.at(
            b=body.base_width, d=loads.size(body.shape, "embedment"),
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


def _global(loads: WallLoads, judge: Judge) -> Check:
    source = Source(gb50330.STANDARD, "11.2.2", Provenance.RECALLED)
    if loads.base.kind == "hard_rock" and not loads.base.weathered and loads.base.outward_dip_deg is None:
        return judge.check("global", source, Relation.STATED, None, None, na=message("walls.na.sound_rock"))
    return judge.check("global", source, Relation.STATED, None, None, missing=("stability.sections",))
