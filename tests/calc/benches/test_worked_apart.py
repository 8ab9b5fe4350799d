"""Benches against numbers worked apart: profiles by plain trigonometry, levels by distance alone, sampled."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from slopedesign.calc.benches.cut import cut_slope
from slopedesign.calc.benches.ground import GroundModel
from slopedesign.calc.benches.join import steepest_chords
from slopedesign.calc.benches.limits import wide_berms
from slopedesign.calc.benches.preview import preview_section
from slopedesign.calc.benches.proposal import propose
from slopedesign.calc.benches.section_method import cut_typed_sections
from slopedesign.calc.benches.sections import cut_sections, section_volumes
from slopedesign.calc.benches.strings import BaseString
from slopedesign.calc.terrain import Tin, build_tin
from slopedesign.design.checks import judged_height, slope_checks
from slopedesign.errors import InputError, NoSolution
from slopedesign.project.ground import GroundSection
from slopedesign.project.info import ProjectInfo
from slopedesign.project.project import Project
from slopedesign.project.slopes import BaseLine, BenchDesign, BenchOverride, SectionLine, Sections, Sector, Slope
from slopedesign.standards.check import Verdict
from slopedesign.standards.trace import given

from .bench_helpers import LIMITS

Profile = tuple[np.ndarray, np.ndarray, float]


def breaks(risers: list[tuple[float, float]], berms: list[tuple[float, float]]) -> Profile:
    """Runs and levels of (height, angle) faces and (width, fall) berms, and the slope of the last face."""
    x, z = [0.0], [0.0]
    for i, (height, angle) in enumerate(risers):
        x.append(x[-1] + height / math.tan(math.radians(angle)))
        z.append(z[-1] + height)
        if i < len(berms):
            x.append(x[-1] + berms[i][0])
            z.append(z[-1] - berms[i][0] * math.tan(math.radians(berms[i][1])))
    return np.array(x), np.array(z), math.tan(math.radians(risers[-1][1]))


def level_at(distance: np.ndarray, profile: Profile) -> np.ndarray:
    x, z, slope = profile
    return np.interp(distance, x, z) + np.maximum(distance - x[-1], 0) * slope


def hill(angle: float, height: float, width: float = 120.0) -> tuple[Tin, float]:
    """Level ground, a plane rising northward from N = 0 to `height`, level ground behind it."""
    slope = math.tan(math.radians(angle))
    rows = (-20.0, 0.0, height / slope, 250.0)
    points = [(x, y, min(max(0.0, slope * y), height)) for x in (-width, 0.0, 100.0, 100 + width) for y in rows]
    return build_tin(np.array(points), duplicates="first").tin, slope


def cut_of(ground: Tin, line: BaseLine | None = None, **sizes: object):
    usual = {"material": "hard_rock", "inward_fall_deg": 2.0}
    base = line or BaseLine(vertices=((0, 0), (100, 0)), elevation=0.0, ends="square")
    return cut_slope(ground, base, BenchDesign(**(usual | sizes)), limits=LIMITS, second_opinion=False)


@pytest.mark.parametrize(("height", "fall", "berm", "wide"), [(59.4, 5, 2, 4), (59.45, 5, 2, 8), (74.4, 3, 2, 6)])
def test_no_last_riser_is_higher_than_stated_because_a_wide_berm_falls_more(height, fall, berm, wide) -> None:
    ground, _ = hill(80, height)
    cut = cut_of(ground, riser_height=15, face_angle=50, berm_width=berm, wide_berm_width=wide, inward_fall_deg=fall)
    assert max(float(face.found_height) for face in cut.faces) <= 15.01
    n = len(cut.profile.risers)
    at = set(wide_berms(n))
    falls = [(wide if i in at else berm, float(fall)) for i in range(1, n)]
    assert float(cut.profile.height) == pytest.approx(breaks([(15, 50)] * n, falls)[1][-1])
    assert float(cut.profile.height) >= height - 0.01


def test_a_bench_of_its_own_fall_counts_when_risers_are_counted() -> None:
    fallen = BenchOverride(bench=1, inward_fall_deg=20, berm_width=4)  # 1.456 m lower at its inner edge
    sizes = BenchDesign(material="hard_rock", riser_height=15, face_angle=50, berm_width=2, overrides=(fallen,))
    drop = 4 * math.tan(math.radians(20))
    assert len(propose(sizes, LIMITS, 30 - drop - 0.01).profile.risers) == 2
    assert len(propose(sizes, LIMITS, 30 - drop + 0.01).profile.risers) == 3


@pytest.mark.parametrize(("angle", "height"), [(55, 40), (52, 60), (58, 30)])
def test_ground_gentler_than_a_face_but_steeper_than_the_benches_is_cut(angle, height) -> None:
    ground, slope = hill(angle, height)
    cut = cut_of(ground, riser_height=8, face_angle=60, berm_width=2, wide_berm_width=4)
    n = len(cut.profile.risers)
    berms = [(4.0 if i in wide_berms(n) else 2.0, 2.0) for i in range(1, n)]
    y = (np.arange(2_000_000) + 0.5) * 1e-4
    depth = np.clip(slope * y, 0, height) - level_at(y, breaks([(8, 60)] * n, berms))
    assert float(cut.cut) == pytest.approx(100 * np.maximum(depth, 0).sum() * 1e-4, rel=1e-4)
    typed = [
        GroundSection(name=f"{k}", station=50.0 * k, points=((-9, 0), (0, 0), (height / slope, height), (200, height)))
        for k in range(3)
    ]
    sizes = BenchDesign(riser_height=8, face_angle=60, berm_width=2, wide_berm_width=4, inward_fall_deg=2)
    by_sections = cut_typed_sections(typed, sizes, limits=LIMITS)
    assert float(by_sections.cut) == pytest.approx(float(cut.cut), rel=1e-4)


def test_a_hill_gentler_than_the_benches_is_not_cut() -> None:
    ground, _ = hill(45, 40)
    with pytest.raises(NoSolution):
        cut_of(ground, riser_height=8, face_angle=60, berm_width=2, wide_berm_width=4)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        ((0, 0), (50, 12), (100, 0)),
        ((0, 0), (50, -15), (100, 0)),
        ((0, 0), (20, 0), (40, -6), (75, 9), (90, 0), (100, 0)),
    ],
)
def test_bent_base_lines_drawn_both_ways(line, turned) -> None:
    ground, slope = hill(71, 35)
    base = BaseLine(vertices=line[::-1] if turned else line, elevation=0.0)
    cut = cut_of(ground, base, riser_height=12, face_angle=55, berm_width=3, segments_per_quadrant=64)
    n = len(cut.profile.risers)
    cell = 0.4
    x, y = np.meshgrid(np.arange(-80, 180, cell) + cell / 2, np.arange(-19, 110, cell) + cell / 2)
    places = shapely.points(x.ravel(), y.ravel())
    string = shapely.LineString(line)
    level = level_at(shapely.distance(places, string), breaks([(12, 55)] * n, [(3, 2)] * (n - 1)))
    depth = np.maximum(np.clip(slope * y.ravel(), 0, 35) - level, 0)
    far = shapely.LineString([(-500, line[0][1]), *line, (500, line[-1][1])])
    before = shapely.Polygon([(-500, -500), *far.coords, (500, -500)])
    behind = ~shapely.contains_xy(before, x.ravel(), y.ravel())
    assert float(cut.cut) == pytest.approx((depth * behind).sum() * cell**2, rel=2e-3)


SECTORS = (Sector(name="a", from_station=0, to_station=50), Sector(name="b", from_station=50, to_station=100))


@pytest.mark.parametrize(
    ("other", "rule"),
    [({"face_angle": 75}, "cut.angle_max.hard.h15"), ({"berm_width": 1.0}, "cut.bench_width.rock")],
)
def test_a_sector_is_judged_by_its_own_sizes(other, rule) -> None:
    """The first sector keeps the limits; what the second does wrong is not hidden behind it."""
    ground, _ = hill(80, 29)
    sectors = (SECTORS[0], SECTORS[1].model_copy(update=other))
    sizes = {"riser_height": 15, "face_angle": 50, "berm_width": 3, "material": "hard_rock"}
    cut = cut_of(ground, sectors=sectors, **sizes)
    slope = Slope(
        name="s", ground="g", base_line=BaseLine(vertices=((0, 0), (100, 0))),
        benches=BenchDesign(sectors=sectors, **sizes),
    )  # fmt: skip
    works = [type("W", (), {"bench": bench})() for bench in cut.benches]
    checks = [
        c for c in slope_checks(slope, "slopes[0]", Project(info=ProjectInfo(name="p")), cut, works) if c.id == rule
    ]
    assert {c.verdict for c in checks} == {Verdict.PASS, Verdict.FAIL}
    assert {face.sector for face in cut.faces if face.number == 2} <= {"a", "b", "a, b"}
    assert float(cut.face_area) == pytest.approx(sum(float(face.slope_area) for face in cut.faces))


def test_one_riser_in_two_sectors_is_no_stepped_slope() -> None:
    ground, _ = hill(80, 11)
    sectors = (SECTORS[0], SECTORS[1].model_copy(update={"face_angle": 45}))
    cut = cut_of(ground, riser_height=15, face_angle=50, berm_width=3, sectors=sectors)
    assert len(cut.faces) == 2
    slope = Slope(name="s", ground="g", base_line=BaseLine(vertices=((0, 0), (100, 0))))
    ids = {check.id for check in slope_checks(slope, "slopes[0]", Project(info=ProjectInfo(name="p")), cut, [])}
    assert "cut.straight.rock" in ids
    assert "cut.riser_height.rock" not in ids


def test_benches_that_climb_with_the_base_line_keep_the_height_of_their_faces() -> None:
    ground, _ = hill(80, 29)
    base = BaseLine(vertices=((0, 0, 0), (100, 0, 9)), ends="square", uphill="left")
    cut = cut_of(ground, base, riser_height=8, face_angle=60, berm_width=2, wide_berm_width=2, along="base_line")
    assert [float(face.found_height) for face in cut.faces[:2]] == pytest.approx([8, 8], abs=0.01)


@pytest.mark.parametrize("levels", [(10.0, 18.0, 31.0), (6.0, 14.0, 22.0)])
def test_fixed_levels_take_the_angle_of_their_true_height(levels) -> None:
    """A face from the inner edge of a bench to the next level: 60 deg up to 8 m, 50 deg up to 15 m in hard rock."""
    ground, _ = hill(40, 45)
    cut = cut_of(ground, mode="fixed_levels", levels=levels, berm_width=2.5, wide_berm_width=2.5, inward_fall_deg=0)
    for i, (low, high) in enumerate(zip(levels, levels[1:], strict=False)):
        face = cut.faces[i]
        asked = 60.0 if high - low <= 8 else 50.0
        assert float(face.angle) == asked
        built = math.degrees(math.acos(float(face.plan_area) / float(face.slope_area)))
        assert built == pytest.approx(asked, abs=0.05)
    fallen = cut_of(ground, mode="fixed_levels", levels=(6.0, 14.0, 22.0), berm_width=2.5, wide_berm_width=2.5)
    assert float(fallen.faces[0].angle) == 50.0  # 8 m and the fall of the bench: more than 8 m
    assert float(fallen.faces[0].height) == pytest.approx(8 + 2.5 * math.tan(math.radians(2)))


def test_fixed_levels_say_the_angle_that_is_built_under_each_bench() -> None:
    ground, _ = hill(30, 60)
    own = (BenchOverride(bench=1, face_angle=40), BenchOverride(bench=2, face_angle=50))
    cut = cut_of(ground, mode="fixed_levels", levels=(10, 20, 30), berm_width=3, face_angle=60, overrides=own)
    for face, angle in zip(cut.faces, (40, 50, 60), strict=False):
        assert float(face.angle) == angle
        assert math.degrees(math.acos(float(face.plan_area) / float(face.slope_area))) == pytest.approx(angle, abs=0.05)


def test_the_last_face_of_typed_sections_is_judged_as_high_as_it_is_cut() -> None:
    away = 40 / math.tan(math.radians(75))
    points = ((-10, 0), (0, 0), (away, 40), (80, 40))
    typed = [GroundSection(name=f"{k}", station=20.0 * k, points=points) for k in range(3)]
    sizes = BenchDesign(riser_height=8, face_angle=60, berm_width=2, count=2, inward_fall_deg=0)
    found = cut_typed_sections(typed, sizes, limits=LIMITS)
    assert [float(face.found_height) for face in found.faces] == pytest.approx([8, 32])
    assert float(judged_height(found.faces[1].height, found.faces[1].found_height)) == pytest.approx(32)
    assert float(found.height) == pytest.approx(40)
    assert float(found.existing_angle) == pytest.approx(75)


def test_a_slope_that_must_be_graded_is_found_beside_a_steeper_low_one() -> None:
    """Hard rock: over 75 deg and over 15 m. One end is 10 m at 84 deg, the other 20 m at 78 deg."""
    t = [math.tan(math.radians(a)) for a in (84, 78)]
    rows = []
    for x, height, slope in ((0, 10, t[0]), (45, 10, t[0]), (55, 20, t[1]), (100, 20, t[1])):
        rows += [(x, y, z) for y, z in ((-20, 0), (0, 0), (height / slope, height), (60, height))]
    ground = build_tin(np.array(rows, float)).tin
    base = BaseString(points=np.array([[0, 0, 0.0], [100, 0, 0]]), side="left")
    chords, graver = steepest_chords(ground, base, 20.0, step=0.05, beyond=(75.0, 15.0))
    steepest = chords[np.nanargmax(chords[:, 1])]
    assert steepest[1] > 80 and steepest[0] < 15  # on its own this one asks for nothing
    highest = graver[np.nanargmax(graver[:, 0])]
    assert highest[0] == pytest.approx(20, abs=0.5)
    assert highest[1] == pytest.approx(78, abs=1)
    assert np.isnan(steepest_chords(ground, base, 20.0, beyond=(86.0, 15.0))[1]).all()


def test_a_centimetre_over_the_riser_is_no_other_riser() -> None:
    stated, found = given(15.0, "m", "x"), given(15.005, "m", "x")
    assert judged_height(stated, found) is stated
    assert judged_height(stated, given(15.02, "m", "x")).value == 15.02


@pytest.mark.parametrize(("mode", "line", "level"), [("crest_down", 15, 40.0), ("toe_up", 0, 0.0)])
def test_the_quick_section_lies_on_the_side_of_the_full_one(mode, line, level) -> None:
    ground, _ = hill(76, 40)
    base = BaseLine(vertices=((0, line), (50, line + 5), (100, line)), elevation=level)
    sizes = BenchDesign(mode=mode, riser_height=12, face_angle=65, berm_width=3, wide_berm_width=5)
    cut = cut_slope(ground, base, sizes, limits=LIMITS, second_opinion=False)
    for full in cut_sections(GroundModel(surface=ground), cut, Sections(spacing=25))[1:4]:
        quick = preview_section(ground, cut, full, base, sizes, LIMITS, same_base=True)
        assert quick is not None
        away = np.linspace(full.final[0, 0], full.final[-1, 0], 997)
        wrong = [np.interp(away, *line.T) for line in (quick.final, full.final)]
        assert np.quantile(np.abs(wrong[0] - wrong[1]), 0.99) < 0.02
        for one, other in zip(quick.benches, full.benches, strict=True):
            assert (one.number, one.crest, one.toe) == pytest.approx((other.number, other.crest, other.toe), abs=0.2)
            assert one.level == pytest.approx(other.level, abs=1e-6)
        outer = [bench.crest for bench in full.benches]
        assert all((crest < 0) == (mode == "crest_down") for crest in outer)


RECTANGLE = ((0, 0), (60, 0), (60, 40), (0, 40))


@pytest.mark.parametrize(
    "sectors",
    [
        (Sector(name="a", from_station=0, to_station=80),),
        (Sector(name="a", from_station=0, to_station=100), Sector(name="b", from_station=100, to_station=200)),
        (Sector(name="a", from_station=30, to_station=70), Sector(name="b", from_station=70, to_station=190)),
    ],
)
def test_a_pit_floor_stays_a_floor_when_its_rim_has_sectors(sectors) -> None:
    """Steiner: the plan at distance d of a rectangle is A + P d + pi d^2; alike sectors change nothing."""
    flat = build_tin(np.array([[x, y, 30.0] for x in (-200, 200) for y in (-200, 200)])).tin
    base = BaseLine(vertices=RECTANGLE, closed=True, elevation=0.0)
    sizes = {"riser_height": 12, "face_angle": 60, "berm_width": 3, "wide_berm_width": 3, "inward_fall_deg": 0}
    cut = cut_of(flat, base, sectors=sectors, segments_per_quadrant=64, **sizes)
    d = np.linspace(0, 60, 200_001)
    plan = 2400 + 200 * d + math.pi * d**2
    depth = np.maximum(30 - level_at((d[1:] + d[:-1]) / 2, breaks([(12, 60)] * 3, [(3, 0)] * 2)), 0)
    assert float(cut.cut) == pytest.approx(2400 * 30 + (np.diff(plan) * depth).sum(), rel=1e-4)
    for k, bench in enumerate(cut.benches):
        x = breaks([(12, 60)] * 3, [(3, 0)] * 2)[0][2 * k + 1]
        ring = 200 * 3 + math.pi * ((x + 3) ** 2 - x**2)
        assert float(bench.area) == pytest.approx(ring, rel=1e-3)
    faces = sum(float(part.cut) for part in (*cut.faces, *cut.benches))
    assert float(cut.floor_cut) == pytest.approx(2400 * 30, rel=1e-6)
    assert faces + float(cut.floor_cut) == pytest.approx(float(cut.cut), rel=1e-6)


def test_a_level_top_behind_the_last_crest_is_no_face() -> None:
    ground, _ = hill(80, 29)
    sizes = {"riser_height": 8, "face_angle": 60, "berm_width": 2, "wide_berm_width": 2, "count": 2}
    sectors = (SECTORS[0], SECTORS[1].model_copy(update={"riser_height": 4.0}))
    cut = cut_of(ground, daylight=False, sectors=sectors, **sizes)
    assert float(cut.floor_cut) > 0  # behind the lower sector's crest, as far as the higher one reaches
    for face in cut.faces:
        built = math.degrees(math.acos(float(face.plan_area) / float(face.slope_area)))
        assert built == pytest.approx(60, abs=1)


def test_mitred_corners_are_refused_on_contours() -> None:
    ground, _ = hill(40, 45)
    with pytest.raises(InputError, match=r"benches\.corner"):
        cut_of(ground, mode="fixed_levels", levels=(6.0, 14.0), berm_width=2, wide_berm_width=2, corner="mitre")


def test_a_bend_too_tight_for_its_sections_makes_no_negative_volume() -> None:
    ground, _ = hill(71, 35)
    base = BaseLine(vertices=((0, 0), (10, -6), (20, 0), (30, -6), (40, 0)), elevation=0.0)
    sizes = BenchDesign(riser_height=8, face_angle=50, berm_width=2, wide_berm_width=4)
    cut = cut_slope(ground, base, sizes, limits=LIMITS, second_opinion=False)
    model = GroundModel(surface=ground)
    volumes = section_volumes(model, cut, cut_sections(model, cut, Sections(spacing=5)))
    assert float(volumes.curved) >= 0
    assert any(remark.text.key == "benches.tight_bend" for remark in volumes.remarks)


def test_a_pit_floor_drawn_on_uneven_ground_is_level_and_its_faces_begin_at_its_rim() -> None:
    """Corners at 0, 3, 6 and 2 m: the floor lies at 0 m and no face is steeper than stated."""
    flat = build_tin(np.array([[x, y, 30.0] for x in (-200, 200) for y in (-200, 200)])).tin
    corners = tuple((x, y, z) for (x, y), z in zip(RECTANGLE, (0.0, 3.0, 6.0, 2.0), strict=True))
    sizes = {"riser_height": 12, "face_angle": 50, "berm_width": 3, "wide_berm_width": 3, "inward_fall_deg": 0}
    uneven = cut_of(flat, BaseLine(vertices=corners, closed=True), **sizes)
    level = cut_of(flat, BaseLine(vertices=RECTANGLE, closed=True, elevation=0.0), **sizes)
    assert float(uneven.cut) == pytest.approx(float(level.cut), rel=1e-9)
    for face in uneven.faces:
        built = math.degrees(math.acos(float(face.plan_area) / float(face.slope_area)))
        assert built == pytest.approx(50, abs=0.1)


THREE = {"riser_height": 10, "face_angle": 45, "berm_width": 3, "wide_berm_width": 3, "inward_fall_deg": 0}


def test_a_cut_that_leaves_the_survey_is_as_high_as_where_it_leaves_it() -> None:
    """Faces 45 deg: 0-10, berm 3, 13-23, berm 3, 26-36 m; the survey of level ground at 30 m ends 34 m behind."""
    short = build_tin(np.array([[x, y, 30.0] for x in (-50, 150) for y in (-20.0, 34.0)])).tin
    line = BaseLine(vertices=((0, 0), (100, 0)), elevation=0.0, ends="square", uphill="left")
    cut = cut_of(short, line, **THREE)
    assert float(cut.top_level) == pytest.approx(28.0, abs=1e-6)
    assert float(cut.height) == pytest.approx(28.0, abs=1e-6)
    assert float(cut.set_back) == pytest.approx(34.0, abs=1e-6)


def test_a_cut_that_meets_the_survey_only_within_one_face_has_a_height() -> None:
    """The survey lies wholly above one face of the design: no edge of it and no daylight are on the ground."""
    strip = build_tin(np.array([[x, y, 30.0] for x in (20, 80) for y in (14.0, 20.0)])).tin
    line = BaseLine(vertices=((0, 0), (100, 0)), elevation=0.0, ends="square", uphill="left")
    cut = cut_of(strip, line, **THREE, count=3)
    assert float(cut.height) == pytest.approx(17.0, abs=1e-6)
    assert float(cut.cut) == pytest.approx(60 * 6 * (30 - 14), rel=1e-9)


def test_a_vertex_that_nobody_can_mean_is_refused() -> None:
    """A digit too many in an easting would make a slope of thousands of sections; a kilometre aside is let be."""
    ground, _ = hill(50, 40)
    near = BaseLine(vertices=((0, 0), (100, 0), (900, -20)), elevation=0.0, ends="square", uphill="left")
    assert float(cut_of(ground, near, **THREE).height) > 30
    far = BaseLine(vertices=((0, 0), (100, 0), (50_085, 0)), elevation=0.0, ends="square", uphill="left")
    with pytest.raises(InputError, match=r"base_line\.vertices\[2\] = '50085\.000, 0\.000': lies 49865 m off"):
        cut_of(ground, far, **THREE)
    cut = cut_of(ground, **THREE)
    line = SectionLine(name="P", start=(50.0, -10.0), end=(50.0, 4_000_000.0))
    with pytest.raises(InputError, match=r"sections\.lines\[0\]\.end"):
        cut_sections(GroundModel(surface=ground), cut, Sections(spacing=None, lines=(line,)))


def test_a_line_that_turns_back_sharply_has_no_part_between_its_normals() -> None:
    ground, _ = hill(30, 60)
    base = BaseLine(vertices=((67.2, 29.0), (64.6, 0.0), (0.0, 35.2)), elevation=0.0)
    cut = cut_slope(ground, base, BenchDesign(riser_height=15, face_angle=8), limits=LIMITS, second_opinion=False)
    model = GroundModel(surface=ground)
    volumes = section_volumes(model, cut, cut_sections(model, cut, Sections(spacing=20)))
    assert float(volumes.curved) >= 0
