"""Grid terrain of millions of cells: a design swept from a line over it, and what that cuts and fills.

Levels stand for the middle of square cells and are kept as 32-bit numbers relative to a base level; sums are formed in
64 bits, in blocks. The design is a profile over the distance to a line (a toe line, the rim of a pit floor): the exact
distance to the line, never a distance counted in cells.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import contourpy
import numpy as np
from numpy.typing import ArrayLike, NDArray

from slopedesign.calc.terrain.engine import Engine, fast_kernels
from slopedesign.calc.terrain.joining import Polyline
from slopedesign.calc.terrain.midpoint import row_blocks, sample
from slopedesign.calc.terrain.surface import FloatArray, Tin
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.trace import Measured, measured

LevelArray = NDArray[np.float32]

TILE = 64  # cells a side for which nearby parts of the line are looked up together, and then again for
_SMALL = 16
FLOOR = -1  # band of cells inside a closed line


@dataclass(frozen=True, eq=False)
class GridDem:
    """Levels of square cells.

    Attributes:
        west, south: outer corner of the first cell, E and N.
        cell: side of a cell, m.
        levels: (rows, columns) level at the middle of each cell less `base`, from south to north; NaN where unknown.
        base: whole metres taken off the levels.
    """

    west: float
    south: float
    cell: float
    levels: LevelArray
    base: float = 0.0

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.levels.shape[0], self.levels.shape[1]

    @property
    def easting(self) -> FloatArray:
        """(columns,) E of cell middles."""
        return np.asarray(self.west + (np.arange(self.shape[1]) + 0.5) * self.cell, float)

    @property
    def northing(self) -> FloatArray:
        """(rows,) N of cell middles."""
        return np.asarray(self.south + (np.arange(self.shape[0]) + 0.5) * self.cell, float)

    @property
    def known_area(self) -> float:
        """Plan area of the cells with a level, m2."""
        return float(np.count_nonzero(np.isfinite(self.levels))) * self.cell**2


@dataclass(frozen=True, kw_only=True, eq=False)
class DemCut:
    """What a swept design cuts and fills on a grid.

    Attributes:
        cut, fill: m3 over all cells where both ground and design are known.
        cut_area, fill_area: plan areas, m2.
        band_cut, band_fill, band_area: by stretch of the profile, and last for the floor inside a closed line; the area
            is the plan area in cut.
        depth: (rows, columns) ground less design; NaN where either is unknown.
        unknown_area: plan area of the design without ground, m2; nothing is counted there.
    """

    cut: Measured
    fill: Measured
    cut_area: Measured
    fill_area: Measured
    band_cut: FloatArray
    band_fill: FloatArray
    band_area: FloatArray
    depth: LevelArray
    unknown_area: float


def dem_from_levels(west: float, south: float, cell: float, levels: ArrayLike) -> GridDem:
    """A grid from (rows, columns) levels, south row first.

    Raises:
        InputError: not a grid, no level at all, or the cell is not a positive length.
    """
    given = np.asarray(levels)
    if given.ndim != 2 or not given.size or not cell > 0:
        raise InputError("levels", given.shape, message("terrain.dem"))
    finite = np.isfinite(given)
    if not finite.any():
        raise InputError("levels", given.shape, message("terrain.dem"))
    base = float(np.round(np.mean(given, where=finite, dtype=float)))
    return GridDem(west, south, cell, (given - given.dtype.type(base)).astype(np.float32), base)


def dem_from_tin(tin: Tin, cell: float, *, engine: Engine = "auto") -> GridDem:
    """A grid sampled from a surface at cell middles; NaN outside the surface."""
    if not cell > 0:
        raise InputError("cell", cell, message("terrain.positive_length"))
    west, south, _, east, north, _ = tin.bounds
    columns, rows = max(1, math.ceil((east - west) / cell)), max(1, math.ceil((north - south) / cell))
    levels = np.empty((rows, columns), np.float32)
    x0, y0 = west - tin.origin[0], south - tin.origin[1]
    for row, count in row_blocks(rows, columns):
        levels[row : row + count] = sample(tin.corners, x0, y0 + row * cell, cell, columns, count, engine)
    return GridDem(west, south, cell, levels, float(tin.origin[2]))


def dem_cut(
    dem: GridDem,
    line: ArrayLike,
    profile: ArrayLike,
    *,
    closed: bool = False,
    side: str = "left",
    last_continues: bool = True,
    engine: Engine = "auto",
) -> DemCut:
    """Cut and fill of a profile swept from a line over a grid.

    Args:
        line: (k, 3) E, N, Z: toe line, or the rim of a floor when `closed`.
        profile: (p, 2) distance from the line and height above it, distances increasing from 0.
        closed: the line is a ring; the design is the floor at the level of the nearest point of the rim inside it, and
            the profile outside.
        side: side of an open line, seen along it, on which the profile lies ("left" or "right"). Beyond the ends of an
            open line there is no design.
        last_continues: whether the last stretch of the profile goes on to daylight; otherwise the design ends with it.

    Raises:
        InputError: line or profile is not usable.
    """
    vertices, steps = _checked(line, profile, side, closed)
    local = vertices - [dem.west, dem.south, dem.base]
    ends = np.concatenate([local, local[:1]]) if closed else local
    segments = np.ascontiguousarray(np.stack([ends[:-1], ends[1:]], axis=1))
    segments = segments[np.hypot(*(segments[:, 1] - segments[:, 0])[:, :2].T) > 0]
    facing = -_turn(local) if closed else (1.0 if side == "left" else -1.0)
    options = np.array([dem.cell, facing, float(closed), float(last_continues)])
    rows, columns = dem.shape
    depth = np.full((rows, columns), np.nan, np.float32)
    kernels = fast_kernels(engine)
    strips = kernels.dem_strips if kernels is not None else _strips
    sums = strips(dem.levels, depth, TILE, segments, steps, options)
    return _result(dem, sums * dem.cell**2, depth)


def daylight_lines(dem: GridDem, result: DemCut) -> tuple[Polyline, ...]:
    """Lines where a swept design meets the ground, E, N, Z, interpolated between cell middles."""
    lines = contourpy.contour_generator(dem.easting, dem.northing, np.ma.masked_invalid(result.depth)).lines(0.0)
    found = []
    for line in lines:
        xy = np.asarray(line, float)
        column = np.clip(((xy[:, 0] - dem.west) / dem.cell - 0.5), 0, dem.shape[1] - 1)
        row = np.clip(((xy[:, 1] - dem.south) / dem.cell - 0.5), 0, dem.shape[0] - 1)
        z = _bilinear(dem.levels, row, column) + dem.base
        found.append(Polyline(np.column_stack([xy, z]), bool((xy[0] == xy[-1]).all())))
    return tuple(sorted(found, key=lambda line: -line.length))


def _bilinear(levels: LevelArray, row: FloatArray, column: FloatArray) -> FloatArray:
    r = np.minimum(row.astype(int), levels.shape[0] - 2)
    c = np.minimum(column.astype(int), levels.shape[1] - 2)
    v, u = row - r, column - c
    low = levels[r, c] * (1 - u) + levels[r, c + 1] * u
    high = levels[r + 1, c] * (1 - u) + levels[r + 1, c + 1] * u
    return np.asarray(low * (1 - v) + high * v, float)


def _checked(line: ArrayLike, profile: ArrayLike, side: str, closed: bool) -> tuple[FloatArray, FloatArray]:
    vertices, steps = np.asarray(line, float), np.asarray(profile, float)
    if vertices.ndim != 2 or vertices.shape[1] != 3 or len(vertices) < 2 + closed or not np.isfinite(vertices).all():
        raise InputError("line", vertices.shape, message("terrain.sweep_line"))
    if closed and (vertices[0] == vertices[-1]).all():
        vertices = vertices[:-1]
    good = steps.ndim == 2 and steps.shape[1] == 2 and len(steps) > 1 and bool(np.isfinite(steps).all())
    if not good or steps[0, 0] != 0 or not (np.diff(steps[:, 0]) > 0).all():
        raise InputError("profile", steps.tolist(), message("terrain.sweep_profile"))
    if side not in ("left", "right"):
        raise InputError("side", side, message("terrain.sweep_side"))
    return vertices, np.ascontiguousarray(steps)


def _turn(ring: FloatArray) -> float:
    """+1 for a ring that runs counter-clockwise, -1 clockwise."""
    x, y = ring[:, 0], ring[:, 1]
    return 1.0 if float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) > 0 else -1.0


def _result(dem: GridDem, sums: FloatArray, depth: LevelArray) -> DemCut:
    """`sums` is (3, bands) cut, fill, area in cut, and in a last column fill area and unknown area."""
    where = f"{dem.cell:g} m"

    def taken(value: float, unit: str, label: str) -> Measured:
        return measured(float(value), unit, "terrain.by.dem", where, f"terrain.{label}")

    bands = sums[:, :-1]
    return DemCut(
        cut=taken(bands[0].sum(), "m3", "cut"),
        fill=taken(bands[1].sum(), "m3", "fill"),
        cut_area=taken(bands[2].sum(), "m2", "cut_area"),
        fill_area=taken(sums[0, -1], "m2", "fill_area"),
        band_cut=bands[0],
        band_fill=bands[1],
        band_area=bands[2],
        depth=depth,
        unknown_area=float(sums[1, -1]),
    )


def _strips(
    levels: LevelArray, depth: LevelArray, step: int, segments: FloatArray, profile: FloatArray, options: FloatArray
) -> FloatArray:
    """Fills `depth`; returns (3, bands + 1) sums in cells, see `_result`. Works tile by tile, and in small tiles."""
    sums = np.zeros((3, len(profile) + 1))
    everything = np.arange(len(segments))
    for row, column in _corners(levels.shape, step):
        tile = (slice(row, row + step), slice(column, column + step))
        near = _near(levels[tile].shape, row, column, segments, everything, options[0])
        for r, c in _corners(levels[tile].shape, _SMALL):
            small = (
                slice(row + r, min(row + r + _SMALL, row + step)),
                slice(column + c, min(column + c + _SMALL, column + step)),
            )
            few = _near(levels[small].shape, row + r, column + c, segments, near, options[0])
            depth[small] = _small_tile(levels[small], row + r, column + c, segments, few, profile, options, sums)
    return sums


def _corners(shape: tuple[int, ...], step: int) -> Iterator[tuple[int, int]]:
    return product(range(0, shape[0], step), range(0, shape[1], step))


def _near(
    shape: tuple[int, ...], row: int, column: int, segments: FloatArray, among: NDArray[np.int64], cell: float
) -> NDArray[np.int64]:
    """The segments that can be nearest to a cell of a tile."""
    middle = np.array([[column + shape[1] / 2, row + shape[0] / 2]]) * cell
    reach = math.hypot(shape[0] - 1, shape[1] - 1) * cell
    away = np.sqrt(_squared(middle, segments[among, 0], segments[among, 1])[0])
    return np.asarray(among[away <= away.min() + reach * (1 + 1e-9) + 1e-9])


def _small_tile(
    levels: LevelArray,
    row: int,
    column: int,
    segments: FloatArray,
    near: NDArray[np.int64],
    profile: FloatArray,
    options: FloatArray,
    sums: FloatArray,
) -> FloatArray:
    """Depth of the cells of a small tile; adds to `sums`."""
    cell, facing, closed, last_continues = options
    bands = len(profile)
    rows, columns = levels.shape
    x, y = (column + np.arange(columns) + 0.5) * cell, (row + np.arange(rows) + 0.5) * cell
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    design, band = _design_at(points, segments, near, profile, facing, bool(closed), bool(last_continues))
    deep = levels.ravel().astype(float) - design
    known = np.isfinite(deep)
    band = np.where(band < 0, bands - 1, band)
    for k, part in enumerate((deep > 0, deep < 0)):
        sums[k, :bands] += np.bincount(band[part], np.abs(deep[part]), bands)
    sums[2, :bands] += np.bincount(band[deep > 0], minlength=bands)
    sums[0, -1] += np.count_nonzero(deep < 0)
    sums[1, -1] += np.count_nonzero(np.isfinite(design) & ~known)
    return deep.reshape(rows, columns)


def _squared(points: FloatArray, p: FloatArray, q: FloatArray) -> FloatArray:
    """(n, k) squared distance of points to segments."""
    dx, dy = (q[:, :2] - p[:, :2]).T
    wx, wy = points[:, :1] - p[:, 0], points[:, 1:] - p[:, 1]
    u = (wx * dx + wy * dy) / (dx**2 + dy**2)
    np.clip(u, 0, 1, out=u)
    wx -= u * dx
    wy -= u * dy
    wx *= wx
    wy *= wy
    wx += wy
    return np.asarray(wx)


def _against(points: FloatArray, p: FloatArray, q: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(n,) place of each point along its own segment (not limited to 0..1) and signed distance to its line."""
    d, w = (q - p)[:, :2], points - p[:, :2]
    length2 = (d**2).sum(axis=1)
    return (w * d).sum(axis=1) / length2, (d[:, 0] * w[:, 1] - d[:, 1] * w[:, 0]) / np.sqrt(length2)


def _design_at(
    points: FloatArray,
    segments: FloatArray,
    near: NDArray[np.int64],
    profile: FloatArray,
    facing: float,
    closed: bool,
    last_continues: bool,
) -> tuple[FloatArray, NDArray[np.int64]]:
    """Level of the design at points (NaN where there is none) and the band of the profile, FLOOR inside a ring."""
    p, q = segments[near, 0], segments[near, 1]
    square = _squared(points, p, q)
    best = np.argmin(square, axis=1)
    least = square[np.arange(len(points)), best]
    tied = square <= (least * (1 + 1e-12) + 1e-18)[:, None]
    row, equal = np.nonzero(tied & (tied.sum(axis=1) > 1)[:, None])
    if len(row):  # at a corner the line seen more squarely decides
        squarely = np.abs(_against(points[row], p[equal], q[equal])[1])
        order = np.lexsort((squarely, row))
        last = np.append(np.flatnonzero(np.diff(row[order])), len(row) - 1)
        best[row[order[last]]] = equal[order[last]]
    p, q = p[best], q[best]
    place, across = _against(points, p, q)
    toe = p[:, 2] + np.clip(place, 0, 1) * (q[:, 2] - p[:, 2])
    right_side = across * facing > 0
    distance = np.sqrt(least)
    band = np.clip(np.searchsorted(profile[:, 0], distance, side="right") - 1, 0, len(profile) - 2)
    slope = np.diff(profile[:, 1]) / np.diff(profile[:, 0])
    level = toe + profile[band, 1] + slope[band] * (distance - profile[band, 0])
    if not last_continues:
        level = np.where(distance > profile[-1, 0], np.nan, level)
    if closed:
        return np.where(right_side, level, toe), np.where(right_side, band, FLOOR)
    number = near[best]
    beyond = ((number == 0) & (place < 0)) | ((number == len(segments) - 1) & (place > 1))
    return np.where(right_side & ~beyond, level, np.nan), band
