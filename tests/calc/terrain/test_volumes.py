"""The second opinion, layers, areas and storage."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from slopedesign.calc.terrain import Zone, build_tin, overlay
from slopedesign.calc.terrain.areas import areas_in
from slopedesign.calc.terrain.layers import cut_by_layers
from slopedesign.calc.terrain.midpoint import compare, midpoint_volumes, sample
from slopedesign.calc.terrain.storage import stage_storage
from slopedesign.errors import InputError

from .surfaces import E0, N0, rolling, surface


def test_the_second_opinion_agrees_and_says_by_how_much() -> None:
    ground, design = rolling(inner=2000), rolling(inner=800, seed=5, phase=0.4)
    exact = overlay(ground, design)
    second = midpoint_volumes(ground, design)
    both = compare(exact, second)
    assert second.converged
    assert second.area == pytest.approx(1e4)
    assert both.agrees
    assert both.relative.value < 1e-3
    assert both.cut.value == second.cut.value - exact.total.cut.value
    assert both.cut.inputs.keys() == {"overlay", "midpoint"}
    assert both.remarks == ()


def test_a_wrong_volume_is_noticed() -> None:
    ground, design = rolling(), surface(-10.0)
    both = compare(overlay(ground, design), midpoint_volumes(ground, design.shifted(0.2)))
    assert not both.agrees
    assert both.remarks[0].text.key == "terrain.methods_disagree"


def test_a_thin_cut_has_the_wider_limit() -> None:
    ground = rolling()
    both = compare(overlay(ground, ground.shifted(-0.1)), midpoint_volumes(ground, ground.shifted(-0.1)))
    assert both.limit == pytest.approx(0.005)
    assert both.agrees


def test_both_engines_sample_the_same() -> None:
    tin = rolling()
    grid = (-60.0, -60.0, 0.7, 180, 160)
    slow, fast = sample(tin.corners, *grid, "numpy"), sample(tin.corners, *grid, "numba")
    assert (np.isfinite(slow) == np.isfinite(fast)).all()
    assert np.allclose(slow, fast, equal_nan=True, atol=1e-12)


def test_a_cell_that_needs_too_much_memory_is_refused() -> None:
    with pytest.raises(InputError, match="cell"):
        midpoint_volumes(rolling(), surface(0.0), 1e-3)
    with pytest.raises(InputError):
        midpoint_volumes(rolling(), surface(0.0), 0.0)


def test_surfaces_apart_have_no_volume() -> None:
    found = midpoint_volumes(rolling(), surface(0.0, at=(E0 + 500, N0)))
    assert found.cut.value == found.fill.value == 0


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_cut_is_split_by_interfaces(engine: str) -> None:
    ground, design = surface(10.0, inner=30), surface(0.0, inner=20, seed=3)
    slope = surface(lambda x, y: x / 10, inner=15, seed=5)
    found = cut_by_layers(ground, design, [slope], engine=engine)  # type: ignore[arg-type]
    assert found.layer_total(0).value == pytest.approx(5e4)
    assert found.layer_total(1).value == pytest.approx(5e4)
    assert found.unknown[0].value == 0
    assert found.total.value == pytest.approx(overlay(ground, design).total.cut.value)


def test_an_interface_above_the_ground_or_below_the_design() -> None:
    ground, design = surface(10.0), surface(0.0)
    above = cut_by_layers(ground, design, [surface(12.0)])
    assert [row[0].value for row in above.layers] == pytest.approx([0, 1e5])
    below = cut_by_layers(ground, design, [surface(-3.0)])
    assert [row[0].value for row in below.layers] == pytest.approx([1e5, 0])


def test_two_interfaces_by_zone_and_what_was_not_surveyed_is_unknown() -> None:
    ground, design = surface(10.0, inner=9), surface(0.0, inner=9, seed=2)
    upper, lower = surface(6.0, inner=9, seed=3), surface(8.0, size=50, inner=9)  # the lower one lies above: no layer
    west = Zone("west", shapely.box(E0, N0, E0 + 30, N0 + 100))
    found = cut_by_layers(ground, design, [upper, lower], [west])
    assert found.layer_total(0).value == pytest.approx(4e4)
    assert found.layer_total(1).value == pytest.approx(0, abs=1e-6)
    assert found.layer_total(2).value == pytest.approx(2500 * 6)
    assert sum(part.value for part in found.unknown) == pytest.approx(7500 * 6)
    assert found.zone_total(0).value == pytest.approx(3e4)
    assert found.total.value == pytest.approx(1e5)
    with pytest.raises(InputError):
        cut_by_layers(ground, design, [])


def test_layers_at_a_depth_under_the_ground() -> None:
    ground, design = rolling(), surface(-20.0)
    found = cut_by_layers(ground, design, [ground.shifted(-2.0)])
    assert found.layer_total(0).value == pytest.approx(2e4)


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_layers_add_up_on_rough_surfaces(engine: str) -> None:
    ground, design = rolling(inner=900), rolling(inner=700, seed=5, phase=0.4)
    rock = rolling(inner=500, seed=7, phase=0.2)
    found = cut_by_layers(ground, design, [rock], engine=engine)  # type: ignore[arg-type]
    assert found.total.value == pytest.approx(overlay(ground, design).total.cut.value, rel=1e-9)
    sampled = 0.0
    n = 1000
    grid = (E0 - ground.origin[0], N0 - ground.origin[1], 100 / n, n, n)
    g, d, r = (sample(tin.relative_to(ground.origin), *grid) for tin in (ground, design, rock))
    sampled = float(np.maximum(g - np.maximum(d, r), 0).sum()) * (100 / n) ** 2
    assert found.layer_total(0).value == pytest.approx(sampled, rel=1e-3)


def test_areas_in_plan_and_along_the_slope() -> None:
    tin = surface(lambda x, y: x, inner=50)
    disc = shapely.Point(E0 + 40, N0 + 40).buffer(20)
    inside, half = areas_in(tin, [Zone("disc", disc), Zone("half", shapely.box(E0 + 90, N0, E0 + 110, N0 + 10))])
    assert inside.plan.value == pytest.approx(disc.area, rel=1e-9)
    assert inside.slope.value == pytest.approx(disc.area * np.sqrt(2), rel=1e-9)
    assert inside.coverage == pytest.approx(1)
    assert half.coverage == pytest.approx(0.5)
    assert half.plan.value == pytest.approx(100)


def test_storage_of_a_frustum_by_level() -> None:
    turn = np.linspace(0, 2 * np.pi, 1441)[:-1]
    ring = np.column_stack([np.cos(turn), np.sin(turn), np.ones(1440)])
    pit = build_tin(np.vstack([ring * [20, 20, 100], ring * [35, 35, 112], ring * [40, 40, 112]])).tin
    low, half, full, over = stage_storage(pit, [100.0, 106.0, 112.0, 113.0])
    assert low.volume.value == low.water_area.value == 0
    assert half.volume.value == pytest.approx(np.pi * 6 / 3 * (20**2 + 27.5**2 + 20 * 27.5), rel=1e-4)
    assert half.water_area.value == pytest.approx(np.pi * 27.5**2, rel=1e-4)
    assert full.volume.value == pytest.approx(29216.811678385075, rel=1e-4)
    assert not full.beyond_rim
    assert over.beyond_rim


def test_storage_is_the_overlay_with_a_level_plane() -> None:
    tin = rolling(inner=1500)
    for stage in stage_storage(tin, [-4.0, 0.0, 2.5]):
        plane = overlay(surface(stage.level), tin).total
        assert stage.volume.value == pytest.approx(plane.cut.value, rel=1e-9)
        assert stage.water_area.value == pytest.approx(plane.cut_area.value, rel=1e-9)
        assert stage.wetted_area.value == pytest.approx(plane.cut_face.value, rel=1e-9)
    part = shapely.box(E0 + 20, N0 + 20, E0 + 70, N0 + 60)
    (inside,) = stage_storage(tin, [0.0], part)
    (zone,) = overlay(surface(0.0), tin, [Zone("part", part)]).zones
    assert inside.volume.value == pytest.approx(zone.cut.value, rel=1e-9)
    assert inside.beyond_rim
