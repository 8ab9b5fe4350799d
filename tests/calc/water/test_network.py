"""Sizing and the drainage network."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import ValidationError

from slopedesign.calc.water import ditch_quantities, lines, sizing
from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.section import polygon_area
from slopedesign.errors import InputError, OutOfRange
from slopedesign.project.water import DitchType, WaterDesign
from slopedesign.standards.check import Verdict
from slopedesign.standards.trace import measured

from . import examples

STONE = DitchType(name="stone")


def demand(flow: float, slope: float, **more: Any) -> sizing.Demand:
    return sizing.Demand(measured(flow, "m3/s", "trace.bare"), measured(slope, "-", "trace.bare"),
                         sizing.freeboard(2, None), **more)  # fmt: skip


# Sizing ---------------------------------------------------------------------------------------------------------------


@for_all(st.floats(0.01, 3), st.floats(0.003, 0.1), st.floats(1.01, 3), st.sampled_from(["mortared_stone", "concrete"]),
         st.sampled_from([0.0, 0.5]))  # fmt: skip
@settings(max_examples=150)
def test_more_water_never_gives_a_smaller_ditch(flow: float, slope: float, more: float, lining: str, z: float) -> None:
    kind = DitchType.model_validate(
        {"name": "d", "lining": lining, "shape": "trapezoid" if z else "rectangle", "side_slope": z}
    )
    small, large = sizing.size(kind, demand(flow, slope)), sizing.size(kind, demand(more * flow, slope))
    if not small.fits:
        assert not large.fits
        return
    if large.fits:
        assert large.section.area(large.height) >= small.section.area(small.height)


@for_all(st.floats(0.05, 2), st.floats(0.1, 0.6), st.floats(1.01, 3))
@settings(max_examples=30)
def test_more_water_never_gives_a_smaller_chute(flow: float, slope: float, more: float) -> None:
    kind = DitchType(name="c", lining="concrete")
    small = sizing.size(kind, demand(flow, slope, chute_length=20.0))
    large = sizing.size(kind, demand(more * flow, slope, chute_length=20.0))
    if small.fits and large.fits:
        assert large.section.area(large.height) >= small.section.area(small.height)
    assert small.fits or not large.fits


def test_chosen_section_fits_and_every_smaller_one_says_why_not() -> None:
    found = sizing.size(STONE, demand(0.8, 0.01, min_width=0.5))
    assert found.fits and found.depth is not None and found.velocity is not None and found.velocity_limit is not None
    assert found.depth.value + 0.2 <= found.height
    assert found.velocity.value <= found.velocity_limit.value
    own = found.section.area(found.height)
    smaller = [c for c in sizing.catalogue(STONE) if c.section.area(c.height) < own - 1e-12]
    assert len(found.rejected) >= len(smaller)
    for rejected in found.rejected:
        zh, en = rejected.text.render("zh_CN"), rejected.text.render("en")
        assert f"{rejected.width:g}" in zh and f"{rejected.width:g}" in en
        assert "water.reject" not in zh


def test_velocity_limit_follows_lining_and_depth() -> None:
    limits = [sizing.velocity_limit(STONE, h).value for h in (0.3, 0.5, 1.5, 2.5)]
    assert limits == pytest.approx([3.0 * f for f in (0.85, 1.0, 1.25, 1.4)])


def test_earth_ditch_too_fast_is_not_chosen() -> None:
    earth = DitchType(name="e", lining="earth", shape="trapezoid", side_slope=1.0)
    found = sizing.size(earth, demand(0.6, 0.03))
    assert not found.fits
    assert {r.reason for r in found.rejected} >= {"capacity", "velocity"}


def test_bend_needs_a_deeper_ditch() -> None:
    straight = sizing.size(STONE, demand(1.0, 0.02))
    bend = sizing.size(STONE, demand(1.0, 0.02, bend_radius=3.0))
    assert bend.section.area(bend.height) > straight.section.area(straight.height)


def test_stated_section_is_judged_not_chosen() -> None:
    found = sizing.size(STONE, demand(2.0, 0.005), fixed=(0.5, 0.5))
    assert not found.fits
    assert (found.width, found.height) == (0.5, 0.5)


# Quantities -----------------------------------------------------------------------------------------------------------


def test_quantities_of_a_rectangle_by_hand() -> None:
    kind = DitchType(name="q", wall_top=0.3, wall_base=0.3, floor=0.3, cushion=0.1, working_width=0.3, trench_slope=0.5,
                     plaster=True, joint_spacing=10, weep_spacing=2, weep_sides=1)  # fmt: skip
    q = ditch_quantities.quantities(kind, sizing.section_of(kind, 0.5, 0.6), measured(100, "m", "trace.bare"), 0.0, "r")
    assert q.lining.value == pytest.approx((1.1 * 0.9 - 0.5 * 0.6) * 100)
    assert q.cushion.value == pytest.approx(1.1 * 0.1 * 100)
    assert q.excavation.value == pytest.approx((1.7 + 0.5 * 1.0) * 1.0 * 100)
    assert q.backfill.value == pytest.approx(220 - 99 - 11)
    assert q.plaster.value == pytest.approx((0.6 + 0.5 + 0.6) * 100)
    assert q.joint_count.value == 9
    assert q.joints.value == pytest.approx(9 * 0.69)
    assert q.weep_holes.value == 50
    assert q.formwork.value == 0.0


@for_all(st.sampled_from(["rectangle", "trapezoid", "triangle", "u", "circle"]), st.floats(0.3, 1.5),
         st.floats(0.3, 1.5), st.floats(0.0, 0.5), st.floats(0.0, 0.5), st.floats(0.0, 1.0),
         st.floats(0, 0.2))  # fmt: skip
def test_what_is_dug_is_filled_again(
    shape: str, width: float, height: float, wall: float, floor: float, slope: float, cushion: float
) -> None:
    z = 1.0 if shape in ("trapezoid", "triangle") else 0.0
    kind = DitchType.model_validate({"name": "q", "shape": shape, "side_slope": z, "wall_top": wall, "wall_base": wall,
                                     "floor": floor, "trench_slope": slope, "cushion": cushion})  # fmt: skip
    section = sizing.section_of(kind, width, height)
    q = ditch_quantities.quantities(kind, section, measured(50, "m", "trace.bare"), 0.1, "r")
    inside = polygon_area(q.outline.inner) * q.length.value
    assert q.backfill.value >= -1e-9
    assert q.excavation.value == pytest.approx(q.backfill.value + q.lining.value + q.cushion.value + inside)


def test_unlined_ditch_is_dug_to_its_shape() -> None:
    kind = DitchType(name="e", lining="earth", shape="trapezoid", side_slope=1.0, wall_top=0, wall_base=0, floor=0)
    q = ditch_quantities.quantities(kind, sizing.section_of(kind, 0.5, 0.6), measured(10, "m", "trace.bare"), 0.0, "r")
    assert q.excavation.value == pytest.approx((0.5 + 0.6) * 0.6 * 10)
    assert q.lining.value == q.backfill.value == q.joint_count.value == 0


# Lines ----------------------------------------------------------------------------------------------------------------


def test_bed_on_a_level_line_falls_by_its_slope() -> None:
    bed = lines.bed_on(examples.LINES["bench 2"], "bench 2", slope=0.005)
    assert bed.length == pytest.approx(200)
    assert bed.fall == pytest.approx(1.0)
    assert bed.deepest == pytest.approx(1.0)


def test_stations_turn_a_line_round() -> None:
    bed = lines.bed_on(examples.LINES["crest"], "crest", start=200, end=0)
    assert bed.slope < 0
    assert bed.points[-1, :2] == pytest.approx([0.0, 60.0])


def test_drain_lines_lays_a_network_that_can_be_worked() -> None:
    named = {"crest": ("crest", examples.LINES["crest"]), "b2": ("bench", examples.LINES["bench 2"]),
             "b1": ("bench", examples.LINES["bench 1"]),
             "toe": ("toe", np.array([[0.0, 0.0, 100.0], [200.0, 0.0, 99.0]]))}  # fmt: skip
    found = lines.drain_lines(named, (150.0, 30.0), 0.005)  # type: ignore[arg-type]
    assert [r.kind for r in found].count("chute") == 3
    leaving = [r.from_node for r in found]
    assert len(leaving) == len(set(leaving))
    assert {r.to_node for r in found} - set(leaving) == {"outlet"}
    assert all(r.bed.flattest > 0 for r in found)
    levels = {r.from_node: r.bed.points[0, 2] for r in found}
    for r in found:
        if r.to_node in levels:
            assert r.bed.points[-1, 2] == pytest.approx(levels[r.to_node], abs=1e-9)


# The whole network ----------------------------------------------------------------------------------------------------


def test_areas_add_and_flows_are_worked_anew() -> None:
    found = design_water(examples.design(), None, examples.LINES).network
    assert found is not None
    toe = found.reach("toe ditch")
    assert toe.gathered.area.value == pytest.approx(0.054)
    assert toe.gathered.phi.value == pytest.approx((0.03 * 0.8 + 2 * 0.012 * 0.85) / 0.054)
    above = found.into("n foot")
    assert max(r.flow.value for r in above) <= toe.flow.value < sum(r.flow.value for r in above)
    assert toe.gathered.time.value >= max(r.time_below.value for r in above)
    assert toe.flow.value == pytest.approx(16.67 * toe.gathered.phi.value * toe.gathered.intensity.value * 0.054)


def test_sections_never_shrink_downstream() -> None:
    found = design_water(examples.design(), None, examples.LINES).network
    assert found is not None
    for reach in found.reaches:
        for above in found.into(reach.input.record.from_node):
            if above.sized is not None and reach.sized is not None and reach.sized.fits:
                own, upper = (r.section.area(r.height) for r in (reach.sized, above.sized))
                assert own >= upper - 1e-12


@for_all(st.floats(1.0, 2.5), st.floats(1.0, 2.0))
@settings(max_examples=15)
def test_more_rain_never_gives_a_smaller_ditch_anywhere(q: float, more: float) -> None:
    def sizes(q_5_10: float) -> dict[str, float]:
        storm = {"return_period": 10, "q_5_10": q_5_10, "region": "south_east", "c60": 0.4}
        found = design_water(_without_pond(storm), None, examples.LINES).network
        assert found is not None
        return {r.name: r.sized.section.area(r.sized.height) for r in found.reaches if r.sized and r.sized.fits}

    low, high = sizes(q), sizes(q * more)
    for name in low.keys() & high.keys():
        assert high[name] >= low[name] - 1e-12
    assert high.keys() <= low.keys()


def _without_pond(storm: dict[str, Any]) -> WaterDesign:
    data = examples.record(storm=storm, ponds=[], irrigation=None)
    data["network"]["outlets"] = ["pond"]
    return WaterDesign.model_validate(data)


def _changed(change: Any) -> WaterDesign:
    data = examples.record()
    change(data)
    return WaterDesign.model_validate(data)


def _set(path: str, value: Any) -> Any:
    def change(data: dict[str, Any]) -> None:
        *keys, last = path.split(".")
        for key in keys:
            data = data[int(key)] if key.isdigit() else data[key]  # type: ignore[assignment]
        if value is None:
            data.pop(last, None)
        else:
            data[last] = value

    return change


REFUSED = {
    "return period missing": (_set("storm.return_period", None), "return_period"),
    "no storm at all": (lambda d: d.update(storm={"return_period": 10}), "no design storm"),
    "C60 missing": (_set("storm.c60", None), "c60"),
    "region missing": (_set("storm.region", None), "region"),
    "unknown line": (_set("network.reaches.0.follows", "moon"), "moon"),
    "unknown node": (_set("catchments.0.drains_to", "nowhere"), "nowhere"),
    "reach ends nowhere": (_set("network.reaches.6.to_node", "lost"), "floor ditch"),
    "circle": (_set("network.reaches.6.to_node", "n foot"), "toe ditch"),
    "fork": (_set("network.reaches.1.from_node", "n crest"), "n crest"),
    "reverse slope": (_set("network.reaches.5.end_level", 109.0), "toe ditch"),
    "level bed": (_set("network.reaches.5.end_level", 108.0), "toe ditch"),
    "level line without slope": (_set("network.reaches.1.slope", None), "bench 2 ditch"),
    "self loop": (_set("network.reaches.6.to_node", "n floor"), "n floor"),
    "dry reach": (lambda d: d["catchments"].pop(1), "bench 2 ditch"),
    "overland surface missing": (_set("catchments.0.overland_surface", None), "overland_surface"),
    "overland slope missing": (_set("catchments.0.overland_slope", None), "overland_slope"),
    "pond without inflow": (lambda d: d["ponds"].append(d["ponds"][0] | {"name": "dry one"}), "dry one"),
    "normal level above the top": (_set("ponds.0.normal_level", 107.0), "normal_level"),
    "dead level above normal": (_set("ponds.0.dead_level", 104.9), "dead_level"),
    "catchment on missing terrain": (
        lambda d: d["catchments"][0].update(outlet=[0, 0], surface="farmland"), "terrain"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_bad_input_is_refused_by_name(name: str) -> None:
    change, said = REFUSED[name]
    with pytest.raises(InputError) as caught:
        design_water(_changed(change), None, examples.LINES)
    assert said in str(caught.value)
    assert "water.error" not in caught.value.describe("zh_CN")


def test_governing_method_must_be_stated() -> None:
    with pytest.raises(InputError, match="governing"):
        design_water(_changed(_set("storm.governing", "recorded")), None, examples.LINES)


def test_storm_factor_beyond_its_table_is_refused() -> None:
    with pytest.raises(OutOfRange):
        design_water(_changed(_set("storm.return_period", 50)), None, examples.LINES)


@pytest.mark.parametrize(("path", "value"), [
    ("storm.return_period", 0.5), ("storm.h24", -10.0), ("storm.q_5_10", 0.0), ("catchments.0.areas.0.area", 0.0),
    ("catchments.0.areas.0.phi", 1.2), ("network.reaches.5.length", -5.0), ("network.reaches.1.slope", 0.0),
    ("network.types.0.widths", [0.5, -0.5]), ("ponds.0.depth", 0.0), ("network.reaches.0.ditch_type", "unknown"),
    ("network.reaches.1.name", "crest ditch"), ("storm.h24", float("nan")),
])  # fmt: skip
def test_impossible_values_are_refused_on_reading(path: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        _changed(_set(path, value))


def test_coefficient_outside_its_table_is_flagged() -> None:
    found = design_water(_changed(_set("catchments.0.areas.0.phi", 0.30)), None, examples.LINES)
    assert any(c.id == "storm.phi" and c.verdict is Verdict.WARN for c in found.checks)
    assert any("0.3" in r.text.render("en") for r in found.remarks)


def test_large_catchment_is_flagged() -> None:
    big = _changed(_set("catchments.0.areas.0.area", 1.2e7))
    found = design_water(big, None, examples.LINES)
    assert any(c.id == "storm.rational_area" and c.verdict is Verdict.WARN for c in found.checks)
    assert any("rational" in r.text.render("en") for r in found.remarks)


def test_method_out_of_its_range_is_said_and_others_go_on() -> None:
    slow = _changed(_set("catchments.0.overland_length", 4000.0))
    data = slow.model_copy(update={})
    found = design_water(data, None, examples.LINES)
    assert found.network is not None
    long = _changed(lambda d: d["catchments"][0].update(channel_length=20000.0, channel_slope=0.001))
    told = design_water(long, None, examples.LINES).remarks
    assert any("not used" in r.text.render("en") for r in told)


def test_a_long_chain_of_reaches_can_be_worked_and_walked() -> None:
    """600 reaches one after another: no trace is deeper than a walk can go."""
    from slopedesign.calc.water.network import LINKED_UP_TO

    count = 600
    assert count > LINKED_UP_TO
    steep = {"kind": "toe", "length": 30.0, "slope": 0.01, "ditch_type": "d"}
    data = {
        "storm": {"return_period": 10, "h24": 150, "decay": 0.7},
        "catchments": [
            {"name": f"c{k}", "drains_to": f"n{k}", "areas": [{"surface": "farmland", "area": 500}],
             "overland_length": 30, "overland_slope": 0.3, "overland_surface": "grass"} for k in range(count)
        ],
        "network": {
            "types": [{"name": "d", "widths": [0.5, 1, 2, 4], "heights": [0.5, 1, 2]}],
            "reaches": [steep | {"name": f"r{k}", "from_node": f"n{k}", "to_node": f"n{k + 1}"} for k in range(count)],
            "outlets": [f"n{count}"],
        },
    }  # fmt: skip
    found = design_water(WaterDesign.model_validate(data))
    assert found.network is not None
    assert all(c.unverified in (True, False) for c in found.checks)
    last = found.network.reaches[-1]
    assert last.gathered.area.value == pytest.approx(count * 500 / 1e6)
    flows = [r.flow.value for r in found.network.reaches]
    assert flows == sorted(flows)


def test_traces_of_an_ordinary_network_run_to_the_catchments() -> None:
    found = design_water(examples.design(), None, examples.LINES).network
    assert found is not None

    def leaves(number: Any) -> set[str]:
        parts = number.inputs.values()
        return set().union(*(leaves(p) for p in parts)) if parts else {getattr(number, "field", "")}

    fields = leaves(found.reach("toe ditch").flow)
    assert {f"water.catchments[{i}].areas[0].area" for i in range(3)} <= fields
    assert "water.storm.h24" in fields


def test_the_least_time_limits_the_storm_and_not_the_flow() -> None:
    """A head of 2 min and 1 min of ditch are 3 min together, read as 5 (FHWA HEC-22 4th ed., example 9.2, step 3b)."""
    solved = design_water(examples.design(), None, examples.LINES).network
    assert solved is not None
    toe = solved.reach("toe ditch").gathered
    head = solved.reach("bench 1 ditch")
    assert head.gathered.elapsed.value < 5.0 == head.gathered.time.value
    above = solved.into("n foot")
    assert toe.elapsed.value == pytest.approx(max(r.gathered.elapsed.value + r.travel.value for r in above))
    assert toe.time.value == max(toe.elapsed.value, 5.0)
