"""Where a finding belongs, in words: "slopes[0].works[2]" is the third bench of the first slope.

The path stays the id of the thing in the project file and in design.json; tables for readers show the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, get_args

from pydantic import BaseModel

from slopedesign.design import BenchWorks, Design, SectionSlope, SlopeDesign, StripWorks
from slopedesign.design.bench_soil import bench_name
from slopedesign.i18n import has, text
from slopedesign.project.project import Project

_PART = re.compile(r"([^.\[\]]+)|\[([^\]]*)\]")

_SCOPE = re.compile(r"(stability\.sections\[\d+\])\.(whole|group|bench)(?:\[(\d+)\])?")
"""A part of a stability section; its number is the part's own, counted from 1."""


def places(design: Design, language: str) -> Callable[[str], str]:
    """Says a path of the project or of its results in words; what has no words stays as it is.

    Records are called by their names, fields by their labels: "main face B2", "main face benches".
    """
    return partial(_place, design.project, _results(design, language), language)


def _place(project: Project, known: Mapping[str, str], language: str, path: str) -> str:
    if has(key := f"place.{path}", language):
        return text(key, language)
    if scope := _SCOPE.fullmatch(path):
        part = text(f"works.scope_{scope[2]}", language, number=scope[3] or "")
        return f"{_place(project, known, language, scope[1])} {part}".strip()
    for end in sorted({len(path), *(i for i, sign in enumerate(path) if sign in ".[")}, reverse=True):
        if path[:end] in known:
            return " ".join([known[path[:end]], *_words(None, path[end:], language)])
    return " ".join(_words(project, path, language)) or text("place.project", language)


def _results(design: Design, language: str) -> dict[str, str]:
    """Names of the results that are no records of the project: benches with their works, faces."""
    names: dict[str, str] = {}
    slopes: tuple[SlopeDesign | SectionSlope, ...] = (*design.slopes, *design.section_slopes)
    for slope in slopes:
        works: Sequence[BenchWorks | StripWorks] = slope.works
        for j, work in enumerate(works):
            names[f"{slope.path}.works[{j}]"] = bench_name(slope, work)
    for surveyed in design.slopes:
        for j, face in enumerate(surveyed.cut.faces):
            face_words = text("workbook.face", language, number=face.number, sector=face.sector)
            names[f"{surveyed.path}.cut.faces[{j}]"] = f"{surveyed.name} {face_words}".strip()
    return names


def _words(record: Any, path: str, language: str) -> list[str]:
    """The words of a path's parts: labels of fields, names of records; plain numbers, counted from 1, elsewhere.

    Of a record that is not there its fields are known all the same, as it is declared.
    """
    words: list[str] = []
    declared: type[BaseModel] | None = None
    for name, index in _PART.findall(path):
        inside = record
        if name:
            kind = type(inside) if isinstance(inside, BaseModel) else declared
            label = f"fields.{kind.__name__}.{name}" if kind is not None else ""
            known = kind is not None and name in kind.model_fields
            declared = _record_in(kind.model_fields[name].annotation) if kind is not None and known else None
            record = getattr(inside, name, None) if isinstance(inside, BaseModel) else None
            words.append(text(label, language) if has(label, language) else name)
            continue
        record = inside[int(index)] if _reaches(inside, index) else None
        own = getattr(record, "name", "")
        if own and words:
            words[-1] = str(own)
        elif words:
            words[-1] += f" {int(index) + 1}" if index.isdigit() else f"[{index}]"
    return words


def _reaches(thing: Any, index: str) -> bool:
    return isinstance(thing, list | tuple) and index.isdigit() and int(index) < len(thing)


def path_words(project: Project, path: str, language: str) -> str:
    """A path of a project in words, records by their names: "main face / benches / riser height"; "" for none."""
    name = path.partition(".")[0].partition("[")[0]
    return " / ".join(_words(project, path, language)) if name in Project.model_fields else ""


def field_words(path: str, language: str) -> str:
    """A field of the project in words, "walls / base of the bench walls / bearing"; "" where the project has none."""
    record: type[BaseModel] | None = Project
    words: list[str] = []
    for name, _ in _PART.findall(path):
        if not name:
            continue
        if record is None or name not in record.model_fields:
            return ""
        label = f"fields.{record.__name__}.{name}"
        words.append(text(label, language) if has(label, language) else name)
        record = _record_in(record.model_fields[name].annotation)
    return " / ".join(words)


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part)) is not None), None)
