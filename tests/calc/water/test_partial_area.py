"""The peak of the part of the land that arrives sooner than the whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.network import NetworkResult
from slopedesign.project.water import WaterDesign
from slopedesign.standards.check import Verdict


def solved(fast: float, slow: float, far: float, peak: str = "longest") -> tuple[NetworkResult, list[Any]]:
    """Two catchments [m2] on one ditch: a steep rock face at hand, and a wooded slope `far` metres long."""
    record = WaterDesign.model_validate({
        "storm": {"return_period": 10, "h24": 180, "decay": 0.7},
        "catchments": [
            {"name": "face", "drains_to": "a", "areas": [{"surface": "hard_rock_slope", "area": fast}],
             "overland_length": 20, "overland_slope": 1.0, "overland_surface": "compacted"},
            {"name": "wood", "drains_to": "a", "areas": [{"surface": "conifer_forest", "area": slow}],
             "overland_length": far, "overland_slope": 0.05, "overland_surface": "conifer_forest"},
        ],
        "network": {"types": [{"name": "stone"}], "outlets": ["b"], "peak": peak, "reaches": [
            {"name": "ditch", "kind": "bench", "from_node": "a", "to_node": "b", "length": 50, "start_level": 100,
             "end_level": 99, "ditch_type": "stone"}]},
    })  # fmt: skip
    found = design_water(record)
    assert found.network is not None
    return found.network, [check for check in found.checks if check.id == "storm.partial_area"]


def test_a_slow_wood_does_not_hide_a_fast_face() -> None:
    """Worked by hand: the face alone, at the least time of 5 min, against both at the wood's long time."""
    network, checks = solved(10_000, 2_000, 300)
    reach = network.reaches[0]
    power = 180 * 24 ** (0.7 - 1)  # mm/h
    alone = 16.67 * 0.775 * (power / (5 / 60) ** 0.7 / 60) * 0.010
    face = next(iter(reach.gathered.moment.inputs.values()))
    alone *= face.value / (0.775 * 0.010)  # whatever coefficient the table gives rock
    assert reach.gathered.partial is not None
    assert reach.gathered.partial.value == pytest.approx(alone, rel=1e-3)
    assert reach.flow.value < alone
    assert [check.verdict for check in checks] == [Verdict.WARN]
    taken, none = solved(10_000, 2_000, 300, "partial")
    assert taken.reaches[0].flow.value == pytest.approx(alone, rel=1e-3)
    assert all(check.verdict is Verdict.PASS for check in none)


@for_all(st.floats(500, 50_000), st.floats(500, 50_000), st.floats(20, 800))
@settings(max_examples=40, deadline=None)
def test_the_part_never_lowers_a_flow_and_settles_its_check(fast: float, slow: float, far: float) -> None:
    longest, _ = solved(fast, slow, far)
    partial, checks = solved(fast, slow, far, "partial")
    assert partial.reaches[0].flow.value >= longest.reaches[0].flow.value * (1 - 1e-12)
    assert all(check.verdict is Verdict.PASS for check in checks)
    whole = longest.reaches[0]
    if whole.gathered.partial is None:
        assert partial.reaches[0].flow.value == pytest.approx(whole.flow.value)
