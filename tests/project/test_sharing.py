"""A history of projects shares what did not change."""

from __future__ import annotations

from slopedesign.project.edit import sharing, with_entry, with_value, without_entry
from slopedesign.project.file import dump_project, validate_project

PROJECT = validate_project(
    {
        "info": {"name": "quarry"},
        "surveys": [{"name": "g", "path": "g.dat"}],
        "slopes": [
            {"name": name, "ground": "g", "base_line": {"vertices": [[0, 0], [10, 0]]}} for name in ("A", "B", "C")
        ],
    }
)


def test_only_the_way_to_the_change_is_new() -> None:
    changed = with_value(PROJECT, "slopes[1].benches.riser_height", 9.0)
    kept = sharing(changed, PROJECT)
    assert kept == changed
    assert dump_project(kept) == dump_project(changed)
    assert kept.slopes[0] is PROJECT.slopes[0]
    assert kept.slopes[2] is PROJECT.slopes[2]
    assert kept.info is PROJECT.info
    assert kept.slopes[1].base_line is PROJECT.slopes[1].base_line
    assert kept.slopes[1].benches.riser_height == 9.0
    assert PROJECT.slopes[1].benches.riser_height != 9.0


def test_entries_come_and_go() -> None:
    entry = {"name": "D", "ground": "g", "base_line": {"vertices": [[0, 5], [10, 5]]}}
    for changed in (with_entry(PROJECT, "slopes", entry), with_entry(PROJECT, "slopes", entry, 0),
                    without_entry(PROJECT, "slopes[0]"), with_value(PROJECT, "water", {})):  # fmt: skip
        kept = sharing(changed, PROJECT)
        assert kept == changed
        assert dump_project(kept) == dump_project(changed)


def test_what_is_equal_is_the_same() -> None:
    again = validate_project(PROJECT.model_dump(mode="json"))
    assert again is not PROJECT
    assert sharing(again, PROJECT) is PROJECT
