"""SL 379-2007: limits for hydraulic retaining walls, by grade and load group."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Datum, Provenance, Source
from slopedesign.standards.wall_tables import pick

STANDARD = "SL 379-2007"
_FILE = "sl379_2007"

SLIDING = Formula(
    Source(STANDARD, "6.3.5-1", Provenance.RECALLED), "K_c", "f*sum_G/sum_H", valid=("sum_H > 0",),
    title="walls.formula.K_c", K_c=Var("K_c", "-", 3), f=Var("f", "-"), sum_G=Var(r"\Sigma G", "kN/m"),
    sum_H=Var(r"\Sigma H", "kN/m"),
)  # fmt: skip
OVERTURNING = Formula(
    Source(STANDARD, "6.4.1", Provenance.RECALLED), "K_0", "M_v/M_h", valid=("M_h > 0",),
    title="walls.formula.K_overturn", K_0=Var("K_0", "-", 3), M_v=Var(r"\Sigma M_V", "kN m/m"),
    M_h=Var(r"\Sigma M_H", "kN m/m"),
)  # fmt: skip
STRESS_RATIO = Formula(
    Source(STANDARD, "6.3.1", Provenance.RECALLED), "eta", "p_max/p_min", valid=("p_min > 0",),
    title="walls.formula.stress_ratio", eta=Var(r"\eta", "-"), p_max=Var("p_{max}", "kPa", 1),
    p_min=Var("p_{min}", "kPa", 1),
)  # fmt: skip


def limit(table: str, *keys: str) -> Datum:
    """A limit of the standard."""
    return pick(_FILE, table, *keys)
