"""The guide's fixed section: safety by height, the heights it stands up to, its conflicts with the codes."""

import pytest

from slopedesign.calc.walls.bench_check import check_bench_wall, guide_conflicts, height_limits
from slopedesign.calc.walls.wall import WallResult
from slopedesign.errors import InputError
from slopedesign.project.slopes import BenchWall
from slopedesign.project.walls import BlockedSituation, Limits, Situations, WallBase, WallDesign
from slopedesign.standards.check import Verdict
from slopedesign.standards.trace import given

STRICT = Situations(blocked=BlockedSituation(limits=Limits(sliding=1.3, overturning=1.6)))
OUTER = BenchWall(batter="outer")


def design(mu: float, situations: Situations | None = None) -> WallDesign:
    return WallDesign(
        bench_base=WallBase(friction=mu, bearing=500), situations=Situations() if situations is None else situations
    )


def checked(height: float, wall: BenchWall = OUTER, mu: float = 0.6) -> WallResult:
    return check_bench_wall(
        design(mu), wall, height=given(height, "m", "h"), soil=given(height - 0.1, "m", "s"), material="hard_rock",
        field="slopes[0].wall",
    )  # fmt: skip


# Worked apart from the program: upright back, battered face, wall 22 kN/m3, soil 18 / 19.5 kN/m3, phi 25 deg,
# delta phi/3 drained and 0 wet, 2 kPa, soil 0.10 m below the top, mu 0.6, triangular uplift; printed to two decimals.
TABLE = [
    (0.6, 4.01, 14.0, 1.73, 2.61), (0.7, 3.44, 10.2, 1.44, 2.26), (0.8, 3.01, 7.8, 1.23, 1.97),
    (0.9, 2.69, 6.2, 1.07, 1.72), (1.1, 2.21, 4.2, 0.85, 1.33), (1.6, 1.55, 2.0, 0.57, 0.75),
]  # fmt: skip


@pytest.mark.parametrize(("height", "fs", "ft", "fs_wet", "ft_wet"), TABLE)
def test_safety_by_height(height: float, fs: float, ft: float, fs_wet: float, ft_wet: float) -> None:
    result = checked(height)
    for name, sliding, overturning in (("normal", fs, ft), ("blocked", fs_wet, ft_wet)):
        situation = result.situation(name)
        assert situation is not None
        found = situation.stability
        assert found.sliding is not None
        assert found.overturning is not None
        assert found.sliding.value == pytest.approx(sliding, abs=0.0051)
        assert found.overturning.value == pytest.approx(overturning, abs=0.051)


# first heights that fail at limits 1.3 / 1.6, found apart from the program in steps of a few centimetres
@pytest.mark.parametrize(
    ("mu", "drained", "blocked"), [(0.4, 1.28, 0.60), (0.5, 1.60, 0.66), (0.6, 1.82, 0.78), (0.7, None, 0.88)]
)
def test_heights_the_section_stands_up_to(mu: float, drained: float | None, blocked: float) -> None:
    limits = {
        limit.situation: limit.height for limit in height_limits(design(mu, STRICT), OUTER, "hard_rock", field="x")
    }
    if drained is not None:
        assert drained - 0.03 <= limits["normal"] <= drained
    assert blocked - 0.07 <= limits["blocked"] <= blocked


def test_height_limit_is_where_the_factor_meets_its_limit() -> None:
    limit = next(x for x in height_limits(design(0.6), OUTER, "hard_rock", field="x") if x.situation == "blocked")
    assert limit.first_failing is not None
    assert limit.first_failing.id == "wall.sliding"
    below, above = checked(limit.height - 0.005), checked(limit.height + 0.005)
    ids = ("wall.sliding", "wall.overturning")

    def verdicts(result: WallResult) -> set[Verdict]:
        situation = result.situation("blocked")
        assert situation is not None
        return {check.verdict for check in situation.checks if check.id in ids}

    assert verdicts(below) == {Verdict.PASS}
    assert Verdict.FAIL in verdicts(above)


def test_safety_falls_with_height_and_grows_with_friction() -> None:
    def sliding(height: float, mu: float) -> float:
        situation = checked(height, mu=mu).situation("normal")
        assert situation is not None
        assert situation.stability.sliding is not None
        return situation.stability.sliding.value

    falling = [sliding(h, 0.6) for h in (0.6, 0.8, 1.0, 1.4, 2.0)]
    assert falling == sorted(falling, reverse=True)
    assert sliding(1.0, 0.7) / sliding(1.0, 0.5) == pytest.approx(0.7 / 0.5)


def test_conflicts_of_the_concrete_detail_carry_their_numbers() -> None:
    wall = BenchWall(kind="c25_concrete")
    result = checked(1.1, wall)
    said = {remark.text.key: remark.text for remark in guide_conflicts(design(0.6), wall, result)}
    assert said["walls.guide.main_ratio"].values["area"] == "670"
    assert said["walls.guide.main_ratio"].values["ratio"] == "0.168"
    assert said["walls.guide.main_ratio"].values["least"] == "0.100"
    assert said["walls.guide.level_ratio"].values["area"] == "251"
    assert said["walls.guide.dowel"].values == {
        "depth": "0.40", "development": "0.635", "forty": "0.64", "bar": "16.1", "metre": "53.6",
    }  # fmt: skip
    assert "walls.guide.edge" in said
    assert "walls.guide.planting_soil" in said
    for text in said.values():
        assert "{" not in text.render("zh_CN")
        assert "{" not in text.render("en")


def test_stem_of_one_metre_of_soaked_soil() -> None:
    """1.0 m of saturated soil: 2.9 kN m/m before load factors, far below 78.1 kN m/m."""
    situation = checked(1.1, BenchWall(kind="c25_concrete")).situation("blocked")
    assert situation is not None
    section = situation.reinforced[0].section
    assert section.flexure.capacity.value == pytest.approx(78.14, abs=0.01)
    assert 2.3 < section.service.value < 2.9


def test_blocked_weep_holes_fail_the_standard_wall_above_its_limit() -> None:
    result = checked(1.1)
    assert not result.holds
    governing = result.governing
    assert governing is not None
    assert governing.situation == "walls.situation.blocked"
    assert checked(0.6).holds


def test_a_missing_bearing_value_is_not_judged() -> None:
    bare = WallDesign(bench_base=WallBase(friction=0.6))
    result = check_bench_wall(bare, OUTER, height=given(0.6, "m", "h"), soil=given(0.5, "m", "s"),
                              material="hard_rock", field="slopes[0].wall")  # fmt: skip
    verdicts = {check.verdict for check in result.checks if check.id in ("wall.pressure_mean", "wall.pressure_max")}
    assert verdicts == {Verdict.NOT_JUDGED}


def test_soil_above_the_wall_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        check_bench_wall(design(0.6), OUTER, height=given(0.6, "m", "h"), soil=given(0.7, "m", "s"),
                         material="hard_rock", field="slopes[0].wall")  # fmt: skip
    assert caught.value.field == "slopes[0].wall.height"


def test_a_base_much_wider_than_the_top_is_worked_or_refused() -> None:
    """A wall 0.6 m high, 0.5 m at its top: its face leans 2 to 1 with a base of 1.7 m, flatter with more."""
    wide = BenchWall(base_width=1.3)
    assert {limit.situation for limit in height_limits(design(0.6), wide, "hard_rock", field="x")} >= {"normal"}
    assert checked(0.6, BenchWall(base_width=1.7)).situation("normal") is not None
    with pytest.raises(InputError, match=r"slopes\[0\]\.wall\.base_width = 1\.75: .*1\.70 m wide"):
        checked(0.6, BenchWall(base_width=1.75))
