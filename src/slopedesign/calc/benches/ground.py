"""The ground and the materials in it, ready for many designs on one survey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.nearest import FloatArray
from slopedesign.calc.benches.shapes import Shape
from slopedesign.calc.terrain import Tin
from slopedesign.calc.terrain.clip import Polygons, find_pairs, intersections, keep_positive
from slopedesign.calc.terrain.surface import plan_areas
from slopedesign.project.ground import MaterialClass

ABOVE = 1e-6
"""A layer's bottom that rises above the ground by less than this lies on it [m]."""


@dataclass(frozen=True, kw_only=True, eq=False)
class GroundLayer:
    """One material from the ground down: its bottom is a surface, a depth under the ground, or there is none.

    Attributes:
        name: as the project calls the material; volumes are kept by it.
    """

    name: str
    kind: MaterialClass
    bottom: Tin | None = None
    depth: float | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class GroundModel:
    """A surveyed surface and the layers under it. What is worked for one design is kept for the next.

    Attributes:
        surface: the ground.
        layers: from the ground down; the last one usually has no bottom.
    """

    surface: Tin
    layers: tuple[GroundLayer, ...] = ()

    @cached_property
    def outline(self) -> Shape:
        """The surveyed area, E, N."""
        return self.surface.outline

    @cached_property
    def _pairs(self) -> tuple[tuple[Tin, Tin], ...]:
        """Top and bottom of each layer that has a bottom, both over the same area, bottoms never above tops."""
        pairs: list[tuple[Tin, Tin]] = []
        above = self.surface
        for layer in self.layers:
            if layer.bottom is not None:
                covers = shapely.covers(shapely.buffer(layer.bottom.outline, 1e-6), above.outline)
                top = above if covers else part_over(above, layer.bottom)
                below = lower_of(layer.bottom, top)
            elif layer.depth is not None:
                top = above
                lowered = self.surface.vertices - np.array([0.0, 0.0, layer.depth])
                below = Tin(self.surface.origin, lowered, self.surface.triangles)
                below = lower_of(below, top) if pairs else below
            else:
                break
            pairs.append((top, below))
            above = below
        return tuple(pairs)

    @property
    def tops(self) -> tuple[Tin, ...]:
        """The top of each layer that has a bottom, as far as both are known."""
        return tuple(top for top, _ in self._pairs)

    @property
    def bottoms(self) -> tuple[Tin, ...]:
        """The bottom of each layer that has one, nowhere above its top."""
        return tuple(bottom for _, bottom in self._pairs)

    @cached_property
    def outlines(self) -> tuple[Shape, ...]:
        """Where the bottom of each layer is known; everywhere for depths."""
        layers = self.layers[: len(self.bottoms)]
        return tuple(self.outline if layer.bottom is None else layer.bottom.outline for layer in layers)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the layers down to the first without a bottom."""
        return tuple(layer.name for layer in self.layers[: len(self.bottoms) + 1])


def part_over(surface: Tin, cover: Tin) -> Tin:
    """The part of a surface that lies over (or under) another."""
    pieces = [np.empty((0, 3, 3))]
    triangles = cover.relative_to(surface.origin)
    for i, j in find_pairs(surface.grid, surface.corners, triangles):
        pieces.append(intersections(surface.corners[i], triangles[j]).triangles()[0][:, :, :3])
    return _from_corners(np.concatenate(pieces), surface.origin)


def _from_corners(corners: FloatArray, origin: FloatArray) -> Tin:
    corners = corners[plan_areas(corners) > 0]
    numbers = np.arange(3 * len(corners), dtype=np.int32).reshape(-1, 3)
    return Tin(origin, np.ascontiguousarray(corners.reshape(-1, 3)), numbers)


def lower_of(surface: Tin, limit: Tin) -> Tin:
    """A surface pressed down to another wherever it rises above it.

    Triangles that stay under the other surface are kept whole, also where they reach beyond its rim.
    """
    triangles = surface.relative_to(limit.origin)
    keep = np.ones(len(triangles), bool)
    pieces: list[FloatArray] = []
    seen: list[tuple[Polygons, NDArray[np.int64]]] = []
    for i, j in find_pairs(limit.grid, limit.corners, triangles):
        polygons = intersections(triangles[j], limit.corners[i])
        rise = polygons.data[:, :, 2] - polygons.data[:, :, 3]
        rise[~polygons.used] = 0.0
        owner = j[polygons.source].astype(np.int64)
        keep[owner[(rise > ABOVE).any(axis=1)]] = False
        seen.append((polygons, owner))
    for polygons, owner in seen:
        bad = ~keep[owner]
        chosen = Polygons(polygons.data[bad], polygons.count[bad], np.arange(int(bad.sum())))
        rise = chosen.data[:, :, 2] - chosen.data[:, :, 3]
        for part, channel in ((keep_positive(chosen, -rise), 2), (keep_positive(chosen, rise), 3)):
            pieces.append(part.triangles()[0][:, :, [0, 1, channel]])
    return _from_corners(np.concatenate([triangles[keep], *pieces]), limit.origin)


def raised(soup: FloatArray, label: NDArray[np.int32], level: float) -> tuple[FloatArray, NDArray[np.int32]]:
    """Triangles (m, 3, 3) with everything below a level lifted to it."""
    z = soup[:, :, 2]
    mixed = (z < level).any(axis=1) & (z > level).any(axis=1)
    parts = [np.where(np.array([False, False, True]), np.maximum(soup[~mixed], level), soup[~mixed])]
    labels = [label[~mixed]]
    whole = Polygons(soup[mixed], np.full(int(mixed.sum()), 3, np.int64), np.flatnonzero(mixed))
    over = soup[mixed][:, :, 2] - level
    for sign in (1.0, -1.0):
        tri, source = keep_positive(whole, sign * over).triangles()
        if sign < 0:
            tri = tri.copy()
            tri[:, :, 2] = level
        parts.append(tri)
        labels.append(label[source])
    corners, numbers = np.concatenate(parts), np.concatenate(labels)
    real = plan_areas(corners) > 0
    return np.ascontiguousarray(corners[real]), numbers[real]


def unknown_area(outline: Shape, known: Sequence[Shape]) -> list[Shape]:
    """For each layer's known area, the part of an outline it leaves open (empty where it covers it)."""
    return [shapely.difference(outline, area.buffer(1e-6)) for area in known]
