"""Tables kept as data: rows found by words and classes, nothing interpolated that does not say so."""

from __future__ import annotations

import pytest

from slopedesign.errors import FormulaError, OutOfRange
from slopedesign.standards.bill_codes import bill_items
from slopedesign.standards.earthwork import volume_factors
from slopedesign.standards.gb50330_2013_slopes import FACE_ANGLE, rock_ratio, soil_ratio
from slopedesign.standards.tables import read_tables, table

SAMPLE = """
[[table]]
id = "t"
standard = "X 1-2000"
clause = "1"
provenance = "read"
title = { zh = "t", en = "t" }
unit = "m"
interpolation = "%s"
axes = [{ name = "kind", kind = "key" }, { name = "size", kind = "points", unit = "m", at = [1.0, 2.0, 4.0] }]
[table.values]
a = [10.0, 20.0, 40.0]
"""


def test_interpolation_is_the_tables_own_business() -> None:
    linear, steps = (read_tables(SAMPLE % kind)["t"] for kind in ("linear", "none"))
    assert linear.pick("a", 3.0).value == 30.0 and linear.pick("a", 4.0).value == 40.0
    assert steps.pick("a", 2.0).value == 20.0
    with pytest.raises(OutOfRange):
        steps.pick("a", 3.0)
    for outside in (0.9, 4.1):
        with pytest.raises(OutOfRange):
            linear.pick("a", outside)
    with pytest.raises(OutOfRange):
        linear.pick("b", 2.0)
    with pytest.raises(FormulaError):
        linear.pick("a")
    with pytest.raises(FormulaError):
        linear.pick_range("a", 2.0)
    with pytest.raises(FormulaError):
        read_tables("[[table]]\nid = 'x'")


@pytest.mark.parametrize(("soil", "state", "height", "expected"), [
    ("gravelly_soil", "dense", 4.9, (0.35, 0.50)), ("gravelly_soil", "dense", 5.0, (0.50, 0.75)),
    ("clayey_soil", "stiff", 10.0, (1.25, 1.50)), ("clayey_soil", "hard", 3.0, (0.75, 1.00)),
])  # fmt: skip
def test_soil_slope_ratios(soil: str, state: str, height: float, expected: tuple[float, float]) -> None:
    steep, gentle = soil_ratio(soil, state, height)
    assert (steep.value, gentle.value) == expected and steep.unverified


@pytest.mark.parametrize(("rock", "weathering", "height", "expected"), [
    ("I", "slight", 7.9, (0.0, 0.10)), ("I", "moderate", 15.0, (0.25, 0.35)), ("II", "moderate", 24.9, (0.35, 0.50)),
    ("III", "moderate", 8.0, (0.50, 0.75)), ("IV", "strong", 7.0, (0.75, 1.00)),
])  # fmt: skip
def test_rock_slope_ratios(rock: str, weathering: str, height: float, expected: tuple[float, float]) -> None:
    steep, gentle = rock_ratio(rock, weathering, height)
    assert (steep.value, gentle.value) == expected and gentle.unverified


@pytest.mark.parametrize(("rock", "weathering", "height"), [
    ("III", "slight", 15.0), ("IV", "strong", 8.0), ("I", "slight", 25.0), ("V", "slight", 5.0), ("I", "strong", 5.0),
])  # fmt: skip
def test_slopes_the_table_does_not_hold_must_be_calculated(rock: str, weathering: str, height: float) -> None:
    with pytest.raises(OutOfRange):
        rock_ratio(rock, weathering, height)


def test_no_ratio_grows_steeper_with_height_weathering_or_class() -> None:
    """Whatever the numbers, a higher, more weathered or poorer rock never gets a steeper slope."""
    rock = table("gb50330_2013_slopes", "rock_slope_ratio").values
    for rows in rock.values():
        for row in rows.values():
            for lower, higher in zip(row, row[1:], strict=False):
                assert lower[0] <= higher[0] and lower[1] <= higher[1]
        if "slight" in rows and "moderate" in rows:
            assert all(a[1] <= b[1] for a, b in zip(rows["slight"], rows["moderate"], strict=False))
    for better, poorer in (("I", "II"), ("II", "III"), ("III", "IV")):
        assert rock[better]["moderate"][0][1] <= rock[poorer]["moderate"][0][1]


def test_ratio_and_angle() -> None:
    """35 deg = 1:1.43, 45 deg = 1:1.00, 60 deg = 1:0.58."""
    for angle, m in ((35, 1.43), (45, 1.00), (60, 0.58)):
        assert FACE_ANGLE.number(m=m) == pytest.approx(angle, abs=0.3)


def test_lane_width_is_read_not_recalled() -> None:
    low, high = table("roads", "lane_width").pick_range("motor")
    assert (low.value, high.value) == (2.5, 3.5) and not low.unverified
    assert table("roads", "steepest_grade").pick("hills").unverified


def test_bill_items_have_units_and_marked_codes() -> None:
    items = bill_items()
    assert items["cut_soil"].code == "010101002" and items["cut_soil"].unverified
    assert items["weep_hole"].code == "" and not items["weep_hole"].unverified
    assert bill_items("2024")["cut_soil"].code == ""  # not known, not guessed
    for item in items.values():
        assert item.unit in {"m", "m2", "m3", "t", "piece", "hm2"}
        assert item.name.render("zh_CN") and item.measured.render("en")
        assert item.code == "" or (len(item.code) == 9 and item.code.isdigit())


@pytest.mark.parametrize(("chosen", "material", "loose", "compacted"), [
    ("hydraulic_quota", "soil", 1.33, 0.85), ("hydraulic_quota", "hard_rock", 1.53, 1.31),
    ("building_quota", "soil", 1.30, 0.87),
])  # fmt: skip
def test_volume_factors(chosen: str, material: str, loose: float, compacted: float) -> None:
    found = volume_factors(chosen, material)
    assert found.loose_per_bank is not None and found.loose_per_bank.value == loose
    assert found.compacted_per_bank is not None and found.compacted_per_bank.value == compacted


def test_rural_road_quota_is_stated_the_other_way_round() -> None:
    """1.05 m3 bank make 1 m3 compacted, so 1 m3 bank makes 0.952."""
    found = volume_factors("rural_road_quota", "soil").compacted_per_bank
    assert found is not None and found.value == pytest.approx(1 / 1.05)
