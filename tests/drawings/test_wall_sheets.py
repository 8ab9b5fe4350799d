"""Wall sheets: what is drawn is what was checked, amounted and scheduled."""

from __future__ import annotations

import numpy as np
import pytest

from slopedesign.calc.walls.project_walls import WallsResult, design_walls
from slopedesign.drawings.bar_sheets import bar_words
from slopedesign.drawings.check import check_document
from slopedesign.drawings.phrases import number
from slopedesign.drawings.sheet import Sheet
from slopedesign.drawings.wall_force_sheets import pressure_polygon
from slopedesign.drawings.wall_sheets import wall_sheets
from slopedesign.project.walls import WallDesign

from .reading import area, document, length, lines, nothing_collides, polygons, texts

BARS = {"diameter_mm": 16, "spacing_mm": 150}


def _wall(name: str, shape: dict[str, object], **more: object) -> dict[str, object]:
    return {"name": name, "length": 40, "backfill": "fill", "base": "gravel", "slope_deg": 10, "shape": shape} | more


@pytest.fixture(scope="module")
def walls() -> WallsResult:
    """A stepped gravity wall, a cantilever with a key, a semi-gravity wall and gabions."""
    return design_walls(WallDesign.model_validate({
        "backfills": [{"name": "fill", "unit_weight": 19, "saturated_unit_weight": 20.5, "friction_angle_deg": 35,
                       "planting_soil": False, "cohesive": False}],
        "bases": [{"name": "gravel", "kind": "soil", "friction": 0.45, "bearing": 300}],
        "toe_walls": [
            _wall("gravity", {"height": 4, "top_width": 0.8, "face_batter": 0.05, "back_batter": 0.25,
                              "base_slope": 0.1, "toe_step_width": 0.3, "toe_step_height": 0.5, "embedment": 0.8},
                  length=46, heights=[{"from_station": 0, "to_station": 18, "height": 3},
                                      {"from_station": 18, "to_station": 46, "height": 4}]),
            _wall("cantilever", {"kind": "cantilever", "material": "C30", "height": 5, "top_width": 0.25,
                                 "back_batter": 0.05, "toe": 0.9, "heel": 2.2, "slab": 0.5, "embedment": 1,
                                 "key_depth": 0.4, "key_width": 0.4, "key_distance": 1.2, "stem_bars": BARS,
                                 "toe_bars": BARS, "heel_bars": BARS, "level_bars": {"diameter_mm": 12}}),
            _wall("semi", {"kind": "semi_gravity", "material": "C25", "height": 3.5, "top_width": 0.4,
                           "back_batter": 0.35, "embedment": 0.8, "stem_bars": BARS}),
            _wall("gabion", {"kind": "gabion", "material": "gabion", "height": 3, "top_width": 1.0,
                             "back_batter": 0.3, "embedment": 0.5}),
        ],
    }), [])  # fmt: skip


@pytest.fixture(scope="module")
def sheets(walls: WallsResult) -> list[Sheet]:
    return wall_sheets(walls, "zh_CN")


def _of(sheets: list[Sheet], *words: str) -> int:
    return next(i for i, sheet in enumerate(sheets) if all(word in sheet.title for word in words))


def test_files_are_sound_and_nothing_overlaps(sheets: list[Sheet]) -> None:
    nothing_collides(sheets)
    assert not check_document(document(sheets))


def test_english_sheets_fit_too(walls: WallsResult) -> None:
    nothing_collides(wall_sheets(walls, "en"))


def test_section_area_read_back_is_the_checked_area(walls: WallsResult, sheets: list[Sheet]) -> None:
    doc = document(sheets)
    section = _of(sheets, "gravity", "\u65ad\u9762")
    drawn = [area(p) for p in polygons(doc, sheets, section, "wall")]
    for stretch in walls.toe_walls[0].stretches:
        assert min(abs(a - stretch.result.area.value) for a in drawn) < 1e-6


def test_elevation_is_as_long_as_the_wall(walls: WallsResult, sheets: list[Sheet]) -> None:
    toe = walls.toe_walls[0]
    number_ = _of(sheets, "gravity", "\u7acb\u9762")
    panels = [p for p in polygons(document(sheets), sheets, number_, "wall") if np.ptp(p[:, 1]) > 2.5]
    assert sum(np.ptp(p[:, 0]) for p in panels) == pytest.approx(toe.wall.length, abs=1e-6)
    for stretch in toe.stretches:
        joints = len(stretch.amounts.layout.joints)
        assert sum(abs(np.ptp(p[:, 1]) - stretch.result.height.value) < 1e-6 for p in panels) == joints + 1


def test_bars_drawn_are_the_bars_scheduled(walls: WallsResult, sheets: list[Sheet]) -> None:
    """Each bar in the section is as long as its schedule says, and every row of level bars is a dot."""
    doc = document(sheets)
    for name, toe in (("cantilever", walls.toe_walls[1]), ("semi", walls.toe_walls[2])):
        first = _of(sheets, name, "\u914d\u7b4b")
        drawn = [length(p) for p in lines(doc, sheets, first, "bars")]
        for mark in toe.stretches[0].amounts.bars:
            if mark.use == "walls.bar.distribution":
                rows = [b for b in toe.stretches[0].amounts.layout.bars if b.mark == mark.mark]
                assert len(rows) > 10
                continue
            assert min(abs(a - mark.length.value) for a in drawn) < 0.02, mark.use


def test_schedule_gives_every_leg_and_the_steel_sum(walls: WallsResult, sheets: list[Sheet]) -> None:
    said = texts(document(sheets))
    for toe in walls.toe_walls[1:3]:
        amounts = toe.stretches[0].amounts
        assert amounts.total.steel is not None
        assert number(amounts.total.steel, 1) in said
        assert sum(mark.mass.value for mark in amounts.bars) == pytest.approx(amounts.total.steel.value)
        for mark in amounts.bars:
            assert bar_words(mark).replace("\N{DIAMETER SIGN}", "\N{LATIN CAPITAL LETTER O WITH STROKE}") in said
            for leg in mark.legs:
                assert number(leg * 1000, 0) in said


def test_pressure_diagram_encloses_the_thrust_of_a_plane_back(walls: WallsResult) -> None:
    """On an upright back the area of the drawn pressure is the thrust of soil and surcharge before its enlargement."""
    result = walls.toe_walls[1].stretches[0].result
    for situation in result.situations:
        pressure = situation.forces.pressure
        if len(pressure.diagram) < 2 or situation.name == "construction":
            continue
        parts = [p for p in (pressure.part("soil"), pressure.part("surcharge")) if p is not None]
        drawn = area(pressure_polygon(result.body, pressure.diagram, 1.0))
        bare = sum((p.thrust.inputs["E_0"] if "psi" in p.thrust.inputs else p.thrust).value for p in parts)
        assert drawn == pytest.approx(bare, rel=0.005)


def test_no_walls_no_sheets() -> None:
    assert wall_sheets(design_walls(WallDesign(), []), "zh_CN") == []
