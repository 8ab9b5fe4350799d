"""Views and tables as blocks of known size, laid on as many sheets as they need.

A block says how much paper it takes before it is drawn, so that blocks cannot overlap; the sheets are the smallest on
which every block finds room, and a new sheet is begun when one is full.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from slopedesign.drawings.phrases import Phrases
from slopedesign.drawings.sheet import PAPERS, Box, Paper, Points, Sheet, View
from slopedesign.drawings.tables import Table, draw_notes, draw_table, notes_height
from slopedesign.drawings.text import text_width
from slopedesign.drawings.titleblock import BLOCK_HEIGHT, BLOCK_WIDTH
from slopedesign.drawings.views import view_title

GAP = 7.0
EDGE = 4.0
HEAD = 16.0
"""Room a view's title takes above it [mm]."""


@dataclass(frozen=True)
class Block:
    """Something to be drawn into a box of this size [mm]; `new_sheet` begins a sheet."""

    width: float
    height: float
    draw: Callable[[Sheet, Box], None] = field(repr=False)
    new_sheet: bool = False


@dataclass(frozen=True)
class Pad:
    """Room around a view for its dimensions and words [mm]."""

    left: float = 18.0
    right: float = 18.0
    top: float = 10.0
    bottom: float = 14.0


def view_block(
    title: str, scale: int, extent: Box, pad: Pad, paint: Callable[[View, Box], None], *, shown_scale: bool = True,
    new_sheet: bool = False,
) -> Block:  # fmt: skip
    """A view of an extent [m] at a scale with its title above; `paint` gets the view and its box."""
    unit = scale / 1000.0
    width = extent.width / unit + pad.left + pad.right
    words = text_width(title, 5.0) + 2 * (text_width(f"1:{scale}", 3.5) + 6 if shown_scale else 4)
    whole = max(width, words)
    height = extent.height / unit + pad.top + pad.bottom + HEAD

    def draw(sheet: Sheet, box: Box) -> None:
        left = box.x0 + (box.width - width) / 2 + pad.left
        view = View(sheet, (extent.x0, extent.y0), (left, box.y0 + pad.bottom))
        view_title(sheet, (box.center[0], box.y1 - 8), title, scale if shown_scale else None)
        paint(view, Box(box.x0, box.y0, box.x1, box.y1 - HEAD))

    return Block(whole, height, draw, new_sheet)


def table_blocks(table: Table, tallest: float = 230.0) -> list[Block]:
    """A table as blocks, cut where it is taller than a sheet."""
    blocks: list[Block] = []
    rest: Table | None = table
    while rest is not None:
        part, rest = rest.split(tallest)

        def draw(sheet: Sheet, box: Box, part: Table = part) -> None:
            draw_table(sheet, part, box.x0, box.y1)

        blocks.append(Block(part.width, part.height, draw))
    return blocks


def note_block(say: Phrases, notes: Sequence[str], width: float = 170.0) -> Block:
    """Numbered notes."""
    height = notes_height(say("notes"), notes, width)

    def draw(sheet: Sheet, box: Box) -> None:
        draw_notes(sheet, say("notes"), notes, box.x0, box.y1, width)

    return Block(width, height + 1, draw)


Page = list[tuple[Block, Box]]


def paginate(blocks: Sequence[Block], paper: Paper) -> list[Page] | None:
    """The blocks on sheets of a size, each on the first with room, up and left; None where a block fits no sheet."""
    f = Sheet("", "", 1, paper).frame
    room = Box(f.x0 + EDGE, f.y0 + EDGE, f.x1 - EDGE, f.y1 - EDGE)
    corner = Box(f.x1 - BLOCK_WIDTH - GAP, f.y0, f.x1, f.y0 + BLOCK_HEIGHT + GAP)
    pages: list[Page] = [[]]
    for block in blocks:
        found = None
        for page in [] if block.new_sheet and pages[-1] else pages:
            spot = _spot(block, room, corner, page)
            if spot is not None:
                found = page, spot
                break
        if found is None:
            if pages[-1]:
                pages.append([])
            spot = _spot(block, room, corner, pages[-1])
            if spot is None:
                return None
            found = pages[-1], spot
        found[0].append((block, found[1]))
    return pages


def _spot(block: Block, room: Box, corner: Box, page: Page) -> Box | None:
    """The highest, then leftmost place for a block that meets nothing."""
    taken = [corner, *(box for _, box in page)]
    tops = sorted({room.y1, *(box.y0 - GAP for _, box in page)}, reverse=True)
    lefts = sorted({room.x0, *(box.x1 + GAP for _, box in page)})
    for top in tops:
        for left in lefts:
            box = Box(left, top - block.height, left + block.width, top)
            if box.x1 > room.x1 + 1e-6 or box.y0 < room.y0 - 1e-6:
                continue
            if not any(_close(box, other, 0.0 if other is corner else GAP) for other in taken):
                return box
    return None


def _close(a: Box, b: Box, gap: float) -> bool:
    e = 1e-6
    return a.x0 < b.x1 + gap - e and b.x0 < a.x1 + gap - e and a.y0 < b.y1 + gap - e and b.y0 < a.y1 + gap - e


def block_sheets(
    blocks: Sequence[Block], *, code: str, title: str, scale: int, language: str, first: int = 1, scale_text: str = "",
    papers: Sequence[str] = ("A3", "A2", "A1", "A0"), most: int = 2,
) -> list[Sheet]:  # fmt: skip
    """The blocks drawn on sheets of one size: the smallest that needs at most `most` sheets, else the largest.

    A last sheet that is left half empty takes the smaller paper its blocks fit.

    Raises:
        ValueError: a block is larger than the largest sheet.
    """
    if not blocks:
        return []
    chosen = choose_paper(blocks, papers, most)
    if chosen is None:
        raise ValueError(f"{code}: a block fits no sheet: {max(b.width for b in blocks):.0f} mm wide")
    paper, pages = chosen
    sheets = []
    for i, page in enumerate(pages):
        if i and i == len(pages) - 1:
            paper, page = _smallest([block for block, _ in page], papers) or (paper, page)
        name = title if len(pages) == 1 else Phrases(language)("plan.tile", title=title, number=i + 1)
        sheet = Sheet(f"{code}-{first + i:02d}", name, scale, paper, language, scale_text=scale_text)
        for block, box in _settled(page, sheet):
            block.draw(sheet, box)
        sheets.append(sheet)
    return sheets


def _smallest(blocks: Sequence[Block], papers: Sequence[str]) -> tuple[Paper, Page] | None:
    """The smallest paper that holds blocks on one sheet."""
    for name in papers:
        pages = paginate(blocks, PAPERS[name])
        if pages is not None and len(pages) == 1:
            return PAPERS[name], pages[0]
    return None


def choose_paper(
    blocks: Sequence[Block], papers: Sequence[str] = ("A3", "A2", "A1", "A0"), most: int = 2
) -> tuple[Paper, list[Page]] | None:
    """The smallest paper on which the blocks need at most `most` sheets, and their places."""
    best = None
    for name in papers:
        pages = paginate(blocks, PAPERS[name])
        if pages is None:
            continue
        if len(pages) <= most:
            return PAPERS[name], pages
        if best is None or name in ("A2", "A1"):
            best = PAPERS[name], pages
    return best


def _settled(page: Page, sheet: Sheet) -> Page:
    """The blocks of a page moved right together, so that the room left over is shared by both sides."""
    f = sheet.frame
    corner = Box(f.x1 - BLOCK_WIDTH - GAP, f.y0, f.x1, f.y0 + BLOCK_HEIGHT + GAP)
    spare = (f.x1 - EDGE - max(box.x1 for _, box in page)) / 2
    moved = [(block, Box(box.x0 + spare, box.y0, box.x1 + spare, box.y1)) for block, box in page]
    return page if any(_close(box, corner, 0.0) for _, box in moved) else moved


def largest_scale(
    make: Callable[[int], Sequence[Block]], scales: Sequence[int], papers: Sequence[str] = ("A3", "A2", "A1", "A0"),
    most: int = 1, small_paper: bool = True,
) -> int:  # fmt: skip
    """The largest scale (smallest number) at which the blocks `make` returns need at most `most` sheets.

    Args:
        small_paper: rather a smaller scale than a larger paper.
    """
    tries = [(s, p) for p in papers for s in scales] if small_paper else [(s, p) for s in scales for p in papers]
    for scale, name in tries:
        pages = paginate(make(scale), PAPERS[name])
        if pages is not None and len(pages) <= most:
            return scale
    return scales[-1]


def chain(
    view: View, points: Sequence[tuple[float, float]], at: float, angle: float = 0.0, *, factor: float = 1000.0,
    digits: int = 0,
) -> None:  # fmt: skip
    """A chain of dimensions through points [m] on a line at y = `at` (x = `at` for upright ones) [mm].

    Wide spans take their room first, so that the figures of narrow ones find a place beside them.
    """
    shown = [view.point(*p) for p in points]
    k = 1 if angle else 0
    spans = [(p, q) for p, q in zip(shown, shown[1:], strict=False) if abs(q[k] - p[k]) > 0.5]
    ends = [min((p[k] for p in shown), default=0.0), max((p[k] for p in shown), default=0.0)]
    for p, q in sorted(spans, key=lambda span: -abs(span[1][k] - span[0][k])):
        line = (at, 0.0) if angle else (0.0, at)
        free = (min(p[k], q[k]) < ends[0] + 0.1, max(p[k], q[k]) > ends[1] - 0.1)
        view.sheet.dimension("dimension", p, q, line, angle, factor=factor, digits=digits, open_ends=free)


def extent_of(*lines: ArrayLike) -> Box:
    """The upright rectangle around points [m]; empty lines are left out."""
    points = np.vstack([np.asarray(line, dtype=float)[:, :2] for line in lines if len(np.atleast_1d(line))])
    low, high = points.min(axis=0), points.max(axis=0)
    return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def arrow(sheet: Sheet, layer: str, tail: tuple[float, float], tip: tuple[float, float], size: float = 2.0) -> None:
    """A line with a filled arrow head at its tip [mm]."""
    run = np.subtract(tip, tail)
    length = float(np.hypot(*run))
    if length < 1e-9:
        return
    u = run / length
    n = np.array((-u[1], u[0]))
    head = min(size, length)
    end = np.asarray(tip, dtype=float)
    back = end - u * head
    sheet.line(layer, np.vstack((tail, back)), linetype="CONTINUOUS")
    sheet.solid(layer, np.vstack((end, back + n * head * 0.22, back - n * head * 0.22)))


def arrow_head(sheet: Sheet, layer: str, tip: Points | tuple[float, float], turn_deg: float, size: float = 2.5) -> None:
    """A filled arrow head pointing along an angle [deg]."""
    a = math.radians(turn_deg)
    u, n = np.array((math.cos(a), math.sin(a))), np.array((-math.sin(a), math.cos(a)))
    at = np.asarray(tip, dtype=float)
    sheet.solid(layer, [at, at - u * size + n * size * 0.3, at - u * size - n * size * 0.3])


def numbered(sheet: Sheet, layer: str, center: tuple[float, float], content: str, radius: float = 2.6) -> None:
    """A number in a circle."""
    sheet.circle(layer, center, radius)
    height = 2.5 if len(content) < 3 else 1.8
    sheet.text(layer, center, content, height, halign="center", valign="middle", inside=True)


def water_mark(sheet: Sheet, at: tuple[float, float], size: float = 2.4) -> None:
    """The sign of a water level: a triangle standing on it and two strokes below."""
    x, y = at
    sheet.line("water", [(x, y), (x - size * 0.5, y + size * 0.8), (x + size * 0.5, y + size * 0.8)], closed=True,
               linetype="CONTINUOUS")  # fmt: skip
    for i, half in enumerate((0.45, 0.25), 1):
        sheet.line("water", [(x - size * half, y - 0.5 * i), (x + size * half, y - 0.5 * i)], avoid=False,
                   linetype="CONTINUOUS")  # fmt: skip
