"""What a firm keeps for all its projects (limits, factors, catalogue, drawing settings), taken from one of them.

A template is an ordinary project file. What belongs to a site (surveys, slopes, sections, walls, reaches, ponds,
replies) stays behind; what a new project states itself already is not touched.
"""

from __future__ import annotations

from slopedesign.project.file import validate_project
from slopedesign.project.project import Project

SITE = {"stability": ("sections", "materials"), "walls": ("toe_walls", "bases", "bench_base", "backfills")}
"""What of a part belongs to the site."""
CATALOGUE = ("types", "freeboard", "min_width", "level")
"""What of a drainage network is a firm's habit."""


def with_template(project: Project, template: Project) -> Project:
    """A new project with the settings of a template.

    Raises:
        InputError: the template's settings do not stand without its site.
    """
    data = project.model_dump(mode="json")
    kept = template.model_dump(mode="json")
    data["drawings"] = kept["drawings"]
    data["soil"] = kept["soil"]
    for name, lists in SITE.items():
        if kept[name] is not None and data[name] is None:
            data[name] = {key: value for key, value in kept[name].items() if key not in lists}
    if kept["water"] is not None and data["water"] is None and kept["water"]["network"]["types"]:
        data["water"] = {"network": {key: kept["water"]["network"][key] for key in CATALOGUE}}
    if kept["planting"] is not None and data["planting"] is None and kept["planting"]["species"]:
        data["planting"] = {"species": kept["planting"]["species"]}
    if template.slopes and project.slopes:
        for slope in data["slopes"]:
            slope["wall"] = kept["slopes"][0]["wall"]
            slope["cover"] = kept["slopes"][0]["cover"]
    return validate_project(data)
