"""How one item of the bill is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from slopedesign.calc.walls.bars import BarMark
from slopedesign.i18n import Message, message
from slopedesign.quantities.bill import Item, summed
from slopedesign.standards.bill_codes import bill_item
from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import OWN, Traced

TONNES = Formula(OWN, "M", "m/1000", title="bill.tonnes", homogeneous=False, M=Var("M", "t", 3), m=Var("m", "kg", 1))

WALL_ITEMS: Mapping[str, tuple[str, str]] = {
    "masonry": ("masonry_wall", "m3"),
    "stacked_rock": ("", "m3"),
    "gabion": ("", "m3"),
    "concrete": ("concrete_wall", "m3"),
    "formwork": ("formwork", "m2"),
    "pointing": ("", "m2"),
    "coping": ("", "m2"),
    "drill_holes": ("", "-"),
    "drilled": ("anchor", "m"),
    "grout": ("", "m3"),
    "joints": ("", "-"),
    "joint_area": ("movement_joint", "m2"),
    "weep_holes": ("weep_hole", "-"),
    "weep_pipe": ("", "m"),
    "filter": ("filter", "m3"),
    "seal": ("", "m3"),
    "geotextile": ("geotextile", "m2"),
    "excavation": ("trench_rock", "m3"),
    "trench_refill": ("fill", "m3"),
}
"""Item of a wall -> item of the bill standard and unit."""


def item(
    item_id: str, part: str, name: Message, parts: Mapping[str, Traced], unit: str, *, code: str = "",
    specification: Message | None = None, drawing: str = "", note: Message | None = None, unit_work: str = "landform",
) -> Iterator[Item]:  # fmt: skip
    """One item as the sum of named parts; nothing where there is nothing to count."""
    if not any(part.value for part in parts.values()):
        return
    row = bill_item(code) if code else None
    yield Item(
        id=item_id, unit_work=f"bill.unit.{unit_work}", part=f"bill.part.{part}", name=name,
        amount=summed(parts, unit), code=row.code if row is not None else "", standard=code,
        code_unverified=row is not None and row.unverified, drawing=drawing, note=note,
        specification=specification or message("bill.none"),
    )  # fmt: skip


def steel_items(id_start: str, part: str, bars: list[tuple[str, BarMark]]) -> Iterator[Item]:
    """Steel by grade and diameter, in tonnes."""
    groups: dict[tuple[str, float], dict[str, Traced]] = {}
    for name, bar in bars:
        groups.setdefault((bar.grade, bar.diameter_mm), {})[f"{name} N{bar.mark}"] = TONNES.at(m=bar.mass)
    for (grade, diameter), parts in sorted(groups.items()):
        yield from item(
            f"{id_start}.steel.{grade}.{diameter:g}", part, message("walls.quantity.steel"), parts, "t",
            code="reinforcement", specification=message("bill.bar", grade=grade, diameter=f"{diameter:g}"),
            drawing="drawings.sheet.details",
        )  # fmt: skip
