"""What the water side of a design holds: results, checks, and the working in the order a reader follows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.terrain.hollow import Hollow
from slopedesign.calc.terrain.surface import Tin
from slopedesign.calc.water.chute import Apron, Drop, StillingBasin
from slopedesign.calc.water.ditch_quantities import ReachQuantities
from slopedesign.calc.water.irrigation import IrrigationResult
from slopedesign.calc.water.layout import Layout
from slopedesign.calc.water.network import Inflow, NetworkResult
from slopedesign.calc.water.pond import BalanceYear, SpillwayResult, Storage
from slopedesign.calc.water.pond_pit import PitCut
from slopedesign.calc.water.runoff import ConfluencePeak
from slopedesign.calc.water.storm import FrequencyFit, Hyetograph, StormMethod
from slopedesign.calc.water.terrain import Grid, GroundCatchment
from slopedesign.calc.water.works.basins import BuiltBasin
from slopedesign.calc.water.works.common import Works
from slopedesign.calc.water.works.drops import BuiltDrop
from slopedesign.i18n import Message
from slopedesign.project.water import Catchment, Pond, WaterDesign
from slopedesign.standards.check import Check, Remark
from slopedesign.standards.trace import Traced


@dataclass(frozen=True)
class Passage:
    """A stretch of the calculation book: a heading, and the numbers worked under it in order.

    Attributes:
        subject: path of what it is about, as the checks name it.
        steps: traced numbers; a formula's working prints as one line each.
        texts: sentences between heading and steps.
    """

    heading: Message
    subject: str
    steps: tuple[Traced, ...]
    texts: tuple[Message, ...] = ()


@dataclass(frozen=True)
class MethodRow:
    """One storm method at one time: its intensity [mm/min] by the phrase key of the method."""

    minutes: float
    intensity: Mapping[str, Traced]


@dataclass(frozen=True)
class StormResult:
    """The design storm.

    Attributes:
        return_period: of the ditches [a]. methods: what could be worked. table: the methods side by side.
        fit: frequency fit of annual maxima, or None. h24: 24-hour rain of the ditches' return period.
        pond_h24: 24-hour rain of the ponds' return period; pond_storm: its course in time.
    """

    return_period: Traced
    methods: tuple[StormMethod, ...]
    table: tuple[MethodRow, ...]
    fit: FrequencyFit | None
    h24: Traced | None
    pond_h24: Traced | None
    pond_storm: Hyetograph | None


@dataclass(frozen=True)
class CatchmentResult:
    """A catchment: what it brings to its node, the ground it was taken from, and its peak by the rational formula.

    Attributes:
        parts: surface, area [m2] and coefficient of its parts.
        confluence: peak by the confluence formula, where its inputs are stated.
    """

    record: Catchment
    inflow: Inflow
    parts: Mapping[str, tuple[Traced, Traced]]
    ground: GroundCatchment | None
    confluence: ConfluencePeak | None


@dataclass(frozen=True)
class ReachStructures:
    """What a reach has beside its section: basin, drop or apron at its foot, flared mouths; and its amounts.

    Attributes:
        quantities: of the ditch itself, on the length structures leave; None for culverts.
        works: every structure as built. built_basin, built_drop: with the hydraulics of the built sizes.
    """

    reach: str
    basin: StillingBasin | None
    drop: Drop | None
    apron: Apron | None
    flare: Traced | None
    quantities: ReachQuantities | None
    works: tuple[Works, ...] = ()
    built_basin: BuiltBasin | None = None
    built_drop: BuiltDrop | None = None


@dataclass(frozen=True)
class PondResult:
    """A worked pond.

    Attributes:
        storage: stage, area, volume. inflow_area: land draining to it [hm2]; phi: its coefficient.
        runoff: storm runoff [m3]; silt: m3; demand: m3; required: volume it must hold between dead and normal level.
        active: volume it holds there [m3]; area: water area at the normal level [m2]; depth: there [m].
        spillway: routed storm; None where it could not be worked, then a check says what is missing.
        drawdown: time from the highest to the dead (or lowest) level [s] by the outlet; without one, by the pump, down
            to the normal level; None with neither.
        typical, dry: balance years. sand_trap: volume of sand between clearings [m3].
        cut: what the pit takes of the ground; None where that is not known.
        hollow: of a pond in the ground, and spill: the level at which it would spill over its rim [m].
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("hollow", "cut")

    record: Pond
    path: str
    storage: Storage
    inflow_area: Traced | None
    phi: Traced | None
    runoff: Traced | None
    silt: Traced | None
    demand: Traced | None
    required: Traced | None
    active: Traced
    area: Traced
    depth: Traced
    spillway: SpillwayResult | None
    drawdown: float | None
    typical: BalanceYear | None
    dry: BalanceYear | None
    sand_trap: Traced | None
    excavation: Traced | None
    lining: Traced | None
    works: tuple[Works, ...] = ()
    hollow: Hollow | None = None
    spill: Traced | None = None
    cut: PitCut | None = None


@dataclass(frozen=True)
class Drainage:
    """The water side as far as nothing that stores or spreads water is asked for: ditches with their structures.

    Attributes:
        record: as stated, with what was proposed.
        paths: of its catchments in the project.
        ends: names of the nodes where water may leave the network.
        ground, surface: the designed ground, where it is asked for; hollows: of ponds placed on it.
    """

    record: WaterDesign
    paths: Sequence[str]
    layout: Layout | None
    storm: StormResult
    catchments: tuple[CatchmentResult, ...]
    network: NetworkResult | None
    structures: tuple[ReachStructures, ...]
    ends: tuple[str, ...]
    remarks: tuple[Remark, ...]
    ground: Grid | None
    surface: Tin | None
    hollows: Mapping[str, Hollow]


@dataclass(frozen=True)
class WaterResult:
    """The whole water side.

    Attributes:
        working: writes the passages when they are asked for.
        checks: every clause judged. remarks: advice and assumptions.
        divides: closed plan polylines of catchments found on the terrain, by catchment.
        layout: reaches and catchments the program proposed; they stand among the others too.
    """

    json_hidden: ClassVar[tuple[str, ...]] = ("working",)
    json_worked: ClassVar[tuple[str, ...]] = ("passages",)

    storm: StormResult
    catchments: tuple[CatchmentResult, ...]
    network: NetworkResult | None
    structures: tuple[ReachStructures, ...]
    ponds: tuple[PondResult, ...]
    irrigation: IrrigationResult | None
    working: Callable[[WaterResult], tuple[Passage, ...]]
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]
    divides: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    irrigation_works: tuple[Works, ...] = ()
    layout: Layout | None = None

    @property
    def works(self) -> tuple[Works, ...]:
        """Every structure of reaches, ponds and irrigation, as built."""
        found = [*(w for s in self.structures for w in s.works), *(w for p in self.ponds for w in p.works)]
        return (*found, *self.irrigation_works)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The working, in order."""
        return self.working(self)

    def pond(self, name: str) -> PondResult:
        """The pond of this name (KeyError if there is none)."""
        found = next((pond for pond in self.ponds if pond.record.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def structure(self, reach: str) -> ReachStructures:
        """Structures and amounts of a reach (KeyError if there is none)."""
        found = next((s for s in self.structures if s.reach == reach), None)
        if found is None:
            raise KeyError(reach)
        return found
