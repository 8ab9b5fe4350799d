"""Clauses the designer answers, and the table of checks that leads there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from driving import settled
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from slopedesign.gui.answers_data import questions, replied
from slopedesign.gui.checks_data import target_of
from slopedesign.gui.checks_panel import CHECK, COLUMNS
from slopedesign.gui.why import called, rounded_away, with_subscripts
from slopedesign.gui.window import Window
from slopedesign.i18n import LANGUAGES, has, text
from slopedesign.project.edit import value_at
from slopedesign.standards.check import Verdict
from slopedesign.standards.rules import guide_rules

Make = Callable[..., Window]
RULE_ID = re.compile(r"\b[a-z_]+(\.[a-z_0-9]+)+\b")


def answers_page(window: Window) -> Any:
    window.show_page("answers")
    return window.pages.currentWidget()


def test_nothing_is_said_to_be_done_before_the_design_is_there(qtbot: QtBot, make_window: Make) -> None:
    """What the clauses ask is known when it has been worked; replies given already do not make it all."""
    window = make_window(compute=False)
    window.document.set_value("facts", {"blasting": False}, "facts")
    page = answers_page(window)
    assert page.said.text() == text("gui.answers.said_none", "zh_CN")
    assert window.checks.part.currentText() == text("gui.check.all_parts", "zh_CN")


def test_numbers_behind_a_check_go_by_words_of_the_language() -> None:
    assert called("M_soil_h", "zh_CN") == "M_土_h" and called("M_soil_h", "en") == "M_soil_h"
    assert with_subscripts("M_土") == "M<sub>土</sub>"
    assert called("alpha", "zh_CN") == "α" and called("needed", "zh_CN") == "计算值"
    assert called("F 1 hard_rock_slope", "zh_CN") == f"F 1 {text('choice.hard_rock_slope', 'zh_CN')}"
    for name in ("进场田间道", "急流槽C4-C3", "12", "E_z", "G"):
        assert called(name, "en") == name


def test_checks_copy_into_a_spreadsheet(qtbot: QtBot, make_window: Make) -> None:
    """Whole rows with their heads, several of them; the first of two lines and the second in one cell."""
    window = make_window()
    table = window.checks.table
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == [text(f"gui.check.{name}", "zh_CN") for name in COLUMNS]
    assert len(lines) == window.checks.proxy.rowCount() + 1 > 3 and {len(line) for line in lines} == {len(COLUMNS)}
    check = window.checks.proxy.index(2, 0).data(CHECK)
    assert lines[3][0] == text(f"verdict.{check.verdict.value}", "zh_CN")
    assert check.title.render("zh_CN") in lines[3][1] and check.source.clause in lines[3][1]


def verdict(window: Window, id: str) -> Verdict:
    return next(c.verdict for c in window.document.design.checks if c.id == id)


def choose(page: Any, name: str, value: object) -> None:
    row = next(i for i, q in enumerate(page.questions) if q.name == name)
    combo = page.table.cellWidget(row, 2)
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def test_a_clause_is_answered_in_place_and_taken_back(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    page = answers_page(window)
    assert verdict(window, "cut.priority") is Verdict.NOT_JUDGED
    choose(page, "cut.priority", "yes")
    settled(qtbot, window)
    assert [a.rule for a in window.document.project.answers] == ["cut.priority"]
    assert verdict(window, "cut.priority") is Verdict.PASS
    choose(page, "cut.priority", "no")
    settled(qtbot, window)
    assert verdict(window, "cut.priority") in (Verdict.FAIL, Verdict.WARN)
    choose(page, "cut.priority", None)
    assert window.document.project.answers == ()
    assert window.document.undo_stack.count() == 3
    window.document.undo_stack.undo()
    assert window.document.project.answers[0].answer == "no"


def test_facts_of_the_site_are_stated_in_place(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    page = answers_page(window)
    assert verdict(window, "hazard.clear.blast_plan") is Verdict.NOT_JUDGED
    choose(page, "blasting", False)
    settled(qtbot, window)
    assert window.document.project.facts == {"blasting": False}
    assert "hazard.clear.blast_plan" not in {check.id for check in window.document.design.checks}
    assert window.document.problem is None


def test_a_clause_that_asks_a_number_takes_a_number_or_words(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    page = answers_page(window)
    row = next(i for i, q in enumerate(page.questions) if q.name == "hazard.clear.segment_len")
    combo = page.table.cellWidget(row, 2)
    combo.setEditText("abc")
    combo.lineEdit().editingFinished.emit()
    assert page.error.isVisibleTo(page)
    assert window.document.project.facts == {}
    combo.setEditText("１５，5")
    combo.lineEdit().editingFinished.emit()
    assert window.document.project.facts == {"hazard.clear.segment_len": 15.5}
    question = next(
        q for q in questions(window.document.project, window.document.design.checks)
        if q.name == "hazard.clear.segment_len"
    )  # fmt: skip
    words = replied(window.document.project, question, "not_applicable")
    assert words.facts == {}
    assert words.answers[0].answer == "not_applicable"


def test_every_open_check_leads_somewhere(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(walls=True)
    model = window.checks.proxy
    asked = 0
    for row in range(model.rowCount()):
        check = model.index(row, 0).data(CHECK)
        if check.verdict is not Verdict.NOT_JUDGED:
            continue
        asked += 1
        target = target_of(check, window.document.project)
        window.checks._wanted(model.index(row, 0))
        if target.startswith("answers."):
            page: Any = window.pages.currentWidget()
            question = page.questions[page.table.currentRow()]
            assert question.name == target.removeprefix("answers.")
            assert QApplication.focusWidget() is None or window.page_names[window.pages.currentIndex()] == "answers"
        else:
            value_at(window.document.project, target)
    assert asked > 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_checks_says_no_ids(qtbot: QtBot, make_window: Make, language: str) -> None:
    window = make_window(language=language)
    window.checks.only.setCurrentIndex(window.checks.only.findData("all"))
    model = window.checks.proxy
    shown = [str(model.index(r, c).data() or "") for r in range(model.rowCount()) for c in range(3)]
    assert [words for words in shown if RULE_ID.search(words)] == []


def test_checks_are_filtered_by_part_and_sorted(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    panel = window.checks
    panel.only.setCurrentIndex(panel.only.findData("all"))
    everything = panel.proxy.rowCount()
    panel.part.setCurrentIndex(panel.part.findData("slopes[0]"))
    panel.part.activated.emit(panel.part.currentIndex())
    some = panel.proxy.rowCount()
    assert 0 < some < everything
    panel.table.sortByColumn(3, panel.table.horizontalHeader().sortIndicatorOrder().DescendingOrder)
    ratios = [panel.proxy.index(r, 0).data(CHECK).ratio for r in range(some)]
    known = [r for r in ratios if r is not None]
    assert known == sorted(known, reverse=True)


def test_the_value_that_would_pass_is_taken_by_a_click(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(berm_width=1.0)
    check = next(c for c in window.document.design.checks if c.id.startswith("cut.bench_width") and c.missing == ())
    assert check.verdict is Verdict.FAIL
    window.checks._select(check)
    link = re.search(r'href="(apply:[^"]+)"', window.checks.detail.toHtml())
    assert link is not None
    window.checks.follow(link[1])
    settled(qtbot, window)
    again = [c for c in window.document.design.checks if (c.id, c.subject) == (check.id, check.subject)]
    assert again[0].verdict is Verdict.PASS
    assert window.document.undo_stack.count() == 1


def test_what_would_pass_is_rounded_to_the_passing_side() -> None:
    assert rounded_away(2.0000001, 1.0) == 2.01
    assert rounded_away(2.0, 1.0) == 2.0
    assert rounded_away(14.999, 20.0) == 14.99


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_a_clause_may_ask_has_its_words(language: str) -> None:
    from slopedesign.calc.compliance.project import DESIGN_MODULES, WATER_MODULES

    rules = guide_rules()
    asked = {name for rule in rules.rules if rule.module in (*DESIGN_MODULES, *WATER_MODULES)
             for name in rule.applies_when.names} - {"place"}  # fmt: skip
    assert [name for name in sorted(asked) if not has(f"rules.input.{name}", language)] == []
    bare = [f"{name}.{value}" for name in sorted(asked) for value in rules.variables[name].get("values", ())
            if not has(f"gui.fact.{name}.{value}", language) and not has(f"choice.{value}", language)]  # fmt: skip
    assert bare == []
