"""Bars of the concrete bench-edge wall: callouts in the section, a view from the soil side, the schedule."""

from __future__ import annotations

import numpy as np

from slopedesign.calc.walls.bars import BarMark
from slopedesign.drawings import textures
from slopedesign.drawings.content import WallDetail
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.sheet import Box, Sheet, View
from slopedesign.drawings.tables import Column, Table
from slopedesign.drawings.text import text_width
from slopedesign.drawings.views import dims, view_title


def _bar_words(mark: BarMark, say: Phrases) -> str:
    return f"\N{DIAMETER SIGN}{mark.diameter_mm:g}@{mark.spacing.value * 1000:.0f}"


def bar_callouts(sheet: Sheet, detail: WallDetail, say: Phrases, view: View) -> None:
    """Bar numbers in circles with diameter and spacing, to the left of the wall."""
    x = view.point(0, 0)[0] - 3
    top = view.point(0, detail.drawn.height.value)[1]
    for i, mark in enumerate(detail.drawn.bars):
        bar = next(bar for bar in detail.drawn.layout.bars if bar.mark == mark.mark)
        points = np.asarray(bar.points)
        tip = points[0] if len(points) == 1 else points[0] + (points[-1] - points[0]) * 0.88
        _bar_label(sheet, view.point(float(tip[0]), float(tip[1])), (x, top - 6 - 9 * i), mark, -1)


def _bar_label(sheet: Sheet, tip: tuple[float, float], at: tuple[float, float], mark: BarMark, side: int) -> None:
    """A leader from a bar to its diameter and spacing, its number in a circle at the end."""
    words = f"\N{DIAMETER SIGN}{mark.diameter_mm:g}@{mark.spacing.value * 1000:.0f}"
    width = text_width(words, 2.5)
    x, y = at
    end = x + side * (width + 1)
    sheet.line("bars", [tip, at, (end, y)], avoid=False, lineweight=13)
    sheet.text("bars", (min(x, end) + 0.5, y + 0.8), words, 2.5)
    center = (end + side * 2.2, y)
    sheet.circle("bars", center, 2.2)
    sheet.text("bars", center, str(mark.mark), 2.5, halign="center", valign="middle", inside=True)


def bar_elevation(sheet: Sheet, detail: WallDetail, say: Phrases, room: Box) -> None:
    """The bars seen from the soil side over a short stretch of wall."""
    wall, drawn = detail.wall, detail.drawn
    depth = max((-z for line in drawn.layout.dowels for _, z in line), default=0.0)
    tall = drawn.height.value
    upright, across = drawn.bars[0], drawn.bars[1]
    step = upright.spacing.value
    count = max(2, min(6, int(((room.width - 78) * sheet.unit - 2 * wall.bar_cover) / step) + 1))
    wide = (count - 1) * step + 2 * wall.bar_cover
    spare = max(0.0, room.height - 32 - (tall + depth) / sheet.unit)
    view = View(sheet, (0.0, 0.0), (room.x0 + 26, room.y0 + 12 + depth / sheet.unit + spare / 3))
    body = view.paper([(0, 0), (wide, 0), (wide, tall), (0, tall)])
    sheet.line("wall", body, closed=True)
    ground = view.paper([(-0.1, 0), (wide + 0.1, 0)])
    sheet.line("ground", ground, linetype="CONTINUOUS")
    textures.break_line(sheet, tuple(view.paper([(wide, 0)])[0]), tuple(view.paper([(wide, tall)])[0]))
    xs = [wall.bar_cover + i * step for i in range(count)]
    line = next(bar for bar in drawn.layout.bars if bar.mark == upright.mark)
    zs = [p[1] for p in line.points]
    for x in xs:
        sheet.line("bars", view.paper([(x, min(zs)), (x, max(zs))]))
        hole = wall.hole_diameter / 2
        sheet.line(
            "wall", view.paper([(x - hole, 0), (x - hole, -depth), (x + hole, -depth), (x + hole, 0)]), lineweight=18
        )
    levels = sorted({round(bar.points[0][1], 6) for bar in drawn.layout.bars if bar.mark == across.mark})
    for z in levels:
        sheet.line("bars", view.paper([(wall.bar_cover, z), (wide, z)]), lineweight=30)
    dims(view, [(x, -depth) for x in xs], (0, view.point(0, -depth)[1] - 5))
    dims(view, [(0.0, -depth), (0.0, 0.0), (0.0, tall)], (view.point(0, 0)[0] - 8, 0), 90)
    right = view.point(wide, 0)[0]
    dims(view, [(wide, z) for z in levels], (right + 8, 0), 90)
    for i, (mark, tip) in enumerate(((upright, (xs[-1], levels[-1] - 0.03)), (across, (wide - 0.08, levels[0])))):
        _bar_label(sheet, view.point(*tip), (right + 17, view.point(0, tall)[1] - 4 - 10 * i), mark, 1)
    view_title(sheet, (room.center[0], view.point(0, tall)[1] + 9), say("details.bar_elevation"), sheet.scale)


def bar_table(detail: WallDetail, say: Phrases, width: float) -> Table:
    columns = (
        Column(say("bars.mark"), "center"), Column(say("bars.use")), Column(say("bars.grade"), "center"),
        Column(say("bars.diameter"), "center"), Column(say("bars.spacing"), "center"),
        Column(say("bars.length"), "right"),
        Column(say("bars.count"), "right"), Column(say("bars.mass"), "right"),
    )  # fmt: skip
    rows = tuple(
        (
            str(m.mark), say(m.use), m.grade, f"{m.diameter_mm:g}", number(m.spacing.value * 1000, 0),
            number(m.length.value * 1000, 0), number(m.count, 0), number(m.mass, 1),
        )
        for m in detail.drawn.bars
    )  # fmt: skip
    steel = detail.drawn.total.steel
    if steel is not None:
        rows += (("", say("table.total"), "", "", "", "", "", number(steel, 1)),)
    title = say("bars.title", bench=detail.walls[0].bench, length=number(detail.drawn.length))
    return Table(title, columns, rows, bold_last=steel is not None, full_width=width)
