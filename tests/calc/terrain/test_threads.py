"""Work shared with other threads: each part once, errors are raised, and sharing within a part goes on."""

from __future__ import annotations

import threading
import time

import pytest

from slopedesign.calc.terrain.threads import share, workers


@pytest.mark.parametrize("count", [0, 1, 2, 200])
def test_each_part_is_done_once(count: int) -> None:
    done: list[int] = []
    share(done.append, count)
    assert sorted(done) == list(range(count))


def test_other_threads_help() -> None:
    if workers() < 2:
        pytest.skip("one processor")
    names: set[int] = set()

    def part(_: int) -> None:
        names.add(threading.get_ident())
        time.sleep(0.02)

    share(part, 20)
    assert threading.get_ident() in names
    assert 1 < len(names) <= workers()


def test_an_error_of_any_part_is_raised() -> None:
    for bad in (0, 7, 19):

        def part(k: int, bad: int = bad) -> None:
            time.sleep(0.001)
            if k == bad:
                raise ValueError(k)

        with pytest.raises(ValueError, match=str(bad)):
            share(part, 20)


def test_a_part_may_share_its_own_work() -> None:
    done: list[tuple[int, int]] = []
    share(lambda k: share(lambda j: done.append((k, j)), 5), 9)
    assert sorted(done) == [(k, j) for k in range(9) for j in range(5)]


def test_several_callers_at_once() -> None:
    done: dict[int, list[int]] = {k: [] for k in range(6)}
    callers = [threading.Thread(target=share, args=(done[k].append, 300)) for k in done]
    for one in callers:
        one.start()
    for one in callers:
        one.join(20.0)
    assert all(sorted(found) == list(range(300)) for found in done.values())
