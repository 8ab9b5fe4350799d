"""A template gives a new project a firm's settings and nothing of its site."""

from __future__ import annotations

from pathlib import Path

from slopedesign.project.file import load_project, validate_project
from slopedesign.project.template import with_template

EXAMPLE = Path(__file__).parents[2] / "examples" / "quarry" / "project.json"


def test_settings_come_and_the_site_stays() -> None:
    template = load_project(EXAMPLE)
    line = {"vertices": [[0, 0], [10, 0]]}
    new = validate_project(
        {"info": {"name": "new"}, "surveys": [{"name": "g", "path": "g.dat"}],
         "slopes": [{"name": "S", "ground": "g", "base_line": line}]}
    )  # fmt: skip
    made = with_template(new, template)
    assert made.info == new.info
    assert made.surveys == new.surveys
    assert made.slopes[0].base_line == new.slopes[0].base_line
    assert made.slopes[0].wall == template.slopes[0].wall
    assert made.drawings == template.drawings
    assert made.soil == template.soil
    assert made.walls is not None
    assert made.walls.toe_walls == ()
    assert made.walls.situations == template.walls.situations  # type: ignore[union-attr]
    assert made.stability is not None
    assert made.stability.sections == ()
    assert made.water is None or not made.water.network.reaches
    assert made.answers == ()
    assert made.facts == {}


def test_a_bare_template_changes_nothing() -> None:
    bare = validate_project({"info": {"name": "bare"}})
    new = validate_project({"info": {"name": "new"}})
    assert with_template(new, bare) == new
