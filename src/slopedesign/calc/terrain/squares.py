"""The method of squares: volumes from working heights at the corners of a square grid.

A working height is design level less ground level: positive is fill, negative is cut. Where all corners of a square
agree in sign, the volume is the square times the mean height. Where they do not, the published formulas divide the
square along its zero line, and the division of a warped square is a convention:

one odd corner      the square is two triangles that meet in the diagonal beside the odd corner
two and two         the zero line crosses two opposite sides, which is divided as two trapezoids
odd across          opposite corners agree: the mean of both diagonals is taken
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from slopedesign.calc.terrain.surface import BoolArray, FloatArray, Tin
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.formula import Formula, Step, Var
from slopedesign.standards.trace import OWN, Measured, measured

ON_LEVEL = 1e-9  # m; a smaller working height is none

_H: dict[str, Any] = {f"h_{k}": Var(f"h_{k}", "m", 3) for k in range(1, 5)}
_A, _V = Var("a", "m", 2), Var("V", "m3", 3, "terrain.volume")

WHOLE_SQUARE = Formula(OWN, "V", "a**2/4*(h_1 + h_2 + h_3 + h_4)", V=_V, a=_A, **_H)
TWO_CORNERS = Formula(OWN, "V", "a**2/4*(h_1**2/(h_1 + h_4) + h_2**2/(h_2 + h_3))", V=_V, a=_A, **_H)
ODD_CORNER = Formula(
    OWN, "V", "a**2/6*h_1**3/((h_1 + h_2)*(h_1 + h_4))", V=_V, a=_A, h_1=_H["h_1"], h_2=_H["h_2"], h_4=_H["h_4"]
)
THREE_CORNERS = Formula(
    OWN, "V", "a**2/6*(2*h_2 + h_3 + 2*h_4 - h_1 + h_1**3/((h_1 + h_2)*(h_1 + h_4)))", V=_V, a=_A, **_H
)
BALANCE_LEVEL = Formula(
    OWN, "H_0", "(S_1 + 2*S_2 + 3*S_3 + 4*S_4)/(4*N)", H_0=Var("H_0", "m", 3, "terrain.balance_level"),
    S_1=Var(r"\Sigma H_1", "m", 3), S_2=Var(r"\Sigma H_2", "m", 3), S_3=Var(r"\Sigma H_3", "m", 3),
    S_4=Var(r"\Sigma H_4", "m", 3), N=Var("N", "-", 0),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Squares:
    """Volumes by the method of squares.

    Attributes:
        cut, fill: m3.
        side: side of a square, m.
        cell_cut, cell_fill: (r - 1, c - 1) by square; 0 in squares that stay open.
        open_cells: squares left out because a corner has no height.
        cells: squares counted.
    """

    cut: Measured
    fill: Measured
    side: float
    cell_cut: FloatArray
    cell_fill: FloatArray
    open_cells: int
    cells: int


def method_of_squares(heights: ArrayLike, side: float) -> Squares:
    """Cut and fill from (r, c) working heights (design less ground) at the corners of squares; NaN where unknown.

    Raises:
        InputError: no square, or the side is not a positive length.
    """
    h = np.asarray(heights, float)
    if h.ndim != 2 or min(h.shape) < 2:
        raise InputError("heights", h.shape, message("terrain.one_square"))
    if not side > 0:
        raise InputError("side", side, message("terrain.positive_length"))
    around = np.stack([h[:-1, :-1], h[:-1, 1:], h[1:, 1:], h[1:, :-1]], axis=-1)
    known = np.isfinite(around).all(axis=-1)
    fill, cut = np.zeros(known.shape), np.zeros(known.shape)
    fill[known] = square_volumes(around[known], side)
    cut[known] = square_volumes(-around[known], side)
    where = f"{side:g} m"
    return Squares(
        cut=measured(float(cut.sum()), "m3", "terrain.by.squares", where, "terrain.cut"),
        fill=measured(float(fill.sum()), "m3", "terrain.by.squares", where, "terrain.fill"),
        side=side,
        cell_cut=cut,
        cell_fill=fill,
        open_cells=int((~known).sum()),
        cells=int(known.sum()),
    )


def squares_between(ground: Tin, design: Tin, side: float) -> Squares:
    """The method of squares on heights read off two surfaces, over a grid in line with the axes."""
    a, b = ground.bounds, design.bounds
    west, south = (max(a[k], b[k]) for k in range(2))
    east, north = (min(a[k], b[k]) for k in range(3, 5))
    if not (east - west > side > 0 and north - south > side):
        raise InputError("side", side, message("terrain.one_square"))
    easting, northing = np.arange(west, east + 1e-9, side), np.arange(south, north + 1e-9, side)
    nodes = np.stack(np.meshgrid(easting, northing), axis=-1).reshape(-1, 2)
    height = design.elevation(nodes) - ground.elevation(nodes)
    return method_of_squares(height.reshape(len(northing), len(easting)), side)


def balance_level(
    corner: Sequence[float],
    edge: Sequence[float] = (),
    reflex: Sequence[float] = (),
    inner: Sequence[float] = (),
    *,
    cells: int,
) -> Step:
    """Level at which cut and fill balance, from ground levels by the number of squares that meet there.

    Args:
        corner, edge, reflex, inner: levels where one, two, three, four squares meet.
        cells: number of squares.

    Raises:
        InputError: the levels do not make up that number of squares.
    """
    meeting = len(corner) + 2 * len(edge) + 3 * len(reflex) + 4 * len(inner)
    if cells < 1 or meeting != 4 * cells:
        raise InputError("cells", cells, message("terrain.cells_meet", count=f"{meeting / 4:g}"))
    return BALANCE_LEVEL.at(S_1=sum(corner), S_2=sum(edge), S_3=sum(reflex), S_4=sum(inner), N=cells)


def balance_level_of_grid(levels: ArrayLike) -> Step:
    """The same from an (r, c) grid of ground levels; NaN corners leave their squares out."""
    z = np.asarray(levels, float)
    if z.ndim != 2 or min(z.shape) < 2:
        raise InputError("levels", z.shape, message("terrain.one_square"))
    cell = np.isfinite(np.stack([z[:-1, :-1], z[:-1, 1:], z[1:, 1:], z[1:, :-1]])).all(axis=0)
    meet = np.zeros(z.shape, int)
    for rows in (slice(None, -1), slice(1, None)):
        for columns in (slice(None, -1), slice(1, None)):
            meet[rows, columns] += cell
    sums = {k: z[meet == k].tolist() for k in range(1, 5)}
    return balance_level(sums[1], sums[2], sums[3], sums[4], cells=int(cell.sum()))


def square_volumes(h: FloatArray, side: float) -> FloatArray:
    """(n,) volume over the positive part of squares with (n, 4) corner heights in order around the square."""
    h = np.where(np.abs(h) < ON_LEVEL, 0.0, h)
    positive, negative = (h > 0).sum(axis=1), (h < 0).sum(axis=1)
    volume = np.where(negative == 0, h.sum(axis=1) / 4, 0.0)
    mixed = (positive > 0) & (negative > 0)
    odd_low, odd_high = mixed & (negative == 1), mixed & (positive == 1) & (negative != 1)
    odd, a, across, b = _turned(h, h < 0)
    volume[odd_low] = ((2 * a + across + 2 * b + odd + _tip(-odd, a, b)) / 6)[odd_low]
    odd, a, _, b = _turned(h, h > 0)
    volume[odd_high] = (_tip(odd, -a, -b) / 6)[odd_high]
    rest = mixed & ~odd_low & ~odd_high
    first, second, third, fourth = _turned(h, rest[:, None] & (h > 0) & (np.roll(h, -1, axis=1) > 0))
    adjacent = rest & (first > 0) & (second > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        two = (first**2 / (first - fourth) + second**2 / (second - third)) / 4
    volume[adjacent] = two[adjacent]
    across_rows = rest & ~adjacent
    volume[across_rows] = _across(h[across_rows])
    return np.asarray(volume * side**2)


def _turned(h: FloatArray, start: BoolArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Corner heights from the first marked corner on, around the square."""
    first = start.argmax(axis=1)
    rows = np.arange(len(h))
    a, b, c, d = (h[rows, (first + k) % 4] for k in range(4))
    return a, b, c, d


def _tip(h: FloatArray, a: FloatArray, b: FloatArray) -> FloatArray:
    """h^3/((h + a)(h + b)): the corner piece cut off by the zero line, over a^2/6."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(h**3 / ((h + a) * (h + b)))


def _across(h: FloatArray) -> FloatArray:
    """Positive volume over the square's area where opposite corners agree in sign: the mean of both diagonals."""
    first = _triangle(h[:, 0], h[:, 1], h[:, 2]) + _triangle(h[:, 0], h[:, 2], h[:, 3])
    second = _triangle(h[:, 0], h[:, 1], h[:, 3]) + _triangle(h[:, 1], h[:, 2], h[:, 3])
    return np.asarray((first + second) / 2)


def _triangle(a: FloatArray, b: FloatArray, c: FloatArray) -> FloatArray:
    """Positive volume over half a square, over the square's area."""
    h = np.sort(np.stack([a, b, c], axis=1), axis=1)[:, ::-1]
    one = (h[:, 0] > 0) & (h[:, 1] <= 0)
    two = (h[:, 1] > 0) & (h[:, 2] < 0)
    tip = np.where(one, _tip(h[:, 0], -h[:, 1], -h[:, 2]), 0.0)
    pit = np.where(two, _tip(-h[:, 2], h[:, 0], h[:, 1]), 0.0)
    return np.where(h[:, 0] <= 0, 0.0, np.where(one, tip, np.where(two, h.sum(axis=1) + pit, h.sum(axis=1)))) / 6
