"""The window: document, forms, views; it shows what the calculation gives and computes nothing itself."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; see `app`."""
    gc.disable()  # the window collects by itself (see collector); the start would stop for it a dozen times
    from slopedesign.gui.app import main as open_window

    return open_window(arguments)


def load_records() -> None:
    """Load what the window stands on.

    Before PySide6, which looks through the source of every module loaded after it; without pydantic's look through
    every installed package for plug-ins; and without a search for garbage, which modules that stay have none of.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    searched = gc.isenabled()
    gc.disable()
    try:
        import slopedesign.project.edit
        import slopedesign.standards.check  # noqa: F401

        gc.freeze()
    finally:
        if searched:
            gc.enable()


def keep_singletons() -> None:
    """Keep None, True and False alive on Python 3.11.

    PySide6 6.12 takes them for immortal, as they are from Python 3.12 on, and gives one reference to them back too
    often at each call; after some ten thousand calls the interpreter would end with "deallocating None". A large number
    of references to spare outlives any session. Nothing is done on Python 3.12 and later.
    """
    if sys.implementation.name != "cpython" or sys.version_info >= (3, 12):
        return
    for one in (None, True, False):
        ctypes.c_ssize_t.from_address(id(one)).value += 1 << 40


load_records()
keep_singletons()
