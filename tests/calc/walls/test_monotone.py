"""What must never make a wall safer: more water, weaker or heavier-loaded or steeper fill, a stronger earthquake."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from slopedesign.calc.walls.situations import WallLoads
from slopedesign.calc.walls.wall import check_wall
from slopedesign.project.walls import Backfill, EarthquakeSituation, Situations, WallBase, WallDesign, WallShape
from slopedesign.standards.trace import given as stated

BASE = WallBase(name="b", kind="soil", friction=0.4, bearing=250)
SLACK = 2e-3  # of the search


def factors(*, h: float, phi: float, slope: float, water: float, q: float, batter: float, c: float, a: float) -> Any:
    """Sliding and overturning of each situation; no driving force counts as infinite."""
    fill = Backfill(name="f", planting_soil=False, friction_angle_deg=phi, cohesion=c, min_fluid_weight=2.0)
    loads = WallLoads(
        backfill=fill, backfill_field="f", base=BASE, base_field="b", surcharge=stated(q, "kN/m2", "q"), use="dump",
        water_share=stated(water, "-", "w"), field="wall",
    )  # fmt: skip
    design = WallDesign(situations=Situations(earthquake=EarthquakeSituation(acceleration=a)))
    shape = WallShape(height=h, top_width=1.2, face_batter=0.25, back_batter=batter)
    result = check_wall(design, shape, loads, ground=((0.0, 0.0), (1.0, math.tan(math.radians(slope)))))
    steps = {s.name: (s.stability.sliding, s.stability.overturning) for s in result.situations}
    return {name: tuple(math.inf if f is None else f.value for f in pair) for name, pair in steps.items()}


@settings(max_examples=12, deadline=None, derandomize=True)
@given(
    h=st.floats(1.5, 6.5), phi=st.floats(24, 40), share=st.floats(0, 1), water=st.floats(0.1, 0.85),
    q=st.floats(0, 20), batter=st.sampled_from([-0.2, 0.0, 0.2]), c=st.sampled_from([0.0, 4.0]),
)  # fmt: skip
def test_no_worse_condition_is_safer(
    h: float, phi: float, share: float, water: float, q: float, batter: float, c: float
) -> None:
    state = {"h": h, "phi": phi, "slope": -12 + share * (phi + 4), "water": water, "q": q, "batter": batter, "c": c,
             "a": 0.1}  # fmt: skip
    before = factors(**state)
    changes: dict[str, tuple[dict[str, float], tuple[str, ...]]] = {
        "water": ({"water": water + 0.1}, ("blocked",)),
        "phi": ({"phi": phi - 1.0}, ("normal", "rainstorm", "blocked", "earthquake", "construction")),
        "load": ({"q": q + 5}, ("normal", "rainstorm", "blocked", "earthquake")),
        "slope": ({"slope": state["slope"] + 2}, ("normal", "rainstorm", "blocked", "earthquake")),
        "quake": ({"a": 0.2}, ("earthquake",)),
    }
    for what, (change, names) in changes.items():
        after = factors(**(state | change))
        for name in names:
            for low, high in zip(after[name], before[name], strict=True):
                assert low <= high * (1 + SLACK), (what, name)
