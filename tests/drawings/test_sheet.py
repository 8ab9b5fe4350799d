"""The sheet: boxes, overlap, labels that look for room, clipping, tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Polygon, box

from slopedesign.drawings.callouts import ladder
from slopedesign.drawings.sheet import PAPERS, Box, Sheet, Spot, View, clip_line, overlap, text_corners
from slopedesign.drawings.symbols import hachures, level_mark, nice_step
from slopedesign.drawings.tables import Column, Table, draw_table


def a_sheet() -> Sheet:
    return Sheet("T-01", "test", 500, PAPERS["A3"])


quads = st.builds(
    text_corners,
    st.tuples(st.floats(0, 60), st.floats(0, 60)), st.sampled_from(["1", "1234", "坡顶线"]), st.floats(2, 5),
    st.floats(-180, 180), st.sampled_from(["left", "center", "right"]), st.sampled_from(["base", "middle", "top"]),
)  # fmt: skip


millimetres = st.integers(-50_000, 150_000).map(lambda n: n / 1000)


@given(quads, quads)
def test_overlap_agrees_with_polygons(a: np.ndarray, b: np.ndarray) -> None:
    shared = Polygon(a).intersection(Polygon(b)).area
    if overlap(a, b, 0.0):
        assert Polygon(a).distance(Polygon(b)) < 1e-9
    else:
        assert shared < 1e-9
    assert overlap(a, b) == overlap(b, a)


def test_collisions_and_the_frame_are_recorded() -> None:
    sheet = a_sheet()
    sheet.text("text", (100, 100), "first")
    assert not sheet.conflicts
    sheet.text("text", (103, 101), "second")
    assert [(c.what, c.other) for c in sheet.conflicts] == [("second", "first")]
    sheet.text("text", (1, 1), "outside")
    assert sheet.conflicts[-1].other == "frame"


def test_label_takes_the_free_spot_that_crosses_least() -> None:
    sheet = a_sheet()
    sheet.text("text", (100, 100), "taken", 5)
    sheet.line("contour", [(150, 90), (150, 110)])
    spots = [Spot((101, 100)), Spot((148, 100)), Spot((200, 100))]
    assert sheet.label("text", "new", spots) is spots[2]
    assert sheet.label("text", "new", spots[:1]) is None
    assert not sheet.conflicts
    assert sheet.label("text", "must", spots[:1], required=True) is spots[0]
    assert sheet.conflicts


@given(
    st.lists(st.tuples(millimetres, millimetres), min_size=2, max_size=8, unique=True),
)
def test_clipping_keeps_what_lies_inside(points: list[tuple[float, float]]) -> None:
    window = Box(0, 0, 100, 100)
    pieces = clip_line(np.array(points), None, window)
    inside = LineString(points).intersection(box(0, 0, 100, 100)).length
    assert sum(LineString(piece).length for piece, _ in pieces) == pytest.approx(inside, abs=1e-6)
    assert all(window.holds(piece) for piece, _ in pieces)


def test_clipping_carries_levels() -> None:
    ((piece, zs),) = clip_line(np.array([(-10.0, 5.0), (10.0, 5.0)]), np.array([100.0, 120.0]), Box(0, 0, 100, 100))
    assert piece.tolist() == [[0.0, 5.0], [10.0, 5.0]]
    assert zs is not None
    assert zs.tolist() == [110.0, 120.0]


def test_view_goes_there_and_back() -> None:
    sheet = a_sheet()
    sheet.origin = (533_400.0, 3_406_300.0)
    view = View(sheet, (533_410.0, 3_406_305.0), (30.0, 20.0))
    x, y = view.point(533_460.0, 3_406_330.0)
    assert (x, y) == pytest.approx((30 + 100, 20 + 50), abs=1e-6)


def test_table_wraps_splits_and_stays_in_its_box() -> None:
    columns = (Column("no", "center"), Column("what", widest=20), Column("amount", "right"))
    rows = tuple((str(i), "浆砌石挡墙基础开挖及回填", f"{i * 1.5:.2f}") for i in range(30))
    table = Table("title", columns, rows, full_width=80)
    assert table.width == pytest.approx(80)
    first, rest = table.split(100)
    assert rest is not None
    assert len(first.rows) + len(rest.rows) == 30
    assert first.height <= 100
    assert rest.width == pytest.approx(80)
    sheet = a_sheet()
    drawn = draw_table(sheet, first, 30, 280)
    assert not sheet.conflicts
    for item in sheet.items:
        if hasattr(item, "content"):
            corners = text_corners(item.at, item.content, item.height, item.rotation, item.halign, item.valign)
            assert drawn.holds(corners, 0.6)


def test_ladder_leaders_do_not_run_through_texts() -> None:
    for side in (1, -1):
        sheet = a_sheet()
        ladder(sheet, [((150 + 12 * i, 100), f"note number {i}") for i in range(5)], 120, side=side)
        assert not sheet.conflicts
        boxes = [placed.corners for placed in sheet.placed]
        lines = [item for item in sheet.items if hasattr(item, "points")]
        for line in lines:
            for corners in boxes:
                assert not LineString(line.points).intersects(Polygon(corners).buffer(-0.2))


def test_level_mark_turns_away_from_what_is_there() -> None:
    sheet = a_sheet()
    assert level_mark(sheet, (200, 100), "100.00")
    assert level_mark(sheet, (200, 100), "99.00")
    assert not sheet.conflicts


def test_hachures_alternate_and_run_downhill() -> None:
    crest, toe = np.array([(0.0, 10.0), (50.0, 10.0)]), np.array([(0.0, 0.0), (50.0, 0.0)])
    strokes = hachures(crest, [toe], spacing=2.5, short=0.4)
    lengths = [float(np.hypot(*(b - a))) for a, b in strokes]
    assert len(strokes) == 21
    assert lengths[::2] == pytest.approx([10.0] * 11)
    assert lengths[1::2] == pytest.approx([4.0] * 10)
    assert all(a[1] == pytest.approx(10.0) for a, _ in strokes)


def test_hachures_stop_where_the_face_ends() -> None:
    face = Polygon([(0, 10), (50, 10), (50, 4), (0, 4)])
    strokes = hachures(np.array(face.exterior.coords), [np.array([(0.0, 0.0), (50.0, 0.0)])], inside=face)
    assert all(b[1] >= 4 - 0.05 for _, b in strokes)
    assert max(a[1] - b[1] for a, b in strokes) == pytest.approx(6.0, abs=0.05)


@pytest.mark.parametrize(
    ("span", "most", "step"), [(60, 6, 10), (61, 6, 20), (9, 10, 1), (250, 10, 50), (0.9, 10, 0.1)]
)
def test_nice_step(span: float, most: int, step: float) -> None:
    assert nice_step(span, most) == pytest.approx(step)
