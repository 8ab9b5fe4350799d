"""What is cut, as upright prisms between ground and design: split by material, added up between levels.

The common refinement of both surfaces gives triangles over which ground and design are planes. A material boundary (a
surveyed surface, or a depth under the ground) splits them further, so every volume below is exact for the surfaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.benches.nearest import FloatArray
from slopedesign.calc.terrain.clip import Polygons, find_pairs, intersections, keep_positive
from slopedesign.calc.terrain.index import TriangleGrid
from slopedesign.calc.terrain.surface import Tin, plan_areas

THIN = 1e-8
"""Cuts thinner than this are none [m]."""
_TOP, _BOTTOM, _GROUND = 2, 3, 4


@dataclass(frozen=True, kw_only=True, eq=False)
class Prisms:
    """Upright prisms on triangles.

    Attributes:
        corners: (m, 3, 5) x, y, top, bottom, ground at each corner, relative to the ground's origin.
        label: (m,) number the caller gave the design's triangle.
    """

    corners: FloatArray
    label: NDArray[np.int32]

    @property
    def areas(self) -> FloatArray:
        """(m,) plan area of each [m2]."""
        return plan_areas(self.corners)

    @property
    def volumes(self) -> FloatArray:
        """(m,) volume of each [m3]."""
        depth = self.corners[:, :, _TOP] - self.corners[:, :, _BOTTOM]
        return np.asarray(self.areas * depth.mean(axis=1))

    def by_label(self, count: int) -> FloatArray:
        """(count,) volume of each label [m3]."""
        return np.bincount(self.label, self.volumes, count)

    def above(self, level: float, origin_z: float) -> float:
        """Volume above a level [m3]."""
        z, area = level - origin_z, self.areas
        top = positive_part(area, self.corners[:, :, _TOP] - z)
        bottom = positive_part(area, self.corners[:, :, _BOTTOM] - z)
        return float((top - bottom).sum())


def positive_part(area: FloatArray, f: FloatArray) -> FloatArray:
    """Integral of max(0, f) over triangles, f linear with (m, 3) values at the corners."""
    f = np.sort(f, axis=1)
    low, mid, high = f.T
    whole = area * f.mean(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        tip = area * high / 3 * (high / (high - low)) * (high / (high - mid))  # only the highest corner is above 0
        pit = area * -low / 3 * (low / (low - high)) * (low / (low - mid))  # only the lowest corner is below 0
    return np.where(low >= 0, whole, np.where(high <= 0, 0.0, np.where(mid <= 0, tip, whole + pit)))


def cut_prisms(ground: Tin, soup: FloatArray, label: NDArray[np.int32]) -> Prisms:
    """Prisms between ground and design wherever the ground is higher.

    Args:
        soup: (m, 3, 3) triangles of the design, relative to the ground's origin, counter-clockwise.
        label: (m,) number of each.
    """
    corners, labels = [np.empty((0, 3, 5))], [np.empty(0, np.int32)]
    if len(soup):
        for i, j in find_pairs(ground.grid, ground.corners, soup):
            polygons = intersections(soup[j], ground.corners[i])
            depth = polygons.data[:, :, 3] - polygons.data[:, :, 2]
            depth[~polygons.used] = 0.0
            some = (depth > THIN).any(axis=1)
            kept = Polygons(polygons.data[some], polygons.count[some], j[polygons.source[some]])
            tri, source = keep_positive(kept, depth[some]).triangles()
            corners.append(tri[:, :, [0, 1, 3, 2, 3]])
            labels.append(label[source])
    return _real(np.concatenate(corners), np.concatenate(labels))


@dataclass(frozen=True, kw_only=True, eq=False)
class Split:
    """Prisms above and below a boundary, and the volume over which the boundary is not known [m3]."""

    above: Prisms
    below: Prisms
    unknown: float


def split_at_surface(prisms: Prisms, surface: Tin, origin: FloatArray) -> Split:
    """Prisms split by a surveyed boundary; where the survey does not reach, the volume is unknown, never guessed."""
    corners, labels = [np.empty((0, 3, 6))], [np.empty(0, np.int32)]
    triangles = surface.relative_to(origin)
    if len(prisms.corners) and len(triangles):
        grid = TriangleGrid.over(triangles[:, :, :2])
        for i, j in find_pairs(grid, triangles, prisms.corners):
            tri, source = intersections(prisms.corners[j], triangles[i]).triangles()
            corners.append(tri)
            labels.append(prisms.label[j[source]])
    known, label = np.concatenate(corners), np.concatenate(labels)
    above, below = _split(known, label)
    unknown = float(prisms.volumes.sum() - above.volumes.sum() - below.volumes.sum())
    return Split(above=above, below=below, unknown=max(0.0, unknown))


def split_at_depth(prisms: Prisms, depth: float) -> Split:
    """Prisms split at a depth under the ground."""
    boundary = prisms.corners[:, :, _GROUND : _GROUND + 1] - depth
    above, below = _split(np.concatenate([prisms.corners, boundary], axis=2), prisms.label)
    return Split(above=above, below=below, unknown=0.0)


def _split(corners: FloatArray, label: NDArray[np.int32]) -> tuple[Prisms, Prisms]:
    """Prisms (m, 3, 6), the boundary's level last, as those above and those below it."""
    whole = Polygons(corners, np.full(len(corners), 3), np.arange(len(corners)))
    under_top = keep_positive(whole, corners[:, :, _TOP] - corners[:, :, 5])
    all_below = keep_positive(whole, corners[:, :, 5] - corners[:, :, _TOP])
    inside = keep_positive(under_top, under_top.data[:, :, 5] - under_top.data[:, :, _BOTTOM])
    all_above = keep_positive(under_top, under_top.data[:, :, _BOTTOM] - under_top.data[:, :, 5])
    upper = [(all_above, [0, 1, 2, 3, 4]), (inside, [0, 1, 2, 5, 4])]
    lower = [(all_below, [0, 1, 2, 3, 4]), (inside, [0, 1, 5, 3, 4])]
    return _gather(upper, label), _gather(lower, label)


def _gather(parts: Sequence[tuple[Polygons, list[int]]], label: NDArray[np.int32]) -> Prisms:
    corners, labels = [], []
    for polygons, channels in parts:
        tri, source = polygons.triangles()
        corners.append(tri[:, :, channels])
        labels.append(label[source])
    return _real(np.concatenate(corners), np.concatenate(labels))


def _real(corners: FloatArray, label: NDArray[np.int32]) -> Prisms:
    thick = (corners[:, :, _TOP] - corners[:, :, _BOTTOM]).max(axis=1, initial=0.0) > 0
    keep = thick & (plan_areas(corners) > 0)
    return Prisms(corners=np.ascontiguousarray(corners[keep]), label=label[keep])
