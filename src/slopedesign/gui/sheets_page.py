"""The sheets as they will be saved: the very DXF document, drawn on the screen, printed, written as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from slopedesign.gui.background import Background, said
from slopedesign.gui.defects import guarded
from slopedesign.gui.document import Document
from slopedesign.gui.list_page import ListPage
from slopedesign.i18n import text

MM = 25.4


@dataclass(frozen=True)
class SheetPicture:
    """One sheet: file, title, paper size [mm], where it lies in the document, and the recording of its drawing."""

    file: str
    title: str
    width_mm: float
    height_mm: float
    region: tuple[float, float, float, float]
    player: Any


def record_sheets(design: Any) -> list[SheetPicture]:
    """Build the documents that would be saved and record how they are drawn; nothing is drawn yet."""
    from slopedesign.drawings.deliver import file_settings, sheets_of
    from slopedesign.drawings.document import arrange, build_document
    from slopedesign.drawings.render import record
    from slopedesign.quantities.collect import bill_of

    found = []
    for name, sheets in sheets_of(design, bill_of(design)).items():
        if not sheets:
            continue
        player = record(build_document(sheets, file_settings(design)))
        for sheet, (x, y) in zip(sheets, arrange(sheets), strict=True):
            paper = sheet.paper
            region = (x, y, x + paper.width * sheet.unit, y + paper.height * sheet.unit)
            found.append(SheetPicture(name, sheet.title, paper.width, paper.height, region, player))
    return found


class SheetsPage(ListPage):
    """List of sheets and the sheet."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        language = document.language
        self.sheets: list[SheetPicture] = []
        self._scenes: dict[int, QGraphicsScene] = {}
        self.background = Background(self)
        self.background.done.connect(self._done)
        self.list.setAccessibleName(text("gui.sheets.list", language))
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(self._show)
        self.view = _Paper()
        self.view.setAccessibleName(text("gui.page.sheets", language))
        self.said = QLabel()
        self.said.setObjectName("quiet")
        self.said.setWordWrap(True)
        pdf = QPushButton(text("gui.sheets.pdf", language))
        pdf.clicked.connect(self.save_pdf)
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 2, 6, 4)
        foot.addWidget(self.said, 1)
        foot.addWidget(pdf)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.arrange(right, list_ems=10)

    def refresh(self) -> None:
        """Have the sheets of the design drawn, when the page is seen."""
        design = self.document.design
        if design is None:
            self.said.setText(text("gui.results.none", self.document.language))
            return
        if design is self._design or not self.isVisible():
            return
        self._design = design
        self.said.setText(text("gui.sheets.drawing", self.document.language))
        self.background.ask("sheets", lambda: record_sheets(design))

    def _done(self, name: str, answer: Any, error: Exception | None) -> None:
        if error is not None:
            self.said.setText(said(error, self.document.language, self.document.project))
            return
        self.sheets = answer
        self._scenes.clear()
        at = max(0, self.list.currentRow())
        self.relist(f"{i}. {sheet.title}" for i, sheet in enumerate(answer, 1))
        self.list.setCurrentRow(min(at, len(answer) - 1))
        self._show(self.list.currentRow())

    def scene(self, at: int) -> QGraphicsScene:
        """One sheet as a scene."""
        if at not in self._scenes:
            from slopedesign.gui.sheet_scene import sheet_scene

            self._scenes[at] = sheet_scene(self.sheets[at], self)
        return self._scenes[at]

    def _show(self, at: int) -> None:
        if not 0 <= at < len(self.sheets):
            return
        sheet = self.sheets[at]
        self.view.setScene(self.scene(at))
        self.view.fit()
        self.said.setText(f"{sheet.file}   {sheet.width_mm:g} × {sheet.height_mm:g} mm")

    def _painters(self) -> list[Any]:
        def painter_of(i: int) -> Any:
            def paint(painter: QPainter) -> None:
                scene = self.scene(i)
                scene.render(painter, QRectF(painter.viewport()), scene.sceneRect())

            return paint

        return [(s.width_mm, s.height_mm, painter_of(i)) for i, s in enumerate(self.sheets)]

    def print(self) -> None:
        """Print the sheet shown."""
        from slopedesign.gui.printing import print_painted

        at = self.list.currentRow()
        if 0 <= at < len(self.sheets):
            print_painted(self, self._painters()[at][2])

    def save_pdf(self) -> None:
        """Ask for a file and write all sheets into one PDF, each on its own size of paper."""
        if not self.sheets:
            return
        start = self.document.folder / "sheets.pdf"
        name, _ = QFileDialog.getSaveFileName(
            self, text("gui.sheets.pdf", self.document.language), str(start), "PDF (*.pdf)"
        )
        if name:
            from slopedesign.gui.printing import complained

            with complained(self, self.document.language):
                self.write_pdf(Path(name))

    def write_pdf(self, path: Path) -> None:
        """All sheets into one PDF."""
        from slopedesign.gui.printing import painted_pdf

        painted_pdf(path, self._painters())


class _Paper(QGraphicsView):
    """White paper on a grey desk: wheel zooms about the cursor, the hand moves it, a double click fits."""

    def __init__(self) -> None:
        super().__init__()
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setBackgroundBrush(QColor("#8b8f94"))
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self._fitted = True

    def fit(self) -> None:
        """Show the whole sheet."""
        if self.scene() is not None:
            self.fitInView(self.scene().sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
            self._fitted = True

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = 1.0015 ** event.angleDelta().y()
        self.scale(factor, factor)
        self._fitted = False

    @guarded
    def mouseDoubleClickEvent(self, event: Any) -> None:
        self.fit()

    @guarded
    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.scale(1.25, 1.25)
            case Qt.Key.Key_Minus:
                self.scale(0.8, 0.8)
            case Qt.Key.Key_F | Qt.Key.Key_Home:
                self.fit()
            case _:
                super().keyPressEvent(event)
