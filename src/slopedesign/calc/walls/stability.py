"""Equilibrium of a wall on its base: sliding, overturning, eccentricity, bearing pressure.

Moments are taken about the toe. Soil and water behind the wall drive with their horizontal parts; their vertical parts
resist, with their sign. Uplift counts on the driving side of overturning and reduces the normal force.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slopedesign.standards import gb50007_2011
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced, measured, total


@dataclass(frozen=True, kw_only=True)
class Weight:
    """A weight and its lever about the toe [kN/m, m]."""

    name: str
    force: Traced
    x: Traced


@dataclass(frozen=True, kw_only=True)
class Thrust:
    """A thrust on the back: horizontal towards the front, vertical downwards, levers about the toe."""

    name: str
    horizontal: Traced
    vertical: Traced
    x: Traced
    z: Traced


@dataclass(frozen=True, kw_only=True)
class Uplift:
    """Water pressure under the base and its lever about the toe."""

    force: Traced
    x: Traced


@dataclass(frozen=True, kw_only=True)
class BasePressure:
    """Pressure under the base.

    Attributes:
        normal: force square to the base; length: of the base; lever: of the resultant from the toe.
        eccentricity: towards the toe positive; share: of the base's length.
        maximum, mean, minimum: pressures; minimum 0 where part of the base is not pressed.
        at_toe, at_heel: pressures at the ends [kPa]; pressed: length under pressure [m].
    """

    normal: Traced
    length: Traced
    lever: Traced
    eccentricity: Traced
    share: Traced
    maximum: Traced | None
    mean: Traced
    minimum: Traced | None
    at_toe: float
    at_heel: float
    pressed: float


@dataclass(frozen=True, kw_only=True)
class BaseStability:
    """A wall on its base. Safety factors are None where nothing drives; pressure is None where the base is lifted."""

    weights: tuple[Weight, ...]
    thrusts: tuple[Thrust, ...]
    uplift: Uplift | None
    weight: Traced
    horizontal: Traced
    vertical: Traced
    resisting: Traced
    driving: Traced
    normal_steps: tuple[Step, ...]
    sliding: Step | None
    overturning: Step | None
    pressure: BasePressure | None


def base_stability(
    *, weights: Sequence[Weight], thrusts: Sequence[Thrust], base_width: float | Traced, base_deg: float | Traced = 0.0,
    friction: float | Traced, uplift: Uplift | None = None, resistance: float | Traced = 0.0,
    resisting_moment: Traced | None = None,
) -> BaseStability:  # fmt: skip
    """Sliding, overturning and pressure of a wall on its base.

    Args:
        resistance: further force along the base against sliding (cohesion, passive soil, dowels).
        resisting_moment: further moment against overturning (dowels).

    Source: GB 50330-2013 11.2.3, 11.2.4; GB 50007-2011 5.2.2, 6.7.5.
    """
    weight = total({w.name: w.force for w in weights}, "kN/m", "walls.symbol.G")
    horizontal = total({t.name: t.horizontal for t in thrusts}, "kN/m", "walls.symbol.T")
    vertical = total({t.name: t.vertical for t in thrusts}, "kN/m", "walls.symbol.E_z")
    resist = {f"M_{w.name}": rows.MOMENT.at(F=w.force, x=w.x) for w in weights}
    resist |= {f"M_{t.name}_v": rows.MOMENT.at(F=t.vertical, x=t.x) for t in thrusts if t.vertical.value}
    parts: dict[str, Traced] = dict(resist)
    if resisting_moment is not None:
        parts["M_further"] = resisting_moment
    resisting = total(parts, "kN m/m", "walls.symbol.M_r")
    drive: dict[str, Traced] = {
        f"M_{t.name}_h": rows.MOMENT.at(F=t.horizontal, x=t.z) for t in thrusts if t.horizontal.value
    }
    lift = uplift.force if uplift is not None else measured(0.0, "kN/m", "walls.method.none", label="walls.symbol.U")
    if uplift is not None:
        drive["M_uplift"] = rows.MOMENT.at(F=uplift.force, x=uplift.x)
    driving = total(drive, "kN m/m", "walls.symbol.M_o")
    g_n = gb50330.WEIGHT_NORMAL.at(G=weight, alpha_0=base_deg)
    g_t = gb50330.WEIGHT_TANGENTIAL.at(G=weight, alpha_0=base_deg)
    e_an = gb50330.TURN_NORMAL.at(E_ax=horizontal, E_az=vertical, alpha_0=base_deg)
    e_at = gb50330.TURN_TANGENTIAL.at(E_ax=horizontal, E_az=vertical, alpha_0=base_deg)
    sliding = None
    if e_at.value > g_t.value:
        if uplift is None and not float(resistance):
            sliding = gb50330.SLIDING.at(G_n=g_n, E_an=e_an, mu=friction, E_at=e_at, G_t=g_t)
        else:
            sliding = gb50330.SLIDING_ALL.at(G_n=g_n, E_an=e_an, U=lift, mu=friction, R=resistance, E_at=e_at, G_t=g_t)
    overturning = gb50330.OVERTURNING_ALL.at(M_r=resisting, M_o=driving) if driving.value > 0 else None
    all_vertical = total({"G": weight, "E_z": vertical}, "kN/m", "walls.symbol.V")
    normal = rows.BASE_NORMAL.at(V=all_vertical, T=horizontal, alpha_0=base_deg, U=lift)
    length = rows.BASE_LENGTH.at(b=base_width, alpha_0=base_deg)
    return BaseStability(
        weights=tuple(weights), thrusts=tuple(thrusts), uplift=uplift, weight=weight, horizontal=horizontal,
        vertical=vertical, resisting=resisting, driving=driving, normal_steps=(g_n, g_t, e_an, e_at),
        sliding=sliding, overturning=overturning,
        pressure=_pressure(normal, length, resisting, driving) if normal.value > 0 else None,
    )  # fmt: skip


def _pressure(normal: Step, length: Step, resisting: Traced, driving: Traced) -> BasePressure:
    lever = rows.RESULTANT.at(M_r=resisting, M_o=driving, N=normal)
    eccentricity = rows.ECCENTRICITY.at(b=length, a=lever)
    share = rows.SHARE.at(e=eccentricity, b=length)
    mean = gb50007_2011.MEAN_PRESSURE.at(N=normal, b=length)
    b, e = length.value, eccentricity.value
    size = measured(abs(e), "m", "walls.method.size", label="walls.symbol.e", e=eccentricity)
    maximum: Traced | None
    minimum: Traced | None
    pressed = b
    if abs(e) <= b / 6:
        maximum = gb50007_2011.MAX_PRESSURE.at(N=normal, b=length, e=size)
        minimum = gb50007_2011.MIN_PRESSURE.at(N=normal, b=length, e=size)
    elif abs(e) < b / 2:
        edge: Traced = lever if e > 0 else rows.FROM_HEEL.at(b=length, a_0=lever)
        maximum = gb50007_2011.PARTIAL_PRESSURE.at(N=normal, a=edge)
        minimum = measured(0.0, "kPa", "walls.method.not_pressed")
        pressed = min(3 * edge.value, b)
    else:
        maximum = minimum = None
        pressed = 0.0
    high = maximum.value if maximum is not None else 0.0
    low = minimum.value if minimum is not None else 0.0
    at_toe, at_heel = (high, low) if e >= 0 else (low, high)
    return BasePressure(
        normal=normal, length=length, lever=lever, eccentricity=eccentricity, share=share, maximum=maximum, mean=mean,
        minimum=minimum, at_toe=at_toe, at_heel=at_heel, pressed=pressed,
    )  # fmt: skip
