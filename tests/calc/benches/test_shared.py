"""Slopes that meet: together they cut what lies over the lower of both designs, each part once."""

from __future__ import annotations

import pytest

from slopedesign.calc.benches.cut import cut_slope
from slopedesign.calc.benches.result import BenchCut
from slopedesign.calc.benches.shared import LEAST_SHARED, given_away
from slopedesign.calc.terrain import Tin, overlay
from slopedesign.calc.terrain.formed import formed_surface
from slopedesign.project.slopes import BaseLine, BenchDesign

from .bench_helpers import LIMITS, design, line, plane

GENTLE = design(riser_height=8, face_angle=50, berm_width=4)


def west_wall(level: float = 100.0) -> BaseLine:
    return line([(0, -150), (0, 0)], level, uphill="left")


def north_wall(level: float = 100.0) -> BaseLine:
    return line([(0, 0), (150, 0)], level, uphill="left")


def alone_and_parted(
    ground: Tin, *slopes: tuple[BaseLine, BenchDesign]
) -> tuple[tuple[BenchCut, ...], tuple[BenchCut, ...]]:
    def cut(i: int, **more: object) -> BenchCut:
        return cut_slope(ground, slopes[i][0], slopes[i][1], limits=LIMITS, path=f"slopes[{i}]", **more)  # type: ignore[arg-type]

    alone = tuple(cut(i) for i in range(len(slopes)))
    parted = []
    for i, one in enumerate(alone):
        apart = given_away(one, alone[:i], alone[i + 1 :])
        parted.append(one if apart.is_empty else cut(i, apart=apart, reach=one.layout.reach))
    return alone, tuple(parted)


def test_two_walls_of_a_corner_are_the_corner() -> None:
    """Round one corner both designs agree, so the single line around it is the exact answer."""
    ground = plane(130.0, 0.05)
    alone, parted = alone_and_parted(ground, (west_wall(), design()), (north_wall(), design()))
    around = line([(0, -150), (0, 0), (150, 0)], 100.0, uphill="left")
    whole = cut_slope(ground, around, design(), limits=LIMITS)
    assert sum(c.cut.value for c in alone) > 1.1 * whole.cut.value
    assert sum(c.cut.value for c in parted) == pytest.approx(whole.cut.value, rel=1e-7)
    # areas differ by what the chords of the arcs leave at the daylight line, where the cut has no depth
    assert sum(c.area.value for c in parted) == pytest.approx(whole.area.value, rel=1e-4)
    assert sum(c.face_area.value for c in parted) == pytest.approx(whole.face_area.value, rel=1e-4)
    for number, bench in enumerate(whole.benches):
        assert sum(c.benches[number].area.value for c in parted) == pytest.approx(bench.area.value, rel=1e-5)


@pytest.mark.parametrize(
    "slopes",
    [
        ((west_wall(), design()), (north_wall(103.0), GENTLE)),
        ((north_wall(103.0), GENTLE), (west_wall(), design())),
        ((line([(0, 150), (0, 0)], 100.0, uphill="left"), design()), (line([(-5, 3), (150, 0)], 103.0), GENTLE)),
        ((west_wall(), design()), (north_wall(), GENTLE), (line([(-40, -60), (40, 20)], 112.0, uphill="left"), GENTLE)),
    ],
    ids=["corner", "other order", "nose", "three"],
)
def test_together_they_cut_down_to_the_lowest_design(slopes: tuple[tuple[BaseLine, BenchDesign], ...]) -> None:
    ground = plane(130.0, 0.05)
    alone, parted = alone_and_parted(ground, *slopes)
    formed = formed_surface(ground, [(c.outline, c.layout.tin) for c in alone])
    assert sum(c.cut.value for c in parted) == pytest.approx(overlay(ground, formed).total.cut.value, rel=1e-4)
    for i, one in enumerate(parted):
        assert one.second is not None
        assert one.second.agrees
        for other in parted[i + 1 :]:
            assert one.outline.intersection(other.outline).area < LEAST_SHARED  # chords along a daylight line
    for before, after in zip(alone, parted, strict=True):
        assert after.proposals == before.proposals  # a slope keeps its profile when another takes its corner
        # the seam is no scarp: it would add its whole length; the rim is read each metre, at other places than before
        assert after.join.scarp_length.value <= before.join.scarp_length.value + 6


def test_slopes_apart_give_nothing_away() -> None:
    ground = plane(130.0, 0.0)
    far = line([(200, -150), (200, 0)], 100.0, uphill="right")
    alone, parted = alone_and_parted(ground, (west_wall(), design()), (far, design()))
    assert all(a is b for a, b in zip(alone, parted, strict=True))


def test_fixed_levels_give_way_too() -> None:
    ground = plane(100.0, 0.5)
    levels = BenchDesign(
        mode="fixed_levels", levels=(110.0, 120.0), berm_width=4, wide_berm_width=4, face_angle=60, inward_fall_deg=0
    )
    across = line([(-100, 0), (100, 0)], uphill="left")
    deep = line([(40, 10), (120, 10)], 96.0, uphill="left")
    alone, parted = alone_and_parted(ground, (across, levels), (deep, design()))
    formed = formed_surface(ground, [(c.outline, c.layout.tin) for c in alone])
    assert parted[0].cut.value < alone[0].cut.value
    assert sum(c.cut.value for c in parted) == pytest.approx(overlay(ground, formed).total.cut.value, rel=2e-4)
