"""Sections through a cut slope, before and after, and the volume the section method makes of them.

Sections stand normal to the base line at stations. Section times spacing along the base line is only right where that
line is straight: in an amphitheatre the mass behind a concave toe lies on a longer arc than the toe. Each area is
therefore carried along the path of its own centre (Pappus), and both volumes are given beside the overlay.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import shapely

from slopedesign.calc.benches.base import refuse_far_off, stations_on, swept_normals
from slopedesign.calc.benches.ground import GroundModel
from slopedesign.calc.benches.prisms import VOLUME, prisms
from slopedesign.calc.benches.result import BenchCut
from slopedesign.calc.benches.shapes import FloatArray
from slopedesign.calc.benches.side import swept_side
from slopedesign.calc.benches.strings import BaseString, Sense, origin_of
from slopedesign.calc.terrain import Tin
from slopedesign.calc.terrain.formed import Rim
from slopedesign.calc.terrain.hand import SectionVolume, end_area, prismoidal_mixed
from slopedesign.calc.terrain.sections import SectionAreas, SectionLine, section, section_area_between
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.slopes import Sections
from slopedesign.standards.bench_geometry import CURVED_END_AREA, DIFFERENCE, PAPPUS
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Traced, measured, total

BEND_MATTERS = 0.005
"""Share of the volume from which a bend of the base line is spoken of."""


@dataclass(frozen=True, kw_only=True)
class BenchMark:
    """One bench in a section: offsets from the base line, the outer edge first, and the level of that edge [m]."""

    number: int
    wide: bool
    crest: float
    toe: float
    level: float

    @property
    def width(self) -> float:
        """Width in the section [m]."""
        return abs(self.toe - self.crest)


@dataclass(frozen=True, kw_only=True, eq=False)
class CutSection:
    """A section through the slope.

    Attributes:
        station: along the base line; None for a line drawn by hand.
        line: (2, 2) E, N of both ends, the toe side first.
        zero: distance from the start of the line to the base line; offsets count from there; None if it misses it.
        sense: whether the benches lie beyond the base line ("up") or before it ("down").
        radius: of the base line here, positive where the slope lies on the outer side of the bend; inf when straight.
            From the angle the neighbouring normals make, so that it stands for what lies between them.
        ground, design: the surfaces along the line.
        final: (n, 2) distance and level of the ground after cutting.
        bottoms: bottom of each layer along the line.
        cut: area [m2], and by material; `areas` has the centre of area.
        centre: distance of the cut's centre of area from the base line [m]; None without cut or base line.
        benches: from the base line.
    """

    name: str
    station: float | None
    line: FloatArray
    zero: float | None
    sense: Sense
    radius: float
    ground: SectionLine
    design: SectionLine
    final: FloatArray
    bottoms: Mapping[str, SectionLine]
    areas: SectionAreas
    cut: Traced
    cut_by_material: Mapping[str, Traced]
    centre: Traced | None
    benches: tuple[BenchMark, ...]

    @property
    def inward(self) -> FloatArray:
        """(2,) unit vector from the base line to the side of the benches."""
        span = self.line[1] - self.line[0]
        unit = np.asarray(span / np.hypot(*span))
        return unit if self.sense == "up" else -unit

    @property
    def place(self) -> FloatArray:
        """(2,) E, N of the base line in this section."""
        span = self.line[1] - self.line[0]
        return np.asarray(self.line[0] + (self.zero or 0.0) * span / np.hypot(*span))


@dataclass(frozen=True, kw_only=True, eq=False)
class SectionVolumes:
    """The volume by sections, three ways, beside the overlay.

    Attributes:
        end_area: section areas times spacing along the base line.
        curved: the same along the paths of the centres of area.
        by_material: `curved` by material.
        prismoidal: Simpson over equal spacings, plain.
        overlay: exact volume between the first and the last section.
        beyond: exact volume outside them: the run-out at both ends.
        difference, curved_difference: of `end_area` and of `curved` from `overlay`.
    """

    end_area: SectionVolume
    curved: Traced
    by_material: Mapping[str, Traced]
    prismoidal: SectionVolume
    overlay: Traced
    beyond: Traced
    difference: Traced | None
    curved_difference: Traced | None
    remarks: tuple[Remark, ...]


def stations_of(base: BaseString, spacing: float) -> FloatArray:
    """Stations 0, spacing, 2 spacing, ... and the end of the line; for a closed line the end is the beginning."""
    stations = np.arange(0.0, base.length + 1e-9, spacing)
    if base.length - stations[-1] > 1e-6 * base.length:
        stations = np.append(stations, base.length)
    return stations


def cut_sections(
    ground: GroundModel, cut: BenchCut, settings: Sections, beside: Sequence[Tin] = (), mark: str = ""
) -> tuple[CutSection, ...]:
    """The sections asked for: at stations of the base line, and along the lines drawn by hand.

    Args:
        beside: designs of other slopes that meet this one; the ground after cutting is the lowest of all.
        mark: stands before the numbers of the sections at stations ("B": B1, B2, ...), so that a site with several
            slopes has no section twice.

    Raises:
        InputError: a line drawn by hand that begins or ends far off the survey.
    """
    base = cut.layout.base
    made = []
    if settings.spacing is not None and base is not None:
        down = cut.layout.sense == "down"
        inward = settings.inward or math.ceil(_depth_of(cut, base) + settings.outward)
        stations = stations_of(base, settings.spacing)
        places, normals = stations_on(base, stations)
        normals = swept_normals(base, normals, down)
        radii = _radii(stations, places, normals, base.closed)
        for k, station in enumerate(stations):
            ends = [places[k] - settings.outward * normals[k], places[k] + inward * normals[k]]
            line, zero = (np.stack(ends[::-1]), float(inward)) if down else (np.stack(ends), settings.outward)
            made.append(
                _section(ground, cut, f"{mark}{k + 1}", float(station), line, zero, radii[k], cut.layout.sense, beside)
            )
    for i, drawn in enumerate(settings.lines):
        line = np.array([drawn.start, drawn.end], float)
        refuse_far_off(line, ground.surface, [f"{cut.path}.sections.lines[{i}].{end}" for end in ("start", "end")])
        crossing = _zero(line, base)
        made.append(
            _section(ground, cut, drawn.name, None, line, crossing, math.inf, _sense_along(cut, line, crossing), beside)
        )
    return tuple(made)


def _turns(places: FloatArray, normals: FloatArray) -> FloatArray:
    """(k - 1,) angle between neighbouring normals [rad], positive where they spread towards the slope."""
    n, m = normals[:-1], normals[1:]
    angle = np.arctan2(n[:, 0] * m[:, 1] - n[:, 1] * m[:, 0], (n * m).sum(axis=1))
    spread = ((m - n) * np.diff(places, axis=0)).sum(axis=1)
    return np.asarray(np.copysign(np.abs(angle), spread))


def _radii(stations: FloatArray, places: FloatArray, normals: FloatArray, closed: bool) -> list[float]:
    """Radius at each station from the turn between its neighbours on both sides."""
    turn, length = _turns(places, normals), np.diff(stations)
    if closed:
        turn, length = (
            np.append(turn[-1], np.append(turn, turn[0])),
            np.append(length[-1], np.append(length, length[0])),
        )
    else:
        turn, length = np.pad(turn, 1), np.pad(length, 1)
    both, over = turn[:-1] + turn[1:], length[:-1] + length[1:]
    return [float(o / t) if abs(t) > 1e-9 else math.inf for o, t in zip(over, both, strict=True)]


def _depth_of(cut: BenchCut, base: BaseString) -> float:
    """How far the cut reaches from the base line."""
    line = shapely.LineString(base.ring[:, :2])
    return float(np.max(shapely.distance(shapely.points(shapely.get_coordinates(cut.outline)), line), initial=1.0))


def _zero(line: FloatArray, base: BaseString | None) -> float | None:
    if base is None:
        return None
    hits = shapely.get_coordinates(shapely.LineString(line).intersection(shapely.LineString(base.ring[:, :2])))
    away = np.hypot(*(hits - line[0]).T) if len(hits) else np.empty(0)
    return float(away.min()) if len(away) else None


def _sense_along(cut: BenchCut, line: FloatArray, zero: float | None) -> Sense:
    """Whether the design lies beyond the base line ("up") or before it ("down") on a line drawn by hand."""
    if zero is None:
        return cut.layout.sense
    unit = (line[1] - line[0]) / np.hypot(*(line[1] - line[0]))
    before, beyond = np.isfinite(cut.layout.elevation(line[0] + np.array([[zero - 1.0], [zero + 1.0]]) * unit))
    if before == beyond:
        return cut.layout.sense
    return "up" if beyond else "down"


def _section(
    ground: GroundModel, cut: BenchCut, name: str, station: float | None, line: FloatArray, zero: float | None,
    radius: float, sense: Sense, beside: Sequence[Tin],
) -> CutSection:  # fmt: skip
    surface = section(ground.surface, line)
    design = _swept_part(section(cut.layout.tin, line), zero, sense)
    bottoms = {n: section(b, line) for n, b in zip(ground.names, ground.bottoms, strict=False)}
    areas = section_area_between(surface, design)
    under = [section_area_between(bottom, design).cut.value for bottom in bottoms.values()]
    names = ground.names if ground.layers else (cut.faces[0].material if cut.faces else "hard_rock",)
    of = f"{cut.path}.section {name}"
    if len(names) == len(under):  # the last layer has a bottom too; what lies under it has no name
        names = (*names, "unknown")
    shares = np.maximum(-np.diff([areas.cut.value, *under, 0.0]), 0.0)
    parts: dict[str, Traced] = {
        n: measured(float(share), "m2", "benches.by.section", of, "benches.section_cut")
        for n, share in zip(names, shares, strict=True)
    }
    centre = None
    if zero is not None and areas.cut_centre is not None:
        centre = measured(abs(areas.cut_centre - zero), "m", "benches.by.section", of, "benches.centre")
    final = lower_line(surface, design, *(section(tin, line) for tin in beside))
    return CutSection(
        name=name, station=station, line=line, zero=zero, sense=sense, radius=radius, ground=surface,
        design=design, final=final, bottoms=bottoms, areas=areas, cut=areas.cut,
        cut_by_material=parts,
        centre=centre, benches=_marks(cut, line, zero or 0.0),
    )  # fmt: skip


def _swept_part(line: SectionLine, zero: float | None, sense: Sense) -> SectionLine:
    """Only the stretch of the design from the base line to the side of the benches.

    A long normal may meet the far side of a pit, and the run-out around an end lies on both sides of its normal.
    """
    if zero is None or not line.parts:
        return line
    first = min(line.parts, key=lambda part: max(float(part[0, 0]) - zero, zero - float(part[-1, 0]), 0.0))
    s, z = first.T
    keep = s > zero + 1e-9 if sense == "up" else s < zero - 1e-9
    start = np.array([zero]) if s[0] - 1e-3 < zero < s[-1] + 1e-3 else np.empty(0)
    stations = np.concatenate([s[keep], start])
    order = np.argsort(stations, kind="stable")
    levels = np.concatenate([z[keep], np.interp(start, s, z)])
    return replace(line, stations=stations[order], z=levels[order], gaps=np.empty((0, 2)))


def lower_line(ground: SectionLine, *designs: SectionLine) -> FloatArray:
    """(n, 2) the lowest of ground and designs along a line, the ground where there is no design."""
    lines = [ground, *designs]
    s = np.unique(np.concatenate([line.stations for line in lines]))
    crossings = [s]
    for one, other in combinations(lines, 2):
        depth = one.z_at(s) - other.z_at(s)
        change = np.flatnonzero(depth[:-1] * depth[1:] < 0)
        share = depth[change] / (depth[change] - depth[change + 1])
        crossings.append(s[change] + share * (s[change + 1] - s[change]))
    s = np.unique(np.concatenate(crossings))
    z = np.fmin.reduce([line.z_at(s) for line in lines])
    z = np.where(np.isnan(ground.z_at(s)), np.nan, z)
    known = np.isfinite(z)
    return np.column_stack([s[known], z[known]])


def _marks(cut: BenchCut, line: FloatArray, zero: float) -> tuple[BenchMark, ...]:
    whole = shapely.LineString(line)
    marks = []
    for bench in cut.benches:
        for part in shapely.get_parts(whole.intersection(bench.outline)):
            if part.geom_type != "LineString" or part.length < 0.05:
                continue
            ends = sorted(float(whole.project(shapely.Point(p))) - zero for p in part.coords)
            level = float(bench.level)
            marks.append(BenchMark(number=bench.number, wide=bench.wide, crest=ends[0], toe=ends[-1], level=level))
    return tuple(sorted(marks, key=lambda mark: abs(mark.crest)))


def section_volumes(ground: GroundModel, cut: BenchCut, sections: Sequence[CutSection]) -> SectionVolumes:
    """The volume by the sections at stations, beside the overlay between the first and the last of them.

    Raises:
        InputError: fewer than two sections at stations, or a slope without a base line.
    """
    base = cut.layout.base
    chosen = sorted((s for s in sections if s.station is not None), key=lambda s: s.station or 0.0)
    if len(chosen) < 2 or base is None:
        raise InputError(f"{cut.path}.sections", len(chosen), message("benches.no_sections"))
    at = [s.station or 0.0 for s in chosen]
    spacings = [b - a for a, b in zip(at, at[1:], strict=False)]
    plain = end_area([s.cut for s in chosen], spacings)
    curved = total(_curved(chosen, [s.cut for s in chosen], spacings), "m3", "benches.volume_end_area")
    materials = list(chosen[0].cut_by_material)
    by_material = {
        name: total(_curved(chosen, [s.cut_by_material[name] for s in chosen], spacings), "m3", "benches.cut")
        for name in materials
    }
    inside, beyond = _between(ground, cut, base)
    remarks = _bend_remarks(cut.path, chosen, plain.volume.value, curved.value)
    found = [DIFFERENCE.at(V_a=inside, V_b=volume) if inside.value > 0 else None for volume in (plain.volume, curved)]
    if found[1] is not None:
        text = message("benches.against_overlay", volume=f"{curved.value:.1f}", percent=f"{100 * found[1].value:+.2f}")
        remarks.append(Remark(level=Level.NOTE, subject=f"{cut.path}.sections", text=text))
    return SectionVolumes(
        end_area=plain, curved=curved, by_material=by_material, prismoidal=_prismoidal(chosen, spacings),
        overlay=inside, beyond=beyond, difference=found[0], curved_difference=found[1], remarks=tuple(remarks),
    )  # fmt: skip


def _curved(sections: Sequence[CutSection], areas: Sequence[Traced], spacings: Sequence[float]) -> list[Traced]:
    """From section to section: both areas carried along the path of their own centre between the two normals."""
    steps: list[Traced] = []
    for i, spacing in enumerate(spacings):
        pair = sections[i : i + 2]
        k_1, k_2 = (_factor(pair, section, spacing) for section in pair)
        length = measured(spacing, "m", "benches.by.stations", label="benches.section_spacing")
        steps.append(CURVED_END_AREA.at(k_1=k_1, k_2=k_2, A_1=areas[i], A_2=areas[i + 1], L=length))
    return steps


def _factor(pair: Sequence[CutSection], section: CutSection, spacing: float) -> Traced:
    turn = float(_turns(np.array([s.place for s in pair]), np.array([s.inward for s in pair]))[0])
    if section.centre is None or abs(turn) < 1e-9:
        return measured(1.0, "-", "benches.by.stations", label="benches.pappus_factor")
    radius = measured(spacing / turn, "m", "benches.by.normals", f"section {section.name}", "benches.radius")
    if radius.value < 0 and section.centre.value >= -radius.value:  # a bend too tight for the slope: there is no path
        return measured(0.0, "-", "benches.by.normals", f"section {section.name}", "benches.pappus_factor")
    return PAPPUS.at(c=section.centre, R=radius)


def _prismoidal(sections: Sequence[CutSection], spacings: Sequence[float]) -> SectionVolume:
    """Simpson over the equal spacings; mean end areas for a shorter last one."""
    areas = [s.cut for s in sections]
    if len(spacings) > 1 and abs(spacings[-1] - spacings[0]) > 1e-6:
        first = prismoidal_mixed(areas[:-1], spacings[0])
        rest = end_area(areas[-2:], spacings[-1:])
        return SectionVolume(
            volume=total({"1": first.volume, "2": rest.volume}, "m3", "terrain.volume"), remarks=first.remarks
        )
    return prismoidal_mixed(areas, spacings[0])


def _between(ground: GroundModel, cut: BenchCut, base: BaseString) -> tuple[Traced, Traced]:
    """Exact cut between the normals through both ends of the base line, and beyond them."""
    if base.closed:
        return cut.volumes.cut, measured(0.0, "m3", "terrain.by.overlay", cut.path, "benches.cut")
    w, s, _, e, n, _ = ground.surface.bounds
    origin = origin_of(base)
    box = shapely.box(w - origin[0], s - origin[1], e - origin[0], n - origin[1])
    side = swept_side(replace(base, ends="square"), cut.layout.sense, box)
    strip = shapely.transform(side, lambda xy: xy + origin)
    soup = cut.layout.tin.relative_to(ground.surface.origin)
    rim = Rim(strip, ground.surface.origin, soup[:, :, :2].reshape(-1, 2))
    met, within = rim.sides(soup)
    volumes = np.zeros(2)
    if (parted := met & (cut.on > 0)).any():
        pieces, label = rim.partition.cut(soup[parted])
        volumes += np.bincount(label, prisms(ground.surface, pieces)[:, VOLUME], 2)
    volumes += np.bincount(~within[~met], cut.on[~met], 2)
    inside, outside = (
        measured(float(volume), "m3", "terrain.by.overlay", name, "terrain.cut")
        for volume, name in zip(volumes, (f"{cut.path}.sections", ""), strict=True)
    )
    return inside, outside


def _bend_remarks(path: str, sections: Sequence[CutSection], plain: float, curved: float) -> list[Remark]:
    subject, remarks = f"{path}.sections", []
    if plain > 0 and curved > 0 and abs(plain - curved) > BEND_MATTERS * curved:
        offsets = [
            s.areas.cut_centre - s.zero for s in sections if s.areas.cut_centre is not None and s.zero is not None
        ]
        text = message(
            "benches.pappus", offset=f"{np.mean(offsets):.1f}", percent=f"{100 * (plain - curved) / curved:+.1f}"
        )
        remarks.append(Remark(level=Level.WARNING, subject=subject, text=text))
    for s in sections:
        if s.centre is not None and -float(s.centre) < s.radius < 0:
            text = message("benches.tight_bend", name=s.name, radius=f"{abs(s.radius):.1f}")
            remarks.append(Remark(level=Level.WARNING, subject=subject, text=text))
        lost = float(np.diff(s.ground.gaps, axis=1).sum()) if len(s.ground.gaps) else 0.0
        if lost > 0.01:
            text = message("benches.section_outside", name=s.name, length=f"{lost:.1f}")
            remarks.append(Remark(level=Level.NOTE, subject=subject, text=text))
    return remarks
