"""Tables and limits of the wall standards: every number with clause and provenance.

A file of `data/walls` holds one standard: ``standard``, and tables with ``clause``, ``provenance``, ``unit`` and
``values``. A value is found by one key, or by two (row, column).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.trace import Datum, Provenance, Source, datum


@cache
def _file(standard: str) -> Mapping[str, Any]:
    content = files(__package__).joinpath("data", "walls", f"{standard}.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)


def source_of(standard: str, table: str) -> Source:
    """Where a table stands."""
    entry = _file(standard)[table]
    return Source(_file(standard)["standard"], entry["clause"], Provenance(entry["provenance"]), entry.get("note", ""))


def keys_of(standard: str, table: str) -> tuple[str, ...]:
    """Rows of a table, in its order."""
    return tuple(_file(standard)[table]["values"])


def pick(standard: str, table: str, *keys: str, field: str = "") -> Datum:
    """One value of a table.

    Args:
        standard: name of the file ("gb50010_2010").
        table: name of the table in it.
        keys: row, or row and column.
        field: project field that chose the row, for the error.

    Raises:
        InputError: the table has no such row or column.
    """
    entry = _file(standard)[table]
    value: Any = entry["values"]
    for key in keys:
        if not isinstance(value, Mapping) or key not in value:
            allowed = ", ".join(value) if isinstance(value, Mapping) else str(value)
            shown = f"{_file(standard)['standard']} {entry['clause']}"
            raise InputError(field or table, " / ".join(keys), message("walls.error.not_in_table", table=shown,
                                                                       allowed=allowed))  # fmt: skip
        value = value[key]
    return datum(float(value), entry["unit"], source_of(standard, table), f"walls.table.{table}")
