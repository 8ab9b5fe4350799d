"""Every phrase the readers use exists in both languages with the same places."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import slopedesign.survey as package
from slopedesign.i18n import LANGUAGES, catalogue

SOURCES = "\n".join(p.read_text(encoding="utf-8") for p in sorted(Path(package.__file__).parent.glob("*.py")))
KINDS = set(re.findall(r"(?:add\(\s*|leave_out\(\s*[^\"]*?)\"([a-z_]+)\"", SOURCES))
KINDS |= set(re.findall(r"\"([a-z_]+_kept)\" if", SOURCES)) | set(
    re.findall(r"(?:kind|kind, severity) = \(?\"([a-z_]+)\"", SOURCES)
)


def _places(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_of_the_source_are_in_the_catalogue(language: str) -> None:
    phrases = catalogue(language)
    keys = set(re.findall(r"\"(survey\.[a-z_.0-9]+)\"", SOURCES)) - {"survey.dat"}
    assert len(keys) > 50
    assert not keys - phrases.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_phrase_and_its_short_name(language: str) -> None:
    phrases = catalogue(language)
    found = {key.removeprefix("survey.finding.") for key in phrases if key.startswith("survey.finding.")}
    named = {key.removeprefix("survey.kind.") for key in phrases if key.startswith("survey.kind.")}
    assert found == named
    assert len(KINDS) > 60
    assert not KINDS - found


def test_both_languages_mention_the_same_values() -> None:
    chinese, english = (catalogue(language) for language in LANGUAGES)
    ours = [key for key in chinese if key.startswith("survey.")]
    assert not [key for key in ours if _places(chinese[key]) != _places(english[key])]


def test_findings_that_take_a_row_out_say_so() -> None:
    """The word for left out stands in the phrase of every finding that has no other outcome."""
    for kind in ("number", "missing", "columns", "zero_point", "not_finite", "far_point", "spike", "zero_level"):
        assert "未采用" in catalogue("zh_CN")[f"survey.finding.{kind}"]
        assert "left out" in catalogue("en")[f"survey.finding.{kind}"]
