"""What the first rows of a survey file look like under the options chosen, for a designer to judge."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from slopedesign.errors import SlopeDesignError
from slopedesign.i18n import text
from slopedesign.survey import SurveyOptions
from slopedesign.survey.columns import Layout, sniff, split
from slopedesign.survey.delimited import telling_rows
from slopedesign.survey.files import checked_file, encoding_of
from slopedesign.survey.reader import format_of

ROWS = 40
SAMPLE = 400


@dataclass(frozen=True)
class Preview:
    """Rows of a text file under their headings, the report of the whole file, and what keeps it from being read."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    report: str
    problem: str = ""


def look(file: Path, options: SurveyOptions, language: str) -> Preview:
    """Read a survey as the project would."""
    from slopedesign.reports.survey_text import survey_lines

    heads, rows = _rows(file, options, language)
    try:
        report = "\n".join(survey_lines(file, (), language, rows=8, options=options))
    except SlopeDesignError as error:
        return Preview(heads, rows, "", error.describe(language))
    return Preview(heads, rows, report)


def _rows(file: Path, options: SurveyOptions, language: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The first rows split into columns; none for formats without columns or where nothing can be read."""
    try:
        path = checked_file(file)
        kind = options.format if options.format != "auto" else format_of(path)
        if kind not in ("cass", "csv"):
            return (), ()
        encoding = encoding_of(path, options.encoding)
        sample = list(islice(telling_rows(path, encoding), SAMPLE))
    except SlopeDesignError:
        return (), ()
    try:
        layout = sniff(path, sample, options.column_order, kind == "cass")
    except SlopeDesignError:
        return (text("gui.wizard.raw", language),), tuple((row.rstrip("\r\n"),) for row in sample[:ROWS])
    rows = tuple(tuple(split(row, layout.separator)) for row in sample[:ROWS])
    return _heads(layout, max(map(len, rows)), language), rows


def _heads(layout: Layout, columns: int, language: str) -> tuple[str, ...]:
    known = {
        layout.east: text("gui.y_east", language),
        layout.north: text("gui.x_north", language),
        layout.z: text("gui.level", language),
    }
    for column, key in ((layout.name, "point_name"), (layout.code, "point_code")):
        if column is not None:
            known.setdefault(column, text(f"gui.wizard.{key}", language))
    return tuple(known.get(i, str(i + 1)) for i in range(columns))
