"""Plants of the planting scheme in a section: where its rows stand, as high as their stock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from slopedesign.gui.section_data import PlantOn, Points, SectionPicture
from slopedesign.i18n import text

GAP = np.array([[np.nan, np.nan]])


def planted(picture: SectionPicture, slope: Any, planting: Any, language: str) -> Iterator[PlantOn]:
    """The plants of the rows a section crosses, on the surface of the soil."""
    from slopedesign.drawings.plant_signs import shown_crown, shown_height
    from slopedesign.quantities.planting import stock_words

    numbers = {f"{slope.path}.works[{j}]": work.bench.number for j, work in enumerate(slope.works)}
    marks = {mark.number: mark for mark in picture.benches}
    seen: set[int] = set()
    for place in planting.places:
        number = numbers.get(place.subject)
        if number is None or number in seen or number not in marks or place.width is None:
            continue
        mark, width = marks[number], place.width.inputs["B"].value
        seen.add(number)
        for stand in place.stands:
            species = stand.species
            form = text(f"planting.form.{species.form}", language)
            words = text(
                "gui.section.planted", language, name=species.name, form=form,
                size=stock_words(species).render(language), spacing=f"{stand.spacing.value:g}",
            )  # fmt: skip
            for row in stand.rows:
                x = mark.crest + (mark.toe - mark.crest) * row.from_edge.value / width
                level = _surface(picture, x)
                if level is None:
                    continue
                inward = 1.0 if mark.toe > mark.crest else -1.0
                yield PlantOn(
                    words, species.form, (x, level), shown_height(species), shown_crown(species),
                    inward if row.side == "inner" else -inward, stand.field,
                )  # fmt: skip


def _surface(picture: SectionPicture, x: float) -> float | None:
    """Level of the soil at an offset; None beside it."""
    for outline in picture.covers:
        top = outline[: len(outline) // 2]
        if top[:, 0].min() - 1e-6 <= x <= top[:, 0].max() + 1e-6:
            order = np.argsort(top[:, 0])
            return float(np.interp(x, top[order, 0], top[order, 1]))
    return None


def outline(plant: PlantOn) -> Points:
    """What is drawn of a plant, (n, 2) with gaps: bole and crown, a bush, a climber leaning to its side."""
    x, z = plant.foot
    if plant.form == "tree":
        bole = 0.4 * plant.height
        crown = _ring((x, z + (bole + plant.height) / 2), plant.crown, plant.height - bole)
        return np.vstack([[(x, z), (x, z + 0.7 * plant.height)], GAP, crown])
    if plant.form == "shrub":
        return np.vstack([[(x, z), (x, z + 0.6 * plant.height)], GAP,
                          _ring((x, z + 0.55 * plant.height), plant.crown, 0.9 * plant.height)])  # fmt: skip
    steps = np.linspace(0.0, 1.0, 9)
    lean = 0.5 * plant.height * plant.way if plant.form == "climber" else 0.0
    wave = 0.06 * np.sin(4 * np.pi * steps)
    return np.column_stack([x + lean * steps + wave, z + plant.height * steps])


def _ring(center: tuple[float, float], width: float, height: float) -> Points:
    turn = np.linspace(0.0, 2 * np.pi, 25)
    return np.column_stack([center[0] + width / 2 * np.cos(turn), center[1] + height / 2 * np.sin(turn)])
