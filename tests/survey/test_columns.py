"""Which column is what: by heading, by value, by the options; separators, encodings, number spellings."""

from __future__ import annotations

import codecs
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slopedesign.errors import InputError, SurveyError
from slopedesign.survey import SurveyOptions, read_survey
from slopedesign.survey.numbers import read_number

from .conftest import Reader, hillside

FIRST = [511_000.0, 3_398_000.0, 50.0]
ROWS = [row.split(",") for row in hillside()]


def table(order: str, separator: str = ",", heading: list[str] | None = None) -> list[str]:
    """The hillside with the columns of `order`: n name, c code, E, N, Z."""
    pick = {"n": 0, "c": 1, "E": 2, "N": 3, "Z": 4}
    rows = [separator.join(row[pick[letter]] for letter in order) for row in ROWS]
    return [separator.join(heading), *rows] if heading else rows


@pytest.mark.parametrize(
    ("order", "separator", "heading"),
    [
        ("ncENZ", ",", None),
        ("nENZ", ",", None),
        ("ENZ", ",", None),
        ("ENZ", " ", None),
        ("ENZ", "\t", None),
        ("ENZ", " ;  ", None),
        ("nENZ", "，", None),
        ("nNEZ", ",", None),
        ("NEZ", " ", None),
        ("ENZn", "\t", None),
        ("ncNEZ", ",", ["点号", "编码", "北坐标", "东坐标", "高程"]),
        ("nNEZ", ",", ["点号", "X", "Y", "H"]),
        ("nENZ", ",", ["点号", "Y（东）", "X（北）", "高程(m)"]),
        ("ENZ", ",", ["Easting", "Northing", "Elevation"]),
        ("ZNE", ";", ["高程（米）", "X坐标", "Y坐标"]),
        ("nENZ", ",", ["Point", "x", "y", "z"]),  # x holds eastings here: the values decide
        ("nZEN", "\t", ["PT_ID", "Elev [m]", "E (m)", "N (m)"]),
        ("ENZ", ",", ["东坐标Y", "北坐标X", "标高"]),
    ],
)
def test_columns_are_found(read: Reader, order: str, separator: str, heading: list[str] | None) -> None:
    found = read(table(order, separator, heading), name="s.csv")
    assert found.survey.points[0].tolist() == FIRST
    assert len(found.survey.points) == 36
    if "n" in order and order[0] == "n":
        assert found.survey.names[:2] == ("P1", "P2")
    assert found.report.counts.get("heading", 0) == bool(heading)


def test_the_decision_is_said_in_the_report(read: Reader) -> None:
    found = read(table("nNEZ", ",", ["点号", "X", "Y", "H"]), name="s.csv")
    assert found.report.columns is not None
    assert "东 3、北 2、高程 4、点名 1" in found.report.columns.render("zh_CN")


def test_x_is_north_by_custom_and_questioned_where_values_do_not_tell(read: Reader) -> None:
    found = read(["X,Y,Z", "100,20,5", "130,25,6", "150,40,7", "160,10,8"], name="s.csv")
    assert found.survey.points[0].tolist() == [20.0, 100.0, 5.0]
    assert found.report.counts["xy_custom"] == 1
    stated = read(["X,Y,Z", "100,20,5", "130,25,6", "150,40,7", "160,10,8"], name="s.csv", column_order="E,N,Z")
    assert stated.survey.points[0].tolist() == [100.0, 20.0, 5.0]
    assert "xy_custom" not in stated.report.counts


@pytest.mark.parametrize(
    "rows",
    [
        ["1.5,2.5,3.5,4.5,5.5,6.5,7.5"] * 3,  # a table of levels, not points
        ["1.5 2.5 3.5 4.5"] * 3,
        ["1 2 3 4"] * 3,
        ["E,N", "1,2", "3,4"],
        ["X,Y,Volume", "1,2,3", "4,5,6"],
        ["E,Z,remark", "1,2,3", "4,5,6"],
    ],
)
def test_columns_that_cannot_be_told_are_refused(read: Reader, rows: list[str]) -> None:
    with pytest.raises(SurveyError):
        read(rows, name="s.csv")


def test_a_cass_file_needs_five_columns(read: Reader) -> None:
    assert read(hillside(), format="cass").survey.points[0].tolist() == FIRST
    with pytest.raises(SurveyError, match="five"):
        read(table("ENZ"), format="cass")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("gbk", b""), ("utf-16", b""), ("gb18030", b"")],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(read: Reader, encoding: str, mark: bytes, ending: str) -> None:
    text = ending.join(row.replace("P", "坑顶") for row in hillside()) + ending
    found = read(mark + text.encode(encoding))
    assert found.survey.names[:2] == ("坑顶1", "坑顶2")
    assert found.survey.rows.tolist() == list(range(1, 37))
    assert not found.report.counts


def test_a_damaged_character_is_reported_and_the_row_kept(read: Reader) -> None:
    rows = "\n".join(row.replace("P", "坑顶") for row in hillside()).encode("utf-8")
    found = read(rows.replace("坑顶7,".encode(), "坑顶7,".encode()[:-3] + b"\xff,"))
    assert found.report.rows_of("undecodable") == (7,)
    assert len(found.survey.points) == 36


def test_a_stated_encoding_is_used(read: Reader, tmp_path: Path) -> None:
    (tmp_path / "s.dat").write_bytes("\n".join(row.replace("P", "坑") for row in hillside()).encode("gbk"))
    right = read_survey(tmp_path / "s.dat", SurveyOptions(encoding="gbk"))
    assert right.survey.names[0] == "坑1"
    wrong = read_survey(tmp_path / "s.dat", SurveyOptions(encoding="utf-8"))
    assert wrong.report.counts["undecodable"] == 36
    np.testing.assert_array_equal(wrong.survey.points, right.survey.points)


def test_decimal_commas_are_read_and_said(read: Reader) -> None:
    rows = [row.replace(",,", ";").replace(",", ";").replace(".", ",") for row in hillside()]
    found = read(rows)
    assert found.survey.points[0].tolist() == FIRST
    assert found.report.counts["decimal_comma"] == 3 * 36


def test_quoted_fields(read: Reader) -> None:
    found = read([",".join(f'"{f}"' for f in row) for row in ROWS])
    assert found.survey.points[0].tolist() == FIRST


def test_the_fast_path_and_the_tolerant_one_agree(read: Reader) -> None:
    """The same rows, once clean and once with one odd row in every piece, give the same points."""
    rng = np.random.default_rng(5)
    rows = [
        f"P{i},{'K' if i % 7 else ''},{511000 + a:.3f},{3398000 + b:.3f},{c:.3f}"
        for i, (a, b, c) in enumerate(rng.uniform(0, 900, (9000, 3)) * [1, 1, 0.01] + [0, 0, 40])
    ]
    clean, dirty = read(rows), read([row + ("x" if i % 4096 == 17 else "") for i, row in enumerate(rows)])
    assert dirty.report.rows_of("number") == (18, 4114, 8210)
    keep = np.ones(9000, bool)
    keep[[17, 4113, 8209]] = False
    np.testing.assert_array_equal(clean.survey.points[keep], dirty.survey.points)
    assert dirty.survey.names == tuple(np.array(clean.survey.names)[keep])
    assert dirty.survey.codes == tuple(np.array(clean.survey.codes)[keep])


@pytest.mark.parametrize(
    ("text", "value", "oddity"),
    [
        ("1.5", 1.5, ""), ("-1.5e3", -1500.0, ""), (".5", 0.5, ""), ("5.", 5.0, ""), (" 7 ", 7.0, ""), ('"7"', 7.0, ""),
        ("１２．５", 12.5, "full_width"), ("－３", -3.0, "full_width"), ("1,5", 1.5, "decimal_comma"),
        ("1 5", None, ""), ("1_5", None, ""), ("0x1", None, ""), ("12m", None, ""), ("", None, ""), ("一", None, ""),
        ("1,234,567", None, ""), ("1.2.3", None, ""), ("9" * 70, None, ""), ("²", None, ""), ("½", None, ""),
    ],
)  # fmt: skip
def test_number_spellings(text: str, value: float | None, oddity: str) -> None:
    assert (read_number(text)[0], read_number(text)[1] if value is not None else "") == (value, oddity)


@given(st.floats(-1e12, 1e12, allow_nan=False), st.integers(0, 6))
def test_printed_numbers_come_back(value: float, decimals: int) -> None:
    text = f"{value:.{decimals}f}"
    assert read_number(text) == (float(text), "")


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_none(text: str) -> None:
    value, _ = read_number(text)
    assert value is None or isinstance(value, float)


@pytest.mark.parametrize(("name", "value"), [("format", "xls"), ("unit", "km"), ("duplicates", "any")])
def test_unknown_choices_are_refused(name: str, value: str) -> None:
    with pytest.raises(InputError, match=name):
        SurveyOptions(**{name: value})  # type: ignore[arg-type]


def test_line_codes_make_break_lines(read: Reader) -> None:
    rows = [
        "A,K0,511050,3398000,60", "B,+,511060,3398000,61", "C,,511055,3398020,61", "D,1+,511070,3398000,62",
        "E,BL-1,511050,3398050,70", "F,BL-1,511060,3398050,71", "G,BL-2,511070,3398050,72",
        "H,坡顶线,511080,3398060,73",
        "I,坡顶线,511090,3398060,74", "J,F1,511080,3398070,73", "K,+,511085,3398070,73",
    ]  # fmt: skip
    found = read([*hillside(), *rows])
    assert [line[:, 2].tolist() for line in found.survey.breaklines] == [[60, 61, 62], [70, 71], [73, 74]]
    assert found.report.rows_of("lone_line_point") == (43,)
    assert len(found.survey.points) == 36 + len(rows)
