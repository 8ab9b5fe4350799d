"""Faces and benches as they are cut, each with its sizes, areas, edges and volumes."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.amounts import Amounts
from slopedesign.calc.benches.edges import (
    area_of,
    joined,
    least_width,
    lines_of,
    polygons_only,
    shared_edges,
    usable,
)
from slopedesign.calc.benches.result import CutBench, CutFace
from slopedesign.calc.benches.shapes import FloatArray, Shape
from slopedesign.project.ground import MaterialClass
from slopedesign.standards.bench_geometry import MEAN_WIDTH
from slopedesign.standards.trace import Traced, given, measured

Edges = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Inner edges of the design, and the triangles on both sides of each."""


def faces_of(amounts: Amounts) -> tuple[CutFace, ...]:
    """The faces that cut ground, from the base line."""
    task, faces = amounts.task, []
    for group, (part, sweep, _) in enumerate(amounts.groups):
        plan, slope = float(amounts.area[group]), float(amounts.face[group])
        if part % 2 or part == 0 or not plan > 0:
            continue
        number = part // 2
        where = f"{task.path}.benches[{number}]"
        proposal = task.proposal_of(sweep)
        riser = proposal.profile.risers[min(number, len(proposal.profile.risers)) - 1]
        lowest, highest = (float(v) for v in amounts.spans[group])
        volume, by_material = amounts.by_material([group], where)
        faces.append(
            CutFace(
                number=number,
                sector=_sector(amounts, group),
                sweeps=_sweeps(amounts, group),
                material=proposal.material,
                height=riser.height,
                angle=riser.angle,
                found_height=measured(
                    max(0.0, highest - lowest), "m", "benches.by.strings", where, "benches.found_height"
                ),
                plan_area=measured(plan, "m2", "benches.by.prisms", where, "benches.face_plan_area"),
                slope_area=measured(slope, "m2", "benches.by.prisms", where, "benches.slope_area"),
                cut=volume,
                cut_by_material=by_material,
            )
        )
    return tuple(sorted(faces, key=lambda face: (face.number, face.sector)))


def benches_of(amounts: Amounts) -> tuple[CutBench, ...]:
    """The benches that are cut, from the base line."""
    edges = shared_edges(amounts.task.layout.tin)
    reach = amounts.outline.buffer(1e-6)
    shapely.prepare(reach)
    benches = [_bench(amounts, group, edges, reach) for group, of in enumerate(amounts.groups) if of[0] % 2]
    return tuple(sorted((b for b in benches if b is not None), key=lambda bench: (bench.number, bench.sector)))


def _sector(amounts: Amounts, group: int) -> str:
    return amounts.task.sector_of(np.array(_sweeps(amounts, group), np.int32))


def _sweeps(amounts: Amounts, group: int) -> tuple[int, ...]:
    return tuple(int(k) for k in np.unique(amounts.task.layout.owner[amounts.group_of == group]))


def _bench(amounts: Amounts, group: int, edges: Edges, reach: Shape) -> CutBench | None:
    task, (part, sweep, level) = amounts.task, amounts.groups[group]
    number = part // 2
    where = f"{task.path}.benches[{number}]"
    outline = polygons_only(area_of(task.layout.tin, amounts.group_of == group).intersection(amounts.outline))
    if not outline.area > 1e-6:
        return None
    proposal = task.proposal_of(sweep)
    berm = proposal.profile.berms[min(number, len(proposal.profile.berms)) - 1]
    least = _least_usable(amounts, proposal.material, berm.width)
    kept = usable(outline, float(least))
    crest_lines, toe_lines = (_clipped(amounts, lines, reach) for lines in _edges(amounts, group, edges))
    lengths = [
        measured(sum(length(line) for line in lines), "m", "benches.by.strings", where, f"benches.{name}")
        for lines, name in ((crest_lines, "crest_length"), (toe_lines, "toe_length"))
    ]
    area = measured(float(amounts.area[group]), "m2", "benches.by.prisms", where, "benches.area")
    edge = level if task.layout.sense == "up" else level + float(berm.drop)  # of the outer edge
    levels = np.concatenate([line[:, 2] for line in crest_lines]) if crest_lines else np.array([edge])
    narrowest = least_width(
        shapely.MultiLineString([line[:, :2] for line in crest_lines]),
        shapely.MultiLineString([line[:, :2] for line in toe_lines]),
        shapely.boundary(outline),
    )
    volume, by_material = amounts.by_material([group], where)
    mean = lengths[0].value + lengths[1].value > 0
    return CutBench(
        number=number, sector=_sector(amounts, group), sweeps=_sweeps(amounts, group), material=proposal.material,
        wide=berm.wide,
        level=measured(
            float(levels.mean()) if task.layout.follows else edge, "m", "benches.by.strings", where, "benches.level"
        ),
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


def _least_usable(amounts: Amounts, material: MaterialClass, width: Traced) -> Traced:
    """The width below which a bench is not usable: stated, else the guide's least, else the bench's own."""
    task = amounts.task
    stated = task.design.min_usable_width
    if stated is not None:
        return given(stated, "m", f"{task.path}.benches.min_usable_width", "benches.min_usable_width")
    return task.limits[material].min_width if material in task.limits else width


def _edges(amounts: Amounts, group: int, shared: Edges) -> tuple[Shape, Shape]:
    """Outer and inner edge of a bench: towards a face going up from it (toe), and towards anything else (crest)."""
    layout, (edges, sides) = amounts.task.layout, shared
    tin, own = layout.tin, amounts.group_of[sides] == group
    rim = own[:, 0] != own[:, 1]
    pair, border = edges[rim], sides[rim]
    other = np.where(own[rim][:, 0], border[:, 1], border[:, 0])
    rise = tin.corners[other][:, :, 2].mean(axis=1) - tin.vertices[pair][:, :, 2].mean(axis=1)
    berm = layout.part[other] % 2 == 1
    toe = (rise > 1e-6) & ~berm
    return joined(tin, pair[~toe & ~berm]), joined(tin, pair[toe])


def _clipped(amounts: Amounts, lines: Shape, reach: Shape) -> tuple[FloatArray, ...]:
    """Lines inside the cut, each vertex with its level."""
    layout, with_levels = amounts.task.layout, []
    for xy in lines_of(lines.intersection(reach)):
        z = layout.tin.elevation(xy)
        if (beside := ~np.isfinite(z)).any():
            z[beside] = layout.elevation(xy[beside])
        with_levels.append(np.column_stack([xy, z]))
    return tuple(line for line in with_levels if np.isfinite(line).all() and length(line) > 1e-3)


def length(line: FloatArray) -> float:
    """Length in plan of a line (n, 2 or 3) [m]."""
    return float(np.hypot(*np.diff(line[:, :2], axis=0).T).sum())
