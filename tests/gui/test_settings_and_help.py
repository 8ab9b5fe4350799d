"""Settings that hold for all projects, hints in empty fields, help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest
from driving import settled, write_survey
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from slopedesign.gui.fields import field_kinds
from slopedesign.gui.help import ConventionsHelp, FieldHelp
from slopedesign.gui.proposed import proposed
from slopedesign.gui.settings import SettingsDialog
from slopedesign.gui.window import Window
from slopedesign.gui.wizard import NewProjectWizard
from slopedesign.i18n import LANGUAGES
from slopedesign.project.file import load_project
from slopedesign.project.slopes import BenchDesign, BenchWall

Make = Callable[..., Window]
EXAMPLE = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"


def heading_words(window: Window) -> str:
    page = window.pages.currentWidget()
    return " ".join(i.text() for i in page.canvas.scene().items() if hasattr(i, "text"))  # type: ignore[attr-defined]


def test_face_angles_are_shown_as_asked(make_window: Make) -> None:
    window = make_window()
    window.show_page("section")
    page = window.pages.currentWidget()
    page.canvas._zoom(2.5)  # type: ignore[attr-defined]
    assert "1:1.00" in heading_words(window)
    assert "45.0°" in heading_words(window)
    window.settings.setValue("angles", "ratio")
    window.document.design_changed.emit()
    assert "45.0°" not in heading_words(window)
    window.settings.setValue("angles", "degrees")
    window.document.design_changed.emit()
    assert "1:1.00" not in heading_words(window)


def test_a_new_project_takes_the_settings_of_the_template(qtbot: QtBot, make_window: Make, tmp_path: Path) -> None:
    window = make_window(compute=False)
    template = Path(copy(EXAMPLE, tmp_path / "template.json"))
    dialog = SettingsDialog(window.settings, window.language, window)
    qtbot.addWidget(dialog)
    dialog.template.setText(str(tmp_path / "none.json"))
    dialog._try()
    assert dialog.error.isVisibleTo(dialog)
    dialog.template.setText(str(template))
    dialog._try()
    dialog.keep()
    wizard = NewProjectWizard("zh_CN", window, survey=write_survey(tmp_path / "face.csv"))
    qtbot.addWidget(wizard)
    wizard.write()
    qtbot.waitUntil(lambda: wizard.created is not None or bool(wizard.error.text()), timeout=20_000)
    assert wizard.created is not None, wizard.error.text()
    made, kept = load_project(wizard.created), load_project(template)
    assert made.walls is not None
    assert made.drawings == kept.drawings
    assert made.slopes[0].wall == kept.slopes[0].wall


def test_an_empty_field_says_what_the_program_took(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(riser_height=None, berm_width=None)
    design = window.document.design
    profile = design.slopes[0].cut.proposals[0].profile
    shown = proposed(design, "slopes[0].benches.riser_height")
    assert float(shown) == pytest.approx(float(profile.risers[0].height))
    assert proposed(design, "slopes[0].benches.mode") == ""
    assert proposed(None, "slopes[0].benches.riser_height") == ""
    window.go_to("slopes[0].benches.riser_height")
    row = window._form.row_of("slopes[0].benches.riser_height") if window._form else None
    assert row is not None
    assert shown in row.editor.widget.placeholderText()  # type: ignore[attr-defined]
    window.document.set_value("slopes[0].benches.material", "soil", "material")
    settled(qtbot, window)
    assert proposed(window.document.design, "slopes[0].benches.riser_height") in row.editor.widget.placeholderText()  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_says_range_default_and_clause(qtbot: QtBot, language: str) -> None:
    kinds = {kind.name: kind for kind in field_kinds(BenchDesign)}
    assert kinds["riser_height"].range_text(language) == "0 < x ≤ 100 m"
    assert kinds["inward_fall_deg"].range_text(language) == "-30 ≤ x ≤ 30 °"
    assert kinds["inward_fall_deg"].default_text(language) == "2 °"
    assert kinds["top_level"].range_text(language) == ""
    wall = next(kind for kind in field_kinds(BenchWall) if kind.name == "edge_offset")
    assert any("7.2.2.3" in line for line in wall.help_lines(language))
    dialog = FieldHelp(wall, "slopes[0].wall.edge_offset", language)
    qtbot.addWidget(dialog)
    assert "0.5" in dialog.browser.toPlainText()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_conventions_are_drawn(qtbot: QtBot, language: str) -> None:
    dialog = ConventionsHelp(language)
    qtbot.addWidget(dialog)
    dialog.show()
    picture: QPixmap = dialog.sketch.grab()
    image = picture.toImage()
    seen = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(seen) > 10
