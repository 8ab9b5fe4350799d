"""The water side against EPA SWMM and public codes on the same work.

- a network of 2,000 reaches sized, against SWMM's run of a network of as many ditches (it sizes nothing);
- the catchment of an outlet on a terrain grid of 10 million cells, against pyflwdir doing the same;
- a pond routed for 30 days at 1 minute, against SWMM's run of the same pond, inflow and weir.
"""

from __future__ import annotations

import gc
import math
from typing import Any

import numpy as np

from benchmarks.common import Ratio, Work, against, measure

REACHES = 2000
DAYS = 30


def _record(count: int) -> dict[str, Any]:
    """`count` reaches as a comb: side ditches falling to a main ditch, every one with its own catchment."""
    reaches, catchments = [], []
    half = count // 2
    common = {"ditch_type": "stone"}
    for k in range(half):
        top = 100.0 + 0.5 * (half - k)
        nodes = f"m{k}", f"m{k + 1}" if k + 1 < half else "out"
        reaches.append({"name": f"main {k}", "kind": "toe", "from_node": nodes[0], "to_node": nodes[1], "length": 25,
                        "start_level": top, "end_level": top - 0.5} | common)  # fmt: skip
        reaches.append({"name": f"side {k}", "kind": "bench", "from_node": f"s{k}", "to_node": nodes[0], "length": 60,
                        "start_level": top + 0.9, "end_level": top} | common)  # fmt: skip
        catchments.append({"name": f"c{k}", "drains_to": f"s{k}", "overland_length": 40, "overland_slope": 0.8,
                           "overland_surface": "compacted",
                           "areas": [{"surface": "hard_rock_slope", "area": 900.0}]})  # fmt: skip
    return {
        "storm": {"return_period": 10, "h24": 180, "decay": 0.7},
        "catchments": catchments,
        "network": {
            "types": [{"name": "stone", "shape": "trapezoid", "side_slope": 0.5, "max_velocity": 8.0,
                       "widths": [0.4, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0, 4.0],
                       "heights": [0.4, 0.6, 0.8, 1.0, 1.5, 2.0]}],
            "reaches": reaches,
            "outlets": ["out"],
        },
    }  # fmt: skip


def our_network(count: int) -> Work:
    """Storm, catchments, flows, sections, checks and amounts of a network; garbage is searched as the command does."""
    from slopedesign.calc.water.design import design_water
    from slopedesign.cli import GARBAGE_EVERY
    from slopedesign.project.water import WaterDesign

    record = WaterDesign.model_validate(_record(count))
    gc.set_threshold(GARBAGE_EVERY, 20, 20)

    def work() -> dict[str, float]:
        found = design_water(record)
        assert found.network is not None
        return {"reaches": len(found.network.reaches), "checks": len(found.checks),
                "last": found.network.reaches[-1].flow.value}  # fmt: skip

    return work


def swmm_network(count: int) -> Work:
    """SWMM's dynamic wave through the very ditches the program chose, 6 hours at 5 s, one link for a reach."""
    from dataclasses import replace

    from slopedesign.calc.water.design import design_water
    from slopedesign.project.water import WaterDesign
    from slopedesign.reports import swmm

    model = replace(
        swmm.model_of(design_water(WaterDesign.model_validate(_record(count))), piece=1000.0, at_least=1), step=5.0
    )

    def work() -> dict[str, float]:
        answer = swmm.referee(model)
        return {"links": len(answer.flow), "engine": answer.seconds}

    return work


def _ground(side: int) -> np.ndarray:
    y, x = np.mgrid[:side, :side].astype(np.float64)
    rough = np.random.default_rng(7).normal(0, 0.3, (side, side))
    return 0.05 * y + 20 * np.sin(x / 170) * np.cos(y / 130) + rough


def our_catchment(side: int) -> Work:
    """Hollows filled, D8, upstream areas and the ground above the greatest outlet of a grid."""
    from slopedesign.calc.water import terrain

    z = _ground(side)
    terrain.watersheds(terrain.drainage(z[:50, :50]), [(0, 5)])  # compiled beforehand

    def work() -> dict[str, float]:
        found = terrain.drainage(z)
        at = np.unravel_index(int(found.upstream.argmax()), z.shape)
        labels = terrain.watersheds(found, [(int(at[0]), int(at[1]))])
        return {"cells": z.size, "upstream": float(found.upstream.max()), "labelled": float((labels == 1).sum())}

    return work


def pyflwdir_catchment(side: int) -> Work:
    """The same by pyflwdir, whose loops numba compiles too: fill and D8, upstream areas, the basin of the outlet."""
    import pyflwdir

    def delineate(z: np.ndarray) -> dict[str, float]:
        ways = pyflwdir.from_dem(z, nodata=-9999.0, latlon=False, outlets="edge")
        upstream = ways.upstream_area()
        labels = ways.basins(idxs=np.array([int(upstream.argmax())]))
        return {"cells": z.size, "upstream": float(upstream.max()), "labelled": float((labels == 1).sum())}

    z = _ground(side)
    delineate(np.ascontiguousarray(z[:50, :50]))  # compiled beforehand
    return lambda: delineate(z)


def _pond(days: int) -> tuple[Any, np.ndarray]:
    from slopedesign.calc.water import pond

    minutes = days * 1440
    t = np.arange(minutes + 1)
    flow = 0.4 + 0.35 * np.sin(2 * math.pi * t / 1440) + 2.0 * np.exp(-((((t % 5760) - 2000) / 180.0) ** 2))
    return pond.rectangular(80, 60, 2.0, 100.0, 5.0), flow


def our_routing(days: int) -> Work:
    """Puls routing of one-minute steps over a weir."""
    from slopedesign.calc.water import pond
    from slopedesign.calc.water.runoff import Hydrograph

    storage, flow = _pond(days)

    def work() -> dict[str, float]:
        found = pond.route_spillway(storage, Hydrograph(60.0, flow), 103.0, 2.0, 0.385)
        return {"level": found.max_level, "outflow": found.routed.peak_outflow, "error": found.routed.balance_error}

    return work


def swmm_routing(days: int) -> Work:
    """The same pond, weir and inflow in SWMM at 60 s."""
    from slopedesign.reports import swmm
    from slopedesign.standards.hydraulics import G

    storage, flow = _pond(days)
    rows = np.linspace(0, len(storage.level) - 1, 100).astype(int)
    curve = [(float(storage.level[i]) - 100.0, float(storage.area[i])) for i in rows]
    store = swmm.Store("P1", "pond", 100.0, curve, 103.0, 2.0, 0.385 * math.sqrt(2 * G), 103.0, 60.0, flow.tolist())
    nodes = (
        swmm.Node("OP1", "spill", 99.0, outfall=True),
        swmm.Node("A", "", 90.0),
        swmm.Node("B", "", 89.0, outfall=True),
    )
    from slopedesign.calc.water.section import rectangle

    links = (swmm.Link("L", "", "A", "B", 50.0, 0.02, rectangle(1, 1), 90.0, 89.0),)  # SWMM wants one conduit
    model = swmm.Model("pond", nodes, links, (store,), hours=days * 24.0, step=60.0, report=300)

    def work() -> dict[str, float]:
        answer = swmm.referee(model)
        return {"level": 100.0 + answer.node_depth["P1"], "outflow": answer.outflow["P1"], "engine": answer.seconds}

    return work


def _engine(measured: Any) -> Any:
    """The engine's own time in place of the whole process's, so that SWMM does not pay for starting Python."""
    from dataclasses import replace

    return replace(measured, seconds=measured.result["engine"]) if "engine" in measured.result else measured


def run() -> list[Ratio]:
    """The three pieces of work."""
    found = []
    ours, peer = measure(__name__, "our_network", REACHES), measure(__name__, "swmm_network", REACHES, repeat=1)
    note = f"{REACHES} reaches, {ours.result.get('checks', 0):.0f} checks" if ours.result else ""
    found.append(against("network sized and judged", ours, _engine(peer), "EPA SWMM running it, 6 h at 5 s", 0.5, note))
    side = 3163
    ours = measure(__name__, "our_catchment", side)
    peer = measure(__name__, "pyflwdir_catchment", side)
    gap = ours.result["upstream"] / peer.result["upstream"] - 1 if ours.result and peer.result else math.nan
    note = f"{side * side / 1e6:.1f} million cells; upstream cells {100 * gap:+.2f} % (flats led out otherwise)"
    found.append(against("catchment of a terrain grid", ours, peer, "pyflwdir: fill, D8, areas, basin", 1.0, note))
    ours, peer = measure(__name__, "our_routing", DAYS), measure(__name__, "swmm_routing", DAYS, repeat=1)
    if ours.result and peer.result:
        gap = ours.result["level"] - peer.result["level"]
        share = ours.result["outflow"] / peer.result["outflow"] - 1
        note = f"{DAYS} days at 1 min; level {1000 * gap:+.1f} mm, peak {100 * share:+.3f} %"
    found.append(against("pond routed", ours, _engine(peer), "EPA SWMM, same pond and inflow", 1.0, note))
    return found
