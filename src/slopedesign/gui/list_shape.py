"""What a list of the project is a list of, and so the columns its table has."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args, get_origin

from slopedesign.gui.fields import FieldKind, field_kinds
from slopedesign.i18n import text

PLAN = ("vertices", "polygon", "boundary", "start", "end", "origin", "outlet", "seed")
"""Names of points in plan, stored east, north, shown X (north) before Y (east); other pairs are offset and level."""

Column = tuple[str | int, str, FieldKind | None]


@dataclass(frozen=True)
class ListShape:
    """How a list is shown.

    Attributes:
        columns: key in an entry, heading, the field where entries are records.
        whole: the value is one row (a point, the twelve months), not a list of rows.
        numbers: cells are numbers.
    """

    columns: list[Column]
    whole: bool = False
    numbers: bool = False


def list_shape(kind: FieldKind, language: str) -> ListShape:
    """The shape of a list field."""
    if kind.inner is not None:
        simple = [k for k in field_kinds(kind.inner) if k.shape not in ("record", "list", "other")]
        return ListShape([(k.name, _heading(k, language), k) for k in simple])
    entries = _entries(kind)
    if Ellipsis not in entries:
        count = len(entries)
        if count == 2:
            return ListShape(_pair(kind, 2, language), True, True)
        return ListShape([(i, text("gui.month", language, number=i + 1), None) for i in range(count)], True, True)
    entry = entries[0]
    if get_origin(entry) is Literal:
        cell = replace(kind, shape="choice", choices=get_args(entry), optional=False)
        return ListShape([(0, kind.label(language), cell)])
    if entry is int:
        whole = replace(kind, shape="whole", optional=False)
        return ListShape([(0, _heading(kind, language), whole)], numbers=True)
    if entry is float:
        return ListShape([(0, _heading(kind, language), None)], numbers=True)
    lengths = [len(get_args(one)) for one in _alternatives(entry) if get_origin(one) is tuple]
    if lengths:
        return ListShape(_pair(kind, max(lengths), language), numbers=True)
    if kind.names:
        return ListShape([(0, kind.label(language), replace(kind, shape="text", optional=False, default=None))])
    return ListShape([(0, kind.label(language), None)])


def _entries(kind: FieldKind) -> tuple[Any, ...]:
    annotation = kind.record.model_fields[kind.name].annotation
    return next(get_args(one) for one in _alternatives(annotation) if get_origin(one) is tuple)


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (typing.Union, types.UnionType) else (annotation,)


def _pair(kind: FieldKind, length: int, language: str) -> list[Column]:
    if kind.name in PLAN:
        found: list[Column] = [(1, text("gui.x_north", language), None), (0, text("gui.y_east", language), None)]
        return [*found, (2, text("gui.level", language), None)] if length > 2 else found
    if kind.name == "curve":
        return [(0, text("gui.level", language), None), (1, text("gui.chart.area", language), None)]
    return [(0, text("gui.offset", language), None), (1, text("gui.level", language), None)]


def _heading(kind: FieldKind, language: str) -> str:
    unit = kind.shown_unit(language)
    return f"{kind.label(language)} ({unit})" if unit else kind.label(language)
