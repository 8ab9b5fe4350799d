"""Trees that irrigation waters: as stated, else as the planting counts them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from slopedesign.calc.planting import plant
from slopedesign.calc.water.irrigation import IrrigationResult, work_irrigation
from slopedesign.design import Design, run
from slopedesign.errors import InputError
from slopedesign.i18n import LANGUAGES
from slopedesign.project.edit import with_value
from slopedesign.project.file import load_project
from slopedesign.project.irrigation import Irrigation
from slopedesign.standards.trace import Given, Traced
from slopedesign.workspace import Workspace, open_workspace

from ..planting.test_plant_counts import design, row, strip

EXAMPLE = Path(__file__).parents[3] / "examples" / "quarry" / "project.json"
TREES = "water.irrigation.plantings[0].trees"
ROW = {"name": "t", "litres": 40, "waterings": [0, 0, 1, 1, 1, 2, 3, 3, 2, 1, 0, 0], "interval_days": 8}


def irrigation(*rows: dict[str, Any]) -> Irrigation:
    return Irrigation.model_validate({"efficiency": 0.8, "plantings": [ROW | one for one in rows]})


def worked(*rows: dict[str, Any]) -> IrrigationResult:
    """Watered beside a bench of 100 m with trees every 2 m and shrubs between them."""
    planted = plant(design([row("T"), row("S", end_gap=1.0)]), (strip(),), {})
    return work_irrigation(irrigation(*rows), planted=planted.trees)


def fields(number: Traced) -> set[str]:
    """Fields of the project a number rests on."""
    own = {number.field} if isinstance(number, Given) else set()
    return own.union(*(fields(part) for part in number.inputs.values()))


def test_blank_trees_are_those_planted() -> None:
    """50 spacings and one tree more: 51 trees of 40 L at 0.8 take 51*40/1000/0.8 = 2.55 m3; the shrubs take none."""
    found = worked({})
    assert found.demands[0].one.inputs["N"].value == 51
    assert found.demands[0].one.value == pytest.approx(2.55)
    assert found.monthly[6] == pytest.approx(3 * 2.55)
    assert "planting.benches[0].rows[0].spacing" in fields(found.between)


def test_stated_trees_are_taken_as_stated() -> None:
    found = worked({"trees": 20})
    assert found.demands[0].one.value == pytest.approx(20 * 40 / 1000 / 0.8)
    assert TREES in fields(found.between)
    assert not any(field.startswith("planting.") for field in fields(found.between))


def test_an_area_is_watered_by_depth_whatever_stands_beside_it() -> None:
    """A file that states an area, its depth and litres waters the area: 1000 m2 of 16 mm at 0.8 take 20 m3."""
    assert worked({"area": 1000, "depth": 16}).demands[0].one.value == pytest.approx(20.0)


@pytest.mark.parametrize("planted", [None, plant(design([row("S", spacing=1.0)]), (strip(),), {}).trees])
def test_trees_neither_stated_nor_planted_are_asked_for(planted: Traced | None) -> None:
    with pytest.raises(InputError) as asked:
        work_irrigation(irrigation({}), planted=planted)
    assert asked.value.field == TREES
    assert not isinstance(asked.value.rule, str)
    assert all(not asked.value.rule.render(language).startswith("water.") for language in LANGUAGES)


@pytest.mark.parametrize("other", [{}, {"trees": 20}])
def test_trees_planted_are_not_watered_twice(other: dict[str, Any]) -> None:
    with pytest.raises(InputError) as refused:
        with_value(
            load_project(EXAMPLE), "water.irrigation.plantings", [ROW | {"name": "a"}, ROW | {"name": "b"} | other]
        )
    assert refused.value.field == TREES
    assert irrigation({}, {"name": "grass", "area": 1000, "depth": 16}).as_planted


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    opened = open_workspace(EXAMPLE)
    return replace(opened, project=opened.project.model_copy(update={"stability": None, "walls": None}))


def watered(found: Design) -> float:
    assert found.water is not None and found.water.irrigation is not None
    return found.water.irrigation.demands[0].one.inputs["N"].value


def asked_of_pond(found: Design) -> Any:
    """What is asked of the pond by month."""
    assert found.water is not None and found.water.ponds[0].typical is not None
    return found.water.ponds[0].typical.demand


def test_the_design_waters_what_it_plants(workspace: Workspace) -> None:
    """Blank, the trees follow the planting through every edit; stated, they stay, and a remark says they differ."""
    stated = run(with_value(workspace.project, TREES, 900), workspace.sources)
    assert stated.planting is not None and watered(stated) == 900 != stated.planting.trees.value
    blank = run(workspace.project, workspace.sources, previous=stated)
    assert blank.planting is not None and watered(blank) == blank.planting.trees.value
    keys = [[remark.text.key for remark in found.remarks] for found in (stated, blank)]
    assert ["planting.remark.watered" in some for some in keys] == [True, False]
    closer = with_value(blank.project, "planting.areas[0].plants[0].row_spacing", 1.5)
    again = run(closer, workspace.sources, previous=blank)
    assert again.planting is not None and again.planting.trees.value > blank.planting.trees.value
    assert again.water is not None and again.water.irrigation is not None
    assert again.water.irrigation.demands[0].one.inputs["N"] is again.planting.trees  # the number itself, no copy
    assert watered(again) == again.planting.trees.value == watered(run(closer, workspace.sources))
    assert asked_of_pond(again)[6] == pytest.approx(asked_of_pond(blank)[6] * watered(again) / watered(blank))
    seeded = with_value(again.project, "planting.areas[0].seeds[0].rate", 20.0)
    assert run(seeded, workspace.sources, previous=again).water is again.water
    with pytest.raises(InputError) as asked:
        run(again.project.model_copy(update={"planting": None}), workspace.sources, previous=again)
    assert asked.value.field == TREES
