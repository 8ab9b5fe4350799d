"""The calculation book on the screen: formula, numbers put in, result, clause; the same passages as the document."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from slopedesign.gui.document import Document
from slopedesign.gui.list_page import ListPage
from slopedesign.gui.units import with_unit
from slopedesign.i18n import text


class CalculationPage(ListPage):
    """Contents at the left, the text at the right, a search."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        language = document.language
        # long headings end in dots
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(text("gui.calculation.contents", language))
        self.book: QTextBrowser = QTextBrowser()
        self.list.currentRowChanged.connect(lambda row: self.book.scrollToAnchor(f"p{row}"))
        self.book.setAccessibleName(text("gui.page.calculation", language))
        self.book.document().setDocumentMargin(self.fontMetrics().height())
        self.search = QLineEdit()
        self.search.setPlaceholderText(text("gui.check.search", language))
        self.search.setAccessibleName(text("gui.check.search", language))
        self.search.setClearButtonEnabled(True)
        self.search.returnPressed.connect(self._find)
        pdf = QPushButton(text("gui.calculation.pdf", language))
        pdf.clicked.connect(self.save_pdf)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(pdf)
        right = QWidget()
        column = QVBoxLayout(right)
        column.addLayout(top)
        column.addWidget(self.book, 1)
        self.arrange(right, list_ems=13)
        self.refresh()

    def refresh(self) -> None:
        """Write the book of the design anew when it is seen."""
        design = self.document.design
        if design is None:
            self.book.setPlainText(text("gui.results.none", self.document.language))
            return
        if design is self._design or not self.isVisible():
            return
        from slopedesign.reports.calculation import chapters

        self._design = design
        place = self.book.verticalScrollBar().value()
        html, headings = book_html(chapters(design), self.document.language)
        self.relist(headings)
        self.book.setHtml(html)
        self.book.verticalScrollBar().setValue(place)

    def _find(self) -> None:
        if not self.book.find(self.search.text()):
            self.book.moveCursor(self.book.textCursor().MoveOperation.Start)
            self.book.find(self.search.text())

    def print(self) -> None:
        """Print the book."""
        from slopedesign.gui.printing import print_text

        print_text(self, self._paper())

    def save_pdf(self) -> None:
        """Ask for a file and write the book as a PDF."""
        from pathlib import Path

        from slopedesign.gui.printing import complained, text_pdf

        start = self.document.folder / "calculation.pdf"
        name, _ = QFileDialog.getSaveFileName(
            self, text("gui.calculation.pdf", self.document.language), str(start), "PDF (*.pdf)"
        )
        if name:
            with complained(self, self.document.language):
                text_pdf(Path(name), self._paper())

    def _paper(self) -> QTextDocument:
        paper = QTextDocument()
        paper.setDefaultFont(self.font())
        paper.setHtml(self.book.toHtml())
        return paper


def book_html(chapters: list[Any], language: str) -> tuple[str, list[str]]:
    """The chapters as a text with anchors p0, p1, ..., and their headings."""
    parts: list[str] = []
    headings: list[str] = []
    for number, chapter in enumerate(chapters, 1):
        title = f"{number}  {chapter.title.render(language)}"
        parts.append(f"<a name='p{len(headings)}'></a><h2>{escape(title)}</h2>")
        headings.append(title)
        for i, entry in enumerate(chapter.entries, 1):
            title = f"{number}.{i}  {entry.heading.render(language)}"
            parts.append(f"<a name='p{len(headings)}'></a><h3>{escape(title)}</h3>")
            headings.append(f"    {title}")
            parts.append(entry_html(entry, language))
    return "".join(parts), headings


def entry_html(entry: Any, language: str) -> str:
    """One passage: sentences, formulas with their numbers, a table, verdicts."""
    from slopedesign.reports.calculation import worked_steps
    from slopedesign.reports.verdicts import cited, compared
    from slopedesign.standards.check import Verdict
    from slopedesign.standards.formula import Step

    parts = [f"<p>{escape(sentence.render(language))}</p>" for sentence in entry.texts]
    if entry.table:
        rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in entry.table)
        parts.append(f"<table border='1' cellspacing='0' cellpadding='3'>{rows}</table>")
    parts += [step_html(step, language) for step in worked_steps(entry.steps)]
    for number in entry.steps:
        if not isinstance(number, Step) and number.label:
            worked = with_unit(f"{number.value:.3f}", number.unit, language)
            parts.append(f"<p>{escape(text(number.label, language))} = {escape(worked)}</p>")
    for check in entry.checks:
        if check.verdict is Verdict.NOT_APPLICABLE:
            continue
        said = f"{check.title.render(language)}: {compared(check, language)}  [{cited(check.source, language)}]"
        parts.append(f"<p>{escape(said)} <b>{text(f'verdict.{check.verdict.value}', language)}</b></p>")
    return "".join(parts)


def step_html(step: Any, language: str) -> str:
    """A formula, the numbers put in, the result, its clause."""
    from slopedesign.gui.why import with_subscripts
    from slopedesign.reports.verdicts import cited

    label = escape(text(step.label, language)) if step.label else ""
    source = (
        "" if step.formula.source.standard == "slopedesign" else f" [{escape(cited(step.formula.source, language))}]"
    )
    mark = f" <i>[{text('explain.unverified', language)}]</i>" if step.unverified else ""
    head = f"{label}{source}{mark}<br>" if label or source or mark else ""
    line, unit = step.plain(), step.formula.variables[step.formula.gives].unit
    if line.endswith(f" {unit}"):
        line = with_unit(line.removesuffix(f" {unit}"), unit, language)
    return f"<p>{head}&nbsp;&nbsp;&nbsp;&nbsp;{with_subscripts(line)}</p>"
