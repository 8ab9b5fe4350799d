"""Published water cases against the program's own functions.

A case says its topic, its inputs (US or SI, named as the book names them) and the printed outputs. The topic picks the
worker, the inputs' names say the units; every printed number is then looked up among what the worker found. A number
is within its printed digits if it differs by less than half of the last one; the case's own tolerance holds as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from slopedesign.errors import SlopeDesignError
from slopedesign.verification.common import CaseResult
from slopedesign.verification.water_workers import TOPICS, Found, Units, Worker, decimals


def run(cases: Sequence[Mapping[str, Any]]) -> list[CaseResult]:
    """Works every case; a case no worker knows gives one result without a number, which does not hold."""
    found: list[CaseResult] = []
    for case in cases:
        worker = _worker(case)
        if worker is None:
            found.append(_lost(case, "topic", "no worker for this topic"))
            continue
        inputs = case["inputs"]
        units = Units(inputs.get("units") == "US")
        try:
            answers, bands = _split(
                worker({**inputs, "topic": str(case.get("topic", ""))}, units, case.get("outputs", {}))
            )
        except (SlopeDesignError, LookupError, TypeError, ValueError, StopIteration) as error:
            found.append(_lost(case, "inputs", f"{type(error).__name__}: {error}"))
            continue
        for what, expected in _leaves(case.get("outputs", {})):
            found.append(_compare(case, what, expected, answers, bands))
    return found


def _split(answers: Found) -> tuple[dict[str, Any], dict[str, tuple[float, float]]]:
    bands = answers.pop("bands", {})
    return dict(_leaves(answers)), bands


def _lost(case: Mapping[str, Any], what: str, note: str) -> CaseResult:
    return CaseResult(case=str(case["id"]), what=what, expected=math.nan, found=None, tolerance=0.0,
                      source=str(case.get("source", "")), note=note)  # fmt: skip


def _leaves(thing: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(thing, Mapping):
        return [leaf for key, value in thing.items() for leaf in _leaves(value, f"{path}.{key}" if path else str(key))]
    if isinstance(thing, list | tuple | np.ndarray):
        return [leaf for i, value in enumerate(thing) for leaf in _leaves(value, f"{path}[{i}]")]
    return [(path, thing)]


def _compare(
    case: Mapping[str, Any], what: str, expected: Any, answers: Mapping[str, Any], bands: Mapping[str, Any]
) -> CaseResult:
    source, note = str(case.get("source", "")), str(case.get("note", ""))
    found = answers.get(what)
    if isinstance(expected, str) and (what not in answers):
        return CaseResult(case=str(case["id"]), what=what, expected=None, found=None, tolerance=0, source=source,
                          note=expected)  # fmt: skip
    if isinstance(expected, str):
        same = float(found == expected)
        return CaseResult(case=str(case["id"]), what=f"{what} = {expected}", expected=1.0, found=same,
                          tolerance=0.0, source=source, note=note)  # fmt: skip
    number = None if found is None else float(found)
    if expected is None:
        return CaseResult(
            case=str(case["id"]), what=what, expected=None, found=number, tolerance=0, source=source, note=note
        )
    tolerance, absolute = _tolerance(case, what, float(expected))
    return CaseResult(
        case=str(case["id"]), what=what, expected=float(expected), found=number, tolerance=tolerance, absolute=absolute,
        source=source, note=note, band=bands.get(what),
    )  # fmt: skip


_LENGTH = re.compile(r"(^|_)(ft|m)$|^(y|h|d|depth|elev|peak_elev|yn|yc)")


def _tolerance(case: Mapping[str, Any], what: str, expected: float) -> tuple[float, bool]:
    """Allowed absolute deviation: the case's own tolerance or half the last printed digit, whichever is wider."""
    stated = case.get("tolerance", {})
    allowed = 0.5 * 10.0 ** -decimals(expected) * (1 + 1e-9)
    if allowed > 0.05 * abs(expected):  # one printed figure says too little to lean on
        allowed = 0.0
    if "abs" in stated:
        return max(allowed, stated["abs"]), True
    length = next((stated[k] for k in ("abs_ft", "abs_m") if k in stated), None)
    if length is not None and _LENGTH.search(re.sub(r"\[\d+\]", "", what)):
        return max(allowed, length), True
    rel = next((stated[k] for k in ("rel", "rel_q", "rel_between") if k in stated), 0.01)
    if "rel_q" in stated and length is not None:
        rel = stated["rel_q"]
    return max(allowed, rel * abs(expected)), True


def _worker(case: Mapping[str, Any]) -> Worker | None:
    topic = str(case.get("topic", ""))
    return next((worker for pattern, worker in TOPICS if re.search(pattern, topic, re.IGNORECASE)), None)
