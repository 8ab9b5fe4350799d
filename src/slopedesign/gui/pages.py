"""The pages of the middle, in the order of their tabs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from slopedesign.gui.answers_page import AnswersPage
from slopedesign.gui.calculation_page import CalculationPage
from slopedesign.gui.charts_page import ChartsPage
from slopedesign.gui.document import Document
from slopedesign.gui.plan_page import PlanPage
from slopedesign.gui.results_page import ResultsPage
from slopedesign.gui.section_page import SectionPage
from slopedesign.gui.sheets_page import SheetsPage
from slopedesign.gui.variants_page import VariantsPage

PAGES: tuple[tuple[str, Callable[[Document], QWidget]], ...] = (
    ("section", SectionPage),
    ("plan", PlanPage),
    ("answers", AnswersPage),
    ("results", ResultsPage),
    ("charts", ChartsPage),
    ("calculation", CalculationPage),
    ("sheets", SheetsPage),
    ("variants", VariantsPage),
)
