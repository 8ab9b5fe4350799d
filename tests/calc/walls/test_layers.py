"""Layered fill, pressure at rest, keys: against hand calculations and the wedge search."""

import math
from dataclasses import replace

import pytest

from slopedesign.calc.walls.closed_forms import SoilLayer, rankine_layers
from slopedesign.calc.walls.situations import WallLoads
from slopedesign.calc.walls.wall import WallResult, check_wall
from slopedesign.errors import InputError
from slopedesign.project.walls import (
    Backfill,
    BlockedSituation,
    EarthquakeSituation,
    Situations,
    WallBase,
    WallDesign,
    WallShape,
)
from slopedesign.standards.trace import given

TOP = Backfill(name="top", planting_soil=False, unit_weight=18, saturated_unit_weight=19.5, friction_angle_deg=28,
               wall_friction=0.0)  # fmt: skip
LOW = Backfill(name="low", planting_soil=False, unit_weight=20, saturated_unit_weight=21, friction_angle_deg=34,
               wall_friction=0.0)  # fmt: skip
BASE = WallBase(name="clay", kind="soil", friction=0.4, bearing=250, friction_angle_deg=26, cohesion=5)
SHAPE = WallShape(height=4.0, top_width=1.6)
SITUATIONS = Situations(blocked=BlockedSituation(water_level=1.5), earthquake=EarthquakeSituation(acceleration=0.2))


def loads(**more: object) -> WallLoads:
    return WallLoads(
        backfill=TOP, backfill_field="walls.backfills[0]", base=BASE, base_field="walls.bases[0]",
        surcharge=given(8, "kN/m2", "walls.surcharge"), use="dump", field="walls.toe_walls[0]", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def thrusts(result: WallResult, name: str) -> tuple[float, float]:
    """Horizontal force and moment about the heel of soil and surcharge."""
    situation = result.situation(name)
    assert situation is not None
    parts = [p for p in situation.forces.pressure.parts if p.name in ("soil", "surcharge")]
    return sum(p.horizontal.value for p in parts), sum(p.horizontal.value * p.arm.value for p in parts)


def test_two_layers_are_rankine_s() -> None:
    layers = ((TOP, "a", 1.5), (LOW, "b", 2.5))
    result = check_wall(WallDesign(situations=SITUATIONS), SHAPE, loads(layers=layers))
    rankine = rankine_layers(
        [SoilLayer(thickness=1.5, unit_weight=18, friction_deg=28), SoilLayer(thickness=2.5, unit_weight=20,
                                                                              friction_deg=34)], surcharge=8
    )  # fmt: skip
    force, moment = thrusts(result, "normal")
    assert force == pytest.approx(rankine.thrust.value)
    assert moment / force == pytest.approx(rankine.arm)


def test_layers_under_water_too() -> None:
    layers = ((TOP, "a", 1.5), (LOW, "b", 2.5))
    result = check_wall(WallDesign(situations=SITUATIONS), SHAPE, loads(layers=layers))
    wet = rankine_layers(
        [SoilLayer(thickness=1.5, unit_weight=19.5, friction_deg=28), SoilLayer(thickness=2.5, unit_weight=21,
                                                                                friction_deg=34)],
        surcharge=8, water_depth=2.5,
    )  # fmt: skip
    force, _ = thrusts(result, "blocked")
    assert force == pytest.approx(wet.thrust.value - 0.5 * 10 * 1.5**2)


@pytest.mark.parametrize("name", ["normal", "rainstorm", "blocked", "earthquake", "construction"])
def test_one_soil_said_as_two_layers_is_one_soil(name: str) -> None:
    """Half-drowned, shaken or half-filled: the layers and the wedge search agree."""
    design = WallDesign(situations=SITUATIONS)
    one = check_wall(design, SHAPE, loads())
    two = check_wall(design, SHAPE, loads(layers=((TOP, "a", 1.1), (TOP, "a", 2.9))))
    f1, m1 = thrusts(one, name)
    f2, m2 = thrusts(two, name)
    assert f2 == pytest.approx(f1, rel=1e-4)
    assert m2 == pytest.approx(m1, rel=2e-3)
    s1, s2 = one.situation(name), two.situation(name)
    assert s1 is not None
    assert s2 is not None
    assert s2.stability.horizontal.value == pytest.approx(s1.stability.horizontal.value, rel=1e-4)


def test_at_rest_by_hand() -> None:
    result = check_wall(WallDesign(situations=SITUATIONS), SHAPE, loads(at_rest=True))
    k_0 = 1 - math.sin(math.radians(28))
    force, moment = thrusts(result, "normal")
    assert force == pytest.approx(0.5 * 18 * 16 * k_0 + 8 * 4 * k_0)
    assert moment == pytest.approx(0.5 * 18 * 16 * k_0 * 4 / 3 + 8 * 4 * k_0 * 2)
    active, _ = thrusts(check_wall(WallDesign(situations=SITUATIONS), SHAPE, loads()), "normal")
    assert force > active


def test_layers_under_a_slope_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        check_wall(WallDesign(), SHAPE, loads(layers=((TOP, "a", 2.0),)), ground=((0.0, 0.0), (1.0, 0.2)))
    assert caught.value.field == "walls.toe_walls[0].layers"


def test_a_key_counts_only_with_a_share_of_the_passive_soil() -> None:
    keyed = SHAPE.model_copy(update={"key_depth": 0.5, "key_width": 0.5, "key_distance": 0.2, "embedment": 0.5})

    def sliding(share: float) -> float:
        base = BASE.model_copy(update={"passive_share": share})
        result = check_wall(WallDesign(), keyed, replace(loads(), base=base))
        found = result.situations[0].stability.sliding
        assert found is not None
        return found.value

    none, third = sliding(0.0), sliding(1 / 3)
    k_p = math.tan(math.radians(45 + 13)) ** 2
    passive = 0.5 * 18 * 0.25 * k_p + 18 * 0.5 * 0.5 * k_p + 2 * 5 * 0.5 * math.sqrt(k_p)
    situation = check_wall(WallDesign(), keyed, loads()).situations[0]
    assert third - none == pytest.approx(passive / 3 / situation.stability.horizontal.value)
