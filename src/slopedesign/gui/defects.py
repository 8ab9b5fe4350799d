"""Where defects of the program are written down."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

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
