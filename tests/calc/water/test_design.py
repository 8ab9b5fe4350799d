"""The whole water side: results, checks that can fail, working, SWMM beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from slopedesign.calc.water import terrain
from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.result import WaterResult
from slopedesign.i18n import LANGUAGES, Message
from slopedesign.project.water import WaterDesign
from slopedesign.standards import guide
from slopedesign.standards.check import Check, Verdict

from . import examples


@pytest.fixture(scope="module")
def found() -> WaterResult:
    return design_water(examples.design(), None, examples.LINES)


def by_id(result: WaterResult, name: str) -> list[Check]:
    return [c for c in result.checks if c.id == name]


def changed(**sections: Any) -> WaterResult:
    data = examples.record()
    for path, value in sections.items():
        *keys, last = path.split("__")
        target: Any = data
        for key in keys:
            target = target[int(key)] if key.isdigit() else target[key]
        target[last] = value
    return design_water(WaterDesign.model_validate(data), None, examples.LINES)


def test_everything_speaks_both_languages(found: WaterResult) -> None:
    for language in LANGUAGES:
        said = [p.heading.render(language) for p in found.passages]
        said += [t.render(language) for p in found.passages for t in p.texts]
        said += [c.title.render(language) for c in found.checks] + [r.text.render(language) for r in found.remarks]
        for c in found.checks:
            for side in (c.found, c.required):
                if side is not None and hasattr(side, "render"):
                    said.append(side.render(language))
        assert not [text for text in said if text.startswith("water.")]


def test_working_prints_every_reach_and_pond(found: WaterResult) -> None:
    subjects = {p.subject for p in found.passages}
    assert {f"water.network.reaches[{i}]" for i in range(7)} <= subjects
    assert "water.ponds[0]" in subjects
    for p in found.passages:
        for step in p.steps:
            if hasattr(step, "latex"):
                assert step.latex()


SPRINKLER = {"flow": 1.5, "pressure_head": 30, "nozzle_mm": 6, "radius": 13, "spacing_on_lateral": 12,
             "spacing_of_laterals": 12, "efficiency": 0.85, "uniformity": 0.8, "soil": "loam"}  # fmt: skip


# each check shown to pass or fail by what it judges
CASES: list[tuple[str, dict[str, Any], Verdict]] = [
    ("drain.capacity", {"network__reaches__0__width": 0.5, "network__reaches__0__height": 0.4}, Verdict.FAIL),
    ("ditch.min_width", {"network__reaches__0__width": 0.4, "network__reaches__0__height": 3.0}, Verdict.FAIL),
    ("ditch.min_slope", {"network__reaches__5__end_level": 107.7}, Verdict.FAIL),
    ("ditch.max_velocity", {"network__types__0__lining": "earth"}, Verdict.FAIL),
    ("ditch.steep", {"network__reaches__3__kind": "toe"}, Verdict.FAIL),
    (
        "ditch.backwater",
        {"network__types__0__heights": (0.5, 1.0, 1.5, 2.0), "network__reaches__5__end_level": 105.0},
        Verdict.WARN,
    ),
    ("ditch.in_ground", {"network__reaches__1__start_level": 121.0}, Verdict.WARN),
    ("drain.material", {"network__reaches__0__soft_ground": True}, Verdict.WARN),
    ("drain.layout", {"network__reaches__0__kind": "toe"}, Verdict.FAIL),
    ("drain.steep", {"network__reaches__3__dissipator": "none"}, Verdict.WARN),
    ("drain.standard", {"storm__return_period": 5}, Verdict.FAIL),
    ("store.volume", {"ponds__0__stored_share": 1.0}, Verdict.FAIL),
    ("pond.silt", {"ponds__0__silt_modulus": 400}, Verdict.WARN),
    ("pit.pond.spillway", {"ponds__0__spillway": {"width": 0.2}, "ponds__0__freeboard": 0.5}, Verdict.FAIL),
    ("pond.flood_standard", {"storm__pond_return_period": 5, "storm__pond_h24": 120.0}, Verdict.FAIL),
    ("store.fittings", {"ponds__0__fittings": {"trash_rack": False}}, Verdict.FAIL),
    ("pit.pond.quality", {"ponds__0__water_class": "worse"}, Verdict.FAIL),
    ("pond.drawdown", {"ponds__0__drawdown_hours": 1}, Verdict.WARN),
    ("irrig.pipe.depth", {"irrigation__pipes__0__burial": 0.5}, Verdict.FAIL),
    ("irrigation.lateral", {"irrigation__pipes__1__diameter": 25}, Verdict.FAIL),
    ("irrigation.uniformity", {"irrigation__drip__uniformity": 0.7}, Verdict.WARN),
    ("irrigation.uniformity", {"irrigation__drip__uniformity": 0.85}, Verdict.PASS),
    ("irrigation.rate", {"irrigation__sprinkler": SPRINKLER | {"soil": "clay"}}, Verdict.FAIL),
    ("irrigation.rate", {"irrigation__sprinkler": SPRINKLER}, Verdict.PASS),
    ("irrigation.rate", {"irrigation__sprinkler": SPRINKLER | {"ground_slope_deg": 15}}, Verdict.FAIL),
    ("irrigation.spacing", {"irrigation__sprinkler": SPRINKLER | {"radius": 8.0}}, Verdict.WARN),
    ("irrigation.wells", {"irrigation__wells": [{"name": "w", "discharge": 1, "hours_per_day": 8}]}, Verdict.WARN),
    ("irrigation.wells", {"irrigation__sources": ["well"]}, Verdict.NOT_JUDGED),
    ("irrigation.efficiency", {"irrigation__drip__efficiency": 0.85}, Verdict.FAIL),
    ("trap.volume", {}, Verdict.WARN),
]


@pytest.mark.parametrize(("name", "changes", "verdict"), CASES, ids=[f"{i} {c[0]}" for i, c in enumerate(CASES)])
def test_checks_can_fail(name: str, changes: dict[str, Any], verdict: Verdict) -> None:
    assert verdict in {c.verdict for c in by_id(changed(**changes), name)}


OUTSIDE = {"ponds": [], "irrigation": None, "network__outlets": ["pond"]}
FISH = {"ponds__0__use": "fishery", "ponds__0__length": 80, "ponds__0__width": 80, "ponds__0__side_slope": 0.0,
        "ponds__0__normal_level": 103.5}  # fmt: skip
LAKE = FISH | {"ponds__0__use": "wetland_landscape", "ponds__0__length": 150, "ponds__0__width": 150}
FLARED = OUTSIDE | {"network__reaches__6__flare_width": 2.0, "network__reaches__6__flare_angle_deg": 20}
NARROW = {"ponds__0__spillway": {"width": 0.2}, "ponds__0__normal_level": 105.3}

# rule: what meets it, what misses it (None: only an unanswered question is possible)
GUIDE: dict[str, tuple[dict[str, Any], dict[str, Any] | None]] = {
    "drain.standard": ({}, {"storm__return_period": 5}),
    "drain.layout": ({}, {"network__reaches__0__kind": "toe"}),
    "drain.open": (FLARED, None),
    "drain.capacity": ({}, {"network__reaches__0__width": 0.5, "network__reaches__0__height": 0.4}),
    "drain.steep": ({}, {"network__reaches__3__dissipator": "none"}),
    "drain.material": ({}, {"network__reaches__0__soft_ground": True}),
    "store.volume": ({}, {"ponds__0__stored_share": 1.0}),
    "store.siting": ({}, {"ponds__0__fittings__off_fill": False}),
    "store.fittings": ({}, {"ponds__0__fittings__fence": False}),
    "pit.pond.balance": ({}, {"ponds__0__balance__seepage": 100.0}),
    "pit.pond.spillway": ({}, {"ponds__0__spillway": {"width": 0.2}}),
    "pit.pond.seepage": ({}, {"ponds__0__fittings__lining": False}),
    "pit.pond.quality": ({}, {"ponds__0__water_class": "worse"}),
    "pit.fish.area": (FISH, FISH | {"ponds__0__length": 60}),
    "pit.fish.depth": (FISH, FISH | {"ponds__0__normal_level": 102.5}),
    "pit.fish.shape": (FISH, FISH | {"ponds__0__fittings__sign": False}),
    "pit.fish.spillway": (FISH, FISH | NARROW),
    "pit.lake.area": (LAKE, LAKE | {"ponds__0__length": 100}),
    "pit.lake.flood": (LAKE, LAKE | NARROW),
    "pit.lake.quality": (LAKE, LAKE | {"ponds__0__water_class": "worse"}),
    "irrig.sources": ({}, None),
    "irrig.pipe.depth": ({}, {"irrigation__pipes__0__burial": 0.5}),
}


@pytest.mark.parametrize("rule", GUIDE)
def test_guide_rule_passes_and_fails(rule: str) -> None:
    good, bad = GUIDE[rule]
    assert {c.verdict for c in by_id(changed(**good), rule)} == {Verdict.PASS}
    if bad is not None:
        missed = {c.verdict for c in by_id(changed(**bad), rule)}
        assert missed & {Verdict.FAIL, Verdict.WARN}


def test_rules_without_an_answer_are_not_judged() -> None:
    assert by_id(changed(**OUTSIDE), "drain.open")[0].verdict is Verdict.NOT_JUDGED
    assert by_id(changed(irrigation__sources=[]), "irrig.sources")[0].verdict is Verdict.NOT_JUDGED
    found = by_id(changed(irrigation__sources=["pond", "river"]), "irrig.sources")[0].found
    assert isinstance(found, Message) and found.render("zh_CN") == "水源：蓄水池、坑塘、河流"


def test_every_rule_claimed_for_water_is_tried() -> None:
    claimed = {rule for rule, by in guide.judged_by().items() if by.startswith("water.")}
    assert claimed == set(GUIDE) | {"drain.flat.crossing"}


def test_balance_check_fails_where_seepage_wins() -> None:
    leaky = examples.record()["ponds"][0]["balance"] | {"seepage": 100.0}
    assert by_id(changed(ponds__0__balance=leaky), "pit.pond.balance")[0].verdict is Verdict.FAIL


def test_nothing_stated_is_never_a_pass() -> None:
    bare = examples.record()
    for key in ("balance", "silt_modulus", "sand_trap", "outlet", "water_class"):
        bare["ponds"][0].pop(key)
    bare["ponds"][0]["fittings"] = {}
    for reach in bare["network"]["reaches"]:
        reach.pop("soft_ground")
    result = design_water(WaterDesign.model_validate(bare), None, examples.LINES)
    for name in ("pit.pond.balance", "pond.silt", "store.fittings", "store.siting", "pit.pond.quality",
                 "pit.pond.seepage", "drain.material", "pond.drawdown"):  # fmt: skip
        assert {c.verdict for c in by_id(result, name)} == {Verdict.NOT_JUDGED}, name


def test_pond_too_small_for_its_storm_fails_and_the_rest_goes_on() -> None:
    for changes in ({"ponds__0__normal_level": 105.8}, {"ponds__0__spillway": {"max_head": 0.01, "width": 0.1}}):
        result = changed(**changes)
        assert by_id(result, "pit.pond.spillway")[0].verdict is Verdict.FAIL
        assert result.pond("pond").spillway is not None


def test_high_tank_is_sized_by_demand_and_meets_no_flood() -> None:
    tank = {"name": "tank", "use": "high_tank", "diameter": 6, "depth": 3, "bottom_level": 150, "normal_level": 152.7,
            "irrigates": True}  # fmt: skip
    result = changed(ponds=[examples.record()["ponds"][0], tank])
    found = result.pond("tank")
    assert found.required is not None and found.required.value == pytest.approx(2500 * 0.03 / 0.9 + 9000 * 0.015 / 0.9)
    own = [c for c in result.checks if c.subject == "water.ponds[1]"]
    assert not any("spillway" in c.id for c in own)
    assert next(c for c in own if c.id == "store.volume").verdict is Verdict.FAIL


def test_pond_storm_missing_is_named() -> None:
    data = examples.record()
    data["storm"].pop("h24")
    result = design_water(WaterDesign.model_validate(data), None, examples.LINES)
    check = by_id(result, "pit.pond.spillway")[0]
    assert check.verdict is Verdict.NOT_JUDGED
    assert "water.storm.pond_h24" in check.missing


def fish(area_side: float, level: float) -> WaterResult:
    pond = examples.record()["ponds"][0] | {
        "use": "fishery", "length": area_side, "width": area_side, "side_slope": 0.0, "normal_level": level,
    }  # fmt: skip
    return changed(ponds=[pond])


@pytest.mark.parametrize(("side", "level", "area", "depth"), [
    (80.0, 103.5, Verdict.PASS, Verdict.PASS), (60.0, 103.5, Verdict.FAIL, Verdict.PASS),
    (110.0, 103.5, Verdict.FAIL, Verdict.PASS), (80.0, 102.5, Verdict.PASS, Verdict.FAIL),
    (80.0, 104.5, Verdict.PASS, Verdict.FAIL), (100.0, 103.0, Verdict.PASS, Verdict.PASS),
])  # fmt: skip
def test_fish_pond_limits(side: float, level: float, area: Verdict, depth: Verdict) -> None:
    result = fish(side, level)
    assert by_id(result, "pit.fish.area")[0].verdict is area
    assert by_id(result, "pit.fish.depth")[0].verdict is depth


@pytest.mark.parametrize(("side", "verdict"), [(141.0, Verdict.FAIL), (142.0, Verdict.PASS)])
def test_lake_is_larger_than_two_hectares(side: float, verdict: Verdict) -> None:
    pond = examples.record()["ponds"][0] | {
        "use": "wetland_landscape",
        "length": side,
        "width": side,
        "side_slope": 0.0,
    }
    assert by_id(changed(ponds=[pond]), "pit.lake.area")[0].verdict is verdict


def test_culvert_in_the_network() -> None:
    crossing = {"name": "crossing", "kind": "culvert", "from_node": "n floor", "to_node": "pond", "length": 12,
                "start_level": 106.0, "end_level": 105.8, "width": 1.5, "height": 1.5, "roughness": 0.013,
                "inlet": "box_headwall_chamfer", "allowed_headwater": 2.0}  # fmt: skip
    data = examples.record()
    data["network"]["reaches"][6] = crossing
    result = design_water(WaterDesign.model_validate(data), None, examples.LINES)
    assert by_id(result, "drain.flat.crossing")[0].verdict is Verdict.PASS
    crossing["allowed_headwater"] = 1.2
    result = design_water(WaterDesign.model_validate(data), None, examples.LINES)
    assert by_id(result, "drain.flat.crossing")[0].verdict is Verdict.FAIL


def test_catchment_and_pond_from_the_terrain() -> None:
    y, x = np.mgrid[:81, :61] * 2.0
    z = 0.2 * y + 0.3 * np.abs(x - 60.0) + 100.0
    z = np.where(np.hypot(x - 60, y - 24) < 16, z - 6.0, z)
    data = {
        "storm": {"return_period": 10, "q_5_10": 2.1, "region": "south_east", "c60": 0.4, "h24": 180, "decay": 0.7},
        "catchments": [
            {"name": "valley", "drains_to": "pit", "outlet": [60, 40], "surface": "farmland",
             "overland_surface": "grass", "snap_distance": 4,
             "areas": [{"surface": "hard_rock_slope", "polygon": [[0, 80], [120, 80], [120, 160], [0, 160]]}]},
        ],
        "ponds": [{"name": "pit", "seed": [60, 24], "normal_level": 100.0, "freeboard": 0.1}],
    }  # fmt: skip
    probe = terrain.Grid(0.0, 0.0, 2.0, z)
    result = design_water(WaterDesign.model_validate(data), probe)
    catchment = result.catchments[0]
    assert catchment.ground is not None
    assert catchment.inflow.area.value * 1e6 == pytest.approx(catchment.ground.area)
    assert 0.6 < catchment.inflow.phi.value < 0.85
    assert "valley" in result.divides
    assert result.pond("pit").active.value > 0


def test_annual_maxima_give_both_storms() -> None:
    rng = np.random.default_rng(5)
    series = tuple(float(v) for v in np.round(rng.gumbel(90, 25, 35), 1))
    data = examples.record()
    data["storm"] |= {"annual_maxima": series, "cs_over_cv": 3.5}
    data["storm"].pop("h24")
    result = design_water(WaterDesign.model_validate(data), None, examples.LINES)
    assert result.storm.fit is not None and result.storm.h24 is not None and result.storm.pond_h24 is not None
    assert result.storm.h24.value == pytest.approx(result.storm.fit.quantile(10))


def test_swmm_agrees_with_the_design(found: WaterResult) -> None:
    swmm = pytest.importorskip("slopedesign.reports.swmm")
    if not swmm.available():
        pytest.skip("swmm-toolkit is not installed")
    compared, answer = swmm.compare(found)
    assert abs(answer.continuity) < 0.5
    for row in compared:
        if row.quantity in ("flow", "outflow"):
            assert abs(row.difference) < 0.01, row
        if row.quantity == "level":
            assert abs(row.difference) < 0.02, row
    crest = next(r for r in compared if r.quantity == "depth" and r.subject.endswith("[0]"))
    assert abs(crest.difference) < 0.001


DITCHES = [(0.5, 0.5, 0.5, 0.025, 0.005), (1.25, 0.5, 0.5, 0.025, 0.02), (1.25, 0.6, 0.0, 0.015, 0.01),
           (0.8, 0.4, 1.0, 0.035, 0.01), (0.3, 0.6, 1.5, 0.030, 0.004)]  # fmt: skip


@pytest.mark.parametrize(("q", "b", "z", "n", "slope"), DITCHES)
def test_uniform_ditches_against_swmm(q: float, b: float, z: float, n: float, slope: float) -> None:
    swmm = pytest.importorskip("slopedesign.reports.swmm")
    if not swmm.available():
        pytest.skip("swmm-toolkit is not installed")
    from slopedesign.calc.water import channel
    from slopedesign.calc.water.section import Trapezoid

    section, length, count = Trapezoid(b, 3.0, z, z), 25.0, 20
    nodes = [swmm.Node(f"J{i}", "", 100 - slope * length * i, 10.0, q if i == 0 else 0.0) for i in range(count)]
    nodes.append(swmm.Node("OUT", "", 100 - slope * length * count, outfall=True))
    names = [node.id for node in nodes]
    links = [
        swmm.Link(f"C{i}", "", names[i], names[i + 1], length, n, section, nodes[i].invert, nodes[i + 1].invert)
        for i in range(count)
    ]
    found = swmm.referee(swmm.Model("uniform ditch", nodes, links, hours=3))
    assert found.last_depth["C10"] == pytest.approx(channel.normal_depth(section, n, slope, q), rel=1e-3)


def test_input_file_is_ascii_and_says_what_is_wrong(found: WaterResult) -> None:
    from dataclasses import replace

    from slopedesign.errors import NoSolution
    from slopedesign.reports import swmm

    model = swmm.model_of(found, title="\u6c34")
    text = swmm.write_inp(model)
    assert text.isascii()
    for part in ("[JUNCTIONS]", "[CONDUITS]", "[STORAGE]", "[WEIRS]", "[TIMESERIES]"):
        assert part in text
    if swmm.available():
        broken = replace(model, links=(*model.links[:-1], replace(model.links[-1], end="NOPE")))
        with pytest.raises(NoSolution, match="NOPE"):
            swmm.referee(broken)
