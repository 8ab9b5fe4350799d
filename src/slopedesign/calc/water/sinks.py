"""Ponds in the ground as ends of the ways of the water: what runs into them runs no farther.

Without this the hollow a pond lies in would be filled to its spill before ways are looked for, and everything in it
would seem to run over its rim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, label

from slopedesign.calc.terrain.hollow import Hollow
from slopedesign.calc.water import terrain
from slopedesign.project.water import Pond

Mask = NDArray[np.bool_]
EIGHT = np.ones((3, 3), dtype=bool)


def pond_waters(ponds: Sequence[Pond], hollows: Mapping[str, Hollow], ground: terrain.Grid | None) -> dict[str, Mask]:
    """Cells under the normal level of each pond in a hollow, joined to its deepest point, by its name."""
    if ground is None:
        return {}
    return {p.name: _joined(ground, hollows[p.name], p.normal_level) for p in ponds if p.name in hollows}


def _joined(ground: terrain.Grid, hollow: Hollow, level: float) -> Mask:
    wet, _ = label(np.nan_to_num(ground.z, nan=np.inf) < level)
    rows, cols = np.nonzero(wet)
    if not len(rows):
        return np.zeros(ground.z.shape, dtype=bool)
    east, north = ground.east + cols * ground.cell, ground.north + rows * ground.cell
    nearest = int(np.argmin((east - hollow.bottom[0]) ** 2 + (north - hollow.bottom[1]) ** 2))
    return np.asarray(wet == wet[rows[nearest], cols[nearest]])


def dry_levels(ground: terrain.Grid, waters: Mapping[str, Mask]) -> NDArray[np.float64]:
    """Levels of the ground with nothing known under the ponds: the cells round them become outlets."""
    z = ground.z.copy()
    for wet in waters.values():
        z[wet] = np.nan
    return z


def shore_cells(levels: NDArray[np.float64], wet: Mask) -> list[tuple[int, int]]:
    """Cells of dry ground that touch a pond, side by side or corner to corner."""
    beside = binary_dilation(wet, EIGHT) & ~wet & np.isfinite(levels)
    return [(int(r), int(c)) for r, c in np.argwhere(beside)]


def into_pond(
    ground: terrain.Grid, found: terrain.Drainage, wet: Mask, others: terrain.Cells
) -> terrain.GroundCatchment:
    """The land draining to a pond and not before that to one of `others`; the pond's own water is not counted.

    Raises:
        InputError: no ground drains to it.
    """
    shore = shore_cells(np.where(wet, np.nan, ground.z), wet)
    stops = [(r, c) for r, c in others if not wet[r, c]]
    free = [cell for cell in shore if cell not in set(stops)]
    return terrain.catchments(ground, found, [free, stops])[0]
