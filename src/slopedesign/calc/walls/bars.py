"""Bar schedule: every bar with mark, diameter, shape, legs, count, length and mass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from slopedesign.standards.trace import Total, Traced, total

Shape = Literal["straight", "l_bar", "u_bar", "stirrup"]


@dataclass(frozen=True, kw_only=True)
class BarMark:
    """One line of the bar schedule.

    Attributes:
        mark: number on the drawing.
        use: phrase key saying where the bar lies ("walls.bar.upright").
        diameter_mm: nominal diameter.
        grade: "HRB400", "HPB300", ...
        shape, legs: bending shape and its straight legs in order [m].
        bends_deg: angle turned between neighbouring legs.
        spacing: distance between neighbouring bars [m].
        count: number of bars.
        length: length of one bar, laps included [m].
        laps: laps in one bar, with the length of each.
        mass: all bars of the mark [kg].
        mass_per_metre: mass per metre of wall [kg], end bars not counted.
    """

    mark: int
    use: str
    diameter_mm: float
    grade: str
    shape: Shape
    legs: tuple[float, ...]
    bends_deg: tuple[float, ...] = ()
    spacing: Traced
    count: Traced
    length: Traced
    laps: int = 0
    lap_length: Traced | None = None
    mass: Traced
    mass_per_metre: Traced


def mass_by_diameter(marks: Iterable[BarMark], *, per_metre: bool = False) -> dict[float, Total]:
    """Mass of steel in kg by diameter in mm, thinnest first."""
    groups: dict[float, dict[str, Traced]] = defaultdict(dict)
    for mark in marks:
        groups[mark.diameter_mm][f"m_{mark.mark}"] = mark.mass_per_metre if per_metre else mark.mass
    return {d: total(groups[d], "kg", "walls.quantity.steel") for d in sorted(groups)}
