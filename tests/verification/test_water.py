"""Published water cases, and the misprints that must not be reproduced."""

from __future__ import annotations

import pytest

from slopedesign.calc.water import channel, pond, runoff
from slopedesign.calc.water.section import Circle, Trapezoid
from slopedesign.verification.common import load_cases
from slopedesign.verification.water import run

RESULTS = run(load_cases("water"))
FT = 0.3048


def test_cases_are_there() -> None:
    assert len({r.case for r in RESULTS}) >= 32
    assert sum(r.usable for r in RESULTS) > 150


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.case} {r.what}")
def test_published_number(result: object) -> None:
    assert result.holds, result  # type: ignore[attr-defined]


def test_a_wrong_number_would_be_seen() -> None:
    case = dict(next(c for c in load_cases("water") if c["id"] == "SW-01"))
    case["outputs"] = {"depth": 0.6}
    assert not run([case])[0].holds
    assert not run([{"id": "x", "topic": "astrology", "inputs": {}, "outputs": {}}])[0].holds


def test_misprints_are_not_reproduced() -> None:
    pipe = Circle(2.0 * FT)
    assert channel.critical_depth(pipe, 6.75 * FT**3) / FT == pytest.approx(0.921, abs=0.001)  # the book's chart: 0.80
    assert pond.annual_budget(0.3, 1270, 40.47, 889, 1.214, 2.54, 0.8094)[2] == pytest.approx(
        180000, rel=0.01
    )  # 0.1 in/h
    q = runoff.rational_peak_hourly(0.315, 2.3 * 25.4, 43.3 * 4046.86e-6).value
    assert q == pytest.approx(0.89, abs=0.01)  # the book: 89 m3/s
    narrow, printed = Trapezoid(4.71, 50, 0, 0), Trapezoid(0.5, 50, 0.5, 0.5)
    assert channel.normal_depth(narrow, 0.025, 0.01, 1.0) != pytest.approx(
        channel.normal_depth(printed, 0.025, 0.01, 1.0), rel=0.1
    )
