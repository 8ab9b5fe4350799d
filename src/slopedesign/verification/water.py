"""Published water cases against the program's own functions.

A case says its topic, its inputs (US or SI, named as the book names them) and the printed outputs. The topic picks the
workers that may know it, the names of the printed outputs pick among them; the inputs' names say the units. A number is
within its printed digits if it differs by less than half of the last one; the case's own tolerance holds as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from slopedesign.errors import SlopeDesignError
from slopedesign.verification import water_channels as channels
from slopedesign.verification import water_hydrology as hydrology
from slopedesign.verification import water_ponds as ponds
from slopedesign.verification import water_storms as storms
from slopedesign.verification import water_structures as structures
from slopedesign.verification.common import CaseResult
from slopedesign.verification.quantities import HABIT, UNITS, Reader, decimals, look_up

Worker = Callable[[Reader, Mapping[str, Any]], dict[str, Any]]

TOPICS: tuple[tuple[str, Worker], ...] = (
    (r"GB 51018|overland and channel travel|JTG|5,10|5_10|chain", hydrology.chain),
    (r"16453|infiltration intensity|storm volume|storage ditch", hydrology.less_infiltration),
    (r"TR-?55 detention|detention volume", ponds.detention),
    (r"time of concentration|travel time|\btc\b", hydrology.travel_time),
    (r"SCS|curve number|runoff depth|\bCN\b", hydrology.curve_number),
    (r"TR-?55.*(peak|discharge)|graphical", hydrology.tr55_peak),
    (r"unit hydrograph|\bUH\b|convolution|NRCS dimensionless", hydrology.unit_hydrograph),
    (r"Chinese rational|confluence", hydrology.confluence),
    (r"P-?III|Pearson|frequency|quantile", storms.frequency),
    (r"chicago|keifer|hyetograph", storms.chicago),
    (r"storm intensity|rainfall intensity|IDF|intensity formula", storms.intensity),
    (r"network|storm drain design|storm sewer|pipe system", storms.network),
    (r"runoff coefficient|rational|peak flow", hydrology.rational),
    (r"profile|backwater|drawdown|gradually|direct step|standard step|\b[MSHAC][123]\b", channels.profile),
    (r"water budget|water balance|wet pond|retention pond", ponds.budget),
    (r"storage-indication|Puls|routing|reservoir", ponds.puls),
    (r"natural[- ]storage|triangular[- ]hydrograph|storage estimate|detention", ponds.estimates),
    (r"SWMM weir|pond equilibrium", ponds.swmm_pond),
    (r"volume|stage-storage|frustum|pipe storage|dead|storage of", ponds.volumes),
    (r"stilling|dissipat|basin depth|contracted depth|basin", channels.basin),
    (r"drop|rand\b|fall", channels.drop),
    (r"riprap|apron", channels.riprap),
    (r"sequent|jump|belanger|conjugate", channels.jump),
    (r"culvert|overtopping", structures.culverts),
    (r"weir|orifice|notch|riser|spillway|villemonte|submerge|sluice", structures.weirs),
    (
        r"pipe formula|plastic pipe|hazen|darcy|friction loss|head loss|pipe head|irrigation|sprinkler|pump|lateral|"
        r"colebrook|pressure",
        structures.pipes,
    ),
    (r"chute|aerat", channels.chute_profile),
    (
        r"depth|manning|capacity|critical|uniform|ditch|normal|velocity|froude|pipe|energy|alternate|channel",
        channels.uniform,
    ),
)
"""What the topic of a case may say, and who works it; several may, then the printed names decide."""

TROUBLE = (SlopeDesignError, LookupError, TypeError, ValueError, StopIteration, ArithmeticError, AttributeError)


def run(cases: Sequence[Mapping[str, Any]]) -> list[CaseResult]:
    """Works every case; a case no worker knows gives one result without a number, which does not hold."""
    found: list[CaseResult] = []
    for case in cases:
        outputs = case.get("outputs", {})
        leaves = _leaves(outputs)
        answers, trouble = _work(case, leaves)
        if answers is None:
            found.append(_lost(case, trouble))
            continue
        found += [_compare(case, path, expected, answers) for path, expected in leaves]
    return found


def _work(case: Mapping[str, Any], leaves: Sequence[tuple[list[str | int], Any]]) -> tuple[dict[str, Any] | None, str]:
    """The answers of the worker that answers most of what is printed, and what kept the others from answering.

    Only names count: no worker is chosen by how near its numbers come.
    """
    topic = str(case.get("topic", ""))
    named = [worker for pattern, worker in TOPICS if re.search(pattern, topic, re.IGNORECASE)]
    rest = [worker for _, worker in TOPICS if worker not in named]
    trouble, best, most = "no worker for this topic", None, 0
    inputs = case.get("inputs")
    if not isinstance(inputs, Mapping) or not inputs:
        return None, trouble
    words = topic or f"{case.get('source', '')} {case.get('note', '')}"
    reader = Reader(inputs, is_us(inputs), words)
    for group in (named, rest):
        for worker in group:
            try:
                answers = worker(reader, case.get("outputs", {}))
            except TROUBLE as error:
                if worker in named:
                    trouble = f"{type(error).__name__}: {error}"
                continue
            count = sum(look_up(answers, path, reader.us) is not None for path, _ in leaves)
            if count > most:
                best, most = answers, count
        if best is not None:
            break
    return best, trouble


def is_us(inputs: Mapping[str, Any]) -> bool:
    """Whether a case stands in US units: it says so, or only its keys do (b_ft, Q_cfs)."""
    stated = str(inputs.get("units", inputs.get("system", ""))).strip().lower()
    if stated:
        return stated in ("us", "cu", "english", "imperial", "us customary", "customary", "fps", "ft")
    keys = " ".join(_keys(inputs))
    us = len(re.findall(r"_(?:ft|cfs|in|inph|ac|fps|acft|mi2|ft2|ft3)\b", keys))
    si = len(re.findall(r"_(?:m|m3s|mm|mmh|ha|hm2|km2|m2|m3|km|m3h)\b", keys))
    return us > si


def _keys(thing: Any) -> list[str]:
    if isinstance(thing, Mapping):
        return [str(k) for k in thing if k != "SI"] + [key for k, v in thing.items() if k != "SI" for key in _keys(v)]
    if isinstance(thing, list):
        return [key for value in thing for key in _keys(value)]
    return []


def _lost(case: Mapping[str, Any], note: str) -> CaseResult:
    return CaseResult(
        case=str(case["id"]),
        what="inputs",
        expected=math.nan,
        found=None,
        tolerance=0.0,
        source=str(case.get("source", "")),
        note=note,
    )


def _leaves(thing: Any, path: tuple[str | int, ...] = ()) -> list[tuple[list[str | int], Any]]:
    if isinstance(thing, Mapping):
        return [leaf for key, value in thing.items() for leaf in _leaves(value, (*path, str(key)))]
    if isinstance(thing, list | tuple | np.ndarray):
        return [leaf for i, value in enumerate(thing) for leaf in _leaves(value, (*path, i))]
    return [(list(path), thing)]


def _named(path: Sequence[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _compare(case: Mapping[str, Any], path: list[str | int], expected: Any, answers: Mapping[str, Any]) -> CaseResult:
    source, note = str(case.get("source", "")), str(case.get("note", ""))
    us = is_us(case["inputs"])
    answer, what, name = look_up(answers, path, us), _named(path), str(case["id"])
    if isinstance(expected, str | bool) or expected is None:
        if answer is None or expected is None:
            number = None if answer is None or isinstance(answer[0], str) else float(answer[0])
            return CaseResult(
                case=name,
                what=what,
                expected=None,
                found=number,
                tolerance=0,
                source=source,
                note=note if expected is None else str(expected),
            )
        same = str(answer[0]).strip().lower() == str(expected).strip().lower()
        return CaseResult(
            case=name,
            what=f"{what} = {expected}",
            expected=1.0,
            found=float(same),
            tolerance=0.0,
            source=source,
            note=note,
        )
    if answer is None or isinstance(answer[0], str):
        return CaseResult(
            case=name, what=what, expected=float(expected), found=None, tolerance=0.0, source=source, note=note
        )
    value, kind, worth = answer
    return CaseResult(
        case=name,
        what=what,
        expected=float(expected),
        found=value,
        absolute=True,
        source=source,
        tolerance=_tolerance(case, float(expected), kind, worth, us),
        note=note,
    )


def _tolerance(case: Mapping[str, Any], expected: float, kind: str, worth: float, us: bool) -> float:
    """Allowed absolute deviation: the case's own tolerance or half the last printed digit, whichever is wider.

    Args:
        kind: of the quantity; worth: what its printed unit is in the program's own.
    """
    stated = case.get("tolerance", {})
    stated = stated if isinstance(stated, Mapping) else {"rel": float(stated)}
    printed = 0.5 * 10.0 ** -decimals(expected) * (1 + 1e-9)
    if printed > 0.05 * abs(expected):  # one printed figure says too little to lean on
        printed = 0.0
    if "abs" in stated:
        return max(printed, float(stated["abs"]))
    for key, allowed in stated.items():
        start, _, unit = key.partition("_")
        if start == "abs" and unit in UNITS[kind] and abs(UNITS[kind][unit] - worth) < 1e-12:
            return max(printed, float(allowed))
        if start == "abs" and unit in UNITS[kind] and kind != "number":
            return max(printed, float(allowed) * UNITS[kind][unit] / worth)
    if "rel_q" in stated and kind == "flow":
        return max(printed, float(stated["rel_q"]) * abs(expected))
    rel = next((float(stated[k]) for k in ("rel", "rel_q") if k in stated), 0.005 if "rel_between" in stated else 0.01)
    return max(printed, rel * abs(expected))


__all__ = ["HABIT", "TOPICS", "is_us", "run"]
