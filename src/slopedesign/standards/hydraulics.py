"""Open-channel, weir and orifice formulas that no single code owns, in the order a channel is worked."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

G = 9.81
"""Gravity as Chinese hydraulic practice takes it [m/s2]."""

STANDARD_GRAVITY = 9.80665
"""Standard gravity, on which the thin-plate weir coefficients rest [m/s2]."""

WATER = 9.81
"""Unit weight of water [kN/m3]."""

_HEC22 = "FHWA HEC-22 4th ed."
_CHOW = "Chow, Open-Channel Hydraulics (1959)"

HYDRAULIC_RADIUS = Formula(
    Source(_CHOW, "2-4", Provenance.DERIVED), "R", "A/P", title="water.formula.hydraulic_radius",
    R=Var("R", "m", 3), A=Var("A", "m2", 4), P=Var(r"\chi", "m", 3),
)  # fmt: skip
MANNING_VELOCITY = Formula(
    Source(_HEC22, "eq. 6.1", Provenance.READ), "V", "R**(2/3)*sqrt(S)/n", homogeneous=False,
    valid=("R > 0", "S > 0", "n > 0"), title="water.formula.manning_velocity",
    V=Var("v", "m/s", 3), R=Var("R", "m", 3), S=Var("i", "-", 5), n=Var("n", "-", 4),
)  # fmt: skip
MANNING_FLOW = Formula(
    Source(_HEC22, "eq. 6.1", Provenance.READ), "Q", "A*R**(2/3)*sqrt(S)/n", homogeneous=False,
    valid=("A > 0", "R > 0", "S > 0", "n > 0"), title="water.formula.manning_flow",
    Q=Var("Q", "m3/s", 4), A=Var("A", "m2", 4), R=Var("R", "m", 3), S=Var("i", "-", 5), n=Var("n", "-", 4),
)  # fmt: skip
CONTINUITY = Formula(
    Source(_CHOW, "1-2", Provenance.DERIVED), "V", "Q/A", valid=("A > 0",), title="water.formula.continuity",
    V=Var("v", "m/s", 3), Q=Var("Q", "m3/s", 4), A=Var("A", "m2", 4),
)  # fmt: skip
FROUDE = Formula(
    Source(_CHOW, "1-5", Provenance.DERIVED), "Fr", "V/sqrt(g*A/T)", valid=("A > 0", "T > 0"),
    title="water.formula.froude",
    Fr=Var("Fr", "-", 3), V=Var("v", "m/s", 3), g=Var("g", "m/s2", 3), A=Var("A", "m2", 4), T=Var("B_s", "m", 3),
)  # fmt: skip
SHEAR = Formula(
    Source(_HEC22, "eq. 6.5", Provenance.READ), "tau", "gamma_w*h*S", title="water.formula.shear",
    tau=Var(r"\tau", "kPa", 4), gamma_w=Var(r"\gamma_w", "kN/m3", 2), h=Var("h", "m", 3), S=Var("i", "-", 5),
)  # fmt: skip
BEND_SHEAR = Formula(
    Source("FHWA HEC-15 3rd ed.", "3.4.3", Provenance.RECALLED), "K_b", "2.38 - 0.206*r + 0.0073*r**2",
    valid=("r >= 2", "r <= 10"), homogeneous=False, title="water.formula.bend_shear",
    K_b=Var("K_b", "-", 3), r=Var("R_c/B_s", "-", 3),
)  # fmt: skip
SUPERELEVATION = Formula(
    Source(_HEC22, "eq. 6.4", Provenance.READ), "dh", "V**2*T/(g*R_c)", valid=("R_c > 0",),
    title="water.formula.superelevation",
    dh=Var(r"\Delta h", "m", 3), V=Var("v", "m/s", 3), T=Var("B_s", "m", 3), g=Var("g", "m/s2", 3),
    R_c=Var("R_c", "m", 2),
)  # fmt: skip
SPECIFIC_ENERGY = Formula(
    Source(_CHOW, "3-1", Provenance.DERIVED), "E", "h + V**2/(2*g)", title="water.formula.specific_energy",
    E=Var("E", "m", 3), h=Var("h", "m", 3), V=Var("v", "m/s", 3), g=Var("g", "m/s2", 3),
)  # fmt: skip
BELANGER = Formula(
    Source("FHWA HDS-4", "4.8", Provenance.READ), "h_2", "h_1/2*(sqrt(1 + 8*Fr**2) - 1)", valid=("h_1 > 0", "Fr > 0"),
    title="water.formula.belanger",
    h_2=Var("h''", "m", 3), h_1=Var("h_1", "m", 3), Fr=Var("Fr_1", "-", 3),
)  # fmt: skip
WEIR = Formula(
    Source("Chinese hydraulics textbooks", "weir formula", Provenance.RECALLED), "Q",
    "sigma_s*epsilon*m*B*sqrt(2*g)*H_0**1.5", valid=("B > 0", "H_0 >= 0", "m > 0"), title="water.formula.weir",
    Q=Var("Q", "m3/s", 4), sigma_s=Var(r"\sigma_s", "-", 3), epsilon=Var(r"\varepsilon", "-", 3),
    m=Var("m", "-", 4), B=Var("B", "m", 3), g=Var("g", "m/s2", 3), H_0=Var("H_0", "m", 3),
)  # fmt: skip
VILLEMONTE = Formula(
    Source(_HEC22, "eq. 10.20", Provenance.READ), "sigma_s", "(1 - (h_2/h_1)**1.5)**0.385",
    valid=("h_1 > 0", "h_2 >= 0", "h_2 <= h_1"), title="water.formula.villemonte",
    sigma_s=Var(r"\sigma_s", "-", 3), h_1=Var("h_1", "m", 3), h_2=Var("h_2", "m", 3),
)  # fmt: skip
ORIFICE = Formula(
    Source(_HEC22, "eq. 10.16", Provenance.READ), "Q", "C_o*A*sqrt(2*g*H)", valid=("H >= 0", "A > 0"),
    title="water.formula.orifice",
    Q=Var("Q", "m3/s", 4), C_o=Var("C_o", "-", 3), A=Var("A", "m2", 4), g=Var("g", "m/s2", 3), H=Var("H", "m", 3),
)  # fmt: skip
WEIR_ACKERS = Formula(
    Source("Ackers et al., Weirs and Flumes (1978)", "full-width thin plate", Provenance.READ), "Q",
    "0.564*(1 + 0.150*h/p)*b*sqrt(g)*(h + 0.001)**1.5", valid=("h > 0", "p > 0", "b > 0"), homogeneous=False,
    title="water.formula.weir_ackers",
    Q=Var("Q", "m3/s", 4), h=Var("h", "m", 3), p=Var("P", "m", 3), b=Var("b", "m", 3), g=Var("g", "m/s2", 3),
)  # fmt: skip
WEIR_KINDSVATER = Formula(
    Source("Kindsvater and Carter (1957)", "contracted thin plate, b/B to 0.2", Provenance.READ), "Q",
    "0.554*(1 - 0.0035*h/p)*(b + 0.0025)*sqrt(g)*(h + 0.0001)**1.5", valid=("h > 0", "p > 0", "b > 0"),
    homogeneous=False, title="water.formula.weir_kindsvater",
    Q=Var("Q", "m3/s", 4), h=Var("h", "m", 3), p=Var("P", "m", 3), b=Var("b", "m", 3), g=Var("g", "m/s2", 3),
)  # fmt: skip
V_NOTCH = Formula(
    Source("Shen (1981), USGS WSP 1617-B", "V notch", Provenance.RECALLED), "Q",
    "8/15*C*tan(radians(theta)/2)*sqrt(2*g)*(h + k)**2.5", valid=("h > 0", "theta > 0", "theta < 180"),
    homogeneous=False, title="water.formula.v_notch",
    Q=Var("Q", "m3/s", 4), C=Var("C", "-", 4), theta=Var(r"\theta", "deg", 1), g=Var("g", "m/s2", 3),
    h=Var("h", "m", 3), k=Var("k_h", "m", 4),
)  # fmt: skip
WEIR_CONTRACTED = Formula(
    Source(_HEC22, "eq. 10.33", Provenance.READ), "Q", "m*sqrt(2*g)*(L - 0.1*N*H)*H**1.5",
    valid=("L > 0", "H >= 0", "m > 0", "N >= 0", "L > 0.1*N*H"), title="water.formula.weir_contracted",
    Q=Var("Q", "m3/s", 4), m=Var("m", "-", 4), g=Var("g", "m/s2", 3), L=Var("L", "m", 3), N=Var("N", "-", 0),
    H=Var("H", "m", 3),
)  # fmt: skip
V_NOTCH_LISTED = Formula(
    Source("fluids (open-source library)", "Q_weir_V_Shen", Provenance.READ, "lacks the factor 8 sqrt(2)/15"),
    "Q", "C*tan(radians(theta)/2)*sqrt(g)*(h + k)**2.5", valid=("h > 0", "theta > 0", "theta < 180"),
    homogeneous=False, title="water.formula.v_notch_listed",
    Q=Var("Q", "m3/s", 4), C=Var("C", "-", 4), theta=Var(r"\theta", "deg", 1), g=Var("g", "m/s2", 3),
    h=Var("h", "m", 3), k=Var("k_h", "m", 4),
)  # fmt: skip
V_NOTCH_PLAIN = Formula(
    Source(_HEC22, "eq. 10.35", Provenance.READ), "Q", "m*sqrt(2*g)*tan(radians(theta)/2)*h**2.5",
    valid=("h >= 0", "theta > 0", "theta < 180", "m > 0"), title="water.formula.v_notch",
    Q=Var("Q", "m3/s", 4), m=Var("m", "-", 4), g=Var("g", "m/s2", 3), theta=Var(r"\theta", "deg", 1),
    h=Var("h", "m", 3),
)  # fmt: skip
FLARE_LENGTH = Formula(
    Source("geometry", "", Provenance.DERIVED), "L", "(B_1 - B_2)/(2*tan(radians(theta)))",
    valid=("theta > 0", "theta < 90", "B_1 >= B_2"), title="water.formula.flare_length",
    L=Var("L", "m", 2), B_1=Var("B_1", "m", 2), B_2=Var("B_2", "m", 2), theta=Var(r"\theta", "deg", 1),
)  # fmt: skip
RIPRAP_D50 = Formula(
    Source("FHWA HEC-14 3rd ed.", "eq. 10.4", Provenance.RECALLED), "D_50",
    "0.2*D*(Q/(sqrt(g)*D**2.5))**(4/3)*D/TW", valid=("D > 0", "TW >= 0.4*D", "TW <= D"),
    title="water.formula.riprap_d50",
    D_50=Var("D_{50}", "m", 3), D=Var("D", "m", 3), Q=Var("Q", "m3/s", 4), g=Var("g", "m/s2", 3),
    TW=Var("TW", "m", 3),
)  # fmt: skip
APRON_START = Formula(
    Source("FHWA HEC-14 3rd ed.", "10.2", Provenance.RECALLED), "B", "k*D", valid=("k > 0", "D > 0"),
    title="water.formula.apron_start", B=Var("B_1", "m", 2), k=Var("k", "-", 1), D=Var("D", "m", 3),
)  # fmt: skip
APRON_END = Formula(
    Source("FHWA HEC-14 3rd ed.", "10.2", Provenance.RECALLED), "W", "B + 2*s*L", valid=("B > 0", "L > 0"),
    title="water.formula.apron_end", W=Var("B_2", "m", 2), B=Var("B_1", "m", 2), s=Var("s", "-", 3), L=Var("L", "m", 2),
)  # fmt: skip

# Free drop (Rand 1955)
DROP_NUMBER = Formula(
    Source("Rand (1955)", "drop number", Provenance.RECALLED), "D_n", "q**2/(g*P**3)", valid=("q > 0", "P > 0"),
    title="water.formula.drop_number",
    D_n=Var("D", "-", 5), q=Var("q", "m2/s", 4), g=Var("g", "m/s2", 3), P=Var("P", "m", 2),
)  # fmt: skip
DROP_LENGTH = Formula(
    Source("Rand (1955)", "drop length", Provenance.RECALLED), "L_d", "4.30*P*D_n**0.27",
    title="water.formula.drop_length",
    L_d=Var("L_d", "m", 3), P=Var("P", "m", 2), D_n=Var("D", "-", 5),
)  # fmt: skip
DROP_POOL = Formula(
    Source("Rand (1955)", "pool depth", Provenance.RECALLED), "y_p", "1.00*P*D_n**0.22",
    title="water.formula.drop_pool",
    y_p=Var("y_p", "m", 3), P=Var("P", "m", 2), D_n=Var("D", "-", 5),
)  # fmt: skip
DROP_Y1 = Formula(
    Source("Rand (1955)", "depth at the toe of the nappe", Provenance.RECALLED), "y_1", "0.54*P*D_n**0.425",
    title="water.formula.drop_y1",
    y_1=Var("y_1", "m", 3), P=Var("P", "m", 2), D_n=Var("D", "-", 5),
)  # fmt: skip
DROP_Y2 = Formula(
    Source("Rand (1955)", "sequent depth", Provenance.RECALLED), "y_2", "1.66*P*D_n**0.27",
    title="water.formula.drop_y2",
    y_2=Var("y_2", "m", 3), P=Var("P", "m", 2), D_n=Var("D", "-", 5),
)  # fmt: skip

# Pipes under pressure
DARCY_WEISBACH = Formula(
    Source("Darcy and Weisbach", "pipe friction", Provenance.DERIVED), "h_f", "f*L/D*V**2/(2*g)",
    valid=("D > 0", "L >= 0", "f >= 0"), title="water.formula.darcy_weisbach",
    h_f=Var("h_f", "m", 3), f=Var(r"\lambda", "-", 4), L=Var("L", "m", 1), D=Var("D", "m", 4), V=Var("v", "m/s", 3),
    g=Var("g", "m/s2", 3),
)  # fmt: skip
HAZEN_WILLIAMS = Formula(
    Source("Hazen and Williams", "SI form", Provenance.RECALLED), "h_f", "10.67*L*Q**1.852/(C**1.852*D**4.8704)",
    homogeneous=False, valid=("C > 0", "D > 0", "L >= 0", "Q >= 0"), title="water.formula.hazen_williams",
    h_f=Var("h_f", "m", 3), L=Var("L", "m", 1), Q=Var("Q", "m3/s", 5), C=Var("C", "-", 0), D=Var("D", "m", 4),
)  # fmt: skip
