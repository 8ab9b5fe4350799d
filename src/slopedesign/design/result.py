"""What a design is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from slopedesign.calc.benches.ground import GroundModel
from slopedesign.calc.benches.result import BenchCut, CutBench
from slopedesign.calc.benches.section_method import BenchStrip, SectionMethod
from slopedesign.calc.benches.sections import CutSection, SectionVolumes
from slopedesign.calc.cover import BenchSoil, CoverVolume, SoilBalance
from slopedesign.calc.planting import PlantingResult
from slopedesign.calc.roads import RoadsResult
from slopedesign.calc.stability.sections import StabilityResult
from slopedesign.calc.terrain import TinBuild
from slopedesign.calc.walls.bench_wall import BenchWallResult
from slopedesign.calc.walls.project_walls import WallsResult
from slopedesign.calc.water.result import WaterResult
from slopedesign.i18n import Message
from slopedesign.project.project import Project
from slopedesign.project.slopes import Slope
from slopedesign.standards.check import Check, Remark
from slopedesign.standards.trace import Traced
from slopedesign.workspace import LoadedSurvey, Sources


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """A surveyed surface."""

    json_hidden: ClassVar[tuple[str, ...]] = ("survey", "build")

    name: str
    survey: LoadedSurvey
    build: TinBuild
    plan_area: Traced
    slope_area: Traced


@dataclass(frozen=True, kw_only=True, eq=False)
class BenchWorks:
    """What stands on one bench.

    Attributes:
        bench: the bench as cut.
        name: of the bench within its slope: number, and sector where there are several.
        wall_lines: centre of the wall's outer face in plan, (n, 3) each, longest first.
        wall_length: of them [m]; None where no wall is built.
        wall: the wall; None where none is built, `without` says why.
        cover: the soil behind it; None where the bench has no usable area.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("bench",)

    bench: CutBench
    name: str
    wall_lines: tuple[np.ndarray, ...]
    wall_length: Traced | None
    wall: BenchWallResult | None
    cover: CoverVolume | None
    without: Message | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class SlopeDesign:
    """One slope as designed.

    Attributes:
        alone: the cut as if no other slope were cut; the same as `cut` where none meets it.
        beside: the other slopes' cuts that meet this one, each alone; the lower design holds the ground.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("slope", "model", "alone", "beside")

    name: str
    path: str
    slope: Slope
    model: GroundModel
    cut: BenchCut
    alone: BenchCut
    beside: tuple[BenchCut, ...]
    sections: tuple[CutSection, ...]
    section_volumes: SectionVolumes | None
    works: tuple[BenchWorks, ...]
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class StripWorks:
    """What stands on one bench of a slope on typed sections; see `BenchWorks`."""

    bench: BenchStrip
    name: str
    wall_length: Traced | None
    wall: BenchWallResult | None
    cover: CoverVolume | None
    without: Message | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class SectionSlope:
    """One slope designed on typed sections alone."""

    json_hidden: ClassVar[tuple[str, ...]] = ("slope",)

    name: str
    path: str
    slope: Slope
    cut: SectionMethod
    works: tuple[StripWorks, ...]
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]


AnySlope = SlopeDesign | SectionSlope
AnyWorks = BenchWorks | StripWorks


@dataclass(frozen=True, kw_only=True, eq=False)
class Design:
    """Everything that follows from a project.

    Attributes:
        grounds: surveyed surfaces by name.
        slopes: on surveyed ground; section_slopes: on typed sections alone.
        cover_areas: soil on areas outside the benches, and on faces where the slope asks for it.
        bench_soil: soil on benches by their names, less ditches and drainage layers.
        timings: seconds spent in each stage; a stage taken over from the design before took none.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("sources", "timings")

    project: Project
    sources: Sources
    grounds: Mapping[str, Ground]
    slopes: tuple[SlopeDesign, ...]
    section_slopes: tuple[SectionSlope, ...]
    cover_areas: tuple[CoverVolume, ...]
    bench_soil: Mapping[str, BenchSoil]
    soil: SoilBalance
    roads: RoadsResult | None
    walls: WallsResult | None
    stability: StabilityResult | None
    water: WaterResult | None
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]
    planting: PlantingResult | None = None
    timings: Mapping[str, float] = field(default_factory=dict)
