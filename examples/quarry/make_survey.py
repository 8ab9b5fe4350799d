"""Makes the survey of the example: an abandoned limestone quarry near Yichang.

The quarry is invented, the kind is real: an amphitheatre of about 200 m along the toe, worked into a hillside with
a steep, irregular face up to 60 m high, a partly broken old bench, 2 to 5 m of soil behind the crest and two heaps of
waste rock on the floor. Coordinates are plausible for CGCS2000, 3-degree zone, central meridian 111 E.

    python make_survey.py            # writes survey.dat, lines.dat and rock.dat beside this file

survey.dat  ground points, CASS layout: name,code,E,N,Z
lines.dat   break lines, CASS layout, the code names the line: toe, crest and edges of the old bench
rock.dat    rock surface: boreholes and outcrop behind the crest, the bare face itself below it
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EAST, NORTH = 533_600.0, 3_406_400.0  # middle of the pit mouth
SEED = 20230316
HEIGHTS = np.arange(0.0, 130.0, 0.25)  # above the pit floor, for looking up the face


def floor_level(x: Floats, y: Floats) -> Floats:
    """Pit floor: falls 1 % to the mouth, rutted."""
    return 212.0 + 0.008 * y + 0.12 * np.sin(0.21 * x) * np.sin(0.17 * y + 1.0)


def hill(x: Floats, y: Floats) -> Floats:
    """The hillside as it was before mining."""
    rise = 0.43 * (y + 34.0) - 0.24 * 12.0 * np.logaddexp(0.0, (y - 92.0) / 12.0)
    folds = 3.2 * np.sin(0.021 * x + 0.6) + 1.6 * np.sin(0.043 * x - 0.031 * y) + 0.7 * np.sin(0.11 * x + 0.07 * y)
    return 214.0 + rise + folds - 0.0006 * x**2


def soil_depth(x: Floats, y: Floats) -> Floats:
    """Depth of the soil cover on the hill."""
    return 3.2 + 1.1 * np.sin(0.035 * x + 0.4) + 0.8 * np.cos(0.029 * y - 0.5)


def toe_radius(t: Floats) -> Floats:
    """Distance of the face's toe from the middle of the pit, by direction [rad]."""
    return 72.0 + 5.0 * np.sin(2.0 * t - 0.5) + 2.2 * np.sin(5.0 * t + 0.8) + 0.9 * np.sin(11.0 * t)


def face_radius(t: Floats, h: Floats) -> Floats:
    """Distance of the face from the middle of the pit, by direction and height over the toe."""
    lean = 0.30 + 0.06 * np.sin(3.0 * t + 0.3)  # horizontal per vertical: about 70 to 77 deg
    joints = 0.55 * np.sin(9.0 * t + 0.16 * h) * (1.0 - np.exp(-h / 6.0)) + 0.22 * np.sin(31.0 * t - 0.4 * h)
    bench = 4.2 * np.clip(np.sin(1.5 * t - 0.62), 0.0, 1.0) ** 0.5
    ledge = np.clip((h - 23.0 - 1.2 * np.sin(4.0 * t)) / 0.5, 0.0, 1.0)
    return toe_radius(t) + lean * h + joints + bench * ledge


def pit(x: Floats, y: Floats) -> Floats:
    """Floor and face, as if the rock went on upward for ever."""
    t, r = np.arctan2(y, x), np.hypot(x, y)
    level = np.empty_like(r)
    for part in np.array_split(np.arange(len(r)), max(1, len(r) // 2000)):
        curve = np.maximum.accumulate(face_radius(t[part, None], HEIGHTS[None, :]) + 1e-3 * HEIGHTS, axis=1)
        above = np.argmax(curve >= r[part, None], axis=1)
        beyond = curve[:, -1] < r[part]
        low = np.maximum(above - 1, 0)
        rows = np.arange(len(part))
        span = np.maximum(curve[rows, above] - curve[rows, low], 1e-9)
        share = np.clip((r[part] - curve[rows, low]) / span, 0.0, 1.0)
        height = HEIGHTS[low] + share * (HEIGHTS[above] - HEIGHTS[low])
        level[part] = np.where(beyond, HEIGHTS[-1], np.where(above == 0, 0.0, height))
    return floor_level(x, y) + level


def rock(x: Floats, y: Floats) -> Floats:
    """Top of rock."""
    return np.minimum(hill(x, y) - soil_depth(x, y), pit(x, y))


def heap(x: Floats, y: Floats) -> Floats:
    """Waste rock tipped on the pit floor: two cones at 35 degrees."""
    first = 217.6 - 0.70 * np.hypot(x - 16.0, (y - 44.0) * 1.1)
    second = 215.8 - 0.70 * np.hypot((x + 28.0) * 0.9, y - 30.0)
    return np.maximum(first, second)


def ground(x: Floats, y: Floats) -> Floats:
    """The surface that is surveyed."""
    top, bare = hill(x, y), pit(x, y)
    base = top - soil_depth(x, y)
    weathered = np.where(bare > base, base + 0.35 * (bare - base), bare)  # soil stands at about 45 degrees
    cut = np.minimum(top, weathered)
    return np.maximum(cut, np.where(np.hypot(x, y) < 90.0, heap(x, y), -1e9))


def scattered(rng: np.random.Generator, step: float, west: float, south: float, east: float, north: float) -> Floats:
    """A disturbed grid of points."""
    x, y = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
    points = np.column_stack([x.ravel(), y.ravel()])
    return points + rng.uniform(-0.38, 0.38, points.shape) * step


def points_on_face(rng: np.random.Generator, number: int, margin: float = 1.5) -> Floats:
    """Points spread evenly over the face, as a scan from the pit floor sees it."""
    t = rng.uniform(np.radians(-22.0), np.radians(202.0), 2 * number)
    h = rng.uniform(0.0, 85.0, 2 * number)
    r = face_radius(t, h) + rng.uniform(0.0, 0.05, 2 * number)
    x, y = r * np.cos(t), r * np.sin(t)
    seen = floor_level(x, y) + h < hill(x, y) + margin
    return np.column_stack([x, y])[seen][:number]


def thinned(points: Floats, spacing: float) -> Floats:
    """Points with at most one in each cell of the given size."""
    cells = np.floor(points / spacing).astype(np.int64)
    _, keep = np.unique(cells, axis=0, return_index=True)
    return points[np.sort(keep)]


def lines() -> dict[str, Floats]:
    """Break lines in plan: toe, crest, both edges of the old bench."""
    t = np.radians(np.arange(-14.0, 194.0, 1.6))
    toe = toe_radius(t) + 0.22 * np.sin(31.0 * t)
    found = {"TOE": np.column_stack([toe * np.cos(t), toe * np.sin(t)])}
    crest = []
    for angle in np.radians(np.arange(-6.0, 187.0, 1.6)):
        r = np.arange(68.0, 125.0, 0.05)
        x, y = r * np.cos(angle), r * np.sin(angle)
        outside = np.argmax(ground(x, y) >= hill(x, y) - 1e-9)
        crest.append((x[outside], y[outside]))
    found["CREST"] = np.array(crest)
    bench = np.radians(np.arange(46.0, 132.0, 1.6))
    level = 23.0 + 1.2 * np.sin(4.0 * bench)
    for name, height in (("BENCH_OUT", level - 0.05), ("BENCH_IN", level + 0.55)):
        r = face_radius(bench, height)
        found[name] = np.column_stack([r * np.cos(bench), r * np.sin(bench)])
    return found


def write(path: Path, rows: list[tuple[str, str, float, float, float]]) -> None:
    """One CASS file, Windows line ends as survey programs write them."""
    text = "".join(f"{n},{c},{EAST + x:.3f},{NORTH + y:.3f},{z:.3f}\r\n" for n, c, x, y, z in rows)
    path.write_bytes(text.encode("ascii"))
    print(f"{path.name}: {len(rows)} points, {path.stat().st_size / 1e6:.2f} MB")


def main(folder: Path) -> None:
    """Write the three files."""
    rng = np.random.default_rng(SEED)
    wide = scattered(rng, 3.4, -175.0, -95.0, 175.0, 215.0)
    near = scattered(rng, 2.1, -115.0, -30.0, 115.0, 150.0)
    radius = np.hypot(near[:, 0], near[:, 1])
    near = near[(radius > 60.0) & (radius < 135.0)]
    face = thinned(points_on_face(rng, 16_000), 0.55)
    xy = thinned(np.vstack([face, near, wide]), 0.35)
    z = ground(xy[:, 0], xy[:, 1]) + rng.normal(0.0, 0.03, len(xy))
    write(folder / "survey.dat", [(str(i + 1), "", *p, h) for i, (p, h) in enumerate(zip(xy.tolist(), z, strict=True))])

    rows = []
    for name, line in lines().items():
        heights = ground(line[:, 0], line[:, 1])
        rows += [(f"{name}{i + 1}", name, *p, h) for i, (p, h) in enumerate(zip(line.tolist(), heights, strict=True))]
    write(folder / "lines.dat", rows)

    bare = thinned(points_on_face(rng, 9_000, margin=-2.0), 0.9)
    holes = scattered(rng, 9.0, -175.0, -95.0, 175.0, 215.0)
    xy = thinned(np.vstack([bare, holes, lines()["TOE"], lines()["CREST"]]), 0.5)
    top = np.minimum(rock(xy[:, 0], xy[:, 1]), ground(xy[:, 0], xy[:, 1]))
    write(
        folder / "rock.dat", [(f"R{i + 1}", "", *p, h) for i, (p, h) in enumerate(zip(xy.tolist(), top, strict=True))]
    )


if __name__ == "__main__":
    main(Path(__file__).resolve().parent)
