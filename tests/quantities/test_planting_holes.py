"""Planting holes in the bill and in the balance of earth and rock: what is dug in rock stays dug."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from slopedesign.calc.planting import PlantingResult, Strip, plant
from slopedesign.design import Design, run
from slopedesign.project.edit import with_value
from slopedesign.project.planting import PlantingDesign
from slopedesign.project.works import SoilSupply
from slopedesign.quantities.bill import Bill, Item
from slopedesign.quantities.collect import bill_of
from slopedesign.quantities.earthwork import ROCK, earth_balance, surplus_items
from slopedesign.quantities.planting import planting_items
from slopedesign.standards.trace import Given, Measured, Traced, given
from slopedesign.workspace import open_workspace

TREE = {"name": "T", "form": "tree", "hole_length": 0.8, "hole_width": 0.8, "hole_depth": 0.7}
ROW = {"species": "T", "side": "outer", "offset": 0.75, "rows": 1, "spacing": 2.0}
DESIGN: Any = SimpleNamespace(project=SimpleNamespace(soil=SoilSupply()))


def metres(value: float, unit: str = "m") -> Traced:
    return given(value, unit, "stated")


def planted(material: str, hole_depth: float = 0.7) -> PlantingResult:
    """51 trees on a bench of 100 m under 0.5 m of soil."""
    bench = Strip(
        subject="slopes[0].works[0]", field="slopes[0]", slope="A", number=1, name="A B1", material=material,
        width=metres(3.0), edge=metres(0.5), wall=metres(0.7), ditch=metres(0.3), area=metres(180.0, "m2"),
        length=metres(100.0), thickness=metres(0.5), lines=lambda _: [np.array([[0.0, 0.0], [100.0, 0.0]])],
    )  # fmt: skip
    record = PlantingDesign.model_validate(
        {
            "species": [TREE | {"hole_depth": hole_depth}],
            "benches": [{"name": "b", "spare": 0.1, "rows": [ROW]}],
        }
    )
    return plant(record, [bench], {})


def lines(found: PlantingResult) -> dict[str, Item]:
    return {one.id: one for one in planting_items(found)}


def sources(number: Traced) -> set[str]:
    """Fields of the project and measured things a number rests on."""
    own = {number.field} if isinstance(number, Given) else {number.of} if isinstance(number, Measured) else set()
    return own.union(*(sources(part) for part in number.inputs.values()))


@pytest.mark.parametrize("material", ["hard_rock", "soft_rock"])
def test_rock_dug_from_holes_is_dug_for_good(material: str) -> None:
    """51 holes of 0.8 x 0.8 m reach 0.2 m into the rock: 6.528 m3, and as much planting soil is brought for them."""
    bill = lines(planted(material))
    rock = bill["plant.holes.rock"]
    assert rock.amount.value == pytest.approx(6.528) == bill["plant.pit_soil"].amount.value
    assert (rock.standard, rock.code) == ("pit_rock", "010102003")
    assert {"planting.species[0].hole_depth", "slopes[0].works[0]"} <= sources(rock.amount)
    found = earth_balance(DESIGN, list(bill.values()))
    assert (found.soil.value, found.rock.value, found.fill.value) == pytest.approx((0.0, 6.528, 0.0))
    (left,) = surplus_items(found)
    assert left.amount.value == pytest.approx(6.528)


@pytest.mark.parametrize(("material", "hole_depth"), [("soil", 0.7), ("hard_rock", 0.5), ("hard_rock", 0.4)])
def test_holes_in_earth_or_laid_soil_leave_nothing_over(material: str, hole_depth: float) -> None:
    found = earth_balance(DESIGN, list(planting_items(planted(material, hole_depth))))
    assert (found.soil.value, found.rock.value, found.fill.value) == (0.0, 0.0, 0.0)
    assert not list(surplus_items(found))


EXAMPLE = "examples/quarry/project.json"


def without_surplus(design: Design) -> tuple[Bill, list[Item]]:
    bill = bill_of(design)
    return bill, [one for one in bill if one.id != "earth.surplus"]


def test_the_example_s_balance_takes_its_holes_along(pytestconfig: pytest.Config) -> None:
    """Holes 0.1 m deeper take their rock to the surplus, and nothing else of it moves."""
    opened = open_workspace(pytestconfig.rootpath / EXAMPLE)
    bare = opened.project.model_copy(update={"stability": None, "walls": None})
    design = run(bare, opened.sources)
    deeper = run(with_value(bare, "planting.species[0].hole_depth", 0.8), opened.sources, previous=design)
    (bill, items), (other, _) = without_surplus(design), without_surplus(deeper)
    balance = earth_balance(design, items)
    assert set(balance.rock.parts) == {one.id for one in items if one.standard in ROCK}
    assert balance.rock.parts["plant.holes.rock"] == bill.find("plant.holes.rock").amount
    gained = {name: other.find(name).amount.value - bill.find(name).amount.value
              for name in ("plant.holes.rock", "plant.pit_soil", "earth.surplus")}  # fmt: skip
    assert gained["plant.holes.rock"] > 1
    assert gained["earth.surplus"] == pytest.approx(gained["plant.holes.rock"], rel=1e-6)
    assert gained["plant.pit_soil"] == pytest.approx(gained["plant.holes.rock"])
