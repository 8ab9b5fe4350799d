"""Ponds: stage, area and volume; the storage they need; spillway by routing; monthly balance."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import label

from slopedesign.calc.terrain.hollow import Hollow
from slopedesign.calc.water import need, routing, weir
from slopedesign.calc.water.routing import Rating, Routed
from slopedesign.calc.water.runoff import Hydrograph
from slopedesign.calc.water.section import Section
from slopedesign.errors import InputError, NoSolution, OutOfRange
from slopedesign.i18n import message
from slopedesign.standards import tr55_1986 as tr55
from slopedesign.standards.hydraulics import G
from slopedesign.standards.trace import Traced
from slopedesign.standards.water_tables import table

DAYS = (31.0, 28.25, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0)
"""Days of the months of a mean year."""

JOINED = 1e-3
"""Rise [m] within which the curve takes up a hollow that the water has just reached."""


@dataclass(frozen=True)
class Storage:
    """Stage, water area and volume of a pond.

    Attributes:
        level: (n,) m, increasing. area: (n,) m2. volume: (n,) m3 below each level.
    """

    level: NDArray[np.float64]
    area: NDArray[np.float64]
    volume: NDArray[np.float64]

    def volume_at(self, level: float) -> float:
        """Volume below a level [m3].

        Raises:
            OutOfRange: the level lies outside the curve.
        """
        return self._read(level, self.volume)

    def area_at(self, level: float) -> float:
        """Water area at a level [m2]."""
        return self._read(level, self.area)

    def level_of(self, volume: float) -> float:
        """Level of a volume [m]."""
        if not self.volume[0] - 1e-9 <= volume <= self.volume[-1] * (1 + 1e-12):
            raise OutOfRange("stage-storage", volume, f"{self.volume[0]:g} .. {self.volume[-1]:g} m3")
        return float(np.interp(volume, self.volume, self.level))

    def _read(self, level: float, values: NDArray[np.float64]) -> float:
        if not self.level[0] - 1e-9 <= level <= self.level[-1] + 1e-9:
            raise OutOfRange("stage-storage", level, f"{self.level[0]:g} .. {self.level[-1]:g} m")
        return float(np.interp(level, self.level, values))


def frustum_volume(length: float, width: float, z: float, depth: float) -> Traced:
    """Volume of a rectangular basin with sides 1:z, length and width at its bottom [m3]; exact."""
    return tr55.FRUSTUM.at(L=length, W=width, z=z, D=depth)


def reach_volume(section: Section, slope: float, length: float, depth: float) -> float:
    """Level water standing in a sloping pipe or channel [m3], from its depth at the lower end; exact.

    The water ends where the bed reaches its level, or at `length`. Above a pipe's crown the full area counts.

    Args:
        slope: of the bed, 0 for a level one.

    Raises:
        InputError: a value is negative, or the water stands over the banks of an open channel.
    """
    need.not_negative("depth", depth)
    need.not_negative("slope", slope)
    need.positive("length", length)
    if depth > section.height and not section.closed:
        raise InputError("depth", depth, message("water.error.between", low=0, high=section.height))

    def below(h: float) -> float:  # integral of the area up to depth h, or the area itself at a level bed
        held = min(max(h, 0.0), section.height)
        over = max(h - section.height, 0.0) * section.area(section.height)
        return section.moment(held) + over

    if slope == 0:
        return section.area(min(depth, section.height)) * length
    return (below(depth) - below(depth - slope * length)) / slope


def rectangular(length: float, width: float, z: float, bottom: float, depth: float, rows: int = 201) -> Storage:
    """A rectangular pond, bottom length and width, sides 1:z."""
    d = np.linspace(0.0, need.positive("pond.depth", depth), rows)
    volume = np.array([tr55.FRUSTUM.number(L=length, W=width, z=z, D=x) for x in d])
    return Storage(bottom + d, (length + 2 * z * d) * (width + 2 * z * d), volume)


def circular(diameter: float, z: float, bottom: float, depth: float, rows: int = 201) -> Storage:
    """A round pond, bottom diameter, sides 1:z."""
    d = np.linspace(0.0, need.positive("pond.depth", depth), rows)
    r = need.positive("pond.diameter", diameter) / 2
    return Storage(bottom + d, math.pi * (r + z * d) ** 2, math.pi * (r * r * d + r * z * d**2 + z * z * d**3 / 3))


def from_areas(levels: ArrayLike, areas: ArrayLike, cone: bool = True, between: int = 0) -> Storage:
    """A pond from its water areas at levels: slices as truncated cones, or by mean areas.

    Args:
        cone: whether a slice is a truncated cone (the root of its area runs straight) or its area runs straight.
        between: rows put between two stated ones by the same law. A curve of few rows needs them wherever levels
            between its rows are asked for: volume bends there, and reading it straight gives a half-full cone half its
            volume instead of an eighth.

    Raises:
        InputError: fewer than 2 rows, levels do not increase, or an area is negative.
    """
    level, area = np.asarray(levels, dtype=float), np.asarray(areas, dtype=float)
    if level.size < 2 or level.shape != area.shape or np.any(np.diff(level) <= 0) or np.any(area < 0):
        raise InputError("pond.curve", level.shape, message("water.error.curve"))
    if between > 0:
        fine = np.unique(np.concatenate([np.linspace(p, q, between + 2) for p, q in pairwise(level)]))
        area = np.interp(fine, level, np.sqrt(area)) ** 2 if cone else np.interp(fine, level, area)
        level = fine
    d = np.diff(level)
    slices = d / 3 * (area[1:] + area[:-1] + np.sqrt(area[1:] * area[:-1])) if cone else d * (area[1:] + area[:-1]) / 2
    return Storage(level, area, np.concatenate(([0.0], np.cumsum(slices))))


def from_grid(
    z: NDArray[np.float64], cell: float, seed: tuple[int, int], top: float | None = None, rows: int = 41
) -> Storage:
    """A pond filled into a terrain grid from a point: at every level the cells joined to the seed below it.

    Args:
        z: (m, n) levels, nan outside the terrain.
        seed: row and column of a cell in the hollow.
        top: highest level; None takes the level at which the water first reaches the edge of the terrain.

    Raises:
        InputError: the seed lies outside, or the water runs out at once (no hollow there).
    """
    rows_, cols = z.shape
    if not (0 <= seed[0] < rows_ and 0 <= seed[1] < cols) or not np.isfinite(z[seed]):
        raise InputError("pond.seed", seed, message("water.error.seed_outside"))
    spill = _spill_level(z, seed)
    high = spill if top is None else need.finite("pond.top_level", top)
    if high > spill + 1e-9:
        raise InputError("pond.top_level", top, message("water.error.above_spill", spill=f"{spill:.3f}"))
    filled, _ = label(np.nan_to_num(z, nan=np.inf) < high)
    joined = (filled == filled[seed]) & (filled > 0)
    if not joined.any():
        raise InputError("pond.seed", seed, message("water.error.no_hollow"))
    low = float(z[joined].min())
    ground = np.nan_to_num(z, nan=np.inf)
    deepest = np.unravel_index(int(np.argmin(np.where(joined, ground, np.inf))), z.shape)
    levels = np.linspace(low, high, rows)
    areas, volumes = [], []
    for level in levels:
        wet, _ = label(ground < level)
        here = joined if level == high else (wet == wet[deepest]) & (wet > 0)
        areas.append(float(here.sum()) * cell**2)
        volumes.append(float(np.sum(level - z[here])) * cell**2)
    volume = np.maximum.accumulate(np.array(volumes))
    keep = np.concatenate(([True], np.diff(volume) > 0))
    return Storage(levels[keep], np.array(areas)[keep], volume[keep])


def from_hollow(found: Hollow, top: float | None = None, stated: Sequence[float] = (), rows: int = 201) -> Storage:
    """A pond filled into the hollow of a surface: at every level the water joined to its deepest point; exact.

    Args:
        top: highest level; None takes the level at which the hollow spills.
        stated: levels that become rows of the curve, so that reading there is exact too.
    """
    high = found.spill if top is None else top
    low = found.bottom[2]
    whole = found.held(high)[1]
    steps = [level for jump in found.jumps(high, 1e-3 * whole) for level in (jump, jump + JOINED)]
    wanted = (*np.linspace(low, high, rows), *steps, *(level for level in stated if low < level < high))
    levels = np.unique(np.array(wanted))
    levels = levels[np.concatenate(([True], np.diff(levels) > 1e-6))]
    areas, volumes = np.array([found.held(float(level)) for level in levels]).T
    keep = np.concatenate(([True], np.diff(volumes) > 0))
    return Storage(levels[keep], areas[keep], volumes[keep])


def _spill_level(z: NDArray[np.float64], seed: tuple[int, int]) -> float:
    """Lowest level at which water from the seed reaches the edge of the terrain (a minimax path)."""
    rows, cols = z.shape
    best = float(z[seed])
    seen = {seed}
    queue = [(best, seed)]
    while queue:
        level, (i, j) = heapq.heappop(queue)
        best = max(best, level)
        for di in (-1, 0, 1):
            for dj in (-1, 0, 1):
                a, b = i + di, j + dj
                if not (0 <= a < rows and 0 <= b < cols) or not np.isfinite(z[a, b]):
                    return best
                if (a, b) not in seen:
                    seen.add((a, b))
                    heapq.heappush(queue, (float(z[a, b]), (a, b)))
    return best


def listed_levels(storage: Storage, named: Sequence[float], most: int = 10) -> list[float]:
    """Levels at which a curve is tabulated: round ones, at most about `most`, and those that have a name."""
    low, high = float(storage.level[0]), float(storage.level[-1])
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= (high - low) / most - 1e-12)
    known = [level for level in (low, *named, high) if low <= level <= high]
    rounds = [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return sorted({*known, *(z for z in rounds if min(abs(z - level) for level in known) > 1e-3)})


def walled_up(storage: Storage, by: float) -> Storage:
    """The pond as if its walls went on vertically, so that a storm that overtops it still gets a level."""
    top, area = float(storage.level[-1]) + by, float(storage.area[-1])
    return Storage(
        np.append(storage.level, top),
        np.append(storage.area, area),
        np.append(storage.volume, storage.volume[-1] + area * by),
    )


# First estimates of storage -------------------------------------------------------------------------------------------


def detention_share(inflow: float, outflow: float, rain_type: str = "II") -> Traced:
    """Share of the runoff volume to be stored so that a peak falls from `inflow` to `outflow` (TR-55, chapter 6).

    Args:
        inflow, outflow: peaks in one unit of flow. rain_type: I, IA, II or III.
    """
    found = table("ponds", "detention_ratio")
    c = found.raw(rain_type)
    return tr55.DETENTION_RATIO.at(
        C_0=found.made(c[0]), C_1=found.made(c[1]), C_2=found.made(c[2]), C_3=found.made(c[3]),
        r=outflow / need.positive("inflow", inflow),
    )  # fmt: skip


def triangle_storage(duration: float, inflow: float, outflow: float) -> Traced:
    """Storage [m3] between two triangular hydrographs: half the inflow's duration [s] by the peaks' difference."""
    return tr55.TRIANGLE_STORAGE.at(t_i=duration, Q_i=inflow, Q_o=outflow)


def lost_storage(before: tuple[float, float], after: tuple[float, float]) -> Traced:
    """Natural storage [m3] lost by a change of use, from (peak [m3/s], time of concentration [min]) on both sides."""
    return tr55.LOST_STORAGE.at(Q_1=before[0], t_1=before[1], Q_2=after[0], t_2=after[1])


# Spillway -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SpillwayResult:
    """A spillway and the storm routed over it.

    Attributes:
        width: m; 0 where there is no spillway and the pond keeps the whole storm. crest: level [m].
        coefficient: m of the weir.
        routed: inflow, outflow, level by time, at steps of its own. inflow: the hydrograph.
    """

    width: float
    crest: float
    coefficient: float
    inflow: Hydrograph
    routed: Routed

    @property
    def keeps_all(self) -> bool:
        """Whether nothing leaves the pond in the storm."""
        return self.width == 0

    @property
    def max_level(self) -> float:
        """Highest level in the storm [m]."""
        return self.routed.peak_level

    @property
    def head(self) -> float:
        """Greatest head over the crest [m]."""
        return max(self.max_level - self.crest, 0.0)


def in_short_steps(inflow: Hydrograph, longest: float = 60.0) -> Hydrograph:
    """The same flow, straight between its values, at steps no longer than `longest` [s].

    A small pond answers a storm within minutes: at the steps of the rain the trapezoidal rule would miss its peak.
    """
    parts = math.ceil(inflow.step / longest)
    at = np.arange((inflow.flow.size - 1) * parts + 1) / parts
    return Hydrograph(inflow.step / parts, np.interp(at, np.arange(inflow.flow.size), inflow.flow))


def spillway_rating(
    storage: Storage, crest: float, width: float, coefficient: float, outlet: tuple[float, float, float] | None = None,
    step: float = 0.002,
) -> Rating:  # fmt: skip
    """Level, storage and outflow of a pond with a weir at `crest` and an optional outlet (diameter, invert, Co)."""
    high = float(storage.level[-1])
    above = np.arange(crest, high, step) if crest < high else np.array([])
    levels = np.unique(np.concatenate((storage.level, above, [high])))
    levels = levels[np.concatenate(([True], np.diff(levels) > 1e-9))]
    flow = coefficient * width * math.sqrt(2 * G) * np.maximum(levels - crest, 0.0) ** 1.5
    if outlet is not None:
        flow = flow + outlet_flow(levels, *outlet)
    return Rating(levels, np.interp(levels, storage.level, storage.volume), np.maximum.accumulate(flow))


def outlet_flow(levels: NDArray[np.float64], diameter: float, invert: float, coefficient: float) -> NDArray[np.float64]:
    """Flow of a pipe drawing the pond down: an orifice when covered, falling with depth^1.5 below."""
    depth = np.maximum(levels - invert, 0.0)
    area = coefficient * math.pi * diameter**2 / 4
    covered = area * np.sqrt(2 * G * np.maximum(depth - diameter / 2, 0.0))
    return np.asarray(np.where(depth >= diameter, covered, area * math.sqrt(G * diameter) * (depth / diameter) ** 1.5))


def route_spillway(
    storage: Storage, inflow: Hydrograph, crest: float, width: float, coefficient: float,
    outlet: tuple[float, float, float] | None = None, start: float | None = None,
) -> SpillwayResult:  # fmt: skip
    """Routes a storm over a spillway, the pond standing at the crest (or `start`) when it begins.

    Raises:
        OutOfRange: the pond would rise above its curve.
    """
    need.positive("spillway.width", width)
    rating = spillway_rating(storage, crest, width, coefficient, outlet)
    routed = routing.puls(inflow.flow, inflow.step, rating, level=crest if start is None else start)
    return SpillwayResult(width, crest, coefficient, inflow, routed)


def keep_storm(storage: Storage, inflow: Hydrograph, normal_level: float) -> SpillwayResult:
    """A storm kept whole by a pond without a spillway, standing at its normal level when it begins.

    Raises:
        OutOfRange: the pond would rise above its curve.
    """
    rating = Rating(storage.level, storage.volume, np.zeros(storage.level.size))
    routed = routing.puls(inflow.flow, inflow.step, rating, level=normal_level)
    return SpillwayResult(0.0, normal_level, 0.0, inflow, routed)


def size_spillway(
    storage: Storage, inflow: Hydrograph, crest: float, coefficient: float, highest: float, step: float = 0.1,
    outlet: tuple[float, float, float] | None = None,
) -> SpillwayResult:  # fmt: skip
    """The narrowest spillway, in steps of `step`, that keeps the pond at or below `highest`.

    Raises:
        NoSolution: even a spillway twice as wide as passes the whole peak is not enough, or the head is not positive.
    """
    if not highest > crest:
        raise NoSolution(message("water.error.spillway"), message("water.error.no_head", crest=crest, highest=highest))
    most = max(1, math.ceil(2 * weir.width_for(coefficient, highest - crest, max(inflow.peak, 1e-6)) / step))

    def holds(k: int) -> SpillwayResult | None:
        try:
            found = route_spillway(storage, inflow, crest, round(k * step, 9), coefficient, outlet)
        except OutOfRange:
            return None
        return found if found.max_level <= highest else None

    low, high = 0, most
    best = holds(high)
    if best is None:
        raise NoSolution(message("water.error.spillway"), message("water.error.widest", width=f"{most * step:.1f}"))
    while high - low > 1:
        middle = (low + high) // 2
        found = holds(middle)
        if found is None:
            low = middle
        else:
            high, best = middle, found
    return best


# Balance --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BalanceYear:
    """Twelve months of a pond; all arrays (12,), m3.

    Attributes:
        start: storage at the start of January. inflow: runoff and rain. evaporation, seepage: losses taken.
        demand, supplied: water asked for and given. spill: over the spillway. storage: at month ends.
    """

    start: float
    inflow: NDArray[np.float64]
    evaporation: NDArray[np.float64]
    seepage: NDArray[np.float64]
    demand: NDArray[np.float64]
    supplied: NDArray[np.float64]
    spill: NDArray[np.float64]
    storage: NDArray[np.float64]
    losses_asked: NDArray[np.float64]

    @property
    def error(self) -> float:
        """Inflow less everything that left and what stayed [m3]; 0 to rounding."""
        left = self.evaporation + self.seepage + self.supplied + self.spill
        return math.fsum([self.start, *self.inflow, *(-left), -float(self.storage[-1])])

    @property
    def shortage(self) -> float:
        """Demand not met in the year [m3]."""
        return float(np.sum(self.demand - self.supplied))


def balance(
    storage: Storage, normal_level: float, dead_level: float | None, catchment_hm2: float, coefficient: float,
    rain: Sequence[float], evaporation: Sequence[float], seepage_mm_per_day: float, demand: Sequence[float],
    start_volume: float, cycles: int = 1,
) -> BalanceYear:  # fmt: skip
    """Monthly balance: runoff of the catchment and rain on the water in; evaporation, seepage, use and spill out.

    Losses and rain act on the area at the month's first level; demand is met down to the dead storage only. With
    `cycles` > 1 the year is repeated and the last one returned (the start then no longer matters).

    Args:
        catchment_hm2: land draining to the pond, the pond itself not counted. rain, evaporation: 12 x mm.
        demand: 12 x m3.

    Raises:
        InputError: a series has not 12 values or a negative one.
    """
    for name, series in (("rain", rain), ("evaporation", evaporation), ("demand", demand)):
        if len(series) != 12:
            raise InputError(f"balance.{name}", len(series), message("water.error.months"))
        for month, value in enumerate(series, 1):
            need.not_negative(f"balance.{name}[{month}]", value)
    need.between("balance.coefficient", coefficient, 0.0, 1.0)
    need.not_negative("balance.seepage", seepage_mm_per_day)
    full = storage.volume_at(normal_level)
    dead = 0.0 if dead_level is None else storage.volume_at(dead_level)
    s = min(need.not_negative("balance.start", start_volume), full)
    year = None
    for _ in range(cycles):
        year = _year(storage, full, dead, catchment_hm2, coefficient, rain, evaporation, seepage_mm_per_day, demand, s)
        s = float(year.storage[-1])
    assert year is not None
    return year


def _year(
    storage: Storage, full: float, dead: float, catchment_hm2: float, coefficient: float, rain: Sequence[float],
    evaporation: Sequence[float], seepage: float, demand: Sequence[float], start: float,
) -> BalanceYear:  # fmt: skip
    rows: list[tuple[float, ...]] = []
    s = start
    for month in range(12):
        area = storage.area_at(storage.level_of(s))
        came = 10.0 * coefficient * rain[month] * catchment_hm2 + rain[month] / 1000.0 * area
        lost_e, lost_s = evaporation[month] / 1000.0 * area, seepage * DAYS[month] / 1000.0 * area
        held = s + came
        e = min(lost_e, held)
        k = min(lost_s, held - e)
        given_out = min(demand[month], max(held - e - k - dead, 0.0))
        left = held - e - k - given_out
        spill = max(left - full, 0.0)
        s = left - spill
        rows.append((came, e, k, demand[month], given_out, spill, s, lost_e + lost_s))
    table = np.array(rows).T
    return BalanceYear(start, *table)


def annual_budget(
    runoff_coefficient: float, rain_mm: float, catchment_hm2: float, evaporation_mm: float, surface_hm2: float,
    seepage_mm_per_h: float, bottom_hm2: float,
) -> tuple[float, float, float]:  # fmt: skip
    """Yearly runoff in, evaporation and seepage out [m3] of a pond of constant size."""
    runoff = 10.0 * runoff_coefficient * rain_mm * catchment_hm2
    return runoff, 10.0 * evaporation_mm * surface_hm2, 10.0 * seepage_mm_per_h * 24 * 365 * bottom_hm2
