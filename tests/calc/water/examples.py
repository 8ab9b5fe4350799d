"""A small drainage and storage design used by several tests: two benches, crest, chute, toe, floor and a pond."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from slopedesign.project.water import WaterDesign

LINES: dict[str, NDArray[np.float64]] = {
    "crest": np.array([[0.0, 60.0, 132.0], [100.0, 62.0, 130.0], [200.0, 60.0, 128.0]]),
    "bench 2": np.array([[0.0, 40.0, 120.0], [200.0, 40.0, 120.0]]),
    "bench 1": np.array([[0.0, 20.0, 110.0], [200.0, 20.0, 110.0]]),
}

MONTHS = (25, 40, 70, 110, 140, 170, 200, 150, 95, 80, 50, 25)


def record(**changes: Any) -> dict[str, Any]:
    """The project record as plain data; keyword arguments replace whole sections."""
    rock = [{"surface": "hard_rock_slope", "area": 12000}]
    data: dict[str, Any] = {
        "storm": {
            "return_period": 10, "q_5_10": 2.1, "region": "south_east", "c60": 0.40, "h24": 180.0, "decay": 0.7,
            "losses": 2.0, "city": {"name": "test city", "a1": 8.0, "c": 0.8, "b": 10.0, "n": 0.65},
        },
        "catchments": [
            _catchment("above", "n crest", [{"surface": "rolling_mountain", "area": 30000}], 180, 0.5),
            _catchment("face 2", "n bench 2", rock, 40, 1.0),
            _catchment("face 1", "n bench 1", rock, 40, 1.0),
            _catchment("floor", "n floor", [{"surface": "gravel_road", "area": 20000}], 120, 0.03),
        ],
        "network": {
            "level": 2,
            "types": [
                {"name": "stone", "shape": "rectangle", "lining": "mortared_stone", "plaster": True,
                 "widths": [0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.4], "heights": [0.4, 0.5, 0.6, 0.8, 1.0, 1.2]},
                {"name": "chute", "shape": "rectangle", "lining": "concrete"},
            ],
            "reaches": [
                _reach("crest ditch", "crest", "n crest", "n head", follows="crest", ditch_type="stone"),
                _reach("bench 2 ditch", "bench", "n bench 2", "n mid", follows="bench 2", slope=0.005,
                       ditch_type="stone", from_station=0, to_station=200),
                _reach("bench 1 ditch", "bench", "n bench 1", "n foot", follows="bench 1", slope=0.005,
                       ditch_type="stone"),
                _reach("chute 1", "chute", "n head", "n mid", vertices=[[200, 60, 127.5], [200, 40, 118.9]],
                       ditch_type="chute"),
                _reach("chute 2", "chute", "n mid", "n foot", vertices=[[200, 40, 118.9], [200, 20, 108.9]],
                       ditch_type="chute"),
                _reach("toe ditch", "toe", "n foot", "n floor", length=120, start_level=108.0, end_level=106.0,
                       ditch_type="stone"),
                _reach("floor ditch", "floor", "n floor", "pond", length=80, start_level=106.0, end_level=105.2,
                       ditch_type="stone"),
            ],
        },
        "ponds": [
            {
                "name": "pond", "bottom_level": 101.0, "length": 60, "width": 40, "side_slope": 1.5, "depth": 5.0,
                "normal_level": 104.5, "dead_level": 101.6, "freeboard": 0.5, "silt_modulus": 20, "stored_share": 0.4,
                "irrigates": True, "outlet": {"diameter": 0.3, "invert": 101.5}, "drawdown_hours": 240,
                "sand_trap": {"length": 3, "width": 1.5, "depth": 1.5, "efficiency": 0.8, "clearings_per_year": 4},
                "fittings": {"trash_rack": True, "sand_trap": True, "fence": True, "sign": True, "steps": True,
                             "lining": True, "off_fill": True, "off_hazard": True},
                "water_class": "III",
                "balance": {"rain_typical": MONTHS, "rain_dry": [0.7 * p for p in MONTHS],
                            "evaporation": [30, 40, 60, 80, 100, 110, 130, 125, 90, 70, 45, 30], "coefficient": 0.45,
                            "seepage": 2.0, "start_share": 0.3},
            }
        ],
        "irrigation": {
            "efficiency": 0.9, "sources": ["pond"],
            "plantings": [
                {"name": "trees", "trees": 2500, "litres": 30, "waterings": [0, 0, 1, 2, 2, 2, 4, 4, 3, 2, 1, 0],
                 "interval_days": 7},
                {"name": "grass", "area": 9000, "depth": 15, "waterings": [0, 0, 1, 2, 2, 2, 3, 3, 2, 1, 0, 0],
                 "interval_days": 10},
            ],
            "pipes": [
                {"name": "main", "material": "hard_plastic", "length": 300, "diameter": 75, "flow": 20, "burial": 0.7},
                {"name": "lateral", "after": "main", "material": "hard_plastic", "length": 90, "flow": 4,
                 "fixed": False, "outlets": 20, "lateral": True, "working_head": 25},
            ],
            "drip": {"kind": "drip", "flow": 2, "spacing": 0.5, "line_spacing": 1.0, "depth": 20, "peak_use": 4,
                     "efficiency": 0.92},
            "pump": {"flow": 20, "efficiency": 0.7, "end_head": 25, "lift": 30},
        },
    }  # fmt: skip
    return data | changes


def _catchment(name: str, node: str, areas: list[dict[str, Any]], length: float, slope: float) -> dict[str, Any]:
    return {"name": name, "drains_to": node, "areas": areas, "overland_length": length, "overland_slope": slope,
            "overland_surface": "compacted"}  # fmt: skip


def _reach(name: str, kind: str, start: str, end: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "from_node": start, "to_node": end, "soft_ground": False} | more


def design(**changes: Any) -> WaterDesign:
    """The record, read."""
    return WaterDesign.model_validate(record(**changes))
