"""Benches on sections alone: the classic hand method, for slopes that were measured as sections and never as a surface.

The base line stands at offset 0 of every section; offsets grow into the slope, toe side first. The profile is drawn in
each section from there, the lower of ground and design is what remains, and volumes come from mean end areas (and the
prismoidal rule) over the stations. Sections alone do not know whether the toe is curved. The radius stated for it
carries every area along the path of its own centre; without it the volumes hold for a straight toe, and that is said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from slopedesign.calc.benches.ground import GroundLayer
from slopedesign.calc.benches.join import Existing, chords_from, existing_part
from slopedesign.calc.benches.limits import BenchLimits
from slopedesign.calc.benches.profile import BenchProfile
from slopedesign.calc.benches.proposal import Proposal, propose
from slopedesign.calc.benches.sections import BenchMark, lower_line
from slopedesign.calc.benches.shapes import FloatArray
from slopedesign.calc.terrain.hand import SectionVolume, end_area, prismoidal_mixed
from slopedesign.calc.terrain.sections import (
    SectionAreas,
    SectionLine,
    section,
    section_area_between,
    typed_section,
)
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message
from slopedesign.project.ground import GroundSection, MaterialClass
from slopedesign.project.slopes import BenchDesign
from slopedesign.standards.bench_geometry import CURVED_END_AREA, PAPPUS, STRIP
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Traced, given, measured, total

_PASSES = 12


NOTHING = 1e-6
"""An area no greater than this is rounding, not a cut [m2]."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SectionCut:
    """One typed section with the benches cut into it; see `sections.CutSection`. `height`: of the cut [m]."""

    name: str
    station: float
    ground: SectionLine
    design: SectionLine
    final: FloatArray
    bottoms: Mapping[str, SectionLine]
    areas: SectionAreas
    cut: Traced
    cut_by_material: Mapping[str, Traced]
    factor: Traced
    height: float
    benches: tuple[BenchMark, ...]


@dataclass(frozen=True, kw_only=True)
class SectionFace:
    """A face as it is cut: as designed, its greatest height in any section and its area along the slope [m2].

    The last one runs on to the ground.
    """

    number: int
    height: Traced
    angle: Traced
    found_height: Traced
    slope_area: Traced


@dataclass(frozen=True, kw_only=True)
class BenchStrip:
    """A bench from its widths in the sections: area [m2] and length [m] along its middle, level of its outer edge."""

    number: int
    wide: bool
    area: Traced
    length: Traced


@dataclass(frozen=True, kw_only=True, eq=False)
class SectionMethod:
    """A slope cut in benches on sections alone.

    Attributes:
        end_area, prismoidal: for a straight toe. `prismoidal` is None where stations are not equally spaced.
        cut: the volume that counts: `end_area`, carried along the bend where a radius is stated.
        faces: those that cut ground.
        height: greatest height of the cut in any section [m].
        existing_height, existing_angle, graded_height, graded_angle: as in `BenchCut`.
    """

    path: str
    proposal: Proposal
    sections: tuple[SectionCut, ...]
    end_area: SectionVolume
    prismoidal: SectionVolume | None
    cut: Traced
    cut_by_material: Mapping[str, Traced]
    faces: tuple[SectionFace, ...]
    benches: tuple[BenchStrip, ...]
    height: Traced
    existing_height: Traced | None
    existing_angle: Traced | None
    graded_height: Traced | None
    graded_angle: Traced | None
    remarks: tuple[Remark, ...]


def cut_typed_sections(
    sections: Sequence[GroundSection],
    design: BenchDesign,
    *,
    limits: Mapping[MaterialClass, BenchLimits],
    layers: Sequence[GroundLayer] = (),
    toe_level: float | None = None,
    radius: float | None = None,
    convex: bool = False,
    path: str = "slopes[0]",
) -> SectionMethod:
    """Benches cut into sections.

    Args:
        sections: offsets from the base line, toe side first, and levels.
        layers: from the ground down; a surveyed bottom needs sections with origin and azimuth.
        toe_level: level of the base line; None: the ground's own level at offset 0.
        radius: of the toe's bend in plan [m]; None: unknown, worked as straight.
        convex: whether the slope stands on the inner side of the bend (a nose); else it stands around it.
        path: path of the slope in the project file.

    Raises:
        InputError: fewer than two sections, two at one station, one that does not cover offset 0, or a mode that needs
            a surface (fixed_levels, sectors).
        NoSolution: nothing is cut.
    """
    _refuse(sections, design, path)
    ordered = sorted(sections, key=lambda s: s.station)
    grounds = [typed_section(*zip(*s.points, strict=True)) for s in ordered]
    starts = [_start(s, g, toe_level, path) for s, g in zip(ordered, grounds, strict=True)]
    proposal, designs = _fitted(grounds, starts, design, limits, path)
    bend = None if radius is None else (-radius if convex else radius)
    cuts = tuple(
        _cut(s, g, d, z, proposal, layers, design, bend, path)
        for s, g, d, z in zip(ordered, grounds, designs, starts, strict=True)
    )
    if not any(c.cut.value > NOTHING for c in cuts):
        raise NoSolution(message("benches.what_cut"), message("benches.nothing_cut", path=path))
    spacings = [b.station - a.station for a, b in zip(cuts, cuts[1:], strict=False)]
    plain = end_area([c.cut for c in cuts], spacings)
    equal = max(spacings) - min(spacings) < 1e-6
    by_material = {
        name: total(_carried(cuts, [c.cut_by_material[name] for c in cuts], spacings), "m3", "benches.cut")
        for name in cuts[0].cut_by_material
    }
    curved = total(_carried(cuts, [c.cut for c in cuts], spacings), "m3", "benches.cut")
    if curved.value <= 0:
        raise InputError(f"{path}.toe_curvature_radius", radius, message("benches.bend_too_tight"))
    existing = _existing(grounds, starts, design, limits.get(proposal.material), path)
    return SectionMethod(
        path=path, proposal=proposal, sections=cuts, end_area=plain,
        prismoidal=prismoidal_mixed([c.cut for c in cuts], spacings[0]) if equal else None,
        cut=curved, cut_by_material=by_material, benches=_strips(cuts, spacings, bend, proposal),
        faces=_faces(proposal, grounds, designs, design, spacings, bend, path),
        height=measured(max(c.height for c in cuts), "m", "benches.by.section", path, "benches.height"),
        existing_height=existing[0][0], existing_angle=existing[0][1],
        graded_height=existing[1][0], graded_angle=existing[1][1],
        remarks=_remarks(cuts, plain.volume.value, curved.value, bend, path),
    )  # fmt: skip


def _refuse(sections: Sequence[GroundSection], design: BenchDesign, path: str) -> None:
    if len(sections) < 2:
        raise InputError(f"{path}.typed_sections", len(sections), message("benches.no_sections"))
    stations = sorted(s.station for s in sections)
    if any(b - a < 1e-6 for a, b in zip(stations, stations[1:], strict=False)):
        raise InputError(f"{path}.typed_sections", stations, message("benches.one_spot"))
    if design.mode == "fixed_levels":
        raise InputError(f"{path}.benches.mode", design.mode, message("benches.needs_surface"))
    if design.sectors:
        raise InputError(f"{path}.benches.sectors", len(design.sectors), message("benches.needs_surface"))


def _start(record: GroundSection, ground: SectionLine, toe_level: float | None, path: str) -> float:
    z = float(ground.z_at(0.0))
    if not math.isfinite(z):
        raise InputError(
            f"{path}.typed_sections", record.name, message("benches.short_section", name=record.name)
        )  # fmt: skip
    return z if toe_level is None else toe_level


def _fitted(
    grounds: Sequence[SectionLine], starts: Sequence[float], design: BenchDesign,
    limits: Mapping[MaterialClass, BenchLimits], path: str,
) -> tuple[Proposal, list[_Drawn]]:  # fmt: skip
    """One profile for all sections, with as many risers as the highest of them asks for."""
    sign = -1.0 if design.mode == "crest_down" else 1.0
    datum = min(starts) if sign > 0 else max(starts)
    room = sign * (design.top_level - datum) if design.top_level is not None else None
    height = 1.0
    for _ in range(_PASSES):
        proposal = propose(design, limits, height, room=room, path=f"{path}.benches")
        designs = [_line(proposal, g, z, datum, design) for g, z in zip(grounds, starts, strict=True)]
        if sign < 0:
            designs = [_ended(g, drawn) for g, drawn in zip(grounds, designs, strict=True)]
        reached = max(_reach(g, d.line, datum, sign) for g, d in zip(grounds, designs, strict=True))
        if reached <= height and height == 1.0 and sign > 0 and room is None and design.count is None:
            reached = _stepped(grounds, starts, design, limits, path, datum)  # gentler than a face alone
        if design.count is not None or reached <= height:
            break
        height = reached
    return proposal, designs


def _stepped(
    grounds: Sequence[SectionLine], starts: Sequence[float], design: BenchDesign,
    limits: Mapping[MaterialClass, BenchLimits], path: str, datum: float,
) -> float:  # fmt: skip
    """Height to which faces and berms together cut, where a face alone does not; 0 if they do not either.

    The cut must begin within one face and its berm of the base line.
    """
    most = max(float(np.nanmax(ground.z)) for ground in grounds) - datum
    try:
        proposal = propose(design, limits, max(most, 1.0), path=f"{path}.benches")
    except NoSolution:
        return 0.0
    runs, reached = proposal.profile.runs, 0.0
    for ground, start in zip(grounds, starts, strict=True):
        drawn = _line(proposal, ground, start, datum, design)
        x, climb = _cut_climbs(ground, drawn, proposal.profile, 1.0)
        if len(x) and x[climb > 0].min(initial=np.inf) <= runs[min(2, len(runs) - 1)]:
            reached = max(reached, float(climb.max()))
    return reached


@dataclass(frozen=True, eq=False)
class _Drawn:
    """The design in one section, and the run of the profile its base line has already used up by lying higher."""

    line: SectionLine
    used: float


def _line(proposal: Proposal, ground: SectionLine, start: float, datum: float, design: BenchDesign) -> _Drawn:
    """The design in one section, as far as the ground is known; level benches where the toes differ in level."""
    profile = proposal.profile
    sign = -1.0 if design.mode == "crest_down" else 1.0
    begun = sign * (start - datum) if design.along == "level" else 0.0
    already = _used(profile, begun) if begun > 0 else 0.0
    base = datum if design.along == "level" else start
    far = float(ground.stations[-1] if sign > 0 else -ground.stations[0])
    runs = [x for x in profile.runs if already < x < already + far]
    if not profile.daylight:
        far = min(far, float(profile.runs[-1]) - already)
    x = np.array([already, *runs, already + far])
    z = base + sign * profile.at(x)
    z[0] = start
    order = np.argsort(sign * x, kind="stable")
    line = SectionLine((sign * (x - already))[order], z[order], np.empty((0, 2)), np.empty((0, 2)))
    return _Drawn(line, already)


def _ended(ground: SectionLine, drawn: _Drawn) -> _Drawn:
    """A crest-down design ended where it first comes out of the ground; a floor beyond it is not cut."""
    design = drawn.line
    s = np.unique(np.concatenate([ground.stations[ground.stations <= 0], design.stations]))[::-1]
    depth = ground.z_at(s) - design.z_at(s)
    under = np.flatnonzero(depth > 1e-9)
    out = np.flatnonzero(depth[under[0] :] < 0) if len(under) else np.empty(0, int)
    if not len(out):
        return drawn
    k = int(under[0] + out[0])
    end = float(s[k - 1] + depth[k - 1] / (depth[k - 1] - depth[k]) * (s[k] - s[k - 1]))
    keep = design.stations > end
    stations = np.concatenate([[end], design.stations[keep]])
    z = np.concatenate([design.z_at([end]), design.z[keep]])
    return _Drawn(SectionLine(stations, z, design.gaps, design.line), drawn.used)


def _used(profile: BenchProfile, begun: float) -> float:
    """Run of a level profile at a progress; behind the berm where that is a bench level."""
    last = float(profile.nominal[-1])
    if begun > last:
        return float(profile.runs[-1]) + (begun - last) / profile.last_slope
    j = int(np.searchsorted(profile.nominal, begun + 1e-9, side="right")) - 1
    if begun - profile.nominal[j] <= 1e-9 or j + 1 == len(profile.runs):
        return float(profile.runs[j])
    share = (begun - profile.nominal[j]) / (profile.nominal[j + 1] - profile.nominal[j])
    return float(profile.runs[j] + share * (profile.runs[j + 1] - profile.runs[j]))


def _reach(ground: SectionLine, design: SectionLine, datum: float, sign: float) -> float:
    """How far the design progresses where it is under the ground."""
    s = np.unique(np.concatenate([ground.stations, design.stations]))
    depth = ground.z_at(s) - design.z_at(s)
    z = design.z_at(s)
    change = np.flatnonzero(depth[:-1] * depth[1:] < 0)
    share = depth[change] / (depth[change] - depth[change + 1])
    crossing = z[change] + share * (z[change + 1] - z[change])
    levels = np.concatenate([z[depth > 0], crossing])
    return float((sign * (levels - datum)).max(initial=0.0))


def _cut(
    record: GroundSection, ground: SectionLine, drawn: _Drawn, start: float, proposal: Proposal,
    layers: Sequence[GroundLayer], settings: BenchDesign, bend: float | None, path: str,
) -> SectionCut:  # fmt: skip
    design = drawn.line
    areas = section_area_between(ground, design)
    bottoms = _bottoms(record, ground, layers, path)
    under = [section_area_between(bottom, design).cut.value for bottom in bottoms.values()]
    named = [layer.name for layer in layers[: len(under) + 1]] or [settings.material]
    if len(named) == len(under):
        named.append("unknown")
    of = f"{path}.section {record.name}"
    shares = np.maximum(-np.diff([areas.cut.value, *under, 0.0]), 0.0)
    parts: dict[str, Traced] = {
        n: measured(float(a), "m2", "benches.by.section", of, "benches.section_cut")
        for n, a in zip(named, shares, strict=True)
    }
    centre = abs(areas.cut_centre) if areas.cut_centre is not None else 0.0
    away = measured(centre, "m", "benches.by.section", of)
    return SectionCut(
        name=record.name, station=record.station, ground=ground, design=design, final=lower_line(ground, design),
        bottoms=bottoms, areas=areas, cut=areas.cut, cut_by_material=parts, factor=_factor(away, bend, path),
        height=max(0.0, _reach(ground, design, start, -1.0 if settings.mode == "crest_down" else 1.0)),
        benches=_marks(ground, drawn, proposal, settings),
    )  # fmt: skip


def _factor(away: Traced, bend: float | None, path: str) -> Traced:
    if bend is None:
        return measured(1.0, "-", "benches.by.stations", path, "benches.pappus_factor")
    return PAPPUS.at(c=away, R=given(bend, "m", f"{path}.toe_curvature_radius", "benches.radius"))


def _faces(
    proposal: Proposal, grounds: Sequence[SectionLine], designs: Sequence[_Drawn], settings: BenchDesign,
    spacings: Sequence[float], bend: float | None, path: str,
) -> tuple[SectionFace, ...]:  # fmt: skip
    """The faces that cut ground in any section: lengths on the slope carried along the path of their own middle."""
    profile, sign = proposal.profile, -1.0 if settings.mode == "crest_down" else 1.0
    highest = np.zeros(len(profile.risers))
    slants, middles = np.zeros((2, len(profile.risers), len(grounds)))
    for j, (ground, drawn) in enumerate(zip(grounds, designs, strict=True)):
        x, climb = _cut_climbs(ground, drawn, profile, sign)
        for k in range(len(profile.risers)):
            far = np.inf if k + 1 == len(profile.risers) else profile.runs[2 * k + 1] + 1e-9
            on = (x >= profile.runs[2 * k] - 1e-9) & (x <= far)
            here = climb[on]
            if len(here):
                highest[k] = max(highest[k], here.max() - max(here.min(), profile.climbs[2 * k]))
                slants[k, j] = np.hypot(np.ptp(x[on]), np.ptp(here))
                middles[k, j] = abs((x[on].max() + x[on].min()) / 2 - drawn.used)
    return tuple(
        SectionFace(
            number=riser.number, height=riser.height, angle=riser.angle,
            found_height=measured(
                float(height), "m", "benches.by.section", f"{path}.benches[{riser.number}]", "benches.found_height"
            ),
            slope_area=_face_area(slant, middle, spacings, bend, path),
        )
        for riser, height, slant, middle in zip(profile.risers, highest, slants, middles, strict=True) if height > 0
    )  # fmt: skip


def _face_area(
    slants: FloatArray, middles: FloatArray, spacings: Sequence[float], bend: float | None, path: str
) -> Traced:
    widths = [measured(float(w), "m", "benches.by.section", path, "benches.section_width") for w in slants]
    factors = [_factor(measured(float(m), "m", "benches.by.section", path), bend, path) for m in middles]
    return total(
        [
            STRIP.at(k_1=factors[i], k_2=factors[i + 1], w_1=widths[i], w_2=widths[i + 1],
                     L=measured(spacing, "m", "benches.by.stations", label="benches.section_spacing"))
            for i, spacing in enumerate(spacings)
        ], "m2", "benches.face_area",
    )  # fmt: skip


def _cut_climbs(
    ground: SectionLine, drawn: _Drawn, profile: BenchProfile, sign: float
) -> tuple[FloatArray, FloatArray]:
    """Runs and progress of the profile at the ends of what is cut in one section, and at the breaks between them."""
    design = drawn.line
    s = np.unique(np.concatenate([ground.stations, design.stations]))
    depth = ground.z_at(s) - design.z_at(s)
    change = np.flatnonzero(depth[:-1] * depth[1:] < 0)
    share = depth[change] / (depth[change] - depth[change + 1])
    crossing = s[change] + share * (s[change + 1] - s[change])
    beside = np.zeros(len(s), bool)  # an end of a cut at a vertex, where the depth is 0
    beside[1:] |= depth[:-1] > 0
    beside[:-1] |= depth[1:] > 0
    at = np.concatenate([s[(depth > 0) | ((depth == 0) & beside)], crossing])
    x = sign * at + drawn.used
    return x, profile.at(x)


def _existing(
    grounds: Sequence[SectionLine], starts: Sequence[float], design: BenchDesign, limits: BenchLimits | None, path: str
) -> tuple[Existing, Existing]:
    """Height and angle of the ground before cutting; see `SectionMethod`."""
    sign = -1.0 if design.mode == "crest_down" else 1.0
    grade = None if limits is None else limits.must_grade
    beyond = None if grade is None else (float(grade[0]), float(grade[1]))
    rows = []
    for ground, start in zip(grounds, starts, strict=True):
        behind = sign * ground.stations > 0
        rows.append(chords_from(sign * ground.stations[behind], sign * (ground.z[behind] - start), 0.0, beyond))
    chords, graver = (np.concatenate(part) for part in zip(*rows, strict=True))
    chords, graver = (part[np.isfinite(part).all(axis=1)] for part in (chords, graver))
    return existing_part(path, chords), existing_part(path, graver, 0)


def _bottoms(
    record: GroundSection, ground: SectionLine, layers: Sequence[GroundLayer], path: str
) -> dict[str, SectionLine]:
    """Bottom of each layer along a section, nowhere above the ground or the bottom before it."""
    found: dict[str, SectionLine] = {}
    above = ground
    for layer in layers:
        if layer.depth is not None:
            line = SectionLine(ground.stations, ground.z - layer.depth, ground.gaps, ground.line)
        elif layer.bottom is not None:
            if record.origin is None or record.azimuth_deg is None:
                raise InputError(f"{path}.typed_sections", record.name, message("benches.no_place", layer=layer.name))
            azimuth = math.radians(record.azimuth_deg)
            unit = np.array([math.sin(azimuth), math.cos(azimuth)])
            ends = np.asarray(record.origin) + np.outer([ground.stations[0], ground.stations[-1]], unit)
            cut = section(layer.bottom, ends)
            line = SectionLine(cut.stations + ground.stations[0], cut.z, cut.gaps + ground.stations[0], cut.line)
        else:
            break
        pressed = lower_line(above, line)
        above = SectionLine(pressed[:, 0], pressed[:, 1], np.empty((0, 2)), np.empty((0, 2)))
        found[layer.name] = above
    return found


def _marks(ground: SectionLine, drawn: _Drawn, proposal: Proposal, settings: BenchDesign) -> tuple[BenchMark, ...]:
    """The cut part of each berm: where the ground is higher."""
    up = settings.mode != "crest_down"
    marks = []
    for berm in proposal.profile.berms:
        near, far = (float(r) - drawn.used for r in proposal.profile.runs[2 * berm.number - 1 : 2 * berm.number + 1])
        a, b = (near, far) if up else (-far, -near)
        first, last = float(drawn.line.stations[0]), float(drawn.line.stations[-1])
        a, b = max(a, first), min(b, last)
        if near < 0 or b - a < 1e-9:
            continue
        za, zb = (float(z) for z in drawn.line.z_at([a, b]))
        if not (math.isfinite(za) and math.isfinite(zb)):
            continue
        inside = _higher(ground, a, za, b, zb)
        if inside is None:
            continue
        marks.append(BenchMark(number=berm.number, wide=berm.wide, crest=inside[0], toe=inside[1], level=za))
    return tuple(marks)


def _higher(ground: SectionLine, a: float, za: float, b: float, zb: float) -> tuple[float, float] | None:
    """The part of a straight stretch over which the ground is higher, its outermost ends."""
    s = np.unique(np.clip(np.concatenate([[a, b], ground.stations]), a, b))
    depth = ground.z_at(s) - (za + (s - a) / (b - a) * (zb - za))
    known = np.isfinite(depth)
    s, depth = s[known], depth[known]
    if not len(s) or not (depth > 0).any():
        return None
    change = np.flatnonzero(depth[:-1] * depth[1:] < 0)
    share = depth[change] / (depth[change] - depth[change + 1])
    ends = np.concatenate([s[depth > 0], s[change] + share * (s[change + 1] - s[change])])
    return float(ends.min()), float(ends.max())


def _carried(cuts: Sequence[SectionCut], areas: Sequence[Traced], spacings: Sequence[float]) -> list[Traced]:
    return [
        CURVED_END_AREA.at(
            k_1=cuts[i].factor, k_2=cuts[i + 1].factor, A_1=areas[i], A_2=areas[i + 1],
            L=measured(spacing, "m", "benches.by.stations", label="benches.section_spacing"),
        )
        for i, spacing in enumerate(spacings)
    ]  # fmt: skip


def _strips(
    cuts: Sequence[SectionCut], spacings: Sequence[float], bend: float | None, proposal: Proposal
) -> tuple[BenchStrip, ...]:
    """Benches from section to section: widths carried along the path of the bench's own middle."""
    strips = []
    for berm in proposal.profile.berms:
        marks = [next((m for m in c.benches if m.number == berm.number), None) for c in cuts]
        if not any(marks):
            continue
        widths, factors = [], []
        for c, mark in zip(cuts, marks, strict=True):
            of = f"section {c.name}"
            widths.append(measured(mark.width if mark else 0.0, "m", "benches.by.section", of, "benches.section_width"))
            middle = abs(mark.crest + mark.toe) / 2 if mark else 0.0
            factors.append(_factor(measured(middle, "m", "benches.by.section", of), bend, c.name))
        areas, lengths = [], []
        for i, spacing in enumerate(spacings):
            length = measured(spacing, "m", "benches.by.stations", label="benches.section_spacing")
            areas.append(STRIP.at(k_1=factors[i], k_2=factors[i + 1], w_1=widths[i], w_2=widths[i + 1], L=length))
            if marks[i] is not None or marks[i + 1] is not None:
                both = 1.0 if marks[i] is not None and marks[i + 1] is not None else 0.5
                carried = both * spacing * (float(factors[i]) + float(factors[i + 1])) / 2
                lengths.append(measured(carried, "m", "benches.by.stations", label="benches.crest_length"))
        strips.append(
            BenchStrip(
                number=berm.number, wide=berm.wide, area=total(areas, "m2", "benches.area"),
                length=total(lengths, "m", "benches.crest_length"),
            )
        )  # fmt: skip
    return tuple(strips)


def _remarks(
    cuts: Sequence[SectionCut], plain: float, curved: float, bend: float | None, path: str
) -> tuple[Remark, ...]:
    subject = f"{path}.toe_curvature_radius"
    if bend is None:
        return (Remark(level=Level.WARNING, subject=subject, text=message("benches.no_radius")),)
    offsets = [abs(c.areas.cut_centre) for c in cuts if c.areas.cut_centre is not None]
    percent = 100 * (plain - curved) / curved if curved > 0 else 0.0
    text = message("benches.pappus", offset=f"{np.mean(offsets):.1f}", percent=f"{percent:+.1f}")
    found = [Remark(level=Level.NOTE, subject=subject, text=text)]
    for c in cuts:
        if c.factor.value <= 0:
            tight = message("benches.tight_bend", name=c.name, radius=f"{abs(bend):.1f}")
            found.append(Remark(level=Level.WARNING, subject=subject, text=tight))
    return tuple(found)
