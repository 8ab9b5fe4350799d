"""All walls of a project: bench runs, toe walls by stretch, amounts against geometry, the sheet in two languages."""

import math

import pytest

from slopedesign.calc.walls.layout import polygon_area
from slopedesign.calc.walls.project_walls import BenchRun, WallsResult, design_walls, height_class
from slopedesign.calc.walls.sheet import calculation_sheet, plain_lines
from slopedesign.errors import InputError
from slopedesign.project.slopes import BenchWall
from slopedesign.project.walls import (
    Backfill,
    BarSet,
    BlockedSituation,
    EarthquakeSituation,
    HeightClass,
    Situations,
    SizingGrid,
    ToeWall,
    WallBase,
    WallDesign,
    WallShape,
)
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import given

CANTILEVER = WallShape(
    kind="cantilever", material="C25", height=3.5, top_width=0.3, slab=0.4, toe=0.6, heel=2.0, embedment=0.5,
    stem_bars=BarSet(diameter_mm=16, spacing_mm=150, cover_mm=45), toe_bars=BarSet(), heel_bars=BarSet(diameter_mm=16),
)  # fmt: skip


def bench(i: int, kind: str = "masonry", soil: float = 0.5) -> BenchRun:
    return BenchRun(
        subject=f"slopes[0].benches[{i}]", field="slopes[0].wall", wall=BenchWall(kind=kind),  # type: ignore[arg-type]
        height=given(soil + 0.1, "m", "h"), soil=given(soil, "m", "s"), length=given(80, "m", "l"),
        material="hard_rock", from_chainage=0.0, to_chainage=80.0, width_behind=0.8, riser_deg=65, below_deg=60,
    )  # fmt: skip


@pytest.fixture(scope="module")
def walls() -> WallsResult:
    design = WallDesign(
        situations=Situations(
            blocked=BlockedSituation(water_share=0.5), earthquake=EarthquakeSituation(acceleration=0.1)
        ),
        bases=(WallBase(name="gravel", kind="soil", friction=0.5, bearing=250, friction_angle_deg=32, cohesion=0),),
        backfills=(Backfill(name="spoil", planting_soil=False, friction_angle_deg=33, wall_friction=0.5),),
        sizing=SizingGrid(face_batters=(0.0, 0.2), back_batters=(0.0, -0.2), base_slopes=(0.0, 0.1), toe_steps=(0.0,)),
        toe_walls=(
            ToeWall(
                name="toe", length=60, shape=WallShape(height=2.0, embedment=0.5), size=True, backfill="spoil",
                base="gravel", slope_deg=20,
                heights=(
                    HeightClass(from_station=0, to_station=35, height=2.0),
                    HeightClass(from_station=35, to_station=60, height=2.5),
                ),
            ),
            ToeWall(name="dump", use="dump", length=40, shape=CANTILEVER, backfill="spoil", base="gravel", slope_deg=15,
                    raised_ground=((0.0, 0.0), (5.0, 2.0), (9.0, 2.0))),
        ),
    )  # fmt: skip
    return design_walls(design, [bench(0), bench(1), bench(2, soil=0.7), bench(3, "c25_concrete"), bench(4, "none")])


def test_every_bench_with_a_wall_is_judged_on_its_own_path(walls: WallsResult) -> None:
    assert [b.run.subject for b in walls.benches] == [f"slopes[0].benches[{i}]" for i in range(4)]
    for b in walls.benches:
        assert {check.subject for check in b.result.checks} == {b.run.subject}
        assert b.conflicts
    assert [b.height_class for b in walls.benches] == [0.6, 0.6, 0.8, 0.6]
    assert len(walls.limits) == 2
    assert len(walls.checks) == sum(len(b.result.checks) for b in walls.benches) + sum(
        len(s.result.checks) for t in walls.toe_walls for s in t.stretches
    )


def test_toe_walls_are_sized_stretch_by_stretch(walls: WallsResult) -> None:
    low, high = walls.toe_walls[0].stretches
    assert low.sizing is not None
    assert high.sizing is not None
    assert low.result.holds
    assert high.result.holds
    assert high.result.body.area > low.result.body.area
    assert (low.length.value, high.length.value) == (35, 25)
    assert low.amounts.total.masonry.value == pytest.approx(low.result.body.area * 35)
    assert low.amounts.per_metre.masonry.value == pytest.approx(low.result.body.area)


def test_outlines_close_on_the_counted_areas(walls: WallsResult) -> None:
    for toe in walls.toe_walls:
        for stretch in toe.stretches:
            layout = stretch.amounts.layout
            assert polygon_area(layout.wall) == pytest.approx(stretch.result.area.value)
            body = stretch.amounts.total.masonry or stretch.amounts.total.concrete
            assert body.value == pytest.approx(polygon_area(layout.wall) * stretch.length.value)
            assert len(layout.weep_holes) == stretch.amounts.total.weep_holes.value
            assert all(0 < s < stretch.length.value for s, _ in layout.weep_holes)
            assert len(layout.joints) == stretch.amounts.total.joints.value
            assert abs(polygon_area(layout.soil)) > 0


def test_steel_bar_by_bar_is_the_schedule_s_total(walls: WallsResult) -> None:
    stretch = walls.toe_walls[1].stretches[0]
    by_bar = sum(bar.count.value * bar.length.value * 0.00617 * bar.diameter_mm**2 for bar in stretch.amounts.bars)
    assert stretch.amounts.total.steel.value == pytest.approx(by_bar)
    assert {bar.use for bar in stretch.amounts.bars} == {
        "walls.bar.stem", "walls.bar.toe", "walls.bar.heel", "walls.bar.distribution",
    }  # fmt: skip
    stem = stretch.amounts.bars[0]
    assert sum(stem.legs) == pytest.approx(stem.length.value)
    assert len(stem.legs) == 2
    assert stem.bends_deg == (90.0,)


def test_bars_of_the_cantilever_lie_in_its_concrete(walls: WallsResult) -> None:
    body, layout = walls.toe_walls[1].stretches[0].result.body, walls.toe_walls[1].stretches[0].amounts.layout
    for bar in layout.bars:
        for x, z in bar.points:
            front, rear = body.width_at(min(z + 0.5, body.shape.height - 1e-6))
            assert front - 1e-9 <= x <= rear + 1e-9


def test_stem_bars_are_anchored_in_the_base(walls: WallsResult) -> None:
    result = walls.toe_walls[1].stretches[0].result
    check = next(check for check in result.checks if check.id == "wall.stem_anchorage")
    stem = walls.toe_walls[1].stretches[0].amounts.bars[0]
    points = walls.toe_walls[1].stretches[0].amounts.layout.bars[0].points
    assert check.capacity == pytest.approx(stem.length.value - math.dist(points[2], points[3]))
    assert check.demand == pytest.approx(0.14 * 360 / 1.27 * 16 / 1000)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_sheet_reads_in_both_languages(walls: WallsResult, language: str) -> None:
    results = [b.result for b in walls.benches] + [s.result for t in walls.toe_walls for s in t.stretches]
    for result in results:
        lines = plain_lines(calculation_sheet(result), language)
        assert len(lines) > 80
        for line in lines:
            assert "walls." not in line.replace("walls.toe_walls", "").replace("walls.base", "").replace(
                "walls.bench_base", ""
            ).replace("walls.unit_weights", ""), line
            assert "{" not in line


def test_the_sheet_follows_every_factor_to_its_inputs(walls: WallsResult) -> None:
    lines = calculation_sheet(walls.benches[0].result)
    steps = [line.number for line in lines if isinstance(line.number, Step)]
    titles = {step.formula.title for step in steps}
    assert {"walls.formula.K_a", "walls.formula.F_s", "walls.formula.F_t", "walls.formula.p_k"} <= titles
    sliding = next(step for step in steps if step.formula.title == "walls.formula.F_s")
    assert "slopes[0].wall" in repr(sliding) or "walls.bench" in repr(sliding)
    checks = [line.check for line in lines if line.check is not None]
    assert {check.id for check in checks} >= {"wall.sliding", "wall.overturning", "wall.eccentricity"}


def test_height_classes_round_up() -> None:
    assert height_class(0.6, 0.2) == 0.6
    assert height_class(0.61, 0.2) == 0.8
    assert height_class(1.0, 0.25) == 1.0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"base": ""}, "walls.toe_walls[0].base"),
        ({"ground": ((0.5, 0.0), (1.0, 0.0))}, "walls.toe_walls[0].ground"),
        ({"ground": ((0.0, 0.0), (0.0, 1.0))}, "walls.toe_walls[0].ground"),
        ({"heights": (HeightClass(from_station=0, to_station=70, height=2),)}, "walls.toe_walls[0].heights"),
        ({"slope_deg": 40.0}, "walls.toe_walls[0].friction_angle_deg"),
    ],
)
def test_bad_toe_walls_are_refused(change: dict[str, object], field: str) -> None:
    stated: dict[str, object] = {"name": "t", "length": 60, "shape": WallShape(height=2.0, top_width=1.0), "base": "g"}
    with pytest.raises(InputError) as caught:
        design_walls(
            WallDesign(bases=(WallBase(name="g", kind="soil"),), toe_walls=(ToeWall(**(stated | change)),)),
            [],  # type: ignore[arg-type]
        )
    assert caught.value.field == field


def test_a_toe_wall_that_cannot_be_sized_says_so_and_is_still_checked() -> None:
    soft = WallBase(name="mud", kind="soil", friction=0.25, bearing=8)
    toe = ToeWall(name="t", length=20, shape=WallShape(height=2.0, top_width=1.0), base="mud", size=True)
    grid = SizingGrid(face_batters=(0.0,), back_batters=(0.0,), base_slopes=(0.0,), toe_steps=(0.0,))
    found = design_walls(WallDesign(bases=(soft,), toe_walls=(toe,), sizing=grid), [])
    stretch = found.toe_walls[0].stretches[0]
    assert stretch.unsized is not None
    assert not stretch.result.holds
    assert any(r.text.key == "error.no_solution" for r in found.remarks)
    assert math.isclose(stretch.amounts.total.masonry.value, 40.0)
