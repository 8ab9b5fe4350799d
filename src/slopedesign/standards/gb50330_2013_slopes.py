"""GB 50330-2013 chapter 14: slope ratios by analogy, in clause order."""

from __future__ import annotations

from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.tables import table
from slopedesign.standards.trace import Datum, Provenance, Source

FACE_ANGLE = Formula(
    Source("GB 50330-2013", "14.2", Provenance.DERIVED), "alpha", "degrees(atan(1/m))", valid=("m > 0",),
    title="compliance.formula.face_angle", alpha=Var(r"\alpha", "deg", 1), m=Var("m", "-"),
)  # fmt: skip
"""Angle of a slope of ratio 1:m."""


def ratio_source(soil: bool) -> Source:
    """Clause of the slope ratios of soil, or of rock."""
    return table("gb50330_2013_slopes", "soil_slope_ratio" if soil else "rock_slope_ratio").source


def soil_ratio(soil: str, state: str, height: float) -> tuple[Datum, Datum]:
    """Steepest and gentlest m of 1:m allowed for a soil slope (14.2.1).

    Args:
        soil: "gravelly_soil" (dense, medium_dense, slightly_dense) or "clayey_soil" (hard, stiff).
        height: of the slope [m].

    Raises:
        OutOfRange: no such row, or the slope is higher than the table: it must be calculated (14.2.3).
    """
    return table("gb50330_2013_slopes", "soil_slope_ratio").pick_range(soil, state, height, label="guide.slope_ratio")


def rock_ratio(rock_class: str, weathering: str, height: float) -> tuple[Datum, Datum]:
    """Steepest and gentlest m of 1:m allowed for a rock slope without weak planes dipping out (14.2.2).

    Args:
        rock_class: rock mass class "I" to "IV"; weathering: "slight" (none or slight), "moderate", "strong".
        height: of the slope [m].

    Raises:
        OutOfRange: no such row, or the slope is higher than the table: it must be calculated (14.2.3).
    """
    return table("gb50330_2013_slopes", "rock_slope_ratio").pick_range(
        rock_class, weathering, height, label="guide.slope_ratio"
    )
