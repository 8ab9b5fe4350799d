"""Leaders with text above a drawing, stacked so that neither texts nor leaders meet."""

from __future__ import annotations

from collections.abc import Sequence

from slopedesign.drawings.sheet import Sheet
from slopedesign.drawings.text import text_width


def ladder(
    sheet: Sheet, notes: Sequence[tuple[tuple[float, float], str]], low: float, *, side: int = 1, height: float = 2.5,
    limit: float | None = None, layer: str = "notes",
) -> None:  # fmt: skip
    """Notes above a drawing: a leader straight up from each tip, its text on a step of its own.

    Args:
        low: level of the lowest text [mm].
        side: texts run to the right (1) or to the left (-1) of their leaders; the steps rise the other way, so that no
            leader runs through a text.
        limit: texts do not pass this x.
    """
    step = height * 2.0
    order = sorted(notes, key=lambda note: -side * note[0][0])
    for i, (tip, words) in enumerate(order):
        width, y = text_width(words, height), low + i * step
        start, end = (tip[0], tip[0] + side * width)
        if limit is not None and (end - limit) * side > 0:
            start, end = limit - side * width, limit
        left = min(start, end)
        sheet.text(layer, (left, y + 0.8), words, height)
        sheet.line(layer, [tip, (tip[0], y), (end, y)], avoid=False)
        if (start - tip[0]) * side < 0:
            sheet.line(layer, [(start, y), (tip[0], y)], avoid=False)
        sheet.circle(layer, tip, 0.4)
