"""Whatever the project can hold can be stated in the window, also records that cannot begin empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from slopedesign.errors import InputError
from slopedesign.gui.fields import FieldEditor, FieldKind, field_kinds
from slopedesign.gui.forms import RecordForm, RecordGroup
from slopedesign.gui.list_table import ListTable
from slopedesign.gui.stating import FieldsToState, ListText, StateDialog, begins_empty, needs_more, required
from slopedesign.gui.telling import told
from slopedesign.gui.window import Window
from slopedesign.i18n import message, text
from slopedesign.project.irrigation import Planting
from slopedesign.project.project import Project
from slopedesign.project.water import WaterDesign
from slopedesign.project.works import CoverArea, RoadNetwork

Make = Callable[..., Window]


def all_kinds(record: type[BaseModel], seen: set[type] | None = None) -> list[FieldKind]:
    """Every field of the project."""
    seen = set() if seen is None else seen
    if record in seen:
        return []
    seen.add(record)
    found = list(field_kinds(record))
    return found + [k for kind in found if kind.inner is not None for k in all_kinds(kind.inner, seen)]


HARD = [
    kind for kind in all_kinds(Project)
    if kind.inner is not None
    and ((kind.shape == "record" and kind.optional and not begins_empty(kind.inner))
         or (kind.shape == "list" and needs_more(kind.inner)))
]  # fmt: skip


def test_there_are_such_records() -> None:
    names = {kind.name for kind in HARD}
    assert {"automatic", "outlet", "balance", "typed_sections", "plantings", "drip", "culvert"} <= names


@pytest.mark.parametrize("kind", HARD, ids=lambda kind: f"{kind.record.__name__}.{kind.name}")
def test_every_required_field_can_be_stated(qtbot: QtBot, kind: FieldKind) -> None:
    """No record asks for a field that its dialog does not show."""
    assert kind.inner is not None
    rows = FieldsToState(kind.inner, "zh_CN")
    qtbot.addWidget(rows)
    for inner in field_kinds(kind.inner):
        if required(inner) and not (inner.shape == "list" and inner.inner):
            assert inner.name in rows.editors


def group_of(form: RecordForm, name: str) -> RecordGroup:
    """The group of a record in a form."""
    return next(part for part in form.inner if isinstance(part, RecordGroup) and part.kind.name == name)


def water_form(qtbot: QtBot, window: Window, path: str, record: type[BaseModel]) -> RecordForm:
    """A form of the water side."""
    window.document.set_value("water", {}, "")
    form = RecordForm(record, window.document, path)
    qtbot.addWidget(form)
    return form


def type_into(editor: FieldEditor | ListText | FieldsToState, words: str) -> None:
    """Type into a row of the dialog."""
    if isinstance(editor, ListText):
        editor.box.setPlainText(words)
    else:
        assert isinstance(editor, FieldEditor) and isinstance(editor.widget, QLineEdit)
        editor.widget.setText(words)


def test_what_is_wrong_stays_and_stands_beside_its_field(qtbot: QtBot, make_window: Make) -> None:
    """Irrigation cannot begin empty: it asks for an efficiency; a wrong one is refused, the text stays, one undo."""
    window = make_window(compute=False)
    form = water_form(qtbot, window, "water", WaterDesign)
    group = group_of(form, "irrigation")
    assert group.kind.inner is not None
    dialog: StateDialog = group.stating(group.kind.inner)
    before = window.document.undo_stack.count()
    dialog.state()
    assert dialog.result() == 0 and not dialog.fields.errors["efficiency"].isHidden()
    type_into(dialog.fields.editors["efficiency"], "1.7")
    dialog.state()
    editor = dialog.fields.editors["efficiency"]
    assert isinstance(editor, FieldEditor) and isinstance(editor.widget, QLineEdit) and editor.widget.text() == "1.7"
    assert not dialog.fields.errors["efficiency"].isHidden() and window.document.undo_stack.count() == before
    type_into(editor, "０，8")  # full-width, decimal comma
    dialog.state()
    assert dialog.result() == 1 and window.document.undo_stack.count() == before + 1
    water = window.document.project.water
    assert water is not None and water.irrigation is not None and water.irrigation.efficiency == 0.8


def test_a_part_that_cannot_begin_empty_asks_and_invents_nothing(qtbot: QtBot, make_window: Make) -> None:
    """Roads ask for the area they serve and for one road."""
    window = make_window(compute=False)
    before = window.document.undo_stack.count()
    dialog = window.stating_part("roads", RoadNetwork, "roads", "add roads")
    qtbot.addWidget(dialog)
    dialog.state()
    assert dialog.result() == 0 and window.document.project.roads is None
    assert window.document.undo_stack.count() == before
    assert not dialog.fields.errors["served_area"].isHidden()
    assert dialog.fields.errors["served_area"].text() == text("gui.stating.required", "zh_CN")
    type_into(dialog.fields.editors["served_area"], "84000")
    dialog.state()
    assert dialog.result() == 1 and window.document.project.roads == RoadNetwork(served_area=84000.0)


def test_twelve_months_are_pasted_into_a_planting(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(compute=False)
    window.document.set_value("water", {"irrigation": {"efficiency": 0.8}}, "")
    kind = next(k for k in all_kinds(WaterDesign) if k.inner is Planting)
    table = ListTable(kind, window.document, "water.irrigation.plantings")
    qtbot.addWidget(table)
    dialog = table.stating(Planting)
    for name, words in {"name": "grass", "area": "1200", "depth": "25", "interval_days": "7",
                        "waterings": "0\n0\n1\n2\n3\n3\n4\n4\n2\n1\n0\n0"}.items():  # fmt: skip
        type_into(dialog.fields.editors[name], words)
    dialog.state()
    assert dialog.result() == 1, [label.text() for label in dialog.findChildren(QLabel)]
    water = window.document.project.water
    assert water is not None and water.irrigation is not None
    (planting,) = water.irrigation.plantings
    assert planting.waterings == (0, 0, 1, 2, 3, 3, 4, 4, 2, 1, 0, 0) and planting.area == 1200
    assert table.table.rowCount() == 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("3400042.5\t500015.25", [500015.25, 3400042.5]), ("3400042.5 500015.25", [500015.25, 3400042.5]),
     ("3400042.5，500015.25", [500015.25, 3400042.5]), ("3400042,5; 500015,25", [500015.25, 3400042.5])],
)  # fmt: skip
def test_points_are_typed_north_first(qtbot: QtBot, typed: str, stored: list[float]) -> None:
    """As surveyors write them; the project keeps east, north."""
    kind = next(k for k in field_kinds(CoverArea) if k.name == "polygon")
    lines = ListText(kind, "zh_CN")
    qtbot.addWidget(lines)
    lines.box.setPlainText(typed)
    assert lines.value() == [stored]
    lines.box.setPlainText("1 2 3 4")
    with pytest.raises(InputError):
        lines.value()


@pytest.mark.parametrize(
    ("path", "value", "zh"),
    [("slopes[0].benches.riser_height", -1.0, "S1 / 台阶 / 台阶高度（slopes[0].benches.riser_height）= -1.0：x"),
     ("water.storm.return_period", None, "（water.storm.return_period）= 未填写：x"),
     ("surveys[0].path", "a.csv", "（surveys[0].path）= a.csv：x")],
)  # fmt: skip
def test_errors_name_the_field(make_window: Make, path: str, value: Any, zh: str) -> None:
    window = make_window(compute=False)
    said = told(InputError(path, value, "x"), window.document.project, "zh_CN")
    assert said.endswith(zh) and not said.startswith(path)


def test_errors_that_are_no_fields_stay_as_they_are(make_window: Make) -> None:
    window = make_window(compute=False)
    error = InputError("rows", 3, message("gui.number"))
    assert told(error, window.document.project, "zh_CN") == error.describe("zh_CN")
