"""Every label, heading and phrase, in Chinese first and English second.

A phrase is found by a dotted key. Each language is a folder of TOML files; their tables are merged, so that
a room of the program keeps its words in its own file: ``i18n/zh_CN/survey.toml`` holds ``[survey]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("zh_CN", "en")
DEFAULT_LANGUAGE = "zh_CN"


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            flat |= _flatten(value, f"{name}.")
        else:
            flat[name] = str(value)
    return flat


_LINE = re.compile(
    r"""^(?:(?:"([^"\\\n]+)"|([\w.-]+)) = (?:"((?:[^"\\\n]|\\[btnfr"\\])*)"|'([^'\n]*)')|\[([\w.]+)\]|#.*|[ \t]*)$""",
    re.MULTILINE,
)
"""A line of a file of phrases: key, bare or quoted, and phrase; a heading; a remark; nothing."""


def read_phrases(content: str) -> dict[str, str]:
    """The phrases of one file by dotted key.

    Nearly every line is `key = "phrase"` under a heading; a file of such lines is read here in a twentieth of the time
    that the whole grammar takes, which the first window would wait for. Any other file is left to `tomllib`.
    """
    phrases: dict[str, str] = {}
    above = ""
    pairs = 0
    found = _LINE.findall(content)
    if len(found) == content.count("\n") + 1:
        for quoted, bare, phrase, literal, head in found:
            if head:
                above = f"{head}."
            elif key := quoted or bare:
                phrases[above + key] = _plain(phrase) if "\\" in phrase else phrase or literal
                pairs += 1
        if len(phrases) == pairs:
            return phrases
    import tomllib  # here: the first window does without

    return _flatten(tomllib.loads(content))


def _plain(phrase: str) -> str:
    """A phrase with its escapes resolved; those used are the same in TOML and in JSON."""
    return str(json.loads(f'"{phrase}"'))


@cache
def catalogue(language: str) -> dict[str, str]:
    """All phrases of one language, by dotted key.

    Raises:
        KeyError: the language is none of `LANGUAGES`, or two files define one key.
    """
    if language not in LANGUAGES:
        raise KeyError(f"language {language!r}: must be one of {LANGUAGES}")
    phrases: dict[str, str] = {}
    for file in sorted(Path(__file__).with_name(language).iterdir()):
        if not file.name.endswith(".toml"):
            continue
        new = read_phrases(file.read_text(encoding="utf-8"))
        if twice := phrases.keys() & new.keys():
            raise KeyError(f"{language}/{file.name} defines {sorted(twice)[:3]} again")
        phrases |= new
    return phrases


def has(key: str, language: str = DEFAULT_LANGUAGE) -> bool:
    """Whether the language has a phrase under this key."""
    return key in catalogue(language)


def text(key: str, language: str = DEFAULT_LANGUAGE, /, **values: object) -> str:
    """The phrase under `key`, with `{name}` places filled from `values`; the key itself where no phrase exists."""
    phrase = catalogue(language).get(key)
    if phrase is None:
        return key if not values else f"{key} " + ", ".join(f"{n}={v}" for n, v in values.items())
    return phrase.format_map({name: _shown(value, language) for name, value in values.items()})


def _shown(value: object, language: str) -> object:
    return value.render(language) if isinstance(value, Message) else value


@dataclass(frozen=True)
class Message:
    """A phrase to be said in whatever language the reader has: its key and the values it mentions."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The phrase in one language."""
        return text(self.key, language, **self.values)


def message(key: str, /, **values: object) -> Message:
    """Short form of `Message(key, values)`."""
    return Message(key, values)
