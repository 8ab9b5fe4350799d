"""The project file: strict reading, atomic writing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slopedesign.errors import InputError, ProjectFileError
from slopedesign.project.base import degrees_of, ratio_of
from slopedesign.project.file import load_project, parse_project, project_schema, save_project
from slopedesign.project.project import Project


def minimal(**slope: object) -> dict[str, object]:
    base = {"name": "A", "ground": "g", "base_line": {"vertices": [[0, 0], [10, 0]]}}
    return {
        "info": {"name": "quarry"},
        "surveys": [{"name": "g", "path": "g.dat"}],
        "slopes": [base | slope],
    }


@pytest.mark.parametrize(
    ("data", "field", "says"),
    [
        (minimal(benches={"widht": 3}), "slopes[0].benches.widht", "unknown key"),
        (minimal(benches={"berm_width": -1}), "slopes[0].benches.berm_width", "> 0"),
        (minimal(benches={"riser_height": "3"}), "slopes[0].benches.riser_height", "number m"),
        (minimal(benches={"riser_height": True}), "slopes[0].benches.riser_height", "number m"),
        (minimal(benches={"face_angle": "1:x"}), "slopes[0].benches.face_angle", "1:m"),
        (minimal(benches={"face_angle": 95}), "slopes[0].benches.face_angle", "90"),
        (minimal(benches={"mode": "sideways"}), "slopes[0].benches.mode", "one of"),
        (minimal(ground="h"), "slopes[0].ground", "survey"),
        (minimal(layers=[{"material": "clay"}]), "slopes[0].layers[0].material", "material"),
        ({}, "info", "required"),
    ],
)
def test_a_fault_is_named_by_its_path(data: dict[str, object], field: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_project(json.dumps(data))
    assert caught.value.field == field
    assert says in str(caught.value)
    assert caught.value.describe("zh_CN") != str(caught.value)


def test_every_fault_is_kept() -> None:
    with pytest.raises(InputError) as caught:
        parse_project(json.dumps(minimal(benches={"berm_width": -1, "riser_height": -2})))
    assert {caught.value.field, *(other.field for other in caught.value.others)} == {
        "slopes[0].benches.berm_width",
        "slopes[0].benches.riser_height",
    }


@pytest.mark.parametrize(
    "text",
    ["", "[1", "[]", '{"info": {"name": NaN}}', '{"info": {"name": "a"}, "info": {}}', '{"schema_version": 99}',
     '{"schema_version": true}', "[" * 100_000],
)  # fmt: skip
def test_hostile_text_is_refused_in_one_line(text: str) -> None:
    with pytest.raises((ProjectFileError, InputError)) as caught:
        parse_project(text)
    assert "\n" not in caught.value.describe("zh_CN")


def test_unreadable_files_say_why(tmp_path: Path) -> None:
    (tmp_path / "gbk.json").write_bytes('{"info": {"name": "采石场"}}'.encode("gbk"))
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "gbk.json"):
        with pytest.raises(ProjectFileError):
            load_project(path)


def test_save_then_load_is_identity(tmp_path: Path) -> None:
    project = parse_project(json.dumps(minimal(benches={"face_angle": "1:0.5", "riser_height": 8})))
    path = tmp_path / "项目.json"
    save_project(project, path)
    assert load_project(path) == project
    assert load_project(path).slopes[0].benches.face_angle == "1:0.5"
    assert [file.name for file in tmp_path.iterdir()] == ["项目.json"]


def test_a_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    project = Project(info={"name": "a"})  # type: ignore[arg-type]
    with pytest.raises(ProjectFileError):
        save_project(project, tmp_path / "nowhere" / "p.json")


@given(st.floats(1, 89.9))
def test_angle_and_ratio_agree(degrees: float) -> None:
    assert degrees_of(f"1:{ratio_of(degrees):.12f}") == pytest.approx(degrees, abs=1e-6)


def test_the_schema_names_units() -> None:
    schema = project_schema()
    assert schema["$defs"]["BenchDesign"]["properties"]["berm_width"]["unit"] == "m"
