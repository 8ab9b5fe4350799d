"""From rain to flow: coefficients, travel times, peaks and hydrographs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from slopedesign.calc.water import need
from slopedesign.calc.water.storm import Hyetograph
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message
from slopedesign.standards import gb51018_2014 as gb51018
from slopedesign.standards import gbt16453_4_2008 as gbt16453
from slopedesign.standards import sl44_2006 as sl44
from slopedesign.standards import tr55_1986 as tr55
from slopedesign.standards.trace import Measured, Traced, measured
from slopedesign.standards.water_tables import along, table


def weighted_coefficient(areas: Sequence[float], coefficients: Sequence[float]) -> float:
    """Area-weighted runoff coefficient.

    Raises:
        InputError: lengths differ, an area is negative, all are zero, or a coefficient lies outside 0..1.
    """
    if len(areas) != len(coefficients) or not areas:
        raise InputError("coefficients", len(coefficients), message("water.error.pairs"))
    for i, (area, phi) in enumerate(zip(areas, coefficients, strict=True)):
        need.not_negative(f"areas[{i}]", area)
        need.between(f"coefficients[{i}]", phi, 0.0, 1.0)
    whole = need.positive("areas", math.fsum(areas))
    return math.fsum(a * c for a, c in zip(areas, coefficients, strict=True)) / whole


def rational_peak(phi: float | Traced, intensity: float | Traced, area_km2: float | Traced) -> Traced:
    """Q = 16.67 phi q F [m3/s], q in mm/min, F in km2."""
    return gb51018.PEAK_FLOW.at(phi=phi, q=intensity, F=area_km2)


def rational_peak_hourly(psi: float | Traced, mm_per_h: float | Traced, area_km2: float | Traced) -> Traced:
    """Q = 0.278 psi i F [m3/s], i in mm/h, F in km2."""
    return sl44.SMALL_CATCHMENT.at(psi=psi, i=mm_per_h, F=area_km2)


def peak_less_infiltration(area_hm2: float, rain: float, infiltration: float) -> Traced:
    """Q = F (Ir - Ip)/6 [m3/s] of GB/T 16453.4, intensities in mm/min."""
    return gbt16453.PEAK_FLOW.at(F=area_hm2, I_r=rain, I_p=infiltration)


def overland_time(m_1: float | Traced, length: float | Traced, slope: float | Traced) -> Traced:
    """Time of flow over the slope [min], annex A.4 of GB 51018."""
    return gb51018.OVERLAND_TIME.at(m_1=m_1, L_s=length, i_s=slope)


def ditch_velocity(slope: float | Traced) -> Traced:
    """First estimate of the velocity in a ditch [m/s], v = 20 i^0.6."""
    return gb51018.DITCH_VELOCITY.at(i_g=slope)


def ditch_time(length: float | Traced, speed: float | Traced) -> Traced:
    """Time of flow in a ditch [min]."""
    return gb51018.DITCH_TIME.at(L=length, v=speed)


def concentration(t_1: float | Traced, t_2: float | Traced) -> Traced:
    """t = t1 + t2, not less than 5 minutes."""
    return gb51018.CONCENTRATION.at(t_1=t_1, t_2=t_2, t_min=table("storm", "limits").pick("shortest_time_min", "min"))


def sheet_flow_time(n: float, length: float, rain_2_mm: float, slope: float) -> Traced:
    """Time of sheet flow [min] (HEC-22), with the 2-year 24-hour rain."""
    return tr55.SHEET_FLOW.at(P_2=rain_2_mm, n=n, L=length, S=slope)


def sheet_flow_time_tr55(n: float, length: float, rain_2_mm: float, slope: float) -> Traced:
    """Time of sheet flow [min] (TR-55)."""
    return tr55.SHEET_FLOW_TR55.at(P_2=rain_2_mm, n=n, L=length, s=slope)


def shallow_velocity(k: float, slope_percent: float) -> Traced:
    """Velocity of shallow concentrated flow [m/s] (HEC-22), intercept coefficient k."""
    return tr55.SHALLOW_FLOW.at(k=k, S_pct=slope_percent)


def curve_number_runoff(rain_mm: float, cn: float, ia_ratio: float = 0.2) -> Traced:
    """Runoff depth [mm] of the SCS curve number; zero while the rain is below the initial abstraction."""
    need.not_negative("rain", rain_mm)
    retention = tr55.RETENTION.at(CN=cn)
    if rain_mm <= ia_ratio * retention.value:
        return measured(0.0, "mm", "water.note.no_runoff", S=retention)
    return tr55.CURVE_NUMBER_RUNOFF.at(P=rain_mm, S=retention, r=ia_ratio)


def weighted_curve_number(areas: Sequence[float], numbers: Sequence[float]) -> float:
    """Area-weighted curve number, unrounded (worksheets round it to a whole number).

    Raises:
        InputError: lengths differ, an area is negative, all are zero, or a number lies outside 0..100.
    """
    if len(areas) != len(numbers) or not areas:
        raise InputError("numbers", len(numbers), message("water.error.pairs"))
    for i, (area, cn) in enumerate(zip(areas, numbers, strict=True)):
        need.not_negative(f"areas[{i}]", area)
        need.between(f"numbers[{i}]", cn, 0.0, 100.0)
    whole = need.positive("areas", math.fsum(areas))
    return math.fsum(a * c for a, c in zip(areas, numbers, strict=True)) / whole


def composite_curve_number(pervious: float, impervious_percent: float, unconnected_ratio: float = 0.0) -> Traced:
    """Curve number of pervious ground with impervious patches (TR-55, figures 2-3 and 2-4).

    Args:
        unconnected_ratio: share (0..1) of the impervious area that drains over pervious ground; TR-55 counts it while
            the impervious area stays below 30 per cent.
    """
    return tr55.COMPOSITE_CURVE_NUMBER.at(CN_p=pervious, P_imp=impervious_percent, R=unconnected_ratio)


def tr55_peak(
    area_km2: float, runoff_mm: float, tc_h: float, ia_over_p: float, rain_type: str = "II", pond_percent: float = 0.0
) -> Traced:
    """Peak [m3/s] by the graphical method of TR-55: unit peak by rain type, Ia/P and Tc.

    Raises:
        OutOfRange: Tc outside 0.1..10 h, or more than 5 % ponds. Ia/P is held at the ends of its table, as TR-55 says.
    """
    found = table("ponds", "unit_peak")
    rows = np.asarray(found.raw(rain_type), dtype=float)
    ratio = min(max(ia_over_p, rows[0, 0]), rows[-1, 0])
    upper = int(np.searchsorted(rows[:, 0], ratio))
    pair = (rows[upper],) if rows[upper, 0] == ratio else (rows[upper - 1], rows[upper])
    units = [tr55.UNIT_PEAK.number(C_0=r[1], C_1=r[2], C_2=r[3], T_c=tc_h) for r in pair]
    unit = units[0]
    if len(pair) == 2:
        share = (ratio - pair[0][0]) / (pair[1][0] - pair[0][0])
        unit = units[0] + share * (units[1] - units[0])
    swamps = table("ponds", "pond_swamp")
    factor = along(swamps.array("percent"), swamps.array("factor"), pond_percent, str(swamps.source))
    return tr55.PEAK.at(q_u=found.made(unit, "m3/s/(km2 mm)"), A=area_km2, Q=runoff_mm, F_p=swamps.made(factor, "-"))


@dataclass(frozen=True)
class ConfluencePeak:
    """Result of the rational (confluence) formula.

    Attributes:
        flow: peak [m3/s]; time: confluence time tau [h]; runoff_time: t_c [h] (infinite without losses).
        full: whether the whole basin contributes (t_c >= tau).
    """

    flow: Traced
    time: Traced
    runoff_time: Traced | None
    full: bool


def confluence_peak(
    area_km2: float | Traced, length_km: float | Traced, slope: float | Traced, power: float | Traced,
    n: float | Traced, losses: float | Traced, m: float | Traced,
) -> ConfluencePeak:  # fmt: skip
    """Peak by the Chinese rational formula, flow and confluence time solved together.

    Args:
        power: Sp [mm/h]; n: decay exponent; losses: mu [mm/h] (0 allowed); m: confluence parameter, from the
            province's tables.

    Raises:
        NoSolution: the losses exceed the rain at every confluence time, so no flow satisfies both equations.
    """
    F, L, J, S, k, mu, mm = (float(x) for x in (area_km2, length_km, slope, power, n, losses, m))
    for field, value in (("area", F), ("length", L), ("slope", J), ("power", S), ("m", mm)):
        need.positive(field, value)
    if not 0 < k < 1:
        raise InputError("n", k, message("water.error.between", low=0, high=1))
    need.not_negative("losses", mu)
    tc = math.inf if mu == 0 else sl44.RUNOFF_TIME.number(n=k, S_p=S, mu=mu)

    def worked(q: float) -> float:
        tau = sl44.CONFLUENCE_TIME.number(L=L, m=mm, J=J, Q_m=q)
        if tc >= tau:
            return sl44.FULL_CONFLUENCE.number(S_p=S, tau=tau, n=k, mu=mu, F=F)
        return sl44.PART_CONFLUENCE.number(S_p=S, tau=tau, n=k, t_c=tc, F=F)

    def gap(log_q: float) -> float:
        q = math.exp(log_q)
        return math.log(max(worked(q), 1e-300)) - log_q

    low, high = math.log(1e-9), math.log(1e7)
    if gap(low) <= 0 or gap(high) >= 0:
        raise NoSolution(message("water.error.confluence"), message("water.error.flow_range", low=1e-9, high=1e7))
    q = math.exp(float(brentq(gap, low, high, xtol=1e-13)))
    time = sl44.CONFLUENCE_TIME.at(L=length_km, m=m, J=slope, Q_m=q)
    runoff_time = None if mu == 0 else sl44.RUNOFF_TIME.at(n=n, S_p=power, mu=losses)
    full = tc >= time.value
    if full:
        flow: Traced = sl44.FULL_CONFLUENCE.at(S_p=power, tau=time, n=n, mu=losses, F=area_km2)
    else:
        assert runoff_time is not None
        flow = sl44.PART_CONFLUENCE.at(S_p=power, tau=time, n=n, t_c=runoff_time, F=area_km2)
    return ConfluencePeak(flow, time, runoff_time, full)


def storm_volume(alpha: float | Traced, rain_mm: float | Traced, area_hm2: float | Traced) -> Traced:
    """Runoff of one storm W = 10 alpha H F [m3]."""
    return gbt16453.STORM_RUNOFF.at(alpha=alpha, H=rain_mm, F=area_hm2)


# Hydrographs ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hydrograph:
    """Flow by equal time steps, starting at time 0.

    Attributes:
        step: seconds between values.
        flow: (n,) m3/s.
    """

    step: float
    flow: NDArray[np.float64]

    @property
    def times(self) -> NDArray[np.float64]:
        """(n,) s."""
        return self.step * np.arange(self.flow.size, dtype=np.float64)

    @property
    def peak(self) -> float:
        """Greatest flow [m3/s]."""
        return float(self.flow.max())

    @property
    def volume(self) -> float:
        """Volume by the trapezoidal rule [m3]."""
        return float(np.trapezoid(self.flow, dx=self.step))


def unit_hydrograph(tc_h: float, step_s: float) -> NDArray[np.float64]:
    """Shares of a step's runoff leaving in each following step: the SCS triangle (tp = D/2 + 0.6 tc, base 2.67 tp).

    Its shares sum to exactly 1.
    """
    need.positive("tc", tc_h)
    need.positive("step", step_s)
    tp = tr55.SCS_TIME_TO_PEAK.number(D=step_s / 3600.0, t_c=tc_h) * 3600.0
    base = 8.0 / 3.0 * tp
    edges = np.append(np.arange(0.0, base, step_s), base)
    rising = np.minimum(edges, tp)
    passed = rising**2 / (tp * base) + np.where(
        edges > tp, 1 - tp / base - (base - edges) ** 2 / (base * (base - tp)), 0.0
    )
    shares = np.diff(passed)
    return np.asarray(shares / shares.sum())


def hydrograph(rain: Hyetograph, phi: float, area_hm2: float, tc_h: float) -> Hydrograph:
    """Flow from a storm: net rain phi P convolved with the triangular unit hydrograph; volume is kept exactly.

    The value at step i is the mean flow of the step before it, the first value 0; two zeros close the record.
    """
    need.between("phi", phi, 0.0, 1.0)
    need.positive("area", area_hm2)
    step_s = rain.step * 60.0
    volumes = 10.0 * phi * rain.depths * area_hm2
    flow = np.convolve(volumes, unit_hydrograph(tc_h, step_s)) / step_s
    return Hydrograph(step_s, np.concatenate(([0.0], flow, [0.0])))


def scs_unit_peak(area_km2: float, runoff_mm: float, tp_h: float) -> Traced:
    """Peak of the SCS unit hydrograph, 0.208 A Q/tp [m3/s]."""
    return tr55.SCS_PEAK.at(A=area_km2, Q=runoff_mm, t_p=tp_h)


def convolve(unit: ArrayLike, excess: ArrayLike) -> NDArray[np.float64]:
    """Flow of several equal periods of excess rain from the ordinates of a unit hydrograph (per unit of excess)."""
    return np.asarray(np.convolve(np.asarray(unit, dtype=float), np.asarray(excess, dtype=float)), dtype=np.float64)


def coefficient_range(surface: str) -> tuple[float, float]:
    """Lowest and highest runoff coefficient the table gives a surface.

    Raises:
        InputError: the table has no such surface.
    """
    low, high = table("storm", "runoff_coefficient").raw(surface)
    return float(low), float(high)


def coefficient(surface: str, position: float = 1.0) -> Traced:
    """Runoff coefficient of a surface at a position in its range: 0 lowest, 1 highest (the default is the safe end)."""
    low, high = coefficient_range(surface)
    need.between("position", position, 0.0, 1.0)
    return table("storm", "runoff_coefficient").made(low + position * (high - low), "-")


def mixture(areas: Mapping[str, tuple[Traced, Traced]], of: str) -> tuple[Traced, Traced]:
    """Total area [km2] and weighted coefficient of named parts (area [m2], coefficient)."""
    area = sum(a.value for a, _ in areas.values()) / 1e6
    weighted = sum(a.value * c.value for a, c in areas.values()) / 1e6
    parts: dict[str, Traced] = {}
    for name, (a, c) in areas.items():
        parts[f"F {name}"], parts[f"phi {name}"] = a, c
    whole = Measured(value=area, unit="km2", method="water.note.sum_areas", of=of,
                     parts={k: v for k, v in parts.items() if k.startswith("F ")})  # fmt: skip
    moment = Measured(value=weighted, unit="km2", method="water.note.sum_weighted", of=of, parts=parts)
    return whole, gb51018.WEIGHTED_COEFFICIENT.at(S=moment, F=whole)
