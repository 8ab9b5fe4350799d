"""Sources in the reader's language: no English heading in a Chinese book, no Chinese clause in an English list."""

from __future__ import annotations

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import slopedesign.standards
from slopedesign.reports.citing import cited, clause_number, thing_words, worded
from slopedesign.reports.verdicts import rule_lines
from slopedesign.standards.formula import Formula
from slopedesign.standards.trace import OWN, Source

DATA = Path(slopedesign.standards.__file__).parent / "data"
AUTHORS = re.compile(
    r"Ackers|Weirs and Flumes|Bishop|Chow|Chu|Fellenius|Goodman|Bray|Hoek|Janbu|Kindsvater and Carter|Morgenstern|Price"
    r"|Rand\b|Rankine|Seed and Whitman|Shen|fluids|slopedesign|Coulomb|Wilson|et al"
)
"""Names that stay as they are in every language."""


def sources() -> list[Source]:
    """The sources of all formula rows."""
    found: dict[str, Source] = {}
    for module in pkgutil.walk_packages(slopedesign.standards.__path__, "slopedesign.standards."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, Formula):
                found[str(thing.source)] = thing.source
    return list(found.values())


def test_no_row_cites_its_clause_in_english_to_chinese_readers() -> None:
    rows = sources()
    assert len(rows) > 100
    left = [said for row in rows if re.search("[a-z]{4,}", AUTHORS.sub("", said := cited(row, "zh_CN")))]
    assert left == []


def test_english_readers_get_the_rows_as_they_are_worded() -> None:
    for row in sources():
        if row.standard != OWN.standard and re.fullmatch("[ -~]+", str(row)):
            assert cited(row, "en") == str(row)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("7.2.2.2(4)⑤b 地质安全隐患消除 · 削坡卸荷", "7.2.2.2(4)⑤b"),
        ("附录A 二(二)", "Annex A 2(2)"),
        ("附录A 十", "Annex A 10"),
        ("附录A 附件二 设计书编写提纲", "Annex A attachment 2"),
        ("附录B第二十九条", "Annex B art. 29"),
        ("附录B第二条、第三条", "Annex B art. 2, art. 3"),
        ("表8-1", "Table 8-1"),
        ("9.2.2(1)成活期①-⑤", "9.2.2(1) establishment ①-⑤"),
    ],
)
def test_clauses_of_the_guide_in_english(clause: str, said: str) -> None:
    assert clause_number(clause, "en") == said
    assert clause_number(clause, "zh_CN") == clause


def test_the_list_of_rules_is_english_for_english_readers() -> None:
    assert [line for line in rule_lines(None, "en") if re.search("[\u4e00-\u9fff]", line)] == []


def test_headings_inside_other_words_stay() -> None:
    assert worded("GB 1 rational weighting", "zh_CN") == "GB 1 rational weighting"


def test_things_measured_in_words() -> None:
    assert thing_words("walls.part.wall", "zh_CN") != "walls.part.wall"
    assert thing_words("slopes[0].section 3", "zh_CN") == "slopes[0].剖面 3"


def _clauses(rows: Any) -> Iterator[str]:
    """Every clause that a table of the standards names."""
    if isinstance(rows, dict):
        if isinstance(rows.get("clause"), str):
            yield rows["clause"]
        for inner in rows.values():
            yield from _clauses(inner)
    elif isinstance(rows, list):
        for inner in rows:
            yield from _clauses(inner)


@pytest.mark.parametrize("file", sorted(DATA.rglob("*.toml")), ids=lambda file: file.stem)
def test_headings_of_tables_have_their_words(file: Path) -> None:
    """What a reader of Chinese is cited holds no English words."""
    english = re.compile("[A-Za-z]{4,}")
    said = {clause: worded(clause, "zh_CN") for clause in _clauses(tomllib.loads(file.read_text(encoding="utf-8")))}
    assert {clause: words for clause, words in said.items() if english.search(AUTHORS.sub("", words))} == {}
