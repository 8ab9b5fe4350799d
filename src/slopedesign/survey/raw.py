"""What a reader hands over: everything as the file has it, before the common checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from slopedesign.i18n import Message
from slopedesign.survey.model import FloatArray, Grid, IntArray
from slopedesign.survey.report import Findings


@dataclass(kw_only=True)
class RawLine:
    """A polyline of the file; `rows` has one file row per vertex, `kind` is "breakline" or the kind of a boundary."""

    vertices: FloatArray
    rows: IntArray
    kind: str = "breakline"
    name: str = ""

    @property
    def row(self) -> int:
        """Row of the first vertex."""
        return int(self.rows[0]) if len(self.rows) else 0


@dataclass(kw_only=True)
class Raw:
    """The content of one file in the file's own unit, columns already E, N, Z.

    Attributes:
        points: (n, 3), not yet checked: may hold zeros, NaN, duplicates.
        unit_declared: unit the file itself states, "" where it says nothing.
        axes: "stated" where format or options fix which column is east, "assumed" where only custom does.
        drawing: a drawing, in which level 0 everywhere means that it has no levels.
    """

    findings: Findings
    points: FloatArray = field(default_factory=lambda: np.zeros((0, 3)))
    rows: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    names: Sequence[str] = ()
    codes: Sequence[str] = ()
    lines: list[RawLine] = field(default_factory=list)
    boundaries: list[RawLine] = field(default_factory=list)
    triangles: IntArray | None = None
    grid: Grid | None = None
    unit_declared: str = ""
    axes: Literal["stated", "assumed"] = "stated"
    drawing: bool = False
    rows_read: int = 0
    encoding: str = ""
    columns: Message | None = None
    surface: str = ""
    surfaces: tuple[str, ...] = ()
    layers: Mapping[str, int] = field(default_factory=dict)
    declared_area_2d: float | None = None
    declared_area_3d: float | None = None
