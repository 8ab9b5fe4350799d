"""What every detail is drawn with: the title of a view, chains of dimensions in millimetres."""

from __future__ import annotations

import math
from collections.abc import Sequence

from slopedesign.drawings.sheet import Box, Sheet, View
from slopedesign.drawings.text import TITLE, text_width


def view_title(sheet: Sheet, at: tuple[float, float], words: str, scale: int | None = None) -> Box:
    """Title under or above a view: words with a heavy and a thin line below, the scale beside."""
    width = text_width(words, 5.0)
    box = sheet.text("title", at, words, 5.0, halign="center", style=TITLE)
    y = at[1] - 1.8
    sheet.line("title", [(at[0] - width / 2 - 1, y), (at[0] + width / 2 + 1, y)], lineweight=50)
    sheet.line("title", [(at[0] - width / 2 - 1, y - 0.9), (at[0] + width / 2 + 1, y - 0.9)], lineweight=13)
    if scale is not None:
        sheet.text("title", (at[0] + width / 2 + 3, at[1]), f"1:{scale}", 3.5)
    return box


def dims(
    view: View, points: Sequence[tuple[float, float]], at: tuple[float, float], angle: float = 0.0, *,
    factor: float = 1000.0, digits: int = 0,
) -> None:  # fmt: skip
    """A chain of dimensions through points [m], its line through `at` [mm]; shorter ones than half a mm left out."""
    shown = [view.point(*p) for p in points]
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    along = [x * c + y * s for x, y in shown]
    spans = [(abs(b - a), i) for i, (a, b) in enumerate(zip(along, along[1:], strict=False))]
    low, high = (min(along), max(along)) if along else (0.0, 0.0)
    for length, i in sorted(spans, reverse=True):  # short ones last: their texts look for room
        if length > 0.5:
            first, last = sorted(along[i : i + 2])
            view.sheet.dimension(
                "dimension", shown[i], shown[i + 1], at, angle, factor=factor, digits=digits,
                open_ends=(first < low + 0.1, last > high - 0.1),
            )  # fmt: skip
