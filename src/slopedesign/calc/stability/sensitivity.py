"""Which input moves the factor, and how reliable it is.

`derivatives` and `reliability` work on the critical surfaces found (the factor of a minimum changes, to first order,
as if its surface stood still); `tornado` searches anew for every end of every range.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.stats import norm

from slopedesign.calc.stability.circles import SearchSettings
from slopedesign.calc.stability.model import Model, prepare
from slopedesign.calc.stability.search import SlipResult, critical_circle
from slopedesign.calc.stability.section import Crack, Section
from slopedesign.calc.stability.slices import Slices, cut
from slopedesign.calc.stability.solution import SlipSurface, work_out
from slopedesign.calc.stability.solve import STATED, Method, solve
from slopedesign.calc.stability.strength import Array, MohrCoulomb, finite
from slopedesign.errors import InputError
from slopedesign.i18n import message

Quantity = Literal["cohesion", "friction_deg", "unit_weight", "water_level", "kh", "ru", "crack_water"]
UNITS: Mapping[Quantity, str] = {
    "cohesion": "kPa", "friction_deg": "deg", "unit_weight": "kN/m3", "water_level": "m", "kh": "-", "ru": "-",
    "crack_water": "m",
}  # fmt: skip


@dataclass(frozen=True)
class Input:
    """One number of a section: a quantity, of a material (by number) or of the whole section (None)."""

    quantity: Quantity
    material: int | None = None


@dataclass(frozen=True, kw_only=True)
class Derivative:
    """How the factor answers to one input.

    `slope` is the change of the factor per unit of the input, `elasticity` the relative change per relative change
    (None where the input is 0 or has no zero).
    """

    input: Input
    value: float
    slope: float
    elasticity: float | None


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of a tornado: the factor at both ends of an input's range (None: no valid surface)."""

    input: Input
    low: float
    high: float
    fos_low: float | None
    fos_high: float | None

    @property
    def swing(self) -> float:
        """Difference of the two factors (0 where one is missing)."""
        if self.fos_low is None or self.fos_high is None:
            return 0.0
        return abs(self.fos_high - self.fos_low)


def inputs_of(section: Section) -> tuple[Input, ...]:
    """The inputs of a section that can be varied."""
    out: list[Input] = []
    for i, material in enumerate(section.materials):
        if isinstance(material.strength, MohrCoulomb):
            out += [Input("cohesion", i), Input("friction_deg", i)]
        out.append(Input("unit_weight", i))
    if section.piezo is not None:
        out.append(Input("water_level"))
    if section.ru > 0:
        out.append(Input("ru"))
    if section.crack is not None and section.crack.depth > 0:
        out.append(Input("crack_water"))
    out.append(Input("kh"))
    return tuple(out)


def value_of(section: Section, which: Input) -> float:
    """Present value of an input (a water level counts from the line as stated: 0)."""
    if which.material is not None:
        material = section.materials[which.material]
        if which.quantity == "unit_weight":
            return material.unit_weight
        law = material.strength
        if not isinstance(law, MohrCoulomb):
            raise InputError(f"{section.name}.{which.quantity}", which.material, message("stability.rule.law"))
        return law.cohesion if which.quantity == "cohesion" else law.friction_deg
    match which.quantity:
        case "kh":
            return section.kh
        case "ru":
            return section.ru
        case "crack_water":
            return section.crack.water if section.crack else 0.0
        case _:
            return 0.0


def with_value(section: Section, which: Input, value: float) -> Section:
    """The section with one input changed."""
    if which.material is not None:
        materials = list(section.materials)
        material = materials[which.material]
        if which.quantity == "unit_weight":
            shift = value - material.unit_weight
            wet = material.saturated_unit_weight
            materials[which.material] = replace(
                material, unit_weight=value, saturated_unit_weight=None if wet is None else wet + shift
            )
        else:
            law = material.strength
            if not isinstance(law, MohrCoulomb):
                raise InputError(f"{section.name}.{which.quantity}", which.material, message("stability.rule.law"))
            new = (
                replace(law, cohesion=value) if which.quantity == "cohesion" else replace(law, friction_deg=value)
            )  # fmt: skip
            materials[which.material] = replace(material, strength=new)
        return section.with_materials(materials)
    match which.quantity:
        case "kh":
            return replace(section, kh=value)
        case "ru":
            return replace(section, ru=value)
        case "crack_water":
            crack = section.crack or Crack(depth=0.0)
            return replace(section, crack=replace(crack, water=value))
        case _:
            piezo = np.asarray(section.piezo, dtype=float) + np.array([0.0, value])
            return replace(section, piezo=piezo)


_STEP: Mapping[Quantity, float] = {
    "cohesion": 0.05, "friction_deg": 0.05, "unit_weight": 0.05, "water_level": 0.02, "kh": 1e-3, "ru": 1e-3,
    "crack_water": 0.01,
}  # fmt: skip


def derivatives(section: Section, surface: SlipSurface, which: Sequence[Input] | None = None) -> tuple[Derivative, ...]:
    """Change of the factor of one surface by each input, steepest relative change first."""
    out = []
    for item in which if which is not None else inputs_of(section):
        value, step = value_of(section, item), _STEP[item.quantity]
        low = max(value - step, 0.0) if item.quantity != "water_level" else value - step
        high = value + step
        pair = []
        for at in (low, high):
            model = prepare(with_value(section, item, at))
            pair.append(
                work_out(
                    model, surface.shape, surface.method, slices=60, function=surface.function or "half_sine",
                    start=surface.fos, scale=surface.scale,
                    seismic_arm="base" if surface.seismic_at_base else "centroid",
                ).fos
            )  # fmt: skip
        slope = (pair[1] - pair[0]) / (high - low)
        relative = slope * value / surface.fos if value > 0 else None
        out.append(Derivative(input=item, value=value, slope=slope, elasticity=relative))
    return tuple(sorted(out, key=lambda d: -abs(d.elasticity or 0.0)))


def tornado(
    section: Section, ranges: Mapping[Input, tuple[float, float]], *, method: Method = "bishop",
    settings: SearchSettings | None = None,
) -> tuple[Bar, ...]:  # fmt: skip
    """The critical factor at both ends of every range, all else as stated; the longest bar first."""
    bars = []
    for item, (low, high) in ranges.items():
        finite(f"tornado.{item.quantity}.low", low)
        finite(f"tornado.{item.quantity}.high", high)
        ends = [critical_circle(with_value(section, item, v), method, settings).fos for v in (low, high)]
        bars.append(Bar(input=item, low=low, high=high, fos_low=ends[0], fos_high=ends[1]))
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How one input scatters: standard deviation, and the law of its scatter."""

    input: Input
    deviation: float
    law: Literal["normal", "lognormal"] = "normal"


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """Outcome of a Monte Carlo run on the critical surfaces.

    Attributes:
        mean, deviation: of the factor over the solved samples.
        failures: share of samples below 1; standard error of that share beside it.
        index_normal, index_lognormal: reliability index from mean and deviation, taking the factor as normal or
            lognormal; index_counted: from the share of failures (None where there were none, or nothing but).
        unsolved: samples without a factor (they are not in the mean and count as failures nowhere).
        factors: the factor of every sample (NaN where unsolved).
    """

    samples: int
    unsolved: int
    mean: float
    deviation: float
    failures: float
    failures_error: float
    index_normal: float
    index_lognormal: float
    index_counted: float | None
    factors: Array


def reliability(
    section: Section, found: SlipResult, spreads: Sequence[Spread], *, samples: int = 10_000, seed: int = 1,
    surfaces: int = 3,
) -> Reliability:  # fmt: skip
    """Monte Carlo over strengths and unit weights on the lowest surfaces of a search; each sample takes the lowest.

    Raises:
        InputError: nothing scatters, a negative deviation, or a quantity that is not of a material.
    """
    if not spreads or found.critical is None:
        raise InputError("reliability.spreads", len(spreads), message("stability.rule.spreads"))
    for i, spread in enumerate(spreads):
        finite(f"reliability.spreads[{i}].deviation", spread.deviation, least=0.0)
        if spread.input.material is None:
            raise InputError(f"reliability.spreads[{i}]", spread.input.quantity, message("stability.rule.spread_of"))
    rng = np.random.default_rng(seed)
    drawn = {spread.input: _draw(rng, value_of(section, spread.input), spread, samples) for spread in spreads}
    lowest = np.full(samples, np.inf)
    for surface in found.surfaces[:surfaces]:
        fos = _sampled(section, surface, drawn, samples)
        lowest = np.fmin(lowest, np.where(np.isfinite(fos), fos, np.inf))
    factors = np.where(np.isfinite(lowest), lowest, np.nan)
    good = factors[np.isfinite(factors)]
    mean, deviation = float(good.mean()), float(good.std(ddof=1))
    below = float((good < 1.0).mean())
    cov = deviation / mean
    log_spread = math.sqrt(math.log1p(cov * cov))
    return Reliability(
        samples=samples, unsolved=int(samples - len(good)), mean=mean, deviation=deviation, failures=below,
        failures_error=math.sqrt(below * (1 - below) / len(good)), index_normal=(mean - 1.0) / deviation,
        index_lognormal=math.log(mean / math.sqrt(1.0 + cov * cov)) / log_spread,
        index_counted=float(-norm.ppf(below)) if 0 < below < 1 else None, factors=factors,
    )  # fmt: skip


def _draw(rng: np.random.Generator, mean: float, spread: Spread, samples: int) -> Array:
    if spread.law == "lognormal" and mean > 0:
        variance = math.log1p((spread.deviation / mean) ** 2)
        return rng.lognormal(math.log(mean) - 0.5 * variance, math.sqrt(variance), samples)
    return np.maximum(rng.normal(mean, spread.deviation, samples), 0.0)


def _sampled(section: Section, surface: SlipSurface, drawn: Mapping[Input, Array], samples: int) -> Array:
    """Factors of one surface for all samples; weights are linear in the unit weights, so they are superposed."""
    arm: Literal["base", "centroid"] = "base" if surface.seismic_at_base else "centroid"
    model = prepare(section)
    one = cut(model, surface.shape, 40, arm)
    rows = np.zeros(samples, dtype=np.intp)
    many = one.take(rows)
    cohesion, tan_phi = many.cohesion.copy(), many.tan_phi.copy()
    changes: dict[str, Array] = {n: getattr(many, n).copy() for n in ("weight", "down", "out", "pore", "drive")}
    for item, values in drawn.items():
        if item.quantity == "cohesion":
            cohesion = np.where(many.material == item.material, values[:, None], cohesion)
        elif item.quantity == "friction_deg":
            slope = np.tan(np.radians(np.minimum(values, 89.0)))
            tan_phi = np.where(many.material == item.material, slope[:, None], tan_phi)
        else:
            unit = value_of(section, item)
            heavier = cut(_heavier(section, item, unit + 1.0), surface.shape, 40, arm)
            for name in changes:
                per_unit = getattr(heavier, name) - getattr(one, name)
                extra = values - unit
                changes[name] += (extra[:, None] if per_unit.ndim == 2 else extra) * per_unit
    varied: Slices = replace(many, cohesion=cohesion, tan_phi=tan_phi, **changes)  # type: ignore[arg-type]
    found, _ = solve(
        model, varied, surface.method, function=surface.function or "half_sine", limits=STATED,
        start=np.full(samples, surface.fos), scale=np.full(samples, surface.scale), tolerance=1e-6,
    )  # fmt: skip
    return found.fos


def _heavier(section: Section, item: Input, value: float) -> Model:
    return prepare(with_value(section, item, value))
