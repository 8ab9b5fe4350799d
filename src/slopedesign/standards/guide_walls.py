"""The guide's retaining piece on a bench edge: its height and its quantities, per metre and in all.

Clause 7.2.2.3(3)3) of the guide fixes the section; the quantities follow from it by geometry.
"""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.guide import clause
from slopedesign.standards.trace import Provenance, Source

PIECE = "7.2.2.3(3)3)②"

_GUIDE = clause(PIECE)
_GEOMETRY = Source("slopedesign", "bench wall quantities", Provenance.DERIVED)

_H = Var("H", "m", label="walls.symbol.height")
_L = Var("L", "m", label="walls.symbol.length")
_N = Var("n", "-", 0)


def _row(gives: str, text: str, *, source: Source = _GEOMETRY, homogeneous: bool = True, **variables: Var) -> Formula:
    return Formula(source, gives, text, valid=(), homogeneous=homogeneous, title=f"walls.formula.{gives}", **variables)


HEIGHT = Formula(
    _GUIDE, "H", "max(t_c + f, H_min)", title="walls.formula.height",
    H=_H, t_c=Var("t_c", "m", label="walls.symbol.cover"), f=Var("f", "m", label="walls.symbol.freeboard"),
    H_min=Var(r"H_{min}", "m", label="walls.symbol.min_height"),
)  # fmt: skip

PLANTING_WIDTH = Formula(
    clause("7.2.2.3(1)1)②, (3)3)②", "wall.position"), "b_p", "B - a - b_w",
    title="walls.formula.planting_width",
    b_p=Var("b_p", "m"), B=Var("B", "m"), a=Var("a", "m"), b_w=Var("b_w", "m"),
)  # fmt: skip

MASONRY_AREA = _row(
    "A", "(b_1 + b_2)/2*H + b_2*d", A=Var("A", "m2", 3), b_1=Var("b_1", "m"), b_2=Var("b_2", "m"), H=_H,
    d=Var("d", "m"),
)  # fmt: skip
CONCRETE_AREA = _row("A", "t*(H + d)", A=Var("A", "m2", 3), t=Var("t", "m"), H=_H, d=Var("d", "m"))
VOLUME = _row("V", "A*L", V=Var("V", "m3"), A=Var("A", "m2", 3), L=_L)
PER_METRE_AREA = _row("v", "A*u", v=Var("v", "m3", 3), A=Var("A", "m2", 3), u=Var("u", "m", 0))
POINTED_FACE = _row("F", "sqrt(H**2 + m**2)*L", F=Var("F", "m2"), H=_H, m=Var("m", "m"), L=_L)
COPING = _row("F", "b_1*L", F=Var("F", "m2"), b_1=Var("b_1", "m"), L=_L)
SEGMENTS = _row("n", "ceil(L/s_j)", n=_N, L=_L, s_j=Var("s_j", "m"))
JOINTS = _row("n_j", "n - 1", n_j=Var("n_j", "-", 0), n=_N)
SEGMENT_LENGTH = _row("l_s", "L/n", l_s=Var("l_s", "m"), L=_L, n=_N)
JOINT_AREA = _row("F_j", "n_j*A", F_j=Var("F_j", "m2"), n_j=Var("n_j", "-", 0), A=Var("A", "m2", 3))
# both faces all along; two wall ends; one stop end at each joint (the neighbour is cast against the joint board)
FORMWORK = _row(
    "F_f", "2*H*L + (n_j + 2)*t*H", F_f=Var("F_f", "m2"), H=_H, L=_L, n_j=Var("n_j", "-", 0), t=Var("t", "m")
)
FORMWORK_FACES = _row("F_f", "2*H*L", F_f=Var("F_f", "m2"), H=_H, L=_L)
UPRIGHT_LENGTH = _row("l", "H + d + l_a - c", l=Var("l", "m"), H=_H, d=Var("d", "m"), l_a=Var("l_a", "m"),
                      c=Var("c", "m"))  # fmt: skip
BARS_ALONG = _row("n_1", "n*k*(ceil((l_s - 2*c)/s) + 1)", n_1=Var("n_1", "-", 0), n=_N, k=Var("k", "-", 0),
                  l_s=Var("l_s", "m"), c=Var("c", "m"), s=Var("s", "m", 3))  # fmt: skip
ROWS = _row("n_r", "k*(ceil((H + d - 2*c)/s) + 1)", n_r=Var("n_r", "-", 0), k=Var("k", "-", 0), H=_H,
            d=Var("d", "m"), c=Var("c", "m"), s=Var("s", "m", 3))  # fmt: skip
CLEAR_RUN = _row("l_c", "l_s - 2*c", l_c=Var("l_c", "m"), l_s=Var("l_s", "m"), c=Var("c", "m"))
LAPS = _row("n_l", "max(ceil((l_c - l_l)/(l_st - l_l)) - 1, 0)", n_l=Var("n_l", "-", 0), l_c=Var("l_c", "m"),
            l_st=Var("l_{st}", "m"), l_l=Var("l_l", "m", 3))  # fmt: skip
LAPPED_LENGTH = _row("l", "l_c + n_l*l_l", l=Var("l", "m"), l_c=Var("l_c", "m"), n_l=Var("n_l", "-", 0),
                     l_l=Var("l_l", "m", 3))  # fmt: skip
BARS_ACROSS = _row("n_2", "n*n_r", n_2=Var("n_2", "-", 0), n=_N, n_r=Var("n_r", "-", 0))
BARS_PER_METRE = _row("n_m", "k/s", homogeneous=False, n_m=Var("n_m", "1/m"), k=Var("k", "-", 0), s=Var("s", "m", 3))
UNIT_MASS = _row("w", "0.00617*d**2", homogeneous=False, w=Var("w", "kg/m", 3), d=Var("d", "mm", 0))
BAR_MASS = _row("m", "n*l*w", m=Var("m", "kg"), n=_N, l=Var("l", "m"), w=Var("w", "kg/m", 3))
BAR_MASS_PER_METRE = _row("m", "n_m*l*w*u", m=Var("m", "kg"), n_m=Var("n_m", "1/m"), l=Var("l", "m"),
                          w=Var("w", "kg/m", 3), u=Var("u", "m", 0))  # fmt: skip
ROW_MASS_PER_METRE = _row("m", "n_r*u*w", m=Var("m", "kg"), n_r=Var("n_r", "-", 0), u=Var("u", "m", 0),
                          w=Var("w", "kg/m", 3))  # fmt: skip
DRILLED = _row("l_d", "n*l_a", l_d=Var("l_d", "m"), n=_N, l_a=Var("l_a", "m"))
GROUT = _row("V_g", "n*l_a*pi/4*(d_1**2 - d**2)", V_g=Var("V_g", "m3", 4), n=_N, l_a=Var("l_a", "m"),
             d_1=Var("d_1", "m", 3), d=Var("d", "m", 3))  # fmt: skip
WEEP_HOLES = _row("n_w", "ceil(L/s_w)", n_w=Var("n_w", "-", 0), L=_L, s_w=Var("s_w", "m"))
WIDTH_AT = _row("b_z", "b_2 - (b_2 - b_1)*z/H", b_z=Var("b_z", "m", 3), b_1=Var("b_1", "m"), b_2=Var("b_2", "m"),
                z=Var("z", "m"), H=_H)  # fmt: skip
WEEP_PIPE = _row("l_w", "n_w*b_z", l_w=Var("l_w", "m"), n_w=Var("n_w", "-", 0), b_z=Var("b_z", "m", 3))
FILTER = _row("V_f", "t_f*(t_c - z)*L", V_f=Var("V_f", "m3"), t_f=Var("t_f", "m"), t_c=Var("t_c", "m"),
              z=Var("z", "m"), L=_L)  # fmt: skip
SEAL = _row("V_s", "t_f*z*L", V_s=Var("V_s", "m3"), t_f=Var("t_f", "m"), z=Var("z", "m"), L=_L)
GEOTEXTILE = _row("F_g", "(t_c - z + 2*t_f)*L", F_g=Var("F_g", "m2"), t_c=Var("t_c", "m"), z=Var("z", "m"),
                  t_f=Var("t_f", "m"), L=_L)  # fmt: skip
TRENCH = _row("V_e", "b_w*d*L", V_e=Var("V_e", "m3"), b_w=Var("b_w", "m"), d=Var("d", "m"), L=_L)
LENGTH_LEFT = _row("L", "max(L_0 - 2*e, 0)", L=_L, L_0=Var("L_0", "m"), e=Var("e", "m"))
