"""The sheets of the packaged quarry: nothing overlaps or leaves the frame; what is measured on them is the result."""

from __future__ import annotations

import re
from pathlib import Path

import ezdxf
import numpy as np
import pytest
import shapely
from ezdxf.document import Drawing
from shapely import Polygon, STRtree

from slopedesign.calc.terrain.contour import contours
from slopedesign.design import Design
from slopedesign.drawings.check import check_file
from slopedesign.drawings.collect import _control_points
from slopedesign.drawings.deliver import FILES, file_settings, write_drawings
from slopedesign.drawings.document import arrange, build_document
from slopedesign.drawings.sheet import Sheet, Text, overlap
from slopedesign.drawings.text import TITLE
from slopedesign.drawings.water_sheets import set_out_points
from slopedesign.i18n import text
from slopedesign.quantities.bill import Bill

from .dump import polylines, ring_area, texts

NAMES = tuple(FILES)


@pytest.fixture(scope="module")
def written(design: Design, bill: Bill, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Drawing]:
    """The files as written, read back."""
    folder = tmp_path_factory.mktemp("sheets")
    paths = write_drawings(design, bill, folder)
    assert {path.name for path in paths} == set(NAMES)
    assert not [str(problem) for path in paths for problem in check_file(path)]
    return {path.name: ezdxf.readfile(path) for path in paths}


@pytest.mark.parametrize("name", NAMES)
def test_no_conflicts_are_left(sheets: dict[str, list[Sheet]], name: str) -> None:
    assert [(s.code, c) for s in sheets[name] for c in s.conflicts] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_text_overlaps_another_or_leaves_the_frame(
    written: dict[str, Drawing], sheets: dict[str, list[Sheet]], name: str
) -> None:
    """Measured anew from the written file, texts in tables, title blocks and dimensions included."""
    frames = []
    for sheet, origin in zip(sheets[name], arrange(sheets[name]), strict=True):
        frames.append(Polygon(sheet.frame.corners * sheet.unit + origin))
    found = list(texts(written[name]))
    assert len(found) > 30
    for _, words, corners in found:
        assert any(frame.buffer(1e-6).covers(Polygon(corners)) for frame in frames), words
    tree = STRtree([Polygon(corners) for _, _, corners in found])
    for i, (entity, words, corners) in enumerate(found):
        for j in tree.query(Polygon(corners)):
            if j > i:
                height = entity.dxf.height if entity.dxf.is_supported("height") else 0.01
                assert not overlap(corners, found[j][2], 0.12 * height), (words, found[j][1])


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_drawn_outside_the_paper(
    written: dict[str, Drawing], sheets: dict[str, list[Sheet]], name: str
) -> None:
    papers = [
        shapely.box(x, y, x + s.paper.width * s.unit, y + s.paper.height * s.unit)
        for s, (x, y) in zip(sheets[name], arrange(sheets[name]), strict=True)
    ]
    room = shapely.union_all(papers).buffer(1e-6)
    shapely.prepare(room)
    for entity in written[name].modelspace():
        if entity.dxftype() == "LWPOLYLINE":
            points = np.array(entity.get_points("xy"))
        elif entity.dxftype() == "LINE":
            points = np.array([entity.dxf.start.vec2, entity.dxf.end.vec2], dtype=float)
        else:
            continue
        assert shapely.covers(room, shapely.linestrings(points)), entity.dxf.layer


def test_plan_lengths_levels_and_areas_are_the_results(written: dict[str, Drawing], design: Design) -> None:
    doc, slope = written["plan.dxf"], design.slopes[0]
    crests = [line for line in polylines(doc, "SJ-坡顶线") if line[0, 2] != 0]  # the legend's samples lie at 0
    for bench in slope.cut.benches:
        mine = [line for line in crests if abs(line[0, 2] - bench.level.value) < 0.001]
        drawn = sum(float(np.hypot(*np.diff(line[:, :2], axis=0).T).sum()) for line in mine)
        assert drawn == pytest.approx(bench.crest_length.value, abs=0.005)
    rings = [line for line in polylines(doc, "SJ-开挖边界") if len(line) > 3]
    assert sum(ring_area(ring[:-1]) for ring in rings) == pytest.approx(slope.cut.area.value, rel=1e-6)
    walls = [line for line in polylines(doc, "SJ-挡土墙") if line[0, 2] != 0]
    drawn = sum(float(np.hypot(*np.diff(line[:, :2], axis=0).T).sum()) for line in walls)
    stated = sum(work.wall_length.value for work in slope.works if work.wall is not None and work.wall_length)
    assert drawn == pytest.approx(stated, abs=0.005)


def test_plan_lies_at_its_coordinates(written: dict[str, Drawing], design: Design) -> None:
    """A contour drawn is where the surface says it is, and the grid label says the place it stands at."""
    doc = written["plan.dxf"]
    tin = design.grounds[design.slopes[0].slope.ground].build.tin
    level = 250.0
    exact = shapely.MultiLineString([c.points[:, :2] for c in contours(tin, [level])])
    found = [line for line in polylines(doc, "DX-计曲线") if line[0, 2] == level]
    assert found
    unit = doc.header["$LTSCALE"]
    for line in found:
        assert max(exact.distance(shapely.Point(p)) for p in line[:, :2]) < 0.05 * unit + 1e-6
    for entity, words, _ in texts(doc):
        if match := re.fullmatch(r"Y=(\d+)", words):
            assert entity.get_placement()[1].x == pytest.approx(float(match[1]), abs=1e-6)


def test_section_areas_levels_and_widths_are_the_results(
    written: dict[str, Drawing], sheets: dict[str, list[Sheet]], design: Design
) -> None:
    doc, slope = written["sections.dxf"], design.slopes[0]
    areas = []
    for hatch in doc.modelspace().query('HATCH[layer=="SJ-填充"]'):
        areas += [ring_area(np.array([(v[0], v[1]) for v in path.vertices])) for path in hatch.paths]
    assert sum(areas) == pytest.approx(sum(s.cut.value for s in slope.sections), rel=1e-3)
    words = [w for _, w, _ in texts(doc)]
    for section in slope.sections:
        assert any(f"{section.cut.value:.2f} m2" in line for line in words), section.name
    widths = [dim.get_measurement() for dim in doc.modelspace().query("DIMENSION")]
    stated = [mark.width for section in slope.sections for mark in section.benches]
    assert widths
    assert all(min(abs(width - one) for one in stated) < 0.005 for width in widths)


def test_volume_sheet_shows_the_volumes(written: dict[str, Drawing], design: Design) -> None:
    words = {w for _, w, _ in texts(written["volumes.dxf"])}
    slope = design.slopes[0]
    assert slope.section_volumes is not None
    for number in (
        slope.cut.cut, *slope.cut.cut_by_material.values(), slope.section_volumes.end_area.volume,
        slope.section_volumes.curved, slope.section_volumes.overlay, *(face.cut for face in slope.cut.faces),
        *(bench.cut for bench in slope.cut.benches), *(section.cut for section in slope.sections),
    ):  # fmt: skip
        shown = f"{number.value:.2f}"
        assert any(shown in line for line in words), shown


def test_works_table_is_the_bill(written: dict[str, Drawing], bill: Bill) -> None:
    """The plan and the sheets that continue it show every item of the bill, under the part it belongs to."""
    words = [w for _, w, _ in texts(written["plan.dxf"])]
    for item in bill:
        assert f"{item.amount.value:.{item.digits}f}" in words, item.id
    for _, part, _ in bill.groups():
        assert text(part, "zh_CN") in words
    assert str(len(list(bill))) in words


def test_ditches_and_ponds_can_be_set_out(written: dict[str, Drawing], design: Design) -> None:
    """Both ends of every ditch with the level of its bed, and the corners of the pond, by coordinates on the sheet."""
    words = {w for _, w, _ in texts(written["water.dxf"])}
    points = dict(set_out_points(design.water))
    for reach in design.water.network.reaches:
        if reach.input.record.length is not None:
            continue
        found = [at for name, at in points.items() if name.startswith(f"G{reach.number}-")]
        assert found[0] == pytest.approx(tuple(reach.input.bed.points[0]))
        assert found[-1] == pytest.approx(tuple(reach.input.bed.points[-1]))
    pond = design.water.ponds[0].record
    corners = np.array([at[:2] for name, at in points.items() if name.startswith("C1-")])
    assert ring_area(corners) == pytest.approx(
        (pond.length + 2 * pond.side_slope * pond.depth) * (pond.width + 2 * pond.side_slope * pond.depth)
    )
    for name, (east, north, z) in points.items():
        assert {name, f"{north:.3f}", f"{east:.3f}", f"{z:.2f}"} <= words, name


def test_wall_amounts_are_the_results(written: dict[str, Drawing], design: Design) -> None:
    words = {w for _, w, _ in texts(written["details.dxf"])}
    for work in design.slopes[0].works:
        if work.wall is not None:
            assert f"{work.wall.length.value:.2f}" in words
            assert work.wall.total.masonry is not None
            assert f"{work.wall.total.masonry.value:.2f}" in words


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_lower_than_two_and_a_half_millimetres(
    written: dict[str, Drawing], sheets: dict[str, list[Sheet]], name: str
) -> None:
    for sheet, origin in zip(sheets[name], arrange(sheets[name]), strict=True):
        paper = shapely.box(
            *origin, origin[0] + sheet.paper.width * sheet.unit, origin[1] + sheet.paper.height * sheet.unit
        )
        for entity, words, corners in texts(written[name]):
            if entity.dxf.is_supported("height") and paper.covers(Polygon(corners)):
                assert entity.dxf.height / sheet.unit >= 2.5 - 1e-9, words


def test_sections_fill_their_sheets_in_station_order(sheets: dict[str, list[Sheet]], design: Design) -> None:
    """Several sections on each sheet, downwards and then to the right, by station; half of the sheet is used."""
    names = [section.name for section in design.slopes[0].sections]
    found: list[str] = []
    for sheet in sheets["sections.dxf"]:
        titles = [item for item in sheet.items if isinstance(item, Text) and item.style == TITLE and item.height == 5]
        heads = [(item.at, match[1]) for item in titles if (match := re.match(r"(.+)—\1 ", item.content))]
        assert len(heads) >= 2
        assert [name for _, name in sorted(heads, key=lambda h: (round(h[0][0]), -h[0][1]))] == [n for _, n in heads]
        found += [name for _, name in heads]
        ink = [box for box in sheet.placed if box.box.height > 20]
        assert max(b.box.x1 for b in ink) - min(b.box.x0 for b in ink) > 0.8 * sheet.frame.width
    assert found == names
    assert len(sheets["sections.dxf"]) <= len(names) / 3


def test_plan_shows_the_ditches_and_every_point_to_set_out(
    written: dict[str, Drawing], sheets: dict[str, list[Sheet]], design: Design
) -> None:
    drawn = [line for line in polylines(written["plan.dxf"], "SJ-截排水沟") if len(line) > 1]
    for reach in design.water.network.reaches:
        if reach.input.record.length is None:
            bed = reach.input.bed.points[:, :2]
            assert any(len(line) == len(bed) and np.allclose(line[:, :2], bed, atol=1e-6) for line in drawn)
    words = {w for _, w, _ in texts(written["plan.dxf"])}
    for name, (east, north, _) in _control_points(design):
        assert {name, f"{north:.3f}", f"{east:.3f}"} <= words


def test_titles_begin_with_the_mine(sheets: dict[str, list[Sheet]], design: Design) -> None:
    assert all(s.title.startswith(design.project.info.mine_name) for file in sheets.values() for s in file)


def test_every_file_in_the_other_version_reads_back(
    design: Design, sheets: dict[str, list[Sheet]], tmp_path: Path
) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    from dataclasses import replace

    settings = replace(file_settings(design), dxf="R2000_GBK")
    for name, file in sheets.items():
        path = tmp_path / name
        doc = build_document(file, settings)
        doc.saveas(path)
        assert check_file(path) == []
        _, _, _, columns = pyogrio.raw.read(path)
        seen = set(map(str, columns[list(pyogrio.read_info(path)["fields"]).index("Text")]))
        chinese = [e.dxf.text for e in doc.modelspace().query("TEXT") if re.search("[\u4e00-\u9fff]", e.dxf.text)]
        assert chinese
        assert all(line in seen or "%%" in line or "^" in line for line in chinese)
