"""The guide's fixed section on a real bench edge: height, planting width, bars and quantities.

Heights are taken from the bench surface at the wall's inner face. The wall's outer face stands `edge_offset` inside the
bench edge; what is left behind its base is the planting width.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from slopedesign.calc.walls.bars import BarMark
from slopedesign.calc.walls.layout import BarLine, Line, Point, WallLayout
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BenchWall
from slopedesign.standards import guide
from slopedesign.standards import guide_walls as rows
from slopedesign.standards.check import Check, Level, Relation, Remark, Strength
from slopedesign.standards.gb50010_2010 import lap_length
from slopedesign.standards.rules import guide_rules
from slopedesign.standards.trace import OWN, Given, Measured, Traced, given, measured, total


@dataclass(frozen=True, kw_only=True)
class WallQuantities:
    """Amounts of one wall (or of one metre of it); None where the kind of wall has no such item.

    Attributes:
        masonry, stacked_rock, gabion, concrete: body of the wall [m3].
        formwork: both faces and the ends at joints [m2].
        pointing: outer face [m2]; coping: top [m2].
        steel: all bars [kg].
        drill_holes [-], drilled [m], grout [m3]: anchor holes in rock.
        joints [-], joint_area [m2]: movement joints (per metre: not given).
        weep_holes [-], weep_pipe [m].
        filter [m3], seal [m3], geotextile [m2]: behind the wall.
        excavation: trench for the base below the ground in front [m3]; trench_refill: of it put back [m3].
    """

    masonry: Traced | None = None
    stacked_rock: Traced | None = None
    gabion: Traced | None = None
    concrete: Traced | None = None
    formwork: Traced | None = None
    pointing: Traced | None = None
    coping: Traced | None = None
    steel: Traced | None = None
    drill_holes: Traced | None = None
    drilled: Traced | None = None
    grout: Traced | None = None
    joints: Traced | None = None
    joint_area: Traced | None = None
    weep_holes: Traced | None = None
    weep_pipe: Traced | None = None
    filter: Traced | None = None
    seal: Traced | None = None
    geotextile: Traced | None = None
    excavation: Traced | None = None
    trench_refill: Traced | None = None

    def listed(self) -> tuple[tuple[str, Traced], ...]:
        """(name, amount) of the items this wall has, in order; phrase key of a name: `walls.quantity.<name>`."""
        found = ((field.name, getattr(self, field.name)) for field in fields(self))
        return tuple((name, amount) for name, amount in found if amount is not None)


@dataclass(frozen=True, kw_only=True)
class BenchWallResult:
    """The retaining piece on one bench edge."""

    subject: str
    kind: str
    height: Traced
    top_width: Traced
    base_width: Traced
    area: Traced
    length: Traced
    planting_width: Traced
    per_metre: WallQuantities
    total: WallQuantities
    bars: tuple[BarMark, ...]
    layout: WallLayout
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]


class _Fields:
    """The wall's stated numbers as traced numbers, by field name."""

    def __init__(self, wall: BenchWall, path: str) -> None:
        self._wall, self._path = wall, path

    def __call__(self, name: str, unit: str = "m") -> Given:
        return given(getattr(self._wall, name), unit, f"{self._path}.{name}", f"walls.field.{name}")

    def metres(self, name: str) -> Given:
        """A field stated in millimetres, in metres."""
        return given(getattr(self._wall, name) / 1000, "m", f"{self._path}.{name}", f"walls.field.{name}")


def _count(value: float, of: str) -> Measured:
    return measured(value, "-", "trace.count", of=of)


ONE_METRE = measured(1.0, "m", "trace.per_metre", label="walls.symbol.one_metre")


def design_bench_wall(
    wall: BenchWall,
    cover_thickness: Traced,
    length: Traced,
    bench_width: Traced,
    material: MaterialClass,
    field_path: str,
) -> BenchWallResult:
    """Height, planting width, bars and quantities of the guide's wall on one bench edge.

    Args:
        wall: the section as stated in the project.
        cover_thickness: soil on the bench at the wall's inner face [m].
        length: length of the wall line [m]; `wall.end_setback` is taken off at both ends.
        bench_width: width of the bench from riser to edge [m].
        material: what the bench is cut in.
        field_path: path of `wall` in the project file, for traces and errors.

    Raises:
        InputError: no wall is asked for, nothing is left of its length, its top is wider than its base, or its weep
            holes lie above the soil.

    Source: guide 7.2.2.3(3)3)②; quantities by geometry.
    """
    _validate(wall, cover_thickness, length, field_path)
    field = _Fields(wall, field_path)
    height = _height(wall, field, cover_thickness)
    run = rows.LENGTH_LEFT.at(L_0=length, e=field("end_setback"))
    concrete = wall.kind == "c25_concrete"
    top = field("thickness") if concrete else field("top_width")
    base = field("thickness") if concrete else field("base_width")
    if concrete:
        area = rows.CONCRETE_AREA.at(t=base, H=height, d=field("embedment"))
    else:
        area = rows.MASONRY_AREA.at(b_1=top, b_2=base, H=height, d=field("embedment"))
    planting = rows.PLANTING_WIDTH.at(B=bench_width, a=field("edge_offset"), b_w=base)
    segments = rows.SEGMENTS.at(L=run, s_j=field("joint_spacing"))
    bars = _bars(wall, field, height, run, segments) if concrete else ()
    common = (wall, field, cover_thickness, height, top, base, area, segments, bars)
    layout = _layout(wall, height.value, top.value, base.value, cover_thickness.value, run.value, bars)
    return BenchWallResult(
        subject=field_path, kind=wall.kind, height=height, top_width=top, base_width=base, area=area, length=run,
        planting_width=planting, per_metre=_quantities(*common, run=ONE_METRE, whole=False),
        total=_quantities(*common, run=run, whole=True), bars=bars, layout=layout,
        checks=_checks(wall, field, height, cover_thickness, planting, field_path),
        remarks=_remarks(wall, field, material, bars, field_path),
    )  # fmt: skip


def _validate(wall: BenchWall, cover: Traced, length: Traced, path: str) -> None:
    if wall.kind == "none":
        raise InputError(f"{path}.kind", wall.kind, message("walls.error.no_wall"))
    if not cover.value > 0:
        raise InputError(f"{path}.height", cover.value, message("walls.error.no_cover"))
    if not length.value - 2 * wall.end_setback > 0:
        raise InputError(f"{path}.end_setback", wall.end_setback, message("walls.error.no_length", length=length.value))
    if wall.kind != "c25_concrete" and wall.top_width > wall.base_width:
        raise InputError(
            f"{path}.top_width", wall.top_width, message("walls.error.top_wider_than_base", base=wall.base_width)
        )
    if wall.kind != "stacked_rock" and wall.weep_hole_level >= cover.value:
        raise InputError(
            f"{path}.weep_hole_level", wall.weep_hole_level, message("walls.error.weep_above_soil", soil=cover.value)
        )
    if wall.kind == "c25_concrete":
        validate_bars(wall, path)


def validate_bars(wall: BenchWall, path: str) -> None:
    """Refuses bars closer than their diameter, and bars that do not fit between the covers.

    Raises:
        InputError: with the field.
    """
    for bar, spacing in (
        ("vertical_bar_mm", "vertical_spacing_mm"),
        ("horizontal_bar_mm", "horizontal_spacing_mm"),
    ):
        diameter, apart = getattr(wall, bar), getattr(wall, spacing)
        if apart <= diameter:
            raise InputError(f"{path}.{spacing}", apart, message("walls.error.bars_too_close", diameter=diameter))
    needed = wall.bar_cover * 2 + (wall.vertical_bar_mm + wall.horizontal_bar_mm) * wall.bar_faces / 1000
    if needed >= wall.thickness:
        raise InputError(f"{path}.bar_cover", wall.bar_cover, message("walls.error.bars_do_not_fit", needed=needed))
    if wall.hole_diameter * 1000 <= wall.vertical_bar_mm:
        raise InputError(
            f"{path}.hole_diameter", wall.hole_diameter, message("walls.error.hole_too_small", bar=wall.vertical_bar_mm)
        )


def _height(wall: BenchWall, field: _Fields, cover: Traced) -> Traced:
    if wall.height is not None:
        return field("height")
    return rows.HEIGHT.at(t_c=cover, f=field("freeboard"), H_min=field("min_height"))


def _bars(wall: BenchWall, field: _Fields, height: Traced, run: Traced, segments: Traced) -> tuple[BarMark, ...]:
    faces = _count(wall.bar_faces, "walls.bar.faces")
    cover, depth = field("bar_cover"), field("embedment")
    segment = rows.SEGMENT_LENGTH.at(L=run, n=segments)

    upright_mass = rows.UNIT_MASS.at(d=field("vertical_bar_mm", "mm"))
    upright_spacing = field.metres("vertical_spacing_mm")
    upright_length = rows.UPRIGHT_LENGTH.at(H=height, d=depth, l_a=field("anchor_depth"), c=cover)
    upright_count = rows.BARS_ALONG.at(n=segments, k=faces, l_s=segment, c=cover, s=upright_spacing)
    per_metre = rows.BARS_PER_METRE.at(k=faces, s=upright_spacing)
    upright = BarMark(
        mark=1, use="walls.bar.upright", diameter_mm=wall.vertical_bar_mm, grade="HRB400", shape="straight",
        legs=(upright_length.value,), spacing=upright_spacing, count=upright_count, length=upright_length,
        mass=rows.BAR_MASS.at(n=upright_count, l=upright_length, w=upright_mass),
        mass_per_metre=rows.BAR_MASS_PER_METRE.at(n_m=per_metre, l=upright_length, w=upright_mass, u=ONE_METRE),
    )  # fmt: skip

    level_mass = rows.UNIT_MASS.at(d=field("horizontal_bar_mm", "mm"))
    level_spacing = field.metres("horizontal_spacing_mm")
    level_rows = rows.ROWS.at(k=faces, H=height, d=depth, c=cover, s=level_spacing)
    clear = rows.CLEAR_RUN.at(l_s=segment, c=cover)
    lap = lap_length(wall.concrete_grade, "HRB400", field("horizontal_bar_mm", "mm"))
    laps = rows.LAPS.at(l_c=clear, l_st=field("bar_stock_length"), l_l=lap)
    level_length = rows.LAPPED_LENGTH.at(l_c=clear, n_l=laps, l_l=lap)
    level_count = rows.BARS_ACROSS.at(n=segments, n_r=level_rows)
    level = BarMark(
        mark=2, use="walls.bar.level", diameter_mm=wall.horizontal_bar_mm, grade="HRB400", shape="straight",
        legs=(level_length.value,), spacing=level_spacing, count=level_count, length=level_length,
        laps=round(laps.value), lap_length=lap,
        mass=rows.BAR_MASS.at(n=level_count, l=level_length, w=level_mass),
        mass_per_metre=rows.ROW_MASS_PER_METRE.at(n_r=level_rows, u=ONE_METRE, w=level_mass),
    )  # fmt: skip
    return upright, level


def _quantities(
    wall: BenchWall, field: _Fields, cover: Traced, height: Traced, top: Traced, base: Traced, area: Traced,
    segments: Traced, bars: tuple[BarMark, ...], *, run: Traced, whole: bool,
) -> WallQuantities:  # fmt: skip
    """Amounts of the whole wall, or of one metre away from ends and joints."""
    found: dict[str, Traced] = {}
    body = rows.VOLUME.at(A=area, L=run) if whole else rows.PER_METRE_AREA.at(A=area, u=run)
    found[{"masonry": "masonry", "stacked_rock": "stacked_rock"}.get(wall.kind, "concrete")] = body
    joints = rows.JOINTS.at(n=segments)
    lean = base.value - top.value if wall.batter == "outer" else 0.0
    if wall.kind == "masonry":
        batter = measured(lean, "m", "walls.method.batter", of=f"walls.batter.{wall.batter}")
        found["pointing"] = rows.POINTED_FACE.at(H=height, m=batter, L=run)
        found["coping"] = rows.COPING.at(b_1=top, L=run)
    if wall.kind == "c25_concrete":
        faces = rows.FORMWORK_FACES.at(H=height, L=run)
        found["formwork"] = rows.FORMWORK.at(H=height, L=run, n_j=joints, t=base) if whole else faces
        masses = {f"m_{bar.mark}": bar.mass if whole else bar.mass_per_metre for bar in bars}
        found["steel"] = total(masses, "kg", "walls.quantity.steel")
        found |= _anchor_holes(wall, field, bars[0], whole=whole)
    if wall.kind != "stacked_rock":
        found |= _drainage(wall, field, cover, height, top, base, run, whole=whole)
        if whole:
            found |= {"joints": joints, "joint_area": rows.JOINT_AREA.at(n_j=joints, A=area)}
    found["excavation"] = rows.TRENCH.at(b_w=base, d=field("embedment"), L=run)
    return WallQuantities(**found)


def _anchor_holes(wall: BenchWall, field: _Fields, upright: BarMark, *, whole: bool) -> dict[str, Traced]:
    if whole:
        holes: Traced = upright.count
    else:
        faces = _count(wall.bar_faces, "walls.bar.faces")
        rate = rows.BARS_PER_METRE.at(k=faces, s=upright.spacing)
        holes = measured(rate.value, "-", "walls.method.per_metre", of="walls.quantity.drill_holes", rate=rate)
    depth = field("anchor_depth")
    return {
        "drill_holes": holes,
        "drilled": rows.DRILLED.at(n=holes, l_a=depth),
        "grout": rows.GROUT.at(n=holes, l_a=depth, d_1=field("hole_diameter"), d=field.metres("vertical_bar_mm")),
    }


def _drainage(
    wall: BenchWall, field: _Fields, cover: Traced, height: Traced, top: Traced, base: Traced, run: Traced,
    *, whole: bool,
) -> dict[str, Traced]:  # fmt: skip
    level, spacing = field("weep_hole_level"), field("weep_hole_spacing")
    width = rows.WIDTH_AT.at(b_1=top, b_2=base, z=level, H=height)
    if whole:
        holes: Traced = rows.WEEP_HOLES.at(L=run, s_w=spacing)
    else:
        rate = rows.BARS_PER_METRE.at(k=_count(1, "walls.quantity.weep_holes"), s=spacing)
        holes = measured(rate.value, "-", "walls.method.per_metre", of="walls.quantity.weep_holes", rate=rate)
    layer = field("filter_thickness")
    return {
        "weep_holes": holes,
        "weep_pipe": rows.WEEP_PIPE.at(n_w=holes, b_z=width),
        "filter": rows.FILTER.at(t_f=layer, t_c=cover, z=level, L=run),
        "seal": rows.SEAL.at(t_f=layer, z=level, L=run),
        "geotextile": rows.GEOTEXTILE.at(t_c=cover, z=level, t_f=layer, L=run),
    }


def _checks(
    wall: BenchWall, field: _Fields, height: Traced, cover: Traced, planting: Traced, path: str
) -> tuple[Check, ...]:
    needed = rows.HEIGHT.at(t_c=cover, f=field("freeboard"), H_min=field("min_height"))
    tall = Check(
        id="wall.bench.height", subject=path, title=message("walls.check.bench_height"), source=rows.HEIGHT.source,
        strength=Strength.MUST, relation=Relation.AT_LEAST, found=height, required=needed, field=f"{path}.height",
    )  # fmt: skip
    room = Check(
        id="wall.bench.planting_width", subject=path, title=message("walls.check.planting_width"),
        source=rows.PLANTING_WIDTH.source, strength=Strength.MUST, relation=Relation.MORE_THAN, found=planting,
        required=measured(0.0, "m", "walls.method.some_room"), field=f"{path}.edge_offset",
        reading=guide_rules().readings["wall.position"].reading,
    )  # fmt: skip
    return tall, room


def _remarks(
    wall: BenchWall, field: _Fields, material: MaterialClass, bars: tuple[BarMark, ...], path: str
) -> tuple[Remark, ...]:
    found: list[Remark] = []
    if wall.kind == "c25_concrete" and material == "soil":
        text = message("walls.remark.dowels_need_rock", depth=wall.anchor_depth)
        found.append(Remark(level=Level.WARNING, subject=path, text=text, source=rows.HEIGHT.source))
    if bars and wall.bar_faces == 1:
        mass = total({f"m_{bar.mark}": bar.mass for bar in bars}, "kg", "walls.quantity.steel")
        text = message("walls.remark.one_layer", one=f"{mass.value:.1f}", two=f"{2 * mass.value:.1f}")
        reading = guide.clause(rows.PIECE, "wall.bars")
        found.append(Remark(level=Level.NOTE, subject=path, text=text, source=reading, numbers={"mass": mass}))
    if wall.embedment == 0 and material == "soil":
        found.append(Remark(level=Level.WARNING, subject=path, text=message("walls.remark.no_embedment"), source=OWN))
    return tuple(found)


def _layout(
    wall: BenchWall, height: float, top: float, base: float, cover: float, length: float, bars: tuple[BarMark, ...]
) -> WallLayout:
    depth = wall.embedment
    outer = base - top if wall.batter == "outer" else 0.0
    inner = outer + top

    def back(z: float) -> float:
        return base + (inner - base) * z / height

    outline: list[Point] = [(0.0, -depth), (base, -depth)] if depth > 0 else [(0.0, 0.0), (base, 0.0)]
    if depth > 0:
        outline.append((base, 0.0))
    outline += [(inner, height), (outer, height)]
    if depth > 0 and outer > 0:
        outline.append((0.0, 0.0))
    far = base + 1.5
    soil = ((base, 0.0), (far, 0.0), (far, cover), (back(cover), cover)) if cover <= height else ()
    drained = wall.kind != "stacked_rock"
    level, layer = wall.weep_hole_level, wall.filter_thickness

    def strip(low: float, high: float) -> Line:
        return ((back(low), low), (back(low) + layer, low), (back(high) + layer, high), (back(high), high))

    face = outer * level / height
    segments = math.ceil(length / wall.joint_spacing - 1e-9)
    holes = math.ceil(length / wall.weep_hole_spacing - 1e-9)
    return WallLayout(
        wall=tuple(outline), soil=soil, filter=strip(level, cover) if drained else (),
        seal=strip(0.0, level) if drained and level > 0 else (),
        ground=((-wall.edge_offset, 0.0), (far, 0.0)),
        weep_pipe=((face, level), (back(level), level)) if drained else (),
        bars=_bar_lines(wall, height, base) if bars else (),
        dowels=tuple(
            ((x, -depth), (x, -depth - wall.anchor_depth)) for x in _upright_positions(wall, base)
        ) if bars else (),
        joints=tuple(length * i / segments for i in range(1, segments)) if drained else (),
        weep_holes=tuple((length * (i + 0.5) / holes, level) for i in range(holes)) if drained else (),
        length=length,
    )  # fmt: skip


def _upright_positions(wall: BenchWall, thickness: float) -> tuple[float, ...]:
    """x of the upright bars' axes: behind the level bars, on the soil side (and on the outer side for two layers)."""
    inset = wall.bar_cover + (wall.horizontal_bar_mm + wall.vertical_bar_mm / 2) / 1000
    return (thickness - inset,) if wall.bar_faces == 1 else (inset, thickness - inset)


def _bar_lines(wall: BenchWall, height: float, thickness: float) -> tuple[BarLine, ...]:
    bottom, top = -wall.embedment, height - wall.bar_cover
    lines = [
        BarLine(mark=1, diameter_mm=wall.vertical_bar_mm, points=((x, bottom - wall.anchor_depth), (x, top)))
        for x in _upright_positions(wall, thickness)
    ]
    inset = wall.bar_cover + wall.horizontal_bar_mm / 2000
    sides = (thickness - inset,) if wall.bar_faces == 1 else (inset, thickness - inset)
    first = bottom + wall.bar_cover
    gaps = math.ceil((top - first) / (wall.horizontal_spacing_mm / 1000) - 1e-9)
    for x in sides:
        for i in range(gaps + 1):
            z = first + (top - first) * i / gaps
            lines.append(BarLine(mark=2, diameter_mm=wall.horizontal_bar_mm, points=((x, z),)))
    return tuple(lines)
