"""A sheet of paper: what stands on it, where, and whether anything collides.

A sheet is laid out in millimetres of paper, from its lower left corner. It knows its scale and where it lies in model
space, so views in metres land on it through a `View`. Every text and every reserved block is measured when it is
placed; labels look for a free place among the candidates they are given; what must be placed but collides is kept in
`conflicts`, which the tests require to be empty.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely import LineString, Polygon, STRtree

from slopedesign.drawings.text import (
    BASE_TO_BOTTOM,
    BODY,
    CAP_TO_TOP,
    HorizontalAlign,
    VerticalAlign,
    text_width,
)

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Paper:
    """A paper size, landscape [mm]: outer size, binding margin on the left, margin on the other sides."""

    name: str
    width: float
    height: float
    margin: float
    binding: float = 25.0


PAPERS = {
    paper.name: paper
    for paper in (
        Paper("A4", 297, 210, 5),
        Paper("A3", 420, 297, 5),
        Paper("A2", 594, 420, 10),
        Paper("A1", 841, 594, 10),
        Paper("A0", 1189, 841, 10),
    )
}


@dataclass(frozen=True)
class Box:
    """An upright rectangle on paper [mm]."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def corners(self) -> Points:
        """(4, 2), counter-clockwise from the lower left."""
        return np.array([(self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1)], dtype=float)

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def inset(self, by: float) -> Box:
        """The rectangle made smaller on all sides."""
        return Box(self.x0 + by, self.y0 + by, self.x1 - by, self.y1 - by)

    def holds(self, points: Points, tolerance: float = 1e-6) -> bool:
        """Whether all points (n, 2) lie inside."""
        return bool(
            (points[:, 0] >= self.x0 - tolerance).all()
            and (points[:, 0] <= self.x1 + tolerance).all()
            and (points[:, 1] >= self.y0 - tolerance).all()
            and (points[:, 1] <= self.y1 + tolerance).all()
        )


def bounds(points: Points) -> Box:
    """The upright rectangle around points (n, 2)."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


@dataclass(frozen=True)
class Line:
    """A polyline. `zs` are elevations in model metres, one for all or one for each vertex."""

    layer: str
    points: Points
    closed: bool = False
    zs: float | Points | None = None
    lineweight: int | None = None
    color: int | None = None
    linetype: str | None = None


@dataclass(frozen=True)
class Arc:
    """A circular arc, counter-clockwise between two angles [deg]; a full circle spans 360."""

    layer: str
    center: tuple[float, float]
    radius: float
    start: float = 0.0
    end: float = 360.0


@dataclass(frozen=True)
class Solid:
    """A filled triangle or quadrilateral, corners in order around it."""

    layer: str
    points: Points
    color: int | None = None


@dataclass(frozen=True)
class Fill:
    """A hatched area; `scale` enlarges the pattern, whose own spacing is a few millimetres of paper.

    A `whole` one is not broken for the words on it: its area in the file is a quantity.
    """

    layer: str
    outlines: tuple[Points, ...]
    pattern: Literal["SOLID", "ANSI31", "ANSI32", "EARTH", "AR-CONC", "BRSTONE", "GRASS"]
    scale: float = 1.0
    angle: float = 0.0
    color: int | None = None
    whole: bool = False


@dataclass(frozen=True)
class Text:
    """One line of text."""

    layer: str
    at: tuple[float, float]
    content: str
    height: float
    rotation: float = 0.0
    halign: HorizontalAlign = "left"
    valign: VerticalAlign = "base"
    style: str = BODY


@dataclass(frozen=True)
class Dimension:
    """A linear dimension between two points, its line through `at`, drawn along `angle` [deg].

    `factor` multiplies the model length (1000: shown in mm). `text_at` moves a text its line is too short for.
    """

    layer: str
    p1: tuple[float, float]
    p2: tuple[float, float]
    at: tuple[float, float]
    angle: float
    factor: float
    digits: int
    text_at: tuple[float, float] | None = None


Item = Line | Arc | Solid | Fill | Text | Dimension


@dataclass(frozen=True)
class Placed:
    """Room taken on a sheet: by what, and its four corners [mm]."""

    what: str
    corners: Points

    @property
    def box(self) -> Box:
        return bounds(self.corners)


@dataclass(frozen=True)
class Conflict:
    """Two things that want the same room, or one that leaves the frame (`other` is "frame")."""

    what: str
    other: str
    at: tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """A place a label may take."""

    at: tuple[float, float]
    halign: HorizontalAlign = "left"
    valign: VerticalAlign = "base"
    rotation: float = 0.0
    cost: float = 0.0
    leader: tuple[tuple[float, float], ...] = ()


def text_corners(
    at: tuple[float, float], content: str, height: float, rotation: float, halign: str, valign: str
) -> Points:
    """The four corners (4, 2) of the room a text takes [mm]."""
    width = text_width(content, height)
    left = {"left": 0.0, "center": -width / 2, "right": -width}[halign]
    base = {"base": 0.0, "middle": -height / 2, "top": -height}[valign]
    low, high = base - BASE_TO_BOTTOM * height, base + CAP_TO_TOP * height
    corners = np.array([(left, low), (left + width, low), (left + width, high), (left, high)])
    turn = math.radians(rotation)
    c, s = math.cos(turn), math.sin(turn)
    return corners @ np.array([(c, s), (-s, c)]) + np.asarray(at, dtype=float)


def overlap(a: Points, b: Points, tolerance: float = 0.05) -> bool:
    """Whether two rectangles (4, 2), turned or not, share more than `tolerance` mm of depth."""
    for quad in (a, b):
        for i in range(2):
            edge = quad[i + 1] - quad[i]
            length = math.hypot(edge[0], edge[1])
            if length == 0:
                continue
            axis = np.array((-edge[1], edge[0])) / length
            pa, pb = a @ axis, b @ axis
            if pa.max() <= pb.min() + tolerance or pb.max() <= pa.min() + tolerance:
                return False
    return True


@dataclass
class Sheet:
    """One sheet: paper, scale, title, everything drawn on it.

    Attributes:
        code: short name of the sheet, used in its number ("PM-01").
        title: drawing title in the reader's language.
        scale: 500 for 1:500; the model is metres, so one millimetre of paper is scale/1000 of them.
        origin: model position of the lower left corner of the paper; None: wherever the file has room.
        words: the room every text and every figure of a dimension takes (4, 2); hatches leave it free.
    """

    code: str
    title: str
    scale: int
    paper: Paper
    language: str = "zh_CN"
    origin: tuple[float, float] | None = None
    scale_text: str = ""
    items: list[Item] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    words: list[Points] = field(default_factory=list, repr=False)
    _shades: list[Polygon] = field(default_factory=list, repr=False)
    _ink: list[LineString] = field(default_factory=list, repr=False)
    _tree: STRtree | None = field(default=None, repr=False)
    _boxes: list[tuple[float, float, float, float]] = field(default_factory=list, repr=False)

    @property
    def unit(self) -> float:
        """Model metres in one millimetre of paper."""
        return self.scale / 1000.0

    @property
    def frame(self) -> Box:
        """The inner frame."""
        p = self.paper
        return Box(p.binding, p.margin, p.width - p.margin, p.height - p.margin)

    def line(
        self, layer: str, points: ArrayLike, *, closed: bool = False, zs: float | Points | None = None,
        avoid: bool = True, lineweight: int | None = None, color: int | None = None, linetype: str | None = None,
    ) -> None:  # fmt: skip
        """Draw a polyline through points (n, 2); labels placed later keep off it when `avoid`."""
        pts = np.array(points, dtype=float)[:, :2]
        if len(pts) < 2:
            return
        self.items.append(Line(layer, pts, closed, zs, lineweight, color, linetype))
        if avoid:
            self._ink.append(LineString(np.vstack((pts, pts[:1])) if closed else pts))
            self._tree = None

    def circle(self, layer: str, center: tuple[float, float], radius: float) -> None:
        """Draw a circle."""
        self.items.append(Arc(layer, center, radius))

    def arc(self, layer: str, center: tuple[float, float], radius: float, start: float, end: float) -> None:
        """Draw an arc, counter-clockwise from `start` to `end` [deg]."""
        self.items.append(Arc(layer, center, radius, start, end))

    def solid(self, layer: str, points: ArrayLike, color: int | None = None) -> None:
        """Fill a triangle or quadrilateral."""
        self.items.append(Solid(layer, np.array(points, dtype=float), color))

    def fill(
        self, layer: str, outlines: Sequence[ArrayLike], pattern: Literal[
            "SOLID", "ANSI31", "ANSI32", "EARTH", "AR-CONC", "BRSTONE", "GRASS"
        ], scale: float = 1.0, angle: float = 0.0, color: int | None = None, whole: bool = False,
    ) -> None:  # fmt: skip
        """Hatch an area given by its outline and its holes."""
        rings = tuple(np.array(outline, dtype=float)[:, :2] for outline in outlines)
        self.items.append(Fill(layer, rings, pattern, scale, angle, color, whole))
        self.shade(rings[0], rings[1:])

    def shade(self, outline: ArrayLike, holes: Sequence[ArrayLike] = ()) -> None:
        """Say that an area is filled with a pattern: what can stand elsewhere keeps off it."""
        rings = [np.asarray(ring, dtype=float)[:, :2] for ring in (outline, *holes)]
        if len(rings[0]) > 2:
            area = Polygon(rings[0], [ring for ring in rings[1:] if len(ring) > 2])
            self._shades.append(area if area.is_valid else area.buffer(0))

    def reserve(self, box: Box, what: str) -> None:
        """Take room for a block of things; a conflict is recorded where it is taken already."""
        self._take(box.corners, what)

    def text(
        self, layer: str, at: tuple[float, float], content: str, height: float = 3.5, *,
        halign: HorizontalAlign = "left", valign: VerticalAlign = "base", rotation: float = 0.0, style: str = BODY,
        inside: bool = False,
    ) -> Box:  # fmt: skip
        """Write one line of text; `inside` for text within a block that was reserved as a whole."""
        corners = text_corners(at, content, height, rotation, halign, valign)
        if content.strip():
            self.items.append(
                Text(layer, (float(at[0]), float(at[1])), content, height, rotation, halign, valign, style)
            )
            self.words.append(corners)
            if not inside:
                self._take(corners, content)
        return bounds(corners)

    def is_free(self, corners: Points, within: Box | None = None) -> bool:
        """Whether a rectangle (4, 2) lies inside the frame (and `within`) and meets nothing placed."""
        if not self.frame.holds(corners) or (within is not None and not within.holds(corners)):
            return False
        return next(self._met(corners), None) is None

    def label(
        self, layer: str, content: str, spots: Iterable[Spot], height: float = 2.5, *, style: str = BODY,
        within: Box | None = None, required: bool = False, crossing: float = 1.0, most: float = math.inf,
    ) -> Spot | None:  # fmt: skip
        """Write a label at the best free spot: the one that crosses fewest lines.

        Args:
            crossing: cost of each line crossed, beside the spot's own cost.
            most: highest cost accepted.
            required: with no free spot, the first one is taken and the conflict recorded.

        Returns:
            the spot taken, or None when the label was left out.
        """
        best: tuple[float, Spot] | None = None
        tried: list[Spot] = []
        for spot in spots:
            tried.append(spot)
            corners = text_corners(spot.at, content, height, spot.rotation, spot.halign, spot.valign)
            if not self.is_free(corners, within):
                continue
            cost = spot.cost + crossing * self.lines_met(corners)
            if cost <= most and (best is None or cost < best[0]):
                best = (cost, spot)
                if cost == 0:
                    break
        if best is None and not (required and tried):
            return None
        spot = best[1] if best else tried[0]
        self.text(
            layer, spot.at, content, height, halign=spot.halign, valign=spot.valign, rotation=spot.rotation, style=style
        )
        if len(spot.leader) > 1:
            self.line(layer, spot.leader)
        return spot

    def lines_met(self, corners: Points) -> int:
        """How many of the lines drawn so far run through a rectangle (4, 2)."""
        if not self._ink:
            return 0
        if self._tree is None:
            self._tree = STRtree(self._ink)
        return len(self._tree.query(Polygon(corners), predicate="intersects"))

    def shaded(self, corners: Points) -> bool:
        """Whether a rectangle (4, 2) lies on an area filled with a pattern."""
        room = Polygon(corners)
        return any(area.intersects(room) for area in self._shades)

    def dimension(
        self, layer: str, p1: tuple[float, float], p2: tuple[float, float], at: tuple[float, float], angle: float = 0.0,
        *, factor: float = 1.0, digits: int = 2, height: float = 2.5, open_ends: tuple[bool, bool] = (True, True),
    ) -> None:  # fmt: skip
        """Dimension between two points; a text too wide for its line moves beside it.

        Args:
            open_ends: whether no other dimension of a chain goes on at the lower and at the upper end; a text that
                moved over a neighbour would be read as its own.
        """
        along = np.array((math.cos(math.radians(angle)), math.sin(math.radians(angle))))
        across = np.array((-along[1], along[0]))
        if angle % 360 >= 90 + 1e-9 and angle % 360 <= 270 + 1e-9:
            across = -across
        base = np.asarray(at, dtype=float)
        s1, s2 = sorted(float((np.asarray(p, dtype=float) - base) @ along) for p in (p1, p2))
        shown = f"{(s2 - s1) * self.unit * factor:.{digits}f}"
        width, gap = text_width(shown, height), height / 2 + 0.8
        middle = base + along * (s1 + s2) / 2 + across * gap
        rotation = angle if abs(angle) <= 90 else angle - 180
        text_at: tuple[float, float] | None = None
        if width > s2 - s1 - 0.5:
            center, raised = (s1 + s2) / 2, gap + 1.5 * height
            beyond = [(s1 - width / 2 - 1.5, gap), (s2 + width / 2 + 1.5, gap)]
            places = [place for place, free in zip(beyond[::-1], open_ends[::-1], strict=True) if free]
            places += [(center, lift) for lift in (raised, -raised, raised + 1.6 * height, -raised - 1.6 * height)]
            places += beyond
            for place, lift in places:
                moved = base + along * place + across * lift
                spaced = text_corners((moved[0], moved[1]), f" {shown} ", height, rotation, "center", "middle")
                if self.is_free(spaced):
                    break
            middle, text_at = moved, (float(moved[0]), float(moved[1]))
        corners = text_corners((middle[0], middle[1]), shown, height, rotation, "center", "middle")
        self._take(corners, shown)
        self.words.append(corners)
        self.items.append(Dimension(layer, p1, p2, at, angle, factor, digits, text_at))
        ends = np.vstack((base + along * s1, base + along * s2))
        self._ink.append(LineString(ends))
        self._tree = None

    def _take(self, corners: Points, what: str) -> None:
        at = (float(corners[:, 0].mean()), float(corners[:, 1].mean()))
        if not self.frame.holds(corners, 1e-3):
            self.conflicts.append(Conflict(what, "frame", at))
        self.conflicts.extend(Conflict(what, other.what, at) for other in self._met(corners))
        self.placed.append(Placed(what, corners))
        low, high = corners.min(axis=0), corners.max(axis=0)
        self._boxes.append((low[0], low[1], high[0], high[1]))

    def _met(self, corners: Points) -> Iterator[Placed]:
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        for (a0, b0, a1, b1), other in zip(self._boxes, self.placed, strict=True):
            if a0 < x1 and x0 < a1 and b0 < y1 and y0 < b1 and overlap(corners, other.corners):
                yield other


@dataclass(frozen=True)
class View:
    """A window on a sheet through which metres are drawn: `anchor` [m] lies at `at` [mm]."""

    sheet: Sheet
    anchor: tuple[float, float]
    at: tuple[float, float]
    window: Box | None = None

    def paper(self, points: ArrayLike) -> Points:
        """Points (n, 2) in metres as points on paper [mm]."""
        pts = np.atleast_2d(np.array(points, dtype=float))[:, :2]
        shown: Points = (pts - np.asarray(self.anchor)) / self.sheet.unit + np.asarray(self.at)
        return shown

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One position in metres as a position on paper [mm]."""
        x_mm, y_mm = self.paper([(x, y)])[0]
        return float(x_mm), float(y_mm)

    def length(self, metres: float) -> float:
        """A length on paper [mm]."""
        return metres / self.sheet.unit

    def line(self, layer: str, points: ArrayLike, *, closed: bool = False, avoid: bool = True, **look: int) -> None:
        """Draw a polyline through (n, 2) or (n, 3) metres, cut at the window; third column: elevations."""
        pts = np.array(points, dtype=float)
        zs: Points | None = pts[:, 2] if pts.ndim == 2 and pts.shape[1] > 2 else None
        shown = self.paper(pts)
        for piece, part in self._clipped(shown, zs, closed):
            whole = len(piece) == len(shown)
            self.sheet.line(layer, piece, closed=closed and whole, zs=_level(part), avoid=avoid, **look)  # type: ignore[arg-type]

    def _clipped(self, shown: Points, zs: Points | None, closed: bool) -> list[tuple[Points, Points | None]]:
        if self.window is None or self.window.holds(shown):
            return [(shown, zs)]
        ring = np.vstack((shown, shown[:1])) if closed else shown
        ring_z = np.append(zs, zs[0]) if zs is not None and closed else zs
        return clip_line(ring, ring_z, self.window)

    def with_window(self, window: Box) -> View:
        """The same view cut at a window."""
        return View(self.sheet, self.anchor, self.at, window)


def _level(zs: Points | None) -> float | Points | None:
    if zs is None or len(zs) == 0:
        return None
    return float(zs[0]) if np.ptp(zs) < 1e-6 else zs


def clip_line(points: Points, zs: Points | None, window: Box) -> list[tuple[Points, Points | None]]:
    """The pieces of a polyline (n, 2) inside a window, elevations carried along (Liang-Barsky, segment by segment)."""
    pieces: list[list[tuple[float, float, float]]] = []
    heights = zs if zs is not None else np.zeros(len(points))
    for i in range(len(points) - 1):
        a = (points[i, 0], points[i, 1], heights[i])
        b = (points[i + 1, 0], points[i + 1, 1], heights[i + 1])
        cut = _inside_part(a, b, window)
        if cut is None:
            continue
        start, end = (_between(a, b, t) for t in cut)
        if pieces and pieces[-1][-1] == start:
            pieces[-1].append(end)
        else:
            pieces.append([start, end])
    arrays = [np.array(piece, dtype=float) for piece in pieces]
    return [(array[:, :2], array[:, 2] if zs is not None else None) for array in arrays]


def _between(a: tuple[float, float, float], b: tuple[float, float, float], t: float) -> tuple[float, float, float]:
    if t == 0.0:
        return a
    if t == 1.0:
        return b
    return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2]))


def _inside_part(
    a: tuple[float, float, float], b: tuple[float, float, float], window: Box
) -> tuple[float, float] | None:
    start, end = 0.0, 1.0
    dx, dy = b[0] - a[0], b[1] - a[1]
    for p, q in (
        (-dx, a[0] - window.x0), (dx, window.x1 - a[0]), (-dy, a[1] - window.y0), (dy, window.y1 - a[1]),
    ):  # fmt: skip
        if abs(p) < 1e-12:
            if q < 0:
                return None
            continue
        t = q / p
        if p < 0:
            start = max(start, t)
        else:
            end = min(end, t)
    return (start, end) if start < end else None
