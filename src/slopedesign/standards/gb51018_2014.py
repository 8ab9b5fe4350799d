"""GB 51018-2014, design of soil and water conservation works: slope drainage chain of annex A.4 and small ponds.

The chain of annex A.4 is known from a public transcription, not from the printed standard: its rows stay marked
as recalled.
"""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

STANDARD = "GB 51018-2014"
_NOTE = "public transcription of annex A.4"

STORM_INTENSITY = Formula(
    Source(STANDARD, "A.4.1", Provenance.RECALLED, _NOTE), "q", "C_p*C_t*q_5_10",
    valid=("C_p > 0", "C_t > 0", "q_5_10 > 0"), title="water.formula.storm_intensity",
    q=Var("q_{p,t}", "mm/min", 3), C_p=Var("C_p", "-", 3), C_t=Var("C_t", "-", 3),
    q_5_10=Var("q_{5,10}", "mm/min", 3),
)  # fmt: skip
PEAK_FLOW = Formula(
    Source(STANDARD, "A.4.1", Provenance.RECALLED, _NOTE), "Q_m", "16.67*phi*q*F", homogeneous=False,
    valid=("phi >= 0", "q >= 0", "F >= 0"), title="water.formula.peak_flow",
    Q_m=Var("Q_m", "m3/s", 4), phi=Var(r"\varphi", "-", 3), q=Var("q", "mm/min", 3), F=Var("F", "km2", 5),
)  # fmt: skip
OVERLAND_TIME = Formula(
    Source(STANDARD, "A.4.2", Provenance.RECALLED, _NOTE), "t_1", "1.445*(m_1*L_s/sqrt(i_s))**0.467",
    homogeneous=False, valid=("m_1 > 0", "L_s > 0", "i_s > 0"), title="water.formula.overland_time",
    t_1=Var("t_1", "min", 2), m_1=Var("m_1", "-", 3), L_s=Var("L_s", "m", 1), i_s=Var("i_s", "-", 4),
)  # fmt: skip
DITCH_VELOCITY = Formula(
    Source(STANDARD, "A.4.2", Provenance.RECALLED, _NOTE), "v", "20*i_g**0.6", homogeneous=False, valid=("i_g > 0",),
    title="water.formula.ditch_velocity", v=Var("v", "m/s", 3), i_g=Var("i_g", "-", 4),
)  # fmt: skip
DITCH_TIME = Formula(
    Source(STANDARD, "A.4.2", Provenance.RECALLED, _NOTE), "t_2", "L/(60*v)", homogeneous=False,
    valid=("v > 0", "L >= 0"), title="water.formula.ditch_time",
    t_2=Var("t_2", "min", 2), L=Var("L", "m", 1), v=Var("v", "m/s", 3),
)  # fmt: skip
CONCENTRATION = Formula(
    Source(STANDARD, "A.4.2", Provenance.RECALLED, _NOTE), "t", "max(t_1 + t_2, t_min)",
    title="water.formula.concentration",
    t=Var("t", "min", 2), t_1=Var("t_1", "min", 2), t_2=Var("t_2", "min", 2), t_min=Var("t_{min}", "min", 1),
)  # fmt: skip
MOMENT = Formula(
    Source(STANDARD, "A.4.1", Provenance.DERIVED), "S", "phi*F", title="water.formula.moment",
    S=Var(r"\varphi F", "km2", 5), phi=Var(r"\varphi", "-", 3), F=Var("F", "km2", 5),
)  # fmt: skip
WEIGHTED_COEFFICIENT = Formula(
    Source(STANDARD, "A.4.1", Provenance.DERIVED), "phi", "S/F", valid=("F > 0",),
    title="water.formula.weighted_coefficient",
    phi=Var(r"\varphi", "-", 3), S=Var(r"\Sigma\varphi_i F_i", "km2", 5), F=Var("F", "km2", 5),
)  # fmt: skip
SPILL_BY_TRIANGLE = Formula(
    Source(STANDARD, "9.4", Provenance.RECALLED, "form as HEC-22 eq. 10.4"), "q_s", "Q*(1 - V_s/W)",
    valid=("W > 0", "V_s >= 0", "V_s <= W"), title="water.formula.spill_by_triangle",
    q_s=Var("q_s", "m3/s", 4), Q=Var("Q", "m3/s", 4), V_s=Var("V_s", "m3", 1), W=Var("W", "m3", 1),
)  # fmt: skip
