"""Charts of the results, drawn by matplotlib on white paper; it is loaded when the page is first seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from slopedesign.gui.document import Document
from slopedesign.gui.list_page import ListPage
from slopedesign.i18n import text

TITLE_SHARE = 0.72
"""Of the width of a figure: a title stands over the middle of its axes, which have their labels at the left."""


class ChartsPage(ListPage):
    """List of charts and the chart."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        language = document.language
        self.charts: list[Any] = []
        self.canvas: Any = None
        self._titles: list[tuple[Any, str]] = []
        self.list.setAccessibleName(text("gui.charts.list", language))
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(lambda _: self._draw())
        self.said = QLabel(text("gui.results.none", language))
        self.said.setObjectName("quiet")
        self.save = QPushButton(text("gui.charts.save", language))
        self.save.setEnabled(False)
        self.save.clicked.connect(self.save_picture)
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 2, 6, 4)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.save)
        right = QWidget()
        self.place = QVBoxLayout(right)
        self.place.setContentsMargins(0, 0, 0, 0)
        self.place.addStretch(1)
        self.place.addLayout(foot)
        self.arrange(right, list_ems=10)

    def refresh(self) -> None:
        """Draw the charts of the design, when the page is seen."""
        design = self.document.design
        if design is None or design is self._design or not self.isVisible():
            return
        from slopedesign.gui.charts import charts_of, use_bundled_font

        use_bundled_font()
        self._design = design
        self.charts = charts_of(design, self.document.language)
        at = max(0, self.list.currentRow())
        self.relist(chart.title for chart in self.charts)
        for row, chart in enumerate(self.charts):
            self.list.item(row).setToolTip(chart.title)
        self.list.setCurrentRow(min(at, len(self.charts) - 1))
        self.said.setText("")
        self._draw()

    def _draw(self) -> None:
        at = self.list.currentRow()
        if not 0 <= at < len(self.charts):
            return
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

        before = self.place.takeAt(0)
        if before is not None and (widget := before.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        figure = self.charts[at].figure()
        for axes, words in self._titles:  # a figure of the reports is drawn again another time
            axes.set_title(words, fontsize=axes.title.get_fontsize())
        self._titles = [(axes, axes.get_title()) for axes in figure.axes]
        self.canvas = FigureCanvasQTAgg(figure)
        self.canvas.mpl_connect("resize_event", lambda _: self._fit_titles())
        self.canvas.setAccessibleName(self.charts[at].title)
        self.place.insertWidget(0, self.canvas, 1)
        self.save.setEnabled(True)

    def _fit_titles(self) -> None:
        """Long titles go on in a further line."""
        from slopedesign.gui.charts import broken

        for axes, words in self._titles:
            em = axes.title.get_fontsize() * axes.figure.dpi / 72
            axes.set_title(broken(words, TITLE_SHARE * axes.figure.bbox.width / em), fontsize=axes.title.get_fontsize())

    def save_picture(self) -> None:
        """Ask for a file and write the chart as PNG, SVG or PDF."""
        from PySide6.QtWidgets import QFileDialog

        if self.canvas is None:
            return
        start = str(self.document.folder / "chart.png")
        kinds = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
        name, _ = QFileDialog.getSaveFileName(self, text("gui.charts.save", self.document.language), start, kinds)
        if name:
            from slopedesign.gui.printing import complained, writable

            with complained(self, self.document.language):
                writable(Path(name))
                self.canvas.figure.savefig(name, dpi=200)

    def print(self) -> None:
        """Print the chart."""
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter

        from slopedesign.gui.printing import print_painted

        if self.canvas is None:
            return
        picture = self.canvas.grab()

        def paint(painter: QPainter) -> None:
            page = QRectF(painter.viewport())
            size = picture.size().scaled(page.size().toSize(), self.canvas_ratio())
            painter.drawPixmap(QRectF(0, 0, size.width(), size.height()), picture, QRectF(picture.rect()))

        print_painted(self, paint)

    @staticmethod
    def canvas_ratio() -> Any:
        """Keep the shape."""
        from PySide6.QtCore import Qt

        return Qt.AspectRatioMode.KeepAspectRatio
