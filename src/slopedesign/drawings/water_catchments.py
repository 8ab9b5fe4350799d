"""Catchments on the plan: divides, longest ways of the water, areas with coefficient and time, land by surface."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
from shapely import Polygon
from shapely.geometry import Point

from slopedesign.calc.water.result import CatchmentResult, WaterResult
from slopedesign.design import Design
from slopedesign.drawings.blocks import arrow_head
from slopedesign.drawings.collect import plan_content
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.plan import plan_sheets
from slopedesign.drawings.plan_format import map_window
from slopedesign.drawings.sheet import Box, Points, Sheet, Spot, View
from slopedesign.drawings.text import text_width
from slopedesign.quantities.bill import Bill

HEIGHT = 2.5
"""Height of the labels of catchments [mm]."""


def catchment_plan(design: Design, bill: Bill | None, say: Phrases, prefix: str) -> list[Sheet]:
    """The ground plan with the divide of every catchment that has a place in plan; none where none has."""
    water, settings = design.water, design.project.drawings
    if water is None or not design.grounds or not any(_outlines(c) for c in water.catchments):
        return []
    network = water.network
    drains = () if network is None else tuple(
        ("", reach.input.bed.points) for reach in network.reaches if reach.input.record.length is None
    )  # fmt: skip
    record = design.project.water
    method = say(f"water.flow_method.{record.flow_method}") if record is not None else ""
    notes = [say("sheets.catchment.note_label")]
    if any(c.ground is not None for c in water.catchments):
        notes.append(say("sheets.catchment.note_method", method=method, cell=f"{record.grid_cell:g}" if record else ""))
    base = plan_content(design, bill, say.language, [line for c in water.catchments for line in _outlines(c)])
    content = dataclasses.replace(
        base, title=say("sheets.catchment.plan_title", prefix=prefix), works=(), control=(), drains=drains,
        notes=(*base.notes, *notes),
    )  # fmt: skip
    sheets = plan_sheets(content, settings.plan_scale, settings.sheet, say.language)
    for sheet in sheets:
        window = map_window(sheet)
        if sheet.origin is None:
            continue
        corner = (sheet.origin[0] + window.x0 * sheet.unit, sheet.origin[1] + window.y0 * sheet.unit)
        _draw(View(sheet, corner, (window.x0, window.y0), window), design, water, say, window)
        sheet.origin = None  # the plan of the network lies at these coordinates; this one goes beside it
    return sheets


def _outlines(c: CatchmentResult) -> list[Points]:
    """Closed plan outlines: the divide found on the terrain, or the polygons stated."""
    if c.ground is not None:
        return [c.ground.divide]
    return [np.array(part.polygon, dtype=float) for part in c.record.areas if part.polygon]


def _draw(view: View, design: Design, water: WaterResult, say: Phrases, window: Box) -> None:
    sheet = view.sheet
    for land in design.project.water.land if design.project.water is not None else ():
        view.line("notes", np.array(land.polygon, dtype=float), closed=True, lineweight=13)
        words = f"{land.name} {say(f'water.surface.{land.surface}')}"
        middle = view.paper(np.array(land.polygon, dtype=float)).mean(axis=0)
        sheet.label("notes", words, [Spot((float(middle[0]), float(middle[1])), "center", "middle")], HEIGHT,
                    within=window)  # fmt: skip
    shown = [(c, _outlines(c)) for c in water.catchments]
    for c, outlines in shown:
        for outline in outlines:
            view.line("water", outline, closed=True, lineweight=35)
        if c.ground is not None and len(c.ground.path) > 1:
            _way(view, c.ground.path, window)
    for c, outlines in shown:
        if outlines:
            time = number(c.inflow.t_1.value + c.inflow.t_2.value, 1)
            words = say("sheets.catchment.label", name=c.record.name, area=f"{c.inflow.area.value * 1e6:.0f}",
                        phi=number(c.inflow.phi, 2), time=time)  # fmt: skip
            inside = Polygon(view.paper(max(outlines, key=len)))
            sheet.label("notes", words, _spots(inside, words), HEIGHT, within=window, required=True)


def _way(view: View, path: Points, window: Box) -> None:
    """The longest way of the water, an arrow head at its end."""
    line = view.paper(path)
    view.line("water", path, avoid=False, lineweight=13)
    run = line[-1] - line[-2]
    if float(np.hypot(*(line[-1] - line[0]))) > 4.0 and window.inset(2).holds(line[-1:]):
        turn = float(np.degrees(np.arctan2(run[1], run[0])))
        arrow_head(view.sheet, "water", (float(line[-1, 0]), float(line[-1, 1])), turn, 2.0)


def _spots(inside: Polygon, words: str) -> Iterator[Spot]:
    """Places for a catchment's label: in its middle, or beside it with a leader."""
    middle: Point = inside.buffer(0).representative_point()
    yield Spot((middle.x, middle.y), "center", "middle")
    width = text_width(words, HEIGHT)
    for k, reach in enumerate((12.0, 20.0, 30.0, 42.0, 56.0, 72.0), 1):
        for turn in range(0, 360, 30):
            dx, dy = reach * float(np.cos(np.radians(turn))), reach * float(np.sin(np.radians(turn)))
            sense = 1 if dx >= 0 else -1
            end = (middle.x + dx, middle.y + dy)
            leader = ((middle.x, middle.y), end, (end[0] + sense * width, end[1]))
            yield Spot((end[0], end[1] + 0.6), "left" if sense > 0 else "right", cost=0.4 * k, leader=leader)
