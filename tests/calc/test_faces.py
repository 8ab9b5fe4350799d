"""The foot of the steepest face, found on grounds whose answer is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from slopedesign.calc.terrain import Tin, build_tin
from slopedesign.calc.terrain.faces import foot_of_steepest_face


def ground(rise: float, run: float, second: float = 0.0) -> Tin:
    """A floor at 100 m, a face from n = 60 rising over a run, a plateau; a lower face in the south on demand."""
    e, n = np.meshgrid(np.arange(0.0, 201.0, 4.0), np.arange(0.0, 161.0, 4.0))
    z = 100.0 + np.clip((n - 60.0) / run, 0.0, 1.0) * rise - np.clip((20.0 - n) / 8.0, 0.0, 1.0) * second
    return build_tin(np.column_stack([e.ravel(), n.ravel(), z.ravel()])).tin


def test_the_foot_runs_along_the_face() -> None:
    foot = foot_of_steepest_face(ground(30.0, 16.0))
    assert foot is not None
    assert foot.level == pytest.approx(100.5, abs=2.5)
    assert np.all(np.abs(foot.points[:, 1] - 60.0) < 4.0)
    assert np.ptp(foot.points[:, 0]) > 180.0


def test_the_higher_of_two_faces_wins() -> None:
    foot = foot_of_steepest_face(ground(30.0, 16.0, second=8.0))
    assert foot is not None
    assert np.all(np.abs(foot.points[:, 1] - 60.0) < 6.0)


def test_a_gentle_hillside_has_no_face() -> None:
    assert foot_of_steepest_face(ground(10.0, 80.0)) is None


def test_moving_the_ground_moves_the_foot() -> None:
    tin = ground(30.0, 16.0)
    points = tin.points + np.array([500_000.0, 3_400_000.0, 50.0])
    here, there = foot_of_steepest_face(tin), foot_of_steepest_face(build_tin(points).tin)
    assert here is not None
    assert there is not None
    assert there.level == pytest.approx(here.level + 50.0, abs=3.0)
    assert np.median(there.points[:, 1]) == pytest.approx(np.median(here.points[:, 1]) + 3_400_000.0, abs=2.0)
