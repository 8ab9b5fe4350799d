"""Stability sections: ground before and after, layers, water, critical surfaces with their slices, factors, search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from shapely import LineString

from slopedesign.calc.stability.section import Layer, Section, Zone
from slopedesign.calc.stability.sections import ScopeResult, SectionResult, StabilityResult
from slopedesign.calc.stability.solution import SliceTable
from slopedesign.calc.stability.strength import HoekBrown, MohrCoulomb, PowerCurve
from slopedesign.drawings import textures
from slopedesign.drawings.blocks import (
    Block,
    Pad,
    block_sheets,
    extent_of,
    largest_scale,
    note_block,
    numbered,
    table_blocks,
    view_block,
    water_mark,
)
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.sheet import Box, Points, Sheet, Spot, View
from slopedesign.drawings.symbols import nice_step, ruler
from slopedesign.drawings.tables import Column, Table
from slopedesign.project.stability import StabilityDesign
from slopedesign.standards.check import Check

SCALES = (100, 200, 500, 1000, 2000, 5000)
SLICE_GAP = 1.6
"""Slices are drawn no closer than this [mm]."""


def stability_sheets(
    stability: StabilityResult, record: StabilityDesign, language: str, prefix: str = ""
) -> list[Sheet]:
    """The sheets of every section; a section without results shows its ground and says what is missing."""
    say = Phrases(language)
    sheets: list[Sheet] = []
    for section in stability.sections:
        sheets += _section_sheets(section, record, say, prefix, len(sheets) + 1)
    return sheets


def _section_sheets(
    section: SectionResult, record: StabilityDesign, say: Phrases, prefix: str, first: int
) -> list[Sheet]:
    groups = _groups(section)
    numbers = {id(result): i for i, result in enumerate(section.results, 1)}
    tables = [
        *_factor_table(section, numbers, say),
        *_material_table(section, say),
        *_search_table(section, record, say),
    ]

    def made(scale: int) -> list[Block]:
        return [_view(section, group, numbers, say, scale) for group in groups]

    scale = largest_scale(made, SCALES, ("A2", "A1"), small_paper=False)
    title = say("sheets.stability.title", prefix=prefix, section=section.name)
    blocks = [*made(scale), *tables, note_block(say, list(_notes(section, say)), 150)]
    sheets = block_sheets(blocks, code="WD", title=title, scale=scale, language=say.language, first=first)
    slices = slice_tables(groups, numbers, say)
    title = say("sheets.slice.sheet", prefix=prefix, section=section.name)
    return sheets + block_sheets(
        [block for table in slices for block in table_blocks(table)], code="WD", title=title, scale=scale,
        language=say.language, first=first + len(sheets), scale_text="\N{EM DASH}",
    )  # fmt: skip


def _groups(section: SectionResult) -> list[list[ScopeResult]]:
    """Results drawn together: of one stage in one situation, the whole slope first."""
    found: dict[tuple[str, str], list[ScopeResult]] = {}
    for result in section.results:
        found.setdefault((result.stage, result.situation), []).append(result)
    return list(found.values())


def ground_line(result: ScopeResult) -> Points:
    """The ground of a result's section."""
    return result.section.ground_line


def _view(
    section: SectionResult, group: Sequence[ScopeResult], numbers: dict[int, int], say: Phrases, scale: int
) -> Block:
    """One view: lines of the section, all critical surfaces of the group, slices of the governing one."""
    result = group[0]
    ground = ground_line(result)
    surfaces = [r.governing.points for r in group if r.governing is not None]
    other = section.lines.before if result.stage == "after" else None
    extent = extent_of(ground, *surfaces, *([] if other is None else [other]))
    step = max(1.0, nice_step(extent.height, max(2, int(extent.height * 1000 / scale / 12))))
    extent = Box(extent.x0, np.floor(extent.y0 / step) * step, extent.x1, np.ceil(extent.y1 / step) * step)
    title = say(f"sheets.stability.{result.stage}", section=section.name,
                situation=say(f"stability.situation.{result.situation}"))  # fmt: skip

    def paint(view: View, box: Box) -> None:
        sheet = view.sheet
        x = view.point(extent.x0, 0.0)[0] - 4
        ruler(sheet, x, lambda z: view.point(0, z)[1], extent.y0, extent.y1, step)
        if other is not None:
            view.line("ground", other)
        sheet.line("design_line" if result.stage == "after" else "ground", view.paper(ground), lineweight=50)
        textures.ground_ticks(sheet, view.paper(ground), "ground", 26.0, 1.6)
        _ground_parts(view, result.section, say)
        for scope in group:
            _surface(view, scope, numbers, group, say)
        _offsets(view, extent, step)

    return view_block(title, scale, extent, Pad(24, 14, 10, 12), paint)


def _ground_parts(view: View, section: Section, say: Phrases) -> None:
    """Layers with their names, water lines, base of the section."""
    sheet = view.sheet
    if section.layers:
        for layer in section.layers[1:]:
            top = np.asarray(layer.top, dtype=float)
            view.line("interface", top)
        for layer, top, below in _between(section.layers, section):
            _name(view, layer.material.name, top, below)
    for zone in section.zones:
        view.line("interface", np.asarray(zone.polygon, dtype=float), closed=True)
        _zone_name(view, zone)
    if section.piezo is not None:
        line = np.asarray(section.piezo, dtype=float)
        view.line("water", line)
        at = view.point(float(line[-2:, 0].mean()), float(line[-2:, 1].mean()))
        if len(line) > 2:
            at = view.point(float(line[len(line) // 4, 0]), float(line[len(line) // 4, 1]))
        water_mark(sheet, at)
    if section.pond is not None:
        ground = section.ground_line
        wet = ground[ground[:, 1] < section.pond]
        if len(wet):
            view.line("water", [(float(wet[0, 0]), section.pond), (float(wet[-1, 0]), section.pond)])
            water_mark(sheet, view.point(float(wet[:, 0].mean()), section.pond))
    if section.base is not None and not isinstance(section.base, float | int):
        view.line("axis", np.asarray(section.base, dtype=float))


def _between(layers: Sequence[Layer], section: Section) -> Iterator[tuple[Layer, Points, Points | None]]:
    for i, layer in enumerate(layers):
        top = section.ground_line if i == 0 else np.asarray(layer.top, dtype=float)
        below = np.asarray(layers[i + 1].top, dtype=float) if i + 1 < len(layers) else None
        yield layer, top, below


def _name(view: View, name: str, top: Points, below: Points | None) -> None:
    """A layer's name inside it, or with a leader where it is too thin."""
    spots: list[Spot] = []
    for share in (0.85, 0.7, 0.55, 0.9, 0.4, 0.25, 0.95, 0.1):
        x = top[0, 0] + share * (top[-1, 0] - top[0, 0])
        z = float(np.interp(x, top[:, 0], top[:, 1]))
        low = z - 14 * view.sheet.unit if below is None else float(np.interp(x, below[:, 0], below[:, 1]))
        at = view.point(x, (z + low) / 2)
        if (z - low) / view.sheet.unit > 5:
            spots.append(Spot((at[0], at[1]), "center", "middle", cost=0.1 * len(spots)))
        else:
            up = view.point(x, z)
            for lift in (7.0, 11.0, 16.0):
                spots.append(Spot((up[0] - 6, up[1] + lift + 0.8), "right", cost=0.5 + 0.1 * len(spots),
                                  leader=(at, (up[0] - 3, up[1] + lift), (up[0] - 6, up[1] + lift))))  # fmt: skip
    view.sheet.label("text", name, spots, 2.5, crossing=0.6)


def _zone_name(view: View, zone: Zone) -> None:
    middle = np.asarray(zone.polygon, dtype=float).mean(axis=0)
    at = view.point(float(middle[0]), float(middle[1]))
    view.sheet.label("text", zone.material.name, [Spot(at, "center", "middle")], 2.5)


def _surface(
    view: View, scope: ScopeResult, numbers: dict[int, int], group: Sequence[ScopeResult], say: Phrases
) -> None:
    """A critical surface with its number and factor; slices in that of the whole slope."""
    surface, sheet = scope.governing, view.sheet
    if surface is None:
        return
    whole = scope is group[0]
    path = np.array(LineString(view.paper(surface.points)).simplify(0.03).coords)
    sheet.line("slip", path, linetype="CONTINUOUS", lineweight=50 if whole else 25)
    if whole:
        _slices(view, scope)
    words = f"Fs={number(surface.fos, 3)}"
    head = path[-1]
    label = str(numbers[id(scope)])
    reach = [(out * way, up) for up in (9, 14, 19, 24, 29, 34, 40) for out in (10, 16, 24, 34) for way in (1, -1)]
    for dx, dy in sorted(reach, key=lambda d: d[1] + 0.4 * abs(d[0])):
        x, y = float(head[0]) + dx, float(head[1]) + dy
        side = 1 if dx > 0 else -1
        room = Box(min(x, x + side * 27), y - 2.8, max(x, x + side * 27), y + 2.8)
        if sheet.is_free(room.corners) and sheet.lines_met(room.corners) == 0:
            break
    else:
        return
    sheet.reserve(room, words)
    start = x + side * 6.2
    sheet.line("notes", [(float(head[0]), float(head[1])), (x, y)])
    numbered(sheet, "notes", (x + side * 2.7, y), label)
    sheet.text("notes", (start, y), words, 2.5, valign="middle", halign="left" if side > 0 else "right", inside=True)


def _slices(view: View, scope: ScopeResult) -> None:
    """Edges of the slices from base to ground, thinned where they stand too close to be seen."""
    surface = scope.governing
    assert surface is not None
    table, ground = surface.slices, ground_line(scope)
    order = np.argsort(table.x_left)
    last = -1e9
    for i in order:
        x, low = float(table.x_left[i]), float(table.base_left[i])
        high = float(np.interp(x, ground[:, 0], ground[:, 1]))
        p = view.point(x, low)
        if p[0] - last < SLICE_GAP or high - low < 0.3 * view.sheet.unit:
            continue
        last = p[0]
        view.sheet.line("grid", [p, view.point(x, high)], avoid=False)


def _offsets(view: View, extent: Box, step: float) -> None:
    """Offsets along the section, below it."""
    apart = nice_step(extent.width, max(2, int(extent.width / view.sheet.unit / 25)))
    y = view.point(0.0, extent.y0)[1] - 4
    a, b = np.ceil(extent.x0 / apart), np.floor(extent.x1 / apart)
    left, right = view.point(extent.x0, 0)[0], view.point(extent.x1, 0)[0]
    view.sheet.line("dimension", [(left, y), (right, y)], avoid=False)
    for k in np.arange(a, b + 1):
        x = view.point(float(k * apart), 0.0)[0]
        view.sheet.line("dimension", [(x, y), (x, y - 1.2)], avoid=False)
        view.sheet.text("dimension", (x, y - 1.8), f"{k * apart:g}", 2.5, halign="center", valign="top")


def _check_of(section: SectionResult, result: ScopeResult) -> Check | None:
    ending = f".{result.scope}" + (f"[{result.number}]" if result.number else "")
    return next(
        (c for c in section.checks
         if c.subject.endswith(ending) and c.situation == f"stability.situation.{result.situation}"), None,
    )  # fmt: skip


def _factor_table(section: SectionResult, numbers: dict[int, int], say: Phrases) -> list[Block]:
    """Factors by method, the governing one, what is required, and where the circle lies."""
    methods = list(dict.fromkeys(name for r in section.results for name in r.circles))
    shaped = any(r.shape is not None for r in section.results)
    columns = [
        Column(say("sheets.stability.number"), "center"), Column(say("sheets.stability.scope"), widest=46.0),
        Column(say("sheets.stability.stage"), "center"), Column(say("sheets.stability.situation"), widest=34.0),
        *(Column(say(f"stability.solved_by.{m}"), "center", 26.0) for m in methods),
        *((Column(say("sheets.stability.any_shape"), "center", 20.0),) if shaped else ()),
        Column(say("sheets.stability.governing"), "center"), Column(say("sheets.stability.required"), "center"),
        Column(say("sheets.stability.verdict"), "center"), Column(say("sheets.stability.circle"), "center"),
        Column(say("sheets.stability.depth"), "right"), Column(say("sheets.stability.sliding_area"), "right"),
    ]  # fmt: skip
    rows = []
    dash = "\N{EM DASH}"
    for result in section.results:
        need, check = section.requirements.get(result.situation), _check_of(section, result)
        cells = [result.circles[m].fos if m in result.circles else None for m in methods]
        if shaped:
            cells.append(result.shape.fos if result.shape is not None else None)
        best = result.governing
        circle = dash
        if best is not None and best.circle is not None:
            x, y, r = best.circle
            circle = f"({x:.2f}, {y:.2f}) R={r:.2f}"
        judged = check is not None and result.stage == "after"
        rows.append((
            str(numbers[id(result)]), say(f"sheets.stability.{result.scope}", number=result.number),
            say(f"sheets.stability.stage_{result.stage}"), say(f"stability.situation.{result.situation}"),
            *(dash if c is None else number(c, 3) for c in cells), dash if best is None else number(best.fos, 3),
            dash if need is None or need.factor is None else number(need.factor, 2),
            say(f"verdict.{check.verdict.value}") if judged and check is not None else dash, circle,
            dash if best is None else number(best.depth), dash if best is None else number(best.area, 1),
        ))  # fmt: skip
    if not rows:
        return []
    return table_blocks(Table(say("sheets.stability.factors"), tuple(columns), tuple(rows)))


def _material_table(section: SectionResult, say: Phrases) -> list[Block]:
    """What the ground is made of in the calculation."""
    columns = (
        Column(say("sheets.stability.material"), widest=40.0), Column(say("sheets.stability.situation"), widest=34.0),
        Column(say("sheets.stability.unit_weight"), "center"), Column(say("sheets.stability.saturated"), "center"),
        Column(say("sheets.stability.strength"), widest=70.0),
    )  # fmt: skip
    rows: dict[tuple[str, ...], None] = {}
    for result in section.results:
        parts = [*(layer.material for layer in result.section.layers), *(z.material for z in result.section.zones)]
        for material in parts:
            wet = material.saturated_unit_weight
            rows[(material.name, say(f"stability.situation.{result.situation}"), number(material.unit_weight, 1),
                  "\N{EM DASH}" if wet is None else number(wet, 1), _strength(material.strength))] = None  # fmt: skip
    if not rows:
        return []
    return table_blocks(Table(say("sheets.stability.materials"), columns, tuple(rows)))


def _strength(law: object) -> str:
    match law:
        case MohrCoulomb():
            growth = f" + {law.rate:g} kPa/m" if law.rate else ""
            return f"c={law.cohesion:g} kPa{growth}, φ={law.friction_deg:g}\N{DEGREE SIGN}"
        case PowerCurve():
            return f"τ={law.a:g}(σ'+{law.d:g})^{law.b:g}+{law.c:g}"
        case HoekBrown():
            return (
                f"Hoek-Brown: σci={law.intact_strength / 1000:g} MPa, GSI={law.gsi:g}, mi={law.m_i:g}, "
                f"D={law.disturbance:g}"
            )
        case _:
            return str(law)


def _search_table(section: SectionResult, record: StabilityDesign, say: Phrases) -> list[Block]:
    """How the surfaces were sought: settings, then trials and share solved."""
    search = record.search
    first = next((r for res in section.results for r in res.circles.values()), None)
    rows = [
        (say("sheets.stability.grid"), f"{search.exits}\N{MULTIPLICATION SIGN}{search.entries}"
         f"\N{MULTIPLICATION SIGN}{search.depths}" if search.exits and search.entries else f"{search.depths}"),
        (say("sheets.stability.slices"), f"{search.slices} / {search.final_slices}"),
        (say("sheets.stability.min_depth"), "\N{EM DASH}" if first is None else f"{first.min_depth:.2f} m"),
        (say("sheets.stability.function"), say(f"sheets.stability.shape.{search.function}")),
        (say("sheets.stability.shapes"), say("sheets.stability.yes" if search.any_shape else "sheets.stability.no")),
        (say("sheets.stability.seismic"),
         say("sheets.stability.at_base" if search.horizontal_at_base else "sheets.stability.at_centroid")),
    ]  # fmt: skip
    for result in section.results:
        if result.scope != "whole":
            continue
        for name, found in result.circles.items():
            what = f"{say(f'stability.solved_by.{name}')} ({say(f'sheets.stability.stage_{result.stage}')})"
            shares = say("sheets.stability.trials", trials=found.trials, share=f"{100 * found.solved_share:.0f}")
            change = found.change
            if change is not None:
                shares += say("sheets.stability.change", slices=change.slices, final=change.final_slices,
                              percent=f"{100 * change.relative:+.3f}")  # fmt: skip
            rows.append((what, shares))
    columns = (Column(say("sheets.stability.setting"), widest=50.0), Column(say("sheets.stability.value"), widest=66.0))
    return table_blocks(Table(say("sheets.stability.search"), columns, tuple(rows)))


def slice_tables(groups: Sequence[Sequence[ScopeResult]], numbers: dict[int, int], say: Phrases) -> list[Table]:
    """Every slice of the governing surfaces of the whole slope after cutting, as the calculation prints them.

    Surfaces with the same slices in several situations share one table, which names them all.
    """
    names = ("number", "b", "h", "angle", "W", "u", "c", "phi", "N", "S")
    columns = tuple(Column(say(f"sheets.slice.{name}"), "right") for name in names)
    found: dict[tuple[tuple[str, ...], ...], list[int]] = {}
    for result, *_ in groups:
        if result.stage == "after" and result.book is not None:
            found.setdefault(_slice_rows(result.book.surface.slices), []).append(numbers[id(result)])
    return [
        Table(say("sheets.slice.title", surface=say("sections.list").join(map(str, surfaces)), count=len(rows)),
              columns, rows)
        for rows, surfaces in found.items()
    ]  # fmt: skip


def _slice_rows(t: SliceTable) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(i + 1), number(t.width[i]), number(t.height[i]), number(t.angle_deg[i], 1), number(t.weight[i], 1),
            number(t.pore_pressure[i], 1), number(t.cohesion[i], 1), number(t.friction_deg[i], 1),
            number(t.normal[i], 1), number(t.shear[i], 1),
        )
        for i in range(len(t))
    )  # fmt: skip


def _notes(section: SectionResult, say: Phrases) -> Iterator[str]:
    yield say("note.metres")
    yield say("sheets.stability.note.lines")
    yield say("sheets.stability.note.slices")
    for check in section.checks:
        if check.missing:
            yield say("sheets.stability.note.missing", what=", ".join(check.missing))
            break
    for remark in section.remarks[:6]:
        yield remark.text.render(say.language)
    if any(check.unverified for check in section.checks):
        yield say("note.unverified")
