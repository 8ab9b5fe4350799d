"""Stability cases of the shipped families in other words, orders and units.

The expected numbers are printed in the source named, or worked by plain formulas outside the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from slopedesign.verification.common import load_cases
from slopedesign.verification.stability import run

MORE = load_cases("stability", Path(__file__).with_name("more_slope_cases.json"))
RESULTS = run(MORE)


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.case} {r.what}")
def test_number(result: Any) -> None:
    assert result.holds, result


@pytest.mark.parametrize("case", [c for c in MORE if "ground" not in c], ids=lambda c: str(c["id"]))
def test_order_and_extra_keys_do_not_matter(case: Mapping[str, Any]) -> None:
    turned = dict(reversed(list(case.items()))) | {"page": 7, "remark": "printed on page 7", "checked": True}
    for result in run([turned]):
        assert result.holds, result


def test_a_layer_without_a_top_is_not_guessed() -> None:
    ground = [[0, 0], [20, 0], [40, 10], [70, 10]]
    soil = {"c": 3, "phi": 20, "gamma": 20}
    case = {"id": "two", "ground": ground, "layers": [soil, soil], "target": {"bishop": {"fos": 1.0}}}
    assert all(result.found is None and not result.holds for result in run([case]))


def test_a_case_without_targets_is_held_to_what_it_prints() -> None:
    case = next(dict(c) for c in MORE if c["id"] == "MORE-W1")
    del case["target"]
    assert [r.holds for r in run([case | {"published": {"charts": {"fos": 1.304}}}])] == [True]
    assert [r.holds for r in run([case | {"published": {"fos": 1.5}}])] == [False]
