"""Published cases of storms (frequency, intensity, profile) and of rational networks."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from slopedesign.calc.water import channel, runoff, section, storm
from slopedesign.errors import NoSolution
from slopedesign.standards.trace import given
from slopedesign.verification.quantities import IN, Answer, Reader, split_key
from slopedesign.verification.water_channels import Found, shape_of
from slopedesign.verification.water_hydrology import AREA, COEFFICIENT, books_unit, listed_numbers

# Storms ---------------------------------------------------------------------------------------------------------------


def frequency(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Pearson III: frequency factors, quantiles, a fit to annual maxima."""
    values = listed_numbers(inputs, r"(?i)(annual|values|x$|x_|series|sample|maxima|data|h)")
    periods = inputs.any("number", "T", "years", "return_period", "T_years", "P_years")
    chance = inputs.any("number", "p", "P", "exceedance", "p_percent", "P_pct", "P_percent")
    if chance is None and periods is not None:
        chance = [1 / t for t in periods] if isinstance(periods, list) else 1 / periods
    elif chance is not None:
        many = chance if isinstance(chance, list) else [chance]
        percent = any(re.search("pct|percent", k) for k in inputs) or max(many) >= 1
        many = [c / 100 for c in many] if percent else many
        chance = many if isinstance(chance, list) else many[0]
    ratio = inputs.maybe("number", "Cs_over_Cv", "Cs_Cv", "ratio", "cs_over_cv")
    found: Found = {}
    mean = inputs.maybe("number", "mean", "x_mean", "Ex", "EX", "xbar", "H_mean", "H24_mean")
    c_v, c_s = inputs.maybe("number", "Cv", "C_v", "cv"), inputs.maybe("number", "Cs", "C_s", "cs")
    if values is not None:
        fit = storm.fit_frequency(values, ratio)
        found |= {
            "mean": Answer("number", fit.mean),
            "Cv": Answer("number", fit.c_v),
            "Cs": Answer("number", fit.c_s),
            "Cv_moments": Answer("number", fit.moments[0]),
            "Cs_moments": Answer("number", fit.moments[1]),
            "p_m": Answer("number", fit.exceedance.tolist()),
        }
        if inputs.said("moment"):
            found |= {"Cv": found["Cv_moments"], "Cs": found["Cs_moments"]}
        mean, c_v, c_s = fit.mean, fit.c_v, fit.c_s
    if c_s is None and c_v is not None and ratio is not None:
        c_s = ratio * c_v
    if chance is not None and c_s is not None:
        factor = np.asarray(storm.frequency_factor(c_s, chance))
        found["Phi"] = Answer("number", factor.tolist() if factor.ndim else float(factor))
        if mean is not None and c_v is not None:
            x = mean * (1 + c_v * factor)
            found |= {
                "x_p": Answer("number", x.tolist() if x.ndim else float(x)),
                "Kp": Answer("number", (x / mean).tolist() if x.ndim else float(x / mean)),
            }
    if not found:
        raise KeyError("Cs")
    return found


def intensity(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Mean intensity of a city formula, or of the 24-hour rain."""
    minutes = inputs.any("time", "t", "tc", "duration", "T_min")
    times = minutes if isinstance(minutes, list) else [] if minutes is None else [minutes]
    a1 = inputs.maybe("number", "A1", "A_1")
    big = inputs.maybe("number", "A", "167A1", "a167")
    years = inputs.get_one("number", "P", "P_years", "years", "T", default=1.0)
    found: Found = {}
    if a1 is not None or big is not None:
        made = storm.CityStorm(
            given(a1 if a1 is not None else (big or 0) / 167, "mm/min", "a1"),
            given(inputs.get_one("number", "C", "c"), "-", "c"),
            given(inputs.get_one("number", "b"), "min", "b"),
            given(inputs.get_one("number", "n"), "-", "n"),
            given(years, "a", "years"),
        )
        each = [made.intensity(t).value for t in times]
        found["q"] = Answer("number", [i * 1000 / 6 for i in each])
    else:
        day, n = inputs.get_one("rain", "H24", "H24p", "H24_p"), inputs.get_one("number", "n", "n2")
        short = inputs.maybe("number", "n1", "n_short")
        rain = storm.DailyRainStorm(
            given(day, "mm", "h24"), given(n, "-", "n"), years, None if short is None else given(short, "-", "n_short")
        )
        each = [rain.intensity(t).value for t in times]
        found["Sp"] = Answer("number", rain.power.value)
    return found | {
        "i": Answer("intensity", [i * 60 for i in each]),
        "i_mm_min": Answer("number", each),
        "depth": Answer("rain", [i * t for i, t in zip(each, times, strict=True)]),
    }


def chicago(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """The Chicago storm: total, greatest step, times."""
    a = inputs.maybe("number", "a")
    if a is None:
        a1 = inputs.maybe("number", "A1", "A_1")
        a1 = inputs.get_one("number", "A") / 167 if a1 is None else a1
        a = a1 * (1 + inputs.get_one("number", "C") * math.log10(inputs.get_one("number", "P", "years", default=1.0)))
    unit = inputs.worded("i_unit", "unit") or ""
    if re.search("mm/h", unit) or (inputs.us and "in/h" in unit):
        a = a / 60 * (IN if "in" in unit else 1.0)
    rain = storm.chicago(
        a,
        inputs.get_one("number", "b", default=0.0),
        inputs.get_one("number", "n", "c"),
        inputs.get_one("time", "duration", "T", "td", "t_d", "Td", "dur"),
        inputs.get_one("time", "dt", "step", "delta_t", default=1.0),
        inputs.get_one("number", "r", "peak", default=0.4),
    )
    return {
        "total": Answer("rain", rain.total),
        "depth": Answer("rain", rain.depths.tolist()),
        "P": Answer("rain", rain.total),
        "depths": Answer("rain", rain.depths.tolist()),
        "i": Answer("intensity", rain.intensities.tolist()),
        "i_max": Answer("intensity", float(rain.intensities.max())),
        "peak_index": Answer("number", int(rain.depths.argmax())),
        "intensities": Answer("intensity", rain.intensities.tolist()),
        "H": Answer("rain", rain.total),
        "peak_intensity": Answer("intensity", float(rain.intensities.max())),
    }


# Networks -------------------------------------------------------------------------------------------------------------


def network(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """A rational network given as rows, worked from the heads down: areas add, the longest time governs."""
    pipes = [
        (key, value)
        for key, value in inputs.items()
        if isinstance(value, list) and value and isinstance(value[0], Mapping)
    ]
    if not pipes:
        return network(inputs.part(_in_series(inputs)), out)
    key, listed = max(pipes, key=lambda pair: any(k in pair[1][0] for k in ("from", "to", "up", "down", "L", "L_ft")))
    shared = {k: v for k, v in inputs.items() if not isinstance(v, list)}
    least = inputs.get_one("time", "t_min", "tc_min_allowed", "min_tc", "t_least", "minimum_tc", default=0.0)
    nodes: dict[str, Reader] = {}
    for other, rows_ in pipes:
        if other != key:
            for row in rows_:
                one = inputs.part(row)
                nodes[_name(one, ("id", "name", "node", "structure"), "")] = one
    gathered: dict[str, list[float]] = {}
    each: list[Found] = []
    found: Found = {}
    for k, row in enumerate(listed):
        one = inputs.part({**shared, **row})
        start, end = _name(one, ("from", "up", "u", "us"), str(k)), _name(one, ("to", "down", "d", "ds"), str(k + 1))
        met = gathered.setdefault(start, [0.0, 0.0, 0.0])
        for source in (nodes.pop(start, None), inputs.part(row)):
            if source is not None and source.maybe("land", *AREA) is not None:
                area = source.get_one("land", *AREA)
                met[0] += source.get_one("number", *COEFFICIENT, default=_default_c(inputs)) * area
                met[2] += area
                met[1] = max(met[1], source.maybe("time", "tc", "t_inlet", "ti", "t_i", "t", "inlet_time") or 0.0)
        minutes = max(met[1], least)
        i = one.maybe("intensity", "i", "I") if "idf" not in inputs else None
        i = _from_curve(inputs, minutes) if i is None else i
        flow = runoff.rational_peak_hourly(1.0, i, met[0]).value * books_unit(inputs)
        below = gathered.setdefault(end, [0.0, 0.0, 0.0])
        below[0], below[2] = below[0] + met[0], below[2] + met[2]
        travel = one.maybe("time", "tt", "travel", "travel_time", "t_travel")
        if travel is None:
            travel = _travel(one, flow) if one.maybe("length", "L") is not None else 0.0
        below[1] = max(below[1], met[1] + travel)  # the least time is a limit of the storm, not of the flow
        worked: Found = {
            "Q": Answer("flow", flow),
            "t": Answer("time", minutes),
            "tc": Answer("time", minutes),
            "i": Answer("intensity", i),
            "tt": Answer("time", travel),
            "A": Answer("land", met[2]),
            "CA": Answer("land", met[0]),
        }
        worked |= _pipe_size(one, flow)
        each.append(worked)
        name = _name(one, ("id", "name", "pipe", "reach"), f"{start}-{end}")
        found |= {name: worked, f"Q.{name}": worked["Q"]}
        found.setdefault("Q", {})[name] = worked["Q"].value
    by_name = found.pop("Q")
    lists = {n: Answer(each[0][n].kind, [one[n].value for one in each]) for n in each[0] if all(n in e for e in each)}
    keyed = any(isinstance(v, Mapping) for k, v in out.items() if k.split("_")[0] == "Q")
    return {**found, **lists, key: each, "pipes": each, **({"Q": Answer("flow", by_name)} if keyed else {})}


def _in_series(inputs: Reader) -> dict[str, Any]:
    """Pipes one after the other whose areas, coefficients and times are given as lists."""
    lists = {key: value for key, value in inputs.items() if isinstance(value, list) and not _is_curve(key, value)}
    counts = {len(value) for value in lists.values()}
    if not lists or len(counts) != 1 or not any(split_key(key, "land")[0] in AREA for key in lists):
        raise KeyError("pipes")
    rest = {key: value for key, value in inputs.items() if key not in lists}
    return {**rest, "pipes": [{key: value[i] for key, value in lists.items()} for i in range(counts.pop())]}


def _is_curve(key: str, value: list[Any]) -> bool:
    return key.lower() in ("idf", "curve") or any(isinstance(one, list) for one in value)


def _default_c(inputs: Reader) -> float:
    value = inputs.maybe("number", *COEFFICIENT)
    return 1.0 if value is None else float(value)


def _name(one: Reader, keys: tuple[str, ...], otherwise: str) -> str:
    return next((str(one[k]) for k in keys if k in one), otherwise)


def _from_curve(inputs: Reader, minutes: float) -> float:
    unit = IN if inputs.us else 1.0
    curve = next((inputs[k] for k in ("idf", "IDF", "i", "rain", "curve") if k in inputs), None)
    times, values = inputs.series("time", "t", "time", "durations"), inputs.series("intensity", "i", "intensity")
    if curve is None and times is not None and values is not None:
        return float(np.interp(minutes, times, values))
    if isinstance(curve, Mapping):
        t = next((v for k, v in curve.items() if re.match("(?i)t|dur|min", k) and isinstance(v, list)), None)
        v = next((v for k, v in curve.items() if re.match("(?i)i|int", k) and isinstance(v, list)), None)
        if t is not None and v is not None:
            return float(np.interp(minutes, t, v)) * unit
        return float(curve["a"] / (minutes + curve.get("b", 0.0)) ** curve.get("n", curve.get("c", 1.0))) * unit
    if isinstance(curve, list):
        return float(np.interp(minutes, [p[0] for p in curve], [p[1] for p in curve])) * unit
    if curve is None:
        raise KeyError("i")
    return float(curve) * unit


def _travel(one: Reader, flow: float) -> float:
    speed = one.maybe("velocity", "V", "v")
    length = one.get_one("length", "L", "length")
    if speed is None:
        try:
            shape = shape_of(one)
            slope = one.slope("S", "i", "slope")
            try:
                speed = channel.velocity(
                    shape, flow, channel.normal_depth(shape, one.get_one("number", "n"), slope, flow)
                )
            except NoSolution:
                speed = flow / shape.area(shape.height)
        except KeyError:
            return 0.0
    return runoff.ditch_time(length, speed).value


def _pipe_size(one: Reader, flow: float) -> Found:
    n, slope = one.maybe("number", "n"), one.maybe("slope", "S", "slope", "i")
    if n is None or slope is None or slope <= 0:
        return {}
    found: Found = {"D_required": Answer("length", channel.full_pipe_diameter(n, slope, flow))}
    diameter = one.maybe("length", "D", "d", "diameter")
    if diameter is not None:
        pipe = section.Circle(diameter)
        full = channel.conveyance(pipe, n, diameter * (1 - 1e-12)) * math.sqrt(slope)
        found |= {"Qfull": Answer("flow", full), "Vfull": Answer("velocity", full / pipe.area(diameter))}
        try:
            depth = channel.normal_depth(pipe, n, slope, flow)
            found |= {"yn": Answer("length", depth), "V": Answer("velocity", channel.velocity(pipe, flow, depth))}
        except NoSolution:
            found |= {"yn": Answer("length", diameter), "V": Answer("velocity", flow / pipe.area(diameter))}
    else:
        found["D"] = found["D_required"]
    return found
