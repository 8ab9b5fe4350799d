"""Walls: one full check, one sizing, a table of 60 height classes, against a plain loop over the clause.

The peer is what a careful engineer would script: the clause's thrust, sliding, overturning and base pressure in plain
floats, nothing traced, no search, no sections. It tells what trace, wedge search and section checks cost.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable

from slopedesign.calc.walls.bench_check import check_bench_wall
from slopedesign.calc.walls.situations import WallLoads
from slopedesign.calc.walls.sizing import size_wall
from slopedesign.calc.walls.wall import check_wall
from slopedesign.calc.walls.wedge import WedgeProblem, critical_wedge
from slopedesign.project.slopes import BenchWall
from slopedesign.project.walls import Backfill, SizingGrid, WallBase, WallDesign, WallShape
from slopedesign.standards.trace import given

from .common import Ratio

DESIGN = WallDesign(
    bench_base=WallBase(friction=0.6, bearing=500),
    sizing=SizingGrid(face_batters=(0.0, 0.1, 0.2), back_batters=(0.0, 0.2), base_slopes=(0.0, 0.1), toe_steps=(0.0,)),
)
BASE = WallBase(name="gravel", kind="soil", friction=0.5, bearing=250, friction_angle_deg=32, cohesion=0)
FILL = Backfill(planting_soil=False, friction_angle_deg=33, wall_friction=0.5)
LOADS = WallLoads(
    backfill=FILL, backfill_field="walls.backfills[0]", base=BASE, base_field="walls.bases[0]",
    surcharge=given(5, "kN/m2", "walls.surcharge"), use="dump", field="walls.toe_walls[0]",
)  # fmt: skip
SHAPE = WallShape(height=3.0, top_width=1.2, embedment=0.5)
SITUATIONS = ((19.0, 33.0, 16.5, 0.0), (20.5, 33.0, 0.0, 0.0), (10.5, 33.0, 0.0, 1.0), (19.0, 33.0, 16.5, 0.0))


def plain_coulomb(gamma: float, height: float, phi: float, delta: float, q: float) -> float:
    """Thrust on an upright back under level ground."""
    f, d = math.radians(phi), math.radians(delta)
    k_a = math.cos(f) ** 2 / (math.cos(d) * (1 + math.sqrt(math.sin(f + d) * math.sin(f) / math.cos(d))) ** 2)
    return 0.5 * gamma * height**2 * k_a + q * height * k_a


def plain_check(top: float, base: float, height: float, mu: float) -> tuple[float, float, float]:
    """Least sliding and overturning factor and greatest base pressure over four situations, in plain floats."""
    worst = (math.inf, math.inf, 0.0)
    area = (top + base) / 2 * height
    lean = base - top
    arm = (0.5 * lean * height * 2 * lean / 3 + top * height * (lean + top / 2)) / area
    for gamma, phi, delta, wet in SITUATIONS:
        thrust = plain_coulomb(gamma, height, phi, delta, 5.0)
        level = thrust * math.cos(math.radians(delta)) + wet * 5 * height**2
        down = thrust * math.sin(math.radians(delta))
        up = wet * 5 * height * base
        weight = 22 * area
        normal = weight + down - up
        resist = weight * arm + down * base
        over = level * height / 3 + up * 2 * base / 3
        e = base / 2 - (resist - over) / normal
        worst = (
            min(worst[0], normal * mu / level), min(worst[1], resist / over),
            max(worst[2], normal / base * (1 + 6 * abs(e) / base)),
        )  # fmt: skip
    return worst


def plain_sizing(height: float) -> float:
    """Least base width on a 5 cm grid by the plain loop over the same families."""
    best = math.inf
    for lean in (0.0, 0.1, 0.2):
        for i in range(8, 80):
            top = 0.05 * i
            base = top + lean * height
            fs, ft, p = plain_check(top, base, height, 0.5)
            if fs >= 1.3 and ft >= 1.6 and p <= 300:
                best = min(best, (top + base) / 2 * height)
                break
    return best


def median(work: Callable[[], object], times: int = 7) -> float:
    """Median processor seconds of some runs after one to warm up; all of this runs on one core."""
    work()
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def class_table() -> None:
    """60 bench walls, 0.60 m to 1.78 m high."""
    for i in range(60):
        height = 0.6 + 0.02 * i
        check_bench_wall(
            DESIGN, BenchWall(), height=given(height, "m", "h"), soil=given(height - 0.1, "m", "s"),
            material="hard_rock", field="slopes[0].wall",
        )  # fmt: skip


def run(quick: bool = False) -> list[Ratio]:
    """All ratios of the walls."""
    times = 3 if quick else 9
    check = median(lambda: check_wall(DESIGN, SHAPE, LOADS), times)
    plain = median(lambda: [plain_check(1.2, 1.2, 3.0, 0.5) for _ in range(100)], times) / 100
    sizing = median(lambda: size_wall(DESIGN, SHAPE, LOADS), 1 if quick else 3)
    plain_size = median(lambda: plain_sizing(3.0), times)
    table = median(class_table, 1 if quick else 3)
    problem = WedgeProblem(height=3.0, back_deg=90.0, unit_weight=19.0, friction_deg=33.0, wall_friction_deg=16.5)
    wedge = median(lambda: critical_wedge(problem), times)
    return [
        Ratio(name="walls: one wall in all situations, traced, with sections and wedge search", ours=check, peer=plain,
              peer_name="plain loop over the clause, nothing traced", limit=None,
              note=f"{1e3 * check:.1f} ms against {1e6 * plain:.0f} us"),
        Ratio(name="walls: one sizing run over all situations", ours=sizing, peer=plain_size,
              peer_name="plain loop over the clause, nothing traced", limit=None,
              note=f"{sizing:.2f} s against {1e3 * plain_size:.1f} ms"),
        Ratio(name="walls: table of 60 height classes", ours=table, peer=1.0, peer_name="guide value 1 s", limit=1.0,
              note=f"{1e3 * table / 60:.1f} ms a class"),
        Ratio(name="walls: one wedge search", ours=wedge, peer=0.002, peer_name="guide value 2 ms", limit=1.0),
    ]  # fmt: skip
