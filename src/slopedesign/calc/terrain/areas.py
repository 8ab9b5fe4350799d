"""Areas of a surface inside zones, in plan and along the slope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from slopedesign.calc.terrain.surface import Tin, plan_areas, slope_areas
from slopedesign.calc.terrain.zones import Zone, cut_by_zones
from slopedesign.standards.trace import Measured, measured


@dataclass(frozen=True, kw_only=True)
class ZoneArea:
    """Area of a surface inside one zone.

    Attributes:
        name: of the zone.
        plan: area in plan, m2.
        slope: area along the slope, m2.
        coverage: share of the zone that the surface covers (0..1); what it does not cover is not counted.
    """

    name: str
    plan: Measured
    slope: Measured
    coverage: float


def areas_in(tin: Tin, zones: Sequence[Zone]) -> tuple[ZoneArea, ...]:
    """Plan and slope area of a surface inside each zone.

    Raises:
        InputError: zones overlap.
    """
    if not zones:
        return ()
    boxes = np.array([zone.area.bounds for zone in zones])
    west, south = boxes[:, :2].min(axis=0) - tin.origin[:2]
    east, north = boxes[:, 2:].max(axis=0) - tin.origin[:2]
    low, high = tin.corners[:, :, :2].min(axis=1), tin.corners[:, :, :2].max(axis=1)
    near = (high > [west, south]).all(axis=1) & (low < [east, north]).all(axis=1)
    pieces, label = cut_by_zones(tin.corners[near], zones, tin.origin)
    plan = np.bincount(label, plan_areas(pieces), len(zones) + 1)
    slope = np.bincount(label, slope_areas(pieces), len(zones) + 1)
    return tuple(
        ZoneArea(
            name=zone.name,
            plan=measured(plan[k], "m2", "terrain.by.triangles", zone.name, "terrain.plan_area"),
            slope=measured(slope[k], "m2", "terrain.by.triangles", zone.name, "terrain.slope_area"),
            coverage=float(plan[k] / zone.area.area),
        )
        for k, zone in enumerate(zones)
    )
