"""Wall cases of the shipped families in other words, orders and units.

The expected numbers are printed in the source named, or worked by plain formulas outside the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from slopedesign.verification.common import load_cases
from slopedesign.verification.walls import run

MORE = load_cases("walls", Path(__file__).with_name("more_wall_cases.json"))
SHIPPED = load_cases("walls")
RESULTS = run(MORE)
OTHER = {
    "H": "height_m", "gamma": "unit_weight_kN_m3", "phi": "friction_angle_deg", "c": "cohesion_kPa", "q": "surcharge",
    "delta": "wall_friction_deg", "kh": "k_h", "mu": "friction_coefficient",
}  # fmt: skip


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.case} {r.what}")
def test_number(result: Any) -> None:
    assert result.holds, result


@pytest.mark.parametrize("case", [*MORE, *SHIPPED], ids=lambda c: str(c["id"]))
def test_order_extra_keys_and_other_names_do_not_matter(case: Mapping[str, Any]) -> None:
    inputs = {OTHER.get(name, name): value for name, value in reversed(case["inputs"].items())}
    for result in run([dict(case, inputs=inputs | {"remark": "page 7", "page": 7, "checked": True})]):
        assert result.holds, result
