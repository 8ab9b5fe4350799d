"""GB 50003-2011: masonry sections in compression, bending and shear, in clause order."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Step, Var
from slopedesign.standards.trace import Datum, Provenance, Source, Traced, measured
from slopedesign.standards.wall_tables import pick

STANDARD = "GB 50003-2011"
_FILE = "gb50003_2011"


def _recalled(clause: str) -> Source:
    return Source(STANDARD, clause, Provenance.RECALLED)


_F = Var("f", "MPa", 3, "walls.symbol.f")
_A = Var("A", "m2", 3)
_H = Var("h", "m", 3)

STRENGTH_FACTORED = Formula(
    _recalled("3.2.3"), "f", "gamma_a*f_0", title="walls.formula.f", f=_F, gamma_a=Var(r"\gamma_a", "-"),
    f_0=Var("f_0", "MPa", 3),
)  # fmt: skip
SMALL_STRENGTH_FACTORED = Formula(
    _recalled("3.2.3"), "f", "gamma_a*f_0", title="walls.formula.f_v", f=Var("f_v", "MPa", 3),
    gamma_a=Var(r"\gamma_a", "-"), f_0=Var("f_{v0}", "MPa", 3),
)  # fmt: skip
SMALL_SECTION = Formula(
    _recalled("3.2.3-2"), "gamma_a", "min(A + 0.7, 1)", homogeneous=False, title="walls.formula.gamma_a",
    gamma_a=Var(r"\gamma_a", "-"), A=_A,
)  # fmt: skip
SLENDERNESS = Formula(
    _recalled("5.1.2-1"), "beta", "gamma_b*H_0/h", title="walls.formula.beta", beta=Var(r"\beta", "-"),
    gamma_b=Var(r"\gamma_\beta", "-", 1), H_0=Var("H_0", "m"), h=_H,
)  # fmt: skip
AXIAL_FACTOR = Formula(
    Source(STANDARD, "D.0.1-3", Provenance.READ), "phi_0", "1/(1 + a*beta**2)", title="walls.formula.phi_0",
    phi_0=Var(r"\varphi_0", "-", 3), a=Var("a", "-", 4), beta=Var(r"\beta", "-"),
)  # fmt: skip
COMPRESSION_FACTOR = Formula(
    Source(STANDARD, "D.0.1-2", Provenance.READ), "phi", "1/(1 + 12*(e/h + sqrt((1/phi_0 - 1)/12))**2)",
    title="walls.formula.phi_m", phi=Var(r"\varphi", "-", 4), e=Var("e", "m", 3), h=_H,
    phi_0=Var(r"\varphi_0", "-", 3),
)  # fmt: skip
COMPRESSION = Formula(
    _recalled("5.1.1"), "N_u", "phi*f*A*1e3", homogeneous=False, title="walls.formula.N_masonry",
    N_u=Var("N_u", "kN/m"), phi=Var(r"\varphi", "-", 4), f=_F, A=_A,
)  # fmt: skip
BENDING = Formula(
    _recalled("5.4.1"), "M_u", "f_tm*b*h**2/6*1e3", homogeneous=False, title="walls.formula.M_masonry",
    M_u=Var("M_u", "kN m"), f_tm=Var("f_{tm}", "MPa", 3), b=Var("b", "m"), h=_H,
)  # fmt: skip
BENDING_SHEAR = Formula(
    Source(STANDARD, "5.4.2", Provenance.READ), "V_u", "f_v*b*2*h/3*1e3", homogeneous=False,
    title="walls.formula.V_masonry", V_u=Var("V_u", "kN"), f_v=Var("f_v", "MPa", 3), b=Var("b", "m"), h=_H,
)  # fmt: skip
BED_JOINT_FRICTION = Formula(
    _recalled("5.5.1-2"), "mu", "max(0.26 - 0.082*sigma_0/f, 0)", title="walls.formula.mu_joint",
    mu=Var(r"\mu", "-", 3), sigma_0=Var(r"\sigma_0", "MPa", 4), f=_F,
)  # fmt: skip
BED_JOINT_FRICTION_PERMANENT = Formula(
    _recalled("5.5.1-3"), "mu", "max(0.23 - 0.065*sigma_0/f, 0)", title="walls.formula.mu_joint",
    mu=Var(r"\mu", "-", 3), sigma_0=Var(r"\sigma_0", "MPa", 4), f=_F,
)  # fmt: skip
BED_JOINT_SHEAR = Formula(
    _recalled("5.5.1-1"), "V_u", "(f_v + alpha*mu*sigma_0)*A*1e3", homogeneous=False, title="walls.formula.V_joint",
    V_u=Var("V_u", "kN/m"), f_v=Var("f_v", "MPa", 3), alpha=Var(r"\alpha", "-"), mu=Var(r"\mu", "-", 3),
    sigma_0=Var(r"\sigma_0", "MPa", 4), A=_A,
)  # fmt: skip
# greatest free height of an upright slab under a load growing from 0 at its top
HEIGHT_BY_BENDING = Formula(
    Source("slopedesign", "from 5.4.1", Provenance.DERIVED), "H", "(6*M_u/gamma)**(1/3)", homogeneous=False,
    title="walls.formula.H_bending", H=Var("H", "m"), M_u=Var("M_u", "kN m"), gamma=Var(r"\gamma", "kN/m3", 1),
)  # fmt: skip
HEIGHT_BY_SHEAR = Formula(
    Source("slopedesign", "from 5.4.2", Provenance.DERIVED), "H", "sqrt(2*V_u/gamma)", homogeneous=False,
    title="walls.formula.H_shear", H=Var("H", "m"), V_u=Var("V_u", "kN"), gamma=Var(r"\gamma", "kN/m3", 1),
)  # fmt: skip


def _mortar_key(mortar: float) -> str:
    return f"M{mortar:g}" if mortar else "M0"


def rubble_strength(stone: float, mortar: float, field: str = "stone_grade") -> Datum:
    """Compressive strength f of rubble masonry by stone (MU) and mortar (M), table 3.2.1-7 [MPa].

    Mortar stronger than M7.5 counts as M7.5, the best the table knows.

    Raises:
        InputError: a grade the table does not hold.
    """
    key = "M7.5" if mortar > 7.5 else _mortar_key(mortar)
    return pick(_FILE, "rubble", f"MU{stone:g}", key, field=field)


def dressed_strength(stone: float, mortar: float, field: str = "stone_grade") -> Datum:
    """Compressive strength f of dressed stone masonry, table 3.2.1-6 [MPa]."""
    key = "M7.5" if mortar > 7.5 else _mortar_key(mortar)
    return pick(_FILE, "dressed", f"MU{stone:g}", key, field=field)


def rubble_tension_shear(kind: str, mortar: float, field: str = "mortar_grade") -> Datum:
    """Strength of rubble in "tension", "bending" (along the teeth) or "shear", table 3.2.2 [MPa]."""
    key = "M7.5" if mortar > 7.5 else _mortar_key(mortar)
    return pick(_FILE, "rubble_small", kind, key, field=field)


def factored(strength: Traced, area_m2: float, mortar: float, *, tension_or_shear: bool) -> Step:
    """A strength with the factors of 3.2.3: small sections, cement mortar weaker than M5."""
    small = SMALL_SECTION.at(A=area_m2)
    weak = pick(_FILE, "cement_mortar_below_M5", "tension" if tension_or_shear else "compression")
    factor = small.value * (weak.value if mortar < 5 else 1.0)
    gamma_a = measured(factor, "-", "walls.method.product", of="walls.formula.gamma_a", area=small, mortar=weak)
    row = SMALL_STRENGTH_FACTORED if tension_or_shear else STRENGTH_FACTORED
    return row.at(gamma_a=gamma_a if mortar < 5 else small, f_0=strength)


def limit(table: str, *keys: str) -> Datum:
    """A limit or factor of the standard."""
    return pick(_FILE, table, *keys)
