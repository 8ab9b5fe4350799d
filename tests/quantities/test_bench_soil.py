"""Soil on benches: what stands in it is not soil; worked by hand on one bench."""

import pytest

from slopedesign.calc.cover import BenchSoil, bench_soil
from slopedesign.project.slopes import BenchWall
from slopedesign.standards.trace import given


def soil(wall: BenchWall, ditch: float = 0.0) -> BenchSoil:
    """A bench of 100 m: 180 m2 of soil 0.5 m deep behind a wall 0.6 m high."""
    ditches = [("ditch", given(90.0, "m", "length"), given(ditch, "m", "width"))] if ditch else []
    layers = (given(0.3 * 0.3 * 100.0, "m3", "filter"), given(0.3 * 0.2 * 100.0, "m3", "seal"))
    return bench_soil(given(90.0, "m3", "gross"), ditches, given(0.5, "m", "thickness"), wall, layers,
                      given(100.0, "m", "wall"), given(0.6, "m", "height"), "slopes[0]")  # fmt: skip


def test_a_ditch_and_the_drainage_behind_the_wall_are_not_soil() -> None:
    """The back leans from 0.7 m to 0.5 m over 0.6 m: at half a metre 0.2 x 0.5/0.6 m farther out, a triangle."""
    found = soil(BenchWall(), 0.6)
    assert found.ditches.value == pytest.approx(90.0 * 0.6 * 0.5)
    assert found.wedge.value == pytest.approx(0.5 * 0.5 * (0.2 * 0.5 / 0.6) * 100.0)
    assert found.net.value == pytest.approx(90.0 - 27.0 - 15.0 + 4.1666667)


def test_an_upright_back_has_no_soil_over_it() -> None:
    assert soil(BenchWall(batter="outer")).net.value == pytest.approx(90.0 - 15.0)
    assert soil(BenchWall(kind="c25_concrete")).net.value == pytest.approx(90.0 - 15.0)


def test_a_bench_full_of_ditch_has_no_soil() -> None:
    assert soil(BenchWall(), 2.0).net.value == 0.0
