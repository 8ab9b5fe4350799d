"""Uniform and critical flow, the hydraulic jump, and the gradually varied profile between them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from slopedesign.calc.water import need
from slopedesign.calc.water.section import Compound, Section
from slopedesign.errors import NoSolution
from slopedesign.i18n import message
from slopedesign.standards.hydraulics import G

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


def specific_energy(section: Section, flow: float, h: float) -> float:
    """h + V2/2g [m]."""
    return h + velocity(section, flow, h) ** 2 / (2 * G)


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


def profile_name(h: float, yn: float, yc: float) -> str:
    """Class of a gradually varied profile."""
    if abs(yn - yc) < 1e-6 * yc:
        return "C1" if h > yc else "C3"
    kind = "M" if yn > yc else "S"
    high, low = max(yn, yc), min(yn, yc)
    return kind + ("1" if h > high else "3" if h < low else "2")


def direct_step(
    section: Section, n: float, slope: float, flow: float, start: float, end: float, steps: int = 200
) -> Profile:
    """Gradually varied profile from depth `start` to depth `end` by direct steps of specific energy.

    Args:
        start: depth at the control section.
        end: depth the profile runs to; for the approach to normal depth stop short of it.

    Raises:
        NoSolution: the two depths lie in different zones, so no continuous profile joins them.
    """
    yn, yc = normal_depth(section, n, slope, flow), critical_depth(section, flow)
    depths = np.linspace(start, end, steps + 1)
    name = profile_name((start + end) / 2, yn, yc)
    energy = np.array([specific_energy(section, flow, h) for h in depths])
    friction = np.array([(flow / conveyance(section, n, h)) ** 2 for h in depths])
    net = slope - (friction[:-1] + friction[1:]) / 2
    run = np.diff(energy) / net
    if np.any(net == 0) or not (np.all(run > 0) or np.all(run < 0)):
        raise NoSolution(message("water.error.profile"), message("water.error.profile_zone", yn=yn, yc=yc))
    return Profile(
        name, np.concatenate(([0.0], np.cumsum(run))), depths, np.array([velocity(section, flow, h) for h in depths])
    )


def drawdown(
    section: Section, n: float, slope: float, flow: float, length: float, start: float | None = None
) -> Profile:
    """The S2 profile down a steep channel, from critical depth (or `start`) towards normal depth, over `length` m.

    Steps are bunched near normal depth, where the surface flattens; the last point lies at `length`, or at normal
    depth from where it is reached (within 0.1 %) to the end.

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
