"""Culverts as built: barrels, bedding, trench, backfill."""

from __future__ import annotations

from slopedesign.calc.water.ditch_quantities import BACKFILL, JOINT_FACES, JOINTS, PER_METRE, TRENCH
from slopedesign.calc.water.network import ReachResult
from slopedesign.calc.water.section import Circle
from slopedesign.calc.water.works.common import Amount, Works, counted, lacking
from slopedesign.i18n import message
from slopedesign.project.water_works import CulvertWorks
from slopedesign.standards import water_amounts as rows
from slopedesign.standards.trace import Traced, given, measured, total


def built_culvert(reach: ReachResult) -> Works:
    """Sizes and amounts of a culvert's barrels; its mouths are counted by themselves."""
    record, path = reach.input.record.culvert, f"{reach.input.path}.culvert"
    assert reach.culvert is not None
    if record is None:
        return lacking("culvert", reach.name, path)
    pipe = isinstance(reach.culvert.culvert.section, Circle)
    wanted: tuple[str, ...] = ("roof", "base")
    if pipe:
        wanted = ("gap",) if reach.culvert.culvert.barrels > 1 else ()
    missing = tuple(f"{path}.{name}" for name in wanted if getattr(record, name) is None)
    if missing:
        return Works("culvert", reach.name, path, missing=missing)
    return _built(reach, record, path, _pipe(reach, record, path) if pipe else _box(reach, record, path))


def _count(reach: ReachResult) -> Traced:
    return given(reach.input.record.barrels, "piece", f"{reach.input.path}.barrels")


def _clear(reach: ReachResult) -> tuple[Traced, Traced]:
    record, path = reach.input.record, reach.input.path
    assert record.width is not None and record.height is not None
    return given(record.width, "m", f"{path}.width"), given(record.height, "m", f"{path}.height")


def _length(reach: ReachResult) -> Traced:
    bed = reach.input.bed
    return measured(
        bed.length * (1 + bed.slope**2) ** 0.5, "m", "water.note.bed_along", reach.input.path, L=reach.input.length
    )


def _box(reach: ReachResult, record: CulvertWorks, path: str) -> tuple[dict[str, Traced], list[Amount]]:
    n, (b, d), length = _count(reach), _clear(reach), _length(reach)
    wall, roof, base = (given(getattr(record, f), "m", f"{path}.{f}") for f in ("wall", "roof", "base"))
    wide = rows.BOX_WIDTH.at(n=n, b=b, t_w=wall)
    high = rows.BOX_HEIGHT.at(D=d, t_r=roof, t_b=base)
    body = rows.RUN.at(A=rows.BOX_BODY.at(W=wide, H_o=high, n=n, b=b, D=d), L=length)
    outer = rows.RECTANGLE.at(L=wide, B=high)
    amounts = [
        Amount("barrel", body, record.material),
        Amount("formwork", rows.BOX_FORMS.at(H_o=high, n=n, D=d, b=b, L=length)),
    ]
    if record.steel_content is not None:
        content = given(record.steel_content, "kg/m3", f"{path}.steel_content")
        amounts.append(Amount("steel", rows.STEEL_CONTENT.at(c=content, V=body)))
    if record.joint_spacing is not None:
        count = JOINTS.at(L=length, s=given(record.joint_spacing, "m", f"{path}.joint_spacing"))
        faces = JOINT_FACES.at(
            N=count, A_o=outer, A_i=measured(n.value * b.value * d.value, "m2", "water.note.barrels_open", path)
        )
        amounts.append(Amount("joints", faces))
    sizes = {"wall": wall, "roof": roof, "base": base, "outer_width": wide, "outer_height": high, "outer_area": outer,
             "width": b, "height": d, "length": length}  # fmt: skip
    return sizes, amounts


def _pipe(reach: ReachResult, record: CulvertWorks, path: str) -> tuple[dict[str, Traced], list[Amount]]:
    n, (d, _), length = _count(reach), _clear(reach), _length(reach)
    wall = given(record.wall, "m", f"{path}.wall")
    gap = given(record.gap or 0.0, "m", f"{path}.gap")
    outside = rows.PIPE_OUTSIDE.at(D=d, t=wall)
    size = message("bill.pipe_culvert_size", diameter=f"{1000 * d.value:g}", wall=f"{1000 * wall.value:g}")
    sizes = {"wall": wall, "gap": gap, "outer_width": rows.PIPES_WIDTH.at(n=n, D_o=outside, s=gap),
             "outer_height": outside, "outer_area": rows.PIPES_OUTER.at(n=n, D_o=outside), "width": d, "height": d,
             "length": length}  # fmt: skip
    return sizes, [Amount("pipe", rows.PIPES_RUN.at(n=n, L=length), record.material, size)]


def _built(reach: ReachResult, record: CulvertWorks, path: str, made: tuple[dict[str, Traced], list[Amount]]) -> Works:
    sizes, barrel = made
    length = sizes["length"]
    room, lean, over = (
        given(record.working_width, "m", f"{path}.working_width"),
        given(record.trench_slope, "-", f"{path}.trench_slope"), given(record.cover, "m", f"{path}.cover"),
    )  # fmt: skip
    thick, side = given(record.bedding, "m", f"{path}.bedding"), given(record.bedding_side, "m", f"{path}.bedding_side")
    depth = rows.CULVERT_DEPTH.at(h_s=over, H_o=sizes["outer_height"], t_b=thick)
    dug = PER_METRE.at(A=TRENCH.at(B=sizes["outer_width"], w=room, m=lean, H=depth), L=length)
    bed_width = rows.WIDEN.at(B=sizes["outer_width"], t=side)
    bed = rows.SLAB.at(L=length, B=bed_width, t=thick)
    outer = rows.RUN.at(A=sizes["outer_area"], L=length)
    sizes |= {"bedding": thick, "bedding_width": bed_width, "cover": over, "trench_depth": depth,
              "working_width": room, "trench_slope": lean}  # fmt: skip
    return Works(
        "culvert", reach.name, path, sizes,
        counted(
            Amount("excavation", total({"trench": dug}, "m3")), Amount("bedding", bed, record.bedding_material),
            *barrel, Amount("backfill", BACKFILL.at(V_e=dug, V_o=outer, V_c=bed)),
        ),
    )  # fmt: skip
