"""The pages of the middle, in the order of their tabs; a page's module is loaded when the page is made."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtWidgets import QWidget

from slopedesign.gui.document import Document

PAGES = {
    "section": "SectionPage",
    "plan": "PlanPage",
    "answers": "AnswersPage",
    "results": "ResultsPage",
    "charts": "ChartsPage",
    "calculation": "CalculationPage",
    "sheets": "SheetsPage",
    "variants": "VariantsPage",
}
"""Name and class; its module is `<name>_page`."""


def make_page(name: str, document: Document) -> QWidget:
    """The page of this name on a document."""
    page: QWidget = getattr(import_module(f"slopedesign.gui.{name}_page"), PAGES[name])(document)
    return page
