"""The guide's bench wall as a wall of the general check: shape, dowels, loads, and the heights it stands up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slopedesign.calc.walls.dowels import Dowels
from slopedesign.calc.walls.situations import Name, WallLoads, active
from slopedesign.calc.walls.wall import WallResult, base_of_material, check_wall
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.ground import MaterialClass
from slopedesign.project.slopes import BenchWall
from slopedesign.project.walls import FLATTEST_BATTER, BarSet, RockFaceInput, WallDesign, WallShape
from slopedesign.standards import gb50010_2010 as concrete_code
from slopedesign.standards import guide, guide_walls
from slopedesign.standards.check import Check, Level, Remark, Verdict
from slopedesign.standards.trace import Provenance, Source, Traced, given, measured


def bench_shape(wall: BenchWall, height: float, soil: float, field: str) -> WallShape:
    """The bench wall as a general section; its embedment stays out of the check as a reserve.

    Args:
        height: above the bench; soil: height of the soil behind it [m].

    Raises:
        InputError: a base so much wider than the top that the leaning face is no wall's.
    """
    free = height - soil
    if wall.kind == "c25_concrete":
        layers = wall.bar_cover * 1000 + wall.horizontal_bar_mm
        return WallShape(
            kind="semi_gravity", material=wall.concrete_grade, height=height, top_width=wall.thickness, freeboard=free,
            stem_bars=BarSet(diameter_mm=wall.vertical_bar_mm, spacing_mm=wall.vertical_spacing_mm, cover_mm=layers),
            level_bars=BarSet(
                diameter_mm=wall.horizontal_bar_mm, spacing_mm=wall.horizontal_spacing_mm,
                cover_mm=wall.bar_cover * 1000,
            ),
        )  # fmt: skip
    lean = (wall.base_width - wall.top_width) / height
    if lean > FLATTEST_BATTER:
        widest = f"{wall.top_width + FLATTEST_BATTER * height:.2f}"
        said = message("walls.error.flat_face", height=f"{height:.2f}", widest=widest)
        raise InputError(f"{field}.base_width", wall.base_width, said)
    return WallShape(
        kind="gravity", material="masonry", height=height, top_width=wall.top_width, freeboard=free,
        back_batter=lean if wall.batter == "inner" else 0.0, face_batter=lean if wall.batter == "outer" else 0.0,
        stone_grade=wall.stone_grade, mortar_grade=wall.mortar_grade if wall.kind == "masonry" else 0.0,
    )  # fmt: skip


def _sizes(wall: BenchWall, height: Traced, field: str) -> dict[str, Traced]:
    """Where the sizes of `bench_shape` come from."""
    masonry = wall.kind == "masonry"
    top = "thickness" if wall.kind == "c25_concrete" else "top_width"
    return {
        "height": height,
        "embedment": measured(0.0, "m", "walls.method.embedment_kept", label="walls.field.embedment"),
        "top_width": given(getattr(wall, top), "m", f"{field}.{top}", f"walls.field.{top}"),
        "stone_grade": given(wall.stone_grade, "MPa", f"{field}.stone_grade", "walls.field.stone_grade"),
        "mortar_grade": given(wall.mortar_grade, "MPa", f"{field}.mortar_grade", "walls.field.mortar_grade")
        if masonry
        else measured(0.0, "MPa", "walls.method.none", label="walls.field.mortar_grade"),
    }


def bench_dowels(wall: BenchWall, field: str) -> Dowels | None:
    """Dowels of the concrete bench wall; None for stone."""
    if wall.kind != "c25_concrete":
        return None
    inset = wall.bar_cover + (wall.horizontal_bar_mm + wall.vertical_bar_mm / 2) / 1000
    return Dowels(
        diameter_mm=given(wall.vertical_bar_mm, "mm", f"{field}.vertical_bar_mm"),
        spacing=given(wall.vertical_spacing_mm / 1000, "m", f"{field}.vertical_spacing_mm"),
        embedment=given(wall.anchor_depth, "m", f"{field}.anchor_depth"),
        hole_diameter=given(wall.hole_diameter, "m", f"{field}.hole_diameter"),
        axis=given(inset, "m", f"{field}.bar_cover"), field=field,
    )  # fmt: skip


def check_bench_wall(
    design: WallDesign,
    wall: BenchWall,
    *,
    height: Traced,
    soil: Traced,
    material: MaterialClass,
    field: str,
    rock: RockFaceInput | None = None,
    edge_slope_deg: float | None = None,
    subject: str = "",
) -> WallResult:
    """Checks the wall of one bench edge in all situations.

    Args:
        height: of the wall above the bench; soil: behind it [m].
        material: what the bench is cut in; chooses the base unless the project states one.
        rock: the riser behind the soil, as a rock face.
        edge_slope_deg: face angle of the riser below the bench.

    Raises:
        InputError: soil higher than the wall, or what `check_wall` refuses.
    """
    if soil.value > height.value:
        raise InputError(f"{field}.height", height.value, message("walls.error.lower_than_soil", soil=soil.value))
    base = design.bench_base or base_of_material(material)
    loads = WallLoads(
        backfill=design.bench_backfill, backfill_field="walls.bench_backfill", base=base,
        base_field="walls.bench_base", surcharge=given(design.surcharge, "kN/m2", "walls.surcharge", "walls.symbol.q"),
        rock=rock, edge_distance=given(wall.edge_offset, "m", f"{field}.edge_offset"), edge_slope_deg=edge_slope_deg,
        at_rest=design.bench_state == "at_rest", field=field, sizes=_sizes(wall, height, field),
    )  # fmt: skip
    shape = bench_shape(wall, height.value, soil.value, field)
    dowels = bench_dowels(wall, field) if base.kind != "soil" else None
    return check_wall(design, shape, loads, dowels=dowels, subject=subject or field)


@dataclass(frozen=True, kw_only=True)
class HeightLimit:
    """Up to which height a fixed section stands in one situation, and what stops it above."""

    situation: Name
    height: float
    first_failing: Check | None


def height_limits(
    design: WallDesign,
    wall: BenchWall,
    material: MaterialClass,
    *,
    field: str,
    lowest: float = 0.3,
    highest: float = 3.0,
    within: float = 0.001,
    only: Sequence[str] = ("wall.sliding", "wall.overturning"),
) -> tuple[HeightLimit, ...]:
    """Greatest height of the bench wall's fixed section in each situation, by bisection.

    Args:
        lowest: where the search begins, or where the leaning face is as flat as any can be.
        only: ids of the checks that decide; empty for all binding checks.
    """
    base = design.bench_base or base_of_material(material)
    loads = WallLoads(
        backfill=design.bench_backfill, backfill_field="walls.bench_backfill", base=base, base_field="walls.bench_base",
        surcharge=given(design.surcharge, "kN/m2", "walls.surcharge"), field=field,
        at_rest=design.bench_state == "at_rest",
    )  # fmt: skip

    def failing(height: float, name: Name) -> Check | None:
        soil = max(height - wall.freeboard, 0.05)
        result = check_wall(
            design, bench_shape(wall, height, soil, field), loads,
            dowels=bench_dowels(wall, field) if base.kind != "soil" else None,
        )  # fmt: skip
        situation = result.situation(name)
        assert situation is not None
        for check in situation.checks:
            if (not only or check.id in only) and check.verdict is Verdict.FAIL:
                return check
        return None

    if wall.kind != "c25_concrete":
        lowest = max(lowest, (wall.base_width - wall.top_width) / FLATTEST_BATTER)
    found = []
    for name in active(design, loads):
        low, high = lowest, highest
        first = failing(high, name)
        if first is None:
            found.append(HeightLimit(situation=name, height=highest, first_failing=None))
            continue
        if (at_low := failing(low, name)) is not None:
            found.append(HeightLimit(situation=name, height=0.0, first_failing=at_low))
            continue
        while high - low > within:
            middle = 0.5 * (low + high)
            stopped = failing(middle, name)
            if stopped is None:
                low = middle
            else:
                high, first = middle, stopped
        found.append(HeightLimit(situation=name, height=low, first_failing=first))
    return tuple(found)


def guide_conflicts(
    design: WallDesign, wall: BenchWall, result: WallResult, limits: Sequence[HeightLimit] = ()
) -> tuple[Remark, ...]:
    """Where the guide's fixed detail meets the codes: advice with the numbers, never a failure.

    Args:
        limits: heights the section stands up to on this material, from `height_limits`; left out: not spoken of.
    """
    found: list[Remark] = []

    def say(key: str, source: Source, *, level: Level = Level.NOTE, **values: object) -> None:
        found.append(Remark(level=level, subject=result.subject, text=message(f"walls.guide.{key}", **values),
                            source=source))  # fmt: skip

    def code(standard: str, clause: str) -> Source:
        return Source(standard, clause, Provenance.RECALLED)

    normal = result.situation("normal")
    if wall.kind == "c25_concrete" and normal is not None and normal.reinforced:
        _bar_conflicts(wall, result, say, code)
    table = next((check for check in result.checks if check.id == "wall.edge_distance"), None)
    if table is not None and isinstance(table.required, Traced) and wall.edge_offset < table.required.value:
        say(
            "edge", code("GB 50330-2013", "11.3"), found=f"{wall.edge_offset:.2f}", needed=f"{table.required.value:.2f}"
        )
    fill = design.bench_backfill
    say("planting_soil", code("GB 50330-2013", "11.3"), phi=f"{fill.friction_angle_deg:g}", c=f"{fill.cohesion:g}",
        weight=f"{fill.saturated_unit_weight:g}")  # fmt: skip
    if wall.kind == "masonry":
        by_name = {limit.situation: limit for limit in limits}
        drained, blocked = by_name.get("normal"), by_name.get("blocked")
        if drained is not None and blocked is not None:
            over = result.height.value > blocked.height
            fixed = guide.clause(guide_walls.PIECE, "wall.masonry_any_height")
            say("stands_up_to", fixed, level=Level.WARNING if over else Level.NOTE, drained=f"{drained.height:.2f}",
                blocked=f"{blocked.height:.2f}", height=f"{result.height.value:.2f}")  # fmt: skip
    return tuple(found)


def _bar_conflicts(wall: BenchWall, result: WallResult, say: object, code: object) -> None:
    assert callable(say) and callable(code)
    normal = result.situation("normal")
    assert normal is not None
    section = normal.reinforced[0].section
    say("main_ratio", code("GB 50010-2010", "8.5.1, 8.5.3"), area=f"{section.steel.value:.0f}",
        ratio=f"{100 * section.ratio.value:.3f}", strict=f"{100 * section.strict_ratio.value:.3f}",
        least=f"{100 * section.least_ratio.value:.3f}")  # fmt: skip
    slab, wall_limit = concrete_code.limit("spacing", "slab"), concrete_code.limit("spacing", "wall")
    if wall.vertical_spacing_mm > slab.value:
        say("spacing", code("GB 50010-2010", "9.1.3, 9.4.4"), found=f"{wall.vertical_spacing_mm:g}",
            slab=f"{slab.value:g}", wall=f"{wall_limit.value:g}")  # fmt: skip
    level_area = 3.141592653589793 * wall.horizontal_bar_mm**2 / 4 * 1000 / wall.horizontal_spacing_mm
    ratio = level_area / (wall.thickness * 1e6)
    distribution = concrete_code.limit("min_ratio", "distribution")
    if ratio < distribution.value:
        say("level_ratio", code("GB 50010-2010", "9.1.7, 9.4.4"), area=f"{level_area:.0f}", ratio=f"{100 * ratio:.3f}",
            least=f"{100 * distribution.value:.2f}")  # fmt: skip
    if wall.bar_faces == 1 and wall.thickness * 1000 > concrete_code.limit("wall_layers", "thickness").value:
        say("layers", code("GB 50010-2010", "9.4.2"), thickness=f"{wall.thickness * 1000:.0f}")
    if result.dowels is not None:
        capacity = result.dowels.capacity
        say("dowel", capacity.rock.formula.source, depth=f"{wall.anchor_depth:.2f}",
            development=f"{capacity.development.value:.3f}", forty=f"{capacity.forty.value:.2f}",
            bar=f"{capacity.bar.value:.1f}", metre=f"{capacity.per_metre.value:.1f}")  # fmt: skip
