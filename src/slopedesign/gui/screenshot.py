"""A picture of the window without a display: open, compute, render, end."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtGui import QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from slopedesign.errors import SlopeDesignError
from slopedesign.gui.background import Background
from slopedesign.gui.canvas import Canvas
from slopedesign.gui.document import open_document
from slopedesign.gui.window import Window

LONGEST_MS = 120_000


def take(asked: argparse.Namespace, language: str) -> int:
    """Render the window of a project to a PNG; 0 when it was written, 1 when the project cannot be shown."""
    width, height = (int(part) for part in asked.size.lower().split("x"))
    try:
        document = open_document(Path(asked.project), language) if asked.project else None
    except SlopeDesignError as error:
        sys.stderr.write(error.describe(language) + "\n")
        return 1
    window = Window(language, document)
    window.resize(width, height)
    window.show()
    if document is not None:
        wait_for_answer(window)
    if asked.page:
        window.show_page(asked.page)
    settle()
    wait_for_pages(window)
    settle()
    _scale_pens(window, asked.scale)
    picture = render(window, asked.scale)
    written = picture.save(asked.screenshot)
    window.stop()
    window.document.close()
    if not written:
        sys.stderr.write(f"{asked.screenshot}\n")
    return 0 if written else 1


def _scale_pens(window: Window, scale: float) -> None:
    """Lines of the views as thick in the picture as on a screen of this scale."""
    for canvas in window.findChildren(Canvas):
        canvas.pen_scale = scale
    page = window.pages.currentWidget()
    if hasattr(page, "refresh"):
        page.refresh()
    settle()


def wait_for_answer(window: Window, longest_ms: int = LONGEST_MS) -> None:
    """Compute and wait until the answer is shown."""
    loop = QEventLoop()
    window.worker.answered.connect(lambda _: loop.quit())
    QTimer.singleShot(longest_ms, loop.quit)
    window.recompute()
    if window.worker.busy:
        loop.exec()


def wait_for_pages(window: Window, longest_ms: int = LONGEST_MS) -> None:
    """Wait until the pictures that pages have made beside the calculation are there."""
    busy = [background for background in window.findChildren(Background) if background.busy]
    for background in busy:
        loop = QEventLoop()
        background.done.connect(loop.quit)
        QTimer.singleShot(longest_ms, loop.quit)
        if background.busy:
            loop.exec()


def settle(rounds: int = 5) -> None:
    """Let everything asked for be laid out and painted."""
    for _ in range(rounds):
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()


def render(widget: QWidget, scale: float = 1.0) -> QPixmap:
    """The widget as a picture with `scale` device pixels to the pixel."""
    picture = QPixmap(round(widget.width() * scale), round(widget.height() * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(widget.palette().window().color())
    widget.render(picture, QPoint(), QRegion(widget.rect()))
    return picture
