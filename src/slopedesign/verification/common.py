"""What all groups of published cases share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from slopedesign.errors import InputError
from slopedesign.i18n import message, text


@dataclass(frozen=True, kw_only=True)
class CaseResult:
    """One published number against ours.

    Attributes:
        case: id of the case.
        what: which number (method, quantity).
        expected: the published number; None where the case cannot be used, then `note` says why.
        found: our number; None where we have none.
        tolerance: allowed relative deviation (0.005 = 0.5 %), or absolute where `absolute`.
        source: book, page or program the number comes from.
        band: inclusive range that stands for the published value where the literature itself differs.
    """

    case: str
    what: str
    expected: float | None
    found: float | None
    tolerance: float
    source: str
    absolute: bool = False
    band: tuple[float, float] | None = None
    note: str = ""

    @property
    def deviation(self) -> float | None:
        """found - expected, relative unless `absolute` or the expected value is 0; measured from the band's edge."""
        if self.expected is None or self.found is None:
            return None
        if self.band is not None:
            low, high = self.band
            gap = min(self.found - low, 0.0) + max(self.found - high, 0.0)
            return gap if self.absolute else gap / abs(self.expected)
        gap = self.found - self.expected
        return gap if self.absolute or self.expected == 0 else gap / abs(self.expected)

    @property
    def usable(self) -> bool:
        """Whether the case has a published number to compare with."""
        return self.expected is not None

    @property
    def holds(self) -> bool:
        """Whether ours agrees with the published number; an unusable case neither holds nor fails (True)."""
        if not self.usable:
            return True
        return self.deviation is not None and abs(self.deviation) <= self.tolerance


def load_cases(group: str, file: Path | None = None) -> Sequence[Mapping[str, Any]]:
    """The cases of a group: those that ship, or those of `file` in the same layout ({"cases": [...]}).

    Raises:
        InputError: the file is not JSON of that layout.
    """
    where = str(file or f"{group}.json")
    try:
        if file is None:
            content = files(__package__).joinpath("cases", f"{group}.json").read_text(encoding="utf-8")
        else:
            content = file.read_text(encoding="utf-8")
        cases = json.loads(content)["cases"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(where, str(error), message("verify.layout")) from error
    if not isinstance(cases, list) or not all(isinstance(case, dict) and "id" in case for case in cases):
        raise InputError(where, type(cases).__name__, message("verify.layout"))
    return cases


def table_lines(group: str, results: Sequence[CaseResult], language: str) -> list[str]:
    """The results as lines of text: case, what, published, found, deviation, verdict, source."""
    lines = [text("verify.title", language, group=group)]
    for r in results:
        verdict = "holds" if r.holds else "misses"
        if not r.usable:
            verdict = "unusable"
        expected = "-" if r.expected is None else f"{r.expected:.6g}"
        if r.band is not None:
            expected = f"{r.band[0]:.6g}..{r.band[1]:.6g}"
        found = "-" if r.found is None else f"{r.found:.6g}"
        deviation = "-"
        if r.deviation is not None:
            deviation = f"{r.deviation:+.3g}" if r.absolute or r.expected == 0 else f"{100 * r.deviation:+.3f} %"
        said = text(f"verify.{verdict}", language)
        lines.append(f"{r.case:<34.34} {r.what:<30.30} {expected:>14} {found:>12} {deviation:>11}  {said}  {r.source}")
        if r.note:
            lines.append(f"{'':<34} {r.note}")
    usable = [r for r in results if r.usable]
    held = sum(r.holds for r in usable)
    lines.append(text("verify.summary", language, held=held, usable=len(usable), unusable=len(results) - len(usable)))
    return lines
