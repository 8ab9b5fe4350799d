"""Every label, heading and phrase, in Chinese first and English second.

A phrase is found by a dotted key. Each language is a folder of TOML files; their tables are merged, so that
a room of the program keeps its words in its own file: ``i18n/zh_CN/survey.toml`` holds ``[survey]``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
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


_HEAD = re.compile(r"\[([\w.]+)\]")
_PAIR = re.compile(r'([\w.-]+) = "([^"\\]*)"')


def read_phrases(content: str) -> dict[str, str]:
    """The phrases of one file by dotted key.

    Nearly every line is `key = "phrase"` under a plain heading; a file of such lines is read here in a tenth of the
    time that the whole grammar takes, which the first window would wait for. Anything else is left to `tomllib`.
    """
    phrases: dict[str, str] = {}
    above = ""
    for line in content.splitlines():
        if pair := _PAIR.fullmatch(line):
            key = above + pair[1]
            if key in phrases:
                break  # tomllib says what is wrong
            phrases[key] = pair[2]
        elif head := _HEAD.fullmatch(line):
            above = f"{head[1]}."
        elif line.strip() and not line.startswith("#"):
            break
    else:
        return phrases
    return _flatten(tomllib.loads(content))


@cache
def catalogue(language: str) -> dict[str, str]:
    """All phrases of one language, by dotted key.

    Raises:
        KeyError: the language is none of `LANGUAGES`, or two files define one key.
    """
    if language not in LANGUAGES:
        raise KeyError(f"language {language!r}: must be one of {LANGUAGES}")
    phrases: dict[str, str] = {}
    for file in sorted(files(__package__).joinpath(language).iterdir(), key=lambda f: f.name):
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
