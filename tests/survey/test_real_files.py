"""The real surveys: dirt and all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from slopedesign.errors import SurveyError
from slopedesign.survey import SurveyOptions, read_survey


@pytest.mark.parametrize(
    ("file", "rows", "points", "merged", "zero"),
    [
        ("openearthwork_surface.txt", 2962, 2957, 5, ()),
        ("openearthwork_rockbase.txt", 1623, 1621, 2, ()),
        ("openearthwork_base.txt", 1487, 1480, 6, (340,)),
    ],
)
def test_quarry_surveys(surveys: Path, file: str, rows: int, points: int, merged: int, zero: tuple[int, ...]) -> None:
    """Rows, the (0, 0, 0) row and the repeated positions were counted in the files by hand (grep, sort)."""
    found = read_survey(surveys / file)
    assert found.report.rows_read == rows
    assert len(found.survey.points) == points
    assert found.report.merged == merged
    assert found.report.rows_of("zero_point") == zero
    assert found.report.left_out == len(zero)
    assert rows == points + merged + len(zero)
    assert set(found.report.counts) <= {"duplicate", "zero_point"}


def test_the_quarry_itself(surveys: Path) -> None:
    found = read_survey(surveys / "openearthwork_surface.txt")
    extent = found.survey.extent
    assert (round(extent.width), round(extent.height)) == (288, 206)
    assert (round(extent.z_min, 1), round(extent.z_max, 1)) == (31.1, 61.9)
    assert found.survey.names[0] == "中交206"
    first = found.survey.points[0].tolist()
    assert first == [494630.153, 4038533.910, 54.513]
    stated = read_survey(surveys / "openearthwork_surface.txt", SurveyOptions(format="cass"))
    np.testing.assert_array_equal(found.survey.points, stated.survey.points)


@pytest.mark.parametrize("file", ["fangge_whysiki_14x18_20m.csv", "openearthwork_result_grid10.txt"])
def test_tables_that_are_no_surveys_are_refused(surveys: Path, file: str) -> None:
    with pytest.raises(SurveyError):
        read_survey(surveys / file)
