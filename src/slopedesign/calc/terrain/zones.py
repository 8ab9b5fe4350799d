"""Areas in plan by which volumes and areas are split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from slopedesign.calc.terrain.clip import common_triangles
from slopedesign.calc.terrain.engine import Engine
from slopedesign.calc.terrain.index import TriangleGrid
from slopedesign.calc.terrain.surface import FloatArray, IntArray
from slopedesign.calc.terrain.tin import build_tin
from slopedesign.errors import InputError
from slopedesign.i18n import message

_OVERLAP = 1e-6  # share of the smaller zone that two zones may share by rounding


@dataclass(frozen=True, eq=False)
class Zone:
    """A named area in plan: a (multi)polygon in E, N."""

    name: str
    area: shapely.Polygon | shapely.MultiPolygon


def cut_by_zones(
    soup: FloatArray, zones: Sequence[Zone], origin: FloatArray, engine: Engine = "auto"
) -> tuple[FloatArray, IntArray]:
    """Triangles cut along the rims of zones.

    Args:
        soup: (m, 3, c) triangles relative to `origin`.
        zones: areas that do not overlap.

    Returns:
        (k, 3, c) triangles, and for each the number of its zone, or `len(zones)` outside all zones.

    Raises:
        InputError: a zone is not a valid area, or two zones overlap.
    """
    if not len(soup):
        _check(zones)
        return soup, np.empty(0, np.int32)
    return partition(soup[:, :, :2].reshape(-1, 2), zones, origin).cut(soup, engine)


@dataclass(frozen=True, eq=False)
class Partition:
    """The plan in triangles that lie in one zone each.

    Attributes:
        cells: (k, 3, 3) triangles of level 0 relative to an origin.
        zone_of: (k,) number of the zone of each, one more than there are zones for none.
        grid: the index over them.
    """

    cells: FloatArray
    zone_of: IntArray
    grid: TriangleGrid

    def cut(self, soup: FloatArray, engine: Engine = "auto") -> tuple[FloatArray, IntArray]:
        """Triangles (m, 3, c) within the plan cut along the rims of its zones, and the number of the zone of each."""
        pieces, _, cell = common_triangles(self.grid, self.cells, soup, np.zeros(3), engine)
        return np.ascontiguousarray(pieces[:, :, :-1]), self.zone_of[cell]


def partition(plan: FloatArray, zones: Sequence[Zone], origin: FloatArray) -> Partition:
    """The box of places (k, 2) and of zones, parted by the rims of zones.

    Raises:
        InputError: a zone is not a valid area, or two zones overlap.
    """
    _check(zones)
    cells, zone_of = _triangulate(plan, zones, origin)
    return Partition(cells, zone_of, TriangleGrid.over(cells[:, :, :2]))


def _check(zones: Sequence[Zone]) -> None:
    for i, zone in enumerate(zones):
        if zone.area.geom_type not in ("Polygon", "MultiPolygon") or not zone.area.is_valid:
            raise InputError(f"zones[{i}]", zone.name, message("terrain.zone_area"))
    areas = [zone.area for zone in zones]
    for i, j in shapely.STRtree(areas).query(areas, predicate="intersects").T:
        if i < j:
            common = areas[i].intersection(areas[j]).area
            if common > _OVERLAP * min(areas[i].area, areas[j].area):
                both = message("terrain.zones_overlap", first=zones[i].name, second=zones[j].name)
                raise InputError("zones", round(common, 3), both)


def _triangulate(plan: FloatArray, zones: Sequence[Zone], origin: FloatArray) -> tuple[FloatArray, IntArray]:
    """The box of places (k, 2) and zones in triangles that lie in one zone each; level 0."""
    rings = [
        np.column_stack([xy[:-1], np.zeros(len(xy) - 1)])
        for zone in zones
        for part in shapely.get_parts(zone.area)
        for xy in (shapely.get_coordinates(ring) - origin[:2] for ring in (part.exterior, *part.interiors))
    ]
    every = np.concatenate([plan, *(ring[:, :2] for ring in rings)])
    (w, s), (e, n) = every.min(axis=0) - 1.0, every.max(axis=0) + 1.0
    frame = np.array([[w, s, 0], [e, s, 0], [e, n, 0], [w, n, 0]])
    tin = build_tin(frame, rings, closed_breaklines=range(len(rings)), duplicates="first").tin
    cells = tin.relative_to(np.zeros(3))
    middle = cells[:, :, :2].mean(axis=1)
    zone_of = np.full(len(cells), len(zones), np.int32)
    for k in reversed(range(len(zones))):
        area = shapely.transform(zones[k].area, lambda xy: xy - origin[:2])
        shapely.prepare(area)
        zone_of[shapely.contains_xy(area, middle[:, 0], middle[:, 1])] = k
    return cells, zone_of
