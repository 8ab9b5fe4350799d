"""Closed forms of earth pressure, with the steps that led to them.

Each function refuses what its clause cannot answer, naming the project field.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards import gb50007_2011, wall_mechanics
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced, measured

Number = float | Traced


@dataclass(frozen=True, kw_only=True)
class ClosedForm:
    """A thrust by a closed form: coefficient, thrust, and the factors before them."""

    coefficient: Step
    thrust: Step
    before: tuple[Step, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """All lines in the order a reader needs them."""
        return (*self.before, self.coefficient, self.thrust)


def coulomb(
    *, height: Number, unit_weight: Number, back_deg: Number, beta_deg: Number, friction_deg: Number,
    wall_friction_deg: Number, surcharge: Number = 0.0, cohesion: Number = 0.0, rho_deg: Number = 0.0,
    field: str = "backfill",
) -> ClosedForm:  # fmt: skip
    """Active thrust of a plane fill, GB 50330-2013 6.2.3; 6.2.11 with an earthquake angle.

    Raises:
        InputError: friction angle below the fill's slope (and earthquake angle), or a negative coefficient.
    """
    phi, beta, rho = float(friction_deg), float(beta_deg), float(rho_deg)
    if phi < beta + rho - 1e-12:
        raise InputError(
            f"{field}.friction_angle_deg", phi,
            message("walls.error.fill_steeper_than_phi", beta=f"{beta:.2f}", rho=f"{rho:g}"),
        )  # fmt: skip
    k_q = gb50330.SURCHARGE_FACTOR.at(q=surcharge, alpha=back_deg, beta=beta_deg, gamma=unit_weight, H=height)
    eta = gb50330.COHESION_FACTOR.at(c=cohesion, gamma=unit_weight, H=height)
    angles: dict[str, Number] = {"alpha": back_deg, "beta": beta_deg, "phi": friction_deg, "delta": wall_friction_deg}
    if rho:
        k_a = gb50330.SEISMIC.at(**angles, rho=rho_deg, K_q=k_q, eta=eta)
    else:
        k_a = gb50330.COULOMB.at(**angles, K_q=k_q, eta=eta)
    if k_a.value < 0:
        raise InputError(f"{field}.cohesion", float(cohesion), message("walls.error.negative_k", k=f"{k_a.value:.4f}"))
    return ClosedForm(
        before=(k_q, eta), coefficient=k_a, thrust=gb50330.THRUST.at(gamma=unit_weight, H=height, K_a=k_a)
    )


def limited_fill(
    *, height: Number, unit_weight: Number, back_deg: Number, beta_deg: Number, wall_friction_deg: Number,
    rock_deg: Number, rock_friction_deg: Number, cohesion: Number = 0.0, surcharge: Number = 0.0,
    field: str = "rock",
) -> ClosedForm:  # fmt: skip
    """Thrust of fill between wall and a stable rock face through the heel, GB 50330-2013 6.2.8.

    Raises:
        InputError: rock face no steeper than the fill, or a negative coefficient.
    """
    theta, beta = float(rock_deg), float(beta_deg)
    if theta <= beta:
        raise InputError(f"{field}.angle_deg", theta, message("walls.error.rock_flatter_than_fill", beta=beta))
    k_q = gb50330.SURCHARGE_FACTOR.at(q=surcharge, alpha=back_deg, beta=beta_deg, gamma=unit_weight, H=height)
    eta = gb50330.COHESION_FACTOR.at(c=cohesion, gamma=unit_weight, H=height)
    k_a = gb50330.LIMITED_FILL.at(
        alpha=back_deg, beta=beta_deg, delta=wall_friction_deg, theta=rock_deg, delta_r=rock_friction_deg, eta=eta,
        K_q=k_q,
    )  # fmt: skip
    if k_a.value < 0:
        raise InputError(f"{field}.cohesion", float(cohesion), message("walls.error.negative_k", k=f"{k_a.value:.4f}"))
    return ClosedForm(
        before=(k_q, eta), coefficient=k_a, thrust=gb50330.THRUST.at(gamma=unit_weight, H=height, K_a=k_a)
    )


def limited_fill_gb50007(
    *, height: Number, unit_weight: Number, back_deg: Number, beta_deg: Number, wall_friction_deg: Number,
    rock_deg: Number, rock_friction_deg: Number,
) -> ClosedForm:  # fmt: skip
    """The same by GB 50007-2011 6.7.3-2, without cohesion and surcharge."""
    k_a = gb50007_2011.LIMITED_FILL.at(
        alpha=back_deg, beta=beta_deg, delta=wall_friction_deg, theta=rock_deg, delta_r=rock_friction_deg
    )
    return ClosedForm(coefficient=k_a, thrust=gb50330.THRUST.at(gamma=unit_weight, H=height, K_a=k_a))


def rankine_sloped(*, height: Number, unit_weight: Number, beta_deg: Number, friction_deg: Number) -> ClosedForm:
    """Thrust on an upright virtual back under a plane slope; it acts parallel to the slope."""
    k_a = wall_mechanics.RANKINE_SLOPED.at(beta=beta_deg, phi=friction_deg)
    return ClosedForm(coefficient=k_a, thrust=gb50330.THRUST.at(gamma=unit_weight, H=height, K_a=k_a))


def rankine_battered(
    *, height: Number, unit_weight: Number, beta_deg: Number, friction_deg: Number, batter_deg: Number
) -> tuple[ClosedForm, Step]:
    """Rankine thrust on a back leaning `batter_deg` from the vertical, and its inclination to the back's normal."""
    psi = wall_mechanics.PSI_A.at(beta=beta_deg, phi=friction_deg, omega=batter_deg)
    k_a = wall_mechanics.RANKINE_BATTERED.at(beta=beta_deg, omega=batter_deg, phi=friction_deg, psi=psi)
    direction = wall_mechanics.BATTERED_DIRECTION.at(phi=friction_deg, psi=psi)
    thrust = gb50330.THRUST.at(gamma=unit_weight, H=height, K_a=k_a)
    return ClosedForm(before=(psi,), coefficient=k_a, thrust=thrust), direction


@dataclass(frozen=True, kw_only=True)
class SoilLayer:
    """One layer behind an upright smooth wall.

    Attributes:
        thickness [m]; unit_weight: above water, or saturated below it [kN/m3].
        friction_deg, cohesion: strength; coefficient: K_a where it is given instead of the friction angle.
    """

    thickness: float
    unit_weight: Number
    friction_deg: Number = 0.0
    cohesion: Number = 0.0
    coefficient: Number | None = None


@dataclass(frozen=True, kw_only=True)
class LayeredPressure:
    """Rankine pressure through layers.

    Attributes:
        depths: of the ends of each linear stretch, twice at a boundary.
        soil, water: pressure there [kPa]; soil pressure may be below 0 above the crack's depth.
        thrust_uncracked, arm_uncracked: tension counted; thrust, arm: tension left out [kN/m, m above the base].
        crack_depth: down to where the pressure is not above 0 [m].
        steps: coefficients and pressures at the boundaries.
    """

    depths: tuple[float, ...]
    soil: tuple[float, ...]
    water: tuple[float, ...]
    thrust_uncracked: Traced
    arm_uncracked: float
    thrust: Traced
    arm: float
    crack_depth: float
    steps: tuple[Step, ...]


def rankine_layers(
    layers: Sequence[SoilLayer], *, surcharge: Number = 0.0, water_depth: float | None = None,
    water_weight: Number = 10.0, state: str = "active", field: str = "layers",
) -> LayeredPressure:  # fmt: skip
    """Rankine pressure of layered soil on an upright wall, GB 50330-2013 6.2.4 (6.2.5 for state "passive").

    Args:
        water_depth: depth of the water table below the top; below it weights are taken as saturated and buoyant.

    Raises:
        InputError: no layer, or the water table above the ground.
    """
    if not layers:
        raise InputError(field, 0, message("walls.error.no_layer"))
    if water_depth is not None and water_depth < 0:
        raise InputError(f"{field}.water_depth", water_depth, message("walls.error.water_above_ground", height=0))
    sign = -1.0 if state == "active" else 1.0
    depths: list[float] = []
    soil: list[float] = []
    water: list[float] = []
    steps: list[Step] = []
    top, stress = 0.0, float(surcharge)
    gamma_w = float(water_weight)
    for layer in layers:
        row = gb50330.RANKINE_ACTIVE if state == "active" else gb50330.RANKINE_PASSIVE
        k: Traced | float
        if layer.coefficient is None:
            k = row.at(phi=layer.friction_deg)
            steps.append(k)
        else:
            k = layer.coefficient
        for low, high, wet in _stretches(top, top + layer.thickness, water_depth):
            weight = float(layer.unit_weight) - (gamma_w if wet else 0.0)
            for depth in (low, high):
                here = stress + weight * (depth - low)
                value = here * float(k) + sign * 2 * float(layer.cohesion) * math.sqrt(float(k))
                if state == "active":
                    sigma = measured(here, "kPa", "walls.method.vertical_stress", of=f"z = {depth:g} m")
                    steps.append(gb50330.RANKINE_PRESSURE.at(sigma=sigma, K_a=k, c=layer.cohesion))
                depths.append(depth)
                soil.append(value)
                water.append(gamma_w * (depth - water_depth) if wet and water_depth is not None else 0.0)
            stress += weight * (high - low)
        top += layer.thickness
    return _summed(tuple(depths), tuple(soil), tuple(water), top, tuple(steps))


def _stretches(top: float, bottom: float, water: float | None) -> list[tuple[float, float, bool]]:
    if water is None or water >= bottom:
        return [(top, bottom, False)]
    if water <= top:
        return [(top, bottom, True)]
    return [(top, water, False), (water, bottom, True)]


def _summed(
    depths: tuple[float, ...], soil: tuple[float, ...], water: tuple[float, ...], height: float,
    steps: tuple[Step, ...],
) -> LayeredPressure:  # fmt: skip
    force = moment = force_open = moment_open = crack = 0.0
    for i in range(0, len(depths), 2):
        z1, z2 = depths[i], depths[i + 1]
        f, m = _linear(z1, z2, soil[i] + water[i], soil[i + 1] + water[i + 1], height)
        force, moment = force + f, moment + m
        s1, s2, start = soil[i], soil[i + 1], z1
        if s1 < 0 < s2:
            start = z1 + (z2 - z1) * s1 / (s1 - s2)
            s1 = 0.0
        if s2 <= 0 and soil[i] < 0:
            crack = z2
        elif soil[i] < 0:
            crack = start
        if s2 > 0 or s1 > 0:
            f, m = _linear(start, z2, max(s1, 0.0), max(s2, 0.0), height)
            force_open, moment_open = force_open + f, moment_open + m
        f, m = _linear(z1, z2, water[i], water[i + 1], height)
        force_open, moment_open = force_open + f, moment_open + m
    parts: dict[str, Traced] = {f"e_{i + 1}": step for i, step in enumerate(steps)}
    return LayeredPressure(
        depths=depths, soil=soil, water=water, crack_depth=crack, steps=steps,
        thrust_uncracked=measured(force, "kN/m", "walls.method.pressure_area", "", label="walls.symbol.E_a", **parts),
        arm_uncracked=moment / force if force else 0.0,
        thrust=measured(force_open, "kN/m", "walls.method.pressure_area", "", label="walls.symbol.E_a", **parts),
        arm=moment_open / force_open if force_open else 0.0,
    )  # fmt: skip


def _linear(z1: float, z2: float, p1: float, p2: float, height: float) -> tuple[float, float]:
    """Force of a linear pressure between two depths, and its moment about the base."""
    span = z2 - z1
    force = 0.5 * (p1 + p2) * span
    moment = p1 * span * (height - (z1 + z2) / 2) + 0.5 * (p2 - p1) * span * (height - z1 - 2 * span / 3)
    return force, moment
