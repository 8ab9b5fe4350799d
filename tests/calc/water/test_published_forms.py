"""Weirs, curve numbers, pipe losses and sloping pipes against what books print."""

from __future__ import annotations

import importlib
import math
import re

import pytest
from scipy.integrate import quad

import slopedesign.calc.water
from slopedesign.calc.water import irrigation, pond, runoff, weir
from slopedesign.calc.water.section import Circle, Trapezoid
from slopedesign.errors import InputError, OutOfRange

FT = 0.3048


@pytest.mark.parametrize(("depth_m", "volume_ft3"), [
    (0.2, 41.6), (0.4, 222.8), (0.6, 588.8), (0.8, 1159.9), (1.0, 1940.0), (1.2, 2917.3), (1.4, 4061.1), (1.5, 4676.9),
])  # fmt: skip
def test_storage_of_a_sloping_pipe(depth_m: float, volume_ft3: float) -> None:
    """FHWA HEC-22 4th ed., example 10.5, table 10.3: a 1.5 m pipe at 1 %.

    The book takes the difference of two rounded terms, so its rows stray by up to 4.2 ft3 (0.1 % of the full wedge);
    the integral below is the exact answer.
    """
    found = pond.reach_volume(Circle(1.5), 0.01, 250.0, depth_m) / FT**3
    assert found == pytest.approx(volume_ft3, abs=4.5)


@pytest.mark.parametrize(("length", "depth"), [(40.0, 0.7), (500.0, 0.7), (30.0, 1.4)])
def test_storage_of_a_sloping_pipe_is_its_integral(length: float, depth: float) -> None:
    pipe, slope = Circle(1.0), 0.01
    wet = quad(lambda x: pipe.area(min(max(depth - slope * x, 0.0), 1.0)), 0, length, limit=400)[0]
    assert pond.reach_volume(pipe, slope, length, depth) == pytest.approx(wet, rel=1e-6)
    with pytest.raises(InputError):
        pond.reach_volume(Trapezoid(1.0, 0.5), slope, length, depth)


def test_composite_curve_numbers() -> None:
    """USDA TR-55: example 2-3 (lots half 35 % and half 25 % impervious, connected) and 2-4 (unconnected)."""
    assert runoff.composite_curve_number(74, 35).value == pytest.approx(82, abs=0.5)
    assert runoff.composite_curve_number(61, 20, 0.75).value == pytest.approx(66, abs=0.5)  # printed on figure 2-4
    assert runoff.composite_curve_number(61, 20).value == pytest.approx(68, abs=0.5)  # printed beside it
    with pytest.raises(OutOfRange):
        runoff.composite_curve_number(61, 120)
    assert runoff.weighted_curve_number([75, 100, 75], [70, 80, 74]) == pytest.approx(75.2)  # example 2-2 weighs 75
    with pytest.raises(InputError):
        runoff.weighted_curve_number([1.0], [101.0])


def test_weirs_of_one_coefficient() -> None:
    """In feet Francis' weir is 3.33 (L - 0.2 h) h^1.5 and the right-angled notch 2.5 h^2.5 (Brater and King)."""
    h, width = 0.5 * FT, 4.0 * FT
    assert weir.francis_weir(h, width).value / FT**3 == pytest.approx(3.33 * 3.9 * 0.5**1.5, rel=2e-3)
    assert weir.francis_weir(h, width, contractions=0).value == pytest.approx(
        weir.weir_flow(0.415, width, h).value, rel=1e-12
    )
    assert weir.v_notch_by(h, 90).value / FT**3 == pytest.approx(2.5 * 0.5**2.5, rel=6e-3)
    assert weir.v_notch_by(0.25, 90).value == pytest.approx(weir.v_notch(0.25, 90).value, rel=0.02)
    assert weir.v_notch(h, 90).value / FT**3 == pytest.approx(4.28 * 0.578 * (0.5 + 0.0033) ** 2.5, rel=2e-3)  # USBR
    assert weir.v_notch_listed(h, 90).value / weir.v_notch(h, 90).value == pytest.approx(15 / (8 * 2**0.5))
    with pytest.raises(OutOfRange):
        weir.francis_weir(h, 0.05 * FT)


def test_friction_factor_is_colebrooks() -> None:
    """The factor put back into Colebrook's equation, and the Moody chart's corners."""
    for reynolds, rough in ((1e5, 1e-4), (3e6, 0.0), (5e3, 0.02)):
        f = irrigation.darcy_friction(reynolds, rough)
        assert 1 / math.sqrt(f) == pytest.approx(
            -2 * math.log10(rough / 3.7 + 2.51 / (reynolds * math.sqrt(f))), rel=1e-10
        )
    assert irrigation.darcy_friction(1000, 0.01) == 0.064
    assert irrigation.darcy_friction(1e7, 0.05) == pytest.approx(0.0716, abs=0.0003)  # rough corner of the chart
    assert irrigation.darcy_friction(1e5, 0.0) == pytest.approx(0.0180, abs=0.0002)


def test_pipe_losses() -> None:
    """In feet Hazen and Williams is 4.73 L Q^1.852 / (C^1.852 D^4.87); smooth pipes agree with Darcy within 5 %."""
    q, d, length = 2.0, 0.75, 1000.0
    printed = 4.73 * length * q**1.852 / (120**1.852 * d**4.87)
    found = irrigation.hazen_williams_loss(q * FT**3 * 3600, d * FT * 1000, length * FT, 120).value / FT
    assert found == pytest.approx(printed, rel=3e-3)
    assert irrigation.hazen_williams_loss(60, 110, 300, 150).value == pytest.approx(
        irrigation.darcy_loss(60, 110, 300).value, rel=0.05
    )
    with pytest.raises(InputError):
        irrigation.darcy_loss(0.0, 50, 100)


def test_levels_between_the_rows_of_a_curve_have_their_own_volume() -> None:
    """A cone of 3 m stated by its two ends: at half its depth it holds an eighth, and its top slice the rest."""
    coarse, fine = pond.from_areas([0, 3], [0, 1000.0]), pond.from_areas([0, 3], [0, 1000.0], between=40)
    assert coarse.volume[-1] == pytest.approx(1000.0) == fine.volume[-1]
    assert fine.volume_at(1.5) == pytest.approx(125.0, rel=3e-3)
    assert coarse.volume_at(1.5) == pytest.approx(500.0)  # what reading two rows straight would give
    assert fine.level_of(125.0) == pytest.approx(1.5, abs=0.005)
    mean = pond.from_areas([0, 1, 3], [100.0, 200.0, 300.0], cone=False, between=40)
    assert mean.volume_at(2.0) == pytest.approx(150 + (200 + 250) / 2, rel=1e-4)
    assert mean.area_at(2.0) == pytest.approx(250.0)


def test_storage_estimates() -> None:
    """USDA TR-55, example 6-1: 360 to 180 cfs of type II stores 0.28; FHWA HEC-22 4th ed., example 10.2."""
    assert pond.detention_share(360, 180).value == pytest.approx(0.28, abs=0.005)
    assert pond.triangle_storage(1.43 * 3600, 31.1, 19.4).value == pytest.approx(30116, rel=1e-4)
    with pytest.raises(OutOfRange):
        pond.detention_share(100, 120)


def test_the_index_of_the_package_names_what_there_is() -> None:
    words = slopedesign.calc.water.__doc__ or ""
    module, seen = None, 0
    for line in words.splitlines():
        if head := re.match(r" {4}([a-z]+) {2,}", line):
            module = importlib.import_module(f"slopedesign.calc.water.{head[1]}")
        if module is not None and line.startswith("    "):
            for name in re.findall(r"`(\w+)`", line):
                assert hasattr(module, name), (module.__name__, name)
                seen += 1
    assert seen > 60
