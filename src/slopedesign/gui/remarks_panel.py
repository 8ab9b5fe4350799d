"""What the calculation wants the engineer to know: assumptions, choices it made, warnings; warnings first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from slopedesign.gui import theme
from slopedesign.gui.document import Document
from slopedesign.i18n import text
from slopedesign.standards.check import Level, Verdict

REMARK = Qt.ItemDataRole.UserRole


class RemarksPanel(QWidget):
    """The remarks of the design.

    Signals:
        wanted: path of the thing a double click asks for.
        counted: number of warnings, number of remarks.
    """

    wanted = Signal(str)
    counted = Signal(int, int)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self._design: Any = None
        self.said = QLabel()
        self.said.setObjectName("quiet")
        self.said.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(text("gui.remarks.title", document.language))
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        self.list.setSpacing(1)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._activated)
        self.list.currentItemChanged.connect(lambda item, _: self._detail(item))
        self.detail = QTextBrowser()
        self.detail.setAccessibleName(text("gui.check.detail", document.language))
        self.detail.setOpenLinks(False)
        self.detail.anchorClicked.connect(lambda url: self.wanted.emit(url.toString()))
        self.detail.setMaximumHeight(self.fontMetrics().height() * 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.said)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        document.design_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the remarks of the design there is."""
        design, language = self.document.design, self.document.language
        remarks = list(design.remarks) if design is not None else []
        remarks.sort(key=lambda remark: remark.level is not Level.WARNING)
        warnings = sum(remark.level is Level.WARNING for remark in remarks)
        self.counted.emit(warnings, len(remarks))
        self.said.setText(text("gui.remarks.said" if remarks else "gui.remarks.none", language))
        if design is self._design:
            return
        self._design = design
        at = self.list.currentRow()
        self.list.clear()
        if design is None:
            return
        from slopedesign.reports.places import places

        place, colours = places(design, language), theme.now()
        for remark in remarks:
            item = QListWidgetItem(f"{place(remark.subject)}: {remark.text.render(language)}")
            item.setData(REMARK, remark)
            if remark.level is Level.WARNING:
                item.setForeground(_colour(colours.verdict[Verdict.WARN]))
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(at, 0), len(remarks) - 1))

    def _detail(self, item: QListWidgetItem | None) -> None:
        remark = item.data(REMARK) if item is not None else None
        if item is None or remark is None:
            self.detail.clear()
            return
        from html import escape

        from slopedesign.gui.why import number_html
        from slopedesign.reports.verdicts import cited

        language = self.document.language
        parts = [f"<b>{text(f'gui.remarks.{remark.level.value}', language)}</b> &nbsp; {escape(item.text())}"]
        if remark.source is not None:
            parts.append(escape(cited(remark.source, language)))
        parts += [number_html(number, language) for number in remark.numbers.values()]
        self.detail.setHtml("<br>".join(parts))

    def _activated(self, item: QListWidgetItem) -> None:
        remark = item.data(REMARK)
        if remark is not None:
            self.wanted.emit(remark.subject)


def _colour(name: str) -> Any:
    from PySide6.QtGui import QColor

    return QColor(name)
