"""Design storm: three methods that give the mean intensity of a duration, a frequency fit, and storm profiles.

duration factor   q(t) = Cp Ct q5,10, from a map value and two tables (GB 51018-2014, annex A.4)
city formula      q(t) = 167 A1 (1 + C lg P)/(t + b)^n (GB 50014-2021)
daily rain        i(t) = Sp/t^n with Sp = H24 24^(n-1) (SL 44-2006)

Nothing here has a default that stands for a place: map values, city constants and rain depths are inputs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import least_squares
from scipy.special import gammaincinv, ndtri

from slopedesign.calc.water import need
from slopedesign.errors import InputError, OutOfRange
from slopedesign.i18n import message
from slopedesign.standards import gb50014_2021 as gb50014
from slopedesign.standards import gb51018_2014 as gb51018
from slopedesign.standards import sl44_2006 as sl44
from slopedesign.standards.trace import Datum, Traced, given
from slopedesign.standards.water_tables import along, table

Region = Literal["south_east", "north_tibet_west_sichuan", "north_west", "north_west_arid"]


class StormMethod(Protocol):
    """A way from duration to mean intensity."""

    @property
    def name(self) -> str:
        """Phrase key of the method."""
        ...

    @property
    def return_period(self) -> float:
        """Return period [a]."""
        ...

    def intensity(self, minutes: float | Traced) -> Traced:
        """Mean intensity of the duration [mm/min]."""
        ...


def storm_factor(region: str, years: float) -> Datum:
    """C_p of a region for a return period; between the listed years it is read on ln P, outside them refused.

    Raises:
        OutOfRange: the return period lies outside the table.
    """
    found = table("storm", "storm_factor")
    listed = found.array("return_period_years")
    row = np.asarray(found.raw(region), dtype=float)
    if years < 1:
        raise InputError("water.storm.return_period", years, message("water.error.return_period"))
    if not listed[0] <= years <= listed[-1]:
        clause = f"{found.source}, water.storm.return_period"
        raise OutOfRange(clause, years, f"{listed[0]:g} .. {listed[-1]:g} a")
    value = along(np.log(listed), row, math.log(years), str(found.source)) if years not in listed else float(
        row[list(listed).index(years)]
    )  # fmt: skip
    return found.made(value, label="water.quantity.storm_factor")


def duration_factor(c60: float, minutes: float) -> Datum:
    """C_t of a duration for the place's C60, read linearly between rows and columns; outside them refused.

    Raises:
        OutOfRange: duration or C60 lies outside the table.
    """
    found = table("storm", "duration_factor")
    times, rows = found.array("minutes"), found.array("c60")
    columns = np.array([along(times, row, minutes, str(found.source)) for row in found.array("values")])
    return found.made(along(rows, columns, c60, str(found.source)), label="water.quantity.duration_factor")


@dataclass(frozen=True)
class DurationFactorStorm:
    """q = Cp Ct q5,10.

    Args:
        q_5_10: intensity of 5 years and 10 minutes from the national map [mm/min].
        c_p: a `Traced` factor (from `storm_factor`, or stated).
        c60: the place's ratio of 60- to 10-minute intensity.
        return_period: years.
    """

    q_5_10: Traced
    c_p: Traced
    c60: float
    return_period: float
    name: str = "water.method.duration_factor"

    def intensity(self, minutes: float | Traced) -> Traced:
        """Mean intensity [mm/min]."""
        c_t = duration_factor(self.c60, float(minutes))
        return gb51018.STORM_INTENSITY.at(C_p=self.c_p, C_t=c_t, q_5_10=self.q_5_10)


@dataclass(frozen=True)
class CityStorm:
    """The published intensity formula of a city; b [min], A1 [mm/min]."""

    a1: Traced
    c: Traced
    b: Traced
    n: Traced
    years: Traced
    name: str = "water.method.city"

    @property
    def return_period(self) -> float:
        """Return period [a]."""
        return self.years.value

    def intensity(self, minutes: float | Traced) -> Traced:
        """Mean intensity [mm/min]."""
        step = gb50014.CITY_INTENSITY.at(A_1=self.a1, C=self.c, P=self.years, t=minutes, b=self.b, n=self.n)
        return gb50014.INTENSITY_UNITS.at(q_c=step)


@dataclass(frozen=True)
class DailyRainStorm:
    """i = Sp/t^n from the 24-hour rain of the return period.

    Args:
        h24: 24-hour rain of the return period [mm].
        n: decay exponent for durations over one hour.
        n_short: exponent below one hour; None takes `n` there too.
    """

    h24: Traced
    n: Traced
    return_period: float
    n_short: Traced | None = None
    name: str = "water.method.daily_rain"

    @property
    def power(self) -> Traced:
        """Sp [mm/h]."""
        return sl44.RAIN_POWER.at(H_24=self.h24, n=self.n)

    def intensity(self, minutes: float | Traced) -> Traced:
        """Mean intensity [mm/min]."""
        hours = float(minutes) / 60.0
        n = self.n_short if self.n_short is not None and hours < 1 else self.n
        return sl44.TO_PER_MINUTE.at(i=sl44.MEAN_INTENSITY.at(S_p=self.power, t=hours, n=n))


@dataclass(frozen=True)
class RecordedStorm:
    """Recorded local maxima: depth [mm] by duration [min]; read on log-log between them, refused outside."""

    minutes: tuple[float, ...]
    depths: tuple[float, ...]
    return_period: float = math.nan
    name: str = "water.method.recorded"

    def __post_init__(self) -> None:
        if len(self.minutes) != len(self.depths) or not self.minutes:
            raise InputError("water.storm.recorded", len(self.depths), message("water.error.pairs"))
        if any(not b > a > 0 for a, b in zip(self.minutes, self.minutes[1:], strict=False)) or min(self.depths) <= 0:
            raise InputError("water.storm.recorded", self.minutes, message("water.error.rising"))

    def intensity(self, minutes: float | Traced) -> Traced:
        """Mean intensity [mm/min]."""
        t = float(minutes)
        x, y = np.log(self.minutes), np.log(self.depths)
        depth = math.exp(along(x, y, math.log(t), "water.storm.recorded"))
        return given(depth / t, "mm/min", "water.storm.recorded", "water.quantity.intensity")


def largest(methods: Sequence[StormMethod], minutes: float | Traced) -> tuple[StormMethod, Traced]:
    """The method that gives the greatest intensity, and that intensity.

    Raises:
        InputError: no method is stated.
    """
    if not methods:
        raise InputError("water.storm", None, message("water.error.no_storm"))
    worked = [(method, method.intensity(minutes)) for method in methods]
    return max(worked, key=lambda pair: pair[1].value)


# Frequency ------------------------------------------------------------------------------------------------------------


def frequency_factor(c_s: float, exceedance: ArrayLike) -> NDArray[np.float64]:
    """Phi_p of the Pearson III curve: the standardised value exceeded with probability `exceedance` (0..1)."""
    p = np.asarray(exceedance, dtype=float)
    if np.any((p <= 0) | (p >= 1)):
        raise OutOfRange("P-III", p.tolist(), "0 < p < 1")
    if abs(c_s) < 1e-4:
        return np.asarray(ndtri(1 - p))
    shape = 4.0 / c_s**2
    q = 1 - p if c_s > 0 else p
    return np.asarray(c_s / 2.0 * gammaincinv(shape, q) - 2.0 / c_s)


@dataclass(frozen=True)
class FrequencyFit:
    """A Pearson III curve fitted to annual maxima.

    Attributes:
        mean, c_v, c_s: parameters; the mean is that of the sample.
        values: sample in falling order, (n,) mm.
        exceedance: plotting position m/(n+1) of each value.
        moments: (c_v, c_s) by unbiased moments, before fitting.
        rms: root mean square distance of the points from the curve [mm].
    """

    mean: float
    c_v: float
    c_s: float
    values: NDArray[np.float64]
    exceedance: NDArray[np.float64]
    moments: tuple[float, float]
    rms: float

    def quantile(self, years: float) -> float:
        """Value of a return period [mm].

        Raises:
            InputError: the return period is 1 year or less.
        """
        if not years > 1:
            raise InputError("water.storm.return_period", years, message("water.error.return_period"))
        return sl44.QUANTILE.number(
            x_mean=self.mean, C_v=self.c_v, Phi_p=float(frequency_factor(self.c_s, 1.0 / years))
        )

    def traced(self, years: float, field: str) -> Traced:
        """The same with its working."""
        return sl44.QUANTILE.at(
            x_mean=given(self.mean, "mm", field), C_v=given(self.c_v, "-", field),
            Phi_p=float(frequency_factor(self.c_s, 1.0 / years)),
        )  # fmt: skip

    def curve(self, exceedance: ArrayLike) -> NDArray[np.float64]:
        """Values of the curve at exceedance probabilities."""
        return np.asarray(self.mean * (1 + self.c_v * frequency_factor(self.c_s, exceedance)))


def fit_frequency(
    annual_maxima: ArrayLike, cs_over_cv: float | None = None, field: str = "annual_maxima"
) -> FrequencyFit:
    """Fits a Pearson III curve to annual maxima by least squares on the plotted points (mean kept).

    Args:
        cs_over_cv: fixed ratio Cs/Cv, as regional practice states; None fits it too.

    Raises:
        InputError: fewer than 10 values, a value is not positive, or all are equal.
    """
    values = np.sort(np.asarray(annual_maxima, dtype=float))[::-1]
    if values.size < 10:
        raise InputError(field, int(values.size), message("water.error.few_years", least=10))
    if not np.all(np.isfinite(values)) or values[-1] <= 0:
        raise InputError(field, float(values[-1]), message("water.error.positive"))
    mean, n = float(values.mean()), values.size
    deviation = values / mean - 1
    c_v = math.sqrt(float(np.sum(deviation**2)) / (n - 1))
    if c_v == 0:
        raise InputError(field, mean, message("water.error.all_equal"))
    c_s = float(n * np.sum(deviation**3) / ((n - 1) * (n - 2) * c_v**3))
    exceedance = np.arange(1, n + 1) / (n + 1)

    def gaps(free: NDArray[np.float64]) -> NDArray[np.float64]:
        cv = free[0]
        cs = cs_over_cv * cv if cs_over_cv is not None else free[1]
        return np.asarray(mean * (1 + cv * frequency_factor(cs, exceedance)) - values)

    start = np.array([c_v] if cs_over_cv is not None else [c_v, max(c_s, 2 * c_v)])
    low, high = ([1e-3], [5.0]) if cs_over_cv is not None else ([1e-3, 1e-3], [5.0, 12.0])
    found = least_squares(gaps, np.clip(start, low, high), bounds=(low, high), xtol=1e-12, ftol=1e-12)
    cv = float(found.x[0])
    cs = float(cs_over_cv * cv if cs_over_cv is not None else found.x[1])
    rms = math.sqrt(float(np.mean(gaps(found.x) ** 2)))
    return FrequencyFit(mean, cv, cs, values, exceedance, (c_v, c_s), rms)


# Storm profiles -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hyetograph:
    """Rain by equal time steps.

    Attributes:
        step: length of a step [min].
        depths: rain of each step, (n,) mm.
    """

    step: float
    depths: NDArray[np.float64]

    @property
    def total(self) -> float:
        """Rain of the whole storm [mm]."""
        return float(self.depths.sum())

    @property
    def times(self) -> NDArray[np.float64]:
        """End of each step [min], (n,)."""
        return self.step * np.arange(1, self.depths.size + 1, dtype=np.float64)

    @property
    def intensities(self) -> NDArray[np.float64]:
        """Mean intensity of each step [mm/h]."""
        return self.depths * 60.0 / self.step


def profile_around_peak(depth_of: Callable[[float], float], duration: float, step: float, peak: float) -> Hyetograph:
    """A storm in which every duration around the peak brings the depth of the intensity curve (Keifer and Chu).

    Args:
        depth_of: greatest depth [mm] of a duration [min], rising.
        duration, step: minutes.
        peak: share of the duration before the peak, 0..1.

    Raises:
        InputError: the step does not divide the duration, or the peak lies outside 0..1.
    """
    need.positive("duration", duration)
    need.positive("step", step)
    need.between("peak", peak, 0.0, 1.0)
    count = round(duration / step)
    if count < 1 or abs(count * step - duration) > 1e-9 * duration:
        raise InputError("step", step, message("water.error.step_divides", duration=duration))
    centre = peak * duration

    def fallen(t: float) -> float:
        before = centre - t
        if before >= 0:
            return peak * (depth_of(duration) - (depth_of(before / peak) if before > 0 else 0.0))
        return peak * depth_of(duration) + (1 - peak) * depth_of(-before / (1 - peak))

    return Hyetograph(step, np.diff([fallen(min(i * step, duration)) for i in range(count + 1)]))


def chicago(a: float, b: float, n: float, duration: float, step: float, peak: float = 0.4) -> Hyetograph:
    """The Chicago storm of i = a/(t + b)^n [mm/min]; its total is exactly the depth of the whole duration."""
    need.positive("a", a)
    need.not_negative("b", b)
    need.positive("n", n)
    return profile_around_peak(lambda t: a * t / (t + b) ** n, duration, step, peak)


def day_storm(h24: float, n: float, step: float = 5.0, peak: float = 0.6, n_short: float | None = None) -> Hyetograph:
    """A 24-hour storm of total `h24` in which every duration brings the depth of i = Sp/t^n.

    Below one hour `n_short` holds, where stated. The share before the peak is the designer's choice.
    """
    need.positive("h24", h24)
    if not 0 < n < 1:
        raise OutOfRange("SL 44-2006", n, "0 < n < 1")
    power = sl44.RAIN_POWER.number(H_24=h24, n=n)

    def depth_of(minutes: float) -> float:
        hours = minutes / 60.0
        k = n_short if n_short is not None and hours < 1 else n
        return power * math.pow(hours, 1 - k)

    return profile_around_peak(depth_of, 1440.0, step, peak)


def pattern_storm(total: float, shares: ArrayLike, step: float) -> Hyetograph:
    """A storm by a stated pattern: shares of the total by equal steps, summing to 1.

    Raises:
        InputError: a share is negative, or they do not sum to 1.
    """
    parts = np.asarray(shares, dtype=float)
    if parts.size == 0 or np.any(parts < 0) or abs(parts.sum() - 1) > 1e-6:
        raise InputError("water.storm.pattern", float(parts.sum()), message("water.error.shares"))
    return Hyetograph(need.positive("step", step), need.positive("total", total) * parts / parts.sum())
