"""Which kernels do the bulk work: compiled ones where numba is at hand, NumPy otherwise.

Both give the same numbers. The compiled kernels are loaded at the first use and kept on disk by numba.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, Literal

Engine = Literal["auto", "numba", "numpy"]


def fast_kernels(engine: Engine = "auto") -> Any:
    """The module of compiled kernels, or None where NumPy does the work.

    Raises:
        ImportError: "numba" was asked for and cannot be used here.
    """
    if engine == "numpy":
        return None
    kernels = _load()
    if kernels is None and engine == "numba":
        raise ImportError("numba is not installed or cannot store its compiled kernels")
    return kernels


def kernels_at_hand() -> Any:
    """The compiled kernels if something has loaded them already: for work too small to be worth loading them."""
    return _load() if _load.cache_info().currsize else None


@cache
def _load() -> Any:
    try:
        return import_module("slopedesign.calc.terrain.fast")
    except (ImportError, RuntimeError, OSError):  # no numba, or no place to keep compiled kernels
        return None
