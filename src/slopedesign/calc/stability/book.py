"""The calculation of one slip surface as a reviewer would check it: every slice, formula by formula.

A circle by Bishop's method is written in the rows of GB 50330-2013 A.0.1 where they say the same (no open water, no
point loads, horizontal forces at the base); everywhere else in the general rows of equilibrium. The factor that goes
into the m of each slice is the one that comes out of the sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from slopedesign.calc.stability.model import Model
from slopedesign.calc.stability.solution import SlipSurface, require, work_out
from slopedesign.calc.stability.solve import RIGOROUS, Interslice, interslice
from slopedesign.standards import gb50330_2013_stability as gb
from slopedesign.standards import limit_equilibrium as le
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Total, Traced, measured, total


@dataclass(frozen=True, kw_only=True)
class SliceSteps:
    """The steps of one slice, in the order they are worked, by name; `number` counts from the toe."""

    number: int
    material: str
    steps: Mapping[str, Step]


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """A worked surface.

    Attributes:
        surface: solved again with the slices printed here.
        slices: their steps, toe first.
        resisting, driving: sums (None for the rigorous methods, which close forces and moments instead).
        fos: the factor, from the sums; for rigorous methods the one at which force and moment close.
        closing: what is left of force [kN/m] at the head and of moment (share of the driving moment).
        final_fos: factor at the final number of slices, beside it.
    """

    surface: SlipSurface
    slices: tuple[SliceSteps, ...]
    resisting: Total | None
    driving: Total | None
    fos: Traced
    closing: Mapping[str, Traced]
    final_fos: float
    by_standard: bool


def calculation(model: Model, surface: SlipSurface, slices: int = 25) -> Calculation:
    """Writes out a solved surface with `slices` slices.

    Raises:
        NoSolution: it cannot be solved with so few slices.
    """
    coarse = _again(model, surface, slices)
    if surface.method in RIGOROUS:
        return _rigorous(model, coarse, surface.fos)
    return _by_sums(model, coarse, surface.fos)


def _again(model: Model, surface: SlipSurface, slices: int) -> SlipSurface:
    found = work_out(
        model, surface.shape, surface.method, slices=slices, function=surface.function or "half_sine",
        seismic_arm="base" if surface.seismic_at_base else "centroid", start=surface.fos, scale=surface.scale,
    )  # fmt: skip
    return require(found)


def _given(coarse: SlipSurface, i: int) -> dict[str, Traced]:
    t = coarse.slices
    kind = "stability.method.slice"
    return {
        "theta": measured(float(t.angle_deg[i]), "deg", kind),
        "l": measured(float(t.length[i]), "m", kind),
        "c": measured(float(t.cohesion[i]), "kPa", "stability.method.material"),
        "phi": measured(float(t.friction_deg[i]), "deg", "stability.method.material"),
        "u": measured(float(t.pore_pressure[i]), "kPa", "stability.method.pore"),
        "Q": measured(float(t.horizontal[i]), "kN/m", kind),
        "G_b": measured(float(t.vertical[i] - t.weight[i]), "kN/m", kind),
    }


def _weight(coarse: SlipSurface, i: int) -> Step:
    t = coarse.slices
    area = float(t.height[i] * t.width[i])
    mean = float(t.weight[i]) / area if area > 0 else 0.0
    return le.COVERED_WEIGHT.at(
        gamma_m=measured(mean, "kN/m3", "stability.method.mean_weight"),
        h=measured(float(t.height[i]), "m", "stability.method.slice"),
        b=measured(float(t.width[i]), "m", "stability.method.slice"),
    )


def _by_sums(model: Model, coarse: SlipSurface, final: float) -> Calculation:
    """Ordinary, Bishop and Janbu: the factor is a sum over a sum."""
    t, s = coarse.slices, coarse.raw
    method = coarse.method
    standard = method == "bishop" and coarse.circle is not None and not model.ponded and not model.left.loads
    standard = standard and (model.left.kh == 0 or coarse.seismic_at_base)
    real = np.flatnonzero(s.width[0] > 0)
    f = _own_factor(coarse, standard) if method == "bishop" else coarse.fos
    trace = measured(f, "-", "stability.method.iterated", label="stability.symbol.F_s")
    rows, resisting, driving = [], {}, {}
    radius = coarse.circle[2] if coarse.circle is not None else 1.0
    for i, raw in enumerate(real):
        g = _given(coarse, i)
        weight = _weight(coarse, i)
        water = le.BASE_WATER.at(u=g["u"], l=g["l"])
        steps: dict[str, Step] = {"G": weight, "U": water}
        if standard:
            m = gb.CIRCLE_M.at(theta=g["theta"], phi=g["phi"], F_s=trace)
            steps["m"] = m
            steps["R"] = gb.CIRCLE_RESISTING.at(
                c=g["c"], l=g["l"], theta=g["theta"], G=weight, G_b=g["G_b"], U=water, phi=g["phi"], m=m
            )
            steps["T"] = gb.CIRCLE_DRIVING.at(G=weight, G_b=g["G_b"], theta=g["theta"], Q=g["Q"])
        else:
            steps |= _general(coarse, i, int(raw), g, water, trace, radius)
        rows.append(SliceSteps(number=i + 1, material=_name(model, int(t.material[i])), steps=steps))
        resisting[f"{i + 1}"], driving[f"{i + 1}"] = steps["R"], steps["T"]
    crack = float(s.head_thrust[0])
    if crack > 0:
        driving["crack"] = le.CRACK_DRIVING.at(P=crack, y=_crack_arm(coarse))
    up, down = total(resisting, "kN/m", "stability.symbol.R"), total(driving, "kN/m", "stability.symbol.T")
    row = gb.FACTOR if standard else le.RATIO
    fos: Traced = row.at(R=up, T=down)
    if method == "janbu_corrected":
        fos = le.JANBU_FACTOR.at(f_0=coarse.fos / fos.value, F=fos)
    return Calculation(
        surface=coarse, slices=tuple(rows), resisting=up, driving=down, fos=fos, closing={}, final_fos=final,
        by_standard=standard,
    )  # fmt: skip


def _general(
    coarse: SlipSurface, i: int, raw: int, g: dict[str, Traced], water: Step, trace: Traced, radius: float
) -> dict[str, Step]:
    """Slice of a circle by moments, or of any surface by horizontal force (Janbu)."""
    t, s = coarse.slices, coarse.raw
    vertical = measured(float(t.vertical[i]), "kN/m", "stability.method.slice")
    if coarse.method in ("janbu", "janbu_corrected"):
        plain = trace.value if coarse.method == "janbu" else coarse.fos / coarse.correction
        base = measured(plain, "-", "stability.method.iterated", label="stability.symbol.F_s")
        m = le.M_ALPHA.at(alpha=g["theta"], phi=g["phi"], F_s=base)
        return {
            "m": m,
            "R": le.JANBU_RESISTING.at(
                c=g["c"], l=g["l"], alpha=g["theta"], V=vertical, U=water, phi=g["phi"], m=m
            ),
            "T": le.JANBU_DRIVING.at(V=vertical, alpha=g["theta"], Q=g["Q"]),
        }  # fmt: skip
    level = float(s.out_level[0, raw])
    steps: dict[str, Step] = {}
    if coarse.method == "ordinary":
        normal = le.ORDINARY_NORMAL.at(W=vertical, alpha=g["theta"], Q=g["Q"], U=water)
        steps["N"] = normal
        steps["R"] = le.SHEAR.at(c=g["c"], l=g["l"], N=normal, phi=g["phi"], F_s=1.0)
    else:
        m = le.M_ALPHA.at(alpha=g["theta"], phi=g["phi"], F_s=trace)
        steps["m"] = m
        steps["R"] = le.BISHOP_RESISTING.at(
            c=g["c"], l=g["l"], alpha=g["theta"], V=vertical, U=water, phi=g["phi"], m=m
        )
    steps["T"] = le.CIRCLE_DRIVING.at(
        V=vertical, x=float(s.x[0, raw] - s.axis_x[0]), Q=g["Q"], y=float(s.axis_y[0]) - level, r=radius
    )
    return steps


def _own_factor(coarse: SlipSurface, standard: bool) -> float:
    """The factor at which the rows printed repeat themselves (arms as on the arc, slices on its chords)."""
    t, s = coarse.slices, coarse.raw
    theta, tan_phi = np.radians(t.angle_deg), np.tan(np.radians(t.friction_deg))
    top = t.cohesion * t.length * np.cos(theta) + (t.vertical - t.pore_force * np.cos(theta)) * tan_phi
    if standard or coarse.circle is None:
        below = float((t.vertical * np.sin(theta) + t.horizontal * np.cos(theta)).sum())
    else:
        real = s.width[0] > 0
        arm_x, arm_y = (s.x - s.axis_x)[0, real], (s.axis_y - s.out_level[0])[real]
        below = float((t.vertical * arm_x + t.horizontal * arm_y).sum()) / coarse.circle[2]
    below += _crack(coarse)
    fos = coarse.fos
    for _ in range(100):
        new = float((top / (np.cos(theta) + tan_phi * np.sin(theta) / fos)).sum()) / below
        if abs(new - fos) < 1e-12:
            break
        fos = new
    return fos


def _crack_arm(coarse: SlipSurface) -> float:
    """Lever arm of the crack water over the radius; 1 where horizontal forces are summed."""
    if coarse.circle is None or coarse.method in ("janbu", "janbu_corrected"):
        return 1.0
    return (float(coarse.raw.axis_y[0]) - float(coarse.raw.head_level[0])) / coarse.circle[2]


def _crack(coarse: SlipSurface) -> float:
    return float(coarse.raw.head_thrust[0]) * _crack_arm(coarse)


def _rigorous(model: Model, coarse: SlipSurface, final: float) -> Calculation:
    t, s = coarse.slices, coarse.raw
    kind: Interslice = "constant" if coarse.method == "spencer" else (coarse.function or "half_sine")
    f = interslice(kind, s.edge, s.wet_head)[0]
    real = np.flatnonzero(s.width[0] > 0)
    fos = measured(coarse.fos, "-", "stability.method.balanced", label="stability.symbol.F_s")
    lam = measured(coarse.scale, "-", "stability.method.balanced", label="stability.symbol.lambda")
    left: Traced = measured(0.0, "kN/m", "stability.method.toe_free")
    cross: Traced = measured(0.0, "kN/m", "stability.method.toe_free")
    rows = []
    for i, raw in enumerate(real):
        g = _given(coarse, i)
        weight = _weight(coarse, i)
        vertical = measured(float(t.vertical[i]), "kN/m", "stability.method.slice", W=weight)
        water = le.BASE_WATER.at(u=g["u"], l=g["l"])
        m = le.M_ALPHA.at(alpha=g["theta"], phi=g["phi"], F_s=fos)
        across = measured(float(t.cross_shear_right[i]), "kN/m", "stability.method.balanced")
        normal = le.SLICE_NORMAL.at(
            W=vertical, X_R=across, X_L=cross, U=water, alpha=g["theta"], c=g["c"], l=g["l"], F_s=fos, m=m
        )
        shear = le.SHEAR.at(c=g["c"], l=g["l"], N=normal, phi=g["phi"], F_s=fos)
        thrust = le.SLICE_THRUST.at(E_L=left, Q=g["Q"], N=normal, U=water, alpha=g["theta"], S=shear)
        turned = le.SLICE_CROSS_SHEAR.at(lam=lam, f=float(f[raw + 1]), E_R=thrust)
        steps = {"G": weight, "U": water, "m": m, "N": normal, "S": shear, "E": thrust, "X": turned}
        rows.append(SliceSteps(number=i + 1, material=_name(model, int(t.material[i])), steps=steps))
        left, cross = thrust, turned
    closing = {
        "force": measured(left.value - float(s.head_thrust[0]), "kN/m", "stability.method.closing", E=left),
        "moment": measured(coarse.moment_gap, "-", "stability.method.closing"),
    }
    return Calculation(
        surface=coarse, slices=tuple(rows), resisting=None, driving=None, fos=fos, closing=closing, final_fos=final,
        by_standard=False,
    )  # fmt: skip


def _name(model: Model, kind: int) -> str:
    return model.materials[kind].name if kind >= 0 else ""
