"""What else a section shows once the design is known: slip surfaces, water table, ditches crossed, plants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from slopedesign.gui.section_data import Points, SectionPicture
from slopedesign.i18n import has, text

SPACING = {"forest": 2.0, "shrub": 1.2, "grass": 0.5}
"""How far apart plants are drawn, by what the soil is for [m]; a sign where no planting is stated."""
LEAST_CROSSING = 0.35
"""A ditch that runs along the section (sine of the angle below this) is not drawn across it."""


def with_extras(picture: SectionPicture, design: Any, slope: Any, section: Any, language: str) -> SectionPicture:
    """The section with everything the design knows about it."""
    full = with_stability(picture, design, slope, language)
    full = replace(full, ditches=tuple(_ditches(design, section, language)))
    planting = getattr(design, "planting", None)
    if planting is None:
        return replace(full, plants=tuple(_plants(full, slope, language)))
    from slopedesign.gui.section_plants import planted

    return replace(full, planted=tuple(planted(full, slope, planting, language)))


def with_stability(picture: SectionPicture, design: Any, slope: Any, language: str) -> SectionPicture:
    """The section with the governing slip surfaces and the water table of a stability section at its station."""
    record, result = design.project.stability, getattr(design, "stability", None)
    if record is None or result is None or picture.station is None:
        return picture
    waters, slips = [], []
    for stated, found in zip(record.sections, result.sections, strict=False):
        if stated.slope != slope.name or stated.station is None or abs(stated.station - picture.station) > 0.05:
            continue
        start = 1.5 * slope.cut.height.value  # the line of a stability section starts so far outside the base line
        for situation in dict.fromkeys(one.situation for one in found.results):
            solved = [o for o in found.results if o.situation == situation and o.stage != "before" and o.governing]
            if solved:
                worst = min(solved, key=lambda one: one.governing.fos)
                name = f"{text(f'choice.{situation}', language)}  Fs = {worst.governing.fos:.3f}"
                slips.append((name, np.asarray(worst.governing.points) - np.array([start, 0.0])))
        if stated.water.line:
            waters.append((text("gui.section.water", language), np.array(stated.water.line) - np.array([start, 0.0])))
        elif stated.water.depth is not None and len(picture.final):
            line = picture.final - np.array([0.0, stated.water.depth])
            waters.append((text("gui.section.water", language), line))
    return replace(picture, waters=tuple(waters), slips=tuple(slips))


def _ditches(design: Any, section: Any, language: str) -> Iterator[tuple[str, Points]]:
    """Name and waterway of every ditch the section crosses, as wide as the section cuts it."""
    network = design.water.network if getattr(design, "water", None) is not None else None
    line = getattr(section, "line", None)
    if network is None or line is None:
        return
    for reach in network.reaches:
        if reach.sized is None or reach.input.record.length is not None:
            continue
        inside = reach.sized.section.outline()
        kind = text(f"choice.{reach.kind}", language) if has(f"choice.{reach.kind}", language) else reach.kind
        words = text("gui.section.ditch", language, kind=kind, name=reach.name,
                     width=f"{float(np.ptp(inside[:, 0])):.2f}", height=f"{float(inside[:, 1].max()):.2f}")  # fmt: skip
        for along, level, sine in crossings(reach.input.bed.points, line):
            offset = along - (section.zero or 0.0)
            yield words, np.column_stack([offset + inside[:, 0] / sine, level + inside[:, 1]])


def crossings(path: Points, line: Points) -> Iterator[tuple[float, float, float]]:
    """Where a path (n, 3) crosses a line (2, 2): distance along the line, level of the path, sine of the angle."""
    start, way = np.asarray(line[0], float)[:2], np.asarray(line[1], float)[:2] - np.asarray(line[0], float)[:2]
    length = float(np.hypot(*way))
    unit = way / length
    across = (path[:, 0] - start[0]) * -unit[1] + (path[:, 1] - start[1]) * unit[0]
    along = (path[:, 0] - start[0]) * unit[0] + (path[:, 1] - start[1]) * unit[1]
    for i in np.flatnonzero((across[:-1] < 0) != (across[1:] < 0)):
        share = across[i] / (across[i] - across[i + 1])
        at = along[i] + share * (along[i + 1] - along[i])
        run = float(np.hypot(*(path[i + 1, :2] - path[i, :2])))
        sine = float(abs(across[i + 1] - across[i]) / run)
        if 0.0 <= at <= length and sine >= LEAST_CROSSING:
            yield float(at), float(path[i, 2] + share * (path[i + 1, 2] - path[i, 2])), sine


def _plants(picture: SectionPicture, slope: Any, language: str) -> Iterator[tuple[str, Points]]:
    """Where plants are drawn on the soil of each bench: name, feet on the surface of the soil."""
    use = slope.slope.cover.use
    apart = SPACING.get(use, SPACING["grass"])
    words = text("gui.section.plants", language, use=text(f"choice.{use}", language))
    for outline in picture.covers:
        top = outline[: len(outline) // 2]
        top = top[np.argsort(top[:, 0])]
        low, high = float(top[0, 0]), float(top[-1, 0])
        count = max(1, int((high - low) // apart))
        at = low + (np.arange(count) + 0.5) * (high - low) / count
        yield words, np.column_stack([at, np.interp(at, top[:, 0], top[:, 1])])
