"""What records say of fields that do not hold together: both languages, the field, the value."""

from __future__ import annotations

import ast
import importlib
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import slopedesign.project
from slopedesign.errors import InputError
from slopedesign.i18n import has, text
from slopedesign.project.edit import with_value
from slopedesign.project.file import load_project

FOLDER = Path(slopedesign.project.__file__).parent
EXAMPLE = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"


def raised() -> Iterator[tuple[str, str, ast.Call]]:
    """Module, record and call of everything the records refuse by themselves."""
    for file in sorted(FOLDER.glob("*.py")):
        for thing in ast.parse(file.read_text(encoding="utf-8")).body:
            for call in ast.walk(thing):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                    name = thing.name if isinstance(thing, ast.ClassDef) else ""
                    if call.func.id in ("fault", "PydanticCustomError") and isinstance(call.args[0], ast.Constant):
                        yield file.stem, name, call


def test_every_refusal_is_said_in_both_languages_and_of_fields_there_are() -> None:
    seen = 0
    for module, record, call in raised():
        assert isinstance(call.args[0], ast.Constant)
        key = f"project.error.{call.args[0].value}"
        assert has(key, "zh_CN") and has(key, "en"), key
        if not isinstance(call.func, ast.Name) or call.func.id != "fault":
            continue
        fields = getattr(importlib.import_module(f"slopedesign.project.{module}"), record).model_fields
        about = {word.arg: word.value for word in call.keywords}
        for name in set(about) - {"choice", "count"}:
            value = about[name]
            assert isinstance(value, ast.Constant) and value.value in fields, (record, name)
        for language in ("zh_CN", "en"):
            words = {
                name for _, name, _, _ in string.Formatter().parse(text(key, language, **dict.fromkeys(about, "")))
            }
            assert words <= {None}, (key, language)
        seen += 1
    assert seen > 45


@pytest.mark.parametrize(
    ("path", "value", "field", "said"),
    [
        ("water.network.reaches[2].ditch_type", "无此型", "water.network.reaches[2].ditch_type", "没有这个名称的对象"),
        ("water.network.reaches[2].length", 5.0, "water.network.reaches[2].length", "沿设计线（follows）"),
        ("walls.bench_backfill.saturated_unit_weight", 5.0, "walls.bench_backfill.saturated_unit_weight", "不得小于"),
        ("stability.sections[0].water.depth", 3.0, "stability.sections[0].water.dry", "无地下水"),
        ("slopes[0].layers[0].bottom_depth", 3.0, "slopes[0].layers[0].bottom_depth", "只能给一个"),
    ],
)
def test_a_refusal_names_the_field_in_the_readers_language(path: str, value: object, field: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        with_value(load_project(EXAMPLE), path, value)
    assert refused.value.field == field
    assert not isinstance(refused.value.rule, str)
    assert said in refused.value.rule.render("zh_CN")
    assert refused.value.value == (value if field == path else True)
