"""Ponds in hollows of the ground: curve, land that drains to them, storms kept whole, ditches laid on the ground."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from slopedesign.calc.terrain import build_tin
from slopedesign.calc.terrain.hollow import hollow_at
from slopedesign.calc.terrain.surface import Tin
from slopedesign.calc.water import lines, pond, sinks, terrain
from slopedesign.calc.water.design import design_water
from slopedesign.calc.water.result import WaterResult
from slopedesign.design.water import designed_grid
from slopedesign.errors import InputError
from slopedesign.project.water import WaterDesign
from slopedesign.reports import swmm
from slopedesign.standards.check import Verdict

E0, N0 = 533_000.0, 3_406_000.0
RADIUS, DEPTH = 60.0, 12.0
PLAIN = 0.02  # fall of the plain away from the rim


def pit(facets: int = 360) -> Tin:
    """A conical pit, rim at 100 m, in a plain that falls away from it on all sides: only the pit drains into it."""
    turn = np.linspace(0.0, 2 * np.pi, facets + 1)[:-1]
    ring = np.column_stack([np.cos(turn), np.sin(turn)])
    far = 2 * RADIUS
    points = np.vstack(
        [
            [[0.0, 0.0, 100.0 - DEPTH]],
            np.column_stack([ring * RADIUS, np.full(facets, 100.0)]),
            np.column_stack([ring * far, np.full(facets, 100.0 - PLAIN * RADIUS)]),
        ]
    )
    return build_tin(points + np.array([E0, N0, 0.0])).tin


def designed(cell: float = 1.0, **changes: Any) -> WaterResult:
    record: dict[str, Any] = {
        "name": "pit", "seed": [E0 + 3, N0], "normal_level": 94.0, "freeboard": 0.5, "spillway": None,
    } | changes  # fmt: skip
    water = WaterDesign.model_validate(
        {
            "grid_cell": cell,
            "storm": {"return_period": 10, "q_5_10": 2.1, "region": "south_east", "c60": 0.4, "h24": 180, "decay": 0.7},
            "catchments": [
                {"name": "land", "drains_to": "pit", "outlet": [E0, N0], "phi": 0.5, "overland_surface": "compacted"}
            ],
            "ponds": [record],
        }
    )
    surface = pit()
    return design_water(water, designed_grid(surface, water.grid_cell), surface=surface)


def wet_radius(level: float) -> float:
    return RADIUS * (level - (100.0 - DEPTH)) / DEPTH


def test_curve_of_a_cone() -> None:
    found = designed().ponds[0]
    assert found.spill is not None
    assert found.spill.value == pytest.approx(100.0)
    for level in (90.0, 94.0, 97.3):
        exact = math.pi * wet_radius(level) ** 2 * (level - 88.0) / 3
        assert found.storage.volume_at(level) == pytest.approx(exact, rel=1e-3)
    assert found.area.value == pytest.approx(math.pi * wet_radius(94.0) ** 2, rel=1e-4)


def test_all_land_round_the_water_drains_to_it_and_nothing_else() -> None:
    """The ring between shore and rim: the whole hollow without the water itself."""
    cell = 0.5
    land = designed(cell=cell).catchments[0].ground
    assert land is not None
    a_cell_along_the_rim = 2 * math.pi * RADIUS * cell
    exact = math.pi * (RADIUS**2 - wet_radius(94.0) ** 2)
    assert land.area == pytest.approx(exact, abs=1.5 * a_cell_along_the_rim)
    assert land.flow_length == pytest.approx(RADIUS - wet_radius(94.0), rel=0.15)
    assert land.slope == pytest.approx(DEPTH / RADIUS, rel=0.15)


def test_a_pit_without_a_spillway_keeps_the_storm() -> None:
    """Level of the volume at the normal level, runoff of the land and rain on the water, by the cone's own formula."""
    result = designed(pump=150.0, drawdown_hours=72.0)
    found = result.ponds[0]
    assert found.spillway is not None
    assert found.inflow_area is not None
    assert found.spillway.keeps_all
    assert found.spillway.routed.peak_outflow == 0.0
    came = 10 * 0.5 * 180 * found.inflow_area.value + 0.180 * math.pi * wet_radius(94.0) ** 2
    volume = math.pi * wet_radius(94.0) ** 2 * 6.0 / 3 + came
    level = 88.0 + (3 * volume / math.pi * (DEPTH / RADIUS) ** 2) ** (1 / 3)
    assert found.spillway.max_level == pytest.approx(level, abs=1e-3)
    assert found.drawdown == pytest.approx(came / 150 * 3600, rel=1e-3)
    checks = {check.id: check for check in result.checks}
    assert checks["pit.pond.spillway"].verdict is Verdict.PASS
    assert checks["pond.drawdown"].verdict is Verdict.PASS


def test_a_pit_too_full_to_keep_the_storm_fails_its_rule() -> None:
    result = designed(normal_level=99.4)
    checks = {check.id: check for check in result.checks}
    assert checks["pit.pond.spillway"].verdict is Verdict.FAIL


def test_ways_end_at_the_water() -> None:
    surface = pit()
    grid = designed_grid(surface, 2.0)
    record = WaterDesign.model_validate({"ponds": [{"name": "pit", "seed": [E0, N0], "normal_level": 94.0}]}).ponds
    waters = sinks.pond_waters(record, {"pit": hollow_at(surface, (E0, N0))}, grid)
    assert waters["pit"].sum() * 4.0 == pytest.approx(math.pi * wet_radius(94.0) ** 2, rel=0.02)
    levels = sinks.dry_levels(grid, waters)
    found = terrain.drainage(levels)
    shore = sinks.shore_cells(levels, waters["pit"])
    ends = [r * grid.z.shape[1] + c for r, c in shore]
    assert all(found.receiver[i] == i for i in ends)
    assert np.array_equal(found.filled[np.isfinite(levels)], levels[np.isfinite(levels)])  # nothing left to fill


def test_a_ditch_stated_in_plan_lies_on_the_ground() -> None:
    surface = pit()
    line = lines.on_ground([(E0 + 50.0, N0), (E0 + 20.0, N0)], surface, "r")
    assert line[0, 2] == pytest.approx(98.0, abs=1e-3)
    assert line[-1, 2] == pytest.approx(92.0, abs=1e-3)
    around = lines.on_ground([(E0 + 50.0, N0), (E0, N0 + 50.0)], surface, "r")
    chord = np.hypot(around[:, 0] - E0, around[:, 1] - N0)
    assert around[:, 2] == pytest.approx(88.0 + chord * DEPTH / RADIUS, abs=2e-3)
    with pytest.raises(InputError, match=r"r\.vertices"):
        lines.on_ground([(E0, N0), (E0 + 500, N0)], surface, "r")
    with pytest.raises(InputError, match=r"r\.vertices"):
        lines.on_ground([(E0, N0), (E0 + 5, N0)], None, "r")


def test_the_curve_takes_up_a_joined_hollow_at_its_sill() -> None:
    x = np.array([0.0, 5, 15, 20, 30, 35, 45, 50])
    z = np.tile(np.array([9.0, 9, 1, 4, 2, 4, 9, 9]), (4, 1))
    z[[0, -1]] = 9.0
    points = np.column_stack([np.tile(x, 4) + E0, np.repeat([0.0, 5, 25, 30], 8) + N0, z.ravel()])
    found = hollow_at(build_tin(points).tin, (E0 + 15, N0 + 15))
    curve = pond.from_hollow(found)
    (sill,) = found.jumps(9.0, 1.0)
    before, after = curve.volume_at(sill), curve.volume_at(sill + pond.JOINED)
    assert after - before == pytest.approx(found.held(sill + pond.JOINED)[1] - found.held(sill)[1], rel=1e-6)
    assert after - before > 10.0
    assert curve.volume_at(8.0) == pytest.approx(found.held(8.0)[1], rel=1e-4)


def test_the_divide_of_land_round_a_pond_is_its_outer_edge() -> None:
    land = designed(cell=0.5).catchments[0].ground
    assert land is not None
    far = np.hypot(land.divide[:, 0] - E0, land.divide[:, 1] - N0)
    assert far == pytest.approx(RADIUS, abs=1.5)


def test_storage_curve_for_swmm_holds_every_joined_hollow() -> None:
    curve = designed().ponds[0].storage
    steps = np.array(swmm._stepped(curve))
    held = np.concatenate(([0.0], np.cumsum(np.diff(steps[:, 0]) * (steps[1:, 1] + steps[:-1, 1]) / 2)))
    for level in (89.0, 93.3, 99.0):
        depth = level - curve.level[0]
        assert np.interp(depth, steps[:, 0], held) == pytest.approx(curve.volume_at(level), rel=2e-3)


@pytest.mark.skipif(not swmm.available(), reason="swmm-toolkit is not installed")
@pytest.mark.parametrize("spillway", [None, {"width": 1.5}])
def test_swmm_finds_the_level_of_a_pond_in_the_ground(spillway: dict[str, float] | None) -> None:
    result = designed(spillway=spillway)
    assert ("[WEIRS]\nWP1" in swmm.write_inp(swmm.model_of(result))) == (spillway is not None)
    found, _ = swmm.compare(result)
    by_quantity = {one.quantity: one for one in found}
    assert abs(by_quantity["level"].difference) < 0.001
    if spillway is not None:
        assert abs(by_quantity["outflow"].difference) < 0.002
