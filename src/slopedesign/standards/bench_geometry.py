"""Formula rows of bench geometry: our own, by algebra; the guide states limits, not these."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import OWN

FACE_RUN = Formula(
    OWN, "b", "H/tan(radians(beta))", valid=("H >= 0", "0 < beta < 90"), title="benches.formula.face_run",
    b=Var("b", "m", label="benches.face_run"), H=Var("H", "m"), beta=Var(r"\beta", "deg", digits=1),
)  # fmt: skip
"""Plan run of a face of height H."""

BERM_DROP = Formula(
    OWN, "Delta", "W*tan(radians(f))", title="benches.formula.berm_drop",
    Delta=Var(r"\Delta", "m", digits=3, label="benches.berm_drop"), W=Var("W", "m"), f=Var("f", "deg", digits=1),
)  # fmt: skip
"""How much lower the inner edge of a berm lies than its outer edge."""

PROFILE_HEIGHT = Formula(
    OWN, "H_t", "H_s - Delta_s", title="benches.formula.profile_height",
    H_t=Var("H_t", "m", label="benches.profile_height"), H_s=Var("H_s", "m"),
    Delta_s=Var(r"\Delta_s", "m", digits=3),
)  # fmt: skip
"""Height of the whole profile: the faces less the inward falls of the berms between them."""

OVERALL_ANGLE = Formula(
    OWN, "theta", "degrees(atan(H_t/B))", valid=("B > 0",), title="benches.formula.overall_angle",
    theta=Var(r"\theta", "deg", digits=1, label="benches.overall_angle"), H_t=Var("H_t", "m"), B=Var("B", "m"),
)  # fmt: skip
"""Angle of the line from toe to crest of the whole profile."""

SLOPE_AREA = Formula(
    OWN, "A_s", "A_p/cos(radians(beta))", valid=("0 <= beta < 90",), title="benches.formula.slope_area",
    A_s=Var("A_s", "m2", label="benches.slope_area"), A_p=Var("A_p", "m2"), beta=Var(r"\beta", "deg", digits=1),
)  # fmt: skip
"""Area along a slope of one angle from its area in plan."""

SWALLOWED_WIDTH = Formula(
    OWN, "W_l", "W_u - W_d - H*(1/tan(radians(b)) - 1/tan(radians(a)))", valid=("0 < a < 90", "0 < b < 90"),
    title="benches.formula.swallowed",
    W_l=Var("W_l", "m", label="benches.width_left"), W_u=Var("W_u", "m"), W_d=Var("W_d", "m"), H=Var("H", "m"),
    a=Var("a", "deg", digits=1), b=Var("b", "deg", digits=1),
)  # fmt: skip
"""What a bench W_u at a fixed level keeps when the face b above the bench W_d, H lower, is cut into ground of angle a.

The lower face reaches the upper level W_d + H cot b behind the lower contour; the upper bench ends W_u + H cot a
behind it. A lower face that starts at the contour itself has W_d = 0: then W_u must exceed H (cot b - cot a).
"""

PAPPUS = Formula(
    OWN, "k", "1 + c/R", title="benches.formula.pappus",
    k=Var("k", "-", digits=4, label="benches.pappus_factor"), c=Var("c", "m"), R=Var("R", "m"),
)  # fmt: skip
"""Length swept by the centroid of a section over the length of its toe (Pappus).

c: distance of the centroid behind the toe; R: radius of the toe, positive where the slope lies on its outer side.
"""

CURVED_END_AREA = Formula(
    OWN, "V", "(k_1*A_1 + k_2*A_2)/2*L", valid=("L >= 0",), title="benches.formula.curved_end_area",
    V=Var("V", "m3", label="benches.volume_end_area"), k_1=Var("k_1", "-", digits=4), k_2=Var("k_2", "-", digits=4),
    A_1=Var("A_1", "m2"), A_2=Var("A_2", "m2"), L=Var("L", "m"),
)  # fmt: skip
"""Volume between two sections by mean end areas, each carried along the path of its own centre of area."""

STRIP = Formula(
    OWN, "A", "(k_1*w_1 + k_2*w_2)/2*L", valid=("L >= 0",), title="benches.formula.strip",
    A=Var("A", "m2", label="benches.area"), k_1=Var("k_1", "-", digits=4), k_2=Var("k_2", "-", digits=4),
    w_1=Var("w_1", "m"), w_2=Var("w_2", "m"), L=Var("L", "m"),
)  # fmt: skip
"""Area of a strip between two sections from its widths there, each carried along the path of its own middle."""

MEAN_WIDTH = Formula(
    OWN, "w", "A/((l_o + l_i)/2)", valid=("l_o + l_i > 0",), title="benches.formula.mean_width",
    w=Var("w", "m", label="benches.mean_width"), A=Var("A", "m2"), l_o=Var("l_o", "m"), l_i=Var("l_i", "m"),
)  # fmt: skip
"""Mean width of a strip of area A between edges of length l_o and l_i."""

DIFFERENCE = Formula(
    OWN, "e", "(V_b - V_a)/V_a", valid=("V_a > 0",), title="benches.formula.difference",
    e=Var("e", "-", digits=6, label="benches.difference"), V_a=Var("V_a", "m3"), V_b=Var("V_b", "m3"),
)  # fmt: skip
"""Relative difference of a second method from the first."""
