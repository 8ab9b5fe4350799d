"""One string swept outward by a profile: how far it reaches at a level, and its level at any point.

Everything here is in a local plan frame (see `layout`), and in *progress* p: height along the profile's own sense.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.nearest import FloatArray, nearest
from slopedesign.calc.benches.shapes import Shape

Corner = Literal["round", "mitre"]

SAME_LEVEL = 1e-9
MITRE_LIMIT = 10.0
"""A mitred corner reaches at most this many times its distance; sharper ones are cut off."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Sweep:
    """A string and the profile swept from it.

    Attributes:
        name: of the sector or level it stands for.
        pieces: (k, 6) straight stretches with their start runs, see `nearest`.
        shape: the string itself: a line, or an area from whose rim outward the profile counts.
        runs, nominal, climbs: the profile's breaks: distance, progress with level berms, progress as built.
        slope: rise per run beyond the last break; None where the profile ends there.
        before, after: piece joined to the start and the end of each piece, -1 for none.
        angles: face angle [deg] of each riser, in order.
        base_levels: (k, 2) level of the string at both ends of each piece.
        first_number: number of the first bench.
        starts_with_berm: whether the profile starts with a berm (fixed levels) or with a riser.
        floor: of a string that is a stretch of a pit floor's rim, the whole floor: no profile climbs in it.
    """

    name: str
    pieces: FloatArray
    shape: Shape
    runs: FloatArray
    nominal: FloatArray
    climbs: FloatArray
    slope: float | None
    corner: Corner = "round"
    segments: int = 32
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    angles: tuple[float, ...]
    base_levels: FloatArray
    first_number: int = 1
    starts_with_berm: bool = False
    floor: Shape | None = None

    @property
    def parts(self) -> NDArray[np.int32]:
        """For the stretch behind each break: twice the bench number, plus 1 on a berm.

        Beyond the end the last riser goes on; of a profile that ends at a crest there is a floor, numbered 0.
        """
        count = len(self.runs)
        berm = (np.arange(count) % 2 == 1) != self.starts_with_berm
        number = np.arange(count) // 2 + self.first_number
        if berm[-1] and count > 1:  # the profile ends at a crest
            berm[-1], number[-1] = (berm[-2], number[-2]) if self.slope else (False, 0)
        return np.asarray(2 * number + berm, np.int32)

    @property
    def level_start(self) -> bool:
        """Whether the start run is the same all along the string."""
        return bool(np.ptp(self.pieces[:, 4:]) <= SAME_LEVEL)

    def reach(self, level: float, order: int) -> float | None:
        """Distance the profile has come at a level; None before it starts.

        Args:
            order: 0 where it first gets there (before a berm of that level), 2 behind every berm of that level,
                1 as 0, and 0 for a string that only starts at that level.
        """
        zn, x = self.nominal, self.runs
        if level < zn[0] - SAME_LEVEL:
            return None
        if order == 0 and level <= zn[0] + SAME_LEVEL and len(zn) > 1 and zn[1] <= zn[0] + SAME_LEVEL:
            return None
        if level > zn[-1] + SAME_LEVEL:
            return float(x[-1] + ((level - zn[-1]) / self.slope if self.slope else 0.0))
        if order == 2:
            j = int(np.searchsorted(zn, level + SAME_LEVEL, side="right")) - 1
            if zn[j] >= level - SAME_LEVEL or j + 1 == len(zn):
                return float(x[j])
        else:
            j = int(np.searchsorted(zn, level - SAME_LEVEL, side="left"))
            if zn[j] <= level + SAME_LEVEL:
                return float(x[j])
            j -= 1
        share = (level - zn[j]) / (zn[j + 1] - zn[j])
        return float(x[j] + share * (x[j + 1] - x[j]))

    def region(self, reach: float) -> Shape:
        """The area within reach of the string."""
        if self.level_start:
            distance = reach - float(self.pieces[0, 4])
            if distance < 0:
                return shapely.Polygon()
            if distance == 0:
                return self.shape if self.shape.geom_type.endswith("Polygon") else shapely.Polygon()
            return shapely.buffer(
                self.shape, distance, quad_segs=self.segments, join_style=self.corner, mitre_limit=MITRE_LIMIT
            )
        parts = [self.shape] if self.shape.geom_type.endswith("Polygon") else []
        for x0, y0, x1, y1, w0, w1 in self.pieces:
            parts += _tapered((x0, y0), (x1, y1), reach - w0, reach - w1, self.segments)
        return shapely.union_all(parts)

    def distance(self, points: FloatArray) -> tuple[FloatArray, NDArray[np.int64], FloatArray]:
        """Distance by the profile's own measure, owner piece and share along it, for (n, 2) points."""
        d, which, share = nearest(points, self.pieces)
        if self.corner == "mitre":
            d = self._mitred(points, d, which, share)
        inside = self.floor if self.floor is not None else self.shape
        if inside.geom_type.endswith("Polygon"):
            shapely.prepare(inside)
            d = np.where(shapely.contains_xy(inside, points[:, 0], points[:, 1]), 0.0, d)
        return d, which, share

    def _mitred(self, points: FloatArray, d: FloatArray, which: NDArray[np.int64], share: FloatArray) -> FloatArray:
        """At corners, the greater of the distances from the two sides produced, as a mitred offset has it."""
        d = d.copy()
        for at, neighbour in ((0.0, self.before), (1.0, self.after)):
            row = np.flatnonzero((share == at) & (neighbour[which] >= 0))
            own, other = which[row], neighbour[which[row]]
            two = np.maximum(_off(points[row], self.pieces[own]), _off(points[row], self.pieces[other]))
            d[row] = np.where(d[row] <= MITRE_LIMIT * two, two, d[row])
        return d

    def levels(self, distance: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Nominal progress and progress as built at distances."""
        beyond = np.maximum(distance - self.runs[-1], 0.0) * (self.slope or 0.0)
        return (
            np.asarray(np.interp(distance, self.runs, self.nominal) + beyond),
            np.asarray(np.interp(distance, self.runs, self.climbs) + beyond),
        )


def _off(points: FloatArray, pieces: FloatArray) -> FloatArray:
    """Distance of each point from the straight line of its piece."""
    span = pieces[:, 2:4] - pieces[:, :2]
    away = points - pieces[:, :2]
    return np.abs(away[:, 0] * span[:, 1] - away[:, 1] * span[:, 0]) / np.hypot(span[:, 0], span[:, 1])


def _tapered(a: tuple[float, float], b: tuple[float, float], ra: float, rb: float, segments: int) -> list[Shape]:
    """The area swept by a disc whose radius goes linearly from ra at a to rb at b; nothing where it is negative."""
    if ra <= 0 and rb <= 0:
        return []
    if ra < 0 or rb < 0:
        share = ra / (ra - rb)
        cut = (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
        a, b, ra, rb = (cut, b, 0.0, rb) if ra < 0 else (a, cut, ra, 0.0)
    ends: list[Shape] = [
        shapely.buffer(shapely.Point(p), r, quad_segs=segments) if r > 0 else shapely.Point(p)
        for p, r in ((a, ra), (b, rb))
    ]
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy)
    if abs(ra - rb) < length:  # where the common tangents touch, so that the straight sides are exact
        axis, lean = math.atan2(dy, dx), math.acos((ra - rb) / length)
        for turn in (axis + lean, axis - lean):
            for p, r in ((a, ra), (b, rb)):
                ends.append(shapely.Point(p[0] + r * math.cos(turn), p[1] + r * math.sin(turn)))
    return [shapely.convex_hull(shapely.GeometryCollection(ends))]
