"""Variants: a slope's design beside itself, changed, compared, chosen."""

from __future__ import annotations

import re

from slopedesign.gui.document import Document
from slopedesign.i18n import message
from slopedesign.project.edit import with_entry


def duplicate(document: Document, path: str) -> None:
    """Add a copy of the slope a path lies in, under a free name."""
    match = re.match(r"slopes\[(\d+)\]", path)
    if match is None:
        return
    slopes = document.project.slopes
    slope = slopes[int(match[1])]
    names = {one.name for one in slopes}
    number = 2
    while f"{slope.name}-{number}" in names:
        number += 1
    entry = slope.model_dump(mode="json") | {
        "name": f"{slope.name}-{number}",
        "variant_of": slope.variant_of or slope.name,
    }
    project = with_entry(document.project, "slopes", entry, int(match[1]) + 1)
    document.edit(project, message("gui.edit.duplicate", name=slope.name))
