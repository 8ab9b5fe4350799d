"""Wall mechanics that no clause prints: parts of the thrust and their levers, water, sloping Rankine, inertia."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source


def _derived(what: str, note: str = "") -> Source:
    return Source("slopedesign", what, Provenance.DERIVED, note)


_H = Var("H", "m", 3, "walls.symbol.soil_height")
_E = Var("E", "kN/m", 3)
_Z = Var("z", "m", 3, "walls.symbol.z")
_GW = Var(r"\gamma_w", "kN/m3", 1, "walls.symbol.gamma_w")
_PHI = Var(r"\varphi", "deg", 1, "walls.symbol.phi")
_BETA = Var(r"\beta", "deg", 1, "walls.symbol.beta")
_KA = Var("K_a", "-", 4)

THIRD = Formula(_derived("triangle"), "z", "H/3", title="walls.formula.arm_third", z=_Z, H=_H)
HALF = Formula(_derived("rectangle"), "z", "H/2", title="walls.formula.arm_half", z=_Z, H=_H)
SEISMIC_ARM = Formula(
    Source("Seed and Whitman 1970", "", Provenance.RECALLED), "z", "k*H", title="walls.formula.arm_seismic",
    z=_Z, k=Var("k", "-", 2), H=_H,
)  # fmt: skip
DIFFERENCE = Formula(
    _derived("difference"), "E", "E_1 - E_0", title="walls.formula.E_part", E=_E, E_1=Var("E_1", "kN/m", 3),
    E_0=Var("E_0", "kN/m", 3),
)  # fmt: skip
HORIZONTAL = Formula(
    _derived("components"), "E_x", "E*sin(radians(alpha - delta))", title="walls.formula.E_ax",
    E_x=Var("E_x", "kN/m", 3), E=_E, alpha=Var(r"\alpha", "deg", 2), delta=Var(r"\delta", "deg", 2),
)  # fmt: skip
VERTICAL = Formula(
    _derived("components"), "E_z", "E*cos(radians(alpha - delta))", title="walls.formula.E_az",
    E_z=Var("E_z", "kN/m", 3), E=_E, alpha=Var(r"\alpha", "deg", 2), delta=Var(r"\delta", "deg", 2),
)  # fmt: skip
BUOYANT = Formula(
    _derived("buoyancy"), "gamma_1", "gamma_sat - gamma_w", title="walls.formula.gamma_buoyant",
    gamma_1=Var(r"\gamma'", "kN/m3", 1), gamma_sat=Var(r"\gamma_{sat}", "kN/m3", 1, "walls.symbol.gamma_sat"),
    gamma_w=_GW,
)  # fmt: skip
WATER_THRUST = Formula(
    _derived("hydrostatics"), "E_w", "1/2*gamma_w*h**2", homogeneous=False, title="walls.formula.E_w",
    E_w=Var("E_w", "kN/m", 3), gamma_w=_GW, h=Var("h_w", "m", 3, "walls.symbol.h_w"),
)  # fmt: skip
WATER_ON_BACK = Formula(
    _derived("hydrostatics"), "W_w", "1/2*gamma_w*h**2/tan(radians(alpha))", homogeneous=False,
    title="walls.formula.W_w", W_w=Var("W_w", "kN/m", 3), gamma_w=_GW, h=Var("h_w", "m", 3),
    alpha=Var(r"\alpha", "deg", 2),
)  # fmt: skip
UPLIFT = Formula(
    _derived("uplift"), "U", "1/2*lambda_u*gamma_w*h*b", homogeneous=False, title="walls.formula.U",
    U=Var("U", "kN/m", 3), lambda_u=Var(r"\lambda_u", "-"), gamma_w=_GW, h=Var("h_w", "m", 3), b=Var("b", "m", 3),
)  # fmt: skip
TWO_THIRDS = Formula(
    _derived("triangle"), "x", "2*b/3", title="walls.formula.arm_uplift", x=Var("x_u", "m", 3), b=Var("b", "m", 3)
)
WALL_FRICTION = Formula(
    Source("GB 50330-2013", "6.2.3", Provenance.RECALLED), "delta", "k*phi", title="walls.formula.delta",
    delta=Var(r"\delta", "deg", 2, "walls.symbol.delta"), k=Var("k", "-", 3), phi=_PHI,
)  # fmt: skip
LAYER_THRUST = Formula(
    _derived("pressure of one layer without its tension", "6.2.4"), "E",
    "(max((sigma + gamma*h)*K_a - 2*c*sqrt(K_a), 0)**2 - max(sigma*K_a - 2*c*sqrt(K_a), 0)**2)/(2*gamma*K_a)",
    homogeneous=False, valid=("gamma > 0", "K_a > 0"), title="walls.formula.E_layer", E=_E,
    sigma=Var(r"\sigma_v", "kPa"), h=Var("h", "m", 3), gamma=Var(r"\gamma", "kN/m3", 1), K_a=_KA,
    c=Var("c", "kPa", 1),
)  # fmt: skip
LEAST_THRUST = Formula(
    _derived("least pressure of a fluid"), "E", "1/2*gamma_min*(z_2**2 - z_1**2)", homogeneous=False,
    title="walls.formula.E_least", E=_E, gamma_min=Var(r"\gamma_{min}", "kN/m3", 1), z_1=Var("z_1", "m", 3),
    z_2=Var("z_2", "m", 3),
)  # fmt: skip
QUAKE_AT_REST = Formula(
    Source("EN 1998-5:2004", "E.9", Provenance.RECALLED), "E", "tan(radians(rho))*sigma*H", homogeneous=False,
    title="walls.formula.E_quake_at_rest", E=_E, rho=Var(r"\rho", "deg", 3), sigma=Var(r"\sigma_v", "kPa"), H=_H,
)  # fmt: skip
LAYER_SURCHARGE = Formula(
    _derived("pressure of the load on one layer"), "E", "q*h*K_a", homogeneous=False, title="walls.formula.E_layer_q",
    E=_E, q=Var("q", "kN/m2", 1), h=Var("h", "m", 3), K_a=_KA,
)  # fmt: skip
STRESS_BELOW = Formula(
    _derived("stress under one layer"), "sigma_1", "sigma + gamma*h", homogeneous=False, title="walls.formula.sigma_v",
    sigma_1=Var(r"\sigma_v", "kPa"), sigma=Var(r"\sigma_{v0}", "kPa"), gamma=Var(r"\gamma", "kN/m3", 1),
    h=Var("h", "m", 3),
)  # fmt: skip
INERTIA = Formula(
    _derived("pseudo-static inertia"), "Q", "alpha_w*G", title="walls.formula.Q_inertia",
    Q=Var("Q", "kN/m", 3), alpha_w=Var(r"\alpha_w", "-", 4), G=Var("G", "kN/m"),
)  # fmt: skip
WEIGHT = Formula(
    _derived("weight"), "G", "gamma*A", title="walls.formula.G", G=Var("G", "kN/m", 3),
    gamma=Var(r"\gamma", "kN/m3", 1), A=Var("A", "m2", 4),
)  # fmt: skip
LOAD_ON_HEEL = Formula(
    _derived("weight"), "Q", "q*l", homogeneous=False, title="walls.formula.Q_heel", Q=Var("Q", "kN/m", 3),
    q=Var("q", "kN/m2", 1), l=Var("l", "m", 3),
)  # fmt: skip
MOMENT = Formula(
    _derived("moment about the toe"), "M", "F*x", title="walls.formula.M", M=Var("M", "kN m/m", 3),
    F=Var("F", "kN/m", 3), x=Var("x", "m", 3),
)  # fmt: skip
BASE_NORMAL = Formula(
    _derived("equilibrium"), "N", "V*cos(radians(alpha_0)) + T*sin(radians(alpha_0)) - U", title="walls.formula.N",
    N=Var("N", "kN/m"), V=Var("V", "kN/m", 2, "walls.symbol.V"), T=Var("T", "kN/m", 2, "walls.symbol.T"),
    alpha_0=Var(r"\alpha_0", "deg", 2), U=Var("U", "kN/m"),
)  # fmt: skip
BASE_LENGTH = Formula(
    _derived("geometry"), "b_1", "b/cos(radians(alpha_0))", title="walls.formula.b_along", b_1=Var("b'", "m", 3),
    b=Var("b", "m", 3), alpha_0=Var(r"\alpha_0", "deg", 2),
)  # fmt: skip
RESULTANT = Formula(
    _derived("equilibrium"), "a", "(M_r - M_o)/N", valid=("N > 0",), title="walls.formula.a_resultant",
    a=Var("a", "m", 3), M_r=Var("M_r", "kN m/m"), M_o=Var("M_o", "kN m/m"), N=Var("N", "kN/m"),
)  # fmt: skip
ECCENTRICITY = Formula(
    _derived("equilibrium"), "e", "b/2 - a", title="walls.formula.e", e=Var("e", "m", 3), b=Var("b'", "m", 3),
    a=Var("a", "m", 3),
)  # fmt: skip
ECCENTRICITY_LIMIT = Formula(
    Source("GB 50003-2011", "5.1.5", Provenance.RECALLED), "e", "k*y", title="walls.formula.e_limit",
    e=Var("[e]", "m", 3), k=Var("k", "-"), y=Var("y", "m", 3),
)  # fmt: skip
FACTORED = Formula(
    Source("GB 55001-2021", "3.1.13", Provenance.RECALLED), "F", "gamma_F*F_k", title="walls.formula.F_design",
    F=Var("F", "kN/m", 3), gamma_F=Var(r"\gamma_F", "-", 2), F_k=Var("F_k", "kN/m", 3),
)  # fmt: skip
BAR_STRENGTH = Formula(
    Source("GB 50010-2010", "6.2", Provenance.DERIVED), "T_s", "pi*d**2/4*f_y/1e3", homogeneous=False,
    title="walls.formula.T_steel", T_s=Var("T_s", "kN"), d=Var("d", "mm", 0), f_y=Var("f_y", "MPa", 0),
)  # fmt: skip
PER_METRE = Formula(
    _derived("bars per metre"), "T_m", "T/s", homogeneous=False, title="walls.formula.T_metre",
    T_m=Var("T_m", "kN/m"), T=Var("T", "kN"), s=Var("s", "m", 3),
)  # fmt: skip
DOWEL_COMPRESSION = Formula(
    _derived("equilibrium at the foot"), "x", "T/(f_c*1e3)", homogeneous=False, title="walls.formula.x",
    x=Var("x", "m", 4), T=Var("T", "kN/m"), f_c=Var("f_c", "MPa"),
)  # fmt: skip
DOWEL_MOMENT = Formula(
    _derived("equilibrium at the foot"), "M_u", "T*(h - a_s - x/2)", title="walls.formula.M_dowel",
    M_u=Var("M_u", "kN m/m"), T=Var("T", "kN/m"), h=Var("h", "m", 3), a_s=Var("a_s", "m", 3), x=Var("x", "m", 4),
)  # fmt: skip
DOWEL_FRICTION = Formula(
    _derived("shear friction"), "R", "mu*T", title="walls.formula.R_dowel", R=Var("R", "kN/m"),
    mu=Var(r"\mu", "-"), T=Var("T", "kN/m"),
)  # fmt: skip
FACTORED_MOMENT = Formula(
    Source("GB 55001-2021", "3.1.13", Provenance.RECALLED), "M", "gamma_F*M_k", title="walls.formula.M_design",
    M=Var("M", "kN m/m", 3), gamma_F=Var(r"\gamma_F", "-", 2), M_k=Var("M_k", "kN m/m", 3),
)  # fmt: skip
PASSIVE_USED = Formula(
    _derived("share of the passive thrust"), "E", "k*E_p", title="walls.formula.E_p_used", E=Var("E_p", "kN/m"),
    k=Var("k", "-"), E_p=Var("E_p", "kN/m"),
)  # fmt: skip
ALLOWED_PRESSURE = Formula(
    Source("GB 50007-2011", "5.2.1-2", Provenance.RECALLED), "p", "k*f_a", title="walls.formula.p_allowed",
    p=Var("p", "kPa", 1), k=Var("k", "-", 1), f_a=Var("f_a", "kPa", 1),
)  # fmt: skip
FROM_HEEL = Formula(
    _derived("geometry"), "a", "b - a_0", title="walls.formula.a_heel", a=Var("a", "m", 3), b=Var("b'", "m", 3),
    a_0=Var("a_0", "m", 3),
)  # fmt: skip
SHARE = Formula(
    _derived("ratio"), "r", "abs(e)/b", title="walls.formula.e_share", r=Var("|e|/b'", "-", 3), e=Var("e", "m", 3),
    b=Var("b'", "m", 3),
)  # fmt: skip
TOE_PLANE_SOIL = Formula(
    _derived("soil under an inclined base"), "W", "1/2*gamma*b**2*tan(radians(alpha_0))", homogeneous=False,
    title="walls.formula.W_under", W=Var("W", "kN/m"), gamma=Var(r"\gamma", "kN/m3", 1), b=Var("b", "m", 3),
    alpha_0=Var(r"\alpha_0", "deg", 2),
)  # fmt: skip
PLANE_SLIDING = Formula(
    _derived("sliding on a level plane"), "F_s", "((V + W - U)*tan(radians(phi)) + c*b + E_p)/E_x", homogeneous=False,
    valid=("E_x > 0",), title="walls.formula.F_plane", F_s=Var("F_s", "-", 3), V=Var("V", "kN/m"), W=Var("W", "kN/m"),
    U=Var("U", "kN/m"), phi=_PHI, c=Var("c", "kPa", 1), b=Var("b", "m", 3), E_p=Var("E_p", "kN/m"),
    E_x=Var("E_x", "kN/m"),
)  # fmt: skip

# Rankine states that no clause writes out
RANKINE_SLOPED = Formula(
    Source("Rankine 1857", "", Provenance.DERIVED), "K_a",
    "cos(radians(beta))*(cos(radians(beta)) - sqrt(cos(radians(beta))**2 - cos(radians(phi))**2))"
    "/(cos(radians(beta)) + sqrt(cos(radians(beta))**2 - cos(radians(phi))**2))",
    valid=("phi >= beta",), title="walls.formula.K_a", K_a=_KA, beta=_BETA, phi=_PHI,
)  # fmt: skip
PSI_A = Formula(
    Source("Chu 1991", "", Provenance.RECALLED), "psi",
    "degrees(asin(sin(radians(beta))/sin(radians(phi)))) - beta + 2*omega", valid=("phi >= beta",),
    title="walls.formula.psi_a", psi=Var(r"\psi_a", "deg", 2), beta=_BETA, phi=_PHI, omega=Var(r"\omega", "deg", 1),
)  # fmt: skip
RANKINE_BATTERED = Formula(
    Source("Chu 1991", "", Provenance.RECALLED), "K_a",
    "cos(radians(beta - omega))*sqrt(1 + sin(radians(phi))**2 - 2*sin(radians(phi))*cos(radians(psi)))"
    "/(cos(radians(omega))**2*(cos(radians(beta)) + sqrt(sin(radians(phi))**2 - sin(radians(beta))**2)))",
    title="walls.formula.K_a", K_a=_KA, beta=_BETA, omega=Var(r"\omega", "deg", 1), phi=_PHI,
    psi=Var(r"\psi_a", "deg", 2),
)  # fmt: skip
BATTERED_DIRECTION = Formula(
    Source("Chu 1991", "", Provenance.RECALLED), "beta_1",
    "degrees(atan(sin(radians(phi))*sin(radians(psi))/(1 - sin(radians(phi))*cos(radians(psi)))))",
    title="walls.formula.beta_thrust", beta_1=Var(r"\beta'", "deg", 2), phi=_PHI, psi=Var(r"\psi_a", "deg", 2),
)  # fmt: skip
CRACK_DEPTH = Formula(
    _derived("zero of the active pressure"), "z_0", "(2*c/sqrt(K_a) - q)/gamma", homogeneous=False,
    title="walls.formula.z_0", z_0=Var("z_0", "m", 3), c=Var("c", "kPa", 1), K_a=_KA, q=Var("q", "kN/m2", 1),
    gamma=Var(r"\gamma", "kN/m3", 1),
)  # fmt: skip
SECOND_PLANE = Formula(
    Source("GB 50330-2013", "11.2.1", Provenance.RECALLED), "alpha_cr",
    "45 - phi/2 + beta/2 - degrees(asin(sin(radians(beta))/sin(radians(phi))))/2", homogeneous=False,
    valid=("phi >= beta", "phi > 0"), title="walls.formula.second_plane", alpha_cr=Var(r"\alpha_{cr}", "deg", 1),
    phi=_PHI, beta=_BETA,
)  # fmt: skip
EARTHQUAKE_ANGLE = Formula(
    Source("Mononobe and Okabe", "", Provenance.DERIVED), "rho", "degrees(atan(k_h/(1 - k_v)))", valid=("k_v < 1",),
    title="walls.formula.rho", rho=Var(r"\rho", "deg", 3), k_h=Var("k_h", "-", 3), k_v=Var("k_v", "-", 3),
)  # fmt: skip
EDGE_WEDGE = Formula(
    _derived("plane sliding of the bench edge"), "F", "tan(radians(phi))/tan(radians(psi))", valid=("psi > 0",),
    title="walls.formula.F_edge", F=Var("F", "-", 2), phi=Var(r"\varphi_j", "deg", 1), psi=Var(r"\psi_p", "deg", 1),
)  # fmt: skip
