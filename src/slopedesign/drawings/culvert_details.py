"""Culverts: plan with both mouths, long section, cross section in the trench, section of a wing wall."""

from __future__ import annotations

import math

import numpy as np

from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.section import Circle
from slopedesign.calc.water.works.common import Works
from slopedesign.drawings.blocks import Block, Pad, chain, view_block, water_mark
from slopedesign.drawings.phrases import Phrases, number, ratio
from slopedesign.drawings.sheet import Box, View
from slopedesign.drawings.structure_parts import axis, bed, cut_mark, dug, flow_arrow, mark, seen, size, solid, surface

EDGE = 1.0


def culvert_blocks(
    reach: ReachResult, barrel: Works, upper: Works | None, lower: Works | None, say: Phrases, scale: int
) -> list[Block]:
    """Long section, plan, cross section."""
    drawn = _Culvert(reach, barrel, upper, lower, say)
    return [drawn.long(scale), drawn.plan(scale), drawn.across(scale)]


class _Culvert:
    """A barrel from station 0 to its length; level 0 is the invert at the inlet."""

    def __init__(
        self, reach: ReachResult, barrel: Works, upper: Works | None, lower: Works | None, say: Phrases
    ) -> None:
        self.reach, self.barrel, self.upper, self.lower, self.say = reach, barrel, upper, lower, say
        assert reach.culvert is not None and reach.input.record.culvert is not None
        self.record = reach.input.record.culvert
        self.rated, self.section = reach.culvert.rating, reach.culvert.culvert.section
        self.count, self.pipe = reach.culvert.culvert.barrels, isinstance(self.section, Circle)
        self.length, self.rise = reach.input.bed.length, self.section.height
        self.fall = -reach.input.bed.fall
        self.wall = size(barrel, "wall")
        self.roof = self.wall if self.pipe else size(barrel, "roof")
        self.base = self.wall if self.pipe else size(barrel, "base")
        self.bedding, self.cover = size(barrel, "bedding"), size(barrel, "cover")
        self.outer, self.bed_width = size(barrel, "outer_width"), size(barrel, "bedding_width")
        self.level = float(reach.input.bed.points[0, 2])
        self.room, self.lean = size(barrel, "working_width"), size(barrel, "trench_slope")

    # long section -----------------------------------------------------------------------------------------------------

    def _ends(self) -> tuple[float, float]:
        """What is shown before the inlet and after the outlet: the mouths, or a little of the ditches [m]."""
        before = size(self.upper, "length") + size(self.upper, "head_wall") if self.upper is not None else 0.6
        after = size(self.lower, "length") + size(self.lower, "head_wall") if self.lower is not None else 0.6
        return before + 0.5, after + 0.5

    def long(self, scale: int) -> Block:
        before, after = self._ends()
        deepest = max(self.base + self.bedding, *(_depth(m) for m in (self.upper, self.lower)))
        allowed = 0.0 if self.reach.culvert is None or self.reach.culvert.allowed is None else float(
            self.reach.culvert.allowed
        )  # fmt: skip
        head = self.rated.headwater.value
        high = max(self.rise + self.roof + self.cover, head, allowed) + 0.1
        extent = Box(-before, self.fall - deepest, self.length + after, high)

        def paint(view: View, room: Box) -> None:
            sheet = view.sheet

            def along(z0: float, z1: float) -> list[tuple[float, float]]:
                return [(0.0, z0), (self.length, self.fall + z0), (self.length, self.fall + z1), (0.0, z1)]

            solid(view, along(self.rise, self.rise + self.roof), self.record.material)
            solid(view, along(-self.base, 0.0), self.record.material)
            if self.bedding > 0:
                bed(view, along(-self.base - self.bedding, -self.base))
            top = self.rise + self.roof + self.cover
            surface(view, 0.0, self.length, top)
            if self.upper is not None:
                self._mouth(view, self.upper, 0.0, 0.0, -1)
            if self.lower is not None:
                self._mouth(view, self.lower, self.length, self.fall, 1)
            sheet.line("drain", view.paper([(-before, 0.0), (-before + 0.5, 0.0)]))
            sheet.line("drain", view.paper([(self.length + after - 0.5, self.fall), (self.length + after, self.fall)]))
            sheet.line("water", view.paper([(-before, head), (0.0, head)]), linetype="CONTINUOUS")
            water_mark(sheet, view.point(-before + 0.35, head))
            out = self.fall + self.rated.outlet_depth
            sheet.line("water", view.paper([(self.length, out), (self.length + after, out)]), linetype="CONTINUOUS")
            if allowed > 0:
                sheet.line("water", view.paper([(-before, allowed), (0.0, allowed)]), linetype="DASHED")
            at = view.point(-before, 0.0)[0] - (13 if self.upper is not None else 1)
            ys = [view.point(0.0, z)[1] - 1.0 for z in (head, allowed)]
            if allowed > 0 and abs(ys[1] - ys[0]) < 4.0:
                ys[1] = ys[0] + math.copysign(4.0, allowed - head)
            for key, z, y in (("headwater", head, ys[0]), ("allowed", allowed, ys[1])):
                if z > 0:
                    words = f"{self.say(f'sheets.structure.{key}')} {number(self.level + z)}"
                    sheet.text("water", (at, y), words, 2.5, halign="right")
            y = view.point(0.0, extent.y0)[1]
            marks = [0.0, self.length]
            for works, end, way in ((self.upper, 0.0, -1), (self.lower, self.length, 1)):
                if works is not None:
                    wall = size(works, "head_wall")
                    marks += [end + way * wall, end + way * (wall + size(works, "length"))]
            chain(view, [(v, extent.y0) for v in sorted({round(v, 9) for v in marks})], y - 6)
            if self.upper is not None:
                edge = -before + 0.5
                cut, floor = size(self.upper, "cutoff_depth"), size(self.upper, "floor")
                zs = sorted({-floor - cut, -floor, 0.0, size(self.upper, "end_height")})
                chain(view, [(edge, z) for z in zs], view.point(-before, 0.0)[0] - 4, 90)
            right = view.point(extent.x1, 0.0)[0] + 5
            zs = [-self.base - self.bedding, -self.base, 0.0, self.rise, self.rise + self.roof,
                  self.rise + self.roof + self.cover]  # fmt: skip
            chain(view, [(self.length, self.fall + z) for z in sorted({round(z, 9) for z in zs})], right, 90)
            mark(view, (self.length * 0.1, 0.0 + self.fall * 0.1), self.level + self.fall * 0.1)
            mark(view, (self.length * 0.8, self.fall * 0.8), self.level + self.fall * 0.8)
            middle = view.point(self.length * 0.45, self.fall * 0.45)
            sheet.text("dimension", (middle[0], middle[1] + 1.6), f"i={number(self.reach.input.slope, 4)}", 2.5,
                       halign="center")  # fmt: skip

        title = self.say("sheets.structure.long", name=self.reach.name)
        return view_block(title, scale, extent, Pad(60, 22, 8, 14), paint)

    def _mouth(self, view: View, works: Works, station: float, z: float, way: int) -> None:
        """Head wall, floor, cut-off cut through, and the wing seen behind them."""
        t, long, floor = size(works, "head_wall"), size(works, "length"), size(works, "floor")
        high, low, deep = size(works, "height"), size(works, "end_height"), size(works, "foundation")
        material = next(a.material for a in works.amounts if a.what == "body")
        a, b = station + way * t, station + way * (t + long)
        if t > 0:
            above = self.rise
            solid(view, [(station, z + above), (a, z + above), (a, z + high), (station, z + high)], material)
            solid(view, [(station, z - deep), (a, z - deep), (a, z), (station, z)], material)
        cut, thick = size(works, "cutoff_depth"), size(works, "cutoff_thickness")
        under = [(a, z), (b, z), (b, z - floor - cut)]
        if cut > 0:
            under += [(b - way * thick, z - floor - cut), (b - way * thick, z - floor)]
        solid(view, [*under, (a, z - floor)], material)
        seen(view, [(a, z + high), (b, z + low), (b, z)])

    # plan -------------------------------------------------------------------------------------------------------------

    def plan(self, scale: int) -> Block:
        before, after = self._ends()
        wide = max(self.outer, *(_spread(m) for m in (self.upper, self.lower)))
        extent = Box(-before, -wide / 2, self.length + after, wide / 2)
        clear = self.outer - 2 * self.wall

        def paint(view: View, room: Box) -> None:
            for side in (-1, 1):
                seen(view, [(0.0, side * self.outer / 2), (self.length, side * self.outer / 2)], hidden=True)
            for low, high in self._openings():
                seen(view, [(0.0, low), (self.length, low)], hidden=True)
                seen(view, [(0.0, high), (self.length, high)], hidden=True)
            for works, station, way in ((self.upper, 0.0, -1), (self.lower, self.length, 1)):
                if works is not None:
                    mouth_plan(view, works, station, way, clear)
                else:
                    seen(view, [(station, -self.outer / 2), (station, self.outer / 2)])
            axis(view, (-before - 0.2, 0.0), (self.length + after + 0.2, 0.0))
            flow_arrow(view, (self.length * 0.4, 0.0))
            y = view.point(0.0, -wide / 2)[1]
            marks = [0.0, self.length]
            for works, end, way in ((self.upper, 0.0, -1), (self.lower, self.length, 1)):
                if works is not None:
                    wall = size(works, "head_wall")
                    marks += [end + way * wall, end + way * (wall + size(works, "length"))]
            chain(view, [(v, -wide / 2) for v in sorted({round(v, 9) for v in marks})], y - 7)
            for works, x, off in ((self.upper, -before, -6.0), (self.lower, self.length + after, 6.0)):
                if works is not None:
                    half = size(works, "width") / 2
                    chain(view, [(x, -half), (x, half)], view.point(x, 0.0)[0] + off, 90)
            middle = self.length * 0.62
            chain(view, [(middle, v) for v in (-self.outer / 2, -clear / 2, clear / 2, self.outer / 2)],
                  view.point(middle, 0.0)[0], 90)  # fmt: skip
            at = view.point(self.length * 0.25, 0.0)[0]
            above, below = (view.point(0.0, side * self.outer / 2)[1] + side for side in (1, -1))
            cut_mark(view.sheet, (at, above), (at, below), "1")

        title = self.say("sheets.structure.plan", name=self.reach.name)
        return view_block(title, scale, extent, Pad(22, 22, 8, 16), paint)

    def _openings(self) -> list[tuple[float, float]]:
        """Both sides of every barrel across the axis [m]."""
        width = float(np.ptp(self.section.outline()[:, 0]))
        pitch = width + (2 * self.wall + size(self.barrel, "gap") if self.pipe else self.wall)
        start = -(self.count - 1) * pitch / 2
        return [(start + i * pitch - width / 2, start + i * pitch + width / 2) for i in range(self.count)]

    # cross section ----------------------------------------------------------------------------------------------------

    def across(self, scale: int) -> Block:
        low = -self.base - self.bedding
        top = self.rise + self.roof + self.cover
        edge = self.outer / 2 + self.room
        reach = edge + self.lean * (top - low)
        extent = Box(-reach - 0.3, low, reach + 0.3, top)

        def paint(view: View, room: Box) -> None:
            sheet = view.sheet
            openings = self._openings()
            if self.pipe:
                turn = np.linspace(0.0, 2 * np.pi, 65)[:-1]
                ring = np.column_stack((np.cos(turn), np.sin(turn)))
                for a, b in openings:
                    at = np.array(((a + b) / 2, self.rise / 2))
                    solid(view, at + ring * (self.rise / 2 + self.wall), self.record.material,
                          [at + ring * self.rise / 2])  # fmt: skip
            else:
                half = self.outer / 2
                outline = [(-half, -self.base), (half, -self.base), (half, self.rise + self.roof),
                           (-half, self.rise + self.roof)]  # fmt: skip
                holes = [[(a, 0.0), (b, 0.0), (b, self.rise), (a, self.rise)] for a, b in openings]
                solid(view, outline, self.record.material, holes)
            if self.bedding > 0:
                half = self.bed_width / 2
                bed(view, [(-half, -self.base), (half, -self.base), (half, low), (-half, low)])
            dug(view, [(-reach, top), (-edge, low), (edge, low), (reach, top)])
            surface(view, extent.x0, extent.x1, top)
            depth = min(self.rated.outlet_depth, self.rise * (1 - 1e-9))
            wet = self.section.top_width(depth) / 2 if depth > 0 else 0.0
            for a, b in openings:
                sheet.line("water", view.paper([((a + b) / 2 - wet, depth), ((a + b) / 2 + wet, depth)]),
                           linetype="CONTINUOUS")  # fmt: skip
            y = view.point(0.0, low)[1]
            xs = sorted({-self.outer / 2, self.outer / 2, *(v for pair in openings for v in pair)})
            chain(view, [(x, low) for x in xs], y - 6)
            chain(view, [(x, low) for x in sorted({-edge, -self.bed_width / 2, self.bed_width / 2, edge})], y - 13)
            zs = sorted({round(z, 9) for z in (low, -self.base, 0.0, self.rise, self.rise + self.roof, top)})
            chain(view, [(-self.outer / 2, z) for z in zs], view.point(extent.x0, 0.0)[0] - 5, 90)
            if self.lean > 0:
                p = view.point((edge + reach) / 2, (top + low) / 2)
                sheet.text("dimension", (p[0] + 2.5, p[1]), ratio(self.lean), 2.5)

        title = self.say("sheets.structure.cross", name="1\N{EM DASH}1")
        return view_block(title, scale, extent, Pad(20, 18, 10, 20), paint)


def _depth(works: Works | None) -> float:
    """How deep a mouth goes below its floor's top [m]."""
    if works is None:
        return 0.0
    return max(size(works, "floor") + size(works, "cutoff_depth"), size(works, "foundation"))


def _spread(works: Works | None) -> float:
    """Width of a mouth over the feet of its wings at the open end [m]."""
    if works is None:
        return 0.0
    turn = math.radians(size(works, "angle"))
    foot = (size(works, "wall_top") + size(works, "batter") * size(works, "end_height")) / math.cos(turn)
    return size(works, "width") + 2 * foot


def mouth_plan(view: View, works: Works, station: float, way: int, narrow: float) -> None:
    """Wings, floor and head wall of a mouth on plan: from `station` outward, `way` -1 for an inlet."""
    wall, long, wide = size(works, "head_wall"), size(works, "length"), size(works, "width")
    turn = math.radians(size(works, "angle"))
    a, b = station + way * wall, station + way * (wall + long)
    top, lean = size(works, "wall_top") / math.cos(turn), size(works, "batter") / math.cos(turn)
    high, low = size(works, "height"), size(works, "end_height")
    if wall > 0:
        half = size(works, "outer_width") / 2
        seen(view, [(station, -half), (a, -half), (a, half), (station, half), (station, -half)])
    for side in (-1, 1):
        n, w = side * narrow / 2, side * wide / 2
        view.sheet.line("drain", view.paper([(a, n), (b, w), (b, w + side * top), (a, n + side * top)]), closed=True)
        if lean > 0:
            seen(view, [(a, n + side * top), (a, n + side * (top + lean * high)), (b, w + side * (top + lean * low)),
                        (b, w + side * top)])  # fmt: skip
    seen(view, [(b, -wide / 2), (b, wide / 2)])
    thick = size(works, "cutoff_thickness")
    if thick > 0:
        share = 1 - thick / long
        half = (narrow + (wide - narrow) * share) / 2
        seen(view, [(b - way * thick, -half), (b - way * thick, half)], hidden=True)
