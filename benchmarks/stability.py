"""The search for the critical slip surface against pyslope and xslope on ACADS EX1(a).

Both peers search the same slope (10 m, 1:2, c 3 kPa, phi 19.6, 20 kN/m3, dry) and have to reach the same or a higher
factor than ours. Times are of search and solution alone; models are built before. What doubling the circles, the
slices and the layers costs is given beside them, and what numba saves.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.common import Measurement, Ratio, Work, against, measure

GROUND = ((0.0, 25.0), (30.0, 25.0), (50.0, 35.0), (90.0, 35.0))
COHESION, FRICTION, WEIGHT, FLOOR = 3.0, 19.6, 20.0, 20.0
PEER_LIMIT_PYSLOPE, PEER_LIMIT_XSLOPE, PEER_LIMIT_SPENCER = 1 / 60, 1 / 150, 1 / 40


def _section(layers: int = 1) -> Any:
    from slopedesign.calc.stability.section import Layer, Section
    from slopedesign.calc.stability.strength import Material, MohrCoulomb

    soil = Material(name="soil", unit_weight=WEIGHT, strength=MohrCoulomb(cohesion=COHESION, friction_deg=FRICTION))
    ground = np.array(GROUND)
    tops = [ground] + [np.array([[0.0, 25.0 - 0.4 * k], [90.0, 25.0 - 0.4 * k]]) for k in range(1, layers)]
    return Section(ground=ground, layers=tuple(Layer(top=top, material=soil) for top in tops), base=FLOOR)


def _ours(method: str, numba: int, layers: int = 1, **changed: int) -> Work:
    from slopedesign.calc.stability.circles import SearchSettings
    from slopedesign.calc.stability.search import critical_circle

    section = _section(layers)
    settings = SearchSettings(numba=bool(numba), **changed)  # type: ignore[arg-type]
    critical_circle(section, method, settings)  # type: ignore[arg-type]

    def work() -> dict[str, float]:
        found = critical_circle(section, method, settings)  # type: ignore[arg-type]
        return {"fos": found.fos or 9.9, "circles": found.trials}

    return work


def our_bishop(numba: int = 0) -> Work:
    """Global search by Bishop's method, final solution included; NumPy alone."""
    return _ours("bishop", numba)


def our_spencer(numba: int) -> Work:
    """Global search by Spencer's method."""
    return _ours("spencer", numba)


def our_wide(exits: int, slices: int, layers: int) -> Work:
    """Bishop searches of other sizes, for the cost of doubling."""
    return _ours("bishop", 0, layers, exits=exits, slices=slices, zooms=1, minima=1)


def our_shape(numba: int) -> Work:
    """Search for a surface of any shape (Spencer)."""
    from slopedesign.calc.stability.polylines import ShapeSettings
    from slopedesign.calc.stability.search import critical_shape

    section = _section()
    settings = ShapeSettings(numba=bool(numba), rounds=30, polish=1)
    if numba:
        critical_shape(section, "spencer", ShapeSettings(numba=True, rounds=1, polish=0, vertices=(5,)))

    def work() -> dict[str, float]:
        found = critical_shape(section, "spencer", settings)
        return {"fos": found.fos or 9.9, "surfaces": found.trials}

    return work


def pyslope_bishop(iterations: int) -> Work:
    """pyslope: 50 slices, tolerance 1e-4."""
    from pyslope import Material, Slope

    def work() -> dict[str, float]:
        slope = Slope(height=10, angle=None, length=20)
        slope.set_materials(
            Material(unit_weight=WEIGHT, friction_angle=FRICTION, cohesion=COHESION, depth_to_bottom=15)
        )
        slope.update_analysis_options(slices=50, iterations=iterations, tolerance=1e-4)
        slope.analyse_slope()
        return {"fos": float(slope.get_min_FOS())}

    return work


def _xslope_model() -> Any:
    from pathlib import Path
    from tempfile import mkdtemp

    import openpyxl
    import xslope
    from xslope.fileio import load_slope_data

    book = openpyxl.load_workbook(Path(xslope.__file__).parent / "resources" / "input_template.xlsx")
    main, materials, profile = book["main"], book["mat"], book["profile"]
    main["D8"], main["D10"] = "Metric", 9.81
    for column, value in zip("BCEFGO", ("soil", WEIGHT, "mc", COHESION, FRICTION, "none"), strict=True):
        materials[f"{column}11"] = value
    profile["B2"] = FLOOR
    for row, (x, y) in enumerate(GROUND):
        profile[f"A{9 + row}"], profile[f"B{9 + row}"] = x, y
    circles = book["circles"]
    for column, value in zip("BCDE", (36.0, 50.0, "Depth", 22.0), strict=True):
        circles[f"{column}3"] = value
    path = Path(mkdtemp()) / "acads_1a.xlsx"
    book.save(path)
    return load_slope_data(str(path))


def _xslope(method: str, seed: str) -> Work:
    import contextlib
    import io

    from xslope.search import circular_search

    model = _xslope_model()

    def work() -> dict[str, float]:
        with contextlib.redirect_stdout(io.StringIO()):
            found = circular_search(model, method, num_slices=50, seed=seed)
        return {"fos": float(found[0][0]["FS"]), "circles": len(found[3])}

    return work


def xslope_bishop_grid() -> Work:
    """xslope: grid-and-tangent seed, 50 slices, Bishop."""
    return _xslope("bishop", "grid")


def xslope_spencer() -> Work:
    """xslope: from one starting circle, 50 slices, Spencer."""
    return _xslope("spencer", "circles")


def _agree(ours: Measurement, peer: Measurement) -> str:
    if not ours.result or not peer.result:
        return ""
    a, b = ours.result["fos"], peer.result["fos"]
    verdict = "same or lower" if a <= b * 1.0005 else "HIGHER than the peer's"
    return f"factor {a:.4f} against {b:.4f} ({verdict})"


def _doubling(name: str, base: Measurement, twice: Measurement) -> Ratio:
    note = f"{base.result.get('circles', 0):.0f} and {twice.result.get('circles', 0):.0f} circles"
    return Ratio(
        name=name, ours=twice.seconds, peer=base.seconds, peer_name="half as many", limit=3.0,
        note="; ".join(part for part in (note, base.note, twice.note) if part),
    )  # fmt: skip


def run() -> list[Ratio]:
    """All comparisons, peers and ours in one run."""
    here = "benchmarks.stability"
    bishop = measure(here, "our_bishop", 0, repeat=9)
    spencer = measure(here, "our_spencer", 1, repeat=9)
    plain = measure(here, "our_spencer", 0, repeat=5)
    pyslope = measure(here, "pyslope_bishop", 20_000, repeat=3)
    grid = measure(here, "xslope_bishop_grid", repeat=1)
    seeded = measure(here, "xslope_spencer", repeat=1)
    rows = [
        against("Bishop search, ACADS EX1(a)", bishop, pyslope, "pyslope, 20 000 circles", PEER_LIMIT_PYSLOPE,
                _agree(bishop, pyslope)),
        against("Bishop search, ACADS EX1(a)", bishop, grid, "xslope, grid search", PEER_LIMIT_XSLOPE,
                _agree(bishop, grid)),
        against("Spencer search, ACADS EX1(a), numba", spencer, seeded, "xslope, seeded", PEER_LIMIT_SPENCER,
                _agree(spencer, seeded)),
        against("Spencer search, ACADS EX1(a), NumPy", plain, seeded, "xslope, seeded", PEER_LIMIT_SPENCER,
                _agree(plain, seeded)),
        against("Spencer search without numba", plain, spencer, "ours with numba", None),
    ]  # fmt: skip
    compiled, interpreted = (measure(here, "our_shape", n, repeat=1) for n in (1, 0))
    rows.append(against("any shape without numba", interpreted, compiled, "ours with numba", None,
                        _agree(interpreted, compiled)))  # fmt: skip
    base = measure(here, "our_wide", 40, 30, 1, repeat=5)
    rows += [
        _doubling("twice the circles", base, measure(here, "our_wide", 80, 30, 1, repeat=5)),
        _doubling("twice the slices", base, measure(here, "our_wide", 40, 60, 1, repeat=5)),
        _doubling("twice the layers (4 to 8)", measure(here, "our_wide", 40, 30, 4, repeat=5),
                  measure(here, "our_wide", 40, 30, 8, repeat=5)),
    ]  # fmt: skip
    return rows
