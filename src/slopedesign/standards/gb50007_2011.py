"""GB 50007-2011: bearing pressure, limited fill, rock anchors, in clause order."""

from __future__ import annotations

import math

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Datum, Provenance, Source, datum
from slopedesign.standards.wall_tables import pick

STANDARD = "GB 50007-2011"
_FILE = "gb50007_2011"


def _recalled(clause: str) -> Source:
    return Source(STANDARD, clause, Provenance.RECALLED)


def _derived(clause: str) -> Source:
    return Source(STANDARD, clause, Provenance.DERIVED)


_N = Var("N", "kN/m", 2, "walls.symbol.N")
_B = Var("b", "m", 3, "walls.symbol.b")
_E = Var("e", "m", 3, "walls.symbol.e")
_FA = Var("f_a", "kPa", 1, "walls.symbol.f_a")

MEAN_PRESSURE = Formula(
    _derived("5.2.2-1"), "p_k", "N/b", homogeneous=False, title="walls.formula.p_k",
    p_k=Var("p_k", "kPa", 1), N=_N, b=_B,
)  # fmt: skip
MAX_PRESSURE = Formula(
    _derived("5.2.2-2"), "p_kmax", "N/b*(1 + 6*e/b)", homogeneous=False, title="walls.formula.p_max",
    p_kmax=Var("p_{kmax}", "kPa", 1), N=_N, b=_B, e=_E,
)  # fmt: skip
MIN_PRESSURE = Formula(
    _derived("5.2.2-3"), "p_kmin", "N/b*(1 - 6*e/b)", homogeneous=False, title="walls.formula.p_min",
    p_kmin=Var("p_{kmin}", "kPa", 1), N=_N, b=_B, e=_E,
)  # fmt: skip
PARTIAL_PRESSURE = Formula(
    _derived("5.2.2-4"), "p_kmax", "2*N/(3*a)", homogeneous=False, valid=("a > 0",), title="walls.formula.p_partial",
    p_kmax=Var("p_{kmax}", "kPa", 1), N=_N, a=Var("a", "m", 3),
)  # fmt: skip
CORRECTED_BEARING = Formula(
    _recalled("5.2.4"), "f_a", "f_ak + eta_b*gamma*(min(max(b, 3), 6) - 3) + eta_d*gamma_m*max(d - 0.5, 0)",
    homogeneous=False, title="walls.formula.f_a", f_a=_FA, f_ak=Var("f_{ak}", "kPa", 1), eta_b=Var(r"\eta_b", "-"),
    gamma=Var(r"\gamma", "kN/m3", 1), b=Var("b", "m"), eta_d=Var(r"\eta_d", "-"),
    gamma_m=Var(r"\gamma_m", "kN/m3", 1), d=Var("d", "m"),
)  # fmt: skip
STRENGTH_BEARING = Formula(
    _recalled("5.2.5"), "f_a", "M_b*gamma*min(b, 6) + M_d*gamma_m*d + M_c*c_k", homogeneous=False,
    title="walls.formula.f_a", f_a=_FA, M_b=Var("M_b", "-"), gamma=Var(r"\gamma", "kN/m3", 1), b=Var("b", "m"),
    M_d=Var("M_d", "-"), gamma_m=Var(r"\gamma_m", "kN/m3", 1), d=Var("d", "m"), M_c=Var("M_c", "-"),
    c_k=Var("c_k", "kPa", 1),
)  # fmt: skip
SEISMIC_BEARING = Formula(
    Source("GB 50011-2010", "4.2.3", Provenance.RECALLED), "f_aE", "zeta_a*f_a", title="walls.formula.f_aE",
    f_aE=Var("f_{aE}", "kPa", 1), zeta_a=Var(r"\zeta_a", "-", 1), f_a=_FA,
)  # fmt: skip
EDGE_SETBACK = Formula(
    Source(STANDARD, "5.4.2-1", Provenance.READ), "a", "max(3.5*b - d/tan(radians(beta)), 2.5)", homogeneous=False,
    title="walls.formula.edge_setback", a=Var("a", "m"), b=Var("b", "m"), d=Var("d", "m"),
    beta=Var(r"\beta", "deg", 1),
)  # fmt: skip
LIMITED_FILL = Formula(
    _derived("6.7.3-2"), "k_a",
    "sin(radians(alpha + theta))*sin(radians(alpha + beta))*sin(radians(theta - delta_r))"
    "/(sin(radians(alpha))**2*sin(radians(theta - beta))*sin(radians(alpha - delta + theta - delta_r)))",
    valid=("theta > beta", "alpha + theta < 180"), title="walls.formula.K_limited",
    k_a=Var("k_a", "-", 4), alpha=Var(r"\alpha", "deg", 2), beta=Var(r"\beta", "deg", 1),
    delta=Var(r"\delta", "deg", 2), theta=Var(r"\theta", "deg", 1), delta_r=Var(r"\delta_r", "deg", 2),
)  # fmt: skip
SLICE_BOND = Formula(
    Source(STANDARD, "8.6.3", Provenance.READ), "R_t", "0.8*pi*d_1*l*f", homogeneous=False,
    title="walls.formula.R_t", R_t=Var("R_t", "kN"), d_1=Var("d_1", "m", 3), l=Var("l", "m", 3),
    f=Var("f", "kPa", 0),
)  # fmt: skip
BOND_LENGTH = Formula(
    Source(STANDARD, "8.6.3", Provenance.READ), "l", "R_t/(0.8*pi*d_1*f)", homogeneous=False,
    title="walls.formula.l_bond", l=Var("l", "m", 4), R_t=Var("R_t", "kN"), d_1=Var("d_1", "m", 3),
    f=Var("f", "kPa", 0),
)  # fmt: skip
FORTY_DIAMETERS = Formula(
    Source(STANDARD, "8.6.2", Provenance.READ), "l", "40*d/1e3", homogeneous=False, title="walls.formula.l_40d",
    l=Var("l", "m", 3), d=Var("d", "mm", 0),
)  # fmt: skip


def limit(table: str, *keys: str) -> Datum:
    """A limit or table value of the standard."""
    return pick(_FILE, table, *keys)


def bearing_factors(phi_deg: float, field: str = "friction_angle_deg") -> tuple[Datum, Datum, Datum]:
    """M_b, M_d, M_c of table 5.2.5 at a friction angle, straight lines between the printed rows.

    Raises:
        InputError: the angle is outside 0-40 deg.
    """
    if not 0 <= phi_deg <= 40:
        raise InputError(field, phi_deg, message("walls.error.bearing_angle"))
    low = min(2 * math.floor(phi_deg / 2), 38)
    share = (phi_deg - low) / 2

    def between(table: str) -> Datum:
        a, b = (limit(table, str(int(angle))) for angle in (low, low + 2))
        return datum(a.value + share * (b.value - a.value), "-", a.source, a.label)

    return between("M_b"), between("M_d"), between("M_c")
