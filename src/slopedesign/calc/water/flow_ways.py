"""Where the water of a terrain grid goes: hollows filled, ways down (D8 and D-infinity), amounts and shares along them.

Loops over cells, compiled at first use where numba is installed; without it the same code runs as plain Python.
Cells are known by their flat index; levels are (rows, cols), row 0 at the south, nan outside the survey.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Neighbours counter-clockwise from east: column and row steps, and distance in cells.
DC = np.array([1, 1, 0, -1, -1, -1, 0, 1], dtype=np.int64)
DR = np.array([0, 1, 1, 1, 0, -1, -1, -1], dtype=np.int64)
DIST = np.array([1.0, math.sqrt(2), 1.0, math.sqrt(2), 1.0, math.sqrt(2), 1.0, math.sqrt(2)])
_EIGHTH = math.pi / 4


def fill(z: NDArray[np.float64], bins: int) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Priority-flood: (filled levels, receiver by flood, order of flooding).

    Cells are flooded from the edges inwards in order of their level; a cell is flooded from the neighbour that
    reached it first, and is raised to that neighbour's level where it lies lower. Of the cells waiting, only those of
    the lowest of `bins` bands of level stand in a heap, the others in a queue for each band; what lies below the
    level of the flood is taken in the order it was met, without the heap. The order of flooding does not depend on
    the bands.
    """
    rows, cols = z.shape
    filled = z.copy()
    receiver = np.full(z.size, -1, dtype=np.int64)
    order = np.empty(z.size, dtype=np.int64)
    first = np.full(bins, -1, dtype=np.int64)
    last = np.full(bins, -1, dtype=np.int64)
    following = np.full(z.size, -1, dtype=np.int64)
    low, high = np.inf, -np.inf
    for r in range(rows):
        for c in range(cols):
            if z[r, c] < low:
                low = z[r, c]
            if z[r, c] > high:
                high = z[r, c]
    scale = (bins - 1) / (high - low) if high > low else 0.0
    for r in range(rows):
        for c in range(cols):
            if np.isnan(z[r, c]):
                continue
            edge = r == 0 or r == rows - 1 or c == 0 or c == cols - 1
            if not edge:
                for k in range(8):
                    if np.isnan(z[r + DR[k], c + DC[k]]):
                        edge = True
            if edge:
                i = r * cols + c
                receiver[i] = i
                band = int((z[r, c] - low) * scale)
                if last[band] < 0:
                    first[band] = i
                else:
                    following[last[band]] = i
                last[band] = i
    heap = [(0.0, 0, 0)]
    heap.pop()
    done, count, level = 0, 0, low
    head, tail = -1, -1  # cells below the flood, in the order they were met
    for now in range(bins):
        i = first[now]
        while i >= 0:
            heap.append((filled[i // cols, i % cols], count, i))
            count += 1
            i = following[i]
        heapq.heapify(heap)
        while len(heap) > 0 or head >= 0:
            if head >= 0 and (len(heap) == 0 or heap[0][0] > level):
                i = head
                head = following[i] if i != tail else -1
            else:
                level, _, i = heapq.heappop(heap)
            order[done] = i
            done += 1
            r, c = i // cols, i % cols
            for k in range(8):
                a, b = r + DR[k], c + DC[k]
                if a < 0 or a >= rows or b < 0 or b >= cols:
                    continue
                j = a * cols + b
                if receiver[j] >= 0 or np.isnan(z[a, b]):
                    continue
                receiver[j] = i
                if z[a, b] <= level:
                    filled[a, b] = level
                    if head < 0:
                        head = j
                    else:
                        following[tail] = j
                    tail = j
                    continue
                band = int((z[a, b] - low) * scale)
                if band == now:
                    heapq.heappush(heap, (z[a, b], count, j))
                    count += 1
                    continue
                if last[band] < 0:
                    first[band] = j
                else:
                    following[last[band]] = j
                last[band] = j
    return filled, receiver, order[:done]


def steepest(z: NDArray[np.float64], filled: NDArray[np.float64], flood: NDArray[np.int64]) -> NDArray[np.int64]:
    """D8: the steepest way down on the filled surface; where none falls (a filled flat), the way of the flood."""
    rows, cols = z.shape
    receiver = flood.copy()
    for r in range(rows):
        for c in range(cols):
            i = r * cols + c
            if flood[i] < 0 or flood[i] == i:
                continue
            best, way = 0.0, -1
            for k in range(8):
                a, b = r + DR[k], c + DC[k]
                if a < 0 or a >= rows or b < 0 or b >= cols or np.isnan(z[a, b]):
                    continue
                fall = (filled[r, c] - filled[a, b]) / DIST[k]
                if fall > best:
                    best, way = fall, a * cols + b
            if way >= 0:
                receiver[i] = way
    return receiver


def facets(filled: NDArray[np.float64], cell: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Direction [rad, counter-clockwise from east; nan where nothing falls] and slope of the steepest of the eight
    triangular facets around each cell."""
    rows, cols = filled.shape
    angle = np.full((rows, cols), np.nan)
    slope = np.zeros((rows, cols))
    for r in range(rows):
        for c in range(cols):
            here = filled[r, c]
            if np.isnan(here):
                continue
            for k in range(8):
                straight = k if k % 2 == 0 else (k + 1) % 8
                diagonal = k + 1 if k % 2 == 0 else k
                r1, c1 = r + DR[straight], c + DC[straight]
                r2, c2 = r + DR[diagonal], c + DC[diagonal]
                if min(r1, r2) < 0 or max(r1, r2) >= rows or min(c1, c2) < 0 or max(c1, c2) >= cols:
                    continue
                e1, e2 = filled[r1, c1], filled[r2, c2]
                s1, s2 = (here - e1) / cell, (e1 - e2) / cell
                if s2 < 0:
                    steep = s1
                elif s2 > s1:
                    steep = (here - e2) / (cell * math.sqrt(2.0))
                else:
                    steep = math.sqrt(s1 * s1 + s2 * s2)
                if steep > slope[r, c]:
                    slope[r, c] = steep
                    turn = 0.0 if s2 < 0 else _EIGHTH if s2 > s1 else math.atan2(s2, s1)
                    way = straight * _EIGHTH + (turn if k % 2 == 0 else -turn)
                    angle[r, c] = way % (2 * math.pi)
    return angle, slope


def split(
    angle: NDArray[np.float64], filled: NDArray[np.float64], receiver: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The two cells either side of the D-infinity direction, and the share of the first.

    A side that is not lower gets nothing; where neither is, or no facet falls, all goes to `receiver`.
    """
    rows, cols = filled.shape
    one, two = receiver.copy(), receiver.copy()
    part = np.ones(receiver.size)
    for r in range(rows):
        for c in range(cols):
            i = r * cols + c
            if receiver[i] < 0 or receiver[i] == i or np.isnan(angle[r, c]):
                continue
            turn = angle[r, c] / _EIGHTH
            low = int(turn)
            share = turn - low
            below, weight = np.array([-1, -1]), np.array([1.0 - share, share])
            for side in range(2):
                k = (low + side) % 8
                a, b = r + DR[k], c + DC[k]
                inside = a >= 0 and a < rows and b >= 0 and b < cols
                if weight[side] > 0 and inside and filled[a, b] < filled[r, c]:
                    below[side] = a * cols + b
            if below[0] >= 0 and below[1] >= 0:
                one[i], two[i], part[i] = below[0], below[1], weight[0]
            elif below[0] >= 0:
                one[i] = two[i] = below[0]
            elif below[1] >= 0:
                one[i] = two[i] = below[1]
    return one, two, part


def accumulate(receiver: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.float64]:
    """Cells draining through each cell, itself counted."""
    upstream = np.zeros(receiver.size)
    for k in range(order.size - 1, -1, -1):
        i = order[k]
        upstream[i] += 1.0
        if receiver[i] != i:
            upstream[receiver[i]] += upstream[i]
    return upstream


def accumulate_split(
    one: NDArray[np.int64], two: NDArray[np.int64], part: NDArray[np.float64], order: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The same with each cell's water split between two cells."""
    upstream = np.zeros(one.size)
    for k in range(order.size - 1, -1, -1):
        i = order[k]
        upstream[i] += 1.0
        if one[i] != i:
            upstream[one[i]] += upstream[i] * part[i]
            upstream[two[i]] += upstream[i] * (1.0 - part[i])
    return upstream


def label(receiver: NDArray[np.int64], order: NDArray[np.int64], seeds: NDArray[np.int32]) -> NDArray[np.int32]:
    """The label of the first seeded cell each cell's water meets on its way; 0 where it meets none."""
    labels = seeds.copy()
    for k in range(order.size):
        i = order[k]
        if labels[i] == 0 and receiver[i] != i:
            labels[i] = labels[receiver[i]]
    return labels


def shares(
    one: NDArray[np.int64], two: NDArray[np.int64], part: NDArray[np.float64], order: NDArray[np.int64],
    seeds: NDArray[np.int32], wanted: int, cols: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # fmt: skip
    """Of every cell: the share of its water that meets a cell seeded `wanted` before any other seed, and the mean
    length of way of that water [cells]."""
    share, far = np.zeros(one.size), np.zeros(one.size)
    for k in range(order.size):
        i = order[k]
        if seeds[i] != 0:
            share[i] = 1.0 if seeds[i] == wanted else 0.0
            continue
        if one[i] == i:
            continue
        for side in range(2):
            j = one[i] if side == 0 else two[i]
            weight = (part[i] if side == 0 else 1.0 - part[i]) * share[j]
            if weight > 0:
                slant = i // cols != j // cols and i % cols != j % cols
                share[i] += weight
                far[i] += weight * (far[j] + (math.sqrt(2.0) if slant else 1.0))
        if share[i] > 0:
            far[i] /= share[i]
    return share, far


def lengths(
    receiver: NDArray[np.int64], order: NDArray[np.int64], seeds: NDArray[np.int32], labels: NDArray[np.int32],
    cols: int,
) -> NDArray[np.float64]:  # fmt: skip
    """Length of way [cells] from every labelled cell to the seed it meets."""
    far = np.zeros(receiver.size)
    for k in range(order.size):
        i = order[k]
        if labels[i] != 0 and seeds[i] == 0:
            j = receiver[i]
            slant = i // cols != j // cols and i % cols != j % cols
            far[i] = far[j] + (math.sqrt(2.0) if slant else 1.0)
    return far


@dataclass(frozen=True)
class Loops:
    """The loops above, compiled where numba is installed."""

    fill: Callable[..., Any]
    steepest: Callable[..., Any]
    facets: Callable[..., Any]
    split: Callable[..., Any]
    accumulate: Callable[..., Any]
    accumulate_split: Callable[..., Any]
    label: Callable[..., Any]
    shares: Callable[..., Any]
    lengths: Callable[..., Any]


@cache
def loops() -> Loops:
    """Compiled at first use where numba is installed."""
    plain = (fill, steepest, facets, split, accumulate, accumulate_split, label, shares, lengths)
    try:
        from numba import njit
    except ImportError:
        return Loops(*plain)
    return Loops(*(njit(cache=True, nogil=True)(function) for function in plain))
