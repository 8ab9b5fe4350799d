"""Sections and volumes of the design, as the sheets show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely

from slopedesign.calc.benches.result import CutFace
from slopedesign.calc.benches.section_method import SectionCut
from slopedesign.calc.benches.sections import BenchMark, CutSection
from slopedesign.calc.terrain.sections import SectionLine
from slopedesign.calc.walls.bench_wall import BenchWallResult
from slopedesign.design import SectionSlope, SlopeDesign
from slopedesign.drawings.content import (
    MethodRow,
    Points,
    SectionBench,
    SectionContent,
    SectionFace,
    SectionSpan,
    VolumeRow,
    VolumesContent,
)
from slopedesign.drawings.phrases import Phrases
from slopedesign.standards.bench_geometry import CURVED_END_AREA
from slopedesign.standards.formula import Formula, Step
from slopedesign.standards.trace import Traced

LEAST_FLOOR = 1e-6
"""Share of the cut from which what stands on no face and no bench has a row of its own."""
CUT_FROM = 1e-6
"""The formed line is drawn where it lies this far below the ground [m]."""

BREAK = 0.05
"""The design line is listed where it leaves a straight line by more than this [m], the toe among these."""


def section_contents(slope: SlopeDesign | SectionSlope) -> list[SectionContent]:
    """The sections of a slope; one that lies beside the survey has nothing to draw."""
    if isinstance(slope, SectionSlope):
        return [_section(s, 0.0, _riser_angles(slope), {}, slope) for s in slope.cut.sections]
    angles = {face.number: _angle(face) for face in slope.cut.faces}
    walls = {work.bench.number: work.wall for work in slope.works if work.wall is not None}
    contents = [_section(s, s.zero or 0.0, angles, walls, slope) for s in slope.sections]
    return [content for content in contents if content.ground]


def _angle(face: CutFace) -> Traced:
    return face.angle


def _riser_angles(slope: SectionSlope) -> dict[int, Traced]:
    return {riser.number: riser.angle for riser in slope.cut.proposal.profile.risers}


def _section(
    section: CutSection | SectionCut, zero: float, angles: Mapping[int, Traced],
    walls: Mapping[int, BenchWallResult], slope: SlopeDesign | SectionSlope,
) -> SectionContent:  # fmt: skip
    formed = _formed(section, zero)
    benches = [_bench(section.design, mark, zero) for mark in section.benches]
    return SectionContent(
        name=section.name, station=section.station, ground=_pieces(section.ground, zero),
        design=tuple(line for line, _ in formed), stations=tuple(_stations(section, zero, formed)),
        interfaces=tuple(
            (name, piece) for name, line in section.bottoms.items() for piece in _pieces(line, zero)[:1]
        ),
        benches=tuple(bench for bench in benches if bench is not None),
        faces=tuple(_faces(section, zero, angles, formed)),
        walls=tuple(_walls(section, zero, walls, slope)), covers=tuple(_covers(section, zero, walls, slope)),
        cut_outlines=tuple(outline for _, outline in formed), cut=section.cut,
        cut_by_material=tuple((name, area) for name, area in section.cut_by_material.items() if area.value >= 0.005),
    )  # fmt: skip


def _pieces(line: SectionLine, zero: float) -> tuple[Points, ...]:
    return tuple(part - (zero, 0.0) for part in line.parts)


def _formed(section: CutSection | SectionCut, zero: float) -> list[tuple[Points, Points]]:
    """Stretches where ground is taken off: the formed line, and the outline between it and the ground."""
    final = section.final
    depth = section.ground.z_at(final[:, 0]) - final[:, 1]
    below = depth > CUT_FROM
    found = []
    for first, last in _runs(below):
        a, b = max(0, first - 1), min(len(final) - 1, last + 1)
        line = final[a : b + 1]
        s = section.ground.stations
        above = s[(s > line[0, 0]) & (s < line[-1, 0])]
        at = np.concatenate([[line[0, 0]], above, [line[-1, 0]]])
        top = np.column_stack([at, section.ground.z_at(at)])
        top = top[np.isfinite(top[:, 1])]
        found.append((line - (zero, 0.0), np.vstack([top, line[::-1]]) - (zero, 0.0)))
    return found


def _runs(mask: np.ndarray) -> list[tuple[int, int]]:
    change = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(int)))
    return [(int(a), int(b) - 1) for a, b in zip(change[::2], change[1::2], strict=True)]


def _stations(
    section: CutSection | SectionCut, zero: float, formed: Sequence[tuple[Points, Points]]
) -> Iterator[tuple[float, float | None, float | None, float]]:
    """Edges of benches first, then ends and breaks of the design line, then bends of the ground."""
    weights: dict[float, float] = {}
    for mark in section.benches:
        weights[mark.crest] = weights[mark.toe] = 4.0
    for line, _ in formed:
        weights[float(line[0, 0])] = weights[float(line[-1, 0])] = 3.0
        for x, _ in shapely.get_coordinates(shapely.simplify(shapely.LineString(line), BREAK)):
            weights.setdefault(float(x), 3.0)
    for piece in _pieces(section.ground, zero):
        weights.setdefault(float(piece[0, 0]), 2.0)
        weights.setdefault(float(piece[-1, 0]), 2.0)
        for x, _ in shapely.get_coordinates(shapely.simplify(shapely.LineString(piece), 0.3)):
            weights.setdefault(float(x), 1.0)
    for x, weight in weights.items():
        ground = float(section.ground.z_at([x + zero])[0])
        after = float(np.interp(x + zero, section.final[:, 0], section.final[:, 1])) if len(section.final) else np.nan
        inside = any(line[0, 0] - 1e-6 <= x <= line[-1, 0] + 1e-6 for line, _ in formed)
        yield x, ground if np.isfinite(ground) else None, after if inside and np.isfinite(after) else None, weight


def _bench(design: SectionLine, mark: BenchMark, zero: float) -> SectionBench | None:
    inner, outer = (float(z) for z in design.z_at([mark.toe + zero, mark.crest + zero]))
    if not (np.isfinite(inner) and np.isfinite(outer)):
        return None
    return SectionBench(name=str(mark.number), inner=(mark.toe, inner), outer=(mark.crest, outer), width=mark.width)


def _faces(
    section: CutSection | SectionCut, zero: float, angles: Mapping[int, Traced],
    formed: Sequence[tuple[Points, Points]],
) -> Iterator[SectionFace]:  # fmt: skip
    """The stretch before each bench, and the one behind the last, as far as it is cut."""
    marks = sorted(section.benches, key=lambda mark: min(mark.crest, mark.toe))
    edges: list[tuple[float, float, int]] = []
    start = 0.0
    for mark in marks:
        edges.append((start, min(mark.crest, mark.toe), mark.number))
        start = max(mark.crest, mark.toe)
    if formed:
        edges.append((start, float(formed[-1][0][-1, 0]), marks[-1].number + 1 if marks else 1))
    for low, high, number in edges:
        angle = angles.get(number)
        for line, _ in formed:
            a, b = max(low, float(line[0, 0])), min(high, float(line[-1, 0]))
            if angle is None or b - a < 0.3:
                continue
            za, zb = np.interp([a, b], line[:, 0], line[:, 1])
            foot, top = ((a, float(za)), (b, float(zb))) if zb >= za else ((b, float(zb)), (a, float(za)))
            m = 1.0 / np.tan(np.radians(angle.value)) if angle.value < 90 else 0.0
            yield SectionFace(foot=foot, top=top, angle_deg=angle.value, ratio=float(m))


def _walls(
    section: CutSection | SectionCut, zero: float, walls: Mapping[int, BenchWallResult],
    slope: SlopeDesign | SectionSlope,
) -> Iterator[Points]:  # fmt: skip
    for mark in section.benches:
        wall = walls.get(mark.number)
        if wall is None:
            continue
        way = 1.0 if mark.toe > mark.crest else -1.0
        x = mark.crest + way * slope.slope.wall.edge_offset
        z = float(section.design.z_at([x + zero])[0])
        if np.isfinite(z):
            yield np.array([(x + way * a, z + b) for a, b in wall.layout.wall])


def _covers(
    section: CutSection | SectionCut, zero: float, walls: Mapping[int, BenchWallResult],
    slope: SlopeDesign | SectionSlope,
) -> Iterator[Points]:  # fmt: skip
    """Soil between the wall and the next face, drawn as thick as it is designed."""
    for mark in section.benches:
        wall = walls.get(mark.number)
        if wall is None:
            continue
        way = 1.0 if mark.toe > mark.crest else -1.0
        x = mark.crest + way * (slope.slope.wall.edge_offset + wall.base_width.value)
        if (mark.toe - x) * way < 0.1:
            continue
        z = section.design.z_at([x + zero, mark.toe + zero])
        t = slope.slope.cover.thickness
        if np.isfinite(z).all():
            yield np.array([(x, z[0]), (mark.toe, z[1]), (mark.toe, z[1] + t), (x, z[0] + t)])


def volumes_content(slope: SlopeDesign | SectionSlope, say: Phrases) -> VolumesContent:
    """The computation of volumes of a slope."""
    sections = tuple(section_contents(slope))
    if isinstance(slope, SectionSlope):
        return _section_method(slope, sections, say)
    cut, found = slope.cut, slope.section_volumes
    methods = [MethodRow(key="overlay", amount=cut.cut, remark=say("volumes.note.overlay"))]
    if cut.second is not None:
        cell = f"{cut.second.cell:.2f}"
        methods.append(MethodRow(key="midpoint", amount=cut.second.cut, remark=say("volumes.note.midpoint", cell=cell)))
        if cut.second.difference is not None:
            methods.append(MethodRow(key="difference", amount=cut.second.difference, share=True))
    spans: tuple[SectionSpan, ...] = ()
    notes = []
    if found is not None:
        chosen = sorted((s for s in slope.sections if s.station is not None), key=lambda s: s.station or 0.0)
        spans = tuple(_spans(chosen, found.end_area.volume, found.curved))
        methods += [
            MethodRow(key="inside", amount=found.overlay, remark=say("volumes.note.inside")),
            MethodRow(key="beyond", amount=found.beyond, remark=say("volumes.note.beyond")),
            MethodRow(key="end_area", amount=found.end_area.volume),
            *([MethodRow(key="end_area_difference", amount=found.difference, share=True)] if found.difference else ()),
            MethodRow(key="curved", amount=found.curved),
            *([MethodRow(key="curved_difference", amount=found.curved_difference, share=True)]
              if found.curved_difference else ()),
            MethodRow(key="prismoidal", amount=found.prismoidal.volume),
        ]  # fmt: skip
        notes = [*_formulas(spans, say), say("volumes.note.which")]
    return VolumesContent(
        slope=slope.name, sections=sections, spans=spans,
        end_area=None if found is None else found.end_area.volume, curved=None if found is None else found.curved,
        methods=tuple(methods), rows=tuple(_rows(slope, say)), notes=tuple(notes),
    )  # fmt: skip


def _section_method(slope: SectionSlope, sections: tuple[SectionContent, ...], say: Phrases) -> VolumesContent:
    cut = slope.cut
    spans = tuple(_spans(cut.sections, cut.end_area.volume, cut.cut))
    methods = [MethodRow(key="adopted", amount=cut.cut), MethodRow(key="end_area", amount=cut.end_area.volume)]
    if cut.prismoidal is not None:
        methods.append(MethodRow(key="prismoidal", amount=cut.prismoidal.volume))
    rows = (VolumeRow(name=say("table.total"), by_material=dict(cut.cut_by_material), total=cut.cut),)
    return VolumesContent(
        slope=slope.name, sections=sections, spans=spans, end_area=cut.end_area.volume, curved=cut.cut,
        methods=tuple(methods), rows=rows, notes=(*_formulas(spans, say), say("volumes.note.sections_only")),
    )  # fmt: skip


def _spans(sections: Sequence[CutSection | SectionCut], end_area: Traced, curved: Traced) -> Iterator[SectionSpan]:
    """The lines of the calculation, as the results keep them."""
    plain, bent = list(end_area.inputs.values()), list(curved.inputs.values())
    for i, (a, b) in enumerate(zip(sections, sections[1:], strict=False)):
        yield SectionSpan(
            first=a.name, second=b.name, spacing=(b.station or 0.0) - (a.station or 0.0), cut_first=a.cut,
            cut_second=b.cut, end_area=plain[i], curved=bent[i] if i < len(bent) else None,
        )  # fmt: skip


def _formulas(spans: Sequence[SectionSpan], say: Phrases) -> list[str]:
    notes = []
    step = next((span.end_area for span in spans if isinstance(span.end_area, Step)), None)
    if step is not None:
        notes.append(say("volumes.note.methods", end_area=_on_paper(step.formula)))
    if any(span.curved is not None for span in spans):
        notes.append(say("volumes.note.curved", curved=_on_paper(CURVED_END_AREA)))
    return notes


def _on_paper(formula: Formula) -> str:
    """A formula as a drawing spells it, indices without a line: V=(A1 + A2)/2*L."""
    return f"{formula.gives}={formula.plain()}".replace("_", "")


def _rows(slope: SlopeDesign, say: Phrases) -> Iterator[VolumeRow]:
    """Faces and benches from the base line up, then the whole."""
    cut = slope.cut
    parts = [(face.number, 0, face.sector, face.cut_by_material, face.cut) for face in cut.faces]
    parts += [(bench.number, 1, bench.sector, bench.cut_by_material, bench.cut) for bench in cut.benches]
    for number, kind, sector, by_material, volume in sorted(parts, key=lambda part: part[:3]):
        key = "volumes.bench" if kind else "volumes.face"
        yield VolumeRow(name=say(key, name=f"{number}{sector}"), by_material=dict(by_material), total=volume)
    floor = cut.floor_cut
    if floor.value > LEAST_FLOOR * cut.cut.value:
        yield VolumeRow(name=say("volumes.floor"), by_material=dict(cut.floor_cut_by_material), total=floor)
    yield VolumeRow(name=say("table.total"), by_material=dict(cut.cut_by_material), total=cut.cut)
