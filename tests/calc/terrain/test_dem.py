"""Grid terrain: the exact distance to the line, both engines alike, closed forms."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from scipy.ndimage import distance_transform_edt

from slopedesign.calc.terrain.dem import daylight_lines, dem_cut, dem_from_levels, dem_from_tin
from slopedesign.errors import InputError

from .surfaces import E0, EN, ENZ, N0, rolling

PROFILE = [(0.0, 0.0), (6.0, 10.0), (9.0, 9.85), (15.0, 19.85)]


def level_ground(size: float = 160.0, cell: float = 0.5):  # type: ignore[no-untyped-def]
    n = int(size / cell)
    return dem_from_levels(E0, N0, cell, np.full((n, n), 15.0))


def rectangle(z: float = 0.0) -> np.ndarray:
    xy = np.array([[50, 60], [110, 60], [110, 100], [50, 100]], float)
    return np.column_stack([xy + EN, np.full(4, z)])


def steiner(height: float, area: float, perimeter: float, c: float = np.pi) -> float:
    """Volume of a level-ground pit: floor, and the profile around it with round corners."""
    d = np.linspace(0, 15, 200_001)
    depth = np.maximum(height - np.interp(d, *np.array(PROFILE).T), 0)
    return height * area + float(np.trapezoid(depth * (perimeter + 2 * c * d), d))


@pytest.mark.parametrize("engine", ["numba", "numpy"])
def test_a_pit_in_level_ground(engine: str) -> None:
    found = dem_cut(level_ground(), rectangle(), PROFILE, closed=True, engine=engine)  # type: ignore[arg-type]
    assert found.cut.value == pytest.approx(steiner(15, 2400, 200), rel=2e-4)
    assert found.band_cut[-1] == pytest.approx(2400 * 15)
    assert found.band_area[-1] == pytest.approx(2400)
    assert found.band_area[1] == pytest.approx(200 * 3 + np.pi * (81 - 36), rel=5e-3)
    assert found.band_cut.sum() == pytest.approx(found.cut.value)
    assert found.unknown_area == 0


def test_a_ring_may_run_either_way() -> None:
    one = dem_cut(level_ground(), rectangle(), PROFILE, closed=True)
    other = dem_cut(level_ground(), rectangle()[::-1], PROFILE, closed=True)
    assert one.cut.value == pytest.approx(other.cut.value, rel=1e-12)


def test_daylight_is_where_the_profile_reaches_the_ground() -> None:
    dem = level_ground()
    result = dem_cut(dem, rectangle(), PROFILE, closed=True)
    (line, *_) = daylight_lines(dem, result)
    assert line.closed
    rim = shapely.Polygon(rectangle()[:, :2]).boundary
    reach = 9.0 + (15 - 9.85) * 6 / 10
    away = shapely.distance(shapely.points(line.points[:, :2]), rim)
    assert np.abs(away - reach).max() < 0.15
    assert line.points[:, 2] == pytest.approx(15)


@pytest.mark.parametrize("engine", ["numba", "numpy"])
def test_an_open_line_has_a_side_and_ends(engine: str) -> None:
    dem = level_ground()
    toe = np.array([[E0 + 40, N0 + 80, 0], [E0 + 120, N0 + 80, 0]])
    left = dem_cut(dem, toe, PROFILE, side="left", engine=engine)  # type: ignore[arg-type]
    right = dem_cut(dem, toe, PROFILE, side="right", engine=engine)  # type: ignore[arg-type]
    reach = 9.0 + (15 - 9.85) * 6 / 10
    section = 15 * 6 - 30 + 3 * 5 + 0.5 * 3 * 0.15 + 0.5 * (reach - 9) * (15 - 9.85)
    assert left.cut.value == pytest.approx(80 * section, rel=2e-3)
    assert right.cut.value == pytest.approx(left.cut.value, rel=2e-3)
    assert np.isnan(left.depth[:150]).all()
    assert np.isnan(right.depth[170:]).all()


def test_both_engines_give_the_same_on_rough_ground() -> None:
    dem = dem_from_tin(rolling(inner=3000), 0.5)
    bent = np.array([[10, 20, -9], [40, 35, -8], [45, 30, -8.5], [90, 25, -9]], float) + ENZ
    for options in ({}, {"side": "right"}, {"closed": True}, {"last_continues": False}):
        fast = dem_cut(dem, bent, PROFILE, engine="numba", **options)  # type: ignore[arg-type]
        slow = dem_cut(dem, bent, PROFILE, engine="numpy", **options)  # type: ignore[arg-type]
        assert fast.cut.value == pytest.approx(slow.cut.value, rel=1e-10)
        assert fast.fill.value == pytest.approx(slow.fill.value, rel=1e-10)
        assert np.allclose(fast.band_area, slow.band_area)
        assert (np.isfinite(fast.depth) == np.isfinite(slow.depth)).all()


def test_a_distance_counted_in_cells_would_be_wrong() -> None:
    dem = level_ground(cell=1.0)
    slanted = np.array([[30.3, 40.2], [120.7, 60.4], [100.1, 120.9]])
    ring = np.column_stack([slanted + EN, np.zeros(3)])
    inside = shapely.contains_xy(shapely.Polygon(ring), *np.meshgrid(dem.easting, dem.northing))
    counted = distance_transform_edt(~inside)
    exact = shapely.distance(shapely.points(*np.meshgrid(dem.easting, dem.northing)), shapely.Polygon(ring))
    assert np.abs(counted - exact).max() > 0.3
    found = dem_cut(dem, ring, [(0.0, 0.0), (10.0, 20.0)], closed=True)
    assert np.abs((15.0 - found.depth) - np.where(inside, 0, 2 * exact)).max() < 1e-4


def test_unknown_ground_is_not_counted() -> None:
    z = np.full((100, 100), 15.0)
    z[:, 50:] = np.nan
    found = dem_cut(dem_from_levels(E0, N0, 1.0, z), rectangle() - [50, 50, 0], PROFILE, closed=True)
    assert found.unknown_area > 0
    assert found.cut_area.value + found.fill_area.value <= 5000
    assert np.isnan(found.depth[:, 50:]).all()


def test_levels_far_above_the_sea_keep_their_centimetres() -> None:
    z = 4321.07 + np.zeros((40, 40))
    dem = dem_from_levels(E0, N0, 1.0, z)
    ring = np.column_stack([np.array([[10, 10], [30, 10], [30, 30], [10, 30]]) + EN, np.full(4, 4320.0)])
    found = dem_cut(dem, ring, [(0.0, 0.0), (1.0, 2.0)], closed=True)
    assert found.band_cut[-1] == pytest.approx(400 * 1.07, rel=1e-5)


@pytest.mark.parametrize(
    ("line", "profile", "side"),
    [
        ([[0, 0, 0]], PROFILE, "left"),
        ([[0, 0, 0], [1, 0, np.nan]], PROFILE, "left"),
        ([[0, 0, 0], [1, 0, 0]], [(0, 0)], "left"),
        ([[0, 0, 0], [1, 0, 0]], [(1, 0), (2, 5)], "left"),
        ([[0, 0, 0], [1, 0, 0]], [(0, 0), (2, 5), (2, 6)], "left"),
        ([[0, 0, 0], [1, 0, 0]], PROFILE, "up"),
    ],
)
def test_what_cannot_be_swept_is_refused(line: list, profile: list, side: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(InputError):
        dem_cut(level_ground(cell=5.0), line, profile, side=side)
    with pytest.raises(InputError):
        dem_from_levels(0, 0, 1.0, np.full((2, 2), np.nan))
