"""Polylines of a drawing: base lines, roads, break lines, boundaries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from slopedesign.errors import SurveyError
from slopedesign.i18n import Message, message
from slopedesign.survey.dxf import LINES, matches, unit_of_drawing
from slopedesign.survey.dxf_curves import line_vertices
from slopedesign.survey.dxf_tags import Entity, encoding_of_drawing, entities
from slopedesign.survey.files import MAX_POINTS, checked_file
from slopedesign.survey.model import METRES_PER, FloatArray
from slopedesign.survey.report import Finding, Findings, Severity

MAX_LINES = 200_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Polyline:
    """A line of a drawing: vertices (k, 3) as E, N, Z in m; `row` is its row in the file."""

    vertices: FloatArray
    layer: str
    handle: str
    row: int
    closed: bool

    @property
    def has_levels(self) -> bool:
        """Whether any vertex lies off level 0."""
        return bool(np.any(self.vertices[:, 2] != 0.0))


@dataclass(frozen=True, kw_only=True)
class PolylinesImport:
    """Lines in file order, and what was noticed; `layers` counts the lines of each layer of the drawing."""

    path: Path
    lines: tuple[Polyline, ...]
    findings: tuple[Finding, ...]
    layers: dict[str, int] = field(default_factory=dict)


def no_lines(layer: str, layers: Counter[str]) -> Message:
    listed = ", ".join(f"{name} ({n})" for name, n in layers.most_common(20)) or "-"
    return message("survey.error.section_layer", layer=layer or "*", found=listed)


def read_polylines_dxf(
    path: Path | str, layer: str = "", *, unit: str = "auto", column_order: str = "auto", encoding: str = "auto"
) -> PolylinesImport:
    """Lines and polylines of a drawing's model space: base lines, roads, break lines, boundaries.

    Args:
        layer: name, `*` and `?` allowed; "" takes every layer.
        unit: "auto" asks the drawing ($INSUNITS; only feet are believed), else "m", "ft" or "us_ft".
        column_order: "N,E,Z" for a drawing whose x axis is north.

    Raises:
        SurveyError: no DXF, or no usable line on the layer (the message lists the layers that have some).
    """
    file = checked_file(path)
    findings = Findings()
    name_of_encoding = encoding_of_drawing(file, encoding)
    declared = unit_of_drawing(file, name_of_encoding, findings)
    factor = METRES_PER[(declared or "m") if unit == "auto" else unit]
    if factor != 1.0:
        findings.add("unit", None, declared or unit, severity=Severity.INFO, factor=f"{factor:.10g}")
    out: list[Polyline] = []
    layers: Counter[str] = Counter()
    total = 0
    for entity in entities(file, name_of_encoding, findings):
        if entity.section != "ENTITIES" or entity.paper or entity.kind not in (*LINES, "CIRCLE"):
            continue
        layers[entity.layer] += 1
        if layer and not matches(entity.layer, (layer,)):
            continue
        line = _polyline(entity, factor, column_order == "N,E,Z", findings)
        if line is not None:
            out.append(line)
            total += len(line.vertices)
        if total > MAX_POINTS or len(out) > MAX_LINES:
            raise SurveyError(file, message("survey.error.too_many", limit=MAX_POINTS))
    if not out:
        raise SurveyError(file, no_lines(layer, layers))
    return PolylinesImport(path=file, lines=tuple(out), findings=tuple(findings.listed), layers=dict(layers))


def _polyline(entity: Entity, factor: float, north_first: bool, findings: Findings) -> Polyline | None:
    vertices = line_vertices(entity)
    if vertices is None:
        findings.add("unread_entities", None, entity.title, severity=Severity.WARNING, number=1)
        return None
    finite = np.isfinite(vertices).all(axis=1) if len(vertices) else np.zeros(0, bool)
    if len(vertices) < 2 or not finite.all():
        findings.add("short_line" if len(vertices) < 2 else "line_not_finite", entity.row, entity.title)
        return None
    keep = np.concatenate(([True], np.any(np.diff(vertices, axis=0) != 0, axis=1)))
    if not keep.all():
        findings.add("zero_segment", entity.row, entity.title, severity=Severity.WARNING)
    vertices = vertices[keep] * factor
    if len(vertices) < 2:
        findings.add("short_line", entity.row, entity.title)
        return None
    if north_first:
        vertices = vertices[:, [1, 0, 2]]
    closed = len(vertices) > 3 and bool(np.all(vertices[0] == vertices[-1]))
    return Polyline(vertices=vertices, layer=entity.layer, handle=entity.handle, row=entity.row, closed=closed)
