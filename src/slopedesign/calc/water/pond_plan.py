"""Where a shaped pond lies: its outline in plan at a level."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from slopedesign.project.water import Pond

CIRCLE_POINTS = 72


def outline_at(pond: Pond, level: float) -> NDArray[np.float64] | None:
    """The water's edge of a shaped pond at a level, E, N, (n, 2), not closed.

    Returns:
        None for a pond that has no place in plan, that lies in the ground or is stated by its curve, and for levels
        outside its walls.
    """
    if pond.place is None or pond.bottom_level is None or pond.depth is None:
        return None
    if not pond.bottom_level <= level <= pond.bottom_level + pond.depth + 1e-9:
        return None
    out = pond.side_slope * (level - pond.bottom_level)
    if pond.diameter is not None:
        turn = np.arange(CIRCLE_POINTS) * 2 * math.pi / CIRCLE_POINTS
        local = (pond.diameter / 2 + out) * np.column_stack([np.sin(turn), np.cos(turn)])
    elif pond.length is not None and pond.width is not None:
        half = np.array([pond.width / 2 + out, pond.length / 2 + out])
        local = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    else:
        return None
    a = math.radians(pond.azimuth)
    turned = local @ np.array([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]])
    return np.asarray(turned + np.asarray(pond.place, float))
