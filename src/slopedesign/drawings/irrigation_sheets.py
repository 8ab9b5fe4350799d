"""Irrigation: scheme of the pipes, how emitters stand, trench of every buried pipe, tables of what was worked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from slopedesign.calc.water.irrigation import IrrigationResult, PipeResult
from slopedesign.calc.water.result import WaterResult
from slopedesign.calc.water.works.common import Works
from slopedesign.drawings import textures
from slopedesign.drawings.blocks import Block, Pad, block_sheets, chain, note_block, table_blocks, view_block
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.sheet import Box, Sheet, View
from slopedesign.drawings.structure_parts import amounts_blocks, axis, bed, dug, surface
from slopedesign.drawings.tables import Column, Table
from slopedesign.drawings.text import text_width
from slopedesign.drawings.views import view_title
from slopedesign.project.irrigation import Irrigation
from slopedesign.project.water_works import PipeTrench

DASH = "\N{EM DASH}"
TRENCH_SCALE = 20
RUN, RISE = 62.0, 15.0
"""Length of a pipe and distance of branches in the scheme [mm]."""
ALONG, ACROSS = 5, 3
"""Emitters on a line and lines that are shown of a layout."""
SCALES, WIDEST = (20, 25, 50, 100, 200, 500, 1000), 130.0
"""Scales of the layouts, and how wide one is drawn at most [mm]."""


def irrigation_sheets(water: WaterResult, record: Irrigation | None, say: Phrases, prefix: str) -> list[Sheet]:
    """The sheets of the irrigation system; none where nothing is piped or laid out."""
    result = water.irrigation
    if result is None or record is None or not (result.pipes or record.drip or record.sprinkler):
        return []
    layouts = _layouts(record, say)
    scale = layouts[0][0] if layouts else SCALES[-1]
    works = [w for w in water.irrigation_works if not w.missing]
    amounts = amounts_blocks(works, say, say("sheets.irrigation.amounts"))
    notes = [say("note.mm"), say("sheets.irrigation.note.scheme"), say("sheets.irrigation.note.place"),
             *_uncounted(water.irrigation_works, say)]  # fmt: skip
    blocks = [_scheme(result, record, say)] if result.pipes else []
    blocks += [block for at, block in layouts if at == scale]
    blocks += [*_pipe_table(result, say), *_figures(result, record, say)]
    trenches = [_trench(p, record.trench, say) for p in _buried(result)] if record.trench is not None else []
    if not trenches:
        blocks += amounts
    title = say("sheets.irrigation.title", prefix=prefix)
    sheets = block_sheets([*blocks, note_block(say, notes, 120)], code="SL", title=title, scale=scale,
                          language=say.language, most=1)  # fmt: skip
    for at in sorted({at for at, _ in layouts} - {scale}):
        own = [block for other, block in layouts if other == at]
        sheets += block_sheets([*own, note_block(say, [say("note.mm")], 60)], code="SL", title=title, scale=at,
                               language=say.language, most=1)  # fmt: skip
    title = say("sheets.irrigation.trench_title", prefix=prefix)
    rest = [*trenches, *amounts, note_block(say, [say("note.mm")], 60)] if trenches else []
    return sheets + block_sheets(rest, code="SL", title=title, scale=TRENCH_SCALE, language=say.language, most=1)


def _uncounted(works: Sequence[Works], say: Phrases) -> list[str]:
    names = [f"{w.name}{say(f'water.works.{w.kind}')}" for w in works if w.missing]
    return [say("sheets.structure.note.missing", names=", ".join(dict.fromkeys(names)))] if names else []


def _size(pipe: PipeResult) -> str:
    return f"DN{pipe.diameter.value:g}"


# --- scheme -----------------------------------------------------------------------------------------------------------


def _scheme(result: IrrigationResult, record: Irrigation, say: Phrases) -> Block:
    """Source, pump and pipes one after another, each with its size, length and flow; not to scale."""
    rows = _rows(result)
    depth = max(level for level, _, _ in rows) + 1
    source = say("sheets.irrigation.source", names=say("sections.list").join(_sources(record, say)))
    left = max(text_width(source, 2.5), 14.0) + 18.0
    words = max(text_width(line, 2.5) for _, _, p in rows for line in _pipe_words(p, say))
    run = max(RUN, words + 8.0)
    width, height = left + depth * run + 16.0, len(rows) * RISE + 34.0

    def draw(sheet: Sheet, box: Box) -> None:
        view_title(sheet, (box.center[0], box.y1 - 8), say("sheets.irrigation.scheme"))
        top = box.y1 - 34.0
        x0 = box.x0 + left
        sheet.line("water", [(x0 - 14 - text_width(source, 2.5), top), (x0, top)], linetype="CONTINUOUS", avoid=False)
        sheet.text("water", (x0 - 15, top + 1.2), source, 2.5, halign="right")
        if record.pump is not None:
            sheet.circle("drain", (x0 - 9, top), 3.0)
            sheet.text("drain", (x0 - 9, top), "P", 2.5, halign="center", valign="middle", inside=True)
            sheet.text("text", (x0 - 9, top - 7.0), say("sheets.irrigation.pump"), 2.5, halign="center")
        begun = {i + 1 for i, _ in enumerate(rows) if any(parent == i for _, parent, _ in rows)}
        for i, (level, parent, pipe) in enumerate(rows):
            y, x = top - i * RISE, x0 + level * run
            if parent is not None and parent != i - 1:
                sheet.line("drain", [(x, top - parent * RISE), (x, y)], avoid=False)
            elif parent is not None:
                sheet.line("drain", [(x, y + RISE), (x, y)], avoid=False)
            end = x + (run if i + 1 in begun else run - 4.0)
            sheet.line("drain", [(x, y), (end, y)], lineweight=50 if pipe.pipe.fixed else 25,
                       linetype="CONTINUOUS" if pipe.pipe.fixed else "DASHED", avoid=False)  # fmt: skip
            above, below = _pipe_words(pipe, say)
            sheet.text("text", (x + 4.0, y + 1.0), above, 2.5)
            sheet.text("text", (x + 4.0, y - 4.2), below, 2.5)
            if pipe.pipe.valves:
                for side in (-1, 1):
                    tip = (x + run - 9.0, y)
                    sheet.solid("drain", [tip, (tip[0] + side * 2.4, y + 1.4), (tip[0] + side * 2.4, y - 1.4)])

    return Block(width, height, draw)


def _sources(record: Irrigation, say: Phrases) -> list[str]:
    return [say(f"sheets.irrigation.from.{name}") for name in record.sources] or [DASH]


def _pipe_words(pipe: PipeResult, say: Phrases) -> tuple[str, str]:
    p = pipe.pipe
    times = f"{p.count}\N{MULTIPLICATION SIGN}" if p.count > 1 else ""
    first = f"{p.name}  {say(f'bill.material.{p.material}')} {_size(pipe)}"
    second = f"L={times}{p.length:g} m  Q={p.flow:g} m3/h  v={number(pipe.velocity)} m/s"
    return first, second


def _rows(result: IrrigationResult) -> list[tuple[int, int | None, PipeResult]]:
    """Pipes in the order of the scheme: how deep each hangs, the row of the pipe it begins at, itself."""
    rows: list[tuple[int, int | None, PipeResult]] = []

    def hang(name: str, level: int, parent: int | None) -> None:
        for pipe in result.pipes:
            if pipe.pipe.after == name:
                rows.append((level, parent, pipe))
                hang(pipe.pipe.name, level + 1, len(rows) - 1)

    hang("", 0, None)
    return rows


# --- layouts and trenches ---------------------------------------------------------------------------------------------


def _layouts(record: Irrigation, say: Phrases) -> list[tuple[int, Block]]:
    """How emitters stand, each at the scale that suits its spacing."""
    found = []
    if record.drip is not None:
        d = record.drip
        words = say(f"sheets.irrigation.emitter.{d.kind}", flow=f"{d.flow:g}")
        found.append((say(f"sheets.irrigation.{d.kind}"), d.spacing, d.line_spacing, 0.0, words))
    if record.sprinkler is not None:
        s = record.sprinkler
        words = say("sheets.irrigation.emitter.sprinkler", flow=f"{s.flow:g}", radius=f"{s.radius:g}",
                    head=f"{s.pressure_head:g}")  # fmt: skip
        found.append((say("sheets.irrigation.sprinkler"), s.spacing_on_lateral, s.spacing_of_laterals, s.radius, words))
    scales = [next((s for s in SCALES if (ALONG * along + 2 * radius) * 1000 / s <= WIDEST), SCALES[-1])
              for _, along, _, radius, _ in found]  # fmt: skip
    return [(scale, _grid(*layout, scale)) for scale, layout in zip(scales, found, strict=True)]


def _grid(title: str, along: float, between: float, radius: float, words: str, scale: int) -> Block:
    """Emitters on some lines in plan, with what separates them and how far each throws."""
    long, wide = (ALONG - 1) * along, (ACROSS - 1) * between
    side = max(radius, 0.4 * along)
    extent = Box(-side, -max(radius, 0.2 * between), long + side, wide + max(radius, 0.2 * between))

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        for j in range(ACROSS):
            y = j * between
            sheet.line("drain", view.paper([(-0.4 * along, y), (long + 0.4 * along, y)]), lineweight=25)
            for i in range(ALONG):
                sheet.circle("drain", view.point(i * along, y), 0.8)
                if radius > 0:
                    sheet.circle("water", view.point(i * along, y), view.length(radius))
        low = extent.y0
        chain(view, [(i * along, low) for i in range(ALONG)], view.point(0.0, low)[1] - 5)
        chain(view, [(extent.x0, j * between) for j in range(ACROSS)], view.point(extent.x0, 0.0)[0] - 5, 90)
        tip = view.point((ALONG - 1) * along, wide)
        y = view.point(0.0, extent.y1)[1] + 4.0
        start = tip[0] - text_width(words, 2.5)
        sheet.line("notes", [tip, (tip[0], y), (start, y)], avoid=False)
        sheet.text("notes", (start, y + 0.8), words, 2.5)

    pad = Pad(18, max(8.0, text_width(words, 2.5) - extent.width * 1000 / scale), 12, 14)
    return view_block(title, scale, extent, pad, paint)


def _buried(result: IrrigationResult) -> list[PipeResult]:
    """One buried pipe of each diameter and depth."""
    found: dict[tuple[float, float], PipeResult] = {}
    for pipe in result.pipes:
        if pipe.pipe.fixed and pipe.pipe.burial:
            found.setdefault((pipe.diameter.value, pipe.pipe.burial), pipe)
    return list(found.values())


def _trench(pipe: PipeResult, trench: PipeTrench, say: Phrases) -> Block:
    """The trench across: pipe on its bed, side room, slope, cover."""
    d, cover = pipe.diameter.value / 1000.0, pipe.pipe.burial or 0.0
    low, half = -(d + trench.bedding), d / 2 + trench.side_room
    deep = cover + d + trench.bedding
    top = half + trench.slope * deep
    extent = Box(-top - 0.2, low, top + 0.2, cover)

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        dug(view, [(-top, cover), (-half, low), (half, low), (top, cover)])
        lean = trench.slope * trench.bedding
        bed(view, [(-half, low), (half, low), (half + lean, -d), (-half - lean, -d)])
        turn = np.linspace(0.0, 2 * np.pi, 37)[:-1]
        ring = np.column_stack((np.cos(turn), np.sin(turn))) * d / 2 + (0.0, -d / 2)
        textures.soil(sheet, view.paper([(-half - lean, -d), (half + lean, -d), (top, cover), (-top, cover)]), 8.0)
        sheet.line("drain", view.paper(ring), closed=True)
        axis(view, (-d, -d / 2), (d, -d / 2))
        surface(view, extent.x0, extent.x1, cover)
        x = view.point(extent.x0, 0.0)[0] - 4
        chain(view, [(-half, z) for z in (low, -d, 0.0, cover)], x, 90)
        y = view.point(0.0, low)[1]
        chain(view, [(v, low) for v in (-half, -d / 2, d / 2, half)], y - 5)
        chain(view, [(-half, low), (half, low)], y - 12)

    title = say("sheets.irrigation.trench", size=_size(pipe))
    return view_block(title, TRENCH_SCALE, extent, Pad(20, 10, 10, 20), paint)


# --- tables -----------------------------------------------------------------------------------------------------------


def _pipe_table(result: IrrigationResult, say: Phrases) -> list[Block]:
    heads = ("name", "material", "size", "length", "count", "flow", "velocity", "friction", "local", "burial", "valves")
    words = ("name", "material")
    columns = tuple(Column(say(f"sheets.irrigation.head.{h}"), "left" if h in words else "right", 30.0) for h in heads)
    rows = tuple(
        (
            p.pipe.name, say(f"bill.material.{p.pipe.material}"), _size(p), f"{p.pipe.length:g}", str(p.pipe.count),
            f"{p.pipe.flow:g}", number(p.velocity), number(p.friction), number(p.local),
            DASH if not p.pipe.fixed or p.pipe.burial is None else f"{p.pipe.burial:g}", str(p.pipe.valves),
        )
        for p in result.pipes
    )  # fmt: skip
    return table_blocks(Table(say("sheets.irrigation.pipes"), columns, rows)) if rows else []


def _figures(result: IrrigationResult, record: Irrigation, say: Phrases) -> list[Block]:
    """Demand, pump and watering as worked."""
    rows = [(say("sheets.irrigation.figure.one"), "m3", number(result.between)),
            (say("sheets.irrigation.figure.peak"), "m3/d", f"{result.peak_day:.2f}")]  # fmt: skip
    if result.pump is not None and record.pump is not None:
        rows += [(say("sheets.irrigation.figure.pump_flow"), "m3/h", f"{record.pump.flow:g}"),
                 (say("sheets.irrigation.figure.head"), "m", number(result.pump.head)),
                 (say("sheets.irrigation.figure.power"), "kW", number(result.pump.power))]  # fmt: skip
    if result.drip is not None:
        rows += [(say("sheets.irrigation.figure.time"), "h", number(result.drip.time)),
                 (say("sheets.irrigation.figure.interval"), "d", number(result.drip.interval, 1))]  # fmt: skip
    if result.sprinkler is not None:
        rows.append((say("sheets.irrigation.figure.rate"), "mm/h", number(result.sprinkler.rate)))
    columns = (Column(say("table.item")), Column(say("table.unit"), "center"), Column(say("table.amount"), "right"))
    return table_blocks(Table(say("sheets.irrigation.figures"), columns, tuple(rows)))
