"""The typical bench with its wall, and a stretch of the wall from the front (1:50 to 1:100)."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from slopedesign.drawings import textures
from slopedesign.drawings.bench_wall_parts import back_at, free_area, wall_texture, weep_words, without
from slopedesign.drawings.callouts import ladder
from slopedesign.drawings.content import WallDetail
from slopedesign.drawings.phrases import Phrases, level, number, ratio
from slopedesign.drawings.sheet import PAPERS, Box, Sheet, View
from slopedesign.drawings.tables import Column, Table, draw_notes, draw_table
from slopedesign.drawings.text import text_width
from slopedesign.drawings.views import dims, view_title


def bench_sheet(detail: WallDetail, scale: int, say: Phrases, number_: int) -> Sheet:
    sheet = Sheet(
        f"DY-{number_:02d}", say("details.bench_title", slope=detail.slope), scale, PAPERS["A3"], say.language
    )
    left, right = free_area(sheet)
    strip = Box(left.x0, right.y0 + 4, right.x1, right.y0 + 72)
    _typical_bench(sheet, detail, say, Box(left.x0, strip.y1 + 4, left.x1, left.y1))
    _amounts_table(sheet, detail, say, Box(right.x0, strip.y1 + 4, right.x1, right.y1))
    draw_notes(sheet, say("notes"), _bench_notes(detail, say), left.x0, strip.y0 - 4, left.width - 4)
    _elevation(sheet, detail, say, strip)
    return sheet


def _typical_bench(sheet: Sheet, detail: WallDetail, say: Phrases, room: Box) -> None:
    wall, drawn = detail.wall, detail.drawn
    layout, tall = drawn.layout, drawn.height.value
    width = detail.bench_width.value
    fall = math.tan(math.radians(detail.inward_fall_deg))
    slope_m = 1.0 / math.tan(math.radians(detail.face_angle_deg)) if detail.face_angle_deg < 90 else 0.0
    edge, inner = -wall.edge_offset, width - wall.edge_offset
    rise = min(2.5, (room.height - 40) * sheet.unit / 2)
    if (width + 2 * rise * slope_m) / sheet.unit > room.width - 40:
        rise = max(0.3, ((room.width - 40) * sheet.unit - width) / 2 / max(slope_m, 1e-9))
    view = View(sheet, (edge + width / 2, 0.0), (room.center[0] + 8, room.center[1] - 5))

    def bench(x: float) -> float:
        return -(x - edge) * fall

    ground = np.array([
        (edge - rise * slope_m, -rise), (edge, 0.0), (inner, bench(inner)),
        (inner + rise * slope_m, bench(inner) + rise),
    ])  # fmt: skip
    view.line("design_line", ground)
    textures.ground_ticks(sheet, view.paper(ground))
    cover_level = detail.cover.value
    foot = max(x for x, z in layout.wall if z <= 0)
    back = back_at(layout.wall, cover_level, foot)
    cover = np.array([
        (foot, bench(foot)), (inner, bench(inner)), (inner + cover_level * slope_m, bench(inner) + cover_level),
        (back, cover_level),
    ])  # fmt: skip
    surface = view.paper(cover[[3, 2]])
    sheet.line("cover", surface)
    textures.grass(sheet, surface)
    drain = [view.paper(layout.filter)] if layout.filter else []
    textures.soil(sheet, without(view.paper(cover), drain), 4.0)
    outline = view.paper(layout.wall)
    sheet.line("wall", outline, closed=True)
    wall_texture(sheet, detail, outline, 3.0)
    for strip in drain:
        sheet.line("fill", strip, closed=True, avoid=False)
        textures.gravel(sheet, strip, 1.2)
    for end in (view.paper(ground[:1])[0], view.paper(ground[-1:])[0]):
        textures.break_line(sheet, (end[0] - 5, end[1]), (end[0] + 5, end[1]))

    base_y = min(view.point(0, bench(inner))[1], view.point(0, 0)[1]) - 11
    dims(view, [(edge, 0), (0, 0), (foot, 0), (inner, bench(inner))], (0, base_y))
    dims(view, [(edge, 0), (inner, bench(inner))], (0, base_y - 8))
    dims(view, [(0.0, 0.0), (0.0, tall)], (view.point(edge, 0)[0] - 3, 0), 90)
    notes = [
        (view.point(edge, 0), say("details.edge")),
        (_inside(outline, 0.3), say(f"walls.kind.{wall.kind}")),
        (view.point((foot + inner) / 2, cover_level * 0.4),
         say("details.planting", width=number(drawn.planting_width), thickness=number(detail.cover))),
    ]  # fmt: skip
    if drain:
        notes.append((_inside(drain[0], 0.7), say("details.filter", thickness=number(wall.filter_thickness * 1000, 0))))
    ladder(sheet, notes, view.point(0, tall)[1] + 6, side=-1)
    face = view.point(edge - rise * slope_m * 0.5, -rise * 0.5)
    sheet.text("dimension", (face[0] - 3, face[1]), ratio(slope_m), 2.5, halign="right", valign="middle")
    if detail.inward_fall_deg:
        at = view.point((foot + inner) / 2 + 0.2, bench((foot + inner) / 2 + 0.2))
        _fall_arrow(sheet, (at[0], at[1] - 4.6), say("details.fall", fall=number(detail.inward_fall_deg, 1)))
    view_title(sheet, (room.center[0], room.y1 - 8), say("details.typical_bench"), sheet.scale)


def _inside(outline: ArrayLike, up: float) -> tuple[float, float]:
    """A point in an area, at a part of its height."""
    pts = np.asarray(outline, dtype=float)
    y = pts[:, 1].min() + up * np.ptp(pts[:, 1])
    near = np.abs(pts[:, 1] - y).argsort()[:2]
    return float((pts[:, 0].min() + pts[near, 0].max()) / 2), float(y)


def _fall_arrow(sheet: Sheet, at: tuple[float, float], words: str) -> None:
    """The fall of a surface: an arrow down its fall with the words before it."""
    x, y = at
    width = text_width(words, 2.5)
    sheet.text("dimension", (x - 4, y - 1.25), words, 2.5, halign="center")
    start = x - 4 + width / 2 + 1
    sheet.line("dimension", [(start, y), (start + 6, y)])
    sheet.solid("dimension", [(start + 6, y), (start + 3.8, y + 0.5), (start + 3.8, y - 0.5)])


def _elevation(sheet: Sheet, detail: WallDetail, say: Phrases, room: Box) -> None:
    """A stretch of the outer face: movement joints, weep holes, with their spacing."""
    layout, tall = detail.drawn.layout, detail.drawn.height.value
    shown = min(layout.length, (room.width - 34) * sheet.unit)
    view = View(sheet, (0.0, 0.0), (room.x0 + 20, room.y0 + 24))
    corners = np.array([(0, 0), (shown, 0), (shown, tall), (0, tall)])
    low, high = view.paper(corners)[[0, 2]]
    joints = [x for x in layout.joints if x < shown - 1e-9]
    holes = [(x, z) for x, z in layout.weep_holes if x < shown - 1e-9]
    edges = [0.0, *joints, shown]
    half = detail.wall.joint_width / 2
    for a, b in zip(edges, edges[1:], strict=False):
        piece = np.array([
            (a + (half if a else 0), 0), (b - (half if b < shown else 0), 0), (b - (half if b < shown else 0), tall),
            (a + (half if a else 0), tall),
        ])  # fmt: skip
        panel = view.paper(piece)
        sheet.line("wall", panel, closed=True)
        wall_texture(sheet, detail, panel, 3.0)
    for hole in holes:
        sheet.circle("wall", view.point(*hole), max(0.5, view.length(detail.wall.weep_hole_diameter / 2)))
    ground = view.paper([(-0.3, 0), (shown + 0.3, 0)])
    sheet.line("design_line", ground)
    textures.ground_ticks(sheet, ground)
    if shown < layout.length - 1e-9:
        textures.break_line(sheet, (high[0], low[1] - 3), (high[0], high[1] + 3))
    chain = [(0.0, 0.0), *((x, 0.0) for x, _ in holes[:5])]
    if len(holes) > 1:
        dims(view, chain[1:], (0, low[1] - 9))
    if joints:
        dims(view, [(0.0, 0.0), (joints[0], 0.0)], (0, low[1] - 17))
    dims(view, [(0.0, 0.0), (0.0, tall)], (low[0] - 8, 0), 90)
    notes = []
    if joints:
        width = number(detail.wall.joint_width * 1000, 0)
        notes.append((view.point(joints[0], tall * 0.8), say("details.joint", width=width)))
    if holes:
        notes.append((view.point(*holes[min(1, len(holes) - 1)]), weep_words(detail, say)))
    ladder(sheet, notes, high[1] + 6, limit=room.x1)
    view_title(sheet, (room.center[0], room.y1 - 8), say("details.elevation"), sheet.scale)


def _amounts_table(sheet: Sheet, detail: WallDetail, say: Phrases, room: Box) -> float:
    """Amounts of each bench's wall; returns the lowest level it reaches on the sheet."""
    names = [
        name
        for name, _ in detail.walls[0].result.total.listed()
        if any(getattr(wall.result.total, name).value for wall in detail.walls)
    ]
    columns = (
        Column(say("table.item")), Column(say("table.unit"), "center"),
        *(Column(say("table.bench_n", name=w.bench), "right") for w in detail.walls),
    )  # fmt: skip
    rows = [
        (say("table.bench_level"), "m", *("" if w.level is None else level(w.level) for w in detail.walls)),
        (say("table.wall_length"), "m", *(number(w.result.length) for w in detail.walls)),
        (say("table.wall_height"), "m", *(number(w.result.height) for w in detail.walls)),
    ]
    for name in names:
        cells = [getattr(w.result.total, name) for w in detail.walls]
        unit = say(f"unit.{cells[0].unit}") if cells[0].unit in {"-", "piece"} else cells[0].unit
        digits = 0 if cells[0].unit in {"-", "piece"} else 1 if cells[0].unit == "kg" else 2
        rows.append((say(f"walls.quantity.{name}"), unit, *("" if c is None else number(c, digits) for c in cells)))
    table = Table(say("details.amounts"), columns, tuple(rows), full_width=room.width)
    if table.width > room.width + 1e-6:
        half = max(1, int((len(detail.walls)) * room.width / table.width))
        top = room.y1
        for start in range(0, len(detail.walls), half):
            part = (0, 1, *range(2 + start, min(2 + start + half, len(columns))))
            piece = Table(
                table.title if start == 0 else "", tuple(columns[i] for i in part),
                tuple(tuple(row[i] for i in part) for row in rows), 2.5, full_width=room.width,
            )  # fmt: skip
            top = draw_table(sheet, piece, room.x0, top).y0 - 3
        return top
    return draw_table(sheet, table, room.x0, room.y1).y0


def _bench_notes(detail: WallDetail, say: Phrases) -> list[str]:
    wall = detail.wall
    notes = [
        say("note.mm"), say("details.note.position", offset=number(wall.edge_offset)),
        say("details.note.height", freeboard=number(wall.freeboard), least=number(wall.min_height)),
    ]  # fmt: skip
    if detail.drawn.total.joints is not None:
        notes.append(say("details.note.joints", spacing=number(wall.joint_spacing, 1)))
    notes.append(say("details.note.enlarged"))
    return notes
