"""Published cases of hydrology: runoff coefficients, travel times, curve numbers, peaks, hydrographs."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from slopedesign.calc.water import channel, runoff, section, storm
from slopedesign.standards import gb51018_2014 as gb51018
from slopedesign.standards import tr55_1986 as tr55
from slopedesign.standards.trace import given
from slopedesign.verification.quantities import ACRE, CFS, IN, MILE2, Answer, Reader, as_printed, is_number
from slopedesign.verification.water_channels import Found, flow_of, rows_of, shape_of

US_RATIONAL = CFS / (0.278 * IN * ACRE / 1e6)
"""What turns 0.278 C i A into the books' Q = C i A of acres and inches per hour (1 cfs, exactly 1.0083)."""
HECTARE_RATIONAL = 1 / 3.6 / 0.278
"""What turns 0.278 into the 1/360 of books that count hectares."""
US_UNIT_PEAK = 484 * CFS / (0.208 * MILE2 / 1e6 * IN)
"""What turns 0.208 A Q/tp into the 484 A Q/tp of square miles and inches."""


# Rational method ------------------------------------------------------------------------------------------------------


def rational(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Weighted coefficient and rational peak: of one catchment, of parts, or of several conditions by name."""
    if listed := rows_of(inputs):
        _, parts = listed
        if all(p.maybe("land", *AREA) is not None for p in parts) and inputs.any("intensity", *RAIN) is not None:
            areas = [p.get_one("land", *AREA) for p in parts]
            coefficients = [p.get_one("number", *COEFFICIENT) for p in parts]
            return _peak(inputs, areas, coefficients, inputs.maybe("intensity", *RAIN), out.get("C"))
        each = [rational(p.part({k: v for k, v in p.items() if not isinstance(v, list)}), {}) for p in parts]
        return {name: Answer(each[0][name].kind, [one[name].value for one in each]) for name in each[0]}
    areas, coefficients = inputs.any("land", *AREA), inputs.any("number", *COEFFICIENT)
    rain = inputs.any("intensity", *RAIN)
    if areas is None:
        raise KeyError("A")
    if isinstance(areas, Mapping):
        printed = next((v for k, v in out.items() if k.split("_")[0] == "C" and isinstance(v, Mapping)), {})
        worked = {
            key: _peak(
                inputs,
                area,
                coefficients[key] if isinstance(coefficients, Mapping) else coefficients,
                rain[key] if isinstance(rain, Mapping) else rain,
                printed.get(key),
            )
            for key, area in areas.items()
        }
        if all(is_number(area) for area in areas.values()) and not isinstance(rain, Mapping):  # parts of one catchment
            parts = [coefficients[k] if isinstance(coefficients, Mapping) else coefficients for k in areas]
            whole = _peak(inputs, list(areas.values()), parts, rain, out.get("C"))
        else:
            whole = {}
        names = {name for one in worked.values() for name in one}
        split = {
            n: Answer(next(iter(worked.values()))[n].kind, {k: w[n].value for k, w in worked.items()}) for n in names
        }
        return {n: whole.get(n, split[n]) for n in names} if whole else split
    if isinstance(rain, list) and not isinstance(areas, list):
        each = [_peak(inputs, areas, coefficients, one, None) for one in rain]
        return {"C": each[0]["C"], "Q": Answer("flow", [one["Q"].value for one in each])}
    return _peak(inputs, areas, coefficients, rain, out.get("C"))


AREA = ("A", "areas", "area", "F", "drainage_area", "catchment", "DA")
COEFFICIENT = ("C", "c", "phi", "psi", "runoff_coefficient", "coefficients", "Cr")
RAIN = ("i", "I", "intensity", "rain_intensity", "rain", "q_mm")


def _peak(inputs: Reader, areas: Any, coefficients: Any, rain: Any, printed: Any) -> Found:
    parts = areas if isinstance(areas, list) else list(areas.values()) if isinstance(areas, Mapping) else [areas]
    if coefficients is None:
        raise KeyError("C")
    each = coefficients if isinstance(coefficients, list) else [coefficients] * len(parts)
    mean = runoff.weighted_coefficient(parts, each)
    found: Found = {
        "C": Answer("number", mean),
        "A": Answer("land", sum(parts)),
        "CA": Answer("land", mean * sum(parts)),
    }
    if rain is None:
        return found
    carried = as_printed(mean, printed)  # a book multiplies by the coefficient it has printed
    flow = runoff.rational_peak_hourly(carried, rain, sum(parts)).value * books_unit(inputs)
    return found | {"Q": Answer("flow", flow)}


def books_unit(inputs: Reader) -> float:
    """What turns 0.278 into the constant of the books that count as this case does."""
    if inputs.us:
        return US_RATIONAL
    hectares = any(re.search(r"_(ha|hm2)$", key) for key in _keys(inputs.data))
    return HECTARE_RATIONAL if hectares else 1.0


def _keys(thing: Any) -> list[str]:
    if isinstance(thing, Mapping):
        return [str(k) for k in thing] + [key for value in thing.values() for key in _keys(value)]
    if isinstance(thing, list):
        return [key for value in thing for key in _keys(value)]
    return []


# Time of concentration ------------------------------------------------------------------------------------------------


def travel_time(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Travel times of sheet, shallow and channel flow, and their sum."""
    tr55_form = any(re.search(r"(^|_)h(r|our)?s?$", key) for key in out) or inputs.said("TR-?55")
    segments: list[tuple[str, Reader]] = []
    for key, value in sorted(inputs.items(), key=lambda pair: _rank(pair[0])):
        several = value if isinstance(value, list) else [value]
        if all(isinstance(one, Mapping) for one in several):
            segments += [(str(one.get("type", key)), inputs.part(one)) for one in several]
    if not segments:
        segments = [(inputs.topic, inputs)]
    times = [_segment(name.lower(), one, tr55_form and _hec_constant(one) is None) for name, one in segments]
    whole = sum(times)
    found: Found = {
        "t": Answer("time", times),
        "tc": Answer("time", whole),
        "Tt": Answer("time", times),
        "total": Answer("time", whole),
    }
    if tr55_form and not any("min" in key for key in out):  # TR-55 prints hours even where its keys do not say so
        found |= {
            "Tt": Answer("hours", [t / 60 for t in times]),
            "Tc": Answer("hours", whole / 60),
            "t": Answer("hours", [t / 60 for t in times]),
            "tc": Answer("hours", whole / 60),
        }
    for (name, _), minutes in zip(segments, times, strict=True):
        found[f"t_{name}"] = Answer("time", minutes)
        found[name] = Answer("time", minutes)
    return found


def _rank(kind: str) -> int:
    """Where a kind of flow stands on the way of the water, whatever order a case lists it in."""
    return next((i for i, word in enumerate(("sheet", "overland", "shallow")) if word in kind.lower()), 3)


def _hec_constant(one: Reader) -> float | None:
    ku = one.maybe("number", "Ku")
    return ku if ku is not None and ku < 10 else None


def _segment(name: str, one: Reader, tr55_form: bool) -> float:
    length = one.get_one("length", "L", "length", "flow_length")
    speed = one.maybe("velocity", "V", "v", "velocity")
    if speed is not None:
        return runoff.ditch_time(length, speed).value
    slope = one.slope("S", "s", "slope", "i", default=math.nan)
    percent = one.maybe("number", "S_pct", "S_percent", "slope_pct", "Sp")
    slope = percent / 100 if percent is not None else slope
    rain = one.maybe("rain", "P2", "P_2", "P", "rain")
    if rain is not None or "sheet" in name:
        work = runoff.sheet_flow_time_tr55 if tr55_form else runoff.sheet_flow_time
        if rain is None:
            raise KeyError("P2")
        return work(one.get_one("number", "n"), length, rain, slope).value
    k = one.maybe("number", "k", "K")
    if k is not None or "shallow" in name:
        if k is None:
            k = 0.619 if re.search("(^|[^n])paved", name + str(one.data).lower().replace("unpaved", "")) else 0.491
        return runoff.ditch_time(length, runoff.shallow_velocity(k, slope * 100).value).value
    n = one.get_one("number", "n")
    area = one.maybe("area", "a", "A", "area")
    wet = one.maybe("length", "pw", "P", "p_w", "wetted_perimeter")
    radius = one.maybe("length", "R", "r_h", "Rh", "r")
    if area is not None and wet is not None:
        radius = area / wet
    if radius is None:
        shape = shape_of(one)
        flow = flow_of(one)
        if flow is not None:
            depth = channel.normal_depth(shape, n, slope, flow)
            return runoff.ditch_time(length, channel.velocity(shape, flow, depth)).value
        full = shape.height if shape.closed else one.get_one("length", "y", "d", "h", "depth")
        radius = shape.area(full) / shape.perimeter(full)
    return runoff.ditch_time(length, channel.manning_velocity(radius, slope, n).value).value


# Curve number, TR-55 --------------------------------------------------------------------------------------------------


def curve_number(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Runoff depth by curve number; weighted or composite numbers where the case gives parts."""
    found: Found = {}
    number = inputs.any("number", "CN", "cn", "curve_number", "CNs")
    areas = inputs.any("land", "A", "areas", "area", "percent", "pct", "share")
    if listed := rows_of(inputs):
        _, parts = listed
        number = [p.get_one("number", "CN", "cn") for p in parts]
        areas = [p.get_one("number", *(k for k in p if re.match("(?i)a|pct|percent|share|product", k))) for p in parts]
    if isinstance(number, list) and isinstance(areas, list) and len(number) == len(areas):
        mean = runoff.weighted_curve_number(areas, number)
        found |= {"CN": Answer("number", mean), "CN_weighted_raw": Answer("number", mean)}
        number = float(round(mean))
        found["CN_used"] = Answer("number", number)
    pervious = inputs.maybe("number", "CN_p", "CNp", "CN_pervious", "pervious_CN")
    if pervious is not None:
        percent = inputs.get_one("number", "P_imp", "Pimp", "impervious_percent", "imp_pct", "pct_imp", "imp")
        apart = inputs.get_one("number", "R", "ratio", "unconnected_ratio", "R_unconnected", default=0.0)
        composite = runoff.composite_curve_number(pervious, percent, apart).value
        found["CN"] = Answer("number", composite)
        number = composite if number is None else number
    rain = inputs.any("rain", "P", "rain", "rainfall", "P24")
    ratio = inputs.get_one("number", "Ia_ratio", "Ia_S", "lambda", default=0.2)
    if number is None or isinstance(number, Mapping):
        raise KeyError("CN")
    pairs = _pairs(rain, number)
    if pairs:
        depths = [runoff.curve_number_runoff(p, cn, ratio).value for p, cn in pairs]
        single = not isinstance(rain, list) and not isinstance(number, list)
        found["Q"] = Answer("rain", depths[0] if single else depths)
        area = inputs.maybe("land", "A", "F", "area", "drainage_area")
        if area is not None and single:
            found["V"] = Answer("volume", depths[0] / 1000 * area * 1e6)
            found["W"] = found["V"]
    if not isinstance(number, list):
        kept = tr55.RETENTION.number(CN=number)
        found |= {"S": Answer("rain", kept), "Ia": Answer("rain", ratio * kept)}
        if is_number(rain):
            found["Ia_P"] = Answer("number", ratio * kept / float(rain))
    return found


def _pairs(rain: Any, number: Any) -> list[tuple[float, float]]:
    if rain is None:
        return []
    p = rain if isinstance(rain, list) else [rain]
    cn = number if isinstance(number, list) else [number]
    many = max(len(p), len(cn))
    return list(zip(p * many if len(p) == 1 else p, cn * many if len(cn) == 1 else cn, strict=True))


def tr55_peak(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """TR-55 graphical peak discharge."""
    rain_type = inputs.worded("rain", "type", "rainfall_type", "rain_type", "distribution") or "II"
    rain_type = re.sub(r"(?i)^(type|scs)\s*", "", rain_type).strip()
    area = inputs.maybe("land", "Am", "A", "area", "drainage_area", "F")
    if area is not None and inputs.us and not any(re.search("_(ac|acres?)$", k) for k in inputs):
        named = [k for k in inputs if re.fullmatch("Am|A|area|F", k)]
        area = area / (ACRE / 1e6) * (MILE2 / 1e6) if named else area  # bare, TR-55 means square miles
    if area is None:
        raise KeyError("A")
    tc = inputs.maybe("number", "Tc_h", "tc_h", "Tc_hr", "tc_hr", "Tc", "tc")
    if tc is None:
        tc = inputs.get_one("time", "Tc", "tc") / 60
    rain, cn = inputs.maybe("rain", "P", "rainfall"), inputs.maybe("number", "CN", "cn")
    depth = inputs.maybe("rain", "Q", "runoff", "runoff_depth")
    if depth is None:
        if rain is None or cn is None:
            raise KeyError("Q")
        depth = runoff.curve_number_runoff(rain, cn).value
    ratio = inputs.maybe("number", "Ia_over_P", "Ia_P", "IaP", "Ia/P")
    if ratio is None:
        initial = inputs.maybe("rain", "Ia")
        if rain is None or (initial is None and cn is None):
            raise KeyError("Ia_over_P")
        ratio = (0.2 * tr55.RETENTION.number(CN=cn) if initial is None else initial) / rain
    pond = inputs.get_one("number", "pond_percent", "ponds", "pond_pct", default=0.0)
    given_factor = inputs.maybe("number", "Fp", "F_p")
    unit = runoff.tr55_peak(area, 1.0, tc, ratio, rain_type, 0.0).value / area
    peak = runoff.tr55_peak(area, depth, tc, ratio, rain_type, pond).value
    if given_factor is not None:
        peak = runoff.tr55_peak(area, depth, tc, ratio, rain_type, 0.0).value * given_factor
    found: Found = {
        "qp": Answer("flow", peak),
        "qu": Answer("unit_peak", unit),
        "Ia_P": Answer("number", ratio),
        "Q_depth": Answer("rain", depth),
    }
    if cn is not None:
        kept = tr55.RETENTION.number(CN=cn)
        found |= {"S": Answer("rain", kept), "Ia": Answer("rain", 0.2 * kept)}
    for key in out:  # Q is a depth in TR-55, a flow elsewhere; its unit tells
        if re.fullmatch(r"Q(_(in|mm|cm|inch))?", key):
            found[key] = Answer("rain", depth)
    return found


# Unit hydrographs -----------------------------------------------------------------------------------------------------


def unit_hydrograph(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Convolution with ordinates, or peak and time of the SCS unit hydrograph."""
    ordinates = listed_numbers(inputs, r"(?i)(uh|u$|u_|unit|ordinate|q_?u)")
    excess = listed_numbers(inputs, r"(?i)(excess|pe|p_|p$|rain|net|runoff|r$|h$|eff)")
    if ordinates is not None and excess is not None:
        flow = runoff.convolve(ordinates, excess)
        base = inputs.maybe("flow", "baseflow", "base", "Qb", "base_flow")
        if base is not None:
            flow = flow + base / (CFS if inputs.us else 1.0)
        plain = Answer("number", flow.tolist())
        found: Found = dict.fromkeys(("Q", "DRH", "hydrograph", "ordinates", "flow", "total", "U"), plain)
        return found | {
            "peak": Answer("number", float(flow.max())),
            "Qp": Answer("number", float(flow.max())),
            "peak_index": Answer("number", int(flow.argmax())),
            "volume_sum": Answer("number", float(flow.sum())),
        }
    area = inputs.maybe("land", "A", "F", "area", "drainage_area", "DA")
    if area is None:
        raise KeyError("A")
    if inputs.us and not any(re.search(r"_(ac|acres?|mi2|sqmi|km2|ha|ft2)", k) for k in inputs):
        area = area / (ACRE / 1e6) * (MILE2 / 1e6)
    lag = inputs.maybe("number", "lag_h", "tL_h", "L_h", "lag", "TL")
    tc = inputs.maybe("number", "tc_h", "Tc_h", "tc_hr", "Tc_hr", "tc", "Tc")
    if tc is None and inputs.maybe("time", "tc", "Tc") is not None:
        tc = inputs.get_one("time", "tc", "Tc") / 60
    tc = lag / 0.6 if tc is None and lag is not None else tc
    duration = inputs.maybe("number", "D_h", "dur_h", "D_hr", "D", "dt_h", "tr_h", "duration_h")
    if duration is None and inputs.maybe("time", "D", "dt", "duration") is not None:
        duration = inputs.get_one("time", "D", "dt", "duration") / 60
    tp = inputs.maybe("number", "tp_h", "Tp_h", "tp", "Tp")
    if tp is None:
        if tc is None:
            raise KeyError("tc")
        tp = tr55.SCS_TIME_TO_PEAK.number(D=duration, t_c=tc) if duration else 2 / 3 * tc
    depth = inputs.get_one("rain", "QD", "Q", "runoff", "depth", default=IN if inputs.us else 1.0)
    peak = runoff.scs_unit_peak(area, depth, tp).value * (US_UNIT_PEAK if inputs.us else 1.0)
    factor = inputs.maybe("number", "Kp", "PRF", "peaking")
    if factor is not None:
        peak *= factor / 484
    return {
        "qp": Answer("flow", peak),
        "tp": Answer("hours", tp),
        "tb": Answer("hours", 8 / 3 * tp),
        "lag": Answer("hours", 0.6 * (tc or 0.0)),
    }


def listed_numbers(inputs: Reader, pattern: str) -> list[float] | None:
    """The first list of plain numbers whose key fits a pattern."""
    for key, value in inputs.items():
        if isinstance(value, list) and all(is_number(v) for v in value) and re.match(pattern, key):
            return [float(v) for v in value]
    return None


# Chinese chain --------------------------------------------------------------------------------------------------------


def chain(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """The chain of GB 51018 and JTG/T D33: travel times, intensity, peak, depth in a ditch; as far as inputs go."""
    found: Found = {}
    m_1 = inputs.maybe("number", "m1", "m_1")
    if m_1 is not None:
        t_1 = runoff.overland_time(m_1, inputs.get_one("length", "Ls", "L_s"), inputs.slope("is_", "is", "i_s")).value
        found["t1"] = Answer("time", t_1)
    bed, length = inputs.maybe("slope", "ig", "i_g"), inputs.maybe("length", "Lg", "L_g", "l_g", "L")
    if bed is not None:
        speed = runoff.ditch_velocity(bed).value
        found["v"] = Answer("velocity", speed)
        if length is not None:
            found["t2"] = Answer("time", runoff.ditch_time(length, speed).value)
    if "t1" in found and "t2" in found:
        found["t"] = Answer("time", runoff.concentration(found["t1"].value, found["t2"].value).value)
    c_p, c_t = _starting(inputs, "Cp", "C_p"), _starting(inputs, "Ct", "C_t")
    minutes = inputs.maybe("time", "t", "tc", "duration")
    if minutes is None and "t" in found:
        minutes = found["t"].value
    years = inputs.maybe("number", "P_years", "P", "years", "return_period")
    region = inputs.worded("region") or "south_east"
    c60 = inputs.maybe("number", "C60", "c60", "C_60")
    if c_p is None and years is not None:
        c_p = storm.storm_factor(region, years).value
    if c_t is None and c60 is not None and minutes is not None:
        c_t = storm.duration_factor(c60, minutes).value
    map_value = inputs.maybe("number", "q5_10", "q_5_10", "q510", "q5,10")
    if map_value is None:
        return found
    if c_p is None or c_t is None:
        raise KeyError("Cp" if c_p is None else "Ct")
    q = gb51018.STORM_INTENSITY.number(C_p=c_p, C_t=c_t, q_5_10=map_value)
    found |= {"q": Answer("number", q), "Cp": Answer("number", c_p), "Ct": Answer("number", c_t)}
    area, phi = inputs.any("land", *AREA), inputs.any("number", "phi", "psi", "C")
    if area is None or phi is None:
        return found
    parts = area if isinstance(area, list) else [area]
    phis = phi if isinstance(phi, list) else [phi] * len(parts)
    mean = runoff.weighted_coefficient(parts, phis)
    flow = runoff.rational_peak(mean, q, sum(parts)).value
    found |= {"Q": Answer("flow", flow), "phi": Answer("number", mean), "F": Answer("land", sum(parts))}
    widths = inputs.any("length", "b", "B")
    n, slope = inputs.maybe("number", "n"), inputs.maybe("slope", "i", "S")
    if n is not None and slope is not None and (widths is not None or inputs.maybe("number", "z", "m") is not None):
        side = inputs.get_one("number", "z", "m", default=0.0)
        many = widths if isinstance(widths, list) else [widths or 0.0]
        shapes = [section.Trapezoid(b, 50.0, side, side) for b in many]
        depths = [channel.normal_depth(s, n, slope, flow) for s in shapes]
        found |= {
            "yn": Answer("length", depths),
            "V": Answer("velocity", [channel.velocity(s, flow, y) for s, y in zip(shapes, depths, strict=True)]),
            "Fr": Answer("number", [channel.froude(s, flow, y) for s, y in zip(shapes, depths, strict=True)]),
        }
    return found


def _starting(inputs: Reader, *starts: str) -> float | None:
    return next((float(v) for k, v in inputs.items() if k.startswith(starts) and is_number(v)), None)


def less_infiltration(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Q = F (Ir - Ip)/6 of GB/T 16453.4, and the volumes of a storage ditch or pond."""
    found: Found = {}
    area = inputs.get_one("land", *AREA) * 100
    rain, soak = inputs.maybe("number", "Ir", "I_r"), inputs.maybe("number", "Ip", "I_p")
    if rain is not None:
        found["Q"] = Answer("flow", runoff.peak_less_infiltration(area, rain, soak or 0.0).value)
    alpha, depth = inputs.maybe("number", "alpha", "phi", "psi"), inputs.maybe("rain", "H24", "H", "P", "H24p")
    if alpha is not None and depth is not None:
        found["W"] = Answer("volume", runoff.storm_volume(alpha, depth, area).value)
        found |= {"Vw": found["W"], "V": found["W"]}
    return found


def confluence(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Peak by the Chinese rational formula, flow and confluence time together."""
    n = inputs.get_one("number", "n", "n2")
    power = inputs.maybe("number", "Sp", "S_p", "sp")
    if power is None:
        day = inputs.get_one("rain", "H24p", "H24", "H24_p", "P24")
        power = storm.DailyRainStorm(given(day, "mm", "H24"), given(n, "-", "n"), 100).power.value
    length = inputs.maybe("length", "L")
    if length is not None and "L_m" not in inputs and "L_km" not in inputs and "L_mi" not in inputs:
        length *= 1000  # bare, the formula means km
    if length is None:
        raise KeyError("L")
    worked = runoff.confluence_peak(
        inputs.get_one("land", "F", "A"),
        length / 1000,
        inputs.slope("J", "S", "i"),
        power,
        n,
        inputs.get_one("number", "mu", "losses", default=0.0),
        inputs.get_one("number", "m"),
    )
    tc = None if worked.runoff_time is None else worked.runoff_time.value
    found: Found = {
        "Qm": Answer("flow", worked.flow.value),
        "tau": Answer("hours", worked.time.value),
        "Sp": Answer("number", power),
        "full": Answer("number", float(worked.full)),
    }
    if tc is not None:
        found["tc"] = Answer("hours", tc)
    return found
