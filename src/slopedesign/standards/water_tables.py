"""Tables and limits of the water codes, each number with its clause and provenance.

The numbers live in `data/water/*.toml`; a designer overrides them through the project, never by editing the program.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slopedesign.errors import FormulaError, InputError, OutOfRange
from slopedesign.i18n import message
from slopedesign.standards.trace import Datum, Provenance, Source, datum


@dataclass(frozen=True)
class Table:
    """One table of a standard: `content` as in the file, `source` for every number taken from it."""

    name: str
    source: Source
    unit: str
    content: Mapping[str, Any]

    @property
    def rows(self) -> Mapping[str, Any]:
        """The keyed rows of the table."""
        return dict(self.content["rows"])

    def raw(self, key: str) -> Any:
        """A row as it stands.

        Raises:
            InputError: the table has no such row.
        """
        rows = self.content["rows"]
        if key not in rows:
            raise InputError(self.name, key, message("water.error.table_row", choices=", ".join(rows)))
        return rows[key]

    def pick(self, key: str, unit: str | None = None, label: str = "") -> Datum:
        """A single number of the table."""
        return datum(float(self.raw(key)), self.unit if unit is None else unit, self.source, label)

    def array(self, key: str) -> NDArray[np.float64]:
        """An array of the table (axis or values)."""
        return np.asarray(self.content[key], dtype=float)

    def made(self, value: float, unit: str | None = None, label: str = "") -> Datum:
        """A number read off the table (interpolated, or one of a row of several)."""
        return datum(float(value), self.unit if unit is None else unit, self.source, label)


@cache
def table(file: str, name: str) -> Table:
    """The table `name` of `data/water/<file>.toml`.

    Raises:
        FormulaError: no such table (our mistake).
    """
    content = tomllib.loads(files(__package__).joinpath("data", "water", f"{file}.toml").read_text(encoding="utf-8"))
    if name not in content:
        raise FormulaError(f"data/water/{file}.toml has no table {name}")
    found = content[name]
    source = Source(found["standard"], found["clause"], Provenance(found["provenance"]), found.get("note", ""))
    return Table(name, source, found["unit"], found)


def along(xs: NDArray[np.float64], ys: NDArray[np.float64], x: float, clause: str) -> float:
    """Linear interpolation inside a table; a value outside it is refused, never extrapolated.

    Raises:
        OutOfRange: x lies outside the table.
    """
    if not xs[0] <= x <= xs[-1]:
        raise OutOfRange(clause, x, f"{xs[0]:g} .. {xs[-1]:g}")
    return float(np.interp(x, xs, ys))
