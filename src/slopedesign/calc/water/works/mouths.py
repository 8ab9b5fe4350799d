"""Flared mouths as built: wing walls, floor, cut-off, head wall, and their pit."""

from __future__ import annotations

from slopedesign.calc.water.ditch_quantities import BACKFILL
from slopedesign.calc.water.works.common import Amount, Works, counted
from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.water_works import Mouth
from slopedesign.standards import hydraulics
from slopedesign.standards import water_amounts as rows
from slopedesign.standards.trace import Traced, given, measured, total


def built_mouth(
    kind: str, record: Mouth, name: str, path: str, width: Traced, height: Traced, opening: Traced | None = None,
    outer_width: Traced | None = None,
) -> Works:  # fmt: skip
    """Sizes and amounts of a mouth.

    Args:
        kind: "upper_mouth" or "lower_mouth". path: of the record.
        width, height: clear width and the height of the walls where the wings begin [m].
        opening: clear area of the barrels that a head wall leaves open [m2]; None where there is no barrel.
        outer_width: width of the head wall [m].

    Raises:
        InputError: the mouth is narrower than what runs into it, or its wings rise outward.
    """

    def said(field: str, unit: str = "m") -> Traced:
        return given(getattr(record, field), unit, f"{path}.{field}")

    if record.width < width.value:
        raise InputError(f"{path}.width", record.width, message("water.error.mouth_narrow", width=f"{width.value:g}"))
    high = rows.ADD.at(a=height, b=said("parapet")) if opening is not None else height
    if record.end_height > high.value + 1e-9:
        raise InputError(f"{path}.end_height", record.end_height,
                         message("water.error.mouth_rises", height=f"{high.value:g}"))  # fmt: skip
    wide, turn = said("width"), said("angle_deg", "deg")
    length = hydraulics.FLARE_LENGTH.at(B_1=wide, B_2=width, theta=turn)
    along = rows.WING_LENGTH.at(L=length, theta=turn)
    low, top, lean = said("end_height"), said("wall_top"), said("batter", "-")
    deep, offset = said("foundation"), said("foundation_offset")
    wings = rows.WINGS.at(L_w=along, a=top, n=lean, h_1=high, h_2=low)
    footing = rows.WING_FOUNDATION.at(L_w=along, a=top, n=lean, h_1=high, h_2=low, e=offset, h_f=deep)
    floor = rows.MOUTH_FLOOR.at(B_1=wide, B_2=width, L=length, t=said("floor"))
    parts = {"wings": wings, "foundation": footing, "floor": floor}
    dug_more = {}
    if record.cutoff_depth > 0:
        parts["cutoff"] = dug_more["cutoff"] = rows.SLAB.at(
            L=said("cutoff_thickness"), B=wide, t=said("cutoff_depth")
        )  # fmt: skip
    if opening is not None and outer_width is not None and record.head_wall > 0:
        parts["head"] = rows.HEAD_WALL.at(t=said("head_wall"), W=outer_width, h=high, A=opening)
        parts["head foundation"] = dug_more["head"] = rows.SLAB.at(L=said("head_wall"), B=outer_width, t=deep)

    def at(share: float, row: str) -> Traced:
        b = measured(wide.value * share + width.value * (1 - share), "m", "water.note.between", path, B_1=wide,
                     B_2=width)  # fmt: skip
        h = measured(low.value * share + high.value * (1 - share), "m", "water.note.between", path, h_1=high, h_2=low)
        if row == "open":
            return rows.MOUTH_OPEN.at(B=b, h=h)
        return rows.MOUTH_TRENCH.at(B=b, a=top, n=lean, h=h, e=offset, theta=turn, w=said("working_width"),
                                    m=said("trench_slope", "-"), h_f=deep)  # fmt: skip

    pit = rows.PRISMATOID.at(L=length, A_1=at(0.0, "trench"), A_m=at(0.5, "trench"), A_2=at(1.0, "trench"))
    inside = rows.PRISMATOID.at(L=length, A_1=at(0.0, "open"), A_m=at(0.5, "open"), A_2=at(1.0, "open"))
    body = total(parts, "m3")
    taken = total({"wings": wings, "foundation": footing, "floor": floor, "waterway": inside}, "m3")
    sizes = {
        "width": wide, "narrow": width, "angle": turn, "length": length, "wing": along, "height": high,
        "end_height": low, "wall_top": top, "batter": lean, "foundation": deep, "foundation_offset": offset,
        "floor": said("floor"), "cutoff_depth": said("cutoff_depth"), "cutoff_thickness": said("cutoff_thickness"),
        "head_wall": said("head_wall") if opening is not None else measured(0.0, "m", "water.note.none_of_it", path),
    }  # fmt: skip
    if outer_width is not None:
        sizes["outer_width"] = outer_width
    return Works(
        kind, name, path, sizes,
        counted(
            Amount("excavation", total({"pit": pit, **dug_more}, "m3")), Amount("body", body, record.material),
            Amount("backfill", BACKFILL.at(V_e=pit, V_o=taken, V_c=measured(0.0, "m3", "water.note.none_of_it", path))),
        ),
    )  # fmt: skip
