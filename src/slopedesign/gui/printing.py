"""Paper: printing and PDF of views and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QRegion, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QComboBox, QLineEdit, QMessageBox, QTableView, QWidget

from slopedesign.errors import ProjectFileError, SlopeDesignError, why_refused
from slopedesign.gui.asking import answer_of
from slopedesign.gui.canvas import Canvas
from slopedesign.gui.tables import plain
from slopedesign.i18n import message

DOTS_PER_INCH = 300
Paint = Callable[[QPainter], None]


def paint_canvas(canvas: Canvas, painter: QPainter, redraw: Callable[[], None]) -> None:
    """A canvas on white paper, fitted to the page; the canvas is as before afterwards."""
    page = QRectF(painter.viewport())
    view = QRectF(canvas.viewport().rect())
    scale = min(page.width() / view.width(), page.height() / view.height())
    canvas.on_paper, canvas.pen_scale = True, scale
    redraw()
    try:
        painter.save()
        painter.scale(scale, scale)
        canvas.viewport().render(painter, QPoint(), QRegion(canvas.viewport().rect()))
        painter.restore()
    finally:
        canvas.on_paper, canvas.pen_scale = False, 0.0
        redraw()


@contextmanager
def complained(parent: QWidget, language: str) -> Iterator[None]:
    """What keeps a file from being written is said in a box."""
    try:
        yield
    except SlopeDesignError as error:
        QMessageBox.warning(parent, "slopedesign", error.describe(language))
    except (OSError, ValueError) as error:  # a name without a known ending is refused by the writer of charts
        QMessageBox.warning(parent, "slopedesign", str(error))


def print_painted(parent: QWidget, paint: Paint) -> None:
    """Ask for a printer, show a preview, print."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    preview = QPrintPreviewDialog(printer, parent)
    em = parent.fontMetrics().height()
    preview.resize(em * 60, em * 44)  # left to itself it shows a strip of the page

    def draw(to: QPrinter) -> None:
        painter = QPainter(to)
        paint(painter)
        painter.end()

    preview.paintRequested.connect(draw)
    answer_of(preview)


def table_html(title: str, table: QTableView) -> str:
    """A table as it is shown, as a text for paper: its rows that are not hidden, with titles where they have some."""
    model, across, down = table.model(), Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    titled = not table.verticalHeader().isHidden()
    columns = range(model.columnCount())
    lines = [("th", [""] * titled + [model.headerData(c, across) for c in columns])]
    for r in range(model.rowCount()):
        if not table.isRowHidden(r):
            cells = [_in_cell(table, model.index(r, c)) for c in columns]
            lines.append(("td", [model.headerData(r, down)] * titled + cells))
    rows = "".join(f"<tr>{''.join(f'<{tag}>{escape(plain(c))}</{tag}>' for c in row)}</tr>" for tag, row in lines)
    return f"<h3>{escape(title)}</h3><table border='1' cellspacing='0' cellpadding='3'>{rows}</table>"


def _in_cell(table: QTableView, index: QModelIndex) -> str:
    match table.indexWidget(index):
        case QComboBox() as box:
            return box.currentText()
        case QLineEdit() as line:
            return line.text()
        case _:
            return plain(index.data())


def print_table(parent: QWidget, title: str, table: QTableView) -> None:
    """Ask for a printer and print a table."""
    paper = QTextDocument()
    paper.setHtml(table_html(title, table))
    print_text(parent, paper)


def print_text(parent: QWidget, document: QTextDocument) -> None:
    """Ask for a printer and print a text."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if answer_of(dialog):
        document.print_(printer)


def painted_pdf(path: Path, pages: list[tuple[float, float, Paint]]) -> None:
    """Write pages of (width, height [mm], painter of the page) into a PDF.

    Raises:
        ProjectFileError: it cannot be written.
    """
    writable(path)
    writer = QPdfWriter(str(path))
    writer.setResolution(DOTS_PER_INCH)
    painter: QPainter | None = None
    for width, height, paint in pages:
        size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Millimeter)
        writer.setPageSize(size)
        landscape = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
        writer.setPageOrientation(landscape)
        if painter is None:
            painter = QPainter(writer)
        else:
            writer.newPage()
        paint(painter)
    if painter is not None:
        painter.end()


def text_pdf(path: Path, document: QTextDocument) -> None:
    """Write a text into a PDF, A4.

    Raises:
        ProjectFileError: it cannot be written.
    """
    writable(path)
    writer = QPdfWriter(str(path))
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document.print_(writer)


def writable(path: Path) -> None:
    """Qt writes into nothing without a word: ask the system first, leaving nothing behind.

    Raises:
        ProjectFileError: the file cannot be written.
    """
    new = not path.exists()
    try:
        with path.open("ab"):
            pass
        if new:
            path.unlink()
    except OSError as error:
        raise ProjectFileError(path, message("project.file.unwritable", why=why_refused(error))) from error
