"""The nearest-point search, compiled. Loaded only where numba is at hand; `nearest` has the same in NumPy."""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@numba.njit(cache=True, parallel=True, nogil=True, fastmath=False)  # type: ignore[untyped-decorator,unused-ignore]
def nearest(points: FloatArray, pieces: FloatArray, best: FloatArray, which: Any, share: FloatArray) -> None:
    """See `slopedesign.calc.benches.nearest.nearest`; fills best, which and share."""
    count = len(pieces)
    length = np.empty(count)
    grade = np.empty(count)
    lean = np.empty(count)
    for k in range(count):
        length[k] = math.hypot(pieces[k, 2] - pieces[k, 0], pieces[k, 3] - pieces[k, 1])
        grade[k] = (pieces[k, 5] - pieces[k, 4]) / length[k]
        lean[k] = grade[k] / math.sqrt(1.0 - grade[k] * grade[k])
    for i in numba.prange(len(points)):
        least, owner, foot_at = math.inf, 0, 0.0
        for k in range(count):
            ux = (pieces[k, 2] - pieces[k, 0]) / length[k]
            uy = (pieces[k, 3] - pieces[k, 1]) / length[k]
            dx = points[i, 0] - pieces[k, 0]
            dy = points[i, 1] - pieces[k, 1]
            along = dx * ux + dy * uy
            off = abs(dx * uy - dy * ux)
            foot = min(max(along - off * lean[k], 0.0), length[k])
            distance = math.sqrt((along - foot) ** 2 + off * off) + pieces[k, 4] + grade[k] * foot
            if distance < least:
                least, owner, foot_at = distance, k, foot / length[k]
        best[i] = least
        which[i] = owner
        share[i] = foot_at
