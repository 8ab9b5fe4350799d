"""Sheets of the planting: one for each scheme of benches, with its section, its rows in plan, and its schedule.

The section stands above the plan of the rows, both at the scale of details and one below the other, so that a row is
seen at the same place in both. Everything is drawn where the rows were counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from slopedesign.calc.planting import PlantedPlace, Stand
from slopedesign.calc.walls.bench_wall import BenchWallResult
from slopedesign.design import BenchWorks, Design, SectionSlope, SlopeDesign
from slopedesign.drawings import textures
from slopedesign.drawings.callouts import ladder
from slopedesign.drawings.phrases import Phrases, number
from slopedesign.drawings.plant_signs import elevation, plan_sign, shown_crown, shown_height
from slopedesign.drawings.sheet import PAPERS, Box, Sheet, View
from slopedesign.drawings.tables import Column, Table, draw_notes, draw_table, notes_height
from slopedesign.drawings.titleblock import BLOCK_HEIGHT, BLOCK_WIDTH
from slopedesign.drawings.views import dims, view_title
from slopedesign.quantities.planting import hole_words, layout_words, stock_words

DITCH_SIGN = 0.2
"""How deep the place of a ditch is drawn below the bench [m]: a sign; the ditch has details of its own."""
SCALES = (50, 100, 200, 500)
LEAST_SPAN, FEW = 6.0, 6
"""Rows closer than this on paper are not dimensioned one by one [mm], a third of it where the chain has few points."""
RISE = 2.2
"""How much of the faces above and below a bench is shown [m]."""


@dataclass(frozen=True, kw_only=True)
class PlantedBench:
    """What the sheet of a scheme shows: a bench as cut, its wall, soil and ditch, and the scheme's benches.

    Attributes:
        edge, wall, ditch: from the outer edge to the wall's back side, width of its base, what the ditch takes [m].
        face_angle_deg: of the face above and below.
    """

    place: PlantedPlace
    benches: tuple[PlantedPlace, ...]
    width: float
    edge: float
    wall: float
    ditch: float
    fall_deg: float
    face_angle_deg: float
    result: BenchWallResult | None


def planted_benches(design: Design) -> list[PlantedBench]:
    """One bench for each scheme and width of bench, the first that has them."""
    found = design.planting
    if found is None:
        return []
    groups: dict[tuple[str, float], list[PlantedPlace]] = {}
    for place in found.places:
        if place.width is not None:
            groups.setdefault((place.field, place.width.inputs["B"].value), []).append(place)
    return [_bench(design, places) for places in groups.values()]


def _bench(design: Design, places: Sequence[PlantedPlace]) -> PlantedBench:
    first = places[0]
    assert first.width is not None
    taken = {name: part.value for name, part in first.width.inputs.items()}
    slopes: list[SlopeDesign | SectionSlope] = [*design.slopes, *design.section_slopes]
    slope = next(s for s in slopes if first.subject.startswith(f"{s.path}."))
    work = slope.works[int(first.subject.rpartition("[")[2].rstrip("]"))]
    if isinstance(slope, SlopeDesign) and isinstance(work, BenchWorks):
        face = next((f for f in slope.cut.faces if f.number == work.bench.number), slope.cut.faces[0])
        fall, angle = work.bench.fall.value, face.angle.value
    else:
        assert isinstance(slope, SectionSlope)
        profile = slope.cut.proposal.profile
        berm = next(b for b in profile.berms if b.number == work.bench.number)
        riser = next(r for r in profile.risers if r.number == work.bench.number)
        fall, angle = float(berm.fall), float(riser.angle)
    return PlantedBench(
        place=first, benches=tuple(places), width=taken["B"], edge=taken["a"], wall=taken["b"], ditch=taken["w"],
        fall_deg=fall, face_angle_deg=angle, result=work.wall,
    )  # fmt: skip


def planting_sheets(design: Design, scale: int, language: str, title: str) -> list[Sheet]:
    """A sheet for each scheme of benches; areas stand in the schedule of the last one, or on one of their own."""
    if design.planting is None:
        return []
    say = Phrases(language)
    benches = planted_benches(design)
    areas = [place for place in design.planting.places if place.width is None]
    sheets = []
    for i, bench in enumerate(benches, 1):
        fitting = next((s for s in (scale, *SCALES) if s >= scale and _fits(bench, s)), SCALES[-1])
        sheet = Sheet(f"ZW-{i:02d}", f"{title}{say('sheets.planting.title')}", fitting, PAPERS["A3"], language)
        _Drawn(sheet, bench, say, areas if i == len(benches) else []).draw()
        sheets.append(sheet)
    if not benches and areas:
        sheet = Sheet("ZW-01", f"{title}{say('sheets.planting.title')}", scale, PAPERS["A3"], language,
                      scale_text="\N{EM DASH}")  # fmt: skip
        _schedule(sheet, areas, say, sheet.frame.x0 + 6, sheet.frame.y1 - 8, 300.0)
        sheets.append(sheet)
    return sheets


def _fits(bench: PlantedBench, scale: int) -> bool:
    """Whether section and rows of a bench find room beside the schedule at a scale."""
    paper, stands = PAPERS["A3"], bench.place.stands
    mm = 1000.0 / scale
    tall = max([shown_height(s.species) for s in stands], default=0.0) + bench.place.thickness.value + 1.0
    wide = paper.width - paper.binding - paper.margin - BLOCK_WIDTH - 10
    high = paper.height - 2 * paper.margin - 8
    return bench.width * mm + 60 <= wide and tall * mm + 5 * (len(stands) + 2) + 110 <= high


class _Drawn:
    """One scheme on its sheet."""

    def __init__(self, sheet: Sheet, bench: PlantedBench, say: Phrases, areas: Sequence[PlantedPlace]) -> None:
        self.sheet, self.bench, self.say, self.areas = sheet, bench, say, areas
        f = sheet.frame
        self.right = f.x1 - BLOCK_WIDTH
        self.room = Box(f.x0 + 4, f.y0 + 4, self.right - 6, f.y1 - 4)
        self.slope_m = 1 / math.tan(math.radians(bench.face_angle_deg)) if bench.face_angle_deg < 90 else 0.0
        self.fall = math.tan(math.radians(bench.fall_deg))
        self.soil = bench.place.thickness.value
        self.mm = 1.0 / sheet.unit
        self.back = bench.edge + bench.wall

    def draw(self) -> None:
        """Section, rows in plan, schedule, notes."""
        tall = max([shown_height(s.species) for s in self.bench.place.stands], default=0.0)
        rise = min(RISE, max(0.5, (self.room.width * self.sheet.unit - self.bench.width - 0.6) / 2 /
                             max(self.slope_m, 1e-9)))  # fmt: skip
        above = max(rise, self.soil + tall)
        notes = len(self.bench.place.stands) + 2
        top = self.room.y1 - 16 - notes * 5.0
        x0 = self.room.center[0] - self.bench.width / 2 * self.mm
        section = View(self.sheet, (0.0, 0.0), (x0, top - above * self.mm))
        self._section(section, rise, top + 4)
        low = section.point(0, -self.fall * self.bench.width)[1] - 28
        crown = max([shown_crown(s.species) for s in self.bench.place.stands], default=0.0) / 2 * self.mm
        self._rows(View(self.sheet, (0.0, 0.0), (x0, self.room.y0 + 6 + crown)), low - 12)
        f = self.sheet.frame
        names = [self.say(f"sheets.planting.note_{key}") for key in ("trees", "rows", "depth", "scale")]
        left, width = self.right, BLOCK_WIDTH - 4
        floor = f.y0 + BLOCK_HEIGHT + 4 + notes_height(self.say("notes"), names, width) + 3
        bottom = _schedule(self.sheet, self.bench.benches, self.say, left, f.y1 - 4, width)
        if self.areas and bottom - floor > 40:
            bottom = _schedule(self.sheet, self.areas, self.say, left, bottom - 6, width)
        draw_notes(self.sheet, self.say("notes"), [self.say("note.mm"), *names], left, bottom - 5, width)

    # --- section

    def _floor(self, x: float) -> float:
        """Level of the bench at a distance from its outer edge [m]."""
        return -x * self.fall

    def _section(self, view: View, rise: float, notes_low: float) -> None:
        sheet, b = self.sheet, self.bench
        w, m = b.width, self.slope_m
        ground = np.array([(-rise * m, -rise), (0, 0), (w, self._floor(w)), (w + rise * m, self._floor(w) + rise)])
        view.line("design_line", ground)
        textures.ground_ticks(sheet, view.paper(ground))
        end = w - b.ditch
        level = self.soil
        outer = min(self.back, end)
        cover = np.array([(outer, self._floor(outer)), (end, self._floor(end)), (end, level), (outer, level)])
        if b.ditch == 0.0:
            cover[2] = (end + (level - self._floor(w)) * m, level)
        sheet.line("cover", view.paper(cover[[3, 2]]))
        sheet.line("cover", view.paper(cover[[1, 2]]), linetype="DASHED") if b.ditch else None
        textures.soil(sheet, view.paper(cover), 4.5)
        if b.result is not None:
            wall = view.paper(np.array(b.result.layout.wall) + np.array([b.edge, 0.0]))
            sheet.line("wall", wall, closed=True)
            if b.result.kind == "c25_concrete":
                sheet.fill("wall_fill", [wall], "AR-CONC", scale=0.4)
            else:
                textures.stones(sheet, wall, 3.0, mortar=0.5 if b.result.kind == "masonry" else 0.25)
        if b.ditch:
            self._ditch(view)
        notes = [*self._plants(view), *self._words(view)]
        for at in (view.paper(ground[:1])[0], view.paper(ground[-1:])[0]):
            textures.break_line(sheet, (at[0] - 5, at[1]), (at[0] + 5, at[1]))
        self._section_dims(view)
        ladder(sheet, notes, notes_low, limit=self.room.x1)
        names = "\N{IDEOGRAPHIC COMMA}".join(p.name for p in b.benches) if self.say.language == "zh_CN" else ", ".join(
            p.name for p in b.benches)  # fmt: skip
        words = self.say("sheets.planting.section", bench=names)
        view_title(sheet, (self.room.center[0], self.room.y1 - 8), words, sheet.scale)

    def _words(self, view: View) -> Iterator[tuple[tuple[float, float], str]]:
        """Notes on the soil and the ditch."""
        b, end = self.bench, self.bench.width - self.bench.ditch
        width = b.place.width.value if b.place.width is not None else 0.0
        soil = self.say("sheets.planting.strip", width=number(width), thickness=number(self.soil))
        yield view.point(end - min(0.08, 0.2 * width), 0.5 * self.soil), soil
        if b.ditch:
            middle = view.point(b.width - b.ditch / 2, self._floor(b.width))
            yield middle, self.say("sheets.planting.ditch", width=number(b.ditch))

    def _ditch(self, view: View) -> None:
        """What the ditch takes of the bench: a shallow sign, its own detail is drawn elsewhere."""
        b, low = self.bench, self._floor(self.bench.width)
        a, z = b.width - b.ditch, DITCH_SIGN
        sign = [(a, low), (a, low - z), (b.width, low - z)]
        self.sheet.line("drain", view.paper(sign), linetype="DASHED")
        self.sheet.line("drain", view.paper([(a, low), (b.width, low)]))

    def _plants(self, view: View) -> Iterator[tuple[tuple[float, float], str]]:
        """Draw the plants of each row with their holes; a note for each stand."""
        sheet = self.sheet
        for stand in self.bench.place.stands:
            species = stand.species
            words = f"{species.name} {stock_words(species).render(self.say.language)}".removesuffix(" -")
            for k, row in enumerate(stand.rows):
                x = self.back + row.across
                foot = view.point(x, self.soil)
                if species.hole_width is not None and species.hole_depth is not None:
                    half = species.hole_width / 2
                    hole = [(x - half, self.soil), (x - half, self.soil - species.hole_depth),
                            (x + half, self.soil - species.hole_depth), (x + half, self.soil)]  # fmt: skip
                    sheet.line("plant", view.paper(hole), linetype="DASHED", lineweight=13, avoid=False)
                lean = 0.0
                if species.form == "climber":
                    lean = -6.0 if row.side == "outer" else 6.0
                top = elevation(sheet, species, foot, self.mm, lean=lean)
                if k == 0:
                    yield self._tip(foot, top, stand, lean), f"{words}  @{stand.spacing.value:g} m"

    def _tip(self, foot: tuple[float, float], top: float, stand: Stand, lean: float) -> tuple[float, float]:
        """Where the note of a stand points to: beside the middle of a shrub, the crown of a tree."""
        high, wide = top - foot[1], shown_crown(stand.species) * self.mm
        if stand.species.form == "tree":
            return foot[0], top - 0.25 * high
        if stand.species.form == "climber":
            return foot[0] + lean, top
        return foot[0] + 0.4 * wide, foot[1] + 0.5 * high

    def _section_dims(self, view: View) -> None:
        b = self.bench
        base = view.point(0, self._floor(b.width))[1] - 10 - (DITCH_SIGN * self.mm if b.ditch else 0.0)
        across = sorted({round(row.across, 6) for stand in b.place.stands for row in stand.rows})
        end = b.width - b.ditch
        xs = [self.back, *(self.back + x for x in across if 0 < x < end - self.back - 1e-9), end]
        dims(view, [(x, 0.0) for x in self._apart(xs)], (0, base))
        whole = sorted({0.0, b.edge, self.back, end, b.width})
        dims(view, [(x, 0.0) for x in self._apart(whole)], (0, base - 8))

    def _apart(self, xs: Sequence[float]) -> list[float]:
        """Ends of a chain and what lies between, far enough from each other to be read."""
        few = len(xs) <= FEW
        kept, least = [xs[0]], (LEAST_SPAN / 3 if few else LEAST_SPAN) * self.sheet.unit
        for x in xs[1:-1]:
            if x - kept[-1] >= least and xs[-1] - x >= least:
                kept.append(x)
        return [*kept, xs[-1]]

    # --- rows in plan

    def _rows(self, view: View, top: float) -> None:
        """The rows from the end of the bench on, as long a stretch as there is room for."""
        sheet, b = self.sheet, self.bench
        reach = (top - 8 - view.at[1]) * sheet.unit
        if reach < 1.0:
            return
        for layer, x in (("crest", 0.0), ("wall", b.edge), ("wall", self.back), ("drain", b.width - b.ditch),
                         ("toe", b.width)):  # fmt: skip
            if not (layer == "wall" and b.wall == 0) and not (layer == "drain" and b.ditch == 0):
                view.line(layer, [(x, 0.0), (x, reach)])
        for stand in b.place.stands:
            for row in stand.rows:
                step, x = stand.spacing.value, self.back + row.across
                count = int((reach - row.end_gap) / step) + 1 if reach > row.end_gap else 0
                for i in range(count):
                    y = row.end_gap + i * step
                    plan_sign(sheet, stand.species, view.point(x, y), self.mm)
                    self._plan_hole(view, stand, x, y)
        low, high = view.point(0, 0), view.point(b.width, reach)
        textures.break_line(sheet, (low[0] - 4, high[1]), (high[0] + 4, high[1]))
        self._row_dims(view, reach)
        view_title(sheet, (self.room.center[0], top), self.say("sheets.planting.row_plan"), sheet.scale)

    def _plan_hole(self, view: View, stand: Stand, x: float, y: float) -> None:
        species = stand.species
        if species.form == "tree" and species.hole_length is not None and species.hole_width is not None:
            half, along = species.hole_width / 2, species.hole_length / 2
            ring = [(x - half, y - along), (x + half, y - along), (x + half, y + along), (x - half, y + along)]
            self.sheet.line("plant", view.paper(ring), closed=True, linetype="DASHED", lineweight=13, avoid=False)

    def _row_dims(self, view: View, reach: float) -> None:
        """Spacing along the row: of the stand with the widest at the left, of the closest at the right."""
        stands = sorted((s for s in self.bench.place.stands if s.rows), key=lambda s: -s.spacing.value)
        left, right = view.point(0, 0)[0] - 8, view.point(self.bench.width, 0)[0] + 10
        sides = ((stands[:1], 0.0, left, 3), (stands[-1:] if len(stands) > 1 else [], self.bench.width, right, 4))
        for chosen, edge, x, most in sides:
            for stand in chosen:
                gap, step = stand.rows[0].end_gap, stand.spacing.value
                ys = [y for i in range(most) if (y := gap + i * step) <= reach]
                dims(view, [(edge, y) for y in ys], (x, 0), 90)


def _schedule(sheet: Sheet, places: Sequence[PlantedPlace], say: Phrases, left: float, top: float, width: float
) -> float:  # fmt: skip
    """The table of what places of one scheme take together; returns the lowest level it reaches."""
    heads = (("form", 14.0), ("species", 22.0), ("size", 40.0), ("layout", 34.0), ("hole", 24.0), ("unit", 8.0),
             ("count", 18.0))  # fmt: skip
    columns = tuple(
        Column(say(f"planting.table.{name}"), "right" if name == "count" else "left", widest) for name, widest in heads
    )
    names = " ".join(dict.fromkeys(place.scheme for place in places))
    rows = tuple(_rows(places, say))
    table = Table(f"{say('sheets.planting.table')}  {names}", columns, rows, full_width=width)
    return draw_table(sheet, table, left, top).y0


def _rows(places: Sequence[PlantedPlace], say: Phrases) -> Iterator[tuple[str, ...]]:
    language = say.language
    for k, stand in enumerate(places[0].stands):
        count = sum(place.stands[k].count.value for place in places)
        species = stand.species
        yield (
            say(f"planting.form.{species.form}"), species.name, stock_words(species).render(language),
            layout_words(stand).render(language), hole_words(species).render(language), say("planting.unit"),
            number(count, 0),
        )  # fmt: skip
    for k, sown in enumerate(places[0].sown):
        mass = sum(place.sown[k].mass.value for place in places)
        rate = say("planting.words.sown", rate=f"{sown.mass.inputs['q'].value:g}")
        yield (say(f"planting.form.{sown.species.form}"), sown.species.name, "-", rate, "-", "kg", number(mass, 1))
