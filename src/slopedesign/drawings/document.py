"""Sheets become one DXF file: header, styles, layers, frames, title blocks, entities.

Only entities that every reader at hand shows are written (LINE, LWPOLYLINE, POLYLINE, ARC, CIRCLE, SOLID, HATCH, TEXT,
DIMENSION, INSERT of the frame and the title block). Sheets stand side by side in model space, one unit being one metre.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ezdxf
import numpy as np
from ezdxf import units
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment
from ezdxf.gfxattribs import GfxAttribs
from ezdxf.layouts import BlockLayout, Modelspace
from ezdxf.render.arrows import ARROWS

from slopedesign.drawings import sheet as paper
from slopedesign.drawings.hatches import around_words
from slopedesign.drawings.layers import LINETYPES, LayerTable, layer_table
from slopedesign.drawings.sheet import Sheet
from slopedesign.drawings.text import BODY, SMALLEST, dxf_text, text_styles, text_width
from slopedesign.drawings.titleblock import BLOCK_HEIGHT, BLOCK_WIDTH, CELLS, RULES, Cell
from slopedesign.errors import InputError
from slopedesign.i18n import message, text

VERSIONS = {"R2010": "R2010", "R2000_GBK": "R2000"}
TITLE_BLOCK = "SD-TITLE-BLOCK"
SHEET_GAP_MM = 30.0

_ALIGN = {
    ("left", "base"): TextEntityAlignment.LEFT,
    ("center", "base"): TextEntityAlignment.CENTER,
    ("right", "base"): TextEntityAlignment.RIGHT,
    ("left", "middle"): TextEntityAlignment.MIDDLE_LEFT,
    ("center", "middle"): TextEntityAlignment.MIDDLE_CENTER,
    ("right", "middle"): TextEntityAlignment.MIDDLE_RIGHT,
    ("left", "top"): TextEntityAlignment.TOP_LEFT,
    ("center", "top"): TextEntityAlignment.TOP_CENTER,
    ("right", "top"): TextEntityAlignment.TOP_RIGHT,
}
_HATCH_MM = {"ANSI31": 1.0, "ANSI32": 0.5, "EARTH": 0.6, "AR-CONC": 0.03, "BRSTONE": 0.35, "GRASS": 0.6}
"""Pattern scale that makes a hatch read well, for one unit = one millimetre of paper."""


@dataclass(frozen=True)
class FileSettings:
    """How a DXF file is written.

    Attributes:
        dxf: "R2010" or "R2000_GBK" (older CAD, GIS).
        font: "shx" or "truetype".
        language: language of layer names and title block labels.
        layers: changes to the layer table (see `layer_table`).
        title_block: values of the title block common to all sheets, by attribute tag.
    """

    dxf: str = "R2010"
    font: str = "shx"
    language: str = "zh_CN"
    layers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    title_block: Mapping[str, str] = field(default_factory=dict)


def build_document(sheets: Sequence[Sheet], settings: FileSettings = FileSettings()) -> Drawing:
    """One DXF document with all sheets in model space.

    Raises:
        InputError: a coordinate is not a finite number, or no sheet was given.
    """
    if not sheets:
        raise InputError("sheets", 0, message("drawings.error.no_sheet"))
    doc = ezdxf.new(VERSIONS[settings.dxf], setup=False, units=units.M)
    table = layer_table(settings.layers, settings.language)
    _set_styles(doc, settings, table, sheets)
    origins = arrange(sheets)
    for number, (sheet, origin) in enumerate(zip(sheets, origins, strict=True), 1):
        writer = _Writer(doc, doc.modelspace(), table, sheet, origin, sheets[0].unit)
        writer.frame(settings, number, len(sheets))
        for item in sheet.items:
            writer.write(item)
    _set_header(doc, sheets, origins)
    return doc


def save(doc: Drawing, path: Path) -> None:
    """Write the document whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".dxf.tmp")
    os.close(handle)
    draft = Path(name)
    try:
        doc.saveas(draft)
        draft.chmod(0o644)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def arrange(sheets: Sequence[Sheet]) -> list[tuple[float, float]]:
    """Model position of each sheet's lower left corner: fixed ones stay, the others follow to their right."""
    fixed = [(s.origin[0] + s.paper.width * s.unit, s.origin[1]) for s in sheets if s.origin is not None]
    x = max((right for right, _ in fixed), default=0.0)
    y = min((low for _, low in fixed), default=0.0)
    origins = []
    for sheet in sheets:
        if sheet.origin is not None:
            origins.append(sheet.origin)
            continue
        if fixed or origins:
            x += SHEET_GAP_MM * sheet.unit
        origins.append((x, y))
        x += sheet.paper.width * sheet.unit
    return origins


def dimstyle_name(scale: int, factor: float) -> str:
    """Name of the dimension style for a scale and a length factor."""
    return f"SD-{scale}" + ("-MM" if factor == 1000 else "" if factor == 1 else f"-X{factor:g}")


def _set_styles(doc: Drawing, settings: FileSettings, table: LayerTable, sheets: Sequence[Sheet]) -> None:
    doc.encoding = "gbk"
    for name, (description, pattern) in LINETYPES.items():
        doc.linetypes.add(name, pattern=pattern, description=description)
    for style in text_styles(settings.font):
        entry = doc.styles.add(style.name, font=style.font, dxfattribs={"width": style.width, "bigfont": style.bigfont})
        if style.family:
            entry.set_extended_font_data(style.family)
    _readable_standard(doc, settings.font)
    for key, look in table.styles.items():
        doc.layers.add(table.name(key), color=look.color, lineweight=look.lineweight, linetype=look.linetype)
    ARROWS.create_block(doc.blocks, ARROWS.architectural_tick)
    dimensions = {
        (sheet.scale, item.factor, item.digits)
        for sheet in sheets
        for item in sheet.items
        if isinstance(item, paper.Dimension)
    }
    for scale, factor, digits in sorted(dimensions | {(sheets[0].scale, 1.0, 2)}):
        name = dimstyle_name(scale, factor)
        if name not in doc.dimstyles:
            doc.dimstyles.add(name, dxfattribs=_dimension_variables(scale, factor, digits))
    _title_block(doc, settings, table)


def _readable_standard(doc: Drawing, font: str) -> None:
    """Style "Standard" in the fonts of the sheets: what a user adds in it shows Chinese instead of question marks."""
    body = next(style for style in text_styles(font) if style.name == BODY)
    standard = doc.styles.get("Standard")
    standard.dxf.font, standard.dxf.bigfont, standard.dxf.width = body.font, body.bigfont, body.width
    if body.family:
        standard.set_extended_font_data(body.family)
    doc.dimstyles.get("Standard").dxf.dimtxsty = BODY


def _dimension_variables(scale: int, factor: float, digits: int) -> dict[str, Any]:
    return {
        "dimtxsty": BODY, "dimtxt": 2.5, "dimscale": scale / 1000.0, "dimlfac": factor, "dimdec": digits,
        "dimblk": "ARCHTICK", "dimasz": 1.2, "dimexo": 1.5, "dimexe": 1.5, "dimgap": 0.8, "dimtad": 1, "dimtih": 0,
        "dimtoh": 0, "dimzin": 0, "dimtix": 1, "dimtofl": 1, "dimlunit": 2, "dimdsep": ord("."), "dimclrd": 0,
        "dimclre": 0, "dimclrt": 0, "dimtmove": 2, "dimdle": 0.0, "dimdli": 8.0,
    }  # fmt: skip


def _set_header(doc: Drawing, sheets: Sequence[Sheet], origins: Sequence[tuple[float, float]]) -> None:
    first = sheets[0]
    dims = next((i for s in sheets for i in s.items if isinstance(i, paper.Dimension)), None)
    scale = next((s.scale for s in sheets for i in s.items if i is dims), first.scale)
    factor, digits = (dims.factor, dims.digits) if dims else (1.0, 2)
    variables = _dimension_variables(scale, factor, digits)
    header = doc.header
    for name in ("dimtxt", "dimscale", "dimlfac", "dimdec", "dimasz", "dimexo", "dimexe", "dimgap", "dimtad", "dimtih",
                 "dimtoh", "dimzin", "dimtix", "dimtofl", "dimlunit", "dimtmove"):  # fmt: skip
        header[f"${name.upper()}"] = variables[name]
    header["$DIMTXSTY"] = BODY
    header["$DIMBLK"] = "_ArchTick"
    header["$DIMSTYLE"] = dimstyle_name(scale, factor)
    header["$TEXTSTYLE"] = BODY
    header["$TEXTSIZE"] = 3.5 * first.unit
    header["$MEASUREMENT"] = 1
    header["$DWGCODEPAGE"] = "ANSI_936"
    header["$LUNITS"], header["$LUPREC"] = 2, 3
    header["$LTSCALE"] = first.unit
    header["$LWDISPLAY"] = 1
    lows = np.array(origins)
    sizes = np.array([(s.paper.width * s.unit, s.paper.height * s.unit) for s in sheets])
    low, high = lows.min(axis=0), (lows + sizes).max(axis=0)
    header["$EXTMIN"] = (float(low[0]), float(low[1]), 0.0)
    header["$EXTMAX"] = (float(high[0]), float(high[1]), 0.0)
    header["$LIMMIN"], header["$LIMMAX"] = (float(low[0]), float(low[1])), (float(high[0]), float(high[1]))
    msp = doc.modelspace()
    msp.dxf.extmin, msp.dxf.extmax = header["$EXTMIN"], header["$EXTMAX"]
    msp.dxf.limmin, msp.dxf.limmax = header["$LIMMIN"], header["$LIMMAX"]
    _set_page(doc, first)
    middle = (low + high) / 2
    doc.set_modelspace_vport(height=float(high[1] - low[1]) * 1.05, center=(float(middle[0]), float(middle[1])))


def _set_page(doc: Drawing, first: Sheet) -> None:
    """The page the first sheet is printed on, in drawing units.

    ezdxf's empty layout leaves 420 by 297, which LibreCAD reads in the file's metres: a page of 420 m, on which text
    becomes hundreds of megabytes of strokes and anything drawn at true coordinates is lost.
    """
    page = (first.paper.width / 1000, first.paper.height / 1000)
    for layout in doc.layouts:
        if layout.name != "Model":
            layout.dxf.limmin, layout.dxf.limmax = (0.0, 0.0), page
    doc.header["$PLIMMIN"], doc.header["$PLIMMAX"] = (0.0, 0.0), page


def _title_block(doc: Drawing, settings: FileSettings, table: LayerTable) -> None:
    """The title block as a block with attributes, in millimetres; offices replace it by their own of the same tags."""
    block: BlockLayout = doc.blocks.new(TITLE_BLOCK)
    thick, thin = table.name("frame"), table.name("frame_thin")
    block.add_lwpolyline(
        [(0, 0), (BLOCK_WIDTH, 0), (BLOCK_WIDTH, BLOCK_HEIGHT), (0, BLOCK_HEIGHT)], close=True,
        dxfattribs={"layer": thick},
    )  # fmt: skip
    for a, b in RULES:
        block.add_line(a, b, dxfattribs={"layer": thin})
    for cell in CELLS:
        if cell.label:
            shown = text(f"drawings.title_block.{cell.label}", settings.language)
            height, share = fitted(shown, cell.box.width - 2, 3.0)
            look = {"layer": table.name("title"), "style": BODY, "width": doc.styles.get(BODY).dxf.width * share}
            block.add_text(dxf_text(shown), height=height, dxfattribs=look).set_placement(
                cell.box.center, align=TextEntityAlignment.MIDDLE_CENTER
            )
        if cell.tag:
            block.add_attdef(
                cell.tag, dxfattribs={"layer": table.name("title"), "style": cell.style, "height": cell.height}
            ).set_placement(cell.box.center, align=TextEntityAlignment.MIDDLE_CENTER)


def fitted(content: str, room: float, height: float) -> tuple[float, float]:
    """Height of a text and the share of its width it is squeezed to where it is wider than its room.

    The text is made lower, but not below the smallest text of a sheet; what is still too wide is drawn narrower.
    """
    width = text_width(content, height)
    if width <= room:
        return height, 1.0
    lower = max(min(height, SMALLEST), height * room / width)
    return lower, min(1.0, room / text_width(content, lower))


_OUTER, _HOLE = ezdxf.const.BOUNDARY_PATH_EXTERNAL, ezdxf.const.BOUNDARY_PATH_OUTERMOST


class _Writer:
    """Writes the items of one sheet."""

    def __init__(
        self, doc: Drawing, msp: Modelspace, table: LayerTable, sheet: Sheet, origin: tuple[float, float],
        file_unit: float,
    ) -> None:  # fmt: skip
        self.doc, self.msp, self.table, self.sheet = doc, msp, table, sheet
        self.origin = np.asarray(origin, dtype=float)
        self.k = sheet.unit
        self.dash = sheet.unit / file_unit

    def model(self, points: Any) -> list[tuple[float, float]]:
        pts = np.atleast_2d(np.asarray(points, dtype=float))[:, :2] * self.k + self.origin
        if not np.isfinite(pts).all():
            raise InputError(self.sheet.code, points, message("drawings.error.not_finite"))
        return [(float(x), float(y)) for x, y in pts]

    def look(self, layer: str, **extra: Any) -> dict[str, Any]:
        attribs: dict[str, Any] = {"layer": self.table.name(layer)}
        if abs(self.dash - 1) > 1e-9 and (extra.get("linetype") or self.table.style(layer).linetype) != "CONTINUOUS":
            attribs["ltscale"] = self.dash
        return attribs | {name: value for name, value in extra.items() if value is not None}

    def frame(self, settings: FileSettings, number: int, count: int) -> None:
        sheet, paper_ = self.sheet, self.sheet.paper
        inner = sheet.frame
        outer = [(0, 0), (paper_.width, 0), (paper_.width, paper_.height), (0, paper_.height)]
        self._poly(outer, "frame_thin", closed=True)
        self._poly(inner.corners, "frame", closed=True)
        cx, cy = paper_.width / 2, paper_.height / 2
        for a, b in (
            ((cx, 0), (cx, inner.y0)), ((cx, paper_.height), (cx, inner.y1)),
            ((0, cy), (inner.x0, cy)), ((paper_.width, cy), (inner.x1, cy)),
        ):  # fmt: skip
            self._poly([a, b], "frame")
        at = self.model([(inner.x1 - BLOCK_WIDTH, inner.y0)])[0]
        insert = self.msp.add_blockref(
            TITLE_BLOCK,
            at,
            dxfattribs={"layer": self.table.name("frame"), "xscale": self.k, "yscale": self.k, "zscale": self.k},
        )
        values = dict(settings.title_block) | {
            "TITLE": sheet.title,
            "SCALE": sheet.scale_text or f"1:{sheet.scale}",
            "NO": "-".join(part for part in (settings.title_block.get("NO", ""), sheet.code) if part),
            "PAGE": f"{number}/{count}",
        }
        for cell in CELLS:
            if cell.tag:
                self._attribute(insert, cell, str(values.get(cell.tag, "")), at)

    def _attribute(self, insert: Any, cell: Cell, value: str, at: tuple[float, float]) -> None:
        height, share = fitted(value, cell.box.width - 2, cell.height)
        width = self.doc.styles.get(cell.style).dxf.width * share
        cx, cy = cell.box.center
        insert.add_attrib(
            cell.tag,
            dxf_text(value),
            dxfattribs={
                "layer": self.table.name("title"),
                "style": cell.style,
                "height": height * self.k,
                "width": width,
            },
        ).set_placement((at[0] + cx * self.k, at[1] + cy * self.k), align=TextEntityAlignment.MIDDLE_CENTER)

    def _poly(self, points: Any, layer: str, closed: bool = False) -> None:
        self.write(paper.Line(layer, np.asarray(points, dtype=float), closed))

    def write(self, item: paper.Item) -> None:
        """Add one item to model space."""
        match item:
            case paper.Line():
                self._line(item)
            case paper.Text():
                self._text(item)
            case paper.Arc():
                self._arc(item)
            case paper.Solid():
                self._solid(item)
            case paper.Fill():
                self._fill(item)
            case paper.Dimension():
                self._dimension(item)

    def _line(self, item: paper.Line) -> None:
        points = self.model(item.points)
        look = self.look(item.layer, lineweight=item.lineweight, color=item.color, linetype=item.linetype)
        if isinstance(item.zs, np.ndarray):
            if not np.isfinite(item.zs).all():
                raise InputError(self.sheet.code, item.zs, message("drawings.error.not_finite"))
            vertices = [(x, y, float(z)) for (x, y), z in zip(points, item.zs, strict=True)]
            self.msp.add_polyline3d(vertices, close=item.closed, dxfattribs=look)
            return
        z = 0.0 if item.zs is None else float(item.zs)
        if not math.isfinite(z):
            raise InputError(self.sheet.code, z, message("drawings.error.not_finite"))
        if len(points) == 2 and z == 0.0 and not item.closed:
            self.msp.add_line(points[0], points[1], dxfattribs=look)
        else:
            self.msp.add_lwpolyline(points, close=item.closed, dxfattribs=look | {"elevation": z})

    def _text(self, item: paper.Text) -> None:
        entity = self.msp.add_text(
            dxf_text(item.content), height=item.height * self.k, rotation=item.rotation,
            dxfattribs=self.look(item.layer, style=item.style),
        )  # fmt: skip
        entity.set_placement(self.model([item.at])[0], align=_ALIGN[(item.halign, item.valign)])
        entity.dxf.width = self.doc.styles.get(item.style).dxf.width

    def _arc(self, item: paper.Arc) -> None:
        center, radius, look = self.model([item.center])[0], item.radius * self.k, self.look(item.layer)
        if item.end - item.start >= 360:
            self.msp.add_circle(center, radius, dxfattribs=look)
        else:
            self.msp.add_arc(center, radius, item.start, item.end, dxfattribs=look)

    def _solid(self, item: paper.Solid) -> None:
        corners = self.model(item.points)
        if len(corners) == 4:
            corners = [corners[0], corners[1], corners[3], corners[2]]
        self.msp.add_solid(corners, dxfattribs=self.look(item.layer, color=item.color))

    def _fill(self, item: paper.Fill) -> None:
        hatch = self.msp.add_hatch(dxfattribs=self.look(item.layer))
        color = item.color if item.color is not None else self.table.style(item.layer).color
        if item.pattern == "SOLID":
            hatch.set_solid_fill(color=color)
        else:
            hatch.set_pattern_fill(
                item.pattern, color=color, scale=_HATCH_MM[item.pattern] * item.scale * self.k, angle=item.angle
            )
        for outline, holes in around_words(item, self.sheet.words):
            hatch.paths.add_polyline_path(self.model(outline), is_closed=True, flags=_OUTER)
            for hole in holes:
                hatch.paths.add_polyline_path(self.model(hole), is_closed=True, flags=_HOLE)

    def _dimension(self, item: paper.Dimension) -> None:
        dim = self.msp.add_linear_dim(
            base=self.model([item.at])[0], p1=self.model([item.p1])[0], p2=self.model([item.p2])[0], angle=item.angle,
            dimstyle=dimstyle_name(self.sheet.scale, item.factor),
            override={"dimdec": item.digits}, dxfattribs=GfxAttribs(layer=self.table.name(item.layer)),
        )  # fmt: skip
        if item.text_at is not None:
            dim.set_location(self.model([item.text_at])[0], leader=False, relative=False)
        dim.render()
