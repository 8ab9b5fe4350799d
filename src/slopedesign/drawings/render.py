"""Pictures of a document: PNG, PDF or SVG by ezdxf's drawing add-on, in the bundled font.

The picture is drawn from the very document that is saved, so that screen, paper and file cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ezdxf import bbox
from ezdxf.addons.drawing import Frontend, RenderContext
from ezdxf.addons.drawing.config import (
    BackgroundPolicy,
    ColorPolicy,
    Configuration,
    HatchPolicy,
    LinePolicy,
    LineweightPolicy,
)
from ezdxf.document import Drawing
from ezdxf.fonts import fonts
from ezdxf.math import BoundingBox2d

from slopedesign.drawings.document import arrange
from slopedesign.drawings.sheet import Sheet
from slopedesign.fonts import REGULAR

FULL_WIDTH = 0.733
"""Width factor that draws the bundled font's full-width characters as wide as the text height, like the CAD fonts."""


def use_bundled_font() -> str:
    """Let ezdxf draw in the bundled font; returns its file name.

    ezdxf keeps one table of fonts for the process; the font is added to it once.
    """
    name = REGULAR.name
    if not fonts.font_manager.has_font(name):
        fonts.font_manager.scan_folder(REGULAR.parent)
    return name


@contextmanager
def _in_bundled_font(doc: Drawing) -> Iterator[None]:
    """The document with its styles pointing to the bundled font, restored afterwards."""
    name = use_bundled_font()
    kept = [(style, style.dxf.font, style.dxf.get("bigfont", "")) for style in doc.styles]
    texts = [e for layout in (*doc.layouts, *doc.blocks) for e in _texts_of(layout)]
    widths = [(e, e.dxf.get("width", 1.0)) for e in texts]
    try:
        for style, _, _ in kept:
            style.dxf.font, style.dxf.bigfont = name, ""
        for entity, width in widths:
            entity.dxf.width = FULL_WIDTH * width / doc.styles.get(entity.dxf.style).dxf.width
        yield
    finally:
        for style, font, bigfont in kept:
            style.dxf.font, style.dxf.bigfont = font, bigfont
        for entity, width in widths:
            entity.dxf.width = width


def _texts_of(layout: Any) -> Iterator[Any]:
    for entity in layout:
        if entity.dxftype() in {"TEXT", "ATTDEF"}:
            yield entity
        yield from getattr(entity, "attribs", ())


def configuration(monochrome: bool = False) -> Configuration:
    """Black (or coloured) lines on white paper, lineweights as on the plot."""
    return Configuration(
        background_policy=BackgroundPolicy.WHITE,
        color_policy=ColorPolicy.BLACK if monochrome else ColorPolicy.COLOR,
        line_policy=LinePolicy.ACCURATE,
        hatch_policy=HatchPolicy.NORMAL,
        lineweight_policy=LineweightPolicy.ABSOLUTE,
        lineweight_scaling=1.0,
        min_lineweight=0.05,
    )


def render(
    doc: Drawing, path: Path, *, region: tuple[float, float, float, float] | None = None, dpi: int = 100,
    width_mm: float | None = None, monochrome: bool = False,
) -> Path:  # fmt: skip
    """Draw the document, or a region (x0, y0, x1, y1) of its model space, into a PNG, PDF or SVG file.

    Args:
        width_mm: width of the picture on paper; the region's width is scaled to it (A3 where not given).
    """
    from matplotlib.figure import Figure

    x0, y0, x1, y1 = region or _extents(doc)
    width = (width_mm or 420.0) / 25.4
    figure = Figure(figsize=(width, width * (y1 - y0) / (x1 - x0)), dpi=dpi)
    axes = figure.add_axes((0, 0, 1, 1))
    with _in_bundled_font(doc):
        context = RenderContext(doc)
        context.set_layer_properties_override(_darken)
        backend = _backend(axes)
        frontend = Frontend(context, backend, config=configuration(monochrome))
        frontend.draw_layout(doc.modelspace(), finalize=True)
    axes.set_xlim(x0, x1)
    axes.set_ylim(y0, y1)
    axes.set_aspect("auto")
    axes.set_axis_off()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=dpi, facecolor="white")
    return path


def record(doc: Drawing, monochrome: bool = False) -> Any:
    """How the document is drawn, recorded (an `ezdxf` player): lines and filled outlines, text in outlines.

    Whoever shows it draws the very document that is saved; recording needs neither a window nor a picture.
    """
    from ezdxf.addons.drawing.recorder import Recorder

    with _in_bundled_font(doc):
        context = RenderContext(doc)
        context.set_layer_properties_override(_darken)
        backend = Recorder()
        Frontend(context, backend, config=configuration(monochrome)).draw_layout(doc.modelspace(), finalize=True)
    return backend.player()


def _backend(axes: Any) -> Any:
    """ezdxf's matplotlib backend, told not to guess the holes of glyphs: around turned text its guess is wrong."""
    from ezdxf.addons.drawing.matplotlib import MatplotlibBackend
    from ezdxf.npshapes import to_matplotlib_path
    from matplotlib.patches import PathPatch

    class Backend(MatplotlibBackend):
        _in_text = False

        def enter_entity(self, entity: Any, properties: Any) -> None:
            super().enter_entity(entity, properties)
            self._in_text = entity.dxftype() != "HATCH"

        def draw_filled_paths(self, paths: Any, properties: Any) -> None:
            if not self._in_text:
                super().draw_filled_paths(paths, properties)
                return
            outline = to_matplotlib_path(paths, detect_holes=False)
            self.ax.add_patch(PathPatch(outline, color=properties.color, linewidth=0, fill=True, zorder=self._get_z()))

    return Backend(axes, adjust_figure=False)


def render_sheet(doc: Drawing, sheets: list[Sheet], number: int, path: Path, *, dpi: int = 100) -> Path:
    """Draw one sheet of a document built from `sheets`, in its paper size."""
    sheet, origin = sheets[number], arrange(sheets)[number]
    paper = sheet.paper
    region = (origin[0], origin[1], origin[0] + paper.width * sheet.unit, origin[1] + paper.height * sheet.unit)
    return render(doc, path, region=region, dpi=dpi, width_mm=paper.width)


def _darken(layers: Sequence[Any]) -> None:
    for layer in layers:
        layer.color = on_white(layer.color)


def on_white(color: str, brightest: float = 0.55) -> str:
    """A colour meant for a dark screen, darkened until it reads on white paper."""
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    light = 0.3 * red + 0.59 * green + 0.11 * blue
    if light <= brightest or light > 0.98:
        return color
    return "#" + "".join(f"{round(255 * part * brightest / light):02x}" for part in (red, green, blue))


def _extents(doc: Drawing) -> tuple[float, float, float, float]:
    low, high = doc.header["$EXTMIN"], doc.header["$EXTMAX"]
    if abs(low[0]) > 1e19:
        box: BoundingBox2d = BoundingBox2d(bbox.extents(doc.modelspace(), fast=True))
        low, high = box.extmin, box.extmax
    return low[0], low[1], high[0], high[1]
