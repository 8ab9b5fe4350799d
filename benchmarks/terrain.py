"""The terrain kernel against scipy, shapely and pyvista.

Every function here prepares one measurement; it returns the work to be timed. Data are seeded, so that ours and the
peer see the same points.
"""

from __future__ import annotations

import numpy as np

from benchmarks.common import Ratio, Work, against, measure

E0, N0 = 494000.0, 4038000.0
SIDE = 1000.0


def level(x: np.ndarray, y: np.ndarray, phase: float = 0.0) -> np.ndarray:
    """Rolling ground."""
    return 30 * np.sin(x / 140 + phase) + 20 * np.cos(y / 110 - phase) + 4 * np.sin(x / 13) * np.cos(y / 17) + 2 * phase


def points(count: int, seed: int, phase: float = 0.0) -> np.ndarray:
    """Random points over a square kilometre with its corners, E, N, Z."""
    r = np.random.default_rng(seed)
    xy = np.vstack([r.uniform(0, SIDE, (count, 2)), [[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]]])
    return np.column_stack([xy + np.array([E0, N0]), level(xy[:, 0], xy[:, 1], phase)])


def lines(segments: int) -> list[np.ndarray]:
    """Wavy break lines of 100 segments each, none crossing another."""
    count = max(1, segments // 100)
    x = np.linspace(1, SIDE - 1, 101)
    found = []
    for k in range(count):
        y = (k + 0.5) * SIDE / count + 0.2 * SIDE / count * np.sin(x / 9 + k)
        found.append(np.column_stack([x + E0, y + N0, level(x, y)]))
    return found


def our_tin(count: int, segments: int) -> Work:
    """Points and break lines to a surface."""
    from slopedesign.calc.terrain import build_tin

    given, broken = points(count, 1), lines(segments)

    def work() -> dict[str, float]:
        tin = build_tin(given, broken, duplicates="first").tin
        return {"triangles": len(tin.triangles), "vertices": len(np.unique(tin.triangles))}

    return work


def scipy_delaunay(count: int) -> Work:
    """Points alone; coordinates are moved to the origin first, since scipy loses points at E/N."""
    from scipy.spatial import Delaunay

    local = points(count, 1)[:, :2] - [E0 + SIDE / 2, N0 + SIDE / 2]
    return lambda: {"triangles": len(Delaunay(local).simplices)}


def _two(first: int, second: int):  # type: ignore[no-untyped-def]
    from slopedesign.calc.terrain import build_tin

    return build_tin(points(first, 1)).tin, build_tin(points(second, 2, 0.35)).tin


def our_overlay(first: int, second: int) -> Work:
    """Exact cut and fill; the index of the ground is built anew each time."""
    from dataclasses import replace

    from slopedesign.calc.terrain import overlay

    ground, design = _two(first, second)
    overlay(ground, design, engine="auto")

    def work() -> dict[str, float]:
        total = overlay(replace(ground), replace(design)).total
        return {"net": total.net.value, "cut": total.cut.value, "area": total.area}

    return work


def shapely_overlay(first: int, second: int) -> Work:
    """The usual way: a tree of one surface's triangles, intersections with the other's, depth at their centres."""
    import shapely

    from slopedesign.calc.terrain.surface import plane_levels

    ground, design = _two(first, second)
    a, b = ground.corners, design.relative_to(ground.origin)

    def work() -> dict[str, float]:
        one, other = shapely.polygons(a[:, :, :2]), shapely.polygons(b[:, :, :2])
        j, i = shapely.STRtree(one).query(other, predicate="intersects")
        common = shapely.intersection(one[i], other[j])
        area = shapely.area(common)
        real = area > 0
        centre = shapely.get_coordinates(shapely.centroid(common[real]))
        depth = plane_levels(a[i[real]], centre) - plane_levels(b[j[real]], centre)
        return {"net": float(area[real] @ depth), "area": float(area.sum())}

    return work


def pyvista_sampling(first: int, second: int) -> Work:
    """Both surfaces sampled by VTK at 1 m."""
    import pyvista as pv

    ground, design = _two(first, second)

    def flat(tin):  # type: ignore[no-untyped-def]
        vertices = tin.points - [E0, N0, 0]
        faces = np.column_stack([np.full(len(tin.triangles), 3), tin.triangles]).ravel()
        mesh = pv.PolyData(np.column_stack([vertices[:, :2], np.zeros(len(vertices))]), faces)
        mesh["z"] = vertices[:, 2]
        return mesh

    def work() -> dict[str, float]:
        n = int(SIDE)
        grid = pv.ImageData(dimensions=(n, n, 1), spacing=(1, 1, 1), origin=(0.5, 0.5, 0))
        one, other = grid.sample(flat(ground)), grid.sample(flat(design))
        known = (one["vtkValidPointMask"] == 1) & (other["vtkValidPointMask"] == 1)
        depth = (one["z"] - other["z"])[known]
        return {"net": float(depth.sum()), "cut": float(np.maximum(depth, 0).sum()), "area": float(known.sum())}

    return work


def _toe(vertices: int) -> np.ndarray:
    """A wavy toe line across the ground."""
    x = np.linspace(60, SIDE - 60, vertices)
    y = 300 + 60 * np.sin(x / 90) + 8 * np.sin(x / 7)
    return np.column_stack([x + E0, y + N0, np.full(vertices, -30.0)])


PROFILE = [(0, 0), (4, 10), (7, 9.9), (11, 19.9), (14, 19.8), (18, 29.8), (24, 29.6), (28, 39.6)]


def our_grid(rows: int, count: int) -> Work:
    """Survey points to a grid; no design."""
    from slopedesign.calc.terrain import build_tin
    from slopedesign.calc.terrain.dem import dem_from_tin

    given = points(count, 1)
    dem_from_tin(build_tin(given[::50]).tin, 20.0)

    def work() -> dict[str, float]:
        levels = dem_from_tin(build_tin(given).tin, SIDE / rows).levels
        return {"mean": float(np.nansum(levels)) / levels.size}

    return work


def our_dem(rows: int, count: int) -> Work:
    """Survey points to a grid, and a swept design on it, to volumes by bench and the depth of every cell."""
    from slopedesign.calc.terrain import build_tin
    from slopedesign.calc.terrain.dem import dem_cut, dem_from_tin

    given, toe = points(count, 1), _toe(1290)
    small = dem_from_tin(build_tin(given[::50]).tin, 20.0)
    dem_cut(small, toe, PROFILE)

    def work() -> dict[str, float]:
        dem = dem_from_tin(build_tin(given).tin, SIDE / rows)
        found = dem_cut(dem, toe, PROFILE)
        return {"cut": found.cut.value, "cells": dem.levels.size}

    return work


def our_dem_redesign(rows: int, count: int) -> Work:
    """The swept design alone, on a grid that is at hand."""
    from slopedesign.calc.terrain import build_tin
    from slopedesign.calc.terrain.dem import dem_cut, dem_from_tin

    dem, toe = dem_from_tin(build_tin(points(count, 1)).tin, SIDE / rows), _toe(1290)
    dem_cut(dem, toe, PROFILE)
    return lambda: {"cut": dem_cut(dem, toe, PROFILE).cut.value, "cells": dem.levels.size}


def scipy_interpolator(rows: int, count: int) -> Work:
    """The same survey points to the same grid with LinearNDInterpolator, row block by row block; no design."""
    from scipy.interpolate import LinearNDInterpolator

    given = points(count, 1) - [E0, N0, 0]
    middle = (np.arange(rows) + 0.5) * SIDE / rows

    def work() -> dict[str, float]:
        surface = LinearNDInterpolator(given[:, :2], given[:, 2])
        mean = 0.0
        for block in np.array_split(middle, max(1, rows * rows // 2_000_000)):
            x, y = np.meshgrid(middle, block)
            mean += float(np.nansum(surface(x, y)))
        return {"mean": mean / rows**2}

    return work


def _closeness(ours: dict[str, float], peer: dict[str, float], name: str) -> str:
    if name not in ours or name not in peer:
        return ""
    return f"{name} {ours[name]:.4f} against {peer[name]:.4f}"


def run(scale: float = 1.0) -> list[Ratio]:
    """All ratios; `scale` below 1 makes a small trial."""
    here = "benchmarks.terrain"

    def sized(count: int) -> int:
        return int(count * scale)

    def pair(mine: str, peer: str, sizes: tuple[int, ...], peer_sizes: tuple[int, ...], repeat: int = 3):  # type: ignore[no-untyped-def]
        return measure(here, mine, *sizes, repeat=repeat), measure(here, peer, *peer_sizes, repeat=repeat)

    found = []
    n, segments = sized(1_000_000), sized(20_000)
    a, b = pair("our_tin", "scipy_delaunay", (n, segments), (n,))
    sizes = f"{n} points + {segments} break line segments against points alone"
    found.append(against("surface with break lines", a, b, "scipy.spatial.Delaunay", 0.35, sizes))
    n, m = sized(20_000), sized(10_000)
    a, b = pair("our_overlay", "shapely_overlay", (n, m), (n, m))
    note = f"{n} x {m} points; {_closeness(a.result, b.result, 'net')}"
    found.append(against("exact overlay, 20k x 10k points", a, b, "shapely STRtree overlay", 0.1, note))
    n, m = sized(100_000), sized(50_000)
    a, b = pair("our_overlay", "pyvista_sampling", (n, m), (n, m))
    note = (
        f"{2 * n} x {2 * m} triangles; {_closeness(a.result, b.result, 'net')}; {_closeness(a.result, b.result, 'cut')}"
    )
    found.append(against("exact overlay, 200k x 100k triangles", a, b, "pyvista sampling at 1 m", 1.0, note))
    rows, n = int(3163 * scale**0.5), sized(27_000)
    a, b = pair("our_grid", "scipy_interpolator", (rows, n), (rows, n))
    note = f"{n} points to {rows * rows} cells; {_closeness(a.result, b.result, 'mean')}"
    found.append(against("points to 10M cells", a, b, "LinearNDInterpolator", 1.0, note))
    a = measure(here, "our_dem", rows, n)
    note = f"{rows * rows} cells; the peer interpolates and designs nothing"
    found.append(against("points to 10M cells and a design on them", a, b, "LinearNDInterpolator", None, note))
    a = measure(here, "our_dem_redesign", rows, n)
    name = "redesign on 10M cells, 1290 vertices, time"
    guide = Ratio(name=name, ours=a.seconds, peer=3.0, peer_name="guide value 3 s", limit=1.0)
    memory = Ratio(
        name="redesign on 10M cells, MB", ours=a.megabytes, peer=1200.0, peer_name="guide value 1.2 GB", limit=1.0
    )
    return [*found, guide, memory]
