"""What can be dragged in a section, and the project a new place means."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from slopedesign.errors import InputError
from slopedesign.gui.canvas import Canvas, Handle
from slopedesign.gui.section_data import SectionPicture
from slopedesign.i18n import message, text
from slopedesign.project.base import degrees_of
from slopedesign.project.edit import value_at, with_value
from slopedesign.project.project import Project

LENGTH_STEP = 0.1
ANGLE_STEP = 0.5
RATIO_STEP = 0.05
LEAST = 0.1
LEAST_APART = 24.0
"""The wall gets a handle once it stands this many pixels high; before, it would hide that of the bench."""

Change = Callable[[float, float], Project]


def rounded(value: float, step: float) -> float:
    """A value on the raster of a drag, without digits that are not meant."""
    return round(round(value / step) * step, 6)


class SectionHandles:
    """The handles of one section.

    Args:
        path: of the slope ("slopes[0]").
        bench: the bench the handles change, None for all of them.
    """

    def __init__(
        self, canvas: Canvas, document: Any, path: str, bench: int | None, refuse: Callable[[Any], None]
    ) -> None:
        self.canvas, self.document, self.path, self.bench = canvas, document, path, bench
        self.refuse = refuse
        self._before: Project | None = None

    def place(self, picture: SectionPicture, unit: np.ndarray) -> None:
        """Put handles on a picture; `unit` is the direction of growing offsets in plan."""
        tall = max((face.height for face in picture.faces), default=0.0) * self.canvas.scale_now()
        if not picture.cut or tall < LEAST_APART:  # nothing to take hold of but the line, to be moved into the slope
            if len(picture.design):
                self._toe_handle(picture, unit)
            return
        self._risers(picture)
        self._berms(picture)
        for wall in picture.walls:
            apart = abs(wall.top[1] - float(wall.outline[:, 1].min())) * self.canvas.scale_now() > LEAST_APART
            if apart and wall.bench == (self.bench or picture.walls[0].bench):
                base = float(wall.outline[:, 1].min())
                self._add("wall", wall.top, self._wall_to(base))
        self._toe_handle(picture, unit)

    def _toe_handle(self, picture: SectionPicture, unit: np.ndarray) -> None:
        if self.bench is None:
            self._add("toe", picture.start, lambda x, y: self._toe(x, y, picture.direction * unit, picture.direction))

    def _risers(self, picture: SectionPicture) -> None:
        way = picture.direction
        faces = sorted(picture.faces, key=lambda face: face.number)
        faces = [face for face in faces if self.bench is None or face.number == self.bench]
        if not faces:
            return
        face = faces[0]
        near, far = (face.foot, face.top) if way > 0 else (face.top, face.foot)
        if face.number == 1:  # it starts at the base line, even where no ground is cut there
            near = picture.start
        self._add("riser_height", far, lambda x, y: self._size("riser_height", way * (y - near[1])))
        middle = ((near[0] + far[0]) / 2, (near[1] + far[1]) / 2)
        half = abs(middle[1] - near[1])
        self._add("face_angle", middle, lambda x, y: self._angle(half, abs(x - near[0])))

    def _berms(self, picture: SectionPicture) -> None:
        marks = [m for m in picture.benches if self.bench is None or m.number == self.bench]
        seen: set[bool] = set()
        for mark in marks:
            if mark.wide in seen:
                continue
            seen.add(mark.wide)
            low = float(np.interp(mark.toe, picture.final[:, 0], picture.final[:, 1]))
            name = "wide_berm_width" if mark.wide and self.bench is None else "berm_width"
            way = 1.0 if mark.toe > mark.crest else -1.0
            self._add(name, (mark.toe, low), self._width_to(name, mark.crest, way))

    def _add(self, name: str, at: tuple[float, float], change: Change) -> None:
        label = text(f"gui.handle.{name}", self.document.language)

        def moved(x: float, y: float) -> None:
            if self._before is None:
                self._before = self.document.project
            try:
                self.document.preview(change(x, y))
            except InputError as error:
                self.refuse(error)

        def released() -> None:
            self._before = None
            self.document.finish_preview(message("gui.edit.drag", what=message(f"gui.handle.{name}")))

        def dropped() -> None:
            self._before = None
            self.document.cancel_preview()

        self.canvas.add_handle(Handle(name, at, label, moved, released, dropped))

    # --- what a place means

    def _wall_to(self, base: float) -> Change:
        return lambda x, y: self._wall(y - base)

    def _width_to(self, name: str, crest: float, way: float) -> Change:
        return lambda x, y: self._size(name, way * (x - crest))

    def _size(self, name: str, size: float) -> Project:
        value = max(LEAST, rounded(size, LENGTH_STEP))
        assert self._before is not None
        if self.bench is None:
            return with_value(self._before, f"{self.path}.benches.{name}", value)
        return self._override(name, value)

    def _angle(self, rise: float, run: float) -> Project:
        assert self._before is not None
        now = value_at(self._before, f"{self.path}.benches.face_angle")
        value: float | str
        if isinstance(now, str):
            value = f"1:{max(RATIO_STEP, rounded(run / rise, RATIO_STEP)):g}"
        else:
            value = min(85.0, max(5.0, rounded(math.degrees(math.atan2(rise, run)), ANGLE_STEP)))
        if self.bench is None:
            return with_value(self._before, f"{self.path}.benches.face_angle", value)
        return self._override("face_angle", value)

    def _override(self, name: str, value: float | str) -> Project:
        assert self._before is not None
        place = f"{self.path}.benches.overrides"
        rows = [row.model_dump(mode="json", exclude_none=True) for row in value_at(self._before, place)]
        own = next((row for row in rows if row["bench"] == self.bench), None)
        if own is None:
            rows.append({"bench": self.bench, name: value})
        else:
            own[name] = value
        return with_value(self._before, place, sorted(rows, key=lambda row: row["bench"]))

    def _wall(self, height: float) -> Project:
        assert self._before is not None
        return with_value(self._before, f"{self.path}.wall.height", max(LEAST, rounded(height, 0.05)))

    def _toe(self, x: float, y: float, inward: np.ndarray, direction: float) -> Project:
        """The whole base line moved square to itself by the drag, and to the level of the drag where it has one."""
        assert self._before is not None
        line = value_at(self._before, f"{self.path}.base_line")
        step = rounded(x * direction, LENGTH_STEP)
        project = self._before
        if line.vertices and step:
            moved = offset_line(np.array([v[:2] for v in line.vertices], float), inward * step, line.closed)
            vertices = [
                [round(float(p[0]), 3), round(float(p[1]), 3), *v[2:]]
                for p, v in zip(moved, line.vertices, strict=True)
            ]
            project = with_value(project, f"{self.path}.base_line.vertices", vertices)
        if line.elevation is not None:
            project = with_value(project, f"{self.path}.base_line.elevation", rounded(y, LENGTH_STEP))
        return project


def offset_line(points: np.ndarray, shift: np.ndarray, closed: bool) -> np.ndarray:
    """A line moved square to itself to the side a shift points to; as many vertices as before."""
    ring = np.vstack([points, points[:1]]) if closed else points
    span = np.diff(ring, axis=0)
    normal = np.column_stack([-span[:, 1], span[:, 0]]) / np.hypot(span[:, 0], span[:, 1])[:, None]
    distance = float(np.hypot(*shift))
    side = np.sign(normal @ shift)
    strongest = int(np.abs(normal @ shift).argmax())
    normal = normal * side[strongest]
    before = np.vstack([normal[-1:] if closed else normal[:1], normal])[: len(points)]
    after = np.vstack([normal, normal[:1] if closed else normal[-1:]])[: len(points)]
    middle = before + after
    length = np.hypot(middle[:, 0], middle[:, 1])
    middle = middle / np.maximum(length, 1e-9)[:, None]
    stretch = 1.0 / np.maximum((middle * after).sum(axis=1), 0.5)
    return points + distance * middle * stretch[:, None]


def degrees_text(angle: float | str) -> str:
    """A face angle in degrees."""
    return f"{degrees_of(angle):.1f}°"
