"""Golden sheets, small enough to be read in a review; and pictures that show what they should."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from slopedesign.drawings.content import Contour, Face, PlanBench, PlanContent, PlanSlope, SectionMark, WorksRow
from slopedesign.drawings.details import detail_sheets
from slopedesign.drawings.document import FileSettings, build_document
from slopedesign.drawings.plan import plan_sheets
from slopedesign.drawings.plan_format import choose_format
from slopedesign.drawings.render import render, render_sheet
from slopedesign.drawings.sections import section_sheets
from slopedesign.drawings.sheet import Box
from slopedesign.standards.trace import measured

from .conftest import section_content, wall_detail
from .dump import compare, dump

TEXTURES = ("SJ-挡土墙填充", "SJ-填充", "SJ-覆土", "DX-原地面线")
TITLE = {"PROJECT": "试验工程", "NO": "T-1"}


def a_plan(width: float = 60.0) -> PlanContent:
    """A straight slope of one bench: toe, face of 10 m, bench of 3 m, face of 5 m."""

    def line(y: float, z: float) -> np.ndarray:
        return np.array([(0.0, y, z), (width, y, z)])

    toe, crest, inner, top = line(0, 100), line(10, 110), line(13, 110), line(18, 115)
    ring = np.array([(0.0, 0.0), (width, 0.0), (width, 18.0), (0.0, 18.0), (0.0, 0.0)])
    lower = np.array([(0.0, 0.0), (width, 0.0), (width, 10.0), (0.0, 10.0)])
    upper = np.array([(0.0, 13.0), (width, 13.0), (width, 18.0), (0.0, 18.0)])
    slope = PlanSlope(
        name="A", base_line=toe, daylight=(ring,),
        benches=(PlanBench(name="1", level=110.0, crests=(crest,), toes=(inner,), walls=(line(10.5, 110),),
                           width=measured(3.0, "m", "design.wall_line")),),
        faces=(Face(outline=lower, lower=(toe,)), Face(outline=upper, lower=(inner,))),
        sections=(SectionMark(name="1", start=(width / 2, -8.0), end=(width / 2, 26.0)),),
    )  # fmt: skip
    ground = tuple(
        Contour(99.0 + i, np.array([(-20.0, -10.0 + 4 * i), (width + 20, -10.0 + 4 * i)])) for i in range(11)
    )
    return PlanContent(
        title="试验平面图", contours=ground, interval=1.0, slopes=(slope,),
        survey_edge=(np.array([(-20.0, -12.0), (width + 20, -12.0), (width + 20, 34.0), (-20.0, 34.0)]),),
        works=(WorksRow(name="石方开挖", specification="硬岩", unit="m3", amount="1234.50"),),
        control=(("J1-1", (0.0, 10.0, 110.0)), ("J1-2", (width, 10.0, 110.0))),
        coordinate_system="CGCS2000", height_system="1985 国家高程基准", assumed_coordinates=top[0, 2] < 0,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["masonry", "c25_concrete", "stacked_rock"])
def test_wall_details(kind: str) -> None:
    sheets = detail_sheets([wall_detail(kind)], 50, "zh_CN")
    assert [c for s in sheets for c in s.conflicts] == []
    compare(f"details_{kind}", dump(build_document(sheets, FileSettings(title_block=TITLE)), TEXTURES))


def test_plan() -> None:
    sheets = plan_sheets(a_plan(), None, "auto", "zh_CN")
    assert [c for s in sheets for c in s.conflicts] == []
    assert [(s.scale, s.paper.name) for s in sheets] == [(500, "A3")]
    compare("plan", dump(build_document(sheets, FileSettings(title_block=TITLE))))


def test_sections() -> None:
    sheets = section_sheets([section_content("1"), section_content("2")], None, "auto", "zh_CN")
    assert [c for s in sheets for c in s.conflicts] == []
    compare("sections", dump(build_document(sheets, FileSettings(title_block=TITLE)), ("DX-原地面线",)))


def test_masonry_section_has_the_guides_sizes() -> None:
    """0.5 m at the top, 0.7 m at the base, 0.6 m high, 0.5 m inside the edge, 1.8 m left to plant on a bench of 3 m."""
    doc = build_document(detail_sheets([wall_detail("masonry")], 50, "zh_CN"))
    measured_ = {round(dim.get_measurement() * 1000) for dim in doc.modelspace().query("DIMENSION")}
    assert {500, 200, 700, 600, 1800, 3000} <= measured_


def test_concrete_section_has_the_guides_bars() -> None:
    doc = build_document(detail_sheets([wall_detail("c25_concrete")], 50, "zh_CN"))
    measured_ = {round(dim.get_measurement() * 1000) for dim in doc.modelspace().query("DIMENSION")}
    assert {400, 600, 300, 2100} <= measured_
    words = {e.dxf.text for e in doc.modelspace().query("TEXT")}
    assert {"%%c16@300", "%%c8@200", "C25 钢筋混凝土"} <= words


@pytest.mark.parametrize(
    ("size", "scale", "paper"),
    [((90, 100), 500, "A3"), ((200, 150), 500, "A1"), ((350, 300), 1000, "A2"), ((900, 900), 2000, "A1")],
)
def test_plan_format(size: tuple[float, float], scale: int, paper: str) -> None:
    found = choose_format(Box(5000, 6000, 5000 + size[0], 6000 + size[1]), None, "auto")
    assert (found.scale, found.paper.name, len(found.windows)) == (scale, paper, 1)
    assert found.window.holds(np.array([(5000, 6000), (5000 + size[0], 6000 + size[1])]), 1e-6)


def test_a_site_too_large_becomes_tiles() -> None:
    sheets = plan_sheets(a_plan(4000.0), None, "auto", "zh_CN")
    assert len(sheets) > 1
    assert [c for s in sheets for c in s.conflicts] == []
    assert sheets[0].origin is not None
    assert all(s.origin is None for s in sheets[1:])


def test_pictures_show_the_sheet(tmp_path: Path) -> None:
    """Ink in the title block, in the drawing and in the table; none in the margin; Chinese glyphs, not boxes."""
    sheets = detail_sheets([wall_detail("masonry")], 50, "zh_CN")
    doc = build_document(sheets, FileSettings(title_block=TITLE))
    path = render_sheet(doc, sheets, 0, tmp_path / "sheet.png", dpi=50)
    picture = np.array(Image.open(path).convert("L"))
    high, wide = picture.shape
    assert wide / high == pytest.approx(420 / 297, rel=0.01)

    def ink(x0: float, y0: float, x1: float, y1: float) -> float:
        part = picture[
            int(high * (1 - y1 / 297)) : int(high * (1 - y0 / 297)), int(wide * x0 / 420) : int(wide * x1 / 420)
        ]
        return float((part < 200).mean())

    assert ink(236, 6, 414, 44) > 0.02
    assert ink(60, 150, 220, 280) > 0.005
    assert ink(236, 150, 412, 288) > 0.02
    assert ink(2, 20, 23, 140) == 0.0
    for name in ("sheet.svg", "sheet.pdf"):
        render(doc, tmp_path / name, region=(0, 0, 21, 14.85))
        assert (tmp_path / name).stat().st_size > 10_000


def test_rendering_leaves_the_document_as_it_was(tmp_path: Path) -> None:
    sheets = section_sheets([section_content()], None, "auto", "zh_CN")
    doc = build_document(sheets)
    before = dump(doc), [(s.dxf.name, s.dxf.font, s.dxf.bigfont) for s in doc.styles]
    render_sheet(doc, sheets, 0, tmp_path / "a.png", dpi=30)
    assert (dump(doc), [(s.dxf.name, s.dxf.font, s.dxf.bigfont) for s in doc.styles]) == before
