"""The limits a standard puts on benches of one material, as the generator needs them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from slopedesign.project.ground import MaterialClass
from slopedesign.standards.trace import Traced


@dataclass(frozen=True, kw_only=True)
class BenchLimits:
    """What the benches of one material must keep.

    Attributes:
        material: the material these limits speak of.
        max_riser: greatest height between benches [m].
        angles: (greatest height of the class [m], steepest face angle [deg]), heights ascending; a height equal to
            the class limit belongs to that class. Above the last class no angle is allowed.
        min_width, min_wide_width: smallest width of an ordinary and of the wide berm [m].
        wide_above: more risers than this ask for a wide berm.
        usual_riser: riser height proposed where the designer states none; None takes the greatest.
        usual_count: number of risers normally not exceeded; None where no clause limits it.
        must_grade: an existing slope both steeper [deg] and higher [m] than this must be cut in grades.
        straight_to: slopes no higher than this may be cut straight, without benches [m].
    """

    material: MaterialClass
    max_riser: Traced
    angles: tuple[tuple[Traced, Traced], ...]
    min_width: Traced
    min_wide_width: Traced
    wide_above: Traced
    usual_riser: Traced | None = None
    usual_count: Traced | None = None
    must_grade: tuple[Traced, Traced] | None = None
    straight_to: Traced | None = None

    def max_angle(self, height: float) -> Traced | None:
        """Steepest face of this height [deg]; None above the highest class."""
        return next((angle for top, angle in self.angles if height <= float(top) * (1 + 1e-12)), None)


SOFTEST_FIRST: tuple[MaterialClass, ...] = ("soil", "soft_rock", "hard_rock")


def softest(materials: Iterable[MaterialClass]) -> MaterialClass:
    """The softest of the materials a slope is cut in: the one the slope as a whole is judged as."""
    return min(materials, key=SOFTEST_FIRST.index)


def wide_berms(risers: int, above: float = 3) -> tuple[int, ...]:
    """Which berms are wide, counted from the toe (berm i lies on riser i).

    More risers than `above` ask for wide berms so that no run of risers without one exceeds `above`; one wide berm
    lies at ceil((risers - 1)/2), as the guide's clause 7.2.2.2(4)(5)b is read, several divide the slope evenly.
    """
    run = max(1, math.floor(above))
    if risers <= run:
        return ()
    parts = math.ceil(risers / run)
    return tuple(i * risers // parts for i in range(1, parts))
