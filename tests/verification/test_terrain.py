"""The terrain cases hold, fail when they should, and do not depend on names."""

from __future__ import annotations

import copy
import json
import math
import os
from pathlib import Path
from typing import Any

import pytest

from slopedesign.verification import terrain
from slopedesign.verification.common import load_cases
from slopedesign.verification.terrain_shapes import floor_of, level_of

CASES: dict[str, Any] = {str(case["id"]): case for case in load_cases("terrain")}


@pytest.mark.parametrize("name", CASES)
def test_every_case_holds(name: str) -> None:
    results = terrain.run([CASES[name]])
    assert results
    for result in results:
        assert result.holds, result
        assert result.usable or "SLOPEDESIGN_SURVEYS" in result.note


def test_cases_on_surveys_say_why_they_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLOPEDESIGN_SURVEYS", raising=False)
    (result,) = terrain.run([CASES["openearthwork_rock_vs_base"]])
    assert not result.usable
    assert "not set" in result.note


def test_the_real_quarry(surveys: Path) -> None:
    assert os.environ["SLOPEDESIGN_SURVEYS"] == str(surveys)
    results = {result.what: result for result in terrain.run([CASES["openearthwork_rock_vs_base"]])}
    published = results["net, published"]
    assert published.usable
    assert abs(published.deviation or 1) < 0.015


def shaken(value: Any) -> Any:
    """Every number 1 % off."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return value * 1.01 + 0.01
    if isinstance(value, list):
        return [shaken(part) for part in value]
    return {key: shaken(part) for key, part in value.items()}


@pytest.mark.parametrize("name", [n for n in CASES if "landxml" not in n and "openearthwork" not in n])
def test_a_wrong_expectation_is_not_confirmed(name: str) -> None:
    case = copy.deepcopy(CASES[name])
    case["expected"] = shaken(case["expected"])
    assert not all(result.holds for result in terrain.run([case]))


def test_names_mean_nothing() -> None:
    case = copy.deepcopy(CASES["borrow_199yd3"]) | {"id": "x"}
    assert all(result.holds for result in terrain.run([case]))


def test_an_unknown_layout_fails_rather_than_being_passed_over() -> None:
    (result,) = terrain.run([{"id": "new", "input": {"something": 1}, "expected": {"V": 3.0}}])
    assert not result.holds
    (empty,) = terrain.run([{"id": "new", "input": {}, "expected": {}}])
    assert not empty.holds


def test_other_numbers_in_the_same_layouts() -> None:
    cases = json.loads("""[
      {"id": "a", "input": {"areas": [100, 200, 400, 500], "spacing": 3},
       "expected": {"trapezoidal": 2700, "prismoidal_wrong": 2400, "right_mix": 2650}},
      {"id": "b", "input": {"ground": "z=0 on [0,20]x[0,10]", "design": "z=1 - x/10"},
       "expected": {"cut": 50, "fill": 50}},
      {"id": "c", "input": {"corner": [1, 2, 3, 4], "edge": [], "inner": []}, "expected": {"H0": 2.5}},
      {"id": "d", "input": {"levels": [[1, 2], [3, 4]], "a": 5}, "expected": {"H0": 2.5}},
      {"id": "e", "input": {"cone": "base r=3, h=2, faceted n=8"}, "expected": {"V_8gon": 16.97056274847714}}
    ]""")
    results = terrain.run(cases)
    assert [result for result in results if not result.holds] == []
    assert {"prismoidal_wrong is refused"} <= {result.what for result in results}


def test_descriptions_are_read_and_nothing_else_is() -> None:
    level = level_of("z=x*tan(45 deg) + 2^2, toe at x=0")
    assert level is not None
    assert level(3, 0) == pytest.approx(7)
    assert level_of("z=__import__('os').getcwd()") is None
    assert level_of("flat") is None
    assert floor_of("rect 60x40", 2400, 201) is None
    ell = floor_of("L of unknown words", 2700, 240)
    assert ell is not None
    assert ell.area == pytest.approx(2700)
    assert ell.length == pytest.approx(240)


OTHER_LAYOUTS = (
    ({"r_bottom_ft": 20, "r_top_ft": 35, "h_ft": 12}, {"V": 4 * math.pi * (400 + 1225 + 700)}),
    ({"areas_m2": [100, 150, 220], "spacing_m": 20}, {"average_end_area": 6200, "prismoidal": 6133 + 1 / 3}),
    ({"A1": 100, "Am": 140, "A2": 200, "L": 30}, {"V": 4300, "average_end": 4500}),
    ({"cone": {"r": 20, "h": 15}}, {"V_true": 2000 * math.pi}),
    ({"cone": "base r=10, h=6"}, {"V_true": 200 * math.pi}),
    ({"heights": [[1, 1], [1, 1]], "a": 10}, {"fill": 100, "cut": 0}),
)


@pytest.mark.parametrize(("given", "expected"), OTHER_LAYOUTS)
def test_other_layouts(given: dict[str, object], expected: dict[str, float]) -> None:
    """Bodies whose volume is a formula, named in other ways."""
    results = terrain.run([{"id": "x", "input": given, "expected": expected}])
    assert len(results) >= len(expected)
    for result in results:
        assert result.holds, result


def test_a_case_of_which_nothing_is_known_fails() -> None:
    assert not any(
        r.holds for r in terrain.run([{"id": "x", "input": {"areas": [1, 2], "spacing": 3}, "expected": {"hue": 7}}])
    )
