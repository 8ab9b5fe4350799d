"""The whole main job: read, compute, write every output into one folder, or nothing.

Files are written to a temporary folder beside the target first and moved at the end, so that a run that fails leaves
the former outputs as they were.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from slopedesign import __version__
from slopedesign.design import Design, run
from slopedesign.errors import InputError, NoSolution, ProjectFileError, why_refused
from slopedesign.i18n import message, text
from slopedesign.quantities.bill import Bill
from slopedesign.quantities.collect import bill_of
from slopedesign.reports.design_json import design_to_json
from slopedesign.reports.places import places
from slopedesign.reports.swmm import Comparison, available, compare, model_of, write_inp
from slopedesign.reports.swmm_rain import compare_rain, rain_text
from slopedesign.reports.verdicts import ORDER, verdict_lines
from slopedesign.standards.check import Verdict
from slopedesign.workspace import Progress, Workspace, open_workspace, silent

SOMETIMES = ("water.inp", "water_rain.inp")
"""What is written beside the drawings for some designs only."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run has written."""

    design: Design
    bill: Bill
    folder: Path
    files: tuple[str, ...]
    seconds: float

    @property
    def must_failed(self) -> int:
        """Number of must-rules that fail."""
        return sum(check.verdict is Verdict.FAIL for check in self.design.checks)

    def summary(self, language: str) -> str:
        """A few lines for the terminal."""
        counted = Counter(check.verdict for check in self.design.checks)
        verdicts = "  ".join(f"{text(f'verdict.{v.value}', language)} {counted[v]}" for v in ORDER)
        return text(
            "deliver.summary", language, folder=str(self.folder), files=", ".join(self.files), verdicts=verdicts,
            seconds=f"{self.seconds:.1f}",
        )  # fmt: skip


def run_and_write(project_file: Path, folder: Path, progress: Progress = silent) -> Outcome:
    """Compute a project file and write all outputs.

    Raises:
        SlopeDesignError: bad input; nothing is written.
    """
    started = time.perf_counter()
    workspace = open_workspace(project_file, progress=progress)
    design = run(workspace.project, workspace.sources, progress=progress)
    return write_outputs(workspace, design, folder, progress=progress, started=started)


def _wanted(name: str, only: Collection[str]) -> bool:
    return not only or name in only or name == "run.log" or (name in SOMETIMES and "water.dxf" in only)


def write_outputs(
    workspace: Workspace, design: Design, folder: Path, progress: Progress = silent, started: float | None = None,
    only: Collection[str] = (),
) -> Outcome:  # fmt: skip
    """Write all outputs of a design, or `only` those named; the log is always written.

    Raises:
        ProjectFileError: the folder cannot be written; then it is as it was.
    """
    from slopedesign.drawings.deliver import FILES, write_drawings
    from slopedesign.reports.calculation_docx import write_calculation
    from slopedesign.reports.workbook import write_checks, write_quantities

    started = time.perf_counter() if started is None else started
    language = workspace.project.drawings.language
    bill = bill_of(design)
    if folder.exists() and not folder.is_dir():
        raise InputError("--out", str(folder), message("deliver.not_a_folder"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as name:
            temporary = Path(name)
            progress(message("stage.write", what="drawings"))
            write_drawings(design, bill, temporary)
            referee = _referee(design, temporary, progress)
            progress(message("stage.write", what="quantities.xlsx"))
            write_quantities(design, bill, temporary / "quantities.xlsx", language, referee)
            progress(message("stage.write", what="checks.xlsx"))
            write_checks(design, temporary / "checks.xlsx", language)
            progress(message("stage.write", what="calculation.docx"))
            write_calculation(design, temporary / "calculation.docx", language)
            progress(message("stage.write", what="design.json"))
            (temporary / "design.json").write_text(design_to_json(design, bill=bill.items), encoding="utf-8")
            seconds = time.perf_counter() - started
            said = log_text(workspace, design, seconds, language)
            # a path the system could not spell in its own letters is written as it came
            (temporary / "run.log").write_text(said, encoding="utf-8", errors="surrogateescape")
            files = sorted(file.name for file in temporary.iterdir() if _wanted(file.name, only))
            for file in files:
                shutil.move(str(temporary / file), folder / file)
            named = {name for name in (*FILES, *SOMETIMES) if _wanted(name, only)}
            for stale in named - set(files):  # of an earlier run, for works this design does not have
                (folder / stale).unlink(missing_ok=True)
    except OSError as error:
        why = message("project.file.unwritable", why=why_refused(error))
        raise ProjectFileError(folder, why) from error
    return Outcome(design=design, bill=bill, folder=folder, files=tuple(files), seconds=seconds)


def _referee(design: Design, folder: Path, progress: Progress) -> list[Comparison]:
    """Write the drainage as an EPA SWMM model; where the engine is installed, what it finds beside our numbers."""
    water = design.water
    if water is None or (water.network is None and not water.ponds):
        return []
    progress(message("stage.write", what="water.inp"))
    (folder / "water.inp").write_text(write_inp(model_of(water)), encoding="ascii")
    raining = rain_text(water)
    if raining is not None:
        (folder / "water_rain.inp").write_text(raining, encoding="ascii")
    if not available():
        return []
    try:
        rained = compare_rain(water) if raining is not None else None
        return [*compare(water)[0], *(rained[0] if rained is not None else ())]
    except NoSolution:
        return []  # the engine refused the model: the model itself is delivered, the comparison is not


def log_text(workspace: Workspace, design: Design, seconds: float, language: str) -> str:
    """What was read, computed and found, as text."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    lines = [f"slopedesign {__version__}  {now}", f"{workspace.path.name}: {workspace.project.info.name}", ""]
    for loaded in workspace.sources.surveys.values():
        lines += [line.render(language) for line in loaded.imported.report.lines()]
        if loaded.changed:
            lines.append(text("deliver.changed", language, name=loaded.file.name))
        lines.append("")
    for stage, spent in design.timings.items():
        key, _, name = stage.partition(" ")
        lines.append(f"{text(key, language, name=name)}: {spent:.3f} s")
    place = places(design, language)
    lines += ["", *verdict_lines(design.checks, language, everything=True, place=place), ""]
    for remark in design.remarks:
        level = text(f"workbook.remark_{remark.level.value}", language)
        lines.append(f"{level}: {place(remark.subject)}: {remark.text.render(language)}")
    lines += ["", f"{seconds:.2f} s"]
    return "\n".join(lines) + "\n"
