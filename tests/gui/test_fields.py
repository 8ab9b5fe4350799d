"""Every field of every record the project is made of has its label and its choices in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from slopedesign.gui.fields import FieldKind, field_kinds
from slopedesign.i18n import LANGUAGES, has
from slopedesign.project.project import Project


def records(record: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> Iterator[type[BaseModel]]:
    """A record and all records in it."""
    seen = set() if seen is None else seen
    if record in seen:
        return
    seen.add(record)
    yield record
    for kind in field_kinds(record):
        if kind.inner is not None:
            yield from records(kind.inner, seen)


KINDS = [kind for record in records(Project) for kind in field_kinds(record)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_its_label(language: str) -> None:
    keys = {f"fields.{kind.record.__name__}.{kind.name}" for kind in KINDS}
    assert sorted(key for key in keys if not has(key, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_has_its_words(language: str) -> None:
    def plain(choice: object) -> bool:
        """Numbers, grades and code names are the same in every language."""
        return not isinstance(choice, str) or choice != choice.lower() or any(c.isdigit() for c in choice)

    keys = {f"choice.{c}" for kind in KINDS for c in kind.choices if not plain(c)}
    assert sorted(key for key in keys if not has(key, language)) == []


def test_every_field_has_a_shape_the_form_can_show() -> None:
    allowed = {"facts", "comments", "start", "end", "origin", "centre"}
    left = {f"{k.record.__name__}.{k.name}" for k in KINDS if k.shape == "other" and k.name not in allowed}
    assert left == set()


def test_units_are_those_of_the_conventions() -> None:
    words = """m deg m2 m3 hm2 km2 km mm kN/m3 kPa MPa kN/m kN m3/s m/s h a d min s % L/s kPa/m piece mm/h mm/min mm/d
    m3/h g kN/m2 1/a L/h L/piece t/m3 kg/m3 kg/hm2 row cm"""
    known = {"", "-", "t/(hm2 a)", *words.split()}
    assert sorted({kind.unit for kind in KINDS} - known) == []


def labelled(kinds: list[FieldKind]) -> int:
    """How many fields there are; a walk that finds none would pass every test above."""
    return len(kinds)


def test_the_walk_reaches_the_whole_project() -> None:
    names = {record.__name__ for record in records(Project)}
    assert {"ProjectInfo", "Slope", "BenchDesign", "BenchWall", "Road", "CoverArea", "SoilSupply"} <= names
    assert labelled(KINDS) > 150
