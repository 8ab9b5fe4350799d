"""Terrain in drawings: written with ezdxf, the way survey drawings are made, and read back."""

from __future__ import annotations

import math
from pathlib import Path

import ezdxf
import numpy as np
import pytest
import shapely
from ezdxf.document import Drawing
from ezdxf.math import OCS

import slopedesign.survey.dxf_tags as dxf_tags
from slopedesign.errors import SurveyError
from slopedesign.survey import SurveyImport, SurveyOptions, read_polylines_dxf, read_survey

E0, N0 = 511_000.0, 3_398_000.0


def drawing(version: str = "R2000", unit: int = 6) -> Drawing:
    """An empty survey drawing with the layers and the level-point block of CASS."""
    doc = ezdxf.new(version)
    doc.encoding = "gbk" if version in ("R12", "R2000") else "utf-8"
    if version != "R12":
        doc.header["$INSUNITS"] = unit
    for name in ("DGX", "GCD", "DMTZ", "房屋"):
        doc.layers.add(name)
    doc.blocks.new("GC200").add_circle((0, 0), 0.3)
    return doc


def with_levels(doc: Drawing) -> Drawing:
    """Forty level points on a plane z = 50 + dE / 10 + dN / 5."""
    for i in range(40):
        e, n = 7.0 * (i % 8), 9.0 * (i // 8)
        doc.modelspace().add_blockref("GC200", (E0 + e, N0 + n, 50 + e / 10 + n / 5), dxfattribs={"layer": "GCD"})
    return doc


def read(doc: Drawing, tmp_path: Path, binary: bool = False, **options: object) -> SurveyImport:
    path = tmp_path / "map.dxf"
    doc.saveas(path, fmt="bin" if binary else "asc")
    return read_survey(path, SurveyOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("version", "binary"), [("R12", False), ("R2000", False), ("R2000", True), ("R2010", False), ("R2010", True)]
)
def test_levels_contours_and_lines(tmp_path: Path, version: str, binary: bool) -> None:
    doc = with_levels(drawing(version))
    space = doc.modelspace()
    space.add_point((E0 + 3, N0 + 3, 51), dxfattribs={"layer": "gcd"})
    contour = [(E0 + x, N0 + 20 - x / 2) for x in range(0, 20, 4)]
    if version == "R12":
        space.add_polyline2d([(x, y, 54.0) for x, y in contour], dxfattribs={"layer": "DGX", "elevation": (0, 0, 54)})
    else:
        space.add_lwpolyline(contour, dxfattribs={"layer": "DGX", "elevation": 54})
    space.add_polyline3d([(E0, N0 + 60, 62), (E0 + 30, N0 + 61, 65)], dxfattribs={"layer": "DMTZ"})
    space.add_line((E0, N0 + 70, 64), (E0 + 30, N0 + 71, 67), dxfattribs={"layer": "DMTZ"})
    space.add_line((E0, N0, 1), (E0 + 30, N0, 2), dxfattribs={"layer": "房屋"})
    found = read(doc, tmp_path, binary)
    assert len(found.survey.points) == 41 + 5 + 2 + 2
    assert sorted(len(line) for line in found.survey.breaklines) == [2, 2, 5]
    assert sorted(set(found.survey.breaklines[0][:, 2].tolist())) == [54.0]
    assert found.report.layers["房屋"] == 1
    assert found.report.left_out == 0


def test_points_carry_handle_layer_and_row(tmp_path: Path) -> None:
    found = read(with_levels(drawing()), tmp_path)
    assert set(found.survey.codes) == {"GCD"}
    rows = (tmp_path / "map.dxf").read_bytes().splitlines()
    assert rows[int(found.survey.rows[0]) - 1].strip() == b"INSERT"
    assert found.survey.names[0].encode() in rows[int(found.survey.rows[0]) + 1]
    dropped = read(with_levels(drawing()), tmp_path, drop=(found.survey.names[0],))
    assert len(dropped.survey.points) == 39


def test_no_terrain_layer_lists_the_layers(tmp_path: Path) -> None:
    doc = drawing()
    doc.modelspace().add_point((E0, N0, 5), dxfattribs={"layer": "房屋"})
    with pytest.raises(SurveyError, match=r"房屋 \(1\)"):
        read(doc, tmp_path)
    assert len(read(doc, tmp_path, layers=("房*",)).survey.points) == 1


def test_contours_that_lost_their_level(tmp_path: Path) -> None:
    doc = with_levels(drawing())
    doc.modelspace().add_lwpolyline([(E0, N0 + 1), (E0 + 9, N0 + 2)], dxfattribs={"layer": "DGX", "elevation": 0})
    found = read(doc, tmp_path)
    (finding,) = found.report.of_kind("zero_contour")
    assert finding.left_out
    assert "LWPOLYLINE" in finding.value
    assert not found.survey.breaklines
    assert len(found.survey.points) == 40


def test_a_drawing_without_any_level_is_no_terrain(tmp_path: Path) -> None:
    doc = drawing()
    doc.modelspace().add_lwpolyline([(E0, N0), (E0 + 9, N0)], dxfattribs={"layer": "DGX"})
    doc.modelspace().add_point((E0 + 3, N0 + 3), dxfattribs={"layer": "GCD"})
    with pytest.raises(SurveyError, match="all levels"):
        read(doc, tmp_path)


def test_a_contour_with_a_wrong_level_is_noticed(tmp_path: Path) -> None:
    doc = with_levels(drawing())
    doc.modelspace().add_lwpolyline(
        [(E0 + 3 + x, N0 + 12 - x / 2) for x in range(8)], dxfattribs={"layer": "DGX", "elevation": 5300}
    )
    found = read(doc, tmp_path)
    assert found.report.counts["spike"] == 1
    assert found.survey.extent.z_max < 100


def test_touching_contours_share_vertices_without_noise(tmp_path: Path) -> None:
    doc = with_levels(drawing())
    for part in ([(0, 1), (3, 1), (6, 2)], [(6, 2), (9, 3)], [(20, 20), (25, 20), (25, 25)]):
        doc.modelspace().add_lwpolyline(
            [(E0 + x, N0 + y) for x, y in part], close=len(part) == 3 and part[0][0] == 20,
            dxfattribs={"layer": "DGX", "elevation": 51},
        )  # fmt: skip
    found = read(doc, tmp_path)
    assert found.report.counts["shared_vertices"] == 1
    assert "zero_segment" not in found.report.counts
    assert [len(line) for line in found.survey.breaklines] == [3, 2, 4]
    closed = found.survey.breaklines[2]
    assert closed[0].tolist() == closed[-1].tolist()


def test_arcs_become_chords_close_to_them(tmp_path: Path) -> None:
    doc = with_levels(drawing())
    doc.modelspace().add_lwpolyline(
        [(E0, N0 - 1, 0, 0, 1.0), (E0 + 40, N0 - 1, 0, 0, 0)], dxfattribs={"layer": "DGX", "elevation": 55}
    )
    line = read(doc, tmp_path).survey.breaklines[0]
    radius = np.hypot(line[:, 0] - E0 - 20, line[:, 1] - N0 + 1)
    np.testing.assert_allclose(radius, 20, rtol=1e-9)
    turn = math.pi / (len(line) - 1)
    assert 20 * (1 - math.cos(turn / 2)) <= 0.01
    assert line[:, 1].min() < N0 - 20.9  # a positive bulge turns left: below the chord going east


def test_entities_drawn_upside_down(tmp_path: Path) -> None:
    doc = with_levels(drawing())
    ocs = OCS((0, 0, -1))
    spots = [(E0 + x, N0 + 50, 60) for x in (0, 10, 20)]
    local = [ocs.from_wcs(p) for p in spots]
    doc.modelspace().add_lwpolyline(
        [(p.x, p.y) for p in local],
        dxfattribs={"layer": "DGX", "elevation": local[0].z, "extrusion": (0, 0, -1)},
    )
    np.testing.assert_allclose(read(doc, tmp_path).survey.breaklines[0], spots)


def test_the_label_of_a_level_point_is_compared(tmp_path: Path) -> None:
    doc = with_levels(drawing())
    for i, label in enumerate(("60.1", "71.3", "north")):
        point = doc.modelspace().add_blockref("GC200", (E0 + 3 * i, N0 + 50, 60.06), dxfattribs={"layer": "GCD"})
        point.add_attrib("height", label, (E0, N0))
    found = read(doc, tmp_path)
    (finding,) = found.report.of_kind("label_differs")
    assert finding.value == "71.3"
    assert found.report.left_out == 0


def test_text_levels_by_choice(tmp_path: Path) -> None:
    doc = drawing()
    for i, text in enumerate(("51.2", "52.3", "53.4", "泉")):
        doc.modelspace().add_text(text, dxfattribs={"layer": "GCD", "insert": (E0 + 9 * i, N0 + i * i)})
    with pytest.raises(SurveyError):
        read(doc, tmp_path)
    found = read(doc, tmp_path, text_levels=True)
    assert found.survey.points[:, 2].tolist() == [51.2, 52.3, 53.4]


def test_faces_make_a_surface(tmp_path: Path) -> None:
    doc = drawing()
    space = doc.modelspace()
    space.add_3dface([(0, 0, 1), (10, 0, 1), (10, 10, 3), (0, 10, 3)], dxfattribs={"layer": "DMTZ"})
    space.add_3dface([(10, 0, 1), (10, 10, 3), (20, 0, 1)], dxfattribs={"layer": "DMTZ"})
    found = read(doc, tmp_path)
    assert found.survey.triangles is not None
    assert found.survey.triangles.shape == (3, 3)
    assert found.report.area_2d == pytest.approx(150)
    assert found.report.area_3d == pytest.approx(150 * math.sqrt(1.04))
    space.add_point((5, 5, 2.2), dxfattribs={"layer": "GCD"})
    mixed = read(doc, tmp_path)
    assert mixed.survey.triangles is None
    assert mixed.report.counts["faces_as_points"] == 1


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    doc = with_levels(drawing())
    space = doc.modelspace()
    space.add_spline([(E0, N0, 50), (E0 + 1, N0 + 1, 51), (E0 + 2, N0, 52)], dxfattribs={"layer": "DGX"})
    space.add_circle((E0 + 2, N0 + 2, 0), 1, dxfattribs={"layer": "DGX"})
    block = doc.blocks.new("MAP")
    for i in range(20):
        block.add_lwpolyline([(0, i), (5, i)], dxfattribs={"layer": "DGX", "elevation": 50})
    space.add_blockref("MAP", (E0 + 3, N0 + 3, 51), dxfattribs={"layer": "DGX"})
    found = read(doc, tmp_path)
    assert found.report.counts["unread_entities"] == 2  # a spline without its control points, a circle
    assert found.report.counts["block_content"] == 1


def test_curves_become_chords_close_to_them(tmp_path: Path) -> None:
    doc = with_levels(drawing())
    space = doc.modelspace()
    on = {"layer": "DGX"}
    space.add_arc((E0 + 20, N0 + 20, 54), 15, 30, 200, dxfattribs=on)
    space.add_arc((-E0 - 20, N0 + 20, -54), 15, 30, 200, dxfattribs=on | {"extrusion": (0, 0, -1)})  # seen from below
    space.add_ellipse((E0 + 20, N0 + 20, 55), (12, 5, 0), 0.4, 0.3, 5.0, dxfattribs=on)
    space.add_open_spline([(E0 + 3 * x, N0 + 20 + 5 * math.sin(x), 56) for x in range(9)], dxfattribs=on)
    space.add_rational_spline(
        [(E0 + 3 * x, N0 + 40 - x * x / 9, 57) for x in range(6)], [1, 2, 1, 3, 1, 1], dxfattribs=on
    )
    kinds = [e.dxftype() for e in space if e.dxf.layer == "DGX"]
    curves = [e for e in space if e.dxf.layer == "DGX"]
    found = read(doc, tmp_path)
    assert kinds == ["ARC", "ARC", "ELLIPSE", "SPLINE", "SPLINE"]
    assert "unread_entities" not in found.report.counts
    lines = read_polylines_dxf(tmp_path / "map.dxf", "DGX").lines
    assert len(lines) == len(curves) == len(found.survey.breaklines)
    for line, entity in zip(lines, curves, strict=True):
        exact = np.array([tuple(v) for v in entity.flattening(1e-4)])  # type: ignore[attr-defined]
        assert np.abs(line.vertices[[0, -1]] - exact[[0, -1]]).max() < 1e-6
        away = [shapely.LineString(line.vertices).distance(shapely.Point(p)) for p in exact]
        back = [shapely.LineString(exact).distance(shapely.Point(p)) for p in line.vertices]
        assert max(away) < 0.011 and max(back) < 1e-3, entity.dxftype()
        assert np.ptp(line.vertices[:, 2]) < 1e-9


def test_a_circle_can_be_a_boundary(tmp_path: Path) -> None:
    doc = drawing()
    doc.modelspace().add_circle((E0, N0, 3), 20, dxfattribs={"layer": "BOUND"})
    doc.saveas(tmp_path / "map.dxf")
    (line,) = read_polylines_dxf(tmp_path / "map.dxf", "BOUND").lines
    assert line.closed
    assert np.hypot(*(line.vertices[:, :2] - [E0, N0]).T) == pytest.approx(20)


def test_a_damaged_spline_is_named(tmp_path: Path) -> None:
    doc = with_levels(drawing())
    doc.modelspace().add_open_spline([(E0 + x, N0, 50) for x in range(5)], dxfattribs={"layer": "DGX"})
    path = tmp_path / "map.dxf"
    doc.saveas(path)
    text = path.read_text("gbk")
    at = text.index("\nSPLINE")
    path.write_text(text[:at] + text[at:].replace("\n 71\n3\n", "\n 71\n7\n", 1), "gbk")
    assert path.read_text("gbk") != text
    report = read_survey(path, SurveyOptions()).report
    assert report.counts["short_line"] == 1


def test_paper_space_is_not_terrain(tmp_path: Path) -> None:
    doc = with_levels(drawing())
    doc.layout("Layout1").add_point((1, 2, 3), dxfattribs={"layer": "GCD"})
    assert len(read(doc, tmp_path).survey.points) == 40


@pytest.mark.parametrize(("unit", "factor"), [(0, 1), (2, 0.3048), (4, 1), (6, 1), (21, 1200 / 3937)])
def test_the_drawing_unit(tmp_path: Path, unit: int, factor: float) -> None:
    found = read(with_levels(drawing(unit=unit)), tmp_path)
    assert found.survey.extent.east_min == pytest.approx(E0 * factor, rel=1e-12)
    assert found.report.counts.get("drawing_unit", 0) == (unit == 4)


def test_a_drawing_with_north_to_the_right(tmp_path: Path) -> None:
    doc = drawing()
    for i in range(9):
        doc.modelspace().add_point((N0 + 5 * (i % 3), E0 + 5 * (i // 3), 50 + i), dxfattribs={"layer": "GCD"})
    assert read(doc, tmp_path).report.counts["swapped_axes"] == 1
    assert read(doc, tmp_path, column_order="N,E,Z").survey.points[0].tolist() == [E0, N0, 50]


def test_a_truncated_drawing_is_read_as_far_as_it_goes_and_said(tmp_path: Path) -> None:
    with_levels(drawing()).saveas(tmp_path / "whole.dxf")
    whole = (tmp_path / "whole.dxf").read_bytes()
    middle = whole.index(b"INSERT", whole.index(b"ENTITIES")) + 4000
    (tmp_path / "cut.dxf").write_bytes(whole[:middle])
    found = read_survey(tmp_path / "cut.dxf")
    assert found.report.counts["truncated"] == 1
    assert 0 < len(found.survey.points) < 40


def test_damaged_coordinates_are_left_out(tmp_path: Path) -> None:
    with_levels(drawing()).saveas(tmp_path / "a.dxf")
    text = (tmp_path / "a.dxf").read_text(encoding="gbk")
    text = text.replace(f"\n{E0}\n", "\nnan\n", 1).replace(f"\n{E0 + 7}\n", "\n12,5\n", 1)
    (tmp_path / "b.dxf").write_text(text, encoding="gbk")
    found = read_survey(tmp_path / "b.dxf")
    assert found.report.counts["not_finite"] == 2
    assert len(found.survey.points) == 38


def test_rows_that_are_no_tags(tmp_path: Path) -> None:
    (tmp_path / "a.dxf").write_text("0\nSECTION\n2\nENTITIES\nfive\nPOINT\n")
    with pytest.raises(SurveyError, match="row 5"):
        read_survey(tmp_path / "a.dxf")


def test_break_lines_of_further_files(tmp_path: Path) -> None:
    lines = drawing()
    lines.modelspace().add_polyline3d([(E0, N0 + 60, 62), (E0 + 30, N0 + 60, 62)], dxfattribs={"layer": "房屋"})
    lines.saveas(tmp_path / "lines.dxf")
    rows = [f"a,R1,{E0 + 10},{N0 + 55},70", f"b,R1,{E0 + 10},{N0 + 65},72", f"c,R2,{E0},{N0},50"]
    (tmp_path / "lines.csv").write_text("\n".join(rows))
    found = read(with_levels(drawing()), tmp_path, breaklines=(tmp_path / "lines.dxf", tmp_path / "lines.csv"))
    assert [len(line) for line in found.survey.breaklines] == [2, 2]
    (finding,) = found.report.of_kind("crossing")
    assert finding.file == "lines.dxf"
    words = finding.message.render("en")
    assert "lines.dxf" in words
    assert "lines.csv row 1" in words
    assert found.report.of_kind("short_line")[0].file == "lines.csv"


def test_polylines(tmp_path: Path) -> None:
    doc = drawing()
    space = doc.modelspace()
    space.add_lwpolyline([(0, 0), (10, 0), (10, 0), (10, 5)], dxfattribs={"layer": "ROAD"})
    space.add_lwpolyline([(0, 0), (10, 0), (10, 10)], close=True, dxfattribs={"layer": "LIMIT", "elevation": 3})
    space.add_line((1, 1, 1), (1, 1, 1), dxfattribs={"layer": "ROAD"})
    doc.saveas(tmp_path / "a.dxf")
    found = read_polylines_dxf(tmp_path / "a.dxf", "road")
    assert [line.vertices.tolist() for line in found.lines] == [[[0, 0, 0], [10, 0, 0], [10, 5, 0]]]
    assert not found.lines[0].has_levels
    assert [f.kind for f in found.findings] == ["zero_segment", "zero_segment", "short_line"]
    every = read_polylines_dxf(tmp_path / "a.dxf")
    assert [line.closed for line in every.lines] == [False, True]
    assert every.layers == {"ROAD": 2, "LIMIT": 1}
    assert read_polylines_dxf(tmp_path / "a.dxf", unit="ft").lines[0].vertices[1, 0] == pytest.approx(3.048)
    with pytest.raises(SurveyError, match=r"ROAD \(2\)"):
        read_polylines_dxf(tmp_path / "a.dxf", "nothing")


def test_an_entity_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dxf_tags, "MAX_TAGS", 500)
    vertex = "0\nVERTEX\n8\nDGX\n10\n1\n20\n2\n30\n3\n"
    (tmp_path / "a.dxf").write_text("0\nSECTION\n2\nENTITIES\n0\nPOLYLINE\n8\nDGX\n70\n8\n" + vertex * 200)
    with pytest.raises(SurveyError, match="row 6"):
        read_survey(tmp_path / "a.dxf")
    (tmp_path / "b.dxf").write_text("0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n8\nDGX\n" + "10\n1\n20\n2\n" * 300)
    with pytest.raises(SurveyError, match="500"):
        read_survey(tmp_path / "b.dxf")
