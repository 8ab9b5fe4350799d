"""Help: the clause behind a check, and the conventions of axes, signs and units."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from slopedesign.gui.fields import FieldKind
from slopedesign.gui.sketch import ConventionsSketch
from slopedesign.gui.why import why_html
from slopedesign.i18n import text
from slopedesign.project.project import Project
from slopedesign.standards.check import Check
from slopedesign.standards.rules import guide_rules


class _TextDialog(QDialog):
    def __init__(self, title: str, html: str, language: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.browser = QTextBrowser()
        self.browser.setHtml(html)
        self.browser.setOpenLinks(False)
        self.followed = ""
        self.browser.anchorClicked.connect(lambda url: self._follow(url.toString()))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(text("gui.close", language))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.browser)
        column.addWidget(buttons)
        em = self.fontMetrics().height()
        self.resize(em * 44, em * 32)

    def _follow(self, link: str) -> None:
        """Close, for the window to go where the link leads."""
        self.followed = link
        self.accept()


class ClauseHelp(_TextDialog):
    """The clause of a check as the program reads it."""

    def __init__(
        self, check: Check | None, language: str, parent: QWidget | None = None, project: Project | None = None
    ) -> None:
        html = text("gui.no_check", language) if check is None else clause_html(check, language, project)
        super().__init__(text("gui.action.clause", language), html, language, parent)


def clause_html(check: Check, language: str, project: Project | None = None) -> str:
    """Rule text data, readings of ambiguous clauses, and the chain of the numbers."""
    rules = guide_rules()
    parts = [why_html(check, language, project)]
    if rules.has(check.id):
        rule = rules.rule(check.id)
        note = rule.note.render(language) if rule.note is not None else ""
        parts.insert(0, f"<h3>{escape(rule.clause)} {escape(rule.title.render(language))}</h3><p>{escape(note)}</p>")
    return "<hr>".join(parts)


class ConventionsHelp(_TextDialog):
    """Axes, signs, units: drawn and said."""

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(text("gui.action.conventions", language), text("gui.conventions", language), language, parent)
        self.sketch = ConventionsSketch(language)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.sketch)


class FieldHelp(_TextDialog):
    """A field: what it is called, what is possible, what holds where nothing is stated, by which clause."""

    def __init__(self, kind: FieldKind, path: str, language: str, parent: QWidget | None = None) -> None:
        first, *others = kind.help_lines(language)
        lines = [f"<h3>{escape(first)}</h3>", *(f"<p>{escape(line)}</p>" for line in others)]
        if kind.choices:
            words = text("gui.check.joint", language).join(kind.choice(choice, language) for choice in kind.choices)
            lines.append(f"<p>{escape(text('gui.help.choices', language, words=words))}</p>")
        lines.append(f"<p><code>{escape(path)}</code></p>")
        super().__init__(text("gui.action.clause", language), "".join(lines), language, parent)
        em = self.fontMetrics().height()
        self.resize(em * 30, em * (8 + 3 * len(lines)))
