"""Equations of limit equilibrium that belong to no standard: methods of slices, infinite slope, toppling, wedge.

Sources: Bishop 1955; Spencer 1967; Morgenstern & Price 1965; Fredlund & Krahn 1977; Zhu, Lee, Qian & Chen 2005;
Goodman & Bray 1976; Hoek & Bray 1981. All rows follow from equilibrium and are marked derived.
"""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source


def _derived(author: str, clause: str = "") -> Source:
    return Source(author, clause, Provenance.DERIVED)


_F = Var("F_s", "-", 3, "stability.symbol.F_s")
_ALPHA = Var(r"\alpha", "deg", 2, "stability.symbol.alpha")
_PHI = Var(r"\varphi", "deg", 2, "stability.symbol.phi")
_C = Var("c", "kPa", 2, "stability.symbol.c")
_L = Var("l", "m", 3, "stability.symbol.l")
_W = Var("W", "kN/m", 2, "stability.symbol.W")
_U = Var("U", "kN/m", 2, "stability.symbol.U")
_N = Var("N'", "kN/m", 2, "stability.symbol.N")
_S = Var("S", "kN/m", 2, "stability.symbol.S")

SKIN = Formula(
    _derived("infinite slope"), "F_s",
    "tan(radians(phi))*(cos(radians(beta))*(1 - k_v) - k_h*sin(radians(beta)) - u/(gamma*z*cos(radians(beta))))"
    "/(sin(radians(beta))*(1 - k_v) + k_h*cos(radians(beta)))",
    valid=("beta > 0", "beta < 90", "gamma > 0", "z > 0"), title="stability.formula.skin", F_s=_F, phi=_PHI,
    beta=Var(r"\beta", "deg", 2, "stability.symbol.beta"), k_h=Var("k_h", "-", 3, "stability.symbol.k_h"),
    k_v=Var("k_v", "-", 3, "stability.symbol.k_v"), u=Var("u", "kPa", 2, "stability.symbol.u"),
    gamma=Var(r"\gamma", "kN/m3", 2, "stability.symbol.gamma"), z=Var("z", "m", 2, "stability.symbol.z"),
)  # fmt: skip

ORDINARY_NORMAL = Formula(
    _derived("Fellenius 1927"), "N", "W*cos(radians(alpha)) - Q*sin(radians(alpha)) - U",
    title="stability.formula.normal", N=_N, W=_W, alpha=_ALPHA, Q=Var("Q", "kN/m", 2, "stability.symbol.Q"), U=_U,
)  # fmt: skip
M_ALPHA = Formula(
    _derived("Bishop 1955"), "m", "cos(radians(alpha)) + tan(radians(phi))*sin(radians(alpha))/F_s",
    title="stability.formula.m_alpha", m=Var(r"m_{\alpha}", "-", 4, "stability.symbol.m_alpha"), alpha=_ALPHA, phi=_PHI,
    F_s=_F,
)  # fmt: skip
SHEAR = Formula(
    _derived("Mohr-Coulomb"), "S", "(c*l + N*tan(radians(phi)))/F_s", title="stability.formula.shear", S=_S, c=_C, l=_L,
    N=_N, phi=_PHI, F_s=_F,
)  # fmt: skip
SLICE_NORMAL = Formula(
    _derived("Morgenstern & Price 1965"), "N",
    "(W + X_R - X_L - U*cos(radians(alpha)) - c*l*sin(radians(alpha))/F_s)/m", title="stability.formula.normal",
    N=_N, W=_W, X_R=Var("X_{R}", "kN/m", 2, "stability.symbol.X_R"),
    X_L=Var("X_{L}", "kN/m", 2, "stability.symbol.X_L"), U=_U,
    alpha=_ALPHA, c=_C, l=_L, F_s=_F,
    m=Var(r"m_{\alpha}", "-", 4, "stability.symbol.m_alpha"),
)  # fmt: skip
SLICE_THRUST = Formula(
    _derived("Morgenstern & Price 1965"), "E_R",
    "E_L - Q - (N + U)*sin(radians(alpha)) + S*cos(radians(alpha))", title="stability.formula.thrust",
    E_R=Var("E_{R}", "kN/m", 2, "stability.symbol.E_R"), E_L=Var("E_{L}", "kN/m", 2, "stability.symbol.E_L"),
    Q=Var("Q", "kN/m", 2, "stability.symbol.Q"), N=_N, U=_U, alpha=_ALPHA, S=_S,
)  # fmt: skip
SLICE_CROSS_SHEAR = Formula(
    _derived("Morgenstern & Price 1965"), "X_R", "lam*f*E_R", title="stability.formula.cross_shear",
    X_R=Var("X_{R}", "kN/m", 2, "stability.symbol.X_R"), lam=Var(r"\lambda", "-", 4, "stability.symbol.lambda"),
    f=Var("f", "-", 4, "stability.symbol.f"), E_R=Var("E_{R}", "kN/m", 2, "stability.symbol.E_R"),
)  # fmt: skip
RATIO = Formula(
    _derived("limit equilibrium"), "F_s", "R/T", valid=("T > 0",), title="stability.formula.ratio", F_s=_F,
    R=Var("R", "kN/m", 2, "stability.symbol.R"), T=Var("T", "kN/m", 2, "stability.symbol.T"),
)  # fmt: skip

FACE_WEIGHT = Formula(
    _derived("geometry"), "G", "gamma*A", title="stability.formula.weight",
    G=Var("G", "kN/m", 2, "stability.symbol.G"), gamma=Var(r"\gamma", "kN/m3", 2, "stability.symbol.gamma"),
    A=Var("A", "m2", 3, "stability.symbol.area"),
)  # fmt: skip
BOLT_RESISTING = Formula(
    _derived("Hoek & Bray 1981"), "R", "R_0 + T_b*sin(radians(theta + beta))*tan(radians(phi))",
    title="stability.formula.resisting", R=Var("R", "kN/m", 2, "stability.symbol.R"),
    R_0=Var("R_0", "kN/m", 2, "stability.symbol.R"), T_b=Var("T_b", "kN/m", 2, "stability.symbol.T_b"),
    theta=Var(r"\theta", "deg", 2, "stability.symbol.theta"),
    beta=Var(r"\beta", "deg", 2, "stability.symbol.bolt_angle"), phi=_PHI,
)  # fmt: skip
BOLT_DRIVING = Formula(
    _derived("Hoek & Bray 1981"), "T", "T_0 - T_b*cos(radians(theta + beta))",
    title="stability.formula.driving", T=Var("T", "kN/m", 2, "stability.symbol.T"),
    T_0=Var("T_0", "kN/m", 2, "stability.symbol.T"), T_b=Var("T_b", "kN/m", 2, "stability.symbol.T_b"),
    theta=Var(r"\theta", "deg", 2, "stability.symbol.theta"),
    beta=Var(r"\beta", "deg", 2, "stability.symbol.bolt_angle"),
)  # fmt: skip
WEDGE_FACTOR = Formula(
    _derived("Hoek & Bray 1981"), "F_s", "R/T", valid=("T > 0",), title="stability.formula.ratio", F_s=_F,
    R=Var("R", "kN", 2, "stability.symbol.R"), T=Var("T", "kN", 2, "stability.symbol.T"),
)  # fmt: skip
TOPPLE_TURN = Formula(
    _derived("Goodman & Bray 1976"), "P_t",
    "(P*(M - dx*tan(radians(phi))) + W/2*(y*sin(radians(alpha)) - dx*cos(radians(alpha))))/L",
    title="stability.formula.topple", P_t=Var("P_{n-1,t}", "kN/m", 2, "stability.symbol.P"),
    P=Var("P_n", "kN/m", 2, "stability.symbol.P"), M=Var("M_n", "m", 3, "stability.symbol.lever"),
    dx=Var(r"\Delta x", "m", 3, "stability.symbol.dx"), phi=_PHI, W=_W, y=Var("y_n", "m", 3, "stability.symbol.y"),
    alpha=_ALPHA, L=Var("L_n", "m", 3, "stability.symbol.lever"),
)  # fmt: skip
TOPPLE_SLIDE = Formula(
    _derived("Goodman & Bray 1976"), "P_s",
    "P - W*(cos(radians(alpha))*tan(radians(phi)) - sin(radians(alpha)))/(1 - tan(radians(phi))**2)",
    valid=("phi < 45",), title="stability.formula.slide", P_s=Var("P_{n-1,s}", "kN/m", 2, "stability.symbol.P"),
    P=Var("P_n", "kN/m", 2, "stability.symbol.P"), W=_W, alpha=_ALPHA, phi=_PHI,
)  # fmt: skip
TOPPLE_FACTOR = Formula(
    _derived("Goodman & Bray 1976"), "F_s", "tan(radians(phi))/tan(radians(phi_r))", valid=("phi_r > 0",),
    title="stability.formula.topple_factor", F_s=_F, phi=_PHI,
    phi_r=Var(r"\varphi_{r}", "deg", 3, "stability.symbol.phi_r"),
)  # fmt: skip

CIRCLE_DRIVING = Formula(
    _derived("moment about the centre"), "T", "(V*x + Q*y)/r", valid=("r > 0",), title="stability.formula.driving",
    T=Var("T", "kN/m", 2, "stability.symbol.T"), V=Var("V", "kN/m", 2, "stability.symbol.vertical"),
    x=Var("x", "m", 3, "stability.symbol.arm_x"), Q=Var("Q", "kN/m", 2, "stability.symbol.Q"),
    y=Var("y", "m", 3, "stability.symbol.arm_y"), r=Var("r", "m", 3, "stability.symbol.radius"),
)  # fmt: skip
COVERED_WEIGHT = Formula(
    _derived("geometry"), "W", "gamma_m*h*b", title="stability.formula.weight", W=_W,
    gamma_m=Var(r"\bar{\gamma}", "kN/m3", 3, "stability.symbol.gamma"), h=Var("h", "m", 3, "stability.symbol.h"),
    b=Var("b", "m", 3, "stability.symbol.b"),
)  # fmt: skip
BASE_WATER = Formula(
    _derived("hydrostatics"), "U", "u*l", title="stability.formula.uplift", U=_U,
    u=Var("u", "kPa", 2, "stability.symbol.u"), l=_L,
)  # fmt: skip
JANBU_F0 = Formula(
    _derived("Janbu 1973"), "f_0", "1 + b_1*(d/L - 1.4*(d/L)**2)", title="stability.formula.janbu",
    f_0=Var("f_0", "-", 4, "stability.symbol.f_0"), b_1=Var("b_1", "-", 2, "stability.symbol.b_1"),
    d=Var("d", "m", 3, "stability.symbol.d"), L=Var("L", "m", 3, "stability.symbol.l"),
)  # fmt: skip
APPARENT_DIP = Formula(
    _derived("geometry"), "beta", "degrees(atan(tan(radians(theta))*cos(radians(delta))))",
    valid=("theta < 90",), title="stability.formula.apparent_dip",
    beta=Var(r"\beta", "deg", 2, "stability.symbol.apparent_dip"),
    theta=Var(r"\theta", "deg", 2, "stability.symbol.dip"), delta=Var(r"\delta", "deg", 2, "stability.symbol.off_face"),
)  # fmt: skip
BISHOP_RESISTING = Formula(
    _derived("Bishop 1955"), "R",
    "(c*l*cos(radians(alpha)) + (V - U*cos(radians(alpha)))*tan(radians(phi)))/m",
    title="stability.formula.resisting", R=Var("R", "kN/m", 2, "stability.symbol.R"), c=_C, l=_L, alpha=_ALPHA,
    V=Var("V", "kN/m", 2, "stability.symbol.vertical"), U=_U, phi=_PHI,
    m=Var(r"m_{\alpha}", "-", 4, "stability.symbol.m_alpha"),
)  # fmt: skip
JANBU_RESISTING = Formula(
    _derived("Janbu 1973"), "R",
    "(c*l*cos(radians(alpha)) + (V - U*cos(radians(alpha)))*tan(radians(phi)))/(m*cos(radians(alpha)))",
    title="stability.formula.resisting", R=Var("R", "kN/m", 2, "stability.symbol.R"), c=_C, l=_L, alpha=_ALPHA,
    V=Var("V", "kN/m", 2, "stability.symbol.vertical"), U=_U, phi=_PHI,
    m=Var(r"m_{\alpha}", "-", 4, "stability.symbol.m_alpha"),
)  # fmt: skip
JANBU_DRIVING = Formula(
    _derived("Janbu 1973"), "T", "V*tan(radians(alpha)) + Q", title="stability.formula.driving",
    T=Var("T", "kN/m", 2, "stability.symbol.T"), V=Var("V", "kN/m", 2, "stability.symbol.vertical"), alpha=_ALPHA,
    Q=Var("Q", "kN/m", 2, "stability.symbol.Q"),
)  # fmt: skip
JANBU_FACTOR = Formula(
    _derived("Janbu 1973"), "F_s", "f_0*F", title="stability.formula.ratio", F_s=_F,
    f_0=Var("f_0", "-", 4, "stability.symbol.f_0"), F=Var("F", "-", 4, "stability.symbol.F_s"),
)  # fmt: skip
CRACK_DRIVING = Formula(
    _derived("hydrostatics"), "T", "P*y", title="stability.formula.crack_water",
    T=Var("T", "kN/m", 2, "stability.symbol.T"), P=Var("P_w", "kN/m", 2, "stability.symbol.V"),
    y=Var("y/r", "-", 4, "stability.symbol.arm_y"),
)  # fmt: skip
