"""The calculation book as a Word document: editable, formulas as Office math, fonts by the guide's appendix A."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from slopedesign.design import Design
from slopedesign.i18n import text
from slopedesign.reports.calculation import Chapter, Entry, chapters, worked_steps
from slopedesign.reports.charts import bundled_font, charts
from slopedesign.reports.omml import step_math
from slopedesign.reports.verdicts import cited, compared
from slopedesign.standards.check import Check, Verdict
from slopedesign.standards.formula import Step
from slopedesign.standards.trace import Traced

BODY, HEADING, LATIN = "SimSun", "SimHei", "Times New Roman"
COLOURS = {Verdict.FAIL: RGBColor(0xB9, 0x1C, 0x1C), Verdict.PASS: RGBColor(0x15, 0x80, 0x3D)}


def write_calculation(design: Design, path: Path, language: str) -> None:
    """Write the calculation book."""
    book = Document()
    _styles(book)
    _page(book, design, language)
    _cover(book, design, language)
    for number, chapter in enumerate(chapters(design), start=1):
        _chapter(book, number, chapter, language)
    _charts(book, design, language)
    book.save(str(path))


def _styles(book: Any) -> None:
    for name, size, font in (("Normal", 12, BODY), ("Heading 1", 16, HEADING), ("Heading 2", 14, HEADING)):
        style = book.styles[name]
        style.font.size, style.font.name = Pt(size), LATIN
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)
        fonts.set(qn("w:ascii"), LATIN)
        fonts.set(qn("w:hAnsi"), LATIN)
    book.styles["Normal"].paragraph_format.line_spacing = 1.5
    book.styles["Normal"].paragraph_format.space_after = Pt(2)


def _page(book: Any, design: Design, language: str) -> None:
    section = book.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.2)
    section.header.paragraphs[0].text = f"{design.project.info.name}  {text('calculation.title', language)}"
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = footer.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)


def _cover(book: Any, design: Design, language: str) -> None:
    info = design.project.info
    for words, size, space in (
        (info.name, 22, 120), (text("calculation.title", language), 22, 24), (info.client, 15, 160),
        (info.designer, 15, 6), (info.date, 15, 6),
    ):  # fmt: skip
        paragraph = book.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(space)
        run = paragraph.add_run(words)
        run.font.size = Pt(size)
        run.bold = True
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEADING)
    book.add_page_break()


def _chapter(book: Any, number: int, chapter: Chapter, language: str) -> None:
    book.add_heading(f"{number}  {chapter.title.render(language)}", level=1)
    for i, entry in enumerate(chapter.entries, start=1):
        book.add_heading(f"{number}.{i}  {entry.heading.render(language)}", level=2)
        _entry(book, entry, language)


def _charts(book: Any, design: Design, language: str) -> None:
    """Storms, ponds and slip searches as charts; a name the bundled font cannot print is said instead of drawn."""
    found = charts(design, language)
    if found:
        book.add_heading(text("calculation.charts", language), level=1)
    for name, figure in found.items():
        picture = BytesIO()
        try:
            with bundled_font():
                figure.savefig(picture, format="png", dpi=130, facecolor="white")
        except UserWarning:
            book.add_paragraph(text("calculation.chart_unprintable", language, name=name))
            continue
        picture.seek(0)
        book.add_picture(picture, width=Cm(15.5))


def _entry(book: Any, entry: Entry, language: str) -> None:
    for sentence in entry.texts:
        book.add_paragraph(sentence.render(language))
    if entry.table:
        _table(book, entry.table)
    for step in worked_steps(entry.steps):
        _step(book, step, language)
    for number in (*(n for n in entry.steps if not isinstance(n, Step)), *entry.sums):
        _plain(book, number, language)
    for check in entry.checks:
        _check(book, check, language)


def _step(book: Any, step: Step, language: str) -> None:
    label = text(step.label, language) if step.label else ""
    source = "" if step.formula.source.standard == "slopedesign" else f"  [{cited(step.formula.source, language)}]"
    mark = f"  [{text('explain.unverified', language)}]" if step.unverified else ""
    if label or source or mark:
        said = book.add_paragraph(f"{label}{source}{mark}")
        said.paragraph_format.keep_with_next = True
    line = book.add_paragraph()
    line.paragraph_format.left_indent = Cm(0.8)
    line._p.append(parse_xml(step_math(step)))


def _plain(book: Any, number: Traced, language: str) -> None:
    label = text(number.label, language) if number.label else ""
    if label:
        unit = "" if number.unit == "-" else f" {number.unit}"
        book.add_paragraph(f"{label} = {number.value:.3f}{unit}")


def _check(book: Any, check: Check, language: str) -> None:
    if check.verdict is Verdict.NOT_APPLICABLE:
        return
    situation = f" ({text(check.situation, language)})" if check.situation else ""
    paragraph = book.add_paragraph(
        f"{check.title.render(language)}{situation}: {compared(check, language)}  [{cited(check.source, language)}]  "
    )
    verdict = paragraph.add_run(text(f"verdict.{check.verdict.value}", language))
    verdict.bold = True
    if check.verdict in COLOURS:
        verdict.font.color.rgb = COLOURS[check.verdict]


def _table(book: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    table = book.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.line_spacing = 1.0
                for run in paragraph.runs:
                    run.font.size = Pt(8)
    head = table.rows[0]._tr.get_or_add_trPr()
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    head.append(repeat)
