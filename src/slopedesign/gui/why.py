"""Why a check says what it says: the chain from its numbers back to formulas, fields and clauses."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from html import escape

from slopedesign.gui.checks_data import missing_words, stands, target_of
from slopedesign.gui.units import with_unit
from slopedesign.i18n import Message, has, text
from slopedesign.project.project import Project
from slopedesign.reports.places import field_words
from slopedesign.reports.verdicts import cited, compared
from slopedesign.standards.check import Check
from slopedesign.standards.formula import Step, plain_symbol, shown
from slopedesign.standards.inverse import Passing, what_would_pass
from slopedesign.standards.trace import Datum, Given, Measured, Total, Traced

DEEPEST = 6


def why_html(check: Check, language: str, project: Project | None = None) -> str:
    """Verdict, clause, reading and the chain of both numbers; links lead to fields of the project."""
    said = _waiting(check, language, project) if check.missing else escape(compared(check, language))
    parts = [
        f"<b>{escape(check.title.render(language))}</b> &nbsp; {said}",
        f"{escape(cited(check.source, language))} ({text(f'provenance.{check.source.provenance.value}', language)})",
    ]
    if check.reading:
        reading = check.reading.render(language) if isinstance(check.reading, Message) else check.reading
        parts.append(f"{text('verdict.reading', language)} {escape(reading)}")
    parts += [escape(note.render(language)) for note in check.notes]
    for side in (check.found, check.required):
        if isinstance(side, Traced):
            parts.append("<ul>" + _chain(side, "", language, 0) + "</ul>")
    passing = what_would_pass(check)
    if passing:
        parts.insert(1, "<br>".join(_passing(one, language, project) for one in passing))
    return "<br>".join(parts)


def _waiting(check: Check, language: str, project: Project | None) -> str:
    """What a judgement waits for; each input a link to where it is stated."""
    words = []
    for name in check.missing:
        target = name if project is None else target_of(replace(check, missing=(name,)), project)
        words.append(f'<a href="{escape(target)}">{escape(missing_words(name, check, language))}</a>')
    return "<br>" + text("gui.check.awaits", language, what="<br>".join(dict.fromkeys(words)))


def _field(path: str, language: str) -> str:
    """A field of the project as a link with its name."""
    return f'<a href="{escape(path)}">{escape(field_words(path, language) or path)}</a>'


def _passing(found: Passing, language: str, project: Project | None) -> str:
    """One way to make a check pass, "would pass with berm width = 2.00 m (now 1.80 m)", with its links."""
    name = escape(text(found.label, language)) if found.label else escape(field_words(found.field, language))
    value = rounded_away(found.value, found.now)
    wanted, now = (with_unit(number, found.unit, language) for number in (f"{value:g}", f"{found.now:.4g}"))
    said = text("gui.would_pass", language, name=name, value=wanted, now=now)
    line = f'<span style="font-weight:600">{said}</span> {_field(found.field, language)}'
    if project is not None and stands(project, found.field):
        line += f' &nbsp; <a href="apply:{escape(found.field)}={value!r}">{text("gui.check.apply", language)}</a>'
    return line


def rounded_away(value: float, now: float, step: float = 0.01) -> float:
    """A value on a raster, never nearer to what is stated now: what just passes does so on the raster too."""
    count = value / step
    whole = math.ceil(count - 1e-9) if value > now else math.floor(count + 1e-9)
    return round(whole * step, 6)


def number_html(number: Traced, language: str) -> str:
    """The chain behind one number."""
    return "<ul>" + _chain(number, "", language, 0) + "</ul>"


_SUBSCRIPT = re.compile(r"([A-Za-z\u0370-\u03ff])_([A-Za-z0-9\u0370-\u03ff\u4e00-\u9fff]+)")
_GREEK = {
    "alpha": "\u03b1", "beta": "\u03b2", "gamma": "\u03b3", "delta": "\u03b4", "phi": "\u03c6", "sigma": "\u03c3",
    "tau": "\u03c4", "mu": "\u03bc", "theta": "\u03b8", "lambda": "\u03bb",
}  # fmt: skip


def called(name: str, language: str) -> str:
    """What a number goes by that stands in no formula, "M_soil_h", "F 1 hard_rock_slope": its words translated."""
    return " ".join(
        text(f"choice.{part}", language) if "_" in part and has(f"choice.{part}", language)
        else "_".join(_GREEK.get(word) or _worded(word, language) for word in part.split("_"))
        for part in name.split(" ")
    )  # fmt: skip


def _worded(word: str, language: str) -> str:
    key = f"gui.goes_by.{word}"
    return text(key, language) if word.isascii() and word.isalpha() and has(key, language) else word


def with_subscripts(formula: str) -> str:
    """A formula in plain text as HTML, what follows an underscore set low."""
    return _SUBSCRIPT.sub(r"\1<sub>\2</sub>", escape(formula))


def _chain(number: Traced, symbol: str, language: str, depth: int) -> str:
    label = f" {escape(text(number.label, language))}" if number.label else ""
    head = f"{with_subscripts(symbol)} = " if symbol else ""
    digits = number.formula.variables[number.formula.gives].digits if isinstance(number, Step) else 3
    line = f"{head}<b>{escape(with_unit(shown(number.value, digits), number.unit, language))}</b>{label}"
    inside = ""
    match number:
        case Step():
            f = number.formula
            worked = f"{f.plain()} = {f.plain(number.numbers)}"
            line += f"<br>{with_subscripts(worked)} &nbsp;[{escape(cited(f.source, language))}]"
        case Given():
            line += f" &larr; {_field(number.field, language)}"
        case Datum():
            line += f" &larr; {escape(cited(number.source, language))}"
        case Measured():
            line += f" &larr; {escape(text(number.method, language))}"
        case Total():
            line += f" &larr; {text('explain.total', language, count=len(number.parts))}"
    if number.unverified:
        line += f" <i>[{text('explain.unverified', language)}]</i>"
    if depth < DEEPEST and number.inputs:
        names = number.formula.variables if isinstance(number, Step) else {}
        inside = "".join(
            _chain(
                part, plain_symbol(names[name].symbol) if name in names else called(name, language), language, depth + 1
            )
            for name, part in list(number.inputs.items())[:12]
        )
        inside = f"<ul>{inside}</ul>"
    return f"<li>{line}{inside}</li>"
