"""Run all benchmarks, or those named: `python -m benchmarks [name ...]`. Exit code 1 where a limit is missed."""

from __future__ import annotations

import platform
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.common import Ratio


def main(wanted: list[str]) -> int:
    """Find every module here that has `run() -> list[Ratio]`, run it, print one table."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("*.py"))
    names = [name for name in names if name not in ("__init__", "__main__", "common")]
    if unknown := set(wanted) - set(names):
        print(f"no benchmark {sorted(unknown)}; there are {names}")
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    print(f"{'what':<44} {'ours':>9} {'peer':>9} {'ratio':>7} {'limit':>6}  {'':<6} {'MB':>6} {'peer MB':>7}  against")
    missed = 0
    for name in names:
        if wanted and name not in wanted:
            continue
        module = import_module(f"benchmarks.{name}")
        if not hasattr(module, "run"):
            continue
        for ratio in module.run():
            print_row(ratio)
            missed += ratio.holds is False
    return 1 if missed else 0


def print_row(r: Ratio) -> None:
    """One line, and one more for the note."""

    def shown(value: float | None, form: str) -> str:
        return "-" if value is None else format(value, form)

    said = {True: "holds", False: "MISSES", None: ""}[r.holds]
    memory = f"{shown(r.ours_mb, '.0f'):>6} {shown(r.peer_mb, '.0f'):>7}"
    print(
        f"{r.name:<44.44} {shown(r.ours, '.3f'):>9} {shown(r.peer, '.3f'):>9} {shown(r.value, '.3f'):>7} "
        f"{shown(r.limit, '.2f'):>6}  {said:<6} {memory}  {r.peer_name}"
    )
    if r.note:
        print(f"    {r.note}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
