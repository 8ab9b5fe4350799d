"""Terrain cases in other shapes and sizes, and benches, soil and roads as a project states them.

The expected numbers are worked by plain formulas outside the program.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from slopedesign.verification.common import load_cases
from slopedesign.verification.terrain import run

MORE = load_cases("terrain", Path(__file__).with_name("more_terrain_cases.json"))
RESULTS = run(MORE)


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.case} {r.what}")
def test_number(result: Any) -> None:
    assert result.usable
    assert result.holds, result


def test_every_case_has_results() -> None:
    assert {result.case for result in RESULTS} == {case["id"] for case in MORE}


RECORDS = [case for case in MORE if {"benches", "cover_area", "road_network", "n_planted"} & set(case["input"])]


@pytest.mark.parametrize("case", RECORDS, ids=lambda case: str(case["id"]))
def test_a_wrong_number_is_not_confirmed(case: Any) -> None:
    for name, value in case["expected"].items():
        wrong = copy.deepcopy(case)
        off = [v * 1.01 + 0.01 for v in value] + [1.0] if isinstance(value, list) else value * 1.01 + 1
        wrong["expected"] = {name: off}
        assert not all(result.holds for result in run([wrong])), name
