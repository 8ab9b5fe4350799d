"""Design storm: tables, formulas, frequency curve, storm profiles."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from slopedesign.calc.water import storm
from slopedesign.errors import InputError, OutOfRange
from slopedesign.standards.trace import given


def value(number: float, unit: str = "-") -> object:
    return given(number, unit, "test")


@pytest.mark.parametrize(("years", "expected"), [(3, 0.86), (5, 1.0), (10, 1.17), (15, 1.27)])
def test_storm_factor_of_listed_years(years: float, expected: float) -> None:
    found = storm.storm_factor("south_east", years)
    assert found.value == expected
    assert found.unverified, "the table is known from a transcription only"


@pytest.mark.parametrize("years", [1, 2, 20, 50])
def test_storm_factor_is_never_extrapolated(years: float) -> None:
    with pytest.raises(OutOfRange):
        storm.storm_factor("south_east", years)


def test_return_period_below_one_year_is_refused() -> None:
    with pytest.raises(InputError, match="return period"):
        storm.storm_factor("south_east", 0.5)


@pytest.mark.parametrize(("c60", "minutes", "expected"), [(0.40, 15, 0.82), (0.30, 120, 0.18), (0.50, 3, 1.40)])
def test_duration_factor_of_the_table(c60: float, minutes: float, expected: float) -> None:
    assert storm.duration_factor(c60, minutes).value == pytest.approx(expected)


@pytest.mark.parametrize(("c60", "minutes"), [(0.40, 2.9), (0.40, 121), (0.29, 10), (0.51, 10)])
def test_duration_factor_is_never_extrapolated(c60: float, minutes: float) -> None:
    with pytest.raises(OutOfRange):
        storm.duration_factor(c60, minutes)


def test_unknown_region_names_the_choices() -> None:
    with pytest.raises(InputError, match="south_east"):
        storm.storm_factor("nowhere", 10)


def test_city_formula_units() -> None:
    """167 L/(s hm2) is 1.002 mm/min."""
    city = storm.CityStorm(*(given(x, u, "t") for x, u in ((1.0, "mm/min"), (0.0, "-"), (0.0, "min"), (1.0, "-"))),
                           given(10, "a", "t"))  # fmt: skip
    assert city.intensity(1.0).value == pytest.approx(167 * 6 / 1000)


def test_daily_rain_gives_back_its_depth_over_24_hours() -> None:
    rain = storm.DailyRainStorm(given(180, "mm", "t"), given(0.7, "-", "t"), 10)
    assert rain.intensity(1440.0).value * 1440 == pytest.approx(180)


def test_recorded_maxima_are_read_between_and_refused_outside() -> None:
    record = storm.RecordedStorm((10, 60), (20, 60))
    assert record.intensity(10).value == pytest.approx(2.0)
    assert record.intensity(60).value == pytest.approx(1.0)
    with pytest.raises(OutOfRange):
        record.intensity(61)
    with pytest.raises(InputError):
        storm.RecordedStorm((60, 10), (20, 60))


def test_largest_names_its_method() -> None:
    low = storm.RecordedStorm((5, 60), (5, 30))
    high = storm.DailyRainStorm(given(300, "mm", "t"), given(0.6, "-", "t"), 10)
    assert storm.largest([low, high], 30)[0] is high
    with pytest.raises(InputError):
        storm.largest([], 30)


# Frequency factors K as USGS Bulletin 17B prints them (appendix 3)
@pytest.mark.parametrize(
    ("c_s", "percent", "expected"),
    [
        (0.0, 1, 2.326), (0.0, 10, 1.282), (0.5, 1, 2.686), (0.5, 10, 1.323), (0.5, 50, -0.083), (1.0, 1, 3.022),
        (1.0, 10, 1.340), (1.0, 50, -0.164), (1.5, 1, 3.330), (2.0, 1, 3.605), (2.0, 10, 1.302), (2.0, 50, -0.307),
        (3.0, 1, 4.051), (3.0, 10, 1.180),
    ],
)  # fmt: skip
def test_frequency_factor_against_the_printed_table(c_s: float, percent: float, expected: float) -> None:
    assert storm.frequency_factor(c_s, percent / 100) == pytest.approx(expected, abs=0.00101)


def test_fit_finds_the_curve_a_sample_lies_on() -> None:
    exceedance = np.arange(1, 41) / 41
    exact = 100 * (1 + 0.5 * storm.frequency_factor(1.75, exceedance))
    shift = exact / exact.mean() * 100
    fit = storm.fit_frequency(shift, cs_over_cv=3.5)
    assert fit.c_v == pytest.approx(0.5, rel=0.03)
    by_moments = 100 * (1 + fit.moments[0] * storm.frequency_factor(3.5 * fit.moments[0], exceedance))
    assert fit.rms < np.sqrt(np.mean((by_moments - fit.values) ** 2))
    assert fit.quantile(10) == pytest.approx(float(fit.curve(0.1)))


@pytest.mark.parametrize("bad", [[100.0] * 20, [1.0] * 5, [*range(1, 20), -1.0], [*range(1, 20), math.nan]])
def test_bad_series_are_refused(bad: list[float]) -> None:
    with pytest.raises(InputError, match="annual_maxima"):
        storm.fit_frequency(bad)


@for_all(
    st.floats(2, 30), st.floats(0, 30), st.floats(0.3, 0.95), st.sampled_from([30.0, 60.0, 120.0]),
    st.floats(0.0, 1.0),
)  # fmt: skip
def test_chicago_keeps_the_depth_of_its_curve(a: float, b: float, n: float, duration: float, peak: float) -> None:
    rain = storm.chicago(a, b, n, duration, 5.0, peak)
    assert rain.total == pytest.approx(a * duration / (duration + b) ** n, rel=1e-12)
    assert rain.depths.min() >= -1e-12


def test_chicago_brings_every_duration_around_its_peak() -> None:
    a, b, n, r = 10.0, 8.0, 0.7, 0.4
    rain = storm.chicago(a, b, n, 100.0, 1.0, r)
    for t in (10.0, 25.0, 50.0):
        inside = rain.depths[round(40 - r * t) : round(40 + (1 - r) * t)].sum()
        assert inside == pytest.approx(a * t / (t + b) ** n, rel=1e-9)


def test_day_storm_and_pattern() -> None:
    assert storm.day_storm(180, 0.7).total == pytest.approx(180)
    assert storm.pattern_storm(180, [0.25, 0.5, 0.25], 480).depths == pytest.approx([45, 90, 45])
    with pytest.raises(InputError, match="sum to 1"):
        storm.pattern_storm(180, [0.5, 0.6], 720)
    with pytest.raises(InputError, match="divide"):
        storm.chicago(10, 8, 0.7, 100, 7)
