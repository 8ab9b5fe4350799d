"""Shapes and records the bench tests share."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np

from slopedesign.calc.benches.profile import BenchProfile, bench_profile
from slopedesign.calc.compliance import bench_limits
from slopedesign.calc.terrain import Tin, tin_from_triangles
from slopedesign.project.slopes import BaseLine, BenchDesign
from slopedesign.standards.trace import given

LIMITS = {material: bench_limits(material) for material in ("soil", "soft_rock", "hard_rock")}
AT = np.array([533_600.0, 3_406_400.0])


def plane(z0: float, slope: float, size: float = 400.0, at: np.ndarray = AT) -> Tin:
    """Ground rising northward: z = z0 + slope * (N - N0), a square around `at`."""
    xy = np.array([[-size, -size], [size, -size], [size, size], [-size, size]])
    return tin_from_triangles(np.column_stack([xy + at, z0 + slope * xy[:, 1]]), [[0, 1, 2], [0, 2, 3]])


def line(points: list[tuple[float, float]], elevation: float | None = None, **more: Any) -> BaseLine:
    """A base line at places relative to `AT`."""
    return BaseLine(vertices=tuple((x + AT[0], y + AT[1]) for x, y in points), elevation=elevation, **more)


def design(**sizes: Any) -> BenchDesign:
    """Hard rock, 10 m at 60 deg, berms of 3 m, level across, unless stated."""
    usual = {"riser_height": 10, "face_angle": 60, "berm_width": 3, "wide_berm_width": 6, "inward_fall_deg": 0}
    return BenchDesign(**(usual | sizes))


def profile_of(rows: list[dict[str, Any]], daylight: bool = True) -> BenchProfile:
    """A profile from published breaks d, h."""
    risers, berms = [], []
    for a, b in zip(rows, rows[1:], strict=False):
        run, rise = b["d"] - a["d"], b["h"] - a["h"]
        if a["starts"] == "face":
            risers.append((given(rise, "m", "x"), given(float(np.degrees(np.arctan2(rise, run))), "deg", "x")))
        else:
            berms.append((given(run, "m", "x"), given(float(np.degrees(np.arctan2(-rise, run))), "deg", "x")))
    return bench_profile(risers, berms, daylight=daylight)


def published(prefix: str) -> list[dict[str, Any]]:
    """Published cases whose id starts with `prefix`."""
    text = files("slopedesign.verification").joinpath("cases", "terrain.json").read_text(encoding="utf-8")
    return [case for case in json.loads(text)["cases"] if case["id"].startswith(prefix)]
