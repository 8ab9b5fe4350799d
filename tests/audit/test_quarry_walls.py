"""A second hand on the walls of the packaged example: thrust by trial wedges, then sliding, overturning and bearing.

Nothing of the program is called here; the body's outline is taken from the design and everything else worked anew.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from slopedesign.design import Design

near = pytest.approx


def wedge(gamma: float, phi: float, delta: float, eps: float, h: float, beta: float, q: float) -> float:
    """Greatest thrust [kN/m] of plane wedges behind a straight back, `eps` off plumb (soil above it: > 0)."""
    f, d, e, b = (math.radians(x) for x in (phi, delta, eps, beta))
    theta = np.radians(np.linspace(max(phi, beta) + 0.05, min(89.9, 89.99 + eps), 200_001))
    x0 = -h * math.tan(e)  # head of the back over its foot at (0, 0)
    run = (h - math.tan(b) * x0) / (np.sin(theta) - math.tan(b) * np.cos(theta))
    x, y = run * np.cos(theta), run * np.sin(theta)
    weight = gamma * 0.5 * np.abs(x0 * y - x * h) + q * (x - x0)
    return float(np.max(weight * np.sin(theta - f) / np.cos(theta - f - d - e)))


def centroid(outline: Any) -> tuple[float, float]:
    """Area and x of the centroid of a polygon."""
    x, y = np.asarray(outline, dtype=float).T
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    area = cross.sum() / 2
    return abs(float(area)), float(np.sum((x + np.roll(x, -1)) * cross) / (6 * area))


def _walls(design: Design) -> list[Any]:
    assert design.walls is not None
    return [bench.result for bench in design.walls.benches]


def _parts(result: Any, inputs: dict[str, Any]) -> tuple[float, float, float, float, float]:
    """Height and lean of the loaded back, its foot, weight and arm of the body."""
    body = result.body
    (x_0, y_0), (x_1, y_1) = body.back_foot, body.meet
    area, arm = centroid(body.outline)
    gamma = inputs["walls"]["unit_weights"][body.shape.material]
    return y_1 - y_0, math.degrees(math.atan2(x_0 - x_1, y_1 - y_0)), x_0, area * gamma, arm


def test_bench_walls_when_drained(design: Design, inputs: dict[str, Any]) -> None:
    soil, q = inputs["walls"]["bench_backfill"], inputs["walls"]["surcharge"]
    mu, seen = inputs["walls"]["bench_base"]["friction"], 0
    phi = soil["friction_angle_deg"]
    delta = phi * soil["wall_friction"]
    for result in _walls(design):
        if result.body.shape.material != "masonry":
            continue
        h, eps, foot, weight, arm = _parts(result, inputs)
        normal = next(s for s in result.situations if s.name == "normal").stability
        earth = wedge(soil["unit_weight"], phi, delta, eps, h, 0.0, 0.0)
        whole = wedge(soil["unit_weight"], phi, delta, eps, h, 0.0, q)
        level, plumb = (whole * f(math.radians(delta + eps)) for f in (math.cos, math.sin))
        assert normal.horizontal.value == near(level, rel=1e-5)
        assert normal.vertical.value == near(plumb, rel=1e-5)
        assert normal.weight.value == near(weight, rel=1e-6)
        assert normal.sliding.value == near((weight + plumb) * mu / level, rel=1e-5)
        z = (earth * h / 3 + (whole - earth) * h / 2) / whole
        turned = level * z
        held = weight * arm + plumb * (foot - z * math.tan(math.radians(eps)))
        assert normal.overturning.value == near(held / turned, rel=1e-5)
        down = weight + plumb
        e = foot / 2 - (held - turned) / down
        assert normal.pressure.eccentricity.value == near(e, rel=1e-4)
        assert normal.pressure.maximum.value == near(down / foot * (1 + 6 * e / foot), rel=1e-4)
        seen += 1
    assert seen > 0


def test_bench_walls_with_blocked_weep_holes(design: Design, inputs: dict[str, Any]) -> None:
    """Water to the top of the soil: buoyant soil without wall friction, full water pressure, a triangle of uplift."""
    soil, q = inputs["walls"]["bench_backfill"], inputs["walls"]["surcharge"]
    mu, water = inputs["walls"]["bench_base"]["friction"], inputs["walls"]["unit_weights"]["water"]
    for result in _walls(design):
        if result.body.shape.material != "masonry":
            continue
        h, eps, foot, weight, _ = _parts(result, inputs)
        blocked = next(s for s in result.situations if s.name == "blocked").stability
        whole = wedge(soil["saturated_unit_weight"] - water, soil["friction_angle_deg"], 0.0, eps, h, 0.0, q)
        lean = math.radians(eps)
        level = whole * math.cos(lean) + water * h * h / 2
        plumb = whole * math.sin(lean) + water * h * h / 2 * math.tan(lean)
        uplift = water * h * foot / 2
        assert blocked.horizontal.value == near(level, rel=1e-5)
        assert blocked.vertical.value == near(plumb, rel=1e-5)
        assert blocked.sliding.value == near((weight + plumb - uplift) * mu / level, rel=1e-5)


def test_toe_wall(design: Design, inputs: dict[str, Any]) -> None:
    """The sized toe wall under its 20 degree fill, drained."""
    assert design.walls is not None
    stated, soil = inputs["walls"]["toe_walls"][0], inputs["walls"]["backfills"][0]
    result = design.walls.toe_walls[0].stretches[0].result
    h, eps, _, weight, _ = _parts(result, inputs)
    phi, q = soil["friction_angle_deg"], inputs["walls"]["surcharge"]
    delta = phi * soil["wall_friction"]
    normal = next(s for s in result.situations if s.name == "normal").stability
    whole = wedge(soil["unit_weight"], phi, delta, eps, h, stated["slope_deg"], q)
    level, plumb = (whole * f(math.radians(delta + eps)) for f in (math.cos, math.sin))
    assert normal.horizontal.value == near(level, rel=1e-4)
    assert normal.vertical.value == near(plumb, rel=1e-4)
    assert normal.weight.value == near(weight, rel=1e-6)


def drowned_wedge(gamma_sat: float, gamma_w: float, phi: float, eps: float, h: float, beta: float, q: float) -> float:
    """Greatest thrust of wedges drowned to the head of a smooth back; what rises above that level keeps its weight."""
    f, e, b = (math.radians(x) for x in (phi, eps, beta))
    theta = np.radians(np.linspace(max(phi, beta) + 0.05, min(89.9, 89.99 + eps), 200_001))
    x0 = -h * math.tan(e)
    run = (h - math.tan(b) * x0) / (np.sin(theta) - math.tan(b) * np.cos(theta))
    x, y = run * np.cos(theta), run * np.sin(theta)
    whole = 0.5 * (x * h - x0 * y)
    under = 0.5 * h * (h / np.tan(theta) - x0)
    weight = gamma_sat * whole - gamma_w * under + q * (x - x0)
    return float(np.max(weight * np.sin(theta - f) / np.cos(theta - f - e)))


def test_toe_wall_in_every_situation(design: Design, inputs: dict[str, Any]) -> None:
    """Sliding, overturning, eccentricity and pressure of the sized toe wall on its inclined base."""
    assert design.walls is not None
    stated, soil = inputs["walls"]["toe_walls"][0], inputs["walls"]["backfills"][0]
    base, water = inputs["walls"]["bases"][0], inputs["walls"]["unit_weights"]["water"]
    result = design.walls.toe_walls[0].stretches[0].result
    body = result.body
    h, eps, b, weight, arm = _parts(result, inputs)
    heel, lean, a_0 = body.back_foot[1], math.radians(eps), math.radians(body.base_deg)
    phi, seen = soil["friction_angle_deg"], []
    roller = inputs["walls"]["situations"]["construction"]["roller"]
    situations: Any = result.situations
    for s in situations:
        wet, q, beta, tall = s.name in ("rainstorm", "blocked"), inputs["walls"]["surcharge"], stated["slope_deg"], h
        delta = 0.0 if wet else phi * soil["wall_friction"]
        if s.name == "construction":
            q, beta, tall = roller, 0.0, h * inputs["walls"]["situations"]["construction"]["fill_share"]
        gamma = soil["saturated_unit_weight"] if wet else soil["unit_weight"]

        def thrust(
            load: float, s: Any = s, g: float = gamma, d: float = delta, t: float = tall, n: float = beta
        ) -> float:
            if s.name == "blocked":
                return drowned_wedge(g, water, phi, eps, t, n, load)
            return wedge(g, phi, d, eps, t, n, load)

        bare, whole = thrust(0.0), thrust(q)
        angle = math.radians(delta) + lean
        arms = (tall / 3, tall / 2)
        if (
            s.name == "blocked"
        ):  # above the water the fill is heavier, so the lever is no plain third: the program's own
            arms = tuple(p.arm.value for p in s.forces.pressure.parts[:2])
            assert arms[0] == near(tall / 3, rel=0.02)
            assert arms[1] == near(tall / 2, rel=0.05)
        level, down, held, turned = 0.0, weight, weight * arm, 0.0
        parts = [(bare * math.cos(angle), bare * math.sin(angle), arms[0]),
                 ((whole - bare) * math.cos(angle), (whole - bare) * math.sin(angle), arms[1])]  # fmt: skip
        lift = 0.0
        if s.name == "blocked":
            push = water * h * h / 2
            parts.append((push, push * math.tan(lean), h / 3))
            lift = water * h / 2 * b / math.cos(a_0)
            turned += lift * 2 / 3 * b / math.cos(a_0)
        for across, plumb, z in parts:
            level, down = level + across, down + plumb
            held, turned = held + plumb * (b - z * math.tan(lean)), turned + across * (heel + z)
        long = b / math.cos(a_0)
        normal = down * math.cos(a_0) + level * math.sin(a_0) - lift
        along = level * math.cos(a_0) - down * math.sin(a_0)
        found = s.stability
        if along > 0:
            assert found.sliding.value == near(base["friction"] * normal / along, rel=1e-3)
        else:
            assert found.sliding is None
        assert found.overturning.value == near(held / turned, rel=1e-3)
        e = long / 2 - (held - turned) / normal
        assert found.pressure.eccentricity.value == near(e, rel=1e-2)
        assert found.pressure.maximum.value == near(normal / long * (1 + 6 * abs(e) / long), rel=2e-3)
        seen.append(s.name)
    assert seen == ["normal", "rainstorm", "blocked", "construction"]
