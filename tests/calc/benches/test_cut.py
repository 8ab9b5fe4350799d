"""Benches cut into ground whose answer is known: published closed forms, planes, symmetry."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given as hyp
from hypothesis import settings
from hypothesis import strategies as st

from slopedesign.calc.benches.cut import GroundLayer, GroundModel, cut_slope
from slopedesign.calc.benches.layout import layout_from_base
from slopedesign.calc.benches.strings import BaseString, SectorProfile
from slopedesign.calc.terrain import Tin, overlay, tin_from_triangles
from slopedesign.calc.terrain.cutfill import CUT, CUT_AREA, overlay_sums
from slopedesign.errors import InputError, NoSolution
from slopedesign.project.slopes import BaseLine, Sector

from .bench_helpers import AT, LIMITS, design, line, plane, profile_of, published


def flat(level: float, size: float = 400.0) -> Tin:
    return plane(level, 0.0, size)


def floor_of(case) -> np.ndarray:
    name = case["input"]["floor"]
    if name.startswith("circle"):
        t = np.linspace(0, 2 * np.pi, 721)[:-1]
        return 20 * np.column_stack([np.cos(t), np.sin(t)])
    if name.startswith("rect"):
        return np.array([[0, 0], [60, 0], [60, 40], [0, 40.0]])
    return np.array([[0, 0], [140, 0], [140, 60], [70, 60], [70, 120], [0, 120.0]])  # L 140x120 less 70x60


@pytest.mark.parametrize("case", published("pit_level_ground"), ids=lambda case: case["id"])
def test_pits_in_level_ground_as_in_closed_form(case):
    xy = floor_of(case)
    base = BaseString(points=np.column_stack([xy + AT, np.full(len(xy), 100.0)]), closed=True)
    whole = SectorProfile(name="", start=0, end=base.length, profile=profile_of(case["input"]["profile"]))
    level = 100.0 + case["input"]["ground_height"]
    layout = layout_from_base(base, [whole], segments=64, top=level + 3)
    ground = flat(level)
    sums = overlay_sums(ground, layout.tin.relative_to(ground.origin), layout.part, int(layout.part.max()) + 1)[0]
    expected = case["expected"]
    assert sums[:, CUT].sum() == pytest.approx(expected["cut_m3"], rel=1e-4)
    for number, area in enumerate(expected["berm_plan_areas_m2"], 1):
        assert sums[2 * number + 1, CUT_AREA] == pytest.approx(area, rel=1e-4)
    rim = shapely.convex_hull(shapely.MultiPoint(overlay(ground, layout.tin).segments.reshape(-1, 3)[:, :2]))
    away = shapely.distance(shapely.boundary(rim), shapely.Polygon(xy + AT))
    assert away == pytest.approx(expected["daylight_distance_m"], rel=1e-4)


def plane_design(case):
    rows = case["input"]["profile"]
    risers = sum(row["starts"] == "face" for row in rows)
    widths = [b["d"] - a["d"] for a, b in zip(rows, rows[1:], strict=False) if a["starts"] == "berm"]
    fall = math.degrees(math.atan2(0.15, 3.0))
    assert widths == pytest.approx([3, 3, 6])
    return design(
        inward_fall_deg=fall, count=risers, wide_berm_at=3, riser_height=10, face_angle=60, berm_width=3,
    )  # fmt: skip


@pytest.mark.parametrize("case", published("inclined_plane"), ids=lambda case: case["id"])
def test_inclined_planes(case):
    angle = float(case["id"].split("_")[-1].removesuffix("deg"))
    ground = plane(200.0, math.tan(math.radians(angle)))
    base = line([(-50, 0), (50, 0)], elevation=200.0, uphill="left", ends="square")
    area = case["expected"]["section_area_m2_per_m"]
    if area == 0:
        with pytest.raises(NoSolution):
            cut_slope(ground, base, plane_design(case), limits=LIMITS)
        return
    cut = cut_slope(ground, base, plane_design(case), limits=LIMITS)
    assert float(cut.cut) == pytest.approx(100 * area, rel=1e-6)
    assert cut.second is not None and cut.second.agrees


def test_both_sides_are_told_apart_by_the_ground():
    ground = plane(200.0, math.tan(math.radians(70)))
    there = cut_slope(ground, line([(-20, 0), (20, 0)], 200.0), design(), limits=LIMITS, second_opinion=False)
    back = cut_slope(ground, line([(20, 0), (-20, 0)], 200.0), design(), limits=LIMITS, second_opinion=False)
    assert float(back.cut) == pytest.approx(float(there.cut), rel=1e-9)
    with pytest.raises(InputError):
        cut_slope(flat(220.0), line([(-20, 0), (20, 0)], 200.0), design(), limits=LIMITS)


def steep() -> Tin:
    """A 40 m face at 75 deg over a floor at 200, a hill at 10 deg behind."""
    foot = 40 / math.tan(math.radians(75))
    north = [(-300, 200.0), (0, 200.0), (foot, 240.0), (foot + 300, 240 + 300 * math.tan(math.radians(10)))]
    points = np.array([[AT[0] + e, AT[1] + n, z] for n, z in north for e in (-300.0, 300.0)])
    faces = [[2 * k + i for i in t] for k in range(3) for t in ((0, 1, 3), (0, 3, 2))]
    return tin_from_triangles(points, faces)


def test_a_straight_face_by_hand():
    base = line([(-100, 0), (100, 0)], 200.0, ends="square")
    cut = cut_slope(steep(), base, design(berm_width=4, wide_berm_width=4), limits=LIMITS)
    run = 10 / math.tan(math.radians(60))
    assert [b.number for b in cut.benches] == [1, 2, 3, 4]
    for bench in cut.benches:
        assert float(bench.level) == pytest.approx(200 + 10 * bench.number, abs=1e-6)
        assert float(bench.area) == pytest.approx(200 * 4, rel=1e-6)
        assert float(bench.usable_area) == pytest.approx(800, rel=0.01)
        assert float(bench.crest_length) == pytest.approx(200, rel=1e-6)
        assert float(bench.mean_width) == pytest.approx(4, rel=1e-6)
        assert float(bench.least_width) == pytest.approx(4, abs=1e-3)
        assert bench.crest[0][:, 1].mean() - AT[1] == pytest.approx(bench.number * run + (bench.number - 1) * 4)
    for face in cut.faces[:4]:
        assert float(face.slope_area) == pytest.approx(200 * 10 / math.sin(math.radians(60)), rel=1e-6)
        assert float(face.found_height) == pytest.approx(10, abs=1e-5)
    # the last riser meets the hill where both are as high
    t10, t60 = math.tan(math.radians(10)), math.tan(math.radians(60))
    toe = 4 * run + 16
    foot = 40 / math.tan(math.radians(75))
    x = (toe * t60 - foot * t10) / (t60 - t10)
    top = 240 + (x - foot) * t10
    assert float(cut.top_level) == pytest.approx(top, abs=1e-6)
    assert float(cut.overall_angle) == pytest.approx(math.degrees(math.atan2(top - 200, x)), abs=1e-6)
    assert float(cut.existing_angle) == pytest.approx(75, abs=1.0)


def test_volumes_by_bench_by_level_and_by_material_add_up():
    ground = steep()
    layers = (
        GroundLayer(name="soil", kind="soil", depth=2.0),
        GroundLayer(name="weathered", kind="soft_rock", depth=6.0),
        GroundLayer(name="rock", kind="hard_rock"),
    )
    base = line([(-60, 0), (60, 0)], 200.0)
    cut = cut_slope(GroundModel(surface=ground, layers=layers), base, design(), limits=LIMITS)
    parts = [face.cut for face in cut.faces] + [bench.cut for bench in cut.benches]
    assert math.fsum(float(p) for p in parts) == pytest.approx(float(cut.volumes.cut), rel=1e-9)
    assert math.fsum(float(s.volume) for s in cut.slices) == pytest.approx(float(cut.volumes.cut), rel=1e-9)
    assert math.fsum(float(v) for v in cut.cut_by_material.values()) == pytest.approx(float(cut.cut), rel=1e-9)
    assert set(cut.cut_by_material) == {"soil", "weathered", "rock"}
    for name in cut.cut_by_material:
        by_slice = math.fsum(float(s.by_material[name]) for s in cut.slices)
        assert by_slice == pytest.approx(float(cut.cut_by_material[name]), rel=1e-9)
    again = cut_slope(ground, base, design(), limits=LIMITS, layers=layers, second_opinion=False)
    assert float(again.cut_by_material["soil"]) == pytest.approx(float(cut.cut_by_material["soil"]), rel=1e-12)


def test_a_depth_layer_on_a_plane_in_closed_form():
    """Infinite plane at 70 deg, one face at 60 deg: the wedge over the layer's bottom is similar to the whole."""
    slope, face = math.tan(math.radians(70)), math.tan(math.radians(60))
    ground = plane(200.0, slope, 40.0)
    base = line([(-10, 0), (10, 0)], 200.0, ends="square")
    sizes = design(riser_height=100, face_angle=60, count=1)
    layers = (GroundLayer(name="soil", kind="soil", depth=3.0), GroundLayer(name="rock", kind="hard_rock"))
    cut = cut_slope(ground, base, sizes, limits=LIMITS, layers=layers, second_opinion=False)
    x = 40.0  # the survey ends here
    start = 3.0 / (slope - face)
    rock = 20 * 0.5 * (slope - face) * (x - start) ** 2
    assert float(cut.cut_by_material["rock"]) == pytest.approx(rock, rel=1e-9)
    assert float(cut.cut) == pytest.approx(20 * 0.5 * (slope - face) * x**2, rel=1e-9)
    assert float(cut.join.survey_rim) == pytest.approx(20, abs=0.1)
    assert any("out_of_survey" in remark.text.key for remark in cut.remarks)


def test_a_surveyed_bottom_above_the_ground_counts_as_no_layer():
    ground = plane(200.0, math.tan(math.radians(70)))
    base = line([(-30, 0), (30, 0)], 200.0)
    rock = plane(205.0, math.tan(math.radians(70)))  # nonsense: above the ground everywhere
    layers = (GroundLayer(name="soil", kind="soil", bottom=rock), GroundLayer(name="rock", kind="hard_rock"))
    cut = cut_slope(ground, base, design(count=3), limits=LIMITS, layers=layers, second_opinion=False)
    assert float(cut.cut_by_material["soil"]) == pytest.approx(0, abs=1e-6 * float(cut.cut))


def test_layers_without_survey_are_unknown_not_guessed():
    ground = steep()
    base = line([(-60, 0), (60, 0)], 200.0, ends="square")
    half = plane(190.0, 0.3, 500.0, AT + np.array([-500, 0]))  # ends in the middle of the slope
    layers = (GroundLayer(name="soil", kind="soil", bottom=half), GroundLayer(name="rock", kind="hard_rock"))
    cut = cut_slope(ground, base, design(), limits=LIMITS, layers=layers, second_opinion=False)
    assert any(remark.text.key == "benches.layer_unknown" for remark in cut.remarks)
    assert float(cut.cut) == pytest.approx(float(cut.volumes.cut), rel=1e-9)
    unknown = float(cut.cut_by_material["unknown"])
    assert unknown == pytest.approx(float(cut.cut) / 2, rel=1e-6)


def test_square_ends_leave_a_scarp_and_round_ends_do_not():
    square = cut_slope(steep(), line([(-60, 0), (60, 0)], 200.0, ends="square"), design(), limits=LIMITS)
    round_ = cut_slope(steep(), line([(-60, 0), (60, 0)], 200.0, ends="round"), design(), limits=LIMITS)
    assert float(square.join.scarp) > 10
    assert any(remark.text.key == "benches.scarp_left" for remark in square.remarks)
    assert float(round_.join.scarp) < 0.05
    assert float(round_.cut) > float(square.cut)


def test_round_and_mitred_corners_are_told_apart_and_said():
    nose = line([(-60, 0), (0, 0), (0, -60)], 200.0, uphill="right")
    ground = flat(235.0)
    rounded = cut_slope(ground, nose, design(), limits=LIMITS)
    mitred = cut_slope(ground, nose, design(corner="mitre"), limits=LIMITS)
    ridge = line([(-60, 0), (0, 0), (0, -60)], 200.0, uphill="left")
    outer = [cut_slope(ground, ridge, design(corner=c), limits=LIMITS) for c in ("round", "mitre")]
    assert float(outer[1].cut) > float(outer[0].cut) * 1.005
    assert float(mitred.cut) == pytest.approx(float(rounded.cut), rel=1e-3)  # an inner corner has no arc
    for cut in (*outer, mitred):
        assert cut.second is not None and cut.second.agrees
        assert any(remark.text.key == "benches.corner_said" for remark in cut.remarks)


def test_mitred_square_pit_in_closed_form():
    """Floor 40 x 40, one face 45 deg, 20 m deep, mitred: a frustum of a pyramid."""
    base = line([(0, 0), (40, 0), (40, 40), (0, 40)], 200.0, closed=True)
    cut = cut_slope(flat(220.0), base, design(riser_height=30, face_angle=45, corner="mitre"), limits=LIMITS)
    assert float(cut.cut) == pytest.approx((1600 + 6400 + math.sqrt(1600 * 6400)) / 3 * 20, rel=1e-9)
    arcs = cut_slope(
        flat(220.0), base, design(riser_height=30, face_angle=45, segments_per_quadrant=128), limits=LIMITS
    )
    steiner = 20 * 1600 + 160 * 20**2 / 2 + math.pi * 20**3 / 3
    assert float(arcs.cut) == pytest.approx(steiner, rel=1e-4)


def test_crest_down_pit_inside_a_rim_in_closed_form():
    """Rim 100 x 100 at ground level, one face at 45 deg to 20 m depth and a flat floor: a frustum upside down."""
    rim = line([(0, 0), (100, 0), (100, 100), (0, 100)], 220.0, closed=True)
    sizes = design(mode="crest_down", riser_height=20, face_angle=45, count=1, daylight=False)
    cut = cut_slope(flat(220.0), rim, sizes, limits=LIMITS)
    assert float(cut.cut) == pytest.approx((10000 + 3600 + 6000) / 3 * 20, rel=1e-9)
    assert cut.second is not None and cut.second.agrees


def test_crest_down_line_meets_the_old_face():
    base = line([(-80, 30), (80, 30)], ends="square")
    cut = cut_slope(steep(), base, design(mode="crest_down"), limits=LIMITS)
    crest = 240 + (30 - 40 / math.tan(math.radians(75))) * math.tan(math.radians(10))
    assert float(cut.base_level) == pytest.approx(crest, abs=1e-6)
    levels = [float(b.level) for b in cut.benches]
    assert levels == pytest.approx([crest - 10 * (i + 1) for i in range(len(levels))], abs=1e-6)
    assert len(levels) >= 2
    for bench in cut.benches:  # the outer edge lies to the south, the inner edge at the foot of the face above it
        if bench.crest:  # the lowest may leave the old face before it is whole
            assert bench.crest[0][:, 1].mean() < bench.toe[0][:, 1].mean()
        assert float(bench.width) == (6 if bench.wide else 3)
    assert float(cut.cut) > 0


def test_benches_stay_level_on_a_climbing_toe():
    points = tuple((AT[0] + x, AT[1], 200 + 0.05 * (x + 100)) for x in (-100.0, 100.0))
    base = BaseLine(vertices=points, uphill="left", ends="square")
    cut = cut_slope(plane(220.0, 3.0, 600.0), base, design(count=3, daylight=False), limits=LIMITS)
    for bench in cut.benches:
        low, high = bench.level_range
        assert high - low < 1e-6
        assert float(bench.level) == pytest.approx(200 + 10 * bench.number)
    crest = cut.benches[0].crest[0]
    run = 10 / math.tan(math.radians(60))
    east = crest[np.argmin(crest[:, 0])], crest[np.argmax(crest[:, 0])]
    assert east[0][1] - AT[1] == pytest.approx(run, abs=0.15)
    assert east[1][1] - AT[1] == pytest.approx(0, abs=0.15)  # the toe has come up to the first bench


def test_benches_climb_with_the_base_line_where_asked():
    points = tuple((AT[0] + x, AT[1], 200 + 0.05 * (x + 100)) for x in (-100.0, 100.0))
    base = BaseLine(vertices=points, uphill="left", ends="square")
    sizes = design(count=3, daylight=False, along="base_line")
    cut = cut_slope(plane(220.0, 3.0, 600.0), base, sizes, limits=LIMITS)
    low, high = cut.benches[0].level_range
    assert (low, high) == (pytest.approx(210, abs=0.2), pytest.approx(220, abs=0.2))
    assert float(cut.benches[0].area) == pytest.approx(200 * 3, rel=1e-6)


def test_sectors_change_the_profile_along_the_line():
    base = line([(-100, 0), (100, 0)], 200.0, ends="square")
    gentle = Sector(name="east", from_station=120, to_station=200, face_angle=45)
    cut = cut_slope(steep(), base, design(sectors=(gentle,)), limits=LIMITS)
    whole = cut_slope(steep(), base, design(), limits=LIMITS, second_opinion=False)
    soft = cut_slope(steep(), base, design(face_angle=45), limits=LIMITS, second_opinion=False)
    assert float(whole.cut) < float(cut.cut) < float(soft.cut)
    assert cut.second is not None and cut.second.agrees
    west, east = (cut.layout.elevation(AT + np.array([[x, 5.0]]))[0] for x in (-80.0, 80.0))
    assert west == pytest.approx(200 + 5 * math.tan(math.radians(60)))
    assert east == pytest.approx(205)
    # the gentle sector reaches into the steep one around their common end: never steeper than either
    near = cut.layout.elevation(AT + np.array([[18.0, 5.0]]))[0]
    assert near == pytest.approx(200 + math.hypot(2, 5))
    assert any(remark.text.key == "benches.sector_transition" for remark in cut.remarks)


def test_sectors_with_other_risers_keep_their_own_levels():
    base = line([(-100, 0), (100, 0)], 200.0, ends="square")
    low = Sector(name="east", from_station=100, to_station=200, riser_height=5)
    cut = cut_slope(steep(), base, design(sectors=(low,)), limits=LIMITS)
    east = sorted({round(float(b.level), 3) for b in cut.benches if b.sector == "east"})
    assert east[:3] == [205.0, 210.0, 215.0]
    assert cut.second is not None and cut.second.agrees


def test_sectors_beyond_or_across_each_other_are_refused():
    base = line([(-100, 0), (100, 0)], 200.0)
    beyond = Sector(name="a", from_station=250, to_station=300)
    across = (Sector(name="a", from_station=0, to_station=80), Sector(name="b", from_station=60, to_station=90))
    for sectors in ((beyond,), across):
        with pytest.raises(InputError, match="sectors"):
            cut_slope(steep(), base, design(sectors=sectors), limits=LIMITS)


def test_gentle_ground_is_said_with_numbers():
    ground = plane(200.0, math.tan(math.radians(48)))
    cut = cut_slope(ground, line([(-50, 0), (50, 0)], 200.0), design(count=4), limits=LIMITS)
    said = [remark.text.render("en") for remark in cut.remarks]
    assert any("gentler than the overall design angle" in text and "48.0" in text for text in said)


def test_fixed_levels_cut_a_hillside_into_terraces():
    ground = plane(200.0, math.tan(math.radians(30)), 120.0)
    base = line([(-100, -60), (100, -60)], uphill="left", ends="square")
    sizes = design(mode="fixed_levels", levels=(180, 190, 200), face_angle=60, berm_width=4, wide_berm_width=4)
    cut = cut_slope(ground, base, sizes, limits=LIMITS)
    t30, t60 = math.tan(math.radians(30)), math.tan(math.radians(60))
    x = 4 * t60 / (t60 - t30)  # where the face above the bench meets the hill
    area = 4 * (4 * t30) / 2 + (x - 4) * (4 * t30) / 2
    assert [float(b.level) for b in cut.benches] == pytest.approx([180, 190, 200], abs=1e-5)
    assert float(cut.cut) == pytest.approx(3 * 200 * area, rel=1e-4)
    for bench in cut.benches:
        assert float(bench.area) == pytest.approx(200 * 4, rel=1e-4)
    assert not any("swallowed" in r.text.key or "narrowed" in r.text.key for r in cut.remarks)


def test_fixed_levels_warn_before_a_face_swallows_the_bench_above():
    ground = plane(200.0, math.tan(math.radians(70)), 200.0)
    base = line([(-50, -30), (50, -30)], uphill="left", ends="square")
    sizes = design(mode="fixed_levels", levels=(150, 165, 180), face_angle=60, berm_width=3, wide_berm_width=3)
    cut = cut_slope(ground, base, sizes, limits=LIMITS)
    swallowed = [r for r in cut.remarks if r.text.key == "benches.swallowed"]
    assert len(swallowed) == 2
    assert [b.number for b in cut.benches] == [1]
    step = swallowed[0].numbers["left"]
    needed = 15 * (1 / math.tan(math.radians(60)) - 1 / math.tan(math.radians(70)))
    assert float(step) == pytest.approx(-needed, abs=0.02)  # equal widths: 3.2 m are missing
    wider = (150, 165)
    sizes = design(
        mode="fixed_levels", levels=wider, face_angle=60, berm_width=3, wide_berm_width=8, wide_berm_at=2
    )  # fmt: skip
    kept = cut_slope(ground, base, sizes, limits=LIMITS)
    assert [b.number for b in kept.benches] == [1, 2]
    assert float(kept.benches[1].area) == pytest.approx(100 * (8 - 3 - needed), rel=0.01)


def test_nothing_to_cut_is_no_result():
    with pytest.raises(NoSolution):
        cut_slope(flat(190.0), line([(-50, 0), (50, 0)], 200.0, uphill="left"), design(), limits=LIMITS)


def bumpy(seed: int = 3, at: np.ndarray = AT, mirror: bool = False) -> Tin:
    """An uneven quarry wall on a grid, for symmetry tests."""
    from slopedesign.calc.terrain import tin_from_grid

    e, n = np.arange(-60.0, 60.1, 3.0), np.arange(-20.0, 90.1, 3.0)
    x, y = np.meshgrid(e, n)
    rng = np.random.default_rng(seed)
    z = 200 + np.clip(y, 0, 12) * 3.2 + np.clip(y - 12, 0, None) * 0.35 + rng.uniform(-0.6, 0.6, x.shape)
    tin = tin_from_grid(e, n, z)
    points = tin.points * ([-1, 1, 1] if mirror else [1, 1, 1]) + [*at, 0]
    return tin_from_triangles(points, tin.triangles)


@settings(max_examples=8)
@hyp(st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_moving_the_site_changes_nothing(de, dn):
    base = [(-40.0, 0.5), (-5.0, 2.0), (40.0, 0.0)]
    here = cut_slope(bumpy(), line(base, 200.0), design(), limits=LIMITS, second_opinion=False)
    there_at = AT + np.round([de, dn], 3)
    moved = BaseLine(vertices=tuple((x + there_at[0], y + there_at[1]) for x, y in base), elevation=200.0)
    there = cut_slope(bumpy(at=there_at), moved, design(), limits=LIMITS, second_opinion=False)
    assert float(there.cut) == pytest.approx(float(here.cut), rel=1e-6)
    assert float(there.usable_area) == pytest.approx(float(here.usable_area), rel=1e-4)


def test_mirroring_the_site_changes_nothing():
    base = [(-40.0, 0.5), (-5.0, 2.0), (40.0, 0.0)]
    here = cut_slope(bumpy(), line(base, 200.0), design(), limits=LIMITS, second_opinion=False)
    mirrored = line([(-x, y) for x, y in base], 200.0)
    there = cut_slope(bumpy(mirror=True), mirrored, design(), limits=LIMITS, second_opinion=False)
    assert float(there.cut) == pytest.approx(float(here.cut), rel=1e-6)
    assert len(there.benches) == len(here.benches)


@settings(max_examples=10)
@hyp(st.floats(1.0, 6.0), st.floats(0.0, 3.0), st.floats(45, 70))
def test_cut_never_falls_when_benches_widen_or_faces_lie_back(width, more, angle):
    base = line([(-40, 0), (40, 0)], 200.0)

    def volume(w: float, a: float) -> float:
        sizes = design(berm_width=w, wide_berm_width=w, face_angle=a, count=4)
        return float(cut_slope(bumpy(), base, sizes, limits=LIMITS, second_opinion=False).cut)

    usual = volume(width, angle)
    assert volume(width + more, angle) >= usual * (1 - 1e-6)
    assert volume(width, angle - more) >= usual * (1 - 1e-6)


def test_every_remark_and_label_is_said_in_both_languages():
    base = line([(-60, 0), (60, 0)], 200.0, ends="square")
    cut = cut_slope(steep(), base, design(riser_height=None, face_angle=None, berm_width=None), limits=LIMITS)
    said = [*cut.remarks, *(r for p in cut.proposals for r in p.reasons)]
    numbers = [cut.cut, cut.area, cut.height, cut.usable_area, *(b.area for b in cut.benches)]
    from slopedesign.i18n import has

    for language in ("zh_CN", "en"):
        assert all(not remark.text.render(language).startswith("benches.") for remark in said)
        assert all(has(number.label, language) for number in numbers)
