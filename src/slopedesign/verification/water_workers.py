"""How each kind of published water case is worked by the program's functions, in the units the case is printed in."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import brentq

from slopedesign.calc.water import channel, chute, culvert, irrigation, pond, routing, runoff, section, storm, weir
from slopedesign.errors import NoSolution
from slopedesign.standards import gb50288_2018 as gb50288
from slopedesign.standards import gb51018_2014 as gb51018
from slopedesign.standards import hydraulics as rows
from slopedesign.standards import tr55_1986 as tr55
from slopedesign.standards.trace import given
from slopedesign.standards.water_tables import table

FT, IN, ACRE, MILE2 = 0.3048, 25.4, 4046.8564224, 2589988.110336
CFS, LBFT2 = FT**3, 0.04788026
ACRE_INCH_PER_HOUR = 0.278 * IN * ACRE / 1e6
"""What the US books count as 1 cfs in Q = C i A (exactly 1.0083 cfs) [m3/s]."""

Inputs = Mapping[str, Any]
Found = dict[str, Any]


@dataclass(frozen=True)
class Units:
    """Turns the inputs' units into SI and back."""

    us: bool

    @property
    def length(self) -> float:
        """Metres in the case's unit of length."""
        return FT if self.us else 1.0

    @property
    def flow(self) -> float:
        """m3/s in the case's unit of flow."""
        return CFS if self.us else 1.0

    @property
    def rain(self) -> float:
        """mm in the case's unit of rain."""
        return IN if self.us else 1.0


def decimals(value: float) -> int:
    text = repr(value)
    if "e" in text:
        return 15
    whole, _, part = text.partition(".")
    if part not in ("", "0"):
        return len(part)
    zeros = len(whole) - len(whole.rstrip("0"))
    return -min(zeros, max(len(whole.lstrip("-")) - 2, 0))


# Channels -------------------------------------------------------------------------------------------------------------


def _pick(inputs: Inputs, *names: str, default: Any = None) -> Any:
    """The first of several spellings, with or without a unit at its end."""
    for name in names:
        for key in (name, f"{name}_m", f"{name}_ft", f"{name}_m3s", f"{name}_cfs"):
            if key in inputs:
                return inputs[key]
    if default is None:
        raise KeyError(names[0])
    return default


def _shape(inputs: Inputs, u: Units, z: float | None = None, scale: float = 1.0) -> section.Section:
    if any(k in inputs for k in ("D_ft", "D_m", "D", "d0", "diameter")):
        return section.Circle(_pick(inputs, "D", "d0", "diameter") * u.length)
    b = _pick(inputs, "b", "B", default=0.0) * u.length
    side = float(_pick(inputs, "z", "Z", "m", default=0.0)) if z is None else z
    return section.Trapezoid(b, 100.0 * scale, side, side)


def _uniform(inputs: Inputs, u: Units, out: Inputs) -> Found:
    """Everything of uniform and critical flow the inputs allow, under the names books use."""
    if "Rh" in inputs or "R" in inputs:
        return {"V": rows.MANNING_VELOCITY.number(R=_pick(inputs, "Rh", "R"), S=inputs["S"], n=inputs["n"])}
    if "pipes" in inputs:
        each = [
            _channel({**p, "units": inputs.get("units")}, u, section.Circle(_pick(p, "D") * u.length))
            for p in inputs["pipes"]
        ]
        return {key: [one.get(key) for one in each] for key in each[0]}
    zs = inputs.get("z", None)
    if isinstance(zs, list):
        each = [_channel(inputs, u, _shape(inputs, u, float(z))) for z in zs]
        found: Found = {key: [one.get(key) for one in each] for key in each[0]}
        for z, one in zip(zs, each, strict=True):
            found["yn_rect" if z == 0 else f"yn_trap_z{z:g}"] = one["yn"]
        return found
    bs = inputs.get("b")
    if isinstance(bs, list):
        each = [_channel({**inputs, "b": b}, u, _shape({**inputs, "b": b}, u)) for b in bs]
        return {key: [one.get(key) for one in each] for key in each[0]}
    shape = _shape(inputs, u)
    found = _channel(inputs, u, shape)
    for name in out:
        if match := re.fullmatch(r"Q_at_(\d+)p(\d+)ft", name):
            depth = float(f"{match[1]}.{match[2]}") * FT
            found[name] = channel.capacity(shape, inputs["n"], inputs["S"], depth) / CFS
        if (match := re.fullmatch(r"Kb_bend_Rc(\d+)", name)) and "yn" in found:
            found[name] = channel.bend_factor(float(match[1]) * u.length / shape.top_width(found["yn"] * u.length))
    return found


def _channel(inputs: Inputs, u: Units, shape: section.Section) -> Found:
    n, slope, length = inputs.get("n"), inputs.get("S", inputs.get("i")), u.length
    found: Found = {}
    depth = next((inputs[k] for k in ("d_ft", "d_m", "y", "y_ft", "y_m", "h") if k in inputs), None)
    if depth is not None:
        h = depth * length
        area, wet = shape.area(h), shape.perimeter(h)
        found |= {"A": area / length**2, "P": wet / length, "R": area / wet / length}
        if n is not None and slope is not None:
            q = channel.capacity(shape, n, slope, h)
            found |= {"Q": q / u.flow, "V": q / area / length, "Q_m3s_rounded": q, "Fr": channel.froude(shape, q, h)}
    flow = next((inputs[k] for k in ("Q", "Q_cfs", "Q_m3s") if k in inputs), None)
    if flow is not None and not isinstance(flow, list):
        q = flow * u.flow
        yc = channel.critical_depth(shape, q)
        found |= {"yc": yc / length, "Vc": channel.velocity(shape, q, yc) / length}
        if n is not None and slope is not None:
            yn = channel.normal_depth(shape, n, slope, q)
            speed = channel.velocity(shape, q, yn)
            tau = channel.shear(yn, slope, rows.WATER)
            found |= {
                "yn": yn / length, "depth": yn / length, "V": speed / length, "Fr": channel.froude(shape, q, yn),
                "top_width": shape.top_width(yn) / length, "tau": tau, "Sc": channel.critical_slope(shape, n, q),
                "tau_straight_lbft2": tau / LBFT2, "T": shape.top_width(yn) / length,
            }  # fmt: skip
    if n is not None and slope is not None and shape.closed:
        full = channel.conveyance(shape, n, shape.height * (1 - 1e-12)) * math.sqrt(slope)
        found |= {"Qfull": full / u.flow, "Vfull": full / shape.area(shape.height) / length}
    return found | _with_units(found, u)


def _with_units(found: Found, u: Units) -> Found:
    length, area, flow = ("ft", "ft2", "cfs") if u.us else ("m", "m2", "m3s")
    kinds = {"A": area, "P": length, "R": length, "yn": length, "yc": length, "depth": length, "top_width": length,
             "T": length, "Q": flow, "Qfull": flow, "V": "fps" if u.us else "ms",
             "Vc": "fps" if u.us else "ms"}  # fmt: skip
    return {f"{name}_{kinds[name]}": value for name, value in found.items() if name in kinds}


def _jump(inputs: Inputs, u: Units, out: Inputs) -> Found:
    found: Found = {}
    systems = {"ft": inputs["US"], "m": inputs["SI"]} if "US" in inputs and "SI" in inputs else {"": inputs}
    for unit, one in systems.items():
        y1 = _pick(one, "y1", "h1")
        fr = _pick(one, "Fr1", "Fr", default=0.0)
        if not fr:
            speed = _pick(one, "V1", "V", default=0.0)
            if not speed:
                unit_flow = _pick(one, "q", default=0.0) or _pick(one, "Q") / _pick(one, "b", "B")
                speed = unit_flow / y1
            fr = speed * u.length / math.sqrt(rows.G * y1 * u.length)
        y2 = rows.BELANGER.number(h_1=y1, Fr=fr)
        loss = (y2 - y1) ** 3 / (4 * y1 * y2)
        found |= {f"y2_{unit}" if unit else "y2": y2, "y2": y2, "h2": y2, "Fr1": fr, "dE": loss, "E_loss": loss}
    return found


def _basin(inputs: Inputs, u: Units, out: Inputs) -> Found:
    sigma, ht = inputs.get("sigma0", 1.05), inputs.get("ht")
    q, t0, phi = inputs["q"], inputs.get("T0", inputs.get("E0")), inputs.get("phi", 0.95)
    if ht is None:
        hc = chute.contracted_depth(q, t0, phi)
        h2 = rows.BELANGER.number(h_1=hc, Fr=q / math.sqrt(rows.G * hc**3))
        return {"hc": hc, "h2": h2, "Fr": q / math.sqrt(rows.G * hc**3), "Lj": 6.9 * (h2 - hc)}
    worked = chute.settled_basin(q, t0, ht, phi, with_fall=True) if sigma == 1.05 else chute.stilling_basin(
        q, t0, ht, phi, sigma, with_fall=True
    )  # fmt: skip
    betas = inputs.get("beta", [0.8])
    return {
        "hc": worked.contracted, "h2": worked.sequent.value, "Fr": worked.froude, "d": worked.depth.value,
        "Lj": worked.jump_length.value, "Lk": [b * worked.jump_length.value for b in betas],
    }  # fmt: skip


# Hydrology ------------------------------------------------------------------------------------------------------------


def _rational(inputs: Inputs, u: Units, out: Inputs) -> Found:
    areas = next(v for k, v in inputs.items() if k.startswith(("areas", "A")) and not isinstance(v, str))
    rain = next((v for k, v in inputs.items() if re.match(r"(i|I)(_|$)", k)), None)
    coefficients = inputs.get("C")

    def one(a: Any, c: Any, i: Any) -> tuple[float, float | None]:
        a = a if isinstance(a, list) else [a]
        c = c if isinstance(c, list) else [c] * len(a)
        mean = runoff.weighted_coefficient(a, c)
        if i is None:
            return mean, None
        if u.us:
            km2 = sum(a) * ACRE / 1e6
            return mean, runoff.rational_peak_hourly(mean, i * IN, km2).value / ACRE_INCH_PER_HOUR
        scale = 0.01 if any(k.endswith(("_ha", "_hm2")) for k in inputs) else 1.0
        return mean, runoff.rational_peak_hourly(mean, i, sum(a) * scale).value

    if isinstance(areas, Mapping):
        assert isinstance(coefficients, Mapping)
        worked = {k: one(areas[k], coefficients[k], rain[k] if isinstance(rain, Mapping) else rain) for k in areas}
        c, q = {k: v[0] for k, v in worked.items()}, {k: v[1] for k, v in worked.items()}
        unit = "Q_cfs" if u.us else "Q_m3s"
        bands = {}
        for k, printed in out.get(unit, {}).items():  # the book multiplies by its coefficient rounded to three decimals
            slack = 0.0005 / c[k] * printed
            bands[f"{unit}.{k}"] = (printed - slack, printed + slack)
        return {"C": c, unit: q, "Q": q, "bands": bands}
    mean, flow = one(areas, coefficients, rain)
    return {"C": mean, "Q_cfs" if u.us else "Q_m3s": flow, "Q": flow}


def _time(inputs: Inputs, u: Units, out: Inputs) -> Found:
    """Travel times of sheet, shallow and channel flow [min]; in hours where the book prints hours."""
    hours = any("_h" in key for key in out)
    times = []
    if sheet := inputs.get("sheet"):
        rain = _pick(sheet, "P2_in", "P2", "P2_mm") * (IN if u.us else 1.0)
        slope = _pick(sheet, "S", "s")
        work = runoff.sheet_flow_time_tr55 if hours else runoff.sheet_flow_time
        times.append(work(sheet["n"], sheet["L"] * u.length, rain, slope).value)
    if shallow := inputs.get("shallow"):
        speed = (
            _pick(shallow, "V_fps", "V") * u.length if "V_fps" in shallow or "V" in shallow
            else runoff.shallow_velocity(shallow["k"], shallow["S_pct"]).value
        )  # fmt: skip
        times.append(runoff.ditch_time(shallow["L"] * u.length, speed).value)
    if pipe := inputs.get("pipe"):
        shape = section.Circle(_pick(pipe, "D") * u.length)
        speed = channel.conveyance(shape, pipe["n"], shape.diameter) * math.sqrt(pipe["S"]) / shape.area(shape.diameter)
        times.append(runoff.ditch_time(pipe["L"] * u.length, speed).value)
    if open_ := inputs.get("channel"):
        radius = open_["a"] * u.length**2 / (open_["pw"] * u.length)
        speed = rows.MANNING_VELOCITY.number(R=radius, S=_pick(open_, "s", "S"), n=open_["n"])
        times.append(runoff.ditch_time(open_["L"] * u.length, speed).value)
    whole = sum(times)
    return {"t_min": times, "tc": whole, "tc_min": whole, "Tt_h": [t / 60 for t in times], "Tc_h": whole / 60}


def _curve_number(inputs: Inputs, u: Units, out: Inputs) -> Found:
    rain = _pick(inputs, "P_in", "P_mm", "P")
    depth = runoff.curve_number_runoff(rain * u.rain, inputs["CN"], inputs.get("Ia_ratio", 0.2)).value / u.rain
    retention = tr55.RETENTION.number(CN=inputs["CN"]) / u.rain
    unit = "in" if u.us else "mm"
    return {f"Q_{unit}": depth, "Q": depth, "S": retention, f"S_{unit}": retention, "Ia": 0.2 * retention,
            f"Ia_{unit}": 0.2 * retention}  # fmt: skip


def _tr55_peak(inputs: Inputs, u: Units, out: Inputs) -> Found:
    rain_type = str(inputs.get("rain", inputs.get("type", "II")))
    km2 = _pick(inputs, "A_mi2", "Am_mi2", "Am", "A_km2", "A") * (MILE2 / 1e6 if u.us else 1.0)
    tc = _pick(inputs, "Tc_h", "Tc", "tc_h", "tc")
    rain = _pick(inputs, "P_in", "P", default=0.0) * u.rain
    cn = float(inputs.get("CN") or 0.0)
    depth = _pick(inputs, "Q_in", "Q", default=0.0) * u.rain or runoff.curve_number_runoff(rain, cn).value
    ia = inputs.get("Ia_over_P", inputs.get("Ia_P"))
    if ia is None:
        initial = _pick(inputs, "Ia_in", "Ia", default=0.0) * u.rain or 0.2 * tr55.RETENTION.number(CN=cn)
        ia = initial / rain
    peak = runoff.tr55_peak(km2, depth, tc, ia, rain_type, inputs.get("pond_percent", 0.0)).value / inputs.get(
        "Fp", 1.0
    )
    peak *= inputs.get("Fp", 1.0)
    unit = peak / (km2 * depth) / (CFS / (MILE2 / 1e6 * IN) if u.us else 1.0)
    flow = peak / u.flow
    return {"qp": flow, "qp_cfs": flow, "Q_cfs": flow, "qp_m3s": flow, "qu": unit, "qu_csm_in": unit, "Ia_over_P": ia,
            "Ia_P": ia, "Q_in": depth / u.rain}  # fmt: skip


def _detention(inputs: Inputs, u: Units, out: Inputs) -> Found:
    """TR-55 detention: runoff volume, share stored, and the weir that passes the outflow."""
    found: Found = {}
    ratio = inputs["qo"] / inputs["qi"]
    c = table("ponds", "detention_ratio").raw(str(inputs.get("rain", "II")))
    share = tr55.DETENTION_RATIO.number(C_0=c[0], C_1=c[1], C_2=c[2], C_3=c[3], r=ratio)
    km2 = _pick(inputs, "A_mi2", "A_km2", "A") * (MILE2 / 1e6 if u.us else 1.0)
    volume = _pick(inputs, "Q_in", "Q_mm", "Q") * u.rain * km2 * 1000
    unit = ACRE * FT if u.us else 1.0
    found |= {"Vr": volume / unit, "Vs_over_Vr": share, "Rs": share, "Vs": share * volume / unit,
              "Vs_acft": share * volume / unit, "Vr_acft": volume / unit}  # fmt: skip
    if "Cw" in inputs:
        m = weir.coefficient_of_cd(inputs["Cw"] * math.sqrt(u.length))
        found["Lw"] = weir.width_for(m, _pick(inputs, "Hw") * u.length, inputs["qo"] * u.flow) / u.length
        found |= {"Lw_ft": found["Lw"], "Lw_m": found["Lw"]}
    return found


def _confluence(inputs: Inputs, u: Units, out: Inputs) -> Found:
    power = inputs.get("Sp")
    if power is None:
        power = storm.DailyRainStorm(given(inputs["H24"], "mm", "H24"), given(inputs["n"], "-", "n"), 100).power.value
    worked = runoff.confluence_peak(
        _pick(inputs, "F_km2", "F"),
        _pick(inputs, "L_km", "L"),
        inputs["J"],
        power,
        inputs["n"],
        inputs["mu"],
        inputs["m"],
    )
    tc = None if worked.runoff_time is None else worked.runoff_time.value
    return {"Qm_m3s": worked.flow.value, "Qm": worked.flow.value, "tau_h": worked.time.value, "tau": worked.time.value,
            "tc": tc, "tc_h": tc}  # fmt: skip


def _unit_hydrograph(inputs: Inputs, u: Units, out: Inputs) -> Found:
    """Ordinates by convolution, or the SCS peak."""
    ordinates = next(
        (inputs[k] for k in inputs if re.match(r"(?i)(uh|u|unit|ordinates)", k) and isinstance(inputs[k], list)), None
    )
    excess = next(
        (
            inputs[k]
            for k in inputs
            if re.match(r"(?i)(excess|pe|p_|p$|rain|net|runoff)", k) and isinstance(inputs[k], list)
        ),
        None,
    )
    if ordinates is not None and excess is not None:
        flow = runoff.convolve(ordinates, excess)
        names = ("Q", "q", "flow", "hydrograph", "Q_cfs", "Q_m3s", "ordinates", "DRH")
        return dict.fromkeys(names, flow) | {"peak": flow.max(), "Qp": flow.max(), "peak_index": int(flow.argmax())}
    area = _pick(inputs, "A_mi2", "A_km2", "A_ac", "A")
    km2 = area * (
        MILE2 / 1e6 if "A_mi2" in inputs else ACRE / 1e6 if "A_ac" in inputs else MILE2 / 1e6 if u.us else 1.0
    )
    tc = _pick(inputs, "tc_h", "Tc_h", "tc", "Tc", default=0.0) or _pick(inputs, "tc_min", "Tc_min") / 60
    duration = _pick(inputs, "D_h", "dur_h", "D", default=0.0)
    tp = _pick(inputs, "tp_h", "tp", default=0.0)
    if not tp:
        tp = tr55.SCS_TIME_TO_PEAK.number(D=duration, t_c=tc) if duration else 2 / 3 * tc
    depth = _pick(inputs, "Q_in", "QD_in", "QD", "Q_mm", "Q", default=1.0) * u.rain
    peak = runoff.scs_unit_peak(km2, depth, tp).value / u.flow
    base = 8 / 3 * tp
    return {
        "qp": peak,
        "qp_cfs": peak,
        "qp_m3s": peak,
        "tp": tp,
        "tp_h": tp,
        "tb": base,
        "tb_h": base,
        "tp_min": tp * 60,
    }


# Ponds ----------------------------------------------------------------------------------------------------------------


def _basin_volume(inputs: Inputs, u: Units, out: Inputs) -> Found:
    """Frustum volumes at depths, the length that gives a volume, or slices from areas."""
    found: Found = {}
    bands: dict[str, tuple[float, float]] = {}
    areas = next((v for k, v in inputs.items() if re.match(r"(?i)areas?(_|$)|A_", k) and isinstance(v, list)), None)
    if areas is not None:
        levels = next(
            v for k, v in inputs.items() if re.match(r"(?i)(elev|level|depth|stage|z|h)", k) and isinstance(v, list)
        )
        for cone, names in ((False, ("V_average", "V_avg")), (True, ("V_cone", "V_conic"))):
            volume = pond.from_areas(levels, areas, cone).volume
            found |= dict.fromkeys(names, volume)
        first = pond.from_areas(levels, areas, bool(re.search("conic|cone", str(inputs).lower()))).volume
        return found | dict.fromkeys(("V", "V_ft3", "V_m3"), first) | {"bands": bands}
    length, width = _pick(inputs, "L", default=0.0), _pick(inputs, "W", default=0.0)
    z = inputs.get("Z", inputs.get("z", 0.0))
    depths = _pick(inputs, "depth", "depths", default=[])
    if length and width and len(depths):
        unit = "ft3" if u.us else "m3"
        volumes = [pond.frustum_volume(length, width, z, d).value for d in depths]
        found |= {f"V_{unit}": volumes, "V": volumes}
        for i, (d, printed) in enumerate(
            zip(depths, _pick(out, "V", "V_ft3", "V_m3", default=[0] * len(depths)), strict=False)
        ):
            half = 0.5 * 10.0 ** -decimals(d)  # the depths are printed to two decimals; the volume moves with them
            up = pond.frustum_volume(length, width, z, d + half).value - volumes[i]
            bands[f"V_{unit}[{i}]"] = (printed - up, printed + up)
    if "V_target" in inputs:
        ratio, depth = inputs["r"], inputs["D"]

        def gap(side: float) -> float:
            return pond.frustum_volume(side, ratio * side, z, depth).value - float(inputs["V_target"])

        found["L_trial"] = brentq(gap, 1e-6, 1e6)
        found |= {"L_trial_ft": found["L_trial"], "L_trial_m": found["L_trial"], "L": found["L_trial"]}
    return found | {"bands": bands}


def _storage_estimates(inputs: Inputs, u: Units, out: Inputs) -> Found:
    found: Found = {"bands": {}}
    volume = u.length**3
    if ex := inputs.get("ex1"):
        area = ex["A"]
        flows = [
            runoff.rational_peak_hourly(c, i * u.rain, area * (ACRE / 1e6 if u.us else 0.01)).value
            / (ACRE_INCH_PER_HOUR if u.us else 1.0) for c, i in zip(ex["C"], ex["I"], strict=True)
        ]  # fmt: skip
        lost = tr55.LOST_STORAGE.number(Q_1=flows[0], t_1=ex["tc"][0], Q_2=flows[1], t_2=ex["tc"][1])
        found["ex1"] = {"q": flows, "Vs": lost}
        if u.us:  # the book rounds both runoff depths to 0.01 inch before it subtracts them
            slack = 3630 * area * 0.01
            printed = out.get("ex1", {}).get("Vs", lost)
            found["bands"]["ex1.Vs"] = (printed - slack, printed + slack)
    if ex := inputs.get("ex2"):
        tri = tr55.TRIANGLE_STORAGE.number(t_i=ex["ti_h"] * 3600, Q_i=ex["qi"] * u.flow, Q_o=ex["qo"] * u.flow) / volume
        c = table("ponds", "detention_ratio").raw(str(ex.get("rain", "II")))
        share = tr55.DETENTION_RATIO.number(C_0=c[0], C_1=c[1], C_2=c[2], C_3=c[3], r=ex["qo"] / ex["qi"])
        held = _pick(ex, "Qa_in", "Qa") * u.rain / 1000 * ex["A"] * (ACRE if u.us else 1e4) / volume
        found["ex2"] = {"Vs_tri": tri, "Rs": share, "Vs_tr55": share * held}
    return found


def _budget(inputs: Inputs, u: Units, out: Inputs) -> Found:
    """Annual runoff, evaporation and seepage of a constant pond, in acre-feet and cubic feet (or m3)."""

    def get(*patterns: str) -> float:
        for pattern in patterns:
            for key, value in inputs.items():
                if re.fullmatch(pattern, key) and isinstance(value, int | float):
                    return float(value)
        raise KeyError(patterns[0])

    hm2 = ACRE / 1e4 if u.us else 1.0
    shed = get(r"A_(ac|shed|catch\w*|drain\w*|w\w*|ha)\w*", r"DA\w*", r"F\w*", r"A") * hm2
    surface = get(r"(?i)(A_?)?(surf|pool|s_|As|water|avg|lake|pond)\w*") * hm2
    bottom = get(r"(?i)(A_?)?(bot|b_|Ab|inf_area)\w*") * hm2
    c = get(r"(?i)(c|phi|psi|runoff_c\w*|coef\w*)")
    rain = get(r"(?i)(p|rain|precip)\w*") * u.rain
    lost = get(r"(?i)(e|ev|evap)\w*") * u.rain
    rates = next((v for k, v in inputs.items() if re.match(r"(?i)(i|inf|infil|f|k|seep)\w*(_in|_mm|ph|rate|hr)?", k)
                  and k.lower().startswith(("i", "seep", "k")) and not isinstance(v, str)), 0.0)  # fmt: skip
    each = []
    for rate in rates if isinstance(rates, list) else [rates]:
        each.append(pond.annual_budget(c, rain, shed, lost, surface, rate * u.rain, bottom))
    unit = ACRE * FT if u.us else 1.0
    columns = [[v / unit for v in one] + [(one[0] - one[1] - one[2]) / unit] for one in each]
    found: Found = {}
    names = (("runoff", "Qr", "R", "inflow"), ("evap", "evaporation", "E"),
             ("infil", "infiltration", "seepage", "I", "inf"),
             ("net", "balance", "V", "dV", "change", "budget"))  # fmt: skip
    for k, spellings in enumerate(names):
        values = [col[k] for col in columns]
        for name in spellings:
            for suffix in ("", "_acft", "_ac_ft", "_m3"):
                found[name + suffix] = values if isinstance(rates, list) else values[0]
            found[name + "_ft3"] = (
                [v * unit / CFS for v in values] if isinstance(rates, list) else values[0] * unit / CFS
            )
    return found


def _puls(inputs: Inputs, u: Units, out: Inputs) -> Found:
    step = inputs.get("dt_h", 0) * 3600 or inputs.get("dt_min", 0) * 60 or inputs["dt_s"]
    if "K_h" in inputs:
        wanted = len(out.get("outflow", ())) or len(inputs["inflow"])
        flow = list(inputs["inflow"]) + [inputs.get("after", inputs["inflow"][-1])] * (wanted - len(inputs["inflow"]))
        rating = routing.linear_reservoir(inputs["K_h"] * 3600, 2 * max(flow))
        routed = routing.puls(flow, step, rating, outflow=inputs.get("O0", flow[0]))
        return {"outflow": routed.outflow, "peak": routed.peak_outflow, "peak_index": routed.peak_index}
    rating = routing.Rating(
        np.array(_pick(inputs, "elev")) * u.length,
        np.array(next(v for k, v in inputs.items() if k.startswith("stor")))
        * (ACRE * FT if "stor_acft" in inputs else u.length**3),
        np.array(_pick(inputs, "out", "outflow", "out_cfs")) * u.flow,
    )  # fmt: skip
    coming = np.array(_pick(inputs, "inflow")) * u.flow
    routed = routing.puls(coming, step, rating, level=_pick(inputs, "z0") * u.length)
    every = max(1, round(12 * 3600 / step))
    return {
        "peak_elev_ft": routed.peak_level / u.length, "peak_elev_m": routed.peak_level / u.length,
        "peak_out_cfs": routed.peak_outflow / u.flow, "peak_out_m3s": routed.peak_outflow / u.flow,
        "peak_index": routed.peak_index, "elev_every_12h": routed.level[::every] / u.length,
        "out_every_12h": routed.outflow[::every] / u.flow,
    }  # fmt: skip


def _swmm_pond(inputs: Inputs, u: Units, out: Inputs) -> Found:
    """A pond in balance with a steady inflow: the head at which its weir passes what comes."""
    flow = runoff.rational_peak_hourly(inputs.get("imp", 100) / 100, inputs["rain_mmh"], inputs["A_ha"] / 100).value
    flow *= 1 / 3.6 / 0.278  # the exact unit constant, as the engine has it
    w = inputs["weir"]
    storage = pond.from_areas(
        [p[0] for p in inputs["pond_area_curve"]], [p[1] for p in inputs["pond_area_curve"]], cone=False
    )
    lows, highs = storage.level[0], storage.level[-1]
    fine = np.linspace(lows, highs, 701)
    storage = pond.from_areas(fine, np.interp(fine, storage.level, storage.area), cone=False)
    steady = np.full(int(inputs["dur_min"] / 60 * 3600), flow)
    m = weir.coefficient_of_cd(w["Cd_metric"])
    start = w["crest"] if inputs["dur_min"] < 1 else float(fine[0])
    worked = pond.route_spillway(storage, runoff.Hydrograph(10.0, steady), w["crest"], w["L"], m, start=start)
    level = float(worked.routed.level[-1])
    return {"Q_runoff": flow, "Q_weir": float(worked.routed.outflow[-1]), "pond_depth": level,
            "pond_volume": storage.volume_at(level)}  # fmt: skip


# Weirs, culverts, pipes, networks -------------------------------------------------------------------------------------


def _weirs(inputs: Inputs, u: Units, out: Inputs) -> Found:
    if "rows" in inputs and "Co" in inputs:
        area = math.pi * (_pick(inputs, "D") * u.length) ** 2 / 4
        flows = [n * weir.orifice(inputs["Co"], area, h * u.length).value / u.flow for n, h in inputs["rows"]]
        return {"Q": flows, "total": sum(flows)}
    if "Co" in inputs and "Cw" in inputs:
        return _riser(inputs, u, out)
    if "h1" in inputs and "h2" in inputs:
        q = weir.full_width_weir(inputs["h1"], inputs["h2"], inputs["b"]).value
        return {"Q": q}
    if "V" in inputs or "KC" in inputs:
        found: Found = {}
        if "V" in inputs:
            found["V"] = [weir.v_notch_listed(v["h"], v["angle"]).value for v in inputs["V"]]
        if "KC" in inputs:
            kc = inputs["KC"]
            found["KC"] = weir.contracted_weir(kc["h1"], kc["h2"], kc["b"]).value
        return found
    return _plain_weir(inputs, u)


def _plain_weir(inputs: Inputs, u: Units) -> Found:
    """Q = C L H^1.5 for heads; C is on sqrt(2g) when below 1, in the units' own form above."""
    c = _pick(inputs, "Cw", "Cd", "C", "m", "Cbcw", "CBCW")
    length = _pick(inputs, "L", "B", "b") * u.length
    heads = _pick(inputs, "h", "H", "heads")
    m = c if c < 1 else weir.coefficient_of_cd(c * math.sqrt(u.length))
    many = isinstance(heads, list)
    flows = [weir.weir_flow(m, length, h * u.length).value / u.flow for h in (heads if many else [heads])]
    q: Any = flows if many else flows[0]
    return dict.fromkeys(("Q", "Q_cfs", "Q_m3s", "Q_weir"), q)


def _riser(inputs: Inputs, u: Units, out: Inputs) -> Found:
    diameter, heads = _pick(inputs, "D") * u.length, inputs["h"]
    crest = _pick(inputs, "L", default=0.0) * u.length or None
    over = [weir.weir_flow(inputs["Cw"], crest or math.pi * diameter, h * u.length).value / u.flow for h in heads]
    through = [weir.orifice(inputs["Co"], math.pi * diameter**2 / 4, h * u.length).value / u.flow for h in heads]
    kinds = [weir.riser(h * u.length, diameter, inputs["Cw"], inputs["Co"], crest)[1] for h in heads]
    unit = u.length**1.5 / u.flow
    one_weir = weir.weir_flow(inputs["Cw"], crest or math.pi * diameter, 1.0).value * unit
    one_orifice = weir.orifice(inputs["Co"], math.pi * diameter**2 / 4, 1.0).value * u.length**0.5 / u.flow
    bands = {}
    for i, (h, q, printed) in enumerate(zip(heads, over, out.get("Q_weir", over), strict=False)):
        slack = q * ((1 + 0.5 * 10.0 ** -decimals(h) / h) ** 1.5 - 1)  # the heads are printed to two decimals
        bands[f"Q_weir[{i}]"] = (printed - slack, printed + slack)
    return {"K_orifice": one_orifice, "K_weir": one_weir, "Q_weir": over, "Q_orifice": through, "controls": kinds,
            "bands": bands}  # fmt: skip


def _culvert(inputs: Inputs, u: Units, out: Inputs) -> Found:
    if "L_weir" in inputs or "crest_el" in inputs:
        factors = inputs.get("Cd_US", inputs.get("Cd"))
        factors = factors if isinstance(factors, list) else [factors] * len(inputs["h"])
        q = [
            culvert.overtopping(c, inputs["L_weir"] * u.length, h * u.length).value / u.flow
            for c, h in zip(factors, inputs["h"], strict=True)
        ]
        return {"Qo": q, "Q": q}
    rise = _pick(inputs, "D", "H") * u.length
    shape: section.Section = (
        section.rectangle(_pick(inputs, "B") * u.length, rise)
        if "B" in inputs or "B_ft" in inputs
        else section.Circle(rise)
    )
    barrel = culvert.Culvert(
        shape, _pick(inputs, "L") * u.length, inputs["S"], inputs.get("n", 0.012), _inlet(inputs, shape.closed),
        inputs.get("ke"), int(inputs.get("N", 1)),
    )  # fmt: skip
    flows = _pick(inputs, "Q")
    tails = _pick(inputs, "TW", default=0.0)
    many = isinstance(flows, list)
    each = []
    for k, q in enumerate(flows if many else [flows]):
        tail = tails[k] if isinstance(tails, list) else tails
        each.append(culvert.rate(barrel, q * u.flow, tail * u.length))
    about = f"{inputs.get('control', '')} {inputs.get('topic', '')}".lower()
    which = "outlet" if "outlet" in about and "inlet" not in about else "inlet"
    heads = [getattr(r, which).value / u.length if which == "outlet" else r.headwater.value / u.length for r in each]
    datum = inputs.get("inlet_invert", 0.0)
    found: Found = {"HW": heads, "HW_el": [datum + h for h in heads], "HWo": [r.outlet.value / u.length for r in each],
                    "HWi": [r.inlet.value / u.length for r in each], "dc": [r.critical / u.length for r in each],
                    "V": [r.velocity / u.length for r in each]}  # fmt: skip
    rest = [(r.outlet.inputs["h_o"].value, r.outlet.value) for r in each]
    found["ho"] = [h / u.length for h, _ in rest]
    found["H"] = [(hw - h + barrel.length * barrel.slope) / u.length for h, hw in rest]
    found |= {f"{k}_{'ft' if u.us else 'm'}": v for k, v in found.items()}
    return found if many else {k: v[0] for k, v in found.items()}


def _inlet(inputs: Inputs, round_: bool) -> str:
    """The row of the inlet table whose constants the case states; else the plain headwall of the shape."""
    text = str(inputs.get("inlet", ""))
    numbers = {k: float(v) for k, v in re.findall(r"([KMcY])\s*=\s*(\d*\.?\d+)", text)}
    numbers |= {k: float(inputs[k]) for k in ("K", "M", "c", "Y") if isinstance(inputs.get(k), int | float)}
    if numbers:
        for name, row in table("culverts", "inlet").rows.items():
            listed = dict(zip(("K", "M", "c", "Y"), row[2:], strict=True))
            if all(abs(listed[k] - v) <= 0.003 * v for k, v in numbers.items()):
                return str(name)
        raise KeyError(f"no inlet of constants {numbers}")
    return "circular_concrete_square_edge_headwall" if round_ else "box_wingwall_90_15"


def _pipe(inputs: Inputs, u: Units, out: Inputs) -> Found:
    constants = [inputs.get(k) for k in ("f", "m", "b")]
    material = str(inputs.get("material", ""))
    for name, row in table("irrigation", "pipe").rows.items():
        if all(c is None or abs(c - r) < 1e-9 * r for c, r in zip(constants, row, strict=True)) and any(constants):
            material = str(name)
    listed = inputs.get("rows", out.get("rows")) or [inputs]
    each = []
    for row in listed:
        d = _pick(row, "d_mm", "d", "D_mm")
        hf = irrigation.friction(material or "hard_plastic", _pick(row, "Q_m3h", "Q"), d, _pick(row, "L")).value
        speed = gb50288.PIPE_VELOCITY.number(Q=_pick(row, "Q_m3h", "Q"), d=d)
        same = {k: row[k] for k in ("Q_m3h", "d_mm", "L_m") if k in row}
        other = {"hf_DarcyWeisbach": hf} if "hf_DarcyWeisbach" in row else {}
        each.append(same | {"hf_GB": hf, "hf": hf, "hf_m": hf, "V": speed} | other)
    return {"rows": each} | (each[0] if len(each) == 1 else {})


def _chain(inputs: Inputs, u: Units, out: Inputs) -> Found:
    """The chain of GB 51018: intensity, peak, depth in a ditch; or its travel times."""
    if "m1" in inputs or "Ls" in inputs:
        speed = runoff.ditch_velocity(inputs["ig"]).value
        t_1, t_2 = (
            runoff.overland_time(inputs["m1"], inputs["Ls"], inputs["is_"]).value,
            runoff.ditch_time(inputs["Lg"], speed).value,
        )
        return {"t1_min": t_1, "v": speed, "t2_min": t_2, "t_min": runoff.concentration(t_1, t_2).value}
    c_p = next(v for k, v in inputs.items() if k.startswith("Cp"))
    c_t = next(v for k, v in inputs.items() if k.startswith("Ct"))
    q = gb51018.STORM_INTENSITY.number(C_p=c_p, C_t=c_t, q_5_10=inputs["q5_10"])
    flow = runoff.rational_peak(inputs["phi"], q, _pick(inputs, "F_km2", "F")).value
    found: Found = {"q": q, "Q": flow}
    if "b" in inputs:
        widths = inputs["b"] if isinstance(inputs["b"], list) else [inputs["b"]]
        shapes = [section.Trapezoid(b, 50.0, inputs.get("z", 0.0), inputs.get("z", 0.0)) for b in widths]
        depths = [channel.normal_depth(s, inputs["n"], inputs["i"], flow) for s in shapes]
        found |= {"yn": depths, "V": [channel.velocity(s, flow, y) for s, y in zip(shapes, depths, strict=True)]}
    return found


def _network(inputs: Inputs, u: Units, out: Inputs) -> Found:
    """A rational network of pipes or ditches given as rows, worked from the heads down (areas and times add)."""
    listed = next(v for k, v in inputs.items() if isinstance(v, list) and v and isinstance(v[0], Mapping))
    curve = inputs.get("idf", inputs.get("i"))
    area_unit = ACRE / 1e6 if u.us else (0.01 if "ha" in str(inputs.keys()) or "A_ha" in listed[0] else 1.0)

    def intensity(minutes: float) -> float:
        if isinstance(curve, Mapping) and "a" in curve:
            return float(curve["a"] / (minutes + curve.get("b", 0.0)) ** curve.get("n", 1.0))
        if isinstance(curve, list):
            return float(np.interp(minutes, [p[0] for p in curve], [p[1] for p in curve]))
        return float(curve)

    gathered: dict[Any, list[float]] = {}
    found: Found = {}
    for k, row in enumerate(listed):
        name = str(_pick(row, "id", "name", "pipe", default=k))
        start, end = str(_pick(row, "from", "up", default=k)), str(_pick(row, "to", "down", default=k + 1))
        own = _pick(row, "C", "phi", default=0.0) * _pick(row, "A_ac", "A_ha", "A", default=0.0)
        met = gathered.setdefault(start, [0.0, 0.0])
        met[0] += own
        met[1] = max(met[1], _pick(row, "tc_min", "t_min", "tc", "ti", default=0.0))
        i = _pick(row, "i_inph", "i_mmph", "i", default=0.0) or intensity(met[1])
        q = runoff.rational_peak_hourly(1.0, i * u.rain, met[0] * area_unit).value
        flow = q / (ACRE_INCH_PER_HOUR if u.us else 1.0)
        found |= {f"Q.{name}": flow, f"{name}.Q": flow, f"t.{name}": met[1], f"{name}.t": met[1]}
        found.setdefault("Q_list", []).append(flow)
        below = gathered.setdefault(end, [0.0, 0.0])
        below[0] += met[0]
        travel = _pick(row, "tt_min", "travel_min", default=0.0)
        if not travel and "L" in str(row) and "n" in row:
            travel = _travel(row, u, flow * u.flow)
        below[1] = max(below[1], met[1] + travel)
    found |= {"Q": found["Q_list"], "Q_cfs": found["Q_list"], "Q_m3s": found["Q_list"]}
    return found


def _travel(row: Mapping[str, Any], u: Units, flow: float) -> float:
    shape = _shape(row, u)
    try:
        speed = channel.velocity(shape, flow, channel.normal_depth(shape, row["n"], row["S"], flow))
    except NoSolution:
        speed = flow / shape.area(shape.height)
    return runoff.ditch_time(_pick(row, "L") * u.length, speed).value


Worker = Callable[[Inputs, Units, Inputs], Found]

TOPICS: tuple[tuple[str, Worker], ...] = (
    (r"GB 51018|overland and channel travel", _chain),
    (r"TR-55 detention|detention volume", _detention),
    (r"time of concentration|travel time", _time),
    (r"SCS-CN|curve number|runoff depth", _curve_number),
    (r"TR-55.*peak|graphical", _tr55_peak),
    (r"unit hydrograph|\bUH\b|convolution", _unit_hydrograph),
    (r"Chinese rational|confluence", _confluence),
    (r"network", _network),
    (r"runoff coefficient|rational peak|rational method", _rational),
    (r"water budget|water balance", _budget),
    (r"storage-indication|Puls|routing", _puls),
    (r"natural-storage|triangular-hydrograph|storage estimate", _storage_estimates),
    (r"SWMM weir|pond equilibrium", _swmm_pond),
    (r"pond volume|basin volume|stage-storage|frustum", _basin_volume),
    (r"stilling|dissipat|basin depth", _basin),
    (r"sequent|jump|belanger", _jump),
    (r"culvert|overtopping", _culvert),
    (r"weir|orifice|notch|riser|spillway", _weirs),
    (r"pipe formula|plastic pipe|hazen|darcy|friction loss|head loss|pipe head", _pipe),
    (r"depth|manning|capacity|critical|uniform|ditch|normal|velocity|froude|pipe", _uniform),
)  # fmt: skip
