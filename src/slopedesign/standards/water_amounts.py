"""Amounts of water structures: barrels, basins, drops, mouths, aprons, ponds, pipes; by geometry.

Bodies whose size changes evenly along a line (the mouth of a culvert, a wing wall) are prismatoids: their volume by
the end and middle sections is exact.
"""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

_SOURCE = Source("slopedesign", "water structures", Provenance.DERIVED)
_V, _A = Var("V", "m3", 3), Var("A", "m2", 4)
_B, _L, _T, _H = Var("B", "m", 3), Var("L", "m", 3), Var("t", "m", 3), Var("h", "m", 3)
_N = Var("n", "piece", 0)

SLAB = Formula(_SOURCE, "V", "L*B*t", title="water.formula.slab", V=_V, L=_L, B=_B, t=_T)
RECTANGLE = Formula(_SOURCE, "A", "L*B", title="water.formula.rectangle", A=Var("A", "m2", 2), L=_L, B=_B)
WIDEN = Formula(
    _SOURCE, "W", "B + 2*t", title="water.formula.outer_width", W=Var("B_o", "m", 3), B=_B, t=_T
)  # fmt: skip
ADD = Formula(_SOURCE, "c", "a + b", title="water.formula.sum_length", c=Var("c", "m", 3), a=Var("a", "m", 3),
              b=Var("b", "m", 3))  # fmt: skip
DEPTH = Formula(
    _SOURCE, "H", "h_g + d + t_f + t_c", title="water.formula.trench_depth",
    H=Var("H", "m", 3), h_g=Var("h_g", "m", 3), d=Var("d", "m", 3), t_f=Var("t_f", "m", 3), t_c=Var("t_c", "m", 3),
)  # fmt: skip
WALLS = Formula(
    _SOURCE, "V", "(t_1 + t_2)*h*L", title="water.formula.two_walls",
    V=_V, t_1=Var("t_1", "m", 3), t_2=Var("t_2", "m", 3), h=_H, L=_L,
)  # fmt: skip
OCCUPIED = Formula(
    _SOURCE, "A", "(B + 2*t_2)*(t_f + h) - (t_2 - t_1)*h**2/H_w", valid=("H_w > 0", "h <= H_w + 1e-9", "t_2 >= t_1"),
    title="water.formula.occupied",
    A=_A, B=_B, t_1=Var("t_1", "m", 3), t_2=Var("t_2", "m", 3), t_f=Var("t_f", "m", 3), h=_H, H_w=Var("H_w", "m", 3),
)  # fmt: skip
POOLS = Formula(
    _SOURCE, "L_a", "n*L + t", title="water.formula.pools", homogeneous=False,
    L_a=Var("L_a", "m", 3), n=_N, L=_L, t=_T,
)  # fmt: skip
CRESTS = Formula(
    _SOURCE, "L_c", "n*t", title="water.formula.crests", homogeneous=False, L_c=Var("L_c", "m", 3), n=_N, t=_T
)
DROP_WALLS = Formula(
    _SOURCE, "V", "n*(t_1 + t_2)/2*h*B", title="water.formula.drop_walls", homogeneous=False,
    V=_V, n=_N, t_1=Var("t_1", "m", 3), t_2=Var("t_2", "m", 3), h=_H, B=_B,
)  # fmt: skip
RUN = Formula(_SOURCE, "V", "A*L", title="water.formula.run", V=_V, A=_A, L=_L)

# Culvert
BOX_WIDTH = Formula(
    _SOURCE, "W", "n*b + (n + 1)*t_w", title="water.formula.box_width", homogeneous=False,
    W=Var("W", "m", 3), n=_N, b=Var("b", "m", 3), t_w=Var("t_w", "m", 3),
)  # fmt: skip
BOX_HEIGHT = Formula(
    _SOURCE, "H_o", "D + t_r + t_b", title="water.formula.box_height",
    H_o=Var("H_o", "m", 3), D=Var("D", "m", 3), t_r=Var("t_r", "m", 3), t_b=Var("t_b", "m", 3),
)  # fmt: skip
BOX_BODY = Formula(
    _SOURCE, "A", "W*H_o - n*b*D", title="water.formula.box_body", homogeneous=False,
    A=_A, W=Var("W", "m", 3), H_o=Var("H_o", "m", 3), n=_N, b=Var("b", "m", 3), D=Var("D", "m", 3),
)  # fmt: skip
BOX_FORMS = Formula(
    _SOURCE, "S", "(2*H_o + n*(2*D + b))*L", title="water.formula.box_forms", homogeneous=False,
    S=Var("S", "m2", 2), H_o=Var("H_o", "m", 3), n=_N, D=Var("D", "m", 3), b=Var("b", "m", 3), L=_L,
)  # fmt: skip
PIPE_OUTSIDE = Formula(
    _SOURCE, "D_o", "D + 2*t", title="water.formula.pipe_outside", D_o=Var("D_o", "m", 3), D=Var("D", "m", 3), t=_T
)
PIPES_WIDTH = Formula(
    _SOURCE, "W", "n*D_o + (n - 1)*s", title="water.formula.pipes_width", homogeneous=False,
    W=Var("W", "m", 3), n=_N, D_o=Var("D_o", "m", 3), s=Var("s", "m", 3),
)  # fmt: skip
PIPES_OUTER = Formula(
    _SOURCE, "A", "n*pi*D_o**2/4", title="water.formula.pipes_outer", homogeneous=False,
    A=_A, n=_N, D_o=Var("D_o", "m", 3),
)  # fmt: skip
PIPES_RUN = Formula(
    _SOURCE, "L_p", "n*L", title="water.formula.pipes_run", homogeneous=False, L_p=Var("L_p", "m", 2), n=_N, L=_L
)
CULVERT_DEPTH = Formula(
    _SOURCE, "H", "h_s + H_o + t_b", title="water.formula.culvert_depth",
    H=Var("H", "m", 3), h_s=Var("h_s", "m", 3), H_o=Var("H_o", "m", 3), t_b=Var("t_b", "m", 3),
)  # fmt: skip
STEEL_CONTENT = Formula(
    _SOURCE, "M", "c*V/1000", title="water.formula.steel_content", homogeneous=False,
    M=Var("M", "t", 3), c=Var("c", "kg/m3", 0), V=_V,
)  # fmt: skip

# Flared mouth
WING_LENGTH = Formula(
    _SOURCE, "L_w", "L/cos(radians(theta))", title="water.formula.wing_length",
    L_w=Var("L_w", "m", 3), L=_L, theta=Var(r"\theta", "deg", 1),
)  # fmt: skip
WINGS = Formula(
    _SOURCE, "V", "2*L_w*(a*(h_1 + h_2)/2 + n*(h_1**2 + h_1*h_2 + h_2**2)/6)", title="water.formula.wings",
    V=_V, L_w=Var("L_w", "m", 3), a=Var("a", "m", 3), n=Var("n", "-", 2), h_1=Var("h_1", "m", 3),
    h_2=Var("h_2", "m", 3),
)  # fmt: skip
WING_FOUNDATION = Formula(
    _SOURCE, "V", "2*L_w*(a + n*(h_1 + h_2)/2 + e)*h_f", title="water.formula.wing_foundation",
    V=_V, L_w=Var("L_w", "m", 3), a=Var("a", "m", 3), n=Var("n", "-", 2), h_1=Var("h_1", "m", 3),
    h_2=Var("h_2", "m", 3), e=Var("e", "m", 3), h_f=Var("h_f", "m", 3),
)  # fmt: skip
MOUTH_FLOOR = Formula(
    _SOURCE, "V", "(B_1 + B_2)/2*L*t", title="water.formula.mouth_floor",
    V=_V, B_1=Var("B_1", "m", 3), B_2=Var("B_2", "m", 3), L=_L, t=_T,
)  # fmt: skip
HEAD_WALL = Formula(
    _SOURCE, "V", "t*(W*h - A)", title="water.formula.head_wall", V=_V, t=_T, W=Var("W", "m", 3), h=_H, A=_A
)
TRAPEZOID = Formula(
    _SOURCE, "A", "(B_1 + B_2)/2*L", title="water.formula.trapezoid",
    A=Var("A", "m2", 2), B_1=Var("B_1", "m", 3), B_2=Var("B_2", "m", 3), L=_L,
)  # fmt: skip
MOUTH_TRENCH = Formula(
    _SOURCE, "A", "(B + 2*(a + n*h + e)/cos(radians(theta)) + 2*w + m*(h + h_f))*(h + h_f)",
    title="water.formula.mouth_trench",
    A=_A, B=_B, a=Var("a", "m", 3), n=Var("n", "-", 2), h=_H, e=Var("e", "m", 3), theta=Var(r"\theta", "deg", 1),
    w=Var("w", "m", 3), m=Var("m", "-", 2), h_f=Var("h_f", "m", 3),
)  # fmt: skip
MOUTH_OPEN = Formula(_SOURCE, "A", "B*h", title="water.formula.mouth_open", A=_A, B=_B, h=_H)
PRISMATOID = Formula(
    _SOURCE, "V", "L/6*(A_1 + 4*A_m + A_2)", title="water.formula.prismatoid",
    V=_V, L=_L, A_1=Var("A_1", "m2", 4), A_m=Var("A_m", "m2", 4), A_2=Var("A_2", "m2", 4),
)  # fmt: skip

# Counts, bars, covers
RIBS = Formula(_SOURCE, "n", "ceil(L/s)", title="water.formula.ribs", homogeneous=False, n=_N, L=_L, s=Var("s", "m", 3))
POSTS = Formula(
    _SOURCE, "n", "ceil(L/s)", title="water.formula.posts", homogeneous=False, n=_N, L=_L, s=Var("s", "m", 3)
)
EACH = Formula(_SOURCE, "V", "n*L*B*t", title="water.formula.each", homogeneous=False, V=_V, n=_N, L=_L, B=_B, t=_T)
BARS = Formula(
    _SOURCE, "n", "ceil(B/s) - 1", title="water.formula.bars", homogeneous=False, n=_N, B=_B, s=Var("s", "m", 3)
)
BAR_LENGTH = Formula(
    _SOURCE, "l", "h/sin(radians(theta))", title="water.formula.bar_length",
    l=Var("l", "m", 3), h=_H, theta=Var(r"\theta", "deg", 1),
)  # fmt: skip
RACK = Formula(
    _SOURCE, "M", "(n*l + 2*B + 2*l)*pi*(d/1000)**2/4*7850", title="water.formula.rack", homogeneous=False,
    M=Var("M", "kg", 1), n=_N, l=Var("l", "m", 3), B=_B, d=Var("d", "mm", 0),
)  # fmt: skip
STAIR_COUNT = Formula(
    _SOURCE, "n", "ceil(H/r)", title="water.formula.stair_count", homogeneous=False,
    n=_N, H=Var("H", "m", 3), r=Var("r", "m", 3),
)  # fmt: skip
STAIR = Formula(
    _SOURCE, "V", "n*B*(r*a/2 + t*sqrt(r**2 + a**2))", title="water.formula.stair", homogeneous=False,
    V=_V, n=_N, B=_B, r=Var("r", "m", 3), a=Var("a", "m", 3), t=_T,
)  # fmt: skip
ROUND_FENCE = Formula(
    _SOURCE, "L", "pi*(D + 2*e)", title="water.formula.fence", L=Var("L", "m", 2), D=Var("D", "m", 3),
    e=Var("e", "m", 3),
)  # fmt: skip
FENCE = Formula(
    _SOURCE, "S", "2*(L + B) + 8*e", title="water.formula.fence", S=Var("L_f", "m", 2), L=_L, B=_B, e=Var("e", "m", 3)
)
MEMBRANE = Formula(
    _SOURCE, "S", "L*B + 2*(L + B + 2*z*h)*h*sqrt(1 + z**2)", title="water.formula.membrane",
    S=Var("S", "m2", 1), L=_L, B=_B, z=Var("z", "-", 2), h=_H,
)  # fmt: skip
ROUND_MEMBRANE = Formula(
    _SOURCE, "S", "pi*D**2/4 + pi*(D + z*h)*h*sqrt(1 + z**2)", title="water.formula.membrane",
    S=Var("S", "m2", 1), D=Var("D", "m", 3), z=Var("z", "-", 2), h=_H,
)  # fmt: skip
ROUND_PIT = Formula(
    _SOURCE, "V", "pi*h*(D**2/4 + D*z*h/2 + z**2*h**2/3)", title="water.formula.round_pit",
    V=Var("V", "m3", 2), D=Var("D", "m", 3), z=Var("z", "-", 2), h=_H,
)  # fmt: skip
ROUND_SLAB = Formula(
    _SOURCE, "V", "pi*(D + 2*t_1)**2/4*t", title="water.formula.cover_slab",
    V=_V, D=Var("D", "m", 3), t_1=Var("t_1", "m", 3), t=_T,
)  # fmt: skip
TANK_OUTSIDE = Formula(
    _SOURCE, "V", "(L + 2*t_2)*(B + 2*t_2)*(h + t_f) - 2*(t_2 - t_1)/2*h*(L + B + 4*t_2 - 4*(t_2 - t_1)/3)",
    title="water.formula.tank_outside",
    V=_V, L=_L, B=_B, h=_H, t_1=Var("t_1", "m", 3), t_2=Var("t_2", "m", 3), t_f=Var("t_f", "m", 3),
)  # fmt: skip
BODY = Formula(_SOURCE, "V", "V_o - V_i", title="water.formula.body", V=_V, V_o=Var("V_o", "m3", 3),
               V_i=Var("V_i", "m3", 3))  # fmt: skip
SLAB_AREA = Formula(
    _SOURCE, "V", "(L + 2*t_1)*(B + 2*t_1)*t", title="water.formula.cover_slab",
    V=_V, L=_L, B=_B, t_1=Var("t_1", "m", 3), t=_T,
)  # fmt: skip
WET_FACES = Formula(
    _SOURCE, "S", "L*B + 2*(L + B)*h", title="water.formula.wet_faces", S=Var("S", "m2", 2), L=_L, B=_B, h=_H
)

# Pipes of irrigation
PIPE_METRES = Formula(
    _SOURCE, "L_p", "n*L", title="water.formula.pipes_run", homogeneous=False, L_p=Var("L_p", "m", 1), n=_N, L=_L
)
PIPE_TRENCH = Formula(
    _SOURCE, "A", "(d/1000 + 2*w + m*(h + d/1000 + t))*(h + d/1000 + t)", title="water.formula.pipe_trench",
    homogeneous=False,
    A=_A, d=Var("d", "mm", 1), w=Var("w", "m", 3), m=Var("m", "-", 2), h=_H, t=_T,
)  # fmt: skip
PIPE_BED = Formula(
    _SOURCE, "A", "(d/1000 + 2*w + m*t)*t", title="water.formula.pipe_bed", homogeneous=False,
    A=_A, d=Var("d", "mm", 1), w=Var("w", "m", 3), m=Var("m", "-", 2), t=_T,
)  # fmt: skip
PIPE_SOLID = Formula(
    _SOURCE, "A", "pi*(d/1000)**2/4", title="water.formula.pipe_solid", homogeneous=False, A=_A, d=Var("d", "mm", 1)
)
EMITTERS = Formula(
    _SOURCE, "n", "ceil(A/(a*b))", title="water.formula.emitters", homogeneous=False,
    n=_N, A=Var("A", "m2", 0), a=Var("a", "m", 2), b=Var("b", "m", 2),
)  # fmt: skip
DRIP_LINES = Formula(
    _SOURCE, "L", "A/b", title="water.formula.drip_lines", L=Var("L", "m", 1), A=Var("A", "m2", 0), b=Var("b", "m", 2)
)
WELL_METRES = Formula(_SOURCE, "L", "h", title="water.formula.well_metres", L=Var("L", "m", 1), h=_H)

# Hydraulics of built sizes
SUBMERGENCE = Formula(
    Source("SL 253-2018", "stilling basin", Provenance.RECALLED), "sigma", "(d + h_t)/h_2",
    title="water.formula.submergence",
    sigma=Var(r"\sigma_0", "-", 3), d=Var("d", "m", 3), h_t=Var("h_t", "m", 3), h_2=Var("h''_c", "m", 3),
)  # fmt: skip
WATER_OVER = Formula(
    _SOURCE, "H", "max(h_2, d + h_t) + a", title="water.formula.basin_wall",
    H=Var("H_w", "m", 3), h_2=Var("h''_c", "m", 3), d=Var("d", "m", 3), h_t=Var("h_t", "m", 3), a=Var("a", "m", 2),
)  # fmt: skip
HELD = Formula(
    _SOURCE, "y", "h_t + c", title="water.formula.drop_held", y=Var("y", "m", 3), h_t=Var("h_t", "m", 3),
    c=Var("c", "m", 3),
)  # fmt: skip
DAILY = Formula(
    _SOURCE, "W", "n*Q*T", title="water.formula.daily", homogeneous=False,
    W=Var("W_d", "m3", 1), n=_N, Q=Var("Q", "m3/h", 2), T=Var("T", "h", 1),
)  # fmt: skip
