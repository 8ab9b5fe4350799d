"""Sheets of plantings unlike the packaged one; every one free of collisions, every plant drawn that is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shapely import LineString

from slopedesign.calc.planting import plants_along
from slopedesign.design import Design, run
from slopedesign.drawings.check import check_file
from slopedesign.drawings.deliver import write_drawings
from slopedesign.drawings.planting_sheets import planting_sheets
from slopedesign.errors import InputError
from slopedesign.project.file import validate_project
from slopedesign.project.planting import PlantingDesign
from slopedesign.quantities.collect import bill_of
from slopedesign.workspace import open_workspace

HOLE = {"hole_length": 0.6, "hole_width": 0.6, "hole_depth": 0.6}
SPECIES = [
    {"name": "香樟", "form": "tree", "dbh": 8.0, "height": 3.0, "crown": 1.5} | HOLE,
    {"name": "柏木", "form": "tree"},
    {"name": "紫穗槐", "form": "shrub", "height": 0.6, "nitrogen_fixing": True},
    {"name": "爬山虎", "form": "climber", "alias": "地锦", "stock": "三年生"},
    {"name": "狗牙根", "form": "herb"},
]
ROWS = [
    {"species": "爬山虎", "side": "outer", "offset": 0.15, "rows": 1, "spacing": 0.4},
    {"species": "香樟", "side": "outer", "offset": 0.7, "rows": 1, "spacing": 2.0},
    {"species": "紫穗槐", "side": "outer", "offset": 0.7, "rows": 1, "spacing": 2.0, "end_gap": 1.0},
    {"species": "爬山虎", "side": "inner", "offset": 0.15, "rows": 1, "spacing": 0.4},
]
SEEDS = [{"species": "狗牙根", "rate": 40.0}]
SECTIONS = [
    {"name": f"{i + 1}", "station": 20.0 * i, "points": [(-10, 100), (0, 100), (6 + i, 130), (60, 140)]}
    for i in range(4)
]  # fmt: skip


def designed(tmp_path: Path, planting: dict[str, Any], **slope: Any) -> Design:
    """Benches of a slope on typed sections: 60 m long."""
    made = {
        "name": "东坡", "typed_sections": SECTIONS,
        "benches": {"riser_height": 10, "face_angle": 60, "berm_width": 3, "wide_berm_width": 3},
    } | slope  # fmt: skip
    floor = {"name": "底盘", "place": "pit_floor", "thickness": 0.8, "area": 900.0}
    project = validate_project(
        {"info": {"name": "p", "mine_name": "试验采石场"}, "slopes": [made], "cover_areas": [floor],
         "planting": {"species": SPECIES} | planting}
    )  # fmt: skip
    path = tmp_path / "p.json"
    path.write_text(project.model_dump_json(), encoding="utf-8")
    return run(project, open_workspace(path).sources)


def scheme(**changed: Any) -> dict[str, Any]:
    return {"name": "b", "spare": 0.1, "rows": ROWS, "seeds": SEEDS} | changed


AREA = {"name": "a", "cover_area": "底盘", "spare": 0.0, "seeds": SEEDS,
        "plants": [{"species": "香樟", "spacing": 2.0, "row_spacing": 3.0}]}  # fmt: skip
MANY = [{"species": "柏木", "side": "outer", "offset": 0.3 + 0.2 * i, "rows": 1, "spacing": 1.0} for i in range(8)]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    ("planting", "slope", "count"),
    [
        ({"benches": [scheme()]}, {}, 1),
        ({"benches": [scheme()], "areas": [AREA]}, {"wall": {"kind": "none"}}, 1),
        ({"benches": [scheme(ditch_width=0.3)]}, {"wall": {"kind": "c25_concrete"}}, 1),
        ({"benches": [scheme(rows=MANY)]}, {"wall": {"kind": "stacked_rock"}}, 1),
        ({"benches": [scheme(rows=[], seeds=SEEDS)]}, {}, 1),
        ({"benches": [scheme(name="1", benches=[1]), scheme(name="2", benches=[2])]}, {}, 2),
        ({"areas": [AREA]}, {}, 1),
        ({"benches": [scheme(rows=[ROWS[1] | {"rows": 4, "row_spacing": 3.0}])]},
         {"benches": {"riser_height": 10, "face_angle": 60, "berm_width": 14, "wide_berm_width": 14}}, 1),
    ],
)  # fmt: skip
def test_sheets_are_sound(
    tmp_path: Path, planting: dict[str, Any], slope: dict[str, Any], count: int, language: str
) -> None:
    design = designed(tmp_path, planting, **slope)
    sheets = planting_sheets(design, 50, language, "X")
    assert len(sheets) == count
    assert [(s.code, c) for s in sheets for c in s.conflicts] == []
    bill = bill_of(design)
    write_drawings(design, bill, tmp_path)
    assert check_file(tmp_path / "planting.dxf") == []


def test_no_planting_no_sheet(tmp_path: Path) -> None:
    assert planting_sheets(designed(tmp_path, {}), 50, "zh_CN", "") == []


def test_a_slope_on_sections_counts_along_its_length(tmp_path: Path) -> None:
    """Benches 60 m long between the first and the last section: 31 trees at 2 m, 151 climbers a row at 0.4 m."""
    design = designed(tmp_path, {"benches": [scheme(benches=[1])]})
    assert design.planting is not None
    stands = design.planting.places[0].stands
    assert design.section_slopes[0].works[0].bench.length.value == pytest.approx(60.0)
    assert [s.count.value for s in stands] == [151, 31, 30, 151]


@pytest.fixture(scope="module")
def quarry() -> Design:
    """The packaged example without its stability and the situations of its walls."""
    example = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"
    workspace = open_workspace(example)
    return run(workspace.project.model_copy(update={"stability": None, "walls": None}), workspace.sources)


def test_rows_of_the_example_run_beside_the_edge_they_are_measured_from(quarry: Design) -> None:
    """Every plant stands at its distance from the outer edge, and on the bench; as many as the bill counts."""
    assert quarry.planting is not None
    works = {f"slopes[0].works[{j}]": work for j, work in enumerate(quarry.slopes[0].works)}
    for place in quarry.planting.places:
        if place.width is None:
            continue
        bench = works[place.subject].bench
        edge = LineString(bench.crest[0][:, :2])
        for stand in place.stands:
            assert sum(len(plants_along(row)) for row in stand.rows) == stand.count.value
            for row in stand.rows:
                line = max(row.lines, key=len)
                at = [edge.distance(LineString([p, p + 1e-9])) for p in line[5:-5, :2]]
                assert at == pytest.approx([row.from_edge.value] * len(at), abs=0.02)
                # a row on a bench that bends about a centre is as long as the edge, more or less by its distance
                assert abs(sum(LineString(one[:, :2]).length for one in row.lines) - edge.length) < 0.1 * edge.length


def test_the_example_s_bill_is_followed_by_hand(quarry: Design) -> None:
    """9000 m2 at 2 m x 3 m: 1500; seed 30 kg/hm2 on the pit floor and the strips: area x 0.003."""
    assert quarry.planting is not None
    bill = bill_of(quarry)
    assert bill.find("plant.tree.枫香").amount.value == 1500
    area = sum(place.area.value for place in quarry.planting.places)
    assert bill.find("plant.seed.狗牙根").amount.value == pytest.approx(area * 0.003)
    assert bill.find("plant.sowing").amount.value == pytest.approx(area)
    holes = sum(bill.find(f"plant.{name}").amount.value for name in ("holes", "holes.rock"))
    assert holes == pytest.approx(sum(t.holes.value for t in quarry.planting.species if t.holes is not None))
    rock = bill.find("plant.holes.rock").amount.value
    trees = {t.species.name: t.count.value for t in quarry.planting.species if t.count is not None}
    assert rock == pytest.approx(trees["女贞"] * 0.6 * 0.6 * 0.1 + trees["香樟"] * 0.8 * 0.8 * 0.2)
    assert bill.find("plant.pit_soil").amount.value == pytest.approx(rock)
    soil = {name for name in quarry.soil.in_place.inputs if name in quarry.planting.pit_soil}
    assert soil == set(quarry.planting.pit_soil)


def test_faces_are_sown_on_their_slope_area(quarry: Design) -> None:
    """Seed on all faces, by their area along the slope; holes in bare rock take soil for their whole depth."""
    area = {"name": "f", "slope_faces": "主采面", "spare": 0.0, "seeds": [{"species": "狗牙根", "rate": 200.0}],
            "plants": [{"species": "香樟", "spacing": 5.0, "row_spacing": 5.0}]}  # fmt: skip
    planting = PlantingDesign.model_validate({"species": SPECIES, "areas": [area]})
    again = run(quarry.project.model_copy(update={"planting": planting}), quarry.sources, quarry)
    assert again.slopes[0] is quarry.slopes[0]
    assert again.planting is not None
    place, faces = again.planting.places[0], quarry.slopes[0].cut.face_area.value
    assert place.sown[0].mass.value == pytest.approx(faces * 0.02)
    trees = faces // 25
    assert place.stands[0].count.value == trees
    assert sum(n.value for n in again.planting.pit_soil.values()) == pytest.approx(trees * 0.216)
    assert place.place == "slope_face"
    unchanged = run(again.project.model_copy(update={"comments": {"a": "b"}}), again.sources, again)
    assert unchanged.planting is again.planting


def test_a_slope_on_sections_has_no_area_of_faces(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        designed(tmp_path, {"areas": [AREA | {"cover_area": "", "slope_faces": "东坡"}]})
    assert error.value.field == "planting.areas[0].slope_faces"
