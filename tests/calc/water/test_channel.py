"""Sections and open-channel hydraulics."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import given as for_all
from hypothesis import strategies as st

from slopedesign.calc.water import channel
from slopedesign.calc.water.section import (
    Circle,
    Compound,
    Section,
    Trapezoid,
    UShape,
    polygon_area,
    rectangle,
    triangle,
)
from slopedesign.errors import InputError, NoSolution

SECTIONS: list[Section] = [
    rectangle(0.6, 1.0), Trapezoid(0.5, 1.0, 0.5, 1.5), triangle(1.0, 2.0, 1.0), Circle(1.0), UShape(0.4, 1.2),
    Compound(((0, 1.0), (0.0, 0.6), (1.0, 0.5), (1.2, 0.0), (1.6, 0.0), (1.9, 1.2)), (0.03, 0.03, 0.02, 0.02, 0.02)),
]  # fmt: skip
each_section = pytest.mark.parametrize("section", SECTIONS, ids=lambda s: type(s).__name__)


@each_section
def test_derivatives_agree(section: Section) -> None:
    """Top width is dA/dh, area is the change of the moment, perimeter never shrinks."""
    for h in np.linspace(0.07, 0.93, 23) * section.height:
        d = 1e-6
        assert (section.area(h + d) - section.area(h - d)) / (2 * d) == pytest.approx(section.top_width(h), rel=1e-4)
        assert (section.moment(h + d) - section.moment(h - d)) / (2 * d) == pytest.approx(section.area(h), rel=1e-4)
        assert section.perimeter(h + d) >= section.perimeter(h)


@each_section
def test_outline_holds_the_full_area(section: Section) -> None:
    if isinstance(section, Compound):
        return
    assert polygon_area(section.outline()) == pytest.approx(section.area(section.height), rel=2e-3)


@each_section
def test_capacity_rises_with_depth_and_slope(section: Section) -> None:
    top = channel.greatest_depth(section)
    depths = np.linspace(0.05, 1.0, 40) * top
    flows = [channel.capacity(section, 0.02, 0.01, h) for h in depths]
    if not isinstance(section, Compound):  # at a step out of bank a composite section may lose conveyance
        assert all(b > a for a, b in zip(flows, flows[1:], strict=False))
    assert channel.capacity(section, 0.02, 0.02, top / 2) > channel.capacity(section, 0.02, 0.01, top / 2)


@for_all(st.floats(0.2, 3), st.floats(0.01, 1), st.floats(0.05, 2), st.floats(0, 3))
def test_capacity_rises_with_width(b: float, more: float, h: float, z: float) -> None:
    narrow, wide = Trapezoid(b, 3.0, z, z), Trapezoid(b + more, 3.0, z, z)
    assert channel.capacity(wide, 0.02, 0.01, h) > channel.capacity(narrow, 0.02, 0.01, h)


@for_all(st.sampled_from(range(5)), st.floats(0.05, 0.9), st.floats(0.002, 0.4), st.floats(0.01, 0.04))
def test_normal_depth_inverts_capacity(which: int, share: float, slope: float, n: float) -> None:
    section = SECTIONS[which]
    h = share * channel.greatest_depth(section)
    flow = channel.capacity(section, n, slope, h)
    assert channel.normal_depth(section, n, slope, flow) == pytest.approx(h, rel=1e-9)


@for_all(st.sampled_from(range(5)), st.floats(0.05, 0.8), st.floats(0.01, 0.04))
def test_normal_and_critical_depth_meet_at_the_critical_slope(which: int, share: float, n: float) -> None:
    section = SECTIONS[which]
    yc = share * section.height
    flow = math.sqrt(channel.G * section.area(yc) ** 3 / section.top_width(yc))
    assert channel.critical_depth(section, flow) == pytest.approx(yc, rel=1e-9)
    assert channel.froude(section, flow, yc) == pytest.approx(1.0, rel=1e-9)
    sc = channel.critical_slope(section, n, flow)
    assume(channel.capacity(section, n, sc, channel.greatest_depth(section)) > flow * 1.3 and share < 0.75)
    assert channel.normal_depth(section, n, sc, flow) == pytest.approx(yc, rel=1e-7)
    assert channel.normal_depth(section, n, 2 * sc, flow) < yc


@for_all(st.floats(0.1, 2.0), st.floats(0.3, 3.0), st.floats(0.0, 2.0))
def test_conjugate_depths_come_in_pairs(q: float, b: float, z: float) -> None:
    section = Trapezoid(b, 50.0, z, z)
    h1 = 0.4 * channel.critical_depth(section, q)
    h2 = channel.conjugate_depth(section, q, h1)
    assert h2 > channel.critical_depth(section, q) > h1
    assert channel.conjugate_depth(section, q, h2) == pytest.approx(h1, rel=1e-7)
    assert channel.specific_energy(section, q, h2) < channel.specific_energy(section, q, h1)


def test_conjugate_of_a_rectangle_is_belangers() -> None:
    section = rectangle(2.0, 20.0)
    h1, q = 0.2, 3.0
    fr = channel.froude(section, q, h1)
    assert channel.conjugate_depth(section, q, h1) == pytest.approx(h1 / 2 * (math.sqrt(1 + 8 * fr**2) - 1))


def test_pipe_near_full_gives_the_lower_of_two_depths() -> None:
    pipe = Circle(1.0)
    most = channel.greatest_depth(pipe)
    assert most == pytest.approx(0.938, abs=0.001)
    full = channel.conveyance(pipe, 0.013, 1 - 1e-12) * math.sqrt(0.01)
    depth = channel.normal_depth(pipe, 0.013, 0.01, 1.02 * full)
    assert depth < most
    with pytest.raises(NoSolution, match="carries"):
        channel.normal_depth(pipe, 0.013, 0.01, 1.1 * full)


@pytest.mark.parametrize(("flow", "slope", "n"), [(0, 0.01, 0.02), (1, 0, 0.02), (1, -0.01, 0.02), (1, 0.01, 0),
                                                  (math.nan, 0.01, 0.02), (1, math.inf, 0.02)])  # fmt: skip
def test_bad_numbers_are_refused_by_name(flow: float, slope: float, n: float) -> None:
    with pytest.raises(InputError):
        channel.normal_depth(rectangle(1, 1), n, slope, flow)


def test_bad_sections_are_refused_by_name() -> None:
    for make in (lambda: rectangle(-1, 1), lambda: Circle(0), lambda: UShape(0.5, 0.3), lambda: Trapezoid(0, 1, 0, 0),
                 lambda: Compound(((0, 1), (1, 0), (0.5, 1)), (0.02, 0.02))):  # fmt: skip
        with pytest.raises(InputError, match="section"):
            make()


def test_drawdown_falls_to_normal_depth_and_loses_energy() -> None:
    section = rectangle(1.0, 2.0)
    profile = channel.drawdown(section, 0.017, 0.3, 1.5, 60.0)
    yn, yc = channel.normal_depth(section, 0.017, 0.3, 1.5), channel.critical_depth(section, 1.5)
    assert profile.name == "S2"
    assert profile.depth[0] == pytest.approx(yc)
    assert np.all(np.diff(profile.depth) <= 1e-12)
    assert yn <= profile.depth[-1] <= 1.01 * yn
    assert profile.station[-1] == pytest.approx(60.0)
    bed = -0.3 * profile.station
    head = bed + profile.depth + profile.velocity**2 / (2 * channel.G)
    assert np.all(np.diff(head) < 1e-9)


def test_drawdown_step_size_does_not_matter() -> None:
    """The same foot depth from Runge-Kutta integration of dh/dx, an independent way."""
    section, n, slope, q, length = rectangle(1.0, 2.0), 0.017, 0.3, 1.5, 8.0
    h = 0.995 * channel.critical_depth(section, q)

    def rate(y: float) -> float:
        sf = (q / channel.conveyance(section, n, y)) ** 2
        return (slope - sf) / (1 - channel.froude(section, q, y) ** 2)

    dx = length / 40000
    for _ in range(40000):
        k1 = rate(h)
        h += dx * rate(h + dx * k1 / 2)
    found = channel.drawdown(section, n, slope, q, length, start=0.995 * channel.critical_depth(section, q))
    assert found.depth[-1] == pytest.approx(h, rel=2e-4)


def test_mild_slope_has_no_drawdown_chute() -> None:
    with pytest.raises(NoSolution, match="mild"):
        channel.drawdown(rectangle(1, 2), 0.017, 0.0005, 0.5, 30)


@pytest.mark.parametrize(("start", "end", "name"), [(1.4, 0.95, "M1"), (0.5, 0.85, "M2"), (0.15, 0.35, "M3")])
def test_profiles_of_a_mild_channel(start: float, end: float, name: str) -> None:
    section, n, slope = rectangle(1.0, 3.0), 0.02, 0.002
    q = channel.capacity(section, n, slope, 0.9)
    found = channel.direct_step(section, n, slope, q, start, end)
    assert found.name == name
    assert (found.station[-1] > 0) == (name == "M3")


def test_profile_across_critical_depth_is_refused() -> None:
    section, n, slope = rectangle(1.0, 3.0), 0.02, 0.002
    q = channel.capacity(section, n, slope, 0.9)
    with pytest.raises(NoSolution):
        channel.direct_step(section, n, slope, q, 0.2, 1.4)
