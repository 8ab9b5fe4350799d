"""Words live in the catalogues, in both languages; sources hold none of their own and name no place outside."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import slopedesign
from slopedesign.i18n import LANGUAGES, catalogue, read_phrases

ROOT = Path(__file__).resolve().parents[1]
SRC = Path(slopedesign.__file__).parent
SOURCES = sorted(SRC.rglob("*.py"))
CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]")
NAMES_ITSELF = {"gui.action.language"}  # a switch of language is written in the language it leads to
SAYS_NOTHING = {"bill.none"}  # an empty cell
BOTH_IN_ONE = {"rules.said"}  # carries its two texts as values


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: str(f.relative_to(SRC)))
def test_no_chinese_in_sources(file: Path) -> None:
    """Texts in a source are English, docstrings too; Chinese stands in i18n and in the standards' data."""
    for i, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        stray = CHINESE.findall(line)
        assert not stray, f"{file.name}:{i}: {''.join(stray)}"


@pytest.mark.parametrize("file", sorted((SRC / "i18n").glob("*/*.toml")), ids=lambda f: f"{f.parent.name}-{f.stem}")
def test_phrases_are_read_as_the_grammar_says(file: Path) -> None:
    content = file.read_text(encoding="utf-8")
    assert read_phrases(content) == dict(_flat(tomllib.loads(content)))


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ('[a]\nb = "c" # said\n', {"a.b": "c"}),
        ('[a]\nb = """\nc = "d"\n"""\n', {"a.b": 'c = "d"\n'}),
        ("[a.b]\n'c' = \"\\u6c34\\ttwo\"\n\"d.e\" = 'x\\y'", {"a.b.c": "\u6c34\ttwo", "a.b.d.e": "x\\y"}),
        ('b = "c\\"d\\\\"\r\n', {"b": 'c"d\\'}),
        ("", {}),
    ],
)
def test_what_is_not_a_plain_line_is_read_too(content: str, read: dict[str, str]) -> None:
    assert read_phrases(content) == read


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        read_phrases('[a]\nb = "c"\nb = "d"\n')


def _flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(value)


def test_languages_have_the_same_keys() -> None:
    first, *others = (catalogue(language) for language in LANGUAGES)
    for other in others:
        assert first.keys() - other.keys() == set()
        assert other.keys() - first.keys() == set()


def _places(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None}


def test_languages_have_the_same_places() -> None:
    first, *others = (catalogue(language) for language in LANGUAGES)
    for other in others:
        differ = {k: (v, other[k]) for k, v in first.items() if k in other and _places(v) != _places(other[k])}
        assert differ.keys() <= BOTH_IN_ONE, differ


def test_no_phrase_is_empty_and_each_is_in_its_language() -> None:
    for key, phrase in catalogue("zh_CN").items():
        assert phrase.strip() or key in SAYS_NOTHING, key
    for key, phrase in catalogue("en").items():
        assert phrase.strip() or key in SAYS_NOTHING, key
        assert key in NAMES_ITSELF or not re.search("[\u4e00-\u9fff]", phrase), f"{key}: {phrase}"


# keys the sources name --------------------------------------------------------------------------------------------

KEY = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_]+)+")


def _named_keys(file: Path) -> Iterator[tuple[int, str]]:
    """First arguments of message() and text(), and label/title/method/situation keywords, as written out."""
    for node in ast.walk(_tree(file)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        candidates = []
        if called in ("message", "text", "Message", "tr") and node.args:
            candidates.append(node.args[0])
        if called in ("measured",) and len(node.args) > 2:
            candidates.append(node.args[2])
        candidates += [k.value for k in node.keywords if k.arg in ("label", "title", "situation", "method")]
        for value in candidates:
            for part in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and KEY.fullmatch(part.value):
                    yield part.lineno, part.value


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: str(f.relative_to(SRC)))
def test_keys_named_in_sources_exist(file: Path) -> None:
    missing = [(line, key) for line, key in _named_keys(file) if key not in catalogue("en")]
    assert not missing, missing


def _composed_prefixes(file: Path) -> Iterator[tuple[int, str]]:
    """Leading text of keys put together at run time: message(f"rules.state.{state}")."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.JoinedStr):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            head = node.args[0].values[0] if node.args[0].values else None
            if called in ("message", "text") and isinstance(head, ast.Constant) and "." in str(head.value):
                yield node.lineno, str(head.value)


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: str(f.relative_to(SRC)))
def test_keys_put_together_have_a_family(file: Path) -> None:
    keys = catalogue("en")
    missing = [(line, head) for line, head in _composed_prefixes(file) if not any(k.startswith(head) for k in keys)]
    assert not missing, missing


def test_catalogues_are_toml_files_of_their_own() -> None:
    for language in LANGUAGES:
        for file in (SRC / "i18n" / language).glob("*.toml"):
            tomllib.loads(file.read_text(encoding="utf-8"))


# nothing in the tree points outside it ----------------------------------------------------------------------------

TEXTS = (".py", ".toml", ".md", ".json", ".txt", ".cfg", ".yml", ".yaml", ".ini", ".bat", ".ps1", ".sh")
OUTSIDE = re.compile(
    r"\.\./shared|/work/(?:main|shared|venv|notes)|files\.pythonhosted\.org|pypi\.org/simple|index-url"
    r"|(?:mirrors?|registry|nexus|artifactory)\.[a-z0-9.-]+\.[a-z]{2,}",
    re.IGNORECASE,
)


def _texts() -> Iterator[Path]:
    for file in ROOT.rglob("*"):
        parts = file.relative_to(ROOT).parts
        if any(part.startswith(".") or part in ("build", "out", "__pycache__") for part in parts[:-1]):
            continue
        if file.is_file() and (file.suffix in TEXTS or file.name == "Makefile") and file.stat().st_size < 3_000_000:
            yield file


def test_no_file_names_a_place_outside_the_tree() -> None:
    found = []
    for file in _texts():
        if file == Path(__file__).resolve():
            continue
        for i, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if match := OUTSIDE.search(line):
                found.append(f"{file.relative_to(ROOT)}:{i}: {match[0]}")
    assert not found, found
