"""Ditches laid out in the window: looked at, taken as one step, refused in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from driving import settled
from PySide6.QtWidgets import QComboBox, QMessageBox
from pytestqt.qtbot import QtBot

from slopedesign.gui.canvas import _HandleItem
from slopedesign.gui.fields import FieldEditor
from slopedesign.gui.layout_dialog import LayoutDialog
from slopedesign.gui.stating import ListText
from slopedesign.gui.window import Window

Make = Callable[..., Window]
STORM = {"return_period": 10, "h24": 180, "decay": 0.7}


@pytest.fixture
def make_window(make_window: Make) -> Make:
    """A slope cut between the normals at the ends of its line, so that it stays on the survey."""

    def make() -> Window:
        window = make_window(compute=False)
        window.document.set_value("slopes[0].base_line.ends", "square", "ends")
        window.document.set_value("water", {"storm": STORM, "grid_cell": 2}, "water")
        return window

    return make


def dialog_on(qtbot: QtBot, window: Window) -> LayoutDialog:
    dialog = LayoutDialog(window.document, window)
    qtbot.addWidget(dialog)
    dialog.show()
    outlet = dialog.fields.editors["outlet"]
    assert isinstance(outlet, ListText)
    outlet.box.setPlainText("3400020 500050")
    return dialog


def choose(dialog: LayoutDialog, name: str, value: str) -> None:
    editor = dialog.fields.editors[name]
    assert isinstance(editor, FieldEditor) and isinstance(editor.widget, QComboBox)
    editor.widget.setCurrentIndex(editor.widget.findData(value))


def proposed(qtbot: QtBot, dialog: LayoutDialog) -> Any:
    dialog.propose()
    qtbot.waitUntil(lambda: dialog.look.isEnabled(), timeout=20_000)
    return dialog.proposal


def test_what_is_shown_is_what_the_command_line_writes(qtbot: QtBot, make_window: Make) -> None:
    """Asked, looked at, taken: one step; the reaches are those of the layout itself, the request is gone."""
    from slopedesign.calc.water.layout import propose
    from slopedesign.design.water import designed_surface, slope_lines

    window = make_window()
    settled(qtbot, window)
    dialog = dialog_on(qtbot, window)
    dialog.propose()
    assert not dialog.fields.errors["overland_surface"].isHidden()  # nothing is chosen for the designer
    choose(dialog, "overland_surface", "compacted")
    found = proposed(qtbot, dialog)
    assert found is not None, dialog.error.text()
    assert dialog.table.rowCount() == len(found.reaches) > 3
    design = window.document.design
    surface = designed_surface(design.slopes, design.grounds)
    assert surface is not None
    record = found.project.water.network.automatic
    again = propose(record, slope_lines(design.slopes), surface)
    assert [reach.name for reach in again.reaches] == [reach.name for reach in found.reaches]
    before = window.document.undo_stack.count()
    dialog.adopt()
    assert window.document.undo_stack.count() == before + 1
    settled(qtbot, window)
    assert window.document.problem is None, window.document.problem
    water = window.document.project.water
    assert water is not None and water.network.automatic is None
    assert [reach.name for reach in water.network.reaches] == [reach.name for reach in again.reaches]
    solved_by_name = {reach.name: reach for reach in window.document.design.water.network.reaches}
    assert len(solved_by_name) == len(found.reaches)
    for shown in found.reaches:
        solved = solved_by_name[shown.name]
        assert shown.length == pytest.approx(solved.input.bed.length, rel=1e-6)
        assert shown.top == pytest.approx(float(solved.input.bed.points[0, 2]), abs=1e-6)
        assert shown.foot == pytest.approx(float(solved.input.bed.points[-1, 2]), abs=1e-6)
    window.document.undo()
    undone = window.document.project.water
    assert undone is not None and undone.network.reaches == ()


def test_the_layout_may_follow_the_slopes(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    settled(qtbot, window)
    dialog = dialog_on(qtbot, window)
    choose(dialog, "overland_surface", "compacted")
    assert proposed(qtbot, dialog) is not None
    dialog.follow.setChecked(True)
    dialog.adopt()
    water = window.document.project.water
    assert water is not None and water.network.automatic is not None and water.network.reaches == ()


def test_a_refusal_is_said_and_nothing_changes(qtbot: QtBot, make_window: Make) -> None:
    """An outlet off the survey stands beside its field, what was typed stays; so does a ditch type without a name."""
    window = make_window()
    settled(qtbot, window)
    project = window.document.project
    dialog = dialog_on(qtbot, window)
    choose(dialog, "overland_surface", "compacted")
    outlet = dialog.fields.editors["outlet"]
    assert isinstance(outlet, ListText)
    outlet.box.setPlainText("3400020 700000")
    assert proposed(qtbot, dialog) is None
    assert not dialog.fields.errors["outlet"].isHidden() and outlet.box.toPlainText() == "3400020 700000"
    assert not dialog.take.isEnabled()
    dialog.adopt()
    assert window.document.project is project


def test_what_was_changed_after_looking_is_shown_before_it_is_taken(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    settled(qtbot, window)
    project = window.document.project
    dialog = dialog_on(qtbot, window)
    choose(dialog, "overland_surface", "compacted")
    first = proposed(qtbot, dialog)
    assert first is not None
    editor = dialog.fields.editors["crest_ditch"]
    assert isinstance(editor, FieldEditor)
    editor.widget.click()  # type: ignore[attr-defined]
    dialog.adopt()
    qtbot.waitUntil(lambda: dialog.look.isEnabled(), timeout=20_000)
    assert window.document.project is project and dialog.result() == 0
    assert dialog.proposal is not None and len(dialog.proposal.reaches) < len(first.reaches)


def test_ditches_stated_before_can_give_place(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    reach = {"name": "old", "kind": "toe", "from_node": "a", "to_node": "b", "ditch_type": "t",
             "vertices": [[500020, 3400030], [500080, 3400030]], "start_level": 100.0, "end_level": 99.0}  # fmt: skip
    catchment = {"name": "c", "drains_to": "a", "areas": [{"surface": "hard_rock_slope", "area": 1000}],
                 "overland_surface": "compacted", "overland_length": 20, "overland_slope": 0.1}  # fmt: skip
    water = {"storm": STORM, "grid_cell": 2, "catchments": [catchment],
             "network": {"types": [{"name": "t"}], "reaches": [reach], "outlets": ["b"]}}  # fmt: skip
    window.document.set_value("water", water, "water")
    settled(qtbot, window)
    assert window.document.problem is None, window.document.problem
    dialog = dialog_on(qtbot, window)
    assert dialog.instead.isVisible()
    choose(dialog, "overland_surface", "compacted")
    dialog.instead.setChecked(True)
    assert proposed(qtbot, dialog) is not None, dialog.error.text()
    dialog.adopt()
    now = window.document.project.water
    assert now is not None and "old" not in {one.name for one in now.network.reaches} and len(now.network.reaches) > 3
    assert "c" not in {one.name for one in now.catchments}


def test_the_outlet_is_dragged_in_the_plan(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    settled(qtbot, window)
    dialog = dialog_on(qtbot, window)
    dialog._draw()
    handle = next(i.handle for i in dialog.canvas.scene().items() if isinstance(i, _HandleItem))
    handle.moved(handle.at[0] + 5.0, handle.at[1])
    outlet = dialog.fields.editors["outlet"]
    assert isinstance(outlet, ListText)
    assert outlet.value() == [500055.0, 3400020.0]


def test_without_a_slope_it_is_said_why_not(qtbot: QtBot, make_window: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window()
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda *a: said.append(str(a[2])))
    window.actions_by_name["layout"].trigger()
    assert len(said) == 1
