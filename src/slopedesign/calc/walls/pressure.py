"""Earth and water pressure on the back of a wall in one situation, part by part with its own lever.

The wedge search is the reference. Where the ground is one plane and a clause covers the case, the clause's thrust is
worked beside it; the two are compared, and the clause's is carried on when they agree, so that the sheet can print it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from slopedesign.calc.walls.closed_forms import ClosedForm, coulomb, limited_fill
from slopedesign.calc.walls.wedge import Array, RockFace, Wedge, WedgeProblem, critical_wedge, thrust_profile
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced, measured

AGREES_WITHIN = 1e-4
ZERO = measured(0.0, "-", "walls.method.none")


@dataclass(frozen=True, kw_only=True)
class SoilState:
    """Strength and weight of the fill in one situation."""

    unit_weight: Traced
    buoyant_weight: Traced
    friction_deg: Traced
    cohesion: Traced
    wall_friction_deg: Traced
    min_fluid_weight: Traced | None = None


@dataclass(frozen=True, kw_only=True)
class PressureCase:
    """The back of a wall and what lies behind it.

    Attributes:
        height: of the soil on the back, heel to ground [m]; back_deg: the back's angle to the horizontal.
        ground: vertices from (0, 0) where the soil meets the back; the last segment runs on.
        surcharge: per horizontal metre from the back on; strips, lines: further loads.
        water: level above the heel; water_weight: of water.
        rho: earthquake angle, or None; lever_share: lever of the earthquake's part over the height.
        rock, rock_friction: stable rock face and the soil's friction on it.
        enlargement: factor on the soil's thrust by wall height.
        virtual: the back is a virtual plane in the soil.
    """

    height: Traced
    back_deg: Traced
    ground: tuple[tuple[float, float], ...]
    soil: SoilState
    surcharge: Traced
    strips: tuple[tuple[float, float, float], ...] = ()
    lines: tuple[tuple[float, float], ...] = ()
    water: Traced = ZERO
    water_weight: Traced
    rho: Traced | None = None
    lever_share: Traced = ZERO
    rock: RockFace | None = None
    enlargement: Traced
    virtual: bool = False
    field: str = "wall"

    @property
    def slope_deg(self) -> float | None:
        """Slope of the ground where it is one plane, else None."""
        slopes = [
            math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
            for a, b in zip(self.ground, self.ground[1:], strict=False)
        ]
        return slopes[0] if max(slopes) - min(slopes) < 1e-9 else None


@dataclass(frozen=True, kw_only=True)
class ThrustPart:
    """One part of the thrust.

    Attributes:
        name: "soil", "surcharge", "earthquake" or "water".
        thrust: its size [kN/m]; arm: height above the heel [m].
        horizontal: towards the front; vertical: downwards [kN/m].
    """

    name: str
    thrust: Traced
    arm: Traced
    horizontal: Traced
    vertical: Traced


@dataclass(frozen=True, kw_only=True)
class EarthPressure:
    """All parts of the thrust on the back.

    Attributes:
        parts: in the order soil, surcharge, earthquake, water; parts of no size are left out.
        wedge: the critical wedge of the search; None where it was not asked for.
        closed: clause forms worked beside it, in reading order.
        difference: (clause - search)/search, where a clause covers the case.
        crack_depth: depth without pressure below the ground [m].
        second_plane: back so flat that a second slip plane forms in the soil; `second_limit` is the clause's angle.
        diagram: (height above the heel, pressure) of soil and surcharge, and of water [kPa, along the back's height].
        remarks: phrase keys with numbers are made by the caller.
    """

    parts: tuple[ThrustPart, ...]
    wedge: Wedge | None
    closed: tuple[ClosedForm, ...]
    difference: float | None
    crack_depth: float
    second_plane: bool
    second_limit: Step | None
    diagram: tuple[tuple[float, float], ...]
    water_diagram: tuple[tuple[float, float], ...]

    def part(self, name: str) -> ThrustPart | None:
        """The part of a name, or None."""
        return next((part for part in self.parts if part.name == name), None)


class _Forms:
    """The clause's thrusts of one case, each worked once."""

    def __init__(self, case: PressureCase) -> None:
        self.case = case
        self._known: dict[tuple[bool, bool], ClosedForm] = {}

    def __call__(self, *, loaded: bool, quake: bool) -> ClosedForm:
        key = (loaded, quake)
        if key not in self._known:
            self._known[key] = _coulomb(self.case, loaded=loaded, quake=quake)
        return self._known[key]


def earth_pressure(case: PressureCase, *, reference: bool = True) -> EarthPressure:
    """Thrust of soil, surcharge, earthquake and water on a wall's back.

    Args:
        reference: work the wedge search beside a clause that covers the case alone (sections above the base do not
            need it twice).

    Raises:
        InputError: fill steeper than its friction angle, water above the ground, cohesion that carries the soil alone
            where no least pressure is stated.
    """
    problem = _problem(case)
    bare = replace(problem, uniform=0.0, strips=(), lines=(), rho_deg=0.0)
    loaded = replace(problem, rho_deg=0.0)
    wedge = critical_wedge(problem, case.field) if reference or not _plain(case) else None
    if case.rock is not None and wedge is not None and not wedge.on_rock and case.rock.distance > 0:
        case, problem = replace(case, rock=None), replace(problem, rock=None)  # the critical wedge misses the rock
        bare, loaded = replace(bare, rock=None), replace(loaded, rock=None)
    whole, crack = _levels(case, loaded, bare)
    forms = _Forms(case)
    soil_thrust, soil_arm = _soil(forms, bare, crack)
    parts = [_part(case, "soil", soil_thrust, soil_arm)]
    before = soil_thrust
    if problem.uniform or problem.strips or problem.lines:
        static, arm = _total(forms, loaded, whole)
        extra = rows.DIFFERENCE.at(E_1=static, E_0=before)
        parts.append(_part(case, "surcharge", extra, arm))
        before = static
    if case.rho is not None:
        quake = _quake(forms, problem)
        extra = rows.DIFFERENCE.at(E_1=quake, E_0=before)
        lever = rows.SEISMIC_ARM.at(k=case.lever_share, H=case.height)
        parts.append(_part(case, "earthquake", extra, lever))
    parts = [_enlarged(case, part) for part in parts]
    if case.water.value > 0:
        parts.append(_water(case))
    closed = _closed_forms(forms)
    limit = _second_limit(case)
    return EarthPressure(
        parts=tuple(parts), wedge=wedge, closed=closed,
        difference=_difference(closed, wedge, problem), crack_depth=crack[2] if crack else 0.0,
        second_plane=limit is not None and 90 - case.back_deg.value > limit.value + 1e-9, second_limit=limit,
        diagram=_diagram(forms, whole),
        water_diagram=((0.0, case.water_weight.value * case.water.value), (case.water.value, 0.0))
        if case.water.value > 0 else (),
    )  # fmt: skip


def _problem(case: PressureCase) -> WedgeProblem:
    soil = case.soil
    if case.water.value < 0 or case.water.value > case.height.value + 1e-9:
        raise InputError(f"{case.field}.water_level", case.water.value,
                         message("walls.error.water_above_ground", height=f"{case.height.value:g}"))  # fmt: skip
    return WedgeProblem(
        height=case.height.value, back_deg=case.back_deg.value, ground=case.ground,
        unit_weight=soil.unit_weight.value, buoyant_weight=soil.buoyant_weight.value,
        friction_deg=soil.friction_deg.value, cohesion=soil.cohesion.value,
        wall_friction_deg=soil.wall_friction_deg.value, uniform=case.surcharge.value, strips=case.strips,
        lines=case.lines, water=min(case.water.value, case.height.value),
        rho_deg=case.rho.value if case.rho is not None else 0.0, rock=case.rock,
    )  # fmt: skip


def _plain(case: PressureCase) -> bool:
    """Whether one clause form covers the whole case: one plane of ground, one soil weight, no rock, no local load."""
    drowned = case.water.value
    one_weight = drowned <= 0 or abs(drowned - case.height.value) < 1e-9
    slope = case.slope_deg
    rho = case.rho.value if case.rho is not None else 0.0
    fits = slope is not None and slope + rho <= case.soil.friction_deg.value
    return fits and one_weight and case.rock is None and not case.strips and not case.lines


def _weight(case: PressureCase) -> Traced:
    return case.soil.buoyant_weight if case.water.value > 0 else case.soil.unit_weight


def _coulomb(case: PressureCase, *, loaded: bool, quake: bool) -> ClosedForm:
    slope = measured(case.slope_deg or 0.0, "deg", "walls.method.ground_slope", label="walls.symbol.beta")
    return coulomb(
        height=case.height, unit_weight=_weight(case), back_deg=case.back_deg, beta_deg=slope,
        friction_deg=case.soil.friction_deg, wall_friction_deg=case.soil.wall_friction_deg,
        surcharge=case.surcharge if loaded else 0.0, cohesion=case.soil.cohesion,
        rho_deg=case.rho if quake and case.rho is not None else 0.0, field=case.field,
    )  # fmt: skip


Open = tuple[Array, Array, float]


def _levels(case: PressureCase, loaded: WedgeProblem, bare: WedgeProblem) -> tuple[Open | None, Open | None]:
    """Thrust above each depth with tension left out (depths, thrust, crack depth), loaded and bare.

    None where the closed form is linear in depth and no profile is needed.
    """
    if _plain(case) and case.soil.cohesion.value == 0:
        return None, None
    bare_open = _open_profile(case, bare)
    same = bare.uniform == loaded.uniform and not loaded.strips and not loaded.lines
    return (bare_open if same else _open_profile(case, loaded)), bare_open


def _open_profile(case: PressureCase, problem: WedgeProblem) -> Open:
    depth, thrust = thrust_profile(problem, field=case.field)
    gain = np.diff(thrust)
    floor = 0.0
    if case.soil.min_fluid_weight is not None:
        floor = case.soil.min_fluid_weight.value
    least = floor * 0.5 * np.diff(depth**2)
    kept = np.maximum(gain, least)
    crack = float(depth[1:][gain < 0].max()) if (gain < 0).any() else 0.0
    if not (kept > 0).any():
        raise InputError(
            f"{case.field}.cohesion", case.soil.cohesion.value, message("walls.error.cohesion_carries_all")
        )
    return depth, np.concatenate([[0.0], np.cumsum(kept)]), crack


def _arm(profile: Open) -> float:
    """Lever above the heel of a thrust profile: the thrust summed over the depth, over the thrust itself."""
    depth, thrust, _ = profile
    step = depth[1] - depth[0]
    moment = step / 3 * (thrust[0] + 4 * thrust[1::2].sum() + 2 * thrust[2:-1:2].sum() + thrust[-1])
    return float(moment / thrust[-1])


def _with_rock(problem: WedgeProblem, profile: Open, field: str) -> float:
    """Thrust of the whole back: the search with the rock face where there is one, else the open profile's."""
    return critical_wedge(problem, field).thrust if problem.rock is not None else float(profile[1][-1])


def _inputs(case: PressureCase) -> Mapping[str, Traced]:
    soil = case.soil
    found: dict[str, Traced] = {
        "H": case.height, "alpha": case.back_deg, "gamma": _weight(case), "phi": soil.friction_deg, "c": soil.cohesion,
        "delta": soil.wall_friction_deg, "q": case.surcharge,
    }  # fmt: skip
    if case.rho is not None:
        found["rho"] = case.rho
    return found


def _searched(case: PressureCase, value: float) -> Traced:
    return measured(value, "kN/m", "walls.method.wedge_search", "", label="walls.symbol.E_a", **_inputs(case))


def _profiled_arm(case: PressureCase, value: float) -> Traced:
    return measured(value, "m", "walls.method.thrust_profile", "", label="walls.symbol.z", **_inputs(case))


def _soil(forms: _Forms, bare: WedgeProblem, profile: Open | None) -> tuple[Traced, Traced]:
    case = forms.case
    if profile is None:
        return forms(loaded=False, quake=False).thrust, rows.THIRD.at(H=case.height)
    return _searched(case, _with_rock(bare, profile, case.field)), _profiled_arm(case, _arm(profile))


def _total(forms: _Forms, loaded: WedgeProblem, profile: Open | None) -> tuple[Traced, Traced]:
    """Static thrust with loads, and the lever of the loads' part."""
    case = forms.case
    if profile is None:
        return forms(loaded=True, quake=False).thrust, rows.HALF.at(H=case.height)
    bare = _open_profile(case, replace(loaded, uniform=0.0, strips=(), lines=()))
    extra = profile[1] - bare[1]
    lever = case.height.value / 2
    if extra[-1] > 1e-9:
        step = profile[0][1] - profile[0][0]
        area = step / 3 * (extra[0] + 4 * extra[1::2].sum() + 2 * extra[2:-1:2].sum() + extra[-1])
        lever = float(area / extra[-1])
    return _searched(case, _with_rock(loaded, profile, case.field)), _profiled_arm(case, lever)


def _quake(forms: _Forms, problem: WedgeProblem) -> Traced:
    case = forms.case
    if _plain(case) and case.soil.cohesion.value == 0:
        return forms(loaded=True, quake=True).thrust
    profile = _open_profile(case, problem)
    return _searched(case, _with_rock(problem, profile, case.field))


def _part(case: PressureCase, name: str, thrust: Traced, arm: Traced) -> ThrustPart:
    delta = case.soil.wall_friction_deg
    return ThrustPart(
        name=name, thrust=thrust, arm=arm, horizontal=rows.HORIZONTAL.at(E=thrust, alpha=case.back_deg, delta=delta),
        vertical=rows.VERTICAL.at(E=thrust, alpha=case.back_deg, delta=delta),
    )  # fmt: skip


def _enlarged(case: PressureCase, part: ThrustPart) -> ThrustPart:
    if case.enlargement.value == 1.0:
        return part
    return _part(case, part.name, gb50330.ENLARGED.at(psi=case.enlargement, E_0=part.thrust), part.arm)


def _water(case: PressureCase) -> ThrustPart:
    level = rows.WATER_THRUST.at(gamma_w=case.water_weight, h=case.water)
    return ThrustPart(
        name="water", thrust=level, arm=rows.THIRD.at(H=case.water), horizontal=level,
        vertical=rows.WATER_ON_BACK.at(gamma_w=case.water_weight, h=case.water, alpha=case.back_deg),
    )  # fmt: skip


def _closed_forms(forms: _Forms) -> tuple[ClosedForm, ...]:
    """The clauses that speak of the case, for the sheet."""
    case = forms.case
    found: list[ClosedForm] = []
    slope = case.slope_deg
    if slope is None or case.strips or case.lines:
        return ()
    drowned = case.water.value
    if drowned > 0 and abs(drowned - case.height.value) > 1e-9:
        return ()
    rho = case.rho.value if case.rho is not None else 0.0
    if slope + rho <= case.soil.friction_deg.value:
        try:
            found.append(forms(loaded=True, quake=case.rho is not None))
        except InputError:
            return ()  # a negative coefficient: the profile without tension carries on, and no clause form is shown
    rock = case.rock
    if rock is not None and rock.distance <= 1e-9 and case.rho is None and rock.angle_deg > slope:
        found.append(
            limited_fill(
                height=case.height, unit_weight=_weight(case), back_deg=case.back_deg,
                beta_deg=slope, wall_friction_deg=case.soil.wall_friction_deg, rock_deg=rock.angle_deg,
                rock_friction_deg=rock.friction_deg, cohesion=rock.cohesion, surcharge=case.surcharge,
                field=f"{case.field}.rock",
            )
        )  # fmt: skip
    return tuple(found)


def _difference(closed: tuple[ClosedForm, ...], wedge: Wedge | None, problem: WedgeProblem) -> float | None:
    """How far the clause that matches the found wedge lies from the search."""
    if not closed or wedge is None or wedge.thrust <= 0:
        return None
    if wedge.on_rock and problem.rock is not None:
        return closed[-1].thrust.value / wedge.thrust - 1 if problem.rock.distance <= 1e-9 else None
    if problem.rock is not None and problem.rock.distance <= 1e-9:
        return None  # a soil plane steeper than the rock is not the clause's free plane
    return closed[0].thrust.value / wedge.thrust - 1


def _second_limit(case: PressureCase) -> Step | None:
    slope = case.slope_deg
    if slope is None or case.virtual or not 0 <= slope <= case.soil.friction_deg.value or case.back_deg.value >= 90:
        return None
    if case.soil.friction_deg.value <= 0:
        return None
    return rows.SECOND_PLANE.at(phi=case.soil.friction_deg, beta=slope)


def _diagram(forms: _Forms, profile: Open | None) -> tuple[tuple[float, float], ...]:
    """Pressure of soil and surcharge against the height above the heel."""
    height = forms.case.height.value
    if profile is None:
        bare = forms(loaded=False, quake=False).thrust.value
        extra = forms(loaded=True, quake=False).thrust.value - bare
        return ((0.0, (2 * bare + extra) / height), (height, extra / height))
    depth, thrust, _ = profile
    middle = 0.5 * (depth[1:] + depth[:-1])
    return tuple(
        (float(height - z), float(p)) for z, p in zip(middle[::-1], (np.diff(thrust) / np.diff(depth))[::-1],
                                                      strict=True)
    )  # fmt: skip
