"""Help: the clause behind a check, and the conventions of axes, signs and units."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from slopedesign.gui.why import why_html
from slopedesign.i18n import text
from slopedesign.standards.check import Check
from slopedesign.standards.rules import guide_rules


class _TextDialog(QDialog):
    def __init__(self, title: str, html: str, language: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.browser = QTextBrowser()
        self.browser.setHtml(html)
        self.browser.setOpenExternalLinks(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(text("gui.close", language))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.browser)
        column.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 44, em * 32)


class ClauseHelp(_TextDialog):
    """The clause of a check as the program reads it."""

    def __init__(self, check: Check | None, language: str, parent: QWidget | None = None) -> None:
        html = text("gui.no_check", language) if check is None else clause_html(check, language)
        super().__init__(text("gui.action.clause", language), html, language, parent)


def clause_html(check: Check, language: str) -> str:
    """Rule text data, readings of ambiguous clauses, and the chain of the numbers."""
    rules = guide_rules()
    parts = [why_html(check, language)]
    if rules.has(check.id):
        rule = rules.rule(check.id)
        note = rule.note.render(language) if rule.note is not None else ""
        parts.insert(0, f"<h3>{escape(rule.clause)} {escape(rule.title.render(language))}</h3><p>{escape(note)}</p>")
    return "<hr>".join(parts)


class ConventionsHelp(_TextDialog):
    """Axes, signs, units."""

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(text("gui.action.conventions", language), text("gui.conventions", language), language, parent)
