"""Open boxes of a floor and two side walls in their trench: basins, the floors of drops, spillway channels.

Walls stand upright on the water side and lean on the back; floor and cushion reach to the outer foot of the walls.
"""

from __future__ import annotations

from dataclasses import dataclass

from slopedesign.calc.water.ditch_quantities import BACKFILL, PER_METRE, TRENCH
from slopedesign.standards import water_amounts as rows
from slopedesign.standards.trace import Traced, measured


@dataclass(frozen=True)
class Trough:
    """Sizes of a trough [m].

    Attributes:
        width: clear width. length: along the flow. wall_height: above its floor.
        ground: of the ground above its floor.
        trench_slope: 1:m of the trench [-].
    """

    width: Traced
    length: Traced
    wall_height: Traced
    wall_top: Traced
    wall_base: Traced
    floor: Traced
    cushion: Traced
    ground: Traced
    trench_slope: Traced
    working_width: Traced

    @property
    def outer_width(self) -> Traced:
        """Width over the feet of the walls."""
        return rows.WIDEN.at(B=self.width, t=self.wall_base)


@dataclass(frozen=True)
class TroughAmounts:
    """Volumes of a trough [m3]; `outer` is what it and its waterway take up below the ground."""

    excavation: Traced
    floor: Traced
    walls: Traced
    cushion: Traced
    outer: Traced
    backfill: Traced


def trough_amounts(t: Trough, path: str) -> TroughAmounts:
    """Excavation, floor, walls, cushion and backfill of a trough."""
    wide = t.outer_width
    depth = rows.DEPTH.at(h_g=t.ground, d=0.0, t_f=t.floor, t_c=t.cushion)
    dug = PER_METRE.at(A=TRENCH.at(B=wide, w=t.working_width, m=t.trench_slope, H=depth), L=t.length)
    cushion = rows.SLAB.at(L=t.length, B=wide, t=t.cushion)
    covered = t.ground if t.ground.value <= t.wall_height.value else t.wall_height
    section = rows.OCCUPIED.at(
        B=t.width, t_1=t.wall_top, t_2=t.wall_base, t_f=t.floor, h=covered, H_w=t.wall_height
    )  # fmt: skip
    outer = rows.RUN.at(A=section, L=t.length)
    if covered is t.wall_height and t.ground.value > t.wall_height.value:
        over = measured(
            t.width.value * t.length.value * (t.ground.value - t.wall_height.value), "m3", "water.note.open_above",
            path, ground=t.ground, wall=t.wall_height,
        )  # fmt: skip
        outer = rows.RUN.at(A=measured((outer.value + over.value) / t.length.value, "m2", "water.note.open_above",
                                       path, outer=outer, over=over), L=t.length)  # fmt: skip
    return TroughAmounts(
        excavation=dug, floor=rows.SLAB.at(L=t.length, B=wide, t=t.floor),
        walls=rows.WALLS.at(t_1=t.wall_top, t_2=t.wall_base, h=t.wall_height, L=t.length), cushion=cushion,
        outer=outer, backfill=BACKFILL.at(V_e=dug, V_o=outer, V_c=cushion),
    )  # fmt: skip
