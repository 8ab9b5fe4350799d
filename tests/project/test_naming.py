"""Fields that name other things: their declarations, the names there are, and renaming."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slopedesign.design import run
from slopedesign.drawings.layers import LAYERS
from slopedesign.errors import InputError
from slopedesign.project.edit import value_at, with_entry, with_value
from slopedesign.project.file import field_path, load_project, project_schema, validate_project
from slopedesign.project.naming import (
    LINES,
    SourceKind,
    borne,
    built_in,
    declared,
    entries,
    meant,
    named_lists,
    plain,
    present,
    references,
    source_kind,
)
from slopedesign.project.project import Project
from slopedesign.project.renaming import SECTORS, with_built, with_followers
from slopedesign.standards.check import Check
from slopedesign.standards.species import printed_name
from slopedesign.standards.trace import Traced
from slopedesign.workspace import read_sources

EXAMPLE = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"
PROJECT = load_project(EXAMPLE)
THINGS = [place for path in sorted(named_lists()) for place, _ in entries(PROJECT, path)]


def test_every_declared_source_is_there() -> None:
    assert len(declared()) > 20
    for path, sources in declared().items():
        assert sources, path
        for source in sources:
            kind = source_kind(source)
            if kind is SourceKind.BUILT_IN:
                assert built_in(source), (path, source)
            elif kind is SourceKind.RECORDS:
                assert source.partition("!")[0] in named_lists(), (path, source)
            else:
                assert kind in (SourceKind.TEXTS, SourceKind.LINES), (path, source)


def test_every_field_that_names_a_thing_is_declared() -> None:
    """Whatever the example holds under such a name is a name that is declared."""
    words = """species material ground follows drains_to above to_node ditch_type after backfill cover_area slope_faces
    bottom_surface variant_of fill_material chute_type base slope slopes outlets inlet alias"""
    names = {path.rpartition(".")[2] for path in declared()}
    assert set(words.split()) <= names


def test_the_things_that_can_be_named() -> None:
    assert named_lists() == {
        "surveys", "materials", "slopes", "cover_areas", "planting.species", "walls.backfills", "walls.bases",
        "water.network.types", "water.network.reaches", "water.ponds", "water.irrigation.pipes",
    }  # fmt: skip


def test_every_name_of_the_example_is_among_those_offered() -> None:
    made = {LINES: [one.name for one in references(PROJECT) if LINES in one.sources]}
    found = list(references(PROJECT))
    assert len(found) > 80
    for one in found:
        free = declared()[plain(one.path)] and plain(one.path).endswith("from_node")
        if not free:
            assert one.name in present(PROJECT, one.sources, one.path, made), one
            assert borne(PROJECT, one.sources, one.name, one.path), one


def test_built_in_names_are_those_the_program_knows() -> None:
    assert set(built_in("=drawing_layers")) == set(LAYERS)
    assert "box_wingwall_30_75" in built_in("=culvert_inlets")
    species = built_in("=species")
    assert len(species) == len(set(species)) > 50
    for name in species[:20]:
        assert any(printed_name(form, name) for form in ("tree", "shrub", "climber", "herb")), name


def test_what_is_not_there_is_not_borne() -> None:
    for one in references(PROJECT):
        assert not borne(PROJECT, one.sources, "nobody", one.path)


def test_a_thing_is_none_of_its_own_choices() -> None:
    pipes = declared()["water.irrigation.pipes.after"]
    assert present(PROJECT, pipes, ("water", "irrigation", "pipes", 0, "after")) == ("分干管", "台阶支管")
    assert present(PROJECT, pipes) == ("主管", "分干管", "台阶支管")
    assert present(PROJECT, declared()["slopes.variant_of"], ("slopes", 0, "variant_of")) == ()


def test_a_variant_is_no_choice_where_only_what_is_built_counts() -> None:
    slope = json.loads(PROJECT.slopes[0].model_dump_json()) | {"name": "V", "variant_of": "主采面"}
    project = with_entry(PROJECT, "slopes", slope)
    assert present(project, declared()["planting.areas.slope_faces"]) == ("主采面",)
    assert present(project, declared()["stability.sections.slope"]) == ("主采面", "V")


def test_the_schema_still_loads_and_says_what_a_field_names() -> None:
    fields = project_schema()["$defs"]["PlantRow"]["properties"]
    assert fields["species"]["names"] == ["planting.species"]
    assert fields["species"]["minLength"] == 1


def meanings(project: Project) -> dict[tuple[str | int, ...], Any]:
    """What every name means, by its place."""
    return {one.path: meant(project, one) for one in references(project)}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(thing=st.sampled_from(THINGS), new=st.sampled_from(["x", "改名", "bench 1", "a/b", "N 7", "主采面/crest", "1"]))
def test_after_a_renaming_every_name_means_the_same_thing(thing: tuple[str | int, ...], new: str) -> None:
    """Over all records of the example."""
    before = meanings(PROJECT)
    path = field_path([*thing, "name"])
    found = with_followers(PROJECT, path, new)
    assert meanings(found.project) == before
    assert found.names == ((value_at(PROJECT, path), new),)
    assert found.followed == sum(one == thing for one in before.values())
    back = with_followers(found.project, path, value_at(PROJECT, path))
    assert back.project == PROJECT and back.followed == found.followed


def test_a_pond_and_a_ditch_of_one_name_are_told_apart() -> None:
    """`above` means the ditch before the pond; nodes mean the pond."""
    reach = PROJECT.water.network.reaches[0].name  # type: ignore[union-attr]
    project = with_followers(PROJECT, "water.ponds[0].name", reach).project
    catchment = next(i for i, c in enumerate(project.water.catchments) if c.drains_to == reach)  # type: ignore[union-attr]
    project = with_value(project, f"water.catchments[{catchment}].outlet", None)
    project = with_value(project, f"water.catchments[{catchment}].areas", [{"surface": "grassland", "area": 5.0}])
    project = with_value(project, f"water.catchments[{catchment}].surface", "grassland")
    project = with_value(project, f"water.catchments[{catchment}].above", reach)
    found = with_followers(project, "water.network.reaches[0].name", "R0")
    assert value_at(found.project, f"water.catchments[{catchment}].above") == "R0"
    assert value_at(found.project, f"water.catchments[{catchment}].drains_to") == reach
    found = with_followers(project, "water.ponds[0].name", "P0")
    assert value_at(found.project, f"water.catchments[{catchment}].above") == reach
    assert value_at(found.project, f"water.catchments[{catchment}].drains_to") == "P0"
    project = with_value(project, f"water.catchments[{catchment}].above", "P0")
    project = with_followers(project, "water.ponds[0].name", "P0").project
    with pytest.raises(InputError) as refused:  # the catchment above the pond would become one above the ditch
        with_followers(project, "water.ponds[0].name", reach)
    assert refused.value.field == "water.ponds[0].name"


def test_a_slope_and_a_survey_of_one_name_are_told_apart() -> None:
    project = with_followers(PROJECT, "slopes[0].name", "ground").project
    found = with_followers(project, "slopes[0].name", "S").project
    assert found.slopes[0].ground == "ground"
    found = with_followers(project, "surveys[0].name", "2024").project
    assert found.slopes[0].ground == "2024" and found.slopes[0].name == "ground"


def test_names_of_a_list_change_together_and_may_be_exchanged() -> None:
    species = [json.loads(one.model_dump_json()) for one in PROJECT.planting.species]  # type: ignore[union-attr]
    a, b = species[0]["name"], species[1]["name"]
    species[0]["name"], species[1]["name"] = b, a
    found = with_followers(PROJECT, "planting.species", species, range(len(species)))
    assert meanings(found.project) == meanings(PROJECT)
    assert found.followed == 2 and len(found.names) == 2


def test_rows_laid_over_a_list_in_another_order_rename_nothing() -> None:
    """As pasted from a spreadsheet that was sorted: what names a material still means that material."""
    materials = [json.loads(one.model_dump_json()) for one in PROJECT.materials][::-1]
    found = with_followers(PROJECT, "materials", materials, [0, 1])
    assert found.names == () and [layer.material for layer in found.project.slopes[0].layers] == [
        layer.material for layer in PROJECT.slopes[0].layers
    ]
    other = [one | {"name": f"{i}", "cohesion": 1.0} for i, one in enumerate(materials)]
    with pytest.raises(InputError) as refused:  # other materials; the layers' are gone
        with_followers(PROJECT, "materials", other, [0, 1])
    assert refused.value.field == "slopes[0].layers[0].material"


def test_what_is_changed_in_the_same_edit_stays_as_it_was_typed() -> None:
    pipes = [json.loads(one.model_dump_json()) for one in PROJECT.water.irrigation.pipes]  # type: ignore[union-attr]
    pipes[0]["name"], pipes[1]["after"] = "M", ""
    found = with_followers(PROJECT, "water.irrigation.pipes", pipes, [0, 1, 2])
    after = [pipe.after for pipe in found.project.water.irrigation.pipes]  # type: ignore[union-attr]
    assert after == ["", "", "分干管"] and found.followed == 0


def test_rows_that_moved_take_their_names_with_them() -> None:
    pipes = [json.loads(one.model_dump_json()) for one in PROJECT.water.irrigation.pipes]  # type: ignore[union-attr]
    new = pipes[0] | {"name": "new"}
    found = with_followers(
        PROJECT, "water.irrigation.pipes", [pipes[0] | {"name": "M"}, new, pipes[1], pipes[2]], [0, None, 1, 2]
    )
    after = [pipe.after for pipe in found.project.water.irrigation.pipes]  # type: ignore[union-attr]
    assert after == ["", "", "M", "分干管"] and found.followed == 1


def test_a_name_that_stands_already_is_refused_at_its_field() -> None:
    for path, value in (("materials[0].name", PROJECT.materials[1].name), ("materials[0].name", ""),
                        ("water.ponds[0].name", "x" * 61), ("planting.species[0].name", "x" * 41)):  # fmt: skip
        with pytest.raises(InputError) as refused:
            with_followers(PROJECT, path, value)
        assert refused.value.field in (path, path.partition("[")[0]), path


def test_sectors_stand_in_the_names_of_lines() -> None:
    sectors = [{"name": n, "from_station": i * 50.0, "to_station": i * 50.0 + 50.0} for i, n in enumerate("ab")]
    project = with_value(PROJECT, "slopes[0].benches.sectors", sectors)
    project = with_value(project, "water.network.reaches[0].follows", "主采面/bench 4a, b/inner edge")
    found = with_followers(project, f"{SECTORS.replace('slopes', 'slopes[0]')}[0].name", "z")
    assert value_at(found.project, "water.network.reaches[0].follows") == "主采面/bench 4b, z/inner edge"
    assert found.followed == 1
    found = with_followers(found.project, "slopes[0].name", "S")
    assert value_at(found.project, "water.network.reaches[0].follows") == "S/bench 4b, z/inner edge"


def test_what_is_stated_in_place_of_proposed_ditches_follows_their_slope() -> None:
    """Proposed ditches are called by their slope; a stated one of such a name must go on taking its place."""
    request = {"outlet": [533605.0, 3406420.0], "ditch_type": "矩形沟", "chutes": "one_end", "phi": 0.5,
               "overland_surface": "grass"}  # fmt: skip
    project = with_value(PROJECT, "water.network.automatic", request)
    project = with_followers(project, "water.network.reaches[0].name", "主采面-B4-1").project
    for path, name in (("reaches[0].from_node", "主采面-B4-h1"), ("reaches[0].to_node", "主采面-B4-n1"),
                       ("outlets[1]", "主采面-C-n1")):  # fmt: skip
        project = with_value(project, f"water.network.{path}", name)
    project = with_value(project, "water.catchments[2].name", "K-主采面-B4-1")
    project = with_value(project, "water.catchments[3].name", "主采面以外")
    found = with_followers(project, "slopes[0].name", "S").project
    reach = found.water.network.reaches[0]  # type: ignore[union-attr]
    assert (reach.name, reach.from_node, reach.to_node) == ("S-B4-1", "S-B4-h1", "S-B4-n1")
    assert found.water.network.outlets[1] == "S-C-n1"  # type: ignore[union-attr]
    assert [c.name for c in found.water.catchments[2:4]] == ["K-S-B4-1", "主采面以外"]  # type: ignore[union-attr]
    plain_found = with_followers(with_value(project, "water.network.automatic", None), "slopes[0].name", "S").project
    assert plain_found.water.network.reaches[0].name == "主采面-B4-1"  # type: ignore[union-attr]


def test_an_edit_that_renames_nothing_is_as_before() -> None:
    found = with_followers(PROJECT, "materials[0].cohesion", 3.0)
    assert found.project == with_value(PROJECT, "materials[0].cohesion", 3.0) and found.names == ()
    assert validate_project(json.loads(found.project.model_dump_json())) == found.project


def test_a_project_with_every_name_changed_computes_the_same_checks() -> None:
    """One thing after the other gets another name; every verdict and every number stays."""
    known = [one.alias or one.name for one in PROJECT.planting.species]  # type: ignore[union-attr]
    project = PROJECT
    for i, name in enumerate(known):  # the guide's tables know a plant by its name itself
        project = with_value(project, f"planting.species[{i}].alias", name)
    aliased = project
    for i, thing in enumerate(THINGS):
        project = with_followers(project, field_path([*thing, "name"]), f"name {i}").project
    assert meanings(project) == meanings(aliased)
    before, after = (run(one, read_sources(one, EXAMPLE.parent)) for one in (aliased, project))
    assert len(before.checks) > 100
    assert [figures(check) for check in after.checks] == [figures(check) for check in before.checks]


def with_copy(project: Project) -> Project:
    """A variant of the slope that is just like it, its section drawn like that of the slope."""
    copy = project.slopes[0].model_dump(mode="json") | {"name": "缓坡", "variant_of": "主采面"}
    return with_entry(project, "slopes", copy, 1)


def test_what_named_a_slope_names_the_variant_that_is_built_in_its_place() -> None:
    project = with_copy(PROJECT)
    built = with_built(project, "缓坡")
    assert [slope.variant_of for slope in built.slopes] == ["缓坡", ""]
    named = {field_path(one.path): one.name for one in references(project) if meant(project, one) == ("slopes", 0)}
    assert len(named) > 5
    assert named.pop("slopes[1].variant_of") == "主采面"
    for path, name in named.items():
        assert value_at(built, path) == name.replace("主采面", "缓坡"), path
    assert with_built(built, "主采面") == project  # there and back


def test_a_variant_with_stability_sections_of_its_own_keeps_them_alone() -> None:
    project = with_copy(PROJECT)
    section = project.stability.sections[0].model_dump(mode="json") | {"name": "缓坡 A", "slope": "缓坡"}  # type: ignore[union-attr]
    built = with_built(with_entry(project, "stability.sections", section), "缓坡")
    assert built.stability is not None
    assert [one.slope for one in built.stability.sections] == ["主采面", "缓坡"]


def test_a_variant_like_the_slope_computes_the_same_checks_when_it_is_built() -> None:
    """Nothing the design rests on is left with the slope that is built no more."""
    project = with_copy(PROJECT)
    before, after = (run(one, read_sources(one, EXAMPLE.parent)) for one in (project, with_built(project, "缓坡")))
    assert sorted(map(verdict, after.checks)) == sorted(map(verdict, before.checks))


def verdict(check: Check) -> tuple[str, str]:
    return check.id, check.verdict.value


def figures(check: Check) -> tuple[Any, ...]:
    """What a check found, without words."""
    numbers = [float(one) if isinstance(one, Traced) else None for one in (check.found, check.required)]
    return (check.id, check.subject.rpartition(".")[2], check.verdict, *numbers)
