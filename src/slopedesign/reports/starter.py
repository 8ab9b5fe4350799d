"""A starting project from a survey: the guide's defaults, a first base line from the ground itself, and comments."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from slopedesign.calc.terrain import Tin
from slopedesign.calc.terrain.contour import contours
from slopedesign.errors import InputError, ProjectFileError
from slopedesign.i18n import message, text
from slopedesign.project.file import save_project, validate_project
from slopedesign.project.project import Project
from slopedesign.reports.survey_text import surface_of
from slopedesign.standards import guide
from slopedesign.survey import SurveyOptions, read_survey

LOW_SHARE = 0.15  # the first base line lies this share of the relief above the lowest ground
MOST_VERTICES = 60


def write_starter(name: str, survey: Path, rock: Path | None, out: Path | None, language: str = "zh_CN") -> Path:
    """Write NAME.json and return its path.

    Raises:
        ProjectFileError: the file exists already, or cannot be written.
        SurveyError: the survey cannot be read.
        InputError: the name cannot be a file's name, or the survey lies on another drive than the project.
    """
    if not name.strip() or any(c in '<>:"/\\|?*' or ord(c) < 32 for c in name) or name.strip(". ") != name:
        raise InputError("NAME", name, message("starter.name"))
    path = out or Path(f"{name}.json")
    if path.exists():
        raise ProjectFileError(path, message("starter.exists"))
    save_project(starting_project(name, survey, rock, path.parent, language), path)
    return path


def starting_project(name: str, survey: Path, rock: Path | None, folder: Path, language: str = "zh_CN") -> Project:
    """The project `write_starter` writes; `folder` is where its file will stand."""
    ground = read_survey(survey, SurveyOptions())
    tin = surface_of(ground.survey).tin
    surveys: list[dict[str, Any]] = [_survey_entry("ground", survey, folder, ground.report.sha256)]
    layers: list[dict[str, Any]] = []
    materials = [{"name": "rock", "kind": "hard_rock"}]
    if rock is not None:
        below = read_survey(rock, SurveyOptions())
        surveys.append(_survey_entry("rock", rock, folder, below.report.sha256))
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


def _survey_entry(name: str, file: Path, folder: Path, digest: str) -> dict[str, Any]:
    try:
        relative = Path(os.path.relpath(file.resolve(), folder.resolve())).as_posix()
    except ValueError as error:
        raise InputError("--from", str(file), message("starter.other_drive")) from error
    return {"name": name, "path": relative, "sha256": digest}


def first_base_line(tin: Tin) -> tuple[list[list[float]], float, bool]:
    """A first toe line: the longest contour low on the ground, thinned.

    Returns:
        vertices [E, N], level [m], whether the line is closed.

    Raises:
        InputError: the ground is flat.
    """
    z = tin.vertices[:, 2] + tin.origin[2]
    low, high = float(z.min()), float(z.max())
    if high - low < 1.0:
        raise InputError("--from", f"{high - low:.2f} m", message("starter.flat"))
    level = round(2 * (low + LOW_SHARE * (high - low))) / 2
    lines = contours(tin, [level])
    if not lines:
        raise InputError("--from", f"{level:g} m", message("starter.flat"))
    longest = max(lines, key=lambda line: float(np.linalg.norm(np.diff(line.points[:, :2], axis=0), axis=1).sum()))
    closed = longest.closed
    ring = np.vstack([longest.points, longest.points[:1]]) if closed else longest.points
    line = shapely.LineString(ring[:, :2])
    tolerance = 0.5
    while len(line.simplify(tolerance).coords) > MOST_VERTICES:
        tolerance *= 1.5
    kept = list(line.simplify(tolerance).coords)
    if closed:
        kept = kept[:-1]
    return [[round(e, 3), round(n, 3)] for e, n in kept], level, closed
