"""Detail sheets of the bench-edge wall: typical bench with elevation (1:50 to 1:100), and the section enlarged.

The guide asks for 1:50 to 1:100; at that scale a wall of 0.6 m is 12 mm high, so its section is drawn again at 1:10.
Everything is drawn from the wall's layout; dimensions measure that drawing and are shown in millimetres.
"""

from __future__ import annotations

from collections.abc import Sequence

from slopedesign.drawings.bench_details import bench_sheet
from slopedesign.drawings.bench_wall_section import section_sheets
from slopedesign.drawings.content import WallDetail
from slopedesign.drawings.phrases import Phrases
from slopedesign.drawings.sheet import Sheet


def detail_sheets(details: Sequence[WallDetail], scale: int, language: str) -> list[Sheet]:
    """Two sheets for each wall: the typical bench with the elevation, and the section with bars and amounts."""
    say = Phrases(language)
    sheets: list[Sheet] = []
    for detail in details:
        sheets.append(bench_sheet(detail, scale, say, len(sheets) + 1))
        sheets += section_sheets(detail, say, len(sheets) + 1)
    return sheets
