"""A redesign takes over what an edit does not touch, and gives what a run from nothing gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from slopedesign.design import Design, run
from slopedesign.workspace import Workspace, open_workspace

EXAMPLE = Path(__file__).parents[1] / "examples" / "quarry" / "project.json"


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return open_workspace(EXAMPLE)


def edited(workspace: Workspace, **sizes: float) -> Design:
    """Designed as stated, then once more with other bench sizes."""
    slope = workspace.project.slopes[0]
    bare = workspace.project.model_copy(update={"stability": None, "water": None})
    before = run(bare, workspace.sources)
    benches = slope.benches.model_copy(update=sizes)
    after = bare.model_copy(
        update={"slopes": (slope.model_copy(update={"benches": benches}), *workspace.project.slopes[1:])}
    )
    again, fresh = run(after, workspace.sources, previous=before), run(after, workspace.sources)
    assert again.walls is not None and before.walls is not None and fresh.walls is not None
    assert again.walls.toe_walls is before.walls.toe_walls and again.walls.limits == before.walls.limits
    assert [(c.id, c.subject, c.verdict) for c in again.checks] == [(c.id, c.subject, c.verdict) for c in fresh.checks]
    assert [r.text for r in again.remarks] == [r.text for r in fresh.remarks]
    for one, other in zip(again.walls.limits, fresh.walls.limits, strict=True):
        assert [(x.situation, x.height) for x in one.limits] == [(x.situation, x.height) for x in other.limits]
    for one, other in zip(again.walls.benches, fresh.walls.benches, strict=True):
        assert one.result.height.value == other.result.height.value
        assert [c.verdict for c in one.result.checks] == [c.verdict for c in other.result.checks]
    assert float(again.slopes[0].cut.cut) == float(fresh.slopes[0].cut.cut)
    assert float(again.slopes[0].cut.cut) != float(before.slopes[0].cut.cut)
    return again


def test_a_redesign_gives_what_a_fresh_run_gives(workspace: Workspace) -> None:
    again = edited(workspace, berm_width=4.0)
    assert all(float(bench.width) == 4.0 for bench in again.slopes[0].cut.benches if not bench.wide)
