"""Forces on one wall in one situation: weights, thrusts with levers about the toe, forces on its sections."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from slopedesign.calc.walls.body import WallBody, clip_above
from slopedesign.calc.walls.layout import Line, polygon_area, polygon_centroid
from slopedesign.calc.walls.pressure import EarthPressure, earth_pressure, pressure_above
from slopedesign.calc.walls.pressure_case import PressureCase, SoilState, ThrustPart
from slopedesign.calc.walls.sections import SectionForces
from slopedesign.calc.walls.situations import GROUPS, Name, WallLoads, pressure_case, stem_case
from slopedesign.calc.walls.stability import Thrust, Uplift, Weight
from slopedesign.project.walls import WallDesign, WallShape
from slopedesign.standards import gb50010_2010 as concrete_code
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.trace import Traced, given, measured, total

SECTION_STEP = 0.5
LEAST = 1e-6

Solver = Callable[[PressureCase], EarthPressure]


@dataclass(frozen=True, kw_only=True)
class WallForces:
    """All forces on the base of a wall in one situation."""

    pressure: EarthPressure
    weights: tuple[Weight, ...]
    thrusts: tuple[Thrust, ...]
    uplift: Uplift | None


def unit_weight(design: WallDesign, shape: WallShape, field: str) -> Traced:
    """Unit weight of the wall's body."""
    if shape.unit_weight is not None:
        return given(shape.unit_weight, "kN/m3", f"{field}.unit_weight", "walls.symbol.gamma_wall")
    if shape.kind in ("cantilever", "semi_gravity"):
        name = "reinforced"
    else:
        name = shape.material if shape.material in ("masonry", "rubble_concrete", "gabion") else "concrete"
    return given(getattr(design.unit_weights, name), "kN/m3", f"walls.unit_weights.{name}", "walls.symbol.gamma_wall")


def wall_forces(
    design: WallDesign, body: WallBody, loads: WallLoads, name: Name, solve: Solver = earth_pressure
) -> WallForces:
    """Weights, thrusts and uplift of a situation.

    Raises:
        InputError: see `earth_pressure`.
    """
    case = pressure_case(design, body, loads, name)
    pressure = solve(case)
    weights = _weights(design, body, loads, name, case.soil.unit_weight)
    thrusts = [_thrust(body, part) for part in pressure.parts]
    if name == "earthquake" and design.situations.earthquake.inertia:
        thrusts += _inertia(design, weights, body)
    uplift = None
    share = design.situations.blocked.uplift_share
    if name == "blocked" and case.water.value > 0 and share > 0:
        length = rows.BASE_LENGTH.at(b=_base(body), alpha_0=_base_angle(body))
        factor = given(share, "-", "walls.situations.blocked.uplift_share")
        force = rows.UPLIFT.at(lambda_u=factor, gamma_w=case.water_weight, h=case.water, b=length)
        uplift = Uplift(force=force, x=rows.TWO_THIRDS.at(b=length))
    return WallForces(pressure=pressure, weights=weights, thrusts=tuple(thrusts), uplift=uplift)


def _base(body: WallBody) -> Traced:
    return measured(body.base_width, "m", "walls.method.section_geometry", label="walls.symbol.b")


def _base_angle(body: WallBody) -> Traced:
    return measured(body.base_deg, "deg", "walls.method.section_geometry", label="walls.symbol.alpha_0")


def _weights(
    design: WallDesign, body: WallBody, loads: WallLoads, name: Name, soil_weight: Traced
) -> tuple[Weight, ...]:
    gamma = unit_weight(design, body.shape, f"{loads.field}.shape")
    found = [_weight("wall", gamma, body.outline)]
    soil = body.soil
    if soil and name == "construction":
        top = body.back_foot[1] + design.situations.construction.fill_share * body.soil_height
        soil = _below(soil, top)
    if len(soil) >= 3 and abs(polygon_area(soil)) > LEAST:  # half-way fill may just reach a step: no soil on it yet
        found.append(_weight("soil_on_heel", soil_weight, soil))
    return tuple(found)


def _below(outline: Line, z: float) -> Line:
    mirrored = clip_above(tuple((x, -y) for x, y in outline), -z)
    return tuple((x, -y) for x, y in mirrored)


def _weight(name: str, gamma: Traced, outline: Line) -> Weight:
    area = measured(abs(polygon_area(outline)), "m2", "walls.method.polygon_area", of=f"walls.part.{name}",
                    label="walls.symbol.A")  # fmt: skip
    x = measured(polygon_centroid(outline)[0], "m", "walls.method.centroid", of=f"walls.part.{name}",
                 label="walls.symbol.x_0")  # fmt: skip
    return Weight(name=name, force=rows.WEIGHT.at(gamma=gamma, A=area), x=x)


def _thrust(body: WallBody, part: ThrustPart) -> Thrust:
    """Levers of a part of the thrust about the toe, GB 50330-2013 11.2.4."""
    b, back = _base(body), measured(body.back_deg, "deg", "walls.method.back", label="walls.symbol.alpha")
    return Thrust(
        name=part.name, horizontal=part.horizontal, vertical=part.vertical,
        x=gb50330.LEVER_X.at(b=b, z=part.arm, alpha=back),
        z=gb50330.LEVER_Z.at(z=part.arm, b=b, alpha_0=_base_angle(body)),
    )  # fmt: skip


def _inertia(design: WallDesign, weights: tuple[Weight, ...], body: WallBody) -> list[Thrust]:
    alpha_w = gb50330.seismic_coefficient(
        design.situations.earthquake.acceleration, "walls.situations.earthquake.acceleration"
    )
    none = measured(0.0, "kN/m", "walls.method.none")
    outlines = {"wall": body.outline, "soil_on_heel": body.soil}
    return [
        Thrust(
            name=f"inertia_{w.name}", horizontal=rows.INERTIA.at(alpha_w=alpha_w, G=w.force), vertical=none, x=w.x,
            z=measured(polygon_centroid(outlines[w.name])[1], "m", "walls.method.centroid", of=f"walls.part.{w.name}"),
        )
        for w in weights
    ]  # fmt: skip


def load_factor(name: Name, part: str) -> Traced:
    """Factor on a part of the thrust for the strength of sections: 1 in accidental situations."""
    if GROUPS[name] == "accidental":
        return measured(1.0, "-", "walls.method.accidental")
    return concrete_code.limit("load_factor", "variable" if part == "surcharge" else "permanent")


def section_levels(body: WallBody) -> tuple[float, ...]:
    """Levels judged in a gravity wall: every 0.5 m from the top, above each step, and the foot of the wall."""
    shape = body.shape
    count = math.floor((shape.height - LEAST) / SECTION_STEP)
    levels = {round(shape.height - SECTION_STEP * (i + 1), 6) for i in range(count)}
    levels |= {step.level for step in shape.back_steps} | {shape.toe_step_height}
    return tuple(sorted((z for z in levels | {0.0} if z < shape.height - LEAST), reverse=True))


class PressureMemo:
    """Solves each pressure case once; cases are told apart by their numbers.

    For one wall, or for a search over sections with one fill, where equal numbers come from equal fields.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], EarthPressure] = {}

    def __call__(self, case: PressureCase) -> EarthPressure:
        rho = case.rho.value if case.rho is not None else None
        key = (
            round(case.height.value, 9), round(case.back_deg.value, 9), case.ground, _soil_key(case.soil),
            case.surcharge.value, case.strips, case.lines, round(case.water.value, 9), rho, case.rock,
            case.enlargement.value, case.virtual, case.at_rest,
            tuple((thickness, _soil_key(soil)) for thickness, soil in case.layers),
        )  # fmt: skip
        if key not in self._known:
            self._known[key] = earth_pressure(case)
        return self._known[key]


def _soil_key(soil: SoilState) -> tuple[float | None, ...]:
    least = soil.min_fluid_weight.value if soil.min_fluid_weight is not None else None
    return (soil.unit_weight.value, soil.buoyant_weight.value, soil.friction_deg.value, soil.cohesion.value,
            soil.wall_friction_deg.value, least)  # fmt: skip


def section_pressure(
    design: WallDesign, body: WallBody, loads: WallLoads, name: Name, level: float, solve: Solver = earth_pressure
) -> EarthPressure | None:
    """Pressure on the part of the wall above a level; None where no soil stands there."""
    if body.virtual:
        foot = body.shape.slab if body.shape.kind == "cantilever" else 0.0
        case = stem_case(design, body, loads, name, level)
        whole = stem_case(design, body, loads, name, foot)
    else:
        case = pressure_case(design, body, loads, name, height=body.back_head[1] - level)
        whole = pressure_case(design, body, loads, name)
    return pressure_above(case, solve(whole)) if case.height.value > LEAST else None


def section_forces(
    design: WallDesign, body: WallBody, loads: WallLoads, name: Name, level: float, solve: Solver = earth_pressure
) -> SectionForces:
    """Design forces on a level section of a gravity wall: thrust with load factors, weight with 1."""
    gamma = unit_weight(design, body.shape, f"{loads.field}.shape")
    front, rear = body.width_at(level)
    outline = body.above(level)
    weight = _weight("wall", gamma, outline)
    lever = measured(weight.x.value - front, "m", "walls.method.centroid", of="walls.part.above")
    normal: dict[str, Traced] = {"G": weight.force}
    shear: dict[str, Traced] = {}
    moments: dict[str, Traced] = {"M_G": rows.MOMENT.at(F=weight.force, x=lever)}
    against: dict[str, Traced] = {}
    pressure = section_pressure(design, body, loads, name, level, solve)
    for part in pressure.parts if pressure is not None else ():
        factor = load_factor(name, part.name)
        level_force = rows.FACTORED.at(gamma_F=factor, F_k=part.horizontal)
        down = rows.FACTORED.at(gamma_F=factor, F_k=part.vertical)
        at_back = measured(
            rear - front - part.arm.value / math.tan(math.radians(body.back_deg if not body.virtual else 90.0)),
            "m", "walls.method.lever_from_face", "", z=part.arm,
        )  # fmt: skip
        normal[f"E_{part.name}_z"] = down
        shear[f"E_{part.name}_x"] = level_force
        moments[f"M_{part.name}_z"] = rows.MOMENT.at(F=down, x=at_back)
        against[f"M_{part.name}_x"] = rows.MOMENT.at(F=level_force, x=part.arm)
    if name == "earthquake" and design.situations.earthquake.inertia:
        inertia = _inertia(design, (weight,), body)[0]
        z = polygon_centroid(outline)[1] - level
        shear["Q"] = inertia.horizontal
        against["M_Q"] = rows.MOMENT.at(F=inertia.horizontal, x=z)
    n, v = total(normal, "kN/m", "walls.symbol.N"), total(shear, "kN/m", "walls.symbol.V_section")
    m_r, m_o = total(moments, "kN m/m", "walls.symbol.M_r"), total(against, "kN m/m", "walls.symbol.M_o")
    width = measured(rear - front, "m", "walls.method.section_geometry", label="walls.symbol.section_width")
    a = rows.RESULTANT.at(M_r=m_r, M_o=m_o, N=n)
    return SectionForces(
        level=level, width=width, normal=n, shear=v, lever=a, eccentricity=rows.ECCENTRICITY.at(b=width, a=a)
    )


@dataclass(frozen=True, kw_only=True)
class StemForces:
    """Bending of a stem at a level: design and characteristic moment, design shear [per metre]."""

    level: float
    moment: Traced
    service: Traced
    shear: Traced


def stem_forces(
    design: WallDesign, body: WallBody, loads: WallLoads, name: Name, level: float, solve: Solver = earth_pressure
) -> StemForces | None:
    """Moment and shear of a stem above a level from the horizontal thrust; its weight is left out."""
    pressure = section_pressure(design, body, loads, name, level, solve)
    if pressure is None:
        return None
    design_m: dict[str, Traced] = {}
    service_m: dict[str, Traced] = {}
    shear: dict[str, Traced] = {}
    for part in pressure.parts:
        force = rows.FACTORED.at(gamma_F=load_factor(name, part.name), F_k=part.horizontal)
        shear[f"V_{part.name}"] = force
        design_m[f"M_{part.name}"] = rows.MOMENT.at(F=force, x=part.arm)
        service_m[f"M_{part.name}"] = rows.MOMENT.at(F=part.horizontal, x=part.arm)
    if name == "earthquake" and design.situations.earthquake.inertia:
        gamma = unit_weight(design, body.shape, f"{loads.field}.shape")
        outline = body.above(level)
        inertia = _inertia(design, (_weight("wall", gamma, outline),), body)[0]
        shear["V_Q"] = inertia.horizontal
        design_m["M_Q"] = rows.MOMENT.at(F=inertia.horizontal, x=polygon_centroid(outline)[1] - level)
        service_m["M_Q"] = design_m["M_Q"]
    return StemForces(
        level=level, moment=total(design_m, "kN m/m", "walls.symbol.M"),
        service=total(service_m, "kN m/m", "walls.symbol.M_k"), shear=total(shear, "kN/m", "walls.symbol.V_section"),
    )  # fmt: skip
