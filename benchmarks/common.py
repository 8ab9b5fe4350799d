"""What all benchmarks share: a ratio against a peer, and measuring time and memory in a process of its own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """Ours against a peer, or against a guide value where there is no peer.

    Attributes:
        name: what was done.
        ours, peer: seconds, or what the name says; None where it could not be measured, then `note` says why.
        peer_name: the peer, or "guide value".
        limit: ours / peer must not exceed this; None for information only.
        ours_mb, peer_mb: peak memory of the process, MB.
        note: sizes, and how far the results agree.
    """

    name: str
    ours: float | None
    peer: float | None
    peer_name: str
    limit: float | None
    ours_mb: float | None = None
    peer_mb: float | None = None
    note: str = ""

    @property
    def value(self) -> float | None:
        """ours / peer."""
        return self.ours / self.peer if self.ours is not None and self.peer else None

    @property
    def holds(self) -> bool | None:
        """Whether the limit is kept; None where nothing could be compared."""
        if self.limit is None or self.value is None:
            return None
        return self.value <= self.limit


@dataclass(frozen=True)
class Measurement:
    """What a function did in a process of its own.

    Attributes:
        seconds: median time; None where it failed.
        megabytes: peak memory of the whole process, data and libraries included.
        result: what it returned (JSON).
        note: why it failed.
    """

    seconds: float | None
    megabytes: float | None
    result: dict[str, float]
    note: str = ""


Work = Callable[[], dict[str, float]]


def measure(module: str, prepare: str, *sizes: int, repeat: int = 3) -> Measurement:
    """Time the work that `module.prepare(*sizes)` returns, in a fresh process.

    `prepare` makes the data and does once what is not to be timed (loading, compiling); the function it returns is
    timed `repeat` times and gives numbers to compare.
    """
    call = json.dumps([module, prepare, list(sizes), repeat])
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.common", call], capture_output=True, text=True, check=False, timeout=1800
    )
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()
        return Measurement(None, None, {}, last[-1] if last else f"exit {done.returncode}")
    return Measurement(**json.loads(done.stdout.splitlines()[-1]))


def against(
    name: str, ours: Measurement, peer: Measurement, peer_name: str, limit: float | None, note: str = ""
) -> Ratio:
    """A ratio of two measurements; reasons of failure go into the note."""
    notes = [part for part in (note, ours.note and f"ours: {ours.note}", peer.note and f"peer: {peer.note}") if part]
    return Ratio(
        name=name, ours=ours.seconds, peer=peer.seconds, peer_name=peer_name, limit=limit, ours_mb=ours.megabytes,
        peer_mb=peer.megabytes, note="; ".join(notes),
    )  # fmt: skip


def _child(call: str) -> None:
    module, prepare, sizes, repeat = json.loads(call)
    work: Work = getattr(import_module(module), prepare)(*sizes)
    times, result = [], {}
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    peak = None
    if resource is not None:
        unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps({"seconds": statistics.median(times), "megabytes": peak, "result": result}))


if __name__ == "__main__":
    _child(sys.argv[1])
