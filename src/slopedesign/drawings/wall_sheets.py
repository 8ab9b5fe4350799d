"""Sheets of the toe walls: elevation with plan strip, section of every height, bars with bending shapes, forces.

Outlines, joints, weep holes and bars come from the wall's layout; every figure is a field of its result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from slopedesign.calc.walls.body import WallBody
from slopedesign.calc.walls.project_walls import Stretch, ToeWallResult, WallsResult
from slopedesign.drawings import textures
from slopedesign.drawings.bar_sheets import bar_blocks, bend_notes
from slopedesign.drawings.blocks import (
    Block,
    Pad,
    block_sheets,
    chain,
    extent_of,
    largest_scale,
    note_block,
    table_blocks,
)
from slopedesign.drawings.blocks import view_block as block_of
from slopedesign.drawings.callouts import ladder
from slopedesign.drawings.phrases import Phrases, level, number, ratio
from slopedesign.drawings.sheet import Box, Points, Sheet, Spot, View
from slopedesign.drawings.symbols import level_mark
from slopedesign.drawings.tables import Column, Table
from slopedesign.drawings.text import text_width
from slopedesign.drawings.wall_force_sheets import bench_force_sheets, force_sheets, worst
from slopedesign.project.walls import ToeWall

ELEVATIONS = (50, 100, 200, 500)
SECTIONS = (20, 25, 30, 50, 100)


def wall_sheets(walls: WallsResult, language: str, prefix: str = "") -> list[Sheet]:
    """All sheets of the walls: each toe wall in turn, then the forces on the bench walls."""
    say = Phrases(language)
    sheets: list[Sheet] = []
    for toe in walls.toe_walls:
        title = f"{prefix}{toe.wall.name}"
        sheets += _elevation_sheets(toe, say, title, len(sheets) + 1)
        sheets += _section_sheets(toe, say, title, len(sheets) + 1)
        for stretch in _distinct(toe):
            if stretch.amounts.bars:
                sheets += _bar_sheets(toe, stretch, say, title, len(sheets) + 1)
        for stretch in _distinct(toe):
            name = say("sheets.wall.forces_title", wall=title, height=_height(stretch))
            sheets += force_sheets(stretch.result, say, name, len(sheets) + 1)
    sheets += bench_force_sheets(walls, say, prefix, len(sheets) + 1)
    return sheets


def _height(stretch: Stretch) -> str:
    return number(stretch.result.height, 2)


def _distinct(toe: ToeWallResult) -> list[Stretch]:
    """One stretch for each section of the wall."""
    found: dict[str, Stretch] = {}
    for stretch in toe.stretches:
        found.setdefault(stretch.result.body.shape.model_dump_json(), stretch)
    return list(found.values())


def _elevation_sheets(toe: ToeWallResult, say: Phrases, title: str, first: int) -> list[Sheet]:
    tables = [*_stretch_table(toe, say), *_amount_table(toe, say)]

    def made(scale: int) -> list[Block]:
        return [_elevation(toe, say, scale), _plan_strip(toe, say, scale), *tables]

    scale = largest_scale(made, ELEVATIONS, ("A3", "A2", "A1"))
    notes = note_block(say, _elevation_notes(toe, say))
    name = say("sheets.wall.elevation_title", wall=title)
    return block_sheets([*made(scale), notes], code="DQ", title=name, scale=scale, language=say.language, first=first)


def _elevation(toe: ToeWallResult, say: Phrases, scale: int) -> Block:
    """The outer face of the whole wall: steps at height changes, joints, weep holes, ground."""
    low = min(p[1] for s in toe.stretches for p in s.amounts.layout.wall)
    high = max(p[1] for s in toe.stretches for p in s.amounts.layout.wall)
    extent = Box(0.0, low, toe.wall.length, high)

    def paint(view: View, box: Box) -> None:
        sheet = view.sheet
        for stretch in toe.stretches:
            _elevation_panels(view, toe.wall, stretch)
        ground = view.paper([(-5 * sheet.unit, 0.0), (toe.wall.length + 24 * sheet.unit, 0.0)])
        sheet.line("ground", ground, linetype="CONTINUOUS")
        textures.ground_ticks(sheet, ground, spacing=14.0)
        _elevation_dimensions(view, toe)
        for stretch in toe.stretches:
            top = stretch.amounts.layout.wall
            z = max(p[1] for p in top)
            level_mark(sheet, view.point(stretch.from_station + 0.6 * stretch.length.value, z), f"+{z:.3f}")
        (left, y), (right, _) = view.point(0.0, 0.0), view.point(toe.wall.length, 0.0)
        for x in (right + 9, left - 6, right + 28, left - 32):
            if level_mark(sheet, (x, y), "\N{PLUS-MINUS SIGN}0.000", reach=2.0):
                break

    return block_of(say("details.elevation"), scale, extent, Pad(30, 30, 20, 30), paint)


def _elevation_panels(view: View, wall: ToeWall, stretch: Stretch) -> None:
    sheet, layout = view.sheet, stretch.amounts.layout
    outline = np.asarray(layout.wall)
    low, high = float(outline[0, 1]), float(outline[:, 1].max())
    heel = float(outline[:, 1].min())
    a, edges = stretch.from_station, [0.0, *layout.joints, layout.length]
    for x0, x1 in zip(edges, edges[1:], strict=False):
        panel = view.paper([(a + x0, low), (a + x1, low), (a + x1, high), (a + x0, high)])
        sheet.line("wall", panel, closed=True)
        if stretch.result.body.shape.material in ("masonry", "gabion"):
            textures.stones(sheet, panel, 5.0, mortar=0.3)
    if heel < low - 1e-9:
        sheet.line("wall", view.paper([(a, heel), (a + layout.length, heel)]), linetype="DASHED", lineweight=18,
                   avoid=False)  # fmt: skip
    for x, z in layout.weep_holes:
        sheet.circle("wall", view.point(a + x, z), 0.6)


def _elevation_dimensions(view: View, toe: ToeWallResult) -> None:
    low = min(p[1] for s in toe.stretches for p in s.amounts.layout.wall)
    y = view.point(0.0, low)[1]
    for stretch in toe.stretches:
        a, layout = stretch.from_station, stretch.amounts.layout
        edges = [a, *(a + x for x in layout.joints), a + layout.length]
        chain(view, [(x, low) for x in edges], y - 9)
    chain(view, [(s.from_station, low) for s in toe.stretches] + [(toe.wall.length, low)], y - 17)
    if len(toe.stretches) > 1:
        chain(view, [(0.0, low), (toe.wall.length, low)], y - 25)
    for stretch, side in _ends(toe):
        outline = np.asarray(stretch.amounts.layout.wall)
        x = 0.0 if side < 0 else toe.wall.length
        at = view.point(x, 0.0)[0] + side * 12
        top = float(outline[:, 1].max())
        chain(view, [(x, float(outline[0, 1])), (x, 0.0), (x, top)], at, 90)
        chain(view, [(x, float(outline[0, 1])), (x, top)], at + side * 8, 90)


def _ends(toe: ToeWallResult) -> list[tuple[Stretch, int]]:
    """The stretches dimensioned at the left (-1) and right (1) end; one alone where both are alike."""
    first, last = toe.stretches[0], toe.stretches[-1]
    alike = first.result.body.shape == last.result.body.shape
    return [(first, -1)] if alike else [(first, -1), (last, 1)]


def _plan_strip(toe: ToeWallResult, say: Phrases, scale: int) -> Block:
    """The wall from above: toe, front and rear edge of the top, heel; stretches side by side."""
    wide = max(s.result.body.base_width for s in toe.stretches)
    extent = Box(0.0, 0.0, toe.wall.length, wide)

    def paint(view: View, box: Box) -> None:
        sheet = view.sheet
        for stretch in toe.stretches:
            body, a, b = stretch.result.body, stretch.from_station, stretch.to_station
            front, rear = body.width_at(body.shape.height - 1e-6)
            base = view.paper([(a, 0.0), (b, 0.0), (b, body.base_width), (a, body.base_width)])
            sheet.line("wall", base, closed=True, linetype="DASHED", lineweight=18)
            sheet.line("wall", view.paper([(a, front), (b, front), (b, rear), (a, rear)]), closed=True)
            for x in stretch.amounts.layout.joints:
                sheet.line("wall", view.paper([(a + x, 0.0), (a + x, body.base_width)]), lineweight=18)
        for stretch, side in _ends(toe):
            body, x = stretch.result.body, 0.0 if side < 0 else toe.wall.length
            front, rear = body.width_at(body.shape.height - 1e-6)
            at = view.point(x, 0.0)[0] + side * 10
            ys = sorted({0.0, round(front, 9), round(rear, 9), round(body.base_width, 9)})
            chain(view, [(x, y) for y in ys], at, 90)
            if len(ys) > 2:
                chain(view, [(x, 0.0), (x, body.base_width)], at + side * 10, 90)
        middle = view.point(toe.wall.length / 2, 0.0)
        sheet.text("text", (middle[0], middle[1] - 5.5), say("sheets.wall.outer_side"), 2.5, halign="center")
        top = view.point(toe.wall.length / 2, wide)
        sheet.text("text", (top[0], top[1] + 2.5), say("sheets.wall.fill_side"), 2.5, halign="center")

    return block_of(say("sheets.wall.plan_strip"), scale, extent, Pad(30, 30, 9, 9), paint)


def _stretch_table(toe: ToeWallResult, say: Phrases) -> list[Block]:
    columns = (
        Column(say("sheets.wall.stations"), "center"), Column(say("sheets.wall.length"), "right"),
        Column(say("sheets.wall.height"), "right"), Column(say("sheets.wall.embedment"), "right"),
        Column(say("sheets.wall.base_width"), "right"), Column(say("sheets.wall.area"), "right"),
        Column(say("sheets.wall.holds"), "center"),
    )  # fmt: skip
    rows = tuple(
        (
            f"{s.from_station:g}\N{EN DASH}{s.to_station:g}", number(s.length), number(s.result.height),
            number(s.result.body.shape.embedment), number(s.result.body.base_width, 3), number(s.result.area, 3),
            say(f"verdict.{worst(s.result.checks) if s.result.holds else 'fail'}"),
        )
        for s in toe.stretches
    )  # fmt: skip
    return table_blocks(Table(say("sheets.wall.classes"), columns, rows))


def _amount_table(toe: ToeWallResult, say: Phrases) -> list[Block]:
    """Amounts of every stretch and what they come to."""
    names = list(dict.fromkeys(n for s in toe.stretches for n, a in s.amounts.total.listed() if a.value))
    columns = (
        Column(say("table.item")), Column(say("table.unit"), "center"),
        *(Column(f"{s.from_station:g}\N{EN DASH}{s.to_station:g}", "right") for s in toe.stretches),
    )  # fmt: skip
    rows = []
    for name in names:
        cells = [getattr(s.amounts.total, name) for s in toe.stretches]
        unit = next(c.unit for c in cells if c is not None)
        digits = 0 if unit in {"-", "piece"} else 1 if unit == "kg" else 2
        rows.append(
            (say(f"walls.quantity.{name}"), say(f"unit.{unit}") if unit in {"-", "piece"} else unit,
             *("" if c is None else number(c, digits) for c in cells))
        )  # fmt: skip
    return table_blocks(Table(say("details.amounts"), columns, tuple(rows)))


def _elevation_notes(toe: ToeWallResult, say: Phrases) -> list[str]:
    wall = toe.wall
    notes = [say("note.mm"), say("sheets.wall.note.zero")]
    if wall.shape.material != "gabion":
        notes.append(say("sheets.wall.note.joints", spacing=number(wall.joint_spacing, 1)))
        notes.append(
            say("sheets.wall.note.weep", spacing=number(wall.weep_hole_spacing, 2),
                level=number(wall.weep_hole_level * 1000, 0))
        )  # fmt: skip
    return [*notes, *_unverified(toe, say)]


def _unverified(toe: ToeWallResult, say: Phrases) -> Iterator[str]:
    if any(check.unverified for s in toe.stretches for check in s.result.checks):
        yield say("note.unverified")


# --- section -------------------------------------------------------------------------------------------------------


def _section_sheets(toe: ToeWallResult, say: Phrases, title: str, first: int) -> list[Sheet]:
    stretches = _distinct(toe)
    tables = [block for s in stretches for block in _per_metre_table(s, say)]

    def made(scale: int) -> list[Block]:
        return [_section(toe.wall, s, say, scale) for s in stretches] + tables

    scale = largest_scale(made, SECTIONS, ("A3", "A2", "A1"))
    notes = note_block(say, [*_section_notes(toe, say)])
    name = say("sheets.wall.section_title", wall=title)
    return block_sheets([*made(scale), notes], code="DQ", title=name, scale=scale, language=say.language, first=first)


def section_extent(body: WallBody) -> Box:
    """What a section shows [m]: ground in front, the wall, the fill behind; level 0 at the ground in front."""
    down, tall = body.shape.embedment, body.shape.height
    rear = max(x for x, _ in body.outline)
    reach = rear + max(0.35 * tall, 0.8)
    surface = fill_surface(body, reach)
    box = extent_of(lowered(body.outline, down), surface)
    return Box(-max(0.25 * tall, 0.8), box.y0, reach, box.y1)


def lowered(line: Sequence[tuple[float, float]], down: float) -> Points:
    """Points of the section's own frame with level 0 at the ground in front."""
    return np.asarray(line, dtype=float) - (0.0, down)


def fill_surface(body: WallBody, reach: float) -> Points:
    """The line of the fill from the wall's rear face to x = `reach`, level 0 at the ground in front."""
    x0, z0 = body.meet
    points = [(x0 + x, z0 + z) for x, z in body.ground_at_wall]
    (xa, za), (xb, zb) = points[-2], points[-1]
    inside = [p for p in points if p[0] < reach - 1e-9]
    last = points[len(inside)] if len(inside) < len(points) else None
    (xa, za), (xb, zb) = (inside[-1], last) if last is not None else ((xa, za), (xb, zb))
    inside.append((reach, za + (zb - za) * (reach - xa) / (xb - xa)))
    return lowered(inside, body.shape.embedment)


def draw_body(view: View, body: WallBody, size: float = 6.0, *, fill: bool = True) -> Points:
    """The wall's outline with its material; returns the outline on paper."""
    sheet = view.sheet
    outline = view.paper(lowered(body.outline, body.shape.embedment))
    sheet.line("wall", outline, closed=True)
    if not fill:
        return outline
    if body.shape.material in ("masonry", "gabion") or body.shape.kind == "gabion":
        textures.stones(sheet, outline, size, mortar=0.4)
    else:
        sheet.fill("wall_fill", [outline], "AR-CONC", scale=max(0.5, size / 8))
    return outline


def draw_ground(view: View, body: WallBody, extent: Box) -> None:
    """Ground in front of the wall and surface of the fill behind it."""
    sheet = view.sheet
    face = body.width_at(body.shape.embedment)[0]
    front = view.paper([(extent.x0, 0.0), (face, 0.0)])
    sheet.line("ground", front, linetype="CONTINUOUS")
    textures.ground_ticks(sheet, front)
    surface = view.paper(fill_surface(body, extent.x1))
    sheet.line("cover", surface)


def _section(wall: ToeWall, stretch: Stretch, say: Phrases, scale: int) -> Block:
    body, layout = stretch.result.body, stretch.amounts.layout
    extent = section_extent(body)
    notes_room = 5.0 * 5 + 8

    def paint(view: View, box: Box) -> None:
        sheet = view.sheet
        draw_ground(view, body, extent)
        soil = textures.clipped(layout.soil, -1e6, extent.x1)
        filled: BaseGeometry = Polygon(soil)
        for part in (layout.filter, layout.seal):
            if len(part) > 2:
                filled = filled.difference(Polygon(part))
        textures.soil(sheet, view.paper(_largest(filled)), 7.0)
        if layout.filter:
            sheet.line("fill", view.paper(layout.filter), closed=True, avoid=False)
            textures.gravel(sheet, view.paper(layout.filter), 2.0)
        if layout.seal:
            sheet.line("fill", view.paper(layout.seal), closed=True, avoid=False)
            sheet.fill("fill", [view.paper(layout.seal)], "ANSI31", scale=0.6)
        draw_body(view, body)
        levels = sorted({round(z, 9) for _, z in layout.weep_holes})
        for z in levels:
            a, b = body.width_at(z + body.shape.embedment)
            sheet.line("axis", view.paper([(a - 0.05, z), (b + 0.05, z)]), avoid=False)
        _section_dimensions(view, body)
        _section_words(view, wall, stretch, say, extent, levels)

    title = say("sheets.wall.section", height=_height(stretch))
    return block_of(title, scale, extent, Pad(28, 16, notes_room, 26), paint)


def _largest(shape: object) -> Points:
    pieces = [p for p in getattr(shape, "geoms", [shape]) if isinstance(p, Polygon) and not p.is_empty]
    return np.array(max(pieces, key=lambda p: p.area).exterior.coords)[:-1] if pieces else np.zeros((0, 2))


def _section_dimensions(view: View, body: WallBody) -> None:
    shape, down = body.shape, body.shape.embedment
    front_top, rear_top = body.width_at(shape.height - 1e-6)
    top = shape.height - down
    y = view.point(0.0, top)[1]
    chain(view, [(front_top, top), (rear_top, top)], y + 5)
    xs = {0.0, body.base_width}
    if shape.toe_step_width:
        xs.add(shape.toe_step_width)
    if shape.kind == "cantilever":
        xs |= {shape.toe, body.width_at(shape.slab + 1e-6)[1]}
    lowest = min(z for _, z in body.outline) - down
    y = view.point(0.0, lowest)[1]
    if shape.key_depth:
        a, b = shape.key_distance, shape.key_distance + shape.key_width
        chain(view, [(x, lowest) for x in (0.0, a, b, body.base_width)], y - 6)
    chain(view, [(x, lowest) for x in sorted(round(x, 9) for x in xs)], y - 13)
    if len(xs) > 2:
        chain(view, [(0.0, lowest), (body.base_width, lowest)], y - 20)
    left = view.point(0.0, 0.0)[0]
    zs = {-down, 0.0, top}
    if shape.toe_step_height:
        zs.add(shape.toe_step_height - down)
    if shape.kind == "cantilever":
        zs.add(shape.slab - down)
    chain(view, [(0.0, z) for z in sorted(round(z, 9) for z in zs)], left - 13, 90)
    chain(view, [(0.0, -down), (0.0, top)], left - 21, 90)
    heel = body.back_foot[1] - down if shape.kind != "cantilever" else -down - shape.base_slope * body.base_width
    right = view.point(body.base_width, 0.0)[0]
    if heel < -down - 1e-9:
        chain(view, [(body.base_width, heel), (body.base_width, -down)], right + 7, 90)
    if shape.key_depth:
        x = shape.key_distance + shape.key_width
        z = -down - shape.key_distance * shape.base_slope
        chain(view, [(x, z - shape.key_depth), (x, z)], view.point(x, 0.0)[0] + 6, 90)


def _section_words(
    view: View, wall: ToeWall, stretch: Stretch, say: Phrases, extent: Box, levels: Sequence[float]
) -> None:
    sheet, body, layout = view.sheet, stretch.result.body, stretch.amounts.layout
    shape, down = body.shape, body.shape.embedment
    notes = [(_within(view, layout.wall, 0.82), material_words(body, say))]
    if layout.filter:
        notes.append((_within(view, layout.filter, 0.6),
                      say("details.filter", thickness=number(wall.filter_thickness * 1000, 0))))  # fmt: skip
    if layout.seal:
        notes.append((_within(view, layout.seal, 0.5), say("details.seal")))
    surface = fill_surface(body, extent.x1)
    rear = max(x for x, _ in layout.wall)
    spot = view.point(max(rear + 0.2 * shape.height, (rear + extent.x1) / 2), 0.0)[0]
    right = LineString(view.paper(surface)).intersection(LineString([(spot, -1e4), (spot, 1e4)]))
    name = stretch.result.loads.backfill.name
    if not right.is_empty:
        notes.append(((spot, float(right.bounds[1]) - 4.0), say("sheets.wall.fill", name=name)))
    ladder(sheet, notes, view.point(0.0, extent.y1)[1] + 9, limit=view.point(extent.x1, 0)[0] + 14)
    level_mark(sheet, view.point(extent.x0 + 0.35 * (0.0 - extent.x0), 0.0), "\N{PLUS-MINUS SIGN}0.000", reach=2.0)
    _batters(view, body)
    if levels:
        a = body.width_at(levels[0] + down)[0]
        tip = view.point(a, levels[0])
        words = say("sheets.wall.weep_pipe")
        width = text_width(words, 2.5)
        spots = []
        for i, (dx, dy) in enumerate(((4.0, 4.0), (4.0, 9.0), (4.0, 14.0), (4.0, 20.0), (8.0, 9.0))):
            x, y = tip[0] - dx, tip[1] + dy
            leader = (tip, (x, y), (x - width, y))
            spots.append(Spot((x - width, y + 0.8), cost=0.3 * i, leader=leader))
        sheet.label("notes", words, spots, 2.5, crossing=1.0)
    slope = _slope_words(body, say)
    if slope:
        p, q = view.paper(surface)[-2:]
        turn = float(np.degrees(np.arctan2(q[1] - p[1], q[0] - p[0])))
        middle = p + (q - p) * 0.45
        off = np.array((-np.sin(np.radians(turn)), np.cos(np.radians(turn)))) * 1.2
        if (
            text_width(slope, 2.5) < float(np.hypot(*(q - p)))
            and sheet.lines_met(np.array([middle + off, q * 0.02 + middle * 0.98 + off, q, middle])) < 4
        ):
            sheet.text("dimension", (float(middle[0] + off[0]), float(middle[1] + off[1])), slope, 2.5,
                       halign="center", rotation=turn)  # fmt: skip


def _slope_words(body: WallBody, say: Phrases) -> str:
    (x0, z0), (x1, z1) = body.ground_at_wall[-2:]
    rise = (z1 - z0) / (x1 - x0)
    return (
        say("sheets.wall.fill_slope", angle=number(float(np.degrees(np.arctan(rise))), 1)) if abs(rise) > 1e-9 else ""
    )


def material_words(body: WallBody, say: Phrases) -> str:
    """What the wall is built of."""
    shape = body.shape
    if shape.material == "masonry":
        return say("details.masonry", stone=number(shape.stone_grade, 0), mortar=number(shape.mortar_grade, 1))
    if shape.kind in ("cantilever", "semi_gravity"):
        return say("details.concrete", grade=shape.material)
    return say(f"sheets.wall.material.{shape.material if shape.kind != 'gabion' else 'gabion'}")


def _within(view: View, outline: Sequence[tuple[float, float]], up: float) -> tuple[float, float]:
    """A point inside an outline at a part of its height, on paper."""
    area = Polygon(outline)
    x0, z0, x1, z1 = area.bounds
    z = z0 + up * (z1 - z0)
    cut = area.intersection(LineString([(x0 - 1, z), (x1 + 1, z)]))
    middle = cut.centroid if not cut.is_empty else area.representative_point()
    return view.point(float(middle.x), float(middle.y))


def _batters(view: View, body: WallBody) -> None:
    """Face and back batter beside their lines."""
    shape, sheet, down = body.shape, view.sheet, body.shape.embedment
    for value, side in ((shape.face_batter, 0), (shape.back_batter, 1)):
        if not value:
            continue
        turn = 90.0 - float(np.degrees(np.arctan(value))) * (1 if side == 0 else -1)
        turn = turn - 180 if turn > 90 else turn
        spots = []
        for k, share in enumerate((0.55, 0.7, 0.4, 0.85)):
            x, y = view.point(body.width_at(share * shape.height)[side], share * shape.height - down)
            spots.append(Spot((x + (-1.6 if side == 0 else 4.8), y), "center", rotation=turn, cost=0.3 * k))
        sheet.label("dimension", ratio(abs(value)), spots, 2.5, crossing=0.5)
    if shape.base_slope:
        p = view.point(body.base_width * 0.5, -down - body.base_width * 0.5 * shape.base_slope)
        turn = -float(np.degrees(np.arctan(shape.base_slope)))
        sheet.text("dimension", (p[0], p[1] - 3.8), f"{shape.base_slope:g}:1", 2.5, halign="center", rotation=turn)


def _per_metre_table(stretch: Stretch, say: Phrases) -> list[Block]:
    columns = (Column(say("table.item")), Column(say("table.unit"), "center"), Column(say("table.amount"), "right"),
               Column(say("table.calculation"), widest=70.0))  # fmt: skip
    rows = []
    for name, amount in stretch.amounts.per_metre.listed():
        if amount.value:
            formula = getattr(amount, "formula", None)
            worked = str(formula.plain(amount.numbers)) if formula is not None else ""  # type: ignore[attr-defined]
            unit = say(f"unit.{amount.unit}") if amount.unit in {"-", "piece"} else amount.unit
            rows.append((say(f"walls.quantity.{name}"), unit, number(amount, 3), worked))
    title = say("sheets.wall.per_metre", height=_height(stretch))
    return table_blocks(Table(title, columns, tuple(rows)))


def _section_notes(toe: ToeWallResult, say: Phrases) -> Iterator[str]:
    wall, base = toe.wall, toe.stretches[0].result.loads.base
    yield say("note.mm")
    yield say("sheets.wall.note.zero")
    shape = toe.stretches[0].result.body.shape
    if shape.material == "masonry":
        yield say("details.note.masonry", stone=number(shape.stone_grade, 0), mortar=number(shape.mortar_grade, 1))
    if base.bearing is not None:
        yield say("sheets.wall.note.base", name=base.name, bearing=number(base.bearing, 0))
    if wall.shape.material != "gabion":
        yield say("sheets.wall.note.weep", spacing=number(wall.weep_hole_spacing, 2),
                  level=number(wall.weep_hole_level * 1000, 0))  # fmt: skip
    yield say("sheets.wall.note.batter")
    for stretch in toe.stretches:
        if stretch.unsized is not None:
            yield stretch.unsized.render(say.language)
    yield from _unverified(toe, say)


def _bar_sheets(toe: ToeWallResult, stretch: Stretch, say: Phrases, title: str, first: int) -> list[Sheet]:
    def made(scale: int) -> list[Block]:
        return bar_blocks(stretch, say, scale, section_extent(stretch.result.body))

    scale = largest_scale(made, SECTIONS, ("A3", "A2"), most=2)
    shape = stretch.result.body.shape
    covers = sorted({b.cover_mm for b in (shape.stem_bars, shape.toe_bars, shape.heel_bars) if b is not None})
    notes = [say("note.mm"), say("sheets.wall.note.legs"), say("sheets.wall.note.grade")]
    if covers:
        notes.append(say("sheets.wall.note.cover", cover=", ".join(number(c, 0) for c in covers)))
    lapped = [b for b in stretch.amounts.bars if b.laps and b.lap_length is not None]
    if lapped:
        lap = lapped[0].lap_length
        notes.append(say("details.note.lap", lap=number((lap.value if lap else 0.0) * 1000, 0)))
    notes += [*bend_notes(stretch.amounts.bars, say), *_unverified(toe, say)]
    name = say("sheets.wall.bars_title", wall=title, height=_height(stretch))
    blocks = [*made(scale), note_block(say, notes)]
    return block_sheets(blocks, code="DQ", title=name, scale=scale, language=say.language, first=first)


__all__ = ["draw_body", "draw_ground", "fill_surface", "level", "lowered", "section_extent", "wall_sheets"]
