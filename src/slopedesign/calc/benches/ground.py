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
from slopedesign.calc.terrain.clip import Polygons, common_triangles, keep_positive
from slopedesign.calc.terrain.surface import plan_areas
from slopedesign.project.ground import MaterialClass

ABOVE = 1e-6
"""A layer's bottom that rises above the ground by less than this lies on it [m]."""
WHOLE = 1e-9
"""Share of a triangle's area that may be missing for it to count as wholly covered."""


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
class LayerSurfaces:
    """Top and bottom of a layer over the same area, the bottom nowhere above the top.

    Attributes:
        above: the surface the top is a part of: the ground, or the bottom of the layer over it.
        left_out: triangles of `above` the top has not whole; `instead`: the parts of them it has. None where the top
            is all of `above`.
    """

    above: Tin
    top: Tin
    bottom: Tin
    left_out: Tin | None = None
    instead: Tin | None = None


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
    def surfaces(self) -> tuple[LayerSurfaces, ...]:
        """Top and bottom of each layer that has a bottom, both over the same area, bottoms never above tops."""
        found: list[LayerSurfaces] = []
        above = self.surface
        for layer in self.layers:
            top, left_out, instead = above, None, None
            if layer.bottom is not None:
                if not shapely.covers(shapely.buffer(layer.bottom.outline, 1e-6), above.outline):
                    top, left_out, instead = _parts_over(above, layer.bottom)
                below = lower_of(layer.bottom, top)
            elif layer.depth is not None:
                lowered = self.surface.vertices - np.array([0.0, 0.0, layer.depth])
                below = Tin(self.surface.origin, lowered, self.surface.triangles)
                below = lower_of(below, top) if found else below
            else:
                break
            found.append(LayerSurfaces(above=above, top=top, bottom=below, left_out=left_out, instead=instead))
            above = below
        return tuple(found)

    @property
    def tops(self) -> tuple[Tin, ...]:
        """The top of each layer that has a bottom, as far as both are known."""
        return tuple(one.top for one in self.surfaces)

    @property
    def bottoms(self) -> tuple[Tin, ...]:
        """The bottom of each layer that has one, nowhere above its top."""
        return tuple(one.bottom for one in self.surfaces)

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
    """The part of a surface that lies over (or under) another; triangles wholly over it are kept whole."""
    return _parts_over(surface, cover)[0]


def _parts_over(surface: Tin, cover: Tin) -> tuple[Tin, Tin, Tin]:
    """`part_over`, the triangles of the surface that are not kept whole, and the parts of them that are kept."""
    corners = surface.corners
    pieces, ours, _ = common_triangles(cover.grid, cover.corners, corners, cover.origin - surface.origin)
    whole = _covered(surface.triangle_areas, ours, pieces)
    parts = pieces[~whole[ours], :, :3]
    soups = np.concatenate([corners[whole], parts]), corners[~whole], parts
    over, left_out, instead = (_from_corners(soup, surface.origin) for soup in soups)
    return over, left_out, instead


def _from_corners(corners: FloatArray, origin: FloatArray) -> Tin:
    corners = corners[plan_areas(corners) > 0]
    numbers = np.arange(3 * len(corners), dtype=np.int32).reshape(-1, 3)
    return Tin(origin, np.ascontiguousarray(corners.reshape(-1, 3)), numbers)


def _covered(areas: FloatArray, of: NDArray[np.int32], pieces: FloatArray) -> NDArray[np.bool_]:
    """Which of the triangles with these areas are wholly made up of their (k, 3, c) pieces."""
    return np.asarray(np.bincount(of, plan_areas(pieces), len(areas)) >= (1 - WHOLE) * areas)


def lower_of(surface: Tin, limit: Tin) -> Tin:
    """A surface pressed down to another wherever it rises above it.

    Triangles that stay under the other surface are kept whole, also where they reach beyond its rim. Triangles of the
    other surface that lie wholly under the first take its place whole.
    """
    triangles, top = surface.relative_to(limit.origin), limit.corners
    parts, ours, theirs = common_triangles(limit.grid, top, triangles, np.zeros(3))
    rise = parts[:, :, 2] - parts[:, :, 3]
    bad = np.zeros(len(triangles), bool)
    bad[ours[(rise > ABOVE).any(axis=1)]] = True
    chosen = bad[ours]
    parts, rise, theirs = parts[chosen], rise[chosen], theirs[chosen]
    over = np.asarray((rise >= 0).all(axis=1))
    pressed = _covered(limit.triangle_areas, theirs[over], parts[over])
    rest = ~(over & pressed[theirs])
    parts, rise, over = parts[rest], rise[rest], over[rest]
    under = ~over & (rise <= 0).all(axis=1)
    mixed = ~over & ~under
    pieces = [triangles[~bad], top[pressed], parts[under][:, :, :3], parts[over][:, :, [0, 1, 3]]]
    count = int(mixed.sum())
    crossed = Polygons(parts[mixed], np.full(count, 3, np.int64), np.arange(count))
    for sign, channel in ((-1.0, 2), (1.0, 3)):
        pieces.append(keep_positive(crossed, sign * rise[mixed]).triangles()[0][:, :, [0, 1, channel]])
    return _from_corners(np.concatenate(pieces), limit.origin)


def unknown_area(outline: Shape, known: Sequence[Shape]) -> list[Shape]:
    """For each layer's known area, the part of an outline it leaves open (empty where it covers it)."""
    return [shapely.difference(outline, area.buffer(1e-6)) for area in known]
