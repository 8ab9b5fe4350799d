"""Sheets of projects unlike the packaged one: sections alone, crest line, closed pit, other walls, English."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slopedesign.design import run
from slopedesign.drawings.check import check_file
from slopedesign.drawings.collect_sections import section_contents
from slopedesign.drawings.deliver import sheets_of, write_drawings
from slopedesign.drawings.sheet import Text
from slopedesign.project.file import save_project
from slopedesign.project.project import Project
from slopedesign.quantities.collect import bill_of
from slopedesign.workspace import open_workspace

INFO = {"name": "试验采石场生态修复工程", "mine_name": "试验采石场"}


def designed(tmp_path: Path, record: dict[str, Any]) -> Any:
    path = tmp_path / "project.json"
    save_project(Project.model_validate({"info": INFO, **record}), path)
    workspace = open_workspace(path)
    return run(workspace.project, workspace.sources)


def hill(tmp_path: Path) -> str:
    """A plane rising north at 60 degrees from a floor at 100 m, on a grid of 2 m."""
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(0, 101, 2.0), np.arange(0, 81, 2.0)))
    z = 100 + np.clip(y - 20, 0, None) * np.tan(np.radians(60)) * (y < 45) + (y >= 45) * 25 * np.tan(np.radians(60))
    rows = [f"{i},,{a + 500000:.3f},{b + 3400000:.3f},{c:.3f}" for i, (a, b, c) in enumerate(zip(x, y, z, strict=True))]
    (tmp_path / "hill.dat").write_text("\n".join(rows), encoding="utf-8")
    return "hill.dat"


def on_hill(tmp_path: Path, **slope: Any) -> dict[str, Any]:
    line = {"vertices": [(500010.0, 3400020.0), (500090.0, 3400020.0)], "elevation": 100.0, "uphill": "left"}
    return {
        "surveys": [{"name": "g", "path": hill(tmp_path)}],
        "slopes": [{"name": "北坡", "ground": "g", "base_line": line, **slope}],
    }


def sound(design: Any, folder: Path, expected: set[str]) -> None:
    sheets = sheets_of(design, bill_of(design))
    assert [(s.code, c) for file in sheets.values() for s in file for c in s.conflicts] == []
    paths = write_drawings(design, bill_of(design), folder)
    assert {path.name for path in paths} == expected
    for path in paths:
        assert check_file(path) == []


def test_sections_alone(tmp_path: Path) -> None:
    """No plan; sections, volumes and wall details all the same."""
    sections = [
        {"name": f"{i + 1}", "station": 20.0 * i,
         "points": [(-10, 100), (0, 100), (6 + i, 130), (60, 140)]}
        for i in range(4)
    ]  # fmt: skip
    slope = {
        "name": "东坡",
        "typed_sections": sections,
        "benches": {"riser_height": 10, "face_angle": 60, "berm_width": 3},
    }
    design = designed(tmp_path, {"slopes": [slope]})
    sound(design, tmp_path / "out", {"sections.dxf", "details.dxf", "volumes.dxf", "walls.dxf"})


@pytest.mark.parametrize(
    "bend", [{"toe_is_convex": True}, {"toe_bend": "convex"}, {"toe_bend": "convex", "toe_curvature_radius": 400.0},
             {"toe_curvature_radius": 60.0}],
)  # fmt: skip
def test_sections_alone_along_a_bent_toe(tmp_path: Path, bend: dict[str, Any]) -> None:
    """However the toe bends, sheets with long words and uneven sections stay free of overlaps."""
    sections = [
        {"name": f"{i + 1}", "station": station,
         "points": [(-12, 100), (0, 100.2), (3 + i, 118 + 2 * i), (9 + i, 131 + i), (60, 140 + 2 * i)]}
        for i, station in enumerate((0.0, 12.5, 31.0, 44.0, 70.0))
    ]  # fmt: skip
    slope = {"name": "\u4e1c\u5761", "typed_sections": sections, "cover": {"thickness": 0.5},
             "benches": {"riser_height": 10, "face_angle": 60, "berm_width": 3}, **bend}  # fmt: skip
    design = designed(tmp_path, {"slopes": [slope]})
    sound(design, tmp_path / "out", {"sections.dxf", "details.dxf", "volumes.dxf", "walls.dxf"})


def test_two_slopes_have_no_section_twice(tmp_path: Path) -> None:
    """On plan, section and volume sheets, in the workbook's source and in the window every section has one name."""
    record = on_hill(tmp_path, benches={"riser_height": 10, "face_angle": 45, "berm_width": 3})
    (first,) = record["slopes"]
    west, east = (
        {"vertices": [(a, 3400020.0), (b, 3400020.0)], "elevation": 100.0, "uphill": "left"}
        for a, b in ((500005.0, 500030.0), (500070.0, 500095.0))
    )  # fmt: skip
    record["slopes"] = [{**first, "base_line": west}, {**first, "name": "\u4e1c\u5761", "base_line": east}]
    design = designed(tmp_path, record)
    names = [section.name for slope in design.slopes for section in slope.sections]
    assert len(names) == len(set(names)) > 2
    assert {name[0] for name in names} == {"A", "B"}
    files = sheets_of(design, bill_of(design))
    for file in ("plan.dxf", "sections.dxf", "volumes.dxf"):
        said = [item.content for sheet in files[file] for item in sheet.items if isinstance(item, Text)]
        assert all(any(name in words for words in said) for name in names), file


@pytest.mark.parametrize("wall", ["c25_concrete", "stacked_rock", "none"])
def test_other_walls(tmp_path: Path, wall: str) -> None:
    benches = {"riser_height": 10, "face_angle": "1:0.75", "berm_width": 3}
    design = designed(tmp_path, on_hill(tmp_path, wall={"kind": wall}, benches=benches))
    files = {"plan.dxf", "sections.dxf", "volumes.dxf"} | ({"details.dxf"} if wall != "none" else set())
    files |= {"walls.dxf"} if wall == "c25_concrete" else set()  # dry stacked rock has no force diagram
    sound(design, tmp_path / "out", files)


def test_crest_line_and_english(tmp_path: Path) -> None:
    record = on_hill(tmp_path, benches={"mode": "crest_down", "riser_height": 10, "face_angle": 45, "berm_width": 3})
    record["slopes"][0]["base_line"] = {
        "vertices": [(500010.0, 3400060.0), (500090.0, 3400060.0)], "elevation": 143.30, "uphill": "left",
    }  # fmt: skip
    record["drawings"] = {"language": "en", "dxf": "R2000_GBK", "font": "truetype", "sheet": "A2"}
    record["info"] = {"name": "test quarry"}
    design = designed(tmp_path, record)
    sound(design, tmp_path / "out", {"plan.dxf", "sections.dxf", "details.dxf", "volumes.dxf", "walls.dxf"})


def test_fixed_settings_are_followed(tmp_path: Path) -> None:
    record = on_hill(tmp_path, benches={"riser_height": 10, "face_angle": 60, "berm_width": 3})
    record["drawings"] = {
        "plan_scale": 1000, "section_scale": 1000, "detail_scale": 100, "sheet": "A3", "contour_interval": 2.5,
        "layers": [{"layer": "crest", "name": "坡顶", "color": 3, "lineweight": 0.7}],
    }  # fmt: skip
    design = designed(tmp_path, record)
    sheets = sheets_of(design, bill_of(design))
    assert {(s.scale, s.paper.name) for s in sheets["plan.dxf"]} == {(1000, "A3")}
    assert {(s.scale, s.paper.name) for s in sheets["sections.dxf"]} == {(1000, "A3")}
    assert sheets["details.dxf"][0].scale == 100
    levels = {item.zs for item in sheets["plan.dxf"][0].items if getattr(item, "layer", "").startswith("contour")}
    assert {z / 2.5 for z in levels if isinstance(z, float)} <= set(range(100))
    sound(design, tmp_path / "out", {"plan.dxf", "sections.dxf", "details.dxf", "volumes.dxf", "walls.dxf"})


def test_a_section_beside_the_survey_is_left_out(tmp_path: Path) -> None:
    """A section line drawn where nothing was measured has nothing to show; the others are drawn."""
    lines = [
        {"name": "A", "start": (500050.0, 3400000.0), "end": (500050.0, 3400070.0)},
        {"name": "B", "start": (500600.0, 3400000.0), "end": (500700.0, 3400100.0)},
    ]
    design = designed(
        tmp_path,
        on_hill(tmp_path, benches={"riser_height": 10, "face_angle": 45, "berm_width": 3}, sections={"lines": lines}),
    )
    names = [content.name for content in section_contents(design.slopes[0])]
    assert "A" in names
    assert "B" not in names
    assert {"sections.dxf"} <= {path.name for path in write_drawings(design, bill_of(design), tmp_path / "out")}
