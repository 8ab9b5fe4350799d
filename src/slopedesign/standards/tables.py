"""Tables of standards kept as data: a value picked by words and heights, with its clause and provenance.

A table states its own axes and how values between its rows are taken; nothing is interpolated that does not say so.

    ratio = table("gb50330_2013_slopes", "rock_slope_ratio")
    steep, gentle = ratio.pick_range("III", "moderate", 12.0)
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from slopedesign.errors import FormulaError, OutOfRange
from slopedesign.i18n import Message
from slopedesign.standards.rules import said
from slopedesign.standards.trace import Datum, Provenance, Source, datum


@dataclass(frozen=True, kw_only=True)
class Axis:
    """One direction of a table.

    kind: "key": rows named by words; "class": a number falls in the class bounded by `upper` (`closed`: the bound
    itself belongs to the class below it); "points": numbers given at `at`, between which the table may interpolate.
    """

    name: str
    kind: Literal["key", "class", "points"]
    unit: str = "-"
    upper: tuple[float, ...] = ()
    closed: tuple[bool, ...] = ()
    at: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of a standard.

    `interpolation`: "none", or "linear" along the one axis of kind "points" (which must be the last).
    """

    id: str
    title: Message
    source: Source
    unit: str
    axes: tuple[Axis, ...]
    values: Any
    interpolation: Literal["none", "linear"] = "none"

    def pick(self, *where: str | float, label: str = "") -> Datum:
        """The one value at this place.

        Raises:
            OutOfRange: the table has no such row, or the number lies outside it.
            FormulaError: too few or too many places named, or the table holds a range there (ask `pick_range`).
        """
        found = self._at(where)
        if not isinstance(found, int | float):
            raise FormulaError(f"{self.source} {self.id} holds a range at {where}")
        return datum(float(found), self.unit, self.source, label)

    def pick_range(self, *where: str | float, label: str = "") -> tuple[Datum, Datum]:
        """Both ends of the range at this place, as printed.

        Raises:
            OutOfRange, FormulaError: as `pick`; FormulaError where the table holds a single value.
        """
        found = self._at(where)
        if not (isinstance(found, list) and len(found) == 2):
            raise FormulaError(f"{self.source} {self.id} holds no range at {where}")
        low, high = (datum(float(end), self.unit, self.source, label) for end in found)
        return low, high

    def keys(self, axis: int = 0) -> tuple[str, ...]:
        """Rows of an axis of words (the first one by default; a deeper one under the first row above it)."""
        level = self.values
        for _ in range(axis):
            level = next(iter(level.values()))
        return tuple(level)

    def _at(self, where: Sequence[str | float]) -> Any:
        if len(where) != len(self.axes):
            raise FormulaError(f"{self.source} {self.id} is read by {[axis.name for axis in self.axes]}")
        level = self.values
        for axis, place in zip(self.axes, where, strict=True):
            level = self._step(axis, level, place)
        return level

    def _step(self, axis: Axis, level: Any, place: str | float) -> Any:
        if axis.kind == "key":
            if not isinstance(level, Mapping) or place not in level:
                allowed = ", ".join(level) if isinstance(level, Mapping) else "-"
                raise OutOfRange(str(self.source), place, f"{axis.name}: {allowed}")
            return level[str(place)]
        if isinstance(place, str):
            raise FormulaError(f"{self.source} {self.id}: {axis.name} is a number")
        if axis.kind == "class":
            return self._class(axis, level, place)
        return self._point(axis, level, place)

    def _class(self, axis: Axis, level: Sequence[Any], number: float) -> Any:
        for i, (top, closed) in enumerate(zip(axis.upper, axis.closed, strict=True)):
            if number < top or (closed and number == top):
                if i >= len(level):  # the row ends before this class
                    break
                return level[i]
        bound = axis.upper[len(level) - 1]
        sign = "<=" if axis.closed[len(level) - 1] else "<"
        raise OutOfRange(str(self.source), number, f"{axis.name} {sign} {bound:g} {axis.unit}")

    def _point(self, axis: Axis, level: Sequence[float], number: float) -> float:
        if not axis.at[0] <= number <= axis.at[-1]:
            raise OutOfRange(str(self.source), number, f"{axis.at[0]:g} <= {axis.name} <= {axis.at[-1]:g} {axis.unit}")
        for (x0, y0), (x1, y1) in zip(
            zip(axis.at, level, strict=True), list(zip(axis.at, level, strict=True))[1:], strict=False
        ):
            if number == x0:
                return y0
            if x0 < number < x1:
                if self.interpolation != "linear":
                    raise OutOfRange(str(self.source), number, f"{axis.name}: {', '.join(f'{x:g}' for x in axis.at)}")
                return y0 + (y1 - y0) * (number - x0) / (x1 - x0)
        return level[-1]


def read_tables(content: str) -> dict[str, Table]:
    """The tables of one TOML text, by id.

    Raises:
        FormulaError: the text is no set of tables.
    """
    try:
        return {raw["id"]: _table(raw) for raw in tomllib.loads(content)["table"]}
    except (KeyError, TypeError, ValueError, tomllib.TOMLDecodeError) as error:
        raise FormulaError(f"table data: {error!r}") from error


def _table(raw: Mapping[str, Any]) -> Table:
    axes = tuple(_axis(axis) for axis in raw["axes"])
    if any(axis.kind == "points" for axis in axes[:-1]):
        raise ValueError(f"{raw['id']}: the axis of points must be the last")
    source = Source(raw["standard"], raw.get("clause", ""), Provenance(raw["provenance"]), raw.get("note", ""))
    return Table(
        id=raw["id"], title=said(**raw["title"]), source=source, unit=raw["unit"], axes=axes, values=raw["values"],
        interpolation=raw["interpolation"],
    )  # fmt: skip


def _axis(raw: Mapping[str, Any]) -> Axis:
    lists: dict[str, Any] = {name: tuple(raw[name]) for name in ("upper", "closed", "at") if name in raw}
    return Axis(name=raw["name"], kind=raw["kind"], unit=raw.get("unit", "-"), **lists)


@cache
def _file(name: str) -> dict[str, Table]:
    return read_tables(files(__package__).joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def table(file: str, id: str) -> Table:
    """A shipped table (KeyError if the file has none of this id)."""
    return _file(file)[id]
