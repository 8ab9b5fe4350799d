"""Every refusal of a record can be said in both languages: its phrase mentions only values it is raised with."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import slopedesign.project
from slopedesign.i18n import LANGUAGES, catalogue

FOLDER = Path(slopedesign.project.__file__).parent


def raised() -> list[tuple[str, str, set[str]]]:
    """Place, kind and names of the values of every refusal whose values are stated on the spot."""
    found = []
    for file in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "PydanticCustomError":
                continue
            kind, values = node.args[0], node.args[2] if len(node.args) > 2 else ast.Dict(keys=[], values=[])
            if isinstance(kind, ast.Constant) and isinstance(values, ast.Dict):
                names = {str(key.value) for key in values.keys if isinstance(key, ast.Constant)}
                found.append((f"{file.name}:{node.lineno}", str(kind.value), names))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_gets_its_values(language: str) -> None:
    phrases = catalogue(language)
    missing = []
    for place, kind, names in raised():
        phrase = phrases.get(f"project.error.{kind}")
        if phrase is not None:
            wanted = {name for _, name, _, _ in string.Formatter().parse(phrase) if name}
            missing += [(place, kind, sorted(wanted - names))] if wanted - names else []
    assert missing == []
