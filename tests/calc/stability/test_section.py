"""Sections that cannot stand for ground are refused by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from slopedesign.calc.stability.circles import SearchSettings
from slopedesign.calc.stability.model import prepare
from slopedesign.calc.stability.search import critical_circle, stated_surface
from slopedesign.calc.stability.section import Crack, Layer, PointLoad, Section, Surcharge, Zone
from slopedesign.calc.stability.strength import Band, HoekBrown, Material, MohrCoulomb, PowerCurve
from slopedesign.errors import InputError

from .build import GROUND, simple, soil

HIGHER, DEEPER = GROUND + np.array([0.0, 1.0]), GROUND - np.array([0.0, 1.0])


def two(top: Any) -> Section:
    """Two layers, the second with this top."""
    return Section(ground=GROUND, layers=(Layer(top=GROUND, material=soil()), Layer(top=top, material=soil())))


BAD: dict[str, tuple[Section, str, str]] = {
    "crossing layers": (
        Section(
            ground=GROUND,
            layers=(
                Layer(top=GROUND, material=soil()),
                Layer(top=[[0, 22], [90, 22]], material=soil()),
                Layer(top=[[0, 21], [90, 23]], material=soil()),
            ),
        ),
        "section.layers[2].top",
        "crosses the layer above",
    ),
    "layer above ground": (two([[0, 26], [90, 26]]), "section.layers[1].top", "above the ground"),
    "first layer above ground": (
        Section(ground=GROUND, layers=(Layer(top=HIGHER, material=soil()),)), "section.layers[0].top",
        "above the ground",
    ),
    "gap under the ground": (
        Section(ground=GROUND, layers=(Layer(top=DEEPER, material=soil()),)), "section.layers[0].top", "gap",
    ),
    "layer does not span": (two([[10, 20], [90, 20]]), "section.layers[1].top", "span"),
    "zero unit weight": (simple(soil(unit_weight=0.0)), "section.layers[0].material.unit_weight", "greater than 0"),
    "friction of 90": (
        simple(soil(friction_deg=90.0)), "section.layers[0].material.strength.friction_deg", "less than 90",
    ),
    "negative cohesion": (simple(soil(cohesion=-1.0)), "section.layers[0].material.strength.cohesion", "between"),
    "NaN cohesion": (simple(soil(cohesion=float("nan"))), "section.layers[0].material.strength.cohesion", "finite"),
    "NaN in the ground": (
        simple(ground=[[0, 0], [10, float("nan")], [20, 5]]), "section.ground[1]", "finite",
    ),
    "x not increasing": (simple(ground=[[0, 0], [10, 5], [10, 6], [20, 6]]), "section.ground[2]", "increase"),
    "one point": (simple(ground=[[0.0, 0.0]]), "section.ground", "at least two points"),
    "crack deeper than the slope": (simple(crack=Crack(depth=10.5)), "section.crack.depth", "shallower"),
    "more water than crack": (simple(crack=Crack(depth=2.0, water=3.0)), "section.crack.water", "cannot stand higher"),
    "base above ground": (simple(base=26.0), "section.base", "above the ground"),
    "base line NaN": (simple(base=[[0, 20], [90, float("nan")]]), "section.base[1]", "finite"),
    "ru of 2": (simple(ru=2.0), "section.ru", "between"),
    "negative kh": (simple(kh=-0.1), "section.kh", "between"),
    "kv of 1": (simple(kv=1.0), "section.kv", "between"),
    "piezo backwards": (simple(piezo=[[90, 30], [0, 25]]), "section.piezo[1]", "increase"),
    "pond NaN": (simple(pond=float("nan")), "section.pond", "finite"),
    "surcharge backwards": (
        simple(surcharges=(Surcharge(x_from=60, x_to=50, from_kpa=1, to_kpa=1),)), "section.surcharges[0].x_to",
        "increase",
    ),
    "load outside": (simple(loads=(PointLoad(x=100.0, down=1.0),)), "section.loads[0].x", "outside"),
    "no layers": (Section(ground=GROUND), "section.layers", "one of the two"),
    "facing nowhere": (simple(facing="up"), "section.facing", "left"),  # type: ignore[arg-type]
    "zones with a gap": (
        Section(
            ground=[[0, 10], [20, 10]],
            zones=(
                Zone(polygon=[[0, 10], [20, 10], [20, 6], [0, 6]], material=soil()),
                Zone(polygon=[[0, 5], [20, 5], [20, 0], [0, 0]], material=soil()),
            ),
        ),
        "section.zones[1]", "gap",
    ),
    "zones overlapping": (
        Section(
            ground=[[0, 10], [20, 10]],
            zones=(
                Zone(polygon=[[0, 10], [20, 10], [20, 5], [0, 5]], material=soil()),
                Zone(polygon=[[0, 6], [20, 6], [20, 0], [0, 0]], material=soil()),
            ),
        ),
        "section.zones[1]", "overlap",
    ),
    "zone of two points": (
        Section(ground=[[0, 10], [20, 10]], zones=(Zone(polygon=[[0, 10], [20, 10]], material=soil()),)),
        "section.zones[0].polygon", "polygon",
    ),
    "power curve exponent": (
        simple(Material(name="p", unit_weight=18, strength=PowerCurve(a=1.0, b=1.5))),
        "section.layers[0].material.strength.b", "power curve",
    ),
    "gsi of 120": (
        simple(Material(name="r", unit_weight=25, strength=HoekBrown(intact_strength=5e4, gsi=120, m_i=10))),
        "section.layers[0].material.strength.gsi", "between",
    ),
    "band backwards": (
        simple(soil(bands=(Band(from_deg=30, to_deg=10, cohesion=0, friction_deg=10),))),
        "section.layers[0].material.bands[0].to_deg", "between",
    ),
    "saturated weight NaN": (
        simple(soil(saturated_unit_weight=float("nan"))), "section.layers[0].material.saturated_unit_weight", "finite",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_impossible_section_is_refused_by_name(name: str) -> None:
    section, field, words = BAD[name]
    with pytest.raises(InputError) as caught:
        prepare(section)
    assert caught.value.field == field
    assert words in str(caught.value)
    assert caught.value.describe("zh_CN") != str(caught.value)


@pytest.mark.parametrize(
    ("surface", "words"),
    [
        ({"polyline": [[-5, 25], [20, 22], [60, 35]]}, "outside"),
        ({"polyline": [[20, 25], [40, 33], [60, 35]]}, "above the ground"),
        ({"polyline": [[20, 25], [40, float("nan")], [60, 35]]}, "finite"),
        ({"circle": (40.0, 80.0, 10.0)}, "does not cut"),
        ({"circle": (40.0, 60.0, 26.5)}, "does not cut"),
        ({}, "one of the two"),
    ],
)
def test_surface_that_does_not_fit_is_refused(surface: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        stated_surface(simple(), "spencer", **surface)


def test_circle_inside_the_crack_zone_is_refused() -> None:
    section = simple(crack=Crack(depth=5.0))
    with pytest.raises(InputError, match="inside the tension crack"):
        stated_surface(section, "bishop", circle=(35.0, 52.0, 22.0))


@pytest.mark.parametrize("limits", [(100.0, 120.0), (40.0, 30.0), (float("nan"), 30.0)])
def test_search_range_outside_the_section_is_refused(limits: tuple[float, float]) -> None:
    with pytest.raises(InputError, match="range"):
        critical_circle(simple(), "bishop", SearchSettings(exit_range=limits))


def test_bishop_takes_no_polyline() -> None:
    with pytest.raises(InputError, match="centre"):
        stated_surface(simple(), "bishop", polyline=[[28, 25], [40, 24], [55, 35]])


def test_layers_and_zones_of_one_ground_give_one_answer() -> None:
    layered = two([[0, 22], [90, 22]])
    ring = [[0, 25], [30, 25], [50, 35], [90, 35], [90, 22], [0, 22]]
    lower = [[0, 22], [90, 22], [90, 0], [0, 0]]
    materials = (soil(), soil(cohesion=1.0, friction_deg=15.0))
    layered = layered.with_materials(materials)
    zoned = Section(
        ground=GROUND, zones=(Zone(polygon=ring, material=materials[0]), Zone(polygon=lower, material=materials[1]))
    )
    circle = (36.0, 50.0, 30.0)
    a, b = (stated_surface(s, "spencer", circle=circle).fos for s in (layered, zoned))
    assert a == pytest.approx(b, rel=1e-9)


def test_saturated_weight_counts_below_the_line_only() -> None:
    line = [[0, 25], [90, 25]]
    light = simple(soil(), piezo=line)
    heavy = simple(soil(saturated_unit_weight=22.0), piezo=line)
    circle = (36.0, 50.0, 28.0)
    a, b = (stated_surface(s, "bishop", circle=circle) for s in (light, heavy))
    under = np.clip(25.0 - 0.5 * (b.slices.base_left + b.slices.base_right), 0.0, None)
    # the weight of a slice follows the arc, the chord lies a little above it
    extra = b.slices.weight - a.slices.weight
    assert extra == pytest.approx(2.0 * under * b.slices.width, abs=0.02)
    assert extra.sum() > 10


def test_growing_cohesion_counts_from_its_level_and_from_the_layer_top() -> None:
    at_level = MohrCoulomb(cohesion=10.0, friction_deg=0.0, rate=2.0, rate_level=25.0)
    at_top = MohrCoulomb(cohesion=10.0, friction_deg=0.0, rate=2.0)
    circle = (36.0, 50.0, 28.0)
    for law in (at_level, at_top):
        table = stated_surface(
            simple(Material(name="clay", unit_weight=18, strength=law)), "bishop", circle=circle
        ).slices
        y = 0.5 * (table.base_left + table.base_right)
        ref = 25.0 if law.rate_level is not None else table.top
        assert table.cohesion == pytest.approx(10.0 + 2.0 * np.clip(ref - y, 0.0, None), abs=1e-9)


def test_weak_direction_acts_within_its_angles_only() -> None:
    weak = soil(bands=(Band(from_deg=20.0, to_deg=30.0, cohesion=0.0, friction_deg=10.0),))
    table = stated_surface(simple(weak), "bishop", circle=(36.0, 50.0, 28.0)).slices
    inside = (table.angle_deg >= 20) & (table.angle_deg <= 30)
    assert inside.any() and (~inside).any()
    assert table.friction_deg[inside] == pytest.approx(10.0)
    assert table.friction_deg[~inside] == pytest.approx(19.6)


def test_material_order_is_kept_when_materials_are_replaced() -> None:
    section = two([[0, 22], [90, 22]])
    new = section.with_materials((soil(cohesion=1.0), soil(cohesion=2.0)))
    assert [m.strength.cohesion for m in new.materials] == [1.0, 2.0]  # type: ignore[union-attr]
    assert replace(new).materials == new.materials
