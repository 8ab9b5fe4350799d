"""Units the window shows: the factors of the law of measures, no resolution lost, nothing but the showing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given as for_all
from hypothesis import settings as trials
from hypothesis import strategies as st
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from slopedesign.gui.settings import SettingsDialog
from slopedesign.gui.units import CHOICES, Units, kept_units, unit_words, with_unit
from slopedesign.gui.window import Window

Make = Callable[..., Window]


@dataclass(frozen=True)
class Side:
    value: float
    unit: str


@pytest.mark.parametrize(
    ("unit", "shown", "value", "same"),
    [("m2", "mu", 10_000.0, 15.0),  # 1 hm2 = 15 mu, the usual equation of land surveys
     ("m2", "hm2", 10_000.0, 1.0), ("m3/s", "L/s", 1.0, 1000.0), ("kPa", "MPa", 1000.0, 1.0)],
)  # fmt: skip
def test_factors_are_those_of_the_units(unit: str, shown: str, value: float, same: float) -> None:
    assert Units({unit: shown}).value(value, unit) == pytest.approx(same, rel=1e-12)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_check_says_its_numbers_in_the_unit_chosen(language: str) -> None:
    units = Units({"m3/s": "L/s", "kPa": "MPa", "m2": "mu"})
    assert units.number(Side(0.1234, "m3/s"), language) == "123 L/s"
    assert units.number(Side(215.0, "kPa"), language) == "0.21500 MPa"
    assert units.number(Side(2.0, "m"), language) == "2.00 m"
    assert units.number(Side(1000.0, "m2"), language).startswith("1.50000")
    assert Units({}).number(Side(0.5, "m3/s"), language) == "0.50 m\u00b3/s"


@trials(max_examples=200, derandomize=True, deadline=None)
@for_all(st.sampled_from([(u, s) for u, shown in CHOICES.items() for s in shown]), st.integers(0, 10**7),
         st.integers(1, 10**4))  # fmt: skip
def test_numbers_that_differ_stay_apart(choice: tuple[str, str], cents: int, apart: int) -> None:
    """What differs by a hundredth of the calculation's unit differs in every unit shown."""
    unit, shown = choice
    units = Units({unit: shown})
    low, high = cents / 100, (cents + apart) / 100
    assert units.number(Side(low, unit), "en") != units.number(Side(high, unit), "en")


def test_settings_keep_the_units_and_change_only_the_showing(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(walls=True)
    before = window.document.project.model_dump_json()
    window.show_page("variants")
    page = window.pages.currentWidget()

    def area() -> tuple[str, float]:
        row = next(i for i in range(page.table.rowCount()) if "(" in page.table.verticalHeaderItem(i).text()
                   and page.table.verticalHeaderItem(i).text().startswith("\u5f00\u6316\u5360\u5730"))  # fmt: skip
        return page.table.verticalHeaderItem(row).text(), float(page.table.item(row, 0).text().replace(",", ""))

    head, metres = area()
    assert "m\u00b2" in head
    dialog = SettingsDialog(window.settings, "zh_CN", window)
    qtbot.addWidget(dialog)
    dialog.units["m2"].setCurrentIndex(dialog.units["m2"].findData("mu"))
    dialog.keep()
    assert kept_units().of("m2") == "mu" and kept_units().of("kPa") == "kPa"
    window.document.design_changed.emit()
    head, mu = area()
    assert unit_words("mu", "zh_CN") in head
    assert mu == pytest.approx(metres * 15 / 10_000, abs=2e-4)
    assert window.document.project.model_dump_json() == before and not window.document.dirty


def test_a_unit_that_is_none_is_not_taken(qtbot: QtBot) -> None:
    settings = QSettings("slopedesign", "slopedesign")
    settings.setValue("units/m2", "acre")
    assert kept_units(settings).of("m2") == "m2"


@pytest.mark.parametrize(
    ("unit", "said"),
    [("deg", "44.1\u00b0"), ("-", "44.1"), ("m3/s", "44.1 m\u00b3/s"), ("kN/m3", "44.1 kN/m\u00b3"), ("m", "44.1 m")],
)
def test_units_stand_in_signs(unit: str, said: str) -> None:
    assert with_unit("44.1", unit, "zh_CN") == said


def test_what_is_counted_has_its_word() -> None:
    assert with_unit("2", "piece", "zh_CN") == "2 个" and with_unit("2", "piece", "en") == "2 pcs"
    assert with_unit("3", "L/piece", "zh_CN") == "3 L/株" and with_unit("3", "kN/m3", "zh_CN") == "3 kN/m³"
