"""GB 50014-2021, outdoor drainage: the storm intensity formula of a city and the storm profile built on it."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

STANDARD = "GB 50014-2021"

CITY_INTENSITY = Formula(
    Source(STANDARD, "4.1.8", Provenance.RECALLED), "q_c", "167*A_1*(1 + C*log10(P))/(t + b)**n", homogeneous=False,
    valid=("A_1 > 0", "P >= 1", "t > 0", "b >= 0", "n > 0"), title="water.formula.city_intensity",
    q_c=Var("q", "L/(s hm2)", 2), A_1=Var("A_1", "mm/min", 3), C=Var("C", "-", 3), P=Var("P", "a", 0),
    t=Var("t", "min", 2), b=Var("b", "min", 3), n=Var("n", "-", 4),
)  # fmt: skip
INTENSITY_UNITS = Formula(
    Source("units", "1 mm/min = 166.67 L/(s hm2)", Provenance.DERIVED), "q", "q_c*6/1000", homogeneous=False,
    title="water.formula.intensity_units", q=Var("q", "mm/min", 3), q_c=Var("q", "L/(s hm2)", 2),
)  # fmt: skip
