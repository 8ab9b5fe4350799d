"""What acts on a wall in each situation: pressure on its back, forces with their levers, stress under its base."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from slopedesign.calc.walls.body import WallBody
from slopedesign.calc.walls.project_walls import WallsResult
from slopedesign.calc.walls.wall import SituationResult, WallResult
from slopedesign.drawings.blocks import (
    Block,
    Pad,
    arrow,
    block_sheets,
    extent_of,
    largest_scale,
    note_block,
    table_blocks,
    view_block,
)
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.sheet import Box, Points, Sheet, Spot, View
from slopedesign.drawings.tables import Column, Table
from slopedesign.standards.check import Check
from slopedesign.standards.trace import Traced

SCALES = (20, 25, 30, 50, 100, 200)
PRESSURE_MM, STRESS_MM = 24.0, 18.0
"""How wide the greatest pressure and the greatest base stress of a wall are drawn."""


def force_sheets(result: WallResult, say: Phrases, title: str, first: int) -> list[Sheet]:
    """One diagram for each situation of a wall, and the table of results."""
    tables = [*_stability_table(result, say), *_thrust_table(result, say)]
    pressed = _largest_pressure(result)

    def made(scale: int) -> list[Block]:
        return [_diagram(result, s, say, scale, pressed) for s in result.situations] + tables

    scale = largest_scale(made, SCALES, ("A3", "A2", "A1"), most=2)
    notes = [
        say("sheets.force.note.scale", pressure=number(pressed / PRESSURE_MM, 2)),
        say("sheets.force.note.units"), say("sheets.force.note.levers"),
    ]  # fmt: skip
    enlarged = {
        part.thrust.inputs["psi"].value
        for s in result.situations for part in s.forces.pressure.parts if "psi" in part.thrust.inputs
    }  # fmt: skip
    if enlarged:
        notes.append(say("sheets.force.note.enlarged", psi=", ".join(number(psi, 2) for psi in sorted(enlarged))))
    if any(check.unverified for check in result.checks):
        notes.append(say("note.unverified"))
    return block_sheets([*made(scale), note_block(say, notes)], code="DQ", title=title, scale=scale,
                        language=say.language, first=first)  # fmt: skip


def bench_force_sheets(walls: WallsResult, say: Phrases, prefix: str, first: int) -> list[Sheet]:
    """The forces on each kind and height class of bench wall, once."""
    sheets: list[Sheet] = []
    seen: set[tuple[str, str, float]] = set()
    for bench in walls.benches:
        key = (bench.run.wall.kind, str(bench.run.material), round(bench.result.height.value, 3))
        if key in seen:
            continue
        seen.add(key)
        title = say("sheets.force.bench_title", prefix=prefix, kind=say(f"walls.kind.{bench.run.wall.kind}"),
                    height=number(bench.result.height))  # fmt: skip
        sheets += force_sheets(bench.result, say, title, first + len(sheets))
    return sheets


def _largest_pressure(result: WallResult) -> float:
    found = [p for s in result.situations for _, p in s.forces.pressure.diagram]
    found += [p for s in result.situations for _, p in s.forces.pressure.water_diagram]
    return max(found, default=1.0) or 1.0


def _diagram(result: WallResult, situation: SituationResult, say: Phrases, scale: int, pressed: float) -> Block:
    body = result.body
    box = extent_of(body.outline, [body.back_head], [body.back_foot])
    extent = Box(box.x0, box.y0, max(box.x1, body.back_head[0]), max(box.y1, body.back_head[1]))

    def paint(view: View, room: Box) -> None:
        sheet = view.sheet
        sheet.line("wall", view.paper(body.outline), closed=True)
        if body.soil:
            sheet.line("cover", view.paper(body.soil), closed=True)
        _pressure(view, situation, body, pressed, say)
        _stress(view, situation, body)
        _weights(view, situation)

    pad = Pad(20, PRESSURE_MM * 2 + 44, 7, STRESS_MM + 20)
    return view_block(say(f"walls.situation.{situation.name}"), scale, extent, pad, paint, shown_scale=False)


def whole_diagram(diagram: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """The diagram run out to both ends of the back: a searched one gives the middles of its steps only."""
    if len(diagram) < 3 or diagram[0][0] < 1e-9:
        return diagram
    (h0, p0), (h1, p1), (h2, p2), (h3, p3) = diagram[0], diagram[1], diagram[-2], diagram[-1]
    foot = p0 - h0 * (p1 - p0) / (h1 - h0)
    head = p3 + h0 * (p3 - p2) / (h3 - h2)
    return ((0.0, max(foot, 0.0)), *diagram, (h3 + h0, max(head, 0.0)))


def pressure_polygon(body: WallBody, diagram: tuple[tuple[float, float], ...], kpa_per_metre: float) -> Points:
    """The pressure on the back as an area: from the back outwards, pressure drawn level [m of drawing]."""
    foot, head = np.asarray(body.back_foot), np.asarray(body.back_head)
    rise, diagram = head[1] - foot[1], whole_diagram(diagram)
    back = np.array([foot + (head - foot) * h / rise for h, _ in diagram])
    out = back + np.column_stack([[p / kpa_per_metre for _, p in diagram], np.zeros(len(diagram))])
    return np.vstack((back, out[::-1]))


def _pressure(view: View, situation: SituationResult, body: WallBody, pressed: float, say: Phrases) -> None:
    """Earth pressure on the back with its parts as arrows at their levers; water beside it."""
    sheet, pressure = view.sheet, situation.forces.pressure
    per_metre = pressed / (PRESSURE_MM * sheet.unit)
    shift = 1.5 * sheet.unit
    right = view.point(max(body.back_foot[0], body.back_head[0]), 0.0)[0]
    if len(pressure.diagram) > 1:
        area = pressure_polygon(body, pressure.diagram, per_metre) + np.array((shift, 0.0))
        sheet.line("dimension", view.paper(area), closed=True)
        sheet.fill("fill", [view.paper(area)], "ANSI31", scale=1.5)
        _values(view, body, whole_diagram(pressure.diagram), per_metre, shift)
    if len(pressure.water_diagram) > 1:
        base = (right + PRESSURE_MM + 14 - view.point(body.back_foot[0], 0.0)[0]) * sheet.unit
        # the water's diagram stands beside that of the soil, on a line of its own
        upright = np.array(
            [(body.back_foot[0] + base + p / per_metre, body.back_foot[1] + h) for h, p in pressure.water_diagram]
        )
        line = np.column_stack([np.full(len(upright), body.back_foot[0] + base), upright[:, 1]])
        shown = view.paper(np.vstack((line, upright[::-1])))
        sheet.line("water", shown, closed=True, linetype="CONTINUOUS")
        h, p = max(pressure.water_diagram, key=lambda row: row[1])
        at = view.point(body.back_foot[0] + base + p / per_metre, body.back_foot[1] + h)
        sheet.text("water", (at[0] + 1, at[1] - 4), number(p, 1), 2.5)
        top = view.point(body.back_foot[0] + base, body.back_foot[1] + max(r[0] for r in pressure.water_diagram))
        sheet.text("water", (top[0], top[1] + 1.2), say("sheets.force.water"), 2.5, halign="center")
    _thrusts(view, situation, body, say)


def _values(
    view: View, body: WallBody, diagram: tuple[tuple[float, float], ...], per_metre: float, shift: float
) -> None:
    """Pressures at the ends and breaks of the diagram."""
    foot, head = np.asarray(body.back_foot), np.asarray(body.back_head)
    picked = [diagram[0], diagram[-1]]
    greatest = max(diagram, key=lambda row: row[1])
    if greatest not in picked:
        picked.append(greatest)
    for h, p in picked:
        if p < 0.05:
            continue
        at = foot + (head - foot) * h / (head[1] - foot[1]) + (p / per_metre + shift, 0.0)
        x, y = view.point(float(at[0]), float(at[1]))
        low = h < 0.5 * (head[1] - foot[1])
        spots = [Spot((x + 1, y + d), "left", "middle") for d in ((-2.4, -4.5, 2.0) if low else (2.2, 4.5, -2.0))]
        view.sheet.label("dimension", number(p, 1), spots, 2.5, required=True, crossing=0.3)


def _thrusts(view: View, situation: SituationResult, body: WallBody, say: Phrases) -> None:
    """Every thrust as an arrow at the level of its lever about the toe, sizes in the table."""
    sheet = view.sheet
    for thrust in situation.stability.thrusts:
        if thrust.horizontal.value <= 0:
            continue
        x, y = view.point(thrust.x.value, thrust.z.value)
        if thrust.name == "water":
            x = view.point(max(body.back_foot[0], body.back_head[0]), 0.0)[0] + PRESSURE_MM + 14.0
        arrow(sheet, "slip", (x + 16, y), (x, y), 2.5)
        words = f"{say(f'sheets.force.part.{thrust.name}')} {number(thrust.horizontal, 1)}"
        spots = [Spot((x + 17.0, y + d), "left", "middle", cost=abs(d) * 0.05) for d in (0.0, 3.4, -3.4, 6.8, -6.8, 10)]
        sheet.label("slip", words, spots, 2.5, required=True, crossing=0.05)


def _stress(view: View, situation: SituationResult, body: WallBody) -> None:
    """Stress under the base, downwards; a part without stress stays empty."""
    sheet, pressure = view.sheet, situation.stability.pressure
    if pressure is None:
        return
    lowest = min(z for _, z in body.outline)
    y = view.point(0.0, lowest)[1] - 5.0
    x0, x1 = view.point(0.0, 0.0)[0], view.point(body.base_width, 0.0)[0]
    sheet.line("dimension", [(x0, y), (x1, y)])
    share = min(pressure.pressed / pressure.length.value, 1.0)
    k = STRESS_MM / (max(pressure.at_toe, pressure.at_heel) or 1.0)
    if pressure.at_toe >= pressure.at_heel:
        xs, ps = (x0, x0 + share * (x1 - x0)), (pressure.at_toe, pressure.at_heel)
    else:
        xs, ps = (x1 - share * (x1 - x0), x1), (pressure.at_toe, pressure.at_heel)
    area = np.array([(xs[0], y), (xs[0], y - ps[0] * k), (xs[1], y - ps[1] * k), (xs[1], y)])
    if share > 0 and max(ps) > 0:
        sheet.line("dimension", area, closed=True)
        sheet.fill("fill", [area], "ANSI31", scale=1.5, angle=90)
    for x, p, side in ((xs[0], ps[0], "right"), (xs[1], ps[1], "left")):
        if p > 0.05 or share < 1:
            at = (x + (-1.0 if side == "right" else 1.0), y - p * k - (0.0 if p > 0 else 3.5))
            sheet.text("dimension", at, number(p, 1), 2.5, halign="right" if side == "right" else "left")


def _weights(view: View, situation: SituationResult) -> None:
    """Weights as arrows through their centroids."""
    sheet = view.sheet
    for weight in situation.stability.weights:
        x, y = view.point(weight.x.value, 0.0)
        tip, tail = (x, y + 6.0), (x, y + 16.0)
        arrow(sheet, "slip", tail, tip, 2.5)
        spots = [Spot((x, tail[1] + d), "center", cost=0.1 * i) for i, d in enumerate((0.8, 4.2, 7.6, 11.0))]
        sheet.label("slip", f"G={number(weight.force, 1)}", spots, 2.5, required=True, crossing=0.05)


def _check(situation: SituationResult, name: str) -> Check | None:
    return next((c for c in situation.checks if c.id == f"wall.{name}"), None)


def _stability_table(result: WallResult, say: Phrases) -> list[Block]:
    """Safety factors, eccentricity and stresses with what is required, by situation."""
    columns = (
        Column(say("sheets.force.situation"), widest=44.0), Column(say("sheets.force.sliding"), "center"),
        Column(say("sheets.force.overturning"), "center"), Column(say("sheets.force.eccentricity"), "center"),
        Column(say("sheets.force.p_max"), "center"), Column(say("sheets.force.p_mean"), "center"),
        Column(say("sheets.force.verdict"), "center"),
    )  # fmt: skip
    rows = []
    for s in result.situations:
        p = s.stability.pressure
        word = worst(s.checks)
        rows.append((
            say(f"walls.situation.{s.name}"), _against(s, "sliding", say), _against(s, "overturning", say),
            number(p.share, 3) if p is not None else "\N{EM DASH}",
            number(p.maximum, 1) if p is not None and p.maximum is not None else "\N{EM DASH}",
            number(p.mean, 1) if p is not None else "\N{EM DASH}", say(f"verdict.{word}"),
        ))  # fmt: skip
    return table_blocks(Table(say("sheets.force.stability"), columns, tuple(rows)))


def worst(checks: Sequence[Check]) -> str:
    """The verdict that stands for several: what fails first, then what could not be judged; "pass" where all hold."""
    found = {check.verdict.value for check in checks}
    return next((v for v in ("fail", "warn", "not_judged") if v in found), "pass")


def _against(situation: SituationResult, name: str, say: Phrases) -> str:
    check = _check(situation, name)
    if check is None or check.found is None or check.not_applicable is not None:
        return "\N{EM DASH}"
    found, required = (
        number(side, 2) if isinstance(side, Traced) else side.render(say.language) if side is not None else ""
        for side in (check.found, check.required)
    )
    return f"{found} ({required})" if required else found


def _thrust_table(result: WallResult, say: Phrases) -> list[Block]:
    """Every force of every situation with its lever about the toe."""
    columns = (
        Column(say("sheets.force.situation"), widest=44.0), Column(say("sheets.force.force")),
        Column(say("sheets.force.horizontal"), "right"), Column(say("sheets.force.vertical"), "right"),
        Column(say("sheets.force.lever_x"), "right"), Column(say("sheets.force.lever_z"), "right"),
    )  # fmt: skip
    rows = []
    for s in result.situations:
        name = say(f"walls.situation.{s.name}")
        for weight in s.stability.weights:
            rows.append((name, say(f"sheets.force.weight.{weight.name}"), "", number(weight.force, 2),
                         number(weight.x, 3), ""))  # fmt: skip
            name = ""
        for thrust in s.stability.thrusts:
            rows.append((name, say(f"sheets.force.part.{thrust.name}"), number(thrust.horizontal, 2),
                         number(thrust.vertical, 2), number(thrust.x, 3), number(thrust.z, 3)))  # fmt: skip
            name = ""
        if s.stability.uplift is not None:
            rows.append((name, say("sheets.force.uplift"), "", f"-{number(s.stability.uplift.force, 2)}",
                         number(s.stability.uplift.x, 3), ""))  # fmt: skip
    return table_blocks(Table(say("sheets.force.forces"), columns, tuple(rows)))
