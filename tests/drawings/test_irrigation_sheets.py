"""The irrigation sheets: every pipe, the spacing of emitters, trenches as large as they are counted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.result import WaterResult
from slopedesign.drawings.check import check_document
from slopedesign.drawings.irrigation_sheets import irrigation_sheets
from slopedesign.drawings.phrases import Phrases
from slopedesign.drawings.sheet import Sheet
from slopedesign.project.water import WaterDesign

from .reading import document, lines, nothing_collides, texts

sys.path.insert(0, str(Path(__file__).parents[1]))
from calc.water import examples

SAY = Phrases("zh_CN")
SPRINKLER = {"flow": 2.5, "pressure_head": 30.0, "radius": 15.0, "spacing_on_lateral": 12.0,
             "spacing_of_laterals": 14.0, "efficiency": 0.8, "soil": "loam", "area": 4000.0}  # fmt: skip
PIPES = [
    {"name": "main", "material": "hard_plastic", "length": 120.0, "diameter": 110, "flow": 20.0, "burial": 0.8},
    {"name": "branch", "after": "main", "material": "hard_plastic", "length": 60.0, "diameter": 63, "flow": 8.0,
     "burial": 0.7, "valves": 2, "count": 3},
    {"name": "hose", "after": "branch", "material": "hard_plastic", "length": 40.0, "diameter": 32, "flow": 2.0,
     "fixed": False},
    {"name": "second", "after": "main", "material": "steel", "length": 30.0, "diameter": 63, "flow": 4.0,
     "burial": 0.7},
]  # fmt: skip


def designed() -> tuple[WaterResult, WaterDesign]:
    data: dict[str, Any] = examples.record()
    data["irrigation"] |= {"pipes": PIPES, "sprinkler": SPRINKLER, "pump": None,
                           "trench": {"side_room": 0.2, "slope": 0.3, "bedding": 0.1}}  # fmt: skip
    record = WaterDesign.model_validate(data)
    return design_water(record, None, examples.LINES), record


@pytest.fixture(scope="module")
def water() -> WaterResult:
    return designed()[0]


@pytest.fixture(scope="module")
def sheets(water: WaterResult) -> list[Sheet]:
    return irrigation_sheets(water, designed()[1].irrigation, SAY, "")


def test_sheets_are_sound(water: WaterResult, sheets: list[Sheet]) -> None:
    nothing_collides(sheets)
    assert not check_document(document(sheets))
    nothing_collides(irrigation_sheets(water, designed()[1].irrigation, Phrases("en"), ""))


def test_every_pipe_stands_in_scheme_and_table(sheets: list[Sheet]) -> None:
    said = texts(document(sheets))
    for pipe in PIPES:
        assert str(pipe["name"]) in said
        assert any(words.startswith(f"{pipe['name']} ") and f"DN{pipe['diameter']}" in words for words in said)
        times = f"{pipe['count']}\N{MULTIPLICATION SIGN}" if "count" in pipe else ""
        assert any(f"L={times}{pipe['length']:g} m" in words for words in said)


def test_emitters_stand_as_far_apart_as_stated(sheets: list[Sheet]) -> None:
    measured = {round(float(d.get_measurement()), 3) for d in document(sheets).modelspace().query("DIMENSION")}
    assert {12.0, 14.0} <= measured


def test_trenches_hold_their_pipes(sheets: list[Sheet]) -> None:
    """Bottom d + 2 x 0.2, depth burial + d + 0.1, sides 1:0.3: worked by hand for each size, read back."""
    doc = document(sheets)
    number = len(sheets) - 1
    drawn = [line for line in lines(doc, sheets, number, "interface") if len(line) == 4]
    found = sorted((round(float(line[2, 0] - line[1, 0]), 4), round(float(line[0, 1] - line[1, 1]), 4),
                    round(float(line[3, 0] - line[0, 0]), 4)) for line in drawn)  # fmt: skip
    assert found == [(0.463, 0.863, 0.9808), (0.51, 1.01, 1.116)]


def test_nothing_piped_no_sheet(water: WaterResult) -> None:
    assert irrigation_sheets(water, None, SAY, "") == []
