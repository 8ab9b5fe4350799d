"""Soil on benches beside what else stands there: ditches at the inner edge, drainage layers behind the wall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from slopedesign.calc.cover import BenchSoil, CoverVolume, bench_soil
from slopedesign.calc.water.result import Drainage, WaterResult
from slopedesign.design.result import AnySlope, AnyWorks
from slopedesign.standards.trace import Traced, measured

Drained = Drainage | WaterResult
"""What knows the ditches: the water side, or its part that comes before ponds and irrigation."""


def bench_soils(built: Sequence[AnySlope], water: Drained | None) -> dict[str, BenchSoil]:
    """Soil of every bench that gets some, by the name of the bench ("face B2")."""
    return {
        bench_name(slope, work): _soil(slope, work, water)
        for slope in built for work in slope.works if work.cover is not None
    }  # fmt: skip


def net_covers(built: Sequence[AnySlope], soils: Mapping[str, BenchSoil]) -> Iterator[CoverVolume]:
    """The cover of every bench with the soil that is laid there."""
    for slope in built:
        for work in slope.works:
            if work.cover is not None:
                yield replace(work.cover, in_place=soils[bench_name(slope, work)].net)


def bench_name(slope: AnySlope, work: AnyWorks) -> str:
    """Name of a bench within the project: "face B2"."""
    return f"{slope.name} B{work.name}"


def _soil(slope: AnySlope, work: AnyWorks, water: Drained | None) -> BenchSoil:
    wall = work.wall
    assert work.cover is not None
    return bench_soil(
        work.cover.in_place, list(ditches_on(water, inner_edge(slope, work))), work.cover.thickness, slope.slope.wall,
        (None, None) if wall is None else (wall.total.filter, wall.total.seal),
        None if wall is None else wall.length, None if wall is None else wall.height, slope.path,
    )  # fmt: skip


def inner_edge(slope: AnySlope, work: AnyWorks) -> str:
    """Name by which ditches follow the inner edge of a bench."""
    return f"{slope.name}/bench {work.name}/inner edge"


def ditches_on(water: Drained | None, edge: str) -> Iterator[tuple[str, Traced, Traced]]:
    """Ditches along an inner edge: name, built length, and half the outer width, as the axis runs on the edge [m]."""
    network = water.network if water is not None else None
    if network is None or water is None:
        return
    structures = {one.reach: one for one in water.structures}
    for reach in network.reaches:
        follows, built = reach.input.record.follows, structures.get(reach.name)
        if (follows == edge or follows.startswith(f"{edge} ")) and built is not None and built.quantities is not None:
            outer = built.quantities.outline.outer
            half = measured(
                float(np.ptp(outer[:, 0])) / 2, "m", "planting.by.half_ditch", reach.name, "planting.ditch_width"
            )
            yield reach.name, built.quantities.length, half
