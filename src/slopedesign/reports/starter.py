"""A starting project from a survey: the guide's defaults, a first base line from the ground itself, and comments."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from slopedesign.calc.terrain import Tin
from slopedesign.calc.terrain.contour import contours
from slopedesign.calc.terrain.faces import foot_of_steepest_face
from slopedesign.errors import InputError, ProjectFileError
from slopedesign.i18n import message, text
from slopedesign.project.file import load_project, save_project, validate_project
from slopedesign.project.project import Project
from slopedesign.project.template import with_template
from slopedesign.reports.survey_text import surface_of
from slopedesign.standards import guide
from slopedesign.survey import SurveyOptions, read_survey

LOW_SHARE = 0.15  # the first base line lies this share of the relief above the lowest ground
MOST_VERTICES = 60
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever stands after a dot."""


def write_starter(
    name: str, survey: Path, rock: Path | None, out: Path | None, language: str = "zh_CN",
    options: SurveyOptions | None = None, template: Path | None = None,
) -> Path:  # fmt: skip
    """Write NAME.json and return its path; `options` say how the survey files are to be read.

    The settings of a `template` project (limits, factors, ditch types, drawings) are taken over.

    Raises:
        ProjectFileError: the file exists already, or cannot be written.
        SurveyError: the survey cannot be read.
        InputError: the name cannot be a file's name, or the survey lies on another drive than the project.
    """
    if not name.strip() or any(c in '<>:"/\\|?*' or ord(c) < 32 for c in name) or name.strip(". ") != name:
        raise InputError("NAME", name, message("starter.name"))
    if _DEVICE.fullmatch(name):
        raise InputError("NAME", name, message("starter.device"))
    path = out or Path(f"{name}.json")
    if path.exists():
        raise ProjectFileError(path, message("starter.exists"))
    project = starting_project(name, survey, rock, path.parent, language, options)
    save_project(project if template is None else with_template(project, load_project(template)), path)
    return path


def starting_project(
    name: str, survey: Path, rock: Path | None, folder: Path, language: str = "zh_CN",
    options: SurveyOptions | None = None,
) -> Project:  # fmt: skip
    """The project `write_starter` writes; `folder` is where its file will stand."""
    reading = options or SurveyOptions()
    ground = read_survey(survey, reading)
    tin = surface_of(ground.survey).tin
    surveys: list[dict[str, Any]] = [_survey_entry("ground", survey, folder, ground.report.sha256, reading)]
    layers: list[dict[str, Any]] = []
    materials = [{"name": "rock", "kind": "hard_rock"}]
    if rock is not None:
        other = replace(reading, format="auto", surface="")
        below = read_survey(rock, other)
        surveys.append(_survey_entry("rock", rock, folder, below.report.sha256, other))
        materials.insert(0, {"name": "soil", "kind": "soil"})
        layers = [{"material": "soil", "bottom_surface": "rock"}, {"material": "rock"}]
    vertices, level, closed = first_base_line(tin)
    berm = guide.min_berm_width("hard_rock")
    riser = guide.usual_riser_height("hard_rock")
    angle = guide.max_face_angle("hard_rock", float(riser))
    comments = {
        "slopes[0].base_line": text("starter.base_line", language, level=f"{level:g}"),
        "slopes[0].benches.riser_height": text(
            "starter.riser", language, riser=float(riser), clause=guide.source("cut.riser_height.rock").clause
        ),
        "slopes[0].benches.face_angle": text("starter.angle", language, angle=float(angle) if angle else 0.0),
        "slopes[0].benches.berm_width": text("starter.berm", language, width=float(berm)),
        "slopes[0].benches.material": text("starter.material", language),
        "slopes[0].wall": text("starter.wall", language),
        "slopes[0].cover.thickness": text("starter.cover", language),
        "coordinates": text("starter.coordinates", language),
        "soil.settlement": text("starter.settlement", language),
        "surveys[0].sha256": text("starter.sha256", language),
    }
    slope = {
        "name": text("starter.slope", language),
        "ground": "ground",
        "layers": layers,
        "base_line": {"vertices": vertices, "closed": closed, "elevation": level},
        "benches": {"mode": "toe_up", "material": "hard_rock"},
    }
    return validate_project(
        {
            "info": {"name": name},
            "surveys": surveys,
            "materials": materials,
            "slopes": [slope],
            "comments": comments,
        }
    )


def _survey_entry(name: str, file: Path, folder: Path, digest: str, options: SurveyOptions) -> dict[str, Any]:
    try:
        relative = Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
    except ValueError as error:
        raise InputError("--from", str(file), message("starter.other_drive")) from error
    stated = {
        "format": options.format, "encoding": options.encoding, "column_order": options.column_order,
        "unit": options.unit, "duplicates": options.duplicates, "layers": list(options.layers),
        "surface": options.surface, "text_levels": options.text_levels,
    }  # fmt: skip
    return {"name": name, "path": relative, "sha256": digest} | stated


def first_base_line(tin: Tin) -> tuple[list[list[float]], float, bool]:
    """A first toe line: the foot of the steepest face of the ground; without one the longest contour low on it.

    Returns:
        vertices [E, N], level [m], whether the line is closed.

    Raises:
        InputError: the ground is flat.
    """
    z = tin.vertices[:, 2] + tin.origin[2]
    low, high = float(z.min()), float(z.max())
    if high - low < 1.0:
        raise InputError("--from", f"{high - low:.2f} m", message("starter.flat"))
    foot = foot_of_steepest_face(tin)
    if foot is not None:
        return _thinned(foot.points, False), foot.level, False
    level = round(2 * (low + LOW_SHARE * (high - low))) / 2
    lines = contours(tin, [level])
    if not lines:
        raise InputError("--from", f"{level:g} m", message("starter.flat"))
    longest = max(lines, key=lambda line: float(np.linalg.norm(np.diff(line.points[:, :2], axis=0), axis=1).sum()))
    return _thinned(longest.points[:, :2], longest.closed), level, longest.closed


def _thinned(points: np.ndarray, closed: bool) -> list[list[float]]:
    """The vertices of a line that matter, at most `MOST_VERTICES`."""
    ring = np.vstack([points, points[:1]]) if closed else points
    line = shapely.LineString(ring)
    tolerance = 0.5
    while len(line.simplify(tolerance).coords) > MOST_VERTICES:
        tolerance *= 1.5
    kept = list(line.simplify(tolerance).coords)
    return [[round(e, 3), round(n, 3)] for e, n in (kept[:-1] if closed else kept)]
