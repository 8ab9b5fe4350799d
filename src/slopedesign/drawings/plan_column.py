"""The column beside a plan: legend, table of works, notes, coordinates of the points to set out by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from functools import partial

from slopedesign.drawings.content import PlanContent
from slopedesign.drawings.phrases import Phrases, level, number
from slopedesign.drawings.plan_format import COLUMN
from slopedesign.drawings.plant_signs import dot_sample
from slopedesign.drawings.sheet import Box, Sheet
from slopedesign.drawings.symbols import LegendEntry, hachure_sample, legend, line_sample
from slopedesign.drawings.tables import Column, Table, draw_notes, draw_table, notes_height
from slopedesign.drawings.text import SMALLEST as SMALL
from slopedesign.drawings.titleblock import BLOCK_HEIGHT


class PlanColumn:
    """Draws the column; `used` names the layers the legend explains."""

    def __init__(self, content: PlanContent, sheet: Sheet, say: Phrases, used: Set[str]) -> None:
        self.content, self.sheet, self.say, self.used = content, sheet, say, used

    def draw(self, moved: bool) -> list[Table]:
        """Legend, table of works, notes and points to set out above the title block; returns what found no room."""
        over: list[Table] = []
        f, say = self.sheet.frame, self.say
        left, right = f.x1 - COLUMN + 2, f.x1 - 4
        top, floor = f.y1 - 4, f.y0 + BLOCK_HEIGHT + 4
        box = legend(self.sheet, say("plan.legend"), list(self._legend()), left, top, right - left)
        notes = self._notes(moved)
        room = box.y0 - 5 - floor - notes_height(say("notes"), notes, right - left) - 5
        low = box.y0 - 5
        if self.content.works:
            shown, rest = self._works_table(right - left).split(room)
            low = draw_table(self.sheet, shown, left, low).y0 - 5
            if rest is not None:
                over.append(rest)
                left_over = sum(bool(row[0]) for row in rest.rows)
                notes = [*notes, say("plan.more_works", count=left_over)]
        low = draw_notes(self.sheet, say("notes"), notes, left, low, right - left).y0 - 5
        if self.content.control:
            control = self._control_table(right - left)
            if control.height > low - floor:
                over.append(control)
            else:
                draw_table(self.sheet, control, left, low)
        return over

    def _works_table(self, width: float) -> Table:
        say = self.say
        rows: list[tuple[str, ...]] = []
        part = ""
        for i, row in enumerate(self.content.works, 1):
            if row.part != part:
                part = row.part
                rows.append(("", part, "", "", ""))
            rows.append((str(i), row.name, row.specification, row.unit, row.amount))
        columns = (
            Column(say("table.row"), "center"), Column(say("table.name"), widest=52),
            Column(say("table.specification"), widest=48), Column(say("table.unit"), "center"),
            Column(say("table.amount"), "right"),
        )  # fmt: skip
        return Table(say("plan.works"), columns, tuple(rows), full_width=width)

    def _control_table(self, width: float) -> Table:
        """Two points a row: name, X (northing), Y (easting), level."""
        say = self.say
        cells = [(name, number(n, 3), number(e, 3), level(z)) for name, (e, n, z) in self.content.control]
        if len(cells) % 2:
            cells.append(("", "", "", ""))
        half = len(cells) // 2
        rows = tuple(cells[i] + cells[half + i] for i in range(half))
        heads = (
            Column(say("plan.point"), "center"),
            Column("X(m)", "right"),
            Column("Y(m)", "right"),
            Column("H(m)", "right"),
        )
        return Table(self.content.control_title or say("plan.control"), heads * 2, rows, full_width=width)

    def _legend(self) -> Iterable[LegendEntry]:
        order = ("contour_index", "contour", "contour_cut", "spot", "survey_edge", "base_line", "crest", "toe",
                 "hachure", "daylight", "wall", "drain", "water", "road", "section_line", "plant_tree",
                 "plant_shrub")  # fmt: skip
        samples: dict[str, Callable[[Sheet, Box], None]] = {"hachure": hachure_sample, "spot": _spot_sample}
        samples |= {f"plant_{form}": partial(dot_sample, form) for form in ("tree", "shrub")}
        for key in order:
            if key in self.used:
                yield LegendEntry(self.say(f"legend.{key}"), samples.get(key, line_sample(key)))

    def _notes(self, moved: bool) -> list[str]:
        content, say = self.content, self.say
        system = say("plan.assumed") if content.assumed_coordinates else content.coordinate_system
        notes = [
            say("plan.note.systems", coordinates=system, heights=content.height_system),
            say("note.metres"),
            say("plan.note.contours", interval=f"{content.interval:g}"),
            say("plan.note.axes"),
        ]
        if moved:
            notes.append(say("plan.note.moved"))
        return [*notes, *content.notes]


def _spot_sample(sheet: Sheet, box: Box) -> None:
    x, y = box.center
    sheet.circle("spot", (x - 5, y), 0.3)
    sheet.text("spot", (x - 3.8, y), "123.45", SMALL, valign="middle", inside=True)
