"""The guide's data, conditions with three truth values, and the readings chosen."""

from __future__ import annotations

import re

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from slopedesign.calc.compliance import bench_limits
from slopedesign.errors import FormulaError, InputError
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Relation, Strength, Verdict
from slopedesign.standards.guide_2023 import COVER_PLOTS, SEGMENTS_TO_CLEAR, SURVIVAL_SAMPLE
from slopedesign.standards.judging import judge, judge_by_designer
from slopedesign.standards.rules import Condition, Truth, guide_rules
from slopedesign.standards.trace import OWN, Provenance, datum, measured

RULES = guide_rules()


def m(value: float, unit: str = "m"):
    return measured(value, unit, "trace.bare")


def test_the_whole_guide_is_there() -> None:
    assert len(RULES.rules) == 454
    assert len({rule.id for rule in RULES.rules}) == 454
    assert len([r for r in RULES.readings.values() if r.type in ("ambiguity", "gap", "contradiction")]) > 60
    used = {reading.id for rule in RULES.rules for reading in rule.readings}
    assert used <= RULES.readings.keys()


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_rule_is_whole(rule) -> None:
    assert rule.clause and rule.source.provenance is Provenance.GUIDE
    for said in (rule.title, rule.heading, *(item.text for item in rule.items)):
        assert said.render("zh_CN").strip() and said.render("en").strip()
    for row in rule.rows:
        if "expr" in row:
            assert Condition(row["expr"]).names <= RULES.variables.keys()
    match rule.kind:
        case "min":
            assert rule.min is not None and rule.max is None
        case "max":
            assert rule.max is not None and rule.min is None
        case "range":
            assert rule.min is not None and rule.max is not None and rule.min < rule.max
        case "choice":
            assert rule.choices
        case "table":
            assert rule.rows and all(row.keys() <= set(rule.columns) for row in rule.rows)
        case "threshold":
            assert rule.trigger is not None and rule.result is not None
        case "formula":
            assert rule.formula
        case "required_item":
            assert rule.items
        case other:
            raise AssertionError(other)


@pytest.mark.parametrize("rule", [r for r in RULES.rules if r.numeric], ids=lambda rule: rule.id)
def test_printed_number_stands_in_the_clause(rule) -> None:
    """Each limit is among the numbers printed in the clause (in its unit, or in centimetres or a scale)."""
    stated = [n for n in (rule.min, rule.max, rule.value) if n is not None]
    if rule.kind == "choice" and rule.relation is None:
        stated += [float(choice) for choice in rule.choices]
    if rule.id in ("cut.bench_tilt", "care.mgmt.fertilise"):  # "slightly"; "once" in each of two seasons
        return
    numbers = {float(n) for text in rule.printed for n in re.findall(r"\d+(?:\.\d+)?", text)}
    for word, n in (("一", 1), ("两", 2), ("二", 2), ("三", 3), ("五", 5)):
        numbers |= {float(n) for text in rule.printed if word in text}
    same = numbers | {n / 100 for n in numbers} | {1 / n for n in numbers if n}
    for number in stated:
        assert any(abs(number - n) < 1e-9 for n in same), (number, rule.printed)


def test_conditions_know_what_they_do_not_know() -> None:
    condition = Condition("place == 'cut_slope' and material in ('soil','soft_rock') and 5 < slope_height_m <= 10")
    here = {"place": "cut_slope", "material": "soil"}
    assert condition.on(here) == Truth(None, frozenset({"slope_height_m"}))
    assert condition.on(here | {"slope_height_m": 10.0}).value is True
    assert condition.on(here | {"slope_height_m": 5.0}).value is False
    assert condition.on({"place": "dump"}).value is False  # false whatever the rest is
    assert Condition("not bench_is_wide").on({}) == Truth(None, frozenset({"bench_is_wide"}))
    assert Condition("blasting or emptied").on({"blasting": True}).value is True
    assert Condition("always").on({}).value is True


@pytest.mark.parametrize("text", [
    "__import__('os').system('true')", "place.upper() == 'A'", "[1][0]", "lambda: 1", "1 + 1 == 2", "material in place",
    "x if y else z", "(", "slope_height_m ** 9", "place == b'x'", "f'{place}' == 'a'",
])  # fmt: skip
def test_conditions_hold_comparisons_and_nothing_else(text: str) -> None:
    with pytest.raises(FormulaError):
        Condition(text).on({"place": "dump", "material": "soil", "slope_height_m": 1.0, "x": True, "y": True})


def test_conditions_do_not_compare_text_with_numbers() -> None:
    with pytest.raises(FormulaError):
        Condition("slope_height_m <= 5").on({"slope_height_m": "five"})
    with pytest.raises(FormulaError):
        Condition("blasting").on({"blasting": "yes"})


_truths = st.sampled_from([Truth(True), Truth(False), Truth(None, frozenset({"a"})), Truth(None, frozenset({"b"}))])


@any_of(_truths, _truths)
def test_truth_values_obey_de_morgan(a: Truth, b: Truth) -> None:
    assert ~(a & b) == (~a | ~b)
    assert (a & b).value == (b & a).value
    assert ((a & b).value is None) == bool((a & b).missing)


def test_rules_are_found_by_place_material_height_and_use() -> None:
    ids = [rule.id for rule in RULES.find(place="cut_slope", material="soil", height=6, module="bench", kind="max")]
    assert ids == ["cut.angle_max.soil.h10", "cut.riser_height.soil"]
    assert "ug.gangue.cover.arable" in {r.id for r in RULES.find(place="gangue_dump", use="arable", kind="min")}
    with pytest.raises(InputError, match=r"facts\.place"):
        RULES.find(place="moon")
    with pytest.raises(InputError):
        RULES.find(weather="wet")
    assert RULES.find(place="dump", module="soil")  # a fact not stated leaves no rule out


def test_applying_rules_name_what_they_miss() -> None:
    found = {rule.id: missing for rule, missing in RULES.applying({"place": "dump"})}
    assert found["soil.cover.dump"] == ("long_term",)
    assert found["dump.direction"] == ()
    assert "cut.priority" not in found


# judging ----------------------------------------------------------------------------------------------------------


def test_strength_decides_what_a_miss_is() -> None:
    kinds = {}
    for id, found in (("cut.bench_width.soil", 2.0), ("soil.cover.cut_bench", 0.1), ("wall.height_min", 0.1)):
        rule = RULES.rule(id)
        facts = {"place": "cut_bench", "material": "soil", "bench_is_wide": False}
        kinds[rule.strength] = judge(rule, facts, m(found), subject="x").verdict
    assert kinds == {Strength.MUST: Verdict.FAIL, Strength.SHOULD: Verdict.WARN, Strength.NORMALLY: Verdict.WARN}


def test_a_range_shows_both_ends_and_slag_only_its_upper_one() -> None:
    rule = RULES.rule("ug.spoil.reverse_slope")
    inside = judge(rule, {"place": "spoil_dump"}, m(2.5, "deg"), subject="x")
    assert inside.verdict is Verdict.PASS and inside.relation is Relation.WITHIN
    assert judge(rule, {"place": "spoil_dump"}, m(3.1, "deg"), subject="x").verdict is Verdict.FAIL
    assert judge(rule, {"place": "spoil_dump"}, m(1.9, "deg"), subject="x").verdict is Verdict.FAIL
    slag = RULES.rule("fill.bench.angle.slag")
    facts = {"place": "fill_bench", "fill_material": "slag_rock"}
    gentle, steep = (judge(slag, facts, m(a, "deg"), subject="x") for a in (25.0, 46.0))
    assert (gentle.verdict, steep.verdict) == (Verdict.PASS, Verdict.FAIL)
    assert any("30 to 45" in note.render("en") for note in gentle.notes)


def test_strict_limits_stay_strict() -> None:
    rule = RULES.rule("fill.toe.angle.h8")
    facts = {"place": "toe_fill", "body_height_m": 8.0}
    assert judge(rule, facts, m(30.0, "deg"), subject="x").verdict is Verdict.FAIL
    assert judge(rule, facts, m(29.7, "deg"), subject="x").verdict is Verdict.PASS
    assert judge(rule, facts | {"body_height_m": 8.1}, m(20.0, "deg"), subject="x").verdict is Verdict.NOT_APPLICABLE


def test_method_tables_are_looked_up_by_their_conditions() -> None:
    rule = RULES.rule("slope.t72")
    facts = {"place": "slope_face", "slope_height_m": 70.0, "slope_angle_deg": 70.0}
    assert judge(rule, facts, "高次团粒喷播绿化", subject="x").verdict is Verdict.WARN  # not above 65 deg
    assert judge(rule, facts | {"slope_angle_deg": 65.0}, "高次团粒喷播绿化", subject="x").verdict is Verdict.PASS
    assert judge(rule, {"place": "slope_face"}, "栽植穴绿化", subject="x").missing == (
        "slope_angle_deg",
        "slope_height_m",
    )


def test_a_number_in_another_unit_is_our_mistake() -> None:
    with pytest.raises(FormulaError, match="is in m, found mm"):
        judge(
            RULES.rule("wall.c25.cover"), {"place": "cut_bench", "wall_type": "c25_concrete"}, m(50, "mm"), subject="x"
        )


def test_a_rule_nobody_answered_is_not_a_pass() -> None:
    for rule in RULES.rules:
        check = judge_by_designer(rule, {}, {}, {})
        assert check.verdict is Verdict.NOT_JUDGED and check.missing


_limits = st.sampled_from([r for r in RULES.rules if r.kind in ("min", "max") and r.relation is None])


@any_of(_limits, st.floats(0.001, 1000))
def test_judging_turns_over_exactly_at_the_limit(rule, gap: float) -> None:
    facts = _facts_for(rule)
    if facts is None:
        return
    limit = rule.limit()
    sign = 1.0 if rule.kind == "min" else -1.0
    at = judge(rule, facts, m(limit.value, limit.unit), subject="x")
    inside = judge(rule, facts, m(limit.value + sign * gap, limit.unit), subject="x")
    outside = judge(rule, facts, m(limit.value - sign * gap, limit.unit), subject="x")
    included = rule.min_incl if rule.kind == "min" else rule.max_incl
    assert at.met is included and inside.met is True and outside.met is False


def _facts_for(rule) -> dict[str, object] | None:
    """Facts under which a rule applies, tried from its own condition."""
    facts: dict[str, object] = {}
    for name in sorted(rule.applies_when.names):
        variable = RULES.variables[name]
        options = variable.get("values") or ([True, False] if variable["type"] == "bool" else [4.0, 9.0, 12.0])
        for option in options:
            truth = rule.applies_when.on(facts | {name: option})
            if truth.value is not False:
                facts[name] = option
                break
    return facts if rule.applies_when.on(facts).value else None  # type: ignore[arg-type]


def test_every_numeric_rule_can_be_reached() -> None:
    assert all(_facts_for(rule) is not None for rule in RULES.rules if rule.numeric)


# numbers by name --------------------------------------------------------------------------------------------------


def test_numbers_of_the_guide_by_name() -> None:
    def number(found) -> float:
        return found.value

    assert number(guide.max_face_angle("soil", 5)) == 35 and number(guide.max_face_angle("soil", 10)) == 30
    assert guide.max_face_angle("soil", 10.5) is None and guide.max_face_angle("hard_rock", 16) is None
    assert [guide.min_berm_width(mat, wide).value for mat in ("soil", "hard_rock") for wide in (False, True)] == [
        3,
        6,
        2,
        4,
    ]
    assert guide.usual_riser_height("soft_rock").value == 8 and guide.max_riser_height("soft_rock").value == 15
    assert tuple(n.value for n in guide.wall_freeboard()) == (0.1, 0.2)
    assert guide.road_width("field")[0] is not None and guide.road_width("production")[0] is None
    assert guide.road_densities()["production"].value == 8
    assert guide.road_density("scenic") is None
    assert guide.drawing_scales("deployment") == (500, 2000) and guide.drawing_scales("effect") is None
    assert guide.stage_scales("construction_drawing") == (500, 1000)
    assert guide.cover_thickness("industrial_site", ground="soil").value == 0.5  # type: ignore[union-attr]
    assert guide.cover_thickness("dump") is None  # unknown whether it stays
    pit = guide.cover_thickness("pit_floor", use="paddy")
    assert pit is not None and pit.value == 0.8 and pit.unverified


def test_bench_limits_follow_the_guide() -> None:
    limits = bench_limits("hard_rock")
    assert limits.max_angle(8.0).value == 60 and limits.max_angle(15.0).value == 50  # type: ignore[union-attr]
    assert limits.max_angle(15.1) is None


def test_worked_examples_of_sampling_and_segments() -> None:
    """1234 trees: 124 looked at; 2300 m2: 30 plots; a 31 m face: 3 segments of at most 15 m."""
    assert SURVIVAL_SAMPLE.number(N=1234) == 124
    assert COVER_PLOTS.number(A=2300) == 30
    longest = guide.rule("hazard.clear.segment_len").limit()
    assert SEGMENTS_TO_CLEAR.at(L=31.0, l_max=longest).value == 3


def test_care_of_42_months_is_long_for_an_ordinary_site_and_right_for_a_fragile_one() -> None:
    stated = {"care.duration.normal": 42 / 12, "care.duration.fragile": 42 / 12}
    verdicts = {
        fragile: judge_by_designer(RULES.rule(id), {"eco_fragile": fragile}, {}, stated).verdict
        for fragile, id in ((False, "care.duration.normal"), (True, "care.duration.fragile"))
    }
    assert verdicts == {False: Verdict.WARN, True: Verdict.PASS}


def test_a_million_of_accepted_works_releases_nine_tenths() -> None:
    released, kept = (RULES.rule(id).limit().value for id in ("fund.release_works", "fund.retain_care"))
    assert (1_000_000 * released / 100, 1_000_000 * kept / 100) == (900_000, 100_000)


def test_states_are_counted_once() -> None:
    states = guide.rule_states()
    assert len(states) == 454
    judged = [state for state in states if state.state is guide.State.JUDGED]
    assert len(judged) == len(guide.judged_by()) and all(state.by for state in judged)


# the frame's tolerance for floating-point noise -------------------------------------------------------------------


def _check(relation: Relation, found: float, required: float) -> Check:
    return Check(
        id="x", subject="x", title=RULES.rules[0].title, source=OWN, strength=Strength.MUST, relation=relation,
        found=m(found), required=datum(required, "m", OWN),
    )  # fmt: skip


def test_noise_does_not_fail_a_limit_and_does_not_pass_a_strict_one() -> None:
    assert _check(Relation.AT_LEAST, 0.6 - 0.5, 0.1).verdict is Verdict.PASS
    assert _check(Relation.MORE_THAN, 0.1 + 1e-12, 0.1).verdict is Verdict.FAIL
    assert _check(Relation.AT_LEAST, 0.0999999, 0.1).verdict is Verdict.FAIL
