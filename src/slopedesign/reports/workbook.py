"""The quantity workbook and the check workbook: what each sheet shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from slopedesign.calc.walls.bench_wall import WallQuantities
from slopedesign.design import Design
from slopedesign.design.bench_soil import bench_name
from slopedesign.i18n import text
from slopedesign.quantities.bill import DIGITS, Bill, Item
from slopedesign.quantities.collect import walls_of
from slopedesign.reports.earthwork_tables import balance_table, cover_table, cut_table, section_tables
from slopedesign.reports.places import places
from slopedesign.reports.planting_tables import planting_tables
from slopedesign.reports.sheet_writer import Band, Cell, Column, SheetTable, WorkbookWriter, unit_name, unit_sign
from slopedesign.reports.swmm import Comparison
from slopedesign.reports.verdicts import ORDER, cited, compared
from slopedesign.reports.works_tables import referee_tables, stability_tables, wall_check_table, water_tables
from slopedesign.standards.check import Verdict
from slopedesign.standards.trace import Datum, Given, Traced


def write_quantities(design: Design, bill: Bill, path: Path, language: str, referee: Sequence[Comparison] = ()) -> None:
    """Write quantities.xlsx; `referee`: what EPA SWMM finds beside our numbers."""
    _write(
        design, path, language, [*quantity_tables(design, bill, language), *referee_tables(design, referee, language)]
    )


def quantity_tables(design: Design, bill: Bill, language: str) -> list[SheetTable]:
    """Every table of the quantities that has something to show, in order."""
    tables = [
        bill_table(bill, language),
        cut_table(design, language),
        *section_tables(design, language),
        *wall_tables(design, language),
        *wall_check_table(design, language),
        *stability_tables(design.stability, language),
        *water_tables(design.water, language),
        cover_table(design, language),
        balance_table(design, bill, language),
        *road_tables(design, language),
        *planting_tables(design.planting, language),
        matters_table(design, bill, language),
    ]
    return [table for table in tables if table.rows]


def write_checks(design: Design, path: Path, language: str) -> None:
    """Write checks.xlsx: every verdict with demand, capacity, ratio and clause."""
    _write(design, path, language, [checks_table(design, language)])


def _write(design: Design, path: Path, language: str, tables: Sequence[SheetTable]) -> None:
    info = design.project.info
    writer = WorkbookWriter(
        path=path, language=language, footer=text("workbook.footer", language),
        properties={"title": info.name, "author": info.designer, "company": info.client},
    )  # fmt: skip
    writer.add_all(tables)
    writer.close()


def _t(key: str, language: str, **values: object) -> str:
    return text(f"workbook.{key}", language, **values)


# --- the bill


def bill_table(bill: Bill, language: str) -> SheetTable:
    """The table of quantities, grouped by unit work and part."""
    columns = [
        Column(title=_t("no", language), width=5, digits=0),
        Column(title=_t("code", language), width=13),
        Column(title=_t("item", language), width=24),
        Column(title=_t("specification", language), width=18),
        Column(title=_t("unit", language), width=6),
        Column(title=_t("amount", language), width=13),
        Column(title=_t("calculation", language), width=44),
        Column(title=_t("drawing", language), width=14),
        Column(title=_t("note", language), width=18),
    ]
    rows: list[Sequence[Cell] | Band] = []
    number = 0
    for unit_work, part, items in bill.groups():
        rows.append(Band(f"{text(unit_work, language)} / {text(part, language)}"))
        for item in items:
            number += 1
            rows.append(_bill_row(number, item, language))
    return SheetTable(
        name=_t("bill", language), title=_t("bill", language), columns=columns, rows=rows,
        after=[_t("rounding", language, rule=rounding_rule(language)), _t("unverified_colour", language)],
    )  # fmt: skip


def _bill_row(number: int, item: Item, language: str) -> Sequence[Cell]:
    notes = [item.note.render(language)] if item.note is not None else []
    if item.unverified:
        notes.append(text("explain.unverified", language))
    elif item.code_unverified:
        notes.append(_t("code_unverified", language))
    drawing = text(item.drawing, language) if item.drawing else ""
    return [number, item.code, item.name, item.specification, unit_name(item.unit, language), item.amount,
            item.calculation(language), drawing, _t("separator", language).join(notes)]  # fmt: skip


def rounding_rule(language: str) -> str:
    """Decimals of each unit in words."""
    counts = ("piece", "plant", "row")
    shown = [f"{unit_name(unit, language)} {digits}" for unit, digits in DIGITS.items() if unit not in counts]
    return ", ".join(shown)


# --- walls


def _with_unit(quantity: str, unit: str, language: str) -> str:
    shown = unit_name(unit, language)
    return f"{text(f'walls.quantity.{quantity}', language)} ({shown})"


def wall_tables(design: Design, language: str) -> list[SheetTable]:
    """Walls by bench, and the bar schedule."""
    walls = list(walls_of(design))
    if not walls:
        return []
    present = [name for name in WallQuantities.__dataclass_fields__ if any(
        getattr(wall.total, name) is not None for _, _, wall in walls)]  # fmt: skip
    columns = [
        Column(title=_t("part", language), width=18),
        Column(title=_t("wall_kind", language), width=14),
        Column(title=_t("wall_length", language), width=10, digits=2),
        Column(title=_t("wall_height", language), width=9, digits=2),
        Column(title=_t("planting_width", language), width=9, digits=2),
        *(
            Column(
                title=_with_unit(
                    name, next(u for _, _, w in walls if (u := getattr(w.total, name)) is not None).unit, language
                ),
                width=11,
            )
            for name in present
        ),
    ]
    rows: list[Sequence[Cell] | Band] = [
        [bench_name(slope, work), text(f"choice.{wall.kind}", language), wall.length, wall.height,
         wall.planting_width, *(getattr(wall.total, name) for name in present)]
        for slope, work, wall in walls
    ]  # fmt: skip
    tables = [SheetTable(name=_t("walls", language), title=_t("walls_title", language), columns=columns, rows=rows)]
    bars = [(bench_name(slope, work), bar) for slope, work, wall in walls for bar in wall.bars]
    if bars:
        tables.append(bar_table(bars, language))
    return tables


def bar_table(bars: Sequence[tuple[str, object]], language: str) -> SheetTable:
    """The bar schedule."""
    columns = [
        Column(title=_t("part", language), width=20),
        Column(title=_t("mark", language), width=8),
        Column(title=_t("bar_use", language), width=14),
        Column(title=_t("bar", language), width=16),
        Column(title=_t("spacing", language), width=9, digits=3),
        Column(title=_t("bar_length", language), width=10, digits=3),
        Column(title=_t("count", language), width=9, digits=0),
        Column(title=_t("laps", language), width=9),
        Column(title=_t("mass", language), width=12, digits=2),
    ]
    rows: list[Sequence[Cell] | Band] = []
    for name, bar in bars:
        rows.append([name, f"N{bar.mark}", text(bar.use, language), f"{bar.grade} d{bar.diameter_mm:g}",  # type: ignore[attr-defined]
                     bar.spacing, bar.length, bar.count, str(bar.laps), bar.mass])  # type: ignore[attr-defined]  # fmt: skip
    return SheetTable(name=_t("bars", language), title=_t("bars_title", language), columns=columns, rows=rows)


# --- roads


def road_tables(design: Design, language: str) -> list[SheetTable]:
    """Lengths, densities, pavement."""
    roads = design.roads
    if roads is None:
        return []
    columns = [
        Column(title=_t("part", language), width=22),
        Column(title=_t("road_class", language), width=14),
        Column(title=_t("length", language), width=12, digits=1),
        Column(title=_t("width", language), width=10, digits=2),
        Column(title=_t("surface", language), width=13, digits=1),
        Column(title=_t("density", language), width=13, digits=2),
        Column(title=_t("density_limit", language), width=13, digits=2),
        Column(title=_t("spare", language), width=14, digits=1),
    ]
    rows: list[Sequence[Cell] | Band] = [Band(_t("roads_each", language))]
    for road in roads.roads:
        rows.append([road.name, text(f"road.class.{road.road_class}", language), road.length, road.width,
                     road.surface, None, None, None])  # fmt: skip
    rows.append(Band(_t("roads_by_class", language, area=f"{roads.served_area.value:.0f}")))
    for found in roads.classes:
        rows.append([text(f"road.class.{found.road_class}", language), "", found.length, None, None, found.density,
                     found.limit, found.spare])  # fmt: skip
    return [SheetTable(name=_t("roads", language), title=_t("roads", language), columns=columns, rows=rows)]


# --- matters and checks


def matters_table(design: Design, bill: Bill, language: str) -> SheetTable:
    """The table of important matters: deviations, missing inputs, assumptions, unverified values."""
    columns = [
        Column(title=_t("no", language), width=5, digits=0),
        Column(title=_t("kind", language), width=14),
        Column(title=_t("part", language), width=26),
        Column(title=_t("matter", language), width=80),
        Column(title=_t("source", language), width=34),
    ]
    rows: list[Sequence[Cell] | Band] = []

    seen: set[tuple[str, str, str, str]] = set()
    place = places(design, language)

    def add(kind: str, part: str, matter: str, source: str) -> None:
        said = (kind, part, matter, source)
        if said not in seen:
            seen.add(said)
            rows.append([len(rows) + 1, _t(kind, language), place(part) if part else "", matter, source])

    for check in design.checks:
        if check.verdict in (Verdict.FAIL, Verdict.WARN):
            add("deviation", check.subject, f"{check.title.render(language)}: {compared(check, language)}",
                cited(check.source, language))  # fmt: skip
    for remark in design.remarks:
        source = cited(remark.source, language) if remark.source is not None else ""
        add(f"remark_{remark.level.value}", remark.subject, remark.text.render(language), source)
    for check in design.checks:
        if check.verdict is Verdict.NOT_JUDGED:
            add("missing", check.subject, f"{check.title.render(language)}: {compared(check, language)}",
                cited(check.source, language))  # fmt: skip
    for value, source in unverified_values([item.amount for item in bill]):
        add("unverified", "", value, source)
    return SheetTable(name=_t("matters", language), title=_t("matters", language), columns=columns, rows=rows)


def unverified_values(numbers: Sequence[Traced]) -> list[tuple[str, str]]:
    """The recalled data and formulas behind numbers, once each: (what, source)."""
    found: dict[tuple[str, str], None] = {}
    seen: set[int] = set()
    waiting = list(numbers)
    while waiting:
        number = waiting.pop()
        if id(number) in seen or not number.unverified:
            continue
        seen.add(id(number))
        if isinstance(number, Datum):
            found[f"{number.value:g} {number.unit}".strip(), str(number.source)] = None
        elif (
            not isinstance(number, Given)
            and hasattr(number, "formula")
            and (number.formula.source.provenance.value == "recalled")
        ):
            found[number.formula.plain(), str(number.formula.source)] = None
        waiting += list(number.inputs.values())
    return list(found)


def checks_table(design: Design, language: str) -> SheetTable:
    """Every check, failures first."""
    columns = [
        Column(title=_t("no", language), width=5, digits=0),
        Column(title=_t("verdict", language), width=9),
        Column(title=_t("part", language), width=24),
        Column(title=_t("check", language), width=26),
        Column(title=_t("situation", language), width=12),
        Column(title=_t("found", language), width=12, digits=3),
        Column(title=_t("required", language), width=12, digits=3),
        Column(title=_t("unit", language), width=7),
        Column(title=_t("ratio", language), width=8, digits=3),
        Column(title=_t("comparison", language), width=30),
        Column(title=_t("source", language), width=34),
        Column(title=_t("reading", language), width=44),
    ]
    place = places(design, language)
    ordered = sorted(design.checks, key=lambda check: ORDER.index(check.verdict))
    rows: list[Sequence[Cell] | Band] = []
    for i, check in enumerate(ordered):
        mark = f" [{text('explain.unverified', language)}]" if check.unverified else ""
        rows.append([
            i + 1, text(f"verdict.{check.verdict.value}", language), place(check.subject),
            check.title,
            text(check.situation, language) if check.situation else "",
            check.found if isinstance(check.found, Traced) else None,
            check.required if isinstance(check.required, Traced) else None,
            unit_sign(check.unit, language), check.ratio, compared(check, language),
            f"{cited(check.source, language)}{mark}", check.reading,
        ])  # fmt: skip
    return SheetTable(name=_t("checks", language), title=_t("checks", language), columns=columns, rows=rows)
