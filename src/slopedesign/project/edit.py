"""Changing one field of a frozen project: a new project, checked as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from slopedesign.errors import InputError
from slopedesign.i18n import message
from slopedesign.project.file import validate_project
from slopedesign.project.project import Project

_PART = re.compile(r"\.?([A-Za-z_]\w*)|\[(\d+)\]")


def parse_path(path: str) -> tuple[str | int, ...]:
    """ "slopes[0].benches.berm_width" -> ("slopes", 0, "benches", "berm_width").

    Raises:
        InputError: not a path of a field.
    """
    parts: list[str | int] = []
    position = 0
    for match in _PART.finditer(path):
        if match.start() != position:
            break
        parts.append(match[1] if match[1] is not None else int(match[2]))
        position = match.end()
    if position != len(path) or not parts:
        raise InputError("path", path, message("project.error.path"))
    return tuple(parts)


def value_at(project: Project, path: str) -> Any:
    """What stands at a path, as plain data.

    Raises:
        InputError: there is no such field.
    """
    thing: Any = project
    for part in parse_path(path):
        try:
            thing = thing[part] if isinstance(part, int) or isinstance(thing, dict) else getattr(thing, part)
        except (AttributeError, IndexError, KeyError, TypeError):
            raise InputError("path", path, message("project.error.path")) from None
    return thing


def with_value(project: Project, path: str, value: Any, then: Callable[[Any], None] | None = None) -> Project:
    """The project with one field (or list entry) set to plain data.

    Args:
        then: changes more of the project's plain data before that is checked as a whole.

    Raises:
        InputError: there is no such field, or the project would not be valid with the value.
    """
    return _changed(project, path, lambda place, key: _put(place, key, value, path), then)


def with_entry(project: Project, path: str, entry: Any, at: int | None = None) -> Project:
    """The project with an entry added to the list at a path (at its end, or before position `at`)."""

    def insert(place: Any, key: str | int) -> None:
        entries = place[key]
        entries.insert(len(entries) if at is None else at, entry)

    return _changed(project, path, insert)


def without_entry(project: Project, path: str) -> Project:
    """The project without the list entry at a path ("slopes[1]")."""

    def remove(place: Any, key: str | int) -> None:
        del place[key]

    return _changed(project, path, remove)


Thing = TypeVar("Thing")


def sharing(new: Thing, old: object) -> Thing:
    """The new thing made of the old one's parts where they are equal: a history of many steps then stays small."""
    if type(new) is not type(old):
        return new
    if new == old:
        return old
    if isinstance(new, BaseModel):
        parts = {name: sharing(getattr(new, name), getattr(old, name)) for name in type(new).model_fields}
        return cast(Thing, new.model_copy(update=parts))
    if isinstance(new, tuple) and isinstance(old, tuple):
        fresh = [sharing(a, b) for a, b in zip(new, old, strict=False)]
        return cast(Thing, (*fresh, *new[len(fresh) :]))
    return new


def _put(place: Any, key: str | int, value: Any, path: str) -> None:
    if isinstance(place, dict) and key not in place and not path.startswith(("facts", "comments")):
        raise InputError("path", path, message("project.error.path"))
    place[key] = value


def _changed(project: Project, path: str, change: Any, then: Callable[[Any], None] | None = None) -> Project:
    data = project.model_dump(mode="json")
    *way, last = parse_path(path)
    place: Any = data
    try:
        for part in way:
            place = place[part]
        change(place, last)
    except (KeyError, IndexError, TypeError, AttributeError):
        raise InputError("path", path, message("project.error.path")) from None
    if then is not None:
        then(data)
    return validate_project(data)
