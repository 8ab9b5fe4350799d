"""FHWA HDS-5, hydraulic design of highway culverts: inlet control, outlet control, road overtopping. SI."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

STANDARD = "FHWA HDS-5"
KU = 1.811
"""Unit constant of the discharge factor in SI."""

_COMMON = {
    "HW": Var("HW", "m", 3),
    "D": Var("D", "m", 3),
    "x": Var("x", "-", 3),
    "S": Var("S", "-", 4),
    "k_s": Var("k_s", "-", 2),
}

FLOW_FACTOR = Formula(
    Source(STANDARD, "appendix A", Provenance.READ), "x", "1.811*Q/(A*sqrt(D))", homogeneous=False,
    valid=("A > 0", "D > 0"), title="water.formula.flow_factor",
    x=Var("x", "-", 3), Q=Var("Q", "m3/s", 3), A=Var("A", "m2", 3), D=Var("D", "m", 3),
)  # fmt: skip
FORM_1 = Formula(
    Source(STANDARD, "eq. A.1", Provenance.READ), "HW", "H_c + D*(K*x**M + k_s*S)", valid=("D > 0",),
    title="water.formula.inlet_form_1", homogeneous=False,
    H_c=Var("H_c", "m", 3), K=Var("K", "-", 4), M=Var("M", "-", 3), **_COMMON,
)  # fmt: skip
FORM_2 = Formula(
    Source(STANDARD, "eq. A.2", Provenance.READ), "HW", "D*K*x**M", valid=("D > 0",),
    title="water.formula.inlet_form_2", homogeneous=False, K=Var("K", "-", 4), M=Var("M", "-", 3),
    HW=_COMMON["HW"], D=_COMMON["D"], x=_COMMON["x"],
)  # fmt: skip
SUBMERGED = Formula(
    Source(STANDARD, "eq. A.3", Provenance.READ), "HW", "D*(c*x**2 + Y + k_s*S)", valid=("D > 0",),
    title="water.formula.inlet_submerged", homogeneous=False, c=Var("c", "-", 4), Y=Var("Y", "-", 3), **_COMMON,
)  # fmt: skip
OUTLET = Formula(
    Source(STANDARD, "eq. 7 (SI)", Provenance.READ), "HW",
    "h_o + (1 + k_e + 19.63*n**2*L/R**1.33)*V**2/(2*g) - L*S", homogeneous=False, valid=("R > 0", "L > 0"),
    title="water.formula.outlet_control",
    HW=Var("HW", "m", 3), h_o=Var("h_o", "m", 3), k_e=Var("k_e", "-", 2), n=Var("n", "-", 4), L=Var("L", "m", 2),
    R=Var("R", "m", 3), V=Var("v", "m/s", 3), g=Var("g", "m/s2", 3), S=Var("S", "-", 4),
)  # fmt: skip
OVERTOPPING = Formula(
    Source(STANDARD, "eq. 8 (SI)", Provenance.READ), "Q_o", "0.552*C_d*L*H**1.5", homogeneous=False,
    valid=("H >= 0", "L > 0"), title="water.formula.overtopping",
    Q_o=Var("Q_o", "m3/s", 3), C_d=Var("C_d", "-", 2), L=Var("L", "m", 2), H=Var("H", "m", 3),
)  # fmt: skip
