"""Ditches laid out on benched slopes: every line covered once, every bed falling, every way leading to the outlet."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from slopedesign.calc.terrain.surface import Tin, tin_from_grid
from slopedesign.calc.water import crest, lines, network, terrain
from slopedesign.calc.water.design import design_water, reach_inputs, stated_layout, with_layout
from slopedesign.calc.water.layout import BenchLine, Layout, SlopeLines, drain_stations, propose, straight_bed
from slopedesign.errors import InputError
from slopedesign.project.water import AutomaticNetwork, WaterDesign

LENGTH = 160.0
STEPS = ((0.0, 100.0), (10.0, 110.0), (14.0, 110.0), (24.0, 120.0), (28.0, 120.0), (38.0, 130.0), (90.0, 145.0))
"""Distance from the toe and level across the slope: two benches 4 m wide, the hill above."""


def bow(x: Any, bend: float) -> Any:
    """How far the slope bends back at x."""
    return bend * np.sin(np.pi * np.clip(x, 0, LENGTH) / LENGTH)


def level(x: Any, y: Any, bend: float) -> Any:
    """The designed ground: benched north of the toe, a floor falling gently south of it, a hill behind the middle."""
    d = y - bow(x, bend)
    hill = 6.0 * np.cos(np.pi * (x - LENGTH / 2) / LENGTH) * np.clip((d - 38) / 10, 0, 1)
    return np.where(d < 0, 100.0 + 0.01 * d, np.interp(d, *np.array(STEPS).T)) + hill


def _levels(x: np.ndarray, y: np.ndarray, bend: float) -> Any:
    east, north = np.meshgrid(x, y)
    return level(east, north, bend)


@cache
def site(bend: float) -> tuple[SlopeLines, Tin]:
    """A slope and its ground."""
    x, y = np.arange(-60.0, LENGTH + 61), np.arange(-60.0, 110.0)
    surface = tin_from_grid(x, y, _levels(x, y, bend))
    along = np.linspace(0, LENGTH, 81)

    def line(d: float, z: float, cut: float) -> np.ndarray:
        part = along[(along >= cut) & (along <= LENGTH - cut)]
        return np.column_stack((part, bow(part, bend) + d, np.full(part.size, z)))

    benches = (BenchLine(1, "1", "S/bench 1/inner edge", line(14, 110, 4)),
               BenchLine(2, "2", "S/bench 2/inner edge", line(28, 120, 14)))  # fmt: skip
    rim = np.vstack((line(0, 0, 0)[:, :2], line(38, 0, 20)[::-1, :2]))
    return SlopeLines("S", benches, line(0, 100, 0), "S/toe", shapely.Polygon(rim).buffer(0)), surface


def asked(**changes: Any) -> AutomaticNetwork:
    """What a designer states."""
    data: dict[str, Any] = {
        "outlet": (80.0, -30.0), "ditch_type": "stone", "chute_spacing": 100, "surface": "hard_rock_slope",
        "overland_surface": "compacted",
    }  # fmt: skip
    return AutomaticNetwork.model_validate(data | changes)


def record(auto: AutomaticNetwork, **changes: Any) -> WaterDesign:
    """A whole water record round it."""
    data: dict[str, Any] = {
        "storm": {"return_period": 10, "h24": 180, "decay": 0.7}, "grid_cell": 2.0,
        "network": {"types": [{"name": "stone"}], "automatic": auto.model_dump()},
    }  # fmt: skip
    return WaterDesign.model_validate(data | changes)


def named(slope: SlopeLines) -> dict[str, np.ndarray]:
    """The lines reaches follow."""
    assert slope.toe is not None
    return {b.name: b.points for b in slope.benches} | {slope.toe_name: slope.toe}


def grid(surface: Tin, cell: float = 2.0) -> terrain.Grid:
    """The ground in cells."""
    east0, north0, _, east1, north1, _ = surface.bounds
    east, north = np.arange(east0 + cell / 2, east1, cell), np.arange(north0 + cell / 2, north1, cell)
    z = surface.elevation(np.column_stack([np.tile(east, len(north)), np.repeat(north, len(east))]))
    return terrain.Grid(float(east[0]), float(north[0]), cell, z.reshape(len(north), len(east)))


def covered(found: Layout, line: str, length: float) -> None:
    """The reaches along a line cover it from end to end, once."""
    stations = [(float(r.from_station or 0), float(r.to_station or 0)) for r in found.reaches if r.follows == line]
    spans = sorted((min(a, b), max(a, b)) for a, b in stations)
    assert spans, line
    assert spans[0][0] == pytest.approx(0.0)
    assert spans[-1][1] == pytest.approx(length)
    for (_, end), (start, _) in zip(spans, spans[1:], strict=False):
        assert start == pytest.approx(end)


CHUTES = st.sampled_from(["spacing", "one_end", "both_ends"])


@for_all(CHUTES, st.floats(30, 300), st.sampled_from([0.0, 25.0]), st.tuples(st.floats(-20, 180), st.floats(-50, -8)),
         st.sampled_from(["toe", "outside"]), st.floats(0.003, 0.02), st.floats(0.3, 0.8))  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_layouts_fall_cover_and_end_at_the_outlet(
    chutes: str, spacing: float, bend: float, outlet: tuple[float, float], leads: str, slope: float, depth: float
) -> None:
    lined, surface = site(bend)
    auto = asked(chutes=chutes, chute_spacing=spacing, outlet=outlet, crest_leads_to=leads, slope=slope, depth=depth)
    found = propose(auto, [lined], surface)
    water = with_layout(record(auto), found)
    inputs = reach_inputs(water, named(lined), surface, 0)
    for reach in inputs:
        assert reach.bed.flattest > 0, reach.name
        assert reach.bed.slope >= slope * (1 - 1e-6) or reach.record.kind in ("floor",), reach.name
        if reach.record.kind in ("bench", "toe") and reach.record.follows:
            assert float((reach.bed.ground - reach.bed.points[:, 2]).min()) >= depth - 1e-6, reach.name
    for b in lined.benches:
        covered(found, b.name, float(lines.stations_of(b.points)[-1]))
    assert lined.toe is not None
    covered(found, lined.toe_name, float(lines.stations_of(lined.toe)[-1]))
    ends = set(water.network.outlets)
    assert ends == {"outlet", *found.outlets}
    assert (leads == "outside") == bool(found.outlets)
    ordered = network.order(inputs, tuple(ends), [c.drains_to for c in water.catchments])
    assert len(ordered) == len(found.reaches)
    on = {reach.record.from_node: reach.record for reach in inputs}
    levels: dict[str, float] = {}
    for reach in inputs:  # what comes in lies no lower than what goes on
        levels[reach.record.from_node] = float(reach.bed.points[0, 2])
    for reach in inputs:
        node = reach.record.to_node
        assert node in ends or reach.bed.points[-1, 2] >= levels[node] - 1e-6, reach.name
        steps = 0
        while node not in ends:
            node, steps = on[node].to_node, steps + 1
            assert steps <= len(inputs)


@for_all(st.floats(20, 500), st.lists(st.floats(0, 1), max_size=4), st.floats(20, 200))
@settings(max_examples=200)
def test_drains_are_no_farther_apart_than_asked(length: float, shares: list[float], spacing: float) -> None:
    arrivals = [share * length for share in shares]
    found = drain_stations(length, arrivals, spacing)
    assert all(any(a == f for f in found) for a in arrivals)
    assert all(0 <= f <= length for f in found)
    gaps = np.diff([0.0, *found, length])
    assert (gaps <= spacing * (1 + 1e-9)).all()
    if not arrivals:
        assert len(found) == max(1, np.ceil(length / spacing - 1e-9))


@for_all(st.lists(st.tuples(st.floats(1, 30), st.floats(-8, 8)), min_size=1, max_size=8), st.floats(0.001, 0.1))
@settings(max_examples=100)
def test_straight_beds_lie_under_their_line_and_touch_it(parts: list[tuple[float, float]], slope: float) -> None:
    station = np.cumsum([0.0, *(p[0] for p in parts)])
    z = np.cumsum([100.0, *(p[1] for p in parts)])
    top, foot = straight_bed(np.column_stack((station, np.zeros_like(station), z)), slope, 0.5)
    bed = top + (foot - top) * station / station[-1]
    under = z - bed
    assert under.min() == pytest.approx(0.5, abs=1e-6)
    assert (top - foot) / station[-1] >= slope * (1 - 1e-9)


@for_all(st.lists(st.floats(0, 40), min_size=2, max_size=25))
@settings(max_examples=200)
def test_every_stretch_of_crest_runs_to_one_low_point(z: list[float]) -> None:
    ground = np.array(z)
    marks = crest.lows(ground)
    assert marks == sorted(set(marks))
    taken = np.zeros(len(ground) - 1, dtype=int)
    for low in marks:
        for high in crest.heads(ground, low):
            taken[min(low, high) : max(low, high)] += 1
    assert (taken == 1).all()


def test_a_crest_ditch_keeps_its_distance_and_leads_down_both_flanks() -> None:
    lined, surface = site(0.0)
    found = propose(asked(crest_offset=6.0), [lined], surface)
    ring = np.array(
        [v[:2] for r in found.reaches if r.name.startswith("S-C") and "J" not in r.name for v in r.vertices]
    )
    away = shapely.distance(lined.outline, shapely.points(ring))
    assert away.min() > 5.5 and away.max() < 12
    assert (ring[:, 1] > 10).all()  # above the lowest bench
    assert {r.to_node for r in found.reaches if r.name.startswith("S-CJ")} <= {r.from_node for r in found.reaches}


def test_a_proposed_network_is_worked_whole() -> None:
    """Ordinary reaches in the result: sized, judged, with their catchments measured on the ground, and listed."""
    lined, surface = site(25.0)
    auto = asked()
    results = {}
    for method in ("d8", "d_infinity"):
        found = propose(auto, [lined], surface)
        water = record(auto, flow_method=method)
        result = design_water(water, grid(surface), named(lined), surface, found)
        assert result.network is not None and result.layout is found
        assert {r.name for r in result.network.reaches} == {r.name for r in found.reaches}
        assert {c.record.above for c in result.catchments} <= {r.name for r in found.reaches}
        arrived = result.network.outlets["outlet"]
        assert arrived.area.value == pytest.approx(sum(c.inflow.area.value for c in result.catchments))
        assert all(r.flow.value > 0 for r in result.network.reaches)
        results[method] = {c.record.name: c.inflow.area.value for c in result.catchments}
        said = [r.text.render("en") for r in result.remarks]
        assert any(("D-infinity" if method == "d_infinity" else "D8") in text for text in said)
        traced = result.catchments[0].parts
        methods = {area.method for area, _ in traced.values()}  # type: ignore[attr-defined]
        assert methods == {f"water.note.terrain_area_{method}"}
    assert results["d8"] != results["d_infinity"]
    whole = [sum(areas.values()) for areas in results.values()]
    assert whole[0] == pytest.approx(whole[1], rel=0.05)


def test_what_is_stated_takes_the_place_of_what_is_proposed() -> None:
    lined, surface = site(0.0)
    auto = asked(crest_ditch=False)
    found = propose(auto, [lined], surface)
    old = next(r for r in found.reaches if r.name == "S-O")
    own = old.model_copy(update={"width": 1.2, "height": 1.2})
    types = [{"name": "stone"}]
    water = record(auto, network={"types": types, "automatic": auto.model_dump(), "reaches": [own.model_dump()]})
    merged = with_layout(water, found)
    assert [r.name for r in merged.network.reaches].count("S-O") == 1
    result = design_water(water, grid(surface), named(lined), surface, found)
    assert result.network is not None
    floor = result.network.reach("S-O")
    assert floor.input.path == "water.network.reaches[0]"
    assert floor.sized is not None and floor.sized.width == 1.2
    assert result.network.reaches[0].input.path.startswith("water.network.automatic.")


def test_land_gives_each_catchment_its_share() -> None:
    lined, surface = site(0.0)
    auto = asked(crest_ditch=False)
    west = [[-60, -60], [80, -60], [80, 110], [-60, 110]]
    water = record(auto, land=[{"name": "grass", "surface": "grassland", "polygon": west}])
    result = design_water(water, grid(surface), named(lined), surface, propose(auto, [lined], surface))
    for c in result.catchments:
        shares = {name.split()[-1]: area.value for name, (area, _) in c.parts.items()}
        assert c.ground is not None
        assert sum(shares.values()) == pytest.approx(c.ground.area)
        middle = np.average(np.nonzero(c.ground.mask)[1]) * 2 - 59
        if middle < 40:
            assert shares["grassland"] > 0.8 * c.ground.area
        if middle > 120:
            assert shares["hard_rock_slope"] > 0.8 * c.ground.area


REFUSED = [
    ({"outlet": (500.0, 500.0)}, "outlet"),
    ({"slopes": ["nowhere"]}, "slopes"),
    ({"outlet_level": 99.9}, "outlet_level"),
    ({"crest_lowest": 900.0}, "crest_ditch"),
    ({"crest_ditch": False, "bench_ditches": False, "toe_ditch": False}, "bench_ditches"),
]


@pytest.mark.parametrize(("changes", "field"), REFUSED, ids=[field for _, field in REFUSED])
def test_what_cannot_be_laid_out_is_refused_by_name(changes: dict[str, Any], field: str) -> None:
    lined, surface = site(0.0)
    with pytest.raises(InputError) as told:
        propose(asked(**changes), [lined], surface)
    assert told.value.field == f"water.network.automatic.{field}"


def test_a_slope_without_a_toe_is_refused_by_name() -> None:
    lined, surface = site(0.0)
    bare = SlopeLines("S", lined.benches, None, "S/toe", lined.outline)
    with pytest.raises(InputError, match="toe"):
        propose(asked(), [bare], surface)


def test_catchments_above_ditches_and_ponds_are_found_or_refused() -> None:
    lined, surface = site(0.0)
    auto = asked(crest_ditch=False)
    base = {"name": "extra", "drains_to": "S-T-out", "surface": "grassland", "overland_surface": "grass"}
    for changes, words in (({"above": "nothing"}, "place in plan"), ({"outlet": [80, -55], "snap_to": "ditch",
                           "snap_distance": 5}, "must reach a ditch"), ({"outlet": [80, 20], "snap_to": "pond"},
                           "must reach a pond")):  # fmt: skip
        water = record(auto, catchments=[base | changes])
        with pytest.raises(InputError) as told:
            design_water(water, grid(surface), named(lined), surface, propose(auto, [lined], surface))
        assert words in told.value.describe("en")
        assert told.value.field.startswith("water.catchments[0].")


def test_a_layout_written_into_the_record_gives_the_same_design() -> None:
    lined, surface = site(25.0)
    auto = asked(crest_leads_to="outside")
    found = propose(auto, [lined], surface)
    proposed = design_water(record(auto), grid(surface), named(lined), surface, found)
    own = stated_layout(record(auto), found)
    assert own.network.automatic is None
    stated = design_water(own, grid(surface), named(lined), surface)
    assert stated.network is not None and proposed.network is not None
    for one, other in zip(stated.network.reaches, proposed.network.reaches, strict=True):
        assert one.name == other.name
        assert one.flow.value == pytest.approx(other.flow.value)
        assert one.input.path.startswith("water.network.reaches[")


@pytest.mark.parametrize(("wide", "whole"), [(3e-6, True), (0.5, False)])
def test_a_line_crosses_the_seam_of_two_surfaces_but_no_hole(wide: float, whole: bool) -> None:
    """Along the rim of a cut triangles meet without sharing corners; rounding leaves gaps of micrometres there."""
    ends = np.array([0.0, 10.0])
    flat = np.zeros((2, 2))
    west = tin_from_grid(ends, ends, flat)
    east = tin_from_grid(ends + 10 + wide, ends, flat)
    from slopedesign.calc.terrain.formed import surface_of

    soup = np.concatenate([west.relative_to(west.origin), east.relative_to(west.origin)])
    surface = surface_of(soup, west.origin)
    if whole:
        assert lines.on_ground([[2.0, 5.0], [18.0, 5.0]], surface, "x")[-1, 0] == pytest.approx(18.0)
    else:
        with pytest.raises(InputError):
            lines.on_ground([[2.0, 5.0], [18.0, 5.0]], surface, "x")
