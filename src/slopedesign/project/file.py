"""The project file: JSON with a schema version, read strictly, written atomically.

Reading refuses what it does not understand, by the field's path: unknown and repeated keys, numbers written as
text, NaN. Older files are lifted by `MIGRATIONS`, one small function for each version; newer ones are refused.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from slopedesign.errors import InputError, ProjectFileError, why_refused
from slopedesign.i18n import Message, has, message
from slopedesign.project.base import records_in
from slopedesign.project.project import SCHEMA_VERSION, Project

MAX_BYTES = 50_000_000
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MAY_BE_UNPRINTABLE = re.compile(r"\\(?:[bfr]|u00[017]|ud[89a-f]|ufff)")
"""How such a character looks in JSON written in ASCII; anything else may look so too."""
MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""Version n -> function that lifts a file of version n to n + 1."""


def load_project(path: Path | str) -> Project:
    """Read a project file.

    Raises:
        ProjectFileError: not there, not readable, not JSON, of a newer version.
        InputError: a field is missing, unknown or out of its range; `others` holds the further ones.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise ProjectFileError(path, message("project.file.directory"))
        if path.stat().st_size > MAX_BYTES:
            raise ProjectFileError(path, message("project.file.too_large", most=MAX_BYTES // 1_000_000))
        content = path.read_bytes()
    except OSError as error:
        raise ProjectFileError(path, message("project.file.unreadable", why=why_refused(error))) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProjectFileError(path, message("project.file.not_utf8", byte=error.start)) from error
    return parse_project(text, path)


def parse_project(text: str, path: Path | str = "project.json") -> Project:
    """Read a project from JSON text; see `load_project`."""
    try:
        data = json.loads(text, object_pairs_hook=_no_repeats, parse_constant=_no_constants)
    except json.JSONDecodeError as error:
        why = message("project.file.not_json", line=error.lineno, column=error.colno, why=error.msg)
        raise ProjectFileError(path, why) from error
    except RecursionError as error:
        raise ProjectFileError(path, message("project.file.too_deep")) from error
    if not isinstance(data, dict):
        raise ProjectFileError(path, message("project.file.not_object"))
    return validate_project(_lifted(data, path))


def validate_project(data: Mapping[str, Any]) -> Project:
    """A project from plain data (as `json.loads` gives it), every field checked.

    Raises:
        InputError: the first fault, with all further ones in `others`.
    """
    try:
        written = json.dumps(data)
        if _MAY_BE_UNPRINTABLE.search(written):
            _no_control_characters(data, ())
        return Project.model_validate_json(written, strict=True)
    except ValidationError as error:
        raise _as_input_error(Project, error) from None


def save_project(project: Project, path: Path | str) -> None:
    """Write a project file in one step: a reader sees the old file or the new one, never a part.

    Raises:
        ProjectFileError: the folder or file cannot be written; the old file is untouched.
    """
    write_atomic(Path(path), dump_project(project).encode("utf-8"))


def dump_project(project: Project) -> str:
    """The project as JSON text, fields in the order of the records."""
    return json.dumps(project.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file through a temporary one beside it.

    Raises:
        ProjectFileError: it cannot be written.
    """
    import tempfile  # slow to load, and the first window does not write

    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        else:
            temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise ProjectFileError(path, message("project.file.unwritable", why=why_refused(error))) from error


def project_schema() -> dict[str, Any]:
    """JSON Schema of the project file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Project.model_json_schema()


def _no_repeats(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(key, value, message("project.file.repeated_key"))
        found[key] = value
    return found


def _no_constants(name: str) -> Any:
    raise InputError("JSON", name, message("project.error.finite_number"))


def _no_control_characters(thing: Any, location: tuple[str | int, ...]) -> None:
    """Refuses text that no drawing, workbook or document can hold: control characters, halves of surrogate pairs."""
    if isinstance(thing, str):
        if _UNPRINTABLE.search(thing):
            raise InputError(field_path(location) or "project", thing, message("project.error.control_character"))
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            _no_control_characters(str(key), location)
            _no_control_characters(value, (*location, str(key)))
    elif isinstance(thing, list | tuple):
        for i, value in enumerate(thing):
            _no_control_characters(value, (*location, i))


def _lifted(data: dict[str, Any], path: Path | str) -> dict[str, Any]:
    version = data.get("schema_version", SCHEMA_VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise InputError("schema_version", version, message("project.file.version", newest=SCHEMA_VERSION))
    if version > SCHEMA_VERSION:
        raise ProjectFileError(path, message("project.file.newer", version=version, newest=SCHEMA_VERSION))
    while version < SCHEMA_VERSION:
        data = MIGRATIONS[version](data)
        version += 1
    return data


def _as_input_error(model: type[BaseModel], error: ValidationError) -> InputError:
    faults = [_fault(model, detail) for detail in error.errors(include_url=False)]
    first, *others = faults
    first.others = tuple(others)
    return first


def _fault(model: type[BaseModel], detail: Any) -> InputError:
    path = field_path(detail["loc"])
    context = {name: value for name, value in detail.get("ctx", {}).items() if name != "error"}
    kind = detail["type"]
    value = detail["input"] if kind != "missing" else None
    if "within" in context:  # a record whose fields do not hold together
        record = _record_at(model, detail["loc"])
        path = ".".join(filter(None, (path, str(context.pop("within")))))
        value = context.pop("given")
        context = {name: _in_words(record, name, about) for name, about in context.items()}
    if "at" in context:
        path, value = str(context["at"]), context.get("name")
    if isinstance(value, dict | list):
        value = type(value).__name__
    if kind == "extra_forbidden":
        known = list(_record_at(model, detail["loc"][:-1]).model_fields)
        import difflib  # rarely needed, slow to load

        close = difflib.get_close_matches(str(detail["loc"][-1]), known, n=1)
        rule: Message | str = message("project.error.unknown_key", known=close[0] if close else ", ".join(known[:12]))
        return InputError(path, value, rule)
    key = f"project.error.{kind}"
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace(" or ", ", ")
    unit = field_unit(model, detail["loc"])
    rule = message(key, **({"unit": unit, "path": path} | context)) if has(key) else detail["msg"]
    return InputError(path or "project", value, rule)


def _in_words(record: type[BaseModel], name: str, about: object) -> object:
    """A field of a record by its name in the reader's language and in the file, a choice by its words."""
    if name == "choice":
        return message(f"choice.{about}")
    if name not in ("a", "b", "c", "d", "e"):
        return about
    return message("project.field_named", words=message(f"fields.{record.__name__}.{about}"), name=about)


def field_path(location: Iterable[str | int]) -> str:
    """("slopes", 0, "benches", "berm_width") -> slopes[0].benches.berm_width."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part.isidentifier():
            path += f".{part}" if path else part
    return path


def _record_at(model: type[BaseModel], location: Iterable[str | int]) -> type[BaseModel]:
    for part in location:
        if isinstance(part, str) and part in model.model_fields:
            inner = records_in(model.model_fields[part].annotation)
            model = inner[0] if inner else model
    return model


def field_unit(model: type[BaseModel], location: Iterable[str | int]) -> str:
    """Unit of the field at a location, "" where it has none."""
    names = [part for part in location if isinstance(part, str) and part.isidentifier()]
    if not names:
        return ""
    field = _record_at(model, names[:-1]).model_fields.get(names[-1])
    extra = field.json_schema_extra if field is not None else None
    unit = extra.get("unit", "") if isinstance(extra, dict) else ""
    return "" if unit == "-" else str(unit)
