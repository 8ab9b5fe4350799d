"""Factors between bank, loose and compacted volumes, by quota; the project chooses one set and keeps to it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.trace import Datum, Provenance, Source, Traced, datum


@dataclass(frozen=True, kw_only=True)
class VolumeFactors:
    """Factors of one material; None where the set holds none."""

    loose_per_bank: Traced | None
    compacted_per_bank: Traced | None


@cache
def _sets() -> dict[str, dict[str, Any]]:
    content = files(__package__).joinpath("data", "earthwork_factors.toml").read_text(encoding="utf-8")
    return {entry["id"]: entry for entry in tomllib.loads(content)["set"]}


def volume_factors(factor_set: str, material: str) -> VolumeFactors:
    """Factors of a set ("hydraulic_quota", ...) for soil, soft_rock, hard_rock.

    Raises:
        InputError: no such set, or the set holds no row for the material.
    """
    entry = _sets().get(factor_set)
    if entry is None or material not in entry:
        raise InputError("soil.factor_set", f"{factor_set} / {material}", message("soil.no_factors"))
    row = entry[material]
    source = Source(
        entry["source"], material, Provenance(row.get("provenance", entry["provenance"])), entry.get("note", "")
    )

    def one(name: str) -> Datum | None:
        return datum(row[name], "-", source, f"soil.{name}") if name in row else None

    compacted = one("compacted_per_bank")
    if compacted is None and "bank_per_compacted" in row:
        compacted = datum(1.0 / row["bank_per_compacted"], "-", source, "soil.compacted_per_bank")
    return VolumeFactors(loose_per_bank=one("loose_per_bank"), compacted_per_bank=compacted)
