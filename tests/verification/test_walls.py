"""Published wall cases, read by the names of their inputs."""

from __future__ import annotations

import pytest

from slopedesign.verification.common import CaseResult, load_cases
from slopedesign.verification.wall_inputs import Inputs, short
from slopedesign.verification.walls import run

RESULTS = run(load_cases("walls"))


def test_cases_are_there() -> None:
    assert len({r.case for r in RESULTS}) >= 22
    assert sum(r.usable for r in RESULTS) >= 70


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: f"{r.case} {r.what}")
def test_published_number(result: CaseResult) -> None:
    assert result.found is not None, result.note
    assert result.holds, result


def test_a_wrong_number_would_be_seen() -> None:
    case = dict(next(c for c in load_cases("walls") if c["id"] == "RANK-01"))
    case["published"] = {"Pa_kN_m": 80.0}
    assert not run([case])[0].holds
    unknown = run([{"id": "x", "topic": "astrology", "inputs": {}, "published": {"a": 1.0}}])[0]
    assert not unknown.holds


def test_names_are_found_whatever_their_unit() -> None:
    assert short("Pa_kN_m") == "pa"
    assert Inputs({"H_ft": 10}).get("H") == 10
    assert short("PAE_k_ft") == short("PAE_kN_m")


def worked(topic: str, inputs: dict[str, object], **published: float) -> dict[str, float | None]:
    case = {"id": "case", "topic": topic, "inputs": inputs, "published": published, "tolerance_percent": 0.2}
    return {r.what: r.found for r in run([case])}


def test_cases_of_the_same_layout_run_too() -> None:
    """Numbers printed in textbooks, read apart from the shipped cases."""
    seismic = worked("Mononobe-Okabe", {"H_m": 4, "gamma": 15.5, "phi": 30, "delta": 15, "kh": 0.2, "kv": 0},
                     PAE_kN_m=56.05, zbar_m=1.69)  # fmt: skip
    assert seismic["PAE_kN_m"] == pytest.approx(56.05, abs=0.005)
    assert seismic["zbar_m"] == pytest.approx(1.69, abs=0.005)
    wall = worked(
        "cantilever on a virtual back",
        {
            "stem": {"H": 6.0, "top": 0.7, "base": 0.7}, "base": {"B": 3.9, "t": 0.8, "toe": 0.95, "heel": 2.25},
            "backfill": {"gamma": 19, "phi": 32.5, "slope": 20, "q": 5}, "foundation": {"phi": 35}, "gamma_conc": 25,
        },
        Ka=0.365, Pa=201, Pq=13.9, W_wall=183, W_soil=274, sum_V=530.5,
    )  # fmt: skip
    expected = {"Ka": 0.365, "Pa": 201, "Pq": 13.9, "W_wall": 183, "W_soil": 274, "sum_V": 530.5}
    for name, value in expected.items():
        assert wall[name] == pytest.approx(value, rel=2e-3)


FOUND_BY_OTHER_NAMES = (
    ("Rankine active, US", {"H_ft": 20, "gamma_pcf": 120, "phi": 30}, {"Ka": 1 / 3, "Pa_lb_ft": 8000}),
    ("Rankine, sloping backfill", {"H_m": 5, "gamma": 18, "phi": 30, "alpha": 10}, {"Ka": 0.349520, "Pa": 78.642}),
    ("Rankine, sloping backfill", {"H_m": 5, "gamma": 18, "phi": 30, "beta_deg": 10}, {"Ka": 0.349520}),
    ("Coulomb", {"H": 6, "gamma": 18, "phi": 34, "delta": 17, "theta_back": 10, "beta": 5}, {"Ka": 0.354088}),
    ("Coulomb", {"H": 6, "gamma": 18, "phi": 34, "delta": 17, "alpha": 80, "beta": 5}, {"Ka": 0.354088}),
    ("Coulomb", {"H": 6, "gamma": 18, "phi": 34, "delta": 17, "alpha": 5, "theta": 10}, {"Ka": 0.354088}),
    ("Gravity wall", {"H": 4, "top": 0.6, "base": 1.8, "gamma_wall": 23, "mu": 0.5, "Ea": 50, "back_angle": 90,
                      "delta": 10}, {"G": 110.4}),
    ("Rock bolt bond length", {"N_kN": 100, "d1_mm": 100, "f_MPa": 0.3}, {"l_bond_m": 1.326291}),
)  # fmt: skip


@pytest.mark.parametrize(("topic", "inputs", "published"), FOUND_BY_OTHER_NAMES)
def test_other_names_and_slopes(topic: str, inputs: dict[str, float], published: dict[str, float]) -> None:
    """Textbook formulas worked by hand (Rankine and Coulomb with a sloping fill); a slope is never passed over."""
    case = {"id": "x", "topic": topic, "inputs": inputs, "published": published, "tolerance_percent": 0.01}
    for result in run([case]):
        assert result.holds, result
