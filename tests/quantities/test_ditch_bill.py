"""Ditches in the bill: trenches by the ground over them, worked by hand; every amount of a reach has its item."""

import math
from dataclasses import fields

import numpy as np
import pytest

from slopedesign.calc.water.ditch_quantities import ReachQuantities, quantities
from slopedesign.calc.water.section import Trapezoid
from slopedesign.project.water import DitchType
from slopedesign.quantities.works import REACH_ITEMS
from slopedesign.standards.trace import Traced, given

STONE = DitchType(name="stone", cushion=0.1, trench_slope=0.2)
"""Walls and floor of 0.3 m."""
SECTION = Trapezoid(bottom=0.6, z_left=0.0, z_right=0.0, height=1.0)
WIDE = 0.6 + 2 * 0.3
LENGTH = given(100.0, "m", "length")


def found(ground: list[tuple[float, float]] | None, kind: DitchType = STONE) -> ReachQuantities:
    line = None if ground is None else np.array(ground)
    return quantities(kind, SECTION, LENGTH, 0.0, "reach", line)


def trench(depth: float) -> float:
    return (WIDE + 0.2 * depth) * depth


def test_without_ground_the_trench_goes_down_from_the_top_of_the_walls() -> None:
    assert found(None).excavation.value == pytest.approx(trench(1.4) * 100.0)
    assert found([(0.0, 1.0), (100.0, 1.0)]).excavation.value == pytest.approx(trench(1.4) * 100.0)
    assert found([(0.0, 1.0), (100.0, 1.0)]).backfill.value == pytest.approx(found(None).backfill.value)


def test_walls_that_stand_over_a_bench_need_no_trench_there() -> None:
    """Bed 0.395 m below a bench: 0.4 m of floor and cushion under it; nothing is dug above the bench."""
    here = found([(0.0, 0.395), (100.0, 0.395)])
    deep = 0.395 + 0.4
    assert here.excavation.value == pytest.approx(trench(deep) * 100.0)
    assert here.backfill.value == pytest.approx((trench(deep) - WIDE * deep) * 100.0)
    assert here.lining.value == pytest.approx((WIDE * 1.3 - 0.6) * 100.0), "the walls are built all the same"


def test_a_bed_that_falls_under_a_level_bench_is_dug_by_simpsons_rule() -> None:
    """0.3 m deep at the head, 1.1 m at the foot: the area is a parabola of the depth, Simpson's rule is exact."""
    low, high = 0.3 + 0.4, 1.1 + 0.4
    volume = 100.0 / 6 * (trench(low) + 4 * trench((low + high) / 2) + trench(high))
    assert found([(0.0, 0.3), (100.0, 1.1)]).excavation.value == pytest.approx(volume, rel=1e-5)


def test_above_the_walls_the_waterway_stays_open() -> None:
    here = found([(0.0, 1.5), (100.0, 1.5)])
    assert here.excavation.value == pytest.approx(trench(1.9) * 100.0)
    assert here.backfill.value == pytest.approx((trench(1.9) - WIDE * 1.4 - 0.6 * 0.5) * 100.0)


def test_a_bed_in_the_air_is_not_dug_for() -> None:
    here = found([(0.0, -0.6), (100.0, -0.6)])
    assert here.excavation.value == here.backfill.value == 0.0


def test_a_ditch_leaning_outward_is_dug_as_wide_as_its_walls() -> None:
    kind = DitchType(name="lean", shape="trapezoid", side_slope=1.0, wall_top=0.2, wall_base=0.2, floor=0.2)
    section = Trapezoid(bottom=0.5, z_left=1.0, z_right=1.0, height=0.8)
    here = quantities(kind, section, LENGTH, 0.0, "reach", np.array([(0.0, 0.4), (100.0, 0.4)]))
    foot = 0.25 + 0.2 * math.sqrt(2.0) - 0.2  # the back of the wall, 0.2 m square to its face, at the underside
    top = foot + 0.6
    assert here.excavation.value == pytest.approx((foot + top) * 0.6 * 100.0, rel=1e-6)
    assert here.backfill.value == pytest.approx(0.0, abs=1e-6)


def test_every_amount_of_a_reach_has_an_item_of_its_unit() -> None:
    here = found(None)
    counted = {f.name for f in fields(here) if isinstance(getattr(here, f.name), Traced)}
    assert counted - {"length", "joint_count"} == REACH_ITEMS.keys()
    assert {name: getattr(here, name).unit for name in REACH_ITEMS} == {n: unit for n, (_, unit) in REACH_ITEMS.items()}
    assert here.weep_holes.value == 50.0, "one side, every 2 m"
