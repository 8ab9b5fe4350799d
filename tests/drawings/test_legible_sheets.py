"""What a reviewer asks of a sheet: words clear of patterns, figures beside their own span, nothing left out."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Polygon

from slopedesign.calc.walls.bars import BarMark
from slopedesign.drawings.bar_sheets import bend_notes
from slopedesign.drawings.blocks import Block, block_sheets, chain
from slopedesign.drawings.document import build_document
from slopedesign.drawings.phrases import Phrases
from slopedesign.drawings.sheet import PAPERS, Box, Dimension, Sheet, View
from slopedesign.drawings.symbols import level_mark
from slopedesign.standards.trace import given, total

SAY = Phrases("zh_CN")


def paper(scale: int = 100) -> Sheet:
    return Sheet("T-01", "T", scale, PAPERS["A3"])


def test_a_level_mark_stands_off_a_hatch() -> None:
    """Above the floor a line crosses the room of the mark, below it lies the hatched concrete: it stands above."""
    sheet = paper()
    sheet.line("drain", [(100, 100), (200, 100)])
    sheet.line("water", [(100, 104), (200, 104)])
    sheet.fill("fill", [[(100, 90), (200, 90), (200, 100), (100, 100)]], "AR-CONC")
    assert level_mark(sheet, (150, 100), "255.80")
    assert sheet.placed[-1].corners[:, 1].min() >= 100 - 1e-6


def hatch_area(sheet: Sheet) -> float:
    hatch = build_document([sheet]).modelspace().query("HATCH").first
    rings = [Polygon([(v[0], v[1]) for v in path.vertices]).area for path in hatch.paths]
    return float(rings[0] - sum(rings[1:])) / sheet.unit**2


def test_a_hatch_leaves_room_for_words_unless_it_is_an_amount() -> None:
    square = [(100, 100), (160, 100), (160, 160), (100, 160)]
    broken, whole = paper(), paper()
    for sheet, kept in ((broken, False), (whole, True)):
        sheet.fill("fill", [square], "ANSI31", whole=kept)
        sheet.text("text", (120, 130), "255.80", 2.5)
    room = Polygon(broken.words[0]).buffer(0.3, join_style="mitre").area
    assert hatch_area(broken) == pytest.approx(3600.0 - room)
    assert hatch_area(whole) == pytest.approx(3600.0)


@pytest.mark.parametrize("angle", [0.0, 90.0])
def test_the_figure_of_a_narrow_span_is_not_put_over_its_neighbour(angle: float) -> None:
    """700, 63 and 100 mm at 1:20: the two narrow figures stand by their own spans."""
    sheet = paper(20)
    view = View(sheet, (0.0, 0.0), (200.0, 150.0))
    ends = [-0.163, -0.063, 0.0, 0.7]
    chain(view, [(z, 0.0) if angle == 0 else (0.0, z) for z in ends], 150.0 if angle == 0 else 200.0, angle)
    k = 1 if angle else 0
    items = [item for item in sheet.items if isinstance(item, Dimension)]
    spans = [sorted((item.p1[k], item.p2[k])) for item in items]
    for item, (low, high) in zip(items, spans, strict=True):
        if item.text_at is None:
            continue
        for other_low, other_high in spans:
            if (other_low, other_high) != (low, high):
                assert not other_low + 0.1 < item.text_at[k] < other_high - 0.1


def test_a_last_sheet_with_little_on_it_is_small() -> None:
    def draw(sheet: Sheet, box: Box) -> None:
        sheet.line("text", box.corners, closed=True)

    wide = [Block(500.0, 300.0, draw), Block(500.0, 300.0, draw), Block(100.0, 100.0, draw)]
    names = [s.paper.name for s in block_sheets(wide, code="T", title="T", scale=10, language="zh_CN", most=3,
                                                papers=("A3", "A2"))]  # fmt: skip
    assert names[0] == "A2"
    few = [Block(500.0, 300.0, draw), Block(350.0, 180.0, draw)]
    names = [s.paper.name for s in block_sheets(few, code="T", title="T", scale=10, language="zh_CN",
                                                papers=("A3", "A2"))]  # fmt: skip
    assert names == ["A2", "A3"]


def bar(grade: str, diameter: float, bends: tuple[float, ...]) -> BarMark:
    one = given(1.0, "m", "x")
    mass = total({"m": given(1.0, "kg", "x")}, "kg")
    return BarMark(mark=1, use="walls.bar.stem", diameter_mm=diameter, grade=grade, shape="l_bar", legs=(1.0, 1.0),
                   bends_deg=bends, spacing=one, count=one, length=one, mass=mass, mass_per_metre=mass)  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "diameter", "inner"), [("HPB300", 8, 20), ("HRB400", 16, 64), ("HRB500", 25, 150), ("HRB500", 32, 224)]
)
def test_bent_bars_say_how_round_they_are_bent(grade: str, diameter: float, inner: int) -> None:
    """GB 50666-2011 5.3.4: 2.5 d of plain bars, 4 d of 400 MPa, 6 d of 500 MPa and 7 d from 28 mm."""
    assert any(f"{inner} mm" in note for note in bend_notes([bar(grade, diameter, (90.0,))], SAY))
    assert not list(bend_notes([bar(grade, diameter, ())], SAY))


def test_words_are_kept_for_dimensions_too() -> None:
    sheet = paper()
    sheet.dimension("dimension", (100, 100), (150, 100), (0, 90))
    assert len(sheet.words) == 1
    assert np.ptp(sheet.words[0][:, 0]) > 5
