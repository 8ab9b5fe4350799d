"""From a design to its bill: every amount is a sum of numbers that stand in the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from slopedesign.calc.walls.bench_wall import BenchWallResult
from slopedesign.design import Design, SectionSlope, SlopeDesign
from slopedesign.design.bench_soil import bench_name, inner_edge
from slopedesign.design.result import AnySlope, AnyWorks
from slopedesign.i18n import message
from slopedesign.quantities.bill import Bill, Item
from slopedesign.quantities.earthwork import earth_balance, surplus_items
from slopedesign.quantities.items import WALL_ITEMS, item, steel_items
from slopedesign.quantities.planting import planting_items
from slopedesign.quantities.works import toe_wall_items, water_items
from slopedesign.standards.trace import Traced


def bill_of(design: Design) -> Bill:
    """The bill of a design, in the order of the guide's tree of works (table 7-1)."""
    items: list[Item] = []
    items += _cut(design)
    items += _walls(design)
    items += _cover(design)
    if design.walls is not None:
        bases = design.project.walls.bases if design.project.walls is not None else ()
        items += toe_wall_items(design.walls, {base.name for base in bases if base.kind == "soil"})
    if design.water is not None:
        items += water_items(design.water, rock_edges(design))
    items += _roads(design)
    if design.planting is not None:
        items += planting_items(design.planting)
    items += surplus_items(earth_balance(design, items))
    return Bill(items=tuple(items))


def counted(design: Design) -> tuple[AnySlope, ...]:
    """The slopes that are built; variants are compared, not counted."""
    every: tuple[AnySlope, ...] = (*design.slopes, *design.section_slopes)
    return tuple(slope for slope in every if not slope.slope.variant_of)


def rock_edges(design: Design) -> frozenset[str]:
    """Inner edges of benches cut in rock, by the names ditches follow."""
    return frozenset(
        inner_edge(slope, work) for slope in surveyed(design) for work in slope.works if work.bench.material != "soil"
    )


def surveyed(design: Design) -> tuple[SlopeDesign, ...]:
    """The built slopes that stand on surveyed ground."""
    return tuple(slope for slope in counted(design) if isinstance(slope, SlopeDesign))


def _cut(design: Design) -> Iterator[Item]:
    slopes = counted(design)
    for material in design.project.materials:
        parts = {s.name: s.cut.cut_by_material[material.name] for s in slopes if material.name in s.cut.cut_by_material}
        code = "cut_soil" if material.kind == "soil" else "cut_rock"
        yield from _cut_item(material.name, material.kind, parts, code)
    stated = {material.name for material in design.project.materials}
    for kind in ("soil", "soft_rock", "hard_rock"):
        if kind not in stated:
            parts = {s.name: s.cut.cut_by_material[kind] for s in slopes if kind in s.cut.cut_by_material}
            yield from _cut_item(kind, kind, parts, "cut_soil" if kind == "soil" else "cut_rock")
    known = {*stated, "soil", "soft_rock", "hard_rock"}
    for name in dict.fromkeys(name for s in slopes for name in s.cut.cut_by_material if name not in known):
        parts = {s.name: s.cut.cut_by_material[name] for s in slopes if name in s.cut.cut_by_material}
        yield from item(
            f"cut.{name}", "cut", message("bill.cut_unknown"), parts, "m3", drawing="drawings.sheet.volumes",
            note=message("bill.cut_unknown_note"),
        )  # fmt: skip
    faces: dict[str, Traced] = {s.name: s.cut.face_area for s in surveyed(design)}
    for slope in slopes:
        if isinstance(slope, SectionSlope):
            faces |= {f"{slope.name} {face.number}": face.slope_area for face in slope.cut.faces}
    yield from item("cut.faces", "cut", message("bill.faces"), faces, "m2", drawing="drawings.sheet.plan")
    benches = {s.name: s.cut.bench_area for s in surveyed(design)}
    for slope in slopes:
        if isinstance(slope, SectionSlope):
            benches |= {bench_name(slope, work): work.bench.area for work in slope.works}
    yield from item(
        "cut.benches", "cut", message("bill.benches"), benches, "m2", code="level_site", drawing="drawings.sheet.plan"
    )


def _cut_item(name: str, kind: str, parts: Mapping[str, Traced], code: str) -> Iterator[Item]:
    yield from item(
        f"cut.{name}", "cut", message("bill.cut", material=name), parts, "m3", code=code,
        specification=message(f"choice.{kind}"), drawing="drawings.sheet.volumes", note=message("bill.bank_followed"),
    )  # fmt: skip


def walls_of(design: Design) -> Iterator[tuple[AnySlope, AnyWorks, BenchWallResult]]:
    """Every bench wall that is built."""
    for slope in counted(design):
        for work in slope.works:
            if work.wall is not None:
                yield slope, work, work.wall


def _walls(design: Design) -> Iterator[Item]:
    walls = list(walls_of(design))
    for name, (code, unit) in WALL_ITEMS.items():
        groups: dict[str, dict[str, Traced]] = {}
        for slope, work, wall in walls:
            amount = getattr(wall.total, name)
            if amount is not None:
                groups.setdefault(wall.kind, {})[bench_name(slope, work)] = amount
        for kind, parts in groups.items():
            yield from item(
                f"wall.{kind}.{name}", "retaining", message(f"walls.quantity.{name}"), parts, unit, code=code,
                specification=message(f"choice.{kind}"), drawing="drawings.sheet.details",
            )  # fmt: skip
    yield from steel_items(
        "wall", "retaining", [(bench_name(s, work), bar) for s, work, wall in walls for bar in wall.bars]
    )


def _cover(design: Design) -> Iterator[Item]:
    places: dict[str, dict[str, Traced]] = {}
    for bench, soil_there in design.bench_soil.items():
        places.setdefault("cut_bench", {})[bench] = soil_there.net
    for area in design.cover_areas:
        if area.in_place.value > 0:
            places.setdefault(area.place, {})[area.name] = area.in_place
    for place, parts in places.items():
        yield from item(
            f"cover.{place}", "cover", message("bill.cover", place=message(f"choice.{place}")), parts, "m3",
            code="planting_soil", unit_work="soil", drawing="drawings.sheet.sections", note=message("bill.in_place"),
        )  # fmt: skip
    soil = design.soil
    single: list[tuple[str, str, Traced | None, str]] = [
        ("soil.stripped", "bill.stripped", soil.stripped_bank if soil.stripped_bank.value > 0 else None, "m3"),
        ("soil.imported", "bill.imported", soil.imported_bank, "m3"),
        ("soil.haul", "bill.haul", soil.haul, "m3 km"),
    ]
    for item_id, name, amount, unit in single:
        if amount is not None:
            yield from item(
                item_id, "cover", message(name), {"1": amount}, unit, unit_work="soil", note=soil.factor_set
            )


def _roads(design: Design) -> Iterator[Item]:
    if design.roads is None:
        return
    surfaces: dict[str, dict[str, Traced]] = {}
    layers: dict[tuple[str, str], dict[str, Traced]] = {}
    drains: dict[str, Traced] = {}
    for road in design.roads.roads:
        surfaces.setdefault(road.road_class, {})[road.name] = road.surface
        for layer in road.layers:
            key = (layer.material, f"{layer.thickness.value:g}")
            parts = layers.setdefault(key, {})
            same = sum(name.split("#")[0] == road.name for name in parts)
            parts[f"{road.name}#{same + 1}" if same else road.name] = layer.volume
        if road.drain_length is not None:
            drains[road.name] = road.drain_length
    for road_class, parts in surfaces.items():
        yield from item(
            f"road.{road_class}", "roads", message("bill.road", road_class=message(f"road.class.{road_class}")),
            parts, "m2", unit_work="support", drawing="drawings.sheet.plan",
        )  # fmt: skip
    for (material, thickness), parts in layers.items():
        yield from item(
            f"road.layer.{material}.{thickness}", "roads", message("bill.road_layer", material=material), parts, "m3",
            unit_work="support", specification=message("bill.thickness", thickness=thickness),
        )  # fmt: skip
    yield from item("road.drains", "roads", message("road.drain_length"), drains, "m", unit_work="support")
