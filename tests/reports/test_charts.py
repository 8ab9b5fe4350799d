"""Charts: drawn from results, in the bundled font, a missing glyph stops them."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

from slopedesign.calc.stability.search import FactorMap
from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.result import WaterResult
from slopedesign.project.stability import JointSet
from slopedesign.reports import charts

sys.path.insert(0, str(Path(__file__).parents[1]))
from calc.water import examples


@pytest.fixture(scope="module")
def water() -> WaterResult:
    return design_water(examples.design(), None, examples.LINES)


def _curves(figure: Figure) -> list[np.ndarray]:
    return [np.asarray(line.get_xydata()) for axes in figure.axes for line in axes.get_lines()]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_water_charts_are_written(water: WaterResult, language: str, tmp_path: Path) -> None:
    pond = water.ponds[0]
    assert water.storm.pond_storm is not None and pond.typical is not None
    drawn = [
        charts.storm_methods(water.storm, language), charts.hyetograph(water.storm.pond_storm, language),
        charts.hydrograph(pond, language), charts.stage_storage(pond, language),
        charts.balance(pond.typical, language, pond.record.name),
    ]  # fmt: skip
    for i, figure in enumerate(drawn):
        assert figure is not None
        file = charts.write(figure, tmp_path / f"{i}.png", dpi=60)
        assert file.stat().st_size > 2000


def test_curves_are_the_results(water: WaterResult) -> None:
    pond = water.ponds[0]
    volume, area = _curves(charts.stage_storage(pond, "zh_CN"))[0], None
    assert np.array_equal(volume, np.column_stack((pond.storage.volume, pond.storage.level)))
    figure = charts.hydrograph(pond, "zh_CN")
    assert figure is not None and pond.spillway is not None and area is None
    inflow, outflow, level = _curves(figure)
    assert inflow[:, 1].max() == pond.spillway.inflow.peak
    assert outflow[:, 1].max() == pond.spillway.routed.peak_outflow
    assert level[:, 1].max() == pond.spillway.max_level
    methods = _curves(charts.storm_methods(water.storm, "zh_CN"))
    assert len(methods) == len(water.storm.table[0].intensity)


def test_factor_map_marks_its_least_value(tmp_path: Path) -> None:
    fos = np.array([[np.nan, 2.0, 1.5], [1.2, 1.9, np.nan]])
    figure = charts.factor_map(FactorMap(exit_x=np.array([0.0, 5.0]), entry_x=np.array([10.0, 15.0, 20.0]), fos=fos),
                               "zh_CN", "A")  # fmt: skip
    assert any(np.allclose(curve, [[5.0, 10.0]]) for curve in _curves(figure))
    charts.write(figure, tmp_path / "map.png", dpi=50)


def test_stereonet_puts_poles_opposite_the_dip(tmp_path: Path) -> None:
    """The pole of a plane dipping east at 45 deg plots due west, sqrt(2) sin(22.5 deg) from the centre."""
    joint = JointSet(name="J", dip_deg=45, dip_direction_deg=90, friction_angle_deg=30)
    figure = charts.stereonet([joint], (60.0, 180.0), "zh_CN", "A")
    want = np.array([[-np.sqrt(2) * np.sin(np.radians(22.5)), 0.0]])
    assert any(curve.shape == (1, 2) and np.allclose(curve, want, atol=1e-9) for curve in _curves(figure))
    for curve in _curves(figure):
        assert np.hypot(*curve.T).max() <= 1.03
    charts.write(figure, tmp_path / "net.png", dpi=50)


def test_a_missing_glyph_stops_the_chart(tmp_path: Path) -> None:
    figure = charts.hyetograph(_storm(), "zh_CN")
    figure.axes[0].set_title("\N{EGYPTIAN HIEROGLYPH A001}")
    with pytest.raises(UserWarning, match="Glyph"):
        charts.write(figure, tmp_path / "x.png")


def _storm() -> charts.Hyetograph:
    return charts.Hyetograph(60.0, np.array([1.0, 5.0, 2.0]))
