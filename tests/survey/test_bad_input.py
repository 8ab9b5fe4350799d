"""Every kind of dirt that survey files bring: reported with its row, never repaired in silence."""

from __future__ import annotations

import numpy as np
import pytest

from slopedesign.errors import SurveyError
from slopedesign.survey import Severity

from .conftest import Reader, hillside


def with_row(row: str, at: int = 10) -> list[str]:
    """The hillside with a further row; `at` is its number in the file."""
    rows = hillside()
    rows.insert(at - 1, row)
    return rows


@pytest.mark.parametrize(
    ("row", "kind", "left_out"),
    [
        ("", "blank", False),
        ("   ", "blank", False),
        ("# surveyed in rain", "comment", False),
        ("Q1,,511003,,52", "missing", True),
        ("Q1,,511003,3398003,", "missing", True),
        ("Q1,,511003,3398003,abc", "number", True),
        ("Q1,,511003,3398003,52.3m", "number", True),
        ("Q1,,511003,3398003,0x34", "number", True),
        ("Q1,,511_003,3398003,52", "number", True),
        ("Q1,,511003,3398003,1 234", "number", True),
        ("Q1,,511003", "columns", True),
        ("a line of text", "columns", True),
        ("Q1,,0.000,0.000,0.000", "zero_point", True),
        ("Q1,,0,0,52", "zero_plan", True),
        ("Q1,,nan,3398003,52", "not_finite", True),
        ("Q1,,511003,3398003,inf", "not_finite", True),
        ("Q1,,511003,3398003,1e999", "not_finite", True),
        ("Q1,,511003,3398003,-1.#IND", "not_finite", True),
        ("Q1,,511003,3398003,99999", "impossible", True),
        ("Q1,,5e11,3398003,52", "impossible", True),
        ("Q1,,611003,3398003,52", "far_point", True),
        ("Q1,,37511003,3398003,52", "mixed_prefix", True),
        ("Q1,,511003,3398003,0", "zero_level", True),
        ("Q1,,511003,3398003,523", "spike", True),
        ("Q1,,511003,3398003,62", "level_step", False),
        ("Q1,,511003;3398003;52", "mixed_separators", False),
        ("Q1 511003 3398003 52", "mixed_separators", False),
        ("Q1,,５１１００３,3398003,52", "full_width", False),
        ("Q1,,511003,3398003,52．5", "full_width", False),
        ("Q1,,511003,3398003,52,extra", "extra_columns", False),
        ("Q1,,511000.000,3398005.000,50.500", "duplicate", False),
    ],
)
def test_a_stray_row_is_a_finding_with_its_number(read: Reader, row: str, kind: str, left_out: bool) -> None:
    found = read(with_row(row))
    finding = found.report.of_kind(kind)
    assert found.report.counts[kind] == 1
    assert finding[0].left_out == left_out
    assert (10 in found.survey.rows.tolist()) == (not left_out and kind not in ("blank", "comment", "duplicate"))
    assert np.isfinite(found.survey.points).all()
    for language in ("zh_CN", "en"):
        words = finding[0].message.render(language)
        assert "survey." not in words
        assert "{" not in words
        assert "10" in words
    if left_out:
        assert found.report.left_out == 1
        assert len(found.survey.points) == 36
        assert "未采用" in finding[0].message.render("zh_CN")
        assert "left out" in finding[0].message.render("en")


def test_the_row_numbers_stay_right_after_blank_rows_and_headings(read: Reader) -> None:
    rows = ["Name,Code,E,N,Z", "", *hillside(), "", "bad,,x,1,2"]
    found = read(rows, name="survey.csv")
    assert found.report.rows_of("number") == (40,)
    assert found.survey.rows[0] == 3
    assert found.report.rows_of("blank") == (2, 39)


def test_duplicates_at_one_level_are_merged_and_said(read: Reader) -> None:
    found = read([*hillside(), hillside()[3], hillside()[3]])
    assert len(found.survey.points) == 36
    assert found.report.merged == 2
    (finding,) = found.report.of_kind("duplicate")
    assert finding.severity is Severity.INFO
    assert "4, 37, 38" in finding.message.render("en")


CONFLICT = [*hillside(), "Q,,511000.000,3398005.000,51.500"]


def test_duplicates_at_two_levels_stop_and_name_the_rows(read: Reader) -> None:
    with pytest.raises(SurveyError, match=r"\[7, 37\] Z = 50\.500 / 51\.500"):
        read(CONFLICT)


@pytest.mark.parametrize(
    ("policy", "level"), [("first", 50.5), ("last", 51.5), ("mean", 51.0), ("highest", 51.5), ("lowest", 50.5)]
)
def test_duplicates_at_two_levels_follow_the_policy_and_say_so(read: Reader, policy: str, level: float) -> None:
    found = read(CONFLICT, duplicates=policy)
    here = found.survey.points[(found.survey.points[:, :2] == [511000.0, 3398005.0]).all(axis=1)]
    assert here[:, 2].tolist() == [level]
    (finding,) = found.report.of_kind("duplicate_level")
    assert finding.severity is Severity.WARNING
    assert f"{level:.3f}" in finding.message.render("en")


@pytest.mark.parametrize("entry", ["Q", "row 37"])
def test_a_row_dropped_on_purpose_solves_the_conflict(read: Reader, entry: str) -> None:
    found = read(CONFLICT, drop=(entry,))
    assert len(found.survey.points) == 36
    assert found.report.counts["dropped"] == 1


def test_a_drop_entry_that_matches_nothing_is_reported(read: Reader) -> None:
    found = read(hillside(), drop=("P99", "row 1000"))
    assert found.report.counts["drop_unused"] == 2
    assert len(found.survey.points) == 36


def test_many_findings_are_counted_but_not_all_listed(read: Reader) -> None:
    found = read([*hillside(), *["x,,a,b,c"] * 5000])
    assert found.report.counts["number"] == 5000
    assert len(found.report.of_kind("number")) == 200
    assert found.report.not_listed() == {"number": 4800}
    assert found.report.left_out == 5000


def test_a_steep_face_is_no_outlier(read: Reader) -> None:
    """Toe and crest of a 30 m face 2 m apart: nothing may be left out."""
    rows = [f"P{i},,{511000 + 5 * i},{3398000},{50}" for i in range(20)]
    rows += [f"C{i},,{511000 + 5 * i},{3398002},{80}" for i in range(20)]
    rows += [f"B{i},,{511000 + 5 * i},{3398006},{80.5}" for i in range(20)]
    found = read(rows)
    assert found.report.left_out == 0
    assert len(found.survey.points) == 60


def test_a_lone_crest_point_over_many_toe_points_is_kept(read: Reader) -> None:
    """Eight nearest points at the toe, the level itself within the survey: reported, kept."""
    rows = [f"T{i},,{511000 + i},{3398000},{50}" for i in range(60)]
    rows += [f"C{i},,{511000 + 30 * i},{3398003},{80}" for i in range(3)]
    rows += [f"U{i},,{511000 + i},{3398040},{82}" for i in range(60)]
    found = read(rows)
    assert found.report.left_out == 0
    assert found.report.counts["level_step"] == 3


def test_levels_around_zero_are_levels(read: Reader) -> None:
    rows = [f"P{i},,{511000 + 5 * i},{3398000 + (i % 3)},{i - 5}" for i in range(11)]
    found = read(rows)
    assert found.report.left_out == 0
    assert 0.0 in found.survey.points[:, 2]


def test_levels_all_zero_are_questioned(read: Reader) -> None:
    found = read([row.rpartition(",")[0] + ",0" for row in hillside()])
    assert found.report.counts["all_zero"] == 1


def test_eastings_with_a_zone_number_are_kept_and_hinted(read: Reader) -> None:
    found = read(hillside(east=37_511_000.0))
    assert found.survey.points[0, 0] == 37_511_000.0
    assert found.report.counts["zone_prefix"] == 1
    hint = found.report.datum_hints[0].render("zh_CN")
    assert "37" in hint
    assert "111" in hint
    assert "提示" in hint


def test_plausible_northings_for_hubei_are_hinted(read: Reader) -> None:
    hints = " ".join(h.render("zh_CN") for h in read(hillside()).report.datum_hints)
    assert "湖北" in hints
    assert "30.7" in hints


def test_two_zones_in_one_file_are_reported(read: Reader) -> None:
    rows = [*hillside(east=37_511_000.0), *hillside(east=38_511_000.0)]
    assert read(rows).report.counts["several_zones"] == 1


def swapped() -> list[str]:
    return [",".join([p[0], p[1], p[3], p[2], p[4]]) for p in (row.split(",") for row in hillside())]


def test_swapped_columns_are_read_by_their_values_and_said(read: Reader) -> None:
    found = read(swapped())
    assert found.survey.points[0].tolist() == [511_000.0, 3_398_000.0, 50.0]
    assert found.report.of_kind("swapped_columns")[0].severity is Severity.WARNING


def test_a_stated_order_is_followed_even_where_the_values_speak_against_it(read: Reader) -> None:
    found = read(swapped(), column_order="E,N,Z")
    assert found.survey.points[0].tolist() == [3_398_000.0, 511_000.0, 50.0]
    assert found.report.counts["swapped_axes"] == 1


def test_local_coordinates_cannot_be_verified_and_that_is_said(read: Reader) -> None:
    found = read(hillside(east=1000.0, north=2000.0))
    assert found.report.counts["axes_assumed"] == 1
    assert "独立" in found.report.datum_hints[0].render("zh_CN")


@pytest.mark.parametrize(("unit", "factor"), [("ft", 0.3048), ("us_ft", 1200 / 3937)])
def test_feet_become_metres(read: Reader, unit: str, factor: float) -> None:
    plain, feet = read(hillside()), read(hillside(), unit=unit)
    np.testing.assert_allclose(feet.survey.points, plain.survey.points * factor, rtol=1e-15)
    assert feet.survey.unit == unit
    assert feet.report.counts["unit"] == 1


def test_longitude_and_latitude_are_refused(read: Reader) -> None:
    rows = [f"P{i},,111.{30000 + i * 7},30.{71000 + i * 3},{50 + i}" for i in range(20)]
    with pytest.raises(SurveyError, match="degrees"):
        read(rows)
    with pytest.raises(SurveyError, match="degrees"):
        read(["点名,经度,纬度,高程", "a,111,30,50", "b,111.1,30.1,60"], name="s.csv")


LINE = ["A,K0,511050,3398000,60", "B,+,511060,3398000,61", "C,+,511060,3398000,61", "D,+,511070,3398000,62"]


def test_a_segment_without_length_is_skipped_and_said(read: Reader) -> None:
    found = read([*hillside(), *LINE])
    assert [len(line) for line in found.survey.breaklines] == [3]
    assert found.report.rows_of("zero_segment") == (39,)


def test_a_line_of_one_spot_is_left_out(read: Reader) -> None:
    found = read([*hillside(), LINE[0], LINE[0].replace("K0", "+")])
    assert not found.survey.breaklines
    assert found.report.rows_of("short_line") == (37,)


def test_lines_that_cross_at_two_levels_are_both_reported(read: Reader) -> None:
    cross = ["A,K0,511050,3398000,60", "B,+,511070,3398000,60", "C,K0,511060,3397990,65", "D,+,511060,3398010,67"]
    found = read([*hillside(), *cross])
    (finding,) = found.report.of_kind("crossing")
    words = finding.message.render("en")
    assert "row 37" in words
    assert "row 39" in words
    assert "60.000" in words
    assert "66.000" in words
    assert len(found.survey.breaklines) == 2


def test_lines_that_cross_at_one_level_are_fine(read: Reader) -> None:
    cross = ["A,K0,511050,3398000,60", "B,+,511070,3398000,60", "C,K0,511060,3397990,59", "D,+,511060,3398010,61"]
    assert "crossing" not in read([*hillside(), *cross]).report.counts


def test_a_vertex_left_out_of_a_line_is_said(read: Reader) -> None:
    line = ["A,K0,511050,3398000,60", "B,+,0,0,0", "C,+,511070,3398000,62"]
    found = read([*hillside(), *line])
    assert found.report.rows_of("zero_point") == (38,)
    assert found.report.counts["line_gap"] == 1
    assert [len(b) for b in found.survey.breaklines] == [2]


def test_breaklines_share_their_vertices_with_the_points(read: Reader) -> None:
    found = read([*hillside(), *LINE])
    points = {tuple(p) for p in found.survey.points.tolist()}
    assert all(tuple(v) in points for line in found.survey.breaklines for v in line.tolist())
    assert len(points) == 39


@pytest.mark.parametrize(
    "content", ["", "\n\n\n", "# only a remark\n", "a,b,c\n", "1,2\n3,4\n", "x,,a,b,c\ny,,d,e,f\n"]
)
def test_a_file_with_nothing_usable_is_an_error(read: Reader, content: str) -> None:
    with pytest.raises(SurveyError):
        read(content)


def test_rows_that_are_all_zero_leave_nothing(read: Reader) -> None:
    with pytest.raises(SurveyError, match="none of 3 rows"):
        read(["A,,0,0,0"] * 3)


def test_a_survey_of_its_own_system_may_begin_at_the_origin(read: Reader) -> None:
    found = read([f"{5 * i} {5 * j} {i + j}" for i in range(6) for j in range(6)])
    assert len(found.survey.points) == 36
    assert found.report.rows_of("zero_point_kept") == (1,)
