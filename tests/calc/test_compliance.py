"""Every rule the program claims to judge is judged: an example that meets it, and one that does not."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from slopedesign.calc import compliance as c
from slopedesign.i18n import LANGUAGES, catalogue
from slopedesign.project.project import Project
from slopedesign.project.slopes import BenchWall
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Strength, Verdict
from slopedesign.standards.judging import Answer, asked_for
from slopedesign.standards.rules import guide_rules
from slopedesign.standards.trace import Traced, measured

MISSED = {
    Strength.MUST: Verdict.FAIL, Strength.SHOULD: Verdict.WARN, Strength.NORMALLY: Verdict.WARN,
    Strength.MAY: Verdict.INFO,
}  # fmt: skip


def m(value: float, unit: str = "m") -> Traced:
    return measured(value, unit, "trace.bare")


def deg(value: float) -> Traced:
    return m(value, "deg")


def slope(**changed: object) -> list[Check]:
    facts: dict[str, object] = {
        "subject": "s", "material": "hard_rock", "profile": "stepped", "height": m(45), "risers": m(3, "-"),
    }  # fmt: skip
    return c.judge_cut_slope(**(facts | changed))  # type: ignore[arg-type]


def riser(material: str, height: float, angle: float, profile: str = "stepped") -> list[Check]:
    return c.judge_riser(
        subject="s",
        material=material,
        profile=profile,
        height=m(height),
        angle_deg=deg(angle),  # type: ignore[arg-type]
    )


def bench(material: str, width: float, wide: bool = False, fall: float | None = 2.0) -> list[Check]:
    return c.judge_bench(
        subject="s", material=material, width=m(width), wide=wide,  # type: ignore[arg-type]
        inward_fall_deg=None if fall is None else deg(fall),
    )  # fmt: skip


def wall(
    height: float = 0.6, cover: float = 0.5, stable: bool | None = True, holes: float = 10, **changed: object
) -> list[Check]:
    record = BenchWall(**changed)  # type: ignore[arg-type]
    facts = c.wall_facts(
        record, "slopes[0].wall", height=m(height), cover_thickness=m(cover), weep_holes=m(holes, "-"), stable=stable
    )
    return c.judge_wall(facts, subject="s", field="slopes[0].wall")


def concrete(**changed: object) -> list[Check]:
    return wall(kind="c25_concrete", **changed)  # type: ignore[arg-type]


def cover(place: str, thickness: float, **facts: object) -> list[Check]:
    return c.judge_cover(subject="s", place=place, thickness=m(thickness), **facts)  # type: ignore[arg-type]


def road(road_class: str, width: float, subgrade: float = 0.4) -> list[Check]:
    return c.judge_road(subject="s", road_class=road_class, width=m(width), subgrade_height=m(subgrade))


def density(road_class: str, value: float) -> list[Check]:
    return c.judge_road_density(subject="s", road_class=road_class, density=m(value, "km/km2"))


ALL_SHEETS = {"deployment": 500, "plan_section": 500, "effect": None, "computation": None, "details": 50}


def drawings(
    survey: float = 500, tables: tuple[str, ...] = ("quantity", "budget", "important"), **scales: float | None
) -> list[Check]:
    sheets = {kind: None if n is None else m(n, "-") for kind, n in (ALL_SHEETS | scales).items()}
    answers = {"design.drawings#3": Answer("no"), "design.tables#2": Answer("no"), "appA.tables#1": Answer("no")}
    if "effect" in scales:
        del sheets["effect"]
    return c.judge_drawings(
        stage="construction_drawing", sheets=sheets, tables=tables, survey_scale=m(survey, "-"), answers=answers
    )


Case = Callable[[], list[Check]]
EXAMPLES: dict[str, tuple[Case, Case]] = {
    "cut.grade_trigger.soil_soft": (
        lambda: slope(material="soil", existing_height=m(8.1), existing_angle_deg=deg(60.5)),
        lambda: slope(material="soil", profile="straight", existing_height=m(8.1), existing_angle_deg=deg(60.5)),
    ),
    "cut.grade_trigger.hard": (
        lambda: slope(existing_height=m(15.1), existing_angle_deg=deg(75.1)),
        lambda: slope(profile="straight", existing_height=m(15.1), existing_angle_deg=deg(75.1)),
    ),
    "cut.straight.soil": (
        lambda: slope(material="soil", profile="straight", height=m(8.0)),
        lambda: slope(material="soil", profile="straight", height=m(8.01)),
    ),
    "cut.straight.rock": (
        lambda: slope(profile="straight", height=m(15.0)),
        lambda: slope(profile="straight", height=m(15.01)),
    ),
    "cut.stepped.soil": (
        lambda: slope(material="soil", height=m(8.01)),
        lambda: slope(material="soil", profile="straight", height=m(8.01)),
    ),
    "cut.stepped.rock": (
        lambda: slope(material="soft_rock", height=m(15.01)),
        lambda: slope(material="soft_rock", profile="straight", height=m(15.01)),
    ),
    "cut.wide_bench.trigger": (
        lambda: slope(risers=m(4, "-"), wide_berms=[2]),
        lambda: slope(risers=m(4, "-"), wide_berms=[1]),
    ),
    "high.cut_steps": (
        lambda: slope(risers=m(5, "-"), wide_berms=[2]),
        lambda: slope(risers=m(6, "-"), wide_berms=[3]),
    ),
    "cut.boundary": (lambda: slope(scarp=m(0.4)), lambda: slope(scarp=m(0.6))),
    "cut.angle_max.soil.h5": (lambda: riser("soil", 5, 35), lambda: riser("soil", 5, 35.1)),
    "cut.angle_max.soil.h10": (lambda: riser("soil", 8, 30), lambda: riser("soil", 5.01, 30.1)),
    "cut.angle_max.soft.h8": (lambda: riser("soft_rock", 8, 45), lambda: riser("soft_rock", 8, 45.1)),
    "cut.angle_max.soft.h15": (lambda: riser("soft_rock", 8.01, 35), lambda: riser("soft_rock", 15, 35.1)),
    "cut.angle_max.hard.h8": (lambda: riser("hard_rock", 8, 60), lambda: riser("hard_rock", 8, 60.1)),
    "cut.angle_max.hard.h15": (lambda: riser("hard_rock", 15, 50), lambda: riser("hard_rock", 8.01, 50.1)),
    "cut.riser_height.soil": (lambda: riser("soil", 8, 30), lambda: riser("soil", 8.01, 30)),
    "cut.riser_height.rock": (lambda: riser("soft_rock", 15, 35), lambda: riser("hard_rock", 15.01, 50)),
    "cut.bench_width.soil": (lambda: bench("soil", 3), lambda: bench("soil", 2.99)),
    "cut.bench_width.rock": (lambda: bench("soft_rock", 2), lambda: bench("hard_rock", 1.99)),
    "cut.wide_bench_width.soil": (lambda: bench("soil", 6, wide=True), lambda: bench("soil", 5.99, wide=True)),
    "cut.wide_bench_width.rock": (lambda: bench("hard_rock", 4, wide=True), lambda: bench("soft_rock", 3, wide=True)),
    "cut.bench_tilt": (lambda: bench("soil", 3, fall=0.5), lambda: bench("soil", 3, fall=0.0)),
    "bench.retaining": (lambda: wall(), lambda: wall(kind="none")),
    "wall.offset": (lambda: wall(edge_offset=0.5), lambda: wall(edge_offset=0.4)),
    "wall.masonry.top": (lambda: wall(top_width=0.5), lambda: wall(top_width=0.45)),
    "wall.masonry.base": (lambda: wall(base_width=0.8), lambda: wall(base_width=0.65)),
    "wall.masonry.stone": (lambda: wall(stone_grade=30), lambda: wall(stone_grade=20)),
    "wall.masonry.mortar": (lambda: wall(mortar_grade=7.5), lambda: wall(mortar_grade=2.5)),
    "wall.c25.width": (lambda: concrete(thickness=0.4), lambda: concrete(thickness=0.3)),
    "wall.c25.grade": (lambda: concrete(concrete_grade="C30"), lambda: concrete(concrete_grade="C20")),
    "wall.c25.vertical_bar": (lambda: concrete(), lambda: concrete(vertical_bar_mm=14)),
    "wall.c25.horizontal_bar": (lambda: concrete(), lambda: concrete(horizontal_spacing_mm=250)),
    "wall.c25.anchor": (lambda: concrete(anchor_depth=0.4), lambda: concrete(anchor_depth=0.35)),
    "wall.c25.cover": (lambda: concrete(bar_cover=0.05), lambda: concrete(bar_cover=0.04)),
    "wall.freeboard": (lambda: wall(height=0.6, cover=0.5), lambda: wall(height=0.6, cover=0.55)),
    "wall.height_min": (lambda: wall(height=0.6, cover=0.45), lambda: wall(height=0.55, cover=0.45)),
    "wall.details": (lambda: wall(), lambda: wall(holes=0)),
    "soil.below_wall.cut_bench": (lambda: wall(height=0.7, cover=0.5), lambda: wall(height=0.75, cover=0.5)),
    "soil.cover.cut_bench": (lambda: cover("cut_bench", 0.5), lambda: cover("cut_bench", 0.45)),
    "soil.undulation.cut_bench": (
        lambda: cover("cut_bench", 0.5, undulation=m(0.2)),
        lambda: cover("cut_bench", 0.5, undulation=m(0.21)),
    ),
    "soil.cover.toe_fill": (lambda: cover("toe_fill", 0.5), lambda: cover("toe_fill", 0.4)),
    "soil.cover.fill_bench": (lambda: cover("fill_bench", 0.5), lambda: cover("fill_bench", 0.4)),
    "soil.cover.site.rock": (
        lambda: cover("industrial_site", 0.8, ground="rock"),
        lambda: cover("industrial_site", 0.79, ground="rock"),
    ),
    "soil.cover.site.soil": (
        lambda: cover("industrial_site", 0.5, ground="soil"),
        lambda: cover("industrial_site", 0.49, ground="soil"),
    ),
    "soil.loosen.site.soil": (
        lambda: cover("industrial_site", 0.5, ground="soil", method="loosen"),
        lambda: cover("industrial_site", 0.49, ground="soil", method="loosen"),
    ),
    "soil.cover.road.rock": (
        lambda: cover("mine_road", 0.8, ground="rock"),
        lambda: cover("mine_road", 0.7, ground="rock"),
    ),
    "soil.cover.road.mud": (
        lambda: cover("mine_road", 0.5, ground="mud_bound_road"),
        lambda: cover("mine_road", 0.4, ground="mud_bound_road"),
    ),
    "soil.loosen.road.mud": (
        lambda: cover("mine_road", 0.5, ground="mud_bound_road", method="loosen"),
        lambda: cover("mine_road", 0.4, ground="mud_bound_road", method="loosen"),
    ),
    "soil.cover.dump": (lambda: cover("dump", 1.0, long_term=True), lambda: cover("dump", 0.9, long_term=True)),
    "ug.soil.min_depth": (
        lambda: cover("subsidence_area", 0.5, use="paddy"),
        lambda: cover("subsidence_area", 0.4, use="grass"),
    ),
    "ug.gangue.cover.arable": (
        lambda: cover("gangue_dump", 0.8, use="arable"),
        lambda: cover("gangue_dump", 0.7, use="paddy"),
    ),
    "ug.gangue.cover.forest_grass": (
        lambda: cover("gangue_dump", 0.3, use="forest"),
        lambda: cover("gangue_dump", 0.2, use="grass"),
    ),
    "ug.spoil.cover.arable": (  # "more than 0.8 m": 0.80 itself does not do
        lambda: cover("spoil_dump", 0.81, use="arable"),
        lambda: cover("spoil_dump", 0.80, use="arable"),
    ),
    "road.field.width": (lambda: road("field", 4.0), lambda: road("field", 2.9)),
    "road.production.width": (lambda: road("production", 3.0), lambda: road("production", 3.1)),
    "road.subgrade_height": (lambda: road("field", 3, 0.5), lambda: road("field", 3, 0.2)),
    "road.field.density": (lambda: density("field", 3.0), lambda: density("field", 3.25)),
    "road.production.density": (lambda: density("production", 8.0), lambda: density("production", 8.01)),
    "survey.scales": (lambda: drawings(survey=1000), lambda: drawings(survey=2000)),
    "appA.drawings": (lambda: drawings(details=50), lambda: drawings(details=200)),
    "design.drawings": (lambda: drawings(), lambda: drawings(effect=None)),
    "appA.tables": (lambda: drawings(), lambda: drawings(tables=("important",))),
    "design.tables": (lambda: drawings(), lambda: drawings(tables=("quantity", "important"))),
}


def verdicts(checks: list[Check], id: str) -> list[Verdict]:
    return [check.verdict for check in checks if check.id == id]


def one(checks: list[Check], id: str) -> Check:
    return next(check for check in checks if check.id == id)


def test_examples_cover_exactly_the_rules_claimed_judged() -> None:
    ours = {id: by for id, by in guide.judged_by().items() if by.startswith("compliance.")}
    assert set(EXAMPLES) == set(ours)
    assert {by.removeprefix("compliance.") for by in ours.values()} <= set(c.__all__)


def test_judging_functions_exist_and_their_rules_are_tried() -> None:
    """Rules judged elsewhere name a function that exists, and stand in a test beside it."""
    tests = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.rglob("test_*.py"))
    for id, by in guide.judged_by().items():
        module, _, function = by.rpartition(".")
        assert callable(getattr(importlib.import_module(f"slopedesign.calc.{module}"), function)), by
        assert f'"{id}"' in tests, id


@pytest.mark.parametrize("id", EXAMPLES)
def test_rule_passes_and_fails(id: str) -> None:
    good, bad = EXAMPLES[id]
    assert verdicts(good(), id) and set(verdicts(good(), id)) == {Verdict.PASS}
    expected = MISSED[guide.rule(id).strength]
    assert expected in verdicts(bad(), id)
    check = next(check for check in bad() if check.id == id and check.verdict is expected)
    assert check.source.clause.startswith(guide.rule(id).clause)
    assert bool(check.reading) == bool(guide.rule(id).readings)
    for language in LANGUAGES:
        assert check.title.render(language) and "{" not in str(check.title.render(language))


# worked examples of the guide, at default readings


def test_bench_wall_of_the_guide_meets_both_freeboard_clauses() -> None:
    checks = wall(height=0.60, cover=0.50)
    above, below = one(checks, "wall.freeboard"), one(checks, "soil.below_wall.cut_bench")
    assert (above.verdict, below.verdict) == (Verdict.PASS, Verdict.PASS)
    assert above.required is not None and float(above.required) == pytest.approx(0.60)  # type: ignore[arg-type]
    shown = " ".join(note.render("en") for note in above.notes)
    assert "0.10 m above" in shown and "0.10 to 0.20 m" in shown  # both values stand beside the verdict
    assert one(wall(height=0.80, cover=0.70), "wall.freeboard").verdict is Verdict.PASS


def test_road_densities_of_the_worked_example() -> None:
    """0.40 km2, field roads 1.30 km (3.25 > 3.0 fails), production paths 3.00 km (7.5 <= 8.0 passes)."""
    from slopedesign.calc.roads import design_roads
    from slopedesign.project.works import Road, RoadNetwork

    network = RoadNetwork(
        served_area=400_000,
        roads=(
            Road(name="a", road_class="field", width=3.5, length=1300),
            Road(name="b", road_class="production", width=2.5, length=3000),
        ),
    )
    checks = c.judge_roads(design_roads(network, guide.road_densities()))
    field, production = one(checks, "road.field.density"), one(checks, "road.production.density")
    assert field.verdict is Verdict.FAIL and field.found is not None
    assert float(field.found) == pytest.approx(3.25)  # type: ignore[arg-type]
    assert production.verdict is Verdict.PASS
    assert float(production.found) == pytest.approx(7.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(("n", "wide", "good"), [
    (4, [2], True), (4, [], False), (4, [3], False), (5, [2], True), (5, [3], True), (5, [1], False), (6, [3], True),
    (6, [2], False), (7, [3], False), (7, [3, 5], True), (7, [2, 4], True), (10, [3, 6], False), (10, [3, 5, 7], True),
])  # fmt: skip
def test_wide_bench_in_the_middle(n: int, wide: list[int], good: bool) -> None:
    check = one(slope(risers=m(n, "-"), wide_berms=wide), "cut.wide_bench.trigger")
    assert check.verdict is (Verdict.PASS if good else Verdict.FAIL)


def test_three_risers_need_no_wide_bench() -> None:
    assert one(slope(risers=m(3, "-")), "cut.wide_bench.trigger").verdict is Verdict.NOT_APPLICABLE


def test_class_boundary_belongs_to_the_lower_class() -> None:
    assert {check.id for check in riser("soil", 5.0, 35)} == {"cut.angle_max.soil.h5", "cut.riser_height.soil"}
    assert "cut.angle_max.soil.h10" in {check.id for check in riser("soil", 5.000001, 30)}
    assert "cut.angle_max.hard.h8" in {check.id for check in riser("hard_rock", 0.1 + 7.9, 60)}


@pytest.mark.parametrize(("material", "height"), [("soil", 10.5), ("soft_rock", 15.5), ("hard_rock", 16.0)])
def test_faces_above_every_class_fail_on_their_height(material: str, height: float) -> None:
    checks = riser(material, height, 20.0, "straight")
    assert [check.verdict for check in checks] == [Verdict.FAIL]


def ratio(height: float, angle: float, **facts: object) -> Check:
    return c.judge_face_ratio(subject="s", height=m(height), angle_deg=deg(angle), **facts)  # type: ignore[arg-type]


def test_slope_ratios_of_gb_50330_stand_beside_the_guide() -> None:
    """Class III, moderately weathered, 10 m: 1:0.50 at the steepest (63.4 deg); hard clay, 6 m: 1:1.00 (45 deg)."""
    rock = {"rock_class": "III", "weathering": "moderate"}
    assert ratio(10, 63, **rock).verdict is Verdict.PASS and ratio(10, 64, **rock).verdict is Verdict.WARN
    assert ratio(6, 45, soil_state="clayey_hard").verdict is Verdict.PASS
    assert ratio(6, 46, soil_state="clayey_hard").verdict is Verdict.WARN
    assert ratio(5, 90, rock_class="I", weathering="slight").verdict is Verdict.PASS
    assert ratio(10, 64, **rock).unverified
    assert ratio(16, 30, **rock).missing == ("stability_calculation",)
    assert ratio(10, 64, rock_class="III").missing == ("weathering",)
    assert ratio(16, 80, **rock, calculated=True).verdict is Verdict.NOT_APPLICABLE


def test_existing_slope_below_the_trigger_is_left_alone() -> None:
    """Both angle and height must be exceeded; exactly 60 deg or 8 m is not."""
    for height, angle in ((8.0, 70.0), (20.0, 60.0), (7.0, 80.0)):
        checks = slope(material="soil", profile="straight", existing_height=m(height), existing_angle_deg=deg(angle))
        assert one(checks, "cut.grade_trigger.soil_soft").verdict is Verdict.NOT_APPLICABLE


def test_unknown_facts_are_named_not_passed() -> None:
    checks = slope()
    trigger = one(checks, "cut.grade_trigger.hard")
    assert trigger.verdict is Verdict.NOT_JUDGED
    assert set(trigger.missing) == {"slope_angle_deg", "slope_height_m"}
    assert one(checks, "cut.boundary").missing == ("scarp",)
    assert one(bench("soil", 3, fall=None), "cut.bench_tilt").missing == ("inward_fall",)
    assert one(cover("cut_bench", 0.5), "soil.undulation.cut_bench").missing == ("undulation",)
    assert one(cover("dump", 2.0), "soil.cover.dump").missing == ("long_term",)
    assert one(wall(stable=None), "bench.retaining").missing == ("wall_stability",)
    assert one(wall(stable=False), "bench.retaining").verdict is Verdict.FAIL


def test_high_steep_rock_slope_may_be_ruled_out_by_the_designer() -> None:
    assert one(slope(risers=m(6, "-"), high_steep=False), "high.cut_steps").verdict is Verdict.NOT_APPLICABLE
    assert one(slope(risers=m(6, "-"), material="soil"), "high.cut_steps").verdict is Verdict.NOT_APPLICABLE


def test_places_without_a_number_are_marked_unverified() -> None:
    check = one(cover("pit_floor", 0.6, use="arable"), "soil.cover.pit_floor")
    assert check.verdict is Verdict.WARN and check.unverified
    assert one(cover("spoil_dump", 0.5, use="grass"), "soil.cover.spoil_other").verdict is Verdict.PASS
    assert cover("flat_area", 0.1) == [] and cover("dump", 0.1, long_term=False) == []


def test_stacked_rock_is_not_judged_as_masonry_or_concrete() -> None:
    ids = {check.id for check in wall(kind="stacked_rock")}
    assert not {id for id in ids if id.startswith(("wall.masonry", "wall.c25", "wall.details"))}
    assert {"wall.offset", "wall.height_min", "wall.freeboard"} <= ids


def project(**more: object) -> Project:
    return Project.model_validate({"info": {"name": "p"}} | more)


def test_designer_answers_are_judged_and_silence_is_not() -> None:
    made = project(
        answers=[
            {"rule": "cut.priority", "answer": "no", "note": "no room"}, {"rule": "soil.reuse#1", "answer": "yes"},
            {"rule": "road.layout", "answer": "yes"}, {"rule": "road.surface", "answer": "not_applicable"},
        ],
        facts={"hazard.clear.segment_len": 16, "hazard.clear.methods": "机械、爆破", "blasting": False},
    )  # fmt: skip
    checks = c.judge_project(
        places=("cut_slope", "cut_bench"), facts=c.facts_of(made), answers=c.answers_of(made), stated=c.stated_of(made)
    )
    assert one(checks, "cut.priority").verdict is Verdict.WARN
    assert one(checks, "road.layout").verdict is Verdict.PASS
    assert one(checks, "road.surface").verdict is Verdict.NOT_APPLICABLE
    assert one(checks, "hazard.clear.segment_len").verdict is Verdict.FAIL  # 16 m > 15 m
    assert one(checks, "hazard.clear.methods").verdict is Verdict.INFO  # not among the ways listed
    assert one(checks, "soil.reuse").missing == ("soil.reuse#2", "soil.reuse#3")
    assert one(checks, "hazard.clear.result").verdict is Verdict.NOT_JUDGED
    assert one(checks, "hazard.clear.result").required is not None
    ids = {check.id for check in checks}
    assert "hazard.clear.blast_plan" not in ids  # no blasting
    assert "dump.direction" not in ids and "fund.total" not in ids
    assert not ids & set(guide.judged_by())


def test_rules_of_a_ground_are_asked_where_the_project_cuts_it() -> None:
    facts = {"blasting": True, "restoration_mode": "rebuild"}
    rock, soil = (
        {k.id for k in c.judge_project(places=("cut_slope",), facts=facts, answers={}, materials=materials)}
        for materials in (("soil", "hard_rock"), ("soil",))
    )
    assert "cut.blast_reserve" in rock and "cut.blast_reserve" not in soil
    assert "appC.attachments" not in rock  # no natural recovery


def test_every_input_a_check_can_miss_has_a_name() -> None:
    known = catalogue("en")
    names = set(guide_rules().variables)
    for kind in ("masonry", "c25_concrete", "stacked_rock"):
        for check in c.judge_wall(c.WallFacts(kind=kind), subject="s"):
            assert check.verdict is Verdict.NOT_JUDGED, check.id
            names |= set(check.missing)
    for checks in (
        slope(),
        drawings(),
        cover("cut_bench", 0.5),
        c.judge_road(subject="s", road_class="field", width=m(3)),
    ):
        names |= {name for check in checks for name in check.missing if "#" not in name}
    assert not {name for name in names if f"rules.input.{name}" not in known}


def test_what_is_missing_is_said_in_words() -> None:
    assert asked_for("slope_height_m").render("en") == "slope height (m)"
    assert "soil.reuse" in asked_for("soil.reuse").render("zh_CN")
    assert "crevice soil" in asked_for("soil.reuse#2").render("en")
    assert "(m)" in asked_for("hazard.clear.segment_len").render("en")
    assert asked_for("something else").render("en") == "something else"


def test_answers_to_rules_that_do_not_exist_are_refused() -> None:
    from slopedesign.errors import InputError

    for answers in (
        [{"rule": "no.such", "answer": "yes"}],
        [{"rule": "soil.reuse#9", "answer": "yes"}],
        [{"rule": "soil.reuse", "answer": "yes"}, {"rule": "soil.reuse", "answer": "no"}],
    ):
        with pytest.raises(InputError, match="answers"):
            c.answers_of(project(answers=answers))
    with pytest.raises(InputError, match=r"facts\.weather"):
        c.facts_of(project(facts={"weather": "wet"}))
    with pytest.raises(InputError, match=r"facts\.blasting"):
        c.facts_of(project(facts={"blasting": "perhaps"}))


def test_drawings_not_delivered_are_named() -> None:
    checks = c.judge_drawings(
        stage="construction_drawing", sheets={"deployment": m(2000, "-"), "plan_section": m(500, "-")},
        tables=("quantity",),
    )  # fmt: skip
    assert one(checks, "design.drawings").missing == ("design.drawings#3", "design.drawings#4", "design.drawings#5")
    assert one(checks, "design.tables").missing == ("design.tables#2", "design.tables#3")
    assert one(checks, "survey.scales").missing == ("survey_scale",)
    overview = one(checks, "appA.drawings")
    assert overview.verdict is Verdict.PASS and any("1:2000" in note.render("en") for note in overview.notes)
