"""Sections typed into a table or drawn."""

from __future__ import annotations

from pathlib import Path

import ezdxf
import numpy as np
import pytest

from slopedesign.errors import SurveyError
from slopedesign.survey import SectionsImport, parse_station, read_sections_csv, read_sections_dxf

TABLE = """断面号,桩号,偏距,高程
2-2,K0+040,0,100.5
2-2,K0+040,5,104
2-2,K0+040,12.5,110.2
1-1,K0+020,0,100
1-1,K0+020,6,105
,,9,108
"""


def table(tmp_path: Path, content: str, encoding: str = "utf-8") -> SectionsImport:
    (tmp_path / "s.csv").write_bytes(content.encode(encoding))
    return read_sections_csv(tmp_path / "s.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_table_of_sections(tmp_path: Path, encoding: str) -> None:
    found = table(tmp_path, TABLE, encoding)
    assert [(s.name, s.station) for s in found.sections] == [("1-1", 20.0), ("2-2", 40.0)]
    assert found.sections[0].points.tolist() == [[0, 100], [6, 105], [9, 108]]
    assert found.sections[0].rows == (5, 6, 7)


def test_columns_by_heading_and_without(tmp_path: Path) -> None:
    by_heading = table(tmp_path, "elevation;offset;station;name\n1;0;5;A\n2;1;5;A\n")
    bare = table(tmp_path, "A,5,0,1\nA,5,1,2\n")
    assert by_heading.sections[0].points.tolist() == bare.sections[0].points.tolist() == [[0, 1], [1, 2]]
    only_station = table(tmp_path, "里程\t平距\t标高\n0+010\t0\t5\n0+010\t3\t6\n")
    assert (only_station.sections[0].name, only_station.sections[0].station) == ("0+010", 10.0)


@pytest.mark.parametrize(
    ("rows", "kind", "row"),
    [
        ("A,5,x,1\n", "number", 3),
        ("A,5,,1\n", "missing", 3),
        ("A,5,nan,1\n", "number", 3),
        ("A,5,3\n", "columns", 3),
        ("A,K?,3,1\n", "section_station", 3),
        ("B,6,0,1\nB,6,0,5\nB,6,4,7\n", "section_offsets", 4),
        ("B,6,0,1\nB,6,3,5\nB,6,2,7\n", "section_offsets", 5),
        ("B,6,0,1\n", "section_short", 3),
        ("B,6,5,1\nB,6,3,2\nB,6,1,3\n", "section_reversed", 3),
        ("A,5,1,2\n", "section_repeat", 3),
        ("A,5,３,9\n", "full_width", 3),
    ],
)
def test_odd_rows_are_reported_and_the_rest_is_read(tmp_path: Path, rows: str, kind: str, row: int) -> None:
    found = table(tmp_path, "A,5,0,1\nA,5,1,2\n" + rows)
    assert [f.row for f in found.findings if f.kind == kind] == [row]
    assert found.sections[0].points[:2].tolist() == [[0, 1], [1, 2]]


def test_reversed_sections_keep_their_shape(tmp_path: Path) -> None:
    found = table(tmp_path, "B,6,5,1\nB,6,3,2\nB,6,1,3\n")
    assert found.sections[0].points.tolist() == [[1, 3], [3, 2], [5, 1]]


def test_repeated_names_and_stations_are_questioned(tmp_path: Path) -> None:
    found = table(tmp_path, "A,5,0,1\nA,5,1,2\nA,6,0,1\nA,6,1,2\nB,6,0,1\nB,6,1,2\n")
    assert sorted(f.kind for f in found.findings) == ["section_twice", "station_twice"]


@pytest.mark.parametrize("content", ["", "\n", "a,b\n1,2\n", "断面,桩号,偏距\n1,2,3\n", "A,5,x,1\nA,5,y,2\n", "\0\1"])
def test_nothing_usable(tmp_path: Path, content: str) -> None:
    with pytest.raises(SurveyError):
        table(tmp_path, content)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("K1+234.5", 1234.5), ("0+020", 20.0), ("-0+010", -10.0), ("DK12+005", 12005.0), ("35.5", 35.5),
        ("Ｋ０＋０２０", 20.0), ("K 0 + 020", 20.0), ("K0-020", None), ("", None), ("abc", None), ("nan", None),
    ],
)  # fmt: skip
def test_stations(text: str, value: float | None) -> None:
    assert parse_station(text) == value


def drawn(tmp_path: Path) -> Path:
    doc = ezdxf.new("R2000", units=6)
    doc.encoding = "gbk"
    space = doc.modelspace()
    on = {"layer": "断面"}
    space.add_lwpolyline([(0, 100), (6, 105), (9, 108)], dxfattribs=on)
    space.add_text("1-1 K0+020", dxfattribs={**on, "insert": (3, 98)})
    space.add_polyline3d([(511000, 3398000, 100), (511003, 3398004, 104), (511006, 3398008, 110)], dxfattribs=on)
    space.add_text("2-2 40.0", dxfattribs={**on, "insert": (511000, 3397999)})
    space.add_text("说明", dxfattribs={**on, "insert": (3, 99)})
    space.add_line((0, 0), (5, 5), dxfattribs={"layer": "OTHER"})
    doc.saveas(tmp_path / "s.dxf")
    return tmp_path / "s.dxf"


def test_sections_of_a_drawing(tmp_path: Path) -> None:
    first, second = read_sections_dxf(drawn(tmp_path), "断面").sections
    assert (first.name, first.station, second.name, second.station) == ("1-1", 20.0, "2-2", 40.0)
    assert first.points.tolist() == [[0, 100], [6, 105], [9, 108]]
    assert first.origin is None
    np.testing.assert_allclose(second.points, [[0, 100], [5, 104], [10, 110]], rtol=1e-12)
    assert second.origin == (511_000.0, 3_398_000.0)
    assert second.azimuth_deg == pytest.approx(np.degrees(np.arctan2(3, 4)))


def test_layers_and_labels_that_are_missing(tmp_path: Path) -> None:
    path = drawn(tmp_path)
    with pytest.raises(SurveyError, match=r"断面 \(2\)"):
        read_sections_dxf(path, "nothing")
    with pytest.raises(SurveyError, match="no text with a station"):
        read_sections_dxf(path, "OTHER")
