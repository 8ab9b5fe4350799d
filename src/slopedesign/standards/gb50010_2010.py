"""GB 50010-2010: sections in bending, shear, cracking and plain concrete, in clause order.

Forces in N, lengths in mm, stresses in MPa inside this module's rows, as the standard writes them, unless a row says kN
and m.
"""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Step, Var
from slopedesign.standards.trace import Datum, Provenance, Source, Traced, datum
from slopedesign.standards.wall_tables import keys_of, pick, source_of

STANDARD = "GB 50010-2010"
_FILE = "gb50010_2010"


def _recalled(clause: str) -> Source:
    return Source(STANDARD, clause, Provenance.RECALLED)


def _read(clause: str) -> Source:
    return Source(STANDARD, clause, Provenance.READ)


_B = Var("b", "mm", 0)
_H = Var("h", "mm", 0)
_H0 = Var("h_0", "mm", 0)
_AS = Var("A_s", "mm2", 1)
_FC, _FT, _FTK, _FY = Var("f_c", "MPa"), Var("f_t", "MPa"), Var("f_{tk}", "MPa"), Var("f_y", "MPa", 0)
_D = Var("d", "mm", 0)

EFFECTIVE_DEPTH = Formula(
    _recalled("6.2.10"), "h_0", "h - a_s", title="walls.formula.h_0", h_0=_H0, h=_H, a_s=Var("a_s", "mm", 0),
)  # fmt: skip
COMPRESSION_DEPTH = Formula(
    _recalled("6.2.10-2"), "x", "f_y*A_s/(f_c*b)", title="walls.formula.x",
    x=Var("x", "mm"), f_y=_FY, A_s=_AS, f_c=_FC, b=_B,
)  # fmt: skip
DEPTH_LIMIT = Formula(
    _recalled("6.2.10-3"), "x_b", "xi_b*h_0", title="walls.formula.x_b",
    x_b=Var("x_b", "mm"), xi_b=Var(r"\xi_b", "-", 3), h_0=_H0,
)  # fmt: skip
MOMENT_CAPACITY = Formula(
    _recalled("6.2.10-1"), "M_u", "f_c*b*x*(h_0 - x/2)/1e6", homogeneous=False, title="walls.formula.M_u",
    M_u=Var("M_u", "kN m"), f_c=_FC, b=_B, x=Var("x", "mm"), h_0=_H0,
)  # fmt: skip
STEEL_NEEDED = Formula(
    _recalled("6.2.10"), "A_s", "f_c*b*h_0*(1 - sqrt(1 - 2*M*1e6/(f_c*b*h_0**2)))/f_y", homogeneous=False,
    valid=("2*M*1e6 <= f_c*b*h_0**2",), title="walls.formula.A_s",
    A_s=_AS, f_c=_FC, b=_B, h_0=_H0, M=Var("M", "kN m"), f_y=_FY,
)  # fmt: skip
SHEAR_DEPTH_FACTOR = Formula(
    _read("6.3.3-2"), "beta_h", "(800/min(max(h_0, 800), 2000))**0.25", homogeneous=False,
    title="walls.formula.beta_h", beta_h=Var(r"\beta_h", "-", 3), h_0=_H0,
)  # fmt: skip
SHEAR_CAPACITY = Formula(
    _read("6.3.3-1"), "V_u", "0.7*beta_h*f_t*b*h_0/1e3", homogeneous=False, title="walls.formula.V_u",
    V_u=Var("V_u", "kN"), beta_h=Var(r"\beta_h", "-", 3), f_t=_FT, b=_B, h_0=_H0,
)  # fmt: skip

SERVICE_STEEL_STRESS = Formula(
    _read("7.1.4-3"), "sigma_sq", "M_q*1e6/(0.87*h_0*A_s)", homogeneous=False, title="walls.formula.sigma_sq",
    sigma_sq=Var(r"\sigma_{sq}", "MPa", 1), M_q=Var("M_q", "kN m"), h_0=_H0, A_s=_AS,
)  # fmt: skip
TENSION_RATIO = Formula(
    _read("7.1.2-4"), "rho_te", "max(A_s/(0.5*b*h), 0.01)", title="walls.formula.rho_te",
    rho_te=Var(r"\rho_{te}", "-", 4), A_s=_AS, b=_B, h=_H,
)  # fmt: skip
STRAIN_UNEVENNESS = Formula(
    _read("7.1.2-2"), "psi", "min(max(1.1 - 0.65*f_tk/(rho_te*sigma_sq), 0.2), 1.0)", title="walls.formula.psi",
    psi=Var(r"\psi", "-", 3), f_tk=_FTK, rho_te=Var(r"\rho_{te}", "-", 4), sigma_sq=Var(r"\sigma_{sq}", "MPa", 1),
)  # fmt: skip
CRACK_WIDTH = Formula(
    _read("7.1.2-1"), "w_max", "alpha_cr*psi*sigma_sq/E_s*(1.9*c_s + 0.08*d_eq/rho_te)", title="walls.formula.w_max",
    w_max=Var("w_{max}", "mm", 3), alpha_cr=Var(r"\alpha_{cr}", "-", 1), psi=Var(r"\psi", "-", 3),
    sigma_sq=Var(r"\sigma_{sq}", "MPa", 1), E_s=Var("E_s", "MPa", 0), c_s=Var("c_s", "mm", 0),
    d_eq=Var("d_{eq}", "mm", 1), rho_te=Var(r"\rho_{te}", "-", 4),
)  # fmt: skip

ANCHORAGE = Formula(
    _recalled("8.3.1-1"), "l_ab", "alpha*f_y/f_t*d/1e3", homogeneous=False, title="walls.formula.l_ab",
    l_ab=Var("l_{ab}", "m", 3), alpha=Var(r"\alpha", "-"), f_y=_FY, f_t=_FT, d=_D,
)  # fmt: skip
ANCHORAGE_LEAST = Formula(
    _recalled("8.3.1"), "l_a", "max(zeta*l_ab, 0.6*l_ab, 0.2)", homogeneous=False, title="walls.formula.l_a",
    l_a=Var("l_a", "m", 3), zeta=Var(r"\zeta_a", "-"), l_ab=Var("l_{ab}", "m", 3),
)  # fmt: skip
LAP = Formula(
    _recalled("8.4.4"), "l_l", "max(zeta_l*l_ab, l_min/1e3)", homogeneous=False, title="walls.formula.l_l",
    l_l=Var("l_l", "m", 3), zeta_l=Var(r"\zeta_l", "-", 1), l_ab=Var("l_{ab}", "m", 3),
    l_min=Var("l_{min}", "mm", 0),
)  # fmt: skip
MIN_RATIO = Formula(
    _recalled("8.5.1"), "rho_min", "max(rho_0, 0.45*f_t/f_y)", title="walls.formula.rho_min",
    rho_min=Var(r"\rho_{min}", "-", 5), rho_0=Var(r"\rho_0", "-", 4), f_t=_FT, f_y=_FY,
)  # fmt: skip
CRITICAL_DEPTH = Formula(
    _recalled("8.5.3-2"), "h_cr", "max(1.05*sqrt(M*1e6/(rho_min*f_y*b)), h/2)", homogeneous=False,
    title="walls.formula.h_cr", h_cr=Var("h_{cr}", "mm", 0), M=Var("M", "kN m"),
    rho_min=Var(r"\rho_{min}", "-", 5), f_y=_FY, b=_B, h=_H,
)  # fmt: skip
OVER_THICK_RATIO = Formula(
    _recalled("8.5.3-1"), "rho_s", "h_cr/h*rho_min", title="walls.formula.rho_s",
    rho_s=Var(r"\rho_s", "-", 5), h_cr=Var("h_{cr}", "mm", 0), h=_H, rho_min=Var(r"\rho_{min}", "-", 5),
)  # fmt: skip
STEEL_RATIO = Formula(
    _recalled("8.5.1"), "rho", "A_s/(b*h)", title="walls.formula.rho",
    rho=Var(r"\rho", "-", 5), A_s=_AS, b=_B, h=_H,
)  # fmt: skip
BAR_AREA = Formula(
    Source("slopedesign", "bar area", Provenance.DERIVED), "A_s", "pi*d**2/4*b/s", title="walls.formula.A_bar",
    A_s=_AS, d=_D, b=_B, s=Var("s", "mm", 0),
)  # fmt: skip

PLAIN_COMPRESSION = Formula(
    _read("D.2.1"), "f_cc", "0.85*f_c", title="walls.formula.f_cc", f_cc=Var("f_{cc}", "MPa", 3), f_c=_FC
)
PLAIN_TENSION = Formula(
    _read("D.2.3"), "f_ct", "0.55*f_t", title="walls.formula.f_ct", f_ct=Var("f_{ct}", "MPa", 4), f_t=_FT
)
PLAIN_AXIAL = Formula(
    _read("D.2.1-4"), "N_u", "phi*f_cc*b*(h - 2*e_0)/1e3", homogeneous=False, valid=("2*e_0 < h",),
    title="walls.formula.N_u", N_u=Var("N_u", "kN"), phi=Var(r"\varphi", "-"), f_cc=Var("f_{cc}", "MPa", 3), b=_B,
    h=_H, e_0=Var("e_0", "mm", 1),
)  # fmt: skip
PLAIN_PLASTICITY = Formula(
    _recalled("7.2.4"), "gamma", "1.55*(0.7 + 120/min(max(h, 400), 1600))", homogeneous=False,
    title="walls.formula.gamma_m", gamma=Var(r"\gamma", "-", 3), h=_H,
)  # fmt: skip
PLAIN_MOMENT = Formula(
    _recalled("D.3.1"), "M_u", "gamma*f_ct*b*h**2/6/1e6", homogeneous=False, title="walls.formula.M_plain",
    M_u=Var("M_u", "kN m"), gamma=Var(r"\gamma", "-", 3), f_ct=Var("f_{ct}", "MPa", 4), b=_B, h=_H,
)  # fmt: skip
PLAIN_ECCENTRIC_TENSION = Formula(
    _recalled("D.2.3"), "N_u", "phi*gamma*f_ct*b*h/(6*e_0/h - 1)/1e3", homogeneous=False, valid=("6*e_0 > h",),
    title="walls.formula.N_tension", N_u=Var("N_u", "kN"), phi=Var(r"\varphi", "-"), gamma=Var(r"\gamma", "-", 3),
    f_ct=Var("f_{ct}", "MPa", 4), b=_B, h=_H, e_0=Var("e_0", "mm", 1),
)  # fmt: skip
PLAIN_SHEAR = Formula(
    Source(STANDARD, "6.3.3-1", Provenance.DERIVED, "walls.note.plain_shear"), "V_u", "0.7*beta_h*f_ct*b*h/1e3",
    homogeneous=False, title="walls.formula.V_plain", V_u=Var("V_u", "kN"), beta_h=Var(r"\beta_h", "-", 3),
    f_ct=Var("f_{ct}", "MPa", 4), b=_B, h=_H,
)  # fmt: skip


def concrete(grade: str, name: str, field: str = "concrete_grade") -> Datum:
    """A strength of a concrete grade: "f_c", "f_t", "f_ck", "f_tk", "E_c"."""
    return pick(_FILE, name, grade, field=field)


def plain_slenderness(slenderness: float) -> Datum | None:
    """Factor on the capacity of plain concrete by l_0/b, table D.2.1; None beyond its last row."""
    source = source_of(_FILE, "plain_slenderness")
    rows = [int(key) for key in keys_of(_FILE, "plain_slenderness")]
    if slenderness < rows[0]:
        return datum(1.0, "-", source, "walls.table.plain_slenderness")
    if slenderness > rows[-1]:
        return None
    low = max(row for row in rows[:-1] if row <= slenderness)
    a, b = (pick(_FILE, "plain_slenderness", str(row)).value for row in (low, low + 2))
    return datum(a + (b - a) * (slenderness - low) / 2, "-", source, "walls.table.plain_slenderness")


def steel(grade: str, name: str, field: str = "steel_grade") -> Datum:
    """A property of a steel grade: "f_y", "f_yk", "E_s", "xi_b"."""
    return pick(_FILE, name, grade, field=field)


def limit(table: str, key: str) -> Datum:
    """A detailing limit of the standard."""
    return pick(_FILE, table, key)


def anchorage_length(concrete_grade: str, steel_grade: str, diameter_mm: float | Traced) -> Step:
    """Basic anchorage length of a bar in tension [m], 8.3.1."""
    return ANCHORAGE.at(
        alpha=pick(_FILE, "anchorage_alpha", steel_grade), f_y=steel(steel_grade, "f_y"),
        f_t=concrete(concrete_grade, "f_t"), d=diameter_mm,
    )  # fmt: skip


def lap_length(concrete_grade: str, steel_grade: str, diameter_mm: float | Traced, share: int = 25) -> Step:
    """Lap length of a bar in tension [m] with `share` percent of the bars lapped in one section, 8.4.4."""
    return LAP.at(
        zeta_l=pick(_FILE, "lap_factor", str(share)), l_ab=anchorage_length(concrete_grade, steel_grade, diameter_mm),
        l_min=limit("lap_minimum", "lap"),
    )  # fmt: skip
