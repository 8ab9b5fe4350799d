"""Where defects of the program are written down."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from PySide6.QtCore import QStandardPaths

P = ParamSpec("P")
R = TypeVar("R")


def write_down(said: str) -> Path:
    """Append a traceback to the log of defects; where the log is. A full disk must not make things worse."""
    import logging  # slow to load; most sessions have no defect

    logging.getLogger("slopedesign").error(said)
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    log = folder / "errors.log"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{said}\n")
    return log


def guarded_or(otherwise: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A method that Qt calls; a defect in it goes to the program's hook and Qt is answered `otherwise`.

    Qt's binding ends the whole program over an exception that library code set and no Python code has looked at yet.
    Every method that overrides one of Qt's needs this; slots do not, their exceptions reach the hook by themselves.
    """

    def guard(method: Callable[P, R]) -> Callable[P, R]:
        @wraps(method)
        def answer(*arguments: P.args, **named: P.kwargs) -> R:
            try:
                return method(*arguments, **named)
            except Exception:  # noqa: BLE001 - whatever it is, it must be said and the program go on
                sys.excepthook(*sys.exc_info())
                said: R = otherwise
                return said

        return answer

    return guard


def guarded(handler: Callable[P, None]) -> Callable[P, None]:
    """`guarded_or` for a method that answers nothing."""
    return guarded_or(None)(handler)
