"""Alternate depths and gradually varied profiles, against algebra and an integration of the test's own."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slopedesign.calc.water import channel
from slopedesign.calc.water.section import Circle, Trapezoid, rectangle
from slopedesign.errors import InputError, NoSolution

FT = 0.3048
G = 9.81


def test_alternate_depths_of_a_rectangle_are_roots_of_the_cubic() -> None:
    """q = 2 m2/s, E = 2 m: h^3 - E h^2 + q^2/2g = 0."""
    high, low = channel.alternate_depths(rectangle(1.0, 50.0), 2.0, 2.0)
    roots = sorted(r.real for r in np.roots([1.0, -2.0, 0.0, 4.0 / (2 * G)]) if r.real > 0)
    assert (low, high) == pytest.approx(tuple(roots), rel=1e-9)
    assert channel.alternate_depth(rectangle(1.0, 50.0), 2.0, high) == pytest.approx(low, rel=1e-9)
    with pytest.raises(NoSolution):
        channel.alternate_depths(rectangle(1.0, 50.0), 2.0, 1.0)  # least is 1.5 (q2/g)^(1/3) = 1.112 m


@settings(derandomize=True, max_examples=60, deadline=None)
@given(b=st.floats(0.3, 5), z=st.floats(0, 3), q=st.floats(0.05, 20), up=st.floats(1.0001, 4))
def test_alternate_depths_have_one_energy(b: float, z: float, q: float, up: float) -> None:
    shape = Trapezoid(b, 1000.0, z, z)
    h = channel.critical_depth(shape, q) * up
    other = channel.alternate_depth(shape, q, h)
    assert other <= channel.critical_depth(shape, q) * (1 + 1e-9) <= h * (1 + 1e-8)
    assert channel.specific_energy(shape, q, other) == pytest.approx(channel.specific_energy(shape, q, h), rel=1e-9)


def _euler(b: float, z: float, n: float, s: float, q: float, alpha: float, start: float, end: float) -> float:
    """Distance between two depths by 200,000 little steps of dx = (1 - Fr2)/(S - Sf) dh."""
    h = np.linspace(start, end, 200_001)
    h = (h[1:] + h[:-1]) / 2
    a, p, t = (b + z * h) * h, b + 2 * h * math.hypot(1, z), b + 2 * z * h
    sf = (q * n / (a * (a / p) ** (2 / 3))) ** 2
    return float(np.sum((1 - alpha * q * q * t / (G * a**3)) / (s - sf)) * (end - start) / 200_000)


CHOW = (20 * FT, 2.0, 0.025, 0.0016, 400 * FT**3)
"""The channel of Chow (1959), example 10-1: b 20 ft, 1:2, n 0.025, 400 cfs, a dam that backs water up to 5 ft."""


def test_backwater_behind_a_dam() -> None:
    b, z, n, s, q = CHOW
    shape = Trapezoid(b, 50.0, z, z)
    found = channel.direct_step(shape, n, s, q, 5.0 * FT, 3.40 * FT, 400, alpha=1.10)
    assert found.name == "M1"
    assert found.station[-1] == pytest.approx(_euler(b, z, n, s, q, 1.10, 5.0 * FT, 3.40 * FT), rel=2e-4)
    surface = channel.water_surface(shape, n, s, q, 5.0 * FT, [-100.0, -300.0, -600.0], alpha=1.10)
    for x, h in zip(surface.station, surface.depth, strict=True):
        assert found.at(x) == pytest.approx(h, rel=2e-4)


@pytest.mark.parametrize(("slope", "start", "end", "name"), [
    (0.0016, 0.75, 1.0, "M2"), (0.0016, 0.2, 0.5, "M3"), (0.0, 0.9, 1.4, "H2"), (-0.002, 0.9, 1.3, "A2"),
    (0.0, 0.2, 0.5, "H3"), (-0.002, 0.25, 0.5, "A3"),
])  # fmt: skip
def test_classes_and_lengths(slope: float, start: float, end: float, name: str) -> None:
    b, z, n, _, q = CHOW
    found = channel.direct_step(Trapezoid(b, 50.0, z, z), n, slope, q, start, end, 800)
    assert found.name == name
    assert found.station[-1] == pytest.approx(_euler(b, z, n, slope, q, 1.0, start, end), rel=1e-3)


def test_what_has_no_profile_is_refused() -> None:
    b, z, n, s, q = CHOW
    shape = Trapezoid(b, 50.0, z, z)
    with pytest.raises(NoSolution):
        channel.direct_step(shape, n, s, q, 0.5, 0.9)  # across critical depth
    with pytest.raises(NoSolution):
        channel.water_surface(shape, n, s, q, channel.critical_depth(shape, q), [-10.0])
    with pytest.raises(NoSolution):
        channel.water_surface(shape, n, s, q, 0.3, [500.0])  # M3 meets critical depth before
    with pytest.raises(InputError):
        channel.water_surface(shape, n, s, q, 1.5, [-10.0, 10.0])
    with pytest.raises(InputError):
        channel.steps_between(shape, n, s, q, [1.5])


def test_full_pipe_diameter() -> None:
    """FHWA HEC-22 4th ed., example 9.1: 17.6 cfs at 1.5 %: 1.69 ft of concrete (n 0.013), 1.87 ft of metal (0.017)."""
    q = 17.6 * FT**3
    assert channel.full_pipe_diameter(0.013, 0.015, q) / FT == pytest.approx(1.69, abs=0.006)
    pipe = Circle(channel.full_pipe_diameter(0.017, 0.015, q))
    assert channel.capacity(pipe, 0.017, 0.015, pipe.diameter) == pytest.approx(q, rel=1e-9)


def test_jumps() -> None:
    """FHWA HDS-4, example 4.8: 1.0 ft at Fr 9.64 jumps to 13.14 ft; a rectangle's jump is Belanger's."""
    assert channel.sequent_depth(1.0, 9.64).value == pytest.approx(13.14, abs=0.006)
    found = channel.jump(rectangle(5.0, 50.0), 20.0, 0.5)
    assert found.downstream == pytest.approx(channel.sequent_depth(0.5, found.froude).value, rel=1e-9)
    assert found.loss == pytest.approx((found.downstream - 0.5) ** 3 / (4 * 0.5 * found.downstream), rel=1e-9)
    back = channel.jump(rectangle(5.0, 50.0), 20.0, found.downstream)
    assert (back.upstream, back.loss) == pytest.approx((0.5, found.loss), rel=1e-8)


def test_widths_and_best_sections() -> None:
    """The best trapezoid of Chow (1959), example 7-1 (400 cfs): half a hexagon 6.6 ft deep and 7.66 ft wide."""
    made = channel.best_trapezoid(math.tan(math.pi / 6), 0.025, 0.0016, 400 * FT**3)
    assert (made.height / FT, made.bottom / FT) == pytest.approx((6.6, 7.66), rel=4e-3)
    assert made.area(made.height) / made.perimeter(made.height) == pytest.approx(made.height / 2, rel=1e-12)
    b = channel.bottom_width(1.2, 1.5, 0.025, 0.001, 10.0)
    assert channel.normal_depth(Trapezoid(b, 50.0, 1.5, 1.5), 0.025, 0.001, 10.0) == pytest.approx(1.2, rel=1e-9)
    with pytest.raises(NoSolution):
        channel.bottom_width(5.0, 3.0, 0.025, 0.001, 10.0)
