"""Soil cover and roads against the printed clauses and plain geometry."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from slopedesign.calc.compliance import judge_cover, judge_road, judge_road_density, judge_roads
from slopedesign.calc.cover import area_cover, face_cover
from slopedesign.calc.roads import design_roads
from slopedesign.design import run
from slopedesign.errors import InputError
from slopedesign.project.edit import with_value
from slopedesign.project.works import CoverArea, Road, RoadNetwork
from slopedesign.quantities.collect import bill_of
from slopedesign.standards import guide
from slopedesign.standards.check import Strength, Verdict
from slopedesign.standards.trace import given
from slopedesign.workspace import open_workspace

COVERS = (  # as printed in 7.2.3.4(1) and 7.3.3.3: place, ground, use, method, long-term; thickness; strength
    ("cut_bench", "rock", "forest", "cover", None, 0.5, Strength.SHOULD),
    ("toe_fill", "soil", "grass", "cover", None, 0.5, Strength.SHOULD),
    ("fill_bench", "rock", "forest", "cover", None, 0.5, Strength.SHOULD),
    ("industrial_site", "rock", "forest", "cover", None, 0.8, Strength.SHOULD),
    ("industrial_site", "soil", "forest", "cover", None, 0.5, Strength.SHOULD),
    ("industrial_site", "soil", "forest", "loosen", None, 0.5, Strength.MUST),
    ("mine_road", "rock", "grass", "cover", None, 0.8, Strength.SHOULD),
    ("mine_road", "mud_bound_road", "grass", "cover", None, 0.5, Strength.SHOULD),
    ("mine_road", "mud_bound_road", "grass", "loosen", None, 0.5, Strength.MUST),
    ("dump", "rock", "forest", "cover", True, 1.0, Strength.SHOULD),
    ("gangue_dump", "rock", "arable", "cover", None, 0.8, Strength.SHOULD),
    ("gangue_dump", "rock", "forest", "cover", None, 0.3, Strength.SHOULD),
    ("gangue_dump", "rock", "grass", "cover", None, 0.3, Strength.SHOULD),
    ("subsidence_area", "soil", "arable", "cover", None, 0.5, None),
)


@pytest.mark.parametrize("row", COVERS, ids=lambda row: "-".join(map(str, row[:5])))
def test_cover_as_printed(row) -> None:
    place, ground, use, method, long_term, least, strength = row
    for thickness, verdict in ((least, True), (least + 0.01, True), (least - 0.001, False)):
        (check,) = (
            c
            for c in judge_cover(
                subject="x", place=place, thickness=given(thickness, "m", "t"), ground=ground, use=use, method=method,
                long_term=long_term, field="cover_areas[0]",
            )
            if "undulation" not in c.id
        )  # fmt: skip
        assert check.met is verdict, check
        assert strength is None or check.strength is strength


def test_more_than_80_cm_on_arable_spoil_dumps_means_more() -> None:
    for thickness, met in ((0.8, False), (0.81, True)):
        (check,) = judge_cover(
            subject="x", place="spoil_dump", thickness=given(thickness, "m", "t"), ground="rock", use="arable",
        )  # fmt: skip
        assert check.met is met


@pytest.mark.parametrize(
    ("place", "ground"),
    [
        ("industrial_site", "rock"),
        ("mine_road", "rock"),
        ("toe_fill", "soil"),
        ("fill_bench", "soil"),
        ("cut_bench", "soil"),
    ],
)
def test_loosening_is_no_cover_where_only_cover_is_allowed(place, ground) -> None:
    checks = judge_cover(
        subject="x", place=place, thickness=given(1.2, "m", "t"), ground=ground, use="forest", method="loosen",
    )  # fmt: skip
    assert [c.met for c in checks if c.id.startswith("soil.cover.")] == [False]


def test_a_dump_of_unknown_stay_is_not_judged() -> None:
    (check,) = judge_cover(subject="x", place="dump", thickness=given(1.0, "m", "t"), ground="rock", use="forest")
    assert check.verdict is Verdict.NOT_JUDGED and check.missing == ("long_term",)


@pytest.mark.parametrize("slope", [0.0, 18.0, 35.0, 60.0])
def test_cover_is_measured_square_to_the_slope(slope) -> None:
    """A layer t thick, square to a slope, stands t/cos high: the prism between both planes."""
    area = CoverArea(name="a", place="toe_fill", thickness=0.5, area=1000.0, slope_deg=slope)
    found = area_cover(area, "cover_areas[0]")
    upright = 0.5 / math.cos(math.radians(slope))
    assert float(found.in_place) == pytest.approx(1000.0 * upright)
    assert float(found.plan_area) == 1000.0


def test_an_area_by_its_corners_is_that_of_the_triangles_in_it() -> None:
    corners = ((494_000, 4_038_000), (494_080, 4_038_010), (494_060, 4_038_090), (494_030, 4_038_040))
    (x0, y0), rest = corners[0], corners[1:]
    fan = sum(((a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)) / 2 for a, b in zip(rest, rest[1:], strict=False))
    for turned in (corners, corners[::-1]):
        area = CoverArea(name="a", place="toe_fill", thickness=0.5, polygon=turned)
        assert float(area_cover(area, "x").plan_area) == pytest.approx(abs(fan), rel=1e-12)


def network(*roads: Road, area: float = 1e6) -> RoadNetwork:
    return RoadNetwork(served_area=area, roads=roads)


def test_every_line_of_a_layer_counts_and_a_ring_comes_back() -> None:
    """3-4-5 triangles: 1200 m in one piece, 300 m in another; a ring of 300, 400 and 500 m."""
    road = Road(name="a", road_class="field", width=3.5, file="r.dxf", layer="FIELD")
    ring = Road(name="b", road_class="production", width=3.0, file="r.dxf", layer="RING")
    lines = {
        ("r.dxf", "FIELD"): [((0.0, 0.0), (720.0, 960.0)), ((0.0, 0.0), (180.0, 240.0))],
        ("r.dxf", "RING"): [((0.0, 0.0), (300.0, 0.0), (300.0, 400.0), (0.0, 0.0))],
    }
    found = design_roads(network(road, ring, area=480_000), guide.road_densities(), lines)
    assert [float(r.length) for r in found.roads] == pytest.approx([1500, 1200])
    field, production = found.classes
    assert float(field.density) == pytest.approx(1.5 / 0.48)  # 3.125 km/km2: too dense; its longest line alone is not
    assert float(production.density) == pytest.approx(2.5)
    assert field.spare is not None and float(field.spare) == pytest.approx(3.0 * 480 - 1500)
    verdicts = {c.id: c.met for c in judge_roads(found) if c.id.endswith("density")}
    assert verdicts == {"road.field.density": False, "road.production.density": True}


def test_a_whole_drawing_is_one_road_and_not_all_its_contours() -> None:
    road = Road(name="a", road_class="field", width=3.5, file="r.dxf")
    lines = {("r.dxf", ""): [((0.0, 0.0), (100.0, 0.0)), ((0.0, 0.0), (0.0, 250.0)), ((5.0, 5.0), (9.0, 5.0))]}
    assert float(design_roads(network(road), {}, lines).roads[0].length) == pytest.approx(250)


def test_a_road_of_one_point_is_refused() -> None:
    with pytest.raises(InputError, match=r"roads\.roads\[0\]\.vertices"):
        design_roads(network(Road(name="a", road_class="field", width=3.5, vertices=((1, 2),))), {})


@pytest.mark.parametrize(
    ("road_class", "width", "met"),
    [("field", 2.99, False), ("field", 3.0, True), ("field", 4.0, True), ("field", 4.01, False),
     ("production", 3.0, True), ("production", 3.01, False), ("production", 1.5, True)],
)  # fmt: skip
def test_widths_as_printed(road_class, width, met) -> None:
    checks = judge_road(subject="r", road_class=road_class, width=given(width, "m", "w"))
    assert next(c for c in checks if c.id == f"road.{road_class}.width").met is met


@pytest.mark.parametrize(("road_class", "most"), [("field", 3.0), ("production", 8.0)])
def test_densities_as_printed(road_class, most) -> None:
    for density, met in ((most, True), (most * (1 + 1e-6), False), (0.0, True)):
        (check,) = judge_road_density(subject="r", road_class=road_class, density=given(density, "km/km2", "d"))
        assert check.met is met and check.strength is Strength.MUST
    assert judge_road_density(subject="r", road_class="scenic", density=given(99.0, "km/km2", "d")) == []


def test_soil_on_faces_is_counted_along_them() -> None:
    """Two faces of 60 deg, 100 m2 and 40 m2 in plan, 0.15 m of soil square to them."""
    faces = [(given(a, "m2", "a"), given(a / math.cos(math.radians(60)), "m2", "b")) for a in (100.0, 40.0)]
    found = face_cover("east", 0.15, faces, "slopes[0].cover.face_cover")
    assert float(found.in_place) == pytest.approx(0.15 * 280)
    assert (float(found.plan_area), float(found.slope_area)) == pytest.approx((140, 280))


def test_a_stated_face_cover_is_not_without_effect() -> None:
    file = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"
    space = open_workspace(file)
    thick = with_value(space.project, "slopes[0].cover.face_cover", 0.1)
    bare, covered = run(space.project, space.sources), run(thick, space.sources)
    area = float(bare.slopes[0].cut.face_area)
    assert float(covered.soil.in_place) - float(bare.soil.in_place) == pytest.approx(0.1 * area)
    assert any(item.id == "cover.slope_face" for item in bill_of(covered))
