"""Sheets of drainage and storage: network on the plan, catchments, long sections, details, ponds."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
import shapely
from shapely import LineString

from slopedesign.calc.water.network import NetworkResult, ReachResult
from slopedesign.calc.water.pond_plan import outline_at
from slopedesign.calc.water.result import WaterResult
from slopedesign.design import Design
from slopedesign.drawings.blocks import (
    Block,
    arrow_head,
    block_sheets,
    note_block,
    numbered,
    table_blocks,
)
from slopedesign.drawings.collect import plan_content
from slopedesign.drawings.irrigation_sheets import irrigation_sheets
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.plan import plan_sheets
from slopedesign.drawings.plan_format import map_window
from slopedesign.drawings.pond_sheets import pond_sheets
from slopedesign.drawings.sheet import Box, Points, Sheet, Spot, View
from slopedesign.drawings.tables import Column, Table
from slopedesign.drawings.text import text_width
from slopedesign.drawings.water_catchments import catchment_plan
from slopedesign.drawings.water_details import detail_sheets
from slopedesign.drawings.water_profiles import profile_sheets
from slopedesign.quantities.bill import Bill

DASH = "\N{EM DASH}"
ControlPoint = tuple[str, tuple[float, float, float]]


def water_sheets(design: Design, bill: Bill | None, language: str, prefix: str = "") -> list[Sheet]:
    """All sheets of the water side of a design; none where it has none."""
    water = design.water
    if water is None:
        return []
    say = Phrases(language)
    sheets = network_plan(design, bill, say, prefix)
    sheets += catchment_plan(design, bill, say, prefix)
    sheets += catchment_sheets(water, say, prefix)
    if water.network is not None:
        sheets += profile_sheets(water.network, say, prefix)
        sheets += detail_sheets(water, say, prefix)
    sheets += pond_sheets(water, say, prefix)
    record = design.project.water
    sheets += irrigation_sheets(water, record.irrigation if record is not None else None, say, prefix)
    for i, sheet in enumerate(sheets, 1):
        sheet.code = f"SL-{i:02d}"
    return sheets


# --- network on the plan --------------------------------------------------------------------------------------------


def located(reach: ReachResult) -> bool:
    """Whether a reach has a place in plan (a typed length has none)."""
    return reach.input.record.length is None


def network_plan(design: Design, bill: Bill | None, say: Phrases, prefix: str) -> list[Sheet]:
    """The ground plan with every reach, its number and the way it flows, with outlets."""
    water, settings = design.water, design.project.drawings
    network = water.network if water is not None else None
    if water is None or network is None or not any(located(r) for r in network.reaches) or not design.grounds:
        return []
    content = dataclasses.replace(
        plan_content(design, bill, say.language), title=say("sheets.water.plan_title", prefix=prefix), works=(),
        control=tuple(set_out_points(water)), control_title=say("sheets.water.control"),
        drains=tuple(("", reach.input.bed.points) for reach in network.reaches if located(reach)),
    )  # fmt: skip
    sheets = plan_sheets(content, settings.plan_scale, settings.sheet, say.language)
    for sheet in sheets:
        window = map_window(sheet)
        if sheet.origin is None:
            continue
        corner = (sheet.origin[0] + window.x0 * sheet.unit, sheet.origin[1] + window.y0 * sheet.unit)
        view = View(sheet, corner, (window.x0, window.y0), window)
        _network(view, water, network, say, window)
    return sheets


def set_out_points(water: WaterResult, apart: float = 0.3, most: int = 8) -> Iterator[ControlPoint]:
    """Ends and sharpest bends of every ditch with the levels of its bed, and the top corners of shaped ponds."""
    for reach in water.network.reaches if water.network is not None else ():
        if not located(reach):
            continue
        tolerance, kept = apart, reach.input.bed.points
        while len(kept) > most:
            kept = shapely.get_coordinates(
                shapely.simplify(LineString(reach.input.bed.points), tolerance), include_z=True
            )
            tolerance *= 1.5
        for i, (east, north, z) in enumerate(kept, 1):
            yield f"G{reach.number}-{i}", (float(east), float(north), float(z))
    for k, pond in enumerate(water.ponds, 1):
        record = pond.record
        if record.bottom_level is None or record.depth is None or record.diameter is not None:
            continue
        top = record.bottom_level + record.depth
        ring = outline_at(record, top)
        for i, (east, north) in enumerate(ring if ring is not None else (), 1):
            yield f"C{k}-{i}", (float(east), float(north), top)


def _network(view: View, water: WaterResult, network: NetworkResult, say: Phrases, window: Box) -> None:
    sheet = view.sheet
    for reach in network.reaches:
        if not located(reach):
            continue
        line = view.paper(reach.input.bed.points)
        _arrows(sheet, line, window)
        _node(sheet, line[0])
        _node(sheet, line[-1])
    for reach in network.reaches:
        if located(reach):
            _reach_label(sheet, view.paper(reach.input.bed.points), reach, window)
    for node in network.outlets:
        last = next((r for r in network.into(node) if located(r)), None)
        if last is None:
            continue
        p = view.paper(last.input.bed.points[-1:])[0]
        key = (
            "sheets.water.into_pond" if any(pond.record.name == node for pond in water.ponds) else "sheets.water.outlet"
        )
        words = say(key, name=node)
        spots: list[Spot] = []
        for dx, dy in ((8, -8), (-8, -8), (8, 8), (-8, 8), (14, -14), (-14, -14), (20, 0), (-20, 0)):
            side = "left" if dx > 0 else "right"
            end = (float(p[0]) + dx, float(p[1]) + dy)
            tail = (end[0] + (1 if dx > 0 else -1) * text_width(words, 3.0), end[1])
            leader = ((float(p[0]), float(p[1])), end, tail)
            spots.append(Spot((end[0], end[1] + 0.8), side, cost=0.1 * len(spots), leader=leader))  # type: ignore[arg-type]
        sheet.label("water", words, spots, 3.0, within=window, required=True)


def _node(sheet: Sheet, at: Points) -> None:
    sheet.circle("drain", (float(at[0]), float(at[1])), 0.7)


def _arrows(sheet: Sheet, line: Points, window: Box) -> None:
    """Arrow heads in the sense of flow: in the middle of a short reach, every 35 mm of a long one."""
    path = LineString(line)
    if path.length < 4:
        return
    count = max(1, round(path.length / 35))
    for i in range(count):
        at = path.length * (i + 0.5) / count
        p, q = path.interpolate(max(at - 0.6, 0.0)), path.interpolate(min(at + 0.6, path.length))
        if window.inset(2).holds(np.array([(q.x, q.y)])):
            arrow_head(sheet, "drain", (q.x, q.y), float(np.degrees(np.arctan2(q.y - p.y, q.x - p.x))), 3.0)


def _reach_label(sheet: Sheet, line: Points, reach: ReachResult, window: Box) -> None:
    """The reach's number in a circle beside its middle."""
    path = LineString(line)
    best: tuple[float, tuple[float, float], tuple[float, float]] | None = None
    for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9):
        p = path.interpolate(share, normalized=True)
        for reach_mm in (6.0, 10.0, 15.0, 21.0, 28.0):
            for turn in range(0, 360, 30):
                x = p.x + reach_mm * float(np.cos(np.radians(turn)))
                y = p.y + reach_mm * float(np.sin(np.radians(turn)))
                box = Box(x - 3, y - 3, x + 3, y + 3)
                if not sheet.is_free(box.corners, window):
                    continue
                cost = sheet.lines_met(box.corners) + 0.05 * reach_mm + abs(share - 0.5)
                if best is None or cost < best[0]:
                    best = (cost, (x, y), (p.x, p.y))
        if best is not None and best[0] < 1.0:
            break
    if best is None:
        return
    _, center, foot = best
    sheet.reserve(Box(center[0] - 3, center[1] - 3, center[0] + 3, center[1] + 3), f"({reach.number})")
    numbered(sheet, "notes", center, str(reach.number))
    run = np.subtract(center, foot)
    run = run / np.hypot(*run)
    sheet.line("notes", np.array([foot, np.asarray(center) - run * 2.6]))


# --- catchments and hydrology ---------------------------------------------------------------------------------------


def catchment_sheets(water: WaterResult, say: Phrases, prefix: str) -> list[Sheet]:
    """Storm methods, catchments, and the hydrology and hydraulics of every reach as tables."""
    blocks: list[Block] = [*_catchments(water, say), *_storm(water, say)]
    if water.network is not None:
        blocks += [*_hydrology(water.network, say), *_hydraulics(water.network, say)]
    if not blocks:
        return []
    notes = [say("sheets.water.note.tables"), say("sheets.water.note.add")]
    if any(check.unverified for check in water.checks):
        notes.append(say("note.unverified"))
    title = say("sheets.water.catchment_title", prefix=prefix)
    return block_sheets([*blocks, note_block(say, notes)], code="SL", title=title, scale=1000, language=say.language,
                        scale_text=DASH, most=2)  # fmt: skip


def _catchments(water: WaterResult, say: Phrases) -> list[Block]:
    heads = ("name", "node", "surfaces", "area", "phi", "moment", "t_1", "t_2")
    columns = tuple(Column(say(f"sheets.catchment.{h}"), "left" if h in ("name", "node", "surfaces") else "right",
                           44.0) for h in heads)  # fmt: skip
    rows = []
    for c in water.catchments:
        parts = "; ".join(
            f"{say(f'water.surface.{name.split()[-1]}')} {area.value:.0f} m2" for name, (area, _) in c.parts.items()
        )
        rows.append((
            c.record.name, c.inflow.node, parts, number(c.inflow.area, 4), number(c.inflow.phi, 2),
            number(c.inflow.moment, 4), number(c.inflow.t_1, 2), number(c.inflow.t_2, 2),
        ))  # fmt: skip
    return table_blocks(Table(say("sheets.catchment.title"), columns, tuple(rows))) if rows else []


def _storm(water: WaterResult, say: Phrases) -> list[Block]:
    """Intensity by every method at the times worked."""
    if not water.storm.table:
        return []
    names = list(water.storm.table[0].intensity)
    columns = (Column(say("sheets.storm.minutes"), "right"), *(Column(say(name), "right", 34.0) for name in names))
    rows = tuple(
        (f"{row.minutes:g}", *(number(row.intensity[n], 3) if n in row.intensity else DASH for n in names))
        for row in water.storm.table
    )  # fmt: skip
    title = say("sheets.storm.title", years=f"{float(water.storm.return_period):g}")
    return table_blocks(Table(title, columns, rows))


def _hydrology(network: NetworkResult, say: Phrases) -> list[Block]:
    heads = ("number", "name", "from", "to", "area", "phi", "time", "intensity", "flow")
    words = ("name", "from", "to")
    columns = tuple(
        Column(say(f"sheets.reach.{h}"), "center" if h == "number" else "left" if h in words else "right", 36.0)
        for h in heads
    )
    rows = tuple(
        (
            str(r.number), r.name, r.input.record.from_node, r.input.record.to_node, number(r.gathered.area, 4),
            number(r.gathered.phi, 3), number(r.gathered.time, 2), number(r.gathered.intensity, 3), number(r.flow, 3),
        )
        for r in network.reaches
    )  # fmt: skip
    return table_blocks(Table(say("sheets.reach.hydrology"), columns, rows))


def _hydraulics(network: NetworkResult, say: Phrases) -> list[Block]:
    heads = ("number", "kind", "lining", "size", "length", "slope", "flow", "roughness", "depth", "velocity", "froude",
             "capacity", "height_needed")  # fmt: skip
    columns = tuple(
        Column(say(f"sheets.reach.{h}"), "left" if h in ("kind", "lining") else "center" if h in ("number", "size")
               else "right", 30.0) for h in heads
    )  # fmt: skip
    return table_blocks(
        Table(say("sheets.reach.hydraulics"), columns, tuple(_hydraulic_row(r, say) for r in network.reaches))
    )


def _hydraulic_row(reach: ReachResult, say: Phrases) -> tuple[str, ...]:
    bed, sized, kind = reach.input.bed, reach.sized, reach.input.kind
    start = (str(reach.number), say(f"water.kind.{reach.kind}"), say(f"water.lining.{kind.lining}") if kind else DASH)
    run = (number(bed.length), number(reach.input.slope, 4), number(reach.flow, 3))
    if sized is None:
        culvert = reach.culvert
        if culvert is None:
            return (*start, DASH, *run, *(DASH,) * 6)
        section = culvert.culvert.section
        size = f"{section.top_width(section.height / 2):.2f}\N{MULTIPLICATION SIGN}{section.height:.2f}"
        return (*start, size, *run, number(culvert.culvert.n, 3), number(culvert.rating.outlet_depth, 3),
                number(culvert.rating.velocity), DASH, DASH, DASH)  # fmt: skip
    chute = sized.chute
    depth = number(sized.depth, 3) if sized.depth is not None else DASH
    velocity = number(sized.velocity) if sized.velocity is not None else DASH
    froude = number(sized.froude) if sized.froude is not None else DASH
    if chute is not None:
        depth, velocity, froude = number(chute.foot_depth, 3), number(chute.foot_velocity), number(chute.froude)
    return (*start, f"{sized.width:.2f}\N{MULTIPLICATION SIGN}{sized.height:.2f}", *run, number(sized.n, 3), depth,
            velocity, froude, number(sized.capacity, 3),
            number(sized.required_height) if sized.required_height is not None else DASH)  # fmt: skip
