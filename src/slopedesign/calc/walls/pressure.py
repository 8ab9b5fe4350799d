"""Earth and water pressure on the back of a wall in one situation, part by part with its own lever.

The wedge search is the reference. Where the ground is one plane and a clause covers the case, the clause's thrust is
worked beside it; the two are compared, and the clause's is carried on when they agree, so that the sheet can print it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from slopedesign.calc.walls.closed_forms import ClosedForm, coulomb, limited_fill
from slopedesign.calc.walls.layered import stack_parts
from slopedesign.calc.walls.pressure_case import PressureCase, ThrustPart
from slopedesign.calc.walls.wedge import Array, Wedge, WedgeProblem, critical_wedge, thrust_profile
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced, measured

AGREES_WITHIN = 1e-4


@dataclass(frozen=True, kw_only=True)
class EarthPressure:
    """All parts of the thrust on the back.

    Attributes:
        parts: in the order soil, surcharge, earthquake, water; parts of no size are left out.
        wedge: the critical wedge of the search; None where it was not asked for.
        closed: clause forms worked beside it, in reading order.
        profiles: thrust against depth, where no clause covers the case alone.
        difference: (clause - search)/search, where a clause covers the case.
        crack_depth: depth without pressure below the ground [m].
        second_plane: back so flat that a second slip plane forms in the soil; `second_limit` is the clause's angle.
        diagram: (height above the heel, pressure) of soil and surcharge, and of water [kPa, along the back's height].
        remarks: phrase keys with numbers are made by the caller.
    """

    parts: tuple[ThrustPart, ...]
    wedge: Wedge | None
    closed: tuple[ClosedForm, ...]
    profiles: ThrustProfiles | None
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

    Before a rock face soil at rest pushes no less than the wedge on the face: the larger of the two counts.

    Args:
        reference: work the wedge search beside a clause that covers the case alone (sections above the base do not
            need it twice).

    Raises:
        InputError: fill steeper than its friction angle, water above the ground, cohesion that carries the soil alone
            where no least pressure is stated.
    """
    if case.at_rest and case.rock is not None and not case.layers:
        both = [earth_pressure(replace(case, at_rest=False)), earth_pressure(replace(case, rock=None))]
        return max(both, key=lambda found: sum(part.horizontal.value for part in found.parts))
    problem = _problem(case)
    wedge = critical_wedge(problem, case.field) if reference or not _plain(case) else None
    if case.rock is not None and wedge is not None and not wedge.on_rock and case.rock.distance > 0:
        case, problem = replace(case, rock=None), replace(problem, rock=None)  # the critical wedge misses the rock
    forms = _Forms(case)
    if case.layers or case.at_rest:
        return _stacked(case, wedge, whole=reference)
    if _plain(case) and case.soil.cohesion.value == 0:
        profiles, parts, crack = None, _clause_parts(forms), 0.0
        diagram = _linear_diagram(forms)
    else:
        profiles = ThrustProfiles.of(case, problem)
        parts, crack = _searched_parts(case, profiles, case.height.value), profiles.crack_depth
        diagram = profiles.diagram(case.height.value)
    if case.water.value > 0:
        parts.append(_water(case))
    closed = _closed_forms(forms)
    limit = _second_limit(case)
    return EarthPressure(
        parts=tuple(parts), wedge=wedge, closed=closed, profiles=profiles,
        difference=_difference(closed, wedge, problem), crack_depth=crack,
        second_plane=limit is not None and 90 - case.back_deg.value > limit.value + 1e-9, second_limit=limit,
        diagram=diagram,
        water_diagram=((0.0, case.water_weight.value * case.water.value), (case.water.value, 0.0))
        if case.water.value > 0 else (),
    )  # fmt: skip


def _stacked(case: PressureCase, wedge: Wedge | None, *, whole: bool) -> EarthPressure:
    """Layers and pressure at rest; the wedge of the uppermost soil stands beside for comparison only."""
    parts = [_enlarged(case, part) for part in stack_parts(case)]
    if whole and not parts[0].thrust.value > 0:
        raise InputError(
            f"{case.field}.cohesion", case.soil.cohesion.value, message("walls.error.cohesion_carries_all")
        )
    if case.water.value > 0:
        parts.append(_water(case))
    height = case.height.value
    earth = [part for part in parts if part.name in ("soil", "surcharge")]
    force = sum(part.thrust.value for part in earth)
    moment = sum(part.thrust.value * part.arm.value for part in earth)
    top = max(6 * moment / height**2 - 2 * force / height, 0.0)  # straight line of the same force and lever
    return EarthPressure(
        parts=tuple(parts), wedge=wedge, closed=(), profiles=None, difference=None, crack_depth=0.0,
        second_plane=False, second_limit=None, diagram=((0.0, 2 * force / height - top), (height, top)),
        water_diagram=((0.0, case.water_weight.value * case.water.value), (case.water.value, 0.0))
        if case.water.value > 0 else (),
    )  # fmt: skip


def pressure_above(case: PressureCase, whole: EarthPressure) -> EarthPressure:
    """Pressure on the part of a back above a level, from the whole back's profile where one was worked.

    Args:
        case: the part, its height counted from the same head as the whole back.
    """
    if whole.profiles is None or case.at_rest:
        return earth_pressure(case, reference=False)
    parts = _searched_parts(case, whole.profiles, case.height.value)
    if case.water.value > 0:
        parts.append(_water(case))
    return replace(whole, parts=tuple(parts), wedge=None, closed=(), difference=None)


@dataclass(frozen=True, kw_only=True)
class ThrustProfiles:
    """Thrust above each depth of a back, tension left out: soil alone, with loads, with the earthquake.

    `rock_factor`: the whole back's thrust with the rock face over that without it, for each of the three.
    """

    depth: Array
    soil: Array
    loaded: Array
    quake: Array | None
    crack_depth: float
    rock_factor: tuple[float, float, float]

    @staticmethod
    def of(case: PressureCase, problem: WedgeProblem) -> ThrustProfiles:
        """Profiles of a case by the wedge search."""
        bare = replace(problem, uniform=0.0, strips=(), lines=(), rho_deg=0.0)
        loaded = replace(problem, rho_deg=0.0)
        depth, soil, crack = _open_profile(case, bare)
        same = not (problem.uniform or problem.strips or problem.lines)
        with_loads = soil if same else _open_profile(case, loaded)[1]
        shaken = _open_profile(case, problem)[1] if problem.rho_deg else None

        def factor(what: WedgeProblem, free: float) -> float:
            return critical_wedge(what, case.field).thrust / free if what.rock is not None and free > 0 else 1.0

        first = factor(bare, float(soil[-1]))
        second = first if same else factor(loaded, float(with_loads[-1]))
        third = factor(problem, float(shaken[-1])) if shaken is not None else second
        return ThrustProfiles(
            depth=depth, soil=soil, loaded=with_loads, quake=shaken, crack_depth=crack,
            rock_factor=(first, second, third),
        )  # fmt: skip

    def thrust(self, which: str, depth: float) -> float:
        """Thrust above a depth: "soil", "loaded" or "quake"."""
        values, factor = self._of(which)
        return factor * float(_smooth(np.array([depth]), self.depth, values)[0])

    def _of(self, which: str) -> tuple[Array, float]:
        i = ("soil", "loaded", "quake").index(which)
        values = (self.soil, self.loaded, self.quake)[i]
        assert values is not None
        return values, self.rock_factor[i]

    def lever(self, which: str, depth: float, less: str = "") -> float:
        """Lever above `depth` of a thrust (less another): summed over the depth, over the thrust itself."""
        z = np.linspace(0.0, depth, 41)
        values, factor = self._of(which)
        sampled = factor * _smooth(z, self.depth, values)
        if less:
            minus, its = self._of(less)
            sampled = sampled - its * _smooth(z, self.depth, minus)
        if abs(sampled[-1]) < 1e-9:
            return depth / 2
        step = z[1] - z[0]
        area = step / 3 * (sampled[0] + 4 * sampled[1::2].sum() + 2 * sampled[2:-1:2].sum() + sampled[-1])
        return float(area / sampled[-1])

    def diagram(self, height: float) -> tuple[tuple[float, float], ...]:
        """Pressure of soil and loads against the height above the foot."""
        middle = 0.5 * (self.depth[1:] + self.depth[:-1])
        pressure = self.rock_factor[1] * np.diff(self.loaded) / np.diff(self.depth)
        return tuple((float(height - z), float(p)) for z, p in zip(middle[::-1], pressure[::-1], strict=True))


def _smooth(z: Array, depth: Array, values: Array) -> Array:
    """Values between samples; thrusts grow with the square of the depth, so their pressure is interpolated."""
    if len(z) == len(depth) and np.allclose(z, depth, rtol=0, atol=1e-12):
        return values
    slope = np.gradient(values, depth, edge_order=2)
    i = np.clip(np.searchsorted(depth, z, side="right") - 1, 0, len(depth) - 2)
    h = depth[i + 1] - depth[i]
    t = (z - depth[i]) / h
    cubic = (
        (2 * t**3 - 3 * t**2 + 1) * values[i] + (t**3 - 2 * t**2 + t) * h * slope[i]
        + (-2 * t**3 + 3 * t**2) * values[i + 1] + (t**3 - t**2) * h * slope[i + 1]
    )  # fmt: skip
    return np.asarray(cubic)


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
    slope = case.slope_deg
    rho = case.rho.value if case.rho is not None else 0.0
    fits = slope is not None and slope + rho <= case.soil.friction_deg.value
    return fits and _one_weight(case) and case.rock is None and not case.strips and not case.lines


def _one_weight(case: PressureCase) -> bool:
    """Whether all the fill weighs the same: no water, or water to a ground that does not rise above it."""
    drowned = case.water.value
    return drowned <= 0 or (abs(drowned - case.height.value) < 1e-9 and (case.slope_deg or 0.0) <= 1e-9)


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


def _clause_parts(forms: _Forms) -> list[ThrustPart]:
    """Parts of the thrust where one clause covers the case: triangle of the soil, rectangle of the load."""
    case = forms.case
    soil = forms(loaded=False, quake=False).thrust
    parts = [_part(case, "soil", soil, rows.THIRD.at(H=case.height))]
    before = soil
    if case.surcharge.value:
        before = forms(loaded=True, quake=False).thrust
        extra = rows.DIFFERENCE.at(E_1=before, E_0=soil)
        parts.append(_part(case, "surcharge", extra, rows.HALF.at(H=case.height)))
    if case.rho is not None:
        extra = rows.DIFFERENCE.at(E_1=forms(loaded=True, quake=True).thrust, E_0=before)
        parts.append(_part(case, "earthquake", extra, rows.SEISMIC_ARM.at(k=case.lever_share, H=case.height)))
    return [_enlarged(case, part) for part in parts]


def _searched_parts(case: PressureCase, profiles: ThrustProfiles, depth: float) -> list[ThrustPart]:
    """Parts of the thrust above a depth by the wedge search."""
    soil = _searched(case, profiles.thrust("soil", depth))
    parts = [_part(case, "soil", soil, _profiled_arm(case, profiles.lever("soil", depth)))]
    before = soil
    if case.surcharge.value or case.strips or case.lines:
        before = _searched(case, profiles.thrust("loaded", depth))
        extra = rows.DIFFERENCE.at(E_1=before, E_0=soil)
        lever = profiles.lever("loaded", depth, less="soil")
        parts.append(_part(case, "surcharge", extra, _profiled_arm(case, lever)))
    if profiles.quake is not None:
        extra = rows.DIFFERENCE.at(E_1=_searched(case, profiles.thrust("quake", depth)), E_0=before)
        parts.append(_part(case, "earthquake", extra, rows.SEISMIC_ARM.at(k=case.lever_share, H=case.height)))
    return [_enlarged(case, part) for part in parts]


def _part(case: PressureCase, name: str, thrust: Traced, arm: Traced) -> ThrustPart:
    delta = case.soil.wall_friction_deg
    return ThrustPart(
        name=name, thrust=thrust, arm=arm, horizontal=rows.HORIZONTAL.at(E=thrust, alpha=case.back_deg, delta=delta),
        vertical=rows.VERTICAL.at(E=thrust, alpha=case.back_deg, delta=delta),
    )  # fmt: skip


def _enlarged(case: PressureCase, part: ThrustPart) -> ThrustPart:
    if case.enlargement.value == 1.0:
        return part
    by = case.enlargement
    return replace(
        part, thrust=gb50330.ENLARGED.at(psi=by, E_0=part.thrust),
        horizontal=gb50330.ENLARGED.at(psi=by, E_0=part.horizontal),
        vertical=gb50330.ENLARGED.at(psi=by, E_0=part.vertical),
    )  # fmt: skip


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
    if not _one_weight(case):
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


def _linear_diagram(forms: _Forms) -> tuple[tuple[float, float], ...]:
    """Pressure of soil and surcharge by the clause against the height above the foot."""
    height = forms.case.height.value
    bare = forms(loaded=False, quake=False).thrust.value
    extra = forms(loaded=True, quake=False).thrust.value - bare
    return ((0.0, (2 * bare + extra) / height), (height, extra / height))
