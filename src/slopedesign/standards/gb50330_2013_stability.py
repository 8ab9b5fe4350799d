"""GB 50330-2013: stability of slopes, in clause order (3.2, 5.2, 5.3, 14.2, appendix A).

Slices and blocks are numbered from the rear (uphill) to the front, as the standard numbers them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.rules import guide_rules
from slopedesign.standards.trace import Datum, Provenance, Source, datum

STANDARD = "GB 50330-2013"

Ground = Literal["rock_1_2", "rock_3_4", "soil"]
Consequence = Literal["very_serious", "serious", "not_serious"]
Situation = Literal["permanent", "temporary", "earthquake"]
CONSEQUENCES: tuple[Consequence, ...] = ("very_serious", "serious", "not_serious")


def _recalled(clause: str) -> Source:
    return Source(STANDARD, clause, Provenance.RECALLED)


_FS = Var("F_s", "-", 3, "stability.symbol.F_s")
_THETA = Var(r"\theta", "deg", 2, "stability.symbol.theta")
_PHI = Var(r"\varphi", "deg", 2, "stability.symbol.phi")
_C = Var("c", "kPa", 2, "stability.symbol.c")
_L = Var("l", "m", 3, "stability.symbol.l")
_G = Var("G", "kN/m", 2, "stability.symbol.G")
_GB = Var("G_b", "kN/m", 2, "stability.symbol.G_b")
_Q = Var("Q", "kN/m", 2, "stability.symbol.Q")
_U = Var("U", "kN/m", 2, "stability.symbol.U")
_V = Var("V", "kN/m", 2, "stability.symbol.V")
_R = Var("R", "kN/m", 2, "stability.symbol.R")
_T = Var("T", "kN/m", 2, "stability.symbol.T")
_GW = Var(r"\gamma_w", "kN/m3", 2, "stability.symbol.gamma_w")
_HW = Var("h_w", "m", 2, "stability.symbol.h_w")
_M = Var("m", "-", 4, "stability.symbol.m")
_PSI = Var(r"\psi", "-", 4, "stability.symbol.psi")

COLLAPSE_ZONE = Formula(
    Source(STANDARD, "3.2.3", Provenance.READ), "L", "H/tan(radians(theta))", valid=("theta > 0", "theta < 90"),
    title="stability.formula.collapse_zone", L=Var("L", "m", 2, "stability.symbol.collapse_zone"),
    H=Var("H", "m", 2, "stability.symbol.H"), theta=Var(r"\theta", "deg", 2, "stability.symbol.theta"),
)  # fmt: skip
SEISMIC_FORCE = Formula(
    _recalled("5.2.6"), "Q", "alpha_w*G", title="stability.formula.seismic_force", Q=_Q,
    alpha_w=Var(r"\alpha_w", "-", 4, "stability.symbol.alpha_w"), G=_G,
)  # fmt: skip

# A.0.1: circular surface, simplified Bishop
CIRCLE_M = Formula(
    _recalled("A.0.1-2"), "m", "cos(radians(theta)) + tan(radians(phi))*sin(radians(theta))/F_s",
    title="stability.formula.m", m=_M, theta=_THETA, phi=_PHI, F_s=_FS,
)  # fmt: skip
CIRCLE_UPLIFT = Formula(
    _recalled("A.0.1-3"), "U", "gamma_w*(h_w1 + h_w2)*l/2", title="stability.formula.uplift", U=_U, gamma_w=_GW,
    h_w1=Var("h_{w,i}", "m", 2, "stability.symbol.h_w"), h_w2=Var("h_{w,i-1}", "m", 2, "stability.symbol.h_w"), l=_L,
)  # fmt: skip
CIRCLE_RESISTING = Formula(
    _recalled("A.0.1-1"), "R",
    "(c*l*cos(radians(theta)) + (G + G_b - U*cos(radians(theta)))*tan(radians(phi)))/m",
    title="stability.formula.resisting", R=_R, c=_C, l=_L, theta=_THETA, G=_G, G_b=_GB, U=_U, phi=_PHI, m=_M,
)  # fmt: skip
CIRCLE_DRIVING = Formula(
    _recalled("A.0.1-1"), "T", "(G + G_b)*sin(radians(theta)) + Q*cos(radians(theta))",
    title="stability.formula.driving", T=_T, G=_G, G_b=_GB, theta=_THETA, Q=_Q,
)  # fmt: skip
FACTOR = Formula(
    _recalled("A.0.1-1"), "F_s", "R/T", valid=("T > 0",), title="stability.formula.ratio", F_s=_FS, R=_R, T=_T,
)  # fmt: skip

# A.0.2: plane surface
PLANE_UPLIFT = Formula(
    _recalled("A.0.2-4"), "U", "gamma_w*h_w*L/2", title="stability.formula.uplift", U=_U, gamma_w=_GW, h_w=_HW,
    L=Var("L", "m", 3, "stability.symbol.l"),
)  # fmt: skip
PLANE_CRACK_WATER = Formula(
    _recalled("A.0.2-3"), "V", "gamma_w*h_w**2/2", title="stability.formula.crack_water", V=_V, gamma_w=_GW, h_w=_HW,
)  # fmt: skip
PLANE_RESISTING = Formula(
    _recalled("A.0.2-1"), "R",
    "((G + G_b)*cos(radians(theta)) - Q*sin(radians(theta)) - V*sin(radians(theta)) - U)*tan(radians(phi)) + c*L",
    title="stability.formula.resisting", R=_R, G=_G, G_b=_GB, theta=_THETA, Q=_Q, V=_V, U=_U, phi=_PHI, c=_C,
    L=Var("L", "m", 3, "stability.symbol.l"),
)  # fmt: skip
PLANE_DRIVING = Formula(
    _recalled("A.0.2-2"), "T",
    "(G + G_b)*sin(radians(theta)) + Q*cos(radians(theta)) + V*cos(radians(theta))",
    title="stability.formula.driving", T=_T, G=_G, G_b=_GB, theta=_THETA, Q=_Q, V=_V,
)  # fmt: skip
PLANE_FACTOR = Formula(
    _recalled("A.0.2"), "F_s", "R/T", valid=("T > 0",), title="stability.formula.ratio", F_s=_FS, R=_R, T=_T,
)  # fmt: skip

# A.0.3: folding-line surface, transfer coefficients (implicit)
BLOCK_PSI = Formula(
    _recalled("A.0.3-2"), "psi",
    "cos(radians(theta_1 - theta)) - sin(radians(theta_1 - theta))*tan(radians(phi))/F_s",
    title="stability.formula.psi", psi=_PSI, theta_1=Var(r"\theta_{i-1}", "deg", 2, "stability.symbol.theta"),
    theta=Var(r"\theta_i", "deg", 2, "stability.symbol.theta"), phi=Var(r"\varphi_i", "deg", 2, "stability.symbol.phi"),
    F_s=_FS,
)  # fmt: skip
BLOCK_PSI_EXPLICIT = Formula(
    _recalled("A.0.3 (explicit form of GB 50021)"), "psi",
    "cos(radians(theta_1 - theta)) - sin(radians(theta_1 - theta))*tan(radians(phi))",
    title="stability.formula.psi", psi=_PSI, theta_1=Var(r"\theta_{i-1}", "deg", 2, "stability.symbol.theta"),
    theta=Var(r"\theta_i", "deg", 2, "stability.symbol.theta"), phi=Var(r"\varphi_i", "deg", 2, "stability.symbol.phi"),
)  # fmt: skip
BLOCK_DRIVING = Formula(
    _recalled("A.0.3-3"), "T", "(G + G_b)*sin(radians(theta)) + Q*cos(radians(theta))",
    title="stability.formula.driving", T=_T, G=_G, G_b=_GB, theta=_THETA, Q=_Q,
)  # fmt: skip
BLOCK_RESISTING = Formula(
    _recalled("A.0.3-4"), "R",
    "c*l + ((G + G_b)*cos(radians(theta)) - Q*sin(radians(theta)) - U)*tan(radians(phi))",
    title="stability.formula.resisting", R=_R, c=_C, l=_L, G=_G, G_b=_GB, theta=_THETA, Q=_Q, U=_U, phi=_PHI,
)  # fmt: skip
BLOCK_THRUST = Formula(
    _recalled("A.0.3-1"), "P", "P_1*psi + T - R/F_s", title="stability.formula.block_thrust",
    P=Var("P_i", "kN/m", 2, "stability.symbol.P"), P_1=Var("P_{i-1}", "kN/m", 2, "stability.symbol.P"), psi=_PSI,
    T=Var("T_i", "kN/m", 2, "stability.symbol.T"), R=Var("R_i", "kN/m", 2, "stability.symbol.R"), F_s=_FS,
)  # fmt: skip
BLOCK_THRUST_EXPLICIT = Formula(
    _recalled("A.0.3 (explicit form of GB 50021)"), "P", "P_1*psi + F_s*T - R", title="stability.formula.block_thrust",
    P=Var("P_i", "kN/m", 2, "stability.symbol.P"), P_1=Var("P_{i-1}", "kN/m", 2, "stability.symbol.P"), psi=_PSI,
    T=Var("T_i", "kN/m", 2, "stability.symbol.T"), R=Var("R_i", "kN/m", 2, "stability.symbol.R"), F_s=_FS,
)  # fmt: skip


@cache
def tables() -> Mapping[str, Any]:
    """The standard's tables and limits as stored."""
    content = files(__package__).joinpath("data", "stability", "gb50330_2013.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def source_of(table: str) -> Source:
    """Where a table stands."""
    entry = tables()[table]
    standard = STANDARD if entry["provenance"] != "guide" else guide_rules().standard
    return Source(standard, entry["clause"], Provenance(entry["provenance"]), entry.get("note", ""))


def pick(table: str, key: str) -> Datum:
    """One value of a table.

    Raises:
        InputError: the table has no such row.
    """
    entry = tables()[table]
    if key not in entry["values"]:
        raise InputError(table, key, message("stability.rule.one_of", allowed=", ".join(entry["values"])))
    return datum(float(entry["values"][key]), entry["unit"], source_of(table), f"stability.table.{table}")


def required_factor(situation: Situation, slope_class: int) -> Datum:
    """Required stability factor F_st (table 5.3.2)."""
    return pick(f"required_{situation}", str(slope_class))


def dump_factor() -> Datum:
    """Required factor of a dump as a whole (guide)."""
    return pick("dump", "whole_slope")


def slope_class(ground: Ground, height: float, consequence: Consequence) -> Datum | None:
    """Safety class of a slope by table 3.2.1; None where the table has no entry (height or consequence not in it)."""
    for row in tables()["safety_class"]["rows"]:
        if row["ground"] == ground and row["above"] < height <= row["up_to"] and consequence in row:
            return datum(row[consequence], "-", source_of("safety_class"), "stability.table.safety_class")
    return None


def slope_ratio(table: Literal["soil_ratio", "rock_ratio"], kind: str, height: float) -> tuple[Datum, Datum] | None:
    """Steepest and flattest m of 1:m for a cut of this height; None where the table does not reach.

    Raises:
        InputError: the table has no such kind of ground.
    """
    rows = tables()[table]["values"]
    if kind not in rows:
        raise InputError(table, kind, message("stability.rule.one_of", allowed=", ".join(rows)))
    for limit, (steep, flat) in rows[kind].items():
        if height <= float(limit):
            where = source_of(table)
            label = f"stability.table.{table}"
            return datum(steep, "-", where, label), datum(flat, "-", where, label)
    return None
