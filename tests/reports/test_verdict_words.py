"""Verdicts in words: what was found never reads like the limit it misses."""

from __future__ import annotations

import pytest

from slopedesign.i18n import message
from slopedesign.reports.verdicts import compared
from slopedesign.standards.check import Check, Relation, Strength
from slopedesign.standards.trace import Provenance, Source, datum, given

SOURCE = Source("guide", "7.2.2.2", Provenance.GUIDE)


@pytest.mark.parametrize(
    ("found", "required", "words"),
    [
        (1.1004, 1.10, "1.1004, required ≤ 1.1000"),
        (1.5, 1.10, "1.50, required ≤ 1.10"),
        (1.10, 1.10, "1.10 ≤ 1.10"),
        (1.0996, 1.10, "1.10 ≤ 1.10"),
    ],
)
def test_a_miss_has_the_decimals_that_tell_it(found: float, required: float, words: str) -> None:
    judged = Check(
        id="x", subject="s", title=message("t"), source=SOURCE, strength=Strength.MUST, relation=Relation.AT_MOST,
        found=given(found, "-", "f"), required=datum(required, "-", SOURCE),
    )  # fmt: skip
    assert compared(judged, "en") == words
