"""Plane, wedge, toppling, joints."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slopedesign.calc.stability.rock.joints import (
    face_blocks,
    kinematic_tests,
    net_circle,
    net_cone,
    net_point,
    net_pole,
)  # fmt: skip
from slopedesign.calc.stability.rock.plane import PlaneSlide, bolt_needed, plane_slide
from slopedesign.calc.stability.rock.toppling import Columns, support_needed, topple_factor
from slopedesign.calc.stability.rock.wedge import Joint, wedge
from slopedesign.errors import InputError

FACE = PlaneSlide(height=10.0, face_deg=math.degrees(math.atan(4.0)), dip_deg=math.degrees(math.atan2(10, 8.5)),
                  cohesion=30.0, friction_deg=30.0, unit_weight=20.0)  # fmt: skip
COLUMNS = Columns(
    heights=(4.0, 8.0, 12.0, 16.0, 20.0, 24.0, 28.0, 32.0, 36.0, 40.0, 33.8, 27.6, 21.4, 15.2, 9.0, 2.8), width=10.0,
    base_deg=30.0, crest=10, a1=5.0, a2=5.2, unit_weight=25.0,
)  # fmt: skip


def test_plane_of_baker() -> None:
    """Baker 2001: RocPlane 1.351, SLOPE/W 1.352."""
    assert plane_slide(FACE).fos.value == pytest.approx(1.352, abs=5e-4)


def test_plane_is_culmann_without_water() -> None:
    """Dry block without crack: F = [c L + W cos tan(phi)] / (W sin), W = gamma H^2 sin(beta - theta)/(2 sin sin)."""
    beta, theta = math.radians(60), math.radians(35)
    weight = 26 * 15**2 * math.sin(beta - theta) / (2 * math.sin(beta) * math.sin(theta))
    expected = (20 * 15 / math.sin(theta) + weight * math.cos(theta) * math.tan(math.radians(28))) / (
        weight * math.sin(theta)
    )
    found = plane_slide(
        PlaneSlide(height=15, face_deg=60, dip_deg=35, cohesion=20, friction_deg=28, unit_weight=26)
    ).fos.value
    assert found == pytest.approx(expected, rel=1e-9)


@given(water=st.floats(0.0, 3.0), kh=st.floats(0.0, 0.3), added=st.floats(0.0, 100.0))
def test_water_and_earthquake_never_help_a_plane(water: float, kh: float, added: float) -> None:
    base = replace(FACE, crack_depth=3.0, added=added)
    plain = plane_slide(base).fos.value
    assert plane_slide(replace(base, water=water)).fos.value <= plain + 1e-12
    assert plane_slide(replace(base, kh=kh)).fos.value <= plain + 1e-12


def test_bolts_reach_the_factor_asked_for() -> None:
    plane = replace(FACE, cohesion=5.0, bolt_deg=15.0)
    need = bolt_needed(plane, 1.35)
    assert need > 0
    assert plane_slide(replace(plane, bolt=need)).fos.value == pytest.approx(1.35)
    assert bolt_needed(FACE, 1.0) == 0.0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"dip_deg": 80.0}, "dip_deg"), ({"friction_deg": 90.0}, "friction_deg"), ({"unit_weight": 0.0}, "unit_weight"),
        ({"crack_depth": 12.0}, "crack_depth"), ({"crack_depth": 2.0, "water": 3.0}, "water"),
        ({"upper_deg": 60.0}, "upper_deg"), ({"height": float("nan")}, "height"),
    ],
)  # fmt: skip
def test_impossible_planes_are_refused_by_name(change: dict[str, float], field: str) -> None:
    with pytest.raises(InputError) as caught:
        plane_slide(replace(FACE, **change))
    assert caught.value.field == f"plane.{field}"


def test_wedge_with_friction_only_is_the_closed_form() -> None:
    """F = [N_a tan(phi_a) + N_b tan(phi_b)] / (W sin plunge); Hoek & Bray's charts give 1.30 for these planes."""
    found = wedge(
        Joint(dip_deg=40, dip_direction_deg=165, friction_deg=35),
        Joint(dip_deg=70, dip_direction_deg=285, friction_deg=20), (65, 185),
    )  # fmt: skip
    assert found.mode == "both"
    assert found.fos is not None and found.fos.value == pytest.approx(1.30, rel=0.005)


def test_symmetric_wedge_is_wider_by_its_wedging() -> None:
    """Two planes alike: F = tan(phi)/tan(plunge) / sin(half angle between them)."""
    a, b = (Joint(dip_deg=55, dip_direction_deg=d, friction_deg=30) for d in (140, 220))
    found = wedge(a, b, (75, 180))
    opening = math.acos(abs(float(a.normal @ b.normal)))
    half = 0.5 * (math.pi - opening)
    cross = np.array([math.sin(math.radians(found.trend_deg)), math.cos(math.radians(found.trend_deg)), 0])
    assert cross[1] == pytest.approx(-1.0)
    expected = math.tan(math.radians(30)) / math.tan(math.radians(found.plunge_deg)) / math.sin(half)
    assert found.fos is not None and found.fos.value == pytest.approx(expected, rel=1e-9)


def test_wedge_factor_does_not_depend_on_its_size_without_cohesion() -> None:
    a = Joint(dip_deg=40, dip_direction_deg=165, friction_deg=35)
    b = Joint(dip_deg=70, dip_direction_deg=285, friction_deg=20)
    small, large = (wedge(a, b, (65, 185), height=h).fos for h in (1.0, 30.0))
    assert small is not None and large is not None and small.value == pytest.approx(large.value)


def test_wedge_that_is_none_is_refused() -> None:
    a = Joint(dip_deg=40, dip_direction_deg=165, friction_deg=35)
    with pytest.raises(InputError, match="parallel"):
        wedge(a, a, (65, 185))
    with pytest.raises(InputError, match="daylight"):
        wedge(a, Joint(dip_deg=70, dip_direction_deg=285), (65, 20))
    with pytest.raises(InputError) as caught:
        wedge(replace(a, friction_deg=90.0), Joint(dip_deg=70, dip_direction_deg=285), (65, 185))
    assert caught.value.field == "wedge.A.friction_deg"


def test_water_lifts_a_wedge_off_at_last() -> None:
    a = Joint(dip_deg=45, dip_direction_deg=105, friction_deg=30)
    b = Joint(dip_deg=70, dip_direction_deg=235, friction_deg=20)
    modes = [wedge(a, b, (65, 185), (12, 195), height=40, pore_a=u, pore_b=u).mode for u in (0.0, 50.0, 5000.0)]
    assert modes[0] == "both" and modes[-1] == "none"


@pytest.mark.parametrize(
    ("phi", "cable", "printed"), [(38.15, 0.5, 1.0), (33.0239, 2013.0, 1.0), (38.6598, 2013.0, 1.23)]
)
def test_toppling_of_goodman_and_bray(phi: float, cable: float, printed: float) -> None:
    assert topple_factor(COLUMNS, phi, cable).value == pytest.approx(printed, rel=0.005)


def test_toppling_cable_of_goodman_and_bray() -> None:
    """2013 kN/m printed at tan(phi) = 0.65."""
    found = support_needed(COLUMNS, 33.0239)
    assert found.support == pytest.approx(2013.0, rel=0.01)
    assert {c.mode for c in found.columns} == {"stable", "topple", "slide"}


def test_impossible_columns_are_refused_by_name() -> None:
    for change, field in (({"crest": 20}, "crest"), ({"heights": (1.0,)}, "heights"), ({"width": 0.0}, "width")):
        with pytest.raises(InputError) as caught:
            support_needed(replace(COLUMNS, **change), 35.0)  # type: ignore[arg-type]
        assert caught.value.field == f"toppling.{field}"


def test_kinematics_of_a_south_face() -> None:
    joints = (
        ("out", Joint(dip_deg=45, dip_direction_deg=185, friction_deg=30)),
        ("flat", Joint(dip_deg=20, dip_direction_deg=180, friction_deg=30)),
        ("side", Joint(dip_deg=50, dip_direction_deg=260, friction_deg=30)),
        ("into", Joint(dip_deg=75, dip_direction_deg=5, friction_deg=30)),
    )
    found = {(p.failure, p.joints): p for p in kinematic_tests(joints, 60.0, 180.0)}
    assert found["plane", ("out",)].possible
    assert not found["plane", ("flat",)].possible and found["plane", ("flat",)].daylights
    assert not found["plane", ("side",)].possible
    assert found["topple", ("into",)].possible
    assert not found["topple", ("out",)].possible
    assert found["wedge", ("out", "side")].possible


def test_blocks_on_bench_faces_have_factors() -> None:
    joints = (("out", Joint(dip_deg=45, dip_direction_deg=180, cohesion=20, friction_deg=30)),)
    low, high = (
        b for b in face_blocks(joints, ((5.0, 60.0), (10.0, 60.0)), 180.0, 26.0) if b.possible.failure == "plane"
    )
    assert low.fos is not None and high.fos is not None and low.fos_wet is not None
    assert low.fos.value > high.fos.value > 0
    assert low.fos_wet.value < low.fos.value
    expected = plane_slide(
        PlaneSlide(height=5, face_deg=60, dip_deg=45, cohesion=20, friction_deg=30, unit_weight=26)
    ).fos.value
    assert low.fos.value == pytest.approx(expected)


def test_stereonet_points() -> None:
    assert net_pole(0.0, 0.0) == pytest.approx([0.0, 0.0], abs=1e-12)
    assert net_point(0.0, 90.0) == pytest.approx([1.0, 0.0], abs=1e-12)
    circle = net_circle(30.0, 90.0)
    assert np.hypot(*circle[0]) == pytest.approx(1.0)
    # the steepest line of the plane lies down its dip, 90 deg from the pole
    steepest = net_point(30.0, 90.0)
    assert np.abs(circle - steepest).sum(axis=1).min() < 1e-9
    assert np.hypot(*net_cone(35.0).T) == pytest.approx(math.sqrt(2) * math.sin(math.radians(17.5)))
