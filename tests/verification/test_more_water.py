"""Water cases of the shipped families in layouts the shipped ones do not use, and the same ones written differently.

The expected numbers are printed in the source named, or worked by plain formulas outside the program.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from slopedesign.verification.common import load_cases
from slopedesign.verification.quantities import Reader, split_key
from slopedesign.verification.water import is_us, run

MORE = load_cases("water", Path(__file__).with_name("more_water_cases.json"))
SHIPPED = load_cases("water")
RESULTS = run(MORE)


def test_there_are_many() -> None:
    assert len(MORE) >= 80
    assert sum(r.usable for r in RESULTS) > 220


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.case} {r.what}")
def test_number(result: Any) -> None:
    assert result.holds, result


@pytest.mark.parametrize("case", [*MORE, *SHIPPED], ids=lambda c: str(c["id"]))
def test_order_and_extra_keys_do_not_matter(case: Mapping[str, Any]) -> None:
    inputs = dict(reversed(case["inputs"].items())) | {"remark": "printed on page 7", "page": 7, "checked": True}
    outputs = dict(reversed(case["outputs"].items()))
    for result in run([dict(case, inputs=inputs, outputs=outputs)]):
        assert result.holds, result


def _metric(thing: Any) -> Any:
    """A US table with its units said by every key, turned to metric."""
    turned = {"_ft": ("_m", 0.3048), "_cfs": ("_m3s", 0.3048**3), "_in": ("_mm", 25.4), "_ac": ("_ha", 0.40468564224),
              "_fps": ("_ms", 0.3048), "_ft2": ("_m2", 0.3048**2), "_ft3": ("_m3", 0.3048**3), "_inph": ("_mmh", 25.4),
              "_mi2": ("_km2", 2.589988110336)}  # fmt: skip
    if not isinstance(thing, Mapping):
        return thing
    found = {}
    for key, value in thing.items():
        unit = next((u for u in turned if key.endswith(u)), None)
        if key == "units":
            found[key] = "SI"
        elif unit is None or isinstance(value, Mapping | str):
            found[key] = _metric(value)
        else:
            name, factor = turned[unit]
            scaled = [v * factor for v in value] if isinstance(value, list) else value * factor
            found[key.removesuffix(unit) + name] = scaled
    return found


SAID = ("M-UF-3", "M-HJ-4", "M-HY-7", "M-ST-1", "M-ST-2", "M-ST-5", "M-WE-2", "M-CU-3", "M-PI-1")


@pytest.mark.parametrize("name", SAID)
def test_a_case_may_change_its_units(name: str) -> None:
    """The same problem in metres and in feet has one answer; 0.8 % covers the rounded unit constants of the books."""
    case = next(c for c in MORE if c["id"] == name)
    us = {r.what: r for r in run([case])}
    turned = dict(case, inputs=_metric(case["inputs"]), outputs=_metric(case["outputs"]), tolerance={"rel": 0.03})
    si = run([turned])
    assert len(si) == len(us)
    for a, b in zip(us.values(), si, strict=True):
        if a.expected:
            assert b.found is not None and b.expected, b
            assert b.found / b.expected == pytest.approx((a.found or 0) / a.expected, rel=8e-3), (a, b)


def test_a_wrong_number_misses_and_a_strange_case_says_why() -> None:
    for name in ("M-UF-4", "M-HY-8", "M-ST-8", "M-CU-1", "M-GV-2"):
        case = json.loads(json.dumps(next(c for c in MORE if c["id"] == name)))
        key = next(iter(case["outputs"]))
        value = case["outputs"][key]
        case["outputs"] = {key: [1.1 * v + 1 for v in value] if isinstance(value, list) else 1.1 * value}
        assert not any(r.holds for r in run([case])), name
    strange = {"id": "x", "topic": "normal depth", "inputs": {"b_m": 1.0}, "outputs": {"yn_m": 1.0}}
    (result,) = run([strange])
    assert not result.holds
    assert run([{"id": "y", "topic": "orifice", "inputs": {"D_m": 0.1, "Co": 0.6}, "outputs": {"Q": 1.0}}])[0].note


def test_units_of_keys() -> None:
    assert split_key("Q_cfs", "flow") == ("Q", pytest.approx(0.3048**3))
    assert split_key("i_in_h", "intensity") == ("i", 25.4)
    assert split_key("Q_m3s_rounded", "flow") == ("Q", 1)
    assert split_key("tc_h", "time") == ("tc", 60)
    assert split_key("b", "length") == ("b", None)
    assert is_us({"b_ft": 1, "Q_cfs": 2}) and not is_us({"b_m": 1, "Q_m3s": 2}) and is_us({"units": "US", "b": 1})
    assert Reader({"b_ft": 10.0}, us=False).maybe("length", "b") == pytest.approx(3.048)
    assert Reader({"b": 10.0}, us=True).maybe("length", "b") == pytest.approx(3.048)
    assert Reader({"S_pct": 2.0}, us=False).slope("S") == pytest.approx(0.02)
