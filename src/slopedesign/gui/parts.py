"""Parts of a project that may be left out, and what they start from when they are stated."""

from __future__ import annotations

from typing import Any

from slopedesign.errors import SlopeDesignError
from slopedesign.i18n import text
from slopedesign.project.project import Project

OPTIONAL_PARTS = ("roads", "planting", "stability", "walls", "water")


def missing_parts(project: Project) -> list[str]:
    """Names of the parts that are not stated."""
    return [name for name in OPTIONAL_PARTS if getattr(project, name) is None]


def slope_seed(project: Project, language: str, design: Any) -> dict[str, Any] | None:
    """A slope on the first survey, its base line a low contour of the ground; None without a survey."""
    if not project.surveys:
        return None
    names = {slope.name for slope in project.slopes}
    start = text("starter.slope", language)
    name = next(n for n in (start, *(f"{start}{i}" for i in range(2, 10_000))) if n not in names)
    ground = project.surveys[0].name
    entry: dict[str, Any] = {"name": name, "ground": ground, "benches": {"mode": "toe_up", "material": "hard_rock"}}
    known = next((slope for slope in project.slopes if slope.ground == ground and slope.base_line), None)
    if design is not None and ground in design.grounds:
        from slopedesign.reports.starter import first_base_line

        try:
            vertices, level, closed = first_base_line(design.grounds[ground].build.tin)
        except SlopeDesignError:
            return None
        entry["base_line"] = {"vertices": vertices, "elevation": level, "closed": closed}
    elif known is not None and known.base_line is not None:
        entry["base_line"] = known.base_line.model_dump(mode="json")
    else:
        return None
    return entry
