"""Sections beside the overlay, the bend of the toe, and sections alone."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given as hyp
from hypothesis import settings
from hypothesis import strategies as st

from slopedesign.calc.benches.base import base_string
from slopedesign.calc.benches.cut import GroundLayer, GroundModel, cut_slope
from slopedesign.calc.benches.section_method import cut_typed_sections
from slopedesign.calc.benches.sections import cut_sections, section_volumes, stations_of
from slopedesign.calc.terrain import Tin, tin_from_triangles
from slopedesign.errors import InputError
from slopedesign.project.ground import GroundSection
from slopedesign.project.slopes import SectionLine, Sections

from .bench_helpers import AT, LIMITS, design, line, plane, published
from .test_cut import steep

RADIUS = 90.0


def around(profile: list[tuple[float, float]], sweep_deg: float = 200.0, step_deg: float = 0.5) -> Tin:
    """Ground with one radial profile (distance, level) all around `AT`, in fine steps."""
    t = np.radians(np.arange(-(sweep_deg - 180) / 2, 180 + (sweep_deg - 180) / 2 + 1e-9, step_deg))
    rows = [np.column_stack([r * np.cos(t) + AT[0], r * np.sin(t) + AT[1], np.full(len(t), z)]) for r, z in profile]
    n = len(t)
    faces = []
    for k in range(len(rows) - 1):
        a = np.arange(n - 1) + k * n
        faces += [np.column_stack([a, a + n, a + 1]), np.column_stack([a + 1, a + n, a + n + 1])]
    return tin_from_triangles(np.concatenate(rows), np.concatenate(faces))


def arc(first: float = 10.0, last: float = 170.0, step: float = 1.0, radius: float = RADIUS):
    t = np.radians(np.arange(first, last + 1e-9, step))
    return line([(radius * math.cos(a), radius * math.sin(a)) for a in t], 200.0)


def amphitheatre() -> Tin:
    """60 m at 70 deg around a floor of radius 90 m, a hill at 10 deg behind."""
    foot = 60 / math.tan(math.radians(70))
    hill = 260 + 250 * math.tan(math.radians(10))
    return around([(60, 200), (RADIUS, 200), (RADIUS + foot, 260), (RADIUS + foot + 250, hill)])


def test_sections_on_a_concave_toe_mislead_and_the_bend_sets_it_right():
    ground = GroundModel(surface=amphitheatre())
    cut = cut_slope(ground, arc(), design(riser_height=15), limits=LIMITS)
    assert cut.second is not None and cut.second.agrees
    sections = cut_sections(ground, cut, Sections(spacing=10.0))
    volumes = section_volumes(ground, cut, sections)
    assert volumes.difference is not None and volumes.curved_difference is not None
    assert -0.30 < float(volumes.difference) < -0.15
    assert abs(float(volumes.curved_difference)) < 0.005
    assert float(volumes.overlay) + float(volumes.beyond) == pytest.approx(float(cut.cut), rel=1e-9)
    assert any(remark.text.key == "benches.pappus" for remark in volumes.remarks)
    inner = sections[len(sections) // 2]
    assert inner.radius == pytest.approx(RADIUS, rel=0.05)
    assert [mark.number for mark in inner.benches] == [b.number for b in cut.benches]
    assert [mark.width for mark in inner.benches] == pytest.approx([float(b.width) for b in cut.benches], abs=0.02)


def test_pappus_case_as_published():
    case = published("annular_sector_pappus")[0]
    expected = case["expected"]
    assert expected["V_exact"] / expected["V_section_times_toe_length"] == pytest.approx(1 + 6.6666667 / 90, rel=1e-6)
    foot = 10.0
    ground = GroundModel(
        surface=around([(89.0, 200.0), (90.0, 200.0), (90.0 + foot, 210.0), (130.0, 210.0)], 180.0, 0.1)
    )
    # the ground rises at 45 deg; cut it down to the level floor: the section is the published triangle
    sizes = design(riser_height=0.001, face_angle=1.0, berm_width=10.0, wide_berm_width=10.0, count=2, daylight=False)
    sizes = sizes.model_copy(update={"riser_height": 1e-6})
    base = arc(0.0, 180.0, 0.1)
    cut = cut_slope(
        ground,
        base.model_copy(update={"ends": "square", "uphill": "right"}),
        sizes,
        limits=LIMITS,
        second_opinion=False,
    )
    assert float(cut.cut) == pytest.approx(expected["V_exact"], rel=2e-3)


def test_straight_toe_needs_no_correction():
    ground = GroundModel(surface=steep())
    cut = cut_slope(ground, line([(-100, 0), (100, 0)], 200.0), design(), limits=LIMITS, second_opinion=False)
    sections = cut_sections(ground, cut, Sections(spacing=20.0))
    volumes = section_volumes(ground, cut, sections)
    for volume in (volumes.end_area.volume, volumes.curved, volumes.prismoidal.volume):
        assert float(volume) == pytest.approx(float(volumes.overlay), rel=1e-6)
    assert not volumes.remarks[:-1]
    assert [s.station for s in sections] == pytest.approx(list(np.arange(0, 201, 20)))
    run = 10 / math.tan(math.radians(60))
    first = sections[3].benches[0]
    assert (first.crest, first.toe) == (pytest.approx(run, abs=1e-4), pytest.approx(run + 3, abs=1e-4))


def test_final_line_is_the_lower_of_ground_and_design_and_areas_split_by_layer():
    layers = (GroundLayer(name="soil", kind="soil", depth=3.0), GroundLayer(name="rock", kind="hard_rock"))
    ground = GroundModel(surface=steep(), layers=layers)
    cut = cut_slope(ground, line([(-50, 0), (50, 0)], 200.0), design(), limits=LIMITS, second_opinion=False)
    drawn = SectionLine(name="A", start=(AT[0] + 5, AT[1] - 20), end=(AT[0] + 5, AT[1] + 80))
    made = cut_sections(ground, cut, Sections(spacing=50.0, lines=(drawn,)))
    for section in made:
        s, z = section.final.T
        assert (z <= section.ground.z_at(s) + 1e-9).all()
        below = section.design.z_at(s)
        assert (z <= np.where(np.isfinite(below), below, np.inf) + 1e-9).all()
        split = math.fsum(float(v) for v in section.cut_by_material.values())
        assert split == pytest.approx(float(section.cut), rel=1e-9)
    assert made[-1].name == "A" and made[-1].zero == pytest.approx(20)
    back = SectionLine(name="B", start=drawn.end, end=drawn.start)
    turned = cut_sections(ground, cut, Sections(spacing=None, lines=(back,)))[0]
    assert float(turned.cut) == pytest.approx(float(made[-1].cut), rel=1e-9)
    volumes = section_volumes(ground, cut, made)
    assert set(volumes.by_material) == {"soil", "rock"}
    total = math.fsum(float(v) for v in volumes.by_material.values())
    assert total == pytest.approx(float(volumes.curved), rel=1e-9)


def test_stations_end_at_the_end_of_the_line():
    base, _ = base_string(line([(0, 0), (45, 0)], 200.0, uphill="left"), plane(200.0, 1.0))
    assert stations_of(base, 20.0) == pytest.approx([0, 20, 40, 45])


@pytest.mark.parametrize(("uphill", "sign"), [("left", -1), ("right", 1)])
def test_radius_is_positive_where_the_slope_stands_around_the_bend(uphill, sign):
    t = np.radians(np.arange(0, 91, 5))  # walking to the left around AT: the outer side is on the right
    record = line([(50 * math.cos(a), 50 * math.sin(a)) for a in t], 200.0, uphill=uphill)
    ground = GroundModel(surface=plane(230.0, 0.0))
    cut = cut_slope(ground, record, design(count=1), limits=LIMITS, second_opinion=False)
    sections = cut_sections(ground, cut, Sections(spacing=8.0))
    assert sections[4].radius == pytest.approx(sign * 50, rel=0.1)  # the line is digitised every 5 deg
    found = section_volumes(ground, cut, sections)
    assert found.curved_difference is not None and found.difference is not None
    assert abs(float(found.curved_difference)) < 0.02
    assert sign * float(found.difference) < -0.05


def typed(station: float, height: float = 40.0, angle: float = 75.0, hill: float = 10.0) -> GroundSection:
    foot = height / math.tan(math.radians(angle))
    top = 200 + height + 300 * math.tan(math.radians(hill))
    points = ((-30.0, 200.0), (0.0, 200.0), (foot, 200.0 + height), (foot + 300, top))
    return GroundSection(name=f"{station:.0f}", station=station, points=points)


def test_sections_alone_give_what_the_surface_gives_on_a_straight_toe():
    layers = (GroundLayer(name="soil", kind="soil", depth=3.0), GroundLayer(name="rock", kind="hard_rock"))
    found = cut_typed_sections([typed(s) for s in range(0, 201, 20)], design(), limits=LIMITS, layers=layers)
    base = line([(-100, 0), (100, 0)], 200.0, ends="square")
    cut = cut_slope(steep(), base, design(), limits=LIMITS, layers=layers, second_opinion=False)
    assert float(found.cut) == pytest.approx(float(cut.cut), rel=1e-6)
    assert found.prismoidal is not None
    assert float(found.prismoidal.volume) == pytest.approx(float(cut.cut), rel=1e-6)
    for name, volume in cut.cut_by_material.items():
        assert float(found.cut_by_material[name]) == pytest.approx(float(volume), rel=1e-6)
    assert [b.number for b in found.benches] == [b.number for b in cut.benches]
    for strip, bench in zip(found.benches, cut.benches, strict=True):
        assert float(strip.area) == pytest.approx(float(bench.area), rel=1e-6)
        assert float(strip.length) == pytest.approx(float(bench.crest_length), rel=1e-6)
    assert [r.text.key for r in found.remarks] == ["benches.no_radius"]


def test_sections_alone_on_a_bend_with_and_without_its_radius():
    t = (10.0, 170.0)
    ground = amphitheatre()
    base = arc(*t).model_copy(update={"ends": "square"})
    exact = cut_slope(ground, base, design(riser_height=15), limits=LIMITS, second_opinion=False)
    foot = 60 / math.tan(math.radians(70))
    hill = 260 + 250 * math.tan(math.radians(10))
    points = ((-30.0, 200.0), (0.0, 200.0), (foot, 260.0), (foot + 250, hill))
    length = RADIUS * math.radians(t[1] - t[0])
    sections = [GroundSection(name=str(k), station=k * length / 8, points=points) for k in range(9)]
    plain = cut_typed_sections(sections, design(riser_height=15), limits=LIMITS)
    bent = cut_typed_sections(sections, design(riser_height=15), limits=LIMITS, radius=RADIUS)
    assert float(plain.cut) / float(exact.cut) - 1 < -0.15
    assert float(bent.cut) == pytest.approx(float(exact.cut), rel=2e-3)
    assert float(bent.end_area.volume) == pytest.approx(float(plain.cut))
    for strip, bench in zip(bent.benches, exact.benches, strict=True):
        assert float(strip.area) == pytest.approx(float(bench.area), rel=5e-3)
    nose = cut_typed_sections(sections, design(riser_height=15), limits=LIMITS, radius=RADIUS, convex=True)
    assert float(nose.cut) < float(plain.cut)


def test_level_benches_where_section_toes_differ_in_level():
    low, high = typed(0.0), typed(20.0)
    lifted = high.model_copy(update={"points": tuple((s, z + 4) for s, z in high.points)})
    found = cut_typed_sections([low, lifted], design(), limits=LIMITS)
    levels = [[mark.level for mark in section.benches] for section in found.sections]
    assert levels[0] == pytest.approx([210, 220, 230, 240][: len(levels[0])])
    assert levels[1][:3] == pytest.approx([210, 220, 230])
    climbing = cut_typed_sections([low, lifted], design(along="base_line"), limits=LIMITS)
    assert climbing.sections[1].benches[0].level == pytest.approx(214)


def test_crest_down_on_sections_is_the_mirror_of_a_pit():
    ground = GroundSection(name="a", station=0, points=((-80.0, 200.0), (-20.0, 200.0), (-10.0, 240.0), (30.0, 240.0)))
    again = ground.model_copy(update={"name": "b", "station": 10.0})
    found = cut_typed_sections([ground, again], design(mode="crest_down"), limits=LIMITS)
    marks = found.sections[0].benches
    assert [m.level for m in marks] == pytest.approx([240 - 10 * (i + 1) for i in range(len(marks))])
    assert all(m.crest < m.toe <= 0 for m in marks)


@pytest.mark.parametrize(
    ("sections", "sizes", "field"),
    [
        ([typed(0.0)], {}, "slopes[0].typed_sections"),
        ([typed(0.0), typed(0.0)], {}, "slopes[0].typed_sections"),
        ([typed(0.0), typed(9.0)], {"mode": "fixed_levels", "levels": (210,)}, "slopes[0].benches.mode"),
        (
            [typed(0.0), GroundSection(name="x", station=5, points=((1.0, 200.0), (9.0, 240.0)))],
            {},
            "slopes[0].typed_sections",
        ),
    ],
)
def test_sections_that_cannot_be_used_are_refused_by_field(sections, sizes, field):
    with pytest.raises(InputError) as caught:
        cut_typed_sections(sections, design(**sizes), limits=LIMITS)
    assert caught.value.field == field


@settings(max_examples=25)
@hyp(st.floats(10, 60), st.floats(55, 80), st.floats(0, 20), st.floats(5, 15))
def test_benches_and_faces_leave_no_more_than_the_ground(height, angle, hill, riser):
    found = cut_typed_sections(
        [typed(0.0, height, angle, hill), typed(30.0, height, angle, hill)],
        design(riser_height=riser, face_angle=50, berm_width=2, wide_berm_width=4),
        limits=LIMITS,
    )
    section = found.sections[0]
    assert float(found.cut) == pytest.approx(30 * float(section.cut), rel=1e-9)
    ground = section.ground.z_at(section.final[:, 0])
    assert (section.final[:, 1] <= ground + 1e-9).all()
    removed = np.trapezoid(section.ground.z, section.ground.stations) - np.trapezoid(
        section.final[:, 1], section.final[:, 0]
    )
    assert removed == pytest.approx(float(section.cut), rel=1e-6, abs=1e-6)
    assert all(mark.width <= 4 + 1e-9 for mark in section.benches)
