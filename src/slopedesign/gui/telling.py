"""Errors as a designer reads them: the field by its name, with its path behind it."""

from __future__ import annotations

from slopedesign.errors import InputError, SlopeDesignError
from slopedesign.i18n import text
from slopedesign.project.project import Project


def told(error: SlopeDesignError, project: Project, language: str) -> str:
    """What is wrong in one line; a field of the project by its words, its path in brackets."""
    if not isinstance(error, InputError):
        return error.describe(language)
    from slopedesign.reports.places import path_words

    words = path_words(project, error.field, language)
    if not words:
        return error.describe(language)
    rule = error.rule if isinstance(error.rule, str) else error.rule.render(language)
    value = given_words(error.value, language)
    return text("gui.wrong", language, where=words, field=error.field, value=value, rule=rule)


def given_words(value: object, language: str) -> str:
    """A refused value as it was typed; nothing and yes or no in words."""
    if value is None or value == "":
        return text("gui.not_stated", language)
    if isinstance(value, bool):
        return text("choice.yes" if value else "choice.no", language)
    shown = value if isinstance(value, str) else repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}\N{HORIZONTAL ELLIPSIS}"
