"""The drawings of a design as files: the list of sheets, and how each file is written.

A new sheet is a builder appended to `FILES`; a builder takes what all of them take and returns its sheets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from slopedesign.design import Design, SectionSlope, SlopeDesign
from slopedesign.drawings.collect import built, mine_name, plan_content, wall_details
from slopedesign.drawings.collect_sections import section_contents, volumes_content
from slopedesign.drawings.details import detail_sheets
from slopedesign.drawings.document import FileSettings, build_document, save
from slopedesign.drawings.phrases import Phrases
from slopedesign.drawings.plan import plan_sheets
from slopedesign.drawings.planting_sheets import planting_sheets
from slopedesign.drawings.sections import section_sheets
from slopedesign.drawings.sheet import Sheet
from slopedesign.drawings.stability_sheets import stability_sheets
from slopedesign.drawings.volumes import volume_sheets
from slopedesign.drawings.wall_sheets import wall_sheets
from slopedesign.drawings.water_sheets import water_sheets
from slopedesign.i18n import text
from slopedesign.project.project import DrawingSettings
from slopedesign.quantities.bill import Bill


@dataclass(frozen=True, kw_only=True)
class Job:
    """What every builder is given."""

    design: Design
    bill: Bill | None
    settings: DrawingSettings

    @property
    def language(self) -> str:
        """Language of the sheets."""
        return self.settings.language


Builder = Callable[[Job], list[Sheet]]


def _plan(job: Job) -> list[Sheet]:
    ponds = job.design.water is not None and any(pond.hollow is not None for pond in job.design.water.ponds)
    if not built(job.design) and job.design.roads is None and not ponds:
        return []  # slopes on typed sections alone have no place in plan
    if not job.design.grounds:
        return []  # typed sections alone have no place in plan
    content = plan_content(job.design, job.bill, job.language)
    return plan_sheets(content, job.settings.plan_scale, job.settings.sheet, job.language)


def _details(job: Job) -> list[Sheet]:
    sheets = detail_sheets(wall_details(job.design), job.settings.detail_scale, job.language)
    for sheet in sheets:
        sheet.title = f"{mine_name(job.design)}{sheet.title}"
    return sheets


def _sections(job: Job) -> list[Sheet]:
    sheets: list[Sheet] = []
    for slope in _all_slopes(job):
        title = f"{mine_name(job.design)}{slope.name}"
        scale, paper = job.settings.section_scale, job.settings.sheet
        sheets += section_sheets(section_contents(slope), scale, paper, job.language, title=title, before=len(sheets))
    return sheets


def _volumes(job: Job) -> list[Sheet]:
    say = Phrases(job.language)
    contents = [volumes_content(slope, say) for slope in _all_slopes(job)]
    sheets = volume_sheets(contents, None, job.settings.sheet, job.language)
    for sheet in sheets:
        sheet.title = f"{mine_name(job.design)}{sheet.title}"
    return sheets


def _all_slopes(job: Job) -> list[SlopeDesign | SectionSlope]:
    return [*built(job.design), *(s for s in job.design.section_slopes if not s.slope.variant_of)]


def _water(job: Job) -> list[Sheet]:
    return water_sheets(job.design, job.bill, job.language, mine_name(job.design))


def _planting(job: Job) -> list[Sheet]:
    return planting_sheets(job.design, job.settings.detail_scale, job.language, mine_name(job.design))


def _toe_walls(job: Job) -> list[Sheet]:
    walls = job.design.walls
    return wall_sheets(walls, job.language, mine_name(job.design)) if walls is not None else []


def _stability(job: Job) -> list[Sheet]:
    found, record = job.design.stability, job.design.project.stability
    if found is None or record is None:
        return []
    return stability_sheets(found, record, job.language, mine_name(job.design))


FILES: dict[str, tuple[Builder, ...]] = {
    "plan.dxf": (_plan,),
    "sections.dxf": (_sections,),
    "details.dxf": (_details,),
    "volumes.dxf": (_volumes,),
    "walls.dxf": (_toe_walls,),
    "water.dxf": (_water,),
    "stability.dxf": (_stability,),
    "planting.dxf": (_planting,),
}
"""Files by name, with the builders of their sheets; a file without sheets is not written."""


def sheets_of(design: Design, bill: Bill | None = None) -> dict[str, list[Sheet]]:
    """All sheets by file."""
    job = Job(design=design, bill=bill, settings=design.project.drawings)
    return {name: [sheet for build in builders for sheet in build(job)] for name, builders in FILES.items()}


def file_settings(design: Design) -> FileSettings:
    """How the files of a project are written, and what stands in their title blocks."""
    info, settings = design.project.info, design.project.drawings
    return FileSettings(
        dxf=settings.dxf,
        font=settings.font,
        language=settings.language,
        layers={
            change.layer: {
                "name": change.name,
                "color": change.color,
                "lineweight": None if change.lineweight is None else round(change.lineweight * 100),
            }
            for change in settings.layers
        },
        title_block={
            "PROJECT": info.name, "NO": info.number, "CLIENT": info.client, "UNIT": info.designer, "DATE": info.date,
            "DESIGN": info.designed_by, "CHECK": info.checked_by, "REVIEW": info.reviewed_by,
            "APPROVE": info.approved_by,
            "STAGE": text(f"drawings.stage.{info.stage}", settings.language),
        },
    )  # fmt: skip


def write_drawings(design: Design, bill: Bill | None, folder: Path) -> list[Path]:
    """Write all drawings of a design into a folder; returns the files written.

    Raises:
        InputError: the layer changes of the project cannot be used.
    """
    settings = file_settings(design)
    written = []
    for name, sheets in sheets_of(design, bill).items():
        if sheets:
            save(build_document(sheets, settings), folder / name)
            written.append(folder / name)
    return written
