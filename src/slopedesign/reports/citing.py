"""Where a number comes from, in the reader's language.

Standards are cited by code and clause. Where a source has no clause number its heading stands instead, in English in
the rows; the phrases below `sources` say such headings in every language.
"""

from __future__ import annotations

import re
from functools import cache

from slopedesign.i18n import DEFAULT_LANGUAGE, catalogue, has, text
from slopedesign.standards.trace import OWN, Provenance, Source

SOURCE_LANGUAGE = "en"
"""Language in which the rows word their sources."""

_ANNEX = "\u9644\u5f55"
_TABLE, _COMMA = "\u8868", "\u3001"
_TENS = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341"
"""Chinese numerals one to ten, by which the guide numbers its annexes' chapters."""

_ARTICLE = f"\u7b2c([{_TENS}]+)\u6761"


def cited(source: Source, language: str) -> str:
    """A clause in few characters; the guide by its short name."""
    if source.provenance is Provenance.GUIDE:
        return f"{text('verdict.guide', language)} {clause_number(source.clause, language)}"
    if source.standard == OWN.standard:
        return " ".join(filter(None, (text("verdict.own", language), worded(source.clause, language))))
    return worded(str(source), language)


def clause_number(clause: str, language: str) -> str:
    """A clause of the guide without the Chinese heading that follows its number, for readers of another language."""
    if language == DEFAULT_LANGUAGE:
        return clause
    number = re.sub("\\s+[\u4e00-\u9fff].*", "", clause) if not clause.startswith(_ANNEX) else clause
    for key, words in catalogue(DEFAULT_LANGUAGE).items():
        if key.startswith("sources.part."):
            number = number.replace(words, f" {text(key, language)} ")
    number = re.sub(_ARTICLE, lambda found: f" {text('sources.article', language, number=_number(found[1]))}", number)
    number = re.sub(f"{_ANNEX}([A-Z])", r"Annex \1 ", number)
    number = re.sub(f"[{_TENS}]+", lambda numeral: str(_number(numeral[0])), number)
    number = number.replace(_TABLE, "Table ").replace(_COMMA, ",")
    number = re.sub("\\s+[\u4e00-\u9fff].*", "", " ".join(number.split()))
    return number.replace(" ,", ",")


def _number(numeral: str) -> int:
    """A Chinese numeral up to 99."""
    if _TENS[9] not in numeral:
        return _TENS.index(numeral) + 1
    tens, ones = numeral.split(_TENS[9])
    return 10 * (_TENS.index(tens) + 1 if tens else 1) + (_TENS.index(ones) + 1 if ones else 0)


def worded(source: str, language: str) -> str:
    """A source with the headings of its clauses in the reader's language; code and number stay as they are."""
    if language == SOURCE_LANGUAGE:
        return source
    for heading, key in _headings():
        if heading in source:
            whole = rf"(?<![A-Za-z]){re.escape(heading)}(?![A-Za-z])"
            source = re.sub(whole, text(key, language), source)
    for kind in ("equation", "table", "annex", "figures"):
        pattern = text(f"sources.pattern.{kind}", SOURCE_LANGUAGE).replace("NUMBER", r"([A-Z]?[\w.-]*\w)")
        source = re.sub(pattern, text(f"sources.{kind}", language, number=r"\1"), source)
    return source


@cache
def _headings() -> list[tuple[str, str]]:
    """Headings as the rows word them, the longest first, each with its phrase key."""
    found = [(words, key) for key, words in catalogue(SOURCE_LANGUAGE).items() if key.startswith("sources.heading.")]
    return sorted(found, key=lambda pair: -len(pair[0]))


def thing_words(thing: str, language: str) -> str:
    """What was measured: a phrase key, or a path with the parts that are no fields in words ("section 3")."""
    if has(thing, language):
        return text(thing, language)
    for kind in ("section", "bench"):
        thing = re.sub(rf"\b{kind} (\S+)", text(f"sources.{kind}", language, number=r"\1"), thing)
    return thing
