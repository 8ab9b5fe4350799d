"""Prisms between surfaces: closed forms, both engines alike, surfaces pressed down to others."""

from __future__ import annotations

import math

import numpy as np
import pytest

from slopedesign.calc.benches.ground import GroundLayer, GroundModel, lower_of, part_over
from slopedesign.calc.benches.prisms import ABOVE, AREA, VOLUME, prisms
from slopedesign.calc.terrain import Tin, build_tin
from slopedesign.calc.terrain.cutfill import CUT, CUT_AREA, overlay_sums

from .bench_helpers import AT, plane

LEVELS = [96.0, 100.0, 103.0, 107.0]


def rough(seed: int, level: float, size: float = 60.0) -> Tin:
    r = np.random.default_rng(seed)
    rim = [[-size, -size], [size, -size], [size, size], [-size, size]]
    xy = np.vstack([rim, r.uniform(-size, size, (150, 2))])
    z = level + 5 * np.sin(xy[:, 0] / 15 + seed) + 4 * np.cos(xy[:, 1] / 12 - seed) + r.uniform(-2, 2, len(xy))
    return build_tin(np.column_stack([xy + AT, z])).tin


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_a_wedge_between_planes_in_closed_form(engine):
    """Ground 45 deg over a level design at 100: depth x over 0..60 m, 120 m long."""
    ground, design = plane(100.0, 1.0, 60.0), plane(100.0, 0.0, 60.0)
    sums = prisms(ground, design.relative_to(ground.origin), np.array(LEVELS) - ground.origin[2], engine=engine)
    total = sums.sum(axis=0)
    assert total[AREA] == pytest.approx(120 * 60, rel=1e-12)
    assert total[VOLUME] == pytest.approx(120 * 60**2 / 2, rel=1e-12)
    for k, level in enumerate(LEVELS):
        rest = 60 - max(0.0, level - 100.0)
        assert total[ABOVE + k] == pytest.approx(120 * rest**2 / 2, rel=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_both_engines_and_the_overlay_agree(seed):
    ground, design = rough(seed, 101.0), rough(seed + 10, 99.0, 50.0)
    soup, levels = design.relative_to(ground.origin), np.array(LEVELS) - ground.origin[2]
    slow, fast = (prisms(ground, soup, levels, engine=engine) for engine in ("numpy", "numba"))
    assert np.allclose(slow, fast, rtol=1e-10, atol=1e-8)
    label = np.arange(len(soup), dtype=np.int32)
    sums = overlay_sums(ground, soup, label, len(soup), lines=False)[0]
    assert np.allclose(slow[:, VOLUME], sums[:, CUT], rtol=1e-10, atol=1e-8)
    assert np.allclose(slow[:, AREA], sums[:, CUT_AREA], rtol=1e-10, atol=1e-8)
    # above a level: the design with everything below that level lifted to it, sampled finely
    side = (np.arange(1000) + 0.5) * 0.1 - 50
    places = np.column_stack([a.ravel() for a in np.meshgrid(side, side)]) + AT
    top, bottom = ground.elevation(places), design.elevation(places)
    for k, level in enumerate(LEVELS):
        sampled = np.fmax(top - np.fmax(bottom, level), 0.0).sum() * 0.01
        assert slow[:, ABOVE + k].sum() == pytest.approx(sampled, rel=2e-3, abs=0.5)


@pytest.mark.parametrize("seed", range(4))
def test_the_lower_of_two_surfaces_covers_the_plan_once(seed):
    surface, limit = rough(seed, 100.0, 40.0), rough(seed + 20, 100.0)
    lower = lower_of(surface, limit)
    assert lower.plan_area() == pytest.approx(surface.plan_area(), rel=1e-9)
    places = np.random.default_rng(seed).uniform(-39, 39, (3000, 2)) + AT
    expected = np.fmin(surface.elevation(places), limit.elevation(places))
    assert np.allclose(lower.elevation(places), expected, atol=1e-5)
    part = part_over(limit, surface)
    assert part.plan_area() == pytest.approx(surface.plan_area(), rel=1e-9)
    assert np.allclose(part.elevation(places), limit.elevation(places), atol=1e-6)


def test_a_bottom_that_lies_on_the_ground_is_counted_once():
    """The east half of the rock is bare: there it is the ground itself, and rises above it at one point further on."""
    ground = rough(3, 100.0)
    points = ground.points.copy()
    west = points[:, 0] < AT[0]
    points[west, 2] -= 3.0
    mixed = np.unique(ground.triangles[west[ground.triangles].any(axis=1)])
    points[np.setdiff1d(np.arange(len(points)), mixed)[-1], 2] += 1.0
    rock = Tin(ground.origin, points - ground.origin, ground.triangles)
    model = GroundModel(surface=ground, layers=(GroundLayer(name="soil", kind="soil", bottom=rock),))
    top, bottom = model.tops[0], model.bottoms[0]
    assert bottom.plan_area() == pytest.approx(ground.plan_area(), rel=1e-9)
    deep = plane(50.0, 0.0, 100.0)
    volume = [prisms(s, deep.relative_to(s.origin), ())[:, VOLUME].sum() for s in (top, bottom)]
    corners = ground.corners[:, :, 2] - np.minimum(rock.corners[:, :, 2], ground.corners[:, :, 2])
    expected = math.fsum(float(a * d) for a, d in zip(ground.triangle_areas, corners.mean(axis=1), strict=True))
    assert volume[0] - volume[1] == pytest.approx(expected, rel=1e-9)


def test_the_top_of_a_layer_is_the_surface_above_less_what_its_rim_leaves_out():
    ground, rock = rough(5, 100.0), rough(6, 100.0, 40.0)
    lower = Tin(rock.origin - np.array([0.0, 0.0, 20.0]), rock.vertices, rock.triangles)
    (layer,) = GroundModel(surface=ground, layers=(GroundLayer(name="soil", kind="soil", bottom=lower),)).surfaces
    assert layer.above is ground and layer.left_out is not None and layer.instead is not None
    deep = plane(60.0, 0.3, 70.0)
    every = (layer.top, ground, layer.left_out, layer.instead)
    top, above, left_out, instead = (prisms(s, deep.relative_to(s.origin), LEVELS).sum(axis=0) for s in every)
    assert top == pytest.approx(above - left_out + instead, rel=1e-9)
    assert 0 < instead[VOLUME] < left_out[VOLUME]
