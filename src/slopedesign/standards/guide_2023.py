"""Formula rows of the guide's checks, in clause order."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.guide import source

WALL_TOP = Formula(
    source("wall.freeboard"), "H", "t_c + f", title="compliance.formula.wall_top",
    H=Var("H", "m"), t_c=Var("t_c", "m"), f=Var("f", "m"),
)  # fmt: skip
"""Height of the wall above the bench: soil cover and freeboard."""

SOIL_BELOW_TOP = Formula(
    source("soil.below_wall.cut_bench"), "f", "H - t_c", title="compliance.formula.soil_below_top",
    f=Var("f", "m"), H=Var("H", "m"), t_c=Var("t_c", "m"),
)  # fmt: skip
"""What the soil lies below the wall's top."""

SEGMENTS_TO_CLEAR = Formula(
    source("hazard.clear.segment_len"), "n", "ceil(L/l_max)", title="compliance.formula.segments",
    n=Var("n", "-", 0), L=Var("L", "m"), l_max=Var(r"l_{max}", "m"),
)  # fmt: skip
"""Working segments of a face L long."""

SURVIVAL_SAMPLE = Formula(
    source("qc.survival_sample"), "n_s", "ceil(N/10)", title="compliance.formula.survival_sample",
    n_s=Var("n_s", "-", 0), N=Var("N", "-", 0),
)  # fmt: skip
"""Plants to look at for survival: one in ten, rounded up."""

COVER_PLOTS = Formula(
    source("qc.cover_plots"), "n_p", "10*ceil(A/1000)", homogeneous=False, title="compliance.formula.cover_plots",
    n_p=Var("n_p", "-", 0), A=Var("A", "m2", 0),
)  # fmt: skip
"""Plots of 1 m x 1 m for cover: ten for each 1000 m2 begun."""

GROOVE_SPACING = Formula(
    source("care.concrete.groove_spacing"), "s_g", "min(s, 200)", homogeneous=False,
    title="compliance.formula.groove_spacing", s_g=Var("s_g", "mm", 0), s=Var("s", "mm", 0),
)  # fmt: skip
"""Widest spacing of grooves: that of the stirrups, and no more than 200 mm."""

DEPOSIT_LEFT = Formula(
    source("fund.interest"), "D_n", "D - I", title="compliance.formula.deposit_left",
    D_n=Var("D_n", "CNY"), D=Var("D", "CNY"), I=Var("I", "CNY"),
)  # fmt: skip
"""Next deposit: what is due less the interest earned."""
