"""Bars of a reinforced toe wall: the section with every bar, and the schedule with bending shapes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from slopedesign.calc.walls.bars import BarMark, mass_by_diameter
from slopedesign.calc.walls.layout import BarLine
from slopedesign.calc.walls.project_walls import Stretch
from slopedesign.drawings.blocks import Block, Pad, chain, numbered, table_blocks, view_block
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.sheet import Box, Points, Sheet, View
from slopedesign.drawings.tables import Column, Table
from slopedesign.drawings.text import TITLE, text_width
from slopedesign.standards.wall_tables import pick

SKETCH_WIDTH, SKETCH_ROW = 74.0, 26.0


def bar_blocks(stretch: Stretch, say: Phrases, scale: int, extent: Box) -> list[Block]:
    """The section with bars, the schedule with shapes, the mass by diameter."""
    return [_bar_section(stretch, say, scale, extent), _schedule(stretch, say), *_mass_table(stretch, say)]


def _bar_section(stretch: Stretch, say: Phrases, scale: int, extent: Box) -> Block:
    layout, marks = stretch.amounts.layout, {mark.mark: mark for mark in stretch.amounts.bars}
    outline = np.asarray(layout.wall)
    box = Box(float(outline[:, 0].min()), float(outline[:, 1].min()), float(outline[:, 0].max()),
              float(outline[:, 1].max()))  # fmt: skip

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        sheet.line("wall", view.paper(outline), closed=True)
        for bar in layout.bars:
            points = view.paper(bar.points)
            if len(points) > 1:
                sheet.line("bars", points)
            else:
                _dot(sheet, points[0], max(0.45, bar.diameter_mm / 2 / scale))
        top = float(outline[:, 1].max())
        low = float(outline[:, 1].min())
        chain(view, [(box.x0, low), (box.x1, low)], view.point(0.0, low)[1] - 8)
        chain(view, [(box.x0, float(outline[0, 1])), (box.x0, top)], view.point(box.x0, 0.0)[0] - 30, 90)
        _callouts(view, layout.bars, marks, room)

    return view_block(say("sheets.wall.bar_section"), scale, box, Pad(40, 40, 8, 16), paint)


def _dot(sheet: Sheet, at: Points, r: float) -> None:
    x, y = float(at[0]), float(at[1])
    sheet.circle("bars", (x, y), r)
    sheet.solid("bars", at + r * np.array([(0, 1), (1, 0), (0, -1), (-1, 0)]))


def _callouts(view: View, bars: Sequence[BarLine], marks: dict[int, BarMark], room: Box) -> None:
    """Each mark once on the side nearer to it: leader, diameter and spacing, number in a circle."""
    sheet, shown = view.sheet, set()
    middle = room.center[0]
    tips: list[tuple[tuple[float, float], BarMark, int]] = []
    for bar in bars:
        if bar.mark in shown or bar.mark not in marks:
            continue
        shown.add(bar.mark)
        points = view.paper(bar.points)
        tip = points[0] if len(points) == 1 else points[-2] + (points[-1] - points[-2]) * 0.7
        tips.append(((float(tip[0]), float(tip[1])), marks[bar.mark], 1 if tip[0] >= middle else -1))
    for side in (-1, 1):
        own = sorted((t for t in tips if t[2] == side), key=lambda t: -t[0][1])
        y = math.inf
        for tip, mark, _ in own:
            y = min(tip[1] + 4.0, y - 7.0)
            _bar_label(sheet, tip, y, mark, side, view)


def _bar_label(sheet: Sheet, tip: tuple[float, float], y: float, mark: BarMark, side: int, view: View) -> None:
    words = bar_words(mark)
    width = text_width(words, 2.5)
    x = tip[0] + side * 8
    end = x + side * (width + 1)
    sheet.line("bars", [tip, (x, y), (end, y)], avoid=False, lineweight=13)
    sheet.text("bars", (min(x, end) + 0.5, y + 0.8), words, 2.5)
    numbered(sheet, "bars", (end + side * 2.6, y), str(mark.mark))


def bar_words(mark: BarMark) -> str:
    """Diameter and spacing of a mark."""
    return f"\N{DIAMETER SIGN}{mark.diameter_mm:g}@{mark.spacing.value * 1000:.0f}"


def bend_notes(marks: Sequence[BarMark], say: Phrases) -> Iterator[str]:
    """The least inner diameter bars are bent round, by grade and diameter; nothing where all are straight."""
    bent = sorted({(mark.grade, mark.diameter_mm) for mark in marks if mark.bends_deg})
    for grade, diameter in bent:
        times = pick("gb50666_2011", "bend", f"{grade}_from_28" if grade == "HRB500" and diameter >= 28 else grade)
        where = f"{times.source.standard} {times.source.clause}"
        yield say("sheets.wall.note.bend", grade=grade, diameter=f"{diameter:g}", times=f"{times.value:g}",
                  inner=number(times.value * diameter, 0), source=where)  # fmt: skip


def _schedule(stretch: Stretch, say: Phrases) -> Block:
    """The bar schedule, each row with the bar's shape and the lengths of its legs."""
    marks = stretch.amounts.bars
    heads = ("mark", "shape", "use", "grade", "diameter", "spacing", "length", "count", "whole", "mass")
    titles = [say(f"sheets.bars.{head}") for head in heads]
    cells = [_cells(mark, say) for mark in marks]
    widths = [
        SKETCH_WIDTH if head == "shape" else 3.0 + max(text_width(row[i], 2.5) for row in (titles, *cells))
        for i, head in enumerate(heads)
    ]
    title = say("sheets.bars.title", length=number(stretch.length))
    height = 8.0 + 6.5 + SKETCH_ROW * len(marks) + 6.5

    def draw(sheet: Sheet, box: Box) -> None:
        sheet.reserve(Box(box.x0, box.y0, box.x1, box.y1), title)
        sheet.text("title", (box.center[0], box.y1 - 4.5), title, 4.0, halign="center", valign="middle", style=TITLE,
                   inside=True)  # fmt: skip
        edges = [box.x0 + sum(widths[:i]) for i in range(len(widths) + 1)]
        ys = [box.y1 - 8.0, box.y1 - 14.5]
        ys += [ys[-1] - SKETCH_ROW * (i + 1) for i in range(len(marks))]
        ys.append(ys[-1] - 6.5)
        for i, y in enumerate(ys):
            sheet.line("table", [(edges[0], y), (edges[-1], y)], avoid=False, lineweight=35 if i in (0, 1) else None)
        for x in edges:
            sheet.line("table", [(x, ys[0]), (x, ys[-1])], avoid=False)
        for row, top, low in zip((titles, *cells), ys, ys[1:], strict=False):
            for words, a, b in zip(row, edges, edges[1:], strict=False):
                if words:
                    sheet.text("table", ((a + b) / 2, (top + low) / 2), words, 2.5, halign="center", valign="middle",
                               inside=True)  # fmt: skip
        for mark, top in zip(marks, ys[1:], strict=False):
            _sketch(sheet, mark, Box(edges[1], top - SKETCH_ROW, edges[2], top))
        steel = stretch.amounts.total.steel
        y = (ys[-2] + ys[-1]) / 2
        sheet.text("table", (edges[0] + 1.5, y), say("table.total"), 2.5, valign="middle", inside=True)
        if steel is not None:
            sheet.text("table", ((edges[-2] + edges[-1]) / 2, y), number(steel, 1), 2.5, halign="center",
                       valign="middle", inside=True)  # fmt: skip

    return Block(sum(widths), height, draw)


def _cells(mark: BarMark, say: Phrases) -> list[str]:
    return [
        str(mark.mark), "", say(mark.use), mark.grade, f"{mark.diameter_mm:g}", number(mark.spacing.value * 1000, 0),
        number(mark.length.value * 1000, 0), number(mark.count, 0),
        number(mark.length.value * mark.count.value, 1), number(mark.mass, 1),
    ]  # fmt: skip


def _sketch(sheet: Sheet, mark: BarMark, box: Box) -> None:
    """The bar's shape, not to scale, with the length of each straight leg [mm] and each bend."""
    legs = [number(leg * 1000, 0) for leg in mark.legs]
    y = box.center[1]
    if len(mark.legs) == 1:
        a, b = (box.x0 + 8, y - 2), (box.x1 - 8, y - 2)
        sheet.line("bars", [a, b], avoid=False)
        sheet.text("bars", (box.center[0], y - 0.8), legs[0], 2.5, halign="center", inside=True)
        if mark.laps and mark.lap_length is not None:
            words = f"{mark.laps}\N{MULTIPLICATION SIGN}{number(mark.lap_length.value * 1000, 0)}"
            sheet.text("bars", (box.center[0], y - 6.0), words, 2.5, halign="center", inside=True)
        return
    points = _shape(mark, box)
    sheet.line("bars", points, avoid=False)
    for p, q, words in zip(points, points[1:], legs, strict=False):
        run = q - p
        turn = math.degrees(math.atan2(run[1], run[0]))
        turn = turn - 180 if turn > 90 + 1e-9 else turn + 180 if turn <= -90 + 1e-9 else turn
        across = np.array((-math.sin(math.radians(turn)), math.cos(math.radians(turn))))
        at = (p + q) / 2 + across * 1.0
        sheet.text("bars", (float(at[0]), float(at[1])), words, 2.5, halign="center", rotation=turn, inside=True)
    for p, bend in zip(points[1:], mark.bends_deg, strict=False):
        if abs(abs(bend) - 90) > 0.5:
            sheet.text("bars", (float(p[0]) + 1.5, float(p[1]) - 3.6), f"{abs(bend):.1f}\N{DEGREE SIGN}", 2.5,
                       inside=True)  # fmt: skip


def _shape(mark: BarMark, box: Box) -> Points:
    """Vertices of the bent bar fitted into a box: legs drawn long or short by their length, first one level."""
    longest = max(mark.legs)
    points, heading = [np.zeros(2)], 0.0
    for i, leg in enumerate(mark.legs):
        drawn = 10.0 + 38.0 * leg / longest
        step = drawn * np.array((math.cos(math.radians(heading)), math.sin(math.radians(heading))))
        points.append(points[-1] + step)
        if i < len(mark.bends_deg):
            heading += mark.bends_deg[i]
    shape = np.array(points)
    low, high = shape.min(axis=0), shape.max(axis=0)
    room = np.array((box.width - 14.0, box.height - 9.0))
    fit = min(1.0, *(room / np.maximum(high - low, 1e-9)))
    placed: Points = (shape - (low + high) / 2) * fit + np.array(box.center)
    return placed


def _mass_table(stretch: Stretch, say: Phrases) -> list[Block]:
    masses = mass_by_diameter(stretch.amounts.bars)
    columns = (Column(say("sheets.bars.diameter"), "center"), Column(say("sheets.bars.mass"), "right"))
    rows = [(f"{d:g}", number(mass, 1)) for d, mass in masses.items()]
    steel = stretch.amounts.total.steel
    if steel is not None:
        rows.append((say("table.total"), number(steel, 1)))
    return table_blocks(Table(say("sheets.bars.by_diameter"), columns, tuple(rows), bold_last=steel is not None))
