"""Plants of a planting scheme in the section: as many rows, where they were counted, as high as their stock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from driving import section_page, settled
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from slopedesign.gui.document import Document
from slopedesign.gui.fields import field_kinds
from slopedesign.gui.list_table import ListTable
from slopedesign.gui.section_data import PlantOn
from slopedesign.gui.section_plants import outline
from slopedesign.gui.window import Window
from slopedesign.project.planting import PlantingDesign

Make = Callable[..., Window]
TREE = {"name": "女贞", "form": "tree", "dbh": 6.0, "height": 2.5, "crown": 1.2}
VINE = {"name": "爬山虎", "form": "climber"}
ROWS = [
    {"species": "爬山虎", "side": "outer", "offset": 0.15, "rows": 1, "spacing": 0.5},
    {"species": "女贞", "side": "outer", "offset": 0.5, "rows": 1, "spacing": 2.0},
    {"species": "爬山虎", "side": "inner", "offset": 0.15, "rows": 1, "spacing": 0.5},
]


def state(document: Document, rows: list[dict[str, Any]]) -> None:
    scheme = {"name": "b", "spare": 0.1, "rows": rows}
    document.set_value("planting", {"species": [TREE, VINE], "benches": [scheme]}, "planting")


def test_rows_stand_where_they_were_counted(make_window: Make, qtbot: QtBot) -> None:
    window = make_window(walls=True)
    assert section_page(window).picture.plants  # a sign that something grows, as long as nothing is stated
    state(window.document, ROWS)
    settled(qtbot, window)
    picture = section_page(window).picture
    assert not picture.plants
    places = window.document.design.planting.places
    shown = {mark.number: mark for mark in picture.benches}
    crossed = [p for p in places if int(p.name.rpartition("B")[2]) in shown]
    assert len(picture.planted) == 3 * len(crossed) > 0
    for i, place in enumerate(crossed):
        mark = shown[int(place.name.rpartition("B")[2])]
        rows = [row for stand in place.stands for row in stand.rows]
        for plant, row in zip(picture.planted[3 * i : 3 * i + 3], rows, strict=True):
            share = abs(plant.foot[0] - mark.crest) / mark.width
            assert share == pytest.approx(row.from_edge.value / place.width.inputs["B"].value)
    assert {p.height for p in picture.planted if p.form == "tree"} == {2.5}


def test_a_scheme_without_rows_draws_none(make_window: Make, qtbot: QtBot) -> None:
    window = make_window(walls=True)
    state(window.document, [])
    settled(qtbot, window)
    picture = section_page(window).picture
    assert picture.planted == ()
    assert picture.plants == ()


@pytest.mark.parametrize("form", ["tree", "shrub", "climber", "herb"])
def test_a_plant_is_as_high_as_its_stock(form: str) -> None:
    drawn = outline(PlantOn("", form, (10.0, 100.0), 2.0, 1.0, 1.0, ""))
    assert np.nanmin(drawn[:, 1]) == pytest.approx(100.0)
    assert np.nanmax(drawn[:, 1]) == pytest.approx(102.0, abs=1e-6)
    assert np.nanmax(np.abs(drawn[:, 0] - 10.0)) <= 1.1


def test_species_are_pasted_from_a_spreadsheet(make_window: Make, qtbot: QtBot) -> None:
    """A schedule as offices keep it: name, form in words, other name, diameter, height, crown."""
    window = make_window(compute=False)
    window.add_part("planting")
    assert window.document.project.planting is not None
    kind = next(k for k in field_kinds(PlantingDesign) if k.name == "species")
    table = ListTable(kind, window.document, "planting.species")
    qtbot.addWidget(table)
    rows = ["香樟\t乔木\t\t６\t2,5\t1.2", "紫穗槐\t灌木\t\t\t0.6\t0.4", "爬山虎\t攀援植物\t地锦\t\t\t"]
    QGuiApplication.clipboard().setText("\n".join(rows))
    table.table.setRowCount(1)
    table.table.setCurrentCell(0, 0)
    table.paste()
    assert not table.error.text(), table.error.text()
    species = window.document.project.planting.species
    assert [(s.name, s.form, s.alias, s.dbh, s.height) for s in species] == [
        ("香樟", "tree", "", 6.0, 2.5), ("紫穗槐", "shrub", "", None, 0.6), ("爬山虎", "climber", "地锦", None, None),
    ]  # fmt: skip
    QGuiApplication.clipboard().setText("苔\t苔藓")
    table.paste()
    assert table.error.text()
    assert window.document.project.planting.species == species
