"""LandXML: axis order, invisible faces, units, hostile files; areas against those real files state."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from slopedesign.errors import SurveyError
from slopedesign.survey import SurveyImport, SurveyOptions, read_survey

from .conftest import Reader

POINTS = {1: (0, 0, 1), 2: (0, 10, 1), 3: (10, 10, 3), 4: (10, 0, 3), 5: (20, 0, 5), 9: (500, 500, 0)}
METRIC = '<Units><Metric linearUnit="meter" areaUnit="squareMeter"/></Units>'


def surface(
    name: str = "EG", faces: str = '<F>1 2 3</F><F>1 3 4</F><F i="1">4 3 5</F>', definition: str = "", source: str = ""
) -> str:
    """A surface of two visible faces, rising 0.2 m per metre north; point 9 belongs to none."""
    points = "".join(f'<P id="{i}">{n + 3398000} {e + 511000} {z}</P>' for i, (n, e, z) in POINTS.items())
    return (
        f'<Surface name="{name}">{source}<Definition surfType="TIN" {definition}><Pnts>{points}</Pnts>'
        f"<Faces>{faces}</Faces></Definition></Surface>"
    )


def landxml(*surfaces: str, units: str = METRIC, version: str = "1.2", head: str = "") -> str:
    body = "".join(surfaces)
    return (
        f'<?xml version="1.0"?>{head}<LandXML xmlns="http://www.landxml.org/schema/LandXML-{version}" '
        f'version="{version}">{units}<Surfaces>{body}</Surfaces></LandXML>'
    )


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "2.0"])
def test_points_are_north_east_level_and_invisible_faces_are_out(read: Reader, version: str) -> None:
    found = read(landxml(surface(), version=version), name="s.xml")
    assert found.survey.points[1].tolist() == [511_010.0, 3_398_000.0, 1.0]
    assert found.survey.names == ("1", "2", "3", "4")
    assert found.survey.triangles is not None
    assert len(found.survey.triangles) == 2
    assert found.report.area_2d == pytest.approx(100, rel=1e-12)
    assert found.report.area_3d == pytest.approx(100 * np.sqrt(1.04), rel=1e-12)
    assert found.report.counts["invisible_faces"] == 1
    assert found.report.counts["unused_points"] == 1


def test_faces_turn_counter_clockwise(read: Reader) -> None:
    found = read(landxml(surface(faces="<F>3 2 1</F><F>1 3 4</F>")), name="s.xml")
    a, b, c = (found.survey.points[found.survey.triangles[:, i], :2] for i in range(3))
    assert np.all(np.cross(np.c_[b - a, [0, 0]], np.c_[c - a, [0, 0]])[:, 2] > 0)


def test_an_explicit_order_east_north(read: Reader) -> None:
    found = read(landxml(surface()), name="s.xml", column_order="E,N,Z")
    assert found.survey.points[1].tolist() == [3_398_000.0, 511_010.0, 1.0]
    assert found.report.counts["swapped_axes"] == 1


@pytest.mark.parametrize(("unit", "factor"), [("foot", 0.3048), ("USSurveyFoot", 1200 / 3937), ("meter", 1.0)])
def test_units(read: Reader, unit: str, factor: float) -> None:
    kind = "Metric" if unit == "meter" else "Imperial"
    units = f'<Units><{kind} linearUnit="{unit}" areaUnit="squareFoot"/></Units>'
    found = read(landxml(surface(definition='area2DSurf="100.0"'), units=units), name="s.xml")
    assert found.report.area_2d == pytest.approx(100 * factor**2, rel=1e-9)
    if unit != "meter":
        assert found.report.declared_area_2d == pytest.approx(100 * factor**2, rel=1e-15)
        assert "area_differs" not in found.report.counts


def test_an_unknown_unit_needs_a_decision(read: Reader) -> None:
    units = '<Units><Metric linearUnit="millimeter"/></Units>'
    with pytest.raises(SurveyError, match="millimeter"):
        read(landxml(surface(), units=units), name="s.xml")
    assert read(landxml(surface(), units=units), name="s.xml", unit="m").report.area_2d == pytest.approx(100)


def test_an_area_that_differs_from_the_stated_one_is_reported(read: Reader) -> None:
    found = read(landxml(surface(definition='area2DSurf="150" area3DSurf="101.9803902718557"')), name="s.xml")
    (finding,) = found.report.of_kind("area_differs")
    assert "150.000" in finding.message.render("en")


def test_several_surfaces_need_a_name(read: Reader) -> None:
    content = landxml(surface("EG"), '<Surface name="empty"><Definition/></Surface>', surface("FG", "<F>1 2 3</F>"))
    with pytest.raises(SurveyError, match="EG, FG"):
        read(content, name="s.xml")
    found = read(content, name="s.xml", surface="FG")
    assert found.report.triangles == 1
    assert found.report.surfaces == ("EG", "empty", "FG")
    with pytest.raises(SurveyError, match="no surface named"):
        read(content, name="s.xml", surface="XX")
    with pytest.raises(SurveyError, match="empty"):
        read(content, name="s.xml", surface="empty")


def test_source_data_without_faces(read: Reader) -> None:
    source = (
        "<SourceData><DataPoints><PntList3D>0 0 1 0 10 1 10 10 3 10 0 3</PntList3D></DataPoints>"
        '<Breaklines><Breakline brkType="standard"><PntList3D>0 0 1 10 10 3</PntList3D></Breakline></Breaklines>'
        '<Contours><Contour elev="2"><PntList2D>5 0 5 10</PntList2D></Contour></Contours>'
        '<Boundaries><Boundary bndType="outer"><PntList2D>0 0 0 10 10 10 0 0</PntList2D></Boundary></Boundaries>'
        "</SourceData>"
    )
    found = read(landxml(f'<Surface name="EG">{source}</Surface>'), name="s.xml")
    assert found.survey.triangles is None
    assert len(found.survey.points) == 6
    assert [line.tolist() for line in found.survey.breaklines] == [[[0, 0, 1], [10, 10, 3]], [[0, 5, 2], [10, 5, 2]]]
    assert [b.kind for b in found.survey.boundaries] == ["outer"]
    with_faces = read(landxml(surface(source=source)), name="s.xml")
    assert with_faces.report.counts["surface_breaklines"] == 1
    assert not with_faces.survey.breaklines


def test_survey_points_without_a_surface(read: Reader) -> None:
    spots = {"A": "3398000 511000 50", "B": "3398010 511000 51", "C": "3398010 bad 51"}
    points = "".join(f'<CgPoint name="{name}">{spot}</CgPoint>' for name, spot in spots.items())
    content = landxml().replace("<Surfaces></Surfaces>", f"<CgPoints>{points}</CgPoints>")
    found = read(content, name="s.xml")
    assert found.survey.names == ("A", "B")
    assert found.survey.points[0].tolist() == [511_000.0, 3_398_000.0, 50.0]
    assert found.report.counts["xml_point"] == 1


def test_damaged_points_and_faces_are_reported_with_their_row(read: Reader) -> None:
    content = landxml(surface(faces="\n<F>1 2 3</F>\n<F>1 3 77</F>\n<F>1 2</F>\n<F>1 3 4</F>"))
    found = read(content.replace(">3398010 511000 3<", ">3398010 nan 3<"), name="s.xml")
    assert found.report.rows_of("xml_face") == (3, 4)
    assert found.report.counts["not_finite"] == 1
    assert found.report.of_kind("torn_faces")[0].value == "1"
    assert found.report.triangles == 1


def test_points_of_no_visible_face_make_no_noise(read: Reader) -> None:
    """Programs leave buffer points at level 0 in the file; elevMin of its header counts them, the surface must not."""
    extra = "".join(f'<P id="x{i}">{3398000 + i} 511003 0</P>' for i in range(50))
    rows = "".join(f'<P id="{i}">{3398000 + n} {511000 + e} {z + 60}</P>' for i, (n, e, z) in POINTS.items())
    body = f"<Pnts>{rows}{extra}</Pnts><Faces><F>1 2 3</F><F>1 3 4</F></Faces>"
    found = read(landxml(f'<Surface name="EG"><Definition>{body}</Definition></Surface>'), name="s.xml")
    assert dict(found.report.counts) == {"unused_points": 1}
    assert found.report.of_kind("unused_points")[0].value == "52"
    assert found.survey.extent.z_min == 61
    assert found.report.left_out == 0


def test_steep_faces_may_share_a_spot(read: Reader) -> None:
    content = landxml(surface()).replace('<P id="4">3398010 511000 3</P>', '<P id="4">3398010 511010 9</P>')
    found = read(content, name="s.xml")
    assert len(found.survey.points) == 4
    assert found.report.triangles == 2


def test_quadrilaterals_are_cut(read: Reader) -> None:
    found = read(landxml(surface(faces="<F>1 2 3 4</F>")), name="s.xml")
    assert found.report.area_2d == pytest.approx(100)


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "GB18030", "UTF-8", "utf-16"])
def test_chinese_encodings(tmp_path: Path, encoding: str) -> None:
    content = landxml(surface("原始地面")).replace('"1.0"?', f'"1.0" encoding="{encoding}"?', 1)
    (tmp_path / "s.xml").write_bytes(content.encode(encoding))
    assert read_survey(tmp_path / "s.xml").report.surface == "原始地面"


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "head",
    [
        BOMB,
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>',
    ],
)
def test_entities_are_refused(read: Reader, head: str) -> None:
    with pytest.raises(SurveyError, match="entity"):
        read(landxml(surface("&b;"), head=head), name="s.xml")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (landxml(surface())[:-200], "row 1"),
        ("<LandXML>" + "<a>" * 5000, "nested"),
        ("<LandXML><Surfaces><Surface><Definition><Pnts><P id='1'>" + "1 " * 9000, "overlong"),
        ("<LandXML " + "a" * (1 << 26), "overlong"),
        ("<LandXML><Surfaces>" + "<Surface/>" * 2000, "1000"),
        ("<kml/>", "kml"),
        ("<LandXML/>", "neither"),
        (landxml(surface(faces="<F>7 8 6</F>")), "usable face"),
        (landxml(surface(faces='<F i="1">1 2 3</F>')), "usable face"),
    ],
)
def test_hostile_or_broken_files_end_in_a_clear_error(read: Reader, content: str, words: str) -> None:
    with pytest.raises(SurveyError, match=words):
        read(content, name="s.xml")


def shared(surveys: Path, file: str, **options: str) -> SurveyImport:
    if not (surveys / file).exists():
        pytest.skip(f"{file} is not at hand")
    return read_survey(surveys / file, SurveyOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["A", "B", "C"])
def test_areas_of_a_real_file_agree_with_those_it_states(surveys: Path, name: str) -> None:
    """The areas Civil 3D wrote into its own file."""
    expected = {
        "A": (782.534993295878, 787.571393159215),
        "B": (276.288603169264, 285.932864395357),
        "C": (106.922785151175, 116.345528954459),
    }
    report = shared(surveys, "landxml_example_clean.xml", surface=name).report
    assert (report.declared_area_2d, report.declared_area_3d) == expected[name]
    assert report.area_2d == pytest.approx(expected[name][0], rel=1e-9)
    assert report.area_3d == pytest.approx(expected[name][1], rel=1e-9)
    assert "area_differs" not in report.counts


def test_counting_invisible_faces_would_break_the_areas(surveys: Path) -> None:
    report = shared(surveys, "landxml_example_clean.xml", surface="C").report
    assert report.of_kind("invisible_faces")[0].value == "64"


def test_a_real_file_in_feet(surveys: Path) -> None:
    found = shared(surveys, "landxml_olympus.xml")
    assert found.survey.unit == "ft"
    assert len(found.survey.points) == 12_390
    assert found.report.triangles == 24_612
    assert {b.kind for b in found.survey.boundaries} == {"texture"}
    assert found.survey.boundaries[0].vertices[0].tolist() == pytest.approx(
        [3709.144818 * 0.3048, 4355.806943 * 0.3048, 577.327955 * 0.3048]
    )


def test_a_real_empty_surface(surveys: Path) -> None:
    with pytest.raises(SurveyError, match="surface A is empty"):
        shared(surveys, "landxml_empty_surface.xml")
