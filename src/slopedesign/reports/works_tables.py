"""Worksheets of walls, stability and water: what was checked, what was found."""

from __future__ import annotations

from collections.abc import Sequence

from slopedesign.calc.stability.sections import StabilityResult
from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.pond import listed_levels
from slopedesign.calc.water.result import PondResult, ReachStructures, WaterResult
from slopedesign.design import Design
from slopedesign.i18n import text
from slopedesign.reports.places import places
from slopedesign.reports.sheet_writer import Band, Cell, Column, SheetTable, unit_name
from slopedesign.reports.swmm import Comparison
from slopedesign.reports.verdicts import compared
from slopedesign.reports.water_tables import irrigation_tables, structure_tables
from slopedesign.standards.check import Check
from slopedesign.standards.trace import Traced

Rows = list[Sequence[Cell] | Band]


def _t(key: str, language: str, **values: object) -> str:
    return text(f"works.{key}", language, **values)


def wall_check_table(design: Design, language: str) -> list[SheetTable]:
    """Every wall: height class, governing check, and its verdicts by situation."""
    walls = design.walls
    if walls is None:
        return []
    columns = [
        Column(title=_t("wall", language), width=24),
        Column(title=_t("check", language), width=26),
        Column(title=_t("situation", language), width=22),
        Column(title=_t("comparison", language), width=30),
        Column(title=_t("ratio", language), width=9, digits=3),
        Column(title=_t("verdict", language), width=10),
    ]
    rows: Rows = []
    said = places(design, language)
    for bench in walls.benches:
        place = said(bench.run.subject)
        rows.append(Band(f"{place}  H = {bench.run.height.value:.2f} m ({bench.height_class:g} m)"))
        rows += [_check_row(place, check, language) for check in bench.result.checks]
    for limits in walls.limits:
        place = said(limits.subject)
        rows.append(Band(_t("limits", language, subject=place)))
        for limit in limits.limits:
            first = limit.first_failing.title.render(language) if limit.first_failing is not None else "-"
            situation = text(f"walls.situation.{limit.situation}", language)
            rows.append([place, _t("stands_to", language), situation, first, limit.height, ""])
    for toe in walls.toe_walls:
        for stretch in toe.stretches:
            where = f"{toe.wall.name} {stretch.from_station:g}-{stretch.to_station:g} m"
            height = stretch.result.height.value
            rows.append(Band(f"{where}  H = {height:.2f} m  b = {stretch.result.body.base_width:.2f} m"))
            rows += [_check_row(where, check, language) for check in stretch.result.checks]
    return [SheetTable(name=_t("walls_name", language), title=_t("walls_title", language), columns=columns, rows=rows)]


def _check_row(where: str, check: Check, language: str) -> Sequence[Cell]:
    return [
        where, check.title, text(check.situation, language) if check.situation else "", compared(check, language),
        check.ratio, text(f"verdict.{check.verdict.value}", language),
    ]  # fmt: skip


def stability_tables(stability: StabilityResult | None, language: str) -> list[SheetTable]:
    """Factors of every section: scope, stage, situation, method; share of solved trials; remarks of the search."""
    if stability is None:
        return []
    columns = [
        Column(title=_t("section", language), width=16),
        Column(title=_t("scope", language), width=16),
        Column(title=_t("stage", language), width=12),
        Column(title=_t("situation", language), width=20),
        Column(title=_t("method", language), width=22),
        Column(title=_t("factor", language), width=10, digits=3),
        Column(title=_t("governing", language), width=10),
    ]
    rows: Rows = []
    for section in stability.sections:
        rows.append(Band(section.name))
        for result in section.results:
            scope = _t(f"scope_{result.scope}", language, number=result.number)
            stage = _t(f"stage_{result.stage}", language)
            situation = text(f"stability.situation.{result.situation}", language)
            found = [(method, slip) for method, slip in result.circles.items()]
            if result.shape is not None:
                found.append(("shape", result.shape))
            for method, slip in found:
                surface = slip.critical
                governs = surface is not None and surface is result.governing
                rows.append([
                    section.name, scope, stage, situation, _t(f"method_{method}", language),
                    surface.fos if surface is not None else None, _t("yes", language) if governs else "",
                ])  # fmt: skip
    return [SheetTable(name=_t("stability_name", language), title=_t("stability_title", language), columns=columns,
                       rows=rows)]  # fmt: skip


def water_tables(water: WaterResult | None, language: str) -> list[SheetTable]:
    """Hydrology, reaches, ponds, irrigation."""
    if water is None:
        return []
    return [*_hydrology(water, language), *_reaches(water, language), *_ponds(water, language),
            *structure_tables(water, language), *irrigation_tables(water.irrigation, language)]  # fmt: skip


def _hydrology(water: WaterResult, language: str) -> list[SheetTable]:
    names = list(dict.fromkeys(name for row in water.storm.table for name in row.intensity))
    columns = [
        Column(title=_t("minutes", language), width=14, digits=1),
        *(Column(title=f"{text(name, language)} (mm/min)", width=24, digits=4) for name in names),
    ]
    rows: Rows = [[row.minutes, *(row.intensity.get(name) for name in names)] for row in water.storm.table]
    title = _t("storm_title", language, years=f"{water.storm.return_period.value:g}")
    tables = [SheetTable(name=_t("storm_name", language), title=title, columns=columns, rows=rows)]
    catchments: Rows = [
        [c.record.name, c.record.drains_to, _square_metres(c.inflow.area), c.inflow.phi,
         c.confluence.flow if c.confluence is not None else None]
        for c in water.catchments
    ]  # fmt: skip
    if catchments:
        heads = [
            ("catchment", 24, None),
            ("drains_to", 20, None),
            ("area", 16, 1),
            ("phi", 10, 3),
            ("confluence", 20, 3),
        ]
        columns = [Column(title=_t(name, language), width=width, digits=digits) for name, width, digits in heads]
        title = _t("catchment_title", language)
        tables.append(SheetTable(name=_t("catchment_name", language), title=title, columns=columns, rows=catchments))
    return tables


def _square_metres(area: Traced) -> float:
    """An area in m2; the runoff formulas take it in km2 or hm2."""
    return area.value * {"m2": 1.0, "hm2": 1e4, "km2": 1e6}[area.unit]


def _reaches(water: WaterResult, language: str) -> list[SheetTable]:
    if water.network is None:
        return []
    structures = {s.reach: s for s in water.structures}
    titles = [
        ("no", 5, 0), ("reach", 14, None), ("from_to", 18, None), ("kind", 11, None), ("length", 10, 1),
        ("slope", 10, 4), ("flow", 10, 3), ("time", 9, 1), ("size", 12, None), ("depth", 9, 3), ("velocity", 9, 2),
        ("froude", 9, 2), ("capacity", 10, 3), ("lining_volume", 12, 2), ("excavation_volume", 12, 2),
    ]  # fmt: skip
    columns = [
        Column(title=_t(f"reach_{name}", language), width=width, digits=digits) for name, width, digits in titles
    ]
    found = water.network.reaches
    rows: Rows = [_reach_row(reach, structures.get(reach.input.record.name), language) for reach in found]
    return [SheetTable(name=_t("reach_name", language), title=_t("reach_title", language), columns=columns, rows=rows)]


def _reach_row(reach: ReachResult, structure: ReachStructures | None, language: str) -> Sequence[Cell]:
    record, sized = reach.input.record, reach.sized
    amounts = structure.quantities if structure is not None else None
    size = f"{sized.candidate.width:g}\N{MULTIPLICATION SIGN}{sized.candidate.height:g}" if sized is not None else "-"
    fall = reach.input.bed.fall / reach.input.bed.length if reach.input.bed.length > 0 else None
    return [
        reach.number, record.name, f"{record.from_node} - {record.to_node}", _t(f"kind_{record.kind}", language),
        reach.input.bed.length, sized.demand.slope if sized is not None else fall, reach.gathered.flow,
        reach.gathered.time, size, sized.depth if sized else None, sized.velocity if sized else None,
        sized.froude if sized else None, sized.capacity if sized else None,
        amounts.lining if amounts else None, amounts.excavation if amounts else None,
    ]  # fmt: skip


def _ponds(water: WaterResult, language: str) -> list[SheetTable]:
    if not water.ponds:
        return []
    columns = [
        Column(title=_t("pond", language), width=24),
        Column(title=_t("pond_item", language), width=26),
        Column(title=_t("pond_value", language), width=16, digits=3),
        Column(title=_t("pond_unit", language), width=10),
    ]
    rows: Rows = []
    for pond in water.ponds:
        name = pond.record.name
        for item in ("inflow_area", "phi", "runoff", "silt", "demand", "required", "active", "area", "depth",
                     "sand_trap", "excavation", "lining"):  # fmt: skip
            amount = getattr(pond, item)
            if amount is not None:
                rows.append(
                    [
                        name,
                        _t(f"pond_{item}", language),
                        amount,
                        "-" if amount.unit == "-" else unit_name(amount.unit, language),
                    ]
                )
        if pond.spillway is not None:
            s = pond.spillway
            weir = () if s.keeps_all else (("spill_width", s.width), ("spill_crest", s.crest))
            for item, value in (*weir, ("spill_level", s.max_level)):
                rows.append([name, _t(f"pond_{item}", language), float(value), "m"])
        if pond.spill is not None:
            rows.append([name, _t("pond_rim", language), pond.spill, "m"])
        if pond.drawdown is not None:
            item = "drawdown" if pond.record.outlet is not None else "pumped"
            rows.append([name, _t(f"pond_{item}", language), float(pond.drawdown) / 3600.0, "h"])
    tables = [SheetTable(name=_t("pond_name", language), title=_t("pond_title", language), columns=columns, rows=rows)]
    curves = [row for pond in water.ponds for row in _curve_rows(pond)]
    heads = (("pond", 24, None), ("curve_level", 14, 3), ("curve_area", 16, 1), ("curve_volume", 16, 1))
    tables.append(_plain_table("curve", heads, curves, language))
    years = [row for pond in water.ponds for row in _balance_rows(pond, language)]
    if years:
        months = (("pond", 24, None), ("balance_year", 12, None), ("balance_month", 8, None),
                  *((f"balance_{head}", 14, 0) for head in BALANCE))  # fmt: skip
        tables.append(_plain_table("balance", months, years, language))
    return tables


BALANCE = ("inflow", "evaporation", "seepage", "demand", "supplied", "spill", "storage")


def _plain_table(name: str, heads: Sequence[tuple[str, int, int | None]], rows: Rows, language: str) -> SheetTable:
    columns = [Column(title=_t(head, language), width=width, digits=digits) for head, width, digits in heads]
    return SheetTable(
        name=_t(f"{name}_name", language), title=_t(f"{name}_title", language), columns=columns, rows=rows
    )


def _curve_rows(pond: PondResult) -> Rows:
    """Level, water area and volume at round levels and those that have a name."""
    named = [level for level in (pond.record.dead_level, pond.record.normal_level) if level is not None]
    if pond.spillway is not None:
        named.append(pond.spillway.max_level)
    storage = pond.storage
    return [
        [pond.record.name, level, storage.area_at(level), storage.volume_at(level)]
        for level in listed_levels(storage, named)
    ]


def _balance_rows(pond: PondResult, language: str) -> Rows:
    """Twelve months of the typical and the dry year, with the year's sums [m3]."""
    rows: Rows = []
    for name, year in (("typical", pond.typical), ("dry", pond.dry)):
        if year is None:
            continue
        start = [pond.record.name, _t(f"balance_{name}", language)]
        series = [getattr(year, head) for head in BALANCE]
        rows += [[*start, month + 1, *(float(values[month]) for values in series)] for month in range(12)]
        rows.append([*start, _t("balance_sum", language), *(float(values.sum()) for values in series[:-1]), None])
    return rows


def referee_tables(design: Design, found: Sequence[Comparison], language: str) -> list[SheetTable]:
    """What EPA SWMM finds beside our numbers."""
    if not found:
        return []
    heads = [("referee_subject", 36, None), ("referee_quantity", 14, None), ("referee_ours", 16, 4),
             ("referee_swmm", 16, 4), ("referee_difference", 16, None)]  # fmt: skip
    columns = [Column(title=_t(name, language), width=width, digits=digits) for name, width, digits in heads]
    rows: Rows = []
    place = places(design, language)
    for one in found:
        gap = one.swmm - one.ours
        share = f"{gap:+.3f} m" if one.quantity == "level" else f"{100 * gap / one.ours:+.2f} %" if one.ours else "-"
        rows.append([place(one.subject), _t(f"referee_{one.quantity}", language), one.ours, one.swmm, share])
    return [SheetTable(name=_t("referee_name", language), title=_t("referee_title", language), columns=columns,
                       rows=rows, after=[_t("referee_note", language)])]  # fmt: skip
