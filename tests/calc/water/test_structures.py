"""Culverts, chutes, stilling basins, drops, aprons, weirs, runoff and irrigation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from slopedesign.calc.water import channel, chute, culvert, irrigation, runoff, weir
from slopedesign.calc.water.section import Circle, rectangle
from slopedesign.errors import InputError, NoSolution, OutOfRange
from slopedesign.project.irrigation import Irrigation, Pipe
from slopedesign.standards.water_tables import table

PIPE = culvert.Culvert(Circle(1.0), 20.0, 0.01, 0.013, "circular_concrete_square_edge_headwall")
BOX = culvert.Culvert(rectangle(2.0, 1.5), 30.0, 0.01, 0.013, "box_headwall_chamfer")


@pytest.mark.parametrize("barrel", [PIPE, BOX], ids=["pipe", "box"])
def test_headwater_rises_with_flow(barrel: culvert.Culvert) -> None:
    heads = [culvert.rate(barrel, q).headwater.value for q in np.linspace(0.1, 6, 60)]
    assert all(b > a for a, b in zip(heads, heads[1:], strict=False))


def test_tailwater_raises_the_headwater_and_moves_the_control() -> None:
    low, high = culvert.rate(PIPE, 1.2), culvert.rate(PIPE, 1.2, tailwater=1.8)
    assert low.control == "inlet"
    assert high.control == "outlet"
    assert high.headwater.value > low.headwater.value


def test_capacity_inverts_the_rating() -> None:
    q = culvert.capacity_at(PIPE, 1.4)
    assert culvert.rate(PIPE, q).headwater.value == pytest.approx(1.4, rel=1e-6)


def test_two_barrels_carry_twice_as_much() -> None:
    two = culvert.Culvert(Circle(1.0), 20.0, 0.01, 0.013, PIPE.inlet, barrels=2)
    assert culvert.rate(two, 2.0).headwater.value == pytest.approx(culvert.rate(PIPE, 1.0).headwater.value)


def test_unknown_inlet_is_refused() -> None:
    with pytest.raises(InputError, match="no such row"):
        culvert.Culvert(Circle(1.0), 20.0, 0.01, 0.013, "wishful")


def test_every_inlet_of_the_table_has_an_entrance_loss() -> None:
    assert table("culverts", "inlet").rows.keys() == table("culverts", "entrance_loss").rows.keys()


def test_inlet_rating_is_continuous_where_its_forms_meet() -> None:
    full = BOX.section.area(1.5)
    for x in (3.5, 4.0):
        q = x * full * math.sqrt(1.5) / 1.811
        below, above = (culvert.inlet_headwater(BOX, q * (1 + e)).value for e in (-1e-6, 1e-6))
        assert above == pytest.approx(below, rel=1e-4)


@for_all(st.floats(0.1, 6), st.floats(1.5, 12), st.floats(0.2, 2))
def test_basin_holds_its_jump(q: float, energy: float, tail: float) -> None:
    try:
        basin = chute.stilling_basin(q, energy, tail, phi=0.95)
    except NoSolution:
        return
    hc = basin.contracted
    assert hc + q**2 / (2 * channel.G * 0.95**2 * hc**2) == pytest.approx(energy, rel=1e-8)
    assert basin.sequent.value >= (q**2 / channel.G) ** (1 / 3) * 0.999
    if basin.needed:
        assert tail + basin.depth.value == pytest.approx(1.05 * basin.sequent.value)


def test_energy_below_critical_has_no_contracted_depth() -> None:
    with pytest.raises(NoSolution):
        chute.contracted_depth(2.0, 0.5)


def test_chute_walls_cover_aerated_flow_and_freeboard() -> None:
    worked = chute.chute(rectangle(1.0, 2.0), 0.017, 0.4, 1.2, 30.0, 0.3, zeta=1.2)
    assert worked.profile.name == "S2"
    swollen = (1 + 1.2 * worked.foot_velocity / 100) * worked.foot_depth
    assert worked.aerated.value == pytest.approx(swollen)
    assert worked.wall.value == pytest.approx(swollen + 0.3)
    assert worked.froude > 1


def test_drop_of_rand_agrees_with_momentum() -> None:
    """Rand's sequent depth is that of Belanger on his toe depth, within the scatter of his tests."""
    found = chute.drop(0.8, 1.5)
    fr = 0.8 / math.sqrt(channel.G * found.toe.value**3)
    belanger = found.toe.value / 2 * (math.sqrt(1 + 8 * fr**2) - 1)
    assert found.sequent.value == pytest.approx(belanger, rel=0.08)


def test_apron_grows_with_flow_and_ends_where_its_table_ends() -> None:
    small, large = chute.riprap_apron(0.5, 0.8, 0.4), chute.riprap_apron(1.2, 0.8, 0.4)
    assert large.d50.value > small.d50.value
    assert large.length.value >= small.length.value
    with pytest.raises(OutOfRange):
        chute.riprap_apron(8.0, 0.8, 0.4)


def test_weir_and_its_inverses() -> None:
    q = weir.weir_flow(0.385, 2.0, 0.5).value
    assert weir.head_for(0.385, 2.0, q) == pytest.approx(0.5)
    assert weir.width_for(0.385, 0.5, q) == pytest.approx(2.0)
    assert weir.submergence(0.5, -0.2).value == 1.0
    assert weir.submergence(0.5, 0.4).value < 1.0
    with pytest.raises(InputError, match="downstream"):
        weir.submergence(0.4, 0.5)


def test_curve_number_below_initial_abstraction_runs_nothing_off() -> None:
    assert runoff.curve_number_runoff(10, 70).value == 0.0
    assert runoff.curve_number_runoff(22, 70).value > 0


def test_confluence_without_losses_is_full() -> None:
    found = runoff.confluence_peak(2.0, 2.5, 0.05, 90.0, 0.65, 0.0, 0.8)
    assert found.full
    assert found.flow.value == pytest.approx(0.278 * 90 / found.time.value**0.65 * 2.0)


def test_heavy_losses_give_part_confluence() -> None:
    found = runoff.confluence_peak(50.0, 30.0, 0.001, 60.0, 0.7, 30.0, 0.3)
    assert not found.full
    assert found.runoff_time is not None
    assert found.runoff_time.value < found.time.value


@pytest.mark.parametrize(("areas", "phis"), [([], []), ([1.0], [1.2]), ([-1.0, 2.0], [0.5, 0.5]), ([0.0], [0.5]),
                                             ([1.0], [0.5, 0.6])])  # fmt: skip
def test_bad_coefficients_are_refused(areas: list[float], phis: list[float]) -> None:
    with pytest.raises(InputError):
        runoff.weighted_coefficient(areas, phis)


def test_negative_rain_is_refused() -> None:
    with pytest.raises(InputError, match="rain"):
        runoff.curve_number_runoff(-1.0, 70)
    with pytest.raises(OutOfRange):
        runoff.storm_volume(0.5, -10, 3)


def test_unit_hydrograph_shares_sum_to_one() -> None:
    for tc in (0.1, 0.5, 2.0):
        shares = runoff.unit_hydrograph(tc, 300)
        assert shares.sum() == pytest.approx(1.0, abs=1e-14)
        assert shares.min() >= 0


def test_lateral_rule_picks_a_wider_pipe() -> None:
    common = {"name": "l", "material": "hard_plastic", "length": 150, "flow": 6, "fixed": False, "outlets": 30}
    free = irrigation.work_pipe(Pipe.model_validate(common), 0.1, "p")
    ruled = irrigation.work_pipe(Pipe.model_validate(common | {"lateral": True, "working_head": 10}), 0.1, "p")
    assert ruled.allowed is not None and ruled.allowed.value == pytest.approx(2.0)
    assert ruled.loss <= ruled.allowed.value
    assert ruled.diameter.value > free.diameter.value
    with pytest.raises(InputError, match="working_head"):
        irrigation.work_pipe(Pipe.model_validate(common | {"lateral": True}), 0.1, "p")


def test_multi_outlet_factor_of_the_handbooks() -> None:
    """Christiansen's F for m = 1.77 tends to 1/(m+1) and is 1 for one outlet."""
    assert irrigation.multi_outlet("hard_plastic", 1).value == 1.0
    assert irrigation.multi_outlet("hard_plastic", 10000).value == pytest.approx(1 / 2.77, abs=1e-3)


def test_pipes_in_a_circle_are_named() -> None:
    pipe = {"material": "steel", "length": 10, "flow": 5, "diameter": 50}
    system = Irrigation.model_validate(
        {
            "efficiency": 0.9,
            "pipes": [pipe | {"name": "a", "after": "b"}, pipe | {"name": "b", "after": "a"}],
            "pump": {"flow": 5, "efficiency": 0.7, "end_head": 10, "lift": 5},
        }
    )
    with pytest.raises(InputError, match="circle"):
        irrigation.work_irrigation(system)


@pytest.mark.parametrize(("slope", "cut"), [(3, 0), (5, 0.2), (8.5, 0.4), (15, 0.6), (25, 0.75)])
def test_application_rate_falls_on_slopes(slope: float, cut: float) -> None:
    assert irrigation.slope_reduction(slope) == cut
