"""Every result of a design as JSON, and the way back from any number to what it rests on.

The file holds the results by the names of their fields, so that `slopes[0].benches[2].gross_area` is both a path in
the file and the id of the number. A traced number is written `{"value": .., "unit": .., "trace": "t12"}`; the table
`traces` says how t12 came about and which other traces it took.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel

from slopedesign import __version__
from slopedesign.errors import InputError, ProjectFileError, why_refused
from slopedesign.i18n import LANGUAGES, Message, message, text
from slopedesign.reports.citing import thing_words, worded
from slopedesign.standards.check import Check
from slopedesign.standards.formula import COUNTS, Formula, Step, plain_symbol, shown
from slopedesign.standards.trace import OWN, Datum, Given, Measured, Source, Total, Traced

FORMAT = "slopedesign design 1"
HIDDEN = "json_hidden"
"""Name of a class attribute listing the fields that are too bulky or not results (surveys, meshes)."""
WORKED = "json_worked"
"""Name of a class attribute listing properties that are results too, worked when they are asked for."""


class _Writer:
    def __init__(self) -> None:
        self.traces: dict[str, dict[str, Any]] = {}
        self._seen: dict[int, tuple[Traced, str]] = {}

    def trace(self, number: Traced) -> str:
        known = self._seen.get(id(number))
        if known is not None:
            return known[1]
        inputs = {name: self.trace(part) for name, part in number.inputs.items()}
        name = f"t{len(self._seen) + 1}"
        self._seen[id(number)] = (number, name)
        self.traces[name] = {"value": number.value, "unit": number.unit} | _label(number) | _origin(number)
        if inputs:
            self.traces[name]["inputs"] = inputs
        if number.unverified:
            self.traces[name]["unverified"] = True
        return name

    def write(self, thing: Any) -> Any:
        match thing:
            case Traced():
                return {"value": thing.value, "unit": thing.unit, "trace": self.trace(thing)} | _label(thing)
            case Message():
                return {language: thing.render(language) for language in LANGUAGES}
            case Check():
                derived = {"verdict": thing.verdict.value, "demand": thing.demand, "capacity": thing.capacity,
                           "ratio": thing.ratio, "unit": thing.unit, "unverified": thing.unverified}  # fmt: skip
                return self._fields(thing) | derived
            case Source():
                return {"standard": thing.standard, "clause": thing.clause, "provenance": thing.provenance.value}
            case Formula():
                return {"source": self.write(thing.source), "text": thing.text}
            case BaseModel():
                return thing.model_dump(mode="json")
            case Enum():
                return thing.value
            case np.ndarray():
                return self.write(thing.tolist())
            case np.generic():
                return self.write(thing.item())
            case float():
                return thing if math.isfinite(thing) else None
            case None | bool() | int() | str():
                return thing
            case Mapping():
                return {str(key): self.write(value) for key, value in thing.items()}
            case list() | tuple() | set() | frozenset():
                return [self.write(value) for value in thing]
            case Path():
                return thing.name
            case _ if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
                return self._fields(thing)
            case _:
                return None

    def _fields(self, record: Any) -> dict[str, Any]:
        hidden = getattr(type(record), HIDDEN, ())
        names = [f.name for f in dataclasses.fields(record) if f.name not in hidden]
        return {name: self.write(getattr(record, name)) for name in (*names, *getattr(type(record), WORKED, ()))}


def _label(number: Traced) -> dict[str, Any]:
    return {"label": {language: text(number.label, language) for language in LANGUAGES}} if number.label else {}


def _origin(number: Traced) -> dict[str, Any]:
    match number:
        case Step():
            f = number.formula
            return {
                "kind": "formula",
                "source": str(f.source),
                "provenance": f.source.provenance.value,
                "title": {language: text(f.title, language) for language in LANGUAGES} if f.title else None,
                "formula": f"{plain_symbol(f.variables[f.gives].symbol)} = {f.plain()}",
                "numbers": f.plain(number.numbers),
                "latex": number.latex(),
                "digits": f.variables[f.gives].digits,
                "symbols": {name: plain_symbol(var.symbol) for name, var in f.variables.items()},
            }
        case Given():
            return {"kind": "given", "field": number.field}
        case Datum():
            return {
                "kind": "datum",
                "source": str(number.source),
                "provenance": number.source.provenance.value,
                "note": number.source.note,
            }
        case Measured():
            return {
                "kind": "measured",
                "method": {language: text(number.method, language) for language in LANGUAGES},
                "of": number.of,
            }
        case Total():
            return {"kind": "total"}
        case _:
            return {"kind": "number"}


def design_to_json(design: Any, **extra: Any) -> str:
    """The design (and further parts, by name) as JSON text."""
    writer = _Writer()
    body = writer.write(design)
    further = {name: writer.write(part) for name, part in extra.items()}
    head = {"format": FORMAT, "program": f"slopedesign {__version__}"}
    parts = head | body | further | {"traces": writer.traces}
    lines = (
        f"{json.dumps(key)}: {json.dumps(part, ensure_ascii=False, allow_nan=False)}" for key, part in parts.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


DEGREE = "\N{DEGREE SIGN}"


def read_design(path: Path | str) -> dict[str, Any]:
    """Read a design.json.

    Raises:
        ProjectFileError: the file cannot be read.
        InputError: it is no design.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        if isinstance(error, OSError):
            raise ProjectFileError(path, message("project.file.unreadable", why=why_refused(error))) from error
        raise InputError(str(path), type(error).__name__, message("explain.not_a_design")) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(str(path), type(data).__name__, message("explain.not_a_design"))
    return data


def ids(data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every number of a design.json: its id and what stands there."""
    for key, value in data.items():
        if key != "traces":
            yield from _ids(value, key)


def _ids(thing: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(thing, dict):
        if "trace" in thing and "value" in thing:
            yield path, thing
            return
        for key, value in thing.items():
            yield from _ids(value, f"{path}.{key}")
    elif isinstance(thing, list):
        for i, value in enumerate(thing):
            if isinstance(value, dict | list):
                yield from _ids(value, f"{path}[{i}]")


def find(data: Mapping[str, Any], wanted: str) -> list[tuple[str, dict[str, Any]]]:
    """The numbers an id names: a path, the start of a path, or the id of a check or bill item.

    Raises:
        InputError: nothing bears that id.
    """
    everything = dict(ids(data))
    if wanted in everything:
        return [(wanted, everything[wanted])]
    places = [
        f"{table}[{i}]"
        for table in ("checks", "bill")
        for i, row in enumerate(data.get(table) or ())
        if wanted in (row.get("id"), f"{row.get('id')}@{row.get('subject')}")
    ]
    starts = places or [wanted]
    found = [
        (path, number)
        for path, number in everything.items()
        if any(path.startswith((f"{start}.", f"{start}[")) for start in starts)
    ]
    if not found:
        near = [path for path in everything if wanted.split(".")[-1] in path][:8]
        raise InputError("ID", wanted, message("explain.unknown_id", near=", ".join(near) or "-"))
    return found


def explain(data: Mapping[str, Any], wanted: str, language: str = "zh_CN") -> str:
    """From a number back to the formula with numbers put in, its inputs, clauses and sources, as text."""
    blocks = []
    for path, number in find(data, wanted):
        lines = [path]
        lines += _explained(data["traces"], number["trace"], "", "  ", language, set())
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _explained(
    traces: Mapping[str, Any], name: str, symbol: str, indent: str, language: str, said: set[str]
) -> Iterator[str]:
    t = traces[name]
    label = (t.get("label") or {}).get(language, "")
    unit = "" if t["unit"] in COUNTS else f" {t['unit'].replace('deg', DEGREE)}"
    mark = f"  [{text('explain.unverified', language)}]" if t.get("unverified") else ""
    head = f"{indent}{symbol + ' = ' if symbol else ''}{shown(t['value'], t.get('digits', 3))}{unit}"
    head += f"  {label}" if label else ""
    match t["kind"]:
        case "formula":
            title = (t.get("title") or {}).get(language, "")
            yield f"{head}{mark}"
            yield f"{indent}  {t['formula']} = {t['numbers']}"
            own = t["source"].startswith(OWN.standard)
            source = text("verdict.own", language) if own else worded(t["source"], language)
            yield f"{indent}  {text('explain.by', language)} {source} {title}".rstrip()
        case "given":
            yield f"{head}  <- {text('explain.given', language)} {t['field']}{mark}"
        case "datum":
            provenance = text(f"provenance.{t['provenance']}", language)
            note = f" {t['note']}" if t.get("note") else ""
            yield f"{head}  <- {worded(t['source'], language)} ({provenance}){note}{mark}"
        case "measured":
            of = f" {thing_words(t['of'], language)}" if t.get("of") else ""
            yield f"{head}  <- {text('explain.measured', language)} {t['method'][language]}{of}{mark}"
        case "total":
            yield f"{head}  <- {text('explain.total', language, count=len(t.get('inputs', {})))}{mark}"
        case _:
            yield f"{head}{mark}"
    if name in said and t.get("inputs"):
        yield f"{indent}  {text('explain.above', language)}"
        return
    said.add(name)
    for key, part in t.get("inputs", {}).items():
        inner = t.get("symbols", {}).get(key, key)
        yield from _explained(traces, part, inner, indent + "    ", language, said)
