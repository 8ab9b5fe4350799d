"""Surfaces the terrain tests share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.terrain import Tin, build_tin

E0, N0 = 494000.0, 4038000.0
EN, ENZ = np.array([E0, N0]), np.array([E0, N0, 0.0])
Level = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]


def surface(
    level: Level | float, size: float = 100.0, inner: int = 0, seed: int = 0, at: tuple[float, float] = (E0, N0)
) -> Tin:
    """A square surface with its south-west corner at `at`, random points inside; the level is a function of x, y."""
    xy = np.array([[0, 0], [size, 0], [size, size], [0, size]], float)
    if inner:
        xy = np.vstack([xy, np.random.default_rng(seed).uniform(0, size, (inner, 2))])
    z = level(xy[:, 0], xy[:, 1]) if callable(level) else np.full(len(xy), float(level))
    return build_tin(np.column_stack([xy + at, z])).tin


def rolling(size: float = 100.0, inner: int = 400, seed: int = 1, phase: float = 0.0) -> Tin:
    """Hills and hollows."""
    return surface(lambda x, y: 4 * np.sin(x / 9 + phase) + 3 * np.cos(y / 7) + phase, size, inner, seed)
