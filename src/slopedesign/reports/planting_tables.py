"""Worksheets of the planting: the schedule of species, and every place with its calculation."""

from __future__ import annotations

from collections.abc import Sequence

from slopedesign.calc.planting import PlantedPlace, PlantingResult, Stand
from slopedesign.i18n import text
from slopedesign.project.planting import Species
from slopedesign.quantities.bill import calculation_of
from slopedesign.quantities.planting import amount_of, hole_words, layout_words, stock_words
from slopedesign.reports.sheet_writer import Band, Cell, Column, SheetTable, unit_name
from slopedesign.standards.formula import shown
from slopedesign.standards.species import printed_name

Rows = list[Sequence[Cell] | Band]


def _t(key: str, language: str, **values: object) -> str:
    return text(f"planting.table.{key}", language, **values)


def planting_tables(found: PlantingResult | None, language: str) -> list[SheetTable]:
    """The schedule of species and the planting by place."""
    if found is None:
        return []
    return [schedule_table(found, language), _places(found, language)]


def schedule_table(found: PlantingResult, language: str) -> SheetTable:
    """Species by form: stock, hole, number planted and to be bought, holes."""
    heads = (("no", 5, 0), ("species", 18, None), ("size", 34, None), ("hole", 16, None), ("unit", 7, None),
             ("count", 12, None), ("spare", 11, None), ("bought", 14, None), ("holes", 12, 2), ("below", 14, 2),
             ("fixing", 8, None), ("source", 18, None))  # fmt: skip
    columns = [Column(title=_t(name, language), width=width, digits=digits) for name, width, digits in heads]
    rows: Rows = []
    number = 0
    for form, area in found.layers.items():
        rows.append(Band(f"{text(f'planting.form.{form}', language)}  {area.value:.1f} m\N{SUPERSCRIPT TWO}"))
        for one in found.species:
            amount = amount_of(one)
            if one.species.form != form or amount is None:
                continue
            number += 1
            rows.append([
                number, one.species.name, stock_words(one.species), hole_words(one.species),
                unit_name(amount.unit, language), amount, one.spare, one.bought or amount, one.holes, one.below,
                _t("yes", language) if one.species.nitrogen_fixing else "", source_words(one.species, language),
            ])  # fmt: skip
    return SheetTable(
        name=_t("name", language), title=_t("title", language), columns=columns, rows=rows,
        after=[_t("counted", language), _t("pits", language)],
    )  # fmt: skip


def source_words(species: Species, language: str) -> str:
    """Where a species comes from: the guide's table, under its own name or another, or the designer."""
    printed = printed_name(species.form, species.name, species.alias)
    if printed is None:
        return _t("own", language)
    return _t("table_74", language) if printed == species.name else _t("table_74_as", language, name=printed)


def _places(found: PlantingResult, language: str) -> SheetTable:
    heads = (("species", 22, None), ("layout", 40, None), ("unit", 7, None), ("amount", 13, None),
             ("calculation", 60, None), ("holes", 12, 2), ("below", 14, 2))  # fmt: skip
    columns = [Column(title=_t(name, language), width=width, digits=digits) for name, width, digits in heads]
    rows: Rows = []
    for place in found.places:
        rows.append(Band(_head(place, language)))
        for stand in place.stands:
            rows.append([
                stand.species.name, layout_words(stand), unit_name("plant", language), stand.count,
                _worked(stand, language), stand.holes, stand.below,
            ])  # fmt: skip
        for sown in place.sown:
            rate = text("planting.words.sown", language, rate=f"{sown.mass.inputs['q'].value:g}")
            rows.append([sown.species.name, rate, unit_name("kg", language), sown.mass,
                         calculation_of(sown.mass, language), None, None])  # fmt: skip
    return SheetTable(
        name=_t("places_name", language), title=_t("places_title", language), columns=columns, rows=rows,
        after=[_t("counted", language), _t("pits", language)],
    )  # fmt: skip


def _head(place: PlantedPlace, language: str) -> str:
    parts = [place.name, text(f"choice.{place.place}", language), place.scheme]
    if place.width is not None:
        parts.append(f"{_t('width', language)} {place.width.value:.2f}")
    return "  ".join([*parts, f"{_t('area', language)} {place.area.value:.1f}"])


def _worked(stand: Stand, language: str) -> str:
    """The count with numbers put in: piece by piece, row by row."""
    if not stand.rows:
        return calculation_of(stand.count, language)
    pieces = [piece for row in stand.rows for piece in row.count.parts.values()]
    worked = [calculation_of(piece, language) for piece in pieces]
    if len(pieces) > 1:
        worked = [f"({one})" for one in worked]
    if len(worked) > 6:
        worked = [*worked[:5], "...", worked[-1]]
    return " + ".join(worked) or shown(0.0, 0)
