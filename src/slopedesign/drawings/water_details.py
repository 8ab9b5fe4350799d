"""Details of the network: sections of ditches and chutes in their trench, basins, drops, aprons, mouths, culverts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.result import ReachStructures, WaterResult
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
from slopedesign.drawings.phrases import Phrases, level, number, ratio
from slopedesign.drawings.sheet import Box, Points, Sheet, Spot, View
from slopedesign.drawings.tables import Column, Table
from slopedesign.project.water import DitchType

SECTIONS = (20, 25, 50, 100)
STRUCTURES = (25, 50, 100, 200)
DASH = "\N{EM DASH}"


def detail_sheets(water: WaterResult, say: Phrases, prefix: str) -> list[Sheet]:
    """Sections of every size used, then the structures at the feet of reaches and the culverts."""
    network = water.network
    assert network is not None
    sheets: list[Sheet] = []
    groups = _by_section(water)
    tables = [*_section_table(groups, say)]

    def sections(scale: int) -> list[Block]:
        return [_section(reaches, structure, say, scale) for reaches, structure in groups]

    if groups:
        scale = largest_scale(sections, SECTIONS, ("A3", "A2"), most=2, small_paper=False)
        notes = note_block(say, list(_section_notes(groups, say)))
        sheets += block_sheets([*sections(scale), *tables, notes], code="SL", scale=scale, language=say.language,
                               title=say("sheets.ditch.title", prefix=prefix), most=2)  # fmt: skip
    if any(s.basin or s.drop or s.apron or s.flare for s in water.structures) or any(
        r.culvert for r in network.reaches
    ):
        scale = largest_scale(lambda s: _structures(water, say, s), STRUCTURES, ("A3", "A2"), most=2,
                              small_paper=False)  # fmt: skip
        notes = note_block(
            say, [say("note.mm"), say("sheets.structure.note.levels"), say("sheets.structure.note.table")]
        )
        blocks = [*_structures(water, say, scale), *_structure_tables(water, say), notes]
        sheets += block_sheets(blocks, code="SL", title=say("sheets.structure.title", prefix=prefix), scale=scale,
                               language=say.language, most=3)  # fmt: skip
    return sheets


# --- sections ---------------------------------------------------------------------------------------------------------


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
    sheet.label("water", words, spots, 2.2, crossing=0.5)


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
        per = q.length.value
        rows.append((
            kind.name, f"{sized.width:g}\N{MULTIPLICATION SIGN}{sized.height:g}",
            ", ".join(str(r.number) for r in reaches), number(sum(r.input.bed.length for r in reaches)),
            f"{kind.wall_top * 1000:.0f}/{kind.wall_base * 1000:.0f}", number(kind.floor * 1000, 0),
            number(q.excavation.value / per, 3), number(q.lining.value / per, 3), number(q.cushion.value / per, 3),
            number(q.backfill.value / per, 3), f"{kind.joint_spacing:g}",
            f"{kind.weep_spacing:g} ({kind.weep_sides})" if kind.weep_sides else DASH,
        ))  # fmt: skip
    return table_blocks(Table(say("sheets.ditch.table"), columns, tuple(rows)))


def _section_notes(groups: Sequence[tuple[list[ReachResult], ReachStructures]], say: Phrases) -> Iterator[str]:
    yield say("note.mm")
    yield say("sheets.ditch.note.water")
    yield say("sheets.ditch.note.joints")
    if any(kind is not None and kind.plaster for kind in (reaches[0].input.kind for reaches, _ in groups)):
        names = [reaches[0].input.kind.name for reaches, _ in groups
                 if reaches[0].input.kind is not None and reaches[0].input.kind.plaster]  # fmt: skip
        yield say("sheets.ditch.note.plaster", names=", ".join(dict.fromkeys(names)))


# --- structures -------------------------------------------------------------------------------------------------------


def _structures(water: WaterResult, say: Phrases, scale: int) -> list[Block]:
    blocks: list[Block] = []
    seen: set[tuple[object, ...]] = set()
    network = water.network
    assert network is not None
    for structure in water.structures:
        reach = network.reach(structure.reach)
        if structure.basin is not None:
            b = structure.basin
            key = ("basin", round(b.depth.value, 3), round(b.length.value, 3), _floor(reach))
            if key not in seen:
                seen.add(key)
                blocks.append(_basin(reach, structure, say, scale))
        if structure.drop is not None:
            blocks.append(_drop(reach, structure, say, scale))
        if structure.apron is not None:
            blocks.append(_apron(reach, structure, say, scale))
        if structure.flare is not None:
            blocks.append(_flare(reach, structure, say, scale))
    for reach in network.reaches:
        if reach.culvert is not None:
            blocks += [_culvert_section(reach, say, scale), _culvert_long(reach, say, scale)]
    return blocks


def _floor(reach: ReachResult) -> float:
    return reach.input.kind.floor if reach.input.kind is not None else 0.0


def _basin(reach: ReachResult, structure: ReachStructures, say: Phrases, scale: int) -> Block:
    """Long section of a stilling basin: foot of the chute, basin floor, end sill, channel below."""
    basin, sized = structure.basin, reach.sized
    assert basin is not None
    d, length, floor = max(basin.depth.value, 0.0), basin.length.value, _floor(reach)
    slope = max(reach.input.bed.slope, 1e-3)
    run, after = 1.2, 1.2
    wall = sized.height if sized is not None else basin.sequent.value
    chute_top = -d + run * slope
    extent = Box(-run, -d - floor, length + after, max(chute_top + wall, -d + basin.sequent.value + 0.2, wall))

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        bed = np.array([(-run, chute_top), (0.0, -d), (length, -d), (length, 0.0), (length + after, 0.0)])
        under = np.array([(length + after, -floor), (length - floor if d else length, -floor), (length, -d - floor),
                          (0.0, -d - floor), (-run, chute_top - floor)])  # fmt: skip
        if d <= 1e-9:
            bed, under = (
                bed[[0, 1, 2, 4]],
                np.array([(length + after, -floor), (0.0, -floor), (-run, chute_top - floor)]),
            )
        else:
            under = np.array([(length + after, -floor), (length + floor, -floor), (length + floor, -d - floor),
                              (0.0, -d - floor), (-run, chute_top - floor)])  # fmt: skip
        if floor > 0:
            body = view.paper(np.vstack((bed, under)))
            sheet.line("drain", body, closed=True)
            sheet.fill("fill", [body], "AR-CONC", scale=0.6)
        else:
            sheet.line("drain", view.paper(bed))
        crown = max(wall, -d + basin.sequent.value)
        sheet.line("wall", view.paper([(-run, chute_top + wall), (0.0, max(-d + wall, crown)),
                                       (length + after, crown)]), lineweight=18)  # fmt: skip
        water = [(-run, chute_top + basin.contracted), (0.0, -d + basin.contracted)]
        sheet.line("water", view.paper(water), linetype="CONTINUOUS")
        jump = basin.jump_length.value
        end = min(jump, length)
        xs = np.linspace(0.0, end, 9)
        rise = basin.sequent.value - basin.contracted
        sheet.line("water", view.paper(np.column_stack((xs, -d + basin.contracted + rise * (xs / jump) ** 0.7))),
                   linetype="CONTINUOUS")  # fmt: skip
        chain(view, [(0.0, -d - floor), (length, -d - floor)], view.point(0.0, -d - floor)[1] - 8)
        if d > 1e-9:
            chain(view, [(length, -d), (length, 0.0)], view.point(length + after, 0.0)[0] + 6, 90)
        if floor > 0:
            chain(view, [(0.0, -d - floor), (0.0, -d)], view.point(-run, 0.0)[0] - 5, 90)
        p = view.point(length * 0.5, -d)
        sheet.text("water", (p[0], p[1] + 1.0), f"h_c={number(basin.contracted, 3)} m", 2.2, halign="center")

    title = say("sheets.structure.basin", name=reach.name)
    return view_block(title, scale, extent, Pad(16, 20, 8, 16), paint)


def _drop(reach: ReachResult, structure: ReachStructures, say: Phrases, scale: int) -> Block:
    """Long section of a free drop: wall, nappe, pool, apron."""
    drop = structure.drop
    assert drop is not None
    height = float(drop.number.inputs["P"])
    floor, after, before = _floor(reach), 0.8, 1.0
    apron = drop.apron
    extent = Box(-before, -floor, apron + after, height + 0.6)

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        bed = [(-before, height), (0.0, height), (0.0, 0.0), (apron, 0.0), (apron + after, 0.0)]
        sheet.line("drain", view.paper(bed))
        if floor > 0:
            under = [(apron + after, -floor), (-max(floor, 0.3), -floor), (-max(floor, 0.3), height - floor),
                     (-before, height - floor)]  # fmt: skip
            body = view.paper([*bed, *under])
            sheet.line("drain", body, closed=True)
            sheet.fill("fill", [body], "AR-CONC", scale=0.6)
        nappe = drop.length.value
        t = np.linspace(0.0, 1.0, 13)
        sheet.line("water", view.paper(np.column_stack((nappe * t, height * (1 - t**2)))), linetype="CONTINUOUS")
        sheet.line("water", view.paper([(0.0, drop.pool.value), (nappe * 0.8, drop.pool.value)]), linetype="CONTINUOUS")
        sheet.line("water", view.paper([(apron, drop.sequent.value), (apron + after, drop.sequent.value)]),
                   linetype="CONTINUOUS")  # fmt: skip
        chain(view, [(0.0, -floor), (nappe, -floor), (apron, -floor)], view.point(0.0, -floor)[1] - 8)
        chain(view, [(-before, 0.0), (-before, height)], view.point(-before, 0.0)[0] - 6, 90)
        chain(view, [(apron + after, 0.0), (apron + after, drop.sequent.value)],
              view.point(apron + after, 0.0)[0] + 7, 90)  # fmt: skip

    return view_block(say("sheets.structure.drop", name=reach.name), scale, extent, Pad(18, 20, 8, 16), paint)


def _apron(reach: ReachResult, structure: ReachStructures, say: Phrases, scale: int) -> Block:
    """Long section of a riprap apron."""
    apron = structure.apron
    assert apron is not None
    length, thick = apron.length.value, apron.thickness.value
    extent = Box(-0.6, -thick, length + 0.4, 0.6)

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        body = view.paper([(0.0, 0.0), (0.0, -thick), (length, -thick), (length, 0.0)])
        sheet.line("drain", body, closed=True)
        textures.stones(sheet, body, max(2.0, view.length(apron.d50.value)), layer="fill", mortar=0.3)
        sheet.line("drain", view.paper([(-0.6, 0.0), (0.0, 0.0)]))
        chain(view, [(0.0, -thick), (length, -thick)], view.point(0.0, -thick)[1] - 7)
        chain(view, [(length, -thick), (length, 0.0)], view.point(length, 0.0)[0] + 8, 90)
        p = view.point(length / 2, 0.0)
        sheet.text("text", (p[0], p[1] + 3), say("sheets.structure.d50", d50=number(apron.d50.value * 1000, 0)), 2.5,
                   halign="center")  # fmt: skip

    return view_block(say("sheets.structure.apron", name=reach.name), scale, extent, Pad(12, 20, 8, 14), paint)


def _flare(reach: ReachResult, structure: ReachStructures, say: Phrases, scale: int) -> Block:
    """Plan of a flared mouth."""
    flare, sized, record = structure.flare, reach.sized, reach.input.record
    assert flare is not None
    narrow = float(flare.inputs["B_2"]) if "B_2" in flare.inputs else (sized.width if sized is not None else 1.0)
    wide = float(flare.inputs["B_1"]) if "B_1" in flare.inputs else (record.flare_width or narrow)
    length = flare.value
    extent = Box(-0.8, -wide / 2, length + 0.3, wide / 2)

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        for side in (-1, 1):
            sheet.line("drain", view.paper([(-0.8, side * narrow / 2), (0.0, side * narrow / 2),
                                            (length, side * wide / 2)]))  # fmt: skip
        sheet.line("axis", view.paper([(-0.9, 0.0), (length + 0.4, 0.0)]), avoid=False)
        chain(view, [(0.0, -wide / 2), (length, -wide / 2)], view.point(0.0, -wide / 2)[1] - 7)
        chain(view, [(-0.8, -narrow / 2), (-0.8, narrow / 2)], view.point(-0.8, 0.0)[0] - 7, 90)
        chain(view, [(length, -wide / 2), (length, wide / 2)], view.point(length, 0.0)[0] + 9, 90)
        if record.flare_angle_deg is not None:
            p = view.point(length * 0.35, wide / 2)
            words = say("sheets.structure.flare_angle", angle=number(record.flare_angle_deg, 1))
            sheet.text("dimension", (p[0], p[1] + 1.5), words, 2.5, halign="center")

    return view_block(say("sheets.structure.flare", name=reach.name), scale, extent, Pad(16, 20, 8, 14), paint)


def _culvert_section(reach: ReachResult, say: Phrases, scale: int) -> Block:
    """The clear opening of the barrels."""
    culvert = reach.culvert
    assert culvert is not None
    section, count = culvert.culvert.section, culvert.culvert.barrels
    outline: Points = section.outline()
    width = float(np.ptp(outline[:, 0]))
    pitch = width * 1.3
    extent = Box(-width / 2, 0.0, width / 2 + pitch * (count - 1), section.height)

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        for i in range(count):
            sheet.line("drain", view.paper(outline + (i * pitch, 0.0)), closed=True)  # noqa: RUF005
        depth = min(culvert.rating.outlet_depth, section.height)
        half = section.top_width(min(depth, section.height * (1 - 1e-9))) / 2
        sheet.line("water", view.paper([(-half, depth), (half, depth)]), linetype="CONTINUOUS")
        chain(view, [(-width / 2, 0.0), (width / 2, 0.0)], view.point(0.0, 0.0)[1] - 7)
        chain(view, [(-width / 2, 0.0), (-width / 2, section.height)], view.point(-width / 2, 0.0)[0] - 7, 90)

    title = say("sheets.structure.culvert_section", name=reach.name)
    return view_block(title, scale, extent, Pad(16, 14, 6, 14), paint)


def _culvert_long(reach: ReachResult, say: Phrases, scale: int) -> Block:
    """Along the barrel: invert, soffit, headwater by the governing control and the allowed one."""
    culvert, bed = reach.culvert, reach.input.bed
    assert culvert is not None
    z0, z1 = float(bed.points[0, 2]), float(bed.points[-1, 2])
    rise, length = culvert.culvert.section.height, bed.length
    head = culvert.rating.headwater.value
    allowed = culvert.allowed.value if culvert.allowed is not None else 0.0
    fall = z1 - z0
    extent = Box(-1.6, min(0.0, fall) - 0.1, length + 0.8, max(rise, head, allowed, fall + rise) + 0.1)

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        barrel = view.paper([(0.0, 0.0), (length, fall), (length, fall + rise), (0.0, rise)])
        sheet.line("drain", barrel, closed=True)
        sheet.line("drain", view.paper([(-1.6, 0.0), (0.0, 0.0)]))
        sheet.line("drain", view.paper([(length, fall), (length + 0.8, fall)]))
        for depth, key, shift in ((head, "headwater", 0.0), (allowed, "allowed", 0.0)):
            if depth <= 0:
                continue
            sheet.line("water", view.paper([(-1.6, depth), (0.0, depth)]),
                       linetype="CONTINUOUS" if key == "headwater" else "DASHED")  # fmt: skip
            at = view.point(-1.6 - shift, depth)
            sheet.text("water", (at[0] - 1, at[1] - (1.2 if head <= allowed or key != "headwater" else -0.4)),
                       f"{say(f'sheets.structure.{key}')} {level(z0 + depth)}", 2.2, halign="right")  # fmt: skip
        water_mark(sheet, view.point(-0.8, head))
        outlet = culvert.rating.outlet_depth
        sheet.line("water", view.paper([(length, fall + outlet), (length + 0.8, fall + outlet)]), linetype="CONTINUOUS")
        chain(view, [(0.0, min(0.0, fall)), (length, min(0.0, fall))], view.point(0.0, min(0.0, fall))[1] - 8,
              digits=0)  # fmt: skip
        for x, z, name in ((0.0, 0.0, z0), (length, fall, z1)):
            p = view.point(x, z)
            sheet.text("dimension", (p[0] + (-1.0 if x == 0 else 1.0), p[1] - 3.6), level(name), 2.2,
                       halign="right" if x == 0 else "left")  # fmt: skip
        middle = view.point(length / 2, fall / 2)
        sheet.text("dimension", (middle[0], middle[1] + 1.4), f"i={number(reach.input.slope, 4)}", 2.5, halign="center")

    title = say("sheets.structure.culvert_long", name=reach.name)
    return view_block(title, scale, extent, Pad(34, 18, 8, 16), paint)


def _structure_tables(water: WaterResult, say: Phrases) -> list[Block]:
    """Basins, drops and culverts as worked."""
    blocks: list[Block] = []
    network = water.network
    assert network is not None
    basins = [(network.reach(s.reach), s.basin) for s in water.structures if s.basin is not None]
    if basins:
        basin_heads = ("reach", "b", "q", "T_0", "h_c", "Fr", "h_2", "d", "L_j", "L_k")
        basin_rows = tuple(
            (
                r.name, number(r.sized.width) if r.sized is not None else DASH,
                number(b.unit_flow, 3), number(b.energy, 3), number(b.contracted, 3), number(b.froude, 2),
                number(b.sequent, 3), number(max(b.depth.value, 0.0), 3), number(b.jump_length, 2),
                number(b.length, 2),
            )
            for r, b in basins
        )  # fmt: skip
        blocks += _table("basins", basin_heads, basin_rows, say)
    drops = [(network.reach(s.reach), s.drop) for s in water.structures if s.drop is not None]
    if drops:
        drop_heads = ("reach", "D_n", "L_d", "y_p", "y_1", "y_2", "L_j")
        drop_rows = tuple(
            (r.name, number(d.number, 4), number(d.length, 2), number(d.pool, 3), number(d.toe, 3),
             number(d.sequent, 3), number(d.jump_length, 2)) for r, d in drops
        )  # fmt: skip
        blocks += _table("drops", drop_heads, drop_rows, say)
    culverts = [(r, r.culvert) for r in network.reaches if r.culvert is not None]
    if culverts:
        culvert_heads = ("reach", "Q", "barrels", "inlet", "outlet", "control", "allowed_head", "v")
        culvert_rows = tuple(
            (
                r.name, number(c.rating.flow, 3), str(c.culvert.barrels), number(c.rating.inlet, 3),
                number(c.rating.outlet, 3), say(f"sheets.structure.control_{c.rating.control}"),
                number(c.allowed, 2) if c.allowed is not None else DASH, number(c.rating.velocity),
            )
            for r, c in culverts
        )  # fmt: skip
        blocks += _table("culverts", culvert_heads, culvert_rows, say)
    return blocks


def _table(name: str, heads: Sequence[str], rows: tuple[tuple[str, ...], ...], say: Phrases) -> list[Block]:
    columns = tuple(
        Column(say(f"sheets.structure.head.{h}"), "left" if h == "reach" else "center" if h == "control" else "right")
        for h in heads
    )
    return table_blocks(Table(say(f"sheets.structure.{name}"), columns, rows))
