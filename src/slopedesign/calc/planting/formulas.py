"""Formula rows of planting: room across a bench, plants in rows and grids, seed, holes."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import OWN

_N, _M = Var("N", "plant", 0), Var("L", "m")
STRIP_WIDTH = Formula(
    OWN, "B_p", "B - a - b - w", title="planting.formula.strip_width",
    B_p=Var("B_p", "m"), B=Var("B", "m"), a=Var("a", "m"), b=Var("b", "m"), w=Var("w", "m"),
)  # fmt: skip
STRIP_AREA = Formula(
    OWN, "A_p", "A - L*w", title="planting.formula.strip_area",
    A_p=Var("A_p", "m2", 1), A=Var("A", "m2", 1), L=_M, w=Var("w", "m"),
)  # fmt: skip
FROM_OUTER = Formula(
    OWN, "D", "a + b + x", title="planting.formula.from_edge",
    D=Var("D", "m"), a=Var("a", "m"), b=Var("b", "m"), x=Var("x", "m"),
)  # fmt: skip
FROM_INNER = Formula(
    OWN, "D", "B - w - x", title="planting.formula.from_edge",
    D=Var("D", "m"), B=Var("B", "m"), w=Var("w", "m"), x=Var("x", "m"),
)  # fmt: skip
NEXT_ROW = Formula(
    OWN, "x", "o + k*c", title="planting.formula.next_row",
    x=Var("x", "m"), o=Var("o", "m"), k=Var("k", "-", 0), c=Var("c", "m"),
)  # fmt: skip
ROW_COUNT = Formula(
    OWN, "n", "floor((L - 2*e)/s) + 1", valid=("L >= 2*e", "s > 0"), title="planting.formula.row_count",
    n=Var("n", "plant", 0), L=_M, e=Var("e", "m"), s=Var("s", "m"),
)  # fmt: skip
AREA_COUNT = Formula(
    OWN, "n", "floor(A/(s*c))", valid=("s > 0", "c > 0"), title="planting.formula.area_count",
    n=Var("n", "plant", 0), A=Var("A", "m2", 1), s=Var("s", "m"), c=Var("c", "m"),
)  # fmt: skip
HOLES_IN_SOIL = Formula(
    OWN, "V_s", "N*l*w*min(d, t)", title="planting.formula.holes_in_soil",
    V_s=Var("V_s", "m3"), N=_N, l=Var("l", "m"), w=Var("w", "m"), d=Var("d", "m"), t=Var("t", "m"),
)  # fmt: skip
DENSITY = Formula(
    OWN, "n_h", "10000/(s*c)", homogeneous=False, title="planting.formula.density",
    n_h=Var("n_h", "plant", 0), s=Var("s", "m"), c=Var("c", "m"),
)  # fmt: skip
SPARE = Formula(
    OWN, "n_r", "ceil(N*r)", title="planting.formula.spare", n_r=Var("n_r", "plant", 0), N=_N, r=Var("r", "-", 3),
)  # fmt: skip
SEED = Formula(
    OWN, "m", "A*q/10000", homogeneous=False, title="planting.formula.seed",
    m=Var("m", "kg"), A=Var("A", "m2", 1), q=Var("q", "kg/hm2", 1),
)  # fmt: skip
HOLES = Formula(
    OWN, "V", "N*l*w*d", title="planting.formula.holes",
    V=Var("V", "m3"), N=_N, l=Var("l", "m"), w=Var("w", "m"), d=Var("d", "m"),
)  # fmt: skip
HOLES_BELOW = Formula(
    OWN, "V_b", "N*l*w*(d - t)", valid=("d >= t",), title="planting.formula.holes_below",
    V_b=Var("V_b", "m3"), N=_N, l=Var("l", "m"), w=Var("w", "m"), d=Var("d", "m"), t=Var("t", "m"),
)  # fmt: skip
