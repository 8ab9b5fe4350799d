"""The calculation book as a Word document: editable, formulas as Office math, fonts by the guide's appendix A."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from slopedesign.design import Design
from slopedesign.i18n import text
from slopedesign.reports.calculation import Chapter, Entry, Said, chapters, worked_steps
from slopedesign.reports.charts import bundled_font, charts
from slopedesign.reports.citing import cited
from slopedesign.reports.omml import WORD, raised, step_maths
from slopedesign.reports.places import places
from slopedesign.reports.verdicts import check_title, compared
from slopedesign.standards.check import Check, Verdict
from slopedesign.standards.formula import COUNTS, Step, plain_symbol, shown
from slopedesign.standards.trace import OWN, Datum, Given, Measured, Total, Traced

BODY, HEADING, LATIN = "SimSun", "SimHei", "Times New Roman"
LONGEST_SUM = 12
"""Sums of more parts are said with their value alone."""
COLOURS = {Verdict.FAIL: RGBColor(0xB9, 0x1C, 0x1C), Verdict.PASS: RGBColor(0x15, 0x80, 0x3D)}


MANY = 8
"""More sentences than this are run on in one paragraph: what was tried is read past, not line by line."""
WIDE, PAGE = 9, 9070
"""Columns from which a table is set smaller; width of the text [twips]."""


def write_calculation(design: Design, path: Path, language: str) -> None:
    """Write the calculation book."""
    book = Document()
    _styles(book)
    _page(book, design, language)
    _cover(book, design, language)
    place = places(design, language)
    for number, chapter in enumerate(chapters(design), start=1):
        _chapter(book, number, chapter, language, place)
    _charts(book, design, language)
    book.save(str(path))


def _styles(book: Any) -> None:
    for name, size, font in (
        ("Normal", 12, BODY), ("Heading 1", 16, HEADING), ("Heading 2", 14, HEADING), ("Heading 3", 13, HEADING),
        ("Heading 4", 12, HEADING),
    ):  # fmt: skip
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


def _chapter(book: Any, number: int, chapter: Chapter, language: str, place: Callable[[str], str]) -> None:
    book.add_heading(f"{number}  {chapter.title.render(language)}", level=1)
    counters = [number, 0, 0, 0]
    told = _Told()
    for entry in chapter.entries:
        level = entry.depth - 1
        counters[level:] = [counters[level] + 1, *(0 for _ in counters[level + 1 :])]
        if entry.depth == 2:
            told.workings = set()
        numbered = ".".join(map(str, counters[: entry.depth]))
        book.add_heading(f"{numbered}  {entry.heading.render(language)}", level=entry.depth)
        _entry(book, entry, language, place, told)


@dataclass
class _Told:
    """What the chapter has said already: workings of the passage, formulas whose symbols were explained."""

    workings: Said = field(default_factory=set)
    formulas: set[int] = field(default_factory=set)


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


def _entry(book: Any, entry: Entry, language: str, place: Callable[[str], str], told: _Told) -> None:
    said = [sentence.render(language) for sentence in entry.texts]
    if len(said) > MANY:
        comma = text("calculation.next", language)
        book.add_paragraph(said[0])
        book.add_paragraph().add_run(comma.join(said[1:])).font.size = Pt(9)
    else:
        for sentence in said:
            book.add_paragraph(sentence)
    if entry.table:
        _table(book, entry.table)
    for step in worked_steps(entry.steps, told.workings):
        _step(book, step, language, told)
    for number in (*(n for n in entry.steps if not isinstance(n, Step)), *entry.sums):
        _plain(book, number, language)
    _checks(book, entry.checks, language, place)


def _step(book: Any, step: Step, language: str, told: _Told) -> None:
    label = text(step.label, language) if step.label else ""
    own = step.formula.source.standard == OWN.standard
    source = "" if own else f"  [{cited(step.formula.source, language)}]"
    mark = f"  [{text('explain.unverified', language)}]" if step.unverified else ""
    if label or source or mark:
        said = book.add_paragraph(f"{label}{source}{mark}")
        said.paragraph_format.keep_with_next = True
    for math in step_maths(step):
        line = book.add_paragraph()
        line.paragraph_format.left_indent = Cm(0.8)
        line._p.append(parse_xml(math))
    if id(step.formula) not in told.formulas:
        told.formulas.add(id(step.formula))
        _where(book, step, language)


def _where(book: Any, step: Step, language: str) -> None:
    """What the symbols of a formula stand for, once in a chapter."""
    parts = []
    for name, value in step.values.items():
        variable = step.formula.variables[name]
        label = value.label or variable.label
        meaning = text(label, language) if label else ""
        origin = _origin(value, language)
        words = " ".join(filter(None, (meaning, f"({origin})" if origin and meaning else origin)))
        if words:
            parts.append((variable.symbol, words))
    if not parts:
        return
    line = book.add_paragraph()
    line.paragraph_format.left_indent = Cm(0.8)
    line.add_run(text("calculation.where", language))
    for i, (symbol, words) in enumerate(parts):
        base, _, lower = symbol.partition("_") if not symbol.startswith("|") else (symbol, "", "")
        line.add_run(plain_symbol(base)).italic = True
        if lower:
            line.add_run(plain_symbol(lower)).font.subscript = True
        end = "" if i + 1 == len(parts) else text("calculation.next", language)
        line.add_run(f"{text('calculation.dash', language)}{words}{end}")
    for run in line.runs:
        run.font.size = Pt(9)


def _origin(number: Traced, language: str) -> str:
    """Where a number that was not worked comes from."""
    match number:
        case Given():
            return text("calculation.given", language)
        case Datum():
            return cited(number.source, language)
        case Measured() if number.method != "trace.bare":
            return text(number.method, language)
        case _:
            return ""


def _plain(book: Any, number: Traced, language: str) -> None:
    label = text(number.label, language) if number.label else ""
    if not label:
        return
    unit = {"deg": "\N{DEGREE SIGN}"}.get(number.unit, "" if number.unit in COUNTS else f" {raised(number.unit)}")
    worked = ""
    if isinstance(number, Total) and 1 < len(number.parts) <= LONGEST_SUM:
        worked = " + ".join(_brief(part.value) for part in number.parts.values()).replace("+ -", "- ") + " = "
    origin = _origin(number, language)
    book.add_paragraph(f"{label} = {worked}{_brief(number.value)}{unit}{f'  ({origin})' if origin else ''}")


def _brief(value: float) -> str:
    """A number with two decimals, a third where it says more."""
    said = shown(value, 3)
    return said[:-1] if said.endswith("0") and said.count(".") == 1 and len(said.partition(".")[2]) == 3 else said


def _checks(book: Any, checks: Sequence[Check], language: str, place: Callable[[str], str]) -> None:
    """The verdicts as a table; checks that say the same of several things share a row."""
    rows: dict[tuple[str, ...], list[str]] = {}
    colours: dict[str, RGBColor] = {}
    for check in checks:
        if check.verdict is Verdict.NOT_APPLICABLE:
            continue
        verdict = text(f"verdict.{check.verdict.value}", language)
        if check.verdict in COLOURS:
            colours[verdict] = COLOURS[check.verdict]
        said = check_title(check, language), compared(check, language), cited(check.source, language), verdict
        where = place(check.subject)
        found = rows.setdefault(said, [])
        if where not in found:
            found.append(where)
    if rows:
        comma = text("calculation.comma", language)
        head = tuple(text("calculation.check_head", language).split("|"))
        body = (
            (title, comma.join(where), says, source, verdict) for (title, says, source, verdict), where in rows.items()
        )
        _table(book, (head, *body), widths=(4.2, 3.6, 4.2, 2.8, 1.4), size=9, colours=colours)


def _table(
    book: Any, rows: Sequence[Sequence[str]], widths: Sequence[float] = (), size: float = 8,
    colours: Mapping[str, RGBColor] | None = None,
) -> None:  # fmt: skip
    """A grid of cells, its head repeated on every page; written at once, for cells one by one take minutes."""
    sizes = [round(567 * w) for w in widths] or _shared(rows)
    size = size if widths or len(rows[0]) <= WIDE else size - 1
    cells = "".join(f'<w:gridCol w:w="{width}"/>' for width in sizes)
    body = "".join(
        f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if i == 0 else '<w:trPr><w:cantSplit/></w:trPr>'}"
        + "".join(
            _cell(words, width, size, (colours or {}).get(words)) for words, width in zip(row, sizes, strict=True)
        )
        + "</w:tr>"
        for i, row in enumerate(rows)
    )
    layout = '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/>'
    if not widths:
        layout += '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
    xml = f'<w:tbl xmlns:w="{WORD}"><w:tblPr>{layout}</w:tblPr><w:tblGrid>{cells}</w:tblGrid>{body}</w:tbl>'
    end = book.add_paragraph()
    end._p.addprevious(parse_xml(xml))
    end.paragraph_format.line_spacing = 1.0


def _shared(rows: Sequence[Sequence[str]]) -> list[int]:
    """The width of the page shared among columns by the longest cell of each, a number never broken; twips."""
    longest = [max(_breadth(row[i]) for row in rows) + 1.5 for i in range(len(rows[0]))]
    capped = [min(one, 24.0) for one in longest]
    return [int(PAGE * one / sum(capped)) for one in capped]


def _breadth(words: str) -> float:
    """How wide a cell's longest piece is that is not broken, in digits: a Chinese character counts two."""
    pieces = re.split(r"[ /\u3001\uff0c\uff08]", words) or [""]
    return max(sum(2.0 if ord(c) > 0x2E7F else 1.0 for c in piece) for piece in pieces)


def _cell(words: str, width: int, size: float, colour: RGBColor | None) -> str:
    look = f'<w:sz w:val="{round(2 * size)}"/>'
    if colour is not None:
        look = f'<w:b/><w:color w:val="{colour}"/>{look}'
    spacing = '<w:pPr><w:spacing w:line="240" w:lineRule="auto" w:after="0"/></w:pPr>'
    said = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{spacing}{said}</w:p></w:tc>'
