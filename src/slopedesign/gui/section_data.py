"""What a section shows, in offsets from the base line and levels: from the design, or from a change being dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

import numpy as np

from slopedesign.calc.benches.limits import BenchLimits
from slopedesign.calc.benches.preview import preview_section
from slopedesign.calc.benches.sections import BenchMark, CutSection
from slopedesign.calc.compliance.limits import bench_limits
from slopedesign.calc.walls.bench_wall import BenchWallResult, design_bench_wall
from slopedesign.errors import SlopeDesignError
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import Slope
from slopedesign.standards.trace import given

Points = np.ndarray
MATERIALS: tuple[MaterialClass, ...] = ("soil", "soft_rock", "hard_rock")
BELOW = 12.0
"""How far below the lowest point the last layer is drawn [m]."""


@dataclass(frozen=True)
class PlantOn:
    """One plant: what it is called, its form, its foot [offset, level], height and crown [m], and the field it has.

    `way` is the side a climber leans to: outward (down the slope) or inward, in the sense of the offsets.
    """

    words: str
    form: str
    foot: tuple[float, float]
    height: float
    crown: float
    way: float
    field: str


@dataclass(frozen=True)
class Face:
    """A face: number, foot and top [offset, level], angle from the horizontal [deg]."""

    number: int
    foot: tuple[float, float]
    top: tuple[float, float]

    @property
    def height(self) -> float:
        """Level difference of foot and top [m]."""
        return abs(self.top[1] - self.foot[1])

    @property
    def angle_deg(self) -> float:
        """Angle to the horizontal."""
        return float(np.degrees(np.arctan2(self.height, abs(self.top[0] - self.foot[0]))))


@dataclass(frozen=True)
class WallOn:
    """A wall as it stands on a bench, with the thing it was drawn from."""

    bench: int
    outline: Points
    top: tuple[float, float]
    result: BenchWallResult


@dataclass(frozen=True)
class SectionPicture:
    """Everything a section shows; all points are (n, 2) offset and level.

    Attributes:
        layers: name and closed outline of each layer of the ground, from the top.
        design: the design line, final: the ground after cutting.
        cut: closed outlines of what is cut.
        start: where the design leaves the base line, whether ground is cut there or not.
        direction: +1 where benches are counted upward from the toe side, -1 downward from the crest.
        quick: whether it was worked by distance alone while a handle is dragged.
        area: cut area [m2], None while dragging.
    """

    name: str
    slope: str
    station: float | None
    ground: tuple[Points, ...]
    layers: tuple[tuple[str, Points], ...]
    bottoms: tuple[tuple[str, Points], ...]
    design: Points
    final: Points
    cut: tuple[Points, ...]
    benches: tuple[BenchMark, ...]
    faces: tuple[Face, ...]
    walls: tuple[WallOn, ...]
    covers: tuple[Points, ...]
    quick: bool
    area: float | None
    direction: float
    start: tuple[float, float]
    path: str = ""
    waters: tuple[tuple[str, Points], ...] = ()
    slips: tuple[tuple[str, Points], ...] = ()
    ditches: tuple[tuple[str, Points], ...] = ()
    plants: tuple[tuple[str, Points], ...] = ()
    planted: tuple[PlantOn, ...] = ()
    box: tuple[float, float, float, float] = field(default=(0.0, 0.0, 1.0, 1.0))


def sections_of(slope: Any) -> tuple[Any, ...]:
    """The sections of a slope as designed, on surveyed ground or typed."""
    return tuple(slope.sections) if hasattr(slope, "sections") else tuple(slope.cut.sections)


def slopes_of(design: Any) -> tuple[Any, ...]:
    """Every slope of a design in the order of the project."""
    every = [*design.slopes, *getattr(design, "section_slopes", ())]
    return tuple(sorted(every, key=lambda slope: int(slope.path.partition("[")[2].rstrip("]"))))


def exact(slope: Any, section: CutSection) -> SectionPicture:
    """The section as the design has it."""
    zero = getattr(section, "zero", None) or 0.0
    design = np.column_stack([section.design.stations, section.design.z])
    return _picture(slope, slope.slope, section, zero, design, section.final, section.benches, False)


def quick(slope: Any, changed: Slope, section: CutSection) -> SectionPicture | None:
    """The section of a changed slope, worked in milliseconds; None where only the full calculation can tell.

    Offsets count from the base line of the design, so that the ground stands still while the toe is dragged.

    Raises:
        SlopeDesignError: the change cannot be laid out.
    """
    if not hasattr(slope, "model"):
        return None
    limits = _limits()
    if changed.base_line is None:
        return None
    found = preview_section(
        slope.model.surface, slope.cut, section, changed.base_line, changed.benches, limits,
        same_base=changed.base_line == slope.slope.base_line,
    )  # fmt: skip
    if found is None:
        return None
    moved = found.zero - (section.zero or 0.0)
    marks = [replace(mark, crest=mark.crest + moved, toe=mark.toe + moved) for mark in found.benches]
    return _picture(slope, changed, section, section.zero or 0.0, found.design, found.final, marks, True)


@cache
def _limits() -> dict[MaterialClass, BenchLimits]:
    return {material: bench_limits(material) for material in MATERIALS}


def _picture(
    slope: Any, record: Slope, section: CutSection, zero: float, design: Points, final: Points,
    benches: Sequence[BenchMark], is_quick: bool,
) -> SectionPicture:  # fmt: skip
    shift = np.array([zero, 0.0])
    direction = -1.0 if record.benches.mode == "crest_down" else 1.0
    ground = tuple(part - shift for part in section.ground.parts)
    after = final - shift
    line = _cut_part(design, section) - shift
    faces = _faces(line, benches, direction)
    start = (0.0, float(np.interp(zero, design[:, 0], design[:, 1]))) if len(design) else (0.0, 0.0)
    lows = [part[:, 1].min() for part in ground] + ([line[:, 1].min()] if len(line) else [])
    bottom = min(lows, default=0.0) - BELOW
    bottoms = tuple(
        (name, np.vstack(_parts(found)) - shift) for name, found in section.bottoms.items() if _parts(found)
    )
    walls, covers = _works(slope, record, benches, after)
    picture = SectionPicture(
        name=section.name, slope=slope.name, station=section.station, ground=ground,
        layers=_layers(section, zero, round(bottom, 1)), bottoms=bottoms, design=line, final=after,
        cut=_cut_areas(section, design, shift), benches=tuple(benches), faces=faces, walls=walls, covers=covers,
        quick=is_quick, area=None if is_quick else section.cut.value, direction=direction, start=start,
        path=slope.path,
    )  # fmt: skip
    return _with_box(picture, bottom)


def _with_box(picture: SectionPicture, bottom: float) -> SectionPicture:
    points = [part for part in (*picture.ground, picture.design) if len(part)]
    whole = np.vstack(points) if points else np.zeros((1, 2))  # drawn where nothing was measured
    x0, x1 = float(whole[:, 0].min()), float(whole[:, 0].max())
    y1 = float(whole[:, 1].max())
    return SectionPicture(**{**picture.__dict__, "box": (x0, bottom + BELOW * 0.6, x1, y1 + 2.0)})


def _parts(line: Any) -> list[Points]:
    return [part for part in line.parts if len(part) > 1]


def _cut_part(design: Points, section: CutSection) -> Points:
    """The design line from the first to the last place where it lies under the ground; at least its first stretch."""
    if len(design) < 2:
        return design
    s, depth = _depth(design, section)
    inside = np.flatnonzero(depth >= -1e-9)
    if not len(inside):
        return design[:2]
    low, high = float(s[inside[0]]), float(s[inside[-1]])
    ends = [[x, float(np.interp(x, design[:, 0], design[:, 1]))] for x in (low, high)]
    between = design[(design[:, 0] > low + 1e-9) & (design[:, 0] < high - 1e-9)]
    return np.vstack([ends[:1], between, ends[1:]])


def _depth(design: Points, section: CutSection) -> tuple[Points, Points]:
    """Stations of ground and design and their crossings, and ground less design there (-1 where unknown)."""
    s = np.unique(np.concatenate([section.ground.stations, design[:, 0]]))
    s = s[(s >= design[0, 0]) & (s <= design[-1, 0])]

    def at(places: Points) -> Points:
        ground = section.ground.z_at(places)
        return np.where(np.isfinite(ground), ground - np.interp(places, design[:, 0], design[:, 1]), -1.0)

    depth = at(s)
    change = np.flatnonzero(depth[:-1] * depth[1:] < 0)
    more = s[change] + depth[change] / (depth[change] - depth[change + 1]) * (s[change + 1] - s[change])
    s = np.unique(np.concatenate([s, more]))
    return s, at(s)


def _faces(line: Points, benches: Sequence[BenchMark], direction: float) -> tuple[Face, ...]:
    """The steep stretches of the design line, numbered as their risers: one more than the benches before them."""
    found: list[tuple[Points, Points]] = []
    start: int | None = None
    for i in range(len(line) - 1):
        run, rise = line[i + 1] - line[i]
        steep = rise > 0.3 * abs(run) and rise > 0.05
        if steep and start is None:
            start = i
        if start is not None and (not steep or i == len(line) - 2):
            found.append((line[start], line[i + 1 if steep else i]))
            start = None
    faces = []
    for foot, top in found:
        middle = (foot[0] + top[0]) / 2
        passed = [mark.number for mark in benches if direction * (middle - (mark.crest + mark.toe) / 2) > 0]
        number = max(passed, default=0) + 1
        faces.append(Face(number, (float(foot[0]), float(foot[1])), (float(top[0]), float(top[1]))))
    return tuple(faces)


@lru_cache(maxsize=8)
def _layers(section: CutSection, zero: float, bottom: float) -> tuple[tuple[str, Points], ...]:
    """Closed outlines between the ground and the bottoms of the layers, sampled at all their stations.

    Kept for the sections shown last: a drag changes the design, not the ground.
    """
    shift = np.array([zero, 0.0])
    ground = section.ground
    if not len(ground.stations):
        return ()
    names = list(section.cut_by_material)
    lines = [ground, *section.bottoms.values()]
    s = np.unique(np.concatenate([line.stations for line in lines if len(line.stations)]))
    top = ground.z_at(s)
    known = np.isfinite(top)
    s, top = s[known], top[known]
    found = []
    for i, name in enumerate(names[: len(lines)]):
        under = lines[i + 1].z_at(s) if i + 1 < len(lines) else np.full(len(s), bottom)
        under = np.where(np.isfinite(under), np.minimum(under, top), top)
        upper = np.column_stack([s, top]) - shift
        lower = np.column_stack([s, under])[::-1] - shift
        if np.any(top - under > 1e-3):
            found.append((name, np.vstack([upper, lower])))
        top = under
    return tuple(found)


def _cut_areas(section: CutSection, design: Points, shift: Points) -> tuple[Points, ...]:
    """Closed outlines where the design lies under the ground."""
    if len(design) < 2:
        return ()
    s, depth = _depth(design, section)
    inside = depth >= -1e-9
    level = np.interp(s, design[:, 0], design[:, 1])
    found = []
    for run in np.split(np.arange(len(s)), np.flatnonzero(np.diff(inside.astype(int))) + 1):
        if len(run) > 1 and inside[run[0]]:
            upper = np.column_stack([s[run], level[run] + depth[run]]) - shift
            lower = np.column_stack([s[run], level[run]])[::-1] - shift
            found.append(np.vstack([upper, lower]))
    return tuple(found)


def _works(
    slope: Any, record: Slope, benches: Sequence[BenchMark], final: Points
) -> tuple[tuple[WallOn, ...], tuple[Points, ...]]:
    """Walls and soil on the benches of the section, where the design has them."""
    walls, covers = [], []
    by_number = {work.bench.number: work for work in slope.works}
    drawn = _wall(slope, record)
    for mark in benches:
        work = by_number.get(mark.number)
        if work is not None and work.cover is None:
            continue
        inward = 1.0 if mark.toe > mark.crest else -1.0
        wall = drawn or (work.wall if work is not None else None)
        inner = mark.crest
        if wall is not None and record.wall.kind != "none":
            foot = mark.crest + inward * record.wall.edge_offset
            shape = np.array(wall.layout.wall, float)
            on = np.column_stack([foot + inward * shape[:, 0], shape[:, 1]])
            on[:, 1] += float(np.interp(foot, final[:, 0], final[:, 1]))
            inner = foot + inward * float(shape[:, 0].max())
            top = on[:, 1].max()
            walls.append(WallOn(mark.number, on, (float(on[:, 0][on[:, 1] >= top - 1e-6].mean()), float(top)), wall))
        covers.append(_cover(inner, mark.toe, record.cover.thickness, final))
    return tuple(walls), tuple(cover for cover in covers if len(cover))


def _wall(slope: Any, record: Slope) -> BenchWallResult | None:
    """The wall of a changed record on a bench like the design's."""
    if record.wall == slope.slope.wall and record.cover == slope.slope.cover:
        return None
    like = next((work for work in slope.works if work.wall is not None), None)
    if like is None or record.wall.kind == "none":
        return None
    thickness = given(record.cover.thickness, "m", f"{slope.path}.cover.thickness", "soil.thickness")
    try:
        return design_bench_wall(
            record.wall, thickness, like.wall_length, like.bench.width, like.bench.material, f"{slope.path}.wall"
        )
    except SlopeDesignError:
        return None


def _cover(inner: float, toe: float, thickness: float, final: Points) -> Points:
    """Soil between the wall and the foot of the next face, its surface parallel to the bench."""
    if abs(toe - inner) < 0.05 or not len(final):
        return np.empty((0, 2))
    low, high = sorted((inner, toe))
    between = final[(final[:, 0] > low) & (final[:, 0] < high)]
    ends = np.array([[x, np.interp(x, final[:, 0], final[:, 1])] for x in (low, high)])
    under = np.vstack([ends[:1], between, ends[1:]])
    return np.vstack([under + np.array([0.0, thickness]), under[::-1]])
