"""A second look by EPA SWMM: rain on our catchments, run off by a nonlinear reservoir, through the ditches we chose.

The other model (`swmm.model_of`) puts our design flows into the ditches and judges the hydraulics alone. Here SWMM
makes the flows itself from the rain, so hydrology and hydraulics are both its own. The two are different methods and
need not agree: the design formula takes the mean intensity of the concentration time over the whole catchment, SWMM
the course of one storm. Stated alike are the storm, areas, runoff coefficients, overland lengths and slopes.

Each catchment becomes a subcatchment whose impervious share is its runoff coefficient: what falls there runs off
whole, what falls elsewhere is held back, so that the volume is phi P F as it is with us. Its width is phi F/L, which
makes the way over the impervious part as long as the catchment's. Ponds and what drains to them straight are left out.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from slopedesign.calc.water import storm
from slopedesign.calc.water.result import CatchmentResult, WaterResult
from slopedesign.errors import OutOfRange
from slopedesign.reports.swmm import Answer, Comparison, Model, model_of, referee
from slopedesign.standards.formula import Step
from slopedesign.standards.water_tables import table

CHICAGO_MINUTES = 120.0
WINDOW_MINUTES = 90.0
"""Rain taken before and after the peak of a longer storm: with constant coefficients, more changes no peak."""
STEP_MINUTES = 5.0
PEAK_POSITION = 0.4


def design_rain(water: WaterResult, peak_position: float = PEAK_POSITION) -> tuple[str, storm.Hyetograph] | None:
    """The course of the ditches' storm and the method it comes from; None where no method has a course.

    A city formula gives the Chicago storm of two hours; the 24-hour rain gives the hours round the peak of its day.
    Of both, the one with the stronger five minutes is taken, as the design takes the larger intensity.
    """
    found: list[tuple[str, storm.Hyetograph]] = []
    for method in water.storm.methods:
        match method:
            case storm.CityStorm():
                power = method.a1.value * (1 + method.c.value * math.log10(method.return_period))
                course = storm.chicago(
                    power, method.b.value, method.n.value, CHICAGO_MINUTES, STEP_MINUTES, peak_position
                )
                found.append((method.name, course))
            case storm.DailyRainStorm():
                short = None if method.n_short is None else method.n_short.value
                day = storm.day_storm(method.h24.value, method.n.value, STEP_MINUTES, peak_position, short)
                found.append((method.name, _round_peak(day)))
            case _:
                continue
    return max(found, key=lambda pair: float(pair[1].depths.max()), default=None)


def _round_peak(rain: storm.Hyetograph) -> storm.Hyetograph:
    at, reach = int(np.argmax(rain.depths)), round(WINDOW_MINUTES / rain.step)
    return storm.Hyetograph(rain.step, rain.depths[max(at - reach, 0) : at + reach + 1])


def rain_model(water: WaterResult, piece: float = 25.0) -> Model | None:
    """Rain, subcatchments and network as a model; None without a network, a course of rain, or a catchment on it."""
    rain = design_rain(water)
    if rain is None or water.network is None:
        return None
    bare = model_of(replace(water, ponds=()), piece, "slopedesign catchments under rain")
    ids = {node.name: node.id for node in reversed(bare.nodes) if not node.outfall}
    served = [c for c in water.catchments if c.inflow.node in ids]
    if not served:
        return None
    name, course = rain
    hours = course.step * len(course.depths) / 60.0
    intensity = course.depths / (course.step / 60.0)
    minutes = np.arange(len(course.depths) + 1) * course.step
    series = [f"RAIN {t / 60:.6f} {i:.4f}" for t, i in zip(minutes, [*intensity, 0.0], strict=True)]
    blocks = [_subcatchment(k, c, ids[c.inflow.node]) for k, c in enumerate(served, 1)]
    clock = f"{int(course.step) // 60}:{int(course.step) % 60:02d}"
    extra = {
        "RAINGAGES": [f";;{name.rsplit('.', 1)[-1]}", f"RG INTENSITY {clock} 1.0 TIMESERIES RAIN"],
        "SUBCATCHMENTS": [";;id gage outlet area imperv width slope curb", *(b[0] for b in blocks)],
        "SUBAREAS": [";;id n_imperv n_perv s_imperv s_perv pct_zero", *(b[1] for b in blocks)],
        "INFILTRATION": [b[2] for b in blocks],
        "TIMESERIES": series,
    }
    dry = tuple(replace(node, inflow=0.0) for node in bare.nodes)
    return replace(bare, nodes=dry, hours=hours + 1.0, step=2.0, extra=extra)


def _subcatchment(k: int, c: CatchmentResult, outlet: str) -> tuple[str, str, str]:
    """Lines of a catchment for the three sections that describe it."""
    area, phi = c.inflow.area.value * 100.0, c.inflow.phi.value  # ha
    length, slope = _overland(c)
    width = phi * area * 1e4 / length
    rough = table("swmm", "overland_roughness").raw(c.record.overland_surface or "compacted")
    name = c.record.name.encode("ascii", "backslashreplace").decode("ascii")
    held = 1000.0  # mm: what falls on the rest never leaves it
    return (
        f"S{k} RG {outlet} {area:.6f} {100 * phi:.3f} {width:.3f} {100 * slope:.3f} 0\n;;{name}",
        f"S{k} {rough:g} {rough:g} 0 {held:g} 0 OUTLET",
        f"S{k} 0 0 4 7 0",
    )


def _overland(c: CatchmentResult) -> tuple[float, float]:
    """Length and slope the overland time was worked from; a ditch without other ground counts as 5 m at 1 %."""
    t_1 = c.inflow.t_1
    if isinstance(t_1, Step):
        return t_1.numbers["L_s"], t_1.numbers["i_s"]
    return 5.0, 0.01


def compare_rain(water: WaterResult, timeout: float = 600.0) -> tuple[list[Comparison], Answer] | None:
    """Peak flow at the foot of every reach: by the design formula, and by SWMM from the rain.

    Raises:
        NoSolution: the engine is not there, or refused the model.
        OutOfRange: the storm has no course.
    """
    model = rain_model(water)
    if model is None or water.network is None:
        return None
    answer = referee(model, timeout)
    found = []
    for k, r in enumerate(water.network.reaches, 1):
        own = [link.id for link in model.links if link.id.startswith(f"R{k}C")]
        found.append(Comparison(r.input.path, "rain_flow", r.flow.value, answer.flow[own[-1]]))
    return found, answer


def rain_text(water: WaterResult) -> str | None:
    """The model as text, or None where there is none to write."""
    from slopedesign.reports.swmm import write_inp

    try:
        model = rain_model(water)
    except OutOfRange:
        return None
    return None if model is None else write_inp(model)
