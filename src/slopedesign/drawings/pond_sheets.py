"""Sheets of ponds: plan and section with their levels, sand trap, storage curve, storage and balance tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from slopedesign.calc.water.pond import BalanceYear, listed_levels
from slopedesign.calc.water.result import PondResult, WaterResult
from slopedesign.drawings.blocks import (
    Block,
    Pad,
    arrow_head,
    block_sheets,
    chain,
    largest_scale,
    note_block,
    table_blocks,
    view_block,
    water_mark,
)
from slopedesign.drawings.phrases import Phrases, level, number, ratio
from slopedesign.drawings.pond_ground import ground_pond, plan_block, section_block
from slopedesign.drawings.pond_works_sheets import pond_works_sheets
from slopedesign.drawings.sheet import Box, Points, Sheet, Spot, View
from slopedesign.drawings.symbols import hachures, nice_step
from slopedesign.drawings.tables import Column, Table
from slopedesign.drawings.text import text_width
from slopedesign.drawings.views import view_title

SCALES = (20, 25, 50, 100, 200, 500, 1000, 2000, 5000)
Views = Callable[[PondResult, WaterResult, Phrases, int], list[Block]]
DASH = "\N{EM DASH}"
CURVE_WIDTH, CURVE_HEIGHT = 110.0, 70.0


def pond_sheets(water: WaterResult, say: Phrases, prefix: str) -> list[Sheet]:
    """The sheets of each pond."""
    sheets: list[Sheet] = []
    for pond in water.ponds:
        title = say("sheets.pond.title", prefix=prefix, name=pond.record.name)
        notes = note_block(say, _notes(pond, water, say))
        own: list[Sheet] = []
        for views, rest in (
            (_views, [*_figures(pond, say), notes]),
            (_small_views, [*_tables(pond, say), _curve(pond, say)]),
        ):

            def made(
                scale: int, pond: PondResult = pond, views: Views = views, rest: Sequence[Block] = rest
            ) -> list[Block]:
                return [*views(pond, water, say, scale), *rest]

            papers = ("A3", "A2", "A1") if pond.hollow is not None and views is _views else ("A3", "A2")
            scale = largest_scale(made, SCALES, papers, small_paper=views is not _views)
            shown = made(scale)
            own += block_sheets(
                shown, code="SL", title=title, scale=scale, language=say.language, most=1,
                scale_text="" if len(shown) > len(rest) else DASH,
            )  # fmt: skip
        for i, sheet in enumerate(own, 1):
            sheet.title = say("plan.tile", title=title, number=i) if len(own) > 1 else title
        sheets += [*own, *pond_works_sheets(pond, say, prefix)]
    return sheets


def _views(pond: PondResult, water: WaterResult, say: Phrases, scale: int) -> list[Block]:
    ground = ground_pond(pond, water, levels(pond))
    if ground is not None:
        return [plan_block(ground, say, scale), section_block(ground, say, scale)]
    if pond.record.length is not None or pond.record.diameter is not None:
        return [_plan(pond, say, scale), _section(pond, say, scale)]
    return []


def _small_views(pond: PondResult, water: WaterResult, say: Phrases, scale: int) -> list[Block]:
    """Spillway and sand trap by their water sizes; what is described as a structure has one drawing, on that sheet."""
    built = {works.kind for works in pond.works if not works.missing}
    views: list[Block] = []
    if pond.spillway is not None and not pond.spillway.keeps_all and "spillway" not in built:
        views.append(_spillway(pond, say, scale))
    if pond.record.sand_trap is not None and "sand_trap" not in built:
        views.append(_sand_trap(pond, say, scale))
    return views


def size_at(pond: PondResult, at: float) -> tuple[float, float]:
    """Length and width of a shaped pond at a level [m]; both the diameter for a round one."""
    record = pond.record
    grown = 2 * record.side_slope * (at - (record.bottom_level or 0.0))
    if record.diameter is not None:
        return record.diameter + grown, record.diameter + grown
    return (record.length or 0.0) + grown, (record.width or 0.0) + grown


def outline_at(pond: PondResult, at: float) -> Points:
    """Outline of a shaped pond at a level, centred on (0, 0) [m]."""
    length, width = size_at(pond, at)
    if pond.record.diameter is not None:
        turn = np.linspace(0.0, 2 * np.pi, 97)[:-1]
        return np.column_stack((np.cos(turn), np.sin(turn))) * length / 2
    return np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * np.array((length, width)) / 2


def _top(pond: PondResult) -> float:
    return float(pond.storage.level[-1])


def levels(pond: PondResult) -> list[tuple[str, float]]:
    """Levels of a pond from the bottom up, by phrase key."""
    record = pond.record
    found = [("bottom", float(pond.storage.level[0]))]
    if record.dead_level is not None:
        found.append(("dead", record.dead_level))
    found.append(("normal", record.normal_level))
    if pond.spillway is not None:
        found.append(("highest", pond.spillway.max_level))
    found.append(("top", _top(pond)))
    return found


def _plan(pond: PondResult, say: Phrases, scale: int) -> Block:
    top, bottom = outline_at(pond, _top(pond)), outline_at(pond, float(pond.storage.level[0]))
    thick = pond.record.wall_thickness
    half = np.abs(top).max(axis=0) + thick
    extent = Box(-float(half[0]), -float(half[1]), float(half[0]), float(half[1]))

    def paint(view: View, box: Box) -> None:
        sheet = view.sheet
        sheet.line("wall", view.paper(top), closed=True)
        if thick > 0 and pond.record.diameter is None:
            sheet.line("wall", view.paper(top + np.sign(top) * thick), closed=True, lineweight=18)
        sheet.line("toe", view.paper(bottom), closed=True)
        normal = outline_at(pond, pond.record.normal_level)
        sheet.line("water", view.paper(normal), closed=True)
        if pond.record.side_slope > 0:
            ring = view.paper(np.vstack((top, top[:1])))
            low = view.paper(np.vstack((bottom, bottom[:1])))
            for stroke in hachures(ring, [low], 4.0):
                sheet.line("hachure", stroke, avoid=False)
        _plan_marks(view, pond, say, extent)

    return view_block(say("sheets.pond.plan"), scale, extent, Pad(24, 24, 12, 24), paint)


def _plan_marks(view: View, pond: PondResult, say: Phrases, extent: Box) -> None:
    sheet = view.sheet
    length, width = size_at(pond, _top(pond))
    low, wide = size_at(pond, float(pond.storage.level[0]))
    y = view.point(0.0, extent.y0)[1]
    chain(view, [(-length / 2, extent.y0), (-low / 2, extent.y0), (low / 2, extent.y0), (length / 2, extent.y0)], y - 6)
    chain(view, [(-length / 2, extent.y0), (length / 2, extent.y0)], y - 14)
    if pond.record.diameter is None:
        x = view.point(extent.x0, 0.0)[0]
        ys = [-width / 2, -wide / 2, wide / 2, width / 2]
        chain(view, [(extent.x0, v) for v in ys], x - 6, 90)
        chain(view, [(extent.x0, ys[0]), (extent.x0, ys[-1])], x - 14, 90)
    center = view.point(0.0, 0.0)
    words = say("sheets.pond.bottom_at", level=level(pond.storage.level[0]))
    sheet.text("text", (center[0], center[1] + 2), words, 2.5, halign="center")
    sheet.text("water", (center[0], center[1] - 4), say("sheets.pond.area_at", area=number(pond.area, 1)), 2.5,
               halign="center")  # fmt: skip
    if pond.spillway is not None and not pond.spillway.keeps_all:
        w = pond.spillway.width
        a, b = view.point(length / 2, -w / 2), view.point(length / 2, w / 2)
        for p in (a, b):
            sheet.line("drain", [p, (view.point(extent.x1, 0)[0] + 8, p[1])])
        tip = view.point(extent.x1, 0.0)[0] + 7
        arrow_head(sheet, "drain", (tip, center[1]), 0.0)
        sheet.text("text", (tip + 2, view.point(0.0, w / 2)[1] + 1.2), say("sheets.pond.spillway"), 2.5)
    _cut_marks(view, extent)


def _cut_marks(view: View, extent: Box) -> None:
    """Where the section is taken: along the pond, a little off the middle line."""
    off = 0.25 * extent.height
    y = view.point(0.0, extent.y0 + off)[1]
    for x, side in ((view.point(extent.x0, 0.0)[0] - 3.2, -1), (view.point(extent.x1, 0.0)[0] + 3.2, 1)):
        view.sheet.line("section_line", [(x, y), (x - side * 2.6, y)], linetype="CONTINUOUS", lineweight=70)
        view.sheet.text("section_line", (x, y + 1.2), "A", 3.0, halign="center")


def _section(pond: PondResult, say: Phrases, scale: int) -> Block:
    """Along the pond: bottom, sides, lining and every level."""
    record = pond.record
    bottom, top = float(pond.storage.level[0]), _top(pond)
    low, high = size_at(pond, bottom)[0] / 2, size_at(pond, top)[0] / 2
    wall, floor = record.wall_thickness, record.floor_thickness
    extent = Box(-high - wall - 1.0, -floor, high + wall + 1.0, top - bottom)

    def paint(view: View, box: Box) -> None:
        sheet = view.sheet
        tall = top - bottom
        inner = [(-high, tall), (-low, 0.0), (low, 0.0), (high, tall)]
        if wall > 0 or floor > 0:
            lean = float(np.hypot(1.0, record.side_slope))
            out = [(high + wall * lean, tall), (low + wall * lean - record.side_slope * floor, -floor),
                   (-low - wall * lean + record.side_slope * floor, -floor), (-high - wall * lean, tall)]  # fmt: skip
            body = view.paper([*inner, *out])
            sheet.line("wall", body, closed=True)
            sheet.fill("wall_fill", [body], "AR-CONC", scale=0.6)
        else:
            sheet.line("wall", view.paper(inner))
        for a, b in ((extent.x0, -high - wall), (high + wall, extent.x1)):
            sheet.line("ground", view.paper([(a, tall), (b, tall)]), linetype="CONTINUOUS")
        for key, z in levels(pond):
            if key in ("bottom", "top"):
                continue
            half = size_at(pond, z)[0] / 2
            sheet.line("water", view.paper([(-half, z - bottom), (half, z - bottom)]),
                       linetype="CONTINUOUS" if key == "normal" else "DASHED")  # fmt: skip
            if key == "normal":
                water_mark(sheet, view.point(-half * 0.3, z - bottom))
        _level_words(view, pond, say, bottom, low)
        chain(view, [(-low, -floor), (low, -floor)], view.point(0.0, -floor)[1] - 7)
        chain(view, [(extent.x0, 0.0), (extent.x0, tall)], view.point(extent.x0, 0.0)[0] - 5, 90)
        if record.side_slope:
            p = view.point(-(low + high) / 2, tall / 2)
            turn = -float(np.degrees(np.arctan(1 / record.side_slope)))
            off = np.array((np.sin(np.radians(-turn)), np.cos(np.radians(turn)))) * 1.2
            sheet.text("dimension", (p[0] + float(off[0]), p[1] + float(off[1])), ratio(record.side_slope), 2.5,
                       halign="center", rotation=turn)  # fmt: skip

    return view_block(say("sheets.pond.section"), scale, extent, Pad(20, 20, 16, 18), paint)


def _level_words(view: View, pond: PondResult, say: Phrases, bottom: float, low: float) -> None:
    """Name and value of each level, on leaders to the right side of the basin, spread so that none meet."""
    sheet = view.sheet
    found = levels(pond)
    x = view.point(low * 0.25, 0.0)[0]
    heights = [view.point(0.0, z - bottom)[1] for _, z in found]
    places = [heights[0] + 2.6, *heights[1:]]
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + 4.6)
    for (key, z), y, at in zip(found, heights, places, strict=True):
        words = say(f"sheets.pond.level.{key}", level=level(z))
        sheet.line("notes", [(x, y), (x + 4, at + 0.4), (x + 6, at + 0.4)], avoid=False)
        sheet.text("water" if key not in ("bottom", "top") else "dimension", (x + 6.6, at - 0.6), words, 2.5)


def _spillway(pond: PondResult, say: Phrases, scale: int) -> Block:
    """Across the spillway: crest, width, greatest head, top of the pond."""
    spill = pond.spillway
    assert spill is not None
    rise = _top(pond) - spill.crest
    scale_room = max(spill.width, 0.5)
    extent = Box(-scale_room / 2 - 0.6, 0.0, scale_room / 2 + 0.6, max(rise, 0.1))

    def paint(view: View, box: Box) -> None:
        sheet = view.sheet
        w = spill.width / 2
        sheet.line("drain", view.paper([(extent.x0, rise), (-w, rise), (-w, 0.0), (w, 0.0), (w, rise),
                                        (extent.x1, rise)]))  # fmt: skip
        sheet.line("water", view.paper([(-w, spill.head), (w, spill.head)]), linetype="CONTINUOUS")
        chain(view, [(-w, 0.0), (w, 0.0)], view.point(0.0, 0.0)[1] - 7)
        chain(view, [(-w, 0.0), (-w, rise)], view.point(extent.x0, 0.0)[0] - 6, 90)
        right = view.point(extent.x1, 0.0)[0]
        places = [view.point(0.0, z)[1] for z in (0.0, spill.head, rise)]
        for i in (1, 2):
            places[i] = max(places[i], places[i - 1] + 4.2)
        words = (("crest", spill.crest), ("highest", spill.max_level), ("top", _top(pond)))
        for (key, z), y, from_ in zip(words, places, (0.0, spill.head, rise), strict=True):
            start = view.point(w if key != "top" else extent.x1, from_)
            sheet.line("notes", [start, (right + 2, y)], avoid=False)
            sheet.text("water", (right + 3, y - 1.2), say(f"sheets.pond.level.{key}", level=level(z)), 2.5)

    return view_block(say("sheets.pond.spillway_section"), scale, extent, Pad(16, 52, 10, 14), paint)


def _sand_trap(pond: PondResult, say: Phrases, scale: int) -> Block:
    """Plan and long section of the sand trap, one above the other."""
    trap = pond.record.sand_trap
    assert trap is not None
    wall = pond.record.wall_thickness
    gap = 14.0 * scale / 1000
    extent = Box(-wall, -wall, trap.length + wall, trap.width + 2 * wall + gap + trap.depth)

    def paint(view: View, box: Box) -> None:
        sheet = view.sheet
        base = trap.width + 2 * wall + gap
        inner = np.array([(0, 0), (trap.length, 0), (trap.length, trap.width), (0, trap.width)])
        sheet.line("wall", view.paper(inner), closed=True)
        if wall > 0:
            outer = np.array([(-wall, -wall), (trap.length + wall, -wall), (trap.length + wall, trap.width + wall),
                              (-wall, trap.width + wall)])  # fmt: skip
            sheet.line("wall", view.paper(outer), closed=True, lineweight=18)
        cut = [(0.0, base + trap.depth), (0.0, base), (trap.length, base), (trap.length, base + trap.depth)]
        if wall > 0:
            body = [*cut, (trap.length + wall, base + trap.depth), (trap.length + wall, base - wall),
                    (-wall, base - wall), (-wall, base + trap.depth)]  # fmt: skip
            sheet.line("wall", view.paper(body), closed=True)
            sheet.fill("wall_fill", [view.paper(body)], "AR-CONC", scale=0.6)
        else:
            sheet.line("wall", view.paper(cut))
        chain(view, [(0.0, -wall), (trap.length, -wall)], view.point(0.0, -wall)[1] - 6)
        x = view.point(-wall, 0.0)[0]
        chain(view, [(-wall, 0.0), (-wall, trap.width)], x - 6, 90)
        chain(view, [(-wall, base), (-wall, base + trap.depth)], x - 6, 90)

    return view_block(say("sheets.pond.sand_trap"), scale, extent, Pad(16, 12, 8, 14), paint)


# --- tables and curve -------------------------------------------------------------------------------------------------


def _figures(pond: PondResult, say: Phrases) -> list[Block]:
    rows = [
        (say(f"sheets.pond.amount.{name}"), value.unit, number(value, 2))
        for name, value in (
            ("inflow_area", pond.inflow_area), ("phi", pond.phi), ("runoff", pond.runoff), ("silt", pond.silt),
            ("demand", pond.demand), ("required", pond.required), ("active", pond.active), ("area", pond.area),
            ("depth", pond.depth), ("sand_trap", pond.sand_trap), ("excavation", pond.excavation),
            ("lining", pond.lining),
        )
        if value is not None
    ]  # fmt: skip
    spill = pond.spillway
    if spill is not None:
        rows.append((say("sheets.pond.amount.inflow_peak"), "m3/s", number(spill.inflow.peak, 3)))
        if not spill.keeps_all:
            rows += [
                (say("sheets.pond.amount.spill_width"), "m", number(spill.width)),
                (say("sheets.pond.amount.outflow_peak"), "m3/s", number(spill.routed.peak_outflow, 3)),
            ]
        rows.append((say("sheets.pond.amount.max_level"), "m", level(spill.max_level, 3)))
        name = "rise" if spill.keeps_all else "head"
        rows.append((say(f"sheets.pond.amount.{name}"), "m", number(spill.head, 3)))
    if pond.spill is not None:
        rows.append((say("sheets.pond.amount.spill"), "m", level(pond.spill.value, 3)))
    if pond.drawdown is not None:
        by_pump = pond.record.outlet is None
        rows.append((say("sheets.pond.amount.pumped" if by_pump else "sheets.pond.amount.drawdown"), "h",
                     number(pond.drawdown / 3600.0, 1)))  # fmt: skip
    columns = (Column(say("table.item")), Column(say("table.unit"), "center"), Column(say("table.amount"), "right"))
    return table_blocks(Table(say("sheets.pond.amounts"), columns, tuple(rows)))


def _tables(pond: PondResult, say: Phrases) -> list[Block]:
    blocks = _storage_table(pond, say)
    for name, year in (("typical", pond.typical), ("dry", pond.dry)):
        if year is not None:
            blocks += _balance_table(year, say(f"sheets.pond.balance_{name}"), say)
    return blocks


def _storage_table(pond: PondResult, say: Phrases) -> list[Block]:
    """Round levels and those that have a name."""
    storage = pond.storage
    heads = ("level", "area", "volume")
    columns = tuple(Column(say(f"sheets.pond.storage.{h}"), "right") for h in heads)
    picked = listed_levels(storage, [z for _, z in levels(pond)])
    rows = tuple((level(z), number(storage.area_at(z), 1), number(storage.volume_at(z), 1)) for z in picked)
    return table_blocks(Table(say("sheets.pond.storage.title"), columns, rows))


def _balance_table(year: BalanceYear, title: str, say: Phrases) -> list[Block]:
    heads = ("month", "inflow", "evaporation", "seepage", "demand", "supplied", "spill", "storage")
    columns = tuple(Column(say(f"sheets.pond.balance.{h}"), "right") for h in heads)
    series = (year.inflow, year.evaporation, year.seepage, year.demand, year.supplied, year.spill, year.storage)
    rows = [(str(i + 1), *(number(values[i], 0) for values in series)) for i in range(12)]
    rows.append((say("table.total"), *(number(float(values.sum()), 0) for values in series[:-1]), ""))
    return table_blocks(Table(title, columns, tuple(rows), bold_last=True))


def _curve(pond: PondResult, say: Phrases) -> Block:
    """Storage curve as a small chart: level against volume and water area, with the levels of the pond."""
    storage = pond.storage
    left, below, above = 18.0, 16.0, 18.0

    def draw(sheet: Sheet, box: Box) -> None:
        view_title(sheet, (box.center[0], box.y1 - 8), say("sheets.pond.curve"))
        x0, y0 = box.x0 + left, box.y0 + below
        low, high = float(storage.level[0]), float(storage.level[-1])

        def y(z: float) -> float:
            return y0 + (z - low) / (high - low) * CURVE_HEIGHT

        sheet.line("dimension", [(x0, y0), (x0 + CURVE_WIDTH, y0), (x0 + CURVE_WIDTH, y0 + CURVE_HEIGHT),
                                 (x0, y0 + CURVE_HEIGHT)], closed=True, avoid=False)  # fmt: skip
        step = nice_step(high - low, 6)
        for k in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1):
            sheet.line("grid", [(x0, y(k * step)), (x0 + CURVE_WIDTH, y(k * step))], avoid=False)
            sheet.text("dimension", (x0 - 1.5, y(k * step)), f"{k * step:g}", 2.5, halign="right", valign="middle")
        _axis(sheet, x0, y0, float(storage.volume[-1]), say("sheets.pond.storage.volume"), -1)
        _axis(sheet, x0, y0 + CURVE_HEIGHT, float(storage.area.max()), say("sheets.pond.storage.area"), 1)
        for layer, values in (("design_line", storage.volume), ("water", storage.area)):
            xs = x0 + values / float(values.max()) * CURVE_WIDTH
            ys = np.array([y(float(z)) for z in storage.level])
            sheet.line(layer, np.column_stack((xs, ys)), linetype="CONTINUOUS")
            words = say(f"sheets.pond.{'volume_line' if values is storage.volume else 'area_line'}")
            spots = [Spot((float(x) - 1.5 * side, float(y) + 1.2 * side), "right" if side > 0 else "left",
                          "base" if side > 0 else "top", cost=abs(k - 0.6))
                     for k in (0.6, 0.7, 0.5, 0.8, 0.4, 0.3) for side in (1, -1)
                     for x, y in [(np.interp(y0 + k * CURVE_HEIGHT, ys, xs), y0 + k * CURVE_HEIGHT)]]  # fmt: skip
            sheet.label(layer, words, spots, 2.5)
        _curve_levels(sheet, pond, say, x0, y)

    names = [say(f"sheets.pond.level.{key}", level=level(z)) for key, z in levels(pond)[1:-1]]
    right = max((text_width(name, 2.5) for name in names), default=0.0) + 9
    return Block(CURVE_WIDTH + left + right, CURVE_HEIGHT + below + above + 16, draw)


def _curve_levels(sheet: Sheet, pond: PondResult, say: Phrases, x0: float, y: Callable[[float], float]) -> None:
    """The pond's levels across the curve, their names in the right margin, spread so that none meet."""
    at = -np.inf
    for key, z in levels(pond)[1:-1]:
        sheet.line("water", [(x0, y(z)), (x0 + CURVE_WIDTH, y(z))], avoid=False)
        at = max(y(z), at + 4.0)
        end = x0 + CURVE_WIDTH
        sheet.line("notes", [(end, y(z)), (end + 3, at), (end + 5, at)], avoid=False)
        sheet.text("water", (end + 5.6, at - 1.1), say(f"sheets.pond.level.{key}", level=level(z)), 2.5)


def _axis(sheet: Sheet, x0: float, y: float, most: float, words: str, side: int) -> None:
    """Ticks of a value axis below (-1) or above (1) the chart."""
    step = nice_step(most, 5)
    for k in range(int(np.floor(most / step)) + 1):
        x = x0 + k * step / most * CURVE_WIDTH
        sheet.line("dimension", [(x, y), (x, y + side * 1.2)], avoid=False)
        sheet.text("dimension", (x, y + side * 1.8), f"{k * step:g}", 2.5, halign="center",
                   valign="base" if side > 0 else "top")  # fmt: skip
    sheet.text("dimension", (x0 + CURVE_WIDTH / 2, y + side * 6.2), words, 2.5, halign="center",
               valign="base" if side > 0 else "top")  # fmt: skip


def _notes(pond: PondResult, water: WaterResult, say: Phrases) -> list[str]:
    record = pond.record
    notes = [say("sheets.pond.note.units"), say("sheets.pond.note.curve")]
    if record.wall_thickness or record.floor_thickness:
        notes.append(say("sheets.pond.note.lining", wall=number(record.wall_thickness * 1000, 0),
                         floor=number(record.floor_thickness * 1000, 0)))  # fmt: skip
    if record.outlet is not None:
        notes.append(say("sheets.pond.note.outlet", diameter=number(record.outlet.diameter * 1000, 0),
                         level=level(record.outlet.invert)))  # fmt: skip
    fittings = [name for name, has in record.fittings.model_dump().items() if has]
    if fittings:
        notes.append(
            say("sheets.pond.note.fittings", names=", ".join(say(f"sheets.pond.fitting.{n}") for n in fittings))
        )
    if record.length is None and record.diameter is None:
        notes.append(say("sheets.pond.note.terrain" if pond.hollow is not None else "sheets.pond.note.stated_curve"))
    if pond.spillway is not None and pond.spillway.keeps_all:
        notes.append(say("sheets.pond.note.kept"))
    if record.pump is not None:
        notes.append(say("sheets.pond.note.pump", rate=number(record.pump, 0)))
    mine = [c for c in water.checks if c.subject.startswith(pond.path)]
    if any(check.unverified for check in mine):
        notes.append(say("note.unverified"))
    return notes


__all__ = ["levels", "outline_at", "pond_sheets", "size_at"]
