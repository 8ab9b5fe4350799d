"""Terrain in a DXF drawing: level points, contours, 3D lines, faces.

The drawing is read tag by tag, so a damaged or very large file costs no more than its size and each finding can name
the row. Terms: a *tag* is a pair of rows, group code and value; an *entity* begins at code 0.
"""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from slopedesign.errors import SurveyError
from slopedesign.i18n import message
from slopedesign.survey.dxf_curves import line_vertices
from slopedesign.survey.dxf_shapes import to_world
from slopedesign.survey.dxf_tags import Entity, encoding_of_drawing, entities, header_variables
from slopedesign.survey.files import MAX_POINTS
from slopedesign.survey.model import FloatArray, IntArray
from slopedesign.survey.numbers import read_number
from slopedesign.survey.options import SurveyOptions
from slopedesign.survey.raw import Raw, RawLine
from slopedesign.survey.report import Findings, Severity

TERRAIN_LAYERS = ("DGX", "GCD", "DMTZ")
"""Survey layers of CASS: contours, level points, ground features."""

LINES = ("LWPOLYLINE", "POLYLINE", "LINE", "ARC", "ELLIPSE", "SPLINE")
SHAPES = ("POINT", "INSERT", *LINES, "3DFACE")
_TEXTS = ("TEXT", "MTEXT")
_UNREAD = ("CIRCLE", "MLINE", "POLYFACE", "MESH", "3DSOLID", "REGION", "BODY")
_UNITS = {2: "ft", 6: "m", 21: "us_ft"}
_OTHER_UNITS = {1: "in", 3: "mi", 4: "mm", 5: "cm", 7: "km", 14: "dm"}
_LABEL_TOLERANCE = 0.06  # a level written to one decimal differs from the true one by 0.05 at most


@dataclass
class _Drawing:
    """What has been gathered from the entities so far."""

    findings: Findings
    text_levels: bool
    points: list[tuple[float, float, float]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    lines: list[RawLine] = field(default_factory=list)
    faces: list[tuple[int, FloatArray]] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    blocks: set[str] = field(default_factory=set)
    vertices: int = 0


def read_dxf(path: Path, options: SurveyOptions, findings: Findings) -> Raw:
    """Terrain of a drawing's model space.

    Raises:
        SurveyError: not a DXF, or none of its layers is terrain (the message lists the layers that could be).
    """
    encoding = encoding_of_drawing(path, options.encoding)
    wanted = options.layers or TERRAIN_LAYERS
    layers: Counter[str] = Counter()
    drawing = _Drawing(findings, options.text_levels)
    in_blocks: Counter[str] = Counter()
    read = 0
    for entity in entities(path, encoding, findings):
        if entity.section == "BLOCKS":
            if entity.kind in ("LWPOLYLINE", "POLYLINE", "LINE", "3DFACE", "INSERT"):
                in_blocks[entity.block] += 1
            continue
        if entity.section != "ENTITIES":
            continue
        read += 1
        if entity.paper:
            continue
        if entity.kind in SHAPES or (options.text_levels and entity.kind in _TEXTS):
            layers[entity.layer] += 1
        if not matches(entity.layer, wanted):
            continue
        _take(drawing, entity)
        if drawing.vertices > MAX_POINTS or len(drawing.lines) > MAX_POINTS // 10:
            raise SurveyError(path, message("survey.error.too_many", limit=MAX_POINTS))
    if not drawing.vertices:
        listed = ", ".join(f"{name} ({n})" for name, n in layers.most_common(20)) or "-"
        raise SurveyError(path, message("survey.error.no_layer", wanted=", ".join(wanted), found=listed))
    _say_unread(drawing, in_blocks)
    return _raw(path, drawing, options, encoding, layers, read)


def matches(layer: str, wanted: Sequence[str]) -> bool:
    """Whether a layer is among those wanted; case does not matter, `*` and `?` stand for anything."""
    return any(fnmatch.fnmatchcase(layer.upper(), pattern.upper()) for pattern in wanted)


def _take(drawing: _Drawing, entity: Entity) -> None:
    if entity.kind in ("POINT", "INSERT"):
        _take_point(drawing, entity)
    elif entity.kind in LINES:
        _take_line(drawing, entity)
    elif entity.kind == "3DFACE":
        corners = [entity.point(code) for code in range(10, 14)]
        if any(c is None for c in corners[:3]):
            drawing.findings.add("entity", entity.row, entity.title)
            return
        drawing.faces.append((entity.row, np.array([c if c is not None else corners[2] for c in corners])))
        drawing.vertices += 4
    elif entity.kind in _TEXTS and drawing.text_levels:
        _take_text(drawing, entity)
    elif entity.kind in _UNREAD:
        drawing.unread[entity.kind] += 1


def _add_point(drawing: _Drawing, entity: Entity, spot: FloatArray) -> None:
    drawing.points.append((float(spot[0]), float(spot[1]), float(spot[2])))
    drawing.rows.append(entity.row)
    drawing.names.append(entity.handle)
    drawing.codes.append(entity.layer)
    drawing.vertices += 1


def _take_point(drawing: _Drawing, entity: Entity) -> None:
    """A POINT, or an INSERT whose insertion point carries the level; a level attribute beside it is compared."""
    spot = entity.point(10)
    if spot is None:
        drawing.findings.add("entity", entity.row, entity.title)
        return
    if entity.kind == "INSERT":
        spot = to_world(spot, entity.extrusion)
        drawing.blocks.add(entity.name)
        for label in entity.attributes:
            level = read_number(label)[0]
            if level is not None and abs(level - spot[2]) > _LABEL_TOLERANCE:
                drawing.findings.add(
                    "label_differs", entity.row, label, severity=Severity.WARNING, level=f"{spot[2]:.3f}",
                    entity=entity.title,
                )  # fmt: skip
    _add_point(drawing, entity, spot)


def _take_text(drawing: _Drawing, entity: Entity) -> None:
    spot, level = entity.point(10), read_number(entity.text)[0]
    if spot is None or level is None:
        return  # a name or remark among the levels
    spot = to_world(spot, entity.extrusion) if entity.kind == "TEXT" else spot
    _add_point(drawing, entity, np.array([spot[0], spot[1], level]))


def _take_line(drawing: _Drawing, entity: Entity) -> None:
    vertices = line_vertices(entity)
    if vertices is None:
        drawing.unread[f"{entity.kind} ({'fit points' if entity.kind == 'SPLINE' else 'mesh'})"] += 1
        return
    if len(vertices) < 2:
        drawing.findings.add("short_line", entity.row, entity.title)
        return
    drawing.lines.append(
        RawLine(vertices=vertices, rows=np.full(len(vertices), entity.row, np.int64), name=entity.title)
    )
    drawing.vertices += len(vertices)


def _say_unread(drawing: _Drawing, in_blocks: Counter[str]) -> None:
    for kind, number in drawing.unread.items():
        drawing.findings.add("unread_entities", None, kind, severity=Severity.WARNING, number=number)
    for block in sorted(drawing.blocks):
        if in_blocks[block] > 12:  # a level-point symbol has a few strokes, a map in a block has many
            drawing.findings.add("block_content", None, block, severity=Severity.WARNING, number=in_blocks[block])


def _raw(path: Path, drawing: _Drawing, options: SurveyOptions, encoding: str, layers: Counter[str], read: int) -> Raw:
    points = np.array(drawing.points, np.float64).reshape(-1, 3)
    rows = np.array(drawing.rows, np.int64)
    triangles = None
    if drawing.faces:
        corners = np.concatenate([f for _, f in drawing.faces])
        if not len(points) and not drawing.lines:
            points, triangles, rows = _surface(drawing)
            drawing.names, drawing.codes = [], []
        else:
            drawing.findings.add("faces_as_points", None, len(drawing.faces), severity=Severity.WARNING)
            points = np.concatenate((points, corners))
            rows = np.concatenate((rows, np.repeat([r for r, _ in drawing.faces], 4)))
            drawing.names += [""] * len(corners)
            drawing.codes += [""] * len(corners)
    if options.column_order == "N,E,Z":
        points = points[:, [1, 0, 2]]
        for line in drawing.lines:
            line.vertices = line.vertices[:, [1, 0, 2]]
    return Raw(
        findings=drawing.findings, points=points, rows=rows, names=drawing.names, codes=drawing.codes,
        lines=drawing.lines, triangles=triangles, drawing=True, rows_read=read, encoding=encoding,
        layers=dict(layers.most_common(200)), unit_declared=unit_of_drawing(path, encoding, drawing.findings),
    )  # fmt: skip


def _surface(drawing: _Drawing) -> tuple[FloatArray, IntArray, IntArray]:
    """3D faces as one surface: corners on one spot shared, quadrilaterals cut along their first diagonal."""
    corners = np.concatenate([face for _, face in drawing.faces])
    rows = np.repeat(np.array([row for row, _ in drawing.faces], np.int64), 4)
    unique, first, index = np.unique(np.round(corners, 6), axis=0, return_index=True, return_inverse=True)
    quads = index.reshape(-1, 4).astype(np.int64)
    both = np.concatenate((quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]))
    flat = (both[:, 0] == both[:, 1]) | (both[:, 1] == both[:, 2]) | (both[:, 0] == both[:, 2])
    return unique, both[~flat], rows[first]


def unit_of_drawing(path: Path, encoding: str, findings: Findings) -> str:
    """Unit by $INSUNITS. Feet are believed; millimetres and inches are what templates leave in maps drawn in metres."""
    code = header_variables(path, encoding).get("$INSUNITS", "")
    number = int(code) if code.strip().isdigit() else 0
    if number in _OTHER_UNITS:
        findings.add("drawing_unit", None, _OTHER_UNITS[number], severity=Severity.WARNING)
    return _UNITS.get(number, "")
