"""What to do next, for those who do not know the program: one sentence, read off project and design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from slopedesign.i18n import text
from slopedesign.project.project import Project

LITTLE = 2.0
"""A mean section of the cut below this counts as none [m2]."""


@dataclass(frozen=True)
class Advice:
    """A sentence, and the action that helps: "new", "draw_base", "add_slope", "remarks", "replies"."""

    words: str
    action: str


def advice(project: Project, design: Any, language: str) -> Advice | None:
    """The next step, None where nothing stands in the way."""
    if not project.surveys and not any(slope.typed_sections or slope.sections_file for slope in project.slopes):
        return Advice(text("gui.guide.no_survey", language), "new")
    if not project.slopes:
        return Advice(text("gui.guide.no_slope", language), "add_slope")
    if design is None:
        return None
    for slope in design.slopes:
        if slope.slope.variant_of:
            continue
        if _mean_section(slope) < LITTLE:
            return Advice(text("gui.guide.no_cut", language, slope=slope.name, cut=f"{float(slope.cut.cut):.1f}"),
                          "draw_base")  # fmt: skip
    return None


def _mean_section(slope: Any) -> float:
    """Cut to the metre of base line [m2]."""
    import numpy as np

    base = slope.slope.base_line
    if base is None or len(base.vertices) < 2:
        return float("inf")
    length = float(np.hypot(*np.diff(np.array([v[:2] for v in base.vertices], float), axis=0).T).sum())
    return float(slope.cut.cut) / max(length, 1e-9)
