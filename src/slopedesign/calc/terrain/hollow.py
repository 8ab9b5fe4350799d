"""The hollow around a point of a surface: where it spills, what it holds, its shores. Exact on the triangles.

Water passes from a triangle to its neighbour as soon as it stands above the lower end of the edge they share (the
sill). The level to which water in the deepest point must rise to come into a triangle is the least, over all ways, of
the highest sill on the way; two hollows that a ridge parts are therefore joined only above that ridge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

from slopedesign.calc.terrain.joining import Polyline, join_segments
from slopedesign.calc.terrain.storage import under
from slopedesign.calc.terrain.surface import FloatArray, IntArray, Tin
from slopedesign.errors import InputError
from slopedesign.i18n import message

SEAM = 1e-4  # m; edges nearer than this to one line lie over one another
STEP = 5e-3  # m; an edge with no surface this far beside it is the edge of the survey, not a seam
SHORE_GRID = 1e-4  # m; corners of shores are set on this grid
LEAST_DEPTH = 1e-6  # m; shallower is no hollow
_CROSSING = 1e-6  # m in plan


@dataclass(frozen=True, eq=False)
class Hollow:
    """A hollow of a surface.

    Attributes:
        surface: the whole surface.
        bottom: (3,) E, N, Z of its deepest point.
        spill: level at which its water reaches the edge of the surface, and spill_at: E, N where it does.
        reached: (m,) level to which its water must rise to come into each triangle.
    """

    surface: Tin
    bottom: tuple[float, float, float]
    spill: float
    spill_at: tuple[float, float]
    reached: FloatArray

    def held(self, level: float) -> tuple[float, float]:
        """Water area [m2] and volume [m3] of the hollow up to a level: joined water only."""
        wet = self.reached < level
        corners = self.surface.corners[wet]
        depth = level - self.surface.origin[2] - np.sort(corners[:, :, 2], axis=1)
        mean, share = under(depth)
        plan = self.surface.triangle_areas[wet]
        return float(plan @ share), float(plan @ mean)

    def jumps(self, top: float, least: float) -> list[float]:
        """Levels below `top` at which other hollows of more than `least` m3 are joined."""
        lowest = self.surface.corners[:, :, 2].min(axis=1) + self.surface.origin[2]
        behind = np.isfinite(self.reached) & (self.reached < top) & (lowest < self.reached - 1e-9)
        levels, group = np.unique(self.reached[behind], return_inverse=True)
        corners = self.surface.corners[behind]
        local = self.reached[behind] - self.surface.origin[2]
        mean, _ = under(local[:, None] - np.sort(corners[:, :, 2], axis=1))
        gained = np.bincount(group, mean * self.surface.triangle_areas[behind], len(levels))
        return [float(level) for level in levels[gained > least]]

    def shore(self, level: float) -> shapely.Geometry:
        """The water surface at a level, as a (multi)polygon in E, N; islands are holes."""
        wet = self.reached < level
        corners = self.surface.corners[wet]
        local = level - self.surface.origin[2]
        parts = [part for tri in corners if (part := _below(tri, local)) is not None]
        joined = shapely.union_all(np.array(parts, dtype=object), grid_size=SHORE_GRID) if parts else shapely.Polygon()
        return shapely.transform(joined, lambda xy: xy + self.surface.origin[:2])


def hollow_at(surface: Tin, seed: Sequence[float], top: float | None = None, path: str = "pond") -> Hollow:
    """The hollow a point of a surface lies in.

    Args:
        seed: E, N inside the hollow.
        top: level the water is never to exceed; the deepest point is sought below it. None: the spill level.
        path: path of the pond in the project file, for messages.

    Raises:
        InputError: the point lies off the surface, in no hollow, or above `top`; or the hollow spills below `top`.
    """
    at = (float(seed[0]), float(seed[1]))
    start = int(surface.find([at])[0])
    if start < 0:
        raise InputError(f"{path}.seed", at, message("water.error.seed_outside"))
    level = float(surface.elevation([at])[0])
    ways = _ways(surface)
    reached = _passes(ways, start, len(surface.triangles))
    spill = max(_spill(ways, reached)[0], level)
    high = spill if top is None else float(top)
    if high > spill + 1e-9:
        raise InputError(f"{path}.top_level", top, message("water.error.above_spill", spill=f"{spill:.3f}"))
    if not level < high - LEAST_DEPTH:
        raise InputError(f"{path}.seed", at, message("water.error.no_hollow"))
    joined = np.flatnonzero(reached < high)
    lowest = surface.corners[joined, :, 2]
    row, k = np.unravel_index(int(np.argmin(lowest)), lowest.shape)
    deepest = surface.corners[joined[row], k] + surface.origin
    reached = _passes(ways, int(joined[row]), len(surface.triangles))
    reached[joined[row]] = deepest[2]
    spill, where = _spill(ways, reached)
    at = (float(where[0] + surface.origin[0]), float(where[1] + surface.origin[1]))
    return Hollow(surface, (float(deepest[0]), float(deepest[1]), float(deepest[2])), spill, at, reached)


def level_lines(surface: Tin, levels: Sequence[float]) -> list[tuple[float, Polyline]]:
    """Contour lines of a surface whose triangles may meet side against side; joined where their ends meet."""
    found = []
    z = surface.corners[:, :, 2]
    for level in levels:
        above = z >= level - surface.origin[2]
        corners = surface.corners[above.any(axis=1) & ~above.all(axis=1)]
        sides = np.stack([corners, np.roll(corners, -1, axis=1)], axis=2)  # (t, 3 sides, 2 ends, 3)
        local = level - surface.origin[2]
        crossed = (sides[:, :, 0, 2] >= local) != (sides[:, :, 1, 2] >= local)
        a, b = sides[crossed][:, 0], sides[crossed][:, 1]
        swap = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))  # one rounding from both sides
        a, b = np.where(swap[:, None], b, a), np.where(swap[:, None], a, b)
        points = a + ((local - a[:, 2]) / (b[:, 2] - a[:, 2]))[:, None] * (b - a)
        points[:, 2] = local
        segments = points.reshape(-1, 2, 3)
        long_enough = np.hypot(*(segments[:, 1, :2] - segments[:, 0, :2]).T) > _CROSSING
        for line in join_segments(segments[long_enough] + surface.origin):
            found.append((float(level), line))
    return found


# Ways of the water ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Ways:
    """Pairs of neighbouring triangles with their sills, and the open edges: triangle and lowest end of each."""

    pairs: IntArray
    sill: FloatArray
    rim: IntArray
    rim_end: FloatArray


def _ways(surface: Tin) -> _Ways:
    triangles = surface.triangles
    edges = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2).astype(np.int64)
    owner = np.repeat(np.arange(len(triangles), dtype=np.int32), 3)
    key = edges.min(axis=1) * len(surface.vertices) + edges.max(axis=1)
    order = np.argsort(key, kind="stable")
    same = key[order[1:]] == key[order[:-1]]
    first, second = order[:-1][same], order[1:][same]
    z = surface.vertices[:, 2] + surface.origin[2]
    lowest = z[edges].min(axis=1)
    alone = np.ones(len(edges), dtype=bool)
    alone[first] = alone[second] = False
    pairs, sill = np.column_stack([owner[first], owner[second]]), lowest[first]
    single = np.flatnonzero(alone)
    ends = surface.vertices[edges[single]] + np.array([0.0, 0.0, surface.origin[2]])
    more, more_sill = _seams(ends, owner[single])
    rim = _open(surface, ends)
    return _Ways(
        np.concatenate([pairs, more]), np.concatenate([sill, more_sill]), owner[single][rim], _lower_ends(ends[rim])
    )


def _lower_ends(ends: FloatArray) -> FloatArray:
    """(k, 3) lower end of each of (k, 2, 3) edges."""
    return np.asarray(np.where((ends[:, 0, 2] <= ends[:, 1, 2])[:, None], ends[:, 0], ends[:, 1]))


def _open(surface: Tin, ends: FloatArray) -> NDArray[np.bool_]:
    """Which of the edges (k, 2, 3), surface on their left, have nothing on their right, a step away."""
    run = ends[:, 1, :2] - ends[:, 0, :2]
    right = np.column_stack([run[:, 1], -run[:, 0]]) / np.maximum(np.hypot(run[:, 0], run[:, 1]), 1e-300)[:, None]
    beside = ends[:, :, :2].mean(axis=1) + STEP * right
    return np.asarray(surface.find(beside + surface.origin[:2]) < 0)


def _seams(ends: FloatArray, owner: NDArray[np.int32]) -> tuple[IntArray, FloatArray]:
    """Ways across open edges (k, 2, 3) over one another in plan: pairs, and the lowest of the higher levels of both."""
    tree = shapely.STRtree(shapely.linestrings(ends[:, :, :2]))
    i, j = tree.query(shapely.linestrings(ends[:, :, :2]), predicate="dwithin", distance=SEAM)
    i, j = i[owner[i] != owner[j]], j[owner[i] != owner[j]]
    run = ends[i, 1] - ends[i, 0]
    length = np.hypot(run[:, 0], run[:, 1])
    unit = run[:, :2] / np.maximum(length, 1e-300)[:, None]
    to = ends[j][:, :, :2] - ends[i][:, :1, :2]
    along = np.einsum("kij,kj->ki", to, unit)
    across = np.abs(to[:, :, 0] * unit[:, 1, None] - to[:, :, 1] * unit[:, 0, None])
    low, high = np.clip(along.min(axis=1), 0, length), np.clip(along.max(axis=1), 0, length)
    over = (across.max(axis=1) < SEAM) & (high - low > SEAM)
    i, j, length, along, low, high = i[over], j[over], length[over], along[over], low[over], high[over]
    own = (
        ends[i, 0, 2][:, None]
        + (ends[i, 1, 2] - ends[i, 0, 2])[:, None] * np.column_stack([low, high]) / length[:, None]
    )
    other = ends[j, :, 2]
    share = (np.column_stack([low, high]) - along[:, :1]) / (along[:, 1:] - along[:, :1])
    theirs = other[:, :1] + share * (other[:, 1:] - other[:, :1])
    sill = np.maximum(own, theirs).min(axis=1)
    crossing = np.prod(own - theirs, axis=1) < 0  # one scarp turns over the other between the ends: lowest there
    gap = own - theirs
    with np.errstate(divide="ignore", invalid="ignore"):
        at = own[:, 0] + gap[:, 0] / (gap[:, 0] - gap[:, 1]) * (own[:, 1] - own[:, 0])
    sill = np.where(crossing, np.minimum(sill, at), sill)
    return np.column_stack([owner[i], owner[j]]), sill


def _passes(ways: _Ways, start: int, count: int) -> FloatArray:
    """(m,) least over all ways from a triangle of the highest sill on the way; infinite where there is no way."""
    reached = np.full(count, np.inf)
    reached[start] = -np.inf
    if not len(ways.pairs):
        return reached
    base = float(ways.sill.min()) - 1.0  # a sparse matrix holds no zeros; only the order of the sills counts
    a, b = ways.pairs.T
    by_sill = np.lexsort((ways.sill, np.maximum(a, b), np.minimum(a, b)))
    low, high = np.minimum(a, b)[by_sill], np.maximum(a, b)[by_sill]
    once = np.concatenate([[True], (np.diff(low) != 0) | (np.diff(high) != 0)])  # the lowest sill of a pair
    graph = coo_array((ways.sill[by_sill][once] - base, (low[once], high[once])), shape=(count, count))
    tree = minimum_spanning_tree(graph.tocsr())
    both = tree + tree.T
    order, before = breadth_first_order(both, start, directed=False)
    child = order[1:]
    sill = np.asarray(both.tocsr()[child, before[child]]).ravel() + base
    for k, parent, level in zip(child.tolist(), before[child].tolist(), sill.tolist(), strict=True):
        reached[k] = max(reached[parent], level)
    return reached


def _spill(ways: _Ways, reached: FloatArray) -> tuple[float, FloatArray]:
    """Lowest level at which the water stands on an open edge, and the lower end of that edge."""
    levels = np.maximum(reached[ways.rim], ways.rim_end[:, 2])
    first = int(np.argmin(levels))
    return float(levels[first]), ways.rim_end[first]


def _below(corners: FloatArray, level: float) -> shapely.Polygon | None:
    """The part of a triangle under a level, in plan."""
    z = corners[:, 2]
    if (z <= level).all():
        return None if (z >= level).all() else shapely.Polygon(corners[:, :2])
    kept = []
    for p, q in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if p[2] < level:
            kept.append(p[:2])
        if (p[2] < level) != (q[2] < level):
            kept.append(p[:2] + (level - p[2]) / (q[2] - p[2]) * (q[:2] - p[:2]))
    return shapely.Polygon(kept) if len(kept) > 2 else None


__all__ = ["Hollow", "hollow_at", "level_lines"]
