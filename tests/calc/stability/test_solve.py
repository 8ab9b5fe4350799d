"""The methods: against each other, against closed forms, and what must hold for any ground."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slopedesign.calc.stability import fast
from slopedesign.calc.stability.circles import SearchSettings
from slopedesign.calc.stability.model import prepare
from slopedesign.calc.stability.rock.plane import PlaneSlide, plane_slide
from slopedesign.calc.stability.search import critical_circle, stated_surface
from slopedesign.calc.stability.section import Crack, PointLoad, Surcharge
from slopedesign.calc.stability.slices import cut
from slopedesign.calc.stability.solution import stated_circle
from slopedesign.calc.stability.solve import INTERSLICE, METHODS, STATED, interslice, rigorous, solve
from slopedesign.calc.stability.strength import HoekBrown, Material, PowerCurve

from .build import GROUND, moved, simple, soil

CIRCLE = (36.0, 50.0, 28.0)
FACE = np.array([[-20.0, 0.0], [0.0, 0.0], [4.0, 20.0], [40.0, 20.0]])
QUICK = SearchSettings(exits=12, entries=12, depths=6, minima=3, zooms=7)


@pytest.mark.parametrize("method", ["janbu", "spencer", "mp"])
@pytest.mark.parametrize("water", [0.0, 3.0])
def test_plane_with_a_crack_is_the_closed_form(method: str, water: float) -> None:
    """Force equilibrium of one plane does not depend on what acts between slices."""
    dip, crack = 40.0, 6.0
    head = (20.0 - crack) / math.tan(math.radians(dip))
    section = simple(
        soil(15.0, 25.0, 26.0), FACE, crack=Crack(depth=crack, water=water), water_weight=10.0, kh=0.05,
        facing="left",
    )  # fmt: skip
    found = stated_surface(section, method, polyline=[[0, 0], [head, 14.0]])  # type: ignore[arg-type]
    closed = plane_slide(
        PlaneSlide(
            height=20.0, face_deg=math.degrees(math.atan2(20, 4)), dip_deg=dip, cohesion=15.0, friction_deg=25.0,
            unit_weight=26.0, crack_depth=crack, water=water, kh=0.05, water_weight=10.0,
        )
    )  # fmt: skip
    # the closed form has water on the plane too; the section has water in the crack alone
    v = closed.crack_water.value
    g, q = closed.weight_value, closed.seismic.value
    t = math.radians(dip)
    resist = (g * math.cos(t) - q * math.sin(t) - v * math.sin(t)) * math.tan(math.radians(25)) + 15.0 * closed.length
    assert found.fos == pytest.approx(resist / closed.driving.value, rel=1e-4)


def test_submerged_slope_is_the_buoyant_one() -> None:
    wet = simple(soil(5.0, 20.0, 20.0), pond=50.0, base=20.0)
    buoyant = simple(soil(5.0, 20.0, 20.0 - 9.81), base=20.0)
    for method, within in (("bishop", 1e-4), ("spencer", 5e-3), ("mp", 5e-3)):
        # the rigorous methods incline the total thrust between slices, water included: they agree less exactly
        a, b = (stated_surface(s, method, circle=CIRCLE, slices=400).fos for s in (wet, buoyant))  # type: ignore[arg-type]
        assert a == pytest.approx(b, rel=within), method


@pytest.mark.parametrize("method", METHODS)
def test_facing_right_is_facing_left(method: str) -> None:
    section = simple(soil(5.0, 22.0), piezo=[[0, 25], [45, 28], [90, 31]], kh=0.05,
                     surcharges=(Surcharge(x_from=52, x_to=60, from_kpa=10, to_kpa=20),))  # fmt: skip
    other = section.mirrored()
    a = stated_surface(section, method, circle=CIRCLE)  # type: ignore[arg-type]
    b = stated_surface(other, method, circle=(-CIRCLE[0], *CIRCLE[1:]))  # type: ignore[arg-type]
    assert a.fos == pytest.approx(b.fos, rel=1e-12)
    assert b.points[:, 0] == pytest.approx(-a.points[::-1, 0])


@pytest.mark.parametrize("function", INTERSLICE)
def test_forces_and_moments_close(function: str) -> None:
    section = simple(piezo=[[0, 25], [45, 28], [90, 31]], kh=0.1, crack=Crack(depth=2.0, water=1.5))
    found = stated_surface(section, "mp", circle=CIRCLE, function=function)  # type: ignore[arg-type]
    assert found.solved
    assert found.force_gap < 1e-9
    assert found.moment_gap < 1e-9
    level = section.crack.water / 3 if section.crack else 0
    last = found.slices
    assert last.thrust_right[-1] == pytest.approx(0.5 * 9.81 * 1.5**2, rel=1e-6)
    assert last.thrust_level[-1] == pytest.approx(last.base_right[-1] + level, abs=0.02)


def test_no_shear_between_slices_at_a_wet_crack_face() -> None:
    edge = np.array([[0.0, 1.0, 2.0, 2.0]])
    assert interslice("constant", edge, wet_head=True).tolist() == [[1.0, 1.0, 0.0, 0.0]]
    assert interslice("constant", edge).tolist() == [[1.0, 1.0, 1.0, 1.0]]


def test_compiled_and_plain_agree() -> None:
    pytest.importorskip("numba")
    model = prepare(simple(piezo=[[0, 25], [45, 28], [90, 31]], kh=0.05))
    s = cut(model, stated_circle(model, *CIRCLE), 60)
    a, b = (rigorous(s, "half_sine", limits=STATED, numba=n) for n in (True, False))
    assert a.fos == pytest.approx(b.fos, rel=1e-10)
    assert a.scale == pytest.approx(b.scale, rel=1e-7)


def test_numba_is_not_imported_with_the_program() -> None:
    import subprocess
    import sys

    code = "import sys, slopedesign.calc.stability.sections as s; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_works_without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "has_numba", lambda: False)
    found = critical_circle(simple(), "spencer", QUICK)
    assert found.fos == pytest.approx(0.984, rel=3e-3)


def test_power_curve_with_exponent_one_is_mohr_coulomb() -> None:
    law = PowerCurve(a=math.tan(math.radians(25)), b=1.0, c=6.0)
    a = stated_surface(simple(Material(name="p", unit_weight=19, strength=law)), "bishop", circle=CIRCLE)
    b = stated_surface(simple(soil(6.0, 25.0, 19.0)), "bishop", circle=CIRCLE)
    assert a.fos == pytest.approx(b.fos, rel=1e-6)


def test_hoek_brown_constants_are_the_published_ones() -> None:
    """Hoek, Carranza-Torres & Corkum 2002, worked example: GSI 45, m_i 10, D 0."""
    rock = HoekBrown(intact_strength=50e3, gsi=45, m_i=10)
    assert rock.m_b == pytest.approx(10 * math.exp((45 - 100) / 28), rel=1e-12)
    assert rock.s == pytest.approx(math.exp((45 - 100) / 9), rel=1e-12)
    assert rock.a == pytest.approx(0.508, abs=5e-4)


def test_hoek_brown_tangent_touches_the_envelope() -> None:
    rock = HoekBrown(intact_strength=30e3, gsi=40, m_i=12, disturbance=0.7)
    normal, shear, _ = rock._curve
    for i in np.flatnonzero(normal > 10.0)[[5, 200, -300]]:
        c, t = rock.tangent(np.array([normal[i]]))
        assert c[0] + normal[i] * t[0] == pytest.approx(shear[i], rel=1e-6)
        rise = (shear[i + 1] - shear[i - 1]) / (normal[i + 1] - normal[i - 1])
        assert t[0] == pytest.approx(rise, rel=1e-3)
    # a rock mass whose principal stresses lie on the criterion touches Mohr's circle
    minor = 500.0
    major = minor + 30e3 * (rock.m_b * minor / 30e3 + rock.s) ** rock.a
    centre, radius = 0.5 * (major + minor), 0.5 * (major - minor)
    gap = [math.hypot(n - centre, s) - radius for n, s in zip(normal, shear, strict=True)]
    assert min(gap) == pytest.approx(0.0, abs=0.5)


def test_hoek_brown_slope_is_stiffer_than_its_tangent_at_zero() -> None:
    law = HoekBrown(intact_strength=2e3, gsi=25, m_i=8, disturbance=1.0)
    section = simple(Material(name="rock", unit_weight=24, strength=law), FACE)
    found = critical_circle(section, "bishop", QUICK)
    assert found.critical is not None and found.critical.solved
    s = found.critical.slices
    c, t = law.tangent(np.maximum(s.normal / s.length, 0.0))
    assert s.cohesion == pytest.approx(c, rel=2e-3, abs=0.05)
    assert np.tan(np.radians(s.friction_deg)) == pytest.approx(t, rel=2e-3)


def test_line_load_is_one_force() -> None:
    plain = stated_surface(simple(), "bishop", circle=CIRCLE)
    pressed = stated_surface(simple(loads=(PointLoad(x=51.3, down=40.0),)), "bishop", circle=CIRCLE)
    assert (pressed.slices.vertical - plain.slices.vertical).sum() == pytest.approx(40.0)
    assert pressed.fos < plain.fos
    held = stated_surface(simple(loads=(PointLoad(x=31.0, inward=40.0),)), "bishop", circle=CIRCLE)
    assert held.fos > plain.fos


def test_a_surface_that_does_not_converge_has_no_factor() -> None:
    model = prepare(simple())
    s = cut(model, stated_circle(model, *CIRCLE), 30)
    found, _ = solve(model, replace(s, drive=-s.drive), "bishop")
    assert not found.solved.any()
    assert np.isnan(found.fos).all()
    one = rigorous(s, "constant", most=1)
    assert np.isnan(one.fos).all()


# what must hold for any ground -------------------------------------------------------------------------------------

cohesions = st.floats(1.0, 60.0)
frictions = st.floats(5.0, 40.0)
FEW = settings(max_examples=12, deadline=None, derandomize=True)


def lowest(c: float, phi: float, gamma: float = 20.0, **more: object) -> float:
    found = critical_circle(simple(soil(c, phi, gamma), **more), "bishop", QUICK).fos  # type: ignore[arg-type]
    assert found is not None
    return found


@FEW
@given(c=cohesions, phi=frictions, more_c=st.floats(0.0, 20.0), more_phi=st.floats(0.0, 5.0))
def test_factor_never_falls_when_strength_rises(c: float, phi: float, more_c: float, more_phi: float) -> None:
    for method in METHODS:
        a = stated_surface(simple(soil(c, phi)), method, circle=CIRCLE).fos
        b = stated_surface(simple(soil(c + more_c, phi + more_phi)), method, circle=CIRCLE).fos
        # the correction of Janbu has three steps: nothing but cohesion, nothing but friction, both
        assert b >= a * (1 - 1e-6), method
    assert lowest(c + more_c, phi + more_phi) >= lowest(c, phi) * (1 - 2e-3)


@FEW
@given(c=cohesions, phi=frictions, scale=st.floats(0.3, 3.0))
def test_factor_is_unchanged_when_weight_and_cohesion_scale_together(c: float, phi: float, scale: float) -> None:
    assert lowest(c * scale, phi, 20.0 * scale) == pytest.approx(lowest(c, phi), rel=1e-5)


@FEW
@given(c=cohesions, phi=frictions, dx=st.floats(-5e3, 5e3), dy=st.floats(-1e3, 3e3))
def test_factor_is_unchanged_by_translation(c: float, phi: float, dx: float, dy: float) -> None:
    section = simple(soil(c, phi), piezo=[[0, 24], [50, 27], [90, 30]])
    here = critical_circle(section, "bishop", QUICK).fos
    there = critical_circle(moved(section, dx, dy), "bishop", QUICK).fos
    assert there == pytest.approx(here, rel=2e-4)


@FEW
@given(c=cohesions, phi=frictions)
def test_factor_is_mirror_symmetric(c: float, phi: float) -> None:
    section = simple(soil(c, phi), piezo=[[0, 24], [50, 27], [90, 30]], kh=0.03)
    a, b = (critical_circle(s, "bishop", QUICK).fos for s in (section, section.mirrored()))
    assert a == pytest.approx(b, rel=1e-9)


@FEW
@given(c=cohesions, phi=frictions, kh=st.floats(0.01, 0.25))
def test_earthquake_lowers_the_factor(c: float, phi: float, kh: float) -> None:
    for method in METHODS:
        still = stated_surface(simple(soil(c, phi)), method, circle=CIRCLE)
        shaken = stated_surface(simple(soil(c, phi), kh=kh), method, circle=CIRCLE)
        if still.solved and shaken.solved:
            assert shaken.fos < still.fos, method


def test_ground_is_the_published_one() -> None:
    assert np.array_equal(simple().ground_line, GROUND)
