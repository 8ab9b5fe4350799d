"""Rings: offsets of the base line at each break of the profile and between them, from the line outward."""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely

from slopedesign.calc.benches.shapes import FloatArray, Shape
from slopedesign.calc.benches.side import box_of
from slopedesign.calc.benches.sweep import Sweep
from slopedesign.errors import NoSolution
from slopedesign.i18n import message

RING_RUN = 10.0
"""Rings lie no further apart than this in plan [m]."""


def rings_of(
    sweeps: Sequence[Sweep], top: float, floor: Shape | None,
    extent: tuple[float, float, float, float] | None, origin: FloatArray,
) -> tuple[list[Shape], Shape]:  # fmt: skip
    """The regions behind every break and between breaks, from the base line outward; the last one apart."""
    ground = box_of(extent, origin) if extent is not None else None
    regions: list[Shape] = []
    last: tuple[float | None, ...] = ()
    for level, order in _events(sweeps, top):
        reaches = tuple(sweep.reach(level, order) for sweep in sweeps)
        if reaches == last:
            continue
        last = reaches
        parts = [s.region(r) for s, r in zip(sweeps, reaches, strict=True) if r is not None]
        region = shapely.union_all(parts if floor is None else [floor, *parts])
        if region.is_empty:
            continue
        regions.append(region)
        if ground is not None and len(regions) > 1 and region.contains(ground):
            break
    if not regions:
        raise NoSolution(message("benches.what_layout"), message("benches.no_room", top=round(top, 2)))
    return regions, regions[-1]


def _events(sweeps: Sequence[Sweep], top: float) -> list[tuple[float, int]]:
    """(level, order) of every ring: each break of each sweep, and enough between them."""
    levels = {round(float(z), 9) for sweep in sweeps for z in sweep.nominal}
    highest = max(levels)
    ends_open = [sweep for sweep in sweeps if sweep.slope]
    if ends_open and top > highest:
        step = RING_RUN * min(sweep.slope or math.inf for sweep in ends_open)
        n = max(1, math.ceil((top - highest) / step))
        levels |= {round(highest + (top - highest) * i / n, 9) for i in range(1, n + 1)}
    between: set[float] = set()
    for low, high in zip(sorted(levels), sorted(levels)[1:], strict=False):
        reaches = [(s.reach(low, 2), s.reach(high, 0)) for s in sweeps]
        gap = max((b - a for a, b in reaches if a is not None and b is not None), default=0.0)
        n = math.ceil(gap / RING_RUN - 1e-9)
        between |= {low + (high - low) * i / n for i in range(1, n)}
    return sorted([(z, o) for z in levels for o in (0, 1, 2)] + [(z, 0) for z in between])
