"""A second hand on the water of the packaged example: every number worked anew from the project file by plain formulas.

Nothing of the program is called here but the run itself. Taken from it are the lengths of ditches that follow bench
lines (geometry), the trees its planting counts, and the section it chose for a ditch, which is then checked. Formulas:
GB 51018-2014 annex A.4, GB/T 16453.4-2008, SL 44-2006, SL 253-2018, GB 50288-2018, Manning.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq

from slopedesign.design import Design

PHI = {"rolling_mountain": 0.80, "hard_rock_slope": 0.85, "coarse_soil_slope": 0.30}  # upper ends of the table
M_1 = {"deciduous_forest": 0.60, "compacted": 0.10, "sparse_grass": 0.20}
C_T = ([3, 5, 10, 15, 20, 30, 40, 50, 60, 90, 120], [1.40, 1.25, 1.00, 0.82, 0.72, 0.59, 0.50, 0.44, 0.40, 0.30, 0.25])
C_P, G = 1.17, 9.81  # ten years, south and east
N = 0.025  # mortared stone
DAYS = (31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
near = pytest.approx


def intensity(minutes: float, storm: Mapping[str, Any]) -> float:
    """The greater of the two stated methods [mm/min]."""
    by_map = C_P * float(np.interp(minutes, *C_T)) * storm["q_5_10"]
    power = storm["h24"] * 24 ** (storm["decay"] - 1)
    return max(by_map, power / (minutes / 60) ** storm["decay"] / 60)


def head(catchment: Mapping[str, Any]) -> tuple[float, float, float]:
    """Area [km2], phi F [km2] and overland time [min] of a catchment of one surface."""
    (part,) = catchment["areas"]
    area = part["area"] / 1e6
    m_1 = M_1[catchment["overland_surface"]]
    t_1 = 1.445 * (m_1 * catchment["overland_length"] / math.sqrt(catchment["overland_slope"])) ** 0.467
    return area, PHI[part["surface"]] * area, t_1


def planted(design: Design) -> int:
    """The trees that are planted, which the irrigation waters all."""
    assert design.planting is not None
    return int(design.planting.trees.value)


@pytest.fixture(scope="module")
def water(inputs: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = inputs["water"]
    return found


@pytest.fixture(scope="module")
def gathered(water: dict[str, Any], design: Design) -> dict[str, tuple[float, float, float, float]]:
    """F, phi F, time and flow of every reach and outlet, summed from the heads down by this module."""
    assert design.water is not None and design.water.network is not None
    lengths = {r.name: r.input.bed.length for r in design.water.network.reaches}
    slopes = {r.name: r.input.bed.slope for r in design.water.network.reaches}
    reaches = {r["name"]: r for r in water["network"]["reaches"]}
    sums: dict[str, list[float]] = {}
    for catchment in water["catchments"]:
        area, moment, t_1 = head(catchment)
        node = sums.setdefault(catchment["drains_to"], [0.0, 0.0, 0.0, 0.0])
        node[0], node[1], node[2] = node[0] + area, node[1] + moment, max(node[2], t_1)
    left, found = dict(reaches), {}
    while left:
        ready = [n for n, r in left.items() if not any(o["to_node"] == r["from_node"] for o in left.values())]
        for name in ready:
            r = left.pop(name)
            area, moment, time, above = sums[r["from_node"]]
            flow = max(16.67 * moment * intensity(max(time, 5.0), water["storm"]), above)
            found[name] = (area, moment, time, flow)
            below = sums.setdefault(r["to_node"], [0.0, 0.0, 0.0, 0.0])
            slope = slopes[name] if r.get("slope") is None else r.get("slope")
            travel = lengths[name] / (60 * 20 * slope**0.6)
            below[0], below[1] = below[0] + area, below[1] + moment
            below[2], below[3] = max(below[2], time + travel), max(below[3], flow)
    return found | {node: (*values[:3], 0.0) for node, values in sums.items()}


def test_storm(water: dict[str, Any], design: Design) -> None:
    assert design.water is not None
    for row in design.water.storm.table:
        by_map = C_P * float(np.interp(row.minutes, *C_T)) * 2.2
        by_day = 190 * 24**-0.3 / (row.minutes / 60) ** 0.7 / 60
        assert sorted(i.value for i in row.intensity.values()) == near(sorted([by_map, by_day]), rel=1e-9)


def test_every_reach(water: dict[str, Any], design: Design, gathered: Mapping[str, Any]) -> None:
    assert design.water is not None and design.water.network is not None
    for reach in design.water.network.reaches:
        area, moment, time, flow = gathered[reach.name]
        met = reach.gathered
        assert (met.area.value, met.moment.value) == near((area, moment), rel=1e-9), reach.name
        assert met.time.value == near(max(time, 5.0), rel=1e-6), reach.name
        assert met.flow.value == near(flow, rel=1e-6), reach.name


def _normal(b: float, slope: float, flow: float) -> float:
    def gap(h: float) -> float:
        return b * h * (b * h / (b + 2 * h)) ** (2 / 3) * math.sqrt(slope) / N - flow

    return float(brentq(gap, 1e-6, 50))


def test_every_ditch_carries_its_flow(design: Design, gathered: Mapping[str, Any], water: dict[str, Any]) -> None:
    assert design.water is not None and design.water.network is not None
    records = {r["name"]: r for r in water["network"]["reaches"]}
    for reach in design.water.network.reaches:
        if reach.culvert is not None:
            continue
        sized, flow = reach.sized, gathered[reach.name][3]
        assert sized is not None and sized.depth is not None and sized.velocity is not None
        slope = records[reach.name].get("slope") or reach.input.bed.slope
        if reach.kind == "chute":
            slope /= math.sqrt(1 + slope**2)
        b = sized.width
        h = _normal(b, slope, flow)
        assert sized.depth.value == near(h, rel=1e-5), reach.name
        assert sized.velocity.value == near(flow / (b * h), rel=1e-5), reach.name
        assert sized.froude.value == near(flow / (b * h) / math.sqrt(G * h), rel=1e-5), reach.name
        assert sized.height >= h + 0.2 - 1e-9, reach.name
        assert b >= 0.5


def test_chutes(design: Design, gathered: Mapping[str, Any]) -> None:
    """S2 by 100,000 steps of depth along the bed, whose fall is the real one; the air and the wall above it."""
    assert design.water is not None and design.water.network is not None
    for reach in design.water.network.reaches:
        if reach.kind != "chute":
            continue
        assert reach.sized is not None and reach.sized.chute is not None
        made, b = reach.sized.chute, reach.sized.width
        q = gathered[reach.name][3] / b
        long = math.hypot(reach.input.bed.length, reach.input.bed.fall)
        sine = reach.input.bed.fall / long
        critical = (q * q / G) ** (1 / 3)
        normal = _normal(b, sine, q * b)
        assert (made.critical, made.normal) == near((critical, normal), rel=1e-6), reach.name
        h = np.linspace(critical, normal * 1.001, 100_001)
        h = (h[1:] + h[:-1]) / 2
        grade = (q * N / h * ((b + 2 * h) / (b * h)) ** (2 / 3)) ** 2
        x = np.cumsum((1 - q * q / (G * h**3)) / (sine - grade) * (h[1] - h[0]))
        foot = float(np.interp(long, x, h))
        assert made.foot_depth == near(foot, rel=2e-3), reach.name
        speed = q / made.foot_depth
        assert made.aerated.value == near((1 + 1.4 * speed / 100) * made.foot_depth, rel=1e-6)
        assert made.wall.value == near(made.aerated.value + 0.2, rel=1e-6)
        assert speed < math.sqrt(2 * G * reach.input.bed.fall + (q / critical) ** 2)  # no faster than without friction


def test_basin(design: Design, gathered: Mapping[str, Any], water: dict[str, Any]) -> None:
    """The stilling basin below a chute, from the energy its water has at the foot (so nothing is lost on the way)."""
    assert design.water is not None and design.water.network is not None
    found = next(s for s in design.water.structures if s.basin is not None)
    made = found.basin
    assert made is not None
    q, t0 = made.unit_flow, made.energy
    h_c = brentq(lambda h: h + q * q / (2 * G * h * h) - t0, 1e-4, (q * q / G) ** (1 / 3))
    h_2 = h_c / 2 * (math.sqrt(1 + 8 * q * q / (G * h_c**3)) - 1)
    assert made.contracted == near(h_c, rel=1e-6)
    assert made.sequent.value == near(h_2, rel=1e-6)
    assert made.jump_length.value == near(6.9 * (h_2 - h_c), rel=1e-6)
    reach = design.water.network.reach(found.reach)
    assert reach.sized is not None and q == near(gathered[found.reach][3] / reach.sized.width, rel=1e-6)


def test_pond_volumes(design: Design, gathered: Mapping[str, Any], water: dict[str, Any]) -> None:
    assert design.water is not None
    (pond,), (record,) = design.water.ponds, water["ponds"]
    area, moment = gathered["蓄水池"][:2]

    def volume(depth: float) -> float:
        z, long, wide = record["side_slope"], record["length"], record["width"]
        top, middle = (long + 2 * z * depth) * (wide + 2 * z * depth), (long + z * depth) * (wide + z * depth)
        return depth / 6 * (long * wide + 4 * middle + top)  # prismoid, exact here

    assert pond.inflow_area is not None and pond.phi is not None and pond.runoff is not None and pond.silt is not None
    assert pond.inflow_area.value == near(area * 100, rel=1e-9)
    assert pond.phi.value == near(moment / area, rel=1e-9)
    assert pond.runoff.value == near(10 * moment * 100 * water["storm"]["pond_h24"], rel=1e-9)
    assert pond.silt.value == near(1.0 * 20 * area * 100 / 1.3, rel=1e-9)
    assert pond.required is not None
    assert pond.required.value == near(1.2 * (pond.runoff.value + pond.silt.value), rel=1e-9)
    normal, dead = 210.28 - 207.48, 207.88 - 207.48
    assert pond.active.value == near(volume(normal) - volume(dead), rel=1e-4)
    assert pond.area.value == near((50 + normal) * (32 + normal), rel=1e-4)


def test_pond_year(design: Design, gathered: Mapping[str, Any], water: dict[str, Any]) -> None:
    """Twelve months of a dry year, month by month, on the exact shape of the pond."""
    assert design.water is not None
    (pond,), (record,) = design.water.ponds, water["ponds"]
    stated, hectares = record["balance"], gathered["蓄水池"][0] * 100
    trees = planted(design)

    def volume(d: float) -> float:
        return 1600 * d + 41 * d * d + d**3 / 3  # (50 + d)(32 + d) summed over the depth

    def depth(v: float) -> float:
        return float(brentq(lambda d: volume(d) - v, 0, 3.5)) if v > 0 else 0.0

    full, dead = volume(2.8), volume(0.4)
    times = water["irrigation"]["plantings"][0]["waterings"]
    for rain, year in ((stated["rain_dry"], pond.dry), (stated["rain_typical"], pond.typical)):
        assert year is not None
        s = 0.0
        for month in range(12):
            d = depth(s)
            surface = (50 + d) * (32 + d)
            came = 10 * 0.45 * rain[month] * hectares + rain[month] / 1000 * surface
            lost = min((stated["evaporation"][month] + 1.0 * DAYS[month]) / 1000 * surface, s + came)
            held = s + came - lost
            used = min(trees * 0.030 / 0.85 * times[month], max(held - dead, 0.0))
            s = min(held - used, full)
            assert year.storage[month] == near(s, rel=2e-4, abs=0.05), month
            assert year.supplied[month] == near(used, rel=2e-4, abs=0.05), month


def test_pond_flood(design: Design, gathered: Mapping[str, Any], water: dict[str, Any]) -> None:
    """The ten-year day over the spillway, integrated by steps of 2 s with the weir law itself."""
    assert design.water is not None
    (pond,) = design.water.ponds
    spill = pond.spillway
    assert spill is not None
    _, moment, time = gathered["蓄水池"][:3]
    storm = water["storm"]
    power = storm["h24"] * 24 ** (storm["decay"] - 1)

    def fallen(t: float) -> float:
        """Rain before minute t of a storm that peaks at 0.6 of the day, every span around the peak its worst depth."""
        peak = 0.6 * 1440

        def worst(minutes: float) -> float:
            return power * (minutes / 60) ** (1 - storm["decay"])

        if t <= peak:
            return 0.6 * (worst(1440) - (worst((peak - t) / 0.6) if t < peak else 0.0))
        return 0.6 * worst(1440) + 0.4 * worst((t - peak) / 0.4)

    rain = np.diff([fallen(5.0 * i) for i in range(289)])
    assert rain.sum() == near(190.0, rel=1e-9)
    t_c = max(time, 5.0)
    rise = 5.0 / 2 + 0.6 * t_c  # SCS triangle, minutes
    base = 8 / 3 * rise
    fine = 0.05
    t = np.arange(0, base + fine, fine)
    shape = np.where(t <= rise, t / rise, np.maximum((base - t) / (base - rise), 0.0))
    cumulative = np.concatenate(([0.0], np.cumsum((shape[1:] + shape[:-1]) / 2 * fine)))
    cumulative /= cumulative[-1]
    edges = np.arange(0, base + 5, 5.0)
    shares = np.diff(np.interp(edges, t, cumulative))
    runoff = np.convolve(10 * rain * moment * 100, shares) / 300
    surface = (50 + 2.8) * (32 + 2.8)
    runoff[: rain.size] += surface * rain / 1000 / 300
    coming = np.concatenate(([0.0], runoff, [0.0]))
    assert spill.inflow.peak == near(coming.max(), rel=1e-3)
    d, highest, most, dt = 2.8, 2.8, 0.0, 2.0
    for second in np.arange(0, 300 * (coming.size - 1), dt):
        inflow = float(np.interp(second, 300 * np.arange(coming.size), coming))
        out = 0.385 * 2.0 * math.sqrt(2 * G) * max(d - 2.8, 0.0) ** 1.5
        d += (inflow - out) * dt / ((50 + d) * (32 + d))
        highest, most = max(highest, d), max(most, out)
    assert spill.max_level == near(207.48 + highest, abs=0.003)
    assert spill.routed.peak_outflow == near(most, rel=0.01)


def test_irrigation(design: Design, water: dict[str, Any]) -> None:
    assert design.water is not None and design.water.irrigation is not None
    made = design.water.irrigation
    assert made.demands[0].one.value == near(planted(design) * 30 / 1000 / 0.85, rel=1e-9)
    way: dict[str, float] = {"": 0.0}
    for record, pipe in zip(water["irrigation"]["pipes"], made.pipes, strict=True):
        d, q, n = pipe.diameter.value, record["flow"], record["outlets"]
        loss = 0.948e5 * record["length"] * q**1.77 / d**4.77
        if n > 1:  # Christiansen, the first outlet a full spacing away
            loss *= 1 / 2.77 + 1 / (2 * n) + math.sqrt(0.77) / (6 * n * n)
        assert pipe.friction.value == near(loss, rel=1e-9), record["name"]
        speed = q / 3600 / (math.pi * (d / 1000) ** 2 / 4)
        assert pipe.velocity.value == near(speed, rel=1e-9) and speed < 1.5
        way[record["name"]] = way[record["after"]] + 1.1 * loss
    assert made.pump is not None
    head_ = 10 + max(way.values()) + 32
    assert made.pump.head.value == near(head_, rel=1e-9)
    assert made.pump.power.value == near(9.81 * 1.1 * 12 * head_ / 3600 / 0.65 / 0.95, rel=1e-9)


def _over_the_bed(reach: Any, slope: float, height: float) -> tuple[np.ndarray, np.ndarray]:
    """Ground over the bed, square to it, every few centimetres in plan; the top of walls if unknown."""
    bed = reach.input.bed
    plan = np.linspace(0.0, bed.length, 2 + int(bed.length / 0.03))
    profile = np.column_stack((bed.stations, bed.ground)) if bed.profile is None else bed.profile
    if np.isnan(profile[:, 1]).all():
        return np.full(len(plan), height), plan
    profile = profile[np.isfinite(profile[:, 1])]
    over = np.interp(plan, profile[:, 0], profile[:, 1]) - np.interp(plan, bed.stations, bed.points[:, 2])
    return over / math.hypot(1.0, slope), plan


def test_ditch_amounts(design: Design) -> None:
    """Areas of this module's own rectangles: walls, floor 0.3 m, cushion 0.1 m, trench 1:0.2 from the ground."""
    assert design.water is not None and design.water.network is not None
    for made in design.water.structures:
        reach = design.water.network.reach(made.reach)
        if made.quantities is None or reach.sized is None:
            continue
        b, h, long = reach.sized.width, reach.sized.height, made.quantities.length.value
        outer, inner, cushion = (b + 0.6) * (h + 0.3), b * h, (b + 0.6) * 0.1
        slope = 0.0 if made.built_drop is not None else reach.input.slope.value  # a drop takes the fall of its ditch
        ground, bed = _over_the_bed(reach, slope, h)
        deep = np.maximum(ground + 0.4, 0.0)
        trench = np.trapezoid((b + 0.6 + 0.2 * deep) * deep, bed) / bed[-1]
        stands = np.where(ground > h, outer + b * (ground - h), (b + 0.6) * (ground + 0.3))
        put_in = np.trapezoid(np.where(ground > 0, stands, np.nan), bed) / bed[-1]
        assert made.quantities.lining.value == near((outer - inner) * long, rel=1e-6), made.reach
        assert made.quantities.excavation.value == near(trench * long, rel=1e-3), made.reach
        assert made.quantities.cushion.value == near(cushion * long, rel=1e-6), made.reach
        if (ground > h).all():
            assert made.quantities.backfill.value == near((trench - put_in - cushion) * long, rel=3e-3), made.reach
        assert made.quantities.joint_count.value == math.ceil(long / 10 - 1e-9) - 1
