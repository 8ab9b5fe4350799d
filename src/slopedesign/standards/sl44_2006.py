"""SL 44-2006, design floods: rainfall depth formula, rational (confluence) formula, frequency curve."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

STANDARD = "SL 44-2006"

RAIN_POWER = Formula(
    Source(STANDARD, "storm formula", Provenance.RECALLED), "S_p", "H_24*24**(n - 1)", homogeneous=False,
    valid=("H_24 > 0", "n > 0", "n < 1"), title="water.formula.rain_power",
    S_p=Var("S_p", "mm/h", 2), H_24=Var("H_{24p}", "mm", 1), n=Var("n", "-", 3),
)  # fmt: skip
MEAN_INTENSITY = Formula(
    Source(STANDARD, "storm formula", Provenance.RECALLED), "i", "S_p/t**n", homogeneous=False,
    valid=("S_p > 0", "t > 0", "n > 0", "n < 1"), title="water.formula.mean_intensity",
    i=Var("i", "mm/h", 2), S_p=Var("S_p", "mm/h", 2), t=Var("t", "h", 3), n=Var("n", "-", 3),
)  # fmt: skip
TO_PER_MINUTE = Formula(
    Source("units", "60 min = 1 h", Provenance.DERIVED), "q", "i/60", homogeneous=False,
    title="water.formula.to_per_minute", q=Var("q", "mm/min", 4), i=Var("i", "mm/h", 2),
)  # fmt: skip
FULL_CONFLUENCE = Formula(
    Source(STANDARD, "rational formula, t_c >= tau", Provenance.RECALLED), "Q_m", "0.278*(S_p/tau**n - mu)*F",
    homogeneous=False, valid=("tau > 0", "F > 0"), title="water.formula.full_confluence",
    Q_m=Var("Q_m", "m3/s", 2), S_p=Var("S_p", "mm/h", 2), tau=Var(r"\tau", "h", 2), n=Var("n", "-", 3),
    mu=Var(r"\mu", "mm/h", 2), F=Var("F", "km2", 4),
)  # fmt: skip
PART_CONFLUENCE = Formula(
    Source(STANDARD, "rational formula, t_c < tau", Provenance.RECALLED), "Q_m",
    "0.278*n*S_p*t_c**(1 - n)/tau*F", homogeneous=False, valid=("tau > 0", "F > 0", "t_c > 0"),
    title="water.formula.part_confluence",
    Q_m=Var("Q_m", "m3/s", 2), S_p=Var("S_p", "mm/h", 2), tau=Var(r"\tau", "h", 2), n=Var("n", "-", 3),
    t_c=Var("t_c", "h", 2), F=Var("F", "km2", 4),
)  # fmt: skip
CONFLUENCE_TIME = Formula(
    Source(STANDARD, "rational formula", Provenance.RECALLED), "tau", "0.278*L/(m*J**(1/3)*Q_m**(1/4))",
    homogeneous=False, valid=("L > 0", "m > 0", "J > 0", "Q_m > 0"), title="water.formula.confluence_time",
    tau=Var(r"\tau", "h", 3), L=Var("L", "km", 3), m=Var("m", "-", 3), J=Var("J", "-", 5), Q_m=Var("Q_m", "m3/s", 2),
)  # fmt: skip
RUNOFF_TIME = Formula(
    Source(STANDARD, "rational formula", Provenance.RECALLED), "t_c", "((1 - n)*S_p/mu)**(1/n)", homogeneous=False,
    valid=("mu > 0", "n > 0", "n < 1", "S_p > 0"), title="water.formula.runoff_time",
    t_c=Var("t_c", "h", 2), n=Var("n", "-", 3), S_p=Var("S_p", "mm/h", 2), mu=Var(r"\mu", "mm/h", 2),
)  # fmt: skip
SMALL_CATCHMENT = Formula(
    Source("units", "1 mm/h on 1 km2 = 0.278 m3/s", Provenance.DERIVED), "Q_m", "0.278*psi*i*F", homogeneous=False,
    valid=("psi >= 0", "i >= 0", "F >= 0"), title="water.formula.small_catchment",
    Q_m=Var("Q_m", "m3/s", 4), psi=Var(r"\psi", "-", 3), i=Var("i", "mm/h", 2), F=Var("F", "km2", 4),
)  # fmt: skip
DAY_TO_24_HOURS = Formula(
    Source(STANDARD, "fixed day to any 24 hours", Provenance.RECALLED), "H_24", "k*H_1d", valid=("k >= 1", "H_1d > 0"),
    title="water.formula.day_to_24_hours",
    H_24=Var("H_{24}", "mm", 1), k=Var("k", "-", 3), H_1d=Var("H_{1d}", "mm", 1),
)  # fmt: skip
QUANTILE = Formula(
    Source(STANDARD, "P-III curve", Provenance.DERIVED), "x_p", "x_mean*(1 + C_v*Phi_p)", valid=("x_mean > 0",),
    title="water.formula.quantile",
    x_p=Var("x_p", "mm", 1), x_mean=Var(r"\bar{x}", "mm", 1), C_v=Var("C_v", "-", 3), Phi_p=Var(r"\Phi_p", "-", 3),
)  # fmt: skip
