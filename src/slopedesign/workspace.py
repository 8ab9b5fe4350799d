"""A project with the files it refers to: surveys, base lines, sections, found beside the project file and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath

from slopedesign.errors import InputError
from slopedesign.i18n import Message, message
from slopedesign.project.file import load_project
from slopedesign.project.ground import SurveyFile
from slopedesign.project.project import Project
from slopedesign.survey import (
    PolylinesImport,
    SectionsImport,
    SurveyImport,
    SurveyOptions,
    read_polylines_dxf,
    read_sections_csv,
    read_sections_dxf,
    read_survey,
    sha256_of,
)

Progress = Callable[[Message], None]


def silent(stage: Message) -> None:
    """A progress that says nothing."""


@dataclass(frozen=True, kw_only=True)
class LoadedSurvey:
    """A survey file as it was read.

    Attributes:
        sha256: of the file now, break-line files included.
        changed: whether it differs from the one the project was made with (None: the project states no hash).
    """

    file: SurveyFile
    path: Path
    imported: SurveyImport
    sha256: str
    changed: bool | None


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Everything read from files for one project."""

    surveys: Mapping[str, LoadedSurvey] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], PolylinesImport] = field(default_factory=dict)
    sections: Mapping[str, SectionsImport] = field(default_factory=dict)
    rain: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A project, its file and its sources."""

    project: Project
    path: Path
    sources: Sources


def open_workspace(path: Path | str, progress: Progress = silent) -> Workspace:
    """Read a project file and everything it refers to.

    Raises:
        ProjectFileError, SurveyError, InputError: see `load_project` and `read_survey`.
    """
    path = Path(path)
    project = load_project(path)
    return Workspace(project=project, path=path, sources=read_sources(project, path.parent, progress=progress))


def read_sources(
    project: Project, folder: Path, previous: Sources | None = None, progress: Progress = silent
) -> Sources:
    """Read the files a project refers to; what `previous` holds of unchanged files is used again."""
    surveys = {}
    for i, file in enumerate(project.surveys):
        progress(message("stage.survey", name=file.name))
        surveys[file.name] = _survey(file, folder, f"surveys[{i}]", previous)
    lines = {key: read_polylines_dxf(locate(folder, key[0], where), key[1]) for key, where in _line_files(project)}
    sections = {
        slope.sections_file: _sections(locate(folder, slope.sections_file, f"slopes[{i}].sections_file"))
        for i, slope in enumerate(project.slopes)
        if slope.sections_file
    }
    rain = {}
    if project.water is not None and project.water.storm.annual_maxima_file:
        name = project.water.storm.annual_maxima_file
        where = "water.storm.annual_maxima_file"
        rain[name] = read_annual_maxima(locate(folder, name, where), where)
    return Sources(surveys=surveys, lines=lines, sections=sections, rain=rain)


def read_annual_maxima(path: Path, field: str) -> tuple[float, ...]:
    """Annual maxima of rain [mm] from a table of year and depth; a first row without numbers is a heading.

    Raises:
        InputError: a row is not "year, depth", a year stands twice, a depth is not > 0.
    """
    found: dict[int, float] = {}
    for row, line in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").splitlines(), start=1):
        parts = [part.strip() for part in line.replace("\t", ",").replace(";", ",").split(",") if part.strip()]
        if not parts:
            continue
        try:
            year, depth = int(parts[0]), float(parts[1])
        except (ValueError, IndexError):
            if row == 1:
                continue
            raise InputError(f"{field} row {row}", line, message("workspace.rain_row")) from None
        if year in found or not 0 < depth < 5000:
            raise InputError(f"{field} row {row}", line, message("workspace.rain_row"))
        found[year] = depth
    return tuple(found[year] for year in sorted(found))


def _sections(path: Path) -> SectionsImport:
    return read_sections_dxf(path) if path.suffix.lower() == ".dxf" else read_sections_csv(path)


def _line_files(project: Project) -> Iterator[tuple[tuple[str, str], str]]:
    for i, slope in enumerate(project.slopes):
        if slope.base_line is not None and slope.base_line.file:
            yield (slope.base_line.file, slope.base_line.layer), f"slopes[{i}].base_line.file"
    for i, road in enumerate(project.roads.roads if project.roads else ()):
        if road.file:
            yield (road.file, road.layer), f"roads.roads[{i}].file"


def _survey(file: SurveyFile, folder: Path, where: str, previous: Sources | None) -> LoadedSurvey:
    path = locate(folder, file.path, f"{where}.path")
    breaklines = tuple(locate(folder, name, f"{where}.breaklines[{j}]") for j, name in enumerate(file.breaklines))
    digest = sha256_of(path)
    marks = "+".join([digest, *(sha256_of(line) for line in breaklines)])
    known = previous.surveys.get(file.name) if previous else None
    if known is not None and known.file == file and known.sha256 == marks:
        return known
    options = SurveyOptions(
        format=file.format, encoding=file.encoding, column_order=file.column_order, unit=file.unit,
        layers=file.layers, surface=file.surface, breaklines=breaklines, drop=file.drop, duplicates=file.duplicates,
        text_levels=file.text_levels,
    )  # fmt: skip
    changed = digest != file.sha256 if file.sha256 else None
    return LoadedSurvey(file=file, path=path, imported=read_survey(path, options), sha256=marks, changed=changed)


def locate(folder: Path, name: str, where: str) -> Path:
    """A file named relative to the project's folder.

    Raises:
        InputError: the name is absolute, or no such file exists.
    """
    if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or PureWindowsPath(name).root:
        raise InputError(where, name, message("workspace.absolute"))
    path = folder / PurePosixPath(name.replace("\\", "/"))
    try:
        there = path.is_file()
    except (OSError, ValueError):
        there = False
    if not there:
        raise InputError(where, name, message("workspace.no_file", folder=str(folder.resolve())))
    return path
