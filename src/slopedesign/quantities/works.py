"""Items of toe walls, drains, ponds and irrigation."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import fields

from slopedesign.calc.walls.bench_wall import WallQuantities
from slopedesign.calc.walls.project_walls import WallsResult
from slopedesign.calc.water.result import PondResult, WaterResult
from slopedesign.i18n import Message, message
from slopedesign.quantities.bill import Item
from slopedesign.quantities.items import WALL_ITEMS, item, steel_items
from slopedesign.quantities.water_works import structure_items
from slopedesign.standards.trace import Traced

REACH_ITEMS: Mapping[str, tuple[str, str]] = {
    "excavation": ("trench_soil", "m3"),
    "lining": ("", "m3"),
    "cushion": ("", "m3"),
    "backfill": ("fill", "m3"),
    "plaster": ("", "m2"),
    "formwork": ("formwork", "m2"),
    "cover": ("", "m3"),
    "joints": ("movement_joint", "m2"),
    "weep_holes": ("weep_hole", "piece"),
}
"""Amount of a reach -> item of the bill standard, where it has one measured in this unit, and unit."""


def toe_wall_items(walls: WallsResult, on_soil: Container[str] = ()) -> Iterator[Item]:
    """Toe walls of fills and dumps, all stretches of a material together.

    Args:
        on_soil: bases by name that are soil.
    """
    stretches = [(f"{toe.wall.name} {i + 1}", toe, s) for toe in walls.toe_walls for i, s in enumerate(toe.stretches)]
    for name in (f.name for f in fields(WallQuantities)):
        if name == "steel" or name not in WALL_ITEMS:
            continue
        code, unit = WALL_ITEMS[name]
        groups: dict[tuple[str, bool], dict[str, Traced]] = {}
        for label, toe, stretch in stretches:
            amount = getattr(stretch.amounts.total, name)
            if amount is not None:
                soft = name == "excavation" and toe.wall.base in on_soil
                groups.setdefault((toe.wall.shape.material, soft), {})[label] = amount
        for (material, soft), parts in groups.items():
            yield from item(
                f"toe_wall.{material}.{name}{'.soil' if soft else ''}", "toe_walls", message(f"walls.quantity.{name}"),
                parts, unit, code="trench_soil" if soft else code,
                specification=message(f"choice.{material}"), drawing="drawings.sheet.walls",
            )  # fmt: skip
    yield from steel_items(
        "toe_wall", "toe_walls", [(label, bar) for label, _, s in stretches for bar in s.amounts.bars]
    )


def water_items(water: WaterResult, in_rock: Container[str] = ()) -> Iterator[Item]:
    """Ditches by amount and lining, ponds, structures, irrigation.

    Args:
        in_rock: lines in rock that ditches may follow ("face/bench 2/inner edge").
    """
    works = list(structure_items(water.works))
    yield from _reaches(water, in_rock)
    yield from (i for i in works if i.part == "bill.part.drainage")
    yield from _ponds(water)
    yield from (i for i in works if i.part != "bill.part.drainage")


def _ponds(water: WaterResult) -> Iterator[Item]:
    for pond in water.ponds:
        single: dict[str, tuple[Traced | None, str, str]] = {
            "excavation": (pond.excavation, "m3", "pit_rock"),
            "lining": (pond.lining, "m3", ""),
        }
        for name, (amount, unit, code) in single.items():
            if amount is not None:
                yield from item(
                    f"pond.{pond.record.name}.{name}", "storage", message(f"bill.pond_{name}", pond=pond.record.name),
                    {pond.record.name: amount}, unit, code=code,
                    specification=_lining(pond) if name == "lining" else None,
                    drawing="drawings.sheet.water",
                )  # fmt: skip


def _lining(pond: PondResult) -> Message | None:
    made = pond.record.works
    return None if made is None else message(f"bill.material.{made.lining_material}")


def _choice(name: str) -> Message:
    return message(f"choice.{name}")


def _reaches(water: WaterResult, in_rock: Container[str]) -> Iterator[Item]:
    works = [s for s in water.structures if s.quantities is not None]
    rock = {
        reach.name for reach in (water.network.reaches if water.network is not None else ())
        if re.sub(r" \d+$", "", reach.input.record.follows) in in_rock
    }  # fmt: skip
    for name, (code, unit) in REACH_ITEMS.items():
        groups: dict[tuple[str, bool], dict[str, Traced]] = {}
        for structure in works:
            assert structure.quantities is not None
            hard = name == "excavation" and structure.reach in rock
            parts = groups.setdefault((structure.quantities.material, hard), {})
            parts[structure.reach] = getattr(structure.quantities, name)
        for (material, hard), parts in groups.items():
            yield from item(
                f"ditch.{material}.{name}{'.rock' if hard else ''}", "drainage",
                message("bill.ditch_excavation_rock" if hard else f"bill.ditch_{name}"), parts, unit,
                code="trench_rock" if hard else code, specification=_choice(material), drawing="drawings.sheet.water",
            )  # fmt: skip
