"""Ponds in the bill: pits, linings and covers worked by hand."""

import math
from typing import Any

import numpy as np
import pytest

from slopedesign.calc.terrain import Tin, build_tin
from slopedesign.calc.water import pond
from slopedesign.calc.water.pond_pit import pit_cut
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


def ground(*corners: tuple[float, float, float]) -> Tin:
    return build_tin(np.array(corners)).tin


def level(z: float) -> Tin:
    return ground((0, 0, z), (200, 0, z), (200, 200, z), (0, 200, z))


def placed(azimuth: float = 0.0) -> Pond:
    return POND.model_copy(update={"place": (100.0, 100.0), "azimuth": azimuth})


def area(up: float, out: float) -> float:
    return (50.0 + out + up) * (32.0 + out + up)


@pytest.mark.parametrize("azimuth", [0.0, 37.0, 90.0])
def test_ground_over_the_mouth_is_dug_too(azimuth: float) -> None:
    """Level ground 0.8 m over the mouth, 3.5 m up: the pit by the prismoidal rule, and a block on its mouth."""
    out = 2 * (0.4 * math.sqrt(1.25) - 0.5 * 0.2)
    body = 3.7 / 6 * (area(0.0, out) + 4 * area(1.85, out) + area(3.7, out))
    cut = pit_cut(placed(azimuth), level(4.3))
    assert cut is not None
    assert cut.volume == pytest.approx(body + 0.8 * area(3.7, out))
    assert (cut.low_area, cut.missing) == pytest.approx((0.0, 0.0), abs=1e-6)
    dug = pond_amounts(placed(azimuth), "water.ponds[0]", cut)
    assert dug["excavation"] is not None and dug["lining"] is not None and dug["excavation"].value == cut.volume
    lining = pond_amounts(POND, "water.ponds[0]")["lining"]
    assert lining is not None and dug["lining"].value == lining.value, "the lining is the same in any ground"


def test_low_ground_is_not_dug_and_what_is_missing_is_told() -> None:
    """Level ground 1 m below the mouth: a shallower pit, and a block over the whole mouth missing."""
    out = 2 * (0.4 * math.sqrt(1.25) - 0.5 * 0.2)
    cut = pit_cut(placed(), level(2.5))
    assert cut is not None
    assert cut.volume == pytest.approx(2.7 / 6 * (area(0.0, out) + 4 * area(1.35, out) + area(2.7, out)))
    assert cut.low_area == pytest.approx(area(3.7, out))
    assert cut.missing == pytest.approx(area(3.7, out))


def test_a_slope_across_the_middle_of_the_mouth_digs_the_wedge() -> None:
    """Upright walls 10 m x 10 m, ground falling 1:10 through the mouth's middle: dug full depth, wedges equal."""
    square = Pond(name="s", bottom_level=0.0, length=10.0, width=10.0, depth=2.0, normal_level=1.5,
                  place=(100.0, 100.0))  # fmt: skip
    cut = pit_cut(square, ground((0, 0, 12.0), (200, 0, -8.0), (200, 200, -8.0), (0, 200, 12.0)))
    assert cut is not None
    assert cut.volume == pytest.approx(200.0)
    assert cut.low_area == pytest.approx(50.0)
    assert cut.missing == pytest.approx(0.5 * 5.0 * 0.5 * 10.0)


def test_a_pond_off_the_surveyed_ground_is_counted_with_level_ground() -> None:
    assert pit_cut(placed().model_copy(update={"place": (190.0, 100.0)}), level(4.0)) is None
    assert pit_cut(POND, level(4.0)) is None


def test_fence_and_membrane_of_a_free_shape_are_stated_or_asked_for() -> None:
    fence = {"height": 1.2, "post_spacing": 2.5, "offset": 1.0}
    works = {"membrane": True, "fence": fence}
    free: dict[str, Any] = {"name": "lake", "curve": ((0.0, 4000.0), (2.0, 6000.0)), "normal_level": 1.5,
                            "spillway": None}  # fmt: skip
    storage = pond.from_areas([0.0, 2.0], [4000.0, 6000.0])
    asked = pond_works(Pond(**free, works=works), "water.ponds[0]", storage, None)
    assert {m for w in asked for m in w.missing} == {
        "water.ponds[0].works.fence.length", "water.ponds[0].works.membrane_area",
    }  # fmt: skip
    said = works | {"membrane_area": 6300.0, "fence": fence | {"length": 311.0}}
    stated = pond_works(Pond(**free, works=said), "water.ponds[0]", storage, None)
    amounts = {(w.kind, a.what): a.number.value for w in stated for a in w.amounts}
    assert amounts == {("fence", "fence"): 311.0, ("fence", "posts"): 125.0, ("pond", "membrane"): 6300.0}
    assert not any(w.missing for w in stated)
