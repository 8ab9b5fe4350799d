"""Fields that name another thing: the names there are to choose from, hints, and renaming, in form, table, dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from slopedesign.gui.document import Document, open_document
from slopedesign.gui.fields import FieldEditor, field_kinds
from slopedesign.gui.forms import FieldRow, RecordForm
from slopedesign.gui.list_table import ListTable
from slopedesign.gui.name_combo import NameCombo
from slopedesign.gui.stating import StateDialog
from slopedesign.gui.window import Window
from slopedesign.project.edit import value_at
from slopedesign.project.irrigation import Irrigation
from slopedesign.project.planting import BenchPlanting, PlantingDesign
from slopedesign.project.project import Project
from slopedesign.project.slopes import Slope
from slopedesign.project.stability import StabilitySection
from slopedesign.project.walls import ToeWall, WallDesign
from slopedesign.project.water import Network, WaterDesign

EXAMPLE = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"
SECTION, ROWS, REACHES = "stability.sections[0]", "planting.benches[0].rows", "water.network.reaches"
MATERIALS = ("残坡积土", "中风化灰岩")
Make = Callable[..., Window]


@pytest.fixture
def document() -> Iterator[Document]:
    document = open_document(EXAMPLE, "zh_CN")
    yield document
    document.close()


def shown(qtbot: QtBot, widget: Any) -> Any:
    """A widget as it stands on the screen."""
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def row_of(qtbot: QtBot, document: Document, record: type, path: str, name: str) -> FieldRow:
    """The row of a field of a form that is shown."""
    form = shown(qtbot, RecordForm(record, document, path))
    row = form.row_of(f"{path}.{name}" if path else name)
    assert isinstance(row, FieldRow)
    row.form = form  # type: ignore[attr-defined] # kept alive with its row
    return row


def combo_of(row: FieldRow) -> NameCombo:
    assert isinstance(row.editor.widget, NameCombo)
    return row.editor.widget


def typed(combo: NameCombo, words: str) -> None:
    """Words in place of what stands there, and Enter."""
    combo.setFocus()
    combo.line.selectAll()
    QTest.keyClick(combo, Qt.Key.Key_Delete)
    for letter in words:
        QTest.keyClick(combo, letter) if letter.isascii() else combo.line.insert(letter)
    combo.line.setModified(True)
    QTest.keyClick(combo, Qt.Key.Key_Return)


def choices(combo: NameCombo) -> list[str]:
    """What the list holds when it is opened."""
    combo.showPopup()
    combo.hidePopup()
    return [combo.itemText(i) for i in range(combo.count())]


def pick(combo: NameCombo, name: str) -> None:
    """A choice of the list."""
    combo.showPopup()
    combo.setCurrentIndex(combo.findData(name))
    combo.activated.emit(combo.currentIndex())
    combo.hidePopup()


def table_of(qtbot: QtBot, document: Document, record: type, path: str) -> ListTable:
    """The table of a list that is shown."""
    kind = next(kind for kind in field_kinds(record) if kind.name == path.rpartition(".")[2])
    table = shown(qtbot, ListTable(kind, document, path))
    assert isinstance(table, ListTable)
    return table


def column(table: ListTable, key: str) -> int:
    return next(j for j, (name, _, _) in enumerate(table.columns) if name == key)


def editor_in(table: ListTable, row: int, key: str | int) -> NameCombo:
    """The editor of a cell, opened."""
    at = column(table, key) if isinstance(key, str) else key
    table.table.setCurrentCell(row, at)
    item = table.table.item(row, at)
    assert item is not None
    table.table.editItem(item)
    found = table.table.viewport().findChildren(NameCombo)
    assert len(found) == 1
    return found[0]


# --- the form


def test_a_field_offers_the_names_there_are_and_the_choice_is_one_step(qtbot: QtBot, document: Document) -> None:
    row = row_of(qtbot, document, StabilitySection, SECTION, "fill_material")
    combo = combo_of(row)
    assert choices(combo) == ["（不填）", *MATERIALS]
    assert combo.accessibleName() == combo.line.accessibleName() == "填料"
    pick(combo, MATERIALS[1])
    assert value_at(document.project, f"{SECTION}.fill_material") == MATERIALS[1]
    assert document.undo_stack.count() == 1
    document.undo()
    assert combo.currentText() == "" == value_at(document.project, f"{SECTION}.fill_material")
    document.redo()
    assert combo.currentText() == MATERIALS[1]
    pick(combo, "")
    assert combo.currentText() == "" == value_at(document.project, f"{SECTION}.fill_material")
    assert document.undo_stack.count() == 2


def test_what_must_be_stated_has_no_blank_choice(qtbot: QtBot, document: Document) -> None:
    table = table_of(qtbot, document, BenchPlanting, ROWS)
    names = choices(editor_in(table, 0, "species"))
    assert names[0] == "女贞" and len(names) == 9


def test_the_list_is_fresh_each_time_it_opens(qtbot: QtBot, document: Document) -> None:
    combo = combo_of(row_of(qtbot, document, StabilitySection, SECTION, "fill_material"))
    assert "碎石" not in choices(combo)
    document.add_entry("materials", {"name": "碎石", "kind": "soil"}, "")
    assert choices(combo) == ["（不填）", *MATERIALS, "碎石"]
    document.undo()
    assert choices(combo) == ["（不填）", *MATERIALS]


def test_names_are_completed_but_never_in_place_of_what_was_typed(qtbot: QtBot, document: Document) -> None:
    row = row_of(qtbot, document, StabilitySection, SECTION, "fill_material")
    combo = combo_of(row)
    combo.refill()  # as the focus does
    combo.line.insert("灰岩")
    completer = combo.completer()
    assert completer is not None
    completer.setCompletionPrefix("灰岩")
    assert [completer.completionModel().index(i, 0).data() for i in range(completer.completionCount())] == [
        MATERIALS[1]
    ]
    combo.line.setModified(True)
    QTest.keyClick(combo, Qt.Key.Key_Return)
    assert value_at(document.project, f"{SECTION}.fill_material") == "灰岩"


def offering(qtbot: QtBot, combo: NameCombo, words: str) -> Any:
    """Words typed, and the list of names that hold them below."""
    combo.window().activateWindow()
    combo.setFocus()
    qtbot.waitUntil(combo.hasFocus, timeout=2000)
    combo.line.selectAll()
    QTest.keyClicks(combo, words)
    completer = combo.completer()
    assert completer is not None and completer.popup().isVisible()
    return completer.popup()


def test_enter_takes_what_is_typed_and_a_chosen_name_where_one_is_chosen(qtbot: QtBot, document: Document) -> None:
    """The keys go to the list that offers the names, as they do on a screen."""
    document.add_entry("materials", {"name": "chalk 2", "kind": "soft_rock"}, "")
    combo = combo_of(row_of(qtbot, document, StabilitySection, SECTION, "fill_material"))
    popup = offering(qtbot, combo, "chal")
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert value_at(document.project, f"{SECTION}.fill_material") == "chal"
    popup = offering(qtbot, combo, "CHALK")
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert value_at(document.project, f"{SECTION}.fill_material") == "chalk 2" == combo.currentText()
    assert document.undo_stack.count() == 3


def test_what_is_typed_is_not_lost_where_the_field_is_left_while_names_are_offered(
    qtbot: QtBot, document: Document
) -> None:
    row = row_of(qtbot, document, StabilitySection, SECTION, "fill_material")
    document.add_entry("materials", {"name": "chalk 2", "kind": "soft_rock"}, "")
    popup = offering(qtbot, combo_of(row), "chal")
    other = row.form.row_of(f"{SECTION}.name")  # type: ignore[attr-defined]
    other.editor.widget.setFocus()
    assert not popup.isVisible()
    assert value_at(document.project, f"{SECTION}.fill_material") == "chal"


def test_the_wheel_never_changes_a_name(qtbot: QtBot, document: Document) -> None:
    combo = combo_of(row_of(qtbot, document, StabilitySection, SECTION, "slope"))
    choices(combo)
    before = document.project
    for target in (combo, combo.line):
        center = QPointF(target.rect().center())
        event = QWheelEvent(
            center, QPointF(target.mapToGlobal(center.toPoint())), QPoint(0, 0), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, event)
    assert combo.currentText() == "主采面" and document.project is before


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh_CN", "没有名为 chalk 的材料；现有：残坡积土、中风化灰岩"),
     ("en", "There is no material named chalk. There are: 残坡积土, 中风化灰岩")],
)  # fmt: skip
def test_a_name_that_nothing_bears_is_said_at_once_and_taken(qtbot: QtBot, language: str, said: str) -> None:
    document = open_document(EXAMPLE, language)
    row = row_of(qtbot, document, StabilitySection, SECTION, "fill_material")
    combo = combo_of(row)
    assert row.hint.isHidden()
    combo.setFocus()
    QTest.keyClicks(combo, "chalk")
    assert row.hint.text() == said and row.hint.isVisible() and row.hint.objectName() == "quiet"
    QTest.keyClick(combo, Qt.Key.Key_Return)
    assert value_at(document.project, f"{SECTION}.fill_material") == "chalk"
    assert row.hint.text() == said and row.error.isHidden()
    document.add_entry("materials", {"name": "chalk", "kind": "soft_rock"}, "")
    assert row.hint.isHidden()
    document.close()


def test_a_refused_name_stays_with_what_there_is(qtbot: QtBot, document: Document) -> None:
    row = row_of(qtbot, document, Slope, "slopes[0]", "ground")
    combo = combo_of(row)
    typed(combo, "air")
    assert value_at(document.project, "slopes[0].ground") == "ground" and document.undo_stack.count() == 0
    assert combo.currentText() == "air" and not row.error.isHidden() and row.hint.text() == "现有：ground、rock"
    assert row.form.untaken() == [(row.kind.label("zh_CN"), "air")]  # type: ignore[attr-defined]
    pick(combo, "rock")
    assert value_at(document.project, "slopes[0].ground") == "rock"
    assert row.error.isHidden() and row.hint.isHidden() and not row.form.untaken()  # type: ignore[attr-defined]
    typed(combo, "air")
    pick(combo, "rock")  # the stored one once more: the refusal is gone
    assert row.error.isHidden() and combo.currentText() == "rock" and document.undo_stack.count() == 1


def test_a_shortcut_takes_what_stands_in_the_field(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(compute=False)
    window.document.add_entry("surveys", {"name": "later", "path": "survey.csv", "column_order": "E,N,Z"}, "")
    window.tree.select("slopes[0]")
    assert window._form is not None
    row = window._form.row_of("slopes[0].ground")
    assert row is not None
    combo = combo_of(row)
    window.activateWindow()
    combo.setFocus()
    combo.line.selectAll()
    QTest.keyClicks(combo, "later")
    window.finish_typing()
    assert value_at(window.document.project, "slopes[0].ground") == "later"


def test_the_field_follows_the_language(make_window: Make) -> None:
    window = make_window(compute=False)
    for blank in ("（不填）", "(left blank)"):
        window.tree.select("slopes[0]")
        assert window._form is not None
        row = window._form.row_of("slopes[0].variant_of")
        assert row is not None
        combo = combo_of(row)
        assert choices(combo) == [blank]
        assert combo.accessibleName() == row.kind.label(window.language)
        window.switch_language()


def test_lines_on_slopes_are_those_of_the_design(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    document = window.document
    kind = next(kind for record in (Network,) for kind in field_kinds(record) if kind.name == "reaches")
    assert kind.inner is not None
    follows = next(inner for inner in field_kinds(kind.inner) if inner.name == "follows")
    lines = document.names.offered(follows, f"{REACHES}[0].follows")
    assert "S1/toe" in lines and "S1/bench 1/inner edge" in lines
    assert document.names.hint(follows, "", "S1/bench 1/inner edge") == ""
    assert "S1/bench 9/inner edge" in document.names.hint(follows, "", "S1/bench 9/inner edge")


# --- the table


def test_a_cell_offers_the_names_and_the_choice_is_one_step(qtbot: QtBot, document: Document) -> None:
    table = table_of(qtbot, document, BenchPlanting, ROWS)
    combo = editor_in(table, 1, "species")
    assert combo.currentText() == "女贞"
    pick(combo, "枫香")
    assert value_at(document.project, f"{ROWS}[1].species") == "枫香" and document.undo_stack.count() == 1
    document.undo()
    item = table.table.item(1, column(table, "species"))
    assert item is not None and item.text() == "女贞"


def test_a_cell_that_is_typed_into_may_be_refused_and_keeps_its_words(qtbot: QtBot, document: Document) -> None:
    table = table_of(qtbot, document, BenchPlanting, ROWS)
    typed(editor_in(table, 1, "species"), "oak")
    qtbot.waitUntil(lambda: bool(table.open.typed()), timeout=2000)
    item = table.table.item(1, column(table, "species"))
    assert item is not None and item.text() == "oak" and document.undo_stack.count() == 0
    assert not table.error.isHidden() and "现有：女贞" in table.hint.text() and table.untaken()
    item.setText("香樟")
    assert value_at(document.project, f"{ROWS}[1].species") == "香樟" and table.hint.isHidden()


def test_a_node_nobody_leads_to_is_said_below_the_table(qtbot: QtBot, document: Document) -> None:
    table = table_of(qtbot, document, WaterDesign, "water.catchments")
    assert table.hint.isHidden()
    typed(editor_in(table, 1, "drains_to"), "N9")
    qtbot.waitUntil(lambda: document.undo_stack.count() == 1, timeout=2000)
    assert value_at(document.project, "water.catchments[1].drains_to") == "N9"
    assert table.hint.text().startswith("第 2 行 汇入节点: 没有名为 N9 的蓄水工程或节点；现有：蓄水池、B4")


def test_a_list_of_names_is_chosen_from(qtbot: QtBot, document: Document) -> None:
    table = table_of(qtbot, document, BenchPlanting, "planting.benches[0].slopes")
    assert choices(editor_in(table, 0, 0)) == ["主采面"]


# --- the dialog


def test_a_dialog_offers_the_names(qtbot: QtBot, document: Document) -> None:
    table = table_of(qtbot, document, WallDesign, "walls.toe_walls")
    dialog: StateDialog = shown(qtbot, table.stating(ToeWall))
    editor = dialog.fields.editors["backfill"]
    assert isinstance(editor, FieldEditor) and isinstance(editor.widget, NameCombo)
    assert choices(editor.widget) == ["（不填）", "碎石土"]
    editor.widget.setFocus()
    QTest.keyClicks(editor.widget, "mud")
    assert "没有名为 mud 的填料；现有：碎石土" in [
        label.text() for label in dialog.findChildren(type(dialog.hint)) if label.isVisible()
    ]
    pick(editor.widget, "碎石土")
    assert editor.value() == "碎石土"
    pick(editor.widget, "")
    assert editor.value() is None


# --- renaming


def test_the_name_of_a_thing_takes_all_that_name_it_along(qtbot: QtBot, document: Document) -> None:
    row = row_of(qtbot, document, Slope, "slopes[0]", "name")
    line = row.editor.line
    before = document.project
    assert line is not None
    line.setText("North face")
    line.setModified(True)
    line.editingFinished.emit()
    project: Project = document.project
    assert project.slopes[0].name == "North face" and row.error.isHidden()
    assert project.stability is not None and project.stability.sections[0].slope == "North face"
    assert project.planting is not None and project.planting.benches[0].slopes == ("North face",)
    assert value_at(project, f"{REACHES}[0].follows") == "North face/bench 4/inner edge"
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "主采面 改名为 North face（8 处引用随之更改）"
    document.undo()
    assert document.project == before and line.text() == "主采面"


def test_a_name_in_a_cell_takes_all_that_name_it_along(qtbot: QtBot, document: Document) -> None:
    table = table_of(qtbot, document, PlantingDesign, "planting.species")
    before = document.project
    item = table.table.item(0, column(table, "name"))
    assert item is not None and item.text() == "女贞"
    item.setText("大叶女贞")
    assert not table.error.text() and document.undo_stack.count() == 1
    assert value_at(document.project, f"{ROWS}[1].species") == "大叶女贞"
    assert document.undo_stack.undoText() == "女贞 改名为 大叶女贞（1 处引用随之更改）"
    document.undo()
    assert document.project == before


def test_a_row_that_was_copied_renames_nothing(qtbot: QtBot, document: Document) -> None:
    table = table_of(qtbot, document, Irrigation, "water.irrigation.pipes")
    table.table.setCurrentCell(0, 0)
    table.add_row()
    item = table.table.item(1, column(table, "name"))
    assert item is not None and item.text() == "主管"
    item.setText("second")
    assert [value_at(document.project, f"water.irrigation.pipes[{i}].after") for i in range(4)] == [
        "", "", "主管", "分干管"
    ]  # fmt: skip
    assert document.undo_stack.count() == 1 and "改名" not in document.undo_stack.undoText()


def test_a_name_that_stands_already_is_refused_beside_its_field(qtbot: QtBot, document: Document) -> None:
    table = table_of(qtbot, document, PlantingDesign, "planting.species")
    item = table.table.item(0, column(table, "name"))
    assert item is not None
    item.setText("香樟")
    assert not table.error.isHidden() and document.undo_stack.count() == 0 and item.text() == "香樟"
