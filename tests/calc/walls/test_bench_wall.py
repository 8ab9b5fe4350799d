"""The guide's wall on a bench edge: worked anchors of the guide's numbers, amounts against hand counts."""

import math

import pytest

from slopedesign.calc.walls.bars import mass_by_diameter
from slopedesign.calc.walls.bench_wall import BenchWallResult, design_bench_wall
from slopedesign.calc.walls.layout import polygon_area
from slopedesign.errors import InputError
from slopedesign.project.slopes import BenchWall
from slopedesign.standards.check import Verdict
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import given


def wall(cover: float = 0.5, length: float = 30.0, bench: float = 2.0, **stated: object) -> BenchWallResult:
    return design_bench_wall(
        BenchWall(**stated),  # type: ignore[arg-type]
        given(cover, "m", "slopes[0].cover.thickness"),
        given(length, "m", "length"),
        given(bench, "m", "bench"),
        "hard_rock",
        "slopes[0].wall",
    )


@pytest.mark.parametrize(("cover", "height"), [(0.50, 0.60), (0.70, 0.80), (0.30, 0.60), (1.0, 1.10)])
def test_height_follows_the_cover(cover: float, height: float) -> None:
    assert wall(cover).height.value == pytest.approx(height)


def test_volume_per_metre_of_the_lowest_wall() -> None:
    assert wall().per_metre.masonry.value == pytest.approx(0.36)
    assert wall(kind="c25_concrete").per_metre.concrete.value == pytest.approx(0.24)


@pytest.mark.parametrize(
    ("kind", "bench", "left"),
    [("masonry", 2.0, 0.8), ("c25_concrete", 2.0, 1.1), ("masonry", 3.0, 1.8), ("c25_concrete", 3.0, 2.1)],
)
def test_planting_width(kind: str, bench: float, left: float) -> None:
    assert wall(bench=bench, kind=kind).planting_width.value == pytest.approx(left)


def test_bars_per_metre_as_worked_by_hand() -> None:
    """H = 1.10 m, one layer: d16 bars of 1.45 m at 3.33 per metre, six rows of d8."""
    found = wall(1.0, kind="c25_concrete")
    upright, level = found.bars
    assert upright.length.value == pytest.approx(1.45)
    assert upright.mass_per_metre.inputs["n_m"].value == pytest.approx(3.33, abs=0.005)
    assert upright.mass_per_metre.inputs["w"].value == pytest.approx(1.58, abs=0.005)
    assert level.mass_per_metre.inputs["w"].value == pytest.approx(0.395, abs=0.0005)
    assert upright.mass_per_metre.value == pytest.approx(7.63, abs=0.01)
    assert level.mass_per_metre.value == pytest.approx(2.37, abs=0.005)


def test_total_steel_counted_bar_by_bar() -> None:
    found = wall(0.5, length=31.0, kind="c25_concrete", joint_spacing=15.0, bar_faces=2)
    segments = 3
    run = 31.0 / segments
    upright = segments * 2 * (math.ceil((run - 0.1) / 0.3) + 1)
    rows = 2 * (math.ceil((0.6 - 0.1) / 0.2) + 1)
    lap = max(1.2 * 0.14 * 360 / 1.27 * 8 / 1000, 0.3)
    level_length = run - 0.1 + lap  # one lap: longer than one 9 m bar, shorter than two
    assert [bar.count.value for bar in found.bars] == [upright, segments * rows]
    assert found.bars[1].laps == 1
    assert found.bars[1].length.value == pytest.approx(level_length)
    by_hand = upright * 0.95 * 0.00617 * 256 + segments * rows * level_length * 0.00617 * 64
    assert found.total.steel.value == pytest.approx(by_hand)
    assert sum(m.value for m in mass_by_diameter(found.bars).values()) == pytest.approx(by_hand)
    assert found.total.drill_holes.value == upright
    assert found.total.drilled.value == pytest.approx(upright * 0.4)
    assert found.total.joints.value == segments - 1


def test_formwork_and_drainage_of_30_m() -> None:
    found = wall(kind="c25_concrete").total
    assert found.formwork.value == pytest.approx(2 * 0.6 * 30 + (1 + 2) * 0.4 * 0.6)
    assert found.weep_holes.value == 12
    assert found.weep_pipe.value == pytest.approx(12 * 0.4)
    assert found.filter.value == pytest.approx(0.3 * 0.3 * 30)
    assert found.joint_area.value == pytest.approx(0.24)


@pytest.mark.parametrize("batter", ["inner", "outer"])
@pytest.mark.parametrize("embedment", [0.0, 0.3])
def test_outline_has_the_area_that_is_counted(batter: str, embedment: float) -> None:
    found = wall(0.7, batter=batter, embedment=embedment)
    assert polygon_area(found.layout.wall) == pytest.approx(found.area.value)
    assert found.total.masonry.value == pytest.approx(found.area.value * 30)
    assert found.total.excavation.value == pytest.approx(0.7 * embedment * 30)


def test_bars_lie_inside_the_concrete_or_the_holes() -> None:
    found = wall(1.0, kind="c25_concrete", bar_faces=2)
    for bar in found.layout.bars:
        for x, z in bar.points:
            assert 0.05 - 1e-9 <= x <= 0.35 + 1e-9
            assert -0.4 - 1e-9 <= z <= 1.05 + 1e-9


def test_a_bench_too_narrow_fails_and_a_low_wall_fails() -> None:
    verdicts = {check.id: check.verdict for check in wall(bench=1.1, height=0.4).checks}
    assert verdicts == {"wall.bench.height": Verdict.FAIL, "wall.bench.planting_width": Verdict.FAIL}
    assert {check.verdict for check in wall().checks} == {Verdict.PASS}


def test_every_amount_can_be_followed_to_the_stated_fields() -> None:
    found = wall(kind="c25_concrete")
    for _, amount in found.total.listed():
        assert amount.inputs
    assert isinstance(found.total.concrete, Step)
    assert "slopes[0].wall.thickness" in repr(found.total.concrete)


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"kind": "none"}, "slopes[0].wall.kind"),
        ({"top_width": 0.8}, "slopes[0].wall.top_width"),
        ({"end_setback": 15.0}, "slopes[0].wall.end_setback"),
        ({"weep_hole_level": 0.5}, "slopes[0].wall.weep_hole_level"),
        ({"kind": "c25_concrete", "vertical_spacing_mm": 16}, "slopes[0].wall.vertical_spacing_mm"),
        ({"kind": "c25_concrete", "horizontal_spacing_mm": 7}, "slopes[0].wall.horizontal_spacing_mm"),
        ({"kind": "c25_concrete", "bar_cover": 0.2}, "slopes[0].wall.bar_cover"),
        ({"kind": "c25_concrete", "hole_diameter": 0.016}, "slopes[0].wall.hole_diameter"),
    ],
)
def test_unusable_input_is_refused_by_field(stated: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as caught:
        wall(**stated)
    assert caught.value.field == field
    assert "walls." not in caught.value.describe("zh_CN")
