"""Soil cover: on benches behind the wall, on other areas, and where the soil comes from.

Volumes stand for three states of the same soil: in place (as drawn, settled), bank (in the borrow, before digging)
and loose (on the truck).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely

from slopedesign.errors import InputError
from slopedesign.i18n import Message, message
from slopedesign.project.slopes import BenchWall, Cover
from slopedesign.project.works import CoverArea, SoilSupply
from slopedesign.standards.earthwork import VolumeFactors, volume_factors
from slopedesign.standards.formula import Formula, Var
from slopedesign.standards.trace import OWN, Given, Traced, given, measured, total

SOIL_AREA = Formula(
    OWN, "A_s", "A - L*(a + b)", valid=("L >= 0",), title="soil.area_behind_wall",
    A_s=Var("A_s", "m2", 1), A=Var("A", "m2", 1), L=Var("L", "m", 1), a=Var("a", "m"), b=Var("b", "m"),
)  # fmt: skip
SLOPE_AREA = Formula(
    OWN, "A_i", "A/cos(radians(theta))", title="soil.area_along_slope",
    A_i=Var("A_i", "m2", 1), A=Var("A", "m2", 1), theta=Var(r"\theta", "deg", 1),
)  # fmt: skip
VOLUME_IN_PLACE = Formula(
    OWN, "V", "A*t", title="soil.volume_in_place", V=Var("V", "m3"), A=Var("A", "m2", 1), t=Var("t", "m"),
)  # fmt: skip
STRIP = Formula(
    OWN, "V", "L*w*t", title="soil.strip", V=Var("V", "m3"), L=Var("L", "m"), w=Var("w", "m"), t=Var("t", "m"),
)  # fmt: skip
BACK_WEDGE = Formula(
    OWN, "V", "L*(b_2 - b_1)*min(t, H)**2/(2*H)", valid=("b_2 >= b_1", "H > 0"), title="soil.back_wedge",
    V=Var("V", "m3"), L=Var("L", "m"), b_2=Var("b_2", "m"), b_1=Var("b_1", "m"), t=Var("t", "m"), H=Var("H", "m"),
)  # fmt: skip
NET = Formula(
    OWN, "V_n", "max(V - V_d - V_f + V_w, 0)", title="soil.net",
    V_n=Var("V_n", "m3"), V=Var("V", "m3"), V_d=Var("V_d", "m3"), V_f=Var("V_f", "m3"), V_w=Var("V_w", "m3"),
)  # fmt: skip
VOLUME_BANK = Formula(
    OWN, "V_b", "V*(1 + s)/k_c", valid=("k_c > 0",), title="soil.volume_bank",
    V_b=Var("V_b", "m3"), V=Var("V", "m3"), s=Var("s", "-"), k_c=Var("k_c", "-"),
)  # fmt: skip
VOLUME_LOOSE = Formula(
    OWN, "V_l", "V_b*k_l", title="soil.volume_loose", V_l=Var("V_l", "m3"), V_b=Var("V_b", "m3"), k_l=Var("k_l", "-"),
)  # fmt: skip
STRIPPED = Formula(
    OWN, "V_b", "A*t*(1 - l)", title="soil.stripped",
    V_b=Var("V_b", "m3"), A=Var("A", "m2", 1), t=Var("t", "m"), l=Var("l", "-"),
)  # fmt: skip
DIFFERENCE = Formula(
    OWN, "V_d", "V_1 - V_2", title="soil.difference", V_d=Var("V_d", "m3"), V_1=Var("V_1", "m3"), V_2=Var("V_2", "m3"),
)  # fmt: skip
HAUL = Formula(
    OWN, "W", "V*x", homogeneous=False, title="soil.haul", W=Var("W", "m3 km", 1), V=Var("V", "m3"), x=Var("x", "km"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CoverVolume:
    """Soil on one area.

    Attributes:
        place: kind of place the guide's minimum speaks of ("cut_bench", "industrial_site", ...).
        plan_area, slope_area: area covered, in plan and along the slope [m2].
        thickness: design thickness [m], measured square to the slope.
        in_place: volume as drawn [m3].
    """

    name: str
    place: str
    plan_area: Traced
    slope_area: Traced
    thickness: Traced
    in_place: Traced


@dataclass(frozen=True, kw_only=True)
class BenchSoil:
    """Soil on one bench without what else stands in it.

    Attributes:
        gross: area behind the wall by thickness [m3].
        ditches: taken by ditches at the inner edge; layers: by filter and seal behind the wall [m3].
        wedge: between the foot of the wall's back and the leaning back itself [m3].
        net: soil to be laid [m3].
    """

    gross: Traced
    ditches: Traced
    layers: Traced
    wedge: Traced
    net: Traced


def bench_soil(
    gross: Traced, ditches: Sequence[tuple[str, Traced, Traced]], thickness: Traced, wall: BenchWall,
    layers: tuple[Traced | None, Traced | None], length: Traced | None, height: Traced | None, field: str,
) -> BenchSoil:  # fmt: skip
    """Soil on one bench less ditches and drainage layers, and with the wedge behind a leaning back.

    Args:
        ditches: name, length and what each takes of the bench's width [m].
        layers: filter and seal behind the wall [m3].
        length, height: of the wall [m]; None where none is built.
    """
    nothing = measured(0.0, "m3", "soil.none_needed", field)
    strips = total({name: STRIP.at(L=run, w=width, t=thickness) for name, run, width in ditches}, "m3", "soil.ditches")
    wedge: Traced = nothing
    if length is not None and height is not None and wall.kind == "masonry" and wall.batter == "inner":
        wedge = BACK_WEDGE.at(
            L=length, b_2=wall_base_width(wall, field), b_1=given(wall.top_width, "m", f"{field}.wall.top_width"),
            t=thickness, H=height,
        )  # fmt: skip
    drained = total([layer for layer in layers if layer is not None], "m3", "soil.drainage_layers")
    net = NET.at(V=gross, V_d=strips, V_f=drained, V_w=wedge)
    return BenchSoil(gross=gross, ditches=strips, layers=drained, wedge=wedge, net=net)


@dataclass(frozen=True, kw_only=True)
class SoilBalance:
    """Need and supply of planting soil, in bank volume, and what that is in place and loose.

    `loose`, `haul` are None where the factor or the distance is not stated; `missing` says which fields.
    """

    in_place: Traced
    need_bank: Traced | None
    stripped_bank: Traced
    imported_bank: Traced | None
    surplus_bank: Traced | None
    imported_loose: Traced | None
    haul: Traced | None
    missing: tuple[str, ...]
    factor_set: Message


def bench_cover(
    name: str, cover: Cover, wall: BenchWall, usable_area: Traced, edge_length: Traced, fall_deg: Traced, field: str
) -> CoverVolume:
    """Soil on one bench, between the wall and the foot of the next face.

    Args:
        usable_area: plan area of the bench where it is wide enough to be used [m2].
        edge_length: length of the wall along the outer edge [m].
        fall_deg: inward fall of the bench [deg].
        field: path of the slope in the project file.

    Raises:
        InputError: the wall takes more than the bench.
    """
    if wall.kind == "none":
        taken_edge: Traced = given(0.0, "m", f"{field}.wall.kind", "soil.edge_offset")
        taken_wall: Traced = given(0.0, "m", f"{field}.wall.kind", "soil.wall_width")
    else:
        taken_edge = given(wall.edge_offset, "m", f"{field}.wall.edge_offset", "soil.edge_offset")
        taken_wall = wall_base_width(wall, field)
    area = SOIL_AREA.at(A=usable_area, L=edge_length, a=taken_edge, b=taken_wall)
    if area.value < 0:
        raise InputError(f"{field}.benches.berm_width", area.plain(), message("soil.no_room", bench=name))
    along = SLOPE_AREA.at(A=area, theta=_positive(fall_deg))
    thickness = given(cover.thickness, "m", f"{field}.cover.thickness", "soil.thickness")
    return CoverVolume(
        name=name, place="cut_bench", plan_area=area, slope_area=along, thickness=thickness,
        in_place=VOLUME_IN_PLACE.at(A=along, t=thickness),
    )  # fmt: skip


def face_cover(name: str, thickness: float, faces: Sequence[tuple[Traced, Traced]], field: str) -> CoverVolume:
    """Soil laid on the faces of a slope.

    Args:
        faces: area in plan and along the slope of each face that is cut [m2].
        field: path of the thickness in the project file.
    """
    plan = total({f"{i}": plan for i, (plan, _) in enumerate(faces, 1)}, "m2", "soil.plan_area")
    along = total({f"{i}": area for i, (_, area) in enumerate(faces, 1)}, "m2", "soil.area_along_slope")
    thick = given(thickness, "m", field, "soil.thickness")
    return CoverVolume(
        name=name, place="slope_face", plan_area=plan, slope_area=along, thickness=thick,
        in_place=VOLUME_IN_PLACE.at(A=along, t=thick),
    )  # fmt: skip


def wall_base_width(wall: BenchWall, field: str) -> Given:
    """Width the wall takes of the bench at its base [m]; a stacked-rock edge is as wide as the masonry one."""
    if wall.kind == "c25_concrete":
        return given(wall.thickness, "m", f"{field}.wall.thickness", "soil.wall_width")
    return given(wall.base_width, "m", f"{field}.wall.base_width", "soil.wall_width")


def _positive(angle: Traced) -> Traced:
    """An inward fall and an outward fall have the same slope area."""
    return angle if angle.value >= 0 else measured(-angle.value, "deg", "soil.fall_magnitude", fall=angle)


def area_cover(area: CoverArea, field: str) -> CoverVolume:
    """Soil on an area outside the benches (loosening in place needs no soil: volume 0)."""
    if area.area is not None:
        plan: Traced = given(area.area, "m2", f"{field}.area", "soil.plan_area")
    else:
        ring = shapely.Polygon(area.polygon) if len(area.polygon) > 2 else None
        if ring is None or not ring.is_valid or ring.area <= 0:
            raise InputError(f"{field}.polygon", len(area.polygon), message("soil.bad_polygon"))
        plan = measured(_polygon_area(area.polygon), "m2", "soil.polygon", f"{field}.polygon", "soil.plan_area")
    slope = given(area.slope_deg, "deg", f"{field}.slope_deg", "soil.slope")
    along = SLOPE_AREA.at(A=plan, theta=slope)
    thickness = given(area.thickness, "m", f"{field}.thickness", "soil.thickness")
    loosened = area.method == "loosen"
    placed: Traced = VOLUME_IN_PLACE.at(A=along, t=thickness)
    if loosened:
        placed = given(0.0, "m3", f"{field}.method", "soil.loosened")
    return CoverVolume(
        name=area.name, place=area.place, plan_area=plan, slope_area=along, thickness=thickness, in_place=placed
    )


def _polygon_area(points: Sequence[tuple[float, float]]) -> float:
    x0, y0 = points[0]
    local = [(x - x0, y - y0) for x, y in points]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(local, local[1:] + local[:1], strict=True))) / 2


def soil_factors(soil: SoilSupply) -> VolumeFactors:
    """The factors of the chosen set for soil; a factor stated in the project takes its place."""
    if soil.factor_set == "own":
        chosen = VolumeFactors(loose_per_bank=None, compacted_per_bank=None)
    else:
        chosen = volume_factors(soil.factor_set, "soil")
    own = {
        name: given(value, "-", f"soil.{name}", f"soil.{name}")
        for name in ("loose_per_bank", "compacted_per_bank")
        if (value := getattr(soil, name)) is not None
    }
    return VolumeFactors(
        loose_per_bank=own.get("loose_per_bank", chosen.loose_per_bank),
        compacted_per_bank=own.get("compacted_per_bank", chosen.compacted_per_bank),
    )


def soil_balance(
    soil: SoilSupply, volumes: Sequence[CoverVolume], holes: Mapping[str, Traced] | None = None
) -> SoilBalance:
    """Need against stripped soil; what is short is imported, what is over is left.

    Args:
        holes: further soil in place, by name: that of planting holes below the cover [m3].
    """
    factors = soil_factors(soil)
    missing = tuple(
        f"soil.{name}"
        for name, value in (("settlement", soil.settlement), ("compacted_per_bank", factors.compacted_per_bank))
        if value is None
    )
    laid = {f"{i + 1} {v.name}": v.in_place for i, v in enumerate(volumes)}
    in_place = total(laid | dict(holes or {}), "m3", "soil.volume_in_place")
    loss_missing = soil.stripping_area > 0 and soil.stripping_loss is None
    stripped = STRIPPED.at(
        A=given(soil.stripping_area, "m2", "soil.stripping_area"),
        t=given(soil.stripping_depth, "m", "soil.stripping_depth"),
        l=given(soil.stripping_loss or 0.0, "-", "soil.stripping_loss"),
    )
    need = imported = surplus = loose = haul = None
    if factors.compacted_per_bank is not None and soil.settlement is not None:
        need = VOLUME_BANK.at(
            V=in_place, s=given(soil.settlement, "-", "soil.settlement"), k_c=factors.compacted_per_bank
        )
        short = need.value >= stripped.value
        nothing = measured(0.0, "m3", "soil.none_needed", need=need, stripped=stripped)
        imported = DIFFERENCE.at(V_1=need, V_2=stripped) if short else nothing
        surplus = nothing if short else DIFFERENCE.at(V_1=stripped, V_2=need)
        if factors.loose_per_bank is not None:
            loose = VOLUME_LOOSE.at(V_b=imported, k_l=factors.loose_per_bank)
        if soil.haul_km is not None:
            haul = HAUL.at(V=imported, x=given(soil.haul_km, "km", "soil.haul_km"))
    if loss_missing:
        missing += ("soil.stripping_loss",)
    if factors.loose_per_bank is None:
        missing += ("soil.loose_per_bank",)
    if soil.haul_km is None:
        missing += ("soil.haul_km",)
    return SoilBalance(
        in_place=in_place, need_bank=need, stripped_bank=stripped, imported_bank=imported, surplus_bank=surplus,
        imported_loose=loose, haul=haul, missing=missing, factor_set=message(f"soil.factor_sets.{soil.factor_set}"),
    )  # fmt: skip
