"""Renaming a thing: every field that names it follows, in one new project.

What a field means is told by its declaration (`naming`), so that two things of one name in different lists are kept
apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.edit import parse_path, with_value
from slopedesign.project.file import field_path, validate_project
from slopedesign.project.naming import LINES, ON_SLOPE, Path, Reference, meant, named_lists, plain, references
from slopedesign.project.project import Project

SECTORS = "slopes.benches.sectors"
"""Stretches of a base line; their names stand in those of the lines on a slope."""
DITCHES: Path = ("water", "network", "reaches")
NODES = ("water.network.reaches", "water.network.outlets")
PROPOSED = re.compile(r"T\d*|T-(?:out|[hn]\d+)|B\d.*|C\d+|C-[hn]\d+|O\d*|[XJ]\d.*|CJ\d+")
"""What stands behind the name of a slope and a dash in the names of the ditches and nodes proposed on it."""


@dataclass(frozen=True)
class Renamed:
    """A project after an edit in which things may have got another name.

    Attributes:
        names: old and new name of each thing.
        followed: number of the fields that followed.
    """

    project: Project
    names: tuple[tuple[str, str], ...] = ()
    followed: int = 0


def with_followers(project: Project, path: str, value: Any, places: Sequence[int | None] | None = None) -> Renamed:
    """The project with one field (or list) set; where that renames things, the fields that name them follow.

    Args:
        places: of a list, the number each entry had before (None: it is new); without it nothing counts as renamed.
            An entry is renamed where nothing but its name changed.

    Raises:
        InputError: as `edit.with_value`; or a new name is borne by another thing, so that a field would mean that.
    """
    parts = parse_path(path)
    names = _renamed(project, parts, value, places)
    if not names:
        return Renamed(with_value(project, path, value))
    meanings = [(one, thing) for one in references(project) if (thing := meant(project, one)) is not None]
    proposed = _proposed(project, names)
    followed = 0

    def follow(data: Any) -> None:
        nonlocal followed
        for place, old, new in proposed:
            if _at(data, place) == old:
                _at(data, place[:-1])[place[-1]] = new
                followed += 1
        for reference, thing in meanings:
            name = _after(project, reference, thing, names)
            way = _moved(reference.path, parts, places)
            if name == reference.name or way is None or _at(data, way) != reference.name:
                continue  # not concerned, gone, or changed in the same edit
            _at(data, way[:-1])[way[-1]] = name
            followed += 1

    try:
        found = with_value(project, path, value, follow)
    except InputError as error:
        raise next((one for one in (error, *error.others) if one.field.startswith(path)), error) from None
    _same_meaning(project, found, meanings, parts, places, names)
    pairs = tuple((_name(project, thing), new) for thing, new in names.items())
    return Renamed(found, pairs, followed)


def with_built(project: Project, variant: str) -> Project:
    """The project in which a variant is built, and the slope it was compared with is a variant of it.

    What named the slope that was built (ditches along its benches, its planting) names the one that is; its stability
    sections go over where the variant has none of its own.

    Raises:
        InputError: what goes over would take a name that another thing bears.
    """
    there = {slope.name: i for i, slope in enumerate(project.slopes)}
    now, former = ("slopes", there[variant]), project.slopes[there[variant]].variant_of
    names: dict[Path, str] = {("slopes", there[former]): variant}
    meanings = [(one, thing) for one in references(project) if (thing := meant(project, one)) is not None]
    kept = {one.path[0] for one, thing in meanings if thing == now} & {"stability"}
    data = project.model_dump(mode="json")
    for place, _, name in _proposed(project, names):
        _at(data, place[:-1])[place[-1]] = name
    for one, thing in meanings:
        if thing in names and one.path[0] not in kept:
            _at(data, one.path[:-1])[one.path[-1]] = _after(project, one, thing, names)
    slopes = data["slopes"]
    slopes[there[former]]["variant_of"], slopes[there[variant]]["variant_of"] = variant, ""
    return validate_project(data)


def _renamed(project: Project, parts: Path, value: Any, places: Sequence[int | None] | None) -> dict[Path, str]:
    """The things that get another name by an edit, with that name."""
    if places is None:
        thing, of = parts[:-1], plain(parts[:-1])
        if parts[-1] != "name" or not (of in named_lists() or of == SECTORS) or not isinstance(thing[-1], int):
            return {}
        stated = [(thing, value)]
    else:
        if not (plain(parts) in named_lists() or plain(parts) == SECTORS):
            return {}
        stated = [
            ((*parts, place), entry.get("name")) for place, entry in zip(places, value, strict=True)
            if place is not None and _but_for_its_name(_at(project, (*parts, place)), entry)
        ]  # fmt: skip
    return {thing: name for thing, name in stated if isinstance(name, str) and name and name != _name(project, thing)}


def _but_for_its_name(before: Any, entry: Mapping[str, Any]) -> bool:
    """Whether nothing else of an entry changed: other rows laid over a list are other things under their own names."""
    if not isinstance(before, BaseModel):
        return False
    old: dict[str, Any] = before.model_dump(mode="json")
    return bool(old | dict(entry) | {"name": None} == old | {"name": None})


def _name(project: Project, thing: Path) -> str:
    return str(_at(project, (*thing, "name")))


def _at(data: Any, path: Path) -> Any:
    """What stands at a path, in plain data or in records; None where there is nothing."""
    for part in path:
        try:
            data = getattr(data, str(part)) if hasattr(data, str(part)) and not isinstance(data, dict) else data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _after(project: Project, reference: Reference, thing: Path, names: Mapping[Path, str]) -> str:
    """What a name becomes."""
    old = _name(project, thing)
    if LINES not in reference.sources:
        return names.get(thing, reference.name)
    line = reference.name[len(old) + 1 :]
    sectors = {
        _name(project, sector): new for sector, new in names.items() if sector[:2] == thing and plain(sector) == SECTORS
    }
    return f"{names.get(thing, old)}/{_line_after(line, sectors)}"


def _line_after(line: str, sectors: Mapping[str, str]) -> str:
    """The name of a line on a slope after sectors got other names: they stand in it in their order."""
    match = ON_SLOPE.fullmatch(line)
    if not sectors or match is None or not match["sectors"]:
        return line
    new = sorted(sectors.get(name, name) for name in re.split(", ", match["sectors"]))
    return f"bench {match['number']}{', '.join(new)}/{match['edge']}"


def _proposed(project: Project, names: Mapping[Path, str]) -> list[tuple[Path, str, str]]:
    """Place, old and new name of all that bears or names what is proposed on slopes that get another name.

    A proposed ditch is called by its slope; a stated one of its name takes its place, and has to go on doing so.
    """
    water = project.water
    slopes = {_name(project, thing): new for thing, new in names.items() if thing[0] == "slopes" and len(thing) == 2}
    if water is None or water.network.automatic is None or not slopes:
        return []
    places: list[tuple[Path, str]] = [
        (one.path, one.name) for one in references(project)
        if any(source.startswith(NODES) for source in one.sources) and (meant(project, one) or DITCHES)[:3] == DITCHES
    ]  # fmt: skip
    places += [((*DITCHES, i, "name"), reach.name) for i, reach in enumerate(water.network.reaches)]
    places += [(("water", "catchments", i, "name"), one.name) for i, one in enumerate(water.catchments)]
    found = []
    for place, name in places:
        head, rest = ("K-", name[2:]) if place[1] == "catchments" and name.startswith("K-") else ("", name)
        fits = [old for old in slopes if rest.startswith(f"{old}-") and PROPOSED.fullmatch(rest[len(old) + 1 :])]
        if fits:
            old = max(fits, key=len)
            found.append((place, name, f"{head}{slopes[old]}{rest[len(old) :]}"))
    return found


def _moved(path: Path, parts: Path, places: Sequence[int | None] | None) -> Path | None:
    """Where a path leads after the entries of a list were moved; None where its entry is gone."""
    if places is None or path[: len(parts)] != parts or len(path) == len(parts):
        return path
    was = path[len(parts)]
    return (*parts, places.index(was), *path[len(parts) + 1 :]) if was in places else None


def _same_meaning(
    before: Project, after: Project, meanings: Sequence[tuple[Reference, Path]], parts: Path,
    places: Sequence[int | None] | None, names: Mapping[Path, str],
) -> None:  # fmt: skip
    """Refuses a new name under which a field would come to mean another thing."""
    there = {one.path: one for one in references(after)}
    for reference, thing in meanings:
        way, wanted = _moved(reference.path, parts, places), _moved(thing, parts, places)
        now = there.get(way) if way is not None else None
        if now is None or wanted is None or now.name != _after(before, reference, thing, names):
            continue
        found = meant(after, now)
        if found != wanted:
            new = next(iter(names.values()))
            raise InputError(field_path(parts), new, message("project.error.name_borne", name=new))
