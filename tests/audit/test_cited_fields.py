"""A number that comes from the project names a field the project has: its link leads there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from slopedesign.design import Design
from slopedesign.project.edit import value_at
from slopedesign.reports.design_json import design_to_json


def cited(data: Any) -> Iterator[str]:
    """Paths of the fields numbers come from."""
    if isinstance(data, dict):
        if data.get("field") and "value" in data:
            yield data["field"]
        for part in data.values():
            yield from cited(part)
    elif isinstance(data, list):
        for part in data:
            yield from cited(part)


def test_every_field_that_a_number_cites_is_there(design: Design) -> None:
    paths = set(cited(json.loads(design_to_json(design))))
    assert len(paths) > 300
    for path in paths:
        value_at(design.project, path)
