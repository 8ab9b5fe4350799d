"""What a drawing of a wall shows, as plain geometry.

Section frame: x = 0 at the wall's outer toe, positive into the retained soil; z = 0 at the ground in front of the wall
(the bench surface, or the ground at the toe). All lengths in metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Line = tuple[Point, ...]


def polygon_area(points: Sequence[Point]) -> float:
    """Area of a polygon, positive when its vertices run anticlockwise [m2]."""
    shifted = (*points[1:], points[0])
    return 0.5 * sum(x1 * z2 - x2 * z1 for (x1, z1), (x2, z2) in zip(points, shifted, strict=True))


def polygon_centroid(points: Sequence[Point]) -> Point:
    """Centroid of a polygon that does not cross itself."""
    shifted = (*points[1:], points[0])
    cross = [x1 * z2 - x2 * z1 for (x1, z1), (x2, z2) in zip(points, shifted, strict=True)]
    area = 0.5 * sum(cross)
    pairs = list(zip(points, shifted, strict=True))
    x = sum((p[0] + q[0]) * c for (p, q), c in zip(pairs, cross, strict=True)) / (6 * area)
    z = sum((p[1] + q[1]) * c for (p, q), c in zip(pairs, cross, strict=True)) / (6 * area)
    return x, z


@dataclass(frozen=True, kw_only=True)
class BarLine:
    """A bar seen in the section: as a line (`points` of two or more) or end on (one point)."""

    mark: int
    diameter_mm: float
    points: Line


@dataclass(frozen=True, kw_only=True)
class WallLayout:
    """Outlines of one wall section and positions along the wall.

    Attributes:
        wall: outline, anticlockwise from the outer toe.
        soil, filter, seal: outlines of retained soil, filter layer and clay seal (empty where there is none).
        ground: line of the rock or ground the wall stands on, outer side first.
        weep_pipe: axis of a weep hole through the wall, outer end first (empty where there is none).
        bars: bars in section.
        dowels: axes of drilled holes, from the base down.
        water: level line behind the wall in the worst situation (empty where there is none).
        joints: distances along the wall of the movement joints.
        weep_holes: (distance along the wall, level) of each weep hole on the outer face.
        length: wall length shown in the elevation.
    """

    wall: Line
    soil: Line = ()
    filter: Line = ()
    seal: Line = ()
    ground: Line = ()
    weep_pipe: Line = ()
    bars: tuple[BarLine, ...] = ()
    dowels: tuple[Line, ...] = ()
    water: Line = ()
    joints: tuple[float, ...] = ()
    weep_holes: tuple[Point, ...] = ()
    length: float = 0.0
