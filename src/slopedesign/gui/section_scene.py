"""Drawing a section on the canvas: ground, layers, cut, benches, walls, soil, water, slips, dimensions, levels."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt

from slopedesign.gui.canvas import Canvas
from slopedesign.gui.numbers import station_words
from slopedesign.gui.section_data import Face, SectionPicture
from slopedesign.i18n import has, text

SMALL = 0.9


def draw(
    canvas: Canvas, picture: SectionPicture, language: str, *, dimensions: bool = True, angles: str = "both"
) -> None:
    """Fill the canvas; the view stays where it is. `angles`: faces by "degrees", "ratio" or "both"."""
    canvas.clear()
    canvas.set_world(picture.box)
    _ground(canvas, picture, language)
    _design(canvas, picture, language)
    _works(canvas, picture, language)
    _water(canvas, picture, language)
    if dimensions:
        _dimensions(canvas, picture, language, angles)
    _heading(canvas, picture, language)
    snaps = [*(tuple(p) for p in picture.design), *(tuple(p) for part in picture.ground for p in part)]
    canvas.set_snaps(snaps)


def _say(language: str, key: str, **values: object) -> str:
    return text(f"gui.section.{key}", language, **values)


def material_name(name: str, language: str) -> str:
    """A material as the project calls it; the three classes in words."""
    return text(f"choice.{name}", language) if has(f"choice.{name}") else name


def _ground(canvas: Canvas, picture: SectionPicture, language: str) -> None:
    colours = canvas.colours
    for i, (name, outline) in enumerate(picture.layers):
        shown = material_name(name, language)
        canvas.add_area(outline, colours.layer[i % len(colours.layer)], _say(language, "layer", name=shown))
    for outline in picture.cut:
        said = _say(language, "cut", area="" if picture.area is None else f"{picture.area:.1f} m²").strip()
        canvas.add_area(outline, colours.cut, said, alpha=210)
    for name, line in picture.bottoms:
        shown = material_name(name, language)
        canvas.add_line(
            line, canvas.pen(colours.quiet, 1.0, Qt.PenStyle.DashDotLine), _say(language, "bottom", name=shown)
        )
    for part in picture.ground:
        canvas.add_line(part, canvas.pen(colours.ground, 1.4, Qt.PenStyle.DashLine), _say(language, "ground"))
    x0, _, x1, _ = picture.box
    for name, outline in picture.layers:
        shown = material_name(name, language)
        if not len(outline):
            continue
        half = len(outline) // 2
        upper, lower = outline[:half], outline[half:][::-1]
        thick = upper[:, 1] - lower[:, 1]
        right = (upper[:, 0] > x0 + 0.78 * (x1 - x0)) & (upper[:, 0] < x0 + 0.94 * (x1 - x0))
        at = int(np.argmax(np.where(right, thick, -1.0)))
        thin = thick[at] * canvas.scale_now() < 1.4 * canvas.fontMetrics().height()
        y = upper[at, 1] if thin else upper[at, 1] - min(thick[at] / 2, 40.0 / canvas.scale_now())
        canvas.add_text((float(upper[at, 0]), float(y)), shown, colours.quiet, SMALL, "center", (0, -10 if thin else 0))


def _design(canvas: Canvas, picture: SectionPicture, language: str) -> None:
    colours = canvas.colours
    if len(picture.final):
        canvas.add_line(picture.final, canvas.pen(colours.text, 1.2), _say(language, "final"))
    if not picture.cut:
        return
    pen = canvas.pen(colours.design, 2.2, Qt.PenStyle.SolidLine)
    canvas.add_line(picture.design, pen, _say(language, "design"))
    for face in picture.faces:
        said = _say(language, "face", number=face.number, height=f"{face.height:.2f}", angle=f"{face.angle_deg:.1f}",
                    ratio=ratio_text(face))  # fmt: skip
        key = f"{picture.path}.benches.face_angle"
        canvas.add_line(np.array([face.foot, face.top]), canvas.pen(colours.design, 2.2), said, key=key)
    for mark in picture.benches:
        low = float(np.interp(mark.toe, picture.final[:, 0], picture.final[:, 1]))
        said = _say(language, "bench", number=mark.number, width=f"{mark.width:.2f}", level=f"{mark.level:.2f}")
        pen = canvas.pen(colours.design, 3.2)
        key = f"{picture.path}.benches.{'wide_berm_width' if mark.wide else 'berm_width'}"
        canvas.add_line(np.array([(mark.crest, mark.level), (mark.toe, low)]), pen, said, key=key)


def _works(canvas: Canvas, picture: SectionPicture, language: str) -> None:
    colours = canvas.colours
    for outline in picture.covers:
        canvas.add_area(
            outline, colours.soil, _say(language, "cover"), alpha=190, key=f"{picture.path}.cover.thickness"
        )
    for name, feet in picture.plants:
        _plant(canvas, feet, name)
    _planted(canvas, picture)
    for name, inside in picture.ditches:
        canvas.add_area(inside, colours.water, name, alpha=90)
        canvas.add_line(inside, canvas.pen(colours.wall, 1.8), name)
    for wall in picture.walls:
        kind = text(f"choice.{wall.result.kind}", language)
        said = _say(language, "wall", number=wall.bench, kind=kind, height=f"{float(wall.result.height):.2f}")
        canvas.add_area(wall.outline, colours.wall, said, key=f"{picture.path}.wall.height")


def _plant(canvas: Canvas, feet: np.ndarray, name: str) -> None:
    """A few blades on each foot, as high as the eye can tell them."""
    high = max(0.35, 6.0 / canvas.scale_now())
    gap = np.array([[np.nan, np.nan]])
    blades = np.array([[0.0, 0.0], [-0.35, 0.8], [np.nan, np.nan], [0.0, 0.0], [0.0, 1.0], [np.nan, np.nan], [0.0, 0.0],
                       [0.35, 0.8]]) * high  # fmt: skip
    whole = [part for foot in feet for part in (foot + blades, gap)]
    if whole:
        canvas.add_line(np.vstack(whole), canvas.pen(canvas.colours.plant, 1.3), name)


def _planted(canvas: Canvas, picture: SectionPicture) -> None:
    """The rows of the planting; plants in one row of a bench are one thing to hover over."""
    if not picture.planted:
        return
    from slopedesign.gui.section_plants import outline

    for plant in picture.planted:
        width = 1.6 if plant.form == "tree" else 1.2
        canvas.add_line(outline(plant), canvas.pen(canvas.colours.plant, width), plant.words, key=plant.field)


def _water(canvas: Canvas, picture: SectionPicture, language: str) -> None:
    colours = canvas.colours
    for name, line in picture.waters:
        canvas.add_line(line, canvas.pen(colours.water, 1.6, Qt.PenStyle.DashLine), name)
        if len(line):
            at = line[len(line) // 2]
            canvas.add_text((float(at[0]), float(at[1])), "▽", colours.water, 1.0, "center", (0, -7))
    row = 1.2 * canvas.fontMetrics().height()
    for i, (name, line) in enumerate(picture.slips):
        canvas.add_line(line, canvas.pen(colours.slip, 2.0), name)
        if len(line):
            head = line[-1] if picture.direction > 0 else line[0]
            up = -row * (len(picture.slips) - i + 1)
            canvas.add_text((float(head[0]), float(head[1])), name, colours.slip, SMALL, "center", (0, up))


def ratio_text(face: Face) -> str:
    """The slope ratio of a face as drawings print it."""
    run = abs(face.top[0] - face.foot[0])
    return f"1:{run / face.height:.2f}" if face.height > 0 else "-"


def _dimensions(canvas: Canvas, picture: SectionPicture, language: str, angles: str) -> None:
    if not picture.cut:
        return
    colours = canvas.colours
    away = -1.0 if picture.direction > 0 else 1.0
    anchor = "right" if away < 0 else "left"
    row = canvas.fontMetrics().height()
    for face in picture.faces:
        if face.height * canvas.scale_now() * canvas.exaggeration < 3.2 * row:
            continue
        middle = ((face.foot[0] + face.top[0]) / 2, (face.foot[1] + face.top[1]) / 2)
        ratio, degrees = ratio_text(face), f"{face.angle_deg:.1f}°"
        words = {"ratio": ratio, "degrees": degrees}.get(angles, f"{ratio}  {degrees}")
        canvas.add_text(middle, words, colours.text, SMALL, anchor, (away * 14, -8))
        canvas.add_text(middle, f"H = {face.height:.2f}", colours.quiet, SMALL, anchor, (away * 14, 8))
    for mark in picture.benches:
        at = (mark.crest, mark.level)
        canvas.add_text(at, f"{mark.level:.2f}", colours.text, SMALL, anchor, (away * 16, -10))
        canvas.add_text(at, "▽", colours.text, 0.8, "center", (away * 8, -8))
        middle = ((mark.crest + mark.toe) / 2, mark.level)
        words = _say(language, "width", number=mark.number, width=f"{mark.width:.2f}")
        canvas.add_text(middle, words, colours.quiet, SMALL, "left" if away < 0 else "right", (-away * 4, 13))
    if picture.cut and len(picture.design):
        x, z = picture.start
        canvas.add_text((x, z), f"{z:.2f}", colours.text, SMALL, anchor, (away * 14, 10))


def _heading(canvas: Canvas, picture: SectionPicture, language: str) -> None:
    where = "" if picture.station is None else station_words(picture.station)
    parts = [_say(language, "name", name=picture.name), where]
    if not picture.cut:
        parts.append(_say(language, "no_cut"))
    elif picture.area is not None:
        parts.append(_say(language, "area", area=f"{picture.area:.1f}"))
    if picture.quick:
        parts.append(_say(language, "quick"))
    words = "    ".join(part for part in parts if part)
    canvas.set_heading(picture.slope, f"  {words}")
