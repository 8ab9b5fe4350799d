"""The drainage network: a directed graph in which every node has one way on, worked from the heads down.

At a node the areas above it add up (sum of F and of phi F) and the longest time decides; the intensity of that time
then gives the flow anew. Flows are never added. A slow small part may then hide what the fast large part brings
alone: the flow of the part that has arrived by each earlier time, with the intensity of that time, is worked beside it
(`partial`), and taken where the project says so. Where that would make a flow smaller than one already running in,
the larger one is kept. A section is never smaller (in full area, among sections of one shape) than those above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from slopedesign.calc.water import culvert as culverts
from slopedesign.calc.water import runoff, sizing
from slopedesign.calc.water.lines import Bed
from slopedesign.calc.water.section import Circle, rectangle
from slopedesign.calc.water.storm import StormMethod
from slopedesign.errors import InputError, OutOfRange
from slopedesign.i18n import message
from slopedesign.project.water import TYPES, DitchType, Reach
from slopedesign.standards import gb51018_2014 as gb51018
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import OWN, Traced, given, measured, total
from slopedesign.standards.water_tables import table


@dataclass(frozen=True)
class Inflow:
    """What a catchment brings to a node.

    Attributes:
        name, node: where it belongs.
        area: km2. phi: weighted coefficient.
        t_1: overland time [min]; t_2: time in channels inside the catchment [min].
    """

    name: str
    node: str
    area: Traced
    phi: Traced
    t_1: Traced
    t_2: Traced

    @property
    def moment(self) -> Traced:
        """phi F [km2]."""
        return gb51018.MOMENT.at(phi=self.phi, F=self.area)


@dataclass(frozen=True)
class ReachInput:
    """A reach ready to be worked: its record, its bed and its type of section."""

    record: Reach
    bed: Bed
    kind: DitchType | None
    path: str
    kind_path: str = TYPES

    @property
    def name(self) -> str:
        """Name of the reach."""
        return self.record.name

    @property
    def length(self) -> Traced:
        """Plan length [m]."""
        return measured(self.bed.length, "m", "water.note.bed_length", self.path, "water.quantity.length")

    @property
    def slope(self) -> Traced:
        """Mean slope of the bed [-]."""
        if self.record.slope is not None:
            return given(self.record.slope, "-", f"{self.path}.slope", "water.quantity.slope")
        return measured(self.bed.slope, "-", "water.note.bed_slope", self.path, "water.quantity.slope")

    @property
    def steepness(self) -> Traced:
        """What drives the flow: the slope; in a chute its sine, the fall over the length along the bed [-]."""
        if self.record.kind != "chute":
            return self.slope
        i = self.slope
        sine = i.value / (1 + i.value**2) ** 0.5
        return measured(sine, "-", "water.note.sine_slope", self.path, "water.quantity.slope", i=i)


@dataclass(frozen=True)
class Gathered:
    """What has come together at a point of the network.

    Attributes:
        area, moment: sums of F and phi F [km2]. phi: their ratio. time: longest time, not less than the least a storm
            is read at [min]; elapsed: the same before that limit, which is what runs on downstream.
        intensity: of the governing method [mm/min]; method: its phrase key; others: every method's intensity by key.
        flow: design flow [m3/s].
    """

    area: Traced
    moment: Traced
    phi: Traced
    time: Traced
    intensity: Traced
    method: str
    others: Mapping[str, Traced]
    flow: Traced
    elapsed: Traced
    partial: Traced | None = None


@dataclass(frozen=True)
class CulvertResult:
    """A road crossing: barrel and rating."""

    culvert: culverts.Culvert
    rating: culverts.CulvertRating
    allowed: Traced | None


@dataclass(frozen=True)
class ReachResult:
    """A worked reach; `sized` for ditches and chutes, `culvert` for culverts."""

    number: int
    input: ReachInput
    gathered: Gathered
    sized: sizing.Sized | None
    culvert: CulvertResult | None
    travel: Traced
    time_below: Traced
    remarks: tuple[Remark, ...] = ()

    @property
    def name(self) -> str:
        """Name of the reach."""
        return self.input.name

    @property
    def kind(self) -> str:
        """crest, bench, chute, toe, floor or culvert."""
        return self.input.record.kind

    @property
    def flow(self) -> Traced:
        """Design flow [m3/s]."""
        return self.gathered.flow

    @property
    def speed(self) -> float:
        """Velocity at the design flow [m/s]; 0 where none could be worked."""
        if self.sized is not None:
            return 0.0 if self.sized.velocity is None else self.sized.velocity.value
        return 0.0 if self.culvert is None else self.culvert.rating.velocity

    @property
    def water_levels(self) -> tuple[float, float] | None:
        """Water level at both ends by the normal depth (the S2 depths in a chute) [m]."""
        if self.sized is None or self.sized.depth is None:
            return None
        points = self.input.bed.points
        worked = self.sized.chute
        top = self.sized.depth.value if worked is None else float(worked.profile.depth[0])
        foot = self.sized.depth.value if worked is None else worked.foot_depth
        return float(points[0, 2]) + top, float(points[-1, 2]) + foot


@dataclass(frozen=True)
class NetworkResult:
    """The worked network.

    Attributes:
        reaches: from the heads down, every reach after those running into it.
        outlets: what arrives at each end node (outside drainage or a pond), by node name.
    """

    reaches: tuple[ReachResult, ...]
    outlets: Mapping[str, Gathered]
    remarks: tuple[Remark, ...] = field(default_factory=tuple)

    def reach(self, name: str) -> ReachResult:
        """The reach of this name (KeyError if there is none)."""
        found = next((reach for reach in self.reaches if reach.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    @cached_property
    def _leaving(self) -> Mapping[str, ReachResult]:
        return {reach.input.record.from_node: reach for reach in self.reaches}

    def below(self, reach: ReachResult) -> ReachResult | None:
        """The reach that goes on from a reach's lower end; None at an outlet."""
        return self._leaving.get(reach.input.record.to_node)

    def into(self, node: str) -> list[ReachResult]:
        """Reaches ending at a node."""
        return [reach for reach in self.reaches if reach.input.record.to_node == node]


def order(reaches: Sequence[ReachInput], ends: Sequence[str], fed: Sequence[str]) -> list[ReachInput]:
    """The reaches from the heads down.

    Args:
        ends: nodes at which water may leave (outside drainage, ponds).
        fed: nodes catchments drain to.

    Raises:
        InputError: a reach of two names, a node with two ways on, a way that ends nowhere, a circle, a catchment that
            drains to no node, or a bed that does not fall; each by name.
    """
    leaving: dict[str, ReachInput] = {}
    for reach in reaches:
        record = reach.record
        if record.from_node == record.to_node:
            raise InputError(f"{reach.path}.to_node", record.to_node, message("water.error.self_loop"))
        if record.from_node in leaving:
            other = leaving[record.from_node].name
            raise InputError(f"{reach.path}.from_node", record.from_node, message("water.error.fork", other=other))
        if not reach.bed.fall > 0:
            raise InputError(
                f"{reach.path}.slope", round(reach.bed.slope, 6), message("water.error.not_falling", name=reach.name)
            )
        if not reach.bed.flattest > 0:
            raise InputError(
                f"{reach.path}.vertices", round(reach.bed.flattest, 6),
                message("water.error.rises_inside", name=reach.name),
            )  # fmt: skip
        leaving[record.from_node] = reach
    nodes = leaving.keys() | {reach.record.to_node for reach in reaches} | set(ends)
    for node in fed:
        if node not in nodes:
            raise InputError("water.catchments.drains_to", node, message("water.error.no_node"))
    for reach in reaches:
        if reach.record.to_node not in leaving and reach.record.to_node not in ends:
            raise InputError(
                f"{reach.path}.to_node", reach.record.to_node, message("water.error.no_way_on", name=reach.name)
            )
    return _sorted(reaches, leaving)


def _sorted(reaches: Sequence[ReachInput], leaving: Mapping[str, ReachInput]) -> list[ReachInput]:
    waiting = dict.fromkeys((reach.record.from_node for reach in reaches), 0)
    for reach in reaches:
        if reach.record.to_node in waiting:
            waiting[reach.record.to_node] += 1
    ready = [node for node, count in waiting.items() if count == 0]
    found: list[ReachInput] = []
    while ready:
        reach = leaving[ready.pop(0)]
        found.append(reach)
        below = reach.record.to_node
        if below in waiting:
            waiting[below] -= 1
            if waiting[below] == 0:
                ready.append(below)
    if len(found) < len(reaches):
        done = {reach.name for reach in found}
        circle = _circle([reach for reach in reaches if reach.name not in done], leaving)
        raise InputError("water.network.reaches", " > ".join(circle), message("water.error.circle"))
    return found


def _circle(left: Sequence[ReachInput], leaving: Mapping[str, ReachInput]) -> list[str]:
    path: list[str] = []
    reach = left[0]
    while reach.name not in path:
        path.append(reach.name)
        reach = leaving[reach.record.to_node]
    return [*path[path.index(reach.name) :], reach.name]


@dataclass(frozen=True)
class Settings:
    """What holds for the whole network."""

    methods: tuple[StormMethod, ...]
    governing: str
    freeboard: Traced
    min_width: float
    travel: Literal["formula", "section"]
    peak: Literal["longest", "partial"] = "longest"

    @cached_property
    def courses(self) -> Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """Durations [min] and intensities [mm/min] of every method, to look for the time that matters."""
        found = {}
        for method in self.methods:
            rows = []
            for minutes in np.geomspace(table("storm", "limits").raw("shortest_time_min"), 1440.0, 60):
                try:
                    rows.append((float(minutes), method.intensity(float(minutes)).value))
                except OutOfRange:
                    continue
            found[method.name] = tuple(np.array(rows or [(0.0, 0.0)]).T)
        return found


PARTIAL_AREA = Formula(
    OWN, "Q", "16.67*q*S", homogeneous=False, title="water.formula.partial_area",
    Q=Var("Q", "m3/s", 3), q=Var("q", "mm/min", 3), S=Var(r"\Sigma\varphi F_{t}", "km2", 5),
)  # fmt: skip
NEARLY = 0.98
"""The flow of a part of the land is worked where it comes to this share of that of the whole."""

LINKED_UP_TO = 150
"""Reaches up to which a number's trace runs on through the reaches above; beyond, it names them and stops, so that
chains stay short enough to be walked."""


@dataclass
class _Arrival:
    """Water arriving at a node: from a catchment or out of a reach."""

    name: str
    area: Traced
    moment: Traced
    t_1: Traced
    t_2: Traced
    flow: Traced | None
    times: NDArray[np.float64]
    moments: NDArray[np.float64]


def _single(inflow: Inflow) -> _Arrival:
    times, moments = np.array([inflow.t_1.value + inflow.t_2.value]), np.array([inflow.moment.value])
    return _Arrival(inflow.name, inflow.area, inflow.moment, inflow.t_1, inflow.t_2, None, times, moments)


def solve(
    reaches: Sequence[ReachInput], inflows: Sequence[Inflow], ends: Sequence[str], settings: Settings
) -> NetworkResult:
    """Works the whole network.

    Args:
        ends: nodes at which water may leave.

    Raises:
        InputError: the graph is not sound (see `order`), a reach gets no water, or no storm is stated.
        OutOfRange: no stated storm method covers a reach's time.
    """
    if not settings.methods:
        raise InputError("water.storm", None, message("water.error.no_storm"))
    arrivals: dict[str, list[_Arrival]] = {}
    for inflow in inflows:
        arrivals.setdefault(inflow.node, []).append(_single(inflow))
    sizes: dict[str, dict[str, float]] = {}
    remarks: list[Remark] = []
    results = []
    for number, reach in enumerate(order(reaches, ends, [inflow.node for inflow in inflows]), 1):
        record = reach.record
        met = arrivals.get(record.from_node, [])
        if not met:
            raise InputError(f"{reach.path}.from_node", record.from_node, message("water.error.dry", name=reach.name))
        gathered, notes = gather(met, settings, reach.path)
        above = sizes.get(record.from_node, {})
        result = replace(_work(number, reach, gathered, above, settings), remarks=tuple(notes))
        results.append(result)
        times = np.concatenate([a.times for a in met]) + result.travel.value
        leaving = _Arrival(reach.name, gathered.area, gathered.moment, gathered.elapsed, result.travel, gathered.flow,
                           times, np.concatenate([a.moments for a in met]))  # fmt: skip
        if len(reaches) > LINKED_UP_TO:
            leaving = _unlinked(leaving, reach.path)
        arrivals.setdefault(record.to_node, []).append(leaving)
        _carry_sizes(sizes, record, result, above, reach.kind)
        remarks += notes
    outlets = {}
    for node in ends:
        if node in arrivals:
            outlets[node], notes = gather(arrivals[node], settings, node)
            remarks += notes
    return NetworkResult(tuple(results), outlets, tuple(remarks))


def _unlinked(water: _Arrival, path: str) -> _Arrival:
    """The same water, its numbers naming the reach they come from instead of holding their working."""

    def named(number: Traced) -> Traced:
        return measured(number.value, number.unit, "water.note.from_reach", path, number.label)

    flow = None if water.flow is None else named(water.flow)
    return replace(water, area=named(water.area), moment=named(water.moment), t_1=named(water.t_1), flow=flow)


def _carry_sizes(
    sizes: dict[str, dict[str, float]], record: Reach, result: ReachResult,
    above: Mapping[str, float], kind: DitchType | None,
) -> None:  # fmt: skip
    below = sizes.setdefault(record.to_node, {})
    passed = dict(above)
    if result.sized is not None and kind is not None:
        passed[kind.shape] = result.sized.section.area(result.sized.height)
    for shape, area in passed.items():
        below[shape] = max(below.get(shape, 0.0), area)


def gather(met: Sequence[_Arrival], settings: Settings, path: str) -> tuple[Gathered, list[Remark]]:
    """Adds up what arrives at a node and works its flow."""
    area = total({a.name: a.area for a in met}, "km2", "water.quantity.area")
    moment = total({a.name: a.moment for a in met}, "km2", "water.quantity.moment")
    phi = gb51018.WEIGHTED_COEFFICIENT.at(S=moment, F=area)
    slowest = max(met, key=lambda a: a.t_1.value + a.t_2.value)
    time = runoff.concentration(slowest.t_1, slowest.t_2)
    worked, notes = _intensities(settings.methods, time, path)
    if settings.governing == "largest":
        method, intensity = max(worked.items(), key=lambda pair: pair[1].value)
    else:
        method = f"water.method.{settings.governing}"
        if method not in worked:
            raise InputError("water.storm.governing", settings.governing, message("water.error.method_missing"))
        intensity = worked[method]
    flow: Traced = runoff.rational_peak(phi, intensity, area)
    several = len(met) > 1 or met[0].times.size > 1
    partial = _partial(met, settings, method, time.value, flow.value) if several else None
    if settings.peak == "partial" and partial is not None and partial.value > flow.value:
        flow = partial
    largest = max((a.flow for a in met if a.flow is not None), key=lambda f: f.value, default=None)
    if largest is not None and largest.value > flow.value:
        flow = measured(largest.value, "m3/s", "water.note.not_less", path, Q=flow, Q_above=largest)
    limit = table("storm", "limits").pick("rational_area_km2", "km2")
    if area.value > limit.value:
        said = message("water.remark.large_area", area=f"{area.value:.2f}", limit=f"{limit.value:g}")
        notes.append(Remark(level=Level.WARNING, subject=path, text=said, source=limit.source, numbers={"F": area}))
    elapsed = total({"t_1": slowest.t_1, "t_2": slowest.t_2}, "min", "water.quantity.elapsed")
    return Gathered(area, moment, phi, time, intensity, method, worked, flow, elapsed, partial), notes


def _partial(met: Sequence[_Arrival], settings: Settings, method: str, longest: float, flow: float) -> Traced | None:
    """The largest flow of the part of the land whose water has arrived by a time shorter than the longest.

    None where no part brings nearly the flow of the whole.
    """
    shortest = table("storm", "limits").raw("shortest_time_min")
    times = np.maximum(np.concatenate([a.times for a in met]), shortest)
    order = np.argsort(times, kind="stable")
    times, arrived = times[order], np.cumsum(np.concatenate([a.moments for a in met])[order])
    minutes, rates = settings.courses[method]
    rough = np.interp(times, minutes, rates, left=0.0) * arrived * (times < longest)
    best = int(np.argmax(rough))
    if not rough[best] * PARTIAL_AREA.number(q=1.0, S=1.0) > NEARLY * flow:
        return None
    by = float(times[best])
    part = measured(
        float(arrived[times <= by][-1]), "km2", "water.note.arrived_by", f"{by:.2f} min", "water.quantity.moment"
    )
    intensity = next(m for m in settings.methods if m.name == method).intensity(by)
    return PARTIAL_AREA.at(q=intensity, S=part)


def _intensities(methods: Sequence[StormMethod], time: Traced, path: str) -> tuple[dict[str, Traced], list[Remark]]:
    worked: dict[str, Traced] = {}
    notes: list[Remark] = []
    refused: OutOfRange | None = None
    for method in methods:
        try:
            worked[method.name] = method.intensity(time)
        except OutOfRange as error:
            refused = error
            said = message("water.remark.method_out", method=message(method.name), reason=error.reason)
            notes.append(Remark(level=Level.WARNING, subject=path, numbers={"t": time}, text=said))
    if not worked:
        assert refused is not None
        raise refused
    return worked, notes


def _work(
    number: int, reach: ReachInput, gathered: Gathered, above: Mapping[str, float], settings: Settings
) -> ReachResult:
    sized, crossing = None, None
    if reach.record.kind == "culvert":
        crossing = _culvert(reach, gathered.flow)
    else:
        assert reach.kind is not None
        sized = sizing.size(reach.kind, _demand(reach, gathered.flow, above, settings), _fixed(reach.record))
    speed: Traced = runoff.ditch_velocity(reach.slope)
    if settings.travel == "section" and sized is not None and sized.velocity is not None:
        speed = sized.velocity
    travel = runoff.ditch_time(reach.length, speed)
    return ReachResult(number, reach, gathered, sized, crossing, travel, runoff.concentration(gathered.elapsed, travel))


def _fixed(record: Reach) -> tuple[float, float] | None:
    return None if record.width is None or record.height is None else (record.width, record.height)


def _demand(reach: ReachInput, flow: Traced, above: Mapping[str, float], settings: Settings) -> sizing.Demand:
    assert reach.kind is not None
    bed_length = reach.bed.length * (1 + reach.bed.slope**2) ** 0.5
    return sizing.Demand(
        flow=flow, slope=reach.steepness, freeboard=settings.freeboard, min_width=settings.min_width,
        least_area=above.get(reach.kind.shape, 0.0), bend_radius=reach.record.bend_radius,
        chute_length=bed_length if reach.record.kind == "chute" else None, kind_path=reach.kind_path,
    )  # fmt: skip


def _culvert(reach: ReachInput, flow: Traced) -> CulvertResult:
    record = reach.record
    for name in ("width", "height", "inlet", "roughness"):
        if not getattr(record, name):
            raise InputError(f"{reach.path}.{name}", getattr(record, name), message("water.error.culvert_needs"))
    assert record.width is not None and record.height is not None and record.roughness is not None
    if record.barrel == "pipe" and record.width != record.height:
        raise InputError(f"{reach.path}.height", record.height, message("water.error.pipe_round"))
    section = Circle(record.width) if record.barrel == "pipe" else rectangle(record.width, record.height)
    barrel = culverts.Culvert(
        section, reach.bed.length, reach.bed.slope, record.roughness, record.inlet, barrels=record.barrels
    )
    allowed = (
        given(record.allowed_headwater, "m", f"{reach.path}.allowed_headwater")
        if record.allowed_headwater is not None
        else None
    )
    return CulvertResult(barrel, culverts.rate(barrel, flow.value, record.tailwater or 0.0), allowed)
