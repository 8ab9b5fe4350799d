"""Lists of the project as tables: every kind of list is shown, typed, pasted and kept."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from slopedesign.gui.document import Document, open_document
from slopedesign.gui.fields import FieldKind, field_kinds
from slopedesign.gui.list_cells import parsed, shown
from slopedesign.gui.list_shape import list_shape
from slopedesign.gui.list_table import WIDEST_EMS, ListTable
from slopedesign.gui.window import Window
from slopedesign.project.edit import value_at
from slopedesign.project.project import Project

Make = Callable[..., Window]
EXAMPLE = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"


def lists(thing: Any, path: str = "") -> Iterator[tuple[FieldKind, str]]:
    """Every list of a project with its path."""
    for kind in field_kinds(type(thing)):
        value = getattr(thing, kind.name)
        place = f"{path}.{kind.name}" if path else kind.name
        if kind.shape == "list":
            yield kind, place
            for i, entry in enumerate(value or ()):
                if isinstance(entry, BaseModel):
                    yield from lists(entry, f"{place}[{i}]")
        elif isinstance(value, BaseModel):
            yield from lists(value, place)


@pytest.fixture
def document() -> Iterator[Document]:
    document = open_document(EXAMPLE, "en")
    yield document
    document.close()


def plain(document: Document, path: str) -> Any:
    value = value_at(document.project, path)
    return json.loads(json.dumps(value, default=lambda one: one.model_dump(mode="json")))


def test_every_list_survives_being_copied_and_pasted(qtbot: QtBot, document: Document) -> None:
    seen = 0
    for kind, path in list(lists(document.project)):
        table = ListTable(kind, document, path)
        qtbot.addWidget(table)
        before = plain(document, path)
        if not before:
            continue
        seen += 1
        for row in range(table.table.rowCount()):
            for column in range(table.table.columnCount()):
                item = table.table.item(row, column)
                assert item is not None
                assert not item.text().startswith(("[", "("))
        table.table.selectAll()
        table.copy()
        table.table.setCurrentCell(0, 0)
        table.paste()
        assert not table.error.text(), (path, table.error.text())
        assert plain(document, path) == before, path
    assert seen > 20
    assert document.undo_stack.count() == 0


def test_what_a_table_does_not_show_moves_with_its_row(qtbot: QtBot, document: Document) -> None:
    kind = next(k for k, path in lists(document.project) if path == "water.network.reaches")
    table = ListTable(kind, document, "water.network.reaches")
    qtbot.addWidget(table)
    before = plain(document, table.path)
    table.table.setCurrentCell(0, 0)
    table.add_row()
    item = table.table.item(1, 0)
    assert item is not None
    item.setText("new ditch")
    assert not table.error.text(), table.error.text()
    after = plain(document, table.path)
    assert [reach["name"] for reach in after] == [before[0]["name"], "new ditch", *(r["name"] for r in before[1:])]
    assert after[2:] == before[1:]
    assert after[1] == before[0] | {"name": "new ditch"}


def test_a_reach_more_is_pasted_from_a_spreadsheet(qtbot: QtBot, document: Document) -> None:
    kind = next(k for k, path in lists(document.project) if path == "water.network.reaches")
    table = ListTable(kind, document, "water.network.reaches")
    qtbot.addWidget(table)
    names = [key for key, _, _ in table.columns]
    count = table.table.rowCount()
    cells = [(table.table.item(count - 1, j) or table.table.item(0, 0)).text() for j in range(len(names))]
    for name, cell in (("name", "pasted"), ("length", "５０"), ("slope", "0,02"), ("follows", "")):
        cells[names.index(name)] = cell
    QGuiApplication.clipboard().setText("\t".join(cells))
    table.table.setRowCount(count + 1)
    table.table.setCurrentCell(count, 0)
    table.paste()
    assert not table.error.text(), table.error.text()
    assert plain(document, f"{table.path}[{count}].name") == "pasted"
    assert document.undo_stack.count() == 1


def test_a_point_is_one_row_and_twelve_months_are_pasted_from_a_column(qtbot: QtBot, document: Document) -> None:
    months = next((k, path) for k, path in lists(document.project) if path.endswith("balance.rain_typical"))
    table = ListTable(months[0], document, months[1])
    qtbot.addWidget(table)
    assert table.table.rowCount() == 1
    assert table.table.columnCount() == 12
    QGuiApplication.clipboard().setText("\n".join(str(10 * i) for i in range(1, 13)))
    table.table.setCurrentCell(0, 0)
    table.paste()
    assert not table.error.text(), table.error.text()
    assert plain(document, months[1]) == [10 * i for i in range(1, 13)]
    QGuiApplication.clipboard().setText("x")
    table.paste()
    assert "row 1" in table.error.text()


def records(record: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    if record not in seen:
        seen.add(record)
        yield record
        for kind in field_kinds(record):
            if kind.inner is not None:
                yield from records(kind.inner, seen)


def test_every_kind_of_list_has_columns() -> None:
    kinds = [k for record in records(Project, set()) for k in field_kinds(record) if k.shape == "list"]
    assert len(kinds) > 60
    for kind in kinds:
        shape = list_shape(kind, "en")
        assert shape.columns, f"{kind.record.__name__}.{kind.name}"
        titles = [title for _, title, _ in shape.columns]
        assert len(titles) == len(set(titles)), (kind.name, titles)


def test_a_choice_in_a_table_is_chosen_among_words(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(compute=False)
    assert window.tree.select("materials") or window.tree.setCurrentItem(window.tree.topLevelItem(2)) is None
    assert window._form is not None
    table = next(t for t in window._form.findChildren(ListTable) if t.path == "materials")
    column = next(j for j, (key, _, _) in enumerate(table.columns) if key == "kind")
    delegate = table.table.itemDelegateForColumn(column)
    index = table.table.model().index(0, column)
    editor: Any = delegate.createEditor(table.table, None, index)
    delegate.setEditorData(editor, index)
    words = [editor.itemText(i) for i in range(editor.count())]
    assert "土质" in words or len(words) == 3
    editor.setCurrentIndex(0)
    delegate.setModelData(editor, table.table.model(), index)
    assert window.document.project.materials[0].kind == "soil"


ROADS = [{"name": f"R{i}", "road_class": "field", "width": 3.0 + i, "length": 100.0 * i} for i in (1, 2, 3)]


@pytest.fixture
def roads(qtbot: QtBot, make_window: Make) -> ListTable:
    window = make_window("en", compute=False)
    window.document.set_value("roads", {"served_area": 5000.0, "roads": ROADS}, "roads")
    window.tree.select("roads")
    return next(t for t in window._form.findChildren(ListTable) if t.path == "roads.roads")


def put(table: ListTable, row: int, key: str, words: str) -> None:
    item = table.table.item(row, [name for name, _, _ in table.columns].index(key))
    assert item is not None
    item.setText(words)


def said(table: ListTable, row: int, key: str) -> str:
    item = table.table.item(row, [name for name, _, _ in table.columns].index(key))
    assert item is not None
    return item.text()


def held(table: ListTable, key: str) -> list[Any]:
    return [road[key] for road in plain(table.document, table.path)]


def test_rows_begun_stay_beside_other_edits_and_do_not_count(roads: ListTable) -> None:
    roads.table.setCurrentCell(0, 0)
    for i in range(40):
        roads.add_row()
        roads.document.set_value("roads.served_area", 5001.0 + i, "area")
        gc.collect()
        assert roads.table.rowCount() == 3 + i + 1
        assert held(roads, "name") == ["R1", "R2", "R3"]
    assert not roads.untaken()  # nothing was typed into them


def test_a_cell_is_taken_beside_rows_that_are_not_fit(roads: ListTable) -> None:
    """A row only begun, and one with a refused width, keep no other row from being edited; nothing typed is lost."""
    roads.table.setCurrentCell(0, 0)
    roads.add_row()  # row 1, a copy of R1
    put(roads, 1, "width", "wide")
    assert "row 2" in roads.error.text() and not roads.error.isHidden()
    put(roads, 3, "length", "-5")
    assert "row 4" in roads.error.text()
    put(roads, 2, "length", "250")
    assert held(roads, "length") == [100.0, 250.0, 300.0]
    assert "row 2" in roads.error.text()  # what still waits
    roads.document.set_value("roads.served_area", 9000.0, "area")
    assert [said(roads, i, "name") for i in range(4)] == ["R1", "R1", "R2", "R3"]
    assert said(roads, 1, "width") == "wide" and said(roads, 3, "length") == "-5"
    assert [typed for _, typed in roads.untaken()] == [
        " ".join(word for word in roads._words(row) if word) for row in (1, 3)
    ]
    put(roads, 3, "length", "350")
    assert held(roads, "length") == [100.0, 250.0, 350.0]
    put(roads, 1, "width", "4.5")
    put(roads, 1, "name", "R1b")
    assert held(roads, "name") == ["R1", "R1b", "R2", "R3"]
    assert held(roads, "width") == [4.0, 4.5, 5.0, 6.0]
    assert roads.error.isHidden() and not roads.untaken()


def test_undo_beside_a_row_that_was_begun(roads: ListTable) -> None:
    put(roads, 2, "width", "7")
    roads.table.setCurrentCell(1, 0)
    roads.add_row()
    put(roads, 2, "length", "long")
    put(roads, 0, "width", "x")
    roads.document.undo()
    assert held(roads, "width") == [4.0, 5.0, 6.0]
    assert said(roads, 3, "width") == "6" and said(roads, 2, "length") == "long" and said(roads, 0, "width") == "x"
    roads.document.set_value("roads.roads[0].width", 8.0, "width")  # the entry that refused it is another now
    assert said(roads, 0, "width") == "8"
    roads.document.undo()
    roads.document.undo()  # no road is left
    assert roads.document.project.roads is None or not roads.document.project.roads.roads


def test_the_rows_removed_are_those_that_were_chosen(roads: ListTable) -> None:
    """A row that was only begun stands between the others; it must not cost its neighbour."""
    roads.table.setCurrentCell(0, 0)
    roads.add_row()
    roads.table.setCurrentCell(1, 0)
    roads.remove_rows()
    assert held(roads, "name") == ["R1", "R2", "R3"] and roads.table.rowCount() == 3
    roads.add_row()  # after the current row, the second
    put(roads, 2, "length", "long")
    roads.table.setCurrentCell(3, 0)
    roads.remove_rows()
    assert held(roads, "name") == ["R1", "R2"]
    assert [said(roads, i, "length") for i in range(3)] == ["100", "200", "long"]
    roads.table.clearSelection()
    roads.table.setCurrentCell(1, 0)
    roads.remove_rows()
    assert [said(roads, i, "length") for i in range(2)] == ["100", "long"]


def test_what_is_pasted_waits_until_all_of_it_is_fit(roads: ListTable) -> None:
    """Half a table from a spreadsheet would be a design that nobody meant."""
    names = [name for name, _, _ in roads.columns]
    roads.table.setCurrentCell(1, 0)
    lines = [[said(roads, 0, key) for key in names] for _ in range(4)]
    for i, line in enumerate(lines):
        line[names.index("name")] = f"P{i}"
    lines[1][names.index("width")] = lines[3][names.index("width")] = "?"
    QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))
    roads.paste()
    assert held(roads, "name") == ["R1", "R2", "R3"] and "row 3" in roads.error.text()
    put(roads, 2, "width", "5")
    assert held(roads, "name") == ["R1", "R2", "R3"] and "row 5" in roads.error.text()
    assert len(roads.untaken()) == 4
    put(roads, 4, "width", "5.5")
    assert held(roads, "name") == ["R1", "P0", "P1", "P2", "P3"]
    assert held(roads, "width") == [4.0, 4.0, 5.0, 4.0, 5.5]
    roads.document.undo()
    assert held(roads, "name") == ["R1", "R2", "R3"]


def test_yes_and_no_are_not_guessed(roads: ListTable) -> None:
    put(roads, 0, "side_drain", "perhaps")
    assert "row 1" in roads.error.text() and not any(held(roads, "side_drain"))
    put(roads, 0, "side_drain", "Yes")
    assert held(roads, "side_drain") == [True, False, False] and roads.error.isHidden()
    put(roads, 0, "side_drain", "")  # what the record takes where nothing is stated
    assert held(roads, "side_drain") == [False, False, False]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_word_a_cell_shows_is_understood_when_typed(language: str) -> None:
    """Chinese words hold full-width brackets; typed digits and signs of that width are read as narrow ones."""
    seen = 0
    for record in records(Project, set()):
        for kind in field_kinds(record):
            if kind.shape != "list":
                continue
            for _, _, column in list_shape(kind, language).columns:
                values = (True, False) if column and column.shape == "yes_no" else column.choices if column else ()
                for value in values:
                    assert column is not None
                    assert parsed(shown(value, column, language), column, "cell", language) == value
                    seen += 1
    assert seen > 100


def test_titles_and_what_stands_below_them_are_read(qtbot: QtBot, document: Document) -> None:
    """Whole, or with dots and whole in the hint; a list of one column has the whole width."""
    seen = 0
    for kind, path in list(lists(document.project)):
        table = ListTable(kind, document, path)
        qtbot.addWidget(table)
        table.resize(300, 200)
        table.show()
        grid, head = table.table, table.table.horizontalHeader()
        most = grid.fontMetrics().height() * WIDEST_EMS
        for j in range(grid.columnCount()):
            assert head.sectionSize(j) >= min(head.sectionSizeHint(j), most), path
            assert head.sectionSize(j) >= min(grid.sizeHintForColumn(j), most), path
            assert grid.horizontalHeaderItem(j).toolTip()  # type: ignore[union-attr]
            for i in range(grid.rowCount()):
                assert grid.item(i, j).toolTip() == grid.item(i, j).text()  # type: ignore[union-attr]
            seen += 1
        if grid.columnCount() == 1:
            assert head.sectionSize(0) == grid.viewport().width()
        table.close()
    assert seen > 100
