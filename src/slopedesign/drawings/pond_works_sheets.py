"""What is built to a pond beside its lining: spillway, sand trap, stair, rack, fence, each with its amounts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from slopedesign.calc.water.result import PondResult
from slopedesign.calc.water.works.common import Works
from slopedesign.drawings.blocks import (
    Block,
    Pad,
    block_sheets,
    chain,
    largest_scale,
    note_block,
    view_block,
    water_mark,
)
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.sheet import Box, Sheet, View
from slopedesign.drawings.structure_parts import amounts_blocks, bed, dug, mark, seen, size, solid, surface

SCALES = (20, 25, 30, 40, 50, 60, 80, 100)
FENCE_SHOWN = 3
"""Panels of the fence that are drawn."""


def pond_works_sheets(pond: PondResult, say: Phrases, prefix: str) -> list[Sheet]:
    """The sheet of a pond's structures; none where none is described."""
    drawn: dict[str, Callable[[PondResult, Works, Phrases, int], list[Block]]] = {
        "spillway": _spillway, "sand_trap": _sand_trap, "steps": _steps, "trash_rack": _rack, "fence": _fence,
    }  # fmt: skip
    works = [w for w in pond.works if not w.missing]
    if not any(w.kind in drawn for w in works):
        return []
    title = say("sheets.structure.pond", prefix=prefix, name=pond.record.name)
    notes = note_block(say, [say("note.mm"), say("sheets.structure.note.amounts")], 120)
    rest = [*amounts_blocks(works, say, say("sheets.structure.amounts", name=pond.record.name)), notes]

    def make(scale: int) -> list[Block]:
        views = [block for w in works if w.kind in drawn for block in drawn[w.kind](pond, w, say, scale)]
        return [*views, *rest]

    scale = largest_scale(make, SCALES, ("A3", "A2"), small_paper=False)
    return block_sheets(make(scale), code="SL", title=title, scale=scale, language=say.language, most=1)


def _material(works: Works) -> str:
    return next(a.material for a in works.amounts if a.what == "body")


def _trough(view: View, works: Works, half: float, high: float) -> None:
    """Walls and floor of an open channel cut across [m]."""
    top, base, floor, cushion = (size(works, n) for n in ("wall_top", "wall_base", "floor", "cushion"))
    foot = half + base
    outline = [(-half, high), (-half, 0.0), (half, 0.0), (half, high), (half + top, high), (foot, 0.0), (foot, -floor),
               (-foot, -floor), (-foot, 0.0), (-half - top, high)]  # fmt: skip
    solid(view, outline, _material(works))
    if cushion > 0:
        bed(view, [(-foot, -floor), (foot, -floor), (foot, -floor - cushion), (-foot, -floor - cushion)])
    y = view.point(0.0, -floor - cushion)[1]
    chain(view, [(x, -floor - cushion) for x in (-foot, -half, half, foot)], y - 6)
    chain(view, [(x, high) for x in (-half - top, -half, half, half + top)], view.point(0.0, high)[1] + 5)
    zs = sorted({-floor - cushion, -floor, 0.0, high})
    chain(view, [(-foot, z) for z in zs], view.point(-foot - 0.5, 0.0)[0] - 5, 90)


def _spillway(pond: PondResult, works: Works, say: Phrases, scale: int) -> list[Block]:
    """Across and along the spillway."""
    assert pond.spillway is not None
    crest, head, highest = pond.spillway.crest, size(works, "head"), pond.spillway.max_level
    half, high, length = size(works, "width") / 2, size(works, "wall_height"), size(works, "length")
    base, floor, cushion = size(works, "wall_base"), size(works, "floor"), size(works, "cushion")
    ground = float(pond.storage.level[-1]) - crest
    edge = half + base + 0.5

    def across(view: View, room: Box) -> None:
        _trough(view, works, half, high)
        for a, b in ((-edge, -half - base), (half + base, edge)):
            surface(view, a, b, ground)
        view.sheet.line("water", view.paper([(-half, head), (half, head)]), linetype="CONTINUOUS")
        water_mark(view.sheet, view.point(-half * 0.4, head))
        mark(view, (half * 0.3, 0.0), crest)
        mark(view, (half * 0.3, head), highest)
        mark(view, (edge - 0.2, ground), float(pond.storage.level[-1]))

    def along(view: View, room: Box) -> None:
        solid(view, [(0.0, 0.0), (length, 0.0), (length, -floor), (0.0, -floor)], _material(works))
        if cushion > 0:
            bed(view, [(0.0, -floor), (length, -floor), (length, -floor - cushion), (0.0, -floor - cushion)])
        seen(view, [(0.0, 0.0), (0.0, high), (length, high), (length, 0.0)])
        xs = np.linspace(0.0, length, 10)
        view.sheet.line("water", view.paper(np.column_stack((xs, head * (1 - xs / (3 * length))))),
                        linetype="CONTINUOUS")  # fmt: skip
        low = -floor - cushion
        chain(view, [(0.0, low), (length, low)], view.point(0.0, low)[1] - 6)
        chain(view, [(length, z) for z in sorted({low, -floor, 0.0, high})], view.point(length, 0.0)[0] + 6, 90)

    name = pond.record.name + say("water.works.spillway")
    low = -floor - cushion
    return [
        view_block(say("sheets.structure.cross", name=name), scale, Box(-edge, low, edge, max(high, ground)),
                   Pad(16, 18, 14, 14), across),
        view_block(say("sheets.structure.long", name=name), scale, Box(0.0, low, length, high), Pad(10, 18, 8, 12),
                   along),
    ]  # fmt: skip


def _sand_trap(pond: PondResult, works: Works, say: Phrases, scale: int) -> list[Block]:
    """Section along a sand trap in its pit, and its plan."""
    record = pond.record.sand_trap
    assert record is not None and record.works is not None
    length, width, deep = size(works, "length"), size(works, "width"), size(works, "depth")
    top, base, floor, cushion = (size(works, n) for n in ("wall_top", "wall_base", "floor", "cushion"))
    half, foot = length / 2, length / 2 + base
    low = -floor - cushion
    edge = foot + record.works.working_width
    out = edge + record.works.trench_slope * (deep - low)

    def along(view: View, room: Box) -> None:
        _trough(view, works, half, deep)
        dug(view, [(-out, deep), (-edge, low), (edge, low), (out, deep)])
        surface(view, -out - 0.3, -half - top, deep)
        surface(view, half + top, out + 0.3, deep)

    def plan(view: View, room: Box) -> None:
        for grow, hidden in ((0.0, False), (top, False), (base, True)):
            if hidden and abs(base - top) < 1e-9:
                continue
            a, b = half + grow, width / 2 + grow
            seen(view, [(-a, -b), (a, -b), (a, b), (-a, b), (-a, -b)], hidden=hidden)
        y = view.point(0.0, -width / 2 - base)[1]
        chain(view, [(x, -width / 2 - base) for x in (-half - top, -half, half, half + top)], y - 6)
        x = view.point(-half - base, 0.0)[0]
        ys = (-width / 2 - top, -width / 2, width / 2, width / 2 + top)
        chain(view, [(-half - base, v) for v in ys], x - 6, 90)

    name = pond.record.name + say("water.works.sand_trap")
    return [
        view_block(say("sheets.structure.long", name=name), scale, Box(-out - 0.3, low, out + 0.3, deep),
                   Pad(16, 12, 12, 14), along),
        view_block(say("sheets.structure.plan", name=name), scale,
                   Box(-half - base, -width / 2 - base, half + base, width / 2 + base), Pad(16, 8, 6, 12), plan),
    ]  # fmt: skip


def _steps(pond: PondResult, works: Works, say: Phrases, scale: int) -> list[Block]:
    """The topmost steps of the stair along its slope."""
    rise, tread, slab = size(works, "riser"), size(works, "tread"), size(works, "slab")
    count = min(round(size(works, "count")), 6)
    lean = float(np.hypot(rise, tread))

    def paint(view: View, room: Box) -> None:
        line = [(0.0, 0.0)]
        for i in range(count):
            line += [(i * tread, -(i + 1) * rise), ((i + 1) * tread, -(i + 1) * rise)]
        end, drop = count * tread, count * rise
        off = slab * lean / tread
        solid(view, [*line, (end, -drop - off), (0.0, -off)], _material(works))
        view.sheet.line("drain", view.paper([(-0.3, 0.0), (0.0, 0.0)]))
        y = view.point(0.0, -drop - off)[1]
        at = (count - 1) * tread
        chain(view, [(at, -drop - off), (at + tread, -drop - off)], y - 5)
        chain(view, [(end, -drop + rise), (end, -drop)], view.point(end, 0.0)[0] + 6, 90)
        words = say("sheets.structure.stair", count=f"{size(works, 'count'):.0f}", width=number(size(works, "width")),
                    slab=number(1000 * slab, 0))  # fmt: skip
        view.sheet.text("text", view.point(-0.3, -drop - off), words, 2.5)

    box = Box(-0.3, -count * rise - slab * lean / tread, count * tread, 0.1)
    name = pond.record.name + say("water.works.steps")
    return [view_block(say("sheets.structure.part", name=name), scale, box, Pad(6, 30, 6, 14), paint)]


def _rack(pond: PondResult, works: Works, say: Phrases, scale: int) -> list[Block]:
    """The rack seen square to its face."""
    wide, bar, gap = size(works, "width"), size(works, "bar"), size(works, "spacing")
    count = round(size(works, "count"))

    def paint(view: View, room: Box) -> None:
        seen(view, [(0.0, 0.0), (wide, 0.0), (wide, bar), (0.0, bar), (0.0, 0.0)])
        for i in range(count):
            seen(view, [((i + 1) * gap, 0.0), ((i + 1) * gap, bar)])
        chain(view, [(0.0, 0.0), (wide, 0.0)], view.point(0.0, 0.0)[1] - 6)
        chain(view, [(0.0, bar), (gap, bar)], view.point(0.0, bar)[1] + 4)
        chain(view, [(0.0, 0.0), (0.0, bar)], view.point(0.0, 0.0)[0] - 6, 90)
        words = say("sheets.structure.tilt", angle=number(size(works, "angle"), 0))
        x, y = view.point(wide, bar * 0.5)
        view.sheet.text("dimension", (x + 2, y), words, 2.5)

    name = pond.record.name + say("water.works.trash_rack")
    return [view_block(say("sheets.structure.front", name=name), scale, Box(0.0, 0.0, wide, bar), Pad(14, 26, 12, 12),
                       paint)]  # fmt: skip


def _fence(pond: PondResult, works: Works, say: Phrases, scale: int) -> list[Block]:
    """Some panels of the fence from the front."""
    made = pond.record.works
    assert made is not None and made.fence is not None
    high, step = size(works, "height"), made.fence.post_spacing
    long = FENCE_SHOWN * step

    def paint(view: View, room: Box) -> None:
        surface(view, -0.3, long + 0.3, 0.0)
        for i in range(FENCE_SHOWN + 1):
            seen(view, [(i * step, -0.3), (i * step, 0.0)], hidden=True)
            seen(view, [(i * step, 0.0), (i * step, high)])
        for z in (0.15 * high, 0.95 * high):
            seen(view, [(0.0, z), (long, z)])
        chain(view, [(i * step, -0.3) for i in range(FENCE_SHOWN + 1)], view.point(0.0, -0.3)[1] - 5)
        chain(view, [(0.0, 0.0), (0.0, high)], view.point(-0.3, 0.0)[0] - 5, 90)

    name = pond.record.name + say("water.works.fence")
    return [view_block(say("sheets.structure.front", name=name), scale, Box(-0.3, -0.3, long + 0.3, high),
                       Pad(14, 6, 6, 12), paint)]  # fmt: skip
