"""Rain on the catchments in SWMM: volumes equal, peaks near, and nothing of ours put in as inflow."""

from __future__ import annotations

import pytest

from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.result import WaterResult
from slopedesign.errors import NoSolution
from slopedesign.project.water import WaterDesign
from slopedesign.reports import swmm, swmm_rain


@pytest.fixture(scope="module")
def water() -> WaterResult:
    """Two rock faces on a ditch, one beside the other, and a storm with a course."""
    face = {"areas": [{"surface": "hard_rock_slope", "area": 4000.0}], "overland_length": 40, "overland_slope": 0.5,
            "overland_surface": "compacted"}  # fmt: skip
    return design_water(WaterDesign.model_validate({
        "storm": {"return_period": 10, "h24": 190, "decay": 0.7},
        "catchments": [face | {"name": "upper", "drains_to": "a"}, face | {"name": "lower", "drains_to": "b"}],
        "network": {"types": [{"name": "stone"}], "outlets": ["c"], "reaches": [
            {"name": "one", "kind": "bench", "from_node": "a", "to_node": "b", "length": 60, "start_level": 101,
             "end_level": 100, "ditch_type": "stone"},
            {"name": "two", "kind": "toe", "from_node": "b", "to_node": "c", "length": 60, "start_level": 100,
             "end_level": 99, "ditch_type": "stone"}]},
    }))  # fmt: skip


def test_the_model_says_what_the_design_says(water: WaterResult) -> None:
    model = swmm_rain.rain_model(water)
    assert model is not None
    assert all(node.inflow == 0 for node in model.nodes)
    text = swmm.write_inp(model)
    for section in ("RAINGAGES", "SUBCATCHMENTS", "SUBAREAS", "INFILTRATION"):
        assert f"[{section}]" in text
    rows = [row.split() for row in model.extra["SUBCATCHMENTS"] if row.startswith("S")]
    for row, c in zip(rows, water.catchments, strict=True):
        area, imperv, width, slope = (float(row[k]) for k in (3, 4, 5, 6))
        assert area * 1e4 == pytest.approx(4000.0)
        assert imperv == pytest.approx(100 * c.inflow.phi.value, abs=1e-3)
        assert imperv / 100 * area * 1e4 / width == pytest.approx(40.0, rel=1e-3)
        assert slope == pytest.approx(50.0)
    series = [float(row.split()[2]) for row in model.extra["TIMESERIES"]]
    five = water.storm.methods[0].intensity(5.0).value * 60
    assert 0.95 * five < max(series) <= five * (1 + 1e-9)  # mm/h; the peak falls inside a step of the course


def test_swmm_runs_off_phi_p_f_and_peaks_near_the_formula(water: WaterResult) -> None:
    if not swmm.available():
        pytest.skip("swmm-toolkit is not installed")
    compared = swmm_rain.compare_rain(water)
    assert compared is not None
    rows, answer = compared
    assert [row.quantity for row in rows] == ["rain_flow", "rain_flow"]
    assert abs(answer.continuity) < 2.5
    for row in rows:  # methods differ; on two short faces they come out close
        assert abs(row.difference) < 0.15


def test_a_storm_without_a_course_gives_no_model() -> None:
    record = {
        "storm": {"return_period": 10, "q_5_10": 2.1, "region": "south_east", "c60": 0.4},
        "catchments": [{"name": "f", "drains_to": "a", "areas": [{"surface": "hard_rock_slope", "area": 4000.0}],
                        "overland_length": 40, "overland_slope": 0.5, "overland_surface": "compacted"}],
        "network": {"types": [{"name": "stone"}], "outlets": ["c"], "reaches": [
            {"name": "one", "kind": "bench", "from_node": "a", "to_node": "c", "length": 60, "start_level": 101,
             "end_level": 100, "ditch_type": "stone"}]},
    }  # fmt: skip
    found = design_water(WaterDesign.model_validate(record))
    assert swmm_rain.rain_text(found) is None


def test_an_engine_that_is_not_done_in_time_is_told_not_a_crash(
    water: WaterResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object, **words: object) -> None:
        raise swmm.subprocess.TimeoutExpired("engine", float(str(words["timeout"])))

    monkeypatch.setattr(swmm, "available", lambda: True)
    monkeypatch.setattr(swmm.subprocess, "run", late)
    with pytest.raises(NoSolution, match="within 3 s"):
        swmm.referee(swmm.model_of(water), timeout=3)
