"""What was measured: one reader per format, from a file to a checked `Survey` and an `ImportReport`."""

from slopedesign.survey.files import sha256_of
from slopedesign.survey.model import Boundary, Extent, Grid, Survey, surface_areas
from slopedesign.survey.options import SurveyOptions
from slopedesign.survey.reader import SurveyImport, format_of, read_survey
from slopedesign.survey.report import Finding, ImportReport, Severity

__all__ = [
    "Boundary", "Extent", "Finding", "Grid", "ImportReport", "Severity", "Survey", "SurveyImport", "SurveyOptions",
    "format_of", "read_survey", "sha256_of", "surface_areas",
]  # fmt: skip
