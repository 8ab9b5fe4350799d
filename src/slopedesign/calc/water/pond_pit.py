"""The pit a shaped pond is built in, and what is dug for it from the ground as it lies there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.benches.prisms import AREA, VOLUME, prisms
from slopedesign.calc.terrain.surface import Tin
from slopedesign.calc.water.pond_plan import outline_at
from slopedesign.project.water import Pond

Floats = NDArray[np.float64]
FAR = 1e4
"""How far below the ground a level lies that is nowhere above it [m]."""


@dataclass(frozen=True)
class PitCut:
    """What a pit takes of the ground.

    Attributes:
        volume: of the ground above the pit, up to the ground itself [m3].
        low_area, missing: of the pit's mouth where the ground lies below it [m2], and what is missing there [m3].
    """

    volume: float
    low_area: float
    missing: float


def lining_out(record: Pond) -> float:
    """What the lining adds to each side at the level of its own foot [m]."""
    t, z = record.wall_thickness, record.side_slope
    return float(t * (1 + z * z) ** 0.5 - z * record.floor_thickness)


def pit_rings(record: Pond) -> tuple[Floats, Floats] | None:
    """Foot and mouth of the pit, (n, 3) E, N, Z; None for a pond without place or shape."""
    if record.place is None or record.bottom_level is None or record.depth is None:
        return None
    out, deep = lining_out(record), record.depth + record.floor_thickness
    sizes = {name: getattr(record, name) for name in ("length", "width", "diameter")}
    grown = {name: value + 2 * out for name, value in sizes.items() if value is not None}
    low = record.bottom_level - record.floor_thickness
    pit = record.model_copy(update={**grown, "bottom_level": low, "depth": deep})
    rings = []
    for level in (low, low + deep):
        ring = outline_at(pit, level)
        if ring is None:
            return None
        rings.append(np.column_stack((ring, np.full(len(ring), level))))
    return rings[0], rings[1]


def pit_cut(record: Pond, surface: Tin | None) -> PitCut | None:
    """What is dug for a pond; None where it has no place, or does not lie on the ground wholly."""
    rings = pit_rings(record)
    if rings is None or surface is None:
        return None
    foot, mouth = rings
    lid, far = _fan(mouth), _fan(mouth - [0.0, 0.0, FAR])
    whole = _sums(surface, far)
    area = _plan_area(mouth)
    if abs(whole[AREA] - area) > 1e-6 * area:
        return None
    above = _sums(surface, lid)
    sides = _walls(foot, mouth) if record.side_slope > 0 else np.empty((0, 3, 3))
    volume = _sums(surface, np.concatenate([_fan(foot), sides]))[VOLUME]
    over_mouth = whole[VOLUME] - FAR * area  # the ground over the level of the mouth, what is missing taken off
    return PitCut(volume=float(volume), low_area=float(area - above[AREA]), missing=float(above[VOLUME] - over_mouth))


def _sums(surface: Tin, soup: Floats) -> Floats:
    return np.asarray(prisms(surface, soup - surface.origin).sum(axis=0))


def _plan_area(ring: Floats) -> float:
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y)) / 2)


def _fan(ring: Floats) -> Floats:
    """Triangles of a convex ring."""
    return _counter_clockwise(np.stack([np.broadcast_to(ring[0], ring[1:-1].shape), ring[1:-1], ring[2:]], axis=1))


def _walls(foot: Floats, mouth: Floats) -> Floats:
    """Triangles of the sides between two rings."""
    foot_on, mouth_on = np.roll(foot, -1, axis=0), np.roll(mouth, -1, axis=0)
    pairs = [np.stack([foot, mouth, mouth_on], axis=1), np.stack([foot, mouth_on, foot_on], axis=1)]
    return _counter_clockwise(np.concatenate(pairs))


def _counter_clockwise(soup: Floats) -> Floats:
    a, b = soup[:, 1, :2] - soup[:, 0, :2], soup[:, 2, :2] - soup[:, 0, :2]
    turned = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0] < 0
    out = soup.copy()
    out[turned] = soup[turned][:, ::-1]
    return out
