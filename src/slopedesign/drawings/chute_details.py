"""Chutes: plan, long section with ribs, joints and the water surface, cross section at a rib."""

from __future__ import annotations

import math

import numpy as np
from shapely import Polygon

from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.result import ReachStructures
from slopedesign.calc.water.works.common import Works
from slopedesign.drawings.blocks import Block, Pad, chain, view_block, water_mark
from slopedesign.drawings.phrases import Phrases, number, ratio
from slopedesign.drawings.sheet import Box, View
from slopedesign.drawings.structure_parts import axis, dug, flow_arrow, seen, size, solid, surface
from slopedesign.drawings.symbols import level_mark

EDGE = 0.8


def chute_blocks(
    reach: ReachResult, structures: ReachStructures, teeth: Works | None, say: Phrases, scale: int
) -> list[Block]:
    """Long section and plan of a chute."""
    return [_long(reach, structures, teeth, say, scale), _plan(reach, structures, teeth, say, scale)]


def _built(reach: ReachResult, structures: ReachStructures) -> tuple[float, float]:
    """Stations between which the chute itself is built: after what stands at its head, to its foot [m]."""
    length, q = reach.input.bed.length, structures.quantities
    if q is None:
        return 0.0, length
    plan = q.length.value / math.hypot(1.0, reach.input.slope.value)
    return max(length - plan, 0.0), length


def _ribs(start: float, end: float, slope: float, teeth: Works | None) -> list[float]:
    """Stations of the ribs: one at the foot of every spacing begun, counted along the bed from the head [m]."""
    if teeth is None:
        return []
    step, run = size(teeth, "spacing"), end - start
    count = round(size(teeth, "count"))
    return [min(start + (i + 1) * step / math.hypot(1.0, slope), start + run) for i in range(count)]


def _joints(reach: ReachResult, start: float, end: float) -> list[float]:
    kind = reach.input.kind
    if kind is None:
        return []
    step = kind.joint_spacing / math.hypot(1.0, reach.input.bed.slope)
    return [float(s) for s in np.arange(start + step, end - 1e-9, step)]


def _long(reach: ReachResult, s: ReachStructures, teeth: Works | None, say: Phrases, scale: int) -> Block:
    bed, kind, sized = reach.input.bed, reach.input.kind, reach.sized
    assert kind is not None and sized is not None and sized.chute is not None
    start, end = _built(reach, s)
    slope, fall = bed.slope, bed.fall
    lean = math.hypot(1.0, slope)
    floor, deep = kind.floor * lean, 0.0 if teeth is None else size(teeth, "depth") * lean
    wall, cushion = sized.height * lean, kind.cushion * lean
    top, foot = float(bed.points[0, 2]), float(bed.points[-1, 2])
    extent = Box(start - EDGE, -fall - floor - cushion - deep, end + EDGE, wall - slope * start)
    profile = sized.chute.profile

    def z(x: float) -> float:
        return -slope * x

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        solid(view, [(start, z(start)), (end, z(end)), (end, z(end) - floor), (start, z(start) - floor)], kind.lining)
        seen(view, [(start, z(start)), (start, z(start) + wall), (end, z(end) + wall), (end, z(end))])
        if cushion > 0:
            seen(view, [(start, z(start) - floor - cushion), (end, z(end) - floor - cushion)])
        if teeth is not None:
            half = size(teeth, "width") / lean
            for x in _ribs(start, end, slope, teeth):
                solid(view, [(x - half, z(x - half) - floor), (x, z(x) - floor), (x, z(x) - floor - deep),
                             (x - half, z(x - half) - floor - deep)], kind.lining)  # fmt: skip
        for x in _joints(reach, start, end):
            sheet.line("drain", view.paper([(x, z(x) + wall), (x, z(x) - floor)]), linetype="DASHED", avoid=False)
        order = np.argsort(profile.station)
        run = profile.station[order] - profile.station[order][0]
        xs = run * end / run[-1] if run[-1] > 0 else run
        surface_line = np.column_stack((xs, -slope * xs + profile.depth[order] * lean))
        sheet.line("water", view.paper(surface_line[xs >= start - 1e-9]), linetype="CONTINUOUS")
        y = view.point(0.0, extent.y0)[1]
        ribs = _ribs(start, end, slope, teeth)
        if len(ribs) > 1:
            chain(view, [(x, extent.y0) for x in [start, *ribs]], y - 6)
        chain(view, [(start, extent.y0), (end, extent.y0)], y - 13)
        chain(view, [(end, -fall), (end, z(start))], view.point(end + EDGE, 0.0)[0] + 12, 90)
        for x, level_, side in ((start, top + z(start), -1), (end, foot, 1)):
            px, py = view.point(x, z(x))
            sheet.line("dimension", [(px, py), (px + side * 6.0, py)], avoid=False)
            level_mark(sheet, (px + side * 6.0, py), number(level_, 2), reach=2.0)
        at = (start + end) / 2
        p = view.point(at, z(at) + wall)
        turn = -math.degrees(math.atan(slope))
        sheet.text("dimension", (p[0] + 1.6, p[1] + 1.6), f"i={ratio(1 / slope)}", 2.5, rotation=turn)

    title = say("sheets.structure.long", name=reach.name)
    return view_block(title, scale, extent, Pad(22, 28, 12, 20), paint)


def _plan(reach: ReachResult, s: ReachStructures, teeth: Works | None, say: Phrases, scale: int) -> Block:
    sized, q, kind = reach.sized, s.quantities, reach.input.kind
    assert sized is not None and q is not None and kind is not None
    start, end = _built(reach, s)
    inner, outer = q.outline.inner, q.outline.outer
    half = float(inner[:, 0].max())
    out = float(outer[:, 0].max())
    extent = Box(start - EDGE, -out, end + EDGE, out)

    def paint(view: View, room: Box) -> None:
        for side in (-1, 1):
            for v in (half, out):
                seen(view, [(start, side * v), (end, side * v)])
        for x in (start, end):
            seen(view, [(x, -out), (x, out)])
        if teeth is not None:
            width, foot = size(teeth, "width") / math.hypot(1.0, reach.input.bed.slope), size(teeth, "foot") / 2
            for x in _ribs(start, end, reach.input.bed.slope, teeth):
                seen(view, [(x, -foot), (x, foot)], hidden=True)
                seen(view, [(x - width, -foot), (x - width, foot)], hidden=True)
        for x in _joints(reach, start, end):
            view.sheet.line("drain", view.paper([(x, -out), (x, out)]), avoid=False)
        axis(view, (start - 0.3, 0.0), (end + 0.3, 0.0))
        flow_arrow(view, ((start + end) / 2, 0.0))
        y = view.point(0.0, -out)[1]
        chain(view, [(start, -out), (end, -out)], y - 6)
        chain(view, [(end, v) for v in (-out, -half, half, out)], view.point(end + EDGE, 0.0)[0] + 7, 90)

    return view_block(say("sheets.structure.plan", name=reach.name), scale, extent, Pad(16, 20, 6, 14), paint)


def rib_block(reach: ReachResult, s: ReachStructures, teeth: Works, say: Phrases, scale: int) -> Block:
    """Section across a chute at a rib."""
    q, kind, sized = s.quantities, reach.input.kind, reach.sized
    assert q is not None and kind is not None and sized is not None
    shape = q.outline
    deep, foot = size(teeth, "depth"), size(teeth, "foot") / 2
    low = float(shape.outer[:, 1].min())
    top = float(shape.trench[:, 1].max())
    side = float(np.abs(shape.trench[:, 0]).max())
    extent = Box(-side - 0.3, low - max(deep, kind.cushion), side + 0.3, max(top, sized.height))

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        wall = Polygon(shape.outer).difference(Polygon(shape.inner))
        for part in getattr(wall, "geoms", [wall]):
            solid(view, np.array(part.exterior.coords)[:-1], kind.lining)
        solid(view, [(-foot, low), (foot, low), (foot, low - deep), (-foot, low - deep)], kind.lining)
        dug(view, [tuple(p) for p in shape.trench])
        for a, b in ((extent.x0, -float(shape.outer[:, 0].max())), (float(shape.outer[:, 0].max()), extent.x1)):
            surface(view, a, b, top)
        if sized.chute is not None:
            h = sized.chute.aerated.value
            half = sized.section.top_width(min(h, sized.height)) / 2
            sheet.line("water", view.paper([(-half, h), (half, h)]), linetype="CONTINUOUS")
            water_mark(sheet, view.point(0.0, h))
            p = view.point(0.0, h)
            sheet.text("water", (p[0], p[1] + 4.0), f"h_b={number(h, 3)} m", 2.5, halign="center")
        inner = float(shape.inner[np.isclose(shape.inner[:, 1], shape.inner[:, 1].min()), 0].max())
        y = view.point(0.0, extent.y0)[1]
        chain(view, [(x, extent.y0) for x in sorted({-foot, -inner, inner, foot})], y - 6)
        chain(view, [(-foot, z) for z in sorted({low - deep, low, 0.0, sized.height})],
              view.point(extent.x0, 0.0)[0] - 5, 90)  # fmt: skip

    title = say("sheets.structure.rib", name=reach.name)
    return view_block(title, scale, extent, Pad(18, 14, 8, 14), paint)
