"""Items of the bill of quantities: unit, code and rule of measurement, by edition of the bill standard."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from slopedesign.i18n import Message
from slopedesign.standards.rules import said
from slopedesign.standards.trace import Provenance, Source


@dataclass(frozen=True, kw_only=True)
class BillItem:
    """One item: its code is empty where the standard has none, or none for the edition asked."""

    id: str
    name: Message
    unit: str
    code: str
    measured: Message
    source: Source

    @property
    def unverified(self) -> bool:
        """Whether the code is only recalled."""
        return bool(self.code) and self.source.provenance is Provenance.RECALLED


@cache
def bill_items(edition: str = "2013") -> dict[str, BillItem]:
    """All items by id, with the codes of one edition."""
    content = files(__package__).joinpath("data", "bill_codes.toml").read_text(encoding="utf-8")
    data = tomllib.loads(content)
    source = Source(data["standard"], "", Provenance(data["provenance"]))
    return {
        raw["id"]: BillItem(
            id=raw["id"], name=said(**raw["name"]), unit=raw["unit"], code=raw.get("codes", {}).get(edition, ""),
            measured=said(**raw["measured"]), source=source,
        )
        for raw in data["item"]
    }  # fmt: skip


def bill_item(id: str, edition: str = "2013") -> BillItem:
    """One item (KeyError if there is none of this id)."""
    return bill_items(edition)[id]
