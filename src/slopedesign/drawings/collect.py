"""From the design to what the sheets show: fields are picked, lines cut to the window; nothing is worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np
import shapely

from slopedesign.calc.planting import plants_along
from slopedesign.calc.terrain import Tin, tin_from_grid
from slopedesign.calc.terrain.contour import contours, level_steps
from slopedesign.calc.water.pond_plan import outline_at
from slopedesign.design import BenchWorks, Design, SectionSlope, SlopeDesign, StripWorks
from slopedesign.drawings.content import (
    Contour,
    Face,
    PlanBench,
    PlanContent,
    PlanSlope,
    Points,
    SectionMark,
    WallDetail,
    WallOnBench,
    WorksRow,
)
from slopedesign.drawings.phrases import Phrases, level, number
from slopedesign.drawings.plan_format import plan_format
from slopedesign.drawings.sheet import Box
from slopedesign.project.info import CoordinateSystem
from slopedesign.quantities.bill import Bill

INTERVALS = ((500, 1.0), (1000, 1.0), (2000, 2.0), (10_000, 5.0))
"""Contour interval by scale, where the project states none [m]."""
MOST_LEVELS = 250
MOST_TRIANGLES = 1_500_000
SAMPLES = 500

Works = TypeVar("Works", BenchWorks, StripWorks)


def built(design: Design) -> tuple[SlopeDesign, ...]:
    """The slopes that are built; variants are compared elsewhere."""
    return tuple(slope for slope in design.slopes if not slope.slope.variant_of)


def mine_name(design: Design) -> str:
    """The mine's name, with which drawing titles begin."""
    return design.project.info.mine_name or design.project.info.name


def plan_content(design: Design, bill: Bill | None, language: str, also: Sequence[Points] = ()) -> PlanContent:
    """The plan of the whole site.

    Args:
        also: further lines (n, 2) the sheets must have room for.
    """
    say = Phrases(language)
    settings = design.project.drawings
    bare = PlanContent(
        title=say("plan.title", mine=mine_name(design)),
        slopes=tuple(_plan_slope(slope) for slope in built(design)),
        roads=tuple(
            (road.name if k == 0 else "", np.array(line, dtype=float))
            for road in (design.roads.roads if design.roads is not None else ())
            for k, line in enumerate(sorted(road.lines, key=len, reverse=True)) if len(line) > 1
        ),
        drains=tuple(_drains(design)), ponds=tuple(_ponds(design, say)), also=tuple(also),
    )  # fmt: skip
    tins = _grounds(design)
    edges = tuple(ring for tin in tins for ring in _rings(tin.outline))
    chosen = plan_format(bare, edges, settings.plan_scale, settings.sheet)
    interval = settings.contour_interval or next(i for s, i in INTERVALS if chosen.scale <= s)
    window = chosen.window
    lines = [line for tin in tins for line in _contours(tin, interval, window)]
    return PlanContent(
        title=bare.title, slopes=bare.slopes, roads=bare.roads, drains=bare.drains, ponds=bare.ponds, also=bare.also,
        contours=tuple(lines), interval=interval, survey_edge=edges, spots=_spots(design, window),
        works=_works(bill, language),
        coordinate_system=_system(design.project.coordinates, say), height_system=_heights(design, say),
        control=tuple(_control_points(design)), assumed_coordinates=design.project.coordinates.assumed,
        plants=tuple(_plants(design)),
    )  # fmt: skip


def _drains(design: Design) -> Iterator[tuple[str, Points]]:
    """Ditches and chutes that have a place in plan, by name (a typed length has none)."""
    network = design.water.network if design.water is not None else None
    for reach in network.reaches if network is not None else ():
        if reach.input.record.length is None:
            yield reach.input.record.name, reach.input.bed.points


def _plants(design: Design) -> Iterator[tuple[str, float, Points]]:
    """Rows of plants on benches that have a place in plan."""
    for place in design.planting.places if design.planting is not None else ():
        for stand in place.stands:
            for row in stand.rows:
                if row.lines:
                    yield stand.species.form, row.spacing.value, plants_along(row)


def _ponds(design: Design, say: Phrases) -> Iterator[tuple[str, Points]]:
    """Shores of ponds at the normal level, islands too, with name and level at the longest; tops of shaped ponds."""
    for pond in design.water.ponds if design.water is not None else ():
        record = pond.record
        words = say("plan.pond", name=record.name, level=level(record.normal_level))
        if pond.hollow is not None:
            rings = sorted(_rings(pond.hollow.shore(record.normal_level)), key=len, reverse=True)
        else:
            top = (record.bottom_level or 0.0) + (record.depth or 0.0)
            rings = [ring for z in (record.normal_level, top) if (ring := outline_at(record, z)) is not None]
        yield from ((words if i == 0 else "", ring) for i, ring in enumerate(rings))


def _grounds(design: Design) -> list[Tin]:
    """The surveyed surfaces; those too fine to be seen, such as a DEM of millions of cells, sampled.

    Those the slopes stand on; without slopes the first of the project.
    """
    names = dict.fromkeys(slope.slope.ground for slope in built(design) if slope.slope.ground)
    names = names or dict.fromkeys(list(design.grounds)[:1])
    return [_sampled(design.grounds[name].build.tin) for name in names]


def _sampled(tin: Tin) -> Tin:
    if len(tin.triangles) <= MOST_TRIANGLES:
        return tin
    w, s, _, e, n, _ = tin.bounds
    step = max(e - w, n - s) / SAMPLES
    east, north = np.arange(w, e + step / 2, step), np.arange(s, n + step / 2, step)
    x, y = np.meshgrid(east, north)
    z = tin.elevation(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
    return tin_from_grid(east, north, z)


def _contours(tin: Tin, interval: float, window: Box) -> Iterator[Contour]:
    """Contours of the part of a surface a window [m] shows."""
    part = _within(tin, window)
    if part is None:
        return
    levels = level_steps(part, interval)
    while len(levels) > MOST_LEVELS:
        interval *= 2
        levels = level_steps(part, interval)
    for line in contours(part, levels):
        yield Contour(line.level, line.points)


def _within(tin: Tin, window: Box) -> Tin | None:
    corners = tin.points[tin.triangles]
    low, high = corners[:, :, :2].min(axis=1), corners[:, :, :2].max(axis=1)
    met = (low[:, 0] <= window.x1) & (high[:, 0] >= window.x0) & (low[:, 1] <= window.y1) & (high[:, 1] >= window.y0)
    if not met.any():
        return None
    return tin if met.all() else Tin(tin.origin, tin.vertices, np.ascontiguousarray(tin.triangles[met]))


def _spots(design: Design, window: Box) -> Points:
    found = []
    for slope in built(design):
        ground = design.grounds.get(slope.slope.ground)
        if ground is not None and len(ground.survey.imported.survey.points):
            p = ground.survey.imported.survey.points
            inside = (p[:, 0] > window.x0) & (p[:, 0] < window.x1) & (p[:, 1] > window.y0) & (p[:, 1] < window.y1)
            found.append(p[inside, :3])
            break
    return np.vstack(found) if found else np.zeros((0, 3))


def _plan_slope(slope: SlopeDesign) -> PlanSlope:
    cut = slope.cut
    base = cut.layout.base
    line = None if base is None else base.ring
    lower = [toe for bench in cut.benches for toe in bench.toe if len(toe) > 1]
    if line is not None:
        lower.append(line)
    return PlanSlope(
        name=slope.name, base_line=line,
        benches=tuple(_plan_bench(work) for work in slope.works),
        faces=tuple(_faces(slope, lower)),
        daylight=tuple(_rings(cut.outline)),
        sections=tuple(
            SectionMark(name=s.name, start=(float(s.line[0, 0]), float(s.line[0, 1])),
                        end=(float(s.line[-1, 0]), float(s.line[-1, 1])))
            for s in slope.sections
        ),
    )  # fmt: skip


def _plan_bench(work: BenchWorks) -> PlanBench:
    bench = work.bench
    return PlanBench(
        name=work.name, level=bench.level.value, crests=bench.crest, toes=bench.toe,
        walls=work.wall_lines if work.wall is not None else (), width=bench.width, length=bench.crest_length,
        area=bench.area,
    )  # fmt: skip


def _control_points(
    design: Design, apart: float = 0.5, most: int = 8
) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Vertices of the outer edge of each bench that bend most, ends included: enough to set the line out by."""
    slopes = built(design)
    for i, slope in enumerate(slopes, 1):
        for bench in slope.cut.benches:
            for line in bench.crest[:1]:
                tolerance, kept = apart, line
                while len(kept) > most:
                    kept = shapely.get_coordinates(
                        shapely.simplify(shapely.LineString(line), tolerance), include_z=True
                    )
                    tolerance *= 1.5
                head = f"{bench.number}{bench.sector}" if len(slopes) == 1 else f"{i}.{bench.number}{bench.sector}"
                for j, (east, north, z) in enumerate(kept, 1):
                    yield f"J{head}-{j}", (float(east), float(north), float(z))


def _faces(slope: SlopeDesign, lower: Sequence[Points]) -> Iterator[Face]:
    """What is cut and is no bench, piece by piece, each with the toes that bound it."""
    benches = shapely.union_all([bench.outline for bench in slope.cut.benches])
    lines = [shapely.LineString(line[:, :2]) for line in lower]
    for piece in shapely.get_parts(shapely.difference(slope.cut.outline, benches)):
        if piece.geom_type != "Polygon" or piece.area < 0.5:
            continue
        near = tuple(toe for toe, line in zip(lower, lines, strict=True) if line.distance(piece) < 0.05)
        if near:
            yield Face(outline=np.array(piece.exterior.coords), lower=near)


def _rings(area: shapely.Geometry) -> list[Points]:
    rings = []
    for part in shapely.get_parts(area):
        rings.append(np.array(part.exterior.coords)[:, :2])
        rings += [np.array(hole.coords)[:, :2] for hole in part.interiors]
    return rings


def _works(bill: Bill | None, language: str) -> tuple[WorksRow, ...]:
    say = Phrases(language)
    return tuple(
        WorksRow(
            name=item.name.render(language), specification=item.specification.render(language),
            unit=say(f"unit.{item.unit}") if item.unit in ("piece", "plant", "-", "row") else item.unit,
            amount=number(item.amount, item.digits), part=say(item.part),
        )
        for item in bill or ()
    )  # fmt: skip


def _system(system: CoordinateSystem, say: Phrases) -> str:
    if system.central_meridian_deg is None:
        return system.name
    return say("plan.meridian", name=system.name, meridian=f"{system.central_meridian_deg:g}")


def _heights(design: Design, say: Phrases) -> str:
    name = design.project.coordinates.heights
    return say("plan.national_1985") if name == "1985 National Height Datum" else name


def wall_details(design: Design) -> list[WallDetail]:
    """One detail for each slope, kind and height of wall, with all benches that carry it."""
    details = [_wall_detail(slope, works) for slope in built(design) for works in _alike(slope.works)]
    for slope in design.section_slopes:
        if not slope.slope.variant_of:
            details += [_strip_detail(slope, works) for works in _alike(slope.works)]
    return details


def _alike(works: Sequence[Works]) -> list[list[Works]]:
    """Works with a wall, grouped by its kind and height."""
    groups: dict[tuple[str, float], list[Works]] = {}
    for work in works:
        if work.wall is not None and work.cover is not None:
            groups.setdefault((work.wall.kind, work.wall.height.value), []).append(work)
    return list(groups.values())


def _wall_detail(slope: SlopeDesign, works: Sequence[BenchWorks]) -> WallDetail:
    first = works[0]
    face = next((f for f in slope.cut.faces if f.number == first.bench.number), slope.cut.faces[0])
    assert first.cover is not None
    walls = tuple(
        WallOnBench(bench=w.name, level=w.bench.level.value, result=w.wall) for w in works if w.wall is not None
    )
    return WallDetail(
        slope=slope.name, wall=slope.slope.wall, walls=walls, cover=first.cover.thickness,
        bench_width=first.bench.width,
        inward_fall_deg=first.bench.fall.value, face_angle_deg=face.angle.value,
    )  # fmt: skip


def _strip_detail(slope: SectionSlope, works: Sequence[StripWorks]) -> WallDetail:
    first, profile = works[0], slope.cut.proposal.profile
    berm = next(b for b in profile.berms if b.number == first.bench.number)
    riser = next(r for r in profile.risers if r.number == first.bench.number)
    assert first.cover is not None
    walls = tuple(
        WallOnBench(bench=w.name, level=_strip_level(slope, w), result=w.wall) for w in works if w.wall is not None
    )
    return WallDetail(
        slope=slope.name, wall=slope.slope.wall, walls=walls, cover=first.cover.thickness, bench_width=berm.width,
        inward_fall_deg=float(berm.fall), face_angle_deg=float(riser.angle),
    )  # fmt: skip


def _strip_level(slope: SectionSlope, work: StripWorks) -> float | None:
    """Level of a bench, where it is the same in all sections."""
    levels = {round(m.level, 3) for s in slope.cut.sections for m in s.benches if m.number == work.bench.number}
    return levels.pop() if len(levels) == 1 else None
