"""The whole way with a survey measured in a real quarry: new project, benches, a failing check, a drag, the outputs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest
from driving import settled
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from slopedesign.gui.canvas import _HandleItem
from slopedesign.gui.export import ExportDialog
from slopedesign.gui.section_page import SectionPage
from slopedesign.gui.window import Window
from slopedesign.gui.wizard import NewProjectWizard
from slopedesign.project.edit import value_at
from slopedesign.standards.check import Verdict


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    window = Window("zh_CN")
    qtbot.addWidget(window, before_close_func=lambda w: w.document.undo_stack.setClean())
    window.resize(1300, 800)
    window.show()
    yield window
    window.stop()
    window.document.undo_stack.setClean()


def too_narrow(window: Window) -> list[str]:
    return [c.subject for c in window.document.design.checks
            if c.id.startswith("cut.bench_width") and c.verdict is Verdict.FAIL]  # fmt: skip


def widest(page: SectionPage) -> None:
    """Show the section with most cut, as somebody would who looks for the face."""
    sections = page.slope().sections
    page.section_box.setCurrentIndex(max(range(len(sections)), key=lambda i: float(sections[i].cut)))
    page.refresh()


def drag(qtbot: QtBot, page: SectionPage, name: str, across: float, up: float) -> None:
    canvas = page.canvas
    item = next(i for i in canvas.scene().items() if isinstance(i, _HandleItem) and i.handle.name == name)
    x, y = item.handle.at
    places = [canvas.mapFromScene(QPointF(x + s * across, -(y + s * up))) for s in (0.0, 0.3, 0.6, 1.0)]
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        qtbot.mouseMove(canvas.viewport(), place)
        qtbot.wait(5)
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=places[-1])


def test_from_a_real_survey_to_the_outputs(qtbot: QtBot, window: Window, tmp_path: Path, surveys: Path) -> None:
    assert window.front.currentWidget() is window.start
    survey = Path(copy(surveys / "openearthwork_surface.txt", tmp_path))
    wizard = NewProjectWizard("zh_CN", window, survey=survey)
    qtbot.waitUntil(lambda: wizard.table.rowCount() > 0 and bool(wizard.report.toPlainText()), timeout=30_000)
    assert wizard.table.horizontalHeaderItem(0).text() == "点号"  # type: ignore[union-attr]
    wizard.name.setText("采场")
    wizard.write()
    qtbot.waitUntil(lambda: wizard.created is not None or bool(wizard.error.text()), timeout=30_000)
    assert wizard.created is not None, wizard.error.text()
    assert window.open_path(wizard.created)
    settled(qtbot, window)
    assert window.front.currentWidget() is window.pages
    assert window.document.problem is None, window.document.problem

    assert window.notice.isVisibleTo(window)  # the face is flatter than what the program proposes: it says so
    assert "平台" in window.notice.words.text()
    for path, value in (("face_angle", 45), ("riser_height", 6), ("berm_width", 1.0)):
        window.document.set_value(f"slopes[0].benches.{path}", value, path)
    settled(qtbot, window)
    assert not window.notice.isVisibleTo(window)
    assert float(window.document.design.slopes[0].cut.cut) > 500
    assert too_narrow(window)

    window.show_page("section")
    page = window.pages.currentWidget()
    assert isinstance(page, SectionPage)
    widest(page)
    steps = window.document.undo_stack.count()
    drag(qtbot, page, "berm_width", 2.4, 0.0)
    assert value_at(window.document.project, "slopes[0].benches.berm_width") >= 3.0
    assert window.document.undo_stack.count() == steps + 1
    settled(qtbot, window)
    assert not too_narrow(window)

    dialog = ExportDialog(window.document, window)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(tmp_path / "成果"))
    dialog.write()
    qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=60_000)
    written = {file.name for file in dialog.written}
    assert {"plan.dxf", "sections.dxf", "quantities.xlsx", "calculation.docx", "design.json"} <= written
    assert window.save()
