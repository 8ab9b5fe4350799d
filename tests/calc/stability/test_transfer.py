"""Transfer coefficients (GB 50330-2013 A.0.3)."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from slopedesign.calc.stability.search import stated_surface
from slopedesign.calc.stability.section import Crack
from slopedesign.calc.stability.transfer import (
    Block,
    back_cohesion,
    blocks_of,
    explicit_factor,
    thrust_curve,
    transfer_factor,
)  # fmt: skip
from slopedesign.errors import InputError, NoSolution

from .build import simple, soil

EXAM = (
    Block(weight=696.0, theta_deg=30.0, length=11.0, cohesion=6.75, friction_deg=14.0),
    Block(weight=950.0, theta_deg=10.0, length=13.6, cohesion=6.75, friction_deg=11.0),
)
LINE = [[28.0, 25.0], [34.0, 23.5], [46.0, 26.0], [54.0, 35.0]]


def test_exam_question_has_factor_one_at_its_printed_cohesion() -> None:
    """Two-block slide at limit equilibrium, printed c = 6.75 kPa (worked there with three figures)."""
    for form in ("implicit", "explicit"):
        assert transfer_factor(EXAM, form=form).factor == pytest.approx(1.0, abs=0.003)  # type: ignore[arg-type]
    assert back_cohesion(EXAM) == pytest.approx(6.75, rel=0.01)
    psi = transfer_factor(EXAM).blocks[1].psi
    assert psi is not None and psi.value == pytest.approx(0.874, abs=1.5e-3)


def test_explicit_sum_is_the_printed_arithmetic() -> None:
    assert explicit_factor([0.9, 8.0, 2.8], [3.5, 9.3, 1.0], [0.756, 0.947]) == pytest.approx(0.895, abs=5e-4)


def test_two_forms_agree_where_the_factor_is_one() -> None:
    blocks = [replace(b, cohesion=back_cohesion(EXAM)) for b in EXAM]
    implicit, explicit = (transfer_factor(blocks, form=f).factor for f in ("implicit", "explicit"))  # type: ignore[arg-type]
    assert implicit == pytest.approx(1.0, abs=1e-6)
    assert explicit == pytest.approx(1.0, abs=1e-6)


def test_last_block_leaves_nothing_at_the_factor_found() -> None:
    found = transfer_factor(EXAM)
    assert found.found
    assert found.last_thrust.value == pytest.approx(0.0, abs=1e-6)
    assert found.blocks[1].thrust.inputs["P_1"].value == pytest.approx(found.thrusts[0])


def test_thrust_grows_with_the_required_factor() -> None:
    last = [thrust_curve(EXAM, f).last_thrust.value for f in (1.0, 1.15, 1.3)]
    assert last[0] < last[1] < last[2]
    # by hand at 1.25: P1 = 348 - (150.28 + 74.25)/1.25
    first = thrust_curve(EXAM, 1.25).thrusts[0]
    t, r = 696 * 0.5, 696 * math.cos(math.pi / 6) * math.tan(math.radians(14)) + 6.75 * 11
    assert first == pytest.approx(t - r / 1.25)


def test_tension_is_not_passed_on() -> None:
    strong = Block(weight=300.0, theta_deg=5.0, length=10.0, cohesion=50.0, friction_deg=30.0)
    blocks = (strong, EXAM[0])
    cut, kept = (thrust_curve(blocks, 1.0, cut_tension=c) for c in (True, False))
    assert cut.thrusts[0] < 0
    assert cut.thrusts[1] > kept.thrusts[1]
    assert cut.blocks[1].thrust.inputs["P_1"].value == 0.0


def test_blocks_carry_the_weight_over_the_line() -> None:
    section = simple(soil(3.0, 19.6), piezo=[[0, 25], [40, 27], [90, 30]])
    blocks = blocks_of(section, LINE)
    found = stated_surface(section, "spencer", polyline=LINE)
    assert sum(b.weight for b in blocks) == pytest.approx(found.slices.weight.sum())
    assert sum(b.uplift for b in blocks) == pytest.approx(found.slices.pore_force.sum(), rel=2e-3)
    assert blocks[0].theta_deg == pytest.approx(math.degrees(math.atan2(9, 8)))
    assert blocks[-1].theta_deg < 0
    assert transfer_factor(blocks).factor == pytest.approx(found.fos, rel=0.15)


def test_one_block_is_the_plane() -> None:
    block = Block(
        weight=500.0, theta_deg=30.0, length=10.0, cohesion=10.0, friction_deg=20.0, uplift=40.0, seismic=25.0
    )
    t = math.radians(30)
    resist = (500 * math.cos(t) - 25 * math.sin(t) - 40) * math.tan(math.radians(20)) + 100
    drive = 500 * math.sin(t) + 25 * math.cos(t)
    assert transfer_factor([block]).factor == pytest.approx(resist / drive, rel=1e-9)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weight": -1.0}, "weight"), ({"theta_deg": 95.0}, "theta_deg"), ({"friction_deg": 90.0}, "friction_deg"),
        ({"length": float("nan")}, "length"), ({"cohesion": -5.0}, "cohesion"),
    ],
)  # fmt: skip
def test_impossible_blocks_are_refused_by_name(change: dict[str, float], field: str) -> None:
    with pytest.raises(InputError) as caught:
        transfer_factor([EXAM[0], replace(EXAM[1], **change)])
    assert caught.value.field == f"transfer.blocks[1].{field}"


def test_no_factor_is_said() -> None:
    with pytest.raises(NoSolution):
        transfer_factor([Block(weight=100.0, theta_deg=-20.0, length=5.0, cohesion=10.0, friction_deg=30.0)])
    with pytest.raises(InputError):
        transfer_factor([])
    with pytest.raises(InputError):
        thrust_curve(EXAM, 0.0)
    assert np.isfinite(transfer_factor(EXAM).factor)


def test_water_in_a_crack_pushes_the_rearmost_block() -> None:
    """One block on a plane with a wet crack behind it: the transfer factor is that of A.0.2, worked by hand."""
    ground = [[-20.0, 0.0], [0.0, 0.0], [10.0, 15.0], [60.0, 15.0]]
    section = replace(simple(soil(8.0, 30.0), ground), crack=Crack(depth=4.0, water=3.0), water_weight=10.0)
    head = 11.0 / math.tan(math.radians(35))
    surface = [[0.0, 0.0], [head, 11.0]]
    weight = 20.0 * (0.5 * 10 * 15 + (head - 10) * 15 - 0.5 * head * 11)
    dip, push = math.radians(35), 0.5 * 10 * 9
    resisting = 8 * head / math.cos(dip) + (
        (weight * math.cos(dip) - push * math.sin(dip)) * math.tan(math.radians(30))
    )
    driving = weight * math.sin(dip) + push * math.cos(dip)
    assert transfer_factor(blocks_of(section, surface)).factor == pytest.approx(resisting / driving, rel=1e-6)
