"""Ponds in the bill: pits, linings and covers worked by hand."""

import math

import pytest

from slopedesign.calc.water import pond
from slopedesign.calc.water.reservoir import pond_amounts
from slopedesign.calc.water.works.ponds import pond_works
from slopedesign.project.water import Pond
from slopedesign.project.water_works import PondWorks

TANK = Pond(
    name="tank", use="high_tank", bottom_level=100.0, diameter=8.0, depth=3.0, normal_level=102.6, spillway=None,
    wall_thickness=0.3, floor_thickness=0.3, works=PondWorks(cover_slab=0.15),
)  # fmt: skip
POND = Pond(name="pond", bottom_level=0.0, length=50.0, width=32.0, side_slope=0.5, depth=3.5, normal_level=3.0,
            wall_thickness=0.4, floor_thickness=0.2)  # fmt: skip


def test_the_cover_of_a_round_tank_is_counted() -> None:
    storage = pond.circular(8.0, 0.0, 100.0, 3.0)
    (found,) = pond_works(TANK, "water.ponds[0]", storage, None)
    assert found.amount("cover").value == pytest.approx(math.pi / 4 * 8.6**2 * 0.15)


def test_a_round_tank_is_dug_to_the_outside_of_its_lining() -> None:
    found = pond_amounts(TANK, "water.ponds[0]")
    dug, lining = found["excavation"], found["lining"]
    assert dug is not None and lining is not None
    assert dug.value == pytest.approx(math.pi / 4 * 8.6**2 * 3.3)
    assert lining.value == pytest.approx(math.pi / 4 * (8.6**2 * 3.3 - 8.0**2 * 3.0))


def test_a_pond_with_sloping_sides_is_dug_square_to_its_lining() -> None:
    """Prismoidal rule on the outer body: its foot 0.4 sqrt(1.25) - 0.5 x 0.2 farther out, 0.2 m deeper."""
    out = 2 * (0.4 * math.sqrt(1.25) - 0.5 * 0.2)

    def area(up: float) -> float:
        return (50.0 + out + 2 * 0.5 * up) * (32.0 + out + 2 * 0.5 * up)

    outer = 3.7 / 6 * (area(0.0) + 4 * area(1.85) + area(3.7))
    inner = 3.5 / 6 * (50.0 * 32.0 + 4 * 51.75 * 33.75 + 53.5 * 35.5)
    found = pond_amounts(POND, "water.ponds[0]")
    dug, lining = found["excavation"], found["lining"]
    assert dug is not None and lining is not None
    assert dug.value == pytest.approx(outer)
    assert lining.value == pytest.approx(outer - inner)
