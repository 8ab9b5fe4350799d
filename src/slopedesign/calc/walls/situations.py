"""Design situations: which soil, water, load and earthquake each one brings, and which limits it must meet."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from slopedesign.calc.walls.body import WallBody
from slopedesign.calc.walls.pressure_case import PressureCase, SoilState
from slopedesign.calc.walls.wedge import RockFace
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.walls import (
    Backfill,
    BlockedSituation,
    EarthquakeSituation,
    Limits,
    LineLoad,
    RockFaceInput,
    Situation,
    StripLoad,
    WallBase,
    WallDesign,
    WallShape,
)
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards import jtg_d30_2015, sl379_2007
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.trace import Traced, given, measured
from slopedesign.standards.wall_tables import pick

Name = Literal["normal", "rainstorm", "blocked", "earthquake", "construction", "raised"]
Group = Literal["permanent", "transient", "accidental", "seismic"]

GROUPS: dict[Name, Group] = {
    "normal": "permanent", "rainstorm": "permanent", "blocked": "accidental", "earthquake": "seismic",
    "construction": "transient", "raised": "permanent",
}  # fmt: skip
WET: frozenset[Name] = frozenset({"rainstorm", "blocked"})
LEAST_ACCELERATION = 0.10


@dataclass(frozen=True, kw_only=True)
class WallLoads:
    """What acts on one wall besides its own weight, what it stands on, and where the project states them.

    Attributes:
        layers: (soil, its field, thickness) from the ground down, where the fill is not one soil.
        at_rest: the wall cannot yield, so the soil stays at rest.
        edge_distance: of the toe from a slope's edge in front of the wall; edge_slope_deg: that slope's angle.
        sizes: sizes of the section by name, where they are not fields of a `shape` in the project.
    """

    backfill: Backfill
    backfill_field: str
    base: WallBase
    base_field: str
    surcharge: Traced
    strips: tuple[StripLoad, ...] = ()
    lines: tuple[LineLoad, ...] = ()
    rock: RockFaceInput | None = None
    raised_ground: tuple[tuple[float, float], ...] = ()
    edge_distance: Traced | None = None
    edge_slope_deg: float | None = None
    water_share: Traced | None = None
    layers: tuple[tuple[Backfill, str, float], ...] = ()
    at_rest: bool = False
    use: Literal["bench", "toe_fill", "dump"] = "bench"
    field: str = "wall"
    sizes: Mapping[str, Traced] = dataclasses.field(default_factory=dict)

    def size(self, shape: WallShape, name: str, unit: str = "m", label: str = "") -> Traced:
        """A size of the section, where it comes from."""
        if name in self.sizes:
            return self.sizes[name]
        return given(getattr(shape, name), unit, f"{self.field}.shape.{name}", label)


@dataclass(frozen=True, kw_only=True)
class Required:
    """Limits of one situation."""

    sliding: Traced
    overturning: Traced
    eccentricity: Traced
    stress_ratio: Traced | None


def active(design: WallDesign, loads: WallLoads) -> tuple[Name, ...]:
    """Situations to be checked for a wall, in reading order."""
    s = design.situations
    found: list[Name] = []
    stated: tuple[tuple[Name, Situation], ...] = (
        ("normal", s.normal), ("rainstorm", s.rainstorm), ("blocked", s.blocked), ("earthquake", s.earthquake),
        ("construction", s.construction), ("raised", s.raised),
    )  # fmt: skip
    for name, situation in stated:
        if not situation.on:
            continue
        if name == "earthquake" and s.earthquake.acceleration < LEAST_ACCELERATION - 1e-12:
            continue
        if name == "raised" and not loads.raised_ground:
            continue
        found.append(name)
    return tuple(found)


def soil_state(backfill: Backfill, field: str, water_weight: Traced, *, wet: bool, soaked: bool) -> SoilState:
    """Soil of a situation: drained strength, or wet strength and saturated weight.

    Args:
        wet: saturated by rain; soaked: also drowned to some level.
    """

    def stated(name: str, unit: str, fallback: str | None = None) -> Traced:
        value = getattr(backfill, name)
        used = name
        if value is None and fallback is not None:
            value, used = getattr(backfill, fallback), fallback
        return given(value, unit, f"{field}.{used}", f"walls.field.{used}")

    saturated = stated("saturated_unit_weight", "kN/m3")
    phi = stated("wet_friction_angle_deg", "deg", "friction_angle_deg") if wet else stated("friction_angle_deg", "deg")
    cohesion = stated("wet_cohesion", "kPa", "cohesion") if wet else stated("cohesion", "kPa")
    share = stated("wet_wall_friction", "-") if wet else stated("wall_friction", "-")
    delta = rows.WALL_FRICTION.at(k=share, phi=phi)
    if saturated.value <= water_weight.value and soaked:
        raise InputError(f"{field}.saturated_unit_weight", saturated.value, message("walls.error.floats"))
    least = backfill.min_fluid_weight
    return SoilState(
        unit_weight=saturated if wet else stated("unit_weight", "kN/m3"),
        buoyant_weight=rows.BUOYANT.at(gamma_sat=saturated, gamma_w=water_weight), friction_deg=phi, cohesion=cohesion,
        wall_friction_deg=delta,
        min_fluid_weight=None if least is None else given(least, "kN/m3", f"{field}.min_fluid_weight"),
    )  # fmt: skip


def pressure_case(
    design: WallDesign, body: WallBody, loads: WallLoads, name: Name, *, height: float | None = None
) -> PressureCase:
    """The pressure on a wall's back in a situation.

    Args:
        body: made with the ground of the situation (the raised one for "raised").
        height: of the back counted from its head down, for a section above the base; None for the whole back.

    Raises:
        InputError: water above the ground; an acceleration outside the table.
    """
    s = design.situations
    water_weight = given(design.unit_weights.water, "kN/m3", "walls.unit_weights.water", "walls.symbol.gamma_w")
    state = soil_state(loads.backfill, loads.backfill_field, water_weight, wet=name in WET, soaked=name == "blocked")
    tall = body.soil_height
    ground = body.ground
    surcharge = loads.surcharge
    if name == "construction":
        tall *= s.construction.fill_share
        ground = ((0.0, 0.0), (1.0, 0.0))
        surcharge = given(s.construction.roller, "kN/m2", "walls.situations.construction.roller", "walls.field.roller")
    cut = 0.0
    if height is not None:
        cut = body.soil_height - height  # what lies below the section
        tall = max(tall - cut, 0.0)
    water = _water(s.blocked, body, loads, cut) if name == "blocked" else measured(0.0, "m", "walls.method.no_water")
    soil_height = measured(tall, "m", "walls.method.soil_on_back", label="walls.symbol.soil_height")
    back = measured(body.back_deg, "deg", "walls.method.back", label="walls.symbol.alpha")
    layers = _layers(loads, name, water_weight, body.soil_height - cut - tall)
    if body.virtual:
        state = _virtual_friction(state, body, ground)
        layers = tuple((thickness, _virtual_friction(soil, body, ground)) for thickness, soil in layers)
    strips, lines = _local(loads, body.back_head[0] - body.meet[0]) if name != "construction" else ((), ())
    return PressureCase(
        height=soil_height, back_deg=back, ground=ground, soil=state, surcharge=surcharge, strips=strips, lines=lines,
        water=water, water_weight=water_weight, rho=_rho(s.earthquake) if name == "earthquake" else None,
        lever_share=given(s.earthquake.lever_share, "-", "walls.situations.earthquake.lever_share"),
        rock=_rock(loads, state, cut) if loads.rock is not None else None,
        enlargement=gb50330.thrust_enlargement(body.shape.height), virtual=body.virtual, layers=layers,
        at_rest=loads.at_rest, field=loads.field,
    )  # fmt: skip


def _local(
    loads: WallLoads, shift: float
) -> tuple[tuple[tuple[float, float, float], ...], tuple[tuple[float, float], ...]]:
    """Strip and line loads seen from a back `shift` behind the wall's rear face; what stands before it is left out."""
    strips = tuple(
        (max(p.start - shift, 0.0), p.start + p.width - shift, p.pressure)
        for p in loads.strips
        if p.start + p.width > shift + 1e-9
    )
    return strips, tuple((p.distance - shift, p.load) for p in loads.lines if p.distance >= shift - 1e-9)


def _layers(loads: WallLoads, name: Name, water_weight: Traced, missing: float) -> tuple[tuple[float, SoilState], ...]:
    """Layers from the top of the fill down; `missing` is the height not yet filled."""
    found: list[tuple[float, SoilState]] = []
    for backfill, field, thickness in loads.layers:
        left = thickness - max(missing, 0.0)
        missing -= thickness
        if left > 1e-9:
            soil = soil_state(backfill, field, water_weight, wet=name in WET, soaked=name == "blocked")
            found.append((min(left, thickness), soil))
    return tuple(found)


def stem_case(design: WallDesign, body: WallBody, loads: WallLoads, name: Name, level: float) -> PressureCase:
    """Pressure on the rear face of a stem (or stepped wall) above a level: upright, without wall friction."""
    whole = pressure_case(design, body, loads, name)
    tall = body.meet[1] - level
    if name == "construction":
        fill = body.back_foot[1] + design.situations.construction.fill_share * body.soil_height
        tall = fill - level
    ground = body.ground_at_wall
    if name == "construction":
        ground = ((0.0, 0.0), (1.0, 0.0))
    tall = max(tall, 0.0)
    drowned = 0.0
    if name == "blocked":
        drowned = min(max(body.back_foot[1] + whole.water.value - level, 0.0), tall)
    smooth = measured(0.0, "deg", "walls.method.smooth", label="walls.symbol.delta")
    strips, lines = _local(loads, 0.0) if name != "construction" else ((), ())
    rock = whole.rock
    if rock is not None:  # the face as the stem sees it: behind the heel, and lower than the level by its run
        behind = rock.distance + body.back_foot[0] - body.meet[0]
        rise = (level - body.back_foot[1]) / math.tan(math.radians(rock.angle_deg))
        rock = replace(rock, distance=behind + rise)
    return replace(
        whole, height=measured(tall, "m", "walls.method.soil_on_back", label="walls.symbol.soil_height"),
        back_deg=measured(90.0, "deg", "walls.method.back", label="walls.symbol.alpha"), ground=ground,
        soil=replace(whole.soil, wall_friction_deg=smooth),
        layers=tuple((t, replace(soil, wall_friction_deg=smooth)) for t, soil in whole.layers), strips=strips,
        lines=lines, rock=rock,
        water=measured(drowned, "m", "walls.method.water_above_heel", label="walls.symbol.h_w"), virtual=False,
    )  # fmt: skip


def _virtual_friction(state: SoilState, body: WallBody, ground: tuple[tuple[float, float], ...]) -> SoilState:
    """On a virtual back the thrust runs parallel to the ground over it, at most at the friction angle."""
    rise = math.degrees(math.atan2(ground[1][1], ground[1][0]))
    delta = measured(
        min(max(rise, 0.0), state.friction_deg.value), "deg", "walls.method.parallel_to_ground",
        label="walls.symbol.delta",
    )  # fmt: skip
    return replace(state, wall_friction_deg=delta)


def _water(blocked: BlockedSituation, body: WallBody, loads: WallLoads, cut: float) -> Traced:
    """Water level above the foot of the back (or of the section): as stated above the toe, else a share of the soil."""
    if blocked.water_level is None:
        share = loads.water_share or given(blocked.water_share, "-", "walls.situations.blocked.water_share")
        surface = body.soil_height - max(body.back_head[1] - _lowest_surface(body), 0.0)
        level = max(share.value * surface - cut, 0.0)
        return measured(level, "m", "walls.method.water_to_soil", "", label="walls.symbol.h_w", share=share)
    stated = given(blocked.water_level, "m", "walls.situations.blocked.water_level", "walls.field.water_level")
    above = blocked.water_level - body.back_foot[1]
    if above > body.soil_height + 1e-9:
        raise InputError(
            stated.field, blocked.water_level,
            message("walls.error.water_above_ground", height=f"{body.back_head[1]:g}"),
        )  # fmt: skip
    return measured(max(above - cut, 0.0), "m", "walls.method.water_above_heel", "", label="walls.symbol.h_w", z=stated)


def _lowest_surface(body: WallBody) -> float:
    """Level of the soil surface at the wall's rear face, where water behind the wall would spill."""
    return body.shape.height - body.shape.freeboard


def _rho(quake: EarthquakeSituation) -> Traced:
    return gb50330.earthquake_angle(
        quake.acceleration, under_water=False, field="walls.situations.earthquake.acceleration"
    )


def _rock(loads: WallLoads, state: SoilState, cut: float) -> RockFace | None:
    rock = loads.rock
    assert rock is not None
    friction = rock.friction_deg
    if friction is None:
        share = gb50330.limit("rock_friction", "cohesive" if loads.backfill.cohesive else "granular").value
        friction = share * state.friction_deg.value
    distance = rock.distance + cut / math.tan(math.radians(rock.angle_deg))
    return RockFace(distance=distance, angle_deg=rock.angle_deg, friction_deg=friction)


def required(design: WallDesign, base: WallBase, name: Name) -> Required:
    """Limits of a situation: the designer's where stated, else the code family's."""
    group = GROUPS[name]
    stated: Limits = getattr(design.situations, name).limits
    path = f"walls.situations.{name}.limits"
    grade = str(design.grade)
    rock = base.kind != "soil"
    if design.code == "SL379":
        sliding: Traced = sl379_2007.limit("sliding_rock" if rock else "sliding_soil", grade, group)
        overturning: Traced = sl379_2007.limit("overturning", grade, group)
        eccentricity: Traced = pick("gb50007_2011", "eccentricity", "share_of_b")
        ratio: Traced | None = sl379_2007.limit("stress_ratio", base.stress_class) if not rock else None
    elif design.code == "JTG_D30":
        sliding, overturning = jtg_d30_2015.limit("sliding", group), jtg_d30_2015.limit("overturning", group)
        eccentricity, ratio = jtg_d30_2015.limit("eccentricity", base.kind), None
    else:
        sliding, overturning = gb50330.limit("sliding", group), gb50330.limit("overturning", group)
        eccentricity, ratio = pick("gb50007_2011", "eccentricity", "share_of_b"), None

    def own(field: str, fallback: Traced | None) -> Traced | None:
        value = getattr(stated, field)
        return fallback if value is None else given(value, "-", f"{path}.{field}", f"walls.limit.{field}")

    return Required(
        sliding=own("sliding", sliding) or sliding, overturning=own("overturning", overturning) or overturning,
        eccentricity=own("eccentricity", eccentricity) or eccentricity, stress_ratio=own("stress_ratio", ratio),
    )  # fmt: skip


def base_friction(base: WallBase, field: str) -> Traced:
    """Friction of the base: as stated, else the low end of the table's range for the ground."""
    if base.friction is not None:
        return given(base.friction, "-", f"{field}.friction", "walls.symbol.mu")
    ground = base.friction_class or {"soil": "clay_stiff"}.get(base.kind, base.kind)
    return gb50330.limit("base_friction_low", ground)
