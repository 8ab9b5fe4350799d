"""JTG/T D33-2012, highway drainage: permissible velocities and the rule for the depth of flow.

Its flow chain equals annex A.4 of GB 51018-2014 (see `gb51018_2014`); the tables are in `data/water`.
"""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import Provenance, Source

STANDARD = "JTG/T D33-2012"

PERMISSIBLE_VELOCITY = Formula(
    Source(STANDARD, "permissible velocity", Provenance.RECALLED), "v_max", "k_h*v_0", valid=("k_h > 0", "v_0 > 0"),
    title="water.formula.permissible_velocity",
    v_max=Var("v_{max}", "m/s", 2), k_h=Var("k_h", "-", 2), v_0=Var("v_0", "m/s", 2),
)  # fmt: skip
REQUIRED_DEPTH = Formula(
    Source("GB 50330-2013", "16.2", Provenance.READ, "jianbiaoku excerpt, attribution by chapter number"), "H_r",
    "h + dh + a", title="water.formula.required_depth",
    H_r=Var("H_r", "m", 3), h=Var("h", "m", 3), dh=Var(r"\Delta h", "m", 3), a=Var("a", "m", 2),
)  # fmt: skip
