"""Published cases of ponds: volumes, storage estimates, water budgets, routing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.optimize import brentq

from slopedesign.calc.water import pond, routing, runoff, section, weir
from slopedesign.verification.quantities import (
    ACRE,
    FT,
    HABIT,
    IN,
    Answer,
    Reader,
    as_printed,
    decimals,
    is_number,
)
from slopedesign.verification.water_channels import Found
from slopedesign.verification.water_hydrology import AREA, COEFFICIENT, HECTARE_RATIONAL, US_RATIONAL

METRIC_STEP = 0.1
"""US books turned out of metric ones step their tables by tenths of a metre and print feet to two decimals."""


def unrounded(lengths: list[float], us: bool) -> list[float]:
    """Lengths [m] of a printed US table whose every row is a tenth of a metre turned to feet: the metric ones.

    The printed results were worked from those, so a reader who follows the book starts there too. Any other table
    stays as printed.
    """
    digits = max((decimals(round(x / FT, 6)) for x in lengths), default=0)
    if not us or digits not in (1, 2) or len(lengths) < (3 if digits == 2 else 6):
        return lengths
    metric = [round(x / METRIC_STEP) * METRIC_STEP for x in lengths]
    slack = 0.66 * 10.0**-digits * FT  # some books cut where they should round
    return metric if all(abs(a - b) <= slack for a, b in zip(lengths, metric, strict=True)) else lengths


# Volumes --------------------------------------------------------------------------------------------------------------


def volumes(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Volumes of a frustum, of a sloping pipe, or of a basin by its areas."""
    areas = inputs.series("area", "areas", "area", "A", "A_water", "surface_area", "contour_area")
    levels = inputs.series(
        "length", "elev", "level", "levels", "elevation", "depth", "depths", "stage", "h", "z", "contour", "d"
    )
    if isinstance(areas, list):
        return _from_areas(inputs, areas, levels, out)
    pipe, slope = inputs.maybe("length", "D", "diameter"), inputs.maybe("slope", "S", "slope")
    depths = inputs.any("length", "depth", "depths", "d", "h", "y")
    if pipe is not None and slope is not None and inputs.maybe("length", "W", "width") is None and depths is not None:
        many = unrounded(depths, inputs.us) if isinstance(depths, list) else [depths]
        if many is not depths and many != depths and abs(pipe - round(pipe, 1)) < 0.03:
            pipe = round(pipe, 1)  # its nominal inches were metric as well
        shape = section.Circle(pipe)
        length = inputs.get_one("length", "L", "length")
        held = [pond.reach_volume(shape, slope, length, min(d, length * slope + pipe)) for d in many]
        wet = [shape.area(min(d, shape.diameter)) for d in many]
        return {
            "V": Answer("volume", held),
            "H": Answer("length", [min(d / slope, length) for d in many]),
            "B": Answer("area", wet),
            "A": Answer("area", wet),
        }
    return _frustum(inputs, depths)


def _from_areas(inputs: Reader, areas: list[float], levels: Any, out: Mapping[str, Any]) -> Found:
    step = inputs.maybe("length", "dh", "interval", "dz", "contour_interval")
    if not isinstance(levels, list):
        levels = [(step or 1.0) * i for i in range(len(areas))]
    mean, cone = (pond.from_areas(levels, areas, cone=c).volume for c in (False, True))
    chosen = cone if inputs.said("conic|cone|frustum|pyramid") and not inputs.said("average|mean") else mean
    dead = inputs.maybe("length", "outlet", "dead_level", "invert", "outlet_elev")
    found: Found = {
        "V_average": Answer("volume", mean.tolist()),
        "V_avg": Answer("volume", mean.tolist()),
        "V_cone": Answer("volume", cone.tolist()),
        "V_conic": Answer("volume", cone.tolist()),
        "V": Answer("volume", chosen.tolist()),
        "cumulative": Answer("volume", chosen.tolist()),
        "dV": Answer("volume", np.diff(chosen).tolist()),
        "total": Answer("volume", float(chosen[-1])),
        "V_total": Answer("volume", float(chosen[-1])),
        "V_max": Answer("volume", float(chosen[-1])),
    }
    if dead is not None:
        held = float(np.interp(dead, levels, chosen))
        found |= {
            "V_dead": Answer("volume", held),
            "dead": Answer("volume", held),
            "active": Answer("volume", np.maximum(chosen - held, 0).tolist()),
            "V_active": Answer("volume", np.maximum(chosen - held, 0).tolist()),
        }
    key = next((k for k in out if k.split("_")[0] in ("V", "total") and is_number(out[k])), None)
    if key is not None:
        found[key.split("_")[0]] = Answer("volume", float(chosen[-1]))
    return found


def _frustum(inputs: Reader, depths: Any) -> Found:
    found: Found = {}
    length, width = inputs.maybe("length", "L", "length"), inputs.maybe("length", "W", "width", "B", "b")
    side = inputs.get_one("number", "Z", "z", "m", "side_slope", default=0.0)
    if length is not None and width is not None and depths is not None:
        many = unrounded(depths, inputs.us) if isinstance(depths, list) else [depths]
        if inputs.said("vertical ends|trapezoidal cross"):  # sides slope, ends stand: a prism
            shape = section.Trapezoid(width, max(many) + 1.0, side, side)
            held = [shape.area(d) * length for d in many]
        else:
            held = [pond.frustum_volume(length, width, side, d).value for d in many]
        found |= {
            "V": Answer("volume", held),
            "S": Answer("volume", held),
            "A": Answer("area", [(length + 2 * side * d) * (width + 2 * side * d) for d in many]),
        }
    across = inputs.maybe("length", "D", "diameter")
    if length is None and across is not None and depths is not None and inputs.maybe("volume", "V_target") is None:
        many = depths if isinstance(depths, list) else [depths]
        round_ = pond.circular(across, side, 0.0, max(many))
        found["V"] = Answer("volume", [round_.volume_at(d) for d in many])
    wanted = inputs.maybe("volume", "V_target", "V", "V_required")
    if wanted is not None and inputs.maybe("number", "r", "ratio") is not None:
        ratio, depth = inputs.get_one("number", "r", "ratio"), inputs.get_one("length", "D", "depth", "d")

        def gap(trial: float) -> float:
            return pond.frustum_volume(trial, ratio * trial, side, depth).value - float(wanted)

        trial = float(brentq(gap, 1e-6, 1e6))
        found |= {
            "L_trial": Answer("length", trial),
            "L": Answer("length", trial),
            "W": Answer("length", ratio * trial),
        }
    if not found:
        raise KeyError("depth")
    return found


# Storage estimates ----------------------------------------------------------------------------------------------------


def estimates(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Storage by the loss of natural storage, by triangular hydrographs, and by TR-55."""
    nested = {key: value for key, value in inputs.items() if isinstance(value, Mapping)}
    if nested:
        return {key: _estimate(inputs.part(value), out.get(key, {})) for key, value in nested.items()}
    return _estimate(inputs, out)


def _estimate(one: Reader, out: Mapping[str, Any]) -> Found:
    area, c = one.maybe("land", *AREA), one.any("number", *COEFFICIENT)
    times = one.any("time", "tc", "t_c", "t")
    rain = one.any("intensity", "I", "i", "intensity")
    if isinstance(c, list) and isinstance(times, list) and isinstance(rain, list) and area is not None:
        return _lost(one, area, c, times, rain, out)
    q_i, q_o = one.get_one("flow", "qi", "Qi", "Q_in", "Ip"), one.get_one("flow", "qo", "Qo", "Q_out")
    found: Found = {}
    minutes = one.maybe("time", "ti", "t_i", "tb", "duration")
    if minutes is None and one.maybe("time", "tc") is not None:
        minutes = 2 * one.get_one("time", "tc")  # HEC-22: the inflow lasts two times of concentration
    if minutes is not None:
        held = pond.triangle_storage(minutes * 60, q_i, q_o).value
        found |= {"Vs_tri": Answer("volume", held), "Vs": Answer("volume", held), "V_triangle": Answer("volume", held)}
    share = _share(one, q_i, q_o)
    found |= {"Rs": Answer("number", share), "Rq": Answer("number", q_o / q_i)}
    depth = one.maybe("rain", "Qa", "Q", "Q_depth", "Qr", "runoff")
    if depth is not None and area is not None:
        carried = as_printed(share, next((v for k, v in out.items() if k.startswith(("Rs", "Vs_over"))), None))
        held = carried * depth / 1000 * area * 1e6
        found["Vs_tr55"] = Answer("volume", held)
        found.setdefault("Vs", Answer("volume", held))
    return found


def _lost(
    one: Reader, area: float, c: list[float], times: list[float], rain: list[float], out: Mapping[str, Any]
) -> Found:
    """Loss of natural storage, rounded where the book rounds: the peaks as printed, the depths to 0.01 in or 1 mm."""
    unit = US_RATIONAL if one.us else HECTARE_RATIONAL
    flows = [runoff.rational_peak_hourly(k, i, area).value * unit for k, i in zip(c, rain, strict=True)]
    lost = pond.lost_storage((flows[0], times[0]), (flows[1], times[1])).value
    printed = next((v for k, v in out.items() if k.split("_")[0] in ("q", "Q", "qp") and isinstance(v, list)), None)
    if printed is not None:
        habit = HABIT["flow"][one.us]
        shown = [as_printed(q / habit, p) * habit for q, p in zip(flows, printed, strict=True)]
        held = [pond.lost_storage((0.0, 0.0), (q, t)).value for q, t in zip(shown, times, strict=True)]
        mm = IN / 100 if one.us else 1.0
        depths = [round(v / (area * 1000) / mm) * mm for v in held]
        lost = (depths[1] - depths[0]) / 1000 * area * 1e6
    return {"q": Answer("flow", flows), "Vs": Answer("volume", lost), "V": Answer("volume", lost)}


def _share(one: Reader, inflow: float, outflow: float) -> float:
    kind = re.sub(r"(?i)type\s*", "", one.worded("rain", "type", "rainfall") or "II").strip()
    return pond.detention_share(inflow, outflow, kind).value


def detention(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """TR-55 detention: runoff volume, share stored, and the weir that passes the outflow."""
    q_i, q_o = inputs.get_one("flow", "qi", "Qi", "q_in"), inputs.get_one("flow", "qo", "Qo", "q_out")
    share = _share(inputs, q_i, q_o)
    found: Found = {
        "Rs": Answer("number", share),
        "Vs_over_Vr": Answer("number", share),
        "Rq": Answer("number", q_o / q_i),
    }
    area = inputs.maybe("land", "A", "Am", "area", "drainage_area")
    depth = inputs.maybe("rain", "Q", "runoff", "Qa")
    if area is not None and depth is not None:
        held = depth / 1000 * area * 1e6
        found |= {"Vr": Answer("volume", held), "Vs": Answer("volume", share * held)}
    if inputs.us:  # TR-55 prints acre-feet
        found = {
            k: Answer("number", a.value / (ACRE * FT)) if a.kind == "volume" and _bare(k, out) else a
            for k, a in found.items()
        }
    coefficient = inputs.maybe("number", "Cw", "C_w", "weir_C")
    if coefficient is not None:
        m = weir.coefficient_of_cd(coefficient * (FT**0.5 if inputs.us else 1.0))
        head = inputs.get_one("length", "Hw", "H_w", "h", "H", "head")
        found["Lw"] = Answer("length", weir.width_for(m, head, q_o))
    return found


def _bare(name: str, out: Mapping[str, Any]) -> bool:
    return name in out


# Budgets --------------------------------------------------------------------------------------------------------------


SURFACE = (
    "A_s",
    "As",
    "A_surf",
    "A_surface",
    "A_pool",
    "surface",
    "pool",
    "A_water",
    "surface_area",
    "A_pond",
    "A_lake",
)
BOTTOM = ("A_B", "A_b", "Ab", "AB", "A_bot", "A_bottom", "bottom", "bottom_area", "A_inf", "A_infiltration")
SHED = (
    "A",
    "A_shed",
    "A_watershed",
    "watershed",
    "A_catch",
    "A_catchment",
    "catchment",
    "A_drain",
    "DA",
    "F",
    "A_w",
    "drainage_area",
    "watershed_area",
    "drainage",
)


def budget(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Annual runoff, evaporation and seepage of a constant pond; each list of inputs gives a list of answers."""
    nested = {k: v for k, v in inputs.items() if isinstance(v, Mapping)}
    if nested and all(k in out for k in nested):
        shared = {k: v for k, v in inputs.items() if k not in nested}
        return {k: budget(inputs.part({**shared, **v}), out[k]) for k, v in nested.items()}
    if listed := [v for v in inputs.values() if isinstance(v, list) and len(v) == 12]:
        return _monthly(inputs, listed)
    shed, surface = inputs.get_one("land", *SHED) * 100, inputs.any("land", *SURFACE)
    bottom = inputs.any("land", *BOTTOM)
    c, rain = (
        inputs.get_one("number", "C_D", "CD", *COEFFICIENT),
        inputs.get_one("rain", "P_a", "Pa", "P", "rain", "rainfall"),
    )
    lost = inputs.get_one("rain", "E_a", "Ea", "E", "evap", "evaporation", "EV")
    soak = inputs.any("intensity", "F_a", "Fa", "I", "inf", "infiltration", "infil", "seepage", "k", "f", "i")
    if soak is None:
        soak = inputs.any("per_day", "seepage", "S", "inf")
        soak = [s / 24 for s in soak] if isinstance(soak, list) else (soak or 0.0) / 24
    count = max(len(v) if isinstance(v, list) else 1 for v in (surface, bottom, soak))
    columns: list[tuple[float, float, float, float]] = []
    for i in range(count):
        s, b, k = (v[i] if isinstance(v, list) else v for v in (surface, bottom, soak))
        came, gone, sunk = pond.annual_budget(c, rain, shed, lost, s * 100, k, (s if b is None else b) * 100)
        columns.append((came, gone, sunk, came - gone - sunk))
    found: Found = {}
    names = (
        ("runoff", "Qr", "R", "inflow", "W"),
        ("evaporation", "evap", "E"),
        ("infiltration", "infil", "seepage", "I", "inf"),
        ("net", "net_budget", "balance", "V", "dV", "change", "budget"),
    )
    for k, spellings in enumerate(names):
        values = [column[k] for column in columns]
        printed = [out[key] for key in out if key.split("_")[0].lower() in [n.lower() for n in spellings]]
        one = len(values) == 1 or (printed and is_number(printed[0]))
        found |= {name: Answer("volume", values[0] if one else values) for name in spellings}
    if inputs.us:  # bare names of a US budget are acre-feet when small, cubic feet when large
        for key, value in out.items():
            first = value[0] if isinstance(value, list) else value
            if key in found and is_number(first) and abs(first) < 1e5:
                worked = found[key].value
                turned = [v / (ACRE * FT) for v in worked] if isinstance(worked, list) else worked / (ACRE * FT)
                found[key] = Answer("number", turned)
    return found


def _monthly(inputs: Reader, listed: list[list[float]]) -> Found:
    rain = inputs.series("rain", "P", "rain", "precipitation", "P_month")
    lost = inputs.series("rain", "E", "evap", "evaporation", "E_month")
    use = inputs.series("volume", "D", "demand", "use", "W_use") or [0.0] * 12
    area, full = inputs.get_one("area", *SURFACE), inputs.get_one("volume", "V_full", "full", "capacity", "V_max", "V")
    depth = full / area
    storage = pond.rectangular(area**0.5, area**0.5, 0.0, 0.0, depth)
    dead = inputs.get_one("volume", "V_dead", "dead", default=0.0)
    year = pond.balance(
        storage,
        depth,
        dead / area if dead else None,
        inputs.get_one("land", *SHED) * 100,
        inputs.get_one("number", *COEFFICIENT),
        rain,
        lost,
        inputs.get_one("per_day", "seepage", "k", "S", default=0.0),
        use,
        inputs.get_one("volume", "V0", "start", "V_start", default=0.0),
    )
    arrays = {
        "storage": year.storage,
        "V": year.storage,
        "spill": year.spill,
        "inflow": year.inflow,
        "supplied": year.supplied,
        "evaporation": year.evaporation,
        "seepage": year.seepage,
    }
    return {k: Answer("volume", v.tolist()) for k, v in arrays.items()} | {"shortage": Answer("volume", year.shortage)}


# Routing --------------------------------------------------------------------------------------------------------------


def puls(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """Level-pool routing of an inflow through a rating, a linear reservoir, or a pond with a weir."""
    minutes = inputs.get_one("time", "dt", "step", "delta_t", "Dt")
    if not any(re.match("(dt|step|delta_t|Dt)_", k) for k in inputs):
        minutes *= 60  # bare, routing tables step in hours
    step = minutes * 60
    inflow = inputs.series("flow", "inflow", "I", "Q_in", "Qin", "inflows", "hydrograph")
    if inflow is None:
        raise KeyError("inflow")
    longest = max((len(v) for v in out.values() if isinstance(v, list)), default=0)
    after = inputs.maybe("flow", "after", "baseflow")
    if longest > len(inflow):
        inflow = list(inflow) + [inflow[-1] if after is None else after] * (longest - len(inflow))
    start_flow = inputs.maybe("flow", "O0", "Q0", "outflow0", "O_0", "start_outflow")
    start_level = inputs.maybe("length", "z0", "level0", "h0", "start", "z_0", "elev0", "start_level", "H0")
    start_stored = inputs.maybe("volume", "S0", "V0", "S_0")
    hours = inputs.maybe("number", "K_h", "K", "k_h")
    linear = hours is not None
    if hours is not None:
        rating = routing.linear_reservoir(hours * 3600, 2 * max(inflow))
    else:
        rating = _rating(inputs)
    if start_stored is not None and start_level is None and start_flow is None:
        start_level = float(np.interp(start_stored, rating.storage, rating.level))
    if start_level is None and start_flow is None:
        start_level = float(rating.level[0])
    routed = routing.puls(
        inflow, step, rating, level=start_level, outflow=None if start_level is not None else start_flow
    )
    every = max(1, round(12 * 3600 / step))
    return {
        "outflow": Answer("flow", routed.outflow.tolist()),
        "peak": Answer("flow", routed.peak_outflow),
        "peak_out": Answer("flow", routed.peak_outflow),
        "peak_index": Answer("number", routed.peak_index),
        "storage": Answer("volume", routed.storage.tolist()),
        "max_storage": Answer("volume", float(routed.storage.max())),
        "elev_every_12h": Answer("length", routed.level[::every].tolist()),
        "out_every_12h": Answer("flow", routed.outflow[::every].tolist()),
        "peak_time": Answer("time", routed.peak_index * minutes),
    } | (
        {}
        if linear
        else {
            "peak_elev": Answer("length", routed.peak_level),
            "level": Answer("length", routed.level.tolist()),
        }
    )


def _rating(inputs: Reader) -> routing.Rating:
    """The rating of a case: its table, or a pond's areas with a weir."""
    table_ = next(
        (v for k, v in inputs.items() if k in ("rating", "table", "curve") and isinstance(v, Mapping | list)), None
    )
    here = inputs
    if isinstance(table_, Mapping):
        here = inputs.part(table_)
    elif isinstance(table_, list) and table_ and isinstance(table_[0], Mapping):
        here = inputs.part({key: [row[key] for row in table_] for key in table_[0]})
    stored = here.series("volume", "stor", "S", "storage", "V", "volume", "storages")
    out = here.series("flow", "out", "O", "Q", "outflow", "discharge", "q", "outflows")
    levels = here.series("length", "elev", "level", "stage", "h", "H", "z", "elevation", "depth")
    made = inputs.get("weir") or inputs.get("spillway")
    areas = here.series("area", "area", "areas", "A")
    if isinstance(made, Mapping) and (areas is not None or stored is not None) and levels is not None:
        held = pond.from_areas(levels, areas, between=40) if areas is not None else None
        store = held if held is not None else pond.Storage(np.array(levels), np.ones(len(levels)), np.array(stored))
        one = inputs.part(made)
        m = plain_coefficient(one, one.get_one("number", "Cd_metric", "C", "Cw", "Cd", "m"))
        return pond.spillway_rating(
            store, one.get_one("length", "crest", "sill"), one.get_one("length", "L", "b", "B"), m
        )
    if stored is None or out is None:
        raise KeyError("rating")
    heights = levels if levels is not None else list(range(len(stored)))
    return routing.Rating(np.array(heights, dtype=float), np.array(stored), np.array(out))


def plain_coefficient(inputs: Reader, c: float) -> float:
    """A weir coefficient on sqrt(2g) from what books print: that itself, Cd of 2/3 Cd, or the factor of L h^1.5."""
    if c < 0.52:
        return c
    if c < 1.0:
        return c * 2 / 3
    metric = not inputs.us or c < 2.4
    return weir.coefficient_of_cd(c if metric else c * FT**0.5)


def swmm_pond(inputs: Reader, out: Mapping[str, Any]) -> Found:
    """A pond in balance with a steady inflow: the head at which its weir passes what comes."""
    share = inputs.get_one("number", "imp", default=100.0) / 100
    flow = runoff.rational_peak_hourly(share, inputs.get_one("intensity", "rain"), inputs.get_one("land", "A")).value
    flow *= HECTARE_RATIONAL  # the exact unit constant, as the engine has it
    w = inputs["weir"]
    curve = np.array(inputs["pond_area_curve"], dtype=float)
    storage = pond.from_areas(curve[:, 0], curve[:, 1], cone=False, between=700)
    minutes = inputs.get_one("time", "dur", "duration")
    steady = np.full(int(minutes / 60 * 3600), flow)
    m = weir.coefficient_of_cd(w["Cd_metric"])
    worked = pond.route_spillway(
        storage,
        runoff.Hydrograph(10.0, steady),
        w["crest"],
        w["L"],
        m,
        start=w["crest"] if minutes < 1 else float(curve[0, 0]),
    )
    level = float(worked.routed.level[-1])
    return {
        "Q_runoff": Answer("flow", flow),
        "Q_weir": Answer("flow", float(worked.routed.outflow[-1])),
        "pond_depth": Answer("length", level),
        "pond_volume": Answer("volume", storage.volume_at(level)),
    }


__all__ = [
    "budget",
    "decimals",
    "detention",
    "estimates",
    "plain_coefficient",
    "puls",
    "swmm_pond",
    "unrounded",
    "volumes",
]
