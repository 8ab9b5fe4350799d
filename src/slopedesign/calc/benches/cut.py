"""Benches cut into surveyed ground: the lower of ground and design, and every number asked of it.

The headline volume is the exact overlay of both surfaces; beside it stands a second opinion that shares nothing with
the design's triangles. What lies beyond the survey is not counted: coverage and the length of rim that is only the
edge of the survey are results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.base import base_string
from slopedesign.calc.benches.edges import (
    area_of,
    cut_area,
    joined,
    least_width,
    lines_of,
    polygons_only,
    shared_edges,
    usable,
)
from slopedesign.calc.benches.ground import GroundLayer, GroundModel, raised, unknown_area
from slopedesign.calc.benches.join import SCARP_FROM, join_of, steepest_chords
from slopedesign.calc.benches.layout import (
    FLAT_ERROR,
    SNAP,
    BaseString,
    Layout,
    SectorProfile,
    Sense,
    datum_of,
    layout_from_base,
    origin_of,
    sweeps_on,
    swept,
    swept_side,
)
from slopedesign.calc.benches.levels import layout_at_levels
from slopedesign.calc.benches.limits import BenchLimits
from slopedesign.calc.benches.nearest import FloatArray
from slopedesign.calc.benches.proposal import Proposal, propose
from slopedesign.calc.benches.result import BenchCut, CutBench, CutFace, Join, LevelSlice, SecondOpinion
from slopedesign.calc.benches.shapes import Shape
from slopedesign.calc.terrain import Overlay, Tin, overlay
from slopedesign.calc.terrain.cutfill import CUT, CUT_AREA, CUT_FACE, overlay_sums
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BaseLine, BenchDesign
from slopedesign.standards.bench_geometry import DIFFERENCE, MEAN_WIDTH, OVERALL_ANGLE
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Traced, given, measured, total

__all__ = ["UNKNOWN", "GroundLayer", "GroundModel", "cut_slope"]

UNKNOWN = "unknown"
"""Name under which volumes are kept whose material the surveys do not say."""

MOST_PASSES = 30
MARGIN = 5.0
"""Height drawn over the highest point the cut is expected to reach [m]."""
SMALL_PIECE = 0.005
"""Separate cuts smaller than this share of the largest are not called islands: uneven ground at the toe."""
TOE_STEP = 0.5
"""Ground standing this much over the base line in front of it is spoken of [m]."""
TOP_SLACK = 0.01
"""A last riser may exceed its height by this before another bench is put on it [m]."""
TOUCHES = 0.5
"""A cut nearer to the crest line than this belongs to it [m]."""
LATTICE_RAD = 0.61
"""The sampling cells are turned, so that edges of a design parallel to the grid north do not run along them."""
_CELLS = (30_000, 120_000, 480_000)


def cut_slope(
    ground: Tin | GroundModel,
    base_line: BaseLine,
    design: BenchDesign,
    *,
    limits: Mapping[MaterialClass, BenchLimits],
    layers: Sequence[GroundLayer] = (),
    path: str = "slopes[0]",
    second_opinion: bool = True,
) -> BenchCut:
    """A slope cut in benches.

    Args:
        ground: the surveyed surface; or the surface with its layers, kept by the caller for the next design, so that
            what was worked for the layers is used again.
        base_line: toe line, pit floor or crest line, with vertices (one kept in a file is read before).
        design: sizes; what is left out is proposed from `limits`.
        limits: the guide's limits by material.
        layers: materials from the ground down, where `ground` does not bring them; without layers everything is
            `design.material`.
        path: path of the slope in the project file, for messages.
        second_opinion: whether the sampled volume is worked too (it takes about as long as everything else).

    Raises:
        InputError: what is stated cannot be laid out; see `base_string`, `propose`, `layout_from_base`.
        NoSolution: nothing is cut: the ground is nowhere higher than the design.
    """
    downward = design.mode == "crest_down"
    model = ground if isinstance(ground, GroundModel) else GroundModel(surface=ground, layers=tuple(layers))
    surface = model.surface
    base, notes = base_string(base_line, surface, downward=downward, path=f"{path}.base_line")
    if design.mode == "fixed_levels":
        layout, proposals, more = layout_at_levels(surface, base, design, limits, f"{path}.benches")
        result = overlay(surface, layout.tin)
    else:
        sense: Sense = "down" if downward else "up"
        layout, proposals, result, more = _fitted(surface, base, design, limits, sense, path)
    if not result.total.cut.value > 0:
        raise NoSolution(message("benches.what_cut"), message("benches.nothing_cut", path=path))
    work = _Work(model, layout, result, proposals, design, limits, path)
    return work.cut([*notes, *more], second_opinion)


def _fitted(
    ground: Tin, base: BaseString, design: BenchDesign, limits: Mapping[MaterialClass, BenchLimits], sense: Sense,
    path: str,
) -> tuple[Layout, tuple[Proposal, ...], Overlay, list[Remark]]:  # fmt: skip
    """Layout and overlay with as many risers as the ground asks for."""
    fit = _Fit(ground, base, design, limits, sense, path)
    height = fit.first_height()
    drawn = height + MARGIN
    for _ in range(MOST_PASSES):
        sectors, proposals = _sectors(base, design, limits, height, fit.room, path, design.count)
        layout = fit.layout(sectors, drawn)
        result = overlay(ground, layout.tin)
        if not design.daylight:
            break
        if sense == "down" and not base.closed:
            layout, result = fit.first_piece(layout, result, sectors, drawn)
        reached, at_rim = fit.reached(result, layout)
        if at_rim and drawn < fit.most:  # the cut runs into the last ring: draw further
            drawn = min(1.6 * drawn + MARGIN, fit.most)
            continue
        last = min(float(p.profile.height) for p in proposals)
        if design.count is not None or reached <= last + TOP_SLACK or reached <= height:
            break
        height = reached
        drawn = max(drawn, height + MARGIN)
    return layout, proposals, result, []


@dataclass
class _Fit:
    """How high the ground stands over a design: asked at the survey's points first, then of the overlay."""

    ground: Tin
    base: BaseString
    design: BenchDesign
    limits: Mapping[MaterialClass, BenchLimits]
    sense: Sense
    path: str

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
        self.xy, self.z = xy[here], self.ground.vertices[here, 2] + self.ground.origin[2]

    def first_height(self) -> float:
        """Height to which an open design reaches at the survey's points, with as many risers as it asks for."""
        height = min(1.0, max(self.most, 0.1))
        endless = self.design.model_copy(update={"daylight": True})
        for _ in range(MOST_PASSES):
            sectors, _ = _sectors(self.base, endless, self.limits, height, self.room, self.path, self.design.count)
            sweeps, datum, follows = sweeps_on(
                self.base, sectors, sense=self.sense, along=self.design.along, corner=self.design.corner,
                field=f"{self.path}.benches",
            )  # fmt: skip
            design = swept(sweeps, self.xy, self.sense, datum, follows)
            climb = design.climb[self.z > design.level]
            reached = min(float(climb.max(initial=0.0)), self.most)
            if reached <= height:
                return height
            height = reached
        return height

    def first_piece(
        self, layout: Layout, result: Overlay, sectors: Sequence[SectorProfile], height: float
    ) -> tuple[Layout, Overlay]:
        """A crest-down design ended where it comes out of the ground: what it would cut beyond that is left out."""
        frame = [shapely.boundary(shapely.transform(layout.domain, lambda xy: xy + layout.origin))]
        frame.append(shapely.boundary(self.ground.outline))
        area = result.total.cut_area.value
        pieces = shapely.get_parts(cut_area(self.ground, layout.tin, result.daylight, frame, area))
        line = shapely.LineString(self.base.ring[:, :2])
        far = shapely.distance(pieces, line) > TOUCHES
        if not far.any() or far.all():
            return layout, result
        shorter = self.layout(sectors, height, shapely.union_all(pieces[far]))
        return shorter, overlay(self.ground, shorter.tin)

    def layout(self, sectors: Sequence[SectorProfile], height: float, without: Shape | None = None) -> Layout:
        """The design drawn up to a height, an area in E, N left out of it."""
        sign = 1.0 if self.sense == "up" else -1.0
        return layout_from_base(
            self.base, sectors, sense=self.sense, along=self.design.along, corner=self.design.corner,
            segments=self.design.segments_per_quadrant, top=self.datum + sign * height,
            extent=self.extent, without=without, field=f"{self.path}.benches",
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


def _sectors(
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


class _Work:
    """The numbers of one cut, worked in turn from layout and overlay."""

    def __init__(
        self, model: GroundModel, layout: Layout, result: Overlay, proposals: tuple[Proposal, ...],
        design: BenchDesign, limits: Mapping[MaterialClass, BenchLimits], path: str,
    ) -> None:  # fmt: skip
        self.model, self.ground, self.layout, self.result = model, model.surface, layout, result
        self.proposals, self.design, self.limits, self.path = proposals, design, limits, path
        self.remarks: list[Remark] = []
        self.outline = cut_area(
            self.ground, layout.tin, result.daylight,
            [shapely.boundary(self._global(layout.domain)), shapely.boundary(model.outline)],
            result.total.cut_area.value,
        )  # fmt: skip
        self.soup = layout.tin.relative_to(self.ground.origin)
        self.groups, self.group_of = self._grouped()
        self.count = len(self.groups)
        self.sums = overlay_sums(self.ground, self.soup, self.group_of, self.count, lines=False)[0]
        self.spans = self._spans()
        self.materials, self.volumes = self._materials()

    def _global(self, geometry: Shape) -> Shape:
        origin = self.layout.origin
        return shapely.transform(geometry, lambda xy: xy + origin)

    def _grouped(self) -> tuple[list[tuple[int, int, float]], NDArray[np.int32]]:
        """Groups (part, first sweep, level) of triangles that make one face or one bench, and each triangle's group.

        Sectors share a bench where number and level agree.
        """
        layout = self.layout
        groups: dict[tuple[int, float], int] = {}
        listed: list[tuple[int, int, float]] = []
        group = np.zeros(len(layout.part), np.int32)
        pairs = layout.part.astype(np.int64) * len(layout.sweeps) + layout.owner
        for pair in np.unique(pairs):
            part, sweep = int(pair) // len(layout.sweeps), int(pair) % len(layout.sweeps)
            level = self._level(part, sweep)
            key = (part, round(level, 3))
            if key not in groups:
                groups[key] = len(listed)
                listed.append((part, sweep, level))
            group[pairs == pair] = groups[key]
        return listed, group

    def _level(self, part: int, number: int) -> float:
        """Nominal level of the far end of a face, or of a berm."""
        sweep = self.layout.sweeps[number]
        at = np.flatnonzero(sweep.parts == part)
        if part == 0 or not len(at):
            return self.layout.datum
        j = int(at[0]) + (0 if part % 2 else 1)
        return self.layout.datum + self.layout.sign * float(sweep.nominal[min(j, len(sweep.nominal) - 1)])

    def _materials(self) -> tuple[tuple[str, ...], FloatArray]:
        """Names of the materials from the ground down, and (materials, groups) the volume of each in each group.

        Under each layer's bottom lies what is between that bottom and the design; the layer is the difference.
        """
        model, cut = self.model, self.sums[:, CUT]
        if not model.layers:
            return (self.design.material,), cut[None, :]
        tops, under = self._pairs(self.soup, self.group_of, cut)
        rows = [top - bottom for top, bottom in zip(tops, under, strict=True)]
        names = list(model.names[: len(rows)])
        if len(model.names) > len(rows):
            names.append(model.names[-1])
            rows.append(under[-1] if under else cut)
        elif under[-1].sum() > self._little:
            self._remark("under_layers", Level.WARNING, volume=f"{under[-1].sum():.1f}")
        unknown = cut - np.sum(rows, axis=0)
        if unknown.sum() > self._little:
            names.append(UNKNOWN)
            rows.append(unknown)
            for name, area in zip(model.names, unknown_area(self.outline, model.outlines), strict=False):
                if area.area > 1e-3:
                    volume = f"{unknown.sum():.1f}"
                    self._remark("layer_unknown", Level.WARNING, layer=name, volume=volume, area=f"{area.area:.0f}")
        if len(model.names) < len(model.layers):
            self._remark("bottomless", Level.WARNING, layer=model.names[-1])
        return tuple(names), np.maximum(np.array(rows), 0.0)

    @property
    def _little(self) -> float:
        return 1e-6 * max(1.0, self.result.total.cut.value)

    def _pairs(
        self, soup: FloatArray, label: NDArray[np.int32], cut: FloatArray
    ) -> tuple[list[FloatArray], list[FloatArray]]:
        """Volume of the cut under each layer's top and under its bottom, where both are known, by label.

        `cut` is that under the ground itself.
        """
        found = {id(self.ground): cut}
        for surface in (*self.model.tops, *self.model.bottoms):
            if id(surface) not in found:
                here = soup + (self.ground.origin - surface.origin)
                found[id(surface)] = overlay_sums(surface, here, label, len(cut), lines=False)[0][:, CUT]
        return [found[id(t)] for t in self.model.tops], [found[id(b)] for b in self.model.bottoms]

    def _spans(self) -> FloatArray:
        """(groups, 2) least and greatest level of the design where a group is cut; inf, -inf where it is not."""
        tin = self.layout.tin
        z = tin.vertices[:, 2] + tin.origin[2]
        with np.errstate(invalid="ignore"):
            cut = self.ground.elevation(tin.points[:, :2]) > z
        levels = [np.where(cut[tin.triangles], z[tin.triangles], np.nan).ravel()]
        groups = [np.repeat(self.group_of, 3)]
        for line in self.result.daylight:
            middle = (line.points[1:] + line.points[:-1]) / 2
            at = tin.find(middle[:, :2])
            for ends in (line.points[1:], line.points[:-1]):
                levels.append(np.where(at >= 0, ends[:, 2], np.nan))
                groups.append(self.group_of[at])
        level, group = np.concatenate(levels), np.concatenate(groups)
        known = np.isfinite(level)
        spans = np.tile([np.inf, -np.inf], (self.count, 1))
        np.minimum.at(spans[:, 0], group[known], level[known])
        np.maximum.at(spans[:, 1], group[known], level[known])
        return spans

    def _remark(self, key: str, level: Level = Level.NOTE, /, **values: object) -> None:
        self.remarks.append(Remark(level=level, subject=self.path, text=message(f"benches.{key}", **values)))

    def _by_material(self, groups: Sequence[int], of: str) -> tuple[Traced, dict[str, Traced]]:
        """Volume standing on groups of triangles, and the same by material."""
        volume = self.volumes[:, list(groups)].sum(axis=1)
        parts: dict[str, Traced] = {
            name: measured(float(volume[k]), "m3", "benches.by.prisms", of, "benches.cut")
            for k, name in enumerate(self.materials)
        }
        return total(parts, "m3", "benches.cut"), parts

    def cut(self, notes: Sequence[Remark], second_opinion: bool) -> BenchCut:
        """Everything, put together."""
        layout, result = self.layout, self.result
        whole, by_material = self._by_material(range(self.count), self.path)
        benches = tuple(self._benches())
        faces = tuple(self._faces())
        used = measured(
            float(len({face.number for face in faces})), "-", "benches.by.count", self.path, "benches.riser_count"
        )
        base_level, top_level, height, angle, set_back = self._overall()
        join = join_of(self.ground, layout, self.outline, result.daylight, self.model.outline)
        second = self._second() if second_opinion else None
        chords = self._chords(set_back.value)
        existing = self._existing(chords)
        self._warn(faces, join, second, chords)
        return BenchCut(
            path=self.path, layout=layout, proposals=self.proposals, faces=faces, benches=benches, cut=whole,
            cut_by_material=by_material, volumes=result.total, slices=self._slices(), area=result.total.cut_area,
            face_area=total({f"{f.number}{f.sector}": f.slope_area for f in faces}, "m2", "benches.face_area"),
            bench_area=total({f"{b.number}{b.sector}": b.area for b in benches}, "m2", "benches.bench_area"),
            usable_area=total({f"{b.number}{b.sector}": b.usable_area for b in benches}, "m2", "benches.usable_area"),
            risers=used, base_level=base_level, top_level=top_level, height=height, overall_angle=angle,
            set_back=set_back, existing_height=existing[0] if existing else None,
            existing_angle=existing[1] if existing else None, daylight=result.daylight, outline=self.outline,
            join=join, coverage=self._coverage(top_level.value), second=second,
            remarks=(*notes, *self.remarks),
        )  # fmt: skip

    def _faces(self) -> list[CutFace]:
        faces = []
        for group, (part, sweep, _) in enumerate(self.groups):
            plan, slope = (float(v) for v in self.sums[group, [CUT_AREA, CUT_FACE]])
            if part % 2 or part == 0 or not plan > 0:
                continue
            number = part // 2
            where = f"{self.path}.benches[{number}]"
            riser = self._riser(sweep, number)
            lowest, highest = (float(v) for v in self.spans[group])
            volume, by_material = self._by_material([group], where)
            faces.append(
                CutFace(
                    number=number,
                    sector=self._sector(group),
                    material=self.proposals[self._at(sweep)].material,
                    height=riser[0],
                    angle=riser[1],
                    found_height=measured(highest - lowest, "m", "benches.by.strings", where, "benches.found_height"),
                    plan_area=measured(plan, "m2", "benches.by.prisms", where, "benches.face_plan_area"),
                    slope_area=measured(slope, "m2", "benches.by.prisms", where, "benches.slope_area"),
                    cut=volume,
                    cut_by_material=by_material,
                )
            )
        return sorted(faces, key=lambda face: (face.number, face.sector))

    def _at(self, sweep: int) -> int:
        return min(sweep, len(self.proposals) - 1)

    def _riser(self, sweep: int, number: int) -> tuple[Traced, Traced]:
        profile = self.proposals[self._at(sweep)].profile
        riser = profile.risers[min(number, len(profile.risers)) - 1]
        return riser.height, riser.angle

    def _sector(self, group: int) -> str:
        sweeps = np.unique(self.layout.owner[self.group_of == group])
        names = sorted({self.layout.sweeps[int(k)].name for k in sweeps} - {""})
        return ", ".join(names) if self.design.mode != "fixed_levels" else ""

    def _benches(self) -> list[CutBench]:
        edges, sides = shared_edges(self.layout.tin)
        benches = []
        for group, (part, sweep, level) in enumerate(self.groups):
            if part % 2:
                bench = self._bench(group, part // 2, sweep, level, edges, sides)
                if bench is not None:
                    benches.append(bench)
        return sorted(benches, key=lambda bench: (bench.number, bench.sector))

    def _bench(
        self, group: int, number: int, sweep: int, level: float, edges: NDArray[np.int64], sides: NDArray[np.int64]
    ) -> CutBench | None:
        layout, where = self.layout, f"{self.path}.benches[{number}]"
        outline = polygons_only(area_of(layout.tin, self.group_of == group).intersection(self.outline))
        if not outline.area > 1e-6:
            return None
        proposal = self.proposals[self._at(sweep)]
        berm = proposal.profile.berms[min(number, len(proposal.profile.berms)) - 1]
        least = self._least_usable(proposal.material, berm.width)
        kept = usable(outline, float(least))
        crest, toe = self._edges(group, edges, sides)
        crest_lines, toe_lines = self._clipped(crest), self._clipped(toe)
        lengths = [
            measured(sum(_length(line) for line in lines), "m", "benches.by.strings", where, f"benches.{name}")
            for lines, name in ((crest_lines, "crest_length"), (toe_lines, "toe_length"))
        ]
        area = measured(float(self.sums[group, CUT_AREA]), "m2", "benches.by.prisms", where, "benches.area")
        levels = np.concatenate([line[:, 2] for line in crest_lines]) if crest_lines else np.array([level])
        narrowest = least_width(
            shapely.MultiLineString([line[:, :2] for line in crest_lines]),
            shapely.MultiLineString([line[:, :2] for line in toe_lines]),
            shapely.boundary(outline),
        )
        volume, by_material = self._by_material([group], where)
        mean = lengths[0].value + lengths[1].value > 0
        return CutBench(
            number=number, sector=self._sector(group), material=proposal.material, wide=berm.wide,
            level=measured(float(levels.mean()), "m", "benches.by.strings", where, "benches.level"),
            level_range=(float(levels.min()), float(levels.max())), width=berm.width, fall=berm.fall,
            crest=crest_lines, toe=toe_lines, area=area,
            usable_area=measured(
                kept.area, "m2", "benches.by.opening", where, "benches.usable_area", area=area, width=least
            ),
            outline=outline, usable=kept, crest_length=lengths[0], toe_length=lengths[1],
            mean_width=MEAN_WIDTH.at(A=area, l_o=lengths[0], l_i=lengths[1]) if mean else None,
            least_width=None if narrowest is None
            else measured(narrowest, "m", "benches.by.strings", where, "benches.least_width"),
            pieces=len(shapely.get_parts(outline)), cut=volume, cut_by_material=by_material,
        )  # fmt: skip

    def _least_usable(self, material: MaterialClass, width: Traced) -> Traced:
        """The width below which a bench is not usable: stated, else the guide's least, else the bench's own."""
        stated = self.design.min_usable_width
        if stated is not None:
            return given(stated, "m", f"{self.path}.benches.min_usable_width", "benches.min_usable_width")
        return self.limits[material].min_width if material in self.limits else width

    def _edges(self, group: int, edges: NDArray[np.int64], sides: NDArray[np.int64]) -> tuple[Shape, Shape]:
        """Outer and inner edge of a bench: towards a face going up from it (toe), and towards anything else (crest)."""
        tin, own = self.layout.tin, self.group_of[sides] == group
        rim = own[:, 0] != own[:, 1]
        pair, border = edges[rim], sides[rim]
        other = np.where(own[rim][:, 0], border[:, 1], border[:, 0])
        rise = tin.corners[other][:, :, 2].mean(axis=1) - tin.vertices[pair][:, :, 2].mean(axis=1)
        berm = self.layout.part[other] % 2 == 1
        toe = (rise > 1e-6) & ~berm
        return joined(tin, pair[~toe & ~berm]), joined(tin, pair[toe])

    def _clipped(self, lines: Shape) -> tuple[FloatArray, ...]:
        """Lines inside the cut, each vertex with its level."""
        inside = lines_of(lines.intersection(self.outline.buffer(1e-6)))
        with_levels = []
        for xy in inside:
            z = self.layout.tin.elevation(xy)
            swept = self.layout.elevation(xy)
            with_levels.append(np.column_stack([xy, np.where(np.isfinite(z), z, swept)]))
        return tuple(line for line in with_levels if np.isfinite(line).all() and _length(line) > 1e-3)

    def _overall(self) -> tuple[Traced, Traced, Traced, Traced | None, Traced]:
        """Base level, top level, height, overall angle and set-back of the cut as it lies in the ground."""
        layout = self.layout
        far_level, xy = self._farthest()
        base = measured(layout.datum, "m", "benches.by.strings", self.path, "benches.base_level")
        top = measured(far_level, "m", "benches.by.prisms", self.path, "benches.top_level")
        height = measured(
            layout.sign * (far_level - layout.datum), "m", "benches.by.levels", self.path, "benches.height",
            base=base, top=top,
        )  # fmt: skip
        distance = 0.0
        if layout.base is not None:
            line = shapely.LineString(layout.base.ring[:, :2])
            distance = float(shapely.distance(line, shapely.Point(xy)))
        else:
            distance = float(layout.swept((xy - layout.origin)[None, :]).distance[0])
        back = measured(distance, "m", "benches.by.strings", self.path, "benches.set_back")
        angle = OVERALL_ANGLE.at(H_t=height, B=back) if distance > 0 else None
        return base, top, height, angle, back

    def _farthest(self) -> tuple[float, FloatArray]:
        """Level and place of the farthest point the cut reaches up (or down) to."""
        places = [line.points for line in self.result.daylight]
        tin = self.layout.tin
        with np.errstate(invalid="ignore"):
            inside = tin.points[self.ground.elevation(tin.points[:, :2]) > tin.points[:, 2]]
        points = np.concatenate([*places, inside])
        best = points[int(np.argmax(self.layout.sign * points[:, 2]))]
        return float(best[2]), best[:2]

    def _chords(self, reach: float) -> FloatArray:
        """(k, 2) height and angle of the ground before cutting on normals to the base line, those that are known."""
        if self.layout.base is None:
            return np.empty((0, 2))
        down = self.layout.sense == "down"
        chords = steepest_chords(self.ground, self.layout.base, max(reach, 5.0), downward=down)
        return chords[np.isfinite(chords).all(axis=1)]

    def _existing(self, chords: FloatArray) -> tuple[Traced, Traced] | None:
        if not len(chords):
            return None
        height, angle = (float(v) for v in chords[int(np.argmax(chords[:, 1]))])
        return (
            measured(height, "m", "benches.by.chord", self.path, "benches.existing_height"),
            measured(angle, "deg", "benches.by.chord", self.path, "benches.existing_angle"),
        )

    def _slices(self) -> tuple[LevelSlice, ...]:
        """Volumes between bench levels, top first, as they are dug."""
        levels = sorted({round(level, 6) for part, _, level in self.groups if part % 2}, reverse=True)
        bounds: list[tuple[float | None, float | None]] = [
            (low, high) for high, low in zip([None, *levels], [*levels, None], strict=True)
        ]
        above = {level: self._above(level) for level in levels}
        whole = self.volumes.sum(axis=1)
        slices = []
        for low, high in bounds:
            parts: dict[str, Traced] = {}
            lower = above[low] if low is not None else whole
            upper = above[high] if high is not None else np.zeros(len(whole))
            for name, volume in zip(self.materials, np.maximum(lower - upper, 0.0), strict=True):
                parts[name] = measured(float(volume), "m3", "benches.by.prisms", self.path, "benches.cut")
            volume = total(parts, "m3", "benches.slice")
            if volume.value > self._little:
                slices.append(LevelSlice(bottom=low, top=high, volume=volume, by_material=parts))
        return tuple(slices)

    def _above(self, level: float) -> FloatArray:
        """(materials,) volume of the cut above a level: all on higher groups, and of the rest what is over it."""
        z = level - float(self.ground.origin[2])
        least = np.full(self.count, np.inf)
        np.minimum.at(least, self.group_of, self.soup[:, :, 2].min(axis=1))
        higher = least >= z - 1e-9
        whole = self.volumes[:, higher].sum(axis=1)
        rest = ~higher[self.group_of]
        soup, label = raised(self.soup[rest], np.zeros(int(rest.sum()), np.int32), z)
        cut = overlay_sums(self.ground, soup, label, 1, lines=False)[0][:, CUT]
        if not self.model.layers:
            return np.asarray(whole + cut)
        tops, under = self._pairs(soup, label, cut)
        rows = [top - bottom for top, bottom in zip(tops, under, strict=True)]
        if len(self.model.names) > len(rows):
            rows.append(under[-1] if under else cut)
        if UNKNOWN in self.materials:
            rows.append(cut - np.sum(rows, axis=0))
        return np.asarray(whole + np.maximum(np.array(rows)[:, 0], 0.0))

    def _coverage(self, top: float) -> Traced:
        """Share of the design's plan, as far as it could be cut, that lies on surveyed ground."""
        tin = self.layout.tin
        z = tin.corners[:, :, 2] + tin.origin[2]
        within = z.min(axis=1) <= top if self.layout.sense == "up" else z.max(axis=1) >= top
        design = area_of(tin, within)
        known = design.intersection(self.model.outline).area
        area = measured(design.area, "m2", "terrain.by.triangles", self.path, "benches.design_area")
        share = known / design.area if design.area else 0.0
        return measured(share, "-", "benches.by.outline", self.path, "terrain.coverage", design_area=area)

    def _second(self) -> SecondOpinion:
        """Cell midpoints over the cut, the cell halved until halving it changes less than half of what is allowed."""
        headline, area = self.result.total.cut, self.result.total.cut_area.value
        allowed = 1e-3 if headline.value > area else 5e-3
        w, s, e, n = self.outline.bounds
        middle, half = np.array([(w + e) / 2, (s + n) / 2]), float(np.hypot(e - w, n - s)) / 2
        turn = np.array([[np.cos(LATTICE_RAD), np.sin(LATTICE_RAD)], [-np.sin(LATTICE_RAD), np.cos(LATTICE_RAD)]])
        cut, cell = 0.0, 0.0
        for cells in _CELLS:
            before = cut
            cell = float(np.sqrt((e - w) * (n - s) / cells))
            steps = (np.arange(2 * int(np.ceil(half / cell))) - int(np.ceil(half / cell)) + 0.5) * cell
            places = np.column_stack([a.ravel() for a in np.meshgrid(steps, steps)]) @ turn + middle
            inside = (places[:, 0] > w) & (places[:, 0] < e) & (places[:, 1] > s) & (places[:, 1] < n)
            depth = self.ground.elevation(places[inside]) - self.layout.elevation(places[inside])
            cut = float(np.where(depth > 0, depth, 0.0).sum() * cell**2)
            if before and abs(cut - before) <= 0.5 * allowed * cut:
                break
        sampled = measured(cut, "m3", "benches.by.midpoint", self.path, "benches.cut")
        difference = DIFFERENCE.at(V_a=headline, V_b=sampled) if headline.value > 0 else None
        return SecondOpinion(cell=cell, cut=sampled, difference=difference, allowed=allowed)

    def _warn(self, faces: Sequence[CutFace], join: Join, second: SecondOpinion | None, chords: FloatArray) -> None:
        """What the designer should know before drawing."""
        design_angle = float(self.proposals[0].profile.overall_angle)
        middle = self.layout.tin.corners.mean(axis=1) + self.layout.tin.origin
        with np.errstate(invalid="ignore"):
            cut = self.ground.elevation(middle[:, :2]) > middle[:, 2]
        gap = float(self.layout.gaps[cut].max(initial=0.0))
        if gap > 3 * FLAT_ERROR:
            self._remark("rough", Level.WARNING, gap=f"{gap:.2f}")
        parts = [part.area for part in shapely.get_parts(self.outline)]
        parts = [area for area in parts if area > SMALL_PIECE * max(parts)]
        gentle = chords[chords[:, 1] < design_angle, 1] if self.design.mode != "fixed_levels" else chords[:0, 1]
        if len(gentle):
            self._remark(
                "gentle_ground", Level.WARNING if len(gentle) > len(chords) / 4 else Level.NOTE,
                share=f"{100 * len(gentle) / len(chords):.0f}", design=f"{design_angle:.1f}",
                least=f"{gentle.min():.1f}", greatest=f"{chords[:, 1].max():.1f}",
            )  # fmt: skip
        if len(parts) > 1:
            self._remark("islands", Level.WARNING, pieces=len(parts), largest=f"{max(parts):.0f}")
        if join.scarp.value > SCARP_FROM and join.scarp_at is not None:
            e, n = join.scarp_at
            self._remark(
                "scarp_left", Level.WARNING, height=f"{join.scarp.value:.2f}", length=f"{join.scarp_length.value:.0f}",
                north=f"{n:.1f}", east=f"{e:.1f}",
            )  # fmt: skip
        if join.survey_rim.value > 1e-3:
            self._remark("out_of_survey", Level.WARNING, length=f"{join.survey_rim.value:.1f}")
        if join.toe_gap is not None:
            below, above = join.toe_gap
            if above > TOE_STEP:
                self._remark("ground_before_toe", Level.WARNING, height=f"{above:.2f}")
            if below < -TOE_STEP and self.layout.sense == "up":
                self._remark("toe_in_air", Level.NOTE, height=f"{-below:.2f}")
        for face in faces:
            if face.found_height.value > face.height.value + TOP_SLACK:
                self._remark(
                    "riser_runs_on", Level.WARNING, number=face.number, found=f"{face.found_height.value:.2f}",
                    stated=f"{face.height.value:.2f}",
                )  # fmt: skip
        if second is not None and not second.agrees:
            percent = "-" if second.difference is None else f"{100 * second.difference.value:.2f}"
            self._remark("methods_differ", Level.WARNING, percent=percent, allowed=f"{100 * second.allowed:.1f}")
        self._remark("corner_said", corner=message(f"benches.corner.{self.design.corner}"))
        if len(self.layout.sweeps) > 1 and self.design.mode != "fixed_levels":
            self._remark("sector_transition")


def _length(line: FloatArray) -> float:
    return float(np.hypot(*np.diff(line[:, :2], axis=0).T).sum())
