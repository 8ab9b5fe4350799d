"""Stilling basins: plan, long section, cross section, all from the sizes they are built with."""

from __future__ import annotations

import numpy as np

from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.result import ReachStructures
from slopedesign.calc.water.works.common import Works
from slopedesign.drawings.blocks import Block, Pad, chain, view_block, water_mark
from slopedesign.drawings.phrases import Phrases, number, ratio
from slopedesign.drawings.sheet import Box, View
from slopedesign.drawings.structure_parts import axis, bed, cut_mark, dug, flow_arrow, mark, seen, size, solid, surface

BEFORE, AFTER = 1.6, 1.2
"""What is shown of the chute above and of the channel below [m]."""


def basin_blocks(
    reach: ReachResult, structures: ReachStructures, works: Works, say: Phrases, scale: int
) -> list[Block]:
    """Plan, long section and cross section of a basin."""
    drawn = _Basin(reach, structures, works, say)
    return [drawn.long(scale), drawn.plan(scale), drawn.across(scale)]


class _Basin:
    """A basin with its floor at level 0 of the views and its foot of the chute at station 0."""

    def __init__(self, reach: ReachResult, structures: ReachStructures, works: Works, say: Phrases) -> None:
        self.reach, self.structures, self.works, self.say = reach, structures, works, say
        self.d, self.length, self.sill = (size(works, name) for name in ("depth", "length", "sill"))
        self.floor, self.cushion, self.wall = (size(works, name) for name in ("floor", "cushion", "wall_height"))
        self.width, self.top, self.base = (size(works, name) for name in ("width", "wall_top", "wall_base"))
        self.cutoff, self.ground = size(works, "cutoff_depth"), self.d + size(works, "ground")
        self.end = self.length + self.sill
        self.material = next(a.material for a in works.amounts if a.what == "body")
        self.level = float(reach.input.bed.points[-1, 2]) - self.d
        self.slope = max(reach.input.bed.slope, 1e-3)
        record = reach.input.record.basin
        self.lean = 0.0 if record is None else record.trench_slope
        self.room = 0.0 if record is None else record.working_width

    def long(self, scale: int) -> Block:
        below = self.floor + self.cushion
        rise = BEFORE * self.slope
        high = max(self.wall, min(rise + self.ground, self.wall + 1.2))
        extent = Box(-BEFORE, -below - self.cutoff, self.end + AFTER, high)
        basin = self.structures.basin
        assert basin is not None

        def paint(view: View, room: Box) -> None:
            sheet, t = view.sheet, self.floor
            run = min(BEFORE, (high - self.ground * 0.2) / self.slope)
            foot = [(-run, run * self.slope), (0.0, 0.0), (self.length, 0.0)]
            if self.d > 1e-9:
                foot += [(self.length, self.d), (self.end, self.d)]
            foot += [(self.end + AFTER, self.d)]
            under = [(self.end + AFTER, self.d - t), (self.end, self.d - t), (self.end, -t - self.cutoff)]
            if self.cutoff > 0:
                under += [(self.length, -t - self.cutoff), (self.length, -t)]
            under += [(0.0, -t), (-run, run * self.slope - t)]
            solid(view, [*foot, *under], self.material)
            if self.cushion > 0:
                bed(view, [(0.0, -t), (self.length, -t), (self.length, -below), (0.0, -below)])
            seen(view, [(0.0, 0.0), (0.0, self.wall), (self.end, self.wall), (self.end, self.d)])
            surface(view, self.end, self.end + AFTER, self.ground)
            mark(view, (self.end + AFTER * 0.35, self.d), self.level + self.d)
            hc, h2 = basin.contracted, basin.sequent.value
            sheet.line("water", view.paper([(-run * 0.8, run * 0.8 * self.slope + hc), (0.0, hc)]),
                       linetype="CONTINUOUS")  # fmt: skip
            xs = np.linspace(0.0, self.length, 12)
            jump = np.minimum(xs / max(basin.jump_length.value, 1e-9), 1.0) ** 0.7
            stands = min(self.d + self._tail(), h2 * 1.1)
            sheet.line("water", view.paper(np.column_stack((xs, hc + (stands - hc) * jump / jump[-1]))),
                       linetype="CONTINUOUS")  # fmt: skip
            tail = self.d + self._tail()
            sheet.line("water", view.paper([(self.length, stands), (self.end, tail), (self.end + AFTER, tail)]),
                       linetype="CONTINUOUS")  # fmt: skip
            water_mark(sheet, view.point(self.end + AFTER * 0.7, tail))
            y = view.point(0.0, -below - self.cutoff)[1]
            chain(view, [(0.0, -below), (self.length, -below), (self.end, -below)], y - 6)
            chain(view, [(0.0, -below), (self.end, -below)], y - 13)
            x = view.point(-BEFORE, 0.0)[0] - 5
            chain(view, [(0.0, z) for z in sorted({-below, -t, 0.0, self.wall})], x, 90)
            if self.d > 1e-9:
                chain(view, [(self.end, 0.0), (self.end, self.d)], view.point(self.end + AFTER, 0.0)[0] + 5, 90)
            if self.cutoff > 0:
                chain(view, [(self.end, -t - self.cutoff), (self.end, -t)], view.point(self.end + AFTER, 0)[0] + 5, 90)
            mark(view, (self.length * 0.45, 0.0), self.level)
            mark(view, (self.length * 0.75, self.wall), self.level + self.wall)

        return view_block(self.say("sheets.structure.long", name=self._name()), scale, extent, Pad(22, 20, 10, 20),
                          paint)  # fmt: skip

    def _tail(self) -> float:
        built = self.structures.built_basin
        found = None if built is None or built.submergence is None else built.submergence.inputs.get("h_t")
        return 0.0 if found is None else found.value

    def _name(self) -> str:
        return self.reach.name + self.say("water.works.basin")

    def plan(self, scale: int) -> Block:
        half, out = self.width / 2, self.width / 2 + self.top
        foot = self.width / 2 + self.base
        extent = Box(-BEFORE, -foot, self.end + AFTER, foot)

        def paint(view: View, room: Box) -> None:
            for side in (-1, 1):
                seen(view, [(-BEFORE, side * half), (self.end + AFTER, side * half)])
                seen(view, [(-BEFORE, side * out), (self.end + AFTER, side * out)])
                seen(view, [(0.0, side * foot), (self.end, side * foot)], hidden=True)
            for x in (0.0, self.length, self.end):
                seen(view, [(x, -half), (x, half)])
            for x in (0.0, self.end):
                seen(view, [(x, -foot), (x, -half)], hidden=True)
                seen(view, [(x, half), (x, foot)], hidden=True)
            axis(view, (-BEFORE - 0.2, 0.0), (self.end + AFTER + 0.2, 0.0))
            flow_arrow(view, (-BEFORE * 0.35, 0.0))
            y = view.point(0.0, -foot)[1]
            chain(view, [(0.0, -foot), (self.length, -foot), (self.end, -foot)], y - 6)
            chain(view, [(0.0, -foot), (self.end, -foot)], y - 13)
            x = view.point(-BEFORE, 0.0)[0] - 6
            chain(view, [(-BEFORE, v) for v in (-out, -half, half, out)], x, 90)
            chain(view, [(self.end, v) for v in (-foot, foot)], view.point(self.end + AFTER, 0.0)[0] + 6, 90)
            at = self.length * 0.5
            x = view.point(at, 0.0)[0]
            cut_mark(view.sheet, (x, view.point(0.0, foot)[1] + 1), (x, y - 15.0), "1")

        return view_block(
            self.say("sheets.structure.plan", name=self._name()), scale, extent, Pad(22, 18, 8, 24), paint
        )

    def across(self, scale: int) -> Block:
        half, foot = self.width / 2, self.width / 2 + self.base
        low = -self.floor - self.cushion
        reach = foot + self.room + self.lean * (self.ground - low)
        extent = Box(-reach - 0.3, low, reach + 0.3, max(self.wall, self.ground))
        basin = self.structures.basin
        assert basin is not None

        def paint(view: View, room: Box) -> None:
            sheet, t = view.sheet, self.floor
            lean = (self.base - self.top) / self.wall
            outline = [(-half, self.wall), (-half, 0.0), (half, 0.0), (half, self.wall), (half + self.top, self.wall),
                       (foot, 0.0), (foot, -t), (-foot, -t), (-foot, 0.0), (-half - self.top, self.wall)]  # fmt: skip
            solid(view, outline, self.material)
            if self.cushion > 0:
                bed(view, [(-foot, -t), (foot, -t), (foot, low), (-foot, low)])
            edge = foot + self.room
            dug(view, [(-reach, self.ground), (-edge, low), (edge, low), (reach, self.ground)])
            back = half + self.base - lean * min(self.ground, self.wall)
            surface(view, extent.x0, -back, self.ground)
            surface(view, back, extent.x1, self.ground)
            stands = self.d + self._tail()
            sheet.line("water", view.paper([(-half, stands), (half, stands)]), linetype="CONTINUOUS")
            water_mark(sheet, view.point(0.0, stands))
            y = view.point(0.0, low)[1]
            xs = (-foot, -half, half, foot)
            chain(view, [(x, low) for x in xs], y - 6)
            chain(view, [(-edge, low), (edge, low)], y - 13)
            chain(view, [(x, self.wall) for x in (-half - self.top, -half, half, half + self.top)],
                  view.point(0.0, extent.y1)[1] + 5)  # fmt: skip
            x = view.point(extent.x0, 0.0)[0] - 5
            chain(view, [(-foot, z) for z in (low, -t, 0.0, self.wall)], x, 90)
            if self.lean > 0:
                p = view.point((edge + reach) / 2, (self.ground + low) / 2)
                sheet.text("dimension", (p[0] + 2.5, p[1]), ratio(self.lean), 2.5)
            mark(view, (half * 0.2, 0.0), self.level)

        title = self.say("sheets.structure.cross", name="1\N{EM DASH}1")
        return view_block(title, scale, extent, Pad(20, 20, 14, 20), paint)


def basin_row(reach: ReachResult, structures: ReachStructures) -> tuple[str, ...]:
    """A basin as worked, for its table."""
    b = structures.basin
    assert b is not None
    return (
        reach.name, number(b.unit_flow, 3), number(b.energy, 3), number(b.contracted, 3), number(b.froude, 2),
        number(b.sequent, 3), number(max(b.depth.value, 0.0), 3), number(b.jump_length, 2), number(b.length, 2),
    )  # fmt: skip
