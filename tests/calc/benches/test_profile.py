"""The profile against the guide's worked anchors and against itself."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given as hyp
from hypothesis import strategies as st

from slopedesign.calc.benches.limits import wide_berms
from slopedesign.calc.benches.profile import bench_profile
from slopedesign.calc.benches.proposal import propose
from slopedesign.errors import InputError, NoSolution
from slopedesign.project.slopes import BenchDesign, BenchOverride, Sector
from slopedesign.standards.trace import Datum, Given, given

from .bench_helpers import LIMITS


def m(value: float):
    return given(value, "m", "f")


def deg(value: float):
    return given(value, "deg", "f")


@pytest.mark.parametrize(
    ("height", "angle", "run"),
    [(15, 50, 12.59), (8, 60, 4.62), (8, 30, 13.86), (5, 35, 7.14)],
)
def test_plan_run_of_a_face_as_the_guide_anchors_say(height, angle, run):
    profile = bench_profile([(m(height), deg(angle))], [])
    assert float(profile.run) == pytest.approx(run, abs=0.005)


def test_sixty_metres_in_four_risers():
    profile = bench_profile([(m(15), deg(50))] * 4, [(m(w), deg(0)) for w in (2, 4, 2)], wide=(2,))
    assert float(profile.run) == pytest.approx(58.35, abs=0.005)
    assert float(profile.overall_angle) == pytest.approx(45.8, abs=0.05)
    assert [berm.wide for berm in profile.berms] == [False, True, False]
    assert profile.runs[-1] == pytest.approx(float(profile.set_back))


def test_inward_fall_lowers_the_inner_edge_and_never_raises_a_face():
    profile = bench_profile([(m(15), deg(50))] * 2, [(m(3), deg(2))])
    drop = 3 * math.tan(math.radians(2))
    assert profile.climbs == pytest.approx([0, 15, 15 - drop, 30 - drop])
    assert float(profile.height) == pytest.approx(30 - drop)
    faces = np.diff(profile.climbs)[::2]
    assert faces == pytest.approx([15, 15])


def test_levels_at_distances_follow_the_breaks_and_run_on():
    profile = bench_profile([(m(10), deg(45))] * 2, [(m(4), deg(0))])
    assert profile.at(np.array([0, 5, 10, 12, 14, 24, 30])) == pytest.approx([0, 5, 10, 10, 10, 20, 26])
    ends = bench_profile([(m(10), deg(45))] * 2, [(m(4), deg(0))], daylight=False)
    assert ends.at(np.array([30.0])) == pytest.approx([20])


def test_every_number_of_the_profile_leads_back_to_its_fields():
    design = BenchDesign(riser_height=15, face_angle=50)
    profile = propose(design, LIMITS, 60.0, path="slopes[0].benches").profile
    fields = set()

    def walk(number):
        if isinstance(number, Given):
            fields.add(number.field)
        for part in number.inputs.values():
            walk(part)

    walk(profile.overall_angle)
    assert {"slopes[0].benches.riser_height", "slopes[0].benches.face_angle"} <= fields


@pytest.mark.parametrize(
    ("risers", "berms", "field"),
    [
        ([], [], "benches"),
        ([(m(10), deg(60))], [(m(3), deg(0))] * 2, "benches"),
        ([(m(10), deg(89.5))], [], "benches.face_angle"),
        ([(m(1), deg(60))] * 2, [(m(3), deg(20))], "benches.inward_fall_deg"),
    ],
)
def test_impossible_profiles_are_refused_by_field(risers, berms, field):
    with pytest.raises(InputError) as caught:
        bench_profile(risers, berms)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("risers", "berms"), [(1, ()), (3, ()), (4, (2,)), (5, (2,)), (6, (3,)), (7, (2, 4)), (10, (2, 5, 7))]
)
def test_wide_berms_as_the_guide_is_read(risers, berms):
    assert wide_berms(risers) == berms


@hyp(st.integers(1, 80), st.integers(1, 6))
def test_no_run_of_risers_exceeds_the_trigger(risers, above):
    cuts = [0, *wide_berms(risers, above), risers]
    assert max(b - a for a, b in zip(cuts, cuts[1:], strict=False)) <= above


def test_sizes_left_out_are_proposed_from_the_guide_with_clause():
    found = propose(BenchDesign(material="hard_rock", inward_fall_deg=0), LIMITS, 58.0)
    assert [float(r.height) for r in found.profile.risers] == [15] * 4
    assert {float(r.angle) for r in found.profile.risers} == {50}
    assert [float(b.width) for b in found.profile.berms] == [2, 4, 2]
    assert all(isinstance(b.width, Datum) for b in found.profile.berms)
    cited = {reason.source.clause for reason in found.reasons if reason.source}
    assert any("7.2.2.2(4)" in clause for clause in cited)
    assert [a.chosen for a in found.alternatives].count(True) == 1
    for reason in found.reasons:
        for language in ("zh_CN", "en"):
            assert "benches." not in reason.text.render(language)


def test_soft_rock_is_kept_at_eight_metres_and_soil_at_its_class():
    soft = propose(BenchDesign(material="soft_rock"), LIMITS, 30.0).profile.risers[0]
    assert (float(soft.height), float(soft.angle)) == (8, 45)
    soil = propose(BenchDesign(material="soil", riser_height=8), LIMITS, 20.0).profile.risers[0]
    assert (float(soil.height), float(soil.angle)) == (8, 30)


def test_stated_sizes_are_never_changed_even_against_the_guide():
    found = propose(BenchDesign(riser_height=20, face_angle=75, berm_width=1), LIMITS, 60.0).profile
    assert [float(r.height) for r in found.risers] == [20, 20, 20, 20][: len(found.risers)]
    assert {float(r.angle) for r in found.risers} == {75}


def test_a_face_above_every_class_has_no_angle_to_propose():
    with pytest.raises(NoSolution):
        propose(BenchDesign(riser_height=20), LIMITS, 60.0)


def test_sector_of_another_material_is_proposed_anew_and_overrides_hold():
    design = BenchDesign(
        riser_height=15, face_angle=50, overrides=(BenchOverride(bench=2, berm_width=7, face_angle="1:1"),)
    )
    sector = Sector(name="east", from_station=0, to_station=40, material="soil")
    soil = propose(design, LIMITS, 20.0, sector=sector).profile
    assert float(soil.risers[0].height) == 8 and float(soil.risers[0].angle) == 30
    rock = propose(design, LIMITS, 40.0).profile
    assert float(rock.berms[1].width) == 7 and float(rock.risers[1].angle) == pytest.approx(45)
    assert rock.risers[1].angle.field == "benches.overrides[0].face_angle"


def test_no_bench_above_the_top_level():
    found = propose(BenchDesign(riser_height=10, face_angle=60, berm_width=3), LIMITS, 60.0, room=25.0)
    assert len(found.profile.berms) == 2


def test_missing_limits_are_said_by_field():
    with pytest.raises(InputError) as caught:
        propose(BenchDesign(), {}, 30.0)
    assert caught.value.field == "benches.riser_height"
