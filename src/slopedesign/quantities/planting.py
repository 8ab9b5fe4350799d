"""Items of planting: plants by species and stock, replanting, seed, holes and the soil that fills them."""

from __future__ import annotations

from collections.abc import Iterator

from slopedesign.calc.planting import PlantingResult, SpeciesTotal, Stand
from slopedesign.i18n import Message, message
from slopedesign.project.planting import Species
from slopedesign.quantities.bill import Item
from slopedesign.quantities.items import item
from slopedesign.standards.rules import joined, said
from slopedesign.standards.trace import Total, Traced

CODES = {"tree": "tree", "shrub": "shrub", "climber": "climber", "herb": ""}
SHEET = "drawings.sheet.planting"


def planting_items(found: PlantingResult) -> Iterator[Item]:
    """Every item of a planting."""
    for one in found.species:
        if one.count is not None:
            yield from item(
                f"plant.{one.species.form}.{one.species.name}", "plants",
                message(f"planting.bill.{one.species.form}", name=one.species.name), one.count.parts, "plant",
                code=CODES[one.species.form], specification=stock_words(one.species), unit_work="planting",
                drawing=SHEET,
            )  # fmt: skip
    for one in found.species:
        if one.spare is not None:
            yield from item(
                f"plant.spare.{one.species.name}", "plants", message("planting.bill.spare", name=one.species.name),
                one.spare.parts, "plant", specification=stock_words(one.species), unit_work="planting", drawing=SHEET,
                note=message("planting.bill.spare_note"),
            )  # fmt: skip
    yield from _seed(found)
    yield from _holes(found)


def _seed(found: PlantingResult) -> Iterator[Item]:
    for one in found.species:
        if one.seed is not None:
            yield from item(
                f"plant.seed.{one.species.name}", "sowing", message("planting.bill.seed", name=one.species.name),
                one.seed.parts, "kg", unit_work="planting", drawing=SHEET, note=message("planting.bill.rate"),
            )  # fmt: skip
    areas = {f"{i + 1} {p.name}": p.area for i, p in enumerate(found.places) if p.sown}
    yield from item(
        "plant.sowing", "sowing", message("planting.bill.sowing"), areas, "m2", unit_work="planting", drawing=SHEET
    )


def _holes(found: PlantingResult) -> Iterator[Item]:
    """Holes in the laid soil, and what of them is dug in the ground below, rock and earth apart.

    Rock does not go back: it is dug for good, as pits are. Earth fills the hole it was dug from.
    """
    laid: dict[str, Traced] = {}
    below: dict[bool, dict[str, Traced]] = {True: {}, False: {}}
    for place in found.places:
        for k, stand in enumerate(place.stands):
            name = f"{place.name} {k + 1} {stand.species.name}"
            if stand.in_soil is not None:
                laid[name] = stand.in_soil
            if stand.below is not None:
                below[place.rock][name] = stand.below
    work, sheet = "planting", SHEET
    yield from item("plant.holes", "holes", message("planting.bill.holes"), laid, "m3", unit_work=work, drawing=sheet)
    yield from item(
        "plant.holes.rock", "holes", message("planting.bill.holes_rock"), below[True], "m3", code="pit_rock",
        unit_work=work, drawing=sheet, note=message("planting.bill.rock_note"),
    )  # fmt: skip
    yield from item(
        "plant.holes.soil", "holes", message("planting.bill.holes_soil"), below[False], "m3", unit_work=work,
        drawing=sheet, note=message("planting.bill.soil_note"),
    )  # fmt: skip
    yield from item(
        "plant.pit_soil", "holes", message("planting.bill.pit_soil"), found.pit_soil, "m3", code="planting_soil",
        unit_work=work, drawing=sheet, note=message("planting.bill.pit_note"),
    )  # fmt: skip


def stock_words(species: Species) -> Message:
    """Size of the stock: diameter, height, crown, and what else the designer says of it."""
    parts: list[Message | str] = [
        message(f"planting.words.{name}", **{name: f"{value:g}"})
        for name in ("dbh", "height", "crown") if (value := getattr(species, name)) is not None
    ]  # fmt: skip
    if species.stock:
        parts.append(said(species.stock, species.stock))
    return joined(parts)


def hole_words(species: Species) -> Message:
    """Size of the hole: length, width, depth [m]."""
    if species.hole_length is None or species.hole_width is None or species.hole_depth is None:
        return said("-", "-")
    return message(
        "planting.words.hole", length=f"{species.hole_length:g}", width=f"{species.hole_width:g}",
        depth=f"{species.hole_depth:g}",
    )  # fmt: skip


def layout_words(stand: Stand) -> Message:
    """How the plants of a stand are laid out: rows from a side, or a grid."""
    spacing = f"{stand.spacing.value:g}"
    apart = f"{stand.row_spacing.value:g}" if stand.row_spacing is not None else ""
    if not stand.rows:
        return message("planting.words.grid", spacing=spacing, apart=apart)
    side, rows = message(f"planting.words.{stand.rows[0].side}"), len(stand.rows)
    if rows == 1:
        return message("planting.words.rows", side=side, rows=rows, spacing=spacing)
    return message("planting.words.rows_apart", side=side, rows=rows, spacing=spacing, apart=apart)


def amount_of(one: SpeciesTotal) -> Total | None:
    """What a species is counted in: plants, or seed by weight."""
    return one.count if one.count is not None else one.seed
