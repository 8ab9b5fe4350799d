"""What is cut, by face and bench, by material and by level: the sums everything said of a cut rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from slopedesign.calc.benches.edges import cut_area
from slopedesign.calc.benches.ground import GroundModel, unknown_area
from slopedesign.calc.benches.layout import Layout
from slopedesign.calc.benches.limits import BenchLimits
from slopedesign.calc.benches.prisms import AREA, VOLUME, prisms
from slopedesign.calc.benches.proposal import Proposal
from slopedesign.calc.benches.result import LevelSlice
from slopedesign.calc.benches.shapes import FloatArray, Shape
from slopedesign.calc.terrain import Overlay, Tin
from slopedesign.calc.terrain.surface import plan_areas, slope_areas
from slopedesign.i18n import message
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BenchDesign
from slopedesign.standards.check import Level, Remark
from slopedesign.standards.trace import Traced, measured, total

UNKNOWN = "unknown"
"""Name under which volumes are kept whose material the surveys do not say."""

Group = tuple[int, int, float]
"""Triangles of the design that make one face or one bench: their part, the number of their first sweep, their level."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be cut, and the design that fits the ground."""

    model: GroundModel
    layout: Layout
    result: Overlay
    proposals: tuple[Proposal, ...]
    design: BenchDesign
    limits: Mapping[MaterialClass, BenchLimits]
    path: str

    @property
    def ground(self) -> Tin:
        """The surveyed surface."""
        return self.model.surface

    @cached_property
    def ground_levels(self) -> FloatArray:
        """Level of the ground at each vertex of the design surface; NaN off the survey."""
        return self.ground.elevation(self.layout.tin.points[:, :2])

    def remark(self, key: str, level: Level = Level.NOTE, /, **values: object) -> Remark:
        """Something the designer should know of this slope."""
        return Remark(level=level, subject=self.path, text=message(f"benches.{key}", **values))

    def proposal_of(self, sweep: int) -> Proposal:
        """The profile of a sweep."""
        return self.proposals[min(sweep, len(self.proposals) - 1)]

    def sector_of(self, sweeps: NDArray[np.int32]) -> str:
        """Names of the sectors that sweeps belong to; "" for the whole line."""
        names = sorted({self.layout.sweeps[int(k)].name for k in sweeps} - {""})
        return ", ".join(names) if self.design.mode != "fixed_levels" else ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Amounts:
    """The sums of a cut.

    Attributes:
        outline: area cut, E, N.
        groups: faces and benches; `group_of`: the group of each triangle of the design.
        area, face: (groups,) area cut in plan and along the slope [m2].
        spans: (groups, 2) least and greatest progress of the design where a group is cut, none beyond the ends of the
            riser it belongs to unless that runs on to the ground; inf, -inf where it is not cut.
        on: (triangles,) volume cut over each triangle of the design [m3].
        materials: names from the ground down.
        volumes: (materials, groups) [m3].
        levels: of the benches, ascending; `above`: (materials, levels) volume cut above each.
    """

    task: Task
    outline: Shape
    groups: tuple[Group, ...]
    group_of: NDArray[np.int32]
    area: FloatArray
    face: FloatArray
    spans: FloatArray
    on: FloatArray
    materials: tuple[str, ...]
    volumes: FloatArray
    levels: tuple[float, ...]
    above: FloatArray

    def by_material(self, groups: Sequence[int], of: str) -> tuple[Traced, dict[str, Traced]]:
        """Volume standing on groups of triangles, and the same by material."""
        volume = self.volumes[:, list(groups)].sum(axis=1)
        return _summed(self.materials, volume, of, "benches.cut")

    def slices(self) -> tuple[LevelSlice, ...]:
        """Volumes between bench levels, top first, as they are dug."""
        whole = self.volumes.sum(axis=1)
        heaps = np.column_stack([np.zeros(len(whole)), self.above[:, ::-1], whole])
        bounds = [None, *self.levels[::-1], None]
        slices = []
        for k, (high, low) in enumerate(zip(bounds, bounds[1:], strict=False)):
            between = np.maximum(heaps[:, k + 1] - heaps[:, k], 0.0)
            volume, parts = _summed(self.materials, between, self.task.path, "benches.slice")
            if volume.value > _little(self.task):
                slices.append(LevelSlice(bottom=low, top=high, volume=volume, by_material=parts))
        return tuple(slices)


def _summed(names: Sequence[str], volumes: FloatArray, of: str, label: str) -> tuple[Traced, dict[str, Traced]]:
    parts: dict[str, Traced] = {
        name: measured(float(volume), "m3", "benches.by.prisms", of, "benches.cut")
        for name, volume in zip(names, volumes, strict=True)
    }
    return total(parts, "m3", label), parts


def _little(task: Task) -> float:
    return 1e-6 * max(1.0, task.result.total.cut.value)


def amounts_of(task: Task) -> tuple[Amounts, list[Remark]]:
    """Everything summed, and what the surveys leave open."""
    layout, result, model = task.layout, task.result, task.model
    frame = [
        shapely.boundary(shapely.transform(layout.domain, lambda xy: xy + layout.origin)),
        shapely.boundary(model.outline),
    ]
    outline = cut_area(task.ground, layout.tin, result.daylight, frame, result.total.cut_area.value)
    groups, group_of = _grouped(task)
    levels = tuple(sorted({round(level, 6) for part, _, level in groups if part % 2}))
    soup = layout.tin.relative_to(task.ground.origin)
    sums = prisms(task.ground, soup, [level - float(task.ground.origin[2]) for level in levels])
    face = sums[:, AREA] * slope_areas(soup) / plan_areas(soup)
    by_group = _heaped(np.column_stack([sums, face]), group_of, len(groups))
    materials, volumes, remarks = _materials(task, soup, sums, group_of, len(groups), levels, outline)
    found = Amounts(
        task=task, outline=outline, groups=groups, group_of=group_of, area=by_group[:, AREA], face=by_group[:, -1],
        spans=_spans(task, groups, group_of), on=sums[:, VOLUME], materials=materials, volumes=volumes[:, :, 0],
        levels=levels, above=volumes[:, :, 1:].sum(axis=1),
    )  # fmt: skip
    return found, remarks


def _heaped(rows: FloatArray, group_of: NDArray[np.int32], count: int) -> FloatArray:
    """Sums (count, c) of the rows (m, c) of each group."""
    return np.column_stack([np.bincount(group_of, column, count) for column in rows.T])


def _grouped(task: Task) -> tuple[tuple[Group, ...], NDArray[np.int32]]:
    """Groups of triangles that make one face or one bench, and each triangle's group.

    Sectors share a face or a bench where number, level, sizes and material agree.
    """
    layout = task.layout
    groups: dict[tuple[object, ...], int] = {}
    listed: list[Group] = []
    group = np.zeros(len(layout.part), np.int32)
    pairs = layout.part.astype(np.int64) * len(layout.sweeps) + layout.owner
    for pair in np.unique(pairs):
        part, sweep = int(pair) // len(layout.sweeps), int(pair) % len(layout.sweeps)
        level = _level(layout, part, sweep)
        key = (part, round(level, 3), *_sizes(task.proposal_of(sweep), part))
        if key not in groups:
            groups[key] = len(listed)
            listed.append((part, sweep, level))
        group[pairs == pair] = groups[key]
    return tuple(listed), group


def _sizes(proposal: Proposal, part: int) -> tuple[object, ...]:
    """What a face or a berm of one sector has in common with that of another if both are the same."""
    number, profile = part // 2, proposal.profile
    if part % 2 == 0:
        riser = profile.risers[min(max(number, 1), len(profile.risers)) - 1]
        return proposal.material, float(riser.height), float(riser.angle)
    if not profile.berms:
        return (proposal.material,)
    berm = profile.berms[min(number, len(profile.berms)) - 1]
    return proposal.material, float(berm.width), float(berm.fall), berm.wide


def _level(layout: Layout, part: int, number: int) -> float:
    """Nominal level of the far end of a face, or of a berm."""
    sweep = layout.sweeps[number]
    at = np.flatnonzero(sweep.parts == part)
    if part == 0 or not len(at):
        return layout.datum
    j = int(at[0]) + (0 if part % 2 else 1)
    return layout.datum + layout.sign * float(sweep.nominal[min(j, len(sweep.nominal) - 1)])


def _materials(
    task: Task, soup: FloatArray, sums: FloatArray, group_of: NDArray[np.int32], count: int, levels: Sequence[float],
    outline: Shape,
) -> tuple[tuple[str, ...], FloatArray, list[Remark]]:  # fmt: skip
    """Names of the materials from the ground down, and (materials, groups, 1 + levels) the volumes of each.

    The volumes are the whole, and what lies above each level. Under each layer's bottom lies what is between that
    bottom and the design; the layer is the difference. Only triangles that are cut at all are asked again.
    """
    model, remarks = task.model, []
    cut = _heaped(sums[:, VOLUME:], group_of, count)
    if not model.layers:
        return (task.design.material,), cut[None], []
    here = np.flatnonzero(sums[:, VOLUME] > 0)

    def under_surface(surface: Tin) -> FloatArray:
        local = soup[here] + (task.ground.origin - surface.origin)
        over = prisms(surface, local, [level - float(surface.origin[2]) for level in levels])
        return _heaped(over[:, VOLUME:], group_of[here], count)

    above, rows, under = cut, list[FloatArray](), list[FloatArray]()
    for layer in model.surfaces:
        lost, kept = layer.left_out, layer.instead
        if lost is None or kept is None:
            top = above
        elif len(lost.triangles) + len(kept.triangles) < len(layer.top.triangles):  # little is missing at the rim
            top = above - under_surface(lost) + under_surface(kept)
        else:
            top = under_surface(layer.top)
        above = under_surface(layer.bottom)
        rows.append(top - above)
        under.append(above)
    names = list(model.names[: len(rows)])
    if len(model.names) > len(rows):
        names.append(model.names[-1])
        rows.append(under[-1] if under else cut)
    elif under[-1][:, 0].sum() > _little(task):
        remarks.append(task.remark("under_layers", Level.WARNING, volume=f"{under[-1][:, 0].sum():.1f}"))
    unknown = cut - np.sum(rows, axis=0)
    if unknown[:, 0].sum() > _little(task):
        names.append(UNKNOWN)
        rows.append(unknown)
        for name, area in zip(model.names, unknown_area(outline, model.outlines), strict=False):
            if area.area > 1e-3:
                volume = f"{unknown[:, 0].sum():.1f}"
                said = {"layer": name, "volume": volume, "area": f"{area.area:.0f}"}
                remarks.append(task.remark("layer_unknown", Level.WARNING, **said))
    if len(model.names) < len(model.layers):
        remarks.append(task.remark("bottomless", Level.WARNING, layer=model.names[-1]))
    return tuple(names), np.maximum(np.array(rows), 0.0), remarks


def _spans(task: Task, groups: Sequence[Group], group_of: NDArray[np.int32]) -> FloatArray:
    """(groups, 2) least and greatest progress of the design where a group is cut; inf, -inf where it is not."""
    layout, tin = task.layout, task.layout.tin
    with np.errstate(invalid="ignore"):
        cut = task.ground_levels > tin.points[:, 2]
    climb = np.where(cut, layout.swept(tin.points[:, :2] - layout.origin).climb, np.nan)
    found = [climb[tin.triangles].ravel()]
    of = [np.repeat(group_of, 3)]
    for line in task.result.daylight:
        middle = (line.points[1:] + line.points[:-1]) / 2
        at = tin.find(middle[:, :2])
        climb = layout.swept(line.points[:, :2] - layout.origin).climb
        for ends in (climb[1:], climb[:-1]):
            found.append(np.where(at >= 0, ends, np.nan))
            of.append(group_of[at])
    progress, group = np.concatenate(found), np.concatenate(of)
    known = np.isfinite(progress)
    spans = np.tile([np.inf, -np.inf], (len(groups), 1))
    np.minimum.at(spans[:, 0], group[known], progress[known])
    np.maximum.at(spans[:, 1], group[known], progress[known])
    low, high = np.array([_ends(layout, part, sweep) for part, sweep, _ in groups]).T
    return np.column_stack([np.maximum(spans[:, 0], low), np.minimum(spans[:, 1], high)])


def _ends(layout: Layout, part: int, number: int) -> tuple[float, float]:
    """Progress between which a face or a berm lies as designed; infinite where it runs on."""
    sweep = layout.sweeps[number]
    at = np.flatnonzero(sweep.parts == part)
    if part % 2 or part == 0 or not len(at):
        return -np.inf, np.inf
    toe, runs_on = int(at[0]), bool(sweep.slope) and int(at[-1]) == len(sweep.parts) - 1
    return float(sweep.climbs[toe]), np.inf if runs_on else float(sweep.climbs[min(toe + 1, len(sweep.climbs) - 1)])
