"""Amounts of walls of any section: faces, layers, trenches, by geometry."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

_SOURCE = Source("slopedesign", "wall quantities", Provenance.DERIVED)
_L = Var("L", "m", label="walls.symbol.length")

FACE = Formula(_SOURCE, "F", "l*L", title="walls.formula.F", F=Var("F", "m2"), l=Var("l", "m", 3), L=_L)
FACES = Formula(
    _SOURCE, "F_f", "(l_1 + l_2)*L", title="walls.formula.F_f", F_f=Var("F_f", "m2"), l_1=Var("l_1", "m", 3),
    l_2=Var("l_2", "m", 3), L=_L,
)  # fmt: skip
FACES_ENDS = Formula(
    _SOURCE, "F_f", "(l_1 + l_2)*L + (n_j + 2)*A", title="walls.formula.F_f", F_f=Var("F_f", "m2"),
    l_1=Var("l_1", "m", 3), l_2=Var("l_2", "m", 3), L=_L, n_j=Var("n_j", "-", 0), A=Var("A", "m2", 3),
)  # fmt: skip
WEEP_HOLES = Formula(
    _SOURCE, "n_w", "n_r*ceil(L/s_w)", title="walls.formula.n_w", n_w=Var("n_w", "-", 0), n_r=Var("n_r", "-", 0), L=_L,
    s_w=Var("s_w", "m"),
)  # fmt: skip
LAYER = Formula(
    _SOURCE, "V", "t*h*L", title="walls.formula.V_layer", V=Var("V", "m3"), t=Var("t", "m"), h=Var("h", "m", 3), L=_L
)
WRAP = Formula(
    _SOURCE, "F_g", "(h + 2*t)*L", title="walls.formula.F_g", F_g=Var("F_g", "m2"), h=Var("h", "m", 3),
    t=Var("t", "m"), L=_L,
)  # fmt: skip
TRENCH = Formula(
    _SOURCE, "V_e", "(b + 2*s + m*d)*d*L", title="walls.formula.V_e", V_e=Var("V_e", "m3"), b=Var("b", "m", 3),
    s=Var("s", "m"), m=Var("m", "-"), d=Var("d", "m"), L=_L,
)  # fmt: skip
REFILL = Formula(
    _SOURCE, "V_r", "V_e - A*L", title="walls.formula.V_refill", V_r=Var("V_r", "m3"), V_e=Var("V_e", "m3"),
    A=Var("A", "m2", 3), L=_L,
)  # fmt: skip
