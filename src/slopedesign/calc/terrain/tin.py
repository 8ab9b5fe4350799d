"""Building a surface from surveyed points and break lines.

The triangulation itself is a constrained Delaunay triangulation (pythoncdt). It is handed clean input only: a
coordinate that is not a number would cost it all memory, a wrong vertex number would hang it, two points at one place
stop it, and where break lines cross it makes vertices without a level. What was set right is reported, never hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import pythoncdt as cdt
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from slopedesign.calc.terrain.surface import (
    BoolArray,
    FloatArray,
    IntArray,
    Tin,
    finite_points,
    local_origin,
    open_edges,
    plan_areas,
    signed_areas,
    tin_from_grid,
    tin_from_triangles,
)
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.standards.check import Level, Remark

__all__ = ["Crossing", "Duplicates", "Tin", "TinBuild", "build_tin", "tin_from_grid", "tin_from_triangles"]

Duplicates = Literal["stop", "mean", "first", "last", "highest", "lowest"]

SAME_PLACE = 1e-4  # m; points nearer than this in E and in N are one place
NODE_GRID = 1e-6  # m; grid on which tangled break lines are cut at their crossings
SAME_LEVEL = 1e-3  # m; levels at one place that differ by less are one level
LARGEST = 200_000.0  # m; no survey is wider
_SHOWN = 5
_RIM = 0.05  # share of a square within which a neighbour may lie in the next one


@dataclass(frozen=True)
class Crossing:
    """A place where two break lines cross without a common vertex.

    Attributes:
        easting, northing: of the crossing.
        lines: numbers of the two break lines.
        levels: level of each line there.
        level: level taken, the mean of the two.
    """

    easting: float
    northing: float
    lines: tuple[int, int]
    levels: tuple[float, float]
    level: float

    @property
    def gap(self) -> float:
        """Difference of the two levels."""
        return abs(self.levels[0] - self.levels[1])


@dataclass(frozen=True, eq=False)
class TinBuild:
    """A surface and what had to be said about building it.

    Attributes:
        tin: the surface.
        notes: merged points, crossings, dropped segments, cut hull.
        crossings: every crossing of break lines.
        merged: number of points merged into others at the same place.
        peeled: number of triangles taken off the rim because an edge was longer than `max_edge`.
    """

    tin: Tin
    notes: tuple[Remark, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    merged: int = 0
    peeled: int = 0


@dataclass
class _Lines:
    """Segments of break lines as pairs of vertex numbers, and the line each came from."""

    edges: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), np.int64))
    line: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))


def build_tin(
    points: ArrayLike,
    breaklines: Sequence[ArrayLike] = (),
    *,
    boundary: ArrayLike | None = None,
    max_edge: float | None = None,
    closed_breaklines: Collection[int] = (),
    duplicates: Duplicates = "stop",
) -> TinBuild:
    """A surface through points, with break lines as edges.

    Args:
        points: (n, 3) E, N, Z; may be empty when the break lines carry the shape.
        breaklines: (k, 3) polylines E, N, Z.
        boundary: (k, 2) ring E, N; nothing outside it belongs to the surface.
        max_edge: triangles on the rim with a longer open edge are taken off, from outside inwards (m).
        closed_breaklines: numbers of the break lines whose last vertex joins the first.
        duplicates: what to do with points at one place but at different levels: stop and ask, or take one of them.

    Raises:
        InputError: coordinates that are not finite; fewer than three places; all places on one line; points at one
            place with different levels while `duplicates` is "stop".
    """
    xyz, lines = _gather(points, breaklines, set(closed_breaklines))
    origin = local_origin(xyz)
    _refuse_extent(xyz, origin)
    local, number, merged, notes = _merge(xyz - origin, origin, duplicates)
    edges = _Lines(number[lines.edges], lines.line)
    edges, dropped = _clean_edges(edges)
    if dropped:
        notes.append(_note("terrain.zero_segments", count=dropped))
    _refuse_line(local[:, :2])
    tin, crossings = _triangulate(local, edges, origin)
    notes += _crossing_notes(crossings)
    if boundary is not None:
        tin = _within(tin, edges, boundary)
    peeled = 0
    if max_edge is not None:
        tin, peeled = _peel(tin, max_edge)
        if peeled:
            notes.append(_note("terrain.rim_peeled", count=peeled, length=max_edge))
    return TinBuild(tin, tuple(notes), tuple(crossings), merged, peeled)


def _note(key: str, severity: Level = Level.NOTE, /, **values: object) -> Remark:
    return Remark(level=severity, subject="terrain", text=message(key, **values))


def _gather(points: ArrayLike, breaklines: Sequence[ArrayLike], closed: set[int]) -> tuple[FloatArray, _Lines]:
    """All coordinates one under the other, and the break line segments as pairs of row numbers."""
    given = np.asarray(points, float)
    xyz = finite_points(given if given.size else np.empty((0, 3)), "points")
    if wrong := [i for i in closed if not 0 <= i < len(breaklines)]:
        raise InputError("closed_breaklines", wrong, message("terrain.no_such_line", count=len(breaklines)))
    if not len(breaklines):
        return xyz, _Lines()
    lines = [np.asarray(line, float) for line in breaklines]
    if not all(line.ndim == 2 and line.shape[1] == 3 for line in lines) or not np.isfinite(np.concatenate(lines)).all():
        for i, line in enumerate(lines):
            finite_points(line, f"breaklines[{i}]")  # names the line and the row
    count = np.array([len(line) for line in lines])
    last = np.cumsum(count) - 1 + len(xyz)
    row = np.arange(len(xyz), len(xyz) + int(count.sum()))
    after, owner = row + 1, np.repeat(np.arange(len(lines)), count)
    after[last[count > 0] - len(xyz)] = (last - count + 1)[count > 0]
    ring = np.zeros(len(lines), bool)
    ring[list(closed)] = True
    kept = ring[owner] | (row != last[owner])
    edges = np.column_stack([row, after])[kept]
    return np.concatenate([xyz, *lines]), _Lines(edges, owner[kept])


def _merge(
    local: FloatArray, origin: FloatArray, duplicates: Duplicates
) -> tuple[FloatArray, NDArray[np.int64], int, list[Remark]]:
    """Points at one place made one: (places, place of each row, rows merged, notes)."""
    pairs = _near_pairs(local[:, :2])
    if not len(pairs):
        return local, np.arange(len(local)), 0, []
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(local), len(local)))
    group = connected_components(graph, directed=False)[1]
    order = np.argsort(group, kind="stable")
    start = np.flatnonzero(np.diff(group[order], prepend=-1))
    first = order[start]
    z = local[order, 2]
    low, high = np.minimum.reduceat(z, start), np.maximum.reduceat(z, start)
    apart = np.flatnonzero(high - low > SAME_LEVEL)
    if len(apart) and duplicates == "stop":
        rows = np.flatnonzero(group == apart[0])
        raise InputError(
            "points",
            [np.round(local[row] + origin, 4).tolist() for row in rows[:_SHOWN]],
            message("terrain.same_place", count=len(apart), rows=", ".join(str(row) for row in rows[:_SHOWN])),
        )
    last = order[np.append(start[1:], len(order)) - 1]
    mean = np.add.reduceat(z, start) / np.diff(np.append(start, len(z)))
    level = {"stop": local[first, 2], "first": local[first, 2], "last": local[last, 2]}
    level |= {"mean": mean, "highest": high, "lowest": low}
    places = local[first].copy()
    places[:, 2] = level[duplicates]
    by_row = np.argsort(first, kind="stable")  # keep the order of the survey
    rank = np.empty_like(by_row)
    rank[by_row] = np.arange(len(by_row))
    merged = len(local) - len(places)
    notes = [_note("terrain.merged", count=merged)]
    if len(apart):
        worst = float((high - low).max())
        text = {"count": len(apart), "rule": message(f"terrain.duplicates.{duplicates}"), "gap": round(worst, 3)}
        notes.append(_note("terrain.merged_apart", Level.WARNING, **text))
    return places[by_row], rank[group], merged, notes


def _near_pairs(xy: FloatArray) -> NDArray[np.int64]:
    """(k, 2) rows at one place: in one square of side SAME_PLACE, or beside each other across the rim of a square."""
    square = xy / SAME_PLACE
    found = [_in_one_square(square)]
    inside = square - np.floor(square)
    rim = np.flatnonzero(((inside < _RIM) | (inside > 1 - _RIM)).any(axis=1))
    found += [rim[_in_one_square(square[rim] + shift)] for shift in ([0.5, 0.0], [0.0, 0.5], [0.5, 0.5])]
    return np.concatenate(found)


def _in_one_square(square: FloatArray) -> NDArray[np.int64]:
    cells = np.floor(square).astype(np.int64)
    key = cells[:, 0] * (1 << 32) + cells[:, 1]
    order = np.argsort(key, kind="stable")
    same = np.flatnonzero(key[order[1:]] == key[order[:-1]])
    return np.column_stack([order[same], order[same + 1]])


def _clean_edges(lines: _Lines) -> tuple[_Lines, int]:
    """Segments without those of no length and without repetitions; the number of the former."""
    zero = lines.edges[:, 0] == lines.edges[:, 1]
    edges, line = lines.edges[~zero], lines.line[~zero]
    if len(edges):
        key = edges.min(axis=1) * (int(edges.max()) + 1) + edges.max(axis=1)
        _, first = np.unique(key, return_index=True)
        first.sort()
        edges, line = edges[first], line[first]
    return _Lines(edges, line), int(zero.sum())


def _refuse_extent(xyz: FloatArray, origin: FloatArray) -> None:
    """Stop where the places lie farther apart than any survey: one of them is an outlier."""
    if len(xyz) and np.abs(xyz[:, :2] - origin[:2]).max() > LARGEST / 2:
        far = int(np.argmax(np.abs(xyz[:, :2] - np.median(xyz[:, :2], axis=0)).max(axis=1)))
        raise InputError(f"points[{far}]", xyz[far].tolist(), message("terrain.too_far", length=int(LARGEST / 1000)))


def _refuse_line(xy: FloatArray) -> None:
    """Stop where the places span no area."""
    if len(xy) < 3:
        raise InputError("points", len(xy), message("terrain.too_few"))
    far = xy[np.argmax(((xy - xy[0]) ** 2).sum(axis=1))] - xy[0]
    length = float(np.hypot(*far))
    off = np.abs(far[0] * (xy[:, 1] - xy[0, 1]) - far[1] * (xy[:, 0] - xy[0, 0])).max() / length
    if off < 1e-9 * length:
        raise InputError("points", len(xy), message("terrain.on_one_line"))


def _triangulate(local: FloatArray, lines: _Lines, origin: FloatArray) -> tuple[Tin, list[Crossing]]:
    """Constrained Delaunay triangulation of clean input; vertices made at crossings get their level here."""
    crossings: list[Crossing] = []
    try:
        xy, triangles, forced = _cdt(local[:, :2], lines.edges)
        given = local
    except RuntimeError:  # lines that cross in almost one point: set the crossings on a fine grid first
        given, edges, first_made = _noded(local, lines)
        if first_made < len(given):
            level, crossings = _levels_at_crossings(local, given[first_made:, :2], lines, origin)
            given[first_made:, 2] = level
        try:
            xy, triangles, forced = _cdt(given[:, :2], edges)
        except RuntimeError as error:
            raise InputError("breaklines", str(error).splitlines()[0], message("terrain.tangled")) from error
    vertices = given
    if len(xy) > len(given):
        level, more = _levels_at_crossings(local, xy[len(given) :], lines, origin)
        vertices = np.vstack([given, np.column_stack([xy[len(given) :], level])])
        crossings += more
    area = signed_areas(vertices[triangles])
    return Tin(origin, vertices, np.ascontiguousarray(triangles[area > 0]), forced), crossings


def _cdt(xy: FloatArray, edges: NDArray[np.int64]) -> tuple[FloatArray, IntArray, IntArray]:
    """(n, 2) places with those made at crossings last, (m, 3) triangles and (b, 2) forced edges."""
    mesh: Any = cdt.Triangulation(cdt.VertexInsertionOrder.AUTO, cdt.IntersectingConstraintEdges.TRY_RESOLVE, 0.0)
    mesh.insert_vertices(np.ascontiguousarray(xy))
    if len(edges):
        mesh.insert_edges(np.ascontiguousarray(edges, dtype=np.uintc))
    mesh.erase_super_triangle()
    triangles = np.ascontiguousarray(mesh.triangles_array()["vertices"]).astype(np.int32)
    forced = np.array([(edge.v1, edge.v2) for edge in mesh.fixed_edges_iter()], np.int32).reshape(-1, 2)
    if mesh.vertices_count() > len(xy):
        made = mesh.vertices_array()[len(xy) :]
        xy = np.vstack([xy, np.column_stack([made["x"], made["y"]])])
    return xy, triangles, forced


def _noded(local: FloatArray, lines: _Lines) -> tuple[FloatArray, NDArray[np.int64], int]:
    """Break lines cut at every crossing, all their vertices on a grid of NODE_GRID.

    Returns:
        (n, 3) vertices, those made here last and without a level; (k, 2) edges that cross nowhere; the number of the
        first vertex made.
    """
    vertices = local.copy()
    on_line = np.unique(lines.edges)
    vertices[on_line, :2] = np.round(vertices[on_line, :2] / NODE_GRID) * NODE_GRID
    segments: Any = shapely.linestrings(vertices[lines.edges][:, :, :2])
    whole = shapely.union_all(segments, grid_size=NODE_GRID)
    pieces = [shapely.get_coordinates(part) for part in shapely.get_parts(shapely.line_merge(whole))]
    first = {key: int(k) for k, key in zip(on_line[::-1], _grid_keys(vertices[on_line[::-1], :2]), strict=True)}
    made: list[tuple[float, float]] = []
    edges = []
    for piece in pieces:
        row = []
        for key, place in zip(_grid_keys(piece), piece, strict=True):
            if key not in first:
                first[key] = len(local) + len(made)
                made.append((float(place[0]), float(place[1])))
            row.append(first[key])
        edges.append(np.column_stack([row[:-1], row[1:]]))
    fresh = np.column_stack([np.array(made).reshape(-1, 2), np.full(len(made), np.nan)])
    clean, _ = _clean_edges(_Lines(np.concatenate(edges), np.zeros(sum(map(len, edges)), np.int64)))
    return np.vstack([vertices, fresh]), clean.edges, len(local)


def _grid_keys(xy: FloatArray) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in np.round(xy / NODE_GRID)]


def _levels_at_crossings(
    local: FloatArray, xy: FloatArray, lines: _Lines, origin: FloatArray
) -> tuple[FloatArray, list[Crossing]]:
    """Level of each vertex made where break lines cross: the mean of the levels of the lines there."""
    ends = local[lines.edges]
    segments: Any = shapely.linestrings(ends[:, :, :2])
    tree = shapely.STRtree(segments)
    point, segment = tree.query(shapely.points(xy), predicate="dwithin", distance=10 * SAME_PLACE)
    a, b = ends[segment, 0], ends[segment, 1]
    along = ((xy[point] - a[:, :2]) * (b - a)[:, :2]).sum(axis=1) / ((b - a)[:, :2] ** 2).sum(axis=1)
    z = a[:, 2] + along * (b - a)[:, 2]
    off = np.hypot(*(a[:, :2] + along[:, None] * (b - a)[:, :2] - xy[point]).T)
    level = np.empty(len(xy))
    crossings = []
    for i in range(len(xy)):
        here = np.flatnonzero(point == i)
        two = here[np.argsort(off[here], kind="stable")][:2]
        level[i] = z[two].mean()
        e, n = xy[i] + origin[:2]
        owner = [int(lines.line[segment[j]]) for j in two]
        levels = [float(z[j] + origin[2]) for j in two]
        crossings.append(
            Crossing(float(e), float(n), (owner[0], owner[-1]), (levels[0], levels[-1]), float(level[i] + origin[2]))
        )
    return level, crossings


def _crossing_notes(crossings: Sequence[Crossing]) -> list[Remark]:
    notes = [_note("terrain.crossings", count=len(crossings))] if crossings else []
    apart = sorted((c for c in crossings if c.gap > SAME_LEVEL), key=lambda c: -c.gap)
    notes += [
        _note(
            "terrain.crossing_apart",
            Level.WARNING,
            easting=round(c.easting, 3),
            northing=round(c.northing, 3),
            first=c.lines[0],
            second=c.lines[1],
            z_first=round(c.levels[0], 3),
            z_second=round(c.levels[1], 3),
            level=round(c.level, 3),
        )
        for c in apart[:_SHOWN]
    ]
    if len(apart) > _SHOWN:
        notes.append(_note("terrain.crossings_more", Level.WARNING, count=len(apart) - _SHOWN))
    return notes


def _within(tin: Tin, lines: _Lines, boundary: ArrayLike) -> Tin:
    """The surface inside a ring; the ring becomes an edge, at the level the surface has there."""
    ring = np.asarray(boundary, float)
    if ring.ndim != 2 or ring.shape[1] < 2 or len(ring) < 3 or not np.isfinite(ring).all():
        raise InputError("boundary", ring.shape, message("terrain.ring"))
    area = shapely.Polygon(ring[:, :2] - tin.origin[:2])
    if not area.is_valid:
        raise InputError("boundary", shapely.is_valid_reason(area), message("terrain.ring"))
    covered = shapely.intersection(area, shapely.transform(tin.outline, lambda xy: xy - tin.origin[:2]))
    vertices, edges, owner = [tin.vertices], [lines.edges], [lines.line]
    used = len(tin.vertices)
    for part in shapely.get_parts(covered):
        if part.geom_type != "Polygon":
            continue
        for loop in (part.exterior, *part.interiors):
            xy = shapely.get_coordinates(loop)[:-1]
            row = np.arange(used, used + len(xy))
            vertices.append(np.column_stack([xy, _levels_on(tin, xy)]))
            edges.append(np.column_stack([row, np.roll(row, -1)]))
            owner.append(np.full(len(xy), -1))
            used += len(xy)
    local, number, _, _ = _merge(np.concatenate(vertices), tin.origin, "first")
    clean, _ = _clean_edges(_Lines(number[np.concatenate(edges)], np.concatenate(owner)))
    whole, _ = _triangulate(local, clean, tin.origin)
    middle = whole.corners[:, :, :2].mean(axis=1)
    return _keep(whole, np.asarray(shapely.contains_xy(covered, middle[:, 0], middle[:, 1])))


def _levels_on(tin: Tin, xy: FloatArray) -> FloatArray:
    """Local level at local points, which may lie a rounding error outside the rim."""
    z = tin.elevation(xy + tin.origin[:2]) - tin.origin[2]
    lost = np.flatnonzero(np.isnan(z))
    if len(lost):
        rim = tin.vertices[tin.boundary_edges]
        for i in lost:
            a, d = rim[:, 0], rim[:, 1] - rim[:, 0]
            t = np.clip(((xy[i] - a[:, :2]) * d[:, :2]).sum(axis=1) / (d[:, :2] ** 2).sum(axis=1), 0, 1)
            foot = a + t[:, None] * d
            z[i] = foot[np.argmin(((foot[:, :2] - xy[i]) ** 2).sum(axis=1)), 2]
    return np.asarray(z)


def _peel(tin: Tin, max_edge: float) -> tuple[Tin, int]:
    """Triangles whose open edge is longer than `max_edge` taken off, until none is left; break lines hold."""
    if not max_edge > 0:
        raise InputError("max_edge", max_edge, message("terrain.positive_length"))
    count = len(tin.vertices)
    held = np.sort(tin.breaklines.astype(np.int64), axis=1) @ np.array([count, 1])
    keep = np.ones(len(tin.triangles), bool)
    sides = np.stack([tin.triangles, np.roll(tin.triangles, -1, axis=1)], axis=-1).astype(np.int64)
    span = tin.vertices[sides[..., 0], :2] - tin.vertices[sides[..., 1], :2]
    key = np.sort(sides, axis=-1) @ np.array([count, 1])
    loose = (np.hypot(span[..., 0], span[..., 1]) > max_edge) & ~np.isin(key, held)
    while True:
        rim = np.sort(open_edges(tin.triangles[keep]).astype(np.int64), axis=1) @ np.array([count, 1])
        off = keep & (loose & np.isin(key, rim)).any(axis=1)
        if not off.any():
            break
        keep &= ~off
    return _keep(tin, keep), int((~keep).sum())


def _keep(tin: Tin, keep: BoolArray) -> Tin:
    triangles: IntArray = np.ascontiguousarray(tin.triangles[keep & (plan_areas(tin.corners) > 0)])
    return replace(tin, triangles=triangles)
