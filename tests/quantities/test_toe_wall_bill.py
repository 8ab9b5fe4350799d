"""Toe walls in the bill: bodies, faces and trenches worked by hand from their sections."""

import math
from dataclasses import fields

import pytest

from slopedesign.calc.walls.bench_wall import WallQuantities
from slopedesign.calc.walls.body import wall_body
from slopedesign.calc.walls.project_walls import design_walls
from slopedesign.calc.walls.quantities import stretch_amounts
from slopedesign.project.walls import Backfill, ToeWall, WallBase, WallDesign, WallShape
from slopedesign.quantities.items import WALL_ITEMS
from slopedesign.quantities.works import toe_wall_items
from slopedesign.standards.trace import given

GABION = WallShape(kind="gabion", material="gabion", height=2.0, top_width=1.0, back_batter=0.25, embedment=0.4)
CANTILEVER = WallShape(kind="cantilever", material="C25", height=3.5, top_width=0.3, slab=0.4, toe=0.6, heel=2.0,
                       embedment=0.5)  # fmt: skip
STEPPED = WallShape(height=2.0, top_width=0.6, face_batter=0.25, toe_step_width=0.2, toe_step_height=0.3,
                    embedment=0.5)  # fmt: skip


def test_whatever_a_wall_takes_has_an_item() -> None:
    """Steel is counted bar by bar."""
    assert {f.name for f in fields(WallQuantities)} - {"steel"} <= WALL_ITEMS.keys()


def test_a_gabion_wall_is_counted_with_its_body_and_the_trench_closes() -> None:
    record = WallDesign(
        backfills=(Backfill(name="fill", unit_weight=19.0, friction_angle_deg=32.0),),
        bases=(WallBase(name="base", kind="soil", friction=0.45, bearing=250.0),),
        toe_walls=(ToeWall(name="g", length=25.0, shape=GABION, backfill="fill", base="base", working_space=0.3,
                           trench_slope=0.33),),
    )  # fmt: skip
    items = {item.id: item.amount.value for item in toe_wall_items(design_walls(record, ()))}
    width = 1.0 + 0.25 * 2.0
    trench = (width + 2 * 0.3 + 0.33 * 0.4) * 0.4 * 25.0
    buried = (width + width - 0.25 * 0.4) / 2 * 0.4 * 25.0
    assert items["toe_wall.gabion.gabion"] == pytest.approx((1.0 + width) / 2 * 2.0 * 25.0)
    assert items["toe_wall.gabion.excavation"] == pytest.approx(trench)
    assert items["toe_wall.gabion.trench_refill"] == pytest.approx(trench - buried)


def amounts(shape: WallShape, length: float) -> WallQuantities:
    wall = ToeWall(name="w", length=length, shape=shape)
    return stretch_amounts(wall, wall_body(shape, "soil"), given(length, "m", "length"), "walls.toe_walls[0]").total


def test_forms_stand_at_faces_not_on_the_tops_of_slabs() -> None:
    """Contact area of a cantilever wall of 30 m in two pieces: four upright faces, and three ends of two pieces."""
    section = 0.3 * 3.1 + 2.9 * 0.4
    found = amounts(CANTILEVER, 30.0).formwork
    assert found is not None
    assert found.value == pytest.approx((0.4 + 3.1 + 0.4 + 3.1) * 30.0 + 3 * section)


def test_a_face_is_pointed_where_it_shows() -> None:
    """Above the ground 0.5 m over the base: the leaning face from 0.5 m to 2.0 m."""
    found = amounts(STEPPED, 10.0).pointing
    assert found is not None
    assert found.value == pytest.approx(1.5 * math.hypot(1.0, 0.25) * 10.0)
