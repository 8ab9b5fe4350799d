"""Flared mouths of ditches and the section of wing walls; riprap aprons."""

from __future__ import annotations

from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.works.common import Works
from slopedesign.drawings import textures
from slopedesign.drawings.blocks import Block, Pad, chain, view_block
from slopedesign.drawings.culvert_details import mouth_plan
from slopedesign.drawings.phrases import Phrases, number, ratio
from slopedesign.drawings.sheet import Box, View
from slopedesign.drawings.structure_parts import axis, bed, flow_arrow, seen, size, solid, surface


def mouth_blocks(reach: ReachResult, works: Works, say: Phrases, scale: int) -> list[Block]:
    """Plan and long section of a ditch's mouth, and the section of its wings where they begin."""
    return [_long(reach, works, say, scale), _plan(reach, works, say, scale), wing_block(works, say, scale)]


def _way(works: Works) -> int:
    return -1 if works.kind == "upper_mouth" else 1


def _plan(reach: ReachResult, works: Works, say: Phrases, scale: int) -> Block:
    long, wide, narrow = size(works, "length"), size(works, "width"), size(works, "narrow")
    way = _way(works)
    spread = wide + 2 * (size(works, "wall_top") + size(works, "batter") * size(works, "height")) * 1.3
    a, b = (-0.8, long) if way > 0 else (-long, 0.8)
    extent = Box(a, -spread / 2, b, spread / 2)

    def paint(view: View, room: Box) -> None:
        mouth_plan(view, works, 0.0, way, narrow)
        for side in (-1, 1):
            seen(view, [(0.0, side * narrow / 2), (-way * 0.8, side * narrow / 2)])
        axis(view, (a - 0.1, 0.0), (b + 0.1, 0.0))
        flow_arrow(view, (0.0, 0.0))
        y = view.point(0.0, extent.y0)[1]
        chain(view, [(0.0, extent.y0), (way * long, extent.y0)], y - 5)
        end = way * long
        chain(view, [(end, -wide / 2), (end, wide / 2)], view.point(end, 0.0)[0] + way * 7, 90)
        chain(view, [(-way * 0.8, -narrow / 2), (-way * 0.8, narrow / 2)], view.point(-way * 0.8, 0)[0] - way * 7, 90)
        p = view.point(way * long * 0.5, extent.y1)
        words = say("sheets.structure.flare_angle", angle=number(size(works, "angle"), 1))
        view.sheet.text("dimension", (p[0], p[1] + 1.5), words, 2.5, halign="center")

    name = reach.name + say(f"water.works.{works.kind}")
    return view_block(say("sheets.structure.plan", name=name), scale, extent, Pad(16, 18, 8, 12), paint)


def _long(reach: ReachResult, works: Works, say: Phrases, scale: int) -> Block:
    long, floor, deep = size(works, "length"), size(works, "floor"), size(works, "foundation")
    cut, thick = size(works, "cutoff_depth"), size(works, "cutoff_thickness")
    high, low, way = size(works, "height"), size(works, "end_height"), _way(works)
    a, b = (-0.8, long) if way > 0 else (-long, 0.8)
    below = max(floor + cut, deep)
    extent = Box(a, -below, b, high)
    material = next(x.material for x in works.amounts if x.what == "body")

    def paint(view: View, room: Box) -> None:
        end = way * long
        under = [(0.0, 0.0), (end, 0.0), (end, -floor - cut)]
        if cut > 0:
            under += [(end - way * thick, -floor - cut), (end - way * thick, -floor)]
        solid(view, [*under, (0.0, -floor)], material)
        seen(view, [(0.0, 0.0), (0.0, high), (end, low), (end, 0.0)])
        seen(view, [(0.0, -floor), (0.0, -deep), (end - way * thick, -deep)], hidden=True)
        view.sheet.line("drain", view.paper([(0.0, 0.0), (-way * 0.8, 0.0)]))
        seen(view, [(0.0, high), (-way * 0.8, high)])
        y = view.point(0.0, -below)[1]
        chain(view, [(v, -below) for v in sorted({0.0, end - way * thick, end})], y - 6)
        x = view.point(end, 0.0)[0] + way * 6
        chain(view, [(end, z) for z in sorted({-floor - cut, -floor, 0.0, low})], x, 90)
        chain(view, [(0.0, z) for z in (0.0, high)], view.point(-way * 0.8, 0.0)[0] - way * 6, 90)

    name = reach.name + say(f"water.works.{works.kind}")
    return view_block(say("sheets.structure.long", name=name), scale, extent, Pad(18, 20, 6, 14), paint)


def wing_block(works: Works, say: Phrases, scale: int) -> Block:
    """Section of a wing wall where it begins: water side upright, back leaning, foundation with its offset."""
    high, top, lean = size(works, "height"), size(works, "wall_top"), size(works, "batter")
    deep, off = size(works, "foundation"), size(works, "foundation_offset")
    material = next(a.material for a in works.amounts if a.what == "body")
    base = top + lean * high
    extent = Box(-0.3, -deep, base + off + 0.5, high)

    def paint(view: View, room: Box) -> None:
        outline = [(0.0, -deep), (base + off, -deep), (base + off, 0.0), (base, 0.0), (top, high), (0.0, high)]
        solid(view, outline, material)
        surface(view, top, extent.x1, high)
        y = view.point(0.0, -deep)[1]
        chain(view, [(x, -deep) for x in sorted({0.0, base, base + off})], y - 6)
        chain(view, [(0.0, high), (top, high)], view.point(0.0, high)[1] + 5)
        chain(view, [(0.0, z) for z in sorted({-deep, 0.0, high})], view.point(extent.x0, 0.0)[0] - 5, 90)
        if lean > 0:
            p = view.point((top + base) / 2, high / 2)
            view.sheet.text("dimension", (p[0] + 2.0, p[1]), ratio(lean), 2.5)

    return view_block(say("sheets.structure.wing"), scale, extent, Pad(16, 16, 12, 14), paint)


def apron_blocks(reach: ReachResult, works: Works, say: Phrases, scale: int) -> list[Block]:
    """Long section and plan of a riprap apron."""
    length, thick, layer = size(works, "length"), size(works, "thickness"), size(works, "filter")
    first, last = size(works, "start_width"), size(works, "end_width")
    name = reach.name + say("water.works.apron")

    def long(view: View, room: Box) -> None:
        sheet = view.sheet
        body = view.paper([(0.0, 0.0), (0.0, -thick), (length, -thick), (length, 0.0)])
        sheet.line("drain", body, closed=True)
        textures.stones(sheet, body, max(2.0, view.length(size(works, "d50"))), layer="fill", mortar=0.3)
        if layer > 0:
            bed(view, [(0.0, -thick), (length, -thick), (length, -thick - layer), (0.0, -thick - layer)])
        sheet.line("drain", view.paper([(-0.6, 0.0), (0.0, 0.0)]))
        y = view.point(0.0, -thick - layer)[1]
        chain(view, [(0.0, -thick - layer), (length, -thick - layer)], y - 7)
        chain(view, [(length, z) for z in (-thick - layer, -thick, 0.0)], view.point(length, 0.0)[0] + 8, 90)
        p = view.point(length / 2, 0.0)
        words = say("sheets.structure.d50", d50=number(size(works, "d50") * 1000, 0))
        sheet.text("text", (p[0], p[1] + 3), words, 2.5, halign="center")

    def plan(view: View, room: Box) -> None:
        ring = [(0.0, -first / 2), (length, -last / 2), (length, last / 2), (0.0, first / 2)]
        view.sheet.line("drain", view.paper(ring), closed=True)
        textures.stones(view.sheet, view.paper(ring), max(2.5, view.length(size(works, "d50"))), layer="fill",
                        mortar=0.4)  # fmt: skip
        axis(view, (-0.6, 0.0), (length + 0.3, 0.0))
        flow_arrow(view, (-0.05, 0.0))
        chain(view, [(0.0, -last / 2), (length, -last / 2)], view.point(0.0, -last / 2)[1] - 6)
        chain(view, [(0.0, -first / 2), (0.0, first / 2)], view.point(-0.6, 0.0)[0] - 7, 90)
        chain(view, [(length, -last / 2), (length, last / 2)], view.point(length, 0.0)[0] + 7, 90)

    below = thick + layer
    return [
        view_block(say("sheets.structure.long", name=name), scale, Box(-0.6, -below, length + 0.4, 0.6),
                   Pad(12, 20, 8, 14), long),
        view_block(say("sheets.structure.plan", name=name), scale, Box(-0.6, -last / 2, length + 0.3, last / 2),
                   Pad(18, 16, 6, 14), plan),
    ]  # fmt: skip
