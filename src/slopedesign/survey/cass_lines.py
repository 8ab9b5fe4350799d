"""Lines drawn by point codes.

CASS field codes: a point with the code of a scarp or slope (K0 .. K6, curved U0 .. U6) begins a line; `+` and `-` join
a point to the line of the point before it, `n+` and `n-` to the point n before that one. Points of one line code by
name (BL-1) that follow each other in the file form a line as well. Source: the field codes of the CASS user manual.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from slopedesign.survey.raw import Raw, RawLine
from slopedesign.survey.report import Severity
from slopedesign.survey.words import is_cass_scarp, is_line_code

_JOIN = re.compile(r"(\d{0,3})([+-])", re.ASCII)


def lines_by_code(raw: Raw, *, every_code: bool = False) -> list[RawLine]:
    """Break lines of the points' codes, in file order; a single point of a line code is reported.

    Args:
        every_code: each code makes a line, not only those of scarps and slopes.
    """
    if not any(raw.codes):
        return []
    out = []
    for members in _chains(raw.codes, every_code):
        if len(members) < 2:
            kind, severity = ("short_line", Severity.ERROR) if every_code else ("lone_line_point", Severity.INFO)
            raw.findings.add(kind, int(raw.rows[members[0]]), raw.codes[members[0]], severity=severity)
            continue
        out.append(RawLine(vertices=raw.points[members], rows=raw.rows[members], name=raw.codes[members[0]]))
    return out


def _chains(codes: Sequence[str], every_code: bool) -> list[list[int]]:
    chains: list[list[int]] = []
    ends: dict[int, list[int]] = {}  # last point of a line -> the line
    for i, code in enumerate(codes):
        if not code:
            continue
        join = _JOIN.fullmatch(code)
        if join:
            before = i - 1 - int(join[1] or 0)
            if before in ends:
                chain = ends.pop(before)
                chain.append(i)
                ends[i] = chain
        elif every_code or is_line_code(code):
            named = every_code or not is_cass_scarp(code)
            if named and chains and chains[-1][-1] == i - 1 and codes[i - 1] == code:
                ends.pop(i - 1, None)
                chains[-1].append(i)
            else:
                chains.append([i])
            ends[i] = chains[-1]
    return chains
