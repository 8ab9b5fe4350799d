"""Water sheets: lengths, levels and areas on paper are those of the results."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.result import WaterResult
from slopedesign.calc.water.section import polygon_area
from slopedesign.drawings.check import check_document
from slopedesign.drawings.phrases import Phrases, level, number
from slopedesign.drawings.pond_sheets import levels, outline_at, pond_sheets
from slopedesign.drawings.pond_works_sheets import pond_works_sheets
from slopedesign.drawings.sheet import Sheet
from slopedesign.drawings.water_details import detail_sheets
from slopedesign.drawings.water_profiles import profile_sheets, routes, water_line
from slopedesign.drawings.water_sheets import catchment_sheets
from slopedesign.quantities.bill import DIGITS

from .reading import area, document, lines, nothing_collides, polygons, texts

sys.path.insert(0, str(Path(__file__).parents[1]))
from calc.water import examples
from calc.water.test_works import record as record_of_works

SAY = Phrases("zh_CN")


@pytest.fixture(scope="module")
def water() -> WaterResult:
    """Crest, two benches, chutes with basin and drop, a culvert, a flared mouth, a pond."""
    data = examples.record()
    network = data["network"]
    network["types"] += [
        {
            "name": "trapezoid",
            "shape": "trapezoid",
            "side_slope": 0.5,
            "lining": "mortared_stone",
            "cushion": 0.1,
            "working_width": 0.3,
            "trench_slope": 0.3,
        },
    ]
    for reach in network["reaches"]:
        if reach["name"] == "chute 1":
            reach |= {"dissipator": "basin", "tailwater": 0.3}
        if reach["name"] == "chute 2":
            reach |= {"dissipator": "drop", "tailwater": 0.3}
        if reach["name"] == "toe ditch":
            reach |= {"ditch_type": "trapezoid", "to_node": "n culvert"}
        if reach["name"] == "floor ditch":
            reach |= {"flare_angle_deg": 12.5, "flare_width": 3.0}
    network["reaches"].append(
        {"name": "crossing", "kind": "culvert", "from_node": "n culvert", "to_node": "n floor", "length": 8,
         "start_level": 106.0, "end_level": 105.9, "width": 1.2, "height": 1.0, "roughness": 0.014,
         "inlet": "box_wingwall_30_75", "allowed_headwater": 1.3}
    )  # fmt: skip
    from slopedesign.project.water import WaterDesign

    return design_water(WaterDesign.model_validate(data), None, examples.LINES)


@pytest.fixture(scope="module")
def sheets(water: WaterResult) -> list[Sheet]:
    assert water.network is not None
    return [*catchment_sheets(water, SAY, ""), *profile_sheets(water.network, SAY, ""),
            *detail_sheets(water, SAY, ""), *pond_sheets(water, SAY, "")]  # fmt: skip


def test_files_are_sound_and_nothing_overlaps(sheets: list[Sheet]) -> None:
    nothing_collides(sheets)
    assert not check_document(document(sheets))


def test_every_reach_stands_in_one_route(water: WaterResult) -> None:
    assert water.network is not None
    names = [r.name for route in routes(water.network) for r in route.reaches]
    assert sorted(names) == sorted(r.name for r in water.network.reaches)
    for route in routes(water.network):
        for upper, lower in zip(route.reaches, route.reaches[1:], strict=False):
            assert upper.input.record.to_node == lower.input.record.from_node


def test_long_sections_are_as_long_as_the_beds(water: WaterResult, sheets: list[Sheet]) -> None:
    """Horizontal extents of the beds read back from the file, over all profile sheets."""
    assert water.network is not None
    doc = document(sheets)
    numbers = [i for i, s in enumerate(sheets) if "\u7eb5\u65ad\u9762\u56fe" in s.title]
    drawn = [float(np.ptp(p[:, 0])) for i in numbers for p in lines(doc, sheets, i, "drain")]
    for reach in water.network.reaches:
        assert min(abs(d - reach.input.bed.length) for d in drawn) < 1e-6, reach.name


def test_water_lines_are_those_of_the_results(water: WaterResult) -> None:
    assert water.network is not None
    for reach in water.network.reaches:
        found, line = reach.water_levels, water_line(reach)
        if found is not None:
            assert line[0, 1] == pytest.approx(found[0])
            assert line[-1, 1] == pytest.approx(found[1])


def test_lining_and_trench_areas_are_the_amounts(water: WaterResult, sheets: list[Sheet]) -> None:
    """Areas of the drawn linings times the bed's length are the bill's; the trench is the one that is dug."""
    doc = document(sheets)
    numbers = [i for i, s in enumerate(sheets) if "\u65ad\u9762\u5927\u6837" in s.title]
    lined = [area(p) for i in numbers for p in polygons(doc, sheets, i, "drain")]
    dug = [area(p) for i in numbers for p in polygons(doc, sheets, i, "interface")]
    for structure in water.structures:
        q = structure.quantities
        if q is not None:
            assert min(abs(a * q.length.value - q.lining.value) for a in lined) < 1e-6 * max(q.lining.value, 1)
            assert min(abs(a - polygon_area(q.outline.trench)) for a in dug) < 1e-6


def test_structures_and_tables_say_what_was_worked(water: WaterResult, sheets: list[Sheet]) -> None:
    said = texts(document(sheets))
    basins = [s.basin for s in water.structures if s.basin is not None]
    assert basins
    for basin in basins:
        assert number(basin.length, 2) in said
        assert number(basin.contracted, 3) in said
    assert water.network is not None
    for reach in water.network.reaches:
        assert reach.name in said
        assert number(reach.flow, 3) in said


def test_pond_outline_holds_the_water_area(water: WaterResult, sheets: list[Sheet]) -> None:
    pond = water.ponds[0]
    assert area(outline_at(pond, pond.record.normal_level)) == pytest.approx(pond.area.value, rel=1e-9)
    number_ = next(i for i, s in enumerate(sheets) if pond.record.name in s.title)
    drawn = [area(p) for p in polygons(document(sheets), sheets, number_, "water")]
    assert min(abs(a - pond.area.value) for a in drawn) < 1e-6
    said = texts(document(sheets))
    for key, z in levels(pond):
        assert SAY(f"sheets.pond.level.{key}", level=level(z)) in said


def test_english_sheets_fit_too(water: WaterResult) -> None:
    say = Phrases("en")
    assert water.network is not None
    nothing_collides([*catchment_sheets(water, say, ""), *profile_sheets(water.network, say, ""),
                      *detail_sheets(water, say, ""), *pond_sheets(water, say, "")])  # fmt: skip


# structures -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built() -> WaterResult:
    """A design whose basin, drop, culvert, mouths, ribs and pond structures are described."""
    from slopedesign.project.water import WaterDesign

    data = record_of_works()
    data["network"]["reaches"][7] |= {"dissipator": "apron",
                                      "apron": {"d50": 0.3, "length": 6.0, "filter": 0.2}}  # fmt: skip
    return design_water(WaterDesign.model_validate(data), None, examples.LINES)


@pytest.fixture(scope="module")
def built_sheets(built: WaterResult) -> list[Sheet]:
    return [*detail_sheets(built, SAY, ""), *(s for p in built.ponds for s in pond_works_sheets(p, SAY, ""))]


def test_structure_sheets_are_sound(built: WaterResult, built_sheets: list[Sheet]) -> None:
    nothing_collides(built_sheets)
    assert not check_document(document(built_sheets))
    say = Phrases("en")
    nothing_collides([*detail_sheets(built, say, ""), *(s for p in built.ponds for s in pond_works_sheets(p, say, ""))])


def test_every_structure_is_drawn_with_its_dimensions(built: WaterResult, built_sheets: list[Sheet]) -> None:
    """Sizes of every structure, in millimetres, stand among the measured dimensions of the sheet of its reach."""
    doc = document(built_sheets)
    shown = {round(d.get_measurement() * 1000) for d in doc.modelspace().query("DIMENSION")}
    wanted = {
        "basin": ("depth", "length", "width", "wall_height", "wall_top", "wall_base", "floor", "cushion"),
        "drop": ("length", "width", "sill", "side_height", "side_top", "side_base", "floor", "wall_top"),
        "culvert": ("wall", "roof", "base", "width", "height", "cover", "bedding"),
        "upper_mouth": ("width", "length", "end_height", "wall_top", "foundation", "floor", "head_wall"),
        "apron": ("length", "thickness", "start_width", "end_width", "filter"),
        "spillway": ("width", "length", "wall_height", "wall_top", "wall_base", "floor"),
        "sand_trap": ("length", "width", "depth", "wall_top", "wall_base", "floor"),
        "trash_rack": ("width", "spacing"), "fence": ("height",), "steps": ("tread", "riser"),
    }  # fmt: skip
    for works in built.works:
        for name in wanted.get(works.kind, ()):
            size = round(works.sizes[name].value * 1000)
            assert any(abs(size - s) <= 1 for s in shown), (works.kind, works.name, name, size)


def test_each_structure_has_plan_long_and_cross_section(built_sheets: list[Sheet]) -> None:
    for words in ("chute 1", "chute 2", "crossing"):
        sheet = next(s for s in built_sheets if words in s.title)
        said = {p.what for p in sheet.placed}
        for view in ("\u5e73\u9762\u56fe", "\u7eb5\u65ad\u9762\u56fe", "\u65ad\u9762\u56fe"):
            assert any(view in one for one in said), (words, view)


def test_amounts_on_the_sheets_are_those_of_the_bill(built: WaterResult, built_sheets: list[Sheet]) -> None:
    said = texts(document(built_sheets))
    for works in built.works:
        if works.kind in ("pipe", "pump", "well", "drip"):
            continue
        for amount in works.amounts:
            digits = DIGITS.get(amount.number.unit, 2)
            assert number(amount.number, digits) in said, (works.kind, amount.what)


def test_built_sections_hold_their_material(built: WaterResult, built_sheets: list[Sheet]) -> None:
    """The barrel's ring and the basin's cross section, read back from the file, times the length are the concrete."""
    doc = document(built_sheets)
    culvert = next(w for w in built.works if w.kind == "culvert")
    number_ = next(i for i, s in enumerate(built_sheets) if "crossing" in s.title)
    areas = [area(p) for p in polygons(doc, built_sheets, number_, "drain")]
    outer, opening = culvert.sizes["outer_area"].value, 1.2 * 1.0
    assert min(abs(a - outer) for a in areas) < 1e-6
    assert min(abs(a - opening) for a in areas) < 1e-6
    basin = next(w for w in built.works if w.kind == "basin")
    s = {name: size.value for name, size in basin.sizes.items()}
    number_ = next(i for i, sheet in enumerate(built_sheets) if "chute 1" in sheet.title)
    section = s["outer_width"] * s["floor"] + (s["wall_top"] + s["wall_base"]) * s["wall_height"]
    areas = [area(p) for p in polygons(doc, built_sheets, number_, "drain")]
    assert min(abs(a - section) for a in areas) < 1e-6
