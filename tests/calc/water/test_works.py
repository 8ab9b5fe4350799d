"""Structures as built: amounts by arithmetic of their own, and every check failing and passing."""

from __future__ import annotations

import itertools
import json
import math
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from slopedesign.calc.water import chute
from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.result import WaterResult
from slopedesign.calc.water.works.common import Works
from slopedesign.calc.water.works.mouths import built_mouth
from slopedesign.calc.water.works.ponds import sand_trap_works
from slopedesign.errors import InputError
from slopedesign.i18n import LANGUAGES, text
from slopedesign.project.water import SandTrap, WaterDesign
from slopedesign.project.water_works import Mouth, TankWorks
from slopedesign.quantities.water_works import structure_items
from slopedesign.quantities.works import water_items
from slopedesign.reports.water_tables import irrigation_tables, structure_tables
from slopedesign.standards.check import Check, Verdict
from slopedesign.standards.trace import Traced, given

from . import examples

BASIN: dict[str, Any] = {
    "material": "concrete", "wall_top": 0.3, "wall_base": 0.5, "floor": 0.4, "sill": 0.3, "cutoff_depth": 0.5,
    "cushion": 0.1, "trench_slope": 0.5, "working_width": 0.3,
}  # fmt: skip
DROP: dict[str, Any] = {
    "steps": 1, "sill": 0.3, "sill_thickness": 0.4, "wall_top": 0.5, "wall_base": 0.9, "side_top": 0.3,
    "side_base": 0.5, "floor": 0.4, "cushion": 0.1, "trench_slope": 0.3, "working_width": 0.3,
}  # fmt: skip
MOUTH: dict[str, Any] = {
    "width": 2.4, "angle_deg": 30, "wall_top": 0.4, "batter": 0.25, "end_height": 0.5, "foundation": 0.6,
    "foundation_offset": 0.1, "floor": 0.3, "cutoff_depth": 0.5, "cutoff_thickness": 0.3, "head_wall": 0.4,
    "parapet": 0.3, "trench_slope": 0.3, "working_width": 0.3,
}  # fmt: skip
BOX: dict[str, Any] = {
    "material": "concrete", "wall": 0.2, "roof": 0.25, "base": 0.3, "bedding": 0.1, "bedding_side": 0.1, "cover": 0.6,
    "trench_slope": 0.33, "working_width": 0.5, "steel_content": 90, "joint_spacing": 4,
}  # fmt: skip
TANK: dict[str, Any] = {
    "wall_top": 0.4, "wall_base": 0.6, "floor": 0.3, "cushion": 0.1, "plaster": True, "trench_slope": 0.3,
    "working_width": 0.3,
}  # fmt: skip


def record() -> dict[str, Any]:
    """The small design with a basin, a drop, a box culvert with mouths, fittings of its pond and its irrigation."""
    data = json.loads(json.dumps(examples.record()))
    for catchment in data["catchments"]:
        for part in catchment["areas"]:
            part["area"] *= 0.3
    reach = {r["name"]: r for r in data["network"]["reaches"]}
    reach["chute 1"] |= {"dissipator": "basin", "tailwater": 0.4, "basin": dict(BASIN),
                         "teeth": {"spacing": 4, "depth": 0.3, "width": 0.4}}  # fmt: skip
    reach["chute 2"] |= {"dissipator": "drop", "tailwater": 0.8, "drop": dict(DROP) | {"steps": 4},
                         "vertices": [[200, 40, 118.9], [200, 0, 115.0]]}  # fmt: skip
    reach["floor ditch"] |= {"lower_mouth": {k: v for k, v in MOUTH.items() if k not in ("head_wall", "parapet")}}
    reach["toe ditch"] |= {"to_node": "n culvert"}
    data["network"]["reaches"].append(
        {"name": "crossing", "kind": "culvert", "from_node": "n culvert", "to_node": "n floor", "length": 8,
         "start_level": 106.0, "end_level": 105.9, "width": 1.2, "height": 1.0, "roughness": 0.014,
         "inlet": "box_wingwall_30_75", "allowed_headwater": 1.3, "culvert": dict(BOX), "upper_mouth": dict(MOUTH),
         "lower_mouth": dict(MOUTH)}
    )  # fmt: skip
    pond = data["ponds"][0]
    pond["works"] = {
        "membrane": True, "signs": 2, "outlet_length": 12,
        "spillway": {"length": 8, "wall_top": 0.3, "wall_base": 0.5, "floor": 0.3, "cushion": 0.1, "trench_slope": 0.3,
                     "working_width": 0.3},
        "steps": {"width": 1.2, "riser": 0.15, "tread": 0.3, "slab": 0.12},
        "fence": {"height": 1.2, "post_spacing": 2.5, "offset": 0.5},
        "trash_rack": {"width": 1.0, "height": 1.2, "angle_deg": 70, "bar_mm": 16, "spacing": 0.08},
    }  # fmt: skip
    pond["sand_trap"]["works"] = dict(TANK)
    water = data["irrigation"]
    water["trench"] = {"side_room": 0.2, "slope": 0.3, "bedding": 0.1}
    water["pipes"][0] |= {"valves": 2}
    water["pipes"][1] |= {"count": 6, "valves": 6}
    water["drip"] |= {"area": 4000, "uniformity": 0.85}
    water["pump"] |= {"rated_head": 75, "hours_per_day": 12}
    water["wells"] = [{"name": "w1", "discharge": 30, "hours_per_day": 10, "depth": 80, "diameter": 300}]
    return data


def worked(data: dict[str, Any]) -> WaterResult:
    return design_water(WaterDesign.model_validate(data), None, examples.LINES)


@pytest.fixture(scope="module")
def found() -> WaterResult:
    return worked(record())


def works(found: WaterResult, kind: str, name: str = "") -> Works:
    return next(w for w in found.works if w.kind == kind and (not name or w.name == name))


def test_everything_stated_is_counted(found: WaterResult) -> None:
    assert [w.kind for w in found.works if w.missing] == []
    kinds = {w.kind for w in found.works}
    assert kinds >= {"culvert", "upper_mouth", "lower_mouth", "basin", "drop", "teeth", "spillway", "steps", "fence",
                     "trash_rack", "sand_trap", "pond", "pipe", "drip", "pump", "well"}  # fmt: skip
    assert check(found, "works.counted").verdict is Verdict.PASS


# amounts by hand ------------------------------------------------------------------------------------------------------


def test_box_culvert_by_hand(found: WaterResult) -> None:
    """Box 1.2 x 1.0 m in walls of 0.20, roof 0.25, base 0.30 on 0.10 of bedding, 0.60 m under the road."""
    c, length = works(found, "culvert"), math.hypot(8, 0.1)
    wide, high = 1.2 + 2 * 0.2, 1.0 + 0.25 + 0.30
    concrete = (wide * high - 1.2 * 1.0) * length
    deep = 0.6 + high + 0.1
    dug = (wide + 2 * 0.5 + 0.33 * deep) * deep * length
    bed = (wide + 0.2) * 0.1 * length
    assert c.amount("barrel").value == pytest.approx(concrete)
    assert c.amount("excavation").value == pytest.approx(dug)
    assert c.amount("bedding").value == pytest.approx(bed)
    assert c.amount("backfill").value == pytest.approx(dug - wide * high * length - bed)
    assert c.amount("formwork").value == pytest.approx((2 * high + 2 * 1.0 + 1.2) * length)
    assert c.amount("steel").value == pytest.approx(90 * concrete / 1000)
    assert c.amount("joints").value == pytest.approx(2 * (wide * high - 1.2))  # 8.0006 m: joints at 4 and 8 m


def test_pipes_are_counted_by_metres_and_displace_their_outside() -> None:
    data = record()
    crossing = data["network"]["reaches"][-1]
    crossing |= {"barrel": "pipe", "width": 1.0, "height": 1.0, "barrels": 2,
                 "inlet": "circular_concrete_square_edge_headwall",
                 "culvert": {"material": "precast_concrete", "wall": 0.1, "gap": 0.4, "bedding": 0.2, "cover": 0.8,
                             "trench_slope": 0.0, "working_width": 0.5}}  # fmt: skip
    crossing["upper_mouth"] |= {"width": 3.6}
    crossing["lower_mouth"] |= {"width": 3.6}
    c, length = works(worked(data), "culvert"), math.hypot(8, 0.1)
    dug = (2 * 1.2 + 0.4 + 1.0) * (0.8 + 1.2 + 0.2) * length
    assert c.amount("pipe").value == pytest.approx(2 * length)
    assert c.amount("backfill").value == pytest.approx(
        dug - 2 * math.pi / 4 * 1.2**2 * length - (2 * 1.2 + 0.4) * 0.2 * length
    )
    del crossing["culvert"]["gap"]
    assert works(worked(data), "culvert").missing == ("water.network.reaches[7].culvert.gap",)


def test_basin_by_hand(found: WaterResult) -> None:
    """Floor, two battered walls, end sill and cut-off; the trench is as deep as the bank over the basin's floor."""
    b = works(found, "basin", "chute 1")
    s = {name: size.value for name, size in b.sizes.items()}
    long, wide = s["length"] + 0.3, s["width"] + 2 * 0.5
    body = long * wide * 0.4 + 2 * (0.3 + 0.5) / 2 * s["wall_height"] * long + 0.3 * s["width"] * s["depth"]
    cut = 0.3 * wide * 0.5
    assert b.amount("body").value == pytest.approx(body + cut)
    deep = s["ground"] + s["depth"] + 0.4 + 0.1
    dug = (wide + 0.6 + 0.5 * deep) * deep * long
    assert b.amount("excavation").value == pytest.approx(dug + cut)
    under = s["ground"] + s["depth"]  # slices of the built section below the ground, 20,000 of them
    steps = 20_000
    outer = sum(
        (s["width"] + 2 * (0.5 - 0.2 * (under * (i + 0.5) / steps) / s["wall_height"])) * under / steps
        for i in range(steps)
    )
    assert b.amount("backfill").value == pytest.approx(dug - (outer + wide * 0.4) * long - wide * 0.1 * long, rel=1e-9)


def test_drop_by_hand(found: WaterResult) -> None:
    """Four steps: walls on foundations, one floor and two side walls through all pools, a sill at the end."""
    d = works(found, "drop")
    s = {name: size.value for name, size in d.sizes.items()}
    assert s["height"] == pytest.approx(3.9 / 4 + 0.3)
    wide, run = s["width"] + 2 * 0.5, 4 * s["length"] + 0.4
    walls = 4 * ((0.5 + 0.9) / 2 * s["height"] + 0.5 * 0.4) * wide
    floor = run * wide * 0.4 + (0.3 + 0.5) * s["side_height"] * run
    assert d.amount("body").value == pytest.approx(walls + floor + 0.4 * s["width"] * 0.3)
    pool, wall = s["ground"] + 0.3 + 0.5, s["ground"] + s["height"] + 0.5
    at_pools = (wide + 0.6 + 0.3 * pool) * pool * run
    at_walls = (wide + 0.6 + 0.3 * wall) * wall * 4 * 0.5
    assert d.amount("excavation").value == pytest.approx(at_pools + at_walls)
    cushion = (run + 4 * 0.5) * wide * 0.1
    assert d.amount("cushion").value == pytest.approx(cushion)
    under = s["ground"] + 0.3
    outer = (wide * (under + 0.4) - 0.2 * under**2 / s["side_height"]) * run + wide * (wall - 0.1) * 4 * 0.5
    assert d.amount("backfill").value == pytest.approx(at_pools + at_walls - outer - cushion)
    drop = found.structure("chute 2").built_drop
    assert drop is not None
    assert drop.run.value == pytest.approx(4 * (s["length"] + 0.5) + 0.4)


def slices(record: Mouth, narrow: float, high: float, many: int = 4000) -> dict[str, float]:
    """Volumes of a mouth added up slice by slice across its axis."""
    turn = math.radians(record.angle_deg)
    length = (record.width - narrow) / 2 / math.tan(turn)
    total = dict.fromkeys(("wings", "foundation", "floor", "open", "pit"), 0.0)
    for i in range(many):
        share = (i + 0.5) / many
        b, h = narrow + (record.width - narrow) * share, high + (record.end_height - high) * share
        dx, across = length / many, 1 / math.cos(turn)
        total["wings"] += 2 * (record.wall_top * h + record.batter * h * h / 2) * across * dx
        base = record.wall_top + record.batter * h + record.foundation_offset
        total["foundation"] += 2 * base * across * record.foundation * dx
        total["floor"] += b * record.floor * dx
        total["open"] += b * h * dx
        deep = h + record.foundation
        total["pit"] += (b + 2 * base * across + 2 * record.working_width + record.trench_slope * deep) * deep * dx
    return total


@settings(max_examples=25, deadline=None, derandomize=True)
@for_all(
    st.floats(0.5, 2.0), st.floats(0.6, 2.5), st.floats(0.2, 3.0), st.floats(10, 60), st.floats(0, 0.5),
    st.floats(0.2, 1.0),
)  # fmt: skip
def test_mouth_against_slices(
    narrow: float, high: float, more: float, angle: float, batter: float, share: float
) -> None:
    stated = MOUTH | {"width": narrow + more, "angle_deg": angle, "batter": batter, "end_height": share * high}
    mouth = Mouth.model_validate(stated)
    built = built_mouth("lower_mouth", mouth, "m", "p", given(narrow, "m", "w"), given(high, "m", "h"))
    want = slices(mouth, narrow, high)
    cut = 0.3 * 0.5 * mouth.width
    body = want["wings"] + want["foundation"] + want["floor"]
    assert built.amount("body").value == pytest.approx(body + cut, rel=1e-6)
    assert built.amount("excavation").value == pytest.approx(want["pit"] + cut, rel=1e-6)
    assert built.amount("backfill").value == pytest.approx(want["pit"] - body - want["open"], rel=1e-5)


def test_head_wall_leaves_the_barrel_open(found: WaterResult) -> None:
    """Head wall 0.4 m thick over 1.6 m, 1.0 + 0.25 + 0.3 m high, less the opening, on a foundation 0.6 m deep."""
    mouth = works(found, "upper_mouth", "crossing")
    record = Mouth.model_validate(MOUTH)
    want = slices(record, 1.2, 1.55)
    head = 0.4 * (1.6 * 1.55 - 1.2 * 1.0) + 0.4 * 1.6 * 0.6
    body = want["wings"] + want["foundation"] + want["floor"] + head + 0.3 * 0.5 * 2.4
    assert mouth.amount("body").value == pytest.approx(body, rel=1e-6)


def test_sand_trap_against_slices() -> None:
    trap = SandTrap.model_validate({"length": 4, "width": 2, "depth": 1.6, "efficiency": 0.8, "clearings_per_year": 4})
    built = sand_trap_works(trap, TankWorks.model_validate(TANK), "t", "p")
    many, outer = 4000, 0.0
    for i in range(many):
        t = 0.6 - 0.2 * (i + 0.5) / many
        outer += (4 + 2 * t) * (2 + 2 * t) * 1.6 / many
    outer += 5.2 * 3.2 * 0.3
    dug = sum(
        (5.8 + 0.6 * 2.0 * (i + 0.5) / many) * (3.8 + 0.6 * 2.0 * (i + 0.5) / many) * 2.0 / many for i in range(many)
    )
    bed = 5.2 * 3.2 * 0.1
    assert built.amount("body").value == pytest.approx(outer - 4 * 2 * 1.6, rel=1e-6)
    assert built.amount("excavation").value == pytest.approx(dug, rel=1e-6)
    assert built.amount("backfill").value == pytest.approx(dug - outer - bed, rel=1e-6)
    assert built.amount("plaster").value == pytest.approx(4 * 2 + 2 * 6 * 1.6)


def test_pond_fittings_by_hand(found: WaterResult) -> None:
    """Pond 60 x 40 m at its bottom, 5 m deep, sides 1:1.5: 75 x 55 m at the top."""
    fence, rest, steps = works(found, "fence"), works(found, "pond"), works(found, "steps")
    assert fence.amount("fence").value == pytest.approx(2 * (76 + 56))
    assert fence.amount("posts").value == math.ceil(264 / 2.5)
    lean = math.hypot(1, 1.5)
    sides = 2 * (60 + 75) / 2 * 5 * lean + 2 * (40 + 55) / 2 * 5 * lean
    assert rest.amount("membrane").value == pytest.approx(60 * 40 + sides)
    assert rest.amount("sign").value == 2
    assert rest.amount("outlet_pipe").value == 12
    assert steps.sizes["count"].value == 34  # 5.0 m in steps of 0.15 m
    assert steps.amount("body").value == pytest.approx(34 * 1.2 * (0.15 * 0.3 / 2 + 0.12 * math.hypot(0.15, 0.3)))
    rack = works(found, "trash_rack")
    bar, count = 1.2 / math.sin(math.radians(70)), 12  # 1.0 m in gaps of 0.08 m
    metres = count * bar + 2 * 1.0 + 2 * bar
    assert rack.amount("rack").value == pytest.approx(metres * math.pi * 0.016**2 / 4 * 7850)


def test_pipe_trench_by_hand(found: WaterResult) -> None:
    """75 mm main, 300 m, 0.70 m under the ground on 0.10 m of sand, 0.20 m of room, sides 1:0.3; laterals lie open."""
    main, lateral = works(found, "pipe", "main"), works(found, "pipe", "lateral")
    deep = 0.70 + 0.075 + 0.10
    dug = (0.475 + 0.3 * deep) * deep * 300
    sand = (0.475 + 0.3 * 0.1) * 0.1 * 300
    assert main.amount("excavation").value == pytest.approx(dug)
    assert main.amount("bedding").value == pytest.approx(sand)
    assert main.amount("backfill").value == pytest.approx(dug - sand - math.pi * 0.075**2 / 4 * 300)
    assert lateral.amount("pipe").value == pytest.approx(6 * 90)
    assert [a.what for a in lateral.amounts] == ["pipe", "valve"]
    drip = works(found, "drip")
    assert (drip.amount("drip_line").value, drip.amount("emitter").value) == (4000, 8000)
    assert works(found, "well").amount("well").value == 80


def test_ribs_by_hand(found: WaterResult) -> None:
    teeth = works(found, "teeth", "chute 1")
    length = found.structure("chute 1").quantities
    assert length is not None
    bed = length.length.value
    assert teeth.sizes["count"].value == math.ceil(bed / 4)
    foot = found.structure("chute 1").quantities.outline.outer[:, 0]  # type: ignore[union-attr]
    assert teeth.amount("body").value == pytest.approx(math.ceil(bed / 4) * 0.4 * 0.3 * float(foot.max() - foot.min()))


# nothing twice, nothing lost ------------------------------------------------------------------------------------------


def test_the_ditch_is_not_built_where_structures_stand(found: WaterResult) -> None:
    """The toe ditch gives up the culvert's inlet mouth, the floor ditch its outlet mouth; a drop takes its steps."""
    toe, floor = found.structure("toe ditch").quantities, found.structure("floor ditch").quantities
    mouth = works(found, "upper_mouth", "crossing").sizes["length"].value
    assert toe is not None and floor is not None
    assert toe.length.value == pytest.approx((120 - mouth) * math.hypot(1, 2 / 120))
    assert floor.length.value == pytest.approx((80 - mouth) * math.hypot(1, 0.8 / 80))
    drop = found.structure("chute 2")
    assert drop.built_drop is not None
    basin = works(found, "basin", "chute 1").sizes["whole"].value
    left = 40.0 - drop.built_drop.run.value - basin
    assert (drop.quantities is None) == (left <= 0)
    if drop.quantities is not None:
        assert drop.quantities.length.value == pytest.approx(left)


def test_a_basin_longer_than_the_reach_below_is_refused() -> None:
    data = record()
    reach = next(r for r in data["network"]["reaches"] if r["name"] == "chute 1")
    reach["basin"]["length"] = 90.0
    reach = next(r for r in data["network"]["reaches"] if r["name"] == "chute 2")
    reach |= {"dissipator": "basin"}
    del reach["drop"]
    with pytest.raises(InputError, match="chute 2"):
        worked(data)


@pytest.mark.parametrize("kind", ["culvert", "basin", "drop", "lower_mouth", "spillway", "sand_trap"])
def test_what_is_dug_is_filled_again(found: WaterResult, kind: str) -> None:
    for one in (w for w in found.works if w.kind == kind):
        put_back = one.amount("backfill").value
        assert 0 < put_back < one.amount("excavation").value
        assert all(a.number.value > 0 for a in one.amounts)


def test_every_amount_stands_in_the_bill_once(found: WaterResult) -> None:
    items = list(structure_items(found.works))
    assert len({i.id for i in items}) == len(items)
    for unit in {a.number.unit for w in found.works for a in w.amounts}:
        amounts = [a.number.value for w in found.works for a in w.amounts if a.number.unit == unit]
        assert sum(i.amount.value for i in items if i.unit == unit) == pytest.approx(sum(amounts))
    for item in items:
        assert item.calculation("en")
        for language in LANGUAGES:
            for said in (item.name, item.specification):
                assert not said.render(language).startswith(("bill.", "water.", "choice."))


def test_every_amount_leads_back_to_the_project(found: WaterResult) -> None:
    def fields(number: Traced, seen: set[str]) -> set[str]:
        if hasattr(number, "field"):
            seen.add(number.field)
        for part in number.inputs.values():
            fields(part, seen)
        return seen

    for one in found.works:
        for amount in one.amounts:
            if amount.what != "valve":
                assert fields(amount.number, set()), (one.kind, amount.what)


@pytest.mark.parametrize("language", LANGUAGES)
def test_worksheets_name_every_structure(found: WaterResult, language: str) -> None:
    tables = [*structure_tables(found, language), *irrigation_tables(found.irrigation, language)]
    rows = [row for table in tables for row in table.rows if not hasattr(row, "title")]
    assert len(rows) > 150
    words = [cell for row in rows for cell in row if isinstance(cell, str)]  # type: ignore[union-attr]
    assert not [w for w in words if w.startswith(("works.", "water.", "bill."))]
    assert text("works.structures_name", language) in [t.name for t in tables]


# checks ---------------------------------------------------------------------------------------------------------------


def check(found: WaterResult, name: str) -> Check:
    return next(c for c in found.checks if c.id == name)


def changed(path: str, value: Any) -> dict[str, Any]:
    data = record()
    here: Any = data
    *way, last = path.split("/")
    for part in way:
        here = here[int(part)] if part.isdigit() else here[part]
    here[int(last) if last.isdigit() else last] = value
    return data


BASIN_AT, DROP_AT, CROSSING = "network/reaches/3/basin", "network/reaches/4/drop", "network/reaches/7"
APRON = {"d50": 0.6, "length": 12.0, "thickness": 1.5, "filter": 0.2, "geotextile": True}
TURNS: list[tuple[str, str, Any, Any]] = [
    ("basin.depth", f"{BASIN_AT}/depth", 1.5, 0.05),
    ("basin.length", f"{BASIN_AT}/length", 12.0, 0.5),
    ("basin.submergence", f"{BASIN_AT}/depth", 1.5, 0.05),
    ("basin.wall", f"{BASIN_AT}/wall_height", 3.0, 0.6),
    ("drop.length", f"{DROP_AT}/length", 9.0, 1.0),
    ("drop.tailwater", "network/reaches/4/tailwater", 1.2, 0.1),
    ("drop.wall", f"{DROP_AT}/side_height", 2.5, 0.3),
    ("drop.room", f"{DROP_AT}/steps", 2, 40),
    ("teeth.spacing", "network/reaches/3/teeth/spacing", 5.0, 6.0),
    ("teeth.depth", "network/reaches/3/teeth/depth", 0.3, 0.2),
    ("culvert.cover", f"{CROSSING}/culvert/cover", 0.5, 0.2),
    ("drain.flat.crossing", f"{CROSSING}/allowed_headwater", 1.6, 0.3),
    ("spillway.wall", "ponds/0/works/spillway/wall_height", 3.0, 0.2),
    ("fence.height", "ponds/0/works/fence/height", 1.2, 0.9),
    ("stair.riser", "ponds/0/works/steps/riser", 0.15, 0.2),
    ("stair.tread", "ponds/0/works/steps/tread", 0.3, 0.2),
    ("rack.spacing", "ponds/0/works/trash_rack/spacing", 0.1, 0.2),
    ("irrigation.pump_head", "irrigation/pump/rated_head", 90, 40),
    ("irrigation.daily", "irrigation/pump/hours_per_day", 20, 0.5),
    ("irrigation.velocity", "irrigation/pipes/0/diameter", 75, 40),
    ("irrig.pipe.depth", "irrigation/pipes/0/burial", 0.6, 0.5),
    ("irrigation.lateral", "irrigation/pipes/1/diameter", 63, 20),
    ("irrigation.wells", "irrigation/wells/0/discharge", 60, 0.5),
]


@pytest.mark.parametrize(("name", "path", "good", "bad"), TURNS, ids=[f"{t[0]}" for t in TURNS])
def test_each_check_passes_and_fails(name: str, path: str, good: Any, bad: Any) -> None:
    assert check(worked(changed(path, good)), name).verdict is Verdict.PASS
    assert check(worked(changed(path, bad)), name).verdict in (Verdict.FAIL, Verdict.WARN)


def chute_wall(width: float, height: float) -> tuple[Check, WaterResult]:
    data = record()
    data["network"]["reaches"][3] |= {"width": width, "height": height}
    result = worked(data)
    return next(c for c in result.checks if c.id == "chute.wall" and c.subject.endswith("[3]")), result


@pytest.mark.parametrize(("width", "height", "verdict"), [(0.8, 1.2, Verdict.PASS), (1.5, 0.35, Verdict.FAIL)])
def test_walls_of_a_chute_hold_aerated_flow_and_freeboard(width: float, height: float, verdict: Verdict) -> None:
    """The stated height against (1 + zeta v/100) h + freeboard, worked here from both ends of the profile."""
    one, result = chute_wall(width, height)
    assert one.verdict is verdict
    assert result.network is not None
    sized = result.network.reach("chute 1").sized
    assert sized is not None and sized.chute is not None
    c = sized.chute
    foot = (1 + 1.4 * c.foot_velocity / 100) * c.foot_depth
    head = (1 + 1.4 * float(c.profile.velocity[0]) / 100) * float(c.profile.depth[0])
    assert isinstance(one.required, Traced)
    assert one.required.value == pytest.approx(max(foot, head) + 0.2)


def test_a_chute_overtopped_at_its_head_fails() -> None:
    """0.654 m3/s on 0.6 m: critical depth (q2/g)^(1/3) = 0.495 m stands over walls of 0.45 m."""
    assert chute_wall(0.6, 0.45)[0].verdict is Verdict.FAIL


@pytest.mark.parametrize(("size", "bad"), [("d50", 0.01), ("length", 0.5), ("thickness", 0.05)])
def test_apron_checks(size: str, bad: float) -> None:
    data = record()
    data["network"]["reaches"][7] |= {"dissipator": "apron", "apron": dict(APRON)}
    assert check(worked(data), f"apron.{size}").verdict is Verdict.PASS
    data["network"]["reaches"][7]["apron"][size] = bad
    assert check(worked(data), f"apron.{size}").verdict is Verdict.FAIL


def test_apron_by_hand() -> None:
    """Widths by HEC-14: three rises of 1.0 m at the outlet, 1:3 on both sides over 12 m."""
    data = record()
    data["network"]["reaches"][7] |= {"dissipator": "apron", "apron": dict(APRON)}
    apron = works(worked(data), "apron")
    area = (3.0 + (3.0 + 2 / 3 * 12)) / 2 * 12
    assert apron.amount("riprap").value == pytest.approx(area * 1.5)
    assert apron.amount("filter").value == pytest.approx(area * 0.2)
    assert apron.amount("excavation").value == pytest.approx(area * 1.7)
    assert apron.amount("geotextile").value == pytest.approx(area)


def test_fast_culvert_outlet_wants_protection() -> None:
    data = record()
    crossing = data["network"]["reaches"][7]
    assert check(worked(data), "culvert.outlet_velocity").verdict is Verdict.PASS
    crossing |= {"end_level": 105.0, "length": 8, "width": 0.6}
    data["network"]["reaches"][6] |= {"start_level": 105.0, "end_level": 104.4}
    crossing["allowed_headwater"] = 9.0
    assert check(worked(data), "culvert.outlet_velocity").verdict is Verdict.WARN
    crossing |= {"dissipator": "apron", "apron": dict(APRON)}
    assert check(worked(data), "culvert.outlet_velocity").verdict is Verdict.NOT_APPLICABLE


def test_a_sprinkler_lateral_must_carry_its_sprinklers_and_spray_finely() -> None:
    data = record()
    data["irrigation"].pop("drip")
    data["irrigation"]["sprinkler"] = {
        "flow": 0.2, "pressure_head": 25, "nozzle_mm": 5, "radius": 10, "spacing_on_lateral": 9,
        "spacing_of_laterals": 9, "efficiency": 0.8, "uniformity": 0.8, "soil": "loam", "area": 1620,
    }  # fmt: skip
    result = worked(data)
    assert check(result, "irrigation.lateral_flow").verdict is Verdict.PASS  # 20 x 0.2 = 4 m3/h
    assert check(result, "irrigation.atomisation").verdict is Verdict.PASS  # 25/0.005 = 5000
    assert works(result, "sprinkler").amount("sprinkler").value == 20
    data["irrigation"]["sprinkler"] |= {"flow": 0.3, "nozzle_mm": 20}
    result = worked(data)
    assert check(result, "irrigation.lateral_flow").verdict is Verdict.WARN
    assert check(result, "irrigation.atomisation").verdict is Verdict.WARN


def test_nothing_stated_is_not_judged_and_named() -> None:
    result = worked(examples.record())
    one = check(result, "works.counted")
    assert one.verdict is Verdict.NOT_JUDGED
    for field in ("water.network.reaches[3].basin", "water.ponds[0].works.spillway", "water.irrigation.trench"):
        assert field in one.missing
    for name in ("teeth.spacing", "irrigation.pump_head", "irrigation.daily"):
        assert check(result, name).verdict is Verdict.NOT_JUDGED


def test_basin_is_rated_at_its_built_depth(found: WaterResult) -> None:
    """A deeper floor gives the water more energy: the sequent depth grows with it, and the walls are asked for it."""
    s = found.structure("chute 1")
    assert s.built_basin is not None and s.built_basin.submergence is not None and s.basin is not None
    depth = s.built_basin.works.sizes["depth"].value
    energy = s.basin.energy - max(s.basin.depth.value, 0.0) + depth
    again = chute.stilling_basin(s.basin.unit_flow, energy, 0.4, phi=1.0)
    assert s.built_basin.submergence.value == pytest.approx((depth + 0.4) / again.sequent.value, rel=1e-6)


@pytest.mark.parametrize(
    ("change", "says"),
    [({"width": 0.5}, "width"), ({"end_height": 9.0}, "end_height")],
)  # fmt: skip
def test_impossible_mouths_are_refused(change: dict[str, float], says: str) -> None:
    data = record()
    data["network"]["reaches"][7]["upper_mouth"] |= change
    with pytest.raises(InputError, match=says):
        worked(data)


@pytest.mark.parametrize(
    ("kind", "change"),
    [("culvert", {"bedding_side": 0.9}), ("basin", {"wall_base": 0.1}), ("drop", {"sill_thickness": 0.0}),
     ("culvert", {"wall": -0.1}), ("basin", {"floor": 0.0})],
)  # fmt: skip
def test_impossible_sizes_are_refused_on_reading(kind: str, change: dict[str, float]) -> None:
    data = record()
    reach = next(r for r in data["network"]["reaches"] if kind in r)
    reach[kind] |= change
    with pytest.raises(ValueError, match=r"bedding_side|wall_base|sill|greater"):
        WaterDesign.model_validate(data)


def test_items_stand_together_by_part(found: WaterResult) -> None:
    """The bill prints its parts as groups: items of one part follow one another."""
    parts = [i.part for i in water_items(found)]
    assert [p for p, _ in itertools.groupby(parts)] == list(dict.fromkeys(parts))
