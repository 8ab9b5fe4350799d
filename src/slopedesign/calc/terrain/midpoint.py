"""The second opinion: cut and fill from levels sampled at the midpoints of square cells.

It shares no step with the overlay: both surfaces are read at points, and the cell is halved until halving it once more
changes next to nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from slopedesign.calc.terrain.cutfill import Overlay
from slopedesign.calc.terrain.engine import Engine, fast_kernels
from slopedesign.calc.terrain.index import band_spans, expand
from slopedesign.calc.terrain.surface import FloatArray, Tin, plane_levels
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Measured, Traced, measured

HALVING = 1e-3  # relative change at which halving stops
MOST_CELLS = 60_000_000
_BLOCK = 2_000_000  # cells held at a time
_SLACK = 1e-9

THICK = 1.0  # m, mean thickness above which the two methods must agree within ...
AGREE_THICK = 1e-3
AGREE_THIN = 5e-3


@dataclass(frozen=True, kw_only=True)
class Midpoint:
    """Volumes by the midpoint method.

    Attributes:
        cut, fill: m3, at the finest cell.
        cell: finest cell, m.
        area: plan area sampled, m2.
        steps: (cell, cut, fill) of every cell size tried, coarse to fine.
        converged: whether the last halving changed less than the limit.
    """

    cut: Measured
    fill: Measured
    cell: float
    area: float
    steps: tuple[tuple[float, float, float], ...]
    converged: bool


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The exact volumes beside the second opinion.

    Attributes:
        cut, fill: difference midpoint - overlay, m3.
        relative: the larger of the two differences over the volume moved (cut + fill).
        limit: what `relative` may be: 0.1 %, or 0.5 % where the cut or fill is thinner than 1 m on average.
        remarks: said where the methods disagree or the halving did not come to rest.
    """

    overlay: Overlay
    midpoint: Midpoint
    cut: Measured
    fill: Measured
    relative: Measured
    limit: float
    remarks: tuple[Remark, ...]

    @property
    def agrees(self) -> bool:
        """Whether the two methods agree."""
        return self.relative.value <= self.limit and self.midpoint.converged


def midpoint_volumes(
    ground: Tin,
    design: Tin,
    cell: float | None = None,
    *,
    tolerance: float = HALVING,
    engine: Engine = "auto",
) -> Midpoint:
    """Cut and fill sampled at cell midpoints.

    Args:
        cell: size of the cells, m; None starts coarse and halves until the change is below `tolerance`.

    Raises:
        InputError: the cell is not a positive length, or so small that more than 60 million cells would be needed.
    """
    low, high = _common_box(ground, design)
    size = high - low
    if (size <= 0).any():
        return _midpoint([(cell or 1.0, 0.0, 0.0)], 0.0, True)
    if cell is not None:
        if not cell > 0 or size.prod() / cell**2 > MOST_CELLS:
            raise InputError("cell", cell, message("terrain.cell", least=math.sqrt(size.prod() / MOST_CELLS)))
        cut, fill, area = sample_volumes(ground, design, low, high, cell, engine)
        return _midpoint([(cell, cut, fill)], area, True)
    cell = math.sqrt(float(size.prod()) / 40_000)
    steps: list[tuple[float, float, float]] = []
    while True:
        cut, fill, area = sample_volumes(ground, design, low, high, cell, engine)
        steps.append((cell, cut, fill))
        still = len(steps) > 2 and all(_change(a, b) < tolerance for a, b in zip(steps[-3:-1], steps[-2:], strict=True))
        if still or size.prod() / (cell / 2) ** 2 > MOST_CELLS:
            return _midpoint(steps, area, still)
        cell /= 2


def compare(result: Overlay, second: Midpoint) -> Agreement:
    """The exact volumes and the second opinion side by side, with their difference."""
    total = result.total
    cut = _difference("terrain.cut_difference", total.cut, second.cut)
    fill = _difference("terrain.fill_difference", total.fill, second.fill)
    moved = total.cut.value + total.fill.value
    area = total.cut_area.value + total.fill_area.value
    largest = max(abs(cut.value), abs(fill.value))
    share = largest / moved if moved > 0 else largest
    relative = measured(share, "-", "terrain.by.difference", label="terrain.method_difference", cut=cut, fill=fill)
    limit = AGREE_THICK if area > 0 and moved / area > THICK else AGREE_THIN
    remarks = []
    if not second.converged:
        remarks.append(_remark("terrain.not_at_rest", cell=round(second.cell, 3)))
    if share > limit:
        remarks.append(_remark("terrain.methods_disagree", found=f"{share:.2%}", limit=f"{limit:.1%}"))
    return Agreement(
        overlay=result, midpoint=second, cut=cut, fill=fill, relative=relative, limit=limit, remarks=tuple(remarks)
    )


def _difference(label: str, exact: Traced, sampled: Traced) -> Measured:
    gap = sampled.value - exact.value
    return measured(gap, "m3", "terrain.by.difference", label=label, overlay=exact, midpoint=sampled)


def _remark(key: str, **values: object) -> Remark:
    return Remark(level=Level.WARNING, subject="terrain", text=message(key, **values))


def sample_volumes(
    ground: Tin, design: Tin, low: FloatArray, high: FloatArray, cell: float, engine: Engine = "auto"
) -> tuple[float, float, float]:
    """Cut, fill and area sampled between two corners of a box (relative to the origin of the ground)."""
    columns, rows = (max(1, int(n)) for n in np.ceil((high - low) / cell - _SLACK))
    first, second = ground.corners, design.relative_to(ground.origin)
    cut = fill = 0.0
    cells = 0
    for row, count in row_blocks(rows, columns):
        south = low[1] + row * cell
        grid = (float(low[0]), float(south), cell, columns, count)
        depth = sample(first, *grid, engine) - sample(second, *grid, engine)
        known = depth[np.isfinite(depth)]
        cut += float(known[known > 0].sum())
        fill -= float(known[known < 0].sum())
        cells += len(known)
    return cut * cell**2, fill * cell**2, cells * cell**2


def row_blocks(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    """First row and number of rows of blocks that hold about two million cells."""
    step = max(1, _BLOCK // columns)
    for row in range(0, rows, step):
        yield row, min(step, rows - row)


def sample(
    corners: FloatArray, x0: float, y0: float, cell: float, columns: int, rows: int, engine: Engine = "auto"
) -> FloatArray:
    """(rows, columns) level of (m, 3, 3) triangles at the midpoints of cells, the first cell's corner at x0, y0.

    NaN where no triangle is.
    """
    y = corners[:, :, 1]
    near = corners[(y.max(axis=1) >= y0) & (y.min(axis=1) <= y0 + rows * cell)]
    kernels = fast_kernels(engine)
    if kernels is not None:
        return np.asarray(kernels.sample(near, x0, y0, cell, columns, rows))
    out = np.full(rows * columns, np.nan)
    for start in range(0, len(near), 20_000):
        part = near[start : start + 20_000]
        tri = (part[:, :, :2] - [x0, y0]) / cell - 0.5  # cell midpoints at whole numbers
        first = np.clip(np.ceil(tri[:, :, 1].min(axis=1) - _SLACK), 0, rows).astype(np.int64)
        last = np.clip(np.floor(tri[:, :, 1].max(axis=1) + _SLACK), -1, rows - 1).astype(np.int64)
        owner, row = expand(first, last - first + 1)
        left, right = band_spans(tri[owner], row - _SLACK, row + _SLACK)
        first = np.clip(np.ceil(left - _SLACK), 0, columns).astype(np.int64)
        last = np.clip(np.floor(right + _SLACK), -1, columns - 1).astype(np.int64)
        span, column = expand(first, last - first + 1)
        owner, row = owner[span], row[span]
        xy = np.column_stack([x0 + (column + 0.5) * cell, y0 + (row + 0.5) * cell])
        out[row * columns + column] = plane_levels(part[owner], xy)
    return out.reshape(rows, columns)


def _common_box(ground: Tin, design: Tin) -> tuple[FloatArray, FloatArray]:
    shift = ground.origin[:2]
    a, b = np.array(ground.bounds), np.array(design.bounds)
    return np.maximum(a[:2], b[:2]) - shift, np.minimum(a[3:5], b[3:5]) - shift


def _change(before: tuple[float, float, float], after: tuple[float, float, float]) -> float:
    moved = after[1] + after[2]
    moves = abs(after[1] - before[1]) + abs(after[2] - before[2])
    return moves / moved if moved > 0 else moves


def _midpoint(steps: list[tuple[float, float, float]], area: float, converged: bool) -> Midpoint:
    cell, cut, fill = steps[-1]
    where = f"{cell:g} m"
    return Midpoint(
        cut=measured(cut, "m3", "terrain.by.midpoint", where, "terrain.cut"),
        fill=measured(fill, "m3", "terrain.by.midpoint", where, "terrain.fill"),
        cell=cell,
        area=area,
        steps=tuple(steps),
        converged=converged,
    )
