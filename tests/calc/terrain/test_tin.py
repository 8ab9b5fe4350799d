"""Building surfaces: what the triangulation must never see, and what it must not lose."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import ConvexHull

from slopedesign.calc.terrain import build_tin, tin_from_grid, tin_from_triangles
from slopedesign.errors import InputError

from .surfaces import E0, EN, ENZ, N0, rolling, surface

SQUARE = np.array([[0, 0, 0], [10, 0, 0], [10, 10, 0], [0, 10, 0]], float)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_coordinate_that_is_no_number_never_reaches_the_triangulation(bad: float) -> None:
    points = SQUARE.copy()
    points[2, 1] = bad
    with pytest.raises(InputError, match=r"points\[2\]"):
        build_tin(points)
    with pytest.raises(InputError, match=r"breaklines\[0\]\[1\]"):
        build_tin(SQUARE, [[[1, 1, 0], [2, 2, bad]]])


@pytest.mark.parametrize(
    "points",
    [
        np.empty((0, 3)),
        SQUARE[:2],
        np.array([[5, 5, 1], [5, 5, 1], [5, 5, 1]]),
        np.column_stack([np.linspace(0, 1, 9) * 300 + E0, np.linspace(0, 1, 9) * 700 + N0, np.zeros(9)]),
    ],
    ids=["none", "two", "one place", "one line"],
)
def test_places_that_span_no_area_are_refused(points: np.ndarray) -> None:
    with pytest.raises(InputError):
        build_tin(points)


def test_an_outlier_beyond_any_survey_is_named() -> None:
    points = np.vstack([SQUARE + ENZ, [[0, 0, 0]]])
    with pytest.raises(InputError, match=r"points\[4\]"):
        build_tin(points)


@pytest.mark.parametrize("triangles", [[[0, 1, 4]], [[-1, 0, 1]]])
def test_vertex_numbers_out_of_range_are_refused(triangles: list[list[int]]) -> None:
    with pytest.raises(InputError, match="vertex numbers"):
        tin_from_triangles(SQUARE, triangles)


def test_points_at_one_place_merge_when_their_levels_agree() -> None:
    built = build_tin(np.vstack([SQUARE, SQUARE[:1]]))
    assert built.merged == 1
    assert len(built.tin.vertices) == 4
    assert [note.text.key for note in built.notes] == ["terrain.merged"]


def test_points_at_one_place_with_different_levels_stop_and_ask() -> None:
    points = np.vstack([SQUARE, [[10, 10, 2]]])
    with pytest.raises(InputError, match="rows 2, 4"):
        build_tin(points)


@pytest.mark.parametrize(
    ("rule", "level"), [("first", 0.0), ("last", 2.0), ("mean", 1.0), ("highest", 2.0), ("lowest", 0.0)]
)
def test_the_designers_choice_settles_different_levels(rule: str, level: float) -> None:
    points = np.vstack([SQUARE, [[10, 10, 2]]])
    built = build_tin(points, duplicates=rule)  # type: ignore[arg-type]
    assert built.tin.elevation([[10, 10]])[0] == pytest.approx(level)
    assert built.notes[-1].text.key == "terrain.merged_apart"


def test_crossing_break_lines_get_a_vertex_with_a_level_and_both_levels_are_told() -> None:
    built = build_tin(SQUARE + ENZ, [np.array([[1, 1, 1], [9, 9, 1]]) + ENZ,
                                            np.array([[1, 9, 3], [9, 1, 3]]) + ENZ])  # fmt: skip
    (crossing,) = built.crossings
    assert (crossing.easting, crossing.northing) == pytest.approx((E0 + 5, N0 + 5))
    assert sorted(crossing.levels) == pytest.approx([1, 3])
    assert crossing.gap == pytest.approx(2)
    assert np.isfinite(built.tin.vertices).all()
    assert built.tin.elevation([[E0 + 5, N0 + 5]])[0] == pytest.approx(2)
    assert "terrain.crossing_apart" in [note.text.key for note in built.notes]


def test_break_lines_become_edges_and_segments_without_length_are_dropped() -> None:
    ridge = np.array([[2, 5, 4], [2, 5, 4], [8, 5, 4]], float)
    built = build_tin(SQUARE, [ridge])
    assert built.tin.elevation([[5, 5]])[0] == pytest.approx(4)
    assert "terrain.zero_segments" in [note.text.key for note in built.notes]


def test_closed_break_lines_close() -> None:
    ring = np.array([[2, 2, 1], [8, 2, 1], [8, 8, 1], [2, 8, 1]], float)
    built = build_tin(SQUARE, [ring], closed_breaklines=[0])
    assert len(built.tin.breaklines) == 4
    with pytest.raises(InputError):
        build_tin(SQUARE, [ring], closed_breaklines=[1])


def test_no_point_is_lost_at_projected_coordinates() -> None:
    # scipy.spatial.Delaunay drops thousands of these as coplanar
    r = np.random.default_rng(3)
    points = np.column_stack([E0 + r.uniform(0, 300, 20000), N0 + r.uniform(0, 300, 20000), r.uniform(0, 9, 20000)])
    tin = build_tin(points).tin
    assert len(np.unique(tin.triangles)) == 20000
    assert tin.plan_area() == pytest.approx(ConvexHull(points[:, :2] - [E0, N0]).volume, rel=1e-9)
    assert np.abs(tin.elevation(points[:, :2]) - points[:, 2]).max() < 1e-9


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(-500, 9000), st.integers(0, 50))
def test_a_plane_is_reproduced_everywhere(a: float, b: float, c: float, seed: int) -> None:
    tin = surface(lambda x, y: a * x + b * y + c, inner=30, seed=seed)
    xy = np.random.default_rng(seed).uniform(0, 100, (50, 2))
    assert np.allclose(tin.elevation(xy + EN), xy @ [a, b] + c, atol=1e-6)
    assert tin.plan_area() == pytest.approx(1e4)
    assert tin.slope_area() == pytest.approx(1e4 * np.sqrt(1 + a * a + b * b))


def test_nothing_is_known_outside() -> None:
    tin = rolling()
    outside = [[E0 - 1e-3, N0 + 50], [E0 + 50, N0 + 100.001], [0, 0], [1e9, 1e9]]
    assert np.isnan(tin.elevation(outside)).all()
    assert not tin.contains(outside).any()


def test_a_boundary_cuts_the_surface() -> None:
    tin = rolling()
    ring = np.array([[10, 10], [90, 10], [90, 50], [50, 50], [50, 90], [10, 90]]) + EN
    cut = build_tin(tin.points, boundary=ring).tin
    assert cut.plan_area() == pytest.approx(shapely.Polygon(ring).area)
    assert np.isnan(cut.elevation([[E0 + 70, N0 + 70]]))[0]
    assert cut.elevation([[E0 + 30, N0 + 30]])[0] == pytest.approx(tin.elevation([[E0 + 30, N0 + 30]])[0], abs=0.2)
    half_out = build_tin(tin.points, boundary=np.array([[50, 50], [200, 50], [200, 200], [50, 200]]) + EN).tin
    assert half_out.plan_area() == pytest.approx(2500)


def test_long_edges_on_the_rim_are_taken_off_and_break_lines_hold() -> None:
    r = np.random.default_rng(0)
    ring = np.column_stack([r.uniform(0, 100, 3000), r.uniform(0, 100, 3000), np.zeros(3000)])
    notch = ring[~((ring[:, 0] > 40) & (ring[:, 0] < 60) & (ring[:, 1] > 30))]
    whole, peeled = build_tin(notch), build_tin(notch, max_edge=10)
    assert peeled.peeled > 0
    assert whole.tin.plan_area() - peeled.tin.plan_area() == pytest.approx(20 * 70, rel=0.15)
    assert not peeled.tin.contains([[50, 70]])[0]
    bridged = build_tin(notch, [[[30, 95, 0], [70, 95, 0]]], max_edge=10)
    assert bridged.tin.contains([[50, 70]])[0]


def test_grid_surfaces_leave_unknown_nodes_open() -> None:
    z = np.zeros((4, 5))
    z[0, 0] = np.nan
    tin = tin_from_grid(np.arange(5) + E0, np.arange(4) + N0, z)
    assert tin.plan_area() == pytest.approx(11)
    assert np.isnan(tin.elevation([[E0 + 0.2, N0 + 0.2]]))[0]


def test_triangles_are_turned_counter_clockwise_and_vertical_ones_left_out() -> None:
    points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 0, 5]], float)
    tin = tin_from_triangles(points, [[0, 2, 1], [0, 1, 3]])
    assert len(tin.triangles) == 1
    assert tin.plan_area() == pytest.approx(0.5)


def test_the_outline_is_the_area_covered() -> None:
    tin = rolling()
    assert tin.outline.area == pytest.approx(tin.plan_area())
    assert tin.bounds[0] == E0
    assert tin.bounds[4] == N0 + 100


def test_flat_triangles_of_a_contour_only_survey_are_counted() -> None:
    contour = [np.column_stack([np.linspace(0, 90, 40), 20 * k + 8 * np.sin(np.linspace(0, 9, 40)), np.full(40, k)])
               for k in range(4)]  # fmt: skip
    tin = build_tin(np.concatenate(contour)).tin
    assert 0 < tin.flat_area() < tin.plan_area()
    assert rolling().flat_area() == 0


def test_numba_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, slopedesign.calc.terrain; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_points_are_found_alike_compiled_and_not(monkeypatch: pytest.MonkeyPatch) -> None:
    tin = rolling()
    spread = np.random.default_rng(3).uniform(-20, 120, (5000, 2)) + EN
    points = np.vstack([spread, tin.points[:, :2], tin.points[tin.triangles].mean(axis=1)[:, :2], [[np.nan, N0]]])
    found, levels = tin.find(points), tin.elevation(points)
    monkeypatch.setattr("slopedesign.calc.terrain.surface._MANY", len(points) + 1)
    plain = tin.elevation(points)
    assert ((tin.find(points) >= 0) == (found >= 0)).all() and found[-1] == -1
    assert np.allclose(levels, plain, atol=1e-9, equal_nan=True)
