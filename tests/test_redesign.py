"""A redesign takes over what an edit does not touch, and gives what a run from nothing gives."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from slopedesign.design import Design, run
from slopedesign.project.edit import with_value
from slopedesign.quantities.collect import bill_of
from slopedesign.reports.design_json import design_to_json
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


RISER = "slopes[0].benches.riser_height"


def everything(design: Design) -> Any:
    """All that is written of a design and its bill, each number with its working in the place of the working's name."""
    written = json.loads(design_to_json(design, bill=bill_of(design)))
    traces: dict[str, Any] = written.pop("traces")
    says: dict[str, str] = {}

    def plain(thing: Any) -> Any:
        if isinstance(thing, str) and thing in traces:
            if thing not in says:  # by what it says: the order in which numbers are met is not that of a fresh run
                says[thing] = sha256(json.dumps(plain(traces[thing]), sort_keys=True).encode()).hexdigest()
            return says[thing]
        if isinstance(thing, dict):
            return {key: plain(value) for key, value in thing.items()}
        return [plain(one) for one in thing] if isinstance(thing, list) else thing

    return plain(written)


def test_edits_of_the_riser_height_give_what_fresh_runs_give(workspace: Workspace) -> None:
    """Walls, planting, water, checks and bill: a design calculated over others is the one calculated from nothing."""
    bare = workspace.project.model_copy(update={"stability": None})
    before = run(bare, workspace.sources)
    for height in (10.0, 12.3):
        project = with_value(bare, RISER, height)
        before = run(project, workspace.sources, previous=before)
    assert everything(before) == everything(run(project, workspace.sources))


def test_walls_alike_are_not_worked_again(workspace: Workspace) -> None:
    bare = workspace.project.model_copy(update={"stability": None, "water": None})
    before = run(bare, workspace.sources)
    after = run(with_value(bare, RISER, 12.3), workspace.sources, previous=before)
    assert before.walls is not None and after.walls is not None
    worked = {id(bench.result.situations[0]) for bench in before.walls.benches}
    assert any(id(bench.result.situations[0]) in worked for bench in after.walls.benches)
    wider = run(with_value(bare, "slopes[0].wall.edge_offset", 0.7), workspace.sources, previous=before)
    assert wider.walls is not None
    assert not any(id(bench.result.situations[0]) in worked for bench in wider.walls.benches)
    fresh = run(wider.project, workspace.sources)
    assert fresh.walls is not None
    for one, other in zip(wider.walls.benches, fresh.walls.benches, strict=True):
        assert [(c.id, c.subject, c.demand, c.capacity) for c in one.result.checks] == [
            (c.id, c.subject, c.demand, c.capacity) for c in other.result.checks
        ]
