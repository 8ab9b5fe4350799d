"""Where defects of the program are written down."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths


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


def guarded(handler: Callable[..., None]) -> Callable[..., None]:
    """An event handler whose defects go to the program's hook.

    Qt's binding ends the whole program over an exception that library code set and no Python code has looked at yet.
    """

    @wraps(handler)
    def handle(*arguments: Any) -> None:
        try:
            handler(*arguments)
        except Exception:  # noqa: BLE001 - whatever it is, it must be said and the program go on
            sys.excepthook(*sys.exc_info())

    return handle
