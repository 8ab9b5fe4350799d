"""Uniform and critical flow, the hydraulic jump, and the gradually varied profile between them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from slopedesign.calc.water import need
from slopedesign.calc.water.section import Compound, Section, Trapezoid
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message
from slopedesign.standards import hydraulics as rows
from slopedesign.standards import sl253_2018 as sl253
from slopedesign.standards.hydraulics import G
from slopedesign.standards.trace import Traced

Regime = Literal["subcritical", "critical", "supercritical"]
PEAK_OF_CIRCLE = 0.938
"""Depth over diameter at which a circular pipe carries most; above it every flow has two depths."""


def conveyance(section: Section, n: float, h: float) -> float:
    """Manning's conveyance K [m3/s] at depth h; Q = K sqrt(S).

    A compound section sums its panels, each with its own n; `n` is then not used.
    """
    if isinstance(section, Compound):
        return math.fsum(a * (a / p) ** (2 / 3) / k for a, p, k in section.panels(h) if a > 0 and p > 0)
    area = section.area(h)
    return area * (area / section.perimeter(h)) ** (2 / 3) / n if area > 0 else 0.0


def capacity(section: Section, n: float, slope: float, h: float) -> float:
    """Uniform flow [m3/s] at depth h."""
    need.positive("slope", slope)
    need.positive("n", n)
    return conveyance(section, n, h) * math.sqrt(slope)


def greatest_depth(section: Section) -> float:
    """Depth of greatest uniform flow: the full depth, or 0.938 D in a circular pipe (found, not assumed)."""
    if not section.closed:
        return section.height
    low, high = 0.85 * section.height, section.height * (1 - 1e-9)
    golden = (math.sqrt(5.0) - 1) / 2
    for _ in range(80):
        a, b = high - golden * (high - low), low + golden * (high - low)
        if conveyance(section, 1.0, a) > conveyance(section, 1.0, b):
            high = b
        else:
            low = a
    return (low + high) / 2


def normal_depth(section: Section, n: float, slope: float, flow: float) -> float:
    """Depth of uniform flow [m]; in a pipe the lower of the two.

    Raises:
        InputError: flow, slope or n is not positive.
        NoSolution: the full section cannot carry the flow.
    """
    need.positive("flow", flow)
    need.positive("slope", slope)
    need.positive("n", n)
    target, top = flow / math.sqrt(slope), greatest_depth(section)
    most = conveyance(section, n, top)
    if target > most:
        raise NoSolution(
            message("water.error.normal_depth"),
            message("water.error.capacity_less", flow=f"{flow:.4g}", most=f"{most * math.sqrt(slope):.4g}"),
        )
    return _rising_root(lambda h: conveyance(section, n, h) - target, top)


def _rising_root(f: Callable[[float], float], top: float) -> float:
    """Root of a function negative near 0 and not negative at `top`."""
    if f(top) == 0:
        return top
    low = top
    while f(low) > 0:
        low /= 4.0
        if low < 1e-12 * top:
            raise NoSolution(message("water.error.depth"), message("water.error.shallow", depth=low))
    return float(brentq(f, low, top, xtol=1e-13 * top, rtol=8.9e-16, maxiter=200))


def critical_depth(section: Section, flow: float, alpha: float = 1.0) -> float:
    """Depth [m] at which A^3/T = alpha Q^2/g.

    Raises:
        InputError: flow is not positive.
        NoSolution: an open section is overtopped before critical depth is reached.
    """
    need.positive("flow", flow)
    target = alpha * flow**2 / G
    top = section.height * (1 - 1e-9) if section.closed else section.height

    def excess(h: float) -> float:
        return section.area(h) ** 3 - target * section.top_width(h)

    if excess(top) < 0:
        raise NoSolution(
            message("water.error.critical_depth"), message("water.error.overtopped", height=f"{section.height:.3f}")
        )
    return _rising_root(excess, top)


def critical_slope(section: Section, n: float, flow: float) -> float:
    """Slope at which uniform flow is critical [-]."""
    depth = critical_depth(section, flow)
    return (flow / conveyance(section, n, depth)) ** 2


def friction_slope(section: Section, n: float, flow: float, h: float) -> float:
    """Slope at which depth `h` would be the normal depth of the flow: (Q/K)^2 [-]."""
    need.positive("depth", h)
    need.positive("n", n)
    return (flow / conveyance(section, n, h)) ** 2


def full_pipe_diameter(n: float, slope: float, flow: float) -> float:
    """Diameter [m] of the circular pipe that just carries a flow [m3/s] running full (Manning)."""
    need.positive("flow", flow)
    need.positive("slope", slope)
    need.positive("n", n)
    return math.pow(flow * n * 4.0 ** (5 / 3) / (math.pi * math.sqrt(slope)), 3 / 8)


def bottom_width(depth: float, side_slope: float, n: float, slope: float, flow: float) -> float:
    """Bottom width [m] of a trapezoid (a rectangle at side slope 0) whose normal depth is `depth`.

    Raises:
        NoSolution: the sloping sides alone carry more at that depth.
    """
    need.positive("depth", depth)
    need.not_negative("side_slope", side_slope)
    target = need.positive("flow", flow) * need.positive("n", n) / math.sqrt(need.positive("slope", slope))

    def gap(b: float) -> float:
        area = (b + side_slope * depth) * depth
        return math.pow(area, 5 / 3) / math.pow(b + 2 * depth * math.hypot(1.0, side_slope), 2 / 3) - target

    if gap(0.0) >= 0:
        raise NoSolution(message("water.error.bottom_width"), message("water.error.sides_enough", depth=f"{depth:g}"))
    high = depth
    while gap(high) < 0:
        high *= 2
    return float(brentq(gap, 0.0, high, xtol=1e-13))


def best_trapezoid(side_slope: float, n: float, slope: float, flow: float) -> Trapezoid:
    """The trapezoid of least area that carries a flow, full to its banks: its hydraulic radius is half its depth."""
    z = need.not_negative("side_slope", side_slope)
    root = math.hypot(1.0, z)
    target = need.positive("flow", flow) * need.positive("n", n) / math.sqrt(need.positive("slope", slope))
    depth = math.pow(target * 2 ** (2 / 3) / (2 * root - z), 3 / 8)
    return Trapezoid(2 * depth * (root - z), depth, z, z)


def velocity(section: Section, flow: float, h: float) -> float:
    """Mean velocity [m/s]."""
    return flow / section.area(h)


def froude(section: Section, flow: float, h: float, alpha: float = 1.0) -> float:
    """Froude number with the mean depth A/T."""
    area = section.area(h)
    return math.sqrt(alpha * flow**2 * section.top_width(h) / (G * area**3))


def regime(fr: float) -> Regime:
    """Name of the flow regime."""
    if abs(fr - 1) < 1e-6:
        return "critical"
    return "supercritical" if fr > 1 else "subcritical"


def specific_energy(section: Section, flow: float, h: float, alpha: float = 1.0) -> float:
    """h + alpha V2/2g [m]."""
    return h + alpha * velocity(section, flow, h) ** 2 / (2 * G)


def alternate_depths(section: Section, flow: float, energy: float, alpha: float = 1.0) -> tuple[float, float]:
    """The two depths of one specific energy: (subcritical, supercritical) [m].

    Args:
        energy: specific energy above the bed [m].

    Raises:
        InputError: flow or energy is not positive.
        NoSolution: the energy is below the least that carries the flow, or the subcritical depth leaves the section.
    """
    need.positive("energy", energy)
    yc = critical_depth(section, flow, alpha)
    least = specific_energy(section, flow, yc, alpha)
    if energy < least * (1 - 1e-12):
        raise NoSolution(message("water.error.alternate"), message("water.error.energy_low", least=f"{least:.3f}"))

    def gap(h: float) -> float:
        return specific_energy(section, flow, h, alpha) - energy

    if gap(yc) >= 0:
        return yc, yc
    top = section.height * (1 - 1e-9) if section.closed else section.height
    if gap(top) < 0:
        raise NoSolution(
            message("water.error.alternate"), message("water.error.overtopped", height=f"{section.height:.3f}")
        )
    low = yc
    while gap(low) < 0:
        low /= 2.0
    return float(brentq(gap, yc, top, xtol=1e-14)), float(brentq(gap, low, yc, xtol=1e-14))


def alternate_depth(section: Section, flow: float, h: float, alpha: float = 1.0) -> float:
    """The other depth of the specific energy that the flow has at depth `h` [m].

    Raises:
        NoSolution: the subcritical depth leaves the section.
    """
    need.positive("depth", h)
    high, low = alternate_depths(section, flow, specific_energy(section, flow, h, alpha), alpha)
    return low if h >= critical_depth(section, flow, alpha) else high


def specific_force(section: Section, flow: float, h: float) -> float:
    """Q2/(gA) + first moment [m3]."""
    return flow**2 / (G * section.area(h)) + section.moment(h)


def conjugate_depth(section: Section, flow: float, h: float) -> float:
    """The other depth of equal specific force [m].

    Raises:
        NoSolution: the jump would leave the section.
    """
    need.positive("depth", h)
    yc, force = critical_depth(section, flow), specific_force(section, flow, h)

    def gap(y: float) -> float:
        return specific_force(section, flow, y) - force

    if abs(h - yc) < 1e-9 * yc:
        return yc
    if h > yc:
        low = yc
        while gap(low) < 0:
            low /= 2
        return float(brentq(gap, low, yc, xtol=1e-14))
    if gap(section.height) < 0:
        raise NoSolution(
            message("water.error.conjugate"), message("water.error.overtopped", height=f"{section.height:.3f}")
        )
    return float(brentq(gap, yc, section.height, xtol=1e-14))


def manning_velocity(radius: float, slope: float, n: float) -> Traced:
    """Mean velocity [m/s] from a hydraulic radius [m]: R^(2/3) S^(1/2)/n."""
    return rows.MANNING_VELOCITY.at(R=radius, S=slope, n=n)


@dataclass(frozen=True)
class Jump:
    """A hydraulic jump.

    Attributes:
        upstream, downstream: depths [m], the shallower first. froude: of the shallower side.
        loss: of specific energy [m]. length: 6.9 (h2 - h1) [m], the form of Chinese practice; 6.1 h2 in US books.
    """

    upstream: float
    downstream: float
    froude: float
    loss: float
    length: float


def jump(section: Section, flow: float, h: float) -> Jump:
    """The jump that has depth `h` [m] on one of its sides, in any prismatic section.

    Raises:
        NoSolution: the deeper side leaves the section.
    """
    other = conjugate_depth(section, flow, h)
    low, high = min(h, other), max(h, other)
    lost = specific_energy(section, flow, low) - specific_energy(section, flow, high)
    return Jump(low, high, froude(section, flow, low), lost, sl253.JUMP_LENGTH.number(h_2=high, h_c=low))


def sequent_depth(h: float, fr: float) -> Traced:
    """The other depth of a jump in a rectangular channel [m], from one depth and its Froude number (Belanger)."""
    return rows.BELANGER.at(h_1=h, Fr=fr)


def shear(h: float, slope: float, unit_weight: float = 9.81) -> float:
    """Mean boundary shear of a straight reach at its deepest point, gamma h S [kPa]."""
    return unit_weight * h * slope


def bend_factor(radius_per_width: float) -> float:
    """K_b by which shear grows in a bend, from the radius of curvature over the top width (HEC-15)."""
    r = need.positive("radius_per_width", radius_per_width)
    if r <= 2:
        return 2.0
    if r >= 10:
        return 1.05
    return 2.38 - 0.206 * r + 0.0073 * r * r


@dataclass(frozen=True)
class Profile:
    """A water surface along a prismatic channel.

    Attributes:
        name: M1..M3, S1..S3, C1, C3 by where the depth stands to normal and critical depth.
        station: distance along the flow from the control section, (n,) m; negative upstream.
        depth: (n,) m.
        velocity: (n,) m/s.
    """

    name: str
    station: NDArray[np.float64]
    depth: NDArray[np.float64]
    velocity: NDArray[np.float64]

    def at(self, x: float) -> float:
        """Depth at a distance from the control section (held at the ends)."""
        order = np.argsort(self.station)
        return float(np.interp(x, self.station[order], self.depth[order]))


def profile_name(h: float, yn: float | None, yc: float) -> str:
    """Class of a gradually varied profile; `yn` None on a level or adverse bed, where no normal depth exists (H)."""
    if yn is None:
        return "H2" if h > yc else "H3"
    if abs(yn - yc) < 1e-6 * yc:
        return "C1" if h > yc else "C3"
    kind = "M" if yn > yc else "S"
    high, low = max(yn, yc), min(yn, yc)
    return kind + ("1" if h > high else "3" if h < low else "2")


def _class(section: Section, n: float, slope: float, flow: float, h: float, alpha: float) -> str:
    yc = critical_depth(section, flow, alpha)
    if slope > 0:
        try:
            return profile_name(h, normal_depth(section, n, slope, flow), yc)
        except NoSolution:  # normal depth lies above the section: the bed is mild, and any depth inside lies below it
            return "M2" if h > yc else "M3"
    return profile_name(h, None, yc) if slope == 0 else profile_name(h, None, yc).replace("H", "A")


def direct_step(
    section: Section, n: float, slope: float, flow: float, start: float, end: float, steps: int = 200,
    alpha: float = 1.0,
) -> Profile:  # fmt: skip
    """Gradually varied profile from depth `start` to depth `end` by direct steps of specific energy.

    Args:
        slope: of the bed; 0 for a level one, negative for one that rises along the flow.
        start: depth at the control section.
        end: depth the profile runs to; for the approach to normal depth stop short of it.
        steps: equal steps of depth; `steps_between` takes the depths of a printed table instead.

    Raises:
        NoSolution: the two depths lie in different zones, so no continuous profile joins them.
    """
    return steps_between(section, n, slope, flow, np.linspace(start, end, steps + 1), alpha)


def steps_between(
    section: Section, n: float, slope: float, flow: float, depths: ArrayLike, alpha: float = 1.0
) -> Profile:
    """Gradually varied profile through stated depths by direct steps, one step between neighbours.

    Args:
        depths: (k,) m from the control section on; station 0 is the first.

    Raises:
        InputError: fewer than two depths, or one is not positive.
        NoSolution: neighbouring depths lie in different zones, so no continuous profile joins them.
    """
    d = np.asarray(depths, dtype=float)
    if d.ndim != 1 or d.size < 2:
        raise InputError("depths", d.shape, message("water.error.pairs"))
    for i, h in enumerate(d):
        need.positive(f"depths[{i}]", float(h))
    need.finite("slope", slope)
    energy = np.array([specific_energy(section, flow, float(h), alpha) for h in d])
    friction = np.array([friction_slope(section, n, flow, float(h)) for h in d])
    net = slope - (friction[:-1] + friction[1:]) / 2
    run = np.divide(np.diff(energy), net, out=np.full(net.size, np.nan), where=net != 0)
    if not (np.all(run > 0) or np.all(run < 0)):
        yc = critical_depth(section, flow, alpha)
        yn = math.inf if slope <= 0 else normal_depth(section, n, slope, flow)
        raise NoSolution(
            message("water.error.profile"), message("water.error.profile_zone", yn=f"{yn:.4g}", yc=f"{yc:.4g}")
        )
    name = _class(section, n, slope, flow, float(d[0] + d[-1]) / 2, alpha)
    return Profile(
        name, np.concatenate(([0.0], np.cumsum(run))), d, np.array([velocity(section, flow, float(h)) for h in d])
    )


def water_surface(
    section: Section, n: float, slope: float, flow: float, start: float, stations: ArrayLike, alpha: float = 1.0
) -> Profile:
    """Depths at stated distances from a control section, by integrating dh/dx = (S - Sf)/(1 - Fr2).

    Args:
        slope: of the bed; 0 or negative allowed.
        start: depth at station 0 [m], not critical.
        stations: (k,) m, all on one side: positive down the flow, negative up it.

    Raises:
        InputError: stations lie on both sides, or the start is not positive.
        NoSolution: the surface runs into critical depth before the last station, or leaves the section.
    """
    need.positive("start", start)
    need.finite("slope", slope)
    x = np.asarray(stations, dtype=float)
    if x.ndim != 1 or x.size == 0 or (np.any(x > 0) and np.any(x < 0)):
        raise InputError("stations", x.tolist(), message("water.error.one_side"))
    yc = critical_depth(section, flow, alpha)
    if abs(start - yc) < 1e-6 * yc:
        raise NoSolution(message("water.error.profile"), message("water.error.from_critical", yc=f"{yc:.4g}"))
    top = section.height

    def rate(_: float, y: NDArray[np.float64]) -> list[float]:
        h = min(max(float(y[0]), 1e-6 * yc), top)
        return [(slope - friction_slope(section, n, flow, h)) / (1 - froude(section, flow, h, alpha) ** 2)]

    def meets(_: float, y: NDArray[np.float64]) -> float:
        return (float(y[0]) - yc) / yc - math.copysign(1e-5, start - yc)

    def leaves(_: float, y: NDArray[np.float64]) -> float:
        return top - float(y[0])

    meets.terminal = leaves.terminal = True  # type: ignore[attr-defined]
    far = float(x[np.argmax(np.abs(x))])
    order = np.argsort(np.abs(x))
    depths = np.full(x.size, start)
    if far != 0:
        found = solve_ivp(rate, (0.0, far), [start], method="LSODA", t_eval=x[order], events=(meets, leaves),
                          rtol=1e-9, atol=1e-10 * yc)  # fmt: skip
        if not found.success or np.size(found.y) < x.size:
            reached = max((abs(float(t)) for at in found.t_events or () for t in at), default=0.0)
            raise NoSolution(message("water.error.profile"), message("water.error.profile_ends", x=f"{reached:.2f}"))
        depths[order] = found.y[0]
    name = _class(section, n, slope, flow, float(depths[order[-1]] + start) / 2, alpha)
    return Profile(name, x, depths, np.array([velocity(section, flow, float(h)) for h in depths]))


def drawdown(
    section: Section, n: float, slope: float, flow: float, length: float, start: float | None = None
) -> Profile:
    """The S2 profile down a steep channel, from critical depth (or `start`) towards normal depth, over `length` m.

    Steps are bunched near normal depth, where the surface flattens; the last point lies at `length`, or at normal
    depth from where it is reached (within 0.1 %) to the end.

    Args:
        slope: fall over the length along the bed (the sine of its angle). length: along the bed.

    Raises:
        NoSolution: the slope is mild, so no S2 profile exists.
    """
    need.positive("length", length)
    yn, yc = normal_depth(section, n, slope, flow), critical_depth(section, flow)
    if yn >= yc:
        raise NoSolution(message("water.error.drawdown"), message("water.error.mild", yn=f"{yn:.3f}", yc=f"{yc:.3f}"))
    first = yc if start is None else start
    last = yn * (1.001 if first > yn else 0.999)
    if (first - last) * (first - yn) <= 0:
        stations, depths = np.array([0.0, length]), np.array([first, yn])
    else:
        depths = yn + (first - yn) * np.geomspace(1.0, (last - yn) / (first - yn), 400)
        depths[0] = first
        energy = np.array([specific_energy(section, flow, h) for h in depths])
        friction = np.array([(flow / conveyance(section, n, h)) ** 2 for h in depths])
        run = np.diff(energy) / (slope - (friction[:-1] + friction[1:]) / 2)
        stations = np.concatenate(([0.0], np.cumsum(run)))
        if stations[-1] < length:
            stations, depths = np.append(stations, length), np.append(depths, depths[-1])
        else:
            inside = stations < length
            depth_at_end = float(np.interp(length, stations, depths))
            stations, depths = np.append(stations[inside], length), np.append(depths[inside], depth_at_end)
    speeds = np.array([velocity(section, flow, h) for h in depths])
    return Profile(profile_name(float(depths.mean()), yn, yc), stations, depths, speeds)
