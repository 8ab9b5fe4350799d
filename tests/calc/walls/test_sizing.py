"""Sizing: nothing smaller on the grid stands, what each step buys, and what stops a wall that cannot be sized."""

import pytest

from slopedesign.calc.walls.situations import WallLoads
from slopedesign.calc.walls.sizing import size_wall
from slopedesign.calc.walls.wall import check_wall
from slopedesign.errors import NoSolution
from slopedesign.project.walls import (
    Backfill,
    BlockedSituation,
    Situations,
    SizingGrid,
    WallBase,
    WallDesign,
    WallShape,
)
from slopedesign.standards.check import Verdict
from slopedesign.standards.trace import given

GRID = SizingGrid(face_batters=(0.0, 0.2), back_batters=(0.0, 0.2), base_slopes=(0.0, 0.1), toe_steps=(0.0,))
DESIGN = WallDesign(sizing=GRID, situations=Situations(blocked=BlockedSituation(water_share=0.4)))
BASE = WallBase(name="gravel", kind="soil", friction=0.5, bearing=250, friction_angle_deg=32, cohesion=0)
FILL = Backfill(
    planting_soil=False, friction_angle_deg=33, unit_weight=19, saturated_unit_weight=20.5, wall_friction=0.5
)


def loads(base: WallBase = BASE) -> WallLoads:
    return WallLoads(
        backfill=FILL, backfill_field="walls.backfills[0]", base=base, base_field="walls.bases[0]",
        surcharge=given(5, "kN/m2", "walls.surcharge"), use="dump", field="walls.toe_walls[0]",
    )  # fmt: skip


def test_the_section_found_stands_and_one_step_less_does_not() -> None:
    found = size_wall(DESIGN, WallShape(height=2.5, embedment=0.5), loads())
    assert found.result.holds
    thinner = found.shape.model_copy(update={"top_width": round(found.shape.top_width - 0.05, 6)})
    assert not check_wall(DESIGN, thinner, loads()).holds
    assert found.governing is not None
    assert found.governing.verdict is Verdict.FAIL  # what the thinner one misses
    areas = [step.area for step in found.increments]
    assert areas == sorted(areas)
    assert [step.holds for step in found.increments] == sorted(step.holds for step in found.increments)
    ratios = [step.ratio for step in found.increments]
    assert ratios[-1] < ratios[0]


def test_no_coarser_choice_of_the_grid_is_smaller() -> None:
    """Every section of a small grid is checked one by one."""
    start = WallShape(height=2.0, embedment=0.5)
    found = size_wall(DESIGN, start, loads())
    least = float("inf")
    for face in GRID.face_batters:
        for back in GRID.back_batters:
            for slope in GRID.base_slopes:
                for i in range(8, 40):
                    shape = start.model_copy(update={"face_batter": face, "back_batter": back, "base_slope": slope,
                                                     "top_width": round(0.05 * i, 6)})  # fmt: skip
                    result = check_wall(DESIGN, shape, loads())
                    if result.holds:
                        least = min(least, result.body.area)
                        break
    assert found.result.body.area == pytest.approx(least)


def test_a_cantilever_gets_heel_thickness_and_bars() -> None:
    start = WallShape(kind="cantilever", material="C25", height=3.5, embedment=0.5, slab=0.3, heel=1.0)
    found = size_wall(DESIGN, start, loads())
    assert found.result.holds
    shorter = found.shape.model_copy(update={"heel": round(found.shape.heel - 0.05, 6)})
    assert not check_wall(DESIGN, shorter, loads()).holds
    for place in ("stem", "toe", "heel"):
        assert getattr(found.shape, f"{place}_bars") is not None


def test_what_cannot_be_sized_says_what_stops_it() -> None:
    soft = BASE.model_copy(update={"bearing": 8.0})
    with pytest.raises(NoSolution) as caught:
        size_wall(DESIGN, WallShape(height=2.5, embedment=0.5), loads(soft))
    said = caught.value.describe("zh_CN")
    assert "基底" in said
    assert "2.50" in said
    assert "walls." not in said
