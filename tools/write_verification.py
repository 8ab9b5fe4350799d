"""Writes docs/verification.md: every published case the program ships, run now.

    python tools/write_verification.py

The survey cases are run where SLOPEDESIGN_SURVEYS names the folder of the files.
"""

from __future__ import annotations

from pathlib import Path

from slopedesign.verification import GROUPS, verify
from slopedesign.verification.common import CaseResult

TITLES = {"terrain": "地形 Terrain", "stability": "稳定 Stability", "walls": "挡墙 Walls", "water": "水 Water"}
TARGET = Path(__file__).parents[1] / "docs" / "verification.md"


def row(r: CaseResult) -> str:
    """One line of a table."""
    expected = "-" if r.expected is None else f"{r.expected:.6g}"
    if r.band is not None:
        expected = f"{r.band[0]:.6g} - {r.band[1]:.6g}"
    found = "-" if r.found is None else f"{r.found:.6g}"
    deviation = "-"
    if r.deviation is not None:
        deviation = f"{r.deviation:+.3g}" if r.absolute or r.expected == 0 else f"{100 * r.deviation:+.3f} %"
    verdict = ("holds" if r.holds else "**misses**") if r.usable else "for information"
    cells = [r.case, r.what, expected, found, deviation, verdict, r.source, r.note]
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def main() -> None:
    """Run all groups and write the page."""
    lines = [
        "# 已发表算例 Published cases",
        "",
        "由 `python tools/write_verification.py` 生成；`slopedesign verify` 现场重跑同样的算例。",
        'Generated; `slopedesign verify` runs the same cases here and now. "For information": a printed number without',
        "a stated tolerance, or a file that is not at hand.",
    ]
    for group in GROUPS:
        results = verify(group)
        usable = [r for r in results if r.usable]
        held = sum(r.holds for r in usable)
        lines += ["", f"## {TITLES.get(group, group)}: {held} / {len(usable)}", ""]
        lines += ["| case | number | published | found | deviation | verdict | source | note |"]
        lines += ["|---|---|---|---|---|---|---|---|", *(row(r) for r in results)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
