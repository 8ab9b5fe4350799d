"""The published cases that ship with the program, run by the program itself."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from slopedesign.verification.common import CaseResult, load_cases

GROUPS: tuple[str, ...] = tuple(
    group for group in ("terrain", "stability", "walls", "water") if find_spec(f"{__name__}.{group}") is not None
)


def verify(group: str, cases: Path | None = None) -> list[CaseResult]:
    """Run the cases of one group: those that ship, or those of a file in the same layout.

    Raises:
        InputError: the file is not of that layout.
    """
    module = import_module(f"{__name__}.{group}")
    results: list[CaseResult] = module.run(load_cases(group, cases))
    return results
