"""Sections of ditches and chutes in their trench, one of every type and size used, with what a metre of each takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.result import ReachStructures, WaterResult
from slopedesign.calc.water.section import polygon_area
from slopedesign.drawings import textures
from slopedesign.drawings.blocks import (
    Block,
    Pad,
    block_sheets,
    chain,
    extent_of,
    largest_scale,
    note_block,
    table_blocks,
    view_block,
    water_mark,
)
from slopedesign.drawings.callouts import ladder
from slopedesign.drawings.phrases import Phrases, number, ratio
from slopedesign.drawings.sheet import Box, Sheet, Spot, View
from slopedesign.drawings.tables import Column, Table
from slopedesign.project.water import DitchType

SECTIONS = (20, 25, 50, 100)
DASH = "\N{EM DASH}"


def section_sheets(water: WaterResult, say: Phrases, prefix: str) -> list[Sheet]:
    """Sections of every type and size used, and their table."""
    groups = _by_section(water)
    if not groups:
        return []

    def sections(scale: int) -> list[Block]:
        return [_section(reaches, structure, say, scale) for reaches, structure in groups]

    scale = largest_scale(sections, SECTIONS, ("A3", "A2"), most=2, small_paper=False)
    notes = note_block(say, list(_section_notes(groups, say)))
    return block_sheets([*sections(scale), *_section_table(groups, say), notes], code="SL", scale=scale, most=2,
                        language=say.language, title=say("sheets.ditch.title", prefix=prefix))  # fmt: skip


def _by_section(water: WaterResult) -> list[tuple[list[ReachResult], ReachStructures]]:
    """Reaches by type and size of their section, with the structures of the first (its outline)."""
    found: dict[tuple[str, float, float], tuple[list[ReachResult], ReachStructures]] = {}
    for reach in water.network.reaches if water.network is not None else ():
        structure = water.structure(reach.name)
        if reach.sized is None or reach.input.kind is None or structure.quantities is None:
            continue
        key = (reach.input.kind.name, reach.sized.width, reach.sized.height)
        found.setdefault(key, ([], structure))[0].append(reach)
    return list(found.values())


def _deepest(reaches: Sequence[ReachResult]) -> ReachResult:
    return max(reaches, key=lambda r: r.sized.depth.value if r.sized is not None and r.sized.depth is not None else 0.0)


def lining_outline(structure: ReachStructures) -> BaseGeometry:
    """The lining as an area: outer outline without the waterway [m]."""
    shape = structure.quantities.outline if structure.quantities is not None else None
    if shape is None:
        return Polygon()
    return Polygon(shape.outer).difference(Polygon(shape.inner))


def _section(reaches: Sequence[ReachResult], structure: ReachStructures, say: Phrases, scale: int) -> Block:
    assert structure.quantities is not None
    shape, kind = structure.quantities.outline, reaches[0].input.kind
    sized = reaches[0].sized
    assert kind is not None and sized is not None
    box = extent_of(shape.trench, shape.outer)
    extent = Box(box.x0 - 0.25, box.y0, box.x1 + 0.25, max(box.y1, sized.height))

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        top = float(shape.trench[:, 1].max())
        for a, b in ((extent.x0, float(shape.trench[:, 0].min())), (float(shape.trench[:, 0].max()), extent.x1)):
            line = view.paper([(a, top), (b, top)])
            sheet.line("ground", line, linetype="CONTINUOUS")
            textures.ground_ticks(sheet, line, spacing=7.0, size=1.8)
        _body(view, structure, kind)
        _ditch_dimensions(view, structure, kind, sized.height)
        _water_line(view, reaches, say)
        names = [say("sheets.ditch.lining", lining=say(f"water.lining.{kind.lining}"))]
        wall = Polygon(shape.outer).difference(Polygon(shape.inner))
        tips = [view.point(*_right_part(wall))]
        if shape.cushion is not None:
            names.append(say("sheets.ditch.cushion", thickness=number(kind.cushion * 1000, 0)))
            middle = shape.cushion.mean(axis=0)
            tips.append(view.point(float(shape.cushion[:, 0].max()) - 0.06, float(middle[1])))
        if not wall.is_empty:
            ladder(sheet, list(zip(tips, names, strict=True)), view.point(0.0, extent.y1)[1] + 12,
                   limit=room.x1 - 1)  # fmt: skip

    title = say("sheets.ditch.section", kind=kind.name, width=f"{sized.width:g}", height=f"{sized.height:g}")
    return view_block(title, scale, extent, Pad(20, 26, 26, 24), paint)


def _right_part(shape: BaseGeometry) -> tuple[float, float]:
    """A point of an area on its right side, at mid height."""
    if shape.is_empty:
        return 0.0, 0.0
    _, y0, x1, y1 = shape.bounds
    right = shape.intersection(Polygon([(0.0, y0 + 0.3 * (y1 - y0)), (x1 + 1, y0 + 0.3 * (y1 - y0)), (x1 + 1, y1),
                                        (0.0, y1)]))  # fmt: skip
    point = (right if not right.is_empty else shape).representative_point()
    return float(point.x), float(point.y)


def _body(view: View, structure: ReachStructures, kind: DitchType) -> None:
    """Trench, cushion, lining with its material, backfill."""
    sheet = view.sheet
    assert structure.quantities is not None
    shape = structure.quantities.outline
    sheet.line("interface", view.paper(shape.trench), closed=True, linetype="DASHED")
    lining = lining_outline(structure)
    filled = Polygon(shape.trench).difference(Polygon(shape.outer))
    if shape.cushion is not None:
        filled = filled.difference(Polygon(shape.cushion))
        sheet.line("fill", view.paper(shape.cushion), closed=True)
        textures.gravel(sheet, view.paper(shape.cushion), 1.6)
    for part in getattr(filled, "geoms", [filled]):
        if isinstance(part, Polygon) and part.area > 1e-3:
            textures.soil(sheet, view.paper(np.array(part.exterior.coords)[:-1]), 4.0)
    if lining.is_empty:
        sheet.line("drain", view.paper(shape.inner), closed=False)
        return
    for part in getattr(lining, "geoms", [lining]):
        if not isinstance(part, Polygon) or part.area < 1e-6:
            continue
        rings = [view.paper(np.array(ring.coords)[:-1]) for ring in (part.exterior, *part.interiors)]
        for ring in rings:
            sheet.line("drain", ring, closed=True)
        if kind.lining in ("mortared_stone", "dry_stone", "plastered_masonry"):
            textures.stones(sheet, rings[0], 5.0, layer="fill", mortar=0.4, holes=rings[1:])
        elif "concrete" in kind.lining:
            sheet.fill("fill", rings, "AR-CONC", scale=0.6)


def _ditch_dimensions(view: View, structure: ReachStructures, kind: DitchType, height: float) -> None:
    assert structure.quantities is not None
    shape = structure.quantities.outline
    inner, outer = shape.inner, shape.outer
    top = float(inner[:, 1].max())
    at_top = sorted({round(float(x), 6) for line in (inner, outer) for x, y in line if abs(y - top) < 1e-9})
    if len(at_top) > 1:
        chain(view, [(x, top) for x in at_top], view.point(0.0, top)[1] + 5)
    low = float(inner[:, 1].min())
    floor = sorted({round(float(x), 6) for x, y in inner if abs(y - low) < 1e-9})
    y = view.point(0.0, float(shape.trench[:, 1].min()))[1]
    if len(floor) > 1 and floor[-1] - floor[0] > 1e-6:
        chain(view, [(floor[0], low), (floor[-1], low)], y - 6)
    base = float(outer[:, 1].min())
    foot = sorted({round(float(x), 6) for x, z in outer if abs(z - base) < 1e-9})
    bottom = sorted({round(float(x), 6) for x, z in shape.trench if abs(z - shape.trench[:, 1].min()) < 1e-9})
    if len(foot) > 1:
        chain(view, [(x, base) for x in sorted({*foot, *bottom})], y - 13)
    left = view.point(float(shape.trench[:, 0].min()), 0.0)[0] - 5
    zs = sorted({round(float(z), 6) for z in (shape.trench[:, 1].min(), base, low, top)})
    chain(view, [(float(outer[:, 0].min()), z) for z in zs], left, 90)
    if kind.side_slope and kind.shape in ("trapezoid", "triangle"):
        right = max((p for p in inner if abs(p[1] - top) < 1e-9), key=lambda p: p[0])
        p, q = view.point(float(max(floor, default=0.0)), low), view.point(float(right[0]), top)
        turn = float(np.degrees(np.arctan2(q[1] - p[1], q[0] - p[0])))
        middle = (np.array(p) + np.array(q)) / 2
        off = np.array((-np.sin(np.radians(turn)), np.cos(np.radians(turn)))) * 1.0
        view.sheet.text("dimension", (float(middle[0] + off[0]), float(middle[1] + off[1])), ratio(kind.side_slope),
                        2.5, halign="center", rotation=turn)  # fmt: skip


def _water_line(view: View, reaches: Sequence[ReachResult], say: Phrases) -> None:
    """The design level of the fullest reach of this section."""
    reach = _deepest(reaches)
    sized = reach.sized
    if sized is None or sized.depth is None:
        return
    h = sized.depth.value
    half = sized.section.top_width(h) / 2
    sheet = view.sheet
    sheet.line("water", view.paper([(-half, h), (half, h)]), linetype="CONTINUOUS")
    at = view.point(-half * 0.55, h)
    water_mark(sheet, at)
    words = say("sheets.ditch.depth", depth=number(h, 3))
    x, y = view.point(0.0, h)
    spots = [Spot((x, y + d), "center", cost=0.1 * i) for i, d in enumerate((-4.2, 1.2, -7.5, 4.4))]
    sheet.label("water", words, spots, 2.5, crossing=0.5)


def _section_table(groups: Sequence[tuple[list[ReachResult], ReachStructures]], say: Phrases) -> list[Block]:
    """Which reaches have which section, and what a metre of it takes."""
    heads = ("type", "size", "reaches", "length", "wall", "floor", "excavation", "lining", "cushion", "backfill",
             "joints", "weep")  # fmt: skip
    columns = tuple(
        Column(say(f"sheets.ditch.head.{h}"), "left" if h in ("type", "reaches") else "right", 40.0) for h in heads
    )
    rows = []
    for reaches, structure in groups:
        kind, sized, q = reaches[0].input.kind, reaches[0].sized, structure.quantities
        assert kind is not None and sized is not None and q is not None
        per, shape = q.length.value, q.outline
        dug, cushion = polygon_area(shape.trench), q.cushion.value / per
        rows.append((
            kind.name, f"{sized.width:g}\N{MULTIPLICATION SIGN}{sized.height:g}",
            ", ".join(str(r.number) for r in reaches), number(sum(r.input.bed.length for r in reaches)),
            f"{kind.wall_top * 1000:.0f}/{kind.wall_base * 1000:.0f}", number(kind.floor * 1000, 0),
            number(dug, 3), number(q.lining.value / per, 3), number(cushion, 3),
            number(dug - polygon_area(shape.outer) - cushion, 3), f"{kind.joint_spacing:g}",
            f"{kind.weep_spacing:g} ({kind.weep_sides})" if kind.weep_sides else DASH,
        ))  # fmt: skip
    return table_blocks(Table(say("sheets.ditch.table"), columns, tuple(rows)))


def _section_notes(groups: Sequence[tuple[list[ReachResult], ReachStructures]], say: Phrases) -> Iterator[str]:
    yield say("note.mm")
    yield say("sheets.ditch.note.water")
    yield say("sheets.ditch.note.ground")
    yield say("sheets.ditch.note.joints")
    if any(kind is not None and kind.plaster for kind in (reaches[0].input.kind for reaches, _ in groups)):
        names = [reaches[0].input.kind.name for reaches, _ in groups
                 if reaches[0].input.kind is not None and reaches[0].input.kind.plaster]  # fmt: skip
        yield say("sheets.ditch.note.plaster", names=", ".join(dict.fromkeys(names)))
