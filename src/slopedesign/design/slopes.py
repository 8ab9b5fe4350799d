"""One slope on surveyed ground: cut, sections, walls, soil."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import shapely

from slopedesign.calc.benches.cut import cut_slope
from slopedesign.calc.benches.edges import lines_of
from slopedesign.calc.benches.ground import GroundLayer, GroundModel
from slopedesign.calc.benches.result import CutBench
from slopedesign.calc.benches.sections import cut_sections, section_volumes
from slopedesign.calc.compliance import bench_limits
from slopedesign.calc.cover import bench_cover
from slopedesign.calc.walls.bench_wall import design_bench_wall
from slopedesign.design.checks import slope_checks
from slopedesign.design.clock import Clock
from slopedesign.design.result import BenchWorks, Design, Ground, SlopeDesign
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.ground import Layer, MaterialClass
from slopedesign.project.project import Project
from slopedesign.project.slopes import BaseLine, Slope
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import given, measured
from slopedesign.workspace import Sources

MATERIALS: tuple[MaterialClass, ...] = ("soil", "soft_rock", "hard_rock")


def slope_design(
    i: int, slope: Slope, project: Project, sources: Sources, grounds: Mapping[str, Ground], previous: Design | None,
    clock: Clock,
) -> SlopeDesign:  # fmt: skip
    path = f"slopes[{i}]"
    known = _unchanged(i, slope, project, grounds, previous)
    if known is not None:
        return known
    with clock("stage.cut", name=slope.name):
        model = _model(slope, project, grounds, previous)
        base = _base_line(slope, sources, path)
        limits = {material: bench_limits(material) for material in MATERIALS}
        cut = cut_slope(model, base, slope.benches, limits=limits, path=path)
    with clock("stage.sections", name=slope.name):
        sections = cut_sections(model, cut, slope.sections)
        at_stations = sum(section.station is not None for section in sections)
        volumes = section_volumes(model, cut, sections) if at_stations >= 2 else None
    with clock("stage.walls", name=slope.name):
        works = tuple(_works(slope, path, bench) for bench in cut.benches)
    checks = slope_checks(slope, path, project, cut, works)
    remarks = [*cut.remarks, *(remark for p in cut.proposals for remark in p.reasons)]
    remarks += [remark for w in works if w.wall is not None for remark in w.wall.remarks]
    remarks += volumes.remarks if volumes is not None else ()
    return SlopeDesign(
        name=slope.name, path=path, slope=slope, model=model, cut=cut, sections=sections, section_volumes=volumes,
        works=works, checks=tuple(checks), remarks=tuple(remarks),
    )  # fmt: skip


def _unchanged(
    i: int, slope: Slope, project: Project, grounds: Mapping[str, Ground], previous: Design | None
) -> SlopeDesign | None:
    """The slope as designed before, if everything it rests on is the same."""
    known = next((old for old in (previous.slopes if previous else ()) if old.path == f"slopes[{i}]"), None)
    if previous is None or known is None:
        return None
    used = {slope.ground, *(layer.bottom_surface for layer in slope.layers)} - {""}
    same = (
        known.slope == slope
        and previous.project.materials == project.materials
        and not (slope.base_line and slope.base_line.file)
        and not slope.sections_file
        and all(previous.grounds.get(name) is grounds.get(name) for name in used)
    )
    return known if same else None


def _model(slope: Slope, project: Project, grounds: Mapping[str, Ground], previous: Design | None) -> GroundModel:
    """The ground with its layers; kept from the design before where it is the same."""
    surface = grounds[slope.ground].build.tin
    layers = tuple(layer_of(project, grounds, layer) for layer in slope.layers)

    def same(old: GroundModel) -> bool:
        pairs = zip(old.layers, layers, strict=False)
        return (
            old.surface is surface
            and len(old.layers) == len(layers)
            and all((a.name, a.kind, a.depth) == (b.name, b.kind, b.depth) and a.bottom is b.bottom for a, b in pairs)
        )

    known = (old.model for old in (previous.slopes if previous else ()))
    return next((old for old in known if same(old)), None) or GroundModel(surface=surface, layers=layers)


def layer_of(project: Project, grounds: Mapping[str, Ground], layer: Layer) -> GroundLayer:
    """A layer of the ground as the calculation takes it."""
    material = project.material(layer.material)
    bottom = grounds[layer.bottom_surface].build.tin if layer.bottom_surface else None
    return GroundLayer(name=material.name, kind=material.kind, bottom=bottom, depth=layer.bottom_depth)


def _base_line(slope: Slope, sources: Sources, path: str) -> BaseLine:
    """The base line with vertices; one kept in a drawing is taken from there (the longest of its layer)."""
    line = slope.base_line
    assert line is not None  # the record asks for one on surveyed ground
    if not line.file:
        return line
    found = sources.lines[(line.file, line.layer)].lines
    if not found:
        raise InputError(f"{path}.base_line.file", line.file, message("design.no_line"))
    longest = max(found, key=lambda one: float(np.hypot(*np.diff(one.vertices[:, :2], axis=0).T).sum()))
    vertices = tuple(tuple(float(x) for x in vertex) for vertex in longest.vertices)
    return line.model_copy(update={"vertices": vertices, "closed": longest.closed or line.closed})


def _works(slope: Slope, path: str, bench: CutBench) -> BenchWorks:
    """Wall and cover of one bench: where the bench is wide enough to be used."""
    name = f"{bench.number}{bench.sector}"
    if bench.usable.is_empty or bench.usable_area.value <= 0:
        return BenchWorks(
            bench=bench,
            name=name,
            wall_lines=(),
            wall_length=None,
            wall=None,
            cover=None,
            without=message("design.not_usable"),
        )
    lines = wall_lines(bench, slope.wall.edge_offset if slope.wall.kind != "none" else 0.0)
    length = measured(
        sum(float(np.hypot(*np.diff(line[:, :2], axis=0).T).sum()) for line in lines), "m", "design.wall_line",
        f"{path} bench {name}", "design.wall_length",
    )  # fmt: skip
    wall, without = None, None
    thickness = given(slope.cover.thickness, "m", f"{path}.cover.thickness", "soil.thickness")
    if slope.wall.kind == "none":
        without = message("choice.none")
    elif length.value <= 2 * slope.wall.end_setback:
        without = message("design.wall_too_short")
    else:
        wall = design_bench_wall(slope.wall, thickness, length, bench.width, bench.material, f"{path}.wall")
    cover = bench_cover(name, slope.cover, slope.wall, bench.usable_area, length, bench.fall, path)
    return BenchWorks(
        bench=bench, name=name, wall_lines=lines, wall_length=length, wall=wall, cover=cover, without=without
    )


def wall_lines(bench: CutBench, offset: float) -> tuple[np.ndarray, ...]:
    """Lines at a distance inside the bench's outer edge, where the bench is usable, (n, 3) E, N, level."""
    if not bench.crest:
        return ()
    crest = shapely.union_all([shapely.LineString(line[:, :2]) for line in bench.crest])
    if offset > 0:
        rim = shapely.buffer(crest, offset, cap_style="flat", quad_segs=16).boundary
        inside = shapely.intersection(rim, shapely.buffer(bench.usable, -1e-6))
        inside = shapely.difference(inside, shapely.buffer(crest, offset * 0.98, cap_style="flat"))
    else:
        inside = shapely.intersection(crest, shapely.buffer(bench.usable, 1e-6))
    merged = shapely.line_merge(inside) if not inside.is_empty else inside
    level = bench.level.value
    return tuple(
        np.column_stack([line[:, :2], np.full(len(line), level)]) for line in lines_of(merged) if len(line) >= 2
    )


def overlaps(slopes: Sequence[SlopeDesign], least: float = 1.0) -> list[Remark]:
    """Slopes whose cuts share ground: each is measured against the surveyed ground, the common part counts twice.

    Args:
        least: common area spoken of [m2].
    """
    found = []
    for one, other in combinations(slopes, 2):
        common = shapely.intersection(one.cut.outline, other.cut.outline)
        if common.area > least:
            words = message("design.overlap", one=one.name, other=other.name, area=f"{common.area:.0f}")
            found.append(Remark(level=Level.WARNING, subject=other.path, text=words))
    return found
