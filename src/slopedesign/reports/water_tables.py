"""Worksheets of water structures and irrigation: sizes, amounts with their calculation, demand, layouts."""

from __future__ import annotations

from collections.abc import Sequence

from slopedesign.calc.water.irrigation import IrrigationResult
from slopedesign.calc.water.result import WaterResult
from slopedesign.i18n import text
from slopedesign.quantities.bill import calculation_of
from slopedesign.quantities.water_works import item_name, specification
from slopedesign.reports.places import field_words
from slopedesign.reports.sheet_writer import Band, Cell, Column, SheetTable, unit_name, unit_sign
from slopedesign.standards.trace import Traced

Rows = list[Sequence[Cell] | Band]


def _t(key: str, language: str, **values: object) -> str:
    return text(f"works.{key}", language, **values)


def structure_tables(water: WaterResult, language: str) -> list[SheetTable]:
    """What every structure takes, and the sizes it is built with."""
    if not water.works:
        return []
    columns = [
        Column(title=_t("structure", language), width=16),
        Column(title=_t("structure_item", language), width=22),
        Column(title=_t("structure_spec", language), width=24),
        Column(title=_t("structure_unit", language), width=7),
        Column(title=_t("structure_amount", language), width=14),
        Column(title=_t("structure_formula", language), width=58),
    ]
    rows: Rows = []
    for works in water.works:
        rows.append(Band(_head(works.name, works.kind, language)))
        if works.missing:
            fields = ", ".join(dict.fromkeys(field_words(name, language) or name for name in works.missing))
            rows.append([works.name, _t("structures_missing", language, fields=fields), "", "", None, ""])
        rows += [
            [works.name, item_name(works.kind, a.what), specification(a), unit_name(a.number.unit, language), a.number,
             calculation_of(a.number, language)]
            for a in works.amounts
        ]  # fmt: skip
    sizes: Rows = []
    for works in water.works:
        if works.sizes:
            sizes.append(Band(_head(works.name, works.kind, language)))
            sizes += [
                [
                    works.name,
                    _t(f"sizes.{name}", language),
                    size,
                    unit_sign(size.unit, language),
                ]
                for name, size in works.sizes.items()
                if size.value != 0
            ]
    size_columns = [
        Column(title=_t("structure", language), width=20),
        Column(title=_t("size", language), width=26),
        Column(title=_t("size_value", language), width=14, digits=3),
        Column(title=_t("structure_unit", language), width=9),
    ]
    return [
        SheetTable(name=_t("structures_name", language), title=_t("structures_title", language), columns=columns,
                   rows=rows),
        SheetTable(name=_t("sizes_name", language), title=_t("sizes_title", language), columns=size_columns,
                   rows=sizes),
    ]  # fmt: skip


def _head(name: str, kind: str, language: str) -> str:
    return f"{name}  {text(f'water.works.{kind}', language)}".strip()


def irrigation_tables(found: IrrigationResult | None, language: str) -> list[SheetTable]:
    """Demand by planting and month, pipes with their losses, layouts and sources."""
    if found is None:
        return []
    return [*_demand(found, language), *_pipes(found, language), *_layouts(found, language)]


def _demand(found: IrrigationResult, language: str) -> list[SheetTable]:
    columns = [
        Column(title=_t("planting", language), width=18),
        Column(title=_t("one_watering", language), width=13, digits=1),
        Column(title=_t("demand_interval", language), width=11, digits=0),
        *(Column(title=_t("month", language, number=i + 1), width=8, digits=1) for i in range(12)),
    ]
    rows: Rows = [[d.planting.name, d.one, d.planting.interval_days, *d.monthly] for d in found.demands]
    if not rows:
        return []
    rows.append([text("workbook.sum", language), found.between, None, *found.monthly])
    return [SheetTable(name=_t("demand_name", language), title=_t("demand_title", language), columns=columns,
                       rows=rows, before=[_t("peak_day", language, volume=f"{found.peak_day:.1f}")])]  # fmt: skip


def _pipes(found: IrrigationResult, language: str) -> list[SheetTable]:
    heads = [("pipe", 18, None), ("pipe_material", 14, None), ("pipe_length", 11, 1), ("pipe_flow", 11, 2),
             ("pipe_diameter", 11, 0), ("pipe_velocity", 11, 2), ("pipe_friction", 12, 3), ("pipe_local", 12, 3),
             ("pipe_allowed", 12, 3), ("pipe_burial", 10, 2)]  # fmt: skip
    columns = [Column(title=_t(name, language), width=width, digits=digits) for name, width, digits in heads]
    rows: Rows = [
        [p.pipe.name, text(f"choice.{p.pipe.material}", language), p.pipe.length, p.pipe.flow, p.diameter, p.velocity,
         p.friction, p.local, p.allowed, p.pipe.burial]
        for p in found.pipes
    ]  # fmt: skip
    if not rows:
        return []
    return [SheetTable(name=_t("irrigation_name", language), title=_t("irrigation_title", language), columns=columns,
                       rows=rows)]  # fmt: skip


def _layouts(found: IrrigationResult, language: str) -> list[SheetTable]:
    numbers: list[tuple[str, Traced | float | None, str]] = []
    if found.pump is not None:
        numbers += [("pump_head", found.pump.head, "m"), ("pump_power", found.pump.power, "kW")]
    if found.sprinkler is not None:
        numbers += [("sprinkler_rate", found.sprinkler.rate, "mm/h"),
                    ("sprinkler_allowed", found.sprinkler.allowed, "mm/h")]  # fmt: skip
    if found.drip is not None:
        numbers += [("drip_time", found.drip.time, "h"), ("drip_interval", found.drip.interval, "d")]
    if found.well_supply > 0:
        numbers.append(("well_supply", found.well_supply, "m3/d"))
    numbers.append(("peak", found.peak_day, "m3/d"))
    columns = [Column(title=_t("layout_item", language), width=30),
               Column(title=_t("layout_value", language), width=16, digits=2),
               Column(title=_t("layout_unit", language), width=12)]  # fmt: skip
    rows: Rows = [[_t(name, language), value, unit_name(unit, language)] for name, value, unit in numbers]
    return [SheetTable(name=_t("layout_name", language), title=_t("layout_title", language), columns=columns,
                       rows=rows)]  # fmt: skip
