"""Files of the window: surveys watched and joined, a second window, history, menus that say what they do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driving import settled, write_survey
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from slopedesign.errors import InputError
from slopedesign.gui.history import HistoryDialog
from slopedesign.gui.screenshot import wait_for_pages
from slopedesign.gui.window import Window
from slopedesign.gui.window_files import holder
from slopedesign.gui.wizard import NewProjectWizard
from slopedesign.gui.wizard_data import look as looked
from slopedesign.i18n import LANGUAGES, text
from slopedesign.project.edit import value_at

Make = Callable[..., Window]


def test_a_survey_written_while_the_window_is_open_is_noticed(qtbot: QtBot, make_window: Make, tmp_path: Path) -> None:
    window = make_window()
    digest = window.document.design.sources.surveys["ground"].sha256.partition("+")[0]
    window.document.set_value("surveys[0].sha256", digest, "accepted")
    settled(qtbot, window)
    cut = float(window.document.design.slopes[0].cut.cut)
    file = write_survey(tmp_path / "survey.csv")
    lines = file.read_text(encoding="utf-8").splitlines()
    raised = [f"{row.rsplit(',', 1)[0]},{float(row.rsplit(',', 1)[1]) + (2 if i > 250 else 0):.3f}"
              for i, row in enumerate(lines[1:])]  # fmt: skip
    file.write_text("\n".join([lines[0], *raised]) + "\n", encoding="utf-8")
    qtbot.waitUntil(lambda: float(window.document.design.slopes[0].cut.cut) != cut, timeout=20_000)
    settled(qtbot, window)
    assert window.notice.isVisibleTo(window)
    assert "ground" in window.notice.words.text()


def test_a_survey_dropped_can_join_the_project(
    qtbot: QtBot, make_window: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(compute=False)
    window.add_survey(write_survey(tmp_path / "rock.csv"))
    window.add_survey(tmp_path / "rock.csv")
    assert [s.name for s in window.document.project.surveys] == ["ground", "rock", "rock-2"]
    assert window.document.project.surveys[1].path == "rock.csv"
    window.document.undo()
    assert len(window.document.project.surveys) == 2


def test_saving_over_a_file_held_elsewhere_is_asked(
    make_window: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from slopedesign.gui.document import open_document

    window = make_window(compute=False)
    other = tmp_path / "other.json"
    window.document.save(other)
    first = open_document(tmp_path / "quarry.json")
    assert first.lock() == ""
    assert holder(tmp_path / "quarry.json") != ""
    asked: list[str] = []

    def answer(*args: Any, **_: Any) -> QMessageBox.StandardButton:
        asked.append(str(args[2]))
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "warning", answer)
    before = (tmp_path / "quarry.json").read_bytes()
    window.document.set_value("info.client", "client", "client")
    assert not window._save(tmp_path / "quarry.json")
    assert len(asked) == 1
    assert (tmp_path / "quarry.json").read_bytes() == before
    first.close()


def test_undo_says_what_it_undoes_and_the_history_leads_back(make_window: Make) -> None:
    window = make_window(compute=False)
    for height in (9, 8, 7):
        window.document.set_value("slopes[0].benches.riser_height", height, f"height {height}")
    assert "height 7" in window.actions_by_name["undo"].text()
    dialog = HistoryDialog(window.document, window)
    assert dialog.view.model().rowCount() == 4
    window.document.undo_stack.setIndex(1)
    assert value_at(window.document.project, "slopes[0].benches.riser_height") == 9
    assert "height 8" in window.actions_by_name["redo"].text()
    window.document.undo_stack.setIndex(3)
    assert value_at(window.document.project, "slopes[0].benches.riser_height") == 7


def test_recent_files_that_are_gone_cannot_be_chosen(make_window: Make, tmp_path: Path) -> None:
    window = make_window(compute=False)
    window.settings.setValue("recent", [str(tmp_path / "quarry.json"), str(tmp_path / "gone.json")])
    window._fill_recent()
    assert [action.isEnabled() for action in window.recent_menu.actions()] == [True, False]


def test_an_empty_window_shows_where_to_start(qtbot: QtBot, make_window: Make) -> None:
    window = Window("zh_CN")
    qtbot.addWidget(window)
    window.show()
    try:
        assert window.front.currentWidget() is window.start
        assert len(window.start.buttons) >= 2
        window.open_path(make_window(compute=False).document.path or Path())
    finally:
        window.stop()
        window.document.undo_stack.setClean()


def test_what_keeps_the_design_from_being_computed_leads_to_its_place(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    window.document.set_value("slopes[0].base_line.elevation", 500.0, "level")
    settled(qtbot, window)
    assert window.document.problem is not None
    assert window.notice.isVisibleTo(window)
    assert window.notice.words.text() == window.document.problem.describe("zh_CN")
    window.notice.accept.click()
    assert window.page_names[window.pages.currentIndex()] == "plan"
    window.document.undo()
    settled(qtbot, window)
    assert not window.notice.isVisibleTo(window)
    window.document.set_design(window.document.design, InputError("slopes[0].benches.berm_width", 3.0, "too much"))
    window.notice.accept.click()
    assert window.tree.current_path() == "slopes[0].benches"
    row = window._form.row_of("slopes[0].benches.berm_width") if window._form else None
    assert row is not None
    assert window.focusWidget() is row.editor.widget


def test_the_wizard_shows_columns_and_takes_what_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    rows = [f"点{i},{500000 + i * 7 % 90},{3400000 + i * 3 % 80},{100 + (i % 17) * 2.5}" for i in range(400)]
    file = tmp_path / "测量.csv"
    file.write_bytes(("点号,Y,X,H\n" + "\n".join(rows)).encode("gbk"))
    wizard = NewProjectWizard("zh_CN", None, survey=file)
    qtbot.addWidget(wizard)
    qtbot.waitUntil(lambda: wizard.table.rowCount() > 0, timeout=20_000)
    heads = [wizard.table.horizontalHeaderItem(j).text() for j in range(4)]  # type: ignore[union-attr]
    assert heads == ["点号", "Y（东）", "X（北）", "高程 H"]
    assert "点" in wizard.table.item(1, 0).text()  # type: ignore[union-attr]
    wizard.boxes["column_order"].setCurrentIndex(wizard.boxes["column_order"].findData("N,E,Z"))
    wizard.boxes["duplicates"].setCurrentIndex(wizard.boxes["duplicates"].findData("mean"))
    wizard.look()
    qtbot.waitUntil(lambda: wizard.table.horizontalHeaderItem(1).text() == "X（北）", timeout=20_000)  # type: ignore[union-attr]
    wizard.boxes["encoding"].setCurrentIndex(wizard.boxes["encoding"].findData("utf-8"))
    wizard.look()
    qtbot.waitUntil(lambda: "点" not in wizard.table.item(1, 0).text(), timeout=20_000)  # type: ignore[union-attr]
    file.write_text("no, numbers\nat, all\n", encoding="utf-8")
    wizard._looked = None
    wizard.look()
    qtbot.waitUntil(lambda: wizard.error.isVisibleTo(wizard), timeout=20_000)
    assert wizard.name.text() == "测量"
    assert wizard.folder.text() == str(tmp_path)


def test_the_wizard_writes_what_it_was_told(qtbot: QtBot, tmp_path: Path) -> None:
    from slopedesign.project.file import load_project

    wizard = NewProjectWizard("zh_CN", None, survey=write_survey(tmp_path / "face.csv"))
    qtbot.addWidget(wizard)
    wizard.boxes["column_order"].setCurrentIndex(wizard.boxes["column_order"].findData("E,N,Z"))
    (tmp_path / "there").mkdir()
    wizard.folder.setText(str(tmp_path / "there"))
    wizard.write()
    qtbot.waitUntil(lambda: wizard.created is not None or bool(wizard.error.text()), timeout=20_000)
    assert wizard.created == tmp_path / "there" / "face.json", wizard.error.text()
    survey = load_project(wizard.created).surveys[0]
    assert (survey.path, survey.column_order) == ("../face.csv", "E,N,Z")
    again = NewProjectWizard("zh_CN", None, survey=tmp_path / "face.csv")
    qtbot.addWidget(again)
    again.folder.setText(str(tmp_path / "there"))
    again.write()
    qtbot.waitUntil(lambda: bool(again.error.text()) and not again.background.busy, timeout=20_000)
    assert again.created is None
    again._done("look", looked(tmp_path / "face.csv", again.options(), "zh_CN"), None)
    assert again.error.text()  # a survey that is read at last does not hide why nothing was written


def test_the_project_is_called_after_the_survey_that_is_taken_in_the_end(qtbot: QtBot, tmp_path: Path) -> None:
    """The first file was the wrong one; what has been typed stays."""
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        write_survey(tmp_path / folder / f"{folder}.csv")
    wizard = NewProjectWizard("zh_CN", None, survey=tmp_path / "first" / "first.csv")
    qtbot.addWidget(wizard)
    wizard.survey.setText(str(tmp_path / "second" / "second.csv"))
    wizard.look()
    assert (wizard.name.text(), Path(wizard.folder.text())) == ("second", tmp_path / "second")
    wizard.name.setText("采场")
    wizard.folder.setText(str(tmp_path))
    wizard.survey.setText(str(tmp_path / "first" / "first.csv"))
    wizard.look()
    assert (wizard.name.text(), Path(wizard.folder.text())) == ("采场", tmp_path)
    wizard.background.wait()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_taken_is_said_of_its_line(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    wizard = NewProjectWizard(language, None, survey=write_survey(tmp_path / "face.csv"))
    qtbot.addWidget(wizard)
    qtbot.waitUntil(lambda: bool(wizard.report.toPlainText()), timeout=20_000)
    wizard.name.setText("a/b")
    wizard.write()
    qtbot.waitUntil(lambda: bool(wizard.error.text()), timeout=20_000)
    assert wizard.error.text().startswith(text("gui.wizard.name", language))
    assert "a/b" in wizard.error.text() and "NAME" not in wizard.error.text()
    wizard.survey.setText(str(tmp_path / "none.csv"))
    wizard.look()
    qtbot.waitUntil(lambda: "none.csv" in wizard.error.text(), timeout=20_000)
    assert not wizard.report.placeholderText()  # it would ask for the file that was chosen


def test_a_file_that_cannot_be_opened_names_its_fields_in_words(
    qtbot: QtBot, make_window: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are fields of that file, of which the project shown has none."""
    window = make_window(compute=False)
    data = json.loads(window.document.path.read_text(encoding="utf-8"))  # type: ignore[union-attr]
    data["slopes"] = [*data["slopes"], data["slopes"][0] | {"name": "S2", "benches": {"face_angle": 200}}]
    (tmp_path / "wrong.json").write_text(json.dumps(data), encoding="utf-8")
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[2]))
    assert not window.open_path(tmp_path / "wrong.json")
    words = " / ".join(text(f"fields.{key}", "zh_CN") for key in ("Slope.benches", "BenchDesign.face_angle"))
    assert words in said[0]


def test_pages_without_a_design_wait_for_it(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(compute=False)
    for name in window.page_names:
        window.show_page(name)
        wait_for_pages(window)
