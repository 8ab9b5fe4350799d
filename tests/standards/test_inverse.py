"""What would pass: found by working the chain again, verified by hand."""

from __future__ import annotations

import math

import pytest

from slopedesign.i18n import message
from slopedesign.standards.bench_geometry import FACE_RUN
from slopedesign.standards.check import Check, Relation, Strength
from slopedesign.standards.inverse import what_would_pass, worked_with
from slopedesign.standards.trace import OWN, Traced, datum, given, measured, total


def check(found: Traced, required: Traced, relation: Relation) -> Check:
    return Check(
        id="t", subject="s", title=message("t"), source=OWN, strength=Strength.MUST, relation=relation, found=found,
        required=required,
    )  # fmt: skip


def test_a_stated_number_meets_its_limit() -> None:
    width = given(1.5, "m", "benches.berm_width", "benches.berm_width")
    (way,) = what_would_pass(check(width, datum(2.0, "m", OWN), Relation.AT_LEAST))
    assert way.field == "benches.berm_width"
    assert way.value == pytest.approx(2.0, rel=1e-8)
    assert way.now == 1.5


def test_through_a_formula() -> None:
    """b = H / tan(beta) <= 6 with H = 10: beta = atan(10/6); with beta = 45: H = 6."""
    height, angle = given(10.0, "m", "h"), given(45.0, "deg", "a")
    run = FACE_RUN.at(H=height, beta=angle)
    ways = {w.field: w.value for w in what_would_pass(check(run, datum(6.0, "m", OWN), Relation.AT_MOST))}
    assert ways["h"] == pytest.approx(6.0, rel=1e-9)
    assert ways["a"] == pytest.approx(math.degrees(math.atan2(10, 6)), rel=1e-9)


def test_through_a_sum() -> None:
    parts = {"1": given(2.0, "m", "x"), "2": datum(1.0, "m", OWN)}
    (way,) = what_would_pass(check(total(parts, "m"), datum(5.0, "m", OWN), Relation.AT_LEAST))
    assert way.value == pytest.approx(4.0, rel=1e-8)


def test_a_met_check_needs_nothing() -> None:
    assert what_would_pass(check(given(3.0, "m", "x"), datum(2.0, "m", OWN), Relation.AT_LEAST)) == ()


def test_what_was_measured_on_geometry_gives_nothing() -> None:
    volume = measured(5.0, "m3", "terrain.by.overlay", depth=given(1.0, "m", "x"))
    assert worked_with(volume, "x", 2.0) is None
    assert what_would_pass(check(volume, datum(9.0, "m3", OWN), Relation.AT_LEAST)) == ()
