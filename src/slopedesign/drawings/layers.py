"""The layers of the sheets: purpose, colour, lineweight and line type.

A layer is asked for by what it is for ("crest"); its name stands in the phrases (`layers.crest`), so that a firm can
rename, recolour or reweigh it in the project file. Colour and lineweight are both set, because many offices
plot by colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slopedesign.errors import InputError
from slopedesign.i18n import DEFAULT_LANGUAGE, message, text

FORBIDDEN_IN_NAMES = '<>/\\":;?*|,=`'


@dataclass(frozen=True)
class LayerStyle:
    """How one layer is drawn: AutoCAD colour index, lineweight in 1/100 mm, line type."""

    color: int
    lineweight: int
    linetype: str = "CONTINUOUS"


LAYERS: dict[str, LayerStyle] = {
    "frame": LayerStyle(7, 70),
    "frame_thin": LayerStyle(7, 18),
    "title": LayerStyle(7, 25),
    "table": LayerStyle(7, 18),
    "text": LayerStyle(7, 18),
    "notes": LayerStyle(7, 18),
    "dimension": LayerStyle(3, 18),
    "grid": LayerStyle(8, 13),
    "ground": LayerStyle(8, 25, "DASHED"),
    "contour": LayerStyle(9, 13),
    "contour_index": LayerStyle(8, 30),
    "contour_cut": LayerStyle(253, 9),
    "spot": LayerStyle(8, 13),
    "contour_design": LayerStyle(33, 18),
    "contour_label": LayerStyle(8, 13),
    "survey_edge": LayerStyle(8, 18, "DASHDOT"),
    "crest": LayerStyle(1, 35),
    "toe": LayerStyle(6, 35),
    "hachure": LayerStyle(8, 13),
    "bench": LayerStyle(2, 25),
    "usable": LayerStyle(94, 13, "DASHED"),
    "daylight": LayerStyle(30, 50, "DASHDOT"),
    "base_line": LayerStyle(4, 35, "DASHDOT"),
    "design_line": LayerStyle(1, 50),
    "wall": LayerStyle(2, 50),
    "wall_fill": LayerStyle(251, 9),
    "bars": LayerStyle(1, 50),
    "cover": LayerStyle(30, 25),
    "drain": LayerStyle(5, 50),
    "road": LayerStyle(34, 35),
    "interface": LayerStyle(34, 18, "DASHDOT"),
    "section_line": LayerStyle(1, 35, "DASHDOT"),
    "fill": LayerStyle(251, 9),
    "slip": LayerStyle(1, 50, "DASHED"),
    "water": LayerStyle(5, 25, "DASHED"),
    "axis": LayerStyle(1, 13, "CENTER"),
    "plant": LayerStyle(94, 25),
}

LINETYPES: dict[str, tuple[str, list[float]]] = {
    "DASHED": ("Dashed __ __ __", [6.0, 4.0, -2.0]),
    "DASHDOT": ("Dash dot __ . __", [10.5, 8.0, -1.2, 0.1, -1.2]),
    "CENTER": ("Center ____ _ ____", [19.0, 13.0, -1.5, 3.0, -1.5]),
}
"""Line types by name: description and [total, dash, gap, ...] in mm on paper."""

LINEWEIGHTS = (0, 5, 9, 13, 15, 18, 20, 25, 30, 35, 40, 50, 53, 60, 70, 80, 90, 100, 106, 120, 140, 158, 200, 211)


@dataclass(frozen=True)
class LayerTable:
    """The layers of one set of drawings, with the names they carry in the files."""

    styles: Mapping[str, LayerStyle]
    names: Mapping[str, str]

    def name(self, key: str) -> str:
        """Name of the layer for a purpose (KeyError for a purpose nobody declared)."""
        return self.names[key]

    def style(self, key: str) -> LayerStyle:
        """Look of the layer for a purpose."""
        return self.styles[key]


def layer_table(changes: Mapping[str, Mapping[str, Any]] | None = None, language: str = DEFAULT_LANGUAGE) -> LayerTable:
    """The layers with the changes of a project: `{"crest": {"name": ..., "color": 1, "lineweight": 50}}`.

    Raises:
        InputError: unknown purpose, forbidden character in a name, colour or lineweight CAD does not know.
    """
    styles = dict(LAYERS)
    names = {key: text(f"layers.{key}", language) for key in LAYERS}
    for key, change in (changes or {}).items():
        field = f"drawings.layers.{key}"
        if key not in styles:
            raise InputError(field, key, message("drawings.error.layer_unknown", known=", ".join(LAYERS)))
        style = {name: change[name] for name in ("color", "lineweight", "linetype") if change.get(name) is not None}
        styles[key] = replace(styles[key], **style)
        names[key] = str(change.get("name") or names[key])
    for key, name in names.items():
        _checked(f"drawings.layers.{key}", name, styles[key])
    if twice := sorted(name for name in set(names.values()) if list(names.values()).count(name) > 1):
        raise InputError("drawings.layers", twice[0], message("drawings.error.layer_twice"))
    return LayerTable(styles, names)


def _checked(field: str, name: str, style: LayerStyle) -> None:
    if not name.strip() or len(name) > 255 or any(c in FORBIDDEN_IN_NAMES for c in name):
        raise InputError(f"{field}.name", name, message("drawings.error.layer_name", signs=FORBIDDEN_IN_NAMES))
    if not 1 <= style.color <= 255:
        raise InputError(f"{field}.color", style.color, message("drawings.error.layer_color"))
    if style.lineweight not in LINEWEIGHTS:
        raise InputError(
            f"{field}.lineweight", style.lineweight,
            message("drawings.error.layer_lineweight", known=", ".join(map(str, LINEWEIGHTS))),
        )  # fmt: skip
    if style.linetype != "CONTINUOUS" and style.linetype not in LINETYPES:
        raise InputError(f"{field}.linetype", style.linetype, ", ".join(("CONTINUOUS", *LINETYPES)))
