"""Sections: reinforced concrete against an independent section program, masonry and plain concrete by hand."""

import math
import random

import pytest

from slopedesign.calc.walls.sections import (
    compression_factor,
    flexure,
    plain_moment,
    reinforced_section,
    trapezoid_moment,
)
from slopedesign.errors import InputError
from slopedesign.project.walls import BarSet
from slopedesign.standards import gb50003_2011, gb50010_2010
from slopedesign.standards.trace import measured


def number(value: float, unit: str) -> measured:
    return measured(value, unit, "test")


def independent_capacity(b: float, h: float, axis: float, area: float, f_c: float, f_y: float) -> float:
    """Bending capacity by concreteproperties with the rectangular block, in kN m."""
    import concreteproperties.stress_strain_profile as profile
    from concreteproperties.concrete_section import ConcreteSection
    from concreteproperties.material import Concrete, SteelBar
    from concreteproperties.pre import add_bar
    from sectionproperties.pre.library import primitive_sections

    concrete = Concrete(
        name="c", density=2.4e-6, stress_strain_profile=profile.ConcreteLinear(elastic_modulus=28e3), colour="grey",
        ultimate_stress_strain_profile=profile.RectangularStressBlock(
            compressive_strength=f_c, alpha=1.0, gamma=0.8, ultimate_strain=0.0033
        ),
        flexural_tensile_strength=1.27,
    )  # fmt: skip
    steel = SteelBar(
        name="s", density=7.85e-6, colour="black",
        stress_strain_profile=profile.SteelElasticPlastic(yield_strength=f_y, elastic_modulus=2e5, fracture_strain=0.9),
    )  # fmt: skip
    outline = primitive_sections.rectangular_section(b=b, d=h, material=concrete)
    outline = add_bar(geometry=outline, area=area, material=steel, x=b / 2, y=axis, n=16)
    result = ConcreteSection(outline).ultimate_bending_capacity(theta=0, n=0)
    return float(abs(result.m_x)) / 1e6


def test_bending_against_an_independent_section_program() -> None:
    """200 random under-reinforced sections; the block is the standard's own."""
    pytest.importorskip("concreteproperties")
    chance = random.Random(20130501)
    worst, compared = 0.0, 0
    while compared < 200:
        h = chance.uniform(250, 900)
        d = chance.choice([10, 12, 14, 16, 18, 20, 22, 25])
        spacing = chance.choice([100, 120, 150, 200, 250, 300])
        axis = chance.uniform(40, 75)
        f_c = chance.choice([9.6, 11.9, 14.3, 16.7])
        area = math.pi * d**2 / 4 * 1000 / spacing
        ours = flexure(width_mm=1000, depth_mm=h, axis_mm=axis, steel_mm2=area, f_c=f_c, f_y=360)
        if ours.compression.value > 0.5 * ours.effective_depth.value or ours.compression.value < 4:
            continue
        other = independent_capacity(1000, h, axis, area, f_c, 360)
        worst, compared = max(worst, abs(ours.capacity.value / other - 1)), compared + 1
    assert worst < 0.003


def test_over_reinforced_section_counts_with_the_limit_depth() -> None:
    found = flexure(width_mm=250, depth_mm=600, axis_mm=40, steel_mm2=9000, f_c=14.3, f_y=360)
    assert found.capacity.value == pytest.approx(430.33, abs=0.01)  # design spreadsheet, 250 x 600, C30


def guide_strip(moment: float = 3.9, service: float = 2.9) -> object:
    bars = BarSet(diameter_mm=16, spacing_mm=300, cover_mm=58)
    return reinforced_section(
        bars=bars, depth=number(0.4, "m"), grade="C25", moment=number(moment, "kN m/m"), shear=number(9.0, "kN/m"),
        service=number(service, "kN m/m"), field="stem_bars",
    )  # fmt: skip


def test_guide_stem_by_hand() -> None:
    found = guide_strip()
    h_0 = 400 - 66
    area = math.pi * 64 / 0.3
    x = 360 * area / (11.9 * 1000)
    assert found.steel.value == pytest.approx(area)
    assert found.flexure.capacity.value == pytest.approx(360 * area * (h_0 - x / 2) / 1e6)
    assert found.shear_capacity.value == pytest.approx(0.7 * 1.27 * 1000 * h_0 / 1e3)
    assert found.over_thick
    assert found.least_ratio.value == pytest.approx(0.001)
    assert found.strict_ratio.value == pytest.approx(0.002)
    assert found.anchorage.value == pytest.approx(0.14 * 360 / 1.27 * 16 / 1000)
    sigma = 2.9e6 / (0.87 * h_0 * area)
    width = 1.9 * 0.2 * sigma / 2e5 * (1.9 * 58 + 0.08 * 16 / 0.01)
    assert found.crack.width.value == pytest.approx(width)


def test_a_loaded_stem_needs_the_full_least_steel() -> None:
    found = guide_strip(moment=300.0)
    assert not found.over_thick
    assert found.least_ratio.value == pytest.approx(0.002)


def test_plain_strip_and_trapezoid() -> None:
    assert plain_moment("C25", 0.4)[-1].value == pytest.approx(28.9, abs=0.05)
    shear, moment = trapezoid_moment(2.0, 30.0, 60.0)
    assert shear == pytest.approx(90.0)
    assert moment == pytest.approx(30 * 2 + 0.5 * 30 * 2 * 2 / 3)


def test_rubble_strengths_and_factors() -> None:
    assert gb50003_2011.rubble_strength(30, 5).value == 0.61
    assert gb50003_2011.rubble_strength(30, 10).value == 0.69
    small = gb50003_2011.factored(gb50003_2011.rubble_strength(30, 5), 0.2, 5, tension_or_shear=False)
    assert small.value == pytest.approx(0.61 * 0.9)
    weak = gb50003_2011.factored(gb50003_2011.rubble_tension_shear("shear", 2.5), 0.5, 2.5, tension_or_shear=True)
    assert weak.value == pytest.approx(0.11 * 0.8)
    stocky, slender = compression_factor(0.7, 0.2, 1.0, 5)[-1], compression_factor(0.7, 0.2, 4.0, 5)[-1]
    assert stocky.value == pytest.approx(1 / (1 + 12 * (0.2 / 0.7) ** 2))
    assert slender.value < stocky.value


@pytest.mark.parametrize("stone", [25.0, 31.0])
def test_grades_outside_the_tables_are_refused(stone: float) -> None:
    with pytest.raises(InputError) as caught:
        gb50003_2011.rubble_strength(stone, 5)
    assert "MU30" in caught.value.describe("zh_CN")


def test_an_unknown_concrete_grade_is_refused() -> None:
    with pytest.raises(InputError):
        gb50010_2010.concrete("C99", "f_c")


def test_bars_closer_than_their_diameter_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        reinforced_section(
            bars=BarSet(diameter_mm=25, spacing_mm=20, cover_mm=40), depth=number(0.4, "m"), grade="C25",
            moment=number(1, "kN m/m"), shear=number(1, "kN/m"), service=number(1, "kN m/m"), field="stem_bars",
        )  # fmt: skip
    assert caught.value.field == "stem_bars.spacing_mm"
