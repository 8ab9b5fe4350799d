"""Published wall cases against the program's own functions.

A case is read by the names of its inputs and its topic; what its id says is never asked. Published numbers are found
by name: "Pa_kN_m", "PAE_k_ft" and "pa" all ask for the same quantity.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from slopedesign.calc.walls import closed_forms as forms
from slopedesign.calc.walls.body import wall_body
from slopedesign.calc.walls.layout import polygon_area, polygon_centroid
from slopedesign.calc.walls.stability import BaseStability, Thrust, Uplift, Weight, base_stability
from slopedesign.calc.walls.wedge import RockFace, WedgeProblem, critical_wedge
from slopedesign.errors import SlopeDesignError
from slopedesign.i18n import message
from slopedesign.project.walls import WallShape
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards import wall_mechanics as rows
from slopedesign.standards.trace import Traced, measured
from slopedesign.verification import wall_sections as sections
from slopedesign.verification.common import CaseResult
from slopedesign.verification.wall_inputs import Inputs, Outputs, short

Case = Mapping[str, Any]

SEISMIC_LEVER = 0.6


def run(cases: Sequence[Case]) -> list[CaseResult]:
    """Every published number of every case."""
    results: list[CaseResult] = []
    for case in cases:
        results += _results(case)
    return results


def _results(case: Case) -> Iterator[CaseResult]:
    published: Mapping[str, Any] = case.get("published") or {}
    note = str(case.get("note", ""))
    if not published:
        published = case.get("recomputed") or {}
        note = "no published number: independent recomputation"
    tolerance = float(case.get("tolerance_percent", 0.5)) / 100
    found, trouble = _worked(case)
    by_short = {short(name): value for name, value in found.items()}
    for name, value in published.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        ours = found.get(name, by_short.get(short(name)))
        yield CaseResult(
            case=str(case["id"]), what=name, expected=float(value), found=ours, tolerance=tolerance,
            source=str(case.get("source", "")), note=note if ours is not None else trouble or "no such quantity",
        )  # fmt: skip


def _worked(case: Case) -> tuple[Outputs, str]:
    given = Inputs(case.get("inputs", {}))
    topic = str(case.get("topic", "")).lower()
    for fits, work in _LAYOUTS:
        if not fits(given, topic):
            continue
        try:
            return work(given, topic), ""
        except (SlopeDesignError, ArithmeticError, KeyError, ValueError, TypeError, IndexError) as error:
            return {}, f"{type(error).__name__}: {error}"
    return {}, str(message("walls.error.case_topic").render("en"))


def _trace(value: float, unit: str = "-") -> Traced:
    return measured(value, unit, "walls.method.case")


# Rankine


def _layers(given: Inputs, topic: str) -> Outputs:
    del topic
    gamma_w = given.get("gamma_w", default=10.0)
    layers = []
    listed = given.raw("layers", "strata")
    rows = listed if isinstance(listed, Sequence) else [given.raw(f"layer{i}") for i in range(1, len(given.names) + 1)]
    for layer in rows:
        if not isinstance(layer, Mapping):
            break
        one = Inputs(layer)
        layers.append(
            forms.SoilLayer(
                thickness=one.get("h", "H", "thickness"), unit_weight=one.get("gamma_sat", "gamma"),
                friction_deg=one.get("phi", default=0.0), cohesion=one.get("c", "cu", default=0.0),
                coefficient=one.get("Ka", "K_a") if one.has("Ka", "K_a") else None,
            )
        )  # fmt: skip
    water = given.get("water_depth") if given.has("water_depth") else None
    found = forms.rankine_layers(layers, surcharge=given.get("q", default=0.0), water_depth=water, water_weight=gamma_w)
    out = {
        "p_top": found.soil[0], "p_base": found.soil[-1], "total": found.thrust.value, "Ea": found.thrust.value,
        "Pa": found.thrust.value, "arm": found.arm, "arm_above_base": found.arm, "z0": found.crack_depth,
        "water": found.water[-1],
    }  # fmt: skip
    first = layers[0].thickness
    for k, depth in enumerate(found.depths):
        if abs(depth - first) < 1e-9 and k % 2 == 1:
            out["p_above_interface"] = found.soil[k]
        if abs(depth - first) < 1e-9 and k % 2 == 0:
            out["p_below_interface"] = found.soil[k]
    return out


def _rankine(given: Inputs, topic: str) -> Outputs:
    del topic
    height, gamma = given.get("H", "H_prime", "height"), given.get("gamma", "gamma1")
    phi = given.get("phi", "phi1", default=0.0)
    c = given.get("c", "cu", "c1", default=0.0)
    q = given.get("q", default=0.0)
    water: dict[str, float | None] = {}
    soil = [forms.SoilLayer(thickness=height, unit_weight=gamma, friction_deg=phi, cohesion=c)]
    if given.has("water_depth") and given.get("water_depth") < height:
        depth = given.get("water_depth")
        water = {"water_depth": depth, "water_weight": given.get("gamma_w", default=10.0)}
        under = forms.SoilLayer(thickness=height - depth, unit_weight=given.get("gamma_sat", default=gamma),
                                friction_deg=phi, cohesion=c)  # fmt: skip
        soil = [*([replace(soil[0], thickness=depth)] if depth > 0 else []), under]
    active = forms.rankine_layers(soil, surcharge=q, **water)  # type: ignore[arg-type]
    passive = forms.rankine_layers(soil, surcharge=q, state="passive", **water)  # type: ignore[arg-type]
    k_a = gb50330.RANKINE_ACTIVE.number(phi=phi)
    out = {
        "Ka": k_a, "Kp": gb50330.RANKINE_PASSIVE.number(phi=phi), "K0": gb50330.AT_REST.number(phi=phi),
        "Pa": active.thrust_uncracked.value, "Pp": passive.thrust.value, "arm": active.arm_uncracked,
        "Pa_before_crack": active.thrust_uncracked.value, "Pa_after_crack": active.thrust.value,
        "Pa_before": active.thrust_uncracked.value, "Pa_after": active.thrust.value,
        "arm_before_crack": active.arm_uncracked, "arm_after_crack": active.arm, "arm_before": active.arm_uncracked,
        "arm_after": active.arm, "sigma_top": active.soil[0], "sigma_base": active.soil[-1], "p_top": active.soil[0],
        "p_base": active.soil[-1],
    }  # fmt: skip
    at_rest = out["K0"] * (gb50330.THRUST.number(gamma=gamma, H=height, K_a=1.0) + q * height)
    if not water:
        out |= {"P0": at_rest, "E0": at_rest}
    if c > 0:
        out["z0"] = rows.CRACK_DEPTH.number(c=c, K_a=k_a, q=q, gamma=gamma)
        out["zc"] = out["z0"]
    rise = given.get(*SLOPES, default=0.0)
    if rise > 0:
        sloped = forms.rankine_sloped(height=height, unit_weight=gamma, beta_deg=rise, friction_deg=phi)
        k_a, thrust, lean = sloped.coefficient.value, sloped.thrust.value, math.radians(rise)
        return {"Ka": k_a, "Kp": math.cos(lean) ** 2 / k_a, "Pa": thrust, "Ph": thrust * math.cos(lean),
                "Pv": thrust * math.sin(lean), "arm": height / 3}  # fmt: skip
    return out


BATTERS = ("batter", "batter_deg", "theta", "theta_deg", "theta_wall", "back_batter", "back_batter_deg", "omega",
           "wall_batter", "wall_inclination", "back_inclination")  # fmt: skip
SLOPES = ("alpha", "alpha_deg", "beta", "beta_deg", "beta_backfill", "slope", "slope_deg", "backfill_slope")


def _rankine_battered(given: Inputs, topic: str) -> Outputs:
    del topic
    height = given.get("H", "height")
    form, direction = forms.rankine_battered(
        height=height, unit_weight=given.get("gamma"), beta_deg=given.get(*SLOPES, default=0.0),
        friction_deg=given.get("phi"), batter_deg=given.get(*BATTERS),
    )  # fmt: skip
    return {
        "Ka": form.coefficient.value, "Pa": form.thrust.value, "psi": form.before[0].value,
        "psi_a": form.before[0].value, "beta": direction.value, "beta_prime": direction.value,
        "direction": direction.value, "inclination": direction.value, "arm": height / 3, "z": height / 3,
    }  # fmt: skip


# Coulomb, limited fill, earthquake


STEEPEST_FILL = 50.0
"""An alpha below it [deg] is the slope of a backfill; one above it the back of a wall, from the horizontal."""


def _back(given: Inputs) -> float:
    if given.has("back_angle", "back_angle_from_horizontal", "alpha_back"):
        return given.get("back_angle", "back_angle_from_horizontal", "alpha_back")
    if given.has("epsilon", "back_batter", "batter", "theta_wall"):
        return 90.0 - given.get("epsilon", "back_batter", "batter", "theta_wall")
    if given.has("back_slope", "back_ratio"):
        return 90.0 - math.degrees(math.atan(given.get("back_slope", "back_ratio")))
    if given.has("alpha") and given.get("alpha") > STEEPEST_FILL:
        return given.get("alpha")
    off_plumb = ("theta_back", "back_from_vertical", "back_inclination", "wall_inclination", "theta")
    if given.has(*off_plumb) and not given.has("rock_angle", "delta_r") and given.get(*off_plumb) < STEEPEST_FILL:
        return 90.0 - given.get(*off_plumb)
    return 90.0


def _coulomb(given: Inputs, topic: str) -> Outputs:
    height, gamma = given.get("H", "H_prime", "height"), given.get("gamma", "gamma1")
    back = _back(given)
    if "leaning into" in topic and back < 90:
        back = 180.0 - back
    rise = given.get("alpha", default=0.0)
    beta = given.get("beta", "beta_backfill", "slope", "backfill_slope", "i",
                     default=rise if rise <= STEEPEST_FILL else 0.0)  # fmt: skip
    delta = given.get("delta", default=0.0)
    load = given.get("q", "q_kPa", default=0.0)
    for name in ("q_m", "h0", "h0_m", "q_soil"):
        if given.stated(name):
            load = given.get(name) * gamma
            break
    phi, c, rho = given.get("phi", "phi1"), given.get("c", default=0.0), given.get("rho", "rho_deg", default=0.0)
    form = forms.coulomb(
        height=height, unit_weight=gamma, back_deg=back, beta_deg=beta, friction_deg=phi, wall_friction_deg=delta,
        surcharge=load, cohesion=c, rho_deg=rho,
    )  # fmt: skip
    wedge = critical_wedge(
        WedgeProblem(
            height=height, back_deg=back, ground=((0.0, 0.0), (1.0, math.tan(math.radians(beta)))), unit_weight=gamma,
            friction_deg=phi, cohesion=c, wall_friction_deg=delta, uniform=load, rho_deg=rho,
        )
    )  # fmt: skip
    thrust = form.thrust.value
    e_x = gb50330.HORIZONTAL.number(E_a=thrust, alpha=back, delta=delta)
    e_y = gb50330.VERTICAL.number(E_a=thrust, alpha=back, delta=delta)
    return {
        "Ka": form.coefficient.value, "Pa": thrust, "Ea": thrust, "E": thrust, "wedge": wedge.thrust, "Ex": e_x,
        "Eax": e_x, "Ey": e_y, "Eaz": e_y, "Ph": e_x, "Pv": e_y, "plane_deg": wedge.plane_deg,
        "theta": 90 - wedge.plane_deg, "theta_deg": 90 - wedge.plane_deg, "W": wedge.weight,
    }  # fmt: skip


def _limited(given: Inputs, topic: str) -> Outputs:
    del topic
    height, gamma, back = given.get("H", "height"), given.get("gamma"), _back(given)
    beta, delta = given.get("beta", default=0.0), given.get("delta", default=0.0)
    face, friction = given.get("rock_angle", "theta"), given.get("delta_r")
    c = given.get("c", default=0.0)
    form = forms.limited_fill(
        height=height, unit_weight=gamma, back_deg=back, beta_deg=beta, wall_friction_deg=delta, rock_deg=face,
        rock_friction_deg=friction, cohesion=c, surcharge=given.get("q", default=0.0),
    )  # fmt: skip
    out = {"Ka": form.coefficient.value, "Ea": form.thrust.value, "Pa": form.thrust.value}
    if c == 0 and not given.has("q"):
        same = forms.limited_fill_gb50007(
            height=height, unit_weight=gamma, back_deg=back, beta_deg=beta, wall_friction_deg=delta, rock_deg=face,
            rock_friction_deg=friction,
        )  # fmt: skip
        out["ka_gb50007"] = same.coefficient.value
    if given.has("phi"):
        wedge = critical_wedge(
            WedgeProblem(
                height=height, back_deg=back, ground=((0.0, 0.0), (1.0, math.tan(math.radians(beta)))),
                unit_weight=gamma, friction_deg=given.get("phi"), cohesion=c, wall_friction_deg=delta,
                rock=RockFace(distance=0.0, angle_deg=face, friction_deg=friction, cohesion=c),
            )
        )  # fmt: skip
        out["wedge"] = wedge.thrust
    return out


def _mononobe(given: Inputs, topic: str) -> Outputs:
    del topic
    k_h = given.get("kh")
    k_v = given.get("kv", default=0.0)
    if "downward" in str(given.raw("kv")):
        k_v = -k_v  # weight grows with the vertical acceleration
    rho = rows.EARTHQUAKE_ANGLE.number(k_h=k_h, k_v=k_v)
    back, beta = _back(given), given.get("beta", "alpha", "beta_backfill", default=0.0)
    angles = {"alpha": back, "beta": beta, "phi": given.get("phi"), "delta": given.get("delta", default=0.0)}
    k_ae = gb50330.SEISMIC.number(**angles, rho=rho, K_q=1.0, eta=0.0)
    k_a = gb50330.COULOMB.number(**angles, K_q=1.0, eta=0.0)
    out = {"KAE": k_ae, "Ka": k_a, "theta_rad": math.radians(rho), "rho_deg": rho}
    if not given.has("H", "height"):
        return out
    height, gamma = given.get("H", "height"), given.get("gamma")
    whole = gb50330.THRUST.number(gamma=gamma, H=height, K_a=k_ae) * (1 - k_v)
    static = gb50330.THRUST.number(gamma=gamma, H=height, K_a=k_a)
    extra = rows.DIFFERENCE.number(E_1=whole, E_0=static)
    lever = rows.SEISMIC_ARM.number(k=SEISMIC_LEVER, H=height)
    arm = (static * rows.THIRD.number(H=height) + extra * lever) / whole
    out |= {"PAE": whole, "Pae": whole, "Pa": static, "dPAE": extra, "dPae": extra, "arm": arm, "zbar": arm, "z": arm,
            "z_bar": arm}  # fmt: skip
    if given.has("L", "kav"):
        out |= _reinforced_earth(given, height, gamma, whole)
    return out


def _reinforced_earth(given: Inputs, height: float, gamma: float, thrust: float) -> Outputs:
    """External sliding of a reinforced block under earthquake: its inertia over half its length, half the live load.

    The live load drives with the seismic coefficient and is left out of the resistance.
    """
    delta = given.get("delta", default=0.0)
    k_ae = thrust / gb50330.THRUST.number(gamma=gamma, H=height, K_a=1.0)
    weight = gamma * height * given.get("L")
    inertia = rows.INERTIA.number(alpha_w=given.get("kav"), G=0.5 * weight)
    live = 0.5 * given.get("qLS", "q", default=0.0) * height * k_ae
    level = rows.HORIZONTAL.number(E=thrust, alpha=90.0, delta=delta) + inertia + live
    down = rows.VERTICAL.number(E=thrust, alpha=90.0, delta=delta)
    mu = math.tan(math.radians(given.get("phi_foundation", "phi")))
    factor = gb50330.SLIDING.number(G_n=weight, E_an=down, mu=mu, E_at=level, G_t=0.0)
    return {"PIR": inertia, "THF": level, "V": weight + down, "CDR": factor, "PLS": live}


# equilibrium on the base


def _components(given: Inputs, topic: str) -> Outputs:
    """G and E_a given: the clause's components, levers and factors as far as the inputs reach."""
    del topic
    alpha, delta = _back(given), given.get("delta", default=0.0)
    a_0 = given.get("base_angle", "alpha0", "alpha_0", default=0.0)
    weight, thrust = given.get("G"), given.get("Ea", "E_a", "Pa")
    g_n = gb50330.WEIGHT_NORMAL.number(G=weight, alpha_0=a_0)
    g_t = gb50330.WEIGHT_TANGENTIAL.number(G=weight, alpha_0=a_0)
    e_at = gb50330.THRUST_TANGENTIAL.number(E_a=thrust, alpha=alpha, alpha_0=a_0, delta=delta)
    e_an = gb50330.THRUST_NORMAL.number(E_a=thrust, alpha=alpha, alpha_0=a_0, delta=delta)
    out = {
        "Gn": g_n, "Gt": g_t, "Eat": e_at, "Ean": e_an,
        "Eax": gb50330.HORIZONTAL.number(E_a=thrust, alpha=alpha, delta=delta),
        "Eaz": gb50330.VERTICAL.number(E_a=thrust, alpha=alpha, delta=delta),
    }  # fmt: skip
    if given.has("mu"):
        out["Fs"] = gb50330.SLIDING.number(G_n=g_n, E_an=e_an, mu=given.get("mu"), E_at=e_at, G_t=g_t)
    if given.has("b", "B", "base") and given.has("z", "zf", "z_f"):
        b = given.get("b", "B", "base")
        if given.has("z"):
            out["xf"] = gb50330.LEVER_X.number(b=b, z=given.get("z"), alpha=alpha)
            out["zf"] = gb50330.LEVER_Z.number(z=given.get("z"), b=b, alpha_0=a_0)
        else:
            out["zf"] = given.get("zf", "z_f")
            out["xf"] = given.get("xf", "x_f", default=b - out["zf"] / math.tan(math.radians(alpha)))
        if given.has("x0", "x_0"):
            out["Ft"] = gb50330.OVERTURNING.number(
                G=weight, x_0=given.get("x0", "x_0"), E_az=out["Eaz"], x_f=out["xf"], E_ax=out["Eax"], z_f=out["zf"]
            )
    return out


def _gravity(given: Inputs, topic: str) -> Outputs:
    """A gravity wall by its sizes, with the thrust given."""
    del topic
    alpha, delta = _back(given), given.get("delta", default=0.0)
    height, top = given.get("H", "height"), given.get("top", "top_width")
    back = 1 / math.tan(math.radians(alpha)) if alpha != 90 else 0.0
    base = given.get("base", "base_width", "bottom", "bottom_width", "B", default=top + back * height)
    face = (base - top) / height - back  # what the back does not take of a stated base is the face's
    shape = WallShape(height=height, top_width=top, back_batter=back, face_batter=max(face, 0.0))
    body = wall_body(shape, "hard_rock")
    weight = rows.WEIGHT.at(gamma=given.get("gamma_wall"), A=body.area)
    z = given.get("zf", "z_f", default=shape.height / 3)
    thrust = given.get("Ea", "E_a")
    out = base_stability(
        weights=[Weight(name="wall", force=weight, x=_trace(body.centroid[0], "m"))],
        thrusts=[
            Thrust(
                name="soil", horizontal=gb50330.HORIZONTAL.at(E_a=thrust, alpha=alpha, delta=delta),
                vertical=gb50330.VERTICAL.at(E_a=thrust, alpha=alpha, delta=delta),
                x=gb50330.LEVER_X.at(b=body.base_width, z=z, alpha=alpha), z=_trace(z, "m"),
            )
        ],
        base_width=body.base_width, friction=given.get("mu"),
    )  # fmt: skip
    return {"G": weight.value, "base": body.base_width, "x0": body.centroid[0]} | _stability_outputs(out)


def _stability_outputs(found: BaseStability) -> Outputs:
    out: Outputs = {"sum_MR": found.resisting.value, "Mo": found.driving.value, "M_R": found.resisting.value,
                    "M_O": found.driving.value}  # fmt: skip
    if found.sliding is not None:
        out |= {"Fs": found.sliding.value, "FS_sliding": found.sliding.value}
    if found.overturning is not None:
        out |= {"Ft": found.overturning.value, "FS_overturning": found.overturning.value}
    p = found.pressure
    if p is not None:
        out |= {
            "sum_V": p.normal.value,
            "e": p.eccentricity.value,
            "q_toe": p.at_toe,
            "q_heel": p.at_heel,
            "p_max": max(p.at_toe, p.at_heel),
            "p_min": min(p.at_toe, p.at_heel),
            "p_mean": p.mean.value,
        }
    return out


def _uplift(given: Inputs, topic: str) -> Outputs:
    """Overturning with water under the base; uplift drives, and beside it the other convention."""
    del topic
    b = given.get("b", "B")
    force = rows.UPLIFT.at(lambda_u=1.0, gamma_w=given.get("gamma_w", default=10.0), h=given.get("head_heel"), b=b)
    lever = rows.TWO_THIRDS.at(b=b)
    thrust = Thrust(
        name="soil", horizontal=_trace(given.get("Eax"), "kN/m"), vertical=_trace(given.get("Eaz"), "kN/m"),
        x=_trace(given.get("xf"), "m"), z=_trace(given.get("zf"), "m"),
    )  # fmt: skip
    weight = Weight(name="wall", force=_trace(given.get("G"), "kN/m"), x=_trace(given.get("x0"), "m"))
    found = base_stability(
        weights=[weight], thrusts=[thrust], base_width=b, friction=given.get("mu", default=0.5),
        uplift=Uplift(force=force, x=lever),
    )  # fmt: skip
    assert found.overturning is not None
    moment = force.value * lever.value
    other = (found.resisting.value - moment) / (found.driving.value - moment)
    return {"uplift": force.value, "Ft_uplift_as_driving": found.overturning.value, "Ft_uplift_deducted": other,
            "Ft": found.overturning.value}  # fmt: skip


def _foundation(given: Inputs, share: float = 2 / 3) -> tuple[float, float, float, float, float, float]:
    """phi, c of the ground, its weight and depth, friction and adhesion of the base (2/3 of both)."""
    phi, c = given.get("phi2", "phi"), given.get("c2", "c", default=0.0)
    gamma, depth = given.get("gamma2", "gamma", default=0.0), given.get("D", default=0.0)
    return phi, c, gamma, depth, math.tan(math.radians(share * phi)), share * c


def _passive(phi: float, c: float, gamma: float, depth: float) -> float:
    if depth <= 0:
        return 0.0
    k_p = gb50330.RANKINE_PASSIVE.number(phi=phi)
    return gb50330.PASSIVE_THRUST.number(gamma=gamma, h=depth, K_p=k_p, c=c, q=0.0)


BOOK_TOE = 0.8  # toe length in the book's figure of the four-part gravity wall, where the case does not state it


def _four_parts(given: Inputs, topic: str) -> Outputs:
    """Gravity wall of back triangle, rectangle, front triangle and base slab, by their areas."""
    del topic
    height, back = given.get("H_prime", "H"), _back(given)
    delta, b = given.get("delta"), given.get("B", "b")
    areas = [float(a) for a in given.raw("areas")]
    slab = areas[3] / b
    stem = height - slab
    toe = given.get("toe", default=BOOK_TOE)
    front, middle, rear = 2 * areas[2] / stem, areas[1] / stem, 2 * areas[0] / stem
    arms = [toe + front + middle + rear / 3, toe + front + middle / 2, toe + 2 * front / 3, b / 2]
    if isinstance(given.raw("arms"), Sequence):
        arms = [float(a) for a in given.raw("arms")]
    arms = [round(arm, 2) for arm in arms]  # the book tabulates its levers to the centimetre
    gamma, phi = given.get("gamma1", "gamma"), given.get("phi1", "phi")
    if given.has("Ka"):
        k_a = given.get("Ka")
    else:
        k_a = gb50330.COULOMB.number(alpha=back, beta=given.get("beta", default=0.0), phi=phi, delta=delta, K_q=1.0,
                                     eta=0.0)  # fmt: skip
    thrust = given.get("Pa", default=gb50330.THRUST.number(gamma=gamma, H=height, K_a=k_a))
    z = height / 3
    x = round(toe + front + middle + rear - (z - slab) / math.tan(math.radians(back)), 2)
    level: Traced = gb50330.HORIZONTAL.at(E_a=thrust, alpha=back, delta=delta)
    down: Traced = gb50330.VERTICAL.at(E_a=thrust, alpha=back, delta=delta)
    if given.has("Ph") and given.has("Pv"):
        level, down = _trace(given.get("Ph"), "kN/m"), _trace(given.get("Pv"), "kN/m")
    phi2, c2, gamma2, depth, mu, adhesion = _foundation(given)
    found = base_stability(
        weights=[Weight(name=f"part_{i}", force=_trace(a * given.get("gamma_conc"), "kN/m"), x=_trace(arm, "m"))
                 for i, (a, arm) in enumerate(zip(areas, arms, strict=True))],
        thrusts=[Thrust(name="soil", horizontal=level, vertical=down, x=_trace(x, "m"), z=_trace(z, "m"))],
        base_width=b, friction=mu, resistance=adhesion * b + _passive(phi2, c2, gamma2, depth),
    )  # fmt: skip
    return {"Ka": k_a, "Pa": thrust, "Ph": level.value, "Pv": down.value} | _stability_outputs(found)


def _book_keeping(given: Inputs, topic: str) -> Outputs:
    """Weights and arms given; Rankine thrust on the back, without passive soil."""
    del topic
    height, gamma = given.get("H"), given.get("gamma")
    if given.has("gamma_pcf"):
        gamma /= 1000.0
    k_a = gb50330.RANKINE_ACTIVE.number(phi=given.get("phi"))
    thrust = gb50330.THRUST.number(gamma=gamma, H=height, K_a=k_a)
    _, _, _, _, mu, adhesion = _foundation(Inputs({"phi2": given.get("phi2"), "c2": given.get("c2")}))
    b = given.get("B")
    weights = given.raw("weights", "weights_k")
    arms = given.raw("arms", "arms_ft")
    found = base_stability(
        weights=[Weight(name=f"part_{i}", force=_trace(float(w), "kN/m"), x=_trace(float(a), "m"))
                 for i, (w, a) in enumerate(zip(weights, arms, strict=True))],
        thrusts=[Thrust(name="soil", horizontal=_trace(thrust, "kN/m"), vertical=_trace(0.0, "kN/m"),
                        x=_trace(b, "m"), z=_trace(height / 3, "m"))],
        base_width=b, friction=mu, resistance=adhesion * b,
    )  # fmt: skip
    return {"Ka": k_a, "Pa": thrust, "Ph": thrust} | _stability_outputs(found)


def _cantilever(given: Inputs, topic: str) -> Outputs:
    """Cantilever wall by its sizes: virtual back over the heel, thrust parallel to the slope."""
    del topic
    stem, base = Inputs(given.raw("stem")), Inputs(given.raw("base"))
    fill = Inputs(given.raw("backfill"))
    ground = Inputs(given.raw("foundation") or {})
    slope = fill.get("slope", "beta", default=0.0)
    slab, toe, heel = base.get("t", "thickness"), base.get("toe"), base.get("heel")
    foot, top = stem.get("base", "thickness"), stem.get("top", default=stem.get("base", "thickness"))
    height = stem.get("H", "height")
    shape = WallShape(
        kind="cantilever", material="C25", height=height + slab, top_width=top, face_batter=(foot - top) / height,
        slab=slab, toe=toe, heel=heel,
    )  # fmt: skip
    body = wall_body(shape, "soil", ground=((0.0, 0.0), (1.0, math.tan(math.radians(slope)))))
    form = forms.rankine_sloped(
        height=body.soil_height, unit_weight=fill.get("gamma"), beta_deg=slope, friction_deg=fill.get("phi")
    )
    load = fill.get("q", default=given.get("q", default=0.0))
    by_load = form.coefficient.value * load * body.soil_height
    direction = math.radians(slope)

    def thrust(name: str, size: float, arm: float) -> Thrust:
        return Thrust(
            name=name, horizontal=_trace(size * math.cos(direction), "kN/m"),
            vertical=_trace(size * math.sin(direction), "kN/m"), x=_trace(body.base_width, "m"), z=_trace(arm, "m"),
        )  # fmt: skip

    gamma_c = given.get("gamma_conc", "gamma_c", default=25.0)
    soil_area = abs(polygon_area(body.soil))
    weights = [
        Weight(name="wall", force=_trace(gamma_c * body.area, "kN/m"), x=_trace(body.centroid[0], "m")),
        Weight(name="soil", force=_trace(fill.get("gamma") * soil_area, "kN/m"),
               x=_trace(polygon_centroid(body.soil)[0], "m")),
    ]  # fmt: skip
    parts = [thrust("soil", form.thrust.value, body.soil_height / 3)]
    if load:
        parts.append(thrust("surcharge", by_load, body.soil_height / 2))
    phi2, c2, gamma2, depth, mu, adhesion = _foundation(ground)
    found = base_stability(
        weights=weights, thrusts=parts, base_width=body.base_width, friction=mu,
        resistance=adhesion * body.base_width + _passive(phi2, c2, gamma2, depth),
    )  # fmt: skip
    size = form.thrust.value
    return {
        "H_prime": body.soil_height, "Ka": form.coefficient.value, "Pa": size, "Ph": size * math.cos(direction),
        "Pv": size * math.sin(direction), "Pq": by_load, "W_wall": gamma_c * body.area,
        "W_soil": fill.get("gamma") * soil_area,
    } | _stability_outputs(found)  # fmt: skip


Fits = Callable[[Inputs, str], bool]
Work = Callable[[Inputs, str], Outputs]

_LAYOUTS: tuple[tuple[Fits, Work], ...] = (
    (lambda g, t: g.has("layer1", "layers", "strata"), _layers),
    (lambda g, t: g.has("areas"), _four_parts),
    (lambda g, t: g.has("weights"), _book_keeping),
    (lambda g, t: isinstance(g.raw("stem"), Mapping), _cantilever),
    (lambda g, t: g.has("d1_mm"), sections.anchor_case),
    (lambda g, t: g.has("sigma0", "sigma_0") and g.has("fv", "f_v"), sections.bed_joint_case),
    (lambda g, t: g.has("fak") or ("bearing" in t and g.has("phi", "c")), sections.bearing_case),
    (
        lambda g, t: (
            g.has("N", "sum_V") and g.has("e", "M", "Mk") and g.has("b", "B") and not g.has("f", "fc", "concrete")
        ),
        sections.base_pressure_case,
    ),
    (lambda g, t: g.has("ftm", "f_tm", "f_tm_MPa", "ftm_MPa"), sections.masonry_bending_case),
    (lambda g, t: g.has("ftk", "f_tk", "Mq", "M_q") or "crack width" in t, sections.crack_case),
    (lambda g, t: g.has("fc", "f_c") and g.has("fy", "f_y"), sections.flexure_case),
    (lambda g, t: "shear" in t and g.has("ft", "f_t", "concrete") and g.has("h0", "h"), sections.shear_case),
    (
        lambda g, t: g.has("concrete") and g.has("h") and g.has("spacing", "As", "M") and not g.has("e"),
        sections.flexure_case,
    ),
    (lambda g, t: "anchor" in t and g.has("concrete") and g.has("d"), sections.anchorage_case),
    (
        lambda g, t: "plain" in t and g.has("concrete", "ft") and g.has("h") and not g.has("e_m", "e"),
        sections.plain_bending_case,
    ),
    (lambda g, t: g.has("concrete") and g.has("e_m", "e"), sections.plain_concrete_case),
    (lambda g, t: g.has("f_MPa", "f") and g.has("h") and g.has("e"), sections.masonry_compression_case),
    (lambda g, t: g.has("rock_angle") or g.has("delta_r"), _limited),
    (lambda g, t: g.has("kh"), _mononobe),
    (lambda g, t: g.has("head_heel"), _uplift),
    (lambda g, t: g.has("top", "top_width") and g.has("gamma_wall"), _gravity),
    (lambda g, t: g.has("G") and g.has("Ea", "E_a"), _components),
    (lambda g, t: "rankine" in t and any(g.stated(name) for name in BATTERS), _rankine_battered),
    (lambda g, t: ("rankine" in t or "at rest" in t) and not g.has("delta"), _rankine),
    (
        lambda g, t: (
            "coulomb" not in t
            and not g.has("delta", "rho", "phi1")
            and g.has("phi")
            and g.has("H")
            and _back(g) == 90.0
        ),
        _rankine,
    ),
    (lambda g, t: g.has("phi", "phi1") and g.has("H", "H_prime", "height"), _coulomb),
)
