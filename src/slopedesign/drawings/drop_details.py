"""Drops: plan, long section of all steps, cross section, from the sizes they are built with."""

from __future__ import annotations

import numpy as np

from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.works.common import Works
from slopedesign.calc.water.works.drops import BuiltDrop
from slopedesign.drawings.blocks import Block, Pad, chain, view_block
from slopedesign.drawings.phrases import Phrases, ratio
from slopedesign.drawings.sheet import Box, View
from slopedesign.drawings.structure_parts import axis, bed, cut_mark, dug, flow_arrow, mark, seen, size, solid, surface

BEFORE, AFTER = 1.5, 1.0


def drop_blocks(reach: ReachResult, built: BuiltDrop, say: Phrases, scale: int) -> list[Block]:
    """Long section, plan and cross section of a drop."""
    drawn = _Drop(reach, built, built.works, say)
    return [drawn.long(scale), drawn.plan(scale), drawn.across(scale)]


class _Drop:
    """Steps beginning at station 0; level 0 is the bed above the first."""

    def __init__(self, reach: ReachResult, built: BuiltDrop, works: Works, say: Phrases) -> None:
        self.reach, self.built, self.say = reach, built, say
        record = reach.input.record.drop
        assert record is not None
        self.steps, self.lean, self.room = record.steps, record.trench_slope, record.working_width
        self.material = record.material
        self.length, self.sill, self.thick = (size(works, n) for n in ("length", "sill", "sill_thickness"))
        self.height, self.floor, self.cushion = (size(works, n) for n in ("height", "floor", "cushion"))
        self.top, self.base, self.side = (size(works, n) for n in ("wall_top", "wall_base", "side_height"))
        self.side_top, self.side_base = size(works, "side_top"), size(works, "side_base")
        self.width, self.ground, self.one = (size(works, n) for n in ("width", "ground", "step_run"))
        self.fall = self.height - self.sill
        self.run = built.run.value
        self.level = float(reach.input.bed.points[0, 2])

    def _starts(self) -> list[float]:
        """Stations of the faces of the drop walls."""
        return [self.top + i * self.one for i in range(self.steps)]

    def long(self, scale: int) -> Block:
        low = -self.steps * self.fall - self.sill - self.floor - self.cushion
        extent = Box(-BEFORE, low, self.run + AFTER, max(self.ground, self.side - self.height) + 0.1)

        def paint(view: View, room: Box) -> None:
            sheet = view.sheet
            surface(view, -BEFORE, 0.0, self.ground)
            for i, x in enumerate(self._starts()):
                z = -i * self.fall
                self._step(view, x, z, last=i == self.steps - 1)
            z = -self.steps * self.fall
            sheet.line("drain", view.paper([(-BEFORE, 0.0), (0.0, 0.0)]))
            sheet.line("drain", view.paper([(self.run, z), (self.run + AFTER, z)]))
            y = view.point(0.0, low)[1]
            parts = [0.0]
            for x in self._starts():
                parts += [x, x + self.length]
            parts.append(self.run)
            chain(view, [(v, low) for v in sorted(set(parts))], y - 6)
            chain(view, [(0.0, low), (self.run, low)], y - 13)
            x = view.point(self.run + AFTER, 0.0)[0] + 6
            pool = z - self.sill
            chain(view, [(self.run, v) for v in sorted({low, low + self.cushion, pool, z})], x, 90)
            left = view.point(-BEFORE, 0.0)[0] - 6
            chain(view, [(0.0, -self.height - self.floor), (0.0, -self.height), (0.0, 0.0)], left, 90)
            mark(view, (-BEFORE * 0.6, 0.0), self.level)
            mark(view, (self.run + AFTER * 0.6, z), self.level + z)

        title = self.say("sheets.structure.long", name=self._name())
        return view_block(title, scale, extent, Pad(20, 24, 8, 20), paint)

    def _step(self, view: View, x: float, z: float, *, last: bool) -> None:
        """Wall, floor and sill of one step whose wall's face stands at x and its crest at z, and the water over it."""
        sheet, pool = view.sheet, z - self.height
        thick = self.thick if last else 0.0
        end = x + self.length + thick
        under = pool - self.floor
        body = [(x - self.top, z), (x, z), (x + self.base - self.top, pool), (x + self.length, pool)]
        if thick > 0:
            body += [(x + self.length, pool + self.sill), (end, pool + self.sill)]
        body += [(end, under), (x - self.top, under)]
        solid(view, body, self.material)
        if self.cushion > 0:
            bed(view, [(x - self.top, under), (end, under), (end, under - self.cushion),
                       (x - self.top, under - self.cushion)])  # fmt: skip
        seen(view, [(x, z), (x, pool + self.side), (end, pool + self.side), (end, pool + self.sill)])
        step = self.built.step
        nappe = step.length.value
        t = np.linspace(0.0, 1.0, 13)
        sheet.line("water", view.paper(np.column_stack((x + nappe * t, z - self.height * t**2))),
                   linetype="CONTINUOUS")  # fmt: skip
        sheet.line("water", view.paper([(x, pool + step.pool.value), (x + nappe * 0.7, pool + step.pool.value)]),
                   linetype="CONTINUOUS")  # fmt: skip
        held = self.built.held
        stands = step.sequent.value if held is None else max(held.value, step.sequent.value)
        sheet.line("water", view.paper([(x + self.length * 0.85, pool + stands), (end, pool + stands)]),
                   linetype="CONTINUOUS")  # fmt: skip
        mark(view, (x + self.length * 0.45, pool), self.level + pool)

    def _name(self) -> str:
        return self.reach.name

    def plan(self, scale: int) -> Block:
        half, out = self.width / 2, self.width / 2 + self.side_top
        foot = self.width / 2 + self.side_base
        extent = Box(-BEFORE, -foot, self.run + AFTER, foot)

        def paint(view: View, room: Box) -> None:
            for side in (-1, 1):
                seen(view, [(-BEFORE, side * half), (self.run + AFTER, side * half)])
                seen(view, [(0.0, side * out), (self.run, side * out)])
                seen(view, [(0.0, side * foot), (self.run, side * foot)], hidden=True)
            for x in self._starts():
                for at in (x - self.top, x, x + self.base - self.top, x + self.length):
                    seen(view, [(at, -half), (at, half)])
            for x in (0.0, self.run):
                seen(view, [(x, -foot), (x, -half)])
                seen(view, [(x, half), (x, foot)])
            axis(view, (-BEFORE - 0.2, 0.0), (self.run + AFTER + 0.2, 0.0))
            flow_arrow(view, (-BEFORE * 0.3, 0.0))
            y = view.point(0.0, -foot)[1]
            parts = [0.0]
            for x in self._starts():
                parts += [x, x + self.length]
            parts.append(self.run)
            chain(view, [(v, -foot) for v in sorted(set(parts))], y - 6)
            x = view.point(-BEFORE, 0.0)[0] - 6
            chain(view, [(-BEFORE, v) for v in (-out, -half, half, out)], x, 90)
            chain(view, [(self.run, v) for v in (-foot, foot)], view.point(self.run + AFTER, 0.0)[0] + 6, 90)
            at = self._starts()[0] + self.length * 0.5
            cut_mark(
                view.sheet, (view.point(at, 0)[0], view.point(0, foot)[1] + 1), (view.point(at, 0)[0], y - 9.0), "1"
            )

        title = self.say("sheets.structure.plan", name=self._name())
        return view_block(title, scale, extent, Pad(22, 20, 8, 20), paint)

    def across(self, scale: int) -> Block:
        half, foot = self.width / 2, self.width / 2 + self.side_base
        low = -self.floor - self.cushion
        ground = self.sill + self.ground
        edge = foot + self.room
        reach = edge + self.lean * (ground - low)
        extent = Box(-reach - 0.3, low, reach + 0.3, max(self.side, self.height, ground))

        def paint(view: View, room: Box) -> None:
            t = self.floor
            outline = [(-half, self.side), (-half, 0.0), (half, 0.0), (half, self.side),
                       (half + self.side_top, self.side), (foot, 0.0), (foot, -t), (-foot, -t), (-foot, 0.0),
                       (-half - self.side_top, self.side)]  # fmt: skip
            solid(view, outline, self.material)
            if self.cushion > 0:
                bed(view, [(-foot, -t), (foot, -t), (foot, low), (-foot, low)])
            seen(view, [(-half, min(self.height, self.side)), (half, min(self.height, self.side))])
            dug(view, [(-reach, ground), (-edge, low), (edge, low), (reach, ground)])
            back = foot - (self.side_base - self.side_top) / self.side * min(ground, self.side)
            surface(view, extent.x0, -back, ground)
            surface(view, back, extent.x1, ground)
            y = view.point(0.0, low)[1]
            chain(view, [(x, low) for x in (-foot, -half, half, foot)], y - 6)
            chain(view, [(-edge, low), (edge, low)], y - 13)
            chain(view, [(x, self.side) for x in (-half - self.side_top, -half, half, half + self.side_top)],
                  view.point(0.0, extent.y1)[1] + 5)  # fmt: skip
            chain(view, [(-foot, z) for z in (low, -t, 0.0, self.side)], view.point(extent.x0, 0.0)[0] - 5, 90)
            if self.lean > 0:
                p = view.point((edge + reach) / 2, (ground + low) / 2)
                view.sheet.text("dimension", (p[0] + 2.5, p[1]), ratio(self.lean), 2.5)

        title = self.say("sheets.structure.cross", name="1\N{EM DASH}1")
        return view_block(title, scale, extent, Pad(20, 20, 14, 20), paint)
