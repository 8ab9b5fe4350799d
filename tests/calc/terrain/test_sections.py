"""Sections and contours lie exactly on the surface."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slopedesign.calc.terrain import build_tin
from slopedesign.calc.terrain.contour import contours, level_steps
from slopedesign.calc.terrain.sections import along, section, section_area_between, typed_section
from slopedesign.errors import InputError

from .surfaces import E0, EN, N0, rolling, surface


@given(st.lists(st.tuples(st.floats(-20, 120), st.floats(-20, 120)), min_size=2, max_size=5))
def test_a_section_is_the_surface_along_the_line(line: list[tuple[float, float]]) -> None:
    plan = np.round(line, 2)
    if np.hypot(*np.diff(plan, axis=0).T).min() < 1e-3:
        return
    tin = rolling()
    cut = section(tin, plan + EN)
    stations = np.linspace(0, np.hypot(*np.diff(plan, axis=0).T).sum(), 401)
    z = cut.z_at(stations)
    ground = tin.elevation(along(cut.line, stations))
    both = np.isfinite(z) & np.isfinite(ground)
    assert np.allclose(z[both], ground[both], atol=1e-6)
    assert (np.isfinite(z) != np.isfinite(ground)).sum() <= 2 * len(plan)  # only where the line crosses the rim
    assert sum(len(part) for part in cut.parts) <= len(cut.stations)


def test_what_lies_outside_is_a_gap() -> None:
    tin = rolling()
    cut = section(tin, [(E0 - 30, N0 + 50), (E0 + 130, N0 + 50)])
    assert cut.gaps == pytest.approx(np.array([[0, 30], [130, 160]]))
    assert np.isnan(cut.z_at([10, 150])).all()
    outside = section(tin, [(E0 - 30, N0), (E0 - 30, N0 + 50)])
    assert outside.gaps == pytest.approx(np.array([[0, 50]]))
    assert len(outside.stations) == 0


def test_a_line_through_vertices_and_along_edges() -> None:
    tin = surface(lambda x, y: x / 10)
    for line in ([(0, 0), (100, 0)], [(0, 0), (100, 100)], [(100, 0), (0, 100)], [(0, 50), (100, 50)]):
        cut = section(tin, np.array(line) + EN)
        assert len(cut.gaps) == 0
        assert cut.z_at([cut.stations[-1] / 2])[0] == pytest.approx(5)
        assert cut.points[-1, 2] == pytest.approx(line[1][0] / 10)


def test_a_line_that_is_none_is_refused() -> None:
    for line in ([(0, 0)], [(1, 1), (1, 1)], [(0, 0), (np.nan, 1)]):
        with pytest.raises(InputError):
            section(rolling(), line)


def test_areas_between_sections_are_exact() -> None:
    ground = typed_section([0, 10, 20], [5, 5, 5])
    design = typed_section([2, 8, 14], [2, 5, 8])
    areas = section_area_between(ground, design)
    assert areas.cut.value == pytest.approx(0.5 * 6 * 3)
    assert areas.fill.value == pytest.approx(0.5 * 6 * 3)
    assert areas.width == pytest.approx(12)
    assert areas.cut_centre == pytest.approx(4)
    assert areas.fill_centre == pytest.approx(12)


def test_steps_in_a_typed_section_keep_their_area() -> None:
    ground = typed_section([0, 10], [4, 4])
    design = typed_section([0, 5, 5, 10], [0, 0, 8, 8])
    areas = section_area_between(ground, design)
    assert areas.cut.value == pytest.approx(20)
    assert areas.fill.value == pytest.approx(20)


def test_gaps_count_for_nothing() -> None:
    ground = section(rolling(), [(E0 - 30, N0 + 50), (E0 + 130, N0 + 50)])
    design = typed_section([0, 160], [-50, -50])
    areas = section_area_between(ground, design)
    assert areas.width == pytest.approx(100)
    assert areas.fill.value == 0
    with pytest.raises(InputError):
        typed_section([0, 2, 1], [0, 0, 0])


def test_contours_lie_on_the_surface_and_close() -> None:
    tin = rolling(inner=2000)
    lines = contours(tin, level_steps(tin, 1.0))
    assert {line.level for line in lines} >= {-3.0, 0.0, 3.0}
    for line in lines:
        assert np.allclose(tin.elevation(line.points[:, :2])[1:-1], line.level, atol=1e-6)
        ends = line.points[[0, -1], :2] - EN
        on_rim = (np.isclose(ends, 0) | np.isclose(ends, 100)).any(axis=1)
        assert line.closed or on_rim.all()


@pytest.mark.parametrize("level", [0.0, 3.0])
def test_vertices_exactly_at_a_level_do_not_branch(level: float) -> None:
    tin = surface(lambda x, y: np.round(x / 25), inner=300, seed=4)
    for line in contours(tin, [level]):
        assert np.unique(line.points[:-1, :2], axis=0).shape[0] == len(line.points) - 1


def test_a_cone_has_round_contours_of_the_right_length() -> None:
    turn = np.linspace(0, 2 * np.pi, 721)[:-1]
    rim = np.column_stack([50 * np.cos(turn), 50 * np.sin(turn), np.zeros(720)])
    cone = build_tin(np.vstack([rim, [[0, 0, 20]]])).tin
    (line,) = contours(cone, [10.0])
    assert line.closed
    assert np.hypot(*np.diff(line.points[:, :2], axis=0).T).sum() == pytest.approx(2 * np.pi * 25, rel=1e-4)
