"""Slopes on surveyed ground: cut, parted where they meet, sections, walls, soil."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from operator import is_

import numpy as np
import shapely

from slopedesign.calc.benches.cut import cut_slope
from slopedesign.calc.benches.edges import lines_of
from slopedesign.calc.benches.ground import GroundLayer, GroundModel
from slopedesign.calc.benches.result import BenchCut, CutBench
from slopedesign.calc.benches.sections import cut_sections, section_volumes
from slopedesign.calc.benches.shapes import Shape
from slopedesign.calc.benches.shared import LEAST_SHARED, given_away, shared_by
from slopedesign.calc.compliance import bench_limits
from slopedesign.calc.cover import bench_cover
from slopedesign.calc.walls.bench_wall import design_bench_wall
from slopedesign.design.checks import slope_checks
from slopedesign.design.clock import Clock
from slopedesign.design.result import BenchWorks, Design, Ground, SlopeDesign
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import message
from slopedesign.project.ground import Layer, MaterialClass
from slopedesign.project.project import Project
from slopedesign.project.slopes import BaseLine, Slope
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Traced, given, measured
from slopedesign.workspace import Sources

MATERIALS: tuple[MaterialClass, ...] = ("soil", "soft_rock", "hard_rock")


@dataclass(frozen=True, kw_only=True, eq=False)
class _Alone:
    """A slope cut as if no other were: its place in the project, its ground, and how it was known before."""

    i: int
    slope: Slope
    model: GroundModel
    cut: BenchCut
    known: SlopeDesign | None

    @property
    def path(self) -> str:
        return f"slopes[{self.i}]"


def slopes_design(
    project: Project, sources: Sources, grounds: Mapping[str, Ground], previous: Design | None, clock: Clock
) -> list[SlopeDesign]:
    """The slopes on surveyed ground, each counted where its own design is the lowest.

    Raises:
        NoSolution: a slope that lies wholly in the cuts of others.
    """
    alone = [
        _alone(i, slope, project, sources, grounds, previous, clock)
        for i, slope in enumerate(project.slopes)
        if slope.ground
    ]
    return [_slope(one, _beside(one, alone), project, sources, clock) for one in alone]


def _alone(
    i: int, slope: Slope, project: Project, sources: Sources, grounds: Mapping[str, Ground], previous: Design | None,
    clock: Clock,
) -> _Alone:  # fmt: skip
    known = _unchanged(i, slope, project, grounds, previous)
    if known is not None:
        return _Alone(i=i, slope=slope, model=known.model, cut=known.alone, known=known)
    with clock("stage.cut", name=slope.name):
        model = _model(slope, project, grounds, previous)
        return _Alone(i=i, slope=slope, model=model, cut=_cut(i, slope, model, sources), known=None)


def _cut(
    i: int, slope: Slope, model: GroundModel, sources: Sources, apart: Shape | None = None, reach: float = 0.0
) -> BenchCut:
    path = f"slopes[{i}]"
    limits = {material: bench_limits(material) for material in MATERIALS}
    return cut_slope(
        model, _base_line(slope, sources, path), slope.benches, limits=limits, path=path, apart=apart,
        reach=reach,
    )  # fmt: skip


def _beside(one: _Alone, every: Sequence[_Alone]) -> dict[int, _Alone]:
    """The slopes to be built that cut into this one's ground, by their place in the project."""
    rivals = (
        other for other in every
        if other.i != one.i and not other.slope.variant_of and other.slope.ground == one.slope.ground
        and other.slope.name != one.slope.variant_of
    )  # fmt: skip
    return {other.i: other for other in rivals if not shared_by(one.cut, other.cut).is_empty}


def _slope(
    one: _Alone, beside: Mapping[int, _Alone], project: Project, sources: Sources, clock: Clock
) -> SlopeDesign:  # fmt: skip
    slope, path, model, known = one.slope, one.path, one.model, one.known
    others = tuple(other.cut for other in beside.values())
    mark = section_mark(project.slopes, slope)
    if known is not None and len(known.beside) == len(others) and all(map(is_, known.beside, others)):
        first = next((s.name for s in known.sections if s.station is not None), f"{mark}1")
        if first == f"{mark}1":
            return known
    cut, remarks = one.cut, list[Remark]()
    if others:
        with clock("stage.cut", name=slope.name):
            cut, remarks = _parted(one, beside, sources)
    with clock("stage.sections", name=slope.name):
        sections = cut_sections(model, cut, slope.sections, [other.layout.tin for other in others], mark)
        at_stations = sum(section.station is not None for section in sections)
        volumes = section_volumes(model, cut, sections) if at_stations >= 2 else None
    with clock("stage.walls", name=slope.name):
        works = tuple(_works(slope, path, bench) for bench in cut.benches)
    checks = slope_checks(slope, path, project, cut, works)
    remarks += [*cut.remarks, *(remark for p in cut.proposals for remark in p.reasons)]
    remarks += [remark for w in works if w.wall is not None for remark in w.wall.remarks]
    remarks += volumes.remarks if volumes is not None else ()
    return SlopeDesign(
        name=slope.name, path=path, slope=slope, model=model, cut=cut, alone=one.cut, beside=others,
        sections=sections, section_volumes=volumes, works=works, checks=tuple(checks), remarks=tuple(remarks),
    )  # fmt: skip


def section_mark(slopes: Sequence[Slope], slope: Slope) -> str:
    """What stands before the section numbers of a slope on surveyed ground: nothing where it is the only one.

    Of several, the first has A1, A2, ..., the second B1, B2, ...; a variant has the letter of the slope it varies.
    """
    named = [one.name for one in slopes if one.ground and not one.variant_of and one.sections.spacing is not None]
    name = slope.variant_of or slope.name
    if len(named) < 2 or name not in named:
        return ""
    k = named.index(name)
    return chr(ord("A") + k) if k < 26 else f"S{k + 1}-"


def _parted(one: _Alone, beside: Mapping[int, _Alone], sources: Sources) -> tuple[BenchCut, list[Remark]]:
    """The cut of a slope that meets others, without the ground where they go lower."""
    before, after = ([other.cut for i, other in beside.items() if (i < one.i) == first] for first in (True, False))
    apart = given_away(one.cut, before, after)
    names = ", ".join(other.slope.name for other in beside.values())
    whole = one.cut.outline.area
    if apart.area >= whole - LEAST_SHARED:
        what = message("design.swallowed", path=one.path, one=one.slope.name, others=names)
        raise NoSolution(message("benches.what_cut"), what)
    if apart.is_empty:
        cut = one.cut
    else:
        cut = _cut(one.i, one.slope, one.model, sources, apart, one.cut.layout.reach)
    numbers: dict[str, Traced] = {
        "alone": one.cut.cut,
        "cut": cut.cut,
        "area": measured(apart.area, "m2", "benches.by.outline", one.path, "design.given_away"),
    }
    words = message(
        "design.overlap", one=one.slope.name, other=names, area=f"{apart.area:.0f}",
        volume=f"{one.cut.cut.value - cut.cut.value:.0f}",
    )  # fmt: skip
    return cut, [Remark(level=Level.NOTE, subject=one.path, text=words, numbers=numbers)]


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
    return EdgeLines(bench)(offset)


class EdgeLines:
    """Lines along a bench at distances inside its outer edge, where it is usable; each worked once."""

    def __init__(self, bench: CutBench) -> None:
        self.bench = bench
        self._known: dict[float, tuple[np.ndarray, ...]] = {}

    def __call__(self, offset: float) -> tuple[np.ndarray, ...]:
        """Lines (n, 3) E, N, level at a distance inside the edge, longest first."""
        if not self.bench.crest:
            return ()
        if offset not in self._known:
            inside = self._at(offset)
            merged = inside if inside.is_empty else shapely.line_merge(inside)
            level = self.bench.level.value
            self._known[offset] = tuple(
                np.column_stack([line[:, :2], np.full(len(line), level)])
                for line in lines_of(merged) if len(line) >= 2
            )  # fmt: skip
        return self._known[offset]

    @cached_property
    def _crest(self) -> Shape:
        return shapely.union_all([shapely.LineString(line[:, :2]) for line in self.bench.crest])

    @cached_property
    def _within(self) -> Shape:
        return shapely.buffer(self.bench.usable, -1e-6)

    def _at(self, offset: float) -> Shape:
        if offset <= 0:
            return shapely.intersection(self._crest, shapely.buffer(self.bench.usable, 1e-6))
        rim = shapely.buffer(self._crest, offset, cap_style="flat", quad_segs=16).boundary
        inside = shapely.intersection(rim, self._within)
        return shapely.difference(inside, shapely.buffer(self._crest, offset * 0.98, cap_style="flat"))


def overlaps(slopes: Sequence[SlopeDesign]) -> list[Remark]:
    """Slopes on different surveys whose cuts share ground: they cannot be told apart, the common part counts twice."""
    found = []
    for one, other in combinations(slopes, 2):
        if one.slope.ground == other.slope.ground:
            continue
        common = shared_by(one.cut, other.cut)
        if not common.is_empty:
            words = message("design.two_grounds", one=one.name, other=other.name, area=f"{common.area:.0f}")
            found.append(Remark(level=Level.WARNING, subject=other.path, text=words))
    return found
