"""Stability sheets: the surface drawn is the surface solved."""

from __future__ import annotations

import numpy as np
import pytest

from slopedesign.calc.stability.sections import SectionLines, StabilityResult, solve_sections
from slopedesign.drawings.check import check_document
from slopedesign.drawings.phrases import number
from slopedesign.drawings.sheet import Sheet
from slopedesign.drawings.stability_sheets import stability_sheets
from slopedesign.project.ground import Material
from slopedesign.project.stability import StabilityDesign

from .reading import document, lines, nothing_collides, texts

AFTER = [[0.0, 10.0], [20.0, 10.0], [30.0, 18.0], [34.0, 18.0], [44.0, 26.0], [80.0, 28.0]]
BEFORE = [[0.0, 10.0], [18.0, 10.0], [26.0, 22.0], [44.0, 26.5], [80.0, 28.0]]
RECORD = StabilityDesign.model_validate({
    "sections": [{"name": "A", "ground_before": BEFORE, "ground_after": AFTER, "ground_class": "soil",
                  "layers": [{"material": "clay"}, {"material": "till", "top": [[0, 6], [80, 8]]}],
                  "water": {"line": [[0, 9], [20, 9.5], [44, 16], [80, 18]]}}],
    "slope_class": 2, "situations": ["permanent"],
    "search": {"any_shape": False, "exits": 8, "entries": 8, "depths": 4},
})  # fmt: skip


@pytest.fixture(scope="module")
def result() -> StabilityResult:
    materials = [
        Material.model_validate(
            {"name": n, "kind": "soil", "unit_weight": 19, "cohesion": c, "friction_angle_deg": phi}
        )
        for n, c, phi in (("clay", 15, 20), ("till", 30, 28))
    ]
    lines_ = SectionLines(name="A", after=np.array(AFTER), before=np.array(BEFORE), faces=((20, 30), (34, 44)))
    return solve_sections(RECORD, materials, [lines_])


@pytest.fixture(scope="module")
def sheets(result: StabilityResult) -> list[Sheet]:
    return stability_sheets(result, RECORD, "zh_CN")


def test_files_are_sound_and_nothing_overlaps(result: StabilityResult, sheets: list[Sheet]) -> None:
    nothing_collides(sheets)
    nothing_collides(stability_sheets(result, RECORD, "en"))
    assert not check_document(document(sheets))


def test_surfaces_on_paper_are_those_solved(result: StabilityResult, sheets: list[Sheet]) -> None:
    """Width and height of every governing surface, read back from the file."""
    doc = document(sheets)
    drawn = [p for i in range(len(sheets)) for p in lines(doc, sheets, i, "slip")]
    for scope in result.sections[0].results:
        surface = scope.governing
        assert surface is not None
        want = np.ptp(surface.points, axis=0)
        assert min(float(np.abs(np.ptp(p, axis=0) - want).max()) for p in drawn) < 0.02


def test_both_stages_and_every_factor_are_said(result: StabilityResult, sheets: list[Sheet]) -> None:
    said = " ".join(texts(document(sheets)))
    stages = {scope.stage for scope in result.sections[0].results}
    assert stages == {"before", "after"}
    for scope in result.sections[0].results:
        assert scope.governing is not None
        assert f"Fs={number(scope.governing.fos, 3)}" in said
        for circle in scope.circles.values():
            assert circle.fos is None or number(circle.fos, 3) in said
    for name in ("clay", "till"):
        assert name in said


def test_slices_stand_on_the_surface(result: StabilityResult, sheets: list[Sheet]) -> None:
    """Upright slice lines end on the ground above and on the critical surface below: none is longer than it is deep."""
    scope = result.sections[0].of()
    assert scope is not None and scope.governing is not None
    doc = document(sheets)
    upright = [p for i in range(len(sheets)) for p in lines(doc, sheets, i, "grid") if abs(np.ptp(p[:, 0])) < 1e-9]
    assert len(upright) > 5
    deepest = max(s.governing.depth for s in result.sections[0].results if s.governing is not None)
    assert max(np.ptp(p[:, 1]) for p in upright) <= deepest + 0.05
