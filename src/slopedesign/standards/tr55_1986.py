"""USDA TR-55 (1986) and FHWA HEC-22: curve-number runoff, travel times, peak, detention storage, unit hydrograph.

Kept beside the Chinese methods because published worked examples with full numbers exist for them. SI throughout.
"""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

TR55, HEC22 = "USDA TR-55 (1986)", "FHWA HEC-22 4th ed."

RETENTION = Formula(
    Source(TR55, "eq. 2-4", Provenance.READ), "S", "25400/CN - 254", homogeneous=False, valid=("CN > 0", "CN <= 100"),
    title="water.formula.retention", S=Var("S", "mm", 2), CN=Var("CN", "-", 1),
)  # fmt: skip
CURVE_NUMBER_RUNOFF = Formula(
    Source(TR55, "eq. 2-3", Provenance.READ), "Q", "(P - r*S)**2/(P + (1 - r)*S)", valid=("P >= r*S", "P + S > 0"),
    title="water.formula.cn_runoff", Q=Var("Q", "mm", 2), P=Var("P", "mm", 1), S=Var("S", "mm", 2),
    r=Var("I_a/S", "-", 2),
)  # fmt: skip
COMPOSITE_CURVE_NUMBER = Formula(
    Source(TR55, "figures 2-3 and 2-4", Provenance.RECALLED), "CN_c", "CN_p + P_imp/100*(98 - CN_p)*(1 - 0.5*R)",
    valid=("P_imp >= 0", "P_imp <= 100", "R >= 0", "R <= 1", "CN_p > 0", "CN_p <= 100"),
    title="water.formula.composite_curve_number", homogeneous=False,
    CN_c=Var("CN_c", "-", 1), CN_p=Var("CN_p", "-", 1), P_imp=Var("P_{imp}", "%", 1), R=Var("R", "-", 2),
)  # fmt: skip
SHEET_FLOW = Formula(
    Source(HEC22, "eq. 4.4", Provenance.READ), "t", "5.476/sqrt(P_2)*(n*L/sqrt(S))**0.8", homogeneous=False,
    valid=("P_2 > 0", "n > 0", "L > 0", "S > 0"), title="water.formula.sheet_flow",
    t=Var("t_s", "min", 2), P_2=Var("P_2", "mm", 1), n=Var("n", "-", 3), L=Var("L", "m", 1), S=Var("S", "-", 4),
)  # fmt: skip
SHEET_FLOW_TR55 = Formula(
    Source(TR55, "eq. 3-3", Provenance.READ), "t", "0.0913*60*(n*L)**0.8/(sqrt(P_2)*s**0.4)", homogeneous=False,
    valid=("P_2 > 0", "n > 0", "L > 0", "s > 0"), title="water.formula.sheet_flow",
    t=Var("t_s", "min", 2), P_2=Var("P_2", "mm", 1), n=Var("n", "-", 3), L=Var("L", "m", 1), s=Var("s", "-", 4),
)  # fmt: skip
SHALLOW_FLOW = Formula(
    Source(HEC22, "eq. 4.5", Provenance.READ), "V", "k*sqrt(S_pct)", homogeneous=False, valid=("k > 0", "S_pct > 0"),
    title="water.formula.shallow_flow", V=Var("v", "m/s", 3), k=Var("k", "-", 3), S_pct=Var("S", "%", 2),
)  # fmt: skip
PEAK = Formula(
    Source(TR55, "eq. 4-1", Provenance.READ), "q_p", "q_u*A*Q*F_p", homogeneous=False, valid=("A > 0", "F_p > 0"),
    title="water.formula.tr55_peak",
    q_p=Var("q_p", "m3/s", 3), q_u=Var("q_u", "m3/s/(km2 mm)", 5), A=Var("A", "km2", 4), Q=Var("Q", "mm", 1),
    F_p=Var("F_p", "-", 2),
)  # fmt: skip
UNIT_PEAK = Formula(
    Source(TR55, "appendix F", Provenance.RECALLED), "q_u",
    "10**(C_0 + C_1*log10(T_c) + C_2*log10(T_c)**2)*0.00043044", homogeneous=False, valid=("T_c >= 0.1", "T_c <= 10"),
    title="water.formula.unit_peak",
    q_u=Var("q_u", "m3/s/(km2 mm)", 5), C_0=Var("C_0", "-", 5), C_1=Var("C_1", "-", 5), C_2=Var("C_2", "-", 5),
    T_c=Var("T_c", "h", 3),
)  # fmt: skip
DETENTION_RATIO = Formula(
    Source(HEC22, "table 10.1", Provenance.READ), "V_s", "C_0 + C_1*r + C_2*r**2 + C_3*r**3",
    valid=("r > 0", "r < 1"), title="water.formula.detention_ratio",
    V_s=Var("V_s/V_r", "-", 4), C_0=Var("C_0", "-", 3), C_1=Var("C_1", "-", 3), C_2=Var("C_2", "-", 3),
    C_3=Var("C_3", "-", 3), r=Var("q_o/q_i", "-", 3),
)  # fmt: skip
LOST_STORAGE = Formula(
    Source(HEC22, "eq. 10.1", Provenance.READ), "V_s", "60*(Q_2*t_2 - Q_1*t_1)", homogeneous=False,
    title="water.formula.lost_storage",
    V_s=Var("V_s", "m3", 1), Q_1=Var("Q_1", "m3/s", 3), Q_2=Var("Q_2", "m3/s", 3), t_1=Var("t_1", "min", 1),
    t_2=Var("t_2", "min", 1),
)  # fmt: skip
TRIANGLE_STORAGE = Formula(
    Source(HEC22, "eq. 10.4", Provenance.READ), "V_s", "0.5*t_i*(Q_i - Q_o)", valid=("t_i > 0", "Q_i >= Q_o"),
    title="water.formula.triangle_storage",
    V_s=Var("V_s", "m3", 1), t_i=Var("t_i", "s", 0), Q_i=Var("Q_i", "m3/s", 3), Q_o=Var("Q_o", "m3/s", 3),
)  # fmt: skip
FRUSTUM = Formula(
    Source(HEC22, "eq. 10.9", Provenance.READ), "V", "L*W*D + (L + W)*z*D**2 + 4/3*z**2*D**3",
    valid=("L >= 0", "W >= 0", "z >= 0", "D >= 0"), title="water.formula.frustum",
    V=Var("V", "m3", 2), L=Var("L", "m", 2), W=Var("W", "m", 2), z=Var("z", "-", 2), D=Var("D", "m", 3),
)  # fmt: skip
CONE_SLICE = Formula(
    Source(HEC22, "eq. 10.7", Provenance.READ), "V", "d/3*(A_1 + A_2 + sqrt(A_1*A_2))",
    valid=("A_1 >= 0", "A_2 >= 0", "d >= 0"), title="water.formula.cone_slice",
    V=Var("V", "m3", 2), d=Var("d", "m", 3), A_1=Var("A_1", "m2", 1), A_2=Var("A_2", "m2", 1),
)  # fmt: skip
SCS_PEAK = Formula(
    Source("USDA NEH-4", "unit hydrograph", Provenance.READ), "q_p", "0.208*A*Q/t_p", homogeneous=False,
    valid=("A > 0", "t_p > 0", "Q >= 0"), title="water.formula.scs_peak",
    q_p=Var("q_p", "m3/s", 3), A=Var("A", "km2", 4), Q=Var("Q", "mm", 1), t_p=Var("t_p", "h", 3),
)  # fmt: skip
SCS_TIME_TO_PEAK = Formula(
    Source("USDA NEH-4", "unit hydrograph", Provenance.READ), "t_p", "D/2 + 0.6*t_c", valid=("t_c > 0", "D >= 0"),
    title="water.formula.scs_time_to_peak", t_p=Var("t_p", "h", 3), D=Var("D", "h", 3), t_c=Var("t_c", "h", 3),
)  # fmt: skip
