"""SL 253-2018, spillways, and hydraulics of chutes and stilling basins in the form Chinese practice uses."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

STANDARD = "SL 253-2018"

AERATED_DEPTH = Formula(
    Source(STANDARD, "aerated flow", Provenance.RECALLED), "h_b", "(1 + zeta*v/100)*h",
    homogeneous=False, valid=("h > 0", "v >= 0", "zeta >= 0"), title="water.formula.aerated_depth",
    h_b=Var("h_b", "m", 3), zeta=Var(r"\zeta", "s/m", 2), v=Var("v", "m/s", 3), h=Var("h", "m", 3),
)  # fmt: skip
WALL_HEIGHT = Formula(
    Source(STANDARD, "chute walls", Provenance.RECALLED), "H_w", "h_b + a", title="water.formula.wall_height",
    H_w=Var("H_w", "m", 3), h_b=Var("h_b", "m", 3), a=Var("a", "m", 2),
)  # fmt: skip
CONTRACTED_ENERGY = Formula(
    Source(STANDARD, "stilling basin", Provenance.RECALLED), "T_0", "h_c + q**2/(2*g*phi**2*h_c**2)",
    valid=("h_c > 0", "phi > 0"), title="water.formula.contracted_energy",
    T_0=Var("T_0", "m", 3), h_c=Var("h_c", "m", 4), q=Var("q", "m2/s", 4), g=Var("g", "m/s2", 3),
    phi=Var(r"\varphi", "-", 2),
)  # fmt: skip
SEQUENT_DEPTH = Formula(
    Source(STANDARD, "stilling basin", Provenance.RECALLED), "h_2", "h_c/2*(sqrt(1 + 8*q**2/(g*h_c**3)) - 1)",
    valid=("h_c > 0",), title="water.formula.sequent_depth",
    h_2=Var("h''_c", "m", 3), h_c=Var("h_c", "m", 4), q=Var("q", "m2/s", 4), g=Var("g", "m/s2", 3),
)  # fmt: skip
BASIN_DEPTH = Formula(
    Source(STANDARD, "stilling basin", Provenance.RECALLED), "d", "sigma_0*h_2 - h_t - dz",
    title="water.formula.basin_depth",
    d=Var("d", "m", 3), sigma_0=Var(r"\sigma_0", "-", 2), h_2=Var("h''_c", "m", 3), h_t=Var("h_t", "m", 3),
    dz=Var(r"\Delta z", "m", 3),
)  # fmt: skip
BASIN_FALL = Formula(
    Source(STANDARD, "stilling basin", Provenance.RECALLED), "dz",
    "q**2/(2*g)*(1/(phi_s*h_t)**2 - 1/(sigma_0*h_2)**2)", valid=("h_t > 0", "h_2 > 0", "phi_s > 0"),
    title="water.formula.basin_fall",
    dz=Var(r"\Delta z", "m", 3), q=Var("q", "m2/s", 4), g=Var("g", "m/s2", 3), phi_s=Var(r"\varphi'", "-", 2),
    h_t=Var("h_t", "m", 3), sigma_0=Var(r"\sigma_0", "-", 2), h_2=Var("h''_c", "m", 3),
)  # fmt: skip
JUMP_LENGTH = Formula(
    Source(STANDARD, "stilling basin", Provenance.RECALLED), "L_j", "6.9*(h_2 - h_c)", valid=("h_2 >= h_c",),
    title="water.formula.jump_length", L_j=Var("L_j", "m", 2), h_2=Var("h''_c", "m", 3), h_c=Var("h_c", "m", 4),
)  # fmt: skip
BASIN_LENGTH = Formula(
    Source(STANDARD, "stilling basin", Provenance.RECALLED), "L_k", "beta*L_j", valid=("beta > 0",),
    title="water.formula.basin_length",
    L_k=Var("L_k", "m", 2), beta=Var(r"\beta", "-", 2), L_j=Var("L_j", "m", 2),
)  # fmt: skip
