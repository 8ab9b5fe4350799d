"""Published stability cases: all that ship agree, and the runner reads cases by their fields alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from slopedesign.verification.common import CaseResult, load_cases
from slopedesign.verification.stability import path_points, run, section_of

CASES = load_cases("stability")


@pytest.fixture(scope="module")
def results() -> Sequence[CaseResult]:
    return run(CASES)


def test_every_target_agrees_with_what_is_printed(results: Sequence[CaseResult]) -> None:
    missed = [f"{r.case} {r.what}: {r.expected} {r.found}" for r in results if r.usable and not r.holds]
    assert not missed
    assert {r.case for r in results if r.usable} == {case["id"] for case in CASES}
    assert sum(r.usable for r in results) > 100


def test_every_target_of_every_case_has_a_row(results: Sequence[CaseResult]) -> None:
    for case in CASES:
        told = [r.what for r in results if r.case == case["id"]]
        for what in case["target"]:
            assert any(row.startswith(what) for row in told), (case["id"], what)


@pytest.mark.parametrize(
    ("case", "method", "printed"),
    [("ACADS-1a", "oms", 0.942), ("ACADS-1a", "janbu_corrected", 0.986), ("ACADS-2b", "janbu_corrected", 2.073),
     ("ACADS-3b", "janbu_corrected", 1.294), ("ZHU-2003", "janbu_simplified", 1.112), ("FK-ru", "oms", 1.607)],
)  # fmt: skip
def test_methods_printed_beside_the_targets(
    results: Sequence[CaseResult], case: str, method: str, printed: float
) -> None:
    row = next(r for r in results if r.case == case and r.what.startswith(method))
    assert row.found == pytest.approx(printed, rel=5e-3)


def test_ids_do_not_matter() -> None:
    some = [c for c in CASES if c["id"] in ("FK-piezo", "WEDGE-HB-full", "TRANSFER-C", "GOODMAN-BRAY-phi38.15-T0.5")]
    renamed = [{**c, "id": f"x{i}", "name": "?"} for i, c in enumerate(some)]
    for a, b in zip(run(some), run(renamed), strict=True):
        assert (a.what, a.found, a.expected) == (b.what, b.found, b.expected)


def test_a_changed_case_is_noticed() -> None:
    case = next(c for c in CASES if c["id"] == "FK-dry")
    layer = {**case["layers"][0], "c": 500.0}
    assert not all(r.holds for r in run([{**case, "layers": [layer]}]))


def test_broken_and_unknown_cases_do_not_pass() -> None:
    case = next(c for c in CASES if c["id"] == "FK-dry")
    broken = run([{**case, "layers": [{**case["layers"][0], "gamma": 0.0}]}])
    assert broken and not any(r.holds for r in broken if r.usable)
    unknown = run([{"id": "z", "kind": "tunnel", "target": {"fos": {"fos": 1.0}}}])
    assert unknown[0].usable and not unknown[0].holds
    lost = run([{**case, "target": {"corps": {"fos": 2.0, "tol_percent": 1.0}}, "published": {}}])
    assert not lost[0].holds


def test_mirrored_case_has_the_same_factors() -> None:
    case = next(c for c in CASES if c["id"] == "FK-piezo")
    turned: dict[str, Any] = {**case, "facing": "left", "published": {}}
    for key in ("ground", "piezo"):
        turned[key] = [[-x, y] for x, y in reversed(case[key])]
    turned["layers"] = [{**p, "top": [[-x, y] for x, y in reversed(p["top"])]} for p in case["layers"]]
    x, y, r = case["surface"]["circle"]
    turned["surface"] = {"circle": [-x, y, r]}
    for a, b in zip(run([{**case, "published": {}}]), run([turned]), strict=True):
        assert a.found == pytest.approx(b.found, rel=1e-9)


def test_surface_told_in_words() -> None:
    line = path_points("specified: exit (0,0) -> arc centre (0,10) R=10 -> arc to (10,10)")
    assert np.hypot(line[:, 0], line[:, 1] - 10) == pytest.approx(10.0, abs=1e-9)
    assert (np.diff(line[:, 0]) > 0).all()


def test_layer_tops_that_end_early_are_drawn_on() -> None:
    case = {"id": "a", "ground": [[0, 5], [10, 5], [20, 10], [40, 10]], "layers": [
        {"top": [[0, 5], [40, 10]], "c": 1, "phi": 30, "gamma": 18},
        {"top": [[5, 4], [30, 7]], "c": 1, "phi": 20, "gamma": 18},
    ]}  # fmt: skip
    top = np.asarray(section_of(case).layers[1].top)
    assert top[0].tolist() == [0.0, 4.0] and top[-1].tolist() == [40.0, 7.0]
