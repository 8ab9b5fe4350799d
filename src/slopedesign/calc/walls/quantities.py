"""Amounts, bars and drawing geometry of a toe wall of any type, per metre and for a stretch of one height."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from slopedesign.calc.walls.bars import BarMark
from slopedesign.calc.walls.bench_wall import ONE_METRE, WallQuantities
from slopedesign.calc.walls.body import (
    WallBody,
    clip_above,
    level_bar_points,
    rear_bar_points,
    slab_bar_points,
    stem_bar_points,
)
from slopedesign.calc.walls.layout import BarLine, Line, Point, WallLayout, polygon_area
from slopedesign.project.walls import BarSet, ToeWall
from slopedesign.standards import guide_walls as amounts
from slopedesign.standards import wall_amounts as rows
from slopedesign.standards.gb50010_2010 import lap_length
from slopedesign.standards.trace import Given, Traced, given, measured, total

ROW_SPACING = 2.0
STOCK = 9.0
LEVEL_BARS = BarSet(diameter_mm=12, spacing_mm=200)


@dataclass(frozen=True, kw_only=True)
class StretchAmounts:
    """Amounts, bars and outlines of one stretch."""

    per_metre: WallQuantities
    total: WallQuantities
    bars: tuple[BarMark, ...]
    layout: WallLayout


def stretch_amounts(wall: ToeWall, body: WallBody, length: Traced, field: str) -> StretchAmounts:
    """Amounts of a stretch of toe wall.

    Args:
        length: of the stretch [m].
    """
    segments = amounts.SEGMENTS.at(L=length, s_j=_field(wall, field, "joint_spacing"))
    bars = _bars(wall, body, length, segments, field)
    levels = weep_levels(wall, body)
    return StretchAmounts(
        per_metre=_amounts(wall, body, ONE_METRE, segments, bars, levels, field, whole=False),
        total=_amounts(wall, body, length, segments, bars, levels, field, whole=True),
        bars=bars, layout=_layout(wall, body, length.value, levels),
    )  # fmt: skip


def _field(wall: ToeWall, path: str, name: str, unit: str = "m") -> Given:
    return given(getattr(wall, name), unit, f"{path}.{name}", f"walls.field.{name}")


def weep_levels(wall: ToeWall, body: WallBody) -> tuple[float, ...]:
    """Levels of the weep hole rows above the toe: the lowest over the ground in front, further rows 2 m apart."""
    first = body.shape.embedment + wall.weep_hole_level
    top = body.shape.height - body.shape.freeboard
    found = []
    z = first
    while z < top - 0.2:
        found.append(z)
        z += ROW_SPACING
    return tuple(found)


def _measured(value: float, unit: str, of: str) -> Traced:
    return measured(value, unit, "walls.method.section_geometry", of=of)


def _amounts(
    wall: ToeWall, body: WallBody, run: Traced, segments: Traced, bars: tuple[BarMark, ...],
    levels: tuple[float, ...], field: str, *, whole: bool,
) -> WallQuantities:  # fmt: skip
    shape = body.shape
    area = measured(body.area, "m2", "walls.method.polygon_area", of="walls.part.wall", label="walls.symbol.A")
    volume = amounts.VOLUME.at(A=area, L=run)
    front, rear = formed_length(body.front_face), formed_length(body.rear_face)
    found: dict[str, Traced] = {}
    stone = shape.material in ("masonry", "gabion") or shape.kind == "gabion"
    if shape.material == "masonry":
        found["masonry"] = volume
        seen = developed_length(body.front_face, shape.embedment)
        found["pointing"] = rows.FACE.at(l=_measured(seen, "m", "walls.part.front_seen"), L=run)
        found["coping"] = amounts.COPING.at(b_1=given(shape.top_width, "m", f"{field}.shape.top_width"), L=run)
    elif stone:
        found["gabion"] = volume
    else:
        found["concrete"] = volume
        found["formwork"] = rows.FACES.at(
            l_1=_measured(front, "m", "walls.part.front"), l_2=_measured(rear, "m", "walls.part.rear"), L=run
        )
        if whole:
            joints = amounts.JOINTS.at(n=segments)
            found["formwork"] = rows.FACES_ENDS.at(
                l_1=_measured(front, "m", "walls.part.front"), l_2=_measured(rear, "m", "walls.part.rear"), L=run,
                n_j=joints, A=area,
            )  # fmt: skip
    if bars:
        masses = {f"m_{bar.mark}": bar.mass if whole else bar.mass_per_metre for bar in bars}
        found["steel"] = total(masses, "kg", "walls.quantity.steel")
    if shape.material != "gabion" and shape.kind != "gabion":
        found |= _drainage(wall, body, run, levels, field, whole=whole)
        if whole:
            joints = amounts.JOINTS.at(n=segments)
            found |= {"joints": joints, "joint_area": amounts.JOINT_AREA.at(n_j=joints, A=area)}
    found |= _earth(wall, body, run, field)
    return WallQuantities(**found)


def developed_length(face: tuple[Point, ...], above: float = 0.0) -> float:
    """Length of a face, (z, x) bottom up, above a level [m per metre of wall]."""
    found = 0.0
    for (low, x_1), (high, x_2) in pairwise(face):
        if high > above:
            shown = 1.0 if low >= above else (high - above) / (high - low)
            found += shown * math.hypot(high - low, x_2 - x_1)
    return found


def formed_length(face: tuple[Point, ...]) -> float:
    """Length of a face that needs forms [m per metre of wall]: steeper than 1:1, not the tops of slabs and steps."""
    steep = (pair for pair in pairwise(face) if pair[1][0] - pair[0][0] > abs(pair[1][1] - pair[0][1]))
    return sum(math.dist(*pair) for pair in steep)


def _drainage(
    wall: ToeWall, body: WallBody, run: Traced, levels: tuple[float, ...], field: str, *, whole: bool
) -> dict[str, Traced]:
    spacing = _field(wall, field, "weep_hole_spacing")
    count = measured(float(len(levels)), "-", "trace.count", of="walls.quantity.weep_rows")
    if whole:
        holes: Traced = rows.WEEP_HOLES.at(n_r=count, L=run, s_w=spacing)
    else:
        rate = amounts.BARS_PER_METRE.at(k=count, s=spacing)
        holes = measured(rate.value, "-", "walls.method.per_metre", of="walls.quantity.weep_holes", rate=rate)
    widths = [rear - front for front, rear in (body.width_at(z) for z in levels)]
    mean = _measured(sum(widths) / len(widths) if widths else 0.0, "m", "walls.part.weep_width")
    soil = body.shape.height - body.shape.freeboard
    low = levels[0] if levels else soil
    tall = _measured(max(soil - low, 0.0), "m", "walls.part.filter")
    layer = _field(wall, field, "filter_thickness")
    return {
        "weep_holes": holes,
        "weep_pipe": amounts.WEEP_PIPE.at(n_w=holes, b_z=mean),
        "filter": rows.LAYER.at(t=layer, h=tall, L=run),
        "seal": rows.LAYER.at(t=layer, h=_field(wall, field, "seal_thickness"), L=run),
        "geotextile": rows.WRAP.at(h=tall, t=layer, L=run),
    }


def _earth(wall: ToeWall, body: WallBody, run: Traced, field: str) -> dict[str, Traced]:
    """Trench for the embedded part and what goes back into it in front of the wall."""
    depth = given(body.shape.embedment, "m", f"{field}.shape.embedment")
    base = _measured(body.base_width, "m", "walls.part.base")
    trench = rows.TRENCH.at(
        b=base, s=_field(wall, field, "working_space"), m=_field(wall, field, "trench_slope", "-"), d=depth, L=run
    )
    if depth.value <= 0:
        return {"excavation": trench}
    inside = abs(polygon_area(_buried(body)))
    refill = rows.REFILL.at(V_e=trench, A=_measured(inside, "m2", "walls.part.buried"), L=run)
    return {"excavation": trench, "trench_refill": refill}


def _buried(body: WallBody) -> Line:
    mirrored = clip_above(tuple((x, -z) for x, z in body.outline), -body.shape.embedment)
    return tuple((x, -z) for x, z in mirrored)


def _bars(wall: ToeWall, body: WallBody, length: Traced, segments: Traced, field: str) -> tuple[BarMark, ...]:
    shape = body.shape
    marks: list[tuple[str, BarSet, tuple[float, ...], tuple[float, ...]]]
    if shape.kind == "semi_gravity" and shape.stem_bars is not None:
        marks = [("stem", shape.stem_bars, (math.dist(*rear_bar_points(body, shape.stem_bars)),), ())]
    elif shape.kind == "cantilever":
        marks = []
        if shape.stem_bars is not None:
            points = stem_bar_points(body, shape.stem_bars)
            up = math.dist(points[1], points[2]) + math.dist(points[2], points[3])
            marks.append(("stem", shape.stem_bars, (up, math.dist(points[0], points[1])), (90.0,)))
        if shape.toe_bars is not None:
            marks.append(("toe", shape.toe_bars, (body.base_width - 2 * shape.end_cover,), ()))
        if shape.heel_bars is not None:
            marks.append(("heel", shape.heel_bars, (body.base_width - 2 * shape.end_cover,), ()))
    else:
        return ()
    run = amounts.SEGMENT_LENGTH.at(L=length, n=segments)
    cover = given(shape.end_cover, "m", f"{field}.shape.end_cover")
    found = [_across(i + 1, place, bars, legs, bends, run, segments, cover, field)
             for i, (place, bars, legs, bends) in enumerate(marks)]  # fmt: skip
    level = shape.level_bars or LEVEL_BARS
    faces = len(level_bar_points(body, level))
    grade = shape.material if shape.material.startswith("C") else "C20"
    found.append(_along(len(found) + 1, level, faces, run, segments, cover, grade, field))
    return tuple(found)


def _across(
    mark: int, place: str, bars: BarSet, legs: tuple[float, ...], bends: tuple[float, ...], run: Traced,
    segments: Traced, cover: Traced, field: str,
) -> BarMark:  # fmt: skip
    path = f"{field}.shape.{place}_bars"
    spacing = measured(bars.spacing_mm / 1e3, "m", "walls.method.in_m", "",
                       s=given(bars.spacing_mm, "mm", f"{path}.spacing_mm"))  # fmt: skip
    one = measured(1.0, "-", "trace.count", of="walls.bar.faces")
    count = amounts.BARS_ALONG.at(n=segments, k=one, l_s=run, c=cover, s=spacing)
    length = total({f"l_{i + 1}": _measured(leg, "m", "walls.part.leg") for i, leg in enumerate(legs)}, "m",
                   "walls.formula.l")  # fmt: skip
    mass = amounts.UNIT_MASS.at(d=given(bars.diameter_mm, "mm", f"{path}.diameter_mm"))
    rate = amounts.BARS_PER_METRE.at(k=one, s=spacing)
    return BarMark(
        mark=mark, use=f"walls.bar.{place}", diameter_mm=bars.diameter_mm, grade=bars.grade,
        shape="l_bar" if len(legs) == 2 else "straight", legs=legs, bends_deg=bends, spacing=spacing, count=count,
        length=length, mass=amounts.BAR_MASS.at(n=count, l=length, w=mass),
        mass_per_metre=amounts.BAR_MASS_PER_METRE.at(n_m=rate, l=length, w=mass, u=ONE_METRE),
    )  # fmt: skip


def _along(
    mark: int, bars: BarSet, rows_count: int, run: Traced, segments: Traced, cover: Traced, grade: str, field: str
) -> BarMark:
    path = f"{field}.shape.level_bars"
    count_rows = measured(float(rows_count), "-", "trace.count", of="walls.bar.distribution")
    clear = amounts.CLEAR_RUN.at(l_s=run, c=cover)
    lap = lap_length(grade, bars.grade, bars.diameter_mm)
    laps = amounts.LAPS.at(l_c=clear, l_st=STOCK, l_l=lap)
    length = amounts.LAPPED_LENGTH.at(l_c=clear, n_l=laps, l_l=lap)
    count = amounts.BARS_ACROSS.at(n=segments, n_r=count_rows)
    mass = amounts.UNIT_MASS.at(d=given(bars.diameter_mm, "mm", f"{path}.diameter_mm"))
    return BarMark(
        mark=mark, use="walls.bar.distribution", diameter_mm=bars.diameter_mm, grade=bars.grade, shape="straight",
        legs=(length.value,), spacing=given(bars.spacing_mm / 1e3, "m", f"{path}.spacing_mm"), count=count,
        length=length, laps=round(laps.value), lap_length=lap, mass=amounts.BAR_MASS.at(n=count, l=length, w=mass),
        mass_per_metre=amounts.ROW_MASS_PER_METRE.at(n_r=count_rows, u=ONE_METRE, w=mass),
    )  # fmt: skip


def _layout(wall: ToeWall, body: WallBody, length: float, levels: tuple[float, ...]) -> WallLayout:
    """Outlines with z = 0 at the ground in front: the section's own levels less the embedment."""
    down = body.shape.embedment

    def lowered(line: Line) -> Line:
        return tuple((x, z - down) for x, z in line)

    meet = body.meet
    reach = max(2.0 * body.shape.height, 3.0)
    over = [(meet[0] + x, meet[1] + z) for x, z in body.ground_at_wall if x < reach]
    (x1, z1), (x2, z2) = body.ground_at_wall[-2], body.ground_at_wall[-1]
    slope = (z2 - z1) / (x2 - x1)
    last = over[-1]
    over.append((meet[0] + reach, last[1] + (meet[0] + reach - last[0]) * slope))
    heel = body.back_foot
    rear = [p for p in ((x, z) for z, x in body.rear_face) if p[1] <= meet[1] + 1e-9]
    soil = (*rear, *([meet] if rear[-1] != meet else []), *over[1:], (meet[0] + reach, heel[1]))
    layer = wall.filter_thickness
    top = meet[1]
    low = levels[0] if levels else top

    def strip(a: float, b: float) -> Line:
        if b <= a:
            return ()
        xa, xb = body.width_at(a)[1], body.width_at(b - 1e-9)[1]
        return (xa, a), (xa + layer, a), (xb + layer, b), (xb, b)

    pipes = [(body.width_at(z), z) for z in levels]
    segments = math.ceil(length / wall.joint_spacing - 1e-9)
    holes = math.ceil(length / wall.weep_hole_spacing - 1e-9)
    spread = length / holes
    return WallLayout(
        wall=lowered(body.outline), soil=lowered(soil), filter=lowered(strip(low, top)),
        seal=lowered(strip(max(low - wall.seal_thickness, 0.0), low)),
        ground=((-2.0, 0.0), (body.width_at(down)[0], 0.0)),
        weep_pipe=lowered(((pipes[0][0][0], pipes[0][1]), (pipes[0][0][1], pipes[0][1]))) if pipes else (),
        bars=_bar_lines(body, down), joints=tuple(length * i / segments for i in range(1, segments)),
        weep_holes=tuple(
            (spread * (i + 0.5 + (0.25 if row % 2 else -0.25 if len(levels) > 1 else 0.0)), z - down)
            for row, z in enumerate(levels) for i in range(holes)
        ),
        length=length,
    )  # fmt: skip


def _bar_lines(body: WallBody, down: float) -> tuple[BarLine, ...]:
    shape = body.shape
    found: list[BarLine] = []
    mark = 0

    def add(bars: BarSet, points: Line) -> None:
        nonlocal mark
        mark += 1
        lowered = tuple((x, z - down) for x, z in points)
        found.append(BarLine(mark=mark, diameter_mm=bars.diameter_mm, points=lowered))

    if shape.kind == "semi_gravity" and shape.stem_bars is not None:
        add(shape.stem_bars, rear_bar_points(body, shape.stem_bars))
    elif shape.kind == "cantilever":
        if shape.stem_bars is not None:
            add(shape.stem_bars, stem_bar_points(body, shape.stem_bars))
        if shape.toe_bars is not None:
            add(shape.toe_bars, slab_bar_points(body, shape.toe_bars, upper=False))
        if shape.heel_bars is not None:
            add(shape.heel_bars, slab_bar_points(body, shape.heel_bars, upper=True))
    if found or shape.kind == "cantilever":
        level = shape.level_bars or LEVEL_BARS
        mark += 1
        found += [BarLine(mark=mark, diameter_mm=level.diameter_mm, points=((x, z - down),))
                  for x, z in level_bar_points(body, level)]  # fmt: skip
    return tuple(found)
