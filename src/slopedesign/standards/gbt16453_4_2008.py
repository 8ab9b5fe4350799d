"""GB/T 16453.4-2008, small works that store, drain and lead water, in clause order as far as it is known."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

STANDARD = "GB/T 16453.4-2008"
_SECOND = "public copy of the design chapter"

DITCH_VOLUME = Formula(
    Source(STANDARD, "eq. (1)", Provenance.RECALLED, _SECOND), "V", "V_w + V_s", title="water.formula.ditch_volume",
    V=Var("V", "m3", 1), V_w=Var("V_w", "m3", 1), V_s=Var("V_s", "m3", 1),
)  # fmt: skip
STORM_RUNOFF = Formula(
    Source(STANDARD, "eq. (2)", Provenance.RECALLED, _SECOND), "V_w", "10*alpha*H*F", homogeneous=False,
    valid=("alpha >= 0", "H >= 0", "F >= 0"), title="water.formula.storm_runoff",
    V_w=Var("V_w", "m3", 1), alpha=Var(r"\alpha", "-", 3), H=Var("H_{24p}", "mm", 1), F=Var("F", "hm2", 4),
)  # fmt: skip
SILT_VOLUME = Formula(
    Source(STANDARD, "eq. (3)", Provenance.RECALLED, _SECOND), "V_s", "N*M_s*F/gamma_s", homogeneous=False,
    valid=("gamma_s > 0", "N >= 0", "M_s >= 0", "F >= 0"), title="water.formula.silt_volume",
    V_s=Var("V_s", "m3", 2), N=Var("N", "a", 1), M_s=Var("M_s", "t/(hm2 a)", 2), F=Var("F", "hm2", 4),
    gamma_s=Var(r"\gamma_s", "t/m3", 2),
)  # fmt: skip
PEAK_FLOW = Formula(
    Source(STANDARD, "drainage ditch", Provenance.RECALLED), "Q", "F/6*(I_r - I_p)", homogeneous=False,
    valid=("F >= 0", "I_r >= 0", "I_p >= 0", "I_r >= I_p"), title="water.formula.peak_infiltration",
    Q=Var("Q", "m3/s", 4), F=Var("F", "hm2", 4), I_r=Var("I_r", "mm/min", 3), I_p=Var("I_p", "mm/min", 3),
)  # fmt: skip
POND_VOLUME = Formula(
    Source(STANDARD, "storage pond", Provenance.RECALLED), "V", "K*(V_w + V_s)", valid=("K >= 1",),
    title="water.formula.pond_volume",
    V=Var("V", "m3", 1), K=Var("K", "-", 2), V_w=Var("V_w", "m3", 1), V_s=Var("V_s", "m3", 1),
)  # fmt: skip
SAND_TRAP = Formula(
    Source(STANDARD, "sand trap", Provenance.RECALLED), "V_t", "eta*M_s*F*T/gamma_s", homogeneous=False,
    valid=("eta > 0", "eta <= 1", "gamma_s > 0", "T > 0"), title="water.formula.sand_trap",
    V_t=Var("V_t", "m3", 2), eta=Var(r"\eta", "-", 2), M_s=Var("M_s", "t/(hm2 a)", 2), F=Var("F", "hm2", 4),
    T=Var("T", "a", 2), gamma_s=Var(r"\gamma_s", "t/m3", 2),
)  # fmt: skip
