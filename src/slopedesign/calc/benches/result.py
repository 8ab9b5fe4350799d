"""What cutting benches gives: faces, benches, volumes, the join to the ground, the second opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import shapely

from slopedesign.calc.benches.layout import Layout
from slopedesign.calc.benches.nearest import FloatArray
from slopedesign.calc.benches.profile import BenchProfile
from slopedesign.calc.benches.proposal import Proposal
from slopedesign.calc.benches.shapes import Shape
from slopedesign.calc.terrain import Volumes
from slopedesign.calc.terrain.joining import Polyline
from slopedesign.project.ground import MaterialClass
from slopedesign.standards.check import Remark
from slopedesign.standards.trace import Traced


@dataclass(frozen=True, kw_only=True, eq=False)
class CutFace:
    """One face as it is cut.

    Attributes:
        number: of the riser, from the base line.
        sector: names of the stretches of the base line it belongs to, "" for the whole line.
        sweeps: numbers of these stretches.
        height, angle: as designed.
        found_height: greatest height of this face where it is cut [m]; the last face runs on to the ground.
        plan_area, slope_area: of the cut part [m2].
        cut: volume standing on it [m3], and by material.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("sweeps",)

    number: int
    sector: str
    sweeps: tuple[int, ...]
    material: MaterialClass
    height: Traced
    angle: Traced
    found_height: Traced
    plan_area: Traced
    slope_area: Traced
    cut: Traced
    cut_by_material: Mapping[str, Traced]


@dataclass(frozen=True, kw_only=True, eq=False)
class CutBench:
    """One bench as it is cut.

    Attributes:
        number: of the bench: that of the riser it lies on (of the riser above it for fixed levels), from the base line.
        sector: names of the stretches of the base line it belongs to, "" for the whole line.
        sweeps: numbers of these stretches.
        wide: whether it is the wide berm.
        level: of its outer edge [m]; `level_range` differs from it only where benches climb with the base line.
        width, fall: as designed.
        crest, toe: outer edge (crest of the face below) and inner edge (toe of the face above), clipped to the cut,
            each (n, 3) E, N, Z, longest first.
        area, usable_area: gross, and where a disc of the least width fits, in plan [m2].
        outline, usable: the same as areas in E, N.
        crest_length, toe_length: in plan [m].
        mean_width: area over the mean of both lengths [m]; None without edges.
        least_width: from crest to toe where the bench is whole [m]; None where it never is.
        pieces: number of separate pieces of the bench.
        cut: volume standing on it [m3], and by material.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("sweeps",)

    number: int
    sector: str
    sweeps: tuple[int, ...]
    material: MaterialClass
    wide: bool
    level: Traced
    level_range: tuple[float, float]
    width: Traced
    fall: Traced
    crest: tuple[FloatArray, ...]
    toe: tuple[FloatArray, ...]
    area: Traced
    usable_area: Traced
    outline: Shape
    usable: Shape
    crest_length: Traced
    toe_length: Traced
    mean_width: Traced | None
    least_width: Traced | None
    pieces: int
    cut: Traced
    cut_by_material: Mapping[str, Traced]


@dataclass(frozen=True, kw_only=True)
class LevelSlice:
    """What is dug between two levels, as the works go down bench by bench.

    Attributes:
        bottom, top: levels [m]; None for below the lowest or above the highest.
    """

    bottom: float | None
    top: float | None
    volume: Traced
    by_material: Mapping[str, Traced]


@dataclass(frozen=True, kw_only=True, eq=False)
class Join:
    """How the cut meets the ground it leaves.

    Attributes:
        scarp: greatest step between the design's own edge and the ground beyond it [m]; 0 where the whole rim is
            daylight.
        scarp_length: length of rim with a step higher than `SCARP_FROM` [m].
        scarp_at: where the greatest step is, E, N; None without one.
        steps: (k, 3) E, N and step height along the design's own edge.
        face_break: mean angle between face and ground along the daylight line at the top [deg], with the greatest.
        greatest_break: see face_break.
        survey_rim: length of the cut's rim that is only the edge of the survey [m]; beyond it nothing is known.
        toe_gap: (least, greatest) ground level over the base line along it [m]: negative where the design's toe hangs
            in the air, positive where ground stays standing in front of it.
    """

    scarp: Traced
    scarp_length: Traced
    scarp_at: tuple[float, float] | None
    steps: FloatArray
    face_break: Traced | None
    greatest_break: Traced | None
    survey_rim: Traced
    toe_gap: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class SecondOpinion:
    """The cut by sampling at cell midpoints, design levels by distance from the base line, without its surface.

    Attributes:
        cell: size of the cells [m].
        cut: volume [m3].
        difference: relative difference from the headline volume.
        allowed: what the difference may be: 0.1 % for cuts thicker than 1 m on average, 0.5 % for thinner ones.
    """

    cell: float
    cut: Traced
    difference: Traced | None
    allowed: float

    @property
    def agrees(self) -> bool:
        """Whether both methods agree."""
        return self.difference is not None and abs(self.difference.value) <= self.allowed


@dataclass(frozen=True, kw_only=True, eq=False)
class BenchCut:
    """A slope cut in benches on surveyed ground.

    Attributes:
        layout: the design surface.
        proposals: profile and reasons, by sector.
        faces, benches: from the base line.
        cut: volume of everything cut [m3]; `cut_by_material` adds up to it.
        floor_cut: the part of `cut` that stands on no face and no bench: over a pit floor, or behind the last crest of
            a profile that ends there.
        volumes: of the overlay, fill included (a design over the ground is no fill to be made: it is never built).
        slices: by level, top first.
        area, face_area: plan area cut, area of all faces along their slope [m2].
        usable_area: of all benches [m2].
        risers: number of risers that cut ground.
        base_level, top_level: lowest point of the base line and highest point of the cut [m].
        height: between them [m].
        overall_angle: of the line from the base line to the highest point of the cut [deg].
        set_back: distance of that point from the base line [m].
        existing_height, existing_angle: of the steepest part of the ground before cutting.
        graded_height, graded_angle: of the highest part of it so steep and high that it must be cut in grades; None
            without such a part.
        daylight: lines where design and ground meet, E, N, Z.
        outline: area cut, in E, N.
        on: (triangles,) volume cut over each triangle of the design surface [m3].
        coverage: share of the design's plan, up to the top of the cut, on surveyed ground.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("on",)

    path: str
    layout: Layout
    proposals: tuple[Proposal, ...]
    faces: tuple[CutFace, ...]
    benches: tuple[CutBench, ...]
    cut: Traced
    cut_by_material: Mapping[str, Traced]
    floor_cut: Traced
    floor_cut_by_material: Mapping[str, Traced]
    volumes: Volumes
    slices: tuple[LevelSlice, ...]
    area: Traced
    face_area: Traced
    bench_area: Traced
    usable_area: Traced
    risers: Traced
    base_level: Traced
    top_level: Traced
    height: Traced
    overall_angle: Traced | None
    set_back: Traced
    existing_height: Traced | None
    existing_angle: Traced | None
    graded_height: Traced | None
    graded_angle: Traced | None
    daylight: tuple[Polyline, ...]
    outline: Shape
    on: FloatArray
    join: Join
    coverage: Traced
    second: SecondOpinion | None
    remarks: tuple[Remark, ...]

    @property
    def profile(self) -> BenchProfile:
        """The profile of the first sector."""
        return self.proposals[0].profile

    @property
    def wide_benches(self) -> tuple[int, ...]:
        """Numbers of the wide berms that are cut."""
        return tuple(sorted({bench.number for bench in self.benches if bench.wide}))

    @property
    def pieces(self) -> int:
        """Number of separate cuts."""
        return len(shapely.get_parts(self.outline))
