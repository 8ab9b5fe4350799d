"""What the sheets show: results picked from the design, ready to be drawn.

Nothing is worked out here or in the builders; each number is a field of a result (`Traced` where a reviewer would ask
for it). Coordinates: plan [E, N] or [E, N, Z] in m, sections [offset, level] in m, offset growing into the slope.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.walls.bench_wall import BenchWallResult
from slopedesign.project.slopes import BenchWall
from slopedesign.standards.trace import Traced

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Contour:
    """One contour line of the ground: level [m], vertices (n, 2)."""

    level: float
    points: Points


@dataclass(frozen=True, kw_only=True)
class PlanBench:
    """One bench in plan.

    Attributes:
        name: its number ("1").
        level: level of its outer edge [m].
        crests: outer edges of the berm, (n, 3).
        toes: inner edges of the berm, where the next riser starts, (n, 3).
        outlines: outlines of the berm within the cut, (n, 2) or (n, 3).
        walls: wall lines, (n, 2) or (n, 3).
        width, length, area: as printed.
    """

    name: str
    level: float
    crests: tuple[Points, ...] = ()
    toes: tuple[Points, ...] = ()
    outlines: tuple[Points, ...] = ()
    walls: tuple[Points, ...] = ()
    width: Traced | None = None
    length: Traced | None = None
    area: Traced | None = None


@dataclass(frozen=True, kw_only=True)
class Face:
    """A cut face in plan: its outline (n, 2) and the lower edges (m, 2 or 3) its hachures run down to."""

    outline: Points
    lower: tuple[Points, ...]


@dataclass(frozen=True, kw_only=True)
class SectionMark:
    """Where a section lies in plan: toe side first."""

    name: str
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class PlanSlope:
    """One slope in plan."""

    name: str
    base_line: Points | None = None
    benches: tuple[PlanBench, ...] = ()
    faces: tuple[Face, ...] = ()
    daylight: tuple[Points, ...] = ()
    sections: tuple[SectionMark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WorksRow:
    """One row of the table of works; `part` is the part of the works it belongs to."""

    name: str
    specification: str
    unit: str
    amount: str
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanContent:
    """The plan of the whole site; `control` are points to set out by: name, east, north, level,
    under their title.

    `ponds`: shores in the ground with what stands beside them; `also`: further lines (n, 2) the sheets must have room
    for, drawn by whoever asks for it; `plants`: form, spacing along the row [m] and places (n, 2) of plants in rows.
    """

    title: str
    contours: tuple[Contour, ...] = ()
    interval: float = 1.0
    survey_edge: tuple[Points, ...] = ()
    spots: Points = field(default_factory=lambda: np.zeros((0, 3)))
    slopes: tuple[PlanSlope, ...] = ()
    roads: tuple[tuple[str, Points], ...] = ()
    drains: tuple[tuple[str, Points], ...] = ()
    ponds: tuple[tuple[str, Points], ...] = ()
    works: tuple[WorksRow, ...] = ()
    control: tuple[tuple[str, tuple[float, float, float]], ...] = ()
    control_title: str = ""
    coordinate_system: str = ""
    height_system: str = ""
    assumed_coordinates: bool = False
    notes: tuple[str, ...] = ()
    also: tuple[Points, ...] = ()
    plants: tuple[tuple[str, float, Points], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SectionBench:
    """A berm in a section: from its inner to its outer edge [offset, level], width [m]."""

    name: str
    inner: tuple[float, float]
    outer: tuple[float, float]
    width: Traced | float


@dataclass(frozen=True, kw_only=True)
class SectionFace:
    """A face in a section: foot and top [offset, level], its angle and slope ratio as printed."""

    foot: tuple[float, float]
    top: tuple[float, float]
    angle_deg: float
    ratio: float


@dataclass(frozen=True, kw_only=True)
class SectionContent:
    """One section: ground before, lines after, what lies between.

    Attributes:
        station: along the base line; None for a line drawn by hand.
        ground: pieces of the ground line, (n, 2) each; more than one where the survey has gaps.
        design: pieces of the formed line, where it lies below the ground.
        stations: rows of its table: offset, ground level, level after cutting (None where there is none), and the
            weight by which crowded rows are left out.
        interfaces: bottoms of layers, by the layer's name.
        cut_outlines: what is cut.
    """

    name: str
    station: float | None
    ground: tuple[Points, ...]
    design: tuple[Points, ...]
    stations: tuple[tuple[float, float | None, float | None, float], ...] = ()
    interfaces: tuple[tuple[str, Points], ...] = ()
    benches: tuple[SectionBench, ...] = ()
    faces: tuple[SectionFace, ...] = ()
    walls: tuple[Points, ...] = ()
    covers: tuple[Points, ...] = ()
    cut_outlines: tuple[Points, ...] = ()
    cut: Traced | None = None
    cut_by_material: tuple[tuple[str, Traced], ...] = ()

    @property
    def points(self) -> Points:
        """All points (n, 2) of ground and formed line."""
        return np.vstack([*self.ground, *self.design])


@dataclass(frozen=True, kw_only=True)
class SectionSpan:
    """Volume between two neighbouring sections."""

    first: str
    second: str
    spacing: float
    cut_first: Traced
    cut_second: Traced
    end_area: Traced
    curved: Traced | None = None


@dataclass(frozen=True, kw_only=True)
class VolumeRow:
    """Volumes of one face, bench or the whole, by material; `total` of them all."""

    name: str
    by_material: dict[str, Traced]
    total: Traced


@dataclass(frozen=True, kw_only=True)
class MethodRow:
    """One result of a method: phrase key below `drawings.volumes.method`, amount, whether it is a share, remark."""

    key: str
    amount: Traced
    share: bool = False
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class VolumesContent:
    """The computation of volumes of one slope, by all methods at hand."""

    slope: str
    sections: tuple[SectionContent, ...] = ()
    spans: tuple[SectionSpan, ...] = ()
    end_area: Traced | None = None
    curved: Traced | None = None
    methods: tuple[MethodRow, ...] = ()
    rows: tuple[VolumeRow, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WallOnBench:
    """A wall of one bench: number and level of the bench (None where it varies), the wall designed for it."""

    bench: str
    level: float | None
    result: BenchWallResult


@dataclass(frozen=True, kw_only=True)
class WallDetail:
    """The wall of one slope's benches, drawn from the layout of `walls[0]`."""

    slope: str
    wall: BenchWall
    walls: tuple[WallOnBench, ...]
    cover: Traced
    bench_width: Traced
    inward_fall_deg: float
    face_angle_deg: float
    material: str = ""

    @property
    def drawn(self) -> BenchWallResult:
        """The wall whose section is drawn."""
        return self.walls[0].result
