"""What the sheets of water structures share: bodies with their material, trenches, the ground, tables of amounts."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import ArrayLike

from slopedesign.calc.water.works.common import Works
from slopedesign.drawings import textures
from slopedesign.drawings.blocks import Block, arrow_head, table_blocks
from slopedesign.drawings.phrases import Phrases, number, unit_name
from slopedesign.drawings.sheet import Sheet, View
from slopedesign.drawings.symbols import level_mark
from slopedesign.drawings.tables import Column, Table
from slopedesign.quantities.bill import DIGITS
from slopedesign.quantities.water_works import item_name, specification
from slopedesign.standards.trace import Traced

STONE = ("mortared_stone", "plastered_masonry", "dry_stone")
Line = Sequence[tuple[float, float]]


def size(works: Works, name: str) -> float:
    """A size of a structure [m]; 0 where it has none of this name."""
    found = works.sizes.get(name)
    return 0.0 if found is None else found.value


def solid(view: View, outline: ArrayLike, material: str, holes: Sequence[ArrayLike] = ()) -> None:
    """A body cut through [m]: its outline, and stones or concrete inside."""
    sheet, ring = view.sheet, view.paper(outline)
    rings = [view.paper(hole) for hole in holes]
    for one in (ring, *rings):
        sheet.line("drain", one, closed=True)
    if material in STONE:
        textures.stones(sheet, ring, 4.0, layer="fill", mortar=0.4, holes=rings)
    elif material == "gravel":
        textures.gravel(sheet, ring, 1.6)
    else:
        sheet.fill("fill", [ring, *rings], "AR-CONC", scale=0.5)


def bed(view: View, outline: ArrayLike) -> None:
    """A cushion cut through [m]."""
    ring = view.paper(outline)
    view.sheet.line("fill", ring, closed=True)
    textures.gravel(view.sheet, ring, 1.4)


def dug(view: View, outline: Line) -> None:
    """The line of a trench [m]."""
    view.sheet.line("interface", view.paper(outline), linetype="DASHED")


def seen(view: View, line: Line, *, hidden: bool = False) -> None:
    """An edge that is seen, or hidden below something [m]."""
    view.sheet.line("drain", view.paper(line), lineweight=13 if hidden else 25,
                    linetype="DASHED" if hidden else "CONTINUOUS")  # fmt: skip


def surface(view: View, a: float, b: float, z: float) -> None:
    """The ground, level between two stations [m]."""
    if b - a < 1e-6:
        return
    line = view.paper([(a, z), (b, z)])
    view.sheet.line("ground", line, linetype="CONTINUOUS")
    textures.ground_ticks(view.sheet, line, spacing=7.0, size=1.8)


def axis(view: View, a: tuple[float, float], b: tuple[float, float]) -> None:
    """A centre line [m]."""
    view.sheet.line("axis", view.paper([a, b]), avoid=False)


def flow_arrow(view: View, tip: tuple[float, float]) -> None:
    """The sense of flow on a plan, pointing right [m]."""
    x, y = view.point(*tip)
    view.sheet.line("water", [(x - 8, y), (x - 2, y)], linetype="CONTINUOUS", avoid=False)
    arrow_head(view.sheet, "water", (x, y), 0.0)


def mark(view: View, at: tuple[float, float], z: Traced | float) -> None:
    """A level mark at a point of a section [m] with its level."""
    level_mark(view.sheet, view.point(*at), number(z, 2))


def cut_mark(sheet: Sheet, top: tuple[float, float], foot: tuple[float, float], name: str) -> None:
    """The signs of an upright cutting plane above and below a view [mm], with its number."""
    for (x, y), way in ((top, 1), (foot, -1)):
        sheet.line("section_line", [(x, y), (x, y + 4.0 * way)], linetype="CONTINUOUS", lineweight=70, avoid=False)
        sheet.text("section_line", (x + 1.4, y + (0.8 if way > 0 else -3.6)), name, 3.0)


def amounts_blocks(works: Sequence[Works], say: Phrases, title: str) -> list[Block]:
    """The table of what structures take."""
    rows = [
        (
            say(f"water.works.{w.kind}"), item_name(w.kind, a.what).render(say.language),
            specification(a).render(say.language), unit_name(a.number.unit) or say("workbook.pieces"),
            number(a.number, DIGITS.get(a.number.unit, 2)),
        )
        for w in works
        for a in w.amounts
    ]  # fmt: skip
    if not rows:
        return []
    heads = ("structure", "item", "spec", "unit", "amount")
    columns = tuple(
        Column(say(f"sheets.structure.amount.{h}"), "right" if h == "amount" else "center" if h == "unit" else "left",
               46.0) for h in heads
    )  # fmt: skip
    return table_blocks(Table(title, columns, tuple(rows)))
