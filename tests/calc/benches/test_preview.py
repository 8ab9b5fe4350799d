"""The quick section against the exact one: the same rule, so the same line."""

from __future__ import annotations

import numpy as np
import pytest

from slopedesign.calc.benches.cut import GroundModel, cut_slope
from slopedesign.calc.benches.preview import preview_section
from slopedesign.calc.benches.sections import cut_sections
from slopedesign.calc.compliance.limits import bench_limits
from slopedesign.calc.terrain import build_tin
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BaseLine, BenchDesign, Sections

MATERIALS: tuple[MaterialClass, ...] = ("soil", "soft_rock", "hard_rock")
LIMITS = {material: bench_limits(material) for material in MATERIALS}
LINES = {
    "straight": BaseLine(vertices=((10.0, 40.0), (90.0, 40.0)), elevation=100.0),
    "concave": BaseLine(vertices=((10.0, 50.0), (50.0, 42.0), (90.0, 50.0)), elevation=100.0),
    "convex": BaseLine(vertices=((10.0, 40.0), (50.0, 46.0), (90.0, 40.0)), elevation=100.0),
}


def ground() -> GroundModel:
    e, n = np.meshgrid(np.arange(0.0, 101.0, 5.0), np.arange(0.0, 141.0, 5.0))
    z = 100.0 + np.clip((n - 40.0) * 1.2, 0.0, 40.0) + 0.02 * n
    return GroundModel(surface=build_tin(np.column_stack([e.ravel(), n.ravel(), z.ravel()])).tin)


@pytest.mark.parametrize("line", LINES)
def test_the_quick_section_is_the_exact_one(line: str) -> None:
    model = ground()
    design = BenchDesign(riser_height=10, face_angle=45, berm_width=3, wide_berm_width=5)
    cut = cut_slope(model, LINES[line], design, limits=LIMITS, second_opinion=False)
    for section in cut_sections(model, cut, Sections(spacing=20)):
        for same in (True, False):
            quick = preview_section(model.surface, cut, section, LINES[line], design, LIMITS, same_base=same)
            assert quick is not None
            level = section.design.z_at(quick.design[:, 0])
            depth = section.ground.z_at(quick.design[:, 0]) - quick.design[:, 1]
            under = np.isfinite(level) & (depth > 0)
            assert np.abs(level - quick.design[:, 1])[under].max(initial=0.0) < 0.05
            assert [m.number for m in quick.benches] == [m.number for m in section.benches]
            for a, b in zip(quick.benches, section.benches, strict=True):
                assert (a.crest, a.level, a.wide) == pytest.approx((b.crest, b.level, b.wide), abs=0.1)


def test_a_change_gives_what_the_full_calculation_will_give() -> None:
    model = ground()
    before = BenchDesign(riser_height=10, face_angle=45, berm_width=3)
    after = BenchDesign(riser_height=8, face_angle=50, berm_width=4)
    line = LINES["straight"]
    cut = cut_slope(model, line, before, limits=LIMITS, second_opinion=False)
    section = cut_sections(model, cut, Sections(spacing=20))[2]
    quick = preview_section(model.surface, cut, section, line, after, LIMITS, same_base=True)
    assert quick is not None
    told = cut_sections(
        model, cut_slope(model, line, after, limits=LIMITS, second_opinion=False), Sections(spacing=20)
    )[2]
    assert [m.number for m in quick.benches] == [m.number for m in told.benches]
    for a, b in zip(quick.benches, told.benches, strict=True):
        assert (a.crest, a.width, a.level) == pytest.approx((b.crest, b.width, b.level), abs=1e-3)
    levels = told.design.z_at(quick.design[:, 0])
    known = np.isfinite(levels)
    assert np.abs(levels - quick.design[:, 1])[known].max() < 1e-3


def test_fixed_levels_have_no_profile_to_follow() -> None:
    model = ground()
    design = BenchDesign(riser_height=10, face_angle=45, berm_width=3)
    cut = cut_slope(model, LINES["straight"], design, limits=LIMITS, second_opinion=False)
    section = cut_sections(model, cut, Sections(spacing=20))[1]
    fixed = BenchDesign(mode="fixed_levels", levels=(110.0, 120.0), riser_height=10, face_angle=45, berm_width=3)
    assert preview_section(model.surface, cut, section, LINES["straight"], fixed, LIMITS, same_base=True) is None
