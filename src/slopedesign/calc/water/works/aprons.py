"""Riprap aprons and the ribs under chutes, as built."""

from __future__ import annotations

from slopedesign.calc.water.chute import Apron
from slopedesign.calc.water.works.common import Amount, Works, counted, lacking
from slopedesign.i18n import message
from slopedesign.project.water_works import ApronWorks, ChuteTeeth
from slopedesign.standards import hydraulics
from slopedesign.standards import water_amounts as rows
from slopedesign.standards.trace import Traced, given
from slopedesign.standards.water_tables import table


def built_apron(worked: Apron, record: ApronWorks | None, name: str, path: str, rise: Traced) -> Works:
    """Sizes and amounts of an apron.

    Args:
        rise: height of the outlet the apron is sized by [m].
    """
    where = f"{path}.apron"
    if record is None:
        return lacking("apron", name, where)

    def chosen(field: str, worked_out: Traced) -> Traced:
        value = getattr(record, field)
        return worked_out if value is None else given(value, "m", f"{where}.{field}")

    length, thick = chosen("length", worked.length), chosen("thickness", worked.thickness)
    rules = table("structures", "apron_plan")
    start = chosen("start_width", hydraulics.APRON_START.at(k=rules.pick("start_rises", "-"), D=rise))
    end = chosen("end_width", hydraulics.APRON_END.at(B=start, s=rules.pick("spread", "-"), L=length))
    stone = rows.MOUTH_FLOOR.at(B_1=end, B_2=start, L=length, t=thick)
    layer = given(record.filter, "m", f"{where}.filter")
    bed = rows.MOUTH_FLOOR.at(B_1=end, B_2=start, L=length, t=layer)
    dug = rows.MOUTH_FLOOR.at(B_1=end, B_2=start, L=length, t=rows.ADD.at(a=thick, b=layer))
    area = rows.TRAPEZOID.at(B_1=end, B_2=start, L=length)
    size = message("bill.riprap_size", d50=f"{1000 * record.d50:g}")
    sizes = {"d50": given(record.d50, "m", f"{where}.d50"), "length": length, "thickness": thick,
             "start_width": start, "end_width": end, "filter": layer}  # fmt: skip
    return Works(
        "apron", name, where, sizes,
        counted(
            Amount("excavation", dug), Amount("filter", bed, "gravel"), Amount("riprap", stone, "", size),
            *([Amount("geotextile", area)] if record.geotextile else []),
        ),
    )  # fmt: skip


def built_teeth(record: ChuteTeeth, name: str, path: str, length: Traced, foot_width: Traced, material: str) -> Works:
    """Ribs under a chute: one in every spacing begun, each across the foot of the section."""
    where = f"{path}.teeth"
    spacing, depth, width = (given(getattr(record, f), "m", f"{where}.{f}") for f in ("spacing", "depth", "width"))
    count = rows.RIBS.at(L=length, s=spacing)
    body = rows.EACH.at(n=count, L=width, B=foot_width, t=depth)
    return Works(
        "teeth", name, where,
        {"spacing": spacing, "depth": depth, "width": width, "count": count, "length": length, "foot": foot_width},
        counted(Amount("excavation", body), Amount("body", body, material)),
    )  # fmt: skip
