"""Cuts that meet: ground two slopes reach into goes to the one whose design is lower there.

Two faces of a quarry meet in a corner, and each design alone would cut what belongs to the other. The plan is parted
along the line where both designs have the same level, so that every cubic metre, face and bench is counted once.
"""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from slopedesign.calc.benches.edges import cut_area, polygons_only
from slopedesign.calc.benches.result import BenchCut
from slopedesign.calc.benches.shapes import Shape
from slopedesign.calc.terrain import overlay

LEAST_SHARED = 1.0
"""Ground shared by less than this is left to both slopes [m2]."""


def shared_by(one: BenchCut, other: BenchCut) -> Shape:
    """The area in E, N that both cut; empty where it does not matter."""
    common = polygons_only(shapely.intersection(one.outline, other.outline))
    return common if common.area > LEAST_SHARED else shapely.MultiPolygon()


def lower_over(one: BenchCut, other: BenchCut, common: Shape) -> Shape:
    """The part of an area both cut where the other design is the lower one."""
    mine, theirs = one.layout.tin, other.layout.tin
    result = overlay(mine, theirs)
    frame = [shapely.boundary(area) for area in (mine.outline, theirs.outline, common)]
    lower = cut_area(mine, theirs, result.daylight, frame, result.total.cut_area.value)
    return polygons_only(shapely.intersection(lower, common))


def given_away(cut: BenchCut, before: Sequence[BenchCut], after: Sequence[BenchCut]) -> Shape:
    """The area in E, N a slope leaves to others, each worked as if it stood alone.

    Args:
        before, after: the slopes stated before and after this one; where designs are equally low the first one keeps
            the ground.
    """
    areas = []
    for other in (*before, *after):
        common = shared_by(cut, other)
        if common.is_empty:
            continue
        if any(other is one for one in before):
            areas.append(polygons_only(shapely.difference(common, lower_over(other, cut, common))))
        else:
            areas.append(lower_over(cut, other, common))
    found = polygons_only(shapely.union_all(areas)) if areas else shapely.MultiPolygon()
    return found if found.area > LEAST_SHARED / 100 else shapely.MultiPolygon()
