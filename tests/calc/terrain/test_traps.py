"""Traps that were measured once and must not come back: corners, chords, open faces, tangled lines."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import ConvexHull

from slopedesign.calc.terrain import build_tin, overlay
from slopedesign.calc.terrain.dem import dem_cut, dem_from_levels
from slopedesign.errors import InputError

from .surfaces import ENZ

HEIGHT = 45.0
FACE, BERM = 10 / np.tan(np.radians(60)), 3.0
PROFILE = np.array([(0, 0), (FACE, 10), (FACE + BERM, 10), (2 * FACE + BERM, 20), (2 * FACE + 2 * BERM, 20),
                    (5 * FACE + 2 * BERM, 50)])  # fmt: skip
FLOOR = shapely.box(0, 0, 60, 40)


def pit(floor: shapely.Polygon, distances: np.ndarray, style: str = "round", chords: int = 64) -> float:
    """Cut of a pit in level ground, its surface made of strings at the distances given."""
    strings = []
    for d in distances:
        ring = floor if d == 0 else shapely.buffer(floor, d, quad_segs=chords, join_style=style, mitre_limit=10)
        xy = shapely.get_coordinates(ring)[:-1]
        strings.append(np.column_stack([xy, np.full(len(xy), np.interp(d, *PROFILE.T))]) + ENZ)
    design = build_tin(np.empty((0, 3)), strings, closed_breaklines=range(len(strings))).tin
    w, s, _, e, n, _ = design.bounds
    ground = build_tin([[x, y, HEIGHT] for x in (w, e) for y in (s, n)]).tin
    return overlay(ground, design).total.cut.value


def closed_form(area: float, perimeter: float, corners: float) -> float:
    """H A0 + integral of (H - h(d)) (P + 2 c d): `corners` is pi for round, 4 for mitred corners of a rectangle."""
    reach = np.interp(HEIGHT, PROFILE[-2:, 1], PROFILE[-2:, 0])
    marks = np.append(PROFILE[:-1, 0], reach)
    volume = HEIGHT * area
    for a, b in zip(marks[:-1], marks[1:], strict=True):

        def depth(d: float) -> float:
            return (HEIGHT - np.interp(d, *PROFILE.T)) * (perimeter + 2 * corners * d)

        volume += (b - a) / 6 * (depth(a) + 4 * depth((a + b) / 2) + depth(b))
    return float(volume)


def test_round_and_mitred_corners_are_two_designs() -> None:
    rounded, mitred = pit(FLOOR, PROFILE[:, 0]), pit(FLOOR, PROFILE[:, 0], "mitre")
    assert rounded == pytest.approx(closed_form(2400, 200, np.pi), rel=1e-4)
    assert mitred == pytest.approx(closed_form(2400, 200, 4.0), rel=1e-9)
    assert 0.03 < mitred / rounded - 1 < 0.09


def test_arcs_need_enough_chords() -> None:
    exact = closed_form(2400, 200, np.pi)
    errors = [pit(FLOOR, PROFILE[:, 0], chords=chords) / exact - 1 for chords in (4, 8, 16, 64)]
    assert errors == sorted(errors)
    assert errors[0] < -3e-3
    assert errors[1] < -5e-4
    assert abs(errors[3]) < 1e-4


def test_one_far_ring_around_an_open_face_makes_flat_triangles_in_a_notch() -> None:
    # a floor with a notch: one ring far out is bridged across the notch; rings on the way cure it
    notch = shapely.Polygon([(0, 0), (200, 0), (200, 60), (120, 60), (120, 6), (80, 6), (80, 60), (0, 60)])
    marks = PROFILE[:, 0]
    few = np.append(marks[:-1], marks[-1] + 60)
    many = np.concatenate([marks[:-1], np.arange(marks[-2] + 2, marks[-1] + 60, 2.0)])
    xy = shapely.get_coordinates(notch)[:-1]
    rim = np.column_stack([xy, np.zeros(len(xy))]) + ENZ
    cells = 800
    ground = dem_from_levels(ENZ[0] - 100, ENZ[1] - 120, 0.5, np.full((600, cells), HEIGHT))
    by_distance = dem_cut(ground, rim, PROFILE, closed=True).cut.value
    assert pit(notch, many) == pytest.approx(by_distance, rel=1e-3)
    assert abs(pit(notch, few) / by_distance - 1) > 5 * abs(pit(notch, many) / by_distance - 1)


lattice = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 4))
broken = st.lists(st.lists(lattice, min_size=1, max_size=7), max_size=9)


@settings(max_examples=200)
@given(st.lists(lattice, max_size=25), broken, st.floats(0.1, 3.0))
def test_tangled_repeated_and_overlapping_lines_end_in_a_whole_surface(
    points: list[tuple[int, int, int]], lines: list[list[tuple[int, int, int]]], scale: float
) -> None:
    offset = np.array([494000.37, 4038000.91, 0.0])
    stretch = np.array([scale, scale, 1.0])
    given_points = np.array(points, float).reshape(-1, 3) * stretch + offset
    given_lines = [np.array(line, float) * stretch + offset for line in lines]
    try:
        tin = build_tin(given_points, given_lines, duplicates="mean").tin
    except InputError:
        return
    every = np.vstack([given_points, *given_lines])[:, :2]
    assert np.isfinite(tin.vertices).all()
    assert tin.plan_area() == pytest.approx(ConvexHull(every - every[0]).volume, rel=1e-5)
    assert np.isfinite(tin.elevation(every)).all()


def test_many_lines_through_one_point() -> None:
    turn = np.radians(np.arange(0, 180, 7.3))
    lines = [np.array([[-90 * np.cos(t), -90 * np.sin(t), 0], [90 * np.cos(t), 90 * np.sin(t), 5]]) + ENZ for t in turn]
    built = build_tin(np.empty((0, 3)), lines)
    assert built.crossings
    assert np.isfinite(built.tin.vertices).all()
    assert built.tin.elevation([ENZ[:2]])[0] == pytest.approx(2.5)
