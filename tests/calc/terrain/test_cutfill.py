"""Exact cut and fill: closed forms, both engines alike, zones and daylight."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from slopedesign.calc.terrain import Zone, build_tin, overlay, tin_from_triangles
from slopedesign.calc.terrain.cutfill import overlay_sums
from slopedesign.errors import InputError

from .surfaces import E0, ENZ, N0, rolling, surface

ENGINES = ["numpy", "numba"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("shift", [(0, 0, 0), (E0, N0, 5000)])
def test_pyramid(engine: str, shift: tuple[float, float, float]) -> None:
    base = np.array([[0, 0, 0], [10, 0, 0], [10, 10, 0], [0, 10, 0]], float) + shift
    ground = build_tin(base).tin
    design = build_tin(np.vstack([base, np.array([[5, 5, 3]]) + shift])).tin
    found = overlay(ground, design, engine=engine)  # type: ignore[arg-type]
    assert found.total.fill.value == pytest.approx(100, rel=1e-12)
    assert found.total.cut.value == 0
    assert found.total.fill_face.value == pytest.approx(4 * 0.5 * 10 * np.hypot(5, 3))
    (rim,) = found.daylight
    assert rim.closed
    assert rim.length == pytest.approx(40)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("at", [(0.0, 0.0), (E0, N0)])
def test_crossing_planes(engine: str, at: tuple[float, float]) -> None:
    ground = surface(lambda x, y: 5000 + x / 8, inner=200, seed=1, at=at)
    design = surface(lambda x, y: 5000 + (100 - x) / 8, inner=150, seed=2, at=at)
    found = overlay(ground, design, engine=engine)  # type: ignore[arg-type]
    expected = 0.5 * 50 * (50 / 4) * 100
    assert found.total.cut.value == pytest.approx(expected, rel=1e-9)
    assert found.total.fill.value == pytest.approx(expected, rel=1e-9)
    (line,) = found.daylight
    assert not line.closed
    assert line.points[:, 0] == pytest.approx(at[0] + 50)
    assert line.length == pytest.approx(100)


def test_both_engines_give_the_same() -> None:
    ground, design = rolling(), rolling(inner=150, seed=5, phase=0.4)
    corners = design.relative_to(ground.origin)
    label = np.arange(len(corners), dtype=np.int32) % 3
    slow, lines = overlay_sums(ground, corners, label, 3, engine="numpy")
    fast, same_lines = overlay_sums(ground, corners, label, 3, engine="numba")
    assert np.allclose(slow, fast, rtol=1e-12, atol=1e-9)
    assert len(lines) == len(same_lines)
    order, other = np.lexsort(lines[:, 0].T.round(6)), np.lexsort(same_lines[:, 0].T.round(6))
    assert np.allclose(lines[order][:, 0], same_lines[other][:, 0])


def test_small_design_on_wide_ground_and_the_reverse() -> None:
    wide, narrow = rolling(), surface(0.0, size=20, inner=10, at=(E0 + 40, N0 + 40))
    found = overlay(wide, narrow)
    assert found.coverage.value == pytest.approx(1)
    assert found.total.area == pytest.approx(400)
    back = overlay(narrow, wide)
    assert back.coverage.value == pytest.approx(0.04)
    assert back.total.cut.value == pytest.approx(found.total.fill.value)
    assert back.total.fill.value == pytest.approx(found.total.cut.value)


def test_nothing_is_guessed_outside_the_ground() -> None:
    ground, design = surface(10.0), surface(0.0, at=(E0 + 60, N0))
    found = overlay(ground, design)
    assert found.coverage.value == pytest.approx(0.4)
    assert found.total.cut.value == pytest.approx(40 * 100 * 10)
    apart = overlay(ground, surface(0.0, at=(E0 + 500, N0)))
    assert apart.coverage.value == 0
    assert apart.total.cut.value == 0
    assert apart.daylight == ()


def test_a_surface_against_itself_is_nothing() -> None:
    ground = rolling()
    found = overlay(ground, ground)
    assert found.total.cut.value == found.total.fill.value == 0
    assert found.total.same_area.value == pytest.approx(1e4)
    assert found.daylight == ()


def test_a_design_that_only_touches_along_a_line_has_no_daylight_there() -> None:
    ground = surface(0.0)
    roof = np.array([[0, 0, -5], [50, 0, 0], [100, 0, -5], [0, 100, -5], [50, 100, 0], [100, 100, -5]], float)
    design = build_tin(roof + ENZ, [roof[[1, 4]] + ENZ]).tin
    found = overlay(ground, design)
    assert found.total.cut.value == pytest.approx(0.5 * 100 * 5 * 100)
    assert len(found.segments) == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_zones_make_up_the_whole(engine: str) -> None:
    ground, design = rolling(), rolling(inner=150, seed=5, phase=0.4)
    middle = shapely.Point(E0 + 50, N0 + 50)
    zones = [
        Zone("disc", middle.buffer(20)),
        Zone("ring", middle.buffer(30).difference(middle.buffer(20))),
        Zone("half out", shapely.box(E0 + 90, N0, E0 + 150, N0 + 100)),
        Zone("apart", shapely.box(E0, N0, E0 + 5, N0 + 5).union(shapely.box(E0, N0 + 9, E0 + 5, N0 + 15))),
    ]
    whole = overlay(ground, design, engine=engine)  # type: ignore[arg-type]
    found = overlay(ground, design, zones, engine=engine)  # type: ignore[arg-type]
    assert found.outside is not None
    for name in ("cut", "fill", "cut_area", "fill_area", "cut_face", "fill_face"):
        parts = [getattr(zone, name).value for zone in (*found.zones, found.outside)]
        assert sum(parts) == pytest.approx(getattr(whole.total, name).value, rel=1e-10)
    for zone, volumes in zip(zones, found.zones, strict=True):
        inside = zone.area.intersection(shapely.box(E0, N0, E0 + 100, N0 + 100)).area
        assert volumes.area == pytest.approx(inside, rel=1e-9)
    assert sum(line.length for line in found.daylight) == pytest.approx(sum(line.length for line in whole.daylight))


def test_a_zone_is_the_same_as_a_design_cut_to_it() -> None:
    ground, design = rolling(), surface(0.0)
    box = shapely.box(E0 + 20, N0 + 30, E0 + 60, N0 + 70)
    (found,) = overlay(ground, design, [Zone("box", box)]).zones
    alone = overlay(ground, surface(0.0, size=40, at=(E0 + 20, N0 + 30)))
    assert found.cut.value == pytest.approx(alone.total.cut.value, rel=1e-10)
    assert found.fill.value == pytest.approx(alone.total.fill.value, rel=1e-10)


def test_overlapping_or_broken_zones_are_refused() -> None:
    ground, box = surface(0.0), shapely.box(E0, N0, E0 + 10, N0 + 10)
    with pytest.raises(InputError, match="overlap"):
        overlay(ground, ground, [Zone("a", box), Zone("b", shapely.affinity.translate(box, 5))])
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(InputError, match="valid area"):
        overlay(ground, ground, [Zone("bow", bow)])


def test_near_vertical_faces_keep_their_volume() -> None:
    ground = surface(0.0, size=30)
    wall = np.array(
        [[5, 5, 10], [25, 5, 10], [25, 25, 10], [5, 25, 10], [5 - 1e-7, 5 - 1e-7, 0], [25 + 1e-7, 5 - 1e-7, 0],
         [25 + 1e-7, 25 + 1e-7, 0], [5 - 1e-7, 25 + 1e-7, 0]]
    )  # fmt: skip
    faces = [[0, 1, 2], [0, 2, 3]] + [[k, (k + 1) % 4, 4 + k] for k in range(4)]
    faces += [[(k + 1) % 4, 4 + (k + 1) % 4, 4 + k] for k in range(4)]
    block = tin_from_triangles(wall + ENZ, faces)
    assert overlay(ground, block).total.fill.value == pytest.approx(4000, rel=1e-7)


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(-20, 20), st.floats(-1, 1), st.floats(-1, 1), st.integers(0, 30))
def test_net_is_the_difference_of_the_two_bodies(a: float, b: float, c: float, d: float, e: float, seed: int) -> None:
    ground = surface(lambda x, y: a * x + b * y + c, inner=20, seed=seed)
    design = surface(lambda x, y: d * x + e * y, inner=15, seed=seed + 1)
    found = overlay(ground, design, engine="numpy")
    mean = (a - d) * 50 + (b - e) * 50 + c
    assert found.total.net.value == pytest.approx(mean * 1e4, rel=1e-9, abs=1e-4)
    assert found.total.area == pytest.approx(1e4)
    assert found.total.cut.value >= 0
    assert found.total.fill.value >= 0


@given(st.floats(0, 360), st.floats(-1e5, 1e5), st.floats(-1e5, 1e5), st.booleans())
def test_turning_moving_and_mirroring_change_nothing(turn: float, east: float, north: float, mirror: bool) -> None:
    ground, design = rolling(inner=60), rolling(inner=40, seed=9, phase=0.5)
    before = overlay(ground, design, engine="numpy").total
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    matrix = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) @ np.diag([-1.0 if mirror else 1.0, 1, 1])

    def moved(tin):  # type: ignore[no-untyped-def]
        local = tin.points - [E0, N0, 0]
        return tin_from_triangles(local @ matrix.T + [E0 + east, N0 + north, 0], tin.triangles)

    after = overlay(moved(ground), moved(design), engine="numpy").total
    assert after.cut.value == pytest.approx(before.cut.value, rel=1e-7)
    assert after.fill.value == pytest.approx(before.fill.value, rel=1e-7)
    assert after.cut_face.value == pytest.approx(before.cut_face.value, rel=1e-7)


def test_every_number_says_how_it_was_taken() -> None:
    found = overlay(rolling(), surface(0.0))
    assert found.total.cut.method == "terrain.by.overlay"
    assert found.coverage.inputs["design_area"].value == pytest.approx(1e4)
    assert found.total.net.inputs.keys() == {"cut", "fill"}
