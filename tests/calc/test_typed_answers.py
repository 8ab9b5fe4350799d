"""Rules whose number or grade follows from others: each met, missed, and not judged while something is open."""

from __future__ import annotations

import pytest

from slopedesign.calc.compliance import judge_project
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Verdict
from slopedesign.standards.judging import Answer
from slopedesign.standards.rules import guide_rules


def judged(id: str, facts: dict | None = None, value: object = None, answers: dict | None = None) -> Check:
    stated = {} if value is None else {id: value}
    checks = judge_project(
        places=["pit_floor", "dump", "cut_bench"], facts=facts or {}, answers=answers or {}, stated=stated, modules=None
    )
    return next(check for check in checks if check.id == id)


NUMBERS = (  # rule, what it follows from, met, missed: worked by hand
    ("qc.survival_sample", {"n_planted": 1234}, 124, 123),
    ("qc.survival_sample", {"n_planted": 1230}, 123, 122),
    ("qc.cover_plots", {"planted_area_m2": 2300.0}, 30, 29),
    ("qc.cover_plots", {"planted_area_m2": 3000.0}, 30, 20),
    ("care.concrete.groove_spacing", {"stirrup_spacing_mm": 150.0}, 150, 160),
    ("care.concrete.groove_spacing", {"stirrup_spacing_mm": 300.0}, 200, 210),
    ("mon.duration", {"care_years": 3.0}, 3, 2),
    ("survey.remote_extent", {"survey_area_hm2": 40.0}, 41, 40),
    (
        "pit.dry.drains",
        {"local_erosion_base_m": 96.5, "drainable": True, "ponded": False, "target_use": "forest"},
        97,
        96.5,
    ),
    ("fund.total", {"treatment_cost_cny": 1e6, "uses_fund": True}, 1e6, 9e5),
    ("fund.interest", {"deposit_due_cny": 5e5, "deposit_interest_cny": 2e4, "uses_fund": True}, 480_000, 479_000),
)


@pytest.mark.parametrize(("id", "facts", "good", "bad"), NUMBERS)
def test_numbers(id, facts, good, bad) -> None:
    assert judged(id, facts, good).met is True
    assert judged(id, facts, bad).met is False
    for name in guide_rules().rule(id).needs:
        less = {k: v for k, v in facts.items() if k != name}
        check = judged(id, less, good)
        assert check.verdict is Verdict.NOT_JUDGED and check.missing == (name,)
    assert judged(id, facts).verdict is Verdict.NOT_JUDGED
    assert judged(id, facts, answers={id: Answer("no")}).met is False


def test_a_floor_that_does_not_drain_is_refused_at_any_level() -> None:
    facts = {"local_erosion_base_m": 90.0, "drainable": False, "ponded": False, "target_use": "grass"}
    assert judged("pit.dry.drains", facts, 120.0).met is False


def test_rules_that_are_triggered_ask_only_then() -> None:
    low, high = ({"long_term": True, "heap_height_m": height} for height in (10.0, 10.1))
    assert judged("dump.bench_trigger", low).verdict is Verdict.NOT_APPLICABLE
    assert judged("dump.bench_trigger", low, answers={"dump.bench_trigger": Answer("no")}).verdict is (
        Verdict.NOT_APPLICABLE
    )
    assert judged("dump.bench_trigger", high).missing == ("dump.bench_trigger",)
    assert judged("dump.bench_trigger", high, answers={"dump.bench_trigger": Answer("no")}).met is False
    assert judged("dump.bench_trigger", {"long_term": True}).missing == ("heap_height_m",)
    assert judged("fund.lump_sum", {"uses_fund": True, "remaining_life_years": 3.5}).verdict is Verdict.NOT_APPLICABLE
    assert judged("fund.lump_sum", {"uses_fund": True, "remaining_life_years": 3.0}).missing == ("fund.lump_sum",)


SERIOUS, FAIRLY, LIGHT = "\u4e25\u91cd", "\u8f83\u4e25\u91cd", "\u8f83\u8f7b"
HAZARD = {
    "hazard_size": "small", "hazard_likelihood": "low", "hazard_object": "none", "direct_loss_wan": 0.0,
    "threatened_people": 0,
}  # fmt: skip
LAND = {
    "basic_farmland_damaged_hm2": 0.0, "arable_damaged_hm2": 0.0, "forest_grass_damaged_hm2": 0.0,
    "waste_damaged_hm2": 0.0,
}  # fmt: skip
GRADED = (
    ("geohazard", HAZARD, LIGHT),
    ("geohazard", HAZARD | {"threatened_people": 10}, FAIRLY),
    ("geohazard", HAZARD | {"threatened_people": 100}, FAIRLY),
    ("geohazard", HAZARD | {"threatened_people": 101}, SERIOUS),
    ("geohazard", HAZARD | {"direct_loss_wan": 500.0}, FAIRLY),
    ("geohazard", HAZARD | {"direct_loss_wan": 500.1}, SERIOUS),
    ("land", LAND, LIGHT),
    ("land", LAND | {"arable_damaged_hm2": 0.1}, FAIRLY),
    ("land", LAND | {"forest_grass_damaged_hm2": 2.0}, LIGHT),
    ("land", LAND | {"forest_grass_damaged_hm2": 4.1}, SERIOUS),
    ("land", LAND | {"waste_damaged_hm2": 10.1}, FAIRLY),
    ("pollution", {"pollution_grade": "medium"}, FAIRLY),
    ("landscape", {"relief_damage": "small", "view_effect": "serious"}, SERIOUS),
)


@pytest.mark.parametrize(("factor", "facts", "grade"), GRADED)
def test_grades(factor, facts, grade) -> None:
    id = f"assess.t52.{factor}"
    for stated in (SERIOUS, FAIRLY, LIGHT):
        assert judged(id, facts, stated).met is (stated == grade)
    assert judged(id, facts).missing == (id,)


def test_a_criterion_nobody_stated_leaves_a_grade_open_unless_the_worst_is_reached() -> None:
    open_ = {k: v for k, v in HAZARD.items() if k != "threatened_people"}
    assert judged("assess.t52.geohazard", open_, LIGHT).missing == ("threatened_people",)
    assert judged("assess.t52.geohazard", open_ | {"direct_loss_wan": 900.0}, LIGHT).met is False
    assert judged("assess.upper_wins", {"pollution_grade": "heavy"}, SERIOUS).met is True
    assert judged("assess.upper_wins", {"pollution_grade": "heavy"}, LIGHT).met is False
    assert judged("assess.upper_wins", {"pollution_grade": "medium"}, FAIRLY).verdict is Verdict.NOT_JUDGED


def test_what_is_left_unjudged_cannot_be_worked_from_answers() -> None:
    left = {state.rule.id for state in guide.rule_states() if state.state is guide.State.NOT_YET}
    assert left == {"acc.veto", "fund.disposal", "bench.retaining_height_basis"}
