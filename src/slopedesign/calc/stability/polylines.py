"""Search for the critical surface of any shape.

Starts are the best circles and surfaces that run along layer interfaces and the base (up to the ground in front, up to
the head behind). The best of them are improved together: batches of random moves of vertices, then systematic steps
of every vertex until none helps, first with few vertices, then with more. Surfaces are kept convex (the base never
gets flatter uphill), as a mass that slides without breaking up must be.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from slopedesign.calc.stability import fast
from slopedesign.calc.stability.circles import DEFAULT_DEPTH_SHARE, SearchSettings, search_circles
from slopedesign.calc.stability.model import Model
from slopedesign.calc.stability.slices import Mask, Polylines, cut
from slopedesign.calc.stability.solve import Factors, Interslice, Limits, Method, Outcome, solve
from slopedesign.calc.stability.strength import Array


@dataclass(frozen=True, kw_only=True)
class ShapeSettings:
    """How hard surfaces of any shape are sought.

    Attributes:
        vertices: of the first and of the final surfaces.
        starts: distinct starts that are improved.
        rounds, batch: rounds of random moves, and trial surfaces in each.
        polish: most repetitions of both at the end, until they gain less than 0.01 %.
        concave_deg: how much flatter a base may get going uphill [deg].
        steepest_exit_deg: steepest rise of the surface towards its toe end [deg].
        seed: of the random moves; the answer must not depend on it.
        limits: when a converged factor is not accepted.
    """

    vertices: tuple[int, ...] = (9, 15)
    starts: int = 5
    rounds: int = 60
    batch: int = 200
    polish: int = 10
    slices: int = 36
    concave_deg: float = 0.0
    steepest_exit_deg: float = 50.0
    min_depth: float | None = None
    seed: int = 1
    exit_range: tuple[float, float] | None = None
    entry_range: tuple[float, float] | None = None
    function: Interslice = "half_sine"
    limits: Limits = field(default_factory=lambda: Limits(tension=0.25))
    numba: bool | None = None


@dataclass(frozen=True)
class ShapeSearch:
    """What was found, model coordinates: distinct surfaces lowest first, and the count of trials by outcome."""

    surfaces: tuple[tuple[Polylines, float, float], ...]
    trials: int
    tally: dict[Outcome, int]


class _Shapes:
    """Tries batches of polylines and keeps count."""

    def __init__(self, model: Model, method: Method, settings: ShapeSettings) -> None:
        self.model, self.method, self.settings = model, method, settings
        # ten thousands of surfaces are coming: compiling pays
        self.numba = fast.has_numba() if settings.numba is None else settings.numba
        self.tall = max(float(np.ptp(model.ground[:, 1])), 1e-9)
        self.min_depth = DEFAULT_DEPTH_SHARE * self.tall if settings.min_depth is None else settings.min_depth
        self.count = np.zeros(len(Outcome), dtype=int)
        ends = model.ground[[0, -1], 0]
        self.exits = settings.exit_range or (float(ends[0]), float(ends[1]))
        self.entries = settings.entry_range or (float(ends[0]), float(ends[1]))

    def tidy(self, px: Array, py: Array) -> tuple[Array, Array]:
        """Ends back on the ground and the head line, x in order, nothing below the base."""
        px = np.sort(px, axis=1)
        px[:, 0] = np.clip(px[:, 0], *self.exits)
        px[:, -1] = np.clip(px[:, -1], *self.entries)
        py[:, 0] = self.model.ground_at(px[:, 0])
        py[:, -1] = np.interp(px[:, -1], *self.model.head.T)
        if self.model.base is not None:
            py[:, 1:-1] = np.maximum(py[:, 1:-1], self.model.base_at(px[:, 1:-1]))
        return px, py

    def shaped(self, px: Array, py: Array) -> Mask:
        """Which surfaces have an admissible shape."""
        run = np.diff(px, axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            angle = np.degrees(np.arctan2(np.diff(py, axis=1), run))
        fine = (run > 1e-6 * self.tall).all(axis=1)
        fine &= (np.diff(angle, axis=1) >= -self.settings.concave_deg - 1e-7).all(axis=1)
        fine &= (angle[:, 0] >= -self.settings.steepest_exit_deg) & (angle[:, -1] < 88.0)
        return np.asarray(fine & (py[:, -1] > py[:, 0]))

    def factors(self, px: Array, py: Array, start: Array | None = None, scale: Array | None = None) -> Factors:
        """Factors of surfaces, NaN where they fail."""
        n = len(px)
        fos, lam = np.full(n, np.nan), np.zeros(n)
        outcome = np.full(n, Outcome.OFF_GROUND, dtype=np.int8)
        rows = np.flatnonzero(self.shaped(px, py))
        if len(rows):
            s = cut(self.model, Polylines(px[rows], py[rows]), self.settings.slices)
            good = s.height.min(axis=1) >= -1e-6 * self.tall
            deep = s.height.max(axis=1) >= self.min_depth
            outcome[rows[good & ~deep]] = Outcome.TOO_SHALLOW
            alive = good & deep
            if self.model.base is not None:
                under = (s.base < self.model.base_at(s.edge) - 1e-6 * self.tall).any(axis=1)
                outcome[rows[alive & under]] = Outcome.BELOW_BASE
                alive &= ~under
            if alive.any():
                at = rows[alive]
                part = s if alive.all() else s.take(alive)
                found, _ = solve(
                    self.model, part, self.method, function=self.settings.function, limits=self.settings.limits,
                    start=None if start is None else start[at], scale=None if scale is None else scale[at],
                    tolerance=1e-6, numba=self.numba,
                )  # fmt: skip
                fos[at], lam[at], outcome[at] = found.fos, found.scale, found.outcome
        self.count += np.bincount(outcome, minlength=len(Outcome))
        return Factors(fos, lam, outcome)


@dataclass
class _Pool:
    """Surfaces being improved: vertices (K, P), factor and lambda (K,), step of each (K,)."""

    px: Array
    py: Array
    fos: Array
    scale: Array


def search_shapes(
    model: Model, method: Method = "spencer", settings: ShapeSettings = ShapeSettings()
) -> ShapeSearch:  # fmt: skip
    """The lowest surfaces of any shape by a rigorous method (or Janbu's)."""
    shapes = _Shapes(model, method, settings)
    rng = np.random.default_rng(settings.seed)
    pool = _starts(shapes, settings.vertices[0])
    if not len(pool.fos):
        return _result(shapes, pool)
    for stage, count in enumerate(settings.vertices):
        if stage:
            pool = _resample(shapes, pool, count)
        step = 0.08 if stage == 0 else 0.02
        _wander(shapes, pool, rng, step, settings.rounds if stage == 0 else settings.rounds // 2)
        if stage == 0:
            keep = _distinct(pool, 2)
            pool = _Pool(pool.px[keep], pool.py[keep], pool.fos[keep], pool.scale[keep])
        _walk(shapes, pool, step)
    for _ in range(settings.polish):
        before = pool.fos.min()
        _wander(shapes, pool, rng, 0.01, 12)
        _walk(shapes, pool, 0.02)
        if pool.fos.min() > before * (1 - 4e-5):
            break
    return _result(shapes, pool)


def _result(shapes: _Shapes, pool: _Pool) -> ShapeSearch:
    order = np.argsort(pool.fos, kind="stable")
    surfaces = tuple(
        (Polylines(pool.px[i : i + 1], pool.py[i : i + 1]), float(pool.fos[i]), float(pool.scale[i])) for i in order
    )
    tally = {kind: int(shapes.count[kind]) for kind in Outcome if shapes.count[kind]}
    return ShapeSearch(surfaces, int(shapes.count.sum()), tally)


def _starts(shapes: _Shapes, count: int) -> _Pool:
    """Best circles and best surfaces along interfaces, as polylines of `count` vertices."""
    s, model = shapes.settings, shapes.model
    both = [_from_circles(shapes, count)]
    for along in _lines(model):
        both.append(_along(shapes, along, count))
    px, py = (np.concatenate(part) for part in zip(*both, strict=True))
    px, py = shapes.tidy(px, py)
    found = shapes.factors(px, py)
    order = np.flatnonzero(found.solved)
    order = order[np.argsort(found.fos[order], kind="stable")]
    pool = _Pool(px[order], py[order], found.fos[order], found.scale[order])
    keep = _distinct(pool, s.starts)
    return _Pool(pool.px[keep], pool.py[keep], pool.fos[keep], pool.scale[keep])


def _distinct(pool: _Pool, most: int) -> Array:
    """Rows of clearly different surfaces, lowest first."""
    if not len(pool.fos):
        return np.zeros(0, dtype=np.intp)
    order = np.argsort(pool.fos, kind="stable")
    tall = max(float(np.ptp(pool.py)), 1e-9)
    chosen: list[int] = []
    for i in order:
        apart = all(
            np.abs(pool.px[i] - pool.px[j]).max() + np.abs(pool.py[i] - pool.py[j]).max() > 0.15 * tall for j in chosen
        )
        if apart:
            chosen.append(int(i))
        if len(chosen) == most:
            break
    return np.array(chosen, dtype=np.intp)


def _from_circles(shapes: _Shapes, count: int) -> tuple[Array, Array]:
    s = shapes.settings
    found = search_circles(
        shapes.model, "bishop", SearchSettings(
            exits=16, entries=16, depths=7, zooms=4, minima=6, slices=24, min_depth=s.min_depth,
            exit_range=s.exit_range, entry_range=s.entry_range, composite=shapes.model.base is not None,
        ),
    )  # fmt: skip
    px, py = np.zeros((0, count)), np.zeros((0, count))
    for minimum in found.minima:
        x = minimum.circle.spread(count - 1)
        px = np.vstack((px, x))
        py = np.vstack((py, _hull(x, minimum.circle.level(x, shapes.model))))
    return px, py


def _hull(x: Array, y: Array) -> Array:
    """The greatest convex line through or below the points (keeps the ends)."""
    out = y.copy()
    for row in range(len(x)):
        stack = [0]
        for i in range(1, x.shape[1]):
            while len(stack) > 1:
                a, b = stack[-2], stack[-1]
                left = (y[row, b] - y[row, a]) * (x[row, i] - x[row, a])
                if left < (y[row, i] - y[row, a]) * (x[row, b] - x[row, a]):
                    break
                stack.pop()
            stack.append(i)
        out[row] = np.interp(x[row], x[row, stack], y[row, stack])
    return out


def _lines(model: Model) -> list[Array]:
    """Lines a slide may follow: each interface from just above and just below, and the base."""
    small = 2e-4 * max(float(np.ptp(model.ground[:, 1])), 1e-9)
    x = model.breaks
    found = [] if model.base is None else [model.base]
    if np.isinf(model.above).any():
        return found
    for k in range(1, model.above.shape[1]):
        y = np.append(model.above[:, k], model.above[-1, k] + model.slope[-1, k] * (x[-1] - x[-2]))
        found += [np.column_stack((x, y)), np.column_stack((x, y - small))]
    return found


def _along(shapes: _Shapes, along: Array, count: int) -> tuple[Array, Array]:
    """Surfaces that leave a line steeply behind, follow it, and rise to the ground in front."""
    model = shapes.model
    ground = model.ground
    x = np.linspace(ground[0, 0], ground[-1, 0], 25)
    depth = model.ground_at(x) - np.interp(x, *along.T)
    x = x[depth > 0.02 * shapes.tall]
    if len(x) < 2:
        return np.zeros((0, count)), np.zeros((0, count))
    outcrop = ground[:, 0][np.abs(model.ground_at(ground[:, 0]) - np.interp(ground[:, 0], *along.T)) < 1e-6]
    fronts = np.concatenate((x, outcrop))
    front, back, passive, active = (
        part.ravel()
        for part in np.meshgrid(fronts, x, np.array([15.0, 30.0, 42.0]), np.array([40.0, 50.0, 60.0, 70.0]))
    )
    keep = back > front + 0.1 * shapes.tall
    front, back, passive, active = front[keep], back[keep], passive[keep], active[keep]
    y0, y1 = np.interp(front, *along.T), np.interp(back, *along.T)
    toe = _hit(ground, front, y0, -np.tan(np.radians(passive)), forward=False)
    head = _hit(model.head, back, y1, np.tan(np.radians(active)), forward=True)
    px = np.empty((len(front), count))
    px[:, 0], px[:, -1] = toe, head
    px[:, 1:-1] = front[:, None] + (back - front)[:, None] * np.linspace(0.0, 1.0, count - 2)
    py = np.interp(px, *along.T)
    fine = np.isfinite(toe) & np.isfinite(head) & (toe <= front) & (head > back)
    px, py = px[fine], py[fine]
    py[:, 0], py[:, -1] = model.ground_at(px[:, 0]), np.interp(px[:, -1], *model.head.T)
    same = px[:, 1] - px[:, 0] < 1e-9
    px[same, 1] = px[same, 0] + 0.25 * (px[same, 2] - px[same, 0])
    py[same, 1] = py[same, 0] + 0.25 * (py[same, 2] - py[same, 0])
    return px, _hull(px, py)


def _hit(line: Array, x: Array, y: Array, slope: Array, *, forward: bool) -> Array:
    """x where rays from (x, y) meet a line, NaN where they do not."""
    ax, ay, bx, by = line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1]
    rise = (by - ay) / (bx - ax)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = (ay - rise * ax - y[:, None] + slope[:, None] * x[:, None]) / (slope[:, None] - rise)
    ahead = at >= x[:, None] - 1e-9 if forward else at <= x[:, None] + 1e-9
    at = np.where((at >= ax - 1e-9) & (at <= bx + 1e-9) & ahead, at, np.inf if forward else -np.inf)
    out = at.min(axis=1) if forward else at.max(axis=1)
    return np.where(np.isfinite(out), out, np.nan)


def _resample(shapes: _Shapes, pool: _Pool, count: int) -> _Pool:
    """The same surfaces with more vertices: the longest pieces are halved."""
    px, py = pool.px, pool.py
    while px.shape[1] < count:
        longest = np.hypot(np.diff(px, axis=1), np.diff(py, axis=1)).argmax(axis=1)
        new_x, new_y = np.empty((len(px), px.shape[1] + 1)), np.empty((len(px), px.shape[1] + 1))
        for row, i in enumerate(longest):
            new_x[row] = np.insert(px[row], i + 1, 0.5 * (px[row, i] + px[row, i + 1]))
            new_y[row] = np.insert(py[row], i + 1, 0.5 * (py[row, i] + py[row, i + 1]))
        px, py = new_x, new_y
    found = shapes.factors(px, py, pool.fos, pool.scale)
    return _Pool(px, py, np.where(found.solved, found.fos, np.inf), np.where(found.solved, found.scale, 0.2))


def _wander(shapes: _Shapes, pool: _Pool, rng: np.random.Generator, step: float, rounds: int) -> None:
    """Random moves, batch after batch; each surface keeps its best."""
    k, p = pool.px.shape
    each = max(10, shapes.settings.batch // max(k, 1))
    size = np.full(k, step * shapes.tall)
    for _ in range(rounds):
        px, py = np.repeat(pool.px, each, axis=0), np.repeat(pool.py, each, axis=0)
        spread = np.repeat(size, each)[:, None]
        centre = rng.integers(0, p, len(px))[:, None]
        reach = rng.choice([0.4, 1.0, 2.5, 6.0], len(px))[:, None]
        bump = np.exp(-(((np.arange(p)[None, :] - centre) / reach) ** 2))
        sideways = rng.random((len(px), 1)) < 0.4
        px = px + np.where(sideways, spread * rng.normal(size=(len(px), 1)) * bump * 1.5, 0.0)
        py = py + spread * rng.normal(size=(len(px), 1)) * bump
        px, py = shapes.tidy(px, py)
        moved = _keep_best(shapes, pool, px, py, each)
        size = np.where(moved, np.minimum(size * 1.15, 0.2 * shapes.tall), np.maximum(size * 0.88, 5e-4 * shapes.tall))


def _keep_best(shapes: _Shapes, pool: _Pool, px: Array, py: Array, each: int) -> Mask:
    k = len(pool.fos)
    finite = np.where(np.isfinite(pool.fos), pool.fos, 1.0)
    found = shapes.factors(px, py, np.repeat(finite, each), np.repeat(pool.scale, each))
    fos = np.where(found.solved, found.fos, np.inf).reshape(k, each)
    pick = fos.argmin(axis=1)
    rows = np.arange(k)
    better = fos[rows, pick] < pool.fos * (1 - 1e-7)
    at = rows * each + pick
    pool.px[better], pool.py[better] = px[at[better]], py[at[better]]
    pool.fos[better], pool.scale[better] = fos[rows, pick][better], found.scale[at[better]]
    return np.asarray(better)


def _walk(shapes: _Shapes, pool: _Pool, step: float) -> None:
    """Every vertex up, down, left, right, and every run of neighbours together, until steps of 1e-4 H do not help."""
    k, p = pool.px.shape
    size = np.full(k, 0.5 * step * shapes.tall)
    unit = np.eye(p)
    pairs = [np.clip(unit[i] + unit[(i + 1) % p], 0, 1) for i in range(p - 1)]
    tents = [np.exp(-(((np.arange(p) - i) / 2.0) ** 2)) for i in range(p)]
    shape = np.array([*unit, *pairs, *tents])
    moves_x = np.vstack((np.zeros_like(shape), np.zeros_like(shape), shape, -shape))
    moves_y = np.vstack((shape, -shape, np.zeros_like(shape), np.zeros_like(shape)))
    last = np.zeros((k, 2, p))
    for _ in range(120):
        active = size > 1e-4 * shapes.tall
        if not active.any():
            break
        grow = np.array([1.0, 3.0])
        px = pool.px[:, None, :] + size[:, None, None] * moves_x
        py = pool.py[:, None, :] + size[:, None, None] * moves_y
        px = np.concatenate((px, pool.px[:, None, :] + grow[:, None] * last[:, 0, None, :]), axis=1)
        py = np.concatenate((py, pool.py[:, None, :] + grow[:, None] * last[:, 1, None, :]), axis=1)
        each = px.shape[1]
        flat_x, flat_y = shapes.tidy(px.reshape(-1, p).copy(), py.reshape(-1, p).copy())
        before_x, before_y = pool.px.copy(), pool.py.copy()
        moved = _keep_best(shapes, pool, flat_x, flat_y, each)
        last = np.stack((pool.px - before_x, pool.py - before_y), axis=1)
        size = np.where(moved, size, size * 0.5)
