"""How many risers, and how far up: the design drawn until it comes out of the ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.base import stations_on, swept_normals
from slopedesign.calc.benches.edges import cut_area, polygons_only
from slopedesign.calc.benches.layout import SNAP, Layout, layout_from_base, swept
from slopedesign.calc.benches.limits import BenchLimits
from slopedesign.calc.benches.proposal import Proposal, propose
from slopedesign.calc.benches.shapes import FloatArray, Shape
from slopedesign.calc.benches.side import swept_side
from slopedesign.calc.benches.strings import BaseString, SectorProfile, Sense, datum_of, origin_of, sweeps_on
from slopedesign.calc.benches.sweep import Sweep
from slopedesign.calc.terrain import Overlay, Tin, Zone, overlay
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BenchDesign
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Traced, measured

MOST_PASSES = 30
MARGIN = 5.0
"""Height drawn over the highest point the cut is expected to reach [m]."""
TOP_SLACK = 0.01
"""A last riser may exceed its height by this before another bench is put on it [m]."""
CRUMB = 1.0
"""Cuts beyond the daylight line that are smaller than this together do no harm [m2]."""
ASKED = 0.5
"""Distance between the places at which the ground is asked on a normal [m]."""
TOUCHES = 0.5
"""A cut nearer to the crest line than this belongs to it [m]."""


def fitted(
    ground: Tin, base: BaseString, design: BenchDesign, limits: Mapping[MaterialClass, BenchLimits], sense: Sense,
    path: str, apart: Shape | None = None, least: float = 0.0,
) -> tuple[Layout, tuple[Proposal, ...], Overlay, list[Remark]]:  # fmt: skip
    """Layout and overlay with as many risers as the ground asks for.

    Args:
        apart: area in E, N left to other slopes.
        least: height over the base line the risers are chosen for at least [m].
    """
    fit = Fit(ground, base, design, limits, sense, path, apart)
    height = max(fit.first_height(), least)
    drawn = height + MARGIN
    for _ in range(MOST_PASSES):
        sectors, proposals = sectors_along(base, design, limits, height, fit.room, path, design.count)
        if sense == "down":  # drawn further, what lay apart may belong to it
            fit.without, fit.left = apart, []
        layout = fit.layout(sectors, drawn)
        result = overlay(ground, layout.tin)
        if not design.daylight:
            break
        if (beyond := fit.beyond(layout, result, sectors)) is not None:
            fit.leave_out(beyond, layout)
            if sense == "up":  # fewer risers may do
                height = max(fit.first_height(), least)
                drawn = height + MARGIN
                continue
            layout = fit.layout(sectors, drawn)
            result = overlay(ground, layout.tin)
        reached, at_rim = fit.reached(result, layout)
        if at_rim and drawn < fit.most:  # the cut runs into the last ring: draw further
            drawn = min(1.6 * drawn + MARGIN, fit.most)
            continue
        last = min(float(p.profile.height) for p in proposals)
        if design.count is not None or reached <= last + TOP_SLACK or reached <= height:
            break
        height = reached
        drawn = max(drawn, height + MARGIN)
    return replace(layout, reach=height), proposals, result, fit.said()


@dataclass
class Fit:
    """How high the ground stands over a design: asked at the survey's points first, then of the overlay."""

    ground: Tin
    base: BaseString
    design: BenchDesign
    limits: Mapping[MaterialClass, BenchLimits]
    sense: Sense
    path: str
    apart: Shape | None = None

    def __post_init__(self) -> None:
        bounds, sign = self.ground.bounds, 1.0 if self.sense == "up" else -1.0
        self.extent = (bounds[0], bounds[1], bounds[3], bounds[4])
        self.datum = datum_of(self.base, self.sense)
        self.most = sign * ((bounds[5] if sign > 0 else bounds[2]) - self.datum) + 1.0
        if self.design.daylight and self.most <= 1.0:
            raise NoSolution(message("benches.what_cut"), message("benches.nothing_cut", path=self.path))
        top = self.design.top_level
        self.room = None if top is None else sign * (top - self.datum)
        origin = origin_of(self.base)
        low, high = np.array(self.extent[:2]) - origin, np.array(self.extent[2:]) - origin
        side = swept_side(self.base, self.sense, shapely.box(*low, *high), f"{self.path}.base_line")
        shapely.prepare(side)
        xy = self.ground.vertices[:, :2] + self.ground.origin[:2] - origin
        here = shapely.contains_xy(side, xy[:, 0], xy[:, 1])
        self.without = self.apart
        self.left: list[tuple[float, float, float]] = []
        self.xy, self.z = xy[here], self.ground.vertices[here, 2] + self.ground.origin[2]
        self.known: list[tuple[FloatArray, tuple[FloatArray, NDArray[np.int64], FloatArray]]] = []
        if self.apart is not None:
            self._forget(self.apart)

    def first_height(self) -> float:
        """Height to which an open design reaches at the survey's points, with as many risers as it asks for."""
        height = min(1.0, max(self.most, 0.1))
        endless = self.design.model_copy(update={"daylight": True})
        for _ in range(MOST_PASSES):
            sectors, _ = sectors_along(self.base, endless, self.limits, height, self.room, self.path, self.design.count)
            sweeps, datum, follows = sweeps_on(
                self.base, sectors, sense=self.sense, along=self.design.along, corner=self.design.corner,
                field=f"{self.path}.benches",
            )  # fmt: skip
            design = swept(sweeps, self.xy, self.sense, datum, follows, self._away)
            climb = design.climb[self.z > design.level]
            reached = min(float(climb.max(initial=0.0)), self.most)
            if reached <= height:
                break
            height = reached
        return height if height > 1.0 or self.sense == "down" else max(height, self._stepped_height())

    def _away(self, sweep: Sweep) -> tuple[FloatArray, NDArray[np.int64], FloatArray]:
        """Distance of the survey's points from a sweep: the same for every profile that starts on the same pieces."""
        for pieces, found in self.known:
            if np.array_equal(pieces, sweep.pieces):
                return found
        found = sweep.distance(self.xy)
        self.known.append((sweep.pieces, found))
        return found

    def _stepped_height(self) -> float:
        """Height to which faces and berms together cut ground that is gentler than a face alone; 0 where they do not.

        Asked on normals to the base line, from the line up to the first stretch without a cut that is longer than one
        face with its berm.
        """
        try:
            sectors, _ = sectors_along(
                self.base, self.design, self.limits, max(self.most, 1.0), self.room, self.path, self.design.count
            )
        except NoSolution:  # no number of risers goes up to the highest ground
            return 0.0
        sweeps, datum, follows = sweeps_on(
            self.base, sectors, sense=self.sense, along=self.design.along, corner=self.design.corner,
            field=f"{self.path}.benches",
        )  # fmt: skip
        hollow = max(_bench_run(sector) for sector in sectors)
        away = np.arange(ASKED, max(float(s.profile.runs[-1]) for s in sectors) + ASKED, ASKED)
        stations = np.linspace(0.0, self.base.length, max(5, round(self.base.length / 5.0)))
        places, normals = stations_on(self.base, stations)
        highest = 0.0
        for place, normal in zip(places, swept_normals(self.base, normals, downward=False), strict=True):
            points = place + away[:, None] * normal
            design = swept(sweeps, points - origin_of(self.base), self.sense, datum, follows)
            with np.errstate(invalid="ignore"):
                cut = self.ground.elevation(points) > design.level
            if self.without is not None:
                cut &= ~shapely.contains_xy(self.without, points[:, 0], points[:, 1])
            at = away[cut]
            joined = np.cumprod(np.diff(at, prepend=0.0) <= hollow + ASKED).astype(bool)
            highest = max(highest, float(design.climb[cut][joined].max(initial=0.0)))
        return min(highest, self.most)

    def beyond(self, layout: Layout, result: Overlay, sectors: Sequence[SectorProfile]) -> Shape | None:
        """What is cut where the design has come out of the ground before, as an area in E, N; None without any.

        The cut ends at the first daylight. A crest-down design ends where it comes out of the ground. On the way up,
        a hollow narrower than one bench with its face parts the cut but does not end it; ground that rises through the
        design again farther behind is another hill.
        """
        if self.sense == "down" and self.base.closed:
            return None
        line = shapely.LineString(self.base.ring[:, :2])
        reach = TOUCHES if self.sense == "down" else max(_bench_run(sector) for sector in sectors)
        rims = np.array([shapely.LineString(part.points[:, :2]) for part in result.daylight], object)
        if self.sense == "up" and _grown(rims, line, reach).all():
            return None
        frame = [shapely.boundary(shapely.transform(layout.domain, lambda xy: xy + layout.origin))]
        frame.append(shapely.boundary(self.ground.outline))
        area = result.total.cut_area.value
        pieces = shapely.get_parts(cut_area(self.ground, layout.tin, result.daylight, frame, area))
        if self.sense == "down":
            near = np.asarray(shapely.distance(pieces, line) <= reach)
        else:
            near = _grown(pieces, line, reach)
        if near.all() or not near.any():
            return None
        far: Shape = shapely.union_all(pieces[~near])
        return None if self.sense == "up" and far.area < CRUMB else far

    def leave_out(self, area: Shape, layout: Layout) -> None:
        """Speak no more of an area in E, N; what would have been cut there is kept to be said."""
        zone = overlay(self.ground, layout.tin, [Zone("beyond", area)]).zones[0]
        line = shapely.LineString(self.base.ring[:, :2])
        self.left.append((zone.cut.value, area.area, float(shapely.distance(area, line))))
        self.without = area if self.without is None else shapely.union_all([self.without, area])
        self._forget(area)

    def _forget(self, area: Shape) -> None:
        """Ask no more of the survey's points in an area in E, N."""
        local = shapely.transform(area, lambda xy: xy - origin_of(self.base))
        shapely.prepare(local)
        kept = ~shapely.contains_xy(local, self.xy[:, 0], self.xy[:, 1])
        self.xy, self.z, self.known = self.xy[kept], self.z[kept], []

    def said(self) -> list[Remark]:
        """What was left out, with its numbers as first drawn."""
        if self.without is None or not self.left:
            return []
        volume, away = sum(part[0] for part in self.left), min(part[2] for part in self.left)
        beyond = self.without if self.apart is None else polygons_only(shapely.difference(self.without, self.apart))
        text = message(
            "benches.beyond_daylight", pieces=len(shapely.get_parts(beyond)), volume=f"{volume:.0f}",
            area=f"{beyond.area:.0f}", away=f"{away:.0f}",
        )  # fmt: skip
        numbers: dict[str, Traced] = {
            "cut": measured(volume, "m3", "benches.by.prisms", self.path, "benches.cut"),
            "area": measured(beyond.area, "m2", "benches.by.prisms", self.path, "benches.area"),
        }
        level = Level.WARNING if self.sense == "up" else Level.NOTE
        return [Remark(level=level, subject=self.path, text=text, numbers=numbers)]

    def layout(self, sectors: Sequence[SectorProfile], height: float) -> Layout:
        """The design drawn up to a height."""
        sign = 1.0 if self.sense == "up" else -1.0
        return layout_from_base(
            self.base, sectors, sense=self.sense, along=self.design.along, corner=self.design.corner,
            segments=self.design.segments_per_quadrant, top=self.datum + sign * height,
            extent=self.extent, without=self.without, field=f"{self.path}.benches",
        )  # fmt: skip

    def reached(self, result: Overlay, layout: Layout) -> tuple[float, bool]:
        """How far the design progresses inside the cut, and whether the cut runs into the last ring drawn."""
        rim = shapely.get_coordinates(shapely.segmentize(shapely.boundary(layout.domain), 5.0)) + layout.origin
        survey = shapely.get_coordinates(shapely.segmentize(shapely.boundary(self.ground.outline), 5.0))
        inside = shapely.transform(layout.domain, lambda xy: xy + layout.origin)
        shapely.prepare(inside)
        survey = survey[shapely.contains_xy(inside, survey[:, 0], survey[:, 1])]
        found = np.concatenate([rim, survey, layout.tin.points[:, :2]])
        with np.errstate(invalid="ignore"):
            above = self.ground.elevation(found) > layout.swept(found - layout.origin).level + SNAP
        places = [line.points[:, :2] for line in result.daylight]
        design = layout.swept(np.concatenate([found[above], *places]) - layout.origin)
        on_rim = layout.swept(rim[above[: len(rim)]] - layout.origin).climb
        last = layout.swept(rim - layout.origin).climb.max(initial=0.0)
        return float(design.climb.max(initial=0.0)), bool((on_rim > last - 0.5).any())


def _bench_run(sector: SectorProfile) -> float:
    """Greatest run of a face with the berm behind it [m]."""
    runs = sector.profile.runs
    return float(np.max(runs[2:] - runs[:-2], initial=float(runs[1] - runs[0])))


def _grown(shapes: NDArray[np.object_], start: Shape, reach: float) -> NDArray[np.bool_]:
    """Which shapes lie within reach of a start, or of another shape that does."""
    near = np.asarray(shapely.distance(shapes, start) <= reach)
    while near.any() and not near.all():
        more = ~near & (shapely.distance(shapes, shapely.union_all(shapes[near])) <= reach)
        if not more.any():
            break
        near |= more
    return near


def sectors_along(
    base: BaseString, design: BenchDesign, limits: Mapping[MaterialClass, BenchLimits], height: float,
    room: float | None, path: str, risers: int | None,
) -> tuple[list[SectorProfile], tuple[Proposal, ...]]:  # fmt: skip
    """Profiles along the whole base line: the sectors stated, and the slope's own between them."""
    field = f"{path}.benches"
    stretches: list[tuple[float, float, int | None]] = []
    at = 0.0
    for k in sorted(range(len(design.sectors)), key=lambda k: design.sectors[k].from_station):
        sector = design.sectors[k]
        if sector.from_station >= base.length:
            raise InputError(
                f"{field}.sectors[{k}].from_station", sector.from_station,
                message("benches.beyond_line", length=f"{base.length:.2f}"),
            )  # fmt: skip
        if sector.from_station < at - 1e-6:
            raise InputError(
                f"{field}.sectors[{k}].from_station", sector.from_station, message("benches.sectors", at=at)
            )
        if sector.from_station > at + 1e-6:
            stretches.append((at, sector.from_station, None))
        at = min(sector.to_station, base.length)
        stretches.append((sector.from_station, at, k))
    if at < base.length - 1e-6:
        stretches.append((at, base.length, None))
    found: dict[int | None, Proposal] = {}
    for which in {stretch[2]: None for stretch in stretches}:
        found[which] = propose(
            design, limits, height, sector=None if which is None else design.sectors[which],
            sector_path="" if which is None else f"{field}.sectors[{which}]", room=room, path=field, risers=risers,
        )  # fmt: skip
    names = {j: "" if j is None else design.sectors[j].name for j in found}
    sectors = [SectorProfile(name=names[j], start=a, end=b, profile=found[j].profile) for a, b, j in stretches]
    return sectors, tuple(found[j] for _, _, j in stretches)
