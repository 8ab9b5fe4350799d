"""`read_survey`: one file, whatever its format, to a checked survey and a report of what was read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from slopedesign.errors import SurveyError
from slopedesign.i18n import message
from slopedesign.survey.clean import Cleaned, cleaned
from slopedesign.survey.delimited import read_delimited
from slopedesign.survey.dxf import read_dxf
from slopedesign.survey.dxf_tags import SENTINEL
from slopedesign.survey.files import checked_file, head, is_binary, sha256_of
from slopedesign.survey.grids import read_asc, read_geotiff
from slopedesign.survey.landxml import read_landxml
from slopedesign.survey.las import read_las
from slopedesign.survey.model import METRES_PER, Survey, surface_areas
from slopedesign.survey.options import SurveyOptions
from slopedesign.survey.polylines import read_polylines_dxf
from slopedesign.survey.raw import Raw, RawLine
from slopedesign.survey.report import FURTHER_FILE, Findings, ImportReport, Severity


@dataclass(frozen=True, kw_only=True)
class SurveyImport:
    """What was measured, and what was noticed on the way."""

    survey: Survey
    report: ImportReport


def read_survey(path: Path | str, options: SurveyOptions | None = None) -> SurveyImport:
    """A survey file, checked.

    Args:
        path: CASS .dat/.txt, CSV, XYZ, DXF, LandXML, ASC grid, GeoTIFF, LAS or LAZ.
        options: format, encoding, columns, unit and what else the designer decides; by default the content decides.

    Returns:
        The survey in metres and the report; rows left out are findings of the report.

    Raises:
        SurveyError: the file cannot be read, holds nothing usable, or needs a decision (points on one spot at two
            levels with policy "ask", several surfaces, columns that cannot be told apart).
    """
    options = options or SurveyOptions()
    file = checked_file(path)
    kind = options.format if options.format != "auto" else format_of(file)
    if kind in ("cass", "csv", "asc") and is_binary(head(file)):
        raise SurveyError(file, message("survey.error.binary"))
    findings = Findings(place="point" if kind == "las" else "row")
    raw = _READERS[kind](file, replace(options, format=kind), findings)
    extra = [line for further in options.breaklines for line in _break_lines(further, options, raw)]
    done = cleaned(file, raw, options, extra)
    return SurveyImport(survey=done.survey, report=_report(file, kind, raw, done.survey, done))


AREA_TOLERANCE = 1e-6
"""Largest relative difference between the area a file states and the area of its visible faces."""

_UNREAD_ROWS = ("number", "missing", "columns", "entity", "xml_point")
_MARKS = (
    (b"LASF", "las"), (b"II*\0", "geotiff"), (b"MM\0*", "geotiff"), (b"II+\0", "geotiff"), (b"MM\0+", "geotiff"),
    (SENTINEL, "dxf"), (b"AC10", "dwg"), (b"PK\x03\x04", "zip"), (b"%PDF", "pdf"), (b"\xd0\xcf\x11\xe0", "xls"),
)  # fmt: skip
_Reader = Callable[[Path, SurveyOptions, Findings], Raw]
_READERS: dict[str, _Reader] = {
    "cass": read_delimited, "csv": read_delimited, "dxf": read_dxf, "landxml": read_landxml, "asc": read_asc,
    "geotiff": read_geotiff, "las": read_las,
}  # fmt: skip


def format_of(path: Path) -> str:
    """The format of a file by its content; its name is not asked.

    Raises:
        SurveyError: a known format that is not read (DWG, spreadsheet, PDF, other XML), or unknown binary content.
    """
    start = head(path)
    for mark, kind in _MARKS:
        if start.startswith(mark):
            if kind in _READERS:
                return kind
            raise SurveyError(path, message(f"survey.error.is_{kind}"))
    if is_binary(start):
        raise SurveyError(path, message("survey.error.binary"))
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = start.decode("utf-16", "ignore").encode().lstrip()
    if text.startswith(b"<"):
        return "landxml"
    if re.match(rb"(ncols|nrows|xllcorner|xllcenter)\s", text, re.IGNORECASE):
        return "asc"
    if re.match(rb"(999\s*[\r\n][^\r\n]*[\r\n]+\s*)*0\s*[\r\n]+\s*SECTION", text):
        return "dxf"
    return "csv"


def _break_lines(path: Path | str, options: SurveyOptions, raw: Raw) -> list[RawLine]:
    """Lines of a further file; their rows count on from a number of their own, so that findings can name the file."""
    file = checked_file(path)
    raw.findings.further.append(file.name)
    own = Findings(file=file.name)
    kind = format_of(file)
    if kind == "dxf":
        drawn = read_polylines_dxf(file, unit=options.unit, column_order=options.column_order)
        own.listed.extend(replace(f, file=file.name) for f in drawn.findings)
        own.counts.update(f.kind for f in drawn.findings)
        to_unit = METRES_PER[raw.unit_declared or "m" if options.unit == "auto" else options.unit]
        lines = [
            RawLine(vertices=line.vertices / to_unit, rows=np.full(len(line.vertices), line.row), name=line.handle)
            for line in drawn.lines
        ]
    elif kind == "csv":
        lines = read_delimited(file, replace(options, format="auto"), own, every_code=True).lines
    else:
        raise SurveyError(file, message("survey.error.breakline_format", format=kind))
    if not lines:
        raise SurveyError(file, message("survey.error.no_lines"))
    raw.findings.extend(own)
    for line in lines:
        line.rows = line.rows + FURTHER_FILE * len(raw.findings.further)
    return lines


def _report(path: Path, kind: str, raw: Raw, survey: Survey, done: Cleaned) -> ImportReport:
    area_2d = area_3d = None
    if survey.triangles is not None:
        area_2d, area_3d = surface_areas(survey.points, survey.triangles)
        for name, declared, found in (
            ("plan", raw.declared_area_2d, area_2d), ("slope", raw.declared_area_3d, area_3d)
        ):  # fmt: skip
            if declared is not None and abs(found - declared) > AREA_TOLERANCE * max(declared, 1.0):
                raw.findings.add(
                    "area_differs", None, f"{declared:.3f}", severity=Severity.WARNING, found=f"{found:.3f}",
                    area=message(f"survey.area.{name}"),
                )  # fmt: skip
    points = int(np.isfinite(survey.grid.z).sum()) if survey.grid is not None else len(survey.points)
    findings = sorted(raw.findings.listed, key=lambda f: (f.row is not None, f.file, f.row or 0))
    return ImportReport(
        path=path, sha256=sha256_of(path), size=path.stat().st_size, format=kind, encoding=raw.encoding,
        unit=survey.unit, columns=raw.columns, rows_read=raw.rows_read, points=points,
        breaklines=len(survey.breaklines), triangles=0 if survey.triangles is None else len(survey.triangles),
        left_out=done.left_out + sum(raw.findings.counts[kind] for kind in _UNREAD_ROWS), merged=done.merged,
        findings=tuple(findings), counts=dict(raw.findings.counts), extent=survey.extent, spacing=done.spacing,
        datum_hints=survey.datum_hints, surface=raw.surface, surfaces=raw.surfaces, layers=raw.layers,
        declared_area_2d=raw.declared_area_2d, declared_area_3d=raw.declared_area_3d, area_2d=area_2d,
        area_3d=area_3d,
    )  # fmt: skip
