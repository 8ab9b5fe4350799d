"""The redesign of a quarry face on its survey: one number edited, everything worked anew.

The peer is what a script on the same points would do before it knows anything of benches: scipy's linear interpolator
built on the survey, and read once on a grid of half a metre over the face. That is one surface read once; the redesign
lays out benches, cuts them exactly, splits them by level and material, draws sections and judges walls. The ratio is
told for its size; what must hold is the guide value. The face is the packaged example.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.common import Ratio, Work, against, measure

EXAMPLE = Path(__file__).parents[1] / "examples" / "quarry" / "project.json"
CELL = 0.5
"""Cells of the grid scipy is read on [m]."""
WIDTHS = (3.1, 3.2, 3.3, 3.4, 3.6, 3.7, 3.8, 3.9)
"""Berm widths edited to, in turn, so that no design is met twice [m]."""


def _design() -> tuple[Any, Callable[[float], Any]]:
    """The design of the example without drainage and stability, and the edit of its berm width."""
    from slopedesign.design import run
    from slopedesign.workspace import open_workspace

    space = open_workspace(EXAMPLE)
    project = space.project.model_copy(update={"water": None, "stability": None})
    known = run(project, space.sources)
    slope = project.slopes[0]

    def edited(width: float) -> Any:
        benches = slope.benches.model_copy(update={"berm_width": width})
        slopes = (slope.model_copy(update={"benches": benches}), *project.slopes[1:])
        return run(project.model_copy(update={"slopes": slopes}), space.sources, previous=known)

    edited(3.5)  # compiled, and everything that rests on the survey alone kept
    return known, edited


def our_redesign() -> Work:
    """Berm width edited: cut, materials, sections, walls, soil, checks; the sampled second opinion included."""
    _, edited = _design()
    widths = iter(WIDTHS * 20)

    def work() -> dict[str, float]:
        started = time.process_time()
        found = edited(next(widths))
        cut = found.slopes[0].cut
        numbers = {"processor": time.process_time() - started, "cut": float(cut.cut), "checks": len(found.checks)}
        return numbers | {f"stage {name.split()[0].removeprefix('stage.')}": s for name, s in found.timings.items()}

    return work


def our_cut_alone() -> Work:
    """The cut, its sections and the walls without the second opinion."""
    from slopedesign.calc.benches.cut import cut_slope
    from slopedesign.calc.benches.sections import cut_sections, section_volumes
    from slopedesign.calc.compliance import bench_limits
    from slopedesign.design.slopes import MATERIALS

    known, _ = _design()
    built = known.slopes[0]
    limits = {material: bench_limits(material) for material in MATERIALS}
    widths = iter(WIDTHS * 20)

    def work() -> dict[str, float]:
        sizes = built.slope.benches.model_copy(update={"berm_width": next(widths)})
        cut = cut_slope(built.model, built.slope.base_line, sizes, limits=limits, second_opinion=False)
        sections = cut_sections(built.model, cut, built.slope.sections)
        volumes = section_volumes(built.model, cut, sections)
        return {"cut": float(cut.cut), "curved": float(volumes.curved), "sections": len(sections)}

    return work


def scipy_interpolator() -> Work:
    """Triangulation and linear interpolation on the same points, read on a grid over the cut."""
    from scipy.interpolate import LinearNDInterpolator

    known, _ = _design()
    built = known.slopes[0]
    surface = built.model.surface
    points = surface.points
    w, s, e, n = built.cut.outline.bounds
    east, north = np.arange(w + CELL / 2, e, CELL), np.arange(s + CELL / 2, n, CELL)
    grid = np.column_stack([a.ravel() for a in np.meshgrid(east, north)]) - surface.origin[:2]
    local, levels = points[:, :2] - surface.origin[:2], points[:, 2]

    def work() -> dict[str, float]:
        started = time.process_time()
        z = LinearNDInterpolator(local, levels)(grid)
        spent = time.process_time() - started
        return {"processor": spent, "points": len(points), "cells": len(grid), "mean": float(np.nanmean(z))}

    return work


def _stages(result: dict[str, float]) -> str:
    """Stages that take a millisecond or more, as text."""
    parts = [f"{k.removeprefix('stage ')} {1000 * v:.0f}" for k, v in result.items() if k.startswith("stage ")]
    return ", ".join(part for part in parts if not part.endswith(" 0"))


def run() -> list[Ratio]:
    """The redesign against scipy on the same points, and against the guide value."""
    ours, cut = measure(__name__, "our_redesign", repeat=7), measure(__name__, "our_cut_alone", repeat=7)
    peer = measure(__name__, "scipy_interpolator", repeat=7)
    note = ""
    if ours.result and peer.result and not math.isnan(ours.result["cut"]):
        note = (
            f"{peer.result['points']:.0f} points, {peer.result['cells'] / 1000:.0f} thousand cells; ms by stage:"
            f" {_stages(ours.result)}; ms of processor: ours {1000 * ours.result['processor']:.0f},"
            f" scipy {1000 * peer.result['processor']:.0f}"
        )
    return [
        against("redesign of a face, edit to all results", ours, peer, "scipy LinearNDInterpolator", None, note),
        Ratio(name="redesign of a face, time", ours=ours.seconds, peer=0.3, peer_name="guide value 0.3 s", limit=None,
              ours_mb=ours.megabytes, note="with the sampled second opinion"),
        Ratio(name="cut and sections of a face, time", ours=cut.seconds, peer=0.3, peer_name="guide value 0.3 s",
              limit=1.0, ours_mb=cut.megabytes),
    ]  # fmt: skip
