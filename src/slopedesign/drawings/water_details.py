"""Sheets of the network's sections and structures: ditches, chutes, basins, drops, culverts, mouths, aprons.

Every reach with a structure has a sheet of its own: its views at one scale, what it takes, and notes. What was worked
for basins, drops and culverts stands in tables of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.result import ReachStructures, WaterResult
from slopedesign.calc.water.works.common import Works
from slopedesign.drawings.basin_details import basin_blocks, basin_row
from slopedesign.drawings.blocks import Block, block_sheets, largest_scale, note_block, paginate, table_blocks
from slopedesign.drawings.chute_details import chute_blocks, rib_block
from slopedesign.drawings.culvert_details import culvert_blocks
from slopedesign.drawings.ditch_details import DASH, section_sheets
from slopedesign.drawings.drop_details import drop_blocks
from slopedesign.drawings.mouth_details import apron_blocks, mouth_blocks, wing_block
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.sheet import PAPERS, Sheet
from slopedesign.drawings.structure_parts import amounts_blocks
from slopedesign.drawings.tables import Column, Table

STRUCTURES = (20, 25, 30, 40, 50, 60, 80, 100, 150, 200)
CHUTES = (50, 60, 80, 100, 150, 200, 300, 500)
MOUTHS = ("upper_mouth", "lower_mouth")
Make = Callable[[int], list[Block]]


def detail_sheets(water: WaterResult, say: Phrases, prefix: str) -> list[Sheet]:
    """Sections of every size used, the structures of each reach, the chutes, and what was worked for them."""
    sheets = section_sheets(water, say, prefix)
    network = water.network
    assert network is not None
    for structures in water.structures:
        sheets += _structure_sheets(network.reach(structures.reach), structures, say, prefix)
    tables = _structure_tables(water, say)
    worked = [say("sheets.structure.note.worked"), *_uncounted(water, say)] if tables else []
    chutes = _chute_sheets(water, tables, worked, say, prefix)
    if chutes or not tables:
        return [*sheets, *chutes]
    title = say("sheets.structure.title", prefix=prefix)
    return sheets + block_sheets(
        [*tables, note_block(say, worked, 120)],
        code="SL",
        title=title,
        scale=100,
        scale_text=DASH,
        language=say.language,
    )


def _uncounted(water: WaterResult, say: Phrases) -> list[str]:
    """A note for the structures whose sizes are not stated: they are neither drawn nor counted."""
    names = [f"{w.name}{say(f'water.works.{w.kind}')}" for s in water.structures for w in s.works if w.missing]
    return [say("sheets.structure.note.missing", names=", ".join(dict.fromkeys(names)))] if names else []


def _structure_sheets(reach: ReachResult, s: ReachStructures, say: Phrases, prefix: str) -> list[Sheet]:
    """The sheets of one reach: its culvert, basin, drop, mouths or apron; none where nothing is described."""
    works = [w for w in s.works if not w.missing]
    make = _views(reach, s, works, say)
    if make is None:
        return []
    title = say("sheets.structure.one", prefix=prefix, name=reach.name)
    said = [say("note.mm"), say("sheets.structure.note.levels"), say("sheets.structure.note.amounts")]
    rest = [*amounts_blocks(works, say, say("sheets.structure.amounts", name=reach.name)), note_block(say, said, 120)]

    def both(scale: int) -> list[Block]:
        return [*make(scale), *rest]

    scale = _best_scale(both)
    return block_sheets(both(scale), code="SL", title=title, scale=scale, language=say.language, most=1)


def _best_scale(make: Make) -> int:
    """The largest scale at which all fits one A3, if that is one of the larger; else one A2."""
    for paper, scales in (("A3", STRUCTURES[:5]), ("A2", STRUCTURES)):
        for scale in scales:
            pages = paginate(make(scale), PAPERS[paper])
            if pages is not None and len(pages) == 1:
                return scale
    return STRUCTURES[-1]


def _views(reach: ReachResult, s: ReachStructures, works: Sequence[Works], say: Phrases) -> Make | None:
    by_kind = {w.kind: w for w in works}
    parts: list[Make] = []
    if "culvert" in by_kind:
        barrel, upper, lower = by_kind["culvert"], by_kind.get("upper_mouth"), by_kind.get("lower_mouth")
        parts.append(lambda scale: culvert_blocks(reach, barrel, upper, lower, say, scale))
        wing = upper or lower
        if wing is not None:
            parts.append(lambda scale: [wing_block(wing, say, scale)])
    if "basin" in by_kind:
        basin = by_kind["basin"]
        parts.append(lambda scale: basin_blocks(reach, s, basin, say, scale))
    if s.built_drop is not None:
        built = s.built_drop
        parts.append(lambda scale: drop_blocks(reach, built, say, scale))
    if "teeth" in by_kind and s.quantities is not None:
        teeth = by_kind["teeth"]
        parts.append(lambda scale: [rib_block(reach, s, teeth, say, scale)])
    if "culvert" not in by_kind:
        for kind in MOUTHS:
            if kind in by_kind:
                mouth = by_kind[kind]
                parts.append(lambda scale, mouth=mouth: mouth_blocks(reach, mouth, say, scale))  # type: ignore[misc]
    if "apron" in by_kind:
        apron = by_kind["apron"]
        parts.append(lambda scale: apron_blocks(reach, apron, say, scale))
    if not parts:
        return None
    return lambda scale: [block for part in parts for block in part(scale)]


def _chute_sheets(
    water: WaterResult, tables: Sequence[Block], worked: Sequence[str], say: Phrases, prefix: str
) -> list[Sheet]:
    """Plan and long section of every chute at one scale, and the tables of what was worked."""
    network = water.network
    assert network is not None
    chutes = [
        (network.reach(s.reach), s, next((w for w in s.works if w.kind == "teeth" and not w.missing), None))
        for s in water.structures
        if s.drop is None and s.quantities is not None
    ]
    chutes = [
        (r, s, t) for r, s, t in chutes if r.kind == "chute" and r.sized is not None and r.sized.chute is not None
    ]
    if not chutes:
        return []

    def make(scale: int) -> list[Block]:
        return [*(block for r, s, t in chutes for block in chute_blocks(r, s, t, say, scale)), *tables]

    scale = largest_scale(make, CHUTES, ("A3", "A2"), most=2, small_paper=False)
    notes = note_block(say, [say("note.mm"), say("sheets.structure.note.chute"), *worked], 120)
    return block_sheets([*make(scale), notes], code="SL", title=say("sheets.structure.chutes", prefix=prefix),
                        scale=scale, language=say.language, most=2)  # fmt: skip


# --- what was worked --------------------------------------------------------------------------------------------------


def _structure_tables(water: WaterResult, say: Phrases) -> list[Block]:
    """Basins, drops and culverts as worked."""
    blocks: list[Block] = []
    network = water.network
    assert network is not None
    if any(s.basin is not None for s in water.structures):
        basin_heads = ("reach", "q", "T_0", "h_c", "Fr", "h_2", "d", "L_j", "L_k")
        found = [s for s in water.structures if s.basin is not None]
        basin_rows = tuple(basin_row(network.reach(s.reach), s) for s in found)
        blocks += _table("basins", basin_heads, basin_rows, say)
    drops = [(network.reach(s.reach), s.drop) for s in water.structures if s.drop is not None]
    if drops:
        drop_heads = ("reach", "D_n", "L_d", "y_p", "y_1", "y_2", "L_j")
        drop_rows = tuple(
            (r.name, number(d.number, 4), number(d.length, 2), number(d.pool, 3), number(d.toe, 3),
             number(d.sequent, 3), number(d.jump_length, 2)) for r, d in drops
        )  # fmt: skip
        blocks += _table("drops", drop_heads, drop_rows, say)
    culverts = [(r, r.culvert) for r in network.reaches if r.culvert is not None]
    if culverts:
        culvert_heads = ("reach", "Q", "barrels", "inlet", "outlet", "control", "allowed_head", "v")
        culvert_rows = tuple(
            (
                r.name, number(c.rating.flow, 3), str(c.culvert.barrels), number(c.rating.inlet, 3),
                number(c.rating.outlet, 3), say(f"sheets.structure.control_{c.rating.control}"),
                number(c.allowed, 2) if c.allowed is not None else DASH, number(c.rating.velocity),
            )
            for r, c in culverts
        )  # fmt: skip
        blocks += _table("culverts", culvert_heads, culvert_rows, say)
    return blocks


def _table(name: str, heads: Sequence[str], rows: tuple[tuple[str, ...], ...], say: Phrases) -> list[Block]:
    columns = tuple(
        Column(say(f"sheets.structure.head.{h}"), "left" if h == "reach" else "center" if h == "control" else "right")
        for h in heads
    )
    return table_blocks(Table(say(f"sheets.structure.{name}"), columns, rows))
