"""Verdicts follow from facts; what could not be judged never passes."""

from __future__ import annotations

import pytest

from slopedesign.i18n import message
from slopedesign.standards.check import Check, Relation, Strength, Verdict
from slopedesign.standards.trace import Provenance, Source, datum, given, total

SOURCE = Source("guide", "7.2.2.2", Provenance.GUIDE)


def check(found: float, required: float, relation: Relation, strength: Strength = Strength.MUST) -> Check:
    return Check(
        id="x", subject="s", title=message("t"), source=SOURCE, strength=strength, relation=relation,
        found=given(found, "m", "f"), required=datum(required, "m", SOURCE),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("relation", "found", "required", "met"),
    [
        (Relation.AT_LEAST, 2.0, 2.0, True),
        (Relation.AT_LEAST, 1.9999999, 2.0, False),
        (Relation.MORE_THAN, 2.0, 2.0, False),
        (Relation.AT_MOST, 2.0, 2.0, True),
        (Relation.AT_MOST, 2.0000001, 2.0, False),
        (Relation.LESS_THAN, 2.0, 2.0, False),
        (Relation.EQUAL, 0.1 + 0.2, 0.3, True),
        (Relation.EQUAL, 0.31, 0.3, False),
    ],
)
def test_compared_before_rounding(relation: Relation, found: float, required: float, met: bool) -> None:
    assert check(found, required, relation).met is met


def test_strength_decides_what_a_miss_is() -> None:
    verdicts = [check(1, 2, Relation.AT_LEAST, strength).verdict for strength in Strength]
    assert verdicts == [Verdict.FAIL, Verdict.WARN, Verdict.WARN, Verdict.INFO, Verdict.INFO]


def test_ratio_is_demand_over_capacity() -> None:
    assert check(2.0, 1.5, Relation.AT_LEAST).ratio == pytest.approx(0.75)
    assert check(2.0, 1.5, Relation.AT_MOST).ratio == pytest.approx(2.0 / 1.5)


def test_missing_inputs_are_not_a_pass() -> None:
    lacking = Check(
        id="x", subject="s", title=message("t"), source=SOURCE, strength=Strength.MUST, missing=("material",)
    )
    assert lacking.verdict is Verdict.NOT_JUDGED
    nothing = Check(id="x", subject="s", title=message("t"), source=SOURCE, strength=Strength.MUST)
    assert nothing.verdict is Verdict.NOT_JUDGED


def test_recalled_numbers_taint_what_rests_on_them() -> None:
    recalled = datum(1.0, "m", Source("code", "1", Provenance.RECALLED))
    assert total([given(1, "m", "f"), recalled], "m").unverified
    assert not total([given(1, "m", "f")], "m").unverified
    with pytest.raises(ValueError, match="m2"):
        total([given(1, "m2", "f")], "m")
