"""What is cut under one surface and over a design: between all levels at once, triangle by triangle of the design.

Under a surface S, over a design D and above a level z lies the integral of max(0, S - max(D, z)). Where S stands over
D that is max(0, S - z) less max(0, D - z), each of one linear function over a polygon: exact for any level.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from slopedesign.calc.benches.nearest import compiled
from slopedesign.calc.benches.shapes import FloatArray
from slopedesign.calc.terrain import Tin
from slopedesign.calc.terrain.clip import Polygons, find_pairs, intersections, keep_positive
from slopedesign.calc.terrain.cutfill import SAME_SURFACE
from slopedesign.calc.terrain.engine import Engine

AREA, VOLUME, ABOVE = 0, 1, 2
"""Columns of `prisms`; from `ABOVE` on one for each level."""
_FEW = 2_000  # triangles below which compiled kernels are not worth loading


def prisms(surface: Tin, soup: FloatArray, levels: Sequence[float] = (), *, engine: Engine = "auto") -> FloatArray:
    """What is cut over each triangle of a design.

    Args:
        surface: the ground, or a surface in it.
        soup: (m, 3, 3) triangles of the design, relative to the origin of the surface, counter-clockwise.
        levels: ascending, relative to the same origin.

    Returns:
        (m, 2 + levels): plan area cut, volume cut, and the part of the volume above each level.
    """
    above = np.asarray(levels, float)
    small = engine == "auto" and len(soup) + len(surface.triangles) < _FEW
    kernels = None if small or engine == "numpy" else compiled()
    if kernels is not None:
        found: FloatArray = kernels.prisms(surface, np.ascontiguousarray(soup), above, SAME_SURFACE)
        return found
    sums = np.zeros((len(soup), ABOVE + len(above)))
    for i, j in find_pairs(surface.grid, surface.corners, soup):
        polygons = intersections(surface.corners[i], soup[j])
        depth = polygons.data[:, :, 2] - polygons.data[:, :, 3]
        depth[(np.abs(depth) <= SAME_SURFACE) | ~polygons.used] = 0.0
        cut = np.flatnonzero((depth > 0).any(axis=1))
        data = np.concatenate([polygons.data[cut], depth[cut, :, None]], axis=2)
        of = j[polygons.source[cut]].astype(np.int64)
        piece = keep_positive(Polygons(data, polygons.count[cut], of), depth[cut])
        for column, values in zip((AREA, VOLUME), piece.integrals(4), strict=True):
            np.add.at(sums[:, column], piece.source, values)
        for k, level in enumerate(above):
            for channel, sign in ((2, 1.0), (3, -1.0)):
                over = keep_positive(piece, piece.data[:, :, channel] - level)
                area, volume = over.integrals(channel)
                np.add.at(sums[:, ABOVE + k], over.source, sign * (volume - level * area))
    return sums
