"""Thrust of fill in level layers, and thrust at rest: pressure from the stress above, layer by layer.

Each layer is cut at the water level. Its pressure grows linearly from the stress at its top; behind a wall that yields
cohesion takes off 2 c sqrt(K), and what would pull on the wall is left out. At rest cohesion counts for nothing, and an
earthquake adds the thrust on a wall that cannot yield (Wood 1973).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slopedesign.calc.walls.pressure_case import PressureCase, SoilState, ThrustPart
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced, measured, total


@dataclass(frozen=True, kw_only=True)
class Slab:
    """A stretch of one soil, dry or drowned: from `top` to `bottom` below the head of the back."""

    top: float
    bottom: float
    weight: Traced
    soil: SoilState


def slabs(case: PressureCase) -> tuple[Slab, ...]:
    """The layers behind a back, cut at the water level; the last layer runs on to the foot."""
    height = case.height.value
    surface = height - case.water.value
    found: list[Slab] = []
    top = 0.0
    layers = case.layers or ((height, case.soil),)
    for i, (thickness, soil) in enumerate(layers):
        bottom = height if i == len(layers) - 1 else min(top + thickness, height)
        cuts = sorted({top, bottom, min(max(surface, top), bottom)})
        for a, b in zip(cuts, cuts[1:], strict=False):
            weight = soil.buoyant_weight if a >= surface - 1e-9 else soil.unit_weight
            found.append(Slab(top=a, bottom=b, weight=weight, soil=soil))
        top = bottom
        if top >= height - 1e-9:
            break
    return tuple(found)


def stack_parts(case: PressureCase) -> tuple[ThrustPart, ...]:
    """Parts of the thrust layer by layer, active or at rest: soil, surcharge, earthquake.

    Raises:
        InputError: layers under sloping ground, local loads or a rock face, which this method does not cover.
    """
    slope = case.slope_deg
    level = slope is not None and abs(slope) < 1e-9
    if not level or case.strips or case.lines or case.rock is not None:
        raise InputError(f"{case.field}.layers", len(case.layers), message("walls.error.layers_level_only"))
    still = _summed(case, None)
    parts = [p for p in (_part(case, "soil", still[0]), _part(case, "surcharge", still[1])) if p is not None]
    if case.rho is not None and case.at_rest:
        parts.append(_shaken_at_rest(case, case.rho))
    elif case.rho is not None:
        shaken = _summed(case, case.rho)
        before = total({"soil": _sum(still[0]), "q": _sum(still[1])}, "kN/m")
        after = total({"soil": _sum(shaken[0]), "q": _sum(shaken[1])}, "kN/m")
        extra = rows.DIFFERENCE.at(E_1=after, E_0=before)
        delta = case.soil.wall_friction_deg
        parts.append(
            ThrustPart(
                name="earthquake", thrust=extra, arm=rows.SEISMIC_ARM.at(k=case.lever_share, H=case.height),
                horizontal=rows.HORIZONTAL.at(E=extra, alpha=case.back_deg, delta=delta),
                vertical=rows.VERTICAL.at(E=extra, alpha=case.back_deg, delta=delta),
            )
        )  # fmt: skip
    return tuple(parts)


def _shaken_at_rest(case: PressureCase, rho: Traced) -> ThrustPart:
    """What an earthquake adds on a wall that cannot yield: k_h times the stress at the foot times the height."""
    stress: Traced = case.surcharge
    for slab in slabs(case):
        thick = measured(slab.bottom - slab.top, "m", "walls.method.layer", label="walls.symbol.h_layer")
        stress = rows.STRESS_BELOW.at(sigma=stress, gamma=slab.weight, h=thick)
    extra = rows.QUAKE_AT_REST.at(rho=rho, sigma=stress, H=case.height)
    return ThrustPart(
        name="earthquake", thrust=extra, arm=rows.SEISMIC_ARM.at(k=case.lever_share, H=case.height),
        horizontal=extra, vertical=measured(0.0, "kN/m", "walls.method.at_rest"),
    )  # fmt: skip


Piece = tuple[Step, float, Traced]  # thrust, lever above the foot, wall friction


def _summed(case: PressureCase, rho: Traced | None) -> tuple[list[Piece], list[Piece]]:
    """Thrust pieces of soil and of surcharge, one for each slab."""
    soil: list[Piece] = []
    load: list[Piece] = []
    stress: Traced = measured(0.0, "kPa", "walls.method.vertical_stress")
    for slab in slabs(case):
        k, delta = _coefficient(case, slab.soil, rho)
        thick = measured(slab.bottom - slab.top, "m", "walls.method.layer", label="walls.symbol.h_layer")
        cohesion = measured(0.0, "kPa", "walls.method.at_rest") if case.at_rest else slab.soil.cohesion
        row = rows.LAYER_THRUST.at(sigma=stress, h=thick, gamma=slab.weight, K_a=k, c=cohesion)
        soil.append((*_not_below_least(row, slab, case.height.value), delta))
        if case.surcharge.value:
            by_load = rows.LAYER_SURCHARGE.at(q=case.surcharge, h=thick, K_a=k)
            load.append((by_load, case.height.value - 0.5 * (slab.top + slab.bottom), delta))
        stress = rows.STRESS_BELOW.at(sigma=stress, gamma=slab.weight, h=thick)
    return soil, load


def _coefficient(case: PressureCase, soil: SoilState, rho: Traced | None) -> tuple[Step, Traced]:
    if case.at_rest:
        none = measured(0.0, "deg", "walls.method.at_rest", label="walls.symbol.delta")
        return gb50330.AT_REST.at(phi=soil.friction_deg), none
    delta = soil.wall_friction_deg
    if rho is None:
        return gb50330.COULOMB.at(
            alpha=case.back_deg, beta=0.0, phi=soil.friction_deg, delta=delta, K_q=1.0, eta=0.0
        ), delta
    return gb50330.SEISMIC.at(
        alpha=case.back_deg, beta=0.0, phi=soil.friction_deg, delta=delta, rho=rho, K_q=1.0, eta=0.0
    ), delta


def _not_below_least(row: Step, slab: Slab, height: float) -> tuple[Step, float]:
    """Thrust of a layer and its lever above the foot of the back; the least fluid pressure where that is more."""
    below = height - slab.bottom
    v = row.numbers
    k = v["K_a"]
    loss = 2 * v["c"] * k**0.5
    top, bottom = v["sigma"] * k - loss, (v["sigma"] + v["gamma"] * v["h"]) * k - loss
    least = slab.soil.min_fluid_weight
    if least is not None:
        floor = rows.LEAST_THRUST.at(gamma_min=least, z_1=slab.top, z_2=slab.bottom)
        if floor.value > row.value:
            return floor, below + _trapezoid_lever(slab.bottom - slab.top, slab.top, slab.bottom)
    pressed = v["h"] if top >= 0 else v["h"] * max(bottom, 0.0) / (bottom - top)
    return row, below + _trapezoid_lever(pressed, max(top, 0.0), max(bottom, 0.0))


def _trapezoid_lever(height: float, top: float, bottom: float) -> float:
    return height / 3 * (2 * top + bottom) / (top + bottom) if top + bottom > 0 else height / 3


def _sum(pieces: Sequence[Piece]) -> Traced:
    return total({f"E_{i + 1}": piece[0] for i, piece in enumerate(pieces)}, "kN/m", "walls.symbol.E_a")


def _part(case: PressureCase, name: str, pieces: Sequence[Piece]) -> ThrustPart | None:
    if not pieces:
        return None
    size = _sum(pieces)
    named = {f"E_{i + 1}": piece for i, piece in enumerate(pieces)}
    moment = sum(step.value * lever for step, lever, _ in pieces)
    arm = moment / size.value if size.value > 0 else 0.0
    level = {n: rows.HORIZONTAL.at(E=e, alpha=case.back_deg, delta=d) for n, (e, _, d) in named.items()}
    down = {n: rows.VERTICAL.at(E=e, alpha=case.back_deg, delta=d) for n, (e, _, d) in named.items()}
    levers: dict[str, Traced] = {n: e for n, (e, _, _) in named.items()}
    return ThrustPart(
        name=name, thrust=size,
        arm=measured(arm, "m", "walls.method.layer_levers", "", label="walls.symbol.z", **levers),
        horizontal=total(level, "kN/m", "walls.formula.E_ax"), vertical=total(down, "kN/m", "walls.formula.E_az"),
    )  # fmt: skip
