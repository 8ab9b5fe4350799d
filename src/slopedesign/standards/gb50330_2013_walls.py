"""GB 50330-2013, chapters 6 and 11: earth pressure on walls and gravity walls, in clause order.

Angles in degrees: alpha of the wall's back to the horizontal (90 vertical, below 90 the soil lies over the back),
beta of the fill's surface, delta of wall friction, phi of internal friction, theta of the rock face, rho of the
earthquake. Thrusts in kN per metre of wall.
"""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Datum, Provenance, Source
from slopedesign.standards.wall_tables import pick

STANDARD = "GB 50330-2013"
_FILE = "gb50330_2013"


def _recalled(clause: str) -> Source:
    return Source(STANDARD, clause, Provenance.RECALLED)


def _derived(clause: str) -> Source:
    """A form that was derived from equilibrium and checked against it; the clause names the quantity."""
    return Source(STANDARD, clause, Provenance.DERIVED)


_GAMMA = Var(r"\gamma", "kN/m3", 1, "walls.symbol.gamma")
_H = Var("H", "m", 2, "walls.symbol.height")
_Q = Var("q", "kN/m2", 1, "walls.symbol.q")
_C = Var("c", "kPa", 1, "walls.symbol.c")
_PHI = Var(r"\varphi", "deg", 1, "walls.symbol.phi")
_DELTA = Var(r"\delta", "deg", 2, "walls.symbol.delta")
_ALPHA = Var(r"\alpha", "deg", 2, "walls.symbol.alpha")
_BETA = Var(r"\beta", "deg", 1, "walls.symbol.beta")
_RHO = Var(r"\rho", "deg", 2, "walls.symbol.rho")
_KA = Var("K_a", "-", 4, "walls.symbol.K_a")
_KQ = Var("K_q", "-", 4)
_ETA = Var(r"\eta", "-", 4)
_EA = Var("E_a", "kN/m", 2, "walls.symbol.E_a")
_G = Var("G", "kN/m", 2, "walls.symbol.G")
_MU = Var(r"\mu", "-", 2, "walls.symbol.mu")
_A0 = Var(r"\alpha_0", "deg", 2, "walls.symbol.alpha_0")

AT_REST = Formula(
    _recalled("6.2.2"), "K_0", "1 - sin(radians(phi))", title="walls.formula.K_0", K_0=Var("K_0", "-", 4), phi=_PHI
)

SURCHARGE_FACTOR = Formula(
    _derived("6.2.3-3"), "K_q",
    "1 + 2*q*sin(radians(alpha))*cos(radians(beta))/(gamma*H*sin(radians(alpha + beta)))", homogeneous=False,
    title="walls.formula.K_q", K_q=_KQ, q=_Q, alpha=_ALPHA, beta=_BETA, gamma=_GAMMA, H=_H,
)  # fmt: skip
COHESION_FACTOR = Formula(
    _derived("6.2.3-4"), "eta", "2*c/(gamma*H)", homogeneous=False, title="walls.formula.eta",
    eta=_ETA, c=_C, gamma=_GAMMA, H=_H,
)  # fmt: skip

_BRACES = (
    "sin(radians(alpha + beta))/(cos(radians(rho))*sin(radians(alpha))**2*sin(radians(alpha + beta - phi - delta))**2)"
    "*(K_q*(sin(radians(alpha + beta))*sin(radians(alpha - delta - rho))"
    " + sin(radians(phi + delta))*sin(radians(phi - rho - beta)))"
    " + 2*eta*sin(radians(alpha))*cos(radians(phi))*cos(radians(rho))*cos(radians(alpha + beta - phi - delta))"
    " - 2*sqrt((K_q*sin(radians(alpha + beta))*sin(radians(phi - rho - beta))"
    " + eta*sin(radians(alpha))*cos(radians(phi))*cos(radians(rho)))"
    "*(K_q*sin(radians(alpha - delta - rho))*sin(radians(phi + delta))"
    " + eta*sin(radians(alpha))*cos(radians(phi))*cos(radians(rho)))))"
)
_STATIC = _BRACES.replace("cos(radians(rho))*", "").replace("*cos(radians(rho))", "").replace(" - rho", "")

COULOMB = Formula(
    _derived("6.2.3-2"), "K_a", _STATIC, valid=("phi >= beta", "alpha + beta < 180"), title="walls.formula.K_a",
    K_a=_KA, alpha=_ALPHA, beta=_BETA, phi=_PHI, delta=_DELTA, K_q=_KQ, eta=_ETA,
)  # fmt: skip
THRUST = Formula(
    _derived("6.2.3-1"), "E_a", "1/2*gamma*H**2*K_a", homogeneous=False, title="walls.formula.E_a",
    E_a=_EA, gamma=_GAMMA, H=_H, K_a=_KA,
)  # fmt: skip

RANKINE_ACTIVE = Formula(
    _derived("6.2.4-2"), "K_a", "tan(radians(45 - phi/2))**2", title="walls.formula.K_a", K_a=_KA, phi=_PHI
)
RANKINE_PRESSURE = Formula(
    _derived("6.2.4-1"), "e_a", "sigma*K_a - 2*c*sqrt(K_a)", homogeneous=False, title="walls.formula.e_a",
    e_a=Var("e_a", "kPa"), sigma=Var(r"\sigma_v", "kPa"), K_a=_KA, c=_C,
)  # fmt: skip
RANKINE_PASSIVE = Formula(
    _derived("6.2.5-2"), "K_p", "tan(radians(45 + phi/2))**2", title="walls.formula.K_p",
    K_p=Var("K_p", "-", 4), phi=_PHI,
)  # fmt: skip
PASSIVE_THRUST = Formula(
    _derived("6.2.5-1"), "E_p", "1/2*gamma*h**2*K_p + q*h*K_p + 2*c*h*sqrt(K_p)", homogeneous=False,
    title="walls.formula.E_p", E_p=Var("E_p", "kN/m"), gamma=_GAMMA, h=Var("h", "m"), K_p=Var("K_p", "-", 4), c=_C,
    q=_Q,
)  # fmt: skip

LIMITED_FILL = Formula(
    _derived("6.2.8"), "K_a",
    "sin(radians(alpha + beta))/(sin(radians(alpha - delta + theta - delta_r))*sin(radians(theta - beta)))"
    "*(K_q*sin(radians(alpha + theta))*sin(radians(theta - delta_r))/sin(radians(alpha))**2"
    " - eta*cos(radians(delta_r))/sin(radians(alpha)))",
    valid=("theta > beta", "alpha + theta < 180"), title="walls.formula.K_limited",
    K_a=_KA, alpha=_ALPHA, beta=_BETA, delta=_DELTA, theta=Var(r"\theta", "deg", 1, "walls.symbol.theta"),
    delta_r=Var(r"\delta_r", "deg", 2, "walls.symbol.delta_r"), eta=_ETA, K_q=_KQ,
)  # fmt: skip

SEISMIC = Formula(
    Source(STANDARD, "6.2.11", Provenance.DERIVED, "walls.note.seismic_rotation"), "K_a", _BRACES,
    valid=("phi >= beta + rho", "alpha + beta < 180"), title="walls.formula.K_seismic",
    K_a=_KA, alpha=_ALPHA, beta=_BETA, phi=_PHI, delta=_DELTA, rho=_RHO, K_q=_KQ, eta=_ETA,
)  # fmt: skip

ENLARGED = Formula(
    _recalled("11.2.1"), "E_a", "psi*E_0", title="walls.formula.E_enlarged",
    E_a=_EA, psi=Var(r"\psi", "-", 1), E_0=Var("E_{a0}", "kN/m"),
)  # fmt: skip

WEIGHT_NORMAL = Formula(
    _derived("11.2.3-2"), "G_n", "G*cos(radians(alpha_0))", title="walls.formula.G_n",
    G_n=Var("G_n", "kN/m"), G=_G, alpha_0=_A0,
)  # fmt: skip
WEIGHT_TANGENTIAL = Formula(
    _derived("11.2.3-3"), "G_t", "G*sin(radians(alpha_0))", title="walls.formula.G_t",
    G_t=Var("G_t", "kN/m"), G=_G, alpha_0=_A0,
)  # fmt: skip
THRUST_TANGENTIAL = Formula(
    _derived("11.2.3-4"), "E_at", "E_a*sin(radians(alpha - alpha_0 - delta))", title="walls.formula.E_at",
    E_at=Var("E_{at}", "kN/m"), E_a=_EA, alpha=_ALPHA, alpha_0=_A0, delta=_DELTA,
)  # fmt: skip
THRUST_NORMAL = Formula(
    _derived("11.2.3-5"), "E_an", "E_a*cos(radians(alpha - alpha_0 - delta))", title="walls.formula.E_an",
    E_an=Var("E_{an}", "kN/m"), E_a=_EA, alpha=_ALPHA, alpha_0=_A0, delta=_DELTA,
)  # fmt: skip
SLIDING = Formula(
    _recalled("11.2.3-1"), "F_s", "(G_n + E_an)*mu/(E_at - G_t)", valid=("E_at > G_t",), title="walls.formula.F_s",
    F_s=Var("F_s", "-", 3), G_n=Var("G_n", "kN/m"), E_an=Var("E_{an}", "kN/m"), mu=_MU,
    E_at=Var("E_{at}", "kN/m"), G_t=Var("G_t", "kN/m"),
)  # fmt: skip
# the same clause where water and inertia act beside the soil: totals square to and along the base
SLIDING_ALL = Formula(
    _recalled("11.2.3-1"), "F_s", "((G_n + E_an - U)*mu + R)/(E_at - G_t)", valid=("E_at > G_t",),
    title="walls.formula.F_s", F_s=Var("F_s", "-", 3), G_n=Var("G_n", "kN/m"), E_an=Var("E_{an}", "kN/m"),
    U=Var("U", "kN/m", 2, "walls.symbol.uplift"), mu=_MU, R=Var("R", "kN/m", 2, "walls.symbol.other_resistance"),
    E_at=Var("E_{at}", "kN/m"), G_t=Var("G_t", "kN/m"),
)  # fmt: skip
TURN_TANGENTIAL = Formula(
    _derived("11.2.3-4"), "E_at", "E_ax*cos(radians(alpha_0)) - E_az*sin(radians(alpha_0))",
    title="walls.formula.E_at", E_at=Var("E_{at}", "kN/m"), E_ax=Var("E_{ax}", "kN/m"), E_az=Var("E_{az}", "kN/m"),
    alpha_0=_A0,
)  # fmt: skip
TURN_NORMAL = Formula(
    _derived("11.2.3-5"), "E_an", "E_az*cos(radians(alpha_0)) + E_ax*sin(radians(alpha_0))",
    title="walls.formula.E_an", E_an=Var("E_{an}", "kN/m"), E_ax=Var("E_{ax}", "kN/m"), E_az=Var("E_{az}", "kN/m"),
    alpha_0=_A0,
)  # fmt: skip

HORIZONTAL = Formula(
    _derived("11.2.4-2"), "E_ax", "E_a*sin(radians(alpha - delta))", title="walls.formula.E_ax",
    E_ax=Var("E_{ax}", "kN/m"), E_a=_EA, alpha=_ALPHA, delta=_DELTA,
)  # fmt: skip
VERTICAL = Formula(
    _derived("11.2.4-3"), "E_az", "E_a*cos(radians(alpha - delta))", title="walls.formula.E_az",
    E_az=Var("E_{az}", "kN/m"), E_a=_EA, alpha=_ALPHA, delta=_DELTA,
)  # fmt: skip
LEVER_X = Formula(
    _derived("11.2.4-4"), "x_f", "b - z/tan(radians(alpha))", title="walls.formula.x_f",
    x_f=Var("x_f", "m", 3), b=Var("b", "m"), z=Var("z", "m", 3), alpha=_ALPHA,
)  # fmt: skip
LEVER_Z = Formula(
    _derived("11.2.4-5"), "z_f", "z - b*tan(radians(alpha_0))", title="walls.formula.z_f",
    z_f=Var("z_f", "m", 3), z=Var("z", "m", 3), b=Var("b", "m"), alpha_0=_A0,
)  # fmt: skip
OVERTURNING = Formula(
    _recalled("11.2.4-1"), "F_t", "(G*x_0 + E_az*x_f)/(E_ax*z_f)", valid=("E_ax*z_f > 0",),
    title="walls.formula.F_t", F_t=Var("F_t", "-", 3), G=_G, x_0=Var("x_0", "m", 3), E_az=Var("E_{az}", "kN/m"),
    x_f=Var("x_f", "m", 3), E_ax=Var("E_{ax}", "kN/m"), z_f=Var("z_f", "m", 3),
)  # fmt: skip
OVERTURNING_ALL = Formula(
    _recalled("11.2.4-1"), "F_t", "M_r/M_o", valid=("M_o > 0",), title="walls.formula.F_t",
    F_t=Var("F_t", "-", 3), M_r=Var("M_r", "kN m/m", 2, "walls.symbol.M_r"),
    M_o=Var("M_o", "kN m/m", 2, "walls.symbol.M_o"),
)  # fmt: skip


def limit(table: str, *keys: str) -> Datum:
    """A limit or table value of the standard's wall chapters."""
    return pick(_FILE, table, *keys)


def thrust_enlargement(height: float) -> Datum:
    """Factor on the active thrust by wall height [m], 11.2.1."""
    key = "below_5" if height < 5 else "5_to_8" if height <= 8 else "above_8"
    return limit("enlargement", key)


def earthquake_angle(acceleration_g: float, *, under_water: bool, field: str = "acceleration") -> Datum:
    """Earthquake angle in degrees for a basic acceleration in g, 6.2.11.

    Raises:
        InputError: the acceleration is none of the table's.
    """
    return pick(_FILE, "earthquake_angle", f"{acceleration_g:.2f}", "below_water" if under_water else "above_water",
                field=field)  # fmt: skip


def seismic_coefficient(acceleration_g: float, field: str = "acceleration") -> Datum:
    """Horizontal coefficient for the inertia of the wall, 5.2.6."""
    return pick(_FILE, "seismic_coefficient", f"{acceleration_g:.2f}", field=field)
