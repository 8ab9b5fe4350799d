"""The calculation book of the packaged quarry, read as its reviewer reads it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from docx import Document

from slopedesign.design import Design, run
from slopedesign.i18n import message, text
from slopedesign.reports.calculation import chapters, worked_steps
from slopedesign.reports.calculation_docx import write_calculation
from slopedesign.reports.omml import raised, step_maths
from slopedesign.reports.places import places
from slopedesign.reports.verdicts import compared
from slopedesign.reports.workbook import wall_tables
from slopedesign.reports.works_tables import water_tables
from slopedesign.standards.check import Check, Relation, Strength
from slopedesign.standards.formula import Formula, Var, shown
from slopedesign.standards.gb50330_2013_walls import COULOMB
from slopedesign.standards.trace import Provenance, Source, measured
from slopedesign.workspace import open_workspace

QUARRY = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def design() -> Design:
    workspace = open_workspace(QUARRY)
    return run(workspace.project, workspace.sources)


@pytest.fixture(scope="module")
def book(design: Design, tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("book") / "calculation.docx"
    write_calculation(design, path, "zh_CN")
    return Document(str(path))


def said(book: Document) -> str:
    """Everything written: text and formulas, one paragraph or cell a line."""
    lines = []
    for paragraph in book.element.body.iter(f"{WORD}p"):
        lines.append("".join(t.text or "" for t in paragraph.iter(f"{WORD}t", f"{MATH}t")))
    return "\n".join(lines)


def test_angles_and_powers_are_printed_as_in_a_book(book: Document) -> None:
    words = said(book)
    assert "44.1°" in words
    assert not re.search(r"\d ?deg\b", words)
    assert not re.search(r"\d m[23]\b", "\n".join(p.text for p in book.paragraphs if "=" in p.text))
    assert "e+0" not in words


def test_every_check_stands_once(book: Document, design: Design) -> None:
    place = places(design, "zh_CN")
    rows = Counter(
        (row.cells[0].text, row.cells[1].text, row.cells[2].text)
        for table in book.tables if len(table.columns) == 5 for row in table.rows[1:]
    )  # fmt: skip
    assert rows
    assert [row for row, times in rows.items() if times > 1] == []
    (pond,) = [check for check in design.checks if check.id == "store.volume"]
    found = [where for title, where, _ in rows if title == pond.title.render("zh_CN")]
    assert found == [place(pond.subject)]


def test_the_symbols_of_every_formula_are_explained_in_its_chapter(design: Design, book: Document) -> None:
    """Each chapter says for each of its formulas what at least its labelled symbols are."""
    words = said(book)
    formulas = {
        id(step.formula): step
        for chapter in chapters(design) for entry in chapter.entries for step in worked_steps(entry.steps)
        if any(v.label or step.formula.variables[n].label for n, v in step.values.items())
    }  # fmt: skip
    assert words.count("式中：") >= len(formulas)


def test_the_slices_of_a_surface_can_be_worked_from_their_rows(design: Design) -> None:
    """Weight from unit weight, height and width of its row; the sums of the rows are the sums stated."""
    (chapter,) = [c for c in chapters(design) if c.title.key == "calculation.stability"]
    entry = next(entry for entry in chapter.entries if entry.table)
    head, rows = entry.table[0], entry.table[1:]
    at = {name.split(" ")[0]: i for i, name in enumerate(head)}
    for row in rows:
        gamma, h, b, weight = (float(row[at[name]]) for name in ("γ", "h", "b", "G" if "G" in at else "W"))
        assert weight == pytest.approx(gamma * h * b, abs=0.006 * (gamma * h + gamma * b) + 0.01)
    resisting = sum(float(row[at["R"]]) for row in rows)
    assert resisting == pytest.approx(entry.sums[0].value, abs=0.005 * len(rows))


def test_a_surface_that_governs_twice_is_listed_once(design: Design) -> None:
    (chapter,) = [c for c in chapters(design) if c.title.key == "calculation.stability"]
    tables = [entry.table for entry in chapter.entries if entry.table]
    assert len(tables) == len(set(tables))


def written(math: str) -> str:
    return "".join(re.findall(r"<m:t[^>]*>([^<]*)</m:t>", math))


def test_long_formulas_take_as_many_lines_as_they_need() -> None:
    long = Formula(
        Source("x", "1"), "y", " + ".join(f"a{i}*b{i}" for i in range(12)),
        y=Var("y", "m3/s"), **{f"{n}{i}": Var(f"{n}_{i}", "-") for n in "ab" for i in range(12)},
    )  # fmt: skip
    numbers = {f"{n}{i}": 1.5 for n in "ab" for i in range(12)}
    lines = [written(line) for line in step_maths(long.at(**numbers))]
    assert max(map(len, lines)) <= 80
    shown_at = next(i for i, line in enumerate(lines) if i and line.startswith("y="))
    assert "".join(lines[:shown_at]).count("+") == 11
    assert "".join(lines[shown_at:]).count("1.5") == 24
    assert lines[-1].endswith("= 27.00 m³/s") or lines[-1].endswith("=27.00 m³/s")
    assert raised("m3/s") == "m³/s"
    assert raised("kN/m2") == "kN/m²"
    assert raised("kN m/m") == "kN m/m"


def test_a_broken_root_and_bracket_keep_every_part() -> None:
    """GB 50330-2013 6.2.3-2 in numbers: brackets open as often as they close, every term stands on some line."""
    step = COULOMB.at(alpha=71.57, beta=0.0, phi=25.0, delta=8.33, K_q=1.4444, eta=0.0)
    lines = [written(line) for line in step_maths(step)]
    assert max(map(len, lines)) <= 95
    assert sum(line.count("[") for line in lines) == sum(line.count("]") for line in lines)
    half = next(i for i, line in enumerate(lines) if i and line.startswith("Ka="))
    assert "".join(lines[half:]).count("1.4444") == 3
    assert "".join(lines[half:]).count("25.0") == 9


@pytest.mark.parametrize(("value", "digits", "printed"), [(8.0, 0, "8"), (17.0, 0, "17"), (0.0312, 2, "0.0312")])
def test_counts_stay_whole(value: float, digits: int, printed: str) -> None:
    assert shown(value, digits) == printed


def a_check(found: float, required: float, unit: str, relation: Relation = Relation.AT_LEAST) -> Check:
    return Check(
        id="x", subject="x", title=message("calculation.title"), source=Source("x", "1", Provenance.READ),
        strength=Strength.MUST, relation=relation, found=measured(found, unit, "trace.bare"),
        required=measured(required, unit, "trace.bare"),
    )  # fmt: skip


def test_what_is_missed_does_not_read_as_if_it_held() -> None:
    assert compared(a_check(0.5, 0.6, "m"), "zh_CN") == "0.50 m，要求 ≥ 0.60 m"
    assert compared(a_check(0.7, 0.6, "m"), "zh_CN") == "0.70 m ≥ 0.60 m"
    assert compared(a_check(5.0, 5.0, "-", Relation.AT_MOST), "zh_CN") == "5 ≤ 5"
    assert compared(a_check(1.35, 1.3, "-"), "en") == "1.35 ≥ 1.30"
    assert compared(a_check(50.0, 50.0, "deg", Relation.AT_MOST), "zh_CN") == "50.00° ≤ 50.00°"


def test_parts_of_a_stability_section_keep_their_own_numbers(design: Design) -> None:
    place = places(design, "zh_CN")
    assert place("stability.sections[0].bench[1]").endswith("第 1 级台阶")
    assert place("stability.sections[0].whole").endswith("整体")


def test_units_of_the_workbook_are_those_of_its_heads(design: Design) -> None:
    """A catchment of 0.6 hm2 stands as 6000 under "area (m2)"; every amount of a wall names its unit."""
    tables = {table.name: table for table in water_tables(design.water, "zh_CN")}
    (catchments,) = [t for t in tables.values() if any(c.title == text("works.catchment", "zh_CN") for c in t.columns)]
    at = [column.title for column in catchments.columns].index("面积 (m²)")
    judged = 0
    for row, catchment in zip(catchments.rows, design.water.catchments, strict=True):
        if catchment.record.areas:
            assert row[at] == pytest.approx(sum(part.area for part in catchment.record.areas), rel=1e-9)
            judged += 1
    assert judged
    walls = wall_tables(design, "zh_CN")[0]
    assert all(column.title.endswith(")") for column in walls.columns[2:])
