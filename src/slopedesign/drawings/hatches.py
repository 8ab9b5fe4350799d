"""Hatches that leave room for the words on them, as GB/T 50001 asks: a figure is read before a pattern."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from slopedesign.drawings.sheet import Fill, Points

AROUND = 0.3
"""A hatch keeps this far from a text [mm]."""


def around_words(item: Fill, words: Sequence[Points]) -> list[tuple[Points, list[Points]]]:
    """The outlines of a hatch with their holes, without the room of texts on it.

    A solid fill and a `whole` one stay as they are.
    """
    whole = [(item.outlines[0], list(item.outlines[1:]))]
    if item.whole or item.pattern == "SOLID" or len(item.outlines[0]) < 3:
        return whole
    area: BaseGeometry = Polygon(item.outlines[0], [ring for ring in item.outlines[1:] if len(ring) > 2])
    met = [Polygon(corners).buffer(AROUND, join_style="mitre") for corners in words]
    met = [room for room in met if room.intersects(area)]
    if not met or not area.is_valid:
        return whole
    left = area.difference(shapely.union_all(met))
    return [
        (np.array(part.exterior.coords)[:-1], [np.array(hole.coords)[:-1] for hole in part.interiors])
        for part in shapely.get_parts(left) if part.geom_type == "Polygon" and part.area > 0.01
    ]  # fmt: skip
