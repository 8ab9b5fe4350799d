"""The wedge search against closed forms, against itself scaled, and its monotony."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from slopedesign.calc.walls.closed_forms import coulomb, limited_fill
from slopedesign.calc.walls.wedge import RockFace, WedgeProblem, critical_wedge, thrust_profile
from slopedesign.errors import InputError
from slopedesign.standards import gb50330_2013_walls as gb50330


def plane(beta: float) -> tuple[tuple[float, float], ...]:
    return (0.0, 0.0), (1.0, math.tan(math.radians(beta)))


angles = st.fixed_dictionaries(
    {
        "back": st.floats(60, 105), "phi": st.floats(15, 45), "share": st.floats(0, 0.95), "wall": st.floats(0, 0.9),
        "height": st.floats(0.5, 12), "gamma": st.floats(14, 24), "q": st.floats(0, 40), "eta": st.floats(0, 0.08),
        "rho": st.sampled_from([0.0, 0.0, 1.5, 3.0, 6.0]),
    }
)  # fmt: skip


@settings(max_examples=1000)
@given(angles)
def test_search_finds_the_clause_s_thrust(a: dict[str, float]) -> None:
    beta = a["share"] * max(a["phi"] - a["rho"] - 2, 0)
    delta = a["wall"] * a["phi"]
    assume(a["back"] + beta < 150)
    cohesion = a["eta"] * a["gamma"] * a["height"] / 2
    try:
        clause = coulomb(
            height=a["height"], unit_weight=a["gamma"], back_deg=a["back"], beta_deg=beta, friction_deg=a["phi"],
            wall_friction_deg=delta, surcharge=a["q"], cohesion=cohesion, rho_deg=a["rho"],
        )  # fmt: skip
    except InputError:
        assume(False)
    assume(clause.coefficient.value > 0.02)
    found = critical_wedge(
        WedgeProblem(
            height=a["height"], back_deg=a["back"], ground=plane(beta), unit_weight=a["gamma"], friction_deg=a["phi"],
            cohesion=cohesion, wall_friction_deg=delta, uniform=a["q"], rho_deg=a["rho"],
        )
    )  # fmt: skip
    assert found.thrust == pytest.approx(clause.thrust.value, rel=1e-4)


@pytest.mark.parametrize("rho", [1.5, 5.0, 11.3])
@pytest.mark.parametrize("back", [75.0, 90.0, 98.0])
@pytest.mark.parametrize("beta", [0.0, 8.0])
def test_rotation_is_mononobe_okabe(rho: float, back: float, beta: float) -> None:
    """K_AE as Mononobe and Okabe write it, with the back's batter from the vertical."""
    phi, delta = 33.0, 14.0
    f, d, b, t, r = (math.radians(x) for x in (phi, delta, beta, 90 - back, rho))
    root = math.sqrt(math.sin(f + d) * math.sin(f - b - r) / (math.cos(d + t + r) * math.cos(b - t)))
    k_ae = math.cos(f - t - r) ** 2 / (math.cos(r) * math.cos(t) ** 2 * math.cos(d + t + r) * (1 + root) ** 2)
    ours = gb50330.SEISMIC.number(alpha=back, beta=beta, phi=phi, delta=delta, rho=rho, K_q=1.0, eta=0.0)
    assert ours == pytest.approx(k_ae, rel=1e-9)


def free_body(back: float, delta: float, theta: float, delta_r: float, height: float, gamma: float) -> float:
    """A wedge between back and rock solved by its two equations of equilibrium, level ground, no cohesion."""
    width = height * (1 / math.tan(math.radians(theta)) + 1 / math.tan(math.radians(back)))
    weight = 0.5 * gamma * height * width
    e, r = math.radians(back - delta), math.radians(theta - delta_r)
    # level: E sin(e) = R sin(r); upright: E cos(e) + R cos(r) = W
    return weight * math.sin(r) / (math.cos(e) * math.sin(r) + math.sin(e) * math.cos(r))


@pytest.mark.parametrize(("back", "theta"), [(90.0, 70.0), (80.0, 62.0), (96.0, 75.0)])
def test_limited_fill_is_the_free_body(back: float, theta: float) -> None:
    clause = limited_fill(
        height=3.0, unit_weight=18.0, back_deg=back, beta_deg=0.0, wall_friction_deg=9.0, rock_deg=theta,
        rock_friction_deg=10.0,
    )  # fmt: skip
    assert clause.thrust.value == pytest.approx(free_body(back, 9.0, theta, 10.0, 3.0, 18.0), rel=1e-12)
    found = critical_wedge(
        WedgeProblem(
            height=3.0, back_deg=back, unit_weight=18.0, friction_deg=25.0, wall_friction_deg=9.0,
            rock=RockFace(distance=0.0, angle_deg=theta, friction_deg=10.0),
        )
    )  # fmt: skip
    assert found.on_rock
    assert found.thrust == pytest.approx(clause.thrust.value, rel=1e-9)


def rock_case(distance: float, **more: float) -> float:
    problem = WedgeProblem(
        height=2.0, back_deg=90.0, unit_weight=18.0, friction_deg=25.0, wall_friction_deg=8.33,
        rock=RockFace(distance=distance, angle_deg=70.0, friction_deg=8.25), **more,
    )  # fmt: skip
    return critical_wedge(problem).thrust


@pytest.mark.parametrize("water", [0.0, 1.0])
def test_a_rock_face_far_away_does_not_matter_and_nearing_changes_without_a_jump(water: float) -> None:
    more = {"water": water, "buoyant_weight": 8.0}
    free = critical_wedge(
        WedgeProblem(height=2.0, back_deg=90.0, unit_weight=18.0, friction_deg=25.0, wall_friction_deg=8.33, **more)
    ).thrust
    found = [rock_case(d, **more) for d in (0.0, 0.001, 0.05, 0.2, 0.5, 1.0, 1.5, 4.0)]
    assert found[0] == pytest.approx(found[1], rel=2e-3)
    assert found[-1] == pytest.approx(free, rel=1e-6)
    assert found == sorted(found, reverse=True)


base = {"height": 4.0, "back_deg": 82.0, "unit_weight": 19.0, "friction_deg": 34.0, "wall_friction_deg": 11.0}
broken = ((0.0, 0.0), (1.5, 0.9), (4.0, 0.9), (7.0, 2.0), (9.0, 2.0))


@given(st.floats(0.2, 5))
def test_cohesionless_thrust_grows_with_the_square_of_the_size(scale: float) -> None:
    one = critical_wedge(WedgeProblem(**base, ground=broken)).thrust
    larger = WedgeProblem(**(base | {"height": 4.0 * scale}), ground=tuple((x * scale, z * scale) for x, z in broken))
    assert critical_wedge(larger).thrust == pytest.approx(one * scale**2, rel=1e-4)


@given(st.lists(st.floats(0, 28), min_size=2, max_size=2), st.lists(st.floats(0, 50), min_size=2, max_size=2))
def test_thrust_never_falls_with_slope_or_load(slopes: list[float], loads: list[float]) -> None:
    low, high = (
        critical_wedge(WedgeProblem(**base, ground=plane(b), uniform=q)).thrust
        for b, q in zip(sorted(slopes), sorted(loads), strict=True)
    )
    assert high >= low * (1 - 1e-6)


@given(st.lists(st.floats(0, 4), min_size=2, max_size=2))
def test_soil_and_water_together_never_fall_with_the_water(levels: list[float]) -> None:
    def level_thrust(h: float) -> float:
        soil = critical_wedge(WedgeProblem(**base, ground=plane(5), buoyant_weight=10.0, water=h)).thrust
        return soil * math.sin(math.radians(base["back_deg"] - base["wall_friction_deg"])) + 5.0 * h**2

    low, high = (level_thrust(h) for h in sorted(levels))
    assert high >= low - 1e-6


def test_strip_and_line_loads_act_where_they_lie() -> None:
    bare = critical_wedge(WedgeProblem(**base)).thrust
    everywhere = critical_wedge(WedgeProblem(**base, uniform=10.0)).thrust
    strip = critical_wedge(WedgeProblem(**base, strips=((0.0, 100.0, 10.0),))).thrust
    assert strip == pytest.approx(everywhere, rel=1e-9)
    far = critical_wedge(WedgeProblem(**base, strips=((50.0, 60.0, 10.0),), lines=((40.0, 100.0),))).thrust
    assert far == pytest.approx(bare, rel=1e-6)
    near = critical_wedge(WedgeProblem(**base, lines=((1.0, 30.0),))).thrust
    assert bare < near < bare + 30.0


def test_profile_has_the_levers_of_triangle_and_rectangle() -> None:
    depth, soil = thrust_profile(WedgeProblem(**base, ground=plane(10)))
    _, loaded = thrust_profile(WedgeProblem(**base, ground=plane(10), uniform=15.0))
    step = depth[1]
    lever = step / 3 * (soil[0] + 4 * soil[1::2].sum() + 2 * soil[2:-1:2].sum() + soil[-1]) / soil[-1]
    assert lever == pytest.approx(4.0 / 3, rel=1e-4)
    extra = loaded - soil
    lever = step / 3 * (extra[0] + 4 * extra[1::2].sum() + 2 * extra[2:-1:2].sum() + extra[-1]) / extra[-1]
    assert lever == pytest.approx(2.0, rel=1e-3)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ground": ((0.0, 0.0), (1.0, 1.0)), "friction_deg": 30.0}, "wedge.friction_angle_deg"),
        ({"ground": ((0.0, 0.0), (2.0, 0.0), (1.0, 0.5))}, "wedge.ground"),
        ({"ground": ((0.5, 0.0), (2.0, 0.0))}, "wedge.ground"),
        ({"water": 4.2}, "wedge.water"),
        ({"rho_deg": 6.0, "ground": plane(29.0)}, "wedge.friction_angle_deg"),
    ],
)
def test_what_no_wedge_can_answer_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as caught:
        critical_wedge(WedgeProblem(**(base | change)))  # type: ignore[arg-type]
    assert caught.value.field == field
