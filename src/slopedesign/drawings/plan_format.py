"""Paper, scale and map windows of plans: one sheet where the site fits, tiles where it does not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from slopedesign.drawings.content import PlanContent, Points
from slopedesign.drawings.sheet import PAPERS, Box, Paper, Sheet
from slopedesign.drawings.titleblock import BLOCK_WIDTH

SCALES = (500, 1000, 2000)
"""Scales the guide allows for the deployment drawing (appendix A: 1:500 to 1:2000)."""
COLUMN = BLOCK_WIDTH + 4.0
EDGE = 9.0
"""Room around the map window for coordinates [mm]."""


@dataclass(frozen=True)
class Format:
    """Paper and scale of the plan, and the map windows [m] its tiles show."""

    paper: Paper
    scale: int
    windows: tuple[tuple[float, float], ...]
    width: float
    height: float

    @property
    def window(self) -> Box:
        """Everything the windows show together [m]."""
        x, y = [w[0] for w in self.windows], [w[1] for w in self.windows]
        return Box(min(x), min(y), max(x) + self.width, max(y) + self.height)


def plan_format(content: PlanContent, survey_edge: Sequence[Points], scale: int | None, paper: str) -> Format:
    """Paper, scale and windows of the plan, before its contours are known."""
    return choose_format(plan_extent(replace(content, survey_edge=tuple(survey_edge))), scale, paper)


def map_window(sheet: Sheet) -> Box:
    """The window the map is drawn in: left of the column with legend and tables."""
    f = sheet.frame
    return Box(f.x0 + EDGE, f.y0 + EDGE, f.x1 - COLUMN - EDGE, f.y1 - EDGE)


def choose_format(extent: Box, scale: int | None, paper: str) -> Format:
    """The largest scale and the smallest paper that show the extent [m] on one sheet; tiles where none does."""
    scales = SCALES if scale is None else (scale,)
    papers = [PAPERS[name] for name in (("A3", "A2", "A1") if paper == "auto" else (paper,))]
    choices = [(s, p) for s in scales for p in papers]
    if paper == "auto":
        choices += [(s, PAPERS["A0"]) for s in scales]
    for s, p in choices:
        width, height = _metres(s, p)
        if extent.width <= width and extent.height <= height:
            return Format(p, s, (_corner(extent, width, height, s),), width, height)
    s, p = choices[-1]
    width, height = _metres(s, p)
    across, up = math.ceil(extent.width / width - 1e-9), math.ceil(extent.height / height - 1e-9)
    whole = _corner(extent, across * width, up * height, s)
    tiles = tuple((whole[0] + i * width, whole[1] + j * height) for j in reversed(range(up)) for i in range(across))
    return Format(p, s, tiles, width, height)


def _metres(scale: int, paper: Paper) -> tuple[float, float]:
    window = map_window(Sheet("", "", scale, paper))
    return window.width * scale / 1000, window.height * scale / 1000


def _corner(extent: Box, width: float, height: float, scale: int) -> tuple[float, float]:
    """South-west corner of a window of this size around the extent, on whole metres of paper millimetres."""
    step = scale / 1000 * 10
    x = math.floor((extent.x0 - (width - extent.width) / 2) / step) * step
    y = math.floor((extent.y0 - (height - extent.height) / 2) / step) * step
    return max(x, extent.x1 - width), max(y, extent.y1 - height)


def plan_extent(content: PlanContent) -> Box:
    """What the plan must show: the works with a margin of ground around them, or the whole survey without works."""
    works = [
        line[:, :2]
        for slope in content.slopes
        for line in (
            *slope.daylight, *(() if slope.base_line is None else (slope.base_line,)),
            *(crest for bench in slope.benches for crest in (*bench.crests, *bench.toes)),
        )
        if len(line)
    ] + [line[:, :2] for _, line in (*content.roads, *content.drains, *content.ponds)]  # fmt: skip
    works += [line[:, :2] for line in content.also]
    ground = [edge[:, :2] for edge in content.survey_edge] or [c.points[:, :2] for c in content.contours]
    if not works:
        return _around(ground)
    box = _around(works)
    margin = max(5.0, 0.025 * max(box.width, box.height))
    box = Box(box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin)
    if ground:
        edge = _around(ground)
        own = _around(works)
        box = Box(
            min(max(box.x0, edge.x0), own.x0), min(max(box.y0, edge.y0), own.y0),
            max(min(box.x1, edge.x1), own.x1), max(min(box.y1, edge.y1), own.y1),
        )  # fmt: skip
    return box


def _around(lines: Sequence[Points]) -> Box:
    if not lines:
        return Box(0, 0, 100, 100)
    points = np.vstack(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
