"""Detail sheets of the bench-edge wall: typical bench with elevation (1:50 to 1:100), and the section enlarged.

The guide asks for 1:50 to 1:100; at that scale a wall of 0.6 m is 12 mm high, so its section is drawn again at 1:10.
Everything is drawn from the wall's layout; dimensions measure that drawing and are shown in millimetres.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from slopedesign.calc.walls.bars import BarMark
from slopedesign.drawings import textures
from slopedesign.drawings.callouts import ladder
from slopedesign.drawings.content import WallDetail
from slopedesign.drawings.phrases import Phrases, level, number, ratio
from slopedesign.drawings.sheet import PAPERS, Box, Points, Sheet, View
from slopedesign.drawings.symbols import level_mark
from slopedesign.drawings.tables import Column, Table, draw_notes, draw_table, notes_height
from slopedesign.drawings.text import TITLE, text_width
from slopedesign.drawings.titleblock import BLOCK_HEIGHT, BLOCK_WIDTH

ENLARGED = (10, 20, 25, 50)


def detail_sheets(details: Sequence[WallDetail], scale: int, language: str) -> list[Sheet]:
    """Two sheets for each wall: the typical bench with the elevation, and the section with bars and amounts."""
    say = Phrases(language)
    sheets: list[Sheet] = []
    for detail in details:
        sheets.append(_bench_sheet(detail, scale, say, len(sheets) + 1))
        sheets += _section_sheets(detail, say, len(sheets) + 1)
    return sheets


def view_title(sheet: Sheet, at: tuple[float, float], words: str, scale: int | None = None) -> Box:
    """Title under or above a view: words with a heavy and a thin line below, the scale beside."""
    width = text_width(words, 5.0)
    box = sheet.text("title", at, words, 5.0, halign="center", style=TITLE)
    y = at[1] - 1.8
    sheet.line("title", [(at[0] - width / 2 - 1, y), (at[0] + width / 2 + 1, y)], lineweight=50)
    sheet.line("title", [(at[0] - width / 2 - 1, y - 0.9), (at[0] + width / 2 + 1, y - 0.9)], lineweight=13)
    if scale is not None:
        sheet.text("title", (at[0] + width / 2 + 3, at[1]), f"1:{scale}", 3.5)
    return box


def dims(
    view: View, points: Sequence[tuple[float, float]], at: tuple[float, float], angle: float = 0.0, *,
    factor: float = 1000.0, digits: int = 0,
) -> None:  # fmt: skip
    """A chain of dimensions through points [m], its line through `at` [mm]; shorter ones than half a mm left out."""
    shown = [view.point(*p) for p in points]
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    spans = [(abs((q[0] - p[0]) * c + (q[1] - p[1]) * s), p, q) for p, q in zip(shown, shown[1:], strict=False)]
    for length, p, q in sorted(spans, key=lambda span: -span[0]):  # short ones last: their texts look for room
        if length > 0.5:
            view.sheet.dimension("dimension", p, q, at, angle, factor=factor, digits=digits)


def _free_area(sheet: Sheet) -> tuple[Box, Box]:
    """The room left of the title block's column, and that column above the title block."""
    f = sheet.frame
    right = f.x1 - BLOCK_WIDTH
    return Box(f.x0 + 4, f.y0 + 4, right - 6, f.y1 - 4), Box(right, f.y0 + BLOCK_HEIGHT + 4, f.x1 - 4, f.y1 - 4)


# --- the typical bench -------------------------------------------------------------------------------------------


def _bench_sheet(detail: WallDetail, scale: int, say: Phrases, number_: int) -> Sheet:
    sheet = Sheet(
        f"DY-{number_:02d}", say("details.bench_title", slope=detail.slope), scale, PAPERS["A3"], say.language
    )
    left, right = _free_area(sheet)
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
    back = _back_at(layout.wall, cover_level, foot)
    cover = np.array([
        (foot, bench(foot)), (inner, bench(inner)), (inner + cover_level * slope_m, bench(inner) + cover_level),
        (back, cover_level),
    ])  # fmt: skip
    surface = view.paper(cover[[3, 2]])
    sheet.line("cover", surface)
    textures.grass(sheet, surface)
    drain = [view.paper(layout.filter)] if layout.filter else []
    textures.soil(sheet, _without(view.paper(cover), drain), 4.0)
    outline = view.paper(layout.wall)
    sheet.line("wall", outline, closed=True)
    _wall_texture(sheet, detail, outline, 3.0)
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


def _back_at(wall: Sequence[tuple[float, float]], z: float, default: float) -> float:
    """x of the wall's inner face at a level (its outline runs anticlockwise from the outer toe)."""
    found = [
        a[0] + (b[0] - a[0]) * (z - a[1]) / (b[1] - a[1])
        for a, b in zip(wall, (*wall[1:], wall[0]), strict=True)
        if a[1] < b[1] and a[1] <= z <= b[1]
    ]
    return max(found, default=default)


def _wall_texture(sheet: Sheet, detail: WallDetail, outline: Points, size: float, holes: Sequence[Points] = ()) -> None:
    if detail.wall.kind == "c25_concrete":
        sheet.fill("wall_fill", [outline, *holes], "AR-CONC", scale=max(0.5, size / 8))
    else:
        textures.stones(sheet, outline, size, mortar=0.5 if detail.wall.kind == "masonry" else 0.25, holes=holes)


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
        _wall_texture(sheet, detail, panel, 3.0)
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
        notes.append((view.point(*holes[min(1, len(holes) - 1)]), _weep_words(detail, say)))
    ladder(sheet, notes, high[1] + 6, limit=room.x1)
    view_title(sheet, (room.center[0], room.y1 - 8), say("details.elevation"), sheet.scale)


def _weep_words(detail: WallDetail, say: Phrases) -> str:
    wall = detail.wall
    return say(
        "details.weep", diameter=number(wall.weep_hole_diameter * 1000, 0), spacing=number(wall.weep_hole_spacing, 1),
        level=number(wall.weep_hole_level * 1000, 0),
    )  # fmt: skip


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


# --- the section enlarged ------------------------------------------------------------------------------------------


def _section_sheets(detail: WallDetail, say: Phrases, number_: int) -> list[Sheet]:
    """The section with its notes on the left; tables and the second view (bars, or the movement joint) on the right."""
    extent = _extent(detail)
    tables = [_per_metre_table(detail, say, BLOCK_WIDTH - 4)]
    if detail.drawn.bars:
        tables.insert(0, _bar_table(detail, say, BLOCK_WIDTH - 4))
    notes = _section_notes(detail, say)
    table_room = sum(table.height + 5 for table in tables)
    sheet = Sheet(
        f"DY-{number_:02d}", say("details.section_title", slope=detail.slope), ENLARGED[-1], PAPERS["A3"], say.language
    )
    left, right = _free_area(sheet)
    note_room = notes_height(say("notes"), notes, left.width - 4) + 4
    for scale in ENLARGED:
        high, wide = extent.section_height(scale), extent.width * 1000 / scale
        second = extent.second_height(scale)
        if wide <= left.width - 36 and high + note_room <= left.height and second + table_room <= right.height:
            sheet.scale = scale
            break
    _wall_section(sheet, detail, say, Box(left.x0, left.y0 + note_room, left.x1, left.y1), extent)
    draw_notes(sheet, say("notes"), notes, left.x0, left.y0 + note_room - 4, left.width - 4)
    top = right.y1
    for table in tables:
        top = draw_table(sheet, table, right.x0, top).y0 - 5
    low = Box(right.x0, right.y0, right.x1, top)
    if detail.drawn.bars:
        _bar_elevation(sheet, detail, say, low)
    else:
        _joint_plan(sheet, detail, say, low)
    return [sheet]


@dataclass(frozen=True)
class _Extent:
    """What the section shows [m]: ground in front, wall, soil behind, height, and depth below the ground."""

    front: float
    reach: float
    behind: float
    tall: float
    depth: float
    bars: bool

    @property
    def width(self) -> float:
        return self.front + self.reach + self.behind

    def section_height(self, scale: int) -> float:
        """Height of the section with its dimensions, notes and title [mm]."""
        return (self.tall + self.depth) * 1000 / scale + 62

    def second_height(self, scale: int) -> float:
        """Height of the view beside it [mm]."""
        return (self.tall + self.depth) * 1000 / scale + 32 if self.bars else self.reach * 1000 / scale + 42


def _extent(detail: WallDetail) -> _Extent:
    layout = detail.drawn.layout
    depth = max((-z for line in layout.dowels for _, z in line), default=0.0)
    reach = max(x for x, _ in layout.wall)
    behind = min(0.6, max(x for x, _ in layout.soil) - reach) if layout.soil else 0.4
    return _Extent(
        front=min(0.3, detail.wall.edge_offset), reach=reach, behind=behind, tall=detail.drawn.height.value,
        depth=max(depth, -min(z for _, z in layout.wall)), bars=bool(detail.drawn.bars),
    )  # fmt: skip


def _wall_section(sheet: Sheet, detail: WallDetail, say: Phrases, room: Box, extent: _Extent) -> None:
    layout = detail.drawn.layout
    front, reach, behind, depth = extent.front, extent.reach, extent.behind, extent.depth
    spare = max(0.0, room.height - extent.section_height(sheet.scale))
    low = room.y0 + 16 + depth / sheet.unit + spare / 2
    view = View(sheet, (-front, 0.0), (room.x0 + (room.width - extent.width / sheet.unit) / 2 + 12, low))
    x1 = reach + behind
    ground = [(-front, 0.0), (x1, 0.0)]
    sheet.line("ground", view.paper(ground), linetype="CONTINUOUS")
    footing = [p for p in (view.paper([(-front, 0), (0, 0)]), view.paper([(reach, 0), (x1, 0)])) if len(p)]
    for part in footing:
        textures.ground_ticks(sheet, part)
    soil = textures.clipped(layout.soil, -front, x1) if layout.soil else np.zeros((0, 2))
    strips = [np.array(part) for part in (layout.filter, layout.seal) if part]
    if len(soil):
        textures.soil(sheet, view.paper(_without(soil, strips)), 6.0)
        surface = view.paper([p for p in soil if abs(p[1] - detail.cover.value) < 1e-9])
        ordered = surface[np.argsort(surface[:, 0])]
        sheet.line("cover", ordered)
        textures.grass(sheet, ordered)
        end = view.paper([(x1, 0), (x1, detail.cover.value)])
        textures.break_line(sheet, tuple(end[0]), tuple(end[1]))
    if layout.filter:
        sheet.line("fill", view.paper(layout.filter), closed=True, avoid=False)
        textures.gravel(sheet, view.paper(layout.filter), 2.6)
    if layout.seal:
        sheet.line("fill", view.paper(layout.seal), closed=True, avoid=False)
        sheet.fill("fill", [view.paper(layout.seal)], "ANSI31", scale=0.6)
    outline = view.paper(layout.wall)
    sheet.line("wall", outline, closed=True)
    pipe = _weep_pipe(sheet, detail, view)
    _wall_texture(sheet, detail, outline, 8.0, [pipe] if len(pipe) else [])
    for dowel in layout.dowels:
        hole = detail.wall.hole_diameter / 2
        (x, z0), (_, z1) = dowel[0], dowel[-1]
        sheet.line("wall", view.paper([(x - hole, z0), (x - hole, z1), (x + hole, z1), (x + hole, z0)]), lineweight=18)
    for bar in layout.bars:
        pts = view.paper(bar.points)
        if len(pts) > 1:
            sheet.line("bars", pts)
        else:
            r = max(0.45, bar.diameter_mm / 2 / sheet.scale)
            sheet.circle("bars", (float(pts[0, 0]), float(pts[0, 1])), r)
            sheet.solid("bars", pts[0] + r * np.array([(0, 1), (1, 0), (0, -1), (-1, 0)]))
    _section_dimensions(sheet, detail, view, front, depth)
    _section_callouts(sheet, detail, say, view, room, x1)
    level_mark(sheet, view.point(-front * 0.5, 0.0), "\N{PLUS-MINUS SIGN}0.000")
    view_title(sheet, (room.center[0], room.y1 - 8), say("details.wall_section"), sheet.scale)


def _without(area: ArrayLike, parts: Sequence[ArrayLike]) -> Points:
    """An area without others; the largest piece."""
    left: BaseGeometry = Polygon(np.asarray(area))
    for part in parts:
        left = left.difference(Polygon(np.asarray(part)))
    pieces = list(getattr(left, "geoms", [left]))
    return np.array(max(pieces, key=lambda piece: piece.area).exterior.coords)[:-1]


def _weep_pipe(sheet: Sheet, detail: WallDetail, view: View) -> Points:
    """Draws the weep hole through the wall; returns its outline on paper, empty (0, 2) without one."""
    layout = detail.drawn.layout
    if not layout.weep_pipe:
        return np.zeros((0, 2))
    half = detail.wall.weep_hole_diameter / 2
    (xa, z), xb = layout.weep_pipe[0], layout.weep_pipe[-1][0]
    low, high = (_back_at(layout.wall, level_, xb) for level_ in (z - half, z + half))
    for end, side in ((low, -half), (high, half)):
        sheet.line("wall", view.paper([(xa, z + side), (end, z + side)]), lineweight=25)
    sheet.line("axis", view.paper([(xa - 0.05, z), (xb + 0.05, z)]))
    return view.paper([(xa, z - half), (low, z - half), (high, z + half), (xa, z + half)])


def _section_dimensions(sheet: Sheet, detail: WallDetail, view: View, front: float, depth: float) -> None:
    layout, tall = detail.drawn.layout, detail.drawn.height.value
    top = sorted(x for x, z in layout.wall if abs(z - tall) < 1e-9)
    base = sorted(x for x, z in layout.wall if abs(z - min(p[1] for p in layout.wall)) < 1e-9)
    y_top = view.point(0, tall)[1] + 8
    dims(
        view,
        [(x, tall) for x in sorted({*top, *base})] if len({*top, *base}) > 2 else [(x, tall) for x in top],
        (0, y_top),
    )
    y_low = view.point(0, -depth)[1] - 7
    dims(view, [(x, -depth) for x in base], (0, y_low))
    x_left = view.point(-front, 0)[0] - 5
    levels = [0.0, tall]
    if depth > 0:
        levels = [-depth, *levels]
    dims(view, [(0.0, z) for z in levels], (x_left - 8, 0), 90)
    if layout.weep_pipe:
        dims(view, [(0.0, 0.0), (0.0, layout.weep_pipe[0][1])], (x_left, 0), 90)


def _section_callouts(sheet: Sheet, detail: WallDetail, say: Phrases, view: View, room: Box, x1: float) -> None:
    layout, wall, tall = detail.drawn.layout, detail.wall, detail.drawn.height.value
    cover, weep = detail.cover.value, detail.wall.weep_hole_level
    if wall.kind == "masonry":
        words = say("details.masonry", stone=number(wall.stone_grade, 0), mortar=number(wall.mortar_grade, 1))
    elif wall.kind == "c25_concrete":
        words = say("details.concrete", grade=wall.concrete_grade)
    else:
        words = say("details.stacked", stone=number(wall.stone_grade, 0))
    x, y = view.point(0, tall)
    sheet.text("notes", (x - 6, y + 5.8), words, 2.5, halign="right")
    sheet.line(
        "notes", [view.point(0.12, tall - 0.07), (x - 5, y + 5), (x - 6 - text_width(words, 2.5), y + 5)], avoid=False
    )
    sheet.circle("notes", view.point(0.12, tall - 0.07), 0.4)
    far = max(x for x, _ in layout.wall)
    notes = [(view.point(x1 - 0.1, cover * 0.8), say("details.cover", thickness=number(detail.cover)))]
    if layout.filter:
        inner = max(x for x, _ in layout.filter)
        notes.append((view.point(inner - 0.09, weep + (cover - weep) * 0.35),
                      say("details.filter", thickness=number(wall.filter_thickness * 1000, 0))))  # fmt: skip
        far = max(far, inner)
    ladder(sheet, notes, view.point(0, tall)[1] + 6, limit=room.x1)
    below = []
    if layout.weep_pipe:
        below.append((view.point(layout.weep_pipe[-1][0] + 0.02, weep), _weep_words(detail, say)))
    if layout.seal:
        below.append((view.point(float(np.mean([p[0] for p in layout.seal])) + 0.04, weep * 0.4), say("details.seal")))
    base = view.point(0, 0)[1] - 9
    for i, (tip, words) in enumerate(sorted(below, key=lambda note: -note[0][0])):
        y = base - 5.5 * i
        start = max(tip[0], view.point(max(x for x, _ in layout.wall), 0)[0] + 3)
        start = min(start, room.x1 - text_width(words, 2.5))
        sheet.line("notes", [tip, (start, y), (start + text_width(words, 2.5), y)], avoid=False)
        sheet.circle("notes", tip, 0.4)
        sheet.text("notes", (start, y + 0.8), words, 2.5)
    _bar_callouts(sheet, detail, say, view)


def _bar_words(mark: BarMark, say: Phrases) -> str:
    return f"\N{DIAMETER SIGN}{mark.diameter_mm:g}@{mark.spacing.value * 1000:.0f}"


def _bar_callouts(sheet: Sheet, detail: WallDetail, say: Phrases, view: View) -> None:
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


def _bar_elevation(sheet: Sheet, detail: WallDetail, say: Phrases, room: Box) -> None:
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


def _joint_plan(sheet: Sheet, detail: WallDetail, say: Phrases, room: Box) -> None:
    """Movement joint in plan: the gap, what fills it, the wall on both sides."""
    wall, drawn = detail.wall, detail.drawn
    if drawn.total.joints is None:
        return
    base = drawn.base_width.value
    side = min(0.5, (room.width - 60) * sheet.unit / 2)
    gap = wall.joint_width
    spare = max(0.0, room.height - 42 - base / sheet.unit)
    view = View(sheet, (0.0, 0.0), (room.center[0] + 6, room.y0 + 14 + spare / 2))
    for x0, x1 in ((-side, -gap / 2), (gap / 2, side)):
        outline = view.paper([(x0, 0), (x1, 0), (x1, base), (x0, base)])
        sheet.line("wall", outline, closed=True)
        _wall_texture(sheet, detail, outline, 11.0)
        end = view.paper([(x0 if x0 < 0 else x1, 0), (x0 if x0 < 0 else x1, base)])
        textures.break_line(sheet, tuple(end[0]), tuple(end[1]))
    depth = min(0.15, base / 3)
    for z0, z1 in ((0.0, depth), (base - depth, base)):
        sheet.fill("wall_fill", [view.paper([(-gap / 2, z0), (gap / 2, z0), (gap / 2, z1), (-gap / 2, z1)])], "SOLID")
    dims(view, [(-gap / 2, 0), (gap / 2, 0)], (0, view.point(0, 0)[1] - 8))
    dims(view, [(-side, 0), (-side, base)], (view.point(-side, 0)[0] - 9, 0), 90)
    ladder(sheet, [(view.point(0.0, base - depth / 2), say("details.joint_fill"))], view.point(0, base)[1] + 5)
    view_title(sheet, (room.center[0], view.point(0, base)[1] + 18), say("details.joint_plan"), sheet.scale)


def _bar_table(detail: WallDetail, say: Phrases, width: float) -> Table:
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


def _per_metre_table(detail: WallDetail, say: Phrases, width: float) -> Table:
    columns = (Column(say("table.item")), Column(say("table.unit"), "center"), Column(say("table.amount"), "right"),
               Column(say("table.calculation"), widest=74.0))  # fmt: skip
    rows = []
    for name, amount in detail.drawn.per_metre.listed():
        if not amount.value:
            continue
        unit = say(f"unit.{amount.unit}") if amount.unit in {"-", "piece"} else amount.unit
        rows.append((say(f"walls.quantity.{name}"), unit, number(amount, 3), _worked(amount)))
    return Table(say("details.per_metre"), columns, tuple(rows), full_width=width)


def _worked(amount: object) -> str:
    formula = getattr(amount, "formula", None)
    return str(formula.plain(amount.numbers)) if formula is not None else ""  # type: ignore[attr-defined]


def _section_notes(detail: WallDetail, say: Phrases) -> list[str]:
    wall = detail.wall
    notes = [say("note.mm")]
    if wall.kind == "masonry":
        notes.append(
            say("details.note.masonry", stone=number(wall.stone_grade, 0), mortar=number(wall.mortar_grade, 1))
        )
    if wall.kind == "c25_concrete":
        notes.append(
            say("details.note.concrete", grade=wall.concrete_grade, cover=number(wall.bar_cover * 1000, 0),
                depth=number(wall.anchor_depth), hole=number(wall.hole_diameter * 1000, 0))
        )  # fmt: skip
        lap = detail.drawn.bars[1].lap_length if len(detail.drawn.bars) > 1 else None
        if lap is not None and detail.drawn.bars[1].laps:
            notes.append(say("details.note.lap", lap=number(lap.value * 1000, 0)))
    if detail.drawn.per_metre.weep_holes is not None:
        notes.append(say("details.note.drainage", spacing=number(wall.weep_hole_spacing, 1)))
        notes.append(say("details.note.joint", width=number(wall.joint_width * 1000, 0),
                         spacing=number(wall.joint_spacing, 1)))  # fmt: skip
    if any(check.unverified for check in detail.drawn.checks) or any(
        a.unverified for _, a in detail.drawn.total.listed()
    ):
        notes.append(say("note.unverified"))
    return notes
