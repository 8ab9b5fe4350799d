"""Items of water structures: what each takes, like with like added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from slopedesign.calc.water.works.common import Amount, Works
from slopedesign.i18n import Message, has, message
from slopedesign.quantities.bill import Item
from slopedesign.quantities.items import item
from slopedesign.standards.trace import Traced

CODES: Mapping[str, str] = {
    "excavation": "pit_soil", "backfill": "fill", "formwork": "formwork", "steel": "reinforcement",
    "joints": "movement_joint", "geotextile": "geotextile",
}  # fmt: skip
"""What is counted -> item of the bill standard, where the standard has one."""

TRENCHES = frozenset({"culvert", "pipe", "spillway"})
"""Kinds of structures that are dug as a trench; the others in a pit."""

PARTS: Mapping[str, str] = {
    "spillway": "storage", "steps": "storage", "fence": "storage", "trash_rack": "storage", "sand_trap": "storage",
    "pond": "storage", "pipe": "irrigation", "pump": "irrigation", "well": "irrigation", "sprinkler": "irrigation",
    "drip": "irrigation",
}  # fmt: skip
"""Kind of structure -> part of the tree; drainage where it is not named."""


def structure_items(works: Sequence[Works]) -> Iterator[Item]:
    """One item for every kind, thing counted, material and size, summed over the structures; by parts of the tree."""
    groups: dict[tuple[str, str, str, str], dict[str, Traced]] = {}
    first: dict[tuple[str, str, str, str], Amount] = {}
    for one in works:
        for amount in one.amounts:
            size = amount.size.render("en") if amount.size is not None else ""
            key = (one.kind, amount.what, amount.material, size)
            parts = groups.setdefault(key, {})
            first.setdefault(key, amount)
            parts[_fresh(one.name or one.kind, parts)] = amount.number
    order = ("drainage", "storage", "irrigation")
    for (kind, what, material, size), parts in sorted(
        groups.items(), key=lambda group: order.index(PARTS.get(group[0][0], "drainage"))
    ):
        amount = first[kind, what, material, size]
        yield from item(
            ".".join(["works", kind, what, *([material] if material else []), *([_plain(size)] if size else [])]),
            PARTS.get(kind, "drainage"), item_name(kind, what), parts, amount.number.unit, code=_code(kind, what),
            specification=specification(amount), drawing="drawings.sheet.water",
        )  # fmt: skip


def _code(kind: str, what: str) -> str:
    return "trench_soil" if what == "excavation" and kind in TRENCHES else CODES.get(what, "")


def _fresh(name: str, parts: Mapping[str, Traced]) -> str:
    same = sum(other.split("#")[0] == name for other in parts)
    return f"{name}#{same + 1}" if same else name


def _plain(size: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in size)


def item_name(kind: str, what: str) -> Message:
    """What is counted of which structure: "stilling basin: excavation"; by a name of its own where it has one."""
    own = f"bill.item.{kind}.{what}"
    if has(own):
        return message(own)
    return message("bill.works", kind=message(f"water.works.{kind}"), what=message(f"bill.amount.{what}"))


def specification(amount: Amount) -> Message:
    """Material and size of an amount; the phrase of nothing where it has neither."""
    stuff = message(f"bill.material.{amount.material}") if amount.material else None
    if stuff is not None and amount.size is not None:
        return message("bill.material_size", material=stuff, size=amount.size)
    return stuff or amount.size or message("bill.none")
