"""Water stored in a surveyed hollow, by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from slopedesign.calc.terrain.surface import FloatArray, Tin, plan_areas, slope_areas
from slopedesign.calc.terrain.zones import Zone, cut_by_zones
from slopedesign.standards.trace import Measured, measured


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What a hollow holds up to one level.

    Attributes:
        level: water level, m.
        volume: m3 between the surface and the level; every hollow below the level counts, joined or not.
        water_area: plan area of the water, m2.
        wetted_area: area of the ground under water along its slope, m2.
        beyond_rim: whether the level stands above the lowest point of the rim of the survey (or of the area asked for):
            the volume is then that inside the rim only, and water would run out where the rim is not a wall.
    """

    level: float
    volume: Measured
    water_area: Measured
    wetted_area: Measured
    beyond_rim: bool


def stage_storage(tin: Tin, levels: Sequence[float], area: shapely.Polygon | None = None) -> tuple[Stage, ...]:
    """Volume, water surface and wetted area up to each level; exact on the triangles.

    Args:
        area: only the hollow inside this area in plan (E, N).
    """
    corners = tin.corners
    rim = tin.vertices[np.unique(tin.boundary_edges), 2]
    if area is not None:
        pieces, label = cut_by_zones(corners, [Zone("", area)], tin.origin)
        corners = pieces[label == 0]
        shore = shapely.transform(area.exterior, lambda xy: xy - tin.origin[:2])
        rim = corners[:, :, 2].ravel()[shapely.dwithin(shapely.points(corners[:, :, :2].reshape(-1, 2)), shore, 1e-6)]
    z = np.sort(corners[:, :, 2], axis=1)
    plan, slope = plan_areas(corners), slope_areas(corners)
    spill = float(rim.min()) if len(rim) else float("inf")
    stages = []
    for level in levels:
        local = level - tin.origin[2]
        depth, share = under(local - z)
        where = f"{level:g} m"
        stages.append(
            Stage(
                level=float(level),
                volume=measured(float(plan @ depth), "m3", "terrain.by.stage", where, "terrain.storage"),
                water_area=measured(float(plan @ share), "m2", "terrain.by.stage", where, "terrain.water_area"),
                wetted_area=measured(float(slope @ share), "m2", "terrain.by.stage", where, "terrain.wetted_area"),
                beyond_rim=bool(local > spill),
            )
        )
    return tuple(stages)


def under(depth: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean of max(0, depth) over triangles with (m, 3) corner depths, greatest first, and their share under water."""
    a, b, c = depth.T
    one = (a > 0) & (b <= 0)
    two = (b > 0) & (c < 0)
    full = c >= 0
    mean = (a + b + c) / 3
    with np.errstate(divide="ignore", invalid="ignore"):
        tip = a / (a - b) * a / (a - c)
        dry = c / (a - c) * c / (b - c)
        volume = np.where(full, mean, np.where(one, tip * a / 3, np.where(two, mean - dry * c / 3, 0.0)))
        share = np.where(full, 1.0, np.where(one, tip, np.where(two, 1 - dry, 0.0)))
    flat = full & (a <= 0)  # at the level itself: no water
    return volume, np.where(flat, 0.0, share)
