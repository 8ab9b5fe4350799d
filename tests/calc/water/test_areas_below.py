"""What of a section lies below a level, against shapely's intersection of the same polygons."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from slopedesign.calc.water.ditch_quantities import _area_below, _extent_below

SHAPES = {
    "trapezoid": [(-1.2, 0.9), (-0.4, -0.3), (0.4, -0.3), (1.2, 0.9)],
    "leaning over": [(-0.5, 1.0), (-1.0, 0.0), (1.0, 0.0), (0.5, 1.0)],
    "hollow": [(0.0, 0.0), (3.0, 0.0), (3.0, 2.0), (2.0, 2.0), (1.5, 0.5), (1.0, 2.0), (0.0, 2.0)],
    "pipe": [(0.5 * np.cos(a), 0.5 + 0.5 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 40, endpoint=False)],
}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("name", SHAPES)
def test_area_and_extent_below_levels(name: str, turned: bool) -> None:
    points = np.array(SHAPES[name][:: -1 if turned else 1])
    levels = np.unique([*np.linspace(-1.0, 3.0, 41), *points[:, 1]])
    whole = shapely.Polygon(points)
    areas, (west, east) = _area_below(points, levels), _extent_below(points, levels)
    for level, area, left, right in zip(levels, areas, west, east, strict=True):
        part = shapely.intersection(whole, shapely.box(-9.0, -9.0, 9.0, level))
        assert area == pytest.approx(part.area, abs=1e-12)
        if part.is_empty:
            assert (left, right) == (np.inf, -np.inf)
        else:
            assert (left, right) == pytest.approx((part.bounds[0], part.bounds[2]), abs=1e-12)
