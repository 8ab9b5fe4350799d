"""Judgement, inverse design, sensitivity, and whole sections of a project."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from slopedesign.calc.stability.circles import SearchSettings
from slopedesign.calc.stability.inverse import (
    benched_ground,
    largest_riser_angle,
    smallest_berm,
    support_force,
    toe_weight,
)  # fmt: skip
from slopedesign.calc.stability.judge import requirement, seismic_coefficient, state_of
from slopedesign.calc.stability.search import critical_circle
from slopedesign.calc.stability.section import Layer, Section
from slopedesign.calc.stability.sections import SectionLines, StabilityResult, solve_sections
from slopedesign.calc.stability.sensitivity import (
    Input,
    Spread,
    derivatives,
    inputs_of,
    reliability,
    tornado,
    with_value,
)  # fmt: skip
from slopedesign.errors import InputError, NoSolution
from slopedesign.project.ground import Material as GroundMaterial
from slopedesign.project.stability import StabilityDesign, WaterTable
from slopedesign.standards import gb50330_2013_stability as gb
from slopedesign.standards.check import Check, Verdict

from .build import simple, soil

QUICK = SearchSettings(exits=14, entries=14, depths=7, minima=3, zooms=6, final_slices=60)

# judgement -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ground", "height", "consequence", "expected"),
    [
        ("rock_1_2", 30.0, "very_serious", 1), ("rock_1_2", 25.0, "not_serious", 3), ("rock_3_4", 15.0, "serious", 2),
        ("rock_3_4", 15.1, "not_serious", None), ("rock_3_4", 30.0, "serious", 2), ("soil", 10.0, "not_serious", 3),
        ("soil", 10.1, "not_serious", None), ("soil", 15.0, "very_serious", 1), ("soil", 15.1, "serious", None),
        ("rock_1_2", 30.1, "serious", None),
    ],
)  # fmt: skip
def test_safety_class_by_the_table(ground: Any, height: float, consequence: Any, expected: int | None) -> None:
    found = gb.slope_class(ground, height, consequence)
    assert (found.value if found else None) == expected


def test_required_factors_and_their_provenance() -> None:
    design = StabilityDesign(slope_class=1)
    permanent = requirement(design, "permanent", None, 40.0)
    assert permanent.factor is not None and permanent.factor.value == 1.35 and not permanent.factor.unverified
    quake = requirement(design, "earthquake", None, 40.0)
    assert quake.factor is not None and quake.factor.value == 1.15 and quake.factor.unverified
    dump = requirement(design, "whole_dump", None, 40.0)
    assert dump.factor is not None and dump.factor.value == 1.3 and dump.source.provenance.value == "guide"


def test_stated_limit_goes_before_the_table() -> None:
    design = StabilityDesign.model_validate(
        {"slope_class": 1, "limits": [{"situation": "permanent", "factor": 1.5, "reason": "by the owner"}]}
    )
    need = requirement(design, "permanent", None, 40.0)
    assert need.factor is not None and need.factor.value == 1.5
    assert need.source.provenance.value == "user" and not need.factor.unverified


def test_unknown_class_is_a_missing_fact_not_a_pass() -> None:
    need = requirement(StabilityDesign(), "permanent", "soil", 40.0)
    assert need.factor is None and need.missing == ("stability.slope_class",)


@pytest.mark.parametrize(
    ("fos", "state"),
    [(0.99, "unstable"), (1.0, "poor"), (1.049, "poor"), (1.05, "basic"), (1.299, "basic"), (1.3, "stable")],
)
def test_states(fos: float, state: str) -> None:
    assert state_of(fos, 1.3) == state


def test_seismic_coefficient_is_a_quarter_of_the_acceleration() -> None:
    assert seismic_coefficient(0.20).value == 0.05
    assert seismic_coefficient(0.12).value == pytest.approx(0.03)


def test_slope_ratio_tables_end_where_the_standard_ends() -> None:
    found = gb.slope_ratio("rock_ratio", "III_slight", 12.0)
    assert found is not None and [d.value for d in found] == [0.35, 0.5] and found[0].unverified
    assert gb.slope_ratio("rock_ratio", "III_slight", 16.0) is None
    with pytest.raises(InputError):
        gb.slope_ratio("soil_ratio", "peat", 3.0)


# inverse -------------------------------------------------------------------------------------------------------------


def benches(face_deg: float, berm: float, cohesion: float = 20.0) -> Section:
    ground = benched_ground(riser_height=8.0, face_deg=face_deg, berm_width=berm, count=3)
    return Section(ground=ground, layers=(Layer(top=ground, material=soil(cohesion, 25.0)),))


def test_benched_ground_has_its_heights_and_widths() -> None:
    ground = benched_ground(riser_height=8.0, face_deg=45.0, berm_width=3.0, count=3, inward_fall_deg=2.0)
    assert ground[1].tolist() == [0.0, 0.0]
    assert np.diff(ground[:, 1]).tolist().count(pytest.approx(8.0)) == 3
    assert ground[3, 1] - ground[2, 1] == pytest.approx(-3 * math.tan(math.radians(2)))


def test_riser_angle_meets_the_factor_and_a_little_more_does_not() -> None:
    need = largest_riser_angle(lambda a: benches(a, 3.0), 1.25, settings=QUICK)
    assert need.fos >= 1.25
    steeper = critical_circle(benches(need.value + 1.0, 3.0), "bishop", QUICK).fos
    assert steeper is not None and steeper < 1.25


def test_berm_width_meets_the_factor_and_a_little_less_does_not() -> None:
    need = smallest_berm(lambda w: benches(60.0, w), 1.1, settings=QUICK)
    assert need.fos >= 1.1
    narrower = critical_circle(benches(60.0, need.value - 0.5), "bishop", QUICK).fos
    assert narrower is not None and narrower < 1.1


def test_range_that_never_fails_is_said() -> None:
    need = largest_riser_angle(lambda a: benches(a, 3.0, 500.0), 1.25, 20.0, 60.0, settings=QUICK)
    assert need.at_end and need.value == 60.0


def test_requirement_out_of_reach_is_no_solution() -> None:
    with pytest.raises(NoSolution):
        largest_riser_angle(lambda a: benches(a, 3.0, 1.0), 3.0, settings=QUICK)


def deep_clay() -> Section:
    return simple(soil(26.0, 0.0, 18.0), base=16.0)


def test_toe_weight_and_support_reach_the_factor() -> None:
    section = deep_clay()
    bare = critical_circle(section, "bishop", QUICK).fos
    assert bare is not None
    need = toe_weight(section, bare + 0.03, 10.0, 30.0, 200.0, settings=QUICK)
    assert need.fos >= bare + 0.03 and 0 < need.value < 200
    force = support_force(section, bare + 0.01, 30.0, 500.0, settings=QUICK)
    assert force.fos >= bare + 0.01 and force.value > 0


# sensitivity ---------------------------------------------------------------------------------------------------------


def test_derivatives_have_the_signs_and_the_sum_of_homogeneity() -> None:
    section = simple(soil(5.0, 20.0), piezo=[[0, 24], [50, 28], [90, 31]])
    found = critical_circle(section, "bishop")
    assert found.critical is not None
    by = {d.input: d for d in derivatives(section, found.critical)}
    assert by[Input("cohesion", 0)].slope > 0 and by[Input("friction_deg", 0)].slope > 0
    assert by[Input("kh")].slope < 0 and by[Input("water_level")].slope < 0
    assert set(by) == set(inputs_of(section))
    dry = simple(soil(5.0, 20.0))
    surface = critical_circle(dry, "bishop").critical
    assert surface is not None
    flat = {d.input: d.elasticity or 0.0 for d in derivatives(dry, surface)}
    # c and gamma matter only as c / gamma
    assert flat[Input("cohesion", 0)] == pytest.approx(-flat[Input("unit_weight", 0)], rel=2e-3)


def test_tornado_searches_anew() -> None:
    section = simple(soil(5.0, 20.0))
    bars = tornado(section, {Input("cohesion", 0): (3.0, 7.0), Input("friction_deg", 0): (15.0, 25.0)}, settings=QUICK)
    assert bars[0].swing >= bars[1].swing
    low = critical_circle(with_value(section, Input("cohesion", 0), 3.0), "bishop", QUICK).fos
    assert next(b for b in bars if b.input.quantity == "cohesion").fos_low == pytest.approx(low)


def test_monte_carlo_agrees_with_first_order() -> None:
    section = simple(soil(5.0, 20.0))
    found = critical_circle(section, "bishop")
    assert found.critical is not None
    spreads = [Spread(input=Input("cohesion", 0), deviation=0.5), Spread(input=Input("friction_deg", 0), deviation=1.0),
               Spread(input=Input("unit_weight", 0), deviation=0.5)]  # fmt: skip
    run = reliability(section, found, spreads, samples=20_000)
    slopes = {d.input: d.slope for d in derivatives(section, found.critical)}
    expected = math.sqrt(sum((slopes[s.input] * s.deviation) ** 2 for s in spreads))
    assert run.unsolved == 0
    assert run.mean == pytest.approx(found.fos, rel=5e-3)
    assert run.deviation == pytest.approx(expected, rel=0.03)
    assert run.index_normal == pytest.approx((run.mean - 1) / run.deviation)
    again = reliability(section, found, spreads, samples=20_000)
    assert np.array_equal(run.factors, again.factors)


def test_monte_carlo_needs_something_that_scatters() -> None:
    section = simple()
    found = critical_circle(section, "bishop", QUICK)
    with pytest.raises(InputError):
        reliability(section, found, [])
    with pytest.raises(InputError):
        reliability(section, found, [Spread(input=Input("cohesion", 0), deviation=-1.0)])
    with pytest.raises(InputError):
        reliability(section, found, [Spread(input=Input("kh"), deviation=0.1)])


# whole sections ------------------------------------------------------------------------------------------------------

BEFORE = np.array([[-36.0, 0.0], [0.0, 0.0], [30.0, 26.0], [80.0, 28.0]])
AFTER = np.array(
    [[-36.0, 0.0], [0.0, 0.0], [8.0, 8.0], [12.0, 8.0], [20.0, 16.0], [24.0, 16.0], [34.0, 26.16], [80.0, 28.0]]
)
FACES = ((0.0, 8.0), (12.0, 20.0), (24.0, 34.0))
SOIL = GroundMaterial(
    name="clay", kind="soil", unit_weight=19.0, saturated_unit_weight=20.0, cohesion=25.0, friction_angle_deg=22.0
)
ROCK = GroundMaterial(name="rock", kind="hard_rock", unit_weight=25.0, cohesion=200.0, friction_angle_deg=38.0)


def lines(**changed: Any) -> SectionLines:
    layers = (("clay", BEFORE - np.array([0.0, 20.0])), ("rock", None))
    plain: dict[str, Any] = {
        "name": "1-1",
        "before": BEFORE,
        "after": AFTER,
        "layers": layers,
        "faces": FACES,
        "groups": ((0, 1),),
    }
    return SectionLines(**{**plain, **changed})


def design(section: dict[str, Any] | None = None, **more: Any) -> StabilityDesign:
    record = {
        "name": "1-1",
        "slope": "A",
        "station": 20.0,
        "fill_material": "clay",
        "water": {"dry": True},
        **(section or {}),
    }
    search = {"any_shape": False, "final_slices": 60, "exits": 14, "entries": 14, "depths": 7}
    return StabilityDesign.model_validate(
        {"sections": [record], "slope_class": 2, "search": search, "situations": ["permanent"], **more}
    )


def run(section: dict[str, Any] | None = None, line: SectionLines | None = None, **more: Any) -> StabilityResult:
    return solve_sections(design(section, **more), (SOIL, ROCK), (line or lines(),))


def test_section_before_and_after_whole_groups_and_benches() -> None:
    found = run().sections[0]
    kinds = [(r.scope, r.number, r.stage) for r in found.results]
    assert kinds == [("whole", 0, "before"), ("whole", 0, "after"), ("group", 1, "after"), ("bench", 1, "after"),
                     ("bench", 2, "after"), ("bench", 3, "after")]  # fmt: skip
    before, after = found.of(stage="before"), found.of()
    assert before is not None and after is not None
    assert before.fos is not None and after.fos is not None and after.fos != before.fos
    whole = after.fos
    assert all(r.fos is not None and r.fos >= whole * (1 - 2e-3) for r in found.results if r.stage == "after")
    assert all(check.verdict in (Verdict.PASS, Verdict.FAIL) for check in found.checks)
    assert len(found.checks) == 5
    check = found.checks[0]
    assert check.required is not None and float(check.required) == 1.30  # type: ignore[arg-type]
    assert check.found is not None and "F_s" in check.found.inputs  # type: ignore[union-attr]


def test_benches_slide_within_their_own_window() -> None:
    found = run().sections[0]
    second = found.of("bench", 2)
    assert second is not None and second.governing is not None
    x = second.governing.points[:, 0]
    assert x.min() >= FACES[0][1] - 1e-6 and x.max() <= FACES[2][0] + 1e-6


def test_rain_and_earthquake_lower_the_factor() -> None:
    more = {"situations": ["permanent", "rainstorm", "earthquake"], "acceleration_g": 0.1}
    wet = {"material": "clay", "wet_strength": {"cohesion": 18.0, "friction_angle_deg": 20.0}}
    found = run({"water": {"depth": 12.0}}, materials=[wet], **more).sections[0]
    fos = {s: found.of(situation=s).fos for s in ("permanent", "rainstorm", "earthquake")}  # type: ignore[union-attr,arg-type]
    assert fos["rainstorm"] < fos["permanent"] and fos["earthquake"] < fos["permanent"]  # type: ignore[operator]
    quake = next(c for c in found.checks if c.id == "stability.fos.earthquake")
    assert quake.unverified
    assert any("recalled" in r.text.render("en") for r in found.remarks)


def rain(section: dict[str, Any], wet: list[dict[str, Any]]) -> list[Check]:
    found = run(section, materials=wet, situations=["rainstorm"]).sections[0]
    return [c for c in found.checks if c.id == "stability.fos.rainstorm"]


def test_rain_is_not_judged_by_strengths_of_dry_days() -> None:
    """GB 50330-2013, commentary on 5.3.2: where rain matters, saturated weight and strength."""
    clay = {"material": "clay", "wet_strength": {"cohesion": 18.0, "friction_angle_deg": 20.0}}
    rock = {"material": "rock", "dry": True}
    for wet, lacking in (([], {"stability.materials.wet_strength"}), ([clay], {"stability.materials.wet_strength"})):
        checks = rain({}, wet)
        assert {c.verdict for c in checks} == {Verdict.NOT_JUDGED} and all(c.found is not None for c in checks)
        assert {field for c in checks for field in c.missing} == lacking
    named = rain({}, [clay, {"material": "rock"}])
    assert {field for c in named for field in c.missing} == {"stability.materials[1].wet_strength"}
    judged = rain({}, [clay, rock])
    assert {c.verdict for c in judged} <= {Verdict.PASS, Verdict.FAIL}


def test_water_nobody_spoke_of_leaves_the_factor_unjudged() -> None:
    found = run({"water": {}}).sections[0]
    assert {c.verdict for c in found.checks} == {Verdict.NOT_JUDGED}
    assert {field for c in found.checks for field in c.missing} == {"stability.sections[0].water"}
    assert any("no water is stated" in r.text.render("en") for r in found.remarks)
    with pytest.raises(ValueError, match="no groundwater"):
        WaterTable(dry=True, depth=3.0)


def test_rain_may_be_a_risen_water_table() -> None:
    low, high = {"depth": 12.0}, {"depth": 3.0}
    dry = run({"water": low}, situations=["permanent"]).sections[0].of()
    checks = rain({"water": low, "wet_water": high}, [])
    assert {c.verdict for c in checks} <= {Verdict.PASS, Verdict.FAIL}
    whole = next(c for c in checks if "whole" in c.subject)
    assert dry is not None and dry.fos is not None and whole.found is not None and whole.found.value < dry.fos


def test_earthquake_without_acceleration_is_said_not_worked() -> None:
    found = run(situations=["permanent", "earthquake"]).sections[0]
    assert {r.situation for r in found.results} == {"permanent"}
    assert any("seismic" in r.text.render("en") for r in found.remarks)


def test_missing_strength_is_not_judged() -> None:
    bare = SOIL.model_copy(update={"cohesion": None})
    found = solve_sections(design(), (bare, ROCK), (lines(),)).sections[0]
    assert not found.results
    assert [c.verdict for c in found.checks] == [Verdict.NOT_JUDGED]
    assert found.checks[0].missing == ("materials[0].cohesion",)


def test_unknown_class_is_not_judged_but_the_factor_stands() -> None:
    found = run(slope_class=None).sections[0]
    assert {c.verdict for c in found.checks} == {Verdict.NOT_JUDGED}
    assert found.of() is not None and found.of().fos  # type: ignore[union-attr]


def test_dump_is_judged_by_the_guide() -> None:
    found = run({"dump": True}).sections[0]
    check = found.checks[0]
    assert check.id == "stability.fos.whole_dump" and float(check.required) == 1.3  # type: ignore[arg-type]
    assert check.source.provenance.value == "guide"


def test_quick_run_is_the_whole_slope_after_cutting_alone() -> None:
    found = solve_sections(design(), (SOIL, ROCK), (lines(),), quick=True).sections[0]
    assert [(r.scope, r.stage) for r in found.results] == [("whole", "after")]
    assert found.results[0].book is None


def test_stated_surface_gives_a_factor_and_a_thrust_curve() -> None:
    surface = {
        "name": "seam",
        "points": [[0, 0], [15, 3], [30, 14], [36, 26.2]],
        "cohesion": 5.0,
        "friction_angle_deg": 15.0,
    }
    found = run({"surfaces": [surface]}).sections[0]
    stated = found.stated[0]
    assert stated.surface.solved and stated.transfer is not None and stated.thrust is not None
    assert set(np.round(stated.surface.slices.cohesion, 9)) == {5.0}
    assert stated.transfer.factor == pytest.approx(stated.surface.fos, rel=0.15)
    assert stated.thrust.factor == 1.30
    assert any(c.subject.endswith("surfaces[seam]") for c in found.checks)


def test_stated_surfaces_and_blocks_are_judged_in_every_situation() -> None:
    surface = {"name": "seam", "points": [[0, 0], [15, 3], [30, 14], [36, 26.2]]}
    joint = {"name": "J1", "dip_deg": 38.0, "dip_direction_deg": 178.0, "friction_angle_deg": 30.0, "cohesion": 4.0}
    wet = {"material": "clay", "wet_strength": {"cohesion": 18.0, "friction_angle_deg": 20.0}}
    more = {"situations": ["permanent", "rainstorm", "earthquake"], "acceleration_g": 0.1}
    record = {"surfaces": [surface], "joints": [joint], "face_direction_deg": 180.0}
    found = run(record, materials=[wet], **more).sections[0]
    seam = {c.situation: c for c in found.checks if c.subject.endswith("surfaces[seam]")}
    assert set(seam) == {f"stability.situation.{s}" for s in ("permanent", "rainstorm", "earthquake")}
    assert [s.situation for s in found.stated] == ["permanent", "rainstorm", "earthquake"]
    dry, rain, quake = (s.surface.fos for s in found.stated)
    assert rain < dry and quake < dry
    lowest = found.blocks[0]
    assert lowest.fos is not None and lowest.fos_wet is not None
    blocks = {c.situation: c for c in found.checks if c.subject.endswith("bench[1].joints")}
    assert blocks["stability.situation.rainstorm"].found is lowest.fos_wet
    shaken = blocks["stability.situation.earthquake"].found
    assert float(shaken) < lowest.fos.value  # type: ignore[arg-type]


def test_stated_surface_that_was_cut_away_is_not_judged() -> None:
    surface = {"name": "gone", "points": [[0, 0], [10, 8.5], [28, 24]]}
    found = run({"surfaces": [surface]}).sections[0]
    check = next(c for c in found.checks if c.subject.endswith("surfaces[gone]"))
    assert check.verdict is Verdict.NOT_JUDGED


def test_fill_needs_a_material_and_its_contact_can_be_judged() -> None:
    fill = np.array([[-36.0, 0.0], [-20.0, 0.0], [0.0, 10.0], [10.0, 10.0], [30.0, 26.0], [80.0, 28.0]])
    with pytest.raises(InputError) as caught:
        run({"fill_material": ""}, lines(after=fill, faces=()))
    assert caught.value.field == "stability.sections[0].fill_material"
    surface = {"name": "contact", "kind": "fill_contact", "cohesion": 2.0, "friction_angle_deg": 20.0}
    found = run({"surfaces": [surface]}, lines(after=fill, faces=())).sections[0]
    assert found.stated and found.stated[0].surface.solved
    assert found.stated[0].surface.points[0] == pytest.approx([-20.0, 0.0], abs=0.1)


def test_joints_are_judged_on_every_bench_face() -> None:
    joint = {"name": "J1", "dip_deg": 38.0, "dip_direction_deg": 178.0, "friction_angle_deg": 30.0, "cohesion": 4.0}
    found = run({"joints": [joint], "face_direction_deg": 180.0}).sections[0]
    planes = [b for b in found.blocks if b.possible.failure == "plane"]
    assert len(planes) == 3 and all(b.fos is not None for b in planes)
    assert any(c.id == "stability.block" for c in found.checks)
    unknown = run({"joints": [joint]}).sections[0]
    assert any(c.id == "stability.joints" and c.verdict is Verdict.NOT_JUDGED for c in unknown.checks)


def test_section_without_lines_or_material_is_refused_by_name() -> None:
    with pytest.raises(InputError) as caught:
        solve_sections(design(), (SOIL, ROCK), ())
    assert caught.value.field == "stability.sections[0].name"
    with pytest.raises(InputError) as caught:
        solve_sections(design(), (SOIL,), (lines(),))
    assert caught.value.value == "rock"


def test_water_above_a_cut_runs_off() -> None:
    found = run({"water": {"line": [[-36, 0], [0, 0], [30, 24], [80, 26]]}}).sections[0]
    after = found.of()
    assert after is not None
    piezo = np.asarray(after.section.piezo)
    assert (piezo[:, 1] <= np.interp(piezo[:, 0], *AFTER.T) + 1e-9).all()


@pytest.mark.parametrize(
    "record",
    [
        {"name": "a"}, {"name": "a", "station": 5.0}, {"name": "a", "slope": "A", "start": [0, 0]},
        {"name": "a", "ground_after": [[0, 0], [1, 1]], "station": 3.0, "slope": "A"},
    ],
)  # fmt: skip
def test_section_record_must_be_placed_once(record: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"give one place|beside|together"):
        StabilityDesign.model_validate({"sections": [record]})


@pytest.mark.parametrize(
    "strength",
    [{"law": "power", "power_a": 1.0}, {"law": "hoek_brown", "gsi": 50}, {"cohesion": 5.0},
     {"cohesion": 5.0, "friction_angle_deg": 90.0}, {"cohesion": float("nan"), "friction_angle_deg": 20.0}],
)  # fmt: skip
def test_strength_record_must_be_complete(strength: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        StabilityDesign.model_validate({"materials": [{"material": "clay", "strength": strength}]})


def test_replace_keeps_the_lines() -> None:
    assert replace(lines(), name="2-2").after is AFTER
