"""Every wall of a project: bench walls by height class and chainage, toe walls of fills and dumps by stretch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from slopedesign.calc.walls.bench_check import HeightLimit, check_bench_wall, guide_conflicts, height_limits
from slopedesign.calc.walls.forces import PressureMemo
from slopedesign.calc.walls.layout import Point
from slopedesign.calc.walls.quantities import StretchAmounts, stretch_amounts
from slopedesign.calc.walls.situations import WallLoads
from slopedesign.calc.walls.sizing import Sizing, size_wall
from slopedesign.calc.walls.wall import WallResult, check_wall
from slopedesign.errors import InputError, NoSolution
from slopedesign.i18n import Message, message
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BenchWall
from slopedesign.project.walls import Backfill, HeightClass, RockFaceInput, ToeWall, WallBase, WallDesign
from slopedesign.standards.check import Check, Level, Remark
from slopedesign.standards.trace import Traced, given, measured

_DIGITS = 6
"""Decimals of height and soil to which walls are alike [m]."""


@dataclass(frozen=True, kw_only=True)
class BenchRun:
    """A bench edge with its wall, as laid out on the ground.

    Attributes:
        subject: path of the bench ("slopes[0].benches[2]"); field: of its wall in the project.
        height, soil, length: of the wall, of the soil behind it, along the edge [m].
        from_chainage, to_chainage: along the edge [m].
        width_behind: from the wall's inner foot to the riser [m]; riser_deg: its angle; None where unknown.
        below_deg: angle of the riser below the bench.
    """

    subject: str
    field: str
    wall: BenchWall
    height: Traced
    soil: Traced
    length: Traced
    material: MaterialClass
    from_chainage: float = 0.0
    to_chainage: float = 0.0
    width_behind: float | None = None
    riser_deg: float | None = None
    below_deg: float | None = None


@dataclass(frozen=True, kw_only=True)
class BenchWallCheck:
    """A bench wall judged: its height class, its chainage, its result and the guide's conflicts."""

    run: BenchRun
    height_class: float
    result: WallResult
    conflicts: tuple[Remark, ...]


@dataclass(frozen=True, kw_only=True)
class SectionLimits:
    """Up to which height a bench wall's fixed section stands, by situation; `section` is its record as JSON."""

    subject: str
    section: str
    kind: str
    material: MaterialClass
    limits: tuple[HeightLimit, ...]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A stretch of a toe wall with one height.

    Attributes:
        sizing: the search, where the program sized the section.
        unsized: why no section was found; then `result` is of the section as stated.
    """

    from_station: float
    to_station: float
    length: Traced
    result: WallResult
    amounts: StretchAmounts
    sizing: Sizing | None = None
    unsized: Message | None = None


@dataclass(frozen=True, kw_only=True)
class ToeWallResult:
    """A toe wall, stretch by stretch."""

    subject: str
    wall: ToeWall
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, kw_only=True)
class WallsResult:
    """All walls of a project."""

    benches: tuple[BenchWallCheck, ...]
    limits: tuple[SectionLimits, ...]
    toe_walls: tuple[ToeWallResult, ...]
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]


def design_walls(design: WallDesign, runs: Sequence[BenchRun], known: WallsResult | None = None) -> WallsResult:
    """Checks every bench wall and sizes and checks every toe wall of a project in all situations.

    Args:
        known: the result of the same `design` with other benches: what does not rest on the benches is taken from it,
            and the walls of benches to the last bit like one that was worked for it.

    Raises:
        InputError: a wall, its soil or its water cannot be used; the field is named.
    """
    limits = _limits(design, runs, known.limits if known is not None else ())
    benches = _benches(design, runs, limits, known.benches if known is not None else ())
    if known is not None:
        toe_walls = known.toe_walls
    else:
        toe_walls = tuple(_toe_wall(design, wall, f"walls.toe_walls[{i}]") for i, wall in enumerate(design.toe_walls))
    results = [bench.result for bench in benches] + [s.result for t in toe_walls for s in t.stretches]
    remarks = [r for bench in benches for r in (*bench.result.remarks, *bench.conflicts)]
    remarks += [r for t in toe_walls for s in t.stretches for r in s.result.remarks]
    for toe in toe_walls:
        remarks += [
            Remark(level=Level.WARNING, subject=toe.subject, text=s.unsized)
            for s in toe.stretches if s.unsized is not None
        ]  # fmt: skip
    return WallsResult(
        benches=benches, limits=limits, toe_walls=toe_walls, checks=tuple(c for r in results for c in r.checks),
        remarks=_once(remarks),
    )  # fmt: skip


def _once(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Each remark once per subject."""
    seen: set[tuple[str, str, str]] = set()
    found = []
    for remark in remarks:
        key = (remark.subject, remark.text.key, repr(sorted(remark.text.values.items(), key=lambda kv: kv[0])))
        if key not in seen:
            seen.add(key)
            found.append(remark)
    return tuple(found)


def height_class(height: float, step: float) -> float:
    """The class a wall height belongs to: the next multiple of `step` at or above it."""
    steps = height / step
    whole = round(steps)
    up = whole if abs(steps - whole) < 1e-9 else int(steps) + 1
    return round(up * step, 9)


def _alike(run: BenchRun, digits: int | None = None) -> tuple[object, ...]:
    """What the check of a bench wall rests on, with height and soil rounded where `digits` says so."""
    height, soil = (x.value if digits is None else round(x.value, digits) for x in (run.height, run.soil))
    return (
        run.wall.model_dump_json(), height, soil, run.material, run.width_behind, run.riser_deg, run.below_deg,
        run.field,
    )  # fmt: skip


def _benches(
    design: WallDesign, runs: Sequence[BenchRun], limits: Sequence[SectionLimits], before: Sequence[BenchWallCheck]
) -> tuple[BenchWallCheck, ...]:
    """Walls alike in section, height, soil, rock and material are worked once, and not again for the next design.

    Args:
        before: walls of the same `design` on other benches; the first of those alike is the one that was worked.
    """
    standing = {(found.section, found.material): found.limits for found in limits}
    first = {_alike(old.run, _DIGITS): old for old in reversed(before)}
    worked = {_alike(old.run): (old.result, old.conflicts) for old in first.values()}
    known: dict[tuple[object, ...], tuple[WallResult, tuple[Remark, ...]]] = {}
    found = []
    for run in runs:
        if run.wall.kind == "none":
            continue
        key = _alike(run, _DIGITS)
        if key not in known and (old := worked.get(_alike(run))) is not None:
            known[key] = old
        if key not in known:
            rock = None
            if run.material != "soil" and run.width_behind is not None and run.riser_deg is not None:
                rock = RockFaceInput(distance=max(run.width_behind, 0.0), angle_deg=min(run.riser_deg, 89.9))
            result = check_bench_wall(
                design, run.wall, height=run.height, soil=run.soil, material=run.material, field=run.field, rock=rock,
                edge_slope_deg=run.below_deg, subject=run.subject,
            )  # fmt: skip
            stands = standing[run.wall.model_dump_json(), run.material]
            known[key] = (result, guide_conflicts(design, run.wall, result, stands))
        result, conflicts = known[key]
        found.append(
            BenchWallCheck(
                run=run, height_class=height_class(run.height.value, design.class_step),
                result=_on(result, run.subject),
                conflicts=tuple(replace(remark, subject=run.subject) for remark in conflicts),
            )
        )  # fmt: skip
    return tuple(found)


def _on(result: WallResult, subject: str) -> WallResult:
    """The same result said of another bench."""
    if result.subject == subject:
        return result
    return replace(
        result, subject=subject, checks=tuple(check.on(subject) for check in result.checks),
        situations=tuple(
            replace(s, checks=tuple(check.on(subject) for check in s.checks)) for s in result.situations
        ),
        remarks=tuple(replace(remark, subject=subject) for remark in result.remarks),
    )  # fmt: skip


def _limits(design: WallDesign, runs: Sequence[BenchRun], known: Sequence[SectionLimits]) -> tuple[SectionLimits, ...]:
    """Limits of each section on each material, those of the same section under the same field taken over."""
    before = {(old.subject, old.section, old.material): old for old in known}
    seen: set[tuple[str, str]] = set()
    found = []
    for run in runs:
        key = (run.wall.model_dump_json(), run.material)
        if run.wall.kind == "none" or key in seen:
            continue
        seen.add(key)
        if (old := before.get((run.field, *key))) is not None:
            found.append(old)
            continue
        limits = height_limits(design, run.wall, run.material, field=run.field)
        found.append(
            SectionLimits(subject=run.field, section=key[0], kind=run.wall.kind, material=run.material, limits=limits)
        )
    return tuple(found)


def toe_wall_loads(design: WallDesign, wall: ToeWall, field: str) -> tuple[WallLoads, tuple[Point, ...]]:
    """Fill, base and loads of a toe wall, and the line of its fill.

    Raises:
        InputError: the wall names no base, or a fill line that does not run into the fill.
    """
    backfill, backfill_field = _named(design.backfills, wall.backfill, "walls.backfills", design.bench_backfill,
                                      "walls.bench_backfill")  # fmt: skip
    if wall.base:
        base, base_field = _named(design.bases, wall.base, "walls.bases", WallBase(), "walls.bases")
    else:
        raise InputError(f"{field}.base", wall.base, message("walls.error.no_base"))
    stated = wall.surcharge if wall.surcharge is not None else design.surcharge
    surcharge = given(stated, "kN/m2", f"{field}.surcharge" if wall.surcharge is not None else "walls.surcharge")
    ground = _ground(wall, field)
    share = given(wall.water_share, "-", f"{field}.water_share") if wall.water_share is not None else None
    distance = given(wall.edge_distance, "m", f"{field}.edge_distance") if wall.edge_distance is not None else None
    loads = WallLoads(
        backfill=backfill, backfill_field=backfill_field, base=base, base_field=base_field, surcharge=surcharge,
        strips=wall.strips, lines=wall.lines, rock=wall.rock, raised_ground=wall.raised_ground,
        edge_distance=distance, edge_slope_deg=wall.edge_slope_deg, water_share=share, use=wall.use, field=field,
        layers=_fill_layers(design, wall), at_rest=wall.state == "at_rest",
    )  # fmt: skip
    return loads, ground


def _fill_layers(design: WallDesign, wall: ToeWall) -> tuple[tuple[Backfill, str, float], ...]:
    found = []
    for layer in wall.layers:
        fill, field = _named(design.backfills, layer.backfill, "walls.backfills", design.bench_backfill,
                             "walls.bench_backfill")  # fmt: skip
        found.append((fill, field, layer.thickness))
    return tuple(found)


def _ground(wall: ToeWall, field: str) -> tuple[Point, ...]:
    if wall.ground:
        if wall.ground[0] != (0.0, 0.0):
            raise InputError(f"{field}.ground", wall.ground[0], message("walls.error.ground_start"))
        if any(b[0] <= a[0] for a, b in zip(wall.ground, wall.ground[1:], strict=False)) or len(wall.ground) < 2:
            raise InputError(f"{field}.ground", wall.ground, message("walls.error.ground_order"))
        return wall.ground
    return (0.0, 0.0), (1.0, math.tan(math.radians(wall.slope_deg)))


Named = TypeVar("Named", Backfill, WallBase)


def _named(records: Sequence[Named], name: str, path: str, fallback: Named, fallback_path: str) -> tuple[Named, str]:
    for i, record in enumerate(records):
        if record.name == name:
            return record, f"{path}[{i}]"
    return fallback, fallback_path


def _toe_wall(design: WallDesign, wall: ToeWall, field: str) -> ToeWallResult:
    loads, ground = toe_wall_loads(design, wall, field)
    stretches = []
    for part in wall.heights or (HeightClass(from_station=0.0, to_station=wall.length, height=wall.shape.height),):
        if part.to_station > wall.length + 1e-9:
            raise InputError(f"{field}.heights", part.to_station, message("walls.error.past_end", length=wall.length))
        stretches.append(_stretch(design, wall, loads, ground, part, field))
    return ToeWallResult(subject=field, wall=wall, stretches=tuple(stretches))


def _stretch(
    design: WallDesign, wall: ToeWall, loads: WallLoads, ground: tuple[Point, ...], part: HeightClass, field: str
) -> Stretch:
    shape = wall.shape.model_copy(update={"height": part.height})
    subject = field if not wall.heights else f"{field} {part.from_station:g}-{part.to_station:g}"
    sizing, unsized = None, None
    if wall.size:
        try:
            sizing = size_wall(design, shape, loads, ground=ground)
            shape = sizing.shape
        except NoSolution as error:
            unsized = error.reason
    result = check_wall(design, shape, loads, ground=ground, subject=subject, solve=PressureMemo())
    length = measured(
        part.to_station - part.from_station, "m", "walls.method.stations", "", label="walls.symbol.length",
        wall=given(wall.length, "m", f"{field}.length"),
    )  # fmt: skip
    return Stretch(
        from_station=part.from_station, to_station=part.to_station, length=length, result=result,
        amounts=stretch_amounts(wall, result.body, length, field), sizing=sizing, unsized=unsized,
    )  # fmt: skip
