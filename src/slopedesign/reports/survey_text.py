"""What a survey file holds, as lines of text: read, left out, extent, hints, surface statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from slopedesign.calc.terrain import TinBuild, build_tin, tin_from_triangles
from slopedesign.errors import InputError
from slopedesign.i18n import text
from slopedesign.survey import Survey, SurveyOptions, read_survey

MOST_TRIANGULATED = 2_000_000


def survey_lines(
    file: Path, layers: tuple[str, ...], language: str, *, rows: int = 20, options: SurveyOptions | None = None
) -> Iterator[str]:
    """The report of one file; at most `rows` findings of a kind one by one. `options` go before `layers`.

    Raises:
        SurveyError, InputError: the file cannot be read.
    """
    imported = read_survey(file, options or SurveyOptions(layers=layers))
    shown: Counter[str] = Counter()
    kinds = {id(finding.message): finding.kind for finding in imported.report.findings}
    for line in imported.report.lines():
        kind = kinds.get(id(line))
        if kind is not None:
            shown[kind] += 1
            if shown[kind] > rows:
                continue
        yield line.render(language)
    for kind, number in shown.items():
        if number > rows:
            yield text("survey_text.more", language, number=number - rows, kind=text(f"survey.kind.{kind}", language))
    yield from _surface_lines(imported.survey, language)


def _surface_lines(survey: Survey, language: str) -> Iterator[str]:
    if survey.grid is not None:
        known = np.isfinite(survey.grid.z)
        yield text(
            "survey_text.grid", language, rows=known.shape[0], columns=known.shape[1], cell=survey.grid.cell_east,
            share=f"{100 * known.mean():.1f}",
        )  # fmt: skip
        return
    if len(survey.points) > MOST_TRIANGULATED:
        yield text("survey_text.too_many", language, most=MOST_TRIANGULATED)
        return
    try:
        build = surface_of(survey)
    except InputError as error:
        yield error.describe(language)
        return
    tin = build.tin
    corners = tin.vertices[tin.triangles]
    edges = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2)
    yield text(
        "survey_text.tin", language, vertices=len(tin.vertices), triangles=len(tin.triangles),
        plan=f"{tin.plan_area():.1f}", slope=f"{tin.slope_area():.1f}", median=f"{np.median(edges):.2f}",
        longest=f"{edges.max():.1f}",
    )  # fmt: skip
    for note in build.notes:
        yield note.text.render(language)


def surface_of(survey: Survey) -> TinBuild:
    """The surface through a survey: its own triangles where it carries some, else a triangulation."""
    if survey.triangles is not None:
        return TinBuild(tin_from_triangles(survey.points, survey.triangles))
    return build_tin(survey.points, survey.breaklines)
