"""What must be so that a factor is reached: angle, width, toe weight, support force.

Every answer searches for the critical surface anew at each trial value; nothing is scaled from one surface.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from slopedesign.calc.stability.circles import SearchSettings
from slopedesign.calc.stability.search import critical_circle
from slopedesign.calc.stability.section import PointLoad, Section, Surcharge
from slopedesign.calc.stability.solve import Method
from slopedesign.calc.stability.strength import Array, finite
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message

Factor = Callable[[Section], float | None]


@dataclass(frozen=True, kw_only=True)
class Needed:
    """A value that reaches a required factor.

    Attributes:
        value: the answer, on the safe side of the last interval.
        fos: factor found with it (at the search's final slices).
        trials: values tried and their factors, in the order tried; None where a trial had no valid surface.
        at_end: the whole range meets the requirement: the answer is its far end.
    """

    value: float
    unit: str
    fos: float
    required: float
    trials: tuple[tuple[float, float | None], ...]
    at_end: bool


def solve_for(
    build: Callable[[float], Section], required: float, low: float, high: float, *, unit: str, rising: bool,
    what: str, method: Method = "bishop", settings: SearchSettings | None = None, factor: Factor | None = None,
    tolerance: float = 2e-3, most: int = 30, ladder: bool = False,
) -> Needed:  # fmt: skip
    """The value between `low` and `high` at which the critical factor is `required`.

    Args:
        build: the section for a value; rising: the factor grows with the value.
        what: key of the thing sought ("riser_angle"); tolerance: on the value, as a share of the range.
        ladder: too much of it does harm too (a load that fails by itself): the least value that meets the factor is
            sought on a ladder of doublings before it is bisected.

    Raises:
        NoSolution: even the best end of the range does not reach the factor.
    """
    finite(f"{what}.required", required, least=1e-6)
    finite(f"{what}.low", low)
    finite(f"{what}.high", high)
    if not high > low:
        raise InputError(f"{what}.high", high, message("stability.rule.increasing"))
    judge = factor or (lambda section: critical_circle(section, method, settings).fos)
    trials: list[tuple[float, float | None]] = []

    def at(value: float) -> float | None:
        found = judge(build(value))
        trials.append((value, found))
        return found

    def meets(found: float | None) -> bool:
        return found is not None and found >= required

    safe, bold = (high, low) if rising else (low, high)
    other = at(bold)
    if meets(other) and other is not None:
        return Needed(value=bold, unit=unit, fos=other, required=required, trials=tuple(trials), at_end=True)
    best = None
    for share in 2.0 ** -np.arange(9, -1, -1) if ladder else (1.0,):
        safe = low + float(share) * (high - low) if ladder else (high if rising else low)
        best = at(safe)
        if meets(best):
            break
        bold = safe if ladder else bold
    if not meets(best):
        tried = message("stability.tried.range", low=f"{low:g}", high=f"{high:g}", unit=unit)
        raise NoSolution(message(f"stability.what.{what}"), tried)
    for _ in range(most):
        if abs(safe - bold) <= tolerance * (abs(safe) if ladder else high - low):
            break
        middle = 0.5 * (safe + bold)
        found = at(middle)
        if meets(found):
            safe, best = middle, found
        else:
            bold = middle
    return Needed(
        value=safe, unit=unit, fos=best if best is not None else math.nan, required=required, trials=tuple(trials),
        at_end=False,
    )  # fmt: skip


def benched_ground(
    *, riser_height: float, face_deg: float, berm_width: float, count: int, foot: tuple[float, float] = (0.0, 0.0),
    foot_run: float | None = None, top_run: float | None = None, top_deg: float = 0.0, inward_fall_deg: float = 0.0,
) -> Array:  # fmt: skip
    """Ground line of equal benches rising to the right from `foot`: vertices (n, 2).

    Raises:
        InputError: heights, angles or numbers that make no slope.
    """
    for name, value, least in (("riser_height", riser_height, 1e-6), ("berm_width", berm_width, 0.0)):
        finite(f"benches.{name}", value, least=least)
    finite("benches.face_deg", face_deg, least=1e-3, most=89.9)
    finite("benches.inward_fall_deg", inward_fall_deg, least=-30.0, most=30.0)
    if count < 1:
        raise InputError("benches.count", count, message("stability.rule.positive"))
    tall = riser_height * count
    x, y = foot
    points = [(x - (foot_run if foot_run is not None else 1.5 * tall), y), (x, y)]
    for i in range(count):
        x, y = x + riser_height / math.tan(math.radians(face_deg)), y + riser_height
        points.append((x, y))
        if i + 1 < count and berm_width > 0:
            x, y = x + berm_width, y - berm_width * math.tan(math.radians(inward_fall_deg))
            points.append((x, y))
    run = top_run if top_run is not None else 2.0 * tall
    points.append((x + run, y + run * math.tan(math.radians(top_deg))))
    return np.array(points)


def largest_riser_angle(
    build: Callable[[float], Section], required: float, low: float = 15.0, high: float = 85.0, *,
    method: Method = "bishop", settings: SearchSettings | None = None,
) -> Needed:  # fmt: skip
    """Steepest face angle [deg] of the benches; `build` makes the section for an angle."""
    return solve_for(
        build, required, low, high, unit="deg", rising=False, what="riser_angle", method=method, settings=settings
    )


def smallest_berm(
    build: Callable[[float], Section], required: float, low: float = 0.0, high: float = 30.0, *,
    method: Method = "bishop", settings: SearchSettings | None = None,
) -> Needed:  # fmt: skip
    """Narrowest berm [m]; `build` makes the section for a width."""
    return solve_for(
        build, required, low, high, unit="m", rising=True, what="berm_width", method=method, settings=settings
    )


def toe_weight(
    section: Section, required: float, x_from: float, x_to: float, high: float = 1000.0, *,
    method: Method = "bishop", settings: SearchSettings | None = None,
) -> Needed:  # fmt: skip
    """Pressure [kPa] on the ground between two x in front of the slope; its weight is pressure times length."""

    def build(pressure: float) -> Section:
        if pressure == 0:
            return section
        load = Surcharge(x_from=x_from, x_to=x_to, from_kpa=pressure, to_kpa=pressure)
        return replace(section, surcharges=(*section.surcharges, load))

    return solve_for(
        build,
        required,
        0.0,
        high,
        unit="kPa",
        rising=True,
        what="toe_weight",
        method=method,
        settings=settings,
        ladder=True,
    )


def support_force(
    section: Section, required: float, x: float, high: float = 5000.0, *, y: float | None = None,
    below_horizontal_deg: float = 0.0, method: Method = "bishop", settings: SearchSettings | None = None,
) -> Needed:  # fmt: skip
    """Force [kN/m] of a wall or anchor on the ground at x, pushing into the slope, for the required factor.

    It acts on every trial surface that starts in front of x and passes under it; surfaces that leave the ground above
    x do not feel it, so no force may be enough: then no surface meets the factor and NoSolution says so.
    """
    angle = math.radians(below_horizontal_deg)

    def build(force: float) -> Section:
        load = PointLoad(x=x, y=y, down=force * math.sin(angle), inward=force * math.cos(angle))
        return replace(section, loads=(*section.loads, load)) if force else section

    return solve_for(
        build,
        required,
        0.0,
        high,
        unit="kN/m",
        rising=True,
        what="support",
        method=method,
        settings=settings,
        ladder=True,
    )
