"""Work shared with the other processors.

The threads that help are started once and wait for work: starting them anew takes milliseconds where the processors are
busy. Whoever shares work does it too, and waits for nobody who has not begun.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache


def workers() -> int:
    """Threads worth having."""
    return max(1, min(8, os.cpu_count() or 1))


def share(work: Callable[[int], None], count: int) -> None:
    """work(0), ..., work(count - 1), each once, in this thread and in others; what a part finds is kept by its number.

    Parts must not depend on one another and must release the interpreter to gain anything. An error of a part is
    raised here; parts not yet begun are then left out.
    """
    left = deque(range(count))

    def some() -> None:
        while True:
            try:
                number = left.popleft()
            except IndexError:
                return
            try:
                work(number)
            except BaseException:
                left.clear()
                raise

    helping: list[Future[None]] = [_helpers().submit(some) for _ in range(min(workers(), count) - 1)]
    try:
        some()
    finally:
        begun = [one for one in helping if not one.cancel()]
        wait(begun)
        for one in begun:
            one.result()


@cache
def _helpers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(1, workers() - 1), thread_name_prefix="share")
