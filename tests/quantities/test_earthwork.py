"""The balance of all earth and rock, worked by hand with the factors of the hydraulic quota (0.85, 1.33, 1.53)."""

from types import SimpleNamespace
from typing import Any

import pytest

from slopedesign.i18n import message
from slopedesign.project.works import SoilSupply
from slopedesign.quantities.bill import Item
from slopedesign.quantities.earthwork import earth_balance, surplus_items
from slopedesign.quantities.items import item
from slopedesign.standards.trace import given


def line(name: str, code: str, volume: float) -> Item:
    (found,) = item(name, "cut", message("bill.none"), {"1": given(volume, "m3", name)}, "m3", code=code)
    return found


def design(**soil: Any) -> Any:
    return SimpleNamespace(project=SimpleNamespace(soil=SoilSupply(**soil)))


ITEMS = [line("a", "cut_soil", 1000.0), line("b", "cut_rock", 5000.0), line("c", "trench_soil", 200.0),
         line("d", "trench_rock", 80.0), line("e", "pit_soil", 50.0), line("f", "pit_rock", 20.0),
         line("g", "fill", 170.0), line("h", "planting_soil", 999.0)]  # fmt: skip


def test_what_is_dug_less_what_is_put_back_is_left() -> None:
    found = earth_balance(design(), ITEMS)
    assert (found.soil.value, found.rock.value, found.fill.value) == (1250.0, 5100.0, 170.0)
    assert found.fill_bank is not None and found.surplus is not None and found.loose is not None
    assert found.fill_bank.value == pytest.approx(200.0)
    assert found.surplus.value == pytest.approx(6150.0)
    assert found.loose.value == pytest.approx(1050.0 * 1.33 + 5100.0 * 1.53)
    (left,) = surplus_items(found)
    assert left.amount.value == pytest.approx(6150.0)


def test_without_factors_nothing_is_balanced() -> None:
    found = earth_balance(design(factor_set="own"), ITEMS)
    assert found.surplus is None and not list(surplus_items(found))


def test_more_refill_than_soil_leaves_the_loose_volume_open() -> None:
    found = earth_balance(design(), [line("b", "cut_rock", 500.0), line("g", "fill", 85.0)])
    assert found.surplus is not None and found.surplus.value == pytest.approx(400.0)
    assert found.loose is None
