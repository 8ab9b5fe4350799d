"""What can go wrong, as a tree:

SlopeDesignError
├── InputError         a stated value is not usable: which field, what was given, what is required
├── OutOfRange         a clause was asked outside the range it is valid in
├── NoSolution         a search ended without an answer: what was sought, what was tried
├── FormulaError       a formula was declared or called wrongly (our mistake, never the user's)
├── ProjectFileError   a project file cannot be read or written
└── SurveyError        a survey file cannot be read
"""

from __future__ import annotations

from errno import errorcode
from pathlib import Path

from slopedesign.i18n import DEFAULT_LANGUAGE, Message, has, message


class SlopeDesignError(Exception):
    """Base of all errors of the program; `describe` says it in the reader's language, `str` in English."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason

    def describe(self, language: str = DEFAULT_LANGUAGE) -> str:
        """One line: what, which value, what is required."""
        return self.reason.render(language)

    def __str__(self) -> str:
        return self.describe("en")


class InputError(SlopeDesignError, ValueError):
    """A stated value is not usable.

    Args:
        field: path of the field as the project file spells it (`slopes[0].benches.width`), or file and row.
        value: what was given, as given.
        rule: what is required, as a `Message` (preferred: it exists in both languages) or as a phrase.
    """

    def __init__(self, field: str, value: object, rule: Message | str) -> None:
        super().__init__(message("error.input", field=field, value=_short(value), rule=rule))
        self.field, self.value, self.rule = field, value, rule
        self.others: tuple[InputError, ...] = ()


class OutOfRange(SlopeDesignError, ValueError):
    """A clause was asked outside its range of validity."""

    def __init__(self, clause: str, value: object, allowed: str) -> None:
        super().__init__(message("error.out_of_range", clause=clause, value=_short(value), allowed=allowed))
        self.clause, self.value, self.allowed = clause, value, allowed


class NoSolution(SlopeDesignError):
    """A search or iteration ended without an answer."""

    def __init__(self, what: Message | str, tried: Message | str) -> None:
        super().__init__(message("error.no_solution", what=what, tried=tried))
        self.what, self.tried = what, tried


class FormulaError(SlopeDesignError):
    """A formula was declared or called with the wrong names: a mistake in the program."""

    def __init__(self, detail: str) -> None:
        super().__init__(message("error.formula", detail=detail))


class ProjectFileError(SlopeDesignError):
    """A project file cannot be read or written."""

    def __init__(self, path: Path | str, rule: Message | str) -> None:
        super().__init__(message("error.project_file", path=str(path), rule=rule))
        self.path = Path(path)


class SurveyError(SlopeDesignError):
    """A survey file cannot be read."""

    def __init__(self, path: Path | str, rule: Message | str) -> None:
        super().__init__(message("error.survey_file", path=str(path), rule=rule))
        self.path = Path(path)


def why_refused(error: OSError) -> Message | str:
    """Why the operating system refused, in the reader's language; its own words where it is none of the usual."""
    name = errorcode.get(error.errno or 0, "")
    return message(f"error.os.{name}") if has(f"error.os.{name}") else error.strerror or str(error)


def _short(value: object, most: int = 120) -> str:
    shown = repr(value)
    return shown if len(shown) <= most else f"{shown[:most]}..."
