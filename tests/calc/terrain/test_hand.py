"""The hand methods: published numbers, and where they mislead."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from slopedesign.calc.terrain import Zone, build_tin, overlay
from slopedesign.calc.terrain.hand import BANK_SECTION, end_area, prismoidal, prismoidal_mixed, swept_volume
from slopedesign.calc.terrain.squares import (
    ODD_CORNER,
    THREE_CORNERS,
    TWO_CORNERS,
    WHOLE_SQUARE,
    balance_level,
    balance_level_of_grid,
    method_of_squares,
    square_volumes,
    squares_between,
)
from slopedesign.errors import InputError

from .surfaces import rolling, surface

HEIGHTS = (0.9, 1.25, 2.15, 2.5, 1.85, 1.35, 0.85)
AREAS = [10.215, 14.84375, 28.43375, 34.375, 23.63375, 16.23375, 9.58375]


def test_embankment_of_seven_sections() -> None:
    assert [BANK_SECTION.number(b=10, m=1.5, h=h) for h in HEIGHTS] == pytest.approx(AREAS, rel=1e-9)
    assert end_area(AREAS, [40] * 6).volume.value == pytest.approx(5096.775, rel=1e-9)
    assert prismoidal(AREAS, 40).volume.value == pytest.approx(5143.25, rel=1e-9)
    assert len(end_area(AREAS, [40] * 6).volume.parts) == 6


def test_simpson_over_an_odd_number_of_intervals_is_refused_and_the_mix_is_said() -> None:
    with pytest.raises(InputError, match="even number of intervals"):
        prismoidal(AREAS[:6], 40)
    mixed = prismoidal_mixed(AREAS[:6], 40)
    last = end_area(AREAS[4:6], [40]).volume.value
    assert mixed.volume.value == pytest.approx(prismoidal(AREAS[:5], 40).volume.value + last)
    assert mixed.remarks[0].text.key == "terrain.mixed_rule"
    assert prismoidal_mixed(AREAS, 40).remarks == ()


@given(st.floats(0, 50), st.floats(-3, 3), st.floats(-1, 1), st.floats(0.1, 50))
def test_simpson_is_exact_for_areas_that_grow_with_the_square(a: float, b: float, c: float, spacing: float) -> None:
    areas = [a + b * k + c * k * k for k in range(5)]
    exact = spacing * (4 * a + 8 * b + 64 / 3 * c)
    assert prismoidal(areas, spacing).volume.value == pytest.approx(exact, rel=1e-9, abs=1e-6)


def test_sections_along_a_bend_need_the_path_of_the_centre_of_area() -> None:
    # half a ring of a triangular section, toe radius 90 m, centre of area 20/3 m beyond the toe
    exact = swept_volume(50.0, 20 / 3, 90.0, 180.0)
    assert exact.value == pytest.approx(15184.364492350667, rel=1e-12)
    step = np.pi * 90 / 12
    corrected = end_area([50.0] * 13, [step] * 12, offsets=[20 / 3] * 13, radius=90.0)
    assert corrected.volume.value == pytest.approx(exact.value)
    assert corrected.remarks == ()
    plain = end_area([50.0] * 13, [step] * 12, offsets=[20 / 3] * 13, radius=90.0, corrected=False)
    assert plain.volume.value / exact.value - 1 == pytest.approx(-0.06896551724, rel=1e-9)
    assert plain.remarks[0].text.key == "terrain.bend_ignored"


@pytest.mark.parametrize(
    ("areas", "spacings"), [([1.0], []), ([1.0, 2.0], [1.0, 1.0]), ([1.0, 2.0], [0.0]), ([1.0, 2.0], [-5.0])]
)
def test_sections_that_do_not_fit_are_refused(areas: list[float], spacings: list[float]) -> None:
    with pytest.raises(InputError):
        end_area(areas, spacings)


ODD_CORNERS = np.array(
    [[-0.44, -0.18, -0.47, 0.07, -0.71], [0.56, -0.09, 0.22, 0.14, 0.05],
     [-0.01, 0.12, -0.34, 0.05, -0.11], [0.05, 0.21, 0.07, 0.19, -0.23]]
)  # fmt: skip


def test_published_corner_pieces() -> None:
    found = method_of_squares(ODD_CORNERS, 20)
    pieces = np.concatenate([found.cell_cut.ravel(), found.cell_fill.ravel()])
    for published in (18.011, 3.320, 40.253, 11.998, 3.466, 0.009, 13.895, 16.395):
        assert np.abs(pieces - published).min() < 0.01
    assert found.cell_cut[0, 0] == pytest.approx(63.345, abs=1e-3)  # by the textbook division of the warped square


def test_the_arrays_follow_the_formulas() -> None:
    assert square_volumes(np.array([[1.0, 2, 3, 4]]), 20)[0] == pytest.approx(
        WHOLE_SQUARE.number(a=20, h_1=1, h_2=2, h_3=3, h_4=4)
    )
    assert square_volumes(np.array([[2.0, 3, -4, -1]]), 20)[0] == pytest.approx(
        TWO_CORNERS.number(a=20, h_1=2, h_2=3, h_3=4, h_4=1)
    )
    odd = np.array([[-3.0, 0.7, -1, -2]])
    assert square_volumes(odd, 20)[0] == pytest.approx(ODD_CORNER.number(a=20, h_1=0.7, h_2=3, h_4=1))
    assert square_volumes(-odd, 20)[0] == pytest.approx(THREE_CORNERS.number(a=20, h_1=0.7, h_2=3, h_3=2, h_4=1))


@given(st.lists(st.floats(-3, 3), min_size=4, max_size=4), st.integers(0, 3))
def test_a_square_may_be_turned(heights: list[float], turn: int) -> None:
    h = np.array([heights])
    volume = square_volumes(h, 10)[0]
    assert np.isfinite(volume)
    assert volume >= -1e-12
    assert square_volumes(np.roll(h, turn, axis=1), 10)[0] == pytest.approx(volume, abs=1e-9)
    assert square_volumes(h[:, ::-1], 10)[0] == pytest.approx(volume, abs=1e-9)


def test_borrow_pit() -> None:
    # 50 ft square to be filled to 90 ft: 199 cubic yards
    found = method_of_squares(90 - np.array([[87.6, 87.6], [87.6, 88.6]]), 50)
    assert found.fill.value == pytest.approx(5375)
    assert found.fill.value / 27 == pytest.approx(199, abs=0.5)


def test_balance_levels() -> None:
    level = balance_level([55.9, 53.0, 52.5, 54.3], [55.3, 54.1, 54.3, 53.0, 52.9, 55.0], [], [54.6, 53.8], cells=6)
    assert level.value == pytest.approx(54.104166666666664, abs=1e-9)
    with pytest.raises(InputError, match="squares that meet"):
        balance_level([1.0] * 4, cells=2)
    grid = np.random.default_rng(2).uniform(50, 60, (5, 7))
    grid[0, 0] = np.nan
    h0 = balance_level_of_grid(grid).value
    found = method_of_squares(h0 - grid, 20)
    assert found.open_cells == 1
    flat = method_of_squares(np.maximum(h0 - grid, -1e9) * 0 + (h0 - grid), 20)
    net = np.nansum(h0 - (grid[:-1, :-1] + grid[:-1, 1:] + grid[1:, 1:] + grid[1:, :-1]) / 4) * 400
    assert net == pytest.approx(0, abs=1e-6)
    assert flat.cells == 23


def test_squares_are_coarse_where_the_ground_is_not() -> None:
    ground, design = rolling(inner=4000), surface(-12.0)
    exact = overlay(ground, design).total.cut.value
    fine, coarse = squares_between(ground, design, 2.0), squares_between(ground, design, 25.0)
    assert abs(fine.cut.value / exact - 1) < 2e-3
    assert abs(coarse.cut.value / exact - 1) > abs(fine.cut.value / exact - 1)
    with pytest.raises(InputError):
        squares_between(ground, design, 500.0)


def test_half_a_ring_by_overlay_agrees_with_the_path_of_the_centre_of_area() -> None:
    turn = np.radians(np.linspace(0, 180, 721))
    circle = np.column_stack([np.cos(turn), np.sin(turn), np.ones(721)])
    toe, crest = circle * [90, 90, 0], circle * [100, 100, 10]
    design = build_tin(np.vstack([toe, crest * [1, 1, 0]])).tin
    ground = build_tin(np.vstack([toe, crest]), [toe, crest]).tin
    inside = np.hypot(*ground.corners[:, :, :2].mean(axis=1).T) > 0
    assert inside.all()

    ring = shapely.Polygon(np.vstack([toe[:, :2], crest[::-1, :2]]))
    found = overlay(ground, design, [Zone("ring", ring)]).zones[0].cut.value
    assert found == pytest.approx(15184.364492350667, rel=1e-4)
