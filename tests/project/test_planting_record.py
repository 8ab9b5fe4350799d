"""What a planting may say, and what is refused by its field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from slopedesign.errors import InputError
from slopedesign.project.file import dump_project, parse_project, validate_project
from slopedesign.project.project import Project
from slopedesign.project.template import with_template

SPECIES = [
    {"name": "香樟", "form": "tree", "hole_length": 0.8, "hole_width": 0.8, "hole_depth": 0.7},
    {"name": "狗牙根", "form": "herb"},
    {"name": "爬山虎", "form": "climber"},
]
ROW = {"species": "香樟", "side": "outer", "offset": 0.8, "rows": 1, "spacing": 2.0}
BENCH = {"name": "b", "slopes": ["A"], "spare": 0.1, "rows": [ROW], "seeds": [{"species": "狗牙根", "rate": 30}]}
AREA = {"name": "a", "cover_area": "floor", "spare": 0, "plants": [{"species": "香樟", "spacing": 2, "row_spacing": 3}]}


def project(planting: dict[str, Any]) -> Project:
    data = {
        "info": {"name": "p"}, "surveys": [{"name": "g", "path": "g.dat"}],
        "slopes": [{"name": "A", "ground": "g", "base_line": {"vertices": [[0, 0], [10, 0]]}}],
        "cover_areas": [{"name": "floor", "place": "pit_floor", "thickness": 0.8, "area": 100}],
        "planting": {"species": SPECIES} | planting,
    }  # fmt: skip
    return validate_project(data)


def test_saved_and_read_it_is_the_same() -> None:
    made = project({"benches": [BENCH], "areas": [AREA]})
    assert parse_project(dump_project(made)) == made


def test_older_files_have_no_planting() -> None:
    assert validate_project({"info": {"name": "p"}}).planting is None


def bench(**changed: Any) -> dict[str, Any]:
    return {"benches": [BENCH | changed]}


def first_row(**changed: Any) -> dict[str, Any]:
    return bench(rows=[ROW | changed])


def species(**changed: Any) -> dict[str, Any]:
    return {"species": [SPECIES[0] | changed]}


@pytest.mark.parametrize(
    ("planting", "field"),
    [
        (first_row(spacing=0), "planting.benches[0].rows[0].spacing"),
        (first_row(spacing=-2.0), "planting.benches[0].rows[0].spacing"),
        (first_row(spacing="2 m"), "planting.benches[0].rows[0].spacing"),
        (first_row(rows=0), "planting.benches[0].rows[0].rows"),
        (first_row(rows=1.5), "planting.benches[0].rows[0].rows"),
        (first_row(rows=51), "planting.benches[0].rows[0].rows"),
        (first_row(side="middle"), "planting.benches[0].rows[0].side"),
        (first_row(species="no such"), "planting.benches[0].rows[0].species"),
        (first_row(species="爬山虎", spacing=None), "planting.benches[0].rows[0].spacing"),
        (first_row(rows=2), "planting.benches[0].rows[0]"),
        (bench(spare=1.5), "planting.benches[0].spare"),
        (bench(spare=None), "planting.benches[0].spare"),
        (bench(slopes=["B"]), "planting.benches[0].slopes[0]"),
        (bench(seeds=[{"species": "狗牙根", "rate": 0}]), "planting.benches[0].seeds[0].rate"),
        (bench(ditch_width=-0.1), "planting.benches[0].ditch_width"),
        ({"benches": [BENCH, BENCH]}, "planting.benches"),
        ({"species": [SPECIES[0], SPECIES[0]]}, "planting.species"),
        (species(form="moss"), "planting.species[0].form"),
        (species(name=""), "planting.species[0].name"),
        (species(name="x" * 41), "planting.species[0].name"),
        (species(name="a\x00b"), "planting.species[0].name"),
        (species(dbh=0), "planting.species[0].dbh"),
        (species(hole_depth=None), "planting.species[0]"),
        (species(colour="green"), "planting.species[0].colour"),
        ({"areas": [AREA | {"cover_area": "sea"}]}, "planting.areas[0].cover_area"),
        ({"areas": [AREA | {"cover_area": "", "slope_faces": "B"}]}, "planting.areas[0].slope_faces"),
        ({"areas": [AREA | {"slope_faces": "A"}]}, "planting.areas[0].cover_area"),
    ],
)
def test_bad_input_is_refused_by_its_field(planting: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as error:
        project(planting)
    assert error.value.field == field
    for language in ("zh_CN", "en"):
        said = error.value.rule.render(language) if hasattr(error.value.rule, "render") else str(error.value.rule)
        assert said.strip() and "project.error" not in said


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_are_refused(number: str) -> None:
    text = json.dumps({"info": {"name": "p"}, "planting": {"species": [{"name": "x", "form": "tree", "dbh": 1}]}})
    with pytest.raises(InputError):
        parse_project(text.replace('"dbh": 1', f'"dbh": {number}'))


@pytest.mark.parametrize("name", ["=SUM(A1)", "<b>", "..\\..\\x", "%s{0}", "a\nb", "'; drop", "\U0001f334"])
def test_hostile_names_are_only_names(name: str) -> None:
    made = project({"species": [*SPECIES, {"name": name, "form": "shrub"}]})
    assert made.planting is not None
    assert made.planting.kind(name).form == "shrub"


def test_a_template_gives_its_species_and_not_its_schemes() -> None:
    new = validate_project({"info": {"name": "new"}})
    made = with_template(new, project({"benches": [BENCH]}))
    assert made.planting is not None
    assert [s.name for s in made.planting.species] == [s["name"] for s in SPECIES]
    assert made.planting.benches == ()
