"""A drainage layout proposed on the designed slopes: ditches on benches, crest and toe, chutes between them.

What comes out are ordinary records: reaches with nodes and bed levels, and the catchments above them. A bench ditch
follows the inner edge of its bench and falls to a drain; from there a ditch crosses the bench and a chute goes down
the face to the inner edge below. The toe ditch gathers them and a floor ditch leads to the outlet. The crest ditch
runs outside the cut, from its summits down to the sags and ends of its line.

Every bed is one straight fall, at least the stated depth under its line, by the stated slope or, where the line itself
is steeper, by that of the line. What comes in at a drain ends a step above the bed that goes on.

Names: B bench ditch, X bench crossing, J chute, T toe ditch, C crest ditch, O ditch to the outlet, K catchment.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.terrain.surface import Tin
from slopedesign.calc.water import crest, lines
from slopedesign.errors import InputError
from slopedesign.i18n import Message, message
from slopedesign.project.water import AutomaticNetwork, Catchment, Reach
from slopedesign.standards.check import Level, Remark

PATH = "water.network.automatic"
SHORTEST = 5.0
"""No ditch is shorter than this [m]; two drains of one line lie twice as far apart."""
CROSSING = 0.01
"""Least fall of a ditch across its bench."""
STEEP, HEAD = 0.10, 1.0
"""A ditch steeper than this over more than so much head [m] is a chute (GB 50330-2013, 16.2)."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class BenchLine:
    """Inner edge of a bench: its number from the toe, its short name, the name reaches follow, points (k, 3)."""

    number: int
    code: str
    name: str
    points: Floats


@dataclass(frozen=True)
class SlopeLines:
    """What a layout needs of a slope: its benches, its toe line, and the plan of its cut."""

    name: str
    benches: tuple[BenchLine, ...]
    toe: Floats | None
    toe_name: str
    outline: shapely.Geometry


@dataclass(frozen=True)
class Layout:
    """Reaches and catchments proposed, and the nodes at which they leave the ground beside the stated outlet."""

    reaches: tuple[Reach, ...]
    catchments: tuple[Catchment, ...]
    outlets: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass
class Drain:
    """Where water leaves a line: its station, its node, the level of the bed there, and where it goes on."""

    station: float
    node: str
    level: float = math.inf
    to: tuple[Line, Drain] | None = None


@dataclass
class Line:
    """A line being laid out."""

    name: str
    code: str
    points: Floats
    drains: list[Drain] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.along = lines.stations_of(self.points)

    @property
    def length(self) -> float:
        """Plan length [m]."""
        return float(self.along[-1])

    def at(self, station: float) -> Floats:
        """The point (E, N, Z) at a station."""
        return np.array([np.interp(station, self.along, self.points[:, k]) for k in range(3)])

    def drain(self, station: float, node: str = "") -> Drain:
        """The drain at a station: one standing close by, or a new one; close to an end, at the end."""
        if station < SHORTEST:
            station = 0.0
        elif station > self.length - SHORTEST:
            station = self.length
        near = min(self.drains, key=lambda d: abs(d.station - station), default=None)
        if near is not None and abs(near.station - station) < 2 * SHORTEST:
            return near
        made = Drain(station, node or f"{self.code}-n{len(self.drains) + 1}")
        self.drains = sorted([*self.drains, made], key=lambda d: d.station)
        return made

    def runs(self) -> list[tuple[float, Drain]]:
        """Heads and drains of the ditches that cover the line once: each drain takes half the way to the next."""
        drains = self.drains
        found = [(0.0, drains[0])] if drains[0].station > 0 else []
        for a, b in zip(drains, drains[1:], strict=False):
            found += [((a.station + b.station) / 2, a), ((a.station + b.station) / 2, b)]
        if drains[-1].station < self.length:
            found.append((self.length, drains[-1]))
        return found


def straight_bed(line: Floats, slope: float, depth: float) -> tuple[float, float]:
    """Levels at both ends of the highest straight bed everywhere at least `depth` under a line (k, 3).

    It falls by `slope`, or by the mean slope of the line where that is steeper.
    """
    station = lines.stations_of(line)
    fall = max(slope, float(line[0, 2] - line[-1, 2]) / float(station[-1]))
    top = float(np.min(line[:, 2] - depth + fall * station))
    return top, top - fall * float(station[-1])


def drain_stations(length: float, arrivals: Sequence[float], spacing: float) -> list[float]:
    """Stations at which a line is drained: no two neighbours, and no end from the nearest, farther apart than
    `spacing`; what arrives from above stays. Without arrivals they stand in the middle of equal parts."""
    kept = sorted(arrivals)
    if not kept:
        count = max(1, math.ceil(length / spacing - 1e-9))
        return [(k + 0.5) * length / count for k in range(count)]
    found = list(kept)
    for a, b in zip([0.0, *kept], [*kept, length], strict=True):
        count = math.ceil((b - a) / spacing - 1e-9)
        found += [a + (b - a) * k / count for k in range(1, count)]
    return sorted(found)


def propose(record: AutomaticNetwork, slopes: Sequence[SlopeLines], surface: Tin) -> Layout:
    """The layout of a project's slopes.

    Raises:
        InputError: no slope, or none of a stated name; a slope without a toe line or a rim; an outlet off the ground,
            or above what should run into it; a chute that finds nothing below it; nothing asked for; each by name.
    """
    if wrong := sorted(set(record.slopes) - {slope.name for slope in slopes}):
        raise InputError(f"{PATH}.slopes", wrong[0], message("water.error.no_slope"))
    chosen = [slope for slope in slopes if not record.slopes or slope.name in record.slopes]
    if not chosen:
        raise InputError(f"{PATH}.slopes", 0, message("water.error.no_slopes"))
    if not math.isfinite(float(surface.elevation(np.array([record.outlet]))[0])):
        raise InputError(f"{PATH}.outlet", record.outlet, message("water.error.off_terrain"))
    if not (record.crest_ditch or record.bench_ditches or record.toe_ditch):
        raise InputError(f"{PATH}.bench_ditches", False, message("water.error.nothing_laid_out"))
    found = _Proposal(record, surface)
    for slope in chosen:
        found.slope(slope)
    return Layout(tuple(found.reaches), tuple(found.catchments), tuple(found.outlets), tuple(found.remarks))


class _Proposal:
    """Reaches and catchments as they are laid out: first where every line is drained, then levels and records."""

    def __init__(self, record: AutomaticNetwork, surface: Tin) -> None:
        self.record, self.surface = record, surface
        self.reaches: list[Reach] = []
        self.catchments: list[Catchment] = []
        self.outlets: list[str] = []
        self.remarks: list[Remark] = []

    def slope(self, slope: SlopeLines) -> None:
        """One slope from crest to outlet."""
        toe, benches = self._lines(slope)
        rim = self._crest(slope, benches, toe)
        for k, line in enumerate(benches):
            self._place(line)
            for drain in line.drains:
                drain.to = self._below(
                    line.at(drain.station), [*benches[k + 1 :], toe], self.record.chutes != "spacing"
                )
        for line in benches:
            self._bench(line)
        self._toe(slope, toe)
        for line in benches:
            for drain in line.drains:
                self._way_down(line, drain)
        for k, (node, at, level, to) in enumerate(rim, 1):
            self._chute(f"{slope.name}-CJ{k}", node, at, level, to)

    def _lines(self, slope: SlopeLines) -> tuple[Line, list[Line]]:
        if slope.toe is None:
            raise InputError(f"{PATH}.slopes", slope.name, message("water.error.no_toe"))
        toe = Line(slope.toe_name, f"{slope.name}-T", lines.clean(slope.toe, slope.toe_name))
        if toe.length < 2 * SHORTEST:
            raise InputError(f"{PATH}.slopes", slope.name, message("water.error.short_toe", least=2 * SHORTEST))
        if self.record.toe_ditch:
            out = lines.nearest_station(toe.points, self.record.outlet)
            near = float(np.hypot(*(toe.at(out)[:2] - self.record.outlet))) < 1.0
            toe.drain(out, self.record.drains_to if near else f"{toe.code}-out")
        benches = []
        for bench in sorted(slope.benches, key=lambda b: -b.number) if self.record.bench_ditches else []:
            line = Line(bench.name, f"{slope.name}-B{bench.code}", lines.clean(bench.points, bench.name))
            if line.length < 2 * SHORTEST:
                said = message("water.remark.short_bench", name=line.name, length=f"{line.length:.1f}")
                self._remark(said, Level.WARNING)
            else:
                benches.append(line)
        return toe, benches

    # --- where lines are drained --------------------------------------------------------------------------------------

    def _place(self, line: Line) -> None:
        record = self.record
        if record.chutes == "spacing":
            assert record.chute_spacing is not None
            for station in drain_stations(line.length, [d.station for d in line.drains], record.chute_spacing):
                line.drain(station)
        elif record.chutes == "both_ends":
            line.drain(0.0)
            line.drain(line.length)
        elif not line.drains:
            ends = [float(np.hypot(*(line.at(s)[:2] - record.outlet))) for s in (0.0, line.length)]
            line.drain(0.0 if ends[0] <= ends[1] else line.length)

    def _below(self, at: Floats, below: Sequence[Line], at_ends: bool) -> tuple[Line, Drain]:
        """The nearest line below a point, drained at the point of it nearest to (or at its end)."""
        best: tuple[float, Line, float] | None = None
        for line in below:
            station = lines.nearest_station(line.points, (float(at[0]), float(at[1])))
            if at_ends and self.record.bench_ditches:
                station = 0.0 if station < line.length / 2 else line.length
            spot = line.at(station)
            away = float(np.hypot(*(spot[:2] - at[:2])))
            if spot[2] + self.record.step < at[2] - self.record.depth and away > 0 and (best is None or away < best[0]):
                best = away, line, station
        if best is None:
            raise InputError(PATH, round(float(at[2]), 2), message("water.error.no_lower_line", east=f"{at[0]:.1f}",
                                                                     north=f"{at[1]:.1f}"))  # fmt: skip
        return best[1], best[1].drain(best[2])

    # --- levels and records -------------------------------------------------------------------------------------------

    def _bench(self, line: Line) -> None:
        """Ditches along a bench; the bed of the lowest that ends at a drain is the drain's level."""
        for k, (head, drain) in enumerate(line.runs(), 1):
            piece = lines.part(line.points, head, drain.station)
            top, foot = straight_bed(piece, self.record.slope, self.record.depth)
            drain.level = min(drain.level, foot - self.record.step)
            self._make(f"{line.code}-{k}", "bench", f"{line.code}-h{k}", drain.node, catches=True, follows=line.name,
                       from_station=head, to_station=drain.station, start_level=top, end_level=foot)  # fmt: skip

    def _way_down(self, line: Line, drain: Drain) -> None:
        """From a drain across its bench, and down the face to the next line."""
        assert drain.to is not None
        start, end = line.at(drain.station)[:2], drain.to[0].at(drain.to[1].station)[:2]
        ending = drain.node.removeprefix(f"{line.code}-n")
        number = line.code.rsplit("-B", 1)
        node, level = drain.node, drain.level
        edge = self._edge(start, end, level)
        if edge is not None:
            node, level = f"{drain.node}x", level - max(self.record.slope, CROSSING) * edge
            there = start + (end - start) * edge / float(np.hypot(*(end - start)))
            self._stated(f"{number[0]}-X{number[1]}-{ending}", "bench", drain.node, node, (start, there), drain.level,
                         level)  # fmt: skip
            start = there
        self._chute(f"{number[0]}-J{number[1]}-{ending}", node, start, level, drain.to)

    def _edge(self, start: Floats, end: Floats, level: float) -> float | None:
        """How far a bed crosses the bench before the ground falls below it [m]; None for less than 1 m."""
        try:
            profile = lines.on_ground([start.tolist(), end.tolist()], self.surface, PATH)
        except InputError:
            place = {"east": f"{start[0]:.1f}", "north": f"{start[1]:.1f}"}
            raise InputError(PATH, round(level, 2), message("water.error.way_off_terrain", **place)) from None
        along = lines.stations_of(profile)
        bare = np.flatnonzero(profile[:, 2] < level - max(self.record.slope, CROSSING) * along)
        edge = float(along[max(bare[0] - 1, 0)]) if len(bare) else 0.0
        return edge if 1.0 <= edge <= float(along[-1]) - 1.0 else None

    def _chute(self, name: str, node: str, start: Floats, level: float, to: tuple[Line, Drain]) -> None:
        line, foot = to
        end = foot.level + self.record.step
        if not end < level:
            raise InputError(PATH, round(end, 2), message("water.error.chute_rises", name=name,
                                                          level=f"{level:.2f}"))  # fmt: skip
        self._stated(name, "chute", node, foot.node, (start[:2], line.at(foot.station)[:2]), level, end)

    def _toe(self, slope: SlopeLines, toe: Line) -> None:
        """The toe ditch from both ends to the drain nearest to the outlet, and on to the outlet."""
        record = self.record
        if not record.toe_ditch:
            for k, drain in enumerate(toe.drains, 1):
                drain.level = float(toe.at(drain.station)[2]) - record.depth
                self._to_outlet(f"{slope.name}-O{k}", drain, toe.at(drain.station))
            return
        names = (record.drains_to, f"{toe.code}-out")
        out = next(d for d in toe.drains if d.node in names)
        count = 0
        for head in (0.0, toe.length):
            run = abs(out.station - head)
            if run < SHORTEST:
                continue
            top, foot = straight_bed(lines.part(toe.points, head, out.station), record.slope, record.depth)
            sense = 1.0 if head == 0.0 else -1.0
            marks = [d for d in toe.drains if sense * (out.station - d.station) >= 0]
            marks.sort(key=lambda d: abs(d.station - head))
            if marks[0].station != head:
                marks.insert(0, Drain(head, f"{toe.code}-h{1 if head == 0.0 else 2}"))
            for mark in marks:
                mark.level = min(mark.level, top + (foot - top) * abs(mark.station - head) / run)
            for a, b in zip(marks, marks[1:], strict=False):
                count += 1
                levels = [top + (foot - top) * abs(d.station - head) / run for d in (a, b)]
                self._make(f"{toe.code}{count}", "toe", a.node, b.node, catches=True, follows=toe.name,
                           from_station=a.station, to_station=b.station, start_level=levels[0],
                           end_level=levels[1])  # fmt: skip
        if out.node != record.drains_to:
            self._to_outlet(f"{slope.name}-O", out, toe.at(out.station))

    def _to_outlet(self, name: str, drain: Drain, start: Floats) -> None:
        """The ditch over the floor to the outlet, at the stated level or falling by the stated slope."""
        record = self.record
        if record.outlet_level is not None and not record.outlet_level < drain.level:
            said = message("water.error.outlet_above", level=f"{drain.level:.2f}", node=drain.node)
            raise InputError(f"{PATH}.outlet_level", record.outlet_level, said)
        profile = lines.on_ground([start[:2].tolist(), record.outlet], self.surface, f"{PATH}.outlet")
        foot = record.outlet_level
        if foot is None:
            foot = min(drain.level - record.slope * float(lines.stations_of(profile)[-1]),
                       float(profile[-1, 2]) - record.depth)  # fmt: skip
        plan = np.array([start[:2], record.outlet])
        self._stated(name, "floor", drain.node, record.drains_to, plan, drain.level, foot)

    # --- crest --------------------------------------------------------------------------------------------------------

    def _crest(
        self, slope: SlopeLines, benches: Sequence[Line], toe: Line
    ) -> list[tuple[str, Floats, float, tuple[Line, Drain]]]:
        """The ditch outside the upper rim of the cut; returns its low points with the drains they are led down to."""
        record = self.record
        if not record.crest_ditch:
            return []
        floor = record.crest_lowest
        if floor is None:
            floor = min(
                (float(np.median(b.points[:, 2])) for b in slope.benches), default=float(toe.points[:, 2].max())
            )
        line, off = crest.rim(slope.outline, record.crest_offset, floor, self.surface)
        if line is None:
            raise InputError(f"{PATH}.crest_ditch", slope.name, message("water.error.no_crest", level=f"{floor:.2f}"))
        if off > 0:
            said = message("water.remark.crest_off_survey", name=slope.name, share=f"{100 * off:.0f}")
            self._remark(said, Level.WARNING)
        down, count = [], 0
        for k, low in enumerate(crest.lows(line[:, 2]), 1):
            node, level = f"{slope.name}-C-n{k}", math.inf
            for high in crest.heads(line[:, 2], low):
                pieces = crest.pieces(line, high, low, record.slope, record.depth)
                for i, (plan, top, foot) in enumerate(pieces):
                    count += 1
                    end = node if i == len(pieces) - 1 else f"{slope.name}-C-h{count + 1}"
                    run = float(lines.stations_of(plan)[-1])
                    kind = "chute" if (top - foot) / run > STEEP and top - foot > HEAD else "crest"
                    self._stated(f"{slope.name}-C{count}", kind, f"{slope.name}-C-h{count}", end, plan, top, foot,
                                 catches=True)  # fmt: skip
                level = min(level, pieces[-1][2])
            inner = 0 < low < len(line) - 1
            at = np.array([*line[low, :2], level])
            if inner or record.crest_leads_to == "toe":
                down.append((node, at, level, self._below(at, benches or [toe], False) if inner else
                             self._below(at, [toe], False)))  # fmt: skip
            else:
                self.outlets.append(node)
                place = {"east": f"{at[0]:.1f}", "north": f"{at[1]:.1f}"}
                self._remark(message("water.remark.crest_outside", node=node, **place), Level.WARNING)
        return down

    # --- records ------------------------------------------------------------------------------------------------------

    def _stated(
        self, name: str, kind: str, start: str, end: str, plan: Sequence[Floats] | Floats, top: float, foot: float,
        catches: bool = False,
    ) -> None:  # fmt: skip
        vertices = tuple((float(p[0]), float(p[1])) for p in plan)
        self._make(name, kind, start, end, catches, vertices=vertices, start_level=top, end_level=foot)

    def _make(self, name: str, kind: str, start: str, end: str, catches: bool, **more: object) -> None:
        record = self.record
        family = record.chute_type if kind == "chute" and record.chute_type else record.ditch_type
        whole = {"name": name, "kind": kind, "from_node": start, "to_node": end, "ditch_type": family}
        self.reaches.append(Reach.model_validate(whole | more))
        if catches:
            self.catchments.append(
                Catchment(
                    name=f"K-{name}", drains_to=start, above=name, surface=record.surface, phi=record.phi,
                    overland_surface=record.overland_surface,
                )
            )  # fmt: skip

    def _remark(self, said: Message, level: Level) -> None:
        self.remarks.append(Remark(level=level, subject=PATH, text=said))
