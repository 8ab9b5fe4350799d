"""Fields that name another thing of the project: what each may name, and which names there are.

What a field may name stands in its declaration (`base.name_of`) alone; choices of the window, hints and renaming all
read it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from slopedesign.i18n import DEFAULT_LANGUAGE, catalogue
from slopedesign.project.base import records_in
from slopedesign.project.project import Project

Path = tuple[str | int, ...]
Made = Mapping[str, Sequence[str]]
"""Names by source that no record states: what the design has made (lines on slopes, proposed ditches)."""

LINES = "slopes/"
ON_SLOPE = re.compile(r"crest|toe|bench (?P<number>\d+)(?P<sectors>.*)/(?P<edge>inner edge(?: \d+)?|outer edge)")
"""What may stand behind the name of a slope and a stroke."""
LAST_COUNTS = ("water.irrigation.pipes",)
"""Lists in which the last of several things of one name is meant; elsewhere it is the first."""


class SourceKind(Enum):
    """What a source of names is."""

    RECORDS = "records"
    TEXTS = "texts"
    LINES = "lines"
    BUILT_IN = "built in"


@dataclass(frozen=True)
class Reference:
    """A name that stands somewhere for another thing.

    Attributes:
        path: where it stands.
        sources: what it may mean.
    """

    path: Path
    name: str
    sources: tuple[str, ...]


def sources_of(info: FieldInfo) -> tuple[str, ...]:
    """What a field may name; empty where it names nothing."""
    extra = info.json_schema_extra
    found = extra.get("names", ()) if isinstance(extra, dict) else ()
    return tuple(str(source) for source in found) if isinstance(found, list) else ()


def is_free(info: FieldInfo) -> bool:
    """Whether a field may name what is not there yet."""
    return isinstance(info.json_schema_extra, dict) and bool(info.json_schema_extra.get("free"))


def references(thing: BaseModel, path: Path = ()) -> Iterator[Reference]:
    """Every name in a record that stands for another thing; blanks left out."""
    for key, info in type(thing).model_fields.items():
        value, at = getattr(thing, key), (*path, key)
        if sources := sources_of(info):
            names = [(at, value)] if isinstance(value, str) else [((*at, i), name) for i, name in enumerate(value)]
            yield from (Reference(place, name, sources) for place, name in names if name)
        elif isinstance(value, BaseModel):
            yield from references(value, at)
        elif isinstance(value, tuple):
            for i, entry in enumerate(value):
                if isinstance(entry, BaseModel):
                    yield from references(entry, (*at, i))


@cache
def declared() -> Mapping[str, tuple[str, ...]]:
    """What every field that names something may name, by the field's path without numbers."""
    return dict(_declared(Project, ""))


def _declared(record: type[BaseModel], path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, info in record.model_fields.items():
        at = f"{path}.{key}" if path else key
        if sources := sources_of(info):
            yield at, sources
        for inner in records_in(info.annotation):
            yield from _declared(inner, at)


@cache
def named_lists() -> frozenset[str]:
    """Paths of the lists whose entries are named by other fields."""
    sources = {source for found in declared().values() for source in found}
    return frozenset(s.partition("!")[0] for s in sources if source_kind(s) is SourceKind.RECORDS)


def source_kind(source: str) -> SourceKind:
    """What a source of names is.

    Raises:
        KeyError: the project has no such field, or its records have no names.
    """
    if source.startswith("="):
        return SourceKind.BUILT_IN
    if source == LINES:
        return SourceKind.LINES
    path, _, blank = source.partition("!")
    record: type[BaseModel] = Project
    for part in path.split("."):
        inner = records_in(record.model_fields[part].annotation)
        if not inner:
            return SourceKind.TEXTS
        record = inner[0]
    for name in ("name", blank) if blank else ("name",):
        record.model_fields[name]
    return SourceKind.RECORDS


def plain(path: Path) -> str:
    """A path without its numbers: ("slopes", 0, "name") -> "slopes.name"."""
    return ".".join(part for part in path if isinstance(part, str))


def entries(project: Project, path: str) -> list[tuple[Path, Any]]:
    """What stands at a path without numbers, in all entries of the lists on the way, each with its own path."""
    found: list[tuple[Path, Any]] = [((), project)]
    for part in path.split("."):
        inside = [((*at, part), getattr(thing, part)) for at, thing in found if thing is not None]
        found = []
        for at, value in inside:
            found += [((*at, i), one) for i, one in enumerate(value)] if isinstance(value, tuple) else [(at, value)]
    return found


def built_in(source: str) -> tuple[str, ...]:
    """Names that need no record."""
    match source:
        case "=culvert_inlets":
            from slopedesign.standards.water_tables import table  # here: the first window does without

            return tuple(table("culverts", "inlet").rows)
        case "=drawing_layers":  # each has its phrase
            return tuple(
                key.removeprefix("layers.") for key in catalogue(DEFAULT_LANGUAGE) if key.startswith("layers.")
            )
        case "=species":
            from slopedesign.standards.species import fit_species, other_names

            forms = ("tree", "shrub", "climber", "herb")
            printed = [name for form in forms for name in fit_species(form)]
            return tuple(dict.fromkeys([*printed, *(name for also in other_names().values() for name in also)]))
        case _:
            raise KeyError(source)


def present(project: Project, sources: Sequence[str], at: Path = (), made: Made | None = None) -> tuple[str, ...]:
    """The names there are, in the order of the sources and of their entries.

    Args:
        at: where the naming field stands; the record that holds it is none of its own choices.
        made: names of the design; None where there is none (yet).
    """
    found: list[str] = []
    for source in sources:
        if source.startswith("="):
            found += built_in(source)
        elif source == LINES:
            found += _lines(project, (made or {}).get(LINES))
        else:
            found += _values(project, source, at)
            found += (made or {}).get(source, ())
    return tuple(dict.fromkeys(name for name in found if name))


def _values(project: Project, source: str, at: Path) -> Iterator[str]:
    path, _, blank = source.partition("!")
    for place, entry in entries(project, path):
        own = place if isinstance(entry, BaseModel) else place[:-1]
        if own and at[: len(own)] == own:
            continue
        if not isinstance(entry, BaseModel):
            if isinstance(entry, str):
                yield entry
        elif not (blank and getattr(entry, blank)):
            yield str(getattr(entry, "name"))  # noqa: B009 - every list of `named_lists` has names


def _lines(project: Project, made: Sequence[str] | None) -> list[str]:
    if made is not None:
        return list(made)
    return [f"{slope.name}/{line}" for slope in project.slopes for line in ("crest", "toe")]


def borne(project: Project, sources: Sequence[str], name: str, at: Path = (), made: Made | None = None) -> bool:
    """Whether anything bears a name; also where that cannot be told before there is a design."""
    if name in present(project, sources, at, made):
        return True
    if made is not None:
        return False
    water = project.water
    proposed = water is not None and water.network.automatic is not None
    if proposed and any(source.startswith("water.network.") and source != "water.network.types" for source in sources):
        return True
    return LINES in sources and slope_of(project, name) is not None


def slope_of(project: Project, line: str) -> int | None:
    """Number of the slope that a line of this name lies on; None for no such line."""
    fits = [
        (len(slope.name), i) for i, slope in enumerate(project.slopes)
        if line.startswith(f"{slope.name}/") and ON_SLOPE.fullmatch(line[len(slope.name) + 1 :])
    ]  # fmt: skip
    return max(fits)[1] if fits else None


def meant(project: Project, reference: Reference) -> Path | None:
    """The thing with a name of its own that a reference means; None for nodes, built-in names and nothing."""
    for source in reference.sources:
        path = source.partition("!")[0]
        if source == LINES:
            i = slope_of(project, reference.name)
            if i is not None:
                return ("slopes", i)
        elif path in named_lists():
            bearers = [place for place, entry in entries(project, path) if entry.name == reference.name]
            if bearers:
                return bearers[-1 if path in LAST_COUNTS else 0]
    return None
