"""What the sheets of the bench-edge wall share: their two columns, the wall's faces, textures and words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from slopedesign.drawings import textures
from slopedesign.drawings.content import WallDetail
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.sheet import Box, Points, Sheet
from slopedesign.drawings.titleblock import BLOCK_HEIGHT, BLOCK_WIDTH


def free_area(sheet: Sheet) -> tuple[Box, Box]:
    """The room left of the title block's column, and that column above the title block."""
    f = sheet.frame
    right = f.x1 - BLOCK_WIDTH
    return Box(f.x0 + 4, f.y0 + 4, right - 6, f.y1 - 4), Box(right, f.y0 + BLOCK_HEIGHT + 4, f.x1 - 4, f.y1 - 4)


def back_at(wall: Sequence[tuple[float, float]], z: float, default: float) -> float:
    """x of the wall's inner face at a level (its outline runs anticlockwise from the outer toe)."""
    found = [
        a[0] + (b[0] - a[0]) * (z - a[1]) / (b[1] - a[1])
        for a, b in zip(wall, (*wall[1:], wall[0]), strict=True)
        if a[1] < b[1] and a[1] <= z <= b[1]
    ]
    return max(found, default=default)


def wall_texture(sheet: Sheet, detail: WallDetail, outline: Points, size: float, holes: Sequence[Points] = ()) -> None:
    if detail.wall.kind == "c25_concrete":
        sheet.fill("wall_fill", [outline, *holes], "AR-CONC", scale=max(0.5, size / 8))
    else:
        textures.stones(sheet, outline, size, mortar=0.5 if detail.wall.kind == "masonry" else 0.25, holes=holes)


def weep_words(detail: WallDetail, say: Phrases) -> str:
    wall = detail.wall
    return say(
        "details.weep", diameter=number(wall.weep_hole_diameter * 1000, 0), spacing=number(wall.weep_hole_spacing, 1),
        level=number(wall.weep_hole_level * 1000, 0),
    )  # fmt: skip


def without(area: ArrayLike, parts: Sequence[ArrayLike]) -> Points:
    """An area without others; the largest piece."""
    left: BaseGeometry = Polygon(np.asarray(area))
    for part in parts:
        left = left.difference(Polygon(np.asarray(part)))
    pieces = list(getattr(left, "geoms", [left]))
    return np.array(max(pieces, key=lambda piece: piece.area).exterior.coords)[:-1]
