"""Where a cut ends: at its first daylight, and nowhere when nothing is cut."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from slopedesign.calc.benches.cut import NOTHING, GroundLayer, GroundModel, cut_slope
from slopedesign.calc.benches.result import BenchCut
from slopedesign.calc.benches.section_method import cut_typed_sections
from slopedesign.calc.terrain import Tin, build_tin, tin_from_triangles
from slopedesign.errors import NoSolution
from slopedesign.project.ground import GroundSection
from slopedesign.standards.check import Level

from .bench_helpers import AT, LIMITS, design, line, plane

FOOT = 40 / math.tan(math.radians(75))
FACE = [(-300.0, 200.0), (0.0, 200.0), (FOOT, 240.0), (FOOT + 100, 240 + 100 * math.tan(math.radians(10)))]
MOUNTAIN = [*FACE, (FOOT + 150, 420.0), (FOOT + 200, 420.0), (FOOT + 250, 250.0), (FOOT + 300, 250.0)]
PLAIN = [*FACE, (FOOT + 300, FACE[-1][1])]


def ridge(north: list[tuple[float, float]], half: float = 300.0, step: float = 20.0) -> Tin:
    """Ground of one profile, north and level, all along."""
    east = np.arange(-half, half + step / 2, step)
    points = np.array([[AT[0] + e, AT[1] + n, z] for n, z in north for e in east])
    a = (np.arange(len(north) - 1)[:, None] * len(east) + np.arange(len(east) - 1)).ravel()
    b = a + len(east)
    return tin_from_triangles(points, np.vstack([np.column_stack([a, a + 1, b + 1]), np.column_stack([a, b + 1, b])]))


def keys(cut: BenchCut) -> set[str]:
    return {remark.text.key for remark in cut.remarks}


@pytest.mark.parametrize("ends", ["round", "square"])
@pytest.mark.parametrize("count", [None, 3])
def test_a_mountain_behind_the_slope_is_not_cut(ends, count):
    base, sizes = (
        line([(-60, 0), (60, 0)], 200.0, ends=ends),
        design(face_angle=45, berm_width=4, wide_berm_width=4, count=count),
    )
    alone = cut_slope(ridge(PLAIN), base, sizes, limits=LIMITS)
    before = cut_slope(ridge(MOUNTAIN), base, sizes, limits=LIMITS)
    assert "benches.beyond_daylight" not in keys(alone)
    assert float(before.cut) == pytest.approx(float(alone.cut), rel=1e-6)
    assert float(before.top_level) == pytest.approx(float(alone.top_level), abs=1e-3)
    assert [float(b.level) for b in before.benches] == pytest.approx([float(b.level) for b in alone.benches])
    assert len(before.faces) == len(alone.faces) and before.pieces == alone.pieces
    assert before.second is not None and before.second.agrees
    assert float(before.join.scarp) == pytest.approx(float(alone.join.scarp), abs=0.05)
    said = next(remark for remark in before.remarks if remark.text.key == "benches.beyond_daylight")
    assert float(said.numbers["cut"]) > float(before.cut) and float(said.numbers["area"]) > 1000
    assert 100 < float(str(said.text.values["away"])) < 200


def test_layers_and_slices_add_up_beside_what_is_left_out():
    layers = (GroundLayer(name="soil", kind="soil", depth=2.0), GroundLayer(name="rock", kind="hard_rock"))
    base = line([(-60, 0), (60, 0)], 200.0)
    cut = cut_slope(GroundModel(surface=ridge(MOUNTAIN), layers=layers), base, design(face_angle=45), limits=LIMITS)
    assert "benches.beyond_daylight" in keys(cut)
    assert math.fsum(float(v) for v in cut.cut_by_material.values()) == pytest.approx(float(cut.cut), rel=1e-9)
    assert math.fsum(float(s.volume) for s in cut.slices) == pytest.approx(float(cut.cut), rel=1e-9)


def test_a_trench_narrower_than_a_bench_does_not_end_the_cut():
    run = math.tan(math.radians(70))
    trench = [(-300.0, 200.0), (0.0, 200.0), (10.0, 200 + 10 * run), (10.5, 203.0), (13.0, 203.0)]
    above = [(13.5, 200 + 13.5 * run), (22.0, 200 + 22 * run), (300.0, 270.0)]
    base = line([(-60, 0), (60, 0)], 200.0, ends="square")
    cut = cut_slope(ridge([*trench, *above]), base, design(berm_width=4), limits=LIMITS, second_opinion=False)
    assert cut.pieces == 2 and "benches.islands" in keys(cut)
    assert "benches.beyond_daylight" not in keys(cut)
    assert float(cut.top_level) > 255


def test_a_spire_behind_is_left_out_too():
    ground, at = ridge(PLAIN), AT + np.array([0.0, FOOT + 120])
    tip = [
        [*(at + d), float(ground.elevation(at + d)[0])] for d in ((-1.5, -1.5), (1.5, -1.5), (1.5, 1.5), (-1.5, 1.5))
    ]
    spired = build_tin(np.vstack([ground.points, tip, [[*at, 420.0]]])).tin
    plain = build_tin(np.vstack([ground.points, tip, [[*at, float(ground.elevation(at)[0])]]])).tin
    base, sizes = line([(-60, 0), (60, 0)], 200.0), design(face_angle=45)
    cut, alone = (cut_slope(tin, base, sizes, limits=LIMITS, second_opinion=False) for tin in (spired, plain))
    assert float(cut.cut) == pytest.approx(float(alone.cut), rel=1e-6)
    said = next(remark for remark in cut.remarks if remark.text.key == "benches.beyond_daylight")
    assert 0 < float(said.numbers["area"]) < 9


def test_what_a_crest_down_design_leaves_beyond_the_face_is_said():
    base = line([(-80, 30), (80, 30)], ends="square")
    cut = cut_slope(ridge(PLAIN), base, design(mode="crest_down"), limits=LIMITS, second_opinion=False)
    said = [remark for remark in cut.remarks if remark.text.key == "benches.beyond_daylight"]
    apart = shapely.distance(shapely.get_parts(cut.outline), shapely.LineString(cut.layout.base.ring[:, :2]))
    assert (apart < 0.5).all()
    assert len(said) == 1 and said[0].level is Level.NOTE and float(said[0].numbers["cut"]) > 0


def test_a_cut_of_nothing_but_rounding_is_refused():
    steep = math.tan(math.radians(60))
    sizes = design(riser_height=30, face_angle=60, count=1)
    base = line([(-50, 0), (50, 0)], 200.0, uphill="left", ends="square")
    ground = plane(200.0, steep * (1 - 1e-15), 40.0)
    with pytest.raises(NoSolution):
        cut_slope(ground, base, sizes, limits=LIMITS)
    there = cut_slope(plane(200.0, steep * (1 + 1e-6), 40.0), base, sizes, limits=LIMITS, second_opinion=False)
    assert float(there.cut) > NOTHING


@pytest.mark.parametrize("lift", [0.0, 1e-13, 1e-9])
def test_typed_sections_that_cut_nothing_but_rounding_are_refused(lift):
    steep = math.tan(math.radians(60))
    offsets = [-20.0, 0.0, 3.3, 7.1, 11.0]
    points = tuple((x, 200.0 + max(0.0, x) * steep + (lift if x > 0 else 0.0)) for x in offsets)
    sections = [GroundSection(name=str(k), station=10.0 * k, points=points) for k in range(3)]
    with pytest.raises(NoSolution):
        cut_typed_sections(sections, design(riser_height=30, face_angle=60, count=1), limits=LIMITS)
