"""The title block: its cells, rules and attribute tags [mm], after the usual form of Chinese design offices."""

from __future__ import annotations

from dataclasses import dataclass

from slopedesign.drawings.sheet import Box
from slopedesign.drawings.text import BODY, TITLE

BLOCK_WIDTH, BLOCK_HEIGHT = 180.0, 40.0


@dataclass(frozen=True)
class Cell:
    """One cell: a label (phrase key below `drawings.title_block`), or the attribute that stands in it."""

    box: Box
    label: str = ""
    tag: str = ""
    height: float = 3.0
    style: str = BODY


_SIGN, _NAME, _MIDDLE, _LABEL = 15.0, 40.0, 130.0, 150.0


def _rows(count: int) -> list[tuple[float, float]]:
    step = BLOCK_HEIGHT / count
    return [(BLOCK_HEIGHT - (i + 1) * step, BLOCK_HEIGHT - i * step) for i in range(count)]


def _cells() -> tuple[Cell, ...]:
    left = [("designed", "DESIGN"), ("checked", "CHECK"), ("reviewed", "REVIEW"), ("approved", "APPROVE")]
    right = [("stage", "STAGE"), ("scale", "SCALE"), ("date", "DATE"), ("number", "NO"), ("page", "PAGE")]
    cells = []
    for (label, tag), (low, high) in zip(left, _rows(4), strict=True):
        cells += [Cell(Box(0, low, _SIGN, high), label=label), Cell(Box(_SIGN, low, _NAME, high), tag=tag)]
    for (label, tag), (low, high) in zip(right, _rows(5), strict=True):
        cells += [
            Cell(Box(_MIDDLE, low, _LABEL, high), label=label),
            Cell(Box(_LABEL, low, BLOCK_WIDTH, high), tag=tag),
        ]
    cells += [
        Cell(Box(_NAME, 32, _NAME + 18, 40), label="office"),
        Cell(Box(_NAME + 18, 32, _MIDDLE, 40), tag="UNIT", height=3.5),
        Cell(Box(_NAME, 24, _NAME + 18, 32), label="client"),
        Cell(Box(_NAME + 18, 24, _MIDDLE, 32), tag="CLIENT", height=3.5),
        Cell(Box(_NAME, 13, _MIDDLE, 24), tag="PROJECT", height=4.0, style=TITLE),
        Cell(Box(_NAME, 0, _MIDDLE, 13), tag="TITLE", height=5.0, style=TITLE),
    ]
    return tuple(cells)


CELLS = _cells()

RULES: tuple[tuple[tuple[float, float], tuple[float, float]], ...] = (
    *(((x, 0.0), (x, BLOCK_HEIGHT)) for x in (_SIGN, _NAME, _MIDDLE, _LABEL)),
    *(((0.0, low), (_NAME, low)) for low, _ in _rows(4)[:-1]),
    *(((_MIDDLE, low), (BLOCK_WIDTH, low)) for low, _ in _rows(5)[:-1]),
    *(((_NAME, y), (_MIDDLE, y)) for y in (13.0, 24.0, 32.0)),
    *(((_NAME + 18, y), (_NAME + 18, y + 8)) for y in (24.0, 32.0)),
)
