"""The section of the bench-edge wall enlarged, with its callouts, amounts of a metre and notes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from slopedesign.drawings import textures
from slopedesign.drawings.bench_wall_bars import bar_callouts, bar_elevation, bar_table
from slopedesign.drawings.bench_wall_parts import back_at, free_area, wall_texture, weep_words, without
from slopedesign.drawings.callouts import ladder
from slopedesign.drawings.content import WallDetail
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.sheet import PAPERS, Box, Points, Sheet, View
from slopedesign.drawings.symbols import level_mark
from slopedesign.drawings.tables import Column, Table, draw_notes, draw_table, notes_height
from slopedesign.drawings.text import text_width
from slopedesign.drawings.titleblock import BLOCK_WIDTH
from slopedesign.drawings.views import dims, view_title

ENLARGED = (10, 20, 25, 50)


def section_sheets(detail: WallDetail, say: Phrases, number_: int) -> list[Sheet]:
    """The section with its notes on the left; tables and the second view (bars, or the movement joint) on the right."""
    extent = _extent(detail)
    tables = [_per_metre_table(detail, say, BLOCK_WIDTH - 4)]
    if detail.drawn.bars:
        tables.insert(0, bar_table(detail, say, BLOCK_WIDTH - 4))
    notes = _section_notes(detail, say)
    table_room = sum(table.height + 5 for table in tables)
    sheet = Sheet(
        f"DY-{number_:02d}", say("details.section_title", slope=detail.slope), ENLARGED[-1], PAPERS["A3"], say.language
    )
    left, right = free_area(sheet)
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
        bar_elevation(sheet, detail, say, low)
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
        textures.soil(sheet, view.paper(without(soil, strips)), 6.0)
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
    wall_texture(sheet, detail, outline, 8.0, [pipe] if len(pipe) else [])
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


def _weep_pipe(sheet: Sheet, detail: WallDetail, view: View) -> Points:
    """Draws the weep hole through the wall; returns its outline on paper, empty (0, 2) without one."""
    layout = detail.drawn.layout
    if not layout.weep_pipe:
        return np.zeros((0, 2))
    half = detail.wall.weep_hole_diameter / 2
    (xa, z), xb = layout.weep_pipe[0], layout.weep_pipe[-1][0]
    low, high = (back_at(layout.wall, level_, xb) for level_ in (z - half, z + half))
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
        below.append((view.point(layout.weep_pipe[-1][0] + 0.02, weep), weep_words(detail, say)))
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
    bar_callouts(sheet, detail, say, view)


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
        wall_texture(sheet, detail, outline, 11.0)
        end = view.paper([(x0 if x0 < 0 else x1, 0), (x0 if x0 < 0 else x1, base)])
        textures.break_line(sheet, tuple(end[0]), tuple(end[1]))
    depth = min(0.15, base / 3)
    for z0, z1 in ((0.0, depth), (base - depth, base)):
        sheet.fill("wall_fill", [view.paper([(-gap / 2, z0), (gap / 2, z0), (gap / 2, z1), (-gap / 2, z1)])], "SOLID")
    dims(view, [(-gap / 2, 0), (gap / 2, 0)], (0, view.point(0, 0)[1] - 8))
    dims(view, [(-side, 0), (-side, base)], (view.point(-side, 0)[0] - 9, 0), 90)
    ladder(sheet, [(view.point(0.0, base - depth / 2), say("details.joint_fill"))], view.point(0, base)[1] + 5)
    view_title(sheet, (room.center[0], view.point(0, base)[1] + 18), say("details.joint_plan"), sheet.scale)


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
