"""What was measured: one reader per format, from a file to a checked `Survey` and an `ImportReport`."""

from slopedesign.survey.files import sha256_of
from slopedesign.survey.model import Boundary, Extent, Grid, Survey, surface_areas
from slopedesign.survey.options import SurveyOptions
from slopedesign.survey.polylines import Polyline, PolylinesImport, read_polylines_dxf
from slopedesign.survey.reader import SurveyImport, format_of, read_survey
from slopedesign.survey.report import Finding, ImportReport, Severity
from slopedesign.survey.sections import (
    SectionLine,
    SectionsImport,
    parse_station,
    read_sections_csv,
    read_sections_dxf,
)

__all__ = [
    "Boundary", "Extent", "Finding", "Grid", "ImportReport", "Polyline", "PolylinesImport", "SectionLine",
    "SectionsImport", "Severity", "Survey", "SurveyImport", "SurveyOptions", "format_of", "parse_station",
    "read_polylines_dxf", "read_sections_csv", "read_sections_dxf", "read_survey", "sha256_of", "surface_areas",
]  # fmt: skip
