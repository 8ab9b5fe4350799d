"""Worksheets of cutting, soil and the balance of what is dug."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from slopedesign.calc.benches.result import BenchCut
from slopedesign.design import Design
from slopedesign.design.bench_soil import bench_name
from slopedesign.i18n import text
from slopedesign.quantities.bill import Bill
from slopedesign.quantities.collect import counted, surveyed
from slopedesign.quantities.earthwork import earth_balance
from slopedesign.reports.sheet_writer import Band, Cell, Column, SheetTable, unit_name
from slopedesign.reports.verdicts import missing_words
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced

Rows = list[Sequence[Cell] | Band]


def _t(key: str, language: str, **values: object) -> str:
    return text(f"workbook.{key}", language, **values)


# --- cutting


def cut_table(design: Design, language: str) -> SheetTable:
    """Cut volume by face and bench, split by material."""
    names = list(dict.fromkeys(name for s in surveyed(design) for name in s.cut.cut_by_material))
    columns = [
        Column(title=_t("part", language), width=20),
        Column(title=_t("level", language), width=10, digits=2),
        Column(title=_t("height_width", language), width=10, digits=2),
        Column(title=_t("angle_fall", language), width=9, digits=1),
        Column(title=_t("length", language), width=10, digits=1),
        Column(title=_t("area", language), width=12, digits=1),
        Column(title=_t("usable_area", language), width=12, digits=1),
        *(Column(title=_t("cut_of", language, material=name), width=13, digits=2) for name in names),
        Column(title=_t("cut_total", language), width=13, digits=2),
    ]
    rows: Rows = []
    for slope in surveyed(design):
        cut = slope.cut
        rows.append(Band(slope.name))
        for face in cut.faces:
            label = _t("face", language, number=face.number, sector=face.sector)
            rows.append([label, None, face.found_height, face.angle, None, face.slope_area, None,
                         *(face.cut_by_material.get(name) for name in names), face.cut])  # fmt: skip
        for bench in cut.benches:
            label = _t("bench_wide" if bench.wide else "bench", language, number=bench.number, sector=bench.sector)
            by_material = [bench.cut_by_material.get(name) for name in names]
            rows.append([label, bench.level, bench.width, bench.fall, bench.crest_length, bench.area,
                         bench.usable_area, *by_material, bench.cut])  # fmt: skip
        rows += _cut_sums(cut, names, language)
        rows += list(_second_opinion(slope.cut, len(columns), language))
    return SheetTable(
        name=_t("cut", language), title=_t("cut_title", language), columns=columns, rows=rows,
        after=[_t("cut_note", language)],
    )  # fmt: skip


def _cut_sums(cut: BenchCut, names: Sequence[str], language: str) -> Rows:
    """Sums of faces and of benches, each of the rows above; then the cut as a whole."""
    blank: list[Cell] = [None] * len(names)
    volumes: list[Cell] = [cut.cut_by_material.get(name) for name in names]
    return [
        [_t("faces_sum", language), None, None, None, None, cut.face_area, None, *blank, None],
        [_t("benches_sum", language), None, None, None, None, cut.bench_area, cut.usable_area, *blank, None],
        [_t("sum", language), None, None, None, None, None, None, *volumes, cut.cut],
        [_t("cut_plan", language), None, None, None, None, cut.area, None, *blank, None],
        [_t("cut_whole", language), cut.top_level, cut.height, cut.overall_angle, None, None, None, *blank, None],
    ]


def _second_opinion(cut: object, width: int, language: str) -> Iterator[Sequence[Cell]]:
    second = getattr(cut, "second", None)
    if second is None:
        return
    blank: list[Cell] = [None] * (width - 2)
    yield [_t("second", language, cell=f"{second.cell:g}"), *blank, second.cut]
    if second.difference is not None:
        said = f"{100 * second.difference.value:+.4f} %  ({100 * second.allowed:g} %)"
        yield [_t("difference", language), *blank, said]


def section_tables(design: Design, language: str) -> list[SheetTable]:
    """Volumes by sections: mean end areas and prismoids, beside the overlay where there is one."""
    rows: list[Sequence[Cell] | Band] = []
    for slope in surveyed(design):
        if slope.section_volumes is not None:
            rows.append(Band(slope.name))
            rows += [_section_row(s.name, s.station, s.cut, s.centre) for s in slope.sections if s.station is not None]
            found = slope.section_volumes
            prismoidal = found.prismoidal.volume if found.prismoidal is not None else None
            for key, amount in (("end_area", found.end_area.volume), ("prismoidal", prismoidal),
                                ("curved", found.curved), ("overlay_between", found.overlay)):  # fmt: skip
                rows.append([_t(key, language), None, None, None, amount])
    for typed in design.section_slopes:
        rows.append(Band(typed.name))
        rows += [_section_row(s.name, s.station, s.cut, s.factor) for s in typed.cut.sections]
        rows.append([_t("end_area", language), None, None, None, typed.cut.end_area.volume])
        if typed.cut.prismoidal is not None:
            rows.append([_t("prismoidal", language), None, None, None, typed.cut.prismoidal.volume])
        rows.append([_t("curved", language), None, None, None, typed.cut.cut])
    if not rows:
        return []
    columns = [
        Column(title=_t("section", language), width=30),
        Column(title=_t("station", language), width=14, digits=2),
        Column(title=_t("cut_area", language), width=16, digits=2),
        Column(title=_t("bend_factor", language), width=16, digits=4),
        Column(title=_t("volume", language), width=18, digits=2),
    ]
    after = [_t("bend_note", language)]
    return [SheetTable(name=_t("sections", language), title=_t("sections_title", language), columns=columns,
                       rows=rows, after=after)]  # fmt: skip


def _section_row(name: str, station: float, cut: Traced, factor: Traced | None) -> Sequence[Cell]:
    return [name, station, cut, factor, None]


# --- soil


def cover_table(design: Design, language: str) -> SheetTable:
    """Soil by bench and by area: area by thickness, and what stands in it."""
    heads = [("part", 22, None), ("place", 13, None), ("plan_area", 13, None), ("slope_area", 13, None),
             ("thickness", 9, 2), ("gross", 13, None), ("soil_ditches", 13, None), ("soil_layers", 13, None),
             ("soil_wedge", 13, None), ("in_place", 13, None)]  # fmt: skip
    columns = [Column(title=_t(name, language), width=width, digits=digits) for name, width, digits in heads]
    rows: Rows = []
    for slope in counted(design):
        for work in slope.works:
            if work.cover is not None:
                c, laid = work.cover, design.bench_soil[bench_name(slope, work)]
                rows.append([bench_name(slope, work), text("choice.cut_bench", language), c.plan_area, c.slope_area,
                             c.thickness, laid.gross, laid.ditches, laid.layers, laid.wedge, laid.net])  # fmt: skip
    for area in design.cover_areas:
        rows.append([area.name, text(f"choice.{area.place}", language), area.plan_area, area.slope_area,
                     area.thickness, None, None, None, None, area.in_place])  # fmt: skip
    return SheetTable(name=_t("cover", language), title=_t("cover_title", language), columns=columns, rows=rows,
                      after=[_t("cover_note", language)])  # fmt: skip


def balance_table(design: Design, bill: Bill, language: str) -> SheetTable:
    """Need and supply of soil, and the balance of what is dug and put back."""
    soil, earth = design.soil, earth_balance(design, [item for item in bill if not item.id.startswith("earth.")])
    columns = [
        Column(title=_t("item", language), width=34),
        Column(title=_t("amount", language), width=16),
        Column(title=_t("unit", language), width=8),
        Column(title=_t("note", language), width=60),
    ]
    rows: Rows = [Band(_t("soil_balance", language))]
    rows += _rows_of(
        {"soil_in_place": soil.in_place, "soil_need": soil.need_bank, "soil_stripped": soil.stripped_bank,
         "soil_imported": soil.imported_bank, "soil_surplus": soil.surplus_bank, "soil_loose": soil.imported_loose,
         "soil_haul": soil.haul},
        _t("lacks", language, what=missing_words(soil.missing, language)), language,
    )  # fmt: skip
    rows.append(Band(_t("cut_balance", language)))
    for slope in counted(design):
        for name, amount in slope.cut.cut_by_material.items():
            rows.append([f"{slope.name} {name}", amount, unit_name("m3", language), text("bill.bank", language)])
    rows.append(Band(_t("earth_balance", language)))
    rows += _rows_of(
        {"earth_soil": earth.soil, "earth_rock": earth.rock, "earth_fill": earth.fill,
         "earth_fill_bank": earth.fill_bank, "earth_surplus": earth.surplus, "earth_loose": earth.loose},
        _t("earth_lacks", language), language,
    )  # fmt: skip
    return SheetTable(
        name=_t("balance", language), title=_t("balance", language), columns=columns, rows=rows,
        before=[_t("factors", language, set=soil.factor_set.render(language))], after=[_t("earth_note", language)],
    )  # fmt: skip


def _rows_of(entries: Mapping[str, Traced | None], lacks: str, language: str) -> Rows:
    return [
        [_t(key, language), None, "", lacks] if amount is None
        else [_t(key, language), amount, unit_name(amount.unit, language), last_line(amount, language)]
        for key, amount in entries.items()
    ]  # fmt: skip


def last_line(number: Traced, language: str) -> str:
    """The last line of a number's working."""
    if not isinstance(number, Step):
        return ""
    unit = number.formula.variables[number.formula.gives].unit
    line = number.plain()
    return line if unit == "-" else f"{line.removesuffix(unit)}{unit_name(unit, language)}"
