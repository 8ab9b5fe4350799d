"""Search for the critical circle: where it leaves the slope, where it enters, how deep it dips.

A trial circle is told by the x of its toe end, the x of its head end and its opening angle omega (half the angle at
the centre, the angle between chord and end tangents). For every pair of ends omega runs from almost flat to the
circle that is vertical at its head or touches the base. A grid over the three is screened by Bishop's method; every
distinct minimum of the grid is then zoomed into, all of them together, with the method asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from scipy.ndimage import minimum_filter

from slopedesign.calc.stability.model import Index, Model
from slopedesign.calc.stability.slices import Circles, Mask, SeismicArm, cut
from slopedesign.calc.stability.solve import (
    RIGOROUS,
    SEARCH,
    Factors,
    Interslice,
    Limits,
    Method,
    Outcome,
    bishop,
    solve,
)
from slopedesign.calc.stability.strength import Array

DEFAULT_DEPTH_SHARE = 0.02
MOST_VERTICES = 40  # of the ground, up to which each is tried as an end of circles


@dataclass(frozen=True, kw_only=True)
class SearchSettings:
    """How widely and how finely circles are tried.

    Attributes:
        exits, entries, depths: size of the first grid; None: 22, and more on ground with many vertices (benches).
        minima: how many distinct minima are followed.
        zooms: halvings of the box around each minimum.
        slices: per circle while zooming, half as many in the first grid; `final_slices` for the circles found.
        min_depth: least vertical depth of a slide [m]; None: 2 % of the height of the section.
        exit_range, entry_range: x between which the ends may lie (None: the whole section).
        composite: circles may dip below the base and then follow it.
        seismic_arm: "centroid", or "base" as GB 50330-2013 A.0.1 writes it.
        function: interslice function of Morgenstern-Price.
    """

    exits: int | None = None
    entries: int | None = None
    depths: int = 10
    minima: int = 8
    zooms: int = 8
    slices: int = 30
    final_slices: int = 200
    min_depth: float | None = None
    exit_range: tuple[float, float] | None = None
    entry_range: tuple[float, float] | None = None
    composite: bool = False
    seismic_arm: SeismicArm = "centroid"
    function: Interslice = "half_sine"
    rigorous_trials: int = 400
    limits: Limits = field(default_factory=Limits)
    numba: bool | None = None


Where = Literal["exit_limit", "entry_limit", "min_depth", "base"]


@dataclass(frozen=True)
class Minimum:
    """One distinct minimum: circle and parameters (model coordinates), factor at search slices, limits it lies on."""

    circle: Circles
    parameters: tuple[float, float, float]
    fos: float
    scale: float
    depth: float
    on_limits: tuple[Where, ...]

    @property
    def is_skin(self) -> bool:
        """Whether it would run on towards the surface if the least depth were smaller."""
        return "min_depth" in self.on_limits


@dataclass(frozen=True)
class CircleSearch:
    """What the search found, in the model's coordinates.

    Attributes:
        minima: distinct minima, lowest first.
        trials: number of circles tried; tally: how many ended in which way.
        map_exit, map_entry, map_fos: least factor by ends (E,), (H,), (E, H), NaN where none was solved.
    """

    minima: tuple[Minimum, ...]
    trials: int
    tally: dict[Outcome, int]
    map_exit: Array
    map_entry: Array
    map_fos: Array
    min_depth: float


class _Trials:
    """Tries batches of circles given by (toe x, head x, depth share) and keeps count."""

    def __init__(self, model: Model, settings: SearchSettings) -> None:
        self.model, self.settings, self.slices = model, settings, settings.slices
        span = float(np.ptp(model.ground[:, 1]))
        share = DEFAULT_DEPTH_SHARE * span
        self.min_depth = share if settings.min_depth is None else settings.min_depth
        self.count = np.zeros(len(Outcome), dtype=int)
        limited = model.base is not None and not settings.composite
        self.floor = float(model.base[:, 1].min()) if model.base is not None and limited else -np.inf
        self.slack = 1e-6 * max(span, 1e-9)

    def circles(self, toe: Array, head: Array, share: Array) -> tuple[Circles, Mask]:
        """Circles by their parameters, and which of them exist."""
        y0, y1 = self.model.ground_at(toe), np.interp(head, *self.model.head.T)
        run, rise = head - toe, y1 - y0
        half = 0.5 * np.hypot(run, rise)
        fine = (run > 0) & (rise > 0)
        slope = np.arctan2(rise, np.where(fine, run, 1.0))
        most = np.pi / 2 - slope
        if np.isfinite(self.floor):
            most = self._touching(0.5 * (y0 + y1), half, slope, most)
        omega = np.maximum(share, 1e-3) ** 1.5 * most
        fine &= omega > 1e-4
        omega = np.where(fine, omega, 0.1)
        radius = half / np.sin(omega)
        out = half / np.tan(omega)
        x = 0.5 * (toe + head) - np.sin(slope) * out
        y = 0.5 * (y0 + y1) + np.cos(slope) * out
        return Circles(x, y, radius, toe, head, self.settings.composite and self.model.base is not None), fine

    def _touching(self, middle: Array, half: Array, slope: Array, most: Array) -> Array:
        """Greatest omega whose circle stays above the (lowest) base: bisection on its lowest point."""
        low, high = np.minimum(slope, most), most.copy()
        for _ in range(26):
            omega = 0.5 * (low + high)
            with np.errstate(divide="ignore", invalid="ignore"):
                bottom = middle + half * (np.cos(slope) / np.tan(omega) - 1.0 / np.sin(omega))
            over = bottom >= self.floor
            low, high = np.where(over, omega, low), np.where(over, high, omega)
        return low

    def factors(
        self, toe: Array, head: Array, share: Array, method: Method, scale: Array | None = None
    ) -> tuple[Factors, Array]:
        """Factors (NaN where a circle fails) and greatest depths."""
        circles, fine = self.circles(toe, head, share)
        n = len(toe)
        outcome = np.full(n, Outcome.OFF_GROUND, dtype=np.int8)
        fos, lam, depth = np.full(n, np.nan), np.zeros(n), np.zeros(n)
        rows = np.flatnonzero(fine)
        if len(rows):
            s = cut(self.model, circles.take(rows), self.slices, self.settings.seismic_arm)
            depth[rows] = s.height.max(axis=1)
            good = s.height.min(axis=1) >= -self.slack
            outcome[rows[good]] = Outcome.SOLVED
            outcome[rows[good & (depth[rows] < self.min_depth)]] = Outcome.TOO_SHALLOW
            if self.model.base is not None and not self.settings.composite:
                under = (s.base < self.model.base_at(s.edge) - 1e-4 * max(1.0, self.slack * 1e6)).any(axis=1)
                outcome[rows[good & under]] = Outcome.BELOW_BASE
            alive = outcome[rows] == Outcome.SOLVED
            if alive.any():
                part = s if alive.all() else s.take(alive)
                start = None if scale is None else scale[rows][alive]
                found, _ = solve(
                    self.model, part, method, function=self.settings.function, limits=self.settings.limits,
                    scale=start, tolerance=1e-5, numba=self.settings.numba,
                )  # fmt: skip
                at = rows[alive]
                fos[at], lam[at], outcome[at] = found.fos, found.scale, found.outcome
        self.count += np.bincount(outcome, minlength=len(Outcome))
        return Factors(fos, lam, outcome), depth


def search_circles(model: Model, method: Method, settings: SearchSettings = SearchSettings()) -> CircleSearch:
    """The distinct minima of one method, lowest first."""
    trials = _Trials(model, settings)
    exits = _places(model, settings.exit_range, settings.exits)
    entries = _places(model, settings.entry_range, settings.entries)
    trials.slices = max(12, settings.slices // 2)
    shares = np.linspace(0.0, 1.0, settings.depths + 1)[1:]
    toe, head, share = (part.ravel() for part in np.meshgrid(exits, entries, shares, indexing="ij"))
    worth = (head > toe) & (model.ground_at(head) > model.ground_at(toe))
    shape = (len(exits), len(entries), len(shares))
    screen: Method = "bishop" if method in RIGOROUS else method
    found, _ = trials.factors(toe[worth], head[worth], share[worth], screen)
    fos, shallow = np.full(toe.size, np.nan), np.zeros(toe.size, dtype=bool)
    fos[worth], shallow[worth] = found.fos, found.outcome == Outcome.TOO_SHALLOW
    lam = np.full(toe.size, np.nan)
    if screen != method:
        fos, lam = _rescreen(trials, toe, head, share, fos, method, settings)
    trials.slices = settings.slices
    grid = fos.reshape(shape)
    picks = _local_minima(grid, shallow.reshape(shape), settings.minima)
    steps = (_step(exits), _step(entries), 1.0 / settings.depths)
    minima = _zoom(trials, toe[picks], head[picks], share[picks], lam[picks], steps, method, settings)
    minima = _look_round(trials, minima, steps, method, settings)
    with np.errstate(all="ignore"):
        finite = np.where(np.isfinite(grid), grid, np.inf).min(axis=2)
    return CircleSearch(
        minima, int(trials.count.sum()), {kind: int(trials.count[kind]) for kind in Outcome if trials.count[kind]},
        exits, entries, np.where(np.isfinite(finite), finite, np.nan), trials.min_depth,
    )  # fmt: skip


def _places(model: Model, limits: tuple[float, float] | None, count: int | None) -> Array:
    """x along the ground, closer together on slopes than on level ground, with the vertices among them."""
    ground = model.ground
    low, high = limits if limits is not None else (ground[0, 0], ground[-1, 0])
    low, high = max(low, ground[0, 0]), min(high, ground[-1, 0])
    inner = ground[(ground[:, 0] > low) & (ground[:, 0] < high), 0]
    auto = count is None
    number = 22 if count is None else count
    knots = np.concatenate(([low], inner, [high]))
    run, rise = np.diff(knots), np.diff(model.ground_at(knots))
    tall = max(float(np.ptp(ground[:, 1])), 1e-9)
    weight = np.where(np.abs(rise) > 0.02 * run, run, np.minimum(0.5 * run, 0.8 * tall + 0.1 * run))
    along = np.concatenate(([0.0], np.cumsum(weight)))
    x = np.interp(np.linspace(0.0, along[-1], number), along, knots)
    if (auto and len(inner) <= MOST_VERTICES) or 0 < len(inner) <= number // 2:
        x = np.union1d(x, inner)
    return np.asarray(x, dtype=float)


def _step(places: Array) -> float:
    return float(np.diff(places).max()) if len(places) > 1 else 0.0


def _rescreen(
    trials: _Trials, toe: Array, head: Array, share: Array, fos: Array, method: Method, settings: SearchSettings
) -> tuple[Array, Array]:
    """The best circles of the screening, judged by the rigorous method; all others forgotten."""
    order = np.argsort(np.where(np.isfinite(fos), fos, np.inf), kind="stable")
    order = order[: min(settings.rigorous_trials, int(np.isfinite(fos).sum()))]
    lam = np.full(len(fos), np.nan)
    judged = np.full(len(fos), np.nan)
    if len(order):
        found, _ = trials.factors(toe[order], head[order], share[order], method)
        judged[order], lam[order] = found.fos, np.where(found.solved, found.scale, np.nan)
    return judged, lam


def _local_minima(grid: Array, shallow: Mask, most: int) -> Index:
    """Flat indices of cells lower than all their neighbours, lowest first.

    Minima that would run on into circles too shallow to count (the skin of a slope without cohesion) are at most two,
    so that they cannot crowd out the deep ones.
    """
    filled = np.where(np.isfinite(grid), grid, np.inf)
    low = (filled <= minimum_filter(filled, size=3, mode="nearest")) & np.isfinite(grid)
    index = np.flatnonzero(low.ravel())
    order = index[np.argsort(filled.ravel()[index], kind="stable")]
    before = np.concatenate((np.ones_like(shallow[:, :, :1]), shallow[:, :, :-1]), axis=2).ravel()
    skin, deep = order[before[order]], order[~before[order]]
    chosen = np.concatenate((skin[:2], deep[:most]))
    return chosen[np.argsort(filled.ravel()[chosen], kind="stable")]


_OFFSETS = np.stack(np.meshgrid(*[np.array([-1.0, -0.5, 0.0, 0.5, 1.0])] * 3, indexing="ij"), axis=-1).reshape(-1, 3)


def _zoom(
    trials: _Trials, toe: Array, head: Array, share: Array, lam: Array, steps: tuple[float, float, float],
    method: Method, settings: SearchSettings,
) -> tuple[Minimum, ...]:  # fmt: skip
    k = len(toe)
    if k == 0:
        return ()
    ends = trials.model.ground[[0, -1], 0]
    low = np.array([(settings.exit_range or ends)[0], (settings.entry_range or ends)[0], 1e-3])
    high = np.array([(settings.exit_range or ends)[1], (settings.entry_range or ends)[1], 1.0])
    centre = np.column_stack((toe, head, share))
    box = np.array(steps)
    best, depth, scale = np.full(k, np.inf), np.zeros(k), np.where(np.isfinite(lam), lam, 0.2)
    for _ in range(settings.zooms):
        points = np.clip(centre[:, None, :] + _OFFSETS[None, :, :] * box, low, high)
        flat = points.reshape(-1, 3)
        found, deep = trials.factors(
            flat[:, 0], flat[:, 1], flat[:, 2], method, np.repeat(scale, len(_OFFSETS))
        )  # fmt: skip
        fos = np.where(np.isfinite(found.fos), found.fos, np.inf).reshape(k, -1)
        pick = fos.argmin(axis=1)
        rows = np.arange(k)
        better = fos[rows, pick] < best
        best = np.where(better, fos[rows, pick], best)
        centre = np.where(better[:, None], points[rows, pick], centre)
        depth = np.where(better, deep.reshape(k, -1)[rows, pick], depth)
        scale = np.where(better, found.scale.reshape(k, -1)[rows, pick], scale)
        box = box * 0.5
    keep = np.flatnonzero(np.isfinite(best))
    order = keep[np.argsort(best[keep], kind="stable")]
    out: list[Minimum] = []
    seen: list[Array] = []
    for i in order:
        if any(np.all(np.abs(centre[i] - other) < 6 * box + 1e-9) for other in seen):
            continue
        seen.append(centre[i])
        out.append(_minimum(trials, centre[i], float(best[i]), float(scale[i]), float(depth[i]), low, high))
    return tuple(out)


def _look_round(
    trials: _Trials, minima: tuple[Minimum, ...], steps: tuple[float, float, float], method: Method,
    settings: SearchSettings,
) -> tuple[Minimum, ...]:  # fmt: skip
    """A second, finer grid round the lowest minimum: a neighbouring basin may have hidden between the first cells."""
    if not minima:
        return ()
    best = minima[0]
    model = trials.model
    ends = model.ground[[0, -1], 0]
    reach = np.linspace(-1.5, 1.5, 7)
    exits = np.clip(best.parameters[0] + steps[0] * reach, *(settings.exit_range or ends))
    entries = np.clip(best.parameters[1] + steps[1] * reach, *(settings.entry_range or ends))
    shares = np.linspace(0.0, 1.0, settings.depths + 1)[1:]
    toe, head, share = (part.ravel() for part in np.meshgrid(exits, entries, shares, indexing="ij"))
    trials.slices = max(12, settings.slices // 2)
    found, _ = trials.factors(toe, head, share, method, np.full(toe.size, best.scale))
    trials.slices = settings.slices
    shape = (len(exits), len(entries), len(shares))
    shallow = (found.outcome == Outcome.TOO_SHALLOW).reshape(shape)
    picks = _local_minima(found.fos.reshape(shape), shallow, 3)
    lower = picks[found.fos[picks] < best.fos * 1.03]
    finer = (0.5 * steps[0], 0.5 * steps[1], steps[2])
    more = _zoom(trials, toe[lower], head[lower], share[lower], found.scale[lower], finer, method, settings)
    return _merged((*minima, *more), steps)


def _merged(minima: tuple[Minimum, ...], steps: tuple[float, float, float]) -> tuple[Minimum, ...]:
    out: list[Minimum] = []
    for one in sorted(minima, key=lambda m: m.fos):
        near = (
            np.abs(np.array(one.parameters) - np.array(other.parameters)) / np.maximum(steps, 1e-12) for other in out
        )
        if not any(apart.max() < 0.05 for apart in near):
            out.append(one)
    return tuple(out)


def _minimum(
    trials: _Trials, centre: Array, fos: float, scale: float, depth: float, low: Array, high: Array
) -> Minimum:  # fmt: skip
    circle, _ = trials.circles(centre[:1], centre[1:2], centre[2:])
    on: list[Where] = []
    reach = 1e-3 * max(1e-9, float(np.ptp(trials.model.ground[:, 0])))
    if min(centre[0] - low[0], high[0] - centre[0]) < reach:
        on.append("exit_limit")
    if min(centre[1] - low[1], high[1] - centre[1]) < reach:
        on.append("entry_limit")
    if depth <= 1.08 * trials.min_depth:
        on.append("min_depth")
    if trials.model.base is not None:
        x = np.linspace(centre[0], centre[1], 101)[None, :]
        gap = (circle.level(x, trials.model) - trials.model.base_at(x)).min()
        if gap < 5e-3 * max(1e-9, float(np.ptp(trials.model.ground[:, 1]))):
            on.append("base")
    where = (float(centre[0]), float(centre[1]), float(centre[2]))
    return Minimum(circle, where, fos, scale, depth, tuple(on))


def refine(model: Model, minimum: Minimum, method: Method, settings: SearchSettings, slices: int) -> float:
    """The factor of one minimum again, with another number of slices."""
    s = cut(model, minimum.circle, slices, settings.seismic_arm)
    found, _ = solve(
        model, s, method, function=settings.function, limits=settings.limits, scale=np.array([minimum.scale]),
        numba=settings.numba,
    )  # fmt: skip
    return float(found.fos[0])


__all__ = ["SEARCH", "CircleSearch", "Minimum", "SearchSettings", "bishop", "refine", "replace", "search_circles"]
