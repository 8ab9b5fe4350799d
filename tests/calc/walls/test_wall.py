"""Walls of every type in every situation: equilibrium by hand, code families, bad input."""

import math

import pytest

from slopedesign.calc.walls.body import wall_body
from slopedesign.calc.walls.layout import polygon_area
from slopedesign.calc.walls.situations import WallLoads, active, required
from slopedesign.calc.walls.stability import Thrust, Weight, base_stability
from slopedesign.calc.walls.wall import WallResult, check_wall
from slopedesign.errors import InputError
from slopedesign.project.walls import (
    Backfill,
    BackStep,
    BarSet,
    BlockedSituation,
    EarthquakeSituation,
    RockFaceInput,
    Situation,
    Situations,
    WallBase,
    WallDesign,
    WallShape,
)
from slopedesign.standards.check import Verdict
from slopedesign.standards.trace import given, measured

CLAY = WallBase(name="clay", kind="soil", friction=0.4, bearing=200, friction_angle_deg=25, cohesion=5)
SPOIL = Backfill(name="spoil", planting_soil=False, friction_angle_deg=32, unit_weight=19,
                 saturated_unit_weight=20.5, wall_friction=0.5)  # fmt: skip
PLAIN = ((0.0, 0.0), (1.0, 0.0))


def loads(base: WallBase = CLAY, fill: Backfill = SPOIL, **more: object) -> WallLoads:
    return WallLoads(
        backfill=fill, backfill_field="walls.backfills[0]", base=base, base_field="walls.bases[0]",
        surcharge=given(5, "kN/m2", "walls.surcharge"), use="dump", field="walls.toe_walls[0]", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def checked(shape: WallShape, design: WallDesign | None = None, **more: object) -> WallResult:
    ground = more.pop("ground", PLAIN)
    return check_wall(design or WallDesign(), shape, loads(**more), ground=ground)  # type: ignore[arg-type]


def sliding(result: WallResult, name: str = "normal") -> float:
    situation = result.situation(name)
    assert situation is not None
    assert situation.stability.sliding is not None
    return situation.stability.sliding.value


def test_gravity_wall_by_hand() -> None:
    """Upright back, battered face: Coulomb with K_q, triangle and rectangle, moments about the toe."""
    shape = WallShape(height=3.0, top_width=0.8, face_batter=0.2, embedment=0.5)
    situation = checked(shape).situation("normal")
    assert situation is not None
    phi, delta, gamma, h, q = math.radians(32), math.radians(16), 19.0, 3.0, 5.0
    k_a = math.cos(phi) ** 2 / (
        math.cos(delta) * (1 + math.sqrt(math.sin(phi + delta) * math.sin(phi) / math.cos(delta))) ** 2
    )
    soil, load = 0.5 * gamma * h**2 * k_a, q * h * k_a
    b = 1.4
    weight = 22 * (0.8 + b) / 2 * h
    arm = (0.5 * 0.6 * h * 0.4 + 0.8 * h * 1.0) / ((0.8 + b) / 2 * h)
    level, down = (soil + load) * math.cos(delta), (soil + load) * math.sin(delta)
    over = (soil * h / 3 + load * h / 2) * math.cos(delta)
    found = situation.stability
    assert found.weight.value == pytest.approx(weight)
    assert found.horizontal.value == pytest.approx(level)
    assert found.sliding is not None
    assert found.sliding.value == pytest.approx((weight + down) * 0.4 / level)
    assert found.overturning is not None
    assert found.overturning.value == pytest.approx((weight * arm + down * b) / over)
    e = b / 2 - (weight * arm + down * b - over) / (weight + down)
    assert found.pressure is not None
    assert found.pressure.eccentricity.value == pytest.approx(e)


def test_base_pressure_beyond_the_middle_third() -> None:
    def wall(lever: float) -> object:
        weight = Weight(name="wall", force=measured(100, "kN/m", "t"), x=measured(lever, "m", "t"))
        push = Thrust(name="soil", horizontal=measured(10, "kN/m", "t"), vertical=measured(0, "kN/m", "t"),
                      x=measured(2, "m", "t"), z=measured(1, "m", "t"))  # fmt: skip
        return base_stability(weights=[weight], thrusts=[push], base_width=2.0, friction=0.5).pressure

    edge = wall(0.4)  # resultant 0.3 m from the toe
    assert edge.at_toe == pytest.approx(2 * 100 / (3 * 0.3))
    assert edge.at_heel == 0
    assert edge.pressed == pytest.approx(0.9)
    back = wall(1.85)  # resultant 0.25 m from the heel
    assert back.at_heel == pytest.approx(2 * 100 / (3 * 0.25))
    middle = wall(1.1)
    assert middle.at_toe == pytest.approx(50) == middle.at_heel
    assert wall(0.05).maximum is None


def test_resultant_outside_the_base_fails_and_is_not_passed_over() -> None:
    result = checked(WallShape(height=4.0, top_width=0.5))
    by_id = {c.id: c for c in result.checks if c.situation == "walls.situation.blocked"}
    assert by_id["wall.eccentricity"].verdict is Verdict.FAIL
    assert by_id["wall.pressure_max"].verdict is Verdict.FAIL


@pytest.mark.parametrize(
    "shape",
    [
        WallShape(height=3.0, top_width=1.2, back_batter=0.25),
        WallShape(height=3.0, top_width=1.2, face_batter=0.25, back_batter=-0.25, base_slope=0.1),
        WallShape(height=3.0, top_width=1.0,
                  back_steps=(BackStep(level=1.0, width=0.4), BackStep(level=2.0, width=0.3))),
        WallShape(height=3.0, top_width=1.2, toe_step_width=0.3, toe_step_height=0.5, material="C25"),
        WallShape(height=3.0, top_width=1.5, key_depth=0.4, key_width=0.4, key_distance=0.3,
                  material="rubble_concrete"),
        WallShape(kind="gabion", material="gabion", height=3.0, top_width=1.0,
                  back_steps=(BackStep(level=1.0, width=1.0),)),
        WallShape(kind="semi_gravity", material="C25", height=3.0, top_width=0.4, face_batter=0.3, stem_bars=BarSet()),
        WallShape(kind="cantilever", material="C25", height=4.0, top_width=0.3, slab=0.4, toe=0.6, heel=2.2,
                  stem_bars=BarSet(diameter_mm=16, spacing_mm=150), toe_bars=BarSet(),
                  heel_bars=BarSet(diameter_mm=16)),
    ],
    ids=["leaning", "leaning_in", "stepped", "toe_step", "key", "gabion", "semi_gravity", "cantilever"],
)  # fmt: skip
def test_every_type_is_checked_in_every_situation(shape: WallShape) -> None:
    design = WallDesign(situations=Situations(earthquake=EarthquakeSituation(acceleration=0.2)))
    raised = ((0.0, 0.0), (3.0, 1.2), (8.0, 1.2))
    result = checked(shape, design, raised_ground=raised, ground=((0.0, 0.0), (3.0, 0.6), (8.0, 0.6)))
    names = [s.name for s in result.situations]
    assert names == ["normal", "rainstorm", "blocked", "earthquake", "construction", "raised"]
    for s in result.situations:
        judged = next(c for c in s.checks if c.id == "wall.sliding")
        assert judged.ratio or (s.name == "construction" and judged.verdict is Verdict.NOT_APPLICABLE)
        wedge = s.forces.pressure.wedge
        assert wedge is not None
        assert wedge.thrust > 0
        thrust = sum(p.thrust.value for p in s.forces.pressure.parts if p.name != "water")
        assert thrust == pytest.approx(wedge.thrust, rel=2e-3)
    assert sliding(result, "rainstorm") <= sliding(result, "normal") + 1e-9
    assert sliding(result, "blocked") < sliding(result, "normal")
    assert sliding(result, "earthquake") < sliding(result, "normal")
    assert sliding(result, "raised") < sliding(result, "normal")
    assert polygon_area(result.body.outline) > 0


def test_closed_form_and_search_part_by_part() -> None:
    """A hair of slope change makes the search do what the clause does."""
    shape = WallShape(height=3.0, top_width=1.0, back_batter=0.2)
    design = WallDesign(situations=Situations(earthquake=EarthquakeSituation(acceleration=0.2)))
    clause = checked(shape, design)
    search = checked(shape, design, ground=((0.0, 0.0), (50.0, 0.0), (60.0, 1e-6)))
    for one, other in zip(clause.situations, search.situations, strict=True):
        for a, b in zip(one.forces.pressure.parts, other.forces.pressure.parts, strict=True):
            assert b.thrust.value == pytest.approx(a.thrust.value, rel=2e-4)
            assert b.arm.value == pytest.approx(a.arm.value, rel=2e-3)
        for s, t in zip(one.sections, other.sections, strict=True):
            assert t.forces.eccentricity.value == pytest.approx(s.forces.eccentricity.value, abs=2e-3)
            assert t.forces.shear.value == pytest.approx(s.forces.shear.value, rel=2e-3, abs=1e-3)


def test_cohesion_opens_a_crack_and_lowers_the_thrust() -> None:
    stiff = SPOIL.model_copy(update={"cohesion": 8.0})
    result = checked(WallShape(height=4.0, top_width=1.5), fill=stiff)
    pressure = result.situations[0].forces.pressure
    bare = checked(WallShape(height=4.0, top_width=1.5)).situations[0].forces.pressure
    assert 0 < pressure.crack_depth < 2
    assert sum(p.thrust.value for p in pressure.parts) < sum(p.thrust.value for p in bare.parts)
    assert any(r.text.key == "walls.remark.crack" for r in result.remarks)


def test_flat_back_flags_the_second_slip_plane() -> None:
    flat = checked(WallShape(height=3.0, top_width=0.5, back_batter=0.9))
    assert any(r.text.key == "walls.remark.second_plane" for r in flat.remarks)
    steep = checked(WallShape(height=3.0, top_width=0.5, back_batter=0.25))
    assert not any(r.text.key == "walls.remark.second_plane" for r in steep.remarks)


def test_rock_behind_the_fill_changes_the_thrust() -> None:
    shape = WallShape(height=3.0, top_width=1.0)
    near = checked(shape, rock=RockFaceInput(distance=0.0, angle_deg=70))
    far = checked(shape, rock=RockFaceInput(distance=20.0, angle_deg=70))
    free = checked(shape)
    assert near.situations[0].forces.pressure.wedge.on_rock
    assert sliding(far) == pytest.approx(sliding(free), rel=1e-6)
    assert sliding(near) != pytest.approx(sliding(free), rel=1e-2)


def test_code_families_bring_their_own_limits() -> None:
    gb, sl, jtg = (required(WallDesign(code=code), CLAY, "normal") for code in ("GB50330", "SL379", "JTG_D30"))
    assert (gb.sliding.value, gb.overturning.value) == (1.3, 1.6)
    assert (sl.sliding.value, sl.overturning.value) == (1.2, 1.4)
    assert sl.stress_ratio is not None
    assert (jtg.sliding.value, jtg.overturning.value) == (1.3, 1.5)
    assert jtg.eccentricity.value == pytest.approx(1 / 6, abs=1e-4)
    assert required(WallDesign(), CLAY, "earthquake").sliding.value == 1.1
    stress = checked(WallShape(height=2.0, top_width=1.0), WallDesign(code="SL379"))
    assert any(check.id == "wall.stress_ratio" for check in stress.checks)


def test_stated_limits_replace_the_code_s() -> None:
    own = WallDesign(situations=Situations(normal=Situation(limits={"sliding": 9.0})))
    result = checked(WallShape(height=2.0, top_width=1.5), own)
    check = next(c for c in result.checks if c.id == "wall.sliding" and c.situation == "walls.situation.normal")
    assert check.verdict is Verdict.FAIL
    assert not check.required.unverified


def test_small_earthquakes_are_left_out_and_situations_can_be_switched_off() -> None:
    assert "earthquake" not in active(WallDesign(), loads())
    off = Situations(blocked=BlockedSituation(on=False))
    assert "blocked" not in active(WallDesign(situations=off), loads())


def test_lower_water_is_safer() -> None:
    def at(share: float) -> float:
        design = WallDesign(situations=Situations(blocked=BlockedSituation(water_share=share)))
        return sliding(checked(WallShape(height=2.0, top_width=1.0), design), "blocked")

    found = [at(s) for s in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert found == sorted(found, reverse=True)


ROCK = WallBase(name="rock", kind="hard_rock", friction=0.6, bearing=800)
GOOD = {"height": 2.0, "top_width": 0.8}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"embedment": 2.0}, "shape.height"),
        ({"back_batter": -0.6}, "shape.top_width"),
        ({"base_slope": 0.15}, "shape.base_slope"),
        ({"key_depth": 0.3}, "shape.key_width"),
        ({"key_depth": 0.3, "key_width": 0.3, "key_distance": 0.7}, "shape.key_distance"),
        ({"toe_step_width": 0.3}, "shape.toe_step_height"),
        ({"freeboard": 2.0}, "shape.freeboard"),
        ({"stone_grade": 25}, "stone_grade"),
        ({"kind": "cantilever", "material": "C25"}, "shape.slab"),
        ({"back_steps": (BackStep(level=2.5, width=0.2),)}, "shape.back_steps[0].level"),
    ],
)
def test_bad_geometry_is_refused_by_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as caught:
        checked(WallShape(**(GOOD | change)))  # type: ignore[arg-type]
    assert caught.value.field.removeprefix("walls.toe_walls[0].") == field
    assert "walls." not in caught.value.describe("zh_CN").split("：", 1)[1]


def test_steeper_bases_are_allowed_on_rock() -> None:
    wall_body(WallShape(**GOOD, base_slope=0.2), "hard_rock")
    with pytest.raises(InputError):
        wall_body(WallShape(**GOOD, base_slope=0.25), "hard_rock")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ground": ((0.0, 0.0), (1.0, 0.8))}, "walls.toe_walls[0].friction_angle_deg"),
        ({"fill": SPOIL.model_copy(update={"cohesion": 90.0})}, "walls.toe_walls[0].cohesion"),
    ],
)
def test_unusable_fill_is_refused(more: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as caught:
        checked(WallShape(height=2.0, top_width=1.0), **more)
    assert caught.value.field == field


def test_a_least_fluid_weight_answers_too_much_cohesion() -> None:
    fill = SPOIL.model_copy(update={"cohesion": 90.0, "min_fluid_weight": 3.0})
    pressure = checked(WallShape(height=2.0, top_width=1.0), fill=fill).situations[0].forces.pressure
    assert pressure.parts[0].thrust.value == pytest.approx(0.5 * 3.0 * 4.0)


def test_water_above_the_ground_is_refused() -> None:
    design = WallDesign(situations=Situations(blocked=BlockedSituation(water_level=2.5)))
    with pytest.raises(InputError) as caught:
        checked(WallShape(height=2.0, top_width=1.0), design)
    assert caught.value.field == "walls.situations.blocked.water_level"


def test_an_acceleration_outside_the_table_is_refused() -> None:
    design = WallDesign(situations=Situations(earthquake=EarthquakeSituation(acceleration=0.12)))
    with pytest.raises(InputError) as caught:
        checked(WallShape(height=2.0, top_width=1.0), design)
    assert "0.15" in caught.value.describe("en")


def test_edge_of_an_outward_dipping_bench() -> None:
    dipping = ROCK.model_copy(update={"outward_dip_deg": 35.0})
    missing = next(c for c in checked(WallShape(**GOOD), base=dipping, edge_distance=given(0.5, "m", "e")).checks
                   if c.id == "wall.edge_wedge")  # fmt: skip
    assert missing.verdict is Verdict.NOT_JUDGED
    known = dipping.model_copy(update={"joint_friction_deg": 30.0})
    judged = next(c for c in checked(WallShape(**GOOD), base=known, edge_distance=given(0.5, "m", "e")).checks
                  if c.id == "wall.edge_wedge")  # fmt: skip
    assert judged.verdict is Verdict.FAIL
    assert judged.capacity == pytest.approx(math.tan(math.radians(30)) / math.tan(math.radians(35)))


def test_overall_stability_of_soil_waits_for_the_stability_sections() -> None:
    check = next(c for c in checked(WallShape(**GOOD)).checks if c.id == "wall.global")
    assert check.verdict is Verdict.NOT_JUDGED
    assert check.missing == ("stability.sections",)
