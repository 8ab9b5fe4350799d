"""The smallest section that stands: search over widths, batters, base slope, toe step, key and bars.

Every candidate is checked in all situations; the search keeps the least volume of concrete or stone. For a given set of
batters the checks only get easier as the wall gets thicker, so the thickness is found by halving on the grid.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from slopedesign.calc.walls.body import wall_body
from slopedesign.calc.walls.forces import PressureMemo
from slopedesign.calc.walls.layout import Point
from slopedesign.calc.walls.situations import WallLoads
from slopedesign.calc.walls.wall import WallResult, check_wall
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import Message, message
from slopedesign.project.walls import BarSet, SizingGrid, WallDesign, WallShape
from slopedesign.standards import gb50330_2013_walls as gb50330
from slopedesign.standards.check import Check, Verdict

PLAIN: tuple[Point, ...] = ((0.0, 0.0), (1.0, 0.0))
DIAMETERS = (12.0, 14.0, 16.0, 18.0, 20.0, 22.0, 25.0)
SPACINGS = (200.0, 150.0, 125.0, 100.0)
SLAB_CHECKS = ("toe", "heel", "stem")


@dataclass(frozen=True, kw_only=True)
class Increment:
    """What one grid step of width buys.

    Attributes:
        base_width, area: of the section; ratio: demand over capacity of the governing check.
        governing: id and situation of that check; holds: all checks pass.
    """

    base_width: float
    area: float
    ratio: float
    governing: str
    situation: str
    holds: bool


@dataclass(frozen=True, kw_only=True)
class Sizing:
    """The section found.

    Attributes:
        shape, result: the section and its check; governing: the check that stops it from being smaller.
        increments: the same section one grid step thinner and thicker, and so on.
        tried: sections looked at.
    """

    shape: WallShape
    result: WallResult
    governing: Check | None
    increments: tuple[Increment, ...]
    tried: int


class _Search:
    """Checks candidates and counts them."""

    def __init__(
        self, design: WallDesign, loads: WallLoads, ground: Sequence[Point], skip: Callable[[Check], bool]
    ) -> None:
        self.design, self.loads, self.ground, self.skip = design, loads, ground, skip
        self.tried = 0
        self.solve = PressureMemo()

    def check(self, shape: WallShape) -> WallResult:
        """A candidate in all situations."""
        self.tried += 1
        return check_wall(self.design, shape, self.loads, ground=self.ground, solve=self.solve)

    def failing(self, shape: WallShape) -> Check | None:
        """The worst failing check of a candidate."""
        failed = [c for c in self.check(shape).checks if c.verdict is Verdict.FAIL and not self.skip(c)]
        return max(failed, key=lambda c: c.ratio if c.ratio is not None else math.inf, default=None)


def _never(check: Check) -> bool:
    return False


def size_wall(design: WallDesign, start: WallShape, loads: WallLoads, *, ground: Sequence[Point] = PLAIN) -> Sizing:
    """The section of least volume that passes every binding check in all situations.

    Args:
        start: fixes kind, material, height, embedment, freeboard and grades; its sizes are the first candidate.

    Raises:
        NoSolution: nothing on the grid stands; the message names the check that stops the largest section tried.
        InputError: the soil or water cannot be worked with any section.
    """
    if start.kind == "cantilever":
        return _size_cantilever(design, start, loads, ground)
    search = _Search(design, loads, ground, _never)
    best: WallShape | None = None
    stopped: tuple[float, Check, WallShape] | None = None
    for candidate in _gravity_family(start, loads, design.sizing):
        found, stop = _thinnest(search, candidate, design.sizing, _area(best, loads, ground) if best else None)
        if found is not None:
            best = found
        elif stop is not None and best is None:
            ratio = stop[0].ratio if stop[0].ratio is not None else math.inf
            if stopped is None or ratio < stopped[0]:
                stopped = (ratio, *stop)
    if best is None:
        raise _no_solution(stopped, search.tried)
    return _finished(search, best, design.sizing)


def _no_solution(stopped: tuple[float, Check, WallShape] | None, tried: int) -> NoSolution:
    if stopped is None:
        return NoSolution(message("walls.sizing.what"), message("walls.sizing.none_fits", tried=tried))
    ratio, check, shape = stopped
    situation: Message | str = message(check.situation) if check.situation else ""
    shown = f"{ratio:.2f}" if math.isfinite(ratio) else "> 1"
    return NoSolution(
        message("walls.sizing.what"),
        message("walls.sizing.stopped", check=check.title, situation=situation, ratio=shown,
                width=f"{shape.top_width:.2f}", height=f"{shape.height:.2f}", tried=tried),
    )  # fmt: skip


def _gravity_family(start: WallShape, loads: WallLoads, grid: SizingGrid) -> Iterator[WallShape]:
    """The start's own proportions first, then every combination of the grid the ground allows."""
    limit = gb50330.limit("base_slope", "soil" if loads.base.kind == "soil" else "rock").value
    yield start
    slopes = [slope for slope in grid.base_slopes if slope <= limit + 1e-9]
    keys = grid.key_depths if loads.base.kind == "soil" else (0.0,)
    for face, back, slope, step, key in itertools.product(
        grid.face_batters, grid.back_batters, slopes, grid.toe_steps, keys
    ):
        if back < 0 and face < -back - 1e-9 and start.material != "gabion":
            continue  # a wall leaning back more than its face narrows downwards
        yield start.model_copy(
            update={
                "face_batter": face, "back_batter": back, "base_slope": slope, "toe_step_width": step,
                "toe_step_height": min(2 * step, 0.4 * start.height), "key_depth": key,
                "key_width": 0.4 if key else 0.0, "key_distance": 0.0, "back_steps": (),
            }
        )  # fmt: skip


def _area(shape: WallShape, loads: WallLoads, ground: Sequence[Point]) -> float:
    return wall_body(shape, loads.base.kind, ground=ground).area


def _thinnest(
    search: _Search, shape: WallShape, grid: SizingGrid, beat: float | None
) -> tuple[WallShape | None, tuple[Check, WallShape] | None]:
    """The least top width of one family that stands and beats `beat` in area; else what stopped its largest."""
    least = gb50330.limit("top_width", "masonry" if shape.material in ("masonry", "gabion") else "concrete").value
    step = grid.width_step
    first = math.ceil(least / step - 1e-9)
    last = math.floor(grid.max_width_per_height * shape.height / step + 1e-9)

    def at(i: int) -> WallShape:
        return shape.model_copy(update={"top_width": round(i * step, 6)})

    def fits(i: int) -> bool:
        try:
            body = wall_body(at(i), search.loads.base.kind, ground=search.ground)
        except InputError:
            return False
        within = body.base_width <= grid.max_width_per_height * shape.height + 1e-9
        return within and (beat is None or body.area < beat - 1e-9)

    while last >= first and not fits(last):
        last -= 1
    while first <= last and not fits(first):
        first += 1
    if last < first:
        return None, None
    stop = search.failing(at(last))
    if stop is not None:
        return None, (stop, at(last))
    low, high = first - 1, last
    while high - low > 1:
        middle = (low + high) // 2
        if search.failing(at(middle)) is None:
            high = middle
        else:
            low = middle
    return at(high), None


def _finished(search: _Search, shape: WallShape, grid: SizingGrid) -> Sizing:
    result = search.check(shape)
    increments = []
    for steps in range(-2, 5):
        wider = shape.model_copy(update={_width_field(shape): round(getattr(shape, _width_field(shape))
                                                                    + steps * grid.width_step, 6)})  # fmt: skip
        if getattr(wider, _width_field(shape)) <= 0:
            continue
        try:
            found = result if steps == 0 else search.check(wider)
        except InputError:
            continue
        increments.append(_increment(found))
    return Sizing(
        shape=shape, result=result, governing=_stopper(search, shape, grid) or result.governing,
        increments=tuple(increments), tried=search.tried,
    )  # fmt: skip


def _stopper(search: _Search, shape: WallShape, grid: SizingGrid) -> Check | None:
    """The check that the next thinner section misses."""
    name = _width_field(shape)
    thinner = round(getattr(shape, name) - grid.width_step, 6)
    if thinner <= 0:
        return None
    try:
        return search.failing(shape.model_copy(update={name: thinner}))
    except InputError:
        return None


def _width_field(shape: WallShape) -> str:
    return "heel" if shape.kind == "cantilever" else "top_width"


def _increment(result: WallResult) -> Increment:
    worst = result.governing
    return Increment(
        base_width=result.body.base_width, area=result.body.area, holds=result.holds,
        ratio=worst.ratio or 0.0 if worst is not None else 0.0, governing=worst.id if worst is not None else "",
        situation=worst.situation if worst is not None else "",
    )  # fmt: skip


def _is_bar_check(check: Check) -> bool:
    return check.id.removeprefix("wall.").startswith(SLAB_CHECKS)


def _size_cantilever(design: WallDesign, start: WallShape, loads: WallLoads, ground: Sequence[Point]) -> Sizing:
    """Heel by stability, then thickness and bars by the sections; the least area of concrete."""
    grid = design.sizing
    stable = _Search(design, loads, ground, _is_bar_check)
    least = gb50330.limit("cantilever", "thickness").value / 1000
    best: tuple[float, WallShape] | None = None
    stopped: tuple[float, Check, WallShape] | None = None
    thick = [t for t in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.8) if least <= t <= 0.25 * start.height + 1e-9]
    for stem, share in itertools.product(thick or [least], (0.1, 0.2, 0.3)):
        slab = max(stem, 0.3 if start.height > 2 else 0.25)
        toe = round(share * start.height / 0.05) * 0.05
        bars = BarSet(diameter_mm=12, spacing_mm=200, cover_mm=start.stem_bars.cover_mm if start.stem_bars else 45)
        family = start.model_copy(
            update={
                "top_width": max(least, min(stem, 0.25)), "slab": slab, "toe": toe, "stem_bars": bars,
                "toe_bars": bars, "heel_bars": bars,
                "face_batter": max(stem - max(least, min(stem, 0.25)), 0.0) / (start.height - slab),
                "back_batter": 0.0,
            }
        )  # fmt: skip
        heel, stop = _least_heel(stable, family, grid)
        if heel is None:
            if stop is not None and (stopped is None or (stop.ratio or math.inf) < stopped[0]):
                stopped = (stop.ratio or math.inf, stop, family)
            continue
        area = _area(heel, loads, ground)
        if best is not None and area >= best[0] - 1e-9:
            continue
        reinforced = _with_bars(stable, heel)
        if reinforced is not None:
            best = (area, reinforced)
    if best is None:
        raise _no_solution(stopped, stable.tried)
    search = _Search(design, loads, ground, _never)
    search.tried = stable.tried
    return _finished(search, best[1], grid)


def _least_heel(search: _Search, family: WallShape, grid: SizingGrid) -> tuple[WallShape | None, Check | None]:
    last = math.floor(grid.max_width_per_height * family.height / grid.width_step)

    def at(i: int) -> WallShape:
        return family.model_copy(update={"heel": round(i * grid.width_step, 6)})

    stop = search.failing(at(last))
    if stop is not None:
        return None, stop
    low, high = 0, last
    while high - low > 1:
        middle = (low + high) // 2
        if search.failing(at(middle)) is None:
            high = middle
        else:
            low = middle
    return at(high), None


def _with_bars(search: _Search, shape: WallShape) -> WallShape | None:
    """Least bars of stem, toe and heel that pass, each from the list of usual diameters and spacings."""
    usual = sorted(itertools.product(DIAMETERS, SPACINGS), key=lambda p: (p[0] ** 2 / p[1], p[0]))
    at = dict.fromkeys(SLAB_CHECKS, 0)
    for _ in range(len(SLAB_CHECKS) * len(usual)):
        update = {}
        for place, i in at.items():
            bars = getattr(shape, f"{place}_bars")
            d, s = usual[i]
            update[f"{place}_bars"] = bars.model_copy(update={"diameter_mm": d, "spacing_mm": s})
        candidate = shape.model_copy(update=update)
        result = search.check(candidate)
        failed = {
            place for c in result.checks if c.verdict is Verdict.FAIL for place in SLAB_CHECKS
            if c.id.startswith(f"wall.{place}_")
        }  # fmt: skip
        if any(c.id.endswith("_shear") and c.verdict is Verdict.FAIL for c in result.checks):
            return None
        if not failed:
            return candidate
        for place in failed:
            at[place] += 1
            if at[place] >= len(usual):
                return None
    return None
